"""States as JSON and back: frozen objects whose fields are texts, numbers, dates, amounts, rows and tuples of these.

They are read field by field and made without asking converters again, for every value was in a state before. What could
be in none is refused all the same, whoever wrote it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import NoneType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

import attrs

from partnership.model.construct import constructor
from partnership.values.when import When

if TYPE_CHECKING:
    from cattrs import Converter

__all__ = ["reader_of", "written"]

_MOST = 65_536  # dates that are kept to be taken again

Reader = Callable[[Any], Any]


@lru_cache(maxsize=1)  # what it makes for a class takes milliseconds
def _converter() -> Converter:
    from cattrs import Converter  # noqa: PLC0415  it takes long to load, and to read states needs none

    made = Converter(omit_if_default=True)
    made.register_unstructure_hook(When, str)
    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook(Decimal, lambda value: f"{value:f}")  # str() may write 1E-7
    return made


def written(state: Any) -> Any:  # noqa: ANN401  an attrs class
    """Return a state as a JSON value, without the fields that say nothing."""
    return _converter().unstructure(state)


class _Dates(dict[str, When]):
    """Dates by their text: each is made once, and taken again as the same object."""

    def __missing__(self, text: str) -> When:
        if len(self) >= _MOST:
            self.clear()
        made = self[text] = When(text)
        return made


def _strictly(kind: type) -> Reader:
    def read(value: Any) -> Any:  # noqa: ANN401  any JSON value
        if type(value) is not kind:
            raise TypeError
        return value

    return read


_text = _strictly(str)
_KNOWN: dict[Any, Reader] = {
    str: _text,
    int: _strictly(int),
    bool: _strictly(bool),
    When: _Dates().__getitem__,
    date: date.fromisoformat,
    Decimal: lambda value: Decimal(_text(value)),
}


@lru_cache(maxsize=1024)
def reader_of(hint: Any) -> Reader:  # noqa: ANN401  a type
    """Return what reads values of a type out of JSON.

    Raises:
        TypeError: no state has a field of this type.
    """
    kinds = [one for one in get_args(hint) if one is not NoneType]
    if hint in _KNOWN:
        return _KNOWN[hint]
    if attrs.has(hint):
        return _objects(hint)
    if get_origin(hint) is Literal:
        return {one: one for one in kinds}.__getitem__
    if get_origin(hint) is tuple:
        return _tuples(kinds)
    if len(kinds) == 1 and NoneType in get_args(hint):  # which every field may be, as far as reading goes
        return reader_of(kinds[0])
    raise TypeError(hint)


def _tuples(kinds: list[Any]) -> Reader:
    first = reader_of(kinds[0])
    if kinds[-1] is ...:
        return lambda values: tuple([first(one) for one in _list(values)])
    each = [reader_of(one) for one in kinds]
    return lambda values: tuple([read(one) for read, one in zip(each, _list(values), strict=True)])


_list = _strictly(list)


def _objects(kind: Any) -> Reader:  # noqa: ANN401  an attrs class
    hints = get_type_hints(kind)
    readers = {one.name: reader_of(hints[one.name]) for one in attrs.fields(kind)}
    make = constructor(kind)

    def read(value: Any) -> Any:  # noqa: ANN401  any JSON value
        return make(**{name: one if one is None else readers[name](one) for name, one in value.items()})

    return read
