"""Plans of action: how large they are, how much others count as done, reviewed, succeeded.

The text of a plan is a document, and each of its lines has a state of its own, on the page ``lines.py``.

Source: ``domain.md`` 0 (finding 5), 2.3, 2.7 and 2.9 (pillars are the plan's own).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL, refers_to
from partnership.model.event import PER_PUBLICATION, Event, Identity, Together
from partnership.model.findings import named
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.progress import Progress, odd_counts, with_count
from partnership.model.projection import Projection, copy_fields
from partnership.subjects.assessments import Verdict, assessed, odd_verdicts, with_verdict
from partnership.subjects.lines import LineEvent
from partnership.values.amounts import Count, Percent
from partnership.values.when import When

__all__ = ["PlanProgressReported", "PlanReviewed", "PlanSized", "PlanSucceeded"]


@frozen(kw_only=True)
class PlanEvent(Event):
    """What any report of a plan may say of it.

    Attributes:
        title: the name that the source uses.
        document: the slug of the document that is its text.
        parties: whose plan it is.
        period: from its first day to its last.
    """

    kind = "plan"

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    document: str | None = field(default=None, converter=converters.ref, metadata=refers_to("document"))
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    period: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class PlanSized(PlanEvent):
    """A source says how much there is in a plan (AR-110).

    Attributes:
        total: how many.
        unit: of what, in the source's word: "activities", "lines of action".
        pillars: under which heads, as the plan names them.
    """

    name = "plan-sized"
    rank = 10
    identity: ClassVar[Identity] = PER_PUBLICATION

    total: Count | None = field(default=None, converter=converters.count)
    unit: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    pillars: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)


@frozen(kw_only=True)
class PlanProgressReported(PlanEvent):
    """How much of a plan is done on a day, as somebody counted it (AR-020 to AR-023).

    Attributes:
        as_of: the day of the count, if only a bound (``../2021-04-02``); never the day of publication in disguise.
        done: how much is done; more than `total` is recorded and found, for a source may have printed it.
        total: of how much.
        share: which share is done, where the source says so.
        verb: the source's word for done: "launched", "carried out", "achieved"; they are not the same.
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
        text: what was found, in the source's words.
        by: who reviewed, where one side did.
    """

    name = "plan-reviewed"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION

    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class PlanSucceeded(PlanEvent):
    """Another plan takes its place.

    Attributes:
        successor: the other plan's slug.
    """

    name = "plan-succeeded"
    rank = 40

    successor: str | None = field(default=None, converter=converters.ref, metadata=refers_to("plan"))


@frozen
class Plan:
    """What is known of one plan.

    Attributes:
        subject: the plan, ``plan:slug``.
        title: the name last used; `titles` has all.
        total: how much there is in it, as a source sized it last.
        units: the sources' words for what is counted.
        progress: every count reported, in the order of their days.
        verdicts: every assessment of the whole, in order.
        reviewed_on, succeeded_on: when each last happened, where said.
        disputed: names of the fields on which sources differ.

    The other fields are those of the events.
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


def key(occurrence: Occurrence) -> Iterable[str]:
    """Return the plan that a occurrence is about, whose line it tells of, or which it assesses."""
    yield occurrence.subject
    if isinstance(occurrence.event, LineEvent):
        yield f"plan:{occurrence.event.plan}"
    yield from assessed(occurrence)


def evolve(state: Plan, occurrence: Occurrence) -> Plan:
    """Return the plan after one more occurrence; a line makes it known, and says nothing of it."""
    event = occurrence.event
    state = replace(state, verdicts=with_verdict(state.verdicts, occurrence))
    if isinstance(event, PlanEvent):
        state = copy_fields(state, occurrence, "title", "document", "parties", "period")
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
    rows = (("progress", state.progress), ("verdicts", state.verdicts))
    contested = {name for name, each in rows if any(one.is_disputed for one in each)}
    return replace(state, disputed=tuple(sorted({*state.disputed, *contested})))


def _with(known: tuple[str, ...], occurrence: Occurrence, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *occurrence.labels[name])))


def rules(state: Plan, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd in the counts and the assessments of a plan: see `odd_counts` and `odd_verdicts`."""
    yield from odd_counts(state.subject, named(occurrences, "plan-progress-reported"))
    yield from odd_verdicts(state.subject, occurrences)


plans: Kind[Plan] = Kind(
    "plan",
    events=(
        PlanProgressReported,
        PlanReviewed,
        PlanSized,
        PlanSucceeded,
    ),
    projection=Projection("plans", Plan, evolve, kind="plan", key=key, rules=rules),
)
"""What is known of every plan."""
