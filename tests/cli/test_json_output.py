"""Values as JSON."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import partnership as ps
from partnership.cli.json_output import in_json


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        (True, True),
        (3, 3),
        ("x", "x"),
        (date(2020, 6, 17), "2020-06-17"),
        (ps.When("2021-33"), "2021-33"),
        (Decimal("8130000.50"), "8130000.50"),
        (Decimal("1E+3"), "1000"),
        (("a", (1, None)), ["a", [1, None]]),
        ({"a": ps.When("2020"), 1: ()}, {"a": "2020", "1": []}),
        (ps.Money("5", "USD", "about"), {"amount": "5", "currency": "USD", "bound": "about"}),
        (int, "<class 'int'>"),
    ],
)
def test_a_value(value, written):
    """Objects have their attributes as keys, dates and amounts are the texts that a record has."""
    assert in_json(value) == written
