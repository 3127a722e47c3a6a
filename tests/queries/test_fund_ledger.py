"""The ledger of a fund: balances, sums, rates, and what must have been spent between two balances."""

from __future__ import annotations

from decimal import Decimal

import pytest

import partnership as ps
from partnership.errors import InvalidValue
from partnership.events import (
    FundAgreed,
    FundBalanceReported,
    FundContributionAnnounced,
    FundContributionPledged,
    FundContributionReceived,
    RecurringContributionStated,
)
from partnership.testing.scenario import given

VNA = ("2021-04-02", "VNA", "news")


def usd(amount, bound="exact"):
    """Return an amount of dollars."""
    return ps.Money(amount, "USD", bound)


def eur(amount):
    """Return an amount of euros."""
    return ps.Money(amount, "EUR")


def held(day, amount):
    """Report a balance."""
    return FundBalanceReported("ardpff", as_of=day, amount=amount)


def rate(period, amount, per="year", by="RU"):
    """State a rate."""
    return RecurringContributionStated("ardpff", by=by, period=period, amount=amount, per=per)


def came(day, amount, part=None, by="RU"):
    """Report a sum that arrived."""
    return FundContributionReceived("ardpff", by=by, part=part, amount=amount, on=day)


def ledger(*events, currency=None):
    """Return the ledger of a fund of which one source tells."""
    return given(VNA, *events).fund_ledger("ardpff", currency)


def spent(*events):
    """Return what was spent between two balances, if a ledger derives it: exact at face, and surely."""
    (one,) = ledger(*events).spent
    return (one.face_least, one.face_most), (one.least, one.most)


TEN, SIX = held("2020-01-31", usd(10)), held("2021-02-28", usd(6))


def test_two_floors_and_a_rate():
    """Some 0.6 to 2.1 million at face, by one payment or two; the floors themselves bound nothing (AR-025 to 027)."""
    found = ledger(
        held("2020-01-31", usd(7_200_000, "at-least")),
        held("2021-02-28", usd(8_130_000, "at-least")),
        rate("2021", usd(1_500_000)),
    )
    (one,) = found.spent

    assert (one.face_least, one.face_most) == (Decimal(570_000), Decimal(2_070_000))
    assert (one.least, one.most) == (None, None)
    assert [(each.fewest, each.most) for each in one.payments] == [(1, 2)]
    derived = (
        "2020-01-31 to 2021-02-28: spent 570,000 to 2,070,000 USD if every figure is exact; nothing is sure (derived "
        "from at least 7,200,000 USD, at least 8,130,000 USD, 1 to 2 payments of 1,500,000 USD a year by RU; "
        "if nothing else came in and each rate held throughout)"
    )
    assert str(found).splitlines() == [
        "fund:ardpff",
        "2020-01-31: at least 7,200,000 USD",
        "2021-02-28: at least 8,130,000 USD",
        "1,500,000 USD a year by RU, 2021",
        derived,
    ]


def test_exact_figures():
    """They bound what was spent on both sides."""
    assert spent(TEN, SIX) == ((4, 4), (4, 4))
    assert spent(TEN, SIX, came("2020-05", usd(3))) == ((7, 7), (7, 7))
    assert "spent 4 USD if every figure is exact; 4 USD is sure (derived from 10 USD, 6 USD, nothing" in str(
        ledger(TEN, SIX)
    )


@pytest.mark.parametrize(
    ("first", "second", "sure"),
    [
        ("at-least", "exact", (4, None)),
        ("exact", "at-least", (None, 4)),
        ("at-most", "exact", (-6, 4)),
        ("exact", "at-most", (4, 10)),
        ("about", "exact", (-6, None)),
        ("exact", "about", (None, 10)),
    ],
)
def test_a_balance_that_is_not_exact(first, second, sure):
    """A floor leaves one side open, a ceiling goes down to zero, a guess is bounded by zero alone."""
    events = held("2020-01-31", usd(10, first)), held("2021-02-28", usd(6, second))
    assert spent(*events) == ((4, 4), sure)


def test_more_than_is_recorded():
    """What was spent is below zero: something came in of which nobody told."""
    assert spent(held("2020-01-31", usd(6)), held("2021-02-28", usd(10))) == ((-4, -4), (-4, -4))


@pytest.mark.parametrize(
    ("day", "face"),
    [
        ("2020-05", (7, 7)),
        ("2021-02-28", (7, 7)),
        ("2020-01-31", (4, 4)),
        ("2021-03", (4, 4)),
        ("2020", (4, 7)),
        ("2021", (4, 7)),
        (None, (4, 7)),
    ],
)
def test_a_sum_that_came_or_may_have(day, face):
    """After the first balance and by the second it counts; where that is not sure, at the most only."""
    assert spent(TEN, SIX, came(day, usd(3)))[0] == face


@pytest.mark.parametrize(
    ("first", "second", "per", "times"),
    [
        ("2020-01-31", "2021-01-31", "year", (1, 1)),
        ("2020-01-31", "2020-06-30", "year", (0, 1)),
        ("2020-01-31", "2020-07-31", "quarter", (2, 2)),
        ("2020-01-31", "2020-08-01", "quarter", (2, 3)),
        ("2020-01-31", "2020-04-15", "month", (2, 3)),
        ("2020", "2021-02", "year", (0, 2)),
        ("../2020-01-31", "2021-02-28", "year", (1, None)),
        ("2020-01-31", "2021-02-28/..", "year", (1, None)),
    ],
)
def test_how_often_a_rate_was_paid(first, second, per, times):
    """As often as its day, which nobody knows, may lie between the balances, whose days may be vague."""
    (one,) = ledger(held(first, usd(10)), held(second, usd(6)), rate("../2020-12", usd(1), per)).spent
    assert [(each.fewest, each.most) for each in one.payments] == [times]
    assert one.face_most == (None if times[1] is None else 4 + times[1])


