"""What reports say of money, recorded exactly: second currencies, kinds of money, time, use, givers and targets.

Some cases paraphrase reports from 2010 to 2025 on partnerships in Africa, America, Asia, Europe and the Pacific; the
others are typical wordings, with invented subjects and sums.
"""

from __future__ import annotations

import attrs
import hypothesis
import pytest

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import (
    CommitmentMade,
    CommitmentProgressReported,
    CommitmentSpecified,
    DeliveryReported,
    FundAgreed,
    FundBalanceReported,
    FundContributionAnnounced,
    FundContributionPledged,
    FundContributionReceived,
    FundEstablished,
    FundUseReported,
    InKindDelivered,
    InKindPledged,
    RecurringContributionStated,
    StatisticReported,
    TargetSet,
)
from partnership.kinds import Kinds
from partnership.model.event import fields_of
from partnership.testing import events_of, scenario

NEWS = ps.Source("APA", published="2024-09-05", kind="news")
OTHER = ps.Source("Rio Times", published="2024-09-06", kind="news")
RELEASE = ps.Source("European Commission", published="2024-09-07", kind="official-release")


def usd(amount, bound="exact"):
    """Return an amount in US dollars."""
    return ps.Money(str(amount), "USD", bound)


def eur(amount, bound="exact"):
    """Return an amount in euros."""
    return ps.Money(str(amount), "EUR", bound)


# ---- the amount in a second currency, as printed ----


def test_a_loan_in_euros_with_dollars_in_brackets():
    """The bank will lend 450 million euros (512 million dollars) for the metro of Lucknow."""
    record = scenario.given(
        NEWS,
        CommitmentMade(
            "lucknow-metro", by="EU", to="IN", amount=eur(450_000_000), equivalent=usd(512_000_000), instrument="loan",
            giver="European Investment Bank",
        ),
    )  # fmt: skip
    metro = record.commitments["lucknow-metro"]
    assert (metro.amount, metro.equivalent, metro.giver) == (
        eur(450_000_000), usd(512_000_000), "European Investment Bank",
    )  # fmt: skip
    assert "450,000,000 EUR = 512,000,000 USD (loan); from European Investment Bank" in str(
        record.commitments_register()[0]
    )


@pytest.mark.parametrize("is_reversed", [False, True])
def test_one_agency_prints_euros_and_another_dollars(is_reversed):
    """Two reports of one sum, in euros with dollars in brackets and in dollars alone, are no dispute."""
    claims = [
        (NEWS, CommitmentMade("gateway", by="EU", amount=eur(45), equivalent=usd(50))),
        (OTHER, CommitmentMade("gateway", by="EU", amount=usd(50))),
    ]
    record = scenario.given(*(part for claim in (claims[::-1] if is_reversed else claims) for part in claim))
    gateway = record.commitments["gateway"]
    assert record.disputes() == ()
    assert {gateway.amount, gateway.equivalent} == {eur(45), usd(50)}


def test_two_conversions_of_one_sum():
    """One report adds dollars and another real to the same euros: neither disputes the other."""
    record = scenario.given(
        NEWS, CommitmentMade("gateway", by="EU", amount=eur(45), equivalent=usd(50)),
        OTHER, CommitmentMade("gateway", by="EU", amount=eur(45), equivalent=ps.Money("242", "BRL")),
    )  # fmt: skip
    assert record.disputes() == ()
    assert record.commitments["gateway"].amount == eur(45)


def test_a_conversion_that_differs():
    """Two amounts in the same second currency for one sum are a dispute, and so is another sum."""
    record = scenario.given(
        NEWS, CommitmentMade("gateway", by="EU", amount=eur(45), equivalent=usd(50)),
        OTHER, CommitmentMade("gateway", by="EU", amount=eur(45), equivalent=usd(49)),
        NEWS, CommitmentMade("metro", by="EU", amount=eur(45), equivalent=usd(50)),
        OTHER, CommitmentMade("metro", by="EU", amount=usd(60)),
    )  # fmt: skip
    assert [(row.subject, row.names) for row in record.disputes()] == [
        ("commitment:gateway", ("equivalent",)),
        ("commitment:metro", ("amount",)),
    ]


