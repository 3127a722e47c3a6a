"""The lines of the table: each measures one goal, ours, the peer's and the limit's in turn."""

from __future__ import annotations

import gc
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from threading import Thread
from time import perf_counter

from attrs import define, field, frozen

import partnership
from benchmarks.histories import CLAIMS, drafts, told
from benchmarks.peer import Meetings, Raw
from partnership import Record, Source
from partnership.events import MeetingHeld
from partnership.log.codec import Draft
from partnership.log.entry import evidence_of
from partnership.stores.sqlite import SQLiteStore

__all__ = ["LINES", "Line", "Runs", "Setting"]

_NOW = datetime(2026, 11, 24, tzinfo=UTC)
_LATE = Source("A late archive", published="2026-11-01", kind="official-text")


@frozen
class Setting:
    """Under which it is measured.

    Attributes:
        folder: for the files.
        rounds: how often everything is measured in turn.
        small: entries of the small record.
        large: entries of the large one.
        replayed: entries of the record that is replayed.
        commits: entries that are written one by one.
    """

    folder: Path
    rounds: int
    small: int
    large: int
    replayed: int
    commits: int


@define
class Runs:
    """What one line measured, round by round.

    Attributes:
        name: of the line.
        unit: of its figures.
        is_rate: more is better.
        goal: in words, as ``performance.md`` has it.
        is_met: tells from our median, the peer's and the limit's whether it is.
        ours, peer, limit: the figures.
    """

    name: str
    unit: str
    is_rate: bool
    goal: str
    is_met: Callable[[float, float | None, float | None], bool]
    ours: list[float] = field(factory=list)
    peer: list[float] = field(factory=list)
    limit: list[float] = field(factory=list)

    @property
    def medians(self) -> tuple[float, float | None, float | None]:
        """Ours, the peer's and the limit's."""
        peer, limit = (statistics.median(one) if one else None for one in (self.peer, self.limit))
        return statistics.median(self.ours), peer, limit


Line = Callable[[Setting], Iterator[Runs]]


@contextmanager
def _timed(into: list[float], per: float = 1.0, *, is_rate: bool = False) -> Iterator[None]:
    gc.collect()
    begun = perf_counter()
    yield
    seconds = perf_counter() - begun
    into.append(per / seconds if is_rate else seconds / per)


def _file(setting: Setting, entries: int) -> Path:
    """Return a record of so many entries, written once."""
    path = setting.folder / f"record-{entries}.db"
    if not path.exists():
        store = SQLiteStore(path)
        coming = drafts(entries)
        while some := [one.written for one in islice(coming, 5_000)]:
            store.append(some, now=_NOW, by=None)
        store.close()
    return path


def _fresh(setting: Setting, what: str) -> Path:
    return Path(tempfile.mkdtemp(dir=setting.folder)) / f"{what}.db"


def _journal(setting: Setting) -> str:
    store = SQLiteStore(_fresh(setting, "journal"))
    journal = store.journal
    store.close()
    return journal


# ---- append ----


def append_one(setting: Setting) -> Iterator[Runs]:
    """Append, one entry to a commit."""
    runs = Runs(
        "append, 1 per commit", "/s", True, "0.90 of raw sqlite3, 1.6 times the peer",
        lambda ours, peer, limit: bool(peer and limit) and ours >= 0.9 * limit and ours >= 1.6 * peer,
    )  # fmt: skip
    journal, claims, some = (
        _journal(setting),
        list(told(setting.commits)),
        list(islice(drafts(setting.commits), setting.commits)),
    )
    for _ in range(setting.rounds):
        raw = Raw(_fresh(setting, "raw"), journal)
        with _timed(runs.limit, len(some), is_rate=True):
            for one in some:
                raw.append([one])
        peer = Meetings(_fresh(setting, "peer"), journal)
        meetings = [peer.meeting(number) for number in range(setting.commits)]
        with _timed(runs.peer, len(meetings), is_rate=True):
            for each in meetings:
                peer.save(each)
        peer.close()
        with partnership.open(_fresh(setting, "ours")) as record, _timed(runs.ours, len(claims), is_rate=True):
            for event, source in claims:
                record.add(event, source=source)
    yield runs


