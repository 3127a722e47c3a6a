"""Measurements in rounds: each round measures every program once, starting with another one."""

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

from benchmarks.histories import SubjectEntry, entries
from partnership.storage.sqlite import SQLiteStore

__all__ = ["Goal", "Line", "Measurement", "Setting", "rate", "seconds"]

_NOW = datetime(2026, 11, 24, tzinfo=UTC)
_BATCH = 5_000  # entries in one commit while a record is written
_REPLAYED = 100_000
_SMALL = 10_000


@frozen
class Goal:
    """The goal of a measurement; a ratio is a minimum for rates and a maximum for costs.

    Attributes:
        words: the goal, as text for the table.
        peer: our figure divided by the peer's.
        baseline: our figure divided by the baseline's.
        at_most: maximum of our figure.
    """

    words: str
    peer: float | None = None
    baseline: float | None = None
    at_most: float | None = None


@define
class Measurement:
    """The figures of one line of the table.

    Attributes:
        name: name of the line.
        unit: unit of the figures.
        goal: None if there is none.
        is_rate: more is better; otherwise less is.
        figures: one figure per round, by column: ``ours``, ``peer``, ``baseline``; others get a line of their own.
    """

    name: str
    unit: str
    goal: Goal | None
    is_rate: bool = False
    figures: dict[str, list[float]] = field(factory=dict)

    def in_turn(self, rounds: int, /, **measured: Callable[[], float]) -> Self:
        """Measure every column once in each round, starting with another one, so that warm caches favour none.

        Args:
            rounds: number of rounds.
            measured: functions that return a figure, by column; underscores in names become spaces.
        """
        names = list(measured)
        for number in range(rounds):
            for offset in range(len(names)):
                name = names[(number + offset) % len(names)]
                gc.collect()
                self.figures.setdefault(name.replace("_", " "), []).append(measured[name]())
        return self

    def median(self, column: str) -> float | None:
        """Return the median of the rounds."""
        return statistics.median(self.figures[column]) if self.figures.get(column) else None

    def ratio(self, column: str) -> float | None:
        """Return our median divided by the median of another column."""
        ours, other = self.median("ours"), self.median(column)
        return ours / other if ours is not None and other else None

    @property
    def is_met(self) -> bool | None:
        """Whether the goal is met; None without a goal, or without the column that it refers to."""
        if self.goal is None:
            return None
        ratios = [(self.goal.peer, self.ratio("peer")), (self.goal.baseline, self.ratio("baseline"))]
        met = [
            None if ratio is None else ratio >= goal if self.is_rate else ratio <= goal
            for goal, ratio in ratios
            if goal
        ]
        if self.goal.at_most is not None:
            met.append((self.median("ours") or 0) <= self.goal.at_most)
        return None if None in met else all(met)


@frozen
class Setting:
    """Sizes and number of rounds.

    Attributes:
        work: folder for records.
        rounds: number of rounds.
        sizes: numbers of entries of the records, ascending.
        commits: number of commits where each has one entry.
    """

    work: Path
    rounds: int
    sizes: tuple[int, ...]
    commits: int

    @property
    def smallest(self) -> int:
        """The smallest size."""
        return self.sizes[0]

    @property
    def largest(self) -> int:
        """The largest size."""
        return self.sizes[-1]

    @property
    def replayed(self) -> int:
        """The size of the record for replays: 100,000, or the largest size if that is less."""
        return min(_REPLAYED, self.largest)

    @property
    def queried(self) -> tuple[int, ...]:
        """The sizes of the records for queries: 10,000 and the largest size."""
        return tuple(sorted({min(_SMALL, self.largest), self.largest}))

    def history(self, size: int) -> Iterator[SubjectEntry]:
        """Yield the entries of a record."""
        return entries(size)

    def record(self, size: int) -> Path:
        """Return the file of a record of this size, which must not be changed: others use it too."""
        return self.cached_file(f"record-{size}.db", lambda path: _write(path, self.history(size)))

    def cached_file(self, name: str, write: Callable[[Path], None]) -> Path:
        """Return a file of the folder, after writing it if it does not exist."""
        path = self.work / name
        if not path.exists():
            with self.scratch() as folder:
                write(folder / name)
                shutil.move(folder / name, path)
        return path

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Create a temporary folder on the same disk."""
        with tempfile.TemporaryDirectory(dir=self.work) as folder:
            yield Path(folder)

    @contextmanager
    def copy(self, size: int) -> Iterator[Path]:
        """Copy a record to a temporary file, which may be changed."""
        with self.scratch() as folder:
            yield Path(shutil.copyfile(self.record(size), folder / "copy.db"))


Line = Callable[[Setting], Iterator[Measurement]]


def _write(path: Path, history: Iterator[SubjectEntry]) -> None:
    store = SQLiteStore(path)
    while rows := [item.entry.new_row for item in islice(history, _BATCH)]:
        store.append(rows, now=_NOW, by=None)
    store.close()


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def rate(number: int, work: Callable[[], object]) -> float:
    """Return the rate per second of a call that processes a number of items."""
    return number / seconds(work)
