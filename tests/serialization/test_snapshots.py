"""The form of a snapshot: what is kept, under which seal, and what is in doubt."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import attrs
import pytest

import partnership as ps
from partnership.errors import Damaged
from partnership.serialization import snapshots
from partnership.serialization.canonical import canonical, digest
from partnership.serialization.snapshots import Cover, Snapshots
from partnership.storage.memory import MemoryStore
from partnership.storage.merkle import Frontier
from partnership.storage.sqlite import SQLiteStore

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@attrs.frozen
class Row:
    """A row of a state."""

    day: date
    amount: Decimal
    count: ps.Count | None = None


@attrs.frozen
class Seen:
    """A state with a field of each sort."""

    subject: str
    on: ps.When | None = None
    is_open: bool = False
    bound: ps.Bound = "exact"
    rows: tuple[Row, ...] = ()


SEEN = ps.Projection("seen", Seen, lambda state, _: state, kind="seen")
STATES = {
    "seen:a": Seen("seen:a", ps.When("2020-06~"), is_open=True),
    "seen:b": Seen("seen:b", bound="about", rows=(Row(date(2020, 6, 17), Decimal("0.0000001"), ps.Count(2)),)),
}


@pytest.fixture
def store(tmp_path):
    """Open a file of three entries."""
    store = SQLiteStore(tmp_path / "r.db")
    grow(store, 1, 2, 3)
    yield store
    store.close()


def grow(store, *numbers):
    """Write entries."""
    bodies = [f'{{"n":{number}}}'.encode() for number in numbers]
    store.append([(digest(body), body) for body in bodies], now=NOW, by=None)


def kept(store, states=STATES, projection=SEEN):
    """Write a snapshot of a store, and return what reads it."""
    its = Snapshots(store, store.snapshot)
    its.write(its.proof(), store.head(), {"seen:c": "seen:a"}, {projection: states})
    return its


def resealed(store, **changes):
    """Change what a snapshot says of itself, and seal it again."""
    first, *others = (store.snapshot.read(number) for number in range(2))
    told = canonical(json.loads(first[32:]) | changes)
    store.snapshot.write([sha256(told).digest() + told, *others])


def test_states_that_are_kept(store):
    """They are read as they were, with what they cover."""
    its = kept(store)
    cover = its.cover()
    assert (cover.size, cover.names) == (3, {"seen:c": "seen:a"})
    found = its.states(cover, SEEN)
    assert found == STATES
    assert repr(found) == repr(STATES)


def test_more_states_than_a_part_holds(store, monkeypatch):
    """They lie in several, and are read in their order."""
    monkeypatch.setattr(snapshots, "_AT_ONCE", 1)
    its = kept(store)
    assert len(its.cover().kept["seen"].digests) == 2
    assert list(its.states(its.cover(), SEEN).items()) == list(STATES.items())


def test_a_projection_without_a_state(store):
    """That it has none is kept too: nothing need be read to know it."""
    its = kept(store, {})
    assert its.states(its.cover(), SEEN) == {}


def test_a_projection_that_was_not_there(store):
    """The snapshot knows nothing of it."""
    its = kept(store)
    assert its.states(its.cover(), ps.Projection("others", Seen, lambda state, _: state)) is None


def test_a_projection_of_another_version(store):
    """What the other version folded is not taken."""
    its = kept(store)
    assert its.states(its.cover(), attrs.evolve(SEEN, version=2)) is None


@attrs.frozen
class Strange:
    """A state that no snapshot can hold."""

    subject: str
    what: object = None


@pytest.mark.parametrize(
    "what",
    [object(), {1, 2}, Decimal(1), "a text of no type", "\ud800"],
    ids=["an object", "a set", "an amount", "a text", "half a character"],
)
def test_a_state_that_would_not_be_read_as_it_is(store, what):
    """Its projection is not kept; its states come from the entries."""
    strange = ps.Projection("strange", Strange, lambda state, _: state)
    its = kept(store, {"a": Strange("a", what)}, strange)
    assert its.cover().kept == {}


def test_a_state_that_only_looks_alike_when_it_is_read(store):
    """Equal is not enough: 1.0 is written so too."""
    its = kept(store, {"seen:a": Seen("seen:a", rows=(Row(date(2020, 6, 17), 1),))})
    assert its.cover().kept == {}


def test_states_too_large_for_a_part(store, monkeypatch):
    """Their projection is not kept."""
    monkeypatch.setattr(snapshots, "_LARGEST", 10)
    assert kept(store).cover().kept == {}


def test_a_store_that_keeps_none():
    """There is no proof to begin with, and nothing to find."""
    its = Snapshots(MemoryStore(None), None)
    assert its.proof() is None
    assert its.cover() is None


def test_a_file_without_one(store):
    """There is nothing to find."""
    assert Snapshots(store, store.snapshot).cover() is None


def test_entries_that_are_missing(store):
    """Nothing is kept of a file that has lost some."""
    its = Snapshots(store, store.snapshot)
    with pytest.raises(Damaged, match="2 entries are found, and 3 were written"):
        its.write(its.proof(), 2, {}, {})
    assert its.cover() is None


def test_entries_that_came_while_states_were_folded(store):
    """They are covered, if they were read."""
    its = Snapshots(store, store.snapshot)
    proof = its.proof()
    grow(store, 4)
    its.write(proof, 4, {}, {SEEN: STATES})
    assert its.cover().size == 4


def test_entries_that_came_since(store):
    """The snapshot is of this log all the same."""
    its = kept(store)
    grow(store, 4, 5)
    assert its.cover().size == 3


def test_too_many_entries_that_came_since(store, monkeypatch):
    """To fold again what they touch would cost more than to read everything."""
    its = kept(store)
    monkeypatch.setattr(snapshots, "_FEW", 1)
    grow(store, 4)
    assert its.cover() is not None
    grow(store, 5)
    assert its.cover() is None


@pytest.mark.parametrize(("size", "most"), [(0, 20), (8_000, 20), (8_400, 21), (1_000_000, 2_500)])
def test_how_many_may_come_since(size, most):
    """Twenty, or one in four hundred."""
    cover = Cover(1, "0.1.0", None, size, "", {}, {})
    assert cover.allows(most)
    assert not cover.allows(most + 1)


@pytest.mark.parametrize(
    "changes",
    [
        {"form": 2},
        {"library": "0.0.9"},
        {"partnership": "asean-russia"},
        {"size": 2},
        {"size": 4},
        {"frontier": Frontier(3, bytes(64)).packed().hex()},
        {"frontier": "no digits"},
        {"beside": "what another version says"},
        {"names": ["a"]},
    ],
    ids=str,
)
def test_a_snapshot_of_something_else(store, changes):
    """It is as if there were none."""
    its = kept(store)
    resealed(store)
    assert its.cover() is not None
    resealed(store, **changes)
    assert its.cover() is None


def test_the_snapshot_of_another_log(store, tmp_path):
    """It is as if there were none: its entries are not these."""
    kept(store)
    other = SQLiteStore(tmp_path / "other.db")
    grow(other, 1, 2, 4)
    other.snapshot.write([store.snapshot.read(number) for number in range(2)])
    assert Snapshots(other, other.snapshot).cover() is None
    other.close()


def test_a_first_part_that_was_changed(store):
    """The seal tells."""
    its = kept(store)
    first, second = (store.snapshot.read(number) for number in range(2))
    store.snapshot.write([first[:-2] + b"!}", second])
    assert its.cover() is None


def test_a_part_that_was_changed(store):
    """Its hash tells."""
    its = kept(store)
    cover = its.cover()
    store.snapshot.write([store.snapshot.read(0), b"changed"])
    assert its.states(cover, SEEN) is None


def test_a_part_that_is_gone(store):
    """Nothing is taken from what is left."""
    its = kept(store)
    cover = its.cover()
    store.snapshot.write([store.snapshot.read(0)])
    assert its.states(cover, SEEN) is None


@pytest.mark.parametrize(
    "wrong", [{"on": 2020}, {"is_open": 1}, {"bound": "more or less"}, {"what": "is this"}], ids=str
)
def test_a_state_that_somebody_forged(store, wrong):
    """What cannot be in a state is not taken, whoever sealed it."""
    its = kept(store)
    part = snapshots.zlib.compress(canonical({"seen:a": {"subject": "seen:a"} | wrong}))
    told = canonical(
        json.loads(store.snapshot.read(0)[32:])
        | {"kept": {"seen": {"version": 1, "first": 1, "digests": [sha256(part).hexdigest()]}}}
    )
    store.snapshot.write([sha256(told).digest() + told, part])
    assert its.states(its.cover(), SEEN) is None


def test_the_version_that_is_sealed():
    """It is that of the library."""
    project = (Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8")
    assert f'\nversion = "{snapshots._LIBRARY}"\n' in project
