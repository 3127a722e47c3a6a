"""Lines of reading everything: a replay to the full state, and following from a position."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from attrs import frozen

import partnership as ps
from benchmarks.asking import whole
from benchmarks.peer import Peer
from benchmarks.runs import Goal, Runs, Setting, rate

__all__ = ["follow", "peers_file", "replay"]

_GOALS = {
    False: Goal("4 times the peer's replay to its smaller state", peer=4.0),
    True: Goal("6 times the peer's", peer=6.0),
}
_FOLLOW = Goal("4 times the peer", peer=4.0)


def peers_file(setting: Setting) -> Path:
    """Return the peer's file of the history that is replayed."""

    def write(path: Path) -> None:
        peer = Peer(path)
        peer.fill(setting.history(setting.replayed))
        peer.close()

    return setting.kept(f"peer-{setting.replayed}.db", write)


def replay(setting: Setting) -> Iterator[Runs]:
    """Read all of a record: belief, order, fold of every family, all findings; with and without ``fast``."""
    size, path = setting.replayed, setting.record(setting.replayed)
    peer = Peer(peers_file(setting))
    ids = peer.ids()
    for is_fast, goal in _GOALS.items():
        if is_fast and find_spec("msgspec") is None:
            continue
        runs = Runs(f"replay of {size:,}{', with `fast`' if is_fast else ''}", "/s", goal, is_rate=True)
        yield runs.in_turn(
            setting.rounds,
            ours=partial(rate, size, partial(_everything, path, is_fast=is_fast)),
            peer=partial(rate, size, partial(peer.replay, ids)),
            without_findings=partial(rate, size, partial(_states, path, is_fast=is_fast)),
        )
    peer.close()


@frozen(kw_only=True)
class Own(ps.Event):
    """An event of one's own: a record that knows it has a codec of its own, made with what is installed then."""

    name = "own-of-the-benchmarks"
    kind = "own"


def opened(path: Path, *, is_fast: bool) -> ps.Record:
    """Open a record that reads with ``fast``, or without it as every other here."""
    return ps.open(path, kinds=[ps.Kind(Own.kind, [Own])] if is_fast else [])


def _everything(path: Path, *, is_fast: bool) -> None:
    with opened(path, is_fast=is_fast) as record:
        whole(record)
        record.findings()


def _states(path: Path, *, is_fast: bool) -> None:
    with opened(path, is_fast=is_fast) as record:
        whole(record)


def follow(setting: Setting) -> Iterator[Runs]:
    """Read and decode the entries of the second half, from the position of a checkpoint."""
    size, path = setting.replayed, setting.record(setting.replayed)
    half = size // 2
    peer = Peer(peers_file(setting))
    with ps.open(path) as record:
        yield Runs("follow from a position", "/s", _FOLLOW, is_rate=True).in_turn(
            setting.rounds,
            ours=lambda: rate(size - half, lambda: deque(record.follow(half), 0)),
            peer=lambda: rate(size - half, lambda: deque(peer.follow(half), 0)),
            the_peer_without_decoding=lambda: rate(size - half, lambda: deque(peer.notifications(half), 0)),
        )
    peer.close()
