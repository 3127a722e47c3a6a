"""Projects: those that have a name, and groups of which only a number is told."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import (
    ProjectAppraised,
    ProjectApproved,
    ProjectCancelled,
    ProjectCompleted,
    ProjectCompletionPlanned,
    ProjectFunded,
    ProjectLaunched,
    ProjectPhaseCompleted,
    ProjectPhasePlanned,
    ProjectPhaseReached,
    ProjectPlanned,
    ProjectPostponed,
    ProjectProgressReported,
    ProjectProposed,
    ProjectResumed,
    ProjectSuspended,
)
from partnership.testing.scenario import finding_slugs, given

VNA = ("2020-11-16", "VNA", "news")
TASS = ("2021-09-24", "TASS", "news")
LATER = ("2022-03-01", "TASS", "news")


def test_a_group_of_unnamed_projects():
    """They are one subject with a count, and no members are invented."""
    project = given(
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


def test_a_project_that_two_sources_report():
    """The more precise count is chosen, different budgets are a dispute, and both titles are kept."""
    project = given(
        VNA, ProjectLaunched("smart-cities", title="Smart cities", count=ps.Count(2, "at-least"), agency="UNDP"),
        TASS, ProjectLaunched("smart-cities", title="Smart and safe cities", count=57, budget=ps.Money("2", "USD")),
        VNA, ProjectLaunched("smart-cities", budget=ps.Money("2", "EUR")),
    ).projects["smart-cities"]  # fmt: skip

    assert (project.count, project.agency) == (ps.Count(57), "UNDP")
    assert project.titles == ("Smart and safe cities", "Smart cities")
    assert project.title == "Smart and safe cities"
    assert project.disputed == ("budget",)


def test_a_project_of_a_fund_with_two_names():
    """It is under the one name of both, and so is what that fund gave."""
    record = given(
        VNA,
        ProjectLaunched("smart-cities", fund="cooperation-fund"),
        ProjectFunded("smart-cities", fund="cooperation-fund"),
    )
    record.same_as("fund:ardpff", "fund:cooperation-fund")

    assert record.projects["smart-cities"].fund == "ardpff"
    assert record.projects["smart-cities"].fundings[0].fund == "ardpff"


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (ProjectProposed("nano", by="RU", count=57), "proposed"),
        (ProjectPlanned("nano", planned="2021"), "planned"),
        (ProjectAppraised("nano"), "appraised"),
        (ProjectApproved("nano"), "approved"),
        (ProjectFunded("nano"), "funded"),
        (ProjectLaunched("nano"), "launched"),
        (ProjectPhaseReached("nano", phase="pilot"), "launched"),
        (ProjectSuspended("nano"), "suspended"),
        (ProjectResumed("nano"), "launched"),
        (ProjectCompleted("nano"), "completed"),
        (ProjectCancelled("nano"), "cancelled"),
    ],
    ids=lambda value: value.name if isinstance(value, ps.Event) else None,
)
def test_each_event_alone(event, status):
    """Each event alone leads to its own status."""
    assert given(VNA, event).projects["nano"].status == status


def test_a_project_that_goes_as_it_should():
    """Each date has its own field; each phase and each payment is a row."""
    project = given(
        VNA, ProjectProposed("nano", on="2020-01", by="RU"),
        ProjectAppraised("nano", on="2020-02"),
        ProjectApproved("nano", on="2020-04-30", meeting="arjcc-12"),
        ProjectFunded("nano", on="2020-06", fund="ardpff", amount=ps.Money("200000", "USD")),
        ProjectFunded("nano", on="2020-07", fund="jaif", amount=ps.Money("90000", "USD")),
        ("2020-11-16", "TASS", "news"), ProjectFunded("nano", fund="jaif", amount=ps.Money("95000", "USD")),
        TASS, ProjectLaunched("nano", on="2021-01"),
        ProjectPhaseReached("nano", phase="design", on="2021-05"),
        ("2021-09-25", "VNA", "news"), ProjectPhaseReached("nano", phase="design", on="2021-06"),
        LATER, ProjectCompleted("nano", on="2022-02"),
    ).projects["nano"]  # fmt: skip

    days = (project.proposed_on, project.appraised_on, project.approved_on, project.launched_on, project.completed_on)
    assert [str(day) for day in days] == ["2020-01", "2020-02", "2020-04-30", "2021-01", "2022-02"]
    assert (project.status, project.meeting, project.by) == ("completed", "arjcc-12", ("RU",))
    assert [(funding.fund, funding.is_disputed) for funding in project.fundings] == [("ardpff", False), ("jaif", True)]
    assert [(row.phase, row.is_disputed) for row in project.phases] == [("design", True)]
    assert project.disputed == ("fundings", "phases")


def test_a_planned_start_that_is_not_reported():
    """It is overdue, and no longer once a phase is reached, which shows that the project is under way."""
    record = given(VNA, ProjectPlanned("nano", planned="2021-03"))
    assert [str(plan.planned) for plan in record.as_of("2021-04-01").overdue()] == ["2021-03"]

    record.add(ProjectPhaseReached("nano", phase="pilot", on="2021-08"), source=ps.Source("TASS", published="2021-09"))
    assert record.overdue() == ()


def test_a_project_that_is_put_off_and_goes_on():
    """While suspended it has that status; resumed, it is launched again."""
    story = [
        VNA,
        ProjectLaunched("nano", on="2020-05"),
        TASS,
        ProjectSuspended("nano", on="2021-03", reason="sanctions"),
    ]
    assert given(*story).projects["nano"].status == "suspended"
    assert given(*story, LATER, ProjectResumed("nano", on="2022-01")).projects["nano"].status == "launched"


def test_odd_courses():
    """Launched after it was cancelled, resumed without a suspension, planned without a date: there are findings."""
    late = given(VNA, ProjectCancelled("nano", on="2020-05"), TASS, ProjectCompleted("nano", on="2021-08"))
    assert finding_slugs(late) == {"completed-after-cancelled"}
    assert finding_slugs(given(VNA, ProjectResumed("nano"))) == {"resumed-without-suspension"}
    assert finding_slugs(given(VNA, ProjectResumed("nano"), ProjectSuspended("nano"))) == set()
    assert finding_slugs(given(VNA, ProjectPlanned("nano"))) == {"planned-without-date"}
    assert finding_slugs(given(VNA, ProjectPlanned("nano", planned="2021"))) == set()


def test_a_phase_without_a_name():
    """It is refused: without a name, phases could not be distinguished."""
    with pytest.raises(ps.errors.InvalidEvent, match="phase: "):
        ProjectPhaseReached("nano", phase=None)


def dollars(number):
    """Return an amount."""
    return ps.Money(number, "USD")


@pytest.mark.parametrize(
    "report",
    [
        ProjectProgressReported("rail", as_of="2022-05", share=26, budget=dollars(21)),
        ProjectProgressReported("rail", as_of="2022-05", budget=dollars(21)),
        ProjectResumed("rail", on="2022-05", budget=dollars(21)),
        ProjectPhaseReached("rail", phase="tunnels", on="2022-05", budget=dollars(21)),
        ProjectPhaseCompleted("rail", phase="tunnels", on="2022-05", budget=dollars(21)),
        ProjectCompleted("rail", on="2022-05", budget=dollars(21)),
    ],
    ids=lambda event: event.name,
)
def test_costs_that_change_in_the_course_of_the_work(report):
    """What a report of the work says stands from then on and disputes nothing; before it, the approved sum stands."""
    approved = ProjectApproved("rail", on="2020-12", budget=dollars(15))
    record = given(("2021-01-10", "Ministry", "official-text"), approved, ("2022-06-01", "VNA", "news"), report)
    budgets = [str(view.projects["rail"].budget) for view in (record, record.as_of(on="2021-06-01"))]
    assert (budgets, record.disputes()) == (["21 USD", "15 USD"], ())


def test_costs_on_which_sources_differ():
    """Two that tell of one completion, or of approval and launch, do; a report of costs alone is no progress."""
    story = [VNA, ProjectCompleted("rail", on="2020-10", budget=dollars(20))]
    assert [
        dispute.names for dispute in given(*story, TASS, ProjectCompleted("rail", budget=dollars(21))).disputes()
    ] == [("budget",)]
    story = [VNA, ProjectApproved("rail", budget=dollars(20)), TASS, ProjectLaunched("rail", budget=dollars(21))]
    assert [dispute.names for dispute in given(*story).disputes()] == [("budget",)]
    assert given(VNA, ProjectProgressReported("rail", as_of="2020", budget=dollars(20))).projects["rail"].progress == ()


HANDOVER = {"phase": "handover", "planned": "2021-10"}


@pytest.mark.parametrize(
    ("on", "plan", "acts"),
    [
        ("2021-09", ProjectPhasePlanned("port", **HANDOVER), ["begin handover"]),
        (None, ProjectPhasePlanned("port", **HANDOVER), ["begin handover"]),
        (None, ProjectPhasePlanned("port", phase="handover"), ["begin handover"]),
        ("2021-09", ProjectPhasePlanned("port", phase="handover", is_undated=True), ["begin handover"]),
        ("2021-09", ProjectCompletionPlanned("port", planned="2021-10"), []),
        ("2021-09", ProjectPlanned("port", planned="2021-10"), []),
    ],
)
def test_what_follows_the_completion(on, plan, acts):
    """A phase that is planned in the report of the completion, or later, is still to come until it begins."""
    record = given(TASS, ProjectCompleted("port", on=on), plan)
    assert [item.act for item in record.as_of("2021-11-30").overdue()] == acts

    later = [("2021-12-01", "VNA", "news"), ProjectPhaseReached("port", phase="handover", on="2021-11-30")]
    record = given(TASS, ProjectCompleted("port", on=on), plan, *later)
    assert (record.overdue(), record.projects["port"].status) == ((), "completed")


def test_what_was_planned_before_the_completion():
    """It is no longer to come, dated or not; nor is what follows a cancellation."""
    plans = [ProjectPhasePlanned("port", phase="quay", planned="2021-10"), ProjectPhasePlanned("port", phase="crane")]
    assert given(VNA, *plans, TASS, ProjectCompleted("port", on="2021-09")).overdue() == ()
    assert given(TASS, ProjectCancelled("port", on="2021-09"), *plans).overdue() == ()


def test_a_later_report_of_one_postponement():
    """It does not take back the new date that another source gives for the same step."""
    record = given(
        VNA, ProjectPlanned("nano", planned="2021"), ProjectPostponed("nano", on="2020-05-02", planned="2023"),
        TASS, ProjectPostponed("nano", on="2020-05-02", reason="costs"),
    )  # fmt: skip
    assert [str(plan.planned) for plan in record.projects["nano"].expected] == ["2023"]
