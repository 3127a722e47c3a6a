"""Differences between two views, in one line each."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve, frozen
from hypothesis import given as for_all
from hypothesis import strategies as st

import partnership as ps
from partnership.cli.change_table import _change_text
from partnership.engine.diff import list_difference, shown
from partnership.events import DocumentPlanned, MeetingPostponed, MeetingScheduled
from partnership.model.expectations import Expectation, Outcome
from partnership.testing.scenario import given


@frozen
class Row:
    """A row of a state."""

    held_on: ps.When | None
    place: str | None = None
    hosts: tuple[str, ...] = ()
    is_disputed: bool = False
    starts: tuple[Outcome, ...] = ()
    between: Outcome | None = None


OUTCOME = Outcome(date(2020, 1, 1), date(2020, 1, 2))
FIRST = Row(ps.When("2020"), "Sochi", ("RU", "VN"), is_disputed=True, starts=(OUTCOME,), between=OUTCOME)
SECOND = Row(None, "Bali")
PLAN = Expectation(ps.When("2021"), date(2020, 1, 1), ("x",))


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (None, ps.When("2020-06"), "nothing → June 2020"),
        ("drafting", "signed", "drafting → signed"),
        (("RU", "VN"), ("VN",), "no longer RU"),
        (("VN",), ("RU", "VN"), "now also RU"),
        (("a", "b"), ("b", "c"), "now also c, no longer a"),
        (("a", "b"), ("b", "a"), "in another order: b, a"),
        (None, ("a", "b"), "nothing → a, b"),
        (("a",), None, "a → nothing"),
        ((FIRST,), (FIRST, SECOND), "now also place Bali"),
        (("a",), ("a", "a"), "now also a"),
        (("a", "b", "a"), ("a", "b"), "no longer a"),
        ((ps.When("2020"),), ("2020", ps.When("2020")), "now also 2020"),
        ((Expectation(ps.When("2020"), date(2020, 1, 1), ()),), (PLAN,), "2020 → 2021"),
    ],
)
def test_a_change(before, after, text):
    """The text has the value before and after; of a list, only what was added and removed."""
    assert str(ps.Change("meeting:m", "places", before, after)) == f"meeting:m places: {text}"


def test_a_row():
    """The text has its fields, without empty ones and those that only bound a day."""
    assert shown(FIRST) == "held in 2020, place Sochi, hosts RU, VN, sources differ"
    assert shown((FIRST, SECOND)).endswith("; place Bali")


def test_other_values():
    """A date, an amount, a plan and a text of several lines are one line each."""
    money = ps.Money("5", "USD")
    expected = Expectation(ps.When("2021"), date(2020, 1, 1), ())
    values = (money, expected, "a\n b", (), None)
    assert [*map(shown, values)] == [str(money), "2021", "a b", "nothing", "nothing"]


VALUES = st.sampled_from(
    (None, "", "a", "2021", 0, False, ps.When("2021"), date(2021, 1, 1), FIRST, evolve(FIRST, between=None), PLAN)
)
LISTS = st.lists(VALUES, max_size=4).map(tuple)


@for_all(LISTS, LISTS)
def test_the_difference_of_any_two_lists(before, after):
    """It has a text in Python and in a terminal; what is removed and added makes one list of the other."""
    for old, new in ((before, after), (before or None, after), (before, after or None)):
        change = ps.Change("meeting:m", "places", old, new)
        assert str(change)
        assert isinstance(_change_text(change), str)
    removed, added = list_difference(before, after)
    assert len(before) - len(removed) == len(after) - len(added)
    assert [*map(len, list_difference(after, before))] == [len(added), len(removed)]


def test_a_plan_that_is_announced_again():
    """It is no change that another source says the same, of one plan or of one among several."""
    record = given(
        ("2025-12-18", "A", "news"), MeetingScheduled("m", planned="2026-01"), DocumentPlanned("d", planned="2026-02"),
        ("2025-12-20", "B", "news"), MeetingScheduled("m", planned="2026-01"), DocumentPlanned("d", planned="2026-02"),
    )  # fmt: skip
    difference = record.diff("2025-12-18", "2025-12-21")
    assert (difference.learned, difference.happened) == ((), ())


def test_a_plan_that_moves():
    """The old date stands before the new one, in both directions of time."""
    record = given(
        ("2025-12-18", "A", "news"), MeetingScheduled("m", planned="2026-01"),
        ("2025-12-20", "A", "news"), MeetingPostponed("m", planned="2026-02"),
    )  # fmt: skip
    assert "meeting:m expected: January 2026 → February 2026" in str(record.diff("2025-12-18", "2025-12-21"))


def test_a_subject_that_is_new():
    """Each of its fields had no value before."""
    record = given(("2025-12-20", "A", "news"), MeetingScheduled("m", planned="2026-01"))
    assert "meeting:m expected: nothing → January 2026" in str(record.diff("2025-12-18", "2025-12-21"))
