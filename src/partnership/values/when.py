"""Dates as people write them: a day, a month, a season, about then, from then to then, one of these."""
# ruff: noqa: SLF001  the functions here are the inside of When: they read what it keeps to itself

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections import Counter
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, NoReturn, final

from attrs import frozen

from partnership.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence

__all__ = ["When", "finest", "sense"]

_LONGEST = 100  # characters of a text; the longest in the claims that shaped this has 24
_MOST = 1000  # members of {a..b}: some three years, day by day
_MANY = 8  # dates of which each is compared with each
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
_MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_STARTS = (3, 6, 9, 12, 3, 6, 9, 12, 9, 12, 3, 6, 1, 4, 7, 10, 1, 5, 9, 1, 7)  # months of the seasons from 21 on:
# four northern by convention, four northern by name, four southern, quarters, thirds, halves
_SEASONS = {f"{n}": (month, 3 if n < 37 else 4 if n < 40 else 6) for n, month in enumerate(_STARTS, 21)}  # noqa: PLR2004
_WORDS = {name[:3].lower(): f"{number:02}" for number, name in enumerate(_MONTHS, 1)}
_WORDS |= {"spr": "21", "sum": "22", "aut": "23", "win": "24", "q1": "33", "q2": "34", "q3": "35", "q4": "36"}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MARK = re.compile(r"[?~%]")
_SIMPLE = re.compile(
    r"(?!.*[?~%][0-9X]+[?~%])[?~%]?"  # not two marks on one part
    r"(?!0000)(?:[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|[0-9]XXX|XXXX)(?:[?~%]?-[?~%]?[0-9X]{2}){0,2}[?~%]?"
)
_FORMS = "write a year from 0001 to 9999 first: 2020, 2020-06, 2020-06-17, 2020-06~ (about June), 2020/2021 (from, to)"
_LISTS = "write [2020,2021-06] (one of them), {2020,2021-06} (each of them) or [2020..2021-06] (some day within)"
_RUNS = f"write two years, months or days in order, as {{2020..2022}}, for {_MOST} members at the most"
_Kind = Literal["stretch", "gaps", "one-of", "span", "each"]


class _Reach(NamedTuple):
    """The days on which something may begin or end, as ordinals; those outside the calendar mean no bound."""

    first: int
    last: int
    lo: int  # the same two, with room for doubt
    hi: int


_UNBOUNDED = _Reach(_FIRST - 1, _LAST + 1, _FIRST - 1, _LAST + 1)


_NO_ORDER = "a When is not < or > another, for one may be vague: ask surely_before or maybe_before"


