"""Which entries may be shared."""

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


def test_marks_of_the_desk(record):
    """An entry is shared as it is marked; without a mark, notes of the desk are private and all else is shared."""
    shared = record.add(MeetingHeld("a"), source=NEWS)
    record.add(MeetingHeld("b"), source=NEWS, shared=False)
    record.add(MeetingHeld("c"), source=CALL)
    shared += record.add(MeetingHeld("d"), source=CALL, shared=True)

    assert shareable_entries(record.entries()) == shared


def test_a_claim_with_contradictory_marks(record):
    """It is private: one entry marked as private suffices."""
    record.add(OPEN, source=NEWS, shared=True)
    record.add(OPEN, source=NEWS, certainty="confirmed")
    assert len(shareable_entries(record.entries())) == 2

    record.add(OPEN, source=NEWS, shared=False)

    assert shareable_entries(record.entries()) == ()


def test_amendments_of_a_shared_claim(record):
    """They are shared with it, even where the desk is their source."""
    entry, other = record.add(OPEN, MeetingHeld("b"), source=NEWS)
    wrong = record.correct(entry, MeetingHeld("a", on="2020-06-18"), reason="mistyped")
    record.retract(wrong)
    record.prefer(entry, field="on")
    record.retract(other, source=MINISTRY)

    assert shareable_entries(record.entries()) == record.entries()


def test_amendments_of_a_private_claim(record):
    """They are private too, even where a ministry is their source: they would reveal the claim."""
    (entry,) = record.add(OPEN, source=NEWS, shared=False)
    wrong = record.correct(entry, MeetingHeld("a", on="2020-06-18"), source=MINISTRY)
    record.retract(wrong, reason="the ministry means another meeting")

    assert shareable_entries(record.entries()) == ()


def test_a_declaration_of_the_desk_that_two_subjects_are_the_same(record):
    """It is shared, with its retraction, if shared claims are about both, as stated or as corrected."""
    first, second = record.add(OPEN, MeetingHeld("b"), source=NEWS)
    record.correct(second, MeetingHeld("c"), reason="another meeting")
    record.add(MeetingHeld("secret"), source=NEWS, shared=False)
    shared = record.entries()[:3]
    same = record.same_as("meeting:a", "meeting:c")
    back = record.retract(same)
    hidden = record.same_as("meeting:a", "meeting:secret")
    record.retract(hidden)

    assert shareable_entries(record.entries()) == (*shared, same, back)
    assert first in shared


def test_a_declaration_of_a_source_that_two_subjects_are_the_same(record):
    """It is shared like any other claim."""
    same = record.same_as("meeting:a", "meeting:b", source=MINISTRY)

    assert shareable_entries(record.entries()) == (same,)


def test_a_private_claim_under_another_name(record):
    """What the same document says under the other name is private too; other documents and speakers are not."""
    secret, same = record.add(OPEN, MeetingHeld("b", on="2020-06-17"), source=NEWS, shared=None)
    (quoted,) = record.add(MeetingHeld("b", on="2020-06-17"), source=NEWS, speaker="S. Lavrov")
    (other,) = record.add(MeetingHeld("b", on="2020-06-17"), source=MINISTRY)
    record.add(OPEN, source=NEWS, shared=False)
    assert shareable_entries(record.entries()) == (same, quoted, other)
    record.same_as("meeting:a", "meeting:b")
    assert shareable_entries(record.entries()) == (quoted, other)
    assert secret.claim.id == record.entries()[4].claim.id


def test_what_states_the_same_as_the_correction_of_a_private_claim(record):
    """It is private where the desk corrects, whose correction says what the source says; a source corrects itself."""
    first, second = record.add(OPEN, MeetingHeld("b"), source=NEWS, shared=False)
    record.correct(first, MeetingHeld("a", on="2020-06-18"), reason="mistyped")
    record.correct(second, MeetingHeld("b", on="2020-06-18"), source=MINISTRY)
    record.add(MeetingHeld("a", on="2020-06-18"), source=NEWS)
    (told,) = record.add(MeetingHeld("b", on="2020-06-18"), source=MINISTRY)
    assert shareable_entries(record.entries()) == (told,)
