"""What is paid into funds: single sums with their stages, and rates."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import (
    FundContributionAnnounced,
    FundContributionPledged,
    FundContributionReceived,
    RecurringContributionStated,
)
from partnership.subjects.contributions import largest
from partnership.testing.scenario import told

VNA = ("2020-03-01", "VNA", "news")
TASS = ("2020-03-01", "TASS", "news")
LATER = ("2021-04-02", "VNA", "news")


def usd(amount, bound="exact"):
    """Return an amount of dollars."""
    return ps.Money(amount, "USD", bound)


def fund(*story):
    """Return what is known of the fund of a story."""
    return told(*story).funds["ardpff"]


def pledged(part, amount, part_of=None, by="RU"):
    """Promise a sum."""
    return FundContributionPledged("ardpff", by=by, part=part, amount=usd(amount), part_of=part_of)


def test_a_sum_through_its_stages():
    """It is one row, and the amount of each stage stands apart."""
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
    assert told_of.unmet == ()


def test_a_pledge_told_after_the_money_came():
    """The sum has arrived all the same."""
    (row,) = fund(
        VNA, FundContributionReceived("ardpff", by="RU", amount=usd(14), on="2020-02"),
        LATER, FundContributionPledged("ardpff", by="RU", amount=usd(20), on="2021-01"),
    ).contributions  # fmt: skip
    assert (row.stage, row.pledged, row.received) == ("received", usd(20), usd(14))


def test_two_givers_and_two_sums_of_one():
    """They are sums of their own: nothing is disputed."""
    state = fund(VNA, pledged("2020", 20), TASS, pledged("2021", 15), pledged("2020", 10, by="VN"))
    found = {(*one.by, one.part) for one in state.contributions}
    assert found == {("RU", "2020"), ("RU", "2021"), ("VN", "2020")}
    assert state.disputed == ()


def test_two_amounts_of_one_sum():
    """They are a dispute."""
    state = fund(VNA, pledged("2020", 20), TASS, pledged("2020", 15))
    assert (state.disputed, state.contributions[0].is_disputed) == (("contributions",), True)


def test_a_sum_that_is_due():
    """It is overdue until somebody says that it arrived; an announcement is no arrival."""
    record = told(
        VNA, FundContributionPledged("ardpff", by="RU", amount=usd(20), due="2020-06"),
        LATER, FundContributionAnnounced("ardpff", by="RU", amount=usd(20)),
    )  # fmt: skip
    (late,) = record.overdue()
    assert (late.subject, str(late.planned), late.slips) == ("fund:ardpff", "2020-06", ())

    record.add(FundContributionReceived("ardpff", by="RU"), source=ps.Source("TASS", published="2021-05-01"))
    assert record.overdue() == ()


def test_a_sum_that_is_part_of_itself():
    """It is refused."""
    with pytest.raises(ps.errors.InvalidEvent, match="is no part of itself"):
        pledged("2020", 20, "2020")


def names(state, stage="pledged"):
    """Return the sums that are added."""
    return [one.part for one in largest(state.contributions, stage)]


def test_parts_of_larger_sums():
    """Only the largest that came to the stage is counted, at any remove; what lies in nothing known is counted too."""
    state = fund(
        VNA, pledged("all", 50), FundContributionReceived("ardpff", by="RU", part="2020", amount=usd(5), part_of="all"),
        pledged("health", 20, "all"), pledged("kits", 5, "health"), pledged("doses", 4, "never told"),
    )  # fmt: skip
    assert names(state) == ["all", "doses"]
    assert names(state, "received") == ["2020"]


def test_a_part_of_a_sum_that_did_not_come_so_far():
    """It is counted itself, unless what that sum lies in came so far."""
    half = FundContributionAnnounced("ardpff", by="RU", part="half", amount=usd(9), part_of="all")
    assert names(fund(VNA, half, pledged("kits", 5, "half"))) == ["kits"]
    assert names(fund(VNA, half, pledged("kits", 5, "half"), pledged("all", 20))) == ["all"]


def test_a_part_that_two_givers_call_alike():
    """It lies in the sum of its own giver, and in another's only if that giver has none of that name."""
    theirs = [pledged("all", 30, by="VN"), FundContributionAnnounced("ardpff", by="RU", part="all", amount=usd(9))]
    assert names(fund(VNA, *theirs, pledged("kits", 5, "all"))) == ["kits", "all"]
    assert names(fund(VNA, theirs[0], pledged("kits", 5, "all"))) == ["all"]


def test_parts_in_a_ring():
    """None of them is counted, and the search comes to an end."""
    assert names(fund(VNA, pledged("a", 1, "b"), pledged("b", 1, "a"))) == []
    unpaid = FundContributionAnnounced("ardpff", by="RU", part="b", amount=usd(1), part_of="a")
    assert names(fund(VNA, pledged("a", 1, "b"), unpaid)) == ["a"]


def test_rates():
    """One a giver and a period, in the order of the periods; a rate is one fact with how often it is paid."""
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
