"""Format values of events and states as text for people. Every listing, page, chart and comparison uses this module."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from partnership.model.expectations import Expectation, Outcome
from partnership.values.date_words import in_words
from partnership.values.when import When

__all__ = ["is_row", "name_in_words", "row_fields", "separator", "value_in_words"]


def name_in_words(name: str) -> str:
    """Return the name of a field, an event or a status with spaces between its words."""
    return name.replace("_", " ").replace("-", " ")


def is_row(value: object) -> bool:
    """Tell whether a value has several fields and no text of its own, as dates and amounts have."""
    return attrs.has(type(value)) and type(value).__str__ is object.__str__


def row_fields(row: Any) -> dict[str, Any]:  # noqa: ANN401  any attrs object
    """Return the fields of a row that a reader needs, by name.

    Empty fields are left out, and so is an `Outcome`, which only bounds dates that other fields show. A row on which
    sources differ ends with ``"sources": "differ"`` in place of its field `is_disputed` or `disputed`.
    """
    values = {field.name: getattr(row, field.name) for field in attrs.fields(type(row))}
    fields = {name: value for name, value in values.items() if value not in (None, (), False) and not _is_bound(value)}
    disputed = [fields.pop(name) for name in ("is_disputed", "disputed") if name in fields]
    return {**fields, "sources": "differ"} if disputed else fields


def separator(values: tuple[Any, ...]) -> str:
    """Return the text between the values of a list: a semicolon where they contain commas themselves."""
    return "; " if any(map(is_row, values)) else ", "


def value_in_words(value: Any, date_text: Callable[[When], str] = in_words) -> str:  # noqa: ANN401  of any field
    """Return a value as one line of text, a row field by field; empty for None and for an empty list.

    Args:
        value: of a field of an event or a state.
        date_text: formats dates; `str` leaves them as they are written in the record.

    >>> value_in_words((When("2020-06-17"), "Sochi", None))
    '17 June 2020, Sochi'
    """
    if value is None:
        return ""
    if isinstance(value, Expectation):
        value = value.planned
    if isinstance(value, When):
        return date_text(value)
    if isinstance(value, tuple):
        return separator(value).join(value_in_words(item, date_text) for item in value if item not in (None, ()))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if is_row(value):
        fields = row_fields(value).items()
        return ", ".join(f"{name_in_words(name)} {value_in_words(item, date_text)}" for name, item in fields)
    return " ".join(str(value).split())


def _is_bound(value: object) -> bool:
    return any(isinstance(item, Outcome) for item in (value if isinstance(value, tuple) else (value,)))
