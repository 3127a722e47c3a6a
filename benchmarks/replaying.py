"""Lines of reading everything: a replay to the full state, and following from a position."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import partnership as ps
from benchmarks.asking import whole
from benchmarks.peer import Peer
from benchmarks.runs import Goal, Runs, Setting, rate

__all__ = ["follow", "peers_file", "replay"]

_REPLAY = Goal("4 times the peer's replay to its smaller state", peer=4.0)
_FOLLOW = Goal("4 times the peer", peer=4.0)


def peers_file(setting: Setting) -> Path:
    """Return the peer's file of the history that is replayed."""

    def write(path: Path) -> None:
        peer = Peer(path)
        peer.fill(setting.history(setting.replayed))
        peer.close()

    return setting.kept(f"peer-{setting.replayed}.db", write)


def replay(setting: Setting) -> Iterator[Runs]:
    """Read all of a record: belief, order, fold of every family, all findings."""
    size, path = setting.replayed, setting.record(setting.replayed)
    peer = Peer(peers_file(setting))
    ids = peer.ids()
    yield Runs(f"replay of {size:,}", "/s", _REPLAY, is_rate=True).in_turn(
        setting.rounds,
        ours=partial(rate, size, partial(_everything, path)),
        peer=partial(rate, size, partial(peer.replay, ids)),
        without_findings=partial(rate, size, partial(_states, path)),
    )
    peer.close()


def _everything(path: Path) -> None:
    with ps.open(path) as record:
        whole(record)
        record.findings()


def _states(path: Path) -> None:
    with ps.open(path) as record:
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
