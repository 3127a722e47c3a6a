"""Events to bytes and back, through a closed table, with nothing coerced.

An entry's bytes are ``{"claim": {"event": stored name, "v": version, "subject": slug, "fields": {…}, "source": {…},
"speaker": …}, "remarks": {…}}``, absent fields left out. They are never written again: an older version is brought
up on reading, by the upcasters of its class.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, get_origin

import attrs
from cattrs import BaseValidationError, Converter, transform_error
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from partnership.errors import InvalidEntry, InvalidEvent, InvalidValue, PartnershipError, UnknownEvent
from partnership.events import Table
from partnership.log.entry import Claim, Entry, Remarks, Unread
from partnership.log.store import Row
from partnership.log.text import BODY_LIMIT, canonical, digest, parse
from partnership.model.event import Event
from partnership.subjects.corrections import POINTERS
from partnership.values.names import name, text
from partnership.values.sources import Source
from partnership.values.when import When

__all__ = ["Codec", "Draft"]


@attrs.frozen
class Draft:
    """An entry that no log holds yet: its id and its bytes."""

    id: str
    claim: str
    body: bytes


def _strictly(kind: type) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _: Any) -> Any:  # noqa: ANN401  a hook
        if type(value) is not kind:
            raise TypeError(f"{kind.__name__} expected, got {type(value).__name__} ({str(value)[:40]!r})")
        return text(value) if kind is str else value

    return structure


def _as_text(value: Any, _: Any) -> Any:  # noqa: ANN401  the field's own converter makes the value and tells all reasons
    if type(value) is not str:
        raise TypeError(f"text expected, got {type(value).__name__} ({str(value)[:40]!r})")
    return value


def _speaker(value: object) -> str | None:
    return None if value is None else name(value)


def _why(error: BaseException, kind: type | None) -> str:
    if isinstance(error, PartnershipError | TypeError | ValueError) and str(error):
        return str(error)
    if isinstance(error, KeyError):
        return "required field missing"
    return f"does not make a {getattr(kind, '__name__', 'value')}: {error}"


def _is_tuple(kind: Any) -> bool:  # noqa: ANN401  a type, as cattrs hands it over
    return get_origin(kind) is tuple


class Codec:
    """Writes and reads entries with one closed table of events."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._converter = Converter(forbid_extra_keys=True, omit_if_default=True)
        plain: tuple[type, ...] = (str, int, bool)
        texts: tuple[type, ...] = (When, Decimal, date)
        for kind in plain:
            self._converter.register_structure_hook(kind, _strictly(kind))
        for kind in texts:
            self._converter.register_structure_hook(kind, _as_text)
            self._converter.register_unstructure_hook(kind, str)
        self._converter.register_structure_hook_factory(_is_tuple, self._tuple_hook)
        self._converter.register_unstructure_hook_func(lambda kind: kind is Event, self._event_out)
        self._converter.register_structure_hook_func(lambda kind: kind is Event, lambda value, _: self._event_in(value))
        self._fields_out = {one: self._fields_hook(make_dict_unstructure_fn, one) for one in table.values()}
        self._fields_in = {one: make_dict_structure_fn(one, self._converter) for one in table.values()}

    def _fields_hook(self, make: Callable[..., Any], one: type[Event]) -> Any:  # noqa: ANN401
        return make(one, self._converter, _cattrs_omit_if_default=True)

    def _tuple_hook(self, kind: Any) -> Callable[[Any, Any], Any]:  # noqa: ANN401
        member = kind.__args__[0]

        def structure(value: Any, _: Any) -> Any:  # noqa: ANN401
            if type(value) is not list:
                raise TypeError(f"list expected, got {type(value).__name__} ({str(value)[:40]!r})")
            return tuple(self._converter.structure(each, member) for each in value)

        return structure

    # ---- out ----

    def knows(self, event: Event) -> None:
        """Make sure that an event can be written.

        Raises:
            UnknownEvent: it is no event, or its class is not in the table.
        """
        if not isinstance(event, Event):
            raise UnknownEvent(repr(event)[:80], None, "give an event, as MeetingHeld('special-fmm-2020', on='2020-06-17')")
        known = self.table.get(event.name)
        if known is not type(event):
            reason = "open the record with events=[…] that has its class" if known is None else f"that name is {known.__name__}'s"
            raise UnknownEvent(event.name, event.version, reason)

    def _event_out(self, event: Event) -> dict[str, Any]:
        self.knows(event)
        fields = self._fields_out[type(event)](event)
        subject = fields.pop("subject")
        return {"event": event.name, "v": event.version, "subject": subject} | ({"fields": fields} if fields else {})

    def draft(self, event: Event, source: Source, speaker: str | None, remarks: Remarks) -> Draft:
        """Return an entry for any log.

        Raises:
            UnknownEvent: its class is not in the table.
            InvalidEntry: it is larger than an entry may be, or nothing says since when it was known.
        """
        claim = self._event_out(event)
        claim["source"] = self._converter.unstructure(attrs.evolve(source, retrieved=None))
        if speaker is not None:
            claim["speaker"] = speaker
        whole: dict[str, Any] = {"claim": claim}
        if said := self._converter.unstructure(remarks):
            whole["remarks"] = said
        body = canonical(whole)
        if len(body) > BODY_LIMIT:
            raise InvalidEntry(f"the claim about {event.about}", (f"{len(body)} bytes are too many; the limit is {BODY_LIMIT}",))
        return Draft(digest(body), digest(canonical(claim)), body)

    # ---- in ----

    def _event_in(self, value: Any) -> Event:  # noqa: ANN401
        if type(value) is not dict or not {"event", "v", "subject"} <= value.keys() <= {"event", "v", "subject", "fields"}:
            raise ValueError("an event has 'event', 'v', 'subject' and 'fields'")
        stored, version, fields = value["event"], value["v"], value.get("fields", {})
        if type(stored) is not str or type(version) is not int or type(fields) is not dict or version < 1:
            raise ValueError("'event' is a text, 'v' a whole number from 1, 'fields' an object")
        one = self.table.get(stored)
        if one is None or version > one.version:
            return Unread(value["subject"], stored=stored, stored_version=version, fields=canonical(fields).decode())
        for older in range(version, one.version):
            fields = one.upcasters[older](dict(fields))
        if "subject" in fields:
            raise ValueError("'subject' stands beside 'fields', not in them")
        return self._fields_in[one]({**fields, "subject": value["subject"]}, one)

    def claim(self, value: Any, where: str) -> Claim:  # noqa: ANN401
        """Return the claim that a parsed JSON value is."""
        if type(value) is not dict or not {"source"} <= value.keys() <= {"event", "v", "subject", "fields", "source", "speaker"}:
            raise InvalidEntry(where, ("a claim has an event, a source and perhaps a speaker, and nothing else",))
        event = self._told(where, lambda: self._event_in({key: value[key] for key in value if key not in ("source", "speaker")}))
        source = self._told(where, lambda: self._converter.structure(value["source"], Source))
        speaker = self._told(where, lambda: _speaker(value.get("speaker")))
        if source.retrieved is not None:
            raise InvalidEntry(where, ("source.retrieved: stands in the remarks; the day of reading is no part of a claim",))
        return Claim(digest(canonical(value)), event, source, speaker)

    def read(self, row: Row) -> Entry:
        """Return the entry that a row of a store holds.

        Raises:
            InvalidEntry: its bytes are no entry; with all reasons.
        """
        where = f"entry {row.position}"
        value = parse(row.body, where)
        if type(value) is not dict or not {"claim"} <= value.keys() <= {"claim", "remarks"}:
            raise InvalidEntry(where, ("an entry has a claim and perhaps remarks, and nothing else",))
        claim = self.claim(value["claim"], where)
        remarks = self._told(where, lambda: self._converter.structure(value.get("remarks", {}), Remarks))
        if claim.source.published is None and remarks.retrieved is None and not isinstance(claim.event, POINTERS):
            raise InvalidEntry(where, ("neither source.published nor remarks.retrieved says since when it was known",))
        return Entry(row.id, claim, remarks, row.position, row.recorded_at, row.by, row.body)

    def _told(self, where: str, read: Callable[[], Any]) -> Any:  # noqa: ANN401
        try:
            return read()
        except BaseValidationError as refused:
            reasons = tuple(transform_error(refused, path="", format_exception=_why))
            raise InvalidEntry(where, tuple(reason.replace(" @ .", " in ") for reason in reasons)) from None
        except (InvalidEvent, InvalidValue, TypeError, ValueError) as refused:
            raise InvalidEntry(where, (str(refused),)) from None