def append_threads(setting: Setting) -> Iterator[Runs]:
    """Append from many threads, one entry to a call; commits are shared."""
    journal, some = _journal(setting), list(islice(drafts(setting.commits), setting.commits))
    for threads, times in ((16, 2.0), (64, 3.5)):
        runs = Runs(
            f"append, 1 per call, {threads} threads", "/s", True, f"{times} times one raw writer",
            lambda ours, _, limit, times=times: ours >= times * (limit or 0),
        )  # fmt: skip
        for _ in range(setting.rounds):
            raw = Raw(_fresh(setting, "raw"), journal)
            with _timed(runs.limit, len(some), is_rate=True):
                for one in some:
                    raw.append([one])
            with partnership.open(_fresh(setting, "ours")) as record:
                _in_threads(runs.ours, record, list(told(setting.commits * 4)), threads)
        yield runs


def _in_threads(into: list[float], record: Record, claims: Sequence[tuple[object, Source]], threads: int) -> None:
    def work(mine: Sequence[tuple[object, Source]]) -> None:
        for event, source in mine:
            record.add(event, source=source)  # type: ignore[arg-type]

    workers = [Thread(target=work, args=(claims[number::threads],)) for number in range(threads)]
    with _timed(into, len(claims), is_rate=True):
        for one in workers:
            one.start()
        for one in workers:
            one.join()


def append_many(setting: Setting) -> Iterator[Runs]:
    """Append, a hundred entries to a commit."""
    runs = Runs(
        "append, 100 per commit", "/s", True, "0.5 of raw sqlite3, 3.5 times the peer",
        lambda ours, peer, limit: bool(peer and limit) and ours >= 0.5 * limit and ours >= 3.5 * peer,
    )  # fmt: skip
    entries = setting.commits * 10
    journal, claims, some = _journal(setting), list(told(entries)), list(islice(drafts(entries), entries))
    for _ in range(setting.rounds):
        raw = Raw(_fresh(setting, "raw"), journal)
        with _timed(runs.limit, len(some), is_rate=True):
            for first in range(0, len(some), 100):
                raw.append(some[first : first + 100])
        peer = Meetings(_fresh(setting, "peer"), journal)
        with _timed(runs.peer, entries, is_rate=True):
            peer.fill(entries, CLAIMS)
        peer.close()
        with partnership.open(_fresh(setting, "ours")) as record, _timed(runs.ours, len(claims), is_rate=True):
            _in_hundreds(record, claims)
    yield runs


def _in_hundreds(record: Record, claims: Sequence[tuple[object, Source]]) -> None:
    """Write a hundred claims at once, of as many sources as they have."""
    for first in range(0, len(claims), 100):
        some: list[Draft] = []
        for event, source in claims[first : first + 100]:
            some += record._drafts([event], source, speaker=None)  # type: ignore[list-item]
        record._write(some)


# ---- replay ----


def replay(setting: Setting) -> Iterator[Runs]:
    """Read everything, believe, order and fold it, and find what is odd."""
    runs = Runs(
        f"replay of {setting.replayed:,} to the full state", "/s", True, "4 times the peer's smaller state (6 with `fast`)",
        lambda ours, peer, _: bool(peer) and ours >= 4 * peer,
    )  # fmt: skip
    path, journal = _file(setting, setting.replayed), _journal(setting)
    peer = Meetings(_fresh(setting, "peer"), journal)
    peer.fill(setting.replayed, CLAIMS)
    for _ in range(setting.rounds):
        with _timed(runs.peer, setting.replayed, is_rate=True):
            for one in peer.ids:
                peer.application.repository.get(one)
        with partnership.open(path) as record, _timed(runs.ours, record._store.head(), is_rate=True):
            _everything(record)
    peer.close()
    yield runs


def _everything(record: partnership.View) -> None:
    for one in record._projections():
        record.project(one).keys()
        len(record.project(one))
    record.findings()


