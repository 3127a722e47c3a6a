"""Membership in blocs and forums: applied for, agreed in principle, observer, invited, declined, admitted, ended.

One subject is one party in one bloc: ``membership:timor-leste-in-asean``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL, ORDINAL
from partnership.model.event import Event, Identity
from partnership.model.expectations import Expectation, PlannedState
from partnership.model.findings import gap, last, named, oddity
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.plan_words import Force
from partnership.model.projection import Lifecycle, Projection, Step, cleared, copy_fields
from partnership.values.when import When

__all__ = [
    "MemberAdmitted",
    "MembershipAgreedInPrinciple",
    "MembershipApplied",
    "MembershipDeclined",
    "MembershipEnded",
    "MembershipInvited",
    "ObserverGranted",
    "RepresentationRestored",
    "RepresentationRestricted",
]


Standing = Literal["full", "associate"]
"""What kind of member a party is: one with all rights, or an associate; an observer is no member."""


@frozen(kw_only=True)
class MembershipEvent(Event):
    """Base class of the events of a membership: fields that any report may have.

    Attributes:
        bloc: code of the bloc or forum.
        member: code of the party that is or may become a member.
        title: what the source calls the membership.
        standing: full or associate, of a member, or of the membership that is applied for.
        meeting: slug of the meeting at which it was done.
        document: slug of the document that says so.
    """

    kind = "membership"

    bloc: str = field(converter=converters.needed_code)
    member: str = field(converter=converters.needed_code)
    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    standing: Standing | None = fields.choice(Standing)
    meeting: str | None = fields.ref("meeting")
    document: str | None = fields.ref("document")


@frozen(kw_only=True)
class MembershipApplied(MembershipEvent):
    """A party applies for membership."""

    name = "membership-applied"
    rank = 10


@frozen(kw_only=True)
class MembershipInvited(MembershipEvent):
    """A bloc invites a party to take part or to become a member. Whether the party accepts is another event."""

    name = "membership-invited"
    rank = 20


@frozen(kw_only=True)
class MembershipAgreedInPrinciple(MembershipEvent):
    """A bloc agrees in principle to admit a party.

    Attributes:
        planned: planned date of the admission.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "membership-agreed-in-principle"
    rank = 30

    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class MembershipDeclined(MembershipEvent):
    """A party does not become a member: it declines an invitation or withdraws its application, or the bloc rejects it.

    Attributes:
        by: the parties that decline it: the party itself, the bloc, or members of the bloc.
        reason: the reason in the source's words.
        episode: which application or invitation, in the desk's words, if there were several.
    """

    name = "membership-declined"
    rank = 45
    identity: ClassVar[Identity] = ("by", "episode")

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class ObserverGranted(MembershipEvent):
    """A party is granted the status of observer."""

    name = "observer-granted"
    rank = 40


@frozen(kw_only=True)
class MemberAdmitted(MembershipEvent):
    """A party becomes a member, or returns after its membership had ended.

    An associate that becomes a full member is admitted again, with another `episode`.

    Attributes:
        ordinal: its number among the members as the source counts: "eleventh".
        episode: which admission, in the desk's words, if there were several: "return of 2017".
    """

    name = "member-admitted"
    rank = 50
    identity: ClassVar[Identity] = ("episode",)

    ordinal: str | None = field(default=None, converter=converters.ordinal, metadata=ORDINAL)
    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class RepresentationRestricted(MembershipEvent):
    """A member keeps its membership and is suspended, or may not send its political representatives.

    Attributes:
        text: the restriction in the source's words.
        episode: which restriction, in the desk's words, if there were several.
    """

    name = "representation-restricted"
    rank = 60
    identity: ClassVar[Identity] = ("episode",)
    is_lasting = True

    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class RepresentationRestored(MembershipEvent):
    """The suspension of a member, or the restriction of its representation, is lifted.

    Attributes:
        episode: which restriction ends, in the desk's words, if there were several.
    """

    name = "representation-restored"
    rank = 65
    identity: ClassVar[Identity] = ("episode",)

    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class MembershipEnded(MembershipEvent):
    """A membership ends.

    Attributes:
        reason: the reason in the source's words.
        episode: which membership ends, in the desk's words, if there were several.
    """

    name = "membership-ended"
    rank = 70
    identity: ClassVar[Identity] = ("episode",)

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    episode: str | None = field(default=None, converter=converters.name)


Status = Literal["applied", "invited", "agreed", "observer", "declined", "member", "ended"]
"""Status of a membership."""

