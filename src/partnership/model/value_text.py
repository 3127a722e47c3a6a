"""Format values of events and states as text for people. Every listing, page, chart and comparison uses this module."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from partnership.model.expectations import Expectation, Outcome
from partnership.values.date_words import in_words, planned_in_words
from partnership.values.labels import flag_in_words, label, word
from partnership.values.when import When

if TYPE_CHECKING:
    from partnership.values.party_names import PartyNames

name_in_words = label


def is_row(value: object) -> bool:
    """Tell whether a value has several fields and no text of its own, as dates and amounts have."""
    return attrs.has(type(value)) and type(value).__str__ is object.__str__


def row_fields(row: Any) -> dict[str, Any]:  # noqa: ANN401  any attrs object
    """Return the fields of a row that a reader needs, by name.

    Empty fields are left out, and so is an `Outcome`, which only bounds dates that other fields show. False is left out
    only of a flag that cannot be None, since there it means that no source says so; 0 never is. A row on which sources
    differ ends with ``"sources": "differ"`` in place of its field `is_disputed` or `disputed`.
    """
    values = {field.name: getattr(row, field.name) for field in attrs.fields(type(row)) if not _is_unset(field, row)}
    fields = {name: value for name, value in values.items() if not (is_empty(value) or _is_bound(value))}
    disputed = [fields.pop(name) for name in ("is_disputed", "disputed") if name in fields]
    return {**fields, "sources": "differ"} if disputed else fields


def separator(values: tuple[Any, ...]) -> str:
    """Return the text between the values of a list: a semicolon where they contain commas themselves."""
    return "; " if any(map(is_row, values)) else ", "


def is_empty(value: object) -> bool:
    """Tell whether a field has no value: it is None or an empty list. False and 0 are values."""
    return value is None or (isinstance(value, tuple) and not value)


def is_same(value: object, other: object) -> bool:
    """Tell whether two values of any fields are equal; a date and a text, which refuse to be compared, are not."""
    if isinstance(value, tuple) and isinstance(other, tuple):
        return len(value) == len(other) and all(map(is_same, value, other))
    return type(value) is type(other) and value == other


def value_in_words(value: Any, parties: PartyNames | None = None, field: str = "") -> str:  # noqa: ANN401  of any field
    """Return a value as one line of text, a row field by field; empty for None and for an empty list.

    Args:
        value: of a field of a state or an event.
        parties: the names of parties; their codes are returned if it is None.
        field: the name of the field, which says whether it holds a party, or one of a few words.

    >>> value_in_words((When("2020-06-17"), "Sochi", None)), value_in_words("hoped", field="force")
    ('17 June 2020, Sochi', 'hoped for')
    """
    if value is None:
        return ""
    if isinstance(value, Expectation | When | date):
        return _plan_in_words(value) if isinstance(value, Expectation) else in_words(value)
    if isinstance(value, tuple):
        return separator(value).join(value_in_words(item, parties, field) for item in value if not is_empty(item))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if is_row(value):
        return ", ".join(labelled_in_words(name, item, parties) for name, item in row_fields(value).items())
    if isinstance(value, str) and field:
        value = (parties and parties.shown(field, value)) or word(field, value)
    return " ".join(str(value).split())


def labelled_in_words(name: str, value: Any, parties: PartyNames | None = None) -> str:  # noqa: ANN401  of any field
    """Return the value of a field after its label; of a flag, what it says.

    >>> labelled_in_words("co_chairs", ("ID", "RU")), labelled_in_words("is_tentative", True)
    ('co-chairs ID, RU', 'tentative')
    >>> labelled_in_words("held_on", When("2020-06")), labelled_in_words("held_on", When("2020-06-17"))
    ('held in June 2020', 'held on 17 June 2020')
    """
    if isinstance(value, bool):
        return flag_in_words(name, value)
    beginning = "" if str(value).startswith(f"{name}:") else f"{name_in_words(name)} "
    if isinstance(value, When) and _MONTH_OR_YEAR.fullmatch(value.text):
        beginning = _ON.sub("in ", beginning)  # "held in June 2020"
    return beginning + value_in_words(value, parties, name)


_MONTH_OR_YEAR = re.compile(r"\d{4}(?:-\d{2})?")
"""A date that is not a day but a month, a season, a quarter, a half or a year."""
_ON = re.compile(r"\bon $")


def act_in_words(act: str | None, detail: str | None) -> str:
    """Return a planned act in words; empty if there is none.

    >>> act_in_words("approve", "European Parliament")
    'to approve (European Parliament)'
    """
    return f"to {name_in_words(act)}{f' ({detail})' if detail else ''}" if act else ""


def _plan_in_words(plan: Expectation) -> str:
    act = act_in_words(plan.act, plan.detail)
    return f"{planned_in_words(plan.planned)}, {act}" if act else planned_in_words(plan.planned)


def _is_unset(field: attrs.Attribute[Any], row: object) -> bool:
    return field.type in (bool, "bool") and not getattr(row, field.name)


def _is_bound(value: object) -> bool:
    return any(isinstance(item, Outcome) for item in (value if isinstance(value, tuple) else (value,)))
