"""What a timeline shows: lanes of days that came, are planned, moved, are overdue, or on which sources differ.

Nothing here draws. A lane is a subject; meetings of one series, dialogue or network share the lane of that body.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Literal

from attrs import frozen

from partnership.model.event import fields_of
from partnership.model.occurrence import Occurrence
from partnership.queries.calendar import PlannedItem
from partnership.queries.disputes import Dispute
from partnership.values.text import split_subject
from partnership.values.when import When

__all__ = ["Lane", "Lanes", "Mark", "Sort", "Told", "lanes"]

Sort = Literal["happened", "planned", "moved", "overdue", "differs"]
"""What a day is: it came; it is to come; it was planned and no longer stands; it should have come and nobody says that
it did; a source has it in place of the one that is believed."""


@frozen
class Mark:
    """A day in a lane, as vague as it was said.

    Attributes:
        sort: what the day is.
        when: the day.
        is_doubtful: it carries a mark of doubt, or may not have come yet.
        is_disputed: sources differ on it, or on something else about what happened then.
        then: of a slip, the day to which it moved; of a day of which a source differs, the one that is believed.
    """

    sort: Sort
    when: When
    is_doubtful: bool = False
    is_disputed: bool = False
    then: When | None = None


@frozen
class Lane:
    """One row of a timeline.

    Attributes:
        subject: what it is about, ``kind:slug``.
        title: its name; its slug where nobody named it, and beside the name where another row has the same.
        marks: its days.
    """

    subject: str
    title: str
    marks: tuple[Mark, ...]

    @property
    def first(self) -> date:
        """The first day of it."""
        return min(_edges(self.marks))

    @property
    def last(self) -> date:
        """The last day of it."""
        return max(_edges(self.marks))

    @property
    def is_notable(self) -> bool:
        """Whether something in it did not go as it was said."""
        return any(one.sort != "happened" or one.is_disputed for one in self.marks)


@frozen
class Lanes:
    """The rows of a timeline, in the order of their first days.

    Attributes:
        rows: what is drawn.
        left_out: rows that there was no room for: of those in which all went as it was said, the oldest.
        undated: occurrences of these subjects whose day nobody told.
    """

    rows: tuple[Lane, ...]
    left_out: int
    undated: int


def _edges(marks: Iterable[Mark]) -> Iterator[date]:
    for one in marks:
        yield from (day for day in (one.when.earliest, one.when.latest) if day)


@frozen
class Told:
    """The answers of a view of which a timeline is made."""

    happened: Sequence[Occurrence]
    possible: Sequence[Occurrence]
    overdue: Sequence[PlannedItem]
    upcoming: Sequence[PlannedItem]
    disputes: Sequence[Dispute]
    states: Mapping[str, Sequence[Any]]


def lanes(
    told: Told, of: Collection[str] = (), since: date | None = None, until: date | None = None, most: int = 40
) -> Lanes:
    """Return the rows of a timeline.

    Args:
        told: the answers of a view.
        of: only subjects of these kinds, these subjects, and the meetings of these bodies; all unless given.
        since: only what may have been on this day or later.
        until: only what may have been by this day.
        most: rows, at the most.
    """
    body = _body_of(told.states)
    found: dict[str, list[Mark]] = defaultdict(list)
    undated = 0
    for subject, mark in _marks(told):
        is_wanted = not of or not {subject, split_subject(subject)[0], body(subject)}.isdisjoint(of)
        if is_wanted and mark is None:
            undated += 1
        elif is_wanted and mark is not None and _is_within(mark.when, since, until):
            found[body(subject)].append(mark)
    titles = {key: _title(key, told.states, body) for key in found}
    bodies = {body(one) for one in told.states if body(one) != one}
    shared = {one for one, times in Counter(titles.values()).items() if times > 1}
    rows = [
        Lane(key, titles[key] if titles[key] not in shared or key in bodies else split_subject(key)[1], tuple(marks))
        for key, marks in found.items()
    ]
    rows.sort(key=lambda one: (one.is_notable, one.last), reverse=True)
    kept = sorted(rows[:most], key=lambda one: (one.first, one.subject))
    return Lanes(tuple(kept), len(rows) - len(kept), undated)


def _is_within(when: When, since: date | None, until: date | None) -> bool:
    begins, ends = when.earliest or date.min, when.latest or date.max
    return (since or date.min) <= ends and begins <= (until or date.max)


def _body_of(states: Mapping[str, Sequence[Any]]) -> Callable[[str], str]:
    """Return a function that tells in whose lane a subject stands: a meeting in that of its body."""

    def body(subject: str) -> str:
        if split_subject(subject)[0] != "meeting":
            return subject
        return next((one.body for one in states.get(subject, ()) if getattr(one, "body", None)), subject)

    return body


def _title(key: str, states: Mapping[str, Sequence[Any]], body: Callable[[str], str]) -> str:
    """Return a subject's name, or that of the last meeting of the body, or its wording, or its slug."""
    own = [getattr(one, "title", None) for one in states.get(key, ())]
    of_meetings = [getattr(one, "title", None) for name, each in states.items() if body(name) == key for one in each]
    of_meetings[:0] = [getattr(one, "text", None) for one in states.get(key, ())]
    return next((one for one in (*own, *reversed(of_meetings)) if one), split_subject(key)[1])


def _marks(told: Told) -> Iterator[tuple[str, Mark | None]]:
    """Yield by subject what is to be drawn; nothing of a occurrence that nobody dated."""
    differing = {id(one.occurrence) for one in told.disputes}
    for is_maybe, occurrences in ((False, told.happened), (True, told.possible)):
        for one in occurrences:
            yield from _came(one, is_maybe=is_maybe, is_disputed=id(one) in differing)
    contested = {(one.subject, getattr(one.occurrence.event, "planned", None)) for one in told.disputes}
    plans: tuple[tuple[Sort, Sequence[PlannedItem]], ...] = (("overdue", told.overdue), ("planned", told.upcoming))
    for sort, expected in plans:
        for plan in expected:
            is_disputed = (plan.subject, plan.planned) in contested
            yield plan.subject, Mark(sort, plan.planned, plan.planned.is_doubtful, is_disputed)
    for key, states in told.states.items():
        for state in states:
            yield from ((key, mark) for mark in _slipped(state))
    for dispute in told.disputes:
        yield from ((dispute.subject, mark) for mark in _differing(dispute))


def _came(one: Occurrence, *, is_maybe: bool, is_disputed: bool) -> Iterator[tuple[str, Mark | None]]:
    """Yield the days of a occurrence; what was only said, and the figures of a day, are none."""
    event = one.event
    if fields_of(type(event)).is_per_publication or event.dated_by != "on":
        return
    if event.on is None:
        yield one.subject, None
        return
    for day in event.on.members:
        yield one.subject, Mark("happened", day, day.is_doubtful or is_maybe, is_disputed)


def _slipped(state: Any) -> Iterator[Mark]:  # noqa: ANN401  a state of any family
    """Yield the days that no longer stand, each with the one that was named in its place."""
    previous_dates = getattr(state, "previous_dates", ())
    now = [one.planned for one in getattr(state, "expected", ())]
    for one, then in zip(previous_dates, (*previous_dates[1:], now[-1] if now else None), strict=False):
        yield Mark("moved", one, one.is_doubtful, then=then)


def _differing(dispute: Dispute) -> Iterator[Mark]:
    """Yield the days that lost, where sources differ on a day."""
    believed, *others = [one.value for one in dispute.sides]
    if isinstance(believed, When):
        for one in others:
            yield Mark("differs", one, one.is_doubtful, then=believed)
