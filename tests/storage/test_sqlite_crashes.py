"""Concurrent writers, kill -9, power cuts, truncation and flipped bits: no loss goes undetected."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime

import pytest

from partnership.errors import Damaged, DifferentPartnership, NotARecord, PartnershipError
from partnership.storage import sqlite_files
from partnership.storage.sqlite import SQLiteStore

pytestmark = pytest.mark.slow

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECTOR = 512
MAGIC = bytes.fromhex("d9d505f920a163d7")


def put(store, entries, now=NOON, by=None):
    """Append entries, at noon by default."""
    return store.append(entries, now=now, by=by)


def lay(path, content):
    """Write a file in place, since some file systems sync a file that is truncated first."""
    with path.open("r+b" if path.exists() else "wb") as file:
        file.write(content)
        file.truncate()


# Many processes


def start_together(processes):
    """Let processes start at the same time, when all are ready."""
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()


WRITER = """
store = SQLiteStore(sys.argv[1])
first, count = int(sys.argv[2]), int(sys.argv[3])
say("ready")
sys.stdin.readline()
for number in range(first, first + count):
    append(store, number)
store.close()
"""


@pytest.mark.usefixtures("journal")
def test_processes_append_at_once(tmp_path, child, entry, wrong):
    """Nothing is lost or duplicated, and a reader never sees a gap."""
    path = tmp_path / "record.db"
    seen = []
    with closing(SQLiteStore(path)) as store:
        processes = [child(WRITER, path, 1000 * each, 250) for each in range(4)]
        start_together(processes)
        while any(process.poll() is None for process in processes):
            seen += store.read(len(seen))
            time.sleep(0.01)
        seen += store.read(len(seen))
        assert [process.returncode for process in processes] == [0] * 4
        assert [row.position for row in seen] == list(range(1, 1001))
        assert {row.id for row in seen} == {
            entry(1000 * each + number).id for each in range(4) for number in range(250)
        }
        assert [row.recorded_at for row in seen] == sorted(row.recorded_at for row in seen)
        assert seen == store.read()
        assert wrong(store) == []


def test_processes_append_the_same(tmp_path, child, entry, wrong):
    """Every entry is written once."""
    path = tmp_path / "record.db"
    script = """
store = SQLiteStore(sys.argv[1])
say("ready")
sys.stdin.readline()
for number in range(0, 100, 5):
    rows = append(store, *range(number, number + 7))
    assert [row.id for row in rows] == [entry(each).id for each in range(number, number + 7)]
store.close()
"""
    processes = [child(script, path) for _ in range(3)]
    start_together(processes)
    assert [process.wait(600) for process in processes] == [0, 0, 0]
    with closing(SQLiteStore(path)) as store:
        assert {row.id for row in store.read()} == {entry(number).id for number in range(102)}
        assert store.head() == 102
        assert wrong(store) == []


OPENER = """
say("ready")
sys.stdin.readline()
for number in range(15):
    try:
        store = SQLiteStore(f"{sys.argv[1]}/{number}.db", partnership=sys.argv[2] or None)
        append(store, int(sys.argv[3]))
        store.close()
        say("own")
    except PartnershipError as refused:
        say(type(refused).__name__)
