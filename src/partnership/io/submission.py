"""Read claims from plain JSON: one source, a speaker and a list of claims, as a form or a program writes them.

::

    {
      "source": {"publisher": "VNA", "published": "2020-11-16", "kind": "news"},
      "speaker": "Alexander Ivanov",
      "claims": [
        {"event": "meeting-held", "subject": "special-fmm-2020", "on": "2020-06-17", "inferred": ["on"]},
        {"event": "meeting-scheduled", "subject": "urban-technologies-2020", "planned": "2020-12", "host": "RU"}
      ]
    }

A claim has the stored name of its event, its subject as a slug or ``kind:slug``, the fields of the event, and remarks:
``speaker``, ``certainty``, ``inferred``, ``note``, ``shared``. ``null`` is the same as a field that is left out.
`partnership.json_schema` describes all of it. Nothing is guessed: what is not as the schema says is refused, and
everything that is wrong is reported at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar, get_args, get_type_hints

import attrs

from partnership.errors import InvalidEvent, InvalidSubmission, InvalidValue, Refusal, visible
from partnership.kinds import BUILT_IN, Kinds
from partnership.model.converters import LIST_LIMIT, PARTIES, FieldError, Reference
from partnership.model.event import Event, fields_of
from partnership.model.field_docs import field_docs, meaning, origin_of, without_none
from partnership.model.kind import Kind
from partnership.model.references import reference_of
from partnership.record.doubted_names import unknown_names
from partnership.record.remarked import Remarked
from partnership.record.submissions import NO_CLAIMS, Submission
from partnership.subjects.amendments import AMENDMENTS
from partnership.values.amounts import Count, Duration, Money, Percent
from partnership.values.country_names import is_known_code, nearest_code
from partnership.values.sources import Source, certainty
from partnership.values.text import name, nearest, nearest_slug, split_subject, text
from partnership.values.when import DATE_ADVICE

REMARKS = ("speaker", "certainty", "inferred", "note", "shared")
"""The keys of a claim that are remarks on it, unless the event has a field of that name."""
FIGURES: tuple[type, ...] = (Money, Count, Percent, Duration)
"""Classes of values that are written as objects, such as ``{"amount": "8130000", "currency": "USD"}``."""

T = TypeVar("T")
AttrsClass = Any  # neither attrs nor typing has a narrower type
AttrsField = Any
Hint = Any

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MISSING = "is missing"


def kinds_of(kinds: Kinds | Iterable[Kind[Any]]) -> Kinds:
    """Return the kinds that a record has which is opened with some of a user's own."""
    return kinds if isinstance(kinds, Kinds) else Kinds(kinds)


@lru_cache(maxsize=1024)
def given_fields(cls: AttrsClass) -> tuple[AttrsField, ...]:
    """Return the fields of a class that its constructor takes."""
    return tuple(field for field in attrs.fields(cls) if field.init)


def key_of(name: str) -> str:
    """Return the key under which a field of an event is written: its name, or ``event_`` for one called event."""
    return f"{name}_" if name == "event" else name


def read_submission(data: Mapping[str, object], kinds: Kinds | Iterable[Kind[Any]] = BUILT_IN) -> Submission:
    """Return what a document in plain JSON states.

    Args:
        data: the parsed document.
        kinds: those of the record, ``record.kinds``, or a user's own kinds, as `partnership.open` takes them.

    Raises:
        InvalidSubmission: something in it cannot be taken; with everything that is wrong.

    >>> import partnership as ps
    >>> claim = {"event": "meeting-held", "subject": "special-fmm-2020", "on": "2020-06-17"}
    >>> submission = ps.read_submission({"source": {"publisher": "VNA"}, "claims": [claim]})
    >>> submission.claims[0].on
    When('2020-06-17')
    >>> ps.read_submission({"source": {"publisher": "VNA"}, "claims": [{**claim, "plase": "Hanoi"}]})
    Traceback (most recent call last):
        ...
    partnership.errors.InvalidSubmission: nothing was recorded, for 1 thing cannot be taken:
      claims[0].plase is not a field of meeting-held; did you mean 'place'?
    """
    known = kinds_of(kinds)
    if not isinstance(data, Mapping):
        raise InvalidSubmission((_not_object(data, "the submission", "source and claims"),))
    refusals = _unknown_keys(data, ("source", "speaker", "claims"), "", "a submission")
    source, refused = _needed(data, "source", read_source)
    refusals += refused
    speaker, refused = _checked(name, data.get("speaker"), "speaker")
    refusals += refused
    given, refused = _needed(data, "claims", _list)
    refusals += refused
    if given == []:
        refusals.append(NO_CLAIMS)
    claims = []
    for number, one in enumerate(given or ()):
        claim, refused = read_claim(one, known, f"claims[{number}]")
        refusals += refused
        claims.append(claim)
    if refusals:
        raise InvalidSubmission(tuple(refusals))
    return Submission(source, speaker, tuple(claims))  # type: ignore[arg-type]  # nothing was refused


