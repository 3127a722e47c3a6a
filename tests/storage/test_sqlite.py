"""The SQLite store beyond the contract: refused files, permissions, and the errors when something fails."""

from __future__ import annotations

import errno
import itertools
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
from attrs import evolve

from partnership.errors import (
    Damaged,
    DifferentPartnership,
    InvalidValue,
    NewerFormat,
    NotARecord,
    ReadOnly,
    StorageError,
    StorageFull,
)
from partnership.storage import sqlite, sqlite_files
from partnership.storage.sqlite import SQLiteStore
from partnership.storage.sqlite_files import journal_for

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def open_store(tmp_path):
    """Return a function that opens a store, which is closed after the test."""
    opened = []

    def open_store(name="record.db", **named):
        opened.append(SQLiteStore(tmp_path / name, **named))
        return opened[-1]

    yield open_store
    for store in opened:
        store.close()


@pytest.fixture
def path(tmp_path, entry):
    """Return the file of a record with three entries, which is closed."""
    path = tmp_path / "record.db"
    with closing(SQLiteStore(path)) as store:
        put(store, [entry(1), entry(2), entry(3)])
    return path


def put(store, entries, now=NOON, by="desk"):
    """Append entries, at noon by default."""
    return store.append(entries, now=now, by=by)


def tamper(path, *statements):
    """Change a file without the library, leaving tables and triggers as expected."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = [name for name in sqlite_files._SCHEMA if name.startswith("entries_")]
        for statement in (
            "PRAGMA ignore_check_constraints=on",
            *(f"DROP TRIGGER {name}" for name in triggers),
            *statements,
            *(sqlite_files._SCHEMA[name] for name in triggers),
        ):
            connection.execute(statement)


def shape(path, *statements):
    """Run statements on a file, after which it may not be a record."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


# Writing


def test_the_statements_of_one_entry(open_store, entry):
    """A commit looks whether others wrote and whether the claim is there, and writes the entry, its index and the log.

    Each statement that is added here is run for every `Record.add` of one event.
    """
    store = open_store()
    put(store, [entry(4), entry(5)])
    put(store, [evolve(entry(4), claim_id="0" * 64, id="0" * 64)])
    run = []
    store._connection.set_trace_callback(run.append)
    put(store, [evolve(entry(4), claim_id="1" * 64, id="1" * 64)])
    assert [" ".join(statement.split()[:3]) for statement in run] == [
        "BEGIN IMMEDIATE",
        "PRAGMA data_version",
        "WITH wanted (a,",
        "INSERT INTO entries",
        "INSERT OR IGNORE",
        "UPDATE log SET",
        "COMMIT",
    ]


@pytest.mark.parametrize("is_other", [False, True])
def test_an_entry_that_its_writer_did_not_understand(open_store, entry, is_other):
    """It is found again under its kind, also when it was written since the log was last searched for such entries."""
    store, one = open_store(), entry(6)
    put(store, [entry(4)])
    put(store, [entry(5)])  # from the same document, so it is searched
    subject = "unread:n-6"
    unread = evolve(one, columns=evolve(one.columns, subject=subject), subjects=(subject,))
    written = put(open_store() if is_other else store, [unread])
    assert put(store, [one]) == written
    assert store.head() == 3


# The file and its journal


@pytest.mark.parametrize(
    ("version", "journal"),
    [
        ((3, 37, 0), "delete"),
        ((3, 40, 1), "delete"),
        ((3, 44, 5), "delete"),
        ((3, 44, 6), "wal"),
        ((3, 44, 9), "wal"),
        ((3, 45, 0), "delete"),
        ((3, 50, 6), "delete"),
        ((3, 50, 7), "wal"),
        ((3, 51, 0), "delete"),
        ((3, 51, 2), "delete"),
        ((3, 51, 3), "wal"),
        ((3, 52, 0), "wal"),
        ((4, 0, 0), "wal"),
    ],
)
def test_a_version_of_sqlite_has_the_wal_reset_bug(version, journal):
    """A write-ahead log is used only with versions that have the fix."""
    assert journal_for(version) == journal


def test_a_store_uses_the_journal_that_is_safe_with_this_sqlite(open_store):
    """`journal` returns it."""
    assert open_store().journal == journal_for(sqlite3.sqlite_version_info)


def test_a_connection_is_set_up_for_safety(open_store, entry):
    """The settings of a connection are applied, and a value longer than the limit raises `StorageError`."""
    store = open_store()
    settings = {
        pragma: store._connection.execute(f"PRAGMA {pragma}").fetchall()
        for pragma in ("synchronous", "trusted_schema", "cell_size_check", "foreign_keys", "busy_timeout", "fullfsync")
    }
    assert settings == {
        "synchronous": [(3,)],
        "trusted_schema": [(0,)],
        "cell_size_check": [(1,)],
        "foreign_keys": [(1,)],
        "busy_timeout": [(0,)],
        "fullfsync": [(1,)],
    }
    with pytest.raises(StorageError, match="SQLite says: string or blob too big"):
        put(store, [entry(1, 2**24)])
    assert store.head() == 0


def test_a_record_is_created(open_store, tmp_path):
    """The header of the file has the application id and the format, before any entry."""
    open_store(partnership="asean-russia").close()
    content = (tmp_path / "record.db").read_bytes()
    assert content[:16] == b"SQLite format 3\0"
    assert content[68:72] == b"PSHP"
    assert int.from_bytes(content[60:64]) == 3


def test_a_file_is_empty(open_store, tmp_path):
    """It counts as absent."""
    (tmp_path / "record.db").touch()
    assert open_store(partnership="asean-russia").head() == 0


