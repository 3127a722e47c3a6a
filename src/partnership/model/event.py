"""What an event is: an immutable fact of the field, past tense, subject first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final, Literal

import attrs
from attrs import field, frozen

from partnership.errors import InvalidEvent
from partnership.model import converters
from partnership.values.when import When

__all__ = ["ONCE", "PER_PUBLICATION", "Event", "FieldsOf", "Identity", "Together", "fields_of", "when_subclassed"]

Identity = tuple[str, ...] | Literal["said"]
"""What makes two claims tell of the same occurrence: the fields that must agree word for word, or *said*, or both."""

Together = tuple[tuple[str, ...], ...]
"""Groups of fields that only mean something together."""

ONCE: Identity = ()
"""The occurrence comes once for its subject: a meeting is held once."""

PER_PUBLICATION: Final = "said"
"""Every publication day is a occurrence of its own and the newest stands, because plans change.

``(PER_PUBLICATION, "run")`` is said run by run: plans of two runs that one page announces are two occurrences.
"""

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


_HOOKS: list[Callable[[type[Event]], None]] = []


def when_subclassed(hook: Callable[[type[Event]], None]) -> None:
    """Call a function with every class of events: those that there are, and each that is made from now on."""
    _HOOKS.append(hook)
    classes = [Event]
    for one in classes:
        classes += one.__subclasses__()
        hook(one)


@frozen
class Event:
    """The root of all events. A page of ``subjects`` says of each class, in class variables, how it is read.

    Attributes:
        subject: the slug of what it is about.
        on: when it happened, as vaguely as it was said; None where nobody said. Never the day of publication in
            disguise.

    Class variables:
        name: the stored name, permanently.
        kind: of the subject: ``meeting`` in ``meeting:special-fmm-2020``.
        version: of the fields; a change of their meaning adds one and an upcaster.
        upcasters: from each older version, its fields as the next version would have them.
        rank: its place in the lifecycle, for occurrences whose days do not say which came first.
        identity: what "the same occurrence" means (`ONCE`, `PER_PUBLICATION`, names of fields,
            or `PER_PUBLICATION` before names of fields).
        together: fields that only mean something together.
        is_lasting: a state that was going on, not an act that was over when it was printed.
        dated_by: the field that says when: ``on``, or the day of a balance, a count, a statistic.

    Raises:
        InvalidEvent: with the reasons of all the fields that are wrong.
    """

    name: ClassVar[str]
    kind: ClassVar[str]
    version: ClassVar[int] = 1
    upcasters: ClassVar[Mapping[int, Upcaster]] = {}
    rank: ClassVar[int] = 0
    identity: ClassVar[Identity] = ONCE
    together: ClassVar[Together] = ()
    is_lasting: ClassVar[bool] = False
    dated_by: ClassVar[str] = "on"

    subject: str = field(converter=converters.slug)
    on: When | None = field(default=None, converter=converters.day, kw_only=True)

    def __init_subclass__(cls) -> None:
        for hook in _HOOKS:
            hook(cls)

    def __attrs_post_init__(self) -> None:
        reasons = tuple(
            f"{name}: {value.reason}"
            for name in ("subject", *fields_of(type(self)).names)
            if isinstance(value := getattr(self, name), converters.FieldError)
        )
        if reasons := reasons or self.impossible():
            given = self.subject.value if isinstance(self.subject, converters.FieldError) else self.subject
            raise InvalidEvent(getattr(self, "name", type(self).__name__), given, reasons)

    def impossible(self) -> tuple[str, ...]:
        """Say why these fields cannot stand together: what cannot be, not what should not be."""
        return ()

    @property
    def dated(self) -> When | None:
        """When it was so: what the field `dated_by` says, or else ``on``."""
        day: When | None = getattr(self, self.dated_by)
        return day or self.on

    @property
    def about(self) -> str:
        """The subject as it stands in text, ``kind:slug``."""
        return f"{self.kind}:{self.subject}"


@frozen(eq=False)
class FieldsOf:
    """The fields of one event class by what they are.

    Attributes:
        names: all but the subject, in the order of the class.
        keyed: those that tell one occurrence of a subject from another.
        is_per_publication: every publication day is a occurrence of its own.
        facts: those that are believed or disputed, grouped where they only mean something together.
        labels: those that are collected.
        parties: those that hold codes of parties.
        refers: those that hold another subject, or several, with its kind; ``"*"`` where they name the kind too.
        alone: those that are believed or disputed each by itself.
    """

    names: tuple[str, ...]
    keyed: tuple[str, ...]
    is_per_publication: bool
    facts: tuple[tuple[str, ...], ...]
    labels: tuple[str, ...]
    parties: tuple[str, ...]
    refers: tuple[tuple[str, str], ...]
    single: frozenset[str]


_FIELDS: dict[type[Event], FieldsOf] = {}  # one per class, made when first asked for


def fields_of(event: type[Event]) -> FieldsOf:
    """Return the fields of an event class by what they are."""
    if event not in _FIELDS:
        _FIELDS[event] = _fields_of(event)
    return _FIELDS[event]


def _fields_of(event: type[Event]) -> FieldsOf:
    own = [one for one in attrs.fields(event) if one.name != "subject"]
    labels = tuple(one.name for one in own if "label" in one.metadata)
    grouped = {name: group for group in event.together for name in group}
    identity = (event.identity,) if isinstance(event.identity, str) else event.identity
    keyed = tuple(one for one in identity if one != PER_PUBLICATION)
    facts = dict.fromkeys(
        grouped.get(one.name, (one.name,)) for one in own if one.name not in labels and one.name not in keyed
    )
    return FieldsOf(
        names=tuple(one.name for one in own),
        keyed=keyed,
        is_per_publication=PER_PUBLICATION in identity,
        facts=tuple(facts),
        labels=labels,
        parties=tuple(one.name for one in own if one.converter in converters.PARTIES),
        refers=tuple((one.name, kind) for one in own if (kind := _referred_kind(one)) is not None),
        single=frozenset(group[0] for group in facts if len(group) == 1),
    )


def _referred_kind(field: Any) -> str | None:  # noqa: ANN401  an attrs.Attribute
    """Return the kind of the subjects that a field refers to, ``"*"`` for any; None where it refers to none."""
    if isinstance(field.converter, converters.Reference):
        return field.converter.refers
    kind: str | None = field.metadata.get("refers", "*" if field.converter is converters.subjects else None)
    return kind
