"""External events: what is planned or takes place outside the partnership and matters to it.

An election, a summit of another body, a court ruling, a presidency that changes. No party owes them to another, so
they are listed as what is to come, and are never overdue. What happens unplanned between the parties is an incident.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.converters import ACCOUNT, LABEL, PLACE
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import Expectation, PlannedState
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.plan_words import Force
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.when import When

__all__ = ["ExternalEventPlanned", "ExternalEventReported"]


@frozen(kw_only=True)
class ExternalEventBase(Event):
    """Base class of the reports of an external event: fields that any report may have.

    Attributes:
        title: the name that the source uses.
        text: a description in the source's words.
        organizer: the body that holds it: "BRICS", "the United States".
        parties: parties of the partnership that take part, or are affected.
        place: city or venue.
        concerns: subjects that it affects, ``kind:slug``.
        effect: what it means for the partnership, in the source's words: "no summit before the election".
    """

    kind = "external-event"
    describes: ClassVar[tuple[str, ...]] = ("organizer",)

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    organizer: str | None = field(default=None, converter=converters.name)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    place: str | None = field(default=None, converter=converters.name, metadata=PLACE)
    concerns: tuple[str, ...] = field(default=(), converter=references.subjects, metadata=LABEL)
    effect: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class ExternalEventPlanned(ExternalEventBase):
    """An event outside the partnership is to take place; a newer report of its date replaces an older one.

    Attributes:
        planned: planned date of the event.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "external-event-planned"
    rank = 10
    identity: ClassVar[Identity] = PER_PUBLICATION
    describes: ClassVar[tuple[str, ...]] = ()

    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class ExternalEventReported(ExternalEventBase):
    """An event outside the partnership took place."""

    name = "external-event-reported"
    rank = 20


Status = Literal["planned", "happened"]
"""Status of an external event."""

LIFECYCLE = Lifecycle(
    steps={
        "external-event-planned": Step("planned", sets_plan=True),
        "external-event-reported": Step("happened", on="happened_on"),
    },
    ranks={"planned": 10, "happened": 20},
    terminal=frozenset({"happened"}),
    copies=("title", "text", "organizer", "parties", "place", "concerns", "effect"),
    collects={"title": "titles", "text": "texts"},
    undated=frozenset(),
)


@frozen
class ExternalEvent(PlannedState):
    """The state of one event outside the partnership.

    Attributes:
        subject: the event, ``external-event:slug``.
        status: the current status.
        title: the latest name; `titles` has all of them.
        text: the latest wording; `texts` has all of them.
        expected: planned dates of the event.
        happened_on: date on which it took place, if a source says so.
    """

    is_context: ClassVar[bool] = True

    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    text: str | None = None
    texts: tuple[str, ...] = ()
    organizer: str | None = None
    parties: tuple[str, ...] = ()
    place: str | None = None
    concerns: tuple[str, ...] = ()
    effect: str | None = None
    happened_on: When | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned dates of the event, until it takes place."""
        return () if self.status == "happened" else super().outstanding


external_events: Kind[ExternalEvent] = BuiltInKind(
    "external-event",
    events=(
        ExternalEventPlanned,
        ExternalEventReported,
    ),
    projection=Projection("external_events", ExternalEvent, LIFECYCLE.advance, kind="external-event"),
)
"""The kind of subject for external events."""
