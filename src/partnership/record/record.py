"""Record: open a log of claims, add to it, correct it, and query it as of any day."""

from __future__ import annotations

import inspect
import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from os import PathLike
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from attrs import NOTHING, evolve
from attrs import fields as attrs_fields

from partnership._frozen import frozen
from partnership.engine.amendment_index import AmendmentIndex, is_desk_amendment, stated_event
from partnership.engine.corrections import apply_corrections
from partnership.engine.entry_source import StoredEntries, held_at
from partnership.engine.index import ClaimIndex
from partnership.engine.query import Query, Scope
from partnership.engine.resolution import Policy, most_official
from partnership.errors import (
    ClockWarning,
    DifferentPartnership,
    InvalidEntry,
    InvalidEvent,
    InvalidSubmission,
    InvalidValue,
    NearNameWarning,
    SupersededWarning,
    UnknownEntry,
)
from partnership.kinds import Kinds, each_kind
from partnership.model.construct import constructor
from partnership.model.converters import LIST_LIMIT, repeatable
from partnership.model.entry import Entry, Remarks, evidence_of, remarks_on, speaker_of
from partnership.model.event import Event, fields_of
from partnership.model.kind import Kind
from partnership.model.occurrence import Evidence
from partnership.record.states import day_of, in_utc, instant_of
from partnership.record.view import View
from partnership.serialization.codec import Codec, EncodedEntry
from partnership.serialization.index_keys import amended_claims
from partnership.storage.base import Row, Store
from partnership.subjects.amendments import (
    AMENDMENTS,
    Amendment,
    ClaimCorrected,
    ClaimPreferred,
    ClaimRetracted,
    SubjectsDeclaredSame,
)
from partnership.values.display import Displayable, rows_table
from partnership.values.sources import DESK, Certainty, Source
from partnership.values.text import exact, file_path, name, slug, split_subject
from partnership.values.text import subject as subject_text

if TYPE_CHECKING:
    from partnership.engine.diff import Change
    from partnership.queries.calendar import PlannedItem
    from partnership.record.citing import Citing
    from partnership.record.near_names import KnownNames
    from partnership.record.remarked import Remarked
    from partnership.record.submissions import Submission
    from partnership.storage.merkle import TreeHead, Verification


def utc_now() -> datetime:
    """Return the present time: the default clock of a record."""
    return datetime.now(UTC)


def open(  # noqa: A001  users write `partnership.open`
    path: str | PathLike[str],
    *,
    partnership: str | None = None,
    clock: Callable[[], datetime] = utc_now,
    kinds: Iterable[Kind[Any]] = (),
    by: str | None = None,
) -> Record:
    """Open a record: an SQLite file, which is created if absent, a PostgreSQL database, or ``":memory:"``.

    Args:
        path: the file, or the address of a PostgreSQL database: ``postgresql://user@host:5432/database``. A server
            that does not answer is given up after 10 seconds, or after those of ``?connect_timeout=``, and once it is
            open after a minute. Errors never repeat what may contain a password.
        partnership: name of the partnership, a slug. A new file stores it; an existing file must have the same. A
            database holds several partnerships and needs it; one that is not there yet is created.
        clock: returns the present time as an aware datetime. It is the only source of the present time. Its time zone
            decides which day today is: UTC unless given. ``lambda: datetime.now(ZoneInfo("Asia/Jakarta"))`` makes it
            the day in Jakarta.
        kinds: a user's own kinds of subject, in addition to the built-in ones.
        by: the recorder, stored with every entry that is added.

    Raises:
        InvalidValue: *path* is neither the name of a file nor an address, or another argument is invalid.
        NotARecord: the file is something else.
        NewerFormat: a later version of the library wrote it.
        DifferentPartnership: it is the record of another partnership.
        StorageError: the file or the server cannot be reached.
        NotInstalled: the address is that of a server, and psycopg is not installed.
        InvalidKind: one of *kinds* conflicts with another kind.

    >>> record = open(":memory:")
    >>> len(record.meetings)
    0
    """
    if not callable(clock):
        raise InvalidValue(clock, "is not a clock", "give a function such as lambda: datetime.now(UTC)")
    codec = codec_of(each_kind(kinds))
    partnership = None if partnership is None else slug(partnership)
    recorder = None if by is None else name(by)
    return Record(_store(path, partnership), codec, clock, recorder)


def _store(path: str | PathLike[str], partnership: str | None) -> Store:
    rule = "give the name of a file, 'asean-russia.db', or write postgresql://user@host:5432/database"
    place = file_path(path, rule, *_SCHEMES)
    if place.lower().endswith(_OTHER_FILES) and not os.path.exists(place):  # noqa: PTH110  pathlib is slow to load
        from pathlib import Path  # noqa: PLC0415  as above

        advice = f"write {Path(place).with_suffix('.db').name!r}; partnership.read opens a file of lines"
        raise InvalidValue(place, "would be a new record under the name of another sort of file", advice)
    if place == ":memory:":
        from partnership.storage.memory import MemoryStore  # noqa: PLC0415  loaded on first use

        return MemoryStore(partnership)
    if not place.startswith(_SCHEMES):
        from partnership.storage.sqlite import SQLiteStore  # noqa: PLC0415  loaded on first use

        return SQLiteStore(place, partnership=partnership)
    if partnership is None:
        rule = "name one: open(…, partnership='asean-russia')"
        raise InvalidValue(None, "names no partnership, and a database holds several", rule)
    from partnership.storage.postgres import PostgresStore  # noqa: PLC0415  it loads psycopg

    return PostgresStore(place, partnership=partnership)


