"""Who takes part in a meeting: the newest word stands until somebody was there."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import (
    DelegationHeadChanged,
    MeetingHeld,
    ParticipationAnnounced,
    ParticipationDeclined,
    ParticipationReported,
    ParticipationUnconfirmed,
    PartyNotInvited,
)
from partnership.testing.scenario import finding_slugs, given

SUN = ("2025-10-21", "The Sun", "news")
FORTUNE = ("2025-10-22", "KL Fortune", "news")
TASS = ("2025-10-26", "TASS", "news")
LATER = ("2025-10-29", "TASS", "news")


def of(event, **said):
    """Say something of the part that Russia's head takes in the summit."""
    return event("russia-at-summit", meeting="summit-2025", party="RU", **said)


def part(*story):
    """Build a history of one participation, and return its state."""
    return given(*story).participations["russia-at-summit"]


def test_a_president_who_considers_and_then_declines():
    """Unconfirmed, declined, another person named: the newest report counts."""
    story = [
        SUN, of(ParticipationUnconfirmed, person="Vladimir Putin"),
        FORTUNE, of(ParticipationDeclined, person="Vladimir Putin", substitute="Alexander Novak"),
    ]  # fmt: skip
    named = of(DelegationHeadChanged, person="Alexey Overchuk", former="Alexander Novak", standing="head")
    before, after = part(*story), part(*story, TASS, named)

    assert (before.status, before.person, before.substitute) == ("declined", "Vladimir Putin", "Alexander Novak")
    assert (after.status, after.person, after.former, after.standing) == (
        "announced", "Alexey Overchuk", "Alexander Novak", "head",
    )  # fmt: skip
    assert (after.meeting, after.party) == ("summit-2025", "RU")


def test_an_announcement_that_nobody_follows_up():
    """It is overdue until a refusal or a report ends it."""
    story = [SUN, of(ParticipationAnnounced, planned="2025-10-26/2025-10-28")]

    assert [plan.subject for plan in given(*story).overdue()] == ["participation:russia-at-summit"]
    declined = part(*story, FORTUNE, of(ParticipationDeclined))
    assert (declined.expected, declined.outstanding, declined.previous_dates) == (
        (),
        (),
        (ps.When("2025-10-26/2025-10-28"),),
    )
    assert part(*story, LATER, of(ParticipationReported, on="2025-10-27", mode="online")).outstanding == ()


def test_a_part_that_was_taken():
    """It does not change by later reports of plans, and each person has a mode of participation."""
    state = part(
        TASS, of(ParticipationReported, on="2025-10-26", person="Sergey Lavrov", mode="in-person"),
        LATER, of(ParticipationDeclined, person="Vladimir Putin"),
    )  # fmt: skip

    assert (state.status, state.person, state.mode) == ("took-part", "Sergey Lavrov", "in-person")
    assert state.took_part_on == ps.When("2025-10-26")


@pytest.mark.parametrize(
    ("event", "slug"),
    [(ParticipationDeclined, "took-part-after-declining"), (PartyNotInvited, "took-part-uninvited")],
)
def test_somebody_who_took_part_after_declining_or_without_invitation(event, slug):
    """It is a finding if the refusal was known before, not if it was reported only later."""
    refused, came = [SUN, of(event)], of(ParticipationReported, on="2025-10-26")

    assert finding_slugs(given(*refused)) == set()
    assert finding_slugs(given(*refused, TASS, came)) == {slug}
    assert finding_slugs(given(LATER, of(event), TASS, came)) == set()


def test_a_party_that_is_not_invited():
    """Who does not invite it and the reason are kept."""
    state = part(SUN, of(PartyNotInvited, by="ASEAN", reason="political level"))

    assert (state.status, state.by, state.reason) == ("not-invited", ("ASEAN",), "political level")


def test_a_part_in_no_meeting():
    """It is refused: a meeting is required, with its kind or without."""
    with pytest.raises(TypeError, match="meeting"):
        ParticipationReported("russia-at-summit")
    with pytest.raises(InvalidEvent, match="'series:summit-2025' is no meeting"):
        ParticipationReported("russia-at-summit", meeting="series:summit-2025")
    assert ParticipationReported("russia-at-summit", meeting="meeting:summit-2025").meeting == "summit-2025"


@pytest.mark.parametrize(
    ("person", "party", "title"),
    [
        ("Lo Mai", "VN", "Lo Mai, VN, at asean-forum"),
        ("Lo Mai", None, "Lo Mai, at asean-forum"),
        (None, "VN", "VN, at asean-forum"),
        (None, None, "at asean-forum"),
    ],
)
def test_who_takes_part_in_which_meeting(person, party, title):
    """The plan, the dossier of the meeting and that of the participation say it: no source gives it a title."""
    said = ParticipationAnnounced("p", meeting="asean-forum", person=person, party=party, planned="2025-11-03")
    view = given(SUN, said, MeetingHeld("asean-forum", on="2025-11-03")).as_of("2025-12-01")
    assert str(view.overdue()[0]).startswith(f"participation:p ({title}): planned 3 November 2025")
    assert [link.title for link in view.dossier("meeting:asean-forum").links] == [title]
    assert str(view.dossier("p")).splitlines()[0] == title


def test_the_newest_person_takes_part():
    """The new head of a delegation stands in the links and plans."""
    story = (
        SUN,
        of(ParticipationAnnounced, person="A", planned="2025-10-26"),
        TASS,
        of(DelegationHeadChanged, person="B"),
    )
    assert [item.title for item in given(*story).as_of("2025-11-01").overdue()] == ["B, RU, at summit-2025"]
    assert part(*story).title == "B, RU, at summit-2025"
