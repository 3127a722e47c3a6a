"""Interval arithmetic for figures that are exact, at least, at most or about."""

from __future__ import annotations

from decimal import Decimal

import pytest

import partnership as ps
from partnership.model.ranges import NOTHING, Range, range_of, range_of_number

TENTH = Decimal("0.1")


def between(least, most):
    """Return a range, from numbers or None."""
    return Range(*(None if number is None else Decimal(number) for number in (least, most)))


@pytest.mark.parametrize(
    ("bound", "least", "most"),
    [("exact", 20, 20), (None, 20, 20), ("at-least", 20, None), ("at-most", 0, 20), ("about", 0, None)],
)
def test_what_a_figure_says(bound, least, most):
    """No upper bound for "at least", zero as the lower one for "at most", and none at all for "about"."""
    assert range_of_number(Decimal(20), bound) == between(least, most)


def test_about_read_as_ten_percent():
    """It extends equally either way, also of a negative number; other bounds do not change."""
    assert range_of_number(Decimal(20), "about", guess=TENTH) == between(18, 22)
    assert range_of_number(Decimal(-20), "about", guess=TENTH) == between(-22, -18)
    assert range_of_number(Decimal(20), "at-least", guess=TENTH) == between(20, None)


def test_at_most_of_what_may_be_negative():
    """It has no lower bound."""
    assert range_of_number(Decimal(5), "at-most", floor=None) == between(None, 5)


def test_an_amount_and_a_count():
    """They give the same range."""
    assert range_of(ps.Money("2", "USD", "at-least")) == range_of(ps.Count(2, "at-least")) == between(2, None)
    assert range_of(ps.Money("10", "USD", "about"), TENTH) == between(9, 11)


def test_sums_and_differences():
    """A side that is open in one is open in the sum; a difference swaps the sides."""
    assert NOTHING + between(2, 3) == between(2, 3)
    assert between(2, None) + between(None, 3) == between(None, None)
    assert between(10, 12) - between(2, 3) == between(7, 10)
    assert between(10, None) - between(None, 3) == between(7, None)
    assert between(None, 12) - between(2, None) == between(None, 10)


def test_ranges_that_do_not_meet():
    """They miss each other on either side; those that overlap, or are open towards each other, do not."""
    assert between(1, 2).misses(between(3, 4))
    assert between(3, None).misses(between(1, 2))
    assert not between(1, 3).misses(between(3, 4))
    assert not between(1, None).misses(between(3, 4))
    assert not between(1, 2).misses(between(None, 4))
