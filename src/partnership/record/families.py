"""The families of a view: one property a kind of subject, and what is recorded of it (floor 7)."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar, overload

from partnership.engine.query import Query
from partnership.errors import AmbiguousSubject, InvalidValue, UnknownSubject
from partnership.kinds import BUILT_IN, Kinds
from partnership.model.entry import Entry
from partnership.model.kind import Kind
from partnership.model.projection import Projection
from partnership.record.states import Asked, States
from partnership.serialization.index_keys import subjects_of
from partnership.values.party_codes import party as party_code
from partnership.values.sources import Source
from partnership.values.text import split_subject

if TYPE_CHECKING:  # a page is loaded when it is asked for
    from partnership.subjects.aid import Aid
    from partnership.subjects.assessments import Assessment
    from partnership.subjects.commitments import Commitment
    from partnership.subjects.courses import Course
    from partnership.subjects.dialogues import Dialogue
    from partnership.subjects.documents import Document
    from partnership.subjects.funds import Fund
    from partnership.subjects.incidents import Incident
    from partnership.subjects.lines import Line
    from partnership.subjects.measures import Measure
    from partnership.subjects.meetings import Meeting
    from partnership.subjects.memberships import Membership
    from partnership.subjects.missions import Mission
    from partnership.subjects.networks import Network
    from partnership.subjects.participations import Participation
    from partnership.subjects.parties import Party
    from partnership.subjects.plans import Plan
    from partnership.subjects.projects import Project
    from partnership.subjects.proposals import Proposal
    from partnership.subjects.relations import Relation
    from partnership.subjects.requests import Request
    from partnership.subjects.roles import Role
    from partnership.subjects.rotations import Rotation
    from partnership.subjects.series import Series
    from partnership.subjects.statements import Statement
    from partnership.subjects.statistics import Statistic
    from partnership.subjects.statuses import Status
    from partnership.subjects.themed_years import ThemedYear
    from partnership.subjects.visits import Visit

__all__ = ["Families", "consistent"]

F = TypeVar("F", bound="Families")
P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")


def consistent(ask: Callable[Concatenate[F, P], T]) -> Callable[Concatenate[F, P], T]:
    """Answer a query of a view from one state: what was there when it began, whoever adds something meanwhile.

    That holds for all queries that it consists of, of other views of the same record too. Other threads wait for it;
    what other processes add is in the next answer.
    """

    @wraps(ask)
    def asked(view: F, /, *args: P.args, **named: P.kwargs) -> T:
        index = view._walked.index  # noqa: SLF001  of the class below
        with index.lock:
            if index.is_fixed:  # a part of another query
                return ask(view, *args, **named)
            try:
                view._query()  # noqa: SLF001  as above
                index.is_fixed = True
                return ask(view, *args, **named)
            finally:
                index.is_fixed, index.day = False, None

    return asked


class Families:
    """The claims of one partnership through one cut, and the states of every family."""

    def __init__(
        self, walked: Query, today: Callable[[], date], partnership: str | None = None, kinds: Kinds = BUILT_IN
    ) -> None:
        self._walked = walked
        self._partnership = partnership
        self._today = today
        self._kinds = kinds

    @property
    def kinds(self) -> Kinds:
        """The kinds of subject that it knows: the built-in ones, and those that the record was opened with."""
        return self._kinds

    @property
    def partnership(self) -> str | None:
        """Whose record it is, where that was said."""
        return self._partnership

    meetings: Asked[Meeting] = Asked("meetings")
    series: Asked[Series] = Asked("series")
    participations: Asked[Participation] = Asked("participations")
    visits: Asked[Visit] = Asked("visits")
    themed_years: Asked[ThemedYear] = Asked("themed_years")
    dialogues: Asked[Dialogue] = Asked("dialogues")
    courses: Asked[Course] = Asked("courses")
    commitments: Asked[Commitment] = Asked("commitments")
    documents: Asked[Document] = Asked("documents")
    plans: Asked[Plan] = Asked("plans")
    lines: Asked[Line] = Asked("lines")
    assessments: Asked[Assessment] = Asked("assessments")
    roles: Asked[Role] = Asked("roles")
    rotations: Asked[Rotation] = Asked("rotations")
    missions: Asked[Mission] = Asked("missions")
    memberships: Asked[Membership] = Asked("memberships")
    parties: Asked[Party] = Asked("parties")
    relations: Asked[Relation] = Asked("relations")
    statuses: Asked[Status] = Asked("statuses")
    networks: Asked[Network] = Asked("networks")
    funds: Asked[Fund] = Asked("funds")
    projects: Asked[Project] = Asked("projects")
    statistics: Asked[Statistic] = Asked("statistics")
    aid: Asked[Aid] = Asked("aid")
    proposals: Asked[Proposal] = Asked("proposals")
    requests: Asked[Request] = Asked("requests")
    measures: Asked[Measure] = Asked("measures")
    incidents: Asked[Incident] = Asked("incidents")
    statements: Asked[Statement] = Asked("statements")

    def _query(self) -> Query:
        """Take in what was added since, by this process or another."""
        self._walked = self._walked.now()
        return self._walked

    @overload
    def states(self, kind: Kind[S], /) -> States[S]: ...
    @overload
    def states(self, kind: str, /) -> States[Any]: ...
    def states(self, kind: Kind[Any] | str, /) -> States[Any]:
        """Return the states of a kind of subject.

        Args:
            kind: its name (``"exhibition"``), its plural (``"exhibitions"``), or the `Kind`, with which type checkers
                know of what class the states are.

        Raises:
            InvalidValue: the record was opened without it, or it has no states.
        """
        found = self._kinds[kind] if isinstance(kind, str) else kind
        if found.projection is None:
            raise InvalidValue(found.name, "is a kind without states", "give its Kind a projection")
        if found not in self._kinds.own and not self._kinds.is_built_in(found.projection):
            raise InvalidValue(found.name, "is no kind of this record", "open it with kinds=[…] that has this one")
        return self.project(found.projection)

    @consistent
    def project(self, projection: Projection[S]) -> States[S]:
        """Compute the states of any projection, a user's own too."""
        return States(projection, self._query())

    @property
    @consistent
    def today(self) -> date:
        """The day that *overdue* and *upcoming* are measured against.

        That of the view: the day of the world it shows, or else of the knowledge, or else of the log; asked without
        a cut, the date of the record's clock.
        """
        query = self._query()
        scope, index = query.scope, query.index
        day = scope.on or scope.known or (scope.recorded.date() if scope.recorded else index.day)
        if day is None:
            day = index.day = self._today()  # once for all of a query, also at midnight
        return day

    def _all_states(self) -> Iterable[Any]:
        query = self._query()
        return [one for each in self._kinds.projections for one in query.states(each).values()]

    @consistent
    def name_of(self, subject: str) -> str:
        """Return the one name under which a subject is shown, ``kind:slug``; a bare slug is taken where it is unique.

        Raises:
            UnknownSubject: nothing is recorded of it here.
            AmbiguousSubject: the bare slug is not unique.
        """
        key = self._subject(subject)
        if not self._query().about(key).evidence:
            raise UnknownSubject(key)
        return key

    def _subject(self, name: str) -> str:
        if not isinstance(name, str):
            raise InvalidValue(name, "is no subject", "write it kind:slug, as 'meeting:special-fmm-2020'")
        query = self._query()
        if ":" in name:
            return query.names.get(name, name)
        abouts = [f"{kind}:{name}" for kind in sorted(query.index.entry_source.kinds)]
        meant = sorted({query.names.get(one, one) for one in abouts if query.tells_of(one)})
        if len(meant) > 1:
            raise AmbiguousSubject(name, tuple(meant))
        if not meant:
            told = {about for each in query.all_groups() for one in each.evidence for about in subjects_of(one.event)}
            known = sorted({split_subject(about)[1] for about in told})
            raise UnknownSubject(name, tuple(difflib.get_close_matches(name, known, 3)))
        return meant[0]

    @consistent
    def entries(
        self, subject: str | None = None, source: str | Source | None = None, party: str | None = None
    ) -> tuple[Entry, ...]:
        """Return the entries that this view selects, in the order of the log; superseded ones and private ones too.

        Args:
            subject: only those about ``kind:slug``, under any of its names, and the corrections, retractions and
                preferences that aim at them.
            source: only those of this publisher, or of this document.
            party: only those that name this party.
        """
        query = self._query()
        if subject is None:
            held = list(query.entries())
        else:
            carried = query.entries_by_claim(query.claims_about(self._subject(subject)))
            held = sorted((one for each in carried.values() for one in each), key=lambda one: one.position)
        if source is not None:
            held = [one for one in held if source in (one.claim.source.publisher, one.claim.source, one.source)]
        if party is not None:
            code = party_code(party)
            held = [one for one in held if code in one.parties]
        return tuple(held)

    @property
    @consistent
    def sources(self) -> tuple[Source, ...]:
        """Every document cited, once each, by publisher and day."""
        found = {one.source for each in self._query().all_groups() for one in each.evidence}
        return tuple(sorted(found, key=lambda one: (one.publisher, str(one.published), repr(one))))
