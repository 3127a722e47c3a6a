"""A log that lies in a database of a PostgreSQL server, beside those of other partnerships.

An append is one statement: it moves the row of its log from the tally that this store knows to the next one, and writes
the entries where that row was as it is known. The lock on that row is held until the commit, so writers of one
partnership follow one another, and those of different ones never wait. Where another process has written, or some of
the entries may be there already, the row is locked first, then all is looked at, then written.

Who follows a log holds an advisory lock that every append tries in vain: only then it wakes anybody, and after its
commit, for a transaction that notifies keeps all others of the server from committing beside it.

A row that is locked until the commit makes positions consecutive, in the order of commits; a sequence would not.
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
    SPACE,
    Blobs,
    Connection,
    Numbers,
    connect,
    in_words,
    log_of,
    log_state_of,
    place_of,
)
from partnership.storage.rows import instant, keys_in, last_instant, micros, next_rows, require_same_body
from partnership.storage.sqlite_files import LogState, key_checksum

__all__ = ["PostgresStore"]

_DIGEST = 32  # bytes of a SHA-256
_AT_ONCE = 500
"""Entries in one statement, of 256 KiB at the most each: a message to the server has a limit of 1 GiB."""
_PAGE = 10_000
"""Rows in one answer."""
_PATIENCE = 1.0
"""Seconds after which a reader looks by itself: a writer may end between its commit and its call."""
_COLUMNS = "position, recorded_at, by, id, body, leaf"
_WRITE = """
WITH moved AS (
    UPDATE partnership_log SET size = %(size)b, frontier = %(frontier)b, keys = %(keys)b, seal = %(seal)b
    WHERE log = %(log)b::integer AND size = %(after)b AND frontier = %(known_frontier)b AND keys = %(known_keys)b
        AND seal = %(known_seal)b AND partnership = %(partnership)s AND NOT EXISTS (
            SELECT FROM partnership_keys WHERE log = %(log)b::integer AND key = ANY(%(perhaps)b::bigint[])
        )
    RETURNING log
), written AS (
    INSERT INTO partnership_entries (log, position, recorded_at, by, id, body, leaf)
    SELECT log, %(after)b + place, %(recorded_at)b, %(by)b::bytea, id, body, leaf
    FROM moved, unnest(%(ids)b::bytea[], %(bodies)b::bytea[], %(leaves)b::bytea[])
        WITH ORDINALITY AS given (id, body, leaf, place)
), found AS (
    INSERT INTO partnership_keys (log, key, position)
    SELECT log, key, position
    FROM moved, unnest(%(found)b::bigint[], %(positions)b::bigint[]) AS given (key, position)
)
SELECT NOT pg_try_advisory_xact_lock(%(space)b::integer, log) FROM moved
"""
"""Returns nothing where the row was otherwise, and nothing is written; else whether somebody waits."""
_LYING = f"""
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
_SUM = "SELECT sum(key::numeric * (2 * position + 1) + position) FROM partnership_keys WHERE log = %s::integer"

_row: Callable[..., Row] = constructor(Row)
_T = TypeVar("_T")


@frozen
class _End:
    """The end of a log: what it says of itself, and when it took its last entry."""

    tally: LogState
    last: datetime | None


@frozen
class _Grown:
    """What was written: the rows, the end after them, and whether a reader waits for them."""

    rows: list[Row]
    end: _End
    is_awaited: bool


