"""A kind of subject: what could not work is refused when it is made, with every reason."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal

import attrs
import pytest
from attrs import frozen

import partnership as ps
from partnership import fields
from partnership.events import DialogueLaunched, MeetingHeld
from partnership.kinds import BUILT_IN, Kinds
from partnership.model.event import fields_of
from partnership.model.kind import Kind

SLUG = "is not a slug: at most 80 lower-case letters a to z, digits and hyphens, starting with a letter or digit"


def event(annotations=None, *, doc=None, is_decorated=True, **said):
    """Return a class of events of the kind ``oddity``."""
    body = {"name": "odd", "kind": "oddity", "__annotations__": annotations or {}, "__module__": __name__}
    body |= {"__doc__": doc, **said}
    cls = type("Odd", (ps.Event,), {key: value for key, value in body.items() if value is not None})
    return frozen(kw_only=True)(cls) if is_decorated else cls


@frozen
class State:
    """The state of one subject."""

    subject: str
    status: str | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()


@frozen
class Documented:
    """The state of one subject.

    Attributes:
        subject: which.
        begun_on, ended_on: when; a line that goes on
            is no attribute: of it.
        disputed: on what sources differ.
    """

    subject: str
    begun_on: ps.When | None = None
    disputed: tuple[str, ...] = ()


@frozen
class Lent(ps.PlannedState):
    """A state that names the field of its parties as one text."""

    owed_by = "lenders"

    lenders: tuple[str, ...] = ()


@frozen
class Borrowed(ps.PlannedState):
    """A state that names a field of parties that it does not have."""

    owed_by = ("lenders", "host")

    host: str | None = None


@frozen
class Owed(ps.PlannedState):
    """A state with a field of that name."""

    owed_by: str | None = None  # type: ignore[misc]


@frozen
class Planning:
    """What is known of one that is planned."""

    subject: str
    expected: tuple[ps.Expectation, ...] = ()
    disputed: tuple[str, ...] = ()


def projection(initial=State, evolve=lambda state, _: state, name="oddities", kind="oddity", **more):
    """Return a projection of the kind."""
    return ps.Projection(name, initial, evolve, kind=kind, **more)


def lifecycle(steps, ranks=None, **more):
    """Return a projection with a lifecycle."""
    life = ps.Lifecycle(steps=steps, ranks=ranks or {"done": 1}, **more)
    return projection(evolve=life.advance)


def refusal(*args, **kwargs):
    """Return the reasons for which a kind is refused."""
    with pytest.raises(ps.errors.InvalidKind) as refused:
        ps.Kind(*args, **kwargs)
    return refused.value.reasons


BARE = "without a converter it would keep any value; write partnership.fields"
EVENTS: dict[str, tuple[object, str]] = {
    "no class of events": (int, "<class 'int'> is not a class of events; derive it from partnership.Event"),
    "an event in place of its class": (DialogueLaunched("a"), "is not a class of events"),
    "no stored name": (event(name=None), "Odd: give the class a stored `name` and the `kind` of its subjects"),
    "no class of attrs": (event(is_decorated=False), "Odd: decorate the class with attrs.frozen(kw_only=True)"),
    "a name that is no slug": (event(name="Treaty Signed"), f"Odd: its stored name: 'Treaty Signed' {SLUG}"),
    "another kind": (event(kind="treaty"), "Odd: it is an event of the kind 'treaty', not of 'oddity'"),
    "a rank in words": (event(rank="high"), "Odd: its rank is 'high'; ranks are whole numbers"),
    "a field called rank": (event({"rank": str}, rank=fields.name()), "Odd: a field cannot be called 'rank'"),
    "a version that is none": (event(version=0), "Odd: its version is 0; versions are whole numbers from 1"),
    "a version in words": (event(version="2"), "Odd: its version is '2'; versions are whole numbers from 1"),
    "no upcaster": (event(version=3, upcasters={2: dict}), "Odd: it lacks the upcaster from version 1"),
    "a key that is no field": (event(identity=("place",)), "`distinct_by` or `together` names 'place'"),
    "distinct by no field": (event(distinct_by=("act",)), "`distinct_by` or `together` names 'act'"),
    "a group of no fields": (event(together=(("a", "b"),)), "`distinct_by` or `together` names 'a'"),
    "a bare date": (event({"day": ps.When | None}, day=None), f"Odd: day: {BARE}.date()"),
    "a bare text": (event({"day": str}), f"Odd: day: {BARE}.name()"),
    "bare texts": (event({"day": tuple[str, ...]}, day=()), f"Odd: day: {BARE}.names()"),
    "a bare choice": (event({"day": Literal["a", "b"] | None}, day=None), f"Odd: day: {BARE}.choice()"),
    "a float": (event({"day": float}, day=fields.number()), "Odd: day: an entry cannot hold <class 'float'>; declare"),
    "a list": (event({"day": list[str]}, day=fields.names()), "Odd: day: an entry cannot hold list[str]; declare"),
    "two types": (
        event({"day": str | int | None}, day=fields.name()),
        "Odd: day: an entry cannot hold str | int | None",
    ),
    "a pair": (event({"day": tuple[str, str]}, day=fields.names()), "an entry cannot hold tuple[str, str]"),
    "a choice of numbers": (event({"day": Literal[1, 2]}, day=fields.integer()), "an entry cannot hold typing.Literal"),
    "a type that is nowhere": (
        event({"day": "Nowhere"}, day=fields.name()),
        "its annotations cannot be read: name 'Now",
    ),
    "an attribute that is not there": (
        event(doc="One.\n\nAttributes:\n    place: where.\n", name="odd"),
        "Odd: its docstring documents 'place', which Odd does not have",
    ),
}


@pytest.mark.parametrize("kind", [*BUILT_IN], ids=repr)
def test_built_in_kinds_work(kind):
    """Those of the library are checked here, and not when they are made."""
    assert Kind._problems(kind) == ()


@pytest.mark.parametrize("name", EVENTS)
def test_a_class_of_events_that_could_not_work(name):
    """It is refused with a reason that says what to change."""
    given, reason = EVENTS[name]
    assert any(reason in text for text in refusal("oddity", [given])), refusal("oddity", [given])


def test_text_that_is_not_a_date():
    """A field of the library's own specifiers refuses it; without one, the class is refused."""
    with pytest.raises(ps.errors.InvalidEvent, match="next year maybe"):
        event({"day": ps.When | None}, day=fields.date())("a", day="next year maybe")
    assert refusal("oddity", [event({"day": ps.When | None}, day=None)])


