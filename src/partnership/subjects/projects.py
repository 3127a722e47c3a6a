"""Joint projects: proposed, planned, prepared, appraised, approved, funded, launched, suspended, completed, cancelled.

Sources often report only "several projects" in some sectors. Such a group is one subject with a count.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL, ORDINAL, PARTIAL_LIST, PLACES
from partnership.model.event import PER_PUBLICATION, Event, Identity, Together
from partnership.model.expectations import Expectation, Outcome, PlannedState, date_in_force, replan_act
from partnership.model.findings import despite_cancelled, gap, last, named
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.money_words import (
    GiverNature,
    Instrument,
    UseStage,
    equivalents_of,
    instruments,
    with_equivalent,
)
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.open_plans import OpenPlan
from partnership.model.parts import impossible_parts, odd_parts
from partnership.model.plan_words import Force
from partnership.model.progress import odd_counts
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.model.state_rows import by_day, with_row
from partnership.values.amounts import Count, Duration, Money, Percent
from partnership.values.when import When

__all__ = [
    "ProjectAppraised",
    "ProjectApproved",
    "ProjectCancelled",
    "ProjectCompleted",
    "ProjectCompletionPlanned",
    "ProjectFunded",
    "ProjectLaunched",
    "ProjectPhaseCompleted",
    "ProjectPhasePlanned",
    "ProjectPhaseReached",
    "ProjectPlanned",
    "ProjectPostponed",
    "ProjectPreparationReported",
    "ProjectProgressReported",
    "ProjectProposed",
    "ProjectResumed",
    "ProjectSpendingReported",
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
        by: the side that proposes, decides or stops, if only one does.
        budget: the planned costs.
        count: how many projects, if the subject is a group.
        locations: all places where it is carried out.
        ordinal: the number in the source's words: "second", for the second project of its sort.
        period: the time over which it runs, from the first day to the last.
        duration: how long it runs, if the source gives no first day: ``'P5Y'`` for five years.
        continues: slug of the earlier project that this one carries on.
        part_of: the whole of which this is a part: the slug of a project, or ``kind:slug`` of a commitment, document,
            plan or fund. The budget of a part is not added to that of its whole.
        additional_to: what this adds to, so that both count: slugs of projects, or ``kind:slug`` as in `part_of`.
        equivalent: the budget in a second currency, as the source prints it; not converted. Of a payment, and of what
            was spent, it is the amount.
    """

    kind = "project"
    describes: ClassVar[tuple[str, ...]] = (
        *("agency", "parties", "budget", "count"),
        *("locations", "ordinal", "period", "duration", "continues", "part_of", "additional_to"),
    )

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    fund: str | None = fields.ref("fund")
    sectors: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=LABEL)
    agency: str | None = field(default=None, converter=converters.name)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    budget: Money | None = field(default=None, converter=converters.amount)
    count: Count | None = field(default=None, converter=converters.count)
    locations: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=PLACES)
    ordinal: str | None = field(default=None, converter=converters.ordinal, metadata=ORDINAL)
    period: When | None = field(default=None, converter=converters.day)
    duration: Duration | None = field(default=None, converter=converters.duration)
    continues: str | None = fields.ref("project")
    part_of: str | None = fields.ref("project", "commitment", "document", "plan", "fund")
    additional_to: tuple[str, ...] = field(default=(), converter=references.added_projects)
    equivalent: Money | None = field(default=None, converter=converters.amount)

    def impossible(self) -> tuple[str, ...]:
        """Refuse a project that is a part of itself, adds to itself or continues itself."""
        return impossible_parts(self)


