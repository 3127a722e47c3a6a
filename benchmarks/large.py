"""Lines of large subjects: what one costs, and a quarter of it; four times as much is to cost little more than four."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from time import process_time

import partnership as ps
from benchmarks.runs import Goal, Runs, Setting
from partnership.errors import SupersededWarning
from partnership.events import MeetingHeld
from partnership.record.record import Record

__all__ = ["large"]

_GOAL = Goal("n log n: 6 times what a quarter costs, in the column of the limit", limit=6)
_MOST = 1_000  # corrections that aim at one claim, each of which names those before; over that they are refused
_DAY = date(2020, 1, 1)
_SOURCE = ps.Source("MFA", published="2060-01-01", kind="official-release")
_RUNS = count(1500)  # years of runs that were not read before

Work = Callable[[int, Path], float]


def large(setting: Setting) -> Iterator[Runs]:
    """Chains, stars and heaps of claims about one subject; beside each the same of a quarter."""
    most = setting.commits * 20
    with setting.scratch() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", SupersededWarning)
        for name, size, work in (
            ("same, a chain", most, partial(_same, at=lambda place: place)),
            ("same, a star", most, partial(_same, at=lambda _: 0)),
            ("corrections, a chain", most, partial(_mended, _correct)),
            ("retractions, a chain", most, partial(_mended, _retract)),
            ("corrections of one claim", min(most, _MOST), _corrected),
            ("claims about one subject: why", most, partial(_asked, _told, lambda one, _: str(one.why("meeting:m")))),
            ("claims about one subject: dossier", most, partial(_asked, _told, _dossier)),
            (
                "claims about one subject: page",
                most,
                partial(_asked, _told, lambda one, at: one.page(at / "page.html")),
            ),
            ("rival [a,b] days: why", most // 4, partial(_asked, _rival, lambda one, _: str(one.why("meeting:m")))),
            ("rival [a,b] days: page", most // 4, partial(_asked, _rival, lambda one, at: one.page(at / "page.html"))),
            ("meetings of one series: dossier", most // 2, partial(_asked, _series, _series_told)),
            ("days in {a..b}", min(most, _MOST), _run),
        ):
            goal = None if work is _corrected else _GOAL
            yield Runs(f"large subject, {size // 4:,} to {size:,}: {name}", "ms", goal).in_turn(
                min(setting.rounds, 3), limit=partial(work, size // 4, folder), ours=partial(work, size, folder)
            )


def _spent(work: Callable[[], object]) -> float:
    """Return the milliseconds of a processor that something takes."""
    begun = process_time()
    work()
    return (process_time() - begun) * 1e3


def _same(size: int, _: Path, at: Callable[[int], int]) -> float:
    with ps.open(":memory:") as record:
        record.add(*(MeetingHeld(f"m{place:06}", on=_DAY) for place in range(size + 1)), source=_SOURCE)

        def work() -> None:
            for place in range(size):
                record.same_as(f"meeting:m{at(place):06}", f"meeting:m{place + 1:06}")
            assert len(record.meetings) == 1

        return _spent(work)


def _correct(record: Record, entry: ps.Entry, place: int) -> ps.Entry:
    return record.correct(entry, MeetingHeld("m", on=_DAY, place=f"{place}"))


def _retract(record: Record, entry: ps.Entry, _: int) -> ps.Entry:
    return record.retract(entry)


def _mended(apply_corrections: Callable[[Record, ps.Entry, int], ps.Entry], size: int, _: Path) -> float:
    with ps.open(":memory:") as record:
        (first,) = record.add(MeetingHeld("m", on=_DAY), source=_SOURCE)

        def work() -> None:
            entry = first
            for place in range(size):
                entry = apply_corrections(record, entry, place)
            assert len(record.entries("meeting:m")) == size + 1

        return _spent(work)


def _corrected(size: int, _: Path) -> float:
    with ps.open(":memory:") as record:
        (first,) = record.add(MeetingHeld("m", on=_DAY), source=_SOURCE)

        def work() -> None:
            for place in range(size):
                _correct(record, first, place)
            assert record.meetings["m"].place == f"{size - 1}"

        return _spent(work)


def _asked(fill: Callable[[Record, int], None], ask: Callable[[Record, Path], object], size: int, at: Path) -> float:
    with ps.open(":memory:") as record:
        fill(record, size)
        return _spent(lambda: ask(record, at))


def _dossier(record: Record, _: Path) -> str:
    return str(record.dossier("meeting:m"))


def _told(record: Record, size: int) -> None:
    for place in range(size):
        event = MeetingHeld("m", on=_DAY + timedelta(place % 40), title=f"Title {place}", place=f"City {place}")
        record.add(event, source=ps.Source(f"Agency {place}", published=_DAY + timedelta(90 + place % 500)))


def _rival(record: Record, size: int) -> None:
    days = ((_DAY + timedelta(place), _DAY + timedelta(place + size)) for place in range(size))
    record.add(*(MeetingHeld("m", on=f"[{one},{other}]") for one, other in days), source=_SOURCE)


def _series(record: Record, size: int) -> None:
    held = (MeetingHeld(f"m{place:06}", body="series:s", on=_DAY + timedelta(place)) for place in range(size))
    record.add(*held, source=_SOURCE)


def _series_told(record: Record, _: Path) -> str:
    return str(record.dossier("series:s"))


def _run(size: int, _: Path) -> float:
    begin = date(next(_RUNS) % 8_000, 1, 1)
    return _spent(lambda: ps.When(f"{{{begin}..{begin + timedelta(size - 1)}}}").members)
