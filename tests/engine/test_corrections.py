"""Corrections, retractions, and subjects with several names."""

from __future__ import annotations

import warnings
from datetime import date

import attrs
import pytest

import partnership as ps
from partnership.engine.corrections import corrected_claims
from partnership.errors import SupersededWarning
from partnership.events import (
    ClaimCorrected,
    ClaimPreferred,
    ClaimRetracted,
    DialogueLaunched,
    MeetingCancelled,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    PlanProgressReported,
    StatementMade,
)
from partnership.model.construct import replace
from partnership.model.entry import Remarks, evidence_of
from partnership.testing import finding_slugs, ticking
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
        bodies.append(draft)
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


def _append(record, event):
    """Append an amendment by the desk as another version of the library may have stored it."""
    draft = record._codec.encode(event, DESK, None, ps.Remarks())
    record._store.append([draft], now=record._now(), by=None)


def test_a_stored_correction_of_a_preference(record, held):
    """What the correction names is preferred."""
    other = record.add(MeetingHeld("m", on="2020-06-20"), source=TASS)[0]
    preferred = record.prefer(held)
    assert day(record) == "2020-06-16"
    _append(record, ClaimCorrected(preferred.claim.id, event=ClaimPreferred(other.claim.id, field="on")))
    assert day(record) == "2020-06-20"


def test_a_preference_for_a_claim_that_is_not_here(record, held):
    """It has no effect."""
    with ps.open(":memory:", clock=ticking()) as other:
        other.merge([record.prefer(held)])
        other.add(MeetingHeld("m", on="2020-06-20"), source=TASS)
        assert day(other) == "2020-06-20"


def test_a_merged_correction_to_a_retraction(record, held):
    """It has no effect: an amendment is retracted, not corrected to a retraction."""
    said = ClaimCorrected(held.claim.id, event=ClaimRetracted(held.claim.id))
    draft = record._codec.encode(said, TASS, None, ps.Remarks())
    record._store.append([draft], now=record._now(), by=None)
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


def test_a_stored_reference_of_a_kind_that_fits_no_more(record):
    """It is read as it was written, also under another name of the subject."""
    stored = replace(MeetingHeld("b", on="2020-06-17"), body="commitment:x", adopted=("meeting:b", "plan:c"))
    record.add(stored, source=VNA)
    record.same_as("meeting:a", "meeting:b")
    assert record.entries()[0].event == stored
    meeting = record.meetings["a"]
    assert (meeting.body, meeting.adopted) == ("commitment:x", ("meeting:a", "plan:c"))


# ---- dated notes of the desk ----

MFA = ps.Source("MFA", published="2020-11-16", kind="official-release")
NOTE = ps.Source("the desk", published="2020-12-01", kind="desk-note")


@pytest.mark.parametrize("note", [NOTE, ps.Source("our desk", retrieved="2020-12-01", kind="desk-note")])
def test_a_correction_by_a_dated_note_of_the_desk(record, held, note):
    """It is known from its day, belongs to its own source, and is cited."""
    record.correct(held, on="2020-06-17", reason="the ministry says so on the telephone", source=note)
    assert day(record.as_of(known="2020-11-30")) == "2020-06-16"
    assert day(record.as_of(known="2020-12-01")) == day(record) == "2020-06-17"
    assert day(record.as_of(sources=lambda source: source.kind == "news")) == "2020-06-16"
    assert record.why("meeting:m", "held_on").reasons["held_on"].because[0].source.publisher == note.publisher


def test_a_retraction_by_a_dated_note_of_the_desk(record, held):
    """It is known from its day, and only to those who accept the note."""
    record.retract(held, source=NOTE)
    assert day(record) is None
    assert day(record.as_of(known="2020-11-30")) == "2020-06-16"
    assert day(record.as_of(sources=lambda source: source.kind == "news")) == "2020-06-16"


