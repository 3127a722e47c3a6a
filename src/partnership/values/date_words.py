"""Dates in plain English, for lists that people read."""

from __future__ import annotations

import re

from partnership.values.when import When

__all__ = ["in_words"]

_MONTHS = ["January", "February", "March", "April", "May", "June"]
_MONTHS += ["July", "August", "September", "October", "November", "December"]
_STRETCHES = {
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
}
_DOUBT = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}
_PLAIN = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?([~?%])?")


def in_words(when: When) -> str:
    """Return a vague date in plain English; what has no plain words stays as it was written.

    >>> in_words(When("2020-11-19/2020-11-20"))
    '19 to 20 November 2020'
    >>> in_words(When("{2021,2022}"))
    '2021 and 2022'
    """
    text = when.text
    if text[0] in "[{":
        return _listed(text)
    begin, slash, end = text.partition("/")
    if not slash:
        return _simple(text)
    if begin == "..":
        return f"by {_simple(end)}"
    if end == "..":
        return f"from {_simple(begin)} on"
    return _span(begin, end)


def _simple(text: str) -> str:
    found = _PLAIN.fullmatch(text)
    if not found:
        return text
    year, month, day, doubt = found.groups()
    words = year if month is None else f"{_stretch(int(month))} {year}"
    return _DOUBT.get(doubt, "") + (f"{int(day)} {words}" if day else words)


def _stretch(code: int) -> str:
    return _STRETCHES[code] if code in _STRETCHES else _MONTHS[code - 1]


def _span(begin: str, end: str) -> str:
    if not begin or not end:
        return f"until {_simple(end)}" if end else f"since {_simple(begin)}"
    first, last = _simple(begin), _simple(end)
    shared = 0
    while (
        shared < min(len(first.split()), len(last.split())) - 1
        and first.split()[-1 - shared :] == last.split()[-1 - shared :]
    ):
        shared += 1
    kept = " ".join(first.split()[: len(first.split()) - shared])
    return f"{kept} to {last}"


def _listed(text: str) -> str:
    joined = "and" if text[0] == "{" else "or"
    parts = text[1:-1].split(",")
    words = [_range(one) if ".." in one else _simple(one) for one in parts]
    return f" {joined} ".join(words)


def _range(text: str) -> str:
    begin, _, end = text.partition("..")
    if not begin or not end:
        return f"by {_simple(end)}" if end else f"{_simple(begin)} or later"
    return f"some day from {_simple(begin)} to {_simple(end)}"
