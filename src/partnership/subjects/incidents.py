"""Incidents: what befell the partnership and what nobody planned.

Source: ``domain.md`` 2.4b.
"""

from __future__ import annotations

from attrs import field, frozen

from partnership.model import fields
from partnership.model.event import Event
from partnership.model.fields import LABEL
from partnership.model.happening import Happening
from partnership.model.kind import Kind
from partnership.model.making import changed
from partnership.model.projection import Projection, take
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

    text: str | None = field(default=None, converter=fields.words, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=fields.codes)
    place: str | None = field(default=None, converter=fields.name)
    topics: tuple[str, ...] = field(default=(), converter=fields.texts, metadata=LABEL)
    concerns: tuple[str, ...] = field(default=(), converter=fields.subjects, metadata=LABEL)


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


def evolve(state: Incident, happening: Happening) -> Incident:
    """Return the incident after one more happening."""
    if not isinstance(happening.event, IncidentReported):
        return state
    state = take(state, happening, "text", "parties", "place", "topics", "concerns", happened_on="on")
    return changed(state, texts=happening.labels["text"])


incidents: Kind[Incident] = Kind(
    "incident",
    events=(IncidentReported,),
    projection=Projection("incidents", Incident, evolve, kind="incident"),
)
"""What is known of every incident."""
