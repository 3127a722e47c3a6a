"""How a log grows: the rows that new entries become, the same in every store, and where their sources stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256

from partnership.errors import Damaged, InvalidValue
from partnership.serialization.codec import NewRow
from partnership.storage.base import Row
from partnership.storage.merkle import Frontier, leaf_hash

__all__ = [
    "Parts",
    "as_written",
    "first_key",
    "instant",
    "keys_in",
    "last_instant",
    "micros",
    "next_rows",
    "source_key",
]

Parts = tuple[bytes, bytes, bytes]
"""An entry up to its source, the source, and the rest."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_BEGINNING = datetime.min.replace(tzinfo=UTC)


def next_rows(
    frontier: Frontier, last: datetime | None, entries: Iterable[tuple[str, bytes]], *, now: datetime, by: str | None
) -> list[Row]:
    """Return the rows that new entries become, and add their leaves to the frontier.

    Args:
        frontier: the proof of the log so far; it is changed, so give a copy where writing may yet fail.
        last: when the log took its last entry, None where it has none.
        entries: id and body of each, none of them in the log.
        now: the instant of the writer's clock, aware. A clock that went back writes the instant of the last entry.
        by: who records them.

    Raises:
        InvalidValue: `now` is naive.
    """
    if now.utcoffset() is None:
        raise InvalidValue(now, "is no instant: it has no time zone", "give an aware time: datetime.now(UTC)")
    recorded_at = max(now.astimezone(UTC), last or _BEGINNING)
    rows = []
    for position, (id_, body) in enumerate(entries, frontier.size + 1):
        leaf = leaf_hash(position, recorded_at, by, id_)
        frontier.add(leaf)
        rows.append(Row(position, recorded_at, by, id_, body, leaf))
    return rows


def as_written(row: Row, body: bytes, place: str) -> Row:
    """Return the row of an entry that was to be written and is there already, unless its bytes were changed.

    Raises:
        Damaged: they were.
    """
    if row.body != body:
        raise Damaged(place, f"entry {row.position} is not as it was written: restore a copy")
    return row


def last_instant(last: Row | None, size: int, place: str) -> datetime | None:
    """Return when a log took its last entry, which no later one is recorded before.

    Args:
        last: its last row, None where it has none.
        size: how many rows were written.
        place: where it lies, in words for an error.

    Raises:
        Damaged: rows are missing from the end, or the last one was changed beside its bytes.
    """
    position = last.position if last else 0
    told = f"its last entry is {position}, and {size} were written" if position != size else ""
    if last and not told and leaf_hash(position, last.recorded_at, last.by, last.id) != last.leaf:
        told = f"entry {position} is not as it was written"
    if told:
        raise Damaged(place, f"{told}: nothing was added; restore a copy")
    return last.recorded_at if last else None


def source_key(source: bytes) -> int:
    """Return the key of the entry in which a source stands."""
    return int.from_bytes(sha256(source).digest()[:8], signed=True)


@lru_cache(maxsize=1024)  # entries of one commit share theirs
def instant(since: int) -> datetime:
    """Return an instant from its microseconds since 1970."""
    return _EPOCH + since * _MICROSECOND


def micros(when: datetime) -> int:
    """Return the microseconds since 1970 of an instant."""
    return (when - _EPOCH) // _MICROSECOND


def keys_in(one: NewRow) -> tuple[int, ...]:
    """Return the keys of an entry; one that is given none is found by its id."""
    return one[2:] or (first_key(one),)


def first_key(one: NewRow) -> int:
    """Return the first key of an entry."""
    return one[2] if len(one) > 2 else int.from_bytes(bytes.fromhex(one[0][:16]), signed=True)  # noqa: PLR2004  keys
