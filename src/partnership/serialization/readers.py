"""Read JSON values by the types of fields, without coercion.

`Readers` makes the reader of a type. A class with a field of another type is left to
`partnership.serialization.cattrs_converter`, which uses the same readers: loading cattrs takes as long as all else that
is needed to read a record.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import NoneType, SimpleNamespace
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs

from partnership.errors import InvalidEvent
from partnership.model import converters
from partnership.model.construct import constructor
from partnership.model.converters import FieldError
from partnership.model.entry import Remarks
from partnership.model.event import Event
from partnership.model.references import reference_of
from partnership.serialization.entry_layout import shown
from partnership.values.amounts import Count, Duration, Money, Percent
from partnership.values.sources import Source
from partnership.values.text import name, text
from partnership.values.when import When

STORABLE = (
    "declare the field as a str, int, bool, date, Decimal, When, Money, Count, a Literal, a tuple of these, or one of "
    "these or None, as partnership.fields has them"
)
TEXTS: tuple[type, ...] = (When, Decimal, date)
"""Types whose values are JSON texts."""
Reader = Callable[[Any], Any]

_NOT_OF_TYPE = {str: "not text", int: "not a whole number", bool: "neither true nor false"}
_LONGEST_REMEMBERED = 200  # characters of a text, members of a list
_MOST_REMEMBERED = 16_384
_ONLY_TEXTS = {str}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def _scalar_reader(kind: type) -> Reader:
    def read(value: Any) -> Any:  # noqa: ANN401  any JSON value
        if type(value) is not kind:
            raise TypeError(f"{shown(value)} is {_NOT_OF_TYPE[kind]}")
        return text(value) if kind is str else value

    return read


def _require_text(value: Any) -> Any:  # noqa: ANN401  the converter of the field makes a value of it
    if type(value) is not str:
        raise TypeError(f"{shown(value)} is not text")
    return value


def _read_day(value: Any) -> date:  # noqa: ANN401
    if type(value) is str and _DAY.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise ValueError(f"{shown(value)} is not a day; write it as '2026-11-23'")


SCALARS: dict[type, Reader] = {
    **{kind: _scalar_reader(kind) for kind in _NOT_OF_TYPE},
    **dict.fromkeys(TEXTS, _require_text),
    date: _read_day,
}
"""Readers of the types whose values are JSON texts, numbers, true and false."""


def literal_reader(kind: Any) -> Reader:  # noqa: ANN401  a Literal
    """Return the reader of a `Literal`."""
    words = get_args(kind)
    known = {(type(word), word) for word in words}

    def read(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, str | int) and (type(value), value) in known:
            return value
        raise ValueError(f"{shown(value)} is not known here; write one of {', '.join(map(repr, words))}")

    return read


def require_list(value: Any) -> list[Any]:  # noqa: ANN401
    """Return a value if it is a JSON array.

    Raises:
        TypeError: it is something else.
    """
    if type(value) is not list:
        raise TypeError(f"{shown(value)} is not a list")
    return value


def require_object(value: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a value if it is a JSON object.

    Raises:
        TypeError: it is something else.
    """
    if type(value) is not dict:
        raise TypeError(f"{shown(value)} is not an object")
    return value


def read_speaker(value: object) -> str | None:
    """Return the speaker of a claim."""
    return None if value is None else name(value)


class Readers:
    """The readers of the types that entries of one codec hold, each made on first use.

    Args:
        read_event: reads an event that is the value of a field.
    """

    def __init__(self, read_event: Reader) -> None:
        self._readers: dict[Any, Reader | None] = {**SCALARS, Event: read_event}
        self._memories: dict[tuple[Any, Any], _Memory] = {}

    def of(self, kind: Any) -> Reader | None:  # noqa: ANN401  a type
        """Return the reader of a type; None where cattrs must read it."""
        if kind not in self._readers:
            self._readers[kind] = self._make(kind)
        return self._readers[kind]

    def _make(self, kind: Any) -> Reader | None:  # noqa: ANN401  a type
        origin, members = get_origin(kind), get_args(kind)
        if origin is Literal:
            return literal_reader(kind)
        if NoneType in members:
            return self._of_optional([member for member in members if member is not NoneType])
        if origin is tuple and members[1:] == (...,):
            return self._of_tuple(members[0])
        return self._of_object(kind) if isinstance(kind, type) and attrs.has(kind) else None

    def _of_optional(self, kinds: list[Any]) -> Reader | None:
        read = self.of(kinds[0]) if len(kinds) == 1 else None
        return read and (lambda value: None if value is None else read(value))

    def _of_tuple(self, kind: Any) -> Reader | None:  # noqa: ANN401  a type
        read = self.of(kind)
        return read and (lambda value: tuple(map(read, require_list(value))))

    def _of_object(self, cls: Any) -> Reader | None:  # noqa: ANN401  an attrs class
        fields, hints = attrs.fields(cls), _types_of_fields(cls)
        readers = {field.name: self.of(hints.get(field.name)) for field in fields if field.init}
        if None in readers.values() or len(readers) < len(fields):
            return None
        if _is_converted_only(cls):
            return self._of_converted_fields(cls, hints)

        def read(value: Any) -> Any:  # noqa: ANN401
            return cls(**{name: readers[name](member) for name, member in require_object(value).items()})  # type: ignore[misc]

        return read

    def _of_converted_fields(self, cls: Any, hints: dict[str, Any]) -> Reader:  # noqa: ANN401  an attrs class
        """Return the reader of a class whose objects consist of their converted fields."""
        fields = attrs.fields(cls)
        defaults = [field.default for field in fields]
        required = [field.name for field in fields if field.default is attrs.NOTHING]
        memories = [self._memory_of(hints[field.name], field.converter) for field in fields]
        members = {field.name: (index, memories[index], memories[index].read) for index, field in enumerate(fields)}
        make = constructor(cls)
        has_rules = issubclass(cls, Event) and cls.impossible is not Event.impossible

        def read(value: Any) -> Any:  # noqa: ANN401
            values = defaults.copy()
            for key, member in require_object(value).items():
                index, remembered, read_member = members[key]
                values[index] = remembered[member] if type(member) is str else read_member(member)
            for key in required:
                if key not in value:
                    raise TypeError(f"{key} is missing")
            made = make(*values)
            if has_rules and (reasons := made.impossible()):
                raise InvalidEvent(cls.name, made.subject, reasons)
            return made

        return read

    def _memory_of(self, kind: Any, convert: Reader | None) -> _Memory:  # noqa: ANN401  a type
        """Return what reads and converts values; fields of one type and converter share it."""
        if (kind, convert) not in self._memories:
            is_checked = kind in (str, str | None) and convert in _CHECKING_TEXT
            self._memories[kind, convert] = _Memory(self.of(kind), stored_converter(convert), is_checked=is_checked)
        return self._memories[kind, convert]


