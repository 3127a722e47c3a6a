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
    """Build a history of one proposal, and return its state."""
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
def test_each_event_alone(event, status):
    """Each event alone leads to its own status; an answer to what nobody proposed is a gap."""
    assert study(SPRING, event).status == status
    assert finding_slugs(given(SPRING, event)) == (set() if status == "made" else {"answered-unproposed"})


def test_a_proposal_that_is_welcomed():
    """That is not an agreement: nothing is expected, and who proposed and who welcomed it are separate fields."""
    state = study(*MADE, *WELCOMED)
    (answer,) = state.answers

    assert (state.status, state.by, state.to, state.meeting) == ("welcomed", ("RU",), ("ASEAN",), "aem-5")
    assert (state.made_on, state.welcomed_on) == (ps.When("2016-05-19"), ps.When("2016-08-05"))
    assert (answer.what, answer.by, answer.on) == ("welcomed", ("ASEAN",), ps.When("2016-08-05"))
    assert (state.outstanding, state.disputed, finding_slugs(given(*MADE, *WELCOMED))) == ((), (), set())


def test_a_proposal_that_is_put_off():
    """Its condition is kept; if a date is named, it is overdue when no later answer is reported."""
    deferred = ProposalDeferred("fta-study", until="2018", condition="confidence building first")
    record = given(*MADE, *WELCOMED, NEXT_YEAR, deferred)
    state = record.proposals["fta-study"]

    assert (state.status, state.condition) == ("deferred", "confidence building first")
    assert [str(plan.planned) for plan in record.as_of("2019-01-01").overdue()] == ["2018"]
    assert record.as_of("2018-12-31").overdue() == ()
    assert given(*MADE, NEXT_YEAR, deferred, ("2018-05-01", "A"), ProposalAccepted("fta-study")).overdue() == ()


def test_a_proposal_that_is_deferred_without_a_date():
    """Nothing is expected, and a later welcome changes nothing."""
    state = study(*MADE, SUMMER, ProposalDeferred("fta-study"), NEXT_YEAR, ProposalWelcomed("fta-study"))

    assert (state.status, state.expected, [answer.what for answer in state.answers]) == (
        "deferred", (), ["deferred", "welcomed"],
    )  # fmt: skip


def test_a_group_of_unnamed_proposals():
    """It is one subject with a count; the proposed date is not an expectation."""
    state = study(SPRING, ProposalMade("fta-study", count=57, planned="2016", concerns="fund:ardpff", document="plan"))

    assert (state.count, state.planned, state.outstanding) == (ps.Count(57), ps.When("2016"), ())
    assert (state.concerns, state.document) == (("fund:ardpff",), "plan")


def test_sources_that_differ_on_an_answer():
    """The answer and the proposal are disputed."""
    accepted = [ProposalAccepted("fta-study", by="ASEAN", on=on) for on in ("2015-06-01", "2015-06-02")]
    state = study(*MADE, SUMMER, accepted[0], NEXT_YEAR, accepted[1])

    assert [answer.is_disputed for answer in state.answers] == [True]
    assert state.disputed == ("accepted_on", "answers")


def test_two_sides_that_answer():
    """Each has an answer of its own, and one that accepts does not contradict one that declines."""
    both = [*MADE, SUMMER, ProposalAccepted("fta-study", by="ASEAN"), NEXT_YEAR, ProposalAccepted("fta-study", by="VN")]
    apart = [*MADE, SUMMER, ProposalAccepted("fta-study", by="ASEAN"), ProposalDeclined("fta-study", by="VN")]

    assert [(answer.by, answer.is_disputed) for answer in study(*both).answers] == [
        (("ASEAN",), False),
        (("VN",), False),
    ]
    assert finding_slugs(given(*apart)) == set()


def test_accepted_in_one_report_and_declined_in_another():
    """There is a contradiction and a dispute, and the last answer is the status."""
    story = [*MADE, SUMMER, ProposalAccepted("fta-study"), NEXT_YEAR, ProposalDeclined("fta-study", reason="too early")]

    assert (study(*story).status, study(*story).reason) == ("declined", "too early")
    assert finding_slugs(given(*story)) == {"accepted-and-declined", "disputed"}


def test_an_event_of_another_kind():
    """It does not change a proposal."""
    assert not given(SPRING, MeetingHeld("fta-study")).proposals
