"""Corrections, retractions, and two names for one subject."""

from __future__ import annotations

import warnings

import pytest

import partnership as ps
from partnership.errors import SupersededWarning
from partnership.events import (
    ClaimCorrected,
    ClaimRetracted,
    DialogueLaunched,
    MeetingHeld,
    MeetingScheduled,
    StatementMade,
)
from partnership.testing import ticking
from partnership.values.sources import DESK

VNA = ps.Source("VNA", published="2020-11-16", kind="news")
TASS = ps.Source("TASS", published="2021-09-24", kind="news")


@pytest.fixture
def record():
    """Open an empty record."""
    with ps.open(":memory:", clock=ticking()) as opened:
        yield opened


@pytest.fixture
def held(record):
    """Record one meeting on a wrong day."""
    return record.add(MeetingHeld("m", on="2020-06-16"), source=VNA)[0]


def day(view):
    """Return the day on which the meeting is believed to have been held."""
    return str(view.meetings["m"].held_on) if "m" in view.meetings else None


def test_a_desk_that_mends_its_slip(record, held):
    """The right day stands in every view that holds the entry, under its old source."""
    record.correct(held, MeetingHeld("m", on="2020-06-17"), reason="mistyped")
    assert day(record) == day(record.as_of("2020-11-16")) == "2020-06-17"
    assert day(record.as_of("2020-11-15")) is None
    assert record.why("meeting:m", "held_on").reasons["held_on"].because[0].source == VNA


def test_a_slip_before_it_was_mended(record, held):
    """Only the audit of the log still shows it."""
    record.correct(held, MeetingHeld("m", on="2020-06-17"))
    assert day(record.as_of(recorded=held.recorded_at)) == "2020-06-16"


def test_a_publisher_that_changes_its_word(record, held):
    """The new word is known from its own publication only."""
    record.correct(held, MeetingHeld("m", on="2020-06-17"), source=TASS, speaker="The editor")
    assert day(record.as_of(known="2021-01-01")) == "2020-06-16"
    assert day(record) == "2020-06-17"
    assert record.why("meeting:m", "held_on").reasons["held_on"].because[0].speaker == "The editor"


def test_a_correction_that_is_itself_corrected(record, held):
    """The last word stands, and the first claim is not revived."""
    first = record.correct(held, MeetingHeld("m", on="2020-06-18"))
    record.correct(first, MeetingHeld("m", on="2020-06-17"))
    assert day(record) == "2020-06-17"
    assert record.meetings["m"].disputed == ()
    assert record.why("meeting:m", "held_on").reasons["held_on"].because[0].source == VNA


@pytest.mark.parametrize("last", ["Jakarta", "Bandung", "Solo", "Medan"])
def test_an_entry_that_is_corrected_twice(record, held, last):
    """The second correction stands, whatever its id; the first one stands again when the second is retracted."""
    record.correct(held, MeetingHeld("m", place="Bogor"))
    second = record.correct(held, MeetingHeld("m", place=last))
    assert (record.meetings["m"].place, record.meetings["m"].disputed) == (last, ())
    record.retract(second)
    assert record.meetings["m"].place == "Bogor"


def test_an_entry_that_is_corrected_and_then_retracted(record, held):
    """It is gone, with its correction."""
    record.correct(held, MeetingHeld("m", place="Bogor"))
    gone = record.retract(held)
    assert dict(record.meetings) == {}
    record.retract(gone)
    assert record.meetings["m"].place == "Bogor"


def test_a_correction_of_another_field_than_the_one_that_was_inferred(record):
    """What the desk supplied is still inferred, unless it was mended."""
    entry = record.add(MeetingHeld("m", on="2020-06-16", place="Bali"), source=VNA, inferred=["on"])[0]
    record.correct(entry, MeetingHeld("m", on="2020-06-16", place="Jakarta"))
    assert record.occurrences[0].evidence[0].inferred == {"on"}
    record.correct(entry, MeetingHeld("m", on="2020-06-17", place="Jakarta"))
    assert record.occurrences[0].evidence[0].inferred == frozenset()


def test_a_correction_that_is_retracted(record, held):
    """What it corrected stands again."""
    wrong = record.correct(held, MeetingHeld("m", on="2020-06-18"))
    record.retract(wrong)
    assert day(record) == "2020-06-16"


def test_a_retraction_that_is_undone_and_done_again_in_the_same_words(record, held):
    """The second one is not swallowed by the first."""
    first = record.retract(held, reason="another meeting")
    assert day(record) is None
    record.retract(first, reason="it was this one")
    assert day(record) == "2020-06-16"
    second = record.retract(held, reason="another meeting")
    assert second.id != first.id
    assert day(record) is None


def test_a_retraction_said_twice(record, held):
    """It is one entry while it has power."""
    assert record.retract(held, reason="so") == record.retract(held, reason="so")
    assert record.retract(held, reason="so") != record.retract(held, reason="for another reason")


def test_a_chain_of_two_thousand_pointers(record, held):
    """It is walked without recursion: an even number of retractions of retractions leaves the claim standing."""
    bodies, target = [], held.claim.id
    for _ in range(2_000):
        draft = record._codec.draft(ClaimRetracted(target), DESK, None, ps.Remarks())
        bodies.append(draft.written)
        target = draft.claim.id
    record._store.append(bodies, now=record._now(), by=None)
    assert day(record) == "2020-06-16"
    record.retract(target)
    assert day(record) is None


