"""The ledger of a body."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import (
    MeetingCancelled,
    MeetingConvened,
    MeetingDateNotAgreed,
    MeetingHeld,
    MeetingScheduled,
    NetworkLaunched,
    SeriesEstablished,
    SeriesFrequencyAgreed,
)
from partnership.testing.scenario import given

ASEAN = ("2016-05-18", "ASEAN", "official-release")
TASS = ("2018-11-20", "TASS", "news")
RECORD = given(
    ASEAN,
    MeetingScheduled("sochi", planned="2016-05-20", body="series:summit"),
    MeetingHeld("hanoi", on="2010-10", ordinal="2nd", body="series:summit", place="Hanoi", host="VN"),
    ("2016-05-20", "TASS", "news"),
    MeetingHeld("sochi", on="2016-05-19/2016-05-20", ordinal="3rd", host="RU", co_chairs=["RU", "LA"]),
    ("2016-05-21", "VNA", "news"), MeetingHeld("sochi", on="2016-05-20", ordinal="commemorative"),
    TASS,
    MeetingHeld("singapore", on="2018-11-14", ordinal="3rd", body="series:summit"),
    MeetingConvened("kazan", on="2018-11-19", ordinal="1st", body="series:summit"),
    MeetingHeld("some", body="series:summit"),
    MeetingScheduled("next", body="series:summit", planned="2021-10"),
    MeetingScheduled("one-day", body="series:summit"),
    MeetingScheduled("dropped", body="series:summit", planned="2019"),
    MeetingCancelled("dropped"),
    MeetingHeld("other", on="2018-11-14", body="dialogue:ict"),
)  # fmt: skip


def test_the_meetings_of_a_series():
    """They are in order with all claimed numbers, even if only the announcement names the series."""
    ledger = RECORD.series_ledger("series:summit")
    sochi = ledger.editions[1]

    assert [edition.meeting for edition in ledger.editions] == [
        "meeting:hanoi", "meeting:sochi", "meeting:singapore", "meeting:kazan", "meeting:some",
    ]  # fmt: skip
    assert (set(sochi.ordinals), sochi.host, sochi.co_chairs) == ({"3rd", "commemorative"}, "RU", ("LA", "RU"))
    assert sochi.disputed == ("held_on",)
    assert ledger.planned == (("meeting:next", (ps.When("2021-10"),)), ("meeting:one-day", ()))


def test_gaps_numbers_and_hosts():
    """Years without a meeting beyond the usual two, numbers claimed twice, falling numbers, and the hosts."""
    ledger = RECORD.series_ledger("series:summit")

    assert ledger.interval == 2
    assert ledger.gaps == ((2011, 2015),)
    assert ledger.repeated == ((3, ("meeting:sochi", "meeting:singapore")),)
    assert ledger.falling == (("meeting:singapore", "meeting:kazan"),)
    assert ledger.hosts == (("RU", ("meeting:sochi",)), ("VN", ("meeting:hanoi",)))


SOCHI = "20 May 2016: meeting:sochi (commemorative, 3rd)"


def test_the_text_of_a_ledger():
    """It has a line for each meeting and for each oddity."""
    assert str(RECORD.series_ledger("series:summit")).splitlines() == [
        "series:summit: 5 meetings",
        "  October 2010: meeting:hanoi (2nd), Hanoi, host VN",
        f"  {SOCHI}, host RU, chaired by LA and RU, sources differ on held_on",
        "  14 November 2018: meeting:singapore (3rd)",
        "  19 November 2018: meeting:kazan (1st)",
        "  no day: meeting:some",
        "  planned October 2021: meeting:next",
        "  planned for no day: meeting:one-day",
        "  called off, planned 2019: meeting:dropped",
        "  no meeting known 2011 to 2015 (usually every 2 years)",
        "  number 3 is claimed for meeting:sochi, meeting:singapore",
        "  meeting:kazan comes after meeting:singapore and has a lower number",
        "  host RU: meeting:sochi",
        "  host VN: meeting:hanoi",
    ]


def test_other_bodies():
    """A dialogue has a ledger under any of its names, and a body without meetings has one."""
    record = given(TASS, MeetingHeld("round", on="2018", body="dialogue:ict"), NetworkLaunched("nartt"))
    record.same_as("dialogue:ict", "dialogue:cyber")

    assert [edition.meeting for edition in record.series_ledger("dialogue:cyber").editions] == ["meeting:round"]
    assert record.series_ledger("network:nartt").editions == ()


def test_an_unknown_body():
    """It is an error: an empty ledger would look like an answer."""
    with pytest.raises(ps.errors.UnknownSubject):
        given(TASS, SeriesEstablished("summit")).series_ledger("series:sumit")


def test_cancelled_meetings():
    """They are listed with their planned dates, which explains a year without a meeting."""
    record = given(
        TASS,
        MeetingScheduled("council-2022", planned="2022-10-26", body="series:council"),
        MeetingCancelled("council-2022", body="series:council"),
        MeetingCancelled("council-2020", body="series:council"),
    )
    ledger = record.series_ledger("series:council")
    assert ledger.off == (("meeting:council-2020", ()), ("meeting:council-2022", (ps.When("2022-10-26"),)))
    assert "  called off: meeting:council-2020" in str(ledger)
    assert "  called off, planned 26 October 2022: meeting:council-2022" in str(ledger)


def yearly(*years, **frequency):
    """Return the ledger of a series that met in these years, numbered from 1, with an agreed frequency."""
    held = [
        MeetingHeld(f"m-{year}", on=f"{year}", ordinal=f"{n}th", body="series:s") for n, year in enumerate(years, 1)
    ]
    agreed = [SeriesFrequencyAgreed("s", **frequency)] if frequency else []
    return given(("2030-01-01", "TASS", "news"), *held, *agreed).series_ledger("series:s")


@pytest.mark.parametrize(
    ("ledger", "interval", "gaps"),
    [
        (yearly(2010, 2012), None, ((2011, 2011),)),
        (yearly(2010, 2012, 2014, 2018), 2, ((2015, 2017),)),
        (yearly(2010, 2012, 2014, 2016), 2, ()),
        (yearly(2010, 2011, 2012, 2013, 2015), 1, ((2014, 2014),)),
        (yearly(2010, 2012, frequency="annual"), 1, ((2011, 2011),)),
        (yearly(2010, 2012, 2015, frequency="biennial"), 2, ((2013, 2014),)),
        (yearly(2010, 2015, frequency="ad-hoc"), None, ()),
    ],
)
def test_the_usual_interval(ledger, interval, gaps):
    """A gap is longer than what was agreed, or than what the meetings show; meetings when needed have none."""
    assert (ledger.interval, ledger.gaps) == (interval, gaps)


def test_numbers_that_no_meeting_has():
    """They are named between those that are known; a year used as a number is another way of counting."""
    record = given(
        TASS,
        MeetingHeld("a", on="2010", ordinal="7th", body="series:s"),
        MeetingHeld("b", on="2012", ordinal="10th", body="series:s"),
        MeetingHeld("c", on="2018", ordinal="2018", body="series:s"),
    )
    assert record.series_ledger("series:s").missing == (8, 9)
    assert "  no meeting known with number 8" in str(record.series_ledger("series:s"))


def test_a_vague_year_between_days():
    """Editions stand in the order of the occurrences: "in 2018", told in March 2018, came before June 2018."""
    record = given(
        ("2018-03-10", "TASS", "news"), MeetingHeld("spring", on="2018", body="series:s"),
        ("2018-12-30", "TASS", "news"), MeetingHeld("summer", on="2018-06-01", body="series:s"),
        MeetingHeld("january", on="2018-01-05", body="series:s"),
        MeetingHeld("year", on="2018", body="series:s"),
    )  # fmt: skip
    names = [edition.meeting for edition in record.series_ledger("series:s").editions]
    assert names.index("meeting:spring") < names.index("meeting:summer")
    assert names.index("meeting:january") < names.index("meeting:summer")


def test_a_meeting_in_two_places_of_which_only_the_first_day_is_known():
    """Both places stand in its line, and its year is not one without a meeting; a date to be found is ahead."""
    record = given(
        ("2019-06-20", "VNA", "news"), MeetingHeld("hanoi", on="2019-06-18", body="series:jec", place="Hanoi"),
        ("2020-06-20", "VNA", "news"),
        MeetingHeld("baku", on="2020-06-17/", body="series:jec", locations=["Baku", "Ganja"]),
        ("2021-06-20", "VNA", "news"), MeetingHeld("kazan", on="/2021-06-18", body="jec", co_hosts=["RU", "VN"]),
        ("2022-06-20", "VNA", "news"), MeetingDateNotAgreed("next", body="series:jec", attempts=3),
    )  # fmt: skip
    ledger = record.series_ledger("series:jec")

    assert "since 17 June 2020: meeting:baku, Baku and Ganja" in str(ledger)
    assert "until 18 June 2021: meeting:kazan, hosted by RU and VN" in str(ledger)
    assert ledger.hosts == (("RU", ("meeting:kazan",)), ("VN", ("meeting:kazan",)))
    assert (ledger.gaps, ledger.planned) == ((), (("meeting:next", ()),))
    assert record.series["jec"].editions[1].locations == ("Baku", "Ganja")


def test_a_series_that_only_meetings_name():
    """It is found by its slug alone, as long as no other subject has it."""
    record = given(TASS, MeetingHeld("jcc-9", on="2018-11-19", body="jcc"))
    assert record.series_ledger("jcc").body == record.dossier("jcc").subject == "series:jcc"

    record = given(TASS, MeetingHeld("jcc-9", on="2018-11-19", body="jcc", adopted="jcc"))
    with pytest.raises(ps.errors.AmbiguousSubject, match="document:jcc"):
        record.series_ledger("jcc")


def test_numbers_without_a_meeting():
    """Those that follow each other stand in one line."""
    held = [
        MeetingHeld(f"m-{number}", on=f"20{number}-01-05", ordinal=str(number), body="s") for number in (10, 12, 18)
    ]
    text = str(given(TASS, *held).series_ledger("series:s"))
    assert "no meeting known with number 11\n  no meeting known with number 13 to 17" in text
