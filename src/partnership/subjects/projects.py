"""Joint projects: proposed, planned, appraised, approved, funded, launched, suspended, completed, cancelled.

Sources often report only "several projects" in some sectors. Such a group is one subject with a count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field, frozen

from partnership.model import converters, plan_words, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import Expectation, PlannedState
from partnership.model.findings import despite_cancelled, gap, last, named
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.plan_words import Force
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.amounts import Count, Money
from partnership.values.when import When

__all__ = [
    "ProjectAppraised",
    "ProjectApproved",
    "ProjectCancelled",
    "ProjectCompleted",
    "ProjectFunded",
    "ProjectLaunched",
    "ProjectPhaseReached",
    "ProjectPlanned",
    "ProjectProposed",
    "ProjectResumed",
    "ProjectSuspended",
]


@frozen(kw_only=True)
class ProjectEvent(Event):
    """Base class of the events of a project, or of a group of unnamed projects: fields that any report may have.

    Attributes:
        title: the name that the source uses.
        fund: slug of the fund that pays for it.
        sectors: fields of cooperation.
        agency: the agency that carries it out.
        parties: the parties to the project.
        by: who proposes, decides or stops, if one side acts alone.
        budget: planned costs.
        count: how many projects, if the subject is a group.
    """

    kind = "project"
    describes: ClassVar[tuple[str, ...]] = ("agency", "parties", "budget", "count")

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    fund: str | None = field(default=None, converter=references.fund)
    sectors: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=LABEL)
    agency: str | None = field(default=None, converter=converters.name)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    budget: Money | None = field(default=None, converter=converters.amount)
    count: Count | None = field(default=None, converter=converters.count)


@frozen(kw_only=True)
class ProjectProposed(ProjectEvent):
    """One side or a third party proposes a project; nothing is agreed."""

    name = "project-proposed"
    rank = 10
    describes: ClassVar[tuple[str, ...]] = ()


@frozen(kw_only=True)
class ProjectPlanned(ProjectEvent):
    """A project is planned.

    Attributes:
        planned: planned date of the start.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "project-planned"
    rank = 20
    identity: ClassVar[Identity] = PER_PUBLICATION
    describes: ClassVar[tuple[str, ...]] = ()

    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = field(default=None, converter=plan_words.force)


@frozen(kw_only=True)
class ProjectAppraised(ProjectEvent):
    """A proposed project is appraised; the result is not known."""

    name = "project-appraised"
    rank = 30
    describes: ClassVar[tuple[str, ...]] = ()


@frozen(kw_only=True)
class ProjectApproved(ProjectEvent):
    """A project is approved, or "adopted".

    Attributes:
        meeting: slug of the meeting that approved it.
    """

    name = "project-approved"
    rank = 40
    identity: ClassVar[Identity] = ("by",)

    meeting: str | None = field(default=None, converter=references.meeting)


@frozen(kw_only=True)
class ProjectFunded(ProjectEvent):
    """A fund pays for a project; each fund counts once.

    Attributes:
        amount: the amount.
    """

    name = "project-funded"
    rank = 45
    identity: ClassVar[Identity] = ("fund",)

    amount: Money | None = field(default=None, converter=converters.amount)


@frozen(kw_only=True)
class ProjectLaunched(ProjectEvent):
    """A project, or a group of unnamed projects, starts."""

    name = "project-launched"
    rank = 50


@frozen(kw_only=True)
class ProjectPhaseReached(ProjectEvent):
    """A project reaches a phase, so it has started.

    Attributes:
        phase: name of the phase in the user's words.
    """

    name = "project-phase-reached"
    rank = 60
    identity: ClassVar[Identity] = ("phase",)

    phase: str = field(converter=converters.needed_name)


@frozen(kw_only=True)
class ProjectSuspended(ProjectEvent):
    """One or both sides suspend a project.

    Attributes:
        episode: label of the suspension, to tell several apart.
        reason: the reason in the source's words.
    """

    name = "project-suspended"
    rank = 70
    identity: ClassVar[Identity] = ("by", "episode")

    episode: str | None = field(default=None, converter=converters.name)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class ProjectResumed(ProjectEvent):
    """A suspended project is resumed.

    Attributes:
        episode: label of the suspension that it ends, to tell several apart.
    """

    name = "project-resumed"
    rank = 80
    identity: ClassVar[Identity] = ("by", "episode")

    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class ProjectCompleted(ProjectEvent):
    """A project is completed."""

    name = "project-completed"
    rank = 90
    outcome = "completed"


@frozen(kw_only=True)
class ProjectCancelled(ProjectEvent):
    """A project is cancelled.

    Attributes:
        reason: the reason in the source's words.
    """

    name = "project-cancelled"
    rank = 95
    outcome = "cancelled"
    is_failure = True

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


Status = Literal[
    "proposed", "planned", "appraised", "approved", "funded", "suspended", "cancelled", "launched", "completed"
]
"""Status of a project; a resumed project is ``launched`` again."""

