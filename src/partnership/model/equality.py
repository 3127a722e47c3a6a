"""Compare answers by what they say: two answers to one question are equal, whichever view gave them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs


class EqualByContent:
    """An answer that equals another of its class with equal fields.

    The claims and occurrences in it are compared by their fields too. They are objects of one view, and equal only to
    themselves elsewhere, as in the engine.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return _content(self) == _content(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), getattr(self, "subject", None)))


def _content(value: Any) -> Any:  # noqa: ANN401  any value of a field
    """Return a value with each object that is compared by identity replaced by its fields."""
    if isinstance(value, tuple):
        return tuple(map(_content, value))
    if isinstance(value, Mapping):
        return {name: _content(item) for name, item in value.items()}
    kind: Any = type(value)
    if attrs.has(kind) and (isinstance(value, EqualByContent) or kind.__eq__ is object.__eq__):
        fields = (getattr(value, item.name) for item in attrs.fields(kind))
        return (kind, *(_content(item) for item in fields if not callable(item)))
    return value
