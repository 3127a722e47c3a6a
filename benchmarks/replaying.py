"""Benchmarks of reading a whole record: all states and findings, one kind alone, states kept, the log as it grows."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import partnership as ps
from benchmarks import subprocesses
from benchmarks.asking import compute_states
from benchmarks.histories import CLAIMS, entries
from benchmarks.peer import Peer
from benchmarks.runs import Goal, Measurement, Setting, file_stem, rate

__all__ = ["follow", "peer_file", "replay", "states_kept"]

_REPLAYS = {False: Goal("1.5 times the peer", peer=1.5), True: Goal("1.1 times the peer", peer=1.1)}
_TEXTS = {False: "texts 45 % distinct", True: "texts 99 % distinct"}
_KEPT = Goal("12 times the peer's replay", peer=12)
_ONE_KIND = Goal("5 times the peer's replay of everything", peer=5)
_FOLLOW = Goal("1.5 times the peer", peer=1.5)


def peer_file(setting: Setting, *, is_distinct: bool = False) -> Path:
    """Return the file of the peer with the history that `replay` reads."""
    size = setting.replayed

    def write(path: Path) -> None:
        peer = Peer(path)
        peer.fill(entries(size, is_distinct=is_distinct))
        peer.close()

    return setting.cached_file(f"{file_stem('peer', size, is_distinct=is_distinct)}.db", write)


def replay(setting: Setting) -> Iterator[Measurement]:
    """Open a record that has never answered, compute all states and findings, or the states of its documents alone.

    Documents are one in sixteen of the subjects.
    """
    size = setting.replayed
    for is_distinct, goal in _REPLAYS.items():
        record = setting.record(size, is_distinct=is_distinct)
        peer = Peer(peer_file(setting, is_distinct=is_distinct))
        name = f"replay of {size:,} from nothing, {_TEXTS[is_distinct]}"
        whole = Measurement(name, "/s", goal, is_rate=True).in_turn(
            setting.rounds,
            ours=partial(_rate, setting, record, size, _states_and_findings),
            peer=partial(rate, size, partial(peer.replay, peer.ids())),
            documents=partial(_rate, setting, record, size, lambda opened: len(opened.documents)),
        )
        peer.close()
        alone = {"ours": whole.figures.pop("documents"), "peer": whole.figures["peer"]}
        yield whole
        name = f"the documents alone of {size:,}, {_TEXTS[is_distinct]}"
        yield Measurement(name, "/s", _ONE_KIND, is_rate=True, figures=alone)


def _rate(setting: Setting, file: Path, size: int, ask: Callable[[ps.Record], object]) -> float:
    """Return the entries per second of opening a copy of a record and asking it; what it keeps when closed is not."""
    with setting.copy(file) as path:
        opened: list[ps.Record] = []

        def work() -> None:
            opened.append(ps.open(path))
            ask(opened[0])

        figure = rate(size, work)
        opened[0].close()
    return figure


def _states_and_findings(record: ps.Record) -> None:
    compute_states(record)
    record.findings()


def states_kept(setting: Setting) -> Iterator[Measurement]:
    """Compute all states in a new process, after another has done so and a third has added to one subject in 100."""
    size = setting.largest
    peer = Peer(peer_file(setting))
    asked = setting.cached_file(f"asked-{size}.db", partial(_ask, setting.record(size), 0))
    changed = setting.cached_file(f"changed-{size}.db", partial(_ask, asked, max(1, size // CLAIMS // 100)))

    def states(file: Path) -> float:
        with setting.copy(file) as path:
            return size / subprocesses.all_states(path)

    name = f"all states of {size:,} in a new process, 1 in 100 changed"
    yield Measurement(name, "/s", _KEPT, is_rate=True).in_turn(
        setting.few_rounds,
        ours=partial(states, changed),
        peer=partial(rate, setting.replayed, partial(peer.replay, peer.ids())),
        nothing_changed_since=partial(states, asked),
    )
    peer.close()


def _ask(file: Path, number: int, path: Path) -> None:
    """Copy a record; without *number* let a process ask for all states, otherwise let one add to so many subjects."""
    path.write_bytes(file.read_bytes())
    if number:
        subprocesses.add_and_die(path, number)
    else:
        subprocesses.all_states(path)


def follow(setting: Setting) -> Iterator[Measurement]:
    """Decode the second half of the log."""
    size, path = setting.replayed, setting.record(setting.replayed)
    half = size // 2
    peer = Peer(peer_file(setting))
    with setting.copy(path) as copy, ps.open(copy) as record:
        yield Measurement("follow from a position, decoded", "/s", _FOLLOW, is_rate=True).in_turn(
            setting.rounds,
            ours=lambda: rate(size - half, lambda: deque(record.follow(half), 0)),
            peer=lambda: rate(size - half, lambda: deque(peer.follow(half), 0)),
        )
    peer.close()
