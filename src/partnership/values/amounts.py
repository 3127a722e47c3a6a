"""Money and counts: exact decimals, and whether the figure is a floor, a ceiling or a guess."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, get_args

from attrs import field, frozen

from partnership.errors import InvalidValue

__all__ = ["Bound", "Count", "Money", "decimal"]

Bound = Literal["exact", "at-least", "at-most", "about"]
"""What a figure says: just so much; "over", "more than"; "up to"; "nearly", "around"."""

_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,17})(\.[0-9]{1,9})?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_LARGEST = 2**53  # what every reader of JSON holds without rounding


def decimal(value: object) -> Decimal:
    """Return a decimal that is not negative, without trailing zeros, so that one figure has one text.

    Raises:
        InvalidValue: it is negative, not finite, over 18 digits, or a float, whose digits nobody wrote.

    >>> decimal("8130000.50")
    Decimal('8130000.5')
    """
    if isinstance(value, bool | float) or not isinstance(value, str | int | Decimal):
        raise InvalidValue(value, "is not an amount", "write its digits as text, '8130000', or as a Decimal")
    if isinstance(value, Decimal) and not value.is_finite():
        raise InvalidValue(value, "is not an amount", "write a number")
    plain = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    if not _DECIMAL.fullmatch(plain):
        raise InvalidValue(
            value, "is not an amount", "write digits only, with a point for decimals and no separators: '8130000.5'"
        )
    return Decimal(plain)


def _bound(value: object) -> Bound:
    for bound in get_args(Bound):
        if value == bound:
            return bound  # type: ignore[no-any-return]
    raise InvalidValue(value, "is not a bound", f"write one of {', '.join(map(repr, get_args(Bound)))}")


def _covers(bound: Bound, mine: Decimal | int, other_bound: Bound, other: Decimal | int) -> bool:
    """Whether the other figure says the same, at least as finely: only a floor or a ceiling leaves room."""
    if bound == other_bound and mine == other:
        return True
    if bound == "at-least":
        return other_bound in ("exact", "at-least") and other >= mine
    if bound == "at-most":
        return other_bound in ("exact", "at-most") and other <= mine
    return bound == "about" and other_bound == "exact" and other == mine


def _currency(value: object) -> str:
    if isinstance(value, str) and _CURRENCY.fullmatch(value):
        return value
    raise InvalidValue(value, "is not a currency", "write its three letters of ISO 4217: 'USD'")


@frozen
class Money:
    """An amount of one currency.

    Attributes:
        amount: in whole units of the currency; never negative.
        currency: its ISO 4217 code.
        bound: ``'exact'``, ``'at-least'`` ("over 8.13 million"), ``'at-most'``, ``'about'``.

    >>> Money("8130000", "USD", "at-least")
    Money(amount=Decimal('8130000'), currency='USD', bound='at-least')
    """

    amount: Decimal = field(converter=decimal)
    currency: str = field(converter=_currency)
    bound: Bound = field(default="exact", converter=_bound)

    def covers(self, other: Money) -> bool:
        """Tell whether *other* says the same, at least as finely.

        >>> Money(8, "USD", "at-least").covers(Money(9, "USD"))
        True
        """
        return self.currency == other.currency and _covers(self.bound, self.amount, other.bound, other.amount)

    def __str__(self) -> str:
        return f"{_WORDS[self.bound]}{self.amount:,f} {self.currency}"


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value <= _LARGEST:
        raise InvalidValue(value, "is not a count", "write a whole number, 0 or more")
    return value


@frozen
class Count:
    """How many there are of something.

    Attributes:
        number: 0 or more.
        bound: as in `Money`; "several" is ``Count(2, 'at-least')``: members are never invented.

    >>> Count(2, "at-least").covers(Count(57))
    True
    """

    number: int = field(converter=_whole)
    bound: Bound = field(default="exact", converter=_bound)

    def covers(self, other: Count) -> bool:
        """Tell whether *other* says the same, at least as finely."""
        return _covers(self.bound, self.number, other.bound, other.number)

    def __str__(self) -> str:
        return f"{_WORDS[self.bound]}{self.number}"


_WORDS = {"exact": "", "at-least": "at least ", "at-most": "at most ", "about": "about "}
