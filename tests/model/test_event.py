"""Events: immutable, validated as a whole, and the names of their fields."""

from __future__ import annotations

import pickle
from itertools import chain

import attrs
import pytest
from attrs import field, frozen
from hypothesis import given
from hypothesis import strategies as st

import partnership as ps
from partnership import fields
from partnership.errors import InvalidEvent
from partnership.events import (
    CommitmentProgressReported,
    CourseParticipantsReported,
    DialogueLaunched,
    MeetingHeld,
    MeetingScheduled,
    RoleHeld,
)
from partnership.kinds import BUILT_IN
from partnership.model import converters, references
from partnership.model.event import fields_of
from partnership.testing import events_of


def test_an_event_with_nothing_but_its_subject():
    """Only the subject is required, and it comes first."""
    event = MeetingHeld("special-fmm-2020")

    assert (event.subject, event.on, event.about) == ("special-fmm-2020", None, "meeting:special-fmm-2020")
    with pytest.raises(TypeError):
        MeetingHeld("special-fmm-2020", "2020-06-17")


def test_an_event_that_somebody_tries_to_change():
    """It is frozen."""
    event = MeetingHeld("special-fmm-2020", on="2020-06-17")

    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        event.on = ps.When("2020-06-18")
    assert event == MeetingHeld("special-fmm-2020", on="2020-06-17")
    assert hash(event) == hash(attrs.evolve(event, on="2020-06-17"))


def test_several_fields_that_are_wrong():
    """One error has all reasons, in the order of the class, and the alternative."""
    with pytest.raises(InvalidEvent) as refused:
        MeetingHeld("Special FMM", place="Ha\x00noi", count=True, mode="post", on=2020, parties="Viet Nam")

    assert refused.value.event == "meeting-held"
    assert refused.value.subject == "Special FMM"
    assert str(refused.value) == (
        "meeting-held of 'Special FMM' cannot be recorded: "
        "subject: 'Special FMM' is not a slug: at most 80 lower-case letters a to z, digits and hyphens, "
        "starting with a letter or digit; write 'special-fmm' (the slug of what it is about); "
        "on: 2020 is not a date but int; write text such as '2020-06-17', or give a datetime.date "
        "(when it happened, as vague as the source is; None if the source does not say); "
        "parties: 'Viet Nam' is not the code of a party; "
        "write at most 32 letters, digits and hyphens: 'ASEAN', 'RU', 'VN'; did you mean 'VN'? "
        "(the parties that take part); "
        "count: True is not a count; write a whole number, 0 or more "
        "(number of meetings, if the subject stands for a group of unnamed ones); "
        "place: 'Ha\\x00noi' contains a forbidden character (U+0000 at 2); remove it (city or venue); "
        "mode: 'post' is not known here; write one of 'in-person', 'online', 'hybrid' (how people meet). "
        "If a source really printed what cannot be, record its words: StatementMade(slug, text=…)"
    )


def test_an_error_that_is_pickled():
    """It survives with all its parts."""
    with pytest.raises(InvalidEvent) as refused:
        MeetingHeld("Special FMM", on="soon")
    again = pickle.loads(pickle.dumps(refused.value))  # noqa: S301  our own bytes

    assert (again.event, again.subject, again.reasons) == ("meeting-held", "Special FMM", refused.value.reasons)
    assert str(again) == str(refused.value)


@pytest.mark.parametrize("subject", [None, 7, b"summit", "", "visit:summit", "x" * 5000, 10**5000], ids=type)
def test_a_subject_that_is_no_slug(subject):
    """It is refused with a readable message, whatever was passed."""
    with pytest.raises(InvalidEvent) as refused:
        MeetingHeld(subject)

    assert refused.value.subject == subject
    assert len(str(refused.value)) < 700


@given(st.data())
def test_any_event_at_all(data):
    """An event made from its own values equals it: converters accept what they return."""
    event = data.draw(events_of(data.draw(st.sampled_from(list(BUILT_IN.events.values())))))
    values = {attribute.name: getattr(event, attribute.name) for attribute in attrs.fields(type(event))}

    assert type(event)(**values) == event


