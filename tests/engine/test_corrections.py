"""Corrections, retractions, and subjects with several names."""

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
    """Return the day on which the meeting was held."""
    return str(view.meetings["m"].held_on) if "m" in view.meetings else None


def test_a_correction_by_the_desk(record, held):
    """It applies in every view that has the entry, and keeps the source of the entry."""
    record.correct(held, MeetingHeld("m", on="2020-06-17"), reason="mistyped")
    assert day(record) == day(record.as_of("2020-11-16")) == "2020-06-17"
    assert day(record.as_of("2020-11-15")) is None
    assert record.why("meeting:m", "held_on").reasons["held_on"].because[0].source == VNA


def test_the_log_before_a_correction(record, held):
    """Only a view of the log at that instant shows the mistake."""
    record.correct(held, MeetingHeld("m", on="2020-06-17"))
    assert day(record.as_of(recorded=held.recorded_at)) == "2020-06-16"


def test_a_correction_by_a_publisher(record, held):
    """It is known from its own publication on."""
    record.correct(held, MeetingHeld("m", on="2020-06-17"), source=TASS, speaker="The editor")
    assert day(record.as_of(known="2021-01-01")) == "2020-06-16"
    assert day(record) == "2020-06-17"
    assert record.why("meeting:m", "held_on").reasons["held_on"].because[0].speaker == "The editor"


def test_a_correction_that_is_corrected(record, held):
    """The last correction applies, and the first claim does not return."""
    first = record.correct(held, MeetingHeld("m", on="2020-06-18"))
    record.correct(first, MeetingHeld("m", on="2020-06-17"))
    assert day(record) == "2020-06-17"
    assert record.meetings["m"].disputed == ()
    assert record.why("meeting:m", "held_on").reasons["held_on"].because[0].source == VNA


@pytest.mark.parametrize("last", ["Jakarta", "Bandung", "Solo", "Medan"])
def test_an_entry_that_is_corrected_twice(record, held, last):
    """The second correction applies, whatever its id; the first one applies again when the second is retracted."""
    record.correct(held, MeetingHeld("m", place="Bogor"))
    second = record.correct(held, MeetingHeld("m", place=last))
    assert (record.meetings["m"].place, record.meetings["m"].disputed) == (last, ())
    record.retract(second)
    assert record.meetings["m"].place == "Bogor"


def test_an_entry_that_is_corrected_and_then_retracted(record, held):
    """It is gone, and its correction too."""
    record.correct(held, MeetingHeld("m", place="Bogor"))
    gone = record.retract(held)
    assert dict(record.meetings) == {}
    record.retract(gone)
    assert record.meetings["m"].place == "Bogor"


def test_a_correction_of_another_field_than_the_one_that_was_inferred(record):
    """A value that the desk inferred is still inferred, unless the correction changes it."""
    entry = record.add(MeetingHeld("m", on="2020-06-16", place="Bali"), source=VNA, inferred=["on"])[0]
    record.correct(entry, MeetingHeld("m", on="2020-06-16", place="Jakarta"))
    assert record.occurrences[0].evidence[0].inferred == {"on"}
    record.correct(entry, MeetingHeld("m", on="2020-06-17", place="Jakarta"))
    assert record.occurrences[0].evidence[0].inferred == frozenset()


def test_a_correction_that_is_retracted(record, held):
    """The corrected claim applies again."""
    wrong = record.correct(held, MeetingHeld("m", on="2020-06-18"))
    record.retract(wrong)
    assert day(record) == "2020-06-16"


def test_a_retraction_that_is_retracted_and_repeated_in_the_same_words(record, held):
    """The repeated one is a new entry, and effective."""
    first = record.retract(held, reason="another meeting")
    assert day(record) is None
    record.retract(first, reason="it was this one")
    assert day(record) == "2020-06-16"
    second = record.retract(held, reason="another meeting")
    assert second.id != first.id
    assert day(record) is None


def test_a_retraction_that_is_repeated_while_effective(record, held):
    """It is the same entry."""
    assert record.retract(held, reason="so") == record.retract(held, reason="so")
    assert record.retract(held, reason="so") != record.retract(held, reason="for another reason")


def test_a_chain_of_two_thousand_retractions(record, held):
    """It is resolved without recursion: an even number of retractions leaves the claim in force."""
    bodies, target = [], held.claim.id
    for _ in range(2_000):
        draft = record._codec.encode(ClaimRetracted(target), DESK, None, ps.Remarks())
        bodies.append(draft.new_row)
        target = draft.claim.id
    record._store.append(bodies, now=record._now(), by=None)
    assert day(record) == "2020-06-16"
    record.retract(target)
    assert day(record) is None


def test_a_correction_that_is_merged_before_its_target(record, held):
    """It waits, a finding says so, and it applies once its target is there."""
    effective = record.correct(held, MeetingHeld("m", on="2020-06-17"))
    with ps.open(":memory:", clock=ticking()) as other:
        other.merge([effective])
        assert day(other) is None
        assert [finding.slug for finding in other.findings()] == ["target-missing"]
        other.merge([held])
        assert day(other) == "2020-06-17"
        assert "target-missing" not in [finding.slug for finding in other.findings()]


def test_a_correction_to_another_subject(record, held):
    """The claim is about the other subject, and the first one has no state."""
    record.correct(held, DialogueLaunched("d", on="2020-06-16"))
    assert dict(record.meetings) == {}
    assert record.dialogues["d"].status == "launched"
    assert record.why("meeting:m").roles[held.claim.id] == "superseded"


