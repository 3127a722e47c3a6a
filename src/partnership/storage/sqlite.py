"""A log that lies in one SQLite file.

Its layout is permanently: the table `entries`, whose rows are only ever added; the table `log`, one row that says how
many there are and proves them, so that rows lost from the end are missed; and the table `keys`, by which entries are
found: small numbers instead of an index over the ids, which cost half of the time of an append.

The bytes of an entry lie in three parts: up to its source, the source, what comes after it. Where another entry has the
same source, its position stands for it: a third of all bytes are sources, and a document is the source of many claims.
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
from partnership.serialization.codec import NewRow
from partnership.serialization.entry_layout import split_body
from partnership.storage.base import Row
from partnership.storage.merkle import Frontier
from partnership.storage.polling import polling
from partnership.storage.rows import (
    first_key,
    instant,
    keys_in,
    last_instant,
    micros,
    next_rows,
    require_same_body,
    source_key,
)
from partnership.storage.sqlite_files import Connection, LogState, in_words, journal_for, open_record, sum_of, writing

__all__ = ["SQLiteStore", "journal_for"]

_SELECT = (
    "SELECT one.position, one.recorded_at, one.by, one.id, one.leaf, one.head, ifnull(other.source, one.source), "
    "one.tail FROM entries AS one LEFT JOIN entries AS other ON other.position = one.source"
)


_INSERT = (
    "INSERT INTO entries (position, recorded_at, by, id, leaf, head, source, tail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_KEYS = "SELECT ifnull(CAST(key AS INTEGER), 0), ifnull(CAST(position AS INTEGER), 0) FROM keys"
"""All keys as whole numbers, which a changed byte may have made something else."""
_DIGEST = 32  # bytes of a SHA-256
_row: Callable[..., Row] = constructor(Row)


_AT_ONCE = 500  # keys in one question; SQLite takes 999 and more


def _portions(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield as many keys as are asked for in one question."""
    for first in range(0, len(keys), _AT_ONCE):
        yield keys[first : first + _AT_ONCE]


def _marks(some: Sized) -> str:
    """Return as many question marks as there are values."""
    return ",".join("?" * len(some))


def _under(connection: Connection, keys: Sequence[int]) -> dict[int, list[int]]:
    """Return the positions of what lies under some keys, by key."""
    found: dict[int, list[int]] = {}
    for some in _portions(keys):
        asked = f"SELECT key, position FROM keys WHERE key IN ({_marks(some)})"  # noqa: S608  question marks
        for key, position in connection.execute(asked, some):
            found.setdefault(key, []).append(position)
    return found


def _cited(connection: Connection, places: Sequence[int]) -> dict[bytes, int]:
    """Return the sources that stand in some entries, each with the position of its entry."""
    found: dict[bytes, int] = {}
    for some in _portions(places):
        asked = f"SELECT source, position FROM entries WHERE position IN ({_marks(some)})"  # noqa: S608  question marks
        found.update(connection.execute(asked, some))
    return found


def _put(
    connection: Connection,
    rows: Sequence[Row],
    parts: Mapping[str, tuple[bytes, bytes, bytes]],
    cited: dict[bytes, int],
) -> list[tuple[int, int]]:
    """Write rows; return the keys of the sources that stand in them, each with its position."""
    keys: list[tuple[int, int]] = []
    held: list[tuple[Any, ...]] = []
    since = micros(rows[0].recorded_at)  # what is written at once is recorded at one instant
    for row in rows:
        head, source, tail = parts[row.id]
        place = cited.get(source)
        if place is None and source:
            cited[source] = row.position
            keys.append((source_key(source), row.position))
        stands = source if place is None else place
        held.append((row.position, since, row.by, bytes.fromhex(row.id), row.leaf, head, stands, tail))
    connection.executemany(_INSERT, held)
    return keys


@define(eq=False)
class _Wanted:
    """What one caller wants to have written, and what became of it."""

    bodies: Sequence[NewRow]
    now: datetime
    by: str | None
    rows: list[Row] = field(factory=list)
    error: Exception | None = None
    is_over: bool = False
    leads: bool = False
    turn: Event = field(factory=Event)


