"""States kept beside the log: no answer differs with them, without them, or with any of them damaged."""
# ruff: noqa: S608  names of tables and columns, which these tests write

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import zlib
from pathlib import Path

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.testing.exhibitions import ExhibitionAnnounced, exhibitions

import partnership as ps
from partnership.engine import kept_states, query
from partnership.events import CommitmentMade, MeetingHeld, MeetingScheduled, SeriesEstablished, VisitMade
from partnership.kinds import BUILT_IN
from partnership.serialization.state_codec import StateCodec
from partnership.storage.merkle import Frontier
from partnership.testing import histories, ticking, write

EXAMPLE = Path(__file__).parents[2] / "examples" / "asean_russia" / "claims.jsonl"
NEWS = ps.Source("VNA", published="2021-03-01", kind="news")
LATER = ps.Source("TASS", published="2021-04-01", kind="news")


@pytest.fixture(autouse=True)
def _keep_states_of_every_log(monkeypatch):
    monkeypatch.setattr(query, "MINIMUM", 1)


@pytest.fixture
def path(tmp_path):
    """Return the file of a record of four meetings of a series, of which states are kept."""
    path = tmp_path / "record.db"
    with ps.open(path, clock=ticking()) as record:
        meetings = [MeetingScheduled(f"m{number}", planned="2021-05", body="jec") for number in range(3)]
        record.add(*meetings, MeetingHeld("held", on="2021-02-03", body="jec"), source=NEWS)
        record.add(SeriesEstablished("jec"), CommitmentMade("pledge", by="RU"), source=NEWS)
        all_states(record)
    return path


def all_states(record):
    """Return the states of all kinds."""
    return {plural: dict(record.states(plural)) for plural in record.kinds.plurals}


def computed(path, **options):
    """Return the states of all kinds, computed from the entries."""
    with ps.open(path, **options) as record, ps.open(":memory:", **options) as other:
        other.merge(record.entries())
        return all_states(other)


def kept(path, table="kept_states"):
    """Return the rows that are kept in a file."""
    with sqlite3.connect(path) as connection:
        return connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()


def change(path, statement, *parameters):
    """Change what is kept in a file."""
    with sqlite3.connect(path) as connection:
        assert connection.execute(statement, parameters).rowcount > 0
    connection.close()


@settings(max_examples=min(settings().max_examples, 30) if settings().max_examples <= 100 else settings().max_examples)
@given(data=st.data(), is_asked_between=st.booleans())
def test_answers_are_equal_with_and_without(tmp_path_factory, data, is_asked_between):
    """Whatever is added after the states were kept: by another process, or in one that goes on to use them."""
    history = data.draw(histories())
    path, clock = tmp_path_factory.mktemp("record") / "record.db", ticking()
    with ps.open(path, clock=clock) as record, ps.open(path, clock=clock) as reader:
        write(record, history[: data.draw(st.integers(0, len(history)))])
        first = all_states(reader)
        assert first == computed(path)
        if is_asked_between:
            all_states(record)
        write(record, history)
        expected = computed(path)
        assert all_states(reader) == all_states(record) == expected
    with ps.open(path, clock=clock) as record:
        assert all_states(record) == expected
        assert record.verify().problems == ()


def test_a_new_process_reads_the_rows(path, monkeypatch):
    """It computes no state that no new entry touches."""
    with ps.open(path) as record:
        record.add(MeetingHeld("m1", on="2021-05-06", body="jec"), source=LATER)
    asked = []
    fold_some = query.Query._fold_some
    monkeypatch.setattr(query.Query, "_fold_some", lambda *given: asked.extend(given[2]) or fold_some(*given))
    monkeypatch.setattr(query.Query, "_fold_all", None)
    with ps.open(path) as record:
        assert {slug: meeting.status for slug, meeting in record.meetings.items()} == {
            "held": "held", "m0": "scheduled", "m1": "held", "m2": "scheduled"
        }  # fmt: skip
        assert asked == ["meeting:m1"]


