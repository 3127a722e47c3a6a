"""The ledger of a body: its meetings with all that sources claim for them."""

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
    """They stand in order with all claimed numbers, though only the announcement says whose meeting it was."""
    found = RECORD.series_ledger("series:summit")
    sochi = found.editions[1]

    assert [one.meeting for one in found.editions] == [
        "meeting:hanoi", "meeting:sochi", "meeting:singapore", "meeting:kazan", "meeting:some",
    ]  # fmt: skip
    assert (set(sochi.ordinals), sochi.host, sochi.co_chairs) == ({"3rd", "commemorative"}, "RU", ("LA", "RU"))
    assert sochi.disputed == ("held_on",)
    assert found.planned == (("meeting:next", (ps.When("2021-10"),)), ("meeting:one-day", ()))


def test_what_is_odd_in_a_ledger():
    """Years without a meeting, numbers that are claimed twice or fall, and who hosted what."""
    found = RECORD.series_ledger("series:summit")

    assert found.gaps == ((2011, 2015), (2017, 2017))
    assert found.repeated == ((3, ("meeting:sochi", "meeting:singapore")),)
    assert found.falling == (("meeting:singapore", "meeting:kazan"),)
    assert found.hosts == (("RU", ("meeting:sochi",)), ("VN", ("meeting:hanoi",)))


SOCHI = "2016-05-20: meeting:sochi (commemorative, 3rd)"


def test_a_ledger_that_is_printed():
    """Every meeting has its line, and so has whatever is odd."""
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


def test_the_ledger_of_any_body():
    """A dialogue has one as well as a series, under either of its names; so has a body that has not met."""
    record = given(TASS, MeetingHeld("round", on="2018", body="dialogue:ict"), NetworkLaunched("nartt"))
    record.same_as("dialogue:ict", "dialogue:cyber")

    assert [one.meeting for one in record.series_ledger("dialogue:cyber").editions] == ["meeting:round"]
    assert record.series_ledger("network:nartt").editions == ()


def test_a_body_that_nobody_knows():
    """It is refused: an empty ledger would look like an answer."""
    with pytest.raises(ps.errors.UnknownSubject):
        given(TASS, SeriesEstablished("summit")).series_ledger("series:sumit")


def test_meetings_that_were_called_off():
    """They stand in the ledger with the days for which they had been planned: the silence of a year has its reason."""
    record = given(
        TASS,
        MeetingScheduled("council-2022", planned="2022-10-26", body="series:council"),
        MeetingCancelled("council-2022", body="series:council"),
        MeetingCancelled("council-2020", body="series:council"),
    )
    found = record.series_ledger("series:council")
    assert found.off == (("meeting:council-2020", ()), ("meeting:council-2022", (ps.When("2022-10-26"),)))
    assert "  called off: meeting:council-2020" in str(found)
    assert "  called off, planned 2022-10-26: meeting:council-2022" in str(found)
