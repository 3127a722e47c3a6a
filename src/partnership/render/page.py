"""The content of a page: its front, the states by kind, timeline and footnotes, as texts and links without markup.

A page answers by itself what is overdue, who owes it and who said that it would happen: it can be sent to others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from attrs import evolve, field, frozen

from partnership.engine.doubting import StandingDoubt
from partnership.engine.fold import Folded
from partnership.engine.resolution import RULES, Policy
from partnership.model.accounts import accounts_of
from partnership.model.event import fields_of
from partnership.model.occurrence import Evidence, Finding, Occurrence
from partnership.model.projection import Projection
from partnership.model.value_text import name_in_words, value_in_words
from partnership.queries.calendar import PlannedItem, Standing
from partnership.queries.disputes import Dispute
from partnership.queries.holders import Holders, Holding
from partnership.render.footnotes import Citation, Note, Notes, on_one_line
from partnership.render.page_text import Names, Piece, names_of, shorten
from partnership.render.reasons import ValueReason, event_field_in_words, value_reasons
from partnership.render.state_table import date_in_words, main_date, row_counts
from partnership.subjects.roles import Role
from partnership.values.date_words import in_words, planned_in_words, since_in_words
from partnership.values.labels import flag_in_words
from partnership.values.party_names import PartyNames
from partnership.values.text import split_subject
from partnership.values.when import When

_Fold = tuple[Projection[Any], Mapping[str, Folded[Any]]]
"""A projection with its states by subject."""


_LABELS: Mapping[Standing, str] = {
    "overdue": "overdue",
    "perhaps-overdue": "perhaps overdue",
    "lapsed": "lapsed",
    "without-date": "without a date",
}
"""The label on the card of a subject, by where its plan stands."""

_OUTCOME = "and no outcome is known, or only a part of one. That does not prove that it did not happen."
_LATE: Mapping[Standing, tuple[str, str]] = {
    "overdue": ("Overdue", f"Planned, past its day, {_OUTCOME}"),
    "perhaps-overdue": ("Perhaps overdue", f"Planned for a date too vague to tell whether it is past, {_OUTCOME}"),
    "lapsed": ("Only possible or hoped for", f"Called possible, or hoped for, past its day, {_OUTCOME}"),
    "without-date": ("Open without a date", f"Planned or postponed without a date, {_OUTCOME}"),
}
"""The sections of what may be late: their headings, and what they hold."""
_BY_ACTORS = ("count", "mission", "statement")
"""Kinds with parties beside the side that acts, which of these is the one to show."""
_PARTY_FIELDS = ("holder", "party", "member", "lead", "host", "co_hosts", "by", "parties")
"""Fields of states with the parties that a table shows, the first that a state has."""
_MAX_SIDE = 60  # characters of a value in the line of a dispute


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
        findings: what is odd; those about disputes are left out.
        parties: the names of parties.
        holders: who holds each role on that day, ``role:slug``.
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
    findings: Sequence[Finding] = ()
    parties: PartyNames = field(factory=PartyNames)
    holders: Mapping[str, Holders] = field(factory=dict)


@frozen
class CitedText:
    """A text with its citations, after a label that may be empty."""

    pieces: tuple[Piece, ...]
    citations: tuple[Citation, ...]
    label: str = ""


@frozen
class CardLine:
    """A value of a state with the name of its field, the values against it, and the rule that chose.

    The values against it stand once in a card: `is_disputed_above` tells of a later value that they are the same.
    """

    name: str
    text: CitedText
    against: tuple[CitedText, ...]
    rule: str
    is_disputed_above: bool = False


@frozen
class Card:
    """The present state of a subject: a row of the table of its kind, which opens to all values.

    Attributes:
        subject: ``kind:slug``, also the id of the card.
        title: of the subject.
        name: the title, followed by the slug if several subjects have it.
        heading: the title, followed by the slug if several subjects of the table have it and the same date.
        common: the citations of all values that have no others.
        title_citations: the sources of the title, if no line of its own shows them and they are others.
        status: None if its kind has no status.
        labels: ``overdue``, ``perhaps overdue``, ``without a date`` and ``sources differ``, where they apply.
        lines: the values.
        when: the date of its status, or for which it is planned, in words.
        day: by which the table is sorted; empty without a date.
        parties: those that hold it, surely or maybe, take part or host it.
        rows: how many rows its lists have, where it has no status.
    """

    subject: str
    title: str
    name: str
    heading: str
    common: tuple[Citation, ...]
    title_citations: tuple[Citation, ...]
    status: CitedText | None
    labels: tuple[str, ...]
    lines: tuple[CardLine, ...]
    when: str
    day: str
    parties: str
    rows: str

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
        since: the last part of the date, from which it is overdue, in words; empty before.
        owed_by: who is to act, hosts it or takes part, in words; empty if no source says so.
        previous_dates: in words; empty if the plan has not moved.
        citations: of those who announced it.
    """

    link: Piece
    subject: str
    planned: str
    act: str
    qualified: str
    standing: Standing
    since: str
    owed_by: str
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
    """A value on which sources differ: the sides, the chosen one first, and the rule that chose it.

    Attributes:
        link: to its subject.
        subject: ``kind:slug``.
        what: the event and the field.
        values: all values on one line.
        sides: every value with its sources.
        rule: that chose the first.
    """

    link: Piece
    subject: str
    what: str
    values: str
    sides: tuple[CitedText, ...]
    rule: str


