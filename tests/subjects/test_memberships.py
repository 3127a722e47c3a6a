"""Memberships of blocs, from the application to the end."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import (
    MemberAdmitted,
    MembershipAgreedInPrinciple,
    MembershipApplied,
    MembershipDeclined,
    MembershipEnded,
    MembershipInvited,
    ObserverGranted,
    RepresentationRestored,
    RepresentationRestricted,
)
from partnership.testing.scenario import finding_slugs, given

TASS = ("2025-10-26", "TASS", "news")
ASEAN = ("2025-10-27", "ASEAN", "official-release")
TIMOR = {"bloc": "ASEAN", "member": "TL"}


def test_a_party_that_becomes_a_member():
    """Each date has its own field, and the ordinal is kept as the source gives it."""
    record = given(
        TASS, MembershipApplied("tl", **TIMOR, on="2011-03"),
        MembershipAgreedInPrinciple("tl", **TIMOR, on="2022-11-11", planned="2025"),
        ObserverGranted("tl", **TIMOR, on="2022-11-11"),
        MemberAdmitted("tl", **TIMOR, on="2025-10-26", ordinal="eleventh", title="Timor-Leste in ASEAN"),
        ASEAN, MemberAdmitted("tl", **TIMOR, on="2025-10-26", ordinal="11th"),
    )  # fmt: skip
    state = record.memberships["tl"]

    assert (state.status, state.bloc, state.member) == ("member", "ASEAN", "TL")
    assert (state.applied_on, state.agreed_on) == (ps.When("2011-03"), ps.When("2022-11-11"))
    assert (state.observer_on, state.admitted_on) == (ps.When("2022-11-11"), ps.When("2025-10-26"))
    assert state.ordinals == ("11th", "eleventh")
    assert (state.outstanding, finding_slugs(record)) == ((), set())
    assert record.as_of("2025-10-26").memberships["tl"].outstanding == ()


def test_a_party_that_was_promised_membership():
    """It is overdue while no admission is reported."""
    record = given(TASS, MembershipAgreedInPrinciple("tl", **TIMOR, planned="2025-10"), today="2026-01-01")

    assert [str(plan.planned) for plan in record.overdue()] == ["2025-10"]


def test_a_party_that_was_invited():
    """Whether it accepts is another report."""
    state = given(TASS, MembershipInvited("russia-in-arf", bloc="ARF", member="RU", on="1994")).memberships

    assert (state["russia-in-arf"].status, state["russia-in-arf"].invited_on) == ("invited", ps.When("1994"))


def test_a_member_whose_political_level_is_not_invited():
    """It stays a member, and the restriction is kept."""
    state = given(
        TASS, MemberAdmitted("mm", bloc="ASEAN", member="MM", on="1997-07-23"),
        RepresentationRestricted("mm", bloc="ASEAN", member="MM", on="2021-10/", text="non-political representative"),
    ).memberships["mm"]  # fmt: skip

    assert (state.status, state.restricted_on, state.text) == (
        "member",
        ps.When("2021-10/"),
        "non-political representative",
    )


@pytest.mark.parametrize(
    ("events", "odd"),
    [
        (
            (MemberAdmitted("m", **TIMOR, on="2020"), ObserverGranted("m", **TIMOR, on="2021")),
            "observer-after-admission",
        ),
        ((MembershipEnded("m", **TIMOR, on="2021", reason="left"),), "ended-without-admission"),
        (
            (
                MemberAdmitted("m", **TIMOR, on="2019"),
                MembershipEnded("m", **TIMOR, on="2020"),
                RepresentationRestricted("m", **TIMOR, on="2021"),
            ),
            "restricted-while-no-member",
        ),
    ],
)
def test_an_order_that_is_odd(events, odd):
    """It is recorded, and there is a finding."""
    assert finding_slugs(given(TASS, *events)) == {odd}


def test_a_member_that_is_restricted_and_leaves():
    """There is no finding."""
    leaving = MembershipEnded("m", **TIMOR, on="2022")
    record = given(TASS, MemberAdmitted("m", **TIMOR), RepresentationRestricted("m", **TIMOR, on="2021"), leaving)

    assert (record.memberships["m"].status, finding_slugs(record)) == ("ended", set())


def test_a_membership_without_bloc_and_member():
    """It is refused: a bloc and a member are needed."""
    with pytest.raises(InvalidEvent, match="bloc: None is not the code"):
        MemberAdmitted("tl", bloc=None, member="TL")


def test_an_invitation_that_is_declined():
    """Nothing is expected of it any more, and from that day on the party is surely no member."""
    argentina = {"bloc": "BRICS", "member": "AR"}
    invited = MembershipInvited("ar", **argentina, on="2025-08-24")
    agreed = MembershipAgreedInPrinciple("ar", **argentina, planned="2026-01-01")
    story = [TASS, invited, agreed, ("2025-12-30", "Reuters", "news")]
    record = given(*story, MembershipDeclined("ar", **argentina, by="AR", on="2025-12-29", reason="another policy"))
    state = record.memberships["ar"]

    assert (state.status, str(state.declined_on), state.reason) == ("declined", "2025-12-29", "another policy")
    assert (record.as_of("2026-02-01").overdue(), finding_slugs(record)) == ((), set())
    assert [record.members("BRICS", day).has("AR") for day in ("2025-12-01", "2025-12-29")] == [None, False]
    assert [item.subject for item in given(*story).as_of("2026-02-01").overdue()] == ["membership:ar"]


@pytest.mark.parametrize(
    ("event", "status", "has"),
    [
        (MembershipApplied, "applied", False),
        (MembershipInvited, "invited", False),
        (MembershipAgreedInPrinciple, "agreed", False),
        (MemberAdmitted, "member", True),
    ],
)
def test_what_follows_a_refusal(event, status, has):
    """It may be applied for again, with or without success; a refusal of a member says nothing of its membership."""
    norway = {"bloc": "EU", "member": "NO"}
    declined = MembershipDeclined("no", **norway, on="1972-09-25", episode="1972")
    record = given(TASS, declined, event("no", **norway, on="1992-11-25"))
    assert record.memberships["no"].status == status
    assert record.members("EU", "1993-01-01").has("NO") is has
    assert record.as_of(on="1980-01-01").memberships["no"].status == "declined"
    again = given(TASS, event("no", **norway, on="1992-11-25"), MembershipDeclined("no", **norway, on="1994-11-28"))
    assert again.memberships["no"].status == ("member" if has else "declined")


def test_a_member_that_is_suspended_twice():
    """It stays a member; on each day it is known whether it is suspended, and the last of each day stands."""
    mali = {"bloc": "AU", "member": "ML"}
    story = []
    for event, day, episode in (
        (RepresentationRestricted, "2020-08-19", "2020"),
        (RepresentationRestored, "2020-10-09", "2020"),
        (RepresentationRestricted, "2021-06-01", "2021"),
    ):
        text = {"text": "suspended"} if event is RepresentationRestricted else {}
        story += [(day, "AU", "official-release"), event("ml", **mali, on=day, episode=episode, **text)]
    record = given(*story)
    states = [record.as_of(on=day).memberships["ml"] for day in ("2020-09-01", "2020-12-31", "2021-12-31")]

    assert [(state.is_restricted, state.text) for state in states] == [
        (True, "suspended"),
        (False, None),
        (True, "suspended"),
    ]
    assert (str(states[2].restricted_on), str(states[2].restored_on)) == ("2021-06-01", "2020-10-09")
    assert (record.disputes(), finding_slugs(record)) == ((), set())
    assert record.members("AU", "2021-12-31").has("ML") is True
