"""Which entries may leave the desk, each with what mends it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from partnership.engine.corrections import canonical_names, effects
from partnership.engine.visibility import is_desks_own
from partnership.model.entry import Entry, evidence_of
from partnership.model.event import Event
from partnership.subjects.amendments import AMENDMENTS, Amendment, ClaimCorrected, SubjectsDeclaredSame

__all__ = ["shareable_entries"]


def shareable_entries(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries that may leave the desk, in the order given.

    - A claim that any entry marks ``shared=False`` stays, whoever else would share it: who hands a secret on by way of
      another desk's remark has handed it on. So does what says the same by another way: under another name of its
      subject, or as a correction of the desk has it.
    - What corrects, retracts or prefers a claim goes with it and never without it, also where the desk mends its own
      slip: else what leaves is known to be wrong, or a correction tells what the claim may not.
    - That two subjects are the same goes, if the desk itself says so, where something that goes tells of each.
    """
    given = tuple(entries)
    marked = _marked(given)
    free = [one for one in given if one.claim.id not in marked]
    aiming: dict[str, list[Entry]] = defaultdict(list)
    for one in free:
        if isinstance(one.event, Amendment):
            aiming[one.event.subject].append(one)
    told = [one for one in free if not isinstance(one.event, Amendment) and one.may_be_shared]
    told += _aimed_at(told, aiming)
    subjects = {about for one in told for about in _abouts(one.event)}
    same = [one for one in free if _joins(one, subjects)]
    leaving = {one.id for one in (*told, *same, *_aimed_at(same, aiming))}
    return tuple(one for one in given if one.id in leaving)


def _marked(entries: Iterable[Entry]) -> set[str]:
    """Return the claims that are marked ``shared=False``, and those that say the same as one of them."""
    given = tuple(entries)
    reached = [one.claim.id for one in given if one.remarks.shared is False]
    if not reached:
        return set()
    told = [evidence_of(one.claim, one.remarks) for one in given]
    names = canonical_names(one for one in told if isinstance(one.event, AMENDMENTS))
    joined: dict[object, set[object]] = defaultdict(set)

    def join(claim: str, other: object) -> None:
        joined[claim].add(other)
        joined[other].add(claim)

    for claim, one in effects(told, names).items():
        join(claim, (one.event, one.source, one.speaker))
    for one in told:
        if isinstance(one.event, ClaimCorrected) and is_desks_own(one):
            join(one.claim, one.event.subject)
    marked: set[object] = set()
    nodes: list[object] = [*reached]
    while nodes:
        if (node := nodes.pop()) not in marked:
            marked.add(node)
            nodes += joined[node]
    return {one for one in marked if isinstance(one, str)}


def _aimed_at(told: Iterable[Entry], aiming: dict[str, list[Entry]]) -> list[Entry]:
    """Return all that mends what was told, and what mends that."""
    found: list[Entry] = []
    reached = [one.claim.id for one in told]
    while reached:
        nearer = aiming.pop(reached.pop(), [])
        found += nearer
        reached += [one.claim.id for one in nearer]
    return found


def _abouts(event: Event) -> tuple[str, ...]:
    return (event.about, event.event.about) if isinstance(event, ClaimCorrected) else (event.about,)


def _joins(entry: Entry, subjects: set[str]) -> bool:
    event = entry.event
    if not isinstance(event, SubjectsDeclaredSame) or not is_desks_own(entry):
        return False
    return {f"{event.of}:{event.subject}", f"{event.of}:{event.other}"} <= subjects
