"""Write attrs objects as JSON: events without their subject, sources, remarks, figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

import attrs

from partnership.serialization.canonical import canonical, quoted
from partnership.values.amounts import Count, Duration, Money, Percent
from partnership.values.when import When

_EMPTY = ()
_EXACT = "exact"
"""The bound of a figure that has none, which is left out."""


class _UnusualError(Exception):
    """A value is of a type that only `write_any` writes."""


class ObjectWriter:
    """Writes the fields of one class in canonical form, those that are empty or have their default left out.

    Values of the library's own types are written directly; an object that holds anything else goes through `write_any`
    as a whole.

    Args:
        cls: the attrs class.
        write_any: returns the fields of an object as JSON values, whatever their types.
    """

    def __init__(self, cls: type, write_any: Callable[[Any], dict[str, Any]]) -> None:
        fields = sorted((field for field in attrs.fields(cls) if field.name != "subject"), key=attrgetter("name"))
        self._is_plain = all(field.default in (None, (), _EXACT, attrs.NOTHING) for field in fields)
        self._keys = [f"{quoted(field.name)}:" for field in fields]
        self._bounds = {key for key, field in zip(self._keys, fields, strict=True) if field.default == _EXACT}
        self._values = attrgetter(*(field.name for field in fields), "__class__")  # of two names at least: a tuple
        self._write_any = write_any

    def text(self, instance: Any) -> str:  # noqa: ANN401  as above
        """Return the canonical JSON text of the fields, without the subject; ``""`` where all are left out."""
        if self._is_plain:
            try:
                return self._text_of_plain(instance)
            except _UnusualError:
                pass
        fields = self._write_any(instance)
        fields.pop("subject", None)
        return canonical(fields).decode() if fields else ""

    def _text_of_plain(self, instance: Any) -> str:  # noqa: ANN401  as above
        members = []
        for key, value in zip(self._keys, self._values(instance), strict=False):
            if value is None or value is _EMPTY:
                continue
            kind = type(value)
            if kind is str:
                if value != _EXACT or key not in self._bounds:
                    members.append(key + quoted(value))
            elif kind is When:
                members.append(f'{key}"{value.text}"')  # the text of a date has nothing to escape
            elif kind is tuple:
                members.append(f"{key}[{_members_text(value)}]")
            else:
                members.append(key + _value_text(value))
        return f"{{{','.join(members)}}}" if members else ""


def _members_text(value: tuple[Any, ...]) -> str:
    try:
        return ",".join(map(quoted, value))
    except TypeError:  # not all are texts
        return ",".join(map(_value_text, value))


def _value_text(value: Any) -> str:  # noqa: ANN401  of a field, or a member of one
    write = _TEXT_OF.get(type(value))
    if write is None:
        raise _UnusualError
    return write(value)


_TEXT_OF: dict[type, Callable[[Any], str]] = {
    str: quoted,
    tuple: lambda value: f"[{_members_text(value)}]",
    bool: lambda value: "true" if value else "false",
    int: str,
    date: lambda value: f'"{value}"',
    Decimal: lambda value: f'"{value:f}"',
    When: lambda value: f'"{value.text}"',
    **{figure: ObjectWriter(figure, attrs.asdict).text for figure in (Money, Count, Percent, Duration)},
}
