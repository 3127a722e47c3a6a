"""Values out of JSON by the types of their fields: by the usual readers, and by cattrs alike."""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_type_hints

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnership as ps
from partnership.events import MeetingHeld
from partnership.kinds import BUILT_IN
from partnership.model.construct import constructor
from partnership.model.converters import FieldError
from partnership.model.entry import Remarks
from partnership.serialization import readers
from partnership.serialization.canonical import canonical
from partnership.serialization.codec import Codec
from partnership.serialization.readers import stored_converter
from partnership.serialization.writers import ObjectWriter
from partnership.testing import events_of

CODEC = Codec(BUILT_IN)
REFUSED = "refused"


@attrs.frozen
class Counted:
    """A value of a user's own, one field of which is counted and not given."""

    named: str
    length: int = attrs.field(init=False)

    def __attrs_post_init__(self):
        object.__setattr__(self, "length", len(self.named))


@attrs.frozen
class Bare:
    """A value of a user's own with a field of no type."""

    named = attrs.field()


@attrs.frozen
class Named:
    """A value of a user's own, with a rule of its own, and a type that only its class has."""

    Word = Literal["VNA", "TASS"]

    publisher: Word
    published: ps.When | None = attrs.field(default=None, converter=attrs.converters.optional(ps.When))

    def __attrs_post_init__(self):
        assert self.published is None or self.published.is_day


KINDS = [
    Named,
    str,
    int,
    bool,
    date,
    Decimal,
    ps.When,
    str | None,
    ps.When | None,
    Literal["a", 1],
    Literal["a"] | None,
    tuple[str, ...],
    tuple[date, ...] | None,
    ps.Money | None,
    ps.Count,
    ps.Percent,
    ps.Duration,
    ps.Source,
    Remarks,
]
VALUES = [
    None,
    "a",
    " a\u0301 ",
    "",
    "\ud800",
    "2020-06-17",
    "2020-13-01",
    "1.50",
    "9" * 300_000,
    0,
    1,
    -1,
    True,
    1.5,
    [],
    ["a", "b"],
    ["2020-06-17"],
    [1],
    [None],
    ["a", ["b"]],
    {},
    {"publisher": "VNA", "published": "2020-11-16", "kind": "news"},
    {"publisher": "VNA", "published": "2020-11-16"},
    {"publisher": "VNA", "retrieved": "2020-11-16"},
    {"publisher": "VNA", "kind": "gossip"},
    {"publisher": None},
    {"publisher": "VNA", "read": "2020"},
    {"title": "no publisher"},
    {"certainty": "reported", "inferred": ["on"], "note": "a", "shared": False, "retrieved": "2020-11-16"},
    {"certainty": "sure"},
    {"inferred": "on"},
    {"shared": 0},
    {"retrieved": "2020-11"},
    {"amount": "8130000", "currency": "USD"},
    {"amount": "8130000", "currency": "USD", "bound": "at-least"},
    {"amount": 8130000, "currency": "USD"},
    {"number": 99, "bound": "at-least"},
    {"number": True},
    {"number": "-1.5"},
    {"text": "P5Y", "bound": "about"},
    {"text": "5 years"},
]


def read(how, value) -> Any:
    """Return what a reader makes of a value, with its type."""
    try:
        found = how(value)
    except Exception:  # noqa: BLE001  whatever it is, it refuses
        return REFUSED
    return REFUSED if isinstance(found, FieldError) else (type(found), found)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_a_type_that_is_usual(kind):
    """Every value is read, or refused, as cattrs with our readers does it; some are read."""
    reader = CODEC._reader_of(kind)
    assert reader is not None
    seen = [read(reader, value) for value in VALUES]
    assert seen == [read(lambda value: CODEC._cattrs.structure(value, kind), value) for value in VALUES]
    assert {one == REFUSED for one in seen} == {True, False}