def test_the_groups_of_all_changed_subjects_are_read_together(path, monkeypatch):
    """The number of times that entries are looked up does not grow with the number of changed subjects."""
    with ps.open(path) as record:
        record.add(*(MeetingHeld(f"n{number}", on="2021-02-03", body="jec") for number in range(50)), source=NEWS)
        all_states(record)
    found = []
    for number in (2, 40):
        with ps.open(path) as record:
            changes = (MeetingHeld(f"n{each}", on="2021-02-04", place="Ha Noi") for each in range(number))
            record.add(*changes, source=LATER)
        with ps.open(path) as record:
            lookups, find = [], record._store.find
            monkeypatch.setattr(record._store, "find", lambda **given: lookups.append(given) or find(**given))  # noqa: B023
            states = all_states(record)
            assert states == computed(path)
            found.append(len(lookups))
    assert found[0] == found[1]


def test_nothing_is_prepared_for_a_kind_without_states(path, monkeypatch):
    """The codec of the states of a kind takes long to make."""
    made = []
    monkeypatch.setattr(StateCodec, "__init__", lambda _, cls: made.append(cls.__name__))
    monkeypatch.setattr(StateCodec, "encode", lambda *_: b"")
    change(path, "DELETE FROM kept_heads")
    with ps.open(path) as record:
        assert {kind for kind, states in all_states(record).items() if states} == {"meetings", "series", "commitments"}
    assert sorted(made) == ["Commitment", "Meeting", "Series"]


@pytest.mark.parametrize("kinds", [[], [exhibitions]])
def test_the_states_of_all_kinds_are_written_together(path, kinds):
    """That is done as soon as all wait, before the record is closed."""
    change(path, "DELETE FROM kept_heads")
    with ps.open(path, kinds=kinds) as record:
        for plural in BUILT_IN.plurals:
            assert kept(path, "kept_heads") == []
            assert dict(record.states(plural)) is not None
        assert len(kept(path, "kept_heads")) == len(BUILT_IN.plurals)


def test_few_changes_are_not_written(path):
    """Rows are written again when more than one in a hundred states is out of date."""
    with ps.open(path) as record:
        record.add(*(MeetingHeld(f"n{number}", on="2021-02-03") for number in range(200)), source=NEWS)
        all_states(record)
    before = kept(path)
    assert len(before) == 206
    for number, is_written in ((0, False), (1, False), (2, True)):
        with ps.open(path) as record:
            record.add(MeetingHeld(f"o{number}", on="2021-07-01"), source=LATER)
            assert len(record.meetings) == 205 + number
        assert (kept(path) != before) == is_written


@pytest.mark.parametrize("part", ["body", "key", "projection", "head"])
@pytest.mark.parametrize("bit", [0, 7, 30, 62])
def test_a_row_is_damaged(path, part, bit):
    """Everything is computed, and kept anew."""
    table = "kept_heads" if part == "head" else "kept_states"
    value = kept(path, table)[0][{"projection": 0, "key": 1, "body": 2, "head": 1}[part]]
    content = value.encode() if isinstance(value, str) else value
    damaged = (int.from_bytes(content) ^ 1 << (bit % (8 * len(content)))).to_bytes(len(content))
    column_type = "TEXT" if isinstance(value, str) else "BLOB"
    statement = f"UPDATE OR REPLACE {table} SET {part} = CAST(? AS {column_type}) WHERE {part} = ?"
    expected = computed(path)
    change(path, statement, damaged, value)
    with ps.open(path) as record:
        assert all_states(record) == expected
    with ps.open(path) as record:
        assert all_states(record) == expected


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM kept_states WHERE key = 'meeting:m1'",
        "DELETE FROM kept_states",
        "DELETE FROM kept_heads",
        "INSERT INTO kept_states SELECT projection, 'meeting:new', body FROM kept_states WHERE key = 'meeting:m1'",
        "UPDATE kept_states SET key = 'meeting:n1' WHERE key = 'meeting:m1'",
        "UPDATE kept_states SET body = (SELECT max(body) FROM kept_states) WHERE key = 'meeting:m1'",
        "UPDATE kept_states SET body = x'' WHERE key = 'meeting:m1'",
        "UPDATE kept_heads SET head = x''",
        "UPDATE kept_heads SET head = (SELECT max(head) FROM kept_heads)",
    ],
)
def test_rows_are_lost_added_or_exchanged(path, statement):
    """Everything is computed."""
    expected = computed(path)
    change(path, statement)
    with ps.open(path) as record:
        assert all_states(record) == expected


