"""Amendments as events. What they do to a record is tested in tests/engine."""

from __future__ import annotations

import pytest

from partnership.errors import InvalidEvent
from partnership.events import ClaimCorrected, ClaimPreferred, ClaimRetracted, MeetingHeld, SubjectsDeclaredSame
from partnership.subjects.amendments import AMENDMENTS

CLAIM = "ab" * 32


def test_a_correction():
    """Its subject is a claim, and it has the complete corrected event."""
    held = MeetingHeld("summit", on="2018-11-14")
    correction = ClaimCorrected(CLAIM, event=held, reason="a slip of the pen")

    assert (correction.about, correction.event, correction.reason) == (f"claim:{CLAIM}", held, "a slip of the pen")


@pytest.mark.parametrize("event", [None, "meeting-held", {"event": "meeting-held"}, MeetingHeld])
def test_a_correction_without_an_event(event):
    """It is refused: a correction needs a complete event."""
    with pytest.raises(InvalidEvent, match=r"event: .* is not an event; give the whole event as it should have been"):
        ClaimCorrected(CLAIM, event=event)


def test_earlier_amendments():
    """They are sorted, without duplicates, so that the same retraction has one id."""
    assert ClaimRetracted(CLAIM, seen=["bb", "aa", "bb"]) == ClaimRetracted(CLAIM, seen={"aa", "bb"})
    assert ClaimRetracted(CLAIM, seen=["bb", "aa"]).seen == ("aa", "bb")


def test_what_is_preferred():
    """One field, or all of them."""
    assert ClaimPreferred(CLAIM, field="on").field == "on"
    assert ClaimPreferred(CLAIM).field is None


def test_two_subjects_that_are_the_same():
    """They are in alphabetical order, since being the same has no direction."""
    assert SubjectsDeclaredSame("arjcc", of="series", other="jcc").about == "subject:arjcc"


@pytest.mark.parametrize("other", ["arjcc", "aa"])
def test_two_subjects_in_the_wrong_order_or_only_one(other):
    """They are refused: otherwise one declaration could have two ids."""
    with pytest.raises(InvalidEvent) as refused:
        SubjectsDeclaredSame("arjcc", of="series", other=other)

    assert refused.value.reasons == ("other: must come after 'arjcc' in the alphabet",)


def test_a_wrong_kind_of_two_subjects():
    """The error is about the kind only, since the order cannot be checked yet."""
    with pytest.raises(InvalidEvent) as refused:
        SubjectsDeclaredSame("b", of="A Series", other="a")

    assert [reason.partition(":")[0] for reason in refused.value.reasons] == ["of"]


def test_every_amendment():
    """Their subjects are claims and subjects, so they have no states."""
    assert {one.kind for one in AMENDMENTS} == {"claim", "subject"}
