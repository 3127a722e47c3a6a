"""A log in a database of a PostgreSQL server, which may hold the logs of many partnerships.

What many entries share, their subjects, events and sources, is stored once, as a value with a number. The numbers of a
log count from 1. A writer gives them to new values, for it knows how many there are and which of them it has seen.

An append is one statement: if the row of its log still has the state that this store knows, it updates that row and
inserts the entries. The lock on the row is held until the commit, so appends to one log run one after the other, and
those to different logs do not wait for each other. If another process has appended, or some of the entries may be in
the log already, the row is locked first; then the log is read, and the new entries are written.

A reader that follows a log holds a shared advisory lock, which every append tries to take exclusively. Only if that
fails does the append notify readers, and it does so after its commit: a transaction that notifies makes all others that
notify on the server wait for its commit.

The locked row makes positions consecutive, in the order of commits; a sequence would leave gaps.

An array of keys to look up is unnested in a subquery. The planner does not see its length there, so it uses the index,
even of a table without statistics; otherwise it may read all rows of a log and filter them by the array.
"""

# ruff: noqa: S608  only constants are put into statements
from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from threading import Lock
from typing import Any, TypeVar

from partnership._frozen import frozen
from partnership.errors import Damaged, StorageError
from partnership.model.construct import constructor
from partnership.serialization.columns import Columns, NewEntry
from partnership.storage.base import KeptChange, Row
from partnership.storage.merkle import Frontier
from partnership.storage.postgres_connection import (
    LOCK_NAMESPACE,
    Blobs,
    Connection,
    LogState,
    Numbers,
    connect,
    describe_place,
    find_or_create_log,
    key_sum,
    read_log_state,
    translate_errors,
)
from partnership.storage.process_lock import refuse_in_child
from partnership.storage.rows import claim_key, instant, last_instant, micros, next_rows, require_same_body

