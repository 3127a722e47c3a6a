"""Networks of institutions: think tanks, universities, business councils. Meetings of a network are meetings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

from attrs import field

from partnership._frozen import frozen
from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL, PARTIAL_LIST, PLACE
from partnership.model.event import Event, Identity
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Occurrence
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.amounts import Count
from partnership.values.when import When

__all__ = ["InstitutionJoined", "NetworkLaunched"]


@frozen(kw_only=True)
class NetworkEvent(Event):
    """Base class of the events of a network: fields that any report may have.

    Attributes:
        title: the name that the source uses.
        parties: the parties whose institutions are members.
    """

    kind = "network"
    describes: ClassVar[tuple[str, ...]] = ("parties",)

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes, metadata=PARTIAL_LIST)


@frozen(kw_only=True)
class NetworkLaunched(NetworkEvent):
    """A network is launched.

    Attributes:
        place: place of the launch.
        institutions: names of the founding institutions.
        institution_count: how many institutions found it, if not all are named.
    """

    name = "network-launched"
    rank = 10

    place: str | None = field(default=None, converter=converters.name, metadata=PLACE)
    institutions: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=LABEL)
    institution_count: Count | None = field(default=None, converter=converters.count)


@frozen(kw_only=True)
class InstitutionJoined(NetworkEvent):
    """An institution joins a network.

    Attributes:
        institution: name of the institution.
        party: the party it belongs to.
    """

    name = "institution-joined"
    rank = 20
    identity: ClassVar[Identity] = ("institution",)

    institution: str | None = field(default=None, converter=converters.name)
    party: str | None = field(default=None, converter=converters.code)


Status = Literal["launched"]
"""Status of a network."""

LIFECYCLE = Lifecycle(
    steps={
        "network-launched": Step("launched", ("place", "institution_count"), on="launched_on"),
        "institution-joined": Step(),
    },
    ranks={"launched": 10},
    copies=("title", "parties"),
)


@frozen
class Network:
    """The state of one network.

    Attributes:
        subject: the network, ``network:slug``.
        status: the current status.
        title: the latest name; `titles` has all of them.
        launched_on: date of the launch, if a source says so.
        institutions: names of all institutions reported as members.
        institution_count: how many institutions founded it.
        meetings: its meetings that were held, ``meeting:slug``.
        planned: its meetings that were announced and not yet held.
        disputed: names of the fields on which sources differ.
    """

    subject: str
    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    place: str | None = None
    institutions: tuple[str, ...] = ()
    institution_count: Count | None = None
    launched_on: When | None = None
    meetings: tuple[str, ...] = ()
    planned: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()


def key(occurrence: Occurrence) -> Iterable[str]:
    """Yield the network that an occurrence is about, or that held or plans the meeting."""
    yield occurrence.subject
    if occurrence.event.kind == "meeting" and (body := getattr(occurrence.event, "body", None)):
        yield body


def evolve(state: Network, occurrence: Occurrence) -> Network:
    """Return the network after one more occurrence."""
    event = occurrence.event
    if event.name == "meeting-held":
        planned = tuple(meeting for meeting in state.planned if meeting != occurrence.subject)
        return replace(state, meetings=(*state.meetings, occurrence.subject), planned=planned)
    if event.name in ("meeting-agreed", "meeting-scheduled", "meeting-rescheduled", "meeting-postponed"):
        known = {*state.meetings, *state.planned}
        return replace(state, planned=(*state.planned, *({occurrence.subject} - known)))
    if event.name in ("meeting-cancelled", "meeting-replaced"):
        return replace(state, planned=tuple(meeting for meeting in state.planned if meeting != occurrence.subject))
    state = LIFECYCLE.advance(state, occurrence)
    joined = occurrence.labels.get("institutions", ())
    if isinstance(event, InstitutionJoined) and event.institution:
        joined = (event.institution,)
    return replace(state, institutions=tuple(dict.fromkeys((*state.institutions, *joined))))


networks: Kind[Network] = BuiltInKind(
    "network",
    events=(
        InstitutionJoined,
        NetworkLaunched,
    ),
    projection=Projection("networks", Network, evolve, kind="network", key=key, others=("meeting",)),
    lifecycle=LIFECYCLE,
)
"""The kind of subject for networks."""
