"""The number in an ordinal."""

from __future__ import annotations

import pytest

from partnership.model.ordinals import ordinal_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1st", 1),
        ("The 102nd session", 102),
        ("eleventh", 11),
        ("Ninth", 9),
        ("twentieth", 20),
        ("thirty-second", 32),
        ("ninety ninth", 99),
        ("fortieth anniversary, second part", 40),
        ("fifth and sixth", 5),
        ("commemorative", None),
        ("", None),
    ],
)
def test_the_number(text, number):
    """It is read from figures, or from English words up to 99."""
    assert ordinal_number(text) == number
