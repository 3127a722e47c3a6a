"""Read the value of a field of an event from a text that somebody types, in the forms that cells of a sheet have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from partnership.errors import InvalidValue
from partnership.io.sheet_dates import date_in_cell
from partnership.io.sheets import value_in_cell
from partnership.io.submission import hints_of


def plain_value(cls: Any, name: str, text: str) -> Any:  # noqa: ANN401  a class of events, and a value of plain JSON
    """Return what a person types for a field as plain JSON has it; None for nothing.

    Raises:
        InvalidValue: it holds no such value.

    >>> from partnership.events import CommitmentMade
    >>> plain_value(CommitmentMade, "by", "RU; ASEAN"), plain_value(CommitmentMade, "due", "17 June 2020")
    (['RU', 'ASEAN'], '2020-06-17')
    """
    text = text.strip()
    return (text if name == "subject" else _typed(value_in_cell, cls, name, text)) if text else None


def date_in_text(text: str) -> str:
    """Return the date that a person types as EDTF.

    Raises:
        InvalidValue: it is none, or has two readings.

    >>> date_in_text("17 June 2020")
    '2020-06-17'
    """
    return str(_typed(date_in_cell, text))


def _typed(read: Callable[..., Any], *given: Any) -> Any:  # noqa: ANN401  what *read* takes and returns
    try:
        return read(*given)
    except InvalidValue as error:
        raise InvalidValue(error.value, error.reason, error.instead) from None


def field_value(cls: Any, name: str, text: str) -> Any:  # noqa: ANN401  a class of events, and a value of any field
    """Return what a person types for a field as the constructor of the event takes it.

    Raises:
        InvalidValue: it holds no such value.
    """
    value = plain_value(cls, name, text)
    return hints_of(cls)[name](**value) if isinstance(value, dict) else value
