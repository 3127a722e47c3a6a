"""Meetings: proposed, agreed, scheduled, postponed, moved, held, cancelled.

No order of these is enforced, since sources report them in any order; unusual ones give findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Literal

import attrs
from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL, ORDINAL, PARTIAL_LIST, PERSONS, PLACE, PLACES
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import (
    Expectation,
    PlannedState,
    came_on_another_day,
    is_another_day,
    without_planned,
)
from partnership.model.findings import despite_cancelled, gap, is_unannounced, last, named, oddity
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.meeting_words import Level, Mode, put_off_in_words
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.parts import impossible_parts
from partnership.model.plan_words import PLAN_WORDS, Force
from partnership.model.projection import Lifecycle, Projection, Step, cleared, copy_fields
from partnership.values.amounts import Count, Duration
from partnership.values.when import When

__all__ = [
    "MeetingAdjourned",
    "MeetingAgreed",
    "MeetingCancelled",
    "MeetingConvened",
    "MeetingDateNotAgreed",
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
        title: the name that the source uses.
        body: the series, dialogue, network or other body that meets, ``kind:slug``; a slug alone is a series.
        ordinal: number in the series, "19th". All wordings are collected; different numbers are a dispute.
        parties: the parties that take part. A shorter list agrees with a longer one that includes it.
        topics: the topics in the source's words.
        count: number of meetings, if the subject stands for a group of unnamed ones.
        theme: the motto or theme under which it meets, in the source's words.
        format: the form of the meeting beyond `mode`, in the source's words: "phone call", "working breakfast".
        prepares: the meetings, visits, documents and the like that it prepares, ``kind:slug``; a slug alone is a
            meeting.
        margins_of: the larger meetings and other events on whose sidelines it meets, ``kind:slug``; a slug alone is a
            meeting.
        participants: number of people or delegations who take part; of a plan, of those who are expected.
        sessions: number of its sessions or sittings.
        results: number of documents and other results that it brings; those that are known are in `adopted`.
        organizers: the parties and organizations that organize it, who need not host it.
        mediators: the parties that mediate between the participants.
        concerns: subjects that it deals with, ``kind:slug``: the plan that it reviews, the document that it negotiates.
        part_of: the larger meeting or visit that it is a part of, ``kind:slug``; a slug alone is a meeting.
    """

    kind = "meeting"
    describes: ClassVar[tuple[str, ...]] = ("body",)

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    body: str | None = field(default=None, converter=references.body)
    ordinal: str | None = field(default=None, converter=converters.ordinal, metadata=ORDINAL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes, metadata=PARTIAL_LIST)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    count: Count | None = field(default=None, converter=converters.count)
    theme: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)
    format: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)
    prepares: tuple[str, ...] = field(default=(), converter=references.prepared, metadata=PARTIAL_LIST)
    margins_of: tuple[str, ...] = field(default=(), converter=references.occasions, metadata=PARTIAL_LIST)
    participants: Count | None = field(default=None, converter=converters.count)
    sessions: Count | None = field(default=None, converter=converters.count)
    results: Count | None = field(default=None, converter=converters.count)
    organizers: tuple[str, ...] = field(default=(), converter=converters.codes, metadata=PARTIAL_LIST)
    mediators: tuple[str, ...] = field(default=(), converter=converters.codes, metadata=PARTIAL_LIST)
    concerns: tuple[str, ...] = field(default=(), converter=references.subjects, metadata=LABEL)
    part_of: str | None = fields.ref("meeting", "visit", "themed-year", "external-event")

    def impossible(self) -> tuple[str, ...]:
        """Refuse a meeting that is a part of itself."""
        return impossible_parts(self)


