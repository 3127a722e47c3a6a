"""Dates in plain English."""

from __future__ import annotations

import contextlib
import re
from collections import defaultdict
from datetime import UTC, datetime
from functools import cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnership as ps
from partnership.errors import InvalidValue
from partnership.testing import whens
from partnership.values.date_words import in_words, moment_in_words, since_in_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2020-06-17", "17 June 2020"),
        ("2020-06", "June 2020"),
        ("2020", "2020"),
        ("2020-09~", "about September 2020"),
        ("2007?", "perhaps 2007"),
        ("2021-23", "autumn 2021"),
        ("2021-35", "third quarter of 2021"),
        ("2020-11-19/2020-11-20", "19 to 20 November 2020"),
        ("2020-09-30/2020-10-02", "30 September to 2 October 2020"),
        ("2016/2020", "2016 to 2020"),
        ("2020-12-30/2021-01-02", "30 December 2020 to 2 January 2021"),
        ("{2021,2022}", "2021 and 2022"),
        ("[2021,2022]", "2021 or 2022"),
        ("[2021-11..2021-12]", "some day from November to December 2021"),
        ("[..2021]", "by 2021"),
        ("[2021..]", "2021 or later"),
        ("../2021-06-30", "by 30 June 2021"),
        ("2017/..", "from 2017 on"),
        ("2017/", "since 2017"),
        ("/2017", "until 2017"),
        ("1997-06-0X", "some day from the 1st to the 9th of June 1997"),
        ("{2019..2021}", "each year from 2019 to 2021"),
        ("{2020-06..2020-08}", "each month from June to August 2020"),
        ("{2020-06-17..2020-06-19}", "each day from 17 to 19 June 2020"),
        ("{2019..2021,2025}", "each year from 2019 to 2021, and 2025"),
        ("{2021,2022,2024}", "2021, 2022 and 2024"),
        ("[2019,2021..2022]", "2019, or some day from 2021 to 2022"),
        ("[2019..2019]", "2019"),
        ("2024~", "about 2024"),
        ("2024%", "perhaps about 2024"),
        ("~2020-06", "June 2020 (year approximate)"),
        ("2020-06-?17", "17 June 2020 (day uncertain)"),
        ("2020?-06~", "June 2020 (year uncertain, month approximate)"),
        ("2020-06-17/2020-06-17", "17 June 2020"),
        ("2020-06-17~/2020-06-17~", "about 17 June 2020"),
        ("2020/2020", "within 2020"),
        ("2020-06-17/2020-06", "17 June 2020 to June 2020"),
        ("2020~/2021", "about 2020 to 2021"),
        ("202X", "the 2020s"),
        ("200X", "some year from 2000 to 2009"),
        ("19XX", "some year from 1900 to 1999"),
        ("202X~", "about the 2020s"),
        ("XXXX-06-15", "15 June of some year"),
        ("202X-06", "June of some year from 2020 to 2029"),
        ("2020-XX", "some month of 2020"),
        ("2020-1X", "some month from October to December of 2020"),
        ("2020-X1", "January or November of 2020"),
        ("2020-X0", "October 2020"),
        ("2020-06-XX", "some day in June 2020"),
        ("2020-XX-15", "the 15th of some month of 2020"),
        ("2020-XX-X3", "the 3rd, the 13th or the 23rd of some month of 2020"),
        ("2020-02-2X", "some day from the 20th to the 29th of February 2020"),
        ("2021-02-2X", "some day from the 20th to the 28th of February 2021"),
        ("2021-24", "winter of 2021 to 2022"),
        ("1999-24", "winter of 1999 to 2000"),
        ("2021-30", "southern summer of 2021 to 2022"),
        ("2021-29", "southern spring 2021"),
        ("2021-25", "spring 2021"),
        ("2020-06-17/..", "from 17 June 2020 on"),
    ],
)
def test_a_vague_date(text, words):
    """It is formatted in plain English."""
    assert in_words(ps.When(text)) == words


YEARS = ["2020", "2021", "202X", "200X", "20XX", "XXXX"]
MONTHS = ["01", "06", "11", "24", "25", "29", "30", "36", "41", "XX", "0X", "1X", "X0", "X1", "X2"]
DAYS = ["05", "15", "30", "XX", "0X", "1X", "2X", "3X", "X5", "X0"]
EDTF = re.compile(r"\d{4}-|[~?%/X{}\[\]]|\.\.")
"""What is in a date as it is written in EDTF, and never in words."""


def dates(texts):
    """Return those of some texts that are dates."""
    for text in texts:
        with contextlib.suppress(InvalidValue):
            yield ps.When(text)


@cache
def every_form():
    """Return dates in all forms of EDTF."""
    plain = [*YEARS, *map("-".join, product(YEARS, MONTHS)), *map("-".join, product(YEARS[1:3], MONTHS, DAYS))]
    marked = [f"{text}{mark}" for text in plain for mark in "~?%"]
    marked += [text.replace("-", f"{mark}-", 1) for text in plain for mark in "~%"]
    marked += [text.replace("-", f"-{mark}", 1) for text in plain for mark in "~?"]
    marked += [f"~{text}" for text in plain]
    sides = ["", "..", "2020", "2021", "2020-06", "2020-07", "2020-06-17", "2020-06-18", "2020~", "2020-06-17?", "202X"]
    pairs = [*product([*sides, "2020-24"], repeat=2)]
    spans = [f"{a}/{b}" for a, b in pairs]
    lists = [f"{left}{a}{mark}{b}{right}" for a, b in pairs for left, right in ("[]", "{}") for mark in (",", "..")]
    lists += [f"{left}2019,{a}..{b}{right}" for a, b in pairs for left, right in ("[]", "{}")]
    return [*dates([*plain, *marked, *spans, *lists])]


def named_days(when):
    """Return the days that a date names: those on which it may begin and end, of each member, and with doubt."""
    days = [(member._begins, member._ends, when.is_doubtful) for member in when.members]
    return tuple(days) if when.latest != when.earliest else days[0]


def test_words_name_the_days():
    """Two dates with the same words name the same days: nothing of the date is lost."""
    by_words = defaultdict(set)
    for when in every_form():
        by_words[in_words(when)].add(named_days(when))
    assert {words: days for words, days in by_words.items() if len(days) > 1} == {}


def test_words_without_edtf():
    """No form is left as it is written."""
    assert [str(when) for when in every_form() if EDTF.search(in_words(when))] == []


@given(when=whens())
def test_any_date(when):
    """It has words, and they are not EDTF."""
    assert in_words(when).strip()
    assert not EDTF.search(in_words(when))


@given(day=st.dates())
def test_a_day_of_the_calendar(day):
    """It has the words of the same day in EDTF."""
    assert in_words(day) == in_words(ps.When(day)) == moment_in_words(day)


def test_a_moment():
    """It has its time with its time zone."""
    assert moment_in_words(datetime(2020, 6, 17, 9, 5, tzinfo=UTC)) == "17 June 2020, 09:05:00+00:00"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2022", "the end of 2022"),
        ("2005-21", "the end of spring 2005"),
        ("2021-35", "the end of the third quarter of 2021"),
        ("2021-06", "the end of June 2021"),
        ("2021-06-05", "5 June 2021"),
        ("2021-06~", "about June 2021"),
        ("[2021-11..2021-12]", "the end of December 2021"),
        ("2021-03/..", "the end of March 2021"),
    ],
)
def test_since_when_a_planned_date_is_past(text, words):
    """A part of a year is past since its end; a day, or a date in doubt, is named alone."""
    assert since_in_words(ps.When(text)) == words
