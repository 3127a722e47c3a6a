"""Measurements in a new process: other benchmarks start ``python -m benchmarks.subprocesses``."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

__all__ = [
    "add_and_die",
    "all_states",
    "first_answer",
    "import_time",
    "peer_memory",
    "record_memory",
]

_BATCH = 100  # claims in one commit
_ANSWER = """
import sys
from time import perf_counter

import attrs

begun = perf_counter()
import partnership

with partnership.open(sys.argv[1]) as record:
    record.meetings[sys.argv[2]].status
    print((perf_counter() - begun) * 1000)
"""
_TOP = Path(__file__).parent.parent


def _run(*arguments: str) -> float:
    """Run Python and return the number that it prints. Compiled bytecode is cached, as it is by default."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, *arguments]
    completed = subprocess.run(command, cwd=_TOP, env=environment, check=True, capture_output=True, text=True)
    return float(completed.stdout)


def first_answer(path: Path, subject: str) -> float:
    """Return the milliseconds that a new process takes to import the library, open a record and compute one state.

    The process has imported attrs before, and what attrs needs of the standard library.

    Args:
        path: the file of the record.
        subject: the slug of a meeting.
    """
    return _run("-c", _ANSWER, os.fspath(path), subject)


def record_memory(path: Path, held: str) -> float:
    """Return the bytes of memory of an open record.

    Args:
        path: the file of the record.
        held: ``states``, or ``occurrences`` for these, all occurrences and all findings.
    """
    return _run("-m", "benchmarks.subprocesses", "record-memory", os.fspath(path), held)


def all_states(path: Path) -> float:
    """Return the seconds in which a new process that has imported the library computes all states of a record."""
    return _run("-m", "benchmarks.subprocesses", "states", os.fspath(path))


def add_and_die(path: Path, number: int) -> None:
    """Let a process add a claim to each hundredth subject, and end without closing the record."""
    _run("-m", "benchmarks.subprocesses", "add", os.fspath(path), str(number))


def peer_memory(path: Path) -> float:
    """Return the bytes of memory of the peer's decoded events."""
    return _run("-m", "benchmarks.subprocesses", "peer-memory", os.fspath(path))


def import_time(statement: str) -> float:
    """Return the milliseconds that a statement takes in a new process."""
    program = f"from time import perf_counter as now\nbegun = now()\n{statement}\nprint((now() - begun) * 1000)"
    return _run("-c", program)


# ---- in the new process ----


def _resident_bytes() -> int:
    """Return the resident memory of this process in bytes, or its peak where the system reports only that."""
    gc.collect()
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    import resource  # noqa: PLC0415  not every system has it

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _compute_states(record: Any) -> None:
    for plural in record.kinds.plurals:
        len(getattr(record, plural))


def _load_everything() -> Any:
    """Import the library and everything that an answer needs; return the library."""
    import partnership as ps  # noqa: PLC0415
    from partnership.events import MeetingHeld  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder, ps.open(Path(folder) / "small.db") as small:
        small.add(MeetingHeld("first", on="2020-06-17"), source=ps.Source("VNA", published="2020-11-16", kind="news"))
        _compute_states(small)
        small.findings()
    return ps


def _record_memory(path: str, held: str) -> int:
    ps = _load_everything()
    before = _resident_bytes()
    with ps.open(path) as record:
        _compute_states(record)
        kept = (record.occurrences, record.findings()) if held == "occurrences" else ()
        taken = _resident_bytes() - before
    del kept
    return taken


def _states(path: str) -> float:
    ps = _load_everything()
    begun = perf_counter()
    with ps.open(path) as record:
        _compute_states(record)
        return perf_counter() - begun


def _add(path: str, number: str) -> float:
    import partnership as ps  # noqa: PLC0415
    from benchmarks.histories import meeting  # noqa: PLC0415
    from partnership.events import MeetingHeld  # noqa: PLC0415

    record, left = ps.open(path), int(number)
    for first in range(0, left, _BATCH):
        source = ps.Source("A late archive", published="2026-11-01", title=f"Volume {first}", kind="official-text")
        slugs = [meeting(each * 100) for each in range(first, min(left, first + _BATCH))]
        record.add(*(MeetingHeld(slug, on="2004-03-03", place="Ha Noi") for slug in slugs), source=source)
    print(number, flush=True)
    os._exit(0)  # as a process that is killed: what is kept at close is not


def _peer_memory(path: str) -> int:
    from benchmarks.peer import Peer  # noqa: PLC0415

    peer = Peer(Path(path))
    before = _resident_bytes()
    events = list(peer.follow(0))
    taken = _resident_bytes() - before
    return taken if events else 0


_FIGURES: dict[str, Callable[..., float]] = {
    "record-memory": _record_memory,
    "states": _states,
    "add": _add,
    "peer-memory": _peer_memory,
}

if __name__ == "__main__":
    print(_FIGURES[sys.argv[1]](*sys.argv[2:]))
