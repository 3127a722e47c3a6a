"""One suite for every store: what `partnership.storage.base` promises. A new store is one more line of `KINDS`."""

from __future__ import annotations

import hashlib
import itertools
import os
import signal
import threading
import warnings
from datetime import UTC, datetime, timedelta, timezone
from importlib import import_module
from time import monotonic

import pytest
from attrs import evolve
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from partnership.errors import DifferentPartnership, InvalidValue, StorageError
from partnership.serialization.canonical import BODY_LIMIT
from partnership.serialization.columns import Columns
from partnership.storage.base import KeptChange, Row
from partnership.storage.memory import MemoryStore
from partnership.storage.merkle import Frontier, leaf_hash, root_of
from partnership.storage.sqlite import SQLiteStore

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

KINDS = {
    "memory": lambda _, __, partnership: MemoryStore(partnership),
    "sqlite": lambda folder, name, partnership: SQLiteStore(folder / f"{name}.db", partnership=partnership),
    "postgres": lambda url, name, partnership: import_module("partnership.storage.postgres").PostgresStore(
        url, partnership=partnership or name
    ),
}
"""How to open each kind of store: in an empty folder or database, by a name, with or without a partnership."""
LASTING = [kind for kind in KINDS if kind != "memory"]
"""Kinds of stores that keep their entries when they are closed."""
FILES = ["sqlite"]
"""Kinds of stores for a single partnership, which need not be named."""


@pytest.fixture(params=KINDS)
def kind(request):
    """Return the name of a kind of store."""
    return request.param


@pytest.fixture
def open_store(kind, tmp_path, request):
    """Return a function that opens a store by its name: a new one, or one that was opened before."""
    opened = []
    place = request.getfixturevalue("database") if kind == "postgres" else tmp_path

    def open_store(name="record", partnership=None):
        opened.append(KINDS[kind](place, name, partnership))
        return opened[-1]

    yield open_store
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store):
    """Open an empty store."""
    return open_store()


def put(store, entries, now=NOON, by: str | None = "desk"):
    """Append entries, at noon by default."""
    return store.append(entries, now=now, by=by)


def test_nothing_was_written(store):
    """An empty log has no rows, head 0, the root of no leaves, and no problems."""
    assert store.read() == []
    assert store.head() == 0
    assert store.sealed() == (0, hashlib.sha256().digest())
    assert store.check() == []


def test_entries_are_appended(store, entry):
    """The rows are returned complete, in the order given, and equal those that are read."""
    entries = [entry(number) for number in (3, 1, 2)]
    rows = put(store, entries)
    assert rows == store.read()
    assert rows == [
        Row(place, NOON, "desk", one.id, one.columns, leaf_hash(place, NOON, "desk", one.id))
        for place, one in enumerate(entries, 1)
    ]
    assert store.head() == 3


def test_nothing_is_appended(store, entry):
    """An append of nothing returns nothing and changes nothing."""
    assert put(store, []) == []
    put(store, [entry(1)])
    sealed = store.sealed()
    assert put(store, []) == []
    assert store.sealed() == sealed


def test_one_call_names_an_entry_twice(store, entry):
    """It is written once, and its row is returned for each occurrence."""
    rows = put(store, [entry(1), entry(2), entry(1), entry(1)])
    assert [row.position for row in rows] == [1, 2, 1, 1]
    assert store.head() == 2


def test_an_entry_is_there_already(store, entry):
    """The stored row is returned, whoever appends it again and when, and the root does not change."""
    rows = put(store, [entry(1), entry(2)])
    sealed = store.sealed()
    assert put(store, [entry(2), entry(1)], now=NOON + timedelta(days=1), by="another") == rows[::-1]
    assert store.read() == rows
    assert store.sealed() == sealed


def test_some_entries_are_there_already(store, entry):
    """Only the others are written, in the order given and without a gap."""
    put(store, [entry(1), entry(2)])
    rows = put(store, [entry(4), entry(2), entry(3), entry(4), entry(1)])
    assert [row.position for row in rows] == [3, 2, 4, 3, 1]
    assert [row.id for row in store.read()] == [entry(number).id for number in (1, 2, 4, 3)]


