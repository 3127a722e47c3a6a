"""What Hypothesis loads by its entry point: it costs nothing, and knows the library's classes and a user's own."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import entry_points

import pytest
from attrs import frozen
from hypothesis import Phase, find, settings
from hypothesis import strategies as st

import partnership as ps
from partnership import _hypothesis_plugin, _lazy, fields
from partnership.events import MeetingHeld

ONE = settings(max_examples=5, database=None, phases=[Phase.generate])


def run(script):
    """Run a script in a new Python, and return what it prints."""
    return subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.strip()


def test_the_entry_point():
    """It names the function, in a module that imports nothing of the library but how to load it."""
    (point,) = [one for one in entry_points(group="hypothesis") if one.name == "partnership"]
    assert point.load() is _hypothesis_plugin.register


def test_what_hypothesis_loads():
    """Of the library, the menu, the plugin and the loader; attrs is not loaded for it."""
    script = """
import sys, hypothesis
print(sorted(one for one in sys.modules if one.startswith("partnership") or one == "attrs"))
"""
    assert run(script) == "['partnership', 'partnership._hypothesis_plugin', 'partnership._lazy']"


@pytest.mark.parametrize(
    "first",
    [
        "from partnership.testing import histories",
        "import hypothesis; from partnership.testing import histories",
        "import partnership as ps; ps.open(':memory:'); import hypothesis",
        "from partnership.events import MeetingHeld; import hypothesis",
        "import hypothesis; from partnership.events import MeetingHeld",
    ],
)
def test_whatever_is_imported_first(first):
    """Values and events have strategies."""
    script = f"""
{first}
import partnership as ps
from hypothesis import strategies as st
from partnership.events import MeetingHeld
for one in (MeetingHeld, ps.When, ps.Source, ps.Count, ps.Money, ps.Percent, ps.Duration):
    st.from_type(one).validate()
    assert any(word in repr(st.from_type(one)) for word in ("whens()", "sources()", "sampled_from")), one
print("all")
"""
    assert run(script) == "all"


@frozen(kw_only=True)
class ForumOpened(ps.Event):
    """A user's own event."""

    name = "forum-opened"
    kind = "forum"

    seats: ps.Count | None = fields.count()
    opener: str = fields.party(required=True)


@pytest.mark.parametrize(
    "kind", [MeetingHeld, ForumOpened, ps.When, ps.Source, ps.Count, ps.Money, ps.Percent, ps.Duration]
)
def test_values_and_events_by_their_type(kind):
    """One is generated as its own strategy makes it."""
    assert isinstance(find(st.from_type(kind), lambda one: isinstance(one, kind), settings=ONE), kind)


def test_a_library_that_is_not_in_use(monkeypatch):
    """Its classes are registered before the first of them is loaded, once."""
    given = []
    monkeypatch.setattr("hypothesis.strategies.register_type_strategy", lambda kind, _: given.append(kind))
    monkeypatch.setattr("partnership.model.event._HOOKS", [])
    monkeypatch.delitem(sys.modules, "partnership.model.event")
    _hypothesis_plugin.register()
    assert given == []
    assert len(_lazy.BEFORE_FIRST_LOAD) == 1
    monkeypatch.undo()
    _lazy.load("errors", "")
    _lazy.load("errors", "")
    assert _lazy.BEFORE_FIRST_LOAD == []


def test_a_library_that_is_in_use(monkeypatch):
    """Its classes are registered at once: values, the events that there are, and a user's own."""
    given = []
    monkeypatch.setattr("hypothesis.strategies.register_type_strategy", lambda kind, _: given.append(kind))
    monkeypatch.setattr("partnership.model.event._HOOKS", [])
    _hypothesis_plugin.register()
    assert {ps.When, ps.Source, ps.Count, ps.Money, ps.Percent, ps.Duration, MeetingHeld, ForumOpened} <= set(given)
