"""The quick way to read an entry: for bytes that are as this library writes them, and nothing else.

`Codec` reads through cattrs, field by field, and says of everything strange what it is. Nearly all bytes are not
strange. This way leaves out what changes nothing for those: texts, dates and sources that were read once are taken
again as the same objects, and an event is made without asking its converters about values that they made. What it
does not know at a glance it leaves to `Codec`: so it can refuse nothing, and a law holds that both read alike.

Source: ``performance.md``, "where the time goes"; ``benchmarks`` measures what it saves.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from hashlib import sha256
from operator import attrgetter
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs
from cattrs import Converter

from partnership.log.entry import Claim, Remarks
from partnership.model.event import Event
from partnership.model.fields import Wrong
from partnership.model.making import maker
from partnership.values.names import name
from partnership.values.sources import Source
from partnership.values.when import When

__all__ = ["Plan", "Quick", "loads", "quickest"]

_MOST = 65_536  # values of a kind that are kept to be taken again
_LONGEST = 200  # characters of one
_WHOLE = 2**53
_BEGINNING = b'{"claim":'
_REMARKS = b',"remarks":{'
_NOTHING_REMARKED = Remarks()
_claim = maker(Claim)
_scan = json.JSONDecoder().raw_decode


def loads(body: bytes) -> Any:  # noqa: ANN401  any JSON value
    """Return the value of JSON bytes, by the standard library."""
    text = body.decode()
    value, end = _scan(text)
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

    def __init__(self, make: Callable[[Any], Any], kind: type) -> None:
        super().__init__()
        self._make = make
        self._kind = kind

    def __missing__(self, written: Any) -> Any:  # noqa: ANN401  any JSON value that can be a key
        if type(written) is not self._kind:
            raise _StrangeError
        made: Any = self._make(written)
        if isinstance(made, Wrong):
            raise _StrangeError
        if len(written) <= _LONGEST:  # type: ignore[arg-type]  # a text, a tuple or bytes
            if len(self) >= _MOST:
                self.clear()
            self[written] = made
        return made


class _Made:
    """Numbers, yes and no, amounts: small, and not worth keeping."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self._make = make

    def __getitem__(self, value: Any) -> Any:  # noqa: ANN401  any JSON value
        for one in value.values() if type(value) is dict else (value,):
            if type(one) not in (str, int, bool) or (type(one) is int and abs(one) > _WHOLE):
                raise _StrangeError
        made = self._make(value)
        if isinstance(made, Wrong):
            raise _StrangeError
        return made


class Quick:
    """Reads entries of one closed table that are as this library writes them.

    Args:
        table: of the events.
        converter: reads values as `Codec` does.
        loads: reads JSON, as `loads` does.
    """

    def __init__(self, table: Mapping[str, type[Event]], converter: Converter, loads: Callable[[bytes], Any]) -> None:
        self._table = table
        self._structure = converter.structure
        self._loads = loads
        self._makers: dict[tuple[str, int], Callable[[str, dict[str, Any]], Event]] = {}
        self._kept: dict[Any, _Kept | _Made] = {}
        self._sources = _Kept(self._source, tuple)
        self._speakers = _Kept(name, str)
        self._remarks = _Kept(lambda written: self._structure(loads(written), Remarks), bytes)

    def read(self, body: bytes) -> tuple[Claim, Remarks] | None:
        """Return the claim and the remarks that bytes are; None where they are not as this library writes them."""
        try:
            return self._read(body)
        except Exception:  # noqa: BLE001  nobody vouches for what is read, nor for a user's converters; `Codec` tells
            return None

    def _read(self, body: bytes) -> tuple[Claim, Remarks]:
        value = self._loads(body)
        claim = value["claim"]
        stored, version, source = claim["event"], claim["v"], claim["source"]
        fields, speaker = claim.get("fields") or _NO_FIELDS, claim.get("speaker")
        keys = 4 + len(source) + len(fields) + (fields is not _NO_FIELDS) + (speaker is not None)
        make = self._makers.get((stored, version)) or self._maker(stored, version)
        if len(value) == 1:
            end, remarks = -1, _NOTHING_REMARKED
            keys += 1
        else:
            end = body.rindex(_REMARKS)
            remarks = self._remarks[body[end + 11 : -1]]
            keys += 2 + len(value["remarks"])
        for one in fields.values():
            if type(one) is dict:
                keys += len(one)
        is_plain = keys == body.count(b'":') and b"\\u" not in body and type(version) is int
        if not is_plain or body[:9] != _BEGINNING or body[-2:] != b"}}":
            raise _StrangeError  # a key too many, or twice, or one in a text; half a character; True for 1
        said = self._sources[tuple(source.items())]
        if said.published is None and remarks.retrieved is None:
            raise _StrangeError
        told = None if speaker is None else self._speakers[speaker]
        return _claim(sha256(body[9:end]).hexdigest(), make(claim["subject"], fields), said, told), remarks

    def _source(self, written: tuple[tuple[str, Any], ...]) -> Source:
        source: Source = self._structure(dict(written), Source)
        if source.retrieved is not None:
            raise _StrangeError
        return source

    def _maker(self, stored: str, version: int) -> Callable[[str, dict[str, Any]], Event]:
        one = self._table[stored]
        if version != one.version:
            raise _StrangeError
        self._makers[stored, version] = made = _Maker(one, self._reader_of).make
        return made

    def _reader_of(self, hint: Any, convert: Callable[[Any], Any] | None) -> _Kept | _Made:  # noqa: ANN401  a type
        """Return what reads the value of a field; fields of one type and converter share it, and what it keeps."""
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


class _Maker:
    """Makes events of one class from values that need no converter, for converters made them."""

    def __init__(self, one: type[Event], reader_of: Callable[[Any, Any], _Kept | _Made]) -> None:
        fields, hints = attrs.fields(one), get_type_hints(one)
        is_plain = one.__attrs_post_init__ is Event.__attrs_post_init__ and not hasattr(one, "__attrs_pre_init__")
        if not is_plain or not all(map(_is_plain, fields)):
            raise _StrangeError  # whose own ways are its own business
        self._make = maker(one)
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
    """How the fields of one class of events are written: most are texts, dates and lists of texts."""

    def __init__(self, kind: type[Event], out: Callable[[Event], dict[str, Any]]) -> None:
        fields = [one for one in attrs.fields(kind) if one.name != "subject"]
        is_plain = len(fields) > 1 and all(one.default in (None, (), attrs.NOTHING) for one in fields)
        self._names = [one.name for one in fields]
        self._values = attrgetter(*self._names) if is_plain else None
        self._out = out

    def fields(self, event: Event) -> dict[str, Any]:
        """Return the fields as they stand in JSON."""
        if self._values is None:
            return self._by_converter(event)
        found: dict[str, Any] = {}
        for field, value in zip(self._names, self._values(event), strict=True):
            if value is None or value == ():
                continue
            if type(value) is str:
                found[field] = value
            elif type(value) is When:
                found[field] = value.text
            elif type(value) is tuple and set(map(type, value)) == {str}:
                found[field] = value
            else:
                return self._by_converter(event)
        return found

    def _by_converter(self, event: Event) -> dict[str, Any]:
        fields = self._out(event)
        del fields["subject"]
        return fields
