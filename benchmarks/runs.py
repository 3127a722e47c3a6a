"""Measurements in rounds: each round measures every program once, starting with another one."""

from __future__ import annotations

import gc
import shutil
import statistics
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Self

from attrs import define, field, frozen

import partnership as ps
from benchmarks.histories import SubjectEntry, entries

__all__ = ["Goal", "Line", "Measurement", "Setting", "file_stem", "fill", "rate", "seconds"]

_NOW = datetime(2026, 11, 24, tzinfo=UTC)
_BATCH = 5_000  # entries in one commit while a record is written
_REPLAYED = 100_000
_BIG = 100_000


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
        missing: why there are no figures: something is not installed.
    """

    name: str
    unit: str
    goal: Goal | None
    is_rate: bool = False
    figures: dict[str, list[float]] = field(factory=dict)
    missing: str | None = None

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
    def is_big(self) -> bool:
        """Whether the largest record has 100,000 entries or more, so that slow benchmarks use their full sizes."""
        return self.largest >= _BIG

    @property
    def few_rounds(self) -> int:
        """The number of rounds of slow benchmarks."""
        return min(self.rounds, 3 if self.is_big else 2)

    def record(self, size: int, *, is_distinct: bool = False) -> Path:
        """Return the file of a record of this size, which has never answered: measure on a copy."""
        return self.cached_file(
            f"{file_stem('record', size, is_distinct=is_distinct)}.db",
            lambda path: _write(path, entries(size, is_distinct=is_distinct)),
        )

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
    def copy(self, file: Path) -> Iterator[Path]:
        """Copy a record to a temporary file, which may be changed."""
        with self.scratch() as folder:
            yield Path(shutil.copyfile(file, folder / "copy.db"))


Line = Callable[[Setting], Iterator[Measurement]]


def file_stem(program: str, size: int, *, is_distinct: bool) -> str:
    """Return the name of a cached file without its ending."""
    return f"{program}-{size}{'-distinct' if is_distinct else ''}"


def _write(path: Path, history: Iterator[SubjectEntry]) -> None:
    with ps.open(path, clock=lambda: _NOW) as record:
        fill(record, history)


def fill(record: ps.Record, history: Iterator[SubjectEntry]) -> None:
    """Write a history with many entries per commit; near names are not reported."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        while drafts := [item.entry for item in islice(history, _BATCH)]:
            record.merge_encoded(drafts)


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    begun = perf_counter()
    work()
    return perf_counter() - begun


def rate(number: int, work: Callable[[], object]) -> float:
    """Return the rate per second of a call that processes a number of items."""
    return number / seconds(work)
