"""Entries of a log, entries in memory, and the index that reads them."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Thread

import attrs
import pytest

import partnership as ps
from partnership.engine.index import ClaimIndex
from partnership.errors import InvalidEntry, StorageError, UnknownSubject
from partnership.events import DialogueLaunched, MeetingHeld
from partnership.serialization.canonical import digest
from partnership.serialization.columns import NewEntry

VNA = ps.Source("VNA", published="2020-06-19", kind="news")


@attrs.frozen
class Seen:
    """The state of a custom projection."""

    subject: str


@pytest.fixture
def record():
    """Record two meetings at noon and a third one at one o'clock."""
    hours = iter(range(12, 24))
    with ps.open(":memory:", clock=lambda: datetime(2026, 11, 23, next(hours), tzinfo=UTC)) as record:
        record.add(MeetingHeld("fmm", on="2020-06-17"), MeetingHeld("smm", on="2020-06-18"), source=VNA)
        record.add(MeetingHeld("summit", on="2020-06-18"), source=VNA)
        yield record


def test_a_view_of_the_log_at_an_instant(record):
    """It has the entries of that time, finds their subjects, and has nothing later."""
    view = record.as_of(recorded=datetime(2026, 11, 23, 12, 30, tzinfo=UTC))

    assert [entry.event.subject for entry in view.entries()] == ["fmm", "smm"]
    assert [entry.event.subject for entry in view.entries(subject="fmm")] == ["fmm"]
    assert view.name_of("smm") == view.why("smm").subject == "meeting:smm"
    with pytest.raises(UnknownSubject):
        view.why("summit")


def test_a_view_that_is_queried_before_and_after_a_new_entry(record):
    """The second answer includes the entry: views are not copies."""
    view = record.as_of("2021-01-01")
    assert "late" not in view.meetings
    record.add(MeetingHeld("late", on="2020-06-01"), source=VNA)
    assert "late" in view.meetings
    assert "late" in record.meetings


def test_a_view_while_another_record_writes_to_the_file(tmp_path):
    """It includes what is in the file when it is queried."""
    with ps.open(tmp_path / "a.db") as record, ps.open(tmp_path / "a.db") as other:
        record.add(MeetingHeld("fmm", on="2020-06-17"), source=VNA)
        view = record.as_of("2021-01-01")
        other.add(MeetingHeld("smm", on="2020-06-18"), source=VNA)
        assert list(view.meetings) == list(record.meetings) == ["fmm", "smm"]


def test_a_custom_projection_that_raises(record):
    """Other projections still receive new entries."""

    def evolve(_state, _occurrence):
        raise ZeroDivisionError

    broken = ps.Projection("broken", Seen, evolve, key=lambda occurrence: [occurrence.subject])
    with pytest.raises(ZeroDivisionError):
        list(record.project(broken))
    record.add(MeetingHeld("late", on="2020-06-01"), source=VNA)
    assert "late" in record.meetings


def test_a_subject_of_another_kind(record):
    """It is not among the meetings."""
    record.add(DialogueLaunched("ict", on="2020-06-01"), source=VNA)
    assert "dialogue:ict" not in record.meetings
    assert "dialogue:ict" in record.dialogues


def test_claims_of_one_document(record):
    """What they have in common is one object; what a desk remarks on one of them is not."""
    record.add(MeetingHeld("smm", on="2020-06-19"), source=VNA, certainty="confirmed")
    by_claim = {item.claim: item.attribution for occurrence in record.occurrences for item in occurrence.evidence}
    assert len(by_claim) == 4
    assert len({id(attribution) for attribution in by_claim.values()}) == 2


def test_an_entry_without_a_day_that_says_what_others_say(record):
    """An amendment by the desk needs no day, and an event does, also if both parts were read before."""
    (entry,) = record.add(MeetingHeld("summit", on="2020-06-19"), source=VNA)
    record.retract(entry)
    store = record._log._store
    said, retraction = (row.columns for row in store.read()[-2:])
    columns = attrs.evolve(said, source=retraction.source)
    new = NewEntry(digest(columns.body), digest(columns.claim), columns, (columns.subject,), ())
    store.append([new], now=datetime(2026, 11, 24, tzinfo=UTC), by=None)
    with pytest.raises(InvalidEntry, match="says since when it was known"):
        list(record.meetings)


def test_an_approximate_day_after_publication():
    """It may have been before, so there is no finding."""
    with ps.open(":memory:") as record:
        record.add(MeetingHeld("fmm", on="2020-06-20~"), source=VNA)
        assert "future-of-publication" not in {finding.slug for finding in record.findings()}


