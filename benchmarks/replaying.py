"""Benchmarks of reading a whole record: all states and findings, and following the log from a position."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import partnership as ps
from benchmarks.asking import compute_states
from benchmarks.peer import Peer
from benchmarks.runs import Goal, Measurement, Setting, rate

__all__ = ["follow", "peer_file", "replay"]

_REPLAY = Goal("4 times the peer's replay to its smaller state", peer=4.0)
_FOLLOW = Goal("4 times the peer", peer=4.0)


def peer_file(setting: Setting) -> Path:
    """Return the file of the peer with the history that `replay` reads."""

    def write(path: Path) -> None:
        peer = Peer(path)
        peer.fill(setting.history(setting.replayed))
        peer.close()

    return setting.cached_file(f"peer-{setting.replayed}.db", write)


def replay(setting: Setting) -> Iterator[Measurement]:
    """Open a record, compute all states and all findings."""
    size, path = setting.replayed, setting.record(setting.replayed)
    peer = Peer(peer_file(setting))
    ids = peer.ids()
    yield Measurement(f"replay of {size:,}", "/s", _REPLAY, is_rate=True).in_turn(
        setting.rounds,
        ours=partial(rate, size, partial(_states_and_findings, path)),
        peer=partial(rate, size, partial(peer.replay, ids)),
        without_findings=partial(rate, size, partial(_states, path)),
    )
    peer.close()


def _states_and_findings(path: Path) -> None:
    with ps.open(path) as record:
        compute_states(record)
        record.findings()


def _states(path: Path) -> None:
    with ps.open(path) as record:
        compute_states(record)


def follow(setting: Setting) -> Iterator[Measurement]:
    """Decode the second half of the log."""
    size, path = setting.replayed, setting.record(setting.replayed)
    half = size // 2
    peer = Peer(peer_file(setting))
    with ps.open(path) as record:
        yield Measurement("follow from a position", "/s", _FOLLOW, is_rate=True).in_turn(
            setting.rounds,
            ours=lambda: rate(size - half, lambda: deque(record.follow(half), 0)),
            peer=lambda: rate(size - half, lambda: deque(peer.follow(half), 0)),
            the_peer_without_decoding=lambda: rate(size - half, lambda: deque(peer.notifications(half), 0)),
        )
    peer.close()
