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

_RATE = Goal("within 10 % of the smallest (baseline)", baseline=0.9)
_COST = Goal("within 10 % of the smallest (baseline)", baseline=1.1)

_FIRST = 300  # claims that are added before the clock starts


def growth(setting: Setting) -> Iterator[Measurement]:
    """Append, read a late claim, and compute one state, with the smallest and with the largest record."""
    small, large = setting.smallest, setting.largest
    span = f"{small:,} to {large:,}"
    with ExitStack() as stack:
        paths = {size: stack.enter_context(setting.copy(setting.record(size))) for size in (small, large)}
        writers = {size: stack.enter_context(ps.open(path)) for size, path in paths.items()}
        readers = {size: stack.enter_context(ps.open(path)) for size, path in paths.items()}
        numbers = iter(range(1, 10**9))

        def append(size: int) -> float:
            history = list(claims(setting.commits * 20 + _FIRST, block=1_000_000))
            with setting.copy(setting.record(size)) as path, ps.open(path) as record:
                add_rate(record, history[:_FIRST])
                return add_rate(record, history[_FIRST:])

        def read_late(size: int) -> float:
            return late_claim(writers[size], readers[size], size, numbers)

        def query(size: int) -> float:
            return warm_query(paths[size], size)

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