_SCHEMES = ("postgresql://", "postgres://")
_OTHER_FILES = (".bib", ".csv", ".html", ".ics", ".json", ".jsonl", ".jsonld", ".ods", ".parquet", ".xls", ".xlsx")
"""Ends of the names of files that the library reads or writes, and that are no records."""


@lru_cache(maxsize=8)  # building the readers and writers of all events takes time
def codec_of(kinds: tuple[Kind[Any], ...]) -> Codec:
    """Return the codec for the events of the built-in kinds and of these."""
    return Codec(Kinds(kinds))


def _warn(text: str, category: type[Warning]) -> None:
    """Warn in the line that called the library."""
    level, frame = 1, inspect.currentframe()
    while frame is not None and frame.f_globals.get("__name__", "").startswith("partnership."):
        level, frame = level + 1, frame.f_back
    warnings.warn(text, category, stacklevel=level)


def _checked_remarks(event: Event, source: Source, speaker: object, **remarks: Any) -> tuple[str | None, Remarks]:  # noqa: ANN401
    """Return the speaker and the remarks of a claim, validated."""
    return speaker_of(event, speaker), remarks_on(event, source, **remarks)


_new_entry: Callable[..., Entry] = constructor(Entry)


def _entry_from_row(row: Row, draft: EncodedEntry) -> Entry:
    """Return an entry as the log has stored it."""
    return _new_entry(row.id, draft.claim, draft.remarks, row.position, row.recorded_at, row.by, draft.body)


_CLOCK_TOLERANCE = timedelta(days=1)
"""How far the last entry may be ahead of the clock without a warning: the clocks of two machines do differ."""


def _compare_clocks(last: datetime, now: datetime) -> None:
    """Warn if the clock is far behind the last entry. Which of the two is wrong cannot be known here."""
    if last - now > _CLOCK_TOLERANCE:
        _warn(
            f"the last entry was recorded at {last.isoformat(' ', 'minutes')}, and the clock says "
            f"{now.isoformat(' ', 'minutes')}: one of the two clocks is wrong. Until this one has caught up, all that "
            "is added is recorded at that later instant",
            ClockWarning,
        )


@frozen(repr=False)
class Diff(Displayable):
    """What is different between two days.

    Attributes:
        learned: changes of knowledge: the first day, as known then and as known on the second day.
        happened: changes of the world: both days, as known on the second.
        fell_due: items that merely became overdue by the passing of time.
    """

    learned: tuple[Change, ...]
    happened: tuple[Change, ...]
    fell_due: tuple[PlannedItem, ...]

    def _repr_html_(self) -> str:
        sections = (("learned", self.learned), ("happened", self.happened), ("fell due", self.fell_due))
        return "".join(rows_table(title, items) for title, items in sections)

    def _text(self) -> str:
        sections = (("learned", self.learned), ("happened", self.happened), ("fell due", self.fell_due))
        return "\n".join(f"{title}: {item}" for title, items in sections for item in items) or "nothing changed"


