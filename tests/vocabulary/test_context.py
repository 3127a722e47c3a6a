"""What stands outside the partnership, and anniversaries to come, recorded exactly."""

from __future__ import annotations

import partnership as ps
from partnership.events import ExternalEventPlanned, ExternalEventReported, MeetingPostponed, MeetingScheduled
from partnership.testing.scenario import given

POST = ("2018-06-28", "Deccan Chronicle", "news")


def test_a_summit_of_others_that_displaces_talks():
    """Talks of ministers are put off, it is thought because of a summit with a third state (India and US, 2018)."""
    record = given(
        POST,
        MeetingScheduled("two-plus-two", planned="2018-07-06"),
        MeetingPostponed("two-plus-two", on="2018-06-27", by="US"),
        ExternalEventPlanned(
            "trump-putin-summit", planned="2018-07", title="Summit of Trump and Putin", organizer="US and Russia",
            parties="US", concerns="meeting:two-plus-two", effect="the United States is preoccupied with it",
        ),
    )  # fmt: skip
    view = record.as_of("2018-06-30")

    assert view.external_events["trump-putin-summit"].effect == "the United States is preoccupied with it"
    assert [(item.subject, item.is_context) for item in view.calendar().planned] == [
        ("external-event:trump-putin-summit", True)
    ]
    assert str(view.calendar()).startswith(
        "context: external-event:trump-putin-summit (Summit of Trump and Putin): planned July 2018"
    )
    assert "Summit of Trump and Putin" in str(view.dossier("two-plus-two"))


def test_an_election_that_nobody_owes():
    """It is to come, then past; it is never overdue and never open without a date."""
    record = given(
        ("2024-01-05", "Reuters", "news"),
        ExternalEventPlanned("election", planned="2024-11-05", title="Presidential election", effect="no summit"),
        ExternalEventPlanned("court-ruling", title="Ruling of the court"),
        MeetingScheduled("summit", planned="2024-11"),
    )  # fmt: skip

    assert [item.subject for item in record.as_of("2024-10-01").upcoming()] == [
        "meeting:summit", "external-event:election",
    ]  # fmt: skip
    assert [item.subject for item in record.as_of("2025-01-01").overdue()] == ["meeting:summit"]
    assert [item.is_context for item in record.as_of("2025-01-01").overdue()] == [False]


def test_an_external_event_that_moves_and_takes_place():
    """A newer date replaces the older one; what took place is no longer to come."""
    record = given(
        ("2020-01-10", "Xinhua", "news"),
        ExternalEventPlanned("congress", planned="2020-03-05", organizer="NPC", place="Beijing"),
        ("2020-02-24", "Xinhua", "news"),
        ExternalEventPlanned("congress", planned="2020-05-22", text="put off by the epidemic"),
        ("2020-05-22", "Xinhua", "news"),
        ExternalEventReported("congress", on="2020-05-22", title="National congress"),
    )
    before, after = record.as_of("2020-03-01"), record.external_events["congress"]

    assert [str(item.planned) for item in before.upcoming()] == ["2020-05-22"]
    assert before.external_events["congress"].previous_dates == (ps.When("2020-03-05"),)
    assert (after.status, after.happened_on, after.organizer) == ("happened", ps.When("2020-05-22"), "NPC")
    assert (after.outstanding, after.texts) == ((), ("put off by the epidemic",))


def test_sources_that_differ_on_when_it_took_place():
    """They are a dispute."""
    record = given(
        POST, ExternalEventReported("vote", on="2018-06-24"), ("2018-07-01", "A", "news"),
        ExternalEventReported("vote", on="2018-06-25"),
    )  # fmt: skip

    assert record.external_events["vote"].disputed == ("happened_on",)
