"""The books: a log, and the entries that a log held at an instant."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Thread

import attrs
import pytest

import partnership as ps
from partnership.engine.index import ClaimIndex
from partnership.errors import StorageError, UnknownSubject
from partnership.events import DialogueLaunched, MeetingHeld
from partnership.record.leaving import leaving
from partnership.serialization.index_keys import claim_key

VNA = ps.Source("VNA", published="2020-06-19", kind="news")


@attrs.frozen
class Seen:
    """A state of a user's own."""

    subject: str


@pytest.fixture
def record():
    """Hold two meetings at noon, and a third from one o'clock on."""
    hours = iter(range(12, 24))
    with ps.open(":memory:", clock=lambda: datetime(2026, 11, 23, next(hours), tzinfo=UTC)) as record:
        record.add(MeetingHeld("fmm", on="2020-06-17"), MeetingHeld("smm", on="2020-06-18"), source=VNA)
        record.add(MeetingHeld("summit", on="2020-06-18"), source=VNA)
        yield record


def test_what_a_log_held_at_an_instant(record):
    """Its entries, its subjects by a bare slug, and nothing that came later."""
    view = record.as_of(recorded=datetime(2026, 11, 23, 12, 30, tzinfo=UTC))

    assert [one.event.subject for one in view.entries()] == ["fmm", "smm"]
    assert [one.event.subject for one in view.entries(subject="fmm")] == ["fmm"]
    assert view.name_of("smm") == view.why("smm").subject == "meeting:smm"
    with pytest.raises(UnknownSubject):
        view.why("summit")


def test_a_view_that_was_asked_before_something_arrived(record):
    """It answers with it: a view is the record through a cut, as it is when it is asked."""
    view = record.as_of("2021-01-01")
    assert "late" not in view.meetings
    record.add(MeetingHeld("late", on="2020-06-01"), source=VNA)
    assert "late" in view.meetings
    assert "late" in record.meetings


def test_a_view_while_another_desk_writes(tmp_path):
    """It answers with what lies in the file when it is asked."""
    with ps.open(tmp_path / "a.db") as record, ps.open(tmp_path / "a.db") as other:
        record.add(MeetingHeld("fmm", on="2020-06-17"), source=VNA)
        view = record.as_of("2021-01-01")
        other.add(MeetingHeld("smm", on="2020-06-18"), source=VNA)
        assert list(view.meetings) == list(record.meetings) == ["fmm", "smm"]


def test_a_projection_that_failed(record):
    """It fails alone: what arrives then is taken in by the others."""

    def evolve(_state, _happening):
        raise ZeroDivisionError

    broken = ps.Projection("broken", Seen, evolve, key=lambda one: [one.subject])
    with pytest.raises(ZeroDivisionError):
        list(record.project(broken))
    record.add(MeetingHeld("late", on="2020-06-01"), source=VNA)
    assert "late" in record.meetings


def test_a_subject_of_another_kind(record):
    """It is not among the meetings, whatever was told of it."""
    record.add(DialogueLaunched("ict", on="2020-06-01"), source=VNA)
    assert "dialogue:ict" not in record.meetings
    assert "dialogue:ict" in record.dialogues


def test_a_day_after_publication_that_is_in_doubt():
    """It may have been before, so nothing is found."""
    with ps.open(":memory:") as record:
        record.add(MeetingHeld("fmm", on="2020-06-20~"), source=VNA)
        assert "future-of-publication" not in {one.slug for one in record.findings()}


def test_the_key_of_a_claim_whose_id_is_none():
    """It has one all the same, for what a amendment aims at may be any slug."""
    assert claim_key("z" * 64) == claim_key("z" * 64) != claim_key("y" * 64)


def test_threads_that_ask_while_others_write(tmp_path):
    """What arrives is taken in once, and every answer is whole."""
    with ps.open(tmp_path / "a.db") as record:
        list(record.meetings)

        def work(number):
            for each in range(20):
                record.add(MeetingHeld(f"m-{number}-{each}", on="2020-06-17"), source=VNA)
                assert f"m-{number}-{each}" in record.meetings

        threads = [Thread(target=work, args=(number,)) for number in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert len(record.meetings) == len(record.entries()) == 80
        assert len(record.timeline()) == 80


@pytest.mark.parametrize("many", [1, 2, 3, 4, 5])
def test_a_log_that_is_read_part_by_part(monkeypatch, many):
    """All of it is read, in order, however it falls into parts."""
    monkeypatch.setattr("partnership.engine.entry_source._AT_ONCE", 2)
    record = ps.open(":memory:")
    told = record.add(*(MeetingHeld(f"m-{number}", on="2020-06-17") for number in range(many)), source=VNA)
    assert record.entries() == told
    assert len(record.meetings) == many


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
def test_a_writer_who_never_rests(monkeypatch, ask):
    """Whoever asks has an answer all the same: what is added while entries are read is not waited for."""
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


def test_a_subject_that_a_large_record_does_not_have(record, monkeypatch):
    """It is not there, and nothing is read to say so; a small one offers the names that are near."""
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


def test_what_is_written_while_all_is_read(record):
    """A shelf holds what lay there when it was last brought up: the rest has not arrived."""
    index = ClaimIndex(record._log)
    record.add(MeetingHeld("late", on="2020-06-18"), source=VNA)
    assert sorted(index.load_all()) == ["meeting:fmm", "meeting:smm", "meeting:summit"]
    index.apply_new(list(record._log.iter_after(index.head)))
    assert sorted(index.load_all()) == ["meeting:fmm", "meeting:late", "meeting:smm", "meeting:summit"]


def test_a_log_that_is_lost_while_all_is_read(record):
    """What was read of it does not pass for all of it: the next question fails too."""
    index = ClaimIndex(record._log)
    record.close()
    for _ in range(2):
        with pytest.raises(StorageError, match="is closed"):
            list(index.load_all())
    assert not index.is_whole


def test_claims_that_share_a_key(record, monkeypatch):
    """A key is no id: what was found by it is looked at."""
    one, other = record.add(MeetingHeld("one"), MeetingHeld("other"), source=VNA)
    rows = record._store.find([claim_key(one.claim.id), claim_key(other.claim.id)])
    monkeypatch.setattr(record._store, "find", lambda _: rows)
    assert record._log.entries_by_claim([one.claim.id]) == {one.claim.id: (one,)}


def test_entries_between_which_some_are_left_out(record):
    """Those that are left are all there, in the order of the log: the last too, and by its subject."""
    record.add(MeetingHeld("kept", on="2020-06-18"), source=VNA, shared=False)
    record.add(MeetingHeld("last", on="2020-06-18"), source=VNA)

    free = leaving(record)

    assert [one.event.subject for one in free.view.entries()] == ["fmm", "smm", "summit", "last"]
    assert [one.event.subject for one in free.view.entries(subject="last")] == ["last"]
    assert [one.position for one in free.view.entries()] == [1, 2, 3, 5]
    assert free.kept == 1
    assert leaving(ps.open(":memory:")).view.entries() == ()
