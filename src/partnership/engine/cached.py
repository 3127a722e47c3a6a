"""States out of a snapshot, and again out of the entries what anything touches that came since.

An entry that arrives changes what its group comes to, and by that the states of the subjects that the group tells of or
refers to, before or now; under other names only where *same* says so. All that was told of a group stays in it, superseded
or not: so the subjects of what is in it now are all whose states may have changed, and the others are as they were.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from partnership.engine.entry_source import LocatedEvidence, StoredEntries
from partnership.engine.index import ClaimIndex, synchronized
from partnership.engine.query import Query
from partnership.errors import Damaged, InvalidEntry
from partnership.model.occurrence import Evidence
from partnership.model.projection import Projection
from partnership.serialization.index_keys import referenced_subjects, subjects_of

if TYPE_CHECKING:  # loaded when all states are asked for
    from partnership.serialization.snapshots import Cover

__all__ = ["Cached"]

S = TypeVar("S")


def touched(told: Iterable[Evidence], names: Mapping[str, str]) -> set[str]:
    """Return the subjects whose states may have changed with the group of which this was told, under every name."""
    found = {subject for one in told for subject in (*subjects_of(one.event), *referenced_subjects(one.event))}
    return found | {names.get(one, one) for one in found}


class Cached(Query):
    """What a log holds, read without a cut; the states, until anybody asks for more, out of its snapshot.

    Args:
        log: the log.
        is_built_in: tells whether a projection is the library's own: a user's may be called as one of them.
    """

    def __init__(self, log: StoredEntries, is_built_in: Callable[[Projection[Any]], bool]) -> None:
        super().__init__(ClaimIndex(log))
        self._log = log
        self._is_built_in = is_built_in

    def _reset(self) -> None:
        super()._reset()
        self._close()

    def _close(self) -> None:
        self._cover: Cover | None = None
        self._came = 0  # since the snapshot
        self._arrived: list[Evidence] = []  # of these, what they touch is not known yet
        self._touched: set[str] = set()
        self._held: dict[Projection[Any], dict[str, Any]] = {}
        self._stale: dict[Projection[Any], set[str]] = {}  # keys of what is held that are to be folded again

    def write(self, projections: Iterable[Projection[Any]]) -> int:
        """Write a snapshot of what is there now, from the entries; return how many states are in it.

        Raises:
            Damaged: entries are missing.
            ReadOnly, StorageFull: the file cannot be written.
        """
        proof = self._log.snapshots.proof()
        if proof is None:
            return 0
        self.now()
        with self.index.lock:  # what arrives meanwhile would be in some of the states, and not in others
            states = {each: {key: one.state for key, one in self.fold(each).items()} for each in projections}
            head, names = self.index.head, self.names
        return self._log.snapshots.write(proof, head, names, states)

    def is_belied(self, projections: Iterable[Projection[Any]]) -> bool:
        """Tell whether the snapshot has other states than the entries come to, which nobody but a forger brings about.

        It reads everything, where there is a snapshot, and keeps nothing of it.
        """
        entries, held = Query(ClaimIndex(self._log)), Cached(self._log, self._is_built_in)
        held.index.head = entries.index.head
        pairs = ((held._out_of_the_snapshot(each), each) for each in projections)
        try:
            return any(states is not None and states != dict(entries.states(each)) for states, each in pairs)
        except (Damaged, InvalidEntry):  # of which nobody could make a snapshot
            return True

    def apply_new(self, told: Sequence[LocatedEvidence]) -> None:
        """Take in what arrived: what it does not touch stays as it is."""
        super().apply_new(told)
        if self.index.is_whole:  # and the snapshot is asked no more
            self._close()
        elif self._cover is not None:
            self._arrived += [one for _, one in told]
            self._came += len(told)

    @synchronized
    def state(self, projection: Projection[S], key: str) -> S | None:
        """Return the state of one key; it reads no more than that needs."""
        is_other = self.index.is_whole or self._arrived or self._stale.get(projection)
        held = None if is_other else self._held.get(projection)
        return super().state(projection, key) if held is None else held.get(key)

    @synchronized
    def states(self, projection: Projection[S]) -> Mapping[str, S]:
        """Return the states of a projection by key."""
        held = None if self.index.is_whole else self._out_of_the_snapshot(projection)
        return super().states(projection) if held is None else held

    def _out_of_the_snapshot(self, projection: Projection[S]) -> Mapping[str, S] | None:
        """Return all states of a projection; None where the snapshot does not have them, or is in doubt."""
        with self.index.lock:
            cover = self._cover or self._open()
            if cover is None or not self._is_in_force(cover):
                self._close()
                return None
            self._look()
            if projection not in self._held and not self._take(cover, projection):
                return None
            self._fold_stale(projection)
            return self._held[projection]

    def _open(self) -> Cover | None:
        """Find out what the snapshot covers, if there is one, and what came since."""
        cover = self._log.snapshots.cover()
        if cover is None or cover.size > self.index.head:  # written by another, of entries that have not arrived here
            return None
        self._arrived = [one for place, one in self._log.iter_after(cover.size) if place <= self.index.head]
        self._came = len(self._arrived)
        self._cover = cover
        return cover

    def _is_in_force(self, cover: Cover) -> bool:
        """Tell whether subjects have the names that they had, and not too much came since."""
        return self.names == cover.names and cover.allows(self._came)

    def _look(self) -> None:
        """Find out what is touched by what arrived."""
        roots = {self.index.group_of(one) for one in self._arrived}
        fresh = {key for root in roots for key in touched(self.index.group(root), self.names)}
        self._touched |= fresh
        for keys in self._stale.values():
            keys.update(fresh)
        self._arrived = []

    def _take(self, cover: Cover, projection: Projection[Any]) -> bool:
        """Take the states of a projection from the snapshot; tell whether it has them."""
        states = self._log.snapshots.states(cover, projection) if self._is_built_in(projection) else None
        if states is None:
            return False
        self._held[projection] = states
        self._stale[projection] = {*self._touched}
        return True

    def _fold_stale(self, projection: Projection[Any]) -> None:
        """Fold again what is to be; somebody may be going through what is held, so that stays as it is."""
        if not self._stale[projection]:
            return
        held = {**self._held[projection]}
        for key in self._stale[projection]:
            folded = self.folded(projection, key)
            if folded is not None:
                held[key] = folded.state
            else:
                held.pop(key, None)
        self._held[projection] = dict(sorted(held.items()))
        self._stale[projection] = set()
