"""What is expected of a subject: planned dates, each of which is met, moved or overdue independently."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, ClassVar, TypeVar

from attrs import field

from partnership._frozen import frozen
from partnership.model.construct import constructor, replace
from partnership.model.occurrence import Occurrence
from partnership.model.plan_words import PLAN_WORDS, Force
from partnership.values.when import When


@frozen
class Expectation:
    """One planned date.

    Attributes:
        planned: the date, as vague as the source is.
        since: the day from which this plan was known.
        claims: ids of the claims that say so.
        act: the planned act, where several acts may be planned for one subject; None where there is only one, or no
            source says which.
        by: the parties that are to act, where each party acts by itself.
        previous_dates: dates that were planned before for the same act, where several acts may be planned for one
            subject; None where there is only one, whose previous dates are those of the state.
        timing: the date in the source's words, if it gives them.
        force: how strongly the source puts the plan; None if it simply plans it.
        detail: what tells plans of one act apart: the institution that is to act, or the part that the act is of.
    """

    planned: When
    since: date
    claims: tuple[str, ...]
    act: str | None = None
    by: tuple[str, ...] = ()
    previous_dates: tuple[When, ...] | None = None
    timing: str | None = None
    force: Force | None = None
    detail: str | None = None


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
        timing: the date of the newest plan in its source's words.
        is_undated: whether the source of the newest plan says that no date is set.
        force: how strongly the source of the newest plan puts it; None if it simply plans it.
        disputed: names of the fields on which sources differ.

    Class variables:
        is_context: whether what is planned is owed by no party: an election, an anniversary. It is never overdue.
        owed: planned acts that a party owes all the same, so that they may be overdue.
        owed_by: fields of the state with the parties that are to carry out a plan; the first of them that has any
            counts. Other fields have parties that need not act, such as those to a document, or the side that
            postponed something.
    """

    is_context: ClassVar[bool] = False
    owed: ClassVar[tuple[str, ...]] = ()
    owed_by: ClassVar[tuple[str, ...]] = ("host", "co_hosts")

    subject: str
    expected: tuple[Expectation, ...] = field(default=(), kw_only=True)
    previous_dates: tuple[When, ...] = field(default=(), kw_only=True)
    outcomes: tuple[Outcome, ...] = field(default=(), kw_only=True)
    timing: str | None = field(default=None, kw_only=True)
    is_undated: bool | None = field(default=None, kw_only=True)
    force: Force | None = field(default=None, kw_only=True)
    disputed: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """The planned dates for which nothing has taken place yet.

        Override it where a status ends all plans: ``return () if self.status == "made" else super().outstanding``.
        """
        return outstanding(self.expected, self.outcomes)

    def parties_owing(self, plan: Expectation) -> tuple[str, ...]:
        """Return the parties that sources name as those that are to carry out a plan; none if they name none.

        They are those that the plan itself names, or else those in the fields of `owed_by`. Override it where that
        does not say enough.

        Args:
            plan: the plan; if no source gives a date, its `planned` is None.
        """
        return plan.by or first_parties(self, self.owed_by)


def first_parties(state: object, names: Iterable[str]) -> tuple[str, ...]:
    """Return the parties in the first of some fields of a state that has any."""
    found = next(filter(None, (getattr(state, name, None) for name in names)), ())
    return (found,) if isinstance(found, str) else tuple(found)


def is_another_day(on: When | None, planned: Sequence[When]) -> bool:
    """Tell whether something surely took place on none of some planned days; without any, it is not known to have."""
    return bool(on and planned) and not any(on.maybe_overlaps(day) for day in planned)  # type: ignore[union-attr]


def came_on_another_day(state: PlannedState, on: When | None) -> bool:
    """Tell whether a day is surely none of those for which something is planned, or was planned before if none stands.

    What was arranged for those days says nothing of it then.
    """
    return is_another_day(on, [plan.planned for plan in state.expected] or state.previous_dates)


def without_planned(occurrence: Occurrence, names: Iterable[str]) -> Occurrence:
    """Return a plan without some fields, which say nothing of what took place."""
    event: Any = occurrence.event
    given = {name: value for name in names if (value := getattr(event, name, None)) is not None}
    emptied = {name: () if isinstance(value, tuple) else None for name, value in given.items()}
    return replace(occurrence, event=replace(event, **emptied))


def is_among(plan: Expectation, expected: Iterable[Expectation | None]) -> bool:
    """Tell whether a plan is one of those of a row of a state, which has the previous dates elsewhere."""
    return any(own and (own.planned, own.claims) == (plan.planned, plan.claims) for own in expected)


S = TypeVar("S", bound=Any)  # an attrs class with `expected`, `previous_dates` and `disputed`