def test_a_dated_note_that_declares_two_subjects_the_same(record):
    """They are the same from its day on, for those who accept the note."""
    record.add(MeetingHeld("a"), MeetingHeld("b"), source=VNA)
    record.same_as("meeting:a", "meeting:b", source=NOTE)
    assert len(record.meetings) == 1
    assert len(record.as_of(known="2020-11-30").meetings) == 2
    assert len(record.as_of(sources=lambda source: source.kind == "news").meetings) == 2


def test_one_correction_with_and_without_a_day(record, held):
    """The two entries carry one claim; without a source it applies in every view."""
    undated = record.correct(held, on="2020-06-17")
    dated = ps.Source("the desk", retrieved="2020-12-01", kind="desk-note")
    draft = record._codec.encode(undated.event, dated, None, ps.Remarks(retrieved="2020-12-01"))
    with ps.open(":memory:", clock=ticking()) as other:
        other.merge([held])
        other._store.append([draft], now=other._now(), by=None)
        assert day(other.as_of(known="2020-11-30")) == "2020-06-16"
        assert day(other) == "2020-06-17"
        other.merge([undated])
        assert day(other.as_of(known="2020-11-30")) == "2020-06-17"


# ---- corrections by sources ----


def _published(day):
    return ps.Source("TASS", published=day, kind="news")


@pytest.fixture
def reported(record):
    """Record one meeting that TASS dates wrongly, with a mistyped title."""
    return record.add(MeetingHeld("m", on="2020-10-25", title="Smumit"), source=_published("2020-10-30"))[0]


@pytest.mark.filterwarnings("ignore::partnership.errors.SupersededWarning")
def test_a_correction_by_the_desk_of_what_a_source_has_corrected(record, reported):
    """The source's own word applies from its day on; before it the desk's correction applies."""
    record.correct(reported, on="2020-10-28", source=_published("2020-11-02"))
    record.correct(reported, title="Summit")
    assert (day(record), record.meetings["m"].disputed) == ("2020-10-28", ())
    before = record.as_of(known="2020-11-01").meetings["m"]
    assert (str(before.held_on), before.title) == ("2020-10-25", "Summit")


def test_a_correction_by_a_source_of_what_the_desk_has_corrected(record, reported):
    """Whichever of the two entries it names, it amends both, and continues what the desk corrected."""
    mended = record.correct(reported, title="Summit")
    for entry in (reported, mended):
        with ps.open(":memory:", clock=ticking()) as other:
            other.merge(record)
            other.correct(entry, on="2020-10-28", source=_published("2020-11-02"))
            meeting = other.meetings["m"]
            assert (str(meeting.held_on), meeting.title, meeting.disputed) == ("2020-10-28", "Summit", ())


@pytest.mark.filterwarnings("ignore::partnership.errors.SupersededWarning")
@pytest.mark.parametrize("target", ["the claim", "the desk's correction"])
def test_a_retraction_by_a_source_of_what_the_desk_has_corrected(record, reported, target):
    """The claim is gone, and neither the correction nor another one by the desk brings it back."""
    mended = record.correct(reported, title="Summit")
    record.retract(reported if target == "the claim" else mended, source=_published("2020-11-02"))
    record.correct(mended, title="Summits")
    record.correct(reported, place="Hanoi")
    assert day(record) is None
    assert day(record.as_of(known="2020-11-01")) == "2020-10-25"


@pytest.mark.parametrize("order", [("2020-11-02", "2020-11-05"), ("2020-11-05", "2020-11-02")])
def test_two_corrections_by_a_source(record, reported, order):
    """The newer publication applies, whichever was entered first."""
    right = {"2020-11-02": "2020-10-27", "2020-11-05": "2020-10-28"}
    for published in order:
        record.correct(reported, MeetingHeld("m", on=right[published]), source=_published(published))
    assert (day(record), record.meetings["m"].disputed) == ("2020-10-28", ())
    assert day(record.as_of(known="2020-11-03")) == "2020-10-27"


def test_a_correction_and_a_retraction_by_a_source(record, reported):
    """The newer publication applies."""
    record.retract(reported, source=_published("2020-11-02"))
    record.correct(reported, on="2020-10-28", source=_published("2020-11-05"))
    assert day(record) == "2020-10-28"
    record.retract(reported, source=_published("2020-11-06"))
    assert day(record) is None


