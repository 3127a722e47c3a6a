"""Frozen classes of attrs whose methods are made when they are first used.

attrs writes and compiles the methods of a class when the class is defined. For the classes that a question about one
subject loads, and mostly does not use, that is half of the time until its answer. `frozen` defines a class with its
slots at once; attrs makes everything else, from the same source, on first use of any of it.

Type checkers read `frozen` as `attrs.frozen`, and so may everybody else: it takes the same options, and makes the same
class. Only what looks into the dictionary of the class, as `attrs.inspect` does, may find what is not made yet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import cached_property, partial
from inspect import get_annotations
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import attrs

_FROZEN = vars(attrs.frozen(init=False, eq=False, repr=False)(type("Frozen", (), {})))
_GUARDS = {name: _FROZEN[name] for name in ("__setattr__", "__delattr__")}
_EQUALITY = {"__eq__", "__ne__", "__hash__"}
_ORDER = {"__lt__", "__le__", "__gt__", "__ge__"}
_PICKLING = {"__getstate__", "__setstate__"}
_OTHERS = {"__match_args__", "__replace__"} & _FROZEN.keys()
_TEMPLATE = "__partnership_template__"
_CLASS_VARIABLES = ("ClassVar", "typing.ClassVar")


class Deferred:
    """An attribute of a class that is made when it is first used, and then replaces this one.

    Args:
        make: makes it, and perhaps others, by their names; each replaces its own `Deferred`, if that is still there.

    Attributes:
        finish: called with what was made; returns the attribute.
    """

    def __init__(self, make: Callable[[], Mapping[str, Any]]) -> None:
        self._make = make
        self.finish: Callable[[Any], Any] | None = None

    def __set_name__(self, owner: type, name: str) -> None:
        self._owner, self._name = owner, name

    def __get__(self, instance: object, owner: type | None = None) -> Any:  # noqa: ANN401  anything
        own = vars(self._owner)
        if own[self._name] is self:  # threads may both make it; any result will do, and a lock would not survive a fork
            for name, made in self._make().items():
                if isinstance(deferred := own[name], Deferred):
                    setattr(self._owner, name, deferred.finish(made) if deferred.finish else made)
        attribute = own[self._name]
        return attribute.__get__(instance, owner) if hasattr(attribute, "__get__") else attribute


if TYPE_CHECKING:
    from attrs import frozen as frozen  # noqa: PLC0414  else mypy does not export it
else:

    def frozen(cls: Any = None, /, **options: Any) -> Any:  # noqa: ANN401  as attrs.frozen
        """Define a frozen class with slots, as `attrs.frozen` does with the same options."""
        return partial(_frozen, options=options) if cls is None else _frozen(cls, options)


def is_template(cls: type) -> bool:
    """Tell whether a class is one of which only the methods are wanted."""
    return _TEMPLATE in vars(cls)


def _frozen(source: Any, options: dict[str, Any]) -> Any:  # noqa: ANN401  a class
    if any(isinstance(value, cached_property) for value in vars(source).values()):
        return attrs.frozen(**options)(source)
    names = [name for name, hint in get_annotations(source).items() if not str(hint).startswith(_CLASS_VARIABLES)]
    bases = source.__mro__[1:-1]
    inherited = {name: vars(base)[name] for base in bases[::-1] for name in vars(base).get("__slots__", ())}
    has_weakref = any("__weakref__" in vars(base) for base in bases) or options.get("weakref_slot") is False
    slots = [name for name in names if name not in inherited] + ["__weakref__"] * (not has_weakref)
    left_out = {*names, "__dict__", "__weakref__"}
    body = {name: value for name, value in vars(source).items() if name not in left_out}
    body |= {name: inherited[name] for name in names if name in inherited}
    body |= {"__slots__": tuple(slots), "__qualname__": source.__qualname__, **_GUARDS}
    body |= {name: Deferred(make) for name, make in _makers(source, options).items()}
    cls = type(source)(source.__name__, source.__bases__, body)
    for function in chain.from_iterable(map(_functions, vars(source).values())):
        for cell in getattr(function, "__closure__", None) or ():
            with suppress(ValueError):  # an empty cell
                if cell.cell_contents is source:
                    cell.cell_contents = cls  # which `super` reads
    return cls


def _functions(value: Any) -> tuple[Any, ...]:  # noqa: ANN401  any value of a class
    """Return the functions behind a method or property."""
    return (value.fget, value.fset) if isinstance(value, property) else (getattr(value, "__func__", value),)


def _makers(source: Any, options: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401  a class
    """Return what makes each attribute that attrs adds to a class."""
    own = vars(source)
    setattr(source, _TEMPLATE, True)
    names = {"__attrs_init__" if "__init__" in own or not options.get("init", True) else "__init__", *_OTHERS}
    names |= _PICKLING if _PICKLING.isdisjoint(own) else set()
    compared = {"__attrs_props__", *(["__repr__"] if options.get("repr", True) else [])}
    compared |= _EQUALITY if options.get("eq", True) and "__eq__" not in own else set()
    compared |= _ORDER if options.get("order") else set()
    names, compared = names - own.keys(), compared - own.keys()
    without_equality = {**options, "eq": False, "order": False, "repr": False}
    return {
        **dict.fromkeys(names, partial(_made, source, without_equality, {*names, "__attrs_attrs__"})),
        **dict.fromkeys(compared, partial(_made, source, options, compared)),
        "__attrs_attrs__": partial(_fields, source, without_equality),
    }


def _made(source: Any, options: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:  # noqa: ANN401  a class
    """Return attributes of the class that attrs makes."""
    template = attrs.frozen(**options)(source)
    return {name: vars(template)[name] for name in names}


class _FieldsFound(Exception):
    """Ends the work of attrs when the fields of a class are found."""


def _found(_: type, fields: list[Any]) -> list[Any]:
    raise _FieldsFound(fields)


def _fields(source: Any, options: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401  a class
    """Return what `attrs.fields` returns for a class; the class itself is not made for it."""
    fields: list[Any] = []
    try:
        attrs.frozen(**options, field_transformer=_found)(source)
    except _FieldsFound as found:
        fields = found.args[0]
    names = {field.name: property(itemgetter(index)) for index, field in enumerate(fields)}
    attributes: Any = type(f"{source.__name__}Attributes", (tuple,), {"__slots__": (), **names})
    return {"__attrs_attrs__": attributes(fields)}
