"""Funds: set up, paid into, and what was in them on a day."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import (
    FundAgreed,
    FundBalanceReported,
    FundClosed,
    FundContributionPledged,
    FundContributionReceived,
    FundEstablished,
    FundPurposeExtended,
    FundRulesAdopted,
    FundRulesAmended,
    RecurringContributionStated,
)
from partnership.testing.scenario import found, told

VNA = ("2020-03-01", "VNA", "news")
LATER = ("2021-04-02", "VNA", "news")


def usd(amount, bound="exact"):
    """Return an amount of dollars."""
    return ps.Money(amount, "USD", bound)


def held(day, amount):
    """Report a balance."""
    return FundBalanceReported("ardpff", as_of=day, amount=amount)


def rate(period, amount, per="year", by="RU"):
    """State a rate."""
    return RecurringContributionStated("ardpff", by=by, period=period, amount=amount, per=per)


def came(day, amount, part=None, by="RU"):
    """Report a sum that arrived."""
    return FundContributionReceived("ardpff", by=by, part=part, amount=amount, on=day)


def test_a_fund_that_goes_as_it_should():
    """Each day is kept under its own name, and every purpose in its words."""
    fund = told(
        VNA, FundAgreed("ardpff", on="2005", title="Dialogue partnership financial fund", parties=["RU", "ASEAN"]),
        FundEstablished("ardpff", on="2006-07"), FundRulesAdopted("ardpff", on="2006-09"),
        FundRulesAmended("ardpff", on="2016"), FundPurposeExtended("ardpff", on="2020-02", purpose="health"),
        LATER, FundPurposeExtended("ardpff", on="2021-03", purpose="vaccines"),
        FundClosed("ardpff", on="2021-04-01", reason="all was spent", title="ARDPFF"),
    ).funds["ardpff"]  # fmt: skip

    days = (fund.agreed_on, fund.established_on, fund.rules_adopted_on, fund.rules_amended_on, fund.closed_on)
    assert [str(one) for one in days] == ["2005", "2006-07", "2006-09", "2016", "2021-04-01"]
    assert (fund.status, fund.reason, fund.parties) == ("closed", "all was spent", ("ASEAN", "RU"))
    assert fund.purposes == ("health", "vaccines")
    assert (fund.title, fund.titles) == ("ARDPFF", ("Dialogue partnership financial fund", "ARDPFF"))


def test_money_of_which_nobody_says_that_the_fund_was_set_up():
    """It has no status: nothing is said that no source says."""
    assert told(VNA, held("2020-01-31", usd(7))).funds["ardpff"].status is None


def test_balances_told_in_another_order():
    """They stand in the order of their days, and figures of one day are one balance, disputed."""
    fund = told(
        LATER, held("2021-02-28", usd(8, "at-least")), held("2020-01-31", usd(7)),
        VNA, held("2020-01-31", usd(6)), held("2020-01-31", usd(5, "at-least")),
    ).funds["ardpff"]  # fmt: skip

    assert [(str(one.as_of), one.amount, one.is_disputed) for one in fund.balances] == [
        ("2020-01-31", usd(7), True),
        ("2021-02-28", usd(8, "at-least"), False),
    ]
    assert fund.disputed == ("balances",)


def test_a_balance_without_its_amount():
    """It is refused, and the reason says what to write."""
    with pytest.raises(ps.errors.InvalidEvent, match="an amount needs its currency"):
        FundBalanceReported("ardpff", as_of="2020-01-31", amount=7_200_000)


def test_a_balance_and_nothing_paid_in():
    """It is found, as long as no sum and no rate is known."""
    assert found(told(VNA, held("2020-01-31", usd(7)))) == {"balance-without-transactions"}
    assert found(told(VNA, held("2020-01-31", usd(7)), rate("2020", usd(1)))) == set()
    assert found(told(VNA, held("2020-01-31", usd(7)), came("2019", usd(1)))) == set()
    assert found(told(VNA, came("2019", usd(1)))) == set()


def test_a_contribution_in_another_currency_than_any_balance():
    """It is found; one without an amount is not."""
    rubles = FundContributionPledged("ardpff", by="RU", amount=ps.Money("90", "RUB"))
    assert found(told(VNA, held("2020-01-31", usd(7)), rubles)) == {"contribution-in-other-currency"}
    assert found(told(VNA, held("2020-01-31", usd(7)), FundContributionPledged("ardpff", by="RU"))) == set()
    assert found(told(VNA, rubles)) == set()


@pytest.mark.parametrize(
    "story",
    [
        [rate("2020", usd(15)), came("2020-03", usd(5), "spring"), came("2020-09", usd(9), "autumn")],
        [rate("2019/2020", usd(15)), came("2019", usd(15), "2019"), came("2020", usd(14), "2020")],
        [rate("2020", usd(5, "at-least"), "quarter"), came("2020-03", usd(19))],
        [rate("2020-02", usd(5), "month"), came("2020-02-03", usd(6, "at-least"))],
    ],
)
def test_a_rate_that_misses_what_was_received(story):
    """It is found: of a year, of two, of quarters, of a month."""
    assert found(told(LATER, *story)) == {"rate-differs-from-sum"}


@pytest.mark.parametrize(
    "story",
    [
        [rate("2020", usd(15)), came("2020-03", usd(10), "spring"), came("2020-09", usd(5), "autumn")],
        [rate("2020", usd(15, "at-least")), came("2020-03", usd(16))],
        [rate("2020", usd(15)), came("2020-03", usd(9), by="VN")],
        [rate("2020", usd(15)), came(None, usd(9))],
        [rate("2020", usd(15)), came("2019-12/2020-01", usd(9))],
        [rate("2020", usd(15)), came("../2020-06", usd(9))],
        [rate("2020", usd(15)), came("2020", ps.Money(9, "EUR"))],
        [rate("2020", None), came("2020", usd(9))],
        [rate("2020", usd(15), None), came("2020", usd(9))],
        [rate("2020-02/2020-12", usd(15)), came("2020-03", usd(9))],
        [rate("2020-01-02/2021-01-01", usd(15)), came("2020-03", usd(9))],
        [rate("2020/..", usd(15)), came("2020-03", usd(9))],
        [rate("2020/9999", usd(15)), came("2020-03", usd(9))],
        [rate("2020", usd(15))],
    ],
)
def test_a_rate_that_nothing_contradicts(story):
    """It agrees, or what came is not of its payer, its currency or surely of its period, or this is no whole years."""
    assert found(told(LATER, *story)) == set()
