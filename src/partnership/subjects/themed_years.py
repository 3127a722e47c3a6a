"""Themed years: a year of culture, of friendship, of science; proposed, designated, opened, closed, extended.

The name may change between the proposal and the opening, and the opening is often later than 1 January.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters
from partnership.model.converters import ACCOUNT, LABEL, PLACE, PLACES
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import Expectation, PlannedState
from partnership.model.findings import oddity, titles_of
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.meeting_words import Mode
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.plan_words import Force
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.amounts import Count
from partnership.values.when import When

__all__ = [
    "ThemedYearClosed",
    "ThemedYearDesignated",
    "ThemedYearExtended",
    "ThemedYearOpened",
    "ThemedYearOpeningPlanned",
    "ThemedYearProposed",
]


@frozen(kw_only=True)
class ThemedYearEvent(Event):
    """Base class of the events of a themed year: fields that any report may have.

    Attributes:
        title: the name that the source uses.
        parties: the parties to the themed year.
        by: the side that acts, if only one does.
        meeting: slug of the meeting at which it was done.
        document: slug of the document that says so.
    """

    kind = "themed-year"
    describes: ClassVar[tuple[str, ...]] = ("parties",)

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    meeting: str | None = fields.ref("meeting")
    document: str | None = fields.ref("document")


@frozen(kw_only=True)
class ThemedYearProposed(ThemedYearEvent):
    """Somebody proposes or supports a themed year; nothing is agreed, so nothing is expected.

    Attributes:
        planned: the proposed year.
        timing: the date in the source's words: "in the coming months".
    """

    name = "themed-year-proposed"
    rank = 10
    identity: ClassVar[Identity] = PER_PUBLICATION
    describes: ClassVar[tuple[str, ...]] = ()

    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class ThemedYearDesignated(ThemedYearEvent):
    """The parties designate a themed year.

    Attributes:
        planned: the designated year.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "themed-year-designated"
    rank = 20

    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class ThemedYearOpeningPlanned(ThemedYearEvent):
    """The opening is scheduled.

    Attributes:
        planned: planned date of the opening.
        mode: planned mode of the opening: in person, online or hybrid.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "themed-year-opening-planned"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION
    describes: ClassVar[tuple[str, ...]] = ()

    planned: When | None = field(default=None, converter=converters.day)
    mode: Mode | None = fields.choice(Mode)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class ThemedYearOpened(ThemedYearEvent):
    """A themed year is opened.

    Attributes:
        place: place of the opening.
        mode: mode of the opening: in person, online or hybrid.
        participants: how many people or delegations took part in the opening.
        locations: all places of the opening, if there are several.
    """

    name = "themed-year-opened"
    rank = 40

    place: str | None = field(default=None, converter=converters.name, metadata=PLACE)
    mode: Mode | None = fields.choice(Mode)
    participants: Count | None = field(default=None, converter=converters.count)
    locations: tuple[str, ...] = field(default=(), converter=converters.names_of, metadata=PLACES)


@frozen(kw_only=True)
class ThemedYearExtended(ThemedYearEvent):
    """A themed year is extended.

    Attributes:
        until: its new end: a day, month or year.
    """

    name = "themed-year-extended"
    rank = 50
    identity: ClassVar[Identity] = PER_PUBLICATION
    changes: ClassVar[tuple[str, ...]] = ("until",)

    until: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class ThemedYearClosed(ThemedYearEvent):
    """A themed year is closed."""

    name = "themed-year-closed"
    rank = 60


Status = Literal["proposed", "designated", "opened", "closed"]
"""Status of a themed year."""

LIFECYCLE = Lifecycle(
    steps={
        "themed-year-proposed": Step("proposed", ("timing",), on="proposed_on"),
        "themed-year-designated": Step("designated", on="designated_on", sets_plan=True),
        "themed-year-opening-planned": Step("designated", ("mode",), sets_plan=True),
        "themed-year-opened": Step(
            "opened", ("place", "mode", "participants", "locations"), on="opened_on", fulfils=True
        ),
        "themed-year-extended": Step(copies=("until",)),
        "themed-year-closed": Step("closed", on="closed_on", fulfils=True),
    },
    ranks={"proposed": 10, "designated": 20, "opened": 30, "closed": 40},
    copies=("title", "parties", "by", "meeting", "document"),
)


@frozen
class ThemedYear(PlannedState):
    """The state of one themed year.

    Attributes:
        subject: the year, ``themed-year:slug``.
        status: the current status; a scheduled opening implies ``designated``.
        title: the latest name; `titles` has all of them.
        expected: planned dates of the opening; the designated year until a date is set.
        proposed_on, designated_on, opened_on, closed_on: date of the last one of each, if a source says so.
        outcomes: the ranges of days within which it was opened and closed.
    """

    owed_by: ClassVar[tuple[str, ...]] = ("parties",)

    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    meeting: str | None = None
    document: str | None = None
    proposed_on: When | None = None
    designated_on: When | None = None
    opened_on: When | None = None
    closed_on: When | None = None
    place: str | None = None
    mode: Mode | None = None
    participants: Count | None = None
    locations: tuple[str, ...] = ()
    until: When | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned dates of the opening, until it is opened or closed."""
        return () if self.status in ("opened", "closed") else super().outstanding


def rules(state: ThemedYear, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``renamed-on-the-way``: it was opened or closed under another name than it was agreed under."""
    early = [occurrence for occurrence in occurrences if occurrence.event.rank < ThemedYearOpened.rank]
    late = [occurrence for occurrence in occurrences if occurrence.event.rank >= ThemedYearOpened.rank]
    before, after = titles_of(early), titles_of(late)
    if before and after and before.isdisjoint(after):
        sentence = "was opened under another name than it was agreed under"
        yield oddity("renamed-on-the-way", state.subject, sentence, *occurrences)


themed_years: Kind[ThemedYear] = BuiltInKind(
    "themed-year",
    events=(
        ThemedYearClosed,
        ThemedYearDesignated,
        ThemedYearExtended,
        ThemedYearOpened,
        ThemedYearOpeningPlanned,
        ThemedYearProposed,
    ),
    projection=Projection("themed_years", ThemedYear, LIFECYCLE.advance, kind="themed-year", rules=rules),
)
"""The kind of subject for themed years."""
