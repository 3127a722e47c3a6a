"""Convert values of all types that an entry can hold, with cattrs.

Loaded on first use: it takes as long as all else that most records need.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal, get_origin

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from partnership.model.event import Event
from partnership.serialization.readers import SCALARS, TEXTS, Reader, literal_reader, require_list, require_object

Hook = Callable[[Any, Any], Any]


def _hook(read: Reader) -> Hook:
    return lambda value, _: read(value)


def _is_literal(kind: Any) -> bool:  # noqa: ANN401  a type
    return get_origin(kind) is Literal


def _is_tuple(kind: Any) -> bool:  # noqa: ANN401  a type
    return get_origin(kind) is tuple


class CattrsConverter:
    """Reads and writes values of the fields of one closed table of events.

    Args:
        write_event: writes an event that is the value of a field.
        read_event: reads one.

    Attributes:
        structure: reads a value of a type: ``structure(value, type)``.
    """

    def __init__(self, write_event: Callable[[Event], dict[str, Any]], read_event: Reader) -> None:
        self._converter = Converter(forbid_extra_keys=True, omit_if_default=True, detailed_validation=False)
        self._converter.register_structure_hook_factory(attrs.has, self._object_hook)
        for kind, read in SCALARS.items():
            self._converter.register_structure_hook(kind, _hook(read))
        for kind in TEXTS:
            self._converter.register_unstructure_hook(kind, str)
        self._converter.register_unstructure_hook(Decimal, lambda value: f"{value:f}")  # str() may write 1E-7
        self._converter.register_structure_hook_factory(_is_literal, lambda kind: _hook(literal_reader(kind)))
        self._converter.register_structure_hook_factory(_is_tuple, self._tuple_hook)
        self._converter.register_unstructure_hook_func(lambda kind: kind is Event, write_event)
        self._converter.register_structure_hook_func(lambda kind: kind is Event, _hook(read_event))
        self.structure: Callable[[Any, Any], Any] = self._converter.structure
        self._writers: dict[type, Callable[[Any], dict[str, Any]]] = {}

    def fields_out(self, cls: type) -> Callable[[Any], dict[str, Any]]:
        """Return the function that writes the fields of a class, without those that have their default."""
        if cls not in self._writers:
            self._writers[cls] = make_dict_unstructure_fn(cls, self._converter, _cattrs_omit_if_default=True)
        return self._writers[cls]

    def fields_in(self, cls: type) -> Reader:
        """Return the function that makes an object of a class from its fields."""
        read: Callable[[Any, Any], Any] = make_dict_structure_fn(cls, self._converter)
        return lambda fields: read(fields, cls)

    def _object_hook(self, cls: Any) -> Hook:  # noqa: ANN401  a type
        read = self.fields_in(cls)
        return lambda value, _: read(require_object(value))

    def _tuple_hook(self, kind: Any) -> Hook:  # noqa: ANN401  a type
        member = kind.__args__[0]
        hook = self._converter.get_structure_hook(member)
        return lambda value, _: tuple(hook(item, member) for item in require_list(value))
