"""Disputes: values on which sources differ, their sides, and the rule that chose one."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import (
    CommitmentMade,
    CommitmentProgressReported,
    CourseHeld,
    CoursePlanned,
    MeetingHeld,
    MeetingScheduled,
)
from partnership.testing.scenario import given

NEWS = ps.Source("TASS", published="2021-09-24", kind="news")
OTHER = ps.Source("VNA", published="2021-09-24", kind="news")
MINISTRY = ps.Source("MFA of Russia", published="2021-09-24", kind="official-release")
FIRST, SECOND = MeetingHeld("m", on="2021-09-23"), MeetingHeld("m", on="2021-09-24")


def record_of(*claims):
    """Return a record of claims, each an event, its source and remarks."""
    record = given()
    for event, source, remarks in claims:
        record.add(event, source=source, **remarks)
    return record


def test_two_sides():
    """Both have their evidence; the chosen one comes first, with the reason."""
    record = record_of(
        (FIRST, MINISTRY, {}), (SECOND, NEWS, {}), (SECOND, OTHER, {}), (MeetingHeld("m", on="2021"), OTHER, {})
    )
    (dispute,) = record.disputes()

    assert (dispute.subject, dispute.names, dispute.fields, dispute.rule) == (
        "meeting:m",
        ("on",),
        ("held_on",),
        "nature",
    )
    assert [(str(side.value), len(side.evidence)) for side in dispute.sides] == [("2021-09-23", 1), ("2021-09-24", 2)]
    assert (len(dispute.vaguer), len(dispute.claims)) == (1, 3)
    assert str(dispute) == (
        "meeting:m, meeting held, on: 23 September 2021 (MFA of Russia) or 24 September 2021 (TASS, VNA); "
        "the first is chosen because its source is more official"
    )


@pytest.mark.parametrize(
    ("claims", "rule"),
    [
        ([(FIRST, NEWS, {"inferred": ["on"]}), (SECOND, OTHER, {})], "stated"),
        ([(FIRST, NEWS, {"certainty": "confirmed"}), (SECOND, MINISTRY, {})], "certainty"),
        ([(FIRST, NEWS, {}), (SECOND, MINISTRY, {})], "nature"),
        ([(FIRST, NEWS, {}), (FIRST, OTHER, {}), (SECOND, ps.Source("A", published="2021-09-25"), {})], "publishers"),
        ([(FIRST, NEWS, {}), (SECOND, ps.Source("A", published="2021-09-25"), {})], "newest"),
        ([(FIRST, NEWS, {}), (SECOND, OTHER, {})], "first"),
        (
            [
                (CommitmentProgressReported("c", as_of="2021", done=98), MINISTRY, {}),
                (CommitmentProgressReported("c", as_of="2021", done=99, total=139), NEWS, {}),
            ],
            "complete",
        ),
    ],
)
def test_the_rule(claims, rule):
    """It is the first one by which the chosen value ranks above the others."""
    (dispute,) = record_of(*claims).disputes()

    assert dispute.rule == rule


def test_a_preference_of_the_desk():
    """It decides before all other rules, and `why` says so too."""
    record = record_of((FIRST, MINISTRY, {}), (SECOND, NEWS, {}))
    record.prefer(record.entries()[1], field="on", reason="we were there")
    (dispute,) = record.disputes()

    assert (str(dispute.sides[0].value), dispute.rule) == ("2021-09-24", "preferred")
    assert record.why("m", "held_on").reasons["held_on"].rule == "preferred"
    assert "held_on: 24 September 2021  (disputed; chosen because the desk prefers it)" in str(record.why("m"))


def test_another_policy():
    """Under `newest` the date decides before the nature of the source; a custom policy is its own rule."""
    later = ps.Source("TASS", published="2021-09-25", kind="news")
    record = record_of((FIRST, MINISTRY, {}), (SECOND, later, {}))

    def rule(policy):
        view = record.as_of(policy=policy)
        return view.disputes()[0].rule, view.why("m").reasons["held_on"].rule

    assert rule(ps.newest) == ("newest", "newest")
    assert rule(lambda candidates: candidates[0]) == ("policy", "policy")
    assert record_of((FIRST, MINISTRY, {}), (SECOND, NEWS, {})).as_of(policy=ps.newest).disputes()[0].rule == "nature"


def test_a_value_in_a_row_of_a_state():
    """The dispute names the field with the row."""
    record = record_of(
        (CourseHeld("c", run="2021", participants=20), NEWS, {}),
        (CourseHeld("c", run="2021", participants=25), OTHER, {}),
        (CourseHeld("c", run="2022", on="2022"), ps.Source("A", published="2023"), {}),
    )  # fmt: skip
    (dispute,) = record.disputes()

    assert (dispute.subject, dispute.names, dispute.fields) == ("course:c", ("participants",), ("runs",))


def test_disputed_plans():
    """A dispute about the current plan is included, also for several dates; one about an outdated plan is not."""
    old = [(MeetingScheduled("m", planned="2021-12"), NEWS, {}), (MeetingScheduled("m", planned="2022-01"), OTHER, {})]
    new = (MeetingScheduled("m", planned="2022-02"), ps.Source("A", published="2021-10-01"), {})
    years = [(CoursePlanned("c", planned="{2021,2022}"), NEWS, {}), (CoursePlanned("c", planned="2023"), OTHER, {})]

    assert [dispute.fields for dispute in record_of(*old).disputes()] == [("expected",)]
    assert record_of(*old, new).disputes() == ()
    assert [dispute.fields for dispute in record_of(*years).disputes()] == [("expected",)]


def test_a_disputed_due_date():
    """It is in two fields of the state."""
    record = record_of((CommitmentMade("c", due="2021"), NEWS, {}), (CommitmentMade("c", due="2022"), OTHER, {}))

    assert [dispute.fields for dispute in record.disputes()] == [("due", "expected")]


def test_a_view_of_one_source():
    """It has no disputes."""
    record = record_of((FIRST, MINISTRY, {}), (SECOND, NEWS, {}))

    assert record.as_of(sources=lambda source: source.publisher == "TASS").disputes() == ()


def test_the_finding():
    """Every dispute is a finding about the same claims, and a list has no "of" between its members."""
    record = record_of(
        (MeetingHeld("m", co_chairs=["RU", "ID"]), NEWS, {}), (MeetingHeld("m", co_chairs=["VN"]), OTHER, {})
    )
    (dispute,) = record.disputes()
    (finding,) = [item for item in record.findings() if item.slug == "disputed"]
    assert finding == dispute.finding
    assert finding.sentence.endswith("sources differ on meeting-held, co_chairs: ID, RU or VN")
    assert set(finding.claims) == set(dispute.claims)


def test_a_plan_that_was_replaced():
    """Neither disputes nor findings list what sources differed on."""
    record = record_of(
        (MeetingScheduled("m", planned="2021-10"), ps.Source("A", published="2021-01-05"), {}),
        (MeetingScheduled("m", planned="2021-11"), ps.Source("B", published="2021-01-05"), {}),
        (MeetingScheduled("m", planned="2021-12-03"), ps.Source("A", published="2021-03-05"), {}),
    )
    assert record.disputes() == ()
    assert "disputed" not in {finding.slug for finding in record.findings()}
    assert [dispute.finding.slug for dispute in record.as_of("2021-02-01").disputes()] == ["disputed"]


def test_a_day_on_which_only_one_side_has_it_over():
    """The dispute about the day is listed, and found, and in the dossier, although the meeting may be still to come."""
    record = record_of((MeetingHeld("m", on="2021-09-10"), NEWS, {}), (MeetingHeld("m", on="2021-09-23"), MINISTRY, {}))
    view = record.as_of(on="2021-09-15")
    assert view.occurrences == ()
    assert [dispute.names for dispute in view.disputes()] == [("on",)]
    assert [finding.slug for finding in view.findings() if finding.slug == "disputed"] == ["disputed"]
    assert [dispute.names for dispute in view.dossier("meeting:m").disputes] == [("on",)]
    assert record.as_of(on="2021-09-09").disputes() == ()
