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
    RepresentationRestricted,
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
    return answer.rung, answer.is_sure


@pytest.mark.parametrize(
    ("day", "rung", "is_sure", "is_contested", "words"),
    [
        ("1995-01-01", None, False, False, "not known, not yet dialogue-partner"),
        ("1996-12-01", None, False, True, "maybe dialogue-partner (contested)"),
        (
            "1998-01-01",
            "dialogue-partner",
            False,
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
def test_a_conferral_that_sources_date_to_three_years(day, rung, is_sure, is_contested, words):
    """It is contested whether, while only some dates are past; then only since when."""
    answer = given(*CONTESTED).status_at("russia", "status", day)

    assert (answer.rung, answer.is_sure, answer.is_contested, str(answer)) == (rung, is_sure, is_contested, words)
    assert len(answer.claims) == 3
    assert answer.not_then == ("dialogue-partner",) * (day < "1996")
    if not answer.not_then:  # a view of a day does not say what was conferred later
        assert given(*CONTESTED).as_of(on=day).status_at("russia", "status") == answer


@pytest.mark.parametrize(
    ("day", "told_of"),
    [
        ("2005-11-30", (None, False)),
        ("2005-12-15", (None, False)),  # "in December 2005"
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

    assert (answer.rung, answer.is_sure, answer.possible) == ("strategic", False, ("special",))
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
    assert not answer.is_sure


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

    assert (answer.rung, answer.is_sure, answer.is_contested) == ("strategic", False, True)


def test_a_denial_before_the_conferral():
    """It says that nothing had been conferred so far, and does not contest what came later."""
    record = given(*GRADES, TASS, StatusDenied("russia", **STRATEGIC))
    answer = record.status_at("russia", "grade", "2020-01-01")

    assert (answer.rung, answer.is_sure, answer.is_contested) == ("strategic", True, False)
    assert len(answer.claims) == 2  # the denial is shown with the answer


@pytest.mark.parametrize(
    ("kind", "day", "answer"),
    [
        ("news", "2021-01-01", (None, False, True)),
        ("official-text", "2021-01-01", ("strategic", False, True)),
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

    assert (at.rung, at.is_sure, at.is_contested) == answer
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


@pytest.mark.parametrize(
    ("day", "rung", "held", "words"),
    [
        ("2018-11-13", "strategic", False, "comprehensive since December 2005"),
        ("2018-11-13", "comprehensive", True, "comprehensive since December 2005"),
        ("2018-11-13", "special", False, "comprehensive since December 2005"),  # one rung at a time
        ("2005-12-15", "comprehensive", None, "maybe comprehensive, not yet strategic"),
        ("2005-11-30", "comprehensive", False, "not known, not yet comprehensive, not yet strategic"),
        ("2005-11-30", "special", None, "not known, not yet comprehensive, not yet strategic"),
    ],
)
def test_whether_a_party_had_a_rung(day, rung, held, words):
    """Before the first upgrade there was another rung, of which nothing is known."""
    answer = given(*GRADES).status_at("russia", "grade", day)

    assert (answer.has(rung), str(answer)) == (held, words)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2021-01-01", "maybe strategic"),
        ("2022-06-01", "maybe strategic, perhaps suspended"),
    ],
)
def test_a_suspension_alone(day, words):
    """The rung was held before, and may have been held on any day."""
    record = given(TASS, StatusSuspended("russia", **STRATEGIC, on="2022-03"))

    assert str(record.status_at("russia", "grade", day)) == words
    assert str(record.status_at("russia", "status", day)) == "not known"


def test_a_suspension_of_another_rung_than_the_one_that_was_conferred():
    """That rung may have been conferred since; not if the conferral came after the suspension."""
    suspended = StatusSuspended("russia", **STRATEGIC, on="2022-03")
    record = given(ASEAN, StatusUpgraded("russia", **COMPREHENSIVE, on="2005-12"), suspended)
    answer = record.status_at("russia", "grade", "2022-06-01")

    assert (answer.possible, answer.has("comprehensive"), answer.is_suspended) == (("strategic",), None, None)
    again = given(ASEAN, StatusUpgraded("russia", **COMPREHENSIVE, on="2023"), suspended)
    assert str(again.status_at("russia", "grade", "2024-06-01")) == "comprehensive since 2023"


def test_an_upgrade_and_a_downgrade_of_one_year():
    """Which came last is not known; a conferral comes before both."""
    upgraded = StatusUpgraded("russia", **STRATEGIC, on="2015")
    downgraded = StatusDowngraded("russia", **COMPREHENSIVE, on="2015")
    first = StatusConferred("russia", **COMPREHENSIVE, on="2015")
    answer = given(TASS, upgraded, downgraded).status_at("russia", "grade", "2016-01-01")

    assert (answer.has("strategic"), answer.has("comprehensive")) == (None, None)
    assert given(TASS, first, upgraded).status_at("russia", "grade", "2016-01-01").has("strategic") is True


def test_a_downgrade_to_a_rung():
    """Whether the party had that rung before, on its way up, is not known."""
    record = given(TASS, StatusDowngraded("russia", **COMPREHENSIVE, on="2015"))

    assert record.status_at("russia", "grade", "2010-01-01").has("comprehensive") is None


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


@pytest.mark.parametrize(
    ("day", "told_of", "has"),
    [("2020-01-01", ([], ["RU"]), None), ("2022-03-15", ([], ["RU"]), None), ("2022-03-16", ([], []), False)],
)
def test_a_membership_whose_end_alone_is_known(day, told_of, has):
    """Before the end the party may have been a member."""
    story = (TASS, MembershipEnded("ru", bloc="ASEAN", member="RU", on="2022-03-16"))

    assert members(day, *story) == told_of
    assert given(*story).members("ASEAN", day).has("ru") is has


def test_an_admission_without_a_date():
    """Before the first publication it is possible, and from then on sure; an end of the same membership ends it."""
    admitted = MemberAdmitted("tl", bloc="ASEAN", member="TL")
    ended = MembershipEnded("tl", bloc="ASEAN", member="TL", on="2015-06-01")

    assert members("2010-01-01", TASS, admitted) == ([], ["TL"])
    assert members("2018-01-01", TASS, admitted) == (["TL"], [])
    assert members("2010-01-01", TASS, admitted, ended) == ([], ["TL"])
    assert members("2016-01-01", TASS, admitted, ended) == ([], [])


def test_a_member_whose_representation_is_restricted():
    """It is a member, though no admission is reported; before that it may have been one."""
    restricted = RepresentationRestricted("mm", bloc="ASEAN", member="MM", on="2021-10-15")

    assert members("2021-10-15", TASS, restricted) == members("2024-01-01", TASS, restricted) == (["MM"], [])
    assert members("2015-01-01", TASS, restricted) == ([], ["MM"])
    assert str(given(TASS, restricted).members("ASEAN", "2022-01-01")) == "surely MM"
    admitted = MemberAdmitted("mm", bloc="ASEAN", member="MM", on="2016")
    assert members("2015-01-01", TASS, restricted, admitted) == ([], [])


def test_two_subjects_about_one_party():
    """An end is that of the other membership only if that surely began before."""
    ended = MembershipEnded("tl", bloc="ASEAN", member="TL", on="2020-06-30")
    again = MemberAdmitted("tl-again", bloc="ASEAN", member="TL", on="2020")
    before = MemberAdmitted("tl-again", bloc="ASEAN", member="TL", on="2011")

    assert members("2021-01-01", ASEAN, ended, again) == ([], ["TL"])
    assert members("2021-01-01", ASEAN, ended, before) == ([], [])
    assert members("2010-01-01", ASEAN, ended, before) == ([], [])
    assert members("2010-01-01", ASEAN, ended, again) == ([], ["TL"])


def test_an_admission_that_a_source_dates_after_the_end():
    """It may have been admitted again."""
    story = (
        ASEAN, MemberAdmitted("tl", bloc="ASEAN", member="TL", on="2010"),
        TASS, MemberAdmitted("tl", bloc="ASEAN", member="TL", on="2016"),
        MembershipEnded("tl", bloc="ASEAN", member="TL", on="2012-01-01"),
    )  # fmt: skip

    assert members("2017-01-01", *story) == ([], ["TL"])


@pytest.mark.parametrize(
    ("party", "has"), [("VN", True), ("TL", None), ("RU", None), ("KH", False), ("LA", False), ("MY", None)]
)
def test_whether_a_party_was_a_member(party, has):
    """Applying and being invited exclude nothing, and nothing is known of those that are not recorded."""
    record = given(
        TASS,
        MemberAdmitted("vn", bloc="ASEAN", member="VN", on="1995-07-28"),
        MemberAdmitted("kh", bloc="ASEAN", member="KH", on="1999-04-30"),
        MemberAdmitted("la", bloc="ASEAN", member="LA", on="1967"),
        MembershipEnded("la", bloc="ASEAN", member="LA", on="1990"),
        MembershipApplied("tl", bloc="ASEAN", member="TL", on="2011"),
        MembershipInvited("ru", bloc="ASEAN", member="RU", on="1994"),
    )
    answer = record.members("ASEAN", "1997-01-01")

    assert answer.has(party) is has
    assert [member.party for member in answer.not_then] == ["KH", "LA"]


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


def test_a_rung_that_is_no_slug():
    """It is an error: False would read as an answer."""
    answer = given(TASS, StatusConferred("russia", ladder="grade", rung="strategic", on="2018")).status_at(
        "russia", "grade", "2020-01-01"
    )
    with pytest.raises(InvalidValue, match="is not a slug"):
        answer.has(None)
