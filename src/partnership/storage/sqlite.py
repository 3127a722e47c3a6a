"""A log in one SQLite file.

Rows of the table ``entries`` are only ever added. Subjects, event classes and sources are stored once, in tables of
their own whose rows are only added too; an entry has their ids, which count from 1. The table ``log`` is a single row
with the number and the proof of the entries, so that rows lost from the end are detected.

An entry is found by its subjects in ``subject_entries``, which also shows whether it is in the log already; through the
subjects that refer to another in ``mentions``; and by its claim in one of the tables ``claims_0`` to ``claims_2``. Ids
of claims are random, so in one large index every new row would change another page. Instead the newest entries are so
few that they are searched as a whole; when there are 512, they are entered in the first table. When that has 16 times
as many, all of it is moved into the next one, and so on.
"""

# ruff: noqa: S608  only names of tables and placeholders are put into statements
from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime
from itertools import chain, islice, pairwise
from operator import itemgetter
from threading import Event, Lock
from typing import Any, Generic, TypeVar

from partnership.errors import Damaged, StorageError
from partnership.model.construct import constructor
from partnership.model.entry import OpaqueEvent
from partnership.serialization.columns import Columns, NewEntry
from partnership.storage.base import KeptChange, Row
from partnership.storage.merkle import Frontier
from partnership.storage.polling import polling
from partnership.storage.process_lock import refuse_in_child
from partnership.storage.rows import (
    claim_key,
    instant,
    last_instant,
    micros,
    next_rows,
    require_same_body,
    source_key,
)
from partnership.storage.sqlite_files import (
    CLAIM_LEVELS,
    Connection,
    LogState,
    copy_file,
    index_sum,
    open_record,
    translate_errors,
    write_transaction,
)

_COLUMNS = "position, subject, event, source, recorded_at, by, id, leaf, fields, speaker, remarks"
_SELECT = f"SELECT {_COLUMNS} FROM entries"
_IN = f"""
SELECT wanted.{_COLUMNS} FROM (SELECT DISTINCT position FROM ({{}})) AS wanted
LEFT JOIN entries ON entries.position = wanted.position
"""
"""An entry that is missing is a row without values, which is refused."""
_UNDER = "SELECT position FROM subject_entries WHERE subject IN"
_BY_SUBJECT = f"{_UNDER} (SELECT id FROM subjects WHERE name IN ({{}}))"
_BY_REFERENCE = (
    f"{_UNDER} (SELECT subject FROM mentions WHERE mentioned IN (SELECT id FROM subjects WHERE name IN ({{}})))"
)
_BY_KIND = f"{_UNDER} (SELECT id FROM subjects WHERE name >= ?1 || ':' AND name < ?1 || ';')"  # next to the colon
_BY_KINDS = f"""
    {_BY_KIND[:-1]} AND id IN (
        SELECT mentions.subject FROM mentions WHERE mentioned IN (
            SELECT id FROM subjects WHERE name >= ?2 || ':' AND name < ?2 || ';')))"""
