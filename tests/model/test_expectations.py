"""Expectations: what a newer plan does to planned dates, and which ones an outcome meets."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from attrs import field, frozen
from hypothesis import assume, given
from hypothesis import strategies as st

import partnership as ps
from partnership.events import (
    CommitmentMade,
    CommitmentProgressReported,
    CommitmentSpecified,
    CourseCancelled,
    CoursePlanned,
    DialoguePreparationReported,
    DocumentNotAdopted,
    DocumentPlanned,
    MeetingAgreed,
    MeetingCancelled,
    MeetingPostponed,
    MeetingScheduled,
    MissionPlanned,
    ParticipationAnnounced,
    ProjectCancelled,
    ProjectPlanned,
    ProposalDeferred,
    RoleExpected,
    ThemedYearOpeningPlanned,
    VisitAnnounced,
    VisitCancelled,
    VisitPostponed,
)
from partnership.model import converters
from partnership.model.expectations import Expectation, Outcome, _without, outstanding
from partnership.testing import scenario, whens

SOMETIME = date(2020, 1, 1)


def expecting(*days):
    """Return expectations of these days."""
    return [Expectation(ps.When(day), SOMETIME, ()) for day in days]


def came(earliest, latest=None):
    """Return an outcome on a day, or between two."""
    first = earliest and date.fromisoformat(earliest)
    return Outcome(first, date.fromisoformat(latest) if latest else first)


def still_open(expected, *outcomes):
    """Return the days that are still open."""
    return [str(expectation.planned) for expectation in outstanding(expected, outcomes)]


# ---- outcomes ----


def test_no_outcome():
    """Everything is outstanding."""
    assert still_open(expecting("2021", "2022")) == ["2021", "2022"]


def test_an_outcome_within_one_day_planned():
    """It meets that one, whichever was planned first."""
    assert still_open(expecting("2021", "2022"), came("2022-05-01")) == ["2021"]


def test_an_outcome_that_lies_within_none():
    """It meets the first that it came after, and none that it came before."""
    assert still_open(expecting("2021-02", "2021-11"), came("2021-05-01")) == ["2021-11"]
    assert still_open(expecting("2021-02", "2021-11"), came("2021-01-31")) == ["2021-02", "2021-11"]


def test_a_late_outcome_beside_one_on_time():
    """The one on time meets its own date; the late one meets the date that remains."""
    assert still_open(expecting("2021-02", "2021-04"), came("2021-04-10"), came("2021-03-10")) == []
    assert still_open(expecting("2021-02", "2021-04"), came("2021-04-10"), came("2021-04-20")) == []


def test_two_outcomes_of_one_year():
    """One meets the year; the other does not meet one that begins later."""
    assert still_open(expecting("2021", "2022"), came("2021-03-01"), came("2021-09-01")) == ["2022"]


def test_an_outcome_that_came_some_time():
    """Bounded only by its report, it may have been on any day before that."""
    assert still_open(expecting("2021", "2022"), came(None, "2021-06-01")) == ["2022"]
    assert still_open(expecting("2021-07"), came(None, "2021-06-01")) == ["2021-07"]


def test_an_outcome_that_begins_on_the_last_day_of_one_month():
    """It falls into both months and meets the first."""
    assert still_open(expecting("2021-01", "2021-02"), came("2021-01-31", "2021-02-05")) == ["2021-02"]


def test_days_with_an_open_end():
    """A plan from a day on, or up to a day, is met by any outcome in that range."""
    assert still_open(expecting("2021/.."), came("2031-01-01")) == []
    assert still_open(expecting("../2021"), came("1991-01-01")) == []
    assert still_open(expecting("../2021"), came("2022-01-01")) == []
    assert still_open(expecting("2021/.."), came("2020-12-31")) == ["2021/.."]


def expectations():
    """Generate a few expectations in their order."""
    days = st.lists(whens(), max_size=5, unique=True)
    return days.map(
        lambda members: sorted(expecting(*members), key=lambda expectation: expectation.planned.earliest or date.min)
    )


@st.composite
def outcomes(draw):
    """Generate an outcome on a day, between two, or up to one."""
    first, length = draw(st.integers(-10, 50)), draw(st.integers(0, 10))
    day = date(2020, 5, 15) + timedelta(first)
    return Outcome(draw(st.sampled_from([day, day, None])), day + timedelta(length))


@given(expectations(), st.lists(outcomes(), max_size=5))
def test_any_outcomes(expected, came):
    """What is outstanding was expected, in the same order, and each outcome meets at most one."""
    left = outstanding(expected, came)

    assert [expectation for expectation in expected if expectation in left] == list(left)
    assert len(left) >= len(expected) - len(came)


@given(expectations(), st.lists(outcomes(), max_size=5), outcomes())
def test_one_more_outcome(expected, came, more):
    """It meets at most one more, and none becomes outstanding again."""
    before, after = outstanding(expected, came), outstanding(expected, [*came, more])

    assert set(after) <= set(before)
    assert len(after) >= len(before) - 1


@given(expectations(), st.lists(outcomes(), max_size=5), st.randoms(use_true_random=False))
def test_outcomes_in_any_order(expected, came, random):
    """Their order does not matter."""
    shuffled = random.sample(came, len(came))

    assert outstanding(expected, shuffled) == outstanding(expected, came)


# ---- what a newer plan does ----


@given(st.lists(whens(), min_size=2, max_size=6))
def test_any_plans_one_after_another(plans):
    """Every planned date stays expected, is refined, or has moved; each new one, or a finer one, is expected.

    Unless it was past when it was said: then it may be a previous one at once.
    """
    story = [
        part
        for place, plan in enumerate(plans)
        for part in ((f"2020-01-{place + 1:02}", "TASS"), CoursePlanned("biosafety", planned=plan))
    ]
    record = scenario.given(*story)
    states = [record.as_of(f"2020-01-{place + 1:02}").courses["biosafety"] for place in range(len(plans))]

    for place, ((before, after), plan) in enumerate(zip(pairwise(states), plans[1:], strict=True), 2):
        now = [expectation.planned for expectation in after.expected]
        for day in plan.members:
            is_history = day.surely_before(f"2020-01-{place:02}") and day in after.previous_dates
            assert is_history or day in now or any(day.covers(other) for other in now)
        assert len({*after.previous_dates, *now}) == len(after.previous_dates) + len(now)
        assert {*before.previous_dates} <= {*after.previous_dates, *now}
        for expectation in before.expected:
            assert (
                expectation.planned in now
                or expectation.planned in after.previous_dates
                or any(expectation.planned.covers(day) for day in now)
            )


@given(st.lists(whens(), min_size=1, max_size=4))
def test_a_plan_told_twice(plans):
    """The second time only adds claims."""
    story = [
        part
        for place, plan in enumerate(plans)
        for part in ((f"2020-01-{place + 1:02}", "TASS"), CoursePlanned("biosafety", planned=plan))
    ]
    once = scenario.given(*story).courses["biosafety"]
    twice = scenario.given(*story, ("2020-02-01", "VNA"), CoursePlanned("biosafety", planned=plans[-1])).courses[
        "biosafety"
    ]

    assert [(expectation.planned, expectation.since) for expectation in twice.expected] == [
        (expectation.planned, expectation.since) for expectation in once.expected
    ]
    assert twice.previous_dates == once.previous_dates


def test_two_days_within_one_that_was_expected():
    """One of them refines it, and both are expected."""
    state = scenario.given(
        ("2020-01-01", "TASS"), CoursePlanned("biosafety", planned="2021"),
        ("2020-01-02", "TASS"), CoursePlanned("biosafety", planned="{2021-05,2021-11}"),
    ).courses["biosafety"]  # fmt: skip

    assert [str(expectation.planned) for expectation in state.expected] == ["2021-05", "2021-11"]
    assert state.previous_dates == ()


def test_a_day_said_again_beside_a_finer_one():
    """Both are expected: each earlier date is refined by at most one newer date."""
    state = scenario.given(
        ("2020-01-01", "TASS"), CoursePlanned("biosafety", planned="2021-05"),
        ("2020-01-02", "TASS"), CoursePlanned("biosafety", planned="{2021,2021-05}"),
    ).courses["biosafety"]  # fmt: skip

    assert [str(expectation.planned) for expectation in state.expected] == ["2021", "2021-05"]
    assert state.previous_dates == ()


def test_a_month_after_a_day_in_it():
    """A newer and vaguer plan moves nothing: the day stays expected, with the claims of both."""
    record = scenario.given(
        ("2020-01-01", "TASS"), CoursePlanned("biosafety", planned="2021-12-15"),
        ("2020-01-02", "VNA"), CoursePlanned("biosafety", planned="2021-12"),
    )  # fmt: skip
    state = record.courses["biosafety"]

    assert [str(expectation.planned) for expectation in state.expected] == ["2021-12-15"]
    assert state.previous_dates == ()
    assert set(state.expected[0].claims) == {entry.claim.id for entry in record.entries()}
    assert state.expected[0].since == date(2020, 1, 1)


def test_a_year_after_two_months_in_it():
    """It repeats both; the other date of the new plan is expected too."""
    state = scenario.given(
        ("2020-01-01", "TASS"), CoursePlanned("biosafety", planned="{2021-05,2021-11}"),
        ("2020-01-02", "VNA"), CoursePlanned("biosafety", planned="{2021,2022}"),
    ).courses["biosafety"]  # fmt: skip

    assert [str(expectation.planned) for expectation in state.expected] == ["2021-05", "2021-11", "2022"]
    assert state.previous_dates == ()


def test_a_day_up_to_another_beside_one_of_its_own():
    """A date without a beginning comes first."""
    state = scenario.given(
        ("2020-01-01", "TASS"), CoursePlanned("biosafety", planned="{2021,2022}"),
        ("2020-01-02", "TASS"), CoursePlanned("biosafety", planned="../2021-06"),
    ).courses["biosafety"]  # fmt: skip

    assert [str(expectation.planned) for expectation in state.expected] == ["../2021-06", "2022"]
    assert state.previous_dates == (ps.When("2021"),)


# ---- which newer plans restate an older one ----

FAMILIES = {
    "meetings": lambda day: MeetingScheduled("a", planned=day),
    "meetings agreed": lambda day: MeetingAgreed("a", planned=day),
    "documents": lambda day: DocumentPlanned("a", planned=day, act="sign"),
    "courses": lambda day: CoursePlanned("a", planned=day),
    "courses by run": lambda day: CoursePlanned("a", run="first", planned=day),
    "visits": lambda day: VisitAnnounced("a", planned=day),
    "participations": lambda day: ParticipationAnnounced("a", meeting="m", planned=day),
    "missions": lambda day: MissionPlanned("a", planned=day),
    "projects": lambda day: ProjectPlanned("a", planned=day),
    "themed_years": lambda day: ThemedYearOpeningPlanned("a", planned=day),
    "dialogues": lambda day: DialoguePreparationReported("a", planned=day),
    "commitments": lambda day: CommitmentSpecified("a", due=day),
    "proposals": lambda day: ProposalDeferred("a", until=day),
    "rotations": lambda day: RoleExpected("a", holder="RU", planned=day),
}
"""By family, with the name of its states first: a function that returns an event which plans for a day."""


def planned_twice(family, first, second, told):
    """Return what is expected, and what was expected before, after two plans of which the second is told on a day."""
    plan = FAMILIES[family]
    record = scenario.given(
        ("2020-05-01", "TASS", "news"), plan(first), (str(told), "VNA", "news"), plan(second), today="2020-12-31"
    )
    state = getattr(record, family.split()[0])["a"]
    return [str(item.planned) for item in state.outstanding], [str(day) for day in state.previous_dates]


def is_open(day):
    """Tell whether a date is bounded on one side only."""
    return None in (day.earliest, day.latest)


@given(st.sampled_from(sorted(FAMILIES)), whens(), whens(), st.integers(1, 60))
def test_a_newer_plan_of_any_family(family, first, second, days):
    """It restates the older one, makes it more precise, or replaces it."""
    assume(len(first.members) == len(second.members) == 1)
    told = date(2020, 5, 1) + timedelta(days)
    is_equal = first.covers(second) and second.covers(first)
    is_coarser = second.covers(first) and not is_open(second) and not first.surely_before(told)
    if is_equal or is_coarser:
        answer = [str(first)], []
    elif first.covers(second) and not is_open(second):
        answer = [str(second)], []
    elif second.surely_before(told) and not first.surely_before(told) and not first.maybe_overlaps(second):
        answer = [str(first)], [str(second)]
    else:
        answer = [str(second)], [str(first)]

    assert planned_twice(family, first, second, told) == answer


@pytest.mark.parametrize(
    ("first", "second", "told", "answer"),
    [
        ("../2020-07-31", "../2020-10-31", "2020-08-09", (["../2020-10-31"], ["../2020-07-31"])),
        ("../2020-07-31", "../2020-10-31", "2020-06-09", (["../2020-10-31"], ["../2020-07-31"])),
        ("../2020-07-31", "../2020-06-30", "2020-06-09", (["../2020-06-30"], ["../2020-07-31"])),
        ("../2020-07-31", "2020-07-15", "2020-06-09", (["2020-07-15"], [])),
        ("2020-07-15", "../2020-07-31", "2020-06-09", (["../2020-07-31"], ["2020-07-15"])),
        ("2020-09/..", "2020-07/..", "2020-06-09", (["2020-07/.."], ["2020-09/.."])),
        ("2020-07", "2020", "2020-08-01", (["2020"], ["2020-07"])),
        ("2020-07", "2020", "2020-07-31", (["2020-07"], [])),
        ("2020-07-15", "2020-07", "2020-07-16", (["2020-07"], ["2020-07-15"])),
        ("2020-07-15", "2020-07", "2020-07-15", (["2020-07-15"], [])),
        ("2020-07", "[2020-07-01..2020-07-31]", "2020-08-15", (["2020-07"], [])),
    ],
)
def test_a_newer_plan(first, second, told, answer):
    """A vaguer date said after the older day was past is another date, and so is another open bound."""
    for family in FAMILIES:
        assert planned_twice(family, first, second, told) == answer, family


def test_a_vaguer_plan_said_in_time_and_printed_late():
    """The day on which it was said decides: it repeats a date that was still to come."""
    record = scenario.given(
        ("2020-05-01", "TASS"), MeetingScheduled("m", planned="2020-07-15"),
        ("2020-08-09", "VNA"), MeetingScheduled("m", planned="2020", on="2020-07-01"),
    )  # fmt: skip

    assert [str(item.planned) for item in record.overdue()] == ["2020-07-15"]


@pytest.mark.parametrize("source", [("2020", "VNA"), ("2020-07", "VNA")])
def test_a_vaguer_plan_of_an_unknown_day(source):
    """It may have been printed while the older day was still to come, so it moves nothing."""
    record = scenario.given(
        ("2020-05-01", "TASS"),
        MeetingScheduled("m", planned="2020-07-15"),
        source,
        MeetingScheduled("m", planned="2020"),
    )

    assert ([str(item.planned) for item in record.overdue()], record.meetings["m"].previous_dates) == (
        ["2020-07-15"],
        (),
    )


def test_a_deadline_that_is_extended():
    """It is not overdue, and only the newer report says so."""
    record = scenario.given(
        ("2020-06-01", "TASS"), DocumentPlanned("d", planned="../2020-07-31", act="sign"),
        ("2020-08-09", "VNA"), DocumentPlanned("d", planned="../2020-10-31", act="sign"),
    )  # fmt: skip
    view = record.as_of("2020-09-01")

    assert [(str(item.planned), [one.publisher for one in item.sources]) for item in view.upcoming()] == [
        ("../2020-10-31", ["VNA"])
    ]
    assert (view.overdue(), view.documents["d"].previous_dates) == ((), (ps.When("../2020-07-31"),))


def test_a_year_that_covers_a_session_past_and_one_to_come():
    """It repeats the one to come; the other stays overdue, since no source says that it moved."""
    record = scenario.given(
        ("2020-01-01", "TASS"), CoursePlanned("c", planned="{2020-05,2020-11}"),
        ("2020-08-01", "VNA"), CoursePlanned("c", planned="2020"),
    )  # fmt: skip

    assert [str(item.planned) for item in record.as_of("2020-08-02").overdue()] == ["2020-05"]
    assert [str(item.planned) for item in record.as_of("2020-08-02").upcoming()] == ["2020-11"]


def test_a_postponement_to_a_vaguer_date():
    """It says that the date is another one, whenever it is told."""
    state = scenario.given(
        ("2020-01-01", "TASS"), MeetingScheduled("m", planned="2020-07-15"),
        ("2020-02-01", "VNA"), MeetingPostponed("m", planned="2020"),
    ).meetings["m"]  # fmt: skip

    assert ([str(item.planned) for item in state.expected], state.previous_dates) == (
        ["2020"],
        (ps.When("2020-07-15"),),
    )


# ---- states that show the date besides ----


@pytest.mark.parametrize(
    ("told", "due"), [("2020-06-01", "2020-07"), ("2020-08-01", "2020")], ids=["restated", "replaced"]
)
def test_the_due_day_of_a_commitment(told, due):
    """It is the one that is expected."""
    state = scenario.given(
        ("2020-01-01", "TASS"), CommitmentMade("c", due="2020-07"), (told, "VNA"), CommitmentSpecified("c", due="2020")
    ).commitments["c"]

    assert (str(state.due), [str(item.planned) for item in state.outstanding]) == (due, [due])


def test_the_due_day_of_a_commitment_in_progress():
    """It changes with what is expected, and so does the amount."""
    state = scenario.given(
        ("2020-01-01", "TASS"), CommitmentMade("c", due="2020-07", quantity=100),
        ("2020-03-01", "TASS"), CommitmentProgressReported("c", as_of="2020-03-01", done=7),
        ("2020-04-01", "VNA"), CommitmentSpecified("c", due="2020-09", quantity=50),
    ).commitments["c"]  # fmt: skip

    assert (state.status, str(state.due), state.quantity) == ("in-progress", "2020-09", ps.Count(50))
    assert [str(item.planned) for item in state.outstanding] == ["2020-09"]


def test_a_run_of_a_course_whose_day_is_restated():
    """A later plan of the run still finds the day that is expected, and a cancellation too."""
    story = (
        ("2020-01-01", "TASS"), CoursePlanned("c", run="first", planned="2020-07-15"),
        ("2020-02-01", "VNA"), CoursePlanned("c", run="first", planned="2020-07"),
    )  # fmt: skip
    moved = scenario.given(*story, ("2020-03-01", "VNA"), CoursePlanned("c", run="first", planned="2020-09"))
    cancelled = scenario.given(*story, ("2020-03-01", "VNA"), CourseCancelled("c", run="first"))

    assert str(scenario.given(*story).courses["c"].runs[0].planned) == "2020-07-15"
    assert [str(item.planned) for item in moved.courses["c"].outstanding] == ["2020-09"]
    assert cancelled.courses["c"].outstanding == ()


# ---- a user-defined state ----


@frozen
class Visit:
    """A state that plans and has no outcomes."""

    subject: str
    status: str | None = None
    expected: tuple[Expectation, ...] = ()
    previous_dates: tuple[ps.When, ...] = ()
    disputed: tuple[str, ...] = ()


@frozen(kw_only=True)
class SightingAnnounced(ps.Event):
    """A visit is announced."""

    name = "sighting-announced"
    kind = "visit"
    identity = ps.PER_PUBLICATION

    planned: ps.When | None = field(default=None, converter=converters.day)


visits = ps.Projection(
    "visits",
    Visit,
    ps.Lifecycle({"sighting-announced": ps.Step("announced", sets_plan=True)}, {"announced": 1}, collects={}).advance,
    kind="visit",
)


def test_a_state_without_outcomes():
    """The date planned before has moved, since nothing says that it was met."""
    record = scenario.given(
        ("2020-01-01", "TASS"), SightingAnnounced("minister", planned="2021"),
        ("2020-01-02", "TASS"), SightingAnnounced("minister", planned="2022"),
        kinds=[ps.Kind(SightingAnnounced.kind, [SightingAnnounced])],
    )  # fmt: skip
    visit = record.project(visits)["minister"]

    assert ([str(expectation.planned) for expectation in visit.expected], visit.previous_dates) == (
        ["2022"],
        (ps.When("2021"),),
    )


def moved_twice(*reports):
    """Return the expected and the previous dates of a meeting after reports, each a day and its events."""
    meeting = scenario.given(*[item for day, *events in reports for item in ((day, "TASS"), *events)]).meetings["m"]
    return [str(day.planned) for day in meeting.expected], [str(day) for day in meeting.previous_dates]


def test_reports_that_repeat_how_a_plan_moved():
    """Each date that no longer stands is a previous date once, however many reports tell of it."""
    story = MeetingScheduled("m", planned="2014-12-04"), MeetingPostponed("m", planned="2015")
    assert moved_twice(("2014-09-20", *story), ("2014-09-24", *story), ("2014-10-01", *story)) == (
        ["2015"],
        ["2014-12-04"],
    )


def test_a_plan_that_returns_to_an_older_date():
    """The date stands again, so it is no previous one."""
    days = [(f"2020-0{month}-01", MeetingScheduled("m", planned=day)) for month, day in
            ((1, "2020-10"), (2, "2020-11"), (3, "2020-10"))]  # fmt: skip
    assert moved_twice(*days) == (["2020-10"], ["2020-11"])


@pytest.mark.parametrize(
    ("kind", "plan", "call_off"),
    [
        ("meetings", MeetingScheduled("a", planned="2021-12"), MeetingCancelled("a")),
        ("meetings", MeetingScheduled("a", planned="2021-12"), MeetingPostponed("a", is_undated=True)),
        ("visits", VisitAnnounced("a", planned="2021-12"), VisitCancelled("a")),
        ("visits", VisitAnnounced("a", planned="2021-12"), VisitPostponed("a", is_undated=True)),
        ("projects", ProjectPlanned("a", planned="2021-12"), ProjectCancelled("a")),
        ("documents", DocumentPlanned("a", act="sign", planned="2021-12"), DocumentNotAdopted("a", act="sign")),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_plan_that_was_called_off_and_is_made_again(kind, plan, call_off):
    """The date stands again, so it is no previous one."""
    days = ("2021-01-01", "2021-02-01", "2021-03-01")
    story = [item for day, event in zip(days, (plan, call_off, plan), strict=True) for item in ((day, "TASS"), event)]
    state = getattr(scenario.given(*story), kind)["a"]
    assert [str(one.planned) for one in state.expected] == ["2021-12"]
    assert state.previous_dates == ()


@pytest.mark.parametrize("old", ["2014-12-04", "../2014-12-04", "2014-11"])
def test_a_date_that_was_past_when_it_was_reported(old):
    """It is history beside a date to come, and what is expected, and overdue, without one."""
    moved = ("2014-09-21", MeetingPostponed("m", planned="2015"))
    told = ("2014-12-10", MeetingScheduled("m", planned=old))
    assert moved_twice(moved, told) == (["2015"], [old])
    assert moved_twice(told) == ([old], [])
    assert moved_twice(("2014-09-21", MeetingScheduled("m", planned="2014-10")), told)[0] == [old]


def test_dates_of_which_some_were_past_when_they_were_reported():
    """Only those to come are expected, beside a date to come."""
    moved = ("2014-09-21", MeetingPostponed("m", planned="2016"))
    told = ("2014-12-10", MeetingScheduled("m", planned="{2014-12-04,2015}"))
    assert moved_twice(moved, told) == (["2015"], ["2014-12-04", "2016"])


def test_two_dates_in_one_report():
    """The later stands, whatever the alphabet says, and the document is found to contradict itself."""
    plans = [DocumentPlanned("d", act="sign", planned=day) for day in ("2025-12-20", "2026-01-12")]
    for events in (plans, plans[::-1]):
        record = scenario.given(("2025-12-20", "TASS"), *events)
        assert [str(day.planned) for day in record.documents["d"].expected] == ["2026-01-12"]
        assert "as `on`" in next(str(item) for item in record.findings() if item.slug == "self-contradiction")


_DAYS = st.lists(st.sampled_from([ps.When(f"2020-01-0{n}") for n in range(1, 6)]), max_size=3)


@given(steps=st.lists(st.tuples(st.integers(0, 2), _DAYS, _DAYS), max_size=20))
def test_previous_dates_of_several_subjects(steps):
    """Whichever is asked for next, each has its own, in the order in which they were replaced."""
    found = {}
    for subject, days, added in steps:
        before = found.get(subject, ())
        found[subject] = _without([Expectation(day, SOMETIME, ()) for day in days], before, added)
        assert found[subject] == tuple(day for day in dict.fromkeys((*before, *added)) if day not in days)
