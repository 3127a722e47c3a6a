"""Counts that a source states: sessions held, agreements signed, champions appointed; at least, at most or about.

A count of something that is recorded anyway stands on its own event: the participants of a meeting, the rounds of a
negotiation. This kind is for all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL
from partnership.model.event import Event, Identity, Together
from partnership.model.findings import oddity
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.plan_words import Force
from partnership.model.projection import Projection, copy_fields
from partnership.model.state_rows import with_row
from partnership.values.amounts import Count, Percent, surely_below
from partnership.values.when import When

__all__ = ["CountReported"]


@frozen(kw_only=True)
class CountReported(Event):
    """A source states how many there are of something, were within a period, or are planned.

    Two counts as of one day, or within one period, are a dispute; those of different days are not, since the number
    may have changed. A count without a day and a period is that of something whose number does not change, such as the
    rounds of a negotiation that has ended; for "so far" give the day, if only a bound: ``as_of="../2021-04-02"``.

    With `planned` or `force` the number is planned and not reached: "600 events are planned for 2024". Such numbers
    stand apart, one for each date and strength.

    Attributes:
        what: what is counted, in the source's words: "agreements signed at the forum".
        number: the number that is counted.
        total: how many there are in all, if the source says so: 10 in "eight of the ten members".
        as_of: the day of the count.
        period: the period within which they are counted: "since 2017", "in the past decade".
        concerns: subjects that the count is about, ``kind:slug``.
        parties: the parties that the count is about.
        by: the parties that did what is counted.
        verb: the source's word for what was done: "held", "signed", "appointed".
        text: the count in the source's words.
        share: the share of all that are counted, if the source gives one: "more than half of the missions".
        planned: date by which the number is to be reached.
        timing: that date in the source's words: "in the coming months".
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "count-reported"
    kind = "count"
    rank = 10
    identity: ClassVar[Identity] = ("as_of", "period", "planned", "force")
    together: ClassVar[Together] = (("number", "total"),)
    describes: ClassVar[tuple[str, ...]] = ("parties", "by")
    dated_by: ClassVar[str] = "as_of"

    what: str = field(converter=converters.needed_name, metadata=LABEL)
    number: Count | None = field(default=None, converter=converters.count)
    total: Count | None = field(default=None, converter=converters.count)
    as_of: When | None = field(default=None, converter=converters.day)
    period: When | None = field(default=None, converter=converters.day)
    concerns: tuple[str, ...] = field(default=(), converter=references.subjects, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    verb: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    share: Percent | None = field(default=None, converter=converters.percent)
    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    force: Force | None = fields.choice(Force)

    def impossible(self) -> tuple[str, ...]:
        """Require a number or a share."""
        return () if self.number or self.share else ("number: neither a number nor a share is given",)

    @property
    def is_planned(self) -> bool:
        """Whether the number is planned, and not reached."""
        return self.planned is not None or self.force is not None


@frozen
class CountRow:
    """One count of something.

    Attributes:
        as_of: the day of the count, if a source says so.
        period: the period within which they are counted, if a source says so.
        number: the number that is counted.
        total: how many there are in all, if a source says so.
        is_disputed: whether sources differ on the number, the total or the share.
        share: the share of all, if a source gives one.
        planned: date by which it is to be reached, of a planned number.
        timing: that date in the source's words.
        force: how strongly the source puts the plan.
    """

    as_of: When | None
    period: When | None
    number: Count | None
    total: Count | None
    is_disputed: bool
    share: Percent | None = None
    planned: When | None = None
    timing: str | None = None
    force: Force | None = None


@frozen
class ReportedCount:
    """How many there are of something, as sources count it.

    Attributes:
        subject: the count, ``count:slug``.
        what: what is counted, in the words of the latest report.
        number: how many, in the count of the latest day or period; a planned number is none.
        total: how many there are in all, in that count.
        share: the share of all, in that count.
        as_of: the day of that count.
        period: the period of that count.
        counts: all counts of what is or was, by day.
        planned_counts: all planned numbers, by the day by which they are to be reached.
        disputed: names of the fields on which sources differ.
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
    share: Percent | None = None
    planned_counts: tuple[CountRow, ...] = ()

    @property
    def title(self) -> str | None:
        """What is counted, after the latest number or share: "at least 11 sessions"; or a number that is planned."""
        rows = self.counts[-1:] or self.planned_counts[-1:]
        if not rows:
            return None
        number = f"{rows[0].number}" if rows[0].number else f"{rows[0].share} of"
        return f"{number} {self.what}{'' if self.counts else ', planned'}"


def evolve(state: ReportedCount, occurrence: Occurrence) -> ReportedCount:
    """Return the count after one more occurrence."""
    event = occurrence.event
    if not isinstance(event, CountReported):
        return state
    state = copy_fields(state, occurrence, "what", "concerns", "parties", "by", "verb", "text")
    is_disputed = not {"number", "share"}.isdisjoint(occurrence.disputed)
    row = CountRow(
        *(event.as_of, event.period, event.number, event.total, is_disputed),
        *(event.share, event.planned, event.timing, event.force),
    )
    name = "planned_counts" if event.is_planned else "counts"
    rows = with_row(getattr(state, name), row, _by_day)
    disputed = {*state.disputed} | ({name} if is_disputed else set())
    if event.is_planned:
        return replace(state, planned_counts=rows, disputed=tuple(sorted(disputed)))
    latest = rows[-1]
    disputed = disputed - {"number"} | ({"number"} if latest.is_disputed else set())
    return replace(
        state,
        number=latest.number,
        total=latest.total,
        share=latest.share,
        as_of=latest.as_of,
        period=latest.period,
        counts=rows,
        disputed=tuple(sorted(disputed)),
    )


def _by_day(row: CountRow) -> tuple[bool, date, date, str]:
    """Return what sorts counts by the last day that they are about; one without any day is the final number."""
    day = row.planned or row.as_of or row.period
    last = date.max if day is None or day.latest is None else day.latest
    first = date.min if row.period is None or row.period.earliest is None else row.period.earliest
    return (day is None, last, first, f"{row.as_of} {row.period} {row.planned} {row.force}")


def rules(state: ReportedCount, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``count-over-total``: more are counted than there are."""
    for report in occurrences:
        event = report.event
        if (
            isinstance(event, CountReported)
            and event.number
            and event.total
            and surely_below(event.total, event.number)
        ):
            sentence = f"has {event.number} counted of {event.total}"
            yield oddity("count-over-total", state.subject, sentence, report)


counts: Kind[ReportedCount] = BuiltInKind(
    "count",
    events=(CountReported,),
    projection=Projection("counts", ReportedCount, evolve, kind="count", rules=rules),
)
"""The kind of subject: count."""