LIFECYCLE = Lifecycle(
    steps={
        "project-proposed": Step("proposed", on="proposed_on"),
        "project-planned": Step("planned", sets_plan=True),
        "project-appraised": Step("appraised", on="appraised_on"),
        "project-approved": Step("approved", ("meeting",), on="approved_on"),
        "project-funded": Step("funded"),
        "project-launched": Step("launched", on="launched_on"),
        "project-phase-reached": Step("launched"),
        "project-suspended": Step("suspended", ("reason",), on="suspended_on"),
        "project-resumed": Step("launched", on="resumed_on"),
        "project-completed": Step("completed", on="completed_on"),
        "project-cancelled": Step("cancelled", ("reason",), on="cancelled_on", cancels_plan=True),
    },
    ranks={
        "proposed": 10,
        "planned": 20,
        "appraised": 30,
        "approved": 40,
        "funded": 45,
        "suspended": 48,
        "cancelled": 48,
        "launched": 50,
        "completed": 90,
    },
    interruptions=frozenset({"suspended", "cancelled"}),
    terminal=frozenset({"completed"}),
    copies=("title", "fund", "sectors", "agency", "parties", "by", "budget", "count"),
)


@frozen
class Funding:
    """A payment by one fund.

    Attributes:
        fund: slug of the fund; None if no source names it.
        amount: the amount, if a source says so.
        on: date, if a source says so.
        is_disputed: whether sources differ on the amount.
    """

    fund: str | None
    amount: Money | None
    on: When | None
    is_disputed: bool


@frozen
class Phase:
    """A phase that a project reached.

    Attributes:
        phase: name of the phase.
        on: date, if a source says so.
        is_disputed: whether sources differ on the date.
    """

    phase: str
    on: When | None
    is_disputed: bool


@frozen
class Project(PlannedState):
    """The state of one project, or of a group of unnamed projects.

    Attributes:
        subject: the project, ``project:slug``.
        status: the current status.
        title: the latest name; `titles` has all of them.
        expected: planned dates of the start.
        proposed_on, appraised_on, approved_on, launched_on, suspended_on, resumed_on, completed_on, cancelled_on: when
            each happened, if a source says so.
        fundings: payments by funds.
        phases: phases that it reached, in order.

    All other fields are those of the events.
    """

    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    fund: str | None = None
    sectors: tuple[str, ...] = ()
    agency: str | None = None
    parties: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    budget: Money | None = None
    count: Count | None = None
    meeting: str | None = None
    proposed_on: When | None = None
    appraised_on: When | None = None
    approved_on: When | None = None
    launched_on: When | None = None
    suspended_on: When | None = None
    resumed_on: When | None = None
    completed_on: When | None = None
    cancelled_on: When | None = None
    fundings: tuple[Funding, ...] = ()
    phases: tuple[Phase, ...] = ()
    reason: str | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned dates of the start, until it has started or is suspended or cancelled."""
        over = ("suspended", "cancelled", "launched", "completed")
        return () if self.status in over else super().outstanding


def evolve(state: Project, occurrence: Occurrence) -> Project:
    """Return the project after one more occurrence."""
    state, event = LIFECYCLE.advance(state, occurrence), occurrence.event
    if isinstance(event, ProjectFunded):
        funding = Funding(event.fund, event.amount, event.on, "amount" in occurrence.disputed)
        return _with_rows(replace(state, fundings=(*state.fundings, funding)), "fundings")
    if isinstance(event, ProjectPhaseReached):
        phase = Phase(event.phase, event.on, "on" in occurrence.disputed)
        return _with_rows(replace(state, phases=(*state.phases, phase)), "phases")
    return state


def _with_rows(state: Project, name: str) -> Project:
    rows: tuple[Funding | Phase, ...] = getattr(state, name)
    disputed = {*state.disputed, *({name} if rows[-1].is_disputed else ())}
    return replace(state, disputed=tuple(sorted(disputed)))


def rules(state: Project, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find inconsistencies in the history of a project.

    ``launched-after-cancelled``, ``completed-after-cancelled`` (and ``…-and-cancelled-by-one-source``),
    ``resumed-without-suspension``, ``planned-without-date``.
    """
    cancelled, resumed = last(occurrences, "project-cancelled"), last(occurrences, "project-resumed")
    for done in ("launched", "completed"):
        yield from despite_cancelled(state.subject, done, last(occurrences, f"project-{done}"), cancelled)
    if resumed and not named(occurrences, "project-suspended"):
        yield gap("resumed-without-suspension", state.subject, "was resumed; no suspension was reported", resumed)
    if state.status == "planned" and not state.expected:
        plans = named(occurrences, "project-planned")
        yield gap("planned-without-date", state.subject, "is planned; no source names a date", *plans)


projects: Kind[Project] = Kind(
    "project",
    events=(
        ProjectAppraised,
        ProjectApproved,
        ProjectCancelled,
        ProjectCompleted,
        ProjectFunded,
        ProjectLaunched,
        ProjectPhaseReached,
        ProjectPlanned,
        ProjectProposed,
        ProjectResumed,
        ProjectSuspended,
    ),
    projection=Projection("projects", Project, evolve, kind="project", rules=rules),
    lifecycle=LIFECYCLE,
)
"""The kind of subject for projects."""
