"""Interval arithmetic for figures that are exact, "at least", "at most" or "about"."""

from __future__ import annotations

from decimal import Decimal

from partnership._frozen import frozen
from partnership.values.amounts import Bound, Count, Money


@frozen
class Range:
    """The interval in which a figure lies.

    Attributes:
        least: the lower bound; None if there is none.
        most: the upper bound; None if there is none.
    """

    least: Decimal | None
    most: Decimal | None

    def __add__(self, other: Range) -> Range:
        least = None if self.least is None or other.least is None else self.least + other.least
        most = None if self.most is None or other.most is None else self.most + other.most
        return Range(least, most)

    def __sub__(self, other: Range) -> Range:
        least = None if self.least is None or other.most is None else self.least - other.most
        most = None if self.most is None or other.least is None else self.most - other.least
        return Range(least, most)

    def surely_below(self, other: Range) -> bool:
        """Tell whether every number in it is less than every number in *other*."""
        return self.most is not None and other.least is not None and self.most < other.least

    def misses(self, other: Range) -> bool:
        """Tell whether no number lies in both."""
        return self.surely_below(other) or other.surely_below(self)


NOTHING = Range(Decimal(0), Decimal(0))
"""The sum of no figures."""


def range_of_number(
    number: Decimal, bound: Bound | None, *, floor: Decimal | None = Decimal(0), guess: Decimal | None = None
) -> Range:
    """Return the interval in which a figure lies.

    Args:
        number: the figure.
        bound: whether it is exact, a lower or an upper bound, or about; None means exact.
        floor: the least possible value: 0 for counts, None for what may be negative.
        guess: how far "about" extends either way, as a share of the figure; without it, "about" bounds nothing.
    """
    if bound == "about" and guess is not None:
        return Range(number - abs(number) * guess, number + abs(number) * guess)
    return Range(floor if bound in ("at-most", "about") else number, None if bound in ("at-least", "about") else number)


def range_of(figure: Money | Count, guess: Decimal | None = None) -> Range:
    """Return the interval in which an amount or a count lies; *guess* as in `range_of_number`."""
    number = figure.amount if isinstance(figure, Money) else Decimal(figure.number)
    return range_of_number(number, figure.bound, guess=guess)