_DIGEST_SIZE = 32
"""Bytes of a SHA-256."""
_WRITE_BATCH = 500
"""Entries in one statement, each of at most 256 KiB: a message to the server is limited to 1 GiB."""
_READ_BATCH = 10_000
"""Rows in one answer."""
_VALUES_LIMIT = 65_536
"""Values that a store remembers."""
_CLAIM = re.compile(r"[0-9a-f]{64}", re.ASCII)
_POLL_INTERVAL = 1.0
"""Seconds after which a reader stops waiting for a notification, since a writer may die between commit and notify."""
_WRITE = """
WITH moved AS (
    UPDATE partnership_log
    SET size = %(size)b, frontier = %(frontier)b, keys = %(keys)b, value_count = %(new_values)b, seal = %(seal)b
    WHERE log = %(log)b::integer AND size = %(after)b AND frontier = %(known_frontier)b AND keys = %(known_keys)b
        AND value_count = %(known_values)b AND seal = %(known_seal)b AND partnership = %(partnership)s AND NOT EXISTS (
            SELECT FROM partnership_entries
            WHERE log = %(log)b::integer AND claim = ANY(ARRAY(SELECT unnest(%(absent_claims)b::bigint[])))
        )
    RETURNING log
), valued AS (
    INSERT INTO partnership_values (log, id, key, value)
    SELECT log, %(known_values)b + place, key, value
    FROM moved, unnest(%(value_keys)b::bigint[], %(values)b::bytea[]) WITH ORDINALITY AS given (key, value, place)
), written AS (
    INSERT INTO partnership_entries
        (log, position, recorded_at, by, claim, subject, event, source, id, leaf, fields, speaker, remarks)
    SELECT log, %(after)b + place, %(recorded_at)b, %(by)b::bytea, claim, subject, event, source, id, leaf,
        nullif(fields, ''), nullif(speaker, ''), nullif(remarks, '')
    FROM moved, unnest(
        %(claims)b::bigint[], %(subjects)b::bigint[], %(events)b::bigint[], %(sources)b::bigint[], %(ids)b::bytea[],
        %(leaves)b::bytea[], %(fields)b::bytea[], %(speakers)b::bytea[], %(remarks)b::bytea[]
    ) WITH ORDINALITY AS given (claim, subject, event, source, id, leaf, fields, speaker, remarks, place)
), linked AS (
    INSERT INTO partnership_links (log, subject, position)
    SELECT log, subject, position
    FROM moved, unnest(%(linked)b::bigint[], %(positions)b::bigint[]) AS given (subject, position)
)
SELECT NOT pg_try_advisory_xact_lock(%(lock_namespace)b::integer, log) FROM moved
"""
"""Returns no row, and writes nothing, if the state of the log is not as given; else whether a reader is waiting."""
_COLUMNS = "position, recorded_at, by, id, leaf, subject, event, source, fields, speaker, remarks"
_SELECT = f"SELECT {_COLUMNS} FROM partnership_entries WHERE log = %(log)s::integer"
_STORED = f"""
{_SELECT} AND claim = ANY(ARRAY(SELECT unnest(%(claims)s::bigint[]))) AND id = ANY(%(ids)s::bytea[]) ORDER BY position
"""
_READ = f"{_SELECT} AND position > %(after)s::bigint ORDER BY position LIMIT %(most)s::bigint"
_READ_AT = f"{_SELECT} AND position = ANY(ARRAY(SELECT unnest(%(positions)s::bigint[]))) ORDER BY position"
_LAST_AND_STORED = """
SELECT position, recorded_at, by, id, leaf FROM partnership_entries
WHERE log = %(log)s::integer AND position = ANY(ARRAY(
    SELECT max(position) FROM partnership_entries WHERE log = %(log)s::integer
    UNION ALL
    SELECT position FROM partnership_entries
    WHERE log = %(log)s::integer AND claim = ANY(ARRAY(SELECT unnest(%(claims)s::bigint[])))
        AND id = ANY(%(ids)s::bytea[])
)) ORDER BY position
"""
_IDS_OF_VALUES = """
SELECT id FROM partnership_values
    WHERE log = %(log)s::integer AND key = ANY(ARRAY(SELECT unnest(%({0}_keys)s::bigint[])))
        AND value = ANY(%({0})s::bytea[])
"""
_FIND = f"""
SELECT wanted.{_COLUMNS} FROM unnest(ARRAY(
    SELECT position FROM partnership_entries
    WHERE log = %(log)s::integer AND claim = ANY(ARRAY(SELECT unnest(%(claims)s::bigint[])))
    UNION
    SELECT position FROM partnership_links
    WHERE log = %(log)s::integer AND subject = ANY(ARRAY(
        {_IDS_OF_VALUES.format("subjects")}
        UNION ALL
        SELECT -id FROM ({_IDS_OF_VALUES.format("references")}) AS referenced
    ))
    UNION
    SELECT position FROM partnership_entries WHERE log = %(log)s::integer AND subject = ANY(ARRAY(
        {_IDS_OF_VALUES.format("subjects")}
        UNION ALL
        SELECT subject FROM partnership_entries WHERE log = %(log)s::integer AND position = ANY(ARRAY(
            SELECT position FROM partnership_links WHERE log = %(log)s::integer AND subject = ANY(ARRAY(
                SELECT -id FROM ({_IDS_OF_VALUES.format("references")}) AS referenced
            ))
        ))
    ))
)) AS wanted (position) LEFT JOIN LATERAL (
    SELECT * FROM partnership_entries WHERE log = %(log)s::integer AND position = wanted.position OFFSET 0
) AS entries ON true ORDER BY wanted.position
"""
"""A missing entry is a row without values, which is refused. Without ``OFFSET`` the planner may read all rows."""
_IDS_OF_KINDS = """
SELECT id FROM unnest(%({0}_firsts)s::bigint[], %({0}_lasts)s::bigint[], %({0}_beginnings)s::bytea[])
    AS kind (first, last, beginning), partnership_values
WHERE log = %(log)s::integer AND key BETWEEN first AND last AND substr(value, 1, length(beginning)) = beginning
"""
_REFERRING = f"""
SELECT subject FROM partnership_entries WHERE log = %(log)s::integer AND position = ANY(ARRAY(
    SELECT position FROM partnership_links WHERE log = %(log)s::integer AND subject = ANY(ARRAY(
        SELECT -id FROM ({_IDS_OF_KINDS.format("references")}) AS referenced
    ))
))
"""
_POSITIONS_OF_KINDS = f"""
WITH of_kinds AS ({_IDS_OF_KINDS.format("kinds")} AND (%(is_any)s OR id = ANY(ARRAY({_REFERRING}))))
SELECT position FROM partnership_entries
WHERE log = %(log)s::integer AND subject = ANY(ARRAY(SELECT id FROM of_kinds))
UNION
SELECT position FROM partnership_links WHERE log = %(log)s::integer AND subject = ANY(ARRAY(SELECT id FROM of_kinds))
"""
_COUNT_OF_KINDS = f"SELECT count(*) FROM ({_POSITIONS_OF_KINDS}) AS found"
_SELECT_VALUES = "SELECT id, value FROM partnership_values WHERE log = %(log)s::integer"
_VALUES_BY_KEY = f"{_SELECT_VALUES} AND key = ANY(ARRAY(SELECT unnest(%(keys)s::bigint[])))"
_VALUES_BY_ID = f"{_SELECT_VALUES} AND id = ANY(ARRAY(SELECT unnest(%(ids)s::integer[])))"
_HEAD = """
SELECT position FROM partnership_entries WHERE log = %(log)s::integer ORDER BY position DESC LIMIT 1
"""
_CHECK = """
SELECT sum(key::numeric * (2 * position + 1) + position), (
    SELECT count(*) = %(count)s AND bool_and(
        id BETWEEN 1 AND %(count)s AND substr(int8send(key), 5) = substr(sha256(value), 1, 4)
    ) IS NOT FALSE
    FROM partnership_values WHERE log = %(log)s::integer
)
FROM (
    SELECT claim AS key, position FROM partnership_entries WHERE log = %(log)s::integer
    UNION ALL
    SELECT subject, position FROM partnership_links WHERE log = %(log)s::integer
    UNION ALL
    SELECT key, id FROM partnership_values WHERE log = %(log)s::integer
) AS keys
"""
"""The sum of `key_sum`, before the modulus, and whether the values are numbered, and have keys, as written."""

