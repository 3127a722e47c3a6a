"""A log in one SQLite file.

The layout does not change: the table ``entries``, whose rows are only ever added; the table ``log``, a single row with
the number and the proof of the entries, so that rows lost from the end are detected; and the table ``keys``, by which
entries are found: small integers instead of an index over the ids, which took half of the time of an append.

The body of an entry is stored in three parts: what precedes its source, the source, and what follows it. If an earlier
entry has the same source, the position of that entry is stored in place of the source: sources make up a third of all
bytes, and one document is the source of many claims.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence, Sized
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from threading import Event, Lock
from typing import Any

from attrs import define, field

from partnership.errors import Damaged, StorageError
from partnership.model.construct import constructor
from partnership.serialization.columns import NewEntry
from partnership.storage.base import Row
from partnership.storage.merkle import Frontier
from partnership.storage.polling import polling
from partnership.storage.rows import (
    instant,
    last_instant,
    micros,
    next_rows,
    require_same_columns,
    source_key,
)
from partnership.storage.sqlite_files import (
    Connection,
    LogState,
    journal_for,
    key_checksum,
    open_record,
    translate_errors,
    write_transaction,
)

__all__ = ["SQLiteStore", "journal_for"]

_SELECT = (
    "SELECT entry.position, entry.recorded_at, entry.by, entry.id, entry.leaf, entry.head, "
    "ifnull(earlier.source, entry.source), entry.tail "
    "FROM entries AS entry LEFT JOIN entries AS earlier ON earlier.position = entry.source"
)
_INSERT = (
    "INSERT INTO entries (position, recorded_at, by, id, leaf, head, source, tail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_SELECT_KEYS = "SELECT ifnull(CAST(key AS INTEGER), 0), ifnull(CAST(position AS INTEGER), 0) FROM keys"
"""All keys as integers; without the casts, a damaged byte may yield a value of another type."""
_DIGEST_SIZE = 32
"""Bytes of a SHA-256."""
_BATCH_SIZE = 500
"""Parameters of one statement; every version of SQLite accepts 999."""
_make_row: Callable[..., Row] = constructor(Row)


def _batches(values: Sequence[int]) -> Iterator[Sequence[int]]:
    """Split values into batches that fit in one statement."""
    for start in range(0, len(values), _BATCH_SIZE):
        yield values[start : start + _BATCH_SIZE]


def _placeholders(values: Sized) -> str:
    """Return one SQL placeholder for each value, separated by commas."""
    return ",".join("?" * len(values))


def _positions_by_key(connection: Connection, keys: Sequence[int]) -> dict[int, list[int]]:
    """Return the positions of the entries that have any of some keys, by key."""
    positions: dict[int, list[int]] = {}
    for batch in _batches(keys):
        query = f"SELECT key, position FROM keys WHERE key IN ({_placeholders(batch)})"  # noqa: S608  placeholders
        for key, position in connection.execute(query, batch):
            positions.setdefault(key, []).append(position)
    return positions


def _stored_sources(connection: Connection, positions: Sequence[int]) -> dict[bytes, int]:
    """Return the position at which each source is stored, among the entries at some positions."""
    sources: dict[bytes, int] = {}
    for batch in _batches(positions):
        query = f"SELECT source, position FROM entries WHERE position IN ({_placeholders(batch)})"  # noqa: S608  as above
        sources.update(connection.execute(query, batch))
    return sources


def _insert_rows(
    connection: Connection,
    rows: Sequence[Row],
    parts: Mapping[str, tuple[bytes, bytes, bytes]],
    stored: dict[bytes, int],
) -> list[tuple[int, int]]:
    """Insert rows.

    Args:
        connection: the connection to write with.
        rows: the new rows, all recorded at the same instant.
        parts: head, source and tail of each body, by id.
        stored: the position at which each source is stored; the sources of the new rows are added to it.

    Returns:
        The key and the position of each source that is stored with one of the rows.
    """
    source_keys: list[tuple[int, int]] = []
    values: list[tuple[Any, ...]] = []
    recorded_at = micros(rows[0].recorded_at)
    for row in rows:
        head, source, tail = parts[row.id]
        position = stored.get(source)
        if position is None and source:
            stored[source] = row.position
            source_keys.append((source_key(source), row.position))
        stored_source = source if position is None else position
        values.append((row.position, recorded_at, row.by, bytes.fromhex(row.id), row.leaf, head, stored_source, tail))
    connection.executemany(_INSERT, values)
    return source_keys


@define(eq=False)
class _AppendRequest:
    """One call of `SQLiteStore.append`, and its result.

    Attributes:
        bodies: id, body and keys of each entry.
        now: the time of the caller's clock, aware.
        by: who records the entries.
        rows: the rows of the entries, once written.
        error: the exception to raise in the caller, if writing failed.
        is_done: whether the request was written or has failed.
        is_leader: whether the caller writes the queued requests, its own among them.
        wakeup: set when the request is done, or its caller becomes the leader.
    """

    bodies: Sequence[NewEntry]
    now: datetime
    by: str | None
    rows: list[Row] = field(factory=list)
    error: Exception | None = None
    is_done: bool = False
    is_leader: bool = False
    wakeup: Event = field(factory=Event)


class SQLiteStore:
    """Entries of one partnership in one file, created if absent; threads and processes may share it.

    Args:
        path: the file. Its folder must exist; an empty file counts as absent.
        partnership: the partnership that the record belongs to. A record without a name takes it.

    Raises:
        DifferentPartnership: the record has another name.
        StorageError: the file is not a record, is newer or damaged, or cannot be reached: see the subclasses.
    """

    def __init__(self, path: str | os.PathLike[str], *, partnership: str | None = None) -> None:
        self._place = os.fspath(path)
        self._lock = Lock()
        self._queue_lock = Lock()
        self._queue: list[_AppendRequest] = []
        self._has_leader = False
        self._data_version = 0
        self._known_end: tuple[int, LogState, datetime | None] | None = None
        self._process = os.getpid()
        self._connection: Connection | None
        self._connection, self._partnership = open_record(self._place, partnership)

    @property
    def place(self) -> str:
        """The path as it was given."""
        return self._place

    @property
    def partnership(self) -> str | None:
        """The partnership that the record belongs to, as of when it was opened; None where it is not named."""
        return self._partnership

    @property
    def journal(self) -> str:
        """The journal mode: ``delete``, or ``wal`` where the SQLite of this Python supports it safely."""
        with self._connected() as connection:
            return connection.journal

    def _refuse_after_fork(self) -> None:
        """Raise in a forked child, without waiting: a lock that another thread held at the fork is never released."""
        if self._process != os.getpid():
            raise StorageError(self._place, "was opened before this process was forked: open it again in each process")

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """Lock the connection for the caller, and translate SQLite's errors."""
        self._refuse_after_fork()
        with self._lock, translate_errors(self._place):
            if self._connection is None:
                raise StorageError(self._place, "is closed; open it again")
            yield self._connection

    def append(self, bodies: Sequence[NewEntry], *, now: datetime, by: str | None) -> list[Row]:
        """Append entries, and return their rows in the order given.

        Concurrent calls share a commit: the first caller writes all requests that have queued up by then.

        Raises:
            ReadOnly: the file or its folder cannot be written.
            StorageFull: no space is left; nothing was written.
            Damaged: rows are missing; nothing is added to an incomplete log.
            StorageError: another program has locked the file or moved it.
        """
        self._refuse_after_fork()
        request = _AppendRequest(bodies, now, by)
        with self._queue_lock:
            self._queue.append(request)
            request.is_leader = not self._has_leader
            self._has_leader = True
        try:
            while not (request.is_done or request.is_leader):
                request.wakeup.wait()
            if request.is_leader:
                self._write_queue()
        finally:
            self._leave_queue(request)
        if request.error is not None:
            raise request.error
        return request.rows

    def _write_queue(self) -> None:
        """Write the queued requests in one commit; if that fails, in one commit for each."""
        with self._connected() as connection:
            with self._queue_lock:
                batch, self._queue = self._queue, []
            try:
                if len(batch) == 1 or not self._write_together(connection, batch):
                    for request in batch:
                        self._write_alone(connection, request)
            finally:
                with self._queue_lock:  # after an interrupt, the unfinished requests remain to be written
                    self._queue = [request for request in batch if not request.is_done] + self._queue
                for request in batch:
                    request.wakeup.set()

    def _leave_queue(self, request: _AppendRequest) -> None:
        """Remove a request from the queue, even if it was interrupted; a leader passes its role to the next caller."""
        if not request.is_done:
            self._known_end = None
        with self._queue_lock:
            self._queue = [queued for queued in self._queue if queued is not request]
            if request.is_leader:
                self._has_leader = bool(self._queue)
                for successor in self._queue[:1]:
                    successor.is_leader = True
                    successor.wakeup.set()

    def _write_together(self, connection: Connection, batch: list[_AppendRequest]) -> bool:
        """Write all requests in one commit; return False, with nothing written, if any of them fails."""
        with suppress(Exception):
            with write_transaction(connection):
                results = [self._write_request(connection, request) for request in batch]
            for request, rows in zip(batch, results, strict=True):
                request.rows, request.is_done = rows, True
            return True
        self._known_end = None
        return False

    def _write_alone(self, connection: Connection, request: _AppendRequest) -> None:
        """Write one request in a commit of its own, and store its rows or its error."""
        try:
            with translate_errors(self._place), write_transaction(connection):
                request.rows = self._write_request(connection, request)
        except Exception as error:  # noqa: BLE001  raised in the thread of the caller
            request.error, self._known_end = error, None
        request.is_done = True

    def _write_request(self, connection: Connection, request: _AppendRequest) -> list[Row]:
        """Write the entries of a request that are not in the log, and return the rows of all of them."""
        new = {entry[0]: entry for entry in request.bodies}
        first_keys = {id_: first_key(entry) for id_, entry in new.items()}
        parts = {id_: split_body(entry[1]) for id_, entry in new.items()}
        source_keys = {source: source_key(source) for source in {source for _, source, _ in parts.values()} if source}
        positions = _positions_by_key(connection, [*first_keys.values(), *source_keys.values()])
        rows: dict[str, Row] = {}
        for id_ in [id_ for id_, key in first_keys.items() if key in positions]:
            if (row := self._find_row(connection, id_, positions[first_keys[id_]])) is not None:
                rows[id_] = require_same_columns(row, new[id_][1], self._place)
                del new[id_]
        if new:
            candidates = [position for key in source_keys.values() for position in positions.get(key, ())]
            stored = _stored_sources(connection, candidates)
            state, last = self._read_end(connection)
            frontier = Frontier(state.size, state.frontier)
            new_rows = next_rows(frontier, last, [entry[:2] for entry in new.values()], now=request.now, by=request.by)
            keys = [(key, row.position) for row in new_rows for key in keys_in(new[row.id])]
            keys += _insert_rows(connection, new_rows, parts, stored)
            self._write_end(connection, state, frontier, keys, new_rows[-1].recorded_at)
            rows |= {row.id: row for row in new_rows}
        return [rows[entry[0]] for entry in request.bodies]

    def _find_row(self, connection: Connection, id_: str, positions: Sequence[int]) -> Row | None:
        """Return the stored row of an entry, if it is at one of the positions that have its first key."""
        query = f"{_SELECT} WHERE entry.position IN ({_placeholders(positions)}) AND entry.id = ?"
        found_rows = connection.execute(query, (*positions, bytes.fromhex(id_))).fetchall()
        return self._decode_row(found_rows[0]) if found_rows else None

    def _write_end(
        self, connection: Connection, before: LogState, frontier: Frontier, keys: list[tuple[int, int]], last: datetime
    ) -> None:
        """Write the keys of new rows and the state of the log with these rows.

        Args:
            connection: the connection to write with.
            before: the state without the new rows.
            frontier: the frontier with them.
            keys: the keys of the new rows, each with a position.
            last: when they were recorded.
        """
        keys.sort()  # so that keys of the same database page are written in sequence
        connection.executemany("INSERT INTO keys (key, position) VALUES (?, ?)", keys)
        checksum = (before.keys + key_checksum(keys)) % 2**64
        state = LogState(before.partnership, frontier.size, frontier.packed(), checksum)
        state.write(connection)
        self._known_end = (self._data_version, state, last)

    def _read_end(self, connection: Connection) -> tuple[LogState, datetime | None]:
        """Return the state of the log and when it took its last entry; cached until another connection writes."""
        self._data_version = connection.execute("PRAGMA data_version").fetchall()[0][0]  # changes if others write
        if self._known_end is not None and self._known_end[0] == self._data_version:
            return self._known_end[1:]
        state = LogState.read(connection, self._place)
        last_rows = connection.execute(f"{_SELECT} ORDER BY entry.position DESC LIMIT 1").fetchall()
        return state, last_instant(self._decode_row(last_rows[0]) if last_rows else None, state.size, self._place)

    def _decode_row(self, columns: tuple[Any, ...]) -> Row:
        """Make a row of its stored columns.

        Raises:
            Damaged: a value is of a type or size that is never written.
        """
        with suppress(OverflowError, UnicodeDecodeError):
            position, recorded_at, by, id_, leaf, head, source, tail = columns
            is_valid = type(position) is type(recorded_at) is int and type(id_) is type(leaf) is bytes
            is_valid = is_valid and type(head) is type(source) is type(tail) is bytes
            if is_valid and len(id_) == len(leaf) == _DIGEST_SIZE and (by is None or type(by) is bytes):
                by = by if by is None else by.decode()
                return _make_row(position, instant(recorded_at), by, id_.hex(), head + source + tail, leaf)
        raise Damaged(self._place, f"entry {columns[0]} is not as it was written: restore a copy")

    def read(self, after: int = 0, most: int | None = None) -> list[Row]:
        """Return the rows after a position, in order, from one consistent snapshot; at most *most*.

        Raises:
            Damaged: a row is not as it was written.
        """
        with self._connected() as connection:
            query = f"{_SELECT} WHERE entry.position > ? ORDER BY entry.position LIMIT ?"
            stored_rows = connection.execute(query, (after, -1 if most is None else most)).fetchall()
        return [self._decode_row(columns) for columns in stored_rows]

    def find(self, keys: Sequence[int]) -> list[Row]:
        """Return the rows with any of some keys, in order.

        Raises:
            Damaged: a row is not as it was written.
        """
        rows: dict[int, Row] = {}
        for batch in _batches(keys):
            positions = f"SELECT position FROM keys WHERE key IN ({_placeholders(batch)})"  # noqa: S608  placeholders
            with self._connected() as connection:
                stored_rows = connection.execute(f"{_SELECT} WHERE entry.position IN ({positions})", batch).fetchall()
            rows.update((row.position, row) for row in map(self._decode_row, stored_rows))
        return [rows[position] for position in sorted(rows)]

    def head(self) -> int:
        """Return the last position, 0 for an empty log."""
        with self._connected() as connection:
            position: int | None = connection.execute("SELECT max(position) FROM entries").fetchall()[0][0]
            return position or 0

    def sealed(self) -> tuple[int, bytes]:
        """Return the size and the root of the log as they are stored beside the rows.

        Raises:
            Damaged: they were changed.
        """
        with self._connected() as connection:
            state = LogState.read(connection, self._place)
        return state.size, Frontier(state.size, state.frontier).root()

    def check(self) -> list[str]:
        """Return the problems that SQLite finds in the file, and whether the keys were changed."""
        with self._connected() as connection:
            problems = [
                message.decode(errors="replace")
                for (message,) in connection.execute("PRAGMA integrity_check")
                if message != b"ok"
            ]
            if key_checksum(connection.execute(_SELECT_KEYS)) != LogState.read(connection, self._place).keys:
                problems.append("the keys by which entries are found were changed: some may be found no more")
            return problems

    def listening(self) -> AbstractContextManager[Callable[[float], None]]:
        """Return a context manager that yields a function that waits until the store should be read again."""
        return polling()

    def close(self) -> None:
        """Close the file.

        The last connection to close removes the write-ahead log, which leaves one file that can be read in a read-only
        folder.
        """
        is_owner = self._process == os.getpid()
        if not self._lock.acquire(blocking=is_owner):
            return  # a thread of the parent process held the lock at the fork, amid work that must not be disturbed
        try:
            connection, self._connection = self._connection, None
            if connection is None:
                return
            if is_owner:
                with suppress(sqlite3.Error):  # another connection is open, and does so when it is closed
                    connection.execute_once("PRAGMA journal_mode=delete")
            connection.close()
        finally:
            self._lock.release()