def test_threads_that_query_and_write(tmp_path):
    """Every entry is added once, and every answer is complete."""
    with ps.open(tmp_path / "a.db") as record:
        list(record.meetings)

        def work(number):
            for count in range(20):
                record.add(MeetingHeld(f"m-{number}-{count}", on="2020-06-17"), source=VNA)
                assert f"m-{number}-{count}" in record.meetings

        threads = [Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(record.meetings) == len(record.entries()) == 80
        assert len(record.timeline()) == 80


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
def test_a_log_that_is_read_in_batches(monkeypatch, size):
    """All of it is read, in order, whatever the size of the last batch."""
    monkeypatch.setattr("partnership.engine.entry_source._BATCH", 2)
    record = ps.open(":memory:")
    entries = record.add(*(MeetingHeld(f"m-{number}", on="2020-06-17") for number in range(size)), source=VNA)
    assert record.entries() == entries
    assert len(record.meetings) == size


@pytest.mark.parametrize(
    "ask",
    [
        lambda record: record.entries(),
        lambda record: list(record.meetings.items()),
        lambda record: record.as_of(recorded="2099-01-01"),
        lambda record: list(record.follow()),
        lambda record: ps.open(":memory:").merge(record),
    ],
)
def test_a_writer_that_never_pauses(monkeypatch, ask):
    """A query ends nevertheless: it does not wait for entries that are added while it reads."""
    record = ps.open(":memory:")
    record.add(MeetingHeld("m", on="2020-06-17"), source=VNA)
    read = record._store.read

    def reading(*given):
        rows = read(*given)
        record.add(MeetingHeld(f"m-{record._store.head()}", on="2020-06-17"), source=VNA)
        assert record._store.head() < 20
        return rows

    monkeypatch.setattr(record._store, "read", reading)
    assert ask(record) is not None


def test_an_unknown_subject_of_a_large_log(record, monkeypatch):
    """The log is not read to suggest similar names; a small one is."""
    record.add(MeetingHeld("fmm", on="2020-06-17"), source=VNA)
    view = record.as_of("2021-01-01")
    with monkeypatch.context() as patch:
        patch.setattr("partnership.engine.index._SMALL", 0)
        with pytest.raises(ps.errors.UnknownSubject, match=r"recorded of 'fm' here$"):
            _ = view.meetings["fm"]
    with pytest.raises(ps.errors.UnknownSubject, match="did you mean fmm"):
        _ = view.meetings["fm"]
    assert view.meetings.get("fm") is None
    assert view.meetings.get("fmm", None).held_on == ps.When("2020-06-17")
    assert view.meetings.get("fm", 5) == 5


def test_an_entry_that_is_added_before_the_log_is_read(record):
    """It is not part of the index before `apply_new`."""
    index = ClaimIndex(record._log)
    record.add(MeetingHeld("late", on="2020-06-18"), source=VNA)
    assert sorted(index.all_groups()) == ["meeting:fmm", "meeting:smm", "meeting:summit"]
    index.apply_new(list(record._log.iter_after(index.head)))
    assert sorted(index.all_groups()) == ["meeting:fmm", "meeting:late", "meeting:smm", "meeting:summit"]


def test_a_log_that_fails_while_it_is_read(record):
    """The part that was read does not pass for the whole: the next query fails too."""
    index = ClaimIndex(record._log)
    record.close()
    for _ in range(2):
        with pytest.raises(StorageError, match="is closed"):
            index.all_groups()
    assert not index.is_complete


def test_a_store_that_finds_more_claims(record, monkeypatch):
    """Only the claim with the right id is returned."""
    first, second = record.add(MeetingHeld("first"), MeetingHeld("second"), source=VNA)
    rows = record._store.find(claims=[first.claim.id, second.claim.id])
    monkeypatch.setattr(record._store, "find", lambda **_: rows)
    assert record._log.entries_by_claim([first.claim.id]) == {first.claim.id: (first,)}


def test_entries_in_memory_with_gaps(record):
    """All are there, in log order, and found by their subjects."""
    record.add(MeetingHeld("kept", on="2020-06-18"), source=VNA, shared=False)
    record.add(MeetingHeld("last", on="2020-06-18"), source=VNA)

    free = record.shareable()

    assert [entry.event.subject for entry in free.entries()] == ["fmm", "smm", "summit", "last"]
    assert [entry.event.subject for entry in free.entries(subject="last")] == ["last"]
    assert [entry.position for entry in free.entries()] == [1, 2, 3, 5]
    assert record.private_count() == 1
    assert ps.open(":memory:").shareable().entries() == ()
