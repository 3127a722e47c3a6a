"""The SQLite file of a record: its tables, opening it, and the translation of SQLite's errors.

Source: https://sqlite.org/howtocorrupt.html, https://sqlite.org/security.html.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from errno import EDQUOT, EFBIG, ENOSPC
from hashlib import sha256
from time import monotonic, sleep
from typing import Literal, TypeAlias

import attrs

from partnership._frozen import frozen
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

_TIMEOUT = 30
"""Seconds to wait for a lock that another writer holds."""
_RETRY_INTERVAL = 0.001
"""Seconds between two attempts to take a lock."""
_LENGTH_LIMIT = 16 * 2**20
"""Bytes of the longest value that is read, since a file may come from an untrusted source."""
_MINIMUM_VERSION = (3, 37, 0)
"""The first version of SQLite with STRICT tables."""
_APPLICATION_ID = int.from_bytes(b"PSHP")
_FORMAT = 3
CLAIM_LEVELS = 3
"""Tables of the index of claims: new rows go to the first, and a full one is moved into the next, which is larger."""
_SCHEMA = {
    "subjects": "CREATE TABLE subjects (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
    "events": (
        "CREATE TABLE events (id INTEGER PRIMARY KEY, name TEXT NOT NULL, version INTEGER NOT NULL, "
        "UNIQUE (name, version)) STRICT"
    ),
    "sources": "CREATE TABLE sources (id INTEGER PRIMARY KEY, key INTEGER NOT NULL, body BLOB NOT NULL) STRICT",
    "sources_by_key": "CREATE INDEX sources_by_key ON sources (key)",
    "entries": (
        "CREATE TABLE entries (position INTEGER PRIMARY KEY, subject INTEGER NOT NULL, claim INTEGER NOT NULL, "
        "event INTEGER NOT NULL, source INTEGER NOT NULL, recorded_at INTEGER NOT NULL, by TEXT, id BLOB NOT NULL, "
        "leaf BLOB NOT NULL, fields BLOB, speaker BLOB, remarks BLOB) STRICT"
    ),
    "subject_entries": (
        "CREATE TABLE subject_entries (subject INTEGER NOT NULL, claim INTEGER NOT NULL, position INTEGER NOT NULL, "
        "PRIMARY KEY (subject, claim, position)) STRICT, WITHOUT ROWID"
    ),
    "mentions": (
        "CREATE TABLE mentions (mentioned INTEGER NOT NULL, subject INTEGER NOT NULL, "
        "PRIMARY KEY (mentioned, subject)) STRICT, WITHOUT ROWID"
    ),
    **{
        f"claims_{level}": (
            f"CREATE TABLE claims_{level} (claim INTEGER NOT NULL, position INTEGER NOT NULL, "
            "PRIMARY KEY (claim, position)) STRICT, WITHOUT ROWID"
        )
        for level in range(CLAIM_LEVELS)
    },
    "log": (
        "CREATE TABLE log (one INTEGER PRIMARY KEY CHECK (one = 1), partnership TEXT, size INTEGER NOT NULL, "
        "frontier BLOB NOT NULL, index_sum BLOB NOT NULL, subjects INTEGER NOT NULL, events INTEGER NOT NULL, "
        "sources INTEGER NOT NULL, seal BLOB NOT NULL) STRICT"
    ),
    "kept_heads": "CREATE TABLE kept_heads (projection TEXT PRIMARY KEY, head BLOB NOT NULL) STRICT, WITHOUT ROWID",
    "kept_states": (
        "CREATE TABLE kept_states (projection TEXT NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL, "
        "PRIMARY KEY (projection, key)) STRICT, WITHOUT ROWID"
    ),
    "entries_stay": (
        "CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries stay'); END"
    ),
    "entries_stay_as_written": (
        "CREATE TRIGGER entries_stay_as_written BEFORE UPDATE ON entries "
        "BEGIN SELECT RAISE(ABORT, 'entries stay as written'); END"
    ),
}
"""Name and SQL of every table, index and trigger. The triggers prevent accidental edits in a database browser."""
_OPTIONAL_SCHEMA: set[tuple[str, str | None]] = {
    ("sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
    ("sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
    ("sqlite_autoindex_subjects_1", None),
    ("sqlite_autoindex_events_1", None),
}
"""What a record may also have: the tables that SQLite adds on ANALYZE, and the indexes of unique columns.

