"""Modules that are loaded when something of them is first used: a question about one subject loads one page.

The only place that imports by a name; the names stand in the tables of its callers, and never come out of a log.

Source: ``performance.md``, goals: 161 classes of events take ten times as long to load as all the rest.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

__all__ = ["BEFORE_FIRST_LOAD", "load"]

BEFORE_FIRST_LOAD: list[Callable[[], None]] = []
"""What waits for the library to be used: it is called before the first thing of it is loaded, once."""


def load(module: str, name: str) -> Any:  # noqa: ANN401  anything
    """Return what a module of the library calls by a name; without a name, the module itself."""
    while BEFORE_FIRST_LOAD:
        BEFORE_FIRST_LOAD.pop()()
    found = import_module(f"partnership.{module}")
    return getattr(found, name) if name else found
