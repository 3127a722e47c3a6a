"""The SQLite file of a record: its tables, how it is opened, and what SQLite's errors mean.

Source: https://sqlite.org/howtocorrupt.html, https://sqlite.org/security.html.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from errno import EDQUOT, EFBIG, ENOSPC
from hashlib import sha256
from time import monotonic, sleep
from typing import Literal, TypeAlias

import attrs

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
from partnership.values.text import require_regular_file, slug

__all__ = ["Connection", "LogState", "in_words", "journal_for", "open_record", "sum_of", "writing"]

_PATIENCE = 30
"""Seconds to wait for another writer."""
_PAUSE = 0.001
"""Seconds between two tries."""
_LENGTH_LIMIT = 16 * 2**20
"""Bytes of the longest value that is read out of a file that nobody is trusted to have written."""
_OLDEST = (3, 37, 0)
"""The first SQLite that has STRICT tables."""
_APPLICATION = int.from_bytes(b"PSHP")
_FORMAT = 1
_SCHEMA = {
    "entries": (
        "CREATE TABLE entries (position INTEGER PRIMARY KEY, id BLOB NOT NULL CHECK (length(id) = 32), "
        "recorded_at INTEGER NOT NULL, by TEXT, leaf BLOB NOT NULL, head BLOB NOT NULL, source ANY NOT NULL, "
        "tail BLOB NOT NULL) STRICT"
    ),
    "keys": (
        "CREATE TABLE keys (key INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (key, position)) "
        "STRICT, WITHOUT ROWID"
    ),
    "log": (
        "CREATE TABLE log (one INTEGER PRIMARY KEY CHECK (one = 1), partnership TEXT, size INTEGER NOT NULL, "
        "frontier BLOB NOT NULL, keys BLOB NOT NULL, seal BLOB NOT NULL) STRICT"
    ),
    "entries_stay": (
        "CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries stay'); END"
    ),
    "entries_stay_as_written": (
        "CREATE TRIGGER entries_stay_as_written BEFORE UPDATE ON entries "
        "BEGIN SELECT RAISE(ABORT, 'entries stay as written'); END"
    ),
}
"""Name and text of all that the file holds. The triggers stop the slip of a hand in a database browser."""
_TOLERATED = {
    ("sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
    ("sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
    ("snapshot", "CREATE TABLE snapshot (part INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT"),
}
"""What a record may hold besides: tables that SQLite adds on ANALYZE, and one that earlier versions created.