The SQL is compared as well as the name, since a trigger may have the name of a table.
"""

_SELECT_LOG = "SELECT partnership, size, frontier, index_sum, subjects, events, sources, seal FROM log"
_ODD = 0x9E3779B97F4A7C15
"""A factor by which the bits of small numbers are spread over 64."""

_ErrorTable: TypeAlias = Mapping[int, tuple[type[StorageError], str]]

_CANNOT_WRITE = (ReadOnly, "the file or its folder cannot be written: it can be read, nothing can be added")
_INTERRUPTED = (
    ReadOnly,
    "a writer was interrupted, and recovery must write: open it once where file and folder can be written",
)
_NO_SPACE = (StorageFull, "no space is left: nothing was written; make space and add again")
_NOT_SQLITE = "is no SQLite file, or its first bytes were changed: nothing was written"
_MALFORMED = (Damaged, "SQLite finds it malformed: restore a copy")
_ERRORS: _ErrorTable = {
    sqlite3.SQLITE_FULL: _NO_SPACE,
    sqlite3.SQLITE_IOERR: (
        StorageError,
        "the disk failed, or has too little space: check it and try again; what was written is not written twice",
    ),
    sqlite3.SQLITE_READONLY: _CANNOT_WRITE,
    sqlite3.SQLITE_CANTOPEN: _CANNOT_WRITE,
    sqlite3.SQLITE_READONLY_ROLLBACK: _INTERRUPTED,
    sqlite3.SQLITE_READONLY_RECOVERY: _INTERRUPTED,
    sqlite3.SQLITE_READONLY_CANTINIT: _INTERRUPTED,
    sqlite3.SQLITE_IOERR_DELETE: _INTERRUPTED,
    sqlite3.SQLITE_READONLY_DBMOVED: (
        StorageError,
        "was moved, replaced or removed while it was open: nothing was written; open it again where it lies",
    ),
    sqlite3.SQLITE_CORRUPT: _MALFORMED,
    sqlite3.SQLITE_NOTADB: _MALFORMED,
    sqlite3.SQLITE_CONSTRAINT: _MALFORMED,
    sqlite3.SQLITE_BUSY: (
        StorageError,
        f"another program has held it for {_TIMEOUT} seconds: nothing was written; let it end, and try again",
    ),
}
_POSSIBLY_FULL = {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
"""Errors that SQLite reports both for a failing disk and for a quota or limit on file size that is reached."""
_FREE_SPACE = 2**20
"""Bytes that must be free, or the disk counts as full."""
_OPENING_ERRORS: _ErrorTable = {
    **_ERRORS,
    sqlite3.SQLITE_NOTADB: (NotARecord, _NOT_SQLITE),
    sqlite3.SQLITE_CANTOPEN: (
        StorageError,
        "can be neither opened nor created: see that you may read the file and write to its folder",
    ),
    sqlite3.SQLITE_READONLY_DIRECTORY: _INTERRUPTED,
}


def journal_for(version: tuple[int, int, int]) -> Literal["wal", "delete"]:
    """Return the journal mode that is safe with a version of SQLite.

    A write-ahead log is faster, but in versions 3.7.0 to 3.51.2 two connections that use it can damage the file; fixed
    in 3.51.3, 3.50.7 and 3.44.6.

    Source: https://sqlite.org/wal.html, "the WAL-reset bug".
    """
    is_fixed = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return "wal" if is_fixed else "delete"


@contextmanager
def translate_errors(place: str, errors: _ErrorTable = _ERRORS) -> Iterator[None]:
    """Raise the errors of SQLite as a `StorageError` that says what to do.

    Args:
        place: the path of the file, for the error message.
        errors: exception class and reason by SQLite result code; an extended code takes precedence over its primary.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = error.sqlite_errorcode
        other = (StorageError, f"SQLite says: {error} ({error.sqlite_errorname})")
        known = errors.get(code) or errors.get(code & 0xFF) or other
        error_class, reason = _NO_SPACE if code in _POSSIBLY_FULL and _is_full(place) else known
        raise error_class(place, reason) from error
    except UnicodeDecodeError as error:  # SQLite's message quotes a damaged text that Python cannot decode
        raise Damaged(place, _MALFORMED[1]) from error


