"""Training courses: announced, planned, held, cancelled. A course that is repeated has several runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Any, ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL, ORDINAL, PLACE
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import Expectation, PlannedState, date_in_force
from partnership.model.findings import contradiction, gap, is_unannounced, named, oddity
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.parts import impossible_parts
from partnership.model.plan_words import Force
from partnership.model.projection import Lifecycle, Projection, Step, copy_fields
from partnership.values.amounts import Count, Duration, surely_below
from partnership.values.when import When

__all__ = ["CourseCancelled", "CourseHeld", "CourseParticipantsReported", "CoursePlanned", "CourseSeriesAnnounced"]


@frozen(kw_only=True)
class CourseEvent(Event):
    """Base class of the events of a course: fields that any report may have.

    Attributes:
        title: the name that the source uses.
        host: the party that offers it.
        institution: the institution that offers it.
        place: city or venue.
        topics: what is taught.
        parties: the parties whose nationals are taught.
        part_of: the whole of which this is a part: the slug of another course, or ``kind:slug`` of a commitment,
            project, document, plan or fund.
        continues: slug of the earlier course that this one carries on.
        ordinal: the number in the source's words: "third", for the third course or run.
        duration: how long a course lasts: ``'P2W'`` for two weeks. Of an announced series: how long it runs, if the
            source gives no first day.
    """

    kind = "course"

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    host: str | None = field(default=None, converter=converters.code)
    institution: str | None = field(default=None, converter=converters.name)
    place: str | None = field(default=None, converter=converters.name, metadata=PLACE)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    part_of: str | None = fields.ref("course", *references.WHOLES)
    continues: str | None = fields.ref("course")
    duration: Duration | None = field(default=None, converter=converters.duration)
    ordinal: str | None = field(default=None, converter=converters.ordinal, metadata=ORDINAL)

    def impossible(self) -> tuple[str, ...]:
        """Refuse a course that is a part of itself, or continues itself."""
        return impossible_parts(self)


@frozen(kw_only=True)
class CourseSeriesAnnounced(CourseEvent):
    """A series of courses is announced.

    Attributes:
        period: from the first year to the last.
    """

    name = "course-series-announced"
    rank = 10

    period: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class CoursePlanned(CourseEvent):
    """A course is planned. "In 2021 and 2022" is ``{2021,2022}``: two runs, not a period.

    Attributes:
        run: which run, in the desk's words; the plan then moves only that run. None for all runs.
        planned: date on which it is to be held.
        places: the number of participants that it has room for.
        recurs: how often it is to be held, in the source's words: "every year".
        condition: the condition on which it depends.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "course-planned"
    rank = 20
    identity: ClassVar[Identity] = (PER_PUBLICATION, "run")

    run: str | None = field(default=None, converter=converters.name)
    places: Count | None = field(default=None, converter=converters.count)
    recurs: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)
    planned: When | None = field(default=None, converter=converters.day)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class CourseHeld(CourseEvent):
    """A course is held.

    Attributes:
        run: which run of a repeated course, in the desk's words: "2019", "autumn 2021". Reports of the same run are
            one occurrence. Without it, the course is taken to be held once.
        participants: the number of participants.
        count: number of courses, if the subject stands for a group of unnamed ones.
    """

    name = "course-held"
    rank = 30
    identity: ClassVar[Identity] = ("run",)

    count: Count | None = field(default=None, converter=converters.count)
    run: str | None = field(default=None, converter=converters.name)
    participants: Count | None = field(default=None, converter=converters.count)


@frozen(kw_only=True)
class CourseParticipantsReported(CourseEvent):
    """A source reports the number of participants, of one party or in total.

    Attributes:
        run: which run, as in `CourseHeld`.
        party: the party whose nationals are counted; None for the total.
        participants: the number of participants.
    """

    name = "course-participants-reported"
    rank = 40
    identity: ClassVar[Identity] = ("run", "party")

    run: str | None = field(default=None, converter=converters.name)
    party: str | None = field(default=None, converter=converters.code)
    participants: Count = field(converter=converters.needed_count)


@frozen(kw_only=True)
class CourseCancelled(CourseEvent):
    """A course is cancelled.

    Attributes:
        run: which run, as in `CourseHeld`.
        planned: the planned date that is cancelled. Without this and `run`, the whole course is cancelled.
        reason: the reason in the source's words.
    """

    name = "course-cancelled"
    rank = 50
    identity: ClassVar[Identity] = ("run",)

    planned: When | None = field(default=None, converter=converters.day)
    run: str | None = field(default=None, converter=converters.name)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


