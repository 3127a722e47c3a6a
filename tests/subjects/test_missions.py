"""Missions and offices: agreed, planned, opened, closed."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import MissionAgreed, MissionClosed, MissionOpened, MissionPlanned
from partnership.testing.scenario import finding_slugs, given

EARLY = ("2009-08-01", "MGIMO", "official-release")
LATE = ("2021-07-17", "New Straits Times", "news")


def test_a_centre_that_is_agreed_on_and_opened():
    """Both dates are kept, each in its own field."""
    mission = given(
        EARLY, MissionAgreed("asean-centre", on="2009-07", title="ASEAN Centre", parent="MGIMO", planned="2010"),
        LATE, MissionOpened("asean-centre", on="2010-06-15", place="Moscow", agreement="mou-2009"),
    ).missions["asean-centre"]  # fmt: skip

    assert mission.status == "open"
    assert (mission.agreed_on, mission.opened_on) == (ps.When("2009-07"), ps.When("2010-06-15"))
    assert (mission.place, mission.parent, mission.agreement) == ("Moscow", "MGIMO", "mou-2009")
    assert mission.outstanding == ()


def test_an_opening_that_is_not_reported():
    """It is overdue after the day that was planned last."""
    record = given(
        EARLY, MissionAgreed("asean-centre", planned="2009"),
        ("2009-09-01", "VNA", "news"), MissionPlanned("asean-centre", planned="2010-06"),
    )  # fmt: skip

    assert record.missions["asean-centre"].status == "planned"
    assert record.missions["asean-centre"].previous_dates == (ps.When("2009"),)
    assert [str(plan.planned) for plan in record.overdue()] == ["2010-06"]


def test_a_mission_that_closes():
    """It is closed, and nothing is expected of it."""
    record = given(LATE, MissionPlanned("m", planned="2022"), MissionClosed("m", on="2021-07", reason="cost"))

    assert (record.missions["m"].status, record.missions["m"].reason) == ("closed", "cost")
    assert record.overdue() == ()


@pytest.mark.parametrize(
    ("events", "odd"),
    [
        ((MissionAgreed("m", on="2010"), MissionOpened("m", on="2009-07-01")), {"opened-before-agreed"}),
        ((MissionAgreed("m", on="2009"), MissionOpened("m", on="2009-07-01")), set()),
        ((MissionOpened("m", on="2010-07"), MissionClosed("m", on="2010-06")), {"closed-before-opened"}),
        ((MissionOpened("m", on="2010-06"), MissionClosed("m", on="2010-07")), set()),
    ],
)
def test_an_order_that_is_odd(events, odd):
    """It is recorded, and there is a finding."""
    assert finding_slugs(given(LATE, *events)) == odd
