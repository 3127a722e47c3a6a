"""Up to the day, and fold: the states of a projection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Generic, TypeVar

from attrs import define, frozen

from partnership.model.happening import Finding, Happening
from partnership.model.projection import Projection
from partnership.reading.order import in_order

__all__ = ["Folded", "Unfolded", "fold", "is_over", "may_be_over"]

S = TypeVar("S")


def is_over(happening: Happening, day: date | None) -> bool:
    """Tell whether it had surely happened, or begun if it lasts, by the end of a day; on no day everything has."""
    return day is None or happening.begun <= day


def may_be_over(happening: Happening, day: date | None) -> bool:
    """Tell whether it may have happened by the end of a day, but not surely."""
    return day is not None and (happening.earliest or date.min) <= day < happening.begun


@define(eq=False, weakref_slot=False)
class Folded(Generic[S]):
    """The state of one key, and how it came about.

    Attributes:
        state: the last one.
        happenings: those that led to it, in their order.
    """

    state: S
    happenings: tuple[Happening, ...]
    _found: tuple[Finding, ...] | None = None  # what the rules find, once they were asked

    def findings(self, projection: Projection[S]) -> tuple[Finding, ...]:
        """Return what the projection's rules find."""
        if self._found is None:
            self._found = tuple(projection.rules(self.state, self.happenings))
        return self._found

    def is_of(self, happenings: Sequence[Happening]) -> bool:
        """Tell whether just these led to it."""
        return len(self.happenings) == len(happenings) and {*self.happenings} == {*happenings}

    def up_to(self, projection: Projection[S], key: str, day: date | None) -> Folded[S] | None:
        """Return the state at the end of a day; None where nothing had surely happened by then."""
        led = self.happenings if day is None else tuple([one for one in self.happenings if one.begun <= day])
        if len(led) == len(self.happenings):
            return self
        return Folded(_state(projection, key, led), led) if led else None


@frozen(eq=False)
class Unfolded(Mapping[str, S]):
    """States by key, without what led to them."""

    _folds: Mapping[str, Folded[S]]

    def __getitem__(self, key: str) -> S:
        return self._folds[key].state

    def __iter__(self) -> Iterator[str]:
        return iter(self._folds)

    def __len__(self) -> int:
        return len(self._folds)


def fold(projection: Projection[S], key: str, happenings: Sequence[Happening]) -> Folded[S]:
    """Return the state to which happenings lead, in whatever order they are given."""
    led = tuple(in_order(happenings))
    return Folded(_state(projection, key, led), led)


def _state(projection: Projection[S], key: str, happenings: Sequence[Happening]) -> S:
    state = projection.initial(key)
    for one in happenings:
        state = projection.evolve(state, one)
    return state
