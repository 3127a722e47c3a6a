"""Encode entries as canonical JSON and decode them, through a fixed registry of event classes and without coercion.

`partnership.serialization.entry_layout` describes the bytes. They are never rewritten: an event of an older version is
brought to the current one while it is decoded, by the upcasters of its class.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import attrs

from partnership._lazy import load
from partnership.errors import InvalidEntry, UnknownEvent
from partnership.kinds import Kinds
from partnership.model.construct import constructor
from partnership.model.entry import NO_REMARKS, Claim, Entry, OpaqueEvent, Remarks, checked_remarks
from partnership.model.event import Event, fields_of
from partnership.serialization.canonical import BODY_LIMIT, canonical, digest, parse, quoted
from partnership.serialization.columns import Columns, NewEntry, body_of, columns_of
from partnership.serialization.entry_layout import (
    claim_parts,
    entry_parts,
    event_parts,
    event_value,
    shown,
)
from partnership.serialization.index_keys import found_under, referenced_subjects
from partnership.serialization.readers import STORABLE, Reader, Readers, read_speaker
from partnership.serialization.validation import Reasons
from partnership.serialization.writers import ObjectWriter
from partnership.subjects.amendments import AMENDMENTS, ClaimCorrected
from partnership.values.sources import DESK, Source

if TYPE_CHECKING:
    from partnership.serialization.cattrs_converter import CattrsConverter

__all__ = ["Codec", "EncodedEntry"]


@attrs.frozen
class EncodedEntry:
    """An entry that is not in a log yet.

    Attributes:
        id: SHA-256 of `body`, as hexadecimal digits.
        claim: what it says.
        remarks: what the desk remarks on the claim.
        columns: its parts.
    """

    id: str
    claim: Claim
    remarks: Remarks
    columns: Columns

    @property
    def body(self) -> bytes:
        """Its canonical bytes."""
        return self.columns.body

    @property
    def new_row(self) -> NewEntry:
        """The entry as a store appends it."""
        event = self.claim.event
        return NewEntry(self.id, self.claim.id, self.columns, found_under(event), referenced_subjects(event))


_encoded_entry: Callable[..., EncodedEntry] = constructor(EncodedEntry)
_claim: Callable[..., Claim] = constructor(Claim)


class Codec:
    """Encodes and decodes entries with the events of some kinds.

    Args:
        kinds: the kinds of subject whose events it knows.
    """

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds
        self._user_events = {event for kind in kinds.own for event in kind.events}
        self._writers: dict[type[Event], ObjectWriter] = {}
        self._reader_of = Readers(self._read_event).of
        self._event_readers: dict[type[Event], Reader] = {OpaqueEvent: lambda fields: OpaqueEvent(**fields)}
        self._write_source = ObjectWriter(Source, self._write_any).text
        self._write_remarks = ObjectWriter(Remarks, self._write_any).text
        self._reasons = Reasons(self._read, self._upcast)
        # a document is usually the source of several entries in a row
        self._last_encoded_source: tuple[Source | None, Source, str] = (None, DESK, "")
        self._last_decoded_source: tuple[Any, Source] = (..., DESK)  # no JSON value is equal to an ellipsis

    @cached_property
    def _cattrs(self) -> CattrsConverter:
        converter: CattrsConverter = load("serialization.cattrs_converter", "CattrsConverter")(
            self._write_event, self._read_event
        )
        return converter

    # ---- encoding ----

    def require_known(self, event: Event) -> None:
        """Make sure that an event can be encoded.

        Raises:
            UnknownEvent: it is not an event, or its class is not in the registry.
        """
        if type(event) in self._writers:
            return
        if not isinstance(event, Event):
            is_several = isinstance(event, list | tuple | set | frozenset)
            reason = "give events one by one, add(*events, source=…)" if is_several else "give an event"
            raise UnknownEvent(repr(event)[:80], None, f"{reason}, as MeetingHeld('special-fmm-2020', on='2020-06-17')")
        stored = getattr(event, "name", None)  # a base class of several events has no name
        known = self.kinds.events.get(stored) if stored else None
        if known is not type(event):
            reason = "open the record with kinds=[…] that has its class"
            if known is not None:
                reason = f"that name is {known.__name__}'s; give the class another, and open the record with kinds=[…]"
            raise UnknownEvent(stored or type(event).__name__, event.version, reason)

    def encode(self, event: Event, source: Source, speaker: str | None, remarks: Remarks) -> EncodedEntry:
        """Encode an entry.

        Raises:
            UnknownEvent: the class of the event is not in the registry.
            InvalidEntry: the entry is too large, or an event of a user's own class does not decode to what was
                encoded; a record must be able to read what it wrote.
        """
        self.require_known(event)
        where = f"the claim about {event.about}"
        try:
            claimed_source, source_text = self._without_retrieval(source)
            has_remarks = remarks is not NO_REMARKS and remarks != NO_REMARKS
            columns = Columns(
                event.about,
                event.name,
                event.version,
                self._writer(event).text(event).encode(),
                source_text.encode(),
                b"" if speaker is None else quoted(speaker).encode(),
                self._write_remarks(remarks).encode() if has_remarks else b"",
            )
            claim = columns.claim
            body = body_of(claim, columns.remarks)
        except (TypeError, ValueError) as error:
            raise InvalidEntry(where, (f"cannot be written as canonical JSON: {error}; {STORABLE}",)) from None
        if len(body) > BODY_LIMIT:
            raise InvalidEntry(
                where, (f"{len(body)} bytes are too many; the limit is {BODY_LIMIT}: shorten its texts",)
            )
        if self._user_events and not self._user_events.isdisjoint((type(event), type(getattr(event, "event", event)))):
            self._require_same_when_decoded(event, body, where)  # the tests of the library see to its own events
        return _encoded_entry(digest(body), _claim(digest(claim), event, claimed_source, speaker), remarks, columns)

    def _without_retrieval(self, source: Source) -> tuple[Source, str]:
        """Return a source as a claim has it, without the day of retrieval, and its canonical form."""
        given, claimed, text = self._last_encoded_source
        if given is not source:
            claimed = attrs.evolve(source, retrieved=None) if source.retrieved else source
            text = self._write_source(claimed)
            self._last_encoded_source = (source, claimed, text)
        return claimed, text

    def _writer(self, event: Event) -> ObjectWriter:
        cls = type(event)
        if cls not in self._writers:
            self._writers[cls] = ObjectWriter(cls, self._write_any)
        return self._writers[cls]

    def _write_event(self, event: Event) -> dict[str, Any]:
        """Return an event that another one holds as a JSON value."""
        self.require_known(event)
        return event_value(event, self._writer(event).fields(event))

    def _write_any(self, instance: Any) -> dict[str, Any]:  # noqa: ANN401  an event, a source or remarks
        """Return the fields of an attrs instance as JSON values, by cattrs, which also handles a user's own types."""
        fields: dict[str, Any] = self._cattrs.fields_out(type(instance))(instance)
        return fields

    def _require_same_when_decoded(self, event: Event, body: bytes, where: str) -> None:
        decoded = self.decode(body, f"{where}, decoded again")[0].event
        for name in fields_of(type(event)).names:
            before, after = getattr(event, name), getattr(decoded, name)
            if before != after or type(before) is not type(after) or not _is_hashable(after):
                raise InvalidEntry(where, (f"{name}: {shown(before)} is decoded as {shown(after)}; {STORABLE}",))

    # ---- decoding ----

    def decode(self, body: bytes, where: str) -> tuple[Claim, Remarks]:
        """Decode the body of an entry.

        Args:
            body: the bytes, in which nothing is trusted.
            where: what to call them in an error.

        Raises:
            InvalidEntry: they are not an entry; with all reasons.
        """
        return self._decode_value(parse(body, where), where)

    def _decode_value(self, value: Any, where: str) -> tuple[Claim, Remarks]:  # noqa: ANN401  any JSON value
        """Decode an entry from its parsed JSON value; if that fails, report every reason and not only the first."""
        try:
            claim_value, remarks_value = entry_parts(value)
            claim = self._decode_claim(claim_value)
            remarks = self._read(remarks_value, Remarks) if remarks_value != {} else NO_REMARKS
            _require_publication_date(claim, remarks)
        except Exception as error:  # noqa: BLE001  the bytes are not trusted, and converters may be a user's own
            raise InvalidEntry(where, tuple(self._reasons.of_entry(value)) or (str(error),)) from None
        return claim, remarks

    def decode_claim(self, value: Any, where: str) -> Claim:  # noqa: ANN401  any JSON value
        """Decode a claim without the entry around it, from a parsed JSON value.

        Args:
            value: the JSON value.
            where: what to call it in an error.

        Raises:
            InvalidEntry: it is not a claim; with all reasons.
        """
        try:
            return self._decode_claim(value)
        except Exception as error:  # noqa: BLE001  as above
            raise InvalidEntry(where, tuple(self._reasons.of_claim(value)) or (str(error),)) from None

    def _decode_claim(self, value: Any) -> Claim:  # noqa: ANN401
        event, source, speaker = claim_parts(value)
        return _claim(
            digest(canonical(value)), self._read_event(event), self._decode_source(source), read_speaker(speaker)
        )

    def _decode_source(self, value: Any) -> Source:  # noqa: ANN401
        last_value, source = self._last_decoded_source
        if value != last_value:
            source = self._read(value, Source)
            if source.retrieved is not None:
                raise ValueError("source.retrieved: belongs to the remarks")
            self._last_decoded_source = (value, source)
        return source

    def _read(self, value: Any, kind: Any) -> Any:  # noqa: ANN401  any JSON value, and a type
        """Read a JSON value as a type: by the reader for it, or by cattrs for types without one."""
        reader = self._reader_of(kind)
        return reader(value) if reader else self._cattrs.structure(value, kind)

    def _read_event(self, value: Any) -> Event:  # noqa: ANN401
        cls, fields = self._upcast(value)
        if cls not in self._event_readers:
            self._event_readers[cls] = self._reader_of(cls) or self._cattrs.fields_in(cls)
        event: Event = self._event_readers[cls](fields)
        return event

    def _upcast(self, value: Any) -> tuple[type[Event], dict[str, Any]]:  # noqa: ANN401
        """Return the class of an event, and its fields as JSON values, upcast to the current version of the class."""
        stored, version, subject, fields = event_parts(value)
        cls = self.kinds.events.get(stored)
        if cls is None or version > cls.version:
            text = canonical(fields).decode()
            return OpaqueEvent, {"subject": subject, "stored": stored, "stored_version": version, "fields": text}
        for older in range(version, cls.version):
            try:
                fields = cls.upcasters[older](dict(fields))
            except Exception as error:
                raise ValueError(f"the upcaster of {stored!r} from version {older} failed: {error!r}") from error
        return cls, {**fields, "subject": subject}

    # ---- entries from elsewhere ----

    def from_entry(self, entry: Entry) -> EncodedEntry:
        """Return an entry of another log, checked, to be appended to this one.

        Raises:
            InvalidEntry: its bytes are not an entry, do not match its id, or are not canonical: the same claim in
                another form would count twice.
        """
        if not isinstance(entry, Entry):
            reason = f"{shown(entry)} is not an entry; give a record that is open, or entries of one"
            raise InvalidEntry("a merge", (reason,))
        encoded = self.from_bytes(entry.body, f"entry {entry.id}")
        if encoded.id != entry.id:
            raise InvalidEntry(f"entry {entry.id}", ("its bytes do not match its id",))
        return encoded

    def from_bytes(self, body: bytes, where: str) -> EncodedEntry:
        """Return an entry from bytes written elsewhere, checked, to be appended to a log.

        Args:
            body: the bytes.
            where: what to call them in an error.

        Raises:
            InvalidEntry: they are not an entry, or not canonical: the same claim in another form would count twice; or
                `checked_remarks` refuses the remarks.
        """
        value = parse(body, where)
        claim, remarks = self._decode_value(value, where)
        columns = columns_of(value, claim.event.kind)
        is_canonical = columns.body == body
        if is_canonical and _is_of_current_version(value["claim"], claim.event):
            source = attrs.evolve(claim.source, retrieved=remarks.retrieved)
            remarked = claim.event.event if isinstance(claim.event, ClaimCorrected) else claim.event
            try:
                checked = checked_remarks(remarked, source, remarks)
            except InvalidEntry as error:
                raise InvalidEntry(where, error.reasons) from None
            is_canonical = self.encode(claim.event, source, claim.speaker, checked).body == body
        if not is_canonical:
            raise InvalidEntry(where, ("is not in canonical form: keys, lists and amounts in order",))
        return EncodedEntry(digest(body), claim, remarks, columns)


def _is_of_current_version(value: dict[str, Any], event: Event) -> bool:
    """Tell whether an event was stored in the current version of its class, and so is encoded to the same bytes."""
    if isinstance(event, OpaqueEvent) or value["v"] != event.version:
        return False
    return not isinstance(event, ClaimCorrected) or _is_of_current_version(value["fields"]["event"], event.event)


def _is_hashable(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _require_publication_date(claim: Claim, remarks: Remarks) -> None:
    """Raise an error unless an entry has a day of publication or of retrieval, from which its claim counts as known.

    The desk's own amendments may have no day; an opaque event may be an amendment of a newer version.
    """
    is_dateless = claim.source.published is None and remarks.retrieved is None
    if is_dateless and not isinstance(claim.event, (*AMENDMENTS, OpaqueEvent)):
        raise ValueError("neither claim.source.published nor remarks.retrieved says since when it was known")
