"""The dossier: everything that is known about one subject, as a briefing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs
from attrs import field, frozen

from partnership.engine.amendment_index import is_desk_amendment
from partnership.model.accounts import accounts_of
from partnership.model.entry import Entry
from partnership.model.event import fields_of
from partnership.model.occurrence import Finding, Occurrence, publication_date, publishers
from partnership.model.value_text import is_empty, name_in_words, value_in_words
from partnership.queries.calendar import PlannedItem, Standing
from partnership.queries.disputes import Dispute
from partnership.subjects.amendments import ClaimCorrected
from partnership.values.display import Displayable
from partnership.values.sources import Source
from partnership.values.when import When

__all__ = ["Dossier", "Link", "links", "name_of"]

_OMITTED_FIELDS = {"subject", "disputed", "outcomes", "expected", "previous_dates", "titles", "texts"}
"""Fields of states that other sections of a briefing show, or none."""


@frozen(repr=False)
class Link(Displayable):
    """A subject that refers to the subject of the dossier, or to which that one refers.

    Attributes:
        subject: the other subject, ``kind:slug``.
        title: its title, or its wording; None if it has neither.
        event: stored name of the event with the reference.
        field: the field with the reference.
        is_from_here: True if the subject of the dossier refers to the other one.
    """

    subject: str
    title: str | None
    event: str
    field: str
    is_from_here: bool

    def _text(self) -> str:
        title = f" ({value_in_words(self.title)})" if self.title else ""
        role = f"as its {name_in_words(self.field)} ({name_in_words(self.event)})"
        return f"names {self.subject}{title} {role}" if self.is_from_here else f"{self.subject}{title} names it {role}"


@frozen(eq=False, repr=False)
class Dossier(Displayable):
    """Everything that is known about one subject. It includes private entries, and marks them.

    Attributes:
        subject: the subject, ``kind:slug``.
        names: all its names, the canonical one first.
        today: the day to compare plans with.
        states: its states in all projections of its kind.
        timeline: the occurrences behind these, by day; those of its meetings too if it is a series.
        expected: its outstanding plans, and what is open without a date.
        disputes: facts on which sources differ.
        findings: what is odd.
        links: subjects that refer to it, and to which it refers.
        entries: every claim about it or behind its states, superseded ones too, with their amendments.
        superseded: by claim id, ids of the corrections and retractions that supersede it.
        private_ids: ids of the private entries.
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
    private_ids: frozenset[str] = field(repr=False)

    @property
    def title(self) -> str | None:
        """Its title, or its wording; None if it has neither."""
        return name_of(self.states)

    @property
    def sources(self) -> tuple[Source, ...]:
        """All documents about it, by date of publication. The text numbers them in this order."""
        dated = sorted(
            (entry.known_from or date.max, repr(entry.claim.source), entry.claim.source) for entry in self._statements()
        )
        return tuple(dict.fromkeys(source for _, _, source in dated))

    @property
    def may_be_shared(self) -> bool:
        """Whether none of it is private."""
        return all(entry.id not in self.private_ids for entry in self._statements())

    def _statements(self) -> Iterator[Entry]:
        """Yield the entries that state something about the world, without the desk's own amendments."""
        return (entry for entry in self.entries if not is_desk_amendment(entry))

    def _text(self) -> str:
        return "\n".join(_briefing(self))


def name_of(states: Iterable[Any]) -> str | None:
    """Return the title of a subject, or its wording, from the first of its states that has one."""
    texts = (getattr(state, name, None) for state in states for name in ("title", "text"))
    return next((str(text) for text in texts if text), None)


def links(subject: str, occurrences: Iterable[Occurrence], states: Mapping[str, Sequence[Any]]) -> tuple[Link, ...]:
    """Return the subjects that refer to one, and to which it refers, once for every event and field.

    Args:
        subject: the subject, ``kind:slug``.
        occurrences: occurrences that have happened.
        states: by subject, its states in all projections.
    """
    rows: set[tuple[str, str, str, bool]] = set()
    for occurrence in occurrences:
        for name, kind in fields_of(type(occurrence.event)).refers:
            value = getattr(occurrence.event, name)
            references = value if isinstance(value, tuple) else (value,) if value else ()
            for other in [reference if kind == "*" else f"{kind}:{reference}" for reference in references]:
                if occurrence.subject == subject != other:
                    rows.add((other, occurrence.event.name, name, True))
                elif other == subject != occurrence.subject:
                    rows.add((occurrence.subject, occurrence.event.name, name, False))
    return tuple(
        Link(other, name_of(states.get(other, ())), event, name, is_from_here)
        for other, event, name, is_from_here in sorted(rows)
    )


