"""The record as of a cut: read-only, and it answers everything (floor 6)."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Generic, TypeVar, overload

from attrs import define, frozen

from partnership.errors import AmbiguousSubject, InvalidValue, UnknownSubject
from partnership.log.entry import Entry
from partnership.model.expectations import Expectation
from partnership.model.happening import Finding, Happening
from partnership.model.projection import Projection
from partnership.questions import calendar
from partnership.questions.calendar import Expected
from partnership.reading.diff import Change, changes
from partnership.reading.project import Folded
from partnership.reading.road import Reading
from partnership.reading.why import Why, explain
from partnership.subjects.commitments import Commitment, commitments
from partnership.subjects.corrections import Pointer
from partnership.subjects.courses import Course, courses
from partnership.subjects.dialogues import Dialogue, dialogues
from partnership.subjects.meetings import Meeting, meetings
from partnership.subjects.networks import Network, networks
from partnership.subjects.projects import Project, projects
from partnership.subjects.roles import Role, roles
from partnership.subjects.statements import Statement, statements
from partnership.values.names import split_subject
from partnership.values.parties import party as party_code
from partnership.values.sources import Source
from partnership.values.when import When

__all__ = ["Diff", "States", "View", "day_of", "difference", "instant_of"]

S = TypeVar("S")


def day_of(value: object, what: str) -> date | None:
    """Return the day that a question is asked for: a day is a day, never a vague date.

    Raises:
        InvalidValue: it is no day, or not an exact one.
    """
    if value is None or type(value) is date:
        return value
    if isinstance(value, str | When | datetime):
        when = When(value)
        if when.is_day:
            return when.earliest
    raise InvalidValue(
        value if isinstance(value, str) else str(value), f"is not a day, as {what} needs", "write 2021-02-01"
    )


def instant_of(value: object) -> datetime | None:
    """Return the instant that an audit is asked for; a day stands for its end in UTC."""
    if value is None:
        return None
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise InvalidValue(str(value), "has no time zone", "write datetime(2021, 2, 1, tzinfo=UTC), or a day")
        return value.astimezone(UTC)
    day = day_of(value, "recorded=")
    return datetime.combine(day, time.max, UTC) if day else None


@frozen(eq=False)
class States(Mapping[str, S], Generic[S]):
    """The states of a projection: by slug where it is about one kind of subject, by its own key otherwise.

    A subject that is the same as another is found by either name, and ``kind:slug`` is taken as well as the slug.
    """

    _projection: Projection[S]
    _folded: Mapping[str, Folded[S]]
    _names: Mapping[str, str]

    def __getitem__(self, name: str) -> S:
        if not isinstance(name, str):
            raise UnknownSubject(repr(name))
        key = self.key(name)
        if key not in self._folded:
            raise UnknownSubject(name, tuple(difflib.get_close_matches(name, list(self), 3)))
        return self._folded[key].state

    def key(self, name: str) -> str:
        """Return the key under which a name is kept, whether anything is or not."""
        kind = self._projection.kind
        key = f"{kind}:{name}" if kind and ":" not in name else name
        return self._names.get(key, key)

    def __iter__(self) -> Iterator[str]:
        return iter([split_subject(key)[1] if self._projection.kind else key for key in self._folded])

    def __len__(self) -> int:
        return len(self._folded)

    def __repr__(self) -> str:
        return f"<{self._projection.name}: {', '.join(list(self)[:8])}{', …' if len(self) > 8 else ''}>"  # noqa: PLR2004


@frozen
class Asked(Generic[S]):
    """A property of a view that is the states of one projection: a kind of subject needs one line."""

    projection: Projection[S]

    @overload
    def __get__(self, view: None, owner: type) -> Asked[S]: ...
    @overload
    def __get__(self, view: View, owner: type) -> States[S]: ...
    def __get__(self, view: View | None, owner: type) -> Asked[S] | States[S]:
        return self if view is None else view.project(self.projection)


@frozen
class Diff:
    """What is different between two days.

    Attributes:
        learned: the world of the first day, as known on the first day and on the second: our knowledge changed.
        happened: as known on the second day, the world of the first day and of the second: the world changed.
        fell_due: what nobody touched and merely became overdue: time.
    """

    learned: tuple[Change, ...]
    happened: tuple[Change, ...]
    fell_due: tuple[Expected, ...]

    def __str__(self) -> str:
        told = (("learned", self.learned), ("happened", self.happened), ("fell due", self.fell_due))
        return "\n".join(f"{name}: {one}" for name, each in told for one in each) or "nothing changed"


@define(eq=False, repr=False)
class View:
    """The claims of one partnership through one cut."""

    _walked: Reading
    _today: Callable[[], date]

    meetings = Asked[Meeting](meetings)
    dialogues = Asked[Dialogue](dialogues)
    courses = Asked[Course](courses)
    commitments = Asked[Commitment](commitments)
    roles = Asked[Role](roles)
    networks = Asked[Network](networks)
    projects = Asked[Project](projects)
    statements = Asked[Statement](statements)

    def _reading(self) -> Reading:
        return self._walked

    @classmethod
    def _projections(cls) -> list[Projection[Any]]:
        found = [vars(each).values() for each in cls.__mro__]
        return [one.projection for each in found for one in each if isinstance(one, Asked)]

    def project(self, projection: Projection[S]) -> States[S]:
        """Compute the states of any projection, a user's own too."""
        reading = self._reading()
        return States(projection, reading.fold(projection), reading.mended.names)

    @property
    def today(self) -> date:
        """The day that *overdue* and *upcoming* are measured against.

        That of the view: the day of the world it shows, or else of the knowledge, or else of the log; asked without
        a cut, the date of the record's clock.
        """
        cut = self._reading().cut
        return cut.on or cut.known or (cut.recorded.date() if cut.recorded else self._today())

    @property
    def happenings(self) -> tuple[Happening, ...]:
        """All that had surely happened, or was surely said, in no order; `timeline` has one."""
        return self._reading().over

    @property
    def maybe(self) -> tuple[Happening, ...]:
        """What may have happened by the day of this view, but not surely: "in 2020", asked in March."""
        return tuple(sorted(self._reading().maybe, key=_by_day))

    def timeline(self) -> tuple[Happening, ...]:
        """Return all that had surely happened by the day of this view, by the first day on which it may have."""
        return tuple(sorted(self._reading().over, key=_by_day))

    def overdue(self, grace: int = 0) -> tuple[Expected, ...]:
        """Return what should have come by now and of which no outcome is known, the longest overdue first.

        Args:
            grace: days that are allowed to pass after the latest planned day.
        """
        return self._expected(calendar.overdue(self._all_states(), self.today, grace))

    def upcoming(self) -> tuple[Expected, ...]:
        """Return what is planned and not yet past, the soonest first."""
        return self._expected(calendar.upcoming(self._all_states(), self.today))

    def _all_states(self) -> Iterable[Any]:
        reading = self._reading()
        return [one.state for each in self._projections() for one in reading.fold(each).values()]

    def _expected(self, found: Iterable[tuple[Any, Expectation]]) -> tuple[Expected, ...]:
        entries = self._reading().mended.entries
        return tuple(
            Expected(
                subject=state.subject,
                planned=one.planned,
                title=getattr(state, "title", None) or getattr(state, "text", None),
                since=one.since,
                slips=state.slips,
                sources=tuple(dict.fromkeys(entries[claim][0].claim.source for claim in one.claims)),
                claims=one.claims,
            )
            for state, one in found
        )

    def findings(self) -> tuple[Finding, ...]:
        """Return what is odd: contradictions, gaps and unusual courses of events, each with its claims."""
        return self._reading().findings(self._projections())

    def why(self, subject: str, field: str | None = None, projection: Projection[Any] | None = None) -> Why:
        """Return who said what of a subject, when, and what lost.

        Args:
            subject: ``kind:slug``, a bare slug where it is unique, or a key of *projection*.
            field: only the reason for this field of the state.
            projection: whose state is to be explained; the built-in one of the subject's kind unless given.

        Raises:
            UnknownSubject: nothing is recorded of it here.
            AmbiguousSubject: the bare slug is not unique.
        """
        reading = self._reading()
        key = subject if projection and projection.kind is None else self._subject(subject)
        if projection is None:
            projection = next((one for one in self._projections() if one.kind == split_subject(key)[0]), None)
        folded = reading.fold(projection).get(key) if projection else None
        return explain(projection, key, folded, reading.mended, field)

    def _subject(self, name: str) -> str:
        if not isinstance(name, str):
            raise InvalidValue(name, "is no subject", "write it kind:slug, as 'meeting:special-fmm-2020'")
        names = self._reading().mended.names
        if ":" in name:
            return names.get(name, name)
        told = {one.event.about for entries in self._reading().mended.entries.values() for one in entries}
        meant = sorted({names.get(about, about) for about in told if about.endswith(f":{name}")})
        if len(meant) > 1:
            raise AmbiguousSubject(name, tuple(meant))
        if not meant:
            known = sorted({split_subject(about)[1] for about in told})
            raise UnknownSubject(name, tuple(difflib.get_close_matches(name, known, 3)))
        return meant[0]

    def entries(
        self, subject: str | None = None, source: str | Source | None = None, party: str | None = None
    ) -> tuple[Entry, ...]:
        """Return the entries that this view selects, in the order of the log; undone ones too.

        Args:
            subject: only those about ``kind:slug``, under any of its names, and the corrections, retractions and
                preferences that aim at them.
            source: only those of this publisher, or of this document.
            party: only those that name this party.
        """
        mended = self._reading().mended
        held = sorted((one for each in mended.entries.values() for one in each), key=lambda one: one.position)
        if subject is not None:
            about = self._subject(subject)
            held = _about(held, about, mended.names)
        if source is not None:
            held = [one for one in held if source in (one.claim.source.publisher, one.claim.source, one.source)]
        if party is not None:
            code = party_code(party)
            held = [one for one in held if code in one.parties]
        return tuple(held)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document cited, once each, by publisher and day."""
        found = {one.claim.source for each in self._reading().mended.entries.values() for one in each}
        return tuple(sorted(found, key=lambda one: (one.publisher, str(one.published), repr(one))))

    def __repr__(self) -> str:
        cut = self._reading().cut
        asked = {"on": cut.on, "known": cut.known, "recorded": cut.recorded, "sources": cut.sources}
        through = ", ".join(f"{name}={value}" for name, value in asked.items() if value is not None)
        return (
            f"<{type(self).__name__} of {len(self._reading().mended.entries)} claims{', ' if through else ''}{through}>"
        )


def _by_day(one: Happening) -> tuple[Any, ...]:
    return (one.earliest or one.latest, one.latest, one.said, one.event.rank, *one.identity)


def _about(entries: list[Entry], subject: str, names: Mapping[str, str]) -> list[Entry]:
    """Return the entries about a subject, what they mend, and what mends them."""
    found = {
        one.claim.id
        for one in entries
        for event in (one.event, getattr(one.event, "event", one.event))
        if names.get(event.about, event.about) == subject
    }
    found |= {one.event.subject for one in entries if one.claim.id in found and isinstance(one.event, Pointer)}
    grown = -1
    while grown < len(found):
        grown = len(found)
        found |= {one.claim.id for one in entries if isinstance(one.event, Pointer) and one.event.subject in found}
    return [one for one in entries if one.claim.id in found]


def difference(first: View, hindsight: View, then: View) -> Diff:
    """Return what a view of a day, the same day in hindsight, and a view of a later day tell differently."""
    due = {(one.subject, one.planned) for one in hindsight.overdue()}
    return Diff(
        learned=_changed(first, hindsight),
        happened=_changed(hindsight, then),
        fell_due=tuple(one for one in then.overdue() if (one.subject, one.planned) not in due),
    )


def _changed(old: View, new: View) -> tuple[Change, ...]:
    before, after = old._reading(), new._reading()  # noqa: SLF001  its own class
    return tuple(one for each in View._projections() for one in changes(before.fold(each), after.fold(each)))  # noqa: SLF001
