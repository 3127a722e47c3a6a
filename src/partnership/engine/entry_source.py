"""Sources of entries that queries read: a stored log, or some entries in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Protocol

from partnership.engine.kept_states import KeptStates
from partnership.errors import Damaged
from partnership.model.construct import constructor
from partnership.model.entry import Claim, Entry, OpaqueEvent, attribution_of, evidence_of
from partnership.model.event import Event
from partnership.model.occurrence import Attribution, Evidence
from partnership.serialization.canonical import BODY_LIMIT, digest
from partnership.serialization.codec import Codec, EventKey, remember
from partnership.serialization.columns import body_of
from partnership.serialization.index_keys import found_under, referenced_subjects, subjects_of
from partnership.storage.base import Row, Store
from partnership.values.text import split_subject

LocatedEvidence = tuple[int, Evidence]
"""The position of an entry in its log, and its evidence."""


_claim: Callable[..., Claim] = constructor(Claim)
_evidence: Callable[..., Evidence] = constructor(Evidence)
_entry: Callable[..., Entry] = constructor(Entry)
_NOTHING: Mapping[int, Evidence] = {}
_BATCH = 1_000  # rows that are read at a time


class EntrySource(Protocol):
    """Entries that can be read in order or looked up by subject, claim or reference."""

    @property
    def log(self) -> EntrySource:
        """The log that the entries come from, with all its entries."""
        ...

    @property
    def place(self) -> str:
        """Where the entries are stored, for error messages."""
        ...

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of subjects that the entries may be about."""
        ...

    @property
    def kept(self) -> KeptStates | None:
        """The states that are kept beside the entries; None where none are."""
        ...

    def head(self) -> int:
        """Return the position of the last entry, 0 if there is none."""
        ...

    def find(
        self,
        *,
        subjects: Collection[str] = (),
        claims: Collection[str] = (),
        references: Collection[str] = (),
        kinds: Collection[str] | None = None,
        known: Mapping[int, Evidence] = _NOTHING,
    ) -> list[LocatedEvidence]:
        """Return in order the evidence under some subjects, with some claims or with some references; perhaps more.

        Args:
            subjects: subjects under which entries are found.
            claims: ids of claims.
            references: subjects to which the subject of an entry refers.
            kinds: kinds to which the subjects of the entries are restricted; an amendment is of the kind ``claim``.
            known: by position, evidence that was read before and is not decoded again.
        """
        ...

    def find_kinds(
        self, kinds: Collection[str], references: str | None = None, known: Mapping[int, Evidence] = _NOTHING
    ) -> tuple[int, Iterator[LocatedEvidence]]:
        """Find the evidence under subjects of some kinds; perhaps more.

        Args:
            kinds: the kinds.
            references: another kind; what is under subjects that refer to no subject of it may be left out.
            known: as for `find`.

        Returns:
            how many entries it has, and the evidence in order, which may be decoded only as it is iterated.
        """
        ...

    def count(self, kind: str) -> int:
        """Return how many entries are under subjects of a kind, without reading them."""
        ...

    def iter_after(self, after: int, known: Mapping[int, Evidence] = _NOTHING) -> Iterator[LocatedEvidence]:
        """Yield the evidence after a position, in order; *known* as for `find`."""
        ...

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Yield the entries after a position, in order."""
        ...

    def entries_by_claim(self, claims: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """Return by claim id the entries with that claim, in log order."""
        ...


class StoredEntries:
    """The entries in a store.

    Args:
        store: the store.
        codec: decodes its rows.
    """

    def __init__(self, store: Store, codec: Codec) -> None:
        self._store = store
        self._codec = codec
        self.kept: KeptStates | None = KeptStates(store, codec.kinds) if store.keeps_states else None

    @property
    def log(self) -> EntrySource:
        """This log."""
        return self

    @property
    def place(self) -> str:
        """Where the entries are stored, for error messages."""
        return self._store.place

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of subjects that the entries may be about."""
        return self._codec.kinds.names | {OpaqueEvent.kind}

    def head(self) -> int:
        """Return the position of the last entry, 0 if there is none."""
        return self._store.head()

    def find(
        self,
        *,
        subjects: Collection[str] = (),
        claims: Collection[str] = (),
        references: Collection[str] = (),
        kinds: Collection[str] | None = None,
        known: Mapping[int, Evidence] = _NOTHING,
    ) -> list[LocatedEvidence]:
        """Return in order the evidence under some subjects, with some claims or with some references; perhaps more."""
        rows = self._store.find(subjects=subjects, claims=claims, references=references)
        if kinds is not None:  # the others are not decoded, and their classes not loaded
            rows = [row for row in rows if split_subject(row.columns.subject)[0] in kinds]
        return list(self._decoded(rows, known))

    def find_kinds(
        self, kinds: Collection[str], references: str | None = None, known: Mapping[int, Evidence] = _NOTHING
    ) -> tuple[int, Iterator[LocatedEvidence]]:
        """Find the evidence under subjects of some kinds; perhaps more.

        Raises:
            Damaged: an entry at the end of the log is missing or at another position, so that others may be, too.
        """
        size = self._store.sealed()[0]
        rows = self._store.find_kinds(kinds, references)
        last = max([self._store.head(), *(row.position for row in rows)])
        if last < size or last > self._store.sealed()[0]:  # which may have grown meanwhile
            raise Damaged(self._store.place, f"entry {size} of {size} is missing, or one has another position")
        return len(rows), self._decoded(_consumed(rows), known)

    def count(self, kind: str) -> int:
        """Return how many entries are under subjects of a kind, without reading them."""
        return self._store.count(kind)

    def iter_after(self, after: int, known: Mapping[int, Evidence] = _NOTHING) -> Iterator[LocatedEvidence]:
        """Yield the evidence after a position, in order."""
        return self._decoded(self._iter_rows(after), known)

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Yield the entries after a position, in order."""
        return self._decoded_entries(self._iter_rows(after))

    def entries_by_claim(self, claims: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """Return by claim id the entries with that claim, in log order."""
        wanted = list(claims)
        return _by_claim(self._decoded_entries(self._store.find(claims=wanted)), wanted)

    def _decoded(self, rows: Iterable[Row], known: Mapping[int, Evidence]) -> Iterator[LocatedEvidence]:
        events: dict[EventKey, Event] = {}
        attributions: dict[tuple[bytes, bytes, bytes], Attribution] = {}
        for row in rows:
            if (item := known.get(row.position)) is None:
                columns = row.columns
                claim, body = self._checked(row)
                event = events.get((columns.subject, columns.event, columns.version, columns.fields))
                key = columns.source, columns.speaker, columns.remarks
                attribution = attributions.get(key)
                if event is None or attribution is None or len(body) > BODY_LIMIT:  # which decode_columns refuses
                    (event, source, speaker), remarks = self._codec.decode_columns(columns, body, row.position, events)
                    if attribution is None:
                        attribution = attribution_of(source, speaker, remarks)
                        if attribution.known_from != date.max:  # what has no day may be an error of another event
                            remember(attributions, key, attribution)
                item = _evidence(claim, event, attribution)
            yield row.position, item

    def _decoded_entries(self, rows: Iterable[Row]) -> Iterator[Entry]:
        events: dict[EventKey, Event] = {}
        for row in rows:
            claim, body = self._checked(row)
            said, remarks = self._codec.decode_columns(row.columns, body, row.position, events)
            yield _entry(row.id, _claim(claim, *said), remarks, row.position, row.recorded_at, row.by, body)

    def _checked(self, row: Row) -> tuple[str, bytes]:
        """Return the id of a row's claim, and the bytes of the entry; a changed entry is no answer.

        Raises:
            Damaged: the body of the row does not match its id.
        """
        claim = row.columns.claim
        body = body_of(claim, row.columns.remarks)
        if digest(body) != row.id:
            raise Damaged(self._store.place, f"entry {row.position} is not as it was written: restore a copy")
        return digest(claim), body

    def _iter_rows(self, after: int) -> Iterator[Row]:
        """Yield the rows after a position: positions are consecutive, up to the size that the log proves.

        The size is read once. Otherwise a reader would never end beside a writer that never pauses.

        Raises:
            Damaged: a row is missing, or is at another's position.
        """
        size = self._store.sealed()[0]
        while after < size:
            for row in self._store.read(after, min(_BATCH, size - after)) or (None,):
                after += 1
                if row is None or row.position != after:
                    problem = "is missing" if row is None else f"is missing, and {row.position} stands in its place"
                    raise Damaged(self._store.place, f"entry {after} of {size} {problem}: restore a copy")
                yield row


class InMemoryEntries:
    """Some entries of a log, held in memory. They keep their positions, so these may have gaps.

    Args:
        entries: the entries.
        log: the log that they come from; these entries themselves unless given.
    """

    place = ":memory:"
    kept = None

    def __init__(self, entries: Iterable[Entry], log: EntrySource | None = None) -> None:
        self.log: EntrySource = log or self
        self._entries = sorted(entries, key=lambda entry: entry.position)
        self._indices: dict[tuple[str, str], list[int]] = defaultdict(list)  # of the sorted entries
        for index, entry in enumerate(self._entries):
            self._indices["claim", entry.claim.id].append(index)
            for subject in found_under(entry.event):
                self._indices["subject", subject].append(index)
                self._indices["kind", split_subject(subject)[0]].append(index)
            for subject in referenced_subjects(entry.event):
                self._indices["reference", subject].append(index)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of subjects that the entries are about."""
        return frozenset(split_subject(subject)[0] for entry in self._entries for subject in subjects_of(entry.event))

    def head(self) -> int:
        """Return the position of the last entry, 0 if there is none."""
        return self._entries[-1].position if self._entries else 0

    def find(
        self,
        *,
        subjects: Collection[str] = (),
        claims: Collection[str] = (),
        references: Collection[str] = (),
        kinds: Collection[str] | None = None,
        known: Mapping[int, Evidence] = _NOTHING,  # noqa: ARG002
    ) -> list[LocatedEvidence]:
        """Return in order the evidence under some subjects, with some claims or with some references; perhaps more."""
        entries = self._find_entries(subject=subjects, claim=claims, reference=references)
        return [_located(entry) for entry in entries if kinds is None or entry.event.kind in kinds]

    def find_kinds(
        self,
        kinds: Collection[str],
        references: str | None = None,  # noqa: ARG002
        known: Mapping[int, Evidence] = _NOTHING,  # noqa: ARG002
    ) -> tuple[int, Iterator[LocatedEvidence]]:
        """Find the evidence under subjects of some kinds."""
        entries = [*self._find_entries(kind=kinds)]
        return len(entries), map(_located, entries)

    def count(self, kind: str) -> int:
        """Return how many entries are under subjects of a kind."""
        return len(self._indices.get(("kind", kind), ()))

    def iter_after(self, after: int, known: Mapping[int, Evidence] = _NOTHING) -> Iterator[LocatedEvidence]:  # noqa: ARG002
        """Yield the evidence after a position, in order."""
        return map(_located, self.entries(after))

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """Yield the entries after a position, in order."""
        return (entry for entry in self._entries if entry.position > after)

    def entries_by_claim(self, claims: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """Return by claim id the entries with that claim, in log order."""
        wanted = list(claims)
        return _by_claim(self._find_entries(claim=wanted), wanted)

    def _find_entries(self, **wanted: Iterable[str]) -> Iterator[Entry]:
        keys = ((role, name) for role, names in wanted.items() for name in names)
        indices = {index for key in keys for index in self._indices.get(key, ())}
        return (self._entries[index] for index in sorted(indices))


def _consumed(rows: list[Row]) -> Iterator[Row]:
    """Yield rows and remove them from their list, so that their memory serves for what is decoded from them."""
    rows.reverse()
    while rows:
        yield rows.pop()


def _located(entry: Entry) -> LocatedEvidence:
    return entry.position, evidence_of(entry.claim, entry.remarks)


def _by_claim(entries: Iterable[Entry], claims: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
    by_claim: dict[str, list[Entry]] = {claim: [] for claim in claims}
    for entry in entries:
        if entry.claim.id in by_claim:
            by_claim[entry.claim.id].append(entry)
    return {claim: tuple(carrying) for claim, carrying in by_claim.items() if carrying}


def held_at(log: EntrySource, instant: datetime) -> InMemoryEntries:
    """Return the entries that a log contained at an instant."""
    return InMemoryEntries((entry for entry in log.entries() if entry.recorded_at <= instant), log)