# ---- many events of one class ----


def outcome(make):
    """Return the event that a function makes, or the text of the error that it raises."""
    try:
        return make()
    except (TypeError, InvalidEvent) as error:
        return f"{type(error).__name__}: {error}"


@pytest.mark.parametrize(
    "make",
    [
        lambda: MeetingHeld("m"),
        lambda: MeetingHeld("m", on="2020-06", parties=["ru", "ASEAN"], topics="trade", count=3, level="ministers"),
        lambda: MeetingHeld(subject="meeting:m", on="2020-06"),
        lambda: MeetingHeld("meeting:m", on="2020-06"),
        lambda: MeetingHeld("A Meeting", on="soon", place=7, count=-1),
        lambda: MeetingHeld("m", plase="Hue"),
        lambda: MeetingHeld("m", "2020"),
        lambda: MeetingHeld("m", subject="n"),
        lambda: MeetingHeld(on="2020"),
        MeetingHeld,
        lambda: CommitmentProgressReported("c", done=3),
        lambda: CommitmentProgressReported("c", as_of="2020", done=3, total=2),
        lambda: type("Own", (MeetingHeld,), {})("m", on="2020-06"),
    ],
)
def test_the_first_event_of_a_class_and_a_later_one(make):
    """Their fields, or their errors, are the same, although a later one is made faster."""
    first, *_, last = (outcome(make) for _ in range(100))

    assert repr(last) == repr(first)
    if not isinstance(first, str):
        assert {name: getattr(last, name) for name in fields_of(type(last)).names} == {
            name: getattr(first, name) for name in fields_of(type(first)).names
        }
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            last.on = None
        assert pickle.loads(pickle.dumps(last)) == last if type(last) is MeetingHeld else True  # noqa: S301  our own


def test_fields_that_are_not_given():
    """Their defaults are as converters return them, so that the constructor need not convert them."""
    assert not [event for event in BUILT_IN.events.values() if hasattr(event, "__attrs_pre_init__")]
    for item in chain(*map(attrs.fields, BUILT_IN.events.values())):
        assert item.init
        assert item.alias == item.name
        assert item.validator is None
        assert item.default in (attrs.NOTHING, None, ())
        if item.default is not attrs.NOTHING and item.converter:
            assert item.converter(item.default) == item.default


def test_a_default_of_a_users_own_class():
    """It is converted, as attrs does, however many events are made."""

    @frozen(kw_only=True)
    class FairHeld(ps.Event):
        """A fair.

        Attributes:
            mood: how it was.
        """

        name = "fair-held"
        kind = "fair"
        mood: str = field(default="fair", converter=str.upper)

    assert {FairHeld("f").mood for _ in range(100)} == {"FAIR"}
    assert {FairHeld("f", mood="dull").mood for _ in range(100)} == {"DULL"}


# ---- events of a user's own ----


@frozen(kw_only=True)
class MeasureTaken(ps.Event):
    """One side acts; when it lifts the measure again cannot be before."""

    name = "measure-taken"
    kind = "measure"
    identity = ("measure", "by")
    together = (("first", "last"),)

    measure: str | None = field(default=None, converter=converters.name)
    by: str | None = field(default=None, converter=converters.code)
    first: int | None = field(default=None, converter=converters.whole)
    last: int | None = field(default=None, converter=converters.whole)
    note: str | None = field(default=None, converter=converters.words, metadata=converters.LABEL)
    answers: tuple[str, ...] = field(default=(), converter=references.subjects, metadata=converters.LABEL)
    meeting: str | None = fields.ref("meeting")

    def impossible(self):
        """Refuse a last one before the first."""
        return ("last: is before the first",) if (self.last or 0) < (self.first or 0) else ()


