"""The door: open a record, add what was said, ask (floor 7)."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from os import PathLike
from time import monotonic
from types import TracebackType
from typing import Any, Self

from attrs import evolve

from partnership.engine.amendment_index import AmendmentIndex
from partnership.engine.cached import Cached
from partnership.engine.entry_source import StoredEntries, held_at
from partnership.engine.index import ClaimIndex
from partnership.engine.query import Query, Scope
from partnership.engine.resolution import Policy, most_official
from partnership.errors import ClockWarning, DifferentPartnership, InvalidEntry, InvalidValue, SupersededWarning
from partnership.kinds import Kinds, each_kind
from partnership.model.entry import Entry, remarks_on, speaker_of
from partnership.model.event import Event
from partnership.model.kind import Kind
from partnership.record.amending import Mending
from partnership.record.citing import Cite, Citing
from partnership.record.families import consistent
from partnership.record.states import day_of, instant_of
from partnership.record.view import Diff, View, difference
from partnership.serialization.codec import Codec, EncodedEntry
from partnership.serialization.index_keys import AIMED, amended_claims
from partnership.storage.base import Row, Store
from partnership.storage.memory import MemoryStore
from partnership.storage.merkle import TreeHead, Verification, verify
from partnership.storage.sqlite import SQLiteStore
from partnership.subjects.amendments import AMENDMENTS
from partnership.values.sources import DESK, Certainty, Source
from partnership.values.text import name, place_of, slug

__all__ = ["Record", "codec_of", "open", "utc_now"]


def utc_now() -> datetime:
    """Return the present: the clock of a record that is given no other."""
    return datetime.now(UTC)


def open(  # noqa: A001  `partnership.open` reads as it is meant
    path: str | PathLike[str],
    *,
    partnership: str | None = None,
    clock: Callable[[], datetime] = utc_now,
    kinds: Iterable[Kind[Any]] = (),
    by: str | None = None,
) -> Record:
    """Open a record: one SQLite file, created if absent; ``":memory:"`` for none; or one of many in a database.

    Args:
        path: the file, or the address of a PostgreSQL database: ``postgresql://user@host:5432/database``. A server
            that says nothing is given up after 10 seconds, or those of ``?connect_timeout=``, and once it is open
            after a minute. No error repeats what may hold a password.
        partnership: whose record it is, a slug; kept in a new file, compared with that of another. A database holds
            many: there it says which, and one that is not there yet is begun.
        clock: returns the present as an aware datetime; the only place from which time comes in.
        kinds: a user's own kinds of subject, beside the built-in ones.
        by: who records here: kept beside every entry that is added.

    Raises:
        InvalidValue: *path* is no name of a file and no address, or another argument is not what it is given for.
        NotARecord: the file is something else.
        NewerFormat: a later version of the library wrote it.
        DifferentPartnership: it is the record of another partnership.
        StorageError: file or server cannot be reached.
        NotInstalled: a server is asked for, and psycopg is not there.
        InvalidKind: one of *kinds* cannot stand beside the others.

    >>> record = open(":memory:")
    >>> len(record.meetings)
    0
    """
    if not callable(clock):
        raise InvalidValue(clock, "is no clock", "give a function such as lambda: datetime.now(UTC)")
    codec = codec_of(each_kind(kinds))
    named = None if partnership is None else slug(partnership)
    recorder = None if by is None else name(by)
    return Record(_store(path, named), codec, clock, recorder)


def _store(path: str | PathLike[str], partnership: str | None) -> Store:
    rule = "give the name of a file, 'asean-russia.db', or write postgresql://user@host:5432/database"
    place = place_of(path, rule, *_SCHEMES)
    if place == ":memory:":
        return MemoryStore(partnership)
    if not place.startswith(_SCHEMES):
        return SQLiteStore(place, partnership=partnership)
    if partnership is None:
        rule = "give the one that is meant: open(…, partnership='asean-russia')"
        raise InvalidValue(None, "names no partnership, and a database holds those of many", rule)
    from partnership.storage.postgres import PostgresStore  # noqa: PLC0415  it loads psycopg

    return PostgresStore(place, partnership=partnership)


_SCHEMES = ("postgresql://", "postgres://")


@lru_cache(maxsize=8)  # the code that reads and writes a table is made once
def codec_of(kinds: tuple[Kind[Any], ...]) -> Codec:
    """Return what reads and writes the events of the built-in kinds and of these."""
    return Codec(Kinds(kinds))


def _entry(row: Row, draft: EncodedEntry) -> Entry:
    """Return an entry as a log has taken it."""
    return Entry(row.id, draft.claim, draft.remarks, row.position, row.recorded_at, row.by, row.body)


_AHEAD = timedelta(days=1)
"""How far the last entry may be ahead of the clock before something is said: the clocks of two machines do differ."""


def _compare_clocks(last: datetime, now: datetime) -> None:
    """Say so where the clock is far behind the last entry; which of the two is wrong, nobody here can know."""
    if last - now > _AHEAD:
        then, today = (one.isoformat(" ", "minutes") for one in (last, now))
        warnings.warn(
            f"the last entry was recorded at {then}, and the clock says {today}: one of the two clocks is wrong. Until "
            "this one has caught up, all that is added is recorded at that later instant",
            ClockWarning,
            stacklevel=4,
        )


class Record(Mending):
    """The claims of one partnership. Claims are only ever added; asked directly, it answers without a cut.

    Threads may share it: one after the other asks, and what several add at once is written in one commit.
    """

    def __init__(self, store: Store, codec: Codec, clock: Callable[[], datetime], by: str | None = None) -> None:
        self._store = store
        self._codec = codec
        self._clock = clock
        self._by = by
        self._log = StoredEntries(store, codec)
        self._aims = AmendmentIndex(self._log)
        self._has_aims = False
        self._written = 0
        self._cached = Cached(self._log, codec.kinds.is_built_in)
        super().__init__(self._cached, lambda: self._now().date(), store.partnership, codec.kinds)

    # ---- life ----

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; the record answers nothing afterwards."""
        self._store.close()

    def _now(self) -> datetime:
        now: object = self._clock()
        if not isinstance(now, datetime) or now.utcoffset() is None:
            rule = "give open(clock=…) a function such as lambda: datetime.now(UTC)"
            raise InvalidValue(now, "is the clock's time, and not an aware datetime", rule)
        return now.astimezone(UTC)

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
            note: the desk's own words; they go wherever the entry goes.
            shared: whether the entry may leave the desk; None leaves that to the source.

        Returns:
            The entries in order; one that is there already with the same remarks is returned as it lies.

        Raises:
            UnknownEvent: the record's table does not have the event.
            InvalidEntry: a remark cannot be, or the entry is too large.
            ReadOnly, StorageFull: the file cannot be written.

        Warns:
            SupersededWarning: it is there already, and lies superseded.
            ClockWarning: the clock is more than a day behind the last entry, at whose instant this is recorded.
        """
        drafts = self._drafts(
            events, source, speaker=speaker, certainty=certainty, inferred=inferred, note=note, shared=shared
        )
        return self._write(drafts)

    def citing(self, source: Source, *, speaker: str | None = None) -> Citing:
        """Cite one source for several events: the block is written whole when it ends, or not at all.

        Args:
            source: the document.
            speaker: whose words they are, unless a call says otherwise.
        """
        told = speaker

        def draft(events: Sequence[Event], *, speaker: str | None, **remarks: Any) -> list[EncodedEntry]:  # noqa: ANN401
            return self._drafts(events, source, speaker=speaker if speaker is not None else told, **remarks)

        return Citing(Cite(draft), self._write)

    def _drafts(
        self, events: Sequence[Event], source: object, *, speaker: str | None, **remarks: Any
    ) -> list[EncodedEntry]:
        dated = self._dated(source)
        return [self._one_draft(event, dated, speaker, remarks) for event in events]

    def _dated(self, source: object) -> Source:
        """Return a source with the day on which it was read: today, where neither page nor desk names one."""
        if not isinstance(source, Source):
            rule = "is no source; every claim has one: Source('VNA', published='2020-11-16')"
            raise InvalidEntry("the claim", (f"source: {source!r} {rule}",))
        is_dated = source is DESK or source.published or source.retrieved
        return source if is_dated else evolve(source, retrieved=self._now().date())

    def _one_draft(self, event: Event, source: Source, speaker: str | None, remarks: dict[str, Any]) -> EncodedEntry:
        self._codec.knows(event)
        if isinstance(event, AMENDMENTS):
            raise InvalidEntry(
                f"{event.name} of {event.about}", ("is recorded by correct, retract, prefer or same, not by add",)
            )
        return self._codec.draft(event, source, speaker_of(event, speaker), remarks_on(event, source, **remarks))

    def _write(self, drafts: Sequence[EncodedEntry]) -> tuple[Entry, ...]:
        if not drafts:
            return ()
        last = max(self._walked.index.head, self._written)
        now = self._now()
        rows = self._store.append([one.written for one in drafts], now=now, by=self._by)
        entries = tuple(_entry(row, draft) for row, draft in zip(rows, drafts, strict=True))
        self._written = max(last, *(one.position for one in entries))
        aimed_at = self._aimed_at()
        if perhaps := [one for one in entries if one.position <= last or one.claim.id in aimed_at]:
            self._warn_of_undone(perhaps)
        aimed_at.update(claim for one in entries for claim in amended_claims(one.event))
        _compare_clocks(rows[-1].recorded_at, now)
        return entries

    def _aimed_at(self) -> set[str]:
        """Return the claims at which anything aims: those of the log as it was opened, and of what arrived since."""
        index = self._walked.index
        if not self._has_aims:
            index.aimed_at.update(claim for _, one in self._log.find([AIMED]) for claim in amended_claims(one.event))
            self._has_aims = True
        return index.aimed_at

    def _warn_of_undone(self, entries: Iterable[Entry]) -> None:
        """Say so where a claim that is added again lies superseded."""
        added = {one.claim.id: one.event.about for one in entries if not isinstance(one.event, AMENDMENTS)}
        if superseded := self._aims.superseded(added.keys()):
            about = next(about for claim, about in added.items() if claim in superseded)
            advice = "this claim lies superseded by a correction or retraction; retract that to bring it back"
            warnings.warn(f"{about}: {advice}", SupersededWarning, stacklevel=4)

    # ---- asking ----

    @consistent
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
        """Return the record on a day, in hindsight, in the knowledge of a day, or as this log held it.

        Args:
            day: stand on this day: the world up to it, known from what was published by it.
            on: the world up to this day, as known now.
            known: what was published by this day; of what prints no day, what was read by then.
            recorded: what this log held at this instant; of a day, at its end in UTC.
            sources: only what comes from sources that it is true of: the record as one side tells it.
            policy: what is believed where sources differ: `most_official`, `newest`, or a function of the candidates.

        Raises:
            InvalidValue: a day is vague, *day* stands beside *on* or *known*, or what should be a function is none.
        """
        for what, given in (("sources=", sources), ("policy=", policy)):
            if given is not None and not callable(given):
                raise InvalidValue(given, f"is no function, as {what} needs", f"write {what}lambda …, or leave it out")
        if day is not None and (on is not None or known is not None):
            raise InvalidValue(str(day), "stands beside on= or known=", "give the day alone, or on= and known= alone")
        stand = day_of(day, "as_of")
        scope = Scope(
            on=day_of(on, "on=") or stand,
            known=day_of(known, "known=") or stand,
            recorded=instant_of(recorded),
            sources=sources,
            policy=policy,
        )
        whole = self._query()
        if scope.recorded is not None:  # an audit: what this log did not hold then plays no part
            return View(
                Query(ClaimIndex(held_at(self._log, scope.recorded)), scope),
                self._today,
                self.partnership,
                self._kinds,
            )
        return View(Query(whole.index, scope, whole), self._today, self.partnership, self._kinds)

    @consistent
    def diff(self, before: date | str, after: date | str) -> Diff:
        """Return what changed between two days: what we learned, what happened, and what merely fell due."""
        first, then = self.as_of(before), self.as_of(after)
        if then.today < first.today:
            raise InvalidValue(str(after), f"is before {before}", "give the earlier day first")
        hindsight = self.as_of(on=before, known=after)
        return difference(first, hindsight, then)

    # ---- the log ----

    def merge(self, other: Record | Iterable[Entry]) -> tuple[Entry, ...]:
        """Add the entries of another record, or some of them: a union, whole or not at all, in whichever order.

        Both records are the desk's own: private entries come too, with their marks. Some entries by themselves leave
        behind the marks of the others; what is for another desk is written to a file by `partnership.write`.

        Returns:
            Those that were not here before, as they now lie here.

        Raises:
            DifferentPartnership: both records are named, and not alike.
            InvalidEntry: an entry is not what its id says.

        Warns:
            ClockWarning: the clock is more than a day behind the last entry, at whose instant they are recorded.
        """
        if isinstance(other, Record):
            if self.partnership and other.partnership and self.partnership != other.partnership:
                raise DifferentPartnership(self.partnership, other.partnership)
            other = other._log.entries()  # noqa: SLF001  its own class
        return self._unite([self._codec.again(one) for one in other])

    def _unite(self, theirs: Sequence[EncodedEntry]) -> tuple[Entry, ...]:
        if not theirs:
            return ()
        last = self._store.head()
        now = self._now()
        rows = self._store.append([one.written for one in theirs], now=now, by=self._by)
        _compare_clocks(rows[-1].recorded_at, now)
        fresh = {row.position: _entry(row, draft) for row, draft in zip(rows, theirs, strict=True)}
        self._walked.index.aimed_at.update(claim for one in theirs for claim in amended_claims(one.claim.event))
        return tuple(fresh[place] for place in sorted(fresh) if place > last)

    def follow(self, after: int = 0, wait: float = 0) -> Iterator[Entry]:
        """Yield the entries after a position, those of other processes too, as they come.

        Args:
            after: the reader's checkpoint: the position of the last entry that it has dealt with.
            wait: seconds to wait for a next one before the end; 0 ends with what is there.
        """
        last = max(after, 0)
        until = monotonic() + wait
        with self._store.listening() as listen:
            while True:
                for entry in self._log.entries(last):
                    last = entry.position
                    yield entry
                    until = monotonic() + wait
                if (left := until - monotonic()) <= 0:
                    return
                listen(left)

    def snapshot(self) -> int:
        """Keep the states of all subjects beside the entries; return how many there are.

        Who next asks a large file for all of them has them from there, but for what came since and what that touches.
        No answer is another for it, and nothing is taken from one that is in doubt. Only a file keeps one, and only of
        a record that is opened without kinds of its own.

        Raises:
            ReadOnly, StorageFull: the file cannot be written.
            Damaged: entries are missing from it.
        """
        return self._cached.write(self._kinds.projections)

    def tree_head(self) -> TreeHead:
        """Return the proof of the log as it is now: three lines to keep elsewhere, print, or have signed."""
        size, root = self._store.sealed()
        return TreeHead(self.partnership or "unnamed", size, root.hex())

    def verify(self, head: TreeHead | None = None) -> Verification:
        """Check that the log holds what was written to it, byte by byte, and that a snapshot tells what the log does.

        Whatever is asked, no entry is read whose bytes are not those of its id; this also looks at when and by whom
        each was recorded, and at the keys by which they are found: of one that is lost, an answer may not tell.

        Args:
            head: a head that was kept elsewhere: the log must still begin with just those entries.

        Warns:
            ClockWarning: the clock is more than a day behind the last entry; that makes the log no less sound.
        """
        for is_last in (False, False, True):  # beside a writer who never rests, what came after the seal is left out
            sealed = self.tree_head()
            found = verify(self._store, sealed, head, sealed.size if is_last else None)
            if self.tree_head() == sealed:  # nobody has added anything between the look at the seal and at the rows
                break
        for row in self._store.read(sealed.size - 1, 1) if sealed.size else ():
            _compare_clocks(row.recorded_at, self._now())
        if found.is_sound and self._cached.is_belied(self._kinds.projections):
            return evolve(found, problems=("the snapshot has other states than the entries come to: write it again",))
        return found
