"""A log in a database of a PostgreSQL server, which may hold the logs of many partnerships.

An append is one statement: if the row of its log still has the state that this store knows, it updates that row and
inserts the entries. The lock on the row is held until the commit, so appends to one log run one after the other, and
those to different logs do not wait for each other. If another process has appended, or some of the entries may be in
the log already, the row is locked first; then the log is read, and the new entries are written.

A reader that follows a log holds a shared advisory lock, which every append tries to take exclusively. Only if that
fails does the append notify readers, and it does so after its commit: a transaction that notifies makes all others that
notify on the server wait for its commit.

The locked row makes positions consecutive, in the order of commits; a sequence would leave gaps.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from threading import Lock
from typing import Any, TypeVar

from attrs import frozen

from partnership.errors import Damaged, StorageError
from partnership.model.construct import constructor
from partnership.serialization.codec import NewRow
from partnership.storage.base import Row
from partnership.storage.merkle import Frontier
from partnership.storage.postgres_connection import (
    LOCK_NAMESPACE,
    Blobs,
    Connection,
    Numbers,
    connect,
    describe_place,
    find_or_create_log,
    read_log_state,
    translate_errors,
)
from partnership.storage.rows import instant, keys_in, last_instant, micros, next_rows, require_same_body
from partnership.storage.sqlite_files import LogState, key_checksum

__all__ = ["PostgresStore"]

_DIGEST_SIZE = 32
"""Bytes of a SHA-256."""
_WRITE_BATCH = 500
"""Entries in one statement, each of at most 256 KiB: a message to the server is limited to 1 GiB."""
_READ_BATCH = 10_000
"""Rows in one answer."""
_POLL_INTERVAL = 1.0
"""Seconds after which a reader stops waiting for a notification, since a writer may die between commit and notify."""
_COLUMNS = "position, recorded_at, by, id, body, leaf"
_WRITE = """
WITH moved AS (
    UPDATE partnership_log SET size = %(size)b, frontier = %(frontier)b, keys = %(keys)b, seal = %(seal)b
    WHERE log = %(log)b::integer AND size = %(after)b AND frontier = %(known_frontier)b AND keys = %(known_keys)b
        AND seal = %(known_seal)b AND partnership = %(partnership)s AND NOT EXISTS (
            SELECT FROM partnership_keys WHERE log = %(log)b::integer AND key = ANY(%(absent_keys)b::bigint[])
        )
    RETURNING log
), written AS (
    INSERT INTO partnership_entries (log, position, recorded_at, by, id, body, leaf)
    SELECT log, %(after)b + place, %(recorded_at)b, %(by)b::bytea, id, body, leaf
    FROM moved, unnest(%(ids)b::bytea[], %(bodies)b::bytea[], %(leaves)b::bytea[])
        WITH ORDINALITY AS given (id, body, leaf, place)
), indexed AS (
    INSERT INTO partnership_keys (log, key, position)
    SELECT log, key, position
    FROM moved, unnest(%(entry_keys)b::bigint[], %(positions)b::bigint[]) AS given (key, position)
)
SELECT NOT pg_try_advisory_xact_lock(%(lock_namespace)b::integer, log) FROM moved
"""
"""Returns no row, and writes nothing, if the state of the log is not as given; else whether a reader is waiting."""
_STORED = f"""
SELECT DISTINCT {_COLUMNS} FROM partnership_keys JOIN partnership_entries USING (log, position)
WHERE log = %s::integer AND key = ANY(%s::bigint[]) AND id = ANY(%s::bytea[])
"""  # noqa: S608  a constant
_FIND = f"""
SELECT {_COLUMNS} FROM partnership_entries
WHERE log = %(log)s::integer AND position = ANY(ARRAY(
    SELECT position FROM partnership_keys WHERE log = %(log)s::integer AND key = ANY(%(keys)s::bigint[])
)) ORDER BY position
"""  # noqa: S608  a constant
_READ = f"""
SELECT {_COLUMNS} FROM partnership_entries WHERE log = %(log)s::integer AND position > %(after)s
ORDER BY position LIMIT %(most)s
"""  # noqa: S608  a constant
_LAST = f"""
SELECT {_COLUMNS} FROM partnership_entries WHERE log = %(log)s::integer ORDER BY position DESC LIMIT 1
"""  # noqa: S608  a constant
_HEAD = """
SELECT position FROM partnership_entries WHERE log = %(log)s::integer ORDER BY position DESC LIMIT 1
"""
_KEY_CHECKSUM = "SELECT sum(key::numeric * (2 * position + 1) + position) FROM partnership_keys WHERE log = %s::integer"
"""The sum of `key_checksum`, before the modulus."""

_make_row: Callable[..., Row] = constructor(Row)
_T = TypeVar("_T")


@frozen
class _LogEnd:
    """The end of a log: its state, and when it took its last entry; None for an empty log."""

    state: LogState
    last: datetime | None


@frozen
class _WriteResult:
    """The result of a statement that wrote entries: their rows, the new end, and whether a reader waits for them."""

    rows: list[Row]
    end: _LogEnd
    is_awaited: bool


class PostgresStore:
    """Entries of one partnership in a database, which is set up if it is new; threads and processes may share it.

    Args:
        url: the database, ``postgresql://user@host:5432/database``.
        partnership: the partnership that the record belongs to.

    Raises:
        StorageError: the database cannot be reached, is newer, damaged or not of this library: see the subclasses.
    """

    def __init__(self, url: str, *, partnership: str) -> None:
        self._url = url
        self._partnership = partnership
        self._place = describe_place(url, partnership)
        self._lock = Lock()
        self._process = os.getpid()
        self._is_closed = False
        self._known_end: _LogEnd | None = None
        self._connection = connect(url, self._place)
        self._log = find_or_create_log(self._connection, self._place, partnership)

    @property
    def place(self) -> str:
        """The partnership and the address, without user and password."""
        return self._place

    @property
    def partnership(self) -> str:
        """The partnership that the record belongs to."""
        return self._partnership

    @property
    def journal(self) -> str:
        """The settings of the server that decide whether an entry survives a crash."""
        names = ("fsync", "synchronous_commit", "full_page_writes")
        values = self._run(
            lambda connection: [
                connection.execute("SELECT current_setting(%s)", [name]).fetchall()[0][0] for name in names
            ]
        )
        return ", ".join(f"{name}={value}" for name, value in zip(names, values, strict=True))

    def _run(self, operation: Callable[[Connection], _T], *, is_adding: bool = False) -> _T:
        """Run an operation with the connection locked, and reconnect first if it was lost.

        This is not a context manager, since a signal may leave its generator suspended with the lock held.
        """
        if self._process != os.getpid():
            raise StorageError(self._place, "was opened before this process was forked: open it again in each process")
        with self._lock:
            if self._is_closed:
                raise StorageError(self._place, "is closed; open it again")
            if self._connection.closed:  # it was lost, or closed after an interrupt
                self._known_end = None
                connection = connect(self._url, self._place)
                self._log = find_or_create_log(connection, self._place, self._partnership)
                self._connection = connection
            try:
                with translate_errors(self._place, is_adding=is_adding):
                    return operation(self._connection)
            finally:
                self._connection.close_unless_idle()  # a signal may arrive between two statements

    def append(self, bodies: Sequence[NewRow], *, now: datetime, by: str | None) -> list[Row]:
        """Append entries, and return their rows in the order given.

        Raises:
            ReadOnly: the server or this user cannot write.
            StorageFull: no space is left; nothing was written.
            Damaged: rows are missing; nothing is added to an incomplete log.
            StorageError: the connection was lost, or another program has locked the log. Adding again adds no
                duplicates.
        """
        entries = {entry[0]: entry for entry in bodies}
        rows = self._run(
            lambda connection: self._append_and_notify(connection, list(entries.values()), now, by), is_adding=True
        )
        return [rows[entry[0]] for entry in bodies]

    def _append_and_notify(
        self, connection: Connection, entries: list[NewRow], now: datetime, by: str | None
    ) -> dict[str, Row]:
        """Append entries, notify a waiting reader, and return the rows by id."""
        known_end, self._known_end = self._known_end, None  # unknown until the append has succeeded
        rows, self._known_end, is_awaited = self._append(connection, known_end, entries, now, by)
        if is_awaited:
            connection.execute("SELECT pg_notify(%s, '')", [self._channel])
        return rows

    @property
    def _channel(self) -> str:
        return f"partnership_{self._log}"

    def _append(
        self, connection: Connection, known_end: _LogEnd | None, entries: list[NewRow], now: datetime, by: str | None
    ) -> tuple[dict[str, Row], _LogEnd | None, bool]:
        """Append entries in one statement if the end of the log is known and correct, else in a transaction.

        Returns:
            The rows by id, the new end of the log, and whether a reader waits for them.
        """
        if known_end is not None and 0 < len(entries) <= _WRITE_BATCH:
            first_keys = [keys_in(entry)[0] for entry in entries]
            result = self._write(connection, known_end, entries, first_keys, now=now, by=by)
            if result is not None:
                return {row.id: row for row in result.rows}, result.end, result.is_awaited
        with connection.transaction():
            state = read_log_state(connection, self._place, self._log, for_update=True)
            end = _LogEnd(state, self._last_recorded_at(connection, state))
            body_by_id = {id_: body for id_, body, *_ in entries}
            rows = {
                row.id: require_same_body(row, body_by_id[row.id], self._place)
                for row in self._stored_rows(connection, entries)
            }
            new_entries = [entry for entry in entries if entry[0] not in rows]
            is_awaited = False
            for start in range(0, len(new_entries), _WRITE_BATCH):
                batch = new_entries[start : start + _WRITE_BATCH]
                result = self._write(connection, end, batch, [], now=now, by=by)
                assert result is not None, "the row of the log is locked"
                rows.update((row.id, row) for row in result.rows)
                end, is_awaited = result.end, result.is_awaited
        return rows, end, is_awaited

    def _stored_rows(self, connection: Connection, entries: list[NewRow]) -> list[Row]:
        """Return the rows of those entries that are in the log, each found by its first key."""
        first_keys = Numbers(keys_in(entry)[0] for entry in entries)
        parameters = [self._log, first_keys, Blobs(bytes.fromhex(entry[0]) for entry in entries)]
        return [
            self._decode_row(columns) for columns in connection.execute(_STORED, parameters, binary=True).fetchall()
        ]

    def _last_recorded_at(self, connection: Connection, state: LogState) -> datetime | None:
        """Return when the log took its last entry; None for an empty log."""
        last_rows = connection.execute(_LAST, {"log": self._log}, binary=True).fetchall()
        return last_instant(self._decode_row(last_rows[0]) if last_rows else None, state.size, self._place)

    def _write(
        self,
        connection: Connection,
        end: _LogEnd,
        entries: list[NewRow],
        absent_keys: list[int],
        *,
        now: datetime,
        by: str | None,
    ) -> _WriteResult | None:
        """Write new entries at the end of the log; write nothing, and return None, if it does not end as given.

        Args:
            connection: the connection to write with.
            end: the end of the log, as far as it is known.
            entries: the new entries.
            absent_keys: nothing is written if the log has any of these keys.
            now: the time of the writer's clock, aware.
            by: who records the entries.
        """
        before = end.state
        frontier = Frontier(before.size, before.frontier)
        rows = next_rows(frontier, end.last, [(id_, body) for id_, body, *_ in entries], now=now, by=by)
        keys = [
            (key, row.position)
            for row, entry in zip(rows, entries, strict=True)
            for key in dict.fromkeys(keys_in(entry))
        ]
        checksum = (before.keys + key_checksum(keys)) % 2**64
        state = LogState(before.partnership, frontier.size, frontier.packed(), checksum)
        parameters = {
            "log": self._log, "lock_namespace": LOCK_NAMESPACE, "partnership": self._partnership,
            "absent_keys": Numbers(absent_keys),
            "after": before.size, "known_frontier": before.frontier, "known_keys": before.keys.to_bytes(8),
            "known_seal": before.seal(),
            "size": state.size, "frontier": state.frontier, "keys": state.keys.to_bytes(8), "seal": state.seal(),
            "recorded_at": micros(rows[0].recorded_at), "by": by if by is None else by.encode(),
            "ids": Blobs(bytes.fromhex(row.id) for row in rows), "bodies": Blobs(row.body for row in rows),
            "leaves": Blobs(row.leaf for row in rows),
            "entry_keys": Numbers(key for key, _ in keys), "positions": Numbers(position for _, position in keys),
        }  # fmt: skip
        result = connection.execute(_WRITE, parameters).fetchall()
        return _WriteResult(rows, _LogEnd(state, rows[-1].recorded_at), result[0][0]) if result else None

    def _select(self, query: str, **parameters: object) -> list[tuple[Any, ...]]:
        """Return the result of a query on this log."""
        return self._run(
            lambda connection: connection.execute(
                query.encode(), {"log": self._log, **parameters}, binary=True
            ).fetchall()
        )

    def _decode_row(self, columns: tuple[Any, ...]) -> Row:
        """Make a row of its stored columns.

        Raises:
            Damaged: a value is never written in this form.
        """
        position, recorded_at, by, id_, body, leaf = columns
        with suppress(OverflowError, UnicodeDecodeError):
            if len(leaf) == _DIGEST_SIZE:
                by = by if by is None else by.decode()
                return _make_row(position, instant(recorded_at), by, id_.hex(), body, leaf)
        raise Damaged(self._place, f"entry {position} is not as it was written: restore a copy")

    def read(self, after: int = 0, most: int | None = None) -> list[Row]:
        """Return the rows after a position, in order; at most *most*.

        Raises:
            Damaged: a row is not as it was written.
        """
        rows: list[Row] = []
        while most is None or len(rows) < most:
            limit = _READ_BATCH if most is None else min(_READ_BATCH, most - len(rows))
            batch = self._select(_READ, after=after, most=limit)
            rows += [self._decode_row(columns) for columns in batch]
            if len(batch) < limit:
                break
            after = rows[-1].position
        return rows

    def find(self, keys: Sequence[int]) -> list[Row]:
        """Return the rows with any of some keys, in order.

        Raises:
            Damaged: a row is not as it was written.
        """
        return [self._decode_row(columns) for columns in self._select(_FIND, keys=Numbers(keys))]

    def head(self) -> int:
        """Return the last position, 0 for an empty log."""
        positions = self._select(_HEAD)
        return positions[0][0] if positions else 0

    def sealed(self) -> tuple[int, bytes]:
        """Return the size and the root of the log as they are stored beside the rows.

        Raises:
            Damaged: they were changed.
        """
        state = self._run(lambda connection: read_log_state(connection, self._place, self._log))
        return state.size, Frontier(state.size, state.frontier).root()

    def check(self) -> list[str]:
        """Return whether the keys were changed; PostgreSQL reports a damaged page only when it reads it."""
        sums, expected = self._run(
            lambda connection: (
                connection.execute(_KEY_CHECKSUM, [self._log]).fetchall(),
                read_log_state(connection, self._place, self._log).keys,
            )
        )
        is_sound = int(sums[0][0] or 0) % 2**64 == expected
        return [] if is_sound else ["the keys by which entries are found were changed: some may be found no more"]

    @contextmanager
    def listening(self) -> Iterator[Callable[[float], None]]:
        """Yield a function that waits for new entries; from its first call on it has a connection of its own."""
        listeners: list[Connection] = []

        def wait(seconds: float) -> None:
            with translate_errors(self._place):
                if not listeners:
                    listeners.append(connect(self._url, self._place))
                    listeners[0].execute(f"LISTEN {self._channel}".encode())
                    listeners[0].execute(
                        "SELECT pg_advisory_lock_shared(%s::integer, %s::integer)", [LOCK_NAMESPACE, self._log]
                    )
                    return  # entries from before are not notified, so the reader must read once more
                for _ in listeners[0].notifies(timeout=min(seconds, _POLL_INTERVAL), stop_after=1):
                    pass

        try:
            yield wait
        finally:
            for listener in listeners:
                listener.close()

    def close(self) -> None:
        """Close the connection.

        In a forked child this does nothing: the connection belongs to the parent, and the lock may never be released.
        """
        if self._process == os.getpid():
            with self._lock:
                self._is_closed = True
                self._connection.close()
