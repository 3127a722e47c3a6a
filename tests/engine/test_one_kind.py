"""The states of one kind: only what they depend on is read, and they are those after everything was read."""

from __future__ import annotations

from random import Random

import pytest

import partnership as ps
from partnership.events import (
    DialogueLaunched,
    DocumentAdopted,
    DocumentSigned,
    MeetingHeld,
    MeetingScheduled,
    SeriesEstablished,
)
from partnership.model.projection import Projection
from partnership.record.record import Record
from partnership.subjects import dialogues
from partnership.testing import laws, ticking

VNA = ps.Source("VNA", published="2020-01-01")
KINDS = ("meetings", "documents", "series", "dialogues")


@pytest.fixture(params=["memory", "sqlite"])
def fresh(request, tmp_path):
    """Open empty records on one kind of store."""
    paths = (tmp_path / f"{number}.db" for number in range(100))

    def opened():
        return ps.open(":memory:" if request.param == "memory" else next(paths), clock=ticking())

    return opened


@pytest.fixture
def record(fresh):
    """A record of meetings, of which one adopts a document, of documents and of a series."""
    record = fresh()
    record.add(
        *(MeetingHeld(f"m-{number}", on=f"2019-01-{number:02}") for number in range(1, 10)),
        MeetingHeld("adopting", on="2019-02-01", adopted=["adopted"], body="series:s"),
        MeetingScheduled("adopting", planned="2019-02"),
        DocumentSigned("signed", on="2019-03-01"),
        DocumentAdopted("late", on="2019-03-02"),
        SeriesEstablished("s", on="2018"),
        DialogueLaunched("d", on="2018"),
        source=VNA,
    )
    return record


def reopened(record):
    """Return another record of the same store, and a list of the subjects of the entries that it reads."""
    other, read = Record(record._store, record._codec, record._clock), []
    decoded = other._log._decoded

    def reading(rows, known):
        for position, evidence in decoded(rows, known):
            read.append(evidence.event.about)
            yield position, evidence

    other._log._decoded = reading
    return other, read


def check(record):
    """Check every kind by itself against a record that has read everything, whichever is asked first."""
    record.findings()
    expected = {kind: dict(getattr(record, kind)) for kind in KINDS}
    for seed in range(4):
        other, _ = reopened(record)
        for kind in Random(seed).sample(KINDS, len(KINDS)):
            assert dict(getattr(other, kind)) == expected[kind], kind
        assert other.findings() == record.findings()
    return expected


def test_what_is_read(record):
    """The entries about the kind, and those of the subjects of other kinds that refer to it."""
    other, read = reopened(record)
    assert sorted(other.documents) == ["adopted", "late", "signed"]
    assert {*read} == {"document:signed", "document:late", "meeting:adopting"}

    other, read = reopened(record)
    assert other.series["s"].status == "established"
    assert list(other.series) == ["s"]
    assert {*read} == {"series:s", "meeting:adopting"}

    other, read = reopened(record)
    assert len(other.series) == 1
    read.clear()
    assert len(other.series) == 1
    assert not read


def test_a_kind_of_most_entries(record):
    """Everything is read at once: to read these entries first, and the others for other kinds, takes longer."""
    other, read = reopened(record)
    assert len(other.meetings) == 10
    assert len(read) == 15
    assert len(other.documents) == 3
    assert len(other.findings()) > 0
    assert len(read) == 15


def test_the_size_of_a_kind_is_known_before_it_is_read(record, monkeypatch):
    """Where it has most entries, all are read at once, and none of them before."""
    other, _ = reopened(record)
    monkeypatch.setattr(other._log, "find_kinds", lambda *_: pytest.fail("was read by itself"))
    assert not other._query.index._load_kind("meeting", set())


def test_one_subject_loads_only_what_changes_it(record):
    """A document that refers to a meeting is not decoded to tell the state of the meeting."""
    record.add(DocumentSigned("signed", on="2019-03-01", meeting="m-1"), source=ps.Source("TASS"))
    other, read = reopened(record)
    assert other.meetings["m-1"].status == "held"
    assert {*read} == {"meeting:m-1"}