class PostgresStore:
    """Entries of one partnership in a database, which is laid out where it is new; threads and processes may share it.

    Args:
        url: the database, ``postgresql://user@host:5432/database``.
        partnership: the partnership that the record is of.

    Raises:
        StorageError: the database is out of reach, or holds something else, newer or damaged: see its subclasses.
    """

    def __init__(self, url: str, *, partnership: str) -> None:
        self._url = url
        self._partnership = partnership
        self._place = place_of(url, partnership)
        self._lock = Lock()
        self._process = os.getpid()
        self._is_closed = False
        self._known: _End | None = None
        self._connection = connect(url, self._place)
        self._log = log_of(self._connection, self._place, partnership)

    @property
    def place(self) -> str:
        """The partnership, and the address without user and password."""
        return self._place

    @property
    def partnership(self) -> str:
        """The partnership that the record is of."""
        return self._partnership

    @property
    def journal(self) -> str:
        """How the server writes: what it does for an entry to survive a crash, and what it leaves out."""
        asked = ("fsync", "synchronous_commit", "full_page_writes")
        told = self._ask(lambda one: [one.execute("SELECT current_setting(%s)", [of]).fetchall()[0][0] for of in asked])
        return ", ".join(f"{name}={set_to}" for name, set_to in zip(asked, told, strict=True))

    def _ask(self, question: Callable[[Connection], _T], *, is_adding: bool = False) -> _T:
        """Return the answer to a question; no generator holds the lock, for a signal might leave it suspended."""
        if self._process != os.getpid():
            raise StorageError(self._place, "was opened before this process was forked: open it again in each process")
        with self._lock:
            if self._is_closed:
                raise StorageError(self._place, "is closed; open it again")
            if self._connection.closed:  # it was lost, or given up
                self._known = None
                connection = connect(self._url, self._place)
                self._log = log_of(connection, self._place, self._partnership)
                self._connection = connection
            try:
                with in_words(self._place, is_adding=is_adding):
                    return question(self._connection)
            finally:
                self._connection.close_unless_idle()  # a signal may come between two statements

    def append(self, bodies: Sequence[NewRow], *, now: datetime, by: str | None) -> list[Row]:
        """Write entries, given as id, body and keys; return their rows in the order given.

        Raises:
            ReadOnly: the server, or this user, cannot write.
            StorageFull: there is no space; nothing of this was written.
            Damaged: rows are missing; nothing is added to what is left.
            StorageError: the connection is lost, or another program holds the log. Adding again adds nothing twice.
        """
        wanted = {one[0]: one for one in bodies}
        rows = self._ask(lambda one: self._appended(one, list(wanted.values()), now, by), is_adding=True)
        return [rows[one[0]] for one in bodies]

    def _appended(self, connection: Connection, wanted: list[NewRow], now: datetime, by: str | None) -> dict[str, Row]:
        known, self._known = self._known, None  # until it is certain what became of it
        rows, self._known, is_awaited = self._append(connection, known, wanted, now, by)
        if is_awaited:
            connection.execute("SELECT pg_notify(%s, '')", [self._channel])
        return rows

    @property
    def _channel(self) -> str:
        return f"partnership_{self._log}"

    def _append(
        self, connection: Connection, known: _End | None, wanted: list[NewRow], now: datetime, by: str | None
    ) -> tuple[dict[str, Row], _End | None, bool]:
        if known is not None and 0 < len(wanted) <= _AT_ONCE:
            perhaps = [keys_in(one)[0] for one in wanted]
            grown = self._write(connection, known, wanted, perhaps, now=now, by=by)
            if grown is not None:
                return {row.id: row for row in grown.rows}, grown.end, grown.is_awaited
        with connection.transaction():
            tally = log_state_of(connection, self._place, self._log, is_held=True)
            end = _End(tally, self._last(connection, tally))
            given = {id_: body for id_, body, *_ in wanted}
            rows = {
                row.id: require_same_body(row, given[row.id], self._place) for row in self._lying(connection, wanted)
            }
            fresh = [one for one in wanted if one[0] not in rows]
            is_awaited = False
            for first in range(0, len(fresh), _AT_ONCE):
                grown = self._write(connection, end, fresh[first : first + _AT_ONCE], [], now=now, by=by)
                assert grown is not None, "the log is held"
                rows.update((row.id, row) for row in grown.rows)
                end, is_awaited = grown.end, grown.is_awaited
        return rows, end, is_awaited

    def _lying(self, connection: Connection, wanted: list[NewRow]) -> list[Row]:
        """Return the rows of those that are there already: each is under the first of its keys."""
        first = Numbers(keys_in(one)[0] for one in wanted)
        asked = [self._log, first, Blobs(bytes.fromhex(one[0]) for one in wanted)]
        return [self._row(held) for held in connection.execute(_LYING, asked, binary=True).fetchall()]

    def _last(self, connection: Connection, tally: LogState) -> datetime | None:
        """Return when the log took its last entry."""
        held = connection.execute(_LAST, {"log": self._log}, binary=True).fetchall()
        return last_instant(self._row(held[0]) if held else None, tally.size, self._place)

    def _write(
        self,
        connection: Connection,
        end: _End,
        fresh: list[NewRow],
        perhaps: list[int],
        *,
        now: datetime,
        by: str | None,
    ) -> _Grown | None:
        """Write entries after an end that is known; return None, and write nothing, where the log ends otherwise.

        Args:
            connection: to the server.
            end: of the log, as it is known.
            fresh: the entries.
            perhaps: keys under which none of them lies yet, or nothing is written.
            now: the instant of the writer's clock.
            by: who records them.
        """
        before = end.tally
        frontier = Frontier(before.size, before.frontier)
        rows = next_rows(frontier, end.last, [(id_, body) for id_, body, *_ in fresh], now=now, by=by)
        keys = [
            (key, row.position) for row, one in zip(rows, fresh, strict=True) for key in dict.fromkeys(keys_in(one))
        ]
        told = (before.keys + key_checksum(keys)) % 2**64
        tally = LogState(before.partnership, frontier.size, frontier.packed(), told)
        given = {
            "log": self._log, "space": SPACE, "partnership": self._partnership, "perhaps": Numbers(perhaps),
            "after": before.size, "known_frontier": before.frontier, "known_keys": before.keys.to_bytes(8),
            "known_seal": before.seal(),
            "size": tally.size, "frontier": tally.frontier, "keys": tally.keys.to_bytes(8), "seal": tally.seal(),
            "recorded_at": micros(rows[0].recorded_at), "by": by if by is None else by.encode(),
            "ids": Blobs(bytes.fromhex(row.id) for row in rows), "bodies": Blobs(row.body for row in rows),
            "leaves": Blobs(row.leaf for row in rows),
            "found": Numbers(key for key, _ in keys), "positions": Numbers(position for _, position in keys),
        }  # fmt: skip
        done = connection.execute(_WRITE, given).fetchall()
        return _Grown(rows, _End(tally, rows[-1].recorded_at), done[0][0]) if done else None

    def _rows(self, asked: str, **given: object) -> list[tuple[Any, ...]]:
        """Return the rows that a statement finds in this log."""
        return self._ask(lambda one: one.execute(asked.encode(), {"log": self._log, **given}, binary=True).fetchall())

    def _row(self, held: tuple[Any, ...]) -> Row:
        position, recorded_at, by, id_, body, leaf = held
        with suppress(OverflowError, UnicodeDecodeError):
            if len(leaf) == _DIGEST:
                return _row(position, instant(recorded_at), by if by is None else by.decode(), id_.hex(), body, leaf)
        raise Damaged(self._place, f"entry {position} is not as it was written: restore a copy")

    def read(self, after: int = 0, most: int | None = None) -> list[Row]:
        """Return the rows after a position, in order, as they lay at one instant.

        Raises:
            Damaged: a row holds what cannot be.
        """
        rows: list[Row] = []
        while most is None or len(rows) < most:
            page = _PAGE if most is None else min(_PAGE, most - len(rows))
            held = self._rows(_READ, after=after, most=page)
            rows += [self._row(one) for one in held]
            if len(held) < page:
                break
            after = rows[-1].position
        return rows

    def find(self, keys: Sequence[int]) -> list[Row]:
        """Return the rows that have one of these keys, in order.

        Raises:
            Damaged: a row holds what cannot be.
        """
        return [self._row(one) for one in self._rows(_FIND, keys=Numbers(keys))]

    def head(self) -> int:
        """Return the last position; 0 where there is none."""
        held = self._rows(_HEAD)
        return held[0][0] if held else 0

    def sealed(self) -> tuple[int, bytes]:
        """Return size and root of the proof as the database keeps it beside the rows.

        Raises:
            Damaged: that was changed.
        """
        tally = self._ask(lambda one: log_state_of(one, self._place, self._log))
        return tally.size, Frontier(tally.size, tally.frontier).root()

    def check(self) -> list[str]:
        """Return whether the keys are as they were written; of its own pages PostgreSQL tells when it reads them."""
        held, told = self._ask(
            lambda one: (one.execute(_SUM, [self._log]).fetchall(), log_state_of(one, self._place, self._log).keys)
        )
        is_sound = int(held[0][0] or 0) % 2**64 == told
        return [] if is_sound else ["the keys by which entries are found were changed: some may be found no more"]

    @contextmanager
    def listening(self) -> Iterator[Callable[[float], None]]:
        """Lend a function that waits for what is appended; it has a connection of its own from its first call on."""
        ears: list[Connection] = []

        def wait(seconds: float) -> None:
            with in_words(self._place):
                if not ears:
                    ears.append(connect(self._url, self._place))
                    ears[0].execute(f"LISTEN {self._channel}".encode())
                    ears[0].execute("SELECT pg_advisory_lock_shared(%s::integer, %s::integer)", [SPACE, self._log])
                    return  # what came before is not told: the reader looks once more
                for _ in ears[0].notifies(timeout=min(seconds, _PATIENCE), stop_after=1):
                    pass

        try:
            yield wait
        finally:
            for one in ears:
                one.close()

    def close(self) -> None:
        """Let go of the connection; that of another process is its own, and so is the lock, which may be held there."""
        if self._process == os.getpid():
            with self._lock:
                self._is_closed = True
                self._connection.close()