_CLAIM_TABLES = [f"claims_{level}" for level in range(CLAIM_LEVELS)]
_NEWEST = "entries WHERE position > (SELECT max(position) FROM entries) / {level} * {level}"
"""The entries whose claims are in no table yet; they are fewer than *level*."""
_BY_CLAIM = " UNION ALL ".join(
    [f"SELECT position FROM {table} WHERE claim IN ({{0}})" for table in _CLAIM_TABLES]
    + [f"SELECT position FROM {_NEWEST} AND claim IN ({{0}})"]
)
_WITH_CLAIM = "SELECT position FROM wanted CROSS JOIN subject_entries ON subject = a AND claim = b"
_INSERT = (
    "INSERT INTO entries "
    "(position, subject, claim, event, source, recorded_at, id, leaf, by, fields, speaker, remarks) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, x''), nullif(?, x''), nullif(?, x''), nullif(?, x''))"
)
"""Binding a None, or bytes that are no bytearray, takes ``sqlite3`` longer than writing the value."""
_INDEX = "INSERT OR IGNORE INTO subject_entries (subject, claim, position) VALUES (?, ?, ?)"
_MENTIONED = "SELECT a, b FROM wanted CROSS JOIN mentions ON mentioned = a AND subject = b"
_SELECT_INDEX = """
SELECT ifnull(CAST(subject AS INTEGER), 0), ifnull(CAST(claim AS INTEGER), 0), ifnull(CAST(position AS INTEGER), 0)
FROM subject_entries UNION ALL
SELECT ifnull(CAST(mentioned AS INTEGER), 0), 0, ifnull(CAST(subject AS INTEGER), 0) FROM mentions
"""
"""The index as integers; without the casts, a damaged byte may yield a value of another type."""
_ALL_CLAIMS = " UNION ALL ".join(f"SELECT claim, position FROM {table}" for table in (*_CLAIM_TABLES, _NEWEST))
_UNDER_CLAIM = "SELECT claim, position FROM subject_entries"
_WITHIN = {
    "SELECT subject, claim, position FROM entries": "SELECT subject, claim, position FROM subject_entries",
    _UNDER_CLAIM: f"SELECT * FROM ({_ALL_CLAIMS})",
    _ALL_CLAIMS: _UNDER_CLAIM,
}
"""Queries whose rows are all among those of another one."""
_UNREAD = f"{OpaqueEvent.kind}:"
_HAS_UNREAD = f"SELECT 1 FROM subjects WHERE name >= '{OpaqueEvent.kind}:' AND name < '{OpaqueEvent.kind};' LIMIT 1"
_SELECT_HEAD = "SELECT head FROM kept_heads WHERE projection = ?"
_SELECT_KEPT = "SELECT key, body FROM kept_states WHERE projection = ? ORDER BY key"
_CLAIM_ID = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LEVEL_SIZE = 512
"""Entries whose claims are entered in the first table of claims at once."""
_LEVEL_RATIO = 16
"""Rows of a table of claims for each of those that are moved to it at once."""
_DIGEST_SIZE = 32
"""Bytes of a SHA-256."""
_BATCH_SIZE = 256
"""Values, or pairs of values, of one statement; every version of SQLite accepts 999 parameters."""
_MOST_CACHED = 8_192
"""Subjects, or sources, that are kept in memory."""
_make_row: Callable[..., Row] = constructor(Row)
_make_columns: Callable[..., Columns] = constructor(Columns)

T = TypeVar("T")
V = TypeVar("V", bound=Hashable)


def _batches(values: Iterable[T]) -> Iterator[list[T]]:
    """Split values into batches for one statement each, and repeat the last value until their number is a power of two.

    So there are few different statements, and SQLite parses each of them once.
    """
    remaining = iter(values)
    while batch := list(islice(remaining, _BATCH_SIZE)):
        yield batch + batch[-1:] * ((1 << (len(batch) - 1).bit_length()) - len(batch))


def _placeholders(values: Sized) -> str:
    """Return one SQL placeholder for each value, with its number."""
    return ",".join(f"?{number}" for number in range(1, len(values) + 1))


def _find_pairs(connection: Connection, query: str, pairs: Iterable[tuple[int, int]]) -> list[tuple[Any, ...]]:
    """Return the rows of a query that joins pairs of numbers as the table ``wanted (a, b)``."""
    rows: list[tuple[Any, ...]] = []
    for batch in _batches(pairs):
        values = ",".join(f"(?{number}, ?{number + 1})" for number in range(1, 2 * len(batch), 2))
        numbers = [number for pair in batch for number in pair]
        rows += connection.execute(f"WITH wanted (a, b) AS (VALUES {values}) {query}", numbers).fetchall()
    return rows


def _add_claims(connection: Connection, before: int, size: int) -> None:
    """Enter the claims of the newest entries in the first table, and move those of a table that is full to the next.

    Args:
        connection: the connection to write with.
        before: the number of entries before.
        size: the number of entries.
    """
    level_size = _LEVEL_SIZE
    first, last = before // level_size * level_size, size // level_size * level_size
    if first == last:
        return
    newest = f"entries WHERE position > {first} AND position <= {last}"
    for rows, table in pairwise([newest, *_CLAIM_TABLES]):
        if before // level_size == size // level_size:
            break
        connection.execute(f"INSERT INTO {table} SELECT claim, position FROM {rows} ORDER BY claim, position")
        if rows != newest:
            connection.execute(f"DELETE FROM {rows}")
        level_size *= _LEVEL_RATIO


