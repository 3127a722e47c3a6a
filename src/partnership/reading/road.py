"""The road, walked once for one cut and only as far as is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar

from attrs import field, frozen

from partnership.log.entry import Entry
from partnership.model.happening import Finding, Happening
from partnership.model.projection import Projection
from partnership.reading.belief import Policy, believe, most_official, same_happening
from partnership.reading.claims import findings_about
from partnership.reading.mend import Mended, mend
from partnership.reading.project import Folded, fold, found, is_over, may_be_over
from partnership.reading.select import select
from partnership.values.sources import Source

__all__ = ["Cut", "Reading"]

S = TypeVar("S")


@frozen
class Cut:
    """What a question may know of, and up to when.

    Attributes:
        on: the world up to the end of this day.
        known: what was published by the end of this day.
        recorded: what this log held at this instant.
        sources: only what these sources tell.
        policy: what is believed where sources differ.
    """

    on: date | None = None
    known: date | None = None
    recorded: datetime | None = None
    sources: Callable[[Source], bool] | None = None
    policy: Policy = most_official


@frozen(slots=False, eq=False)
class Reading:
    """The entries of a log, read through one cut.

    Attributes:
        entries: all the log has.
        cut: through which they are read.
    """

    entries: tuple[Entry, ...]
    cut: Cut = Cut()
    _folds: dict[Projection[Any], dict[str, Folded[Any]]] = field(factory=dict, init=False)

    @cached_property
    def mended(self) -> Mended:
        """What stands of the entries that the cut selects."""
        cut = self.cut
        return mend(select(self.entries, known=cut.known, recorded=cut.recorded, sources=cut.sources))

    @cached_property
    def happenings(self) -> tuple[Happening, ...]:
        """All that is believed to have happened, those after the day too."""
        return tuple(believe(group, self.cut.policy) for group in same_happening(self.mended.evidence))

    @cached_property
    def over(self) -> tuple[Happening, ...]:
        """What had surely happened by the end of the day."""
        return tuple(one for one in self.happenings if is_over(one, self.cut.on))

    @cached_property
    def maybe(self) -> tuple[Happening, ...]:
        """What may have happened by the end of the day, but not surely."""
        return tuple(one for one in self.happenings if may_be_over(one, self.cut.on))

    def fold(self, projection: Projection[S]) -> Mapping[str, Folded[S]]:
        """Return the states of a projection by key, each with what led to it."""
        if projection not in self._folds:
            self._folds[projection] = fold(projection, self.happenings, self.cut.on)
        return self._folds[projection]

    def findings(self, projections: Iterable[Projection[Any]]) -> tuple[Finding, ...]:
        """Return what is odd: in the claims themselves, and by the rules of projections."""
        odd = {*findings_about(self.mended, self.happenings)}
        for one in projections:
            odd.update(found(one, self.fold(one)))
        return tuple(sorted(odd))
