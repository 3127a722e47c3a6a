"""Benchmarks on a PostgreSQL server: many clients that append, a replay, and the delay until another process reads."""

from __future__ import annotations

import multiprocessing
import statistics
from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count, islice
from threading import Thread
from time import perf_counter, sleep
from typing import Any

from attrs import frozen

import partnership as ps
from benchmarks.asking import compute_states
from benchmarks.histories import claims, entries
from benchmarks.peer import Peer, Subject, plain_values
from benchmarks.runs import Goal, Measurement, Setting, fill, rate
from benchmarks.server import SAFE, Server, running

__all__ = ["postgres"]

_APPEND = Goal("5 times the peer, and a reader beside them sees every entry", peer=5.0)
_REPLAY = Goal("1.3 times the peer on the same server", peer=1.3)
_KEPT = Goal("10 times the peer's replay on the same server", peer=10)
_WAKE = Goal("1 ms in the median", at_most=1)
_CLIENTS = 16
_BATCH = 400  # events in one insert of the peer; with a thousand it hangs
_PAUSE = 0.01
_TIMEOUT = 120
_SPAWN = multiprocessing.get_context("spawn")
_NUMBERS = count()


def postgres(setting: Setting) -> Iterator[Measurement]:
    """Measure on one server, which keeps its defaults: every commit is synced."""
    with running(SAFE) as server:
        yield _append(setting, server)
        yield from _replay(setting, server)
        yield _wake(setting, server)


# ---- many clients ----


