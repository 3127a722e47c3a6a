"""The dossier: one subject with all that is known of it, as a briefing that can be handed on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs
from attrs import field, frozen

from partnership.engine.amendment_index import is_desk_amendment
from partnership.model.entry import Entry
from partnership.model.event import fields_of
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.value_text import name_in_words, value_in_words
from partnership.queries.calendar import PlannedItem
from partnership.queries.disputes import Dispute
from partnership.subjects.amendments import ClaimCorrected
from partnership.values.display import Displayable
from partnership.values.sources import Source
from partnership.values.when import When

__all__ = ["Dossier", "Link", "links", "name_of"]

_LEFT_OUT = {"subject", "disputed", "outcomes", "expected", "previous_dates", "titles", "texts"}
"""Fields of states that a briefing tells in other places, or not at all."""


@frozen(repr=False)
class Link(Displayable):
    """Another subject that refers to this one, or to which this one refers.

    Attributes:
        subject: the other one, ``kind:slug``.
        title: its name, or its wording, where it has one.
        event: stored name of the event that refers.
        field: in which of its fields.
        is_from_here: this subject refers to the other.
    """

    subject: str
    title: str | None
    event: str
    field: str
    is_from_here: bool

    def _text(self) -> str:
        name = f" ({value_in_words(self.title)})" if self.title else ""
        told = f"as its {name_in_words(self.field)} ({name_in_words(self.event)})"
        return f"names {self.subject}{name} {told}" if self.is_from_here else f"{self.subject}{name} names it {told}"


@frozen(eq=False, repr=False)
class Dossier(Displayable):
    """One subject, and all that is known of it.

    Attributes:
        subject: which, ``kind:slug``.
        names: all its names, the one it is shown under first.
        today: the day that *overdue* is measured against.
        states: what is believed of it; one state, or one of each family that is about its kind.
        timeline: what led to that, in the order of its days: of a series its meetings too.
        expected: what is planned or due and still open.
        disputes: on what sources differ, with all sides.
        findings: what is odd.
        links: subjects that refer to it, and to which it refers.
        entries: every claim about it or behind it, superseded ones too, and what mended them.
        superseded: by claim, the ids of what undid it.
        kept: the ids of the entries that may not leave the desk, for whatever reason in the log.

    It answers the desk itself: what may not leave is in it, and marked.
    """

    subject: str
    names: tuple[str, ...]
    today: date
    states: tuple[Any, ...]
    timeline: tuple[Occurrence, ...]
    expected: tuple[PlannedItem, ...]
    disputes: tuple[Dispute, ...]
    findings: tuple[Finding, ...]
    links: tuple[Link, ...]
    entries: tuple[Entry, ...]
    superseded: Mapping[str, tuple[str, ...]] = field(repr=False)
    kept: frozenset[str] = field(repr=False)

    @property
    def title(self) -> str | None:
        """Its name, or its wording, where it has one."""
        return name_of(self.states)

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every document that says something of it, the first published first; a briefing numbers them so."""
        told = sorted((one.known_from or date.max, repr(one.claim.source), one.claim.source) for one in self._told())
        return tuple(dict.fromkeys(source for _, _, source in told))

    @property
    def may_be_shared(self) -> bool:
        """Whether all of it may leave the desk."""
        return all(one.id not in self.kept for one in self._told())

    def _told(self) -> Iterator[Entry]:
        """Yield what says something of the world; that the desk prefers, retracts or mends its own mistake does not."""
        return (one for one in self.entries if not is_desk_amendment(one))

    def _text(self) -> str:
        return "\n".join(_briefing(self))


def name_of(states: Iterable[Any]) -> str | None:
    """Return the name of a subject, or its wording, where one of its states has one."""
    told = (getattr(state, name, None) for state in states for name in ("title", "text"))
    return next((str(one) for one in told if one), None)


def links(subject: str, occurrences: Iterable[Occurrence], states: Mapping[str, Sequence[Any]]) -> tuple[Link, ...]:
    """Return the subjects that refer to one, and to which it refers, each once for every event and field.

    Args:
        subject: the one, ``kind:slug``.
        occurrences: all that had happened.
        states: by subject, the states of all projections that are about it.
    """
    found: set[tuple[str, str, str, bool]] = set()
    for one in occurrences:
        for name, kind in fields_of(type(one.event)).refers:
            value = getattr(one.event, name)
            given = value if isinstance(value, tuple) else (value,) if value else ()
            for other in [each if kind == "*" else f"{kind}:{each}" for each in given]:
                if one.subject == subject != other:
                    found.add((other, one.event.name, name, True))
                elif other == subject != one.subject:
                    found.add((one.subject, one.event.name, name, False))
    return tuple(
        Link(other, name_of(states.get(other, ())), event, name, is_from_here)
        for other, event, name, is_from_here in sorted(found)
    )