_REVISED = ("budget",)
"""What a report of the work says of the costs stands from then on: they rise and fall in the course of it."""


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
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class ProjectPreparationReported(ProjectEvent):
    """A project is being prepared: it is studied, negotiated or "to be finalised". It has not started.

    Attributes:
        stage: the stage of the preparation, in the source's words.
        planned: planned date of the start.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "project-preparation-reported"
    rank = 25
    identity: ClassVar[Identity] = PER_PUBLICATION
    describes: ClassVar[tuple[str, ...]] = ()

    stage: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


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

    meeting: str | None = fields.ref("meeting")


@frozen(kw_only=True)
class ProjectFunded(ProjectEvent):
    """A fund, an institution, a company or a person pays for a project; each giver counts once.

    Attributes:
        amount: the amount.
        share: the share of the costs that it pays, if the source gives a percentage.
        instrument: the kind of money.
        instruments: the kinds of money, if there are several.
        giver: the institution, company or person that pays, if it is not a fund.
        giver_nature: whether the money is public or private.
        channel: the institution or company through which the money is given, if not directly.
    """

    name = "project-funded"
    rank = 45
    identity: ClassVar[Identity] = ("fund", "giver")

    amount: Money | None = field(default=None, converter=converters.amount)
    share: Percent | None = field(default=None, converter=converters.percent)
    instrument: Instrument | None = fields.choice(Instrument)
    instruments: tuple[Instrument, ...] = field(default=(), converter=instruments, metadata=PARTIAL_LIST)
    giver: str | None = field(default=None, converter=converters.name)
    giver_nature: GiverNature | None = fields.choice(GiverNature)
    channel: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class ProjectLaunched(ProjectEvent):
    """A project, or a group of unnamed projects, starts."""

    name = "project-launched"
    rank = 50


@frozen(kw_only=True)
class ProjectPhasePlanned(ProjectEvent):
    """A phase of a project is agreed or planned and has not begun; whether the project has started, it does not say.

    Attributes:
        phase: name of the phase in the desk's words, as in `ProjectPhaseReached`.
        stage: the stage of its preparation, in the source's words: "to be finalised".
        planned: planned date on which the phase begins.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "project-phase-planned"
    rank = 55
    identity: ClassVar[Identity] = (PER_PUBLICATION, "phase")
    describes: ClassVar[tuple[str, ...]] = ()

    phase: str = field(converter=converters.needed_name)
    stage: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class ProjectPhaseReached(ProjectEvent):
    """A project reaches a phase, so it has started.

    Attributes:
        phase: name of the phase in the desk's words.
    """

    name = "project-phase-reached"
    rank = 60
    changes: ClassVar[tuple[str, ...]] = _REVISED
    identity: ClassVar[Identity] = ("phase",)

    phase: str = field(converter=converters.needed_name)


@frozen(kw_only=True)
class ProjectPhaseCompleted(ProjectEvent):
    """A phase of a project is completed, so the project has started; the project itself may go on.

    Attributes:
        phase: name of the phase in the desk's words, as in `ProjectPhaseReached`.
    """

    name = "project-phase-completed"
    rank = 62
    changes: ClassVar[tuple[str, ...]] = _REVISED
    identity: ClassVar[Identity] = ("phase",)

    phase: str = field(converter=converters.needed_name)