Each with its text, since a name alone would let a trigger in.
"""

_Words: TypeAlias = Mapping[int, tuple[type[StorageError], str]]

_CANNOT_WRITE = (ReadOnly, "the file or its folder cannot be written: it can be read, nothing can be added")
_CUT_OFF = (
    ReadOnly,
    "a writer was cut off here, and mending that needs to write: open it once where file and folder can be written",
)
_NO_SPACE = (StorageFull, "no space is left: nothing was written; make space and add again")
_NO_SQLITE = "is no SQLite file, or its first bytes were changed: nothing was written"
_MALFORMED = (Damaged, "SQLite finds it malformed: restore a copy")
_WORDS: _Words = {
    sqlite3.SQLITE_FULL: _NO_SPACE,
    sqlite3.SQLITE_IOERR: (
        StorageError,
        "the disk failed, or has too little space: look at it and try again; what did get written is not written twice",
    ),
    sqlite3.SQLITE_READONLY: _CANNOT_WRITE,
    sqlite3.SQLITE_CANTOPEN: _CANNOT_WRITE,
    sqlite3.SQLITE_READONLY_ROLLBACK: _CUT_OFF,
    sqlite3.SQLITE_READONLY_RECOVERY: _CUT_OFF,
    sqlite3.SQLITE_READONLY_CANTINIT: _CUT_OFF,
    sqlite3.SQLITE_IOERR_DELETE: _CUT_OFF,
    sqlite3.SQLITE_READONLY_DBMOVED: (
        StorageError,
        "was moved, replaced or removed while it was open: nothing was written; open it again where it lies",
    ),
    sqlite3.SQLITE_CORRUPT: _MALFORMED,
    sqlite3.SQLITE_NOTADB: _MALFORMED,
    sqlite3.SQLITE_BUSY: (
        StorageError,
        f"another program has held it for {_PATIENCE} seconds: nothing was written; let it end, and try again",
    ),
}
_PERHAPS_FULL = {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
"""How SQLite tells that a quota or a limit on the size of files is reached; and that the disk failed, just so."""
_ROOM = 2**20
"""Bytes that a disk has room for, or it is full."""
_WORDS_AT_OPENING: _Words = {
    **_WORDS,
    sqlite3.SQLITE_NOTADB: (NotARecord, _NO_SQLITE),
    sqlite3.SQLITE_CANTOPEN: (
        StorageError,
        "can be neither opened nor created: see that you may read the file and write to its folder",
    ),
    sqlite3.SQLITE_READONLY_DIRECTORY: _CUT_OFF,
}


def journal_for(version: tuple[int, int, int]) -> Literal["wal", "delete"]:
    """Return the journal that is safe with a version of SQLite.

    A write-ahead log is faster, but from 3.7.0 to 3.51.2 two connections could damage the file, whatever they wrote;
    fixed in 3.51.3, 3.50.7 and 3.44.6.

    Source: https://sqlite.org/wal.html, "the WAL-reset bug".
    """
    is_fixed = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return "wal" if is_fixed else "delete"


@contextmanager
def in_words(place: str, words: _Words = _WORDS) -> Iterator[None]:
    """Raise SQLite's errors as ours, which say what to do.

    Args:
        place: the file.
        words: class and reason for SQLite's result codes; an extended code goes before its family.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = error.sqlite_errorcode
        unforeseen = (StorageError, f"SQLite says: {error} ({error.sqlite_errorname})")
        told = words.get(code) or words.get(code & 0xFF) or unforeseen
        kind, reason = _NO_SPACE if code in _PERHAPS_FULL and _is_full(place) else told
        raise kind(place, reason) from error
    except UnicodeDecodeError as error:  # SQLite quotes a damaged text, and Python cannot make the message of it
        raise Damaged(place, _MALFORMED[1]) from error


def _is_full(place: str) -> bool:
    """Tell whether there is no room for a file to grow, by trying with another beside it."""
    from tempfile import TemporaryFile  # noqa: PLC0415  it takes long to load

    try:
        with TemporaryFile(dir=os.path.dirname(place) or ".") as file:  # noqa: PTH120  pathlib takes long to load
            file.seek(os.path.getsize(place))  # noqa: PTH202  as above
            file.write(bytes(_ROOM))
    except OSError as error:
        return error.errno in (ENOSPC, EDQUOT, EFBIG)
    return False


class Connection(sqlite3.Connection):
    """A connection that waits for other writers, and can be interrupted while it waits.

    SQLite's own waiting pauses for a tenth of a second at last. Beside writers that never rest, on a disk where a
    commit takes ten milliseconds, that is too seldom to meet the moment between two commits: it starved for 30 seconds.
    """

    def execute(self, sql: str, parameters: Sequence[object] = (), /) -> sqlite3.Cursor:  # type: ignore[override]
        """Run a statement; where somebody is in the way, wait."""
        until = monotonic() + _PATIENCE
        while True:
            try:
                return self.at_once(sql, parameters)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() >= until:
                    raise
            sleep(_PAUSE)

    @property
    def journal(self) -> str:
        """How the file comes through a crash."""
        mode: bytes = self.execute("PRAGMA journal_mode").fetchall()[0][0]
        return mode.decode()

    def at_once(self, sql: str, parameters: Sequence[object] = (), /) -> sqlite3.Cursor:
        """Run a statement, or fail at once if somebody is in the way."""
        return super().execute(sql, parameters)


