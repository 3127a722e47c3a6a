"""Plans that are outstanding, overdue, or moved."""

from __future__ import annotations

import pytest

from partnership.errors import InvalidValue
from partnership.events import (
    CommitmentMade,
    CoursePlanned,
    DeliveryReported,
    MeetingCancelled,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
)
from partnership.testing.scenario import given

INTERVIEW = ("2020-11-16", "VNA", "news")


def due(view, **grace):
    """Return the subjects and dates of what is overdue."""
    return [(item.subject, str(item.planned)) for item in view.overdue(**grace)]


def test_a_plan_for_a_month():
    """It is overdue from the first day of the next month."""
    record = given(INTERVIEW, MeetingScheduled("m", planned="2020-12", title="Conference"))
    assert due(record.as_of("2020-12-31")) == []
    assert due(record.as_of("2021-01-01")) == [("meeting:m", "2020-12")]
    assert due(record.as_of("2021-01-31"), grace=31) == []
    assert due(record.as_of("2021-02-01"), grace=31) == [("meeting:m", "2020-12")]
    assert due(record.as_of("2021-02-01"), grace=10**7) == []


def test_an_outcome_that_was_published_late():
    """The plan was overdue by the knowledge of that day, and is not in hindsight."""
    record = given(
        INTERVIEW, MeetingScheduled("m", planned="2020-12"), ("2023", "A", "news"), MeetingHeld("m", on="2020-12-05")
    )
    assert due(record.as_of("2021-02-01")) == [("meeting:m", "2020-12")]
    assert due(record.as_of(on="2021-02-01")) == []


def test_an_approximate_plan():
    """It is overdue one unit later: "about June" may be July."""
    record = given(INTERVIEW, MeetingScheduled("m", planned="2021-06~"))
    assert due(record.as_of("2021-07-31")) == []
    assert [item.subject for item in record.as_of("2021-07-31").upcoming()] == ["meeting:m"]
    assert due(record.as_of("2021-08-01")) == [("meeting:m", "2021-06~")]


def test_a_plan_with_several_dates():
    """Each is overdue by itself."""
    record = given(INTERVIEW, CoursePlanned("c", planned="{2021,2022}"))
    assert due(record.as_of("2022-06-01")) == [("course:c", "2021")]
    assert due(record.as_of("2023-06-01")) == [("course:c", "2021"), ("course:c", "2022")]


def test_a_record_without_a_day():
    """Plans are compared with the clock."""
    story = (INTERVIEW, MeetingScheduled("m", planned="2020-12"))
    assert due(given(*story, today="2020-12-31")) == []
    assert due(given(*story, today="2021-01-01")) == [("meeting:m", "2020-12")]


def test_a_plan_without_an_end():
    """It is never overdue, and always upcoming."""
    record = given(INTERVIEW, MeetingScheduled("m", planned="2020-12/.."))
    assert due(record) == []
    assert [item.subject for item in record.upcoming()] == ["meeting:m"]


def test_a_meeting_that_is_postponed_without_a_new_date():
    """It has no outstanding plan."""
    record = given(
        INTERVIEW, MeetingScheduled("m", planned="2020-12"), ("2020-12-01", "VNA", "news"), MeetingPostponed("m")
    )
    assert due(record) == []
    assert record.upcoming() == ()


def test_a_commitment_with_a_due_date():
    """It is outstanding until it is delivered."""
    story = (INTERVIEW, CommitmentMade("c", by="RU", due="2021", text="deliver doses"))
    assert [item.title for item in given(*story).overdue()] == ["deliver doses"]
    assert due(given(*story, ("2021-05-01", "A", "news"), DeliveryReported("c"))) == []