class SQLiteStore:
    """Entries of one partnership in one file, created if absent; threads and processes may share it.

    Args:
        path: the file. Its folder must be there; an empty file counts as absent.
        partnership: the partnership that the record is of. A record without a name has it from now on.

    Raises:
        DifferentPartnership: the record has another name.
        StorageError: the file is something else, newer, damaged or out of reach: see its subclasses.
    """

    def __init__(self, path: str | os.PathLike[str], *, partnership: str | None = None) -> None:
        self._place = os.fspath(path)
        self._lock = Lock()
        self._waiting = Lock()
        self._queue: list[_Wanted] = []
        self._is_led = False
        self._version = 0
        self._known: tuple[int, LogState, datetime | None] | None = None
        self._process = os.getpid()
        self._connection: Connection | None
        self._connection, self._partnership = open_record(self._place, partnership)

    @property
    def place(self) -> str:
        """The path, as it was given."""
        return self._place

    @property
    def partnership(self) -> str | None:
        """The partnership that the record is of, where it was named when it was opened."""
        return self._partnership

    @property
    def journal(self) -> str:
        """How the file comes through a crash: ``delete``, or ``wal`` where Python's SQLite does that safely."""
        with self._answering() as connection:
            return connection.journal

    def _refuse_after_fork(self) -> None:
        """Refuse what was opened before a fork, at once: a lock that another thread held is never freed."""
        if self._process != os.getpid():
            raise StorageError(self._place, "was opened before this process was forked: open it again in each process")

    @contextmanager
    def _answering(self) -> Iterator[Connection]:
        self._refuse_after_fork()
        with self._lock, in_words(self._place):
            if self._connection is None:
                raise StorageError(self._place, "is closed; open it again")
            yield self._connection

    def append(self, bodies: Sequence[NewRow], *, now: datetime, by: str | None) -> list[Row]:
        """Write entries, given as id, body and keys; return their rows in the order given.

        Raises:
            ReadOnly: file or folder cannot be written.
            StorageFull: there is no space; nothing of this was written.
            Damaged: rows are missing; nothing is added to what is left.
            StorageError: another program holds the file, or moved it.
        """
        self._refuse_after_fork()
        mine = _Wanted(bodies, now, by)
        with self._waiting:
            self._queue.append(mine)
            mine.leads = not self._is_led
            self._is_led = True
        try:
            while not (mine.is_over or mine.leads):
                mine.turn.wait()
            if mine.leads:
                self._lead()
        finally:
            self._leave(mine)
        if mine.error is not None:
            raise mine.error
        return mine.rows

    def _lead(self) -> None:
        """Write what has queued up while another led: in one commit, or if that fails each by itself."""
        with self._answering() as connection:
            with self._waiting:
                together, self._queue = self._queue, []
            try:
                if len(together) == 1 or not self._written_at_once(connection, together):
                    for one in together:
                        self._write_alone(connection, one)
            finally:
                with self._waiting:  # was it interrupted, the others are still to be written
                    self._queue = [one for one in together if not one.is_over] + self._queue
                for one in together:
                    one.turn.set()

    def _leave(self, mine: _Wanted) -> None:
        """Let the next one lead, if this one did; what was interrupted is written no more."""
        if not mine.is_over:
            self._known = None
        with self._waiting:
            self._queue = [one for one in self._queue if one is not mine]
            if mine.leads:
                self._is_led = bool(self._queue)
                for one in self._queue[:1]:
                    one.leads = True
                    one.turn.set()

    def _written_at_once(self, connection: Connection, together: list[_Wanted]) -> bool:
        with suppress(Exception):
            with writing(connection):
                rows = [self._append(connection, one) for one in together]
            for one, each in zip(together, rows, strict=True):
                one.rows, one.is_over = each, True
            return True
        self._known = None
        return False

    def _write_alone(self, connection: Connection, one: _Wanted) -> None:
        try:
            with in_words(self._place), writing(connection):
                one.rows = self._append(connection, one)
        except Exception as error:  # noqa: BLE001  it is raised where this was asked for
            one.error, self._known = error, None
        one.is_over = True

    def _append(self, connection: Connection, wanted: _Wanted) -> list[Row]:
        bodies = {one[0]: one for one in wanted.bodies}
        firsts = {id_: first_key(one) for id_, one in bodies.items()}
        parts = {id_: split_body(one[1]) for id_, one in bodies.items()}
        sources = {one: source_key(one) for one in {source for _, source, _ in parts.values()} if one}
        places = _under(connection, [*firsts.values(), *sources.values()])
        rows: dict[str, Row] = {}
        for id_ in [id_ for id_, first in firsts.items() if first in places]:
            if (lying := self._lying(connection, id_, places[firsts[id_]])) is not None:
                rows[id_] = require_same_body(lying, bodies[id_][1], self._place)
                del bodies[id_]
        if bodies:
            cited = _cited(connection, [place for key in sources.values() for place in places.get(key, ())])
            tally, last = self._end(connection)
            frontier = Frontier(tally.size, tally.frontier)
            fresh = next_rows(frontier, last, [one[:2] for one in bodies.values()], now=wanted.now, by=wanted.by)
            keys = [(key, row.position) for row in fresh for key in keys_in(bodies[row.id])]
            keys += _put(connection, fresh, parts, cited)
            self._tell(connection, tally, frontier, keys, fresh[-1].recorded_at)
            rows |= {row.id: row for row in fresh}
        return [rows[one[0]] for one in wanted.bodies]

    def _lying(self, connection: Connection, id_: str, places: Sequence[int]) -> Row | None:
        """Return the row that an entry has already, if it has: at one of the places under the first of its keys."""
        asked = f"{_SELECT} WHERE one.position IN ({_marks(places)}) AND one.id = ?"
        found = connection.execute(asked, (*places, bytes.fromhex(id_))).fetchall()
        return self._row(found[0]) if found else None

    def _tell(
        self, connection: Connection, before: LogState, frontier: Frontier, keys: list[tuple[int, int]], last: datetime
    ) -> None:
        """Write the keys of new rows, and what the file says of itself with them."""
        keys.sort()  # so that those of one page are written one after the other
        connection.executemany("INSERT INTO keys (key, position) VALUES (?, ?)", keys)
        told = (before.keys + sum_of(keys)) % 2**64
        tally = LogState(before.partnership, frontier.size, frontier.packed(), told)
        tally.write(connection)
        self._known = (self._version, tally, last)

    def _end(self, connection: Connection) -> tuple[LogState, datetime | None]:
        """Return the tally, and when the last entry was taken; from memory, if no other connection has written."""
        self._version = connection.execute("PRAGMA data_version").fetchall()[0][0]  # another, if others have written
        if self._known is not None and self._known[0] == self._version:
            return self._known[1:]
        tally = LogState.read(connection, self._place)
        held = connection.execute(f"{_SELECT} ORDER BY one.position DESC LIMIT 1").fetchall()
        return tally, last_instant(self._row(held[0]) if held else None, tally.size, self._place)

    def _row(self, held: tuple[Any, ...]) -> Row:
        with suppress(OverflowError, UnicodeDecodeError):
            position, recorded_at, by, id_, leaf, head, source, tail = held
            is_whole = type(position) is type(recorded_at) is int and type(id_) is type(leaf) is bytes
            is_whole = is_whole and type(head) is type(source) is type(tail) is bytes
            if is_whole and len(id_) == len(leaf) == _DIGEST and (by is None or type(by) is bytes):
                by = by if by is None else by.decode()
                return _row(position, instant(recorded_at), by, id_.hex(), head + source + tail, leaf)
        raise Damaged(self._place, f"entry {held[0]} is not as it was written: restore a copy")

    def read(self, after: int = 0, most: int | None = None) -> list[Row]:
        """Return the rows after a position, in order, as they lay at one instant.

        Raises:
            Damaged: a row holds what cannot be.
        """
        with self._answering() as connection:
            asked = (after, -1 if most is None else most)
            statement = f"{_SELECT} WHERE one.position > ? ORDER BY one.position LIMIT ?"
            held = connection.execute(statement, asked).fetchall()
        return [self._row(row) for row in held]

    def find(self, keys: Sequence[int]) -> list[Row]:
        """Return the rows that have one of these keys, in order.

        Raises:
            Damaged: a row holds what cannot be.
        """
        found: dict[int, Row] = {}
        for some in _portions(keys):
            among = f"SELECT position FROM keys WHERE key IN ({_marks(some)})"  # noqa: S608  question marks
            with self._answering() as connection:
                held = connection.execute(f"{_SELECT} WHERE one.position IN ({among})", some).fetchall()
            found.update((row.position, row) for row in map(self._row, held))
        return [found[position] for position in sorted(found)]

    def head(self) -> int:
        """Return the last position; 0 where there is none."""
        with self._answering() as connection:
            position: int | None = connection.execute("SELECT max(position) FROM entries").fetchall()[0][0]
            return position or 0

    def sealed(self) -> tuple[int, bytes]:
        """Return size and root of the proof as the file keeps it beside the rows.

        Raises:
            Damaged: that was changed.
        """
        with self._answering() as connection:
            tally = LogState.read(connection, self._place)
        return tally.size, Frontier(tally.size, tally.frontier).root()

    def check(self) -> list[str]:
        """Return what SQLite finds wrong with its pages and rows, and whether the keys are as they were written."""
        with self._answering() as connection:
            found = [
                told.decode(errors="replace")
                for (told,) in connection.execute("PRAGMA integrity_check")
                if told != b"ok"
            ]
            if sum_of(connection.execute(_KEYS)) != LogState.read(connection, self._place).keys:
                found.append("the keys by which entries are found were changed: some may be found no more")
            return found

    def listening(self) -> AbstractContextManager[Callable[[float], None]]:
        """Lend a function that waits until it is worth looking again."""
        return polling()

    def close(self) -> None:
        """Let go of the file. The last to do so leaves no write-ahead log: one file, readable in a read-only folder."""
        is_own = self._process == os.getpid()
        if not self._lock.acquire(blocking=is_own):
            return  # a thread that was not forked held it, in the middle of something that is not to be touched
        try:
            connection, self._connection = self._connection, None
            if connection is None:
                return
            if is_own:
                with suppress(sqlite3.Error):  # another connection is open: it will do so
                    connection.at_once("PRAGMA journal_mode=delete")
            connection.close()
        finally:
            self._lock.release()
