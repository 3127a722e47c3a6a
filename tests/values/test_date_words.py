"""Dates in plain English."""

from __future__ import annotations

import pytest
from hypothesis import given

import partnership as ps
from partnership.testing import whens
from partnership.values.date_words import in_words


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
        ("[2021-11..2021-12]", "some day from November 2021 to December 2021"),
        ("[..2021]", "by 2021"),
        ("[2021..]", "2021 or later"),
        ("../2021-06-30", "by 30 June 2021"),
        ("2017/..", "from 2017 on"),
        ("2017/", "since 2017"),
        ("/2017", "until 2017"),
        ("1997-06-0X", "1997-06-0X"),
    ],
)
def test_a_vague_date(text, words):
    """It is formatted in plain English."""
    assert in_words(ps.When(text)) == words


@given(when=whens())
def test_any_date(when):
    """It has a non-empty text."""
    assert in_words(when).strip()