def test_the_log_is_another(path, tmp_path):
    """States of another log of the same size are not used."""
    other = tmp_path / "other.db"
    with ps.open(other, clock=ticking()) as record:
        record.add(*(MeetingHeld(f"m{number}", on="2020-02-03") for number in range(6)), source=NEWS)
        all_states(record)
    rows, heads = kept(path), kept(path, "kept_heads")
    with sqlite3.connect(other) as connection:
        connection.execute("DELETE FROM kept_states")
        connection.execute("DELETE FROM kept_heads")
        connection.executemany("INSERT INTO kept_states VALUES (?, ?, ?)", rows)
        connection.executemany("INSERT INTO kept_heads VALUES (?, ?)", heads)
    connection.close()
    with ps.open(other) as record:
        assert all_states(record) == computed(other)


def test_verify_compares(path):
    """Wrong states that look right are found, and are not used afterwards."""
    with ps.open(path) as record:
        states = record._query.index.entry_source.kept
        projection = record.kinds["meetings"].projection
        found = states.read(projection)
        wrong = found.states | {"meeting:m1": found.states["meeting:m0"]}
        assert states.write(projection, wrong, found.size - 1, found, wrong) is found  # the log has grown
        states.write(projection, wrong, found.size, None, ())
        states.write(projection, wrong, found.size, None, ())  # the first is written before the second waits
    with ps.open(path) as record:
        assert record.verify().problems == (
            "the states of meetings kept beside the log differ from its entries: discarded",
        )
        assert record.verify().is_sound
        assert all_states(record) == computed(path)


def test_states_of_several_positions_are_compared(path, monkeypatch):
    """All of them with those that the entries give now: a wrong one is found, unless it is computed again anyway."""
    added = {
        "meetings": MeetingHeld("m1", on="2021-05-06"),
        "series": SeriesEstablished("new"),
        "commitments": CommitmentMade("new", by="RU"),
        "visits": VisitMade("new", party="RU"),
    }
    for plural, event in added.items():
        with ps.open(path) as record:
            record.add(event, source=LATER)
            assert dict(record.states(plural))
    with ps.open(path) as record:
        states, resolved, resolve = record._log.kept, [], query.resolve_group
        monkeypatch.setattr(query, "resolve_group", lambda *given: resolved.append(given) or resolve(*given))
        assert len({states.read(record.kinds[plural].projection).size for plural in added}) == 4
        assert record.verify().problems == ()
        assert len(resolved) <= 2 * len(record.entries())
        record.add(CommitmentMade("pledge", by="RU", text="to do it"), source=LATER)
        for wrong, right in (("commitment:pledge", "commitment:new"), ("series:jec", "series:new")):
            projection = record.kinds[wrong.split(":")[0]].projection
            found = states.read(projection)
            with monkeypatch.context() as patch:
                patch.setattr(record._store, "frontier", lambda size=found.size: (size, frontier(record, size)))
                states.write(projection, found.states | {wrong: found.states[right]}, found.size, None, ())
                states.flush()
        assert record.verify().problems == (
            "the states of series kept beside the log differ from its entries: discarded",
        )
        record.same_as("commitment:new", "commitment:pledge")  # everything is computed again
        assert record.verify().problems == ()


def frontier(record, size):
    """Return the packed frontier of the first entries of a record."""
    grown = Frontier()
    for row in record._store.read(0, size):
        grown.add(row.leaf)
    return grown.packed()