@frozen(kw_only=True)
class ProjectCompletionPlanned(ProjectEvent):
    """A project, or a phase of it, is to be completed; whether it has started, this does not say.

    Attributes:
        phase: name of the phase that is to be completed; None for the whole project.
        planned: planned date of the completion.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "project-completion-planned"
    rank = 63
    identity: ClassVar[Identity] = (PER_PUBLICATION, "phase")
    describes: ClassVar[tuple[str, ...]] = ()

    phase: str | None = field(default=None, converter=converters.name)
    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class ProjectProgressReported(ProjectEvent):
    """A source reports how much of a project, or of a phase of it, is done.

    Attributes:
        as_of: the day of the count; if unknown, the day of publication as an upper bound (``../2021-04-02``).
        phase: name of the phase that is counted; None for the whole project.
        done: how many are done, of what the project consists of.
        total: how many there are in all.
        share: the share that is done, if the source gives a percentage.
        verb: the source's word for done: "built", "laid".
        text: the progress in the source's words.
    """

    name = "project-progress-reported"
    rank = 64
    changes: ClassVar[tuple[str, ...]] = _REVISED
    identity: ClassVar[Identity] = ("as_of", "phase")
    together: ClassVar[Together] = (("done", "total"),)
    is_lasting = True
    dated_by: ClassVar[str] = "as_of"

    as_of: When = field(converter=converters.needed_day)
    phase: str | None = field(default=None, converter=converters.name)
    done: Count | None = field(default=None, converter=converters.count)
    total: Count | None = field(default=None, converter=converters.count)
    share: Percent | None = field(default=None, converter=converters.percent)
    verb: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class ProjectSpendingReported(ProjectEvent):
    """A source reports how much of a project's money has come to a stage of its use by a day.

    The stages are counted apart: what is committed includes what is disbursed, so they are never added.

    Attributes:
        as_of: the day of the figure; if unknown, the day of publication as an upper bound (``../2021-04-02``).
        stage: what became of the money: pledged, committed, allocated, drawn, disbursed or spent; None if the source
            does not say.
        amount: the amount.
        share: the share of the budget, if the source gives a percentage.
        text: what it is used for, in the source's words.
    """

    name = "project-spending-reported"
    rank = 64
    identity: ClassVar[Identity] = ("as_of", "stage")
    is_lasting = True
    dated_by: ClassVar[str] = "as_of"

    as_of: When = field(converter=converters.needed_day)
    stage: UseStage | None = fields.choice(UseStage)
    amount: Money | None = field(default=None, converter=converters.amount)
    share: Percent | None = field(default=None, converter=converters.percent)
    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class ProjectPostponed(ProjectEvent):
    """The start of a project is postponed; a project that runs and is halted is suspended.

    Attributes:
        planned: the new planned date of the start, if there is one.
        reason: the reason in the source's words.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "project-postponed"
    rank = 65
    identity: ClassVar[Identity] = PER_PUBLICATION
    describes: ClassVar[tuple[str, ...]] = ()

    planned: When | None = field(default=None, converter=converters.day)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


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
    changes: ClassVar[tuple[str, ...]] = _REVISED
    identity: ClassVar[Identity] = ("by", "episode")

    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class ProjectCompleted(ProjectEvent):
    """A project is completed."""

    name = "project-completed"
    rank = 90
    changes: ClassVar[tuple[str, ...]] = _REVISED
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
    "proposed",
    "postponed",
    "planned",
    "preparing",
    "appraised",
    "approved",
    "funded",
    "suspended",
    "cancelled",
    "launched",
    "completed",
]
"""Status of a project; a resumed project is ``launched`` again."""

LIFECYCLE = Lifecycle(
    steps={
        "project-proposed": Step("proposed", on="proposed_on"),
        "project-planned": Step("planned", sets_plan=True),
        "project-preparation-reported": Step("preparing", ("stage",), sets_plan=True),
        "project-appraised": Step("appraised", on="appraised_on"),
        "project-approved": Step("approved", ("meeting",), on="approved_on"),
        "project-funded": Step("funded"),
        "project-launched": Step("launched", on="launched_on"),
        "project-phase-planned": Step(),
        "project-phase-reached": Step("launched"),
        "project-phase-completed": Step("launched"),
        "project-completion-planned": Step(),
        "project-progress-reported": Step(),
        "project-spending-reported": Step(),
        "project-postponed": Step("postponed", ("reason",), on="postponed_on", sets_plan=True, cancels_plan=True),
        "project-suspended": Step("suspended", ("reason",), on="suspended_on"),
        "project-resumed": Step("launched", on="resumed_on"),
        "project-completed": Step("completed", on="completed_on"),
        "project-cancelled": Step("cancelled", ("reason",), on="cancelled_on", cancels_plan=True),
    },
    ranks={
        "proposed": 10,
        "postponed": 15,
        "planned": 20,
        "preparing": 25,
        "appraised": 30,
        "approved": 40,
        "funded": 45,
        "suspended": 48,
        "cancelled": 48,
        "launched": 50,
        "completed": 90,
    },
    interruptions=frozenset({"postponed", "suspended", "cancelled"}),
    terminal=frozenset({"completed"}),
    copies=(
        *("title", "fund", "sectors", "agency", "parties", "by", "budget", "count"),
        *("locations", "ordinal", "period", "duration", "continues", "part_of", "additional_to"),
    ),
)


