"""The status of a party on a day, and the members of a bloc."""

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
"""Sources that date one conferral to 1996, 1997 and 2005."""
GRADES = (
    ASEAN,
    StatusUpgraded("russia", **COMPREHENSIVE, on="2005-12"),
    StatusUpgradeNoted("russia", **STRATEGIC, on="2016-05"),
    StatusUpgraded("russia", **STRATEGIC, on="2018-11-14"),
)
"""Grades from 2005 to 2018."""


def grade(day, *story):
    """Return the grade on a day, and whether it is sure."""
    answer = given(*story).status_at("russia", "grade", day)
    return answer.rung, answer.is_held


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
    """It is contested whether, while only some dates are past; then only since when."""
    answer = given(*CONTESTED).status_at("russia", "status", day)

    assert (answer.rung, answer.is_held, answer.is_contested, str(answer)) == (rung, is_held, is_contested, words)
    assert len(answer.claims) == (3 if answer.is_contested else 0)
    assert given(*CONTESTED).as_of(on=day).status_at("russia", "status") == answer


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
    """The last conferral by then decides; a noted goal is not a conferral, and the other scale is independent."""
    assert grade(day, *GRADES, *CONTESTED) == told_of


def test_the_default_day():
    """It is today."""
    answer = given(*GRADES, today="2017-01-01").status_at("status:russia", "grade")

    assert (answer.rung, str(answer.day), str(answer)) == (
        "comprehensive",
        "2017-01-01",
        "comprehensive since December 2005",
    )


def test_a_rung_that_may_have_been_reached():
    """It is listed as possible."""
    answer = given(*GRADES, StatusUpgraded("russia", ladder="grade", rung="special", on="2025")).status_at(
        "russia", "grade", "2025-06-01"
    )

    assert (answer.rung, answer.is_held, answer.possible) == ("strategic", None, ("special",))
    assert str(answer) == "maybe strategic since 14 November 2018, or special"


def test_two_rungs_of_one_year():
    """The order is not known, and the order of the rungs does not decide."""
    story = (
        TASS,
        StatusUpgraded("russia", **COMPREHENSIVE, on="2015"),
        StatusUpgraded("russia", **STRATEGIC, on="2015"),
    )
    answer = given(*story).status_at("russia", "grade", "2016-01-01")

    assert {answer.rung, *answer.possible} == {"comprehensive", "strategic"}
    assert answer.is_held is None


def test_a_grade_that_falls():
    """A lower rung is as valid as a higher one."""
    assert grade("2023-01-01", *GRADES, StatusDowngraded("russia", **COMPREHENSIVE, on="2022-03")) == (
        "comprehensive",
        True,
    )


def test_a_conferral_that_is_denied():
    """It is contested and uncertain."""
    late = ("2019-08-06", "TASS", "news")
    answer = given(*GRADES, late, StatusDenied("russia", **STRATEGIC)).status_at("russia", "grade", "2020-01-01")

    assert (answer.rung, answer.is_held, answer.is_contested) == ("strategic", None, True)


def test_a_denial_before_the_conferral():
    """It says that nothing had been conferred so far, and does not contest what came later."""
    record = given(*GRADES, TASS, StatusDenied("russia", **STRATEGIC))
    answer = record.status_at("russia", "grade", "2020-01-01")

    assert (answer.rung, answer.is_held, answer.is_contested) == ("strategic", True, False)
    assert len(answer.claims) == 2  # the denial is shown with the answer