def test_a_name_is_special_to_sqlite(tmp_path, monkeypatch, entry):
    """It names an ordinary file."""
    monkeypatch.chdir(tmp_path)
    for name in (":memory:", "file:x?mode=memory", "-x", "a b%20'\";.db", "данные.db"):
        with closing(SQLiteStore(name)) as store:
            assert store.place == name
            put(store, [entry(1)])
        with closing(SQLiteStore(tmp_path / name)) as store:
            assert store.head() == 1


def test_all_entries_are_in_the_log_already(open_store, entry, path):
    """No byte of the file changes."""
    store = open_store()
    before = path.read_bytes(), path.stat().st_mtime_ns
    put(store, [entry(3), entry(1)])
    put(store, [])
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_another_process_has_created_the_tables(open_store, path):
    """The second process leaves the file unchanged."""
    store = open_store()
    before = path.read_bytes()
    sqlite_files._create(store._connection, "another")
    assert path.read_bytes() == before


# A write-ahead log


def test_a_record_with_a_write_ahead_log_is_closed(open_store, tmp_path, entry, monkeypatch, wrong):
    """The last connection to close leaves a single file, without a write-ahead log."""
    monkeypatch.setattr(sqlite_files, "journal_for", lambda _: "wal")
    first, second = open_store(), open_store()
    assert (first.journal, second.journal) == ("wal", "wal")
    put(first, [entry(1)])
    put(second, [entry(2)])
    first.close()
    assert second.journal == "wal"
    assert wrong(second) == []
    second.close()
    assert [file.name for file in tmp_path.iterdir()] == ["record.db"]
    assert (tmp_path / "record.db").read_bytes()[18:20] == b"\1\1"


def test_a_record_comes_from_a_later_sqlite(open_store, path, entry, wrong):
    """A file with a write-ahead log is read, and switched to the safe journal mode."""
    shape(path, "PRAGMA journal_mode=wal")
    store = open_store()
    assert store.journal == journal_for(sqlite3.sqlite_version_info)
    put(store, [entry(4)])
    assert wrong(store) == []


def test_a_record_is_open_in_a_later_sqlite(open_store, path, monkeypatch):
    """Opening raises if the write-ahead log cannot be shared safely."""
    monkeypatch.setattr(sqlite_files, "journal_for", lambda _: "wal")
    open_store().read()
    monkeypatch.setattr(sqlite_files, "journal_for", lambda _: "delete")
    with pytest.raises(StorageError, match="open elsewhere with a write-ahead log") as refused:
        open_store()
    assert refused.value.path == str(path)


def test_a_reader_prevents_a_change_of_the_journal(open_store, path, entry, monkeypatch, wrong):
    """The file is used with its current journal mode."""
    monkeypatch.setattr(sqlite_files, "journal_for", lambda _: "wal")
    monkeypatch.setattr(sqlite_files, "_TIMEOUT", 0.02)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM entries").fetchall()
        store = open_store()
        assert store.journal == "delete"
    put(store, [entry(4)])
    assert wrong(store) == []


# Files that cannot be opened