def replan(state: S, occurrence: Occurrence, name: str = "planned", *, moves: bool = False) -> S:
    """Return *state* with a newer plan, and with "expected" among the disputed fields if sources differ on it.

    A date of the new plan restates an expected one if it is equal, or if it is coarser ("December" after "15 December")
    and the older day may still have been to come when the newer plan was said; the expected date then stays, on the
    authority of both. Once its day is past, a vaguer date is another date: a meeting planned for July that is planned
    for "2025" in August comes later. An open bound ("by 31 October" after "by 31 July") always is another date.

    Any other date takes the place of the expected one that it overlaps. A plan that overlaps none of them replaces all
    that are outstanding, and a plan without a date (postponed, no new date) leaves none. The replaced date becomes a
    previous one if it is still outstanding, since what has taken place was not moved, and if the newer date is not
    finer: "15 December" only makes "December" more precise, and "on 15 December" makes "by the end of the year" so.

    A plan whose source says that no date is set (``is_undated``) says that the dates are different ones.

    A date that was surely past when the plan was said is history: beside a date that is still to come, which it does
    not make more precise, it becomes a previous one and replaces nothing. Reports often repeat the first date of what
    was moved long ago.

    Args:
        state: the current state.
        occurrence: the newer plan.
        name: the field of its event that has the dates.
        moves: the event says that the dates are different ones, so a vaguer date does not repeat an expected one.
    """
    return replace(state, **with_new_plan(state, occurrence, name, moves=moves))


def replan_act(state: S, occurrence: Occurrence, act: str) -> S:
    """Return *state* with a newer plan of one act, as `replan` does; the plans of other acts stay as they are.

    A plan without a date changes nothing, unless its source says that no date is set.

    Args:
        state: the current state.
        occurrence: the newer plan; its event has ``planned`` and ``is_undated``.
        act: the planned act, for which the state keeps previous dates of its own.
    """
    event: Any = occurrence.event
    if event.planned is None and event.is_undated is not True:
        return state
    own = tuple(plan for plan in state.expected if plan.act == act)
    others = tuple(plan for plan in state.expected if plan.act != act)
    earlier = next((plan.previous_dates for plan in own if plan.previous_dates), ())
    part = replan(replace(state, expected=own, previous_dates=earlier), occurrence)
    new = [replace(plan, act=act, previous_dates=part.previous_dates) for plan in part.expected]
    disputed = {*part.disputed} | ({"expected"} & {*state.disputed} if others else set())
    return replace(state, expected=tuple(sorted((*others, *new), key=_by_day)), disputed=tuple(sorted(disputed)))


def date_in_force(state: Any, planned: When, before: When | None) -> When:  # noqa: ANN401  any state
    """Return the date of a plan as a state should show it: *before* if *planned* only restates it.

    Args:
        state: the state after the plan.
        planned: the date of the plan.
        before: the date that the state showed until then.
    """
    expected = {expectation.planned for expectation in state.expected}
    is_restated = before and expected.isdisjoint(planned.members) and not expected.isdisjoint(before.members)
    return before if before and is_restated else planned


def with_new_plan(state: Any, occurrence: Occurrence, name: str = "planned", *, moves: bool = False) -> dict[str, Any]:  # noqa: ANN401  any state
    """Return the fields of *state* that `replan` changes, with their new values."""
    event, expected = occurrence.event, state.expected
    planned: When | None = getattr(event, name, None)
    new: dict[When, Expectation] = {}
    if planned:
        timing, force = getattr(event, "timing", None), getattr(event, "force", None)
        claims = occurrence.claims_for(name)
        for day in planned.members:
            new[day] = _expectation(day, occurrence.said, claims, None, (), None, timing, force, None)
    changes: dict[str, Any] = {}
    if len(expected) == len(new) == 1 and (old := expected[0]).planned in new:  # most plans restate the last one
        changes["expected"] = (_merged(old, new[old.planned]),)
        changes["previous_dates"] = _without(expected, state.previous_dates)
    elif expected:
        moves = moves or getattr(event, "is_undated", None) is True
        said = When(occurrence.earliest or date.min)
        changes["expected"], changes["previous_dates"] = _moved(state, new, said, moves=moves)
    elif new:
        changes["expected"] = tuple(sorted(new.values(), key=_by_day))
        changes["previous_dates"] = _without(new.values(), state.previous_dates)
    if name in occurrence.disputed:
        changes["disputed"] = tuple(sorted({*state.disputed, "expected"}))
    elif "expected" in state.disputed:
        changes["disputed"] = tuple(disputed for disputed in state.disputed if disputed != "expected")
    return changes


