"""A user-defined kind with everything that built-in ones have: plans, outcomes, rules, references, parties, money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from attrs import frozen

import partnership as ps
from partnership import fields

Form = Literal["loan", "tour", "joint"]


@frozen(kw_only=True)
class ExhibitionEvent(ps.Event):
    """Base class of the events of an exhibition: fields that any report may have.

    Attributes:
        title: the name in the source.
        host: the party that shows it.
        lenders: the owners of the works.
        meeting: slug of the meeting at which the event took place.
        part_of: the themed year or visit it belongs to, ``kind:slug``.
    """

    kind = "exhibition"

    title: str | None = fields.name(label=True)
    host: str | None = fields.party()
    lenders: tuple[str, ...] = fields.parties()
    meeting: str | None = fields.ref("meeting")
    part_of: str | None = fields.ref("themed-year", "visit")


@frozen(kw_only=True)
class ExhibitionAnnounced(ExhibitionEvent):
    """An exhibition is to open."""

    name = "exhibition-announced"
    rank = 10
    identity = ps.PER_PUBLICATION

    planned: ps.When | None = fields.date()
    form: Form | None = fields.choice(Form)


@frozen(kw_only=True)
class ExhibitionOpened(ExhibitionEvent):
    """An exhibition opens."""

    name = "exhibition-opened"
    rank = 20

    form: Form | None = fields.choice("loan", "tour", "joint")
    works: ps.Count | None = fields.count()
    insured: ps.Money | None = fields.money()


@frozen(kw_only=True)
class ExhibitionClosed(ExhibitionEvent):
    """An exhibition closes."""

    name = "exhibition-closed"
    rank = 30

    visitors: ps.Count = fields.count(required=True)


LIFECYCLE = ps.Lifecycle(
    steps={
        "exhibition-announced": ps.Step("announced", ("form",), sets_plan=True),
        "exhibition-opened": ps.Step("opened", ("form", "works", "insured"), on="opened_on", fulfils=True),
        "exhibition-closed": ps.Step("closed", ("visitors",), on="closed_on"),
    },
    ranks={"announced": 10, "opened": 20, "closed": 30},
    copies=("title", "host", "lenders", "meeting", "part_of"),
)


@frozen
class Exhibition(ps.PlannedState):
    """The state of one exhibition.

    Attributes:
        subject: ``exhibition:slug``.
        status: the current status.
        expected: the planned dates of its opening.
        opened_on, closed_on: date of each.
        outcomes: when it opened.
    """

    status: str | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    host: str | None = None
    lenders: tuple[str, ...] = ()
    meeting: str | None = None
    part_of: str | None = None
    form: Form | None = None
    works: ps.Count | None = None
    insured: ps.Money | None = None
    visitors: ps.Count | None = None
    opened_on: ps.When | None = None
    closed_on: ps.When | None = None

    @property
    def outstanding(self) -> tuple[ps.Expectation, ...]:
        """Planned dates of the opening, until it opens."""
        return () if self.status in ("opened", "closed") else super().outstanding


def rules(state: Exhibition, occurrences: Sequence[ps.Occurrence]) -> Iterable[ps.Finding]:
    """Find ``never-opened``: it closed, and no source says that it opened."""
    if state.closed_on and not state.opened_on:
        claims = [claim for occurrence in occurrences for claim in occurrence.claims]
        yield ps.Finding("never-opened", state.subject, claims, "closed, and nobody said that it opened", "gap")


exhibitions = ps.Kind(
    "exhibition",
    events=(ExhibitionAnnounced, ExhibitionOpened, ExhibitionClosed),
    projection=ps.Projection("exhibitions", Exhibition, LIFECYCLE.advance, kind="exhibition", rules=rules),
)