"""


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.usefixtures("journal")
def test_processes_open_a_file_for_the_first_time(tmp_path, child, entry, wrong, named):
    """It is created once; if they give different names, one succeeds and the others raise."""
    processes = [child(OPENER, tmp_path, f"p{each}" if named else "", each) for each in range(4)]
    start_together(processes)
    told = [process.communicate()[0].split() for process in processes]
    for number in range(15):
        own = [each for each in range(4) if told[each][number] == "own"]
        assert {told[each][number] for each in range(4)} <= {"own", "DifferentPartnership"}
        with closing(SQLiteStore(tmp_path / f"{number}.db")) as store:
            assert {row.id for row in store.read()} == {entry(each).id for each in own}
            assert store.partnership == (f"p{own[0]}" if named else None)
            assert wrong(store) == []
        assert len(own) == (1 if named else 4)


def test_processes_name_an_unnamed_record(tmp_path, child, wrong):
    """One succeeds, and the others raise."""
    for number in range(15):
        SQLiteStore(tmp_path / f"{number}.db").close()
    processes = [child(OPENER, tmp_path, f"p{each}", each) for each in range(3)]
    start_together(processes)
    told = [process.communicate()[0].split() for process in processes]
    for number in range(15):
        assert sorted(each[number] for each in told) == ["DifferentPartnership", "DifferentPartnership", "own"]
        with closing(SQLiteStore(tmp_path / f"{number}.db")) as store:
            assert told[int(str(store.partnership)[1:])][number] == "own"
            assert wrong(store) == []


# kill -9


KILLED = """
for line in sys.stdin:  # each writer is a process of its own, without the time that imports take
    pid = os.fork()
    if pid:
        os.waitpid(pid, 0)
        say("killed")
    else:
        store = SQLiteStore(sys.argv[1])
        say(os.getpid(), store.head())
        while True:
            head = store.head()
            say(append(store, *range(head, head + 3))[-1].position)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_the_writer_is_killed(tmp_path, child, entry, wrong, journal):
    """After each kill all acknowledged entries are stored, and at most one other append, completely."""
    path = tmp_path / "record.db"
    chance = random.Random(1)
    process = child(KILLED, path)
    lengths = []
    for kill in range(40 if journal == "delete" else 15):
        process.stdin.write("write\n")
        process.stdin.flush()
        pid, acknowledged = process.stdout.readline().split()
        if kill % 2:  # otherwise it may be killed while it opens the file, or before its first append
            acknowledged = process.stdout.readline()
        time.sleep(chance.random() * 0.06)
        os.kill(int(pid), signal.SIGKILL)
        for line in iter(process.stdout.readline, "killed\n"):
            acknowledged = line
        with closing(SQLiteStore(path)) as store:
            rows = store.read()
            assert [row.body for row in rows] == [entry(number).columns.body for number in range(len(rows))]
            assert len(rows) - int(acknowledged) in (0, 3)
            assert wrong(store) == []
        lengths.append(len(rows))
    assert lengths == sorted(lengths)
    assert lengths[-1] >= 3 * (len(lengths) // 2)


# Power cuts


def hot_journal(path, before):
    """Return the rollback journal as it was, synced, while its append was written to the file.

    SQLite leaves the pages of a persistent journal behind and only clears its header, so nonce and counts are restored.
    """
    content = path.with_name(f"{path.name}-journal").read_bytes()
    page = 4096
    records = [
        (content[at + 4 : at + 4 + page], int.from_bytes(content[at + 4 + page : at + 8 + page]))
        for at in range(SECTOR, len(content), page + 8)
    ]
    nonces = {(checksum - sum(kept[page - 200 : 0 : -200])) % 2**32 for kept, checksum in records}
    assert len(nonces) == 1
    numbers = (len(records), nonces.pop(), len(before) // page, SECTOR, page)
    return MAGIC + b"".join(number.to_bytes(4) for number in numbers) + content[28:]


def ends(begun, after, chance):
    """Yield what a power cut may leave of an overwrite in progress: any prefix, any sectors."""
    for scope in range(0, len(after), SECTOR):
        yield after[:scope] + begun[scope:]
        yield after[: scope + chance.randrange(SECTOR)]
    sectors = range(0, len(after), SECTOR)
    for _ in range(20):
        torn = bytearray(begun[: len(after)].ljust(len(after), b"\0"))
        for at in sectors:
            if chance.random() < 0.5:
                torn[at : at + SECTOR] = after[at : at + SECTOR]
        yield bytes(torn)


def cuts(before, journal, after, chance):
    """Yield file and journal as a power cut may leave them while an append is written, before it is acknowledged."""
    unsynced = bytes(28) + journal[28:]
    for scope in range(0, len(journal), SECTOR):
        yield before, unsynced[:scope]
        yield before, journal[:scope] + chance.randbytes(len(journal) - scope)  # a disk that wrote the header too early
    for torn in ends(before, after, chance):
        if len(torn) >= len(before):  # a file never becomes shorter
            yield torn, journal
    yield after, journal


def test_a_power_cut_during_an_append(tmp_path, entry, wrong, monkeypatch):
    """The file has the state before the append, or after it once the journal is cleared, and never a mix."""
    monkeypatch.setattr(sqlite_files, "journal_for", lambda _: "delete")
    chance = random.Random(2)
    path, copy = tmp_path / "record.db", tmp_path / "copy.db"
    points = 0

    def state(content, journal):
        lay(copy, content)
        lay(copy.with_name("copy.db-journal"), journal)
        with closing(SQLiteStore(copy)) as store:
            assert wrong(store) == []
            return store.read()

    with closing(SQLiteStore(path)) as store:
        connection = store._connection
        assert connection
        for numbers in (range(1), range(1, 31), range(31, 32)):
            rows, before = store.read(), path.read_bytes()
            path.with_name("record.db-journal").unlink(missing_ok=True)
            connection.execute("PRAGMA journal_mode=delete")
            connection.execute("PRAGMA journal_mode=persist")
            put(store, [entry(number, 300) for number in numbers])
            after = path.read_bytes()
            for content, journal in cuts(before, hot_journal(path, before), after, chance):
                assert state(content, journal) == rows
                points += 1
            assert state(after, b"") == state(after, bytes(28)) == store.read()
    assert points > 300


# Changed bytes


@pytest.fixture
def small(tmp_path, entry):
    """Return the file of a small record."""
    path = tmp_path / "record.db"
    with closing(SQLiteStore(path, partnership="asean-russia")) as store:
        put(store, [entry(number) for number in range(7)])
        put(store, [entry(number) for number in range(7, 20)], by="desk")
    return path


def test_a_record_is_truncated(small):
    """At any length, opening raises and the file is unchanged."""
    content = small.read_bytes()
    for length in sorted({*range(SECTOR, len(content), SECTOR), 1, 2, 15, 16, 99, 100, len(content) - 1}):
        small.write_bytes(content[:length])
        with pytest.raises((Damaged, NotARecord)):
            SQLiteStore(small)
        assert small.read_bytes() == content[:length]


def test_a_bit_is_flipped(small, entry, wrong):
    """Opening raises, a complete check finds it, or every result is unchanged; no foreign error is raised."""
    content = small.read_bytes()
    bodies = [entry(number) for number in range(20)]

    def answers():
        with closing(SQLiteStore(small)) as store:
            if wrong(store):
                return "found"
            return store.partnership, store.head(), store.read(), store.sealed(), put(store, bodies)

    sound = answers()
    seen = Counter()
    for bit in range(0, len(content) * 8, 361):  # no multiple of 8: every bit of a byte has its turn
        changed = bytearray(content)
        changed[bit // 8] ^= 1 << bit % 8
        lay(small, changed)
        try:
            found = answers()
        except PartnershipError as refused:
            found = type(refused).__name__
        if isinstance(found, tuple):
            assert found == sound, f"bit {bit} of byte {bit // 8} changed an answer, and nothing showed it"
            found = "as it was"
        seen[found] += 1
    assert seen["found"] + seen["Damaged"] > 100
    assert seen["NotARecord"] > 0
    assert seen["as it was"] > 100


def test_another_name_is_given(small):
    """It raises `DifferentPartnership`, not `Damaged`."""
    with pytest.raises(DifferentPartnership):
        SQLiteStore(small, partnership="asean-china")
