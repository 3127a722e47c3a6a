"""Series of meetings: what was agreed about them, and what their meetings show."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import (
    MeetingHeld,
    SeriesDiscontinued,
    SeriesEstablished,
    SeriesFrequencyAgreed,
    SeriesRenamed,
    StatementMade,
    TermsOfReferenceAdopted,
)
from partnership.testing.scenario import finding_slugs, given

SECRETARIAT = ("1997-07-01", "ASEAN Secretariat", "official-release")
TASS = ("2022-06-01", "TASS", "news")
ANNUAL = SeriesFrequencyAgreed("arsom", frequency="annual", host_rule="in turn")


def met(slug, on, *ordinals, **said):
    """Say that the series met, one event for each number that is claimed."""
    return [MeetingHeld(slug, on=on, body="series:arsom", ordinal=ordinal, **said) for ordinal in ordinals or (None,)]


def odd(*story):
    """Build a history of one series, and return what is odd about it."""
    return finding_slugs(given(*story), "series:arsom")


def test_a_series_that_is_set_up_and_given_up():
    """Each date has its own field, and former names are kept."""
    state = given(
        SECRETARIAT,
        SeriesEstablished("arjcc", on="1997-06", title="Joint Cooperation Committee", level="ambassadors"),
        TermsOfReferenceAdopted("arjcc", on="1997-01", document="arjcc-rules", period="1997/2005"),
        SeriesFrequencyAgreed("arjcc", frequency="annual", host_rule="in turn"),
        TASS,
        SeriesRenamed("arjcc", on="2010", former="Committee", title="ARJCC", parent="relation:asean-russia"),
        SeriesRenamed("arjcc", on="2012"),
        SeriesDiscontinued("arjcc", on="2022-05", reason="nobody came"),
    ).series["arjcc"]  # fmt: skip

    assert (state.status, state.established_on, state.discontinued_on) == (
        "discontinued", ps.When("1997-06"), ps.When("2022-05"),
    )  # fmt: skip
    assert (state.document, state.terms_adopted_on, state.period) == (
        "arjcc-rules", ps.When("1997-01"), ps.When("1997/2005"),
    )  # fmt: skip
    assert (state.frequency, state.host_rule, state.level) == ("annual", "in turn", "ambassadors")
    assert state.titles == ("Joint Cooperation Committee", "ARJCC", "Committee")
    assert (state.parent, state.renamed_on, state.reason) == (
        "relation:asean-russia", ps.When("2012"), "nobody came",
    )  # fmt: skip


def test_the_meetings_of_a_series():
    """Each is a row with all ordinals that sources give; other meetings and events are not included."""
    record = given(
        ("2016-04-05", "russia-asean20.ru", "official-release"),
        *met("arsom-13", "2016-04-05", "13th?", place="Moscow", co_chairs=["RU", "MM"]),
        ("2016-04-08", "Philippine embassy", "official-release"), *met("arsom-13", "2016-04-04", "thirteenth"),
        MeetingHeld("lone"), StatementMade("arsom", text="they met"),
    )  # fmt: skip
    (edition,) = record.series["arsom"].editions

    assert (edition.meeting, edition.place, edition.co_chairs) == ("meeting:arsom-13", "Moscow", ("MM", "RU"))
    assert set(edition.ordinals) == {"13th?", "thirteenth"}
    assert edition.numbers == {13}
    assert edition.disputed == ("held_on",)
    assert record.series["arsom"].disputed == ("editions",)


def test_two_meetings_of_one_number():
    """Sources number differently, so it is a finding and both are accepted."""
    story = [TASS, *met("one", "2021-03-30", "19th"), *met("two", "2022-03-25", "19th", "20th")]

    assert odd(*story) == {"ordinal-repeated"}
    (finding,) = [finding for finding in given(*story).findings() if finding.slug == "ordinal-repeated"]
    assert finding.sentence == "series:arsom has 2 meetings that sources number 19"
    assert len(finding.claims) == 3


def test_a_later_meeting_of_a_lower_number():
    """It is a finding if it was certainly held later; an ordinal without a number is not compared."""
    first, special = met("one", "2016-05", "3rd"), met("special", "2017", "commemorative")

    assert odd(TASS, *first, *special, *met("two", "2018-11", "2nd")) == {"ordinal-falls"}
    assert odd(TASS, *first, *special, *met("two", "2018-11", "4th")) == set()
    assert odd(TASS, *first, *met("two", "2016", "2nd")) == set()
    assert odd(TASS, *first, *met("two", None, "2nd")) == set()


def test_an_annual_series_that_skips_a_year():
    """That is a gap, since a frequency is an expectation; without a frequency there is no finding."""
    story = [TASS, *met("one", "2019-02-20"), *met("two", "2021-01-26"), *met("three", "2021/2022"), *met("four", None)]
    later = met("five", "2025-05")

    assert odd(*story) == set()
    record = given(*story, ANNUAL, *later)
    sentences = [finding.sentence for finding in record.findings() if finding.slug == "year-without-meeting"]
    assert sentences == [
        "series:arsom is to meet every year, and no meeting is known from 2023 to 2024",
        "series:arsom is to meet every year, and no meeting is known in 2020",
    ]


def test_an_annual_series_that_meets_twice():
    """It is a finding if both were certainly in that year."""
    assert odd(TASS, ANNUAL, *met("one", "2019-02"), *met("two", "2019-11")) == {"two-in-a-year"}
    assert odd(TASS, ANNUAL, *met("one", "2019-02"), *met("two", "[2019,2020]")) == set()


def test_an_unknown_frequency():
    """It is refused, with what to write."""
    with pytest.raises(InvalidEvent, match="'annual', 'biennial', 'ad-hoc', 'other'"):
        SeriesFrequencyAgreed("arsom", frequency="often")


def test_two_reports_of_one_agreement():
    """They differ, whichever is published last; an agreement that was surely made later replaces the earlier one."""
    agreed = [("2021-05-06", "MFA", "official-release"), SeriesFrequencyAgreed("s", on="2021-05", frequency="annual")]
    for on, frequency, disputed in (("2021-05-05", "annual", ("frequency",)), ("2021-06-05", "biennial", ())):
        blog = SeriesFrequencyAgreed("s", on=on, frequency="biennial")
        record = given(*agreed, ("2021-06-08", "Blog", "op-ed"), blog)
        assert (record.series["s"].frequency, record.series["s"].disputed) == (frequency, disputed)
        assert len(record.disputes()) == len(disputed)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ({"ordinal": "19th", "place": "Jakarta"}, {}, True),
        ({"ordinal": "19th"}, {"ordinal": "nineteenth", "place": "Jakarta, Indonesia"}, True),
        ({"parties": ["ASEAN", "RU"]}, {"parties": ["RU"], "level": "ambassadors"}, True),
        ({"ordinal": "19th"}, {"ordinal": "20th"}, False),
        ({"level": "ministers"}, {"level": "senior-officials"}, False),
        ({"place": "Jakarta"}, {"place": "Moscow"}, False),
        ({"parties": ["ASEAN", "RU"]}, {"parties": ["ASEAN", "CN"]}, False),
        ({"part_of": "two"}, {}, False),
        ({}, {"part_of": "one"}, False),
        ({"count": 2}, {}, False),
    ],
)
def test_two_meetings_of_one_day(one, other, found):
    """They may be one under two names, if nothing tells them apart."""
    held = [
        MeetingHeld(name, on="2021-06-28", body="arsom", **fields) for name, fields in (("one", one), ("two", other))
    ]
    assert ("perhaps-one-meeting" in odd(TASS, *held)) is found


@pytest.mark.parametrize("days", [["2021-06"] * 2, ["2021-06-28", "2021-06-29"], ["2021-06-28"] * 3])
def test_meetings_of_another_day_or_of_three(days):
    """A month proves nothing, and three meetings of a day are a round of them."""
    held = [MeetingHeld(f"m-{number}", on=day, body="arsom") for number, day in enumerate(days)]
    assert "perhaps-one-meeting" not in odd(TASS, *held)


def test_two_names_that_are_joined():
    """Nothing is found any more."""
    record = given(TASS, *(MeetingHeld(name, on="2021-06-28", body="arsom") for name in ("one", "two")))
    assert "perhaps-one-meeting" in {finding.slug for finding in record.findings()}
    record.same_as("meeting:one", "meeting:two")
    assert "perhaps-one-meeting" not in {finding.slug for finding in record.findings()}


@pytest.mark.parametrize("raised", [{"on": "2018-11-14"}, {}])
def test_a_series_that_is_raised_to_another_level(raised):
    """The level that is agreed stands from then on, and differs from no earlier one."""
    record = given(
        ("2011-10-28", "MOFA"), SeriesEstablished("mekong", on="2011-10-28", level="ministers"),
        ("2018-11-14", "TASS"), SeriesFrequencyAgreed("mekong", level="leaders", frequency="annual", **raised),
    )  # fmt: skip
    assert (record.series["mekong"].level, record.disputes()) == ("leaders", ())
    assert record.as_of("2015-01-01").series["mekong"].level == "ministers"


def test_sources_that_differ_on_the_level():
    """Two reports of one agreement, or of the beginning, are a dispute."""
    for event in (SeriesEstablished, SeriesFrequencyAgreed):
        story = (
            TASS,
            event("s", on="2011-10", level="ministers"),
            SECRETARIAT,
            event("s", on="2011-10", level="leaders"),
        )
        assert [dispute.names for dispute in given(*story).disputes()] == [("level",)]
