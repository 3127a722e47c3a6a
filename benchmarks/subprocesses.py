"""Measurements in a new process: other benchmarks start ``python -m benchmarks.subprocesses``."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

__all__ = ["first_answer", "import_time", "peer_memory", "record_memory"]

_TOP = Path(__file__).parent.parent


def _run(*arguments: str) -> float:
    """Run Python and return the number that it prints. Compiled bytecode is cached, as it is by default."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, *arguments]
    completed = subprocess.run(command, cwd=_TOP, env=environment, check=True, capture_output=True, text=True)
    return float(completed.stdout)


def first_answer(path: Path, subject: str, *, is_loaded: bool = False) -> float:
    """Return the milliseconds that a new process takes to open a record and compute one state.

    Args:
        path: the file of the record.
        subject: the slug of a meeting.
        is_loaded: first import all modules that are needed, by doing the same with another record.
    """
    return _run("-m", "benchmarks.subprocesses", "loaded" if is_loaded else "answer", os.fspath(path), subject)


def record_memory(path: Path) -> float:
    """Return the bytes of memory of an open record that holds all states and findings."""
    return _run("-m", "benchmarks.subprocesses", "record-memory", os.fspath(path))


def peer_memory(path: Path) -> float:
    """Return the bytes of memory of the peer's decoded events."""
    return _run("-m", "benchmarks.subprocesses", "peer-memory", os.fspath(path))


def import_time(statement: str) -> float:
    """Return the milliseconds that a statement takes in a new process."""
    program = f"from time import perf_counter as now\nbegun = now()\n{statement}\nprint((now() - begun) * 1000)"
    return _run("-c", program)


# ---- in the new process ----


def _answer(path: str, subject: str) -> float:
    import partnership as ps  # noqa: PLC0415  the import is measured too

    begun = perf_counter()
    with ps.open(path) as record:
        meeting = record.meetings[subject]
        taken = perf_counter() - begun
    return taken * 1000 if meeting.status else 0


def _loaded(path: str, subject: str) -> float:
    import partnership as ps  # noqa: PLC0415
    from partnership.events import MeetingHeld  # noqa: PLC0415
    from partnership.storage.sqlite import SQLiteStore  # noqa: F401, PLC0415

    with ps.open(":memory:") as small:
        small.add(MeetingHeld("first", on="2020-06-17"), source=ps.Source("VNA", published="2020-11-16", kind="news"))
        small.merge(small.entries())
        _ = small.meetings["first"].held_on
    return _answer(path, subject)


def _resident_bytes() -> int:
    """Return the resident memory of this process in bytes, or its peak where the system reports only that."""
    gc.collect()
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    import resource  # noqa: PLC0415  not every system has it

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _compute_all(record: Any) -> None:
    for plural in record.kinds.plurals:
        len(getattr(record, plural))
    record.findings()


def _record_memory(path: str) -> int:
    import partnership as ps  # noqa: PLC0415

    with ps.open(":memory:") as empty:  # imports all modules
        _compute_all(empty)
    before = _resident_bytes()
    with ps.open(path) as record:
        _compute_all(record)
        return _resident_bytes() - before


def _peer_memory(path: str) -> int:
    from benchmarks.peer import Peer  # noqa: PLC0415

    peer = Peer(Path(path))
    before = _resident_bytes()
    events = list(peer.follow(0))
    taken = _resident_bytes() - before
    return taken if events else 0


_FIGURES: dict[str, Callable[..., float]] = {
    "answer": _answer,
    "loaded": _loaded,
    "record-memory": _record_memory,
    "peer-memory": _peer_memory,
}

if __name__ == "__main__":
    print(_FIGURES[sys.argv[1]](*sys.argv[2:]))