PLANS = {"odd": ps.Step("done", sets_plan=True, fulfils=True, on="held_on")}
PROJECTIONS: dict[str, tuple[dict[str, object], str]] = {
    "no projection": ({"projection": State}, "is not a Projection"),
    "no lifecycle": ({"projection": projection(), "lifecycle": PLANS}, "is not a Lifecycle"),
    "a lifecycle alone": (
        {"lifecycle": ps.Lifecycle({}, {})},
        "it has a lifecycle and no projection that would use it",
    ),
    "another kind": ({"projection": projection(kind="treaty")}, "is about the kind 'treaty', not about 'oddity'"),
    "a plural in two words": ({"projection": projection(name="odd things")}, "is called 'odd things'; call it by"),
    "a state that cannot be made": ({"projection": projection(initial=int)}, "projection.initial fails for a subject"),
    "a state that is a dict": ({"projection": projection(initial=lambda _: {})}, "its state is dict; decorate it with"),
    "a documented attribute": ({"projection": projection(initial=Documented)}, "'ended_on', which Documented does not"),
    "what is planned": (
        {"projection": projection(initial=Planning)},
        "'expected'; derive the state of what is planned from",
    ),
    "parties in a text": ({"projection": projection(initial=Lent)}, "Lent has owed_by='lenders'; write the names of"),
    "parties that are nowhere": (
        {"projection": projection(initial=Borrowed)},
        "Borrowed has 'lenders' in owed_by, which is not a field of it",
    ),
    "parties in a field": ({"projection": projection(initial=Owed)}, "Owed has a field owed_by; write the names of"),
    "a step of another event": (
        {"projection": lifecycle({"meeting-held": ps.Step()})},
        "'meeting-held', which is not",
    ),
    "copies as a text": ({"projection": lifecycle({"odd": ps.Step(copies="place")})}, "write the names of fields"),
    "copies of all events as a text": ({"projection": lifecycle({}, copies="place")}, "copies=('place',)"),
    "a copy that no event has": ({"projection": lifecycle({}, copies=("hosst",))}, "copies 'hosst', which none of its"),
    "a lifecycle in place of its advance": (
        {"projection": projection(evolve=ps.Lifecycle(steps={}, ranks={}))},
        "projection.evolve is Lifecycle(",
    ),
    "a kind in place of a tuple": ({"projection": projection(others="meeting")}, "tuple, others=('meeting',)"),
    "rules in words": ({"projection": projection(rules="r")}, "projection.rules is 'r', which is not a function"),
    "a status without a rank": ({"projection": lifecycle({"odd": ps.Step("held")})}, "gives the status 'held' no rank"),
    "an interruption without a rank": (
        {"projection": lifecycle({}, interruptions=frozenset({"off"}))},
        "gives the status 'off' no rank",
    ),
    "a last status without a rank": ({"projection": lifecycle({}, terminal=frozenset({"off"}))}, "'off' no rank"),
    "a field that the event lacks": (
        {"projection": lifecycle({"odd": ps.Step(copies=("title",))})},
        "its lifecycle copies 'title' from 'odd', which has no such field",
    ),
    "a plan without a day": ({"projection": lifecycle(PLANS)}, "lets 'odd' set a plan, which has no field `planned`"),
    "a day that the state lacks": ({"projection": lifecycle(PLANS)}, "its lifecycle sets 'held_on', which State does"),
    "an outcome that the state lacks": ({"projection": lifecycle(PLANS)}, "its lifecycle sets 'outcomes', which State"),
}


