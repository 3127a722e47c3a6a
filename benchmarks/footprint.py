"""Benchmarks of size: memory and file per entry; and of the time to import."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import partnership as ps
from benchmarks import subprocesses
from benchmarks.asking import compute_states
from benchmarks.baseline import RawTable
from benchmarks.histories import entries
from benchmarks.replaying import peer_file
from benchmarks.runs import Goal, Measurement, Setting

__all__ = ["file_size", "imports", "memory"]

_MEMORY = Goal("550 B", at_most=550)
_FILE = Goal("0.65 of the peer's", peer=0.65)


def memory(setting: Setting) -> Iterator[Measurement]:
    """Measure an open record that holds all states; the peer holds its decoded events and no state."""
    size, path = setting.replayed, setting.record(setting.replayed)
    distinct, peers = setting.record(size, is_distinct=True), peer_file(setting)

    def held(file: Path, what: str) -> float:
        with setting.copy(file) as copy:
            return subprocesses.record_memory(copy, what) / size

    yield Measurement(f"memory per entry, of {size:,}, all states held", "B", _MEMORY).in_turn(
        1,
        ours=partial(held, path, "states"),
        peer=lambda: subprocesses.peer_memory(peers) / size,
        with_all_occurrences_and_findings_held=partial(held, path, "occurrences"),
        **{"all states, texts 99 % distinct": partial(held, distinct, "states")},
    )


def file_size(setting: Setting) -> Iterator[Measurement]:
    """Measure the file: ours with sources, proof and states, the peer's with sources, the baseline's with bodies."""
    size = setting.replayed
    measurement = Measurement(f"file per entry, of {size:,}", "B", _FILE)
    with setting.copy(setting.record(size)) as path:
        with ps.open(path) as record:
            compute_states(record)
        measurement.figures["ours"] = [path.stat().st_size / size]
    measurement.figures["peer"] = [peer_file(setting).stat().st_size / size]
    with setting.scratch() as folder:
        table = RawTable(folder / "raw.db")
        table.append(item.entry.body for item in entries(size))
        table.close()
        measurement.figures["baseline"] = [(folder / "raw.db").stat().st_size / size]
    measurement.figures["before anybody asked for states"] = [setting.record(size).stat().st_size / size]
    yield measurement


def imports(setting: Setting) -> Iterator[Measurement]:
    """Import what a record needs and open one, and what an application of the peer needs and open that."""
    statements = {
        "ours": "import partnership; partnership.open(':memory:')",
        "peer": "from eventsourcing.application import Application; import eventsourcing.domain; Application()",
        "attrs alone": "import attrs",
        "ours, with a first query": "import partnership; len(partnership.open(':memory:').meetings)",
    }
    measured = {name: partial(subprocesses.import_time, statement) for name, statement in statements.items()}
    yield Measurement("import, and open an empty record", "ms", None).in_turn(setting.rounds, **measured)
