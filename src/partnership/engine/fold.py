"""Up to the day, and fold: the states of a projection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Generic, TypeVar

from attrs import define, frozen

from partnership.engine.ordering import in_order
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Projection

__all__ = ["Folded", "Unfolded", "fold", "is_over", "may_be_over"]

S = TypeVar("S")


def is_over(occurrence: Occurrence, day: date | None) -> bool:
    """Tell whether it had surely happened, or begun if it lasts, by the end of a day; on no day everything has."""
    return day is None or occurrence.begun <= day


def may_be_over(occurrence: Occurrence, day: date | None) -> bool:
    """Tell whether it may have happened by the end of a day, but not surely."""
    return day is not None and (occurrence.earliest or date.min) <= day < occurrence.begun


@define(eq=False, weakref_slot=False)
class Folded(Generic[S]):
    """The state of one key, and how it came about.

    Attributes:
        state: the last one.
        occurrences: those that led to it, in their order.
    """

    state: S
    occurrences: tuple[Occurrence, ...]
    _found: tuple[Finding, ...] | None = None  # what the rules find, once they were asked

    def findings(self, projection: Projection[S]) -> tuple[Finding, ...]:
        """Return what the projection's rules find."""
        if self._found is None:
            self._found = tuple(projection.rules(self.state, self.occurrences))
        return self._found

    def is_of(self, occurrences: Sequence[Occurrence]) -> bool:
        """Tell whether just these led to it."""
        return len(self.occurrences) == len(occurrences) and {*self.occurrences} == {*occurrences}

    def up_to(self, projection: Projection[S], key: str, day: date | None) -> Folded[S] | None:
        """Return the state at the end of a day; None where nothing had surely happened by then."""
        led = self.occurrences if day is None else tuple([one for one in self.occurrences if one.begun <= day])
        if len(led) == len(self.occurrences):
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


def fold(projection: Projection[S], key: str, occurrences: Sequence[Occurrence]) -> Folded[S]:
    """Return the state to which occurrences lead, in whatever order they are given."""
    led = tuple(in_order(occurrences))
    return Folded(_state(projection, key, led), led)


def _state(projection: Projection[S], key: str, occurrences: Sequence[Occurrence]) -> S:
    state = projection.initial(key)
    for one in occurrences:
        state = projection.evolve(state, one)
    return state