def _briefing(dossier: Dossier) -> Iterator[str]:
    numbers = {source: number for number, source in enumerate(dossier.sources, 1)}
    by_claim = {entry.claim.id: numbers.get(entry.claim.source) for entry in dossier.entries}

    def cite(claims: Iterable[str]) -> str:
        cited = sorted({number for claim in claims if (number := by_claim.get(claim))})
        return f" [{', '.join(map(str, cited))}]" if cited else ""

    yield " ".join((dossier.title or dossier.subject).split())
    other_names = "".join(f", also {name}" for name in dossier.names[1:])
    yield f"{dossier.subject}{other_names}. As of {value_in_words(When(dossier.today))}."
    if not dossier.may_be_shared:
        yield "Some of this is private; it is marked below."
    yield from _section("What is known", [line for state in dossier.states for line in _known(state)])
    yield from _section("What happened", [_happened(item, dossier) + cite(item.claims) for item in dossier.timeline])
    yield from _section("What is expected", [_due(item) + cite(item.claims) for item in dossier.expected])
    yield from _section(
        "On what sources differ", [_dispute(item, dossier) + cite(item.claims) for item in dossier.disputes]
    )
    findings = [finding for finding in dossier.findings if finding.slug != "disputed"]
    yield from _section("What is odd", [finding.sentence + cite(finding.claims) for finding in findings])
    yield from _section("Linked subjects", map(str, dossier.links))
    yield from _section("What was corrected or retracted", _superseded(dossier))
    by_source: dict[Source, list[Entry]] = defaultdict(list)
    for entry in dossier.entries:
        by_source[entry.claim.source].append(entry)
    documents = [
        f"[{number}] {_document(source, by_source[source], dossier.private_ids)}" for source, number in numbers.items()
    ]
    yield from _section("Sources", documents)


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    indented = [f"  {' '.join(line.split())}" for line in lines]
    if indented:
        yield from ("", heading, *indented)


def _known(state: Any) -> Iterator[str]:  # noqa: ANN401  any state
    for attribute in attrs.fields(type(state)):
        name, value = attribute.name, getattr(state, attribute.name)
        if name not in _OMITTED_FIELDS and value not in (None, ()):
            differ = " (sources differ)" if name in state.disputed else ""
            yield f"{name_in_words(name).capitalize()}: {value_in_words(value)}{differ}"


def _dispute(dispute: Dispute, dossier: Dossier) -> str:
    return dispute.sentence if dispute.subject == dossier.subject else str(dispute)


def _happened(occurrence: Occurrence, dossier: Dossier) -> str:
    event = occurrence.event
    day = value_in_words(event.dated) if event.dated else occurrence.said_in_words
    values = {name: getattr(event, name) for name in fields_of(type(event)).names if name not in ("on", event.dated_by)}
    for item in accounts_of([occurrence]):
        values[item.field] = tuple(f"{account} ({publishers(evidence)})" for account, evidence in item.sides)
    details = "; ".join(
        f"{name_in_words(name)} {value_in_words(value)}"
        for name, value in values.items()
        if not (is_empty(value) or (isinstance(value, str) and value == dossier.title))
    )
    subject = "" if occurrence.subject == dossier.subject else f"{occurrence.subject}, "
    return f"{day}: {subject}{name_in_words(event.name)}{f' ({details})' if details else ''}"


_STANDINGS: Mapping[Standing, str] = {
    "overdue": "overdue",
    "perhaps-overdue": "perhaps overdue",
    "without-date": "open",
    "to-come": "still to come",
}


def _due(item: PlannedItem) -> str:
    planned = value_in_words(item.planned) if item.planned else "without a date"
    earlier = f"; planned before for {value_in_words(item.previous_dates)}" if item.previous_dates else ""
    since = value_in_words(publication_date(item.sources, item.since))
    return f"{planned}: {_STANDINGS[item.standing]}, known since {since}{earlier}"


def _superseded(dossier: Dossier) -> Iterator[str]:
    by_claim = {entry.claim.id: entry for entry in dossier.entries}
    for claim, amendments in sorted(dossier.superseded.items()):
        entry = by_claim[claim]
        for amendment in [by_claim[amendment] for amendment in amendments if amendment in by_claim]:
            event: Any = amendment.event
            done = "corrected" if isinstance(event, ClaimCorrected) else "retracted"
            by = "the desk" if is_desk_amendment(amendment) else amendment.claim.source.publisher
            reason = f": {event.reason}" if event.reason else ""
            yield f"{name_in_words(entry.event.name)}, as {entry.claim.source} has it, was {done} by {by}{reason}"


def _document(source: Source, entries: Sequence[Entry], private_ids: Collection[str]) -> str:
    """Return a citation of a document, with its speakers and the desk's remarks on what it states."""
    retrieved = sorted(entry.remarks.retrieved for entry in entries if entry.remarks.retrieved and not source.published)
    parts = [
        source.publisher,
        value_in_words(source.published) if source.published else "",
        f"read on {value_in_words(When(retrieved[0]))}" if retrieved else "",
        f"“{source.title}”" if source.title else "",
        source.kind or "",
        source.locator or "",
        f"via {source.via}" if source.via else "",
        source.url or "",
        *sorted({f"in the words of {entry.speaker}" for entry in entries if entry.speaker}),
        *sorted({f"certainty: {entry.remarks.certainty}" for entry in entries if entry.remarks.certainty}),
        *sorted(
            {f"inferred by the desk: {name_in_words(name)}" for entry in entries for name in entry.remarks.inferred}
        ),
        *sorted({f"note: {entry.remarks.note}" for entry in entries if entry.remarks.note}),
        "private" if any(entry.id in private_ids for entry in entries) else "",
    ]
    return "; ".join(part for part in parts if part)
