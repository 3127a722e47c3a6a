"""Aid in kind: doses, kits, equipment. What is delivered is often less, and later, than what was promised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL
from partnership.model.event import Event, Identity, Together
from partnership.model.expectations import Expectation, PlannedState, replan
from partnership.model.findings import last, named, oddity
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.money_words import GiverNature, equivalents_of, with_equivalent
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.parts import impossible_parts
from partnership.model.plan_words import PLAN_WORDS, Force
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.model.ranges import NOTHING, Range, range_of
from partnership.values.amounts import Count, Duration, Money
from partnership.values.date_words import in_words
from partnership.values.when import When

__all__ = ["InKindDelivered", "InKindPledged"]


@frozen(kw_only=True)
class AidEvent(Event):
    """Base class of the events of aid in kind: fields that any report may have.

    Attributes:
        by: the parties that give it.
        to: the parties that receive it.
        text: a description in the source's words.
        quantity: how many units.
        unit: the unit of the quantity, in the desk's words: "doses", "kits". Has no meaning without the quantity.
        part_of: the whole of which this is a part: the slug of another promise of aid, or ``kind:slug`` of a
            commitment, project, document, plan or fund.
        amount: the value of the aid in money.
        equivalent: the amount in a second currency, as the source prints it; not converted.
        giver: the institution, company or person that gives, if not the party itself.
        giver_nature: whether the giver is public or private.
        count: how many promises or shipments the subject stands for, if it is a group.
        channel: the institution or company through which the aid is given, if not directly.
    """

    kind = "aid"
    describes: ClassVar[tuple[str, ...]] = ("part_of", "giver", "giver_nature", "count", "channel")
    together: ClassVar[Together] = (("quantity", "unit"),)

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    to: tuple[str, ...] = field(default=(), converter=converters.codes)
    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    quantity: Count | None = field(default=None, converter=converters.count)
    unit: str | None = field(default=None, converter=converters.name)
    part_of: str | None = fields.ref("aid", *references.WHOLES)
    amount: Money | None = field(default=None, converter=converters.amount)
    equivalent: Money | None = field(default=None, converter=converters.amount)
    giver: str | None = field(default=None, converter=converters.name)
    giver_nature: GiverNature | None = fields.choice(GiverNature)
    count: Count | None = field(default=None, converter=converters.count)
    channel: str | None = field(default=None, converter=converters.name)

    def impossible(self) -> tuple[str, ...]:
        """Refuse aid that is a part of itself, or adds to itself."""
        return impossible_parts(self)


@frozen(kw_only=True)
class InKindPledged(AidEvent):
    """Aid in kind is promised.

    Attributes:
        due: the date by which it is to be delivered.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
        period: the time over which it is to be delivered, from the first day to the last.
        duration: how long it is to be delivered, if the source gives no first day: ``'P5Y'`` for five years.
        additional_to: what this adds to, so that both count: slugs of other promises of aid, or ``kind:slug`` as in
            `part_of`.
        condition: the condition on which it depends.
    """

    name = "in-kind-pledged"
    rank = 10

    due: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)
    period: When | None = field(default=None, converter=converters.day)
    duration: Duration | None = field(default=None, converter=converters.duration)
    additional_to: tuple[str, ...] = field(default=(), converter=references.added_aid)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class InKindDelivered(AidEvent):
    """Aid in kind is delivered, in whole or in part.

    Attributes:
        part: which part, in the desk's words; None for the whole.
    """

    name = "in-kind-delivered"
    rank = 20
    identity: ClassVar[Identity] = ("part",)

    part: str | None = field(default=None, converter=converters.name)


Status = Literal["pledged", "partly-delivered", "delivered"]
"""The status of aid; a delivery of less than was pledged is partial."""

LIFECYCLE = Lifecycle(
    steps={
        "in-kind-pledged": Step(
            "pledged",
            (
                "quantity",
                "unit",
                "amount",
                "equivalent",
                "period",
                "duration",
                "additional_to",
                "condition",
                *PLAN_WORDS,
            ),
            on="pledged_on",
        ),
        "in-kind-delivered": Step("partly-delivered", on="delivered_on"),
    },
    ranks={"pledged": 10, "partly-delivered": 20, "delivered": 30},
    copies=("by", "to", "text", "part_of", "giver", "giver_nature", "count", "channel"),
    collects={"text": "texts"},
)


@frozen
class Delivery:
    """One delivery.

    Attributes:
        part: which part, in the desk's words; None for the whole.
        quantity: how many units, if a source says so.
        unit: the unit of the quantity.
        on: date, if a source says so.
        is_disputed: sources give different figures.
        amount: its value in money.
        equivalent: the amount in a second currency, as the source prints it.
    """

    part: str | None
    quantity: Count | None
    unit: str | None
    on: When | None
    is_disputed: bool
    amount: Money | None = None
    equivalent: Money | None = None


@frozen
class Aid(PlannedState):
    """The state of one promise of aid in kind.

    Attributes:
        subject: the aid, ``aid:slug``.
        status: the current status.
        text: the latest wording; `texts` has all of them.
        quantity: how many units were promised.
        unit: the unit of the quantity.
        amount: the value of what was promised, in money.
        expected: the date by which it is due.
        pledged_on, delivered_on: latest date of each, if a source says so.
        deliveries: in order.
    """

    owed_by: ClassVar[tuple[str, ...]] = ("by",)

    status: Status | None = None
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    text: str | None = None
    texts: tuple[str, ...] = ()
    quantity: Count | None = None
    unit: str | None = None
    pledged_on: When | None = None
    delivered_on: When | None = None
    deliveries: tuple[Delivery, ...] = ()
    part_of: str | None = None
    amount: Money | None = None
    equivalent: Money | None = None
    giver: str | None = None
    giver_nature: GiverNature | None = None
    count: Count | None = None
    period: When | None = None
    duration: Duration | None = None
    additional_to: tuple[str, ...] = ()
    condition: str | None = None
    channel: str | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """The date by which it is due, until it is delivered in full."""
        return () if self.status == "delivered" else super().outstanding


def evolve(state: Aid, occurrence: Occurrence) -> Aid:
    """Return the state of the aid after one more occurrence."""
    amount, state, event = state.amount, LIFECYCLE.advance(state, occurrence), occurrence.event
    if isinstance(event, InKindDelivered):
        row = Delivery(
            event.part,
            event.quantity,
            event.unit,
            event.on,
            not {"quantity", "amount"}.isdisjoint(occurrence.disputed),
            event.amount,
            next(iter(equivalents_of(occurrence)), None),
        )
        disputed = {*state.disputed, *({"deliveries"} if row.is_disputed else ())}
        state = replace(state, deliveries=(*state.deliveries, row), disputed=tuple(sorted(disputed)))
    else:
        state = with_equivalent(state, occurrence, amount)
        state = replan(state, occurrence, "due") if getattr(event, "due", None) else state
    if not state.deliveries:
        return state
    return replace(state, status="delivered" if _is_all(state) else "partly-delivered")


def _delivered(state: Aid) -> Range | None:
    """Return how many units were delivered in total; None if a quantity is missing or in another unit.

    A report of the whole replaces the reports of parts.
    """
    rows = [row for row in state.deliveries if row.part is None] or state.deliveries
    total = NOTHING
    for row in rows:
        if row.quantity is None or (row.unit and state.unit and row.unit != state.unit):
            return None
        total += range_of(row.quantity)
    return total


def _is_less(state: Aid) -> bool:
    """Tell whether surely less was delivered than promised."""
    delivered = _delivered(state)
    return bool(delivered and state.quantity and delivered.surely_below(range_of(state.quantity)))


def _is_all(state: Aid) -> bool:
    """Tell whether everything was delivered: the whole is reported, or the parts add up to it."""
    if _is_less(state):
        return False
    if any(row.part is None for row in state.deliveries):
        return True
    delivered = _delivered(state)
    least = delivered.least if delivered else None
    return bool(state.quantity and least is not None and least >= state.quantity.number)


def rules(state: Aid, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd about deliveries.

    ``delivered-less`` (the whole is reported as delivered and is less than was pledged; after a part, the rest may
    still follow), ``delivered-late`` (the last delivery was after the date by which it was due).
    """
    pledged, deliveries = last(occurrences, "in-kind-pledged"), named(occurrences, "in-kind-delivered")
    if pledged and any(row.part is None for row in state.deliveries) and _is_less(state):
        quantity = next(row.quantity for row in state.deliveries if row.part is None)
        sentence = f"was delivered, and {quantity} came of {state.quantity}"
        yield oddity("delivered-less", state.subject, sentence, pledged, *deliveries)
    due = state.expected[-1].planned if state.expected else None
    if pledged and due and deliveries and (earliest := deliveries[-1].earliest) and due.surely_before(earliest):
        yield oddity(
            "delivered-late", state.subject, f"was due by {in_words(due)} and came after it", pledged, *deliveries
        )


aid: Kind[Aid] = BuiltInKind(
    "aid",
    events=(
        InKindDelivered,
        InKindPledged,
    ),
    projection=Projection("aid", Aid, evolve, kind="aid", rules=rules),
    lifecycle=LIFECYCLE,
)
"""The kind of subject: promise of aid in kind."""