def _is_full(place: str) -> bool:
    """Return whether a file cannot grow, by writing a temporary file of that size in the same folder."""
    from tempfile import TemporaryFile  # noqa: PLC0415  slow to import

    try:
        with TemporaryFile(dir=os.path.dirname(place) or ".") as file:  # noqa: PTH120  pathlib is slow to import
            file.seek(os.path.getsize(place))  # noqa: PTH202  as above
            file.write(bytes(_FREE_SPACE))
    except OSError as error:
        return error.errno in (ENOSPC, EDQUOT, EFBIG)
    return False


class Connection(sqlite3.Connection):
    """A connection that waits for other writers, and can be interrupted while it waits.

    SQLite's own busy handler ends up retrying every 100 ms. Beside writers without a pause, on a disk where a commit
    takes 10 ms, it rarely retries between two commits: a writer was starved for 30 seconds.
    """

    execute_once = sqlite3.Connection.execute
    """Run a statement, or fail without waiting if the file is locked."""

    def execute(self, sql: str, parameters: Sequence[object] = (), /) -> sqlite3.Cursor:  # type: ignore[override]
        """Run a statement, and wait while the file is locked."""
        until: float | None = None
        while True:
            try:
                return self.execute_once(sql, parameters)
            except sqlite3.OperationalError as error:
                until = monotonic() + _TIMEOUT if until is None else until
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() >= until:
                    raise
            sleep(_RETRY_INTERVAL)

    @property
    def journal(self) -> str:
        """The journal mode, such as ``delete`` or ``wal``."""
        mode: bytes = self.execute("PRAGMA journal_mode").fetchall()[0][0]
        return mode.decode()