def test_two_corrections_by_a_source_on_one_day(record, reported):
    """The one that was entered with knowledge of the other applies; of two that were not, each is a claim."""
    first = record.correct(reported, on="2020-10-27", source=_published("2020-11-02"))
    second = ps.open(":memory:", clock=ticking())
    second.merge([reported])
    second.correct(reported, on="2020-10-29", source=_published("2020-11-02"))
    record.correct(reported, on="2020-10-28", source=_published("2020-11-02"))
    assert (day(record), record.meetings["m"].disputed) == ("2020-10-28", ())
    record.merge(second)
    assert record.meetings["m"].disputed == ("held_on",)
    assert first.claim.id not in record.occurrences[0].claims
    second.close()


@pytest.mark.parametrize("newest", ["2020-11-04", "2020-11-08"])
def test_a_correction_by_a_source_of_its_correction(record, reported, newest):
    """Both are one chain, of which the newest publication applies; the first claim does not return."""
    first = record.correct(reported, on="2020-10-27", source=_published("2020-11-02"))
    record.correct(first, on="2020-10-28", source=_published("2020-11-06"))
    record.correct(reported, on="2020-10-29", source=_published(newest))
    assert day(record) == ("2020-10-29" if newest == "2020-11-08" else "2020-10-28")
    assert record.meetings["m"].disputed == ()


def test_a_retraction_by_a_source_of_its_correction(record, reported):
    """What it had corrected applies again, also where the retraction names the desk's correction of that."""
    wrong = record.correct(reported, on="2020-10-27", source=_published("2020-11-02"))
    mended = record.correct(wrong, title="Summit")
    record.retract(mended, source=_published("2020-11-06"))
    assert (day(record), record.meetings["m"].title) == ("2020-10-25", "Smumit")


def test_a_retraction_by_the_desk_of_a_claim_with_a_chain_of_corrections(record, reported):
    """All of the chain is gone, by sources or by the desk, as if the claim had not been entered."""
    mended = record.correct(record.correct(reported, title="Summit"), place="Hanoi")
    record.correct(mended, on="2020-10-28", source=_published("2020-11-02"))
    gone = record.retract(reported)
    assert dict(record.meetings) == {}
    record.retract(gone)
    assert (day(record), record.meetings["m"].place) == ("2020-10-28", "Hanoi")


def test_the_last_word_of_the_desk_after_a_chain(record, reported):
    """A later correction of the first entry supersedes the whole chain before it."""
    record.correct(record.correct(reported, title="Summit"), place="Hanoi")
    record.correct(reported, MeetingHeld("m", on="2020-10-26"))
    assert (day(record), record.meetings["m"].disputed, record.meetings["m"].place) == ("2020-10-26", (), None)


def test_a_correction_of_a_plan_that_was_cancelled_since(record):
    """The plan was said when it was first published, so the later cancellation stands, and nothing is overdue."""
    plan = record.add(MeetingScheduled("m", planned="2021-03-01"), source=_published("2021-01-10"))[0]
    record.add(MeetingCancelled("m"), source=_published("2021-02-01"))
    record.correct(plan, planned="2021-03-05", source=_published("2021-02-10"))
    assert record.meetings["m"].status == "cancelled"
    assert record.as_of("2021-04-01").overdue() == ()
    assert record.as_of("2021-01-20").meetings["m"].expected[0].planned == ps.When("2021-03-01")
    hindsight = record.as_of(on="2021-01-20")
    assert hindsight.meetings["m"].expected[0].planned == ps.When("2021-03-05")


def test_a_correction_of_an_older_plan(record):
    """It does not become a newer plan."""
    plan = record.add(MeetingScheduled("m", planned="2021-03"), source=_published("2021-01-10"))[0]
    record.add(MeetingScheduled("m", planned="2021-06"), source=_published("2021-02-01"))
    record.correct(plan, planned="2021-04", source=_published("2021-02-10"))
    meeting = record.meetings["m"]
    assert [item.planned for item in meeting.expected] == [ps.When("2021-06")]
    assert meeting.previous_dates == (ps.When("2021-04"),)


