"""Themed years: designated, opened later and under another name, extended, closed."""

from __future__ import annotations

import partnership as ps
from partnership.events import (
    ThemedYearClosed,
    ThemedYearDesignated,
    ThemedYearExtended,
    ThemedYearOpened,
    ThemedYearOpeningPlanned,
    ThemedYearProposed,
)
from partnership.testing.scenario import finding_slugs, given

AKP = ("2021-08-05", "AKP", "news")
VNA = ("2022-02-10", "VNA", "news")
LATER = ("2022-02-20", "VNA", "news")
END = ("2023-01-10", "VNA", "news")

DESIGNATED = ThemedYearDesignated(
    "year-2022", on="2021-08", planned="2022", title="Year of science, technology and industrial cooperation"
)
OPENED = ThemedYearOpened(
    "year-2022", on="2022-02-14", mode="online", title="Year of Scientific and Technical Cooperation"
)


def year(*story):
    """Build a history of one themed year, and return its state."""
    return given(*story).themed_years["year-2022"]


def test_a_year_from_the_idea_to_its_end():
    """Each date has its own field; a date within the designated year is not a change of plan."""
    story = [
        ("2020-01-01", "MFA of Russia"), ThemedYearProposed("year-2022", on="2019-12", by="RU", planned="2021"),
        AKP, DESIGNATED,
        VNA, ThemedYearOpeningPlanned("year-2022", planned="2022-02-14", mode="hybrid"),
        LATER, OPENED, ThemedYearExtended("year-2022", until="2022-12"),
        END, ThemedYearExtended("year-2022", until="2023-03"), ThemedYearClosed("year-2022", on="2023-01-09"),
    ]  # fmt: skip
    state = year(*story)
    before = given(*story).as_of("2022-02-11").themed_years["year-2022"]

    assert (before.status, [str(plan.planned) for plan in before.outstanding]) == ("designated", ["2022-02-14"])
    assert (state.status, state.proposed_on, state.designated_on) == ("closed", ps.When("2019-12"), ps.When("2021-08"))
    assert (state.opened_on, state.closed_on, state.until) == (
        ps.When("2022-02-14"), ps.When("2023-01-09"), ps.When("2023-03"),
    )  # fmt: skip
    assert (state.mode, state.by, state.previous_dates, state.outstanding) == ("online", ("RU",), (), ())


def test_a_proposal():
    """Nothing is expected of it."""
    assert year(AKP, ThemedYearProposed("year-2022", planned="2022")).outstanding == ()


def test_a_year_that_is_not_opened():
    """It is overdue when the year is over."""
    record = given(AKP, DESIGNATED)

    assert record.as_of("2022-12-31").overdue() == ()
    assert [plan.subject for plan in record.as_of("2023-01-01").overdue()] == ["themed-year:year-2022"]


def test_a_year_that_is_opened_under_another_name():
    """It is a finding, unless one of its names is that under which it was agreed."""
    agreed = ThemedYearOpeningPlanned("year-2022", title="YEAR of Scientific and Technical Cooperation")

    assert finding_slugs(given(AKP, DESIGNATED, LATER, OPENED)) == {"renamed-on-the-way"}
    assert finding_slugs(given(AKP, DESIGNATED, VNA, agreed, LATER, OPENED)) == set()
    assert finding_slugs(given(AKP, DESIGNATED)) == finding_slugs(given(LATER, OPENED)) == set()


def test_two_reports_of_one_extension():
    """They differ on its end, whichever is published last."""
    record = given(
        ("2021-05-06", "MFA", "official-release"), ThemedYearExtended("y", on="2021-05-05", until="2022"),
        ("2021-06-08", "Blog", "op-ed"), ThemedYearExtended("y", on="2021-05", until="2023"),
    )  # fmt: skip
    assert (str(record.themed_years["y"].until), record.themed_years["y"].disputed) == ("2022", ("until",))
