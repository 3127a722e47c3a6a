"""The calendar: what is to come, and what is overdue."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import frozen

from partnership.model.expectations import Expectation
from partnership.values.sources import Source
from partnership.values.when import When

__all__ = ["Expected", "overdue", "upcoming"]


@frozen
class Expected:
    """Something planned that is still open.

    Attributes:
        subject: what, ``kind:slug``.
        planned: when, as vaguely as it was said.
        title: its name, where it has one.
        since: the day from which this plan was known.
        slips: days planned before and moved.
        sources: who said so.
        claims: ids of the claims that say so.
    """

    subject: str
    planned: When
    title: str | None
    since: date
    slips: tuple[When, ...]
    sources: tuple[Source, ...]
    claims: tuple[str, ...]

    def __str__(self) -> str:
        name = f" ({self.title})" if self.title else ""
        said = "; ".join(map(str, self.sources))
        return f"{self.subject}{name}: planned {self.planned}, said by {said}"


def _open(states: Iterable[Any]) -> Iterable[tuple[Any, Expectation]]:
    for state in states:
        for one in getattr(state, "unmet", ()):
            yield state, one


def overdue(states: Iterable[Any], today: date, grace: int) -> list[tuple[Any, Expectation]]:
    """Return what should have come by now: its latest day and the grace are past, and no outcome is known.

    A plan in doubt, "about June", is overdue one unit later, as every ``surely_`` has it.

    Derived, and distinct from cancelled: that nobody says what became of a plan proves nothing.

    Source: ``design.md`` 4, fold; ``domain.md`` 0, finding 4.
    """
    late = [
        (state, one)
        for state, one in _open(states)
        if grace < today.toordinal() and one.planned.surely_before(date.fromordinal(today.toordinal() - grace))
    ]
    return sorted(late, key=lambda each: (each[1].planned.latest, each[0].subject, each[1].planned.text))


def upcoming(states: Iterable[Any], today: date) -> list[tuple[Any, Expectation]]:
    """Return what is planned and whose latest day is not past, the soonest first."""
    ahead = [(state, one) for state, one in _open(states) if not one.planned.surely_before(today)]
    return sorted(ahead, key=lambda each: (each[1].planned.earliest or date.min, each[0].subject, each[1].planned.text))
