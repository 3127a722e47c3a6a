"""What a file outlives: many writers, kill -9, a power cut, a cut, a flipped bit. Nothing is lost unseen."""

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


def put(store, bodies, now=NOON, by=None):
    """Append, at noon unless it matters."""
    return store.append(bodies, now=now, by=by)


def lay(path, content):
    """Make a file of bytes, in place: some file systems sync what was emptied first."""
    with path.open("r+b" if path.exists() else "wb") as file:
        file.write(content)
        file.truncate()


# Many processes


def together(processes):
    """Let processes begin at one time, when each is ready."""
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


@pytest.mark.parametrize("counts", [[200] * 2, [500] * 4], ids=["two", "four"])
@pytest.mark.usefixtures("journal")
def test_processes_append_at_once(tmp_path, child, entry, wrong, counts):
    """Nothing is lost, nothing stands twice, there is no gap, and a reader who follows never sees one."""
    path = tmp_path / "record.db"
    seen = []
    with closing(SQLiteStore(path)) as store:
        processes = [child(WRITER, path, 1000 * each, count) for each, count in enumerate(counts)]
        together(processes)
        while any(process.poll() is None for process in processes):
            seen += store.read(len(seen))
            time.sleep(0.01)
        seen += store.read(len(seen))
        assert [process.returncode for process in processes] == [0 for _ in counts]
        assert [row.position for row in seen] == list(range(1, sum(counts) + 1))
        assert {row.id for row in seen} == {
            entry(1000 * each + number)[0] for each, count in enumerate(counts) for number in range(count)
        }
        assert [row.recorded_at for row in seen] == sorted(row.recorded_at for row in seen)
        assert seen == store.read()
        assert wrong(store) == []


def test_processes_append_the_same(tmp_path, child, entry, wrong):
    """Every entry is written once, whoever came first."""
    path = tmp_path / "record.db"
    script = """
store = SQLiteStore(sys.argv[1])
say("ready")
sys.stdin.readline()
for number in range(0, 100, 5):
    rows = append(store, *range(number, number + 7))
    assert [row.id for row in rows] == [entry(each)[0] for each in range(number, number + 7)]
store.close()
"""
    processes = [child(script, path) for _ in range(3)]
    together(processes)
    assert [process.wait(60) for process in processes] == [0, 0, 0]
    with closing(SQLiteStore(path)) as store:
        assert {row.id for row in store.read()} == {entry(number)[0] for number in range(102)}
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
    """It is laid out once; where each gives another name, one has it and the others are refused."""
    processes = [child(OPENER, tmp_path, f"p{each}" if named else "", each) for each in range(4)]
    together(processes)
    told = [process.communicate()[0].split() for process in processes]
    for number in range(15):
        own = [each for each in range(4) if told[each][number] == "own"]
        assert {told[each][number] for each in range(4)} <= {"own", "DifferentPartnership"}
        with closing(SQLiteStore(tmp_path / f"{number}.db")) as store:
            assert {row.id for row in store.read()} == {entry(each)[0] for each in own}
            assert store.partnership == (f"p{own[0]}" if named else None)
            assert wrong(store) == []
        assert len(own) == (1 if named else 4)


def test_processes_name_an_unnamed_record(tmp_path, child, wrong):
    """One name is given, and the others are refused."""
    for number in range(15):
        SQLiteStore(tmp_path / f"{number}.db").close()
    processes = [child(OPENER, tmp_path, f"p{each}", each) for each in range(3)]
    together(processes)
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
    """Time and again: all that was acknowledged is there, and at most one append that was not, whole."""
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
            assert [row.body for row in rows] == [entry(number)[1] for number in range(len(rows))]
            assert len(rows) - int(acknowledged) in (0, 3)
            assert wrong(store) == []
        lengths.append(len(rows))
    assert lengths == sorted(lengths)
    assert lengths[-1] >= 3 * (len(lengths) // 2)


# The power goes


def hot_journal(path, before):
    """Return the rollback journal as it lay, synced, while its append was written to the file.

    SQLite leaves the pages of a persistent journal behind and only clears its header: nonce and counts are put back.
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
    """Yield what a power cut may leave of bytes that were being written over others: any prefix, any sectors."""
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


def test_the_power_goes_while_an_append_is_written(tmp_path, entry, wrong, monkeypatch):
    """The state is that of the append before, never a mix, and once the journal is gone that of this one."""
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


# Bytes that were changed


@pytest.fixture
def small(tmp_path, entry):
    """Lay out a small record; return its file."""
    path = tmp_path / "record.db"
    with closing(SQLiteStore(path, partnership="asean-russia")) as store:
        put(store, [entry(number) for number in range(7)])
        put(store, [entry(number) for number in range(7, 20)], by="desk")
    return path


def test_a_record_is_cut_short(small):
    """Wherever it is cut, it is refused and stays as it is."""
    content = small.read_bytes()
    for length in sorted({*range(SECTOR, len(content), SECTOR), 1, 2, 15, 16, 99, 100, len(content) - 1}):
        small.write_bytes(content[:length])
        with pytest.raises((Damaged, NotARecord)):
            SQLiteStore(small)
        assert small.read_bytes() == content[:length]


def test_a_bit_is_flipped(small, entry, wrong):
    """It is refused, or found by a whole check, or every answer is as it was; and nothing but our errors is raised."""
    content = small.read_bytes()
    bodies = [entry(number) for number in range(20)]

    def answers():
        with closing(SQLiteStore(small)) as store:
            if wrong(store):
                return "found"
            return store.partnership, store.head(), store.read(), store.sealed(), put(store, bodies)

    sound = answers()
    seen = Counter()
    for bit in range(0, len(content) * 8, 61):  # no multiple of 8: every bit of a byte has its turn
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
    assert seen["found"] + seen["Damaged"] > 300
    assert seen["NotARecord"] > 0
    assert seen["as it was"] > 100


def test_the_refusals_are_told_apart(small):
    """A name that is not the record's is no damage."""
    with pytest.raises(DifferentPartnership):
        SQLiteStore(small, partnership="asean-china")
