"""Commitments: made, reaffirmed, specified, qualified, in progress, delivered, withdrawn, superseded.

What only one side hopes of the other is no commitment, and a reaffirmation is no new one.

Source: ``domain.md`` 2.3 (terms), 2.5 (the wording that makes a commitment) and 2.6 (lifecycle).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import ClassVar, Literal, get_args

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL, refers_to
from partnership.model.event import PER_PUBLICATION, Event, Identity, Together
from partnership.model.expectations import Expectation, PlannedState, replan
from partnership.model.findings import gap, last, named, oddity
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.progress import Progress, odd_counts, with_count
from partnership.model.projection import Lifecycle, Projection, Step, copy_fields
from partnership.subjects.assessments import Verdict, assessed, odd_verdicts, with_verdict
from partnership.values.amounts import Count, Money, Percent
from partnership.values.when import When

__all__ = [
    "CommitmentMade",
    "CommitmentProgressReported",
    "CommitmentQualified",
    "CommitmentReaffirmed",
    "CommitmentSpecified",
    "CommitmentSuperseded",
    "CommitmentWithdrawn",
    "DeliveryReported",
]


Nature = Literal["one-off", "recurring", "standing"]
"""To be done once; again and again; never done with ("continue to hold annual …": ``domain.md`` 0, finding 6)."""


def _nature(value: Nature | None) -> Nature | None:
    return converters.one_of(get_args(Nature), value)  # type: ignore[no-any-return]


@frozen(kw_only=True)
class CommitmentEvent(Event):
    """What any report of a commitment may say of it.

    Attributes:
        by: who owes it.
        to: who is to have it.
        text: what is owed, in the source's words.
        meeting: the meeting at which it was said, its slug.
        topics: what it is about.
        concerns: the subjects that it is about, ``kind:slug``.
    """

    kind = "commitment"

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    to: tuple[str, ...] = field(default=(), converter=converters.codes)
    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    meeting: str | None = field(default=None, converter=converters.ref, metadata=refers_to("meeting"))
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    concerns: tuple[str, ...] = field(default=(), converter=converters.subjects, metadata=LABEL)


@frozen(kw_only=True)
class CommitmentMade(CommitmentEvent):
    """Somebody agrees, decides, pledges, vows to do something.

    Attributes:
        nature: whether it is done once, again and again, or never done with.
        due: by when.
        amount: of money.
        quantity: of what is counted in the text: places, doses, courses.
        condition: on what it depends.
    """

    name = "commitment-made"
    rank = 10

    nature: Nature | None = field(default=None, converter=_nature)
    due: When | None = field(default=None, converter=converters.day)
    amount: Money | None = field(default=None, converter=converters.amount)
    quantity: Count | None = field(default=None, converter=converters.count)
    condition: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen(kw_only=True)
class CommitmentReaffirmed(CommitmentEvent):
    """A commitment is said again: it is the same one, heard of once more."""

    name = "commitment-reaffirmed"
    rank = 20
    identity: ClassVar[Identity] = PER_PUBLICATION


@frozen(kw_only=True)
class CommitmentSpecified(CommitmentEvent):
    """A commitment gets a day, an amount, a quantity that it did not have, or another.

    Attributes:
        due: by when.
        amount: of money.
        quantity: of what is counted in the text.
    """

    name = "commitment-specified"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION

    due: When | None = field(default=None, converter=converters.day)
    amount: Money | None = field(default=None, converter=converters.amount)
    quantity: Count | None = field(default=None, converter=converters.count)


@frozen(kw_only=True)
class CommitmentQualified(CommitmentEvent):
    """A commitment gets a condition.

    Attributes:
        condition: which.
    """

    name = "commitment-qualified"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION

    condition: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen(kw_only=True)
class CommitmentProgressReported(CommitmentEvent):
    """How much of a commitment is done, on a day.

    Attributes:
        as_of: the day of the count, if only a bound (``../2021-04-02``); never the day of publication in disguise.
        done: how much is done; more than `total` is recorded and found, for a source may have printed it.
        total: of how much.
        share: the same in hundredths, where the source gives it so ("over 60 per cent": AR-023).
        verb: the source's word for done: "launched", "carried out".
    """

    name = "commitment-progress-reported"
    rank = 40
    identity: ClassVar[Identity] = ("as_of",)
    together: ClassVar[Together] = (("done", "total"),)
    dated_by = "as_of"

    as_of: When = field(converter=converters.needed_day)
    done: Count | None = field(default=None, converter=converters.count)
    total: Count | None = field(default=None, converter=converters.count)
    share: Percent | None = field(default=None, converter=converters.percent)
    verb: str | None = field(default=None, converter=converters.name, metadata=LABEL)


@frozen(kw_only=True)
class DeliveryReported(CommitmentEvent):
    """What was promised was delivered, whole or in part.

    Attributes:
        part: which part, in the desk's words, where it came in parts; the whole where absent.
        amount: of money.
        quantity: of what is counted in the text.
    """

    name = "delivery-reported"
    rank = 50
    identity: ClassVar[Identity] = ("part",)

    part: str | None = field(default=None, converter=converters.name)
    amount: Money | None = field(default=None, converter=converters.amount)
    quantity: Count | None = field(default=None, converter=converters.count)


@frozen(kw_only=True)
class CommitmentWithdrawn(CommitmentEvent):
    """Who made a commitment takes it back.

    Attributes:
        reason: why, in the source's words.
    """

    name = "commitment-withdrawn"
    rank = 60

    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen(kw_only=True)
class CommitmentSuperseded(CommitmentEvent):
    """Another commitment takes its place.

    Attributes:
        successor: the other commitment's slug.
    """

    name = "commitment-superseded"
    rank = 70

    successor: str | None = field(default=None, converter=converters.ref, metadata=refers_to("commitment"))


Status = Literal["made", "in-progress", "withdrawn", "superseded", "delivered"]
"""Where a commitment stands. A delivery of a part is progress."""

_PROMISES = ("commitment-made", "commitment-reaffirmed", "commitment-specified", "commitment-qualified")

LIFECYCLE = Lifecycle(
    steps={
        "commitment-made": Step("made", ("meeting", "nature", "due", "amount", "quantity", "condition"), on="made_on"),
        "commitment-reaffirmed": Step("made", on="reaffirmed_on"),
        "commitment-specified": Step("made", ("due", "amount", "quantity")),
        "commitment-qualified": Step("made", ("condition",)),
        "commitment-progress-reported": Step("in-progress"),
        "delivery-reported": Step("delivered", on="delivered_on"),
        "commitment-withdrawn": Step("withdrawn", ("reason",), on="withdrawn_on"),
        "commitment-superseded": Step("superseded", ("successor",)),
    },
    ranks={"made": 10, "in-progress": 20, "withdrawn": 20, "superseded": 20, "delivered": 30},
    terminal=frozenset({"delivered"}),
    copies=("by", "to", "text", "topics", "concerns"),
    collects={"text": "texts"},
)


@frozen
class Delivery:
    """One delivery, of the whole or of a part.

    Attributes:
        part: which part, in the desk's words; None for the whole.
        on: when, where said.
        amount: of money.
        quantity: of what is counted in the text.
        is_disputed: sources differ on one of these.
    """

    part: str | None
    on: When | None
    amount: Money | None
    quantity: Count | None
    is_disputed: bool


@frozen
class Commitment(PlannedState):
    """What is known of one commitment.

    Attributes:
        subject: the commitment, ``commitment:slug``.
        status: where it stands.
        text: the wording last used; `texts` has all.
        expected: the day by which it is due now.
        made_on, reaffirmed_on, delivered_on, withdrawn_on: when each last happened, where said.
        progress: every count reported, in the order of their days.
        deliveries: every delivery reported, in their order.
        verdicts: how assessors find it carried out, in their order.

    The other fields are those of the events.
    """

    status: Status | None = None
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    text: str | None = None
    texts: tuple[str, ...] = ()
    meeting: str | None = None
    topics: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    nature: Nature | None = None
    due: When | None = None
    amount: Money | None = None
    quantity: Count | None = None
    condition: str | None = None
    made_on: When | None = None
    reaffirmed_on: When | None = None
    delivered_on: When | None = None
    withdrawn_on: When | None = None
    progress: tuple[Progress, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    reason: str | None = None
    successor: str | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """The day by which it is due, while it is open."""
        return super().outstanding if self.status in ("made", "in-progress") else ()


def key(occurrence: Occurrence) -> Iterable[str]:
    """Return the commitment that a occurrence is about, or that it assesses."""
    yield occurrence.subject
    yield from assessed(occurrence)


def evolve(state: Commitment, occurrence: Occurrence) -> Commitment:
    """Return the commitment after one more occurrence; an assessment of it changes no status."""
    event = occurrence.event
    state = _disputed(replace(state, verdicts=with_verdict(state.verdicts, occurrence)), "verdicts")
    if isinstance(event, DeliveryReported):
        return _delivered(state, event, occurrence)
    state = LIFECYCLE.advance(state, occurrence)
    if isinstance(event, CommitmentMade | CommitmentSpecified) and event.due and state.status not in LIFECYCLE.terminal:
        state = replan(state, occurrence, "due")
    if isinstance(event, CommitmentProgressReported):
        state = _disputed(replace(state, progress=with_count(state.progress, occurrence)), "progress")
    return state


def _delivered(state: Commitment, event: DeliveryReported, occurrence: Occurrence) -> Commitment:
    is_disputed = not {"on", "amount", "quantity"}.isdisjoint(occurrence.disputed)
    row = Delivery(event.part, event.on, event.amount, event.quantity, is_disputed)
    state = replace(state, deliveries=(*state.deliveries, row))
    if _is_part(state, event):
        state = copy_fields(state, occurrence, *LIFECYCLE.copies)
        texts = tuple(dict.fromkeys((*state.texts, *occurrence.labels["text"])))
        state = replace(state, status="in-progress" if state.status in (None, "made") else state.status, texts=texts)
    else:
        state = LIFECYCLE.advance(state, occurrence)
    return _disputed(state, "deliveries")


def _disputed(state: Commitment, rows: str) -> Commitment:
    """Return the commitment with the name of its *rows* among the disputed, where sources differ on one of them."""
    is_disputed = any(one.is_disputed for one in getattr(state, rows))
    return replace(state, disputed=tuple(sorted({*state.disputed, *([rows] if is_disputed else [])})))


def _is_part(state: Commitment, event: DeliveryReported) -> bool:
    """Tell whether less came than is owed: it is called a part, or the figures of all that came are the smaller ones.

    Parts whose figures add up to what is owed are the whole.
    """
    owed, money = state.quantity, state.amount
    counts = [one.quantity.number if one.quantity else None for one in state.deliveries]
    sums = [one.amount for one in state.deliveries]
    amounts = [one.amount if one and money and one.currency == money.currency else None for one in sums]
    short = {
        _falls_short(owed.number if owed else None, counts),
        _falls_short(money.amount if money else None, amounts),
    }
    return event.part is not None if short == {None} else True in short


def _falls_short(owed: Decimal | int | None, came: Sequence[Decimal | int | None]) -> bool | None:
    """Tell whether less came than is owed; None where nobody gives a figure for one or for the last that came."""
    if owed is None or came[-1] is None:
        return None
    return sum(one or 0 for one in came) < owed


def rules(state: Commitment, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd in a commitment's course.

    What `odd_counts` and `odd_verdicts` find, ``delivered-unpromised`` (delivered with no earlier promise known, or
    surely before it), ``delivered-late`` (surely after the day by which it was due), ``delivered-after-withdrawn``.

    Source: ``domain.md`` 2.6, 2.7; 2.4 for deliveries that come later than promised.
    """
    yield from odd_counts(state.subject, named(occurrences, "commitment-progress-reported"))
    yield from odd_verdicts(state.subject, occurrences)
    delivered, withdrawn = last(occurrences, "delivery-reported"), last(occurrences, "commitment-withdrawn")
    promised = named(occurrences, *_PROMISES)
    if delivered and all(one.surely_after(delivered) for one in promised):
        sentence = "was delivered with no promise before it"
        yield gap("delivered-unpromised", state.subject, sentence, delivered, *promised)
    if delivered and delivered.event.on and state.due and delivered.event.on.surely_after(state.due):
        sentence = f"was due {state.due} and delivered {delivered.event.on}"
        due = [one for one in promised if getattr(one.event, "due", None)]
        yield oddity("delivered-late", state.subject, sentence, delivered, *due)
    if delivered and withdrawn and delivered.surely_after(withdrawn):
        sentence = "was delivered after it was withdrawn"
        yield oddity("delivered-after-withdrawn", state.subject, sentence, delivered, withdrawn)


commitments: Kind[Commitment] = Kind(
    "commitment",
    events=(
        CommitmentMade,
        CommitmentProgressReported,
        CommitmentQualified,
        CommitmentReaffirmed,
        CommitmentSpecified,
        CommitmentSuperseded,
        CommitmentWithdrawn,
        DeliveryReported,
    ),
    projection=Projection("commitments", Commitment, evolve, kind="commitment", key=key, rules=rules),
    lifecycle=LIFECYCLE,
)
"""What is known of every commitment."""
