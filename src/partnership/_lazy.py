"""Modules that are loaded when something of them is first used: a question about one subject loads one page.

The only place that imports by a name. The names stand in the tables of its callers, or a user writes them on the
command line; they never come out of a log.

Source: ``performance.md``, goals: 161 classes of events take ten times as long to load as all the rest.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

__all__ = ["BEFORE_FIRST_LOAD", "imported", "load"]

BEFORE_FIRST_LOAD: list[Callable[[], None]] = []
"""What waits for the library to be used: it is called before the first thing of it is loaded, once."""


def load(module: str, name: str) -> Any:  # noqa: ANN401  anything
    """Return what a module of the library calls by a name; without a name, the module itself."""
    while BEFORE_FIRST_LOAD:
        BEFORE_FIRST_LOAD.pop()()
    found = import_module(f"partnership.{module}")
    return getattr(found, name) if name else found


def imported(module: str, name: str) -> Any:  # noqa: ANN401  anything
    """Return what any module calls by a name; one in the current folder is found too, after those that are installed.

    Raises:
        Exception: whatever the module raises; ImportError or AttributeError where there is no such thing.
    """
    sys.path.append("")
    try:
        return getattr(import_module(module), name)
    finally:
        sys.path.remove("")
