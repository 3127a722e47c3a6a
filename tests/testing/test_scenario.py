"""Records from a list of sources and what they state, and the slugs of their findings."""

from __future__ import annotations

import pytest
from attrs import frozen

import partnership as ps
from partnership.events import MeetingHeld, MeetingScheduled
from partnership.testing.scenario import finding_slugs, given

VNA = ps.Source("VNA", published="2020-11-16", kind="news", title="Russian ambassador hails ties with ASEAN")


def test_two_sources():
    """Every event has the source before it, which is a Source or a tuple."""
    record = given(
        VNA, MeetingScheduled("forum", planned="2020-12"), MeetingHeld("summit", on="2020-06-17"),
        ("2020-12-20", "TASS"), MeetingHeld("forum", on="2020-12-19"),
    )  # fmt: skip

    assert [entry.source for entry in record.entries()] == [VNA, VNA, ps.Source("TASS", published="2020-12-20")]


def test_an_empty_story():
    """The record is empty."""
    assert given().entries() == ()


def test_an_event_without_a_source():
    """It is refused, and the error shows how to write a source."""
    with pytest.raises(TypeError, match=r"meeting:forum has no source: write one before it"):
        given(MeetingHeld("forum"))


def test_the_day_of_the_clock():
    """It decides what is overdue, unless a view is asked."""
    story = [VNA, MeetingScheduled("forum", planned="2020-12")]

    assert given(*story, today="2020-12-31").overdue() == ()
    assert len(given(*story, today="2021-01-01").overdue()) == 1


@frozen(kw_only=True)
class ForumOpened(ps.Event):
    """A user's own event."""

    name = "forum-opened"
    kind = "forum"


def test_a_users_own_kind():
    """It is passed in addition to the story."""
    assert given(VNA, ForumOpened("cities"), kinds=[ps.Kind(ForumOpened.kind, [ForumOpened])]).entries("forum:cities")


def test_finding_slugs():
    """They are those of all findings, or of one subject's."""
    record = given(VNA, MeetingHeld("summit"), MeetingHeld("forum", on="2021"), MeetingScheduled("forum"))

    assert finding_slugs(record) == {"held-unannounced", "future-of-publication"}
    assert finding_slugs(record, "meeting:forum") == {"future-of-publication"}