@pytest.mark.parametrize("name", PROJECTIONS)
def test_a_projection_that_could_not_work(name):
    """It is refused with a reason that says what to change."""
    given, reason = PROJECTIONS[name]
    assert any(reason in text for text in refusal("oddity", [event()], **given)), refusal("oddity", [event()], **given)


def test_everything_that_is_wrong():
    """All reasons are given at once, one per line."""
    with pytest.raises(ps.errors.InvalidKind) as refused:
        ps.Kind("Oddity", [event(), event(), int], projection(kind="treaty"))
    lines = str(refused.value).splitlines()
    assert lines[0] == "the kind 'Oddity' cannot be used:"
    assert len(lines) == len(refused.value.reasons) + 1 == 6
    assert "  several events have the stored name 'odd'" in lines


def test_a_kind_with_a_lifecycle_of_events_that_refer_to_it():
    """Its steps for them are looked up when the record is opened, in whichever order the kinds are given."""
    life = ps.Lifecycle(steps={"meeting-held": ps.Step(), "noted": ps.Step()}, ranks={})
    kind = ps.Kind("oddity", [event()], projection(evolve=life.advance, key=lambda occurrence: [occurrence.subject]))
    noted = ps.Kind("note", [event(kind="note", name="noted")])
    assert (kind.lifecycle, kind.foreign_steps) == (life, ("meeting-held", "noted"))
    assert Kinds([kind, noted]).own == (kind, noted)
    with pytest.raises(ps.errors.InvalidKind, match="has a step for 'noted', which is no event here"):
        Kinds([kind])