def read_source(data: Mapping[str, object], where: str = "source") -> tuple[Source | None, tuple[Refusal, ...]]:
    """Return a source from plain JSON, or what is wrong with it.

    Args:
        data: ``{"publisher": …, "published": …, "kind": …, "title": …, "url": …, "language": …, "locator": …, "via": …,
            "retrieved": …}``, of which only the publisher must be given.
        where: the place, for refusals.
    """
    return _read_object(data, Source, where, "a source")


def read_claim(
    data: Mapping[str, object], kinds: Kinds | Iterable[Kind[Any]] = BUILT_IN, where: str = ""
) -> tuple[Event | Remarked | None, tuple[Refusal, ...]]:
    """Return a claim from plain JSON, or what is wrong with it.

    Args:
        data: the event, its subject and fields, and remarks.
        kinds: as for `read_submission`.
        where: the place, which stands before the name of a field in refusals; without it they have the name alone.

    Returns:
        The event, within `Remarked` if the claim has remarks; None if anything is wrong.
    """
    known = kinds_of(kinds)
    if not isinstance(data, Mapping):
        return None, (_not_object(data, where or "the claim", "event and subject"),)
    cls, refused = _class_of(data, known, _place(where, "event"))
    if cls is None:
        return None, tuple(refused)
    if issubclass(cls, AMENDMENTS):
        advice = "it is recorded by record.correct, retract, prefer or same_as"
        return None, (Refusal(_place(where, "event"), cls.name, "is no claim of a document", advice),)
    keys = _keys(cls)
    remarks = {key: data[key] for key in REMARKS if key not in keys and data.get(key) is not None}
    refusals = _unknown_keys(data, ("event", *keys, *REMARKS), where, cls.name)
    event, refused = _read_fields(data, cls, known, where, is_claim=True)
    refusals += refused
    given, refused = _read_remarks(remarks, cls, data, where)
    refusals += refused
    if event is None or refusals:
        return None, tuple(refusals)
    return (Remarked(event, **given) if given else event), ()


def read_event(data: object, kinds: Kinds, where: str = "") -> tuple[Event | None, tuple[Refusal, ...]]:
    """Return an event from plain JSON without remarks, or what is wrong with it; corrections and the like are read too.

    Args:
        data: the event, its subject and fields.
        kinds: those of the record.
        where: as for `read_claim`.
    """
    if not isinstance(data, Mapping):
        return None, (_not_object(data, where or "the event", "event and subject"),)
    cls, refused = _class_of(data, kinds, _place(where, "event"))
    if cls is None:
        return None, tuple(refused)
    refusals = _unknown_keys(data, ("event", *_keys(cls)), where, cls.name)
    event, refused = _read_fields(data, cls, kinds, where, is_claim=False)
    refusals += refused
    return (None if refusals else event), tuple(refusals)


# ---- parts of a claim ----


@lru_cache(maxsize=1024)
def _keys(cls: AttrsClass) -> tuple[str, ...]:
    return tuple(key_of(field.name) for field in given_fields(cls))


def _class_of(data: Mapping[str, object], kinds: Kinds, where: str) -> tuple[Any, list[Refusal]]:
    """Return the class of an event."""
    stored = data.get("event")
    if stored is None:
        return None, [Refusal(where, None, _MISSING, _OF_EVENTS)]
    cls = kinds.events.get(stored) if isinstance(stored, str) else None
    if cls is None:
        written = stored[:100] if isinstance(stored, str) else ""
        written = re.sub("(?<=[a-z])(?=[A-Z])", "-", written).lower()  # the name of a class
        written = re.sub("[^a-z0-9]+", "-", written)
        near = (written,) if written in kinds.events else nearest(written, kinds.events)
        advice = "" if near else _OF_EVENTS
        return None, [Refusal(where, stored, "is not an event here", advice, near)]
    return cls, []


_OF_EVENTS = "write the name of an event, such as 'meeting-held'; `partnership schema` lists them"


