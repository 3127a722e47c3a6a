"""The slow way to read and write values: cattrs, for all types that an entry can hold. Loaded when it is needed.

Source: ``performance.md``, goals: cattrs takes as long to load as what most records need altogether.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal, get_origin

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from partnership.model.event import Event
from partnership.serialization.json_shape import TEXTS
from partnership.serialization.readers import PLAIN, Reader, listed, object_in, one_of

__all__ = ["Slow"]

Hook = Callable[[Any, Any], Any]


def _hook(read: Reader) -> Hook:
    return lambda value, _: read(value)


def _is_literal(kind: Any) -> bool:  # noqa: ANN401  a type
    return get_origin(kind) is Literal


def _is_tuple(kind: Any) -> bool:  # noqa: ANN401  a type
    return get_origin(kind) is tuple


class Slow:
    """Reads and writes values of the fields of one closed table of events.

    Args:
        event_out: writes an event that stands in a field.
        event_in: reads one.
    """

    def __init__(self, event_out: Callable[[Event], dict[str, Any]], event_in: Callable[[Any], Event]) -> None:
        self._converter = Converter(forbid_extra_keys=True, omit_if_default=True, detailed_validation=False)
        self._converter.register_structure_hook_factory(attrs.has, self._object_hook)
        for kind, read in PLAIN.items():
            self._converter.register_structure_hook(kind, _hook(read))
        for kind in TEXTS:
            self._converter.register_unstructure_hook(kind, str)
        self._converter.register_unstructure_hook(Decimal, lambda value: f"{value:f}")  # str() may write 1E-7
        self._converter.register_structure_hook_factory(_is_literal, lambda kind: _hook(one_of(kind)))
        self._converter.register_structure_hook_factory(_is_tuple, self._tuple_hook)
        self._converter.register_unstructure_hook_func(lambda kind: kind is Event, event_out)
        self._converter.register_structure_hook_func(lambda kind: kind is Event, _hook(event_in))
        self.structure: Callable[[Any, Any], Any] = self._converter.structure
        self._out: dict[type[Event], Callable[[Event], dict[str, Any]]] = {}
        self._in: dict[type[Event], Hook] = {}

    def fields_out(self, one: type[Event]) -> Callable[[Event], dict[str, Any]]:
        """Return what writes the fields of a class of events."""
        if one not in self._out:
            self._out[one] = make_dict_unstructure_fn(one, self._converter, _cattrs_omit_if_default=True)
        return self._out[one]

    def fields_in(self, one: type[Event]) -> Hook:
        """Return what reads the fields of a class of events."""
        if one not in self._in:
            self._in[one] = make_dict_structure_fn(one, self._converter)
        return self._in[one]

    def _object_hook(self, kind: Any) -> Hook:  # noqa: ANN401  a type
        make = make_dict_structure_fn(kind, self._converter)
        return lambda value, of: make(object_in(value), of)

    def _tuple_hook(self, kind: Any) -> Hook:  # noqa: ANN401  a type
        member = kind.__args__[0]
        hook = self._converter.get_structure_hook(member)
        return lambda value, _: tuple(hook(each, member) for each in listed(value))
