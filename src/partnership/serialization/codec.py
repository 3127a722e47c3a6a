"""Events to bytes and back, through a closed table, with nothing coerced.

An entry's bytes are ``{"claim": {"event": stored name, "v": version, "subject": slug, "fields": {…}, "source": {…},
"speaker": …}, "remarks": {…}}``, absent fields left out. They are never written again: an older version is brought
up on reading, by the upcasters of its class.
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
from partnership.model.entry import NO_REMARKS, Claim, Entry, OpaqueEvent, Remarks, checked_remarks, evidence_of
from partnership.model.event import Event, fields_of
from partnership.model.occurrence import Evidence
from partnership.serialization.canonical import BODY_LIMIT, canonical, digest, parse, quoted
from partnership.serialization.fast_codec import Plan, Quick, quickest
from partnership.serialization.index_keys import keys_of
from partnership.serialization.json_shape import Reasons, claim_parts, entry_parts, event_parts, shown, speaker_in
from partnership.serialization.readers import KINDS, reader_of
from partnership.storage.base import NewRow, Row
from partnership.subjects.amendments import AMENDMENTS, ClaimCorrected
from partnership.values.sources import DESK, Source

if TYPE_CHECKING:
    from partnership.serialization.cattrs_converter import Slow

__all__ = ["Codec", "EncodedEntry"]


@attrs.frozen
class EncodedEntry:
    """An entry that no log holds yet.

    Attributes:
        id: of the entry.
        claim: what it says.
        remarks: what the desk remarks on that.
        body: its bytes.
    """

    id: str
    claim: Claim
    remarks: Remarks
    body: bytes

    @property
    def written(self) -> NewRow:
        """The entry as a store takes it."""
        return (self.id, self.body, *keys_of(self.claim))


def _is_as_written(value: dict[str, Any], event: Event) -> bool:
    """Tell whether an event has the version that it was written with; what was brought up is not written again."""
    if isinstance(event, OpaqueEvent) or value["v"] != event.version:
        return False
    return not isinstance(event, ClaimCorrected) or _is_as_written(value["fields"]["event"], event.event)


def _is_hashable(value: object) -> bool:
    try:
        hash(value)
    except TypeError:
        return False
    return True


def _must_have_a_day(claim: Claim, remarks: Remarks) -> None:
    is_dateless = claim.source.published is None and remarks.retrieved is None
    if is_dateless and not isinstance(
        claim.event, (*AMENDMENTS, OpaqueEvent)
    ):  # a amendment of a newer version is unread
        raise ValueError("neither claim.source.published nor remarks.retrieved says since when it was known")


_draft: Callable[..., EncodedEntry] = constructor(EncodedEntry)
_claim: Callable[..., Claim] = constructor(Claim)


def _where(event: Event) -> str:
    return f"the claim about {event.about}"


class Codec:
    """Writes and reads entries with the events of some kinds."""

    def __init__(self, kinds: Kinds) -> None:
        self.kinds = kinds
        self._plans: dict[type[Event], Plan] = {}
        # the library's own events read back as they were written: its tests see to it
        self._added = {event for kind in kinds.own for event in kind.events}
        self._sources = Plan(Source, self._out)
        self._remarks = Plan(Remarks, self._out)
        self._last_cited: tuple[Source | None, Source, str] = (None, DESK, "")
        self._reasons = Reasons(self._structure, self._current)
        self._quick = Quick(kinds.events, self._structure, quickest())

    @cached_property
    def _slow(self) -> Slow:
        slow: Slow = load("serialization.cattrs_converter", "Slow")(self._event_out, self._event_in)
        return slow

    def _structure(self, value: Any, kind: Any) -> Any:  # noqa: ANN401  any JSON value, and a type
        """Return a value of a type out of JSON."""
        read = reader_of(kind)
        return read(value) if read else self._slow.structure(value, kind)

    def _out(self, one: Any) -> dict[str, Any]:  # noqa: ANN401  an event, a source, remarks
        """Return the fields of what has values of any type that an entry can hold."""
        written: dict[str, Any] = self._slow.fields_out(type(one))(one)
        return written

    # ---- out ----

    def knows(self, event: Event) -> None:
        """Make sure that an event can be written.

        Raises:
            UnknownEvent: it is no event, or its class is not in the table.
        """
        if type(event) in self._plans:  # it was written or read before
            return
        if not isinstance(event, Event):
            is_several = isinstance(event, list | tuple | set | frozenset)
            reason = "give events one by one, add(*events, source=…)" if is_several else "give an event"
            raise UnknownEvent(repr(event)[:80], None, f"{reason}, as MeetingHeld('special-fmm-2020', on='2020-06-17')")
        stored = getattr(event, "name", None)  # what several classes share has no name
        known = self.kinds.events.get(stored) if stored else None
        if known is not type(event):
            reason = "open the record with kinds=[…] that has its class"
            if known is not None:
                reason = f"that name is {known.__name__}'s; give the class another, and open the record with kinds=[…]"
            raise UnknownEvent(stored or type(event).__name__, event.version, reason)

    def _event_out(self, event: Event) -> dict[str, Any]:
        self.knows(event)
        fields = self._plan(event).fields(event)
        return {"event": event.name, "v": event.version, "subject": event.subject} | (
            {"fields": fields} if fields else {}
        )

    def _plan(self, event: Event) -> Plan:
        kind = type(event)
        if kind not in self._plans:
            self._plans[kind] = Plan(kind, self._out)
        return self._plans[kind]

    def _claim_bytes(self, event: Event, source: Source, speaker: str | None) -> tuple[bytes, Source]:
        """Return the canonical bytes of a claim, put together in the order of its keys, and its source."""
        given, cited, told = self._last_cited
        if given is not source:
            cited = attrs.evolve(source, retrieved=None) if source.retrieved else source
            told = self._sources.text(cited)
            self._last_cited = (source, cited, told)
        fields = self._plan(event).text(event)
        said = f',"fields":{fields}' if fields else ""
        who = "" if speaker is None else f',"speaker":{quoted(speaker)}'
        about = f'"subject":"{event.subject}","v":{event.version}'  # a slug has nothing to escape
        return f'{{"event":"{event.name}"{said},"source":{told}{who},{about}}}'.encode(), cited

    def draft(self, event: Event, source: Source, speaker: str | None, remarks: Remarks) -> EncodedEntry:
        """Return an entry for any log.

        Raises:
            UnknownEvent: its class is not in the table.
            InvalidEntry: it is larger than an entry may be, or an event of the user's own does not read back as it was
                written; a record must be able to read what it wrote.
        """
        self.knows(event)
        try:
            claim, cited = self._claim_bytes(event, source, speaker)
            is_bare = remarks is NO_REMARKS or remarks == NO_REMARKS
            remarked = b"" if is_bare else f',"remarks":{self._remarks.text(remarks)}'.encode()
        except (TypeError, ValueError) as refused:
            raise InvalidEntry(_where(event), (f"has no one form in JSON: {refused}; {KINDS}",)) from None
        body = b'{"claim":' + claim + remarked + b"}"
        if len(body) > BODY_LIMIT:
            raise InvalidEntry(
                _where(event), (f"{len(body)} bytes are too many; the limit is {BODY_LIMIT}: shorten its texts",)
            )
        if self._added and not self._added.isdisjoint((type(event), type(getattr(event, "event", event)))):
            self._must_read_back(event, body, _where(event))
        return _draft(digest(body), _claim(digest(claim), event, cited, speaker), remarks, body)

    def _must_read_back(self, event: Event, body: bytes, where: str) -> None:
        read = self._read(body, f"{where}, read back as it would lie")[0].event
        for name in fields_of(type(event)).names:
            mine, its = getattr(event, name), getattr(read, name)
            if mine != its or type(mine) is not type(its) or not _is_hashable(its):
                raise InvalidEntry(where, (f"{name}: {shown(mine)} reads back as {shown(its)}; {KINDS}",))

    # ---- in ----

    def _current(self, value: Any) -> tuple[type[Event], dict[str, Any]]:  # noqa: ANN401
        """Return the class and the fields of an event, brought up to the version of the class."""
        stored, version, subject, fields = event_parts(value)
        one = self.kinds.events.get(stored)
        if one is None or version > one.version:
            kept = {"stored": stored, "stored_version": version, "fields": canonical(fields).decode()}
            return OpaqueEvent, {"subject": subject} | kept
        for older in range(version, one.version):
            try:
                fields = one.upcasters[older](dict(fields))
            except Exception as failed:
                raise ValueError(f"the upcaster of {stored!r} from version {older} failed: {failed!r}") from failed
        return one, {**fields, "subject": subject}

    def _event_in(self, value: Any) -> Event:  # noqa: ANN401
        one, fields = self._current(value)
        event: Event = self._slow.fields_in(one)(fields, one) if one is not OpaqueEvent else OpaqueEvent(**fields)
        return event

    def claim(self, value: Any, where: str) -> Claim:  # noqa: ANN401
        """Return the claim that a parsed JSON value is.

        Args:
            value: the JSON value.
            where: what to call it in an error.

        Raises:
            InvalidEntry: it is none; with all reasons.
        """
        try:
            return self._claim_in(value)
        except Exception as refused:  # noqa: BLE001  nobody vouches for what is read, nor for a user's converters
            raise InvalidEntry(where, tuple(self._reasons.of_claim(value)) or (str(refused),)) from None

    def _claim_in(self, value: Any) -> Claim:  # noqa: ANN401
        event, source, speaker = claim_parts(value)
        read = self._structure(source, Source)
        if read.retrieved is not None:
            raise ValueError("source.retrieved: stands in the remarks")
        return Claim(digest(canonical(value)), self._event_in(event), read, speaker_in(speaker))

    def again(self, entry: Entry) -> EncodedEntry:
        """Return the entry of another log, to be added to this one.

        Raises:
            InvalidEntry: its bytes are no entry, not those that its id was made from, or not in the one form that
                entries have: the same claim in another form would count twice.
        """
        if not isinstance(entry, Entry):
            reason = f"{shown(entry)} is no entry; give a record that is open, or entries of one"
            raise InvalidEntry("a merge", (reason,))
        draft = self.from_elsewhere(entry.body, f"entry {entry.id}")
        if draft.id != entry.id:
            raise InvalidEntry(f"entry {entry.id}", ("its bytes are not those that its id was made from",))
        return draft

    def from_elsewhere(self, body: bytes, where: str) -> EncodedEntry:
        """Return the entry that bytes from elsewhere are, to be added to a log.

        Args:
            body: the bytes.
            where: what to call them in an error.

        Raises:
            InvalidEntry: they are no entry, or not in the one form that entries have: the same claim in another form
                would count twice; or their remarks cannot be, as `remarks_on` has it.
        """
        value = parse(body, where)
        claim, remarks = self._parts(value, where)
        has_one_form = canonical(value) == body
        if has_one_form and _is_as_written(value["claim"], claim.event):
            source = attrs.evolve(claim.source, retrieved=remarks.retrieved)
            remarked = claim.event.event if isinstance(claim.event, ClaimCorrected) else claim.event
            try:
                checked = checked_remarks(remarked, source, remarks)
            except InvalidEntry as refused:
                raise InvalidEntry(where, refused.reasons) from None
            has_one_form = self.draft(claim.event, source, claim.speaker, checked).body == body
        if not has_one_form:
            raise InvalidEntry(where, ("is not in the one form that entries have: keys, lists and amounts in order",))
        return EncodedEntry(digest(body), claim, remarks, body)

    def read(self, row: Row) -> Entry:
        """Return the entry that a row of a store holds.

        Raises:
            InvalidEntry: its bytes are no entry; with all reasons.
        """
        claim, remarks = self._read(row.body, f"entry {row.position}")
        return Entry(row.id, claim, remarks, row.position, row.recorded_at, row.by, row.body)

    def told(self, row: Row) -> tuple[int, Evidence]:
        """Return the place of a row, and what it tells, as one piece of evidence.

        Raises:
            InvalidEntry: its bytes are no entry; with all reasons.
        """
        told = self._quick.told(row.body)
        return row.position, told or evidence_of(*self._slowly(row.body, f"entry {row.position}"))

    def _read(self, body: bytes, where: str) -> tuple[Claim, Remarks]:
        return self._quick.read(body) or self._slowly(body, where)

    def _slowly(self, body: bytes, where: str) -> tuple[Claim, Remarks]:
        return self._parts(parse(body, where), where)

    def _parts(self, value: Any, where: str) -> tuple[Claim, Remarks]:  # noqa: ANN401
        try:
            said, remarked = entry_parts(value)
            claim, remarks = self._claim_in(said), self._structure(remarked, Remarks)
            _must_have_a_day(claim, remarks)
        except Exception as refused:  # noqa: BLE001  nobody vouches for what is read, nor for a user's converters
            raise InvalidEntry(where, tuple(self._reasons.of_entry(value)) or (str(refused),)) from None
        return claim, remarks