_SELECT_KEPT = """
SELECT NULL, head FROM partnership_kept_heads WHERE log = %(log)s::integer AND projection = %(projection)s::bytea
UNION ALL (
    SELECT key, body FROM partnership_kept_states WHERE log = %(log)s::integer AND projection = %(projection)s::bytea
    ORDER BY key
)
"""
_REPLACE_HEAD = """
UPDATE partnership_kept_heads SET head = %(head)b::bytea
WHERE log = %(log)b::integer AND projection = %(projection)b::bytea AND head = %(before)b::bytea RETURNING log
"""
_SET_HEAD = """
INSERT INTO partnership_kept_heads (log, projection, head) VALUES (%(log)b, %(projection)b, %(head)b)
ON CONFLICT (log, projection) DO UPDATE SET head = excluded.head RETURNING log
"""
_REMOVE_ALL_ROWS = """
DELETE FROM partnership_kept_states WHERE log = %(log)b::integer AND projection = %(projection)b::bytea
"""
_REMOVE_ROWS = f"{_REMOVE_ALL_ROWS} AND key = ANY(%(removed)b::bytea[])"
_INSERT_ROWS = """
INSERT INTO partnership_kept_states (log, projection, key, body)
SELECT %(log)b::integer, %(projection)b::bytea, key, body
FROM unnest(%(keys)b::bytea[], %(bodies)b::bytea[]) AS given (key, body)
"""

