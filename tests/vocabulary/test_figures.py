"""Figures to come, and whose figures they are, as press reports put them."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership import Count, Money, Percent
from partnership.errors import InvalidEvent
from partnership.events import (
    CommitmentMade,
    DocumentSigned,
    ForecastReported,
    MeetingHeld,
    MemberAdmitted,
    ProvisionReported,
    StatisticReported,
    StatusUpgraded,
    TargetSet,
    VisitMade,
)

NEWS = ps.Source("a news agency", published="2014-08-06", kind="news")


def test_a_forecast_is_no_target() -> None:
    """The bank expects foreign investment of 80 billion dollars in 2014; the leaders aim at 100 billion by 2020."""
    with ps.open(":memory:") as record:
        record.add(
            ForecastReported("fdi", period="2014", amount=Money("80000000000", "USD"), authority="a bank"),
            TargetSet("fdi", period="2020", amount=Money("100000000000", "USD")),
            source=NEWS,
        )
        state = record.statistics["fdi"]
        assert [(str(row.amount), row.authorities) for row in state.forecasts] == [("80,000,000,000 USD", ("a bank",))]
        assert [str(target.expected.planned) for target in state.targets] == ["2020"]
        assert [str(item.planned) for item in record.as_of("2022-01-01").overdue()] == ["2020"]


def test_the_newest_forecast_of_a_period_counts_and_two_of_one_day_are_a_dispute() -> None:
    """Growth is put at 5.2 per cent, and later at 4.6 or, by another agency on the same day, at 4.7 per cent."""
    with ps.open(":memory:") as record:
        record.add(ForecastReported("growth", period="2014", change=Percent("5.2")), source=NEWS)
        for publisher, change in (("a ministry", "4.6"), ("an institute", "4.7")):
            later = ps.Source(publisher, published="2014-10-01", kind="news")
            record.add(ForecastReported("growth", period="2014", change=Percent(change)), source=later)
        (forecast,) = record.statistics["growth"].forecasts
        assert forecast.is_disputed
        assert record.statistics["growth"].disputed == ("forecasts",)
        assert [dispute.names for dispute in record.disputes()] == [("change",)]


def test_the_sides_of_a_trade_flow() -> None:
    """Trade between the bloc and the country was 23.3 billion dollars in 2013."""
    with ps.open(":memory:") as record:
        trade = StatisticReported("trade", period="2013", amount=Money("23300000000", "USD"), parties=["US", "ECOWAS"])
        record.add(trade, source=NEWS)
        assert record.statistics["trade"].parties == ("ECOWAS", "US")
        assert len(record.entries(party="ECOWAS")) == 1


def test_a_figure_without_a_period() -> None:
    """Trade is 500 million dollars: the error tells what to write, and the bound is accepted."""
    with pytest.raises(InvalidEvent, match="the day of publication as an upper bound"):
        StatisticReported("trade", amount=Money("500000000", "USD"))  # type: ignore[call-arg]
    assert StatisticReported("trade", amount=Money("500000000", "USD"), period="../2014-08-06").period.latest


def test_the_worth_of_deals() -> None:
    """Firms signed contracts of 40 billion dollars (37 billion euros); another agency says 35 billion dollars."""
    with ps.open(":memory:") as record:
        usd, eur = Money("40000000000", "USD"), Money("37000000000", "EUR")
        signed = DocumentSigned("deals", form="contract", count=12, worth=usd, equivalent=eur, visit="state-visit-2014")
        record.add(signed, source=NEWS)
        state = record.documents["deals"]
        assert (state.worth, state.equivalent, state.visit) == (usd, eur, "state-visit-2014")
        assert record.disputes() == ()
        other = ps.Source("another agency", published="2014-08-06", kind="news")
        record.add(DocumentSigned("deals", worth=Money("35000000000", "USD")), source=other)
        assert [dispute.names for dispute in record.disputes()] == [("worth",)]


def test_what_a_document_provides_is_not_its_worth() -> None:
    """The agreement, worth 2 million dollars, sets up a fund of 1 million dollars (900,000 euros)."""
    with ps.open(":memory:") as record:
        one, other = Money("1000000", "USD"), Money("900000", "EUR")
        record.add(
            DocumentSigned("deal", worth=Money("2000000", "USD")),
            ProvisionReported("deal", part="a fund", amount=one, equivalent=other),
            source=NEWS,
        )
        state = record.documents["deal"]
        assert (state.worth, state.equivalent) == (Money("2000000", "USD"), None)
        assert (state.provisions[0].amount, state.provisions[0].equivalent) == (one, other)


def test_why_a_status_rose_and_where_a_member_was_admitted() -> None:
    """Because the world changes, the sides became strategic partners; the country was admitted at the summit."""
    with ps.open(":memory:") as record:
        upgraded = StatusUpgraded("a-b", ladder="grade", rung="strategic", holder="JP", reason="the world changes")
        admitted = MemberAdmitted("tl", bloc="ASEAN", member="TL", meeting="summit-47", document="accession")
        record.add(upgraded, admitted, source=NEWS)
        assert record.statuses["a-b"].rungs[0].reason == "the world changes"
        assert record.memberships["tl"].meeting == "summit-47"


def test_a_visit_of_three_days_and_what_was_promised_on_it() -> None:
    """During the three days' visit the host promised a loan of one billion dollars."""
    with ps.open(":memory:") as record:
        promised = CommitmentMade("loan", by="KR", to="KE", amount=Money("1000000000", "USD"), visit="ruto-2022")
        record.add(VisitMade("ruto-2022", on="2022-11", duration="P3D"), promised, source=NEWS)
        assert str(record.visits["ruto-2022"].duration) == "three days"
        assert record.commitments["loan"].visit == "ruto-2022"