def _read_fields(
    data: Mapping[str, object],
    cls: AttrsClass,
    kinds: Kinds,
    where: str,
    *,
    is_claim: bool,
) -> tuple[Event | None, list[Refusal]]:
    """Return the event with these fields; one that is to be recorded refers only to what the kinds have."""
    arguments: dict[str, Any] = {}
    refusals = []
    for field in given_fields(cls):
        key = key_of(field.name)
        value, place = data.get(key), _place(where, key)
        if value is None:
            if field.default is attrs.NOTHING:
                refusals.append(Refusal(place, None, _MISSING, _meaning(cls, field.name)))
            continue
        arguments[field.alias], refused = _read_field(value, field, cls, kinds, place, is_claim=is_claim)
        refusals += refused
    if refusals:
        return None, refusals
    try:
        event = cls(**arguments)
        reasons = unknown_names(event, kinds) if is_claim else ()
    except InvalidEvent as error:
        event, reasons = None, error.reasons
    except Exception as error:  # noqa: BLE001  the class may be a user's own
        return None, [Refusal(where or "the claim", None, f"cannot be recorded: {error}")]
    return event, [_refusal_of(reason, where) for reason in reasons]


def _refusal_of(reason: str, where: str) -> Refusal:
    """Return a reason why fields cannot be true together as a refusal."""
    field, _, rest = reason.partition(": ")
    said, _, advice = rest.partition("; ")
    return Refusal(_place(where, field), None, f"cannot be recorded: {said}", advice)


def _read_field(
    value: object,
    field: AttrsField,
    cls: AttrsClass,
    kinds: Kinds,
    where: str,
    *,
    is_claim: bool,
) -> tuple[Any, list[Refusal]]:
    """Return what to give the constructor for a field, checked by the converter of the field."""
    kind = hints_of(cls).get(field.name)
    converter = Reference((cls.kind,), is_needed=True) if field.name == "subject" else field.converter
    argument, refused = _read_value(value, kind, kinds, where)
    if refused:
        return None, refused
    converter = _in_capitals(converter) if field.converter in PARTIES else converter
    converted = _converted(converter, argument)
    if isinstance(converted, FieldError):
        members = argument if isinstance(argument, list) else ()
        tried = [(f"{where}[{place}]", _converted(converter, [one])) for place, one in enumerate(members)]
        wrong = [(place, error) for place, error in tried if isinstance(error, FieldError)] or [(where, converted)]
        return None, [_refusal(error.refused, field, cls, place) for place, error in wrong]
    if is_claim and field.name in fields_of(cls).refers_openly:
        refused = _unknown_kinds(converted, argument, field, kinds, where)
    return (converted if field.name == "subject" else argument), refused


def _read_value(value: object, kind: Hint, kinds: Kinds, where: str) -> tuple[Any, list[Refusal]]:
    """Return a JSON value as a converter takes it: a list as a list, a figure from its object."""
    if origin_of(kind) is tuple:
        members, refusals = _list(value, where)
        if members is None:
            return None, refusals
        read = [_read_value(one, get_args(kind)[0], kinds, f"{where}[{place}]") for place, one in enumerate(members)]
        return [argument for argument, _ in read], [refusal for _, refused in read for refusal in refused]
    if kind is Event:
        event, refused = read_event(value, kinds, where)
        return event, [*refused]
    if isinstance(value, Mapping) and kind in FIGURES:
        figure, refused = _read_object(value, kind, where, f"{'an' if kind is Money else 'a'} {_NOUNS[kind]}")
        return figure, [*refused]
    return _checked(_without_point, value, where)


_NOUNS = {Money: "amount of money", Count: "count", Percent: "percentage", Duration: "duration"}


def _converted(converter: Callable[[Any], Any], argument: object) -> Any:  # noqa: ANN401  of any field
    """Return the converted value, or a `FieldError`."""
    try:
        return converter(argument)
    except InvalidValue as error:
        return FieldError(error, argument)
    except Exception as error:  # noqa: BLE001  the converter may be a user's own
        return FieldError(InvalidValue(argument, f"is refused: {error}"), argument)


def _refusal(error: InvalidValue, field: AttrsField, cls: AttrsClass, where: str) -> Refusal:
    """Return the error of a converter as a refusal, with what may be meant."""
    value = error.value
    near: tuple[str, ...] = ()
    if isinstance(value, str):
        if allowed := field_docs(cls)[field.name].allowed:
            near = nearest(value.lower(), allowed)
        elif field.converter in PARTIES:
            in_capitals = value.upper() if error.instead == _CAPITALS else None
            near = tuple(filter(None, [nearest_code(value) or in_capitals]))
        elif reference_of(field.converter) or field.name == "subject":
            near = tuple(filter(None, [nearest_slug(value.rpartition(":")[2])]))
    hint = hints_of(cls).get(field.name)
    advice = _MONEY if Money in (hint, *get_args(hint)) and not isinstance(value, Money) else error.instead
    if advice == DATE_ADVICE and isinstance(value, str):
        advice = _date_advice(value)
    return Refusal(where, "" if value is None else value, error.reason, advice, near)