def test_no_entry_is_decoded_twice(record, monkeypatch):
    """What was read of one kind is not read again with another kind, or with everything."""
    other, _ = reopened(record)
    decode, positions = other._codec.decode_columns, []
    monkeypatch.setattr(other._codec, "decode_columns", lambda *given: positions.append(given[2]) or decode(*given))
    assert len(other.documents) == 3
    assert 0 < len(positions) < other._log.head()
    other.findings()
    assert sorted(positions) == list(range(1, other._log.head() + 1))


def test_a_claim_that_is_corrected_to_another_kind(record):
    """It is part of the states of the kind that the correction gives it, and of no other."""
    (signed,) = record.entries(subject="document:signed")
    record.correct(signed, MeetingHeld("signing", on="2019-03-01"))
    record.correct(record.entries(subject="meeting:m-2")[0], DocumentSigned("other", on="2019-03-01"))
    expected = check(record)
    assert "signing" in expected["meetings"]
    assert "signed" not in expected["documents"]
    assert "other" in expected["documents"]
    assert "m-2" not in expected["meetings"]


def test_a_correction_that_refers_to_another_kind(record):
    """It counts, although the claim that it corrects refers to nothing."""
    record.correct(record.entries(subject="meeting:m-3")[0], adopted=["by-correction"], body="dialogue:d")
    expected = check(record)
    assert expected["documents"]["by-correction"].status == "adopted"
    assert "meeting:m-3" in str(expected["dialogues"]["d"].rounds)


def test_subjects_that_are_the_same(record):
    """References to either name count for both."""
    record.add(DocumentSigned("renamed", on="2019-03-01"), source=ps.Source("TASS"))
    record.same_as("document:renamed", "document:adopted")
    record.same_as("meeting:m-4", "meeting:m-5")
    declared = record.same_as("series:s", "series:t")
    record.add(MeetingHeld("m-6", on="2019-01-06", body="series:t"), source=ps.Source("TASS"))
    assert len(check(record)["meetings"]) == 9
    record.retract(declared)
    assert len(check(record)["series"]) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_entries_that_come_later(record, fresh, kind):
    """They change the states of a kind that was read, one by one or in one batch."""
    other, _ = reopened(record)
    before = dict(getattr(other, kind))
    record.retract(record.entries(subject="document:late")[0])
    record.add(
        MeetingHeld("m-7", on="2019-01-07", adopted=["adopted-later"], body="series:s"),
        DocumentSigned("adopted", on="2019-04-01"),
        source=ps.Source("TASS", published="2020-02-01"),
    )
    record.correct(record.entries(subject="meeting:m-8")[0], MeetingHeld("m-8", on="2019-01-08", body="dialogue:d"))
    record.same_as("meeting:m-8", "meeting:m-9")
    record.add(MeetingHeld("m-9", on="2019-01-09", adopted=["signed"]), source=ps.Source("TASS"))
    record.findings()
    one_by_one, _ = reopened(record)
    assert dict(getattr(other, kind)) != before
    assert dict(getattr(other, kind)) == dict(getattr(record, kind)) == dict(getattr(one_by_one, kind))
    view = other.as_of(known="2020-01-15")
    assert dict(getattr(view, kind)) == dict(getattr(record.as_of(known="2020-01-15"), kind))

    again = fresh()
    for entry in record.entries():
        again.merge([entry])
        assert getattr(again, kind) is not None
        list(getattr(again, kind))
    assert dict(getattr(again, kind)) == dict(getattr(record, kind))


LATE = ps.Source("TASS", published="2019-06-01")


def test_a_late_claim_about_a_subject_that_was_read(record):
    """Only its entry is read; it is compared with those that were read before."""
    other, read = reopened(record)
    assert other.meetings["m-1"].place is None
    read.clear()
    record.add(MeetingHeld("m-1", place="Ha Noi"), MeetingHeld("m-2", place="Sochi"), source=LATE)
    assert other.meetings["m-1"] == record.meetings["m-1"]
    assert read == ["meeting:m-1", "meeting:m-2"]
    assert other.meetings["m-2"] == record.meetings["m-2"]
    assert dict(other.meetings) == dict(record.meetings)


def test_a_late_claim_that_was_retracted_before_it_came(record, fresh):
    """It changes nothing, as where everything is read."""
    desk = fresh()
    (wrong,) = desk.add(MeetingHeld("m-1", place="Ha Noi"), source=LATE)
    record.merge([desk.retract(wrong, reason="another meeting")])
    other, _ = reopened(record)
    assert other.meetings["m-1"].place is None
    record.merge([wrong])
    assert other.meetings["m-1"].place is None
    assert dict(other.meetings) == dict(record.meetings)


