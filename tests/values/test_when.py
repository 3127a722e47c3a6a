"""`When`: read, compared, covered and refused, tested against independent models."""

import contextlib
import copy
import doctest
import enum
import functools
import io
import pickle
import sys
import warnings
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise, product
from typing import NamedTuple

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from partnership.errors import InvalidValue
from partnership.values.when import When, finest, month_length

# --- a model: every reading of a date in a few weeks of 2021, as a pair of its first and its last day ---------------

JANUARY = date(2020, 12, 31).toordinal()  # + 1 is 1 January 2021
UNIVERSE = range(
    JANUARY + 20, JANUARY + 47
)  # 20 January to 15 February: beyond all that is written, whatever the doubt
MARKS = ("", "", "", "~", "?", "%")


class Simple(NamedTuple):
    """A simple date: its text, its days, and its days with room for doubt."""

    text: str
    days: range
    wide: range


class Model(NamedTuple):
    """A date: its text, its readings without doubt, those with doubt, and what it covers."""

    text: str
    plain: frozenset
    readings: frozenset
    covered: object


def simple(text, first, last, mark="", *, is_before=False):
    """Return a simple date of January or February 2021, the mark after it or before its day."""
    room = last - first + 1 if mark else 0
    text = text[:8] + mark + text[8:] if is_before else text + mark
    return Simple(text, range(first, last + 1), range(first - room, last + room + 1))


def day(number, mark="", *, is_before=False):
    """Return a day, counted from the last of December."""
    there = JANUARY + number
    return simple(date.fromordinal(there).isoformat(), there, there, mark, is_before=is_before)


def last_days(mark="", *, is_before=False):
    """Return 30 or 31 January."""
    return simple("2021-01-3X", JANUARY + 30, JANUARY + 31, mark, is_before=is_before)


def some_day(text, days, wide):
    """Return the model of some one day within: it covers every day and every span within."""
    covered = {("day", d) for d in wide} | {("span", s, e) for s in wide for e in wide if s <= e}
    return Model(text, frozenset((d, d) for d in days), frozenset((d, d) for d in wide), frozenset(covered))


def between(form, a, b):
    """Return the model of some one day between two dates, or up to one, or from one on."""
    days, wide = (
        range(x[0] if "a" in form else UNIVERSE[0], (y[-1] if "b" in form else UNIVERSE[-1]) + 1)
        for x, y in ((a.days, b.days), (a.wide, b.wide))
    )
    return some_day(form.replace("a", a.text).replace("b", b.text), days, wide)


def lasted(form, a, b):
    """Return the model of a span: it covers the spans that begin where it may begin, and end where it may end."""
    starts = (a.days, a.wide) if "a" in form else (UNIVERSE, UNIVERSE)
    ends = (b.days, b.wide) if "b" in form else (UNIVERSE, UNIVERSE)
    plain, wide = (
        frozenset((s, e) for s in start for e in end if s <= e) for start, end in zip(starts, ends, strict=True)
    )
    return Model(
        form.replace("a", a.text).replace("b", b.text), plain, wide, frozenset(("span", *part) for part in wide)
    )


def one_of(of):
    """Return the model of a list: it compares as one day from first to last, and covers what a part covers."""
    plain, wide = (
        range(min(days[0] for days in each), max(days[-1] for days in each) + 1)
        for each in ([part.days for part in of], [part.wide for part in of])
    )
    covered = frozenset().union(*(some_day(*part).covered for part in of))
    return some_day("[" + ",".join(part.text for part in of) + "]", plain, wide)._replace(covered=covered)


def each_of(of):
    """Return the model of a set: a reading picks a day of each; it covers a set of equal size, member by member."""
    plain, wide = (
        frozenset((min(days), max(days)) for days in product(*each))
        for each in ([part.days for part in of], [part.wide for part in of])
    )
    members = sorted(of, key=lambda part: (part.days[0], part.text))
    covered = [some_day(*part).covered for part in members]
    return Model("{" + ",".join(part.text for part in of) + "}", plain, wide, covered)


def can_follow(a, b):
    """Tell whether the second date can be the later part."""
    return b.days[-1] >= a.days[0]


BETWEEN, LASTED = ("[a..b]", "../b", "[..b]", "a/..", "[a..]"), ("a/b", "a/", "/b")


def every_form():
    """Return each form of a few dates, and each pair of them in each form."""
    few = [day(31), day(31, "~"), last_days(), day(32), day(33, "?")]
    pairs = [(a, b) for a, b in product(few, repeat=2) if can_follow(a, b)]
    found = [some_day(*part) for part in few]
    found += [between(form, part, part) for part in few for form in BETWEEN[1:]]
    found += [lasted(form, part, part) for part in few for form in LASTED[1:]]
    found += [between("[a..b]", *pair) for pair in pairs] + [lasted("a/b", *pair) for pair in pairs]
    return found + [form(pair) for pair in pairs if pair[0] != pair[1] for form in (one_of, each_of)]


@st.composite
def simples(draw):
    """Days from 29 January to 3 February 2021 and the last days of January, with and without doubt."""
    form = draw(st.sampled_from((*range(29, 35), "3X")))
    mark, is_before = draw(st.sampled_from(MARKS)), draw(st.booleans())
    return last_days(mark, is_before=is_before) if form == "3X" else day(form, mark, is_before=is_before)


@st.composite
def models(draw):
    """Every form of generated dates."""
    kind = draw(st.integers(0, 4))
    if kind == 0:
        return some_day(*draw(simples()))
    if kind > 2:
        of = draw(st.lists(simples(), min_size=2, max_size=3, unique_by=lambda one: one.text))
        return one_of(of) if kind == 3 else each_of(of)
    a, b = draw(simples()), draw(simples())
    assume(can_follow(a, b))
    return between(draw(st.sampled_from(BETWEEN)), a, b) if kind == 1 else lasted(draw(st.sampled_from(LASTED)), a, b)


def model_covers(a, b):
    """Tell whether all that is said by the second is said by the first."""
    if isinstance(a.covered, list) or isinstance(b.covered, list):
        both = isinstance(a.covered, list) and isinstance(b.covered, list)
        return (
            both and len(a.covered) == len(b.covered) and all(x >= y for x, y in zip(a.covered, b.covered, strict=True))
        )
    return a.covered >= b.covered


def check_bounds(model):
    """Compare the bounds with the first and the last day of all readings."""

    def shown(there):
        return None if there in (UNIVERSE[0], UNIVERSE[-1]) else date.fromordinal(there)

    start, end = ((shown(min(days)), shown(max(days))) for days in zip(*model.plain, strict=True))
    when = When(model.text)
    assert (when.start, when.end, when.earliest, when.latest) == (start, end, start[0], end[1]), model.text