@pytest.mark.parametrize("on", ["2020-06", None])
def test_a_correction_of_the_place_of_a_meeting(record, on):
    """The meeting was over when it was first reported, and still is after the correction."""
    entry = record.add(MeetingHeld("m", on=on, place="Moscow"), source=_published("2020-06-14"))[0]
    record.correct(entry, place="Sochi", source=_published("2020-07-10"))
    then = record.as_of(on="2020-06-20").meetings["m"]
    assert (then.status, then.place) == ("held", "Sochi")


def test_a_correction_of_the_day_beyond_the_first_report(record):
    """The day of the correction bounds it."""
    entry = record.add(MeetingHeld("m", on="2020-05"), source=_published("2020-05-20"))[0]
    record.correct(entry, on="2020-06", source=_published("2020-06-10"))
    assert "m" not in record.as_of(on="2020-06-09").meetings
    assert record.as_of(on="2020-06-10").meetings["m"].status == "held"


def test_a_value_that_the_desk_inferred_and_a_source_did_not_correct(record):
    """It is still inferred; also after a chain of corrections, and after a second correction of the first entry."""
    entry = record.add(MeetingHeld("m", on="2020-06-16"), source=VNA, inferred=["on"])[0]
    other = record.correct(entry, place="Hanoi", source=TASS)
    assert record.occurrences[0].evidence[0].inferred == {"on"}
    record.correct(other, on="2020-06-17", inferred=["on"])
    record.correct(other, place="Hue")
    assert record.occurrences[0].evidence[0].inferred == {"on"}
    assert (day(record), record.meetings["m"].place) == ("2020-06-17", "Hue")


# ---- preferences ----


@pytest.fixture
def differing(record):
    """Record two reports on a meeting that differ in day and place; the ministry outranks the agency."""
    record.add(MeetingHeld("m", on="2020-06-17", place="Sochi"), source=MFA)
    return record.add(MeetingHeld("m", on="2020-06-16", place="Hanoi"), source=VNA)[0]


def test_a_preference_for_one_field_after_corrections_of_another(record, differing):
    """It follows its claim through a chain of corrections, by the desk or by the source."""
    record.prefer(differing, field="on")
    second = record.correct(differing, place="Hue")
    assert (day(record), record.meetings["m"].place) == ("2020-06-16", "Sochi")
    record.correct(second, place="Da Nang", source=TASS)
    assert day(record) == "2020-06-16"
    assert day(record.as_of(known="2021-01-01")) == "2020-06-16"


def test_a_preference_for_a_claim_with_two_corrections(record, differing):
    """What is preferred is the first of them, and the second takes its place."""
    record.prefer(record.correct(differing, place="Hue"), field="on")
    record.correct(differing, place="Da Nang")
    assert day(record) == "2020-06-16"


def test_a_preference_for_a_field_that_is_corrected(record, differing):
    """It lapses: the desk had preferred another value. Once the correction is retracted, it applies again."""
    record.prefer(differing, field="on")
    wrong = record.correct(differing, on="2020-06-15")
    assert day(record) == "2020-06-17"
    record.retract(wrong)
    assert day(record) == "2020-06-16"


def test_a_preference_for_all_fields_after_a_correction_of_one(record, differing):
    """It applies to the others."""
    record.prefer(differing)
    record.correct(differing, place="Hue")
    assert (day(record), record.meetings["m"].place) == ("2020-06-16", "Sochi")


def test_a_preference_for_fields_that_belong_together(record):
    """A correction of one of them changes what was preferred."""
    record.add(PlanProgressReported("p", as_of="2020-06", done=99, total=139), source=MFA)
    entry = record.add(PlanProgressReported("p", as_of="2020-06", done=98, total=138), source=VNA)[0]
    record.prefer(entry, field="total")
    assert record.occurrences[0].event.total == ps.Count(138)
    record.correct(entry, done=97)
    assert record.occurrences[0].event.total == ps.Count(139)


