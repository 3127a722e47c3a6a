"""How a reader waits where nobody can call it: it looks again and again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import sleep

__all__ = ["polling"]

_PAUSE = 0.02
"""Seconds between two looks."""


@contextmanager
def polling() -> Iterator[Callable[[float], None]]:
    """Lend a function that waits until it is worth looking again, or for so many seconds if they are fewer."""
    yield lambda seconds: sleep(min(_PAUSE, seconds))
