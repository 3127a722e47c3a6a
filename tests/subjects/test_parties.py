"""Parties: who joined, left, followed another, was renamed."""

from __future__ import annotations

import partnership as ps
from partnership.events import PartyJoinedPartnership, PartyLeft, PartyRenamed, PartySucceeded
from partnership.testing.scenario import finding_slugs, given

TASS = ("2017-08-06", "TASS", "news")


def test_a_state_that_takes_the_place_of_another():
    """Its predecessor and the dates are kept."""
    party = given(
        TASS, PartyJoinedPartnership("russia", code="RU", nature="state", on="1991", title="Russia"),
        PartySucceeded("russia", predecessor="SU", on="1991-12"),
    ).parties["russia"]  # fmt: skip

    assert (party.status, party.code, party.nature, party.predecessor) == ("joined", "RU", "state", "SU")
    assert (party.joined_on, party.succeeded_on) == (ps.When("1991"), ps.When("1991-12"))


def test_a_party_that_is_renamed_twice():
    """Every former name that a source gives is kept."""
    party = given(
        TASS, PartyRenamed("myanmar", former="Burma", title="Union of Myanmar", on="1989"),
        PartyRenamed("myanmar", former="Union of Myanmar", title="Myanmar", on="2010"),
        PartyRenamed("myanmar", on="2015"),
    ).parties["myanmar"]  # fmt: skip

    assert party.former == ("Burma", "Union of Myanmar")
    assert (party.title, party.titles, party.status) == ("Myanmar", ("Union of Myanmar", "Myanmar"), None)


def test_a_party_that_leaves():
    """It has left, and there is a finding because no source reports that it had joined."""
    left = PartyLeft("commission", code="EEC", nature="agency", on="2016", reason="merged")
    joined = PartyJoinedPartnership("commission", on="2012")

    assert given(TASS, left).parties["commission"].status == "left"
    assert given(TASS, joined, left).parties["commission"].reason == "merged"
    assert finding_slugs(given(TASS, left)) == {"left-without-joining"}
    assert finding_slugs(given(TASS, joined, left)) == set()