def test_sqlite_is_too_old(tmp_path, monkeypatch):
    """The error says so, and no file is created."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    with pytest.raises(StorageError, match=r"needs SQLite 3\.37"):
        SQLiteStore(tmp_path / "record.db")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing/record.db", "its folder does not exist"),
        ("", "is a folder"),
        ("text.txt/record.db", "cannot be the name of a file"),
        ("a\0b", "cannot be the name of a file"),
        ("x" * 300, "cannot be the name of a file"),
    ],
)
def test_a_path_cannot_be_a_record(tmp_path, name, reason):
    """The error says why, and nothing is created."""
    (tmp_path / "text.txt").write_text("text", encoding="utf-8")
    with pytest.raises(StorageError, match=reason) as refused:
        SQLiteStore(f"{tmp_path}/{name}")
    assert type(refused.value) is StorageError
    assert refused.value.path == f"{tmp_path}/{name}"
    assert [file.name for file in tmp_path.iterdir()] == ["text.txt"]


def test_a_path_is_a_device():
    """It is not opened, since reading it may never return."""
    with pytest.raises(StorageError, match="is a device"):
        SQLiteStore(os.devnull)


@pytest.mark.parametrize(
    "content",
    [b"x", b"Dear colleague,\n" * 1000, bytes(4096), b"SQLite format 3\0", b"SQLite format 3\0" + b"\xff" * 4080],
)
def test_a_file_is_not_of_sqlite(tmp_path, content):
    """Opening raises, and the file is unchanged."""
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(NotARecord, match="is no SQLite file") as refused:
        SQLiteStore(path)
    assert refused.value.path == str(path)
    assert path.read_bytes() == content


FOREIGN = {
    "another": ["CREATE TABLE entries (x)"],
    "empty": ["PRAGMA user_version=1"],
    "another application": ["CREATE TABLE x (y)", "PRAGMA application_id=252006673"],
}


@pytest.mark.parametrize("statements", FOREIGN.values(), ids=FOREIGN)
def test_a_file_is_of_another_application(tmp_path, statements):
    """Opening raises, and the file is unchanged."""
    path = tmp_path / "other.db"
    shape(path, *statements)
    content = path.read_bytes()
    with pytest.raises(NotARecord, match="of something else"):
        SQLiteStore(path)
    assert path.read_bytes() == content


STRANGE = {
    "table": ["CREATE TABLE x (y)"],
    "index": ["CREATE INDEX x ON entries (by)"],
    "view": ["CREATE VIEW x AS SELECT 1"],
    "trigger": ["CREATE TRIGGER x AFTER INSERT ON entries BEGIN SELECT 1; END"],
    "no table": ["DROP TABLE log"],
    "no trigger": ["DROP TRIGGER entries_stay"],
    "another column": ["ALTER TABLE entries ADD COLUMN x TEXT"],
    "another table of that name": ["DROP TABLE log", "CREATE TABLE log (one INTEGER PRIMARY KEY)"],
    "another trigger of that name": [
        "DROP TRIGGER entries_stay",
        "CREATE TRIGGER entries_stay AFTER INSERT ON entries BEGIN SELECT 1; END",
    ],
    "a trigger with a name of SQLite's own": [
        "CREATE TRIGGER x AFTER INSERT ON entries BEGIN SELECT 1; END",
        "PRAGMA writable_schema=on",
        "UPDATE sqlite_schema SET name = 'sqlite_stat1', sql = replace(sql, ' x ', ' sqlite_stat1 ') WHERE name = 'x'",
    ],
    "format 0": ["PRAGMA user_version=0"],
}


@pytest.mark.parametrize("statements", STRANGE.values(), ids=STRANGE)
def test_a_record_has_an_unexpected_schema(path, statements):
    """Opening raises before any row is read, and the file is unchanged."""
    shape(path, *statements)
    content = path.read_bytes()
    with pytest.raises(NotARecord, match="not as this library writes a record"):
        SQLiteStore(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("name", ["NULL", "x''"])
def test_a_table_has_no_name(path, name):
    """Opening raises an error of this library."""
    shape(
        path,
        "CREATE TABLE x (y)",
        "PRAGMA writable_schema=on",
        f"UPDATE sqlite_schema SET name = {name} WHERE name = 'x'",  # noqa: S608  our own, to do harm
    )
    with pytest.raises((NotARecord, Damaged)):
        SQLiteStore(path)


def test_a_record_was_analysed(path, open_store):
    """The tables that SQLite adds are accepted."""
    shape(path, "ANALYZE")
    assert open_store().head() == 3


def test_a_record_was_dumped_and_restored(path, open_store, wrong):
    """The restored record has the same entries."""
    with closing(sqlite3.connect(path)) as record, closing(sqlite3.connect(path.with_name("copy.db"))) as copy:
        copy.executescript("\n".join(record.iterdump()))
        copy.execute(f"PRAGMA application_id={sqlite_files._APPLICATION_ID}")
        copy.execute("PRAGMA user_version=3")
    assert open_store("copy.db").read() == open_store().read()
    assert wrong(open_store("copy.db")) == []


@pytest.mark.parametrize("statements", [[], ["DROP TABLE log", "CREATE TABLE other (x)"]])
def test_a_record_is_of_a_later_format(path, statements):
    """Opening raises whatever the tables are, says what to do, and leaves the file unchanged."""
    shape(path, "PRAGMA user_version=4", *statements)
    content = path.read_bytes()
    with pytest.raises(NewerFormat, match=r"has format 4, .* knows 3: install a later version"):
        SQLiteStore(path)
    assert path.read_bytes() == content


def test_a_record_is_of_a_format_between_two_releases(path):
    """Opening raises, says what to do, and leaves the file unchanged."""
    shape(path, "PRAGMA user_version=2", "DROP TABLE claims_0")
    content = path.read_bytes()
    with pytest.raises(StorageError, match="has format 2, which no release wrote: export it with the version"):
        SQLiteStore(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM log",
        "INSERT INTO log SELECT 2, partnership, size, frontier, index_sum, subjects, events, sources, seal FROM log",
        "UPDATE log SET partnership = 'asean-china'",
        "UPDATE log SET partnership = CAST(x'ff' AS TEXT)",
        "UPDATE log SET size = 2",
        "UPDATE log SET subjects = 7",
        "UPDATE log SET events = 0",
        "UPDATE log SET sources = -1",
        "UPDATE log SET frontier = zeroblob(64)",
        "UPDATE log SET seal = zeroblob(32)",
    ],
)
def test_the_state_of_the_log_was_changed(path, statement):
    """Opening raises: the seal covers the name as well."""
    tamper(path, statement)
    with pytest.raises(Damaged, match="its stored name, size or proof"):
        SQLiteStore(path)


@pytest.mark.parametrize("state", [sqlite_files.LogState(None, -1, b""), sqlite_files.LogState(None, 3, b"x" * 32)])
def test_the_state_of_the_log_is_impossible(open_store, state):
    """Reading it raises, although its seal is correct."""
    store = open_store()
    state.write(store._connection)
    with pytest.raises(Damaged, match="its stored name, size or proof"):
        store.sealed()


def test_claims_have_the_same_first_bits(open_store, entry):
    """All are stored, and found together: entries with the same key are compared by id."""
    store = open_store()
    one, *_ = entries = [evolve(entry(number), claim_id=f"{7:016x}{number:048x}") for number in range(3)]
    columns = [evolve(each.columns, subject=one.columns.subject) for each in entries]
    entries = [evolve(each, columns=of, subjects=one.subjects) for each, of in zip(entries, columns, strict=True)]
    rows = put(store, entries)
    assert [row.position for row in rows] == [1, 2, 3]
    assert put(store, entries[::-1]) == rows[::-1]
    assert store.find(claims=[one.claim_id]) == store.read()


# Subjects, event classes and sources that several entries share


def stored(path, query):
    """Return the rows of a query."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_entries_share_a_source(open_store, entry, path, wrong):
    """It is stored once, whichever store writes them, and all entries are read back."""
    put(open_store(), [entry(0), entry(4)])
    again = open_store()
    put(again, [entry(5), entry(9)])
    assert stored(path, "SELECT id, body FROM sources") == [(1, b'{"of":0}'), (2, b'{"of":1}'), (3, b'{"of":2}')]
    assert [source for (source,) in stored(path, "SELECT source FROM entries")] == [1, 1, 1, 1, 2, 2, 3]
    assert stored(path, "SELECT * FROM events") == [(1, "counted", 1)]
    assert [row.body for row in again.read()] == [entry(number).columns.body for number in (1, 2, 3, 0, 4, 5, 9)]
    assert wrong(again) == []