@frozen
class FindingEntry:
    """Something odd: what it is about, and what is odd, with the claims that show it."""

    link: Piece
    subject: str
    sentence: str
    citations: tuple[Citation, ...]


@frozen
class FindingSection:
    """Findings: those that need a look, or harmless ones that say the same of several subjects.

    Attributes:
        name: what they say; empty of those that need a look.
        entries: the findings.
    """

    name: str
    entries: tuple[FindingEntry, ...]


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
        findings: what needs a person's look.
        notes_of_findings: what is common and harmless, by what it says.
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
    findings: tuple[FindingEntry, ...]
    notes_of_findings: tuple[FindingSection, ...]
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
    builder = _PageBuilder(page_input, names_of(states, page_input.parties), Notes(), _labels(page_input.overdue))
    # Footnotes are numbered as they are cited, so the sections are built in the order of the page.
    overdue = tuple(builder.late_sections())
    upcoming = tuple(builder.plan_entry(item, "upcoming", "To come") for item in page_input.upcoming)
    disputes = tuple(map(builder.dispute_entry, page_input.disputes))
    findings = tuple(map(builder.finding_entry, (item for item in page_input.findings if _needs_look(item))))
    notes_of_findings = tuple(builder.finding_sections())
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
        findings=findings,
        notes_of_findings=notes_of_findings,
        kinds=kinds,
        timeline=timeline,
        notes=builder.notes.all(),
        kind_options=tuple(FilterOption(section.kind, section.name, len(section.cards)) for section in kinds),
        status_options=tuple(FilterOption(_filter_value(text), text, count) for text, count in sorted(counts.items())),
        filter_values={subject: tuple(map(_filter_value, texts)) for subject, texts in filters.items()},
    )


