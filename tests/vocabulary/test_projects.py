"""Places, parts and phases of projects, as press reports state them, recorded exactly."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import (
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
    ProjectPreparationReported,
    ProjectProgressReported,
    ProjectResumed,
    ProjectSpendingReported,
    ProjectSuspended,
)
from partnership.testing.scenario import finding_slugs, given

VNA = ("2011-03-10", "VNA", "news")
ECO = ("2009-07-01", "ECO Secretariat", "official-text")
RAIL = ("2012-09-01", "Railway Journal", "news")


def due(view):
    """Return what is to come and what is overdue of a view: the act and the date of each."""
    return [(item.act, str(item.planned)) for item in (*view.upcoming(), *view.overdue())]


# ---- places ----


def test_several_places():
    """A project in eleven provinces is approved; another source names three of these: no dispute (Viet Nam)."""
    provinces = ["Quang Ninh", "Ninh Binh", "Thanh Hoa", "Nghe An", "Quang Nam", "Quang Tri", "Lam Dong", "Dak Lak",
                 "Binh Duong", "Binh Phuoc", "Kien Giang"]  # fmt: skip
    record = given(
        VNA,
        ProjectApproved("urban-water", by="VN", locations=provinces),
        ("2011-03-11", "Daily", "news"),
        ProjectApproved("urban-water", by="VN", locations=["Dak Lak", "Quang Ninh", "Lam Dong"]),
    )
    state = record.projects["urban-water"]

    assert (state.locations, state.disputed) == (tuple(provinces), ())
    assert "Locations: Quang Ninh, Ninh Binh" in str(record.dossier("urban-water"))


def test_sources_that_name_different_places():
    """They are a dispute, also across the events of the project."""
    record = given(
        VNA, ProjectApproved("water", locations=["Hue", "Hanoi"]),
        ("2012-01-01", "Daily", "news"), ProjectLaunched("water", on="2011-12", locations=["Hue", "Vinh"]),
    )  # fmt: skip

    assert record.projects["water"].disputed == ("locations",)


# ---- phases ----


def test_a_second_phase_that_has_not_begun():
    """The first phase is under way, the second one is expected in the fiscal year 2013 (Viet Nam)."""
    record = given(
        VNA,
        ProjectPhaseReached("urban-water", phase="first phase", on="2011"),
        ProjectPhasePlanned("urban-water", phase="second phase", planned="2013", timing="in the fiscal year of 2013"),
    )
    state = record.projects["urban-water"]

    assert (state.status, [row.phase for row in state.phases]) == ("launched", ["first phase"])
    assert [(row.phase, str(row.planned)) for row in state.planned_phases] == [("second phase", "2013")]
    assert due(record.as_of("2012-01-01")) == [("begin second phase", "2013")]
    assert [item.standing for item in record.as_of("2014-01-01").overdue()] == ["overdue"]


def test_a_phase_to_be_finalised():
    """Both organizations work on the second phase: it is open without a date, and the project is not launched by it."""
    record = given(
        ECO,
        ProjectPhasePlanned("trade-capacity", phase="second phase", stage="both organizations are working on it"),
    )
    state = record.projects["trade-capacity"]

    assert (state.status, state.phases) == (None, ())
    assert state.planned_phases[0].stage == "both organizations are working on it"
    assert [(item.act, item.standing) for item in record.overdue()] == [("begin second phase", "without-date")]


def test_a_phase_that_moves_and_begins():
    """A newer date replaces the older one of this phase alone; once it is reached, nothing of it is expected."""
    first = [
        VNA,
        ProjectPlanned("road", planned="2012"),
        ProjectPhasePlanned("road", phase="bridge", planned="2013"),
        ProjectPhasePlanned("road", phase="tunnel", planned="2014"),
    ]
    moved = [
        *first, ("2011-09-01", "VNA", "news"), ProjectPlanned("road", planned="2015"),
        ("2011-10-01", "VNA", "news"), ProjectPhasePlanned("road", phase="bridge", planned="2016"),
    ]  # fmt: skip
    record = given(*moved)
    met = given(*moved, ("2017-01-01", "VNA", "news"), ProjectPhaseReached("road", phase="bridge", on="2016-05"))

    assert due(given(*first).as_of("2011-06-01")) == [
        (None, "2012"),
        ("begin bridge", "2013"),
        ("begin tunnel", "2014"),
    ]
    assert due(record.as_of("2011-12-01")) == [("begin tunnel", "2014"), (None, "2015"), ("begin bridge", "2016")]
    assert [str(move) for move in record.as_of("2011-12-01").calendar().moved] == [
        "project:road: planned 2012, now 2015",
        "project:road: to begin bridge, planned 2013, now 2016",
    ]
    assert [row.phase for row in met.projects["road"].planned_phases] == ["tunnel"]
    assert due(met) == [("begin tunnel", "2014")]


def test_a_phase_that_loses_its_date():
    """No date is set any more: it is open without one since then, and has one again with the next plan."""
    story = [
        VNA, ProjectLaunched("road", on="2010"), ProjectPhasePlanned("road", phase="bridge", planned="2013"),
        ("2012-05-01", "VNA", "news"), ProjectPhasePlanned("road", phase="bridge", is_undated=True),
    ]  # fmt: skip
    undated = given(*story)
    again = given(*story, ("2012-08-01", "VNA", "news"), ProjectPhasePlanned("road", phase="bridge", planned="2030"))

    assert undated.projects["road"].planned_phases[0].planned is None
    assert [(item.act, item.standing, str(item.since)) for item in undated.overdue()] == [
        ("begin bridge", "without-date", "2012-05-01")
    ]
    assert due(again) == [("begin bridge", "2030")]


def test_sources_that_differ_on_the_date_of_a_phase():
    """They are a dispute, which a dispute-free plan of another phase does not hide."""
    day = "2011-03-10"
    record = given(
        (day, "A", "news"), ProjectPhasePlanned("road", phase="bridge", planned="2013"),
        (day, "B", "news"), ProjectPhasePlanned("road", phase="bridge", planned="2014"),
        ("2011-04-01", "A", "news"), ProjectPhasePlanned("road", phase="tunnel", planned="2015"),
    )  # fmt: skip

    assert record.projects["road"].disputed == ("expected", "planned_phases")
    assert [row.names for row in record.disputes()] == [("planned",)]


def test_a_phase_told_after_it_began_and_of_a_project_that_stopped():
    """A plan of a phase that began is not open; of a suspended project nothing is expected."""
    reached = given(
        VNA, ProjectPhaseReached("road", phase="bridge", on="2010"),
        ("2011-04-01", "B", "news"), ProjectPhasePlanned("road", phase="bridge", planned="2013"),
    )  # fmt: skip
    story = [VNA, ProjectLaunched("road", on="2010"), ProjectPhasePlanned("road", phase="tunnel"),
             ("2012-01-01", "B", "news"), ProjectSuspended("road", on="2012-01-01")]  # fmt: skip

    assert reached.projects["road"].planned_phases == ()
    assert given(*story).overdue() == ()
    later = given(*story, ("2012-02-01", "B", "news"), ProjectPhasePlanned("road", phase="bridge"))
    assert [row.phase for row in later.projects["road"].planned_phases] == ["tunnel", "bridge"]
    assert later.overdue() == ()


# ---- preparation, delay ----


def test_a_project_in_preparation():
    """A feasibility report is expected by December, and the project is to start early in 2006 (India, Japan)."""
    record = given(
        ("2005-08-01", "Projects Today", "news"),
        ProjectPreparationReported(
            "freight-corridor", stage="the feasibility report is expected by December", planned="2006",
            timing="by early 2006", force="hoped", parties=["IN", "JP"],
        ),
    )  # fmt: skip
    state = record.projects["freight-corridor"]

    assert (state.status, state.stage) == ("preparing", "the feasibility report is expected by December")
    assert (state.timing, state.force, state.launched_on) == ("by early 2006", "hoped", None)
    assert due(record.as_of("2005-09-01")) == [(None, "2006")]


def test_a_start_that_is_postponed():
    """A tender is put off for a third time, until 2013: not launched, and expected then (Brazil, 2012)."""
    story = [
        ("2012-05-01", "Railway Journal", "news"), ProjectPlanned("high-speed", planned="2012-09"),
        RAIL, ProjectPostponed("high-speed", on="2012-08-30", planned="2013", reason="no bidders"),
    ]  # fmt: skip
    record = given(*story)
    state = record.projects["high-speed"]
    resumed = given(*story, ("2013-06-01", "Daily", "news"), ProjectPlanned("high-speed", planned="2014"))

    assert (state.status, state.reason, state.postponed_on) == ("postponed", "no bidders", ps.When("2012-08-30"))
    assert state.previous_dates == (ps.When("2012-09"),)
    assert due(record.as_of("2012-10-01")) == [(None, "2013")]
    assert resumed.projects["high-speed"].status == "planned"


def test_a_start_that_is_postponed_without_a_date():
    """It is open without a date, and the phases that were planned stay planned."""
    record = given(
        RAIL, ProjectPlanned("rail", planned="2012-09"), ProjectPhasePlanned("rail", phase="signals", planned="2015"),
        ("2012-12-01", "Daily", "news"), ProjectPostponed("rail"),
    )  # fmt: skip

    assert record.projects["rail"].status == "postponed"
    assert due(record.as_of("2012-12-31")) == [("begin signals", "2015")]


# ---- how long ----


def test_a_programme_that_runs_for_some_years_and_is_carried_on():
    """A programme of 2014 to 2017 is followed by a second one of 2018 to 2020 (EU and Africa)."""
    record = given(
        ("2014-08-06", "Diplomatic Times", "news"),
        ProjectLaunched(
            "pan-african-1", on="2014-08-06", ordinal="first", period="2014/2017", budget=ps.Money("415000000", "EUR"),
        ),
        ("2018-05-23", "tralac", "news"),
        ProjectLaunched(
            "pan-african-2", on="2018-05-23", ordinal="second", period="2018/2020", continues="pan-african-1",
            budget=ps.Money("400000000", "EUR"),
        ),
    )  # fmt: skip
    second = record.projects["pan-african-2"]

    assert (second.period, second.continues, second.ordinal) == (ps.When("2018/2020"), "pan-african-1", "second")
    assert "project:pan-african-2" in {link.subject for link in record.dossier("project:pan-african-1").links}


def test_how_long_a_project_runs():
    """Three years, from 2008 to 2010; another source gives only the length, a third one another length (ECO)."""
    record = given(
        ECO, ProjectLaunched("biotechnology", period="2008/2010", locations="Karaj"),
        ProjectLaunched("standards", duration="P10M"),
        ("2009-08-01", "Daily", "news"), ProjectCompleted("standards", duration="P1Y"),
    )  # fmt: skip

    assert record.projects["biotechnology"].period == ps.When("2008/2010")
    assert (str(record.projects["standards"].duration), record.projects["standards"].disputed) == (
        "ten months",
        ("duration",),
    )


def test_a_line_that_is_begun_cancelled_and_begun_again():
    """Work began in 2011, was cancelled in 2014, restarted in 2017 and stopped again in 2019 (Astana)."""
    record = given(
        ("2023-01-01", "Railway Gazette", "news"),
        ProjectLaunched("light-metro", on="2011-07-04"),
        ProjectCancelled("light-metro", on="2014"),
        ProjectResumed("light-metro", on="2017"),
        ProjectSuspended("light-metro", on="2019"),
    )

    days = ("2012-01-01", "2015-01-01", "2018-01-01")
    on = [record.as_of(on=day).projects["light-metro"].status for day in days]
    assert on == ["launched", "cancelled", "launched"]
    assert record.projects["light-metro"].status == "suspended"
    assert "launched-after-cancelled" not in finding_slugs(record)


# ---- parts and wholes ----


def test_a_group_of_projects_with_parts():
    """The first twelve projects of a programme, for 107.2 million euros in total, are about to start (EU, Africa)."""
    record = given(
        ("2014-11-28", "Agence Europe", "news"),
        ProjectLaunched("pan-african", on="2014-08-06", parties=["EU", "AU"]),
        ProjectPreparationReported(
            "first-twelve", count=12, part_of="pan-african", ordinal="first", budget=ps.Money("107200000", "EUR"),
            stage="approved by the Commission", timing="about to be launched",
        ),
        ProjectApproved("first-twelve", part_of="project:pan-african", on="2014-11-27"),
    )  # fmt: skip
    part, whole = record.projects["first-twelve"], record.projects["pan-african"]

    assert (part.count, part.part_of, part.budget) == (
        ps.Count(12), "project:pan-african", ps.Money("107200000", "EUR"),
    )  # fmt: skip
    assert (whole.parts, whole.count, whole.budget) == (("project:first-twelve",), None, None)
    assert part.launched_on is None
    assert "Parts: project:first-twelve" in str(record.dossier("pan-african"))


def test_so_many_projects_of_which_some_are_named():
    """Of 55 projects two are named: the group, its parts, and what is said of the parts alone stay apart (India)."""
    record = given(
        ("2017-11-03", "PIB", "official-release"),
        ProjectLaunched("adb-india", count=55, budget=ps.Money("13500000000", "USD")),
        ProjectLaunched("kolkata", part_of="adb-india", locations="Kolkata", title="Kolkata Environmental Improvement"),
        ProjectCompleted("uttarakhand", part_of="adb-india", on="2017", title="Uttarakhand Emergency Assistance"),
        ProjectCancelled("metro", part_of="adb-india", additional_to="project:kolkata"),
    )
    whole = record.projects["adb-india"]

    assert (whole.count, whole.status) == (ps.Count(55), "launched")
    assert whole.parts == ("project:kolkata", "project:metro", "project:uttarakhand")
    assert record.projects["metro"].additional_to == ("project:kolkata",)
    assert "launched-after-cancelled" not in finding_slugs(record, "project:adb-india")
    assert "launched-and-cancelled-by-one-source" not in finding_slugs(record, "project:adb-india")


def test_a_part_of_something_else():
    """A project may be a part of a plan, a document or a fund; the whole is linked."""
    record = given(VNA, ProjectPlanned("bridge", part_of="commitment:roads"), ProjectPlanned("b", part_of="plan:p"))

    assert record.projects["bridge"].part_of == "commitment:roads"
    assert [link.subject for link in record.dossier("b").links] == ["plan:p"]


def test_wholes_on_which_sources_differ():
    """They are a dispute."""
    record = given(
        VNA, ProjectApproved("bridge", part_of="roads"), ("2012-01-01", "B", "news"),
        ProjectLaunched("bridge", part_of="rails"),
    )  # fmt: skip

    assert record.projects["bridge"].disputed == ("part_of",)


# ---- completion and progress ----


def test_when_a_project_and_a_phase_are_to_be_completed():
    """The line is to be completed by the end of 2028, its first section in 2025; the first one is, the other waits."""
    story = [
        ("2021-03-01", "Xinhua", "news"),
        ProjectLaunched("railway", on="2021-02"),
        ProjectCompletionPlanned("railway", planned="2028", timing="by the end of 2028", force="expected"),
        ProjectCompletionPlanned("railway", phase="first section", planned="2025"),
    ]
    done = given(
        *story, ("2026-01-05", "Xinhua", "news"),
        ProjectPhaseCompleted("railway", phase="first section", on="2025-12-30"),
    )  # fmt: skip
    row = done.projects["railway"].phases[0]

    assert due(given(*story).as_of("2022-01-01")) == [("complete first section", "2025"), ("complete", "2028")]
    assert (row.is_completed, row.completed_on, row.on) == (True, ps.When("2025-12-30"), None)
    assert due(done) == [("complete", "2028")]
    assert done.projects["railway"].status == "launched"
    over = given(*story, ("2027-01-05", "Xinhua", "news"), ProjectCompleted("railway", on="2027-01-04"))
    assert due(over.as_of("2030-01-01")) == []


def test_a_phase_that_begins_and_is_completed():
    """Both dates stand in one row, whichever is told first; what was completed is not planned any more."""
    record = given(
        VNA, ProjectPhaseCompleted("road", phase="bridge", on="2010-12"),
        ProjectPhaseReached("road", phase="bridge", on="2009"),
        ("2011-05-01", "B", "news"), ProjectCompletionPlanned("road", phase="bridge", planned="2012"),
        ("2011-06-01", "C", "news"), ProjectPhaseCompleted("road", phase="bridge", on="2010-11"),
    )  # fmt: skip
    state = record.projects["road"]

    assert [(row.phase, str(row.on), row.is_disputed) for row in state.phases] == [("bridge", "2009", True)]
    assert (state.outstanding, state.disputed) == ((), ("phases",))


def test_a_completion_without_a_date():
    """It is open without one until it has one."""
    story = [VNA, ProjectLaunched("road", on="2010"), ProjectCompletionPlanned("road", timing="soon")]
    record = given(*story, ("2011-04-01", "B", "news"), ProjectCompletionPlanned("road", timing="before long"))

    assert [(item.act, item.standing, str(item.since)) for item in record.overdue()] == [
        ("complete", "without-date", "2011-03-10")
    ]
    later = given(*story, ("2011-04-01", "B", "news"), ProjectCompletionPlanned("road", planned="2030"))
    assert due(later) == [("complete", "2030")]


def test_how_much_is_done():
    """Twenty per cent of a corridor is done, and later 45; of its eastern section 351 of 538 km are laid (India)."""
    record = given(
        ("2014-05-01", "Rediff", "news"),
        ProjectProgressReported("corridor", as_of="2014-05", share=20, text="progress is just 20 per cent"),
        ("2016-07-04", "Asian Age", "news"),
        ProjectProgressReported("corridor", as_of="2016-06", share=45),
        ProjectProgressReported("corridor", as_of="2016-06", phase="eastern section", done=351, total=538, verb="laid"),
    )
    rows = record.projects["corridor"].progress

    assert [(str(row.as_of), row.phase, str(row.share or row.done)) for row in rows] == [
        ("2014-05", None, "20 %"), ("2016-06", None, "45 %"), ("2016-06", "eastern section", "351"),
    ]  # fmt: skip
    assert not finding_slugs(record) & {"progress-falls", "total-changes"}
    assert [str(row.as_of) for row in record.as_of("2015-01-01").projects["corridor"].progress] == ["2014-05"]


def test_progress_on_which_sources_differ_and_that_falls():
    """Two figures of one day are a dispute; a lower one of a later day is found."""
    record = given(
        ("2014-05-01", "A", "news"), ProjectProgressReported("road", as_of="2014-05", share=20),
        ("2014-05-02", "B", "news"), ProjectProgressReported("road", as_of="2014-05", share=30),
        ("2015-05-02", "B", "news"), ProjectProgressReported("road", as_of="2015-05", share=10),
    )  # fmt: skip

    assert record.projects["road"].disputed == ("progress",)
    assert "progress-falls" in finding_slugs(record)


# ---- money ----


def test_what_was_spent_and_who_paid_half():
    """A project of ten months cost 56,906.38 dollars, of which the organization paid half (ECO, 2007)."""
    record = given(
        ECO,
        ProjectCompleted("trade-capacity", period="2007-03/2007-12", title="Trade capacity building, first phase"),
        ProjectSpendingReported("trade-capacity", as_of="2009-07", stage="spent", amount=ps.Money("56906.38", "USD")),
        ProjectFunded("trade-capacity", giver="ECO", share=50, amount=ps.Money("28453.19", "USD")),
        ProjectFunded("trade-capacity", giver="UNIDO", share=50, amount=ps.Money("28453.19", "USD")),
    )
    state = record.projects["trade-capacity"]

    assert [(row.stage, str(row.amount)) for row in state.spending] == [("spent", "56,906.38 USD")]
    assert [(row.giver, str(row.share)) for row in state.fundings] == [("ECO", "50 %"), ("UNIDO", "50 %")]
    assert (state.status, state.disputed) == ("completed", ())


def test_stages_of_money_by_a_day():
    """Of 13.5 billion dollars works of 9.6 are under way and 5.4 are disbursed, as of October 2017 (India, ADB)."""
    billion = lambda number: ps.Money(f"{number}00000000", "USD")  # noqa: E731
    record = given(
        ("2017-11-03", "PIB", "official-release"),
        ProjectLaunched("adb-india", count=55, budget=billion(135)),
        ProjectSpendingReported("adb-india", as_of="2017-10", stage="committed", amount=billion(96)),
        ProjectSpendingReported("adb-india", as_of="2017-10", stage="disbursed", amount=billion(54)),
        ("2018-11-03", "PIB", "official-release"),
        ProjectSpendingReported("adb-india", as_of="2018-10", stage="disbursed", amount=billion(60)),
    )
    state = record.projects["adb-india"]

    assert [(str(row.as_of), row.stage) for row in state.spending] == [
        ("2017-10", "committed"), ("2017-10", "disbursed"), ("2018-10", "disbursed"),
    ]  # fmt: skip
    assert record.disputes() == ()
    assert "5,400,000,000 USD" in str(record.dossier("adb-india"))


def test_a_budget_in_two_currencies():
    """The sum is printed in euros and in dollars; when another budget is believed, the equivalent ends with it."""
    story = [
        ("2018-05-23", "tralac", "news"),
        ProjectApproved("jobs", budget=ps.Money("400000000", "EUR"), equivalent=ps.Money("470000000", "USD", "about")),
    ]
    raised = given(
        *story, ("2019-01-01", "EU", "official-text"), ProjectLaunched("jobs", budget=ps.Money("500000000", "EUR")),
    )  # fmt: skip

    assert given(*story).projects["jobs"].equivalent == ps.Money("470000000", "USD", "about")
    assert raised.projects["jobs"].budget == ps.Money("500000000", "EUR")


def test_two_sources_of_money():
    """A first phase of 200 million dollars is paid with 150 of an association, as a credit, and the rest by a bank."""
    record = given(
        VNA,
        ProjectFunded("water-1", giver="IDA", amount=ps.Money("150000000", "USD"), instrument="credit-line",
                      giver_nature="public", equivalent=ps.Money("3000000000000", "VND", "about")),
        ProjectFunded("water-1", giver="IBRD", instruments=["loan", "guarantee"], part_of="urban-water"),
        ("2011-03-12", "B", "news"), ProjectFunded("water-1", giver="IDA", amount=ps.Money("160000000", "USD")),
    )  # fmt: skip
    state = record.projects["water-1"]
    by_giver = {row.giver: row for row in state.fundings}

    assert by_giver["IDA"].equivalents == (ps.Money("3000000000000", "VND", "about"),)
    assert (by_giver["IDA"].instrument, by_giver["IDA"].giver_nature) == ("credit-line", "public")
    assert by_giver["IBRD"].instruments == ("guarantee", "loan")
    assert (state.disputed, by_giver["IDA"].is_disputed) == (("fundings",), True)


def test_figures_of_spending_that_differ():
    """Two amounts of one stage and day are a dispute."""
    record = given(
        VNA, ProjectSpendingReported("road", as_of="2011", stage="spent", share=40),
        ("2011-03-12", "B", "news"), ProjectSpendingReported("road", as_of="2011", stage="spent", share=60),
    )  # fmt: skip

    assert record.projects["road"].disputed == ("spending",)


def test_a_project_that_is_part_of_itself():
    """It is refused, as one that adds to itself or carries itself on."""
    for fields in ({"part_of": "a"}, {"additional_to": "a"}, {"continues": "a"}):
        with pytest.raises(ps.errors.InvalidEvent, match="itself"):
            ProjectLaunched("a", **fields)