def test_the_third_entry_cannot_be_written(store, entry):
    """Nothing of the call is written, and later positions have no gap."""
    put(store, [entry(1)])
    before = store.read(), store.sealed()
    with pytest.raises(ValueError, match=r"surrogates|hex"):
        put(store, [entry(2), entry(3), evolve(entry(5), id="\ud800"), entry(4)])
    assert (store.read(), store.sealed()) == before
    assert [row.position for row in put(store, [entry(4), entry(2)])] == [2, 3]


def test_the_clock_is_naive(store, entry):
    """A time without a zone is refused, and nothing is written."""
    with pytest.raises(InvalidValue, match="no time zone"):
        put(store, [entry(1)], now=datetime(2026, 3, 1))  # noqa: DTZ001  that is the case
    assert store.head() == 0


def test_the_clock_is_in_another_zone(store, entry):
    """The instant is recorded in UTC, to the microsecond."""
    local = datetime(2026, 3, 1, 2, 0, 0, 1, tzinfo=timezone(timedelta(hours=14)))
    (row,) = put(store, [entry(1)], now=local)
    assert row.recorded_at.isoformat() == "2026-02-28T12:00:00.000001+00:00"
    assert store.read() == [row]
    assert store.read()[0].recorded_at.isoformat() == row.recorded_at.isoformat()


@pytest.mark.parametrize("back", [timedelta(microseconds=1), timedelta(hours=1), timedelta(days=3653)])
def test_the_clock_goes_back(store, entry, back):
    """An entry is recorded at the time of the one before it, until the clock has caught up."""
    instants = [NOON, NOON - back, NOON - back / 2, NOON, NOON + back]
    for number, now in enumerate(instants):
        put(store, [entry(number)], now=now)
    assert [row.recorded_at for row in store.read()] == [NOON, NOON, NOON, NOON, NOON + back]


