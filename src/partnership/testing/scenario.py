"""Given, when, then: a record told in the order in which it was published or in any other.

*Given* what was told, *when* the record is asked, *then* its answer is an ordinary value to compare::

    record = told(
        ("2020-11-16", "VNA", "news"), DialoguePreparationReported("ict-security"),
        ("2021-09-24", "TASS", "news"), DialogueLaunched("ict-security", on="2021-09-23"),
    )
    assert record.as_of("2021-02-01").dialogues["ict-security"].status == "preparing"
    assert record.dialogues["ict-security"].status == "launched"
    assert found(record) == set()
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from partnership.model.event import Event
from partnership.model.kind import Kind
from partnership.record.record import Record, open  # noqa: A004  `open` of a record, as users know it
from partnership.record.view import View
from partnership.values.sources import Source
from partnership.values.sources import SourceKind as Nature

__all__ = ["found", "told"]

Telling = Source | tuple[str, str] | tuple[str, str, Nature]
"""Who tells: a source, or in short its day, its publisher, and perhaps its nature."""


def told(*story: Telling | Event, today: str = "2026-11-23", kinds: Iterable[Kind[Any]] = ()) -> Record:
    """Return a record in memory to which a story was told: each source, and behind it what it says.

    Args:
        story: ``("2021-09-24", "TASS", "news")`` or a `Source`, then the events that it tells of, then the next one.
            The order is that of order_independence and changes no answer.
        today: the day that the record's clock shows.
        kinds: a user's own kinds of subject.

    Raises:
        TypeError: an event stands before the first source.

    >>> from partnership.events import MeetingHeld, MeetingScheduled
    >>> record = told(
    ...     ("2020-11-16", "VNA", "news"), MeetingScheduled("urban-technologies", planned="2020-12"),
    ...     ("2021-02-03", "TASS", "news"), MeetingHeld("urban-technologies", on="2021-02-02"),
    ... )
    >>> record.meetings["urban-technologies"].held_on
    When('2021-02-02')
    >>> [str(one.planned) for one in record.as_of("2021-01-15").overdue()]
    ['2020-12']
    """
    clock = datetime.combine(date.fromisoformat(today), datetime.min.time(), UTC)
    record = open(":memory:", clock=lambda: clock, kinds=kinds)
    source: Source | None = None
    for one in story:
        if not isinstance(one, Event):
            source = one if isinstance(one, Source) else _source(*one)
        elif source is None:
            raise TypeError(f"nobody tells of {one.about}: a source comes first, ('2021-09-24', 'TASS', 'news')")
        else:
            record.add(one, source=source)
    return record


def _source(published: str, publisher: str, kind: Any = None) -> Source:  # noqa: ANN401  `Source` checks it
    return Source(publisher, published=published, kind=kind)


def found(view: View, subject: str | None = None) -> set[str]:
    """Return the slugs of what a view finds odd.

    Args:
        view: the view, or a record.
        subject: only of this one, ``kind:slug``.

    >>> from partnership.events import MeetingHeld
    >>> found(told(("2020-06-18", "TASS"), MeetingHeld("special-fmm", on="2020-06-17")))
    {'held-unannounced'}
    """
    return {one.slug for one in view.findings() if subject in (None, one.subject)}