@frozen(kw_only=True)
class MeetingArranged(MeetingEvent):
    """Base class of plans and reports of a meeting: its arrangements.

    Attributes:
        place: city or venue.
        host: the party that hosts it.
        mode: how people meet.
        level: the level of the participants; after the meeting, the level actually reached.
        co_chairs: the parties that chair it. A shorter list agrees with a longer one that includes it.
        acting_chairs: the persons who chair it in place of those who should.
        locations: all cities or venues, if there are several; `place` is for one.
        duration: how long it lasts, or is to last, an ISO 8601 duration: ``"PT3H"``.
        co_hosts: the parties that host it together; `host` is for one.
    """

    place: str | None = field(default=None, converter=converters.name, metadata=PLACE)
    host: str | None = field(default=None, converter=converters.code)
    mode: Mode | None = fields.choice(Mode)
    level: Level | None = fields.choice(Level)
    co_chairs: tuple[str, ...] = field(default=(), converter=converters.codes, metadata=PARTIAL_LIST)
    acting_chairs: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=PERSONS)
    locations: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=PLACES)
    duration: Duration | None = field(default=None, converter=converters.duration)
    co_hosts: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class MeetingPlan(MeetingArranged):
    """Base class of plans of a meeting.

    Attributes:
        planned: date on which it is to be held.
        by: the side that says so, if only one does.
        condition: the condition on which it depends ("if the epidemic allows").
        is_tentative: whether the source calls the plan tentative.
        recurs: how often it is to be held, in the source's words ("every autumn").
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
        chairs: the persons who are to chair it.
        alternative_places: the cities or venues of which one is to be chosen: "in India or in the United States".
    """

    identity: ClassVar[Identity] = PER_PUBLICATION

    planned: When | None = field(default=None, converter=converters.day)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_tentative: bool | None = field(default=None, converter=converters.flag)
    recurs: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)
    chairs: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=PERSONS)
    alternative_places: tuple[str, ...] = field(default=(), converter=converters.names_of)


@frozen(kw_only=True)
class MeetingProposed(MeetingPlan):
    """A meeting is proposed; until the sides agree, nothing is expected."""

    name = "meeting-proposed"
    rank = 10


@frozen(kw_only=True)
class MeetingAgreed(MeetingPlan):
    """The sides agree to meet; while parties are named or counted that have not agreed, nothing is expected.

    Attributes:
        not_by: the parties of which the source says that they have not agreed.
        not_by_count: number of the parties that have not agreed, if they are not all named.
    """

    name = "meeting-agreed"
    rank = 20

    not_by: tuple[str, ...] = field(default=(), converter=converters.codes)
    not_by_count: Count | None = field(default=None, converter=converters.count)


@frozen(kw_only=True)
class MeetingDateNotAgreed(MeetingEvent):
    """The sides fail to agree on a day, so that none stands; `on` is when they last failed.

    Attributes:
        attempts: number of attempts so far.
        by: the side that did not agree, if only one did not.
        reason: the reason in the source's words.
    """

    name = "meeting-date-not-agreed"
    rank = 25
    identity: ClassVar[Identity] = PER_PUBLICATION

    attempts: Count | None = field(default=None, converter=converters.count)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class MeetingScheduled(MeetingPlan):
    """A meeting is announced or planned."""

    name = "meeting-scheduled"
    rank = 30


@frozen(kw_only=True)
class MeetingPostponed(MeetingPlan):
    """A meeting is postponed; `planned` is the new date, if there is one.

    Attributes:
        reason: the reason in the source's words.
        is_indefinite: whether the source says that it is put off indefinitely.
        is_mutual: whether the sides do so by mutual consent.
        times: how often it has been put off so far; 3 if this is the third time.
    """

    name = "meeting-postponed"
    rank = 40
    outcome = "postponed"
    is_failure = True

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_indefinite: bool | None = field(default=None, converter=converters.flag)
    is_mutual: bool | None = field(default=None, converter=converters.flag)
    times: Count | None = field(default=None, converter=converters.count)


@frozen(kw_only=True)
class MeetingRescheduled(MeetingPlan):
    """A meeting is moved to another date.

    Attributes:
        reason: the reason in the source's words.
        is_mutual: whether the sides do so by mutual consent.
        times: how often it has been put off so far; 3 if this is the third time.
    """

    name = "meeting-rescheduled"
    rank = 50

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_mutual: bool | None = field(default=None, converter=converters.flag)
    times: Count | None = field(default=None, converter=converters.count)


@frozen(kw_only=True)
class MeetingFormatChanged(MeetingEvent):
    """A planned meeting is moved online, or back.

    Attributes:
        mode: the new way to meet.
    """

    name = "meeting-format-changed"
    rank = 60
    identity: ClassVar[Identity] = PER_PUBLICATION

    mode: Mode | None = fields.choice(Mode)


@frozen(kw_only=True)
class MeetingVenueChanged(MeetingEvent):
    """A planned meeting is moved to another place.

    Attributes:
        place: the new place.
        locations: all new places, if there are several.
    """

    name = "meeting-venue-changed"
    rank = 60
    identity: ClassVar[Identity] = PER_PUBLICATION

    place: str | None = field(default=None, converter=converters.name, metadata=PLACE)
    locations: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=PLACES)


