"""A log that lies in memory: for tests, for trying things out, and for a view that nobody keeps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from threading import Lock

from partnership.errors import StorageError
from partnership.serialization.codec import NewRow
from partnership.storage.base import Row
from partnership.storage.merkle import Frontier
from partnership.storage.polling import polling
from partnership.storage.rows import as_written, next_rows

__all__ = ["MemoryStore"]


class MemoryStore:
    """Entries of one partnership, gone when the process ends; it may be shared by threads.

    Args:
        partnership: the partnership that the record is of.
    """

    def __init__(self, partnership: str | None = None) -> None:
        self._partnership = partnership
        self._lock = Lock()
        self._is_closed = False
        self._rows: list[Row] = []
        self._by_id: dict[str, Row] = {}
        self._by_key: dict[int, list[Row]] = defaultdict(list)
        self._frontier = Frontier()

    @property
    def place(self) -> str:
        """``:memory:``, which `open` takes for it."""
        return ":memory:"

    @property
    def partnership(self) -> str | None:
        """The partnership that the record is of, where it was named."""
        return self._partnership

    @contextmanager
    def _answering(self) -> Iterator[None]:
        with self._lock:
            if self._is_closed:
                raise StorageError(self.place, "is closed; what it held is gone")
            yield

    def append(self, bodies: Sequence[NewRow], *, now: datetime, by: str | None) -> list[Row]:
        """Write entries, given as id, body and keys; return their rows in the order given."""
        with self._answering():
            for id_, body, *_ in bodies:
                if id_ in self._by_id:
                    as_written(self._by_id[id_], body, self.place)
            fresh = {id_: body for id_, body, *_ in bodies if id_ not in self._by_id}
            keys = {id_: keys for id_, _, *keys in bodies if id_ in fresh}
            frontier = Frontier(self._frontier.size, self._frontier.packed())
            last = self._rows[-1].recorded_at if self._rows else None
            rows = next_rows(frontier, last, fresh.items(), now=now, by=by)
            self._rows += rows
            self._by_id.update((row.id, row) for row in rows)
            self._frontier = frontier
            for id_, each in keys.items():
                for key in each:
                    self._by_key[key].append(self._by_id[id_])
            return [self._by_id[id_] for id_, *_ in bodies]

    def read(self, after: int = 0, most: int | None = None) -> list[Row]:
        """Return the rows after a position, in order."""
        with self._answering():
            first = max(after, 0)
            return self._rows[first : None if most is None else first + most]

    def find(self, keys: Sequence[int]) -> list[Row]:
        """Return the rows that have one of these keys, in order."""
        with self._answering():
            found = {row.position: row for key in keys for row in self._by_key.get(key, ())}
            return [found[position] for position in sorted(found)]

    def head(self) -> int:
        """Return the last position; 0 where there is none."""
        with self._answering():
            return len(self._rows)

    def sealed(self) -> tuple[int, bytes]:
        """Return size and root of the proof, which grew with the rows."""
        with self._answering():
            return self._frontier.size, self._frontier.root()

    def check(self) -> list[str]:
        """Return nothing: there is no engine that could find something."""
        with self._answering():
            return []

    def listening(self) -> AbstractContextManager[Callable[[float], None]]:
        """Lend a function that waits until it is worth looking again."""
        return polling()

    def close(self) -> None:
        """Let go of the entries; the store answers nothing afterwards."""
        with self._lock:
            self._is_closed = True
            self._rows, self._by_id, self._frontier = [], {}, Frontier()
            self._by_key.clear()