class _Dictionary(Generic[V]):
    """A table of values with ids; those in use are kept in memory.

    Args:
        table: its name.
        columns: the columns of a value; it is found by the first.
        key: returns what that column has for a value.
        stored: returns what all columns have for a value.
        value: returns the value of what is stored.
    """

    def __init__(
        self,
        table: str,
        columns: str,
        key: Callable[[V], object],
        stored: Callable[[V], tuple[object, ...]],
        value: Callable[..., V],
    ) -> None:
        self._table, self._columns = table, columns
        self._key, self._stored, self._value = key, stored, value
        self._ids: dict[V, int] = {}
        self._values: dict[object, V] = {}

    def forget(self) -> None:
        """Keep nothing in memory, for example because ids in use were not written after all."""
        self._ids, self._values = {}, {}

    def values(self, connection: Connection, ids: set[object]) -> Mapping[object, V]:
        """Return values by id, at least those with some ids that are in the table."""
        if any(id_ not in self._values for id_ in ids):
            if len(self._values) > _MOST_CACHED:
                self.forget()
            self._load(connection, "id", [id_ for id_ in ids if id_ not in self._values])
        return self._values

    def ids(self, connection: Connection, values: Iterable[V]) -> Mapping[V, int]:
        """Return ids by value, at least those of some values that are in the table."""
        if len(self._ids) > _MOST_CACHED:
            self.forget()
        if wanted := [self._key(value) for value in values if value not in self._ids]:
            self._load(connection, self._columns.partition(",")[0], wanted)
        return self._ids

    def _load(self, connection: Connection, column: str, wanted: Iterable[object]) -> None:
        for batch in _batches(wanted):
            query = f"SELECT id, {self._columns} FROM {self._table} WHERE {column} IN ({_placeholders(batch)})"
            for id_, *stored in connection.execute(query, batch):
                with suppress(AttributeError, UnicodeDecodeError, TypeError):  # a damaged value is not there
                    self._keep(self._value(*stored), id_)

    def _keep(self, value: V, id_: int) -> None:
        self._ids[value], self._values[id_] = id_, value

    def add(self, connection: Connection, values: Collection[V], size: int) -> tuple[Mapping[V, int], int]:
        """Add those of some values that are not in the table; return the ids of all, and how many it has then.

        Args:
            connection: the connection to write with.
            values: the values, each once.
            size: how many the table has.
        """
        ids = self.ids(connection, values)
        new = [value for value in values if value not in ids]
        if new:
            placeholders = ", ?" * (self._columns.count(",") + 1)
            insert = f"INSERT INTO {self._table} (id, {self._columns}) VALUES (?{placeholders})"
            rows = [(id_, *self._stored(value)) for id_, value in enumerate(new, size + 1)]
            connection.executemany(insert, rows)
            for id_, value in enumerate(new, size + 1):
                self._keep(value, id_)
        return ids, size + len(new)


def _subjects() -> _Dictionary[str]:
    return _Dictionary("subjects", "name", str, lambda name: (name,), bytes.decode)


def _events() -> _Dictionary[tuple[str, int]]:
    """Return the table of names and versions of event classes."""
    return _Dictionary("events", "name, version", itemgetter(0), tuple, lambda name, version: (name.decode(), version))


def _sources() -> _Dictionary[bytes]:
    return _Dictionary("sources", "key, body", source_key, lambda body: (source_key(body), body), lambda _, body: body)


class _AppendRequest:
    """One call of `SQLiteStore.append`, and its result.

    Attributes:
        entries: new ones and others.
        now: the time of the caller's clock, aware.
        by: who records the entries.
        rows: the rows of the entries, once written.
        error: the exception to raise in the caller, if writing failed.
        is_done: whether the request was written or has failed.
        is_leader: whether the caller writes the queued requests, its own among them.
        wakeup: set when the request is done, or its caller becomes the leader; None for one who is it from the start.
    """

    def __init__(self, entries: Sequence[NewEntry], now: datetime, by: str | None) -> None:
        self.entries = entries
        self.now = now
        self.by = by
        self.rows: list[Row] = []
        self.error: Exception | None = None
        self.is_done = self.is_leader = False
        self.wakeup: Event | None = None

    def wake(self) -> None:
        """Let a caller that waits go on."""
        if self.wakeup:
            self.wakeup.set()


