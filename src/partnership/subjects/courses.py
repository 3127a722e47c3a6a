"""Training courses: announced, planned, held, cancelled; a course that is given again has several runs.

Source: ``domain.md`` 2.4 (terms; AR-005, AR-070 to AR-074) and 2.6 (lifecycle).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Any, ClassVar, Literal

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import Expectation, PlannedState
from partnership.model.findings import contradiction, gap, is_unannounced, named, oddity
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step, copy_fields
from partnership.values.amounts import Count, surely_below
from partnership.values.when import When

__all__ = ["CourseCancelled", "CourseHeld", "CourseParticipantsReported", "CoursePlanned", "CourseSeriesAnnounced"]


@frozen(kw_only=True)
class CourseEvent(Event):
    """What any report of a course may say of it.

    Attributes:
        title: the name that the source uses.
        host: the party that gives it.
        institution: the body that gives it.
        place: where.
        topics: what is taught.
        parties: whose people are taught.
    """

    kind = "course"

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    host: str | None = field(default=None, converter=converters.code)
    institution: str | None = field(default=None, converter=converters.name)
    place: str | None = field(default=None, converter=converters.name)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class CourseSeriesAnnounced(CourseEvent):
    """A series of courses is announced.

    Attributes:
        period: over which years.
    """

    name = "course-series-announced"
    rank = 10

    period: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class CoursePlanned(CourseEvent):
    """A course is planned; in 2021 and 2022 is ``{2021,2022}``, two courses, not a span.

    Attributes:
        run: which run, in the desk's words; its plan moves only that run. All runs where absent.
        planned: when it is to be given.
        places: for how many people.
        recurs: how often it is to be given, in the source's words: "every year".
        condition: on what it depends.
    """

    name = "course-planned"
    rank = 20
    identity: ClassVar[Identity] = (PER_PUBLICATION, "run")

    run: str | None = field(default=None, converter=converters.name)
    places: Count | None = field(default=None, converter=converters.count)
    recurs: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    planned: When | None = field(default=None, converter=converters.day)
    condition: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen(kw_only=True)
class CourseHeld(CourseEvent):
    """A course was given.

    Attributes:
        run: which run of a course that is given again, in the desk's words: "2019", "autumn 2021". Two reports of
            one run are one occurrence; without it the course is taken to be given once.
        participants: how many took part.
        count: how many courses, where the subject stands for a group that nobody named.
    """

    name = "course-held"
    rank = 30
    identity: ClassVar[Identity] = ("run",)

    count: Count | None = field(default=None, converter=converters.count)
    run: str | None = field(default=None, converter=converters.name)
    participants: Count | None = field(default=None, converter=converters.count)


@frozen(kw_only=True)
class CourseParticipantsReported(CourseEvent):
    """How many took part, of one party or of all.

    Attributes:
        run: which run, as in `CourseHeld`.
        party: whose people are counted; all where absent.
        participants: how many.
    """

    name = "course-participants-reported"
    rank = 40
    identity: ClassVar[Identity] = ("run", "party")

    run: str | None = field(default=None, converter=converters.name)
    party: str | None = field(default=None, converter=converters.code)
    participants: Count = field(converter=converters.needed_count)


@frozen(kw_only=True)
class CourseCancelled(CourseEvent):
    """A course is called off.

    Attributes:
        run: which run, as in `CourseHeld`.
        planned: the planned day that is called off. The whole course is, where neither this nor `run` is said.
        reason: why, in the source's words.
    """

    name = "course-cancelled"
    rank = 50
    identity: ClassVar[Identity] = ("run",)

    planned: When | None = field(default=None, converter=converters.day)
    run: str | None = field(default=None, converter=converters.name)
    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


Status = Literal["announced", "cancelled", "planned", "held"]
"""Where a course stands. One of several runs that are still planned is planned, whatever runs were held."""

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
    copies=("title", "host", "institution", "place", "topics", "parties"),
)


@frozen
class Run:
    """One run of a course that was held or called off, or whose participants were counted.

    Attributes:
        run: the desk's words for it.
        planned: when it is to be given, where a plan names the run.
        on: when it was held, where said.
        is_cancelled: it was called off.
        participants: by party, ``'all'`` for all of them together.
        is_disputed: sources differ on its day, on its plan or on how many took part.
    """

    run: str | None
    planned: When | None = None
    on: When | None = None
    is_cancelled: bool = False
    participants: tuple[tuple[str, Count], ...] = ()
    is_disputed: bool = False


@frozen
class Course(PlannedState):
    """What is known of one course.

    Attributes:
        subject: the course, ``course:slug``.
        status: where it stands.
        title: the name last used; `titles` has all.
        expected: the days planned now, each a run of its own.
        announced_on, held_on, cancelled_on: when each last happened, where said.
        outcomes: the days between which each run was held.
        runs: what is known run by run.

    The other fields are those of the events.
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

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned runs that are still open."""
        return () if self.status == "cancelled" else super().outstanding


def evolve(state: Course, occurrence: Occurrence) -> Course:
    """Return the course after one more occurrence; one run that is called off leaves the rest as it stands."""
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
        rows[run] = _row(rows.get(run, Run(run)), occurrence)
        disputed = {*state.disputed, "runs"} if rows[run].is_disputed else state.disputed
        state = replace(state, runs=tuple(rows.values()), disputed=tuple(sorted(disputed)))
    return state


def _with_run(state: Course, run: str, occurrence: Occurrence) -> Course:
    """Return the course with the plan of one run, which moves what was planned for that run and nothing else."""
    planned = {row.run: row.planned.members for row in state.runs if row.planned}
    of_runs = {day for days in planned.values() for day in days}
    day: When | None = occurrence.event.planned  # type: ignore[attr-defined]  # a plan has it
    own = tuple(
        one
        for one in state.expected
        if one.planned in planned.get(run, ())
        or (run not in planned and day and one.planned not in of_runs and day.maybe_overlaps(one.planned))
    )
    others = [one for one in state.expected if one not in own]
    state = LIFECYCLE.advance(replace(state, expected=own), occurrence)
    expected = sorted((*state.expected, *others), key=lambda one: (one.planned.earliest or date.min, one.planned.text))
    return replace(state, expected=tuple(expected))


def _without(state: Course, event: CourseCancelled) -> Course:
    """Return the course without the planned days that are called off: those of the run, those that are named."""
    named_days = [row.planned for row in state.runs if row.run == event.run and row.planned and event.run is not None]
    gone = [day for one in (*named_days, event.planned) if one for day in one.members]
    left = tuple(
        one for one in state.expected if not any(day.covers(one.planned) or one.planned.covers(day) for day in gone)
    )
    is_over = bool(state.expected) and not left and state.status == "planned"
    status: Status | None = ("held" if state.outcomes else "cancelled") if is_over else state.status
    return replace(state, expected=left, status=status)


def _row(row: Run, occurrence: Occurrence) -> Run:
    """Return the run after one more occurrence."""
    event = occurrence.event
    is_disputed = row.is_disputed or not {"on", "participants", "planned"}.isdisjoint(occurrence.disputed)
    if isinstance(event, CourseCancelled):
        return replace(row, is_cancelled=True)
    if isinstance(event, CoursePlanned):
        return replace(row, planned=event.planned or row.planned, is_cancelled=False, is_disputed=is_disputed)
    counts = dict(row.participants)
    told: Count | None = event.participants  # type: ignore[attr-defined]  # of a run that was held, or counted
    if told:
        whose = getattr(event, "party", None) or "all"
        known = counts.get(whose, told)
        is_disputed = is_disputed or not (known.covers(told) or told.covers(known))
        counts[whose] = known if told.covers(known) else told
    participants = tuple(sorted(counts.items(), key=lambda one: one[0]))
    on = event.on if isinstance(event, CourseHeld) else row.on
    return replace(row, on=on, participants=participants, is_disputed=is_disputed)


def rules(state: Course, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd in a course's course.

    ``held-after-cancelled`` (of one run), ``held-unannounced``, ``participants-unheld`` (people are counted in a
    course that nobody reports as given), ``participants-differ`` (the report of a run and the count of all who took
    part in it cannot both be right), ``participants-over-total`` (those of the parties are more than all).

    Source: ``domain.md`` 2.6, 2.7.
    """
    held = {one.key: one for one in named(occurrences, "course-held")}
    for cancelled in named(occurrences, "course-cancelled"):
        one = held.get(cancelled.key)
        if one and one.surely_after(cancelled):
            yield oddity("held-after-cancelled", state.subject, "was held after it was cancelled", one, cancelled)
    others = [one for one in occurrences if one.event.name != "course-held"]
    if held and is_unannounced(min(held.values(), key=lambda one: one.said), others):
        yield gap("held-unannounced", state.subject, "was held, and nothing had been heard of it", *held.values())
    counted = named(occurrences, "course-participants-reported")
    if counted and not held:
        yield gap("participants-unheld", state.subject, "had people counted, and nobody reports it as held", *counted)
    yield from _participants(state, [*held.values(), *counted])


def _participants(state: Course, reports: Sequence[Occurrence]) -> Iterable[Finding]:
    for row in state.runs:
        own: list[Any] = [one for one in reports if one.event.run == row.run and one.event.participants]  # type: ignore[attr-defined]
        whole = [one for one in own if getattr(one.event, "party", None) is None]
        for one, other in combinations(whole, 2):
            first, second = one.event.participants, other.event.participants
            if not (first.covers(second) or second.covers(first)):
                sentence = f"had {first} taking part in some reports and {second} in others"
                yield contradiction("participants-differ", state.subject, sentence, one, other)
        counts = dict(row.participants)
        parts = sum(
            one.number for whose, one in counts.items() if whose != "all" and one.bound in ("exact", "at-least")
        )
        if "all" in counts and surely_below(counts["all"], Count(parts)):
            sentence = f"had {counts['all']} taking part, and {parts} of the parties alone"
            yield oddity("participants-over-total", state.subject, sentence, *own)


courses: Kind[Course] = Kind(
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
"""What is known of every course."""
