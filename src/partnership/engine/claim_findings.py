"""Findings about claims, made before the day cuts: a claim dated wrongly must not vanish with its finding."""

from __future__ import annotations

from collections.abc import Iterable

from partnership.engine.corrections import EffectiveClaims
from partnership.model.occurrence import Fact, Finding, Occurrence

__all__ = ["findings_about"]


def findings_about(
    effective: EffectiveClaims, settled: Iterable[tuple[Occurrence, tuple[Fact, ...]]]
) -> Iterable[Finding]:
    """Find ``disputed``, ``future-of-publication``, ``target-missing`` and ``unread-event``.

    Args:
        mended: what stands of the claims.
        settled: what they are believed to tell of, each with its facts that are in dispute.

    Source: ``domain.md`` 2.7; AR-157 dates a summit of 2018 to a day nine months after its own publication.
    """
    for one, facts in settled:
        if facts:
            yield from _disputes(one, facts)
        if len(one.evidence) > 1 or (one.earliest is not None and one.earliest > one.said):
            yield from _from_the_future(one)
    for claim in effective.waiting:
        sentence = "A correction or retraction waits for a claim that is not here"
        yield Finding("target-missing", f"claim:{claim}", (claim,), sentence, "gap")
    for claim in effective.unread:
        sentence = (
            "An event that this record's table does not have is kept and folded into nothing; open with kinds=[…]"
        )
        yield Finding("unread-event", f"claim:{claim}", (claim,), sentence, "gap")


def _disputes(occurrence: Occurrence, facts: Iterable[Fact]) -> Iterable[Finding]:
    for fact in facts:
        told = " or ".join(_words(one.value) for one in fact.candidates)
        claims = tuple(one.claim for each in fact.candidates for one in each.evidence)
        sentence = (
            f"{occurrence.subject}: sources differ on {occurrence.event.name}, {' and '.join(fact.names)}: {told}"
        )
        yield Finding("disputed", occurrence.subject, claims, sentence, "contradiction")


def _words(value: object) -> str:
    return " of ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _from_the_future(occurrence: Occurrence) -> Iterable[Finding]:
    if occurrence.event.is_lasting:
        return
    for one in occurrence.evidence:
        on = one.event.dated
        if on is None or on.earliest is None or on.earliest <= one.known_from:
            continue
        if on.surely_after(one.known_from):
            told = f"{one.source} reports {one.event.name} of {on} as past, before it can have happened"
            if hasattr(one.event, "planned"):
                told += " (a day to come is `planned`; `on` is the day of the announcement)"
            sentence = f"{occurrence.subject}: {told}"
            yield Finding("future-of-publication", occurrence.subject, (one.claim,), sentence, "contradiction")
