"""Visits and calls: invited, accepted or declined, announced, postponed, made, cancelled.

Event taxonomies such as CAMEO and PLOVER separate them from meetings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL, ORDINAL, PERSON, PLACE, PLACES
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
from partnership.model.meeting_words import put_off_in_words
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.plan_words import Force
from partnership.model.projection import Lifecycle, Projection, Step, cleared
from partnership.values.amounts import Count, Duration
from partnership.values.when import When

__all__ = [
    "VisitAnnounced",
    "VisitCancelled",
    "VisitInvitationAccepted",
    "VisitInvitationDeclined",
    "VisitInvited",
    "VisitMade",
    "VisitPostponed",
]


@frozen(kw_only=True)
class VisitEvent(Event):
    """Base class of the events of a visit: fields that any report may have.

    Attributes:
        title: what the source calls it ("working visit", "courtesy call").
        person: the visitor.
        party: the party that the visitor represents.
        host: the party that is visited.
        place: place of the visit.
        topics: topics of the visit.
        meeting: slug of the meeting during or for which it is made.
        format: the form of the visit, in the source's words: "state visit", "working visit".
        ordinal: its number among the visitor's visits to the host, "third". Different numbers are a dispute.
        participants: number of people in the delegation.
        locations: all places of the visit, if there are several; `place` is for one.
        count: number of visits, if the subject stands for a group of unnamed ones.
        inviter: the person or institution at whose invitation it is made, in the source's words.
        duration: how long it lasts, or is to last, an ISO 8601 duration: ``"P3D"``.
    """

    kind = "visit"

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    person: str | None = field(default=None, converter=converters.name, metadata=PERSON)
    party: str | None = field(default=None, converter=converters.code)
    host: str | None = field(default=None, converter=converters.code)
    place: str | None = field(default=None, converter=converters.name, metadata=PLACE)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    meeting: str | None = fields.ref("meeting")
    format: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)
    ordinal: str | None = field(default=None, converter=converters.ordinal, metadata=ORDINAL)
    participants: Count | None = field(default=None, converter=converters.count)
    locations: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=PLACES)
    count: Count | None = field(default=None, converter=converters.count)
    inviter: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)
    duration: Duration | None = field(default=None, converter=converters.duration)


@frozen(kw_only=True)
class VisitInvited(VisitEvent):
    """Somebody is invited to a visit; until the invitation is accepted, nothing is expected.

    Attributes:
        by: the parties that invite.
        planned: date for which the invitation is.
        timing: the date in the source's words: "in the coming months".
    """

    name = "visit-invited"
    rank = 5
    identity: ClassVar[Identity] = PER_PUBLICATION

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class VisitInvitationAccepted(VisitEvent):
    """An invitation to a visit is accepted; without `planned`, the visit is expected when the invitation says.

    Attributes:
        planned: planned date of the visit.
        condition: the condition on which it depends, in the source's words.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "visit-invitation-accepted"
    rank = 7
    identity: ClassVar[Identity] = PER_PUBLICATION

    planned: When | None = field(default=None, converter=converters.day)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class VisitInvitationDeclined(VisitEvent):
    """An invitation to a visit is declined; nothing is expected of it any more.

    Attributes:
        reason: the reason in the source's words.
        condition: the condition on which the visit would be made after all, in the source's words.
    """

    name = "visit-invitation-declined"
    rank = 12
    identity: ClassVar[Identity] = PER_PUBLICATION
    outcome = "declined"
    is_failure = True

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class VisitAnnounced(VisitEvent):
    """A visit is announced.

    Attributes:
        planned: planned date of the visit.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
        condition: the condition on which it depends, in the source's words.
    """

    name = "visit-announced"
    rank = 10
    identity: ClassVar[Identity] = PER_PUBLICATION

    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class VisitPostponed(VisitEvent):
    """A visit is postponed; `planned` is the new date, if there is one.

    Attributes:
        planned: the new planned date of the visit, if there is one.
        by: the side that postpones it, if only one does.
        reason: the reason in the source's words.
        is_indefinite: whether the source says that it is put off indefinitely.
        is_mutual: whether the sides do so by mutual consent.
        times: how often it has been put off so far; 3 if this is the third time.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "visit-postponed"
    rank = 15
    identity: ClassVar[Identity] = PER_PUBLICATION
    outcome = "postponed"
    is_failure = True

    planned: When | None = field(default=None, converter=converters.day)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_indefinite: bool | None = field(default=None, converter=converters.flag)
    is_mutual: bool | None = field(default=None, converter=converters.flag)
    times: Count | None = field(default=None, converter=converters.count)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class VisitMade(VisitEvent):
    """A visit is made."""

    name = "visit-made"
    rank = 20
    outcome = "made"


@frozen(kw_only=True)
class VisitCancelled(VisitEvent):
    """A visit is cancelled.

    Attributes:
        by: the side that cancels it, if only one does.
        reason: the reason in the source's words.
        is_mutual: whether the sides do so by mutual consent.
    """

    name = "visit-cancelled"
    rank = 30
    outcome = "cancelled"
    is_failure = True

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_mutual: bool | None = field(default=None, converter=converters.flag)


Status = Literal["invited", "accepted", "declined", "announced", "postponed", "cancelled", "made"]
"""Status of a visit."""

LIFECYCLE = Lifecycle(
    steps={
        "visit-invited": Step("invited", ("by", "timing"), on="invited_on"),
        "visit-invitation-accepted": Step("accepted", ("condition",), on="accepted_on", sets_plan=True),
        "visit-announced": Step("announced", ("condition",), sets_plan=True),
        "visit-invitation-declined": Step("declined", ("reason", "condition"), on="declined_on", cancels_plan=True),
        "visit-postponed": Step(
            "postponed",
            ("by", "reason", "is_indefinite", "is_mutual", "times"),
            on="postponed_on",
            sets_plan=True,
            cancels_plan=True,
        ),
        "visit-made": Step("made", on="made_on", fulfils=True),
        "visit-cancelled": Step("cancelled", ("by", "reason", "is_mutual"), on="cancelled_on", cancels_plan=True),
    },
    ranks=dict.fromkeys(("invited", "declined", "cancelled"), 5)
    | {"accepted": 10, "announced": 10, "postponed": 10, "made": 20},
    interruptions=frozenset({"declined", "postponed", "cancelled"}),
    terminal=frozenset({"made"}),
    copies=(
        "title",
        "person",
        "party",
        "host",
        "place",
        "topics",
        "meeting",
        "format",
        "participants",
        "locations",
        "count",
        "inviter",
        "duration",
    ),
    provisos=("condition", "is_indefinite", "is_mutual"),
    arranged=("place", "locations"),
    collects={"title": "titles", "ordinal": "ordinals"},
)

_OF_THE_DAY = ("place", "locations", "format", "participants", "duration")
"""What is arranged for the planned days, and says nothing of a visit on other days."""


@frozen
class Visit(PlannedState):
    """The state of one visit.

    Attributes:
        subject: the visit, ``visit:slug``.
        status: the current status.
        title: the latest name; `titles` has all of them.
        expected: planned dates; empty if it is cancelled, and as long as an invitation is not accepted.
        invited_for: dates for which an invitation is that has no answer yet.
        ordinals: all its numbers, which differ between sources.
        invited_on, accepted_on, declined_on, postponed_on, made_on, cancelled_on: date of the last one of each, if a
            source says so.
        outcomes: the range of days within which it was made.
        place, locations, format, participants, duration: what was planned, if it was made on the planned day and no
            source says otherwise; of a visit on another day, only what is said of the visit itself.
    """

    owed_by: ClassVar[tuple[str, ...]] = ("party", "host")

    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    person: str | None = None
    party: str | None = None
    host: str | None = None
    place: str | None = None
    topics: tuple[str, ...] = ()
    meeting: str | None = None
    made_on: When | None = None
    cancelled_on: When | None = None
    by: tuple[str, ...] = ()
    reason: str | None = None
    format: str | None = None
    ordinals: tuple[str, ...] = ()
    participants: Count | None = None
    locations: tuple[str, ...] = ()
    count: Count | None = None
    inviter: str | None = None
    invited_for: tuple[Expectation, ...] = ()
    invited_on: When | None = None
    accepted_on: When | None = None
    declined_on: When | None = None
    postponed_on: When | None = None
    condition: str | None = None
    is_indefinite: bool | None = None
    is_mutual: bool | None = None
    times: Count | None = None
    duration: Duration | None = None

    @property
    def put_off_in_words(self) -> str:
        """How it was put off, "put off indefinitely, by mutual consent"; empty if no source says more than that."""
        return put_off_in_words(self.is_indefinite, self.is_mutual, self.times)

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned dates, until the visit is made; it is made only once."""
        return () if self.status == "made" else super().outstanding