LIFECYCLE = Lifecycle(
    steps={
        "membership-applied": Step("applied", on="applied_on"),
        "membership-invited": Step("invited", on="invited_on"),
        "membership-agreed-in-principle": Step("agreed", on="agreed_on", sets_plan=True),
        "observer-granted": Step("observer", on="observer_on"),
        "membership-declined": Step("declined", ("reason",), on="declined_on", cancels_plan=True),
        "member-admitted": Step("member", on="admitted_on", fulfils=True),
        "representation-restricted": Step(copies=("text",), on="restricted_on"),
        "representation-restored": Step(on="restored_on"),
        "membership-ended": Step("ended", ("reason",), on="ended_on"),
    },
    ranks={"applied": 10, "invited": 10, "agreed": 20, "observer": 20, "declined": 20, "member": 30, "ended": 30},
    copies=("bloc", "member", "title", "meeting", "document"),
    collects={"title": "titles", "ordinal": "ordinals"},
)


@frozen
class Membership(PlannedState):
    """The state of one membership of one party in one bloc. ``view.members(bloc, day)`` lists all members.

    Attributes:
        subject: the membership, ``membership:slug``.
        status: the current status; of agreed in principle and observer, the later one.
        title: the latest name; `titles` has all of them.
        ordinals: all ordinals that sources give.
        expected: planned dates of the admission.
        applied_on, invited_on, agreed_on, observer_on, declined_on, admitted_on, restricted_on, restored_on, ended_on:
            date of the last one of each, if a source says so.
        text: the restriction of its representation, if any.
        is_restricted: whether it is suspended, or its representation restricted, and no source reports that this ended.
        standing: full or associate; until it is admitted, what it is to be.
        outcomes: the range of days within which it was admitted.
    """

    status: Status | None = None
    bloc: str | None = None
    member: str | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    ordinals: tuple[str, ...] = ()
    applied_on: When | None = None
    invited_on: When | None = None
    agreed_on: When | None = None
    observer_on: When | None = None
    admitted_on: When | None = None
    restricted_on: When | None = None
    ended_on: When | None = None
    text: str | None = None
    reason: str | None = None
    standing: Standing | None = None
    meeting: str | None = None
    document: str | None = None
    declined_on: When | None = None
    restored_on: When | None = None
    is_restricted: bool = False

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned dates of the admission, until it is admitted or the membership ends."""
        return () if self.status in ("member", "ended") else super().outstanding


def evolve(state: Membership, occurrence: Occurrence) -> Membership:
    """Return the membership after one more occurrence; what a member applies for is not what it is.

    What was declined may be applied for again.
    """
    if state.status == "declined" and isinstance(occurrence.event, MembershipApplied | MembershipInvited):
        state = replace(state, status=None)
    was_member = state.status in ("member", "ended")
    state = LIFECYCLE.advance(state, occurrence)
    if isinstance(occurrence.event, RepresentationRestricted | RepresentationRestored):
        state = replace(state, is_restricted=isinstance(occurrence.event, RepresentationRestricted))
        state = state if state.is_restricted else cleared(state, "text")
    if isinstance(occurrence.event, MemberAdmitted):
        return copy_fields(cleared(state, "standing"), occurrence, "standing")
    is_of_it = isinstance(occurrence.event, MembershipEvent) and not was_member
    return copy_fields(state, occurrence, "standing") if is_of_it else state


def rules(state: Membership, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``observer-after-admission``, ``restricted-while-no-member`` and ``ended-without-admission``.

    Two memberships of the same party at once cannot be found here. If two subjects have
    one bloc and one member, `View.members` reports it.
    """
    subject, admitted = state.subject, last(occurrences, "member-admitted")
    observer, ended = last(occurrences, "observer-granted"), last(occurrences, "membership-ended")
    if observer and admitted and observer.surely_after(admitted):
        yield oddity(
            "observer-after-admission",
            subject,
            "was granted observer status after it had been admitted",
            admitted,
            observer,
        )
    if ended and not admitted:
        yield gap("ended-without-admission", subject, "ended; no admission was reported", ended)
    for restricted in named(occurrences, "representation-restricted"):
        is_over = ended and not (admitted and admitted.surely_after(ended))
        if ended and is_over and restricted.surely_after(ended):
            yield oddity("restricted-while-no-member", subject, "was restricted after it had ended", ended, restricted)


memberships: Kind[Membership] = BuiltInKind(
    "membership",
    events=(
        MemberAdmitted,
        MembershipAgreedInPrinciple,
        MembershipApplied,
        MembershipDeclined,
        MembershipEnded,
        MembershipInvited,
        ObserverGranted,
        RepresentationRestored,
        RepresentationRestricted,
    ),
    projection=Projection("memberships", Membership, evolve, kind="membership", rules=rules),
    lifecycle=LIFECYCLE,
)
"""The kind of subject for memberships."""
