"""Themed years: a year of culture, of friendship, of science; proposed, designated, opened, closed, extended.

Source: ``domain.md`` 2.2. The name may change on the way (AR-136 to AR-138), and the opening comes after 1 January.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field, frozen

from partnership.model import converters, meeting_words
from partnership.model.converters import LABEL, refers_to
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import Expectation, PlannedState
from partnership.model.findings import oddity, titles_of
from partnership.model.kind import Kind
from partnership.model.meeting_words import Mode
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step
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
    """What any report of a themed year may say of it.

    Attributes:
        title: the name that the source uses.
        parties: whose year it is.
        by: who acted, when one side did.
        meeting: the slug of the meeting at which it was so.
        document: the slug of the document that says so.
    """

    kind = "themed-year"

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    meeting: str | None = field(default=None, converter=converters.ref, metadata=refers_to("meeting"))
    document: str | None = field(default=None, converter=converters.ref, metadata=refers_to("document"))


@frozen(kw_only=True)
class ThemedYearProposed(ThemedYearEvent):
    """Somebody proposes a themed year, or backs the idea (AR-135); nobody has agreed, so nothing is expected.

    Attributes:
        planned: the year that it is to be.
    """

    name = "themed-year-proposed"
    rank = 10
    identity: ClassVar[Identity] = PER_PUBLICATION

    planned: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class ThemedYearDesignated(ThemedYearEvent):
    """The sides make a year a themed year (AR-136).

    Attributes:
        planned: the year that it is to be.
    """

    name = "themed-year-designated"
    rank = 20

    planned: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class ThemedYearOpeningPlanned(ThemedYearEvent):
    """The opening is set for a day (AR-137).

    Attributes:
        planned: when it is to be opened.
        mode: how people are to meet for it.
    """

    name = "themed-year-opening-planned"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION

    planned: When | None = field(default=None, converter=converters.day)
    mode: Mode | None = field(default=None, converter=meeting_words.mode)


@frozen(kw_only=True)
class ThemedYearOpened(ThemedYearEvent):
    """A themed year is opened (AR-138).

    Attributes:
        place: where.
        mode: how people met for it.
    """

    name = "themed-year-opened"
    rank = 40

    place: str | None = field(default=None, converter=converters.name)
    mode: Mode | None = field(default=None, converter=meeting_words.mode)


@frozen(kw_only=True)
class ThemedYearExtended(ThemedYearEvent):
    """A themed year goes on longer than it was to.

    Attributes:
        until: the day, month or year up to which.
    """

    name = "themed-year-extended"
    rank = 50
    identity: ClassVar[Identity] = PER_PUBLICATION

    until: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class ThemedYearClosed(ThemedYearEvent):
    """A themed year is closed."""

    name = "themed-year-closed"
    rank = 60


Status = Literal["proposed", "designated", "opened", "closed"]
"""Where a themed year stands."""

LIFECYCLE = Lifecycle(
    steps={
        "themed-year-proposed": Step("proposed", on="proposed_on"),
        "themed-year-designated": Step("designated", on="designated_on", sets_plan=True),
        "themed-year-opening-planned": Step("designated", ("mode",), sets_plan=True),
        "themed-year-opened": Step("opened", ("place", "mode"), on="opened_on", fulfils=True),
        "themed-year-extended": Step(copies=("until",)),
        "themed-year-closed": Step("closed", on="closed_on", fulfils=True),
    },
    ranks={"proposed": 10, "designated": 20, "opened": 30, "closed": 40},
    copies=("title", "parties", "by", "meeting", "document"),
)


@frozen
class ThemedYear(PlannedState):
    """What is known of one themed year.

    Attributes:
        subject: the year, ``themed-year:slug``.
        status: where it stands; one whose opening is planned was designated.
        title: the name last used; `titles` has all.
        expected: when it is to be opened: within the year that was designated, until a day is set.
        proposed_on, designated_on, opened_on, closed_on: when each happened, where said.
        outcomes: the days between which it was opened, and closed.

    The other fields are those of the events.
    """

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
    until: When | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Days planned for the opening that are still open."""
        return () if self.status in ("opened", "closed") else super().outstanding


def rules(state: ThemedYear, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``renamed-on-the-way``: it is opened or closed under no name that it was agreed under (AR-136, AR-138).

    Source: ``domain.md`` 2.2, the title may change.
    """
    early = [one for one in occurrences if one.event.rank < ThemedYearOpened.rank]
    late = [one for one in occurrences if one.event.rank >= ThemedYearOpened.rank]
    before, after = titles_of(early), titles_of(late)
    if before and after and before.isdisjoint(after):
        sentence = "was opened under another name than it was agreed under"
        yield oddity("renamed-on-the-way", state.subject, sentence, *occurrences)


themed_years: Kind[ThemedYear] = Kind(
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
"""What is known of every themed year."""
