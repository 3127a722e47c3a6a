"""Load modules of the library when something of them is first used.

The modules of all kinds take as long to import as all else; a question about one subject needs one or two of them.

This is the only module that imports by name. The names come from tables in the code, or from a user's command line;
never from a log.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

BEFORE_FIRST_LOAD: list[Callable[[], None]] = []
"""Functions that are called once, before the first module is loaded."""


def load(module: str, name: str) -> Any:  # noqa: ANN401  anything
    """Return an attribute of a module of the library, imported if needed.

    Args:
        module: the name of the module without ``partnership.``.
        name: the name of the attribute; ``""`` for the module itself.
    """
    while BEFORE_FIRST_LOAD:
        BEFORE_FIRST_LOAD.pop()()
    loaded = import_module(f"partnership.{module}")
    return getattr(loaded, name) if name else loaded


def imported(module: str, name: str) -> Any:  # noqa: ANN401  anything
    """Return an attribute of any module; installed modules come first, then those in the current folder.

    Raises:
        Exception: whatever the module raises; ImportError or AttributeError where there is no such module or attribute.
    """
    sys.path.append("")
    try:
        return getattr(import_module(module), name)
    finally:
        sys.path.remove("")
