"""A wrong clock: what is recorded after a clock was ahead, and the warning about it."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta

import pytest

import partnership as ps
from partnership.__main__ import main
from partnership.errors import ClockWarning
from partnership.events import MeetingHeld

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WRONG = datetime(2099, 1, 1, tzinfo=UTC)
SOURCE = ps.Source("VNA", published="2020-11-16")
WARNING = "the last entry was recorded at 2099-01-01 00:00[+]00:00, and the clock says 2026-11-23 12:00[+]00:00"


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        """Return the time."""
        return self.now


@pytest.fixture
def clock():
    """Return a clock that is right."""
    return Clock()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def record(request, clock, tmp_path):
    """Open a record in each store with that clock."""
    place = {"memory": ":memory:", "sqlite": str(tmp_path / "record.db")}.get(request.param)
    place = request.getfixturevalue("database") if place is None else place
    with ps.open(place, partnership="asean-russia", clock=clock) as opened:
        yield opened


def test_a_clock_that_was_far_ahead_once(record, clock):
    """Later additions warn, nothing is lost, and the order of the log is kept."""
    clock.now = WRONG
    record.add(MeetingHeld("a"), source=SOURCE)
    clock.now = NOW
    with pytest.warns(ClockWarning, match=WARNING) as warned:
        (second,) = record.add(MeetingHeld("b"), source=SOURCE)
    assert warned[0].filename == __file__
    with pytest.warns(ClockWarning), record.citing(SOURCE) as cite:
        cite(MeetingHeld("c"))
    assert second.recorded_at == WRONG
    assert [(entry.position, entry.recorded_at) for entry in record.entries()] == [
        (place, WRONG) for place in (1, 2, 3)
    ]
    assert len(record.as_of(recorded=WRONG).meetings) == 3
    assert len(record.as_of(recorded=NOW).meetings) == 0


def test_a_merge_and_a_file_of_lines(record, clock, tmp_path):
    """They warn as well."""
    clock.now = WRONG
    record.add(MeetingHeld("a"), source=SOURCE)
    clock.now = NOW
    with ps.open(":memory:", clock=clock) as other:
        other.add(MeetingHeld("b"), source=SOURCE)
        ps.write(other, tmp_path / "b.jsonl")
        with pytest.warns(ClockWarning, match=WARNING):
            record.merge(other)
    with pytest.warns(ClockWarning, match=WARNING):
        ps.read(tmp_path / "b.jsonl", into=record)


def test_a_verification(record, clock):
    """It warns about the clock and finds the log sound, since the log is as it was written."""
    clock.now = WRONG
    record.add(MeetingHeld("a"), source=SOURCE)
    assert record.verify().is_sound
    clock.now = NOW
    with pytest.warns(ClockWarning, match=WARNING):
        assert record.verify().is_sound


@pytest.mark.parametrize("ahead", [timedelta(), timedelta(seconds=1), timedelta(hours=14), timedelta(days=1)])
def test_clocks_that_differ_as_clocks_do(record, clock, ahead):
    """There is no warning for less than a day: two machines differ, or one has the wrong time zone."""
    clock.now = NOW + ahead
    record.add(MeetingHeld("a"), source=SOURCE)
    clock.now = NOW
    record.add(MeetingHeld("b"), source=SOURCE)
    assert record.verify().is_sound


def test_a_clock_that_has_caught_up(record, clock):
    """There is no warning any more, and entries are recorded at the time of the clock again."""
    clock.now = WRONG
    record.add(MeetingHeld("a"), source=SOURCE)
    clock.now = WRONG + timedelta(days=1)
    (later,) = record.add(MeetingHeld("b"), source=SOURCE)
    assert later.recorded_at == clock.now


def test_an_empty_record(record):
    """There is no warning, since there is no last entry."""
    assert record.verify().is_sound


def test_the_command_line(tmp_path, capsys, clock, monkeypatch):
    """It warns in one line on standard error, and runs the command."""
    monkeypatch.chdir(tmp_path)
    clock.now = datetime(9000, 1, 1, tzinfo=UTC)
    with ps.open("record.db", clock=clock) as record:
        record.add(MeetingHeld("a"), source=SOURCE)
    with ps.open(":memory:") as other:
        other.add(MeetingHeld("b"), source=SOURCE)
        ps.write(other, "b.jsonl")
    for words in (["verify", "record.db"], ["import", "record.db", "b.jsonl"], ["verify", "record.db"]):
        with warnings.catch_warnings():
            assert main(words) == 0
        _, err = capsys.readouterr()
        assert err.startswith("partnership: warning: the last entry was recorded at 9000-01-01 00:00+00:00, and the")
        assert err.count("\n") == 1
