"""The cost of each step from stored bytes to states and findings, per entry, to show where time is spent.

The only benchmark that calls internal functions of the library, so it changes with them.
"""

from __future__ import annotations

import gc
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from benchmarks.runs import Measurement, Setting, seconds
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

__all__ = ["steps"]

_MAX_ENTRIES = 10_000
_EXPLAINED_SUBJECTS = 200
_NOW = datetime(2026, 11, 24, tzinfo=UTC)


class _Steps:
    """The steps of one replay, each timed.

    Attributes:
        spent: microseconds per entry, by step.
    """

    def __init__(self, store: MemoryStore, codec: Codec, size: int) -> None:
        self.store = store
        self.codec = codec
        self.size = size
        self.spent: dict[str, float] = {}

    def time(self, name: str, work: Callable[[], Any]) -> Any:
        """Time a step and return its result."""
        gc.collect()
        results: list[Any] = []
        self.spent[name] = self.spent.get(name, 0.0) + seconds(lambda: results.append(work())) / self.size * 1e6
        return results[0]

    def run(self) -> dict[str, float]:
        """Run every step; return the microseconds per entry, by step."""
        rows: list[Row] = self.time("read", self.store.read)
        self.time("decode", lambda: [self.codec.decode(row.body, "an entry") for row in rows])
        index = ClaimIndex(StoredEntries(self.store, self.codec))
        names = list(index.load_all())
        self.resolve_and_fold([list(index.group(name)) for name in names])
        record = Record(self.store, self.codec, utc_now)
        for plural in record.kinds.plurals:
            len(getattr(record, plural))
        self.explain(record)
        return self.spent

    def resolve_and_fold(self, groups: list[list[Evidence]]) -> None:
        """Time corrections, resolution, ordering, the fold, and findings."""
        names = canonical_names(evidence for group in groups for evidence in group)
        effective = self.time("apply corrections", lambda: [apply_corrections(group, names) for group in groups])
        identified = self.time(
            "group by identity", lambda: [group_by_identity(claims.evidence) for claims in effective]
        )
        resolved = self.time(
            "resolve", lambda: [[resolve(same, most_official) for same in all_] for all_ in identified]
        )
        pairs = list(zip(effective, resolved, strict=True))
        self.time("findings of the claims", lambda: [tuple(claim_findings(*pair)) for pair in pairs])
        occurrences: list[Occurrence] = [occurrence for group in resolved for occurrence, _ in group]
        by_key = self.time("sort by key", lambda: _by_key(occurrences))
        ordered = self.time("order", lambda: [(*key, in_order(unordered)) for key, unordered in by_key.items()])
        states = self.time("fold", lambda: [_fold(*item) for item in ordered])
        folded = [(projection, state, led) for (projection, _, led), state in zip(ordered, states, strict=True)]
        self.time("findings of the states", lambda: [tuple(item[0].rules(*item[1:])) for item in folded])

    def explain(self, record: Record) -> None:
        """Time `why` for some subjects, per entry of these subjects."""
        slugs = random.Random(1).sample(sorted(record.meetings), min(_EXPLAINED_SUBJECTS, len(record.meetings)))
        entries = sum(len(record.entries(subject=f"meeting:{slug}")) for slug in slugs)
        spent = seconds(lambda: [record.why(f"meeting:{slug}") for slug in slugs])
        self.spent["why"] = spent / max(entries, 1) * 1e6


def _by_key(occurrences: list[Occurrence]) -> dict[tuple[Projection[Any], str], list[Occurrence]]:
    by_key: dict[tuple[Projection[Any], str], list[Occurrence]] = defaultdict(list)
    for projection in BUILT_IN.projections:
        for occurrence in occurrences:
            for key in projection.keys(occurrence):
                by_key[projection, key].append(occurrence)
    return by_key


def _fold(projection: Projection[Any], key: str, occurrences: list[Occurrence]) -> Any:
    state = projection.initial(key)
    for occurrence in occurrences:
        state = projection.evolve(state, occurrence)
    return state


def steps(setting: Setting) -> Iterator[Measurement]:
    """Time each step of a replay separately, in microseconds per entry."""
    size = min(_MAX_ENTRIES, setting.largest)
    store = MemoryStore()
    store.append([item.entry.new_row for item in setting.history(size)], now=_NOW, by=None)
    codec = Codec(BUILT_IN)
    rounds = [_Steps(store, codec, size).run() for _ in range(setting.rounds)]
    for name in rounds[0]:
        yield Measurement(f"step: {name}", "µs", None, figures={"ours": [spent[name] for spent in rounds]})
