"""A kind of a user's own, with all that a built-in one has: plans, outcomes, rules, references, parties, money."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from attrs import frozen

import partnership as ps
from partnership import fields

Form = Literal["loan", "tour", "joint"]


@frozen(kw_only=True)
class ExhibitionEvent(ps.Event):
    """What any report of an exhibition may say of it.

    Attributes:
        title: the name that the source uses.
        host: who shows it.
        lenders: whose works they are.
        meeting: the slug of the meeting at which it was so.
        part_of: what it belongs to, ``kind:slug``.
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
    """What is known of one exhibition.

    Attributes:
        subject: which, ``exhibition:slug``.
        status: where it stands.
        expected: when it is to open.
        opened_on, closed_on: when it was so.
        outcomes: the days between which it opened.
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
        """What is still to come."""
        return () if self.status in ("opened", "closed") else super().outstanding


def rules(state: Exhibition, occurrences: Sequence[ps.Occurrence]) -> Iterable[ps.Finding]:
    """Find ``never-opened``: it closed, and nobody said that it opened."""
    if state.closed_on and not state.opened_on:
        claims = [claim for one in occurrences for claim in one.claims]
        yield ps.Finding("never-opened", state.subject, claims, "closed, and nobody said that it opened", "gap")


exhibitions = ps.Kind(
    "exhibition",
    events=(ExhibitionAnnounced, ExhibitionOpened, ExhibitionClosed),
    projection=ps.Projection("exhibitions", Exhibition, LIFECYCLE.advance, kind="exhibition", rules=rules),
)
