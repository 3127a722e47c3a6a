"""Frozen objects that are created without converters."""

from __future__ import annotations

import attrs
import pytest

from partnership.model.construct import constructor, replace
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


@attrs.frozen
class Pair:
    """A class of two fields, of which one is converted."""

    first: int = attrs.field(converter=int)
    second: str = "b"


def test_by_position():
    """Objects are of the class, with the values as they are given."""
    make = constructor(Pair)
    made = [make("1", number) for number in range(2)]
    assert {type(one) for one in made} == {Pair}
    assert [(one.first, one.second) for one in made] == [("1", number) for number in range(2)]


@pytest.mark.parametrize("values", [("1",), ("1", "b", "c")])
def test_another_number_of_values(values):
    """It is refused."""
    with pytest.raises(TypeError, match="positional argument"):
        constructor(Pair)(*values)
