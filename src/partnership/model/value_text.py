"""Values of events and states in plain English, for answers that people read."""

from __future__ import annotations

from typing import Any

import attrs

from partnership.model.expectations import Expectation, Outcome
from partnership.values.amounts import Count, Money, Percent
from partnership.values.date_words import in_words
from partnership.values.when import When

__all__ = ["is_row", "name_in_words", "value_in_words"]


def name_in_words(name: str) -> str:
    """Return the name of a field or of an event in words."""
    return name.replace("_", " ").replace("-", " ")


def is_row(value: object) -> bool:
    """Tell whether a value of a state is a row of several fields."""
    return attrs.has(type(value)) and not isinstance(value, When | Count | Money | Percent)


def value_in_words(value: Any) -> str:  # noqa: ANN401  a value of any field
    """Return a value in words, a row field by field; what is not said, and what only bounds a day, is left out.

    >>> value_in_words((When("2020-06-17"), Count(2, "at-least"), None))
    '17 June 2020, at least 2'
    """
    if isinstance(value, When):
        return in_words(value)
    if isinstance(value, Expectation):
        return in_words(value.planned)
    if isinstance(value, tuple):
        together = "; " if any(map(is_row, value)) else ", "
        return together.join(value_in_words(one) for one in value if one not in (None, ()))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not is_row(value):
        return " ".join(str(value).split())
    said = {one.name: getattr(value, one.name) for one in attrs.fields(type(value))}
    if said.pop("is_disputed", False):
        said["sources"] = "differ"
    return ", ".join(
        f"{name_in_words(name)} {value_in_words(one)}"
        for name, one in said.items()
        if one not in (None, (), False) and not _only_bounds(one)
    )


def _only_bounds(value: object) -> bool:
    return any(isinstance(one, Outcome) for one in (value if isinstance(value, tuple) else (value,)))