@final
@frozen(init=False, repr=False)
class When:
    """A date as people write it, possibly vague or doubted.

    A day, a month, a year, a season or a stretch such as ``199X`` is *some one day* in it. ``a/b`` *lasted* from a to
    b; ``a/`` until nobody knows when. ``[a..b]`` and ``[a,b]`` are some one day within, ``../b`` and ``a/..`` some one
    up to b, from a on (for EDTF, spans that go on). ``{a,b}`` is each of them: two occurrences. A winter (24, 28;
    southern summer: 30) begins in December and ends in the next year.

    Doubt (``~`` about, ``?`` perhaps, ``%`` both) leaves the bounds as they are; comparisons reckon with one unit more
    on both sides: a day, month, year, season, or the width of ``199X``, whatever is marked; the coarsest, if several
    are. They take ``{a,b}`` as a span from its first to its last day, and ``[a,b]`` and ``2020-XX-15`` as some day
    between the first and the last. ``<`` is refused: it would have to guess.

    Args:
        text: what was written; or a day; or an aware datetime, of which the day in its own time zone is kept.

    Attributes:
        text: what was written, with lists in order and each member once. Values are equal by it.
        earliest: the first day that it may touch; None where that side is open or unknown.
        latest: the last day that it may touch; None where that side is open or unknown.
        start: the range in which it begins.
        end: the range in which it ends, which is never before it can have begun.
        is_span: whether it lasted from one day to another.
        is_day: whether it is one known day, without a doubt.
        is_doubtful: whether it carries a mark of doubt.

    Raises:
        InvalidValue: it is no date; the message says what to write.

    Source: ISO 8601-2:2019 (EDTF, levels 0 to 2) but for times of day and years outside 0001 to 9999.

    >>> When("2020-06").latest, When("2021-24").latest, When("2017/..").latest
    (datetime.date(2020, 6, 30), datetime.date(2022, 2, 28), None)
    """

    text: str
    earliest: date | None
    latest: date | None
    start: tuple[date | None, date | None]
    end: tuple[date | None, date | None]
    is_span: bool
    is_day: bool
    is_doubtful: bool
    _kind: _Kind
    _begins: _Reach
    _ends: _Reach
    _parts: tuple[When, ...]  # of [a,b] and {a,b}; of {a..b} its `members` are made when they are asked for

    def __new__(cls, text: str | date | When) -> When:  # noqa: D102  told by its class
        if isinstance(text, When):
            return text
        written = text[:] if isinstance(text, str) else _day_of(text)  # a plain str, even of a subclass
        if len(written) > _LONGEST:
            raise InvalidValue(written, f"is too long for a date: over {_LONGEST} characters", _FORMS)
        try:
            return _list(written) if written.startswith(("[", "{")) else _parse(written)  # lists may be large: no cache
        except InvalidValue as wrong:
            raise _refusal(written, wrong) from None

    @property
    def members(self) -> tuple[When, ...]:
        """Each of ``{a,b}``; of anything else, itself alone."""
        return (self,) if self._kind != "each" else self._parts or _one_by_one(self.text)

    def surely_before(self, other: When | date) -> bool:
        """Tell whether its last day is before the first day of *other* in every reading of both."""
        return self._ends.hi < _other(other)._begins.lo

    def maybe_before(self, other: When | date) -> bool:
        """Tell whether its last day is before the first day of *other* in some reading."""
        return self._ends.lo < _other(other)._begins.hi

    def surely_after(self, other: When | date) -> bool:
        """Tell whether its first day is after the last day of *other* in every reading of both."""
        return _other(other)._ends.hi < self._begins.lo

    def maybe_after(self, other: When | date) -> bool:
        """Tell whether its first day is after the last day of *other* in some reading."""
        return _other(other)._ends.lo < self._begins.hi

    def surely_overlaps(self, other: When | date) -> bool:
        """Tell whether they share a day in every reading: of two single days, that they are one."""
        its = _other(other)
        return self._begins.hi <= its._ends.lo and its._begins.hi <= self._ends.lo

    def maybe_overlaps(self, other: When | date) -> bool:
        """Tell whether they share a day in some reading."""
        its = _other(other)
        return self._begins.lo <= its._ends.hi and its._begins.lo <= self._ends.hi

    def surely_by(self, day: When | date) -> bool:
        """Tell whether it is over by the end of *day* in every reading of both."""
        return self._ends.hi <= _other(day)._ends.lo

    def maybe_by(self, day: When | date) -> bool:
        """Tell whether it is over by the end of *day* in some reading."""
        return self._ends.lo <= _other(day)._ends.hi

    def covers(self, other: When | date) -> bool:
        """Tell whether *other* says the same, at least as finely.

        Only vagueness covers, and a span is none: of spans, start must cover start, and end end. What is no span also
        covers a span within it. ``[a,b]`` covers what a or b covers, ``{a,b}`` only as many others, one by one, and
        ``2020-XX-15`` nothing but itself. Doubt widens: ``2020-09`` does not cover ``2020-09~``.
        """
        its = _other(other)
        if "each" in (self._kind, its._kind):
            return len(self.members) == len(its.members) and all(map(When.covers, self.members, its.members))
        if not (self._parts or its._parts):
            return _holds(self, its)
        return all(any(_holds(one, that) for one in self._parts or (self,)) for that in its._parts or (its,))

    def __hash__(self) -> int:
        return hash(self.text)

    def __lt__(self, other: object) -> NoReturn:
        raise TypeError(_NO_ORDER)

    def __le__(self, other: object) -> NoReturn:
        raise TypeError(_NO_ORDER)

    def __gt__(self, other: object) -> NoReturn:
        raise TypeError(_NO_ORDER)

    def __ge__(self, other: object) -> NoReturn:
        raise TypeError(_NO_ORDER)

    def __repr__(self) -> str:
        return f"When({self.text!r})"

    def __str__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[type[When], tuple[str]]:
        return When, (self.text,)


