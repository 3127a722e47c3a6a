"""The content of a page: overdue, to come, disputes, states, timeline and footnotes, as texts and links without markup.

A page answers by itself what is overdue and who said that it would happen, so that it can be sent to others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from attrs import field, frozen

from partnership.engine.doubting import StandingDoubt
from partnership.engine.fold import Folded
from partnership.engine.resolution import RULES, Policy
from partnership.model.accounts import accounts_of
from partnership.model.event import fields_of
from partnership.model.occurrence import Evidence, Occurrence
from partnership.model.projection import Projection
from partnership.model.value_text import name_in_words, value_in_words
from partnership.queries.calendar import PlannedItem, Standing
from partnership.queries.disputes import Dispute
from partnership.render.footnotes import Citation, Note, Notes, on_one_line
from partnership.render.page_text import Names, Piece, names_of
from partnership.render.reasons import ValueReason, event_field_in_words, value_reasons
from partnership.values.date_words import in_words, planned_in_words
from partnership.values.when import When

__all__ = ["Page", "PageInput", "build_page"]

_Fold = tuple[Projection[Any], Mapping[str, Folded[Any]]]
"""A projection with its states by subject."""


_LABELS: Mapping[Standing, str] = {
    "overdue": "overdue",
    "perhaps-overdue": "perhaps overdue",
    "lapsed": "lapsed",
    "without-date": "without a date",
}
"""The label on the card of a subject, by where its plan stands."""

_OUTCOME = "and no outcome is known, or only a part of one. That is no proof that it did not happen."
_LATE: Mapping[Standing, tuple[str, str]] = {
    "overdue": ("Overdue", f"Planned, past its day, {_OUTCOME}"),
    "perhaps-overdue": ("Perhaps overdue", f"Planned for a date too vague to tell whether it is past, {_OUTCOME}"),
    "lapsed": ("Past and only possible or hoped for", f"Called possible, or hoped for, past its day, {_OUTCOME}"),
    "without-date": ("Open without a date", f"Planned or postponed without a date, {_OUTCOME}"),
}
"""The sections of what may be late: their headings, and what they hold."""


@frozen(eq=False)
class PageInput:
    """The results of queries from which a page is built.

    Attributes:
        title: the heading of the page.
        today: the day against which *overdue* is measured.
        private_note: a sentence about private entries that are left out; empty if there are none.
        policy: that chose between sources.
        folds: every projection with its states.
        timeline: occurrences that have happened.
        possible: occurrences that may have happened by *today*.
        overdue: plans whose day is past, surely or perhaps, and plans without a date.
        upcoming: plans whose day is to come.
        disputes: values on which sources differ, and denials.
        doubts: the doubts that stand.
    """

    title: str
    today: date
    private_note: str
    policy: Policy
    folds: Sequence[_Fold]
    timeline: Sequence[Occurrence]
    possible: Sequence[Occurrence]
    overdue: Sequence[PlannedItem]
    upcoming: Sequence[PlannedItem]
    disputes: Sequence[Dispute]
    doubts: Sequence[StandingDoubt] = ()


@frozen
class CitedText:
    """A text with its citations, after a label that may be empty."""

    pieces: tuple[Piece, ...]
    citations: tuple[Citation, ...]
    label: str = ""


@frozen
class CardLine:
    """A value of a state with the name of its field, the values against it, and the rule that chose."""

    name: str
    text: CitedText
    against: tuple[CitedText, ...]
    rule: str


@frozen
class Card:
    """The present state of a subject.

    Attributes:
        subject: ``kind:slug``, also the id of the card.
        title: of the subject.
        name: the title, followed by the slug if several subjects have it.
        title_citations: the sources of the title, if no line of its own shows them.
        status: None if its kind has no status.
        labels: ``overdue``, ``perhaps overdue``, ``without a date`` and ``sources differ``, where they apply.
        lines: the values.
    """

    subject: str
    title: str
    name: str
    title_citations: tuple[Citation, ...]
    status: CitedText | None
    labels: tuple[str, ...]
    lines: tuple[CardLine, ...]

    @property
    def fields(self) -> tuple[tuple[str, tuple[CardLine, ...]], ...]:
        """The lines grouped by the name of their field."""
        return tuple((name, tuple(lines)) for name, lines in groupby(self.lines, lambda line: line.name))


@frozen
class KindSection:
    """The cards of one kind of subject."""

    kind: str
    name: str
    cards: tuple[Card, ...]

    @property
    def size(self) -> int:
        """The number of subjects."""
        return len(self.cards)


@frozen
class PlanEntry:
    """Something that is planned.

    Attributes:
        link: to its subject.
        subject: ``kind:slug``.
        planned: the date, in words; without a date, since when that is known.
        act: the planned act in words, "to ratify"; empty if there is none.
        qualified: what the source adds to the date: its words for it, that none is set, how strongly it plans.
        standing: where it stands.
        days_late: 0 unless it is overdue.
        previous_dates: in words; empty if the plan has not moved.
        citations: of those who announced it.
    """

    link: Piece
    subject: str
    planned: str
    act: str
    qualified: str
    standing: Standing
    days_late: int
    previous_dates: str
    citations: tuple[Citation, ...]


@frozen(eq=False)
class LateSection:
    """The plans of one standing of which no outcome is known.

    Attributes:
        standing: where they stand; it is the anchor of the section.
        name: the heading.
        explanation: what stands in it.
        entries: the plans.
    """

    standing: Standing
    name: str
    explanation: str
    entries: tuple[PlanEntry, ...]


@frozen
class DisputeEntry:
    """A value on which sources differ: the sides, the chosen one first, and the rule that chose it."""

    link: Piece
    subject: str
    what: str
    sides: tuple[CitedText, ...]
    rule: str


@frozen
class TimelineEntry:
    """An occurrence in the timeline."""

    link: Piece
    subject: str
    when: str
    event: str
    details: tuple[CitedText, ...]
    citations: tuple[Citation, ...]
    is_disputed: bool


@frozen
class TimelineSection:
    """The occurrences of a year, or those that may have happened."""

    name: str
    entries: tuple[TimelineEntry, ...]

    @property
    def size(self) -> int:
        """The number of occurrences."""
        return len(self.entries)


@frozen
class FilterOption:
    """An option by which readers filter the page, and the number of subjects that it leaves."""

    value: str
    text: str
    count: int


@frozen(eq=False)
class Page:
    """The content of a page.

    Attributes:
        title: the heading.
        as_of: the day of the view, in words.
        private_note: about private entries that are left out; may be empty.
        overdue: plans whose day is past, surely or perhaps, and plans without a date, each in a section of its own.
        upcoming: plans whose day is to come.
        disputes: values on which sources differ.
        kinds: the states by kind.
        timeline: the occurrences by year.
        notes: the footnotes.
        kind_options: filters by kind.
        status_options: filters by status and label.
        filter_values: the values of *status_options* that apply to each subject.
    """

    title: str
    as_of: str
    private_note: str
    overdue: tuple[LateSection, ...]
    upcoming: tuple[PlanEntry, ...]
    disputes: tuple[DisputeEntry, ...]
    kinds: tuple[KindSection, ...]
    timeline: tuple[TimelineSection, ...]
    notes: tuple[Note, ...]
    kind_options: tuple[FilterOption, ...]
    status_options: tuple[FilterOption, ...]
    filter_values: Mapping[str, tuple[str, ...]]


def build_page(page_input: PageInput) -> Page:
    """Return the content of a page."""
    states: dict[str, list[Any]] = {}
    for _, fold in page_input.folds:
        for subject, folded in fold.items():
            states.setdefault(subject, []).append(folded.state)
    builder = _PageBuilder(page_input, names_of(states), Notes(), _labels(page_input.overdue))
    # Footnotes are numbered as they are cited, so the sections are built in the order of the page.
    overdue = tuple(builder.late_sections())
    upcoming = tuple(builder.plan_entry(item, "upcoming", "To come") for item in page_input.upcoming)
    disputes = tuple(map(builder.dispute_entry, page_input.disputes))
    kinds = tuple(builder.kind_sections())
    timeline = tuple(builder.timeline_sections())
    filters = {card.subject: _filter_texts(card) for section in kinds for card in section.cards}
    counts = Counter(text for texts in filters.values() for text in texts)
    return Page(
        title=page_input.title,
        as_of=in_words(When(page_input.today)),
        private_note=page_input.private_note,
        overdue=overdue,
        upcoming=upcoming,
        disputes=disputes,
        kinds=kinds,
        timeline=timeline,
        notes=builder.notes.all(),
        kind_options=tuple(FilterOption(section.kind, section.name, section.size) for section in kinds),
        status_options=tuple(FilterOption(_filter_value(text), text, count) for text, count in sorted(counts.items())),
        filter_values={subject: tuple(map(_filter_value, texts)) for subject, texts in filters.items()},
    )


def _labels(overdue: Iterable[PlannedItem]) -> dict[str, set[str]]:
    """Return by subject the labels for its plans."""
    labels: dict[str, set[str]] = defaultdict(set)
    for item in overdue:
        labels[item.subject].add(_LABELS[item.standing])
    return labels


def _filter_texts(card: Card) -> tuple[str, ...]:
    status = tuple(piece.text for piece in card.status.pieces) if card.status else ()
    return (*status, *card.labels)


def _filter_value(text: str) -> str:
    """Return a text without spaces, which separate the values in an HTML attribute."""
    return text.replace(" ", "-")


@frozen(eq=False)
class _PageBuilder:
    """Build the parts of a page, and collect its footnotes."""

    page_input: PageInput
    names: Names
    notes: Notes
    overdue: Mapping[str, set[str]]
    evidence: dict[str, Mapping[str, Evidence]] = field(factory=dict)  # cache of `_evidence_of`

    # ---- overdue, to come, disputes ----

    def late_sections(self) -> Iterator[LateSection]:
        """Yield a section for each standing that a late plan has; the one of what is overdue always."""
        for standing, (name, explanation) in _LATE.items():
            items = [item for item in self.page_input.overdue if item.standing == standing]
            entries = tuple(self.plan_entry(item, standing, name) for item in items)
            if entries:
                yield LateSection(standing, name, explanation, entries)
            elif standing == "overdue":
                nothing = "Nothing that was planned is past its day without a known outcome."
                yield LateSection(standing, name, nothing, ())

    def plan_entry(self, item: PlannedItem, place: str, place_name: str) -> PlanEntry:
        evidence = self._evidence_of(item.subject)
        latest = item.planned.latest if item.planned else None
        return PlanEntry(
            link=self.names.link(item.subject),
            subject=item.subject,
            planned=planned_in_words(item.planned) if item.planned else in_words(When(item.since)),
            act=item.act_in_words,
            qualified=on_one_line(item.qualified.removeprefix(", ")),
            standing=item.standing,
            days_late=(self.page_input.today - latest).days if latest and item.standing == "overdue" else 0,
            previous_dates=", and before that for ".join(map(planned_in_words, reversed(item.previous_dates))),
            citations=self.notes.cite(
                [evidence[claim] for claim in item.claims], place, place_name, ("planned", "due")
            ),
        )

    def _evidence_of(self, subject: str) -> Mapping[str, Evidence]:
        """Return the claims that led to the states of a subject, by claim id."""
        if subject not in self.evidence:
            folds = (fold[subject] for _, fold in self.page_input.folds if subject in fold)
            occurrences = (occurrence for folded in folds for occurrence in folded.occurrences)
            self.evidence[subject] = {item.claim: item for occurrence in occurrences for item in occurrence.evidence}
        return self.evidence[subject]

    def dispute_entry(self, dispute: Dispute) -> DisputeEntry:
        event = dispute.occurrence.event
        fields = fields_of(type(event))
        refers = dict(fields.refers)
        kinds = [refers[name] for name in dispute.names if name in refers]
        sides = tuple(
            CitedText(
                self.names.pieces(side.value, dispute.names[0], kinds),
                self.notes.cite(side.evidence, "disputes", "Where sources differ", dispute.names),
            )
            for side in dispute.sides
        )
        key_values = [getattr(event, name) for name in fields.keyed]
        key = ", ".join(value_in_words(value) for value in key_values if value not in (None, ()))
        event_text = name_in_words(event.name) + (f" ({on_one_line(key)})" if key else "")
        if len({type(item.event) for item in dispute.denied}) > 1:
            event_text = "all that is reported"
        what = f"{event_text}: {' and '.join(map(event_field_in_words, dispute.names))}"
        return DisputeEntry(self.names.link(dispute.subject), dispute.subject, what, sides, RULES[dispute.rule])

    # ---- states ----

    def kind_sections(self) -> Iterator[KindSection]:
        """Yield the subjects by kind; a kind with several projections has the name of the first."""
        kinds = dict.fromkeys(projection.kind for projection, _ in self.page_input.folds)
        for kind in kinds:
            folds = [(projection, fold) for projection, fold in self.page_input.folds if projection.kind == kind]
            subjects = sorted({subject for _, fold in folds for subject in fold})
            if subjects:
                name = name_in_words(folds[0][0].name).capitalize()
                cards = (self.card(subject, [pair for pair in folds if subject in pair[1]]) for subject in subjects)
                yield KindSection(str(kind), name, tuple(cards))

    def card(self, subject: str, folds: Sequence[_Fold]) -> Card:
        reasons: dict[tuple[str, str], ValueReason] = {}  # no value twice: projections of a kind share fields
        for projection, fold in folds:
            for reason in value_reasons(projection, subject, fold[subject], self.page_input.policy):
                reasons.setdefault((reason.label, repr(reason.value)), reason)
        title, status, title_citations = self.names.title(subject), None, tuple[Citation, ...]()
        names = [reason for reason in reasons.values() if reason.label in ("title", "text")]
        only_name = names[0] if len(names) == 1 else None
        lines: list[CardLine] = []
        # An only name is cited first, then the status: both stand in the heading.
        for reason in sorted(
            reasons.values(), key=lambda reason: 0 if reason is only_name else 1 if reason.label == "status" else 2
        ):
            citations = self._cite(reason.because, subject, reason)
            text = CitedText(self.names.pieces(reason.value, reason.label, reason.kinds), citations)
            if reason.label == "status":
                status = CitedText((Piece(name_in_words(reason.value)),), citations)
            elif reason is only_name and text.pieces[0].text == title:
                title_citations = citations
            else:
                rule = RULES[reason.rule] if reason.rule else ""
                lines.append(CardLine(reason.label, text, tuple(self._against(reason, subject)), rule))
        for doubt in self.page_input.doubts:
            if doubt.doubt.concerns == subject:
                citations = self.notes.cite(doubt.evidence, subject, self.names.link(subject).text, ("text",))
                lines.append(CardLine(doubt.label, CitedText((Piece(on_one_line(doubt.words)),), citations), (), ""))
        is_denied = any(dispute.doubt and dispute.subject == subject for dispute in self.page_input.disputes)
        differ = (
            is_denied or any(fold[subject].state.disputed for _, fold in folds) or any(line.against for line in lines)
        )
        labels = (*sorted(self.overdue.get(subject, ())), *(["sources differ"] if differ else []))
        name = self.names.link(subject).text
        return Card(subject, title, name, title_citations, status, labels, tuple(lines))

    def _against(self, reason: ValueReason, subject: str) -> Iterator[CitedText]:
        for label, value, evidence in reason.against:
            pieces = self.names.pieces(value, reason.label, reason.kinds)
            yield CitedText(pieces, self._cite(evidence, subject, reason), label)

    def _cite(self, evidence: Iterable[Evidence], subject: str, reason: ValueReason) -> tuple[Citation, ...]:
        return self.notes.cite(evidence, subject, self.names.link(subject).text, reason.event_fields)

    # ---- the timeline ----

    def timeline_sections(self) -> Iterator[TimelineSection]:
        """Yield the occurrences by year, and last those that may have happened."""
        for year, occurrences in groupby(self.page_input.timeline, lambda item: (item.earliest or item.latest).year):
            yield TimelineSection(str(year), tuple(map(self.timeline_entry, occurrences)))
        if self.page_input.possible:
            yield TimelineSection(
                "May have happened by then", tuple(map(self.timeline_entry, self.page_input.possible))
            )

    def timeline_entry(self, occurrence: Occurrence) -> TimelineEntry:
        event = occurrence.event
        when = event.dated
        fields = fields_of(type(event)).names
        return TimelineEntry(
            link=self.names.link(occurrence.subject),
            subject=occurrence.subject,
            when=in_words(when) if when else occurrence.said_in_words,
            event=name_in_words(event.name),
            details=tuple(self._details(occurrence)),
            citations=self.notes.cite(occurrence.evidence, "timeline", "Timeline", fields),
            is_disputed=bool(occurrence.disputed),
        )

    def _details(self, occurrence: Occurrence) -> Iterator[CitedText]:
        """Yield the fields of an event except its date and the title of its subject."""
        event, title = occurrence.event, self.names.title(occurrence.subject)
        fields = fields_of(type(event))
        refers = dict(fields.refers)
        accounts = {item.field: item.sides for item in accounts_of([occurrence])}
        for name in fields.names:
            value = getattr(event, name)
            for account, evidence in accounts.get(name, ()):
                citations = self.notes.cite(evidence, "timeline", "Timeline", (name,))
                yield CitedText(self.names.pieces(account, name), citations, name_in_words(name))
            if name in accounts:
                continue
            if name not in ("on", event.dated_by, "title") and value not in (None, ()):
                pieces = self.names.pieces(value, name, [refers[name]] if name in refers else ())
                if pieces[0].text != title:
                    yield CitedText(pieces, (), name_in_words(name))
