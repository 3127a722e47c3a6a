"""Benchmarks of size: memory and file per entry; and of the time to import."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks import subprocesses
from benchmarks.baseline import RawTable
from benchmarks.replaying import peer_file
from benchmarks.runs import Goal, Measurement, Setting

__all__ = ["file_size", "imports", "memory"]

_MEMORY = Goal("a quarter of the peer's events, decoded", peer=0.25)
_FILE = Goal("0.75 of the peer's", peer=0.75)
_IMPORT = Goal("the peer's", peer=1.0)


def memory(setting: Setting) -> Iterator[Measurement]:
    """Measure an open record that holds all states and findings; the peer holds its decoded events and no state."""
    size, path, peers = setting.replayed, setting.record(setting.replayed), peer_file(setting)
    yield Measurement(f"memory per entry, of {size:,}", "B", _MEMORY).in_turn(
        min(setting.rounds, 3),
        ours=lambda: subprocesses.record_memory(path) / size,
        peer=lambda: subprocesses.peer_memory(peers) / size,
    )


def file_size(setting: Setting) -> Iterator[Measurement]:
    """Measure the file: ours with sources, index keys and proof, the peer's with sources, and the baseline's."""
    size = setting.replayed
    measurement = Measurement("file per entry", "B", _FILE)
    measurement.figures["ours"] = [setting.record(size).stat().st_size / size]
    measurement.figures["peer"] = [peer_file(setting).stat().st_size / size]
    with setting.scratch() as folder:
        table = RawTable(folder / "raw.db")
        bodies = [item.entry.body for item in setting.history(size)]
        table.append(bodies)
        table.close()
        measurement.figures["baseline"] = [(folder / "raw.db").stat().st_size / size]
    measurement.figures["the body only"] = [sum(map(len, bodies)) / size]
    yield measurement


def imports(setting: Setting) -> Iterator[Measurement]:
    """Import what a record needs, and what an application of the peer needs."""
    statements = {
        "ours": "import partnership.record.record",
        "peer": "import eventsourcing.application, eventsourcing.domain",
        "import_partnership_only": "import partnership",
        "ours,_with_an_open_record": "import partnership; partnership.open(':memory:')",
        "ours,_with_a_first_query": "import partnership; len(partnership.open(':memory:').meetings)",
        "the_peer,_with_an_open_application": "from eventsourcing.application import Application; Application()",
    }
    measured = {name: partial(subprocesses.import_time, statement) for name, statement in statements.items()}
    yield Measurement("import", "ms", _IMPORT).in_turn(setting.rounds, **measured)
