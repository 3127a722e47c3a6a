"""Lines of a PostgreSQL server: many clients that append, a replay, and how soon another process is awake."""

from __future__ import annotations

import multiprocessing
import statistics
from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import count, islice
from threading import Thread
from time import perf_counter, sleep
from typing import Any

from attrs import frozen

import partnership as ps
from benchmarks.asking import whole
from benchmarks.histories import claims, entries
from benchmarks.peer import Peer, Subject, said
from benchmarks.runs import Goal, Runs, Setting, rate
from benchmarks.server import SAFE, Server, running
from partnership.storage.postgres import PostgresStore

__all__ = ["postgres_append", "postgres_replay", "postgres_wake"]

_APPEND = Goal("5 times the peer, nothing lost under a tailing reader", peer=5.0)
_REPLAY = Goal("4 times the peer on the same server", peer=4.0)
_WAKE = Goal("1 ms in the median", at_most=1)
_CLIENTS = 16
_AT_ONCE = 400  # events in one insert of the peer; of a thousand it hangs
_PAUSE = 0.01
_PATIENCE = 120
_SPAWN = multiprocessing.get_context("spawn")
_MARKS = count()


# ---- many clients ----


def postgres_append(setting: Setting) -> Iterator[Runs]:
    """Append as many clients, each to a partnership of its own, one entry to a commit, while a process reads it all."""
    clients = max(2, min(_CLIENTS, setting.commits // 10))
    runs = Runs(f"PostgreSQL append, {clients} clients on {clients} partnerships", "/s", _APPEND, is_rate=True)
    with running(SAFE) as server:
        measured = partial(_appended, server, clients, setting.commits)
        yield runs.in_turn(
            setting.rounds,
            ours=partial(measured, "ours"),
            peer=partial(measured, "peer"),
            the_peer_with_an_application_each=partial(measured, "peers"),
            ours_with_a_process_each=partial(measured, "ours", is_apart=True),
            the_peer_with_a_process_each=partial(measured, "peer", is_apart=True),
        )


@frozen
class _Logs:
    """What clients append to and the reader reads: records, one application of the peer, or one for each client.

    Attributes:
        kind: ``ours``, ``peer`` or ``peers``.
        url: of the server.
        folder: where it listens.
        mark: a number of this round.
    """

    kind: str
    url: str
    folder: str
    mark: int

    def open(self, place: int, *, is_new: bool = False) -> Any:
        """Open that of one client."""
        if self.kind == "ours":
            return _opened(self.url, f"partnership-{self.mark}-{place}")
        name = f"Peer{self.mark}" if self.kind == "peer" else f"Peer{self.mark}of{place}"
        return Peer.on_server(self.folder, name, is_new=is_new)


def _opened(url: str, partnership: str) -> ps.Record:
    return ps.open(url, partnership=partnership)


def _appended(server: Server, clients: int, number: int, kind: str, *, is_apart: bool = False) -> float:
    """Return how many a second all append together, from when all are ready until the last is done.

    Args:
        server: where.
        clients: how many; each has a connection of its own.
        number: of entries that each appends.
        kind: ``ours``, ``peer`` or ``peers``.
        is_apart: each client is a process; else all are threads of one.

    Raises:
        SystemExit: the reader did not see all of it.
    """
    logs = _Logs(kind, server.url, server.folder, next(_MARKS))
    for place in range(clients):
        logs.open(place, is_new=True).close()
    parts = [[place] for place in range(clients)] if is_apart else [[*range(clients)]]
    begin, end = _SPAWN.Barrier(len(parts) + 2), _SPAWN.Barrier(len(parts) + 1)
    done, seen = _SPAWN.Event(), _SPAWN.SimpleQueue()
    processes = [_started(_clients, logs, places, number, begin, end) for places in parts]
    processes.append(_started(_reader, logs, 1 if kind == "peer" else clients, begin, done, seen))
    begin.wait(_PATIENCE)
    begun = perf_counter()
    end.wait(_PATIENCE)
    taken = perf_counter() - begun
    done.set()
    found = seen.get()
    for one in processes:
        one.join()
    if found != clients * number:
        raise SystemExit(f"{kind}: the reader saw {found} of {clients * number} entries")
    return clients * number / taken


def _started(work: Callable[..., None], *given: Any) -> Any:
    process = _SPAWN.Process(target=work, args=given, daemon=True)
    process.start()
    return process


def _clients(opened: _Logs, places: list[int], number: int, begin: Any, end: Any) -> None:
    """Append in as many threads as there are places."""
    logs = [opened.open(place) for place in places]
    with ps.open(":memory:") as warm:  # loads the pages of these events
        for event, source in claims(number):
            warm.add(event, source=source)
    threads = [Thread(target=deque, args=(_steps(log, number), 0)) for log in logs]
    begin.wait(_PATIENCE)
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    end.wait(_PATIENCE)
    for log in logs:
        log.close()


def _steps(log: Any, number: int) -> Iterator[None]:
    """Return what appends one event at each step; the events are there before the first."""
    if isinstance(log, Peer):
        made = [Subject(**said(one.draft.body)) for one in entries(number)]
        return (log.save([one]) for one in made)
    told = [*claims(number)]
    return (log.add(event, source=source) for event, source in told)


def _reader(opened: _Logs, places: int, begin: Any, done: Any, seen: Any) -> None:
    """Follow all logs, and tell how many entries were seen."""
    logs = [opened.open(place) for place in range(places)]
    last, found, is_over = [0] * places, 0, False
    begin.wait(_PATIENCE)
    while not is_over:
        is_over = done.is_set()
        for place, log in enumerate(logs):
            some = _positions(log, last[place])
            found += len(some)
            last[place] = some[-1] if some else last[place]
        sleep(_PAUSE)
    seen.put(found)


def _positions(log: Any, after: int) -> list[int]:
    """Return the positions of what comes after one, decoded."""
    if isinstance(log, Peer):
        return [one.id for one in log.notifications(after) if log.decoded(one)]
    return [one.position for one in log.follow(after)]


# ---- a replay ----


def postgres_replay(setting: Setting) -> Iterator[Runs]:
    """Read all of a record from a server: belief, order, fold of every family, all findings."""
    size = setting.replayed
    with running(SAFE) as server:
        store = PostgresStore(server.url, partnership="replayed")
        coming = entries(size)
        while some := [one.draft.new_row for one in islice(coming, 5_000)]:
            store.append(some, now=datetime(2026, 11, 24, tzinfo=UTC), by=None)
        store.close()
        peer = Peer.on_server(server.folder, "Replayed", is_new=True)
        peer.fill(setting.history(size), _AT_ONCE)
        ids = peer.ids()
        yield Runs(f"PostgreSQL replay of {size:,}", "/s", _REPLAY, is_rate=True).in_turn(
            setting.rounds,
            ours=lambda: rate(size, partial(_everything, server.url)),
            peer=lambda: rate(size, partial(peer.replay, ids)),
        )
        peer.close()


def _everything(url: str) -> None:
    with _opened(url, "replayed") as record:
        whole(record)
        record.findings()


# ---- another process ----


def postgres_wake(setting: Setting) -> Iterator[Runs]:
    """Add an entry, and see when another process holds it, decoded."""
    runs = Runs("PostgreSQL, an entry landed to another process awake", "ms", _WAKE)
    with running(SAFE) as server:
        for _ in range(setting.rounds):
            landed, called = _woken(server, setting.commits // 5)
            runs.figures.setdefault("ours", []).append(landed)
            runs.figures.setdefault("from the call of add, the commit included", []).append(called)
        yield runs


def _woken(server: Server, number: int) -> tuple[float, float]:
    """Return the milliseconds until another process is awake: after the commit, and after the call; medians of some."""
    told, telling = _SPAWN.Pipe(duplex=False)
    name = f"awaited-{next(_MARKS)}"
    follower = _started(_follower, server.url, name, number, telling)
    landed, called = [], []
    with _opened(server.url, name) as record:
        told.recv()
        sleep(0.2)  # until it waits
        for event, source in claims(number):
            begun = perf_counter()
            record.add(event, source=source)
            done = perf_counter()
            awake = told.recv()
            landed.append((awake - done) * 1000)
            called.append((awake - begun) * 1000)
            sleep(_PAUSE / 2)
    follower.join()
    return statistics.median(landed), statistics.median(called)


def _follower(url: str, name: str, number: int, telling: Any) -> None:
    with _opened(url, name) as record:
        telling.send("ready")
        for _ in islice(record.follow(wait=_PATIENCE), number):
            telling.send(perf_counter())
