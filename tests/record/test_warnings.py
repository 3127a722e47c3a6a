"""Where warnings point: at the line of the caller, whatever the library does in between."""

from __future__ import annotations

import linecache
import re
import warnings
from datetime import UTC, datetime

import pytest

import partnership as ps
from partnership.errors import ClockWarning, NearNameWarning, SupersededWarning
from partnership.events import MeetingHeld

NEWS = ps.Source("TASS", published="2020-06-17", kind="news")
AGENCY = ps.Source("VNA", published="2020-11-16")
DAYS = {"ahead": datetime(2099, 1, 1, tzinfo=UTC), "right": datetime(2026, 11, 23, tzinfo=UTC)}


@pytest.fixture
def clock():
    """Return the name of the day that the clock of the record has, in a list."""
    return ["right"]


@pytest.fixture
def record(clock):
    """Return a record with a meeting."""
    with ps.open(":memory:", clock=lambda: DAYS[clock[0]]) as opened:
        opened.add(MeetingHeld("special-fmm-2020", place="Hanoi"), source=NEWS)
        yield opened


def the_entry(record):
    """Return the first entry."""
    return record.entries()[0]


def cited(record, event):
    """Add an event in a block."""
    with record.citing(NEWS) as cite:
        cite(event)


def lines_of(path):
    """Return a file with another entry."""
    with ps.open(":memory:") as other:
        other.add(MeetingHeld("other"), source=NEWS)
        ps.write(other, path)
    return path


ADDING = {
    "add": lambda record, event: record.add(event, source=NEWS),
    "submit": lambda record, event: record.submit(ps.Submission(NEWS, None, (event,))),
    "citing": cited,
}


def assert_one(category, call, *args):
    """Require that a call gives one warning, and that it points at the line that calls the library."""
    with warnings.catch_warnings(record=True, action="always") as caught:
        call(*args)
    assert [(warning.category, warning.filename) for warning in caught] == [(category, __file__)]
    assert re.search(r"record\.|ps\.read", linecache.getline(__file__, caught[0].lineno))


@pytest.mark.parametrize(
    "call",
    [
        *[lambda record, _, add=add: add(record, MeetingHeld("b")) for add in ADDING.values()],
        lambda record, _: record.correct(the_entry(record), place="Moscow"),
        lambda record, _: record.retract(the_entry(record)),
        lambda record, _: record.prefer(the_entry(record)),
        lambda record, _: record.same_as("meeting:special-fmm-2020", "meeting:b"),
        lambda record, _: record.merge(record.entries()),
        lambda record, folder: ps.read(lines_of(folder / "b.jsonl"), into=record),
        lambda record, _: record.verify(),
    ],
    ids=[*ADDING, "correct", "retract", "prefer", "same_as", "merge", "read", "verify"],
)
def test_a_clock_that_was_ahead(record, clock, tmp_path, call):
    """Of every call that compares the clock."""
    clock[0] = "ahead"
    record.add(MeetingHeld("a"), source=NEWS)
    clock[0] = "right"
    assert_one(ClockWarning, call, record, tmp_path)


@pytest.mark.parametrize(
    "call",
    [
        *[lambda record, add=add: add(record, MeetingHeld("b", host="RUS")) for add in ADDING.values()],
        lambda record: record.correct(the_entry(record), host="RUS"),
        lambda record: record.same_as("meeting:special-fmm2020", "meeting:b"),
    ],
    ids=[*ADDING, "correct", "same_as"],
)
def test_a_name_that_looks_misspelt(record, call):
    """Of every call that compares names."""
    assert_one(NearNameWarning, call, record)


@pytest.mark.parametrize("add", ADDING.values(), ids=ADDING)
def test_a_claim_that_was_retracted_and_is_added_again(record, add):
    """In each way of adding."""
    record.retract(the_entry(record))
    assert_one(SupersededWarning, add, record, the_entry(record).event)


@pytest.mark.parametrize(
    ("source", "call"),
    [
        (AGENCY, lambda record: record.correct(the_entry(record), place="Moscow")),
        (None, lambda record: record.correct(the_entry(record), place="Moscow")),
        (None, lambda record: record.prefer(the_entry(record))),
    ],
    ids=["correct what a source retracted", "correct what the desk retracted", "prefer"],
)
def test_an_amendment_of_what_was_retracted(record, source, call):
    """Of each call that amends."""
    record.retract(the_entry(record), source=source)
    assert_one(SupersededWarning, call, record)
