"""View: answers queries about the entries of a record that a scope selects; it never changes the record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import wraps
from itertools import chain
from operator import itemgetter
from os import PathLike
from typing import TYPE_CHECKING, Any, Concatenate, NoReturn, ParamSpec, TypeVar, overload

from partnership._frozen import frozen
from partnership.engine.entry_source import InMemoryEntries
from partnership.engine.fold import Folded, is_over, may_be_over
from partnership.engine.index import ClaimIndex
from partnership.engine.ordering import by_day, in_order
from partnership.engine.query import Query
from partnership.errors import AmbiguousSubject, InvalidValue, NotInstalled, StorageError
from partnership.kinds import BUILT_IN, Kinds
from partnership.model.entry import Entry
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Projection
from partnership.record.states import States, StatesProperty, day_of, refuse_copy, unknown_subject
from partnership.serialization.index_keys import referenced_subjects, subjects_of
from partnership.values.amounts import currency_code
from partnership.values.display import Listing, one_line, table
from partnership.values.party_codes import party as party_code
from partnership.values.sources import Source
from partnership.values.text import NAME_LIMIT, file_path, nearest, split_subject
from partnership.values.text import text as checked_text

if TYPE_CHECKING:  # modules of subjects and of queries are loaded on first use
    from partnership.engine.provenance import Why
    from partnership.model.expectations import Expectation
    from partnership.model.open_plans import OpenPlan
    from partnership.queries.calendar import Calendar, PlannedItem, Standing
    from partnership.queries.commitment_register import Obligation
    from partnership.queries.comparison import Comparison
    from partnership.queries.disputes import Dispute
    from partnership.queries.document_register import RegisterRow
    from partnership.queries.dormancy import Body, Dormant
    from partnership.queries.dossier import Dossier
    from partnership.queries.fund_ledger import ContributionRegister, FundLedger, Total
    from partnership.queries.holders import Holders
    from partnership.queries.outcomes import PlanOutcome
    from partnership.queries.scoreboard import Scoreboard
    from partnership.queries.search import SearchHit
    from partnership.queries.series_ledger import SeriesLedger
    from partnership.queries.status_at import Members, StatusAt
    from partnership.subjects.aid import Aid
    from partnership.subjects.assessments import Assessment
    from partnership.subjects.commitments import Commitment
    from partnership.subjects.counts import ReportedCount
    from partnership.subjects.courses import Course
    from partnership.subjects.dialogues import Dialogue
    from partnership.subjects.distinctions import Distinction
    from partnership.subjects.documents import Document, Form
    from partnership.subjects.doubts import Doubt
    from partnership.subjects.external_events import ExternalEvent
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
    from partnership.subjects.statuses import Scale, Status
    from partnership.subjects.themed_years import ThemedYear
    from partnership.subjects.visits import Visit
    from partnership.values.party_names import PartyNames

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")
V = TypeVar("V", bound="View")


def _consistent(method: Callable[Concatenate[V, P], T]) -> Callable[Concatenate[V, P], T]:
    """Run a method of a view within `View.consistent`, so that `_query` has all entries."""

    @wraps(method)
    def wrapper(view: V, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with view.consistent():
            return method(view, *args, **kwargs)

    return wrapper


def _optional(check: Callable[[object], T], value: object) -> T | None:
    """Return a value as *check* returns it, and None for None."""
    return None if value is None else check(value)


def private_note(count: int) -> str:
    """Return the sentence that says how many private entries were left out, empty for none."""
    if count == 1:
        return "1 private entry is left out."
    return f"{count} private entries are left out." if count else ""


@frozen
class PageResult:
    """What `View.page` left out. Its text is the sentence on the page that says so, empty where nothing was left out.

    Attributes:
        left_out: number of private entries that are not on the page.
    """

    left_out: int

    def __str__(self) -> str:
        return private_note(self.left_out)


def _shareable_ids(entries: Iterable[Entry]) -> set[str]:
    """Return the ids of those of all entries of a log that may be shared."""
    from partnership.engine.sharing import shareable_entries  # noqa: PLC0415  loaded on first use

    return {entry.id for entry in shareable_entries(entries)}


class View:
    """Answer queries about the entries of a record that a scope selects: by day, by what was known, by source.

    A view holds no copy: entries that are added later are in the next answer.

    Its answers, and its display at a prompt and in a notebook, include private entries. What is handed on (`page`,
    `partnership.write` and `partnership.charts`) uses `shareable`, which leaves them out.

    Args:
        query: computes the answers.
        clock_date: returns the present day; used where the scope names no day.
        partnership: name of the partnership.
        kinds: the kinds of subject that the record knows.
    """

    def __init__(
        self, query: Query, clock_date: Callable[[], date], partnership: str | None = None, kinds: Kinds = BUILT_IN
    ) -> None:
        self._query = query
        self._clock_date = clock_date
        self._partnership = partnership
        self._kinds = kinds

    meetings: StatesProperty[Meeting] = StatesProperty("meetings")
    series: StatesProperty[Series] = StatesProperty("series")
    participations: StatesProperty[Participation] = StatesProperty("participations")
    visits: StatesProperty[Visit] = StatesProperty("visits")
    themed_years: StatesProperty[ThemedYear] = StatesProperty("themed_years")
    dialogues: StatesProperty[Dialogue] = StatesProperty("dialogues")
    courses: StatesProperty[Course] = StatesProperty("courses")
    commitments: StatesProperty[Commitment] = StatesProperty("commitments")
    documents: StatesProperty[Document] = StatesProperty("documents")
    plans: StatesProperty[Plan] = StatesProperty("plans")
    lines: StatesProperty[Line] = StatesProperty("lines")
    assessments: StatesProperty[Assessment] = StatesProperty("assessments")
    roles: StatesProperty[Role] = StatesProperty("roles")
    rotations: StatesProperty[Rotation] = StatesProperty("rotations")
    missions: StatesProperty[Mission] = StatesProperty("missions")
    memberships: StatesProperty[Membership] = StatesProperty("memberships")
    parties: StatesProperty[Party] = StatesProperty("parties")
    relations: StatesProperty[Relation] = StatesProperty("relations")
    statuses: StatesProperty[Status] = StatesProperty("statuses")
    networks: StatesProperty[Network] = StatesProperty("networks")
    funds: StatesProperty[Fund] = StatesProperty("funds")
    projects: StatesProperty[Project] = StatesProperty("projects")
    statistics: StatesProperty[Statistic] = StatesProperty("statistics")
    aid: StatesProperty[Aid] = StatesProperty("aid")
    proposals: StatesProperty[Proposal] = StatesProperty("proposals")
    requests: StatesProperty[Request] = StatesProperty("requests")
    measures: StatesProperty[Measure] = StatesProperty("measures")
    incidents: StatesProperty[Incident] = StatesProperty("incidents")
    doubts: StatesProperty[Doubt] = StatesProperty("doubts")
    external_events: StatesProperty[ExternalEvent] = StatesProperty("external_events")
    counts: StatesProperty[ReportedCount] = StatesProperty("counts")
    distinctions: StatesProperty[Distinction] = StatesProperty("distinctions")
    statements: StatesProperty[Statement] = StatesProperty("statements")

    @property
    def kinds(self) -> Kinds:
        """The kinds of subject that the record knows: the built-in ones and those it was opened with."""
        return self._kinds

    @property
    def partnership(self) -> str | None:
        """Name of the partnership, if it was given one."""
        return self._partnership

    def _refresh(self) -> Query:
        """Read the entries that this or another process has added since the last query, and return the query."""
        self._query = self._query.now()
        return self._query

    def _view_of(self, query: Query) -> View:
        return View(query, self._clock_date, self._partnership, self._kinds)

    @contextmanager
    def consistent(self) -> Iterator[None]:
        """Answer every query in the block from the entries that are there when it begins.

        That includes queries of other views of the same record. Other threads wait for the block to end. What other
        processes add meanwhile is in the next answer.
        """
        index = self._query.index
        with index.lock:
            self._refresh()
            if index.is_fixed:  # within another block, perhaps of another view
                yield
                return
            try:
                index.is_fixed = True
                yield
            finally:
                index.is_fixed, index.day = False, None

    # ---- states ----

    @overload
    def states(self, kind: Kind[S], /) -> States[S]: ...
    @overload
    def states(self, kind: str, /) -> States[Any]: ...
    def states(self, kind: Kind[Any] | str, /) -> States[Any]:
        """Return the states of a kind of subject.

        Args:
            kind: its name (``"exhibition"``), its plural (``"exhibitions"``), or the `Kind` itself, from which type
                checkers infer the class of the states.

        Raises:
            InvalidValue: the record was opened without this kind, or the kind has no states.
        """
        known = kind if isinstance(kind, Kind) else self._kinds[kind]
        if known.projection is None:
            raise InvalidValue(known.name, "is a kind without states", "give its Kind a projection")
        if known not in self._kinds.own and not self._kinds.is_built_in(known.projection):
            raise InvalidValue(known.name, "is not a kind of this record", "open it with kinds=[…] that has this one")
        return self.project(known.projection)

    @_consistent
    def project(self, projection: Projection[S]) -> States[S]:
        """Return the states of any projection, including a user's own.

        Raises:
            InvalidValue: *projection* is not a `Projection`.
        """
        if not isinstance(projection, Projection):
            raise InvalidValue(
                projection, "is not a projection", "give a Projection; states() takes the name of a kind"
            )
        return States(projection, self._query)

    @_consistent
    def states_by_subject(self) -> dict[str, list[Any]]:
        """Return the states of all kinds by subject, ``kind:slug``. A subject that two kinds project has two states."""
        states: dict[str, list[Any]] = {}
        for key, state in self._keyed_states():
            states.setdefault(key, []).append(state)
        return states

    def _all_states(self) -> list[Any]:
        return [state for _, state in self._keyed_states()]

    def _keyed_states(self) -> Iterator[tuple[str, Any]]:
        query = self._query
        query.all_groups()  # to read them all at once is quicker than one kind after the other
        for projection in self._kinds.projections:
            yield from query.states(projection).items()

    @property
    @_consistent
    def today(self) -> date:
        """The day against which *overdue* and *upcoming* are measured.

        The scope decides: its day of the world, else its day of knowledge, else the day of the log. Without any of
        them it is the date of the record's clock, in the time zone of that clock: UTC unless `open` was given another.
        """
        query = self._query
        scope, index = query.scope, query.index
        day = scope.on or scope.known or (scope.recorded.date() if scope.recorded else index.day)
        if day is None:
            day = index.day = self._clock_date()  # read once in a query, so that midnight cannot fall into it
        return day

    # ---- names, entries, sources ----

    @_consistent
    def party_names(self, language: str = "en") -> PartyNames:
        """Return the names of parties for people: those of this view, else those of the Unicode CLDR.

        The name of a party is the latest title of its subject, ``party:slug``, whose `code` is that of the party; its
        slug if no source gives the code.

        Args:
            language: of the names of the CLDR: ``"en"``, ``"vi"``, ``"pt-BR"``.

        Raises:
            InvalidValue: the CLDR has no such language.
            NotInstalled: the language is not English, and babel is not installed.

        >>> import partnership as ps
        >>> record = ps.open(":memory:")
        >>> record.party_names().with_code("RU")
        'Russia (RU)'
        """
        from partnership.model.event import fields_of  # noqa: PLC0415  loaded on first use
        from partnership.values.party_names import PartyNames  # noqa: PLC0415  loaded on first use

        of_events = (name for event in self._kinds.events.values() for name in fields_of(event).parties)
        fields = frozenset((*of_events, "planned_by", "withdrawn_by"))  # these two only states have
        titles = {party.code or key.upper(): party.title for key, party in self.parties.items()}
        own = {code: title for code, title in titles.items() if title}
        return PartyNames(own, language, fields)

    @_consistent
    def name_of(self, subject: str) -> str:
        """Return the canonical name of a subject, ``kind:slug``.

        Args:
            subject: any of its names, or a bare slug if only one subject has it.

        Raises:
            UnknownSubject: nothing is recorded about it.
            AmbiguousSubject: several subjects have this slug.
        """
        key = self._canonical_name(subject)
        if not self._query.about(key).evidence:
            raise unknown_subject(self._query, key)
        return key

    def _canonical_name(self, name: str) -> str:
        if not isinstance(name, str):
            raise InvalidValue(name, "is not a subject", "write kind:slug, such as 'meeting:special-fmm-2020'")
        query = self._query
        if ":" in name:
            return query.names.get(name, name)
        candidates = (f"{kind}:{name}" for kind in sorted(query.index.entry_source.kinds))
        known = filter(query.has_claims_about, candidates)
        matches = sorted({query.names.get(subject, subject) for subject in known})
        if not matches:  # perhaps a subject of which there are no claims, such as the series that a meeting names
            events = [item.event for group in query.all_groups() for item in group.evidence]
            referred = {subject for event in events for subject in referenced_subjects(event)}
            matches = sorted({query.names.get(each, each) for each in referred if split_subject(each)[1] == name})
            if not matches:
                slugs = {split_subject(subject)[1] for event in events for subject in subjects_of(event)}
                raise unknown_subject(query, name, nearest(name, sorted(slugs)))
        if len(matches) > 1:
            raise AmbiguousSubject(name, tuple(matches))
        return matches[0]

    @_consistent
    def entries(
        self, subject: str | None = None, source: str | Source | None = None, party: str | None = None
    ) -> tuple[Entry, ...]:
        """Return the entries of this view in the order of the log, including superseded and private ones.

        Args:
            subject: only those about this subject under any of its names, with the corrections, retractions and
                preferences of these claims.
            source: only those of this publisher or document.
            party: only those that name this party.
        """
        query = self._query
        if subject is None:
            entries = list(query.entries())
        else:
            by_claim = query.entries_by_claim(query.claims_about(self._canonical_name(subject)))
            entries = _in_log_order(entry for group in by_claim.values() for entry in group)
        if source is not None:
            entries = [
                entry for entry in entries if source in (entry.claim.source.publisher, entry.claim.source, entry.source)
            ]
        if party is not None:
            code = party_code(party)
            entries = [entry for entry in entries if code in entry.parties]
        return tuple(entries)

    @property
    @_consistent
    def sources(self) -> tuple[Source, ...]:
        """All cited documents, by publisher and day of publication."""
        cited = {item.source for group in self._query.all_groups() for item in group.evidence}
        return tuple(sorted(cited, key=lambda source: (source.publisher, str(source.published), repr(source))))

    # ---- what may be shared ----

    @_consistent
    def shareable(self) -> View:
        """Return this view without private entries.

        All entries of the log decide what is private, also those outside of the scope: a mark ``shared=False`` counts
        whether or not this view shows it.
        """
        return self._without_private()[0]

    @_consistent
    def private_count(self) -> int:
        """Return the number of entries that `shareable` leaves out."""
        return self._without_private()[1]

    @_consistent
    def _without_private(self) -> tuple[View, int]:
        """Return what `shareable` and `private_count` do. All entries are read, so those that need both ask once."""
        query, today = self._query, self.today
        held, log = query.index.entry_source, query.index.entry_source.log
        entries = tuple(log.entries())
        ids = _shareable_ids(entries)
        own = entries if held is log else tuple(held.entries())
        source = InMemoryEntries((one for one in own if one.position <= query.index.head and one.id in ids), log)
        view = View(Query(ClaimIndex(source), query.scope), lambda: today, self._partnership, self._kinds)
        return view, sum(entry.id not in ids for entry in query.select(own))

    def page(self, path: str | PathLike[str], *, title: str | None = None, language: str = "en") -> PageResult:
        """Write this view as one HTML file.

        The file is self-contained, for a browser, a phone, a printer or a screen reader. It begins with what is overdue
        and who owes it, what is to come, where sources differ and what needs a look; then come the subjects in a table
        for each kind, which open to every value with its sources, and a timeline.
        Private entries are left out, and the page says how many there are.

        Args:
            path: the file. An existing page is replaced, as a whole or not at all.
            title: heading of the page; by default the name of the file without its ending.
            language: of the names of parties, as in `party_names`; the page itself is in English.

        Raises:
            InvalidValue: the path is not a path, the title is not a text of up to 200 characters, or the names of
                parties are not known in this language.
            NotARecord: the path has a file that is not a page; it is not overwritten.
            ReadOnly, StorageFull, StorageError: the file cannot be written. An existing page is unchanged.
            NotInstalled: jinja2 is not installed, or babel for a language that is not English.
        """
        try:
            import jinja2 as _  # noqa: F401, PLC0415  only to check that it is installed
        except ImportError:
            raise NotInstalled("jinja2", "page") from None
        from pathlib import Path  # noqa: PLC0415  slow to load

        from partnership._atomic_write import replace_file  # noqa: PLC0415  slow to load
        from partnership.render import footnotes, html, page  # noqa: PLC0415  they load jinja2

        place = file_path(path, "give the name of a file, 'asean-russia.html'")
        heading = footnotes.on_one_line(Path(place).stem if title is None else checked_text(title, NAME_LIMIT))
        with self.consistent():
            view, left_out = self._without_private()
            result = PageResult(left_out)
        query = view._refresh()  # noqa: SLF001  also a View
        page_input = page.PageInput(
            title=heading,
            today=view.today,
            private_note=str(result),
            policy=query.scope.policy,
            folds=[(projection, query.fold(projection)) for projection in self._kinds.projections],
            timeline=view.timeline(),
            possible=view.possible,
            overdue=view.overdue(),
            upcoming=view.upcoming(),
            disputes=view.disputes(),
            doubts=query.doubts(),
            findings=view.findings(),
            parties=view.party_names(language),
            holders={f"role:{role}": view.holders(role) for role in view.roles},
        )
        replace_file(place, html.render_html(page.build_page(page_input)), html.BEGINNING)
        return result

    # ---- occurrences and plans ----

    @property
    @_consistent
    def occurrences(self) -> tuple[Occurrence, ...]:
        """What had certainly happened, or was certainly stated, by the day of this view. `timeline` sorts it."""
        return self._query.happened

    @property
    @_consistent
    def possible(self) -> tuple[Occurrence, ...]:
        """What may have happened by the day of this view, but not certainly: "in 2020", asked in March of that year."""
        return tuple(sorted(self._query.possible, key=by_day))

    @_consistent
    def timeline(self) -> tuple[Occurrence, ...]:
        """Return what had certainly happened by the day of this view, by the first day on which it may have."""
        return tuple(sorted(self._query.happened, key=by_day))

    @_consistent
    def overdue(self, grace: int = 0) -> tuple[PlannedItem, ...]:
        """Return what should have happened by now and has no known outcome, the longest overdue first.

        After what is surely overdue follow plans whose date is too vague to tell ("about June", asked in July), those
        that were only possible or hoped for, and then what is planned or postponed without a date, the longest so
        first; `PlannedItem.standing` says which.

        Args:
            grace: days to wait after the latest planned day before an item is overdue.
        """
        from partnership.queries import calendar  # noqa: PLC0415  loaded on first use

        query = self._query
        late = calendar.overdue(self._all_states(), self.today, grace)
        undated = [
            row
            for kind in self._kinds
            if kind.projection is not None
            for row in calendar.open_without_date(kind, query.fold(kind.projection))
        ]
        undated.sort(key=lambda row: (row[1].since, row[0].subject))
        return self._planned_items([*late, *((state, plan, "without-date") for state, plan in undated)])

    @_consistent
    def upcoming(self) -> tuple[PlannedItem, ...]:
        """Return what is planned and not yet past, the soonest first."""
        return self._upcoming(None)

    @_consistent
    def calendar(self, horizon: str | date | None = None, grace: int = 0) -> Calendar:
        """Return what is planned, what is overdue, and what has moved, with all its previous dates.

        Args:
            horizon: last day of the plans; includes what may happen by then.
            grace: days to wait after the latest planned day before an item is overdue.
        """
        from partnership.queries import calendar  # noqa: PLC0415  loaded on first use

        planned = self._upcoming(day_of(horizon, "horizon="))
        return calendar.Calendar(planned, self.overdue(grace), calendar.moved(self._all_states()))

    def _upcoming(self, horizon: date | None) -> tuple[PlannedItem, ...]:
        from partnership.queries import calendar  # noqa: PLC0415  loaded on first use

        if horizon and horizon < self.today:
            reason = f"is before {self.today}, after which plans are to come"
            raise InvalidValue(str(horizon), reason, "give a later day; `overdue` has what is past")
        plans = calendar.upcoming(self._all_states(), self.today, horizon)
        return self._planned_items([(state, plan, "to-come") for state, plan in plans])

    @_consistent
    def outcomes(self, since: str | date | None = None, until: str | date | None = None) -> tuple[PlanOutcome, ...]:
        """Return every plan with what became of it, by planned date: those that were met, called off, or are open.

        A plan that moved is one row, with the dates that were planned before. Every plan of `overdue` and `upcoming` is
        a row, and an event of which no party owes anything, such as an election, is one after its day, too.

        Args:
            since: only plans of which a date, or one that was planned before, may be on this day or later. A plan
                without a date has the day on which it was announced, and that of its outcome, for its dates.
            until: only those of which one may be on this day or earlier; with *since*, the same date.

        Raises:
            InvalidValue: *until* is before *since*, or a day is vague.

        >>> import partnership as ps
        >>> from partnership.events import MeetingHeld, MeetingScheduled
        >>> record = ps.open(":memory:")
        >>> early, late = ps.Source("VNA", published="2020-11-16"), ps.Source("TASS", published="2021-01-10")
        >>> entries = record.add(MeetingScheduled("summit-4", planned="2020-12"), source=early)
        >>> entries = record.add(MeetingScheduled("talks-2", planned="2020-12"), source=early)
        >>> entries = record.add(MeetingHeld("talks-2", on="2020-12-05"), source=late)
        >>> [plan.became for plan in record.as_of("2021-02-01").outcomes()]
        ['overdue since the end of December 2020', 'meeting held, 5 December 2020']
        """
        from partnership.queries import calendar, outcomes  # noqa: PLC0415  loaded on first use

        query, today = self._query, self.today
        first, last = day_of(since, "since="), day_of(until, "until=")
        if first and last and last < first:
            raise InvalidValue(str(until), f"is before {since}", "give the earlier day first")
        ended = [
            row
            for kind in self._kinds
            if kind.projection is not None
            for row in outcomes.ended_plans(kind, query.fold(kind.projection))
        ]
        past = [
            (state, plan)
            for state, plan in calendar.outstanding(self._all_states())
            if calendar.is_context(state, plan.act) and calendar.standing_of(plan.planned, today) != "to-come"
        ]
        items = self._planned_items([(row.state, row.plan, "ended") for row in ended])
        open_items = (*self.overdue(), *self.upcoming(), *self._planned_items([(*row, "past") for row in past]))
        found = [*map(outcomes.outcome_of, items, ended), *map(outcomes.outcome_of, open_items)]
        return Listing(sorted((row for row in found if outcomes.may_be_within(row, first, last)), key=outcomes.by_date))

    def _planned_items(self, rows: Sequence[tuple[Any, Expectation | OpenPlan, Standing]]) -> tuple[PlannedItem, ...]:
        """Return planned items of states, each with its plan and where that stands."""
        from partnership.queries import calendar  # noqa: PLC0415  loaded on first use

        all_sources = self._query.sources_of([(state.subject, plan.claims) for state, plan, _ in rows])
        owed = [calendar.owed_by(state, plan) for state, plan, _ in rows]
        return Listing(
            calendar.PlannedItem(
                subject=state.subject,
                planned=plan.planned,
                title=calendar.title_of(state),
                since=plan.since,
                previous_dates=calendar.previous_dates_of(state, plan),
                sources=sources,
                claims=plan.claims,
                standing=standing,
                act=plan.act,
                is_context=calendar.is_context(state, plan.act),
                timing=plan.timing,
                is_undated=getattr(plan, "is_undated", None) is True,
                force=plan.force,
                by=plan.by,
                detail=plan.detail,
                put_off=calendar.put_off_of(state, plan),
                owed_by=parties,
                owed_as_host=as_host,
            )
            for (state, plan, standing), sources, (parties, as_host) in zip(rows, all_sources, owed, strict=True)
        )

    # ---- queries across subjects ----

    @_consistent
    def series_ledger(self, body: str) -> SeriesLedger:
        """Return the meetings of a series, a dialogue or a network, with their claimed numbers, gaps and hosts.

        Args:
            body: the series, dialogue or network, ``kind:slug``.

        Raises:
            UnknownSubject: nothing is recorded about it, nor about any of its meetings.
        """
        from partnership.queries.series_ledger import MET, series_ledger  # noqa: PLC0415  loaded on first use

        key = self._canonical_name(body)
        met = [item for item in self.occurrences if item.event.name in MET]
        happened = {item.subject: item for item in sorted(met, key=lambda item: item.event.rank)}  # held counts most
        frequency = self.series[key].frequency if key in self.series else None
        ledger = series_ledger(key, self.meetings.values(), happened, frequency)
        if not (ledger.editions or ledger.planned or ledger.off or self.entries(subject=key)):
            raise unknown_subject(self._query, key)
        return ledger

    @_consistent
    def fund_ledger(self, fund: str, currency: str | None = None) -> FundLedger:
        """Return a fund's balances, what is paid into it and out of it, and what was spent between two balances.

        Args:
            fund: its slug, or ``fund:slug``.
            currency: only amounts in this currency; by default all, each currency apart.

        Raises:
            UnknownSubject: nothing is recorded about it.
            InvalidValue: the currency code does not exist.
        """
        from partnership.queries.fund_ledger import fund_ledger  # noqa: PLC0415  loaded on first use

        return fund_ledger(
            self.funds[fund],
            _optional(currency_code, currency),
            projects=self.projects.values(),
            commitments=self.commitments.values(),
            disputes=self.disputes(),
        )

    @_consistent
    def contributions_register(self, party: str | None = None, currency: str | None = None) -> ContributionRegister:
        """Return what parties give to all funds, with totals by giver.

        Args:
            party: only what this party gives, alone or with others.
            currency: only amounts in this currency; by default all, each currency apart.

        Raises:
            InvalidValue: the party's or the currency's code does not exist.
        """
        from partnership.queries.fund_ledger import contribution_register  # noqa: PLC0415  loaded on first use

        return contribution_register(
            self.funds.values(), _optional(party_code, party), _optional(currency_code, currency)
        )

    @_consistent
    def dormant(self, months: int = 24) -> tuple[Dormant, ...]:
        """Return dialogues, networks and series that were active and have shown no sign of activity since.

        Args:
            months: length of the silence, counted back from `today`.
        """
        from partnership.queries.dormancy import dormant_bodies  # noqa: PLC0415  loaded on first use

        bodies: list[Body] = [*self.dialogues.values(), *self.networks.values(), *self.series.values()]
        return dormant_bodies(bodies, self.occurrences, self.today, months)

    @_consistent
    def scoreboard(self, plan: str) -> Scoreboard:
        """Return how much of a plan is done: as others counted it and, apart from that, as its lines show it.

        Raises:
            UnknownSubject: nothing is recorded about the plan, nor about any of its lines.
        """
        from partnership.queries.scoreboard import scoreboard  # noqa: PLC0415  loaded on first use

        return scoreboard(self.plans[plan], self.lines.values(), self.occurrences)

    @_consistent
    def documents_register(self, form: Form | None = None, party: str | None = None) -> tuple[RegisterRow, ...]:
        """Return every document, what each party did to it and how late it came, sorted by slug.

        Args:
            form: only texts of this form: ``"treaty"``, ``"plan"``.
            party: only those that this party made, signed, ratified or acceded to.

        Raises:
            InvalidValue: the form or the code does not exist.
        """
        from partnership.queries.document_register import register_rows  # noqa: PLC0415  loaded on first use

        return register_rows(self.documents, self.plans.values(), self.today, form, _optional(party_code, party))

    @_consistent
    def commitments_register(self, party: str | None = None, topic: str | None = None) -> tuple[Obligation, ...]:
        """Return who owes what by when, its progress, and the latest finding of each assessor; overdue ones first.

        Args:
            party: only obligations of this party.
            topic: only obligations on this topic.
        """
        from partnership.queries.commitment_register import obligations  # noqa: PLC0415  loaded on first use

        return obligations(self.commitments.values(), self.today, _optional(party_code, party), topic)

    @_consistent
    def commitment_totals(
        self, party: str | None = None, currency: str | None = None
    ) -> Mapping[tuple[str, ...], tuple[Total, ...]]:
        """Return what parties have promised in money, in total, by the parties that promise together.

        A part is not added to its whole, nor what a later commitment carries over; what is additional is added.

        Args:
            party: only what this party owes, alone or with others.
            currency: only amounts in this currency; by default all, each currency apart.

        Raises:
            InvalidValue: the party's or the currency's code does not exist.
        """
        from partnership.queries.commitment_register import commitment_totals  # noqa: PLC0415  loaded on first use

        return commitment_totals(
            self.commitments.values(), _optional(party_code, party), _optional(currency_code, currency)
        )

    @_consistent
    def holders(self, role: str, day: str | date | None = None) -> Holders:
        """Return who held a role on a day: surely, possibly, or at another time and not on that day.

        Only a term of which both the first and the last day are known is certain. Whoever is only known to have taken
        office, or to have been seen in it, may have left it by any other day.

        Args:
            role: its slug, or ``role:slug``.
            day: `today` by default.

        Raises:
            UnknownSubject: nothing is recorded about it.
        """
        from partnership.queries.holders import holders  # noqa: PLC0415  loaded on first use

        key, occurrences = self._occurrences_of(role, "role", self.roles)
        return holders(key, occurrences, day_of(day, "day=") or self.today)

    @_consistent
    def holds(
        self, role: str, holder: str | None, day: str | date | None = None, *, person: str | None = None
    ) -> bool | None:
        """Tell whether a party or a person held a role on a day; None if it is possible or not known.

        False only if a claim excludes it: another surely held the role or nobody did, or what is known of this holder
        begins later or had ended.

        Args:
            role: its slug, or ``role:slug``.
            holder: the party; None to ask for the person alone.
            day: `today` by default.
            person: the person; with *holder*, both must match.

        Raises:
            UnknownSubject: nothing is recorded about the role.
            InvalidValue: neither a party nor a person is given.
        """
        if holder is None and person is None:
            raise InvalidValue(None, "names nobody", "write holds('asean-chair', 'VN'), or person=")
        return self.holders(role, day).has(_optional(party_code, holder), person)

    @_consistent
    def status_at(self, subject: str, scale: Scale, day: str | date | None = None) -> StatusAt:
        """Return the rung of a scale that a party had on a day, since when, and whether sources contest it.

        Before the first conferral that is known, the answer is not known: an upgrade is an upgrade from something.

        Args:
            subject: its slug, or ``status:slug``.
            scale: ``"status"`` or ``"grade"``, which are independent of each other.
            day: `today` by default.

        Raises:
            UnknownSubject: nothing is recorded about it.
            InvalidValue: the scale does not exist.
        """
        from partnership.queries.status_at import status_at  # noqa: PLC0415  loaded on first use

        key, occurrences = self._occurrences_of(subject, "status", self.statuses)
        return status_at(key, scale, occurrences, day_of(day, "day=") or self.today)

    @_consistent
    def members(self, bloc: str, day: str | date | None = None) -> Members:
        """Return the recorded members of a bloc on a day: sure ones, possible ones, and those of another time.

        Args:
            bloc: its code.
            day: `today` by default.
        """
        from partnership.queries.status_at import members  # noqa: PLC0415  loaded on first use

        occurrences = [occurrence for occurrence in self._query.occurrences if occurrence.event.kind == "membership"]
        return members(
            party_code(bloc), in_order(self._may_have_happened(occurrences)), day_of(day, "day=") or self.today
        )

    def _occurrences_of(self, name: str, kind: str, states: States[Any]) -> tuple[str, list[Occurrence]]:
        """Return the canonical name of a subject, and in order all that has happened or may have happened to it."""
        if not isinstance(name, str):
            raise InvalidValue(name, "is not a subject", f"write its slug, or {kind}:slug")
        key = states.key(name)
        about_group = self._query.about(key).occurrences
        occurrences = [occurrence for occurrence in about_group if occurrence.subject == key]
        if not key.startswith(f"{kind}:") or not occurrences:
            raise unknown_subject(self._query, key, nearest(split_subject(key)[1], states))
        return key, in_order(self._may_have_happened(occurrences))

    def _may_have_happened(self, occurrences: Iterable[Occurrence]) -> list[Occurrence]:
        """Return what has or may have happened by the day of this view, by any day that a source gives."""
        day = self._query.scope.on
        return [
            occurrence
            for occurrence in occurrences
            if day is None
            or is_over(occurrence, day)
            or may_be_over(occurrence, day)
            or any((when.earliest or date.min) <= day for when in occurrence.days if occurrence.event.on)
        ]

    # ---- reasons, disputes, findings, search ----

    @_consistent
    def findings(self) -> tuple[Finding, ...]:
        """Return inconsistencies and gaps (data-quality warnings), each with its claims; errors first, notes last.

        Every row of `disputes` is one of them, ``disputed``.
        """
        from partnership.queries.circular_wholes import circular_parts  # noqa: PLC0415  loaded on first use
        from partnership.queries.later_sources import later_sources  # noqa: PLC0415  loaded on first use

        query = self._query
        across = [dispute.finding for dispute in self.disputes()]
        across += circular_parts(self._all_states(), query.happened)
        if query.scope.known is None and query.scope.on is None:  # else later sources are left out, or hindsight
            today = self.today
            later = (group.occurrences for group in query.all_groups() if group.fully_known > today)
            across += later_sources(chain.from_iterable(later), today)
        return Listing(query.findings(self._kinds.projections, across))

    @_consistent
    def why(self, subject: str, field: str | None = None, projection: Projection[Any] | None = None) -> Why:
        """Return which sources state what about a subject, when they did, and which claims lost.

        Args:
            subject: ``kind:slug``, a bare slug if only one subject has it, or a key of *projection*.
            field: only the reason for this field of the state.
            projection: whose state is explained; by default the built-in one of the subject's kind.

        Raises:
            UnknownSubject: nothing is recorded about it.
            AmbiguousSubject: several subjects have this slug.
        """
        from partnership.engine.provenance import explain  # noqa: PLC0415  loaded on first use

        query = self._query
        key = subject if projection and projection.kind is None else self._canonical_name(subject)
        if projection is None:
            kind = split_subject(key)[0]
            projection = self._kinds[kind].projection if kind in self._kinds.names else None
        folded = query.folded(projection, key) if projection else None
        subjects = {key, *(occurrence.subject for occurrence in (folded.occurrences if folded else ()))}
        doubts = query.doubts(key) if projection is None or projection.kind else ()
        superseded = query.superseded_about(subjects)
        if not (superseded or doubts or (folded and folded.occurrences)):
            raise unknown_subject(query, key)
        return explain(projection, key, folded, superseded, field, policy=query.scope.policy, doubts=doubts)

    @_consistent
    def find(self, text: str) -> tuple[SearchHit, ...]:
        """Search the texts of all claims.

        The search covers subjects, titles, texts, names, notes, publishers and speakers; it ignores case, accents and
        white space.

        Returns:
            The claims that contain every word of *text*, the best matches first.

        Raises:
            InvalidValue: *text* has no word.
        """
        from partnership.queries.search import search_hits  # noqa: PLC0415  loaded on first use

        query = self._query
        return search_hits(query.entries(), text, query.names, query.superseded.keys())

    @_consistent
    def disputes(self) -> tuple[Dispute, ...]:
        """Return every value on which sources differ, with all sides and the rule that decided.

        A denial of what is reported is one of them: both sides are shown, and the state is what was reported.

        What one side states by itself is in ``record.as_of(sources=lambda source: source.publisher == "TASS")``.
        """
        from partnership.queries.disputes import disputes  # noqa: PLC0415  loaded on first use

        query = self._query
        happened = self._may_have_happened(query.occurrences)
        return Listing(disputes(happened, self.states_by_subject(), query.scope.policy, query.doubts()))

    @_consistent
    def dossier(self, subject: str) -> Dossier:
        """Return all that is known about one subject; its text is a briefing.

        ``record.as_of(sources=lambda source: source.publisher == "TASS").dossier(…)`` is the briefing by one side.

        Args:
            subject: ``kind:slug``, or a bare slug if only one subject has it.

        Raises:
            UnknownSubject: nothing is recorded about it.
            AmbiguousSubject: several subjects have this slug.
        """
        from partnership.engine.provenance import explain  # noqa: PLC0415  loaded on first use
        from partnership.queries.dossier import Dossier, links  # noqa: PLC0415  loaded on first use

        key, states, query = self._canonical_name(subject), self.states_by_subject(), self._query
        doubts = tuple(query.doubts(key))
        occurrences = self._occurrences_behind(key).union(*(doubt.occurrences for doubt in doubts))
        entries = self._entries_behind(key, occurrences)
        if not entries:
            raise unknown_subject(query, key)
        superseded, shareable = query.superseded, _shareable_ids(query.index.entry_source.log.entries())
        return Dossier(
            subject=key,
            names=(key, *sorted(name for name, canonical in query.names.items() if key == canonical != name)),
            today=self.today,
            states=tuple(states.get(key, ())),
            timeline=tuple(sorted(occurrences, key=by_day)),
            expected=tuple(item for item in (*self.overdue(), *self.upcoming()) if item.subject == key),
            disputes=tuple(
                dispute
                for dispute in self.disputes()
                if key in (dispute.subject, dispute.doubt) or dispute.occurrence in occurrences
            ),
            doubts=doubts,
            findings=tuple(finding for finding in self.findings() if finding.subject == key),
            links=links(key, self.occurrences, states),
            entries=entries,
            superseded={
                claim_id: superseded[claim_id] for entry in entries if (claim_id := entry.claim.id) in superseded
            },
            private_ids=frozenset(entry.id for entry in entries if entry.id not in shareable),
            party_names=self.party_names(),
            whys=tuple(
                explain(projection, key, fold[key], (), policy=query.scope.policy)
                for projection in self._kinds.projections
                if key in (fold := query.fold(projection))
            ),
        )

    def _occurrences_behind(self, key: str) -> set[Occurrence]:
        """Return the occurrences about a subject, and those that led to one of its states."""
        folds = [self._query.fold(projection) for projection in self._kinds.projections]
        behind_states = {occurrence for fold in folds if key in fold for occurrence in fold[key].occurrences}
        return behind_states | {occurrence for occurrence in self.occurrences if occurrence.subject == key}

    def _entries_behind(self, key: str, occurrences: Iterable[Occurrence]) -> tuple[Entry, ...]:
        """Return the entries about a subject and those behind some occurrences, in the order of the log."""
        claim_ids = {claim_id for occurrence in occurrences for claim_id in occurrence.claims}
        by_claim = self._query.entries_by_claim(claim_ids)
        entries = {entry.id: entry for group in by_claim.values() for entry in group}
        entries |= {entry.id: entry for entry in self.entries(subject=key)}
        return tuple(_in_log_order(entries.values()))

    def compare(self, other: View) -> Comparison:
        """Return what this view and another one answer differently; `Record.diff` compares two days of one record.

        The two may be by two sources, by two policies, or of two records. Subjects have the same name in both, so names
        that only one of two records declares the same are different subjects. Private entries are included.

        >>> import partnership as ps
        >>> from partnership.events import MeetingHeld
        >>> record = ps.open(":memory:")
        >>> for publisher, day in (("MFA of Russia", "2021-09-23"), ("TASS", "2021-09-24")):
        ...     source = ps.Source(publisher, published="2021-09-25")
        ...     entries = record.add(MeetingHeld("round-1", on=day), source=source)
        >>> russia, tass = (
        ...     record.as_of(sources=lambda source, name=name: source.publisher == name)
        ...     for name in ("MFA of Russia", "TASS")
        ... )
        >>> print(russia.compare(tass))
        meeting:round-1 held_on: here 23 September 2021; there 24 September 2021

        Args:
            other: a view of this record or of another.

        Raises:
            InvalidValue: *other* is not a view.
        """
        from partnership.queries.comparison import comparison  # noqa: PLC0415  loaded on first use

        if not isinstance(other, View):
            raise InvalidValue(other, "is not a view", "give a record, or what as_of returns")
        indexes = {id(view._query.index): view for view in (self, other)}  # noqa: SLF001  also a View
        with ExitStack() as stack:
            for _, view in sorted(indexes.items(), key=itemgetter(0)):  # always locked in this order
                stack.enter_context(view.consistent())
            overdue = (self.overdue(), other.overdue())
            return comparison(self._folds(), other._folds(), overdue)

    def _folds(self) -> dict[str, Mapping[str, Folded[Any]]]:
        query = self._refresh()
        query.all_groups()  # to read them all at once is quicker than one kind after the other
        return {projection.name: query.fold(projection) for projection in self._kinds.projections}

    # ---- display ----

    def __reduce__(self) -> NoReturn:
        refuse_copy(self)

    def __repr__(self) -> str:
        from partnership.render import prompt  # noqa: PLC0415  loaded on first use

        try:
            query = self._refresh()
        except StorageError as error:  # closed, or the file is gone: a prompt still has to show something
            return f"<{type(self).__name__} of {one_line(error)}>"
        return f"<{prompt.view_line(type(self).__name__, self._partnership, query.scope, query.index.head)}>"

    def __rich_repr__(self) -> Iterator[Any]:
        from partnership.render import prompt  # noqa: PLC0415  loaded on first use

        yield "partnership", self._partnership, None
        try:
            query = self._refresh()
        except StorageError as error:
            yield one_line(error)
            return
        yield "entries", query.index.head
        yield from prompt.scope_arguments(query.scope).items()

    def _repr_html_(self) -> str:
        try:
            return self._summary()
        except StorageError:  # which the title reports
            return table(repr(self)[1:-1], (), ())

    @_consistent
    def _summary(self) -> str:
        from partnership.render import prompt  # noqa: PLC0415  loaded on first use

        title = repr(self)[1:-1]
        if not self._query.index.is_quick_to_load:
            return table(title, (), (), notes=("They are not read to be shown: ask for some of them.",))
        sources = self.sources  # which reads everything at once
        states = [(plural, tuple(self.states(plural).values())) for plural in self._kinds.plurals]
        return prompt.summary_table(title, states, sources)


def _in_log_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.position)
