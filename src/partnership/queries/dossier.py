"""The dossier: everything that is known about one subject, as a briefing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs
from attrs import field, frozen

from partnership.engine.amendment_index import is_desk_amendment
from partnership.engine.doubting import StandingDoubt
from partnership.engine.provenance import Why
from partnership.model.accounts import accounts_of
from partnership.model.entry import Entry, evidence_of
from partnership.model.equality import EqualByContent
from partnership.model.event import fields_of
from partnership.model.money_words import equivalents_of
from partnership.model.occurrence import Evidence, Finding, Occurrence, publication_date, publishers
from partnership.model.value_text import (
    is_empty,
    is_same,
    labelled_in_words,
    name_in_words,
    value_in_words,
)
from partnership.queries.calendar import PlannedItem, title_of
from partnership.queries.disputes import Dispute
from partnership.subjects.amendments import ClaimCorrected
from partnership.values.date_words import planned_in_words
from partnership.values.display import Displayable
from partnership.values.party_names import PartyNames
from partnership.values.sources import Source
from partnership.values.when import When

_OMITTED_FIELDS = {
    "subject",
    "disputed",
    "outcomes",
    "expected",
    "previous_dates",
    "open_without_date",
    "titles",
    "texts",
}
"""Fields of states that other sections of a briefing show, or none."""


@frozen(repr=False)
class Link(Displayable):
    """A subject that refers to the subject of the dossier, or to which that one refers.

    Attributes:
        subject: the other subject, ``kind:slug``.
        title: its title, or its wording, or who takes part in which meeting; None if it has none.
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
class Dossier(EqualByContent, Displayable):
    """Everything that is known about one subject. It includes private entries, and marks them.

    Attributes:
        subject: the subject, ``kind:slug``.
        names: all its names, the canonical one first.
        today: the day to compare plans with.
        states: its states in all projections of its kind.
        timeline: the occurrences behind these, by day; those of its meetings too if it is a series.
        expected: its outstanding plans, and what is open without a date.
        disputes: facts on which sources differ, and denials of what is reported.
        doubts: who denies or contests what is reported of it, or does not know it.
        findings: what is odd.
        links: subjects that refer to it, and to which it refers.
        entries: every claim about it or behind its states, superseded ones too, with their amendments.
        superseded: by claim id, ids of the corrections and retractions that supersede it.
        private_ids: ids of the private entries.
        whys: the explanation of each of its states.
        party_names: the names of parties for people.
    """

    subject: str
    names: tuple[str, ...]
    today: date
    states: tuple[Any, ...]
    timeline: tuple[Occurrence, ...]
    expected: tuple[PlannedItem, ...]
    disputes: tuple[Dispute, ...]
    doubts: tuple[StandingDoubt, ...]
    findings: tuple[Finding, ...]
    links: tuple[Link, ...]
    entries: tuple[Entry, ...]
    superseded: Mapping[str, tuple[str, ...]] = field(repr=False)
    private_ids: frozenset[str] = field(repr=False)
    whys: tuple[Why, ...] = field(repr=False)
    party_names: PartyNames = field(factory=PartyNames, repr=False)

    @property
    def title(self) -> str | None:
        """Its title, or its wording; None if it has neither."""
        return name_of(self.states)

    @property
    def sources(self) -> tuple[Source, ...]:
        """All documents about it, by date of publication. The text has a footnote for each speaker and certainty."""
        dated = sorted(
            (entry.known_from or date.max, repr(entry.claim.source), entry.claim.source) for entry in self._statements()
        )
        return tuple(dict.fromkeys(source for _, _, source in dated))

    @property
    def may_be_shared(self) -> bool:
        """Whether none of it is private."""
        return all(entry.id not in self.private_ids for entry in self._statements())

    @property
    def has_later_sources(self) -> bool:
        """Whether a document about it is dated after `today`."""
        return any(source.known_from and source.known_from > self.today for source in self.sources)

    def _statements(self) -> Iterator[Entry]:
        """Yield the entries that state something about the world, without the desk's own amendments."""
        return (entry for entry in self.entries if not is_desk_amendment(entry))

    def _text(self) -> str:
        return "\n".join(_briefing(self))


def name_of(states: Iterable[Any]) -> str | None:
    """Return the title of a subject, or its wording, from the first of its states that has one."""
    return next(filter(None, map(title_of, states)), None)


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


Cite = Callable[[Iterable[str]], str]
"""Returns the marks of the footnotes of some claims, such as `` [1, 2]``."""


