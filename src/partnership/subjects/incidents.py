"""Incidents: unplanned events that affect the partnership."""

from __future__ import annotations

from attrs import field

from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL, PLACE
from partnership.model.event import Event
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Occurrence
from partnership.model.projection import Projection, copy_fields
from partnership.values.when import When

__all__ = ["IncidentReported"]


@frozen(kw_only=True)
class IncidentReported(Event):
    """An incident is reported.

    Attributes:
        text: a description in the source's words.
        parties: the parties involved.
        place: city or venue.
        topics: the topics in the source's words.
        concerns: subjects that it affects, ``kind:slug``.
    """

    name = "incident-reported"
    kind = "incident"
    rank = 10

    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    place: str | None = field(default=None, converter=converters.name, metadata=PLACE)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    concerns: tuple[str, ...] = field(default=(), converter=references.subjects, metadata=LABEL)


@frozen
class Incident:
    """The state of one incident.

    Attributes:
        subject: the incident, ``incident:slug``.
        text: the wording of the best source.
        texts: all wordings, the best source first.
        happened_on: date, if a source says so.
        disputed: names of the fields on which sources differ.
    """

    subject: str
    text: str | None = None
    texts: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    place: str | None = None
    topics: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    happened_on: When | None = None
    disputed: tuple[str, ...] = ()


def evolve(state: Incident, occurrence: Occurrence) -> Incident:
    """Return the state of the incident after one more occurrence."""
    if not isinstance(occurrence.event, IncidentReported):
        return state
    state = copy_fields(state, occurrence, "text", "parties", "place", "topics", "concerns", happened_on="on")
    return replace(state, texts=occurrence.labels["text"])


incidents: Kind[Incident] = BuiltInKind(
    "incident",
    events=(IncidentReported,),
    projection=Projection("incidents", Incident, evolve, kind="incident"),
)
"""The kind of subject: incident."""
