"""Order occurrences by what their claims say about dates, and by nothing else."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import Any

from partnership.model.event import Event, fields_of
from partnership.model.occurrence import Occurrence


def in_order(occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """Return occurrences in chronological order, where vague dates allow several.

    An occurrence that surely ended before another began comes first. Among those that may come next, the order is by
    rank in the lifecycle, day of first publication, event name, subject and key. The rank comes before the days because
    dates overlap: a dialogue suspended "in 2022" and resumed "in September 2022" is at work again, although the
    suspension has the later last day. Of two postponements of one day, one that says nothing of another day comes
    first: it tells less of the same step, however late it was published.

    Mostly each began after the one before had ended. Otherwise an occurrence may come next if it may have begun before
    the earliest end among those that are left. Two heaps find these, so n occurrences take n log n steps.
    """
    by_end = sorted(occurrences, key=attrgetter("latest"))
    if all(other.surely_after(one) for one, other in pairwise(by_end)):
        return by_end
    beginnings = [(occurrence.earliest or date.min, place) for place, occurrence in enumerate(occurrences)]
    ends = [(occurrence.latest, place) for place, occurrence in enumerate(occurrences)]
    heapq.heapify(beginnings)
    heapq.heapify(ends)
    candidates: list[tuple[int, bool, date, str, str, tuple[str, ...], int]] = []
    placed: set[int] = set()
    ordered: list[Occurrence] = []
    while len(ordered) < len(occurrences):
        while ends[0][1] in placed:
            heapq.heappop(ends)
        first_end = ends[0][0]
        while beginnings and beginnings[0][0] <= first_end:
            place = heapq.heappop(beginnings)[1]
            next_ = occurrences[place]
            event = next_.event
            rank = (event.rank, not names_no_other_day(event), next_.said, event.name, next_.subject, next_.key, place)
            heapq.heappush(candidates, rank)
        place = heapq.heappop(candidates)[-1]
        placed.add(place)
        ordered.append(occurrences[place])
    return ordered


def names_no_other_day(event: Event) -> bool:
    """Tell whether an event of a single day, or of none, is a plan or the end of one, and speaks of no other day."""
    if not names_nothing(event) or not fields_of(type(event)).is_per_publication:
        return False
    return event.dated is None or bool(event.dated.is_day)


def leaves_day_open(event: Event) -> bool:
    """Tell whether an event that may name a planned day names none."""
    return getattr(event, "planned", event) is None


def names_nothing(event: Event) -> bool:
    """Tell whether an event that may name a planned day neither does so nor says that there is none."""
    return leaves_day_open(event) and not (getattr(event, "is_undated", None) or getattr(event, "is_indefinite", None))


def by_day(occurrence: Occurrence) -> tuple[Any, ...]:
    """Return the sort key of timelines, which mix subjects: the first possible day, then the last, then publication."""
    return (
        occurrence.earliest or occurrence.latest,
        occurrence.latest,
        occurrence.said,
        occurrence.event.rank,
        *occurrence.key_across_views,
    )
