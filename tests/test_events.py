"""The menu of events and the table of kinds: a module is loaded when something of it is first used."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import partnership
from partnership import events
from partnership._lazy import load
from partnership.kinds import BUILT_IN, BUILT_IN_KINDS, EVENT_MODULES
from partnership.record.view import View


def test_every_module():
    """It names in ``__all__`` just the events of its kinds, and every module of subjects is in the table."""
    listed = {}
    for path in sorted(Path(partnership.__file__).parent.glob("subjects/[a-z]*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == "__all__":
                listed[f"subjects.{path.stem}"] = {one for one in ast.literal_eval(node.value) if one != "AMENDMENTS"}
    assert {one: {n for n, m in EVENT_MODULES.items() if m == one} for one in EVENT_MODULES.values()} == listed


@pytest.mark.parametrize(("place", "name", "classes"), BUILT_IN_KINDS, ids=[place for place, _, _ in BUILT_IN_KINDS])
def test_the_table_of_kinds(place, name, classes):
    """It says of each kind what the kind says itself; one that has states is a property of a view."""
    module, _, attribute = place.partition(".")
    kind = load(f"subjects.{module}", attribute or module)
    assert (kind.name, " ".join(sorted(one.__name__ for one in kind.events))) == (name, classes)
    assert (kind.projection is None) == bool(attribute)
    if not attribute:
        assert kind.projection.name == place
        asked = vars(View).get(place)
        assert asked is not None, f"add `{place}: StatesProperty[…] = StatesProperty({place!r})` to record/view.py"
        assert asked.plural == place


def test_a_star():
    """It takes every event."""
    taken = {}
    exec("from partnership.events import *", taken)  # noqa: S102  a star stands at the top of a module alone
    assert {one.__name__ for one in BUILT_IN.events.values()} <= taken.keys()
    assert {"MeetingHeld", "AMENDMENTS"} <= {*dir(events)}


def test_a_name_that_is_no_event():
    """It is told as of any module."""
    with pytest.raises(AttributeError, match="no event 'MeetingSung'"):
        _ = events.MeetingSung


def test_the_events_of_the_table():
    """A class is found under its stored name, and nothing else is."""
    assert BUILT_IN.events["meeting-held"] is events.MeetingHeld
    (_, own) = BUILT_IN.events.maps
    assert len(BUILT_IN.events) == len(own) == len(list(own)) > 150
    assert "meeting-sung" not in BUILT_IN.events
    assert all(one.name == stored for stored, one in BUILT_IN.events.items())


def test_the_modules_of_the_menu():
    """They are reached from it, loaded or not."""
    for name in ("errors", "events", "fields"):
        assert partnership.__getattr__(name) is getattr(partnership, name)
