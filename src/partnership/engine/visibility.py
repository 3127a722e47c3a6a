"""Select: which evidence a question may know of. Knowledge chooses claims, so it comes before belief."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

import attrs

from partnership.model.entry import Entry
from partnership.model.occurrence import Evidence
from partnership.subjects.amendments import AMENDMENTS, Amendment
from partnership.values.sources import Source

__all__ = ["is_desks_own", "select"]


def is_desks_own(one: Entry | Evidence) -> bool:
    """Tell whether the desk mends its own mistake: a slip was never true, so no cut but the log's hides it."""
    return isinstance(one.event, AMENDMENTS) and one.source.kind == "desk-note"


def select(
    told: Iterable[Evidence], *, known: date | None = None, sources: Callable[[Source], bool] | None = None
) -> list[Evidence]:
    """Return what was known on a day, told by sources.

    Args:
        told: what each entry tells.
        known: keep what was published by the end of this day; of what prints no day, what was read by then.
        sources: keep what comes from sources that it is true of.
    """
    held = list(told)
    if known is None and sources is None:
        return held
    desks_own = [one for one in held if is_desks_own(one)]
    kept = [
        one
        for one in held
        if not is_desks_own(one)
        and (known is None or one.known_from <= known)
        and (sources is None or sources(_as_read(one)))
    ]
    return kept + _mending(kept, desks_own) if desks_own else kept


def _as_read(one: Evidence) -> Source:
    """Return a source with the day on which it was read."""
    return attrs.evolve(one.source, retrieved=one.retrieved) if one.retrieved else one.source


def _mending(told: list[Evidence], desks_own: list[Evidence]) -> list[Evidence]:
    """Return what the desk says of what was told: of a claim that the cut hides, no view may show that it is mended."""
    aiming: dict[str, list[Evidence]] = defaultdict(list)
    kept = [one for one in desks_own if not isinstance(one.event, Amendment)]
    for one in desks_own:
        if isinstance(one.event, Amendment):
            aiming[one.event.subject].append(one)
    reached = [one.claim for one in told + kept]
    while reached:
        found = aiming.pop(reached.pop(), [])
        kept += found
        reached += [one.claim for one in found]
    return kept
