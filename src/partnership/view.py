"""The record as of a cut: read-only, and it answers everything (floor 6)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import frozen

from partnership.asked import day_of
from partnership.errors import UnknownSubject
from partnership.families import Families
from partnership.model.expectations import Expectation
from partnership.model.happening import Finding, Happening
from partnership.model.projection import Projection
from partnership.questions import calendar
from partnership.questions.calendar import Calendar, Expected
from partnership.questions.series_ledger import SeriesLedger, ledger
from partnership.questions.silences import Body, Dormant, dormant
from partnership.reading.diff import Change, changes
from partnership.reading.why import Why, explain
from partnership.values.names import split_subject

__all__ = ["Diff", "View", "difference"]


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


class View(Families):
    """The claims of one partnership through one cut."""

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

    def calendar(self, horizon: str | date | None = None, grace: int = 0) -> Calendar:
        """Return what is planned, what is overdue, and what has slipped with all its earlier days.

        Args:
            horizon: the day up to which plans are wanted; one that may come by then is in.
            grace: days that are allowed to pass after the latest planned day before it is overdue.
        """
        states = list(self._all_states())
        ahead = calendar.upcoming(states, self.today, day_of(horizon, "horizon="))
        return Calendar(self._expected(ahead), self.overdue(grace), calendar.slipped(states))

    def series_ledger(self, body: str) -> SeriesLedger:
        """Return the meetings of a series, a dialogue or a network, their claimed numbers, gaps and hosts.

        Args:
            body: whose, ``kind:slug``.

        Raises:
            UnknownSubject: nothing is recorded of it, nor of any meeting of it.
        """
        key = self._subject(body)
        found = ledger(key, self.meetings.values())
        if not (found.editions or found.planned or self.entries(subject=key)):
            raise UnknownSubject(body)
        return found

    def dormant(self, months: int = 24) -> tuple[Dormant, ...]:
        """Return dialogues, networks and series that were at work and of which nothing was heard for that long.

        Args:
            months: how long, back from `today`.
        """
        bodies: list[Body] = [*self.dialogues.values(), *self.networks.values(), *self.series.values()]
        return dormant(bodies, self.happenings, self.today, months)

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


def _by_day(one: Happening) -> tuple[Any, ...]:
    return (one.earliest or one.latest, one.latest, one.said, one.event.rank, *one.identity)


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
