"""Waiting for new entries where the store cannot notify its readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import sleep

_INTERVAL = 0.02
"""Seconds between two looks at the store."""


@contextmanager
def polling() -> Iterator[Callable[[float], None]]:
    """Yield a function that waits until the store should be read again, or a number of seconds if that is less."""
    yield lambda seconds: sleep(min(_INTERVAL, seconds))
