"""Dates with the precision that a source gives: a day, a month, a season, a span, "about", "one of these"."""
# ruff: noqa: SLF001  the functions of this module implement When and read its private attributes

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, NoReturn, final

from partnership._frozen import frozen
from partnership.errors import InvalidValue
from partnership.values.text import exact

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence

_MAX_LENGTH = 100  # characters of a date; the longest of 248 claims about ASEAN and Russia has 24
_MAX_MEMBERS = 1000  # members of {a..b}: nearly three years of days
_FEW = 8  # dates up to which comparing every pair is faster than building an index
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905
_STARTS = (3, 6, 9, 12, 3, 6, 9, 12, 9, 12, 3, 6, 1, 4, 7, 10, 1, 5, 9, 1, 7)  # first months of EDTF codes 21 to 41:
# seasons (taken as northern), northern seasons, southern seasons, quarters, thirds, halves
_SEASONS = {f"{n}": (month, 3 if n < 37 else 4 if n < 40 else 6) for n, month in enumerate(_STARTS, 21)}  # noqa: PLR2004
_NAME_CODES = {name[:3].lower(): f"{number:02}" for number, name in enumerate(MONTHS, 1)}
_NAME_CODES |= {"spr": "21", "sum": "22", "aut": "23", "win": "24", "q1": "33", "q2": "34", "q3": "35", "q4": "36"}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MARK = re.compile(r"[?~%]")
_SINGLE = re.compile(
    r"(?!.*[?~%][0-9X]+[?~%])[?~%]?"  # one mark per component at most
    r"(?!0000)(?:[0-9]{4}|[0-9]{3}X|[0-9]{2}XX|[0-9]XXX|XXXX)(?:[?~%]?-[?~%]?[0-9X]{2}){0,2}[?~%]?"
)
DATE_ADVICE = (
    "write a year from 0001 to 9999 first: 2020, 2020-06, 2020-06-17, 2020-06~ (about June), 2020/2021 (from, to)"
)
_LIST_ADVICE = "write [2020,2021-06] (one of them), {2020,2021-06} (each of them) or [2020..2021-06] (some day within)"
_RUN_ADVICE = f"write two years, months or days in order, as {{2020..2022}}, with at most {_MAX_MEMBERS} members"
_Kind = Literal["some-day", "gaps", "one-of", "span", "each"]

_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def month_length(year: int, month: int) -> int:
    """Return the number of days of a month, without the module `calendar`, which takes longer to load than this one."""
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if is_leap and month == 2 else _LENGTHS[month - 1]  # noqa: PLR2004


class _DayRange(NamedTuple):
    """The days on which something may begin or end, as ordinals; a day outside the calendar means unbounded."""

    first: int
    last: int
    lo: int  # first and last, widened by doubt
    hi: int


_UNBOUNDED = _DayRange(_FIRST - 1, _LAST + 1, _FIRST - 1, _LAST + 1)


_NO_ORDER = "dates may be vague, so When has no < and >: use surely_before or maybe_before"


