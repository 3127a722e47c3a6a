"""Converters of cattrs that read values without coercion: a text is no number, and one value no list.

Loaded on first use: it takes as long as all else that most records need.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal, get_args

import attrs
from cattrs import Converter
from cattrs.gen import make_dict_structure_fn

from partnership.model.event import Event
from partnership.model.field_docs import origin_of
from partnership.serialization.readers import SCALARS, TEXTS, Reader, literal_reader, require_list, require_object

Hook = Callable[[Any, Any], Any]


def as_hook(read: Reader) -> Hook:
    """Return a reader as cattrs calls it, with the type behind the value."""
    return lambda value, _: read(value)


def strict_converter(**options: Any) -> Converter:  # noqa: ANN401  those of cattrs
    """Return a converter that reads objects of attrs, lists, and what stands in JSON as a text, a number or a flag."""
    converter = Converter(forbid_extra_keys=True, **options)

    def object_hook(cls: Any) -> Hook:  # noqa: ANN401  an attrs class
        read: Hook = make_dict_structure_fn(cls, converter)
        return lambda value, _: read(require_object(value), cls)

    def tuple_hook(kind: Any) -> Hook:  # noqa: ANN401  a type
        members = get_args(kind)
        hooks = [converter.get_structure_hook(member) for member in members if member is not ...]
        if members[1:] == (...,):
            return lambda value, _: tuple(hooks[0](item, members[0]) for item in require_list(value))

        def read(value: Any, _: object) -> tuple[Any, ...]:  # noqa: ANN401  any JSON value
            if len(require_list(value)) != len(members):
                raise ValueError(f"{len(value)} values stand where there are {len(members)}")
            return tuple(hook(item, member) for hook, item, member in zip(hooks, value, members, strict=True))

        return read

    converter.register_structure_hook_factory(attrs.has, object_hook)
    for kind, read in SCALARS.items():
        converter.register_structure_hook(kind, as_hook(read))
    converter.register_structure_hook_factory(
        lambda kind: origin_of(kind) is Literal, lambda kind: as_hook(literal_reader(kind))
    )
    converter.register_structure_hook_factory(lambda kind: origin_of(kind) is tuple, tuple_hook)
    return converter


def entry_converter(write_event: Callable[[Event], dict[str, Any]], read_event: Reader) -> Converter:
    """Return the converter of the values of the fields of one closed table of events, and of events themselves."""
    converter = strict_converter(omit_if_default=True, detailed_validation=False)
    for kind in TEXTS:
        converter.register_unstructure_hook(kind, str)
    converter.register_unstructure_hook(Decimal, lambda value: f"{value:f}")  # str() may write 1E-7
    converter.register_unstructure_hook_func(lambda kind: kind is Event, write_event)
    converter.register_structure_hook_func(lambda kind: kind is Event, as_hook(read_event))
    return converter
