"""Corrections as events: claims about claims. What they do to a record is tested with the road."""

from __future__ import annotations

import pytest

from partnership.errors import InvalidEvent
from partnership.events import ClaimCorrected, ClaimPreferred, ClaimRetracted, MeetingHeld, SubjectsDeclaredSame
from partnership.subjects.amendments import AMENDMENTS

CLAIM = "ab" * 32


def test_a_correction():
    """It aims at a claim and holds the whole event as it should have been."""
    held = MeetingHeld("summit", on="2018-11-14")
    correction = ClaimCorrected(CLAIM, event=held, reason="a slip of the pen")

    assert (correction.about, correction.event, correction.reason) == (f"claim:{CLAIM}", held, "a slip of the pen")


@pytest.mark.parametrize("event", [None, "meeting-held", {"event": "meeting-held"}, MeetingHeld])
def test_a_correction_to_something_that_is_no_event(event):
    """It is refused: half an event corrects nothing."""
    with pytest.raises(InvalidEvent, match=r"event: .* is not an event; give the whole event as it should have been"):
        ClaimCorrected(CLAIM, event=event)


def test_the_pointers_seen_before():
    """They stand once each and in one order, so that the same retraction has one id."""
    assert ClaimRetracted(CLAIM, seen=["bb", "aa", "bb"]) == ClaimRetracted(CLAIM, seen={"aa", "bb"})
    assert ClaimRetracted(CLAIM, seen=["bb", "aa"]).seen == ("aa", "bb")


def test_what_is_preferred():
    """One field, or all of them."""
    assert ClaimPreferred(CLAIM, field="on").field == "on"
    assert ClaimPreferred(CLAIM).field is None


def test_two_subjects_that_are_one():
    """They stand in the order of the alphabet, for "same" has no direction."""
    assert SubjectsDeclaredSame("arjcc", of="series", other="jcc").about == "subject:arjcc"


@pytest.mark.parametrize("other", ["arjcc", "aa"])
def test_two_subjects_in_the_wrong_order_or_only_one(other):
    """That is refused: in two orders one thing would have two ids."""
    with pytest.raises(InvalidEvent) as refused:
        SubjectsDeclaredSame("arjcc", of="series", other=other)

    assert refused.value.reasons == ("other: must come after 'arjcc' in the alphabet",)


def test_a_wrong_kind_of_two_subjects():
    """Its reason is told, and not that of the order, which cannot be known yet."""
    with pytest.raises(InvalidEvent) as refused:
        SubjectsDeclaredSame("b", of="A Series", other="a")

    assert [reason.partition(":")[0] for reason in refused.value.reasons] == ["of"]


def test_every_pointer():
    """None of them is about a subject of the field, so none is folded into a state."""
    assert {one.kind for one in AMENDMENTS} == {"claim", "subject"}
