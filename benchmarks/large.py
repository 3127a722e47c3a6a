"""Benchmarks of subjects with many claims: four times the claims should cost little more than four times the time."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from time import process_time

import partnership as ps
from benchmarks.runs import Goal, Measurement, Setting
from partnership.errors import SupersededWarning
from partnership.events import MeetingHeld
from partnership.record.record import Record

__all__ = ["large"]

_GOAL = Goal("n log n: 6 times the cost of a quarter, in the column baseline", baseline=6)
_MAX_CORRECTIONS = 1_000  # of one claim; each names all earlier ones, and a few more are refused
_DAY = date(2020, 1, 1)
_SOURCE = ps.Source("MFA", published="2060-01-01", kind="official-release")
_YEARS = count(1500)  # years, so that no date is parsed twice and comes from a cache

Work = Callable[[int, Path], float]


def large(setting: Setting) -> Iterator[Measurement]:
    """Measure chains and stars of amendments, and many claims about one subject, each beside a quarter of it."""
    most = setting.commits * 20
    with setting.scratch() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", SupersededWarning)
        for name, size, work in (
            ("same, a chain", most, partial(_same, other=lambda number: number)),
            ("same, a star", most, partial(_same, other=lambda _: 0)),
            ("corrections, a chain", most, partial(_amended, _correct)),
            ("retractions, a chain", most, partial(_amended, _retract)),
            ("corrections of one claim", min(most, _MAX_CORRECTIONS), _corrected),
            (
                "claims about one subject: why",
                most,
                partial(_query, _reports, lambda record, _: str(record.why("meeting:m"))),
            ),
            ("claims about one subject: dossier", most, partial(_query, _reports, _dossier)),
            (
                "claims about one subject: page",
                most,
                partial(_query, _reports, lambda record, folder: record.page(folder / "page.html")),
            ),
            (
                "overlapping [a,b] days: why",
                most // 4,
                partial(_query, _overlapping, lambda record, _: str(record.why("meeting:m"))),
            ),
            (
                "overlapping [a,b] days: page",
                most // 4,
                partial(_query, _overlapping, lambda record, folder: record.page(folder / "page.html")),
            ),
            ("meetings of one series: dossier", most // 2, partial(_query, _series, _series_dossier)),
            ("days in {a..b}", min(most, _MAX_CORRECTIONS), _run),
        ):
            goal = None if work is _corrected else _GOAL
            yield Measurement(f"large subject, {size // 4:,} to {size:,}: {name}", "ms", goal).in_turn(
                min(setting.rounds, 3), baseline=partial(work, size // 4, folder), ours=partial(work, size, folder)
            )


def _spent(work: Callable[[], object]) -> float:
    """Return the milliseconds of processor time that a call takes."""
    begun = process_time()
    work()
    return (process_time() - begun) * 1e3


def _same(size: int, _: Path, other: Callable[[int], int]) -> float:
    with ps.open(":memory:") as record:
        record.add(*(MeetingHeld(f"m{number:06}", on=_DAY) for number in range(size + 1)), source=_SOURCE)

        def work() -> None:
            for number in range(size):
                record.same_as(f"meeting:m{other(number):06}", f"meeting:m{number + 1:06}")
            assert len(record.meetings) == 1

        return _spent(work)


def _correct(record: Record, entry: ps.Entry, number: int) -> ps.Entry:
    return record.correct(entry, MeetingHeld("m", on=_DAY, place=f"{number}"))


def _retract(record: Record, entry: ps.Entry, _: int) -> ps.Entry:
    return record.retract(entry)


def _amended(amend: Callable[[Record, ps.Entry, int], ps.Entry], size: int, _: Path) -> float:
    with ps.open(":memory:") as record:
        (first,) = record.add(MeetingHeld("m", on=_DAY), source=_SOURCE)

        def work() -> None:
            entry = first
            for number in range(size):
                entry = amend(record, entry, number)
            assert len(record.entries("meeting:m")) == size + 1

        return _spent(work)


def _corrected(size: int, _: Path) -> float:
    with ps.open(":memory:") as record:
        (first,) = record.add(MeetingHeld("m", on=_DAY), source=_SOURCE)

        def work() -> None:
            for number in range(size):
                _correct(record, first, number)
            assert record.meetings["m"].place == f"{size - 1}"

        return _spent(work)


def _query(
    fill: Callable[[Record, int], None], ask: Callable[[Record, Path], object], size: int, folder: Path
) -> float:
    with ps.open(":memory:") as record:
        fill(record, size)
        return _spent(lambda: ask(record, folder))


def _dossier(record: Record, _: Path) -> str:
    return str(record.dossier("meeting:m"))


def _reports(record: Record, size: int) -> None:
    for number in range(size):
        event = MeetingHeld("m", on=_DAY + timedelta(number % 40), title=f"Title {number}", place=f"City {number}")
        record.add(event, source=ps.Source(f"Agency {number}", published=_DAY + timedelta(90 + number % 500)))


def _overlapping(record: Record, size: int) -> None:
    days = ((_DAY + timedelta(number), _DAY + timedelta(number + size)) for number in range(size))
    record.add(*(MeetingHeld("m", on=f"[{first},{last}]") for first, last in days), source=_SOURCE)


def _series(record: Record, size: int) -> None:
    meetings = (MeetingHeld(f"m{number:06}", body="series:s", on=_DAY + timedelta(number)) for number in range(size))
    record.add(*meetings, source=_SOURCE)


def _series_dossier(record: Record, _: Path) -> str:
    return str(record.dossier("series:s"))


def _run(size: int, _: Path) -> float:
    begin = date(next(_YEARS) % 8_000, 1, 1)
    return _spent(lambda: ps.When(f"{{{begin}..{begin + timedelta(size - 1)}}}").members)
