"""The ledger of a fund."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

import pytest

import partnership as ps
from partnership.errors import InvalidValue
from partnership.events import (
    CommitmentMade,
    FundAgreed,
    FundBalanceReported,
    FundContributionAnnounced,
    FundContributionPledged,
    FundContributionReceived,
    ProjectFunded,
    RecurringContributionStated,
)
from partnership.testing.scenario import given

VNA = ("2021-04-02", "VNA", "news")


def usd(amount, bound="exact"):
    """Return an amount in US dollars."""
    return ps.Money(amount, "USD", bound)


def eur(amount):
    """Return an amount in euros."""
    return ps.Money(amount, "EUR")


def held(day, amount):
    """Return a report of a balance."""
    return FundBalanceReported("ardpff", as_of=day, amount=amount)


def rate(period, amount, per="year", by="RU"):
    """Return a report of a rate."""
    return RecurringContributionStated("ardpff", by=by, period=period, amount=amount, per=per)


def received(day, amount, part=None, by="RU"):
    """Return a report of a sum received."""
    return FundContributionReceived("ardpff", by=by, part=part, amount=amount, on=day)


def ledger(*events, currency=None):
    """Return the ledger of a fund from the reports of one source."""
    return given(VNA, *events).fund_ledger("ardpff", currency)


def spent(*events):
    """Return the ranges of what was spent between two balances: with all figures exact, and surely."""
    (spending,) = ledger(*events).spent
    return (spending.face_least, spending.face_most), (spending.least, spending.most)


TEN, SIX = held("2020-01-31", usd(10)), held("2021-02-28", usd(6))


def test_two_lower_bounds_and_a_rate():
    """With exact figures 0.6 to 2.1 million, by one or two payments; "over" on both sides proves nothing."""
    result = ledger(
        held("2020-01-31", usd(7_200_000, "at-least")),
        held("2021-02-28", usd(8_130_000, "at-least")),
        rate("2021", usd(1_500_000)),
    )
    (spending,) = result.spent

    assert (spending.face_least, spending.face_most) == (Decimal(570_000), Decimal(2_070_000))
    assert (spending.least, spending.most) == (None, None)
    assert [(payments.fewest, payments.most) for payments in spending.payments] == [(1, 2)]
    derived = (
        "31 January 2020 to 28 February 2021: spent 570,000 to 2,070,000 USD if every figure is exact; nothing is sure "
        "(derived from at least 7,200,000 USD, at least 8,130,000 USD, 1 to 2 payments of 1,500,000 USD a year by RU; "
        "if nothing else came in and each rate held throughout)"
    )
    assert str(result).splitlines() == [
        "fund:ardpff",
        "31 January 2020: at least 7,200,000 USD",
        "28 February 2021: at least 8,130,000 USD",
        "1,500,000 USD a year by RU, 2021",
        derived,
    ]


def test_exact_figures():
    """They limit what was spent on both sides."""
    assert spent(TEN, SIX) == ((4, 4), (4, 4))
    assert spent(TEN, SIX, received("2020-05", usd(3))) == ((7, 7), (7, 7))
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
def test_an_inexact_balance(first, second, sure):
    """A balance of "at least" leaves one side open, "at most" goes down to zero, "about" is limited only by zero."""
    events = held("2020-01-31", usd(10, first)), held("2021-02-28", usd(6, second))
    assert spent(*events) == ((4, 4), sure)


def test_unrecorded_income():
    """What was spent is negative."""
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
def test_a_sum_received(day, face):
    """It counts if it came surely between the balances; if that is uncertain, only in the maximum."""
    assert spent(TEN, SIX, received(day, usd(3)))[0] == face


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
def test_the_number_of_payments_of_a_rate(first, second, per, times):
    """It follows from the shortest and the longest time between the vague days of the balances."""
    (spending,) = ledger(held(first, usd(10)), held(second, usd(6)), rate("../2020-12", usd(1), per)).spent
    assert [(payments.fewest, payments.most) for payments in spending.payments] == [times]
    assert spending.face_most == (None if times[1] is None else 4 + times[1])


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
    """A rate that may overlap the time applies throughout; a span that does not cover it may mean fewer payments."""
    (spending,) = ledger(TEN, SIX, rate(period, usd(1))).spent
    assert [(payments.fewest, payments.most) for payments in spending.payments] == times


def test_an_incomplete_rate():
    """Without amount or interval the maximum is unknown."""
    assert spent(TEN, SIX, rate("2020", None)) == ((4, None), (4, None))
    assert spent(TEN, SIX, rate("2020", usd(1), None)) == ((4, None), (4, None))
    text = str(ledger(TEN, SIX, rate("2020", None, None, by=())))
    assert "an unknown sum a time by an unknown party, 2020" in text
    assert "0 to unknown payments of an unknown sum a time by an unknown party" in text


def test_a_sum_from_a_party_with_a_rate():
    """It is a payment of the rate and not added to it; sums from others are added."""
    assert spent(TEN, SIX, rate("2020", usd(2)), received("2020-05", usd(2)))[0] == (6, 8)
    assert spent(TEN, SIX, rate("2020", usd(2)), received("2020-05", usd(5)))[0] == (9, 9)
    assert spent(TEN, SIX, rate("2020", usd(2)), received("2020-05", usd(2), by="VN"))[0] == (8, 10)


def test_several_rates_of_one_party():
    """They are alternatives: the lowest and the highest are the limits."""
    assert spent(TEN, SIX, rate("2020", usd(2)), rate("2021", usd(3)))[0] == (6, 10)


def test_two_currencies():
    """They are never added: each has its own balances, sums and totals."""
    result = ledger(
        TEN, held("2020-01-30", eur(5)), SIX, held("2021-01-30", eur(4)), rate("2020", eur(1)),
        received("2020-05", usd(3), "a"), received("2020-05", eur(2), "b"),
    )  # fmt: skip
    assert [(spending.first.amount.currency, spending.face_least, spending.face_most) for spending in result.spent] == [
        ("EUR", 3, 3),
        ("USD", 7, 7),
    ]
    assert [str(total) for total in result.totals] == ["received: 2 EUR in 1 sum", "received: 3 USD in 1 sum"]


def test_one_currency():
    """Only what is in it is included."""
    events = [TEN, SIX, held("2020-01-30", eur(5)), rate("2020", eur(1)), received("2020-05", usd(3), "a")]
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
    """Stages have separate totals, and a part of a larger sum is not added to it."""
    result = ledger(
        FundContributionPledged("ardpff", by="RU", part="all", amount=usd(10, "about")),
        FundContributionPledged("ardpff", by="RU", part="health", amount=usd(4), part_of="all"),
        FundContributionPledged("ardpff", by="VN", amount=usd(1, "at-least")),
        FundContributionAnnounced("ardpff", by="RU", part="health", amount=usd(4, "at-least"), part_of="all"),
        FundContributionAnnounced("ardpff", by="VN", amount=usd(1)),
        received("2020", usd(3), "all"), received("2020", usd(3), "gift"),
    )  # fmt: skip
    assert [str(total) for total in result.totals] == [
        "pledged: about 11 USD in 2 sums",
        "announced: at least 5 USD in 2 sums",
        "received: 6 USD in 2 sums",
    ]


def test_balances_that_may_be_of_the_same_day():
    """Nothing is derived from them."""
    assert ledger(held("2020", usd(10)), held("2020-06", usd(6))).spent == ()


def test_a_disputed_balance():
    """The text says so."""
    record = given(VNA, TEN, ("2021-04-03", "VNA", "news"), held("2020-01-31", usd(9)))
    assert str(record.fund_ledger("ardpff")) == (
        "fund:ardpff\n"
        "31 January 2020: 9 USD\n"
        "sources differ: fund balance reported, amount: 9 USD (VNA) or 10 USD (VNA); the first is chosen because it is "
        "newer"
    )


def test_a_fund_without_money():
    """Its ledger is empty; an unknown fund is an error."""
    assert str(ledger(FundAgreed("ardpff"))) == "fund:ardpff"
    with pytest.raises(ps.errors.UnknownSubject):
        ledger(FundAgreed("other"))


def test_kinds_of_money():
    """A grant, a loan and a hope are never added, nor a sum of which no source says what it is."""
    result = ledger(
        FundContributionPledged("ardpff", by="RU", part="a", amount=usd(1), instrument="grant"),
        FundContributionPledged("ardpff", by="RU", part="b", amount=usd(2), instrument="loan"),
        FundContributionPledged("ardpff", by="VN", part="c", amount=usd(4), instrument="grant"),
        FundContributionPledged("ardpff", by="VN", part="d", amount=usd(8), instrument="hoped"),
        FundContributionPledged("ardpff", by="VN", part="e", amount=usd(16)),
    )
    assert [str(total) for total in result.totals] == [
        "pledged: 16 USD in 1 sum",
        "pledged (grant): 5 USD in 2 sums",
        "pledged (hoped for): 8 USD in 1 sum",
        "pledged (loan): 2 USD in 1 sum",
    ]


def test_parts_of_a_larger_sum():
    """They stand behind it, however deep; a circle of parts is listed once and counted nowhere."""
    pledge = partial(FundContributionPledged, "ardpff", by="RU")
    result = ledger(
        pledge(part="labs", amount=usd(1), part_of="health"), pledge(part="all", amount=usd(10), on="2020"),
        pledge(part="health", amount=usd(4), part_of="all", condition="if parliament agrees", due="2022"),
        pledge(part="x", amount=usd(1), part_of="y"), pledge(part="y", amount=usd(2), part_of="x"),
    )  # fmt: skip
    assert str(result).splitlines()[1:] == [
        "by RU, all: pledged 10 USD (2020)",
        "  by RU, health, part of all: pledged 4 USD; due 2022; if: if parliament agrees",
        "    by RU, labs, part of health: pledged 1 USD",
        "by RU, x, part of y: pledged 1 USD",
        "  by RU, y, part of x: pledged 2 USD",
        "total pledged: 10 USD in 1 sum",
    ]


SECOND = ("2021-05-02", "TASS", "news")


@pytest.mark.parametrize("kind", [FundContributionAnnounced, FundContributionPledged, FundContributionReceived])
def test_a_second_currency_of_one_source(kind):
    """It is the same amount beside the first: no dispute, and not added; of two documents it is a dispute."""
    gift = partial(kind, "ardpff", by="RU")
    one = given(VNA, gift(amount=eur(15)), gift(amount=usd(17)), SECOND, gift(amount=eur(15)))
    two = given(VNA, gift(amount=eur(15)), SECOND, gift(amount=usd(17)))

    (row,) = one.fund_ledger("ardpff").contributions
    assert (row.equivalents, row.is_disputed, one.disputes()) == ((usd(17),), False, ())
    assert "15 EUR = 17 USD" in str(one.fund_ledger("ardpff"))
    assert len(one.fund_ledger("ardpff").totals) == 1
    assert [dispute.subject for dispute in two.disputes()] == ["fund:ardpff"]
    assert two.fund_ledger("ardpff").disputes


def test_a_balance_in_two_currencies():
    """One document that states both equates them; a third figure in one of the currencies contradicts it."""
    record = given(VNA, held("2020-01-31", usd(10)), held("2020-01-31", eur(9)))
    assert "31 January 2020: 10 USD = 9 EUR" in str(record.fund_ledger("ardpff"))
    record.add(held("2020-01-31", eur(7)), source=ps.Source("TASS", published="2021-05-01", kind="news"))
    assert record.disputes()


def test_what_a_fund_pays_and_is_promised():
    """Payments to projects and commitments that concern the fund are listed, and are no contributions."""
    result = ledger(
        ProjectFunded("lab", fund="ardpff", amount=usd(3), on="2020-05"), ProjectFunded("hub", fund="ardpff"),
        ProjectFunded("other", fund="another", amount=usd(5)),
        CommitmentMade("replenish", by="RU", amount=usd(20), concerns="fund:ardpff"),
        CommitmentMade("vague", by="RU", concerns="fund:ardpff"), CommitmentMade("else", by="RU", amount=usd(1)),
        FundAgreed("ardpff"),
    )  # fmt: skip
    assert str(result).splitlines() == [
        "fund:ardpff",
        "paid out to project:hub: an unknown sum",
        "paid out to project:lab: 3 USD (May 2020)",
        "committed by RU: 20 USD (commitment:replenish, made)",
    ]
    assert (
        ledger(FundAgreed("ardpff"), ProjectFunded("lab", fund="ardpff", amount=usd(3)), currency="EUR").paid_out == ()
    )


def test_contributions_to_all_funds():
    """One question answers what a party gives, alone or with others, to every fund, with totals by giver."""
    record = given(
        VNA,
        FundContributionReceived("a", by="RU", part="all", amount=usd(10)),
        FundContributionReceived("a", by="RU", part="labs", part_of="all", amount=usd(4)),
        FundContributionReceived("b", by="RU", amount=usd(5)),
        FundContributionReceived("b", by=["RU", "CN"], amount=eur(7)),
        FundContributionReceived("b", by="CN", part="all", amount=usd(8), instrument="loan"),
        RecurringContributionStated("b", by="RU", period="2020", amount=usd(1), per="year"),
    )
    register = record.contributions_register(party="ru")
    assert [(fund, row.part) for fund, row in register.contributions] == [
        ("fund:a", "all"), ("fund:a", "labs"), ("fund:b", None), ("fund:b", None),
    ]  # fmt: skip
    assert {by: [str(total) for total in totals] for by, totals in register.totals.items()} == {
        ("CN", "RU"): ["received: 7 EUR in 1 sum"],
        ("RU",): ["received: 15 USD in 2 sums"],
    }
    assert "fund:b, 1 USD a year by RU, 2020" in str(register)
    assert record.contributions_register(currency="EUR").recurring == ()
    assert str(record.contributions_register(party="VN")) == "no contribution is recorded"
    assert ("CN",) in record.contributions_register().totals
    with pytest.raises(InvalidValue, match="'roubles' is not a currency"):
        record.contributions_register(currency="roubles")


def test_a_part_of_what_others_give():
    """A party's share in a sum that others give too is counted for the party, and once for the fund."""
    record = given(
        VNA,
        FundContributionPledged("a", by="EU", part="all", amount=eur(10)),
        FundContributionPledged("a", by="FR", part="share", part_of="all", amount=eur(4)),
    )
    assert [str(total) for total in record.fund_ledger("a").totals] == ["pledged: 10 EUR in 1 sum"]
    assert [str(total) for total in record.contributions_register(party="FR").totals[("FR",)]] == [
        "pledged: 4 EUR in 1 sum"
    ]