def finest(whens: Collection[When]) -> list[When]:
    """Return those that cover no other strictly finer one, in the order given.

    >>> finest([When("2021"), When("2021-06-28"), When("2021-07")])
    [When('2021-06-28'), When('2021-07')]
    """
    if len(whens) <= _MANY:
        return [one for one in whens if not any(one.covers(other) and not other.covers(one) for other in whens)]
    senses = {when: sense(when) for when in whens}
    distinct = [*{meant: when for when, meant in senses.items()}.values()]
    times = Counter(part._begins.lo for when in distinct for part in when._parts or when.members)
    # what one covers has each part within one of its own: the part that fewest others begin with is looked for
    rarest = [(min(when._parts or when.members, key=lambda part: times[part._begins.lo]), when) for when in distinct]
    begins = _Row((part._begins.lo, part._ends.hi, when) for part, when in rarest)
    ends = _Row((part._ends.lo, part._ends.hi, when) for part, when in rarest)

    def is_beaten(when: When) -> bool:  # either row has all that a part covers: where one ends, nothing is left
        return any(
            other is not when and when.covers(other)
            for part in when._parts or when.members
            for pair in zip(
                begins.within(part._begins.lo, part._begins.hi, part._ends.hi),
                ends.within(part._ends.lo, part._ends.hi, part._ends.hi),
                strict=False,
            )
            for other in pair
        )

    beaten = {senses[when] for when in distinct if is_beaten(when)}
    return [when for when in whens if senses[when] not in beaten]


def sense(when: When) -> Hashable:
    """Return what two dates share if each covers the other, and only then.

    >>> sense(When("2021-06")) == sense(When("[2021-06-01..2021-06-30]"))
    True
    """
    if when._kind == "each":
        return tuple(map(sense, when.members))
    parts = when._parts or (when,)
    return frozenset(_reach(one) for one in parts if not any(_holds(o, one) and not _holds(one, o) for o in parts))


def _reach(when: When) -> Hashable:
    """Return the same of what is no list."""
    if when._kind == "gaps":
        return when.text
    inner = (when._begins.hi, when._ends.lo) if when.is_span else ()
    return when._begins.lo, when._ends.hi, *inner


class _Row:
    """Dates by a first day and a last one: those between two days are found without looking at the others.

    A tree over the dates by their first day has in each node the least of the last days below it.
    """

    def __init__(self, dates: Iterable[tuple[int, int, When]]) -> None:
        ordered = sorted(dates, key=lambda one: one[0])
        self._whens = [when for _, _, when in ordered]
        self._firsts = [first for first, _, _ in ordered]
        self._size = 1 << len(ordered).bit_length()
        self._least = [_LAST + 2] * (2 * self._size)
        self._least[self._size : self._size + len(ordered)] = [last for _, last, _ in ordered]
        for node in range(self._size - 1, 0, -1):
            self._least[node] = min(self._least[2 * node : 2 * node + 2])

    def within(self, low: int, high: int, most: int) -> Iterator[When]:
        """Yield those whose first day is from *low* to *high*, and whose last is not after *most*."""
        first, last = bisect_left(self._firsts, low), bisect_right(self._firsts, high)
        todo = [(1, 0, self._size)]
        while todo:
            node, begin, end = todo.pop()
            if begin < last and first < end and self._least[node] <= most:
                if end - begin == 1:
                    yield self._whens[begin]
                else:
                    middle = (begin + end) // 2
                    todo += [(2 * node, begin, middle), (2 * node + 1, middle, end)]


