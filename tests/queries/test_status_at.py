"""Where a party stands on a ladder on a day, and who is a member of a bloc."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import InvalidValue, UnknownSubject
from partnership.events import (
    MemberAdmitted,
    MembershipApplied,
    MembershipEnded,
    MembershipInvited,
    StatusConferred,
    StatusDenied,
    StatusDowngraded,
    StatusSuspended,
    StatusUpgraded,
    StatusUpgradeNoted,
)
from partnership.testing.scenario import given

TASS = ("2017-08-06", "TASS", "news")
ASEAN = ps.Source("ASEAN", retrieved="2026-11-23", kind="official-text")
POST = ("2005-12", "Jakarta Post", "news")
PARTNER = {"ladder": "status", "rung": "dialogue-partner"}
COMPREHENSIVE = {"ladder": "grade", "rung": "comprehensive"}
STRATEGIC = {"ladder": "grade", "rung": "strategic"}
CONTESTED = (
    TASS, StatusConferred("russia", **PARTNER, on="1996-07"),
    ASEAN, StatusConferred("russia", **PARTNER, on="1997-07"),
    POST, StatusConferred("russia", **PARTNER, on="2005-12-10"),
)  # fmt: skip
"""AR-172, AR-173, AR-174."""
GRADES = (
    ASEAN,
    StatusUpgraded("russia", **COMPREHENSIVE, on="2005-12"),
    StatusUpgradeNoted("russia", **STRATEGIC, on="2016-05"),
    StatusUpgraded("russia", **STRATEGIC, on="2018-11-14"),
)
"""AR-190, AR-201, AR-202."""


def grade(day, *story):
    """Return the grade on a day, and whether it is sure."""
    found = given(*story).status_at("russia", "grade", day)
    return found.rung, found.is_held


@pytest.mark.parametrize(
    ("day", "rung", "is_held", "is_contested", "words"),
    [
        ("1995-01-01", None, False, False, "none"),
        ("1996-12-01", None, None, True, "maybe dialogue-partner (contested)"),
        (
            "1998-01-01",
            "dialogue-partner",
            None,
            True,
            "maybe dialogue-partner since July 1997 or July 1996 or 10 December 2005 (contested)",
        ),
        (
            "2010-01-01",
            "dialogue-partner",
            True,
            True,
            "dialogue-partner since July 1997 or July 1996 or 10 December 2005 (contested)",
        ),
    ],
)
def test_a_conferral_that_sources_date_to_three_years(day, rung, is_held, is_contested, words):
    """It is contested whether, while some say it had come; then only since when."""
    found = given(*CONTESTED).status_at("russia", "status", day)

    assert (found.rung, found.is_held, found.is_contested, str(found)) == (rung, is_held, is_contested, words)
    assert len(found.claims) == (3 if found.is_contested else 0)
    assert given(*CONTESTED).as_of(on=day).status_at("russia", "status") == found


@pytest.mark.parametrize(
    ("day", "told_of"),
    [
        ("2005-11-30", (None, False)),
        ("2005-12-15", (None, None)),  # "in December 2005"
        ("2016-12-31", ("comprehensive", True)),
        ("2018-11-14", ("strategic", True)),
    ],
)
def test_a_grade_that_rises(day, told_of):
    """The last act by then decides; a goal that was noted is none, and the other ladder plays no part."""
    assert grade(day, *GRADES, *CONTESTED) == told_of


def test_today():
    """It is asked for unless a day is given."""
    found = given(*GRADES, today="2017-01-01").status_at("status:russia", "grade")

    assert (found.rung, str(found.day), str(found)) == (
        "comprehensive",
        "2017-01-01",
        "comprehensive since December 2005",
    )


def test_a_rung_that_may_have_been_reached():
    """It is named beside the one that is believed."""
    found = given(*GRADES, StatusUpgraded("russia", ladder="grade", rung="special", on="2025")).status_at(
        "russia", "grade", "2025-06-01"
    )

    assert (found.rung, found.is_held, found.possible) == ("strategic", None, ("special",))
    assert str(found) == "maybe strategic since 14 November 2018, or special"


def test_two_rungs_of_one_year():
    """Which came last is not known, and no order of rungs is."""
    story = (
        TASS,
        StatusUpgraded("russia", **COMPREHENSIVE, on="2015"),
        StatusUpgraded("russia", **STRATEGIC, on="2015"),
    )
    found = given(*story).status_at("russia", "grade", "2016-01-01")

    assert {found.rung, *found.possible} == {"comprehensive", "strategic"}
    assert found.is_held is None


def test_a_grade_that_falls():
    """A lower rung stands as any other."""
    assert grade("2023-01-01", *GRADES, StatusDowngraded("russia", **COMPREHENSIVE, on="2022-03")) == (
        "comprehensive",
        True,
    )


def test_a_conferral_that_is_denied():
    """It is contested, and not known."""
    found = given(*GRADES, TASS, StatusDenied("russia", **STRATEGIC)).status_at("russia", "grade", "2020-01-01")

    assert (found.rung, found.is_held, found.is_contested) == ("strategic", None, True)


@pytest.mark.parametrize(
    ("on", "is_suspended", "words"),
    [
        ("2022-03", True, "strategic since 14 November 2018, suspended"),
        ("2022", None, "strategic since 14 November 2018, perhaps suspended"),
        ("2023", False, "strategic since 14 November 2018"),
        ("2010", False, "strategic since 14 November 2018"),  # before it was reached
    ],
)
def test_a_status_that_is_suspended(on, is_suspended, words):
    """The rung stays, and that it is suspended is told."""
    story = (*GRADES, StatusSuspended("russia", **STRATEGIC, on=on), StatusSuspended("russia", **COMPREHENSIVE, on=on))
    found = given(*story).status_at("russia", "grade", "2022-06-01")

    assert (found.is_suspended, str(found)) == (is_suspended, words)


def test_a_status_of_which_nothing_is_told():
    """It is refused."""
    with pytest.raises(UnknownSubject):
        given(*GRADES).status_at("japan", "grade")


def test_a_ladder_that_is_none():
    """It is refused: that nothing was told of it would be no answer."""
    with pytest.raises(InvalidValue, match="'rank' is not a scale; write one of 'status', 'grade'"):
        given(*GRADES).status_at(GRADES[1].subject, "rank")


# ---- members ----

ADMITTED = MemberAdmitted("tl", bloc="ASEAN", member="TL", on="2025-10")


def members(day, *story):
    """Return who was a member of ASEAN: surely, and maybe."""
    found = given(*story).members("asean", day)
    return [one.party for one in found.surely], [one.party for one in found.possible]


@pytest.mark.parametrize(
    ("day", "told_of"),
    [("2025-09-30", ([], [])), ("2025-10-15", ([], ["TL"])), ("2025-11-01", (["TL"], []))],
)
def test_a_party_that_is_admitted(day, told_of):
    """It may be a member from the first day of the month, and surely is after the last (AR-248)."""
    assert members(day, ASEAN, ADMITTED) == told_of


@pytest.mark.parametrize(
    ("day", "told_of"),
    [("2026-02-01", (["TL"], [])), ("2026-03-15", ([], ["TL"])), ("2026-04-01", ([], []))],
)
def test_a_party_that_leaves(day, told_of):
    """It may be one in the month in which it left, and is none after it."""
    assert members(day, ASEAN, ADMITTED, MembershipEnded("tl", bloc="ASEAN", member="TL", on="2026-03")) == told_of


def test_a_party_that_left_before_it_was_admitted():
    """It has come back."""
    left = MembershipEnded("tl", bloc="ASEAN", member="TL", on="2020")

    assert members("2026-01-01", ASEAN, left, ADMITTED) == (["TL"], [])


def test_all_members_of_a_bloc():
    """They stand by their codes, each once; who was only asked, or asks, is none, nor is another bloc's."""
    record = given(
        TASS,
        MemberAdmitted("vn", bloc="ASEAN", member="VN", on="1995-07-28"),
        MemberAdmitted("id", bloc="ASEAN", member="ID", on="1967-08-08"),
        MemberAdmitted("indonesia", bloc="ASEAN", member="ID", on="1967-08"),
        MembershipApplied("tl", bloc="ASEAN", member="TL", on="2011"),
        MembershipInvited("ru", bloc="ARF", member="RU", on="1994"),
    )
    found = record.members("ASEAN")

    assert str(found) == "surely ID since 8 August 1967 or August 1967; surely VN since 28 July 1995"
    assert len(found.surely[0].claims) == 2
    assert str(record.members("ARF")) == "no members known"
    assert str(given(ASEAN, ADMITTED).members("ASEAN", "2025-10-15")) == "maybe TL since October 2025"