def check_comparisons(x, y):
    """Compare the answers about two dates with those about every pair of their readings."""
    before, after, overlap, by = set(), set(), set(), set()
    for (first, last), (s, e) in product(x.readings, y.readings):
        before.add(last < s)
        after.add(first > e)
        overlap.add(first <= e and s <= last)
        by.add(last <= e)
    a, b = When(x.text), When(y.text)
    expected = [(all(answers), any(answers)) for answers in (before, after, overlap, by)]
    assert [
        (a.surely_before(b), a.maybe_before(b)),
        (a.surely_after(b), a.maybe_after(b)),
        (a.surely_overlaps(b), a.maybe_overlaps(b)),
        (a.surely_by(b), a.maybe_by(b)),
    ] == expected, (a, b)
    assert a.covers(b) == model_covers(x, y), (a, b)


@given(models())
def test_bounds_are_those_of_the_readings(model):
    """The bounds are the first and the last day of all readings, and None beyond what is written."""
    check_bounds(model)


@settings(deadline=None)
@given(models(), models())
def test_comparisons_are_those_of_the_readings(x, y):
    """Surely means in every reading, maybe means in some reading, and a covered date allows no other readings."""
    check_comparisons(x, y)


def test_every_pair_of_forms_keeps_to_the_readings():
    """Each form of a few neighbouring days, doubted or not, has the bounds and the answers of its readings."""
    every = every_form()
    for model in every:
        check_bounds(model)
    for x, y in product(every, repeat=2):
        check_comparisons(x, y)


@given(models(), st.integers(JANUARY + 22, JANUARY + 44).map(date.fromordinal))
def test_comparisons_with_a_plain_day_are_those_with_its_text(x, day):
    """A date of the standard library compares as the `When` of that day."""
    when, other = When(x.text), When(day.isoformat())
    for verb in ("before", "after", "overlaps", "by"):
        for sure in ("surely", "maybe"):
            compare = getattr(when, f"{sure}_{verb}")
            assert compare(day) == compare(other)
    assert when.covers(day) == when.covers(other)


# --- laws, on dates of every form -----------------------------------------------------------------------------------

YEARS = ("2019", "2020", "2021", "201X", "20XX")
MONTHS = ("01", "02", "09", "12", "0X", "1X", "X1", "XX")
DAYS = ("01", "15", "28", "0X", "2X", "X5", "XX")


@st.composite
def written_dates(draw):
    """Years, months, days and seasons, with gaps and doubt anywhere."""
    parts = [draw(st.sampled_from(YEARS))]
    form = draw(st.integers(0, 4))
    if form == 1 and parts[0].isdigit():
        parts.append(str(draw(st.integers(21, 41))))
    elif form > 1:
        parts.append(draw(st.sampled_from(MONTHS)))
        if form > 2:
            parts.append(draw(st.sampled_from(DAYS)))
    for n, part in enumerate(parts):
        mark = draw(st.sampled_from(MARKS))
        parts[n] = mark + part if draw(st.booleans()) else part + mark
    return "-".join(parts)


@st.composite
def whens(draw, *, lists_too=True):
    """Dates of every form."""
    form = draw(st.integers(0, 9 if lists_too else 6))
    if form < 4:
        return When(draw(written_dates()))
    if form >= 7:
        of = draw(st.lists(written_dates(), min_size=1, max_size=3))
        return When("[" + ",".join(of) + "]" if form == 7 else "{" + ",".join(of) + "}")
    a, b = sorted((When(draw(written_dates())) for _ in "ab"), key=lambda when: when.earliest)
    return When(draw(st.sampled_from((f"{a}/{b}", f"{a}/", f"/{b}", f"../{b}", f"{a}/..", f"[{a}..{b}]", f"[..{b}]"))))


@given(whens(), whens())
def test_two_dates_of_any_form_keep_the_laws_of_comparing(x, y):
    """Surely implies maybe, before mirrors after, and what is neither before nor after overlaps."""
    for verb in ("before", "after", "overlaps", "by"):
        assert getattr(x, f"surely_{verb}")(y) <= getattr(x, f"maybe_{verb}")(y)
    assert x.surely_before(y) == y.surely_after(x)
    assert x.maybe_before(y) == y.maybe_after(x)
    assert not (x.surely_before(y) and x.surely_after(y))
    assert x.maybe_overlaps(y) == y.maybe_overlaps(x) == (not x.surely_before(y) and not x.surely_after(y))
    assert x.surely_overlaps(y) == y.surely_overlaps(x) == (not x.maybe_before(y) and not x.maybe_after(y))
    assert not (x.surely_before(y) and x.covers(y))


@pytest.mark.parametrize("text", ["2020-06-17", "2020-09~", "{2021,2022}", "[2021-11..2021-12]", "../2021-06-30"])
def test_a_date_that_is_pickled_or_copied(text):
    """It is the same value."""
    assert pickle.loads(pickle.dumps(When(text))) == copy.deepcopy(When(text)) == When(text)  # noqa: S301  our own bytes


@given(whens())
def test_a_date_of_any_form_goes_through_its_text(when):
    """Text, pickle, copy and repr all give an equal value."""
    again = When(str(when))
    assert again == when
    assert hash(again) == hash(when)
    assert (again.start, again.end, again.members) == (when.start, when.end, when.members)
    assert When(when) is when
    assert pickle.loads(pickle.dumps(when)) == copy.deepcopy(when) == when  # noqa: S301  our own bytes
    assert eval(repr(when)) == when  # noqa: S307  our own text


@given(whens())
def test_the_predicates_of_a_date_of_any_form(when):
    """The predicates agree with the bounds and with the text."""
    assert when.is_doubtful == any(mark in when.text for mark in "~?%")
    assert when.is_span == ("/" in when.text and ".." not in when.text)
    if when.is_day:
        assert when.earliest == when.latest
        assert not when.is_doubtful
        assert len(when.members) == 1
    (first, last), (from_, to) = when.start, when.end
    assert (when.earliest, when.latest) == (first, to)
    assert (first or date.min) <= (last or date.max) <= (to or date.max)
    assert (first or date.min) <= (from_ or date.min) <= (to or date.max)


@settings(deadline=None)
@given(st.lists(whens(), min_size=2, max_size=9))
def test_covering_is_a_preorder(some):
    """Each covers itself, and covers what is covered by one that it covers."""
    assert all(x.covers(x) for x in some)
    for x, y in product(some, repeat=2):
        if x.covers(y):
            assert all(x.covers(z) for z in some if y.covers(z))


@settings(deadline=None)
@given(st.lists(whens(), max_size=12) | st.lists(models().map(lambda model: When(model.text)), max_size=12))
def test_the_finest_are_those_of_the_definition(some):
    """Those are kept that cover no other strictly finer one, as often as they were given and in that order."""
    kept = [x for x in some if not any(x.covers(y) and not y.covers(x) for y in some)]
    assert finest(some) == kept
    assert finest(tuple(some)) == kept