class SQLiteStore:
    """Entries of one partnership in one file, created if absent; threads and processes may share it.

    Args:
        path: the file. Its folder must exist; an empty file counts as absent.
        partnership: the partnership that the record belongs to. A record without a name takes it.

    Raises:
        DifferentPartnership: the record has another name.
        StorageError: the file is not a record, is newer or damaged, or cannot be reached: see the subclasses.
    """

    keeps_states = True

    def __init__(self, path: str | os.PathLike[str], *, partnership: str | None = None) -> None:
        self._place = os.fspath(path)
        self._lock = Lock()
        self._queue_lock = Lock()
        self._queue: list[_AppendRequest] = []
        self._has_leader = False
        self._data_version = 0
        self._known_end: tuple[LogState, datetime | None] | None = None
        self._has_unread: bool | None = None  # whether there is a subject of an event that its writer did not know
        self._subjects, self._events, self._sources = _subjects(), _events(), _sources()
        self._mentions: set[tuple[int, int]] = set()  # some of those that are written
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

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """Lock the connection for the caller, and translate SQLite's errors."""
        refuse_in_child(self._process, self._place)
        with self._lock, translate_errors(self._place):
            yield self._required_connection()

    def _required_connection(self) -> Connection:
        if self._connection is None:
            raise StorageError(self._place, "is closed; open it again")
        return self._connection

    def append(self, entries: Sequence[NewEntry], *, now: datetime, by: str | None) -> list[Row]:
        """Append entries, and return their rows in the order given.

        Concurrent calls share a commit: the first caller writes all requests that have queued up by then.

        Raises:
            ReadOnly: the file or its folder cannot be written.
            StorageFull: no space is left; nothing was written.
            Damaged: rows are missing; nothing is added to an incomplete log.
            StorageError: another program has locked the file or moved it.
        """
        refuse_in_child(self._process, self._place)
        request = _AppendRequest(entries, now, by)
        with self._queue_lock:
            self._queue.append(request)
            if self._has_leader:
                request.wakeup = Event()
            else:
                request.is_leader = self._has_leader = True
        try:
            while request.wakeup and not (request.is_done or request.is_leader):
                request.wakeup.wait()
            if request.is_leader:
                self._write_queue()
        finally:
            self._leave_queue(request)
        if request.error is not None:
            with translate_errors(self._place):
                raise request.error
        return request.rows

    def _write_queue(self) -> None:
        """Write the queued requests in one commit; if that fails, in one commit for each."""
        with self._lock:
            connection = self._required_connection()
            with self._queue_lock:
                batch, self._queue = self._queue, []
            try:
                if not self._write(connection, batch):
                    for request in batch:
                        self._write(connection, [request])
            finally:
                with self._queue_lock:  # after an interrupt, the unfinished requests remain to be written
                    self._queue = [request for request in batch if not request.is_done] + self._queue
                for request in batch:
                    request.wake()

    def _leave_queue(self, request: _AppendRequest) -> None:
        """Remove a request from the queue, even if it was interrupted; a leader passes its role to the next caller."""
        with self._queue_lock:
            self._queue = [queued for queued in self._queue if queued is not request]
            if request.is_leader:
                self._has_leader = bool(self._queue)
                for successor in self._queue[:1]:
                    successor.is_leader = True
                    successor.wake()

    def _write(self, connection: Connection, requests: Sequence[_AppendRequest]) -> bool:
        """Write requests in one commit; return False, with nothing written, if several fail because one of them does.

        An error of a single request is stored in it. After any, what was read or written is forgotten.
        """
        try:
            with write_transaction(connection):
                results = [self._write_request(connection, request) for request in requests]
        except BaseException as error:
            self._known_end = self._has_unread = None
            for dictionary in (self._subjects, self._events, self._sources):
                dictionary.forget()
            self._mentions = set()
            if not isinstance(error, Exception):
                raise
            if len(requests) > 1:
                return False
            requests[0].error, requests[0].is_done = error, True
        else:
            for request, rows in zip(requests, results, strict=True):
                request.rows, request.is_done = rows, True
        return True

    def _write_request(self, connection: Connection, request: _AppendRequest) -> list[Row]:
        """Write the entries of a request that are not in the log, and return the rows of all of them."""
        data_version = connection.execute_once("PRAGMA data_version").fetchone()[0]  # changes if others write
        if data_version != self._data_version:
            self._data_version, self._known_end, self._has_unread = data_version, None, None
        entries = {entry.id: entry for entry in request.entries}
        sources = self._sources.ids(connection, {entry.columns.source for entry in entries.values()})
        # a claim from a document that the log does not know is not in it
        known = [entry for entry in entries.values() if entry.columns.source in sources]
        rows = {
            row.id: require_same_body(row, entries[row.id], self._place)
            for row in (self._with_claims_of(connection, known) if known else ())
            if row.id in entries
        }
        if new := [entry for entry in entries.values() if entry.id not in rows]:
            rows |= {row.id: row for row in self._insert(connection, new, request)}
        return [rows[entry.id] for entry in request.entries]

    def _with_claims_of(self, connection: Connection, entries: Collection[NewEntry]) -> list[Row]:
        """Return the rows of the log that may be some entries: with the same claims about the same subjects.

        A writer that does not know the class of an event does not know the kind of its subject either. So where there
        is such a subject, rows with the same claims are returned, whatever they are about.
        """
        keys = [(entry.columns.subject, claim_key(entry.claim_id)) for entry in entries]
        if self._has_unread is None:
            self._has_unread = bool(connection.execute_once(_HAS_UNREAD).fetchall())
        if self._has_unread or any(subject.startswith(_UNREAD) for subject, _ in keys):
            queries = [
                connection.execute_once(_BY_CLAIM.format(_placeholders(batch), level=_LEVEL_SIZE), batch)
                for batch in _batches(key for _, key in keys)
            ]
            found = list(chain.from_iterable(queries))
        else:
            subjects = self._subjects.ids(connection, {subject for subject, _ in keys})
            pairs = [(subjects[name], key) for name, key in keys if name in subjects]
            found = _find_pairs(connection, _WITH_CLAIM, pairs)
        rows: list[Row] = []
        for batch in _batches(position for (position,) in found):
            query = f"{_SELECT} WHERE position IN ({_placeholders(batch)})"
            rows += self._decode(connection, connection.execute_once(query, batch).fetchall())
        return rows

    def _insert(self, connection: Connection, entries: Sequence[NewEntry], request: _AppendRequest) -> list[Row]:
        """Write entries that are not in the log, their rows of the index, and the state of the log with them.

        Args:
            connection: the connection to write with.
            entries: the entries.
            request: says when and by whom they are recorded.
        """
        state, last = self._known_end or self._read_end(connection)
        frontier = Frontier(state.size, state.frontier)
        rows = next_rows(frontier, last, entries, now=request.now, by=request.by)
        parts = [entry.columns for entry in entries]
        names = dict.fromkeys(chain.from_iterable([entry.subjects + entry.references for entry in entries]))
        classes = dict.fromkeys([(one.event, one.version) for one in parts])
        subjects, subject_count = self._subjects.add(connection, names, state.subjects)
        events, event_count = self._events.add(connection, classes, state.events)
        sources, source_count = self._sources.add(
            connection, dict.fromkeys([one.source for one in parts]), state.sources
        )
        if subject_count > state.subjects:
            self._has_unread = None
        claims = [claim_key(entry.claim_id) for entry in entries]
        recorded_at, by = micros(rows[0].recorded_at), bytearray() if request.by is None else request.by
        connection.executemany(
            _INSERT,
            [
                (
                    row.position, subjects[one.subject], claim, events[one.event, one.version], sources[one.source],
                    recorded_at, bytearray.fromhex(row.id), bytearray(row.leaf), by,
                    bytearray(one.fields), bytearray(one.speaker), bytearray(one.remarks),
                )
                for row, one, claim in zip(rows, parts, claims, strict=True)
            ],
        )  # fmt: skip
        index = [
            (subjects[name], claim, row.position)
            for entry, claim, row in zip(entries, claims, rows, strict=True)
            for name in entry.subjects
        ]
        connection.executemany(_INDEX, sorted(index))
        mentions = self._add_mentions(
            connection,
            {(subjects[name], subjects[entry.columns.subject]) for entry in entries for name in entry.references},
        )
        _add_claims(connection, state.size, frontier.size)
        checksum = index_sum(index) + index_sum((mentioned, 0, subject) for mentioned, subject in mentions)
        state = LogState(
            state.partnership,
            frontier.size,
            frontier.packed(),
            (state.index_sum + checksum) % 2**64,
            subject_count,
            event_count,
            source_count,
        )
        state.write(connection)
        self._known_end = (state, rows[-1].recorded_at)
        return rows

    def _add_mentions(self, connection: Connection, pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
        """Write which subjects refer to which, and return the pairs that are new."""
        if len(self._mentions) > _MOST_CACHED:
            self._mentions = set()
        if new := pairs - self._mentions:
            new.difference_update(_find_pairs(connection, _MENTIONED, new))
            connection.executemany("INSERT INTO mentions (mentioned, subject) VALUES (?, ?)", sorted(new))
            self._mentions |= pairs
        return new

    def _read_end(self, connection: Connection) -> tuple[LogState, datetime | None]:
        """Return the state of the log and when it took its last entry."""
        state = LogState.read(connection, self._place)
        last_rows = self._decode(connection, connection.execute(f"{_SELECT} ORDER BY position DESC LIMIT 1").fetchall())
        return state, last_instant(last_rows[0] if last_rows else None, state.size, self._place)

    def _decode(self, connection: Connection, stored_rows: Sequence[tuple[Any, ...]]) -> list[Row]:
        """Make rows of stored ones.

        Raises:
            Damaged: a value is of a type or size that is never written, or has an id that no value has.
        """
        subjects = self._subjects.values(connection, {stored[1] for stored in stored_rows})
        events = self._events.values(connection, {stored[2] for stored in stored_rows})
        sources = self._sources.values(connection, {stored[3] for stored in stored_rows})
        rows = []
        for position, subject, event, source, recorded_at, by, id_, leaf, fields, speaker, remarks in stored_rows:
            try:
                name, version = events[event]
                texts = fields or b"", sources[source], speaker or b"", remarks or b""
                columns = _make_columns(subjects[subject], name, version, *texts)
                recorder = None if by is None else by.decode()
                row = _make_row(position, instant(recorded_at), recorder, id_.hex(), columns, leaf)
                is_valid = len(b"".join((id_, leaf))) == 2 * _DIGEST_SIZE == 2 * len(leaf) and type(position) is int
                b"".join(texts)
                if is_valid:
                    rows.append(row)
            except (AttributeError, KeyError, OverflowError, TypeError, UnicodeDecodeError):
                is_valid = False
            if not is_valid:
                raise Damaged(self._place, f"entry {position} is not as it was written: restore a copy")
        return rows

    def read(self, after: int = 0, most: int | None = None) -> list[Row]:
        """Return the rows after a position, in order, from one consistent snapshot; at most *most*.

        Raises:
            Damaged: a row is not as it was written.
        """
        with self._connected() as connection:
            query = f"{_SELECT} WHERE position > ? ORDER BY position LIMIT ?"
            stored = connection.execute(query, (after, -1 if most is None else most)).fetchall()
            return self._decode(connection, stored)

    def find(
        self, *, subjects: Collection[str] = (), claims: Collection[str] = (), references: Collection[str] = ()
    ) -> list[Row]:
        """Return the rows of the entries under some subjects, with some claims or with some references, in order.

        Raises:
            Damaged: a row is not as it was written.
        """
        names, referred = (list(filter(str.isascii, some)) for some in (subjects, references))
        keys = [claim_key(claim) for claim in claims if _CLAIM_ID.fullmatch(claim)]
        rows: dict[int, Row] = {}
        for query, wanted in ((_BY_SUBJECT, names), (_BY_REFERENCE, referred), (_BY_CLAIM, keys)):
            for batch in _batches(wanted):
                positions = query.format(_placeholders(batch), level=_LEVEL_SIZE)
                rows.update((row.position, row) for row in self._find(positions, batch))
        return [rows[position] for position in sorted(rows)]

    def find_kinds(self, kinds: Collection[str], references: str | None = None) -> list[Row]:
        """Return the rows of the entries under subjects of some kinds, in order.

        Raises:
            Damaged: a row is not as it was written.
        """
        known = filter(str.isascii, kinds)
        queries = ((_BY_KIND, [kind]) if references is None else (_BY_KINDS, [kind, references]) for kind in known)
        rows = {row.position: row for query, parameters in queries for row in self._find(query, parameters)}
        return [rows[position] for position in sorted(rows)]

    def count(self, kind: str) -> int:
        """Return how many entries are found under subjects of a kind."""
        with self._connected() as connection:
            counted: int = connection.execute(f"SELECT count(DISTINCT position) FROM ({_BY_KIND})", [kind]).fetchall()[
                0
            ][0]
            return counted

    def _find(self, positions: str, parameters: Sequence[object]) -> list[Row]:
        with self._connected() as connection:
            stored = connection.execute(_IN.format(positions), parameters).fetchall()
            return self._decode(connection, stored)

    def head(self) -> int:
        """Return the last position, 0 for an empty log."""
        with self._connected() as connection:
            position: int | None = connection.execute("SELECT max(position) FROM entries").fetchall()[0][0]
            return position or 0

    def frontier(self) -> tuple[int, bytes]:
        """Return the size and the packed frontier of the log as they are stored beside the rows.

        Raises:
            Damaged: they were changed.
        """
        with self._connected() as connection:
            state = LogState.read(connection, self._place)
        return state.size, state.frontier

    def kept(self, name: str) -> tuple[bytes, list[tuple[str, bytes]]] | None:
        """Return the head and the rows that are kept of a projection, in order of their keys."""
        with self._connected() as connection:
            connection.execute("BEGIN")
            try:
                heads = connection.execute(_SELECT_HEAD, [name]).fetchall()
                rows = connection.execute(_SELECT_KEPT, [name]).fetchall()
            finally:
                connection.execute("COMMIT")
        return (heads[0][0], [(key.decode(errors="replace"), body) for key, body in rows]) if heads else None

    def keep(self, changes: Sequence[KeptChange]) -> None:
        """Replace what is kept of some projections, in one transaction."""
        with self._connected() as connection, write_transaction(connection):
            for change in changes:
                name, before = change.name, change.before
                if before is None:
                    connection.execute("DELETE FROM kept_states WHERE projection = ?", [name])
                elif connection.execute(_SELECT_HEAD, [name]).fetchall() != [(before,)]:
                    continue
                removed = [(name, key) for key, body in change.rows if body is None]
                connection.executemany("DELETE FROM kept_states WHERE projection = ? AND key = ?", removed)
                written = [(name, key, body) for key, body in change.rows if body is not None]
                connection.executemany("REPLACE INTO kept_states (projection, key, body) VALUES (?, ?, ?)", written)
                connection.execute("REPLACE INTO kept_heads (projection, head) VALUES (?, ?)", [name, change.head])

    def sealed(self) -> tuple[int, bytes]:
        """Return the size and the root of the log as they are stored beside the rows.

        Raises:
            Damaged: they were changed.
        """
        size, frontier = self.frontier()
        return size, Frontier(size, frontier).root()

    def check(self) -> list[str]:
        """Return the problems that SQLite finds in the file, and whether the index was changed."""
        with self._connected() as connection:
            problems = [
                message.decode(errors="replace")
                for (message,) in connection.execute("PRAGMA integrity_check")
                if message != b"ok"
            ]
            state = LogState.read(connection, self._place)
            if index_sum(connection.execute(_SELECT_INDEX)) != state.index_sum:
                problems.append("the index was changed: some entries may be found no more")
            sizes = {"subjects": state.subjects, "events": state.events, "sources": state.sources}
            for table, size in sizes.items():
                ids = connection.execute(f"SELECT count(*), ifnull(min(id), 1), ifnull(max(id), 0) FROM {table}")
                if ids.fetchone() != (size, 1, size):
                    problems.append(f"the table {table} does not have the {size} rows that were written")
            queries = (f"{rows} EXCEPT {others} LIMIT 1".format(level=_LEVEL_SIZE) for rows, others in _WITHIN.items())
            if any(connection.execute(query).fetchall() for query in queries):
                problems.append("the index is not that of the entries: some may be found no more")
            return problems

    def listening(self) -> AbstractContextManager[Callable[[float], None]]:
        """Return a context manager that yields a function that waits until the store should be read again."""
        return polling()

    def copy_to(self, path: str) -> None:
        """Copy the file, also while other processes write; they wait until it is done.

        Raises:
            StorageError: another program has locked it.
        """
        with self._connected() as connection:
            copy_file(connection, path)

    def sync_nothing(self) -> None:
        """Write without waiting for the disk: for a new file that is synced once it is complete."""
        with self._connected() as connection:
            connection.execute("PRAGMA synchronous=off")

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
