"""Who takes part in a meeting: announced, unconfirmed, declined, represented by another, not invited, there.

Source: ``domain.md`` 2.2 (AR-125, AR-126: one meeting may be hybrid person by person; AR-244 to AR-246).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field, frozen

from partnership.model import converters, meeting_words
from partnership.model.converters import LABEL, refers_to
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import PlannedState
from partnership.model.findings import last, named, oddity
from partnership.model.kind import Kind
from partnership.model.meeting_words import Mode
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.when import When

__all__ = [
    "DelegationHeadChanged",
    "ParticipationAnnounced",
    "ParticipationDeclined",
    "ParticipationReported",
    "ParticipationUnconfirmed",
    "PartyNotInvited",
]


@frozen(kw_only=True)
class ParticipationEvent(Event):
    """What any report of somebody's part in a meeting may say of it.

    Attributes:
        meeting: the meeting's slug.
        person: who.
        party: whose delegation.
        capacity: the person's office, in the source's words.
        standing: in which part ("head of the delegation", "observer"), in the source's words.
        mode: how this person takes part, which may be another way than the meeting's.
    """

    kind = "participation"

    meeting: str = field(converter=converters.slug, metadata=refers_to("meeting"))
    person: str | None = field(default=None, converter=converters.name)
    party: str | None = field(default=None, converter=converters.code)
    capacity: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    standing: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    mode: Mode | None = field(default=None, converter=meeting_words.mode)


@frozen(kw_only=True)
class ParticipationUnconfirmed(ParticipationEvent):
    """Somebody considers taking part, or may; nothing is expected (AR-244)."""

    name = "participation-unconfirmed"
    rank = 10
    identity: ClassVar[Identity] = PER_PUBLICATION


@frozen(kw_only=True)
class ParticipationAnnounced(ParticipationEvent):
    """Somebody is to take part (AR-246).

    Attributes:
        planned: when.
    """

    name = "participation-announced"
    rank = 20
    identity: ClassVar[Identity] = PER_PUBLICATION

    planned: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class DelegationHeadChanged(ParticipationEvent):
    """Another person than was announced is to lead a delegation; `person` is the new head.

    Attributes:
        former: who was to lead it.
    """

    name = "delegation-head-changed"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION

    former: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class ParticipationDeclined(ParticipationEvent):
    """Somebody is not to take part (AR-245).

    Attributes:
        substitute: who is to come instead.
    """

    name = "participation-declined"
    rank = 40
    identity: ClassVar[Identity] = PER_PUBLICATION

    substitute: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class PartyNotInvited(ParticipationEvent):
    """A party, or a person, is not invited.

    Attributes:
        by: who does not invite.
        reason: why, in the source's words.
    """

    name = "party-not-invited"
    rank = 50

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen(kw_only=True)
class ParticipationReported(ParticipationEvent):
    """Somebody took part."""

    name = "participation-reported"
    rank = 60


Status = Literal["unconfirmed", "announced", "declined", "not-invited", "took-part"]
"""Where it stands; of all but the last the newest stands, for people change their minds."""

_PART = ("person", "capacity", "standing", "mode")

LIFECYCLE = Lifecycle(
    steps={
        "participation-unconfirmed": Step("unconfirmed", _PART),
        "participation-announced": Step("announced", _PART, sets_plan=True),
        "delegation-head-changed": Step("announced", (*_PART, "former")),
        "participation-declined": Step("declined", (*_PART, "substitute"), cancels_plan=True),
        "party-not-invited": Step("not-invited", (*_PART, "by", "reason"), cancels_plan=True),
        "participation-reported": Step("took-part", _PART, on="took_part_on", fulfils=True),
    },
    ranks=dict.fromkeys(("unconfirmed", "announced", "declined", "not-invited"), 10) | {"took-part": 20},
    terminal=frozenset({"took-part"}),
    copies=("meeting", "party"),
    collects={},
)


@frozen
class Participation(PlannedState):
    """What is known of somebody's part in one meeting.

    Attributes:
        subject: ``participation:slug``.
        status: where it stands.
        meeting: the meeting's slug.
        person: who was named last, or took part.
        expected: the days on which they are to take part.
        took_part_on: when they took part, where said.
        outcomes: the days between which they did.

    The other fields are those of the events.
    """

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


def rules(state: Participation, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``took-part-after-declining`` and ``took-part-uninvited``.

    Source: ``domain.md`` 2.2 (AR-244 to AR-246: unconfirmed, declined, another named within two days).
    """
    reported = last(occurrences, "participation-reported")
    if reported is None:
        return
    before = [one for one in occurrences if one.said <= reported.said]
    if declined := named(before, "participation-declined"):
        sentence = "took part after it had been declined"
        yield oddity("took-part-after-declining", state.subject, sentence, reported, *declined)
    if uninvited := named(before, "party-not-invited"):
        sentence = "took part though it was not invited"
        yield oddity("took-part-uninvited", state.subject, sentence, reported, *uninvited)


participations: Kind[Participation] = Kind(
    "participation",
    events=(
        DelegationHeadChanged,
        ParticipationAnnounced,
        ParticipationDeclined,
        ParticipationReported,
        ParticipationUnconfirmed,
        PartyNotInvited,
    ),
    projection=Projection("participations", Participation, LIFECYCLE.advance, kind="participation", rules=rules),
)
"""Who takes part in what."""
