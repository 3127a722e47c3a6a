"""By which documents something is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partnership.engine.query import Query
from partnership.subjects.amendments import Amendment
from partnership.values.sources import Source

__all__ = ["documents_of"]


def documents_of(query: Query, told: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[Source, ...]]:
    """Yield of some subjects, each with claims by which it came to be as it is, the documents of these, each once.

    The claims of all are looked up together, where not everything was read; only of a correction the subject is read,
    for one of the desk's own keeps the document of what it mends.

    Raises:
        Damaged: a claim is found no more, though it was told.
    """
    asked = {claim for _, claims in told for claim in claims}
    looked_up = () if query.index.is_whole else query.index.telling(asked)
    known = {one.claim: one.source for one in looked_up if not isinstance(one.event, Amendment)}
    for subject, claims in told:
        if not known.keys() >= {*claims}:
            known |= {one.claim: one.source for each in query.about(subject).occurrences for one in each.evidence}
        if not known.keys() >= {*claims}:
            raise query.found_no_more()
        yield tuple(dict.fromkeys(known[claim] for claim in claims))
