"""Measure the structure of the code: lines, modules, chains of classes, modules that an operation crosses.

    python -m benchmarks.structure

An operation is profiled with `sys.setprofile`, after the same operation on another subject has loaded every module.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import partnership as ps
from partnership.events import MeetingHeld, MeetingScheduled

__all__ = ["crossed", "main"]


def crossed(operation: Callable[[], object]) -> tuple[int, int]:
    """Return how many modules of the library an operation runs code of, and how often it changes between them."""
    visited: list[str] = []

    def record_module(frame: FrameType, event: str, _: object) -> None:
        name = str(frame.f_globals.get("__name__", ""))
        if event == "call" and name.startswith("partnership") and (not visited or visited[-1] != name):
            visited.append(name)

    sys.setprofile(record_module)
    try:
        operation()
    finally:
        sys.setprofile(None)
    return len(set(visited)), len(visited)


def _chain(kind: type) -> list[str]:
    """Return the library's own classes that a class derives from, itself included."""
    return [base.__name__ for base in kind.__mro__ if base.__module__.startswith("partnership")]


def _size() -> tuple[int, int, list[str]]:
    """Return lines and modules of the library, and its longest chain of classes."""
    folder = Path(str(ps.__file__)).parent
    files = list(folder.rglob("*.py"))
    lines = sum(len(path.read_text("utf-8").splitlines()) for path in files)
    names = [module.name for module in pkgutil.walk_packages(ps.__path__, "partnership.")]
    classes = {
        value
        for name in names
        if name != "partnership.__main__"
        for value in vars(importlib.import_module(name)).values()
        if inspect.isclass(value) and value.__module__.startswith("partnership")
    }
    return lines, len(files), max(map(_chain, classes), key=len)


def main() -> None:
    """Print the measures."""
    lines, modules, chain = _size()
    print(f"lines {lines}, modules {modules}")
    print(f"chain of Record: {' -> '.join(_chain(ps.Record))}; longest: {' -> '.join(chain)}")
    source, other = (ps.Source(name, published="2020-06-18", kind="news") for name in ("TASS", "VNA"))
    with ps.open(":memory:") as record:
        for slug in ("warm", "m"):
            record.add(MeetingScheduled(slug, planned="2020-06"), source=source)
            figures = {
                "add": crossed(lambda slug=slug: record.add(MeetingHeld(slug, on="2020-06-17"), source=other)),
                "state": crossed(lambda slug=slug: record.meetings[slug].held_on),
                "why": crossed(lambda slug=slug: record.why(f"meeting:{slug}")),
            }
    for name, (many, changes) in figures.items():
        print(f"{name}: {many} modules, {changes} changes of module")


if __name__ == "__main__":
    main()
