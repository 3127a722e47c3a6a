"""The menu of events: a page is loaded when something of it is first used."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import partnership
from partnership import events
from partnership.families import Families
from partnership.lazily import load


def test_every_page():
    """It is named with just the events that it puts on the menu, in its order."""
    pages = sorted(Path(partnership.__file__).parent.glob("subjects/[a-z]*.py"))
    listed = {}
    for page in pages:
        for node in ast.parse(page.read_text("utf-8")).body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) == "__all__":
                listed[page.stem] = [one for one in ast.literal_eval(node.value) if one != "POINTERS"]
    assert {page: each.split() for page, each in events.PAGES.items()} == listed


def test_a_star():
    """It takes every event."""
    taken = {}
    exec("from partnership.events import *", taken)  # noqa: S102  a star stands at the top of a module alone
    assert {one.__name__ for one in events.BUILT_IN.values()} <= taken.keys()
    assert {"MeetingHeld", "BUILT_IN"} <= {*dir(events)}


def test_a_name_that_is_no_event():
    """It is told as of any module."""
    with pytest.raises(AttributeError, match="no event 'MeetingSung'"):
        _ = events.MeetingSung


def test_the_table():
    """A class is found under its stored name, and nothing else is."""
    assert events.BUILT_IN["meeting-held"] is events.MeetingHeld
    assert len(events.BUILT_IN) == len(list(events.BUILT_IN)) > 150
    assert "meeting-sung" not in events.BUILT_IN
    assert all(one.name == stored for stored, one in events.BUILT_IN.items())


def test_the_modules_of_the_menu():
    """They are reached from it, loaded or not."""
    assert partnership.__getattr__("events") is events
    assert partnership.__getattr__("errors") is partnership.errors


HAS_NO_STATE = {"consents", "contributions", "corrections", "drafts"}
"""Pages of events that other pages' states take up."""


@pytest.mark.parametrize("page", sorted(events.PAGES.keys() - HAS_NO_STATE))
def test_the_states_of_a_page(page):
    """A view answers with them by a property of the same name, and each of its steps is one of an event."""
    asked = vars(Families).get(page)
    assert asked is not None, f"add `{page}: Asked[…] = Asked({page!r})` to families.py"
    assert asked.projection.name == page

    lifecycle = getattr(load(f"subjects.{page}", ""), "LIFECYCLE", None)
    assert set(lifecycle.steps if lifecycle else ()) <= events.BUILT_IN.keys()
