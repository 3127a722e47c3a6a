"""A store in memory: for tests, experiments and temporary records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import datetime

from partnership.errors import StorageError
from partnership.serialization.columns import NewEntry
from partnership.storage.base import KeptChange, Row
from partnership.storage.merkle import Frontier
from partnership.storage.polling import polling
from partnership.storage.process_lock import ProcessLock
from partnership.storage.rows import next_rows, require_same_body
from partnership.values.text import split_subject


class MemoryStore:
    """Entries of one partnership in memory; threads may share it.

    Args:
        partnership: the partnership that the record belongs to.
    """

    keeps_states = False

    def __init__(self, partnership: str | None = None) -> None:
        self._partnership = partnership
        self._lock = ProcessLock(self.place)
        self._is_closed = False
        self._rows: list[Row] = []
        self._by_id: dict[str, Row] = {}
        self._by_claim: dict[str, list[Row]] = defaultdict(list)
        self._by_subject: dict[str, list[Row]] = defaultdict(list)
        self._referring: dict[str, set[str]] = defaultdict(set)  # the subjects that refer to one
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

    def append(self, entries: Sequence[NewEntry], *, now: datetime, by: str | None) -> list[Row]:
        """Append entries, and return their rows in the order given."""
        with self._locked():
            for entry in entries:
                if entry.id in self._by_id:
                    require_same_body(self._by_id[entry.id], entry, self.place)
            new = {entry.id: entry for entry in entries if entry.id not in self._by_id}
            frontier = Frontier(self._frontier.size, self._frontier.packed())
            last = self._rows[-1].recorded_at if self._rows else None
            rows = next_rows(frontier, last, new.values(), now=now, by=by)
            self._rows += rows
            self._frontier = frontier
            for row, entry in zip(rows, new.values(), strict=True):
                self._by_id[row.id] = row
                self._by_claim[entry.claim_id].append(row)
                for subject in entry.subjects:
                    self._by_subject[subject].append(row)
                for subject in entry.references:
                    self._referring[subject].add(entry.columns.subject)
            return [self._by_id[entry.id] for entry in entries]

    def read(self, after: int = 0, most: int | None = None) -> list[Row]:
        """Return the rows after a position, in order."""
        with self._locked():
            first = max(after, 0)
            return self._rows[first : None if most is None else first + most]

    def find(
        self, *, subjects: Collection[str] = (), claims: Collection[str] = (), references: Collection[str] = ()
    ) -> list[Row]:
        """Return the rows of the entries under some subjects, with some claims or with some references, in order."""
        with self._locked():
            referring = {subject for reference in references for subject in self._referring.get(reference, ())}
            found = [self._by_subject.get(subject, ()) for subject in referring.union(subjects)]
            return _in_order([*found, *(self._by_claim.get(claim, ()) for claim in claims)])

    def find_kinds(self, kinds: Collection[str], references: str | None = None) -> list[Row]:
        """Return the rows of the entries under the subjects of some kinds, in order."""
        with self._locked():
            subjects: Collection[str] = self._by_subject
            if references is not None:
                referred = (name for name in self._referring if split_subject(name)[0] == references)
                subjects = {subject for name in referred for subject in self._referring[name]}
            return _in_order(self._by_subject[name] for name in subjects if split_subject(name)[0] in kinds)

    def count(self, kind: str) -> int:
        """Return how many entries are found under subjects of a kind."""
        return len(self.find_kinds([kind]))

    def head(self) -> int:
        """Return the last position; 0 for an empty log."""
        with self._locked():
            return len(self._rows)

    def frontier(self) -> tuple[int, bytes]:
        """Return the size and the packed frontier of the log."""
        with self._locked():
            return self._frontier.size, self._frontier.packed()

    def kept(self, name: str) -> None:
        """Keep no states: a process that has the entries in memory has their states there too."""

    def keep(self, changes: Sequence[KeptChange]) -> None:
        """Keep nothing."""

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
            for index in (self._by_claim, self._by_subject, self._referring):
                index.clear()


def _in_order(found: Iterable[Iterable[Row]]) -> list[Row]:
    """Return rows in order of position, each once."""
    rows = {row.position: row for some in found for row in some}
    return [rows[position] for position in sorted(rows)]
