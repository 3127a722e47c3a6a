"""Money, counts, percentages and durations: figures with a bound (exact, at least, at most, about)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Literal, get_args

from attrs import field

from partnership._frozen import frozen
from partnership.errors import InvalidValue
from partnership.values.text import exact

Bound = Literal["exact", "at-least", "at-most", "about"]
"""How a figure limits the real one: ``at-least`` for "over", ``at-most`` for "up to", ``about`` for "nearly"."""

_DECIMAL = re.compile(r"(0|[1-9][0-9]{0,17})(\.[0-9]{1,9}0*)?", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_MAX_DIGITS = 64
_LARGEST = 2**53  # the largest integer that every JSON parser reads without rounding
_ISO_DURATION = re.compile(
    r"P(?=[0-9T])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?)?",
    re.ASCII,
)
_LONGEST_DURATION = 32
_MOST_UNITS = 99_999
_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def decimal(value: object) -> Decimal:
    """Convert a value to a non-negative decimal without trailing zeros, so that equal figures have equal text.

    Raises:
        InvalidValue: the value is negative, not finite, has over 18 digits before or 9 after the point, or is a
            float: its binary digits are not those that the source printed.

    >>> decimal("8130000.50")
    Decimal('8130000.5')
    """
    value = exact(value)
    if isinstance(value, bool | float) or not isinstance(value, str | int | Decimal):
        digits = repr(value) if isinstance(value, float) and _DECIMAL.fullmatch(repr(value)) else "8130000"
        raise InvalidValue(value, "is not an amount", f"write its digits as text, '{digits}', or as a Decimal")
    digits = value if isinstance(value, str) else _digits(Decimal(value))
    if not _DECIMAL.fullmatch(digits):
        rule = "write digits only, with a point for decimals and no separators"
        raise InvalidValue(value, "is not an amount", f"{rule}, at most 18 digits before and 9 after it: '8130000.5'")
    return Decimal(digits.rstrip("0").rstrip(".") if "." in digits else digits)


def _digits(value: Decimal) -> str:
    """Return a number without an exponent, unless it is too long: 1E+999999999 would exhaust memory."""
    return f"{value:f}" if value.is_finite() and abs(value.adjusted()) < _MAX_DIGITS else str(value)


def _bound(value: Bound) -> Bound:
    value = exact(value)
    if type(value) is not str or value not in get_args(Bound):
        raise InvalidValue(value, "is not a bound", f"write one of {', '.join(map(repr, get_args(Bound)))}")
    return value


def bound_covers(bound: Bound, number: Decimal | int, other_bound: Bound, other: Decimal | int) -> bool:
    """Tell whether the other figure is compatible and at least as precise.

    "At least" and "at most" cover a range; "about" states no width, and covers the figures that round to its own.
    """
    if bound == other_bound and number == other:
        return True
    if bound == "at-least":
        return other_bound in ("exact", "at-least") and other >= number
    if bound == "at-most":
        return other_bound in ("exact", "at-most") and other <= number
    return bound == "about" and other_bound == "exact" and abs(Decimal(other) - number) <= _rounding(number)


def _rounding(number: Decimal | int) -> Decimal:
    """Return how far a figure may lie from a round one: half of its last digit that is not 0, and no more than 5 %.

    >>> _rounding(172), _rounding(60), _rounding(100)
    (Decimal('0.5'), Decimal('3.00'), Decimal('5.00'))
    """
    number = Decimal(number)
    place = number.normalize().as_tuple().exponent
    assert isinstance(place, int)  # figures are finite
    return min(Decimal(5).scaleb(place - 1), number * Decimal("0.05"))


def currency_code(value: object) -> str:
    """Return *value* if it has the form of an ISO 4217 currency code: three capital letters."""
    value = exact(value)
    if isinstance(value, str) and _CURRENCY.fullmatch(value):
        return value
    raise InvalidValue(value, "is not a currency", "write its three-letter ISO 4217 code: 'USD'")


@frozen
class Money:
    """An amount in one currency.

    Attributes:
        amount: the amount in units of the currency, not in cents or millions; never negative.
        currency: ISO 4217 code.
        bound: ``'exact'``, ``'at-least'`` ("over 8.13 million"), ``'at-most'``, ``'about'``.

    >>> Money("8130000", "USD", "at-least")
    Money(amount=Decimal('8130000'), currency='USD', bound='at-least')
    """

    amount: Decimal = field(converter=decimal)
    currency: str = field(converter=currency_code)
    bound: Bound = field(default="exact", converter=_bound)

    def covers(self, other: Money) -> bool:
        """Tell whether *other* is compatible with this amount and at least as precise.

        >>> Money(8, "USD", "at-least").covers(Money(9, "USD"))
        True
        """
        return self.currency == other.currency and bound_covers(self.bound, self.amount, other.bound, other.amount)

    def __str__(self) -> str:
        return f"{_BOUND_WORDS[self.bound]}{self.amount:,f} {self.currency}"


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value <= _LARGEST:
        raise InvalidValue(value, "is not a count", "write a whole number, 0 or more")
    return value


def duration(value: object, unit: str) -> int:
    """Return an argument of a query if it is a whole number of *unit* ("days of grace"), 0 or more.

    Raises:
        InvalidValue: the value is negative or not an int.
    """
    if type(value) is not int or value < 0:
        raise InvalidValue(value, f"is not a number of {unit}", "write a whole number, 0 or more")
    return value


@frozen
class Count:
    """A number of things or persons.

    Attributes:
        number: 0 or more.
        bound: as in `Money`. Write "several" as ``Count(2, 'at-least')``.

    >>> Count(2, "at-least").covers(Count(57))
    True
    """

    number: int = field(converter=_whole)
    bound: Bound = field(default="exact", converter=_bound)

    def covers(self, other: Count) -> bool:
        """Tell whether *other* is compatible with this figure and at least as precise."""
        return bound_covers(self.bound, self.number, other.bound, other.number)

    def __str__(self) -> str:
        return f"{_BOUND_WORDS[self.bound]}{self.number}"


def _signed(value: object) -> Decimal:
    value = exact(value)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        value = _digits(Decimal(value))
    if not isinstance(value, str) or value[:1] not in ("+", "-"):
        return decimal(value)
    figure = decimal(value[1:])
    return -figure if value[0] == "-" and figure else figure


@frozen
class Percent:
    """A share, or a change since an earlier period, in percent.

    Attributes:
        number: 60 is 60 %; a decrease is negative.
        bound: as in `Money`; "over 60 %" is ``Percent(60, 'at-least')``.

    >>> str(Percent("-9.5"))
    '-9.5 %'
    """

    number: Decimal = field(converter=_signed)
    bound: Bound = field(default="exact", converter=_bound)

    def covers(self, other: Percent) -> bool:
        """Tell whether *other* is compatible with this figure and at least as precise."""
        return bound_covers(self.bound, self.number, other.bound, other.number)

    def __str__(self) -> str:
        return f"{_BOUND_WORDS[self.bound]}{self.number:f} %"


def _iso_text(value: object) -> str:
    """Return an ISO 8601 duration in one form: years if it is a whole number of them, else months; weeks likewise.

    "P60M" and "P5Y" say the same, and so must be equal. Months and days are not converted into each other.
    """
    value = exact(value)
    found = _ISO_DURATION.fullmatch(value) if isinstance(value, str) and len(value) <= _LONGEST_DURATION else None
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in found.groups()) if found else (0,) * 6
    pairs = [(12 * years + months, 12, "Y", "M"), (7 * weeks + days, 7, "W", "D"), (60 * hours + minutes, 60, "H", "M")]
    parts = [_part(*pair) for pair in pairs]
    if not any(parts) or any(number > _MOST_UNITS for number, *_ in pairs):
        rule = "write it as in ISO 8601: 'P5Y' for five years, 'P18M', 'P2W', 'P10D', 'PT90M'"
        raise InvalidValue(value, "is not a duration", rule)
    return f"P{parts[0]}{parts[1]}{'T' if parts[2] else ''}{parts[2]}"


def _part(number: int, size: int, large: str, small: str) -> str:
    if not number:
        return ""
    return f"{number}{small}" if number % size else f"{number // size}{large}"


@frozen
class Duration:
    """How long something runs.

    Attributes:
        text: as ISO 8601 writes it, without fractions: ``'P5Y'``, ``'P18M'``, ``'P2W'``, ``'P10D'``, ``'PT2H'``.
        bound: as in `Money`: "for at least ten years" is ``Duration('P10Y', 'at-least')``.

    >>> Duration("P60M"), str(Duration("P60M"))
    (Duration(text='P5Y', bound='exact'), 'five years')
    """

    text: str = field(converter=_iso_text)
    bound: Bound = field(default="exact", converter=_bound)

    def covers(self, other: Duration) -> bool:
        """Tell whether *other* is compatible with this duration and at least as precise.

        Months and days are not compared with each other.

        >>> Duration("P10Y", "at-least").covers(Duration("P20Y"))
        True
        """
        if self == other:
            return True
        [unit, number], [other_unit, other_number] = self._size, other._size
        return unit == other_unit and bound_covers(self.bound, number, other.bound, other_number)

    @property
    def _size(self) -> tuple[str, int]:
        """The unit in which it is compared, and its number; of one with several units, its text and 0."""
        found: Any = _ISO_DURATION.fullmatch(self.text)
        years, months, weeks, days, hours, minutes = (int(part or 0) for part in found.groups())
        numbers = {"months": 12 * years + months, "days": 7 * weeks + days, "minutes": 60 * hours + minutes}
        units = [unit for unit, number in numbers.items() if number]
        return (units[0], numbers[units[0]]) if len(units) == 1 else (self.text, 0)

    def __str__(self) -> str:
        found: Any = _ISO_DURATION.fullmatch(self.text)
        units = ("year", "month", "week", "day", "hour", "minute")
        parts = [_in_words(int(part), unit) for part, unit in zip(found.groups(), units, strict=True) if part]
        return _BOUND_WORDS[self.bound] + " and ".join(parts)


def _in_words(number: int, unit: str) -> str:
    figure = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{figure} {unit}{'s' * (number != 1)}"


def surely_below(figure: Count | Percent, other: Count | Percent) -> bool:
    """Tell whether *figure* is below *other* whatever both bounds allow; "about" allows any number.

    >>> surely_below(Count(92), Count(99, "at-least")), surely_below(Count(92, "about"), Count(99))
    (True, False)
    """
    return (
        figure.bound in ("exact", "at-most") and other.bound in ("exact", "at-least") and figure.number < other.number
    )


_BOUND_WORDS = {"exact": "", "at-least": "at least ", "at-most": "at most ", "about": "about "}