def _holds(mine: When, its: When) -> bool:
    """Whether one covers the other, neither of them a list."""
    if mine._begins.lo > its._begins.lo or mine._ends.hi < its._ends.hi:
        return False
    if mine.is_span:
        return its.is_span and mine._begins.hi >= its._begins.hi and mine._ends.lo <= its._ends.lo
    return mine._kind != "gaps" or mine == its


def _other(value: object) -> When:
    if isinstance(value, When):
        return value
    if isinstance(value, date) and not isinstance(value, datetime):
        return When(value)
    raise InvalidValue(value, "cannot be compared with a When", "give a When or a datetime.date")


def _day_of(value: object) -> str:
    if isinstance(value, datetime) and value.tzinfo is None:
        raise InvalidValue(value, "has no time zone, so nobody knows whose day it is", f"write '{value!s:.10}'")
    if isinstance(value, date):
        return value.isoformat()[:10]
    instead = "leave the field out" if value is None else "write text, as '2020-06-17', or give a datetime.date"
    raise InvalidValue(value, f"is no date but {type(value).__name__}", instead)


@lru_cache(maxsize=8192)
def _parse(text: str) -> When:
    if not _DAY.fullmatch(text):
        return _interval(text) if text.count("/") == 1 else _simple(text)
    try:
        day = date.fromisoformat(text).toordinal()
    except ValueError:
        return _simple(text)  # which says why
    return _when(text, "stretch", _Reach(day, day, day, day))


def _when(text: str, kind: _Kind, begins: _Reach, ends: _Reach | None = None, parts: Sequence[When] = ()) -> When:
    ends = ends or begins
    if begins.last < begins.first or not text.strip("X./[]-"):
        raise InvalidValue(text, "runs backwards", "write the earlier one first")
    a, b, c, d = (date.fromordinal(day) if _FIRST <= day <= _LAST else None for day in begins[:2] + ends[:2])
    is_day, doubt = kind not in ("span", "each") and begins.lo == begins.hi, _MARK.search(text) is not None
    when = object.__new__(When)
    when.__attrs_init__(text, a, d, (a, b), (c, d), kind == "span", is_day, doubt, kind, begins, ends, tuple(parts))  # pyright: ignore[reportAttributeAccessIssue]  attrs writes it
    return when


def _simple(text: str) -> When:
    if not _SIMPLE.fullmatch(text):
        raise InvalidValue(text, "is not a date", _FORMS)
    bare = _MARK.sub("", text)
    if bare == text:
        first, last = _bounds(text, *text.split("-"))
        return _when(text, "gaps" if "X" in text.rstrip("X-") else "stretch", _Reach(first, last, first, last))
    marked = _MARK.split(text, maxsplit=1)[0].count("-") + 1  # parts up to the first mark, which is the coarsest
    whole, unit = _parse(bare), _parse("-".join(bare.split("-")[:marked]))
    return _when(text, "stretch", _doubted(whole._begins, unit._begins))


def _bounds(text: str, year: str, month: str = "XX", day: str = "XX") -> tuple[int, int]:
    """Return the first and the last day of the calendar that are written so."""
    if month in _SEASONS and text == f"{year}-{month}" and year.isdigit():
        begin, length = _SEASONS[month]
        begin += 12 * int(year) - 1
        return _start(begin), _start(begin + length) - 1
    years = range(max(1, int(year.replace("X", "0"))), int(year.replace("X", "9")) + 1)
    months, days = _numbers(month, 12), _numbers(day, 31)

    def real(way: int) -> Iterator[date]:
        those = ((y, m) for y in years[::way] for m in months[::way])
        return (date(y, m, d) for y, m in those for d in days[::way] if d <= monthrange(y, m)[1])

    try:
        return next(real(1)).toordinal(), next(real(-1)).toordinal()
    except StopIteration:
        raise _no_such_day(text, year, month, day) from None