def follow(setting: Setting) -> Iterator[Runs]:
    """Read the entries after a position."""
    runs = Runs(
        "follow from a position", "/s", True, "4 times the peer", lambda ours, peer, _: bool(peer) and ours >= 4 * peer
    )
    path, journal = _file(setting, setting.replayed), _journal(setting)
    peer = Meetings(_fresh(setting, "peer"), journal)
    peer.fill(setting.replayed, CLAIMS)
    half = setting.replayed // 2
    for _ in range(setting.rounds):
        with _timed(runs.peer, setting.replayed - half, is_rate=True):
            after = half
            while some := peer.application.recorder.select_notifications(start=after + 1, limit=1000):
                for each in some:
                    peer.application.mapper.to_domain_event(each)
                after = int(some[-1].id)
        with partnership.open(path) as record, _timed(runs.ours, record._store.head() - half, is_rate=True):
            for _ in record.follow(half):
                pass
    peer.close()
    yield runs


# ---- one subject, and the whole on a day ----


def one_subject(setting: Setting) -> Iterator[Runs]:
    """Open a record and ask one subject: cold in a process of its own, warm, and on a past day."""
    for entries in (setting.small, setting.large):
        path = _file(setting, entries)
        cold = Runs(
            f"open {entries:,} and ask one subject, cold", "ms", False, "under 20 ms", lambda ours, *_: ours < 20
        )
        warm = Runs(f"ask another subject of {entries:,}", "ms", False, "under 1 ms", lambda ours, *_: ours < 1)
        past = Runs(f"one subject as of a day, {entries:,}", "ms", False, "under 1 ms", lambda ours, *_: ours < 1)
        late = Runs(
            f"a late claim into {entries:,}, and the answer", "ms", False, "under 1 ms", lambda ours, *_: ours < 1
        )
        chance = random.Random(3)
        for _ in range(setting.rounds):
            cold.ours.append(_cold(path, chance.randrange(entries // CLAIMS) // 10 * 10))
            with partnership.open(path) as record:
                subjects = [f"meeting-{chance.randrange(entries // CLAIMS) // 10 * 10}" for _ in range(40)]
                _ = record.meetings["meeting-0"].status, record.as_of("2010-06-01").meetings.get("meeting-0")
                with _timed(warm.ours, 20 / 1000):
                    for one in subjects[:20]:
                        _ = record.meetings[one].status
                view = record.as_of("2030-01-01")
                with _timed(past.ours, 20 / 1000):
                    for one in subjects[20:]:
                        view.meetings.get(one)
                _late(late, record, subjects[:20])
        yield from (cold, warm, past, late)


_ASK = """
import sys
from time import perf_counter
import partnership
begun = perf_counter()
with partnership.open(sys.argv[1]) as record:
    record.meetings[sys.argv[2]].status
print((perf_counter() - begun) * 1000)
"""


def _cold(path: Path, number: int) -> float:
    asked = [sys.executable, "-c", _ASK, os.fspath(path), f"meeting-{number}"]
    return float(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)


def _late(runs: Runs, record: Record, subjects: Sequence[str]) -> None:
    """Take in a late claim as it arrives, and answer; the commit is not counted, nor is it made."""
    seconds = 0.0
    reading = record._reading()
    for place, one in enumerate(subjects):
        event = MeetingHeld(one, on="2004-03-03", place="Ha Noi")
        arrived = record._codec.draft(event, _LATE, None, partnership.Remarks())
        told_ = evidence_of(arrived.claim, arrived.remarks)
        begun = perf_counter()
        reading.arrive([(reading.shelf.head + place + 1, told_)])
        _ = record.meetings[one].held_on
        seconds += perf_counter() - begun
    runs.ours.append(seconds / len(subjects) * 1000)


def whole_on_a_day(setting: Setting) -> Iterator[Runs]:
    """Compute every state as of a day from what an open record holds; the limit is its cold replay."""
    runs = Runs(
        f"all states of {setting.large:,} as of a day", "ms", False, "a tenth of a cold replay",
        lambda ours, _, limit: ours <= (limit or 0) / 10,
    )  # fmt: skip
    path = _file(setting, setting.large)
    with partnership.open(path) as record:
        with _timed(runs.limit, 1 / 1000):
            _states(record)
        for number in range(setting.rounds):
            with _timed(runs.ours, 1 / 1000):
                _states(record.as_of(on=date(2010, 6, 1 + number)))
    yield runs


def _states(view: partnership.View) -> None:
    for one in view._projections():
        len(view.project(one))


# ---- size, memory, import ----


def sizes(setting: Setting) -> Iterator[Runs]:
    """Bytes of the file for each entry, and bytes in memory for each entry of an open record with all its states."""
    file = Runs(
        "file, for each entry", "B", False, "0.75 of the peer's", lambda ours, peer, _: ours <= 0.75 * (peer or 0)
    )
    path, journal = _file(setting, setting.replayed), _journal(setting)
    at = _fresh(setting, "peer")
    peer = Meetings(at, journal)
    peer.fill(setting.replayed, CLAIMS)
    peer.close()
    raw_at = _fresh(setting, "raw")
    raw = Raw(raw_at, journal)
    raw.append(list(drafts(setting.replayed)))
    with partnership.open(path) as record:
        head = record._store.head()
    file.ours.append(path.stat().st_size / head)
    file.peer.append(at.stat().st_size / setting.replayed)
    file.limit.append(raw_at.stat().st_size / head)
    yield file
    memory = Runs(
        "memory of an open record, for each entry", "B", False, "a quarter of the peer's 2,264 B",
        lambda ours, *_: ours <= 2264 / 4,
    )  # fmt: skip
    for _ in range(min(setting.rounds, 3)):
        memory.ours.append(_memory(path, head))
    yield memory


_HOLD = """
import gc, os, sys
import partnership
def held():
    gc.collect()
    with open("/proc/self/statm") as told:
        return int(told.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
with partnership.open(sys.argv[1]) as record:
    record.meetings["meeting-0"]
    before = held()
    for one in record._projections():
        len(record.project(one))
    print(held() - before)
"""


def _memory(path: Path, entries: int) -> float:
    held = subprocess.run([sys.executable, "-c", _HOLD, os.fspath(path)], check=True, capture_output=True, text=True)
    return float(held.stdout) / entries


def imports(setting: Setting) -> Iterator[Runs]:
    """Import what a record needs to be opened, and the peer, in processes of their own; the menu alone takes 1 ms."""
    runs = Runs("import", "ms", False, "the peer's", lambda ours, peer, _: ours <= (peer or 0))
    for _ in range(setting.rounds):
        runs.peer.append(_import("eventsourcing.application"))
        runs.ours.append(_import("partnership.record"))
    yield runs


def _import(module: str) -> float:
    script = f"from time import perf_counter as p\nb = p()\nimport {module}\nprint((p() - b) * 1000)"
    return float(subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout)


# ---- growth ----


def growth(setting: Setting) -> Iterator[Runs]:
    """Append to records of growing size, a hundred entries to a commit; the limit is the figure of the smallest."""
    first: float | None = None
    entries = 1_000
    while entries <= setting.large:
        runs = Runs(
            f"append, 100 per commit, into {entries:,}", "/s", True, "within 20 % of 1,000",
            lambda ours, _, limit: limit is None or ours >= 0.8 * limit,
        )  # fmt: skip
        store = SQLiteStore(_copy(_file(setting, entries), _fresh(setting, "grown")))
        more = [one.written for one in drafts(setting.commits * 2, seed=7)]
        with _timed(runs.ours, len(more), is_rate=True):
            for start in range(0, len(more), 100):
                store.append(more[start : start + 100], now=_NOW, by=None)
        store.close()
        if first is not None:
            runs.limit.append(first)
        first = first or runs.ours[0]
        yield runs
        entries *= 10


def _copy(path: Path, to: Path) -> Path:
    to.write_bytes(path.read_bytes())
    return to


LINES: tuple[Line, ...] = (
    append_one, append_threads, append_many, one_subject, replay, whole_on_a_day, follow, sizes, imports, growth,
)  # fmt: skip