def _types_of_fields(cls: Any) -> dict[str, Any]:  # noqa: ANN401  an attrs class
    """Return the types of a class's fields by name, as `get_type_hints` does.

    That evaluates the annotations of every class again, those of class variables too, which takes most of the time
    until a first event is read.
    """
    names = {field.name for field in attrs.fields(cls)}
    try:
        return {
            name: _evaluated(annotation, base.__module__)
            for base in reversed(cls.__mro__)
            for name, annotation in vars(base).get("__annotations__", {}).items()
            if name in names
        }
    except (KeyError, NameError, TypeError):  # one is not a global name of an imported module, or cannot be remembered
        return get_type_hints(cls)


@lru_cache(maxsize=1024)
def _evaluated(annotation: Any, module: str) -> Any:  # noqa: ANN401
    holder = SimpleNamespace(__annotations__={"it": annotation})
    return get_type_hints(holder, vars(sys.modules[module]))["it"]


def stored_converter(convert: Reader | None) -> Reader | None:
    """Return the converter of stored values of a field: references are stored in one form, and read as they are."""
    reference = reference_of(convert)
    return reference.stored if reference else convert


_CHECKING_TEXT = {
    *(converters.slug, converters.slug_or_none, converters.code, converters.needed_code),
    *(converters.name, converters.needed_name, converters.words, converters.needed_words),
}
_FACTORY: Any = attrs.Factory  # a class, though it is typed as a function
_VALUES = (Source, Remarks, Money, Count, Percent, Duration)


def _is_converted_only(cls: Any) -> bool:  # noqa: ANN401  an attrs class
    """Tell whether all that a class does with its values is to convert each, and to ask `Event.impossible`."""
    is_event = issubclass(cls, Event) and cls.__attrs_post_init__ is Event.__attrs_post_init__
    return (
        (is_event or cls in _VALUES)
        and not hasattr(cls, "__attrs_pre_init__")
        and all(
            field.validator is None
            and not isinstance(field.converter, attrs.Converter)
            and not isinstance(field.default, _FACTORY)
            for field in attrs.fields(cls)
        )
    )


class _Memory(dict[Any, Any]):
    """Converted values by short texts and lists of texts: names, dates and codes recur.

    Args:
        read: reads a JSON value.
        convert: the converter of the field.
        is_checked: whether the converter itself checks a text as `read` does.
    """

    def __init__(self, read: Any, convert: Reader | None, *, is_checked: bool) -> None:  # noqa: ANN401  a reader
        super().__init__()
        self._read = read
        self._convert = convert
        self._is_checked = is_checked

    def __missing__(self, key: str | tuple[str, ...]) -> Any:  # noqa: ANN401
        converted = self._converted(list(key) if type(key) is tuple else key)
        if len(key) <= _LONGEST_REMEMBERED:
            if len(self) >= _MOST_REMEMBERED:
                self.clear()
            self[key] = converted
        return converted

    def read(self, value: Any) -> Any:  # noqa: ANN401  any JSON value but a text
        """Return the converted value of what is no text."""
        if type(value) is list and set(map(type, value)) == _ONLY_TEXTS:
            return self[tuple(value)]
        return self._converted(value)

    def _converted(self, value: Any) -> Any:  # noqa: ANN401
        read = value if self._is_checked and type(value) is str else self._read(value)
        converted = self._convert(read) if self._convert else read
        if isinstance(converted, FieldError):
            raise ValueError(converted.reason)  # noqa: TRY004  one of the reasons
        return converted
