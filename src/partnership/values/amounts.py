"""Money and counts: exact decimals, and whether the figure is a floor, a ceiling or a guess."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal, get_args

from attrs import field, frozen

from partnership.errors import InvalidValue

__all__ = ["Bound", "Count", "Money", "Percent", "currency_code", "decimal", "length", "surely_below"]

Bound = Literal["exact", "at-least", "at-most", "about"]
"""What a figure says: just so much; "over", "more than"; "up to"; "nearly", "around"."""

_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,17})(\.[0-9]{1,9}0*)?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_DIGITS = 64
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
    plain = value if isinstance(value, str) else _plain(Decimal(value))
    if not _DECIMAL.fullmatch(plain):
        rule = "write digits only, with a point for decimals and no separators"
        raise InvalidValue(
            value, "is not an amount", f"{rule}, 18 digits before and 9 after it at the most: '8130000.5'"
        )
    return Decimal(plain.rstrip("0").rstrip(".") if "." in plain else plain)


def _plain(value: Decimal) -> str:
    """Return the digits of a number that has not absurdly many: 1E+999999999 would fill the memory."""
    return f"{value:f}" if value.is_finite() and abs(value.adjusted()) < _DIGITS else str(value)


def _bound(value: Bound) -> Bound:
    if value not in get_args(Bound):
        raise InvalidValue(value, "is not a bound", f"write one of {', '.join(map(repr, get_args(Bound)))}")
    return value


def _covers(bound: Bound, mine: Decimal | int, other_bound: Bound, other: Decimal | int) -> bool:
    """Whether the other figure says the same, at least as finely: only a floor or a ceiling leaves room."""
    if bound == other_bound and mine == other:
        return True
    if bound == "at-least":
        return other_bound in ("exact", "at-least") and other >= mine
    if bound == "at-most":
        return other_bound in ("exact", "at-most") and other <= mine
    return bound == "about" and other_bound == "exact" and other == mine


def currency_code(value: object) -> str:
    """Return *value* if it is the code of a currency, three letters of ISO 4217."""
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
    currency: str = field(converter=currency_code)
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


def length(value: object, unit: str) -> int:
    """Return how long, in whole days or months, a question means.

    Raises:
        InvalidValue: it is no number of them.
    """
    if type(value) is not int or value < 0:
        raise InvalidValue(value, f"is no number of {unit}", "write a whole number, 0 or more")
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


def _signed(value: object) -> Decimal:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = _plain(Decimal(value))
    if not isinstance(value, str) or value[:1] not in ("+", "-"):
        return decimal(value)
    figure = decimal(value[1:])
    return -figure if value[0] == "-" and figure else figure


@frozen
class Percent:
    """A share, or a change against an earlier period, in hundredths.

    Attributes:
        number: 60 is 60 %; a fall is negative.
        bound: as in `Money`; "over 60 %" is ``Percent(60, 'at-least')``.

    >>> str(Percent("-9.5"))
    '-9.5 %'
    """

    number: Decimal = field(converter=_signed)
    bound: Bound = field(default="exact", converter=_bound)

    def covers(self, other: Percent) -> bool:
        """Tell whether *other* says the same, at least as finely."""
        return _covers(self.bound, self.number, other.bound, other.number)

    def __str__(self) -> str:
        return f"{_WORDS[self.bound]}{self.number:f} %"


def surely_below(one: Count | Percent, other: Count | Percent) -> bool:
    """Tell whether one figure is below another in every reading of both; "about" has no end.

    >>> surely_below(Count(92), Count(99, "at-least")), surely_below(Count(92, "about"), Count(99))
    (True, False)
    """
    return one.bound in ("exact", "at-most") and other.bound in ("exact", "at-least") and one.number < other.number


_WORDS = {"exact": "", "at-least": "at least ", "at-most": "at most ", "about": "about "}
