"""What is measured, round by round, and how: everybody in turn, the turn another in each round."""

from __future__ import annotations

import gc
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Self

from attrs import define, field, frozen

from benchmarks.histories import Told, entries
from partnership.storage.sqlite import SQLiteStore

__all__ = ["Goal", "Line", "Runs", "Setting", "rate", "seconds"]

_NOW = datetime(2026, 11, 24, tzinfo=UTC)
_AT_ONCE = 5_000
_REPLAYED = 100_000
_SMALL = 10_000


@frozen
class Goal:
    """What ``performance.md`` asks of a line.

    Attributes:
        words: the goal.
        peer: how many times the peer's figure: at least, of a rate; at most, of a cost.
        limit: the same of the limit's.
        at_most: of our own figure.
    """

    words: str
    peer: float | None = None
    limit: float | None = None
    at_most: float | None = None


@define
class Runs:
    """What one line measured.

    Attributes:
        name: of the line.
        unit: of its figures.
        goal: None where it is measured only to be known.
        is_rate: more is better.
        figures: by whose they are, one of each round: ``ours``, ``peer``, ``limit``, and others that are worth knowing.
    """

    name: str
    unit: str
    goal: Goal | None
    is_rate: bool = False
    figures: dict[str, list[float]] = field(factory=dict)

    def in_turn(self, rounds: int, /, **measured: Callable[[], float]) -> Self:
        """Measure everybody once in each round; who comes first changes, so that nobody always has the warm machine."""
        names = list(measured)
        for number in range(rounds):
            for place in range(len(names)):
                name = names[(number + place) % len(names)]
                gc.collect()
                self.figures.setdefault(name.replace("_", " "), []).append(measured[name]())
        return self

    def median(self, whose: str) -> float | None:
        """Return the median of the rounds."""
        return statistics.median(self.figures[whose]) if self.figures.get(whose) else None

    def ratio(self, whose: str) -> float | None:
        """Return how many times somebody's figure ours is."""
        ours, other = self.median("ours"), self.median(whose)
        return ours / other if ours is not None and other else None

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None where there is none, or what it is held against was not measured."""
        if self.goal is None:
            return None
        held = [(self.goal.peer, self.ratio("peer")), (self.goal.limit, self.ratio("limit"))]
        met = [None if is_ is None else is_ >= asked if self.is_rate else is_ <= asked for asked, is_ in held if asked]
        if self.goal.at_most is not None:
            met.append((self.median("ours") or 0) <= self.goal.at_most)
        return None if None in met else all(met)


@frozen
class Setting:
    """Under which it is measured.

    Attributes:
        work: the folder for records, kept from one time to the next if it is named.
        rounds: how often everybody has a turn.
        sizes: of the records, ascending.
        commits: how many are made where each holds one entry.
    """

    work: Path
    rounds: int
    sizes: tuple[int, ...]
    commits: int

    @property
    def smallest(self) -> int:
        """The least of the sizes."""
        return self.sizes[0]

    @property
    def largest(self) -> int:
        """The greatest of the sizes."""
        return self.sizes[-1]

    @property
    def replayed(self) -> int:
        """The size of what is replayed: 100,000, or the greatest."""
        return min(_REPLAYED, self.largest)

    @property
    def asked(self) -> tuple[int, ...]:
        """The sizes of what is asked of one subject: 10,000 and the greatest."""
        return tuple(sorted({min(_SMALL, self.largest), self.largest}))

    def history(self, size: int) -> Iterator[Told]:
        """Yield the entries of a record."""
        return entries(size)

    def record(self, size: int) -> Path:
        """Return a record of so many entries; it is written once, and never to be written to."""
        return self.kept(f"record-{size}.db", lambda path: _write(path, self.history(size)))

    def kept(self, name: str, write: Callable[[Path], None]) -> Path:
        """Return a file that is written if it is not there yet."""
        path = self.work / name
        if not path.exists():
            with self.scratch() as folder:
                write(folder / name)
                shutil.move(folder / name, path)
        return path

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Lend a folder on the same disk for files that are thrown away."""
        with tempfile.TemporaryDirectory(dir=self.work) as folder:
            yield Path(folder)

    @contextmanager
    def copy(self, size: int) -> Iterator[Path]:
        """Lend a copy of a record, to be written to."""
        with self.scratch() as folder:
            yield Path(shutil.copyfile(self.record(size), folder / "copy.db"))


Line = Callable[[Setting], Iterator[Runs]]


def _write(path: Path, told: Iterator[Told]) -> None:
    store = SQLiteStore(path)
    while some := [one.draft.new_row for one in islice(told, _AT_ONCE)]:
        store.append(some, now=_NOW, by=None)
    store.close()


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def rate(number: int, work: Callable[[], object]) -> float:
    """Return how many a second, of so many."""
    return number / seconds(work)
