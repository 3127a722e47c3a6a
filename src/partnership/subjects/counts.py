"""Counts that a source states: sessions held, agreements signed, champions appointed; at least, at most or about.

A count of something that is recorded anyway stands on its own event: the participants of a meeting, the rounds of a
negotiation. This kind is for all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from attrs import field, frozen

from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL
from partnership.model.event import Event, Identity, Together
from partnership.model.findings import oddity
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Projection, copy_fields
from partnership.model.value_text import value_in_words
from partnership.values.amounts import Count, surely_below
from partnership.values.when import When

__all__ = ["CountReported"]


@frozen(kw_only=True)
class CountReported(Event):
    """A source states how many there are of something, or were within a period.

    Two counts as of one day, or within one period, are a dispute; those of different days are not, since the number
    may have changed. A count without a day and a period is that of something whose number does not change, such as the
    rounds of a negotiation that has ended; for "so far" give the day, if only a bound: ``as_of="../2021-04-02"``.

    Attributes:
        what: what is counted, in the source's words: "agreements signed at the forum".
        number: how many.
        total: of how many, if the source says so: "eight of the ten members".
        as_of: the day of the count.
        period: the period within which they are counted: "since 2017", "in the past decade".
        concerns: subjects that the count is about, ``kind:slug``.
        parties: the parties that the count is about.
        by: the parties that did what is counted.
        verb: the source's word for what was done: "held", "signed", "appointed".
        text: the count in the source's words.
    """

    name = "count-reported"
    kind = "count"
    rank = 10
    identity: ClassVar[Identity] = ("as_of", "period")
    together: ClassVar[Together] = (("number", "total"),)
    describes: ClassVar[tuple[str, ...]] = ("parties", "by")
    dated_by: ClassVar[str] = "as_of"

    what: str = field(converter=converters.needed_name, metadata=LABEL)
    number: Count = field(converter=converters.needed_count)
    total: Count | None = field(default=None, converter=converters.count)
    as_of: When | None = field(default=None, converter=converters.day)
    period: When | None = field(default=None, converter=converters.day)
    concerns: tuple[str, ...] = field(default=(), converter=references.subjects, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    verb: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen
class CountRow:
    """One count of something.

    Attributes:
        as_of: the day of the count, if a source says so.
        period: the period within which they are counted, if a source says so.
        number: how many.
        total: of how many, if a source says so.
        is_disputed: whether sources differ on the number or the total.
    """

    as_of: When | None
    period: When | None
    number: Count
    total: Count | None
    is_disputed: bool


@frozen
class ReportedCount:
    """How many there are of something, as sources count it.

    Attributes:
        subject: the count, ``count:slug``.
        what: what is counted, in the words of the latest report.
        number: how many, in the count of the latest day or period.
        total: of how many, in that count.
        as_of: the day of that count.
        period: the period of that count.
        counts: all counts, by day.
        disputed: names of the fields on which sources differ.

    All other fields are those of the event.
    """

    subject: str
    what: str | None = None
    number: Count | None = None
    total: Count | None = None
    as_of: When | None = None
    period: When | None = None
    counts: tuple[CountRow, ...] = ()
    concerns: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    verb: str | None = None
    text: str | None = None
    disputed: tuple[str, ...] = ()

    @property
    def title(self) -> str | None:
        """What is counted, after the latest number: "at least 11 sessions"."""
        return None if self.number is None else f"{value_in_words(self.number)} {self.what}"


def evolve(state: ReportedCount, occurrence: Occurrence) -> ReportedCount:
    """Return the count after one more occurrence."""
    event = occurrence.event
    if not isinstance(event, CountReported):
        return state
    state = copy_fields(state, occurrence, "what", "concerns", "parties", "by", "verb", "text")
    is_disputed = "number" in occurrence.disputed
    row = CountRow(event.as_of, event.period, event.number, event.total, is_disputed)
    rows = tuple(sorted((*state.counts, row), key=_by_day))
    latest = rows[-1]
    disputed = {*state.disputed} | ({"counts"} if is_disputed else set())
    disputed = disputed - {"number"} | ({"number"} if latest.is_disputed else set())
    return replace(
        state,
        number=latest.number,
        total=latest.total,
        as_of=latest.as_of,
        period=latest.period,
        counts=rows,
        disputed=tuple(sorted(disputed)),
    )


def _by_day(row: CountRow) -> tuple[bool, date, date, str]:
    """Return what sorts counts by the last day that they are about; one without any day is the final number."""
    day = row.as_of or row.period
    last = date.max if day is None or day.latest is None else day.latest
    first = date.min if row.period is None or row.period.earliest is None else row.period.earliest
    return (day is None, last, first, f"{row.as_of} {row.period}")


def rules(state: ReportedCount, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``count-over-total``: more are counted than there are."""
    for report in occurrences:
        event = report.event
        if isinstance(event, CountReported) and event.total and surely_below(event.total, event.number):
            sentence = f"has {event.number} counted of {event.total}"
            yield oddity("count-over-total", state.subject, sentence, report)


counts: Kind[ReportedCount] = Kind(
    "count",
    events=(CountReported,),
    projection=Projection("counts", ReportedCount, evolve, kind="count", rules=rules),
)
"""The kind of subject: count."""
