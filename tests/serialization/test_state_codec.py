"""States as JSON and back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import attrs
import pytest

import partnership as ps
from partnership.serialization import state_codec
from partnership.serialization.state_codec import reader_of, written


@attrs.frozen
class Row:
    """A row of a state."""

    day: date | None
    amount: Decimal
    pair: tuple[str, ps.Count] = ("a", ps.Count(1))


@attrs.frozen
class Seen:
    """A state with a field of each sort."""

    subject: str
    on: ps.When | None = None
    days: tuple[ps.When, ...] = ()
    is_open: bool = False
    form: Literal["treaty", "plan"] | None = None
    rows: tuple[Row, ...] = ()


WHOLE = Seen(
    "seen:a",
    ps.When("2020-06~"),
    (ps.When("{2021,2022}"), ps.When("2021")),
    is_open=True,
    form="plan",
    rows=(Row(date(2020, 6, 17), Decimal("0.0000001")), Row(None, Decimal(8), ("b", ps.Count(2, "at-least")))),
)


@pytest.mark.parametrize("state", [WHOLE, Seen("seen:b")], ids=["all", "nothing"])
def test_a_state(state):
    """It is read as it was written."""
    found = reader_of(Seen)(json.loads(json.dumps(written(state))))
    assert found == state
    assert repr(found) == repr(state)
    assert type(found.rows) is tuple


def test_what_says_nothing():
    """It is not written."""
    assert written(Seen("seen:a")) == {"subject": "seen:a"}


def test_a_date_that_stands_twice():
    """It is one object."""
    read = reader_of(Seen)
    assert read({"subject": "a", "on": "2020-06"}).on is read({"subject": "b", "on": "2020-06"}).on


def test_dates_without_number(monkeypatch):
    """They are forgotten, before they fill the memory."""
    monkeypatch.setattr(state_codec, "_MOST", 2)
    dates = state_codec._Dates()
    assert [dates[text].text for text in ("2020", "2021", "2022")] == ["2020", "2021", "2022"]
    assert list(dates) == ["2022"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": 1},
        {"on": 2020},
        {"on": "soon"},
        {"on": ["2020"]},
        {"days": "2020"},
        {"is_open": 1},
        {"form": "letter"},
        {"form": ["plan"]},
        {"rows": [{"amount": "1"}]},
        {"rows": [{"day": "17 June", "amount": "1"}]},
        {"rows": [{"day": None, "amount": 1}]},
        {"rows": [{"day": None, "amount": "much"}]},
        {"rows": [{"day": None, "amount": "1", "pair": ["a"]}]},
        {"rows": [1]},
        {"what": "is this"},
        {"what": None},
    ],
    ids=str,
)
def test_what_no_state_can_be(wrong):
    """It is refused, whoever wrote it."""
    with pytest.raises((TypeError, ValueError, KeyError, ArithmeticError, AttributeError)):
        reader_of(Seen)({"subject": "seen:a"} | wrong)


@pytest.mark.parametrize("hint", [object, Any, str | int, dict[str, str], list[str]], ids=str)
def test_a_type_that_no_state_has(hint):
    """Nothing reads it."""
    with pytest.raises(TypeError):
        reader_of(hint)
