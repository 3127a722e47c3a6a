"""Select: which entries a question may know of. Knowledge chooses claims, so it comes before belief."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime

from partnership.log.entry import Entry
from partnership.subjects.corrections import POINTERS, Pointer
from partnership.values.sources import Source

__all__ = ["is_desks_own", "select"]


def is_desks_own(entry: Entry) -> bool:
    """Tell whether the desk mends its own mistake: a slip was never true, so no cut but the log's hides it."""
    return isinstance(entry.event, POINTERS) and entry.claim.source.kind == "desk-note"


def select(
    entries: Iterable[Entry],
    *,
    known: date | None = None,
    recorded: datetime | None = None,
    sources: Callable[[Source], bool] | None = None,
) -> list[Entry]:
    """Return the entries that were known on a day, held at an instant, told by sources.

    Args:
        entries: all there are.
        known: keep what was published by the end of this day; of what prints no day, what was read by then.
        recorded: keep what this log held at this instant.
        sources: keep what comes from sources that it is true of.
    """
    held = [one for one in entries if recorded is None or one.recorded_at <= recorded]
    if known is None and sources is None:
        return held
    told = [
        one
        for one in held
        if not is_desks_own(one)
        and (known is None or (one.known_from is not None and one.known_from <= known))
        and (sources is None or sources(one.source))
    ]
    return told + _mending(told, [one for one in held if is_desks_own(one)])


def _mending(told: list[Entry], desks_own: list[Entry]) -> list[Entry]:
    """Return what the desk says of what was told: of a claim that the cut hides, no view may show that it is mended."""
    aiming: dict[str, list[Entry]] = defaultdict(list)
    kept = [one for one in desks_own if not isinstance(one.event, Pointer)]
    for one in desks_own:
        if isinstance(one.event, Pointer):
            aiming[one.event.subject].append(one)
    reached = [one.claim.id for one in told + kept]
    while reached:
        found = aiming.pop(reached.pop(), [])
        kept += found
        reached += [one.claim.id for one in found]
    return kept
