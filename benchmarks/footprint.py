"""Lines of room: memory and file for each entry; and of the import."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks import alone
from benchmarks.limit import Raw
from benchmarks.replaying import peers_file
from benchmarks.runs import Goal, Runs, Setting

__all__ = ["file_size", "imports", "memory"]

_MEMORY = Goal("a quarter of the peer's events, decoded", peer=0.25)
_FILE = Goal("0.75 of the peer's", peer=0.75)
_IMPORT = Goal("the peer's", peer=1.0)


def memory(setting: Setting) -> Iterator[Runs]:
    """Hold all states and findings of an open record; the peer holds its events, decoded, and no state."""
    size, path, peers = setting.replayed, setting.record(setting.replayed), peers_file(setting)
    yield Runs(f"memory for each of {size:,} entries", "B", _MEMORY).in_turn(
        min(setting.rounds, 3),
        ours=lambda: alone.held(path) / size,
        peer=lambda: alone.held_by_peer(peers) / size,
    )


def file_size(setting: Setting) -> Iterator[Runs]:
    """Measure the file: ours with sources, keys and proof; the peer's with sources; the limit's with bodies alone."""
    size = setting.replayed
    runs = Runs("file for each entry", "B", _FILE)
    runs.figures["ours"] = [setting.record(size).stat().st_size / size]
    runs.figures["peer"] = [peers_file(setting).stat().st_size / size]
    with setting.scratch() as folder:
        raw = Raw(folder / "raw.db")
        bodies = [one.draft.body for one in setting.history(size)]
        raw.append(bodies)
        raw.close()
        runs.figures["limit"] = [(folder / "raw.db").stat().st_size / size]
    runs.figures["the body alone"] = [sum(map(len, bodies)) / size]
    yield runs


def imports(setting: Setting) -> Iterator[Runs]:
    """Import what a record needs, and what the peer needs; `import partnership` alone loads next to nothing."""
    script = {
        "ours": "import partnership.record.record",
        "peer": "import eventsourcing.application, eventsourcing.domain",
        "import_partnership": "import partnership",
        "ours,_and_a_record_is_open": "import partnership; partnership.open(':memory:')",
        "ours,_and_a_record_has_answered": "import partnership; len(partnership.open(':memory:').meetings)",
        "the_peer,_and_an_application_is_open": "from eventsourcing.application import Application; Application()",
    }
    measured = {whose: partial(alone.imported, statement) for whose, statement in script.items()}
    yield Runs("import", "ms", _IMPORT).in_turn(setting.rounds, **measured)
