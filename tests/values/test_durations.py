"""Durations: one text for one length of time, bounds, and words for people."""

import pytest

from partnership import Duration
from partnership.errors import InvalidValue
from partnership.model.value_text import value_in_words


@pytest.mark.parametrize(
    ("given", "kept", "words"),
    [
        ("P5Y", "P5Y", "five years"),
        ("P60M", "P5Y", "five years"),
        ("P1Y6M", "P18M", "18 months"),
        ("P0Y1M", "P1M", "one month"),
        ("P14D", "P2W", "two weeks"),
        ("P1W3D", "P10D", "ten days"),
        ("P1M15D", "P1M15D", "one month and 15 days"),
        ("PT90M", "PT90M", "90 minutes"),
        ("PT120M", "PT2H", "two hours"),
        ("P1DT12H", "P1DT12H", "one day and twelve hours"),
    ],
)
def test_ways_to_write_a_duration(given, kept, words):
    """Months are years where they are a whole number of them, days weeks and minutes hours."""
    assert Duration(given).text == kept
    assert Duration(given) == Duration(kept)
    assert str(Duration(given)) == value_in_words(Duration(given)) == words


@pytest.mark.parametrize(
    "wrong", ["", "P", "PT", "P5", "5Y", "five years", "P0D", "P1.5Y", "P-1Y", "p5y", "P5YT", "P999999Y", 5, None,
              "P" + "0" * 40 + "1Y", "P٣Y"]
)  # fmt: skip
def test_no_duration(wrong):
    """It is refused, and the error shows how to write one."""
    with pytest.raises(InvalidValue, match="'P5Y' for five years"):
        Duration(wrong)


def test_bounds():
    """A minimum covers longer durations; months and days are not compared."""
    assert str(Duration("P10Y", "at-least")) == "at least ten years"
    assert Duration("P10Y", "at-least").covers(Duration("P132M"))
    assert not Duration("P10Y", "at-least").covers(Duration("P9Y"))
    assert not Duration("P1M", "at-least").covers(Duration("P40D"))
    assert not Duration("P1M2D", "at-least").covers(Duration("P1M3D"))
    assert Duration("P1M2D", "at-least").covers(Duration("P1M2D"))
    assert Duration("P1M2D", "about").covers(Duration("P1M2D", "about"))
    assert not Duration("P5Y").covers(Duration("P6Y"))