def test_a_target_that_has_not_arrived(record, held):
    """The amendment waits, says so, and works when its target comes."""
    effective = record.correct(held, MeetingHeld("m", on="2020-06-17"))
    with ps.open(":memory:", clock=ticking()) as other:
        other.merge([effective])
        assert day(other) is None
        assert [one.slug for one in other.findings()] == ["target-missing"]
        other.merge([held])
        assert day(other) == "2020-06-17"
        assert "target-missing" not in [one.slug for one in other.findings()]


def test_a_correction_of_another_subject(record, held):
    """The claim moves there, and leaves nothing behind."""
    record.correct(held, DialogueLaunched("d", on="2020-06-16"))
    assert dict(record.meetings) == {}
    assert record.dialogues["d"].status == "launched"
    assert record.why("meeting:m").roles[held.claim.id] == "superseded"


def test_a_claim_added_again_that_lies_undone(record, held):
    """A warning says that nothing has changed."""
    record.retract(held)
    with pytest.warns(SupersededWarning, match="meeting:m: this claim lies superseded"):
        assert record.add(MeetingHeld("m", on="2020-06-16"), source=VNA) == (held,)
    assert day(record) is None


def test_a_claim_added_again_after_the_retraction_was_undone(record, held):
    """Nothing is said, for nothing is wrong."""
    record.retract(record.retract(held))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        record.add(MeetingHeld("m", on="2020-06-16"), source=VNA)


def test_a_correction_of_a_preference(record, held):
    """What is preferred is what the correction says."""
    other = record.add(MeetingHeld("m", on="2020-06-20"), source=TASS)[0]
    preferred = record.prefer(held)
    assert day(record) == "2020-06-16"
    record.correct(preferred, type(preferred.event)(other.claim.id, field="on"))
    assert day(record) == "2020-06-20"


def test_a_correction_whose_word_is_a_retraction_in_a_merged_entry(record, held):
    """It says nothing: amendments are retracted, not corrected into others."""
    said = ClaimCorrected(held.claim.id, event=ClaimRetracted(held.claim.id))
    draft = record._codec.draft(said, TASS, None, ps.Remarks())
    record._store.append([draft.written], now=record._now(), by=None)
    assert day(record) is None


def test_two_names_for_one_meeting(record):
    """The claims come together under the first name, and both names are answered."""
    record.add(MeetingScheduled("b-name", planned="2020-06"), source=VNA)
    record.add(MeetingHeld("a-name", on="2021-06-17"), source=TASS)
    same = record.same_as("meeting:b-name", "meeting:a-name", reason="one press release, two titles")
    assert list(record.meetings) == ["a-name"]
    assert record.meetings["b-name"] == record.meetings["meeting:a-name"]
    assert record.meetings["b-name"].expected[0].planned == ps.When("2020-06")
    assert record.why("b-name").subject == "meeting:a-name"
    assert len(record.entries(subject="meeting:b-name")) == 2
    record.retract(same)
    assert list(record.meetings) == ["a-name", "b-name"]


def test_three_names_in_a_row(record):
    """All are one, in whatever order that was said."""
    for name in ("c", "b", "a"):
        record.add(StatementMade(name, text=name), source=VNA)
    record.same_as("statement:c", "statement:b")
    record.same_as("statement:b", "statement:a")
    assert list(record.statements) == ["a"]
    assert set(record.statements["c"].texts) == {"a", "b", "c"}


def test_two_names_that_a_source_joins(record):
    """They are one from its publication."""
    record.add(MeetingHeld("a", on="2020-06-17"), source=VNA)
    record.add(MeetingHeld("b", on="2020-06-17"), source=VNA)
    record.same_as("meeting:a", "meeting:b", source=TASS)
    assert len(record.as_of(known="2021-01-01").meetings) == 2
    assert len(record.meetings) == 1


def test_fields_that_refer_to_a_subject_under_another_name(record):
    """They mean the one name, so that they are not in dispute and rounds find their dialogue."""
    record.add(MeetingHeld("m", body="dialogue:b", on="2020-06-17"), source=VNA)
    record.add(MeetingHeld("m", body="dialogue:a", on="2020-06-17"), source=TASS)
    assert record.meetings["m"].disputed == ("body",)
    record.same_as("dialogue:a", "dialogue:b")
    assert record.meetings["m"].disputed == ()
    assert [one.meeting for one in record.dialogues["b"].rounds] == ["meeting:m"]


def test_a_list_of_subjects_under_other_names(record):
    """Each means the one name, and stands once."""
    record.add(StatementMade("s", concerns=["dialogue:b", "meeting:m", "dialogue:a"]), source=VNA)
    record.same_as("dialogue:a", "dialogue:b")
    assert record.statements["s"].concerns == ("dialogue:a", "meeting:m")


def test_two_desks_that_remark_differently_on_one_claim(record):
    """Stated beats inferred, the higher certainty counts, and the claim counts once."""
    event = MeetingHeld("m", on="2020-06-16")
    record.add(event, source=VNA, inferred=["on"], certainty="approximate")
    record.add(MeetingHeld("m", on="2020-06-17"), source=TASS, certainty="approximate")
    assert day(record) == "2020-06-17"
    record.add(event, source=VNA, certainty="confirmed")
    assert day(record) == "2020-06-16"
    assert len(record.entries()) == 3
    assert len(record.occurrences[0].claims) == 2


def test_a_bare_slug_that_is_the_same_as_another(record):
    """It means the subject; what says that two are one is no subject of its own."""
    record.add(MeetingHeld("a", on="2020-06-17"), source=VNA)
    record.same_as("meeting:a", "meeting:b")
    assert record.why("a").subject == "meeting:a"
