"""Funds: establishment, contributions, balances."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import (
    FundAgreed,
    FundBalanceReported,
    FundClosed,
    FundContributionAnnounced,
    FundContributionPledged,
    FundContributionReceived,
    FundContributionSpecified,
    FundContributionWithdrawn,
    FundEstablished,
    FundPurposeExtended,
    FundRulesAdopted,
    FundRulesAmended,
    RecurringContributionStated,
)
from partnership.subjects.funds import largest
from partnership.testing.scenario import finding_slugs, given

VNA = ("2020-03-01", "VNA", "news")
TASS = ("2020-03-01", "TASS", "news")
LATER = ("2021-04-02", "VNA", "news")


def usd(amount, bound="exact"):
    """Return an amount of dollars."""
    return ps.Money(amount, "USD", bound)


def held(day, amount):
    """Return a reported balance."""
    return FundBalanceReported("ardpff", as_of=day, amount=amount)


def rate(period, amount, per="year", by="RU"):
    """Return a recurring contribution."""
    return RecurringContributionStated("ardpff", by=by, period=period, amount=amount, per=per)


def came(day, amount, part=None, by="RU"):
    """Return a received contribution."""
    return FundContributionReceived("ardpff", by=by, part=part, amount=amount, on=day)


def test_a_fund_that_goes_as_planned():
    """Each date has a field of its own, and every purpose in its words."""
    fund = given(
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


def test_a_fund_that_no_source_reports_as_established():
    """It has no status, even if it has money."""
    assert given(VNA, held("2020-01-31", usd(7))).funds["ardpff"].status is None


def test_balances_told_in_another_order():
    """They are in the order of their days; different figures for one day are one disputed balance."""
    fund = given(
        LATER, held("2021-02-28", usd(8, "at-least")), held("2020-01-31", usd(7)),
        VNA, held("2020-01-31", usd(6)), held("2020-01-31", usd(5, "at-least")),
    ).funds["ardpff"]  # fmt: skip

    assert [(str(one.as_of), one.amount, one.is_disputed) for one in fund.balances] == [
        ("2020-01-31", usd(7), True),
        ("2021-02-28", usd(8, "at-least"), False),
    ]
    assert fund.disputed == ("balances",)


def test_a_balance_without_its_amount():
    """It is refused, and the error says what to write."""
    with pytest.raises(ps.errors.InvalidEvent, match="an amount needs its currency"):
        FundBalanceReported("ardpff", as_of="2020-01-31", amount=7_200_000)


def test_a_balance_without_payments():
    """It gives a finding, as long as no contribution is known."""
    assert finding_slugs(given(VNA, held("2020-01-31", usd(7)))) == {"balance-without-transactions"}
    assert finding_slugs(given(VNA, held("2020-01-31", usd(7)), rate("2020", usd(1)))) == set()
    assert finding_slugs(given(VNA, held("2020-01-31", usd(7)), came("2019", usd(1)))) == set()
    assert finding_slugs(given(VNA, came("2019", usd(1)))) == set()


def test_a_contribution_in_another_currency_than_any_balance():
    """It gives a finding; one without an amount does not."""
    rubles = FundContributionPledged("ardpff", by="RU", amount=ps.Money("90", "RUB"))
    assert finding_slugs(given(VNA, held("2020-01-31", usd(7)), rubles)) == {"contribution-in-other-currency"}
    assert finding_slugs(given(VNA, held("2020-01-31", usd(7)), FundContributionPledged("ardpff", by="RU"))) == set()
    assert finding_slugs(given(VNA, rubles)) == set()


@pytest.mark.parametrize(
    "story",
    [
        [rate("2020", usd(15)), came("2020-03", usd(5), "spring"), came("2020-09", usd(9), "autumn")],
        [rate("2019/2020", usd(15)), came("2019", usd(15), "2019"), came("2020", usd(14), "2020")],
        [rate("2020", usd(5, "at-least"), "quarter"), came("2020-03", usd(19))],
        [rate("2020-02", usd(5), "month"), came("2020-02-03", usd(6, "at-least"))],
    ],
)
def test_a_rate_that_differs_from_payments(story):
    """It gives a finding: for a year, two years, quarters, a month."""
    assert finding_slugs(given(LATER, *story)) == {"rate-differs-from-sum"}


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
    """It agrees, or payments are of another donor, currency or period, or the period has no whole years."""
    assert finding_slugs(given(LATER, *story)) == set()


# ---- contributions ----


def fund(*story):
    """Record claims about a fund, and return its state."""
    return given(*story).funds["ardpff"]


def pledged(part, amount, part_of=None, by="RU"):
    """Return a pledge."""
    return FundContributionPledged("ardpff", by=by, part=part, amount=usd(amount), part_of=part_of)


def test_the_stages_of_a_contribution():
    """It is one row, with an amount for each stage."""
    told_of = fund(
        VNA,
        FundContributionPledged(
            "ardpff", by="RU", part="2020", amount=usd(20), due="2020-12", condition="funds permitting", on="2020-01"
        ),
        FundContributionAnnounced("ardpff", by="RU", part="2020", amount=usd(15), on="2020-02", instrument="grant"),
        LATER, FundContributionReceived("ardpff", by="RU", part="2020", amount=usd(14), on="2021-03", part_of="all"),
    )  # fmt: skip
    (row,) = told_of.contributions

    assert (row.by, row.part, row.stage) == (("RU",), "2020", "received")
    assert (row.pledged, row.announced, row.received) == (usd(20), usd(15), usd(14))
    assert [str(one) for one in (row.pledged_on, row.announced_on, row.received_on)] == [
        "2020-01",
        "2020-02",
        "2021-03",
    ]
    assert (row.instrument, row.part_of, row.condition) == ("grant", "all", "funds permitting")
    assert told_of.outstanding == ()


def test_a_pledge_reported_after_the_payment():
    """The contribution stays received."""
    (row,) = fund(
        VNA, FundContributionReceived("ardpff", by="RU", amount=usd(14), on="2020-02"),
        LATER, FundContributionPledged("ardpff", by="RU", amount=usd(20), on="2021-01"),
    ).contributions  # fmt: skip
    assert (row.stage, row.pledged, row.received) == ("received", usd(20), usd(14))


def test_contributions_of_two_donors():
    """They are different contributions: nothing is disputed."""
    state = fund(VNA, pledged("2020", 20), TASS, pledged("2021", 15), pledged("2020", 10, by="VN"))
    found = {(*one.by, one.part) for one in state.contributions}
    assert found == {("RU", "2020"), ("RU", "2021"), ("VN", "2020")}
    assert state.disputed == ()


def test_two_amounts_of_one_contribution():
    """They are a dispute."""
    state = fund(VNA, pledged("2020", 20), TASS, pledged("2020", 15))
    assert (state.disputed, state.contributions[0].is_disputed) == (("contributions",), True)


def test_a_contribution_that_is_due():
    """It is overdue until a source says that it was received; an announcement does not."""
    record = given(
        VNA, FundContributionPledged("ardpff", by="RU", amount=usd(20), due="2020-06"),
        LATER, FundContributionAnnounced("ardpff", by="RU", amount=usd(20)),
    )  # fmt: skip
    (late,) = record.overdue()
    assert (late.subject, str(late.planned), late.previous_dates) == ("fund:ardpff", "2020-06", ())

    record.add(FundContributionReceived("ardpff", by="RU"), source=ps.Source("TASS", published="2021-05-01"))
    assert record.overdue() == ()


def test_a_contribution_that_is_part_of_itself():
    """It is refused."""
    with pytest.raises(ps.errors.InvalidEvent, match="is no part of itself"):
        pledged("2020", 20, "2020")


def names(state, stage="pledged"):
    """Return the contributions that are added up."""
    return [one.part for one in largest(state.contributions, stage)]


def test_parts_of_larger_contributions():
    """Only the largest that reached the stage counts; a part of an unknown contribution counts too."""
    state = fund(
        VNA, pledged("all", 50), FundContributionReceived("ardpff", by="RU", part="2020", amount=usd(5), part_of="all"),
        pledged("health", 20, "all"), pledged("kits", 5, "health"), pledged("doses", 4, "never told"),
    )  # fmt: skip
    assert names(state) == ["all", "doses"]
    assert names(state, "received") == ["2020"]


def test_a_part_of_a_contribution_in_an_earlier_stage():
    """It counts itself, unless an even larger one reached the stage."""
    half = FundContributionAnnounced("ardpff", by="RU", part="half", amount=usd(9), part_of="all")
    assert names(fund(VNA, half, pledged("kits", 5, "half"))) == ["kits"]
    assert names(fund(VNA, half, pledged("kits", 5, "half"), pledged("all", 20))) == ["all"]


def test_parts_of_two_donors_with_one_name():
    """A part belongs to the contribution of its own donor; to another's only if its donor has none of that name."""
    theirs = [pledged("all", 30, by="VN"), FundContributionAnnounced("ardpff", by="RU", part="all", amount=usd(9))]
    assert names(fund(VNA, *theirs, pledged("kits", 5, "all"))) == ["kits", "all"]
    assert names(fund(VNA, theirs[0], pledged("kits", 5, "all"))) == ["all"]


