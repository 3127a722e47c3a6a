"""Write attrs objects as JSON: events without their subject, sources, remarks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from operator import attrgetter
from typing import Any

import attrs

from partnership.serialization.canonical import canonical, quoted
from partnership.values.when import When

__all__ = ["ObjectWriter"]

_ONLY_TEXTS = {str}


class ObjectWriter:
    """Writes the fields of one class in canonical form, those that are empty or have their default left out.

    Texts, dates and tuples of texts are most of what there is, and are joined directly; an object that holds anything
    else goes through `write_any` as a whole.

    Args:
        cls: the attrs class.
        write_any: returns the fields of an object as JSON values, whatever their types.
    """

    def __init__(self, cls: type, write_any: Callable[[Any], dict[str, Any]]) -> None:
        fields = sorted((field for field in attrs.fields(cls) if field.name != "subject"), key=attrgetter("name"))
        is_plain = len(fields) > 1 and all(field.default in (None, (), attrs.NOTHING) for field in fields)
        self._keys = [f"{quoted(field.name)}:" for field in fields]
        self._values = attrgetter(*(field.name for field in fields)) if is_plain else None
        self._write_any = write_any

    def fields(self, instance: Any) -> dict[str, Any]:  # noqa: ANN401  of the class
        """Return the fields as JSON values, without the subject."""
        fields = self._write_any(instance)
        fields.pop("subject", None)
        return fields

    def text(self, instance: Any) -> str:  # noqa: ANN401  as above
        """Return the canonical JSON text of the fields, without the subject; ``""`` where all are left out."""
        if self._values is None:
            return self._text_of_any(instance)
        members = []
        for key, value in zip(self._keys, self._values(instance), strict=True):
            if value is None:
                continue
            kind = type(value)
            if kind is str:
                members.append(key + quoted(value))
            elif kind is When:
                members.append(f'{key}"{value.text}"')  # the text of a date has nothing to escape
            elif kind is date:
                members.append(f'{key}"{value}"')
            elif kind is tuple and set(map(type, value)) <= _ONLY_TEXTS:
                if value:
                    members.append(f"{key}[{','.join(map(quoted, value))}]")
            else:
                return self._text_of_any(instance)
        return f"{{{','.join(members)}}}" if members else ""

    def _text_of_any(self, instance: Any) -> str:  # noqa: ANN401  as above
        fields = self.fields(instance)
        return canonical(fields).decode() if fields else ""
