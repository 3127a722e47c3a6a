"""Encode entries as canonical JSON and decode them, through a fixed registry of event classes and without coercion.

`partnership.serialization.entry_layout` describes the bytes. They are never rewritten: an event of an older version is
brought to the current one while it is decoded, by the upcasters of its class.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from partnership._frozen import frozen
from partnership._lazy import load
from partnership.errors import InvalidEntry, UnknownEvent
from partnership.kinds import Kinds
from partnership.model.construct import constructor, replace
from partnership.model.entry import NO_REMARKS, Claim, Entry, OpaqueEvent, Remarks, checked_remarks
from partnership.model.event import Event, fields_of
from partnership.serialization.canonical import BODY_LIMIT, canonical, digest, parse, parse_part, quoted
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
from partnership.serialization.writers import ObjectWriter
from partnership.subjects.amendments import AMENDMENTS, ClaimCorrected
from partnership.values.sources import DESK, Source

if TYPE_CHECKING:
    from cattrs import Converter

    from partnership.serialization.validation import Reasons

EventKey = tuple[str, str, int, bytes]
"""What an event is decoded from: the subject, the stored name, the version and the fields in `Columns`."""

Said = tuple[Event, Source, str | None]
"""What a claim says: the event, the document and the speaker."""

K = TypeVar("K")
T = TypeVar("T")
_MOST_REMEMBERED = 1024  # entries with the same source, or event, mostly follow each other
_NOT_CANONICAL = "is not in canonical form: keys, lists and amounts in order"


@frozen
class EncodedEntry(NewEntry):
    """An entry that is not in a log yet, as a store appends it and with what it says.

    Attributes:
        claim: what it says.
        remarks: what the desk remarks on the claim.
        body: its canonical bytes.
    """

    claim: Claim
    remarks: Remarks
    body: bytes


_columns: Callable[..., Columns] = constructor(Columns)
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
        self._current_readers: dict[tuple[str, int], Reader] = {}  # by stored name and current version
        self._write_source = ObjectWriter(Source, self._write_any).text
        self._write_remarks = ObjectWriter(Remarks, self._write_any).text
        # a document is usually the source of several entries in a row
        self._last_encoded_source: tuple[Source | None, Source, bytes] = (None, DESK, b"")
        self._sources: dict[bytes, Source] = {}
        self._remarks: dict[bytes, Remarks] = {}

    @cached_property
    def _cattrs(self) -> Converter:
        make: Callable[..., Converter] = load("serialization.cattrs_converter", "entry_converter")
        return make(self._write_event, self._read_event)

    @cached_property
    def _reasons(self) -> Reasons:
        reasons: Reasons = load("serialization.validation", "Reasons")(self._read, self._upcast)
        return reasons

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
        cls = type(event)
        write = self._writers.get(cls)
        if write is None:
            self.require_known(event)
            write = self._writers[cls] = ObjectWriter(cls, self._write_any)
        subjects = found_under(event)
        about = subjects[0]
        try:
            claimed_source, source_part = self._without_retrieval(source)
            columns = _columns(
                about,
                cls.name,
                cls.version,
                write.text(event).encode(),
                source_part,
                b"" if speaker is None else quoted(speaker).encode(),
                b"" if remarks is NO_REMARKS else self._write_remarks(remarks).encode(),
            )
            claim = columns.claim
            body = body_of(claim, columns.remarks)
        except (TypeError, ValueError) as error:
            reason = f"cannot be written as canonical JSON: {error}; {STORABLE}"
            raise InvalidEntry(f"the claim about {about}", (reason,)) from None
        if len(body) > BODY_LIMIT:
            reason = f"{len(body)} bytes are too many; the limit is {BODY_LIMIT}: shorten its texts"
            raise InvalidEntry(f"the claim about {about}", (reason,))
        if self._user_events and not self._user_events.isdisjoint((cls, type(getattr(event, "event", event)))):
            # the tests of the library see to its own events
            self._require_same_when_decoded(event, body, f"the claim about {about}")
        claim_id = digest(claim)
        said = _claim(claim_id, event, claimed_source, speaker)
        return _encoded_entry(
            digest(body), claim_id, columns, subjects, referenced_subjects(event), said, remarks, body
        )

    def _without_retrieval(self, source: Source) -> tuple[Source, bytes]:
        """Return a source as a claim has it, without the day of retrieval, and its canonical form."""
        given, claimed, part = self._last_encoded_source
        if given is not source:
            claimed = replace(source, retrieved=None) if source.retrieved else source
            part = self._write_source(claimed).encode()
            self._last_encoded_source = (source, claimed, part)
        return claimed, part

    def _write_event(self, event: Event) -> dict[str, Any]:
        """Return an event that another one holds as a JSON value."""
        self.require_known(event)
        fields = self._write_any(event)
        fields.pop("subject")
        return event_value(event, fields)

    def _write_any(self, instance: Any) -> dict[str, Any]:  # noqa: ANN401  an event, a source or remarks
        """Return the fields of an attrs instance as JSON values, by cattrs, which also handles a user's own types."""
        fields: dict[str, Any] = self._cattrs.unstructure(instance)
        return fields

    def _require_same_when_decoded(self, event: Event, body: bytes, where: str) -> None:
        decoded = self.decode(body, f"{where}, decoded again")[0].event
        for name in fields_of(type(event)).names:
            before, after = getattr(event, name), getattr(decoded, name)
            if before != after or type(before) is not type(after) or not _is_hashable(after):
                raise InvalidEntry(where, (f"{name}: {shown(before)} is decoded as {shown(after)}; {STORABLE}",))

    # ---- decoding ----

    def decode_columns(
        self, columns: Columns, body: bytes, position: int, events: dict[EventKey, Event]
    ) -> tuple[Said, Remarks]:
        """Decode an entry from the parts that a store keeps: as `decode` does its bytes, and faster.

        Args:
            columns: the parts, in which nothing is trusted.
            body: their bytes.
            position: of the entry, for an error.
            events: those that the caller has decoded before; most claims say what another one says too.

        Raises:
            InvalidEntry: they are not an entry; with all reasons.
        """
        key = columns.subject, columns.event, columns.version, columns.fields
        try:
            if len(body) > BODY_LIMIT:
                raise ValueError  # noqa: TRY301  refused below
            event = events.get(key)
            if event is None:
                event = remember(events, key, self._read_event_of(columns))
            source = self._source_of(columns.source)
            speaker = read_speaker(parse_part(columns.speaker)) if columns.speaker else None
            remarks = self._remarks_of(columns.remarks) if columns.remarks else NO_REMARKS
            _require_publication_date(event, source, remarks)
        except Exception:  # noqa: BLE001  as below, where the reasons are found
            claim, remarks = self.decode(body, f"entry {position}")
            return (claim.event, claim.source, claim.speaker), remarks
        return (event, source, speaker), remarks

    def _read_event_of(self, columns: Columns) -> Event:
        fields = parse_part(columns.fields) if columns.fields else {}
        slug = columns.subject.partition(":")[2]
        read = self._current_readers.get((columns.event, columns.version))
        if read is None or "subject" in fields:
            value = {"event": columns.event, "v": columns.version, "subject": slug, "fields": fields}
            return self._read_event(value)
        fields["subject"] = slug
        event: Event = read(fields)
        return event

    def _source_of(self, part: bytes) -> Source:
        source = self._sources.get(part)
        return source or self._read_source(part, parse_part(part))

    def _remarks_of(self, part: bytes) -> Remarks:
        remarks = self._remarks.get(part)
        return remarks or remember(self._remarks, part, self._read(parse_part(part), Remarks))

    def decode(self, body: bytes, where: str) -> tuple[Claim, Remarks]:
        """Decode the body of an entry.

        Args:
            body: the bytes, in which nothing is trusted.
            where: what to call them in an error.

        Raises:
            InvalidEntry: they are not an entry; with all reasons.
        """
        value = parse(body, where)
        said, remarks = self._decode_value(value, where)
        return _claim(digest(canonical(value["claim"])), *said), remarks

    def _decode_value(self, value: Any, where: str) -> tuple[Said, Remarks]:  # noqa: ANN401  any JSON value
        """Decode an entry from its parsed JSON value; if that fails, report every reason and not only the first."""
        try:
            claim_value, remarks_value = entry_parts(value)
            said = self._decode_claim(claim_value)
            remarks = self._read(remarks_value, Remarks) if remarks_value != {} else NO_REMARKS
            _require_publication_date(said[0], said[1], remarks)
        except Exception as error:  # noqa: BLE001  the bytes are not trusted, and converters may be a user's own
            raise InvalidEntry(where, tuple(self._reasons.of_entry(value)) or (str(error),)) from None
        return said, remarks

    def _decode_claim(self, value: Any) -> Said:  # noqa: ANN401
        event, source_value, speaker = claim_parts(value)
        part = canonical(source_value)
        source = self._sources.get(part) or self._read_source(part, source_value)
        return self._read_event(event), source, read_speaker(speaker)

    def _read_source(self, part: bytes, value: Any) -> Source:  # noqa: ANN401
        """Return a source, and remember it by its bytes: a document is usually the source of several entries."""
        source: Source = self._read(value, Source)
        if source.retrieved is not None:
            raise ValueError("source.retrieved: belongs to the remarks")
        return remember(self._sources, part, source)

    def _read(self, value: Any, kind: Any) -> Any:  # noqa: ANN401  any JSON value, and a type
        """Read a JSON value as a type: by the reader for it, or by cattrs for types without one."""
        reader = self._reader_of(kind)
        return reader(value) if reader else self._cattrs.structure(value, kind)

    def _read_event(self, value: Any) -> Event:  # noqa: ANN401
        cls, fields = self._upcast(value)
        if cls not in self._event_readers:
            self._event_readers[cls] = self._reader_of(cls) or (lambda fields: self._cattrs.structure(fields, cls))
            self._current_readers[cls.name, cls.version] = self._event_readers[cls]  # not that of an opaque event
        event: Event = self._event_readers[cls](fields)
        return event

    def _upcast(self, value: Any) -> tuple[type[Event], dict[str, Any]]:  # noqa: ANN401
        """Return the class of an event, and its fields as JSON values, upcast to the current version of the class."""
        stored, version, subject, fields = event_parts(value)
        cls = self.kinds.events.get(stored)
        if cls is None or version > cls.version:
            text = canonical(fields).decode()
            known = cls.version if cls else None
            unread = {"stored": stored, "stored_version": version, "fields": text, "known_version": known}
            return OpaqueEvent, {"subject": subject, **unread}
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
        (event, source, speaker), remarks = self._decode_value(value, where)
        if _is_of_current_version(value["claim"], event):
            remarked = event.event if isinstance(event, ClaimCorrected) else event
            read_source = replace(source, retrieved=remarks.retrieved) if remarks.retrieved else source
            try:
                checked = checked_remarks(remarked, read_source, remarks)
            except InvalidEntry as error:
                reasons = error.reasons if canonical(value) == body else (_NOT_CANONICAL,)
                raise InvalidEntry(where, reasons) from None
            encoded = self.encode(event, source, speaker, checked)
        else:
            claim = _claim(digest(canonical(value["claim"])), event, source, speaker)
            columns = columns_of(value, event.kind)
            keys = found_under(event), referenced_subjects(event)
            encoded = EncodedEntry(digest(body), claim.id, columns, *keys, claim, remarks, columns.body)
        if encoded.body != body:
            raise InvalidEntry(where, (_NOT_CANONICAL,))
        return encoded


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


def _require_publication_date(event: Event, source: Source, remarks: Remarks) -> None:
    """Raise an error unless an entry has a day of publication or of retrieval, from which its claim counts as known.

    The desk's own amendments may have no day; an opaque event may be an amendment of a newer version.
    """
    is_dateless = source.published is None and remarks.retrieved is None
    if is_dateless and not isinstance(event, (*AMENDMENTS, OpaqueEvent)):
        raise ValueError("neither claim.source.published nor remarks.retrieved says since when it was known")


def remember(memory: dict[K, T], key: K, value: T) -> T:
    """Add a value to those that are remembered, of which there are not too many, and return it."""
    if len(memory) >= _MOST_REMEMBERED:
        memory.clear()
    memory[key] = value
    return value
