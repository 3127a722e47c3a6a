"""Parties: states, blocs, agencies, institutions, persons; joined the partnership, left, succeeded, renamed.

An agency is a party of its own: when the Eurasian Economic Commission signs a document, Russia has not signed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL
from partnership.model.event import Event, Identity
from partnership.model.findings import gap, last, named
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.when import When

__all__ = ["PartyJoinedPartnership", "PartyLeft", "PartyRenamed", "PartySucceeded"]

Nature = Literal["state", "bloc", "agency", "institution", "person"]
"""What a party is."""


@frozen(kw_only=True)
class PartyEvent(Event):
    """Base class of the events of a party: fields that any report may have.

    Attributes:
        code: its code, as in the party fields of other events.
        nature: state, bloc, agency, institution or person.
        title: the name that the source uses.
    """

    kind = "party"

    code: str | None = field(default=None, converter=converters.code)
    nature: Nature | None = fields.choice(Nature)
    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)


@frozen(kw_only=True)
class PartyJoinedPartnership(PartyEvent):
    """A party joins the partnership."""

    name = "party-joined-partnership"
    rank = 10


@frozen(kw_only=True)
class PartySucceeded(PartyEvent):
    """A party succeeds another that no longer exists, as Russia succeeded the Soviet Union.

    Attributes:
        predecessor: code of the party that no longer exists.
    """

    name = "party-succeeded"
    rank = 20
    identity: ClassVar[Identity] = ("predecessor",)

    predecessor: str | None = field(default=None, converter=converters.code)


@frozen(kw_only=True)
class PartyRenamed(PartyEvent):
    """A party is renamed; `title` is its new name.

    Attributes:
        former: the old name.
    """

    name = "party-renamed"
    rank = 30
    identity: ClassVar[Identity] = ("former",)

    former: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class PartyLeft(PartyEvent):
    """A party leaves the partnership.

    Attributes:
        reason: the reason in the source's words.
    """

    name = "party-left"
    rank = 40

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


Status = Literal["joined", "left"]
"""Status of a party in the partnership."""

LIFECYCLE = Lifecycle(
    steps={
        "party-joined-partnership": Step("joined", on="joined_on"),
        "party-succeeded": Step(copies=("predecessor",), on="succeeded_on"),
        "party-renamed": Step(on="renamed_on"),
        "party-left": Step("left", ("reason",), on="left_on"),
    },
    ranks={"joined": 10, "left": 10},
    copies=("code", "nature", "title"),
)


@frozen
class Party:
    """The state of one party.

    Attributes:
        subject: the party, ``party:slug``.
        status: its status in the partnership.
        title: the latest name; `titles` has all of them.
        former: earlier names.
        joined_on, succeeded_on, renamed_on, left_on: date of the last one of each, if a source says so.
        disputed: names of the fields on which sources differ.
    """

    subject: str
    status: Status | None = None
    code: str | None = None
    nature: Nature | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    predecessor: str | None = None
    joined_on: When | None = None
    succeeded_on: When | None = None
    renamed_on: When | None = None
    left_on: When | None = None
    reason: str | None = None
    disputed: tuple[str, ...] = ()


def evolve(state: Party, occurrence: Occurrence) -> Party:
    """Return the party after one more occurrence."""
    state, event = LIFECYCLE.advance(state, occurrence), occurrence.event
    if isinstance(event, PartyRenamed) and event.former:
        state = replace(state, former=(*state.former, event.former))
    return state


def rules(state: Party, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``left-without-joining``: a party left, and no source reports that it had joined."""
    if (left := last(occurrences, "party-left")) and not named(occurrences, "party-joined-partnership"):
        yield gap("left-without-joining", state.subject, "left; no source reports that it had joined", left)


parties: Kind[Party] = BuiltInKind(
    "party",
    events=(
        PartyJoinedPartnership,
        PartyLeft,
        PartyRenamed,
        PartySucceeded,
    ),
    projection=Projection("parties", Party, evolve, kind="party", rules=rules),
    lifecycle=LIFECYCLE,
)
"""The kind of subject for parties."""
