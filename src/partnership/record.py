"""The door: open a record, add what was said, ask (floor 6)."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from os import PathLike
from time import monotonic, sleep
from types import TracebackType
from typing import Any, Self, overload

from attrs import evolve, frozen

from partnership.errors import DifferentPartnership, InvalidEntry, InvalidValue, LiesUndone, UnknownEntry
from partnership.events import BUILT_IN, table_of
from partnership.log.codec import Codec, Draft
from partnership.log.entry import Entry, remarks_on, speaker_of
from partnership.log.integrity import TreeHead, leaf_hash, root_of
from partnership.log.store import Row, Store
from partnership.log.text import digest
from partnership.model.event import Event
from partnership.reading.belief import Policy, most_official
from partnership.reading.diff import changes
from partnership.reading.road import Cut, Reading
from partnership.stores.memory import MemoryStore
from partnership.stores.sqlite import SQLiteStore
from partnership.subjects.corrections import (
    ClaimCorrected,
    ClaimPreferred,
    ClaimRetracted,
    Pointer,
    SubjectsDeclaredSame,
)
from partnership.values.names import name, slug, split_subject
from partnership.values.names import subject as subject_text
from partnership.values.sources import DESK, Certainty, Source
from partnership.view import Diff, View, day_of, instant_of

__all__ = ["Cite", "Cited", "Record", "Verification", "open"]


def _utc_now() -> datetime:
    return datetime.now(UTC)


def open(  # noqa: A001  `partnership.open` reads as it is meant
    path: str | PathLike[str],
    *,
    partnership: str | None = None,
    clock: Callable[[], datetime] = _utc_now,
    events: Iterable[type[Event]] = (),
    by: str | None = None,
) -> Record:
    """Open a record: one SQLite file, created if absent; ``":memory:"`` for none.

    Args:
        path: the file.
        partnership: whose record it is, a slug; kept in a new file, compared with that of another.
        clock: returns the present as an aware datetime; the only place from which time comes in.
        events: a user's own event classes, added to the library's closed table.
        by: who records here: kept beside every entry that is added.

    Raises:
        NotARecord: the file is something else.
        NewerFormat: a later version of the library wrote it.
        DifferentPartnership: it is the record of another partnership.
        UnknownEvent: a class in *events* cannot be in a table.

    >>> record = open(":memory:")
    >>> len(record.meetings)
    0
    """
    codec = Codec(table_of((*BUILT_IN.values(), *events)))
    named = None if partnership is None else slug(partnership)
    recorder = None if by is None else name(by)
    store: Store = MemoryStore(named) if str(path) == ":memory:" else SQLiteStore(path, partnership=named)
    return Record(store, codec, clock, recorder)


class Cited(Sequence[Entry]):
    """The entries of one call within a block: there once the block is written."""

    def __init__(self) -> None:
        self._entries: tuple[Entry, ...] | None = None

    def _written(self) -> tuple[Entry, ...]:
        if self._entries is None:
            raise RuntimeError("entries of a `citing` block are there when the block has ended: it is written whole or not at all")
        return self._entries

    @overload
    def __getitem__(self, index: int) -> Entry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Entry, ...]: ...
    def __getitem__(self, index: int | slice) -> Entry | tuple[Entry, ...]:
        return self._written()[index]

    def __len__(self) -> int:
        return len(self._written())


class Cite:
    """Takes what one source says, within a `Record.citing` block."""

    def __init__(self, draft: Callable[..., list[Draft]]) -> None:
        self._draft = draft
        self._calls: list[tuple[Cited, list[Draft]]] = []

    def __call__(
        self,
        *events: Event,
        speaker: str | None = None,
        certainty: Certainty | None = None,
        inferred: Iterable[str] = (),
        note: str | None = None,
        shared: bool | None = None,
    ) -> Cited:
        """Cite the source for these events; the arguments are those of `Record.add`.

        Raises:
            PartnershipError: as `Record.add`; the block is then left, and nothing of it is written.
        """
        drafts = self._draft(events, speaker=speaker, certainty=certainty, inferred=inferred, note=note, shared=shared)
        self._calls.append((Cited(), drafts))
        return self._calls[-1][0]


@frozen
class Verification:
    """What `Record.verify` found.

    Attributes:
        head: the proof of the log as it is now; keep it elsewhere.
        problems: what is wrong, in words; empty if all is as it was written.
        journal: how the file is written, where there is one.
    """

    head: TreeHead
    problems: tuple[str, ...]
    journal: str | None

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


class Record(View):
    """The claims of one partnership. Claims are only ever added; asked directly, it answers without a cut."""

    def __init__(self, store: Store, codec: Codec, clock: Callable[[], datetime], by: str | None = None) -> None:
        self._store = store
        self._codec = codec
        self._clock = clock
        self._by = by
        self._entries: list[Entry] = []
        self._aimed_at: set[str] = set()
        super().__init__(Reading(()), lambda: self._now().date())

    # ---- life ----

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; the record answers nothing afterwards."""
        self._store.close()

    @property
    def partnership(self) -> str | None:
        """Whose record it is, where that was said."""
        return self._store.partnership

    def _now(self) -> datetime:
        now = self._clock()
        if now.tzinfo is None:
            raise InvalidValue(now, "is not an aware datetime", "give open(clock=…) a function such as lambda: datetime.now(UTC)")
        return now.astimezone(UTC)

    def _current(self) -> list[Entry]:
        """Read what was added since, by this process or another."""
        if self._store.head() > len(self._entries):
            for row in self._store.read(len(self._entries)):
                entry = self._codec.read(row)
                self._entries.append(entry)
                if isinstance(entry.event, Pointer):
                    self._aimed_at.add(entry.event.subject)
        return self._entries

    def _reading(self) -> Reading:
        if len(self._walked.entries) != len(self._current()):
            self._walked = Reading(tuple(self._entries))
        return self._walked

    # ---- adding ----

    def add(
        self,
        *events: Event,
        source: Source,
        speaker: str | None = None,
        certainty: Certainty | None = None,
        inferred: Iterable[str] = (),
        note: str | None = None,
        shared: bool | None = None,
    ) -> tuple[Entry, ...]:
        """Record what a source says: all of *events* or none.

        Args:
            events: what it says; in the order in which their entries are returned.
            source: the document; where it neither prints a day nor was read on one, it was read today.
            speaker: whose words they are, if the document has somebody say them.
            certainty: how sure the wording is.
            inferred: names of fields that the desk supplied, each said by every one of *events*.
            note: the desk's own words.
            shared: whether the entry may leave the desk; None leaves that to the source.

        Returns:
            The entries in order; one that is there already with the same remarks is returned as it lies.

        Raises:
            UnknownEvent: the record's table does not have the event.
            InvalidEntry: a remark cannot be, or the entry is too large.
            ReadOnly, StorageFull: the file cannot be written.

        Warns:
            LiesUndone: it is there already, and lies undone.
        """
        drafts = self._drafts(
            events, source, speaker=speaker, certainty=certainty, inferred=inferred, note=note, shared=shared
        )
        return self._write(drafts)

    @contextmanager
    def citing(self, source: Source, *, speaker: str | None = None) -> Iterator[Cite]:
        """Cite one source for several events: the block is written whole when it ends, or not at all.

        Args:
            source: the document.
            speaker: whose words they are, unless a call says otherwise.
        """
        told = speaker

        def draft(events: Sequence[Event], *, speaker: str | None, **remarks: Any) -> list[Draft]:  # noqa: ANN401
            return self._drafts(events, source, speaker=speaker if speaker is not None else told, **remarks)

        cite = Cite(draft)
        yield cite
        written = self._write([one for _, drafts in cite._calls for one in drafts])  # noqa: SLF001  its other half
        for cited, drafts in cite._calls:  # noqa: SLF001
            cited._entries, written = written[: len(drafts)], written[len(drafts) :]  # noqa: SLF001

    def _drafts(self, events: Sequence[Event], source: object, *, speaker: str | None, **remarks: Any) -> list[Draft]:  # noqa: ANN401
        if not isinstance(source, Source):
            raise InvalidEntry(
                "the claim", (f"source: {source!r} is no source; every claim has one: Source('VNA', published='2020-11-16')",)
            )
        if source.published is None and source.retrieved is None:
            source = evolve(source, retrieved=self._now().date())
        return [self._one_draft(event, source, speaker, remarks) for event in events]

    def _one_draft(self, event: Event, source: Source, speaker: str | None, remarks: dict[str, Any]) -> Draft:
        self._codec.knows(event)
        return self._codec.draft(event, source, speaker_of(event, speaker), remarks_on(event, source, **remarks))

    def _write(self, drafts: Sequence[Draft]) -> tuple[Entry, ...]:
        if not drafts:
            return ()
        rows = self._store.append([(one.id, one.body) for one in drafts], now=self._now(), by=self._by)
        entries = tuple(map(self._entry, rows))
        undone = {one.claim.id for one in entries} & self._aimed_at
        if undone and undone & self._reading().mended.undone.keys():
            lies = next(one for one in entries if one.claim.id in self._reading().mended.undone)
            message = f"{lies.event.about}: this claim lies undone by a correction or retraction; retract that to bring it back"
            warnings.warn(message, LiesUndone, stacklevel=3)
        return entries

    def _entry(self, row: Row) -> Entry:
        held = self._current()
        return held[row.position - 1]

    # ---- mending ----

    def correct(
        self,
        entry: Entry | str,
        event: Event,
        *,
        reason: str | None = None,
        source: Source | None = None,
        speaker: str | None = None,
        inferred: Iterable[str] = (),
    ) -> Entry:
        """Say what an entry should have said.

        Without *source* the desk mends its own mistake: it is mended in every view that holds the entry, and only
        ``as_of(recorded=…)`` still shows it. With *source* the publisher changed its word: known from that
        publication.

        Args:
            entry: the entry, or its id.
            event: what it should have said, whole.
            reason: why.
            source: where the publisher says so.
            speaker: whose words they are, in *source*.
            inferred: names of fields of *event* that the desk supplied.
        """
        if isinstance(event, ClaimCorrected | ClaimRetracted):
            raise InvalidEntry("a correction", ("event: give what should have been said; to take a correction back, retract it",))
        self._codec.knows(event)
        remarks = remarks_on(event, DESK, inferred=inferred)
        return self._point(ClaimCorrected, entry, source, speaker, event=event, reason=reason, inferred=remarks.inferred)

    def retract(
        self, entry: Entry | str, *, reason: str | None = None, source: Source | None = None, speaker: str | None = None
    ) -> Entry:
        """Say that an entry should not be there; without *source* the desk's own mistake, as in `correct`."""
        return self._point(ClaimRetracted, entry, source, speaker, reason=reason)

    def prefer(self, entry: Entry | str, *, field: str | None = None, reason: str | None = None) -> Entry:
        """Believe an entry where sources differ: the only way to settle a source's own error.

        Args:
            entry: the entry, or its id.
            field: the field on which it is preferred; all of them unless given.
            reason: why.
        """
        return self._point(ClaimPreferred, entry, None, None, field=field, reason=reason)

    def same(self, one: str, other: str, *, source: Source | None = None, reason: str | None = None) -> Entry:
        """Say that two subjects, ``kind:slug``, are one; both names are answered, the first in the alphabet is shown.

        Raises:
            InvalidValue: they are of different kinds, or one subject twice.
        """
        first, second = sorted((subject_text(one), subject_text(other)))
        (kind, name_), (other_kind, other_name) = split_subject(first), split_subject(second)
        if kind != other_kind or first == second:
            wrong = "are of different kinds" if first != second else "are one name"
            raise InvalidValue(f"{one} and {other}", wrong, "give two subjects of one kind, 'meeting:a' and 'meeting:b'")
        event = SubjectsDeclaredSame(name_, of=kind, other=other_name, reason=reason)
        return self._mend(event, source, None)

    def _point(
        self,
        kind: type[Pointer],
        entry: Entry | str,
        source: Source | None,
        speaker: str | None,
        inferred: tuple[str, ...] = (),
        **said: Any,  # noqa: ANN401  the pointer's own fields
    ) -> Entry:
        target = self._claim(entry)
        aimed = [one for one in self._current() if isinstance(one.event, Pointer) and one.event.subject == target]
        undone = self._reading().mended.undone
        for one in aimed:  # the same words with their power still in them are the same entry
            if one.claim.id not in undone and isinstance(one.event, Pointer) and one.event == kind(target, seen=one.event.seen, **said) and _is_by(one, source, speaker):
                return one
        seen = {one.claim.id for one in aimed}
        return self._mend(kind(target, seen=seen, **said), source, speaker, inferred)

    def _mend(self, event: Event, source: Source | None, speaker: str | None, inferred: tuple[str, ...] = ()) -> Entry:
        source = source or DESK
        if source is not DESK and source.published is None and source.retrieved is None:
            source = evolve(source, retrieved=self._now().date())
        remarks = evolve(remarks_on(event, source), inferred=inferred)
        return self._write([self._codec.draft(event, source, speaker_of(event, speaker), remarks)])[0]

    def _claim(self, entry: object) -> str:
        wanted = entry.id if isinstance(entry, Entry) else entry
        for one in self._current():
            if wanted in (one.id, one.claim.id):
                return one.claim.id
        raise UnknownEntry(wanted)

    # ---- asking ----

    def as_of(
        self,
        day: date | str | None = None,
        *,
        on: date | str | None = None,
        known: date | str | None = None,
        recorded: datetime | date | str | None = None,
        sources: Callable[[Source], bool] | None = None,
        policy: Policy = most_official,
    ) -> View:
        """Return the record as it stands on a day, in hindsight, in the knowledge of a day, or in this log at an instant.

        Args:
            day: stand on this day: the world up to it, known from what was published by it.
            on: the world up to this day, as known now.
            known: what was published by this day; of what prints no day, what was read by then.
            recorded: what this log held at this instant; of a day, at its end in UTC.
            sources: only what comes from sources that it is true of: the record as one side tells it.
            policy: what is believed where sources differ: `most_official`, `newest`, or a function of the candidates.

        Raises:
            InvalidValue: a day is vague, or *day* stands beside *on* or *known*.
        """
        if day is not None and (on is not None or known is not None):
            raise InvalidValue(str(day), "stands beside on= or known=", "give the day alone, or on= and known= alone")
        stand = day_of(day, "as_of")
        cut = Cut(
            on=day_of(on, "on=") or stand,
            known=day_of(known, "known=") or stand,
            recorded=instant_of(recorded),
            sources=sources,
            policy=policy,
        )
        return View(Reading(tuple(self._current()), cut), self._today)

    def diff(self, before: date | str, after: date | str) -> Diff:
        """Return what changed between two days: what we learned, what happened, and what merely fell due."""
        first, then = self.as_of(before), self.as_of(after)
        hindsight = self.as_of(on=before, known=after)
        due = {(one.subject, one.planned) for one in hindsight.overdue()}

        def changed(old: View, new: View) -> tuple[Any, ...]:
            return tuple(
                one for each in self._projections() for one in changes(old._reading().fold(each), new._reading().fold(each))
            )

        return Diff(
            learned=changed(first, hindsight),
            happened=changed(hindsight, then),
            fell_due=tuple(one for one in then.overdue() if (one.subject, one.planned) not in due),
        )

    # ---- the log ----

    def merge(self, other: Record) -> tuple[Entry, ...]:
        """Add the entries of another record: a union, whole or not at all, and the same in whichever order.

        Returns:
            The entries that were not here before.

        Raises:
            DifferentPartnership: both records are named, and not alike.
        """
        if self.partnership and other.partnership and self.partnership != other.partnership:
            raise DifferentPartnership(self.partnership, other.partnership)
        before = len(self._current())
        theirs = other._current()
        if theirs:
            self._store.append([(one.id, one.body) for one in theirs], now=self._now(), by=self._by)
        return tuple(one for one in self._current()[before:])

    def follow(self, after: int = 0, wait: float = 0) -> Iterator[Entry]:
        """Yield the entries after a position, those of other processes too, as they come.

        Args:
            after: the reader's checkpoint: the position of the last entry that it has dealt with.
            wait: seconds to wait for a next one before the end; 0 ends with what is there.
        """
        last = after
        until = monotonic() + wait
        while True:
            for entry in self._current()[last:]:
                last = entry.position
                yield entry
                until = monotonic() + wait
            if monotonic() >= until:
                return
            sleep(min(0.02, wait))

    def tree_head(self) -> TreeHead:
        """Return the proof of the log as it is now: three lines to keep elsewhere, print, or have signed."""
        size, root = self._store.sealed()
        return TreeHead(self.partnership or "unnamed", size, root.hex())

    def verify(self, head: TreeHead | None = None) -> Verification:
        """Check that the log holds what was written to it, byte by byte.

        Args:
            head: a head that was kept elsewhere: the log must still begin with just those entries.
        """
        rows = self._store.read()
        problems = [*self._store.check(), *_wrong(rows)]
        size, root = self._store.sealed()
        if (size, root) != (len(rows), root_of(one.leaf for one in rows)):
            problems.append(f"the log was sealed with {size} entries, and holds others or another number: {len(rows)}")
        if head is not None and root_of(one.leaf for one in rows[: head.size]).hex() != head.root or (head and head.size > len(rows)):
            problems.append(f"the log does not begin with the {head.size} entries of the head that was kept")
        journal = getattr(self._store, "journal", None)
        return Verification(TreeHead(self.partnership or "unnamed", size, root.hex()), tuple(problems), journal)


def _is_by(entry: Entry, source: Source | None, speaker: str | None) -> bool:
    return entry.claim.source == evolve(source or DESK, retrieved=None) and entry.speaker == speaker


def _wrong(rows: Sequence[Row]) -> Iterator[str]:
    for place, row in enumerate(rows, 1):
        if row.position != place:
            yield f"entry {row.position} stands at place {place}"
        if digest(row.body) != row.id:
            yield f"entry {row.position} does not have the bytes that its id was made from"
        if leaf_hash(row.position, row.recorded_at, row.by, row.id) != row.leaf:
            yield f"entry {row.position} was changed beside its bytes: when, by whom, or its place"
