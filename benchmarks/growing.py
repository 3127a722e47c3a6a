"""Benchmarks of growth: a figure for the smallest and the largest record, which should be about the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

import partnership as ps
from benchmarks.appending import add_rate
from benchmarks.asking import late_claim, warm_query
from benchmarks.histories import claims
from benchmarks.runs import Goal, Measurement, Setting

__all__ = ["growth"]

_RATE = Goal("0.8 of the rate at the smallest size, in the column baseline", baseline=0.8)
_COST = Goal("1.2 times the time at the smallest size, in the column baseline", baseline=1.2)


def growth(setting: Setting) -> Iterator[Measurement]:
    """Append, read a late claim, and compute one state, with the smallest and with the largest record."""
    small, large = setting.smallest, setting.largest
    span = f"{small:,} to {large:,}"
    with ExitStack() as stack:
        paths = {size: stack.enter_context(setting.copy(size)) for size in (small, large)}
        writers = {size: stack.enter_context(ps.open(path)) for size, path in paths.items()}
        readers = {size: stack.enter_context(ps.open(path)) for size, path in paths.items()}
        numbers = iter(range(1, 10**9))

        def append(size: int) -> float:
            return add_rate(writers[size], list(claims(setting.commits * 20, block=next(numbers) * 1_000_000)))

        def read_late(size: int) -> float:
            return late_claim(writers[size], readers[size], size, numbers)

        def query(size: int) -> float:
            return warm_query(setting.record(size), size)

        for name, unit, goal, measure in (
            ("a late claim and the answer", "ms", _COST, read_late),
            ("append, 100 per commit", "/s", _RATE, append),
            ("ask one subject", "ms", _COST, query),
        ):
            yield Measurement(f"growth from {span}: {name}", unit, goal, is_rate=unit == "/s").in_turn(
                setting.rounds,
                baseline=partial(measure, small),
                ours=partial(measure, large),
            )
