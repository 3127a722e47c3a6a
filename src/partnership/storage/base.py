"""What every store promises: where entries lie, and nothing about what they mean.

The promises, which one shared suite of tests (``tests/stores/test_contract.py``) holds every store to:

- `append` writes all that it is given or nothing, and returns the rows in the order given.
- An entry that is there already, by its id, is not written again: the row is returned as it lies.
- Positions grow by one from 1, without a gap, in the order in which entries became visible; none is used again.
  A reader that has seen position n has seen all before it.
- ``recorded_at`` never falls, whatever the clock says.
- What `append` has returned survives a crash of the process and of the machine, where the store has a file.
- `find` returns every row that was written with one of some keys, and perhaps no other.
- Any number of processes may append at once; nothing is lost and nothing is written twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from attrs import frozen

from partnership.serialization.codec import NewRow

__all__ = ["Row", "Store"]


@frozen
class Row:
    """One entry as it lies.

    Attributes:
        position: its place in the log, from 1.
        recorded_at: when the log took it; aware, UTC, in whole microseconds.
        by: who recorded it.
        id: SHA-256 of the body, as hexadecimal digits.
        body: its bytes.
        leaf: what the log's proof holds of it: `integrity.leaf_hash` of the four above.
    """

    position: int
    recorded_at: datetime
    by: str | None
    id: str
    body: bytes
    leaf: bytes


class Store(Protocol):
    """Where the entries of one partnership lie."""

    @property
    def place(self) -> str:
        """Where that is, in words for an error or a report."""
        ...

    @property
    def partnership(self) -> str | None:
        """The partnership that the record is of, where it was named."""
        ...

    def append(self, bodies: Sequence[NewRow], *, now: datetime, by: str | None) -> list[Row]:
        """Write entries, given as id, body and keys; return their rows in the order given.

        Args:
            bodies: what to write; may name one entry twice.
            now: the instant of the writer's clock, aware.
            by: who records them.

        Raises:
            ReadOnly: the store cannot be written.
            StorageFull: there is no space.
        """
        ...

    def read(self, after: int = 0, most: int | None = None) -> list[Row]:
        """Return the rows after a position, in order; no more than *most*, where that is given."""
        ...

    def find(self, keys: Sequence[int]) -> list[Row]:
        """Return the rows that have one of these keys, in order."""
        ...

    def head(self) -> int:
        """Return the last position; 0 where there is none. Cheap: it is asked before every answer."""
        ...

    def sealed(self) -> tuple[int, bytes]:
        """Return size and root of the proof as the store keeps it beside the rows, to be held against them."""
        ...

    def check(self) -> list[str]:
        """Return what the storage engine itself finds wrong, and how it is set up where that matters to a reader."""
        ...

    def listening(self) -> AbstractContextManager[Callable[[float], None]]:
        """Lend a function to one reader, which waits so many seconds at the most for what is appended.

        It may end sooner for nothing, and at its first call does; what was appended since its last one ends it at once.
        """
        ...

    def close(self) -> None:
        """Let go of the file; the store answers nothing afterwards."""
        ...
