"""Fold occurrences, in order and up to a day, into the states of a projection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Generic, TypeVar

from partnership._frozen import frozen
from partnership.engine.ordering import in_order
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Projection

S = TypeVar("S")


def is_over(occurrence: Occurrence, day: date | None) -> bool:
    """Tell whether an occurrence had surely happened (one that lasts: begun) by the end of a day.

    Args:
        occurrence: the occurrence.
        day: the day; None for no limit, by which everything has happened.
    """
    return day is None or occurrence.begun <= day


def may_be_over(occurrence: Occurrence, day: date | None) -> bool:
    """Tell whether an occurrence may have happened by the end of a day, but not surely."""
    return day is not None and (occurrence.earliest or date.min) <= day < occurrence.begun


class Folded(Generic[S]):
    """A state, with the occurrences that produced it.

    Attributes:
        state: the state after the last occurrence.
        occurrences: the occurrences, in order.
    """

    __slots__ = ("_findings", "occurrences", "state")

    def __init__(self, state: S, occurrences: tuple[Occurrence, ...]) -> None:
        self.state = state
        self.occurrences = occurrences
        self._findings: tuple[Finding, ...] | None = None

    def findings(self, projection: Projection[S]) -> tuple[Finding, ...]:
        """Return what the rules of the projection report; they run once."""
        if self._findings is None:
            self._findings = tuple(projection.rules(self.state, self.occurrences))
        return self._findings

    def is_of(self, occurrences: Sequence[Occurrence]) -> bool:
        """Tell whether exactly these occurrences produced the state."""
        return len(self.occurrences) == len(occurrences) and {*self.occurrences} == {*occurrences}

    def up_to(self, projection: Projection[S], key: str, day: date | None) -> Folded[S] | None:
        """Return the state at the end of a day, or None where nothing had surely happened by then."""
        if day is None:
            return self
        earlier = tuple([occurrence for occurrence in self.occurrences if occurrence.begun <= day])
        if len(earlier) == len(self.occurrences):
            return self
        return Folded(_evolve(projection, key, earlier), earlier) if earlier else None


@frozen(eq=False)
class FoldedStates(Mapping[str, S]):
    """The states of a mapping of `Folded`, by the same keys."""

    _folds: Mapping[str, Folded[S]]

    def __getitem__(self, key: str) -> S:
        return self._folds[key].state

    def __iter__(self) -> Iterator[str]:
        return iter(self._folds)

    def __len__(self) -> int:
        return len(self._folds)


def fold(projection: Projection[S], key: str, occurrences: Sequence[Occurrence]) -> Folded[S]:
    """Fold occurrences, given in any order, into the state of a key."""
    ordered = tuple(in_order(occurrences))
    return Folded(_evolve(projection, key, ordered), ordered)


def _evolve(projection: Projection[S], key: str, occurrences: Sequence[Occurrence]) -> S:
    state = projection.initial(key)
    for occurrence in occurrences:
        if not occurrence.is_refuted:
            state = projection.evolve(state, occurrence)
    return state