def test_a_record_cannot_be_written(path, tmp_path):
    """It answers all the same, with what is kept and without."""
    expected = computed(path)
    for name, statement in (("kept.db", None), ("bare.db", "DELETE FROM kept_heads")):
        copy = tmp_path / name
        shutil.copy(path, copy)
        if statement:
            change(copy, statement)
        with ps.open(copy) as record, sqlite3.connect(copy) as connection:
            connection.execute("PRAGMA query_only = 1")
            record._store._connection.execute("PRAGMA query_only = 1")
            assert all_states(record) == expected
            assert all_states(record) == expected
        connection.close()


def test_names_have_changed(path):
    """Where two subjects are declared the same, or are so no longer, everything is computed."""
    with ps.open(path) as record:
        same = record.same_as("meeting:m0", "meeting:m1")
        assert len(record.meetings) == 3
    with ps.open(path) as record:
        assert all_states(record) == computed(path)
        record.retract(same)
        assert len(record.meetings) == 4
    with ps.open(path) as record:
        assert all_states(record) == computed(path)


def test_another_process_has_kept_them(path):
    """What it wrote meanwhile is not replaced in part."""
    with ps.open(path) as first, ps.open(path) as second:
        assert all_states(first) == all_states(second)
        first.add(MeetingHeld("m1", on="2021-05-06", body="jec"), source=LATER)
        all_states(first)
        first._log.kept.flush()
        rows = kept(path)
        second.add(MeetingHeld("m2", on="2021-05-06", body="jec"), source=LATER)
        expected = computed(path)
        assert all_states(second) == expected
        assert kept(path) == rows
    with ps.open(path) as record:
        assert all_states(record) == expected


@pytest.mark.parametrize("part", ["initial", "evolve", "key"])
def test_a_kind_of_a_user(tmp_path, part):
    """Its states are computed each time: nothing tells whether its projection is still the one that it was."""
    path, projection = tmp_path / "record.db", exhibitions.projection
    with ps.open(path, kinds=[exhibitions]) as record:
        record.add(ExhibitionAnnounced("rodin", planned="2021-05", host="RU"), source=NEWS)
        before = all_states(record)
        assert before == computed(path, kinds=[exhibitions])
    assert "exhibitions" not in [projection for projection, _, _ in kept(path)]
    edited = {
        "initial": lambda key: attrs.evolve(projection.initial(key), previous_dates=(ps.When("2020"),)),
        "evolve": lambda state, _: state,
        "key": lambda _: (),
    }
    kind = attrs.evolve(exhibitions, projection=attrs.evolve(projection, **{part: edited[part]}))
    with ps.open(path, kinds=[kind]) as record:
        assert before != all_states(record) == computed(path, kinds=[kind])
        assert record.verify().problems == ()
    with ps.open(path) as record:  # without the kind its events are not known
        assert all_states(record) == computed(path)


def test_a_projection_has_the_name_of_a_kind(path):
    """A user's projection of the same name has its own states, which are not kept."""
    rows = kept(path)
    with ps.open(path) as record:
        counted = ps.Projection("meetings", lambda _: 0, lambda count, _: count + 1, kind="meeting")
        assert dict(record.project(counted)) == dict.fromkeys(["held", "m0", "m1", "m2"], 1)
    assert kept(path) == rows


def test_the_states_of_the_example_are_those_of_this_version():
    """Where this fails, the same entries give other states: increment RULES_VERSION, and set the new digest here."""
    with ps.open(":memory:") as record:
        record.merge(ps.read(EXAMPLE))
        encoded = [
            (key, zlib.decompress(StateCodec(type(state)).encode(state)))
            for states in all_states(record).values()
            for key, state in states.items()
        ]
    digest = hashlib.sha256(repr(encoded).encode()).hexdigest()[:16]
    assert (kept_states.RULES_VERSION, digest) == (3, "5605cadc03ceefaf")
