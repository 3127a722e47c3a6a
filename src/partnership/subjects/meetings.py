"""Meetings: proposed, agreed, scheduled, postponed, moved, held, cancelled.

No order of these is enforced, since sources report them in any order; unusual ones give findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field, frozen

from partnership.model import converters, meeting_words, plan_words, references
from partnership.model.converters import ACCOUNT, LABEL, ORDINAL, PARTIAL_LIST
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import Expectation, PlannedState
from partnership.model.findings import despite_cancelled, gap, is_unannounced, last, named, oddity
from partnership.model.kind import Kind
from partnership.model.meeting_words import Level, Mode
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.plan_words import PLAN_WORDS, Force
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.amounts import Count
from partnership.values.when import When

__all__ = [
    "MeetingAdjourned",
    "MeetingAgreed",
    "MeetingCancelled",
    "MeetingConvened",
    "MeetingFormatChanged",
    "MeetingHeld",
    "MeetingPostponed",
    "MeetingProposed",
    "MeetingReplaced",
    "MeetingRescheduled",
    "MeetingScheduled",
    "MeetingVenueChanged",
]


@frozen(kw_only=True)
class MeetingEvent(Event):
    """Base class of the events of a meeting: fields that any report may have.

    Attributes:
        title: the name in the source.
        body: the series, dialogue, network or other body that meets, ``kind:slug``; a slug alone is a series.
        ordinal: number in the series, "19th". All wordings are collected; different numbers are a dispute.
        parties: the participants. A shorter list agrees with a longer one that includes it.
        topics: in the source's words.
        count: number of meetings, if the subject stands for a group of unnamed ones.
    """

    kind = "meeting"
    describes: ClassVar[tuple[str, ...]] = ("body",)

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    body: str | None = field(default=None, converter=references.body)
    ordinal: str | None = field(default=None, converter=converters.name, metadata=ORDINAL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes, metadata=PARTIAL_LIST)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    count: Count | None = field(default=None, converter=converters.count)


@frozen(kw_only=True)
class MeetingArranged(MeetingEvent):
    """Base class of plans and reports of a meeting: its arrangements.

    Attributes:
        place: city or venue.
        host: the party that hosts it.
        mode: how people meet.
        level: of the participants; after the meeting, the level actually reached.
        co_chairs: the parties that chair it.
    """

    place: str | None = field(default=None, converter=converters.name)
    host: str | None = field(default=None, converter=converters.code)
    mode: Mode | None = field(default=None, converter=meeting_words.mode)
    level: Level | None = field(default=None, converter=meeting_words.level)
    co_chairs: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class MeetingPlan(MeetingArranged):
    """Base class of plans of a meeting.

    Attributes:
        planned: date on which it is to be held.
        by: the side that says so, if only one does.
        condition: on which it depends ("if the epidemic allows").
        is_tentative: whether the source calls the plan tentative.
        recurs: how often it is to be held, in the source's words ("every autumn").
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    identity: ClassVar[Identity] = PER_PUBLICATION

    planned: When | None = field(default=None, converter=converters.day)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_tentative: bool | None = field(default=None, converter=converters.flag)
    recurs: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = field(default=None, converter=plan_words.force)


@frozen(kw_only=True)
class MeetingProposed(MeetingPlan):
    """A meeting is proposed; until the sides agree, nothing is expected."""

    name = "meeting-proposed"
    rank = 10


@frozen(kw_only=True)
class MeetingAgreed(MeetingPlan):
    """The sides agree to meet."""

    name = "meeting-agreed"
    rank = 20


@frozen(kw_only=True)
class MeetingScheduled(MeetingPlan):
    """A meeting is announced or planned."""

    name = "meeting-scheduled"
    rank = 30


@frozen(kw_only=True)
class MeetingPostponed(MeetingPlan):
    """A meeting is postponed; `planned` is the new date, if there is one.

    Attributes:
        reason: in the source's words.
    """

    name = "meeting-postponed"
    rank = 40
    outcome = "postponed"
    is_failure = True

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class MeetingRescheduled(MeetingPlan):
    """A meeting is moved to another date.

    Attributes:
        reason: in the source's words.
    """

    name = "meeting-rescheduled"
    rank = 50

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class MeetingFormatChanged(MeetingEvent):
    """A planned meeting is moved online, or back.

    Attributes:
        mode: the new way to meet.
    """

    name = "meeting-format-changed"
    rank = 60
    identity: ClassVar[Identity] = PER_PUBLICATION

    mode: Mode | None = field(default=None, converter=meeting_words.mode)


