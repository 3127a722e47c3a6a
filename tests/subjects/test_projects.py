"""Projects: those that have a name, and groups of which only a number is told."""

from __future__ import annotations

import partnership as ps
from partnership.events import ProjectLaunched
from partnership.testing.scenario import told

VNA = ("2020-11-16", "VNA", "news")
TASS = ("2021-09-24", "TASS", "news")


def test_several_projects_that_nobody_named():
    """They are one subject with a count: members are never invented (AR-009)."""
    project = told(
        VNA,
        ProjectLaunched(
            "ardpff-2020",
            on="../2020-11-16",
            fund="ardpff",
            sectors=["agriculture", "smart cities", "health"],
            parties=["RU", "ASEAN"],
            count=ps.Count(2, "at-least"),
        ),
    ).projects["ardpff-2020"]

    assert (project.status, project.count) == ("launched", ps.Count(2, "at-least"))
    assert (project.fund, project.sectors) == ("ardpff", ("agriculture", "smart cities", "health"))
    assert (project.parties, project.launched_on) == (("ASEAN", "RU"), ps.When("../2020-11-16"))


def test_a_project_of_which_two_sources_tell():
    """A finer count settles, another budget is disputed, and both titles are kept."""
    project = told(
        VNA, ProjectLaunched("smart-cities", title="Smart cities", count=ps.Count(2, "at-least"), agency="UNDP"),
        TASS, ProjectLaunched("smart-cities", title="Smart and safe cities", count=57, budget=ps.Money("2", "USD")),
        TASS, ProjectLaunched("smart-cities", budget=ps.Money("2", "EUR")),
    ).projects["smart-cities"]  # fmt: skip

    assert (project.count, project.agency) == (ps.Count(57), "UNDP")
    assert project.titles == ("Smart and safe cities", "Smart cities")
    assert project.title == "Smart and safe cities"
    assert project.disputed == ("budget",)


def test_a_project_of_a_fund_with_two_names():
    """It is under the one name of both."""
    record = told(VNA, ProjectLaunched("smart-cities", fund="cooperation-fund"))
    record.same("fund:ardpff", "fund:cooperation-fund")

    assert record.projects["smart-cities"].fund == "ardpff"
