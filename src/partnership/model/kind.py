"""A kind of subject as one value: its name, its events, and how its states are computed.

Built-in kinds and a user's own are the same thing::

    exhibitions = Kind(
        "exhibition",
        events=(ExhibitionAnnounced, ExhibitionOpened, ExhibitionClosed),
        projection=Projection("exhibitions", Exhibition, LIFECYCLE.advance, kind="exhibition", rules=rules),
    )
    record = partnership.open("arts.db", kinds=[exhibitions])
    record.states("exhibition")["rodin-2027"].status

What could not work is refused when the `Kind` is made, with every reason at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from types import NoneType
from typing import Any, Generic, Literal, TypeGuard, TypeVar, get_args, get_origin, get_type_hints

import attrs
from attrs import Factory, field, frozen

from partnership.errors import InvalidKind, InvalidValue
from partnership.model.event import Event, fields_of
from partnership.model.projection import Lifecycle, Projection
from partnership.values.amounts import Count, Money, Percent
from partnership.values.text import slug
from partnership.values.when import When

__all__ = ["Kind", "is_event"]

S = TypeVar("S")

_RESERVED = {
    "about",
    "dated",
    "dated_by",
    "identity",
    "impossible",
    "is_lasting",
    "kind",
    "name",
    "rank",
    "said",
    "together",
    "upcasters",
    "version",
}
_SPECIFIERS: dict[Any, str] = {
    When: "date",
    str: "name",
    int: "integer",
    bool: "flag",
    Decimal: "number",
    Money: "money",
} | {
    Count: "count",
    Percent: "percent",
}
"""By the type of a field without a converter, the specifier of `partnership.fields` that was probably meant."""
_STORED = "str, int, bool, date, Decimal, When, Money, Count, Percent, a Literal, a tuple of one of these, or None"
_STATE = "decorate it with attrs.frozen, and give it `subject` and `disputed: tuple[str, ...] = ()`"


def _tuple(value: Iterable[type[Event]]) -> tuple[type[Event], ...]:
    given: Any = value  # whatever a user gives
    return tuple(given) if isinstance(given, Iterable) else (given,)


def _found_lifecycle(kind: Kind[Any]) -> Lifecycle | None:
    found = getattr(getattr(kind.projection, "evolve", None), "__self__", None)
    return found if isinstance(found, Lifecycle) else None


@frozen(eq=False)
class Kind(Generic[S]):
    """A kind of subject.

    A second `Kind` of the same name adds its events, and its projection if it has one, to the first: to a built-in kind
    too.

    Attributes:
        name: of the kind: ``exhibition`` in ``exhibition:rodin-2027``.
        events: the classes of its events.
        projection: computes the states; its `name` is the plural, ``exhibitions``. Without one, the events add to a
            kind that is there, or are only recorded.
        lifecycle: used by the projection's `evolve`, to be checked with it; found where `evolve` is
            ``LIFECYCLE.advance``.

    Raises:
        InvalidKind: it could not work; with all reasons.
    """

    name: str
    events: tuple[type[Event], ...] = field(converter=_tuple)
    projection: Projection[S] | None = None
    lifecycle: Lifecycle | None = field(default=Factory(_found_lifecycle, takes_self=True))

    def __attrs_post_init__(self) -> None:
        if reasons := tuple(dict.fromkeys(_wrong_with(self))):
            raise InvalidKind(str(self.name), reasons)

    def __repr__(self) -> str:
        return f"<Kind {self.name} of {len(self.events)} events>"

    @property
    def foreign_steps(self) -> tuple[str, ...]:
        """Stored names in the lifecycle's steps that are no events of its own: those of subjects that refer to it."""
        own = {one.name for one in self.events}
        return tuple(one for one in (self.lifecycle.steps if self.lifecycle else ()) if one not in own)


def is_event(value: object) -> TypeGuard[type[Event]]:
    """Tell whether a value is a class of events."""
    return isinstance(value, type) and issubclass(value, Event)


