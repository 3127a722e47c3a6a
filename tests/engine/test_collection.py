"""The search for cyclic garbage is paused, and resumed whatever happens."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

import partnership as ps
from partnership.engine import collection
from partnership.engine.collection import collection_paused
from partnership.events import MeetingHeld
from partnership.model.projection import Projection


@pytest.fixture(autouse=True)
def enabled() -> Iterator[None]:
    """Let collection be enabled before and after each test."""
    gc.enable()
    yield
    gc.enable()


def test_a_block() -> None:
    """It is paused within, also within a block in it, and enabled afterwards."""
    with collection_paused():
        with collection_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error() -> None:
    """It is enabled after an error."""
    with pytest.raises(KeyError), collection_paused():
        raise KeyError
    assert gc.isenabled()


def test_disabled_by_the_process() -> None:
    """It stays disabled where the process has disabled it."""
    gc.disable()
    with collection_paused():
        pass
    assert not gc.isenabled()


def test_two_threads() -> None:
    """Blocks of two threads that overlap leave it enabled."""
    barrier = Barrier(2)

    def work() -> None:
        with collection_paused():
            barrier.wait(10)

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(work) for _ in range(2)]:
            done.result()
    assert gc.isenabled()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child() -> None:
    """It is enabled in a child that is forked while it is paused."""
    with collection_paused():
        child = os.fork()
        if not child:
            os._exit(0 if gc.isenabled() else 1)
        _, status = os.waitpid(child, 0)
        assert not gc.isenabled()
    assert status == 0


def test_what_a_forked_child_does_first() -> None:
    """It enables it where a block has paused it, and only there."""
    with collection_paused():
        collection._resume_in_child()
        assert gc.isenabled()
    gc.disable()
    collection._resume_in_child()
    assert not gc.isenabled()


def test_many_new_objects(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many new objects become old ones at once; those that the process has frozen stay frozen."""
    monkeypatch.setattr(collection, "_MANY", 10)
    gc.unfreeze()
    gc.collect()
    with collection_paused():
        new = [[] for _ in range(100)]
    assert any(one is new for one in gc.get_objects(generation=2))
    gc.freeze()
    with collection_paused():
        new = [[] for _ in range(100)]
    assert gc.get_freeze_count()
    gc.unfreeze()


def test_a_fold() -> None:
    """It is paused while all states of a projection are computed, and enabled after a projection that fails."""
    seen: list[bool] = []

    def evolve(_state: int, _occurrence: object) -> int:
        seen.append(gc.isenabled())
        raise KeyError

    record = ps.open(":memory:")
    record.add(MeetingHeld("a", on="2020-01-01"), source=ps.Source("VNA", published="2020-01-02"))
    with pytest.raises(KeyError):
        len(record.project(Projection("failing", lambda _: 0, evolve)))
    assert seen == [False]
    assert gc.isenabled()
