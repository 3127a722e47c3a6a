"""A lock that a forked child cannot wait for."""

from __future__ import annotations

import os
from threading import RLock

from partnership.errors import StorageError


def refuse_in_child(process: int, place: str) -> None:
    """Raise in a forked child, without waiting: a lock that another thread held at the fork is never released.

    Args:
        process: the process that opened the record.
        place: where the entries are stored, for the error message.

    Raises:
        StorageError: this is another process.
    """
    if process != os.getpid():
        raise StorageError(place, "was opened before this process was forked: open it again in each process")


class ProcessLock:
    """A lock of the threads of one process, which a thread may take again.

    If another thread holds a lock while the process is forked, it is never released in the child. So the child may not
    take it at all.

    Args:
        place: where the entries are stored, for the error message.
    """

    def __init__(self, place: str) -> None:
        self._place = place
        self._process = os.getpid()
        self._lock = RLock()

    def refuse_after_fork(self) -> None:
        """Raise StorageError in a forked child, without waiting."""
        refuse_in_child(self._process, self._place)

    def __enter__(self) -> None:
        self.refuse_after_fork()
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()
