"""Convert events, entries, states and answers to plain JSON values, and back.

An event is written as a claim in a submission has it: ``{"event": "meeting-held", "subject": …}`` with the fields that
have a value. Of everything else all attributes are written: an unknown value is null, never a missing key. Reading is
strict: a text is no number, and a key that does not belong there is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, get_args

import attrs

from partnership.engine.provenance import Why
from partnership.errors import InvalidSubmission, InvalidValue, PartnershipError, Refusal, Setting
from partnership.io.submission import REMARKS, key_of, kinds_of, read_event
from partnership.kinds import BUILT_IN, Kinds
from partnership.model.entry import Entry
from partnership.model.event import Event
from partnership.model.field_docs import origin_of
from partnership.model.kind import Kind
from partnership.model.occurrence import Evidence
from partnership.record.record import codec_of
from partnership.record.remarked import Remarked
from partnership.serialization.canonical import digest
from partnership.serialization.readers import require_list
from partnership.values.when import When

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)


# ---- writing ----


def to_dict(value: object) -> Any:  # noqa: ANN401  what JSON has for the value
    """Return a value as JSON has it: an object with its attributes as keys, a date as it is written.

    Args:
        value: an event, an entry, a state, an answer, or several of them in a list or by name.

    >>> import partnership as ps
    >>> from partnership.events import MeetingHeld
    >>> ps.to_dict(MeetingHeld("special-fmm-2020", on="2020-06-17", parties=["RU", "ASEAN"]))
    {'event': 'meeting-held', 'subject': 'special-fmm-2020', 'on': '2020-06-17', 'parties': ['ASEAN', 'RU']}
    """
    if value is None or isinstance(value, bool | int | str):
        return value
    for kind, write in _WRITERS.items():
        if isinstance(value, kind):
            return write(value)
    cls: Any = type(value)
    if attrs.has(cls):
        return {field.name: to_dict(getattr(value, field.name)) for field in attrs.fields(cls)}
    return str(value)


def _event_out(event: Event) -> dict[str, Any]:
    cls: Any = type(event)
    values = {key_of(field.name): getattr(event, field.name) for field in attrs.fields(cls)}
    stated = {key: to_dict(value) for key, value in values.items() if value is not None and value != ()}
    return {"event": event.name, **stated}


def _remarked_out(remarked: Remarked) -> dict[str, Any]:
    event = _event_out(remarked.event)
    remarks = {name: getattr(remarked, name) for name in REMARKS if name not in event}
    given = {name: value for name, value in remarks.items() if value is not None and value is not ...}
    return {**event, **to_dict(given)}


def _why_out(why: Why) -> dict[str, Any]:
    """Return an explanation: the reasons by field, and the superseded claims."""
    return {
        "subject": why.subject,
        "reasons": [
            {
                "field": reason.field,
                "value": to_dict(reason.value),
                "closed": to_dict(reason.closed),
                "rule": reason.rule,
                "is_planned": reason.is_planned,
                "because": [evidence_to_dict(item) for item in reason.because],
                "against": [_side_out(*side) for side in reason.against],
            }
            for reason in why.reasons.values()
        ],
        "accounts": [
            {"event": account.event, "field": account.field, "sides": [_side_out(*side) for side in account.sides]}
            for account in why.accounts
        ],
        "doubts": [
            {
                "subject": item.doubt.subject,
                "status": item.doubt.status,
                "words": item.words,
                "because": [evidence_to_dict(one) for one in item.evidence],
            }
            for item in why.doubts
        ],
        "superseded": [
            {
                "event": superseded.entry.event.name,
                "source": to_dict(superseded.entry.claim.source),
                "by": [
                    {
                        "event": entry.event.name,
                        "reason": getattr(entry.event, "reason", None),
                        "source": to_dict(entry.claim.source),
                    }
                    for entry in superseded.by
                ],
            }
            for superseded in why.superseded
        ],
    }


def _side_out(value: object, evidence: Iterable[Evidence]) -> dict[str, Any]:
    return {"value": to_dict(value), "because": [evidence_to_dict(item) for item in evidence]}


def evidence_to_dict(evidence: Evidence) -> dict[str, Any]:
    """Return who said something, as an explanation has it: the source, the speaker, and how certain the wording is."""
    return {
        "source": to_dict(evidence.source),
        "speaker": evidence.speaker,
        "certainty": evidence.certainty,
        "preferred": sorted(evidence.preferred),
        "claim": evidence.claim,
    }


_WRITERS: Mapping[Any, Callable[[Any], Any]] = {
    date: lambda value: value.isoformat(),
    Decimal: lambda value: f"{value:f}",
    When: str,
    bytes: bytes.decode,
    Event: _event_out,
    Remarked: _remarked_out,
    Why: _why_out,
    Refusal: lambda value: to_dict({name: part for name, part in value._asdict().items() if name != "setting" or part}),
    Setting: lambda value: to_dict(value._asdict()),
    tuple: lambda value: [to_dict(item) for item in value],
    list: lambda value: [to_dict(item) for item in value],
    AbstractSet: lambda value: sorted(map(to_dict, value)),
    Mapping: lambda value: {str(name): to_dict(item) for name, item in value.items()},
}
"""How objects are written that are not written with all their attributes."""


# ---- reading ----


def from_dict(data: object, cls: type[T], kinds: Kinds | Iterable[Kind[Any]] = BUILT_IN) -> T:
    """Return what `to_dict` wrote: an event, an entry, a state, or an answer that has no values of any type.

    Explanations, disputes and changes hold values of whatever field they are about, and cannot be read.

    Args:
        data: the JSON value.
        cls: the class: `Event` for an event of any class, `Entry`, the class of a state, such as `Meeting`.
        kinds: those of the record, ``record.kinds``, or a user's own kinds, as `partnership.open` takes them.

    Raises:
        InvalidSubmission: it is not what `to_dict` writes; with everything that is wrong.
        InvalidValue: the objects of this class cannot be read.

    >>> import partnership as ps
    >>> ps.from_dict({"event": "meeting-held", "subject": "special-fmm-2020", "on": "2020-06-17"}, ps.Event).on
    When('2020-06-17')
    """
    wanted: Any = cls
    known = kinds_of(kinds)
    if wanted is Entry:
        return _entry_in(data, known)  # type: ignore[return-value]
    if isinstance(wanted, type) and issubclass(wanted, Event):
        return _event_in(data, wanted, known)  # type: ignore[return-value]
    if not attrs.has(wanted):
        raise InvalidValue(cls, "is not a class of events, entries, states or answers", "write partnership.Event")
    return _object_in(data, wanted, known)  # type: ignore[no-any-return]


def _event_in(data: object, cls: type[Event], kinds: Kinds) -> Event:
    event, refusals = read_event(data, kinds)
    if event is not None and not isinstance(event, cls):
        refusals = (Refusal("event", event.name, f"is not a {cls.__name__}"),)
    if refusals or event is None:
        raise InvalidSubmission(refusals)
    return event


def _entry_in(data: object, kinds: Kinds) -> Entry:
    """Return an entry from its bytes, which its other keys must agree with."""
    if not isinstance(data, Mapping):
        raise InvalidSubmission((Refusal("the entry", repr(data)[:60], "is not an object"),))
    try:
        body = data["body"].encode()
        claim, remarks = codec_of(kinds.own).decode(body, "body")
        recorded_at = datetime.fromisoformat(data["recorded_at"])
        entry = Entry(digest(body), claim, remarks, data["position"], recorded_at, data["by"], body)
    except PartnershipError as error:
        raise InvalidSubmission((Refusal("body", None, f"is not an entry: {error}"),)) from None
    except (KeyError, AttributeError, TypeError, ValueError) as error:
        raise InvalidSubmission((Refusal("the entry", None, f"cannot be read: {error!r}"),)) from None
    written = to_dict(entry)
    if written != data or type(data["position"]) is not int:
        wrong = [key for key in sorted({*written, *data}) if written.get(key, ...) != data.get(key, ...)] or [
            "position"
        ]
        raise InvalidSubmission(
            tuple(Refusal(str(key), None, "is not what the bytes of the entry say") for key in wrong)
        )
    return entry


def _object_in(data: object, cls: type, kinds: Kinds) -> Any:  # noqa: ANN401  an object of the class
    from cattrs import transform_error  # noqa: PLC0415  loaded on first use
    from cattrs.errors import StructureHandlerNotFoundError  # noqa: PLC0415

    try:
        read = _converter(kinds).get_structure_hook(cls)
    except (StructureHandlerNotFoundError, TypeError, NameError) as error:
        raise InvalidValue(cls, f"has values of any type, which cannot be read: {error}", "read its parts") from None
    try:
        return read(data, cls)
    except Exception as error:  # noqa: BLE001  cattrs raises groups of errors
        refusals = [_refusal(message) for message in transform_error(error, "", _reason)]
        raise InvalidSubmission(tuple(refusals)) from None


def _reason(error: BaseException, _: object) -> str:
    """Return why a part of an object cannot be read."""
    from cattrs.errors import ForbiddenExtraKeysError  # noqa: PLC0415  loaded on first use

    if isinstance(error, KeyError):
        return "it is missing"
    if isinstance(error, ForbiddenExtraKeysError):
        return f"{', '.join(sorted(error.extra_fields))} does not belong here"
    return str(error)


def _refusal(message: str) -> Refusal:
    said, _, place = message.rpartition(" @ ")
    return Refusal(place.lstrip(".") or "the object", None, f"cannot be read: {said}")


@lru_cache(maxsize=8)  # making the readers of all parts takes time
def _converter(kinds: Kinds) -> Converter:
    """Return what reads objects without coercion: a text is no number, and one value no list."""
    from partnership.serialization.cattrs_converter import as_hook, strict_converter  # noqa: PLC0415  as above

    converter = strict_converter()

    def set_hook(kind: Any) -> Callable[[Any, Any], Any]:  # noqa: ANN401  a type
        (member,) = get_args(kind)
        hook = converter.get_structure_hook(member)
        return lambda value, _: frozenset(hook(item, member) for item in require_list(value))

    converter.register_structure_hook_factory(lambda kind: kind in (Any, object), _refuse_type)
    converter.register_structure_hook_factory(lambda kind: origin_of(kind) is frozenset, set_hook)
    for kind, read in {str: _text, When: _when, Decimal: _decimal}.items():
        converter.register_structure_hook(kind, as_hook(read))
    converter.register_structure_hook(Event, lambda value, _: _event_in(value, Event, kinds))
    return converter


def _refuse_type(kind: Any) -> NoReturn:  # noqa: ANN401  a type
    raise TypeError(f"{kind}")


def _text(value: Any) -> str:  # noqa: ANN401  any JSON value
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return value


def _when(value: Any) -> When:  # noqa: ANN401  any JSON value
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not the text of a date")
    return When(value)


def _decimal(value: Any) -> Decimal:  # noqa: ANN401  any JSON value
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        raise ValueError(f"{value!r} is not the text of a number")
    return Decimal(value)
