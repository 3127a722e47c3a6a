"""Between what a figure lies: the arithmetic of floors, ceilings and guesses."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from partnership.values.amounts import Bound, Count, Money

__all__ = ["NOTHING", "Range", "range_of", "range_of_number"]


@frozen
class Range:
    """Between what a figure lies.

    Attributes:
        least: no less than this; None where nothing bounds it.
        most: no more than this; None where nothing bounds it.
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
        """Tell whether it is less than *other*, whatever both are."""
        return self.most is not None and other.least is not None and self.most < other.least

    def misses(self, other: Range) -> bool:
        """Tell whether no number lies in both."""
        return self.surely_below(other) or other.surely_below(self)


NOTHING = Range(Decimal(0), Decimal(0))
"""The sum of no figures."""


def range_of_number(
    number: Decimal, bound: Bound | None, *, floor: Decimal | None = Decimal(0), guess: Decimal | None = None
) -> Range:
    """Return between what a figure lies.

    Args:
        number: the figure.
        bound: what it says; exact where absent.
        floor: below which there is nothing: 0 for what is counted.
        guess: the share of the figure by which "about" reaches either way; no end bounds it where absent.
    """
    if bound == "about" and guess is not None:
        return Range(number - abs(number) * guess, number + abs(number) * guess)
    return Range(floor if bound in ("at-most", "about") else number, None if bound in ("at-least", "about") else number)


def range_of(figure: Money | Count, guess: Decimal | None = None) -> Range:
    """Return between what an amount or a count lies."""
    return range_of_number(
        figure.amount if isinstance(figure, Money) else Decimal(figure.number), figure.bound, guess=guess
    )