@lru_cache(maxsize=256)
def _numbers(pattern: str, limit: int) -> tuple[int, ...]:
    """Return the numbers from 1 that are written so: of ``1X``, among the months, 10, 11 and 12."""
    return tuple(n for n in range(1, limit + 1) if re.fullmatch(pattern.replace("X", "."), f"{n:02}"))


def _start(month: int) -> int:
    """Return the first day of a month that is counted from the year 0; outside the calendar, its edge."""
    year, month = divmod(month, 12)
    return _FIRST if year < 1 else date(year, month + 1, 1).toordinal() if year <= date.max.year else _LAST + 1


def _doubted(reach: _Reach, unit: _Reach) -> _Reach:
    """Return the reach with room for one unit more: whole months move by months, anything else by days."""
    first, last, begin, end = (12 * day.year + day.month - 1 for day in map(date.fromordinal, reach[:2] + unit[:2]))
    if reach[:2] == (_start(first), _start(last + 1) - 1):
        return _Reach(*reach[:2], _start(first - (end - begin + 1)), _start(last + 1 + end - begin + 1) - 1)
    days = unit.last - unit.first + 1
    return _Reach(*reach[:2], max(reach.first - days, _FIRST), min(reach.last + days, _LAST))


def _no_such_day(text: str, year: str, month: str, day: str) -> InvalidValue:
    if "X" in year + month + day.replace("XX", ""):
        return InvalidValue(text, "is not a date: there is no such day", _FORMS)
    if not _numbers(month, 12):
        return InvalidValue(text, f"is not a date: there is no month {month}", f"write 01 to 12, or {year} alone")
    name, length = _MONTHS[int(month) - 1], monthrange(int(year), int(month))[1]
    nearest = f"{year}-{month}-{length}, " if day > "00" else ""
    instead = f"write {nearest}{year}-{month} (some day in {name}) or {year}-{month}~ (about {name})"
    return InvalidValue(text, f"is not a date: {name}{f' {year}' * (month == '02')} has {length} days", instead)


def _interval(text: str) -> When:
    left, _, right = text.partition("/")
    a, b = (_UNBOUNDED if part in ("", "..") else _parse(part)._begins for part in (left, right))
    if ".." in (left, right):
        return _when(text, "stretch", _Reach(a.first, b.last, a.lo, b.hi))
    begins = _Reach(a.first, min(a.last, b.last), a.lo, min(a.hi, b.hi))
    return _when(text, "span", begins, _Reach(max(a.first, b.first), b.last, max(a.lo, b.lo), b.hi))


def _list(text: str) -> When:
    """Return some one of the dates in brackets, or each of those in braces."""
    opening, within, closing = text[0], text[1:-1], text[-1]
    if opening + closing not in ("[]", "{}") or not set("[]{}/").isdisjoint(within):
        raise InvalidValue(text, "is no list of plain dates", _LISTS)
    if opening == "{" and (run := _run(text)):
        return run
    parts = {part: _members(opening, part) for part in within.split(",")}
    found = {when for members in parts.values() for when in members}
    whens = sorted(found, key=lambda when: (when._begins.first, when.text))
    if len(whens) == 1:
        return whens[0]
    if len(whens) > _MOST:
        raise InvalidValue(text, "is too long a list", _RUNS)
    text = opening + ",".join(sorted(parts, key=lambda part: (parts[part][0]._begins.first, part))) + closing
    lows, highs = (_Reach(*map(of, *(when._begins for when in whens))) for of in (min, max))
    if opening == "{":
        return _when(text, "each", lows, highs, whens)
    return _when(text, "one-of", _Reach(lows.first, highs.last, lows.lo, highs.hi), parts=whens)