@frozen(kw_only=True)
class MeetingConvened(MeetingEvent):
    """A meeting opens, or continues after it was adjourned.

    Attributes:
        session: which session, in the desk's words, if there are several.
        place: city or venue in which it opens.
    """

    name = "meeting-convened"
    rank = 70
    identity: ClassVar[Identity] = ("session",)
    describes: ClassVar[tuple[str, ...]] = ("body", "parties", "count")
    outcome = "convened"

    session: str | None = field(default=None, converter=converters.name)
    place: str | None = field(default=None, converter=converters.name, metadata=PLACE)


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
    force: Force | None = fields.choice(Force)


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

    chairs: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=PERSONS)
    observers: tuple[str, ...] = field(default=(), converter=converters.codes, metadata=PARTIAL_LIST)
    adopted: tuple[str, ...] = field(default=(), converter=references.adopted, metadata=LABEL)


@frozen(kw_only=True)
class MeetingCancelled(MeetingEvent):
    """A meeting is cancelled.

    Attributes:
        by: the side that cancels it, if only one does.
        reason: the reason in the source's words.
        is_mutual: whether the sides do so by mutual consent.
    """

    name = "meeting-cancelled"
    rank = 90
    outcome = "cancelled"
    is_failure = True

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_mutual: bool | None = field(default=None, converter=converters.flag)


@frozen(kw_only=True)
class MeetingReplaced(MeetingEvent):
    """A meeting is replaced by another.

    Attributes:
        replacement: slug of the other meeting.
    """

    name = "meeting-replaced"
    rank = 95

    replacement: str | None = fields.ref("meeting")


Status = Literal[
    "proposed",
    "agreed",
    "date-not-agreed",
    "postponed",
    "cancelled",
    "replaced",
    "scheduled",
    "convened",
    "adjourned",
    "held",
]
"""The status of a meeting. Overdue is not a status: `view.overdue()` computes it for a day."""

_EXPECTED = ("meeting-agreed", "meeting-scheduled", "meeting-rescheduled", "meeting-postponed")
_ARRANGED = ("place", "host", "mode", "level", "co_chairs", "acting_chairs", "locations", "duration", "co_hosts")
_PLAN = (*_ARRANGED, "by", "condition", "is_tentative", "recurs", *PLAN_WORDS, "chairs", "alternative_places")
_WHERE = ("place", "locations", "alternative_places")
_HOSTS = ("host", "co_hosts")
_OFF = ("postponed", "cancelled", "replaced")
_MET = ("convened", "adjourned", "held")
_ON_THE_DAY = ("chairs", "acting_chairs", "participants", "sessions", "results", "duration")
_OF_THE_DAY = (*_WHERE, *_HOSTS, "mode", "format")
"""What is arranged for the planned days, and says nothing of a meeting on another day."""

LIFECYCLE = Lifecycle(
    steps={
        "meeting-proposed": Step("proposed", _PLAN, on="proposed_on"),
        "meeting-agreed": Step("agreed", _PLAN, on="agreed_on", sets_plan=True),
        "meeting-date-not-agreed": Step("date-not-agreed", ("attempts", "by", "reason"), cancels_plan=True),
        "meeting-scheduled": Step("scheduled", _PLAN, sets_plan=True),
        "meeting-postponed": Step(
            "postponed",
            (*_PLAN, "reason", "is_indefinite", "is_mutual", "times"),
            on="postponed_on",
            sets_plan=True,
            cancels_plan=True,
        ),
        "meeting-rescheduled": Step(
            "scheduled", (*_PLAN, "reason", "is_mutual", "times"), sets_plan=True, cancels_plan=True
        ),
        "meeting-format-changed": Step(copies=("mode",)),
        "meeting-venue-changed": Step(copies=("place", "locations")),
        "meeting-convened": Step("convened", ("place",), on="convened_on", fulfils=True),
        "meeting-adjourned": Step("adjourned", sets_plan=True, cancels_plan=True),
        "meeting-held": Step("held", (*_ARRANGED, "chairs", "observers", "adopted"), on="held_on", fulfils=True),
        "meeting-cancelled": Step("cancelled", ("by", "reason", "is_mutual"), on="cancelled_on", cancels_plan=True),
        "meeting-replaced": Step("replaced", ("replacement",), cancels_plan=True),
    },
    ranks={"proposed": 10, "agreed": 20, **dict.fromkeys((*_OFF, "date-not-agreed"), 25), "scheduled": 30}
    | {"adjourned": 45, "convened": 50, "held": 80},
    interruptions=frozenset({*_OFF, "date-not-agreed", "adjourned"}),
    terminal=frozenset({"held"}),
    copies=(
        "title",
        "body",
        "parties",
        "topics",
        "count",
        "theme",
        "format",
        "prepares",
        "margins_of",
        "participants",
        "sessions",
        "results",
        "organizers",
        "mediators",
        "concerns",
        "part_of",
    ),
    provisos=("condition", "is_tentative", "is_indefinite", "is_mutual"),
    arranged=_WHERE,
    collects={"title": "titles", "ordinal": "ordinals"},
    undated=frozenset({"agreed", "scheduled", "date-not-agreed", "postponed", "adjourned"}),
)