def test_parts_in_a_circle():
    """None of them counts, and the search terminates."""
    assert names(fund(VNA, pledged("a", 1, "b"), pledged("b", 1, "a"))) == []
    unpaid = FundContributionAnnounced("ardpff", by="RU", part="b", amount=usd(1), part_of="a")
    assert names(fund(VNA, pledged("a", 1, "b"), unpaid)) == ["a"]


def test_rates():
    """One per donor and period, in order; amount and interval are one fact."""
    state = fund(
        VNA, RecurringContributionStated("ardpff", by="RU", period="2020", amount=usd(15), per="year"),
        RecurringContributionStated("ardpff", by="RU", period="2008", amount=usd(5), per="year"),
        TASS, RecurringContributionStated("ardpff", by="RU", period="2020", amount=usd(15), per="quarter"),
    )  # fmt: skip
    assert [(str(one.period), one.amount, one.is_disputed) for one in state.recurring] == [
        ("2008", usd(5), False),
        ("2020", usd(15), True),
    ]
    assert state.disputed == ("recurring",)


PLEDGED = FundContributionPledged(
    "ardpff", by="AE", amount=usd(100), on="2020-02-01", due="2021-01", condition="a board"
)


def test_a_pledge_that_is_raised():
    """The new amount stands from then on, beside nothing else: it is the same pledge, and no dispute."""
    raised = FundContributionSpecified("ardpff", by="AE", amount=usd(150), on="2020-11-19")
    record = given(("2020-03-01", "Secretariat", "official-text"), PLEDGED, ("2020-11-20", "TASS", "news"), raised)
    (row,) = record.funds["ardpff"].contributions

    assert (row.pledged, str(row.pledged_on), row.condition) == (usd(150), "2020-02-01", "a board")
    assert [str(total) for total in record.fund_ledger("ardpff").totals] == ["pledged: 150 USD in 1 sum"]
    assert (record.disputes(), str(record.as_of(on="2020-06-01").funds["ardpff"].contributions[0].pledged)) == (
        (),
        "100 USD",
    )
    assert [str(item.planned) for item in record.as_of("2021-03-01").overdue()] == ["2021-01"]


