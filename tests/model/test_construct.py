"""Frozen objects that are created without converters."""

from __future__ import annotations

from partnership.model.construct import replace
from partnership.subjects.meetings import Meeting


def test_other_values():
    """A new object has them; the old one stays as it was."""
    meeting = Meeting("meeting:a", place="Hanoi")
    moved = replace(meeting, place="Moscow", host="RU")
    assert moved == Meeting("meeting:a", place="Moscow", host="RU")
    assert meeting == Meeting("meeting:a", place="Hanoi")


def test_the_same_values():
    """The object itself is returned, also for no values."""
    meeting = Meeting("meeting:a", place="Hanoi")
    assert replace(meeting, place=meeting.place, host=None, co_hosts=()) is meeting
    assert replace(meeting) is meeting


def test_the_same_value_and_another_one():
    """A new object has both."""
    meeting = Meeting("meeting:a", place="Hanoi")
    assert replace(meeting, place=meeting.place, host="VN") == Meeting("meeting:a", place="Hanoi", host="VN")
