"""A kind of subject as one value: its name, its events, and how its states are computed.

Built-in and user-defined kinds work alike::

    exhibitions = Kind(
        "exhibition",
        events=(ExhibitionAnnounced, ExhibitionOpened, ExhibitionClosed),
        projection=Projection("exhibitions", Exhibition, LIFECYCLE.advance, kind="exhibition", rules=rules),
    )
    record = partnership.open("arts.db", kinds=[exhibitions])
    record.states("exhibition")["rodin-2027"].status

A kind that could not work is refused when it is made, with every reason at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from typing import Any, Generic, Literal, TypeGuard, TypeVar, get_args, get_origin

import attrs
from attrs import Factory, field

from partnership._frozen import frozen
from partnership.errors import InvalidKind, InvalidValue
from partnership.model.event import Event, fields_of
from partnership.model.expectations import PlannedState
from partnership.model.field_docs import declared_hints, describe_class, documented_fields, without_none
from partnership.model.plan_words import PLAN_WORDS
from partnership.model.projection import Lifecycle, Projection
from partnership.values.amounts import Count, Duration, Money, Percent
from partnership.values.text import slug
from partnership.values.when import When

S = TypeVar("S")

_RESERVED = {name for name in (*Event.__annotations__, *vars(Event)) if not name.startswith("_")} - {"subject", "on"}
_RESERVED |= {"said"}
"""Names that a field cannot have, because `Event` uses them."""
_SPECIFIERS: dict[Any, str] = {
    When: "date",
    str: "name",
    int: "integer",
    bool: "flag",
    Decimal: "number",
    Money: "money",
    Count: "count",
    Percent: "percent",
    Duration: "duration",
}
"""For the type of a field without a converter, the function of `partnership.fields` that was probably meant."""
_STORED = (
    "str, int, bool, date, Decimal, When, Money, Count, Percent, Duration, a Literal, a tuple of one of these, or None"
)
_STATE = "decorate it with attrs.frozen, and give it `subject` and `disputed: tuple[str, ...] = ()`"


def _tuple(value: Iterable[type[Event]]) -> tuple[type[Event], ...]:
    given: Any = value  # whatever a caller passes
    return tuple(given) if isinstance(given, Iterable) else (given,)


def _lifecycle_of(kind: Kind[Any]) -> Lifecycle | None:
    owner = getattr(getattr(kind.projection, "evolve", None), "__self__", None)
    return owner if isinstance(owner, Lifecycle) else None


@frozen(eq=False)
class Kind(Generic[S]):
    """A kind of subject.

    A second `Kind` with the same name adds its events, and its projection if it has one, to the first. This works for
    built-in kinds too.

    Attributes:
        name: ``exhibition`` in ``exhibition:rodin-2027``.
        events: the classes of its events.
        projection: computes the states; its `name` is the plural, ``exhibitions``. Without a projection, the events
            extend an existing kind, or are recorded without a state.
        lifecycle: used by the projection's `evolve`, and checked together with it. Found automatically if `evolve` is
            ``LIFECYCLE.advance``.

    Raises:
        InvalidKind: it could not work; with all reasons.
    """

    name: str
    events: tuple[type[Event], ...] = field(converter=_tuple)
    projection: Projection[S] | None = None
    lifecycle: Lifecycle | None = field(default=Factory(_lifecycle_of, takes_self=True))

    def __attrs_post_init__(self) -> None:
        if reasons := self._problems():
            raise InvalidKind(str(self.name), reasons)
        if self.projection is not None:
            initial: Any = self.projection.initial  # mostly the class itself
            describe_class(initial if isinstance(initial, type) else type(initial(f"{self.name}:a")), self.events)

    def __repr__(self) -> str:
        return f"<Kind {self.name} of {len(self.events)} events>"

    def _problems(self) -> tuple[str, ...]:
        """Return every reason why this kind could not work."""
        return tuple(dict.fromkeys(_problems_of_kind(self)))

    @property
    def foreign_steps(self) -> tuple[str, ...]:
        """Stored names in the steps of the lifecycle that belong to events of other kinds, which refer to this one."""
        names = {event.name for event in self.events}
        return tuple(name for name in (self.lifecycle.steps if self.lifecycle else ()) if name not in names)


class BuiltInKind(Kind[S]):
    """A kind of the library. Tests check that it works, instead of every process that loads it."""

    __slots__ = ()

    def _problems(self) -> tuple[str, ...]:
        return ()


def is_event(value: object) -> TypeGuard[type[Event]]:
    """Tell whether a value is a class of events."""
    return isinstance(value, type) and issubclass(value, Event)


def _problems_of_kind(kind: Kind[Any]) -> Iterator[str]:
    """Yield every reason why a kind could not work."""
    yield from _refusal(slug, kind.name, "its name")
    events = [event for event in kind.events if is_event(event)]
    for event in kind.events:
        if not is_event(event):
            yield f"{event!r} is not a class of events; derive it from partnership.Event"
    for event in events:
        yield from (f"{event.__name__}: {reason}" for reason in _problems_of_event(event, kind.name))
    stored_names = Counter(getattr(event, "name", None) for event in dict.fromkeys(events))
    yield from (
        f"several events have the stored name {name!r}" for name, many in stored_names.items() if name and many > 1
    )
    if kind.lifecycle is not None and not isinstance(kind.lifecycle, Lifecycle):
        yield f"lifecycle={kind.lifecycle!r} is not a Lifecycle"
    elif kind.projection is None:
        if kind.lifecycle is not None:
            yield "it has a lifecycle and no projection that would use it"
    elif isinstance(kind.projection, Projection):
        yield from _problems_of_projection(kind, kind.projection, events)
    else:
        yield f"projection={kind.projection!r} is not a Projection"


def _refusal(check: Callable[[Any], object], value: object, what: str) -> Iterator[str]:
    """Yield the reason why *check* raises `InvalidValue`, if it does."""
    try:
        check(value)
    except InvalidValue as refused:
        yield f"{what}: {refused}"


# ---- events ----


def _problems_of_event(event: type[Event], kind: str) -> Iterator[str]:
    if "__attrs_attrs__" not in vars(event):
        yield "decorate the class with attrs.frozen(kw_only=True); without it, the class has no fields"
    if not (hasattr(event, "name") and hasattr(event, "kind")):
        yield "give the class a stored `name` and the `kind` of its subjects"
    else:
        yield from _refusal(slug, event.name, "its stored name")
        if event.kind != kind:
            yield f"it is an event of the kind {event.kind!r}, not of {kind!r}"
    if type(event.rank) is not int:
        yield f"its rank is {event.rank!r}; ranks are whole numbers"
    if type(event.version) is not int or event.version < 1:
        yield f"its version is {event.version!r}; versions are whole numbers from 1"
    elif missing := sorted({*range(1, event.version)} - event.upcasters.keys()):
        yield f"it lacks the upcaster from version {missing[0]}, so entries of that version could not be read"
    names = {*fields_of(event).names}
    yield from (f"a field cannot be called {name!r}; choose another name" for name in sorted(_RESERVED & names))
    for name in sorted({*fields_of(event).keyed, *event.distinct_by, *chain(*event.together)} - names):
        yield f"`identity`, `distinct_by` or `together` names {name!r}, which is not a field of it"
    for name in sorted({*fields_of(event).described} - {*fields_of(event).single}):
        yield f"`describes` or `changes` names {name!r}, which is not a single fact of it"
    yield from (reason for base in event.__mro__ if attrs.has(base) for reason in _problems_of_fields(base))
    yield from _missing_attributes(event)


@lru_cache(maxsize=1024)
def _problems_of_fields(cls: type) -> tuple[str, ...]:
    """Return what is wrong with the fields that a class declares itself; inherited ones are not checked."""
    try:
        hints = declared_hints(cls)
    except Exception as refused:  # noqa: BLE001  an annotation may be anything
        return (f"its annotations cannot be read: {refused}",)
    return tuple(_problems_of_hints(hints, attrs.fields_dict(cls)))


def _problems_of_hints(hints: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[str]:
    for name, hint in hints.items():
        if name in fields and not _is_stored(hint):
            yield f"{name}: an entry cannot hold {hint}; declare the field as {_STORED}"
        elif name in fields and fields[name].converter is None:
            yield f"{name}: without a converter it would keep any value; write partnership.fields.{_specifier(hint)}()"


def _specifier(hint: Any) -> str:  # noqa: ANN401  an annotation
    """Return the name of the function of `partnership.fields` that was probably meant."""
    value = without_none(hint)
    return "names" if get_origin(value) is tuple else _SPECIFIERS.get(value, "choice")


def _is_stored(hint: Any) -> bool:  # noqa: ANN401  an annotation
    """Tell whether entries can hold values of a type."""
    hint = without_none(hint)
    origin, members = get_origin(hint), get_args(hint)
    if origin is tuple:
        return members[1:] == (...,) and _is_stored(members[0])
    if origin is Literal:
        return all(type(member) is str for member in members)
    return hint in (str, int, bool, date, Decimal, When, Money, Count, Percent, Duration, Event)


def _missing_attributes(cls: type) -> Iterator[str]:
    """Yield a reason for each name in the "Attributes" section of a docstring that the class does not have."""
    fields = {attribute.name for attribute in attrs.fields(cls)}
    for name in documented_fields(cls):
        if not hasattr(cls, name) and name not in fields:
            yield f"its docstring documents {name!r}, which {cls.__name__} does not have"


# ---- states ----


def _problems_of_projection(kind: Kind[Any], projection: Projection[Any], events: list[type[Event]]) -> Iterator[str]:
    if projection.kind != kind.name:
        yield f"its projection is about the kind {projection.kind!r}, not about {kind.name!r}"
    if not re.fullmatch("[a-z][a-z0-9_]*", str(projection.name)):
        yield f"its projection is called {projection.name!r}; call it by the plural, in letters a to z and _"
    if isinstance(projection.others, str):
        yield f"its projection has others={projection.others!r}; write a tuple, others=({projection.others!r},)"
    for name in ("evolve", "rules"):
        if not callable(function := getattr(projection, name)):
            yield f"projection.{name} is {function!r}, which is not a function"
    try:
        state = projection.initial(f"{kind.name}:a")
    except Exception as refused:  # noqa: BLE001  a function of the user
        yield f"projection.initial fails for a subject: {refused!r}"
        return
    cls = type(state)
    names = {attribute.name for attribute in attrs.fields(cls)} if attrs.has(cls) else set()
    if not names >= {"subject", "disputed"}:
        yield f"its state is {cls.__name__}; {_STATE}"
        return
    yield from _problems_of_plans(cls, state, names)
    yield from _missing_attributes(cls)
    if isinstance(kind.lifecycle, Lifecycle):
        yield from _problems_of_lifecycle(kind, kind.lifecycle, events, names, cls.__name__)


def _problems_of_plans(cls: type, state: object, state_fields: set[str]) -> Iterator[str]:
    planning = [name for name in ("expected", "previous_dates", "outstanding") if hasattr(state, name)]
    if planning and not {"previous_dates", "outstanding"} <= set(planning):
        yield f"{cls.__name__} has {planning[0]!r}; derive the state of what is planned from partnership.PlannedState"
    owed_by = getattr(cls, "owed_by", ()) if issubclass(cls, PlannedState) else ()
    if not isinstance(owed_by, tuple):
        shown = "a field owed_by" if "owed_by" in state_fields else f"owed_by={owed_by!r}"
        yield f"{cls.__name__} has {shown}; write the names of fields as a tuple, owed_by = ('host',)"
    elif owed_by is not PlannedState.owed_by:
        unknown = (name for name in owed_by if name not in state_fields)
        yield from (f"{cls.__name__} has {name!r} in owed_by, which is not a field of it" for name in unknown)


def _problems_of_lifecycle(
    kind: Kind[Any], lifecycle: Lifecycle, events: list[type[Event]], state_fields: set[str], state: str
) -> Iterator[str]:
    if kind.projection is not None and kind.projection.key is None:
        for name in kind.foreign_steps:
            yield f"its lifecycle has a step for {name!r}, which is not an event of it"
    copies: list[object] = [lifecycle.copies, *(step.copies for step in lifecycle.steps.values())]
    if texts := [names for names in copies if isinstance(names, str)]:
        yield f"its lifecycle has copies={texts[0]!r}; write the names of fields as a tuple, copies=({texts[0]!r},)"
        return
    statuses = (
        *(step.to for step in lifecycle.steps.values() if step.to),
        *lifecycle.interruptions,
        *lifecycle.terminal,
    )
    yield from (
        f"its lifecycle gives the status {status!r} no rank" for status in statuses if status not in lifecycle.ranks
    )
    fields = {event.name: {*fields_of(event).names} for event in events if hasattr(event, "name")}
    if not kind.foreign_steps:  # other kinds may have the field
        unknown = {*lifecycle.copies} - {"title"} - set(chain(*fields.values()))
        yield from (f"its lifecycle copies {name!r}, which none of its events has" for name in sorted(unknown))
    needed = {"status", *lifecycle.provisos, *lifecycle.arranged}
    for stored_name, step in lifecycle.steps.items():
        event_fields = fields.get(stored_name, set(step.copies))
        for name in step.copies:
            if name not in event_fields:
                yield f"its lifecycle copies {name!r} from {stored_name!r}, which has no such field"
        if step.sets_plan and stored_name in fields and "planned" not in event_fields:
            yield f"its lifecycle lets {stored_name!r} set a plan, which has no field `planned`"
        needed |= {*step.copies, *(name for name in lifecycle.copies if name in event_fields)}
        needed |= {into for name, into in lifecycle.collects.items() if name in event_fields}
        needed |= {step.on} if step.on else set()
        needed |= {"expected", "previous_dates"} if step.sets_plan or step.cancels_plan else set()
        needed |= {name for name in PLAN_WORDS if name in event_fields} if step.sets_plan else set()
        needed |= {"outcomes"} if step.fulfils else set()
    yield from (f"its lifecycle sets {name!r}, which {state} does not have" for name in sorted(needed - state_fields))