def test_the_finest_of_every_form_are_those_of_the_definition():
    """Among all forms of a few neighbouring days none is kept that another refines."""
    some = [When(model.text) for model in every_form()] + [
        When(text) for text in ("2021-01", "2021-02~", "2021", "2020/2021")
    ]
    assert finest(some) == [x for x in some if not any(x.covers(y) and not y.covers(x) for y in some)]


def test_a_thousand_distinct_dates_are_sorted_out_quickly(monkeypatch):
    """The finest of a thousand days, months, spans and doubtful days take a few comparisons of each."""
    days = [date(2015, 1, 1) + timedelta(days=7 * n) for n in range(300)]
    some = [f"{day}" for day in days] + [f"{day}~" for day in days] + [f"{a}/{b}" for a, b in pairwise(days)]
    some += [f"{year}-{month:02}{mark}" for year in range(2015, 2021) for month in range(1, 13) for mark in ("", "~")]
    dates = [When(text) for text in some]
    assert len(set(dates)) > 1000
    compared, covers = [], When.covers
    monkeypatch.setattr(When, "covers", lambda one, other: compared.append(one) or covers(one, other))
    kept = finest(dates)
    assert 0 < len(compared) < 20 * len(dates)
    assert When("2015-01-01") in kept
    assert When("2015-01") not in kept


# --- the forms ------------------------------------------------------------------------------------------------------

CLAIMS = """
../2020-11-16 - 2020-11-16              | ../2021-02-19 - 2021-02-19
1976 1976-01-01 1976-12-31              | 1991 1991-01-01 1991-12-31
1993 1993-01-01 1993-12-31              | 1994 1994-01-01 1994-12-31
1995-04 1995-04-01 1995-04-30           | 1996-07 1996-07-01 1996-07-31
1997-01 1997-01-01 1997-01-31           | 1997-06-05/1997-06-06 1997-06-05 1997-06-06
1997-06-0X 1997-06-01 1997-06-09        | 1997-07 1997-07-01 1997-07-31
1997-07~ 1997-07-01 1997-07-31          | 2004-07-01~ 2004-07-01 2004-07-01
2005 2005-01-01 2005-12-31              | 2005-07 2005-07-01 2005-07-31
2005-12 2005-12-01 2005-12-31           | 2005-22 2005-06-01 2005-08-31
2007? 2007-01-01 2007-12-31             | 2010 2010-01-01 2010-12-31
2010-10 2010-10-01 2010-10-31           | 2010?-08-24 2010-08-24 2010-08-24
2011 2011-01-01 2011-12-31              | 2012 2012-01-01 2012-12-31
2012/2015 2012-01-01 2015-12-31         | 2013 2013-01-01 2013-12-31
2013-05-13/2013-05-14 2013-05-13 2013-05-14 | 2013/2021-07 2013-01-01 2021-07-31
2014 2014-01-01 2014-12-31              | 2014-10-16/2014-10-18 2014-10-16 2014-10-18
2014-10-31~ 2014-10-31 2014-10-31       | 2014?-04-30 2014-04-30 2014-04-30
2014~ 2014-01-01 2014-12-31             | 2015 2015-01-01 2015-12-31
2015-11 2015-11-01 2015-11-30           | 2015/2018 2015-01-01 2018-12-31
2016-04-04/2016-04-05 2016-04-04 2016-04-05 | 2016-05 2016-05-01 2016-05-31
2016-05-19/2016-05-20 2016-05-19 2016-05-20 | 2016-05-21~ 2016-05-21 2016-05-21
2016-05~ 2016-05-01 2016-05-31          | 2016-08 2016-08-01 2016-08-31
2016-09-01/2016-09-02 2016-09-01 2016-09-02 | 2016/2020 2016-01-01 2020-12-31
2017 2017-01-01 2017-12-31              | 2017-08 2017-08-01 2017-08-31
2017-09 2017-09-01 2017-09-30           | 2017-11 2017-11-01 2017-11-30
2017/.. 2017-01-01 -                    | 2018 2018-01-01 2018-12-31
2018-04 2018-04-01 2018-04-30           | 2018-11~ 2018-11-01 2018-11-30
2018/2020 2018-01-01 2020-12-31         | 2019-02-19/2019-02-20 2019-02-19 2019-02-20
2019-06 2019-06-01 2019-06-30           | 2019-07-31~ 2019-07-31 2019-07-31
2019-12 2019-12-01 2019-12-31           | 2019/2021 2019-01-01 2021-12-31
2020 2020-01-01 2020-12-31              | 2020-03-13~ 2020-03-13 2020-03-13
2020-09~ 2020-09-01 2020-09-30          | 2020-11-12/2020-11-15 2020-11-12 2020-11-15
2020-11-19/2020-11-20 2020-11-19 2020-11-20 | 2020-12 2020-12-01 2020-12-31
2020~/.. 2020-01-01 -                   | 2021 2021-01-01 2021-12-31
2021-01/2021-07 2021-01-01 2021-07-31   | 2021-03-30~ 2021-03-30 2021-03-30
2021-06 2021-06-01 2021-06-30           | 2021-08 2021-08-01 2021-08-31
2021-09-24~ 2021-09-24 2021-09-24       | 2021-23 2021-09-01 2021-11-30
2021/2024 2021-01-01 2024-12-31         | 2022 2022-01-01 2022-12-31
2022-03-25/2022-03-29 2022-03-25 2022-03-29 | 2022-03~ 2022-03-01 2022-03-31
2022-05 2022-05-01 2022-05-31           | 2022-07 2022-07-01 2022-07-31
2022-08-22~ 2022-08-22 2022-08-22       | 2022-11 2022-11-01 2022-11-30
2023-04-27/2023-04-28 2023-04-27 2023-04-28 | 2023-09-05~ 2023-09-05 2023-09-05
2023-09~ 2023-09-01 2023-09-30          | 2024 2024-01-01 2024-12-31
2024-07-26~ 2024-07-26 2024-07-26       | 2024-07~ 2024-07-01 2024-07-31
2025-07-10~ 2025-07-10 2025-07-10       | 2025-10 2025-10-01 2025-10-31
2025-10-26/2025-10-28 2025-10-26 2025-10-28 | 2026 2026-01-01 2026-12-31
2026-06-17/2026-06-18 2026-06-17 2026-06-18 | 2026-06-18~ 2026-06-18 2026-06-18
2027 2027-01-01 2027-12-31              | [1991..1992] 1991-01-01 1992-12-31
[2021-11..2021-12] 2021-11-01 2021-12-31 | {2021,2022} 2021-01-01 2022-12-31
"""  # every date of the claims about ASEAN and Russia that is not one plain day