def _needs_look(finding: Finding) -> bool:
    return finding.grade != "note" and finding.slug != "disputed"


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
            items = [item for item in reversed(self.page_input.overdue) if item.standing == standing]
            entries = tuple(self.plan_entry(item, standing, name) for item in items)
            if entries:
                yield LateSection(standing, name, explanation, entries)
            elif standing == "overdue":
                nothing = "Nothing that was planned is past its day without a known outcome."
                yield LateSection(standing, name, nothing, ())

    def plan_entry(self, item: PlannedItem, place: str, place_name: str) -> PlanEntry:
        evidence = self._evidence_of(item.subject)
        return PlanEntry(
            link=Piece(self.names.title(item.subject), item.subject),
            subject=item.subject,
            planned=planned_in_words(item.planned) if item.planned else in_words(When(item.since)),
            act=item.act_in_words,
            qualified=on_one_line(item.qualified.removeprefix(", ")),
            standing=item.standing,
            since=since_in_words(item.planned) if item.planned and item.standing != "to-come" else "",
            owed_by=self.names.parties.list(item.owed_by, as_hosts=item.owed_as_host),
            previous_dates=", and before that for ".join(map(planned_in_words, reversed(item.previous_dates))),
            citations=self.notes.cite(
                [evidence[claim] for claim in item.claims], place, place_name, ("planned", "due")
            ),
        )

    def _parties(self, state: Any) -> str:  # noqa: ANN401  any state
        """Return the parties that hold something on the day of the page, take part in it or host it; empty if none."""
        if isinstance(state, Role):
            return self._holders(self.page_input.holders[state.subject])
        for name in _PARTY_FIELDS:
            value = getattr(state, name, None)
            codes = (value,) if isinstance(value, str) else value if isinstance(value, tuple) else ()
            if name == "by" and hasattr(state, "parties") and split_subject(state.subject)[0] not in _BY_ACTORS:
                continue
            if codes and name in self.names.parties.fields:
                return self.names.parties.list(codes, as_hosts=name in ("host", "co_hosts"))
        return ""

    def _holders(self, answer: Holders) -> str:
        """Return who holds a role, surely or maybe; that nobody does, or that it is not known."""
        if answer.is_vacant:
            return "nobody"
        known = [*map(self._holding, answer.surely), *(f"maybe {self._holding(item)}" for item in answer.possible)]
        return "; ".join(known) or "not known"

    def _holding(self, holding: Holding) -> str:
        party = self.names.parties.name(holding.holder) if holding.holder else None
        tenure = None if holding.tenure == "full" else holding.tenure
        return on_one_line(", ".join(filter(None, (holding.person, party, tenure, "expected" * holding.is_expected))))

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
        key = ", ".join(
            value_in_words(value, self.names.parties, name)
            for name, value in zip(fields.keyed, key_values, strict=True)
            if value not in (None, ())
        )
        event_text = name_in_words(event.name) + (f" ({on_one_line(key)})" if key else "")
        if len({type(item.event) for item in dispute.denied}) > 1:
            event_text = "all that is reported"
        what = f"{event_text}: {' and '.join(map(event_field_in_words, dispute.names))}"
        values = " or ".join(shorten("".join(piece.text for piece in side.pieces), _MAX_SIDE) for side in sides)
        return DisputeEntry(self.names.link(dispute.subject), dispute.subject, what, values, sides, RULES[dispute.rule])

    def finding_entry(self, finding: Finding) -> FindingEntry:
        evidence = self._evidence_of(finding.subject)
        cited = [evidence[claim] for claim in finding.claims if claim in evidence]
        return FindingEntry(
            self.names.link(finding.subject),
            finding.subject,
            on_one_line(finding.sentence.removeprefix(finding.subject).strip(" :")),
            self.notes.cite(cited, "findings", "To look at"),
        )

    def finding_sections(self) -> Iterator[FindingSection]:
        """Yield the harmless findings by what they say."""
        by_sentence: dict[str, list[FindingEntry]] = defaultdict(list)
        for finding in self.page_input.findings:
            if finding.grade == "note":
                entry = self.finding_entry(finding)
                by_sentence[entry.sentence].append(entry)
        yield from (FindingSection(sentence, tuple(entries)) for sentence, entries in by_sentence.items())

    # ---- states ----

    def kind_sections(self) -> Iterator[KindSection]:
        """Yield the subjects by kind; a kind with several projections has the name of the first."""
        kinds = dict.fromkeys(projection.kind for projection, _ in self.page_input.folds)
        for kind in kinds:
            folds = [(projection, fold) for projection, fold in self.page_input.folds if projection.kind == kind]
            # Footnotes are numbered in the order of the rows, the newest first.
            subjects = sorted({subject for _, fold in folds for subject in fold})
            subjects.sort(
                key=lambda subject: _day([fold[subject].state for _, fold in folds if subject in fold]), reverse=True
            )
            if subjects:
                name = name_in_words(folds[0][0].name).capitalize()
                cards = [self.card(subject, [pair for pair in folds if subject in pair[1]]) for subject in subjects]
                shared = Counter((card.title, card.when) for card in cards)
                cards = [
                    evolve(card, heading=card.name) if shared[card.title, card.when] > 1 else card for card in cards
                ]
                yield KindSection(str(kind), name, tuple(cards))

    def card(self, subject: str, folds: Sequence[_Fold]) -> Card:
        states = [fold[subject].state for _, fold in folds]
        reasons = self._reasons(subject, folds)
        names = [reason for reason in reasons if reason.label in ("title", "text")]
        only_name = names[0] if len(names) == 1 else None
        title, status, title_citations, lines = (
            self.names.title(subject),
            None,
            tuple[Citation, ...](),
            list[CardLine](),
        )
        # What most have in common is cited first, then an only name, then the status: they stand in the heading.
        common_key, common = self._common(reasons, subject)
        for reason in sorted(reasons, key=lambda item: 0 if item is only_name else 1 if item.label == "status" else 2):
            citations = () if self._key(reason) == common_key else self._cite(reason.because, subject, reason)
            text = CitedText(self.names.pieces(reason.value, reason.field, reason.kinds), citations)
            if reason.label == "status":
                status = CitedText((Piece(name_in_words(reason.value)),), citations)
            elif reason is only_name and text.pieces[0].text == title:
                title_citations = citations
            else:
                rule = RULES[reason.rule] if reason.rule else ""
                against = tuple(self._against(reason, subject))
                lines.append(CardLine(reason.label, text, against, rule, reason.is_disputed_above))
        lines += self._doubts(subject)
        is_denied = any(dispute.doubt and dispute.subject == subject for dispute in self.page_input.disputes)
        differ = is_denied or any(state.disputed for state in states) or any(line.against for line in lines)
        return Card(
            subject=subject,
            title=title,
            name=self.names.link(subject).text,
            heading=title,
            common=common,
            title_citations=title_citations,
            status=status,
            labels=(*sorted(self.overdue.get(subject, ())), *(["sources differ"] if differ else [])),
            lines=tuple(lines),
            when=next(filter(None, map(date_in_words, states)), ""),
            day=_day(states),
            parties=next(filter(None, map(self._parties, states)), ""),
            rows="" if status else ", ".join(row for state in states for row in row_counts(state)),
        )

    def _reasons(self, subject: str, folds: Sequence[_Fold]) -> list[ValueReason]:
        """Return the values of all states of a subject, each once: projections of a kind share fields."""
        reasons: dict[tuple[str, str], ValueReason] = {}
        for projection, fold in folds:
            for reason in value_reasons(projection, subject, fold[subject], self.page_input.policy):
                reasons.setdefault((reason.label, repr(reason.value)), reason)
        return [*reasons.values()]

    def _key(self, reason: ValueReason) -> frozenset[object]:
        return self.notes.key(reason.because, reason.event_fields)

    def _common(self, reasons: Sequence[ValueReason], subject: str) -> tuple[frozenset[object], tuple[Citation, ...]]:
        """Return the key and the citations of the sources that most values have."""
        keys = Counter(map(self._key, reasons))
        common_key = keys.most_common(1)[0][0] if keys else frozenset[object]()
        cited = (self._cite(item.because, subject, item) for item in reasons if self._key(item) == common_key)
        return common_key, next(filter(None, cited), ())

    def _doubts(self, subject: str) -> Iterator[CardLine]:
        """Yield a line for each doubt about a subject that stands."""
        for doubt in self.page_input.doubts:
            if doubt.doubt.concerns == subject:
                citations = self.notes.cite(doubt.evidence, subject, self.names.link(subject).text, ("text",))
                yield CardLine(doubt.label, CitedText((Piece(on_one_line(doubt.words)),), citations), (), "")

    def _against(self, reason: ValueReason, subject: str) -> Iterator[CitedText]:
        for label, value, evidence in reason.against:
            pieces = self.names.pieces(value, reason.field, reason.kinds)
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
                if isinstance(value, bool):
                    yield CitedText((Piece(flag_in_words(name, value)),), ())
                    continue
                pieces = self.names.pieces(value, name, [refers[name]] if name in refers else ())
                if pieces[0].text != title:
                    yield CitedText(pieces, (), name_in_words(name))


def _day(states: Iterable[Any]) -> str:
    """Return the day by which a subject is sorted; empty if it has no date."""
    when = next(filter(None, map(main_date, states)), None)
    day = (when.earliest or when.latest) if when else None
    return day.isoformat() if day else ""
