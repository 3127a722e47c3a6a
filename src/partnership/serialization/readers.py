"""Values out of JSON, by the types of their fields, with nothing coerced.

`reader_of` reads those of the usual types by itself. The rest is left to `partnership.serialization.cattrs_converter`, where cattrs does it,
with the same readers: to load that takes as long as all that a reader of usual entries needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import lru_cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

import attrs

from partnership.model.event import Event
from partnership.serialization.json_shape import TEXTS, shown
from partnership.values.text import text

__all__ = ["KINDS", "PLAIN", "Reader", "listed", "object_in", "one_of", "reader_of"]

KINDS = (
    "declare the field as a str, int, bool, date, Decimal, When, Money, Count, a Literal, a tuple of these, or one of "
    "these or None, as partnership.fields has them"
)
Reader = Callable[[Any], Any]

_WORDS = {str: "no text", int: "no whole number", bool: "neither true nor false"}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def _strictly(kind: type) -> Reader:
    def read(value: Any) -> Any:  # noqa: ANN401  any JSON value
        if type(value) is not kind:
            raise TypeError(f"{shown(value)} is {_WORDS[kind]}")
        return text(value) if kind is str else value

    return read


def _as_text(value: Any) -> Any:  # noqa: ANN401  the field's own converter makes the value of it
    if type(value) is not str:
        raise TypeError(f"{shown(value)} is no text")
    return value


def _a_day(value: Any) -> date:  # noqa: ANN401
    if type(value) is str and _DAY.fullmatch(value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise ValueError(f"{shown(value)} is no day; write it as '2026-11-23'")


PLAIN: dict[type, Reader] = {one: _strictly(one) for one in _WORDS} | dict.fromkeys(TEXTS, _as_text) | {date: _a_day}
"""What reads a value of one of these types."""


def one_of(kind: Any) -> Reader:  # noqa: ANN401  a Literal
    """Return what reads one of the words of a `Literal`."""
    words = get_args(kind)
    known = {(type(word), word) for word in words}

    def read(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, str | int) and (type(value), value) in known:
            return value
        raise ValueError(f"{shown(value)} is not known here; write one of {', '.join(map(repr, words))}")

    return read


def listed(value: Any) -> list[Any]:  # noqa: ANN401
    """Return a list of JSON."""
    if type(value) is not list:
        raise TypeError(f"{shown(value)} is no list")
    return value


def object_in(value: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return an object of JSON."""
    if type(value) is not dict:
        raise TypeError(f"{shown(value)} is no object")
    return value


@lru_cache(maxsize=1024)
def reader_of(kind: Any) -> Reader | None:  # noqa: ANN401  a type
    """Return what reads a value of a type; None where that is left to cattrs."""
    if kind in PLAIN:
        return PLAIN[kind]
    origin, members = get_origin(kind), get_args(kind)
    if origin is Literal:
        return one_of(kind)
    if NoneType in members:
        return _or_none([one for one in members if one is not NoneType])
    if origin is tuple and members[1:] == (...,):
        return _of_each(members[0])
    if isinstance(kind, type) and attrs.has(kind) and not issubclass(kind, Event):
        return _made(kind)
    return None


def _or_none(kinds: list[Any]) -> Reader | None:
    read = reader_of(kinds[0]) if len(kinds) == 1 else None
    return read and (lambda value: None if value is None else read(value))


def _of_each(kind: Any) -> Reader | None:  # noqa: ANN401  a type
    read = reader_of(kind)
    return read and (lambda value: tuple(map(read, listed(value))))


def _made(kind: Any) -> Reader | None:  # noqa: ANN401  an attrs class
    hints = get_type_hints(kind)
    readers = {one.name: reader_of(hints.get(one.name)) for one in attrs.fields(kind) if one.init}
    if None in readers.values() or len(readers) < len(attrs.fields(kind)):
        return None

    def read(value: Any) -> Any:  # noqa: ANN401
        return kind(**{name: readers[name](each) for name, each in object_in(value).items()})  # type: ignore[misc]

    return read
