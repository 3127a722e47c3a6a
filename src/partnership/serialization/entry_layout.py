"""The layout of an entry as JSON, and how it is checked.

::

    {"claim": {"event": "meeting-held", "fields": {…}, "source": {…}, "speaker": "…", "subject": "fmm-2020", "v": 1},
     "remarks": {…}}

Keys stand in alphabetical order. ``fields``, ``speaker`` and ``remarks`` are left out where they would be empty. The
event of a correction stands in its field ``event``, as an object of ``event``, ``fields``, ``subject`` and ``v``.
"""

from __future__ import annotations

from typing import Any

from partnership.model.event import Event

_EVENT_KEYS = {"event", "v", "subject", "fields"}
_SHOWN = 40  # characters


def event_value(event: Event, fields: dict[str, Any]) -> dict[str, Any]:
    """Return an event that another one holds as a JSON value."""
    value = {"event": event.name, "v": event.version, "subject": event.subject}
    return {**value, "fields": fields} if fields else value


def shown(value: object) -> str:
    """Return the beginning of a value for an error message, with characters that do not print escaped."""
    text = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _require_keys(value: Any, required: set[str], allowed: set[str], rule: str) -> None:  # noqa: ANN401  any JSON value
    if type(value) is not dict:
        raise ValueError(f"{shown(value)} is not an object; {rule}")
    if required <= value.keys() <= allowed:
        return
    if unknown := sorted(value.keys() - allowed):
        raise ValueError(f"{', '.join(map(shown, unknown))} does not belong here; {rule}")
    missing = sorted(required - value.keys())
    raise ValueError(f"{', '.join(map(shown, missing))} is missing; {rule}")


def entry_parts(value: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """Return the claim and the remarks of an entry as JSON values.

    Raises:
        ValueError: the value does not have the keys of an entry.
    """
    _require_keys(value, {"claim"}, {"claim", "remarks"}, "an entry has 'claim' and perhaps 'remarks'")
    return value["claim"], value.get("remarks", {})


def claim_parts(value: Any) -> tuple[Any, Any, Any]:  # noqa: ANN401
    """Return the event, the source and the speaker of a claim as JSON values.

    Raises:
        ValueError: the value does not have the keys of a claim.
    """
    rule = "a claim has 'event', 'v', 'subject', 'source' and perhaps 'fields' and 'speaker'"
    _require_keys(value, {"event", "v", "subject", "source"}, _EVENT_KEYS | {"source", "speaker"}, rule)
    return {key: value[key] for key in value if key in _EVENT_KEYS}, value["source"], value.get("speaker")


def event_parts(value: Any) -> tuple[str, int, Any, dict[str, Any]]:  # noqa: ANN401
    """Return the stored name, the version, the subject and the fields of an event.

    Raises:
        ValueError: the value does not have the keys of an event, or one of them has the wrong type.
    """
    rule = "an event has 'event', 'v', 'subject' and perhaps 'fields'"
    _require_keys(value, {"event", "v", "subject"}, _EVENT_KEYS, rule)
    stored, version, fields = value["event"], value["v"], value.get("fields", {})
    if type(stored) is not str or type(version) is not int or type(fields) is not dict or version < 1:
        raise ValueError("'event' is a text, 'v' a whole number from 1, 'fields' an object")
    if "subject" in fields:
        raise ValueError("'subject' stands beside 'fields', not in them")
    return stored, version, value["subject"], fields
