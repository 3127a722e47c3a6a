"""The ledger of a body."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import (
    MeetingCancelled,
    MeetingConvened,
    MeetingHeld,
    MeetingScheduled,
    NetworkLaunched,
    SeriesEstablished,
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
    """Years without a meeting, numbers claimed twice, falling numbers, and the hosts."""
    ledger = RECORD.series_ledger("series:summit")

    assert ledger.gaps == ((2011, 2015), (2017, 2017))
    assert ledger.repeated == ((3, ("meeting:sochi", "meeting:singapore")),)
    assert ledger.falling == (("meeting:singapore", "meeting:kazan"),)
    assert ledger.hosts == (("RU", ("meeting:sochi",)), ("VN", ("meeting:hanoi",)))


SOCHI = "2016-05-20: meeting:sochi (commemorative, 3rd)"


def test_the_text_of_a_ledger():
    """It has a line for each meeting and for each oddity."""
    assert str(RECORD.series_ledger("series:summit")).splitlines() == [
        "series:summit: 5 meetings",
        "  2010-10: meeting:hanoi (2nd), Hanoi, host VN",
        f"  {SOCHI}, host RU, chaired by LA and RU, sources differ on held_on",
        "  2018-11-14: meeting:singapore (3rd)",
        "  2018-11-19: meeting:kazan (1st)",
        "  no day: meeting:some",
        "  planned 2021-10: meeting:next",
        "  planned for no day: meeting:one-day",
        "  called off, planned 2019: meeting:dropped",
        "  no meeting known 2011 to 2015",
        "  no meeting known 2017",
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
    assert "  called off, planned 2022-10-26: meeting:council-2022" in str(ledger)