def evolve(state: Visit, occurrence: Occurrence) -> Visit:
    """Return the visit after one more occurrence; an invitation is a plan once it is accepted."""
    event, step = occurrence.event, LIFECYCLE.steps.get(occurrence.event.name)
    planned: When | None = getattr(event, "planned", None)
    if state.status == "made" and planned and is_another_day(state.made_on, [planned]):
        occurrence = without_planned(occurrence, _OF_THE_DAY)
    if step is None or step.to is None or not LIFECYCLE.follows(step.to, state.status):
        return LIFECYCLE.advance(state, occurrence)
    offered = state.invited_for
    state = cleared(state, "invited_for")
    if step.cancels_plan:
        state = cleared(state, "is_indefinite", "is_mutual", "reason", "condition")
    if step.fulfils and came_on_another_day(state, event.on):
        state = cleared(state, *_OF_THE_DAY)
    if event.place or event.locations:  # type: ignore[attr-defined]  # all events of visits have them
        state = cleared(state, "place", "locations")
    state = LIFECYCLE.advance(state, occurrence)
    if isinstance(event, VisitInvited) and event.planned:
        claims = occurrence.claims_for("planned")
        days = tuple(Expectation(day, occurrence.said, claims) for day in event.planned.members)
        return replace(state, invited_for=days)
    if isinstance(event, VisitInvitationAccepted) and not (state.expected or event.is_undated):
        claims = occurrence.claims
        agreed = [replace(day, since=occurrence.said, claims=tuple(sorted({*day.claims, *claims}))) for day in offered]
        return replace(state, expected=tuple(agreed))
    return state