def test_meetings_that_a_source_only_counts() -> None:
    """The commission met at least five times, and again in March; the ledger counts all of them."""
    with ps.open(":memory:") as record:
        record.add(
            MeetingHeld("jec-past", count=Count(5, "at-least"), body="jec"),
            MeetingHeld("jec-2014", on="2014-03-02", body="jec"),
            source=NEWS,
        )
        ledger = record.series_ledger("series:jec")
        assert ledger.held == Count(6, "at-least")
        assert str(ledger).startswith("series:jec: at least 6 meetings\n")
        assert "jec-past (at least 5 meetings)" in str(ledger)
        assert "meeting meeting:" not in str(record.dossier("series:jec"))


def test_a_figure_without_a_known_period_does_not_answer_a_target() -> None:
    """Trade was to reach 900 million dollars in 2018; trade is 500 million, says a report that names no year."""
    with ps.open(":memory:") as record:
        record.add(
            TargetSet("trade", period="2018", amount=Money("900000000", "USD")),
            StatisticReported("trade", period="../2021-04-02", amount=Money("500000000", "USD")),
            source=ps.Source("a news agency", published="2021-04-02", kind="news"),
        )
        assert [str(item.planned) for item in record.as_of("2021-05-01").overdue()] == ["2018"]
        record.add(
            StatisticReported("trade", period="2018", amount=Money("400000000", "USD")),
            source=ps.Source("a ministry", published="2021-04-20", kind="official-release"),
        )
        assert record.as_of("2021-05-01").overdue() == ()


def test_a_figure_without_a_known_period_is_not_compared_with_its_neighbours() -> None:
    """Trade was 5,000 dollars in 2015 and 6,000 in 2020; a report that names no year says 500 million dollars."""
    with ps.open(":memory:") as record:
        for period, amount in (("2015", "5000"), ("2020", "6000"), ("../2018-04-02", "500000000")):
            report = StatisticReported("trade", period=period, amount=Money(amount, "USD"))
            record.add(report, source=ps.Source("a news agency", published="2021-04-02", kind="news"))
        assert len(record.statistics["trade"].figures) == 3
        assert record.findings() == ()
        changed = StatisticReported("trade", period="2021", amount=Money("900000000", "USD"))
        record.add(changed, source=ps.Source("a news agency", published="2022-04-02", kind="news"))
        assert [finding.slug for finding in record.findings()] == ["implausible-factor"]
