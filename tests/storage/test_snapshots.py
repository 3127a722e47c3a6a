"""Where a file keeps a snapshot: all of its parts or none, beside a log that knows nothing of it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

import pytest

from partnership.errors import Damaged, StorageError
from partnership.storage.memory import MemoryStore
from partnership.storage.merkle import Frontier
from partnership.storage.sqlite import SQLiteStore

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path, entry):
    """Open a file of three entries."""
    store = SQLiteStore(tmp_path / "r.db")
    store.append([entry(number) for number in range(3)], now=NOW, by=None)
    yield store
    store.close()


def test_a_file_without_one(store):
    """It has no part."""
    assert store.snapshot.read(0) is None


def test_parts_that_are_written(store, tmp_path):
    """They are there in their order, for everybody who opens the file."""
    store.snapshot.write([b"first", b"second"])
    other = SQLiteStore(tmp_path / "r.db")
    assert [other.snapshot.read(number) for number in range(3)] == [b"first", b"second", None]
    other.close()


def test_parts_that_are_written_again(store):
    """They stand in the place of all those before."""
    store.snapshot.write([b"first", b"second"])
    store.snapshot.write([b"other"])
    assert [store.snapshot.read(number) for number in range(2)] == [b"other", None]


def test_parts_that_cannot_be_written(store, entry):
    """Those before are still there, and the file takes entries as before."""
    store.snapshot.write([b"first", b"second"])
    with pytest.raises(StorageError):
        store.snapshot.write([b"other", bytes(17 * 2**20)])
    assert [store.snapshot.read(number) for number in range(2)] == [b"first", b"second"]
    assert store.append([entry(3)], now=NOW, by=None)[0].position == 4


def test_the_proof(store, wrong):
    """It is that of the log, which a snapshot leaves as it is."""
    store.snapshot.write([b"first"])
    size, packed = store.snapshot.proof()
    assert (size, Frontier(size, packed).root()) == store.sealed()
    assert wrong(store) == []


def test_a_proof_that_was_changed(store, tmp_path):
    """There is none."""
    with sqlite3.connect(tmp_path / "r.db") as hand:
        hand.execute("UPDATE log SET size = 2")
    hand.close()
    with pytest.raises(Damaged):
        store.snapshot.proof()


def test_a_store_that_keeps_none():
    """It lacks the part."""
    assert not hasattr(MemoryStore(None), "snapshot")
