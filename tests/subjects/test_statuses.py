"""Status and grade: two ladders, apart from each other."""

from __future__ import annotations

import pytest
from attrs import frozen

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import (
    StatusConferred,
    StatusDenied,
    StatusDowngraded,
    StatusRequested,
    StatusSuspended,
    StatusUpgraded,
    StatusUpgradeNoted,
)
from partnership.testing.scenario import finding_slugs, given

MFA = ("2016-07-23", "Russian MFA", "official-release")
TASS = ("2017-08-06", "TASS", "news")
ASEAN = ("2019-02-21", "ASEAN", "official-release")
PARTNER = {"ladder": "status", "rung": "dialogue-partner"}
STRATEGIC = {"ladder": "grade", "rung": "strategic-partnership"}


def test_two_scales():
    """An upgrade of the grade does not change the status, and a goal is not a status."""
    state = given(
        MFA, StatusUpgradeNoted("russia", **STRATEGIC, on="2016-05", by="RU"),
        TASS, StatusRequested("russia", **PARTNER, on="1995"),
        StatusConferred("russia", **PARTNER, on="1996-07", holder="RU", by="ASEAN", title="full dialogue partner"),
        ASEAN, StatusUpgraded("russia", **STRATEGIC, on="2018-11-14", title="strategic partnership"),
    ).statuses["russia"]  # fmt: skip
    partner, strategic = state.rungs

    assert (state.status, state.grade) == ("dialogue-partner", "strategic-partnership")
    assert (state.holder, state.by) == ("RU", ("ASEAN",))
    assert state.titles == ("full dialogue partner", "strategic partnership")
    assert (partner.requested_on, partner.conferred_on) == (ps.When("1995"), ps.When("1996-07"))
    assert (strategic.noted_on, strategic.upgraded_on) == (ps.When("2016-05"), ps.When("2018-11-14"))


def test_a_goal():
    """Nothing is conferred by it."""
    assert given(MFA, StatusUpgradeNoted("russia", **STRATEGIC)).statuses["russia"].grade is None


def test_a_partnership_that_is_lowered():
    """The grade is the lower one, and the date of the suspension is kept."""
    state = given(
        ASEAN, StatusUpgraded("p", **STRATEGIC, on="2018"),
        StatusSuspended("p", **STRATEGIC, on="2018-12", reason="conflict"),
        StatusDowngraded("p", ladder="grade", rung="partnership", on="2019-01"),
    ).statuses["p"]  # fmt: skip

    assert state.grade == "partnership"
    assert [str(rung.suspended_on or rung.downgraded_on) for rung in state.rungs] == ["2018-12", "2019-01"]


def test_sources_that_differ_on_a_day():
    """The date of the conferral is disputed."""
    record = given(
        TASS, StatusConferred("russia", **PARTNER, on="1996-07"),
        ASEAN, StatusConferred("russia", **PARTNER, on="1997-07"),
    )  # fmt: skip

    assert record.statuses["russia"].disputed == ("rungs",)
    assert [rung.disputed for rung in record.statuses["russia"].rungs] == [("conferred_on",)]
    assert finding_slugs(record) == {"disputed"}


@pytest.mark.parametrize(("rung", "odd"), [("strategic-partnership", {"conferred-and-denied"}), ("other", set())])
def test_a_source_that_denies(rung, odd):
    """Both are recorded, and the contradiction is a finding."""
    record = given(
        MFA, StatusDenied("russia", ladder="grade", rung=rung, on="2019-07"),
        ASEAN, StatusUpgraded("russia", **STRATEGIC, on="2018-11-14"),
    )  # fmt: skip

    assert finding_slugs(record) - {"future-of-publication"} == odd
    assert record.statuses["russia"].grade == "strategic-partnership"


def test_a_denial_before_the_conferral():
    """It was right when it was said: that is no contradiction."""
    record = given(
        MFA, StatusDenied("russia", **STRATEGIC, on="2016-07"),
        ASEAN, StatusUpgraded("russia", **STRATEGIC, on="2018-11-14"),
    )  # fmt: skip

    assert finding_slugs(record) == set()


@frozen(kw_only=True)
class StatusCelebrated(ps.Event):
    """A user's own event about a status."""

    name = "status-celebrated"
    kind = "status"


def test_an_event_of_the_users_own():
    """The built-in projection ignores it."""
    record = given(TASS, StatusCelebrated("russia"), kinds=[ps.Kind(StatusCelebrated.kind, [StatusCelebrated])])

    assert record.statuses["russia"].rungs == ()


@pytest.mark.parametrize("ladder", [None, "rank"])
def test_a_scale_that_does_not_exist(ladder):
    """It is refused: there are two scales."""
    with pytest.raises(InvalidEvent, match=r"ladder: .* write one of 'status', 'grade'"):
        StatusConferred("russia", ladder=ladder, rung="dialogue-partner")