@pytest.mark.parametrize(
    "kind",
    [float, str | int, str | int | None, tuple[float, ...], tuple[str, str], Counted, Bare],
)
def test_a_type_that_is_not_usual(kind):
    """It is left to cattrs."""
    assert CODEC._reader_of(kind) is None


def test_usual_entries_are_written_and_read():
    """They need no cattrs; a correction does."""
    script = """
import sys, partnership as ps
from partnership.events import FundContributionPledged, MeetingHeld
record = ps.open(":memory:")
source = ps.Source("VNA", kind="news", title="A meeting")
record.add(MeetingHeld("a", on="2020-06~", parties=["RU", "VN"]), source=source, speaker="An ambassador", note="a note")
assert record.meetings["a"].held_on and [one.remarks.note for one in record.follow()] == ["a note"]
pledged = FundContributionPledged("b", by="RU", amount=ps.Money("8", "USD"))
entry, = record.add(pledged, source=source)
assert [one.event for one in record.follow(1)] == [pledged]
print("cattrs" in sys.modules)
record.correct(entry, by="VN")
print("cattrs" in sys.modules)
"""
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert told.stdout.split() == ["False", "True"]


# ---- events by the readers and writers of their classes ----


hints_of = functools.cache(get_type_hints)


def read_slowly(cls, value):
    """Return an event from the JSON values of its fields, each read and converted on its own."""
    hints, fields = hints_of(cls), attrs.fields_dict(cls)
    given = {name: field.default for name, field in fields.items()}
    for name, member in value.items():
        read = CODEC._read(member, hints[name])
        convert = stored_converter(fields[name].converter)
        given[name] = convert(read) if convert else read
        assert not isinstance(given[name], FieldError)
    made = constructor(cls)(*given.values())
    assert not made.impossible()
    return made


def described(made):
    """Return an object with the types of all its values."""
    return type(made), [(name, type(value), value) for name, value in attrs.asdict(made, recurse=False).items()]


MEMBERS = [*VALUES[:-12], "meeting:a", "series:b", "A", "x" * 300, ["b", "a", "b"], ["x" * 300], ["a"] * 300]


@pytest.mark.no_cover
@pytest.mark.parametrize("name", BUILT_IN.events)
def test_an_event_of_the_library(name):
    """It is written as cattrs writes it, and read as its fields are on their own, or refused, whatever they are."""
    cls = BUILT_IN.events[name]

    @settings(max_examples=settings().max_examples // 8)
    @given(events_of(cls), st.data())
    def law(event, data):
        value = CODEC._write_any(event)
        fields = canonical({key: member for key, member in value.items() if key != "subject"}).decode()
        assert ObjectWriter(cls, CODEC._write_any).text(event) == (fields if fields != "{}" else "")
        value = {"subject": event.subject, **json.loads(fields)}
        assert described(CODEC._reader_of(cls)(value)) == described(event)
        changed = data.draw(st.sampled_from([*(field.name for field in attrs.fields(cls)), "another"]))
        for member in MEMBERS:
            value[changed] = member
            outcomes = []
            for how in (CODEC._reader_of(cls), lambda value: read_slowly(cls, value)):
                try:
                    outcomes.append(described(how(value)))
                except Exception:  # noqa: BLE001  whatever it is, it refuses
                    outcomes.append(REFUSED)
            assert outcomes[0] == outcomes[1], member
        del value[changed]
        required = {field.name for field in attrs.fields(cls) if field.default is attrs.NOTHING}
        if changed in required:
            with pytest.raises(Exception, match=changed):
                CODEC._reader_of(cls)(value)

    law()


def test_what_is_remembered_of_fields(monkeypatch):
    """It is bounded: the titles of a large log do not all stay in memory."""
    monkeypatch.setattr(readers, "_MOST_REMEMBERED", 2)
    codec = Codec(BUILT_IN)
    read = codec._reader_of(MeetingHeld)
    for number in range(5):
        assert read({"subject": "a", "title": f"title {number}"}).title == f"title {number}"
    assert all(len(memory) <= 2 for memory in codec._reader_of.__self__._memories.values())
