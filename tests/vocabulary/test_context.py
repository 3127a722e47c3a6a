"""What stands outside the partnership, and anniversaries to come, recorded exactly."""

from __future__ import annotations

import partnership as ps
from partnership.events import (
    AnniversaryAnnounced,
    AnniversaryMarked,
    ExternalEventPlanned,
    ExternalEventReported,
    MeetingPostponed,
    MeetingScheduled,
)
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


# ---- anniversaries to come ----


def test_an_anniversary_to_come():
    """The thirtieth anniversary of normal relations is to be marked in 2002, it is expected in 2000 (Japan, China)."""
    record = given(
        ("2000-09-22", "Japan Times", "news"),
        AnniversaryAnnounced(
            "japan-china", of="normal relations", years=30, base="1972", planned="2002", parties=["JP", "CN"],
            timing="a year of increased exchanges", force="expected",
        ),
    )  # fmt: skip
    row = record.relations["japan-china"].planned_anniversaries[0]

    assert (row.of, row.years, str(row.base), str(row.planned)) == ("normal relations", 30, "1972", "2002")
    assert (row.timing, row.force, row.is_disputed) == ("a year of increased exchanges", "expected", False)
    assert "relation:japan-china: to mark 30 years of normal relations" in str(record.as_of("2001-01-01").calendar())
    assert record.as_of("2003-01-01").overdue() == ()


def test_an_anniversary_that_is_marked():
    """It is no longer to come, also when a later report announces it once more; another one still is."""
    record = given(
        ("2023-01-01", "ASEAN", "official-release"),
        AnniversaryAnnounced("asean-australia", of="dialogue", years=50, planned="2024"),
        AnniversaryAnnounced("asean-australia", of="strategic partnership", years=10, planned="2024-11"),
        ("2024-03-07", "Generation T", "news"),
        AnniversaryMarked("asean-australia", of="dialogue", years=50, base="1974", on="2024-03-06"),
        ("2024-03-20", "Daily", "news"),
        AnniversaryAnnounced("asean-australia", of="dialogue", years=50, planned="2024-12"),
    )
    view = record.as_of("2024-04-01")

    assert [item.act for item in view.upcoming()] == ["mark 10 years of strategic partnership"]
    assert [row.years for row in view.relations["asean-australia"].planned_anniversaries] == [10]
    assert [row.years for row in view.relations["asean-australia"].anniversaries] == [50]


def test_an_anniversary_whose_day_moves():
    """The newest day stands; the base that an older report gives is kept."""
    record = given(
        ("2021-01-01", "A", "news"),
        AnniversaryAnnounced("r", of="relations", base="1992-08-24", planned="2022-08"),
        ("2021-06-01", "A", "news"),
        AnniversaryAnnounced("r", of="relations", planned="2022-10"),
        ("2021-07-01", "A", "news"),
        AnniversaryAnnounced("r", of="relations"),
    )
    row = record.relations["r"].planned_anniversaries[0]

    assert (str(row.planned), str(row.base)) == ("2022-10", "1992-08-24")
    assert [str(move) for move in record.as_of("2021-08-01").calendar().moved] == [
        "relation:r: to mark the anniversary of relations, planned August 2022, now October 2022"
    ]


def test_sources_that_differ_on_an_anniversary_to_come():
    """They count from different years: a dispute."""
    record = given(
        ("2021-01-01", "A", "news"), AnniversaryAnnounced("r", of="ties", years=30, base="1991", planned="2021-12"),
        ("2021-01-01", "B", "news"), AnniversaryAnnounced("r", of="ties", years=30, base="1992", planned="2021-12"),
    )  # fmt: skip

    assert record.relations["r"].disputed == ("planned_anniversaries",)
    assert [row.names for row in record.disputes()] == [("base",)]


def test_no_date_is_set_for_the_festivities():
    """An older date then no longer stands."""
    record = given(
        ("2021-01-01", "A", "news"), AnniversaryAnnounced("r", of="ties", planned="2021-12"),
        ("2021-03-01", "A", "news"), AnniversaryAnnounced("r", of="ties", is_undated=True),
    )  # fmt: skip

    assert record.relations["r"].planned_anniversaries[0].planned is None
    assert record.as_of("2021-04-01").calendar() == ps.Calendar((), (), ())


def test_no_date_is_set_for_an_election():
    """It is not open without a date either: no party owes it."""
    record = given(POST, ExternalEventPlanned("election", is_undated=True), ExternalEventPlanned("vote"))

    assert record.overdue() == ()
    assert record.external_events["election"].is_undated is True
