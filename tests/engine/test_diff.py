"""Diff: a change in one line, and of a list only what came and went."""

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
    ("before", "after", "told"),
    [
        (None, ps.When("2020-06"), "nothing → 2020-06"),
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
def test_a_change(before, after, told):
    """It tells what was and is; of a list what came and what went."""
    assert str(ps.Change("meeting:m", "places", before, after)) == f"meeting:m places: {told}"


def test_a_row():
    """It is told field by field, without what is not said and what only bounds a day."""
    assert shown(FIRST) == "held on 2020, place Sochi, hosts RU, VN, is disputed True"
    assert shown((FIRST, SECOND)).endswith("; place Bali")


def test_other_values():
    """A day, an amount, a plan and a text of several lines are one line of words each."""
    money = ps.Money("5", "USD")
    expected = Expectation(ps.When("2021"), date(2020, 1, 1), ())
    told = [shown(one) for one in (money, expected, "a\n b", (), None)]
    assert told == [str(money), "2021", "a b", "nothing", "nothing"]
