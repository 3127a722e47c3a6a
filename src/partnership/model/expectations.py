"""What is expected of a subject: planned dates, each of which is met, moved or overdue independently."""

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
    """One planned date.

    Attributes:
        planned: the date, as vague as the source is.
        since: the day from which this plan was known.
        claims: ids of the claims that say so.
    """

    planned: When
    since: date
    claims: tuple[str, ...]


_expectation: Callable[..., Expectation] = constructor(Expectation)


@frozen
class Outcome:
    """The range of days within which something planned took place.

    Attributes:
        earliest: the first possible day; None if nothing bounds it.
        latest: the last possible day.
    """

    earliest: date | None
    latest: date


@frozen
class PlannedState:
    """Base class for states of subjects that are planned for some date.

    A step of a `Lifecycle` with ``sets_plan``, ``cancels_plan`` or ``fulfils`` writes these fields; `View.overdue`,
    `View.upcoming` and the calendar read them.

    Attributes:
        subject: of the state, ``kind:slug``.
        expected: the planned dates of the current plan, including those that were met.
        previous_dates: dates that were planned earlier and no longer stand, oldest first.
        outcomes: when something planned took place. Empty for kinds whose status alone says that it did.
        disputed: names of the fields on which sources differ.
    """

    subject: str
    expected: tuple[Expectation, ...] = field(default=(), kw_only=True)
    previous_dates: tuple[When, ...] = field(default=(), kw_only=True)
    outcomes: tuple[Outcome, ...] = field(default=(), kw_only=True)
    disputed: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """The planned dates for which nothing has taken place yet.

        Override it where a status ends all plans: ``return () if self.status == "made" else super().outstanding``.
        """
        return outstanding(self.expected, self.outcomes)


S = TypeVar("S", bound=Any)  # an attrs class with `expected`, `previous_dates` and `disputed`


def replan(state: S, occurrence: Occurrence, name: str = "planned", *, moves: bool = False) -> S:
    """Return *state* with a newer plan, and with "expected" among the disputed fields if sources differ on it.

    A date of the new plan that repeats an expected one, or repeats it more vaguely ("December" after "15 December"),
    keeps the expected date, on the authority of both. Any other date refines the expected one that it overlaps. A plan
    that overlaps none of them replaces all that are outstanding, and a plan without a date (postponed, no new date)
    leaves none. An expected date becomes a previous one if a date that it does not cover replaces it and it is still
    outstanding: what has taken place was not moved.

    Args:
        state: the current state.
        occurrence: the newer plan.
        name: the field of its event that has the dates.
        moves: the event says that the dates are different ones, so a vaguer date does not repeat an expected one.
    """
    return replace(state, **with_new_plan(state, occurrence, name, moves=moves))


def with_new_plan(state: Any, occurrence: Occurrence, name: str = "planned", *, moves: bool = False) -> dict[str, Any]:  # noqa: ANN401  any state
    """Return the fields of *state* that `replan` changes, with their new values."""
    planned: When | None = getattr(occurrence.event, name, None)
    claims = occurrence.claims_for(name) if planned else ()
    new = {day: _expectation(day, occurrence.said, claims) for day in (planned.members if planned else ())}
    changes: dict[str, Any] = {}
    if state.expected:
        changes["expected"], changes["previous_dates"] = _moved(state, new, moves=moves)
    elif new:
        changes["expected"] = tuple(sorted(new.values(), key=_by_day) if len(new) > 1 else new.values())
    if name in occurrence.disputed:
        changes["disputed"] = tuple(sorted({*state.disputed, "expected"}))
    elif "expected" in state.disputed:
        changes["disputed"] = tuple(disputed for disputed in state.disputed if disputed != "expected")
    return changes


def _moved(
    state: Any,  # noqa: ANN401  any state
    new: dict[When, Expectation],
    *,
    moves: bool,
) -> tuple[tuple[Expectation, ...], tuple[When, ...]]:
    """Return the expectations and the previous dates after a newer plan."""
    repeated, remaining = _split_repeated(state.expected, new, moves=moves)
    if repeated and not new and len(repeated) == len(state.expected):
        return tuple(sorted(repeated, key=_by_day)), state.previous_dates
    open_days = {member.planned for member in outstanding(state.expected, getattr(state, "outcomes", ()))}
    previous_dates = list(state.previous_dates)
    for day in new:
        refined = next((old for old in remaining if day.maybe_overlaps(old.planned)), None)
        if refined:
            remaining.remove(refined)
            if refined.planned in open_days and not refined.planned.covers(day):
                previous_dates.append(refined.planned)
    if len(remaining) == len(state.expected):  # the new plan repeats and refines none of the old one
        previous_dates += [old.planned for old in remaining if old.planned in open_days]
        remaining = [old for old in remaining if old.planned not in open_days]
    return tuple(sorted((*repeated, *new.values(), *remaining), key=_by_day)), tuple(previous_dates)


def _by_day(expectation: Expectation) -> tuple[date, str]:
    return expectation.planned.earliest or date.min, expectation.planned.text


def _split_repeated(
    expected: Sequence[Expectation], new: dict[When, Expectation], *, moves: bool
) -> tuple[list[Expectation], list[Expectation]]:
    """Return the expectations that *new* repeats and those that it does not; remove the repeated ones from *new*."""
    remaining = {old.planned: old for old in expected}
    repeated = [_merged(remaining.pop(day), new.pop(day)) for day in tuple(new) if day in remaining]
    for vague in [day for day in new if not (moves or day.is_day)]:
        if finer := [day for day in remaining if vague.covers(day)]:
            newer = new.pop(vague)
            repeated += [_merged(remaining.pop(day), newer) for day in finer]
    return repeated, list(remaining.values())


def _merged(old: Expectation, new: Expectation) -> Expectation:
    return _expectation(old.planned, old.since, tuple(sorted({*old.claims, *new.claims})))


def outstanding(expected: Sequence[Expectation], outcomes: Sequence[Outcome]) -> tuple[Expectation, ...]:
    """Return the expectations that no outcome meets; each outcome meets at most one.

    An outcome meets the first expectation whose days it may fall into, or else the first that it may have come after
    (it was late). So a course held in 2022 leaves one planned for 2021 outstanding: no source says that it took place.
    """
    if not outcomes:
        return tuple(expected)
    remaining = list(expected)
    late = []
    for outcome in sorted(outcomes, key=lambda outcome: (outcome.latest, outcome.earliest or date.min)):
        for expectation in remaining:
            begins = expectation.planned.earliest or date.min
            ends = expectation.planned.latest or date.max
            if begins <= outcome.latest and (outcome.earliest or date.min) <= ends:
                remaining.remove(expectation)
                break
        else:
            late.append(outcome)
    for outcome in late:
        for expectation in remaining:
            if (expectation.planned.earliest or date.min) <= outcome.latest:
                remaining.remove(expectation)
                break
    return tuple(remaining)
