"""The order of occurrences."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnership as ps
from partnership.engine.ordering import in_order, names_no_other_day
from partnership.events import (
    CourseCancelled,
    CoursePlanned,
    DialogueResumed,
    DialogueSuspended,
    DocumentNotAdopted,
    DocumentPlanned,
    MeetingAdjourned,
    MeetingAgreed,
    MeetingCancelled,
    MeetingConvened,
    MeetingHeld,
    MeetingPostponed,
    MeetingReplaced,
    MeetingRescheduled,
    MeetingScheduled,
    ParticipationAccepted,
    ParticipationAnnounced,
    ParticipationDeclined,
    ProjectPlanned,
    ProjectPostponed,
    ThemedYearOpened,
    ThemedYearOpeningPlanned,
    VisitAnnounced,
    VisitCancelled,
    VisitPostponed,
)
from partnership.model.event import fields_of
from partnership.testing import histories, scenario, ticking, write


def place_among_those_that_overlap(item):
    """Return the sort key of what nothing surely precedes: rank, plans that name no day first, publication, names."""
    event = item.event
    return (event.rank, not names_no_other_day(event), item.said, event.name, item.subject, item.key)


def in_order_by_definition(occurrences):
    """Order by the definition: what nothing surely precedes, by `place_among_those_that_overlap`."""
    left, ordered = list(occurrences), []
    while left:
        candidates = [
            item
            for item in left
            if not any(other.latest < (item.earliest or date.min) for other in left if other is not item)
        ]
        first = min(candidates, key=place_among_those_that_overlap)
        left.remove(first)
        ordered.append(first)
    return ordered


@given(history=histories(), random=st.randoms(use_true_random=False))
def test_occurrences_in_any_order(history, random):
    """The result is that of the definition, whatever the input order."""
    with ps.open(":memory:", clock=ticking()) as record:
        write(record, history)
        occurrences = list(record.occurrences)
        expected = in_order_by_definition(occurrences)
        random.shuffle(occurrences)
        assert in_order(occurrences) == expected


@given(history=histories())
def test_an_occurrence_that_surely_ended_before_another(history):
    """It comes first."""
    with ps.open(":memory:", clock=ticking()) as record:
        write(record, history)
        for first, second in itertools.combinations(in_order(record.occurrences), 2):
            assert not first.surely_after(second)


def test_vague_days_that_overlap():
    """The rank in the lifecycle decides: suspended in 2022 and resumed in September 2022, a dialogue is at work."""
    record = scenario.given(
        ("2023-01-01", "TASS", "news"),
        DialogueResumed("d", on="2022-09"),
        DialogueSuspended("d", on="2022"),
    )
    assert [occurrence.event.name for occurrence in in_order(record.occurrences)] == [
        "dialogue-suspended",
        "dialogue-resumed",
    ]
    assert record.dialogues["d"].status == "launched"


def test_an_occurrence_published_before_the_end_of_its_year():
    """It was over by then: held "2020", published on 1 July, it does not last until August."""
    record = scenario.given(("2020-07-01", "TASS", "news"), MeetingHeld("m", on="2020"))
    assert record.occurrences[0].latest == date(2020, 7, 1)
    assert record.as_of("2020-07-01").meetings["m"].status == "held"


# ---- the background of a report ----

JANUARY = ("2003-01-10", "VNA", "news")
REPORT = ("2003-02-15", "TASS", "news")


@given(history=histories())
def test_what_a_document_tells_undated(history):
    """It comes before every dated later step of the same subject in that document."""
    with ps.open(":memory:", clock=ticking()) as record:
        write(record, history)
        for later, earlier in itertools.combinations(in_order(record.occurrences), 2):
            is_background = (
                earlier.event.dated is None
                and later.event.dated is not None
                and fields_of(type(earlier.event)).is_per_publication
                and earlier.subject == later.subject
                and earlier.event.rank < later.event.rank
            )
            documents = [{item.source for item in occurrence.evidence} for occurrence in (earlier, later)]
            assert not (is_background and documents[0] & documents[1])


@pytest.mark.parametrize(
    ("planned", "stopped", "status"),
    [
        (MeetingScheduled("x", planned="2003-04-05"), MeetingPostponed("x", on="2003-02-14"), "postponed"),
        (MeetingScheduled("x", planned="2003-04-05"), MeetingCancelled("x", on="2003-02-13"), "cancelled"),
        (MeetingScheduled("x", planned="2003-04"), MeetingReplaced("x", on="2003-02", replacement="y"), "replaced"),
        (VisitAnnounced("x", planned="2003-04"), VisitCancelled("x", on="2003-02-14"), "cancelled"),
        (CoursePlanned("x", planned="2003-04"), CourseCancelled("x", on="2003-01"), "cancelled"),
        (
            ParticipationAnnounced("x", meeting="y", planned="2003-04"),
            ParticipationDeclined("x", meeting="y", on="2003-02-14"),
            "declined",
        ),
        (DocumentPlanned("x", planned="2003-02"), DocumentNotAdopted("x", on="2003-02-14"), "not-adopted"),
        (ThemedYearOpeningPlanned("x", planned="2003-02"), ThemedYearOpened("x", on="2003-02-14"), "opened"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
@pytest.mark.parametrize("is_plan_first", [True, False])
def test_a_plan_told_as_the_background_of_its_end(planned, stopped, status, is_plan_first):
    """The plan is the older of the two, although only the end has a date; nothing is overdue."""
    events = (planned, stopped) if is_plan_first else (stopped, planned)
    record = scenario.given(REPORT, *events)
    (state,) = record.states(planned.kind).values()
    assert state.status == status
    assert all(item.standing == "without-date" for item in record.as_of("2004-01-01").overdue())
    assert [item.event.name for item in record.timeline()] == [planned.name, stopped.name]


def test_a_plan_told_by_another_document():
    """It is a newer plan: the meeting is on again."""
    record = scenario.given(
        REPORT, MeetingPostponed("m", on="2003-02-14"),
        ("2003-02-15", "VNA", "news"), MeetingScheduled("m", planned="2003-04-05"),
    )  # fmt: skip
    assert record.meetings["m"].status == "scheduled"


def test_a_plan_of_another_page_of_the_same_document():
    """It is of one document: pages do not part it."""
    pages = [ps.Source("TASS", published="2003-02-15", locator=page) for page in ("p. 1", "p. 2")]
    with ps.open(":memory:") as record:
        record.add(MeetingScheduled("m", planned="2003-04-05"), source=pages[0])
        record.add(MeetingPostponed("m", on="2003-02-14"), source=pages[1])
        assert record.meetings["m"].status == "postponed"


def test_a_postponement_told_on_the_day_of_the_opening():
    """It was before the plan for that day, which is not a previous date; the place of the plan stays."""
    for outcome in (MeetingConvened("m", on="2003-02-14"), MeetingHeld("m", on="2003-02-14")):
        meeting = scenario.given(
            JANUARY, MeetingScheduled("m", planned="2003-02-14", place="Rome"), REPORT, MeetingPostponed("m"), outcome
        ).meetings["m"]
        assert meeting.status in ("convened", "held")
        assert (meeting.place, meeting.previous_dates) == ("Rome", ())
        assert [str(expectation.planned) for expectation in meeting.expected] == ["2003-02-14"]


def test_a_postponement_of_an_older_plan():
    """The day from which it was postponed is a previous date; the day on which it was held is not."""
    meeting = scenario.given(
        ("2002-11-01", "VNA", "news"), MeetingScheduled("m", planned="2002-12", place="Oslo"),
        JANUARY, MeetingScheduled("m", planned="2003-02", place="Rome"),
        REPORT, MeetingPostponed("m"), MeetingHeld("m", on="2003-02-14"),
    ).meetings["m"]  # fmt: skip
    assert (meeting.place, [str(day) for day in meeting.previous_dates]) == ("Rome", ["2002-12"])


def test_a_postponement_told_with_a_place():
    """A place told with the postponement is newer than that of the plan."""
    meeting = scenario.given(
        JANUARY, MeetingScheduled("m", planned="2003-02-14", place="Rome"),
        REPORT, MeetingPostponed("m", place="Oslo"), MeetingConvened("m", on="2003-02-14"),
    ).meetings["m"]  # fmt: skip
    assert (meeting.status, meeting.place, meeting.previous_dates) == ("convened", "Oslo", ())


def test_a_postponement_told_with_a_meeting_on_another_day():
    """The planned day is a previous date, and its place is gone with it."""
    meeting = scenario.given(
        JANUARY, MeetingScheduled("m", planned="2003-02-01", place="Rome"),
        REPORT, MeetingPostponed("m"), MeetingHeld("m", on="2003-02-14"),
    ).meetings["m"]  # fmt: skip
    assert (meeting.place, [str(day) for day in meeting.previous_dates]) == (None, ["2003-02-01"])


def test_a_plan_reported_with_an_open_beginning():
    """It has no first day from which anything could be older."""
    meeting = scenario.given(
        JANUARY, MeetingScheduled("m", on="../2003-01-05", planned="2003-02-14", place="Rome"),
        REPORT, MeetingPostponed("m"), MeetingHeld("m", on="../2003-02-14"), MeetingConvened("m", on="2003-02-14"),
    ).meetings["m"]  # fmt: skip
    assert (meeting.status, meeting.previous_dates) == ("held", ())


@pytest.mark.parametrize(
    ("postponed_on", "status"),
    [("2014-09-20", "scheduled"), ("2014-09", "scheduled"), ("2015-03-20", "postponed"), ("2015-02", "postponed")],
)
@pytest.mark.parametrize("is_plan_first", [True, False])
def test_a_new_date_told_with_an_old_postponement(postponed_on, status, is_plan_first):
    """A plan told with a postponement of more than a month ago is the new date; of this month, the postponed one."""
    events = [MeetingScheduled("m", planned="2015-10-29"), MeetingPostponed("m", on=postponed_on, reason="Ebola")]
    meeting = scenario.given(("2015-03-25", "IANS"), *events[:: 1 if is_plan_first else -1]).meetings["m"]
    assert (meeting.status, [str(day.planned) for day in meeting.expected]) == (
        status,
        ["2015-10-29"] if status == "scheduled" else [],
    )


@pytest.mark.parametrize("published", ["2024-10-21", "2024-10-22", "2025-01-15", "2027-01"])
@pytest.mark.parametrize(
    ("planned", "step", "status"),
    [
        (MeetingScheduled("x", planned="2024-10"), MeetingPostponed("x", on="2024-09-20"), "postponed"),
        (MeetingAgreed("x", planned="2024-10~"), MeetingPostponed("x", on="2024-09-20"), "postponed"),
        (MeetingPostponed("x", planned="2024-10"), MeetingRescheduled("x", on="2024-09-20"), "scheduled"),
        (MeetingRescheduled("x", planned="{2024-10,2024-11}"), MeetingAdjourned("x", on="2024-09"), "adjourned"),
        (ProjectPlanned("x", planned="2024-10-09"), ProjectPostponed("x", on="2024-09-20"), "postponed"),
        (VisitAnnounced("x", planned="2024"), VisitPostponed("x", on="../2024-09"), "postponed"),
        (
            ParticipationAnnounced("x", meeting="y", planned="2024-10"),
            ParticipationAccepted("x", meeting="y", on="2024-09-20"),
            "accepted",
        ),
        (CoursePlanned("x", planned="2024-10"), CourseCancelled("x", on="2024-09-20"), "cancelled"),
        (CoursePlanned("x", planned="2030-10"), CourseCancelled("x", on="2024-09-20"), "cancelled"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_plan_that_was_past_when_a_later_report_told_it(planned, step, status, published):
    """It is what the report's dated step changed, however much later it was told; the dates before it are kept."""
    record = scenario.given((published, "JP"), step, planned)
    (state,) = record.states(planned.kind).values()
    assert state.status == status
    if status in ("postponed", "adjourned") or type(step) is MeetingRescheduled:
        assert (state.expected, list(state.previous_dates)) == ((), list(planned.planned.members))
        assert [item.standing for item in record.as_of("2031-01-01").overdue()] == ["without-date"]


@pytest.mark.parametrize("planned", ["2015-04", "../2015-10", "{2014-12,2015-10}", "2015-10-29"])
def test_a_plan_to_come_that_is_told_with_an_old_postponement(planned):
    """It is the new date, however vague."""
    events = [MeetingScheduled("m", planned=planned), MeetingPostponed("m", on="2014-09-20")]
    assert scenario.given(("2015-03-25", "IANS"), *events).meetings["m"].status == "scheduled"


@pytest.mark.parametrize(
    ("announced_on", "status"), [("2015-03-25", "scheduled"), ("2015-03", "postponed"), ("2015-03-01", "postponed")]
)
def test_a_plan_dated_on_the_day_of_its_report(announced_on, status):
    """It is the news, and what the report tells undated came before it; an earlier announcement is what moved."""
    events = [MeetingPostponed("m"), MeetingScheduled("m", planned="2015-10-29", on=announced_on)]
    assert scenario.given(("2015-03-25", "IANS"), *events).meetings["m"].status == status
