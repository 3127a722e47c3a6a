"""What a page shows: overdue, to come, disputes, the present state by subject, a timeline, footnotes. No markup here.

Source: ``domain.md`` 2.10 and the desks that asked for it: "what is overdue, and who said it would happen?" must be
answered by the page alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from attrs import field, frozen

from partnership.engine.fold import Folded
from partnership.engine.resolution import RULES, Policy, Rule
from partnership.model.event import fields_of
from partnership.model.occurrence import Evidence, Occurrence
from partnership.model.projection import Projection
from partnership.model.value_text import name_in_words, value_in_words
from partnership.queries.calendar import PlannedItem
from partnership.queries.disputes import Dispute
from partnership.render.footnotes import Cite, Note, Notes, on_one_line
from partnership.render.page_text import Names, Piece, names_of
from partnership.render.reasons import Ground, field_in_words, grounds
from partnership.values.date_words import in_words
from partnership.values.when import When

__all__ = ["Answers", "Card", "Choice", "Day", "Due", "Family", "Line", "Page", "Quarrel", "Said", "Year", "page_of"]


@frozen(eq=False)
class Answers:
    """The answers of a view of which a page is made.

    Attributes:
        title: the heading of the page.
        today: the day that *overdue* is measured against.
        kept: what the page says of entries that stay at the desk; empty where none does.
    """

    title: str
    today: date
    kept: str
    policy: Policy
    folds: Sequence[tuple[Projection[Any], Mapping[str, Folded[Any]]]]
    timeline: Sequence[Occurrence]
    possible: Sequence[Occurrence]
    overdue: Sequence[PlannedItem]
    upcoming: Sequence[PlannedItem]
    disputes: Sequence[Dispute]


@frozen
class Said:
    """Words with the documents that say them, and before them, where needed, of what they speak."""

    pieces: tuple[Piece, ...]
    cites: tuple[Cite, ...]
    of: str = ""


@frozen
class Line:
    """A value of a state under its name, with what lost and the rule that decided."""

    name: str
    said: Said
    against: tuple[Said, ...]
    rule: str


@frozen
class Card:
    """The present state of a subject.

    Attributes:
        subject: ``kind:slug``; also the name of the place on the page.
        title: its name.
        name: the same, with the slug where others have it too.
        named: who calls it so, where a list of names would only say it again.
        status: where it stands; None where its kind has no status.
        marks: by which it can be found besides: "overdue", "sources differ".
        lines: its values.
    """

    subject: str
    title: str
    name: str
    named: tuple[Cite, ...]
    status: Said | None
    marks: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def fields(self) -> tuple[tuple[str, tuple[Line, ...]], ...]:
        """The values, those of one name together."""
        return tuple((name, tuple(each)) for name, each in groupby(self.lines, lambda one: one.name))


@frozen
class Family:
    """The subjects of one kind."""

    kind: str
    name: str
    cards: tuple[Card, ...]

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.cards)


@frozen
class Due:
    """Something that is expected: what, when, how many days late, planned for what before, and who said so."""

    link: Piece
    subject: str
    planned: str
    late: int
    previous_dates: str
    cites: tuple[Cite, ...]


@frozen
class Quarrel:
    """A value on which sources differ: the sides, the believed one first, and why it is believed."""

    link: Piece
    subject: str
    what: str
    sides: tuple[Said, ...]
    rule: str


@frozen
class Day:
    """A occurrence in the timeline."""

    link: Piece
    subject: str
    when: str
    event: str
    details: tuple[Said, ...]
    cites: tuple[Cite, ...]
    is_disputed: bool


@frozen
class Year:
    """A year of the timeline, under its heading."""

    name: str
    days: tuple[Day, ...]

    @property
    def size(self) -> int:
        """How many occurrences it has."""
        return len(self.days)


@frozen
class Choice:
    """A word by which the page is filtered, and how many subjects it leaves."""

    value: str
    words: str
    count: int


@frozen(eq=False)
class Page:
    """All that a page shows, worded and numbered; of `marks`, by subject, the words by which it is filtered."""

    title: str
    as_of: str
    kept: str
    overdue: tuple[Due, ...]
    upcoming: tuple[Due, ...]
    disputes: tuple[Quarrel, ...]
    families: tuple[Family, ...]
    years: tuple[Year, ...]
    notes: tuple[Note, ...]
    kinds: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    marks: Mapping[str, tuple[str, ...]]


def page_of(told: Answers) -> Page:
    """Return what a page shows of a view."""
    states: dict[str, list[Any]] = {}
    for _, fold in told.folds:
        for subject, folded in fold.items():
            states.setdefault(subject, []).append(folded.state)
    make = _Making(told, names_of(states), Notes(), {one.subject for one in told.overdue})
    overdue = tuple(make.due(one, is_late=True) for one in told.overdue)
    upcoming = tuple(make.due(one, is_late=False) for one in told.upcoming)
    disputes = tuple(map(make.quarrel, told.disputes))
    families = tuple(make.families())
    years = tuple(make.years())
    cards = [card for each in families for card in each.cards]
    marks = {one.subject: (*_words(one.status), *one.marks) for one in cards}
    counted = Counter(mark for each in marks.values() for mark in each)
    return Page(
        title=told.title,
        as_of=in_words(When(told.today)),
        kept=told.kept,
        overdue=overdue,
        upcoming=upcoming,
        disputes=disputes,
        families=families,
        years=years,
        notes=make.notes.all(),
        kinds=tuple(Choice(one.kind, one.name, len(one.cards)) for one in families),
        statuses=tuple(Choice(_token(one), one, times) for one, times in sorted(counted.items())),
        marks={subject: tuple(map(_token, each)) for subject, each in marks.items()},
    )


def _words(status: Said | None) -> tuple[str, ...]:
    return tuple(one.text for one in status.pieces) if status else ()


def _token(words: str) -> str:
    return words.replace(" ", "-")


@frozen(eq=False)
class _Making:
    """A page while it is made: who is named how, and what was cited so far."""

    told: Answers
    names: Names
    notes: Notes
    late: set[str]
    claims: dict[str, Mapping[str, Evidence]] = field(factory=dict)  # that led to the states of a subject

    # ---- overdue, to come, disputes ----

    def due(self, one: PlannedItem, *, is_late: bool) -> Due:
        by_claim = self._by_claim(one.subject)
        place, words = ("overdue", "Overdue") if is_late else ("upcoming", "To come")
        told = [by_claim[claim] for claim in one.claims]
        return Due(
            link=self.names.link(one.subject),
            subject=one.subject,
            planned=in_words(one.planned),
            late=(self.told.today - (one.planned.latest or self.told.today)).days if is_late else 0,
            previous_dates=", and before that for ".join(map(in_words, reversed(one.previous_dates))),
            cites=self.notes.cite(told, place, words, ("planned", "due")),
        )

    def _by_claim(self, subject: str) -> Mapping[str, Evidence]:
        """Return the claims that led to the states of a subject."""
        if subject not in self.claims:
            led = (one for _, fold in self.told.folds if subject in fold for one in fold[subject].occurrences)
            self.claims[subject] = {each.claim: each for one in led for each in one.evidence}
        return self.claims[subject]

    def quarrel(self, one: Dispute) -> Quarrel:
        refers = dict(fields_of(type(one.occurrence.event)).refers)
        kinds = [refers[name] for name in one.names if name in refers]
        sides = tuple(
            Said(
                self.names.pieces(side.value, one.names[0], kinds),
                self.notes.cite(side.evidence, "disputes", "Where sources differ", one.names),
            )
            for side in one.sides
        )
        keyed = [getattr(one.occurrence.event, name) for name in fields_of(type(one.occurrence.event)).keyed]
        which = ", ".join(value_in_words(each) for each in keyed if each not in (None, ()))
        event = name_in_words(one.occurrence.event.name) + (f" ({on_one_line(which)})" if which else "")
        what = f"{event}: {' and '.join(map(field_in_words, one.names))}"
        return Quarrel(self.names.link(one.subject), one.subject, what, sides, RULES[one.rule])

    # ---- states ----

    def families(self) -> Iterator[Family]:
        """Yield the subjects kind by kind; where two projections are about one kind, under the name of the first."""
        kinds = dict.fromkeys(projection.kind for projection, _ in self.told.folds)
        for kind in kinds:
            folds = [(projection, fold) for projection, fold in self.told.folds if projection.kind == kind]
            subjects = sorted({subject for _, fold in folds for subject in fold})
            if subjects:
                name = name_in_words(folds[0][0].name).capitalize()
                cards = tuple(self.card(one, [each for each in folds if one in each[1]]) for one in subjects)
                yield Family(str(kind), name, cards)

    def card(self, subject: str, folds: Sequence[tuple[Projection[Any], Mapping[str, Folded[Any]]]]) -> Card:
        found: dict[tuple[str, str], Ground] = {}
        for projection, fold in folds:
            for one in grounds(projection, subject, fold[subject], self.told.policy):
                found.setdefault((one.field, repr(one.value)), one)
        title, status, named = self.names.title(subject), None, tuple[Cite, ...]()
        own = [one for one in found.values() if one.field in ("title", "text")]
        lines: list[Line] = []
        for one in sorted(found.values(), key=lambda one: 2 - (one.field == "status") - 2 * (own == [one])):
            said = Said(self.names.pieces(one.value, one.field, one.kinds), self._cited(one.because, subject, one))
            if one.field == "status":
                status = Said((Piece(name_in_words(one.value)),), said.cites)
            elif own == [one] and said.pieces[0].text == title:
                named = said.cites
            else:
                lines.append(Line(one.field, said, tuple(self._against(one, subject)), _rule(one.rule)))
        differ = any(fold[subject].state.disputed for _, fold in folds) or any(one.against for one in lines)
        marks = (*(["overdue"] if subject in self.late else []), *(["sources differ"] if differ else []))
        return Card(subject, title, self.names.link(subject).text, named, status, marks, tuple(lines))

    def _against(self, one: Ground, subject: str) -> Iterator[Said]:
        for of, value, told in one.against:
            yield Said(self.names.pieces(value, one.field, one.kinds), self._cited(told, subject, one), of)

    def _cited(self, told: Iterable[Evidence], subject: str, one: Ground) -> tuple[Cite, ...]:
        return self.notes.cite(told, subject, self.names.link(subject).text, one.names)

    # ---- the timeline ----

    def years(self) -> Iterator[Year]:
        """Yield what happened year by year, and at the end what may have happened."""
        for year, days in groupby(self.told.timeline, lambda one: (one.earliest or one.latest).year):
            yield Year(str(year), tuple(map(self.day, days)))
        if self.told.possible:
            yield Year("May have happened by then", tuple(map(self.day, self.told.possible)))

    def day(self, one: Occurrence) -> Day:
        event, about = one.event, fields_of(type(one.event))
        when = event.dated
        return Day(
            link=self.names.link(one.subject),
            subject=one.subject,
            when=in_words(when) if when else f"said on {in_words(When(one.said))}",
            event=name_in_words(event.name),
            details=tuple(self._details(one)),
            cites=self.notes.cite(one.evidence, "timeline", "Timeline", about.names),
            is_disputed=bool(one.disputed),
        )

    def _details(self, one: Occurrence) -> Iterator[Said]:
        """Yield what an event says besides its day and the name of its subject."""
        about = fields_of(type(one.event))
        refers, title = dict(about.refers), self.names.title(one.subject)
        for name in about.names:
            value = getattr(one.event, name)
            if name not in ("on", one.event.dated_by, "title") and value not in (None, ()):
                pieces = self.names.pieces(value, name, [refers[name]] if name in refers else ())
                if pieces[0].text != title:
                    yield Said(pieces, (), name_in_words(name))


def _rule(rule: Rule | None) -> str:
    return RULES[rule] if rule else ""
