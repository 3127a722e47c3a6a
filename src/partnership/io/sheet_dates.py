"""Dates in the cells of a sheet, as people and spreadsheets write them. The order of day and month is never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache

from partnership.errors import InvalidValue, Setting
from partnership.values.month_names import month_meant
from partnership.values.when import DATE_ADVICE, MONTHS, When, month_length

_MONTHS = {name.lower(): number for number, name in enumerate(MONTHS, 1)}
_MONTHS |= {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)} | {"sept": 9}
_PARTS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_PARTS |= {f"q{number}": 32 + number for number in (1, 2, 3, 4)}
_PARTS |= {f"{name} quarter": 32 + number for number, name in enumerate(("first", "second", "third", "fourth"), 1)}
_PARTS |= {f"{name} quarter": 32 + number for number, name in enumerate(("1st", "2nd", "3rd", "4th"), 1)}
_PARTS |= {"first half": 40, "second half": 41, "1st half": 40, "2nd half": 41, "h1": 40, "h2": 41}
"""Parts of a year, by their codes in EDTF."""
_ABOUT = {"about": "~", "around": "~", "circa": "~", "ca": "~", "c": "~", "perhaps": "?", "possibly": "?"}
_BOUNDS: dict[str, Callable[[str], str]] = {
    "by": "../{}".format,
    "not later than": "../{}".format,
    "no later than": "../{}".format,
    "until": "/{}".format,
    "since": "{}/".format,
    "not before": "{}/..".format,
    "not earlier than": "{}/..".format,
    "no earlier than": "{}/..".format,
}
"""Words before a date that leave one side of it open."""
_DAY = "([0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH = f"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\\.?"
_YEAR = "([0-9]{4})"
_DASH = "(?: ?[-–] ?| to )"  # noqa: RUF001  an en dash, as people print a range
_NUMERIC = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([./-])[0-9a-z]{1,9}\1[0-9]{2}")
_SERIAL = range(20_000, 80_000)
"""Days since 1899-12-30 as spreadsheets count them: 1954 to 2119."""
_YEARS = range(1000, 3000)
_FOUR_DIGITS = "write the year with four digits"
_ADVICE = "write 17 June 2020, June 2020, 2020, about June 2020, by June 2020; or EDTF: 2020-06-17, 2020-06"
_BEFORE = re.compile("^(?:in |on |during )?(?:the )?")
"""Words that people put before a date, and that say nothing of it."""
_EARLY, _MIDDLE, _LATE = range(3)
_VAGUE = {"early": _EARLY, "beginning": _EARLY, "start": _EARLY, "anfang": _EARLY, "début": _EARLY, "awal": _EARLY}
_VAGUE |= {"mid": _MIDDLE, "middle": _MIDDLE, "mitte": _MIDDLE, "mi": _MIDDLE, "pertengahan": _MIDDLE}
_VAGUE |= {"late": _LATE, "end": _LATE, "ende": _LATE, "fin": _LATE, "akhir": _LATE}
"""Words for a part of a year or of a month that nobody defines."""
_VAGUE_DATE = re.compile(f"({'|'.join(sorted(_VAGUE, key=len, reverse=True))})(?:[ -]of)?(?:[ -]the)?(?: de)?[ -](.+)")
_END = re.compile("(?:by|until|till) (?:the )?end(?:[ -]of)?[ -](.+)")
_SIDE = re.compile("(before|prior to|after) (.+)")
_TWO_WORDS = re.compile(r"([^\W\d]+) ?(?:[/,&–-]|and|or|to|und|oder|et|ou|bis) ?([^\W\d]+) ([0-9]{4})")  # noqa: RUF001
_TWO_DAYS = re.compile(rf"{_DAY} ?(?:/|,|&|and|or) ?{_DAY} ([^\W\d]+),? ([0-9]{{4}})")
_TWO_YEARS = re.compile("([0-9]{2})([0-9]{2})[/–-]([0-9]{2})")  # noqa: RUF001
_DAYS_FIRST = Setting("or say that days come first", "day_first", True)  # noqa: FBT003
_EPOCH = date(1899, 12, 30).toordinal()

_LENGTH_OF_YEAR = len("2020")

Groups = tuple[str, ...]


def _joined(year: str, month: int | str, day: str = "") -> str:
    number = month if isinstance(month, int) else _MONTHS[month]
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day else "")


_FORMS: tuple[tuple[re.Pattern[str], Callable[[Groups], str]], ...] = tuple(
    (re.compile(pattern), form)
    for pattern, form in (
        (f"{_DAY}[ -]?(?:of )?{_MONTH}[ -]?,? ?{_YEAR}", lambda found: _joined(found[2], found[1], found[0])),
        (f"{_MONTH} ?{_DAY},? ?{_YEAR}", lambda found: _joined(found[2], found[0], found[1])),
        (f"{_YEAR}[ -]?{_MONTH}[ -]?{_DAY}", lambda found: _joined(found[0], found[1], found[2])),
        (f"{_MONTH}[ -]?(?:of )?,? ?{_YEAR}", lambda found: _joined(found[1], found[0])),
        ("([0-9]{4})([./-])([0-9]{1,2})\\2([0-9]{1,2})", lambda found: _joined(found[0], int(found[2]), found[3])),
        ("([0-9]{1,2})[./-]([0-9]{4})", lambda found: _joined(found[1], int(found[0]))),
        ("([0-9]{4})([0-9]{2})([0-9]{2})", "-".join),
        ("([0-9]{4}-[0-9]{2}-[0-9]{2})[t ][0-9]{2}:[0-9]{2}.*", lambda found: found[0]),
        (f"({'|'.join(_PARTS)}) (?:of )?{_YEAR}", lambda found: f"{found[1]}-{_PARTS[found[0]]}"),
        (f"{_YEAR}[ -]?(q[1-4]|h[12])", lambda found: f"{found[0]}-{_PARTS[found[1]]}"),
        ("(?:the )?([0-9]{3})0s", lambda found: f"{found[0]}X"),
        (
            f"{_DAY}{_DASH}{_DAY} (?:of )?{_MONTH},? ?{_YEAR}",
            lambda found: f"{_joined(found[3], found[2], found[0])}/{_joined(found[3], found[2], found[1])}",
        ),
        (
            f"{_MONTH} {_DAY}{_DASH}{_DAY},? ?{_YEAR}",
            lambda found: f"{_joined(found[3], found[0], found[1])}/{_joined(found[3], found[0], found[2])}",
        ),
        (
            f"{_DAY} {_MONTH}{_DASH}{_DAY} {_MONTH},? ?{_YEAR}",
            lambda found: f"{_joined(found[4], found[1], found[0])}/{_joined(found[4], found[3], found[2])}",
        ),
        (
            f"{_DAY} {_MONTH} {_YEAR}{_DASH}{_DAY} {_MONTH} {_YEAR}",
            lambda found: f"{_joined(found[2], found[1], found[0])}/{_joined(found[5], found[4], found[3])}",
        ),
    )
)
"""Ways in which people write a date that have one meaning, in lower case."""


def date_in_cell(value: object, *, day_first: bool = False) -> str:
    """Return the date in a cell as EDTF.

    Args:
        value: a text, a number, or the date of a date cell, whose time of day is left out.
        day_first: whether of two numbers the first is the day. Otherwise a date with two readings is refused.

    Raises:
        InvalidValue: it is not a date, or has two readings; the message says what to write.

    >>> date_in_cell("17 June 2020"), date_in_cell("17.06.2020"), date_in_cell("about June 2020")
    ('2020-06-17', '2020-06-17', '2020-06~')
    >>> date_in_cell("03/04/2026", day_first=True)
    '2026-04-03'
    """
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value)
    if not isinstance(value, str):
        raise InvalidValue(value, "is not a date", "write it as 2020-06-17, 2020-06 or 2020")
    return _of_text(value, day_first)


@lru_cache(maxsize=4096)
def _of_text(value: str, day_first: bool) -> str:  # noqa: FBT001  which a cache needs by position
    try:
        return When(value.strip()).text
    except InvalidValue as error:
        written = " ".join(unicodedata.normalize("NFKC", value).lower().split())
        plain = _BEFORE.sub("", written, count=1)
        edtf = _of_numbers(value, plain, day_first=day_first) or _of_words(plain)
        edtf = edtf or (_edtf_part(plain) if plain != written else None)
        if edtf is None:
            raise _refusal(value, plain, error) from None
        try:
            return When(edtf).text
        except InvalidValue as refused:  # 31 June
            raise InvalidValue(value, refused.reason, refused.instead) from None


def _of_number(value: float) -> str:
    """Return the year that a number is. A date of a spreadsheet without its format is refused, and shown."""
    if value == int(value):
        if value in _YEARS:
            return f"{int(value)}"
        if value in _SERIAL:
            day = date.fromordinal(_EPOCH + int(value))
            rule = f"if {day} is meant, give the cell the format of a date"
            raise InvalidValue(int(value), "is a number", f"{rule}, or write it as text")
    raise InvalidValue(value, "is not a date", "write it as 2020-06-17, 2020-06 or 2020")


def _of_numbers(value: str, plain: str, *, day_first: bool) -> str | None:
    """Return the date in a text of two numbers and a year; None if the text is none."""
    found = _NUMERIC.fullmatch(plain)
    if not found:
        return None
    first, _, second, year = found.groups()
    readings = [_joined(year, int(second), first)]
    if not day_first:
        readings.append(_joined(year, int(first), second))
    days = list(dict.fromkeys(reading for reading in readings if _date(reading)))
    if len(days) > 1:
        _, month, day = map(int, days[0].split("-"))
        ways = f"{days[0]} ({day} {MONTHS[month - 1]}) or {days[1]} ({month} {MONTHS[day - 1]})"
        raise InvalidValue(value, "is ambiguous", f"write {ways}", _DAYS_FIRST)
    return days[0] if days else readings[0]


def _of_words(plain: str) -> str | None:
    """Return the date in words; None if the text has none, or several readings."""
    for words, form in _BOUNDS.items():
        if plain.startswith(f"{words} "):
            inner = _of_words(plain.removeprefix(f"{words} ")) or _edtf_part(plain.removeprefix(f"{words} "))
            return form(inner) if inner else None
    if found := re.fullmatch("from (.+) on", plain):
        inner = _of_words(found[1]) or _edtf_part(found[1])
        return f"{inner}/.." if inner else None
    first, _, rest = plain.partition(" ")
    if mark := _ABOUT.get(first.rstrip(".")):
        if mark == "?" and rest.startswith("about "):
            mark, rest = "%", rest.removeprefix("about ")
        inner = _of_words(rest) or _edtf_part(rest)
        return f"{inner}{mark}" if inner and not set(inner) & set("/~?%[{") else None
    return next((form(found.groups()) for pattern, form in _FORMS if (found := pattern.fullmatch(plain))), None)


def _edtf_part(plain: str) -> str | None:
    """Return a text that is a year, a month or a day already."""
    return plain if re.fullmatch("[0-9]{4}(-[0-9]{2}){0,2}", plain) else None


def _refusal(value: str, plain: str, error: InvalidValue) -> InvalidValue:
    """Return why a text is no date, with what to write in its place."""
    if _SHORT_YEAR.fullmatch(plain):
        return InvalidValue(value, "is a date whose year has two digits", _FOUR_DIGITS)
    english = _in_english(plain)
    if advice := _advice(english):
        return InvalidValue(value, "is not a date as it stands", advice)
    if english != plain and (edtf := _of_words(english)) and _date(edtf):
        return InvalidValue(value, "is not a date in English", f"write {edtf}")
    if error.instead == DATE_ADVICE or error.reason.startswith("contains"):
        return InvalidValue(value, "is not a date", _ADVICE)
    return InvalidValue(value, error.reason, error.instead)


def _in_english(plain: str) -> str:
    """Return a text with its months in English, and without what other languages have beside them."""
    words = re.sub(r"(?<![\w])([0-9]{1,2})\. ", r"\1 ", re.sub("^(?:am|im|le|el|tanggal) ", "", plain))
    words = re.sub(r"tháng ([1-9]|1[0-2])(?: năm)?(?= )", lambda found: MONTHS[int(found[1]) - 1], words)
    words = re.sub(
        r"[^\W\d]+", lambda found: MONTHS[month - 1] if (month := month_meant(found[0])) else found[0], words
    )
    return re.sub("(?<=[a-z0-9]) de(?= )", "", words.lower())


def _advice(plain: str) -> str | None:
    """Return how to write what has no one form: two months, the end of a year, a day that is not included."""
    for pattern, advice in _ADVICE_OF:
        if found := pattern.fullmatch(plain):
            return advice(found.groups())
    return None


def _by_the_end(found: Groups) -> str | None:
    inner = _year_or_month(found[0])
    return f"write ../{inner}{'-12' * (len(inner) == _LENGTH_OF_YEAR)}" if inner else None


def _beside(found: Groups) -> str | None:
    """Return the advice for a date that is before another, or after it."""
    is_after, edtf = found[0] == "after", _single(found[1])
    when = When(edtf) if edtf else None
    day = None if when is None else when.latest if is_after else when.earliest
    if day is None or day in (date.min, date.max):
        return None
    if is_after:
        return f"write {day + timedelta(days=1)}/.. (not before that day)"
    return f"write ../{day - timedelta(days=1)} (by that day)"


def _vaguely(found: Groups) -> str | None:
    """Return the advice for the beginning, the middle or the end of a year or of a month."""
    inner, third = _year_or_month(found[1]), _VAGUE[found[0]]
    if inner is None:
        return None
    if len(inner) == _LENGTH_OF_YEAR:
        unit, first, last = "months", 4 * third + 1, 4 * third + 4
    else:
        unit, first, last = "days", 10 * third + 1, 10 * third + 10
        if third == _LATE:
            last = month_length(*map(int, inner.split("-")))
    return f"write {inner}, or the {unit} that are meant, such as [{inner}-{first:02}..{inner}-{last:02}]"


def _two_years(found: Groups) -> str | None:
    """Return the advice for two years of a century; for 2024-99, which is rather a wrong month, there is none."""
    is_near = int(found[2]) - int(found[1]) <= _MOST_YEARS
    return _two(f"{found[0]}{found[1]}", f"{found[0]}{found[2]}") if is_near else None


_MOST_YEARS = 30
"""Years between the two of a span that is written as 2020-50."""


def _two(first: str | None, second: str | None) -> str | None:
    """Return the ways to write two dates of which the first is the earlier one."""
    if first is None or second is None or not When(first).surely_before(second):
        return None
    some_day = f"[{first}..{second}]"
    some_day = some_day if _date(some_day) else f"[{first},{second}]"
    return (
        f"write {first}/{second} (from, to) or {some_day} (some day within) or {{{first},{second}}} (in each of them)"
    )


_ADVICE_OF: tuple[tuple[re.Pattern[str], Callable[[Groups], str | None]], ...] = (
    (_END, _by_the_end),
    (_SIDE, _beside),
    (_VAGUE_DATE, _vaguely),
    (_TWO_YEARS, _two_years),
    (_TWO_WORDS, lambda found: _two(_single(f"{found[0]} {found[2]}"), _single(f"{found[1]} {found[2]}"))),
    (_TWO_DAYS, lambda found: _two(*(_single(f"{day} {found[2]} {found[3]}") for day in found[:2]))),
)


def _single(plain: str) -> str | None:
    """Return the EDTF of one date; None if the text is none."""
    edtf = _of_words(plain) or _edtf_part(plain)
    return edtf if edtf and _date(edtf) else None


def _year_or_month(plain: str) -> str | None:
    inner = _single(plain)
    return inner if inner and re.fullmatch("[0-9]{4}(-(0[1-9]|1[0-2]))?", inner) else None


def _date(edtf: str) -> When | None:
    try:
        return When(edtf)
    except InvalidValue:
        return None
