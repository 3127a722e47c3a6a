"""A process that is forked: in the child a record refuses at once, whatever other threads did at that moment."""

from __future__ import annotations

import os
import signal
import threading
import warnings

import pytest

import partnership as ps
from partnership.errors import StorageError
from partnership.events import MeetingHeld, MeetingScheduled

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
NEWS = ps.Source("TASS", published="2020-06-17", kind="news")


@pytest.fixture(params=["memory", "file"])
def record(request, tmp_path):
    """Return a record in memory or in a file, with an entry and a correction of it."""
    with ps.open(":memory:" if request.param == "memory" else tmp_path / "record.db") as record:
        (entry,) = record.add(MeetingHeld("a", on="2020", body="series:s"), source=NEWS)
        record.correct(entry, on="2021")
        assert record.meetings["a"].held_on == ps.When("2021")
        yield record


def calls(record):
    """Return calls of every sort, by name."""
    (entry, *_), view, states = record.entries(), record.as_of(on="2021-06-01"), record.meetings
    return {
        "add": lambda: record.add(MeetingHeld("b"), source=NEWS),
        "add to what is known": lambda: record.add(MeetingHeld("a", on="2020", body="series:s"), source=NEWS),
        "cite": lambda: record.citing(NEWS).__enter__()(MeetingHeld("b")),
        "correct": lambda: record.correct(entry, on="2022"),
        "retract": lambda: record.retract(entry),
        "prefer": lambda: record.prefer(entry),
        "same": lambda: record.same_as("meeting:a", "meeting:b"),
        "merge": lambda: record.merge([entry]),
        "entries": record.entries,
        "follow": lambda: [*record.follow()],
        "state": lambda: record.meetings["a"],
        "states": lambda: [*states.values()],
        "view": lambda: view.meetings["a"],
        "as of": lambda: record.as_of("2021-06-01"),
        "recorded": lambda: record.as_of(recorded="2021-06-01").entries(),
        "findings": record.findings,
        "why": lambda: record.why("meeting:a"),
        "diff": lambda: record.diff("2020-01-01", "2021-01-01"),
        "dossier": lambda: str(record.dossier("meeting:a")),
        "proof": record.tree_head,
        "verify": record.verify,
        "backup": lambda: record.backup(f"/tmp/partnership-{os.getpid()}.db"),  # noqa: S108  it is not written
    }


def in_child(work):
    """Run a function in a forked child; return what it returns as text."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of a fork beside threads
        child = os.fork()
    if child == 0:  # pragma: no cover  another process
        os.close(reading)
        signal.alarm(10)
        try:
            said = str(work())
        except BaseException as error:  # noqa: BLE001  the parent shows it
            said = repr(error)
        os.write(writing, said.encode()[:4000])
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, "the child waited"
    return said


def not_refused(named):  # pragma: no cover  in another process
    """Return the names of the calls that do not raise the error that says what to do."""
    wrong = []
    for name, call in named.items():
        try:
            call()
        except StorageError as refused:
            if "was opened before this process was forked: open it again" in str(refused):
                continue
            wrong.append(f"{name}: {refused}")
        except Exception as other:  # noqa: BLE001  it is reported
            wrong.append(f"{name}: {other!r}")
        else:
            wrong.append(name)
    return wrong


def locks(record):
    """Return all locks of a record, by what they protect."""
    store = record._store
    return {
        "nothing": threading.Lock(),
        "names": record._known_names._lock,
        "index": record._query.index.lock,
        "amendments": record._amendments._lock,
        "store": store._lock,
        "queue": getattr(store, "_queue_lock", threading.Lock()),
    }


@pytest.mark.parametrize("held", ["nothing", "names", "index", "amendments", "store", "queue"])
def test_a_lock_that_another_thread_holds(record, held):
    """Every call raises at once, and closing does not wait; the parent goes on."""
    named, lock = calls(record), locks(record)[held]
    is_held, is_over = threading.Event(), threading.Event()

    def holding():
        with lock:
            is_held.set()
            is_over.wait()

    thread = threading.Thread(target=holding)
    thread.start()
    is_held.wait()
    try:
        assert in_child(lambda: not_refused(named)) == "[]"
        assert in_child(record.close) == "None"
    finally:
        is_over.set()
        thread.join()
    assert record.add(MeetingHeld("c"), source=NEWS)[0].position == 3


def test_a_thread_that_writes_all_the_time(record):
    """Every child that is forked meanwhile is refused."""
    named, is_over = calls(record), threading.Event()

    def writing():
        for number in range(100_000):
            if is_over.is_set():
                return
            record.add(MeetingScheduled(f"m-{number}", planned="2020"), source=NEWS)

    thread = threading.Thread(target=writing)
    thread.start()
    try:
        assert {in_child(lambda: not_refused(named)) for _ in range(20)} == {"[]"}
        assert {in_child(record.close) for _ in range(20)} == {"None"}
    finally:
        is_over.set()
        thread.join()
    assert record.verify()
