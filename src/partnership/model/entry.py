"""A claim, and the entry with which one log holds it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

import attrs
from attrs import frozen

from partnership.errors import InvalidEntry, InvalidValue
from partnership.model.construct import constructor
from partnership.model.event import Event, fields_of
from partnership.model.occurrence import Evidence
from partnership.values.display import dotted, in_lines, linked, one_line, table
from partnership.values.sources import Certainty, Source, certainty
from partnership.values.text import name, text

__all__ = [
    "NO_REMARKS",
    "Claim",
    "Entry",
    "OpaqueEvent",
    "Remarks",
    "checked_remarks",
    "evidence_of",
    "remarks_on",
    "speaker_of",
    "told",
]


@frozen(kw_only=True)
class OpaqueEvent(Event):
    """An event that this record's table does not have: it is kept as it lies, merged on, and folded into nothing.

    Attributes:
        stored: its stored name.
        stored_version: its version.
        fields: its fields, as JSON text.
    """

    name = "unread"
    kind = "unread"

    stored: str
    stored_version: int
    fields: str


@frozen
class Claim:
    """What was said, where, by whom.

    Attributes:
        id: SHA-256 of its canonical bytes; the same in every log.
        event: what was said.
        source: the document, without the day on which a desk read it.
        speaker: whose words they are, where the document has somebody say them.
    """

    id: str
    event: Event
    source: Source
    speaker: str | None = None


@frozen(kw_only=True)
class Remarks:
    """What a desk remarks on a claim.

    Attributes:
        certainty: how sure the wording is; "reported" where the desk remarks nothing.
        inferred: names of the event's fields that the desk supplied: a year, a weekday's date.
        note: the desk's own words.
        shared: whether it may leave the desk; None leaves it to the source: a desk's note stays, all else may go.
        retrieved: the day on which the page was read.
    """

    certainty: Certainty | None = None
    inferred: tuple[str, ...] = ()
    note: str | None = None
    shared: bool | None = None
    retrieved: date | None = None


NO_REMARKS = Remarks()
"""What a desk remarks mostly."""


def _inferred(event: Event, given: object) -> tuple[tuple[str, ...], list[str]]:
    """Return the fields that a desk supplied, and what is wrong with them."""
    if given is None or isinstance(given, str):
        given = (given,) if given else ()
    if not isinstance(given, Iterable):
        return (), [f"inferred: {given!r} is no list of names of fields; write ['on']"]
    names = tuple(sorted({str(each) for each in given}))
    fields = fields_of(type(event)).names
    wrong = []
    for each in names:
        if each not in fields:
            wrong.append(f"inferred: {each!r} is no field of {event.name}; it has {', '.join(fields)}")
        elif getattr(event, each) in (None, ()):
            wrong.append(f"inferred: this {event.name} says nothing in {each!r}; give its value, or leave it out")
    return names, wrong


def remarks_on(event: Event, source: Source, **given: Any) -> Remarks:  # noqa: ANN401  checked here, one by one
    """Return the remarks on a claim, checked.

    Raises:
        InvalidEntry: with everything that is wrong with them.
    """
    for value in given.values():
        if value is not None and value != ():
            return _checked(event, source, given)
    return Remarks(retrieved=source.retrieved) if source.retrieved else NO_REMARKS


def checked_remarks(event: Event, source: Source, remarks: Remarks) -> Remarks:
    """Return remarks from elsewhere, checked as `remarks_on` checks those of a caller.

    Raises:
        InvalidEntry: with everything that is wrong with them.
    """
    given = {one: getattr(remarks, one) for one in ("certainty", "inferred", "note", "shared")}
    return remarks_on(event, source, **given)


def _checked(event: Event, source: Source, given: Mapping[str, Any]) -> Remarks:
    wrong: list[str] = []

    def checked(what: str, value: object, check: Any) -> Any:  # noqa: ANN401
        try:
            return None if value is None else check(value)
        except InvalidValue as refused:
            wrong.append(f"{what}: {refused}")
            return None

    names, strange = _inferred(event, given.get("inferred"))
    wrong += strange
    if not isinstance(given.get("shared"), bool | None):
        wrong.append(f"shared: {given['shared']!r} is neither True, False nor None")
    remarks = Remarks(
        certainty=checked("certainty", given.get("certainty"), certainty),
        inferred=names,
        note=checked("note", given.get("note"), text),
        shared=given.get("shared"),
        retrieved=source.retrieved,
    )
    if wrong:
        raise InvalidEntry(f"the remarks on {event.about}", tuple(wrong))
    return remarks


def speaker_of(event: Event, speaker: object) -> str | None:
    """Return the name of a speaker, checked."""
    try:
        return None if speaker is None else name(speaker)
    except InvalidValue as refused:
        raise InvalidEntry(f"the claim about {event.about}", (f"speaker: {refused}",)) from None


@frozen(repr=False)
class Entry:
    """A claim with a desk's remarks, as one log holds it.

    Attributes:
        id: SHA-256 of claim and remarks; the same in every log that holds it, so that a merge is a union.
        claim: what was said.
        remarks: what the desk remarked.
        position: its place in this log; grows, is never used again, and means nothing elsewhere.
        recorded_at: when this log took it (aware, UTC); never earlier than the entry before it.
        by: who recorded it here.
        body: the bytes that are kept, permanently as they were written.
    """

    id: str
    claim: Claim
    remarks: Remarks
    position: int
    recorded_at: datetime
    by: str | None
    body: bytes

    @property
    def event(self) -> Event:
        """What was said."""
        return self.claim.event

    @property
    def source(self) -> Source:
        """The document, with the day on which this desk read it."""
        return attrs.evolve(self.claim.source, retrieved=self.remarks.retrieved)

    @property
    def speaker(self) -> str | None:
        """Whose words they are."""
        return self.claim.speaker

    @property
    def known_from(self) -> date | None:
        """The day from which it was known; None where the desk mends its own mistake, which was never true."""
        return self.source.known_from

    @property
    def parties(self) -> frozenset[str]:
        """The codes of all parties that the event names."""
        named: list[str] = []
        for one in fields_of(type(self.event)).parties:
            value = getattr(self.event, one)
            named += [value] if isinstance(value, str) else value or ()
        return frozenset(named)

    @property
    def may_be_shared(self) -> bool:
        """Whether it may leave the desk, by its own remarks and source.

        Another entry of the same claim may still be marked ``shared=False``; `partnership.write` heeds that.
        """
        if self.remarks.shared is not None:
            return self.remarks.shared
        return self.claim.source.kind != "desk-note"

    def __repr__(self) -> str:
        event = self.event
        day = f" {event.dated}" if event.dated else ""
        what = f"{event.about}, {event.name.replace('-', ' ')}{day}, said by {self.claim.source}"
        return f"<Entry {self.position}: {one_line(what)}>"

    def __rich_repr__(self) -> Iterable[Any]:
        yield self.position
        yield from self._told()

    def _repr_html_(self) -> str:
        source = self.claim.source
        headline = linked(source.title or "the document", source.url)
        rows = [(name, in_lines((told, headline)) if name == "source" else told) for name, told in self._told()]
        kept = () if self.may_be_shared else (dotted("not to leave the desk", "off"),)
        title = f"Entry {self.position}: {self.event.name.replace('-', ' ')}"
        return table(title, ("what", "as it was told"), rows, notes=kept)

    def _told(self) -> list[tuple[str, str]]:
        """Return all that it tells, by name: what was said, by whom, the remarks, and when this log took it."""
        event, remarks = self.event, self.remarks
        told: list[tuple[str, object]] = [("subject", event.about)]
        told += [(name, getattr(event, name)) for name in fields_of(type(event)).names]
        told += [("source", self.source), ("speaker", self.speaker), ("certainty", remarks.certainty)]
        told += [("supplied by the desk", remarks.inferred), ("note", remarks.note)]
        told += [("recorded", self.recorded_at.isoformat(" ", "seconds")), ("recorded by", self.by)]
        return [(name.replace("_", " "), _in_text(value)) for name, value in told if value not in (None, ())]


def _in_text(value: object) -> str:
    if isinstance(value, Event):
        fields = ((name, getattr(value, name)) for name in ("about", *fields_of(type(value)).names))
        return ", ".join(f"{name} {_in_text(one)}" for name, one in fields if one not in (None, ()))
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


_evidence: Callable[..., Evidence] = constructor(Evidence)
_NONE: frozenset[str] = frozenset()


def evidence_of(claim: Claim, remarks: Remarks) -> Evidence:
    """Return what an entry tells: a claim with the remarks of one desk."""
    return told(claim.id, claim.event, claim.source, claim.speaker, remarks)


def told(claim: str, event: Event, source: Source, speaker: str | None, remarks: Remarks) -> Evidence:
    """Return what an entry tells, from the parts of its claim."""
    known = source.published.latest if source.published else remarks.retrieved
    inferred = frozenset(remarks.inferred) if remarks.inferred else _NONE
    return _evidence(
        claim, event, source, speaker, remarks.certainty, inferred, known or date.max, _NONE, remarks.retrieved
    )