class Record(View):
    """The claims of one partnership. Entries are only ever added; queries on the record itself see all of them.

    Threads may share a record: queries run one after the other, and what several threads add at once is written in
    one commit.

    Args:
        store: stores the entries.
        codec: reads and writes the events of the record's kinds.
        clock: returns the present time as an aware datetime.
        by: the recorder, stored with every entry that is added.
    """

    def __init__(self, store: Store, codec: Codec, clock: Callable[[], datetime], by: str | None = None) -> None:
        self._store = store
        self._codec = codec
        self._clock = clock
        self._by = by
        self._log = StoredEntries(store, codec)
        self._amendments = AmendmentIndex(self._log)
        self._addable: set[type[Event]] = set()  # classes whose events `add` takes
        self._has_amended_claims = False
        self._last_written = 0
        super().__init__(
            Query(ClaimIndex(self._log)), lambda: self._clock_time().date(), store.partnership, codec.kinds
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file or connection; the record can no longer be used."""
        if self._log.kept is not None:
            self._log.kept.flush()
        self._store.close()

    def _now(self) -> datetime:
        """Return the time of the clock in UTC."""
        return in_utc(self._clock_time())

    def _clock_time(self) -> datetime:
        """Return the time of the clock in its own time zone, which decides what day today is."""
        now: object = self._clock()
        if not isinstance(now, datetime) or now.utcoffset() is None:
            rule = "give open(clock=…) a function such as lambda: datetime.now(UTC)"
            raise InvalidValue(now, "is the clock's time, and not an aware datetime", rule)
        return now

    # ---- adding ----

    def add(
        self,
        *events: Event | Remarked,
        source: Source,
        speaker: str | None = None,
        certainty: Certainty | None = None,
        inferred: Iterable[str] = (),
        note: str | None = None,
        shared: bool | None = None,
    ) -> tuple[Entry, ...]:
        """Record what a source states: all of *events* or, after an error, none.

        Args:
            events: what the source states; their entries are returned in the same order. The arguments below hold for
                all of them; write `Remarked(event, inferred=["on"])` for an event with remarks of its own.
            source: the document. If it has neither a day of publication nor a day of retrieval, it was retrieved today.
            speaker: who is quoted, if the document quotes somebody.
            certainty: how certain the wording is.
            inferred: names of fields that the recorder supplied, present in every one of *events*.
            note: the recorder's own words; shared wherever the entry is.
            shared: whether the entry may be shared; by default the kind of source decides.

        Returns:
            The entries in order. A claim that is recorded already with the same remarks is not added again: its
            existing entry is returned.

        Raises:
            UnknownEvent: the event belongs to none of the record's kinds.
            InvalidEntry: a remark is invalid, or the entry is too large.
            InvalidEvent: a doubt is about an act that is no event of its subject's kind.
            ReadOnly, StorageFull: the file cannot be written.

        Warns:
            SupersededWarning: the claim is recorded already and has been superseded.
            ClockWarning: the clock is more than a day behind the last entry; the time of that entry is recorded.
            NearNameWarning: a new party code, currency or subject looks misspelt. It is recorded as it is.
        """
        remarks = {
            "speaker": speaker, "certainty": certainty, "inferred": inferred, "note": note, "shared": shared,
        }  # fmt: skip
        return self._write(self._drafts(events, source, remarks))

    def submit(self, *submissions: Submission) -> list[Entry]:
        """Record what some documents state: all of it or, after an error, none.

        Args:
            submissions: one for each document, as `partnership.read_submission` returns it.

        Returns:
            The entries in order, as `add` returns them.

        Raises:
            InvalidSubmission: one of them has no claims.
            PartnershipError: as `add` does.

        Warns:
            NearNameWarning, SupersededWarning, ClockWarning: as `add` does.
        """
        if empty := [f"submissions[{number}].claims" for number, one in enumerate(submissions) if not one.claims]:
            from partnership.record.submissions import NO_CLAIMS  # noqa: PLC0415  loaded on first use

            raise InvalidSubmission(tuple(NO_CLAIMS._replace(where=where) for where in empty))
        none: dict[str, Any] = {"certainty": None, "inferred": (), "note": None, "shared": None}
        drafts = [
            draft
            for one in submissions
            for draft in self._drafts(one.claims, one.source, {"speaker": one.speaker, **none})
        ]
        return [*self._write(drafts)]

    def citing(self, source: Source, *, speaker: str | None = None) -> Citing:
        """Return a context manager that cites one source for several events.

        All events of the block are written when it ends; after an error, none.

        Args:
            source: the document.
            speaker: who is quoted, unless a call names another speaker or, with None, nobody.
        """
        from partnership.record.citing import Cite, Citing  # noqa: PLC0415  loaded on first use

        default_speaker = speaker

        def draft(events: Sequence[Event | Remarked], *, speaker: Any, **remarks: Any) -> list[EncodedEntry]:  # noqa: ANN401
            remarks["speaker"] = default_speaker if speaker is ... else speaker
            return self._drafts(events, source, remarks)

        return Citing(Cite(draft), self._write)

    def _drafts(
        self, events: Sequence[Event | Remarked], source: object, remarks: dict[str, Any]
    ) -> list[EncodedEntry]:
        self._query.index.lock.refuse_after_fork()
        dated_source = self._dated(source)
        remarks = {**remarks, "inferred": repeatable(remarks["inferred"])}
        drafts = []
        said: tuple[str | None, Remarks] | None = None  # what is said about every event of the call
        for given in events:
            if isinstance(given, Event):
                event, own = given, remarks
            else:
                from partnership.record.remarked import with_remarks  # noqa: PLC0415  loaded on first use

                event, own = with_remarks(given, remarks)
            try:
                if type(event) not in self._addable:
                    self._require_addable(event)
                if own is not remarks or remarks["inferred"]:  # it depends on the event whether this may be said
                    draft = self._codec.encode(event, dated_source, *_checked_remarks(event, dated_source, **own))
                else:
                    said = said or _checked_remarks(event, dated_source, **own)
                    draft = self._codec.encode(event, dated_source, *said)
                for reference in draft.references:
                    if split_subject(reference)[0] not in self._codec.kinds.names:
                        self._refuse_slips(event)
                drafts.append(draft)
            except InvalidEntry as refused:
                if len(events) == 1 or not any(reason.startswith("inferred:") for reason in refused.reasons):
                    raise
                hint = "if others of these events have one, mark those: Remarked(event, inferred=[…])"
                raise InvalidEntry(refused.where, (*refused.reasons, hint)) from None
        return drafts

    def _dated(self, source: object) -> Source:
        """Return a source with today as its day of retrieval if it has no day at all."""
        if not isinstance(source, Source):
            rule = "is not a source; every claim has one: Source('VNA', published='2020-11-16')"
            raise InvalidEntry("the claim", (f"source: {source!r} {rule}",))
        if type(source) is not Source:  # a subclass may have fields of its own, and say what it is equal to
            source = Source(**{field.name: getattr(source, field.name) for field in attrs_fields(Source)})
        is_dated = source is DESK or source.published or source.retrieved
        return source if is_dated else evolve(source, retrieved=self._clock_time().date())

    def _require_addable(self, event: Event) -> None:
        """Require that an event is one that `add` takes, and that a doubt has names that the record knows.

        Raises:
            UnknownEvent, InvalidEvent, InvalidEntry: it is not.
        """
        self._codec.require_known(event)
        if isinstance(event, AMENDMENTS):
            raise InvalidEntry(
                f"{event.name} of {event.about}", ("is recorded by correct, retract, prefer or same_as, not by add",)
            )
        if event.kind != "doubt":
            self._addable.add(type(event))
            return
        from partnership.record.doubted_names import unknown_names  # noqa: PLC0415  loaded on first use

        if reasons := unknown_names(event, self._kinds):
            raise InvalidEvent(event.name, event.subject, reasons)

    def _refuse_slips(self, event: Event) -> None:
        """Refuse references to subjects of a kind that is not known, and nearly has the name of one: ``serie:jec``."""
        kinds, reasons = self._codec.kinds, []
        for field in fields_of(type(event)).refers_openly:
            value: str | tuple[str, ...] | None = getattr(event, field)
            if not value:
                continue
            for reference in (value,) if isinstance(value, str) else value:
                kind, its_slug = split_subject(reference)
                if kind not in kinds.names and (near := kinds.nearest(kind)):
                    rule = " or ".join(repr(f"{known}:{its_slug}") for known in near)
                    reasons.append(f"{field}: {reference!r} is of no kind that is known here; write {rule}")
        if reasons:
            raise InvalidEntry(f"{event.name} of {event.about}", tuple(reasons))

    def _write(self, drafts: Sequence[EncodedEntry]) -> tuple[Entry, ...]:
        if not drafts:
            return ()
        self._query.index.lock.refuse_after_fork()
        last = max(self._query.index.head, self._last_written)  # what has this position or an earlier one is not new
        now = self._now()
        advice = self._known_names.check(drafts)
        try:
            for sentence in advice:
                _warn(sentence, NearNameWarning)
            entries = self._append(drafts, now, self._by)
        except BaseException:
            self._known_names.forget()
            raise
        positions = [entry.position for entry in entries]
        self._known_names.learn(positions)
        amended = self._amended_claims()  # none of them by these entries: an amendment is written alone
        known = [entry for entry in entries if entry.position <= last or entry.claim.id in amended]
        self._last_written = max(self._last_written, *positions)
        if known:
            self._warn_if_superseded(known)
        _compare_clocks(entries[-1].recorded_at, now)
        return entries

    @cached_property
    def _known_names(self) -> KnownNames:
        from partnership.record.near_names import KnownNames  # noqa: PLC0415  loaded on first use

        return KnownNames(self._store, self._codec.kinds)

    def _append(self, drafts: Sequence[EncodedEntry], now: datetime, by: str | None) -> tuple[Entry, ...]:
        rows = self._store.append(drafts, now=now, by=by)
        entries = tuple(_entry_from_row(row, draft) for row, draft in zip(rows, drafts, strict=True))
        self._query.index.amended.update(claim for entry in entries for claim in amended_claims(entry.event))
        return entries

    def _amended_claims(self) -> set[str]:
        """Return the claims to which any amendment in the log refers; the log is searched once."""
        index = self._query.index
        if not self._has_amended_claims:
            _, amendments = self._log.find_kinds(["claim"])
            index.amended.update(claim for _, item in amendments for claim in amended_claims(item.event))
            self._has_amended_claims = True
        return index.amended

    def _warn_if_superseded(self, entries: Iterable[Entry]) -> None:
        """Warn if one of these claims, which were added again, has been superseded."""
        added = {entry.claim.id: entry.event.about for entry in entries if not isinstance(entry.event, AMENDMENTS)}
        if superseded := self._amendments.superseded(added.keys()):
            claim, subject = next(one for one in added.items() if one[0] in superseded)
            amending = [
                item.claim
                for item in self._amendments.amendments_of(claim)
                if isinstance(item.event, (ClaimCorrected, ClaimRetracted))
            ]
            ids = [self._first_entry_with_claim(one).id for one in amending if not self._amendments.superseded([one])]
            if len(ids) > 1:
                named = f"those, entries {' and '.join(ids)},"
            elif ids:
                named = f"that, entry {ids[0]},"
            else:
                named = "that"
            advice = f"this claim is superseded by a correction or retraction; retract {named} to restore it"
            _warn(f"{subject}: {advice}", SupersededWarning)

    # ---- amending ----

    def correct(
        self,
        entry: Entry | str,
        event: Event | Mapping[str, object] | None = None,
        *,
        reason: str | None = None,
        source: Source | None = None,
        speaker: str | None = None,
        inferred: Iterable[str] = (),
        **fields: object,
    ) -> Entry:
        """Record what an entry should have stated: other values of some fields, or another event.

        Without *source*, the recorder corrects its own mistake: every view that has the entry shows the correction,
        except ``as_of(recorded=…)`` of an earlier time. With *source*, the publisher corrects itself: the correction
        is known from that publication on. A second correction continues the first: fields that are not given keep their
        values.

        Args:
            entry: the entry, or its id.
            event: the complete event that it should have stated; or the fields to change, by name. A field that has the
                name of another argument can only be given in this way: ``correct(entry, {"reason": "a typhoon"})``.
            reason: why it is corrected; shared wherever the entry is.
            source: the document with the publisher's correction.
            speaker: who is quoted in *source*.
            inferred: names of fields of the corrected event that the recorder supplied.
            **fields: the fields to change: ``place="Valparaíso"``. None or ``()`` removes a value.

        Warns:
            SupersededWarning: a source has corrected or retracted the claim, and the desk's correction is not the last
                word about it; or the desk had retracted the claim, which the correction restores.

        Raises:
            InvalidEntry: nothing would change, the event has no such field, or the entry is a retraction, a preference
                or a declaration that two subjects are the same.
            InvalidEvent: the corrected event is invalid.
            UnknownEntry: the record has no such entry.

        >>> import partnership as ps
        >>> from partnership.events import MeetingHeld
        >>> record = ps.open(":memory:")
        >>> entry, = record.add(MeetingHeld("m", on="2019-11-17", place="Santiago"), source=ps.Source("APEC"))
        >>> correction = record.correct(entry, place="Valparaíso", reason="mistyped")
        >>> record.meetings["m"].place, record.meetings["m"].held_on
        ('Valparaíso', When('2019-11-17'))
        """
        first = self._find_entry(entry)
        source = None if source is None else self._dated(source)
        stated = self._as_corrected(first, source)
        corrected = event if isinstance(event, Event) and not fields else _with_changes(stated.event, event, fields)
        if isinstance(corrected, AMENDMENTS):
            raise InvalidEntry(
                "a correction", ("event: give what the claim should state; to undo a correction, retract it",)
            )
        self._codec.require_known(corrected)
        inferred_fields = {*remarks_on(corrected, DESK, inferred=inferred).inferred}
        if stated.claim != first.claim.id:  # of the claim itself, what is still inferred is computed
            inferred_fields |= {
                name for name in stated.inferred if getattr(corrected, name, None) == getattr(stated.event, name)
            }
        amendment, inferred = ClaimCorrected(first.claim.id, event=corrected, reason=reason), sorted(inferred_fields)
        if corrected == stated.event and not self._in_force(amendment, source, speaker):
            raise InvalidEntry(
                f"a correction of {stated.event.about}", ("the entry states exactly this already: nothing changes",)
            )
        aimed = self._amendments.amendments_of(first.claim.id)
        is_retracted = any(isinstance(item.event, ClaimRetracted) for item in aimed)  # else no group need be resolved
        retraction = self.retraction_of(first) if is_retracted else None
        correction = self._amend(amendment, source, speaker, tuple(inferred))
        if retraction and not self.retraction_of(first):
            advice = f"was retracted, by entry {retraction.id}, and is restored by this correction"
            _warn(f"{stated.event.about}: this claim {advice}", SupersededWarning)
        if source is None:
            self._warn_if_corrected_by_source(correction)
        return correction

    def retraction_of(self, entry: Entry) -> Entry | None:
        """Return the desk's retraction of an entry, or of what it corrects, of which no correction is in force."""
        group = self._refresh().about(stated_event(entry.event).about)
        items = {item.claim: item for item in group.evidence}
        retraction: str | None = None
        pending = [entry.claim.id]
        while pending:
            for by in group.superseded.get(pending.pop(0), ()):
                if isinstance(items[by].event, ClaimCorrected):
                    if by not in group.superseded:
                        return None
                    pending.append(by)
                elif is_desk_amendment(items[by]):
                    retraction = retraction or by
        return self._first_entry_with_claim(retraction) if retraction else None

    def _warn_if_corrected_by_source(self, correction: Entry) -> None:
        """Warn if a source amends the claim that the desk corrects: its own word supersedes the desk's correction."""
        present = self._amendments.amendments_of(correction.event.subject)
        if all(map(is_desk_amendment, present)):
            return
        if self._amendments.superseded([correction.claim.id], present):
            advice = (
                "a source has corrected or retracted this claim; if that correction has the same mistake, correct it"
            )
            _warn(f"{stated_event(correction.event).about}: {advice} too", SupersededWarning)

    def _as_corrected(self, entry: Entry, source: Source | None) -> Evidence:
        """Return what an entry states after its corrections so far, which another correction of it continues.

        For the desk these are its own. A correction by a source also continues those that sources had published before.
        """
        item = evidence_of(entry.claim, entry.remarks)
        event = stated_event(item.event)
        if isinstance(event, AMENDMENTS):
            advice = "retract it instead, and record what it should have been"
            raise InvalidEntry(f"a correction of {event.name}", (advice,))
        item = evolve(item, event=event)
        known = None if source is None else source.known_from
        corrections = self._amendments.corrections_of(item.claim, known)
        effective = {other.claim: other for other in apply_corrections([item, *corrections]).evidence}
        last = [other.claim for other in corrections if other.claim in effective][-1:]
        return effective[last[0]] if last else item

    def retract(
        self, entry: Entry | str, *, reason: str | None = None, source: Source | None = None, speaker: str | None = None
    ) -> Entry:
        """Record that an entry should not exist.

        Without *source*, the recorder retracts its own mistake; with it, the publisher does, as in `correct`.

        Args:
            entry: the entry, or its id.
            reason: why; shared wherever the entry is.
            source: the document with the publisher's retraction.
            speaker: who is quoted in *source*.

        Raises:
            UnknownEntry: the record has no such entry.
        """
        return self._amend(ClaimRetracted(self._find_entry(entry).claim.id, reason=reason), source, speaker)

    def prefer(self, entry: Entry | str, *, field: str | None = None, reason: str | None = None) -> Entry:
        """Prefer an entry where sources differ: the only way to settle an error of a source that nobody corrects.

        Args:
            entry: the entry, or its id.
            field: the field of the event for which it is preferred; by default all fields.
            reason: why.

        Warns:
            SupersededWarning: the preference decides nothing, since the claim has been retracted, or corrected in this
                field.

        Raises:
            InvalidValue: the event has no such field.
            UnknownEntry: the record has no such entry.
        """
        first, field = self._find_entry(entry), exact(field)
        event = stated_event(first.event)
        if field is not None and field not in (names := fields_of(type(event)).names):
            raise InvalidValue(field, f"is not a field of {event.name}", f"it has {', '.join(names)}")
        preference = self._amend(ClaimPreferred(first.claim.id, field=field, reason=reason), None, None)
        if not any(item.preferred for item in apply_corrections(self._evidence_around(preference)).evidence):
            advice = (
                "this preference decides nothing, since the claim was retracted or corrected; prefer what replaced it"
            )
            _warn(f"{event.about}: {advice}", SupersededWarning)
        return preference

    def _evidence_around(self, preference: Entry) -> list[Evidence]:
        """Return a preference with its claim, all corrections and retractions of that, and what it corrects itself."""
        entries = [preference, self._find_entry(preference.event.subject)]
        while isinstance(entries[-1].event, ClaimCorrected):
            target = entries[-1].event.subject
            if not (found := self._log.entries_by_claim([target]).get(target)):
                break  # it is in another record
            entries.append(found[0])
        evidence = [evidence_of(entry.claim, entry.remarks) for entry in entries]
        pending = [entries[-1].claim.id]
        while pending:
            amendments = [
                item
                for item in self._amendments.amendments_of(pending.pop())
                if not isinstance(item.event, ClaimPreferred)
            ]
            evidence += amendments
            pending += [item.claim for item in amendments]
        return evidence

    def same_as(self, one: str, other: str, *, source: Source | None = None, reason: str | None = None) -> Entry:
        """Declare that two subjects are the same. Both names stay valid; the alphabetically first is shown.

        Args:
            one: a subject, ``kind:slug``.
            other: another subject of the same kind.
            source: the document that says so; by default the recorder does.
            reason: why.

        Raises:
            InvalidValue: the subjects are of different kinds, or have one name.
        """
        first, second = sorted((subject_text(one), subject_text(other)))
        (kind, first_slug), (other_kind, second_slug) = split_subject(first), split_subject(second)
        if kind != other_kind or first == second:
            problem = "are of different kinds" if first != second else "are one name"
            advice = "give two subjects of one kind, 'meeting:a' and 'meeting:b'"
            raise InvalidValue(one, f"and {other!r} {problem}", advice)
        event = SubjectsDeclaredSame(first_slug, of=kind, other=second_slug, reason=reason)
        draft = self._amendment_draft(event, source, None)
        while self._amendments.superseded([draft.claim.id]):  # it was declared in the same words, and retracted
            event = evolve(event, seen=[draft.claim.id])
            draft = self._amendment_draft(event, source, None)
        return self._write([draft])[0]

    def _amend(
        self, amendment: Amendment, source: Source | None, speaker: str | None, inferred: tuple[str, ...] = ()
    ) -> Entry:
        if source is None and speaker is not None:
            problem = "speaker: nobody is quoted in the desk's own words; give the source= in which they are"
            raise InvalidEntry(f"{amendment.name} of {amendment.subject}", (problem,))
        if equal := self._in_force(amendment, source, speaker):  # it is not recorded twice
            return self._first_entry_with_claim(equal)
        present = self._amendments.amendments_of(amendment.subject)
        if len(present) > LIST_LIMIT:
            problem = f"{len(present)} entries amend that claim already: correct or retract the newest of them instead"
            raise InvalidEntry(f"{amendment.name} of {amendment.subject}", (problem,))
        seen = {evidence.claim for evidence in present}
        return self._write([self._amendment_draft(evolve(amendment, seen=seen), source, speaker, inferred)])[0]

    def _in_force(self, amendment: Amendment, source: Source | None, speaker: str | None) -> str | None:
        """Return the claim that is an equal amendment in force; no retraction that a correction has followed."""
        source = None if source is None else self._dated(source)
        present = self._amendments.amendments_of(amendment.subject)
        equal = [
            evidence.claim
            for evidence in present
            if _is_equal(evidence.event, amendment) and _is_by(evidence, source, speaker)
        ]
        if not equal:
            return None
        superseded = self._amendments.superseded([evidence.claim for evidence in present], present)
        if isinstance(amendment, ClaimRetracted):
            for item in present:
                if isinstance(item.event, ClaimCorrected) and item.claim not in superseded and is_desk_amendment(item):
                    superseded.update(item.event.seen)
        return next((claim for claim in equal if claim not in superseded), None)

    def _amendment_draft(
        self, event: Event, source: Source | None, speaker: str | None, inferred: tuple[str, ...] = ()
    ) -> EncodedEntry:
        source = self._dated(DESK if source is None else source)
        remarks = evolve(remarks_on(event, source), inferred=inferred)
        return self._codec.encode(event, source, speaker_of(event, speaker), remarks)

    def _first_entry_with_claim(self, claim: str) -> Entry:
        """Return the first entry that carries a claim."""
        entries = self._log.entries_by_claim([claim]).get(claim)  # by key, which resolves no group
        return (entries or self._refresh().entries_of([claim])[claim])[0]

    def _find_entry(self, entry: object) -> Entry:
        """Return an entry of this log, given an entry, its id, or the id of its claim."""
        wanted = entry.id if isinstance(entry, Entry) else exact(entry)
        claim = entry.claim.id if isinstance(entry, Entry) else wanted
        candidates = self._log.entries_by_claim([claim]).get(claim, ()) if isinstance(claim, str) else ()
        for candidate in candidates or self._log.entries():
            if wanted in (candidate.id, candidate.claim.id):
                return candidate
        raise UnknownEntry(wanted)

    # ---- querying ----

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
        """Return a view: as of a day, in hindsight, with the knowledge of a day, or as the log was at some time.

        Args:
            day: the world up to this day, as known on this day.
            on: the world up to this day, as known now.
            known: what was published by this day; documents without a day of publication count from their retrieval.
            recorded: what this log held at this time; for a day, at its end in UTC.
            sources: only claims of sources for which this function returns True: the record as one side states it.
            policy: chooses a value where sources differ: `most_official`, `newest`, or a function of the candidates.

        Raises:
            InvalidValue: a day is vague, *day* is given with *on* or *known*, or *sources* or *policy* is not callable.
        """
        for argument, function in (("sources=", sources), ("policy=", policy)):
            if function is not None and not callable(function):
                rule = f"write {argument}lambda …, or leave it out"
                raise InvalidValue(function, f"is not a function, as {argument} needs", rule)
        if day is not None and (on is not None or known is not None):
            raise InvalidValue(str(day), "is given with on= or known=", "give the day alone, or on= and known= alone")
        both = day_of(day, "as_of")
        scope = Scope(
            on=day_of(on, "on=") or both,
            known=day_of(known, "known=") or both,
            recorded=instant_of(recorded),
            sources=sources,
            policy=policy,
        )
        with self.consistent():
            if scope.recorded is not None:  # later entries must not have any influence
                return self._view_of(Query(ClaimIndex(held_at(self._log, scope.recorded)), scope))
            return self._view_of(Query(self._query.index, scope, self._query))

    def diff(self, before: date | str, after: date | str) -> Diff:
        """Return what changed between two days: what was learned, what happened, and what merely fell due.

        Raises:
            InvalidValue: *after* is before *before*, or a day is vague.
        """
        with self.consistent():
            first, last = self.as_of(before), self.as_of(after)
            if last.today < first.today:
                raise InvalidValue(str(after), f"is before {before}", "give the earlier day first")
            hindsight = self.as_of(on=before, known=after)
            overdue = {(item.subject, item.planned) for item in hindsight.overdue() if item.standing == "overdue"}
            return Diff(
                learned=self._changes_between(first, hindsight),
                happened=self._changes_between(hindsight, last),
                fell_due=tuple(
                    item
                    for item in last.overdue()
                    if item.standing == "overdue" and (item.subject, item.planned) not in overdue
                ),
            )

    def _changes_between(self, before: View, after: View) -> tuple[Change, ...]:
        from partnership.engine.diff import changes  # noqa: PLC0415  loaded on first use

        old, new = before._query, after._query  # noqa: SLF001  its base class
        new.all_groups()  # to read them all at once is quicker than one kind after the other
        return tuple(
            change
            for projection in self._kinds.projections
            for change in changes(old.fold(projection), new.fold(projection))
        )

    # ---- the log ----

    def merge(self, other: Record | Iterable[Entry]) -> tuple[Entry, ...]:
        """Add the entries of another record, or some of them. The result is the union, in whichever order.

        Private entries are added too, with their marks. Entries taken one by one leave behind the marks of others; to
        share entries, write a file with `partnership.write`.

        Returns:
            The entries that are new here.

        Raises:
            DifferentPartnership: the records have different names.
            InvalidEntry: an entry does not match its id.

        Warns:
            ClockWarning: the clock is more than a day behind the last entry; the time of that entry is recorded.
        """
        if isinstance(other, Record):
            if self.partnership and other.partnership and self.partnership != other.partnership:
                raise DifferentPartnership(self.partnership, other.partnership)
            other = other.entries()
        if not isinstance(other, Iterable) or isinstance(other, str | bytes):  # type: ignore[redundant-expr]
            raise InvalidValue(other, "is neither a record nor entries", "give a record that is open, or some entries")
        return self.merge_encoded([self._codec.from_entry(entry) for entry in other])

    def take_over(self, drafts: Iterable[EncodedEntry], recorded: Iterable[tuple[datetime, str | None]]) -> None:
        """Add all entries of another log as it recorded them, if this record has none or the first of them.

        Args:
            drafts: the entries.
            recorded: when and by whom each was recorded.
        """
        for (recorded_at, by), group in groupby(zip(recorded, drafts, strict=True), itemgetter(0)):
            self._append([draft for _, draft in group], recorded_at, by)

    def merge_encoded(self, drafts: Sequence[EncodedEntry]) -> tuple[Entry, ...]:
        """Add entries that have been encoded and checked already, as `merge` does; for readers of files."""
        if not drafts:
            return ()
        last, now = self._store.head(), self._now()
        entries = self._append(drafts, now, self._by)
        _compare_clocks(entries[-1].recorded_at, now)
        added = {entry.position: entry for entry in entries if entry.position > last}
        return tuple(added[position] for position in sorted(added))

    def follow(self, after: int = 0, wait: float = 0) -> Iterator[Entry]:
        """Yield the entries after a position as they are added, also by other processes.

        Args:
            after: checkpoint of the reader: the position of the last entry that it has processed.
            wait: seconds to wait for another entry before stopping; 0 stops after the entries that are there.

        Raises:
            InvalidValue: *after* is not a position, or *wait* is not a number of seconds.
        """
        if type(after) is not int:
            raise InvalidValue(after, "is not a position", "give that of the last entry that was read, or 0")
        if type(wait) not in (int, float) or wait != wait:  # noqa: PLR0124  nan is no time at all
            raise InvalidValue(wait, "is not a number of seconds", "give 0, or how long to wait for another entry")
        return self._follow(max(after, 0), wait)

    def _follow(self, last: int, wait: float) -> Iterator[Entry]:
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

    def tree_head(self) -> TreeHead:
        """Return the proof of the log as it is now: three lines to store elsewhere, print, or have signed."""
        from partnership.storage.merkle import TreeHead  # noqa: PLC0415  loaded on first use

        size, root = self._store.sealed()
        return TreeHead(self.partnership or "unnamed", size, root.hex())

    def backup(self, path: str | PathLike[str], *, replace: bool = False) -> TreeHead:
        """Write a faithful copy of the whole record to an SQLite file, as a whole or not at all.

        It has every entry, private ones too, at its position, with when and by whom it was recorded, and so the same
        tree head; `open` opens it. `partnership.write` is for sharing: it writes entries without these. Other
        processes may add meanwhile. The copy is verified before it takes its name, so damage is never copied.

        >>> from tempfile import TemporaryDirectory
        >>> from partnership.events import MeetingHeld
        >>> with TemporaryDirectory() as folder, open(":memory:", partnership="asean-russia") as record:
        ...     added = record.add(MeetingHeld("council", on="2020-06-17"), source=Source("VNA", published="2021"))
        ...     head = record.backup(f"{folder}/backup.db")
        ...     with open(f"{folder}/backup.db") as copy:
        ...         copy.entries() == record.entries(), copy.tree_head() == head
        (True, True)

        Args:
            path: the file.
            replace: replace an earlier backup of this record. Any other file is left as it is.

        Returns:
            The tree head of the copy, to be kept elsewhere.

        Raises:
            Damaged: the record does not hold what was written to it. Nothing is written.
            NotARecord, ReadOnly, StorageFull, StorageError: the file cannot be written, or is there already. What was
                there is unchanged.
        """
        from partnership.storage.backup import write_backup  # noqa: PLC0415  loaded on first use

        return write_backup(
            self._store,
            file_path(path, "give the name of a file, 'backup.db'"),
            encode=self._codec.from_bytes,
            verify=lambda copy: Record(copy, self._codec, self._clock).verify(),
            replace=replace,
        )

    def verify(self, head: TreeHead | None = None) -> Verification:
        """Check that the log holds every byte that was written to it.

        Every query checks the bytes of the entries that it reads against their ids. This also checks when and by whom
        each entry was recorded, and the index: a query misses an entry that it does not have.

        Args:
            head: a head that was stored elsewhere; the log must still begin with these entries.

        Warns:
            ClockWarning: the clock is more than a day behind the last entry; the log may be sound nevertheless.
        """
        from partnership.storage.merkle import verify  # noqa: PLC0415  loaded on first use

        for attempts_left in (2, 1, 0):  # if another process writes all the time, the last checks the sealed part only
            sealed = self.tree_head()
            most = None if attempts_left else sealed.size
            verification = verify(self._store, sealed, head, self._kinds.kind_of, most)
            if self.tree_head() == sealed:  # nothing was added between reading the seal and reading the rows
                break
        if sealed.size and (last := self._store.read(sealed.size - 1, 1)):  # in a damaged log it may be lost
            _compare_clocks(last[0].recorded_at, self._now())
        if not verification.is_sound:
            return verification
        with self.consistent():
            return evolve(verification, problems=tuple(self._query.kept_problems(self._kinds.projections)))


def _with_changes(event: Event, changes: object, fields: Mapping[str, object]) -> Event:
    """Return an event with some fields changed.

    Args:
        event: the event.
        changes: the fields to change, by name; None for none.
        fields: further fields to change.

    Raises:
        InvalidEntry: the event has no such field, or no field is given.
        InvalidEvent: the event is invalid.
    """
    where, names = f"a correction of {event.about}", ("subject", *fields_of(type(event)).names)
    if isinstance(changes, Event):
        raise InvalidEntry(where, ("give either the whole event or the fields to change, not both",))
    if changes is not None and not isinstance(changes, Mapping):
        raise InvalidEntry(where, (f"{changes!r} is neither an event nor fields by name; write place='Bali'",))
    changed = {exact(name): value for name, value in {**changes}.items()} if changes is not None else {}
    given = {**changed, **fields}
    if twice := sorted({*changed} & {*fields}):
        raise InvalidEntry(
            where, tuple(f"{name} is given twice: once by name and once in the mapping" for name in twice)
        )
    if not given:
        reasons = ["no field is given: name those to change, place='Bali', or give the whole event"]
        if hidden := [name for name in _ARGUMENTS if name in names]:
            listed = ", ".join(hidden)
            reasons.append(
                f"to change a field of {event.name} named as an argument ({listed}), write {{'{hidden[0]}': …}}"
            )
        raise InvalidEntry(where, tuple(reasons))
    if unknown := [name for name in given if name not in names]:
        has = f"is not a field of {event.name}; it has {', '.join(names)}"
        raise InvalidEntry(where, tuple(f"{name!r} {has}" for name in unknown))
    defaults = {field.name: None if field.default is NOTHING else field.default for field in attrs_fields(type(event))}
    values: dict[str, Any] = {name: defaults[name] if value in (None, ()) else value for name, value in given.items()}
    return evolve(event, **values)


_ARGUMENTS = ("reason", "source", "speaker", "inferred")
"""The arguments of `Record.correct` whose names a field of an event may have too."""


def _is_equal(event: Event, amendment: Amendment) -> bool:
    """Tell whether an event is the same amendment, apart from the entries that its author had seen."""
    names = fields_of(type(amendment)).names
    return type(event) is type(amendment) and all(
        getattr(event, name) == getattr(amendment, name) for name in names if name != "seen"
    )


def _is_by(evidence: Evidence, source: Source | None, speaker: str | None) -> bool:
    is_desk = source is None or source.known_from is None
    return (
        evidence.source == evolve(source or DESK, retrieved=None)
        and evidence.speaker == speaker
        and is_desk_amendment(evidence) == is_desk
    )