def _wrong_with(kind: Kind[Any]) -> Iterator[str]:
    """Yield every reason why a kind could not work."""
    yield from _refused(slug, kind.name, "its name")
    for one in kind.events:
        if not is_event(one):
            yield f"{one!r} is no class of events; derive it from partnership.Event"
    events = [one for one in kind.events if is_event(one)]
    for one in events:
        yield from (f"{one.__name__}: {reason}" for reason in _wrong_with_event(one, kind.name))
    stored = Counter(getattr(one, "name", None) for one in dict.fromkeys(events))
    yield from (f"several events have the stored name {one!r}" for one, many in stored.items() if one and many > 1)
    if kind.lifecycle is not None and not isinstance(kind.lifecycle, Lifecycle):
        yield f"lifecycle={kind.lifecycle!r} is no Lifecycle"
    elif kind.projection is None:
        if kind.lifecycle is not None:
            yield "it has a lifecycle and no projection that would use it"
    elif isinstance(kind.projection, Projection):
        yield from _wrong_with_projection(kind, kind.projection, events)
    else:
        yield f"projection={kind.projection!r} is no Projection"


def _refused(check: Any, value: object, what: str) -> Iterator[str]:  # noqa: ANN401  what raises InvalidValue
    try:
        check(value)
    except InvalidValue as refused:
        yield f"{what}: {refused}"


# ---- events ----


def _wrong_with_event(event: type[Event], kind: str) -> Iterator[str]:
    if "__attrs_attrs__" not in vars(event):
        yield "decorate the class with attrs.frozen(kw_only=True), or its fields are none"
    if not (hasattr(event, "name") and hasattr(event, "kind")):
        yield "give the class a stored `name` and the `kind` of its subjects"
    else:
        yield from _refused(slug, event.name, "its stored name")
        if event.kind != kind:
            yield f"it is an event of the kind {event.kind!r}, not of {kind!r}"
    if type(event.version) is not int or event.version < 1:
        yield f"its version is {event.version!r}; versions are whole numbers from 1"
    elif missing := sorted({*range(1, event.version)} - event.upcasters.keys()):
        yield f"it lacks the upcaster from version {missing[0]}, so entries of that version could not be read"
    names = {*fields_of(event).names}
    yield from (f"a field cannot be called {one!r}; choose another name" for one in sorted(_RESERVED & names))
    for one in sorted({*fields_of(event).keyed, *chain(*event.together)} - names):
        yield f"`identity` or `together` names {one!r}, which is no field of it"
    yield from (reason for one in event.__mro__ if attrs.has(one) for reason in _wrong_with_fields(one))
    yield from _undocumented(event)


@lru_cache(maxsize=1024)
def _wrong_with_fields(event: type) -> tuple[str, ...]:
    """Return what is wrong with the fields that a class declares itself, not with those that it inherits."""
    own = {"__annotations__": vars(event).get("__annotations__", {}), "__module__": event.__module__}
    try:
        hints = get_type_hints(type(event.__name__, (), own))
    except Exception as refused:  # noqa: BLE001  an annotation may be anything
        return (f"its annotations cannot be read: {refused}",)
    return tuple(_wrong_with_hints(hints, attrs.fields_dict(event)))


