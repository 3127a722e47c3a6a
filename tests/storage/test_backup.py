"""Backups: faithful, whole or not at all, and never over something else."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

import partnership as ps
from partnership.errors import Damaged, InvalidValue, NotARecord, StorageError
from partnership.events import MeetingHeld, MeetingScheduled
from partnership.storage import backup as backup_module
from partnership.storage import sqlite_files

VNA = ps.Source("VNA", published="2020-11-16", kind="news")


def ticking():
    """Return a clock that goes on a second each time."""
    seconds = count()
    return lambda: datetime(2022, 1, 1, tzinfo=UTC) + timedelta(seconds=next(seconds))


@pytest.fixture(params=["memory", "file", "postgres"])
def record(request, tmp_path):
    """Open a record of each store with a few entries, a private one and an amendment among them."""
    place = {"memory": ":memory:", "file": tmp_path / "record.db"}.get(request.param)
    place = place or request.getfixturevalue("database")
    with ps.open(place, partnership="asean-russia", clock=ticking(), by="An") as record:
        fill(record)
        yield record


def fill(record):
    """Record a few entries."""
    first, second = record.add(MeetingHeld("a", on="2020-06-17"), MeetingScheduled("b", planned="2021"), source=VNA)
    record.add(MeetingScheduled("c", planned="2022"), source=VNA, shared=False, note="not to be shared")
    record.correct(first, on="2020-06-18", reason="a slip")
    record.retract(second)


def same(record, path):
    """Tell whether a file is the same record, sound, and whether it takes further entries as the record does."""
    with ps.open(path, clock=record._clock) as copy:
        assert copy.partnership == record.partnership
        assert copy.entries() == record.entries()
        assert [row.leaf for row in copy._store.read()] == [row.leaf for row in record._store.read()]
        assert copy.tree_head() == record.tree_head()
        assert copy.verify(record.tree_head()).is_sound
        assert copy.states_by_subject() == record.states_by_subject()
        return copy.add(MeetingHeld("new", on="2020"), source=VNA)[0].position == len(record.entries()) + 1


def files(folder):
    """Return the names of the files in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_record_of_each_store(record, tmp_path):
    """The copy has positions, times, recorders, private entries and the proof; it is one file, and can be added to."""
    (tmp_path / "out").mkdir()
    path = tmp_path / "out" / "backup.db"
    assert record.backup(path) == record.tree_head()
    assert files(tmp_path / "out") == ["backup.db"]
    assert {entry.by for entry in record.entries()} == {"An"}
    assert same(record, path)


def test_a_record_without_entries_or_name(tmp_path):
    """It is backed up as well."""
    for number, place in enumerate((":memory:", tmp_path / "empty.db")):
        with ps.open(place) as record:
            assert record.backup(tmp_path / f"{number}.db").size == 0
            with ps.open(tmp_path / f"{number}.db") as copy:
                assert (copy.partnership, len(copy.entries())) == (None, 0)


@pytest.mark.parametrize("mode", ["delete", "wal"])
def test_a_file_in_each_journal_mode(tmp_path, monkeypatch, mode):
    """What is only in the write-ahead log is copied too."""
    monkeypatch.setattr(sqlite_files, "journal_for", lambda _: mode)
    with ps.open(tmp_path / "record.db", clock=ticking()) as record:
        fill(record)
        record.backup(tmp_path / "backup.db")
        assert "backup.db-wal" not in files(tmp_path)
        assert same(record, tmp_path / "backup.db")


ADD = """
import sys, partnership as ps
from partnership.events import MeetingHeld
with ps.open(sys.argv[1]) as record:
    print(flush=True)
    for number in range(150):
        record.add(MeetingHeld(f"m-{sys.argv[2]}-{number}", on="2020"), source=ps.Source("VNA", published="2021"))
"""