@pytest.mark.parametrize("now", [datetime(1, 1, 1, tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_the_clock_is_far_off(store, entry, now):
    """Every time that `datetime` can express is recorded unchanged."""
    assert put(store, [entry(1)], now=now)[0].recorded_at == now
    assert store.read()[0].recorded_at == now


@pytest.mark.parametrize("by", [None, "", "Ни\u0306 № 7", "a\0b", "'; --", "\U0010ffff", "x" * 10_000])
def test_a_recorder_is_given(store, entry, by):
    """The recorder is read back unchanged."""
    put(store, [entry(1)], by=by)
    (row,) = store.read()
    assert row.by == by
    assert row.leaf == leaf_hash(1, NOON, by, row.id)


@pytest.mark.parametrize("size", [0, 1, 4_095, 4_096, BODY_LIMIT])
def test_a_body_is_short_or_long(store, entry, size):
    """Any bytes are read back, up to the size limit of an entry."""
    some = bytes(itertools.islice(itertools.cycle(range(256)), size))
    columns = Columns("a:b", "c", 2**53, fields=some, source=some, speaker=some, remarks=some)
    put(store, [evolve(entry(1), columns=columns, subjects=("a:b",))])
    assert store.read()[0].columns == columns


@pytest.fixture
def linked(entry):
    """Return three entries that are found under several subjects: an amendment, a declaration and an event."""
    one, two, three = (entry(number) for number in (1, 2, 3))
    two = evolve(two, columns=evolve(two.columns, subject="claim:x"), subjects=("claim:x", one.columns.subject))
    names = ("subject:a", "number:a", "number:b")
    return one, two, evolve(three, columns=evolve(three.columns, subject="subject:a"), subjects=names, references=names)


def test_entries_are_found(store, linked):
    """Each is found under all of its subjects, by its claim, and through what its subject refers to."""
    one, two, three = rows = put(store, linked)
    assert store.find(subjects=["number:n-1"]) == [one, two]
    assert store.find(subjects=["number:b", "claim:x"]) == [two, three]
    assert store.find(claims=[linked[0].claim_id, linked[2].claim_id]) == [one, three]
    assert store.find(references=["group:g-0"]) == [one, two]
    assert store.find(references=["number:a"]) == [three]
    assert store.find(subjects=["number:n-1"], claims=[linked[0].claim_id], references=["number:b"]) == rows
    assert store.find_kinds(["claim"]) == [two]
    assert store.find_kinds(["claim", "subject"]) == [two, three]
    assert store.find_kinds(["number"]) == rows
    assert [store.count(kind) for kind in ("claim", "number", "numbe")] == [1, 3, 0]


def test_entries_of_a_kind_that_refers_to_another(store, linked, entry):
    """Those under subjects that refer to none of its subjects are left out."""
    one, two, three = put(store, linked)
    (four,) = put(store, [evolve(entry(1), id="4" * 64, references=())])
    assert store.find_kinds(["number"], "group") == [one, two, four]
    assert store.find_kinds(["claim"], "group") == [two]
    assert store.find_kinds(["claim", "subject"], "number") == [three]
    assert store.find_kinds(["number"], "number") == []
    assert store.find_kinds(["number"], "") == store.find_kinds(["number"], "grou") == []
    assert store.find_kinds([], "number") == []


@pytest.mark.parametrize("name", ["", "x", "number:n-9", "number:ñ", "\ud800:\ud800", "a\0b", "numbe", "claim:"])
def test_nothing_is_found(store, linked, name):
    """Whatever is asked for, nothing is raised."""
    put(store, linked)
    assert store.find() == store.find(subjects=[name], claims=[name], references=[name]) == []
    assert store.find(claims=["z" * 64, "a" * 63, "A" * 64, "0" * 64]) == []
    assert store.find_kinds([]) == store.find_kinds(["", "num", "numbers", "cl%", "\ud800"]) == []


def test_subjects_of_an_entry_that_is_there_already(store, linked):
    """They stay as they were written."""
    rows = put(store, linked)
    assert put(store, [evolve(one, references=("group:other",)) for one in linked]) == rows
    assert store.find(references=["group:other"]) == []


@pytest.mark.parametrize("after", [-3, 0, 1, 6, 7, 8, 1000])
def test_rows_are_read_after_a_position(store, entry, after):
    """A reader gets only the rows that it has not seen."""
    rows = put(store, [entry(number) for number in range(7)])
    assert store.read(after) == rows[max(after, 0) :]


def test_a_list_that_was_read_is_changed(store, entry):
    """The store is not affected: each call returns a new list."""
    rows = put(store, [entry(1), entry(2)])
    store.read().clear()
    store.read().reverse()
    assert store.read() == rows


def test_the_log_grows(store, entry, wrong):
    """At every size the stored root is that of the rows."""
    leaves = []
    for number in range(34):
        leaves += [row.leaf for row in put(store, [entry(number)])]
        assert store.sealed() == (number + 1, root_of(leaves))
        assert store.head() == number + 1
    assert wrong(store) == []


def test_the_store_is_closed(store, entry):
    """It may be closed again, and every other call raises."""
    put(store, [entry(1)])
    store.close()
    store.close()
    for call in (store.read, store.head, store.sealed, store.check, lambda: put(store, [entry(2)])):
        with pytest.raises(StorageError, match="is closed"):
            call()


def test_a_store_is_named(open_store, kind):
    """It returns the partnership that it was given, and its place."""
    assert open_store("a").partnership == ("a" if kind == "postgres" else None)
    assert open_store("b", "asean-russia").partnership == "asean-russia"
    assert isinstance(open_store("a").place, str)


def test_threads_append_at_once(store, entry, wrong):
    """Nothing is lost, nothing is written twice, and a reader beside them never sees a gap."""
    gate = threading.Barrier(5)
    seen = []

    def write(writer):
        gate.wait()
        for number in range(0, 60, 3):
            put(store, [entry(1000 * writer + number + offset) for offset in range(3)] + [entry(number)])

    def follow():
        gate.wait()
        while any(writer.is_alive() for writer in writers):
            seen.extend(store.read(len(seen)))

    writers = [threading.Thread(target=write, args=(writer,)) for writer in range(4)]
    reader = threading.Thread(target=follow)
    for thread in (*writers, reader):
        thread.start()
    for thread in (*writers, reader):
        thread.join()
    seen += store.read(len(seen))
    rows = store.read()
    assert {row.id for row in rows} == {entry(1000 * writer + number).id for writer in range(4) for number in range(60)}
    assert len(rows) == 240
    assert seen == rows
    assert wrong(store) == []


@pytest.mark.parametrize("kind", LASTING)
def test_a_store_is_opened_again(open_store, entry, wrong, kind):
    """It has the same entries, and appends after them."""
    first = open_store(partnership="asean-russia")
    rows = put(first, [entry(1), entry(2)], by=None)
    sealed = first.sealed()
    first.close()
    again = open_store(partnership=None if kind in FILES else "asean-russia")
    assert (again.read(), again.sealed(), again.head(), again.partnership) == (rows, sealed, 2, "asean-russia")
    assert put(again, [entry(3), entry(1)], now=NOON - timedelta(days=1))[0].recorded_at == NOON
    assert wrong(again) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.parametrize("kind", LASTING)
def test_a_process_is_forked_while_a_thread_writes(store, entry, wrong):
    """In the child every call raises and closing does nothing, without waiting; the parent is not affected."""
    put(store, [entry(1)])
    is_held, is_over = threading.Event(), threading.Event()

    def holding():
        with store._lock, getattr(store, "_queue_lock", threading.Lock()):
            is_held.set()
            is_over.wait()

    thread = threading.Thread(target=holding)
    thread.start()
    is_held.wait()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of a fork beside threads
        child = os.fork()
    if child == 0:  # pragma: no cover  another process
        signal.alarm(10)
        for call in (lambda: put(store, [entry(2)]), store.head, store.read, store.sealed, store.check):
            try:
                call()
            except StorageError:
                continue
            os._exit(1)
        store.close()
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    is_over.set()
    thread.join()
    assert put(store, [entry(2)])[0].position == 2
    assert wrong(store) == []


@pytest.mark.parametrize("kind", LASTING)
def test_a_lock_was_held_when_a_process_was_forked(store, entry, monkeypatch):
    """Closing in the child does not wait for the lock, and does not affect the parent."""
    with monkeypatch.context() as patch, store._lock:
        patch.setattr(os, "getpid", lambda: -1)
        store.close()
    assert put(store, [entry(1)])[0].position == 1


@pytest.mark.parametrize("kind", LASTING)
def test_two_stores_share_a_place(open_store, entry, wrong):
    """Each sees immediately what the other appended, and does not write it again."""
    first, second = open_store(), open_store()
    rows = put(first, [entry(1)])
    assert second.head() == 1
    assert put(second, [entry(1), entry(2)])[:1] == rows
    assert first.head() == 2
    assert first.read(1) == second.read(1)
    assert first.sealed() == second.sealed()
    assert wrong(first) == wrong(second) == []


@pytest.mark.parametrize("kind", FILES)
def test_a_store_is_opened_with_another_name(open_store, entry):
    """It raises, and the record is unchanged."""
    put(open_store(partnership="asean-russia"), [entry(1)])
    with pytest.raises(DifferentPartnership) as refused:
        open_store(partnership="asean-china")
    assert (refused.value.here, refused.value.there) == ("asean-russia", "asean-china")
    assert open_store(partnership="asean-russia").head() == 1


@pytest.mark.parametrize("kind", FILES)
def test_an_unnamed_store_is_opened_with_a_name(open_store, entry, wrong):
    """It takes that name permanently, and keeps its entries."""
    put(open_store(), [entry(1)])
    assert open_store(partnership="asean-russia").partnership == "asean-russia"
    again = open_store()
    assert again.partnership == "asean-russia"
    assert again.head() == 1
    assert wrong(again) == []
    with pytest.raises(DifferentPartnership):
        open_store(partnership="asean-china")


def test_a_reader_waits(open_store, entry):
    """An entry of another thread ends the wait soon; without one it ends after the given time."""
    store, other = open_store(), open_store()
    woken = []

    def follow():
        with store.listening() as wait:
            seen = 0
            until = monotonic() + 300
            while seen < 3 and monotonic() < until:
                wait(until - monotonic())
                seen += len(store.read(seen))
                woken.append(seen)

    reader = threading.Thread(target=follow)
    reader.start()
    for number in range(3):
        put(store if isinstance(store, MemoryStore) else other, [entry(number)])
    reader.join()
    assert woken[-1] == 3
    with store.listening() as wait:
        begun = monotonic()
        for _ in range(5):
            wait(0.01)
        assert 0.02 < monotonic() - begun < 60


def test_the_frontier(store, entry):
    """It is that of the log, at every size."""
    for size in range(6):
        put(store, [entry(number) for number in range(size)])
        assert (size, Frontier(*store.frontier()).root()) == store.sealed()


def test_states_are_kept(store):
    """What is kept of a projection is replaced as a whole, or some rows of it if the head is the one expected."""
    rows = [("meeting:b", b"2"), ("meeting:a", b"1"), ("meeting:\u00e9", b"3")]
    if not store.keeps_states:
        store.keep([KeptChange("meetings", b"head", rows)])
        assert store.kept("meetings") is None
        return
    in_order = [("meeting:a", b"1"), ("meeting:b", b"2"), ("meeting:\u00e9", b"3")]
    store.keep([KeptChange("meetings", b"head", rows)])
    store.keep([KeptChange("series", b"other", [("series:s", b"4")])])
    assert store.kept("meetings") == (b"head", in_order)
    changed = [("meeting:a", None), ("meeting:b", b"5"), ("meeting:c", b"6")]
    store.keep([KeptChange("meetings", b"new", changed, b"head")])
    assert store.kept("meetings") == (b"new", [("meeting:b", b"5"), ("meeting:c", b"6"), in_order[-1]])
    late = [("meeting:b", b"7")]
    store.keep([KeptChange("meetings", b"late", late, b"head"), KeptChange("visits", b"late", late, b"head")])
    assert store.kept("meetings") == (b"new", [("meeting:b", b"5"), ("meeting:c", b"6"), in_order[-1]])
    assert store.kept("visits") is None
    store.keep([KeptChange("meetings", b"", [])])
    assert store.kept("meetings") == (b"", [])
    assert store.kept("series") == (b"other", [("series:s", b"4")])


class Machine(RuleBasedStateMachine):
    """Compares a store with a list, under appends with a clock that jumps."""

    def __init__(self, reopen, entry, *, lasts):
        super().__init__()
        self.reopen, self.entry, self.lasts = reopen, entry, lasts
        self.store = reopen()
        self.model = []

    @rule(
        numbers=st.lists(st.integers(0, 15), max_size=6),
        seconds=st.integers(-(10**9), 10**9),
        by=st.sampled_from([None, "desk", "other"]),
    )
    def append(self, numbers, seconds, by):
        """Append to both; the returned rows equal those of the list."""
        now = NOON + timedelta(seconds=seconds)
        rows = put(self.store, [self.entry(number) for number in numbers], now, by)
        for number in numbers:
            entry = self.entry(number)
            if entry.id not in [row.id for row in self.model]:
                at = max([now, *(row.recorded_at for row in self.model)])
                position = len(self.model) + 1
                leaf = leaf_hash(position, at, by, entry.id)
                self.model.append(Row(position, at, by, entry.id, entry.columns, leaf))
        by_id = {row.id: row for row in self.model}
        assert rows == [by_id[self.entry(number).id] for number in numbers]

    @rule(after=st.integers(0, 20))
    def read(self, after):
        """Read the same from both."""
        assert self.store.read(after) == self.model[after:]

    @precondition(lambda self: self.lasts)
    @rule()
    def open_again(self):
        """Close and open the store; the list stays."""
        self.store.close()
        self.store = self.reopen()

    @invariant()
    def agrees(self):
        """Check that head, rows and root are those of the list."""
        frontier = Frontier()
        for row in self.model:
            frontier.add(row.leaf)
        assert self.store.head() == len(self.model)
        assert self.store.read() == self.model
        assert self.store.sealed() == (frontier.size, frontier.root())

    def teardown(self):
        """Close the store."""
        self.store.close()


def test_any_sequence_of_appends(open_store, entry, kind):
    """Store and list agree after every step, whatever is appended in whatever order by whatever clock."""
    numbers = itertools.count()

    def machine():
        name = f"record-{next(numbers)}"
        return Machine(lambda: open_store(name), entry, lasts=kind in LASTING)

    run_state_machine_as_test(machine, settings=settings(max_examples=40, stateful_step_count=15, database=None))