_make_row: Callable[..., Row] = constructor(Row)
_make_columns: Callable[..., Columns] = constructor(Columns)
_NO_COLUMNS = Columns("", "", 1, b"", b"", b"", b"")
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


def _decode_row(stored: tuple[Any, ...], columns: Columns) -> Row:
    """Make a row of position, time, recorder, id and leaf as they are stored.

    Raises:
        OverflowError, ValueError: a value is never written in this form.
    """
    position, recorded_at, by, id_, leaf = stored
    if len(leaf) != _DIGEST_SIZE:
        raise ValueError(leaf)
    return _make_row(position, instant(recorded_at), None if by is None else _decode_text(by), id_.hex(), columns, leaf)


def _hash(value: bytes) -> bytes:
    return sha256(value).digest()[:4]


def _subject_key(subject: bytes) -> int:
    """Return the key of a subject: one hash of its kind, by which those of a kind are found, and one of itself."""
    return int.from_bytes(_hash(subject.partition(b":")[0]) + _hash(subject), signed=True)


def _value_key(value: bytes) -> int:
    """Return the key of an event or a source: two parts of its hash."""
    digest = sha256(value).digest()
    return int.from_bytes(digest[4:8] + digest[:4], signed=True)


def _encoded(subjects: Iterable[str]) -> Blobs:
    return Blobs(subject.encode(errors="surrogatepass") for subject in subjects)  # half a character finds nothing


def _ranges(name: str, kinds: Iterable[str]) -> dict[str, Any]:
    """Return the parameters of a query for the subjects of some kinds: the ranges of their keys, and how they begin."""
    beginnings = _encoded(f"{kind}:" for kind in kinds)
    firsts = [int.from_bytes(_hash(beginning[:-1]) + bytes(4), signed=True) for beginning in beginnings]
    return {
        f"{name}_firsts": Numbers(firsts), f"{name}_lasts": Numbers(first + 2**32 - 1 for first in firsts),
        f"{name}_beginnings": beginnings,
    }  # fmt: skip


@lru_cache(maxsize=_VALUES_LIMIT)
def _decode_text(value: bytes) -> str:
    return value.decode()


@lru_cache(maxsize=1024)
def _encode_event(name: str, version: int) -> bytes:
    return f"{version} {name}".encode()


@lru_cache(maxsize=1024)
def _decode_event(value: bytes) -> tuple[str, int]:
    version, _, name = value.decode().partition(" ")
    return name, int(version)


