"""Benchmarks of appending, from the created event to the end of the commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import TypeVar

import partnership as ps
from benchmarks.baseline import RawTable
from benchmarks.histories import claims, entries
from benchmarks.peer import Peer, Subject, plain_values
from benchmarks.runs import Goal, Measurement, Setting, rate
from partnership.model.entry import remarks_on
from partnership.record.record import codec_of

__all__ = ["add_rate", "append_hundred", "append_one", "append_threads"]

T = TypeVar("T")
Claim = tuple[ps.Event, ps.Source]

_HUNDRED = 100
_ONE = Goal("0.90 of raw sqlite3, and 1.2 times the peer", peer=1.2, baseline=0.90)
_MANY = Goal("0.45 of raw sqlite3, and 1.8 times the peer", peer=1.8, baseline=0.45)
_THREADS = {16: Goal("3 times one raw writer", baseline=3), 64: Goal("5 times one raw writer", baseline=5)}


def append_one(setting: Setting) -> Iterator[Measurement]:
    """Append one entry per commit."""
    yield _append("append, 1 per commit", _ONE, setting, setting.commits, 1)


def append_hundred(setting: Setting) -> Iterator[Measurement]:
    """Append a hundred entries of one document per commit."""
    number = max(_HUNDRED, setting.commits * 20)
    yield _append("append, 100 per commit", _MANY, setting, number, _HUNDRED)


def _append(name: str, goal: Goal, setting: Setting, number: int, batch: int) -> Measurement:
    history = list(claims(number if batch == 1 else number * 2))
    if batch > 1:
        history = [(event, source) for events, source in _documents(history, batch) for event in events]
    bodies = list(_bodies(history))
    number = len(bodies)
    with setting.scratch() as folder:
        files = (folder / f"{number}.db" for number in range(10_000))

        def peer(*, has_own_settings: bool = False) -> float:
            subjects = [Subject(**plain_values(body)) for body in bodies]
            application = Peer(next(files), has_own_settings=has_own_settings)
            figure = rate(number, lambda: _in_batches(subjects, batch, application.save))
            application.close()
            return figure

        measurement = Measurement(name, "/s", goal, is_rate=True)
        return measurement.in_turn(
            setting.rounds,
            baseline=partial(_raw, files, bodies, batch),
            peer=peer,
            ours=partial(_ours, files, history, batch),
            the_peer_with_its_own_SQLite_settings=partial(peer, has_own_settings=True),
        )


def _ours(files: Iterator[Path], history: Sequence[Claim], batch: int) -> float:
    with ps.open(next(files)) as record:
        return add_rate(record, history, batch)


def add_rate(record: ps.Record, history: Sequence[Claim], batch: int = _HUNDRED) -> float:
    """Return the entries added per second, with one document per commit, because `add` takes one source."""
    documents = list(_documents(history, batch))
    number = sum(len(events) for events, _ in documents)
    return rate(number, lambda: [record.add(*events, source=source) for events, source in documents])


def _documents(history: Iterable[Claim], batch: int) -> Iterator[tuple[list[ps.Event], ps.Source]]:
    """Yield batches of different events with one source each: the same event from one source would be one entry."""
    events: dict[ps.Event, ps.Source] = {}
    for event, source in history:
        events.setdefault(event, source)
        if len(events) == batch:
            yield [*events], next(iter(events.values()))
            events = {}


def _bodies(history: Iterable[Claim]) -> Iterator[bytes]:
    """Yield the encoded entries, from which the peer and the baseline get the same events and sources."""
    codec = codec_of(())
    for event, source in history:
        yield codec.encode(event, source, None, remarks_on(event, source)).body


def _raw(files: Iterator[Path], bodies: Sequence[bytes], batch: int) -> float:
    table = RawTable(next(files))
    figure = rate(len(bodies), lambda: _in_batches(bodies, batch, table.append))
    table.close()
    return figure


def _in_batches(whole: Sequence[T], batch: int, write: Callable[[Sequence[T]], None]) -> None:
    for first in range(0, len(whole), batch):
        write(whole[first : first + batch])


def append_threads(setting: Setting) -> Iterator[Measurement]:
    """Append from many threads, one entry per call; the record writes entries that wait in one commit."""
    bodies = [item.entry.body for item in entries(setting.commits)]
    history = list(claims(setting.commits * 4))
    for threads, goal in _THREADS.items():
        with setting.scratch() as folder:
            files = (folder / f"{number}.db" for number in range(10_000))
            measurement = Measurement(f"append, 1 per call, {threads} threads", "/s", goal, is_rate=True)
            yield measurement.in_turn(
                setting.rounds,
                baseline=partial(_raw, files, bodies, 1),
                ours=partial(_threads, files, history, threads),
            )


def _threads(files: Iterator[Path], history: Sequence[Claim], threads: int) -> float:
    with ps.open(next(files)) as record:

        def write(part: Iterator[Claim]) -> None:
            for event, source in part:
                record.add(event, source=source)

        workers = [Thread(target=write, args=(islice(history, first, None, threads),)) for first in range(threads)]

        def run_all() -> None:
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()

        return rate(len(history), run_all)
