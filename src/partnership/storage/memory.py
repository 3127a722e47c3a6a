"""A store in memory: for tests, experiments and temporary records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime

from partnership.errors import StorageError
from partnership.serialization.codec import NewRow
from partnership.storage.base import Row
from partnership.storage.merkle import Frontier
from partnership.storage.polling import polling
from partnership.storage.process_lock import ProcessLock
from partnership.storage.rows import next_rows, require_same_body

__all__ = ["MemoryStore"]


class MemoryStore:
    """Entries of one partnership in memory; threads may share it.

    Args:
        partnership: the partnership that the record belongs to.
    """

    def __init__(self, partnership: str | None = None) -> None:
        self._partnership = partnership
        self._lock = ProcessLock(self.place)
        self._is_closed = False
        self._rows: list[Row] = []
        self._by_id: dict[str, Row] = {}
        self._by_key: dict[int, list[Row]] = defaultdict(list)
        self._frontier = Frontier()

    @property
    def place(self) -> str:
        """``:memory:``, as `open` takes it."""
        return ":memory:"

    @property
    def partnership(self) -> str | None:
        """The partnership that the record belongs to; None where it is not named."""
        return self._partnership

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._lock:
            if self._is_closed:
                raise StorageError(self.place, "is closed; its entries are gone")
            yield

    def append(self, bodies: Sequence[NewRow], *, now: datetime, by: str | None) -> list[Row]:
        """Append entries, and return their rows in the order given."""
        with self._locked():
            for id_, body, *_ in bodies:
                if id_ in self._by_id:
                    require_same_body(self._by_id[id_], body, self.place)
            new_bodies = {id_: body for id_, body, *_ in bodies if id_ not in self._by_id}
            keys_by_id = {id_: keys for id_, _, *keys in bodies if id_ in new_bodies}
            frontier = Frontier(self._frontier.size, self._frontier.packed())
            last = self._rows[-1].recorded_at if self._rows else None
            rows = next_rows(frontier, last, new_bodies.items(), now=now, by=by)
            self._rows += rows
            self._by_id.update((row.id, row) for row in rows)
            self._frontier = frontier
            for id_, keys in keys_by_id.items():
                for key in keys:
                    self._by_key[key].append(self._by_id[id_])
            return [self._by_id[id_] for id_, *_ in bodies]

    def read(self, after: int = 0, most: int | None = None) -> list[Row]:
        """Return the rows after a position, in order."""
        with self._locked():
            first = max(after, 0)
            return self._rows[first : None if most is None else first + most]

    def find(self, keys: Sequence[int]) -> list[Row]:
        """Return the rows with any of some keys, in order."""
        with self._locked():
            rows = {row.position: row for key in keys for row in self._by_key.get(key, ())}
            return [rows[position] for position in sorted(rows)]

    def head(self) -> int:
        """Return the last position; 0 for an empty log."""
        with self._locked():
            return len(self._rows)

    def sealed(self) -> tuple[int, bytes]:
        """Return the size and the root of the log."""
        with self._locked():
            return self._frontier.size, self._frontier.root()

    def check(self) -> list[str]:
        """Return no problems: there is no storage engine that could find any."""
        with self._locked():
            return []

    def listening(self) -> AbstractContextManager[Callable[[float], None]]:
        """Yield a function that waits for new entries."""
        return polling()

    def close(self) -> None:
        """Discard the entries; the store cannot be used afterwards. In a forked child this does nothing."""
        with suppress(StorageError), self._lock:
            self._is_closed = True
            self._rows, self._by_id, self._frontier = [], {}, Frontier()
            self._by_key.clear()
