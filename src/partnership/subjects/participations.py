"""Participation in a meeting: invited, accepted, announced, unconfirmed, declined, represented by another, took part.

It has a mode of its own, because in a hybrid meeting some people are in the room and others online.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.converters import ACCOUNT, PERSON
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import PlannedState
from partnership.model.findings import contradiction, last, named, oddity
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.meeting_words import Level, Mode
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.plan_words import Force
from partnership.model.projection import Lifecycle, Projection, Step, cleared
from partnership.values.amounts import Count
from partnership.values.when import When

__all__ = [
    "AbsenceReported",
    "DelegationHeadChanged",
    "ParticipationAccepted",
    "ParticipationAnnounced",
    "ParticipationDeclined",
    "ParticipationInvited",
    "ParticipationReported",
    "ParticipationUnconfirmed",
    "PartyNotInvited",
]


@frozen(kw_only=True)
class ParticipationEvent(Event):
    """Base class of the events of a participation: fields that any report may have.

    Attributes:
        meeting: slug of the meeting.
        person: name of the person.
        party: the party whose delegation it is.
        capacity: the person's office in the source's words.
        standing: the person's function at the meeting ("head of the delegation", "observer") in the source's words.
        mode: how this person takes part; it may differ from the mode of the meeting.
        level: the level of the person or delegation, which may differ from that of the meeting.
        delegation_size: number of people in the delegation.
        count: number of persons or parties, if the subject stands for a group of unnamed ones.
        inviter: the person or institution that invites, in the source's words.
        on_behalf_of: the person, office or party that this person represents, in the source's words: "the Emir".
    """

    kind = "participation"
    describes: ClassVar[tuple[str, ...]] = ("party",)

    meeting: str = field(converter=references.needed_meeting)
    person: str | None = field(default=None, converter=converters.name, metadata=PERSON)
    party: str | None = field(default=None, converter=converters.code)
    capacity: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)
    standing: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)
    mode: Mode | None = fields.choice(Mode)
    level: Level | None = fields.choice(Level)
    delegation_size: Count | None = field(default=None, converter=converters.count)
    count: Count | None = field(default=None, converter=converters.count)
    inviter: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)
    on_behalf_of: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)


@frozen(kw_only=True)
class ParticipationInvited(ParticipationEvent):
    """Somebody is invited; until the invitation is accepted, nothing is expected.

    Attributes:
        by: the parties that invite.
    """

    name = "participation-invited"
    rank = 5
    identity: ClassVar[Identity] = PER_PUBLICATION

    by: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class ParticipationUnconfirmed(ParticipationEvent):
    """Somebody may take part; it is not confirmed, so nothing is expected."""

    name = "participation-unconfirmed"
    rank = 10
    identity: ClassVar[Identity] = PER_PUBLICATION


@frozen(kw_only=True)
class ParticipationAnnounced(ParticipationEvent):
    """Somebody is announced as a participant.

    Attributes:
        planned: planned date of the participation.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
        condition: the condition on which it depends, in the source's words.
    """

    name = "participation-announced"
    rank = 20
    identity: ClassVar[Identity] = PER_PUBLICATION

    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class ParticipationAccepted(ParticipationEvent):
    """Somebody accepts an invitation.

    Attributes:
        planned: planned date of the participation.
        condition: the condition on which it depends, in the source's words.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "participation-accepted"
    rank = 25
    identity: ClassVar[Identity] = PER_PUBLICATION

    planned: When | None = field(default=None, converter=converters.day)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class DelegationHeadChanged(ParticipationEvent):
    """A delegation gets another head than announced; `person` is the new one.

    Attributes:
        former: the head announced before.
        reason: the reason in the source's words.
        condition: the condition on which it depends, in the source's words.
    """

    name = "delegation-head-changed"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION

    former: str | None = field(default=None, converter=converters.name)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class ParticipationDeclined(ParticipationEvent):
    """Somebody declines to take part, or an invitation; nothing is expected of it any more.

    Attributes:
        substitute: who will take part instead.
        reason: the reason in the source's words.
        condition: the condition on which somebody would take part after all, in the source's words.
    """

    name = "participation-declined"
    rank = 40
    identity: ClassVar[Identity] = PER_PUBLICATION
    outcome = "declined"
    is_failure = True

    substitute: str | None = field(default=None, converter=converters.name)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class PartyNotInvited(ParticipationEvent):
    """A party or a person is not invited.

    Attributes:
        by: the parties that do not invite.
        reason: the reason in the source's words.
    """

    name = "party-not-invited"
    rank = 50

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class AbsenceReported(ParticipationEvent):
    """Somebody did not attend, whether or not that was declined before; `on` is the day of the absence.

    Attributes:
        reason: the reason in the source's words.
    """

    name = "absence-reported"
    rank = 55

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class ParticipationReported(ParticipationEvent):
    """Somebody took part."""

    name = "participation-reported"
    rank = 60
    outcome = "took-part"