FORMS = """
2020-06-17 2020-06-17 2020-06-17        | 2020-09-2X 2020-09-20 2020-09-29
2021-40 2021-01-01 2021-06-30           | 2021-33 2021-01-01 2021-03-31
[2021,2022] 2021-01-01 2022-12-31       | ../2022-06~ - 2022-06-30
[2021-01..2021-04] 2021-01-01 2021-04-30 | [2020-11-16..2020-12] 2020-11-16 2020-12-31
2020-11-16/.. 2020-11-16 -              | /2020 - 2020-12-31
2020/ 2020-01-01 -                      | [..2020] - 2020-12-31
[2020..] 2020-01-01 -                   | [..2020,2022..] - -
2021-21 2021-03-01 2021-05-31           | 2021-22 2021-06-01 2021-08-31
2021-23 2021-09-01 2021-11-30           | 2021-24 2021-12-01 2022-02-28
2021-25 2021-03-01 2021-05-31           | 2021-26 2021-06-01 2021-08-31
2021-27 2021-09-01 2021-11-30           | 2023-28 2023-12-01 2024-02-29
2021-29 2021-09-01 2021-11-30           | 2021-30 2021-12-01 2022-02-28
2021-31 2021-03-01 2021-05-31           | 2021-32 2021-06-01 2021-08-31
2021-34 2021-04-01 2021-06-30           | 2021-35 2021-07-01 2021-09-30
2021-36 2021-10-01 2021-12-31           | 2021-37 2021-01-01 2021-04-30
2021-38 2021-05-01 2021-08-31           | 2021-39 2021-09-01 2021-12-31
2021-41 2021-07-01 2021-12-31           | 9999-24 9999-12-01 9999-12-31
199X 1990-01-01 1999-12-31              | 19XX 1900-01-01 1999-12-31
1XXX 1000-01-01 1999-12-31              | 000X 0001-01-01 0009-12-31
2020-XX 2020-01-01 2020-12-31           | 2020-06-XX 2020-06-01 2020-06-30
2020-XX-XX 2020-01-01 2020-12-31        | 2020-1X 2020-10-01 2020-12-31
2020-0X 2020-01-01 2020-09-30           | 2020-X1 2020-01-01 2020-11-30
2020-XX-31 2020-01-31 2020-12-31        | 2020-06-X1 2020-06-01 2020-06-21
199X-06-15 1990-06-15 1999-06-15        | 190X-02-29 1904-02-29 1908-02-29
XXXX-12-25 0001-12-25 9999-12-25        | 2020-06-3X 2020-06-30 2020-06-30
2024-02-29 2024-02-29 2024-02-29        | 2000-02-29 2000-02-29 2000-02-29
2020-X2-30 2020-12-30 2020-12-30        | 2020-12-3X 2020-12-30 2020-12-31
0001-21 0001-03-01 0001-05-31           | 0001-12~ 0001-12-01 0001-12-31
0001 0001-01-01 0001-12-31              | 9999-12-31 9999-12-31 9999-12-31
2005/2006-02 2005-01-01 2006-02-28      | 2024-06/2024 2024-06-01 2024-12-31
2004-06-~01/2004-06-~20 2004-06-01 2004-06-20 | 2014?-04-30~ 2014-04-30 2014-04-30
[1667,1668,1670..1672] 1667-01-01 1672-12-31 | {1960,1961-12} 1960-01-01 1961-12-31
"""  # every supported form of EDTF


def rows(table):
    """Split a table into its text and its two bounds."""
    return [row.split() for line in table.strip().splitlines() for row in line.split("|")]


@pytest.mark.parametrize(("text", "earliest", "latest"), rows(CLAIMS) + rows(FORMS))
def test_a_written_date_has_the_bounds_that_it_means(text, earliest, latest):
    """The days of a text are the first and the last that it can mean."""
    when = When(text)
    assert when.text == text
    assert f"{when.earliest or '-'} {when.latest or '-'}" == f"{earliest} {latest}"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("[2021,2020]", "[2020,2021]"),
        ("{2021,2020-06,2021,2020}", "{2020,2020-06,2021}"),
        ("[2021..2022,2020,..2019]", "[..2019,2020,2021..2022]"),
        ("{2022..2023,2020}", "{2020,2022..2023}"),
        ("[2020~,2020]", "[2020,2020~]"),
        ("[2020]", "2020"),
        ("{2020~}", "2020~"),
        ("{?2020-06-02,2020-06-01}", "{2020-06-01,?2020-06-02}"),
        ("[2020,2020]", "2020"),
        ("{2020..2020,2020}", "2020"),
        ("[2020..2021]", "[2020..2021]"),
        ("[2020..2021,2020..2021]", "[2020..2021]"),
    ],
)
def test_a_list_has_one_text(text, canonical):
    """A list is sorted, holds nothing twice, and a list of one is that one."""
    assert When(text).text == canonical
    assert When(text) == When(canonical)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("2020", "2020"),
        ("[2020,2021]", "[2020,2021]"),
        ("{2022,2021}", "2021 2022"),
        ("{2021,2023..2025}", "2021 2023 2024 2025"),
        ("{2021-11..2022-02}", "2021-11 2021-12 2022-01 2022-02"),
        ("{2020-02-28..2020-03-01}", "2020-02-28 2020-02-29 2020-03-01"),
        ("{2020..2021,2019..2020}", "2019 2020 2021"),
        ("{?2020-06-02,2020-06-01}", "2020-06-01 ?2020-06-02"),
        ("{9998..9999}", "9998 9999"),
        ("{9999-12-30..9999-12-31}", "9999-12-30 9999-12-31"),
    ],
)
def test_members_are_each_of_a_set(text, members):
    """Braces hold each of their dates, of which a..b names all; anything else is its own only member."""
    assert [f"{member}" for member in When(text).members] == members.split()


