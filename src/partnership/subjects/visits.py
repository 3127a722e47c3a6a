"""Visits and calls: announced, made, cancelled.

Event taxonomies such as CAMEO and PLOVER separate them from meetings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field, frozen

from partnership.model import converters, plan_words, references
from partnership.model.converters import ACCOUNT, LABEL
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import Expectation, PlannedState
from partnership.model.findings import despite_cancelled, gap, is_unannounced, last
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.plan_words import Force
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.when import When

__all__ = ["VisitAnnounced", "VisitCancelled", "VisitMade"]


@frozen(kw_only=True)
class VisitEvent(Event):
    """Base class of the events of a visit: fields that any report may have.

    Attributes:
        title: what the source calls it ("working visit", "courtesy call").
        person: the visitor.
        party: the party that the visitor represents.
        host: the party that is visited.
        place: place of the visit.
        topics: topics of the visit.
        meeting: slug of the meeting during or for which it is made.
    """

    kind = "visit"

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    person: str | None = field(default=None, converter=converters.name)
    party: str | None = field(default=None, converter=converters.code)
    host: str | None = field(default=None, converter=converters.code)
    place: str | None = field(default=None, converter=converters.name)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    meeting: str | None = field(default=None, converter=references.meeting)


@frozen(kw_only=True)
class VisitAnnounced(VisitEvent):
    """A visit is announced.

    Attributes:
        planned: planned date.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "visit-announced"
    rank = 10
    identity: ClassVar[Identity] = PER_PUBLICATION

    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = field(default=None, converter=plan_words.force)


@frozen(kw_only=True)
class VisitMade(VisitEvent):
    """A visit is made."""

    name = "visit-made"
    rank = 20
    outcome = "made"


@frozen(kw_only=True)
class VisitCancelled(VisitEvent):
    """A visit is cancelled.

    Attributes:
        by: who cancelled it, if one side acted alone.
        reason: the reason in the source's words.
    """

    name = "visit-cancelled"
    rank = 30
    outcome = "cancelled"
    is_failure = True

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


Status = Literal["announced", "cancelled", "made"]
"""Status of a visit."""

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
    """The state of one visit.

    Attributes:
        subject: the visit, ``visit:slug``.
        status: the current status.
        title: the latest name; `titles` has all of them.
        expected: planned dates; empty if it is cancelled.
        made_on, cancelled_on: date of the last one of each, if a source says so.
        outcomes: the range of days within which it was made.

    All other fields are those of the events.
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
        """Planned dates, until the visit is made; it is made only once."""
        return () if self.status == "made" else super().outstanding


def rules(state: Visit, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find inconsistencies in the history of a visit.

    ``made-after-cancelled``, ``made-and-cancelled-by-one-source``, ``made-unannounced``.
    """
    made, cancelled = last(occurrences, "visit-made"), last(occurrences, "visit-cancelled")
    yield from despite_cancelled(state.subject, "made", made, cancelled)
    if made and not made.is_refuted and is_unannounced(made, occurrences):
        yield gap("made-unannounced", state.subject, "was made without an announcement", made)


visits: Kind[Visit] = Kind(
    "visit",
    events=(
        VisitAnnounced,
        VisitCancelled,
        VisitMade,
    ),
    projection=Projection("visits", Visit, LIFECYCLE.advance, kind="visit", rules=rules),
)
"""The kind of subject for visits."""
