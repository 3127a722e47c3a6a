"""What is measured in a process of its own: ``python -m benchmarks.alone`` is started by the lines, not by people."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

__all__ = ["all_states", "first_answer", "held", "held_by_peer", "imported"]

_TOP = Path(__file__).parent.parent


def _run(*asked: str) -> float:
    """Run Python; it keeps what it compiled for the next time, as everybody's does."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    told = subprocess.run([sys.executable, *asked], cwd=_TOP, env=kept, check=True, capture_output=True, text=True)
    return float(told.stdout)


def first_answer(path: Path, subject: str, *, is_loaded: bool = False) -> float:
    """Return the milliseconds of a new process from the imported menu to the first answer about one subject.

    Args:
        path: the record.
        subject: the slug of a meeting.
        is_loaded: let it load first all that it needs for that, with another record.
    """
    return _run("-m", "benchmarks.alone", "loaded" if is_loaded else "answer", os.fspath(path), subject)


def all_states(path: Path) -> float:
    """Return the milliseconds of a new process from the imported menu to all states."""
    return _run("-m", "benchmarks.alone", "states", os.fspath(path))


def held(path: Path) -> float:
    """Return the bytes that a record takes that is open and has computed all states and findings."""
    return _run("-m", "benchmarks.alone", "held", os.fspath(path))


def held_by_peer(path: Path) -> float:
    """Return the bytes that the peer's events take, decoded."""
    return _run("-m", "benchmarks.alone", "peer", os.fspath(path))


def imported(statement: str) -> float:
    """Return the milliseconds that a statement takes in a new process."""
    timed = f"from time import perf_counter as now\nbegun = now()\n{statement}\nprint((now() - begun) * 1000)"
    return _run("-c", timed)


# ---- in the process of its own ----


def _answer(path: str, subject: str) -> float:
    import partnership as ps  # noqa: PLC0415  it is measured apart

    begun = perf_counter()
    with ps.open(path) as record:
        found = record.meetings[subject]
        taken = perf_counter() - begun
    return taken * 1000 if found.status else 0


def _states(path: str) -> float:
    import partnership as ps  # noqa: PLC0415

    begun = perf_counter()
    with ps.open(path) as record:
        found = sum(len(getattr(record, one)) for one in record.kinds.plurals)
        taken = perf_counter() - begun
    return taken * 1000 if found else 0


def _loaded(path: str, subject: str) -> float:
    import partnership as ps  # noqa: PLC0415
    from partnership.events import MeetingHeld  # noqa: PLC0415
    from partnership.storage.sqlite import SQLiteStore  # noqa: F401, PLC0415

    with ps.open(":memory:") as small:
        small.add(MeetingHeld("first", on="2020-06-17"), source=ps.Source("VNA", published="2020-11-16", kind="news"))
        small.merge(small.entries())
        _ = small.meetings["first"].held_on
    return _answer(path, subject)


def _room() -> int:
    """Return the bytes of this process that lie in memory now; where a system does not tell, those that ever did."""
    gc.collect()
    told = Path("/proc/self/statm")
    if told.exists():
        return int(told.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    import resource  # noqa: PLC0415  not every system has it

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _everything(record: Any) -> None:
    for one in record.kinds.plurals:
        len(getattr(record, one))
    record.findings()


def _held(path: str) -> int:
    import partnership as ps  # noqa: PLC0415

    with ps.open(":memory:") as nothing:  # loads every page
        _everything(nothing)
    before = _room()
    with ps.open(path) as record:
        _everything(record)
        return _room() - before


def _peer(path: str) -> int:
    from benchmarks.peer import Peer  # noqa: PLC0415

    peer = Peer(Path(path))
    before = _room()
    kept = list(peer.follow(0))
    taken = _room() - before
    return taken if kept else 0


_FIGURES: dict[str, Callable[..., float]] = {
    "answer": _answer,
    "states": _states,
    "loaded": _loaded,
    "held": _held,
    "peer": _peer,
}

if __name__ == "__main__":
    print(_FIGURES[sys.argv[1]](*sys.argv[2:]))
