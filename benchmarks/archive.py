"""Benchmark of many records: the states of an archive of partnerships, in one process and with two Dask workers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import partnership as ps
from benchmarks.asking import compute_states
from benchmarks.histories import entries
from benchmarks.runs import Goal, Measurement, Setting, fill, rate

__all__ = ["archive"]

_GOAL = Goal("1.7 times one process (baseline)", baseline=1.7)
_ENTRIES = 200  # of each partnership
_WORKERS = 2


def archive(setting: Setting) -> Iterator[Measurement]:
    """Open each record of an archive and compute all its states; the records have never answered."""
    number = max(_WORKERS, setting.largest // _ENTRIES)
    name = f"an archive of {number:,} partnerships, {_WORKERS} Dask workers"
    measurement = Measurement(name, "/s", _GOAL, is_rate=True)
    try:
        from dask import bag  # noqa: PLC0415  optional
    except ImportError:
        measurement.missing = "dask is not installed"
        yield measurement
        return
    master = setting.cached_file(f"archive-{number}", lambda path: _write(path, number))

    with ProcessPoolExecutor(_WORKERS, get_context("spawn")) as pool:

        def with_dask(files: list[str]) -> list[int]:
            counts: Any = bag.from_sequence(files, npartitions=_WORKERS * 8).map(_fold)
            computed: list[int] = counts.compute(scheduler="processes", pool=pool)
            return computed

        def with_one_process(files: list[str]) -> list[int]:
            return [*map(_fold, files)]

        def folded(fold: Any) -> float:
            with setting.scratch() as folder:
                files = [*_files(shutil.copytree(master, folder / "archive"))]
                return rate(number * _ENTRIES, lambda: fold(files))

        for fold in (with_dask, with_one_process):  # imports all modules in every process
            fold([*islice(_files(master), _WORKERS)] * 4)
        yield measurement.in_turn(
            setting.few_rounds, ours=lambda: folded(with_dask), baseline=lambda: folded(with_one_process)
        )


def _write(folder: Path, number: int) -> None:
    folder.mkdir()
    history = entries(number * _ENTRIES)
    for each in range(number):
        with ps.open(folder / f"{each}.db") as record:
            fill(record, islice(history, _ENTRIES))


def _files(folder: Path) -> Iterable[str]:
    return (os.fspath(path) for path in sorted(folder.iterdir()))


def _fold(path: str) -> int:
    with ps.open(path) as record:
        return compute_states(record)
