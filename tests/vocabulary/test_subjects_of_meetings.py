"""What meetings deal with and are part of, and on what a provision depends, as press reports put it."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import CommitmentMade, MeetingHeld, MeetingScheduled, PlanSized, ProvisionReported

NEWS = ps.Source("a news agency", published="2025-05-30", kind="news")


def test_a_meeting_reviews_a_plan() -> None:
    """The senior officials took stock of the plan of action and of the pledge for the health fund."""
    with ps.open(":memory:") as record:
        record.add(
            PlanSized("action-plan", total=40),
            CommitmentMade("health-pledge", by="JP", text="a pledge for the health fund"),
            MeetingHeld("som-2025", on="2025-05-29", concerns=["plan:action-plan", "commitment:health-pledge"]),
            source=NEWS,
        )
        assert record.meetings["som-2025"].concerns == ("commitment:health-pledge", "plan:action-plan")
        assert [link.subject for link in record.dossier("plan:action-plan").links] == ["meeting:som-2025"]


def test_a_meeting_is_to_review_what_another_agreed() -> None:
    """The ministers are to review the outcomes of last year's summit."""
    with ps.open(":memory:") as record:
        record.add(MeetingScheduled("amm-2025", planned="2025-09", concerns="meeting:summit-2024"), source=NEWS)
        assert record.meetings["amm-2025"].concerns == ("meeting:summit-2024",)


@pytest.mark.parametrize("whole", ["summit-2025", "meeting:summit-2025", "visit:summit-2025"])
def test_a_retreat_is_part_of_a_summit(whole: str) -> None:
    """The leaders held a retreat on the second day of the summit, or of the visit."""
    with ps.open(":memory:") as record:
        record.add(MeetingHeld("retreat-2025", on="2025-05-28", part_of=whole), source=NEWS)
        kind = "visit" if whole.startswith("visit") else "meeting"
        assert record.meetings["retreat-2025"].part_of == f"{kind}:summit-2025"


def test_meeting_in_itself() -> None:
    """A meeting cannot be a part of itself."""
    with pytest.raises(InvalidEvent, match="is no part of itself"):
        MeetingHeld("summit-2025", part_of="summit-2025")


def test_a_provision_under_a_condition() -> None:
    """Once the agreement is in force, Switzerland may take part in the research programme."""
    event = ProvisionReported("package", part="research", by="CH", condition="once it is in force")
    with ps.open(":memory:") as record:
        record.add(event, source=NEWS)
        assert record.documents["package"].provisions[0].condition == "once it is in force"
