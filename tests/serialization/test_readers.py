"""Values out of JSON by the types of their fields: by the usual readers, and by cattrs alike."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import Any, Literal

import attrs
import pytest

import partnership as ps
from partnership.kinds import BUILT_IN
from partnership.model.converters import FieldError
from partnership.model.entry import Remarks
from partnership.serialization.codec import Codec

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


KINDS = [
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
    """They need no cattrs; a sum of money does."""
    script = """
import sys, partnership as ps
from partnership.events import FundContributionPledged, MeetingHeld
record = ps.open(":memory:")
source = ps.Source("VNA", kind="news", title="A meeting")
record.add(MeetingHeld("a", on="2020-06~", parties=["RU", "VN"]), source=source, speaker="An ambassador", note="a note")
assert record.meetings["a"].held_on and [one.remarks.note for one in record.follow()] == ["a note"]
print("cattrs" in sys.modules)
pledged = FundContributionPledged("b", by="RU", amount=ps.Money("8", "USD"))
record.add(pledged, source=source)
assert [one.event for one in record.follow(1)] == [pledged]
print("cattrs" in sys.modules)
"""
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert told.stdout.split() == ["False", "True"]