Status = Literal["invited", "unconfirmed", "announced", "accepted", "declined", "not-invited", "absent", "took-part"]
"""Status of a participation. People change their minds, so until somebody took part or was absent, the newest counts.

That somebody was invited is no news once it is known what came of it.
"""

_PART = ("person", "capacity", "standing", "mode", "level", "delegation_size", "count", "inviter", "on_behalf_of")

LIFECYCLE = Lifecycle(
    steps={
        "participation-invited": Step("invited", (*_PART, "by"), on="invited_on"),
        "participation-unconfirmed": Step("unconfirmed", _PART),
        "participation-announced": Step("announced", (*_PART, "condition"), sets_plan=True),
        "participation-accepted": Step("accepted", (*_PART, "condition"), on="accepted_on", sets_plan=True),
        "delegation-head-changed": Step("announced", (*_PART, "former", "reason", "condition")),
        "participation-declined": Step(
            "declined", (*_PART, "substitute", "reason", "condition"), on="declined_on", cancels_plan=True
        ),
        "party-not-invited": Step("not-invited", (*_PART, "by", "reason"), cancels_plan=True),
        "absence-reported": Step("absent", (*_PART, "reason"), on="absent_on", cancels_plan=True),
        "participation-reported": Step("took-part", _PART, on="took_part_on", fulfils=True),
    },
    ranks=dict.fromkeys(("unconfirmed", "announced", "accepted", "declined"), 10)
    | {"invited": 5, "not-invited": 5, "absent": 15, "took-part": 20},
    interruptions=frozenset({"not-invited"}),
    terminal=frozenset({"absent", "took-part"}),
    copies=("meeting", "party"),
    provisos=("condition",),
    collects={},
    undated=frozenset(),
)


@frozen
class Participation(PlannedState):
    """The state of one participation in one meeting.

    Attributes:
        subject: ``participation:slug``.
        status: the current status.
        meeting: the meeting's slug.
        person: the person named last, or who took part.
        expected: planned dates.
        took_part_on: date of the participation, if a source says so.
        invited_on, accepted_on, declined_on, absent_on: date of the last one of each, if a source says so.
        outcomes: the range of days within which it took place.
    """

    owed_by: ClassVar[tuple[str, ...]] = ("party",)

    status: Status | None = None
    meeting: str | None = None
    person: str | None = None
    party: str | None = None
    capacity: str | None = None
    standing: str | None = None
    mode: Mode | None = None
    former: str | None = None
    substitute: str | None = None
    by: tuple[str, ...] = ()
    reason: str | None = None
    took_part_on: When | None = None
    condition: str | None = None
    level: Level | None = None
    delegation_size: Count | None = None
    count: Count | None = None
    inviter: str | None = None
    invited_on: When | None = None
    accepted_on: When | None = None
    declined_on: When | None = None
    on_behalf_of: str | None = None
    absent_on: When | None = None

    @property
    def title(self) -> str:
        """Who takes part in which meeting, since no source gives a participation a title: the person and the party."""
        meeting = f"at {self.meeting}" if self.meeting else None
        return ", ".join(part for part in (self.person, self.party, meeting) if part)


def evolve(state: Participation, occurrence: Occurrence) -> Participation:
    """Return the participation after one more occurrence; a newer answer has its own reason and condition, or none."""
    event = occurrence.event
    has_answer = isinstance(event, ParticipationAccepted | ParticipationAnnounced | ParticipationDeclined)
    if has_answer and state.status not in LIFECYCLE.terminal:
        state = cleared(state, "reason", "condition")
    return LIFECYCLE.advance(state, occurrence)


def rules(state: Participation, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``took-part-after-declining``, ``took-part-uninvited`` and ``took-part-and-absent``."""
    reported = last(occurrences, "participation-reported")
    if reported is None:
        return
    before = [occurrence for occurrence in occurrences if occurrence.said <= reported.said]
    if declined := named(before, "participation-declined"):
        sentence = "took part after it had been declined"
        yield oddity("took-part-after-declining", state.subject, sentence, reported, *declined)
    if uninvited := named(before, "party-not-invited"):
        sentence = "took part though it was not invited"
        yield oddity("took-part-uninvited", state.subject, sentence, reported, *uninvited)
    if absent := named(occurrences, "absence-reported"):
        sentence = "is reported to have taken part and to have been absent"
        yield contradiction("took-part-and-absent", state.subject, sentence, reported, *absent)


participations: Kind[Participation] = BuiltInKind(
    "participation",
    events=(
        AbsenceReported,
        DelegationHeadChanged,
        ParticipationAccepted,
        ParticipationAnnounced,
        ParticipationDeclined,
        ParticipationInvited,
        ParticipationReported,
        ParticipationUnconfirmed,
        PartyNotInvited,
    ),
    projection=Projection("participations", Participation, evolve, kind="participation", rules=rules),
    lifecycle=LIFECYCLE,
)
"""The kind of subject for participations."""