def test_while_others_write(tmp_path):
    """A backup while another process and a thread add is the log as it was at some time, and nobody's write fails."""
    with ps.open(tmp_path / "record.db") as record:
        command = [sys.executable, "-W", "error", "-c", ADD, str(tmp_path / "record.db"), "process"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            adding = threading.Thread(
                target=lambda: [
                    record.add(MeetingHeld(f"t-{number}", on="2020"), source=VNA, note="x") for number in range(50)
                ]
            )
            adding.start()
            heads = [record.backup(tmp_path / f"{number}.db") for number in range(5)]
            adding.join()
        assert process.returncode == 0
        assert len(record.entries()) == 200
        for number, head in enumerate(heads):
            assert record.verify(head).is_sound
            with ps.open(tmp_path / f"{number}.db") as copy:
                assert copy.tree_head() == head
                assert copy.entries() == record.entries()[: head.size]


def test_an_earlier_backup(record, tmp_path):
    """It is replaced only where that is said, with the permissions that it has."""
    path = tmp_path / "backup.db"
    first = record.backup(path)
    path.chmod(0o640)
    with pytest.raises(StorageError, match="is there already, and is not overwritten"):
        record.backup(path)
    record.add(MeetingHeld("d", on="2021"), source=VNA)
    assert record.backup(path, replace=True).size == first.size + 1
    assert path.stat().st_mode & 0o777 == 0o640
    assert same(record, path)
    empty = tmp_path / "empty.db"
    empty.touch()
    with pytest.raises(StorageError, match="is there already"):
        record.backup(empty)
    record.backup(empty, replace=True)
    record.backup(tmp_path / "absent.db", replace=True)


def test_something_else_is_there(record, tmp_path):
    """It is never overwritten: another record, this record with newer entries, any other file or database."""
    others = {name: tmp_path / name for name in ("other.db", "newer.db", "text", "database.db", "folder")}
    with ps.open(others["other.db"], clock=ticking()) as other:
        other.add(MeetingHeld("z", on="2020"), source=VNA)
    record.backup(others["newer.db"])
    with ps.open(others["newer.db"]) as newer:
        newer.add(MeetingHeld("z", on="2020"), source=VNA)
    others["text"].write_text("my notes " * 100, "utf-8")
    with closing(sqlite3.connect(others["database.db"])) as connection:
        connection.execute("CREATE TABLE mine (a)")
    others["folder"].mkdir()
    contents = {name: path.read_bytes() for name, path in others.items() if path.is_file()}
    before = files(tmp_path)
    for name, path in others.items():
        with pytest.raises(StorageError) as refused:
            record.backup(path, replace=True)
        assert str(path) in str(refused.value), name
        assert isinstance(refused.value, NotARecord) == (name in ("text", "database.db"))
        with pytest.raises(StorageError):
            record.backup(path)
    assert files(tmp_path) == before
    assert contents == {name: path.read_bytes() for name, path in others.items() if path.is_file()}


def test_the_record_itself(tmp_path):
    """It is not replaced by its own backup, under whatever name."""
    with ps.open(tmp_path / "record.db", clock=ticking()) as record:
        fill(record)
        (tmp_path / "link.db").symlink_to(tmp_path / "record.db")
        for name in ("record.db", "link.db"):
            with pytest.raises(StorageError, match="is the record itself"):
                record.backup(tmp_path / name, replace=True)
        record.add(MeetingHeld("d", on="2021"), source=VNA)
        assert record.verify().is_sound


@pytest.mark.parametrize("ending", ["-journal", "-wal"])
def test_a_journal_of_another_database(record, tmp_path, ending):
    """SQLite would roll it back into the new file, so nothing is written."""
    (tmp_path / f"backup.db{ending}").write_bytes(b"pages")
    with pytest.raises(StorageError, match="beside it"):
        record.backup(tmp_path / "backup.db")
    assert "backup.db" not in files(tmp_path)


def test_what_is_no_path(record, tmp_path):
    """The error says what to give."""
    for path in (None, 5, "", "postgresql://user:secret@host/db"):
        with pytest.raises(InvalidValue, match="give the name of a file"):
            record.backup(path)
    with pytest.raises(StorageError, match="create it first"):
        record.backup(tmp_path / "absent" / "backup.db")


def test_it_ends_before_it_is_complete(record, tmp_path, monkeypatch):
    """Nothing is left of it, and an earlier backup is as it was."""
    record.backup(tmp_path / "backup.db")
    content = (tmp_path / "backup.db").read_bytes()
    before = files(tmp_path)
    record.add(MeetingHeld("d", on="2021"), source=VNA)

    def interrupted(*_given):
        raise KeyboardInterrupt

    monkeypatch.setattr(backup_module, "_require_beginning", interrupted)
    for path in ("backup.db", "another.db"):
        with pytest.raises(KeyboardInterrupt):
            record.backup(tmp_path / path, replace=True)
    assert files(tmp_path) == before
    assert (tmp_path / "backup.db").read_bytes() == content


KILLED = """
import os, signal, sys
import partnership as ps
from partnership.storage import backup
backup._require_beginning = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
ps.open(sys.argv[1]).backup(sys.argv[2])
"""


@pytest.mark.skipif(os.name == "nt", reason="folders are not locked there")
def test_it_is_killed(tmp_path):
    """The next backup to the same file removes what was left."""
    with ps.open(tmp_path / "record.db", clock=ticking()) as record:
        fill(record)
        command = [sys.executable, "-c", KILLED, str(tmp_path / "record.db"), str(tmp_path / "backup.db")]
        assert subprocess.run(command, check=False).returncode == -9
        (left,) = (path for path in tmp_path.iterdir() if path.is_dir())
        (left / "backup.db-journal").touch()
        assert not (tmp_path / "backup.db").exists()
        record.backup(tmp_path / "backup.db")
        assert files(tmp_path) == ["backup.db", "record.db"]


def test_the_file_is_locked(tmp_path, monkeypatch):
    """A backup waits for a writer, and gives up after a time."""
    monkeypatch.setattr(sqlite_files, "_TIMEOUT", 0.05)
    monkeypatch.setattr(sqlite_files, "journal_for", lambda _: "delete")
    with ps.open(tmp_path / "record.db", clock=ticking()) as record:
        fill(record)
        with closing(sqlite3.connect(tmp_path / "record.db", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(StorageError, match="another program has held it"):
                record.backup(tmp_path / "backup.db")
        record.backup(tmp_path / "backup.db")


FULL = """
import resource, signal, sys
import partnership as ps
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
record = ps.open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    record.backup(sys.argv[2])
except ps.errors.StorageFull as full:
    print(full)
"""


@pytest.mark.skipif(os.name == "nt", reason="there is no limit on the size of a file")
def test_no_space_is_left(tmp_path):
    """The error names the backup, and nothing of it is there."""
    with ps.open(tmp_path / "record.db", clock=ticking()) as record:
        fill(record)
    command = [sys.executable, "-c", FULL, str(tmp_path / "record.db"), str(tmp_path / "backup.db")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.startswith(f"{tmp_path / 'backup.db'}: no space is left: nothing was backed up")
    assert files(tmp_path) == ["record.db"]


def test_the_file_is_malformed(tmp_path):
    """The error is about the record, and nothing is written."""
    with ps.open(tmp_path / "record.db", clock=ticking()) as record:
        fill(record)
    with (tmp_path / "record.db").open("rb+") as file:
        file.seek(4 * 4096)
        file.write(b"\xff" * 4096)
    record = ps.open(tmp_path / "record.db", clock=ticking())
    with record, pytest.raises(Damaged, match="nothing was backed up") as refused:
        record.backup(tmp_path / "backup.db")
    assert refused.value.path == str(tmp_path / "record.db")
    assert "backup.db" not in files(tmp_path)
