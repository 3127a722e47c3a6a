"""Networks of institutions: think tanks, universities, business councils. What a network meets for is a meeting.

Source: ``domain.md`` 2.2 (AR-011, AR-091 to AR-093).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL
from partnership.model.event import Event, Identity
from partnership.model.kind import Kind
from partnership.model.occurrence import Occurrence
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.when import When

__all__ = ["InstitutionJoined", "NetworkLaunched"]


@frozen(kw_only=True)
class NetworkEvent(Event):
    """What any report of a network may say of it.

    Attributes:
        title: the name that the source uses.
        parties: whose institutions are in it.
    """

    kind = "network"

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class NetworkLaunched(NetworkEvent):
    """A network is launched.

    Attributes:
        place: where.
        institutions: those that are in it from the start.
    """

    name = "network-launched"
    rank = 10

    place: str | None = field(default=None, converter=converters.name)
    institutions: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=LABEL)


@frozen(kw_only=True)
class InstitutionJoined(NetworkEvent):
    """An institution joins a network.

    Attributes:
        institution: its name.
        party: whose institution it is.
    """

    name = "institution-joined"
    rank = 20
    identity: ClassVar[Identity] = ("institution",)

    institution: str | None = field(default=None, converter=converters.name)
    party: str | None = field(default=None, converter=converters.code)


Status = Literal["launched"]
"""Where a network stands."""

LIFECYCLE = Lifecycle(
    steps={"network-launched": Step("launched", ("place",), on="launched_on"), "institution-joined": Step()},
    ranks={"launched": 10},
    copies=("title", "parties"),
)


@frozen
class Network:
    """What is known of one network.

    Attributes:
        subject: the network, ``network:slug``.
        status: where it stands.
        title: the name last used; `titles` has all.
        launched_on: when, where said.
        institutions: those that are in it, as far as anybody said.
        meetings: its meetings that were held, ``meeting:slug``.
        planned: its meetings that are announced and not held.
        disputed: names of the fields on which sources differ.

    The other fields are those of the events.
    """

    subject: str
    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    place: str | None = None
    institutions: tuple[str, ...] = ()
    launched_on: When | None = None
    meetings: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()


def key(occurrence: Occurrence) -> Iterable[str]:
    """Return the network that a occurrence is about, or whose meeting it is."""
    yield occurrence.subject
    if occurrence.event.kind == "meeting" and (body := getattr(occurrence.event, "body", None)):
        yield body


def evolve(state: Network, occurrence: Occurrence) -> Network:
    """Return the network after one more occurrence."""
    event = occurrence.event
    if event.name == "meeting-held":
        planned = tuple(one for one in state.planned if one != occurrence.subject)
        return replace(state, meetings=(*state.meetings, occurrence.subject), planned=planned)
    if event.name in ("meeting-agreed", "meeting-scheduled", "meeting-rescheduled", "meeting-postponed"):
        known = {*state.meetings, *state.planned}
        return replace(state, planned=(*state.planned, *({occurrence.subject} - known)))
    if event.name in ("meeting-cancelled", "meeting-replaced"):
        return replace(state, planned=tuple(one for one in state.planned if one != occurrence.subject))
    state = LIFECYCLE.advance(state, occurrence)
    joined = occurrence.labels.get("institutions", ())
    if isinstance(event, InstitutionJoined) and event.institution:
        joined = (event.institution,)
    return replace(state, institutions=tuple(dict.fromkeys((*state.institutions, *joined))))


networks: Kind[Network] = Kind(
    "network",
    events=(
        InstitutionJoined,
        NetworkLaunched,
    ),
    projection=Projection("networks", Network, evolve, kind="network", key=key),
    lifecycle=LIFECYCLE,
)
"""What is known of every network."""