Status = Literal["announced", "cancelled", "planned", "held"]
"""The status of a course; it is planned as long as any run is outstanding, even if others were held."""

LIFECYCLE = Lifecycle(
    steps={
        "course-series-announced": Step("announced", ("period",), on="announced_on"),
        "course-planned": Step("planned", ("places", "recurs", "condition"), sets_plan=True),
        "course-held": Step("held", ("count",), on="held_on", fulfils=True),
        "course-participants-reported": Step(),
        "course-cancelled": Step("cancelled", ("reason",), on="cancelled_on"),
    },
    ranks={"announced": 10, "cancelled": 15, "planned": 20, "held": 20},
    interruptions=frozenset({"cancelled"}),
    copies=(
        "title",
        "host",
        "institution",
        "place",
        "topics",
        "parties",
        "part_of",
        "continues",
        "duration",
        "ordinal",
    ),
)


@frozen
class Run:
    """One run of a course that was held or cancelled, or whose participants were counted.

    Attributes:
        run: the desk's words for it.
        planned: date on which it is to be held, if a plan names the run.
        on: date on which it was held, if a source says so.
        is_cancelled: whether it was cancelled.
        participants: number by party; ``'all'`` for the total.
        is_disputed: sources differ on its date, its plan or the number of participants.
        ordinal: its number in the source's words.
    """

    run: str | None
    planned: When | None = None
    on: When | None = None
    is_cancelled: bool = False
    participants: tuple[tuple[str, Count], ...] = ()
    is_disputed: bool = False
    ordinal: str | None = None