def _briefing(of: Dossier) -> Iterator[str]:
    numbers = {one: number for number, one in enumerate(of.sources, 1)}
    by_claim = {one.claim.id: numbers.get(one.claim.source) for one in of.entries}

    def cited(claims: Iterable[str]) -> str:
        told = sorted({number for one in claims if (number := by_claim.get(one))})
        return f" [{', '.join(map(str, told))}]" if told else ""

    yield " ".join((of.title or of.subject).split())
    yield f"{of.subject}{''.join(f', also {one}' for one in of.names[1:])}. As of {value_in_words(When(of.today))}."
    if not of.may_be_shared:
        yield "Some of this may not leave the desk; it is marked below."
    yield from _part("What is known", [line for state in of.states for line in _known(state)])
    yield from _part("What happened", [_told(one, of) + cited(one.claims) for one in of.timeline])
    yield from _part("What is expected", [_due(one, of.today) + cited(one.claims) for one in of.expected])
    yield from _part("On what sources differ", [_side(one, of) + cited(one.claims) for one in of.disputes])
    yield from _part("What is odd", [one.sentence + cited(one.claims) for one in of.findings if one.slug != "disputed"])
    yield from _part("What belongs to it", map(str, of.links))
    yield from _part("What was mended", _mended(of))
    by_source: dict[Source, list[Entry]] = defaultdict(list)
    for one in of.entries:
        by_source[one.claim.source].append(one)
    documents = [f"[{number}] {_document(source, by_source[source], of.kept)}" for source, number in numbers.items()]
    yield from _part("Sources", documents)


def _part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    told = [f"  {' '.join(line.split())}" for line in lines]
    if told:
        yield from ("", heading, *told)


def _known(state: Any) -> Iterator[str]:  # noqa: ANN401  any state
    for one in attrs.fields(type(state)):
        value = getattr(state, one.name)
        if one.name not in _LEFT_OUT and value not in (None, ()):
            differ = " (sources differ)" if one.name in state.disputed else ""
            yield f"{name_in_words(one.name).capitalize()}: {value_in_words(value)}{differ}"


def _side(one: Dispute, of: Dossier) -> str:
    return one.sentence if one.subject == of.subject else str(one)


def _told(one: Occurrence, of: Dossier) -> str:
    when = one.event.dated
    day = value_in_words(when) if when else f"said on {value_in_words(When(one.said))}"
    names = [name for name in fields_of(type(one.event)).names if name not in ("on", one.event.dated_by)]
    said = {name_in_words(name): getattr(one.event, name) for name in names}
    told = "; ".join(
        f"{name} {value_in_words(value)}" for name, value in said.items() if value not in (None, (), of.title)
    )
    whose = "" if one.subject == of.subject else f"{one.subject}, "
    return f"{day}: {whose}{name_in_words(one.event.name)}{f' ({told})' if told else ''}"


def _due(one: PlannedItem, today: date) -> str:
    state = "overdue" if one.planned.surely_before(today) else "still to come"
    earlier = f"; planned before for {value_in_words(one.previous_dates)}" if one.previous_dates else ""
    return f"{value_in_words(one.planned)}: {state}, known since {value_in_words(When(one.since))}{earlier}"


def _mended(of: Dossier) -> Iterator[str]:
    by_claim = {one.claim.id: one for one in of.entries}
    for claim, amendments in sorted(of.superseded.items()):
        one = by_claim[claim]
        for amendment in [by_claim[each] for each in amendments if each in by_claim]:
            event: Any = amendment.event
            done = "corrected" if isinstance(event, ClaimCorrected) else "retracted"
            by = "the desk" if is_desk_amendment(amendment) else amendment.claim.source.publisher
            reason = f": {event.reason}" if event.reason else ""
            yield f"{name_in_words(one.event.name)}, as {one.claim.source} has it, was {done} by {by}{reason}"


def _document(source: Source, told: Sequence[Entry], kept: Collection[str]) -> str:
    """Return a document as a reader can find it, with who speaks in it and what the desk remarks on what it told."""
    read = sorted(one.remarks.retrieved for one in told if one.remarks.retrieved and not source.published)
    said = [
        source.publisher,
        value_in_words(source.published) if source.published else "",
        f"read on {value_in_words(When(read[0]))}" if read else "",
        f"“{source.title}”" if source.title else "",
        source.kind or "",
        source.locator or "",
        f"via {source.via}" if source.via else "",
        source.url or "",
        *sorted({f"in the words of {one.speaker}" for one in told if one.speaker}),
        *sorted({f"certainty: {one.remarks.certainty}" for one in told if one.remarks.certainty}),
        *sorted({f"the desk supplied: {name_in_words(name)}" for one in told for name in one.remarks.inferred}),
        *sorted({f"note: {one.remarks.note}" for one in told if one.remarks.note}),
        "" if all(one.id not in kept for one in told) else "not to leave the desk",
    ]
    return "; ".join(one for one in said if one)