def test_sources_have_the_same_key(open_store, entry, path, monkeypatch, wrong):
    """Both are stored: sources with the same key are compared."""
    monkeypatch.setattr(sqlite, "source_key", lambda _: 5)
    store = open_store()
    store._sources = sqlite._sources()
    put(store, [entry(4), entry(8)])
    put(open_store(), [entry(5), entry(9)])
    assert len(stored(path, "SELECT id FROM sources")) == 3
    assert [row.body for row in store.read(3)] == [entry(number).columns.body for number in (4, 8, 5, 9)]
    assert wrong(store) == []


def test_more_is_shared_than_is_kept_in_memory(open_store, entry, monkeypatch, wrong):
    """What is forgotten is read again."""
    monkeypatch.setattr(sqlite, "_MOST_CACHED", 2)
    store = open_store()
    rows = [put(store, [entry(number)])[0] for number in range(20)]
    assert store.read() == rows
    assert [store.read(number, 1) for number in range(20)] == [[row] for row in rows]
    assert wrong(store) == []


def test_an_event_has_several_versions(open_store, entry, path):
    """Each is a row, and is read back."""
    store = open_store()
    entries = [evolve(entry(number), columns=evolve(entry(number).columns, version=number)) for number in (4, 5, 4)]
    put(store, entries)
    assert stored(path, "SELECT name, version FROM events") == [("counted", 1), ("counted", 4), ("counted", 5)]
    assert [row.columns.version for row in store.read(3)] == [4, 5]


def test_the_index_of_claims_grows(open_store, entry, path, monkeypatch, wrong):
    """Its rows move to larger tables, and every claim is found, whatever the sizes of the appends."""
    monkeypatch.setattr(sqlite, "_LEVEL_SIZE", 2)
    monkeypatch.setattr(sqlite, "_LEVEL_RATIO", 8)
    store, number = open_store("new.db"), 0
    for size in (1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 18, 1, 2):
        put(store, [entry(each) for each in range(number + 1, number + size + 1)])
        number += size
        for each in (1, number - size // 2, number):
            assert [row.id for row in store.find(claims=[entry(each).claim_id])] == [entry(each).id]
        assert wrong(store) == []
    sizes = [len(stored(path.with_name("new.db"), f"SELECT * FROM claims_{level}")) for level in range(3)]  # noqa: S608  its tables
    assert sizes == [4, 18, 142]


@pytest.mark.parametrize("change", ["claim = claim + 1", "claim = 0", "position = -1", "subject = 3 - subject"])
def test_a_column_of_an_old_entry_is_another(path, open_store, entry, monkeypatch, change):
    """A whole check notices it, although entries are found by the index alone."""
    monkeypatch.setattr(sqlite, "_LEVEL_SIZE", 2)
    store = open_store("new.db")
    put(store, [entry(number) for number in range(5)])
    assert store.check() == []
    tamper(path.with_name("new.db"), f"UPDATE entries SET {change} WHERE position = 1")  # noqa: S608  our own, to do harm
    assert store.check() == ["the index is not that of the entries: some may be found no more"]


# What is found


def test_more_is_asked_for_than_fits_in_a_statement(open_store, entry):
    """Everything is found, in order and once."""
    store = open_store()
    entries = [entry(number) for number in range(2_000)]
    rows = put(store, entries)
    assert store.find(subjects={one.columns.subject for one in entries}) == rows
    assert store.find(claims=[one.claim_id for one in entries]) == rows
    assert store.find(references=[f"group:g-{number}" for number in range(500)]) == rows
    assert put(store, entries) == rows


# Rows that were changed


@pytest.mark.parametrize(
    "change",
    [
        "id = zeroblob(31)",
        "leaf = x''",
        "recorded_at = 9223372036854775807",
        "recorded_at = -62135596800000001",
        "by = CAST(x'ff' AS TEXT)",
        "source = 9",
        "subject = 0",
        "event = 2",
    ],
)
def test_a_row_has_an_impossible_value(path, open_store, entry, change):
    """Reading it raises with its position; later rows can be read, and entries can be appended."""
    tamper(path, f"UPDATE entries SET {change} WHERE position = 2")  # noqa: S608  our own, to do harm
    store = open_store()
    with pytest.raises(Damaged, match="entry 2 is not as it was written"):
        store.read()
    assert [row.position for row in store.read(2)] == [3]
    assert put(store, [entry(4)])[0].position == 4


@pytest.mark.parametrize(
    "change",
    [
        "by = 'another'",
        "recorded_at = recorded_at + 1",
        "subject = 1",
        "fields = x'00'",
        "speaker = x'00'",
        "remarks = x'00'",
        "leaf = zeroblob(32)",
    ],
)
def test_a_row_was_changed(path, open_store, wrong, change):
    """The row is read as it is stored, and a complete check finds it."""
    tamper(path, f"UPDATE entries SET {change} WHERE position = 2")  # noqa: S608  our own, to do harm
    store = open_store()
    assert len(store.read()) == 3
    assert "2: body" in wrong(store) or "2: leaf" in wrong(store)


def test_a_source_that_entries_share_was_changed(path, open_store, entry, wrong):
    """A complete check finds every entry that shares it, and a new one stores the right one."""
    tamper(path, "UPDATE sources SET body = CAST(x'22' || body AS BLOB)")
    store = open_store()
    assert {"1: body", "2: body", "3: body"} <= set(wrong(store))
    (row,) = put(store, [entry(0)])
    assert (row.body, store.read(3)) == (entry(0).columns.body, [row])


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM subjects WHERE id = 1",
        "UPDATE subjects SET name = CAST(x'ff' AS TEXT) WHERE id = 1",
        "DELETE FROM events",
        "UPDATE events SET name = CAST(x'ff' AS TEXT)",
        "DELETE FROM sources",
    ],
)
def test_what_entries_share_is_lost(path, open_store, statement):
    """Reading one of them raises with its position."""
    tamper(path, statement)
    with pytest.raises(Damaged, match="entry 1 is not as it was written"):
        open_store().read()