def test_a_thousand_members_are_the_most():
    """A set of a thousand days is read; one of a day more is refused."""
    assert len(When("{2020-01-01..2022-09-26}").members) == 1000
    for text in ("{2020-01-01..2022-09-27}", "{2020-01-01..2022-09-26,2023}"):
        with pytest.raises(InvalidValue, match="at most 1000 members"):
            When(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020-06-17~", "2020-06-16", "2020-06-18"),
        ("2020-09?", "2020-08-01", "2020-10-31"),
        ("2020-02%", "2020-01-01", "2020-03-31"),
        ("2020~", "2019-01-01", "2021-12-31"),
        ("2021-22~", "2021-03-01", "2021-11-30"),
        ("2021-40~", "2020-07-01", "2021-12-31"),
        ("199X~", "1980-01-01", "2009-12-31"),
        ("1997-06-0X~", "1997-05-23", "1997-06-18"),
        ("1997-06-~0X", "1997-05-23", "1997-06-18"),
        ("2014?-04-30", "2013-04-30", "2015-04-30"),
        ("2014-?04-30", "2014-03-31", "2014-05-30"),
        ("2014-04~-30", "2014-03-31", "2014-05-30"),
        ("2014-04-~30", "2014-04-29", "2014-05-01"),
        ("?2014-04", "2013-04-01", "2015-04-30"),
        ("2014?-04-30~", "2013-04-30", "2015-04-30"),
        ("2014-~04-30~", "2014-03-31", "2014-05-30"),
        ("0001~", "0001-01-01", "0002-12-31"),
        ("9999~", "9998-01-01", "9999-12-31"),
        ("0001-01-01~", "0001-01-01", "0001-01-02"),
        ("9999-12-31~", "9999-12-30", "9999-12-31"),
        ("2020-09~/2021~", "2020-08-01", "2022-12-31"),
    ],
)
def test_doubt_asks_for_one_unit_more_on_both_sides(text, first, last):
    """A doubted date may have been one unit of its marked part earlier or later, and no more."""
    when, bare = When(text), When(text.translate(dict.fromkeys(map(ord, "~?%"))))
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    assert (when.start, when.end) == (bare.start, bare.end)
    assert when.maybe_overlaps(first)
    assert when.maybe_overlaps(last)
    if first > date.min:
        assert when.surely_after(first - timedelta(1))
    if last < date.max:
        assert when.surely_before(last + timedelta(1))
        assert not when.surely_by(last - timedelta(1))
    assert when.surely_by(last)
    assert not when.is_day


def test_days_and_spans_are_distinguished():
    """Only what is one known day without a doubt is a day, and only what lasted is a span."""
    assert [When(text).is_day for text in ("2020-06-17", "2020-06-17~", "2020-06", "2020-06-17/2020-06-17")] == [
        True,
        False,
        False,
        False,
    ]
    assert [When(text).is_span for text in ("2020/2021", "2020/", "/2021", "2020/..", "../2021", "{2020,2021}")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("coarse", "fine"),
    [
        ("2021-06", "2021-06-28"),
        ("2016-05", "2016-05-19/2016-05-20"),
        ("../2021-02-19", "2020-12"),
        ("../2021-02-19", "2019/2020"),
        ("2020~/..", "2019-05"),
        ("[2020..2021]", "2020-12-31/2021-01-01"),
        ("[2020,2022]", "2022-03"),
        ("[2020,2022]", "[2020-05,2020-06,2022-01]"),
        ("2021-09-24~", "2021-09-23"),
        ("2020~", "2020-09~"),
        ("2013/2021", "2013-05/2021-07"),
        ("{2021,2022}", "{2021-05,2022-07-01}"),
        ("2020/", "2020-05/2021"),
        ("2020-06/2020", "2020-06-03/2020-06-03"),
        ("../2020", "0001-01-01"),
        ("2020/..", "9999-12-31"),
        ("../2020", "[0001-01-01..2020]"),
        ("2020/..", "[2020..9999]"),
    ],
)
def test_a_finer_date_is_covered(coarse, fine):
    """What says the same more finely is covered, and does not cover in turn."""
    assert When(coarse).covers(When(fine))
    assert not When(fine).covers(When(coarse))
    assert finest([When(coarse), When(fine)]) == [When(fine)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2019-02-19/2019-02-20", "2019-02-20"),  # a duration is not vagueness
        ("2020", "{2020-01,2020-02}"),  # two occurrences are not one
        ("../2021", "{2020-01,2020-02}"),
        ("{2020,2021}", "2020"),
        ("{2020,2021}", "{2020,2021,2022}"),
        ("{2020,2021}", "[2020,2021]"),
        ("2020-09-05", "2020-09~"),
        ("[2020,2022]", "2021"),
        ("2020-XX-15", "2020-03-20"),
        ("2020-XX-15", "2020-03-15"),
        ("199X-06", "1994-06"),
        ("2021-06-28", "2021-07"),
    ],
)
def test_dates_that_say_something_else_do_not_cover(one, other):
    """What another date says is not covered by one that does not say it."""
    assert not When(one).covers(When(other))


def test_a_doubtful_month_is_not_covered_by_the_month():
    """A doubtful date may lie outside, so that it covers the plain one and not the other way round."""
    assert not When("2020-09").covers(When("2020-09~"))
    assert When("2020-09~").covers(When("2020-09"))


def test_dates_that_agree_without_transitivity_leave_two():
    """Of a year, a day in it and a month beside the day, the day and the month are the finest."""
    some = [When("2021"), When("2021-06-28"), When("2021-07"), When("2021-06-28")]
    assert finest(some) == [When("2021-06-28"), When("2021-07"), When("2021-06-28")]


# --- what it is made of ---------------------------------------------------------------------------------------------


def test_a_day_of_the_standard_library_is_read():
    """A date and an aware datetime give their own calendar's day."""
    kiritimati = timezone(timedelta(hours=14))
    assert When(date(2020, 1, 1)) == When("2020-01-01")
    assert When(date(5, 1, 1)) == When("0005-01-01")
    assert When(datetime(2020, 12, 31, 23, 59, tzinfo=kiritimati)) == When("2020-12-31")
    assert When(datetime(2020, 1, 1, tzinfo=UTC)).is_day


def test_a_text_of_a_subclass_is_kept_as_plain_text():
    """Texts of an enumeration give the same value as plain ones, and keep nothing of it."""

    class Year(enum.StrEnum):
        FIRST = "1991"

    assert type(When(Year.FIRST).text) is str
    assert When(Year.FIRST) == When("1991")


def test_equal_texts_are_equal_values():
    """Values are equal by their text, and are always true."""
    assert When("2020") == When("2020")
    assert When("2020") != When("2020-XX")
    assert len({When("2020"), When("[2020]"), When("2021")}) == 2
    assert bool(When("../2020"))


def test_a_value_that_is_set_stays_as_it_is():
    """Nothing about a value can be changed."""
    when = When("2020")
    with pytest.raises(FrozenInstanceError):
        when.text = "2021"
    assert not hasattr(when, "__dict__")


@pytest.mark.parametrize("other", [When("2021"), date(2021, 1, 1), "2021", 3])
def test_a_bare_comparison_is_refused(other):
    """The error of < and > names the methods to use instead."""
    for compare in ("__lt__", "__le__", "__gt__", "__ge__"):
        with pytest.raises(TypeError, match="use surely_before or maybe_before"):
            getattr(When("2020"), compare)(other)
    with pytest.raises(TypeError, match="surely_before"):
        sorted([When("2020"), When("2021")])
    with pytest.raises(TypeError, match="surely_before"):
        assert date(2020, 1, 1) < When("2020")


