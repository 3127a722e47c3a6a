"""Lines of snapshots: all states in a new process, with one and without; what it costs to write, and in the file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import partnership as ps
from benchmarks import alone
from benchmarks.asking import whole
from benchmarks.histories import CLAIMS, meeting
from benchmarks.runs import Runs, Setting, seconds
from partnership.events import MeetingHeld

__all__ = ["snapshot"]

_LATE = 400  # entries of which one is late


def snapshot(setting: Setting) -> Iterator[Runs]:
    """Ask for all states in a new process, where a snapshot lies beside the entries and where none does; write one."""
    for size in setting.asked:
        with setting.copy(size) as kept, setting.copy(size) as late:
            yield from _written(kept, size)
            _write_late(late, size)
            runs = Runs(f"all states of {size:,}, in a new process with a snapshot", "ms", None)
            yield runs.in_turn(
                setting.rounds,
                ours=partial(alone.all_states, kept),
                without_a_snapshot=partial(alone.all_states, setting.record(size)),
                **{f"where_one_entry_in_{_LATE}_came_since": partial(alone.all_states, late)},
            )


def _written(path: Path, size: int) -> Iterator[Runs]:
    """Write a snapshot of a record that holds all states, once: the second would find room in the file."""
    before = path.stat().st_size
    runs = Runs(f"a snapshot of {size:,}", "ms", None)
    with ps.open(path) as record:
        runs.figures["and all states, which it needs"] = [seconds(lambda: whole(record)) * 1000]
        runs.figures["ours"] = [seconds(record.snapshot) * 1000]
    yield runs
    room = Runs(f"a snapshot in the file, for each of {size:,} entries", "B", None)
    room.figures["ours"] = [(path.stat().st_size - before) / size]
    yield room


def _write_late(path: Path, size: int) -> None:
    with ps.open(path) as record:
        record.snapshot()
        source = ps.Source("A late archive", published="2026-11-01", kind="official-text")
        subjects = range(0, max(1, size // CLAIMS // 8 * 8), max(1, _LATE // CLAIMS))
        record.add(*(MeetingHeld(meeting(one), on="2004-03-03", place="Ha Noi") for one in subjects), source=source)