@pytest.mark.parametrize("table", ["subjects", "events", "sources"])
def test_a_row_that_no_entry_has_was_added(path, open_store, table):
    """`check` finds it, and what is added in its place is refused."""
    values = {"subjects": "'number:n-4'", "events": "'counted', 2", "sources": "0, x'00'"}[table]
    tamper(path, f"INSERT INTO {table} VALUES ((SELECT max(id) + 1 FROM {table}), {values})")  # noqa: S608  as above
    assert [problem for problem in open_store().check() if f"the table {table}" in problem]


def test_an_id_is_taken(path, open_store, entry):
    """What would have it is refused."""
    tamper(path, "INSERT INTO subjects VALUES ((SELECT max(id) + 1 FROM subjects), 'number:n-5')")
    store = open_store()
    with pytest.raises(Damaged, match="SQLite finds it malformed"):
        put(store, [entry(4)])
    assert store.head() == 3


@pytest.mark.parametrize("lost", ["position = 3", "position > 1", "1"])
def test_the_last_rows_were_deleted(path, open_store, entry, wrong, lost):
    """The stored size still counts them, and appending raises."""
    tamper(path, f"DELETE FROM entries WHERE {lost}")  # noqa: S608  our own, to do harm
    store = open_store()
    assert store.sealed()[0] == 3
    assert "positions" in wrong(store)
    with pytest.raises(Damaged, match="3 were written: nothing was added"):
        put(store, [entry(4)])
    assert len(store.read()) < 3


def test_a_row_in_the_middle_was_deleted(path, open_store, wrong):
    """A complete check finds it."""
    tamper(path, "DELETE FROM entries WHERE position = 2")
    assert {"positions", "root"} <= set(wrong(open_store()))


@pytest.mark.parametrize(
    "statement", ["UPDATE entries SET by = 'x'", "DELETE FROM entries", "DELETE FROM entries WHERE 0 = 0"]
)
def test_an_accidental_edit_in_a_database_browser(path, statement):
    """A trigger prevents that entries are changed or deleted."""
    with pytest.raises(sqlite3.IntegrityError, match="entries stay"):
        shape(path, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM subject_entries WHERE position = 2",
        "UPDATE subject_entries SET subject = 9 WHERE position = 2",
        "UPDATE subject_entries SET claim = claim + 1 WHERE position = 2",
        "UPDATE subject_entries SET position = 1 WHERE position = 2",
        "INSERT INTO subject_entries VALUES (1, 1, 1)",
        "DELETE FROM mentions",
        "UPDATE mentions SET mentioned = 3",
        "UPDATE mentions SET subject = 9 WHERE subject = 3",
        "INSERT INTO mentions VALUES (1, 1)",
        "UPDATE entries SET claim = 7 WHERE position = 2",
        "UPDATE entries SET subject = 9 WHERE position = 2",
        "INSERT INTO claims_2 VALUES (1, 1)",
        "INSERT INTO claims_0 VALUES (4, 1)",
    ],
)
def test_the_index_was_changed(path, open_store, statement):
    """`check` finds it, which reading would not."""
    tamper(path, statement)
    assert [problem for problem in open_store().check() if problem.startswith("the index")]


def test_pages_are_overwritten(path, open_store):
    """SQLite finds the file malformed, which raises `Damaged`."""
    content = bytearray(path.read_bytes())
    content[4096:8192] = b"\xff" * 4096
    path.write_bytes(content)
    store = open_store()
    with pytest.raises(Damaged, match="SQLite finds it malformed: restore a copy"):
        store.read()


# Failing writes


def test_an_append_is_interrupted(open_store, entry, monkeypatch, wrong):
    """Nothing is written, and the store can still be used."""
    store = open_store()
    rows = put(store, [entry(1)])

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sqlite.LogState, "write", interrupted)
        with pytest.raises(KeyboardInterrupt):
            put(store, [entry(2), entry(3)])
    assert store.read() == rows
    assert put(store, [entry(3)])[0].position == 2
    assert wrong(store) == []


def test_another_program_has_locked_the_file(open_store, entry, path, wrong, monkeypatch):
    """The append raises after a timeout, and succeeds once the lock is released."""
    store = open_store()
    monkeypatch.setattr(sqlite_files, "_TIMEOUT", 0.02)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="another program has held it for 30 seconds") as refused:
            put(store, [entry(4)])
        assert type(refused.value) is StorageError
        assert store.head() == 3
    assert put(store, [entry(4)])[0].position == 4
    assert wrong(store) == []