@pytest.mark.parametrize("other", [None, 2021, datetime(2021, 1, 1, tzinfo=UTC)])
def test_a_comparison_with_anything_else_is_refused(other):
    """Only a `When`, the text of one and a plain day are compared."""
    expected = r"cannot be compared with a When; give a When, the text of one or a datetime\.date$"
    with pytest.raises(InvalidValue, match=expected):
        When("2020").surely_before(other)


@pytest.mark.parametrize("other", ["2021-03", "2021~", "{2021,2022}"])
def test_a_comparison_with_a_text(other):
    """A text is compared as the date that it is."""
    when = When("2021-02-28")
    for method in ("surely_before", "maybe_before", "surely_after", "maybe_after", "surely_by", "maybe_by"):
        assert getattr(when, method)(other) == getattr(when, method)(When(other))
    assert when.surely_overlaps(other) == when.surely_overlaps(When(other))
    assert (when.maybe_overlaps(other), when.covers(other)) == (when.maybe_overlaps(When(other)), False)


def test_a_comparison_with_a_text_that_is_no_date():
    """It is refused."""
    with pytest.raises(InvalidValue, match="write 2020-06"):
        When("2020").surely_before("June 2020")


def test_equal_to_a_text():
    """A date equals its text, and has its hash; it differs from the text of another date."""
    assert When("2020-06") == "2020-06"
    assert "2020-06".__eq__(When("2020-06")) is NotImplemented  # so that the date is asked
    assert When("2020-06") != "2020-07"
    assert When("2020-06") != "2020-06~"
    assert When("2020-06") in {"2020-06": 1}
    assert When("2020-06") != 2020
    assert When("2020-06") != None  # noqa: E711


@pytest.mark.parametrize(
    ("when", "text", "advice"),
    [
        ("2020-06", "June 2020", "write 2020-06"),
        ("2020-06", "the summit", "does not name a date"),
        ("2020-06", "", "does not name a date"),
        ("{2021,2022}", "{2022,2021}", r"is '\{2021,2022\}' written otherwise"),
        ("[2021,2022]", "[2022,2021,2021]", r"compare with When\('\[2022,2021,2021\]'\)"),
    ],
)
def test_equal_to_another_text(when, text, advice):
    """A text that would never be equal is refused, and so is one whose hash differs from that of an equal date."""
    with pytest.raises(InvalidValue, match=advice):
        assert When(when) == text
    with pytest.raises(InvalidValue, match=advice):
        assert text != When(when)


@pytest.mark.parametrize("day", [date(2020, 6, 17), datetime(2020, 6, 17, tzinfo=UTC)])
def test_equal_to_a_day_of_the_calendar(day):
    """It is refused: they have different hashes, so they would never be equal."""
    with pytest.raises(TypeError, match=r"write When\(datetime"):
        assert When("2020-06-17") == day
    with pytest.raises(TypeError, match=r"write When\(datetime"):
        assert day != When("2020-06-17")


@given(when=whens(), other=whens())
def test_equal_objects_have_one_hash(when, other):
    """A date equals the text of another date exactly if it equals that date, and then their hashes are equal."""
    assert (when == other.text) == (when == other) == (when.text == other)
    if when == other.text:
        assert hash(when) == hash(other.text)


# --- what is refused ------------------------------------------------------------------------------------------------