_PARTLY_AGREED = attrs.evolve(LIFECYCLE, steps={**LIFECYCLE.steps, "meeting-agreed": Step("proposed", _PLAN)})
"""Reads an agreement to which some have not agreed: it is as good as a proposal."""


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
        prepared_by: the meetings that prepare it, ``meeting:slug``.
        in_margins: the meetings on its sidelines, ``meeting:slug``.
        chairs, acting_chairs, participants, sessions, results, duration: what was planned until it takes place; from
            then on only what is said of the meeting itself.
        place, locations, host, co_hosts, mode, format: what was planned, if it took place on the planned day and no
            source says otherwise; of a meeting on another day, only what is said of the meeting itself.
        outcomes: when it opened, and when it was held.
    """

    owed_by: ClassVar[tuple[str, ...]] = ("host", "co_hosts", "organizers", "parties")

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
    theme: str | None = None
    format: str | None = None
    prepares: tuple[str, ...] = ()
    prepared_by: tuple[str, ...] = ()
    margins_of: tuple[str, ...] = ()
    in_margins: tuple[str, ...] = ()
    participants: Count | None = None
    sessions: Count | None = None
    results: Count | None = None
    duration: Duration | None = None
    acting_chairs: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    co_hosts: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    not_by_count: Count | None = None
    attempts: Count | None = None
    is_indefinite: bool | None = None
    is_mutual: bool | None = None
    times: Count | None = None
    organizers: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    alternative_places: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    part_of: str | None = None

    @property
    def put_off_in_words(self) -> str:
        """How it was put off, "put off indefinitely, by mutual consent", or that no date was agreed on; else empty."""
        if self.status == "date-not-agreed":
            return f"no date agreed on{f' in {self.attempts} attempts' if self.attempts else ''}"
        return put_off_in_words(self.is_indefinite, self.is_mutual, self.times)

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned dates on which nothing has been held yet; a single one is met even if the meeting was early."""
        is_over = self.status in ("convened", "held") and len(self.expected) == 1
        return () if is_over else super().outstanding


def key(occurrence: Occurrence) -> Iterable[str]:
    """Return the meeting that an occurrence is about, and those that it prepares, or on whose sidelines it meets."""
    yield occurrence.subject
    if isinstance(event := occurrence.event, MeetingEvent):
        yield from (*event.prepares, *event.margins_of)


def evolve(state: Meeting, occurrence: Occurrence) -> Meeting:
    """Return the state of the meeting after one more occurrence."""
    event = occurrence.event
    if occurrence.subject != state.subject:
        return _referred_to(state, occurrence)
    has_met = state.status in _MET
    if isinstance(event, MeetingPlan) and has_met:  # what was planned says nothing about the meeting that was held
        is_other = state.status == "held" and event.planned and is_another_day(state.held_on, [event.planned])
        names = (*(PLAN_WORDS if state.status == "held" else ()), *(_OF_THE_DAY if is_other else ()))
        occurrence = without_planned(occurrence, (*_ON_THE_DAY, *names))
    lifecycle, step = LIFECYCLE, LIFECYCLE.steps.get(event.name)
    if step is None:  # an event of a user's own
        return state
    is_late = state.status in LIFECYCLE.terminal if step.to is None else not LIFECYCLE.follows(step.to, state.status)
    if isinstance(event, MeetingAgreed):
        state = copy_fields(cleared(state, "not_by", "not_by_count"), occurrence, "not_by", "not_by_count")
        lifecycle = _PARTLY_AGREED if state.not_by or state.not_by_count else LIFECYCLE
    elif step.fulfils and not has_met:
        names = _OF_THE_DAY if came_on_another_day(state, event.on) else ()
        state = cleared(state, *_ON_THE_DAY, *PLAN_WORDS, *names)
    elif step.cancels_plan and not is_late:
        state = cleared(state, "is_indefinite", "is_mutual")
    for names in () if is_late else (_WHERE, _HOSTS):  # each takes the place of the others
        unstated = [name for name in names if not getattr(event, name, None)]
        if len(unstated) < len(names):
            state = cleared(state, *(names if lifecycle is _PARTLY_AGREED else unstated))
    return lifecycle.advance(state, occurrence)