def test_preferences_that_differ(record, differing):
    """They are found, in every order; one that supports both values, or another field, differs from none."""
    assert "preferences-differ" not in finding_slugs(record)
    record.prefer(differing, field="on")
    official = next(entry for entry in record.entries() if entry.source == MFA)
    record.prefer(official, field="place")
    assert "preferences-differ" not in finding_slugs(record)
    second = record.prefer(official)
    finding = next(finding for finding in record.findings() if finding.slug == "preferences-differ")
    assert set(finding.claims) == {differing.claim.id, official.claim.id}
    assert "the desk prefers claims that differ on meeting-held, on; retract one" in finding.sentence
    record.retract(second)
    assert "preferences-differ" not in finding_slugs(record)


# ---- names ----


def test_two_names_that_are_joined_again_in_the_same_words(record):
    """Each time it is a new entry and effective; while one is in force, it is returned."""
    record.add(MeetingHeld("a"), MeetingHeld("b"), source=VNA)
    entries = []
    for _ in range(3):
        entries.append(record.same_as("meeting:a", "meeting:b", reason="one press release"))
        assert record.same_as("meeting:b", "meeting:a", reason="one press release") == entries[-1]
        assert len(record.meetings) == 1
        gone = record.retract(entries[-1])
        assert len(record.meetings) == 2
    assert len({entry.id for entry in entries}) == 3
    record.retract(gone)
    assert record.same_as("meeting:a", "meeting:b", reason="one press release") == entries[-1]
    assert len(record.meetings) == 1


def test_two_names_that_a_source_joins_again(record):
    """Another reason or another source makes another entry anyway."""
    first = record.same_as("meeting:a", "meeting:b", source=TASS)
    record.retract(first)
    assert record.same_as("meeting:a", "meeting:b", source=VNA).event.seen == ()
    assert record.same_as("meeting:a", "meeting:b", source=TASS).event.seen == (first.claim.id,)


def test_a_correction_of_a_correction_that_was_retracted(record, held):
    """It stands in the place of the claim, which does not apply beside it."""
    wrong = record.correct(held, on="2020-06-18", source=TASS)
    record.retract(wrong)
    assert day(record) == "2020-06-16"
    with pytest.warns(ps.errors.SupersededWarning, match="is restored by this correction"):
        record.correct(wrong, place="Hanoi")
    assert (day(record), record.meetings["m"].disputed) == ("2020-06-18", ())


def test_a_correction_of_the_background_of_a_report(record):
    """It still belongs to the report that told it, so the plan still comes before the news."""
    report = _published("2021-02-15")
    plan = record.add(MeetingScheduled("m", planned="2021-04-05"), source=report)[0]
    record.add(MeetingPostponed("m", on="2021-02-14"), source=report)
    record.correct(plan, planned="2021-04-06", source=_published("2021-02-20"))
    assert record.meetings["m"].status == "postponed"
    assert record.meetings["m"].expected == ()


def test_the_day_of_a_plan_that_was_corrected(record):
    """It is said when its first publication dates itself, be it vague."""
    plan = record.add(MeetingScheduled("m", planned="2021-04"), source=_published("2021-01"))[0]
    record.correct(plan, place="Hanoi", source=_published("2021-02-20"))
    assert record.occurrences[0].said_in_words == "said January 2021"


def test_a_retraction_with_and_without_a_day(record, held):
    """They are two entries, although the desk is the publisher of both: only one applies in earlier views."""
    dated = record.retract(held, source=ps.Source("the desk", retrieved="2020-12-01", kind="desk-note"))
    assert day(record.as_of(known="2020-11-30")) == "2020-06-16"
    undated = record.retract(held)
    assert undated != dated
    assert day(record.as_of(known="2020-11-30")) is None
    assert record.retract(held) == undated
    assert record.retract(held, source=DESK) == undated


