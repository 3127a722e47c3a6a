"""Benchmarks of queries: one state, one after a late claim, one as of a past day, and all states as of a past day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import partnership as ps
from benchmarks import subprocesses
from benchmarks.histories import CLAIMS, meeting
from benchmarks.runs import Goal, Measurement, Setting, seconds
from partnership.events import MeetingHeld

__all__ = ["ask_late", "ask_one", "ask_whole", "compute_states", "late_claim", "warm_query"]

_COLD = Goal("under 25 ms", at_most=25)
_WARM = Goal("under 1 ms", at_most=1)
_PAST = Goal("under 0.5 ms", at_most=0.5)
_WHOLE = Goal("a hundredth of a replay from nothing (baseline)", baseline=0.01)
_SUBJECTS = 10
_BEGIN = date(2001, 1, 1)
_DAYS = 8_000
_CHANCE = random.Random(1)


def _subjects(size: int) -> list[str]:
    """Return the slugs of some random meetings."""
    subjects = max(1, size // CLAIMS // 8 * 8)
    return [meeting(number) for number in _CHANCE.sample(range(subjects), min(_SUBJECTS, subjects))]


def _day() -> date:
    return _BEGIN + timedelta(_CHANCE.randrange(_DAYS))


def ask_one(setting: Setting) -> Iterator[Measurement]:
    """Compute one state: in a new process, in a record that has answered a query, and as of a past day."""
    for size in setting.sizes:
        with setting.copy(setting.record(size)) as path, ps.open(path) as record:
            measurement = Measurement(f"open {size:,}, ask one subject: new process, beyond attrs", "ms", _COLD)
            yield measurement.in_turn(setting.rounds, ours=partial(_cold, path, size))
            measurement = Measurement(f"ask another subject of {size:,}", "ms", _WARM)
            yield measurement.in_turn(setting.rounds, ours=partial(warm_query, path, size))
            measurement = Measurement(f"one subject as of a day, of {size:,}", "ms", _PAST)
            yield measurement.in_turn(setting.rounds, ours=partial(_past, record, size))


def _cold(path: Path, size: int) -> float:
    return subprocesses.first_answer(path, _subjects(size)[0])


def warm_query(path: Path, size: int) -> float:
    """Return the milliseconds to compute a state, after a first query that opened the record."""
    first, *others = _subjects(size)
    with ps.open(path) as record:
        record.meetings.get(first)
        return seconds(lambda: [record.meetings.get(slug) for slug in others]) / len(others) * 1000


def _past(record: ps.Record, size: int) -> float:
    queries = [(_day(), slug) for slug in _subjects(size)]
    return seconds(lambda: [record.as_of(on=day).meetings.get(slug) for day, slug in queries]) / len(queries) * 1000


def ask_late(setting: Setting) -> Iterator[Measurement]:
    """Add a late claim in one record and compute its subject in another that is open; only the latter is timed."""
    for size in setting.sizes:
        with ExitStack() as stack:
            path = stack.enter_context(setting.copy(setting.record(size)))
            writer, reader, whole_reader = (stack.enter_context(ps.open(path)) for _ in range(3))
            compute_states(whole_reader)
            numbers = iter(range(10**9))
            yield Measurement(f"a late claim into {size:,}, and the answer", "ms", _PAST).in_turn(
                setting.rounds,
                ours=partial(late_claim, writer, reader, size, numbers),
                where_the_reader_holds_all_states=partial(late_claim, writer, whole_reader, size, numbers),
            )


def late_claim(writer: ps.Record, reader: ps.Record, size: int, numbers: Iterator[int]) -> float:
    """Return the milliseconds in which an open record reads a claim that another added, and computes its subject."""
    spent = 0.0
    slugs = _subjects(size)
    for slug in slugs:
        _ = reader.meetings.get(slug)
        url = f"https://example.org/archive/{next(numbers)}"
        source = ps.Source("A late archive", published="2026-11-01", kind="official-text", url=url)
        writer.add(MeetingHeld(slug, on="2004-03-03", place="Ha Noi"), source=source)
        spent += seconds(partial(reader.meetings.__getitem__, slug))
    return spent / len(slugs) * 1000


def ask_whole(setting: Setting) -> Iterator[Measurement]:
    """Compute all states as of a day in a record that holds its present states."""
    size = setting.largest
    measurement = Measurement(f"all states of {size:,} as of a day", "ms", _WHOLE)
    with setting.copy(setting.record(size)) as path, ps.open(path) as record:
        measurement.figures["baseline"] = [seconds(lambda: compute_states(record)) * 1000]
        yield measurement.in_turn(
            setting.few_rounds,
            ours=lambda: seconds(lambda: compute_states(record.as_of(on=_day()))) * 1000,
        )


def compute_states(view: ps.View) -> int:
    """Compute the states of all subjects; return their number."""
    return sum(len(getattr(view, plural)) for plural in view.kinds.plurals)