@contextmanager
def write_transaction(connection: Connection) -> Iterator[None]:
    """Run the block in a transaction that holds the write lock; roll back if it raises."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):  # SQLite may have rolled back already; the first error is raised
            connection.execute("ROLLBACK")
        raise


def index_sum(rows: Iterable[tuple[int, int, int]]) -> int:
    """Return a checksum of the rows of the index, which detects one that was changed, lost or added.

    It is a sum modulo 2**64, so new rows are added without reading the old ones.

    Args:
        rows: subject, claim and position of each; of a mention the subject that is mentioned, 0 and the other one.

    >>> index_sum([(5, 7, 1), (5, -7, 2)]) == (index_sum([(5, 7, 1)]) + index_sum([(5, -7, 2)])) % 2**64
    True
    """
    return sum((claim + subject * _ODD) * (2 * position + 1) + position for subject, claim, position in rows) % 2**64


@frozen
class LogState:
    """The state of a log, stored beside its rows as the only row of the table ``log``.

    Attributes:
        partnership: the partnership that the record belongs to; None where it is not named.
        size: the number of entries.
        frontier: the frontier of their Merkle tree, as `Frontier.packed` returns it.
        index_sum: the checksum of the index, since an entry whose row in it was changed is no longer found.
        subjects: the number of subjects, whose ids count from 1.
        events: the same of event classes.
        sources: the same of sources.
    """

    partnership: str | None
    size: int = 0
    frontier: bytes = b""
    index_sum: int = 0
    subjects: int = 0
    events: int = 0
    sources: int = 0

    def seal(self) -> bytes:
        """Return the hash of the state, stored with it: it detects a change of the name, which no leaf contains."""
        numbers = f"{self.size} {self.index_sum} {self.subjects} {self.events} {self.sources}"
        return sha256(f"{self.frontier.hex()} {numbers} {self.partnership!r}".encode()).digest()

    @classmethod
    def read(cls, connection: Connection, place: str) -> LogState:
        """Return the state that is stored in a file.

        Raises:
            Damaged: the file has no state, several, or one that was changed.
        """
        with suppress(AttributeError, TypeError, ValueError, InvalidValue):
            ((name, size, frontier, index, *numbers, seal),) = connection.execute(_SELECT_LOG).fetchmany(2)
            name = None if name is None else slug(name.decode())  # this library writes no name that is not a slug
            state = cls(name, size, frontier, int.from_bytes(index), *numbers)
            if state.seal() == seal and size >= 0 and len(frontier) == 32 * size.bit_count():
                return state
        raise Damaged(place, "its stored name, size or proof was changed: restore a copy")

    def write(self, connection: Connection) -> None:
        """Replace the stored state with this one."""
        connection.execute(
            "UPDATE log SET partnership = ?, size = ?, frontier = ?, index_sum = ?, subjects = ?, events = ?, "
            "sources = ?, seal = ?",
            (
                self.partnership,
                self.size,
                self.frontier,
                self.index_sum.to_bytes(8),
                self.subjects,
                self.events,
                self.sources,
                self.seal(),
            ),
        )


def open_record(place: str, partnership: str | None) -> tuple[Connection, str | None]:
    """Open the file of a record, created if absent; return the connection and the name of the partnership.

    Raises:
        NotARecord: the file is not a record.
        NewerFormat: a later version of the library wrote it.
        Damaged: it was truncated or changed.
        DifferentPartnership: the record has another name.
        StorageError: the folder is missing, the path is not a file, it cannot be read, or SQLite is too old.
    """
    path = _absolute_path(place)
    with translate_errors(place, _OPENING_ERRORS):
        connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False, factory=Connection)
        try:
            _set_up(connection)
            if _read_pragma(connection, "page_count") == 0:
                _create(connection, partnership)
            _require_record(connection, place)
            _require_full_length(connection, place, path)
            name = _set_name(connection, place, partnership)
            _choose_journal(connection, place)
        except BaseException:
            connection.close()
            raise
    return connection, name


def copy_file(connection: Connection, path: str) -> None:
    """Copy the file of a connection with SQLite's online backup, in one step, so that no writer comes between.

    Source: https://sqlite.org/backup.html.
    """
    until = monotonic() + _TIMEOUT

    def wait(code: int, _remaining: int, _total: int) -> None:
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and monotonic() > until:
            error = sqlite3.OperationalError("the file is locked")
            error.sqlite_errorcode, error.sqlite_errorname = sqlite3.SQLITE_BUSY, "SQLITE_BUSY"
            raise error

    with closing(sqlite3.connect(path)) as copy:
        connection.backup(copy, progress=wait, sleep=_RETRY_INTERVAL)


def _absolute_path(place: str) -> str:
    """Return the absolute path of a file, since SQLite gives some relative names a special meaning."""
    if sqlite3.sqlite_version_info < _MINIMUM_VERSION:
        raise StorageError(
            place, f"needs SQLite 3.37 of 2021 or later, and this Python has {sqlite3.sqlite_version}: use a later one"
        )
    path = os.path.join(os.getcwd(), place)  # noqa: PTH109, PTH118  pathlib is slow to import
    try:
        status = os.stat(path)  # noqa: PTH116  as above
    except FileNotFoundError:
        if not os.path.isdir(os.path.dirname(path)):  # noqa: PTH112, PTH120  as above
            raise StorageError(place, "its folder does not exist: create it first") from None
        return path
    except (OSError, ValueError) as error:
        raise StorageError(place, f"cannot be the name of a file, or may not be looked at: {error}") from None
    require_regular_file(place, status.st_mode)
    if status.st_size == 1:  # SQLite treats it as empty and would overwrite it
        raise NotARecord(place, _NOT_SQLITE)
    return path


def _read_pragma(connection: Connection, pragma: str) -> int:
    value: int = connection.execute(f"PRAGMA {pragma}").fetchall()[0][0]
    return value


def _set_up(connection: Connection) -> None:
    """Apply the settings of a connection: EXTRA also syncs the folder, and acts as FULL with a write-ahead log."""
    connection.text_factory = bytes  # a damaged text is reported by this library, with its position
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
    """Create the tables in an empty file, unless another process has done so."""
    with write_transaction(connection):
        if not connection.execute("SELECT 1 FROM sqlite_schema").fetchall():
            for statement in _SCHEMA.values():
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id={_APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={_FORMAT}")
            connection.execute("INSERT INTO log VALUES (1, NULL, 0, x'', x'', 0, 0, 0, x'')")
            LogState(partnership).write(connection)


def _require_record(connection: Connection, place: str) -> None:
    """Raise unless a file is a record of a known format with exactly the expected schema, before any row is read."""
    if _read_pragma(connection, "application_id") != _APPLICATION_ID:
        raise NotARecord(place, "is an SQLite file of something else: nothing was written")
    version = _read_pragma(connection, "user_version")
    if version > _FORMAT:
        raise NewerFormat(
            place, f"has format {version}, and this version of the library knows {_FORMAT}: install a later version"
        )
    if version == 1:
        raise StorageError(
            place, f"has format 1, which is only read: `partnership import NEW.db {place}` puts it into a new record"
        )
    if version == 2:  # noqa: PLR2004  the format of no release
        reason = "has format 2, which no release wrote: export it with the version that wrote it, and import the file"
        raise StorageError(place, reason)
    schema = set(connection.execute("SELECT CAST(name AS TEXT), CAST(sql AS TEXT) FROM sqlite_schema").fetchall())
    differences = (schema ^ _encoded(_SCHEMA.items())) - _encoded(_OPTIONAL_SCHEMA)
    if differences or version != _FORMAT:
        names = sorted({str(name or b"?", errors="replace") for name, _ in differences}) or [f"format {version}"]
        raise NotARecord(
            place, f"is not as this library writes a record ({', '.join(names)[:200]}): nothing was written"
        )


def _encoded(schema: Iterable[tuple[str, str | None]]) -> set[tuple[bytes, bytes | None]]:
    """Return the names and the SQL of a schema as bytes, as this connection returns texts."""
    return {(name.encode(), None if sql is None else sql.encode()) for name, sql in schema}


def _require_full_length(connection: Connection, place: str, path: str) -> None:
    """Raise if the end of a file is missing, which SQLite would read as zeros."""
    if connection.journal == "delete":  # otherwise the last pages may be in the write-ahead log
        size = _read_pragma(connection, "page_count") * _read_pragma(connection, "page_size")
        if os.stat(path).st_size < size:  # noqa: PTH116  as above
            raise Damaged(place, f"was cut short: {size} bytes were written to it; restore a copy")


def _set_name(connection: Connection, place: str, partnership: str | None) -> str | None:
    """Return the name of a record; a record without a name takes the given one, if it can be written.

    Raises:
        DifferentPartnership: the record has another name.
    """
    name = LogState.read(connection, place).partnership
    if partnership is None:
        return name
    if name is None:
        with suppress(ReadOnly), translate_errors(place), write_transaction(connection):
            state = LogState.read(connection, place)
            name = partnership if state.partnership is None else state.partnership  # another process may have named it
            attrs.evolve(state, partnership=name).write(connection)
    if name not in (None, partnership):
        raise DifferentPartnership(str(name), partnership)
    return partnership


def _choose_journal(connection: Connection, place: str) -> None:
    """Switch to the safe journal mode, if the file can be written and is not locked.

    Raises:
        StorageError: another connection uses a write-ahead log that this version of SQLite cannot share safely.
    """
    journal = journal_for(sqlite3.sqlite_version_info)
    if connection.journal == journal:
        return
    try:
        connection.execute_once(f"PRAGMA journal_mode={journal}")
    except sqlite3.OperationalError as error:
        if journal == "delete" and error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise StorageError(
                place,
                f"is open elsewhere with a write-ahead log, which SQLite {sqlite3.sqlite_version} cannot share safely: "
                "close it there, or use a Python with SQLite 3.51.3 or later",
            ) from error