def test_a_superseded_claim_that_is_added_again(record, held):
    """A warning says that it changes nothing."""
    record.retract(held)
    with pytest.warns(SupersededWarning, match="meeting:m: this claim is superseded"):
        assert record.add(MeetingHeld("m", on="2020-06-16"), source=VNA) == (held,)
    assert day(record) is None


def test_a_claim_that_is_added_again_after_its_retraction_was_retracted(record, held):
    """There is no warning."""
    record.retract(record.retract(held))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        record.add(MeetingHeld("m", on="2020-06-16"), source=VNA)


def test_a_correction_of_a_preference(record, held):
    """What the correction names is preferred."""
    other = record.add(MeetingHeld("m", on="2020-06-20"), source=TASS)[0]
    preferred = record.prefer(held)
    assert day(record) == "2020-06-16"
    record.correct(preferred, type(preferred.event)(other.claim.id, field="on"))
    assert day(record) == "2020-06-20"


def test_a_merged_correction_to_a_retraction(record, held):
    """It has no effect: an amendment is retracted, not corrected to a retraction."""
    said = ClaimCorrected(held.claim.id, event=ClaimRetracted(held.claim.id))
    draft = record._codec.encode(said, TASS, None, ps.Remarks())
    record._store.append([draft.new_row], now=record._now(), by=None)
    assert day(record) is None


def test_two_names_for_one_meeting(record):
    """The claims are combined under the alphabetically first name, and both names find them."""
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


def test_three_names_for_one_statement(record):
    """All are the same subject, in whatever order they were declared."""
    for name in ("c", "b", "a"):
        record.add(StatementMade(name, text=name), source=VNA)
    record.same_as("statement:c", "statement:b")
    record.same_as("statement:b", "statement:a")
    assert list(record.statements) == ["a"]
    assert set(record.statements["c"].texts) == {"a", "b", "c"}


def test_a_source_that_declares_two_subjects_the_same(record):
    """They are the same from its publication on."""
    record.add(MeetingHeld("a", on="2020-06-17"), source=VNA)
    record.add(MeetingHeld("b", on="2020-06-17"), source=VNA)
    record.same_as("meeting:a", "meeting:b", source=TASS)
    assert len(record.as_of(known="2021-01-01").meetings) == 2
    assert len(record.meetings) == 1


def test_references_to_a_subject_by_two_names(record):
    """They are equal, so there is no dispute, and the dialogue has the meeting."""
    record.add(MeetingHeld("m", body="dialogue:b", on="2020-06-17"), source=VNA)
    record.add(MeetingHeld("m", body="dialogue:a", on="2020-06-17"), source=TASS)
    assert record.meetings["m"].disputed == ("body",)
    record.same_as("dialogue:a", "dialogue:b")
    assert record.meetings["m"].disputed == ()
    assert [round_.meeting for round_ in record.dialogues["b"].rounds] == ["meeting:m"]


def test_a_list_of_references_by_two_names(record):
    """Each is canonical, and listed once."""
    record.add(StatementMade("s", concerns=["dialogue:b", "meeting:m", "dialogue:a"]), source=VNA)
    record.same_as("dialogue:a", "dialogue:b")
    assert record.statements["s"].concerns == ("dialogue:a", "meeting:m")


def test_two_desks_with_different_remarks_on_one_claim(record):
    """Stated beats inferred, the higher certainty counts, and the claim counts once."""
    event = MeetingHeld("m", on="2020-06-16")
    record.add(event, source=VNA, inferred=["on"], certainty="approximate")
    record.add(MeetingHeld("m", on="2020-06-17"), source=TASS, certainty="approximate")
    assert day(record) == "2020-06-17"
    record.add(event, source=VNA, certainty="confirmed")
    assert day(record) == "2020-06-16"
    assert len(record.entries()) == 3
    assert len(record.occurrences[0].claims) == 2


@pytest.mark.parametrize(("other", "believed"), [("unnamed-source", "2020-06-16"), ("confirmed", "2020-06-16")])
def test_a_desk_that_remarks_nothing_beside_one_that_does(record, other, believed):
    """It takes the claim as reported, which beats a worse remark and does not weaken a better one."""
    event = MeetingHeld("m", on="2020-06-16")
    record.add(event, source=VNA, certainty=other, note="first desk")
    record.add(event, source=VNA, note="second desk")
    (evidence,) = record.occurrences[0].evidence
    assert evidence.certainty == (None if other == "unnamed-source" else "confirmed")
    record.add(MeetingHeld("m", on="2020-06-17"), source=TASS, certainty="approximate")
    assert day(record) == believed


def test_two_desks_of_which_one_says_reported(record):
    """The remark is kept: it says the same as none."""
    event = MeetingHeld("m", on="2020-06-16")
    record.add(event, source=VNA, note="first desk")
    record.add(event, source=VNA, certainty="reported")
    assert record.occurrences[0].evidence[0].certainty == "reported"


def test_a_slug_without_kind_of_a_subject_with_two_names(record):
    """It means the subject; the declaration is not a subject of its own."""
    record.add(MeetingHeld("a", on="2020-06-17"), source=VNA)
    record.same_as("meeting:a", "meeting:b")
    assert record.why("a").subject == "meeting:a"