@final
@frozen(init=False, repr=False, eq=False)
class When:
    """A date in Extended Date/Time Format (EDTF), possibly vague or uncertain.

    ::

        2020-06-17                   one day
        2020-06, 2020, 2021-23, 199X one day in that month, year, season (or quarter), decade
        a/b, a/, /b                  lasted from a to b; with unknown end; with unknown start
        [a..b], [a,b]                one day from a to b; one of a and b
        ../b, a/..                   one day up to b; one day from a on (open spans in EDTF itself)
        {a,b}, {a..b}                each of them: several occurrences
        a~, a?, a%                   about a; perhaps a; both

    Winter (24 and 28; southern summer: 30) begins in December and ends in the next year.

    Doubt (``~``, ``?``, ``%``) leaves the bounds unchanged. Comparisons allow one unit more on both sides: a day,
    month, year, season or decade, whichever is marked; the coarsest, if several are. Comparisons treat ``{a,b}`` as a
    span from its first to its last day, and ``[a,b]`` and ``2020-XX-15`` as one day between the first and the last.
    There is no ``<``, since the order of vague dates may be unknown. ``==`` compares the text of two dates, and takes a
    text of a date too; any other text and a `datetime.date` raise, since they would never be equal.

    Args:
        text: the date in EDTF; or a `datetime.date`; or an aware datetime, of which the day in its own time zone is
            kept.

    Attributes:
        text: the date in EDTF, with lists sorted and without repetition. Equality compares this text.
        earliest: first possible day; None if that side is open or unknown.
        latest: last possible day; None if that side is open or unknown.
        start: earliest and latest day on which it may begin.
        end: earliest and latest day on which it may end.
        is_span: whether it lasted from one day to another.
        is_day: whether it is one known day without doubt.
        is_doubtful: whether any part is marked with ``~``, ``?`` or ``%``.

    Raises:
        InvalidValue: the text is not a date; the message says what to write.

    Source: ISO 8601-2:2019 (EDTF levels 0 to 2), except times of day and years outside 0001 to 9999.

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
    _begins: _DayRange
    _ends: _DayRange
    _parts: tuple[When, ...]  # of [a,b] and {a,b}; the members of {a..b} are computed on demand

    def __new__(cls, text: str | date | When) -> When:  # noqa: D102  the class docstring documents it
        if type(text) is When:
            return text
        given: Any = exact(text)
        edtf = given if isinstance(given, str) else given.text if isinstance(given, When) else _day_text(given)
        if len(edtf) > _MAX_LENGTH:
            raise InvalidValue(edtf, f"is too long for a date: over {_MAX_LENGTH} characters", DATE_ADVICE)
        try:
            return _parse_list(edtf) if edtf.startswith(("[", "{")) else _parse(edtf)  # lists may be large: not cached
        except InvalidValue as error:
            raise _explained(edtf, error) from None

    @property
    def members(self) -> tuple[When, ...]:
        """The dates of ``{a,b}``; for any other date, a tuple of the date itself."""
        return (self,) if self._kind != "each" else self._parts or _all_members(self.text)

    def surely_before(self, other: When | date | str) -> bool:
        """Tell whether it certainly ends before *other* begins."""
        return self._ends.hi < _as_when(other)._begins.lo

    def maybe_before(self, other: When | date | str) -> bool:
        """Tell whether it may end before *other* begins."""
        return self._ends.lo < _as_when(other)._begins.hi

    def surely_after(self, other: When | date | str) -> bool:
        """Tell whether it certainly begins after *other* ends."""
        return _as_when(other)._ends.hi < self._begins.lo

    def maybe_after(self, other: When | date | str) -> bool:
        """Tell whether it may begin after *other* ends."""
        return _as_when(other)._ends.lo < self._begins.hi

    def surely_overlaps(self, other: When | date | str) -> bool:
        """Tell whether both certainly share a day; for two single days, whether they are the same day."""
        when = _as_when(other)
        return self._begins.hi <= when._ends.lo and when._begins.hi <= self._ends.lo

    def maybe_overlaps(self, other: When | date | str) -> bool:
        """Tell whether both may share a day."""
        when = _as_when(other)
        return self._begins.lo <= when._ends.hi and when._begins.lo <= self._ends.hi

    def surely_by(self, day: When | date | str) -> bool:
        """Tell whether it certainly ends on *day* or before."""
        return self._ends.hi <= _as_when(day)._ends.lo

    def maybe_by(self, day: When | date | str) -> bool:
        """Tell whether it may end on *day* or before."""
        return self._ends.lo <= _as_when(day)._ends.hi

    def covers(self, other: When | date | str) -> bool:
        """Tell whether *other* is compatible with this date and at least as precise.

        ``2021-06`` covers ``2021-06-28`` and the span ``2021-06-28/2021-06-30``. A span covers another if its start
        covers that start and its end that end: ``2019-02-19/2019-02-20`` does not cover ``2019-02-20``, since a
        duration is not vagueness. ``[a,b]`` covers what a or b covers; ``{a,b}`` covers a set of equal size, member by
        member; ``2020-XX-15`` only itself. Doubt widens: ``2020-09`` does not cover ``2020-09~``.
        """
        when = _as_when(other)
        if "each" in (self._kind, when._kind):
            return len(self.members) == len(when.members) and all(map(When.covers, self.members, when.members))
        if not (self._parts or when._parts):
            return _covers(self, when)
        return all(any(_covers(part, that) for part in self._parts or (self,)) for that in when._parts or (when,))

    def __eq__(self, other: object) -> bool:
        if isinstance(other, When):
            return self.text == other.text
        if isinstance(other, str):
            return self.text == other or self._equals_text(other)
        if isinstance(other, date):
            raise TypeError(f"a When is not compared with a {type(other).__name__} by ==: write When({other!r})")
        return NotImplemented

    def _equals_text(self, text: str) -> bool:
        """Return False if a text is another date; raise if it is none, or this one written otherwise.

        Two equal objects must have one hash, and a text has that of its letters.
        """
        if When(text) == self:
            raise InvalidValue(text, f"is {self.text!r} written otherwise", f"compare with When({text!r})")
        return False

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
    """Return the most precise dates in the given order: those that do not cover a strictly more precise one.

    >>> finest([When("2021"), When("2021-06-28"), When("2021-07")])
    [When('2021-06-28'), When('2021-07')]
    """
    if len(whens) <= _FEW:
        return [
            when
            for when in whens
            if when.is_day or not any(when.covers(other) and not other.covers(when) for other in whens)
        ]
    keys = {when: equivalence_key(when) for when in whens}
    distinct = [*{key: when for when, key in keys.items()}.values()]
    counts = Counter(part._begins.lo for when in distinct for part in when._parts or when.members)
    # A date covers another only if each part of the other is within a part of it. So one part per date is indexed: the
    # one whose first day is rarest, which keeps the number of candidates small.
    rarest = [(min(when._parts or when.members, key=lambda part: counts[part._begins.lo]), when) for when in distinct]
    begins = _DateIndex((part._begins.lo, part._ends.hi, when) for part, when in rarest)
    ends = _DateIndex((part._ends.lo, part._ends.hi, when) for part, when in rarest)

    def is_refined(when: When) -> bool:  # each index yields all candidates: where the shorter one ends, none is left
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

    refined = {keys[when] for when in distinct if is_refined(when)}
    return [when for when in whens if keys[when] not in refined]


def equivalence_key(when: When) -> Hashable:
    """Return a key that is equal for two dates if and only if each covers the other.

    >>> equivalence_key(When("2021-06")) == equivalence_key(When("[2021-06-01..2021-06-30]"))
    True
    """
    if when._kind == "each":
        return tuple(map(equivalence_key, when.members))
    parts = when._parts or (when,)
    return frozenset(_single_key(p) for p in parts if not any(_covers(q, p) and not _covers(p, q) for q in parts))


def outer_days(when: When) -> tuple[int, int]:
    """Return the ordinals of the first and the last day that a date may mean, with doubt; it covers none outside.

    >>> [date.fromordinal(day).isoformat() for day in outer_days(When("2021-06~"))]
    ['2021-05-01', '2021-07-31']
    """
    return when._begins.lo, when._ends.hi


def _single_key(when: When) -> Hashable:
    """Return the key of a date that is not a list."""
    if when._kind == "gaps":
        return when.text
    inner = (when._begins.hi, when._ends.lo) if when.is_span else ()
    return when._begins.lo, when._ends.hi, *inner


class _DateIndex:
    """Index of dates by first and last day, which finds those within two days without a scan.

    A segment tree over the dates in the order of their first days; each node has the smallest last day below it.
    """

    def __init__(self, dates: Iterable[tuple[int, int, When]]) -> None:
        ordered = sorted(dates, key=lambda row: row[0])
        self._whens = [when for _, _, when in ordered]
        self._firsts = [first for first, _, _ in ordered]
        self._size = 1 << len(ordered).bit_length()
        self._least = [_LAST + 2] * (2 * self._size)
        self._least[self._size : self._size + len(ordered)] = [last for _, last, _ in ordered]
        for node in range(self._size - 1, 0, -1):
            self._least[node] = min(self._least[2 * node : 2 * node + 2])

    def within(self, low: int, high: int, latest: int) -> Iterator[When]:
        """Yield the dates whose first day is from *low* to *high* and whose last day is not after *latest*."""
        first, last = bisect_left(self._firsts, low), bisect_right(self._firsts, high)
        todo = [(1, 0, self._size)]
        while todo:
            node, begin, end = todo.pop()
            if begin < last and first < end and self._least[node] <= latest:
                if end - begin == 1:
                    yield self._whens[begin]
                else:
                    middle = (begin + end) // 2
                    todo += [(2 * node, begin, middle), (2 * node + 1, middle, end)]


def _covers(when: When, other: When) -> bool:
    """Tell whether *when* covers *other*; neither is a list."""
    if when._begins.lo > other._begins.lo or when._ends.hi < other._ends.hi:
        return False
    if when.is_span:
        return other.is_span and when._begins.hi >= other._begins.hi and when._ends.lo <= other._ends.lo
    return when._kind != "gaps" or when == other


def _as_when(value: object) -> When:
    if type(value) is When:
        return value
    if isinstance(value, str) or (isinstance(value, date) and not isinstance(value, datetime)):
        return When(value)
    raise InvalidValue(value, "cannot be compared with a When", "give a When, the text of one or a datetime.date")


def _day_text(value: Any) -> str:  # noqa: ANN401  whatever a caller passes
    if issubclass(type(value), datetime) and value.tzinfo is None:
        raise InvalidValue(value, "has no time zone, so its day is ambiguous", f"write '{value!s:.10}'")
    if issubclass(type(value), date):
        return date.isoformat(value)  # of the day alone, also for a datetime
    instead = "leave the field out" if value is None else "write text such as '2020-06-17', or give a datetime.date"
    raise InvalidValue(value, f"is not a date but {type(value).__name__}", instead)


@lru_cache(maxsize=8192)  # many dates of a record have the same days
def _days(first: int, last: int) -> tuple[date | None, date | None]:
    a, b = (date.fromordinal(day) if _FIRST <= day <= _LAST else None for day in (first, last))
    return a, b


@lru_cache(maxsize=8192)
def _parse(text: str) -> When:
    if not _DAY.fullmatch(text):
        return _parse_interval(text) if text.count("/") == 1 else _parse_single(text)
    try:
        day = date.fromisoformat(text).toordinal()
    except ValueError:
        return _parse_single(text)  # raises the error that explains it
    return _when(text, "some-day", _DayRange(day, day, day, day))


def _when(text: str, kind: _Kind, begins: _DayRange, ends: _DayRange | None = None, parts: Sequence[When] = ()) -> When:
    ends = ends or begins
    if begins.last < begins.first or not text.strip("X./[]-"):
        raise InvalidValue(text, "ends before it begins", "write the earlier date first")
    start = _days(begins.first, begins.last)
    end = start if ends is begins else _days(ends.first, ends.last)
    is_day, doubt = kind not in ("span", "each") and begins.lo == begins.hi, _MARK.search(text) is not None
    when = object.__new__(When)
    when.__attrs_init__(  # pyright: ignore[reportAttributeAccessIssue]  attrs generates it
        text, start[0], end[1], start, end, kind == "span", is_day, doubt, kind, begins, ends, tuple(parts)
    )
    return when


def _parse_single(text: str) -> When:
    if not _SINGLE.fullmatch(text):
        raise InvalidValue(text, "is not a date", DATE_ADVICE)
    bare = _MARK.sub("", text)
    if bare == text:
        first, last = _bounds(text, *text.split("-"))
        return _when(text, "gaps" if "X" in text.rstrip("X-") else "some-day", _DayRange(first, last, first, last))
    marked = _MARK.split(text, maxsplit=1)[0].count("-") + 1  # components up to the first mark, which is the coarsest
    whole, unit = _parse(bare), _parse("-".join(bare.split("-")[:marked]))
    return _when(text, "some-day", _with_doubt(whole._begins, unit._begins))


def _bounds(text: str, year: str, month: str = "XX", day: str = "XX") -> tuple[int, int]:
    """Return the ordinals of the first and the last existing day that matches the components."""
    if month in _SEASONS and text == f"{year}-{month}" and year.isdigit():
        begin, length = _SEASONS[month]
        begin += 12 * int(year) - 1
        return _first_day(begin), _first_day(begin + length) - 1
    years = range(max(1, int(year.replace("X", "0"))), int(year.replace("X", "9")) + 1)
    months, days = _matching_numbers(month, 12), _matching_numbers(day, 31)

    def existing_days(step: int) -> Iterator[date]:
        pairs = ((y, m) for y in years[::step] for m in months[::step])
        return (date(y, m, d) for y, m in pairs for d in days[::step] if d <= month_length(y, m))

    try:
        return next(existing_days(1)).toordinal(), next(existing_days(-1)).toordinal()
    except StopIteration:
        raise _no_such_day(text, year, month, day) from None


@lru_cache(maxsize=256)
def _matching_numbers(pattern: str, limit: int) -> tuple[int, ...]:
    """Return the numbers from 1 to *limit* that match a pattern: for ``1X`` and 12, these are 10, 11 and 12."""
    return tuple(n for n in range(1, limit + 1) if re.fullmatch(pattern.replace("X", "."), f"{n:02}"))


def _first_day(month: int) -> int:
    """Return the first day of a month, counted from January of year 0; outside the calendar, its nearest edge."""
    year, month = divmod(month, 12)
    return _FIRST if year < 1 else date(year, month + 1, 1).toordinal() if year <= date.max.year else _LAST + 1


def _with_doubt(days: _DayRange, unit: _DayRange) -> _DayRange:
    """Widen a range by one unit on both sides: whole months by months, anything else by days."""
    first, last, begin, end = (12 * day.year + day.month - 1 for day in map(date.fromordinal, days[:2] + unit[:2]))
    if days[:2] == (_first_day(first), _first_day(last + 1) - 1):
        return _DayRange(*days[:2], _first_day(first - (end - begin + 1)), _first_day(last + 1 + end - begin + 1) - 1)
    length = unit.last - unit.first + 1
    return _DayRange(*days[:2], max(days.first - length, _FIRST), min(days.last + length, _LAST))


def _no_such_day(text: str, year: str, month: str, day: str) -> InvalidValue:
    if "X" in year + month + day.replace("XX", ""):
        return InvalidValue(text, "is not a date: there is no such day", DATE_ADVICE)
    if not _matching_numbers(month, 12):
        return InvalidValue(text, f"is not a date: there is no month {month}", f"write 01 to 12, or {year} alone")
    name, length = MONTHS[int(month) - 1], month_length(int(year), int(month))
    nearest = f"{year}-{month}-{length}, " if day > "00" else ""
    instead = f"write {nearest}{year}-{month} (some day in {name}) or {year}-{month}~ (about {name})"
    return InvalidValue(text, f"is not a date: {name}{f' {year}' * (month == '02')} has {length} days", instead)


def _parse_interval(text: str) -> When:
    left, _, right = text.partition("/")
    a, b = (_UNBOUNDED if part in ("", "..") else _parse(part)._begins for part in (left, right))
    if ".." in (left, right):
        return _when(text, "some-day", _DayRange(a.first, b.last, a.lo, b.hi))
    begins = _DayRange(a.first, min(a.last, b.last), a.lo, min(a.hi, b.hi))
    return _when(text, "span", begins, _DayRange(max(a.first, b.first), b.last, max(a.lo, b.lo), b.hi))


def _parse_list(text: str) -> When:
    """Parse ``[...]``, one of some dates, or ``{...}``, each of some dates."""
    opening, content, closing = text[0], text[1:-1], text[-1]
    if opening + closing not in ("[]", "{}") or not set("[]{}/").isdisjoint(content):
        raise InvalidValue(text, "is not a list of plain dates", _LIST_ADVICE)
    if opening == "{" and (run := _parse_run(text)):
        return run
    parts = {part: _members(opening, part) for part in content.split(",")}
    distinct = {when for members in parts.values() for when in members}
    whens = sorted(distinct, key=lambda when: (when._begins.first, when.text))
    if len(whens) == 1:
        return whens[0]
    if len(whens) > _MAX_MEMBERS:
        raise InvalidValue(text, "is too long a list", _RUN_ADVICE)
    text = opening + ",".join(sorted(parts, key=lambda part: (parts[part][0]._begins.first, part))) + closing
    lows, highs = (_DayRange(*map(of, *(when._begins for when in whens))) for of in (min, max))
    if opening == "{":
        return _when(text, "each", lows, highs, whens)
    return _when(text, "one-of", _DayRange(lows.first, highs.last, lows.lo, highs.hi), parts=whens)


def _parse_run(text: str) -> When | None:
    """Parse ``{a..b}`` of years, months or days without computing its members; return None for any other list."""
    low, _, high = text[1:-1].partition("..")
    if not 0 < len(low) == len(high) or "," in text:
        return None
    first, last = _parse(low), _parse(high)
    if not all(f"{when.earliest}".startswith(when.text) for when in (first, last)):
        return None
    days = [date.fromordinal(when._begins.first) for when in (first, last)]
    begin, end = ({4: day.year, 7: 12 * day.year + day.month}.get(len(low), day.toordinal()) for day in days)
    return _when(text, "each", first._begins, last._begins) if 0 < end - begin < _MAX_MEMBERS else None


@lru_cache(maxsize=64)  # small, since a list may have 1000 members
def _all_members(text: str) -> tuple[When, ...]:
    return tuple(_members("{", text[1:-1]))


def _members(opening: str, part: str) -> list[When]:
    low, dots, high = part.partition("..")
    if not dots:
        return [_parse(part)]
    if opening == "[":
        a, b = (_parse(end)._begins if end else _UNBOUNDED for end in (low, high))
        return [_when(f"[{part}]", "some-day", _DayRange(a.first, b.last, a.lo, b.hi))]
    run, last = [_parse(low or high)], _parse(high or low)
    is_run = len(low) == len(high) and all(f"{when.earliest}".startswith(when.text) for when in (run[0], last))
    while is_run and run[-1]._begins < last._begins and len(run) < _MAX_MEMBERS:
        run.append(_parse(f"{date.fromordinal(run[-1]._ends.last + 1)}"[: len(low)]))
    if not is_run or run[-1] != last:
        raise InvalidValue(part, "is not a range of years, months or days", _RUN_ADVICE)
    return run


_FINANCIAL_YEAR = re.compile(r"(?:FY ?)?([0-9]{4}) ?[-/\u2013] ?([0-9]{2})", re.IGNORECASE)


def _explained(text: str, error: InvalidValue) -> InvalidValue:
    """Return an error that suggests the date which the text probably means."""
    if (years := _FINANCIAL_YEAR.fullmatch(text)) and (int(years[1]) + 1) % 100 == int(years[2]):
        first, last = int(years[1]), int(years[1]) + 1
        instead = f"write {first}-04/{last:04}-03, with the months of a financial year, or {first}/{last:04} (from, to)"
        return InvalidValue(text, "is not a date in EDTF", instead)
    meant: list[When] = []
    failed: list[InvalidValue] = []
    for guess in dict.fromkeys(guess for guess in _guesses(text) if guess != text):
        try:
            meant.append(When(guess))
        except InvalidValue as guess_error:
            failed.append(guess_error)
    if len(meant) == 1:
        return InvalidValue(text, "is not a date in EDTF", f"write {meant[0]}")
    if meant:
        days = (date.fromordinal(when._begins.first) for when in meant)
        ways = " or ".join(f"{day} ({day.day} {MONTHS[day.month - 1]} {day.year})" for day in days)
        return InvalidValue(text, "is ambiguous", f"write {ways}")
    if not any(map(str.isdigit, text)) and not _name_code(text):
        return InvalidValue(text, "does not name a date", "leave the field out")
    if error.value != text and not failed:
        part = _explained(str(error.value), error)
        return InvalidValue(text, f"contains {part.value!r}, which {part.reason}", part.instead)
    return InvalidValue(text, *(failed or [error])[0].args[1:])


def _guesses(text: str) -> Iterator[str]:
    """Yield EDTF texts that *text* may mean: other orders, month names, spaces, a time of day, non-ASCII digits."""
    plain = "".join(str(unicodedata.decimal(char, char)) for char in unicodedata.normalize("NFKC", text)).strip()
    is_unsupported = re.match(r"[\W_]|.*([^\w .,/-]|_|\.\.|[\W_]$)", plain)
    tokens = [] if is_unsupported else re.findall(r"[Qq][1-4]|[^\W\d_]+|[0-9]+", plain)
    years = [token for token in tokens if re.fullmatch("[0-9]{4}", token)]
    words = [_name_code(token) for token in tokens if token[0].isalpha()]
    numbers = [token.zfill(2) for token in tokens if re.fullmatch("[0-9]{1,2}", token)]
    is_known = len(years) == 1 and "" not in words and not words[1:] and not tokens[3:]
    is_season = not words and len(numbers) == 1 and numbers[0] > "20"  # 2024/25 is no season
    if is_known and len(years + words + numbers) == len(tokens) and not is_season:
        orders = [numbers] if words or tokens[0] in years else [numbers[::-1], numbers]
        yield from ("-".join(years + words + order) for order in orders)
    if re.fullmatch(r"[0-9]{8}|[0-9]{4}-W[0-9]{2}-[1-7]|[0-9-]{10}T.*", plain):
        with suppress(ValueError):
            yield f"{datetime.fromisoformat(plain).date()}"
    yield "".join(plain.split())


def _name_code(word: str) -> str:
    """Return the number of the month, season or quarter that a word names, or begins to name; else an empty text."""
    from partnership.values.month_names import month_meant  # noqa: PLC0415  only for advice

    lower = word.lower()
    if month := month_meant(word):
        return f"{month:02}"
    names = (*map(str.lower, MONTHS), "spring", "summer", "autumn", "winter")
    is_beginning = any(name.startswith(lower) for name in names)
    return _NAME_CODES.get(lower[:3], "") if is_beginning or lower[1:].isdigit() else ""
