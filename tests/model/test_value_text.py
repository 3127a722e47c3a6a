"""Values in plain English."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import frozen

import partnership as ps
from partnership.model.expectations import Expectation, Outcome
from partnership.model.progress import Progress
from partnership.model.value_text import is_same, value_in_words
from partnership.subjects.assessments import Verdict
from partnership.subjects.courses import Run


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
        (COUNTED, "as of March 2021, done 99, called carried out, sources differ"),
        (
            (COUNTED, Progress(ps.When("2020"), None, None, ps.Percent(60), None, is_disputed=False)),
            "as of March 2021, done 99, called carried out, sources differ; as of 2020, share 60 %",
        ),
    ],
)
def test_text_of_a_value(value, words):
    """Dates and amounts are in words, a row has its fields by name, and empty values are left out."""
    assert value_in_words(value) == words


def test_values_that_are_not_true():
    """False and 0 are values; a flag of a row that cannot be None is left out, since no source says that it is set."""
    assert [*map(value_in_words, (0, False, ps.Percent(0), (0, None, False)))] == ["0", "no", "0 %", "0, no"]
    run = Run("first", participants=(("all", ps.Count(0)),))
    assert value_in_words(run) == "run first, participants all, 0"
    verdict = Verdict("plan:p", "A", *(False, None, None, "0", None), is_disputed=False)
    assert value_in_words(verdict) == "concerns plan:p, assessor A, not independent, value 0"


def test_equal_values_of_any_fields():
    """A date and a text are not compared, nor those in two lists."""
    assert is_same((ps.When("2020"), "a"), (ps.When("2020"), "a"))
    assert not is_same(ps.When("2020"), "Sochi")
    assert not is_same((ps.When("2020"),), ("Sochi",))
    assert not is_same(("a",), ("a", "b"))
    assert not is_same(ps.When("2020"), "2020")
