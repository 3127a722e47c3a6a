"""What is to come, and what is overdue."""

from __future__ import annotations

import pytest

from partnership.events import (
    CommitmentMade,
    CoursePlanned,
    DeliveryReported,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
)
from partnership.testing.scenario import told

INTERVIEW = ("2020-11-16", "VNA", "news")


def due(view, **grace):
    """Return what is overdue, in short."""
    return [(one.subject, str(one.planned)) for one in view.overdue(**grace)]


def test_a_month_that_is_past():
    """It is overdue from the first day after it, and not while it lasts."""
    record = told(INTERVIEW, MeetingScheduled("m", planned="2020-12", title="Conference"))
    assert due(record.as_of("2020-12-31")) == []
    assert due(record.as_of("2021-01-01")) == [("meeting:m", "2020-12")]
    assert due(record.as_of("2021-01-31"), grace=31) == []
    assert due(record.as_of("2021-02-01"), grace=31) == [("meeting:m", "2020-12")]
    assert due(record.as_of("2021-02-01"), grace=10**7) == []


def test_an_outcome_that_was_told_late():
    """It was overdue in the knowledge of the day, and is not in hindsight."""
    record = told(
        INTERVIEW, MeetingScheduled("m", planned="2020-12"), ("2023", "A", "news"), MeetingHeld("m", on="2020-12-05")
    )
    assert due(record.as_of("2021-02-01")) == [("meeting:m", "2020-12")]
    assert due(record.as_of(on="2021-02-01")) == []


def test_a_plan_in_doubt():
    """It is overdue one unit later: about June is not over on 1 July."""
    record = told(INTERVIEW, MeetingScheduled("m", planned="2021-06~"))
    assert due(record.as_of("2021-07-31")) == []
    assert [one.subject for one in record.as_of("2021-07-31").upcoming()] == ["meeting:m"]
    assert due(record.as_of("2021-08-01")) == [("meeting:m", "2021-06~")]


def test_each_member_of_a_plan():
    """It falls due by itself."""
    record = told(INTERVIEW, CoursePlanned("c", planned="{2021,2022}"))
    assert due(record.as_of("2022-06-01")) == [("course:c", "2021")]
    assert due(record.as_of("2023-06-01")) == [("course:c", "2021"), ("course:c", "2022")]


def test_a_record_asked_directly():
    """It is measured against the clock."""
    story = (INTERVIEW, MeetingScheduled("m", planned="2020-12"))
    assert due(told(*story, today="2020-12-31")) == []
    assert due(told(*story, today="2021-01-01")) == [("meeting:m", "2020-12")]


def test_a_plan_without_an_end():
    """It never falls due, and stays to come."""
    record = told(INTERVIEW, MeetingScheduled("m", planned="2020-12/.."))
    assert due(record) == []
    assert [one.subject for one in record.upcoming()] == ["meeting:m"]


def test_a_meeting_put_off_without_a_new_day():
    """Nothing is expected of it."""
    record = told(
        INTERVIEW, MeetingScheduled("m", planned="2020-12"), ("2020-12-01", "VNA", "news"), MeetingPostponed("m")
    )
    assert due(record) == []
    assert record.upcoming() == ()


def test_a_commitment_with_a_day():
    """It is due until it is delivered."""
    story = (INTERVIEW, CommitmentMade("c", by="RU", due="2021", text="deliver doses"))
    assert [one.title for one in told(*story).overdue()] == ["deliver doses"]
    assert due(told(*story, ("2021-05-01", "A", "news"), DeliveryReported("c"))) == []


def test_what_is_shown_of_it():
    """It names who said it would happen, since when that is known, and the earlier days."""
    record = told(
        INTERVIEW, MeetingScheduled("m", planned="2020-12", title="Conference"),
        ("2021-01-10", "TASS", "news"), MeetingScheduled("m", planned="2021-03"),
    )  # fmt: skip
    one = record.overdue()[0]
    assert str(one) == "meeting:m (Conference): planned 2021-03, said by TASS, 2021-01-10"
    assert (str(one.since), [str(slip) for slip in one.slips]) == ("2021-01-10", ["2020-12"])
    assert one.claims == (record.entries(source="TASS")[0].claim.id,)


@pytest.mark.parametrize("planned", ["2020-12", "[2020-11..2020-12]", "2020-34"])
def test_the_order(planned):
    """The longest overdue comes first."""
    record = told(INTERVIEW, MeetingScheduled("b", planned="2020-11-20"), MeetingScheduled("a", planned=planned))
    assert [one.planned.latest for one in record.overdue()] == sorted(one.planned.latest for one in record.overdue())
