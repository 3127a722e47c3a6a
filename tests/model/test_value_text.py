"""Values in plain English."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import frozen

import partnership as ps
from partnership.model.expectations import Expectation, Outcome
from partnership.model.progress import Progress
from partnership.model.value_text import value_in_words


@frozen
class Act:
    """A row that says what was done, and between which days."""

    what: str
    between: Outcome | tuple[Outcome, ...]


COUNTED = Progress(ps.When("2021-03"), ps.Count(99), None, None, "carried out", is_disputed=True)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (ps.When("2020-06-17"), "17 June 2020"),
        (Expectation(ps.When("2020-12"), date(2020, 11, 16), ()), "December 2020"),
        (("RU", None, "VN"), "RU, VN"),
        (Act("made", Outcome(None, date(2020, 6, 17))), "what made"),
        (Act("made", (Outcome(None, date(2020, 6, 17)),)), "what made"),
        ((("all", ps.Count(25)), ("VN", ps.Count(5))), "all, 25, VN, 5"),
        (None, ""),
        ((), ""),
        (True, "yes"),
        (False, "no"),
        (ps.Money("5", "USD"), "5 USD"),
        (ps.Percent(60, "at-least"), "at least 60 %"),
        (COUNTED, "as of March 2021, done 99, verb carried out, sources differ"),
        (
            (COUNTED, Progress(ps.When("2020"), None, None, ps.Percent(60), None, is_disputed=False)),
            "as of March 2021, done 99, verb carried out, sources differ; as of 2020, share 60 %",
        ),
    ],
)
def test_text_of_a_value(value, words):
    """Dates and amounts are in words, a row has its fields by name, and empty values are left out."""
    assert value_in_words(value) == words


def test_dates_as_they_are_written():
    """Another formatter of dates is used for dates in rows and lists too."""
    assert value_in_words((COUNTED, ps.When("2020-06-17")), str).startswith("as of 2021-03, ")
    assert value_in_words((COUNTED, ps.When("2020-06-17")), str).endswith("; 2020-06-17")
