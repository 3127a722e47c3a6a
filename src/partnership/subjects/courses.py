"""Training courses: announced, planned, held, cancelled; a course that is given again has several runs.

Source: ``domain.md`` 2.4 (terms; AR-005, AR-070 to AR-074) and 2.6 (lifecycle).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import attrs
from attrs import field, frozen

from partnership.model import fields
from partnership.model.event import SAID, Event
from partnership.model.expectations import Expectation, Outcome, unmet
from partnership.model.fields import LABEL, PARTY
from partnership.model.findings import gap, is_unannounced, named, oddity
from partnership.model.happening import Finding, Happening
from partnership.model.projection import Lifecycle, Projection, Step, take
from partnership.values.amounts import Count
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

    title: str | None = field(default=None, converter=fields.name, metadata=LABEL)
    host: str | None = field(default=None, converter=fields.code, metadata=PARTY)
    institution: str | None = field(default=None, converter=fields.name)
    place: str | None = field(default=None, converter=fields.name)
    topics: tuple[str, ...] = field(default=(), converter=fields.texts, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=fields.codes, metadata=PARTY)


@frozen(kw_only=True)
class CourseSeriesAnnounced(CourseEvent):
    """A series of courses is announced.

    Attributes:
        period: over which years.
    """

    name = "course-series-announced"
    rank = 10

    period: When | None = field(default=None, converter=fields.day)


@frozen(kw_only=True)
class CoursePlanned(CourseEvent):
    """A course is planned; in 2021 and 2022 is ``{2021,2022}``, two courses, not a span.

    Attributes:
        planned: when it is to be given.
        condition: on what it depends.
    """

    name = "course-planned"
    rank = 20
    same = SAID

    planned: When | None = field(default=None, converter=fields.day)
    condition: str | None = field(default=None, converter=fields.words, metadata=LABEL)


@frozen(kw_only=True)
class CourseHeld(CourseEvent):
    """A course was given.

    Attributes:
        run: which run of a course that is given again, in the desk's words: "2019", "autumn 2021". Two reports of
            one run are one happening; without it the course is taken to be given once.
        participants: how many took part.
    """

    name = "course-held"
    rank = 30
    same = ("run",)

    run: str | None = field(default=None, converter=fields.name)
    participants: Count | None = field(default=None, converter=fields.how_many)


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
    same = ("run", "party")

    run: str | None = field(default=None, converter=fields.name)
    party: str | None = field(default=None, converter=fields.code, metadata=PARTY)
    participants: Count = field(converter=fields.count)


@frozen(kw_only=True)
class CourseCancelled(CourseEvent):
    """A course is called off.

    Attributes:
        run: which run, as in `CourseHeld`; the whole course where absent.
        reason: why, in the source's words.
    """

    name = "course-cancelled"
    rank = 50
    same = ("run",)

    run: str | None = field(default=None, converter=fields.name)
    reason: str | None = field(default=None, converter=fields.words, metadata=LABEL)


Status = Literal["announced", "cancelled", "planned", "held"]
"""Where a course stands. One of several runs that are still planned is planned, whatever runs were held."""

LIFECYCLE = Lifecycle(
    steps={
        "course-series-announced": Step("announced", ("period",), on="announced_on"),
        "course-planned": Step("planned", ("condition",), plans=True),
        "course-held": Step("held", on="held_on", ends=True),
        "course-participants-reported": Step(),
        "course-cancelled": Step("cancelled", ("reason",), on="cancelled_on"),
    },
    ranks={"announced": 10, "cancelled": 15, "planned": 20, "held": 20},
    interruptions=frozenset({"cancelled"}),
    takes=("title", "host", "institution", "place", "topics", "parties"),
)


@frozen
class Run:
    """One run of a course that was held or called off, or whose participants were counted.

    Attributes:
        run: the desk's words for it.
        on: when it was held, where said.
        is_cancelled: it was called off.
        participants: by party, ``'all'`` for all of them together.
        is_disputed: sources differ on its day or on who took part.
    """

    run: str | None
    on: When | None = None
    is_cancelled: bool = False
    participants: tuple[tuple[str, Count], ...] = ()
    is_disputed: bool = False


@frozen
class Course:
    """What is known of one course.

    Attributes:
        subject: the course, ``course:slug``.
        status: where it stands.
        title: the name last used; `titles` has all.
        expected: the days planned now, each a run of its own.
        slips: days planned before and moved.
        announced_on, held_on, cancelled_on: when each last happened, where said.
        outcomes: the days between which each run was held.
        runs: what is known run by run.
        disputed: names of the fields on which sources differ.

    The other fields are those of the events.
    """

    subject: str
    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    host: str | None = None
    institution: str | None = None
    place: str | None = None
    topics: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    period: When | None = None
    expected: tuple[Expectation, ...] = ()
    slips: tuple[When, ...] = ()
    condition: str | None = None
    announced_on: When | None = None
    held_on: When | None = None
    cancelled_on: When | None = None
    outcomes: tuple[Outcome, ...] = ()
    runs: tuple[Run, ...] = ()
    reason: str | None = None
    disputed: tuple[str, ...] = ()

    @property
    def unmet(self) -> tuple[Expectation, ...]:
        """Planned runs that are still open."""
        return () if self.status == "cancelled" else unmet(self.expected, self.outcomes)


def evolve(state: Course, happening: Happening) -> Course:
    """Return the course after one more happening; one run that is called off leaves the course as it stands."""
    event = happening.event
    if isinstance(event, CourseCancelled) and event.run is not None:
        state = take(state, happening, *LIFECYCLE.takes)
    else:
        state = LIFECYCLE.advance(state, happening)
    if state.outcomes and (isinstance(event, CourseHeld) or (isinstance(event, CoursePlanned) and event.planned)):
        state = attrs.evolve(state, status="planned" if state.unmet else "held")
    if isinstance(event, CourseHeld | CourseCancelled | CourseParticipantsReported):
        rows = {row.run: row for row in state.runs}
        rows[event.run] = _row(rows.get(event.run, Run(event.run)), event, happening.disputed)
        disputed = {*state.disputed, "runs"} if rows[event.run].is_disputed else state.disputed
        state = attrs.evolve(state, runs=tuple(rows.values()), disputed=tuple(sorted(disputed)))
    return state


def _row(row: Run, event: CourseHeld | CourseCancelled | CourseParticipantsReported, disputed: Sequence[str]) -> Run:
    if isinstance(event, CourseCancelled):
        return attrs.evolve(row, is_cancelled=True)
    counts = dict(row.participants)
    if event.participants:
        counts[getattr(event, "party", None) or "all"] = event.participants
    on = event.on if isinstance(event, CourseHeld) else row.on
    is_disputed = row.is_disputed or not {"on", "participants"}.isdisjoint(disputed)
    participants = tuple(sorted(counts.items(), key=lambda one: one[0]))
    return attrs.evolve(row, on=on, participants=participants, is_disputed=is_disputed)


def rules(state: Course, happenings: Sequence[Happening]) -> Iterable[Finding]:
    """Find what is odd in a course's course.

    ``held-after-cancelled`` (of one run), ``held-unannounced``, ``participants-unheld`` (people are counted in a
    course that nobody reports as given).

    Source: ``domain.md`` 2.6.
    """
    held = {one.key: one for one in named(happenings, "course-held")}
    for cancelled in named(happenings, "course-cancelled"):
        one = held.get(cancelled.key)
        if one and one.surely_after(cancelled):
            yield oddity("held-after-cancelled", state.subject, "was held after it was cancelled", one, cancelled)
    others = [one for one in happenings if one.event.name != "course-held"]
    if held and is_unannounced(min(held.values(), key=lambda one: one.said), others):
        yield gap("held-unannounced", state.subject, "was held, and nothing had been heard of it", *held.values())
    counted = named(happenings, "course-participants-reported")
    if counted and not held:
        yield gap("participants-unheld", state.subject, "had people counted, and nobody reports it as held", *counted)


courses = Projection("courses", Course, evolve, kind="course", rules=rules)
"""What is known of every course."""