@frozen
class Funding:
    """A payment by one giver.

    Attributes:
        fund: slug of the fund; None if no source names it.
        amount: the amount, if a source says so.
        on: date, if a source says so.
        is_disputed: whether sources differ on the amount or the share.
        equivalents: the amount in other currencies, as sources print it.
        share: the share of the costs that it pays.
        instrument: the kind of money.
        instruments: the kinds of money, if there are several.
        giver: the institution, company or person that pays, if it is not a fund.
        giver_nature: whether the money is public or private.
        channel: the institution or company through which the money is given, if not directly.
    """

    fund: str | None
    amount: Money | None
    on: When | None
    is_disputed: bool
    equivalents: tuple[Money, ...] = ()
    share: Percent | None = None
    instrument: Instrument | None = None
    instruments: tuple[Instrument, ...] = ()
    giver: str | None = None
    giver_nature: GiverNature | None = None
    channel: str | None = None


@frozen
class Spending:
    """One report of what became of the money of a project.

    Attributes:
        as_of: the day of the figure.
        stage: what became of the money; None if no source says so.
        amount: the amount.
        equivalents: the amount in other currencies, as sources print it.
        share: the share of the budget.
        text: what it is used for, in the source's words.
        is_disputed: whether sources give different figures for that day.
    """

    as_of: When
    stage: UseStage | None
    amount: Money | None
    equivalents: tuple[Money, ...]
    share: Percent | None
    text: str | None
    is_disputed: bool


@frozen
class Phase:
    """A phase that a project reached.

    Attributes:
        phase: name of the phase.
        on: date on which it began, if a source says so.
        is_completed: whether a source reports that it is completed.
        completed_on: date of that, if a source says so.
        is_disputed: whether sources differ on one of the dates.
    """

    phase: str
    on: When | None
    is_disputed: bool
    is_completed: bool = False
    completed_on: When | None = None


@frozen
class ProjectProgress:
    """One report of how much of a project is done.

    Attributes:
        as_of: the day of the count.
        phase: the phase that is counted; None for the whole project.
        done: how many are done.
        total: how many there are in all.
        share: the share that is done, if the source gives a percentage.
        verb: the source's word for done.
        is_disputed: whether sources give different figures for that day.
    """

    as_of: When
    phase: str | None
    done: Count | None
    total: Count | None
    share: Percent | None
    verb: str | None
    is_disputed: bool


@frozen
class PlannedPhase:
    """A phase that is agreed or planned and has not begun.

    Attributes:
        phase: name of the phase.
        planned: planned date on which it begins, if a source says so.
        stage: the stage of its preparation, in the source's words.
        timing: the planned date in the source's words.
        force: how strongly the source puts the plan.
        is_disputed: whether sources differ on the date.
    """

    phase: str
    planned: When | None
    stage: str | None
    timing: str | None
    force: Force | None
    is_disputed: bool


