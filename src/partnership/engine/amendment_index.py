"""Which corrections, retractions and preferences apply to a claim, directly or through one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from partnership._frozen import frozen
from partnership.engine.entry_source import StoredEntries
from partnership.model.entry import Entry
from partnership.model.event import Event
from partnership.model.occurrence import Evidence
from partnership.storage.process_lock import ProcessLock
from partnership.subjects.amendments import AMENDMENTS, Amendment, ClaimCorrected, ClaimPreferred, ClaimRetracted

_MAX_NEW_ENTRIES = 1_000  # more than these are not read to update the cache; it is emptied instead
_MAX_CACHED_CLAIMS = 1_000


def target_of(event: Event) -> str | None:
    """Return the id of the claim that an amendment amends, and None for any other event."""
    return event.subject if isinstance(event, Amendment) else None


def stated_event(event: Event) -> Event:
    """Return what an event states: of a correction, the event that replaces the wrong one; otherwise the event."""
    return event.event if isinstance(event, ClaimCorrected) else event


def is_desk_amendment(item: Entry | Evidence) -> bool:
    """Tell whether the desk amends its own record without citing a source.

    A mistake of the desk was never true. So its correction applies whenever the corrected claim is visible, whatever
    day of knowledge or sources a view selects; only a view of the log at an earlier instant shows the mistake. A note
    of the desk that has a day is a source like any other: what it corrects is known from that day.
    """
    return (
        isinstance(item.event, AMENDMENTS)
        and item.source.kind == "desk-note"
        and item.known_from in (None, date.max)  # without a day; the second is how evidence says so
    )


def amendments_of(claims: Iterable[str], events: Iterable[tuple[str, Event]]) -> set[str]:
    """Return the ids of the amendments of some claims, of the amendments of these, and so on.

    Args:
        claims: ids of claims.
        events: ids and events of the claims to search.
    """
    by_target: dict[str, list[str]] = defaultdict(list)
    for claim, event in events:
        if isinstance(event, Amendment):
            by_target[event.subject].append(claim)
    amendments: set[str] = set()
    pending = [*claims]
    while pending:
        amending = by_target.pop(pending.pop(), [])
        amendments.update(amending)
        pending += amending
    return amendments


def superseded_by(evidence: Iterable[Evidence]) -> dict[str, tuple[str, ...]]:
    """Return by claim the corrections and retractions that supersede it, sorted by their ids.

    An effective amendment supersedes its target. Beyond that:

    - Of the desk's own amendments of a claim the last one applies: it supersedes the corrections that were recorded
      before it. The desk's retraction also supersedes those by sources that were recorded before it.
    - The desk's correction stands in the place of its target, so a source that amends either amends both.
    - Of the corrections and retractions of a claim by sources the newest publication applies, whichever was recorded
      first; of several published on one day, the one that was recorded with knowledge of the other.
    - What amends a correction in one of these ways also amends the corrections of that correction.
    - A correction that is in force supersedes all that its chain of corrections corrects: a claim states one thing.

    Args:
        evidence: claims of any kind, with all amendments that may apply; a target itself need not be among them.
    """
    items = [item for item in evidence if isinstance(item.event, (ClaimCorrected, ClaimRetracted))]
    if not items:
        return {}
    by_desk = {item.claim for item in items if is_desk_amendment(item)}
    items.sort(key=lambda item: item.known_from, reverse=True)  # of equal claims, the one that was known first is last
    amendments = {item.claim: item for item in items}
    standings = _standings(amendments, by_desk)
    superseded: dict[str, set[str]] = defaultdict(set)
    by_sources: dict[str, dict[str, date]] = defaultdict(dict)  # by the claim that they amend, with their days
    effective = _effective(amendments, by_desk, standings)
    for claim in effective:
        event = amendments[claim].event
        superseded[event.subject].add(claim)
        if claim in by_desk:  # of the desk's own amendments the last one applies
            for earlier in _corrections_seen(event, amendments):
                if earlier in by_desk or isinstance(event, ClaimRetracted):
                    superseded[earlier].add(claim)
        else:  # a source that amends the desk's correction amends its target too
            standing = standings.get(event.subject) or _Standing(event.subject, event.subject, date.min)
            superseded[standing.stands_for].add(claim)
            if isinstance(event, ClaimCorrected) or standing.stands_for == standing.original:
                by_sources[standing.original][claim] = max(standing.newest_day, amendments[claim].known_from)
    for days in by_sources.values():  # of those by sources the newest publication applies
        _supersede_older(days, amendments, superseded)
    _supersede_in_place(standings, amendments, by_desk, superseded)  # what amends a correction amends those of it
    visited: set[str] = set()
    for claim in [claim for claim in effective if claim in standings and not superseded[claim]]:  # what is in force
        target = amendments[claim].event.subject
        while target in standings and target not in visited:
            visited.add(target)
            target = amendments[target].event.subject
            superseded[target] = superseded[target] or {claim}
    return {claim: tuple(sorted(by)) for claim, by in superseded.items() if by}


@frozen
class _Standing:
    """In whose place a correction stands.

    Attributes:
        stands_for: the claim in whose place it stands: of a source's correction itself, of the desk's what it corrects.
        original: the claim that the whole chain of corrections is about.
        newest_day: the newest publication in the chain.
    """

    stands_for: str
    original: str
    newest_day: date


def _standings(amendments: Mapping[str, Evidence], by_desk: Container[str]) -> dict[str, _Standing]:
    """Return the standing of each correction, after that of the correction that it corrects; chains have any length."""
    standings: dict[str, _Standing] = {}
    for claim in amendments:
        chain: list[str] = []
        while claim not in standings and claim in amendments and isinstance(amendments[claim].event, ClaimCorrected):
            chain.append(claim)
            claim = amendments[claim].event.subject  # noqa: PLW2901  up the chain
        standing = standings.get(claim) or _Standing(claim, claim, date.min)
        for correction in reversed(chain):
            if correction not in by_desk:
                day = max(standing.newest_day, amendments[correction].known_from)
                standing = _Standing(correction, standing.original, day)
            standings[correction] = standing
    return standings


def _corrections_seen(event: Event, amendments: Mapping[str, Evidence]) -> list[str]:
    """Return the corrections of the same claim that were recorded before an amendment."""
    assert isinstance(event, Amendment)
    return [
        earlier
        for earlier in event.seen
        if earlier in amendments
        and isinstance(amendments[earlier].event, ClaimCorrected)
        and amendments[earlier].event.subject == event.subject
    ]


def _not_seen(amendments: Sequence[Evidence]) -> list[Evidence]:
    """Return those of the amendments of one claim, in log order, that no later one was recorded with knowledge of."""
    seen: set[str] = set()
    unseen: list[Evidence] = []
    for item in reversed(amendments):
        if item.claim not in seen:
            assert isinstance(item.event, Amendment)
            seen.update(item.event.seen)
            unseen.append(item)
    return unseen[::-1]


def _supersede_older(
    days: Mapping[str, date], amendments: Mapping[str, Evidence], superseded: Mapping[str, set[str]]
) -> None:
    """Let the newest of the amendments of one claim by sources supersede the other corrections among them."""
    last = max(days.values())
    newest = [claim for claim, day in days.items() if day == last]
    for claim, day in days.items():
        if day < last and isinstance(amendments[claim].event, ClaimCorrected):
            superseded[claim].update(newest)
    for claim in newest:
        for earlier in _corrections_seen(amendments[claim].event, amendments):
            if days.get(earlier) == last:
                superseded[earlier].add(claim)


class _PassedOn(NamedTuple):
    """What amends a correction, other than as its target, and so amends the corrections of it."""

    to_desk: list[str]
    to_sources: list[str]


def _supersede_in_place(
    corrections: Iterable[str],
    amendments: Mapping[str, Evidence],
    by_desk: Container[str],
    superseded: dict[str, set[str]],
) -> None:
    """Let what amends a correction, other than as its target, amend the corrections of it too.

    A source's amendment of the target is also one of the desk's corrections of that target. A source's own correction
    is superseded together with the correction that it corrects only where the desk retracted what both are about.

    Args:
        corrections: corrections, each after the one that it corrects.
        amendments: all amendments.
        by_desk: those by the desk.
        superseded: by claim, what supersedes it; extended here.
    """
    passed_on: dict[str, _PassedOn] = {}
    for claim in corrections:
        target = amendments[claim].event.subject
        if target not in passed_on:
            aside = [other for other in superseded[target] if amendments[other].event.subject != target]
            passed_on[target] = _PassedOn(
                [*aside, *(other for other in superseded[target].difference(aside) if other not in by_desk)],
                [other for other in aside if other in by_desk and isinstance(amendments[other].event, ClaimRetracted)],
            )
        passed = passed_on[target]
        superseded[claim].update(passed.to_desk if claim in by_desk else passed.to_sources)


def _effective(
    amendments: Mapping[str, Evidence], by_desk: Container[str], standings: Mapping[str, _Standing]
) -> list[str]:
    """Return the amendments that no effective retraction retracts.

    Each is decided after the retractions of it. A claim's id contains the hash of its content, so retractions cannot
    form a cycle; and a queue instead of recursion allows chains of any length.
    """
    retractions: dict[str, str] = {}
    for claim, item in amendments.items():
        if isinstance(item.event, ClaimRetracted):
            standing = None if claim in by_desk else standings.get(item.event.subject)
            retractions[claim] = standing.stands_for if standing else item.event.subject
    undecided: dict[str, int] = defaultdict(int)  # by claim, how many retractions of it are not decided yet
    for target in retractions.values():
        undecided[target] += 1
    ready = [claim for claim in amendments if not undecided[claim]]
    retracted: set[str] = set()
    effective: list[str] = []
    while ready:
        claim = ready.pop()
        if claim not in retracted:
            effective.append(claim)
        if claim in retractions:
            target = retractions[claim]
            if claim not in retracted:
                retracted.add(target)
            undecided[target] -= 1
            if not undecided[target] and target in amendments:
                ready.append(target)
    return effective


class AmendmentIndex:
    """The amendments in a log, looked up by the claims that they amend.

    It serves writers, which need to know what already amends a claim, without resolving anything. Results are cached
    and updated as the log grows, so that amending one claim n times reads each amendment once.

    Args:
        log: the stored entries.
    """

    def __init__(self, log: StoredEntries) -> None:
        self._log = log
        self._head = 0
        self._by_target: dict[str, list[Evidence]] = {}
        self._lock = ProcessLock(log.place)

    def amendments_of(self, claim: str) -> list[Evidence]:
        """Return the amendments whose target is a claim, in log order."""
        with self._lock:
            self._update()
            if claim not in self._by_target:
                rows = self._log.find(subjects=[f"claim:{claim}"])
                self._by_target[claim] = [
                    item for position, item in rows if position <= self._head and target_of(item.event) == claim
                ]
            return [*self._by_target[claim]]

    def corrections_of(self, claim: str, known: date | None = None) -> list[Evidence]:
        """Return the corrections of a claim, those of these, and so on, with the retractions of these corrections.

        Without *known*, those are left out that the desk corrected again and that so have no effect.

        Args:
            claim: the id of the claim.
            known: include corrections by sources that were known on this day; by default only those of the desk.
        """
        if known is None:
            newest = self._amending(claim, None, only_newest=True)
            if not any(isinstance(item.event, ClaimRetracted) for item in newest):
                return newest
        return self._amending(claim, known, only_newest=False)

    def _amending(self, claim: str, known: date | None, *, only_newest: bool) -> list[Evidence]:
        amending: list[Evidence] = []
        pending = [claim]
        while pending:
            target = pending.pop()
            relevant = [
                item
                for item in self.amendments_of(target)
                if (
                    isinstance(item.event, ClaimCorrected)
                    or (isinstance(item.event, ClaimRetracted) and target != claim)
                )
                and ((known is not None and item.known_from <= known) or is_desk_amendment(item))
            ]
            if only_newest:
                relevant = _not_seen(relevant)
            amending += relevant
            pending += [item.claim for item in relevant]
        return amending

    def _update(self) -> None:
        head = self._log.head()
        if head - self._head > _MAX_NEW_ENTRIES or not 0 < len(self._by_target) < _MAX_CACHED_CLAIMS:
            self._by_target.clear()
            self._head = head
            return
        for position, item in self._log.iter_after(self._head):
            self._head = position
            if (target := target_of(item.event)) in self._by_target:
                self._by_target[target].append(item)

    def superseded(self, claims: Collection[str], amendments: Iterable[Evidence] = ()) -> set[str]:
        """Return those of some claims that are superseded.

        Args:
            claims: ids of claims.
            amendments: where the claims are amendments themselves, all amendments of their targets; a later one of
                these may supersede them.
        """
        known = {item.claim: item for item in amendments}
        pending = {*claims, *known}
        while pending:
            rows = self._log.find(subjects=[f"claim:{claim}" for claim in pending])
            new = {item.claim: item for _, item in rows if item.claim not in known and target_of(item.event) in pending}
            known |= new
            pending = {claim for claim, item in new.items() if not isinstance(item.event, ClaimPreferred)}
        return superseded_by(known.values()).keys() & {*claims}
