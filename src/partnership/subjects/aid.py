"""Aid in kind: doses, kits, equipment. What is delivered is often less, and later, than what was promised.

Source: ``domain.md`` 2.4.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL
from partnership.model.event import Event, Identity, Together
from partnership.model.expectations import Expectation, PlannedState, replan
from partnership.model.findings import last, named, oddity
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.model.ranges import NOTHING, Range, range_of
from partnership.values.amounts import Count
from partnership.values.when import When

__all__ = ["InKindDelivered", "InKindPledged"]


@frozen(kw_only=True)
class AidEvent(Event):
    """What any report of aid in kind may say of it.

    Attributes:
        by: who gives.
        to: who is to have it.
        text: what, in the source's words.
        quantity: how many.
        unit: of what, in the desk's words: "doses", "kits". It only means something with the quantity.
    """

    kind = "aid"
    together: ClassVar[Together] = (("quantity", "unit"),)

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    to: tuple[str, ...] = field(default=(), converter=converters.codes)
    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    quantity: Count | None = field(default=None, converter=converters.count)
    unit: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class InKindPledged(AidEvent):
    """Somebody promises aid in kind.

    Attributes:
        due: by when.
    """

    name = "in-kind-pledged"
    rank = 10

    due: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class InKindDelivered(AidEvent):
    """Aid in kind has come, whole or in part.

    Attributes:
        part: which part, in the desk's words, where it came in parts; the whole where absent.
    """

    name = "in-kind-delivered"
    rank = 20
    identity: ClassVar[Identity] = ("part",)

    part: str | None = field(default=None, converter=converters.name)


Status = Literal["pledged", "partly-delivered", "delivered"]
"""Where aid stands; less than was pledged is a part."""

LIFECYCLE = Lifecycle(
    steps={
        "in-kind-pledged": Step("pledged", ("quantity", "unit"), on="pledged_on"),
        "in-kind-delivered": Step("partly-delivered", on="delivered_on"),
    },
    ranks={"pledged": 10, "partly-delivered": 20, "delivered": 30},
    copies=("by", "to", "text"),
    collects={"text": "texts"},
)


@frozen
class Delivery:
    """What came at once.

    Attributes:
        part: which part, in the desk's words; None for the whole.
        quantity: how many, where said.
        unit: of what.
        on: when, where said.
        is_disputed: sources give different figures.
    """

    part: str | None
    quantity: Count | None
    unit: str | None
    on: When | None
    is_disputed: bool


@frozen
class Aid(PlannedState):
    """What is known of one promise of aid in kind.

    Attributes:
        subject: the aid, ``aid:slug``.
        status: where it stands.
        text: the wording last used; `texts` has all.
        quantity: how many were promised.
        unit: of what.
        expected: the day by which it is due.
        pledged_on, delivered_on: when each last happened, where said.
        deliveries: what came, in order.

    The other fields are those of the events.
    """

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

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """The day by which it is due, while it has not come in full."""
        return () if self.status == "delivered" else super().outstanding


def evolve(state: Aid, occurrence: Occurrence) -> Aid:
    """Return the aid after one more occurrence."""
    state, event = LIFECYCLE.advance(state, occurrence), occurrence.event
    if isinstance(event, InKindDelivered):
        row = Delivery(event.part, event.quantity, event.unit, event.on, "quantity" in occurrence.disputed)
        disputed = {*state.disputed, *({"deliveries"} if row.is_disputed else ())}
        state = replace(state, deliveries=(*state.deliveries, row), disputed=tuple(sorted(disputed)))
    elif isinstance(event, InKindPledged) and event.due:
        state = replan(state, occurrence, "due")
    if not state.deliveries:
        return state
    return replace(state, status="delivered" if _is_all(state) else "partly-delivered")


def _came(state: Aid) -> Range | None:
    """Return how many came in all, in the unit of the promise; the report of the whole stands for all the parts."""
    rows = [one for one in state.deliveries if one.part is None] or state.deliveries
    total = NOTHING
    for one in rows:
        if one.quantity is None or (one.unit and state.unit and one.unit != state.unit):
            return None
        total += range_of(one.quantity)
    return total


def _is_less(state: Aid) -> bool:
    """Tell whether surely less came than was promised."""
    came = _came(state)
    return bool(came and state.quantity and came.surely_below(range_of(state.quantity)))


def _is_all(state: Aid) -> bool:
    """Tell whether what was promised has come: the whole is reported, or the parts make it up."""
    if _is_less(state):
        return False
    if any(one.part is None for one in state.deliveries):
        return True
    came = _came(state)
    return bool(came and state.quantity and came.least is not None and came.least >= state.quantity.number)


def rules(state: Aid, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd in how aid came.

    ``delivered-less`` (the whole is reported as delivered and is less than was pledged; of parts nobody knows whether
    the rest is to come), ``delivered-late`` (the last that came, came after the day by which it was due).

    Source: ``domain.md`` 2.4, "delivered often less/later".
    """
    pledged, came = last(occurrences, "in-kind-pledged"), named(occurrences, "in-kind-delivered")
    if pledged and any(one.part is None for one in state.deliveries) and _is_less(state):
        brought = next(one.quantity for one in state.deliveries if one.part is None)
        sentence = f"was delivered, and {brought} came of {state.quantity}"
        yield oddity("delivered-less", state.subject, sentence, pledged, *came)
    due = state.expected[-1].planned if state.expected else None
    if pledged and due and came and (earliest := came[-1].earliest) and due.surely_before(earliest):
        yield oddity("delivered-late", state.subject, f"was due by {due} and came after it", pledged, *came)


aid: Kind[Aid] = Kind(
    "aid",
    events=(
        InKindDelivered,
        InKindPledged,
    ),
    projection=Projection("aid", Aid, evolve, kind="aid", rules=rules),
    lifecycle=LIFECYCLE,
)
"""What is known of every promise of aid in kind."""
