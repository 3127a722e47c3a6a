"""Settle, steps 1 and 2: which claims still stand, as mended, and which subjects are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import attrs
from attrs import frozen

from partnership.engine.visibility import is_desks_own
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

__all__ = ["ALL_FIELDS", "EffectiveClaims", "apply_corrections", "canonical_names", "effects", "superseded_among"]

_SPECIAL = (*AMENDMENTS, OpaqueEvent)
_NOTHING: Mapping[str, Any] = MappingProxyType({})

ALL_FIELDS = "*"
"""A claim that is preferred with no field named is preferred for all."""


@frozen(eq=False)
class EffectiveClaims:
    """What stands.

    Attributes:
        evidence: every claim that stands, mended and under the one name of its subject.
        superseded: by claim, the amendments that undid it.
        waiting: amendments whose target is not here.
        unread: claims whose event this record's table does not have.
    """

    evidence: tuple[Evidence, ...]
    superseded: Mapping[str, tuple[str, ...]] = _NOTHING
    waiting: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


def apply_corrections(told: Iterable[Evidence], names: Mapping[str, str] = _NOTHING) -> EffectiveClaims:
    """Return what stands of what entries tell of some subjects; their order does not matter.

    Args:
        told: what each entry tells; with every amendment that aims at any of it.
        names: by subject, its one name, for subjects that are the same as others.
    """
    claims = _each_claim(told)
    if not any(isinstance(one.event, _SPECIAL) for one in claims.values()):
        return EffectiveClaims(tuple([_renamed(one, names) for one in claims.values()] if names else claims.values()))
    superseded = _undone(claims)
    standing = _standing(claims, superseded)
    preferred = _preferred(standing)
    return EffectiveClaims(
        evidence=tuple(
            attrs.evolve(_renamed(one, names), preferred=preferred.get(one.claim, frozenset()))
            for one in standing
            if not isinstance(one.event, _SPECIAL)
        ),
        superseded=superseded,
        waiting=tuple(
            claim
            for claim, one in claims.items()
            if isinstance(one.event, Amendment) and one.event.subject not in claims
        ),
        unread=tuple(
            claim
            for claim, one in claims.items()
            if isinstance(one.event.event if isinstance(one.event, ClaimCorrected) else one.event, OpaqueEvent)
        ),
    )


def _each_claim(told: Iterable[Evidence]) -> dict[str, Evidence]:
    """Return the claims by their ids, in the order of these; one that several entries carry is told once."""
    entries = list(told)
    once = {one.claim: one for one in entries}
    if len(once) == len(entries):
        return dict(sorted(once.items()))
    carried: dict[str, list[Evidence]] = {}
    for one in entries:
        carried.setdefault(one.claim, []).append(one)
    return {claim: each[0] if len(each) == 1 else _told(each) for claim, each in sorted(carried.items())}


def _told(entries: Sequence[Evidence]) -> Evidence:
    """Join the remarks of several desks on one claim: stated beats inferred, the higher certainty counts."""
    remarked: list[Certainty] = [one.certainty for one in entries if one.certainty]
    return attrs.evolve(
        entries[0],
        certainty=min(remarked, key=certainty_rank, default=None),
        inferred=frozenset.intersection(*(one.inferred for one in entries)),
        known_from=min(one.known_from for one in entries),
        retrieved=min((one.retrieved for one in entries if one.retrieved), default=None),
    )


def canonical_names(told: Iterable[Evidence]) -> Mapping[str, str]:
    """Return the one name of every subject that is the same as another: of all, the first in the alphabet.

    Args:
        told: what says so, with the amendments that aim at it.
    """
    claims = _each_claim(told)
    said = (one.event for one in _standing(claims, _undone(claims)))
    return _one_name(one for one in said if isinstance(one, SubjectsDeclaredSame))


def effects(told: Iterable[Evidence], names: Mapping[str, str] = _NOTHING) -> dict[str, Evidence]:
    """Return what each claim says, also one that is superseded; a retraction says nothing.

    Args:
        told: what each entry tells.
        names: by subject, its one name, for subjects that are the same as others.
    """
    said = _effects(_each_claim(told))
    return {claim: _renamed(one, names) for claim, one in said if one is not None}


def _effects(claims: Mapping[str, Evidence], but: Container[str] = ()) -> Iterator[tuple[str, Evidence | None]]:
    desks_own = {claim for claim, one in claims.items() if is_desks_own(one)}
    roots: dict[str, Evidence | None] = {}
    return ((claim, _effect(one, claims, desks_own, roots)) for claim, one in claims.items() if claim not in but)


def _standing(claims: Mapping[str, Evidence], superseded: Mapping[str, object]) -> list[Evidence]:
    """Return what the claims that stand say."""
    return [one for _, one in _effects(claims, superseded) if one is not None]


def _undone(claims: Mapping[str, Evidence]) -> dict[str, tuple[str, ...]]:
    """Return what undid each claim that is superseded: every amendment with power undoes what it aims at.

    It also has the last word over the corrections of the same claim that it saw: who corrects an entry a second time,
    or retracts it after a correction, means what he says now.
    """
    amendments = {
        claim: one.event for claim, one in claims.items() if isinstance(one.event, (ClaimCorrected, ClaimRetracted))
    }
    superseded: dict[str, list[str]] = defaultdict(list)
    for claim in _powerful(amendments):
        amendment = amendments[claim]
        if amendment.subject in claims:
            superseded[amendment.subject].append(claim)
        for seen in amendment.seen:
            if isinstance(other := amendments.get(seen), ClaimCorrected) and other.subject == amendment.subject:
                superseded[seen].append(claim)
    return {claim: tuple(sorted(by)) for claim, by in superseded.items()}


def superseded_among(claims: Iterable[str], told: Iterable[Evidence]) -> set[str]:
    """Return those of some claims that lie superseded.

    Args:
        claims: which.
        told: what aims at them, and has power over that; of claims that are amendments, also what aims where they aim.
    """
    amendments = {one.claim: one.event for one in told if isinstance(one.event, (ClaimCorrected, ClaimRetracted))}
    by_target: dict[str, list[ClaimCorrected | ClaimRetracted]] = defaultdict(list)
    for claim in _powerful(amendments):
        by_target[amendments[claim].subject].append(amendments[claim])

    def is_superseded(claim: str) -> bool:
        own = amendments.get(claim)
        rivals = by_target.get(own.subject, ()) if isinstance(own, ClaimCorrected) else ()
        return claim in by_target or any(claim in one.seen for one in rivals)

    return set(filter(is_superseded, claims))


def _powerful(amendments: Mapping[str, ClaimCorrected | ClaimRetracted]) -> list[str]:
    """Return the amendments that have power: those at which no powerful retraction aims.

    So retractions are weighed from the last one back; the hash in a claim's id makes a circle impossible, and a loop
    over a queue needs no depth.
    """
    retractions = {claim: one.subject for claim, one in amendments.items() if isinstance(one, ClaimRetracted)}
    waits_for: dict[str, int] = defaultdict(int)
    for target in retractions.values():
        waits_for[target] += 1
    ready = [claim for claim in amendments if not waits_for[claim]]
    powerless: set[str] = set()
    powerful: list[str] = []
    while ready:
        claim = ready.pop()
        if claim not in powerless:
            powerful.append(claim)
        if claim in retractions:
            target = retractions[claim]
            if claim not in powerless:
                powerless.add(target)
            waits_for[target] -= 1
            if not waits_for[target] and target in amendments:
                ready.append(target)
    return powerful


def _effect(
    one: Evidence, claims: Mapping[str, Evidence], desks_own: set[str], roots: dict[str, Evidence | None]
) -> Evidence | None:
    """Return what a claim that stands says: itself; of a correction, what should have been said; else nothing."""
    if isinstance(one.event, ClaimRetracted):
        return None
    if not isinstance(one.event, ClaimCorrected):
        return one
    said = one.event.event
    root = _root(one, claims, desks_own, roots)
    if root is None or isinstance(said, ClaimCorrected | ClaimRetracted):
        return None
    if one.claim not in desks_own:
        return attrs.evolve(one, event=said)
    still = {name for name in root.inferred if getattr(said, name, None) == getattr(root.event, name)}
    inferred = one.inferred | still  # what the desk supplied and did not mend is not stated now
    return attrs.evolve(root, claim=one.claim, event=said, certainty=one.certainty or root.certainty, inferred=inferred)


def _root(
    one: Evidence, claims: Mapping[str, Evidence], desks_own: set[str], roots: dict[str, Evidence | None]
) -> Evidence | None:
    """Return whose source a correction keeps: its own, or of the desk's own mending, that of what it mends.

    Of a chain of the desk's own each link is walked once: `roots` has by claim what it came to.
    """
    target = claims.get(one.event.subject)
    if one.claim not in desks_own:
        return one if target else None
    walked: list[str] = []
    while target is not None and target.claim in desks_own and isinstance(target.event, ClaimCorrected):
        walked.append(target.claim)
        target = roots[target.claim] if target.claim in roots else claims.get(target.event.subject)
    roots.update(dict.fromkeys(walked, target))
    return target


def _preferred(standing: Iterable[Evidence]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in standing:
        if isinstance(one.event, ClaimPreferred):
            found[one.event.subject].add(one.event.field or ALL_FIELDS)
    return {claim: frozenset(names) for claim, names in found.items()}


def _one_name(same: Iterable[Event]) -> dict[str, str]:
    """Return the one name of every subject that is the same as another: of all, the first in the alphabet."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for one in same:
        assert isinstance(one, SubjectsDeclaredSame)
        first, second = f"{one.of}:{one.subject}", f"{one.of}:{one.other}"
        neighbours[first].add(second)
        neighbours[second].add(first)
    names: dict[str, str] = {}
    for start in sorted(neighbours):
        reached = [start]
        while reached:
            subject = reached.pop()
            if subject not in names:
                names[subject] = start
                reached += neighbours[subject]
    return names


def _renamed(one: Evidence, names: Mapping[str, str]) -> Evidence:
    event = _with_one_name(one.event, names) if names else one.event
    return one if event is one.event else attrs.evolve(one, event=event)


def _with_one_name(event: Event, names: Mapping[str, str]) -> Event:
    changes: dict[str, Any] = {}
    if (name := names.get(event.about)) is not None:
        changes["subject"] = split_subject(name)[1]
    for field, kind in fields_of(type(event)).refers:
        value = getattr(event, field)
        if isinstance(value, tuple):
            changes[field] = tuple(_one_of(names, kind, one) for one in value)
        elif value is not None:
            changes[field] = _one_of(names, kind, value)
    is_other = any(getattr(event, field) != value for field, value in changes.items())
    return attrs.evolve(event, **changes) if is_other else event


def _one_of(names: Mapping[str, str], kind: str, value: str) -> str:
    """Return the one name of a subject that a field refers to, as the field has it: with its kind, or without."""
    if kind == "*":
        return names.get(value, value)
    return split_subject(names.get(f"{kind}:{value}", f"{kind}:{value}"))[1]
