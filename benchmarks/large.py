"""Benchmarks of large subjects: four times the claims should cost little more than four times the time."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from time import process_time

import partnership as ps
from benchmarks.runs import Goal, Measurement, Setting
from partnership.events import MeetingHeld
from partnership.record.record import Record

__all__ = ["large"]

_GOAL = Goal("n log n: 6 times the cost of a quarter (baseline)", baseline=6)
_FULL = 200_000
_DAY = date(2020, 1, 1)
_SOURCE = ps.Source("MFA", published="2060-01-01", kind="official-release")

Ask = Callable[[Record, Path], object]
Work = Callable[[int, Path], float]


def large(setting: Setting) -> Iterator[Measurement]:
    """Measure chains and stars of amendments, and many claims about one subject, each beside a quarter of it.

    The sizes are full where the largest record has 200,000 entries or more, otherwise smaller in proportion.
    """
    share = min(1.0, setting.largest / _FULL)
    with setting.scratch() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, full_size, work in _cases():
            size = int(full_size * share)
            yield Measurement(f"large, {size // 4:,} to {size:,} {name}", "ms", _GOAL).in_turn(
                1 if share == 1 else setting.few_rounds,
                baseline=partial(work, size // 4, folder),
                ours=partial(work, size, folder),
            )


def _cases() -> Iterator[tuple[str, int, Work]]:
    """Yield what is measured with its full size."""
    yield "names in a chain of `same`", 10_000, partial(_same, other=lambda number: number)
    yield "names in a star of `same`", 10_000, partial(_same, other=lambda _: 0)
    yield "corrections in a chain", 10_000, _corrections
    yield "claims about one subject: state", 100_000, partial(_asked, _claims, lambda record, _: record.meetings["m"])
    yield "claims about one subject: why", 100_000, partial(_asked, _claims, _why)
    yield "sources about one subject: dossier", 10_000, partial(_asked, _reports, _dossier)
    yield "sources about one subject: page", 10_000, partial(_asked, _reports, _page)
    yield "rival [a,b] days: why", 2_500, partial(_asked, _rivals, _why)
    yield "rival [a,b] days: page", 2_500, partial(_asked, _rivals, _page)
    yield "meetings of one series: ledger", 5_000, partial(_asked, _series, _ledger)
    yield "meetings of one series: dossier", 5_000, partial(_asked, _series, _series_dossier)
    yield "meetings of one series: page", 5_000, partial(_asked, _series, _page)


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


def _corrections(size: int, _: Path) -> float:
    with ps.open(":memory:") as record:
        (first,) = record.add(MeetingHeld("m", on=_DAY), source=_SOURCE)

        def work() -> None:
            entry = first
            for number in range(size):
                entry = record.correct(entry, MeetingHeld("m", on=_DAY, place=f"{number}"))
            assert record.meetings["m"].place == f"{size - 1}"

        return _spent(work)


def _asked(fill: Callable[[Record, int], None], ask: Ask, size: int, folder: Path) -> float:
    with ps.open(":memory:") as record:
        fill(record, size)
        return _spent(lambda: ask(record, folder))


def _why(record: Record, _: Path) -> str:
    return str(record.why("meeting:m"))


def _dossier(record: Record, _: Path) -> str:
    return str(record.dossier("meeting:m"))


def _page(record: Record, folder: Path) -> object:
    return record.page(folder / "page.html")


def _ledger(record: Record, _: Path) -> str:
    return str(record.series_ledger("series:s"))


def _series_dossier(record: Record, _: Path) -> str:
    return str(record.dossier("series:s"))


def _claims(record: Record, size: int) -> None:
    events = (MeetingHeld("m", on=_DAY + timedelta(number % 40), title=f"Title {number}") for number in range(size))
    record.add(*events, source=_SOURCE)


def _reports(record: Record, size: int) -> None:
    for number in range(size):
        event = MeetingHeld("m", on=_DAY + timedelta(number % 40), title=f"Title {number}", place=f"City {number}")
        record.add(event, source=ps.Source(f"Agency {number}", published=_DAY + timedelta(90 + number % 500)))


def _rivals(record: Record, size: int) -> None:
    days = ((_DAY + timedelta(number), _DAY + timedelta(number + size)) for number in range(size))
    record.add(*(MeetingHeld("m", on=f"[{first},{last}]") for first, last in days), source=_SOURCE)


def _series(record: Record, size: int) -> None:
    meetings = (MeetingHeld(f"m{number:06}", body="series:s", on=_DAY + timedelta(number)) for number in range(size))
    record.add(*meetings, source=_SOURCE)
