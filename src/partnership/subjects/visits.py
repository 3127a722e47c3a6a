"""Visits and calls: announced, made, called off.

Source: ``domain.md`` 2.4b; PLOVER and CAMEO count them apart from meetings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field, frozen

from partnership.model import converters
from partnership.model.converters import LABEL, refers_to
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import Expectation, PlannedState
from partnership.model.findings import despite_cancelled, gap, is_unannounced, last
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.when import When

__all__ = ["VisitAnnounced", "VisitCancelled", "VisitMade"]


@frozen(kw_only=True)
class VisitEvent(Event):
    """What any report of a visit may say of it.

    Attributes:
        title: what the source calls it ("working visit", "courtesy call").
        person: who visits.
        party: whose visitor it is.
        host: the party that is visited.
        place: where.
        topics: what it is about.
        meeting: the slug of the meeting for which it is made, or at which.
    """

    kind = "visit"

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    person: str | None = field(default=None, converter=converters.name)
    party: str | None = field(default=None, converter=converters.code)
    host: str | None = field(default=None, converter=converters.code)
    place: str | None = field(default=None, converter=converters.name)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    meeting: str | None = field(default=None, converter=converters.ref, metadata=refers_to("meeting"))


@frozen(kw_only=True)
class VisitAnnounced(VisitEvent):
    """A visit is to be made.

    Attributes:
        planned: when.
    """

    name = "visit-announced"
    rank = 10
    identity: ClassVar[Identity] = PER_PUBLICATION

    planned: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class VisitMade(VisitEvent):
    """A visit was made (AR-222)."""

    name = "visit-made"
    rank = 20


@frozen(kw_only=True)
class VisitCancelled(VisitEvent):
    """A visit is called off.

    Attributes:
        by: who called it off, when one side did.
        reason: why, in the source's words.
    """

    name = "visit-cancelled"
    rank = 30

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


Status = Literal["announced", "cancelled", "made"]
"""Where a visit stands."""

LIFECYCLE = Lifecycle(
    steps={
        "visit-announced": Step("announced", sets_plan=True),
        "visit-made": Step("made", on="made_on", fulfils=True),
        "visit-cancelled": Step("cancelled", ("by", "reason"), on="cancelled_on", cancels_plan=True),
    },
    ranks={"cancelled": 10, "announced": 10, "made": 20},
    terminal=frozenset({"made"}),
    copies=("title", "person", "party", "host", "place", "topics", "meeting"),
    arranged=("place",),
)


@frozen
class Visit(PlannedState):
    """What is known of one visit.

    Attributes:
        subject: the visit, ``visit:slug``.
        status: where it stands.
        title: the name last used; `titles` has all.
        expected: the days planned now; of a visit that is called off, none.
        made_on, cancelled_on: when each happened, where said.
        outcomes: the days between which it was made.

    The other fields are those of the events.
    """

    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    person: str | None = None
    party: str | None = None
    host: str | None = None
    place: str | None = None
    topics: tuple[str, ...] = ()
    meeting: str | None = None
    made_on: When | None = None
    cancelled_on: When | None = None
    by: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned days that are still open; a visit is made once, so none of one that was."""
        return () if self.status == "made" else super().outstanding


def rules(state: Visit, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd in a visit's course.

    ``made-after-cancelled``, ``made-and-cancelled-by-one-source``, ``made-unannounced``.

    Source: ``domain.md`` 2.6, of meetings; a visit takes the same course.
    """
    made, cancelled = last(occurrences, "visit-made"), last(occurrences, "visit-cancelled")
    yield from despite_cancelled(state.subject, "made", made, cancelled)
    if made and is_unannounced(made, occurrences):
        yield gap("made-unannounced", state.subject, "was made, and nothing had been heard of it", made)


visits: Kind[Visit] = Kind(
    "visit",
    events=(
        VisitAnnounced,
        VisitCancelled,
        VisitMade,
    ),
    projection=Projection("visits", Visit, LIFECYCLE.advance, kind="visit", rules=rules),
)
"""What is known of every visit."""