def test_a_sum_that_is_raised_without_a_conversion():
    """The dollars of the first sum are not those of the second."""
    record = scenario.given(
        NEWS, CommitmentMade("gateway", by="EU", amount=eur(45), equivalent=usd(50)),
        OTHER, CommitmentSpecified("gateway", amount=eur(60), duration="P3Y"),
    )  # fmt: skip
    gateway = record.commitments["gateway"]
    assert (gateway.amount, gateway.equivalent, str(gateway.duration)) == (eur(60), None, "three years")
    record.add(CommitmentSpecified("gateway", amount=eur(70), equivalent=usd(80)), source=RELEASE)
    assert record.commitments["gateway"].equivalent == usd(80)


def test_an_equivalent_alone():
    """A report that gives only the converted sum is kept as it is."""
    record = scenario.given(NEWS, CommitmentMade("gateway", equivalent=usd(50)))
    assert (record.commitments["gateway"].amount, record.commitments["gateway"].equivalent) == (None, usd(50))


def test_other_sums_with_a_second_currency():
    """A balance, a delivery, a statistic, a rate and the value of aid have it too."""
    record = scenario.given(
        NEWS,
        FundBalanceReported("fund", as_of="2024", amount=eur(10), equivalent=usd(11)),
        RecurringContributionStated("fund", by="JP", period="2021/2024", amount=usd(2), equivalent=eur(1), per="year"),
        DeliveryReported("loan", part="first tranche", amount=eur(55), equivalent=usd(60)),
        StatisticReported("trade", period="2023", amount=usd(167), equivalent=eur(150)),
        InKindPledged("kits", by="CN", quantity=100, unit="kits", amount=usd(5), equivalent=eur(4), giver="a company",
                      giver_nature="private", duration="P1Y"),
        InKindDelivered("kits", part="first", quantity=10, unit="kits", amount=usd(1), equivalent=eur(2)),
    )  # fmt: skip
    assert record.funds["fund"].balances[0].equivalents == (usd(11),)
    assert record.funds["fund"].recurring[0].equivalent == eur(1)
    assert record.commitments["loan"].deliveries[0].equivalent == usd(60)
    assert record.statistics["trade"].figures[0].equivalents == (eur(150),)
    kits = record.aid["kits"]
    assert (kits.amount, kits.equivalent, kits.giver, kits.giver_nature) == (usd(5), eur(4), "a company", "private")
    assert (kits.deliveries[0].amount, kits.deliveries[0].equivalent) == (usd(1), eur(2))


# ---- over which time, in which kinds of money ----


def test_a_package_over_three_years():
    """China gives 360 billion yuan (50.7 billion dollars) over the next three years, in credit lines, aid and more."""
    record = scenario.given(
        NEWS,
        CommitmentMade(
            "focac-2024", by="CN", to="AU", amount=ps.Money("360000000000", "CNY"), equivalent=usd(50_700_000_000),
            duration="P3Y", instruments=["equity", "credit-line"],
        ),
    )  # fmt: skip
    assert record.commitments["focac-2024"].instruments == ("credit-line", "equity")
    row = str(record.commitments_register()[0])
    assert "360,000,000,000 CNY = 50,700,000,000 USD (credit line and equity); over three years" in row
    assert str(record.dossier("focac-2024")).count("Duration: three years") == 1


def test_a_programme_with_first_and_last_year():
    """More than 45 billion euros until 2027; the programme as a whole runs from 2021 to 2027."""
    record = scenario.given(
        RELEASE, CommitmentMade("gateway", by="EU", amount=eur(45, "at-least"), due="2027", period="2021/2027")
    )
    assert record.commitments["gateway"].period == ps.When("2021/2027")
    assert "over 2021 to 2027" in str(record.commitments_register()[0])


def test_grants_and_interest_free_loans():
    """A list that a source shortens is no dispute, and a package of several kinds has a total of its own."""
    pledge = FundContributionPledged("fund", by="CN", amount=usd(15), instruments=["grant", "loan"])
    record = scenario.given(
        NEWS, pledge, OTHER, FundContributionPledged("fund", by="CN", amount=usd(15), instruments="grant")
    )
    assert record.disputes() == ()
    assert [str(total) for total in record.fund_ledger("fund").totals] == ["pledged (grant and loan): 15 USD in 1 sum"]
    assert record.fund_ledger("fund").totals[0].instruments == ("grant", "loan")


