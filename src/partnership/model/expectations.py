"""What is expected of a subject: planned days, each met, slipped or overdue by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol, TypeVar

import attrs
from attrs import frozen

from partnership.model.happening import Happening
from partnership.values.when import When

__all__ = ["Expectation", "Expecting", "Outcome", "replan", "unmet"]


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


class Expecting(Protocol):
    """A state that expects something."""

    @property
    def expected(self) -> tuple[Expectation, ...]:
        """What is planned now."""

    @property
    def slips(self) -> tuple[When, ...]:
        """What was planned before and moved."""

    @property
    def unmet(self) -> tuple[Expectation, ...]:
        """What is planned now and still open."""


S = TypeVar("S", bound=Any)  # an attrs class that is Expecting; attrs.evolve gives no narrower type


def replan(state: S, happening: Happening, name: str = "planned") -> S:
    """Return *state* with the newer plan in the event's field *name*, and whether sources differ on it.

    Each member of the plan refines the open member that it meets (moves within its days); a plan that meets none
    replaces them all, and a plan without a day (postponed, no new day) leaves nothing to expect. What was replaced
    by days that it does not cover has slipped.
    """
    planned: When | None = getattr(happening.event, name)
    members = planned.members if planned else ()
    new = [Expectation(one, happening.said, happening.claims_for(name)) for one in members]
    kept = list(state.expected)
    slips = list(state.slips)
    refined = [_refine(kept, one, slips) for one in new]
    if not any(refined):
        slips += [one.planned for one in kept]
        kept = []
    kept += [one for one, done in zip(new, refined, strict=True) if not done]
    ordered = sorted(kept, key=lambda one: (one.planned.earliest or date.min, one.planned.text))
    disputed = {*state.disputed} - {"expected"} | ({"expected"} if name in happening.disputed else set())
    return attrs.evolve(
        state, expected=tuple(ordered), slips=tuple(slips), disputed=tuple(sorted(disputed))
    )


def _refine(kept: list[Expectation], new: Expectation, slips: list[When]) -> bool:
    for place, old in enumerate(kept):
        if old.planned == new.planned:  # said once more: known since the first time, on the word of both
            kept[place] = attrs.evolve(old, claims=tuple(sorted({*old.claims, *new.claims})))
            return True
    for place, old in enumerate(kept):
        if new.planned.maybe_overlaps(old.planned):
            if not old.planned.covers(new.planned):
                slips.append(old.planned)
            kept[place] = new
            return True
    return False


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
