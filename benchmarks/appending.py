"""Lines of appending: from an event that is made to the commit that keeps it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import TypeVar

import partnership as ps
from benchmarks.histories import claims, entries
from benchmarks.limit import Raw
from benchmarks.peer import Peer, Subject, said
from benchmarks.runs import Goal, Runs, Setting, rate
from partnership.model.entry import remarks_on
from partnership.record.record import codec_of

__all__ = ["added", "append_hundred", "append_one", "append_threads"]

T = TypeVar("T")
Claim = tuple[ps.Event, ps.Source]

_HUNDRED = 100
_ONE = Goal("0.90 of raw sqlite3, and 1.6 times the peer", peer=1.6, limit=0.90)
_MANY = Goal("0.5 of raw sqlite3, and 3.5 times the peer", peer=3.5, limit=0.5)
_THREADS = {16: Goal("2 times one raw writer", limit=2.0), 64: Goal("3.5 times one raw writer", limit=3.5)}


def append_one(setting: Setting) -> Iterator[Runs]:
    """Append, one entry to a commit."""
    yield _appended("append, 1 per commit", _ONE, setting, setting.commits, 1)


def append_hundred(setting: Setting) -> Iterator[Runs]:
    """Append, a hundred entries of one document to a commit."""
    number = max(_HUNDRED, setting.commits * 20)
    yield _appended("append, 100 per commit", _MANY, setting, number, _HUNDRED)


def _appended(name: str, goal: Goal, setting: Setting, number: int, at_once: int) -> Runs:
    told = list(claims(number if at_once == 1 else number * 2))
    if at_once > 1:
        told = [(event, of) for events, of in _documents(told, at_once) for event in events]
    bodies = list(_bodies(told))
    number = len(bodies)
    with setting.scratch() as folder:
        files = (folder / f"{place}.db" for place in range(10_000))

        def peer(*, is_as_it_comes: bool = False) -> float:
            made = [Subject(**said(one)) for one in bodies]
            one = Peer(next(files), is_as_it_comes=is_as_it_comes)
            figure = rate(number, lambda: _in_parts(made, at_once, one.save))
            one.close()
            return figure

        runs = Runs(name, "/s", goal, is_rate=True)
        return runs.in_turn(
            setting.rounds,
            limit=partial(_raw, files, bodies, at_once),
            peer=peer,
            ours=partial(_ours, files, told, at_once),
            the_peer_as_it_sets_SQLite=partial(peer, is_as_it_comes=True),
        )


def _ours(files: Iterator[Path], told: Sequence[Claim], at_once: int) -> float:
    with ps.open(next(files)) as record:
        return added(record, told, at_once)


def added(record: ps.Record, told: Sequence[Claim], at_once: int = _HUNDRED) -> float:
    """Return how many a second are added; those of one commit are cited from one document, as `add` has it."""
    ready = list(_documents(told, at_once))
    return rate(sum(len(events) for events, _ in ready), lambda: [record.add(*each, source=of) for each, of in ready])


def _documents(told: Iterable[Claim], at_once: int) -> Iterator[tuple[list[ps.Event], ps.Source]]:
    """Yield events with one source for all; what a document says twice is one entry, so it says nothing twice."""
    events: dict[ps.Event, ps.Source] = {}
    for event, source in told:
        events.setdefault(event, source)
        if len(events) == at_once:
            yield [*events], next(iter(events.values()))
            events = {}


def _bodies(told: Iterable[Claim]) -> Iterator[bytes]:
    """Yield the entries as they would lie, for the peer and the limit: the same events from the same sources."""
    codec = codec_of(())
    for event, source in told:
        yield codec.encode(event, source, None, remarks_on(event, source)).body


def _raw(files: Iterator[Path], bodies: Sequence[bytes], at_once: int) -> float:
    raw = Raw(next(files))
    figure = rate(len(bodies), lambda: _in_parts(bodies, at_once, raw.append))
    raw.close()
    return figure


def _in_parts(whole: Sequence[T], at_once: int, write: Callable[[Sequence[T]], None]) -> None:
    for first in range(0, len(whole), at_once):
        write(whole[first : first + at_once])


def append_threads(setting: Setting) -> Iterator[Runs]:
    """Append from many threads, one entry to a call; what waits is written in one commit."""
    bodies = [one.draft.body for one in entries(setting.commits)]
    told = list(claims(setting.commits * 4))
    for threads, goal in _THREADS.items():
        with setting.scratch() as folder:
            files = (folder / f"{place}.db" for place in range(10_000))
            runs = Runs(f"append, 1 per call, {threads} threads", "/s", goal, is_rate=True)
            yield runs.in_turn(
                setting.rounds,
                limit=partial(_raw, files, bodies, 1),
                ours=partial(_threads, files, told, threads),
            )


def _threads(files: Iterator[Path], told: Sequence[Claim], threads: int) -> float:
    with ps.open(next(files)) as record:

        def write(mine: Iterator[Claim]) -> None:
            for event, source in mine:
                record.add(event, source=source)

        workers = [Thread(target=write, args=(islice(told, first, None, threads),)) for first in range(threads)]

        def together() -> None:
            for one in workers:
                one.start()
            for one in workers:
                one.join()

        return rate(len(told), together)
