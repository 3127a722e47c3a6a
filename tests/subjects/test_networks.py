"""Networks of institutions, and the meetings that they hold."""

from __future__ import annotations

import partnership as ps
from partnership.events import (
    InstitutionJoined,
    MeetingCancelled,
    MeetingHeld,
    MeetingScheduled,
    NetworkLaunched,
    StatementMade,
)
from partnership.testing.scenario import given

PLANNED = (("2020-11-16", "VNA", "news"), MeetingScheduled("nartt-2", body="network:nartt"))


def test_a_network_that_is_launched():
    """It has a date, a place, its names and its institutions, including those that join later."""
    record = given(
        ("2018-05-19", "Devdiscourse", "news"),
        NetworkLaunched("nartt", on="2018-04", place="Moscow", title="NARTT", institutions=["RIAC", "CSIS"]),
        ("2020-01-01", "VNA", "news"),
        InstitutionJoined("nartt", institution="ISEAS", party="SG", title="Network of ASEAN-Russia Think Tanks"),
        InstitutionJoined("nartt", party="VN"),
    )  # fmt: skip
    network = record.networks["nartt"]
    assert (network.status, network.launched_on, network.place) == ("launched", ps.When("2018-04"), "Moscow")
    assert network.institutions == ("RIAC", "CSIS", "ISEAS")
    assert network.titles == ("NARTT", "Network of ASEAN-Russia Think Tanks")


def test_a_meeting_that_is_planned_and_held():
    """It is planned until it is held, however often it is announced."""
    again = (("2020-11-18", "TASS", "news"), MeetingScheduled("nartt-2", body="network:nartt"))
    event = MeetingHeld("nartt-2", on="2020-11-19/2020-11-20", body="network:nartt")
    held = (("2020-12-01", "Mission", "official-release"), event)
    record = given(*PLANNED, *again, *held)
    before = record.as_of("2020-11-18").networks["nartt"]
    after = record.networks["nartt"]
    assert (before.planned, before.meetings) == (("meeting:nartt-2",), ())
    assert (after.planned, after.meetings) == ((), ("meeting:nartt-2",))


def test_a_meeting_that_is_called_off():
    """It is not planned any more."""
    called_off = (("2020-11-17", "VNA", "news"), MeetingCancelled("nartt-2", body="network:nartt"))
    assert given(*PLANNED, *called_off).networks["nartt"].planned == ()


def test_meetings_without_a_network_and_other_events():
    """They change no network."""
    record = given(("2020", "VNA", "news"), MeetingHeld("m"), StatementMade("nartt", text="one"))
    assert not record.networks


def test_a_meeting_that_opens():
    """It changes nothing before it is held."""
    record = given(*PLANNED, ("2020-11-19", "VNA", "news"), ps.events.MeetingConvened("nartt-2", body="network:nartt"))
    assert record.networks["nartt"].planned == ("meeting:nartt-2",)
