"""States as JSON, for rows that a store keeps beside its log. Loaded on first use, since cattrs is slow to load."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from types import NoneType
from typing import Any, Final, get_args, get_origin

import attrs
from cattrs import Converter

from partnership.values.when import When

_when = lru_cache(maxsize=65_536)(When)
_encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_CONVERTER: Final = Converter(detailed_validation=False)
_CONVERTER.register_structure_hook(When, lambda text, _: _when(text))
_CONVERTER.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
_CONVERTER.register_structure_hook(Decimal, lambda text, _: Decimal(text))
_AS_THEY_ARE = {str, int, bool, NoneType}
_AS_TEXT = {When, Decimal, date}


@lru_cache(maxsize=1024)
def _fields(cls: Any) -> tuple[tuple[str, ...], tuple[Any, ...], Callable[[Any], tuple[Any, ...]]]:  # noqa: ANN401
    """Return the names of the fields of an attrs class, their defaults, and what reads their values and two more."""
    if not attrs.has(cls):
        raise TypeError(f"{cls} is not kept")
    names, defaults = (tuple(getattr(field, part) for field in attrs.fields(cls)) for part in ("name", "default"))
    return names, defaults, attrgetter(*names, "__class__", "__class__")  # of one name, it returns no tuple


def _json(value: Any) -> Any:  # noqa: ANN401  a state or a part of one
    """Return a JSON value; of objects without the fields that have their default, as most have.

    Raises:
        TypeError: a value is of a type that no built-in state has.
    """
    cls: Any = type(value)
    if cls in _AS_THEY_ARE:
        return value
    if cls in _AS_TEXT:
        return str(value)
    if cls is tuple:
        return [member if type(member) is str else _json(member) for member in value]
    names, defaults, values_of = _fields(cls)
    return {
        name: member if type(member) is str else _json(member)
        for name, default, member in zip(names, defaults, values_of(value), strict=False)
        if member is not default and (default is None or member != default)
    }


def _is_optional(kind: Any) -> bool:  # noqa: ANN401  a type
    return len(get_args(kind)) == 2 and get_args(kind)[1] is NoneType  # noqa: PLR2004


def _is_tuple(kind: Any) -> bool:  # noqa: ANN401  a type
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def _optional_hook(kind: Any) -> Callable[[Any, Any], Any]:  # noqa: ANN401  a type
    member = get_args(kind)[0]
    hook = _CONVERTER.get_structure_hook(member)
    return lambda value, _: None if value is None else hook(value, member)


def _tuple_hook(kind: Any) -> Callable[[Any, Any], Any]:  # noqa: ANN401  a type
    member = get_args(kind)[0]
    if member is str:
        return lambda value, _: tuple(value)
    hook = _CONVERTER.get_structure_hook(member)
    return lambda value, _: tuple([hook(item, member) for item in value])


_CONVERTER.register_structure_hook_factory(_is_optional, _optional_hook)  # of cattrs: slower
_CONVERTER.register_structure_hook_factory(_is_tuple, _tuple_hook)


class StateCodec:
    """Encodes and decodes the states of one class.

    A state is not a part of the log, so its bytes need not be canonical, and nothing is promised about them from one
    version of the library to the next.

    Args:
        cls: the class of the states, made by attrs, of values that an event may have, and of tuples and attrs classes
            of these.
    """

    def __init__(self, cls: type) -> None:
        self._cls = cls
        self._structure: Callable[[Any, Any], Any] = _CONVERTER.get_structure_hook(cls)

    def encode(self, state: object) -> bytes:
        """Return a state as bytes, compressed: names of fields are half of them."""
        return zlib.compress(_encode(_json(state)).encode(), 1)

    def decode(self, body: bytes) -> Any:  # noqa: ANN401  a state of the class
        """Return the state that was encoded."""
        return self._structure(json.loads(zlib.decompress(body)), self._cls)
