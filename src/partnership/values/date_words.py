"""Format dates in English for people: every form of EDTF has words that name the same days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from partnership.values.text import either
from partnership.values.when import MONTHS, When, month_length

_SEASONS = {
    **dict.fromkeys((21, 25), "spring"),
    **dict.fromkeys((22, 26), "summer"),
    **dict.fromkeys((23, 27), "autumn"),
    **dict.fromkeys((24, 28), "winter"),
    29: "southern spring",
    30: "southern summer",
    31: "southern autumn",
    32: "southern winter",
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
_LAST_SEASON = "32"  # what follows are quarters, thirds and halves
_ACROSS_YEARS = (24, 28, 30)  # seasons that end in the year after
_QUALIFIERS = {"~": "about ", "?": "perhaps ", "%": "perhaps about "}
_DOUBTS = {"~": "approximate", "?": "uncertain", "%": "uncertain and approximate"}
_COMPONENTS = ("year", "month", "day")
_MARK = re.compile("[?~%]")
_YEAR_OR_PART = re.compile("[0-9]{4}(-[0-9]{2})?")
_PLAIN_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PLAIN = re.compile("[0-9]{4}(-(0[0-9]|1[0-2])(-[0-9]{2})?)?")
_UNITS = {4: "year", 7: "month", 10: "day"}  # by the length of the date
_LEAP_YEAR = 2000


def in_words(when: When | date) -> str:
    """Return a date in English. Its words name the days that the date names, and the doubt that it has.

    >>> in_words(When("2020-11-19/2020-11-20"))
    '19 to 20 November 2020'
    >>> in_words(When("{2019..2021}"))
    'each year from 2019 to 2021'
    """
    text = when.text if isinstance(when, When) else when.isoformat()
    if text[0] in "[{":
        return _list_in_words(text)
    return _span_in_words(*text.split("/")) if "/" in text else _single_date_in_words(text)


def planned_in_words(when: When) -> str:
    """Return a planned date in English: one without a last day says from when on, not that it lasts.

    >>> planned_in_words(When("2026-03/..")), planned_in_words(When("2026-03-05/"))
    ('not before March 2026', 'from 5 March 2026')
    """
    begin, slash, end = when.text.partition("/")
    is_open = slash and end in ("", "..") and begin not in ("", "..")
    return f"{'not before' if end else 'from'} {_single_date_in_words(begin)}" if is_open else in_words(when)


def since_in_words(when: When) -> str:
    """Return in English the last part of a planned date, since which it is past: the end of a span, the last of a list.

    A year, a month or another part of a year is past since its end.

    >>> since_in_words(When("2020-12")), since_in_words(When("2014-10-16/2014-10-18"))
    ('the end of December 2020', '18 October 2014')
    """
    begin, _, end = when.text.strip("[]{}").rpartition("/")
    last = (end if end not in ("", "..") else begin).rpartition(",")[2]
    first, _, last = last.rpartition("..")
    words = _single_date_in_words(last or first)
    if not _YEAR_OR_PART.fullmatch(last or first):
        return words
    return f"the end of {'the ' if (last or first)[5:] > _LAST_SEASON else ''}{words}"


def moment_in_words(moment: date | datetime) -> str:
    """Return a day in English; of a datetime, also its time with its time zone.

    >>> moment_in_words(date(2020, 6, 17))
    '17 June 2020'
    """
    if isinstance(moment, datetime):
        return f"{in_words(moment.date())}, {moment.timetz().isoformat('seconds')}"
    return in_words(moment)


def _span_in_words(begin: str, end: str) -> str:
    if begin in ("", ".."):
        return f"{'by' if begin else 'until'} {_single_date_in_words(end)}"
    if end in ("", ".."):
        return f"from {_single_date_in_words(begin)} on" if end else f"since {_single_date_in_words(begin)}"
    if begin == end:  # the span of one day is that day
        within = "" if _PLAIN_DAY.fullmatch(_MARK.sub("", begin)) else "within "
        return within + _single_date_in_words(begin)
    return _from_to(begin, end)


def _from_to(begin: str, end: str) -> str:
    """Join two dates with "to", and leave out of the first the month and year that the second repeats."""
    first, last = _single_date_in_words(begin).split(), _single_date_in_words(end).split()
    shared = 0
    if len(begin) == len(end) and _PLAIN.fullmatch(begin) and _PLAIN.fullmatch(end):
        while shared < len(first) - 1 and first[-1 - shared :] == last[-1 - shared :]:
            shared += 1
    return f"{' '.join(first[: len(first) - shared])} to {' '.join(last)}"


def _list_in_words(text: str) -> str:
    """Return the words of ``[a,b]``, one of them, or of ``{a,b}``, each of them."""
    opening, dates = text[0], text[1:-1].split(",")
    *most, last = [_range_in_words(part, opening) if ".." in part else _single_date_in_words(part) for part in dates]
    comma = "," if most and ".." in text else ""
    return f"{', '.join(most)}{comma} {'and' if opening == '{' else 'or'} {last}" if most else last


def _range_in_words(text: str, opening: str) -> str:
    begin, _, end = text.partition("..")
    if begin == end:
        return _single_date_in_words(begin)
    if not begin or not end:
        return f"by {_single_date_in_words(end)}" if end else f"{_single_date_in_words(begin)} or later"
    one = "some day" if opening == "[" else f"each {_UNITS[len(begin)]}"
    return f"{one} from {_from_to(begin, end)}"


def _single_date_in_words(text: str) -> str:
    """Return the words of a date that is neither a span nor a list, and of the doubt about it or its components."""
    marks, words = _MARK.findall(text), _undoubted_date_in_words(*_MARK.sub("", text).split("-"))
    if not marks:
        return words
    if len(marks) == 1 and (text[-1] in marks or "-" not in text):
        return _QUALIFIERS[marks[0]] + words
    components = zip(_COMPONENTS, map(_MARK.search, text.split("-")), strict=False)
    return f"{words} ({', '.join(f'{name} {_DOUBTS[mark[0]]}' for name, mark in components if mark)})"


def _undoubted_date_in_words(year: str, month: str | None = None, day: str | None = None) -> str:
    """Return the words of a date from its components, in which ``X`` stands for any digit."""
    if month is None:
        return f"the {year[:3]}0s" if year[-1] == "X" and year[2] not in "0X" else _some_year(year)
    if month.isdigit() and int(month) in _SEASONS:
        season = _SEASONS[int(month)]
        return f"{season} of {year} to {int(year) + 1}" if int(month) in _ACROSS_YEARS else f"{season} {year}"
    months = _matching_numbers(month, 12)
    names = "some month" if month == "XX" else _one_of(months, [MONTHS[number - 1] for number in months], "month")
    has_day_and_month = len(months) == 1 and year.isdigit()
    words = f"{names}{'' if has_day_and_month else ' of'} {_some_year(year)}"
    if day is None:
        return words
    longest = max(month_length(int(year) if year.isdigit() else _LEAP_YEAR, number) for number in months)
    days = _matching_numbers(day, longest)
    if day == "XX":
        return f"some day in {words}"
    if len(days) == len(months) == 1:
        return f"{days[0]} {words}"
    return f"{_one_of(days, [f'the {ordinal_in_figures(number)}' for number in days], 'day')} of {words}"


def _matching_numbers(pattern: str, limit: int) -> list[int]:
    """Return the numbers of months or days that a component names: one, unless it has an ``X``."""
    if "X" not in pattern:
        return [int(pattern)]
    return [number for number in range(1, limit + 1) if re.fullmatch(pattern.replace("X", "."), f"{number:02}")]


def _some_year(year: str) -> str:
    if year.isdigit():
        return year
    return "some year" if year == "XXXX" else f"some year from {year.replace('X', '0')} to {year.replace('X', '9')}"


def _one_of(numbers: Sequence[int], names: Sequence[str], unit: str) -> str:
    """Return the words for one of some months or days: the first and the last of a run, or all names."""
    if 1 < len(numbers) - 1 == numbers[-1] - numbers[0]:
        return f"some {unit} from {names[0]} to {names[-1]}"
    return either(names)


def ordinal_in_figures(number: int) -> str:
    """Return the ordinal of a number.

    >>> [ordinal_in_figures(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 112)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '112th']
    """
    is_teen = number // 10 % 10 == 1
    return f"{number}{'th' if is_teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