def rules(state: Visit, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find inconsistencies in the history of a visit.

    ``made-after-cancelled``, ``made-and-cancelled-by-one-source``, ``made-after-declining``, ``made-unannounced``,
    ``postponed-without-date``.
    """
    made, cancelled = last(occurrences, "visit-made"), last(occurrences, "visit-cancelled")
    yield from despite_cancelled(state.subject, "made", made, cancelled)
    if made and not made.is_refuted:
        if is_unannounced(made, occurrences):
            yield gap("made-unannounced", state.subject, "was made without an announcement", made)
        declined = [item for item in named(occurrences, "visit-invitation-declined") if item.said <= made.said]
        if declined and not named(occurrences, "visit-invitation-accepted"):
            sentence = "was made after the invitation had been declined"
            yield oddity("made-after-declining", state.subject, sentence, made, *declined)
    if state.status == "postponed" and not state.expected:
        sentence = f"was {state.put_off_in_words or 'postponed'} and no new date was given"
        yield gap("postponed-without-date", state.subject, sentence, *named(occurrences, "visit-postponed"))


visits: Kind[Visit] = BuiltInKind(
    "visit",
    events=(
        VisitAnnounced,
        VisitCancelled,
        VisitInvitationAccepted,
        VisitInvitationDeclined,
        VisitInvited,
        VisitMade,
        VisitPostponed,
    ),
    projection=Projection("visits", Visit, evolve, version=2, kind="visit", rules=rules),
    lifecycle=LIFECYCLE,
)
"""The kind of subject for visits."""
