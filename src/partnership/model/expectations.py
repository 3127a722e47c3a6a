"""What is expected of a subject: planned days, each met, moved or overdue by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from attrs import field, frozen

from partnership.model.construct import constructor, replace
from partnership.model.occurrence import Occurrence
from partnership.values.when import When

__all__ = ["Expectation", "Outcome", "PlannedState", "outstanding", "replan", "with_new_plan"]


@frozen
class Expectation:
    """One day, as vague as it was said, on which something is to come.

    Attributes:
        planned: when.
        since: the day from which this plan was known.
        claims: ids of the claims that say so.
    """

    planned: When
    since: date
    claims: tuple[str, ...]


_expectation: Callable[..., Expectation] = constructor(Expectation)


@frozen
class Outcome:
    """The days between which an outcome came.

    Attributes:
        earliest: the first day on which it may have come; None where nothing bounds it.
        latest: the last one.
    """

    earliest: date | None
    latest: date


@frozen
class PlannedState:
    """The state of a subject that is planned for some day: the base class of every state that plans.

    A step of a `Lifecycle` with ``sets_plan``, ``cancels_plan`` or ``fulfils`` writes these fields. They are what
    `View.overdue`, `View.upcoming` and the calendar read.

    Attributes:
        subject: which, ``kind:slug``.
        expected: the days planned now, met ones included.
        previous_dates: the days planned before that no longer stand, oldest first.
        outcomes: when something that was planned took place, one range of days each. Empty for kinds whose status
            alone says so.
        disputed: names of the fields on which sources differ.
    """

    subject: str
    expected: tuple[Expectation, ...] = field(default=(), kw_only=True)
    previous_dates: tuple[When, ...] = field(default=(), kw_only=True)
    outcomes: tuple[Outcome, ...] = field(default=(), kw_only=True)
    disputed: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """The planned days for which nothing has taken place yet.

        Override it where a status ends all plans: ``return () if self.status == "made" else super().outstanding``.
        """
        return outstanding(self.expected, self.outcomes)


S = TypeVar("S", bound=Any)  # an attrs class with `expected` and `previous_dates`; attrs.evolve gives no narrower type


def replan(state: S, occurrence: Occurrence, name: str = "planned", *, moves: bool = False) -> S:
    """Return *state* with the newer plan in the event's field *name*, and whether sources differ on it.

    A member of the plan that says a day again, or says it more vaguely ("December" after "15 December"), leaves that
    day expected, on the word of both. Any other refines the member that it meets (moves within its days); a plan that
    meets none replaces all that are still open, and a plan without a day (postponed, no new day) leaves nothing open.
    What was replaced by days that it does not cover has moved; what has come has not.

    Args:
        state: before.
        occurrence: the newer plan.
        name: the field of its event that has the days.
        moves: the plan says that the days are others, so that a vaguer one is none said again.
    """
    return replace(state, **with_new_plan(state, occurrence, name, moves=moves))


def with_new_plan(state: Any, occurrence: Occurrence, name: str = "planned", *, moves: bool = False) -> dict[str, Any]:  # noqa: ANN401  any state
    """Return what a newer plan changes in a state, as `replan` does: its expectations, previous_dates and disputes."""
    planned: When | None = getattr(occurrence.event, name, None)
    claims = occurrence.claims_for(name) if planned else ()
    new = {one: _expectation(one, occurrence.said, claims) for one in (planned.members if planned else ())}
    changes: dict[str, Any] = {}
    if state.expected:
        changes["expected"], changes["previous_dates"] = _moved(state, new, moves=moves)
    elif new:
        changes["expected"] = tuple(sorted(new.values(), key=_by_day) if len(new) > 1 else new.values())
    if name in occurrence.disputed:
        changes["disputed"] = tuple(sorted({*state.disputed, "expected"}))
    elif "expected" in state.disputed:
        changes["disputed"] = tuple(one for one in state.disputed if one != "expected")
    return changes


def _moved(
    state: Any,  # noqa: ANN401  any state
    new: dict[When, Expectation],
    *,
    moves: bool,
) -> tuple[tuple[Expectation, ...], tuple[When, ...]]:
    """Return what is expected after a newer plan, and what has moved."""
    again, left = _said_again(state.expected, new, moves=moves)
    if again and not new and len(again) == len(state.expected):
        return tuple(sorted(again, key=_by_day)), state.previous_dates
    still_open = {one.planned for one in outstanding(state.expected, getattr(state, "outcomes", ()))}
    previous_dates = list(state.previous_dates)
    for one in new:
        met = next((each for each in left if one.maybe_overlaps(each.planned)), None)
        if met:
            left.remove(met)
            previous_dates += [met.planned] if met.planned in still_open and not met.planned.covers(one) else []
    if len(left) == len(state.expected):  # it meets none; what has come is past moving
        previous_dates += [one.planned for one in left if one.planned in still_open]
        left = [one for one in left if one.planned not in still_open]
    return tuple(sorted((*again, *new.values(), *left), key=_by_day)), tuple(previous_dates)


def _by_day(one: Expectation) -> tuple[date, str]:
    return one.planned.earliest or date.min, one.planned.text


def _said_again(
    expected: Sequence[Expectation], new: dict[When, Expectation], *, moves: bool
) -> tuple[list[Expectation], list[Expectation]]:
    """Return what *new* says again, known since the first time, and what it does not; take the former out of *new*."""
    left = {one.planned: one for one in expected}
    again = [_on_both(left.pop(day), new.pop(day)) for day in tuple(new) if day in left]
    for one in [day for day in new if not (moves or day.is_day)]:
        if finer := [day for day in left if one.covers(day)]:
            vaguer = new.pop(one)
            again += [_on_both(left.pop(day), vaguer) for day in finer]
    return again, list(left.values())


def _on_both(old: Expectation, new: Expectation) -> Expectation:
    return _expectation(old.planned, old.since, tuple(sorted({*old.claims, *new.claims})))


def outstanding(expected: Sequence[Expectation], outcomes: Sequence[Outcome]) -> tuple[Expectation, ...]:
    """Return what is still open: every outcome meets one member at the most.

    An outcome first meets a member within whose days it may lie, then one that it may have come after (it was late).
    So a course of 2022 alone leaves the one planned for 2021 open: nobody said that it took place.
    """
    if not outcomes:
        return tuple(expected)
    open_members = list(expected)
    late = []
    for outcome in sorted(outcomes, key=lambda one: (one.latest, one.earliest or date.min)):
        for one in open_members:
            begins = one.planned.earliest or date.min
            ends = one.planned.latest or date.max
            if begins <= outcome.latest and (outcome.earliest or date.min) <= ends:
                open_members.remove(one)
                break
        else:
            late.append(outcome)
    for outcome in late:
        for one in open_members:
            if (one.planned.earliest or date.min) <= outcome.latest:
                open_members.remove(one)
                break
    return tuple(open_members)