def test_the_steps_of_a_pledge():
    """The earlier sums and the day of the last change are kept, and the register and the ledger have them in words."""
    steps = [(f"2020-{month}-01", usd(amount)) for month, amount in (("03", 150), ("05", 120))]
    changes = [FundContributionSpecified("ardpff", by="AE", amount=amount, on=day) for day, amount in steps]
    record = given(*[item for event in (PLEDGED, *changes) for item in ((str(event.on), "TASS", "news"), event)])
    (row,) = record.funds["ardpff"].contributions
    assert (row.pledged_before, str(row.changed_on)) == ((usd(100), usd(150)), "2020-05-01")
    words = "pledged 120 USD (1 February 2020; changed from 150 USD on 1 May 2020)"
    assert words in str(record.fund_ledger("ardpff"))
    assert words in str(record.contributions_register())
    assert "(1 February 2020; changed from 100 USD on 1 March 2020)" in str(
        record.as_of("2020-04-01").fund_ledger("ardpff")
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"due": "2022", "on": "2020-05"}, "pledged 100 USD (1 February 2020; changed on May 2020)"),
        ({"due": "2022"}, "pledged 100 USD (1 February 2020)"),
        ({"amount": usd(90)}, "pledged 90 USD (1 February 2020; changed from 100 USD)"),
        ({"part": "health", "amount": usd(7), "on": "2020-05"}, "pledged 7 USD (May 2020)"),
    ],
)
def test_a_pledge_of_which_a_source_says_how_it_changed(change, words):
    """Only that is told; the change of a pledge that no source reports is the pledge."""
    record = given(VNA, PLEDGED, ("2020-10-20", "TASS", "news"), FundContributionSpecified("ardpff", by="AE", **change))
    assert words in str(record.fund_ledger("ardpff"))


