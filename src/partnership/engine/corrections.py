"""Apply corrections, retractions and preferences to claims, and give subjects with several names one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import attrs
from attrs import frozen

from partnership.engine.amendment_index import is_desk_amendment, stated_event, superseded_by
from partnership.model.entry import OpaqueEvent
from partnership.model.event import Event, fields_of
from partnership.model.occurrence import Evidence
from partnership.subjects.amendments import (
    AMENDMENTS,
    Amendment,
    ClaimCorrected,
    ClaimPreferred,
    ClaimRetracted,
    SubjectsDeclaredSame,
)
from partnership.values.sources import Certainty, certainty_rank
from partnership.values.text import split_subject

__all__ = ["ALL_FIELDS", "EffectiveClaims", "apply_corrections", "canonical_names", "corrected_claims"]

_WITHOUT_STATE = (*AMENDMENTS, OpaqueEvent)
_EMPTY: Mapping[str, Any] = MappingProxyType({})

ALL_FIELDS = "*"
"""Stands in `Evidence.preferred` for a preference that names no field, and so applies to all of them."""


@frozen(eq=False)
class EffectiveClaims:
    """Claims after all amendments are applied.

    Attributes:
        evidence: every claim that is in force, as corrected and with canonical subjects.
        superseded: by claim, the corrections and retractions that supersede it.
        waiting: amendments whose target is not in the log.
        opaque: claims whose event class is not registered here.
    """

    evidence: tuple[Evidence, ...]
    superseded: Mapping[str, tuple[str, ...]] = _EMPTY
    waiting: tuple[str, ...] = ()
    opaque: tuple[str, ...] = ()


def apply_corrections(evidence: Iterable[Evidence], names: Mapping[str, str] = _EMPTY) -> EffectiveClaims:
    """Apply amendments to the claims that they amend. The order of the evidence does not matter.

    Args:
        evidence: evidence of some claims, with every amendment of any of them.
        names: by subject, its canonical name, for subjects that have several.
    """
    claims = _by_claim(evidence)
    if not any(isinstance(item.event, _WITHOUT_STATE) for item in claims.values()):
        return EffectiveClaims(tuple([_rename(item, names) for item in claims.values()] if names else claims.values()))
    superseded = {claim: by for claim, by in superseded_by(claims.values()).items() if claim in claims}
    in_force = [item for _, item in _apply(claims, superseded) if item is not None]
    preferred = _preferred_fields(in_force)
    return EffectiveClaims(
        evidence=tuple(
            attrs.evolve(_rename(item, names), preferred=preferred.get(item.claim, frozenset()))
            for item in in_force
            if not isinstance(item.event, _WITHOUT_STATE)
        ),
        superseded=superseded,
        waiting=tuple(
            claim
            for claim, item in claims.items()
            if isinstance(item.event, Amendment) and item.event.subject not in claims
        ),
        opaque=tuple(claim for claim, item in claims.items() if isinstance(stated_event(item.event), OpaqueEvent)),
    )


def _by_claim(evidence: Iterable[Evidence]) -> dict[str, Evidence]:
    """Return the claims by id, sorted by id, merging the remarks of entries that carry the same claim."""
    items = list(evidence)
    unique = {item.claim: item for item in items}
    if len(unique) == len(items):
        return dict(sorted(unique.items()))
    grouped: dict[str, list[Evidence]] = {}
    for item in items:
        grouped.setdefault(item.claim, []).append(item)
    return {
        claim: same_claim[0] if len(same_claim) == 1 else _merge_remarks(same_claim)
        for claim, same_claim in sorted(grouped.items())
    }


def _merge_remarks(entries: Sequence[Evidence]) -> Evidence:
    """Merge what several desks remarked on one claim: stated beats inferred, and the highest certainty counts.

    A desk that remarks no certainty takes the claim as reported, also beside another that is more or less certain.
    """
    certainties: list[Certainty | None] = sorted({item.certainty for item in entries}, key=_certainty_order)
    return attrs.evolve(
        entries[0],
        certainty=certainties[0],
        inferred=frozenset.intersection(*(item.inferred for item in entries)),
        known_from=min(item.known_from for item in entries),
        retrieved=min((item.retrieved for item in entries if item.retrieved), default=None),
    )


def _certainty_order(certainty: Certainty | None) -> tuple[int, bool]:
    return certainty_rank(certainty), certainty is None


def canonical_names(evidence: Iterable[Evidence]) -> Mapping[str, str]:
    """Return the canonical name of every subject that is declared the same as another: the alphabetically first.

    Args:
        evidence: every declaration that two subjects are the same, with every amendment of any of them.
    """
    claims = _by_claim(evidence)
    in_force = (item for _, item in _apply(claims, superseded_by(claims.values())) if item is not None)
    return _smallest_names(item.event for item in in_force if isinstance(item.event, SubjectsDeclaredSame))


def corrected_claims(evidence: Iterable[Evidence], names: Mapping[str, str] = _EMPTY) -> dict[str, Evidence]:
    """Return by id what each claim states, superseded ones included; retractions state nothing.

    Args:
        evidence: evidence of some claims.
        names: by subject, its canonical name, for subjects that have several.
    """
    return {claim: _rename(item, names) for claim, item in _apply(_by_claim(evidence)) if item is not None}


def _apply(claims: Mapping[str, Evidence], but: Container[str] = ()) -> Iterator[tuple[str, Evidence | None]]:
    """Yield what each claim states, but those excepted; None where it states nothing."""
    by_desk = {claim for claim, item in claims.items() if is_desk_amendment(item)}
    origins: dict[str, Evidence | None] = {}
    return ((claim, _stated(item, claims, by_desk, origins)) for claim, item in claims.items() if claim not in but)


def _stated(
    item: Evidence, claims: Mapping[str, Evidence], by_desk: set[str], origins: dict[str, Evidence | None]
) -> Evidence | None:
    """Return what a claim states: of a correction, the corrected event; of a retraction, None."""
    if isinstance(item.event, ClaimRetracted):
        return None
    if not isinstance(item.event, ClaimCorrected):
        return item
    event = item.event.event
    origin = _origin(item, claims, by_desk, origins)
    if origin is None or isinstance(event, ClaimCorrected | ClaimRetracted):
        return None
    if item.claim not in by_desk:
        return attrs.evolve(item, event=event)
    unchanged = {name for name in origin.inferred if getattr(event, name, None) == getattr(origin.event, name)}
    inferred = item.inferred | unchanged  # a correction of other fields does not make an inferred value a stated one
    return attrs.evolve(
        origin, claim=item.claim, event=event, certainty=item.certainty or origin.certainty, inferred=inferred
    )


def _origin(
    item: Evidence, claims: Mapping[str, Evidence], by_desk: set[str], origins: dict[str, Evidence | None]
) -> Evidence | None:
    """Return the claim whose source a correction keeps; None where its target is missing.

    A publisher's correction has its own source. A correction by the desk keeps the source of the claim it corrects,
    through a chain of such corrections; `origins` caches the result, so that each link of a chain is followed once.
    """
    target = claims.get(item.event.subject)
    if item.claim not in by_desk:
        return item if target else None
    chain: list[str] = []
    while target is not None and target.claim in by_desk and isinstance(target.event, ClaimCorrected):
        chain.append(target.claim)
        target = origins[target.claim] if target.claim in origins else claims.get(target.event.subject)
    origins.update(dict.fromkeys(chain, target))
    return target


def _preferred_fields(in_force: Iterable[Evidence]) -> dict[str, frozenset[str]]:
    fields: dict[str, set[str]] = defaultdict(set)
    for item in in_force:
        if isinstance(item.event, ClaimPreferred):
            fields[item.event.subject].add(item.event.field or ALL_FIELDS)
    return {claim: frozenset(names) for claim, names in fields.items()}


def _smallest_names(declarations: Iterable[SubjectsDeclaredSame]) -> dict[str, str]:
    """Return for every connected subject the alphabetically first one that it is connected to."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for event in declarations:
        first, second = f"{event.of}:{event.subject}", f"{event.of}:{event.other}"
        neighbours[first].add(second)
        neighbours[second].add(first)
    names: dict[str, str] = {}
    for smallest in sorted(neighbours):
        pending = [smallest]
        while pending:
            subject = pending.pop()
            if subject not in names:
                names[subject] = smallest
                pending += neighbours[subject]
    return names


def _rename(item: Evidence, names: Mapping[str, str]) -> Evidence:
    event = _rename_subjects(item.event, names) if names else item.event
    return item if event is item.event else attrs.evolve(item, event=event)


def _rename_subjects(event: Event, names: Mapping[str, str]) -> Event:
    changes: dict[str, Any] = {}
    if (name := names.get(event.about)) is not None:
        changes["subject"] = split_subject(name)[1]
    for field, kind in fields_of(type(event)).refers:
        value = getattr(event, field)
        if isinstance(value, tuple):
            changes[field] = tuple(_canonical(names, kind, reference) for reference in value)
        elif value is not None:
            changes[field] = _canonical(names, kind, value)
    is_changed = any(getattr(event, field) != value for field, value in changes.items())
    return attrs.evolve(event, **changes) if is_changed else event


def _canonical(names: Mapping[str, str], kind: str, reference: str) -> str:
    """Return the canonical form of a reference: ``kind:slug`` in a field of any kind (``*``), otherwise the slug."""
    if kind == "*":
        return names.get(reference, reference)
    return split_subject(names.get(f"{kind}:{reference}", f"{kind}:{reference}"))[1]
