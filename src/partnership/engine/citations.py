"""Look up the documents that claims come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partnership.engine.query import Query
from partnership.subjects.amendments import Amendment
from partnership.values.sources import Source

__all__ = ["documents_of"]


def documents_of(
    query: Query, claims_by_subject: Sequence[tuple[str, tuple[str, ...]]]
) -> Iterator[tuple[Source, ...]]:
    """Yield for each of some subjects the sources of its claims, each once.

    All claims are looked up at once. Only for corrections the group of the subject is read, because a correction by
    the desk has the source of the claim that it corrects.

    Args:
        query: the query that the claims come from.
        claims_by_subject: subjects, each with ids of claims behind its state.

    Raises:
        Damaged: a claim is not found.
    """
    claims = {claim for _, ids in claims_by_subject for claim in ids}
    evidence = () if query.index.is_whole else query.index.find_claims(claims)
    sources = {item.claim: item.source for item in evidence if not isinstance(item.event, Amendment)}
    for subject, ids in claims_by_subject:
        if not sources.keys() >= {*ids}:
            occurrences = query.about(subject).occurrences
            sources |= {item.claim: item.source for occurrence in occurrences for item in occurrence.evidence}
        if not sources.keys() >= {*ids}:
            raise query.found_no_more()
        yield tuple(dict.fromkeys(sources[claim] for claim in ids))
