"""Frozen objects made quickly, where thousands are made from values that were checked before.

A frozen class of attrs writes each field past its own guard, and that is most of what it costs to make one. Here the
object is written as one of an unguarded subclass with the same slots, and then becomes what it is.

Source: ``performance.md``; an event of 18 fields takes a quarter of the time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

import attrs

__all__ = ["constructor", "replace"]

T = TypeVar("T", bound=Any)  # an attrs class; attrs has no narrower type


def _unguarded(kind: type, fields: dict[str, Any]) -> Callable[..., Any]:
    """Return the subclass as which an object is written; attrs writes its ``__init__``, which converts nothing."""

    def become(self: Any) -> None:  # noqa: ANN401  an object of that class
        self.__class__ = kind

    last = {"__attrs_post_init__": become}
    written: Any = attrs.make_class(kind.__name__, fields, slots=True, eq=False, repr=False, class_body=last)
    own = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__, **last}
    return type(kind.__name__, (kind,), {**own, "__init__": written.__init__})


@lru_cache(maxsize=1024)
def _constructor(kind: Any) -> Callable[..., Any]:  # noqa: ANN401  an attrs class
    fields = {one.name: attrs.field(default=one.default, kw_only=one.kw_only) for one in attrs.fields(kind)}
    return _unguarded(kind, fields)


def constructor(kind: type[T]) -> Callable[..., T]:
    """Return what makes objects of a frozen class as its ``__init__`` would, but asks no converter.

    The class is attrs's, with slots, and checks nothing after its ``__init__``, or the caller does so himself.
    """
    one: Any = kind
    return _constructor(one)


@lru_cache(maxsize=1024)
def _places(kind: Any) -> tuple[Callable[[Any], tuple[Any, ...]], Mapping[str, int], Callable[..., Any]]:  # noqa: ANN401
    names = [one.name for one in attrs.fields(kind)]
    places = {name: place for place, name in enumerate(names)}
    return attrgetter(*names), places, _unguarded(kind, {name: attrs.field() for name in names})


def replace(one: T, /, **changes: Any) -> T:  # noqa: ANN401  values of any field
    """Return a frozen object with other values in some fields: `attrs.evolve`, but it asks no converter."""
    if not changes:
        return one
    kind: Any = type(one)
    values_of, places, unguarded = _places(kind)
    values = [*values_of(one)]
    for name, value in changes.items():
        values[places[name]] = value
    made: T = unguarded(*values)
    return made
