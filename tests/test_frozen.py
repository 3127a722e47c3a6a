"""`partnership._frozen`: classes whose methods are made on first use are those that attrs makes."""

import copy
import gc
import inspect
import weakref
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from threading import Barrier
from typing import ClassVar, Generic, TypeVar

import attrs
import pytest
from attrs import field, validators

from partnership._frozen import Deferred, frozen, is_template
from partnership.model import event
from partnership.subjects.meetings import Meeting, MeetingHeld

T = TypeVar("T")


def declared(decorate):  # noqa: C901  it is flat
    """Return classes of all sorts, with arguments for an object of each, as a decorator makes them."""

    @decorate
    class Plain:
        """Say what it holds."""

        limit: ClassVar[int] = 3
        first: int = field(converter=int)
        second: str = ""
        third: tuple[int, ...] = field(factory=tuple, repr=False)

        def doubled(self):
            return self.first * 2

    @decorate(kw_only=True)
    class Derived(Plain):
        second: str = "another"
        fourth: int = field(default=4, validator=validators.instance_of(int))

        def doubled(self):
            return super().doubled() + 1

        @property
        def quadrupled(self):
            return super().doubled() * 2

        @classmethod
        def made(cls):
            return __class__(1)

    @decorate(eq=False, repr=False, weakref_slot=False)
    class ByIdentity:
        first: int = 1

        def __attrs_post_init__(self):
            object.__setattr__(self, "first", self.first + 1)

    @decorate
    class Own:  # noqa: PLW1641  equal ones are not hashed
        first: int

        def __init__(self, given):
            self.__attrs_init__(given + 1)

        def __repr__(self):
            return "own"

        def __eq__(self, other):
            return isinstance(other, type(self))

        def __getstate__(self):
            return {}

        def __setstate__(self, state):
            object.__setattr__(self, "first", 9)

    @decorate(init=False)
    class WithoutInit:
        first: int = 1

    @decorate
    class OfType(Generic[T]):
        first: T
        _private: int = field(default=5, alias="shown")

        def __hash__(self):
            return 7

    @decorate(order=True)
    class Ordered:
        first: int

    @decorate
    class Cached:
        first: int

        @cached_property
        def doubled(self):
            return self.first * 2

    return {
        Plain: ("1", "b"), Derived: ("1",), ByIdentity: (), Own: (1,), WithoutInit: (), OfType: (1,), Ordered: (1,),
        Cached: (2,),
    }  # fmt: skip


OURS, THEIRS = declared(frozen), declared(attrs.frozen)