def _run(text: str) -> When | None:
    """Return ``{a..b}`` of a few years, months or days, without making each; None of any other list."""
    low, _, high = text[1:-1].partition("..")
    if not 0 < len(low) == len(high) or "," in text:
        return None
    first, last = _parse(low), _parse(high)
    if not all(f"{when.earliest}".startswith(when.text) for when in (first, last)):
        return None
    days = [date.fromordinal(when._begins.first) for when in (first, last)]
    begin, end = ({4: day.year, 7: 12 * day.year + day.month}.get(len(low), day.toordinal()) for day in days)
    return _when(text, "each", first._begins, last._begins) if 0 < end - begin < _MOST else None


@lru_cache(maxsize=64)  # a large one has a thousand
def _one_by_one(text: str) -> tuple[When, ...]:
    return tuple(_members("{", text[1:-1]))


def _members(opening: str, part: str) -> list[When]:
    low, dots, high = part.partition("..")
    if not dots:
        return [_parse(part)]
    if opening == "[":
        a, b = (_parse(end)._begins if end else _UNBOUNDED for end in (low, high))
        return [_when(f"[{part}]", "stretch", _Reach(a.first, b.last, a.lo, b.hi))]
    run, last = [_parse(low or high)], _parse(high or low)
    is_run = len(low) == len(high) and all(f"{when.earliest}".startswith(when.text) for when in (run[0], last))
    while is_run and run[-1]._begins < last._begins and len(run) < _MOST:
        run.append(_parse(f"{date.fromordinal(run[-1]._ends.last + 1)}"[: len(low)]))
    if not is_run or run[-1] != last:
        raise InvalidValue(part, "cannot be told one by one", _RUNS)
    return run


def _refusal(text: str, wrong: InvalidValue) -> InvalidValue:
    """Return why a text is no date, and what it was perhaps meant to be."""
    meant: list[When] = []
    failed: list[InvalidValue] = []
    for guess in dict.fromkeys(guess for guess in _guesses(text) if guess != text):
        try:
            meant.append(When(guess))
        except InvalidValue as why:
            failed.append(why)
    if len(meant) == 1:
        return InvalidValue(text, "is not a date as it stands", f"write {meant[0]}")
    if meant:
        days = (date.fromordinal(when._begins.first) for when in meant)
        ways = " or ".join(f"{day} ({day.day} {_MONTHS[day.month - 1]} {day.year})" for day in days)
        return InvalidValue(text, "can be read in two ways", f"write {ways}")
    if not any(map(str.isdigit, text)):
        return InvalidValue(text, "says no date", "leave the field out")
    if wrong.value != text and not failed:
        part = _refusal(str(wrong.value), wrong)
        return InvalidValue(text, f"holds {part.value!r}, which {part.reason}", part.instead)
    return InvalidValue(text, *(failed or [wrong])[0].args[1:])


def _guesses(text: str) -> Iterator[str]:
    """Yield what else somebody may have written for it: in another order, in words, with blanks, with a time of day."""
    plain = "".join(str(unicodedata.decimal(char, char)) for char in unicodedata.normalize("NFKC", text)).strip()
    is_other = re.match(r"[^0-9A-Za-z]|.*([^0-9A-Za-z .,/-]|\.\.|[^0-9A-Za-z]$)", plain)
    tokens = [] if is_other else re.findall(r"[Qq][1-4]|[A-Za-z]+|[0-9]+", plain)
    year = [token for token in tokens if re.fullmatch("[0-9]{4}", token)]
    word = [_WORDS.get(token[:3].lower(), "") for token in tokens if token[0].isalpha()]
    rest = [token.zfill(2) for token in tokens if re.fullmatch("[0-9]{1,2}", token)]
    if len(year) == 1 and "" not in word and len(year + word + rest) == len(tokens) and not tokens[3:]:
        orders = [rest] if word or tokens[0] in year else [rest[::-1], rest]
        yield from ("-".join(year + word + order) for order in orders)
    if re.fullmatch(r"[0-9]{8}|[0-9]{4}-W[0-9]{2}-[1-7]|[0-9-]{10}T.*", plain):
        with suppress(ValueError):
            yield f"{datetime.fromisoformat(plain).date()}"
    yield "".join(plain.split())
