"""Money and counts: exact decimals, one text for one figure, and what a bound leaves open."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.errors import InvalidValue
from partnership.values.amounts import Bound, Count, Money, Percent, decimal

FIGURES = st.decimals(min_value=0, max_value=10**18 - 1, places=9, allow_nan=False, allow_infinity=False)
BOUNDS: list[Bound] = ["exact", "at-least", "at-most", "about"]


@given(FIGURES)
def test_one_figure_in_several_texts(figure):
    """It has one text, without trailing zeros and without an exponent."""
    kept = decimal(figure)
    written = f"{kept:f}"
    assert kept == figure
    assert written == f"{decimal(f'{figure:f}'):f}" == f"{decimal(written):f}"
    assert "." not in written or not written.endswith("0")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("8130000", "8130000"),
        ("8130000.50", "8130000.5"),
        ("0", "0"),
        ("0.0", "0"),
        ("100", "100"),
        ("1.0000000000", "1"),
        (8, "8"),
        (Decimal("1E+2"), "100"),
        (Decimal("0E-5"), "0"),
        (Decimal("12.50"), "12.5"),
        ("999999999999999999.999999999", "999999999999999999.999999999"),
    ],
)
def test_ways_to_write_a_figure(given, kept):
    """Text, whole number and decimal are taken."""
    assert str(decimal(given)) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        "8,130,000", "8 130 000", "8.130.000", "1.0.0", "1.", "1...", ".5", "", "-1", "+1", "00", "1e5", "1_000",
        "\uff11\uff12",
        "8.13 million", "$5", "NaN", "Infinity", "9" * 19, "1.0000000001", -1, 10**18, 10**5000,
        Decimal(-1), Decimal("-0"), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("1E+999999999"),
        Decimal("1E-999999"),
    ],
    ids=lambda value: "of 5,001 digits" if type(value) is int and value > 10**18 else repr(value)[:20],
)  # fmt: skip
def test_an_invalid_figure(wrong):
    """It is refused with how to write it: no separators, no sign, no endless digits."""
    with pytest.raises(InvalidValue) as refused:
        decimal(wrong)
    assert "is not an amount; write digits only, with a point for decimals and no separators" in str(refused.value)
    assert len(str(refused.value)) < 250


@pytest.mark.parametrize(
    ("wrong", "digits"),
    [(1.5, "1.5"), (0.1, "0.1"), *((wrong, "8130000") for wrong in (1e-7, 1e30, float("nan"), True, None, b"5", [5]))],
)
def test_a_float_and_other_types(wrong, digits):
    """It is refused: the digits of a float are not those that a source printed."""
    with pytest.raises(InvalidValue, match=f"is not an amount; write its digits as text, '{digits}', or as a Decimal"):
        decimal(wrong)


@pytest.mark.parametrize("currency", ["usd", "US", "USDT", "US$", "", None, 840, "\uff35\uff33\uff24"])
def test_an_invalid_currency(currency):
    """It is refused with what to write."""
    with pytest.raises(InvalidValue, match="is not a currency; write its three-letter ISO 4217 code: 'USD'"):
        Money("5", currency)


@pytest.mark.parametrize("bound", ["over", "", None, 1, ["exact"]])
def test_an_invalid_bound(bound):
    """It is refused with a list of the valid values."""
    rule = "is not a bound; write one of 'exact', 'at-least', 'at-most', 'about'"
    with pytest.raises(InvalidValue, match=rule):
        Money("5", "USD", bound)
    with pytest.raises(InvalidValue, match=rule):
        Count(5, bound)


@pytest.mark.parametrize("number", [-1, 1.0, "7", True, None, 2**53 + 1, Decimal(7)])
def test_an_invalid_count(number):
    """It is refused: nothing is converted to a count."""
    with pytest.raises(InvalidValue, match="is not a count; write a whole number, 0 or more"):
        Count(number)


def test_the_largest_count():
    """It is the largest integer that every JSON parser reads exactly."""
    assert Count(2**53).number == 9_007_199_254_740_992


@pytest.mark.parametrize(
    ("bound", "other_bound", "lower", "equal", "higher"),
    [
        ("exact", "exact", False, True, False),
        ("exact", "at-least", False, False, False),
        ("exact", "at-most", False, False, False),
        ("exact", "about", False, False, False),
        ("at-least", "exact", False, True, True),
        ("at-least", "at-least", False, True, True),
        ("at-least", "at-most", False, False, False),
        ("at-least", "about", False, False, False),
        ("at-most", "exact", True, True, False),
        ("at-most", "at-least", False, False, False),
        ("at-most", "at-most", True, True, False),
        ("at-most", "about", False, False, False),
        ("about", "exact", False, True, False),
        ("about", "at-least", False, False, False),
        ("about", "at-most", False, False, False),
        ("about", "about", False, True, False),
    ],
)
def test_what_a_bound_covers(bound, other_bound, lower, equal, higher):
    """Only "at least" and "at most" cover all figures on one side; "about" covers those that round to its own."""
    covered = [Count(5, bound).covers(Count(number, other_bound)) for number in (4, 5, 6)]
    assert covered == [lower, equal, higher]
    assert covered == [Money(5, "USD", bound).covers(Money(number, "USD", other_bound)) for number in (4, 5, 6)]


@pytest.mark.parametrize(
    ("about", "covered", "others"),
    [
        ("172", ["171.5", "171.9", "172", "172.5"], ["171.4", "173"]),
        ("60", ["57", "60.7", "63"], ["56.9", "64"]),
        ("100", ["95", "105"], ["94", "106"]),
        ("8130000", ["8125000", "8134999"], ["8124999", "8136000"]),
        ("0.5", ["0.475", "0.525"], ["0.45", "0.55"]),
        ("0", ["0"], ["1"]),
    ],
)
def test_what_rounds_to_a_figure(about, covered, others):
    """What is about 172 may be 171.9, and not 173; the more zeros it has, the wider it is, up to 5 per cent."""
    vague = Money(about, "USD", "about")
    assert [each for each in (*covered, *others) if vague.covers(Money(each, "USD"))] == covered
    assert not any(Money(each, "USD").covers(vague) for each in covered)
    assert not any(vague.covers(Money(each, "USD", "about")) for each in covered if each != about)


def test_what_rounds_to_a_count_or_a_percentage():
    """Both are covered in the same way."""
    assert Count(250, "about").covers(Count(247))
    assert not Count(250, "about").covers(Count(243))
    assert Percent("26", "about").covers(Percent("26.3"))


@given(st.lists(st.builds(Count, st.integers(0, 3), st.sampled_from(BOUNDS)), min_size=3, max_size=3))
def test_three_counts(counts):
    """Each covers itself, and covering is transitive; resolution relies on both."""
    one, other, third = counts
    assert one.covers(one)
    assert not (one.covers(other) and other.covers(third)) or one.covers(third)


def test_money_of_two_currencies():
    """Neither covers the other, whatever the amounts."""
    assert not Money(5, "USD", "at-least").covers(Money(6, "EUR"))


@pytest.mark.parametrize(
    ("bound", "words"), [("exact", ""), ("at-least", "at least "), ("at-most", "at most "), ("about", "about ")]
)
def test_a_figure_in_words(bound, words):
    """It is shown with its bound, and an amount with thousands separators."""
    assert str(Count(57, bound)) == f"{words}57"
    assert str(Money("8130000.5", "USD", bound)) == f"{words}8,130,000.5 USD"


def test_two_ways_to_write_one_amount():
    """They are equal values."""
    assert Money("1.50", "USD") == Money(Decimal("1.5"), "USD")
    assert hash(Money("1.50", "USD")) == hash(Money("1.5", "USD"))
