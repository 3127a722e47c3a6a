"""Order occurrences by what their claims say about dates, and by nothing else."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from datetime import date
from typing import Any

from partnership.model.occurrence import Occurrence

__all__ = ["by_day", "in_order"]


def in_order(occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """Return occurrences in chronological order, where vague dates allow several.

    An occurrence that surely ended before another began comes first. Among those that may come next, the order is by
    rank in the lifecycle, day of first publication, event name, subject and key. The rank comes before the days because
    dates overlap: a dialogue suspended "in 2022" and resumed "in September 2022" is at work again, although the
    suspension has the later last day.

    An occurrence may come next if it may have begun before the earliest end among those that are left. Two heaps find
    these, so n occurrences take n log n steps.
    """
    if len(occurrences) == 1:
        return list(occurrences)
    beginnings = [(occurrence.earliest or date.min, place) for place, occurrence in enumerate(occurrences)]
    ends = [(occurrence.latest, place) for place, occurrence in enumerate(occurrences)]
    heapq.heapify(beginnings)
    heapq.heapify(ends)
    candidates: list[tuple[int, date, str, str, tuple[str, ...], int]] = []
    placed: set[int] = set()
    ordered: list[Occurrence] = []
    while len(ordered) < len(occurrences):
        while ends[0][1] in placed:
            heapq.heappop(ends)
        first_end = ends[0][0]
        while beginnings and beginnings[0][0] <= first_end:
            place = heapq.heappop(beginnings)[1]
            next_ = occurrences[place]
            rank = (next_.event.rank, next_.said, next_.event.name, next_.subject, next_.key, place)
            heapq.heappush(candidates, rank)
        place = heapq.heappop(candidates)[-1]
        placed.add(place)
        ordered.append(occurrences[place])
    return ordered


def by_day(occurrence: Occurrence) -> tuple[Any, ...]:
    """Return the sort key of timelines, which mix subjects: the first possible day, then the last, then publication."""
    return (
        occurrence.earliest or occurrence.latest,
        occurrence.latest,
        occurrence.said,
        occurrence.event.rank,
        *occurrence.key_across_views,
    )