FEBRUARY = "write 2024-02-29, 2024-02 (some day in February) or 2024-02~ (about February)"
FEBRUARY_2023 = "write 2023-02-28, 2023-02 (some day in February) or 2023-02~ (about February)"
JUNE = "write 2026-06-30, 2026-06 (some day in June) or 2026-06~ (about June)"
FINANCIAL = "write 2023-04/2024-03, with the months of a financial year, or 2023/2024 (from, to)"
ANY = "write a year from 0001 to 9999 first: 2020, 2020-06, 2020-06-17, 2020-06~ (about June), 2020/2021 (from, to)"
LISTS = "write [2020,2021-06] (one of them), {2020,2021-06} (each of them) or [2020..2021-06] (some day within)"
RUNS = "write two years, months or days in order, as {2020..2022}, with at most 1000 members"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("31/06/2026", f"'31/06/2026' is not a date: June has 30 days; {JUNE}"),
        ("2024-02-30", f"'2024-02-30' is not a date: February 2024 has 29 days; {FEBRUARY}"),
        ("30.2.2024", f"'30.2.2024' is not a date: February 2024 has 29 days; {FEBRUARY}"),
        (
            "2023-02-29",
            f"'2023-02-29' is not a date: February 2023 has 28 days; {FEBRUARY_2023}",
        ),
        ("2026-06-31~", f"'2026-06-31~' contains '2026-06-31', which is not a date: June has 30 days; {JUNE}"),
        (
            "2024-06-00",
            "'2024-06-00' is not a date: June has 30 days; write 2024-06 (some day in June) or 2024-06~ (about June)",
        ),
        ("2024-13", "'2024-13' is not a date: there is no month 13; write 01 to 12, or 2024 alone"),
        ("2024-00", "'2024-00' is not a date: there is no month 00; write 01 to 12, or 2024 alone"),
        ("2021-21-05", "'2021-21-05' is not a date: there is no month 21; write 01 to 12, or 2021 alone"),
        (
            "03/04/2026",
            "'03/04/2026' is ambiguous; write 2026-04-03 (3 April 2026) or 2026-03-04 (4 March 2026)",
        ),
        ("03/03/2026", "'03/03/2026' is not a date in EDTF; write 2026-03-03"),
        ("13/04/2026", "'13/04/2026' is not a date in EDTF; write 2026-04-13"),
        ("04/13/2026", "'04/13/2026' is not a date in EDTF; write 2026-04-13"),
        ("31/31/2026", "'31/31/2026' is not a date: there is no month 31; write 01 to 12, or 2026 alone"),
        ("17.6.2020", "'17.6.2020' is not a date in EDTF; write 2020-06-17"),
        ("2024-6-1", "'2024-6-1' is not a date in EDTF; write 2024-06-01"),
        ("2024/06/15", "'2024/06/15' is not a date in EDTF; write 2024-06-15"),
        ("06/2026", "'06/2026' is not a date in EDTF; write 2026-06"),
        ("2026/06", "'2026/06' is not a date in EDTF; write 2026-06"),
        ("June 2020", "'June 2020' is not a date in EDTF; write 2020-06"),
        ("17 June 2020", "'17 June 2020' is not a date in EDTF; write 2020-06-17"),
        ("Sept. 3, 2020", "'Sept. 3, 2020' is not a date in EDTF; write 2020-09-03"),
        ("June 31, 2026", f"'June 31, 2026' is not a date: June has 30 days; {JUNE}"),
        ("summer 2005", "'summer 2005' is not a date in EDTF; write 2005-22"),
        ("2021-Q3", "'2021-Q3' is not a date in EDTF; write 2021-35"),
        ("20240615", "'20240615' is not a date in EDTF; write 2024-06-15"),
        ("2024-W24-6", "'2024-W24-6' is not a date in EDTF; write 2024-06-15"),
        ("2024-06-15T10:00", "'2024-06-15T10:00' is not a date in EDTF; write 2024-06-15"),
        ("2024-06-15T25:00", f"'2024-06-15T25:00' is not a date; {ANY}"),
        ("\uff12\uff10\uff12\uff14", "'\uff12\uff10\uff12\uff14' is not a date in EDTF; write 2024"),
        ("٢٠٢٤-٠٦", "'٢٠٢٤-٠٦' is not a date in EDTF; write 2024-06"),
        (" 2020-06", "' 2020-06' is not a date in EDTF; write 2020-06"),
        ("2020-06\n", "'2020-06\\n' is not a date in EDTF; write 2020-06"),
        ("[2020, 2021]", "'[2020, 2021]' is not a date in EDTF; write [2020,2021]"),
        ("2020 /2021~", "'2020 /2021~' is not a date in EDTF; write 2020/2021~"),
        ("2024-06-15/2024-06-01", "'2024-06-15/2024-06-01' ends before it begins; write the earlier date first"),
        ("[2021..2020]", "'[2021..2020]' ends before it begins; write the earlier date first"),
        ("2023/24", f"'2023/24' is not a date in EDTF; {FINANCIAL}"),
        ("2023\u201324", f"'2023\u201324' is not a date in EDTF; {FINANCIAL}"),
        ("FY2023-24", f"'FY2023-24' is not a date in EDTF; {FINANCIAL}"),
        ("fy 2023/24", f"'fy 2023/24' is not a date in EDTF; {FINANCIAL}"),
        ("2023/26", f"'2023/26' contains '26', which is not a date; {ANY}"),
        ("2020/2020-1-1", "'2020/2020-1-1' contains '2020-1-1', which is not a date in EDTF; write 2020-01-01"),
        ("", "'' does not name a date; leave the field out"),
        ("now", "'now' does not name a date; leave the field out"),
        ("unknown", "'unknown' does not name a date; leave the field out"),
        ("../..", "'../..' does not name a date; leave the field out"),
        ("[..]", "'[..]' does not name a date; leave the field out"),
        ("XXXX-XX-XX", "'XXXX-XX-XX' does not name a date; leave the field out"),
        ("XXXX/2020", "'XXXX/2020' contains 'XXXX', which does not name a date; leave the field out"),
        ("[2020,..]", "'[2020,..]' contains '[..]', which does not name a date; leave the field out"),
        ("[2020", f"'[2020' is not a list of plain dates; {LISTS}"),
        ("[[2020],2021]", f"'[[2020],2021]' is not a list of plain dates; {LISTS}"),
        ("{2020/2021,2022}", f"'{{2020/2021,2022}}' is not a list of plain dates; {LISTS}"),
        (
            "{2022..2020}",
            f"'{{2022..2020}}' contains '2022..2020', which is not a range of years, months or days; {RUNS}",
        ),
        ("{..2020}", f"'{{..2020}}' contains '..2020', which is not a range of years, months or days; {RUNS}"),
        ("-0044", f"'-0044' is not a date; {ANY}"),
        (None, "None is not a date but NoneType; leave the field out"),
        (True, "True is not a date but bool; write text such as '2020-06-17', or give a datetime.date"),
        (2020, "2020 is not a date but int; write text such as '2020-06-17', or give a datetime.date"),
        (2020.5, "2020.5 is not a date but float; write text such as '2020-06-17', or give a datetime.date"),
        (b"2020", "b'2020' is not a date but bytes; write text such as '2020-06-17', or give a datetime.date"),
        (
            datetime(2020, 1, 1),  # noqa: DTZ001  this is the point
            "datetime.datetime(2020, 1, 1, 0, 0) has no time zone, so its day is ambiguous; write '2020-01-01'",
        ),
    ],
)
def test_an_invalid_date_is_refused_with_what_to_write(value, message):
    """The message says what is wrong and what to write instead."""
    with pytest.raises(InvalidValue) as caught:
        When(value)
    assert str(caught.value) == message
    assert caught.value.value is value
    assert caught.value.__suppress_context__ == isinstance(value, str)


REFUSED = """
0000 0000-01 12020 Y-170000002 2020S2 2024-W24 20-06-2020T 1X9X X990 199x 1990s 2020-2021 2020--06 2020- -2020
2020-2X 2020-4X 2021-42 2021-20 199X-21 2023-02-3X 190X-02-3X 2020-06-1X-0X 2020-06-017 2020-06-17-01 2020-06.. 1e9
2020-06-02~/2020-06-01~
2020/2021/2022 2020/../2021 ../2020/.. /../2020 2020/[2021,2022] 2020/now 2020/P1Y P5Y 24-06-15 15-06-24 inf nan
2020?~ 2020~~ ?2020? 2014-?04?-30 2014-?04-~30~ ~ 2020-~ XXXX~-06 open today n.d. Juin 2020年6月 17июня2020 ²⁰²⁰x
{2020..2021-05} {2020-21..2020-22} {2020~..2021~} {199X..2001} {2020..} {2020~..2020~} {} [] [2020,] [2020;2021] [2020]]
] 2020] [2020.2021] [2020....] [2020...2021] 2020..2021 ..2020 ..2020-06 2020-06-17Z 2020-06-17+02:00
"""


@pytest.mark.parametrize("text", [*REFUSED.split(), "2020\xa0x", "2020 2021", "17 06"])
def test_other_texts_are_refused(text):
    """What is not EDTF, or says nothing, is refused with something to do."""
    with pytest.raises(InvalidValue) as caught:
        When(text)
    assert caught.value.instead


def test_a_long_text_is_refused():
    """A text of over a hundred characters is refused before it is read, and a message does not repeat it."""
    fits = "[" + ",".join(f"{year}" for year in range(1900, 1919)) + "]"
    assert len(When(fits.replace("1918", "1918-06~")).text) == 100
    for text in ("2" * 101, "[2020," + "2020-06-17," * 10 + "2021]", "2" * 10**7, " " * 10**7):
        with pytest.raises(InvalidValue, match="is too long for a date: over 100 characters") as caught:
            When(text)
        assert len(str(caught.value)) < 400


