"""The books: where entries are looked up, as far as anybody asks. A log is one, and so is a handful of entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from partnership.errors import Damaged
from partnership.model.entry import Entry, OpaqueEvent, evidence_of
from partnership.model.occurrence import Evidence
from partnership.serialization.canonical import digest
from partnership.serialization.codec import Codec
from partnership.serialization.index_keys import claim_key, keys_of, subjects_of
from partnership.storage.base import Row, Store
from partnership.values.text import split_subject

if TYPE_CHECKING:
    from partnership.serialization.snapshots import Snapshots

__all__ = ["EntrySource", "InMemoryEntries", "LocatedEvidence", "StoredEntries"]

LocatedEvidence = tuple[int, Evidence]
"""A place, and what the entry there tells."""

_AT_ONCE = 10_000  # rows that are held at a time while all are read


class EntrySource(Protocol):
    """Where entries are looked up."""

    @property
    def whole(self) -> EntrySource:
        """The log that the entries are of, with all that it holds now."""
        ...

    @property
    def place(self) -> str:
        """Where they lie, in words for an error."""
        ...

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of subjects of which it may tell."""
        ...

    def head(self) -> int:
        """Return the last place."""
        ...

    def find(self, keys: Sequence[int]) -> list[LocatedEvidence]:
        """Return what was told under some keys, and perhaps more."""
        ...

    def iter_after(self, after: int) -> Iterator[LocatedEvidence]:
        """Yield what was told after a place, in order."""
        ...

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Yield the entries after a place, in order."""
        ...

    def entries_by_claim(self, claims: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """Return by claim the entries that carry it, in the order of the log."""
        ...


class StoredEntries:
    """The entries of a store.

    Args:
        store: where they lie.
        codec: reads them.
    """

    def __init__(self, store: Store, codec: Codec) -> None:
        self._store = store
        self._codec = codec

    @property
    def whole(self) -> EntrySource:
        """This log."""
        return self

    @property
    def place(self) -> str:
        """Where they lie, in words for an error."""
        return self._store.place

    @property
    def snapshots(self) -> Snapshots:
        """Its snapshots; a user's own events may change states of any kind, so with them there is none."""
        from partnership.serialization.snapshots import Snapshots  # noqa: PLC0415  loaded when it is asked for

        return Snapshots(self._store, None if self._codec.kinds.own else getattr(self._store, "snapshot", None))

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of subjects of which it may tell."""
        return self._codec.kinds.names | {OpaqueEvent.kind}

    def head(self) -> int:
        """Return the last place."""
        return self._store.head()

    def find(self, keys: Sequence[int]) -> list[LocatedEvidence]:
        """Return what was told under some keys, and perhaps more."""
        return list(map(self._codec.told, self._found(keys)))

    def iter_after(self, after: int) -> Iterator[LocatedEvidence]:
        """Yield what was told after a place, in order."""
        return map(self._codec.told, self._rows(after))

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Yield the entries after a place, in order."""
        return map(self._codec.read, self._rows(after))

    def entries_by_claim(self, claims: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """Return by claim the entries that carry it, in the order of the log."""
        wanted = {claim: claim_key(claim) for claim in claims}
        return _by_claim(map(self._codec.read, self._found(sorted({*wanted.values()}))), wanted)

    def _found(self, keys: Sequence[int]) -> list[Row]:
        """Return the rows that are found by some keys, checked."""
        return [self._as_written(row) for row in self._store.find(keys)]

    def _rows(self, after: int) -> Iterator[Row]:
        """Yield the rows after a place, checked: positions grow by one, up to the size that the log proves now.

        Raises:
            Damaged: a row is missing, stands in another's place, or is not what its id was made from.
        """
        size = self._store.sealed()[0]  # once: a writer who never rests would keep a reader for good
        while after < size:
            for row in self._store.read(after, min(_AT_ONCE, size - after)) or (None,):
                after += 1
                if row is None or row.position != after:
                    found = "is missing" if row is None else f"is missing, and {row.position} stands in its place"
                    raise Damaged(self._store.place, f"entry {after} of {size} {found}: restore a copy")
                yield self._as_written(row)

    def _as_written(self, row: Row) -> Row:
        """Return a row whose bytes are those that its id was made from: what was changed is never an answer.

        Always: it adds a twentieth to the time in which an entry is read.
        """
        if digest(row.body) != row.id:
            raise Damaged(self._store.place, f"entry {row.position} is not as it was written: restore a copy")
        return row


class InMemoryEntries:
    """Entries that are at hand, in the places of the log that they come from; not all of its places are taken.

    Args:
        entries: all of them.
        whole: the log that they are of; they themselves unless given.
    """

    place = ":memory:"

    def __init__(self, entries: Iterable[Entry], whole: EntrySource | None = None) -> None:
        self.whole: EntrySource = whole or self
        self._entries = sorted(entries, key=lambda one: one.position)
        self._by_key: dict[int, list[int]] = defaultdict(list)
        for place, one in enumerate(self._entries):
            for key in keys_of(one.claim):
                self._by_key[key].append(place)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of subjects of which it may tell."""
        return frozenset(split_subject(about)[0] for one in self._entries for about in subjects_of(one.event))

    def head(self) -> int:
        """Return the last place."""
        return self._entries[-1].position if self._entries else 0

    def find(self, keys: Sequence[int]) -> list[LocatedEvidence]:
        """Return what was told under some keys, and perhaps more."""
        return [_found(self._entries[place]) for place in self._places(keys)]

    def iter_after(self, after: int) -> Iterator[LocatedEvidence]:
        """Yield what was told after a place, in order."""
        return map(_found, self.entries(after))

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Yield the entries after a place, in order."""
        return (one for one in self._entries if one.position > after)

    def entries_by_claim(self, claims: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """Return by claim the entries that carry it, in the order of the log."""
        wanted = {claim: claim_key(claim) for claim in claims}
        return _by_claim((self._entries[place] for place in self._places(wanted.values())), wanted)

    def _places(self, keys: Iterable[int]) -> list[int]:
        return sorted({place for key in keys for place in self._by_key.get(key, ())})


def _found(one: Entry) -> LocatedEvidence:
    return one.position, evidence_of(one.claim, one.remarks)


def _by_claim(entries: Iterable[Entry], wanted: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = {claim: [] for claim in wanted}
    for one in entries:
        if one.claim.id in found:
            found[one.claim.id].append(one)
    return {claim: tuple(each) for claim, each in found.items() if each}


def held_at(log: EntrySource, instant: datetime) -> InMemoryEntries:
    """Return what a log held at an instant."""
    return InMemoryEntries((one for one in log.entries() if one.recorded_at <= instant), log)
