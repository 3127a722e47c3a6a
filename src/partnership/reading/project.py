"""Up to the day, and fold: the states of a projection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Generic, TypeVar

from attrs import frozen

from partnership.model.happening import Finding, Happening
from partnership.model.projection import Projection
from partnership.reading.order import in_order

__all__ = ["Folded", "fold", "is_over", "may_be_over"]

S = TypeVar("S")


def is_over(happening: Happening, day: date | None) -> bool:
    """Tell whether it had surely happened, or begun if it lasts, by the end of a day; on no day everything has."""
    return day is None or happening.begun <= day


def may_be_over(happening: Happening, day: date | None) -> bool:
    """Tell whether it may have happened by the end of a day, but not surely."""
    return day is not None and (happening.earliest or date.min) <= day < happening.begun


@frozen(eq=False)
class Folded(Generic[S]):
    """The state of one key, and how it came about.

    Attributes:
        state: the last one.
        happenings: those that led to it, in their order.
    """

    state: S
    happenings: tuple[Happening, ...]


def fold(projection: Projection[S], happenings: Iterable[Happening], day: date | None) -> dict[str, Folded[S]]:
    """Return the states of a projection by key, up to the end of a day."""
    by_key: dict[str, list[Happening]] = defaultdict(list)
    for one in happenings:
        for key in projection.keys(one):
            by_key[key].append(one)
    folded: dict[str, Folded[S]] = {}
    for key, own in sorted(by_key.items()):
        led = tuple(one for one in in_order(own) if is_over(one, day))
        if led:
            folded[key] = Folded(_state(projection, key, led), led)
    return folded


def _state(projection: Projection[S], key: str, happenings: Sequence[Happening]) -> S:
    state = projection.initial(key)
    for one in happenings:
        state = projection.evolve(state, one)
    return state


def found(projection: Projection[S], folded: Mapping[str, Folded[S]]) -> Iterable[Finding]:
    """Return what the projection's rules find."""
    for one in folded.values():
        yield from projection.rules(one.state, one.happenings)
