"""Incidents: what befell the partnership and what nobody planned.

Source: ``domain.md`` 2.4b.
"""

from __future__ import annotations

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL
from partnership.model.event import Event
from partnership.model.kind import Kind
from partnership.model.occurrence import Occurrence
from partnership.model.projection import Projection, copy_fields
from partnership.values.when import When

__all__ = ["IncidentReported"]


@frozen(kw_only=True)
class IncidentReported(Event):
    """Something happened.

    Attributes:
        text: what, in the source's words.
        parties: who was in it.
        place: where.
        topics: what it is about.
        concerns: the subjects that it touches, ``kind:slug``.
    """

    name = "incident-reported"
    kind = "incident"
    rank = 10

    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    place: str | None = field(default=None, converter=converters.name)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    concerns: tuple[str, ...] = field(default=(), converter=converters.subjects, metadata=LABEL)


@frozen
class Incident:
    """What is known of one incident.

    Attributes:
        subject: the incident, ``incident:slug``.
        text: the wording of the best source; `texts` has all.
        happened_on: when, where said.
        disputed: names of the fields on which sources differ.

    The other fields are those of the event.
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
    """Return the incident after one more occurrence."""
    if not isinstance(occurrence.event, IncidentReported):
        return state
    state = copy_fields(state, occurrence, "text", "parties", "place", "topics", "concerns", happened_on="on")
    return replace(state, texts=occurrence.labels["text"])


incidents: Kind[Incident] = Kind(
    "incident",
    events=(IncidentReported,),
    projection=Projection("incidents", Incident, evolve, kind="incident"),
)
"""What is known of every incident."""