def test_a_reader_lingers_while_an_append_commits(open_store, entry, path, wrong, monkeypatch):
    """With a rollback journal the append raises and writes nothing; it succeeds after the reader has ended."""
    monkeypatch.setattr(sqlite_files, "journal_for", lambda _: "delete")
    monkeypatch.setattr(sqlite_files, "_TIMEOUT", 0.02)
    store = open_store()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        assert other.execute("SELECT count(*) FROM entries").fetchone() == (3,)
        with pytest.raises(StorageError, match="another program"):
            put(store, [entry(4)])
        assert store.head() == 3
        assert other.execute("SELECT count(*) FROM entries").fetchone() == (3,)
    assert put(store, [entry(4), entry(5)])[1].position == 5
    assert wrong(store) == []


def test_a_reader_lingers_beside_a_write_ahead_log(open_store, entry, path, wrong, monkeypatch):
    """It does not block the append, and keeps its snapshot."""
    monkeypatch.setattr(sqlite_files, "journal_for", lambda _: "wal")
    store = open_store()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN")
        assert other.execute("SELECT count(*) FROM entries").fetchone() == (3,)
        assert put(store, [entry(4)])[0].position == 4
        assert other.execute("SELECT count(*) FROM entries").fetchone() == (3,)
    assert wrong(store) == []


def test_writers_without_a_pause(open_store, entry, path, monkeypatch):
    """A waiting writer retries often enough to write between two appends, unlike SQLite's busy handler."""
    tries = []
    store = open_store()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        def pause(seconds):
            tries.append(seconds)
            if len(tries) == 50:
                other.execute("COMMIT")

        monkeypatch.setattr(sqlite_files, "sleep", pause)
        assert put(store, [entry(4)])[0].position == 4
    assert tries == [0.001] * 50


@pytest.mark.parametrize("becomes", ["moved", "replaced", "removed"])
def test_the_file_is_moved_replaced_or_removed_while_it_is_open(open_store, entry, path, becomes):
    """The append raises, since its entries would be lost."""
    store = open_store()
    if becomes == "removed":
        path.unlink()
    else:
        shutil.copy(path, path.with_name("copy.db"))
        path.rename(path.with_name("moved.db"))
        if becomes == "replaced":
            path.with_name("copy.db").rename(path)
    with pytest.raises(StorageError, match="was moved, replaced or removed while it was open") as refused:
        put(store, [entry(4)])
    assert type(refused.value) is StorageError


def test_no_page_is_left(open_store, entry, journal, wrong):
    """The append writes nothing, earlier entries can be read, and it succeeds when there is space."""
    store = open_store()
    assert store.journal == journal
    pages = store._connection.execute("PRAGMA page_count").fetchall()[0][0]
    store._connection.execute(f"PRAGMA max_page_count={pages + 6}")
    written = []
    full = pytest.raises(StorageFull, match="no space is left: nothing was written")
    with full:
        for number in itertools.count():
            written += put(store, [entry(2 * number, 500), entry(2 * number + 1, 500)])
    assert len(written) > 10
    assert store.read() == written
    assert wrong(store) == []
    store._connection.execute("PRAGMA max_page_count=10000")
    written += put(store, [entry(number, 500) for number in range(len(written), len(written) + 20)])
    assert store.read() == written
    assert wrong(store) == []


@pytest.mark.usefixtures("journal")
def test_the_disk_is_full(child, tmp_path, wrong, entry):
    """Exactly the acknowledged entries are stored, and the process can append when there is space."""
    pytest.importorskip("resource")
    path = tmp_path / "record.db"
    process = child(
        """
import resource, signal
from partnership.errors import StorageFull
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
store = SQLiteStore(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, hard))
written = 0
try:
    while True:
        append(store, *range(written, written + 5))
        written += 5
except StorageFull as full:
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    say(written, store.head(), full.reason)
append(store, *range(written, written + 5))
store.close()
""",
        path,
    )
    written, head, reason = process.communicate()[0].split(maxsplit=2)
    assert written == head
    assert int(written) > 0
    assert reason == "no space is left: nothing was written; make space and add again\n"
    with closing(SQLiteStore(path)) as store:
        assert [row.id for row in store.read()] == [entry(number).id for number in range(int(written) + 5)]
        assert wrong(store) == []