@frozen(kw_only=True)
class MeetingVenueChanged(MeetingEvent):
    """A planned meeting is moved to another place.

    Attributes:
        place: the new place.
    """

    name = "meeting-venue-changed"
    rank = 60
    identity: ClassVar[Identity] = PER_PUBLICATION

    place: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class MeetingConvened(MeetingEvent):
    """A meeting opens, or continues after it was adjourned.

    Attributes:
        session: which session, in the desk's words, if there are several.
    """

    name = "meeting-convened"
    rank = 70
    identity: ClassVar[Identity] = ("session",)
    describes: ClassVar[tuple[str, ...]] = ("body", "parties", "count")
    outcome = "convened"

    session: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class MeetingAdjourned(MeetingEvent):
    """An open meeting is adjourned, to continue later.

    Attributes:
        planned: date on which it is to continue.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "meeting-adjourned"
    rank = 75
    identity: ClassVar[Identity] = PER_PUBLICATION

    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = field(default=None, converter=plan_words.force)


@frozen(kw_only=True)
class MeetingHeld(MeetingArranged):
    """A meeting is held.

    Attributes:
        chairs: the persons who chair it.
        observers: parties that attend without being members.
        adopted: documents, plans and the like that it adopts, ``kind:slug``; a slug alone is a document.
    """

    name = "meeting-held"
    rank = 80
    describes: ClassVar[tuple[str, ...]] = ("body", "parties", "count")
    outcome = "held"

    chairs: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=PARTIAL_LIST)
    observers: tuple[str, ...] = field(default=(), converter=converters.codes, metadata=PARTIAL_LIST)
    adopted: tuple[str, ...] = field(default=(), converter=references.adopted, metadata=LABEL)


@frozen(kw_only=True)
class MeetingCancelled(MeetingEvent):
    """A meeting is cancelled.

    Attributes:
        by: the side that cancels it, if only one does.
        reason: in the source's words.
    """

    name = "meeting-cancelled"
    rank = 90
    outcome = "cancelled"
    is_failure = True

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class MeetingReplaced(MeetingEvent):
    """A meeting is replaced by another.

    Attributes:
        replacement: slug of the other meeting.
    """

    name = "meeting-replaced"
    rank = 95

    replacement: str | None = field(default=None, converter=references.meeting)


Status = Literal[
    "proposed", "agreed", "postponed", "cancelled", "replaced", "scheduled", "convened", "adjourned", "held"
]
"""The status of a meeting. Overdue is not a status: `view.overdue()` computes it for a day."""

_EXPECTED = ("meeting-agreed", "meeting-scheduled", "meeting-rescheduled", "meeting-postponed")
_ARRANGED = ("place", "host", "mode", "level", "co_chairs")
_PLAN = (*_ARRANGED, "by", "condition", "is_tentative", "recurs", *PLAN_WORDS)
_OFF = ("postponed", "cancelled", "replaced")

LIFECYCLE = Lifecycle(
    steps={
        "meeting-proposed": Step("proposed", _PLAN, on="proposed_on"),
        "meeting-agreed": Step("agreed", _PLAN, on="agreed_on", sets_plan=True),
        "meeting-scheduled": Step("scheduled", _PLAN, sets_plan=True),
        "meeting-postponed": Step(
            "postponed", (*_PLAN, "reason"), on="postponed_on", sets_plan=True, cancels_plan=True
        ),
        "meeting-rescheduled": Step("scheduled", (*_PLAN, "reason"), sets_plan=True, cancels_plan=True),
        "meeting-format-changed": Step(copies=("mode",)),
        "meeting-venue-changed": Step(copies=("place",)),
        "meeting-convened": Step("convened", on="convened_on", fulfils=True),
        "meeting-adjourned": Step("adjourned", sets_plan=True, cancels_plan=True),
        "meeting-held": Step("held", (*_ARRANGED, "chairs", "observers", "adopted"), on="held_on", fulfils=True),
        "meeting-cancelled": Step("cancelled", ("by", "reason"), on="cancelled_on", cancels_plan=True),
        "meeting-replaced": Step("replaced", ("replacement",), cancels_plan=True),
    },
    ranks={"proposed": 10, "agreed": 20, **dict.fromkeys(_OFF, 25), "scheduled": 30, "adjourned": 45}
    | {"convened": 50, "held": 80},
    interruptions=frozenset({*_OFF, "adjourned"}),
    terminal=frozenset({"held"}),
    copies=("title", "body", "parties", "topics", "count"),
    provisos=("condition", "is_tentative"),
    arranged=("place",),
    collects={"title": "titles", "ordinal": "ordinals"},
)


@frozen
class Meeting(PlannedState):
    """The state of one meeting, or of a group of unnamed meetings.

    Attributes:
        subject: the meeting, ``meeting:slug``.
        status: the current status.
        title: the latest name; `titles` has all of them.
        ordinals: all its numbers, which differ between sources.
        expected: the planned dates; empty if it was cancelled.
        proposed_on, agreed_on, postponed_on, convened_on, held_on, cancelled_on: date of each, if a source says so.
        outcomes: when it opened, and when it was held.

    All other fields are those of the events.
    """

    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    ordinals: tuple[str, ...] = ()
    body: str | None = None
    parties: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    count: Count | None = None
    is_tentative: bool | None = None
    condition: str | None = None
    proposed_on: When | None = None
    agreed_on: When | None = None
    postponed_on: When | None = None
    convened_on: When | None = None
    held_on: When | None = None
    cancelled_on: When | None = None
    place: str | None = None
    host: str | None = None
    mode: Mode | None = None
    level: Level | None = None
    recurs: str | None = None
    co_chairs: tuple[str, ...] = ()
    chairs: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    reason: str | None = None
    replacement: str | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned dates on which nothing has been held yet; a single one is met even if the meeting was early."""
        is_over = self.status in ("convened", "held") and len(self.expected) == 1
        return () if is_over else super().outstanding


