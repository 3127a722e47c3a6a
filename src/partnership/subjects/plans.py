"""Plans of action: their size, progress, reviews and successors.

The text of a plan is a document; the lines of a plan are subjects of their own (module ``lines``). The names of pillars
are the plan's own: every plan has others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL
from partnership.model.event import PER_PUBLICATION, Event, Identity, Together
from partnership.model.findings import named
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.parts import impossible_parts
from partnership.model.progress import Progress, odd_counts, with_count
from partnership.model.projection import Projection, copy_fields
from partnership.subjects.assessments import Verdict, assessed, odd_verdicts, with_verdict
from partnership.subjects.lines import LineEvent
from partnership.values.amounts import Count, Duration, Percent
from partnership.values.when import When

__all__ = ["PlanProgressReported", "PlanReviewed", "PlanSized", "PlanSucceeded"]


@frozen(kw_only=True)
class PlanEvent(Event):
    """Base class of the events of a plan: fields that any report may have.

    Attributes:
        title: the name that the source uses.
        document: slug of the document with its text.
        parties: the parties to the plan.
        period: its first and last day.
        duration: how long it runs, if the source gives no first day: ``'P5Y'`` for five years.
        part_of: the whole of which this is a part: the slug of another plan, or ``kind:slug`` of a document, project or
            commitment.
        continues: slug of the earlier plan that this one carries on.
    """

    kind = "plan"
    describes: ClassVar[tuple[str, ...]] = ("document", "parties", "period", "duration", "part_of", "continues")

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    document: str | None = fields.ref("document")
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    period: When | None = field(default=None, converter=converters.day)
    duration: Duration | None = field(default=None, converter=converters.duration)
    part_of: str | None = fields.ref("plan", "commitment", "project", "document")
    continues: str | None = fields.ref("plan")

    def impossible(self) -> tuple[str, ...]:
        """Refuse a plan that is a part of itself, or continues itself."""
        return impossible_parts(self)


@frozen(kw_only=True)
class PlanSized(PlanEvent):
    """A source states the size of a plan.

    Attributes:
        total: how many units there are in all.
        unit: the unit of the total, in the source's words: "activities", "lines of action".
        pillars: headings of the plan, as it names them.
    """

    name = "plan-sized"
    rank = 10
    identity: ClassVar[Identity] = PER_PUBLICATION
    describes: ClassVar[tuple[str, ...]] = (*PlanEvent.describes, "total")

    total: Count | None = field(default=None, converter=converters.count)
    unit: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    pillars: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)


@frozen(kw_only=True)
class PlanProgressReported(PlanEvent):
    """Progress of a plan is reported as of a day.

    Attributes:
        as_of: the day of the count; if unknown, the day of publication as an upper bound (``../2021-04-02``).
        done: how many units are done. More than `total` is accepted, since sources print it, and is a finding.
        total: how many units there are in all.
        share: the share that is done, if the source gives a percentage.
        verb: the source's word for done: "launched", "carried out" and "achieved" mean different things.
    """

    name = "plan-progress-reported"
    rank = 20
    identity: ClassVar[Identity] = ("as_of",)
    together: ClassVar[Together] = (("done", "total"),)
    dated_by = "as_of"

    as_of: When = field(converter=converters.needed_day)
    done: Count | None = field(default=None, converter=converters.count)
    total: Count | None = field(default=None, converter=converters.count)
    share: Percent | None = field(default=None, converter=converters.percent)
    verb: str | None = field(default=None, converter=converters.name, metadata=LABEL)


@frozen(kw_only=True)
class PlanReviewed(PlanEvent):
    """A plan is reviewed: at mid-term, in an executive report, by a meeting.

    Attributes:
        text: the result in the source's words.
        by: the side that reviews it, if only one does.
    """

    name = "plan-reviewed"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION

    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class PlanSucceeded(PlanEvent):
    """A plan is succeeded by another.

    Attributes:
        successor: slug of the other plan.
    """

    name = "plan-succeeded"
    rank = 40

    successor: str | None = fields.ref("plan")


@frozen
class Plan:
    """The state of one plan.

    Attributes:
        subject: the plan, ``plan:slug``.
        title: the latest name.
        titles: all names, the best source first.
        total: the latest reported size.
        units: the sources' words for what is counted.
        progress: all reported counts in the order of their days.
        verdicts: all assessments of the plan as a whole, in order.
        reviewed_on, succeeded_on: date of the last one of each, if a source says so.
        disputed: names of the fields on which sources differ.
    """

    subject: str
    title: str | None = None
    titles: tuple[str, ...] = ()
    document: str | None = None
    parties: tuple[str, ...] = ()
    period: When | None = None
    total: Count | None = None
    units: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    progress: tuple[Progress, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    reviewed_on: When | None = None
    succeeded_on: When | None = None
    successor: str | None = None
    disputed: tuple[str, ...] = ()
    duration: Duration | None = None
    part_of: str | None = None
    continues: str | None = None


def key(occurrence: Occurrence) -> Iterable[str]:
    """Yield the plan that an occurrence is about, that it assesses, or whose line it is about."""
    yield occurrence.subject
    if isinstance(occurrence.event, LineEvent):
        yield f"plan:{occurrence.event.plan}"
    yield from assessed(occurrence)


def evolve(state: Plan, occurrence: Occurrence) -> Plan:
    """Return the plan after one more occurrence; an occurrence of a line creates the plan and changes nothing in it."""
    event = occurrence.event
    state = replace(state, verdicts=with_verdict(state.verdicts, occurrence))
    if isinstance(event, PlanEvent):
        state = copy_fields(state, occurrence, "title", *PlanEvent.describes)
        state = replace(state, titles=_with(state.titles, occurrence, "title"))
    if isinstance(event, PlanSized):
        state = copy_fields(state, occurrence, "total", "pillars")
        state = replace(state, units=_with(state.units, occurrence, "unit"))
    if isinstance(event, PlanReviewed):
        state = copy_fields(state, occurrence, reviewed_on="on")
    if isinstance(event, PlanSucceeded):
        state = copy_fields(state, occurrence, "successor", succeeded_on="on")
    if isinstance(event, PlanProgressReported):
        state = replace(state, progress=with_count(state.progress, occurrence))
    rows = (("progress", state.progress), ("verdicts", state.verdicts)) if occurrence.disputed else ()
    contested = {name for name, items in rows if any(item.is_disputed for item in items)}
    return replace(state, disputed=tuple(sorted({*state.disputed, *contested})))


def _with(known: tuple[str, ...], occurrence: Occurrence, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *occurrence.labels[name])))


def rules(state: Plan, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find inconsistent counts and assessments of a plan: see `odd_counts` and `odd_verdicts`."""
    yield from odd_counts(state.subject, named(occurrences, "plan-progress-reported"))
    yield from odd_verdicts(state.subject, occurrences)


plans: Kind[Plan] = BuiltInKind(
    "plan",
    events=(
        PlanProgressReported,
        PlanReviewed,
        PlanSized,
        PlanSucceeded,
    ),
    projection=Projection("plans", Plan, evolve, kind="plan", key=key, others=("assessment", "line"), rules=rules),
)
"""The kind of subject for plans."""
