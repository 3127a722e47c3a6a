"""Order: which happening came first, by what the claims say and by nothing else."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from datetime import date
from typing import Any

from partnership.model.happening import Happening

__all__ = ["by_day", "in_order"]


def in_order(happenings: Sequence[Happening]) -> list[Happening]:
    """Return the happenings in their order.

    One comes before another when it surely ended before the other began. Among those free to come next, the lowest
    rank in the lifecycle, then the first publication, then name and key. (A dialogue suspended "in 2022" and resumed
    "in September 2022": by latest day alone it would stay suspended.)

    One is free as soon as it may have begun before the first end among those left; so two heaps suffice, and a
    subject with a thousand happenings costs no thousand times a thousand comparisons.
    """
    if len(happenings) == 1:
        return list(happenings)
    arriving = [(one.earliest or date.min, place) for place, one in enumerate(happenings)]
    ending = [(one.latest, place) for place, one in enumerate(happenings)]
    heapq.heapify(arriving)
    heapq.heapify(ending)
    free: list[tuple[int, date, str, str, tuple[str, ...], int]] = []
    placed: set[int] = set()
    ordered: list[Happening] = []
    while len(ordered) < len(happenings):
        while ending[0][1] in placed:
            heapq.heappop(ending)
        first_end = ending[0][0]
        while arriving and arriving[0][0] <= first_end:
            place = heapq.heappop(arriving)[1]
            one = happenings[place]
            heapq.heappush(free, (one.event.rank, one.said, one.event.name, one.subject, one.key, place))
        place = heapq.heappop(free)[-1]
        placed.add(place)
        ordered.append(happenings[place])
    return ordered


def by_day(one: Happening) -> tuple[Any, ...]:
    """Order by the first day on which it may have been: for a list of what happened, where no lifecycle tells more."""
    return (one.earliest or one.latest, one.latest, one.said, one.event.rank, *one.identity)
