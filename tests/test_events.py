"""The module of all events and the table of built-in kinds, whose modules are loaded on first use."""

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
    """Its ``__all__`` lists the events of its kinds, and every module of subjects is in the table."""
    listed = {}
    for path in sorted(Path(partnership.__file__).parent.glob("subjects/[a-z]*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == "__all__":
                listed[f"subjects.{path.stem}"] = {one for one in ast.literal_eval(node.value) if one != "AMENDMENTS"}
    assert {one: {n for n, m in EVENT_MODULES.items() if m == one} for one in EVENT_MODULES.values()} == listed


@pytest.mark.parametrize(("place", "name", "classes"), BUILT_IN_KINDS, ids=[place for place, _, _ in BUILT_IN_KINDS])
def test_the_table_of_kinds(place, name, classes):
    """It agrees with the kinds themselves, and each kind with states is a property of a view."""
    module, _, attribute = place.partition(".")
    kind = load(f"subjects.{module}", attribute or module)
    assert (kind.name, " ".join(sorted(one.__name__ for one in kind.events))) == (name, classes)
    assert (kind.projection is None) == bool(attribute)
    if not attribute:
        assert kind.projection.name == place
        states = vars(View).get(place)
        assert states is not None, f"add `{place}: StatesProperty[…] = StatesProperty({place!r})` to record/view.py"
        assert states.plural == place


def test_star_import():
    """It imports every event."""
    namespace = {}
    exec("from partnership.events import *", namespace)  # noqa: S102  a star stands at the top of a module alone
    assert {one.__name__ for one in BUILT_IN.events.values()} <= namespace.keys()
    assert {"MeetingHeld", "AMENDMENTS"} <= {*dir(events)}


def test_an_unknown_event():
    """The error is that of any module."""
    with pytest.raises(AttributeError, match="no event 'MeetingSung'"):
        _ = events.MeetingSung


def test_the_events_of_the_table():
    """Each class is found by its stored name, and nothing else is."""
    assert BUILT_IN.events["meeting-held"] is events.MeetingHeld
    (_, own) = BUILT_IN.events.maps
    assert len(BUILT_IN.events) == len(own) == len(list(own)) > 150
    assert "meeting-sung" not in BUILT_IN.events
    assert all(one.name == stored for stored, one in BUILT_IN.events.items())


def test_public_modules():
    """They are attributes of the package, loaded or not."""
    for name in ("errors", "events", "fields"):
        assert partnership.__getattr__(name) is getattr(partnership, name)
