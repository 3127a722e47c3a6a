"""The base class of events: an immutable fact, named in the past tense, about one subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial, wraps
from operator import attrgetter
from typing import Any, ClassVar, Final, Literal

import attrs
from attrs import field

from partnership._frozen import Deferred, frozen, is_template
from partnership.errors import InvalidEvent, InvalidFields
from partnership.model import converters
from partnership.model.field_docs import describe_class, field_docs, meaning, wrong_arguments
from partnership.model.references import reference_of
from partnership.values.when import When

Identity = tuple[str, ...] | Literal["said"]
"""When two claims are about the same occurrence: names of fields that must be equal, `PER_PUBLICATION`, or both."""

Together = tuple[tuple[str, ...], ...]
"""Groups of fields that only have a meaning together: done and total, amount and currency."""

ONCE: Identity = ()
"""The event happens once to its subject: a meeting is held once."""

PER_PUBLICATION: Final = "said"
"""Each day of publication makes an occurrence of its own, and the newest is current, because plans change.

Within one day of publication the fields in `Event.distinct_by` tell occurrences apart: two postponements on different
days are two, whoever reports them.
``(PER_PUBLICATION, "run")`` does so for each run: a document that announces plans of two runs makes two occurrences.
"""

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


_HOOKS: list[Callable[[type[Event]], None]] = []


def when_subclassed(hook: Callable[[type[Event]], None]) -> None:
    """Call a function with every class of events: the existing ones now, and each new one when it is defined."""
    _HOOKS.append(hook)
    classes = [Event]
    for event_class in classes:
        classes += (derived for derived in event_class.__subclasses__() if not is_template(derived))
        hook(event_class)


@frozen
class Event:
    """The base class of all events. Class variables say how the claims of a class are read.

    Attributes:
        subject: the slug of what it is about.
        on: when it happened, as vague as the source is; None if the source does not say. Not the day of publication.

    Class variables:
        name: the stored name; never changes.
        kind: of the subject: ``meeting`` in ``meeting:special-fmm-2020``.
        version: of the fields. A change of their meaning increments it and adds an upcaster.
        upcasters: for each older version, a function that returns its fields as the next version has them.
        rank: position in the lifecycle; orders occurrences whose dates do not say which came first.
        identity: when two claims are about the same occurrence: `ONCE`, `PER_PUBLICATION`, a tuple of field names, or
            a tuple of `PER_PUBLICATION` and field names.
        distinct_by: with `PER_PUBLICATION`, the fields that tell occurrences of one day of publication apart: those of
            different days, or of different acts that are planned. A vaguer value, or none, joins the only finer one.
        together: groups of fields that only have a meaning together.
        describes: fields that describe the subject, whatever event states them: the period of a document. They are
            weighed across the events of a subject. A plan does not describe what came of it, so it has none of them.
        changes: describing fields that the event changes: its value stands from then on.
        outcome: the status of the subject that it decides, where others exclude it: held or cancelled.
        is_failure: whether that outcome is that it did not take place: postponed, cancelled, not adopted.
        is_lasting: whether it describes a state that continued when it was reported, not an act that was over.
        dated_by: the field with the date: ``on``, or the day of a balance, a count, a statistic.

    Raises:
        InvalidEvent: fields are wrong; with the reasons of all of them.
        InvalidFields: a field that it does not have is given, or one that it needs is not.
    """

    name: ClassVar[str]
    kind: ClassVar[str]
    version: ClassVar[int] = 1
    upcasters: ClassVar[Mapping[int, Upcaster]] = {}
    rank: ClassVar[int] = 0
    identity: ClassVar[Identity] = ONCE
    distinct_by: ClassVar[tuple[str, ...]] = ("on",)
    together: ClassVar[Together] = ()
    describes: ClassVar[tuple[str, ...]] = ()
    changes: ClassVar[tuple[str, ...]] = ()
    outcome: ClassVar[str | None] = None
    is_failure: ClassVar[bool] = False
    is_lasting: ClassVar[bool] = False
    dated_by: ClassVar[str] = "on"

    subject: str = field(converter=converters.slug)
    on: When | None = field(default=None, converter=converters.day, kw_only=True)

    def __init_subclass__(cls) -> None:
        if is_template(cls):
            return
        if "__attrs_attrs__" in vars(cls):  # the class that attrs makes of the one in the source
            describe_class(cls)
            _replace_event_init(cls)
        elif "__repr__" not in vars(cls):
            cls.__repr__ = Event.__repr__  # type: ignore[method-assign]  # so that attrs does not generate another
        for hook in _HOOKS:
            hook(cls)

    def __attrs_post_init__(self) -> None:
        if isinstance(self.subject, converters.FieldError) and hasattr(self, "kind"):  # with its kind it is right too
            object.__setattr__(self, "subject", converters.Reference((self.kind,), is_needed=True)(self.subject.value))
        refused = {}
        fields = fields_of(type(self))
        if converters.FieldError in map(type, fields.values_of(self)):
            values = zip(("subject", *fields.names), fields.values_of(self), strict=True)
            refused = {name: value.reason for name, value in values if isinstance(value, converters.FieldError)}
        if reasons := tuple(f"{name}: {reason}" for name, reason in refused.items()) or self.impossible():
            subject = self.subject.value if isinstance(self.subject, converters.FieldError) else self.subject
            meanings = tuple(meaning(type(self), name) for name in refused)
            raise InvalidEvent(getattr(self, "name", type(self).__name__), subject, reasons, meanings)

    def __repr__(self) -> str:
        """Return what attrs would: to generate a function for each class takes a sixth of the time of making it."""
        shown = [field for field in attrs.fields(type(self)) if field.repr]
        values = [(repr if field.repr is True else field.repr)(getattr(self, field.name)) for field in shown]
        listed = ", ".join(f"{field.name}={value}" for field, value in zip(shown, values, strict=True))
        return f"{type(self).__qualname__.rpartition('>.')[2]}({listed})"

    def impossible(self) -> tuple[str, ...]:
        """Return the reasons why these values cannot be true together; what is merely unlikely is accepted."""
        return ()

    @property
    def dated(self) -> When | None:
        """The date of the event: the field named by `dated_by`, or else ``on``."""
        day: When | None = getattr(self, self.dated_by)
        return day or self.on

    @property
    def about(self) -> str:
        """The subject with its kind, ``kind:slug``."""
        return f"{self.kind}:{self.subject}"


# ---- constructors ----


def _replace_event_init(cls: type[Event]) -> None:
    """Let the constructor of a class convert only the fields that are given, and say which arguments are wrong.

    An event has many more fields than a report gives: to convert those takes a fifth of the time. A user's own class
    may have defaults that its converters change, so all of its fields are converted.
    """
    init = vars(cls)["__init__"]
    if isinstance(init, Deferred):
        init.finish = partial(_event_init, cls)
    elif not hasattr(init, "__wrapped__"):
        cls.__init__ = _event_init(cls, init)  # type: ignore[method-assign]  # set on the class, which no instance has yet


def _event_init(cls: type[Event], init: Callable[..., None]) -> Callable[..., None]:
    any_class: Any = cls
    is_built_in = cls.__module__.startswith("partnership.")

    @wraps(init)
    def initialize(self: Event, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  those of any class
        try:
            converter_of, defaults, required = _conversions(any_class)
            is_usual = is_built_in and type(self) is cls and len(args) == 1 and "subject" not in kwargs
            if not is_usual or not kwargs.keys() >= required:
                init(self, *args, **kwargs)
                return
            values = {**defaults, "subject": converter_of["subject"](args[0])}
            for name, value in kwargs.items():
                values[name] = converter_of[name](value)
            for name, value in values.items():
                object.__setattr__(self, name, value)
        except (TypeError, KeyError):
            if reasons := tuple(wrong_arguments(cls, args, kwargs)):
                given = args[0] if args else kwargs.get("subject")
                raise InvalidFields(
                    getattr(cls, "name", cls.__name__), given, reasons, (*field_docs(any_class),)
                ) from None
            raise
        cls.__attrs_post_init__(self)

    return initialize


@cache
def _conversions(cls: Any) -> tuple[dict[str, Callable[[Any], Any]], dict[str, Any], set[str]]:  # noqa: ANN401
    """Return the converters and the defaults of the fields of a class, and the fields that must be named."""
    fields = attrs.fields(cls)
    required = {field.name for field in fields if field.default is attrs.NOTHING} - {"subject"}
    return (
        {field.name: field.converter or _unchanged for field in fields},
        {field.name: field.default for field in fields},
        required,
    )


def _unchanged(value: object) -> object:
    return value


# ---- fields ----


@frozen(eq=False)
class FieldsOf:
    """The names of the fields of an event class, by what the fields hold.

    Attributes:
        names: all fields but the subject, in the order of the class.
        values_of: returns the values of an event, its subject first, and then those of `names`.
        keyed: fields in the `identity`, which distinguish occurrences of one subject.
        is_per_publication: whether the `identity` includes the day of publication.
        distinct_by: fields that tell occurrences of one day of publication apart; empty for other events.
        facts: fields of which one value is resolved and others may dispute it, in groups that belong together.
        labels: names and wordings, which are collected and never disputed.
        parties: fields that hold party codes.
        refers: fields that hold other subjects, each with their kind; ``"*"`` if the value includes the kind.
        refers_openly: those of them whose values include the kind.
        single: facts that are not in a group with others.
        accounts: those of the labels that hold accounts, which are all shown with their sources.
        meanings: for facts whose values agree in other ways than values of their type do, a function that returns what
            a value says as a set: a value whose set is part of another's says the same, or less.
        implied: fields whose absence has a meaning of its own, so that a fact is complete without them.
        described: fields that describe the subject, including those that the event changes.
    """

    names: tuple[str, ...]
    values_of: Callable[[Event], tuple[Any, ...]]
    keyed: tuple[str, ...]
    is_per_publication: bool
    distinct_by: tuple[str, ...]
    facts: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    parties: tuple[str, ...]
    refers: tuple[tuple[str, str], ...]
    refers_openly: tuple[str, ...]
    single: frozenset[str]
    accounts: tuple[str, ...]
    meanings: Mapping[str, Callable[[Any], frozenset[Any]]]
    implied: frozenset[str]
    described: tuple[str, ...]


_FIELDS: dict[type[Event], FieldsOf] = {}  # one per class, made on first use


def fields_of(event: type[Event]) -> FieldsOf:
    """Return the names of the fields of an event class, by what the fields hold."""
    if event not in _FIELDS:
        _FIELDS[event] = _fields_of(event)
    return _FIELDS[event]


def _fields_of(event: type[Event]) -> FieldsOf:
    fields = [attribute for attribute in attrs.fields(event) if attribute.name != "subject"]
    names = tuple(attribute.name for attribute in fields)
    labels = tuple(attribute.name for attribute in fields if "label" in attribute.metadata)
    group_of = {name: group for group in event.together for name in group}
    identity = (event.identity,) if isinstance(event.identity, str) else event.identity
    keyed = tuple(name for name in identity if name != PER_PUBLICATION)
    references = [(attribute.name, reference_of(attribute.converter)) for attribute in fields]
    refers = [(name, reference.refers) for name, reference in references if reference]
    facts = dict.fromkeys(group_of.get(name, (name,)) for name in names if name not in (*labels, *keyed))
    return FieldsOf(
        names=names,
        values_of=attrgetter("subject", *names),
        keyed=keyed,
        is_per_publication=PER_PUBLICATION in identity,
        distinct_by=event.distinct_by if PER_PUBLICATION in identity else (),
        facts=tuple(facts),
        labels=labels,
        parties=tuple(attribute.name for attribute in fields if attribute.converter in converters.PARTIES),
        refers=tuple(refers),
        refers_openly=tuple(name for name, kind in refers if kind == "*"),
        single=frozenset(group[0] for group in facts if len(group) == 1),
        accounts=tuple(attribute.name for attribute in fields if "account" in attribute.metadata),
        meanings={item.name: item.metadata["meaning"] for item in fields if "meaning" in item.metadata},
        implied=frozenset(attribute.name for attribute in fields if "implied" in attribute.metadata),
        described=tuple(dict.fromkeys((*event.describes, *event.changes))),
    )
