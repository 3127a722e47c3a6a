"""Arrange the marks of a timeline in rows: dates that came, are planned, moved, are overdue or in dispute.

Nothing is drawn here. A subject has a row; the meetings of a series, a dialogue or a network share the row of that
body.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from attrs import frozen

from partnership.model.event import fields_of
from partnership.model.occurrence import Occurrence
from partnership.queries.calendar import PlannedItem, previous_dates_of
from partnership.queries.disputes import Dispute
from partnership.values.text import split_subject
from partnership.values.when import When

Sort = Literal["happened", "planned", "moved", "overdue", "differs"]
"""What a date is: something happened; it is planned; it was planned, and the plan moved; it is planned, past, and has
no known outcome; a source gives it in place of the date that was chosen."""


@frozen
class Mark:
    """A date in a row.

    Attributes:
        sort: what the date is.
        when: the date.
        is_doubtful: whether it has an EDTF mark of doubt, or may not have come yet.
        is_disputed: whether sources differ on it, or on another fact of what happened then.
        then: of a plan that moved, the date that replaced it; of a date in dispute, the chosen one.
    """

    sort: Sort
    when: When
    is_doubtful: bool = False
    is_disputed: bool = False
    then: When | None = None


@frozen
class Row:
    """A row of a timeline.

    Attributes:
        subject: ``kind:slug``.
        title: of the subject; its slug if it has no title, or if another row has the same title.
        marks: its dates.
    """

    subject: str
    title: str
    marks: tuple[Mark, ...]

    @property
    def first(self) -> date:
        """The earliest day that any of its dates may be."""
        return min(_bounds(self.marks))

    @property
    def last(self) -> date:
        """The latest day that any of its dates may be."""
        return max(_bounds(self.marks))

    @property
    def is_notable(self) -> bool:
        """Whether it has more than undisputed dates on which something happened."""
        return any(mark.sort != "happened" or mark.is_disputed for mark in self.marks)


@frozen
class TimelineRows:
    """The rows of a timeline, by their first day.

    Attributes:
        rows: those to draw.
        left_out: the number of rows beyond the limit: first the oldest that are not notable.
        undated: the number of occurrences of these subjects without a date.
    """

    rows: tuple[Row, ...]
    left_out: int
    undated: int


def _bounds(marks: Iterable[Mark]) -> Iterator[date]:
    for mark in marks:
        yield from (day for day in (mark.when.earliest, mark.when.latest) if day)


@frozen
class TimelineInput:
    """The results of queries from which a timeline is made; the states by subject."""

    happened: Sequence[Occurrence]
    possible: Sequence[Occurrence]
    overdue: Sequence[PlannedItem]
    upcoming: Sequence[PlannedItem]
    disputes: Sequence[Dispute]
    states: Mapping[str, Sequence[Any]]


def timeline_rows(
    timeline_input: TimelineInput,
    of: Collection[str] = (),
    since: date | None = None,
    until: date | None = None,
    most: int = 40,
) -> TimelineRows:
    """Return the rows of a timeline, *most* at most, of some kinds, subjects and bodies, or of all if none is named."""
    states = timeline_input.states
    body_of = _body_lookup(states)
    marks: dict[str, list[Mark]] = defaultdict(list)
    undated = 0
    for subject, mark in _marks(timeline_input):
        is_wanted = not of or not {subject, split_subject(subject)[0], body_of(subject)}.isdisjoint(of)
        if is_wanted and mark is None:
            undated += 1
        elif is_wanted and mark is not None and _is_within(mark.when, since, until):
            marks[body_of(subject)].append(mark)
    members: dict[str, list[Any]] = defaultdict(list)
    for subject, group in states.items():
        members[body_of(subject)] += group
    titles = {subject: _title(subject, states.get(subject, ()), members[subject]) for subject in marks}
    bodies = {body_of(subject) for subject in states if body_of(subject) != subject}
    shared = {title for title, count in Counter(titles.values()).items() if count > 1}
    rows = [
        Row(
            subject,
            titles[subject] if titles[subject] not in shared or subject in bodies else split_subject(subject)[1],
            tuple(row_marks),
        )
        for subject, row_marks in marks.items()
    ]
    rows.sort(key=lambda row: (row.is_notable, row.last), reverse=True)
    shown = sorted(rows[:most], key=lambda row: (row.first, row.subject))
    return TimelineRows(tuple(shown), len(rows) - len(shown), undated)


def _is_within(when: When, since: date | None, until: date | None) -> bool:
    begins, ends = when.earliest or date.min, when.latest or date.max
    return (since or date.min) <= ends and begins <= (until or date.max)


def _body_lookup(states: Mapping[str, Sequence[Any]]) -> Callable[[str], str]:
    """Return a function from a subject to the subject of its row: of a meeting, its body if it has one."""

    def body_of(subject: str) -> str:
        if split_subject(subject)[0] != "meeting":
            return subject
        return next((state.body for state in states.get(subject, ()) if getattr(state, "body", None)), subject)

    return body_of


def _title(subject: str, states: Sequence[Any], members: Sequence[Any]) -> str:
    """Return the title of a row: that of its subject or of the last meeting of the body, else its text or its slug."""
    titles = [getattr(state, "title", None) for state in states]
    texts = [getattr(state, "text", None) for state in states]
    of_meetings = [getattr(state, "title", None) for state in members]
    candidates = (*titles, *reversed(of_meetings), *reversed(texts))
    return next((title for title in candidates if title), split_subject(subject)[1])


def _marks(timeline_input: TimelineInput) -> Iterator[tuple[str, Mark | None]]:
    """Yield each mark with its subject; None in place of the mark of an occurrence without a date."""
    disputes = timeline_input.disputes
    disputed = {id(dispute.occurrence) for dispute in disputes}
    for is_possible, occurrences in ((False, timeline_input.happened), (True, timeline_input.possible)):
        for occurrence in occurrences:
            is_disputed = id(occurrence) in disputed
            yield from _occurrence_marks(occurrence, is_possible=is_possible, is_disputed=is_disputed)
    disputed_plans = {(dispute.subject, getattr(dispute.occurrence.event, "planned", None)) for dispute in disputes}
    plans: tuple[tuple[Sort, Sequence[PlannedItem]], ...] = (
        ("overdue", timeline_input.overdue),
        ("planned", timeline_input.upcoming),
    )
    for sort, items in plans:
        for item in items:
            assert item.planned is not None  # what has no date has no mark
            is_disputed = (item.subject, item.planned) in disputed_plans
            yield item.subject, Mark(sort, item.planned, item.planned.is_doubtful, is_disputed)
    for subject, states in timeline_input.states.items():
        for state in states:
            yield from ((subject, mark) for mark in _moved_marks(state))
    for dispute in disputes:
        yield from ((dispute.subject, mark) for mark in _dispute_marks(dispute))


def _occurrence_marks(
    occurrence: Occurrence, *, is_possible: bool, is_disputed: bool
) -> Iterator[tuple[str, Mark | None]]:
    """Yield the dates of an occurrence; announcements and figures "as of" a date have none."""
    event = occurrence.event
    if fields_of(type(event)).is_per_publication or event.dated_by != "on":
        return
    if event.on is None:
        yield occurrence.subject, None
        return
    for day in event.on.members:
        yield occurrence.subject, Mark("happened", day, day.is_doubtful or is_possible, is_disputed)


def _moved_marks(state: Any) -> Iterator[Mark]:  # noqa: ANN401  a state of any kind
    """Yield the previous dates of each planned act, each with the date that replaced it."""
    expected = getattr(state, "expected", ())
    current = {(plan.act, plan.by, plan.detail, previous_dates_of(state, plan)): plan.planned for plan in expected}
    if not current:
        current[None, (), None, getattr(state, "previous_dates", ())] = None
    for (*_, dates), planned in current.items():
        for day, then in zip(dates, (*dates[1:], planned), strict=False):
            yield Mark("moved", day, day.is_doubtful, then=then)


def _dispute_marks(dispute: Dispute) -> Iterator[Mark]:
    """Yield the dates that were not chosen, where sources differ on a date."""
    chosen, *others = [side.value for side in dispute.sides]
    if isinstance(chosen, When):
        for day in others:
            if isinstance(day, When):  # a denial names none
                yield Mark("differs", day, day.is_doubtful, then=chosen)