def test_the_attributes_of_an_overdue_plan():
    """They include the sources, the day from which it was known, and the previous dates."""
    record = given(
        INTERVIEW, MeetingScheduled("m", planned="2020-12", title="Conference"),
        ("2021-01-10", "TASS", "news"), MeetingScheduled("m", planned="2021-03"),
    )  # fmt: skip
    item = record.overdue()[0]
    assert str(item) == "meeting:m (Conference): planned 2021-03, said by TASS, 2021-01-10"
    assert (str(item.since), [str(day) for day in item.previous_dates]) == ("2021-01-10", ["2020-12"])
    assert item.claims == (record.entries(source="TASS")[0].claim.id,)


@pytest.mark.parametrize("planned", ["2020-12", "[2020-11..2020-12]", "2020-34"])
def test_the_order_of_overdue_plans(planned):
    """The longest overdue comes first."""
    record = given(INTERVIEW, MeetingScheduled("b", planned="2020-11-20"), MeetingScheduled("a", planned=planned))
    assert (days := [item.planned.latest for item in record.overdue()]) == sorted(days)


# ---- the calendar as a whole ----

STORY = (
    INTERVIEW, MeetingScheduled("past", planned="2020-12"), MeetingScheduled("soon", planned="2021-03"),
    MeetingScheduled("some-day", planned="2021"), MeetingScheduled("far", planned="2021-11", title="Far"),
    MeetingScheduled("off", planned="2020-12"), MeetingScheduled("moved", planned="2020-12"),
    MeetingScheduled("dropped", planned="2020-12"),
    ("2020-12-01", "VNA", "news"), MeetingPostponed("off"), MeetingCancelled("dropped"),
    MeetingPostponed("moved", planned="2021-04"), ("2021-01-05", "VNA", "news"),
    MeetingPostponed("moved", planned="2021-10"),
)  # fmt: skip


def test_the_calendar():
    """It has what is planned, what is overdue and what was moved, with previous dates; nothing that was dropped."""
    calendar = given(*STORY).as_of("2021-02-01").calendar()
    assert [item.subject for item in calendar.planned] == [
        "meeting:some-day",
        "meeting:soon",
        "meeting:moved",
        "meeting:far",
    ]
    assert [item.subject for item in calendar.overdue] == ["meeting:past"]
    assert [(move.subject, [str(day) for day in move.earlier]) for move in calendar.moved] == [
        ("meeting:moved", ["2020-12", "2021-04"]),
        ("meeting:off", ["2020-12"]),
    ]


def test_a_horizon_and_a_grace():
    """Plans that may happen by the horizon are included; plans within the grace are not overdue."""
    calendar = given(*STORY).as_of("2021-02-01").calendar(horizon="2021-03-31", grace=90)
    assert [item.subject for item in calendar.planned] == ["meeting:some-day", "meeting:soon"]
    assert calendar.overdue == ()


def test_a_vague_horizon():
    """It is refused: a horizon is an exact day."""
    with pytest.raises(InvalidValue, match="horizon="):
        given(*STORY).calendar(horizon="2021")


def test_the_text_of_a_calendar():
    """It has one line for each item, and one if there are none."""
    assert str(given(*STORY).as_of("2021-02-01").calendar(horizon="2021-03-15")).splitlines() == [
        "planned: meeting:some-day: planned 2021, said by VNA, 2020-11-16",
        "planned: meeting:soon: planned 2021-03, said by VNA, 2020-11-16",
        "overdue: meeting:past: planned 2020-12, said by VNA, 2020-11-16",
        "moved: meeting:moved: planned 2020-12, then 2021-04, now 2021-10",
        "moved: meeting:off: planned 2020-12, now without a date",
    ]
    later = (("2021-01-05", "VNA", "news"), MeetingScheduled("m", planned="2021-05"))
    moved = given(INTERVIEW, MeetingScheduled("m", planned="2021-03", title="Conference"), *later)
    assert "m (Conference): planned 2021-03, now 2021-05" in str(moved.calendar())
    assert str(given(INTERVIEW, MeetingHeld("m")).calendar()) == "nothing is planned"
