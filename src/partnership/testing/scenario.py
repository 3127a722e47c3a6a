"""Given, when, then: a record from a list of sources and what they state.

*Given* what sources stated, *when* the record is queried, *then* assert on the answer::

    record = given(
        ("2020-11-16", "VNA", "news"), DialoguePreparationReported("ict-security"),
        ("2021-09-24", "TASS", "news"), DialogueLaunched("ict-security", on="2021-09-23"),
    )
    view = record.as_of("2021-02-01")
    assert view.dialogues["ict-security"].status == "preparing"
    assert record.dialogues["ict-security"].status == "launched"
    assert finding_slugs(record) == set()
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from partnership.model.event import Event
from partnership.model.kind import Kind
from partnership.record.record import Record, open  # noqa: A004  users write `partnership.open`
from partnership.record.remarked import Remarked
from partnership.record.view import View
from partnership.values.sources import Source, SourceKind

SourceLike = Source | tuple[str, str] | tuple[str, str, SourceKind]
"""A source, or its day of publication, its publisher and optionally its kind."""


def given(*story: SourceLike | Event | Remarked, today: str = "2026-11-23", kinds: Iterable[Kind[Any]] = ()) -> Record:
    """Return a record in memory of what some sources stated.

    Args:
        story: a source, ``("2021-09-24", "TASS", "news")`` or a `Source`, then the events that it states, then the next
            source. They are added in this order, which does not change any answer.
        today: the day that the record's clock shows.
        kinds: a user's own kinds of subject.

    Raises:
        TypeError: an event has no source before it.

    >>> from partnership.events import MeetingHeld, MeetingScheduled
    >>> record = given(
    ...     ("2020-11-16", "VNA", "news"), MeetingScheduled("urban-technologies", planned="2020-12"),
    ...     ("2021-02-03", "TASS", "news"), MeetingHeld("urban-technologies", on="2021-02-02"),
    ... )
    >>> record.meetings["urban-technologies"].held_on
    When('2021-02-02')
    >>> [str(item.planned) for item in record.as_of("2021-01-15").overdue()]
    ['2020-12']
    """
    now = datetime.combine(date.fromisoformat(today), datetime.min.time(), UTC)
    record = open(":memory:", clock=lambda: now, kinds=kinds)
    source: Source | None = None
    for item in story:
        if not isinstance(item, Event | Remarked):
            source = item if isinstance(item, Source) else _source(*item)
        elif source is None:
            about = item.event.about if isinstance(item, Remarked) else item.about
            raise TypeError(f"{about} has no source: write one before it, ('2021-09-24', 'TASS', 'news')")
        else:
            record.add(item, source=source)
    return record


def _source(published: str, publisher: str, kind: Any = None) -> Source:  # noqa: ANN401  `Source` checks it
    return Source(publisher, published=published, kind=kind)


def finding_slugs(view: View, subject: str | None = None) -> set[str]:
    """Return the slugs of a view's findings.

    Args:
        view: a record or a view of one.
        subject: only findings about this subject, ``kind:slug``.

    >>> from partnership.events import MeetingHeld
    >>> finding_slugs(given(("2020-06-18", "TASS"), MeetingHeld("special-fmm", on="2020-06-17")))
    {'held-unannounced'}
    """
    return {finding.slug for finding in view.findings() if subject in (None, finding.subject)}
