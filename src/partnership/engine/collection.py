"""Pause the search for cyclic garbage while many objects are made that stay.

Python looks through all objects of a process each time that a quarter more of them have stayed. While a long log is
read, that takes a fifth of the time and finds nothing.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 100_000  # new objects that are not worth looking through
_pauses: list[None] = []  # one for each block that pauses it; a lock for a counter could stay locked after a fork


@contextmanager
def collection_paused() -> Iterator[None]:
    """Collect no cyclic garbage within a block, in any thread; where the process has disabled that, it stays so.

    The block that pauses it also resumes it. A block within it, or in another thread, does nothing: one that lasts
    longer is only slower.
    """
    if not gc.isenabled():
        yield
        return
    _pauses.append(None)
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > _MANY and not gc.get_freeze_count():
            gc.freeze()  # what is new becomes as what is old, without being looked through
            gc.unfreeze()
        _pauses.pop()
        gc.enable()


def _resume_in_child() -> None:
    """Resume it in a forked child, in which the thread that paused it does not run."""
    if _pauses:
        gc.enable()


if hasattr(os, "register_at_fork"):  # pragma: no branch  not on Windows
    os.register_at_fork(after_in_child=_resume_in_child)