def test_who_pays():
    """A foundation, and so private money, gives at least ten years of support on condition of matching funds."""
    record = scenario.given(
        NEWS,
        FundContributionAnnounced(
            "health", by="US", giver="a foundation", giver_nature="private", amount=usd(3), additional_to="2019",
            duration=ps.Duration("P10Y", "at-least"), condition="others give as much", part="2024",
        ),
    )  # fmt: skip
    row = record.funds["health"].contributions[0]
    assert (row.giver, row.giver_nature, row.condition) == ("a foundation", "private", "others give as much")
    assert str(record.fund_ledger("health")).splitlines()[1] == (
        "by US (a foundation), 2024, in addition to 2019: announced 3 USD; over at least ten years; private money; "
        "if: others give as much"
    )


def test_a_company_that_pays_every_year():
    """A rate has its giver and its kind of money."""
    record = scenario.given(
        NEWS,
        RecurringContributionStated(
            "health", by="JP", period="2024", amount=usd(3), per="year", giver="a bank", instrument="grant"
        ),
    )
    assert "3 USD a year by JP (a bank) (grant), 2024" in str(record.fund_ledger("health"))


def test_a_later_stage_does_not_take_back_what_was_said():
    """What arrived without repeating the period or the giver still has them; a different period is a dispute."""
    record = scenario.given(
        NEWS, FundContributionPledged("fund", by="AU", amount=usd(5), period="2021/2025", giver="a bank"),
        RELEASE, FundContributionReceived("fund", by="AU", amount=usd(5)),
        NEWS, FundContributionPledged("other", by="AU", amount=usd(5), period="2021/2025"),
        OTHER, FundContributionPledged("other", by="AU", amount=usd(5), period="2021/2026"),
    )  # fmt: skip
    row = record.funds["fund"].contributions[0]
    assert (row.period, row.giver, row.received, row.is_disputed) == (ps.When("2021/2025"), "a bank", usd(5), False)
    assert record.funds["other"].contributions[0].is_disputed


def test_an_impossible_addition():
    """Nothing adds to itself, nor to what it is part of."""
    for fields in ({"part": "a", "additional_to": "a"}, {"part_of": "b", "additional_to": "b"}):
        with pytest.raises(InvalidEvent, match="additional_to"):
            FundContributionPledged("fund", **fields)


def test_a_fund_of_a_size():
    """The sides agree on a fund of one billion dollars, for five years."""
    record = scenario.given(
        NEWS, FundAgreed("silk-road", amount=usd(1000), equivalent=eur(900), duration="P5Y"),
        RELEASE, FundEstablished("silk-road", period="2025/2029"),
    )  # fmt: skip
    assert str(record.fund_ledger("silk-road")) == ("fund:silk-road: to have 1,000 USD = 900 EUR, over 2025 to 2029")
    assert record.fund_ledger("silk-road").duration == ps.Duration("P5Y")


# ---- what became of the money ----


def test_committed_and_disbursed_by_a_day():
    """By the end of June 7 billion were committed and 2 billion disbursed, as an instrument reports each half-year."""
    record = scenario.given(
        NEWS,
        FundUseReported("facility", as_of="2024-06-30", stage="disbursed", amount=usd(2), equivalent=eur(1)),
        FundUseReported("facility", as_of="2024-06-30", stage="committed", amount=usd(7), share=70),
        FundUseReported("facility", as_of="2024-06-30", stage="spent", part="health", to="VN", text="on two hospitals"),
        FundContributionPledged("facility", by="EU", amount=usd(10)),
    )
    ledger = record.fund_ledger("facility")
    assert [(use.stage, use.amount) for use in ledger.uses] == [
        ("committed", usd(7)), ("disbursed", usd(2)), ("spent", None),
    ]  # fmt: skip
    assert [str(total) for total in ledger.totals] == ["pledged: 10 USD in 1 sum"]
    assert record.disputes() == ()
    assert str(ledger).splitlines()[-3:] == [
        "committed 30 June 2024: 7 USD, 70 % of the fund",
        "disbursed 30 June 2024: 2 USD = 1 EUR",
        "spent to VN 30 June 2024, health: an unknown sum: on two hospitals",
    ]
    assert [use.stage for use in record.fund_ledger("facility", "USD").uses] == ["committed", "disbursed"]


def test_two_figures_of_one_stage():
    """They are a dispute, and the row says so."""
    record = scenario.given(
        NEWS, FundUseReported("facility", as_of="2024", stage="drawn", amount=usd(2)),
        OTHER, FundUseReported("facility", as_of="2024", stage="drawn", amount=usd(3)),
    )  # fmt: skip
    assert record.funds["facility"].uses[0].is_disputed
    assert record.funds["facility"].disputed == ("uses",)
    assert [row.names for row in record.disputes()] == [("amount",)]


