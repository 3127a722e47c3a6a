"""A record that has a snapshot: what it takes from there, what it folds again, and when it reads everything."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import attrs
import pytest

import partnership as ps
from partnership.engine.cached import Cached
from partnership.errors import StorageError
from partnership.events import (
    DialogueLaunched,
    DialoguePreparationReported,
    MeetingHeld,
    MeetingScheduled,
    PartyRenamed,
)
from partnership.serialization import snapshots
from partnership.serialization.canonical import digest
from partnership.testing import laws

VNA = ps.Source("VNA", published="2020-11-16", kind="news")
MFA = ps.Source("MFA", published="2021-09-24", kind="official-release")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@attrs.frozen(kw_only=True)
class Own(ps.Event):
    """An event of a user."""

    name = "own-of-the-snapshots"
    kind = "meeting"


@pytest.fixture
def path(tmp_path):
    """Name the file of the record."""
    return tmp_path / "r.db"


@pytest.fixture
def opened(path):
    """Write a record with a snapshot; return a function that opens it, each time again, as in a new process."""
    records = []

    def opened(**how):
        records.append(ps.open(path, clock=lambda: NOW, **how))
        return records[-1]

    with opened() as record:
        record.add(
            MeetingScheduled("urban", planned="2020-12", title="Urban"),
            MeetingHeld("fmm", on="2020-06-17"),
            DialoguePreparationReported("ict"),
            source=VNA,
        )
        assert record.snapshot() == 3
    yield opened
    for one in records:
        one.close()


def is_whole(record):
    """Tell whether everything was read."""
    return record._query.index.is_whole


def without(path):
    """Open a copy of a file that has no snapshot."""
    copy = Path(shutil.copy(path, path.with_name("without.db")))
    record = ps.open(copy, clock=lambda: NOW)
    record._store.snapshot.write([])
    return record


def alike(record, path):
    """Tell whether a record answers as one without a snapshot, from states alone and then in all."""
    with without(path) as other:
        states = laws._by_states(record) == laws._by_states(other)
        return states and laws.answers(record) == laws.answers(other)


def test_a_record_that_is_opened_again(opened, path):
    """Its states come from the snapshot, and of the entries none is read for them."""
    record = opened()
    assert list(record.meetings) == ["fmm", "urban"]
    assert len(record.dialogues) == 1
    assert record.meetings["urban"].title == "Urban"
    assert "other" not in record.meetings
    assert [one.subject for one in record.overdue()] == ["meeting:urban"]
    assert [str(one) for each in record.overdue() for one in each.sources] == [str(VNA)]
    assert not is_whole(record)
    assert alike(record, path)


def test_a_question_that_needs_more_than_states(opened):
    """Everything is read, and then answers everything."""
    record = opened()
    assert len(record.meetings) == 2
    assert [one.slug for one in record.findings()] == ["held-unannounced"]
    assert is_whole(record)
    record.add(MeetingHeld("urban", on="2020-12-01"), source=MFA)
    assert record.meetings["urban"].status == "held"
    assert len(record.meetings) == 2


def test_one_subject(opened):
    """It is read by itself: a snapshot would not be quicker."""
    record = opened()
    assert record.meetings["fmm"].status == "held"
    assert record._cached._cover is None


def test_entries_that_came_after_the_snapshot(opened, path):
    """What they touch is folded again: changed, new, and gone; the rest is taken as it is."""
    with opened() as record:
        held, = record.entries(subject="meeting:fmm")  # fmt: skip
        record.retract(held)
        record.add(
            MeetingHeld("urban", on="2020-12-01", body="dialogue:ict"), MeetingHeld("asem", on="2021"), source=MFA
        )
    record = opened()
    assert list(record.meetings) == ["asem", "urban"]
    assert record.meetings["urban"].status == "held"
    assert len(record.dialogues["ict"].rounds) == 1
    assert record.overdue() == ()
    assert not is_whole(record)
    assert alike(record, path)


def test_entries_that_come_while_it_is_open(opened, path):
    """They are in the next answer: of one subject, and of all."""
    record, other = opened(), opened()
    assert len(record.meetings) == 2
    other.add(MeetingHeld("urban", on="2020-12-01"), MeetingHeld("asem", on="2021"), source=MFA)
    assert record.meetings["urban"].status == "held"
    assert list(record.meetings) == ["asem", "fmm", "urban"]
    assert record.meetings.get("asem") is record._cached._held[record.kinds["meetings"].projection]["meeting:asem"]
    assert list(record.dialogues) == ["ict"]
    record.add(DialogueLaunched("ict", on="2021-09-23"), source=MFA)
    assert [one.status for one in record.dialogues.values()] == ["launched"]
    assert not is_whole(record)
    assert alike(record, path)


def test_entries_that_came_after_it_was_asked(opened):
    """States that were handed out before are of what was there then; a snapshot of more is none for them."""
    record, other = opened(), opened()
    meetings = record.meetings
    other.add(MeetingHeld("asem", on="2021"), source=MFA)
    other.snapshot()
    assert list(meetings) == ["fmm", "urban"]
    assert is_whole(record)
    assert list(record.meetings) == ["asem", "fmm", "urban"]


@pytest.mark.parametrize("is_open", [True, False])
def test_two_names_of_one_subject(opened, path, is_open):
    """That may change any state, also of what only refers to it: everything is read."""
    with opened() as record:
        record.add(MeetingHeld("round", on="2021", body="dialogue:zzz"), source=VNA)
        record.snapshot()
    record = opened()
    if is_open:
        assert record.meetings["round"].body == "dialogue:zzz"
        assert len(record.meetings) == 3
    record.same_as("dialogue:ict", "dialogue:zzz")
    assert [one.body for one in record.meetings.values()] == [None, "dialogue:ict", None]
    assert is_whole(record)
    assert alike(record, path)


def test_a_snapshot_of_names_that_are_one(opened):
    """It keeps them, and is taken while they are."""
    with opened() as record:
        record.same_as("meeting:fmm", "meeting:special")
        record.snapshot()
    record = opened()
    assert record.meetings["special"] == record.meetings["fmm"]
    assert len(record.meetings) == 2
    assert not is_whole(record)


def test_more_entries_than_pay(opened, monkeypatch):
    """Everything is read: to fold again what they touch would take longer."""
    monkeypatch.setattr(snapshots, "_FEW", 1)
    record, other = opened(), opened()
    assert len(record.meetings) == 2
    other.add(MeetingHeld("asem", on="2021"), source=MFA)
    assert len(record.meetings) == 3
    assert not is_whole(record)
    other.add(MeetingHeld("arf", on="2021"), source=MFA)
    assert len(record.meetings) == 4
    assert is_whole(record)


def test_a_part_that_was_changed(opened):
    """The states come from the entries."""
    record = opened()
    store = record._store.snapshot
    store.write([store.read(0), *[b"changed"] * 40])
    assert list(record.meetings) == ["fmm", "urban"]
    assert is_whole(record)


def test_a_projection_of_the_user_that_has_the_name_of_another(opened):
    """It is folded, for the snapshot knows nothing of it."""
    titles = ps.Projection("meetings", lambda _: (), lambda state, one: (*state, one.event.name), kind="meeting")
    record = opened()
    assert dict(record.project(titles)) == {"fmm": ("meeting-held",), "urban": ("meeting-scheduled",)}
    assert dict(record.project(attrs.evolve(titles, name="own"))) == dict(record.project(titles))


def test_events_of_the_user(opened):
    """They may change any state: a record that has some takes nothing from a snapshot, and writes none."""
    with opened(kinds=[ps.Kind(Own.kind, [Own])]) as record:
        record.add(Own("urban"), source=VNA)
        assert len(record.meetings) == 2
        assert is_whole(record)
        assert record.snapshot() == 0


def test_a_record_in_memory():
    """It keeps none."""
    with ps.open(":memory:") as record:
        record.add(MeetingHeld("fmm", on="2020-06-17"), source=VNA)
        assert record.snapshot() == 0
        assert len(record.meetings) == 1


def test_a_second_snapshot(opened):
    """It stands in the place of the first, and is made from the entries, whatever the first says."""
    with opened() as record:
        record.add(MeetingHeld("asem", on="2021"), source=MFA)
        record._cached._held[record.kinds["meetings"].projection] = {"meeting:wrong": None}
        assert record.snapshot() == 4
    record = opened()
    assert len(record.meetings) == 3
    assert record._cached._cover.size == 4
    assert not is_whole(record)


def test_a_snapshot_and_the_log(opened, path, tmp_path):
    """No entry, no proof and nothing that travels knows of it."""
    record = opened()
    with without(path) as other:
        assert record.tree_head() == other.tree_head()
        assert record.verify().is_sound
        assert record.entries() == other.entries()
        ps.write(record, tmp_path / "one.jsonl")
        ps.write(other, tmp_path / "two.jsonl")
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_a_snapshot_that_somebody_forged(opened):
    """It is believed until the record is verified; a new one is right again."""
    with opened() as record:
        forged = {one: dict(record._query.fold(one)) for one in record.kinds.projections}
        forged = {one: {key: each.state for key, each in states.items()} for one, states in forged.items()}
        meetings = forged[record.kinds["meetings"].projection]
        meetings["meeting:fmm"] = attrs.evolve(meetings["meeting:fmm"], status="cancelled")
        its = record._log.snapshots
        its.write(its.proof(), 3, {}, forged)
    record = opened()
    assert [one.status for one in record.meetings.values()] == ["cancelled", "scheduled"]
    assert record.verify().problems == (
        "the states in the snapshot are not those that the entries give: write it again",
    )
    record.snapshot()
    assert record.verify().is_sound
    assert [one.status for one in record.meetings.values()] == ["held", "scheduled"]


def test_a_snapshot_of_entries_that_nobody_can_read(opened):
    """It was forged too."""
    record = opened()
    store, body = record._store, b'{"n":1}'
    store.append([(digest(body), body)], now=NOW, by=None)
    its = record._log.snapshots
    its.write(its.proof(), 4, {}, {record.kinds["meetings"].projection: {}})
    assert not record.verify().is_sound


def test_a_record_that_is_closed(opened):
    """It keeps none."""
    record = opened()
    record.close()
    with pytest.raises(StorageError, match="closed"):
        record.snapshot()


def test_a_view(opened):
    """Through a cut, occurrences are needed: everything is read."""
    record = opened()
    assert list(record.as_of().meetings) == list(record.as_of("2021-01-01").meetings) == ["fmm", "urban"]
    assert is_whole(record)


def test_a_plan_that_the_desk_mended(opened, path):
    """Its document is that of what was mended, whether everything was read or not."""
    with opened() as record:
        planned, = record.entries(subject="meeting:urban")  # fmt: skip
        record.correct(planned, MeetingScheduled("urban", planned="2021-01", title="Urban"))
        record.snapshot()
    record = opened()
    late, = record.overdue()  # fmt: skip
    assert late.sources == (VNA,)
    assert not is_whole(record)
    assert alike(record, path)


def test_every_family(opened):
    """What the library calls its own is what its properties show."""
    record = opened()
    assert all(map(record.kinds.is_built_in, record.kinds.projections))
    assert not record.kinds.is_built_in(ps.Projection("today", dict, lambda state, _: state))
    assert isinstance(record._cached, Cached)


def test_a_page_that_is_not_asked_for(opened):
    """Of an event that no snapshot's question needs, nothing is read."""
    with opened() as record:
        record.add(PartyRenamed("vn", on="1976"), source=VNA)
        record.snapshot()
    record = opened()
    assert list(record.parties) == ["vn"]
    assert list(record._cached._held) == [record.kinds["parties"].projection]


def test_an_entry_that_another_thread_takes_in_while_it_is_written(opened, monkeypatch):
    """It waits: states of before and after it would be no snapshot of anything."""
    record, other = opened(), opened()
    other.add(MeetingHeld("asem", on="2021"), DialogueLaunched("ict", on="2021-09-23"), source=MFA)
    fold, asking = record._cached.fold, []

    def interrupted(projection):
        if not asking:
            other.add(MeetingHeld("arf", on="2021"), source=MFA)
            asking.append(Thread(target=record._refresh))
            asking[0].start()
            asking[0].join(0.05)
        return fold(projection)

    monkeypatch.setattr(record._cached, "fold", interrupted)
    assert record.snapshot() == 4
    asking[0].join()
    assert len(record.meetings) == 4
    assert record.verify().is_sound
    assert record._log.snapshots.cover().size == 5