@frozen
class Project(PlannedState):
    """The state of one project, or of a group of unnamed projects.

    Attributes:
        subject: the project, ``project:slug``.
        status: the current status.
        title: the latest name; `titles` has all of them.
        expected: planned dates of the start, and of what else is planned: that a phase begins, that it is completed or
            that the project is.
        proposed_on, appraised_on, approved_on, launched_on, postponed_on, suspended_on, resumed_on, completed_on,
            cancelled_on: when each happened, if a source says so.
        equivalent: the budget in a second currency.
        fundings: payments by funds and other givers.
        spending: reports of what became of the money, by day.
        phases: phases that it reached, in order.
        planned_phases: phases that are agreed or planned and have not begun.
        progress: reports of how much is done, by day.
        parts: projects that are reported as parts of it, ``project:slug``.
        open_without_date: plans of phases and of the completion that have no date and were not met.
        outcomes: when it was completed.
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
    locations: tuple[str, ...] = ()
    ordinal: str | None = None
    period: When | None = None
    duration: Duration | None = None
    continues: str | None = None
    part_of: str | None = None
    additional_to: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    equivalent: Money | None = None
    meeting: str | None = None
    proposed_on: When | None = None
    appraised_on: When | None = None
    approved_on: When | None = None
    launched_on: When | None = None
    postponed_on: When | None = None
    suspended_on: When | None = None
    resumed_on: When | None = None
    completed_on: When | None = None
    cancelled_on: When | None = None
    fundings: tuple[Funding, ...] = ()
    phases: tuple[Phase, ...] = ()
    planned_phases: tuple[PlannedPhase, ...] = ()
    progress: tuple[ProjectProgress, ...] = ()
    spending: tuple[Spending, ...] = ()
    open_without_date: tuple[OpenPlan, ...] = ()
    stage: str | None = None
    reason: str | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned dates of phases and of the completion, and of the start until it begins; none once it has stopped.

        Of what is completed, a phase is still to come that was planned since, such as the handover.
        """
        if self.status in _STOPPED:
            return tuple(plan for plan in self.expected if _comes_after(self, plan))
        return tuple(plan for plan in super().outstanding if plan.act or self.status != "launched")


_STOPPED = ("suspended", "cancelled", "completed")
"""Statuses in which nothing is expected of a project, apart from what comes after its completion."""


def _comes_after(state: Project, plan: Expectation | OpenPlan) -> bool:
    """Tell whether a plan is of a phase that follows the completion: it was said when that was known, or later."""
    return (
        state.status == "completed"
        and bool(plan.act and plan.act.startswith(_BEGIN))
        and any(plan.since >= completed.latest for completed in state.outcomes)
    )


def key(occurrence: Occurrence) -> Iterable[str]:
    """Yield the project that an occurrence is about, and the one that this is a part of."""
    yield occurrence.subject
    if isinstance(occurrence.event, ProjectEvent) and occurrence.event.part_of:
        yield occurrence.event.part_of


def evolve(state: Project, occurrence: Occurrence) -> Project:
    """Return the project after one more occurrence, which may be about a part of it."""
    if occurrence.subject != state.subject:
        return replace(state, parts=tuple(sorted({*state.parts, occurrence.subject})))
    budget, event = state.budget, occurrence.event
    state = _advanced(state, occurrence)
    if not isinstance(event, ProjectFunded | ProjectSpendingReported):  # theirs is the equivalent of another sum
        state = with_equivalent(state, occurrence, budget, "budget")
    if isinstance(event, ProjectPhasePlanned):
        state = _with_planned_phase(state, event, occurrence)
    elif isinstance(event, ProjectCompletionPlanned):
        is_done = any(row.is_completed and row.phase == event.phase for row in state.phases)
        state = state if is_done else _with_plan(state, occurrence, _completion_of(event.phase))
    elif isinstance(event, ProjectPhaseReached | ProjectPhaseCompleted):
        state = _with_phase(state, event, occurrence)
    elif isinstance(event, ProjectProgressReported):
        state = _with_progress(state, event, occurrence)
    elif isinstance(event, ProjectFunded):
        state = _with_funding(state, event, occurrence)
    elif isinstance(event, ProjectSpendingReported):
        state = _with_spending(state, event, occurrence)
    return state


def _advanced(state: Project, occurrence: Occurrence) -> Project:
    """Return the project after a step of its lifecycle; a plan of the start leaves those of other acts as they are."""
    others = tuple(plan for plan in state.expected if plan.act)
    if not others:
        state = LIFECYCLE.advance(state, occurrence)
    else:
        own = tuple(plan for plan in state.expected if not plan.act)
        state = LIFECYCLE.advance(replace(state, expected=own), occurrence)
        state = replace(state, expected=(*state.expected, *others))
    if isinstance(occurrence.event, ProjectCompleted):
        state = replace(state, outcomes=(Outcome(occurrence.earliest, occurrence.latest),))
    if state.status in _STOPPED and state.open_without_date:
        still_open = tuple(plan for plan in state.open_without_date if _comes_after(state, plan))
        state = replace(state, open_without_date=still_open)
    return state