def test_kinds_beside_each_other():
    """A kind is found by its name and its plural; kinds with one name add to each other."""
    first, second = ps.Kind("oddity", [event()]), ps.Kind("oddity", [event(name="odder")], projection())
    more = ps.Kind("meeting", [event(kind="meeting")])
    kinds = Kinds([first, second, first, second])
    assert kinds["oddity"] is kinds["oddities"] is second
    assert ("oddity" in kinds, "oddities" in kinds, "odd" in kinds) == (True, True, False)
    assert list(kinds)[-2:] == [first, second]
    assert kinds.plurals[-1] == "oddities"
    assert repr(kinds) == f"<Kinds: {len(BUILT_IN.names) + 1}, oddity, oddity>"
    assert repr(second) == "<Kind oddity of 1 events>"
    assert Kinds([more])["meeting"] is BUILT_IN["meeting"]
    assert Kinds([first])["oddity"] is first
    assert Kinds([ps.Kind("meeting", [MeetingHeld])]).events["meeting-held"] is MeetingHeld


@pytest.mark.parametrize(
    ("kinds", "reason"),
    [
        ([ps.Kind("a", [event(kind="a")]), ps.Kind("b", [event(kind="b")])], "Odd has the stored name 'odd' already"),
        ([ps.Kind("oddity", [], projection(name="meetings"))], "'meetings' is that of the kind 'meeting' already"),
        ([ps.Kind("oddity", [], projection(name="meeting"))], "the plural 'meeting' is the name of another kind"),
        ([ps.Kind("meetings", [])], "its name 'meetings' is the plural of the kind 'meeting'; choose another"),
        (
            [ps.Kind("oddity", [], projection()), ps.Kind("oddity", [], projection())],
            "that of the kind 'oddity' already",
        ),
    ],
)
def test_kinds_that_cannot_stand_together(kinds, reason):
    """They are refused with a reason that says what to change."""
    with pytest.raises(ps.errors.InvalidKind) as refused:
        Kinds(kinds)
    assert reason in str(refused.value)


def test_a_second_projection_of_a_built_in_kind():
    """It stands beside the first, as two built-in ones do."""
    hosts = ps.Kind("meeting", [], projection(name="hosts", kind="meeting"))
    with ps.open(":memory:", kinds=[hosts]) as record:
        record.add(MeetingHeld("a", on="2020"), source=ps.Source("VNA", published="2021"))
        assert record.states(hosts)["a"] == record.states("hosts")["a"] == State("meeting:a")
        assert record.states("meeting")["a"] == record.meetings["a"]
        assert record.states(BUILT_IN["meeting"])["a"] == record.meetings["a"]


@pytest.mark.parametrize("kind", list(BUILT_IN), ids=str)
def test_a_built_in_kind(kind):
    """It could be a user's own: it is made again from its parts."""
    again: Kind[object] = ps.Kind(kind.name, kind.events, kind.projection, kind.lifecycle)
    assert again.events == kind.events


# ---- fields ----


def made(field, value):
    """Return what a field keeps of a value."""
    return event({"value": str}, value=field)("a", value=value).value


TAKEN: list[tuple[Callable[..., object], object, object]] = [
    (fields.date, "2020-06", ps.When("2020-06")),
    (fields.party, "vn", "VN"),
    (fields.name, " a  b ", "a b"),
    (fields.place, " Ha  Noi ", "Ha Noi"),
    (fields.person, "S. Lavrov", "S. Lavrov"),
    (fields.text, "a\nb", "a\nb"),
    (fields.count, 5, ps.Count(5)),
    (fields.integer, 5, 5),
    (fields.number, "1.5", Decimal("1.5")),
    (fields.money, ps.Money("1", "USD"), ps.Money("1", "USD")),
    (fields.percent, 5, ps.Percent(5)),
    (fields.duration, "P60M", ps.Duration("P5Y")),
    (fields.flag, False, False),
    (fields.slug, "a-b", "a-b"),
    (lambda **how: fields.choice("a", "b", **how), "a", "a"),
    (lambda **how: fields.ref("meeting", **how), "meeting:a", "a"),
    (fields.ref, "meeting:a", "meeting:a"),
]


