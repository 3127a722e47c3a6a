"""Apply corrections, retractions and preferences to claims, and give subjects with several names one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType
from typing import Any

from partnership._frozen import frozen
from partnership.engine.amendment_index import is_desk_amendment, stated_event, superseded_by
from partnership.model.construct import replace
from partnership.model.entry import OpaqueEvent
from partnership.model.event import Event, fields_of
from partnership.model.occurrence import STATUS, Evidence
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
    if not any(issubclass(event, _WITHOUT_STATE) for event in {type(item.event) for item in claims.values()}):
        return EffectiveClaims(tuple([_rename(item, names) for item in claims.values()] if names else claims.values()))
    superseded = {claim: by for claim, by in superseded_by(claims.values()).items() if claim in claims}
    stated = _stated(claims)
    in_force = [item for claim, item in stated.items() if claim not in superseded]
    preferred = _preferred_fields(in_force, stated, superseded)
    return EffectiveClaims(
        evidence=tuple(
            replace(
                _rename(item, names),
                attribution=replace(item.attribution, preferred=preferred.get(item.claim, frozenset())),
            )
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
    items = sorted(evidence, key=attrgetter("claim"))
    claims = {item.claim: item for item in items}
    if len(claims) < len(items):
        for claim, entries in groupby(items, attrgetter("claim")):
            if len(same_claim := [*entries]) > 1:
                claims[claim] = _merge_remarks(same_claim)
    return claims


def _merge_remarks(entries: Sequence[Evidence]) -> Evidence:
    """Merge what several desks remarked on one claim: stated beats inferred, and the highest certainty counts.

    A desk that remarks no certainty takes the claim as reported, also beside another that is more or less certain.
    """
    certainties: list[Certainty | None] = sorted({item.certainty for item in entries}, key=_certainty_order)
    timeless = next((item for item in entries if is_desk_amendment(item)), None)
    item = timeless or entries[0]
    attribution = replace(
        item.attribution,
        certainty=certainties[0],
        inferred=frozenset.intersection(*(item.inferred for item in entries)),
        known_from=date.max if timeless else min(item.known_from for item in entries),
        retrieved=None if timeless else min((item.retrieved for item in entries if item.retrieved), default=None),
    )
    return replace(item, attribution=attribution)


def _certainty_order(certainty: Certainty | None) -> tuple[int, bool]:
    return certainty_rank(certainty), certainty is None


def canonical_names(evidence: Iterable[Evidence]) -> Mapping[str, str]:
    """Return the canonical name of every subject that is declared the same as another: the alphabetically first.

    Args:
        evidence: every declaration that two subjects are the same, with every amendment of any of them.
    """
    claims = _by_claim(evidence)
    superseded = superseded_by(claims.values())
    in_force = (item.event for claim, item in _stated(claims).items() if claim not in superseded)
    return _smallest_names(event for event in in_force if isinstance(event, SubjectsDeclaredSame))


def corrected_claims(evidence: Iterable[Evidence], names: Mapping[str, str] = _EMPTY) -> dict[str, Evidence]:
    """Return by id what each claim states, superseded ones included; retractions state nothing.

    Args:
        evidence: evidence of some claims.
        names: by subject, its canonical name, for subjects that have several.
    """
    return {claim: _rename(item, names) for claim, item in _stated(_by_claim(evidence)).items()}


def _stated(claims: Mapping[str, Evidence]) -> dict[str, Evidence]:
    """Return what each claim states, superseded ones included: of a correction, the event as corrected.

    Retractions state nothing, nor do corrections whose target is missing. Chains of corrections are followed from
    their ends instead of by recursion, so that they may have any length.
    """
    stated: dict[str, Evidence | None] = {}
    for claim in claims:
        chain: list[Evidence] = []
        target: str = claim
        while target not in stated and (item := claims.get(target)) and isinstance(item.event, ClaimCorrected):
            chain.append(item)
            target = item.event.subject
        if target not in stated:
            original = claims.get(target)
            stated[target] = None if original is None or isinstance(original.event, ClaimRetracted) else original
        corrected = stated[target]
        for correction in reversed(chain):
            corrected = stated[correction.claim] = corrected and _corrected(correction, corrected)
    return {claim: item for claim in claims if (item := stated[claim]) is not None}


def _corrected(correction: Evidence, target: Evidence) -> Evidence | None:
    """Return what a correction states.

    A correction by the desk has the source of what it corrects: this source never said what the desk had mistyped. A
    correction by a source has its own source and day, but its statement is as old as the one that it corrects. In both,
    a value that the desk inferred is still inferred unless the correction changes it.
    """
    event: Event = getattr(correction.event, "event")  # noqa: B009
    if isinstance(event, ClaimCorrected | ClaimRetracted):
        return None
    unchanged = {name for name in target.inferred if getattr(event, name, None) == getattr(target.event, name)}
    inferred = correction.inferred | unchanged
    if not is_desk_amendment(correction):
        attribution = replace(correction.attribution, inferred=inferred, corrects=target.corrects or target)
        return replace(correction, event=event, attribution=attribution)
    certainty = correction.certainty or target.certainty
    attribution = replace(target.attribution, certainty=certainty, inferred=inferred)
    return replace(target, claim=correction.claim, event=event, attribution=attribution)


def _preferred_fields(
    in_force: Iterable[Evidence], stated: Mapping[str, Evidence], superseded: Mapping[str, Iterable[str]]
) -> dict[str, frozenset[str]]:
    """Return by claim the fields for which the desk prefers it.

    A preference follows its claim through corrections, for the fields that these do not change: the desk has preferred
    a value that it knew.
    """
    fields: dict[str, set[str]] = defaultdict(set)
    for item in in_force:
        if not isinstance(item.event, ClaimPreferred) or (preferred := stated.get(item.event.subject)) is None:
            continue
        field = item.event.field or ALL_FIELDS
        pending, followed = [item.event.subject], {item.event.subject}
        while pending:
            claim = pending.pop()
            if claim in superseded:
                new = {by for by in superseded[claim] if by in stated} - followed
                followed |= new
                pending += new
            elif claim == item.event.subject:
                fields[claim].add(field)
            else:
                fields[claim] |= _unchanged(field, preferred.event, stated[claim].event)
    return {claim: frozenset(names) for claim, names in fields.items()}


def _unchanged(field: str, before: Event, after: Event) -> set[str]:
    """Return a field, or all of them, without those facts of which a correction changed any part."""
    fields = fields_of(type(after))
    whole = {STATUS} if field == ALL_FIELDS and before.outcome == after.outcome else set()
    group_of = {name: names for names in fields.facts for name in names}
    return whole | {
        name
        for name in fields.names
        if field in (ALL_FIELDS, name)
        and all(getattr(before, other, None) == getattr(after, other) for other in group_of.get(name, (name,)))
    }


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
    return replace(item, event=_rename_subjects(item.event, names)) if names else item


def _rename_subjects(event: Event, names: Mapping[str, str]) -> Event:
    changes: dict[str, Any] = {}
    if (name := names.get(event.about)) is not None:
        changes["subject"] = split_subject(name)[1]
    for field, kind in fields_of(type(event)).refers:
        value = getattr(event, field)
        if isinstance(value, tuple):
            changes[field] = tuple(sorted({_canonical(names, kind, reference) for reference in value}))
        elif value is not None:
            changes[field] = _canonical(names, kind, value)
    is_changed = any(getattr(event, field) != value for field, value in changes.items())
    return replace(event, **changes) if is_changed else event


def _canonical(names: Mapping[str, str], kind: str, reference: str) -> str:
    """Return the canonical form of a reference: ``kind:slug`` in a field of any kind (``*``), otherwise the slug."""
    if kind == "*":
        return names.get(reference, reference)
    return split_subject(names.get(f"{kind}:{reference}", f"{kind}:{reference}"))[1]
