"""Floors, ceilings and guesses: between what a figure lies."""

from __future__ import annotations

from decimal import Decimal

import pytest

import partnership as ps
from partnership.model.ranges import NOTHING, Range, range_of, range_of_number

TENTH = Decimal("0.1")


def between(least, most):
    """Return a range, from numbers or None."""
    return Range(*(None if one is None else Decimal(one) for one in (least, most)))


@pytest.mark.parametrize(
    ("bound", "least", "most"),
    [("exact", 20, 20), (None, 20, 20), ("at-least", 20, None), ("at-most", 0, 20), ("about", 0, None)],
)
def test_what_a_figure_says(bound, least, most):
    """A floor has no ceiling, a ceiling has zero below it, and "about" bounds nothing by itself."""
    assert range_of_number(Decimal(20), bound) == between(least, most)


def test_a_guess_that_is_read_as_a_tenth():
    """It reaches as far above the figure as below it, of a fall too; other bounds stay as they are."""
    assert range_of_number(Decimal(20), "about", guess=TENTH) == between(18, 22)
    assert range_of_number(Decimal(-20), "about", guess=TENTH) == between(-22, -18)
    assert range_of_number(Decimal(20), "at-least", guess=TENTH) == between(20, None)


def test_a_ceiling_of_what_may_be_negative():
    """Nothing is below it."""
    assert range_of_number(Decimal(5), "at-most", floor=None) == between(None, 5)


def test_an_amount_and_a_count():
    """They are read alike."""
    assert range_of(ps.Money("2", "USD", "at-least")) == range_of(ps.Count(2, "at-least")) == between(2, None)
    assert range_of(ps.Money("10", "USD", "about"), TENTH) == between(9, 11)


def test_sums_and_differences():
    """What has no end on one side leaves none in the sum; taking away turns the sides round."""
    assert NOTHING + between(2, 3) == between(2, 3)
    assert between(2, None) + between(None, 3) == between(None, None)
    assert between(10, 12) - between(2, 3) == between(7, 10)
    assert between(10, None) - between(None, 3) == between(7, None)
    assert between(None, 12) - between(2, None) == between(None, 10)


def test_ranges_that_do_not_meet():
    """They miss each other on either side; those with an open end or a common number do not."""
    assert between(1, 2).misses(between(3, 4))
    assert between(3, None).misses(between(1, 2))
    assert not between(1, 3).misses(between(3, 4))
    assert not between(1, None).misses(between(3, 4))
    assert not between(1, 2).misses(between(None, 4))