_BEGIN = "begin "


def _beginning_of(phase: str) -> str:
    """Return the beginning of a phase as a planned act."""
    return _BEGIN + phase


def _completion_of(phase: str | None) -> str:
    """Return the completion of a phase, or of the project, as a planned act."""
    return f"complete {phase}" if phase else "complete"


def _with_phase(state: Project, event: ProjectPhaseReached | ProjectPhaseCompleted, occurrence: Occurrence) -> Project:
    """Return the project with a phase that began or is completed, of which this is no longer planned."""
    is_completed = isinstance(event, ProjectPhaseCompleted)
    met = {_beginning_of(event.phase), *([_completion_of(event.phase)] if is_completed else [])}
    row = next((row for row in state.phases if row.phase == event.phase), Phase(event.phase, None, is_disputed=False))
    row = replace(row, is_disputed=row.is_disputed or "on" in occurrence.disputed)
    row = replace(row, is_completed=True, completed_on=event.on) if is_completed else replace(row, on=event.on)
    rows = {row.phase: row for row in state.phases} | {row.phase: row}
    disputed = {*state.disputed, *(["phases"] if row.is_disputed else [])}
    return replace(
        state,
        expected=tuple(plan for plan in state.expected if plan.act not in met),
        open_without_date=tuple(plan for plan in state.open_without_date if plan.act not in met),
        planned_phases=tuple(row for row in state.planned_phases if row.phase != event.phase),
        phases=tuple(rows.values()),
        disputed=tuple(sorted(disputed)),
    )


def _with_progress(state: Project, event: ProjectProgressReported, occurrence: Occurrence) -> Project:
    """Return the project with one more report of how much is done; one of the costs alone says nothing of that."""
    if all(each is None for each in (event.done, event.share, event.verb, event.text)):
        return state
    is_disputed = not {"done", "share"}.isdisjoint(occurrence.disputed)
    row = ProjectProgress(event.as_of, event.phase, event.done, event.total, event.share, event.verb, is_disputed)
    rows = with_row(state.progress, row, lambda row: (by_day(row.as_of), row.phase or ""))
    disputed = {*state.disputed, *(["progress"] if is_disputed else [])}
    return replace(state, progress=rows, disputed=tuple(sorted(disputed)))


def _with_plan(state: Project, occurrence: Occurrence, act: str) -> Project:
    """Return the project with a newer plan of an act; one that has no date is open without one."""
    event: Any = occurrence.event
    state = replan_act(state, occurrence, act)
    is_dated = any(plan.act == act for plan in state.expected)
    is_known = any(plan.act == act for plan in state.open_without_date)
    if is_dated:
        return replace(state, open_without_date=tuple(plan for plan in state.open_without_date if plan.act != act))
    if is_known:
        return state
    open_plan = OpenPlan(
        act,
        (),
        occurrence.said,
        occurrence.claims,
        timing=event.timing,
        is_undated=event.is_undated,
        force=event.force,
    )
    if state.status in _STOPPED and not _comes_after(state, open_plan):
        return state
    return replace(state, open_without_date=(*state.open_without_date, open_plan))


def _with_planned_phase(state: Project, event: ProjectPhasePlanned, occurrence: Occurrence) -> Project:
    """Return the project with a newer plan of a phase; one that it has reached is no longer planned."""
    if any(row.phase == event.phase for row in state.phases):
        return state
    before = next((row for row in state.planned_phases if row.phase == event.phase), None)
    planned = before.planned if before and event.is_undated is not True else None
    row = PlannedPhase(
        phase=event.phase,
        planned=planned,
        stage=event.stage or (before.stage if before else None),
        timing=event.timing,
        force=event.force,
        is_disputed="planned" in occurrence.disputed,
    )
    state = _with_plan(state, occurrence, _beginning_of(event.phase))
    if event.planned:
        row = replace(row, planned=date_in_force(state, event.planned, planned))
    rows = {row.phase: row for row in state.planned_phases} | {row.phase: row}
    disputed = {*state.disputed} - {"planned_phases"}
    disputed |= {"planned_phases"} if any(row.is_disputed for row in rows.values()) else set()
    return replace(state, planned_phases=tuple(rows.values()), disputed=tuple(sorted(disputed)))


