"""Order: which occurrence came first, by what the claims say and by nothing else."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from datetime import date
from typing import Any

from partnership.model.occurrence import Occurrence

__all__ = ["by_day", "in_order"]


def in_order(occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """Return the occurrences in their order.

    One comes before another when it surely ended before the other began. Among those free to come next, the lowest
    rank in the lifecycle, then the first publication, then name and key. (A dialogue suspended "in 2022" and resumed
    "in September 2022": by latest day alone it would stay suspended.)

    One is free as soon as it may have begun before the first end among those left; so two heaps suffice, and a
    subject with a thousand occurrences costs no thousand times a thousand comparisons.
    """
    if len(occurrences) == 1:
        return list(occurrences)
    arriving = [(one.earliest or date.min, place) for place, one in enumerate(occurrences)]
    ending = [(one.latest, place) for place, one in enumerate(occurrences)]
    heapq.heapify(arriving)
    heapq.heapify(ending)
    free: list[tuple[int, date, str, str, tuple[str, ...], int]] = []
    placed: set[int] = set()
    ordered: list[Occurrence] = []
    while len(ordered) < len(occurrences):
        while ending[0][1] in placed:
            heapq.heappop(ending)
        first_end = ending[0][0]
        while arriving and arriving[0][0] <= first_end:
            place = heapq.heappop(arriving)[1]
            one = occurrences[place]
            heapq.heappush(free, (one.event.rank, one.said, one.event.name, one.subject, one.key, place))
        place = heapq.heappop(free)[-1]
        placed.add(place)
        ordered.append(occurrences[place])
    return ordered


def by_day(one: Occurrence) -> tuple[Any, ...]:
    """Order by the first day on which it may have been: for a list of what happened, where no lifecycle tells more."""
    return (one.earliest or one.latest, one.latest, one.said, one.event.rank, *one.identity)
