"""Membership of blocs and forums: applied for, agreed in principle, observer, invited, admitted, restricted, ended.

One subject is one party in one bloc: ``membership:timor-leste-in-asean``.

Source: ``domain.md`` 2.1 (AR-161, AR-176, AR-248) and 2.6.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from attrs import field, frozen

from partnership.model import converters
from partnership.model.converters import LABEL
from partnership.model.event import Event
from partnership.model.expectations import Expectation, PlannedState
from partnership.model.findings import gap, last, named, oddity
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.when import When

__all__ = [
    "MemberAdmitted",
    "MembershipAgreedInPrinciple",
    "MembershipApplied",
    "MembershipEnded",
    "MembershipInvited",
    "ObserverGranted",
    "RepresentationRestricted",
]


@frozen(kw_only=True)
class MembershipEvent(Event):
    """What any report of a membership may say of it.

    Attributes:
        bloc: the bloc or forum.
        member: the party that is, or is to be, a member of it.
        title: what the source calls it.
    """

    kind = "membership"

    bloc: str = field(converter=converters.needed_code)
    member: str = field(converter=converters.needed_code)
    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)


@frozen(kw_only=True)
class MembershipApplied(MembershipEvent):
    """A party asks to become a member."""

    name = "membership-applied"
    rank = 10


@frozen(kw_only=True)
class MembershipInvited(MembershipEvent):
    """A bloc asks a party to take part or to become a member; that it did is another report (AR-176)."""

    name = "membership-invited"
    rank = 20


@frozen(kw_only=True)
class MembershipAgreedInPrinciple(MembershipEvent):
    """A bloc agrees that a party is to become a member.

    Attributes:
        planned: when.
    """

    name = "membership-agreed-in-principle"
    rank = 30

    planned: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class ObserverGranted(MembershipEvent):
    """A party may take part as an observer (AR-161)."""

    name = "observer-granted"
    rank = 40


@frozen(kw_only=True)
class MemberAdmitted(MembershipEvent):
    """A party becomes a member (AR-248).

    Attributes:
        ordinal: which member it is as the source counts, "eleventh".
    """

    name = "member-admitted"
    rank = 50

    ordinal: str | None = field(default=None, converter=converters.name, metadata=LABEL)


@frozen(kw_only=True)
class RepresentationRestricted(MembershipEvent):
    """A member stays one and may not be represented as before: its political level is not invited.

    Attributes:
        text: how, in the source's words.
    """

    name = "representation-restricted"
    rank = 60
    is_lasting = True

    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen(kw_only=True)
class MembershipEnded(MembershipEvent):
    """A party is no member any longer.

    Attributes:
        reason: why, in the source's words.
    """

    name = "membership-ended"
    rank = 70

    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


Status = Literal["applied", "invited", "agreed", "observer", "member", "ended"]
"""Where a membership stands."""

LIFECYCLE = Lifecycle(
    steps={
        "membership-applied": Step("applied", on="applied_on"),
        "membership-invited": Step("invited", on="invited_on"),
        "membership-agreed-in-principle": Step("agreed", on="agreed_on", sets_plan=True),
        "observer-granted": Step("observer", on="observer_on"),
        "member-admitted": Step("member", on="admitted_on", fulfils=True),
        "representation-restricted": Step(copies=("text",), on="restricted_on"),
        "membership-ended": Step("ended", ("reason",), on="ended_on"),
    },
    ranks={"applied": 10, "invited": 10, "agreed": 20, "observer": 20, "member": 30, "ended": 30},
    copies=("bloc", "member", "title"),
    collects={"title": "titles", "ordinal": "ordinals"},
)


@frozen
class Membership(PlannedState):
    """What is known of one party in one bloc; all members of a bloc are asked of the view: ``view.members(bloc, day)``.

    Attributes:
        subject: the membership, ``membership:slug``.
        status: where it stands; one that was agreed in principle and is observer, or the other way round, is the later.
        title: the name last used; `titles` has all.
        ordinals: all numbers that sources claim.
        expected: the days on which it is planned now to become a member.
        applied_on, invited_on, agreed_on, observer_on, admitted_on, restricted_on, ended_on: when each happened,
            where said.
        text: how it may be represented, where that is restricted.
        outcomes: the days between which it became a member.

    The other fields are those of the events.
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

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned days of the admission that are still open."""
        return () if self.status in ("member", "ended") else super().outstanding


def rules(state: Membership, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``observer-after-admission``, ``restricted-while-no-member`` and ``ended-without-admission``.

    Source: ``domain.md`` 2.6. "Member twice at once", which stands there as impossible, cannot be told: admission
    comes once for its subject. Two subjects with one bloc and one member are found when the members are asked for.
    """
    subject, admitted = state.subject, last(occurrences, "member-admitted")
    observer, ended = last(occurrences, "observer-granted"), last(occurrences, "membership-ended")
    if observer and admitted and observer.surely_after(admitted):
        yield oddity("observer-after-admission", subject, "was granted less than it had", admitted, observer)
    if ended and not admitted:
        yield gap("ended-without-admission", subject, "ended; no admission was reported", ended)
    for one in named(occurrences, "representation-restricted"):
        if ended and one.surely_after(ended):
            yield oddity("restricted-while-no-member", subject, "is restricted though it ended", ended, one)


memberships: Kind[Membership] = Kind(
    "membership",
    events=(
        MemberAdmitted,
        MembershipAgreedInPrinciple,
        MembershipApplied,
        MembershipEnded,
        MembershipInvited,
        ObserverGranted,
        RepresentationRestricted,
    ),
    projection=Projection("memberships", Membership, LIFECYCLE.advance, kind="membership", rules=rules),
)
"""What is known of every membership."""
