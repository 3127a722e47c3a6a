"""Dormant bodies: dialogues, networks and series that were active and are not mentioned any more."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from attrs import frozen

from partnership.model.occurrence import Occurrence, publication_date
from partnership.model.value_text import value_in_words
from partnership.subjects.dialogues import Dialogue
from partnership.subjects.meetings import MeetingEvent
from partnership.subjects.networks import Network
from partnership.subjects.series import Series
from partnership.values.amounts import duration
from partnership.values.display import Displayable
from partnership.values.when import When

Body = Dialogue | Network | Series
"""A body that meets."""


@frozen(repr=False)
class Dormant(Displayable):
    """A body that was active and has no recent news.

    Attributes:
        subject: the body, ``kind:slug``.
        title: its title; None if it has none.
        last_heard: the last day on which something may have happened in it, or a plan for it was published.
        claims: ids of the claims of that day.
        last_date: that day, as vague as its source gives it.
    """

    subject: str
    title: str | None
    last_heard: date
    claims: tuple[str, ...]
    last_date: When

    def _text(self) -> str:
        title = f" ({value_in_words(self.title)})" if self.title else ""
        return f"{self.subject}{title}: nothing heard since {value_in_words(self.last_date)}"


def dormant_bodies(
    bodies: Iterable[Body], occurrences: Iterable[Occurrence], today: date, months: int
) -> tuple[Dormant, ...]:
    """Return the bodies that were active and have had no news for some months, the longest silent first.

    A meeting that was held or planned is news of its body; a recent report of what happened long ago is not. A body
    that is reported as suspended, merged or discontinued is not dormant.

    Being dormant is derived and never recorded as an event: the silence of sources proves nothing.

    Args:
        bodies: states of bodies.
        occurrences: all occurrences.
        today: the day to compare with.
        months: number of months without news.

    Raises:
        InvalidValue: that is not a number of months.
    """
    latest: dict[str, Occurrence] = {}
    for occurrence in sorted(occurrences, key=lambda item: (item.latest, *item.key_across_views)):
        latest[occurrence.subject] = occurrence
        if isinstance(occurrence.event, MeetingEvent) and occurrence.event.body:
            latest[occurrence.event.body] = occurrence
    limit = _months_before(today, duration(months, "months"))
    rows = [
        Dormant(body.subject, body.title, news.latest, news.claims, _last_date(news))
        for body in bodies
        if _was_active(body) and (news := latest[body.subject]).latest < limit
    ]
    return tuple(sorted(rows, key=lambda row: (row.last_heard, row.subject)))


def _last_date(occurrence: Occurrence) -> When:
    """Return the date of the last day of an occurrence: as its source gives it, unless that is a span or open."""
    dated = occurrence.event.dated
    if dated is None or dated.latest != occurrence.latest:
        return publication_date((item.source for item in occurrence.evidence), occurrence.latest)
    last = dated.members[-1]
    return When(occurrence.latest) if last.is_span or last.earliest is None else last


def _was_active(body: Body) -> bool:
    if isinstance(body, Series):
        return body.status not in ("discontinued", "merged") and bool(body.editions or body.status)
    if isinstance(body, Network):
        return bool(body.meetings or body.status)
    return body.status == "launched"


def _months_before(day: date, months: int) -> date:
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])) if year > 0 else date.min
