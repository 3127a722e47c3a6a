"""The record as of a cut: read-only, and it answers everything (floor 7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from attrs import frozen

from partnership.engine.citations import documents_of
from partnership.engine.diff import Change, changes
from partnership.engine.fold import is_over, may_be_over
from partnership.engine.ordering import by_day, in_order
from partnership.engine.provenance import Why, explain
from partnership.engine.sharing import shareable_entries
from partnership.errors import InvalidValue, UnknownSubject
from partnership.model.entry import Entry
from partnership.model.expectations import Expectation
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Projection
from partnership.queries import calendar
from partnership.queries.calendar import Calendar, PlannedItem
from partnership.queries.disputes import Dispute, disputes
from partnership.queries.dossier import Dossier, links
from partnership.queries.search import SearchHit, search
from partnership.record.families import consistent
from partnership.record.paging import Paging
from partnership.record.states import States, day_of
from partnership.render.prompt import Displayable, Shown
from partnership.values.amounts import currency_code
from partnership.values.party_codes import party as party_code
from partnership.values.text import split_subject

if TYPE_CHECKING:  # an answer is loaded when it is asked for
    from partnership.queries.commitment_register import Obligation
    from partnership.queries.document_register import RegisterRow
    from partnership.queries.dormancy import Body, Dormant
    from partnership.queries.fund_ledger import FundLedger
    from partnership.queries.holders import Holders
    from partnership.queries.scoreboard import Scoreboard
    from partnership.queries.series_ledger import SeriesLedger
    from partnership.queries.status_at import Members, StatusAt
    from partnership.subjects.documents import Form
    from partnership.subjects.statuses import Ladder

__all__ = ["Diff", "View", "difference"]


@frozen(repr=False)
class Diff(Displayable):
    """What is different between two days.

    Attributes:
        learned: the world of the first day, as known on the first day and on the second: our knowledge changed.
        happened: as known on the second day, the world of the first day and of the second: the world changed.
        fell_due: what nobody touched and merely became overdue: time.
    """

    learned: tuple[Change, ...]
    happened: tuple[Change, ...]
    fell_due: tuple[PlannedItem, ...]

    def _text(self) -> str:
        told = (("learned", self.learned), ("happened", self.happened), ("fell due", self.fell_due))
        return "\n".join(f"{name}: {one}" for name, each in told for one in each) or "nothing changed"


class View(Shown, Paging):
    """The claims of one partnership through one cut: a question and no copy, so what arrives is in the next answer.

    What it answers and how it shows itself, at a prompt and in a notebook, is for the desk: private entries too. What
    is handed on, `page`, `partnership.write` and `partnership.charts`, leaves them out.
    """

    @property
    @consistent
    def occurrences(self) -> tuple[Occurrence, ...]:
        """All that had surely happened, or was surely said, in no order; `timeline` has one."""
        return self._query().over

    @property
    @consistent
    def possible(self) -> tuple[Occurrence, ...]:
        """What may have happened by the day of this view, but not surely: "in 2020", asked in March."""
        return tuple(sorted(self._query().possible, key=by_day))

    @consistent
    def timeline(self) -> tuple[Occurrence, ...]:
        """Return all that had surely happened by the day of this view, by the first day on which it may have."""
        return tuple(sorted(self._query().over, key=by_day))

    @consistent
    def overdue(self, grace: int = 0) -> tuple[PlannedItem, ...]:
        """Return what should have come by now and of which no outcome is known, the longest overdue first.

        Args:
            grace: days that are allowed to pass after the latest planned day.
        """
        return self._expected(calendar.overdue(self._all_states(), self.today, grace))

    @consistent
    def upcoming(self) -> tuple[PlannedItem, ...]:
        """Return what is planned and not yet past, the soonest first."""
        return self._expected(calendar.upcoming(self._all_states(), self.today))

    @consistent
    def calendar(self, horizon: str | date | None = None, grace: int = 0) -> Calendar:
        """Return what is planned, what is overdue, and what has moved with all its earlier days.

        Args:
            horizon: the day up to which plans are wanted; one that may come by then is in.
            grace: days that are allowed to pass after the latest planned day before it is overdue.
        """
        states = list(self._all_states())
        ahead = calendar.upcoming(states, self.today, day_of(horizon, "horizon="))
        return Calendar(self._expected(ahead), self.overdue(grace), calendar.moved(states))

    @consistent
    def series_ledger(self, body: str) -> SeriesLedger:
        """Return the meetings of a series, a dialogue or a network, their claimed numbers, gaps and hosts.

        Args:
            body: whose, ``kind:slug``.

        Raises:
            UnknownSubject: nothing is recorded of it, nor of any meeting of it.
        """
        from partnership.queries.series_ledger import ledger  # noqa: PLC0415  loaded when it is asked for

        key = self._subject(body)
        found = ledger(key, self.meetings.values())
        if not (found.editions or found.planned or found.off or self.entries(subject=key)):
            raise UnknownSubject(body)
        return found

    @consistent
    def fund_ledger(self, fund: str, currency: str | None = None) -> FundLedger:
        """Return a fund's balances, what was paid in, and between two balances what must have been spent.

        Args:
            fund: its slug, or ``fund:slug``.
            currency: only what is in this one; each by itself unless given.

        Raises:
            UnknownSubject: nothing is recorded of it.
            InvalidValue: there is no such code.
        """
        from partnership.queries.fund_ledger import fund_ledger  # noqa: PLC0415  loaded when it is asked for

        return fund_ledger(self.funds[fund], None if currency is None else currency_code(currency))

    @consistent
    def dormant(self, months: int = 24) -> tuple[Dormant, ...]:
        """Return dialogues, networks and series that were at work and of which nothing was heard for that long.

        Args:
            months: how long, back from `today`.
        """
        from partnership.queries.dormancy import dormant  # noqa: PLC0415  loaded when it is asked for

        bodies: list[Body] = [*self.dialogues.values(), *self.networks.values(), *self.series.values()]
        return dormant(bodies, self.occurrences, self.today, months)

    @consistent
    def scoreboard(self, plan: str) -> Scoreboard:
        """Return how much of a plan is done: what others counted, and apart from it what is known of its lines.

        Raises:
            UnknownSubject: nothing is recorded of the plan, nor of a line of it.
        """
        from partnership.queries.scoreboard import scoreboard  # noqa: PLC0415  loaded when it is asked for

        return scoreboard(self.plans[plan], self.lines.values(), self.occurrences)

    @consistent
    def documents_register(self, form: Form | None = None, party: str | None = None) -> tuple[RegisterRow, ...]:
        """Return every document, what each party did to it, and how late it came, in the order of their slugs.

        Args:
            form: only texts of this kind: ``"treaty"``, ``"plan"``.
            party: only those that this party made, signed, ratified or acceded to.

        Raises:
            InvalidValue: there is no such form, or no such code.
        """
        from partnership.queries.document_register import register  # noqa: PLC0415  loaded when it is asked for

        code = None if party is None else party_code(party)
        return register(self.documents, self.plans.values(), self.today, form, code)

    @consistent
    def holders(self, role: str, day: str | date | None = None) -> Holders:
        """Return who held a role on a day: surely, maybe, surely not.

        Surely needs a term that is told from its first day to its last; who only took over, or was only seen in the
        role, may have left it by any other day.

        Args:
            role: which, with or without its kind.
            day: when; `today` unless given.

        Raises:
            UnknownSubject: nothing is recorded of it here.
        """
        from partnership.queries.holders import holders  # noqa: PLC0415  loaded when it is asked for

        key, told = self._told(role, "role", self.roles)
        return holders(key, told, day_of(day, "day=") or self.today)

    @consistent
    def holds(
        self, role: str, holder: str | None, day: str | date | None = None, *, person: str | None = None
    ) -> bool | None:
        """Tell whether a party, a person of it, or a person alone held a role on a day; None where it is not known.

        Args:
            role: which, with or without its kind.
            holder: the party; None where only the person is meant.
            day: when; `today` unless given.
            person: the person.

        Raises:
            UnknownSubject: nothing is recorded of it here.
            InvalidValue: neither a party nor a person is named.
        """
        if holder is None and person is None:
            raise InvalidValue(None, "names nobody", "write holds('asean-chair', 'VN'), or person=")
        return self.holders(role, day).has(None if holder is None else party_code(holder), person)

    @consistent
    def status_at(self, subject: str, ladder: Ladder, day: str | date | None = None) -> StatusAt:
        """Return on which rung of a ladder a party stood on a day, since when, and whether that is contested.

        Args:
            subject: whose, with or without its kind.
            ladder: ``'status'`` or ``'grade'``: the two are apart from each other.
            day: when; `today` unless given.

        Raises:
            UnknownSubject: nothing is recorded of it here.
            InvalidValue: there is no such ladder.
        """
        from partnership.queries.status_at import standing  # noqa: PLC0415  loaded when it is asked for

        key, told = self._told(subject, "status", self.statuses)
        return standing(key, ladder, told, day_of(day, "day=") or self.today)

    @consistent
    def members(self, bloc: str, day: str | date | None = None) -> Members:
        """Return the members of a bloc on a day, of those that anybody told of: surely, maybe.

        Args:
            bloc: its code.
            day: when; `today` unless given.
        """
        from partnership.queries.status_at import members  # noqa: PLC0415  loaded when it is asked for

        told = [one for one in self._query().occurrences if one.event.kind == "membership"]
        return members(party_code(bloc), in_order(self._may_have_come(told)), day_of(day, "day=") or self.today)

    def _told(self, name: str, kind: str, known: States[Any]) -> tuple[str, list[Occurrence]]:
        """Return the name under which a subject is kept, and all that has or may have come of it, in its order."""
        if not isinstance(name, str):
            raise InvalidValue(name, "is no subject", f"write its slug, or {kind}:slug")
        key = known.key(name)
        told = [one for one in self._query().about(key).occurrences if one.subject == key]
        if not key.startswith(f"{kind}:") or not told:
            raise UnknownSubject(key, tuple(get_close_matches(split_subject(key)[1], list(known), 3)))
        return key, in_order(self._may_have_come(told))

    def _may_have_come(self, told: Iterable[Occurrence]) -> list[Occurrence]:
        """Return what has or may have come by the day of this view, by any day that a source has for it."""
        on = self._query().scope.on
        return [
            one
            for one in told
            if on is None
            or is_over(one, on)
            or may_be_over(one, on)
            or any((each.earliest or date.min) <= on for each in one.days if one.event.on)
        ]

    def _expected(self, found: list[tuple[Any, Expectation]]) -> tuple[PlannedItem, ...]:
        documents = documents_of(self._query(), [(state.subject, one.claims) for state, one in found])
        return tuple(
            PlannedItem(
                subject=state.subject,
                planned=one.planned,
                title=getattr(state, "title", None) or getattr(state, "text", None),
                since=one.since,
                previous_dates=state.previous_dates,
                sources=sources,
                claims=one.claims,
            )
            for (state, one), sources in zip(found, documents, strict=True)
        )

    @consistent
    def findings(self) -> tuple[Finding, ...]:
        """Return what is odd: contradictions, gaps and unusual courses of events, each with its claims."""
        return self._query().findings(self._kinds.projections)

    @consistent
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
        query = self._query()
        key = subject if projection and projection.kind is None else self._subject(subject)
        if projection is None:
            name = split_subject(key)[0]
            projection = self._kinds[name].projection if name in self._kinds.names else None
        folded = query.folded(projection, key) if projection else None
        subjects = {key, *(one.subject for one in (folded.occurrences if folded else ()))}
        return explain(projection, key, folded, query.superseded_about(subjects), field, policy=query.scope.policy)

    @consistent
    def commitments_register(self, party: str | None = None, topic: str | None = None) -> tuple[Obligation, ...]:
        """Return who owes what by when, how far it is, and how each assessor last found it; the overdue first.

        Args:
            party: only what this one owes.
            topic: only what is about this.
        """
        from partnership.queries.commitment_register import obligations  # noqa: PLC0415  loaded when it is asked for

        code = None if party is None else party_code(party)
        return obligations(self.commitments.values(), self.today, code, topic)

    @consistent
    def find(self, text: str) -> tuple[SearchHit, ...]:
        """Return the claims in which every word of *text* stands, the best matches first.

        In subjects, titles, texts, names, notes, publishers, speakers; capitals, accents and blanks make no difference.

        Raises:
            InvalidValue: there is no word in it.
        """
        query = self._query()
        return search(query.entries(), text, query.names, query.superseded.keys())

    @consistent
    def disputes(self) -> tuple[Dispute, ...]:
        """Return every value on which sources differ, with all its sides and the rule that decided.

        What one side tells by itself is in ``record.as_of(sources=lambda one: one.publisher == "TASS")``.
        """
        return disputes(self.occurrences, self._states(), self._query().scope.policy)

    @consistent
    def dossier(self, subject: str) -> Dossier:
        """Return one subject with all that is known of it; as text, a briefing.

        ``record.as_of(sources=lambda one: one.publisher == "TASS").dossier(…)`` is the briefing as one side tells it.

        Args:
            subject: ``kind:slug``, or a bare slug where it is unique.

        Raises:
            UnknownSubject: nothing is recorded of it here.
            AmbiguousSubject: the bare slug is not unique.
        """
        key, states, query = self._subject(subject), self._states(), self._query()
        led = self._led(key)
        entries = self._behind(key, led)
        if not entries:
            raise UnknownSubject(subject)
        superseded = query.superseded
        free = {one.id for one in shareable_entries(query.index.entry_source.whole.entries())}
        return Dossier(
            subject=key,
            names=(key, *sorted(name for name, one in query.names.items() if key == one != name)),
            today=self.today,
            states=tuple(states.get(key, ())),
            timeline=tuple(sorted(led, key=by_day)),
            expected=tuple(one for one in (*self.overdue(), *self.upcoming()) if one.subject == key),
            disputes=tuple(one for one in self.disputes() if one.occurrence in led),
            findings=tuple(one for one in self.findings() if one.subject == key),
            links=links(key, self.occurrences, states),
            entries=entries,
            superseded={claim: superseded[claim] for one in entries if (claim := one.claim.id) in superseded},
            kept=frozenset(one.id for one in entries if one.id not in free),
        )

    def _led(self, key: str) -> set[Occurrence]:
        """Return the occurrences that are about a subject, and those that led to one of its states."""
        folds = [self._query().fold(each) for each in self._kinds.projections]
        led = {one for fold in folds if key in fold for one in fold[key].occurrences}
        return led | {one for one in self.occurrences if one.subject == key}

    def _behind(self, key: str, led: Iterable[Occurrence]) -> tuple[Entry, ...]:
        """Return the entries about a subject, and those that tell of some occurrences, in the order of the log."""
        carried = self._query().entries_by_claim({claim for each in led for claim in each.claims})
        found = {one.id: one for each in carried.values() for one in each}
        found |= {one.id: one for one in self.entries(subject=key)}
        return tuple(sorted(found.values(), key=lambda one: one.position))

    def _states(self) -> dict[str, list[Any]]:
        """Return the states of every subject, of all families that are about its kind."""
        found: dict[str, list[Any]] = {}
        for each in self._kinds.projections:
            for key, one in self._query().fold(each).items():
                found.setdefault(key, []).append(one.state)
        return found


def difference(first: View, hindsight: View, then: View) -> Diff:
    """Return what a view of a day, the same day in hindsight, and a view of a later day tell differently."""
    due = {(one.subject, one.planned) for one in hindsight.overdue()}
    return Diff(
        learned=_changed(first, hindsight),
        happened=_changed(hindsight, then),
        fell_due=tuple(one for one in then.overdue() if (one.subject, one.planned) not in due),
    )


def _changed(old: View, new: View) -> tuple[Change, ...]:
    before, after = old._query(), new._query()  # noqa: SLF001  its own class
    return tuple(one for each in new.kinds.projections for one in changes(before.fold(each), after.fold(each)))
