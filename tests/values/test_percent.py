"""Shares and changes in hundredths."""

from decimal import Decimal

import pytest

from partnership import Percent
from partnership.errors import InvalidValue


@pytest.mark.parametrize(
    ("given", "number"), [("-9.5", "-9.5"), ("+17.9", "17.9"), (60, "60"), (-3, "-3"), ("-0", "0"), (Decimal(-0), "0")]
)
def test_a_change_or_a_share(given, number):
    """It is exact and may be negative; a redundant sign is dropped."""
    assert str(Percent(given).number) == number


@pytest.mark.parametrize("given", [0.6, True, None, "", "--1", "17.9%", Decimal("NaN"), Decimal("-1E+99999999")])
def test_an_invalid_percentage(given):
    """It is refused: a float, or a text without digits."""
    with pytest.raises(InvalidValue):
        Percent(given)


def test_over_sixty():
    """A minimum covers higher figures, and is shown in words."""
    assert Percent(60, "at-least").covers(Percent("71.2"))
    assert str(Percent(60, "at-least")) == "at least 60 %"
    assert str(Percent("-9.5")) == "-9.5 %"
