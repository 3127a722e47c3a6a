"""Courses: several runs, each of which is met, moved or overdue independently."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import (
    CourseCancelled,
    CourseHeld,
    CourseParticipantsReported,
    CoursePlanned,
    CourseSeriesAnnounced,
)
from partnership.testing.scenario import finding_slugs, given

INTERVIEW = ("2020-11-16", "VNA", "news")
SPRING = ("2021-04-10", "TASS", "news")
AUTUMN = ("2021-10-10", "TASS", "news")
NEXT_YEAR = ("2022-11-10", "VNA", "news")
BOTH_YEARS = [INTERVIEW, CoursePlanned("biosafety", planned="{2021,2022}", place="Vladivostok", host="RU")]


def course(*story):
    """Record claims about one course, and return its state."""
    return given(*story).courses["biosafety"]


def days(expectations):
    """Return the planned dates as strings."""
    return [str(one.planned) for one in expectations]


def moved(state):
    """Return the previous dates as strings."""
    return list(map(str, state.previous_dates))


def due(view):
    """Return the dates that are overdue in a view."""
    return [str(one.planned) for one in view.overdue()]


# ---- the usual sequence ----


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (CourseSeriesAnnounced("biosafety"), "announced"),
        (CoursePlanned("biosafety"), "planned"),
        (CourseHeld("biosafety"), "held"),
        (CourseParticipantsReported("biosafety", participants=20), None),
        (CourseCancelled("biosafety"), "cancelled"),
        (CourseCancelled("biosafety", run="2021"), None),
    ],
    ids=repr,
)
def test_a_single_report(event, status):
    """Each event alone leads to its status, a count and the cancellation of one run to none."""
    assert course(SPRING, event).status == status


def test_a_cycle_of_three_years():
    """Announced, planned, held: the state has the values of each report."""
    state = course(
        ("2019-11-01", "Rospotrebnadzor", "official-release"),
        CourseSeriesAnnounced("biosafety", on="2019-10", period="2019/2021", institution="Rospotrebnadzor", host="ru"),
        ("2020-06-17", "MFA of Russia", "official-text"),
        CourseHeld("biosafety", run="2019", on="2019-12", place="Vladivostok", parties="asean", topics="epidemics"),
        *BOTH_YEARS,
    )

    assert (state.status, state.period) == ("planned", ps.When("2019/2021"))
    assert (state.announced_on, state.held_on) == (ps.When("2019-10"), ps.When("2019-12"))
    assert (state.host, state.institution, state.place) == ("RU", "Rospotrebnadzor", "Vladivostok")
    assert (state.parties, state.topics) == (("ASEAN",), ("epidemics",))
    assert days(state.outstanding) == ["2021", "2022"]


# ---- each year independently ----


def test_both_years_pass_without_a_report():
    """Each becomes overdue independently when it is over."""
    record = given(*BOTH_YEARS)

    assert due(record.as_of("2021-12-31")) == []
    assert due(record.as_of("2022-01-01")) == ["2021"]
    assert due(record.as_of("2023-01-01")) == ["2021", "2022"]


def test_the_first_year_was_held():
    """The second one is still planned, and so is the course."""
    record = given(*BOTH_YEARS, AUTUMN, CourseHeld("biosafety", run="2021", on="2021-09"))
    state = record.courses["biosafety"]

    assert (state.status, days(state.outstanding), moved(state)) == ("planned", ["2022"], [])
    assert due(record) == ["2022"]


def test_the_second_year_alone_was_held():
    """The first stays outstanding: no source says that it was held."""
    record = given(*BOTH_YEARS, NEXT_YEAR, CourseHeld("biosafety", run="2022", on="2022-10"))

    assert due(record) == ["2021"]


def test_both_years_were_held():
    """Nothing is outstanding and the course is held, even if an old plan is repeated."""
    story = [
        *BOTH_YEARS,
        AUTUMN, CourseHeld("biosafety", run="2021", on="2021-09"),
        NEXT_YEAR, CourseHeld("biosafety", run="2022", on="2022-10"),
    ]  # fmt: skip

    assert (course(*story).status, course(*story).outstanding) == ("held", ())
    assert course(*story, ("2022-12-01", "TASS"), CoursePlanned("biosafety", planned="2022")).status == "held"


def test_planned_again_without_a_date():
    """The course is planned, even if runs were held."""
    state = course(SPRING, CourseHeld("biosafety", on="2021-03"), AUTUMN, CoursePlanned("biosafety"))

    assert (state.status, state.expected) == ("planned", ())


def test_two_runs_in_the_first_year():
    """One of them meets it; the other is too early for the second year, which stays outstanding."""
    record = given(
        *BOTH_YEARS,
        AUTUMN, CourseHeld("biosafety", run="spring", on="2021-03"),
        CourseHeld("biosafety", run="autumn", on="2021-09"),
    )  # fmt: skip

    assert due(record) == ["2022"]


def test_a_run_held_late():
    """It meets the month before it, though it falls into no planned month."""
    record = given(
        INTERVIEW, CoursePlanned("biosafety", planned="{2021-03,2021-12}"),
        AUTUMN, CourseHeld("biosafety", on="2021-06"),
    )  # fmt: skip

    assert due(record) == ["2021-12"]


def test_a_run_held_before_its_month():
    """The month stays outstanding: it may have been another run."""
    record = given(
        INTERVIEW, CoursePlanned("biosafety", planned="2021-06"),
        SPRING, CourseHeld("biosafety", on="2021-03"),
    )  # fmt: skip

    assert due(record) == ["2021-06"]
    assert record.courses["biosafety"].status == "planned"


def test_a_run_reported_without_a_day():
    """It was over when it was published, so it may be the one planned before."""
    record = given(*BOTH_YEARS, AUTUMN, CourseHeld("biosafety"))

    assert due(record) == ["2022"]


def test_a_newer_plan_that_meets_one_year():
    """It refines only that one."""
    state = course(*BOTH_YEARS, SPRING, CoursePlanned("biosafety", planned="2022-05"))

    assert (days(state.expected), moved(state)) == (["2021", "2022-05"], [])


def test_a_newer_plan_that_meets_both_years():
    """Each of its dates refines its year."""
    state = course(*BOTH_YEARS, SPRING, CoursePlanned("biosafety", planned="{2021-11,2022-11}"))

    assert (days(state.expected), moved(state)) == (["2021-11", "2022-11"], [])


def test_a_newer_plan_that_meets_one_year_and_adds_another():
    """The first is refined, the new one is added, the other one stays."""
    state = course(*BOTH_YEARS, SPRING, CoursePlanned("biosafety", planned="{2021-11,2023}"))

    assert (days(state.expected), moved(state)) == (["2021-11", "2022", "2023"], [])


def test_a_newer_plan_that_meets_neither_year():
    """It replaces both, and both have moved."""
    state = course(*BOTH_YEARS, SPRING, CoursePlanned("biosafety", planned="2023"))

    assert (days(state.expected), moved(state)) == (["2023"], ["2021", "2022"])


def test_a_newer_plan_after_one_year_was_held():
    """Only the outstanding date has moved."""
    state = course(
        *BOTH_YEARS,
        AUTUMN, CourseHeld("biosafety", run="2021", on="2021-09"),
        ("2021-12-01", "VNA", "news"), CoursePlanned("biosafety", planned="2023"),
    )  # fmt: skip

    assert moved(state) == ["2022"]
    assert days(state.outstanding) == ["2023"]


def test_a_plan_of_some_day_in_two_months():
    """That is one course, not two."""
    record = given(AUTUMN, CoursePlanned("biosafety", planned="[2021-11..2021-12]"))

    assert due(record.as_of("2021-12-31")) == []
    assert due(record.as_of("2022-01-01")) == ["[2021-11..2021-12]"]


# ---- run by run ----

TWO_RUNS = [
    INTERVIEW, CoursePlanned("biosafety", run="spring", planned="2021-04", places=20, recurs="every year"),
    CoursePlanned("biosafety", run="autumn", planned="2021-11"),
]  # fmt: skip


def test_two_runs_that_one_page_plans():
    """They are two plans and not a dispute."""
    state = course(*TWO_RUNS)

    assert (days(state.expected), state.disputed) == (["2021-04", "2021-11"], ())
    assert [(row.run, str(row.planned)) for row in state.runs] == [("autumn", "2021-11"), ("spring", "2021-04")]
    assert (state.places, state.recurs) == (ps.Count(20), "every year")


def test_a_plan_of_one_run_that_moves():
    """Only that run moves, whether the new date overlaps the old one or not; a plan without a date moves nothing."""
    later = [SPRING, CoursePlanned("biosafety", run="autumn", planned="2021-12")]
    again = [AUTUMN, CoursePlanned("biosafety", run="autumn", title="Biosafety")]
    state = course(*TWO_RUNS, *later, *again)

    assert (days(state.expected), moved(state)) == (["2021-04", "2021-12"], ["2021-11"])
    assert str(state.runs[0].planned) == "2021-12"


def test_a_run_of_a_course_planned_before():
    """Its plan refines its year; the other year stays."""
    state = course(*BOTH_YEARS, SPRING, CoursePlanned("biosafety", run="2021", planned="2021-11"))

    assert (days(state.expected), moved(state)) == (["2021-11", "2022"], [])


def test_sources_that_differ_on_the_plan_of_a_run():
    """The run and the course are disputed."""
    state = course(
        *TWO_RUNS, ("2020-11-16", "TASS", "news"), CoursePlanned("biosafety", run="autumn", planned="2021-10")
    )

    assert [row.is_disputed for row in state.runs] == [True, False]
    assert "runs" in state.disputed


@pytest.mark.parametrize(
    ("called_off", "left"),
    [
        (CourseCancelled("biosafety", run="autumn"), ["2021-04"]),
        (CourseCancelled("biosafety", planned="2021-11"), ["2021-04"]),
        (CourseCancelled("biosafety", planned="2021-11-20"), ["2021-04"]),
        (CourseCancelled("biosafety", planned="2021-12"), ["2021-04", "2021-11"]),
        (CourseCancelled("biosafety", run="winter"), ["2021-04", "2021-11"]),
    ],
    ids=repr,
)
def test_a_planned_day_that_is_cancelled(called_off, left):
    """The named run or date is no longer expected; the rest of the course is unchanged."""
    state = course(*TWO_RUNS, SPRING, called_off)

    assert (state.status, days(state.outstanding)) == ("planned", left)


def test_the_last_planned_day_that_is_cancelled():
    """Nothing remains: the course is cancelled, or held if a run was held."""
    nothing = [SPRING, CourseCancelled("biosafety", planned="{2021,2022}")]
    held = [SPRING, CourseHeld("biosafety", run="2021", on="2021-03"), AUTUMN]

    assert course(*BOTH_YEARS, *nothing).status == "cancelled"
    assert course(*BOTH_YEARS, *held, CourseCancelled("biosafety", planned="{2021,2022}")).status == "held"


def test_a_run_that_is_planned_again():
    """It is no longer cancelled."""
    called_off = [SPRING, CourseCancelled("biosafety", run="autumn")]
    state = course(*TWO_RUNS, *called_off, AUTUMN, CoursePlanned("biosafety", run="autumn", planned="2021-12"))

    assert (state.runs[0].is_cancelled, days(state.expected)) == (False, ["2021-04", "2021-12"])


# ---- cancellations ----


def test_the_whole_course_cancelled():
    """Nothing is overdue; a new plan reopens it."""
    called_off = [*BOTH_YEARS, SPRING, CourseCancelled("biosafety", on="2021-04-01", reason="pandemic")]
    record = given(*called_off)
    state = record.courses["biosafety"]

    assert (state.status, state.cancelled_on, state.reason) == ("cancelled", ps.When("2021-04-01"), "pandemic")
    assert due(record) == []
    assert due(given(*called_off, AUTUMN, CoursePlanned("biosafety", planned="2023"))) == ["2023"]


def test_one_run_cancelled():
    """The status is unchanged, and the other values of the report are copied."""
    state = course(*BOTH_YEARS, SPRING, CourseCancelled("biosafety", run="2021", title="Biosafety course"))

    assert state.status == "planned"
    assert [(row.run, row.is_cancelled) for row in state.runs] == [("2021", True)]
    assert state.title == "Biosafety course"


def test_a_run_cancelled_and_given_all_the_same():
    """It gives a finding for that run; another run that was held does not."""
    called_off = [*BOTH_YEARS, SPRING, CourseCancelled("biosafety", run="2021", on="2021-04-05")]
    held = CourseHeld("biosafety", run="2021", on="2021-09")
    other = CourseHeld("biosafety", run="spring", on="2021-09")

    assert finding_slugs(given(*called_off, AUTUMN, held)) == {"held-after-cancelled"}
    assert finding_slugs(given(*called_off, AUTUMN, other)) == set()


def test_a_run_cancelled_when_it_may_have_been_over():
    """Overlapping dates give no finding."""
    story = [
        AUTUMN,
        CourseCancelled("biosafety", run="2021", on="2021"),
        CourseHeld("biosafety", run="2021", on="2021"),
    ]

    assert finding_slugs(given(*BOTH_YEARS, *story)) == set()


# ---- participants ----


def test_participants_by_party():
    """The run has the number of each party, and the total."""
    state = course(
        AUTUMN, CourseHeld("biosafety", run="2021", on="2021-09", participants=ps.Count(20, "at-least")),
        CourseParticipantsReported("biosafety", run="2021", party="vn", participants=5),
        CourseParticipantsReported("biosafety", run="2021", party="LA", participants=3),
        CourseParticipantsReported("biosafety", run="2022", participants=30),
    )  # fmt: skip
    first, second = state.runs

    assert first.participants == (("LA", ps.Count(3)), ("VN", ps.Count(5)), ("all", ps.Count(20, "at-least")))
    assert (first.on, second.on) == (ps.When("2021-09"), None)
    assert second.participants == (("all", ps.Count(30)),)


def test_a_finer_count():
    """A count of "at least 20" and one of 25 are not a dispute."""
    state = course(
        AUTUMN, CourseHeld("biosafety", run="2021", participants=ps.Count(20, "at-least")),
        NEXT_YEAR, CourseHeld("biosafety", run="2021", participants=25),
    )  # fmt: skip

    assert (state.runs[0].participants, state.disputed) == ((("all", ps.Count(25)),), ())


def test_sources_that_count_differently():
    """The run and the course are disputed, however many runs follow."""
    record = given(AUTUMN, CourseHeld("biosafety", run="2021", on="2021-09", participants=20))
    (wrong,) = record.add(
        CourseHeld("biosafety", run="2021", on="2021-09", participants=25),
        source=ps.Source("VNA", published="2021-10-11"),
    )
    record.add(CourseHeld("biosafety", run="2022", on="2022-09"), source=ps.Source("VNA", published="2022-10-11"))
    state = record.courses["biosafety"]

    assert [row.is_disputed for row in state.runs] == [True, False]
    assert state.disputed == ("runs",)

    record.retract(wrong, reason="that number is of another course")
    assert record.courses["biosafety"].disputed == ()


@pytest.mark.parametrize(
    ("told_first", "told_then", "is_odd"),
    [
        (20, 25, True),
        (ps.Count(20, "at-least"), 25, False),
        (25, ps.Count(20, "at-least"), False),
        (25, 25, False),
    ],
    ids=str,
)
def test_the_report_of_a_run_and_the_count_of_who_took_part(told_first, told_then, is_odd):
    """Of two that agree the more precise one wins; two that do not are disputed, and the last one wins."""
    record = given(
        *BOTH_YEARS, AUTUMN, CourseHeld("biosafety", run="2021", on="2021-09", participants=told_first),
        CourseParticipantsReported("biosafety", run="2021", participants=told_then),
    )  # fmt: skip
    (row,) = record.courses["biosafety"].runs

    assert (dict(row.participants)["all"].number, row.is_disputed) == (25, is_odd)
    assert finding_slugs(record) == ({"participants-differ"} if is_odd else set())


def test_more_participants_of_parties_than_in_total():
    """It gives a finding; an approximate number does not."""
    held = [*BOTH_YEARS, AUTUMN, CourseHeld("biosafety", run="2021", participants=7)]
    five = CourseParticipantsReported("biosafety", run="2021", party="VN", participants=5)
    three = CourseParticipantsReported("biosafety", run="2021", party="LA", participants=3)
    about = CourseParticipantsReported("biosafety", run="2021", party="LA", participants=ps.Count(3, "about"))

    assert finding_slugs(given(*held, five, three)) == {"participants-over-total"}
    assert finding_slugs(given(*held, five, about)) == set()


def test_a_group_of_unnamed_courses():
    """They are one subject with a count."""
    assert course(AUTUMN, CourseHeld("biosafety", count=ps.Count(2, "at-least"))).count == ps.Count(2, "at-least")


def test_sources_that_differ_on_the_day_of_a_run():
    """The run stays disputed; `held_on` is disputed until another run is reported."""
    story = [
        AUTUMN, CourseHeld("biosafety", run="2021", on="2021-09"),
        ("2021-10-11", "VNA", "news"), CourseHeld("biosafety", run="2021", on="2021-08"),
    ]  # fmt: skip

    assert course(*story).disputed == ("held_on", "runs")
    assert course(*story, NEXT_YEAR, CourseHeld("biosafety", run="2022", on="2022-10")).disputed == ("runs",)


def test_participants_of_a_course_that_no_source_reports_as_held():
    """It is a gap, until a source does."""
    counted = [*BOTH_YEARS, AUTUMN, CourseParticipantsReported("biosafety", run="2021", participants=20)]

    assert finding_slugs(given(*counted)) == {"participants-unheld"}
    assert finding_slugs(given(*counted, CourseHeld("biosafety", run="2021"))) == set()


# ---- what else is odd ----


def test_a_course_that_nobody_announced():
    """It is a gap, whatever is reported later; an earlier plan closes it."""
    runs = [AUTUMN, CourseHeld("biosafety", run="2021"), CourseHeld("biosafety", run="spring")]

    assert finding_slugs(given(*runs)) == {"held-unannounced"}
    assert finding_slugs(given(*runs, NEXT_YEAR, CoursePlanned("biosafety", planned="2023"))) == {"held-unannounced"}
    assert finding_slugs(given(*runs, *BOTH_YEARS)) == set()


@pytest.mark.parametrize("participants", [True, 1.5, "7", -1, None, b"7"])
def test_a_number_of_people_that_cannot_be(participants):
    """It is refused."""
    with pytest.raises(InvalidEvent, match=r"participants: .* is not a count; write a whole number, 0 or more"):
        CourseParticipantsReported("biosafety", participants=participants)
