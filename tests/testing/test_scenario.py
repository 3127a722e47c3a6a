"""Scenarios: a record told in one breath, and what is odd about it."""

from __future__ import annotations

import pytest
from attrs import frozen

import partnership as ps
from partnership.events import MeetingHeld, MeetingScheduled
from partnership.testing.scenario import found, told

VNA = ps.Source("VNA", published="2020-11-16", kind="news", title="Russian ambassador hails ties with ASEAN")


def test_a_story_of_two_sources():
    """Every event stands under the source in front of it, whole or in short."""
    record = told(
        VNA, MeetingScheduled("forum", planned="2020-12"), MeetingHeld("summit", on="2020-06-17"),
        ("2020-12-20", "TASS"), MeetingHeld("forum", on="2020-12-19"),
    )  # fmt: skip

    assert [one.source for one in record.entries()] == [VNA, VNA, ps.Source("TASS", published="2020-12-20")]


def test_no_story():
    """The record is empty."""
    assert told().entries() == ()


def test_an_event_that_nobody_tells():
    """It is refused, with what to write in front of it."""
    with pytest.raises(TypeError, match=r"nobody tells of meeting:forum: a source comes first"):
        told(MeetingHeld("forum"))


def test_the_day_of_the_clock():
    """It decides what is overdue where nobody asks for another day."""
    story = [VNA, MeetingScheduled("forum", planned="2020-12")]

    assert told(*story, today="2020-12-31").overdue() == ()
    assert len(told(*story, today="2021-01-01").overdue()) == 1


@frozen(kw_only=True)
class ForumOpened(ps.Event):
    """A desk's own event."""

    name = "forum-opened"
    kind = "forum"


def test_an_event_of_a_users_own():
    """Its class is given beside the story."""
    assert told(VNA, ForumOpened("cities"), kinds=[ps.Kind(ForumOpened.kind, [ForumOpened])]).entries("forum:cities")


def test_what_is_odd():
    """All of it, or of one subject."""
    record = told(VNA, MeetingHeld("summit"), MeetingHeld("forum", on="2021"), MeetingScheduled("forum"))

    assert found(record) == {"held-unannounced", "future-of-publication"}
    assert found(record, "meeting:forum") == {"future-of-publication"}
