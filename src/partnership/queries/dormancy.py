"""What fell silent: dialogues, networks and series that were at work and of which nothing more was heard."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from attrs import frozen

from partnership.model.occurrence import Occurrence
from partnership.model.value_text import value_in_words
from partnership.subjects.dialogues import Dialogue
from partnership.subjects.meetings import MeetingEvent
from partnership.subjects.networks import Network
from partnership.subjects.series import Series
from partnership.values.amounts import duration
from partnership.values.display import Displayable

__all__ = ["Body", "Dormant", "dormant"]

Body = Dialogue | Network | Series
"""What meets, and may fall silent."""


@frozen(repr=False)
class Dormant(Displayable):
    """A body that was at work, and of which nothing has been heard for long.

    Attributes:
        subject: what, ``kind:slug``.
        title: its name, where it has one.
        last_heard: the last day on which something may have happened in it or was said of its plans.
        claims: ids of the claims that tell of that.
    """

    subject: str
    title: str | None
    last_heard: date
    claims: tuple[str, ...]

    def _text(self) -> str:
        name = f" ({value_in_words(self.title)})" if self.title else ""
        return f"{self.subject}{name}: nothing heard since {self.last_heard}"


def dormant(bodies: Iterable[Body], occurrences: Iterable[Occurrence], today: date, months: int) -> tuple[Dormant, ...]:
    """Return the bodies that were at work and have been silent for that long, the longest silent first.

    A meeting held or planned is heard of its body. A later report of what had happened long before is no sign of life.
    One that is suspended or discontinued is not dormant: somebody said so.

    Derived, and no event: that nobody says anything proves nothing.

    Source: ``domain.md`` 2.2, ``DialogueDormant`` (derived); 0, finding 4.

    Raises:
        InvalidValue: that is no number of months.
    """
    heard: dict[str, Occurrence] = {}
    for one in sorted(occurrences, key=lambda one: (one.latest, *one.key_across_views)):
        heard[one.subject] = one
        if isinstance(one.event, MeetingEvent) and one.event.body:
            heard[one.event.body] = one
    before = _months_before(today, duration(months, "months"))
    silent = [one for one in bodies if _was_at_work(one) and heard[one.subject].latest < before]
    found = [Dormant(one.subject, one.title, heard[one.subject].latest, heard[one.subject].claims) for one in silent]
    return tuple(sorted(found, key=lambda one: (one.last_heard, one.subject)))


def _was_at_work(body: Body) -> bool:
    if isinstance(body, Series):
        return body.status != "discontinued" and bool(body.editions or body.status)
    if isinstance(body, Network):
        return bool(body.meetings or body.status)
    return body.status == "launched"


def _months_before(day: date, months: int) -> date:
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])) if year > 0 else date.min