@pytest.mark.parametrize("source", [VNA, None])
@pytest.mark.parametrize("field", ["on", None])
def test_a_preference_for_a_claim_that_was_superseded(record, held, source, field):
    """A warning says that it decides nothing: its claim was retracted, or corrected in this field."""
    record.retract(held, source=source)
    with pytest.warns(SupersededWarning, match="meeting:m: this preference decides nothing"):
        record.prefer(held, field=field)


@pytest.mark.parametrize("source", [VNA, None])
def test_a_preference_for_a_field_that_was_corrected_before(record, held, source):
    """The field that was corrected is preferred of the correction; of the claim, only the other fields are."""
    correction = record.correct(held, on="2020-06-17", source=source)
    with pytest.warns(SupersededWarning, match="meeting:m: this preference decides nothing"):
        record.prefer(held, field="on")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        record.prefer(held, field="place")
        record.prefer(held)
        record.prefer(correction, field="on")
    second = record.correct(correction, place="Hue")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        record.prefer(second, field="place")


def test_a_preference_for_a_correction_of_a_claim_that_is_not_here(record, held):
    """It decides nothing here, with a warning."""
    correction = record.correct(held, on="2020-06-17")
    with ps.open(":memory:") as other:
        other.merge([correction])
        with pytest.warns(SupersededWarning, match="this preference decides nothing"):
            other.prefer(correction, field="on")


def test_the_days_on_which_two_desks_read_a_document():
    """The document was known from the first of them."""
    with ps.open(":memory:") as record:
        for day in ("2021-03-01", "2021-02-01", "2021-04-01"):
            record.add(MeetingHeld("m"), source=ps.Source("MFA", retrieved=day))
        (item,) = record.occurrences[0].evidence
        assert (item.known_from, item.retrieved) == (date(2021, 2, 1), date(2021, 2, 1))


@pytest.mark.parametrize("is_first", [True, False])
def test_an_amendment_by_the_desk_that_one_of_two_desks_dates(is_first):
    """It has no day, as it applies whenever what it amends is visible."""
    with ps.open(":memory:") as record:
        (entry,) = record.add(MeetingHeld("m"), source=ps.Source("MFA", published="2021"))
        timeless = evidence_of(record.prefer(entry).claim, Remarks())
        attribution = attrs.evolve(timeless.attribution, known_from=date(2021, 2, 1), retrieved=date(2021, 2, 1))
        dated = attrs.evolve(timeless, attribution=attribution)
        merged = corrected_claims([timeless, dated] if is_first else [dated, timeless])[timeless.claim]
        assert (merged.known_from, merged.retrieved) == (date.max, None)


def test_the_certainty_of_what_the_desk_corrects():
    """It is that of the corrected claim, unless a desk remarks another on the correction."""
    with ps.open(":memory:") as record:
        (entry,) = record.add(MeetingHeld("m"), source=ps.Source("MFA", published="2021"), certainty="confirmed")
        correction = record.correct(entry, place="Hanoi")
        (item,) = record.occurrences[0].evidence
        assert (item.certainty, item.event.place) == ("confirmed", "Hanoi")
        amending = evidence_of(correction.claim, attrs.evolve(correction.remarks, certainty="approximate"))
        claims = corrected_claims([evidence_of(entry.claim, entry.remarks), amending])
        assert claims[correction.claim.id].certainty == "approximate"


def test_a_source_that_corrects_its_correction():
    """Its last word corrects the first claim, on whose day the statement was made."""
    with ps.open(":memory:") as record:
        (entry,) = record.add(MeetingHeld("m"), source=ps.Source("MFA", published="2021-01-01"))
        first = record.correct(entry, place="Hanoi", source=ps.Source("MFA", published="2021-01-05"))
        record.correct(first, place="Hue", source=ps.Source("MFA", published="2021-01-09"))
        (item,) = record.occurrences[0].evidence
        assert item.corrects.claim == entry.claim.id
        assert (item.said, item.known_from) == (date(2021, 1, 1), date(2021, 1, 9))
