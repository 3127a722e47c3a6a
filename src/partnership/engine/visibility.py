"""Select the evidence that a view may use: by day of knowledge and by source."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import attrs

from partnership.engine.amendment_index import amendments_of, is_desk_amendment
from partnership.model.occurrence import Evidence
from partnership.subjects.amendments import Amendment
from partnership.values.sources import Source


def select(
    evidence: Iterable[Evidence], *, known: date | None = None, sources: Callable[[Source], bool] | None = None
) -> list[Evidence]:
    """Return the evidence that was known on a day and comes from accepted sources.

    This comes before any resolution: a claim that is not selected cannot influence which value wins. The desk's own
    amendments are selected with the claims that they amend, whatever day they were recorded on; an amendment of a claim
    that is not selected would reveal it, so it is left out.

    Args:
        evidence: evidence of any claims.
        known: select what was published by the end of this day, or retrieved by then where the document has no date.
        sources: select what comes from the sources for which this returns True.
    """
    items = list(evidence)
    if known is None and sources is None:
        return items
    by_desk = [item for item in items if is_desk_amendment(item)]
    selected = [
        item
        for item in items
        if not is_desk_amendment(item)
        and (known is None or item.known_from <= known)
        and (sources is None or sources(_retrieved_source(item)))
    ]
    if not by_desk:
        return selected
    selected += [item for item in by_desk if not isinstance(item.event, Amendment)]
    amendments = amendments_of((item.claim for item in selected), ((item.claim, item.event) for item in by_desk))
    return selected + [item for item in by_desk if item.claim in amendments]


def _retrieved_source(item: Evidence) -> Source:
    """Return a source with the day on which it was retrieved, which the stored source does not contain."""
    return attrs.evolve(item.source, retrieved=item.retrieved) if item.retrieved else item.source