@pytest.mark.parametrize(
    ("period", "times"),
    [
        ("2020", [(1, 2)]),
        ("2016/2021-02-28", [(1, 2)]),
        ("2016/2020", [(0, 2)]),
        ("2020-03/2022", [(0, 2)]),
        ("2016/", [(0, 2)]),
        ("2016/..", [(1, 2)]),
        ("../2020", [(1, 2)]),
        ("2019", []),
        ("2021-03", []),
    ],
)
def test_the_period_of_a_rate(period, times):
    """One that may touch the time holds throughout it; a span that does not reach over it may have been paid less."""
    (one,) = ledger(TEN, SIX, rate(period, usd(1))).spent
    assert [(each.fewest, each.most) for each in one.payments] == times


def test_a_rate_of_which_little_is_known():
    """Without its amount, or how often it is paid, it leaves the most unknown."""
    assert spent(TEN, SIX, rate("2020", None)) == ((4, None), (4, None))
    assert spent(TEN, SIX, rate("2020", usd(1), None)) == ((4, None), (4, None))
    text = str(ledger(TEN, SIX, rate("2020", None, None, by=())))
    assert "an unknown sum a time by an unknown party, 2020" in text
    assert "0 to unknown payments of an unknown sum a time by an unknown party" in text


def test_a_payer_of_a_rate_who_was_reported_to_have_paid():
    """What it paid is a payment of its rate: nothing is added twice; what others gave is."""
    assert spent(TEN, SIX, rate("2020", usd(2)), came("2020-05", usd(2)))[0] == (6, 8)
    assert spent(TEN, SIX, rate("2020", usd(2)), came("2020-05", usd(5)))[0] == (9, 9)
    assert spent(TEN, SIX, rate("2020", usd(2)), came("2020-05", usd(2), by="VN"))[0] == (8, 10)


def test_several_rates_of_one_payer():
    """They are not added: the lowest and the highest bound what it paid."""
    assert spent(TEN, SIX, rate("2020", usd(2)), rate("2021", usd(3)))[0] == (6, 10)


def test_two_currencies():
    """They are never added: each has its own balances, sums and totals."""
    found = ledger(
        TEN, held("2020-01-30", eur(5)), SIX, held("2021-01-30", eur(4)), rate("2020", eur(1)),
        came("2020-05", usd(3), "a"), came("2020-05", eur(2), "b"),
    )  # fmt: skip
    assert [(one.first.amount.currency, one.face_least, one.face_most) for one in found.spent] == [
        ("EUR", 3, 3),
        ("USD", 7, 7),
    ]
    assert [str(one) for one in found.totals] == ["received: 2 EUR in 1 sum", "received: 3 USD in 1 sum"]


def test_one_currency_alone():
    """Only what is in it is shown."""
    events = [TEN, SIX, held("2020-01-30", eur(5)), rate("2020", eur(1)), came("2020-05", usd(3), "a")]
    dollars, euros = ledger(*events, currency="USD"), ledger(*events, currency="EUR")

    assert (len(dollars.balances), len(dollars.contributions), len(dollars.recurring), len(dollars.spent)) == (
        2,
        1,
        0,
        1,
    )
    assert (len(euros.balances), len(euros.contributions), len(euros.recurring), len(euros.spent)) == (1, 0, 1, 0)
    assert (len(dollars.totals), len(euros.totals)) == (1, 0)
    with pytest.raises(InvalidValue, match="'dollars' is not a currency"):
        ledger(*events, currency="dollars")


def test_stages_and_parts():
    """Pledged, announced and received stand apart, and a part of a larger sum is not added to it."""
    found = ledger(
        FundContributionPledged("ardpff", by="RU", part="all", amount=usd(10, "about")),
        FundContributionPledged("ardpff", by="RU", part="health", amount=usd(4), part_of="all"),
        FundContributionPledged("ardpff", by="VN", amount=usd(1, "at-least")),
        FundContributionAnnounced("ardpff", by="RU", part="health", amount=usd(4, "at-least"), part_of="all"),
        FundContributionAnnounced("ardpff", by="VN", amount=usd(1)),
        came("2020", usd(3), "all"), came("2020", usd(3), "gift"),
    )  # fmt: skip
    assert [str(one) for one in found.totals] == [
        "pledged: about 11 USD in 2 sums",
        "announced: at least 5 USD in 2 sums",
        "received: 6 USD in 2 sums",
    ]


def test_balances_whose_days_may_be_one():
    """Nothing is derived between them."""
    assert ledger(held("2020", usd(10)), held("2020-06", usd(6))).spent == ()


def test_a_disputed_balance():
    """The ledger says so."""
    record = given(VNA, TEN, ("2021-04-03", "VNA", "news"), held("2020-01-31", usd(9)))
    assert str(record.fund_ledger("ardpff")) == "fund:ardpff\n2020-01-31: 9 USD, sources differ"


def test_a_fund_without_money():
    """Its ledger is empty; of a fund that nobody told of there is none."""
    assert str(ledger(FundAgreed("ardpff"))) == "fund:ardpff"
    with pytest.raises(ps.errors.UnknownSubject):
        ledger(FundAgreed("other"))
