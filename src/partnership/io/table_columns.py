"""Columns of tables: how the fields of a class are spread over columns with one type each.

A field keeps its name for the column that people read. Where a value has parts that programs need, they stand beside it
in columns of their own: of a date its EDTF, its earliest and its latest day; of a figure its number and its bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any, Literal, get_args, get_origin

import attrs
from attrs import frozen

from partnership.io.cell_lists import join_members
from partnership.model.expectations import Expectation
from partnership.model.field_docs import field_docs, type_of, without_none
from partnership.model.value_text import is_empty, value_in_words
from partnership.values.amounts import Count, Duration, Money, Percent
from partnership.values.date_words import planned_in_words
from partnership.values.sources import Source
from partnership.values.when import When

ColumnType = Literal["text", "integer", "number", "flag", "day", "time"]
"""What the cells of a column hold: text, a whole number, a decimal number, yes or no, a day, or a time in UTC."""

Cell = str | int | Decimal | date | datetime | None
"""A value in a table; None where there is none. A flag is a `bool`, which is an `int`."""


@frozen
class Column:
    """A column of a table.

    Attributes:
        name: its heading; public and stable.
        type: what its cells hold: ``'text'``, ``'integer'``, ``'number'``, ``'flag'``, ``'day'``, ``'time'`` (in UTC).
        meaning: what it holds, in a sentence; may be empty.
    """

    name: str
    type: ColumnType
    meaning: str = ""


@frozen
class Part:
    """A column, and how its cells are read from what a row is about.

    Attributes:
        column: the column.
        read: returns the cell.
    """

    column: Column
    read: Callable[[Any], Cell]


def part(name: str, type_: ColumnType, read: Callable[[Any], Cell], meaning: str = "") -> Part:
    """Return a column with the function that reads its cells."""
    return Part(Column(name, type_, meaning), read)


def through(one: Part, get: Callable[[Any], Any], name: str | None = None) -> Part:
    """Return a column that is read from a part of what a row is about, perhaps under another name."""
    return Part(attrs.evolve(one.column, name=name or one.column.name), lambda item: one.read(get(item)))


def joined(values: Iterable[object]) -> str | None:
    """Return the texts of a list in one cell, separated by semicolons; None if there are none."""
    return join_members(map(_text, values)) or None


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, Source) else value_in_words(value)


# ---- fields of a class ----


def field_parts(cls: Any, without: Sequence[str] = ()) -> tuple[Part, ...]:  # noqa: ANN401  an attrs class
    """Return the columns of the fields of an attrs class, in its order, without some of them."""
    docs = field_docs(cls)
    names = [attribute.name for attribute in attrs.fields(cls)]
    parts = []
    for name in names:
        if not name.startswith("_") and name not in without:
            hint = type_of(cls, name) or Any  # one that only type checkers know: the values say what they are
            first, *others = value_parts(name, hint, attrgetter(name), docs[name].sentence)
            parts += [first, *(_renamed(other, name, names) for other in others)]
    return tuple(parts)


def _renamed(part: Part, name: str, taken: Sequence[str]) -> Part:
    """Return a part of a figure under another name if a field has its name: "previous_number" is one of a statistic."""
    column = part.column
    if column.name not in taken:
        return part
    return Part(attrs.evolve(column, name=f"{name}_figure{column.name.removeprefix(name)}"), part.read)


def value_parts(name: str, hint: Any, get: Callable[[Any], Any], meaning: str = "") -> tuple[Part, ...]:  # noqa: ANN401
    """Return the columns of values of one type.

    Args:
        name: of the first column, with which the names of the others begin.
        hint: the type, as an annotation; for `typing.Any`, words and days.
        get: returns the value from what a row is about.
        meaning: what the value is.
    """
    hint = without_none(hint)
    if get_origin(hint) is tuple and get_args(hint)[0] in (When, Expectation):
        return date_parts(name, get, meaning)
    if hint in _PARTS:
        return _PARTS[hint](name, get, meaning)
    if hint in _SINGLE:
        return (part(name, _SINGLE[hint], get, meaning),)
    return (part(name, "text", lambda item: _cell_text(get(item)), meaning),)


def _cell_text(value: Any) -> str | None:  # noqa: ANN401  a value of any field
    """Return a value as the text of a cell: of another subject its name, of a list all its members."""
    if value is None or is_empty(value):
        return None
    if isinstance(value, tuple):
        return joined(value)
    about = getattr(value, "subject", None)
    return about if isinstance(about, str) else _text(value) or None


# ---- dates ----

_PLANS = ("planned", "previous_dates", "earlier")
"""Fields with planned dates: "not before March", and not "from March on"."""


def _dates(value: Any) -> tuple[When, ...]:  # noqa: ANN401  a value of any field
    """Return the dates in a value: itself, those of a list, and those for which something is planned."""
    values = value if isinstance(value, tuple) else (value,)
    dates = (item.planned if isinstance(item, Expectation) else item for item in values)
    return tuple(item for item in dates if isinstance(item, When))


def _planned_text(value: Any) -> str | None:  # noqa: ANN401  a date or dates of plans
    return joined(map(planned_in_words, _dates(value)))


def _earliest(dates: Sequence[When]) -> date | None:
    days = [when.earliest for when in dates]
    return None if None in days or not days else min(day for day in days if day)


def _latest(dates: Sequence[When]) -> date | None:
    days = [when.latest for when in dates]
    return None if None in days or not days else max(day for day in days if day)


def date_parts(name: str, get: Callable[[Any], Any], meaning: str = "") -> tuple[Part, ...]:
    """Return the columns of a date, of a list of dates, or of any value that may be one.

    They hold the words, the EDTF, the earliest and the latest day: empty where the date is open on that side, and of a
    list the first and the last of all.
    """
    in_words = _planned_text if name in _PLANS else _cell_text

    def of_dates(read: Callable[[Sequence[When]], Cell]) -> Callable[[Any], Cell]:
        return lambda item: None if (value := get(item)) is None else read(_dates(value))

    return (
        part(name, "text", lambda item: in_words(get(item)), meaning),
        part(f"{name}_edtf", "text", of_dates(lambda dates: joined(when.text for when in dates)), f"`{name}` in EDTF."),
        part(f"{name}_earliest", "day", of_dates(_earliest), f"first possible day of `{name}`."),
        part(f"{name}_latest", "day", of_dates(_latest), f"last possible day of `{name}`."),
    )


# ---- figures ----


def _attribute(get: Callable[[Any], Any], name: str) -> Callable[[Any], Cell]:
    def read(item: Any) -> Cell:  # noqa: ANN401  what a row is about
        figure = get(item)
        return None if figure is None else getattr(figure, name)

    return read


def _figure_parts(fields: Mapping[str, tuple[str, ColumnType]]) -> Callable[..., tuple[Part, ...]]:
    """Return a function that makes the columns of a figure: its words, and these attributes by their suffixes."""

    def parts(name: str, get: Callable[[Any], Any], meaning: str) -> tuple[Part, ...]:
        return (
            part(name, "text", lambda item: _cell_text(get(item)), meaning),
            *(
                part(f"{name}_{suffix}", type_, _attribute(get, attribute), f"the {suffix} of `{name}`.")
                for suffix, (attribute, type_) in fields.items()
            ),
        )

    return parts


_BOUND: Mapping[str, tuple[str, ColumnType]] = {"bound": ("bound", "text")}
_PARTS: Mapping[Any, Callable[..., tuple[Part, ...]]] = {
    When: date_parts,
    Any: date_parts,
    Money: _figure_parts({"number": ("amount", "number"), "currency": ("currency", "text"), **_BOUND}),
    Count: _figure_parts({"number": ("number", "integer"), **_BOUND}),
    Percent: _figure_parts({"number": ("number", "number"), **_BOUND}),
    Duration: _figure_parts({"iso": ("text", "text"), **_BOUND}),
}
"""Types whose values have parts in columns of their own."""
_SINGLE: Mapping[Any, ColumnType] = {
    str: "text",
    bool: "flag",
    int: "integer",
    Decimal: "number",
    date: "day",
    datetime: "time",
}