@given(st.text(max_size=30) | st.text("0123456789X-/.,[]{}~?% TW", max_size=24))
def test_any_text_is_read_or_refused(text):
    """No text raises anything but `InvalidValue`, and what is read goes through its text."""
    refused = None
    try:
        assert When(When(text).text) == When(text)
    except InvalidValue as wrong:
        refused = wrong
    if refused:
        assert refused.value == text
        assert refused.instead


@given(whens(), st.sampled_from("0123456789X-/.,[]{}~?% "), st.integers(0, 30), st.booleans())
def test_a_date_with_one_typing_mistake_is_read_or_refused(when, char, at, is_added):
    """One character more or another keeps to the same rule: a date or `InvalidValue`, with bounds in order."""
    text = when.text[:at] + char + when.text[at + (not is_added) :]
    with contextlib.suppress(InvalidValue):
        moved = When(text)
        assert (moved.earliest or date.min) <= (moved.latest or date.max)


# --- a second opinion -----------------------------------------------------------------------------------------------

WRONG = {  # text: what `edtf` 5.0.2 makes of it, and why it is not so here
    "2021-24": "2021-12-01 2021-12-31",  # it cuts winter off at the year's end, and spring begins in March
    "2023-28": "2023-12-01 2023-12-31",
    "2021-30": "2021-12-01 2021-12-31",
    "190X-02-29": "1900-02-29 1909-02-29",  # no such days
    "2023-02-29": "2023-02-29 2023-02-29",
    "XXXX-12-25": "0000-12-25 9999-12-25",  # our calendar begins with the year 1
    "000X": "0000-01-01 0009-12-31",
    "1997-06-0X": "ValueError",  # valid, and no bounds
    "2020-09-2X": "ValueError",
    "2020-06-3X": "ValueError",
    "2020-06-X1": "ValueError",
    "2020-0X": "AttributeError",
    "2020-1X": "AttributeError",
    "2020-X1": "AttributeError",
    "2020-X2-30": "ValueError",
    "2020-12-3X": "ValueError",
    "2014?-04-30~": "EDTFParseException",
    "2014-22~": "EDTFParseException",
    "2020/": "2020-01-01 2030-01-01",  # ten years are invented for an unknown end
    "/2020": "2010-12-31 2020-12-31",
    "2020/..": "TypeError",
    "../2020": "TypeError",
    "[..2020]": "TypeError",
    "[2021-33,2021-34]": "EDTFParseException",
    "[2020-11-16..2020-12]": "EDTFParseException",  # a day to a month
    "[2020]": "EDTFParseException",
    "2024-06-15/2024-06-01": "2024-06-15 2024-06-01",  # backwards
    "[2021..2020]": "2021-01-01 2020-12-31",
    "0000": "0000-01-01 0000-12-31",  # outside the calendar of the standard library
    "-0044": "-044-01-01 -044-12-31",
    "XXXX": "0000-01-01 9999-12-31",
    "1X9X": "1090-01-01 1999-12-31",  # it fills each gap for itself
    "2020-06-17\n": "2020-06-17 2020-06-17",
    "2020-06-17T10:00:00Z": "2020-06-17 2020-06-17",  # a time of day
}


@functools.cache
def module(name):
    """Return one of the two libraries that read dates too; their grammar warns on import."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip(name)


def is_valid(text):
    """Tell whether `edtf-validate` calls a text valid."""
    return module("edtf_validate.valid_edtf").is_valid(text)


def theirs(text):
    """Return the bounds that `edtf` finds, or the name of what it raises."""
    parse_edtf = module("edtf").parse_edtf
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints when it fails
            found = parse_edtf(text)
        return " ".join(
            "{:04}-{:02}-{:02}".format(*bound[:3]) for bound in (found.lower_strict(), found.upper_strict())
        )
    except Exception as wrong:  # noqa: BLE001  whatever it raises
        return type(wrong).__name__


def ours(text):
    """Return our bounds, or that it is refused."""
    try:
        return f"{When(text).earliest} {When(text).latest}"
    except InvalidValue:
        return "InvalidValue"


@pytest.mark.parametrize("text", sorted({row[0] for row in rows(CLAIMS) + rows(FORMS)} - WRONG.keys()))
def test_a_known_date_has_the_bounds_that_edtf_finds(text):
    """Bounds are those of `edtf`, but for a table of where it is wrong or finds none."""
    assert ours(text) == theirs(text) or (".." in text and theirs(text) == "TypeError")  # of all open bounds


@pytest.mark.parametrize(("text", "opinion"), WRONG.items())
def test_edtf_is_still_wrong_where_it_was(text, opinion):
    """Where we differ from `edtf`, it still says what it said when the table was made."""
    assert theirs(text) == opinion
    assert ours(text) != opinion


@st.composite
def plain_edtf(draw):
    """Forms that `edtf` reads rightly: years, months, days, most seasons, gaps at the end, doubt at the end, spans."""

    def one():
        day = f"{draw(st.dates(date(10, 1, 1)))}"
        return draw(st.sampled_from((day, day[:7], day[:4]))) + draw(st.sampled_from(MARKS))

    form = draw(st.integers(0, 3))
    if form == 0:
        season = draw(st.integers(21, 41).filter(lambda code: code not in (24, 28, 30)))
        return f"{one()[:4]}-{season}"
    if form == 1:
        date_ = one()
        return draw(st.sampled_from((date_[:3] + "X", date_[:2] + "XX", date_[:4] + "-XX", date_[:4] + "-02-XX")))
    if form == 2:
        return one()
    a, b = sorted((one(), one()), key=lambda text: When(text).earliest)
    assume(When(a).latest < When(b).earliest)
    return f"{a}/{b}"


@settings(deadline=None, max_examples=50)  # one takes them 10 to 50 ms
@given(plain_edtf())
def test_a_date_that_edtf_reads_has_the_same_bounds(text):
    """Generated dates have the bounds that `edtf` finds, and `edtf-validate` calls them valid."""
    assert ours(text) == theirs(text)
    assert is_valid(text)


@settings(deadline=None, max_examples=100)
@given(st.from_regex(r"(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}", fullmatch=True))
def test_a_day_is_read_when_edtf_validate_calls_it_valid(text):
    """Of texts that look like a day those are read that are one; `edtf-validate` lets 29 February pass in any year."""
    assert (ours(text) != "InvalidValue") == is_valid(text) or text.endswith("-02-29")


# --- docstrings -----------------------------------------------------------------------------------------------------


def test_the_examples_in_the_docstrings_are_so():
    """Every example of the module says what happens."""
    result = doctest.testmod(sys.modules[When.__module__])
    assert result.attempted > 1
    assert not result.failed


def test_the_length_of_a_month():
    """It is that of the proleptic Gregorian calendar."""
    for year in range(1, 2402):
        assert [month_length(year, month) for month in range(1, 13)] == [monthrange(year, m)[1] for m in range(1, 13)]
