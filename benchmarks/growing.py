"""Lines of growth: the same figure at the smallest and at the largest record, which is to be the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

import partnership as ps
from benchmarks.appending import added
from benchmarks.asking import late, warm
from benchmarks.histories import claims
from benchmarks.runs import Goal, Runs, Setting

__all__ = ["growth"]

_RATE = Goal("flat: 0.8 of what it is at the smallest, in the column of the limit", limit=0.8)
_COST = Goal("flat: 1.2 times what it is at the smallest, in the column of the limit", limit=1.2)


def growth(setting: Setting) -> Iterator[Runs]:
    """Append, take in a late claim, ask one subject: at the smallest record and at the largest."""
    small, large = setting.smallest, setting.largest
    span = f"{small:,} to {large:,}"
    with ExitStack() as stack:
        paths = {size: stack.enter_context(setting.copy(size)) for size in (small, large)}
        writers = {size: stack.enter_context(ps.open(path)) for size, path in paths.items()}
        readers = {size: stack.enter_context(ps.open(path)) for size, path in paths.items()}
        numbers = iter(range(1, 10**9))

        def appended(size: int) -> float:
            return added(writers[size], list(claims(setting.commits * 20, block=next(numbers) * 1_000_000)))

        def taken_in(size: int) -> float:
            return late(writers[size], readers[size], size, numbers)

        def answered(size: int) -> float:
            return warm(setting.record(size), size)

        for name, unit, goal, figure in (
            ("a late claim and the answer", "ms", _COST, taken_in),
            ("append, 100 per commit", "/s", _RATE, appended),
            ("ask one subject", "ms", _COST, answered),
        ):
            yield Runs(f"growth from {span}: {name}", unit, goal, is_rate=unit == "/s").in_turn(
                setting.rounds,
                limit=partial(figure, small),
                ours=partial(figure, large),
            )
