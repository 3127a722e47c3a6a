"""The calendar: what is to come, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import frozen

from partnership.model.expectations import Expectation
from partnership.model.value_text import value_in_words
from partnership.values.amounts import duration
from partnership.values.display import Displayable
from partnership.values.sources import Source
from partnership.values.when import When

__all__ = ["Calendar", "Moved", "PlannedItem", "moved", "overdue", "upcoming"]


@frozen(repr=False)
class PlannedItem(Displayable):
    """Something planned that is still open.

    Attributes:
        subject: what, ``kind:slug``.
        planned: when, as vaguely as it was said.
        title: its name, where it has one.
        since: the day from which this plan was known.
        previous_dates: days planned before and moved.
        sources: who said so.
        claims: ids of the claims that say so.
    """

    subject: str
    planned: When
    title: str | None
    since: date
    previous_dates: tuple[When, ...]
    sources: tuple[Source, ...]
    claims: tuple[str, ...]

    def _text(self) -> str:
        name = f" ({value_in_words(self.title)})" if self.title else ""
        said = "; ".join(map(str, self.sources))
        return f"{self.subject}{name}: planned {self.planned}, said by {said}"


@frozen(repr=False)
class Moved(Displayable):
    """Something that was planned for days which no longer stand, and that is neither come nor called off.

    Attributes:
        subject: what, ``kind:slug``.
        title: its name, where it has one.
        earlier: the days planned before, the first plan first.
        planned: the days planned now; none where it was put off and no new day is named.
    """

    subject: str
    title: str | None
    earlier: tuple[When, ...]
    planned: tuple[When, ...]

    def _text(self) -> str:
        name = f" ({value_in_words(self.title)})" if self.title else ""
        now = ", ".join(map(str, self.planned)) or "no day that anybody named"
        return f"{self.subject}{name}: planned {', then '.join(map(str, self.earlier))}, now {now}"


@frozen(repr=False)
class Calendar(Displayable):
    """What is planned, what is overdue, and what of both has moved; it answers the desk, private entries too.

    Attributes:
        planned: what is to come, the soonest first.
        overdue: what should have come by now and of which no outcome is known, the longest overdue first.
        moved: what was planned for other days before, by subject.
    """

    planned: tuple[PlannedItem, ...]
    overdue: tuple[PlannedItem, ...]
    moved: tuple[Moved, ...]

    def _text(self) -> str:
        told = (("planned", self.planned), ("overdue", self.overdue), ("moved", self.moved))
        return "\n".join(f"{name}: {one}" for name, each in told for one in each) or "nothing is planned"


def _open(states: Iterable[Any]) -> Iterable[tuple[Any, Expectation]]:
    for state in states:
        for one in getattr(state, "outstanding", ()):
            yield state, one


def overdue(states: Iterable[Any], today: date, grace: int) -> list[tuple[Any, Expectation]]:
    """Return what should have come by now: its latest day and the grace are past, and no outcome is known.

    A plan in doubt, "about June", is overdue one unit later, as every ``surely_`` has it.

    Derived, and distinct from cancelled: that nobody says what became of a plan proves nothing.

    Source: ``design.md`` 4, fold; ``domain.md`` 0, finding 4.

    Raises:
        InvalidValue: the grace is no number of days.
    """
    duration(grace, "days of grace")
    late = [
        (state, one)
        for state, one in _open(states)
        if grace < today.toordinal() and one.planned.surely_before(date.fromordinal(today.toordinal() - grace))
    ]
    return sorted(late, key=lambda each: (each[1].planned.latest, each[0].subject, each[1].planned.text))


def upcoming(states: Iterable[Any], today: date, horizon: date | None = None) -> list[tuple[Any, Expectation]]:
    """Return what is planned and whose latest day is not past, the soonest first.

    What may come by the end of the *horizon* is in: a plan for "2022" is on the calendar of any month of 2022.
    """
    ahead = [(state, one) for state, one in _open(states) if not one.planned.surely_before(today)]
    ahead = [(state, one) for state, one in ahead if not (horizon and one.planned.surely_after(horizon))]
    return sorted(ahead, key=lambda each: (each[1].planned.earliest or date.min, each[0].subject, each[1].planned.text))


def moved(states: Iterable[Any]) -> tuple[Moved, ...]:
    """Return what moved and is still to come, or was put off to no day: with all days planned before.

    Source: ``domain.md`` 2.10, calendar.
    """
    moved = [
        one
        for one in states
        if getattr(one, "previous_dates", ()) and (one.outstanding or getattr(one, "status", None) == "postponed")
    ]
    return tuple(
        Moved(
            one.subject,
            getattr(one, "title", None),
            one.previous_dates,
            tuple(each.planned for each in one.outstanding),
        )
        for one in sorted(moved, key=lambda one: str(one.subject))
    )
