"""AmendmentIndex: what aims at claims, out of the log and nothing settled, for whoever adds a correction or a claim again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from threading import Lock

from partnership.engine.corrections import superseded_among
from partnership.engine.entry_source import StoredEntries
from partnership.model.occurrence import Evidence
from partnership.serialization.index_keys import aim_key
from partnership.subjects.amendments import Amendment, ClaimRetracted

__all__ = ["AmendmentIndex"]

_FEW = 1_000  # entries that are read for what they add to what is held; claims of which it is held


class AmendmentIndex:
    """What aims at claims. A claim that is corrected again and again has each correction read once.

    Args:
        log: where it is looked up.
    """

    def __init__(self, log: StoredEntries) -> None:
        self._log = log
        self._head = 0
        self._held: dict[str, list[Evidence]] = {}
        self._lock = Lock()

    def at(self, claim: str) -> list[Evidence]:
        """Return what aims at a claim, in the order of the log."""
        with self._lock:
            self._take_in()
            if claim not in self._held:
                found = self._log.find([aim_key(claim)])
                self._held[claim] = [one for place, one in found if place <= self._head and _target(one) == claim]
            return [*self._held[claim]]

    def _take_in(self) -> None:
        head = self._log.head()
        if head - self._head > _FEW or not 0 < len(self._held) < _FEW:
            self._held.clear()
            self._head = head
            return
        for place, one in self._log.iter_after(self._head):
            self._head = place
            if (target := _target(one)) in self._held:
                self._held[target].append(one)

    def superseded(self, claims: Collection[str], aiming: Iterable[Evidence] = ()) -> set[str]:
        """Return those of some claims that lie superseded.

        Args:
            claims: which.
            aiming: what aims at what they aim at, if they are amendments: it may have the last word over them.
        """
        told = {one.claim: one for one in aiming}
        reached = {*claims, *told}
        while reached:
            found = [one for _, one in self._log.find(sorted(map(aim_key, reached)))]
            fresh = {one.claim: one for one in found if one.claim not in told and _target(one) in reached}
            told |= fresh
            reached = {  # what corrects a amendment leaves it its power
                claim for claim, one in fresh.items() if _target(one) in claims or isinstance(one.event, ClaimRetracted)
            }
        return superseded_among(claims, told.values())


def _target(one: Evidence) -> str | None:
    return one.event.subject if isinstance(one.event, Amendment) else None
