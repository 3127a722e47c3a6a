"""Create frozen attrs objects fast, from values that are known to be valid.

``__init__`` of a frozen attrs class stores each field through ``object.__setattr__``, which takes most of its time. The
constructors here create an object of a subclass without that guard and with the same slots, and then set its class. An
event of 18 fields takes a quarter of the time.

Who creates an object how:

- ``MeetingHeld(...)`` by a user: all converters and checks (`model/event.py` names the arguments that are wrong);
- `constructor`: no converters and no checks, for values that were read from a log or come from another object;
- `replace`: a copy with changes, without converters and checks; `attrs.evolve` where converters are wanted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

import attrs

from partnership._frozen import Deferred

T = TypeVar("T", bound=Any)  # an attrs class; attrs has no narrower type


@lru_cache(maxsize=1024)
def _unchecked_class(cls: Any) -> Any:  # noqa: ANN401  an attrs class
    """Return a subclass whose objects become objects of the class once their fields are set, without converters."""

    def become(self: Any) -> None:  # noqa: ANN401  an object of the subclass
        self.__class__ = cls

    def initializer() -> Mapping[str, Any]:
        names = [field.name for field in attrs.fields(cls)]
        template: Any = attrs.make_class(cls.__name__, names, slots=False, eq=False, repr=False, class_body=post_init)
        return {"__init__": template.__init__}

    post_init = {"__attrs_post_init__": become}
    unguarded = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__, **post_init}
    return type(cls.__name__, (cls,), {**unguarded, "__init__": Deferred(initializer)})


def constructor(cls: type[T]) -> Callable[..., T]:
    """Return a function that takes the values of all fields in their order, and calls no converter.

    Naming the fields of an event of which few are given takes as long as all else that is done to construct it.

    Args:
        cls: a frozen attrs class with slots. Its ``__attrs_post_init__`` is not called; the caller makes its checks.
    """
    any_class: Any = cls
    made: Callable[..., T] = _unchecked_class(any_class)
    return made


@lru_cache(maxsize=1024)
def _replacer(cls: Any) -> tuple[Callable[[Any], tuple[Any, ...]], Mapping[str, int], Callable[..., Any]]:  # noqa: ANN401
    """Return what gets the values of an object's fields, the index of each field in them, and a constructor."""
    names = [field.name for field in attrs.fields(cls)]
    return attrgetter(*names), {name: index for index, name in enumerate(names)}, _unchecked_class(cls)


def replace(instance: T, /, **changes: Any) -> T:  # noqa: ANN401  values of any field
    """Return a frozen object with other values in some fields, as `attrs.evolve` does, but without converters.

    If all of the values are those that it has, it is returned itself.
    """
    for name, value in changes.items():
        if getattr(instance, name) is not value:
            break
    else:
        return instance
    cls: Any = type(instance)
    values_of, indices, unguarded = _replacer(cls)
    values = [*values_of(instance)]
    for name, value in changes.items():
        values[indices[name]] = value
    replaced: T = unguarded(*values)
    return replaced
