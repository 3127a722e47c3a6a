"""The calendar: what is planned, what is overdue, and which plans have moved."""

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
    """A plan that is neither carried out nor cancelled.

    Attributes:
        subject: the subject, ``kind:slug``.
        planned: the planned date, as vague as the sources are.
        title: the title, or the wording, of the subject; None if it has neither.
        since: the day from which this plan was known.
        previous_dates: dates that were planned before.
        sources: the documents that say so.
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
        sources = "; ".join(map(str, self.sources))
        return f"{self.subject}{_in_parentheses(self.title)}: planned {self.planned}, said by {sources}"


@frozen(repr=False)
class Moved(Displayable):
    """A plan that was moved, and is neither carried out nor cancelled.

    Attributes:
        subject: the subject, ``kind:slug``.
        title: the title of the subject; None if it has none.
        earlier: dates that were planned before, the first plan first.
        planned: the dates that are planned now; empty where it was postponed without a new date.
    """

    subject: str
    title: str | None
    earlier: tuple[When, ...]
    planned: tuple[When, ...]

    def _text(self) -> str:
        earlier = ", then ".join(map(str, self.earlier))
        now = ", ".join(map(str, self.planned)) or "without a date"
        return f"{self.subject}{_in_parentheses(self.title)}: planned {earlier}, now {now}"


def _in_parentheses(title: str | None) -> str:
    return f" ({value_in_words(title)})" if title else ""


@frozen(repr=False)
class Calendar(Displayable):
    """What is planned, what is overdue, and which plans have moved. It includes private entries.

    Attributes:
        planned: plans whose last day is not past, the earliest first.
        overdue: plans whose last day is past and without a known outcome, the longest overdue first.
        moved: plans with other dates before, by subject.
    """

    planned: tuple[PlannedItem, ...]
    overdue: tuple[PlannedItem, ...]
    moved: tuple[Moved, ...]

    def _text(self) -> str:
        parts = (("planned", self.planned), ("overdue", self.overdue), ("moved", self.moved))
        return "\n".join(f"{name}: {item}" for name, items in parts for item in items) or "nothing is planned"


def _outstanding(states: Iterable[Any]) -> Iterable[tuple[Any, Expectation]]:
    for state in states:
        for plan in getattr(state, "outstanding", ()):
            yield state, plan


def overdue(states: Iterable[Any], today: date, grace: int) -> list[tuple[Any, Expectation]]:
    """Return the overdue plans, each after its state: the longest overdue first.

    An approximate date, "about June", is overdue one unit later, when July is past. Overdue is not cancelled: that
    no source reports an outcome proves nothing.

    Args:
        states: states of any kinds.
        today: the day to compare with.
        grace: number of days after the last planned day on which a plan is not overdue yet.

    Raises:
        InvalidValue: the grace is not a number of days.
    """
    duration(grace, "days of grace")
    if grace >= today.toordinal():
        return []
    limit = date.fromordinal(today.toordinal() - grace)
    late = [(state, plan) for state, plan in _outstanding(states) if plan.planned.surely_before(limit)]
    return sorted(late, key=lambda pair: (pair[1].planned.latest, pair[0].subject, pair[1].planned.text))


def upcoming(states: Iterable[Any], today: date, horizon: date | None = None) -> list[tuple[Any, Expectation]]:
    """Return the plans whose last day is not past, each after its state: the earliest first.

    Args:
        states: states of any kinds.
        today: the day to compare with.
        horizon: only what may happen by the end of this day; a plan for "2022" may happen in any month of 2022.
    """
    ahead = [
        (state, plan)
        for state, plan in _outstanding(states)
        if not plan.planned.surely_before(today) and not (horizon and plan.planned.surely_after(horizon))
    ]
    return sorted(ahead, key=lambda pair: (pair[1].planned.earliest or date.min, pair[0].subject, pair[1].planned.text))


def moved(states: Iterable[Any]) -> tuple[Moved, ...]:
    """Return the plans that were moved and are outstanding, or were postponed without a new date, by subject."""
    moved_states = [
        state
        for state in states
        if getattr(state, "previous_dates", ()) and (state.outstanding or getattr(state, "status", None) == "postponed")
    ]
    return tuple(
        Moved(
            subject=state.subject,
            title=getattr(state, "title", None),
            earlier=state.previous_dates,
            planned=tuple(plan.planned for plan in state.outstanding),
        )
        for state in sorted(moved_states, key=lambda state: str(state.subject))
    )