@pytest.mark.parametrize(
    ("code", "kind", "reason"),
    [
        ("SQLITE_FULL", StorageFull, "no space is left"),
        ("SQLITE_IOERR_WRITE", StorageError, "the disk failed"),
        ("SQLITE_IOERR_SHMSIZE", StorageError, "the disk failed"),
        ("SQLITE_IOERR_FSYNC", StorageError, "the disk failed"),
        ("SQLITE_READONLY", ReadOnly, "cannot be written"),
        ("SQLITE_READONLY_DIRECTORY", ReadOnly, "cannot be written"),
        ("SQLITE_CANTOPEN", ReadOnly, "cannot be written"),
        ("SQLITE_READONLY_ROLLBACK", ReadOnly, "a writer was interrupted"),
        ("SQLITE_READONLY_RECOVERY", ReadOnly, "a writer was interrupted"),
        ("SQLITE_IOERR_DELETE", ReadOnly, "a writer was interrupted"),
        ("SQLITE_READONLY_DBMOVED", StorageError, "was moved"),
        ("SQLITE_CORRUPT", Damaged, "malformed"),
        ("SQLITE_CORRUPT_INDEX", Damaged, "malformed"),
        ("SQLITE_NOTADB", Damaged, "malformed"),
        ("SQLITE_CONSTRAINT_UNIQUE", Damaged, "malformed"),
        ("SQLITE_BUSY", StorageError, "another program"),
        ("SQLITE_BUSY_SNAPSHOT", StorageError, "another program"),
        ("SQLITE_NOMEM", StorageError, r"SQLite says: told \(SQLITE_NOMEM\)"),
    ],
)
def test_sqlite_raises_an_error(code, kind, reason):
    """It is raised as a `StorageError` with the path, and has SQLite's error as its cause."""
    error = sqlite3.OperationalError("told")
    error.sqlite_errorcode, error.sqlite_errorname = getattr(sqlite3, code), code
    with pytest.raises(StorageError, match=reason) as refused, sqlite_files.translate_errors("record.db"):
        raise error
    assert type(refused.value) is kind
    assert refused.value.path == "record.db"
    assert refused.value.__cause__ is error


# Permissions


@pytest.fixture
def folder():
    """Create a folder that another user can access."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


@pytest.fixture
def as_nobody(child):
    """Return a function that uses a file as a user without permissions, and returns the result of each step."""
    if not hasattr(os, "setuid"):
        pytest.skip("users without rights are tried where there is setuid")

    def as_nobody(path, partnership=None):
        process = child(
            """
import json
path, partnership = json.loads(sys.argv[1])
if os.geteuid() == 0:
    os.setuid(65534)
told = {}
def tell(step, ask):
    try:
        told[step] = ask()
    except PartnershipError as refused:
        told[step] = [type(refused).__name__, refused.reason]
def use():
    global store
    store = SQLiteStore(path, partnership=partnership)
    return [store.partnership, store.journal]
tell("open", use)
if "store" in globals():
    tell("read", lambda: [row.position for row in store.read()])
    tell("check", store.check)
    tell("sealed", lambda: store.sealed()[0])
    tell("append", lambda: append(store, 99)[0].position)
    tell("head", store.head)
    store.close()
say(json.dumps(told))
""",
            json.dumps([str(path), partnership]),
        )
        return json.loads(process.communicate()[0])

    return as_nobody


CANNOT_WRITE = ["ReadOnly", "the file or its folder cannot be written: it can be read, nothing can be added"]
INTERRUPTED = [
    "ReadOnly",
    "a writer was interrupted, and recovery must write: open it once where file and folder can be written",
]


def create(folder, entry, partnership=None):
    """Create a record of three entries."""
    path = folder / "record.db"
    with closing(SQLiteStore(path, partnership=partnership)) as store:
        put(store, [entry(1), entry(2), entry(3)])
    return path


@pytest.mark.usefixtures("journal")
@pytest.mark.parametrize("modes", [(0o444, 0o755), (0o666, 0o555), (0o444, 0o555), (0o444, 0o777)])
def test_a_record_may_only_be_read(folder, entry, as_nobody, modes):
    """Every read succeeds; appending raises and changes nothing."""
    path = create(folder, entry, "asean-russia")
    path.chmod(modes[0])
    folder.chmod(modes[1])
    content = path.read_bytes()
    assert as_nobody(path) == {
        "open": ["asean-russia", "delete"],
        "read": [1, 2, 3],
        "check": [],
        "sealed": 3,
        "append": CANNOT_WRITE,
        "head": 3,
    }
    assert path.read_bytes() == content
    assert [file.name for file in folder.iterdir()] == ["record.db"]


def test_a_record_that_may_only_be_read_is_given_a_name(folder, entry, as_nobody):
    """The record is read under the name, which is not written."""
    path = create(folder, entry)
    path.chmod(0o444)
    told = as_nobody(path, "asean-russia")
    assert told["open"] == ["asean-russia", "delete"]
    assert told["read"] == [1, 2, 3]
    with closing(SQLiteStore(path)) as store:
        assert store.partnership is None


def test_a_record_may_not_be_read(folder, entry, as_nobody):
    """The error says what to check."""
    path = create(folder, entry)
    path.chmod(0)
    assert as_nobody(path)["open"][0] == "StorageError"
    assert "can be neither opened nor created" in as_nobody(path)["open"][1]
    folder.chmod(0)
    assert "may not be looked at" in as_nobody(path)["open"][1]


def test_a_record_cannot_be_made(folder, as_nobody):
    """The error says what to check, and no file is left."""
    folder.chmod(0o555)
    assert "write to its folder" in as_nobody(folder / "record.db")["open"][1]
    assert not list(folder.iterdir())
    (folder / "record.db").touch(0o444)
    assert as_nobody(folder / "record.db")["open"] == CANNOT_WRITE


@pytest.mark.parametrize("modes", [(0o444, 0o755), (0o666, 0o555)])
def test_a_write_ahead_log_was_left_where_nobody_can_write(folder, entry, as_nobody, modes):
    """Opening raises and says what to do: SQLite cannot read the record as it is."""
    path = create(folder, entry)
    shape(path, "PRAGMA journal_mode=wal")
    path.chmod(modes[0])
    folder.chmod(modes[1])
    assert as_nobody(path)["open"] == INTERRUPTED


# Processes and threads


def test_a_process_is_forked(open_store, entry, monkeypatch, wrong):
    """The child may not use the store of the parent, since SQLite could damage the file."""
    store = open_store()
    with monkeypatch.context() as patch:
        patch.setattr(os, "getpid", lambda: -1)
        for call in (store.read, store.head, store.sealed, store.check, lambda: put(store, [entry(4)])):
            with pytest.raises(StorageError, match="before this process was forked: open it again"):
                call()
        open_store("record.db").close()
    put(store, [entry(4)])
    assert wrong(store) == []
    with monkeypatch.context() as patch:
        patch.setattr(os, "getpid", lambda: -1)
        store.close()
    assert open_store().head() == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.usefixtures("journal")
def test_a_forked_process_closes_what_it_was_given(child, path, wrong):
    """The parent is not affected."""
    process = child(
        """
