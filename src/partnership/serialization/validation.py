"""Every reason why a JSON value is not an entry.

Decoding stops at the first error; whoever wrote the bytes wants to hear of all errors at once. So after a failure the
value is read again, field by field, and each reason names its path: ``claim.fields.on: …``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import NoneType
from typing import Any, get_args, get_type_hints

import attrs

from partnership._frozen import frozen
from partnership.errors import InvalidEvent
from partnership.model.converters import FieldError
from partnership.model.entry import Remarks
from partnership.model.event import Event
from partnership.serialization.entry_layout import claim_parts, entry_parts, shown
from partnership.serialization.readers import TEXTS, read_speaker, stored_converter
from partnership.values.sources import Source


@frozen
class Reasons:
    """Finds the reasons why a value is not an entry, or not a claim; none where it is one.

    Attributes:
        read: reads a JSON value as a type, or raises.
        current_event: returns the class of an event and its fields in the current version of the class, or raises.
    """

    read: Callable[[Any, Any], Any]
    current_event: Callable[[Any], tuple[type[Event], dict[str, Any]]]

    def of_entry(self, value: Any) -> Iterator[str]:  # noqa: ANN401  any JSON value
        """Yield the reasons why a value is not an entry."""
        try:
            claim, remarks = entry_parts(value)
        except ValueError as error:
            yield str(error)
            return
        yield from self.of_claim(claim)
        yield from self._of_object(remarks, Remarks, "remarks")

    def of_claim(self, value: Any) -> Iterator[str]:  # noqa: ANN401
        """Yield the reasons why a value is not a claim."""
        try:
            event, source, speaker = claim_parts(value)
        except ValueError as error:
            yield f"claim: {error}"
            return
        yield from self._of_event(event, "claim")
        yield from self._of_object(source, Source, "claim.source")
        if type(source) is dict and source.get("retrieved") is not None:
            yield "claim.source.retrieved: belongs to the remarks; the day of reading is not a part of a claim"
        yield from _raised("claim.speaker", lambda: read_speaker(speaker))

    def _of_event(self, value: Any, path: str) -> Iterator[str]:  # noqa: ANN401
        try:
            cls, fields = self.current_event(value)
        except Exception as error:  # noqa: BLE001  an upcaster may be a user's own
            yield f"{path}: {_sentence(error)}"
            return
        yield from self._of_object(fields, cls, f"{path}.fields", {"subject": f"{path}.subject"})

    def _of_object(self, value: Any, cls: type, path: str, paths: Mapping[str, str] = {}) -> Iterator[str]:  # noqa: ANN401
        """Yield the reasons why a value is not an object of an attrs class.

        *paths* has those of fields that stand elsewhere.
        """
        if type(value) is not dict:
            yield f"{path}: {shown(value)} is not an object"
            return
        fields, hints = {field.name: field for field in attrs.fields(cls)}, get_type_hints(cls)
        reasons = [f"{path}: {shown(key)} is not a field here" for key in sorted(value.keys() - fields.keys())]
        for name, field in fields.items():
            field_path = paths.get(name, f"{path}.{name}")
            if name in value:
                reasons += self._of_field(value[name], field, hints[name], field_path)
            elif field.default is attrs.NOTHING:
                reasons.append(f"{field_path}: is missing")
        yield from reasons or _raised(path, lambda: self.read(value, cls))

    def _of_field(self, value: Any, field: Any, hint: Any, path: str) -> Iterator[str]:  # noqa: ANN401
        is_optional = NoneType in get_args(hint)
        kind = next(member for member in get_args(hint) if member is not NoneType) if is_optional else hint
        if value is None and is_optional:
            return
        if kind is Event:
            yield from self._of_event(value, path)
        elif attrs.has(kind) and kind not in TEXTS:
            yield from self._of_object(value, kind, path)
        else:
            yield from _raised(path, lambda: self._convert(value, field, hint))

    def _convert(self, value: Any, field: Any, hint: Any) -> None:  # noqa: ANN401
        converted = self.read(value, hint)
        if callable(convert := stored_converter(field.converter)):
            converted = convert(converted)
        if isinstance(converted, FieldError):
            raise ValueError(converted.reason)  # noqa: TRY004  one of the reasons


def _raised(path: str, read: Callable[[], object]) -> Iterator[str]:
    """Yield the reasons for which a function raises an error, if it does."""
    try:
        read()
    except InvalidEvent as error:
        yield from (f"{path}.{reason}" for reason in error.reasons)
    except Exception as error:  # noqa: BLE001  a converter may be a user's own
        yield f"{path}: {_sentence(error)}"


def _sentence(error: Exception) -> str:
    return str(error) if isinstance(error, ValueError | TypeError) else f"{type(error).__name__}: {error}"