def _referred_to(state: Meeting, occurrence: Occurrence) -> Meeting:
    """Return the state of a meeting after an event of another meeting that prepares it, or is on its sidelines."""
    event: Any = occurrence.event
    changes = {
        into: (*getattr(state, into), occurrence.subject)
        for into, name in (("prepared_by", "prepares"), ("in_margins", "margins_of"))
        if state.subject in getattr(event, name) and occurrence.subject not in getattr(state, into)
    }
    return replace(state, **changes) if changes else state


def rules(state: Meeting, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd about a meeting.

    ``held-after-cancelled``, ``held-and-cancelled-by-one-source``, ``planned-after-held`` (reported as a plan after it
    was held), ``held-early`` (before every planned date), ``held-unannounced`` (the first report is of the meeting
    itself, which is very common), ``postponed-without-date``, ``planned-without-date``, ``date-not-agreed``,
    ``not-agreed-by-all``, ``scheduled-by-one-side``, ``dropped-after-postponements``, ``convened-without-end``.
    """
    occurrences = [occurrence for occurrence in occurrences if occurrence.subject == state.subject]
    subject, plans = state.subject, named(occurrences, *_EXPECTED)
    held, cancelled = last(occurrences, "meeting-held"), last(occurrences, "meeting-cancelled")
    if held and not held.is_refuted:
        yield from _held(state, held, occurrences)
    yield from despite_cancelled(subject, "held", held, cancelled)
    moves = named(occurrences, "meeting-postponed", "meeting-rescheduled")
    yield from _without_date(state, occurrences)
    if state.status == "convened":
        opened = named(occurrences, "meeting-convened")
        yield gap("convened-without-end", subject, "was opened, and no source reports how it ended", *opened)
    days = {move.event.planned for move in moves}  # type: ignore[attr-defined]  # all plans have `planned`
    is_repeated = len(days) > 1 or (state.times is not None and state.times.number > 1)
    if cancelled and state.status == "cancelled" and is_repeated:
        sentence = "was put off more than once and then dropped"
        yield oddity("dropped-after-postponements", subject, sentence, cancelled, *moves)
    announcers = {plan.event.by for plan in plans}  # type: ignore[attr-defined]  # all of _EXPECTED have `by`
    if state.status == "scheduled" and len(announcers) == 1 and len(by := announcers.pop()) == 1:
        yield oddity("scheduled-by-one-side", subject, f"is announced by {by[0]} alone", *plans)
    agreed = named(occurrences, "meeting-agreed")
    if state.status in ("proposed", "agreed", "scheduled") and (state.not_by or state.not_by_count):
        who = [*state.not_by, *([f"{state.not_by_count} of the parties"] if state.not_by_count else [])]
        yield oddity("not-agreed-by-all", subject, f"is not agreed to by {', '.join(who)}", *agreed)


def _without_date(state: Meeting, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    if state.expected:
        return
    subject = state.subject
    if state.status == "postponed":
        postponed = named(occurrences, "meeting-postponed")
        sentence = f"was {state.put_off_in_words or 'postponed'} and no new date was given"
        yield gap("postponed-without-date", subject, sentence, *postponed)
    if state.status in ("agreed", "scheduled"):
        yield gap("planned-without-date", subject, "is planned, and no source gives a date", *occurrences)
    if state.status == "date-not-agreed":
        failed = named(occurrences, "meeting-date-not-agreed")
        yield gap("date-not-agreed", subject, f"has {state.put_off_in_words}", *failed)


def _held(state: Meeting, held: Occurrence, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    plans = named(occurrences, *_EXPECTED)
    if late := [plan for plan in plans if plan.surely_after(held)]:
        yield oddity("planned-after-held", state.subject, "was reported as a plan after it was held", held, *late)
    if state.expected and all(held.latest < (day.planned.earliest or held.latest) for day in state.expected):
        yield oddity("held-early", state.subject, "was held before every day that was planned", held, *plans)
    if is_unannounced(held, occurrences):
        yield gap("held-unannounced", state.subject, "was held, and no earlier source mentions it", held)


meetings: Kind[Meeting] = BuiltInKind(
    "meeting",
    events=(
        MeetingAdjourned,
        MeetingAgreed,
        MeetingCancelled,
        MeetingConvened,
        MeetingDateNotAgreed,
        MeetingFormatChanged,
        MeetingHeld,
        MeetingPostponed,
        MeetingProposed,
        MeetingReplaced,
        MeetingRescheduled,
        MeetingScheduled,
        MeetingVenueChanged,
    ),
    projection=Projection("meetings", Meeting, evolve, version=2, kind="meeting", key=key, others=(), rules=rules),
    lifecycle=LIFECYCLE,
)
"""The kind of subject: meeting."""