@contextmanager
def writing(connection: Connection) -> Iterator[None]:
    """Hold the one right to write; commit at the end, or leave the file as it was."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # SQLite may have rolled back by itself; what is to be told is the first error
            connection.execute("ROLLBACK")
        raise


def sum_of(rows: Iterable[tuple[int, int]]) -> int:
    """Return the sum of keys, each with its position: it shows that any of them was changed, lost or added.

    >>> sum_of([(5, 1), (-7, 2)]) == (sum_of([(5, 1)]) + sum_of([(-7, 2)])) % 2**64
    True
    """
    return sum(key * (2 * position + 1) + position for key, position in rows) % 2**64


@attrs.frozen
class LogState:
    """What the file says of itself beside the rows: its one row of the table ``log``.

    Attributes:
        partnership: whose record it is, where it was named.
        size: how many entries there are.
        frontier: the proof of them, as `Frontier` packs it.
        keys: the sum of what is found by keys, as `sum_of` has it: a key that was changed finds nothing any more.
    """

    partnership: str | None
    size: int
    frontier: bytes
    keys: int = 0

    def seal(self) -> bytes:
        """Return the hash that is kept beside it: the name is in no leaf, and a changed bit of it must be seen."""
        told = f"{self.frontier.hex()} {self.size} {self.keys} {self.partnership!r}"
        return sha256(told.encode()).digest()

    @classmethod
    def read(cls, connection: Connection, place: str) -> LogState:
        """Return the tally that a file holds.

        Raises:
            Damaged: it holds none, several, or one that was changed.
        """
        match connection.execute("SELECT partnership, size, frontier, keys, seal FROM log").fetchall():
            case [(None | bytes() as named, int(size), bytes(frontier), bytes(keys), seal)]:
                name = None if named is None else named.decode(errors="replace")
                tally = cls(name, size, frontier, int.from_bytes(keys))
                is_whole = tally.seal() == seal and size >= 0 and len(frontier) == 32 * size.bit_count()
                with suppress(InvalidValue):  # a name is a slug, or it was not this library that wrote it
                    if is_whole and (name is None or slug(name)):
                        return tally
        raise Damaged(place, "what it says of itself was changed: restore a copy")

    def write(self, connection: Connection) -> None:
        """Put it in the place of the one before."""
        connection.execute(
            "REPLACE INTO log (one, partnership, size, frontier, keys, seal) VALUES (1, ?, ?, ?, ?, ?)",
            (self.partnership, self.size, self.frontier, self.keys.to_bytes(8), self.seal()),
        )


def open_record(place: str, partnership: str | None) -> tuple[Connection, str | None]:
    """Return a connection to a record's file, created if absent, and the partnership that it is of.

    Raises:
        NotARecord: it is something else.
        NewerFormat, Damaged: a later version of the library wrote it, or it was cut short or changed.
        DifferentPartnership: it has another name.
        StorageError: its folder is missing, it is no file, it cannot be read, or Python's SQLite is too old.
    """
    path = _path(place)
    with in_words(place, _WORDS_AT_OPENING):
        connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False, factory=Connection)
        try:
            _set_up(connection)
            if _ask(connection, "page_count") == 0:
                _create(connection, partnership)
            _recognise(connection, place)
            _measure(connection, place, path)
            named = _name(connection, place, partnership)
            _choose_journal(connection, place)
        except BaseException:
            connection.close()
            raise
    return connection, named


def _path(place: str) -> str:
    """Return the full path of a file, which SQLite cannot take for one of its special names."""
    if sqlite3.sqlite_version_info < _OLDEST:
        raise StorageError(
            place, f"needs SQLite 3.37 of 2021 or later, and this Python has {sqlite3.sqlite_version}: use a later one"
        )
    path = os.path.join(os.getcwd(), place)  # noqa: PTH109, PTH118  pathlib takes long to load
    try:
        found = os.stat(path)  # noqa: PTH116  as above
    except FileNotFoundError:
        if not os.path.isdir(os.path.dirname(path)):  # noqa: PTH112, PTH120  as above
            raise StorageError(place, "its folder does not exist: create it first") from None
        return path
    except (OSError, ValueError) as error:
        raise StorageError(place, f"cannot be the name of a file, or may not be looked at: {error}") from None
    require_regular_file(place, found.st_mode)
    if found.st_size == 1:  # which SQLite takes for an empty file, and would write over
        raise NotARecord(place, _NO_SQLITE)
    return path


def _ask(connection: Connection, pragma: str) -> int:
    value: int = connection.execute(f"PRAGMA {pragma}").fetchall()[0][0]
    return value


def _set_up(connection: Connection) -> None:
    """Set what holds for one connection only. EXTRA also syncs the folder; with a write-ahead log it is FULL."""
    connection.text_factory = bytes  # a text with a flipped bit is refused here with its position, not by Python
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LENGTH_LIMIT)
    for pragma in (
        "trusted_schema=off",
        "cell_size_check=on",
        "foreign_keys=on",
        "mmap_size=0",
        "fullfsync=on",
        "synchronous=extra",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _create(connection: Connection, partnership: str | None) -> None:
    """Lay out an empty file, unless another process was faster."""
    with writing(connection):
        if not connection.execute("SELECT 1 FROM sqlite_schema").fetchall():
            for text in _SCHEMA.values():
                connection.execute(text)
            connection.execute(f"PRAGMA application_id={_APPLICATION}")
            connection.execute(f"PRAGMA user_version={_FORMAT}")
            LogState(partnership, 0, b"").write(connection)


def _recognise(connection: Connection, place: str) -> None:
    """Refuse a file that is not one of ours, before anything in it is read."""
    if _ask(connection, "application_id") != _APPLICATION:
        raise NotARecord(place, "is an SQLite file of something else: nothing was written")
    version = _ask(connection, "user_version")
    if version > _FORMAT:
        raise NewerFormat(
            place, f"has format {version}, and this version of the library knows {_FORMAT}: install a later version"
        )
    held = set(connection.execute("SELECT CAST(name AS TEXT), CAST(sql AS TEXT) FROM sqlite_schema").fetchall())
    strange = (held ^ _as_held(_SCHEMA.items())) - _as_held(_TOLERATED)
    if strange or version != _FORMAT:
        names = sorted({str(name or b"?", errors="replace") for name, _ in strange}) or [f"format {version}"]
        raise NotARecord(
            place, f"is not as this library writes a record ({', '.join(names)[:200]}): nothing was written"
        )


def _as_held(schema: Iterable[tuple[str, str | None]]) -> set[tuple[bytes, bytes | None]]:
    return {(name.encode(), None if text is None else text.encode()) for name, text in schema}


def _measure(connection: Connection, place: str, path: str) -> None:
    """Refuse a file whose last page is cut, which SQLite would fill with zeros."""
    if connection.journal == "delete":  # the last pages may lie in a write-ahead log
        size = _ask(connection, "page_count") * _ask(connection, "page_size")
        if os.stat(path).st_size < size:  # noqa: PTH116  as above
            raise Damaged(place, f"was cut short: {size} bytes were written to it; restore a copy")


def _name(connection: Connection, place: str, partnership: str | None) -> str | None:
    """Return the name of a record; one without takes the name that it is opened with, where it can be written."""
    named = LogState.read(connection, place).partnership
    if partnership is None:
        return named
    if named is None:
        with suppress(ReadOnly), in_words(place), writing(connection):
            tally = LogState.read(connection, place)
            named = partnership if tally.partnership is None else tally.partnership  # another process was faster
            attrs.evolve(tally, partnership=named).write(connection)
    if named not in (None, partnership):
        raise DifferentPartnership(str(named), partnership)
    return partnership


def _choose_journal(connection: Connection, place: str) -> None:
    """Keep the safe journal, where the file can be written and nobody is in the way."""
    wanted = journal_for(sqlite3.sqlite_version_info)
    if connection.journal == wanted:
        return
    try:
        connection.at_once(f"PRAGMA journal_mode={wanted}")
    except sqlite3.OperationalError as error:
        if wanted == "delete" and error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise StorageError(
                place,
                f"is open elsewhere with a write-ahead log, which SQLite {sqlite3.sqlite_version} cannot share safely: "
                "close it there, or use a Python with SQLite 3.51.3 or later",
            ) from error
