"""What each step of the road costs for an entry, measured apart: so that the next person knows where to look.

The only module here that calls what lies under the public names: it follows the library's insides.
"""

from __future__ import annotations

import gc
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from benchmarks.runs import Runs, Setting, seconds
from partnership.engine.corrections import apply_corrections, canonical_names
from partnership.engine.entry_source import StoredEntries
from partnership.engine.groups import claim_findings
from partnership.engine.index import ClaimIndex
from partnership.engine.ordering import in_order
from partnership.engine.resolution import group_by_identity, most_official, resolve
from partnership.kinds import BUILT_IN
from partnership.model.occurrence import Evidence, Occurrence
from partnership.model.projection import Projection
from partnership.record.record import Record, utc_now
from partnership.serialization.codec import Codec
from partnership.storage.base import Row
from partnership.storage.memory import MemoryStore

__all__ = ["laws"]

_MOST = 10_000
_EXPLAINED = 200
_NOW = datetime(2026, 11, 24, tzinfo=UTC)


class _Walk:
    """One walk down the road, each step timed."""

    def __init__(self, store: MemoryStore, codec: Codec, size: int) -> None:
        self.store = store
        self.codec = codec
        self.size = size
        self.spent: dict[str, float] = {}

    def step(self, name: str, work: Callable[[], Any]) -> Any:
        """Take a step, and keep its microseconds for an entry."""
        gc.collect()
        made: list[Any] = []
        self.spent[name] = self.spent.get(name, 0.0) + seconds(lambda: made.append(work())) / self.size * 1e6
        return made[0]

    def walk(self) -> dict[str, float]:
        """Take every step; return the microseconds of each, by its name."""
        rows: list[Row] = self.step("read", self.store.read)
        self.step("decode", lambda: [self.codec.decode(row.body, "an entry") for row in rows])
        index = ClaimIndex(StoredEntries(self.store, self.codec))
        roots = list(index.load_all())
        told = [list(index.group(one)) for one in roots]
        self.settle(told)
        with_state = Record(self.store, self.codec, utc_now)
        for one in with_state.kinds.plurals:
            len(getattr(with_state, one))
        self.explain(with_state)
        return self.spent

    def settle(self, told: list[list[Evidence]]) -> None:
        """Mend, believe, order and fold."""
        names = canonical_names(one for each in told for one in each)
        effective = self.step("mend", lambda: [apply_corrections(each, names) for each in told])
        apart = self.step("tell occurrences apart", lambda: [group_by_identity(one.evidence) for one in effective])
        settled = self.step("belief", lambda: [[resolve(one, most_official) for one in each] for each in apart])
        both = list(zip(effective, settled, strict=True))  # occurrences with what is in dispute of each
        self.step("findings of the claims", lambda: [tuple(claim_findings(*each)) for each in both])
        occurrences: list[Occurrence] = [one for each in settled for one, _ in each]
        by_key = self.step("sort by key", lambda: _by_key(occurrences))
        ordered = self.step("order", lambda: [(*keyed, in_order(led)) for keyed, led in by_key.items()])
        folded = self.step("fold", lambda: [_folded(*each) for each in ordered])
        whole = [(one[0], state, one[2]) for one, state in zip(ordered, folded, strict=True)]
        self.step("findings of the states", lambda: [tuple(one.rules(state, led)) for one, state, led in whole])

    def explain(self, record: Record) -> None:
        """Ask why of some subjects; what that costs is told for each of their entries."""
        some = random.Random(1).sample(sorted(record.meetings), min(_EXPLAINED, len(record.meetings)))
        entries = sum(len(record.entries(subject=f"meeting:{one}")) for one in some)
        spent = seconds(lambda: [record.why(f"meeting:{one}") for one in some])
        self.spent["why"] = spent / max(entries, 1) * 1e6


def _by_key(occurrences: list[Occurrence]) -> dict[tuple[Projection[Any], str], list[Occurrence]]:
    found: dict[tuple[Projection[Any], str], list[Occurrence]] = defaultdict(list)
    for projection in BUILT_IN.projections:
        for one in occurrences:
            for key in projection.keys(one):
                found[projection, key].append(one)
    return found


def _folded(projection: Projection[Any], key: str, led: list[Occurrence]) -> Any:
    state = projection.initial(key)
    for one in led:
        state = projection.evolve(state, one)
    return state


def laws(setting: Setting) -> Iterator[Runs]:
    """Measure every step of the road apart, in microseconds for an entry."""
    size = min(_MOST, setting.largest)
    store = MemoryStore()
    store.append([one.draft.new_row for one in setting.history(size)], now=_NOW, by=None)
    codec = Codec(BUILT_IN)
    walks = [_Walk(store, codec, size).walk() for _ in range(setting.rounds)]
    for name in walks[0]:
        yield Runs(f"cost of the laws: {name}", "µs", None, figures={"ours": [one[name] for one in walks]})
