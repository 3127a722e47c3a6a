"""Lines of a plan: added, started, in progress, implemented, dropped, carried over to the next plan.

Many lines are permanent and can never be completed, and often only assessments say anything about a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL
from partnership.model.event import Event, Identity
from partnership.model.expectations import Expectation, PlannedState, replan
from partnership.model.findings import last, oddity
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.parts import impossible_parts
from partnership.model.plan_words import PLAN_WORDS, Force
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.subjects.assessments import (
    Core,
    ImplementationAssessed,
    Verdict,
    assessed,
    differ,
    odd_verdicts,
    with_verdict,
)
from partnership.subjects.commitments import Nature
from partnership.values.amounts import Duration
from partnership.values.when import When

__all__ = [
    "LineCarriedOver",
    "LineDropped",
    "LineProgressReported",
    "LineReportedImplemented",
    "LineStarted",
    "PlanLineAdded",
]


@frozen(kw_only=True)
class LineEvent(Event):
    """Base class of the events of one line of a plan: fields that any report may have.

    Attributes:
        plan: slug of the plan.
        number: the number of the line in the plan, "1.2.1".
        title: the name that the source uses.
        pillar: heading of the plan under which it is listed.
        sector: field of cooperation.
        lead: the party that leads it.
    """

    kind = "line"
    describes: ClassVar[tuple[str, ...]] = ("number", "pillar", "sector", "lead")

    plan: str = field(converter=references.needed_plan)
    number: str | None = field(default=None, converter=converters.name)
    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    pillar: str | None = field(default=None, converter=converters.name)
    sector: str | None = field(default=None, converter=converters.name)
    lead: str | None = field(default=None, converter=converters.code)


@frozen(kw_only=True)
class PlanLineAdded(LineEvent):
    """A plan contains a line.

    Attributes:
        nature: whether it is to be done once, repeatedly or permanently ("continue to hold annual meetings").
        text: the wording of the line.
        due: the date by which it is to be done.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
        part_of: the whole of which this is a part: the slug of another line, or ``kind:slug`` of a plan, commitment,
            project or document.
        continues: slug of the line of an earlier plan that this one carries over.
        period: the time over which it is to be done, from the first day to the last.
        duration: how long it is to take, if the source gives no first day: ``'P5Y'`` for five years.
        condition: the condition on which it depends.
    """

    name = "plan-line-added"
    rank = 10

    nature: Nature | None = fields.choice(Nature)
    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    due: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)
    part_of: str | None = fields.ref("line", *references.WHOLES)
    continues: str | None = fields.ref("line")
    period: When | None = field(default=None, converter=converters.day)
    duration: Duration | None = field(default=None, converter=converters.duration)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)

    def impossible(self) -> tuple[str, ...]:
        """Refuse a line that is a part of itself, or continues itself."""
        return impossible_parts(self)


@frozen(kw_only=True)
class LineStarted(LineEvent):
    """Work on a line begins."""

    name = "line-started"
    rank = 20


@frozen(kw_only=True)
class LineProgressReported(LineEvent):
    """A line is being implemented.

    Attributes:
        as_of: the day that the report describes; if unknown, the day of publication as an upper bound
            (``../2021-04-02``).
        text: what has been done, in the source's words.
    """

    name = "line-progress-reported"
    rank = 30
    identity: ClassVar[Identity] = ("as_of",)
    dated_by = "as_of"

    as_of: When = field(converter=converters.needed_day)
    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class LineReportedImplemented(LineEvent):
    """A line is reported as implemented."""

    name = "line-reported-implemented"
    rank = 40
    outcome = "implemented"


@frozen(kw_only=True)
class LineDropped(LineEvent):
    """A line is dropped.

    Attributes:
        reason: the reason in the source's words.
    """

    name = "line-dropped"
    rank = 50
    outcome = "dropped"
    is_failure = True

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class LineCarriedOver(LineEvent):
    """A line is continued in the next plan.

    Attributes:
        successor: slug of the line in the next plan.
    """

    name = "line-carried-over"
    rank = 50

    successor: str | None = fields.ref("line")


Status = Literal["added", "started", "dropped", "carried-over", "in-progress", "implemented"]
"""The reported status of a line; assessments are separate, in `verdicts` and `core`."""

_ADDED = ("part_of", "continues", "period", "duration", "condition")

LIFECYCLE = Lifecycle(
    steps={
        "plan-line-added": Step("added", ("nature", "text", "due", *_ADDED, *PLAN_WORDS), on="added_on"),
        "line-started": Step("started", on="started_on"),
        "line-progress-reported": Step("in-progress", ("as_of",)),
        "line-reported-implemented": Step("implemented", on="implemented_on"),
        "line-dropped": Step("dropped", ("reason",), on="dropped_on"),
        "line-carried-over": Step("carried-over", ("successor",), on="carried_over_on"),
    },
    ranks={"added": 10, "started": 20, "dropped": 20, "carried-over": 20, "in-progress": 30, "implemented": 40},
    interruptions=frozenset({"dropped", "carried-over"}),
    terminal=frozenset({"implemented"}),
    copies=("plan", "number", "title", "pillar", "sector", "lead"),
    collects={"title": "titles"},
)

_CORES: Mapping[Status, Core] = {
    "started": "in-progress",
    "in-progress": "in-progress",
    "implemented": "implemented",
    "dropped": "dropped",
    "carried-over": "carried-over",
}


@frozen
class Line(PlannedState):
    """The state of one line of a plan.

    Attributes:
        subject: the line, ``line:slug``.
        status: the latest reported status.
        core: the latest status, of a report or an assessor, on the common scale.
        title: the latest name; `titles` has all of them.
        expected: the date by which it is due.
        as_of: the day that the latest progress report describes.
        added_on, started_on, implemented_on, dropped_on, carried_over_on: date of each, if a source says so.
        verdicts: of assessors, in order.
    """

    owed_by: ClassVar[tuple[str, ...]] = ("lead",)

    status: Status | None = None
    core: Core | None = None
    plan: str | None = None
    number: str | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    pillar: str | None = None
    sector: str | None = None
    lead: str | None = None
    nature: Nature | None = None
    text: str | None = None
    due: When | None = None
    as_of: When | None = None
    added_on: When | None = None
    started_on: When | None = None
    implemented_on: When | None = None
    dropped_on: When | None = None
    carried_over_on: When | None = None
    reason: str | None = None
    successor: str | None = None
    verdicts: tuple[Verdict, ...] = ()
    part_of: str | None = None
    continues: str | None = None
    period: When | None = None
    duration: Duration | None = None
    condition: str | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """The date by which it is due, unless a report or an assessor says that it was implemented or dropped."""
        return () if {self.status, self.core} & {"implemented", "dropped", "carried-over"} else super().outstanding

    @property
    def is_contested(self) -> bool:
        """Whether assessors contradict each other about one day."""
        return any(differ(*pair) for pair in combinations(self.verdicts, 2))


def key(occurrence: Occurrence) -> Iterable[str]:
    """Return the line that an occurrence is about, or that it assesses."""
    yield occurrence.subject
    yield from assessed(occurrence)


def evolve(state: Line, occurrence: Occurrence) -> Line:
    """Return the state of the line after one more occurrence."""
    event = occurrence.event
    if isinstance(event, ImplementationAssessed):
        verdicts = with_verdict(state.verdicts, occurrence)
        disputed = {*state.disputed, *(["verdicts"] if verdicts[-1].is_disputed else [])}
        core = event.core or state.core
        return replace(state, verdicts=verdicts, core=core, disputed=tuple(sorted(disputed)))
    state = LIFECYCLE.advance(state, occurrence)
    if isinstance(event, PlanLineAdded) and event.due:
        state = replan(state, occurrence, "due")
    if (
        state.status and state.status == LIFECYCLE.steps[event.name].to
    ):  # otherwise the report describes an earlier status
        state = replace(state, core=_CORES.get(state.status, state.core))
    return state


def rules(state: Line, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``going-on-after-dropped``, and what `odd_verdicts` finds."""
    dropped = last(occurrences, "line-dropped")
    after = last(occurrences, "line-started", "line-progress-reported", "line-reported-implemented")
    if dropped and after and after.surely_after(dropped):
        yield oddity("going-on-after-dropped", state.subject, "goes on after it was dropped", dropped, after)
    yield from odd_verdicts(state.subject, occurrences)


lines: Kind[Line] = BuiltInKind(
    "line",
    events=(
        LineCarriedOver,
        LineDropped,
        LineProgressReported,
        LineReportedImplemented,
        LineStarted,
        PlanLineAdded,
    ),
    projection=Projection("lines", Line, evolve, kind="line", key=key, others=("assessment",), rules=rules),
    lifecycle=LIFECYCLE,
)
"""The kind of subject: line of every plan."""