class PostgresStore:
    """Entries of one partnership in a database, which is set up if it is new; threads and processes may share it.

    Args:
        url: the database, ``postgresql://user@host:5432/database``.
        partnership: the partnership that the record belongs to.

    Raises:
        StorageError: the database cannot be reached, is newer, damaged or not of this library: see the subclasses.
    """

    keeps_states = True

    def __init__(self, url: str, *, partnership: str) -> None:
        self._url = url
        self._partnership = partnership
        self._place = describe_place(url, partnership)
        self._lock = Lock()
        self._process = os.getpid()
        self._is_closed = False
        self._known_end: _LogEnd | None = None
        self._known_ids: dict[bytes, int] = {}  # the numbers of values, for writing
        self._known_values: dict[int, bytes] = {}  # the values by number, for reading
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
        refuse_in_child(self._process, self._place)
        with self._lock:
            if self._is_closed:
                raise StorageError(self._place, "is closed; open it again")
            if self._connection.closed:  # it was lost, or closed after an interrupt
                self._known_end, self._known_ids, self._known_values = None, {}, {}
                connection = connect(self._url, self._place)
                self._log = find_or_create_log(connection, self._place, self._partnership)
                self._connection = connection
            try:
                with translate_errors(self._place, is_adding=is_adding):
                    return operation(self._connection)
            finally:
                self._connection.close_unless_idle()  # a signal may arrive between two statements

    def append(self, entries: Sequence[NewEntry], *, now: datetime, by: str | None) -> list[Row]:
        """Append entries, and return their rows in the order given.

        Raises:
            ReadOnly: the server or this user cannot write.
            StorageFull: no space is left; nothing was written.
            Damaged: rows are missing; nothing is added to an incomplete log.
            StorageError: the connection was lost, or another program has locked the log. Adding again adds no
                duplicates.
        """
        by_id = {entry.id: entry for entry in entries}
        rows = self._run(
            lambda connection: self._append_and_notify(connection, list(by_id.values()), now, by), is_adding=True
        )
        return [rows[entry.id] for entry in entries]

    def _append_and_notify(
        self, connection: Connection, entries: list[NewEntry], now: datetime, by: str | None
    ) -> dict[str, Row]:
        """Append entries, notify a waiting reader, and return the rows by id."""
        known_end, self._known_end = self._known_end, None  # unknown until the append has succeeded
        ids, self._known_ids = self._known_ids, {}
        rows, self._known_end, is_awaited = self._append(connection, known_end, ids, entries, now=now, by=by)
        self._known_ids = ids if len(ids) <= _VALUES_LIMIT else {}
        if is_awaited:
            connection.execute("SELECT pg_notify(%s, '')", [self._channel])
        return rows

    @property
    def _channel(self) -> str:
        return f"partnership_{self._log}"

    def _append(
        self,
        connection: Connection,
        known_end: _LogEnd | None,
        ids: dict[bytes, int],
        entries: list[NewEntry],
        *,
        now: datetime,
        by: str | None,
    ) -> tuple[dict[str, Row], _LogEnd | None, bool]:
        """Append entries in one statement if the end of the log is known and correct, else in a transaction.

        Returns:
            The rows by id, the new end of the log, and whether a reader waits for them.
        """
        if known_end is not None and 0 < len(entries) <= _WRITE_BATCH:
            absent_claims = [claim_key(entry.claim_id) for entry in entries]
            result = self._write(connection, known_end, ids, entries, absent_claims, now=now, by=by)
            if result is not None:
                return {row.id: row for row in result.rows}, result.end, result.is_awaited
        with connection.transaction():
            end, rows = self._read_end(connection, entries)
            new_entries = [entry for entry in entries if entry.id not in rows]
            is_awaited = False
            for start in range(0, len(new_entries), _WRITE_BATCH):
                batch = new_entries[start : start + _WRITE_BATCH]
                result = self._write(connection, end, ids, batch, [], now=now, by=by)
                assert result is not None, "the row of the log is locked"
                rows.update((row.id, row) for row in result.rows)
                end, is_awaited = result.end, result.is_awaited
        return rows, end, is_awaited

    def _read_end(self, connection: Connection, entries: list[NewEntry]) -> tuple[_LogEnd, dict[str, Row]]:
        """Lock the log against other writers until the transaction ends.

        Returns:
            The end of the log, and by id the rows of those entries that it has.
        """
        state = read_log_state(connection, self._place, self._log, for_update=True)
        by_id = {entry.id: entry for entry in entries}
        claims = Numbers(claim_key(entry.claim_id) for entry in entries)
        parameters: dict[str, Any] = {"log": self._log, "claims": claims, "ids": Blobs(map(bytes.fromhex, by_id))}
        found = connection.execute(_LAST_AND_STORED, parameters, binary=True).fetchall()
        try:
            last = _decode_row(found[-1], _NO_COLUMNS) if found else None
        except (OverflowError, ValueError):
            raise self._damaged(found[-1][0]) from None
        end = _LogEnd(state, last_instant(last, state.size, self._place))
        if not any(columns[3].hex() in by_id for columns in found):
            return end, {}
        stored = self._query(connection, _STORED, **parameters)
        return end, {row.id: require_same_body(row, by_id[row.id], self._place) for row in stored}

    def _write(
        self,
        connection: Connection,
        end: _LogEnd,
        ids: dict[bytes, int],
        entries: list[NewEntry],
        absent_claims: list[int],
        *,
        now: datetime,
        by: str | None,
    ) -> _WriteResult | None:
        """Write new entries at the end of the log; write nothing, and return None, if it does not end as given.

        Args:
            connection: the connection to write with.
            end: the end of the log, as far as it is known.
            ids: the numbers of values that are known; those of new values are added once they are written.
            entries: the new entries.
            absent_claims: nothing is written if the log has any of these keys of claims.
            now: the time of the writer's clock, aware.
            by: who records the entries.
        """
        before = end.state
        frontier = Frontier(before.size, before.frontier)
        rows = next_rows(frontier, end.last, entries, now=now, by=by)
        new, numbers = self._number_values(connection, before.values, ids, entries)
        claims = [claim_key(entry.claim_id) for entry in entries]
        links: list[tuple[int, int]] = []
        for row, entry in zip(rows, entries, strict=True):
            links += [(numbers[subject.encode()], row.position) for subject in entry.subjects[1:]]
            links += [(-numbers[subject.encode()], row.position) for subject in entry.references]
        keys = [*zip(claims, (row.position for row in rows), strict=True), *links]
        keys += [(key, numbers[value]) for value, key in new.items()]
        checksum = (before.keys + key_sum(keys)) % 2**64
        state = LogState(before.partnership, frontier.size, frontier.packed(), before.values + len(new), checksum)
        columns = [entry.columns for entry in entries]
        parameters = {
            "log": self._log, "lock_namespace": LOCK_NAMESPACE, "partnership": self._partnership,
            "absent_claims": Numbers(absent_claims),
            "after": before.size, "known_frontier": before.frontier, "known_keys": before.keys.to_bytes(8),
            "known_seal": before.seal(), "known_values": before.values,
            "size": state.size, "frontier": state.frontier, "keys": state.keys.to_bytes(8), "seal": state.seal(),
            "new_values": state.values, "value_keys": Numbers(new.values()), "values": Blobs(new),
            "recorded_at": micros(rows[0].recorded_at), "by": by if by is None else by.encode(),
            "claims": Numbers(claims), "subjects": Numbers(numbers[part.subject.encode()] for part in columns),
            "events": Numbers(numbers[_encode_event(part.event, part.version)] for part in columns),
            "sources": Numbers(numbers[part.source] for part in columns),
            "ids": Blobs(bytes.fromhex(row.id) for row in rows), "leaves": Blobs(row.leaf for row in rows),
            "fields": Blobs(part.fields for part in columns), "speakers": Blobs(part.speaker for part in columns),
            "remarks": Blobs(part.remarks for part in columns),
            "linked": Numbers(subject for subject, _ in links), "positions": Numbers(position for _, position in links),
        }  # fmt: skip
        result = connection.execute(_WRITE, parameters).fetchall()
        if not result:
            return None
        ids.update((value, numbers[value]) for value in new)
        return _WriteResult(rows, _LogEnd(state, rows[-1].recorded_at), result[0][0])

    def _number_values(
        self, connection: Connection, count: int, ids: dict[bytes, int], entries: list[NewEntry]
    ) -> tuple[dict[bytes, int], dict[bytes, int]]:
        """Return the keys of the values of entries that are new to the log, and the numbers of all of their values.

        Args:
            connection: the connection to read with.
            count: how many values the log has.
            ids: the numbers of values that are known; others that the log has are added.
            entries: the entries.
        """
        subjects = {name.encode(): None for entry in entries for name in (*entry.subjects, *entry.references)}
        events = {_encode_event(entry.columns.event, entry.columns.version): None for entry in entries}
        sources = {entry.columns.source: None for entry in entries}
        new = {value: _subject_key(value) for value in subjects if value not in ids}
        new |= {value: _value_key(value) for value in events | sources if value not in ids}
        if new and len(ids) < count:  # some values of the log are unknown
            parameters = {"log": self._log, "keys": Numbers(new.values())}
            stored = connection.execute(_VALUES_BY_KEY.encode(), parameters, binary=True).fetchall()
            ids.update((value, id_) for id_, value in stored if value in new)
            new = {value: key for value, key in new.items() if value not in ids}
        numbers = {value: id_ for id_, value in enumerate(new, count + 1)}
        return new, {value: numbers.get(value) or ids[value] for value in subjects | events | sources}

    def _query(self, connection: Connection, query: str, after: int = 0, **parameters: Any) -> list[Row]:  # noqa: ANN401  what a statement takes
        """Return the rows that a query selects, in order of position.

        Raises:
            Damaged: a value is never written in this form or is missing, or positions do not rise.
        """
        parameters |= {"log": self._log, "after": after}
        stored = connection.execute(query.encode(), parameters, binary=True).fetchall()
        self._learn_values(connection, {number for columns in stored for number in columns[5:8]} - {None})
        values = self._known_values
        rows: list[Row] = []
        for stored_row in stored:
            subject, event, source, fields, speaker, remarks = stored_row[5:]
            try:
                name, version = _decode_event(values[event])
                columns = _make_columns(
                    _decode_text(values[subject]), name, version, fields or b"", values[source],
                    speaker or b"", remarks or b"",
                )  # fmt: skip
                row = _decode_row(stored_row[:5], columns)
            except (KeyError, OverflowError, ValueError):
                row = None
            if row is None or row.position <= after:
                raise self._damaged(stored_row[0])
            rows.append(row)
            after = row.position
        return rows

    def _damaged(self, position: int) -> Damaged:
        return Damaged(self._place, f"entry {position} is not as it was written: restore a copy")

    def _learn_values(self, connection: Connection, ids: set[int]) -> None:
        """Read the values with some numbers, unless they are known."""
        if unknown := ids.difference(self._known_values):
            if len(self._known_values) > _VALUES_LIMIT:
                self._known_values, unknown = {}, ids
            parameters = {"log": self._log, "ids": Numbers(unknown)}
            self._known_values.update(connection.execute(_VALUES_BY_ID.encode(), parameters, binary=True).fetchall())

    def read(self, after: int = 0, most: int | None = None) -> list[Row]:
        """Return the rows after a position, in order; at most *most*.

        Raises:
            Damaged: a row is not as it was written.
        """
        rows: list[Row] = []
        after = max(after, 0)
        while most is None or len(rows) < most:
            limit = _READ_BATCH if most is None else min(_READ_BATCH, most - len(rows))
            page = self._select(_READ, after=after, most=limit)
            rows += page
            if len(page) < limit:
                break
            after = page[-1].position
        return rows

    def _select(self, query: str, **parameters: Any) -> list[Row]:  # noqa: ANN401  as above
        return self._run(lambda connection: self._query(connection, query, **parameters))

    def find(
        self, *, subjects: Collection[str] = (), claims: Collection[str] = (), references: Collection[str] = ()
    ) -> list[Row]:
        """Return the rows of the entries under some subjects, with some claims or with some references, in order.

        Raises:
            Damaged: a row is not as it was written.
        """
        names, referenced = _encoded(subjects), _encoded(references)
        return self._select(
            _FIND,
            subjects=names, subjects_keys=Numbers(map(_subject_key, names)),
            references=referenced, references_keys=Numbers(map(_subject_key, referenced)),
            claims=Numbers(claim_key(claim) for claim in claims if _CLAIM.fullmatch(claim)),
        )  # fmt: skip

    def find_kinds(self, kinds: Collection[str], references: str | None = None) -> list[Row]:
        """Return the rows of the entries under the subjects of some kinds, in order.

        Raises:
            Damaged: a row is not as it was written.
        """
        parameters = {"log": self._log, "is_any": references is None, **_ranges("kinds", kinds)}
        parameters |= _ranges("references", [] if references is None else [references])
        found = self._run(
            lambda connection: connection.execute(_POSITIONS_OF_KINDS.encode(), parameters, binary=True).fetchall()
        )
        positions = sorted(position for (position,) in found)
        batches = [positions[start : start + _READ_BATCH] for start in range(0, len(positions), _READ_BATCH)]
        rows = [row for batch in batches for row in self._select(_READ_AT, positions=Numbers(batch))]
        if missing := {*positions}.difference(row.position for row in rows):
            raise self._damaged(min(missing))
        return rows

    def count(self, kind: str) -> int:
        """Return how many entries are found under subjects of a kind."""
        parameters = {"log": self._log, "is_any": True, **_ranges("kinds", [kind]), **_ranges("references", [])}
        counted = self._run(
            lambda connection: connection.execute(_COUNT_OF_KINDS.encode(), parameters, binary=True).fetchall()
        )
        return int(counted[0][0])

    def head(self) -> int:
        """Return the last position, 0 for an empty log."""
        positions = self._run(lambda connection: connection.execute(_HEAD, {"log": self._log}, binary=True).fetchall())
        return positions[0][0] if positions else 0

    def frontier(self) -> tuple[int, bytes]:
        """Return the size and the packed frontier of the log as they are stored beside the rows.

        Raises:
            Damaged: they were changed.
        """
        state = self._run(lambda connection: read_log_state(connection, self._place, self._log))
        return state.size, state.frontier

    def sealed(self) -> tuple[int, bytes]:
        """Return the size and the root of the log as they are stored beside the rows.

        Raises:
            Damaged: they were changed.
        """
        size, frontier = self.frontier()
        return size, Frontier(size, frontier).root()

    def kept(self, name: str) -> tuple[bytes, list[tuple[str, bytes]]] | None:
        """Return the head and the rows that are kept of a projection, in order of their keys."""
        values = {"log": self._log, "projection": name.encode()}
        rows = self._run(lambda connection: connection.execute(_SELECT_KEPT, values, binary=True).fetchall())
        heads = [head for key, head in rows if key is None]
        kept = [(key.decode(errors="replace"), body) for key, body in rows if key is not None]
        return (heads[0], kept) if heads else None

    def keep(self, changes: Sequence[KeptChange]) -> None:
        """Replace what is kept of some projections, in one transaction."""

        def write(connection: Connection) -> None:
            with connection.transaction():
                for change in changes:
                    before = change.before
                    values: dict[str, object] = {
                        "log": self._log, "projection": change.name.encode(), "head": change.head, "before": before,
                        "removed": Blobs(key.encode() for key, _ in change.rows),
                        "keys": Blobs(key.encode() for key, body in change.rows if body is not None),
                        "bodies": Blobs(body for _, body in change.rows if body is not None),
                    }  # fmt: skip
                    if connection.execute(_REPLACE_HEAD if before else _SET_HEAD, values).fetchall():
                        connection.execute(_REMOVE_ROWS if before else _REMOVE_ALL_ROWS, values)
                        connection.execute(_INSERT_ROWS, values)

        self._run(write, is_adding=True)

    def check(self) -> list[str]:
        """Return whether the keys were changed; PostgreSQL reports a damaged page only when it reads it."""

        def checked(connection: Connection) -> bool:
            state = read_log_state(connection, self._place, self._log)
            parameters = {"log": self._log, "count": state.values}
            checksum, has_values = connection.execute(_CHECK, parameters).fetchall()[0]
            return has_values and int(checksum or 0) % 2**64 == state.keys

        is_sound = self._run(checked)
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
