"""What may leave the desk."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.engine.sharing import shareable_entries
from partnership.events import MeetingHeld

NEWS = ps.Source("VNA", published="2020-11-16", kind="news")
MINISTRY = ps.Source("MFA of Russia", published="2020-11-20", kind="official-release")
CALL = ps.Source("the desk", published="2020-11-17", kind="desk-note")
OPEN = MeetingHeld("a", on="2020-06-17")


@pytest.fixture
def record():
    """Open an empty record in memory."""
    with ps.open(":memory:") as opened:
        yield opened


def test_what_the_desk_remarks(record):
    """Its word counts; without one a note of its own stays and all else goes."""
    goes = record.add(MeetingHeld("a"), source=NEWS)
    record.add(MeetingHeld("b"), source=NEWS, shared=False)
    record.add(MeetingHeld("c"), source=CALL)
    goes += record.add(MeetingHeld("d"), source=CALL, shared=True)

    assert shareable_entries(record.entries()) == goes


def test_a_claim_that_one_remark_lets_go_and_another_does_not(record):
    """It stays: the no of one counts for all."""
    record.add(OPEN, source=NEWS, shared=True)
    record.add(OPEN, source=NEWS, certainty="confirmed")
    assert len(shareable_entries(record.entries())) == 2

    record.add(OPEN, source=NEWS, shared=False)

    assert shareable_entries(record.entries()) == ()


def test_what_mends_a_claim_that_goes(record):
    """It goes as well, though the desk says it of itself: the slip of a pen does not travel alone."""
    entry, other = record.add(OPEN, MeetingHeld("b"), source=NEWS)
    wrong = record.correct(entry, MeetingHeld("a", on="2020-06-18"), reason="mistyped")
    record.retract(wrong)
    record.prefer(entry, field="on")
    record.retract(other, source=MINISTRY)

    assert shareable_entries(record.entries()) == record.entries()


def test_what_mends_a_claim_that_stays(record):
    """It stays as well, though a ministry printed it: it tells what the claim may not."""
    (entry,) = record.add(OPEN, source=NEWS, shared=False)
    wrong = record.correct(entry, MeetingHeld("a", on="2020-06-18"), source=MINISTRY)
    record.retract(wrong, reason="the ministry tells of another meeting")

    assert shareable_entries(record.entries()) == ()


def test_two_names_that_the_desk_calls_the_same(record):
    """That goes where both names go, one of them perhaps as a correction has it; what takes it back goes with it."""
    first, second = record.add(OPEN, MeetingHeld("b"), source=NEWS)
    record.correct(second, MeetingHeld("c"), reason="another meeting")
    record.add(MeetingHeld("secret"), source=NEWS, shared=False)
    goes = record.entries()[:3]
    same = record.same_as("meeting:a", "meeting:c")
    back = record.retract(same)
    hidden = record.same_as("meeting:a", "meeting:secret")
    record.retract(hidden)

    assert shareable_entries(record.entries()) == (*goes, same, back)
    assert first in goes


def test_two_names_that_a_source_calls_the_same(record):
    """That goes as any other claim does."""
    same = record.same_as("meeting:a", "meeting:b", source=MINISTRY)

    assert shareable_entries(record.entries()) == (same,)
