"""Events with remarks of their own, among others of one call."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import InvalidEntry, UnknownEvent
from partnership.events import MeetingHeld, ProjectApproved
from partnership.testing import given

VNA = ps.Source("VNA", published="2021-07-01")
HELD = MeetingHeld("committee-3", on="2021-06-28")
APPROVED = ProjectApproved("solar-park", meeting="committee-3")


@pytest.fixture
def record():
    """Open an empty record."""
    with ps.open(":memory:") as opened:
        yield opened


def test_remarks_of_one_event(record):
    """They replace those of the call; what is left out is as the call gives it, and None says that there is none."""
    own = {"inferred": ["on"], "certainty": None, "note": "the week of the forum", "shared": False, "speaker": None}
    first, second = record.add(
        ps.Remarked(HELD, **own), APPROVED, source=VNA, speaker="A. Ivanov", certainty="reported", note="both"
    )
    assert first.remarks == ps.Remarks(inferred=("on",), note="the week of the forum", shared=False)
    assert second.remarks == ps.Remarks(certainty="reported", note="both")
    assert (first.claim.speaker, second.claim.speaker) == (None, "A. Ivanov")
    assert (first.event, second.event) == (HELD, APPROVED)


def test_an_event_without_own_remarks(record):
    """It is as it would be by itself."""
    (entry,) = record.add(ps.Remarked(HELD), source=VNA, inferred=["on"])
    assert record.add(HELD, source=VNA, inferred=["on"]) == (entry,)


def test_a_citing_block(record):
    """Its calls take them too; the speaker of the block is the default."""
    with record.citing(VNA, speaker="A. Ivanov") as cite:
        cited = cite(ps.Remarked(HELD, inferred=["on"], speaker="B. Petrov"), APPROVED, certainty="confirmed")
    assert [entry.claim.speaker for entry in cited] == ["B. Petrov", "A. Ivanov"]
    assert [entry.remarks.inferred for entry in cited] == [("on",), ()]
    assert [entry.remarks.certainty for entry in cited] == ["confirmed", "confirmed"]


def test_a_field_that_one_of_several_events_has_not(record):
    """The error names that one and says how to give it remarks of its own; nothing is added."""
    with pytest.raises(InvalidEntry) as refused:
        record.add(HELD, APPROVED, source=VNA, inferred=["on"])
    assert str(refused.value) == (
        "the remarks on project:solar-park: inferred: this project-approved has no value for 'on'; "
        "give one, or leave it out; if others of these events have one, mark those: Remarked(event, inferred=[…])"
    )
    with pytest.raises(InvalidEntry, match="the remarks on meeting:committee-3: certainty: 'sure'"):
        record.add(APPROVED, ps.Remarked(HELD, certainty="sure"), source=VNA)
    assert len(record.entries()) == 0


@pytest.mark.parametrize("wrong", [ps.Remarked("x"), ps.Remarked(ps.Remarked(HELD)), ps.Remarked([HELD])])
def test_what_is_no_event(record, wrong):
    """It is refused as it would be by itself."""
    with pytest.raises(UnknownEvent):
        record.add(wrong, source=VNA)


def test_a_story():
    """`given` takes them; one without a source is refused by its name."""
    record = given(("2021-07-01", "VNA", "news"), ps.Remarked(HELD, inferred=["on"]))
    assert record.entries()[0].remarks.inferred == ("on",)
    with pytest.raises(TypeError, match="meeting:committee-3 has no source"):
        given(ps.Remarked(HELD))