@frozen(eq=False)
class _Footnotes:
    """The footnotes of a briefing, numbered as they are cited: what each claim says is in the words of one speaker.

    Claims of one document share a footnote only if they have the same speaker, certainty and remarks.
    """

    dossier: Dossier
    numbers: dict[str, int] = field(factory=dict, init=False)
    _notes: dict[str, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        evidence = {item.claim: item for occurrence in self.dossier.timeline for item in occurrence.evidence}
        by_claim: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.dossier.entries:
            if entry.claim.id in evidence or not is_desk_amendment(entry):  # a correction has the source of its target
                by_claim[entry.claim.id].append(entry)
        notes = {
            claim: _note(
                evidence.get(claim) or evidence_of(entries[0].claim, entries[0].remarks), entries, self.dossier
            )
            for claim, entries in by_claim.items()
        }
        object.__setattr__(self, "_notes", notes)

    def cite(self, claims: Iterable[str]) -> str:
        """Return the marks of the footnotes of claims; a claim that the dossier does not have is not cited."""
        notes = [self._notes[claim] for claim in claims if claim in self._notes]
        cited = sorted({self.numbers.setdefault(note, len(self.numbers) + 1) for note in notes})
        return f" [{', '.join(map(str, cited))}]" if cited else ""


def _briefing(dossier: Dossier) -> Iterator[str]:
    footnotes = _Footnotes(dossier)
    cite = footnotes.cite
    yield " ".join((dossier.title or dossier.subject).split())
    other_names = "".join(f", also {name}" for name in dossier.names[1:])
    later = ", with sources dated after that day" if dossier.has_later_sources else ""
    yield f"{dossier.subject}{other_names}. As of {value_in_words(When(dossier.today))}{later}."
    if not dossier.may_be_shared:
        yield "Some of this is private; it is marked below."
    due = {day for item in dossier.expected for day in item.previous_dates}
    known = [
        line
        for pair in zip(dossier.states, dossier.whys, strict=True)
        for line in _known(*pair, due, dossier.party_names, cite)
    ]
    yield from _section("What is known", known)
    yield from _section("What happened", [_happened(item, dossier, cite) for item in dossier.timeline])
    yield from _section("What is expected", [_due(item) + cite(item.claims) for item in dossier.expected])
    yield from _section("On what sources differ", [_dispute(item, dossier, cite) for item in dossier.disputes])
    doubts = [f"{item.label}: {item.words}{cite(one.claim for one in item.evidence)}" for item in dossier.doubts]
    yield from _section("What is denied or not known", doubts)
    findings = [finding for finding in dossier.findings if finding.slug != "disputed"]
    for heading, is_note in (("What is odd", False), ("What else is noted", True)):
        lines = [item.sentence + cite(item.claims) for item in findings if (item.grade == "note") is is_note]
        yield from _section(heading, lines)
    yield from _section("Linked subjects", map(str, dossier.links))
    yield from _section("What was corrected or retracted", _superseded(dossier))
    yield from _section("Sources", [f"[{number}] {note}" for note, number in footnotes.numbers.items()])


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    indented = [f"  {' '.join(line.split())}" for line in lines]
    if indented:
        yield from ("", heading, *indented)


def _known(
    state: Any,  # noqa: ANN401  any state
    why: Why,
    due: Collection[When],
    parties: PartyNames,
    cite: Cite,
) -> Iterator[str]:
    """Yield the values of a state, and the dates planned before of which what is *due* does not tell."""
    for attribute in attrs.fields(type(state)):
        name, value = attribute.name, getattr(state, attribute.name)
        if name not in _OMITTED_FIELDS and not is_empty(value):
            origin = cited = ""
            reason = why.reasons.get(name)
            # A list may have grown with several events, of which the reason has the last; "What happened" cites them.
            if reason and (
                not isinstance(value, tuple) or is_same(getattr(reason.occurrence.event, name, None), value)
            ):
                cited = _cite(reason.because, cite)
                origin = f" ({text})" if (text := reason.origin(why.subject)) else ""
            differ = " (sources differ)" if name in state.disputed else ""
            yield f"{name_in_words(name).capitalize()}{origin}: {value_in_words(value, parties, name)}{differ}{cited}"
    if earlier := tuple(day for day in getattr(state, "previous_dates", ()) if day not in due):
        reason = why.reasons.get("previous_dates")
        yield f"Planned before for: {value_in_words(earlier)}{_cite(reason.because, cite) if reason else ''}"


def _dispute(dispute: Dispute, dossier: Dossier, cite: Cite) -> str:
    subject = "" if dispute.subject == dossier.subject else f"{dispute.subject}, "
    return subject + dispute.sentence_with(cite, dossier.party_names)


def _happened(occurrence: Occurrence, dossier: Dossier, cite: Cite) -> str:
    """Return an occurrence with its sources: once if all of them give every value, otherwise behind each value."""
    event = occurrence.event
    values = {name: getattr(event, name) for name in fields_of(type(event)).names if name not in ("on", event.dated_by)}
    values = {
        name: value
        for name, value in values.items()
        if not (is_empty(value) or (isinstance(value, str) and value == dossier.title))
    }
    sum_name = next((name for name in ("budget", "worth") if name in values), "amount")
    if "equivalent" in values and (printed := equivalents_of(occurrence, sum_name)):
        values["equivalent"] = printed[0]
    dated = [event.dated_by] if event.dated else []
    by_name = {name: _supporting(name, occurrence) for name in (*dated, *values)}
    is_told_by_all = all({*claims} == {*occurrence.claims} for claims in by_name.values())

    def cited(name: str) -> str:
        return "" if is_told_by_all else cite(by_name[name])

    day = value_in_words(event.dated) + cited(event.dated_by) if event.dated else occurrence.said_in_words
    differ = {} if event.dated else dict.fromkeys(occurrence.disputed, " (sources differ)")
    texts = {
        name: labelled_in_words(name, value, dossier.party_names) + differ.get(name, "") + cited(name)
        for name, value in values.items()
    }
    for item in accounts_of([occurrence]):
        accounts = (f"{account} ({publishers(evidence)}){_cite(evidence, cite)}" for account, evidence in item.sides)
        texts[item.field] = f"{name_in_words(item.field)} {', '.join(accounts)}"
    details = "; ".join(texts.values())
    subject = "" if occurrence.subject == dossier.subject else f"{occurrence.subject}, "
    told, all_cited = f"{day}: {subject}{name_in_words(event.name)}", cite(occurrence.claims)
    if is_told_by_all:
        return f"{told}{f' ({details})' if details else ''}{all_cited}"
    return f"{told}{all_cited}{f' ({details})' if details else ''}"


def _supporting(name: str, occurrence: Occurrence) -> tuple[str, ...]:
    """Return the claims of an occurrence that give the value of a field, or say the same more vaguely."""
    if fact := occurrence.facts.get(name):
        return tuple(item.claim for item in (*fact.candidates[0].evidence, *fact.vaguer))
    value = getattr(occurrence.event, name)
    claimed = [(item.claim, getattr(item.event, name)) for item in occurrence.evidence]
    given = tuple(claim for claim, label in claimed if is_same(label, value))
    return given or tuple(claim for claim, label in claimed if not is_empty(label))


def _cite(evidence: Iterable[Evidence], cite: Cite) -> str:
    return cite(item.claim for item in evidence)


def _due(item: PlannedItem) -> str:
    planned = planned_in_words(item.planned) if item.planned else "without a date"
    before = ", ".join(map(planned_in_words, item.previous_dates))
    earlier = f"; planned before for {before}" if before else ""
    since = value_in_words(publication_date(item.sources, item.since))
    act = f", {item.act_in_words}" if item.act else ""
    stands = "still to come" if item.standing == "to-come" else item.label
    return f"{planned}{item.qualified}{act}: {stands}, known since {since}{earlier}"


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


def _note(evidence: Evidence, entries: Sequence[Entry], dossier: Dossier) -> str:
    """Return the citation of one claim, with its speaker and the desk's remarks on it."""
    source = evidence.source
    parts = [
        source.publisher,
        value_in_words(source.published) if source.published else "",
        f"read on {value_in_words(evidence.retrieved)}" if evidence.retrieved and not source.published else "",
        f"“{source.title}”" if source.title else "",
        source.kind or "",
        source.locator or "",
        f"via {source.via}" if source.via else "",
        source.url or "",
        f"in the words of {evidence.speaker}" if evidence.speaker else "",
        f"certainty: {evidence.certainty}" if evidence.certainty else "",
        *(f"inferred by the desk: {name_in_words(name)}" for name in sorted(evidence.inferred)),
        *sorted({f"note: {entry.remarks.note}" for entry in entries if entry.remarks.note}),
        "private" if any(entry.id in dossier.private_ids for entry in entries) else "",
    ]
    return "; ".join(part for part in parts if part)
