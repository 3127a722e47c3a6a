"""Claims, and the entries with which a log stores them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import attrs

from partnership._frozen import frozen
from partnership.errors import InvalidEntry, InvalidValue
from partnership.model.construct import constructor
from partnership.model.event import Event, fields_of
from partnership.model.occurrence import Attribution, Evidence
from partnership.model.value_text import is_empty, value_in_words
from partnership.values.date_words import in_words, moment_in_words
from partnership.values.display import dotted, in_lines, linked, one_line, table
from partnership.values.sources import Certainty, Source, certainty
from partnership.values.text import exact, name, text


@frozen(kw_only=True)
class OpaqueEvent(Event):
    """An event of a class or version that this record does not know: stored and merged unchanged, in no state.

    Attributes:
        stored: its stored name.
        stored_version: its version.
        fields: its fields, as JSON text.
        known_version: the newest version of the event that this record knows; None if it does not know the event.
    """

    name = "unread"
    kind = "unread"

    stored: str
    stored_version: int
    fields: str
    known_version: int | None = attrs.field(default=None, eq=False)


@frozen
class Claim:
    """What a source says.

    Attributes:
        id: SHA-256 of its canonical bytes; the same in every log.
        event: what is claimed.
        source: the document, without the day on which a desk retrieved it.
        speaker: the person whom the document quotes.
    """

    id: str
    event: Event
    source: Source
    speaker: str | None = None


@frozen(kw_only=True)
class Remarks:
    """What a desk remarks on a claim.

    Attributes:
        certainty: of the wording; None counts as "reported".
        inferred: fields of the event that the desk supplied itself: a year, the date of a weekday.
        note: free text.
        shared: whether the entry may leave the desk; None for the default: all but a desk's own notes may.
        retrieved: the day on which the desk read the document.
    """

    certainty: Certainty | None = None
    inferred: tuple[str, ...] = ()
    note: str | None = None
    shared: bool | None = None
    retrieved: date | None = None


NO_REMARKS = Remarks()
"""The usual case, shared by all such entries."""


def _inferred(event: Event, given: object) -> tuple[tuple[str, ...], list[str]]:
    """Return the names of the inferred fields, and the reasons why some are wrong."""
    given = exact(given)
    if given is None or isinstance(given, str):
        given = (given,) if given else ()
    if not isinstance(given, Iterable):
        return (), [f"inferred: {given!r} is not a list of names of fields; write ['on']"]
    names = tuple(sorted({exact(str(exact(name))) for name in given}))
    fields = fields_of(type(event)).names
    reasons = []
    for field in names:
        if field not in fields:
            reasons.append(f"inferred: {field!r} is not a field of {event.name}; it has {', '.join(fields)}")
        elif getattr(event, field) in (None, ()):
            reasons.append(f"inferred: this {event.name} has no value for {field!r}; give one, or leave it out")
    return names, reasons


def remarks_on(event: Event, source: Source, **given: Any) -> Remarks:  # noqa: ANN401  checked here, one by one
    """Return validated remarks on a claim.

    Args:
        event: what is claimed.
        source: the document; its `retrieved` becomes that of the remarks.
        **given: the other fields of `Remarks`, as a caller passes them to `Record.add`.

    Raises:
        InvalidEntry: with all reasons.
    """
    for value in given.values():
        if not (value is None or (type(value) is tuple and not value)):
            return _validated(event, source, given)
    return Remarks(retrieved=source.retrieved) if source.retrieved else NO_REMARKS


def checked_remarks(event: Event, source: Source, remarks: Remarks) -> Remarks:
    """Return remarks from another log, validated as `remarks_on` validates those of a caller.

    Args:
        event: what the remarks are about; of a correction, the event that it puts in place of the wrong one.
        source: the document, with the day on which it was retrieved.
        remarks: from the other log.

    Raises:
        InvalidEntry: with all reasons.
    """
    given = {name: getattr(remarks, name) for name in ("certainty", "inferred", "note", "shared")}
    return remarks_on(event, source, **given)


def _validated(event: Event, source: Source, given: Mapping[str, Any]) -> Remarks:
    names, reasons = _inferred(event, given.get("inferred"))

    def validated(name: str, check: Callable[[Any], Any]) -> Any:  # noqa: ANN401  a value of any remark
        value = given.get(name)
        try:
            return None if value is None else check(value)
        except InvalidValue as refused:
            reasons.append(f"{name}: {refused}")
            return None

    if not isinstance(given.get("shared"), bool | None):
        reasons.append(f"shared: {given['shared']!r} is neither True, False nor None")
    remarks = Remarks(
        certainty=validated("certainty", certainty),
        inferred=names,
        note=validated("note", text),
        shared=given.get("shared"),
        retrieved=source.retrieved,
    )
    if reasons:
        raise InvalidEntry(f"the remarks on {event.about}", tuple(reasons))
    return remarks


def speaker_of(event: Event, speaker: object) -> str | None:
    """Return the validated name of a speaker.

    Raises:
        InvalidEntry: it is not a name.
    """
    try:
        return None if speaker is None else name(speaker)
    except InvalidValue as refused:
        raise InvalidEntry(f"the claim about {event.about}", (f"speaker: {refused}",)) from None


@frozen(repr=False)
class Entry:
    """A claim with a desk's remarks, as stored in a log.

    Attributes:
        id: SHA-256 of claim and remarks; the same in every log, so that a merge is a set union.
        claim: what a source says.
        remarks: what the desk remarks.
        position: in this log; increases, is never reused, and has no meaning in other logs.
        recorded_at: when this log stored it (aware, UTC); not earlier than the entry before it.
        by: who recorded it in this log.
        body: the stored bytes, which never change.
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
        """What is claimed."""
        return self.claim.event

    @property
    def source(self) -> Source:
        """The document, with the day on which this desk retrieved it."""
        return attrs.evolve(self.claim.source, retrieved=self.remarks.retrieved)

    @property
    def speaker(self) -> str | None:
        """The person whom the document quotes."""
        return self.claim.speaker

    @property
    def known_from(self) -> date | None:
        """The day from which it was known; None for a desk's correction of its own mistake, which has no date."""
        return self.source.known_from

    @property
    def parties(self) -> frozenset[str]:
        """The codes of all parties that the event names."""
        codes: list[str] = []
        for field in fields_of(type(self.event)).parties:
            value = getattr(self.event, field)
            codes += [value] if isinstance(value, str) else value or ()
        return frozenset(codes)

    @property
    def may_be_shared(self) -> bool:
        """Whether it may leave the desk, judged by its own remarks and source.

        Another entry of the same claim may still be marked ``shared=False``; `partnership.write` respects that.
        """
        if self.remarks.shared is not None:
            return self.remarks.shared
        return self.claim.source.kind != "desk-note"

    def __repr__(self) -> str:
        event = self.event
        day = f" {in_words(event.dated)}" if event.dated else ""
        summary = f"{event.about}, {event.name.replace('-', ' ')}{day}, said by {self.claim.source}"
        return f"<Entry {self.position}: {one_line(summary)}>"

    def __rich_repr__(self) -> Iterable[Any]:
        yield self.position
        yield from self._rows()

    def _repr_html_(self) -> str:
        source = self.claim.source
        headline = linked(source.title or "the document", source.url)
        rows = [(name, in_lines((value, headline)) if name == "source" else value) for name, value in self._rows()]
        notes = () if self.may_be_shared else (dotted("not to leave the desk", "off"),)
        title = f"Entry {self.position}: {self.event.name.replace('-', ' ')}"
        return table(title, ("what", "as it was told"), rows, notes=notes)

    def _rows(self) -> list[tuple[str, str]]:
        """Return names and values of all that is set: the event, its source, the remarks, and when it was stored."""
        event, remarks = self.event, self.remarks
        rows: list[tuple[str, object]] = [("subject", event.about)]
        rows += [(name, getattr(event, name)) for name in fields_of(type(event)).names]
        rows += [("source", self.source), ("speaker", self.speaker), ("certainty", remarks.certainty)]
        rows += [("supplied by the desk", remarks.inferred), ("note", remarks.note)]
        rows += [("recorded", moment_in_words(self.recorded_at)), ("recorded by", self.by)]
        return [(name.replace("_", " "), _as_text(value)) for name, value in rows if not is_empty(value)]


def _as_text(value: object) -> str:
    if isinstance(value, Event):
        fields = ((name, getattr(value, name)) for name in ("about", *fields_of(type(value)).names))
        return ", ".join(f"{name} {_as_text(field)}" for name, field in fields if not is_empty(field))
    return value_in_words(value)


_attribution: Callable[..., Attribution] = constructor(Attribution)
_set = lru_cache(maxsize=1024)(frozenset[str])


def evidence_of(claim: Claim, remarks: Remarks) -> Evidence:
    """Return a claim as evidence, with the remarks of one desk."""
    return Evidence(claim.id, claim.event, attribution_of(claim.source, claim.speaker, remarks))


def attribution_of(source: Source, speaker: str | None, remarks: Remarks) -> Attribution:
    """Return where something is said, with the remarks of one desk."""
    known_from = (source.published.latest if source.published else remarks.retrieved) or date.max
    inferred, preferred = _set(remarks.inferred), _set(())
    return _attribution(source, speaker, remarks.certainty, inferred, known_from, preferred, remarks.retrieved, None)