def test_fields_that_cannot_stand_together():
    """`impossible` refuses them, if each field is valid by itself."""
    with pytest.raises(InvalidEvent, match="last: is before the first"):
        MeasureTaken("ban", first=3, last=2)
    with pytest.raises(InvalidEvent) as refused:
        MeasureTaken("ban", first=3, last=-2)
    assert refused.value.reasons == ("last: -2 is not a count; write a whole number, 0 or more",)


def test_the_fields_of_a_class():
    """Facts are resolved, in groups; labels are collected; fields of the identity are neither."""
    known = fields_of(MeasureTaken)

    assert known.names == ("on", "measure", "by", "first", "last", "note", "answers", "meeting")
    assert known.facts == (("on",), ("first", "last"), ("meeting",))
    assert (known.keyed, known.is_per_publication) == (("measure", "by"), False)
    assert known.labels == ("note", "answers")
    assert known.parties == ("by",)
    assert known.refers == (("answers", "*"), ("meeting", "meeting"))
    assert fields_of(MeasureTaken) is known


@pytest.mark.parametrize(
    ("event", "facts", "not_facts"),
    [
        (MeetingHeld, [("on",), ("place",), ("co_chairs",), ("ordinal",), ("chairs",)], ["title", "topics"]),
        (MeetingScheduled, [("planned",), ("is_tentative",)], ["condition"]),
        (CommitmentProgressReported, [("done", "total")], ["as_of", "verb"]),
        (CourseParticipantsReported, [("participants",)], ["run", "party"]),
        (RoleHeld, [("on",)], ["holder"]),
    ],
)
def test_the_facts_of_the_librarys_own_classes(event, facts, not_facts):
    """Fields of the identity and labels are never facts."""
    said = fields_of(event).facts

    assert set(facts) <= set(said)
    assert not {name for group in said for name in group} & set(not_facts)


def test_every_built_in_class():
    """`identity` and `together` name fields of the class; only the subject is positional."""
    for name, event in BUILT_IN.events.items():
        known = fields_of(event)
        assert event.name == name
        assert event.__doc__
        assert [attribute.name for attribute in attrs.fields(event) if not attribute.kw_only] == ["subject"]
        assert set(known.keyed) <= set(known.names)
        assert {name for group in event.together for name in group} <= set(known.names)
        assert set(known.labels).isdisjoint(name for group in known.facts for name in group)


def test_party_codes_in_other_case_and_order():
    """They are the same claim."""
    event = DialogueLaunched("ict-security", parties=["ru", "ASEAN"])
    other = DialogueLaunched("ict-security", parties=("asean", "RU"))
    source = ps.Source("TASS", published="2021-09-24")
    record = ps.open(":memory:")

    assert record.add(event, source=source) == record.add(other, source=source)
    assert len(record.entries()) == 1


class Outer:
    """A class around another one, whose name is in its repr."""

    @frozen(kw_only=True)
    class Shown(ps.Event):
        """An event whose fields are shown in different ways."""

        name = "shown"
        kind = "oddity"

        place: str | None = field(default=None, converter=converters.name)
        hidden: str | None = field(default=None, converter=converters.name, repr=False)
        long: str | None = field(default=None, converter=converters.name, repr=lambda text: f"<{text[:2]}…>")


def test_the_repr_of_an_event():
    """It is what attrs would generate, without a function for each class; a class may have its own."""
    event = Outer.Shown("a", place="Bali", hidden="x", long="Jakarta")
    assert repr(event) == "Outer.Shown(subject='a', on=None, place='Bali', long=<Ja…>)"

    def local():
        @frozen
        class Local(MeetingHeld):
            pass

        @frozen
        class Own(MeetingHeld):
            def __repr__(self) -> str:
                return "mine"

        @frozen
        class Derived(Own):
            pass

        return Local, Own, Derived

    inherited, own, derived = local()
    assert repr(inherited("a")).startswith("Local(subject='a', on=None, ")
    assert repr(own("a")) == "mine"
    assert repr(derived("a")).startswith("Derived(subject='a'")
    assert repr(MeetingHeld("a")).startswith("MeetingHeld(subject='a', on=None, ")
