"""Differences between two views, in one line each."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import frozen

import partnership as ps
from partnership.engine.diff import shown
from partnership.model.expectations import Expectation, Outcome


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
    ],
)
def test_a_change(before, after, text):
    """The text has the value before and after; of a list, only what was added and removed."""
    assert str(ps.Change("meeting:m", "places", before, after)) == f"meeting:m places: {text}"


def test_a_row():
    """The text has its fields, without empty ones and those that only bound a day."""
    assert shown(FIRST) == "held on 2020, place Sochi, hosts RU, VN, sources differ"
    assert shown((FIRST, SECOND)).endswith("; place Bali")


def test_other_values():
    """A date, an amount, a plan and a text of several lines are one line each."""
    money = ps.Money("5", "USD")
    expected = Expectation(ps.When("2021"), date(2020, 1, 1), ())
    values = (money, expected, "a\n b", (), None)
    assert [*map(shown, values)] == [str(money), "2021", "a b", "nothing", "nothing"]
