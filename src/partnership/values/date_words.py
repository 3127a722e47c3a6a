"""Format dates in English for people."""

from __future__ import annotations

import re

from partnership.values.when import MONTHS, When

__all__ = ["in_words"]

_SEASONS = {
    **dict.fromkeys((21, 25, 31), "spring"),
    **dict.fromkeys((22, 26, 32), "summer"),
    **dict.fromkeys((23, 27, 29), "autumn"),
    **dict.fromkeys((24, 28, 30), "winter"),
    33: "first quarter of",
    34: "second quarter of",
    35: "third quarter of",
    36: "fourth quarter of",
    37: "first third of",
    38: "second third of",
    39: "last third of",
    40: "first half of",
    41: "second half of",
}  # EDTF codes of parts of a year
_QUALIFIERS = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}
_SINGLE_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?([~?%])?")


def in_words(when: When) -> str:
    """Return a date in English; a form without an English wording, such as ``1997-06-0X``, is returned unchanged.

    >>> in_words(When("2020-11-19/2020-11-20"))
    '19 to 20 November 2020'
    >>> in_words(When("{2021,2022}"))
    '2021 and 2022'
    """
    text = when.text
    if text[0] in "[{":
        return _list_in_words(text)
    begin, slash, end = text.partition("/")
    if not slash:
        return _single_date_in_words(text)
    if begin == "..":
        return f"by {_single_date_in_words(end)}"
    if end == "..":
        return f"from {_single_date_in_words(begin)} on"
    return _span_in_words(begin, end)


def _single_date_in_words(text: str) -> str:
    match = _SINGLE_DATE.fullmatch(text)
    if not match:
        return text
    year, month, day, qualifier = match.groups()
    words = year if month is None else f"{_month_or_season(int(month))} {year}"
    return _QUALIFIERS.get(qualifier, "") + (f"{int(day)} {words}" if day else words)


def _month_or_season(code: int) -> str:
    return _SEASONS[code] if code in _SEASONS else MONTHS[code - 1]


def _span_in_words(begin: str, end: str) -> str:
    """Join two dates with "to", and leave out of the first the month and year that the second repeats."""
    if not begin or not end:
        return f"until {_single_date_in_words(end)}" if end else f"since {_single_date_in_words(begin)}"
    first, last = _single_date_in_words(begin).split(), _single_date_in_words(end).split()
    shared = 0
    while shared < min(len(first), len(last)) - 1 and first[-1 - shared :] == last[-1 - shared :]:
        shared += 1
    return f"{' '.join(first[: len(first) - shared])} to {' '.join(last)}"


def _list_in_words(text: str) -> str:
    conjunction = "and" if text[0] == "{" else "or"
    parts = text[1:-1].split(",")
    return f" {conjunction} ".join(
        _range_in_words(part) if ".." in part else _single_date_in_words(part) for part in parts
    )


def _range_in_words(text: str) -> str:
    begin, _, end = text.partition("..")
    if not begin or not end:
        return f"by {_single_date_in_words(end)}" if end else f"{_single_date_in_words(begin)} or later"
    return f"some day from {_single_date_in_words(begin)} to {_single_date_in_words(end)}"