@pytest.mark.parametrize(("ours", "theirs"), list(zip(OURS, THEIRS, strict=True)), ids=lambda cls: cls.__name__)
class TestMadeOnFirstUse:
    """Whichever attribute is used first, the class has what attrs gives it."""

    def test_attributes(self, ours, theirs):
        """It has the same ones, and none is deferred once it was used."""
        hidden = {"__weakref__", "__partnership_template__"}
        assert vars(ours).keys() - hidden == vars(theirs).keys() - hidden
        for name, value in vars(theirs).items():
            assert type(getattr(ours, name)) is type(getattr(theirs, name)) or name == "__attrs_attrs__", name
            if isinstance(value, str | tuple) and name not in ("__attrs_attrs__", "__module__"):
                assert getattr(ours, name) == value, name
        assert not any(isinstance(value, Deferred) for value in vars(ours).values())
        assert not is_template(ours)

    def test_fields(self, ours, theirs):
        """They are those of attrs, also by name."""
        assert attrs.has(ours)
        assert attrs.fields(ours) == attrs.fields(theirs)
        assert [one.inherited for one in attrs.fields(ours)] == [one.inherited for one in attrs.fields(theirs)]
        assert attrs.fields(ours).first is attrs.fields(ours)[0]
        assert ours.__attrs_props__ == attrs.inspect(theirs)  # `inspect` reads past what is made on first use
        assert attrs.inspect(ours) == attrs.inspect(theirs)

    def test_signature(self, ours, theirs):
        """It is that of the constructor of attrs."""
        assert inspect.signature(ours) == inspect.signature(theirs)

    def test_objects(self, ours, theirs):
        """They are made, shown, compared, hashed, copied and evolved alike, and cannot be changed."""
        shown = []
        for cls in (ours, theirs):
            one, same = (cls(*OURS[ours]) for _ in range(2))
            if not hasattr(one, "first"):  # it has no constructor
                for made in (one, same):
                    made.__attrs_init__()
            values = [getattr(one, field.name) for field in attrs.fields(cls)]
            is_hashable = cls.__hash__ is not None
            shown.append(
                (
                    repr(one) if cls.__repr__ is not object.__repr__ else "",
                    one == same,
                    one != same,
                    one == 1,
                    hasattr(cls, "__attrs_props__") and cls.__lt__ is not object.__lt__ and one < cls(2),
                    is_hashable and hash(one) == hash(same),
                    values,
                    repr(copy.copy(one)) == repr(one),
                    copy.copy(one) == one,
                )
            )
            with pytest.raises(attrs.exceptions.FrozenInstanceError):
                one.first = 2
            with pytest.raises(AttributeError):
                one.__dict__  # noqa: B018  it has slots
        assert shown[0] == shown[1]

    def test_subclasses(self, ours, theirs):
        """Attrs derives classes from it."""
        derived = [
            attrs.frozen(type("Last", (cls,), {"__annotations__": {"last": int}, "last": 8})) for cls in (ours, theirs)
        ]
        assert attrs.fields(derived[0]) == attrs.fields(derived[1])
        assert derived[0].__slots__ == derived[1].__slots__


def test_methods_that_call_those_of_a_base_class():
    """They find it in the class that is used, not in the one of the source."""
    _, derived, *_ = OURS
    one = derived.made()
    assert (one.doubled(), one.quadrupled, type(one)) == (3, 4, derived)


def test_a_deferred_method_of_a_base_class():
    """A method that replaces it can call it."""

    @frozen
    class Base:
        first: int

    @frozen
    class Derived(Base):
        def __repr__(self):
            return f"<{super().__repr__()}>"

        def __hash__(self):
            return super().__hash__()

    assert repr(Derived(1)).startswith("<")
    assert hash(Derived(1)) == hash(Derived(1))


def test_weak_references():
    """Objects take them, unless the class says that they do not."""
    plain, _, by_identity, *_ = OURS
    assert weakref.ref(plain(1))
    with pytest.raises(TypeError):
        weakref.ref(by_identity())


def test_methods_used_long_after_others():
    """What was made of a class with them is kept until then."""

    @frozen
    class Pair:
        first: int

    assert Pair(1) == Pair(1)
    gc.collect()
    assert hash(Pair(1)) == hash(Pair(1))


def test_threads():
    """Those that use a class for the first time at once all do so."""

    @frozen
    class Pair:
        first: int
        second: int = 2

    begin, late = Barrier(8), vars(Pair)["__init__"]

    def use(number):
        begin.wait()
        return Pair(number) == Pair(number, 2) and hash(Pair(number)) and len(attrs.fields(Pair))

    with ThreadPoolExecutor(8) as pool:
        assert [*pool.map(use, range(8))] == [2] * 8
    assert late.__get__(None, Pair) is Pair.__init__


def test_a_wrong_class():
    """What attrs refuses is refused on first use."""

    @frozen
    class Wrong:
        first: int = 1
        second: int

    with pytest.raises(ValueError, match="No mandatory attributes"):
        Wrong(1, 2)


def test_events(monkeypatch):
    """A class of events says how it is made, and its template is none."""
    assert next(iter(inspect.signature(MeetingHeld).parameters)) == "subject"
    assert MeetingHeld("a", place="Ha Noi") == MeetingHeld("a", place="Ha Noi")
    assert attrs.evolve(Meeting("a"), title="A").title == "A"
    monkeypatch.setattr(event, "_HOOKS", [])
    called = []
    event.when_subclassed(called.append)
    assert not any(map(is_template, called))