def rules(state: Meeting, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd about a meeting.

    ``held-after-cancelled``, ``held-and-cancelled-by-one-source``, ``planned-after-held`` (reported as a plan after it
    was held), ``held-early`` (before every planned date), ``held-unannounced`` (the first report is of the meeting
    itself, which is very common), ``postponed-without-date``, ``planned-without-date``, ``scheduled-by-one-side``,
    ``dropped-after-postponements``, ``convened-without-end``.
    """
    subject, plans = state.subject, named(occurrences, *_EXPECTED)
    held, cancelled = last(occurrences, "meeting-held"), last(occurrences, "meeting-cancelled")
    if held and not held.is_refuted:
        yield from _held(state, held, occurrences)
    yield from despite_cancelled(subject, "held", held, cancelled)
    moves = named(occurrences, "meeting-postponed", "meeting-rescheduled")
    if state.status == "postponed" and not state.expected:
        postponed = named(occurrences, "meeting-postponed")
        yield gap("postponed-without-date", subject, "was postponed and no new date was given", *postponed)
    if state.status in ("agreed", "scheduled") and not state.expected:
        yield gap("planned-without-date", subject, "is planned, and no source gives a date", *occurrences)
    if state.status == "convened":
        opened = named(occurrences, "meeting-convened")
        yield gap("convened-without-end", subject, "was opened, and no source reports how it ended", *opened)
    days = {move.event.planned for move in moves}  # type: ignore[attr-defined]  # all plans have `planned`
    if cancelled and state.status == "cancelled" and len(days) > 1:
        sentence = "was put off more than once and then dropped"
        yield oddity("dropped-after-postponements", subject, sentence, cancelled, *moves)
    announcers = {plan.event.by for plan in plans}  # type: ignore[attr-defined]  # all of _EXPECTED have `by`
    if state.status == "scheduled" and len(announcers) == 1 and len(by := announcers.pop()) == 1:
        yield oddity("scheduled-by-one-side", subject, f"is announced by {by[0]} alone", *plans)


def _held(state: Meeting, held: Occurrence, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    plans = named(occurrences, *_EXPECTED)
    if late := [plan for plan in plans if plan.surely_after(held)]:
        yield oddity("planned-after-held", state.subject, "was reported as a plan after it was held", held, *late)
    if state.expected and all(held.latest < (day.planned.earliest or held.latest) for day in state.expected):
        yield oddity("held-early", state.subject, "was held before every day that was planned", held, *plans)
    if is_unannounced(held, occurrences):
        yield gap("held-unannounced", state.subject, "was held, and no earlier source mentions it", held)


meetings: Kind[Meeting] = Kind(
    "meeting",
    events=(
        MeetingAdjourned,
        MeetingAgreed,
        MeetingCancelled,
        MeetingConvened,
        MeetingFormatChanged,
        MeetingHeld,
        MeetingPostponed,
        MeetingProposed,
        MeetingReplaced,
        MeetingRescheduled,
        MeetingScheduled,
        MeetingVenueChanged,
    ),
    projection=Projection("meetings", Meeting, LIFECYCLE.advance, kind="meeting", rules=rules),
)
"""The kind of subject: meeting."""