def _append(setting: Setting, server: Server) -> Measurement:
    """Append with many clients, each to its own partnership, one entry per commit, while a process reads all."""
    clients = max(2, min(_CLIENTS, setting.commits // 10))
    measurement = Measurement(
        f"PostgreSQL append, {clients} clients on {clients} partnerships", "/s", _APPEND, is_rate=True
    )
    measured = partial(_append_rate, server, clients, setting.commits if setting.is_big else setting.commits // 5)
    return measurement.in_turn(
        setting.few_rounds,
        ours=partial(measured, "ours"),
        peer=partial(measured, "peer"),
        **({"the peer with an application each": partial(measured, "peers")} if setting.is_big else {}),
    )


@frozen
class _Logs:
    """The logs of one round.

    Attributes:
        kind: ``ours`` (records), ``peer`` (one application of the peer) or ``peers`` (one for each client).
        url: URL of the server.
        folder: folder of its socket.
        number: number of the round, which makes names unique.
    """

    kind: str
    url: str
    folder: str
    number: int

    def open(self, client: int, *, is_new: bool = False) -> Any:
        """Open the log of one client."""
        if self.kind == "ours":
            return ps.open(self.url, partnership=f"partnership-{self.number}-{client}")
        name = f"Peer{self.number}" if self.kind == "peer" else f"Peer{self.number}of{client}"
        return Peer.on_server(self.folder, name, is_new=is_new)


def _append_rate(server: Server, clients: int, number: int, kind: str) -> float:
    """Return the entries that all clients append per second, from when all are ready until the last has finished.

    Args:
        server: the server.
        clients: number of clients: threads of one process, each with its own connection.
        number: number of entries that each client appends.
        kind: ``ours``, ``peer`` or ``peers``: see `_Logs`.

    Raises:
        SystemExit: the reader did not see all entries.
    """
    logs = _Logs(kind, server.url, server.folder, next(_NUMBERS))
    for client in range(clients):
        logs.open(client, is_new=True).close()
    begin, end = _SPAWN.Barrier(3), _SPAWN.Barrier(2)
    done, seen = _SPAWN.Event(), _SPAWN.SimpleQueue()
    processes = [
        _start(_run_clients, logs, clients, number, begin, end),
        _start(_run_reader, logs, 1 if kind == "peer" else clients, begin, done, seen),
    ]
    begin.wait(_TIMEOUT)
    start = perf_counter()
    end.wait(_TIMEOUT)
    taken = perf_counter() - start
    done.set()
    count = seen.get()
    for process in processes:
        process.join()
    if count != clients * number:
        raise SystemExit(f"{kind}: the reader saw {count} of {clients * number} entries")
    return clients * number / taken


def _start(work: Callable[..., None], *arguments: Any) -> Any:
    process = _SPAWN.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process


def _run_clients(opener: _Logs, clients: int, number: int, begin: Any, end: Any) -> None:
    """Append with one thread for each client."""
    logs = [opener.open(client) for client in range(clients)]
    with ps.open(":memory:") as warm:  # imports the modules of these events
        for event, source in claims(number):
            warm.add(event, source=source)
    threads = [Thread(target=deque, args=(_steps(log, number), 0)) for log in logs]
    begin.wait(_TIMEOUT)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    end.wait(_TIMEOUT)
    for log in logs:
        log.close()


def _steps(log: Any, number: int) -> Iterator[None]:
    """Return an iterator that appends one event at each step; the events are created before the first."""
    if isinstance(log, Peer):
        subjects = [Subject(**plain_values(item.entry.body)) for item in entries(number)]
        return (log.save([subject]) for subject in subjects)
    history = [*claims(number)]
    return (log.add(event, source=source) for event, source in history)


def _run_reader(opener: _Logs, clients: int, begin: Any, done: Any, seen: Any) -> None:
    """Follow all logs, and send the number of entries that were seen."""
    logs = [opener.open(client) for client in range(clients)]
    last, count, is_over = [0] * clients, 0, False
    begin.wait(_TIMEOUT)
    while not is_over:
        is_over = done.is_set()
        for client, log in enumerate(logs):
            positions = _positions_after(log, last[client])
            count += len(positions)
            last[client] = positions[-1] if positions else last[client]
        sleep(_PAUSE)
    seen.put(count)


def _positions_after(log: Any, after: int) -> list[int]:
    """Decode the entries after a position, and return their positions."""
    if isinstance(log, Peer):
        return [stored.id for stored in log.notifications(after) if log.decode(stored)]
    return [entry.position for entry in log.follow(after)]


# ---- a replay ----


def _replay(setting: Setting, server: Server) -> Iterator[Measurement]:
    """Compute all states and findings from nothing; then all states, which another process has computed before."""
    size = setting.replayed
    with ps.open(server.url, partnership="replayed") as record:
        fill(record, entries(size))
    peer = Peer.on_server(server.folder, "Replayed", is_new=True)
    peer.fill(entries(size), _BATCH)
    replayed = partial(rate, size, partial(peer.replay, peer.ids()))
    read_only = f"{server.url}&options=-c%20default_transaction_read_only%3Don"  # keeps no states
    yield Measurement(f"PostgreSQL replay of {size:,} from nothing", "/s", _REPLAY, is_rate=True).in_turn(
        setting.few_rounds, ours=lambda: rate(size, partial(_states_and_findings, read_only)), peer=replayed
    )
    _states(server.url)
    yield Measurement(f"PostgreSQL, all states of {size:,} once more", "/s", _KEPT, is_rate=True).in_turn(
        setting.few_rounds, ours=lambda: rate(size, partial(_states, server.url)), peer=replayed
    )
    peer.close()


def _states(url: str) -> None:
    with ps.open(url, partnership="replayed") as record:
        compute_states(record)


def _states_and_findings(url: str) -> None:
    with ps.open(url, partnership="replayed") as record:
        compute_states(record)
        record.findings()


# ---- another process ----


def _wake(setting: Setting, server: Server) -> Measurement:
    """Add an entry, and measure when another process has decoded it."""
    measurement = Measurement("PostgreSQL, delay until another process has the entry", "ms", _WAKE)
    for _ in range(setting.few_rounds):
        after_commit, after_call = _delays(server, setting.commits // 5)
        measurement.figures.setdefault("ours", []).append(after_commit)
        measurement.figures.setdefault("from the call of add, the commit included", []).append(after_call)
    return measurement


def _delays(server: Server, number: int) -> tuple[float, float]:
    """Return the median milliseconds until another process has an entry, from the return and from the call of `add`."""
    receiver, sender = _SPAWN.Pipe(duplex=False)
    name = f"delay-{next(_NUMBERS)}"
    follower = _start(_follower, server.url, name, number, sender)
    after_commit, after_call = [], []
    with ps.open(server.url, partnership=name) as record:
        receiver.recv()
        sleep(0.2)  # until the other process waits
        for event, source in claims(number):
            start = perf_counter()
            record.add(event, source=source)
            done = perf_counter()
            read = receiver.recv()
            after_commit.append((read - done) * 1000)
            after_call.append((read - start) * 1000)
            sleep(_PAUSE / 2)
    follower.join()
    return statistics.median(after_commit), statistics.median(after_call)


def _follower(url: str, name: str, number: int, sender: Any) -> None:
    with ps.open(url, partnership=name) as record:
        sender.send("ready")
        for _ in islice(record.follow(wait=_TIMEOUT), number):
            sender.send(perf_counter())