def _moved(
    state: Any,  # noqa: ANN401  any state
    new: dict[When, Expectation],
    said: When,
    *,
    moves: bool,
) -> tuple[tuple[Expectation, ...], tuple[When, ...]]:
    """Return the expectations and the previous dates after a newer plan.

    Args:
        state: the state before.
        new: the newer plan; what it restates is removed.
        said: the first day on which the newer plan may have been said.
        moves: its dates are different ones even where they are coarser.
    """
    open_days = {member.planned for member in outstanding(state.expected, getattr(state, "outcomes", ()))}
    history = [
        day for day in new if day.surely_before(said) and not any(day.maybe_overlaps(other) for other in open_days)
    ]
    if not history or all(day.surely_before(said) for day in open_days):
        history = []
    elif len(history) == len(new):
        return state.expected, _without(state.expected, state.previous_dates, history)
    for day in history:
        del new[day]
    repeated, remaining = _split_repeated(state.expected, new, None if moves else said)
    if repeated and not new and len(repeated) == len(state.expected):
        return tuple(sorted(repeated, key=_by_day)), _without(repeated, state.previous_dates, history)
    for day in new:
        refined = next((old for old in remaining if day.maybe_overlaps(old.planned)), None)
        if refined:
            remaining.remove(refined)
            if refined.planned in open_days and not (refined.planned.covers(day) and not _is_open(day)):
                history.append(refined.planned)
    if len(remaining) == len(state.expected):  # the new plan repeats and refines none of the old one
        history += [old.planned for old in remaining if old.planned in open_days]
        remaining = [old for old in remaining if old.planned not in open_days]
    expected = tuple(sorted((*repeated, *new.values(), *remaining), key=_by_day))
    return expected, _without(expected, state.previous_dates, history)


_recent: dict[int, tuple[tuple[When, ...], dict[When, None]]] = {}
"""Tuples of previous dates that were returned not long ago, by their id, with the same dates as keys.

So the work of a plan does not grow with the number of dates before it. Who takes the keys removes them first, since it
changes them.
"""
_MOST_RECENT = 64


def _without(
    expected: Iterable[Expectation], previous_dates: tuple[When, ...], added: Iterable[When] = ()
) -> tuple[When, ...]:
    """Return previous dates and others, each once, without those that are expected again."""
    if not (previous_dates or added):
        return ()
    _, keys = _recent.pop(id(previous_dates), (None, None))
    keys = dict.fromkeys(previous_dates) if keys is None else keys
    keys |= dict.fromkeys(added)
    for expectation in expected:
        keys.pop(expectation.planned, None)
    if len(_recent) >= _MOST_RECENT:
        _recent.clear()
    dates = tuple(keys)
    _recent[id(dates)] = dates, keys
    return dates


def without_met(previous_dates: Sequence[When], outcome: Outcome) -> tuple[When, ...]:
    """Return the previous dates without those on which the planned thing then took place: they were kept after all."""
    return tuple(
        day
        for day in previous_dates
        if outcome.earliest is None
        or outcome.earliest < (day.earliest or date.min)
        or outcome.latest > (day.latest or date.max)
    )


def without_plan_words(state: S) -> S:
    """Return a state without the words that qualified its last plan, because a newer one takes its place."""
    disputed = tuple(name for name in state.disputed if name not in PLAN_WORDS)
    return replace(state, **dict.fromkeys(PLAN_WORDS), disputed=disputed)


def _by_day(expectation: Expectation) -> tuple[date, str]:
    return expectation.planned.earliest or date.min, expectation.planned.text


def _split_repeated(
    expected: Sequence[Expectation], new: dict[When, Expectation], said: When | None
) -> tuple[list[Expectation], list[Expectation]]:
    """Return the expectations that *new* restates and those that it does not; remove the restating ones from *new*.

    Args:
        expected: the expectations before.
        new: the newer plan.
        said: the first day on which the newer plan may have been said; None if its dates are different ones even where
            they are coarser.
    """
    remaining = {old.planned: old for old in expected}
    repeated = [_merged(remaining.pop(day), new.pop(day)) for day in tuple(new) if day in remaining]
    for day in tuple(new):
        if restated := [old for old in remaining if _restates(day, old, said)]:
            newer = new.pop(day)
            repeated += [_merged(remaining.pop(old), newer) for old in restated]
    return repeated, list(remaining.values())


def _restates(new: When, old: When, said: When | None) -> bool:
    """Tell whether a planned date repeats an older one in other words, or more vaguely before the older day is past."""
    if not new.covers(old):
        return False
    is_vaguer = said is not None and not _is_open(new) and not old.surely_before(said)
    return is_vaguer or old.covers(new)


def _is_open(day: When) -> bool:
    return day.earliest is None or day.latest is None


def _merged(old: Expectation, new: Expectation) -> Expectation:
    """Return an expectation that a newer plan restates; one that repeats its date replaces what qualified it."""
    is_repeated = old.planned == new.planned
    return replace(
        old,
        claims=tuple(sorted({*old.claims, *new.claims})),
        timing=new.timing if is_repeated else new.timing or old.timing,
        force=new.force if is_repeated else new.force or old.force,
    )


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
