"""What all stores do alike: make rows of new entries, check stored ones, and convert instants and keys."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256

from partnership.errors import Damaged, InvalidValue
from partnership.model.construct import constructor
from partnership.serialization.columns import NewEntry
from partnership.storage.base import Row
from partnership.storage.merkle import Frontier, leaf_hash, leaf_hashes

_row: Callable[..., Row] = constructor(Row)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_EARLIEST = datetime.min.replace(tzinfo=UTC)


def next_rows(
    frontier: Frontier, last: datetime | None, entries: Collection[NewEntry], *, now: datetime, by: str | None
) -> list[Row]:
    """Make the rows of new entries, and add their leaves to the frontier.

    Args:
        frontier: the frontier of the log; it is changed, so pass a copy where writing may still fail.
        last: when the log took its last entry; None for an empty log.
        entries: none of them in the log.
        now: the time of the writer's clock, aware; if it is before `last`, the entries are recorded at `last`.
        by: who records them.

    Raises:
        InvalidValue: `now` is naive.
    """
    if now.utcoffset() is None:
        raise InvalidValue(now, "has no time zone", "give an aware time: datetime.now(UTC)")
    recorded_at = max(now.astimezone(UTC), last or _EARLIEST)
    first = frontier.size + 1
    leaves = leaf_hashes(first, recorded_at, by, [entry.id for entry in entries])
    frontier.add(*leaves)
    return [
        _row(position, recorded_at, by, entry.id, entry.columns, leaf)
        for position, (entry, leaf) in enumerate(zip(entries, leaves, strict=True), first)
    ]


def require_same_body(row: Row, entry: NewEntry, place: str) -> Row:
    """Return the stored row of an entry that is appended again, if its body is still the same.

    Raises:
        Damaged: it was changed.
    """
    if row.body != entry.columns.body:
        raise Damaged(place, f"entry {row.position} is not as it was written: restore a copy")
    return row


def last_instant(last: Row | None, size: int, place: str) -> datetime | None:
    """Return when a log took its last entry; no later entry is recorded before.

    Args:
        last: the last row; None for an empty log.
        size: how many entries were written.
        place: where the log is stored, for error messages.

    Raises:
        Damaged: rows are missing at the end, or something of the last row other than its body was changed.
    """
    position = last.position if last else 0
    problem = f"its last entry is {position}, and {size} were written" if position != size else ""
    if last and not problem and leaf_hash(position, last.recorded_at, last.by, last.id) != last.leaf:
        problem = f"entry {position} is not as it was written"
    if problem:
        raise Damaged(place, f"{problem}: nothing was added; restore a copy")
    return last.recorded_at if last else None


def claim_key(claim: str) -> int:
    """Return the first 64 bits of the id of a claim, with a sign, as an index keeps them."""
    key = int(claim[:16], 16)
    return key - 2**64 if key >= 2**63 else key


def source_key(source: bytes) -> int:
    """Return the key by which a stored source is found."""
    return int.from_bytes(sha256(source).digest()[:8], signed=True)


@lru_cache(maxsize=1024)  # entries of one commit have the same instant
def instant(microseconds: int) -> datetime:
    """Return the instant that is a number of microseconds after 1970."""
    return _EPOCH + microseconds * _MICROSECOND


def micros(when: datetime) -> int:
    """Return the microseconds from 1970 to an instant."""
    return (when - _EPOCH) // _MICROSECOND
