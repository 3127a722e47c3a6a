"""Which corrections, retractions and preferences apply to a claim, directly or through one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from threading import Lock

from partnership.engine.entry_source import StoredEntries
from partnership.model.entry import Entry
from partnership.model.event import Event
from partnership.model.occurrence import Evidence
from partnership.serialization.index_keys import aim_key
from partnership.subjects.amendments import AMENDMENTS, Amendment, ClaimCorrected, ClaimRetracted

__all__ = [
    "AmendmentIndex",
    "amendments_of",
    "is_desk_amendment",
    "stated_event",
    "superseded_by",
    "target_of",
]

_MAX_NEW_ENTRIES = 1_000  # more than these are not read to update the cache; it is emptied instead
_MAX_CACHED_CLAIMS = 1_000


def target_of(event: Event) -> str | None:
    """Return the id of the claim that an amendment amends, and None for any other event."""
    return event.subject if isinstance(event, Amendment) else None


def stated_event(event: Event) -> Event:
    """Return what an event states: of a correction, the event that replaces the wrong one; otherwise the event."""
    return event.event if isinstance(event, ClaimCorrected) else event


def is_desk_amendment(item: Entry | Evidence) -> bool:
    """Tell whether the desk amends its own record, rather than a source its own word.

    A mistake of the desk was never true. So its correction applies whenever the corrected claim is visible, whatever
    day of knowledge or sources a view selects; only a view of the log at an earlier instant shows the mistake.
    """
    return isinstance(item.event, AMENDMENTS) and item.source.kind == "desk-note"


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

    An effective amendment supersedes its target. It also supersedes the corrections of the same target that were
    recorded before it: whoever corrects an entry a second time, or retracts it after a correction, means the last word.

    Args:
        evidence: claims of any kind, with all amendments that may apply; a target itself need not be among them.
    """
    amendments = {
        item.claim: item.event for item in evidence if isinstance(item.event, (ClaimCorrected, ClaimRetracted))
    }
    superseded: dict[str, list[str]] = defaultdict(list)
    for claim in _effective(amendments):
        amendment = amendments[claim]
        superseded[amendment.subject].append(claim)
        for earlier in amendment.seen:
            rival = amendments.get(earlier)
            if isinstance(rival, ClaimCorrected) and rival.subject == amendment.subject:
                superseded[earlier].append(claim)
    return {claim: tuple(sorted(by)) for claim, by in superseded.items()}


def _effective(amendments: Mapping[str, ClaimCorrected | ClaimRetracted]) -> list[str]:
    """Return the amendments that no effective retraction retracts.

    Each is decided after the retractions of it. A claim's id contains the hash of its content, so retractions cannot
    form a cycle; and a queue instead of recursion allows chains of any length.
    """
    retractions = {claim: event.subject for claim, event in amendments.items() if isinstance(event, ClaimRetracted)}
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
        self._lock = Lock()

    def amendments_of(self, claim: str) -> list[Evidence]:
        """Return the amendments whose target is a claim, in log order."""
        with self._lock:
            self._update()
            if claim not in self._by_target:
                rows = self._log.find([aim_key(claim)])
                self._by_target[claim] = [
                    item for position, item in rows if position <= self._head and target_of(item.event) == claim
                ]
            return [*self._by_target[claim]]

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
            rows = self._log.find(sorted(map(aim_key, pending)))
            new = {item.claim: item for _, item in rows if item.claim not in known and target_of(item.event) in pending}
            known |= new
            pending = {  # only retractions change whether an amendment is effective
                claim
                for claim, item in new.items()
                if target_of(item.event) in claims or isinstance(item.event, ClaimRetracted)
            }
        return superseded_by(known.values()).keys() & {*claims}