def test_a_credit_line_that_is_drawn_on():
    """Of a line of 100 million 60 were drawn and 40 disbursed by March; a year before, a third was drawn."""
    record = scenario.given(
        NEWS,
        CommitmentMade("line", by="IN", amount=usd(100), instrument="credit-line"),
        CommitmentProgressReported("line", as_of="2023-03", stage="drawn", share=33),
        CommitmentProgressReported("line", as_of="2024-03", stage="drawn", amount=usd(60), equivalent=eur(55)),
        CommitmentProgressReported("line", as_of="2024-03", stage="disbursed", amount=usd(40)),
        CommitmentProgressReported("line", as_of="2024-03", done=3, total=5),
    )
    row = record.commitments_register()[0]
    assert (row.progress.done, [(use.stage, use.amount) for use in row.uses]) == (
        ps.Count(3), [("drawn", usd(60)), ("disbursed", usd(40))],
    )  # fmt: skip
    assert "60 USD = 55 EUR drawn as of March 2024; 40 USD disbursed as of March 2024" in str(row)
    assert record.commitment_totals() == {("IN",): record.commitment_totals("IN", "USD")["IN",]}
    assert str(record.commitment_totals("IN")["IN",][0]) == "promised (credit line): 100 USD in 1 sum"
    assert record.findings() == ()


def test_shares_of_different_stages():
    """A smaller share that is disbursed is no fall from a larger one that is committed."""
    record = scenario.given(
        NEWS,
        CommitmentMade("line", by="IN", amount=usd(100)),
        CommitmentProgressReported("line", as_of="2023-03", stage="committed", share=80),
        CommitmentProgressReported("line", as_of="2024-03", stage="disbursed", share=40),
    )
    assert record.findings() == ()
    record.add(CommitmentProgressReported("line", as_of="2024-06", stage="disbursed", share=30), source=OTHER)
    assert [finding.slug for finding in record.findings()] == ["progress-falls"]


# ---- targets that are no figures of their own ----


def test_to_more_than_double_trade():
    """The leaders aim to more than double trade, to 500 billion dollars, by 2030."""
    record = scenario.given(
        NEWS,
        TargetSet("trade", by=["IN", "US"], period="2030", amount=usd(500), factor=2, bound="at-least", base="2024"),
    )
    target = record.statistics["trade"].targets[0]
    assert (target.amount, target.factor, target.bound, target.base) == (usd(500), 2, "at-least", ps.When("2024"))
    assert not target.is_disputed


def test_a_share_of_tariff_lines():
    """Duties on 91 per cent of tariff lines are to go within ten years; another agency writes 92."""
    record = scenario.given(
        NEWS, TargetSet("liberalised", period="2034", share=91, unit="tariff lines", condition="both ratify"),
        ps.Source("TASS", published="2024-09-05"),
        TargetSet("liberalised", period="2034", share=92, unit="tariff lines"),
    )  # fmt: skip
    target = record.statistics["liberalised"].targets[0]
    assert (target.unit, target.condition, target.is_disputed) == ("tariff lines", "both ratify", True)
    assert [row.names for row in record.disputes()] == [("share",)]


def test_to_raise_by_half():
    """Exports of the islands are to rise by at least half against 2019."""
    record = scenario.given(
        NEWS, TargetSet("exports", period="2025", change=ps.Percent(50, "at-least"), base="2019", part_of="trade")
    )
    assert record.statistics["exports"].targets[0].change == ps.Percent(50, "at-least")
    assert record.statistics["exports"].part_of == "statistic:trade"


@pytest.mark.no_cover
def test_equivalents_without_an_amount():
    """Every event that has an amount in a second currency is shown, also if its amount is missing or elsewhere."""
    only_one = hypothesis.settings(phases=[hypothesis.Phase.generate])
    for event_class in Kinds().events.values():
        if "equivalent" in fields_of(event_class).names:
            event = hypothesis.find(events_of(event_class, fields=()), lambda _: True, settings=only_one)
            record = scenario.given(NEWS, attrs.evolve(event, equivalent=usd(50)))
            assert "50 USD" in str(record.dossier(event.about)), event
            assert record.why(event.about)
