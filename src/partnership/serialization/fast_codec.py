"""The quick way to read an entry: for bytes that are as this library writes them, and nothing else.

`Codec` reads through cattrs, field by field, and says of everything strange what it is. Nearly all bytes are not
strange. This way leaves out what changes nothing for those: texts, dates and sources that were read once are taken
again as the same objects, and an event is made without asking its converters about values that they made. What it
does not know at a glance it leaves to `Codec`: so it can refuse nothing, and a law holds that both read alike.

Source: ``performance.md``, "where the time goes"; ``benchmarks`` measures what it saves.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from operator import attrgetter
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs

from partnership.model.construct import constructor
from partnership.model.converters import FieldError
from partnership.model.entry import NO_REMARKS, Claim, Remarks, make_evidence
from partnership.model.event import Event
from partnership.model.occurrence import Evidence
from partnership.serialization.canonical import canonical, quoted
from partnership.subjects.amendments import AMENDMENTS
from partnership.values.sources import Source
from partnership.values.text import name
from partnership.values.when import When

__all__ = ["Plan", "Quick", "loads", "quickest"]

_MOST = 65_536  # values of a kind that are kept to be taken again
_LONGEST = 200  # characters of one
_LONGEST_SOURCE = 1_000  # bytes, with its title and address
_WHOLE = 2**53
_BEGINNING = b'{"claim":{"event":"'
_FIELDS = b'","fields":'
_SOURCE = b',"source":{'
_AFTER_SOURCE = b'},"s'  # peaker, or ubject
_SPEAKER = b',"speaker":'
_SUBJECT = b',"subject":"'
_END = re.compile(rb'","v":([1-9][0-9]{0,5})\}(?:,"remarks":(\{.+\}))?\}', re.DOTALL)
_claim = constructor(Claim)
_scan: Callable[[str, int], tuple[Any, int]] = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # what `decode` calls


def loads(body: bytes) -> Any:  # noqa: ANN401  any JSON value
    """Return the value of JSON bytes, by the standard library."""
    text = body.decode()
    value, end = _scan(text, 0)
    return value if end == len(text) else None


def quickest() -> Callable[[bytes], Any]:
    """Return what reads JSON quickest here: ``msgspec``, where the extra ``fast`` is installed, or else `loads`."""
    try:
        from msgspec.json import Decoder  # noqa: PLC0415  an extra
    except ImportError:
        return loads
    return Decoder().decode


class _StrangeError(Exception):
    """What is read here is for `Codec` to judge."""


class _Kept(dict[Any, Any]):
    """Values by what they are read from: each is made once, and taken again as the same object."""

    def __init__(self, make: Callable[[Any], Any], kind: type, longest: int = _LONGEST) -> None:
        super().__init__()
        self._make = make
        self._kind = kind
        self._longest = longest

    def __missing__(self, written: Any) -> Any:  # noqa: ANN401  any JSON value that can be a key
        if type(written) is not self._kind:
            raise _StrangeError
        made: Any = self._make(written)
        if isinstance(made, FieldError):
            raise _StrangeError
        if len(written) <= self._longest:  # type: ignore[arg-type]  # a text, a tuple or bytes
            if len(self) >= _MOST:
                self.clear()
            self[written] = made
        return made


class _Made:
    """Numbers, yes and no, amounts, the event in a correction: not worth keeping."""

    def __init__(self, make: Callable[[Any], Any], kinds: tuple[type, ...] = (str, int, bool)) -> None:
        self._make = make
        self._kinds = kinds

    def __getitem__(self, value: Any) -> Any:  # noqa: ANN401  any JSON value
        for one in value.values() if type(value) is dict else (value,):
            if type(one) not in self._kinds or (type(one) is int and abs(one) > _WHOLE):
                raise _StrangeError
        made = self._make(value)
        if isinstance(made, FieldError):
            raise _StrangeError
        return made


class Quick:
    """Reads entries of one closed table that are as this library writes them.

    Args:
        table: of the events.
        structure: reads a value of a type, as `Codec` does.
        loads: reads JSON, as `loads` does.
    """

    def __init__(
        self, table: Mapping[str, type[Event]], structure: Callable[[Any, Any], Any], loads: Callable[[bytes], Any]
    ) -> None:
        self._table = table
        self._structure = structure
        self._loads = loads
        self._makers: dict[tuple[bytes, int], Callable[[str, dict[str, Any]], Event]] = {}
        self._kept: dict[Any, _Kept | _Made] = {}
        self._sources = _Kept(self._source, bytes, _LONGEST_SOURCE)
        self._speakers = _Kept(self._speaker, bytes)
        self._ends = _Kept(self._end, bytes)

    def read(self, body: bytes) -> tuple[Claim, Remarks] | None:
        """Return the claim and the remarks that bytes are; None where they are not as this library writes them."""
        try:
            claim, event, source, speaker, remarks = self._read(body)
        except Exception:  # noqa: BLE001  nobody vouches for what is read, nor for a user's converters; `Codec` tells
            return None
        return _claim(claim, event, source, speaker), remarks

    def told(self, body: bytes) -> Evidence | None:
        """Return what an entry tells, from its bytes; None where they are not as this library writes them."""
        try:
            claim, event, source, speaker, remarks = self._read(body)
        except Exception:  # noqa: BLE001  as above
            return None
        return make_evidence(claim, event, source, speaker, remarks)

    def _read(self, body: bytes) -> tuple[str, Event, Source, str | None, Remarks]:
        """Take bytes apart where the one form of an entry has its joints, and read each part by itself.

        No text can hold a joint, for a quotation mark in a text has a backslash before it; and each part is read to its
        end. So what lies between the joints is a claim and nothing more.
        """
        joint = body.find(_SOURCE)
        if body[:19] != _BEGINNING or joint < 0:
            raise _StrangeError
        after = body.index(_AFTER_SOURCE, joint) + 1
        source = self._sources[body[joint + 10 : after]]
        speaker = None
        if body.startswith(_SPEAKER, after):
            before, after = after + 11, body.index(_SUBJECT, after)
            speaker = self._speakers[body[before:after]]
        if not body.startswith(_SUBJECT, after):
            raise _StrangeError
        last = body.index(b'"', after + 12)
        version, remarks, over = self._ends[body[last:]]
        named = body.index(b'"', 19, joint)
        make = self._makers.get((body[19:named], version)) or self._constructor(body[19:named], version)
        subject = body[after + 12 : last].decode()
        event = make(subject, self._fields(body, named, joint) if named + 1 < joint else _NO_FIELDS)
        if source.published is None and remarks.retrieved is None and not isinstance(event, AMENDMENTS):
            raise _StrangeError
        return sha256(body[9 : len(body) - over]).hexdigest(), event, source, speaker, remarks

    def _fields(self, body: bytes, named: int, joint: int) -> dict[str, Any]:
        """Return the fields that stand before the source."""
        written = body[named + 11 : joint]
        fields: dict[str, Any] = self._loads(written)
        keys = written.count(b'":')
        is_plain = fields and (len(fields) == keys or _keys_in(fields) == keys) and b"\\u" not in written
        if not is_plain or body[named : named + 11] != _FIELDS:
            raise _StrangeError  # a key twice, or one in a text; half a character
        return fields

    def _object(self, written: bytes) -> dict[str, Any]:
        """Return the texts and other small values that an object holds."""
        found = self._loads(written)
        if type(found) is not dict or len(found) != written.count(b'":') or b"\\u" in written:
            raise _StrangeError
        return found

    def _source(self, written: bytes) -> Source:
        found = self._object(written)
        if set(map(type, found.values())) != {str}:
            raise _StrangeError
        source = Source(**found)
        if source.retrieved is not None:
            raise _StrangeError
        return source

    def _speaker(self, written: bytes) -> str:
        said = self._loads(written)
        if type(said) is not str or b"\\u" in written:
            raise _StrangeError
        return name(said)

    def _end(self, written: bytes) -> tuple[int, Remarks, int]:
        """Return the version, the remarks, and how many bytes come after the claim."""
        found = _END.fullmatch(written)
        if found is None:
            raise _StrangeError
        version, remarked = found.groups()
        if remarked is None:
            return int(version), NO_REMARKS, 1
        return int(version), self._structure(self._object(remarked), Remarks), len(remarked) + 12

    def _constructor(self, stored: bytes, version: int) -> Callable[[str, dict[str, Any]], Event]:
        one = self._table[stored.decode()]
        if version != one.version:
            raise _StrangeError
        self._makers[stored, version] = made = _Maker(one, self._reader_of).make
        return made

    def _event(self, value: Any) -> Event:  # noqa: ANN401  any JSON value
        """Return the event that a correction holds whole."""
        fields = value.get("fields", _NO_FIELDS)
        if type(value["v"]) is not int or value.keys() - {"fields"} != {"event", "subject", "v"}:
            raise _StrangeError
        stored = value["event"].encode()
        make = self._makers.get((stored, value["v"])) or self._constructor(stored, value["v"])
        return make(value["subject"], fields)

    def _reader_of(self, hint: Any, convert: Callable[[Any], Any] | None) -> _Kept | _Made:  # noqa: ANN401  a type
        """Return what reads the value of a field; fields of one type and converter share it, and what it keeps."""
        if hint is Event:
            return _Made(self._event, _OF_AN_EVENT)
        if (hint, convert) not in self._kept:

            def read(value: Any) -> Any:  # noqa: ANN401  any JSON value
                structured = self._structure(list(value) if type(value) is tuple else value, hint)
                return convert(structured) if convert else structured

            kinds = [one for one in get_args(hint) if one is not NoneType] if NoneType in get_args(hint) else [hint]
            origin, first = get_origin(kinds[0]), next(iter(get_args(kinds[0])), None)
            is_text = kinds[0] in (str, When) or origin is Literal
            is_texts = origin is tuple and first is str
            self._kept[hint, convert] = _Kept(read, str if is_text else tuple) if is_text or is_texts else _Made(read)
        return self._kept[hint, convert]


_NO_FIELDS: dict[str, Any] = {}
_OF_AN_EVENT = (str, int, dict)


def _keys_in(value: dict[str, Any]) -> int:
    """Count the keys of an object, and of those in it."""
    return len(value) + sum([_keys_in(one) for one in value.values() if type(one) is dict])


class _Maker:
    """Makes events of one class from values that need no converter, for converters made them."""

    def __init__(self, one: type[Event], reader_of: Callable[[Any, Any], _Kept | _Made]) -> None:
        fields, hints = attrs.fields(one), get_type_hints(one)
        is_plain = one.__attrs_post_init__ is Event.__attrs_post_init__ and not hasattr(one, "__attrs_pre_init__")
        if not is_plain or not all(map(_is_plain, fields)):
            raise _StrangeError  # whose own ways are its own business
        self._make = constructor(one)
        self._readers = {each.name: reader_of(hints[each.name], each.converter) for each in fields}
        self._subject = self._readers.pop("subject")
        self._may_be_impossible = one.impossible is not Event.impossible

    def make(self, subject: str, fields: dict[str, Any]) -> Event:
        """Return the event that a subject and fields are."""
        readers = self._readers
        values = {name: readers[name][tuple(value) if type(value) is list else value] for name, value in fields.items()}
        event: Event = self._make(self._subject[subject], **values)
        if self._may_be_impossible and event.impossible():
            raise _StrangeError
        return event


def _is_plain(field: Any) -> bool:  # noqa: ANN401  an attrs.Attribute
    return field.validator is None and field.init and not isinstance(field.converter, attrs.Converter)


class Plan:
    """How the fields of one class are written: most are texts, dates and lists of texts.

    Args:
        kind: the class: of events, sources, remarks.
        out: writes the fields of any type.
    """

    def __init__(self, kind: type, out: Callable[[Any], dict[str, Any]]) -> None:
        fields = sorted((one for one in attrs.fields(kind) if one.name != "subject"), key=attrgetter("name"))
        is_plain = len(fields) > 1 and all(one.default in (None, (), attrs.NOTHING) for one in fields)
        self._beginnings = [f"{quoted(one.name)}:" for one in fields]
        self._values = attrgetter(*(one.name for one in fields)) if is_plain else None
        self._out = out

    def fields(self, one: Any) -> dict[str, Any]:  # noqa: ANN401  of the class
        """Return the fields as JSON values, but for the subject; those that say nothing are left out."""
        fields = self._out(one)
        fields.pop("subject", None)
        return fields

    def text(self, one: Any) -> str:  # noqa: ANN401  as above
        """Return the one text of the fields in JSON; an empty one where they say nothing."""
        if self._values is None:
            return self._by_converter(one)
        told = []
        for beginning, value in zip(self._beginnings, self._values(one), strict=True):
            if value is None:
                continue
            kind = type(value)
            if kind is str:
                told.append(beginning + quoted(value))
            elif kind is When:
                told.append(f'{beginning}"{value.text}"')  # a date has nothing to escape
            elif kind is date:
                told.append(f'{beginning}"{value}"')
            elif kind is tuple and set(map(type, value)) <= _STR:
                if value:
                    told.append(f"{beginning}[{','.join(map(quoted, value))}]")
            else:
                return self._by_converter(one)
        return f"{{{','.join(told)}}}" if told else ""

    def _by_converter(self, one: Any) -> str:  # noqa: ANN401  as above
        fields = self.fields(one)
        return canonical(fields).decode() if fields else ""


_STR = {str}