def _wrong_with_hints(hints: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[str]:
    for name, hint in hints.items():
        if name in fields and not _is_stored(hint):
            yield f"{name}: an entry cannot hold {hint}; declare the field as {_STORED}"
        elif name in fields and fields[name].converter is None:
            yield f"{name}: without a converter it would keep any value; write partnership.fields.{_meant(hint)}()"


def _meant(hint: Any) -> str:  # noqa: ANN401  an annotation
    """Return the specifier that was probably meant for a field."""
    held = next((one for one in get_args(hint) if one is not NoneType), None) if NoneType in get_args(hint) else hint
    return "names" if get_origin(held) is tuple else _SPECIFIERS.get(held, "choice")


def _is_stored(hint: Any) -> bool:  # noqa: ANN401  an annotation
    """Tell whether entries can hold values of a type."""
    origin, members = get_origin(hint), get_args(hint)
    if NoneType in members:
        others = [one for one in members if one is not NoneType]
        return len(others) == 1 and _is_stored(others[0])
    if origin is tuple:
        return members[1:] == (...,) and _is_stored(members[0])
    if origin is Literal:
        return all(type(one) is str for one in members)
    return hint in (str, int, bool, date, Decimal, When, Money, Count, Percent, Event)


def _undocumented(cls: type) -> Iterator[str]:
    """Yield what the docstring of a class documents under "Attributes" and the class does not have."""
    _, _, attributes = (cls.__doc__ or "").partition("Attributes:\n")
    section = attributes.partition("\n\n")[0]
    lines = [line for line in section.splitlines() if line.strip()]
    indent = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    named = re.findall(rf"^ {{{indent}}}([\w, ]+):", section, re.MULTILINE)
    for one in (name.strip() for names in named for name in names.split(",")):
        if not hasattr(cls, one) and one not in {each.name for each in attrs.fields(cls)}:
            yield f"its docstring documents {one!r}, which {cls.__name__} does not have"


# ---- states ----


def _wrong_with_projection(kind: Kind[Any], projection: Projection[Any], events: list[type[Event]]) -> Iterator[str]:
    if projection.kind != kind.name:
        yield f"its projection is about the kind {projection.kind!r}, not about {kind.name!r}"
    if not re.fullmatch("[a-z][a-z0-9_]*", str(projection.name)):
        yield f"its projection is called {projection.name!r}; call it by the plural, in letters a to z and _"
    try:
        state = projection.initial(f"{kind.name}:a")
    except Exception as refused:  # noqa: BLE001  a user's own function
        yield f"projection.initial fails for a subject: {refused!r}"
        return
    names = {one.name for one in attrs.fields(type(state))} if attrs.has(type(state)) else set()
    if not names >= {"subject", "disputed"}:
        yield f"its state is {type(state).__name__}; {_STATE}"
        return
    plans = [name for name in ("expected", "previous_dates", "outstanding") if hasattr(state, name)]
    if plans and not {"previous_dates", "outstanding"} <= set(plans):
        yield f"{type(state).__name__} has {plans[0]!r}; derive the state of what is planned from partnership.PlannedState"
    yield from _undocumented(type(state))
    if isinstance(kind.lifecycle, Lifecycle):
        yield from _wrong_with_lifecycle(kind, kind.lifecycle, events, names, type(state).__name__)


def _wrong_with_lifecycle(
    kind: Kind[Any], lifecycle: Lifecycle, events: list[type[Event]], names: set[str], state: str
) -> Iterator[str]:
    if kind.projection is not None and kind.projection.key is None:
        for one in kind.foreign_steps:
            yield f"its lifecycle has a step for {one!r}, which is no event of it"
    used = (*(step.to for step in lifecycle.steps.values() if step.to), *lifecycle.interruptions, *lifecycle.terminal)
    yield from (f"its lifecycle gives the status {one!r} no rank" for one in used if one not in lifecycle.ranks)
    own = {one.name: {*fields_of(one).names} for one in events if hasattr(one, "name")}
    needed = {"status", *lifecycle.provisos, *lifecycle.arranged}
    for stored, step in lifecycle.steps.items():
        has = own.get(stored, set(step.copies))
        for one in step.copies:
            if one not in has:
                yield f"its lifecycle takes {one!r} from {stored!r}, which has no such field"
        if step.sets_plan and stored in own and "planned" not in has:
            yield f"its lifecycle has {stored!r} plan, which has no field `planned`"
        needed |= {*step.copies, *(one for one in lifecycle.copies if one in has)}
        needed |= {into for one, into in lifecycle.collects.items() if one in has}
        needed |= {step.on} if step.on else set()
        needed |= {"expected", "previous_dates"} if step.sets_plan or step.cancels_plan else set()
        needed |= {"outcomes"} if step.fulfils else set()
    yield from (f"its lifecycle sets {one!r}, which {state} does not have" for one in sorted(needed - names))
