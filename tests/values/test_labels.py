"""Labels: every field and every word of a closed list that the library has, as people read it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

import attrs
import pytest

from partnership.kinds import BUILT_IN
from partnership.model.event import Event
from partnership.model.field_docs import declared_hints
from partnership.values.labels import flag_in_words, label, word

LIST = Path(__file__).parent / "labels.txt"
HYPHENED = {"co-chairs", "co-hosts", "one-off"}
"""Labels and words that have a hyphen in English."""


def built_in_classes():
    """Return all classes of events and states, and those of the rows in them."""
    found = [event for kind in BUILT_IN for event in kind.events]
    found += [type(kind.projection.initial("a:b")) for kind in BUILT_IN if kind.projection]
    for one in found:
        for hint in hints_of(one).values():
            found += [part for part in parts(hint) if attrs.has(part) and part not in found and is_row(part)]
    return found


def is_row(one):
    """Tell whether a class is one of a row of a state."""
    return one.__module__.startswith(("partnership.subjects", "partnership.model"))


def hints_of(one):
    """Return the types of the fields of a class."""
    hints = declared_hints(one) if issubclass(one, Event) else get_type_hints(one)
    return {field.name: hints[field.name] for field in attrs.fields(one) if field.name in hints}


def parts(hint):
    """Yield a type and the types in it."""
    yield hint
    for part in () if get_origin(hint) is Literal else get_args(hint):
        yield from parts(part)


FIELDS, FLAGS, WORDS = set(), set(), set()
for each in built_in_classes():
    for name, hint in hints_of(each).items():
        FIELDS.add(name)
        FLAGS |= {name} if bool in parts(hint) else set()
        WORDS |= {(name, value) for part in parts(hint) if get_origin(part) is Literal for value in get_args(part)}
STATUSES = {value for name, value in WORDS if name == "status"}
EVENTS = {event.name for kind in BUILT_IN for event in kind.events} | {kind.name for kind in BUILT_IN}


def listed():
    """Return every label and word that is not the stored one, a line each."""
    names = {name: label(name) for name in FIELDS | EVENTS | STATUSES}
    words = {f"{name} = {value}": word(name, value) for name, value in WORDS}
    flags = {f"{name} = no": flag_in_words(name, value=False) for name in FLAGS}
    all_of_them = {**names, **words, **flags}
    return "".join(
        f"{name}: {shown}\n" for name, shown in sorted(all_of_them.items()) if shown != name.split(" = ")[-1]
    )


def test_the_list():
    """Every label is in the list that somebody has read: a new one is looked at before it is added there."""
    assert listed() == LIST.read_text("utf-8")


def test_labels_are_words():
    """Nothing shows an underscore, a hyphen that is none in English, or a field that begins with "is"."""
    shown = {label(name) for name in FIELDS | EVENTS | STATUSES} | {word(*each) for each in WORDS}
    shown |= {flag_in_words(name, value=value) for name in FLAGS for value in (True, False)}
    assert [text for text in shown if re.search("_|^is |-", text) and text not in HYPHENED] == []


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("place", "Nay-Pyi-Taw", "Nay-Pyi-Taw"),
        ("what", "follow-up", "follow-up"),
        ("level", "Level-headed", "Level-headed"),
        ("mode", "in-person", "in person"),
        ("instruments", "credit-line", "credit line"),
        ("status", "not-invited", "not invited"),
    ],
)
def test_words_of_sources_stay_as_they_are(name, value, shown):
    """Only the words of a closed list are put into English; a text of a source keeps its hyphens."""
    assert word(name, value) == shown
