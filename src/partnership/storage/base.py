"""The contract of every store: an append-only log of the entries of one partnership.

A store knows nothing about the meaning of entries. ``tests/storage/test_contract.py`` runs one suite over every store:

- `append` writes all that it is given or nothing, and returns the rows in the order given.
- An entry whose id is in the log already is not written again: its row is returned as it is stored.
- Positions count from 1 without a gap, in the order in which entries became visible, and are never reused. A reader
  that has seen position n has seen all before it.
- ``recorded_at`` never decreases, whatever the clock says.
- What `append` has returned survives a crash of the process and of the machine, where the store is not in memory.
- `find` returns every row of an entry that was written under one of some subjects, with one of some claims, or about a
  subject that refers to one of some subjects, and may return others.
- Any number of processes may append at once; nothing is lost and nothing is written twice.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from partnership._frozen import frozen
from partnership.serialization.columns import Columns, NewEntry


@frozen
class Row:
    """An entry as it is stored.

    Attributes:
        position: in the log, from 1.
        recorded_at: when the log took it; aware, UTC, in whole microseconds.
        by: who recorded it.
        id: SHA-256 of the body, as hexadecimal digits.
        columns: its parts.
        leaf: its leaf in the Merkle tree of the log: `merkle.leaf_hash` of position, time, recorder and id.
    """

    position: int
    recorded_at: datetime
    by: str | None
    id: str
    columns: Columns
    leaf: bytes

    @property
    def body(self) -> bytes:
        """Its bytes."""
        return self.columns.body


@frozen
class KeptChange:
    """A change of what a store keeps of a projection beside its log.

    Attributes:
        name: of the projection.
        head: the new head.
        rows: key and body of each row; without a body it is removed.
        before: the head that is kept now: only the given rows are replaced, and nothing is done if it is another.
            None to replace everything.
    """

    name: str
    head: bytes
    rows: Sequence[tuple[str, bytes | None]]
    before: bytes | None = None


class Store(Protocol):
    """The log of one partnership.

    Attributes:
        keeps_states: whether it keeps states beside the log; where it does not, `kept` and `keep` do nothing.
    """

    keeps_states: bool

    @property
    def place(self) -> str:
        """Where the log is stored, for error messages and reports."""
        ...

    @property
    def partnership(self) -> str | None:
        """The partnership that the record belongs to; None where it is not named."""
        ...

    def append(self, entries: Sequence[NewEntry], *, now: datetime, by: str | None) -> list[Row]:
        """Append entries, and return their rows in the order given.

        Args:
            entries: new ones and others; an entry may be given twice.
            now: the time of the writer's clock, aware.
            by: who records them.

        Raises:
            ReadOnly: the store cannot be written.
            StorageFull: no space is left.
        """
        ...

    def read(self, after: int = 0, most: int | None = None) -> list[Row]:
        """Return the rows after a position, in order; at most *most*."""
        ...

    def find(
        self, *, subjects: Collection[str] = (), claims: Collection[str] = (), references: Collection[str] = ()
    ) -> list[Row]:
        """Return in order, each once, the rows of the entries that are found in one of three ways.

        Args:
            subjects: any of these is among the subjects of the entry.
            claims: any of these is its claim.
            references: the subject of its parts refers to any of these, by this or another of its entries.
        """
        ...

    def find_kinds(self, kinds: Collection[str], references: str | None = None) -> list[Row]:
        """Return in order the rows of the entries that are found under any subject of some kinds.

        Args:
            kinds: the kinds.
            references: another kind; only rows under subjects that refer to a subject of it are returned.
        """
        ...

    def count(self, kind: str) -> int:
        """Return how many entries are found under subjects of a kind, without reading them."""
        ...

    def head(self) -> int:
        """Return the last position, 0 for an empty log. It must be fast: every query calls it."""
        ...

    def frontier(self) -> tuple[int, bytes]:
        """Return the size and the packed frontier of the log as they are stored beside the rows."""
        ...

    def kept(self, name: str) -> tuple[bytes, list[tuple[str, bytes]]] | None:
        """Return what is kept of a projection: a head, and rows in order of their keys; None where nothing is kept."""
        ...

    def keep(self, changes: Sequence[KeptChange]) -> None:
        """Replace what is kept of some projections, in one transaction.

        Raises:
            ReadOnly: the store cannot be written.
            StorageFull: no space is left.
        """
        ...

    def sealed(self) -> tuple[int, bytes]:
        """Return the size and the root of the log as they are stored beside the rows, to be compared with them."""
        ...

    def check(self) -> list[str]:
        """Return the problems that the storage engine itself finds."""
        ...

    def listening(self) -> AbstractContextManager[Callable[[float], None]]:
        """Yield a function that waits for new entries, for a number of seconds at most.

        It may return early without a new entry, as it does on the first call. An entry appended since the last call
        makes it return at once.
        """
        ...

    def close(self) -> None:
        """Release the file or connection; the store cannot be used afterwards."""
        ...
