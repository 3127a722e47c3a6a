"""The shape of an entry's JSON, and every reason why a value does not have it.

Reading stops at the first thing that is wrong; who wrote the bytes wants to hear of all. So when reading has failed,
the value is walked once more, field by field, and each reason names its path: ``claim.fields.on: …``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from types import NoneType
from typing import Any, get_args, get_type_hints

import attrs
from attrs import frozen

from partnership.errors import InvalidEvent
from partnership.model.converters import FieldError
from partnership.model.entry import Remarks
from partnership.model.event import Event
from partnership.values.sources import Source
from partnership.values.text import name
from partnership.values.when import When

__all__ = ["TEXTS", "Reasons", "claim_parts", "entry_parts", "event_parts", "shown", "speaker_in"]

_EVENT = {"event", "v", "subject", "fields"}
TEXTS: tuple[type, ...] = (When, Decimal, date)
"""Types whose values are texts in an entry."""


def shown(value: object) -> str:
    """Return what a reason shows of a value: escaped, so that it colours no terminal and reorders no line."""
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004  a reason, no dump


def _keys(value: Any, needed: set[str], allowed: set[str], rule: str) -> None:  # noqa: ANN401  any JSON value
    if type(value) is not dict:
        raise ValueError(f"{shown(value)} is no object; {rule}")
    if needed <= value.keys() <= allowed:
        return
    if strange := sorted(value.keys() - allowed):
        raise ValueError(f"{', '.join(map(shown, strange))} does not belong here; {rule}")
    missing = sorted(needed - value.keys())
    raise ValueError(f"{', '.join(map(shown, missing))} is missing; {rule}")


def entry_parts(value: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Return the claim and the remarks of an entry."""
    _keys(value, {"claim"}, {"claim", "remarks"}, "an entry has 'claim' and perhaps 'remarks'")
    return value["claim"], value.get("remarks", {})


def claim_parts(value: Any) -> tuple[Any, Any, Any]:  # noqa: ANN401
    """Return the event, the source and the speaker of a claim."""
    rule = "a claim has 'event', 'v', 'subject', 'source' and perhaps 'fields' and 'speaker'"
    _keys(value, {"event", "v", "subject", "source"}, _EVENT | {"source", "speaker"}, rule)
    return {key: value[key] for key in value if key in _EVENT}, value["source"], value.get("speaker")


def event_parts(value: Any) -> tuple[str, int, Any, dict[str, Any]]:  # noqa: ANN401
    """Return the stored name, the version, the subject and the fields of an event."""
    _keys(value, {"event", "v", "subject"}, _EVENT, "an event has 'event', 'v', 'subject' and perhaps 'fields'")
    stored, version, fields = value["event"], value["v"], value.get("fields", {})
    if type(stored) is not str or type(version) is not int or type(fields) is not dict or version < 1:
        raise ValueError("'event' is a text, 'v' a whole number from 1, 'fields' an object")
    if "subject" in fields:
        raise ValueError("'subject' stands beside 'fields', not in them")
    return stored, version, value["subject"], fields


def speaker_in(value: object) -> str | None:
    """Return the speaker of a claim."""
    return None if value is None else name(value)


@frozen
class Reasons:
    """Every reason why a value is no entry; none where it is one.

    Attributes:
        structure: makes a value of a type, or raises.
        current: the class and the fields of an event, as of its class's version, or raises.
    """

    structure: Callable[[Any, Any], Any]
    current: Callable[[Any], tuple[type[Event], dict[str, Any]]]

    def of_entry(self, value: Any) -> Iterator[str]:  # noqa: ANN401
        """Yield the reasons why a value is no entry."""
        try:
            claim, remarks = entry_parts(value)
        except ValueError as refused:
            yield str(refused)
            return
        yield from self.of_claim(claim)
        yield from self._of(remarks, Remarks, "remarks")

    def of_claim(self, value: Any) -> Iterator[str]:  # noqa: ANN401
        """Yield the reasons why a value is no claim."""
        try:
            event, source, speaker = claim_parts(value)
        except ValueError as refused:
            yield f"claim: {refused}"
            return
        yield from self._of_event(event, "claim")
        yield from self._of(source, Source, "claim.source")
        if type(source) is dict and source.get("retrieved") is not None:
            yield "claim.source.retrieved: stands in the remarks; the day of reading is no part of a claim"
        yield from self._raised("claim.speaker", lambda: speaker_in(speaker))

    def _of_event(self, value: Any, path: str) -> Iterator[str]:  # noqa: ANN401
        try:
            one, fields = self.current(value)
        except Exception as refused:  # noqa: BLE001  an upcaster is anybody's, and reads what nobody vouches for
            yield f"{path}: {_told(refused)}"
            return
        yield from self._of(fields, one, f"{path}.fields", {"subject": f"{path}.subject"})

    def _of(self, value: Any, one: type, path: str, elsewhere: dict[str, str] | None = None) -> Iterator[str]:  # noqa: ANN401
        if type(value) is not dict:
            yield f"{path}: {shown(value)} is no object"
            return
        fields, hints = {each.name: each for each in attrs.fields(one)}, get_type_hints(one)
        wrong = [f"{path}: {shown(key)} is no field here" for key in sorted(value.keys() - fields.keys())]
        for key, field in fields.items():
            where = (elsewhere or {}).get(key, f"{path}.{key}")
            if key in value:
                wrong += self._of_field(value[key], field, hints[key], where)
            elif field.default is attrs.NOTHING:
                wrong.append(f"{where}: is missing")
        yield from wrong or self._raised(path, lambda: self.structure(value, one))

    def _of_field(self, value: Any, field: Any, hint: Any, path: str) -> Iterator[str]:  # noqa: ANN401
        kinds = [kind for kind in get_args(hint) if kind is not NoneType] if NoneType in get_args(hint) else [hint]
        if value is None and hint not in kinds:
            return
        if kinds[0] is Event:
            yield from self._of_event(value, path)
        elif attrs.has(kinds[0]) and kinds[0] not in TEXTS:
            yield from self._of(value, kinds[0], path)
        else:
            yield from self._raised(path, lambda: self._kept(value, field, hint))

    def _kept(self, value: Any, field: Any, hint: Any) -> None:  # noqa: ANN401
        kept = self.structure(value, hint)
        if callable(field.converter):
            kept = field.converter(kept)
        if isinstance(kept, FieldError):
            raise ValueError(kept.reason)  # noqa: TRY004  one of the reasons

    def _raised(self, path: str, read: Callable[[], object]) -> Iterator[str]:
        try:
            read()
        except InvalidEvent as refused:
            yield from (f"{path}.{reason}" for reason in refused.reasons)
        except Exception as refused:  # noqa: BLE001  a converter may be a user's own
            yield f"{path}: {_told(refused)}"


def _told(refused: Exception) -> str:
    return str(refused) if isinstance(refused, ValueError | TypeError) else f"{type(refused).__name__}: {refused}"