@pytest.mark.parametrize(
    ("kind", "day", "answer"),
    [
        ("news", "2021-01-01", (None, None, True)),
        ("official-text", "2021-01-01", ("strategic", None, True)),
        ("news", "2022-01-01", ("strategic", True, False)),
        ("official-text", "2022-01-01", ("strategic", True, False)),
    ],
)
def test_a_goal_reported_as_a_fact_denied_and_then_reached(kind, day, answer):
    """It is contested until it was reached, whichever of the two dates is believed."""
    record = given(
        ("2019-05-02", "Daily", kind), StatusConferred("us", **STRATEGIC, on="2019-05-01"),
        ("2019-06-03", "Ministry", "official-release"), StatusDenied("us", **STRATEGIC),
        ("2021-10-28", "Ministry", "official-release"), StatusConferred("us", **STRATEGIC, on="2021-10-28"),
    )  # fmt: skip
    at = record.status_at("us", "grade", day)

    assert (at.rung, at.is_held, at.is_contested) == answer
    assert day == "2021-01-01" or list(map(str, at.since)) == ["2021-10-28"]


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
    """The rung stays, with the suspension."""
    story = (*GRADES, StatusSuspended("russia", **STRATEGIC, on=on), StatusSuspended("russia", **COMPREHENSIVE, on=on))
    answer = given(*story).status_at("russia", "grade", "2022-06-01")

    assert (answer.is_suspended, str(answer)) == (is_suspended, words)


def test_an_unknown_status():
    """It is an error."""
    with pytest.raises(UnknownSubject):
        given(*GRADES).status_at("japan", "grade")


def test_an_unknown_scale():
    """It is an error: "no status" would be no answer."""
    with pytest.raises(InvalidValue, match="'rank' is not a scale; write one of 'status', 'grade'"):
        given(*GRADES).status_at(GRADES[1].subject, "rank")


# ---- members ----

ADMITTED = MemberAdmitted("tl", bloc="ASEAN", member="TL", on="2025-10")


def members(day, *story):
    """Return the members of ASEAN: sure ones, and possible ones."""
    answer = given(*story).members("asean", day)
    return [member.party for member in answer.surely], [member.party for member in answer.possible]


@pytest.mark.parametrize(
    ("day", "told_of"),
    [("2025-09-30", ([], [])), ("2025-10-15", ([], ["TL"])), ("2025-11-01", (["TL"], []))],
)
def test_an_admission_in_some_month(day, told_of):
    """From its first day the party may be a member; after its last day it surely is."""
    assert members(day, ASEAN, ADMITTED) == told_of


@pytest.mark.parametrize(
    ("day", "told_of"),
    [("2026-02-01", (["TL"], [])), ("2026-03-15", ([], ["TL"])), ("2026-04-01", ([], []))],
)
def test_an_end_in_some_month(day, told_of):
    """During the month the party may be a member; after it, it is not."""
    assert members(day, ASEAN, ADMITTED, MembershipEnded("tl", bloc="ASEAN", member="TL", on="2026-03")) == told_of


def test_a_party_that_left_and_was_admitted_again():
    """It is a member."""
    left = MembershipEnded("tl", bloc="ASEAN", member="TL", on="2020")

    assert members("2026-01-01", ASEAN, left, ADMITTED) == (["TL"], [])


def test_all_members_of_a_bloc():
    """They are sorted by code, each once, without invited parties, applicants and members of other blocs."""
    record = given(
        TASS,
        MemberAdmitted("vn", bloc="ASEAN", member="VN", on="1995-07-28"),
        MemberAdmitted("id", bloc="ASEAN", member="ID", on="1967-08-08"),
        MemberAdmitted("indonesia", bloc="ASEAN", member="ID", on="1967-08"),
        MembershipApplied("tl", bloc="ASEAN", member="TL", on="2011"),
        MembershipInvited("ru", bloc="ARF", member="RU", on="1994"),
    )
    answer = record.members("ASEAN")

    assert str(answer) == "surely ID since 8 August 1967 or August 1967; surely VN since 28 July 1995"
    assert len(answer.surely[0].claims) == 2
    assert str(record.members("ARF")) == "no members known"
    assert str(given(ASEAN, ADMITTED).members("ASEAN", "2025-10-15")) == "maybe TL since October 2025"
