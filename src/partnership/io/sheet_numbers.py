"""Numbers in the cells of a sheet, with the separators that people write where they have one reading."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, get_args

from partnership.errors import InvalidValue
from partnership.values.amounts import Bound

_BOUND_WORDS: dict[str, Bound] = {bound.replace("-", " "): bound for bound in get_args(Bound) if bound != "exact"}
_SPACES = re.compile("(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?![0-9]))")
_GROUPED = re.compile("[0-9]{1,3}(?:([.,'’])[0-9]{3})(?:\\1[0-9]{3})*")  # noqa: RUF001  as the Swiss write it
_BOTH = re.compile("([0-9]{1,3}(?:,[0-9]{3})+)\\.([0-9]+)|([0-9]{1,3}(?:\\.[0-9]{3})+),([0-9]+)")
_PLAIN = re.compile("[0-9]+(?:[.,][0-9]+)?")
_POWERS = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_WITH_WORD = re.compile(f"({_PLAIN.pattern}) ?({'|'.join(_POWERS)})((?: [a-z]{{3}})?)", re.IGNORECASE)
_MOST_DIGITS = 15
"""Digits of a number that a spreadsheet keeps."""
_RULE = "write its digits, with a point for decimals: 8130000.5"


def bounded(text: str) -> tuple[Bound, str]:
    """Return the bound that stands in words before a figure, and the figure.

    >>> bounded("at least 12"), bounded("12")
    (('at-least', '12'), ('exact', '12'))
    """
    for words, bound in _BOUND_WORDS.items():
        if text.lower().startswith(f"{words} "):
            return bound, text[len(words) + 1 :].strip()
    return "exact", text


def number_in_cell(value: object) -> str:
    """Return the number in a cell with a point for decimals and without separators.

    Raises:
        InvalidValue: it is not a number, or has two readings; the message says what to write.

    >>> number_in_cell("8,130,000"), number_in_cell("8.130,5"), number_in_cell(8130000.5), number_in_cell("1,5")
    ('8130000', '8130.5', '8130000.5', '1.5')
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _digits(value)
    text = value.strip() if isinstance(value, str) else ""
    sign, rest = (text[0], text[1:].lstrip()) if text[:1] in ("+", "-") else ("", text)
    rest = _SPACES.sub("", rest)
    if found := _BOTH.fullmatch(rest):
        whole, part = (found[1], found[2]) if found[1] else (found[3], found[4])
        return f"{sign}{re.sub('[.,]', '', whole)}.{part}"
    if found := _GROUPED.fullmatch(rest):
        digits = re.sub("[^0-9]", "", rest)
        if len(rest) - len(digits) == 1 and found[1] in (".", ",") and not rest.startswith("0"):
            ways = f"{sign}{digits} (thousands) or {sign}{re.sub('[.,]', '.', rest)}0 (decimals)"
            raise InvalidValue(value, "is ambiguous", f"write {ways}")
        return f"{sign}{digits}" if not rest.startswith("0") else f"{sign}{rest.replace(',', '.')}"
    if _PLAIN.fullmatch(rest):
        return f"{sign}{rest.replace(',', '.')}"
    if found := _WITH_WORD.fullmatch(text):
        number = Decimal(found[1].replace(",", ".")) * _POWERS[found[2].lower()]
        raise InvalidValue(value, "is not written in digits", f"write {text} as {_digits_of(number)}{found[3]}")
    raise InvalidValue(value, "is not a number", _RULE)


def whole_in_cell(value: object) -> int:
    """Return the whole number in a cell; a single separator groups thousands, since it has no decimals.

    Raises:
        InvalidValue: it is not a whole number.

    >>> whole_in_cell("1.234"), whole_in_cell(12.0)
    (1234, 12)
    """
    text = _SPACES.sub("", value.strip()) if isinstance(value, str) else ""
    digits = re.sub("[^0-9]", "", text) if _GROUPED.fullmatch(text) else text or number_in_cell(value)
    if not re.fullmatch("[0-9]{1,30}", digits):
        raise InvalidValue(value, "is not a whole number", "write its digits: 1234")
    return int(digits)


def _digits_of(number: Decimal) -> str:
    """Return a number without an exponent, and without needless zeros after the point."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _digits(value: float) -> str:
    """Return a number of a spreadsheet, which keeps 15 digits of any."""
    number = Decimal(repr(value))
    if not number.is_finite() or len(number.normalize().as_tuple().digits) > _MOST_DIGITS:
        raise InvalidValue(value, "has more digits than a spreadsheet keeps", "give the cell the format of a text")
    return _digits_of(number)


def figure_in_cell(value: object, name: str) -> dict[str, Any]:
    """Return a count or a percentage in a cell as plain JSON: its number and its bound.

    Args:
        value: the cell.
        name: ``"count"`` or ``"percent"``.

    Raises:
        InvalidValue: it is not a figure, or has two readings.

    >>> figure_in_cell("at least 57", "count")
    {'number': 57, 'bound': 'at-least'}
    """
    if name == "percent" and isinstance(value, float) and 0 < abs(value) < 1:
        ways = f"{number_in_cell(value)} % or {number_in_cell(round(value * 100, 9))} %"
        raise InvalidValue(value, "is ambiguous, since a spreadsheet keeps 60 % as 0.6", f"write {ways} as text")
    bound, rest = bounded(value.strip()) if isinstance(value, str) else ("exact", value)
    if name == "percent" and isinstance(rest, str):
        rest = rest.removesuffix("%").strip()
    return {"number": whole_in_cell(rest) if name == "count" else number_in_cell(rest), "bound": bound}