def test_a_late_claim_and_its_correction_at_once(record):
    """The correction counts."""
    other, _ = reopened(record)
    assert other.meetings["m-1"].place is None
    (wrong,) = record.add(MeetingHeld("m-1", place="Ha Noi"), source=LATE)
    record.correct(wrong, MeetingHeld("m-1", place="Sochi"))
    assert other.meetings["m-1"].place == "Sochi"


def test_a_late_claim_that_refers_to_a_kind_that_was_read(record):
    """A projection that is asked for later finds it."""
    other, _ = reopened(record)
    assert other.meetings["m-1"].body is None
    assert len(other.dialogues) == 1
    record.add(MeetingHeld("m-1", body="dialogue:d"), source=LATE)
    assert other.meetings["m-1"].body == "dialogue:d"
    own = Projection(
        "rounds", lambda _: 0, lambda count, _: count + 1, kind="dialogue", key=dialogues.key, others=["meeting"]
    )
    assert dict(other.project(own)) == dict(record.project(own)) == {"d": 2}


def test_two_entries_about_one_subject_that_was_not_read(record):
    """Both count, and so do those that were there: the first of the new ones makes it a part of the states."""
    other, _ = reopened(record)
    assert sorted(other.documents) == ["adopted", "late", "signed"]
    record.add(
        MeetingHeld("m-1", on="2019-01-01", adopted=["new"]),
        MeetingHeld("m-1", on="2019-01-01", place="Hanoi"),
        source=ps.Source("TASS"),
    )
    assert dict(other.documents) == dict(record.documents)
    assert other.meetings["m-1"] == record.meetings["m-1"]


def test_another_projection_of_a_kind_with_other_kinds(record):
    """What it needs is read, too."""

    def count(others):
        key = lambda occurrence: [occurrence.subject, *getattr(occurrence.event, "adopted", ())]  # noqa: E731
        return ps.Projection(
            "counted", lambda _: 0, lambda state, _: state + 1, kind="document", key=key, others=others
        )

    other, read = reopened(record)
    assert dict(other.project(count(()))) == {"late": 1, "signed": 1}
    assert {*read} == {"document:late", "document:signed"}
    assert dict(other.project(count(["meeting"]))) == {"adopted": 1, "late": 1, "signed": 1}
    assert dict(other.project(count(None))) == {"adopted": 1, "late": 1, "signed": 1}
    assert other._query.index.is_complete


@pytest.mark.parametrize("call", range(1, 6))
def test_a_log_that_fails_while_a_kind_is_read(record, call):
    """The query fails, and the next one is answered as by a newly opened record."""
    record.correct(record.entries(subject="meeting:m-3")[0], DocumentSigned("other", on="2019-03-01"))
    record.add(MeetingHeld("m-9", on="2019-01-09", adopted=["signed"]), source=ps.Source("TASS"))
    other, _ = reopened(record)
    decoded, left = other._log._decoded, [call]

    def failing(rows, known):
        for row in decoded(rows, known):
            left[0] -= 1
            if left[0] == 0:
                raise ps.errors.StorageError("a.db", "the disk failed")
            yield row

    other._log._decoded = failing
    with pytest.raises(ps.errors.StorageError):
        list(other.documents)
    record.add(MeetingHeld("m-9", on="2019-01-09", adopted=["late"]), source=ps.Source("VOV"))
    assert dict(other.documents) == dict(record.documents)


def test_the_law(record, fresh):
    """It holds for this record, too."""
    laws.one_kind_equals_full(record, fresh, Random(1))


def test_kinds_that_are_asked_one_after_another():
    """When most entries are read, a further kind reads all; a kind that is read is not read again."""
    with ps.open(":memory:") as record:
        meetings = [MeetingHeld(f"m{number}", on="2019-01-09") for number in range(4)]
        dialogues = [DialogueLaunched(f"d{number}", on="2018") for number in range(4)]
        record.add(*meetings, *dialogues, DocumentSigned("treaty", on="2019-03-01"), source=ps.Source("VNA"))
        assert len(record.documents) == 1
        assert len(record.meetings) == 4
        assert len(record.as_of(known="2050-01-01").meetings) == 4
        assert not record._query.index.is_complete
        assert len(record.series) == 0
        assert record._query.index.is_complete
