"""Lines of asking: one subject of a large record, after a late claim, on a past day; and all subjects on a past day."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import partnership as ps
from benchmarks import alone
from benchmarks.histories import CLAIMS, meeting
from benchmarks.runs import Goal, Runs, Setting, seconds
from partnership.events import MeetingHeld

__all__ = ["ask_late", "ask_one", "ask_whole", "late", "warm", "whole"]

_COLD = Goal("under 20 ms", at_most=20)
_MILLISECOND = Goal("under 1 ms", at_most=1)
_TENTH = Goal("a tenth of a cold replay, in the column of the limit", limit=0.1)
_ASKED = 20
_BEGIN = date(2001, 1, 1)
_DAYS = 8_000
_CHANCE = random.Random(1)


def _subjects(size: int) -> list[str]:
    """Return some meetings, no two alike where there are enough."""
    subjects = max(1, size // CLAIMS // 8 * 8)
    return [meeting(one) for one in _CHANCE.sample(range(subjects), min(_ASKED, subjects))]


def _day() -> date:
    return _BEGIN + timedelta(_CHANCE.randrange(_DAYS))


def ask_one(setting: Setting) -> Iterator[Runs]:
    """Open a record and ask one subject: in a new process, then others, then as of a past day."""
    for size in setting.asked:
        path = setting.record(size)
        runs = Runs(f"open {size:,} and ask one subject, in a new process", "ms", _COLD)
        yield runs.in_turn(
            setting.rounds,
            ours=partial(_cold, path, size),
            with_all_modules_loaded=partial(_cold, path, size, is_loaded=True),
        )
        runs = Runs(f"ask another subject of {size:,}", "ms", _MILLISECOND)
        yield runs.in_turn(setting.rounds, ours=partial(warm, path, size))
        with ps.open(path) as record:
            runs = Runs(f"one subject as of a day, of {size:,}", "ms", _MILLISECOND)
            yield runs.in_turn(setting.rounds, ours=partial(_past, record, size))


def _cold(path: Path, size: int, *, is_loaded: bool = False) -> float:
    return alone.first_answer(path, _subjects(size)[0], is_loaded=is_loaded)


def warm(path: Path, size: int) -> float:
    """Return the milliseconds of an answer about a subject that was not asked before, of a record that has answered."""
    first, *others = _subjects(size)
    with ps.open(path) as record:
        record.meetings.get(first)
        return seconds(lambda: [record.meetings.get(one) for one in others]) / len(others) * 1000


def _past(record: ps.Record, size: int) -> float:
    asked = [(_day(), one) for one in _subjects(size)]
    return seconds(lambda: [record.as_of(on=day).meetings.get(one) for day, one in asked]) / len(asked) * 1000


def ask_late(setting: Setting) -> Iterator[Runs]:
    """Write a late claim with one record and ask its subject of another, which was open: the commit is not counted."""
    for size in setting.asked:
        with (
            setting.copy(size) as path,
            ps.open(path) as writer,
            ps.open(path) as reader,
            ps.open(path) as whole_reader,
        ):
            whole(whole_reader)
            numbers = iter(range(10**9))
            runs = Runs(f"a late claim into {size:,}, and the answer", "ms", _MILLISECOND)
            yield runs.in_turn(
                setting.rounds,
                ours=partial(late, writer, reader, size, numbers),
                where_all_states_are_held=partial(late, writer, whole_reader, size, numbers),
            )


def late(writer: ps.Record, reader: ps.Record, size: int, numbers: Iterator[int]) -> float:
    """Return the milliseconds in which a record takes in a late claim that another wrote, and answers."""
    spent = 0.0
    asked = _subjects(size)
    for one in asked:
        _ = reader.meetings.get(one)
        url = f"https://example.org/archive/{next(numbers)}"
        source = ps.Source("A late archive", published="2026-11-01", kind="official-text", url=url)
        writer.add(MeetingHeld(one, on="2004-03-03", place="Ha Noi"), source=source)
        spent += seconds(partial(reader.meetings.__getitem__, one))
    return spent / len(asked) * 1000


def ask_whole(setting: Setting) -> Iterator[Runs]:
    """Compute every state as of a day from what an open record holds; the limit is a cold replay of all states."""
    size = setting.largest
    runs = Runs(f"all states of {size:,} as of a day", "ms", _TENTH)
    with ps.open(setting.record(size)) as record:
        runs.figures["limit"] = [seconds(lambda: whole(record)) * 1000]
        yield runs.in_turn(
            setting.rounds,
            ours=lambda: seconds(lambda: whole(record.as_of(on=_day()))) * 1000,
            as_known_then=lambda: seconds(lambda: whole(record.as_of(_day()))) * 1000,
        )


def whole(view: ps.View) -> int:
    """Have every state of every family computed; return how many there are."""
    return sum(len(getattr(view, one)) for one in view.kinds.plurals)