@pytest.mark.parametrize(("make", "given", "kept"), TAKEN)
def test_a_field_of_one_value(make, given, kept):
    """It keeps the value in one form; it may be left out, or not where it is required."""
    assert made(make(), given) == made(make(required=True), given) == kept
    assert made(make(), None) is None
    assert made(make(required=True), kept) == kept
    with pytest.raises(ps.errors.InvalidEvent, match="value: "):
        made(make(required=True), None)
    with pytest.raises(TypeError, match="value"):
        event({"value": str}, value=make(required=True))("a")


@pytest.mark.parametrize(
    ("field", "given", "kept"),
    [
        (fields.parties(), ["ru", "VN"], ("RU", "VN")),
        (fields.names(), "a", ("a",)),
        (fields.places(), ["Riga", "Minsk"], ("Riga", "Minsk")),
        (fields.persons(), "S. Lavrov", ("S. Lavrov",)),
        (fields.texts(), ["b", "a"], ("b", "a")),
        (fields.slugs(), ["b", "a"], ("a", "b")),
        (fields.refs("meeting"), ["meeting:b", "a"], ("a", "b")),
        (fields.refs("meeting", "visit"), ["visit:b", "meeting:a"], ("meeting:a", "visit:b")),
    ],
)
def test_a_field_of_several_values(field, given, kept):
    """It keeps them as a tuple; left out, it is empty."""
    assert made(field, given) == kept
    assert made(field, None) == ()


def test_the_metadata_of_fields():
    """Labels are collected; parties and references are known by the specifier."""
    event_class = event(
        {"title": str | None, "by": str | None, "body": str | None, "at": tuple[str, ...]},
        title=fields.name(label=True),
        by=fields.party(),
        body=fields.ref("series", "network"),
        at=fields.refs("meeting"),
    )
    about = fields_of(event_class)
    assert (about.labels, about.parties, about.refers) == (("title",), ("by",), (("body", "*"), ("at", "meeting")))
    assert attrs.fields(event_class).title.metadata == {"label": True}


@pytest.mark.parametrize(
    ("field", "values", "chosen"),
    [
        (fields.place(), ("Vientiane", "Vientiane, Laos"), "Vientiane, Laos"),
        (fields.places(), (["Minsk"], ["Riga", "Minsk"]), ("Riga", "Minsk")),
        (fields.person(), ("S. Lavrov", "Sergey Lavrov"), "Sergey Lavrov"),
        (fields.persons(), (["Sergey Lavrov"], ["S. Lavrov", "Wang Yi"]), None),
        (fields.name(), ("Vientiane", "Vientiane, Laos"), None),
    ],
)
def test_a_name_of_which_a_source_says_less(field, values, chosen):
    """That of a place or a person is no dispute."""
    event_class = event({"value": tuple[str, ...] if isinstance(values[0], list) else str | None}, value=field)
    record = ps.open(":memory:", kinds=[ps.Kind(event_class.kind, events=(event_class,))])
    for source, value in zip(("TASS", "AFP"), values, strict=True):
        record.add(event_class("a", value=value), source=ps.Source(source, published="2020-01-01", kind="news"))
    (occurrence,) = record.occurrences
    assert occurrence.disputed == (() if chosen else ("value",))
    assert chosen is None or occurrence.event.value == chosen


@pytest.mark.parametrize("words", [(), (5,), (Literal[1, 2],)])
def test_a_choice_of_no_words(words):
    """It is refused with an example."""
    with pytest.raises(ps.errors.InvalidValue, match="is not a choice; write choice"):
        fields.choice(*words)


def test_a_choice_of_a_literal():
    """Its words are those of the Literal; another is refused with them."""
    event_class = event({"form": Literal["a", "b"] | None}, form=fields.choice(Literal["a", "b"]))
    assert event_class("a", form="b").form == "b"
    with pytest.raises(ps.errors.InvalidEvent, match="'c' is not known here; write one of 'a', 'b'"):
        event_class("a", form="c")


def test_a_reference_to_a_kind_that_is_no_slug():
    """It is refused where the class is written."""
    with pytest.raises(ps.errors.InvalidValue, match="is not a slug"):
        fields.ref("Meeting")