@frozen
class Course(PlannedState):
    """The state of one course.

    Attributes:
        subject: the course, ``course:slug``.
        status: the current status.
        title: the latest name; `titles` has all of them.
        expected: the planned dates; each is a run.
        announced_on, held_on, cancelled_on: latest date of each, if a source says so.
        outcomes: when each run was held.
        runs: in order of their first report.
    """

    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    host: str | None = None
    institution: str | None = None
    place: str | None = None
    topics: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    period: When | None = None
    places: Count | None = None
    recurs: str | None = None
    condition: str | None = None
    count: Count | None = None
    announced_on: When | None = None
    held_on: When | None = None
    cancelled_on: When | None = None
    runs: tuple[Run, ...] = ()
    reason: str | None = None
    part_of: str | None = None
    continues: str | None = None
    duration: Duration | None = None
    ordinal: str | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned runs that were not held yet."""
        return () if self.status == "cancelled" else super().outstanding


def evolve(state: Course, occurrence: Occurrence) -> Course:
    """Return the state of the course after one more occurrence; cancelling one run does not change the others."""
    event = occurrence.event
    if isinstance(event, CourseCancelled) and (event.run is not None or event.planned):
        state = _without(copy_fields(state, occurrence, *LIFECYCLE.copies), event)
    elif isinstance(event, CoursePlanned) and event.run is not None:
        state = _with_run(state, event.run, occurrence)
    else:
        state = LIFECYCLE.advance(state, occurrence)
    if state.outcomes and (isinstance(event, CourseHeld) or (isinstance(event, CoursePlanned) and event.planned)):
        state = replace(state, status="planned" if state.outstanding else "held")
    if isinstance(event, CourseHeld | CourseParticipantsReported) or getattr(event, "run", None) is not None:
        rows = {row.run: row for row in state.runs}
        run: str | None = event.run  # type: ignore[attr-defined]  # all these have it
        rows[run] = _row(state, rows.get(run, Run(run)), occurrence)
        disputed = {*state.disputed, "runs"} if rows[run].is_disputed else state.disputed
        state = replace(state, runs=tuple(rows.values()), disputed=tuple(sorted(disputed)))
    return state


def _with_run(state: Course, run: str, occurrence: Occurrence) -> Course:
    """Return the course with a new plan for one run, which moves only what was planned for that run."""
    planned = {row.run: row.planned.members for row in state.runs if row.planned}
    days_of_runs = {day for days in planned.values() for day in days}
    day: When | None = occurrence.event.planned  # type: ignore[attr-defined]  # a plan has it

    def is_of_run(expectation: Expectation) -> bool:
        if run in planned:
            return expectation.planned in planned[run]
        is_of_another = expectation.planned in days_of_runs
        return bool(day and not is_of_another and day.maybe_overlaps(expectation.planned))

    others = [expectation for expectation in state.expected if not is_of_run(expectation)]
    state = replace(state, expected=tuple(filter(is_of_run, state.expected)))
    state = LIFECYCLE.advance(state, occurrence)
    expected = sorted(
        (*state.expected, *others),
        key=lambda expectation: (expectation.planned.earliest or date.min, expectation.planned.text),
    )
    return replace(state, expected=tuple(expected))


def _without(state: Course, event: CourseCancelled) -> Course:
    """Return the course without the cancelled dates: those planned for the cancelled run, and those of the event."""
    of_run = [row.planned for row in state.runs if row.run == event.run and row.planned and event.run is not None]
    cancelled = [day for planned in (*of_run, event.planned) if planned for day in planned.members]
    remaining = tuple(
        expectation
        for expectation in state.expected
        if not any(day.covers(expectation.planned) or expectation.planned.covers(day) for day in cancelled)
    )
    is_over = bool(state.expected) and not remaining and state.status == "planned"
    status: Status | None = ("held" if state.outcomes else "cancelled") if is_over else state.status
    return replace(state, expected=remaining, status=status)


def _row(state: Course, row: Run, occurrence: Occurrence) -> Run:
    """Return a run of the course after one more occurrence, which has changed what is expected already."""
    event = occurrence.event
    row = replace(row, ordinal=event.ordinal or row.ordinal)  # type: ignore[attr-defined]  # every event of a course has one
    is_disputed = row.is_disputed or not {"on", "participants", "planned"}.isdisjoint(occurrence.disputed)
    if isinstance(event, CourseCancelled):
        return replace(row, is_cancelled=True)
    if isinstance(event, CoursePlanned):
        planned = date_in_force(state, event.planned, row.planned) if event.planned else row.planned
        return replace(row, planned=planned, is_cancelled=False, is_disputed=is_disputed)
    counts = dict(row.participants)
    count: Count | None = event.participants  # type: ignore[attr-defined]  # of a run that was held, or counted
    if count:
        party = getattr(event, "party", None) or "all"
        known = counts.get(party, count)
        is_disputed = is_disputed or not (known.covers(count) or count.covers(known))
        counts[party] = known if count.covers(known) else count
    participants = tuple((party, counts[party]) for party in sorted(counts))
    on = event.on if isinstance(event, CourseHeld) else row.on
    return replace(row, on=on, participants=participants, is_disputed=is_disputed)


def rules(state: Course, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd about a course.

    ``held-after-cancelled`` (of one run), ``held-unannounced``, ``participants-unheld`` (participants are counted, and
    no source reports that the course was held), ``participants-differ`` (two totals of one run cannot both be right),
    ``participants-over-total`` (the numbers of the parties exceed the total).
    """
    held = {run.key: run for run in named(occurrences, "course-held")}
    for cancelled in named(occurrences, "course-cancelled"):
        run = held.get(cancelled.key)
        if run and run.surely_after(cancelled):
            yield oddity("held-after-cancelled", state.subject, "was held after it was cancelled", run, cancelled)
    others = [occurrence for occurrence in occurrences if occurrence.event.name != "course-held"]
    if held and is_unannounced(min(held.values(), key=lambda run: run.said), others):
        yield gap("held-unannounced", state.subject, "was held, and no earlier source mentions it", *held.values())
    counted = named(occurrences, "course-participants-reported")
    if counted and not held:
        yield gap(
            "participants-unheld", state.subject, "has participants counted, and no source reports it as held", *counted
        )
    yield from _participants(state, [*held.values(), *counted])


def _participants(state: Course, reports: Sequence[Occurrence]) -> Iterable[Finding]:
    for row in state.runs:
        of_run: list[Any] = [
            report
            for report in reports
            if report.event.run == row.run and report.event.participants  # type: ignore[attr-defined]
        ]
        totals = [report for report in of_run if getattr(report.event, "party", None) is None]
        for first, second in combinations(totals, 2):
            count, other = first.event.participants, second.event.participants
            if not (count.covers(other) or other.covers(count)):
                sentence = f"had {count} taking part in some reports and {other} in others"
                yield contradiction("participants-differ", state.subject, sentence, first, second)
        counts = dict(row.participants)
        parts = sum(
            count.number for party, count in counts.items() if party != "all" and count.bound in ("exact", "at-least")
        )
        if "all" in counts and surely_below(counts["all"], Count(parts)):
            sentence = f"had {counts['all']} taking part, and {parts} of the parties alone"
            yield oddity("participants-over-total", state.subject, sentence, *of_run)


courses: Kind[Course] = BuiltInKind(
    "course",
    events=(
        CourseCancelled,
        CourseHeld,
        CourseParticipantsReported,
        CoursePlanned,
        CourseSeriesAnnounced,
    ),
    projection=Projection("courses", Course, evolve, kind="course", rules=rules),
    lifecycle=LIFECYCLE,
)
"""The kind of subject: course."""