def _with_funding(state: Project, event: ProjectFunded, occurrence: Occurrence) -> Project:
    """Return the project with one more payment."""
    is_disputed = not {"amount", "share"}.isdisjoint(occurrence.disputed)
    row = Funding(
        event.fund,
        event.amount,
        event.on,
        is_disputed,
        equivalents=equivalents_of(occurrence),
        share=event.share,
        instrument=event.instrument,
        instruments=event.instruments,
        giver=event.giver,
        giver_nature=event.giver_nature,
        channel=event.channel,
    )
    disputed = {*state.disputed, *(["fundings"] if is_disputed else [])}
    return replace(state, fundings=(*state.fundings, row), disputed=tuple(sorted(disputed)))


def _with_spending(state: Project, event: ProjectSpendingReported, occurrence: Occurrence) -> Project:
    """Return the project with one more report of what became of its money."""
    is_disputed = not {"amount", "share"}.isdisjoint(occurrence.disputed)
    row = Spending(
        event.as_of, event.stage, event.amount, equivalents_of(occurrence), event.share, event.text, is_disputed
    )
    rows = with_row(state.spending, row, lambda row: (by_day(row.as_of), row.stage or ""))
    disputed = {*state.disputed, *(["spending"] if is_disputed else [])}
    return replace(state, spending=rows, disputed=tuple(sorted(disputed)))


def rules(state: Project, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find inconsistencies in the history of a project, without that of its parts.

    ``launched-after-cancelled``, ``completed-after-cancelled`` (and ``…-and-cancelled-by-one-source``),
    ``resumed-without-suspension``, ``planned-without-date``; and of reports of progress, for each phase, those of
    `partnership.model.progress.odd_counts`. Of the parts it finds what `odd_parts` finds.
    """
    parts = [occurrence for occurrence in occurrences if occurrence.subject in state.parts]
    occurrences = [occurrence for occurrence in occurrences if occurrence.subject == state.subject]
    yield from odd_parts(state.subject, state.budget, parts, occurrences, "budget")
    cancelled, resumed = last(occurrences, "project-cancelled"), last(occurrences, "project-resumed")
    for done in ("launched", "completed"):
        yield from despite_cancelled(state.subject, done, last(occurrences, f"project-{done}"), cancelled)
    if resumed and not named(occurrences, "project-suspended"):
        yield gap("resumed-without-suspension", state.subject, "was resumed; no suspension was reported", resumed)
    plans = named(occurrences, "project-planned")
    if plans and state.status == "planned" and not state.expected:
        yield gap("planned-without-date", state.subject, "is planned; no source names a date", *plans)
    reports: list[Any] = named(occurrences, "project-progress-reported")
    for phase in dict.fromkeys(report.event.phase for report in reports):
        yield from odd_counts(state.subject, [report for report in reports if report.event.phase == phase])


projects: Kind[Project] = BuiltInKind(
    "project",
    events=(
        ProjectAppraised,
        ProjectApproved,
        ProjectCancelled,
        ProjectCompleted,
        ProjectCompletionPlanned,
        ProjectFunded,
        ProjectLaunched,
        ProjectPhaseCompleted,
        ProjectPhasePlanned,
        ProjectPhaseReached,
        ProjectPlanned,
        ProjectPostponed,
        ProjectPreparationReported,
        ProjectProgressReported,
        ProjectProposed,
        ProjectResumed,
        ProjectSpendingReported,
        ProjectSuspended,
    ),
    projection=Projection("projects", Project, evolve, kind="project", key=key, others=(), rules=rules),
    lifecycle=LIFECYCLE,
)
"""The kind of subject for projects."""
