"""What is expected of a subject: planned days, each met, slipped or overdue by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

import attrs
from attrs import frozen

from partnership.model.happening import Happening
from partnership.values.when import When

__all__ = ["Expectation", "Outcome", "replan", "unmet"]


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


@frozen
class Outcome:
    """The days between which an outcome came.

    Attributes:
        earliest: the first day on which it may have come; None where nothing bounds it.
        latest: the last one.
    """

    earliest: date | None
    latest: date


S = TypeVar("S", bound=Any)  # an attrs class with `expected` and `slips`; attrs.evolve gives no narrower type


def replan(state: S, happening: Happening, name: str = "planned") -> S:
    """Return *state* with the newer plan in the event's field *name*, and whether sources differ on it.

    Each member of the plan refines the member that it meets (moves within its days); a plan that meets none replaces
    all that are still open, and a plan without a day (postponed, no new day) leaves nothing open. What was replaced
    by days that it does not cover has slipped; what has come has not.
    """
    planned: When | None = getattr(happening.event, name)
    claims = happening.claims_for(name)
    new = {one: Expectation(one, happening.said, claims) for one in (planned.members if planned else ())}
    old = {one.planned: one for one in state.expected}
    again = [_said_again(old.pop(one), new.pop(one)) for one in [*new] if one in old]
    left, slips = list(old.values()), list(state.slips)
    for one in new:
        met = next((each for each in left if one.maybe_overlaps(each.planned)), None)
        if met:
            left.remove(met)
            slips += [] if met.planned.covers(one) else [met.planned]
    if len(left) == len(state.expected):  # it meets none; what has come is past moving
        moved = unmet(left, getattr(state, "outcomes", ()))
        slips += [one.planned for one in moved]
        left = [one for one in left if one not in moved]
    expected = [*again, *new.values(), *left]
    expected.sort(key=lambda one: (one.planned.earliest or date.min, one.planned.text))
    disputed = {*state.disputed} - {"expected"} | ({"expected"} if name in happening.disputed else set())
    return attrs.evolve(state, expected=tuple(expected), slips=tuple(slips), disputed=tuple(sorted(disputed)))


def _said_again(old: Expectation, new: Expectation) -> Expectation:
    """Return what is known since the first time, on the word of both."""
    return attrs.evolve(old, claims=tuple(sorted({*old.claims, *new.claims})))


def unmet(expected: Sequence[Expectation], outcomes: Sequence[Outcome]) -> tuple[Expectation, ...]:
    """Return what is still open: every outcome meets one member at the most.

    An outcome first meets a member within whose days it may lie, then one that it may have come after (it was late).
    So a course of 2022 alone leaves the one planned for 2021 open: nobody said that it took place.
    """
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
