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


def test_two_threads_that_make_the_first_object(monkeypatch):
    """Both read the names of the fields, and the class has them once."""

    @attrs.frozen
    class Late:
        first: int
        second: int

    make, read = constructor(Late), attrs.fields

    def read_while_another_thread_does(cls):
        monkeypatch.setattr(attrs, "fields", read)
        assert make(1, 2) == Late(1, 2)
        return read(cls)

    monkeypatch.setattr(attrs, "fields", read_while_another_thread_does)
    assert make(3, 4) == Late(3, 4)
    assert make(5, 6) == Late(5, 6)
