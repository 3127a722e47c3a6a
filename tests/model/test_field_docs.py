"""What the fields of classes hold, as help, the documentation and errors say it."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
import subprocess
import sys
from typing import Literal

import attrs
import pytest
from attrs import frozen

import partnership as ps
from partnership import fields
from partnership.errors import InvalidEvent, InvalidFields
from partnership.events import CommitmentProgressReported, MeetingHeld, MeetingPostponed
from partnership.kinds import BUILT_IN
from partnership.model.field_docs import field_docs

Size = Literal["small", "large"]


@frozen(kw_only=True)
class StallEvent(ps.Event):
    """Base class.

    Attributes:
        size: how large the stall is,
            as its owner says.
        first,
            last: numbers of its places.
    """

    kind = "stall"

    size: Size | None = fields.choice(Size)
    first: int | None = fields.integer()
    last: int | None = fields.integer()


@frozen(kw_only=True)
class StallOpened(StallEvent):
    """A stall is opened.

    It may be closed again.

    Attributes:
        fair (str): the fair. It has a day.
        guests: those invited.
        related: whatever it is near to.
        tents: tents of the stall.

    Example:
        StallOpened("a", fair="b")
    """

    name = "stall-opened"

    fair: str = fields.ref("fair", required=True)
    guests: tuple[str, ...] = fields.parties()
    related: tuple[str, ...] = fields.refs()
    tents: tuple[str, ...] = fields.refs("tent", "hut")
    unexplained: str | None = fields.text()


@frozen(kw_only=True)
class Bare(ps.Event):
    """An event without a sentence for its field."""

    name = "bare"
    kind = "stall"

    unexplained: str = fields.text(required=True)


@frozen
class Stall:
    """The state of a stall.

    Attributes:
        subject: the stall.
        disputed: names of fields on which sources differ.
    """

    subject: str
    status: str | None = None
    size: Size | None = None
    sizes: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()


LIFECYCLE = ps.Lifecycle(
    steps={"stall-opened": ps.Step("open", ("size",))}, ranks={"open": 1}, copies=(), collects={"size": "sizes"}
)
stalls = ps.Kind("stall", [StallOpened], ps.Projection("stalls", Stall, LIFECYCLE.advance, kind="stall"))


def told(cls):
    """Return what each field holds and its sentence."""
    return {name: (field.holds, field.sentence) for name, field in field_docs(cls).items()}


def test_the_fields_of_a_users_event():
    """Sentences stand in the class that defines a field, types come from annotations and converters."""
    assert told(StallOpened) == {
        "subject": ("slug", "the slug of what it is about."),
        "on": told(MeetingHeld)["on"],
        "size": ("'small' or 'large'", "how large the stall is, as its owner says."),
        "first": ("whole number", "numbers of its places."),
        "last": ("whole number", "numbers of its places."),
        "fair": ("slug of the kind fair", "the fair. It has a day."),
        "guests": ("party codes", "those invited."),
        "related": ("subjects, kind:slug", "whatever it is near to."),
        "tents": ("subjects of the kind tent or hut; a slug alone stands for tent:slug", "tents of the stall."),
        "unexplained": ("text", ""),
    }
    assert [name for name, field in field_docs(StallOpened).items() if field.is_required] == ["subject", "fair"]


def test_the_docstring_of_a_users_event():
    """It explains inherited fields too, and keeps what stands before and after."""
    lines = StallOpened.__doc__.splitlines()
    assert lines[:5] == ["A stall is opened.", "", "It may be closed again.", "", "Attributes:"]
    assert "    size ('small' or 'large'): how large the stall is, as its owner says." in lines
    assert "    fair (slug of the kind fair, required): the fair. It has a day." in lines
    assert "    unexplained (text):" in lines
    assert lines[-2:] == ["Example:", '    StallOpened("a", fair="b")']


def test_the_docstring_of_a_state():
    """A field that is copied from an event has its sentence."""
    assert told(Stall)["size"] == ("'small' or 'large'", "how large the stall is, as its owner says.")
    assert told(Stall)["sizes"] == ("texts", "all values of `size`, the best source first.")
    assert "    size ('small' or 'large'): how large the stall is, as its owner says." in Stall.__doc__.splitlines()
    assert stalls.events == (StallOpened,)


def test_help_of_a_built_in_event():
    """It names every field, inherited ones too, with the allowed values."""
    doc = MeetingHeld.__doc__
    assert all(f"    {name} (" in doc for name in field_docs(MeetingHeld))
    assert "    mode ('in-person', 'online' or 'hybrid'): how people meet." in doc.splitlines()
    assert MeetingHeld("a").__doc__ == doc
    assert "mode ('in-person', 'online' or 'hybrid')" in ps.Meeting.__doc__


def test_a_class_with_its_own_attributes_of_other_types():
    """Whatever the annotation, there is a description."""

    @frozen
    class Odd:
        """Odd.

        Attributes:
            one: the first.
        """

        one: "unknown_type"  # noqa: F821, UP037
        many: tuple[ps.Source, ...] = ()
        days: tuple[ps.When, ...] = ()
        source: ps.Source | None = None
        number: int | str | None = None

    assert told(Odd) == {
        "one": ("value", "the first."),
        "many": ("value", ""),
        "days": ("value", ""),
        "source": ("value", ""),
        "number": ("value", ""),
    }


def test_without_docstrings():
    """Under ``python -OO`` there are none, and errors lack the meanings."""
    script = (
        "from partnership.events import MeetingHeld\n"
        "print(MeetingHeld.__doc__)\n"
        "try: MeetingHeld('a', mode='x')\n"
        "except ValueError as error: print(error.meanings)"
    )
    done = subprocess.run([sys.executable, "-OO", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["None", "('',)"]


# ---- every public class ----


def public_classes():
    """Return every public class with fields: events, states, rows, answers and values."""
    found = []
    for module in pkgutil.walk_packages(ps.__path__, "partnership."):
        if module.name.startswith(("partnership.cli", "partnership.render", "partnership.charts")):
            continue  # what these make is shown, and returned to nobody
        namespace = vars(importlib.import_module(module.name))
        found += [
            value
            for name, value in namespace.items()
            if isinstance(value, type) and value.__module__ == module.name and attrs.has(value) and name[0] != "_"
        ]
    return found


def test_every_field_is_explained():
    """Write the missing sentence into the ``Attributes:`` section of the class that defines the field."""
    assert not [
        f"{cls.__module__}.{cls.__name__}.{name}"
        for cls in public_classes()
        for name, field in field_docs(cls).items()
        if not field.sentence and not name.startswith("_")
    ]


def test_every_event():
    """Its docstring names each of its fields, with a type in words."""
    every = [(event, name, field) for event in BUILT_IN.events.values() for name, field in field_docs(event).items()]
    assert len(every) > 1_000
    for event, name, field in every:
        assert f"\n    {name} (" in event.__doc__, event.name
        assert field.type != "value", f"{event.name}.{name}"


# ---- arguments ----


def test_an_unknown_field():
    """The error names the nearest field, and all fields; it is a TypeError too."""
    with pytest.raises(InvalidFields) as refused:
        MeetingHeld("a", plase="Hue", zzz=1)
    assert isinstance(refused.value, InvalidEvent)
    assert isinstance(refused.value, TypeError)
    assert (refused.value.event, refused.value.subject) == ("meeting-held", "a")
    assert refused.value.reasons == (
        "plase: is not a field; did you mean place (city or venue)?",
        "zzz: is not a field",
    )
    assert refused.value.fields == (*field_docs(MeetingHeld),)
    assert str(refused.value).endswith(f"; its fields are {', '.join(field_docs(MeetingHeld))}")
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)  # noqa: S301  made by this test


def test_a_missing_field():
    """The error says what it holds."""
    with pytest.raises(InvalidFields, match=r"as_of: is missing \(the day of the count"):
        CommitmentProgressReported("a", done=1)
    with pytest.raises(InvalidFields, match="meeting-held of None cannot be recorded: subject: is missing"):
        MeetingHeld(on="2020")
    with pytest.raises(InvalidFields, match="unexplained: is missing;"):
        Bare("a")


def test_a_field_by_its_place():
    """Only the subject is given without its name."""
    with pytest.raises(InvalidFields, match="'2020': give every field but subject by its name"):
        MeetingPostponed("a", "2020")


def test_another_type_error():
    """It is raised as it is."""

    @frozen(kw_only=True)
    class Broken(ps.Event):
        """Broken.

        Attributes:
            size: its size.
        """

        name = "broken"
        kind = "stall"

        size: int | None = attrs.field(default=None, converter=lambda value: value + 1)

    with pytest.raises(TypeError, match="unsupported operand"):
        Broken("a")
    assert Broken("a", size=1).size == 2
