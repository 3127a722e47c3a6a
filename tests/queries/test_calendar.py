"""What is to come, and what is overdue."""

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
    """Return what is overdue, in short."""
    return [(one.subject, str(one.planned)) for one in view.overdue(**grace)]


def test_a_month_that_is_past():
    """It is overdue from the first day after it, and not while it lasts."""
    record = given(INTERVIEW, MeetingScheduled("m", planned="2020-12", title="Conference"))
    assert due(record.as_of("2020-12-31")) == []
    assert due(record.as_of("2021-01-01")) == [("meeting:m", "2020-12")]
    assert due(record.as_of("2021-01-31"), grace=31) == []
    assert due(record.as_of("2021-02-01"), grace=31) == [("meeting:m", "2020-12")]
    assert due(record.as_of("2021-02-01"), grace=10**7) == []


def test_an_outcome_that_was_told_late():
    """It was overdue in the knowledge of the day, and is not in hindsight."""
    record = given(
        INTERVIEW, MeetingScheduled("m", planned="2020-12"), ("2023", "A", "news"), MeetingHeld("m", on="2020-12-05")
    )
    assert due(record.as_of("2021-02-01")) == [("meeting:m", "2020-12")]
    assert due(record.as_of(on="2021-02-01")) == []


def test_a_plan_in_doubt():
    """It is overdue one unit later: about June is not over on 1 July."""
    record = given(INTERVIEW, MeetingScheduled("m", planned="2021-06~"))
    assert due(record.as_of("2021-07-31")) == []
    assert [one.subject for one in record.as_of("2021-07-31").upcoming()] == ["meeting:m"]
    assert due(record.as_of("2021-08-01")) == [("meeting:m", "2021-06~")]


def test_each_member_of_a_plan():
    """It falls due by itself."""
    record = given(INTERVIEW, CoursePlanned("c", planned="{2021,2022}"))
    assert due(record.as_of("2022-06-01")) == [("course:c", "2021")]
    assert due(record.as_of("2023-06-01")) == [("course:c", "2021"), ("course:c", "2022")]


def test_a_record_asked_directly():
    """It is measured against the clock."""
    story = (INTERVIEW, MeetingScheduled("m", planned="2020-12"))
    assert due(given(*story, today="2020-12-31")) == []
    assert due(given(*story, today="2021-01-01")) == [("meeting:m", "2020-12")]


def test_a_plan_without_an_end():
    """It never falls due, and stays to come."""
    record = given(INTERVIEW, MeetingScheduled("m", planned="2020-12/.."))
    assert due(record) == []
    assert [one.subject for one in record.upcoming()] == ["meeting:m"]


def test_a_meeting_put_off_without_a_new_day():
    """Nothing is expected of it."""
    record = given(
        INTERVIEW, MeetingScheduled("m", planned="2020-12"), ("2020-12-01", "VNA", "news"), MeetingPostponed("m")
    )
    assert due(record) == []
    assert record.upcoming() == ()


def test_a_commitment_with_a_day():
    """It is due until it is delivered."""
    story = (INTERVIEW, CommitmentMade("c", by="RU", due="2021", text="deliver doses"))
    assert [one.title for one in given(*story).overdue()] == ["deliver doses"]
    assert due(given(*story, ("2021-05-01", "A", "news"), DeliveryReported("c"))) == []


def test_what_is_shown_of_it():
    """It names who said it would happen, since when that is known, and the earlier days."""
    record = given(
        INTERVIEW, MeetingScheduled("m", planned="2020-12", title="Conference"),
        ("2021-01-10", "TASS", "news"), MeetingScheduled("m", planned="2021-03"),
    )  # fmt: skip
    one = record.overdue()[0]
    assert str(one) == "meeting:m (Conference): planned 2021-03, said by TASS, 2021-01-10"
    assert (str(one.since), [str(slip) for slip in one.previous_dates]) == ("2021-01-10", ["2020-12"])
    assert one.claims == (record.entries(source="TASS")[0].claim.id,)


@pytest.mark.parametrize("planned", ["2020-12", "[2020-11..2020-12]", "2020-34"])
def test_the_order(planned):
    """The longest overdue comes first."""
    record = given(INTERVIEW, MeetingScheduled("b", planned="2020-11-20"), MeetingScheduled("a", planned=planned))
    assert [one.planned.latest for one in record.overdue()] == sorted(one.planned.latest for one in record.overdue())


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
    """What is planned, what is overdue, and what of it has moved with all its earlier days; not what is dropped."""
    asked = given(*STORY).as_of("2021-02-01").calendar()
    assert [one.subject for one in asked.planned] == [
        "meeting:some-day",
        "meeting:soon",
        "meeting:moved",
        "meeting:far",
    ]
    assert [one.subject for one in asked.overdue] == ["meeting:past"]
    assert [(one.subject, [str(day) for day in one.earlier]) for one in asked.moved] == [
        ("meeting:moved", ["2020-12", "2021-04"]),
        ("meeting:off", ["2020-12"]),
    ]


def test_a_horizon_and_a_grace():
    """What may come by the horizon is in; what fell due within the grace is not overdue yet."""
    asked = given(*STORY).as_of("2021-02-01").calendar(horizon="2021-03-31", grace=90)
    assert [one.subject for one in asked.planned] == ["meeting:some-day", "meeting:soon"]
    assert asked.overdue == ()


def test_a_horizon_that_is_no_day():
    """It is refused: a day is a day."""
    with pytest.raises(InvalidValue, match="horizon="):
        given(*STORY).calendar(horizon="2021")


def test_a_calendar_that_is_printed():
    """One line each, and one for none."""
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
