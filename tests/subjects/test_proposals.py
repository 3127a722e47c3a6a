"""Proposals: what one side proposes, and every answer that it has."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import (
    MeetingHeld,
    ProposalAccepted,
    ProposalDeclined,
    ProposalDeferred,
    ProposalMade,
    ProposalWelcomed,
)
from partnership.testing.scenario import finding_slugs, given

SPRING = ("2016-05-20", "Kremlin", "official-release")
SUMMER = ("2016-08-06", "ASEAN Secretariat", "official-text")
NEXT_YEAR = ("2017-09-10", "ASEAN Secretariat", "official-text")
MADE = [SPRING, ProposalMade("fta-study", on="2016-05-19", by="RU", to="ASEAN", text="joint feasibility study")]
WELCOMED = [SUMMER, ProposalWelcomed("fta-study", on="2016-08-05", by="ASEAN", meeting="aem-5")]


def study(*story):
    """Tell a story of one proposal, and return its state."""
    return given(*story).proposals["fta-study"]


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (ProposalMade("fta-study"), "made"),
        (ProposalWelcomed("fta-study"), "welcomed"),
        (ProposalDeferred("fta-study"), "deferred"),
        (ProposalAccepted("fta-study"), "accepted"),
        (ProposalDeclined("fta-study"), "declined"),
    ],
    ids=repr,
)
def test_nothing_but_one_report(event, status):
    """Each event alone leads to its own status; an answer to what nobody proposed is a gap."""
    assert study(SPRING, event).status == status
    assert finding_slugs(given(SPRING, event)) == (set() if status == "made" else {"answered-unproposed"})


def test_a_proposal_that_is_welcomed():
    """That is no agreement: nothing is expected, and who proposed it is kept apart from who welcomed it (AR-105)."""
    state = study(*MADE, *WELCOMED)
    (answer,) = state.answers

    assert (state.status, state.by, state.to, state.meeting) == ("welcomed", ("RU",), ("ASEAN",), "aem-5")
    assert (state.made_on, state.welcomed_on) == (ps.When("2016-05-19"), ps.When("2016-08-05"))
    assert (answer.what, answer.by, answer.on) == ("welcomed", ("ASEAN",), ps.When("2016-08-05"))
    assert (state.outstanding, state.disputed, finding_slugs(given(*MADE, *WELCOMED))) == ((), (), set())


def test_a_proposal_that_is_put_off():
    """Its condition is kept; where a day is named, it is overdue when nobody takes it up again (AR-106)."""
    deferred = ProposalDeferred("fta-study", until="2018", condition="confidence building first")
    record = given(*MADE, *WELCOMED, NEXT_YEAR, deferred)
    state = record.proposals["fta-study"]

    assert (state.status, state.condition) == ("deferred", "confidence building first")
    assert [str(one.planned) for one in record.as_of("2019-01-01").overdue()] == ["2018"]
    assert record.as_of("2018-12-31").overdue() == ()
    assert given(*MADE, NEXT_YEAR, deferred, ("2018-05-01", "A"), ProposalAccepted("fta-study")).overdue() == ()


def test_a_proposal_that_is_put_off_for_nobody_knows_how_long():
    """Nothing is expected, and a kind word after that changes nothing."""
    state = study(*MADE, SUMMER, ProposalDeferred("fta-study"), NEXT_YEAR, ProposalWelcomed("fta-study"))

    assert (state.status, state.expected, [one.what for one in state.answers]) == (
        "deferred", (), ["deferred", "welcomed"],
    )  # fmt: skip


def test_a_group_of_proposals_that_nobody_named():
    """It is one subject with a count (AR-199); what is proposed for a day is not expected on it."""
    state = study(SPRING, ProposalMade("fta-study", count=57, planned="2016", concerns="fund:ardpff", document="plan"))

    assert (state.count, state.planned, state.outstanding) == (ps.Count(57), ps.When("2016"), ())
    assert (state.concerns, state.document) == (("fund:ardpff",), "plan")


def test_sources_that_differ_on_who_answered():
    """The answer says so, and so does the proposal."""
    state = study(
        *MADE, SUMMER, ProposalAccepted("fta-study", by="ASEAN"), NEXT_YEAR, ProposalAccepted("fta-study", by="VN")
    )

    assert [one.is_disputed for one in state.answers] == [True]
    assert state.disputed == ("answers",)


def test_accepted_in_one_report_and_declined_in_another():
    """A contradiction; the last one stands."""
    story = [*MADE, SUMMER, ProposalAccepted("fta-study"), NEXT_YEAR, ProposalDeclined("fta-study", reason="too early")]

    assert (study(*story).status, study(*story).reason) == ("declined", "too early")
    assert finding_slugs(given(*story)) == {"accepted-and-declined"}


def test_an_event_of_another_kind():
    """It is no proposal."""
    assert not given(SPRING, MeetingHeld("fta-study")).proposals
