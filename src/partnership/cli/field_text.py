"""Read the value of a field of an event from a text: lists with semicolons, amounts with their currency."""

from __future__ import annotations

import re
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from partnership.model.event import Event
from partnership.values.amounts import Count, Duration, Money, Percent

__all__ = ["FLAGS", "field_value", "hint_of", "plain_value"]

_BOUND = re.compile(r"(at[ -]least|at[ -]most|about|exact)\s+", re.IGNORECASE)
_MONEY = re.compile(r"(?P<before>[A-Za-z]{3})?\s*(?P<amount>[-0-9.]+)\s*(?P<after>[A-Za-z]{3})?")
FLAGS = {"yes": True, "no": False}
"""What people type for a flag."""
_KEYS: dict[type, str] = {Count: "number", Percent: "number", Duration: "text"}
"""The key of the figure in the objects of plain JSON."""


def hint_of(cls: type[Event], name: str) -> Any:  # noqa: ANN401  a type
    """Return the type of the values of a field, without None."""
    hint = get_type_hints(cls)[name]
    members = [member for member in get_args(hint) if member is not NoneType]
    return members[0] if NoneType in get_args(hint) and len(members) == 1 else hint


def plain_value(cls: Any, name: str, text: str) -> Any:  # noqa: ANN401  a class of events, and a value of plain JSON
    """Return what a person types for a field as plain JSON has it; what is wrong with it is found when it is read.

    Values of a list are separated by semicolons, codes of parties also by commas; a flag is yes or no; a figure may
    begin with "at least", "at most" or "about", and an amount has its currency before or after it.

    >>> from partnership.events import CommitmentMade
    >>> plain_value(CommitmentMade, "by", "RU; ASEAN"), plain_value(CommitmentMade, "amount", "at least 8000000 USD")
    (['RU', 'ASEAN'], {'amount': '8000000', 'currency': 'USD', 'bound': 'at-least'})
    """
    hint, text = hint_of(cls, name), text.strip()
    if not text:
        return None
    if get_origin(hint) is tuple:
        from partnership.model.field_docs import field_docs  # noqa: PLC0415  loaded on first use

        separators = "[;,]" if field_docs(cls)[name].type == "party codes" else ";"
        return [part.strip() for part in re.split(separators, text) if part.strip()]
    if hint is bool:
        return FLAGS.get(text.lower(), text)
    if hint is int:
        return int(text) if text.isdecimal() and len(text) < _MOST_DIGITS else text
    return _figure(hint, text) if hint in (Money, *_KEYS) else text


_MOST_DIGITS = 20


def _figure(cls: Any, text: str) -> Any:  # noqa: ANN401  one of the classes of figures
    bound = _BOUND.match(text)
    figure = text[bound.end() :].strip() if bound else text
    value: dict[str, Any]
    if cls is Money:
        if not (match := _MONEY.fullmatch(figure)):
            return text
        value = {"amount": match["amount"], "currency": (match["before"] or match["after"] or "").upper()}
    else:
        figure = figure.removesuffix("%").strip() if cls is Percent else figure
        value = {_KEYS[cls]: int(figure) if cls is Count and figure.isdecimal() else figure}
    return {**value, "bound": bound[1].lower().replace(" ", "-")} if bound else value


def field_value(cls: type[Event], name: str, text: str) -> Any:  # noqa: ANN401  a value of any field
    """Return what a person types for a field as the constructor of the event takes it.

    Raises:
        InvalidValue: it is a figure that cannot be.
    """
    value = plain_value(cls, name, text)
    return hint_of(cls, name)(**value) if isinstance(value, dict) else value