def _date_advice(words: str) -> str:
    """Return how a date in words is written in EDTF."""
    from partnership.io.sheet_dates import date_in_cell  # noqa: PLC0415  loaded on first use

    try:
        return f"write {date_in_cell(words)}"
    except InvalidValue as error:
        return error.instead if "as it stands" in error.reason else DATE_ADVICE


_MONEY = 'write {"amount": "8130000", "currency": "USD"}'


def _in_capitals(converter: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a converter of codes that refuses those in small letters, since "Russia" would be the code RUSSIA."""

    def convert(value: Any) -> Any:  # noqa: ANN401  a code or codes
        converted = converter(value)
        codes = () if isinstance(converted, FieldError) else value if isinstance(value, list) else [value]
        for code in codes:
            if code != code.upper():
                is_code = is_known_code(code.upper()) or any(map(str.isdigit, code))
                advice = _CAPITALS if is_code else _CODE_OF_PARTY
                raise InvalidValue(code, "is not the code of a party", advice)
        return converted

    return convert


_CAPITALS = "write it in capital letters"
_CODE_OF_PARTY = "write its code in capitals"


def _unknown_kinds(
    converted: str | tuple[str, ...], given: object, field: AttrsField, kinds: Kinds, where: str
) -> list[Refusal]:
    """Refuse references to subjects of kinds that are not known here."""
    refusals = []
    reference = reference_of(field.converter)
    known = {*kinds.names, *(reference.kinds if reference else ())}
    for subject in (converted,) if isinstance(converted, str) else converted:
        kind, slug = split_subject(subject)
        if kind not in known:
            place = f"{where}[{given.index(subject)}]" if isinstance(given, list) else where
            near = tuple(f"{name}:{slug}" for name in kinds.nearest(kind))
            refusals.append(Refusal(place, subject, "is of no kind that is known here", "", near))
    return refusals


def _read_remarks(
    given: Mapping[str, object],
    cls: AttrsClass,
    data: Mapping[str, object],
    where: str,
) -> tuple[dict[str, Any], list[Refusal]]:
    checks: Mapping[str, Callable[[Any], Any]] = {
        "speaker": name, "certainty": certainty, "note": text, "shared": _flag,
    }  # fmt: skip
    remarks: dict[str, Any] = {}
    refusals: list[Refusal] = []
    for key, value in given.items():
        place = _place(where, key)
        if key == "inferred":
            remarks[key], refused = _read_inferred(value, cls, data, place)
        else:
            remarks[key], refused = _checked(checks[key], value, place)
        refusals += refused
    return remarks, refusals


def _read_inferred(
    value: object,
    cls: AttrsClass,
    data: Mapping[str, object],
    where: str,
) -> tuple[list[Any], list[Refusal]]:
    names = fields_of(cls).names
    members, refused = _list(value, where)
    refusals = [*refused]
    for place, member in enumerate(members or ()):
        if member not in names:
            near = nearest(member, names, 1) if isinstance(member, str) else ()
            refusals.append(Refusal(f"{where}[{place}]", member, f"is not a field of {cls.name}", "", near))
        elif data.get(key_of(member)) in (None, []):
            reason, advice = "is inferred, and has no value", "give one, or leave it out of the list"
            refusals.append(Refusal(f"{where}[{place}]", member, reason, advice))
    return members or [], refusals


# ---- values ----


def _read_object(data: object, cls: AttrsClass, where: str, what: str) -> tuple[Any, tuple[Refusal, ...]]:
    """Return a source or a figure from its JSON object."""
    fields = {field.name: field for field in attrs.fields(cls)}
    if not isinstance(data, Mapping):
        return None, (_not_object(data, where, " and ".join(_required(cls))),)
    refusals = _unknown_keys(data, tuple(fields), where, what)
    values = {}
    for key, field in fields.items():
        place, value = _place(where, key), data.get(key)
        if value is None:
            if field.default is attrs.NOTHING:
                refusals.append(Refusal(place, None, _MISSING, _meaning(cls, key)))
            continue
        convert: Any = _CHECKS.get((cls, key), field.converter)
        values[key], refused = _checked(convert, value, place)
        refusals += refused
    return (None if refusals else cls(**values)), tuple(refusals)


def _retrieved(value: object) -> object:
    if isinstance(value, str) and _DAY.fullmatch(value):
        return Source("anybody", retrieved=value).retrieved
    rule = "write the day on which the document was read: '2026-11-23'"
    raise InvalidValue(value, "is not a day of retrieval", rule)


_CHECKS: Mapping[tuple[type, str], Callable[[Any], Any]] = {(Source, "retrieved"): _retrieved}
"""Converters of fields of which plain JSON takes less than the class does."""


def _checked(convert: Callable[[Any], Any], value: object, where: str) -> tuple[Any, list[Refusal]]:
    """Return a value as its converter has it; None for None."""
    try:
        return (None if value is None else convert(_without_point(value))), []
    except InvalidValue as error:
        near = nearest(value, _words_in(error.instead)) if isinstance(value, str) else ()
        return None, [Refusal(where, value, error.reason, error.instead, near)]


def _without_point(value: object) -> object:
    """Return a number as an integer if it is one, since JSON does not tell 5.0 from 5."""
    if isinstance(value, float) and value.is_integer():
        if abs(value) >= _NO_LONGER_EXACT:
            advice = 'write it without a point, or as a text: "9007199254740993"'
            raise InvalidValue(value, "has a decimal point, and is too large to be read exactly", advice)
        return int(value)
    return value


_NO_LONGER_EXACT = 2**53
"""From here on, different numbers with a decimal point are read as one."""


def _words_in(advice: str) -> list[str]:
    """Return the words of a closed list, from the advice that has them."""
    _, begins, listed = advice.partition("write one of ")
    return [word.strip("'") for word in listed.split(", ")] if begins else []


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise InvalidValue(value, "is neither true nor false", "leave it out if the default is meant")


def _list(value: object, where: str) -> tuple[list[Any] | None, list[Refusal]]:
    if not isinstance(value, list | tuple):
        return None, [Refusal(where, value, "is not a list", f"write it in brackets: {_in_brackets(value)}")]
    if len(value) > LIST_LIMIT and where != "claims":
        return None, [Refusal(where, None, f"has {len(value)} members", f"the limit is {LIST_LIMIT}")]
    return [*value], []


def _in_brackets(value: object) -> str:
    """Return a value as a list has it; an example for one that may be several."""
    if isinstance(value, Mapping):
        return "[{…}]"
    is_one = isinstance(value, str) and value and len(value) <= _MOST_SHOWN and not re.search("[,;]", value)
    return json.dumps([value], ensure_ascii=False) if is_one else '["one", "another"]'


_MOST_SHOWN = 50
"""Letters of a text that advice repeats."""


def _needed(
    data: Mapping[str, object], key: str, read: Callable[[Any, str], tuple[T | None, Sequence[Refusal]]]
) -> tuple[T | None, Sequence[Refusal]]:
    """Return the value of a key that must be there."""
    if data.get(key) is None:
        advice = {
            "source": 'write who published the document: {"publisher": "VNA"}',
            "claims": "write a list of claims",
        }
        return None, [Refusal(key, None, _MISSING, advice[key])]
    return read(data[key], key)


_MEANT: Mapping[str, tuple[str, ...]] = {
    "date": ("on", "published"),
    "day": ("on", "published"),
    "name": ("title", "person", "publisher"),
    "location": ("place",),
    "venue": ("place",),
    "city": ("place",),
    "type": ("event", "kind"),
}
"""Keys that people and programs write for others, with which they have few letters in common."""


def _unknown_keys(data: Mapping[str, object], known: tuple[str, ...], where: str, what: str) -> list[Refusal]:
    refusals = []
    for key in data:
        if key not in known:
            near = tuple(name for name in _MEANT.get(key, ()) if name in known)[:1] or nearest(str(key), known, 1)
            advice = "" if near else f"its fields are {', '.join(known)}"
            refusals.append(
                Refusal(_place(where, visible(str(key)[:100])), None, f"is not a field of {what}", advice, near)
            )
    return refusals


def _not_object(value: object, where: str, keys: str) -> Refusal:
    return Refusal(where, "" if value is None else value, "is not an object", f"write one with {keys}")


def _required(cls: AttrsClass) -> list[str]:
    return [field.name for field in attrs.fields(cls) if field.default is attrs.NOTHING]


def _place(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key


def _meaning(cls: AttrsClass, name: str) -> str:
    """Return what a missing field is for."""
    sentence = meaning(cls, name)
    return f"it means: {sentence}" if sentence else ""


@lru_cache(maxsize=1024)
def hints_of(cls: type) -> Mapping[str, Any]:
    """Return what the fields of a class hold where they are not None."""
    return {name: without_none(hint) for name, hint in get_type_hints(cls).items()}
