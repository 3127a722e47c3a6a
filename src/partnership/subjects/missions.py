"""Missions and offices: a permanent mission, a centre, a secretariat. Agreement and opening have separate dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters
from partnership.model.converters import ACCOUNT, LABEL, ORDINAL, PLACE, PLACES
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import Expectation, PlannedState
from partnership.model.findings import last, oddity
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.plan_words import Force
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.amounts import Count
from partnership.values.when import When

__all__ = ["MissionAgreed", "MissionClosed", "MissionOpened", "MissionPlanned"]


@frozen(kw_only=True)
class MissionEvent(Event):
    """Base class of the events of a mission: fields that any report may have.

    Attributes:
        title: the name that the source uses.
        parent: the institution that it is part of or housed by.
        place: its location.
        by: the parties whose mission it is, or who acted.
        parties: the parties to the agreement.
        agreement: slug of the founding document.
        locations: all places, if there are several.
        ordinal: the number in the source's words: "second", for the second consulate in a country.
        count: how many missions the subject stands for, if it is a group of unnamed ones.
    """

    kind = "mission"
    describes: ClassVar[tuple[str, ...]] = (
        "parent",
        "place",
        "by",
        "parties",
        "agreement",
        "locations",
        "ordinal",
        "count",
    )

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    parent: str | None = field(default=None, converter=converters.name)
    place: str | None = field(default=None, converter=converters.name, metadata=PLACE)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    agreement: str | None = fields.ref("document")
    locations: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=PLACES)
    ordinal: str | None = field(default=None, converter=converters.ordinal, metadata=ORDINAL)
    count: Count | None = field(default=None, converter=converters.count)


@frozen(kw_only=True)
class MissionAgreed(MissionEvent):
    """Parties agree to open a mission.

    Attributes:
        planned: planned date of the opening.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "mission-agreed"
    rank = 10
    describes: ClassVar[tuple[str, ...]] = ()

    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class MissionPlanned(MissionEvent):
    """The opening of a mission is announced.

    Attributes:
        planned: planned date of the opening.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "mission-planned"
    rank = 20
    identity: ClassVar[Identity] = PER_PUBLICATION
    describes: ClassVar[tuple[str, ...]] = ()

    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class MissionOpened(MissionEvent):
    """A mission opens."""

    name = "mission-opened"
    rank = 30


@frozen(kw_only=True)
class MissionClosed(MissionEvent):
    """A mission closes.

    Attributes:
        reason: the reason in the source's words.
    """

    name = "mission-closed"
    rank = 40

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


Status = Literal["agreed", "planned", "open", "closed"]
"""Status of a mission."""

LIFECYCLE = Lifecycle(
    steps={
        "mission-agreed": Step("agreed", on="agreed_on", sets_plan=True),
        "mission-planned": Step("planned", sets_plan=True),
        "mission-opened": Step("open", on="opened_on", fulfils=True),
        "mission-closed": Step("closed", ("reason",), on="closed_on"),
    },
    ranks={"agreed": 10, "planned": 20, "open": 30, "closed": 40},
    copies=("title", "parent", "place", "by", "parties", "agreement", "locations", "ordinal", "count"),
)


@frozen
class Mission(PlannedState):
    """The state of one mission or office.

    Attributes:
        subject: the mission, ``mission:slug``.
        status: the current status.
        title: the latest name; `titles` has all of them.
        expected: planned dates of the opening.
        agreed_on, opened_on, closed_on: date of the last one of each, if a source says so.
        outcomes: the range of days within which it opened.
    """

    owed_by: ClassVar[tuple[str, ...]] = ("by",)

    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    parent: str | None = None
    place: str | None = None
    by: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    agreement: str | None = None
    locations: tuple[str, ...] = ()
    ordinal: str | None = None
    count: Count | None = None
    agreed_on: When | None = None
    opened_on: When | None = None
    closed_on: When | None = None
    reason: str | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned dates of the opening, until it is open or closed."""
        return () if self.status in ("open", "closed") else super().outstanding


def rules(state: Mission, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``opened-before-agreed`` and ``closed-before-opened``."""
    agreed, opened = last(occurrences, "mission-agreed"), last(occurrences, "mission-opened")
    closed = last(occurrences, "mission-closed")
    if agreed and opened and agreed.surely_after(opened):
        yield oddity("opened-before-agreed", state.subject, "was agreed on after it had opened", opened, agreed)
    if opened and closed and opened.surely_after(closed):
        yield oddity("closed-before-opened", state.subject, "closed before it opened", closed, opened)


missions: Kind[Mission] = BuiltInKind(
    "mission",
    events=(
        MissionAgreed,
        MissionClosed,
        MissionOpened,
        MissionPlanned,
    ),
    projection=Projection("missions", Mission, LIFECYCLE.advance, kind="mission", rules=rules),
)
"""The kind of subject for missions."""
