"""The record as of a cut: read-only, and it answers everything (floor 7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from attrs import frozen

from partnership.asked import States, day_of
from partnership.errors import InvalidValue, UnknownSubject
from partnership.families import consistent
from partnership.log.entry import Entry
from partnership.model.expectations import Expectation
from partnership.model.happening import Finding, Happening
from partnership.model.projection import Projection
from partnership.paging import Paging
from partnership.questions import calendar
from partnership.questions.calendar import Calendar, Expected
from partnership.questions.disputes import Dispute, disputes
from partnership.questions.dossier import Dossier, links
from partnership.questions.search import Found, search
from partnership.reading.diff import Change, changes
from partnership.reading.documents import documents_of
from partnership.reading.order import by_day, in_order
from partnership.reading.project import is_over, may_be_over
from partnership.reading.sharing import may_leave
from partnership.reading.why import Why, explain
from partnership.shown import Printed, Shown
from partnership.values.amounts import currency_code
from partnership.values.names import split_subject
from partnership.values.parties import party as party_code

if TYPE_CHECKING:  # an answer is loaded when it is asked for
    from partnership.questions.fund_ledger import FundLedger
    from partnership.questions.holders import Holders
    from partnership.questions.obligations import Obligation
    from partnership.questions.register import Registered
    from partnership.questions.scoreboard import Scoreboard
    from partnership.questions.series_ledger import SeriesLedger
    from partnership.questions.silences import Body, Dormant
    from partnership.questions.standing import Members, Standing
    from partnership.subjects.documents import Form
    from partnership.subjects.statuses import Ladder

__all__ = ["Diff", "View", "difference"]


@frozen(repr=False)
class Diff(Printed):
    """What is different between two days.

    Attributes:
        learned: the world of the first day, as known on the first day and on the second: our knowledge changed.
        happened: as known on the second day, the world of the first day and of the second: the world changed.
        fell_due: what nobody touched and merely became overdue: time.
    """

    learned: tuple[Change, ...]
    happened: tuple[Change, ...]
    fell_due: tuple[Expected, ...]

    def _text(self) -> str:
        told = (("learned", self.learned), ("happened", self.happened), ("fell due", self.fell_due))
        return "\n".join(f"{name}: {one}" for name, each in told for one in each) or "nothing changed"


class View(Shown, Paging):
    """The claims of one partnership through one cut: a question and no copy, so what arrives is in the next answer.

    What it answers and how it shows itself, at a prompt and in a notebook, is for the desk: private entries too. What
    is handed on, `page`, `partnership.write` and `partnership.pictures`, leaves them out.
    """

    @property
    @consistent
    def happenings(self) -> tuple[Happening, ...]:
        """All that had surely happened, or was surely said, in no order; `timeline` has one."""
        return self._reading().over

    @property
    @consistent
    def maybe(self) -> tuple[Happening, ...]:
        """What may have happened by the day of this view, but not surely: "in 2020", asked in March."""
        return tuple(sorted(self._reading().maybe, key=by_day))

    @consistent
    def timeline(self) -> tuple[Happening, ...]:
        """Return all that had surely happened by the day of this view, by the first day on which it may have."""
        return tuple(sorted(self._reading().over, key=by_day))

    @consistent
    def overdue(self, grace: int = 0) -> tuple[Expected, ...]:
        """Return what should have come by now and of which no outcome is known, the longest overdue first.

        Args:
            grace: days that are allowed to pass after the latest planned day.
        """
        return self._expected(calendar.overdue(self._all_states(), self.today, grace))

    @consistent
    def upcoming(self) -> tuple[Expected, ...]:
        """Return what is planned and not yet past, the soonest first."""
        return self._expected(calendar.upcoming(self._all_states(), self.today))

    @consistent
    def calendar(self, horizon: str | date | None = None, grace: int = 0) -> Calendar:
        """Return what is planned, what is overdue, and what has slipped with all its earlier days.

        Args:
            horizon: the day up to which plans are wanted; one that may come by then is in.
            grace: days that are allowed to pass after the latest planned day before it is overdue.
        """
        states = list(self._all_states())
        ahead = calendar.upcoming(states, self.today, day_of(horizon, "horizon="))
        return Calendar(self._expected(ahead), self.overdue(grace), calendar.slipped(states))

    @consistent
    def series_ledger(self, body: str) -> SeriesLedger:
        """Return the meetings of a series, a dialogue or a network, their claimed numbers, gaps and hosts.

        Args:
            body: whose, ``kind:slug``.

        Raises:
            UnknownSubject: nothing is recorded of it, nor of any meeting of it.
        """
        from partnership.questions.series_ledger import ledger  # noqa: PLC0415  loaded when it is asked for

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
        from partnership.questions.fund_ledger import fund_ledger  # noqa: PLC0415  loaded when it is asked for

        return fund_ledger(self.funds[fund], None if currency is None else currency_code(currency))

    @consistent
    def dormant(self, months: int = 24) -> tuple[Dormant, ...]:
        """Return dialogues, networks and series that were at work and of which nothing was heard for that long.

        Args:
            months: how long, back from `today`.
        """
        from partnership.questions.silences import dormant  # noqa: PLC0415  loaded when it is asked for

        bodies: list[Body] = [*self.dialogues.values(), *self.networks.values(), *self.series.values()]
        return dormant(bodies, self.happenings, self.today, months)

    @consistent
    def scoreboard(self, plan: str) -> Scoreboard:
        """Return how much of a plan is done: what others counted, and apart from it what is known of its lines.

        Raises:
            UnknownSubject: nothing is recorded of the plan, nor of a line of it.
        """
        from partnership.questions.scoreboard import scoreboard  # noqa: PLC0415  loaded when it is asked for

        return scoreboard(self.plans[plan], self.lines.values(), self.happenings)

    @consistent
    def documents_register(self, form: Form | None = None, party: str | None = None) -> tuple[Registered, ...]:
        """Return every document, what each party did to it, and how late it came, in the order of their slugs.

        Args:
            form: only texts of this kind: ``"treaty"``, ``"plan"``.
            party: only those that this party made, signed, ratified or acceded to.

        Raises:
            InvalidValue: there is no such form, or no such code.
        """
        from partnership.questions.register import register  # noqa: PLC0415  loaded when it is asked for

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
        from partnership.questions.holders import holders  # noqa: PLC0415  loaded when it is asked for

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
    def status_at(self, subject: str, ladder: Ladder, day: str | date | None = None) -> Standing:
        """Return on which rung of a ladder a party stood on a day, since when, and whether that is contested.

        Args:
            subject: whose, with or without its kind.
            ladder: ``'status'`` or ``'grade'``: the two are apart from each other.
            day: when; `today` unless given.

        Raises:
            UnknownSubject: nothing is recorded of it here.
            InvalidValue: there is no such ladder.
        """
        from partnership.questions.standing import standing  # noqa: PLC0415  loaded when it is asked for

        key, told = self._told(subject, "status", self.statuses)
        return standing(key, ladder, told, day_of(day, "day=") or self.today)

    @consistent
    def members(self, bloc: str, day: str | date | None = None) -> Members:
        """Return the members of a bloc on a day, of those that anybody told of: surely, maybe.

        Args:
            bloc: its code.
            day: when; `today` unless given.
        """
        from partnership.questions.standing import members  # noqa: PLC0415  loaded when it is asked for

        told = [one for one in self._reading().happenings if one.event.kind == "membership"]
        return members(party_code(bloc), in_order(self._may_have_come(told)), day_of(day, "day=") or self.today)

    def _told(self, name: str, kind: str, known: States[Any]) -> tuple[str, list[Happening]]:
        """Return the name under which a subject is kept, and all that has or may have come of it, in its order."""
        if not isinstance(name, str):
            raise InvalidValue(name, "is no subject", f"write its slug, or {kind}:slug")
        key = known.key(name)
        told = [one for one in self._reading().about(key).happenings if one.subject == key]
        if not key.startswith(f"{kind}:") or not told:
            raise UnknownSubject(key, tuple(get_close_matches(split_subject(key)[1], list(known), 3)))
        return key, in_order(self._may_have_come(told))

    def _may_have_come(self, told: Iterable[Happening]) -> list[Happening]:
        """Return what has or may have come by the day of this view, by any day that a source has for it."""
        on = self._reading().cut.on
        return [
            one
            for one in told
            if on is None
            or is_over(one, on)
            or may_be_over(one, on)
            or any((each.earliest or date.min) <= on for each in one.days if one.event.on)
        ]

    def _expected(self, found: list[tuple[Any, Expectation]]) -> tuple[Expected, ...]:
        documents = documents_of(self._reading(), [(state.subject, one.claims) for state, one in found])
        return tuple(
            Expected(
                subject=state.subject,
                planned=one.planned,
                title=getattr(state, "title", None) or getattr(state, "text", None),
                since=one.since,
                slips=state.slips,
                sources=sources,
                claims=one.claims,
            )
            for (state, one), sources in zip(found, documents, strict=True)
        )

    @consistent
    def findings(self) -> tuple[Finding, ...]:
        """Return what is odd: contradictions, gaps and unusual courses of events, each with its claims."""
        return self._reading().findings(self._kinds.projections)

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
        reading = self._reading()
        key = subject if projection and projection.kind is None else self._subject(subject)
        if projection is None:
            name = split_subject(key)[0]
            projection = self._kinds[name].projection if name in self._kinds.names else None
        folded = reading.folded(projection, key) if projection else None
        subjects = {key, *(one.subject for one in (folded.happenings if folded else ()))}
        return explain(projection, key, folded, reading.undone_about(subjects), field, policy=reading.cut.policy)

    @consistent
    def commitments_register(self, party: str | None = None, topic: str | None = None) -> tuple[Obligation, ...]:
        """Return who owes what by when, how far it is, and how each assessor last found it; the overdue first.

        Args:
            party: only what this one owes.
            topic: only what is about this.
        """
        from partnership.questions.obligations import obligations  # noqa: PLC0415  loaded when it is asked for

        code = None if party is None else party_code(party)
        return obligations(self.commitments.values(), self.today, code, topic)

    @consistent
    def find(self, text: str) -> tuple[Found, ...]:
        """Return the claims in which every word of *text* stands, the best matches first.

        In subjects, titles, texts, names, notes, publishers, speakers; capitals, accents and blanks make no difference.

        Raises:
            InvalidValue: there is no word in it.
        """
        reading = self._reading()
        return search(reading.entries(), text, reading.names, reading.undone.keys())

    @consistent
    def disputes(self) -> tuple[Dispute, ...]:
        """Return every value on which sources differ, with all its sides and the rule that decided.

        What one side tells by itself is in ``record.as_of(sources=lambda one: one.publisher == "TASS")``.
        """
        return disputes(self.happenings, self._states(), self._reading().cut.policy)

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
        key, states, reading = self._subject(subject), self._states(), self._reading()
        led = self._led(key)
        entries = self._behind(key, led)
        if not entries:
            raise UnknownSubject(subject)
        undone = reading.undone
        free = {one.id for one in may_leave(reading.shelf.book.whole.entries())}
        return Dossier(
            subject=key,
            names=(key, *sorted(name for name, one in reading.names.items() if key == one != name)),
            today=self.today,
            states=tuple(states.get(key, ())),
            timeline=tuple(sorted(led, key=by_day)),
            expected=tuple(one for one in (*self.overdue(), *self.upcoming()) if one.subject == key),
            disputes=tuple(one for one in self.disputes() if one.happening in led),
            findings=tuple(one for one in self.findings() if one.subject == key),
            links=links(key, self.happenings, states),
            entries=entries,
            undone={claim: undone[claim] for one in entries if (claim := one.claim.id) in undone},
            kept=frozenset(one.id for one in entries if one.id not in free),
        )

    def _led(self, key: str) -> set[Happening]:
        """Return the happenings that are about a subject, and those that led to one of its states."""
        folds = [self._reading().fold(each) for each in self._kinds.projections]
        led = {one for fold in folds if key in fold for one in fold[key].happenings}
        return led | {one for one in self.happenings if one.subject == key}

    def _behind(self, key: str, led: Iterable[Happening]) -> tuple[Entry, ...]:
        """Return the entries about a subject, and those that tell of some happenings, in the order of the log."""
        carried = self._reading().carrying({claim for each in led for claim in each.claims})
        found = {one.id: one for each in carried.values() for one in each}
        found |= {one.id: one for one in self.entries(subject=key)}
        return tuple(sorted(found.values(), key=lambda one: one.position))

    def _states(self) -> dict[str, list[Any]]:
        """Return the states of every subject, of all families that are about its kind."""
        found: dict[str, list[Any]] = {}
        for each in self._kinds.projections:
            for key, one in self._reading().fold(each).items():
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
    before, after = old._reading(), new._reading()  # noqa: SLF001  its own class
    return tuple(one for each in new.kinds.projections for one in changes(before.fold(each), after.fold(each)))