@pytest.mark.parametrize(
    ("change", "pledged", "due"),
    [
        ({"due": "2022"}, usd(100), ["2022"]),
        ({"is_undated": True}, usd(100), []),
        ({"amount": usd(20, "at-least"), "condition": "two boards"}, usd(20, "at-least"), ["2021-01"]),
        ({"part": "health", "amount": usd(7)}, usd(100), ["2021-01"]),
    ],
)
def test_a_pledge_that_is_changed(change, pledged, due):
    """What is not said stays; a change of another part is another pledge. Of two changes the newer stands."""
    record = given(VNA, PLEDGED, ("2020-10-20", "TASS", "news"), FundContributionSpecified("ardpff", by="AE", **change))
    state = record.funds["ardpff"]
    assert (state.contributions[0].pledged, [str(plan.planned) for plan in state.outstanding]) == (pledged, due)
    assert state.contributions[0].condition == change.get("condition", "a board")
    record.add(
        FundContributionSpecified("ardpff", by="AE", amount=usd(1)), source=ps.Source("TASS", published="2020-12")
    )
    assert record.funds["ardpff"].contributions[0].pledged == usd(1)


def test_a_pledge_that_is_withdrawn():
    """It is in no total and not overdue; what the fund received stays, and so do the pledges of others."""
    gone = FundContributionWithdrawn("ardpff", by="AE", on="2020-12-01", reason="another policy")
    other = FundContributionPledged("ardpff", by="RU", amount=usd(5))
    story = [VNA, PLEDGED, other, LATER, gone]
    record = given(*story)
    row, _ = record.funds["ardpff"].contributions

    assert (row.is_withdrawn, str(row.withdrawn_on), row.reason, row.pledged) == (
        True,
        "2020-12-01",
        "another policy",
        usd(100),
    )
    assert (record.overdue(), [str(total) for total in record.fund_ledger("ardpff").totals]) == (
        (),
        ["pledged: 5 USD in 1 sum"],
    )
    assert "by AE: pledged 100 USD (1 February 2020); withdrawn (1 December 2020)" in str(record.fund_ledger("ardpff"))
    paid = given(*story, came("2020-05", usd(40), by="AE"))
    assert [str(total) for total in paid.contributions_register(party="AE").totals["AE",]] == [
        "received: 40 USD in 1 sum"
    ]


def test_a_withdrawal_of_a_pledge_that_no_source_reports():
    """It is known all the same, without a day if none is told; two sources that differ on the day are a dispute."""
    record = given(VNA, FundContributionWithdrawn("ardpff", by="US"))
    assert str(record.fund_ledger("ardpff")).endswith("by US: pledged an unknown sum; withdrawn")
    first, second = (FundContributionWithdrawn("ardpff", by="US", on=f"2020-02-0{day}") for day in (1, 2))
    assert given(VNA, first, TASS, second).funds["ardpff"].disputed == ("contributions",)


def test_a_part_of_a_pledge_that_is_withdrawn():
    """It counts for itself, since its whole counts no more."""
    whole = FundContributionPledged("ardpff", by="AE", part="all", amount=usd(100))
    part = FundContributionPledged("ardpff", by="AE", part="labs", part_of="all", amount=usd(10))
    record = given(VNA, whole, part, LATER, FundContributionWithdrawn("ardpff", by="AE", part="all"))
    assert [str(total) for total in record.fund_ledger("ardpff").totals] == ["pledged: 10 USD in 1 sum"]


def test_a_fund_that_is_enlarged():
    """Its new size and period stand from then on, and dispute nothing; without them, the rules alone are amended."""
    founded = FundEstablished("ardpff", on="2019-03", amount=usd(5), equivalent=ps.Money(4, "EUR"), period="2019/2025")
    story = [("2019-04-01", "Council", "official-text"), founded, VNA, FundRulesAmended("ardpff", on="2020-01")]
    more = FundRulesAmended("ardpff", on="2021-03-18", amount=usd(12), period="2019/2027")
    record = given(*story, LATER, more)
    fund = record.funds["ardpff"]

    assert (fund.amount, fund.equivalent, str(fund.period)) == (usd(12), None, "2019/2027")
    assert (record.disputes(), record.as_of(on="2020-06-01").funds["ardpff"].amount) == ((), usd(5))
    assert str(fund.rules_amended_on) == "2021-03-18"