store = SQLiteStore(sys.argv[1])
append(store, 4)
if os.fork() == 0:
    try:
        store.head()
    except PartnershipError as refused:
        say(refused.reason)
    store.close()
    with_own = SQLiteStore(sys.argv[1])
    append(with_own, 5)
    with_own.close()
    os._exit(0)
os.wait()
append(store, 6)
say(store.head())
store.close()
""",
        path,
    )
    told = process.communicate()[0].splitlines()
    assert told == ["was opened before this process was forked: open it again in each process", "6"]
    with closing(SQLiteStore(path)) as store:
        assert wrong(store) == []


def test_opening_has_failed(path):
    """The file is closed: there is no warning, and it can be moved and opened."""
    SQLiteStore(path, partnership="asean-russia").close()
    with pytest.raises(DifferentPartnership):
        SQLiteStore(path, partnership="asean-china")
    moved = path.rename(path.with_name("elsewhere.db"))
    SQLiteStore(moved).close()


def test_one_of_several_concurrent_appends_is_invalid(open_store, entry):
    """The others are written, and only its caller gets the error."""
    store, told = open_store(), []

    def wrong():
        with pytest.raises(InvalidValue, match="time zone"):
            put(store, [entry(2)], now=NOON.replace(tzinfo=None))
        told.append("refused")

    threads = [
        Thread(target=put, args=(store, [entry(1)])),
        Thread(target=wrong),
        Thread(target=put, args=(store, [entry(3)])),
    ]
    with store._lock:
        for thread in threads:
            thread.start()
        while len(store._queue) < 3:
            time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert told == ["refused"]
    assert sorted(row.body for row in store.read()) == sorted(entry(number).columns.body for number in (1, 3))


@pytest.mark.parametrize("code", ["SQLITE_IOERR_WRITE", "SQLITE_IOERR_SHMSIZE"])
@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, StorageFull),
        (errno.EDQUOT, StorageFull),
        (errno.EFBIG, StorageFull),
        (errno.EIO, StorageError),
        (errno.EROFS, StorageError),
        (None, StorageError),
    ],
)
def test_a_disk_that_fails_and_one_that_is_full(code, number, kind, tmp_path, monkeypatch):
    """SQLite reports both alike: the disk is full only if a temporary file beside the record cannot grow either."""
    place = tmp_path / "record.db"
    place.touch()

    def room(**_):
        if number is None:
            return open_file(tmp_path / "beside", "w+b")
        raise OSError(number, os.strerror(number))

    open_file = open
    monkeypatch.setattr(tempfile, "TemporaryFile", room)
    error = sqlite3.OperationalError("told")
    error.sqlite_errorcode, error.sqlite_errorname = getattr(sqlite3, code), code
    with pytest.raises(StorageError) as refused, sqlite_files.translate_errors(str(place)):
        raise error
    assert type(refused.value) is kind
    assert refused.value.reason.startswith("no space is left" if kind is StorageFull else "the disk failed")


SHIM = """
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
static int fails(void) { return getenv("NOW") && access(getenv("NOW"), F_OK) == 0; }
ssize_t pwrite64(int fd, const void *from, size_t many, off64_t at) {
  static ssize_t (*real)(int, const void *, size_t, off64_t);
  if (!real) real = dlsym(RTLD_NEXT, "pwrite64");
  if (fails()) { errno = EIO; return -1; }
  return real(fd, from, many, at);
}
ssize_t pwrite(int fd, const void *from, size_t many, off_t at) { return pwrite64(fd, from, many, at); }
"""


@pytest.mark.skipif(not sys.platform.startswith("linux") or shutil.which("gcc") is None, reason="needs gcc on Linux")
def test_a_disk_that_fails_while_sqlite_writes(tmp_path):
    """The error says so, not that the disk is full; earlier entries are kept, and adding succeeds afterwards."""
    (tmp_path / "shim.c").write_text(SHIM)
    shim = str(tmp_path / "shim.so")
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", shim, str(tmp_path / "shim.c"), "-ldl"], check=True)  # noqa: S607
    script = """
import os, pathlib, sys
import partnership as ps
from partnership.events import MeetingHeld
source = ps.Source("VNA", published="2020-11-16")
now = pathlib.Path(os.environ["NOW"])
with ps.open(sys.argv[1]) as record:
    record.add(MeetingHeld("a"), source=source)
    now.touch()
    try:
        record.add(MeetingHeld("b"), source=source)
    except ps.PartnershipError as refused:
        print(type(refused).__name__, refused.reason)
    now.unlink()
    record.add(MeetingHeld("c"), source=source)
    print(*record.meetings, record.verify().is_sound)
"""
    told = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "record.db")],
        env=os.environ | {"LD_PRELOAD": shim, "NOW": str(tmp_path / "now")},
        capture_output=True,
        text=True,
        check=False,
    )
    first, second = told.stdout.splitlines()
    assert first.startswith("StorageError the disk failed")
    assert second == "a c True"
