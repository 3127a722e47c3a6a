"""Commitments: made, reaffirmed, specified, qualified, in progress, delivered, withdrawn, superseded.

What only one side hopes of the other is no commitment, and a reaffirmation is no new one.

Source: ``domain.md`` 2.3 (terms), 2.5 (the wording that makes a commitment) and 2.6 (lifecycle).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Literal

import attrs
from attrs import field, frozen

from partnership.model import fields
from partnership.model.event import SAID, Event
from partnership.model.expectations import Expectation, replan, unmet
from partnership.model.fields import LABEL, PARTY, refers_to
from partnership.model.findings import gap, last, named, oddity
from partnership.model.happening import Finding, Happening
from partnership.model.projection import Lifecycle, Projection, Step, take
from partnership.values.amounts import Count, Money
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


@frozen(kw_only=True)
class CommitmentEvent(Event):
    """What any report of a commitment may say of it.

    Attributes:
        by: who owes it.
        to: who is to have it.
        text: what is owed, in the source's words.
        meeting: the meeting at which it was said, its slug.
        topics: what it is about.
    """

    kind = "commitment"

    by: tuple[str, ...] = field(default=(), converter=fields.codes, metadata=PARTY)
    to: tuple[str, ...] = field(default=(), converter=fields.codes, metadata=PARTY)
    text: str | None = field(default=None, converter=fields.words, metadata=LABEL)
    meeting: str | None = field(default=None, converter=fields.ref, metadata=refers_to("meeting"))
    topics: tuple[str, ...] = field(default=(), converter=fields.texts, metadata=LABEL)


@frozen(kw_only=True)
class CommitmentMade(CommitmentEvent):
    """Somebody agrees, decides, pledges, vows to do something.

    Attributes:
        due: by when.
        amount: of money.
        quantity: of what is counted in the text: places, doses, courses.
        condition: on what it depends.
    """

    name = "commitment-made"
    rank = 10

    due: When | None = field(default=None, converter=fields.day)
    amount: Money | None = field(default=None, converter=fields.amount)
    quantity: Count | None = field(default=None, converter=fields.how_many)
    condition: str | None = field(default=None, converter=fields.words, metadata=LABEL)


@frozen(kw_only=True)
class CommitmentReaffirmed(CommitmentEvent):
    """A commitment is said again: it is the same one, heard of once more."""

    name = "commitment-reaffirmed"
    rank = 20
    same = SAID


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
    same = SAID

    due: When | None = field(default=None, converter=fields.day)
    amount: Money | None = field(default=None, converter=fields.amount)
    quantity: Count | None = field(default=None, converter=fields.how_many)


@frozen(kw_only=True)
class CommitmentQualified(CommitmentEvent):
    """A commitment gets a condition.

    Attributes:
        condition: which.
    """

    name = "commitment-qualified"
    rank = 30
    same = SAID

    condition: str | None = field(default=None, converter=fields.words, metadata=LABEL)


@frozen(kw_only=True)
class CommitmentProgressReported(CommitmentEvent):
    """How much of a commitment is done, on a day.

    Attributes:
        as_of: the day of the count, if only a bound (``../2021-04-02``); never the day of publication in disguise.
        done: how much is done; more than `total` is recorded and found, for a source may have printed it.
        total: of how much.
        verb: the source's word for done: "launched", "carried out".
    """

    name = "commitment-progress-reported"
    rank = 40
    same = ("as_of",)
    together = (("done", "total"),)

    as_of: When = field(converter=fields.needed_day)
    done: int | None = field(default=None, converter=fields.whole)
    total: int | None = field(default=None, converter=fields.whole)
    verb: str | None = field(default=None, converter=fields.name, metadata=LABEL)


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
    same = ("part",)

    part: str | None = field(default=None, converter=fields.name)
    amount: Money | None = field(default=None, converter=fields.amount)
    quantity: Count | None = field(default=None, converter=fields.how_many)


@frozen(kw_only=True)
class CommitmentWithdrawn(CommitmentEvent):
    """Who made a commitment takes it back.

    Attributes:
        reason: why, in the source's words.
    """

    name = "commitment-withdrawn"
    rank = 60

    reason: str | None = field(default=None, converter=fields.words, metadata=LABEL)


@frozen(kw_only=True)
class CommitmentSuperseded(CommitmentEvent):
    """Another commitment takes its place.

    Attributes:
        successor: the other commitment's slug.
    """

    name = "commitment-superseded"
    rank = 70

    successor: str | None = field(default=None, converter=fields.ref, metadata=refers_to("commitment"))


Status = Literal["made", "in-progress", "withdrawn", "superseded", "delivered"]
"""Where a commitment stands. A delivery of a part is progress."""

_PROMISES = ("commitment-made", "commitment-reaffirmed", "commitment-specified", "commitment-qualified")

LIFECYCLE = Lifecycle(
    steps={
        "commitment-made": Step("made", ("meeting", "due", "amount", "quantity", "condition"), on="made_on"),
        "commitment-reaffirmed": Step("made", on="reaffirmed_on"),
        "commitment-specified": Step("made", ("due", "amount", "quantity")),
        "commitment-qualified": Step("made", ("condition",)),
        "commitment-progress-reported": Step("in-progress"),
        "delivery-reported": Step("delivered", on="delivered_on"),
        "commitment-withdrawn": Step("withdrawn", ("reason",), on="withdrawn_on"),
        "commitment-superseded": Step("superseded", ("successor",)),
    },
    ranks={"made": 10, "in-progress": 20, "withdrawn": 20, "superseded": 20, "delivered": 30},
    last=frozenset({"delivered"}),
    takes=("by", "to", "text", "topics"),
    collects={"text": "texts"},
)


@frozen
class Progress:
    """One count of what is done.

    Attributes:
        as_of: the day of the count.
        done: how much is done.
        total: of how much.
        verb: the source's word for done.
        is_disputed: sources give different figures for that day.
    """

    as_of: When
    done: int | None
    total: int | None
    verb: str | None
    is_disputed: bool


@frozen
class Commitment:
    """What is known of one commitment.

    Attributes:
        subject: the commitment, ``commitment:slug``.
        status: where it stands.
        text: the wording last used; `texts` has all.
        expected: the day by which it is due now.
        slips: days by which it was due before.
        made_on, reaffirmed_on, delivered_on, withdrawn_on: when each last happened, where said.
        progress: every count reported, in the order of their days.
        deliveries: parts that were delivered, in the desk's words.
        disputed: names of the fields on which sources differ.

    The other fields are those of the events.
    """

    subject: str
    status: Status | None = None
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    text: str | None = None
    texts: tuple[str, ...] = ()
    meeting: str | None = None
    topics: tuple[str, ...] = ()
    due: When | None = None
    expected: tuple[Expectation, ...] = ()
    slips: tuple[When, ...] = ()
    amount: Money | None = None
    quantity: Count | None = None
    condition: str | None = None
    made_on: When | None = None
    reaffirmed_on: When | None = None
    delivered_on: When | None = None
    withdrawn_on: When | None = None
    progress: tuple[Progress, ...] = ()
    deliveries: tuple[str, ...] = ()
    reason: str | None = None
    successor: str | None = None
    disputed: tuple[str, ...] = ()

    @property
    def unmet(self) -> tuple[Expectation, ...]:
        """The day by which it is due, while it is open."""
        return unmet(self.expected, ()) if self.status in ("made", "in-progress") else ()


def evolve(state: Commitment, happening: Happening) -> Commitment:
    """Return the commitment after one more happening."""
    event = happening.event
    if isinstance(event, DeliveryReported) and _is_part(state, event):
        part = take(state, happening, *LIFECYCLE.takes)
        texts = tuple(dict.fromkeys((*part.texts, *happening.labels["text"])))
        parts = (event.part,) if event.part else ()
        status = "in-progress" if part.status in (None, "made") else part.status
        return attrs.evolve(part, status=status, texts=texts, deliveries=(*part.deliveries, *parts))
    state = LIFECYCLE.advance(state, happening)
    if isinstance(event, CommitmentMade | CommitmentSpecified) and event.due and state.status not in LIFECYCLE.last:
        state = replan(state, happening, "due")
    if isinstance(event, CommitmentProgressReported):
        row = Progress(event.as_of, event.done, event.total, event.verb, "done" in happening.disputed)
        rows = sorted((*state.progress, row), key=lambda one: (one.as_of.latest or date.max, one.as_of.text))
        disputed = {*state.disputed, "progress"} if row.is_disputed else state.disputed
        state = attrs.evolve(state, progress=tuple(rows), disputed=tuple(sorted(disputed)))
    return state


def _is_part(state: Commitment, event: DeliveryReported) -> bool:
    """Tell whether less was delivered than is owed: it is called a part, or its figure is the smaller one."""
    if event.part is not None:
        return True
    owed, came = state.quantity, event.quantity
    if owed and came and came.number < owed.number:
        return True
    sum_owed, sum_came = state.amount, event.amount
    return bool(sum_owed and sum_came and sum_owed.currency == sum_came.currency and sum_came.amount < sum_owed.amount)


def rules(state: Commitment, happenings: Sequence[Happening]) -> Iterable[Finding]:
    """Find what is odd in a commitment's course.

    ``done-over-total``, ``progress-falls`` (a later count is lower), ``total-changes``, ``delivered-unpromised``
    (delivered with no earlier promise known, or surely before it), ``delivered-after-withdrawn``.

    Source: ``domain.md`` 2.6, 2.7.
    """
    yield from _progress(state, happenings)
    delivered, withdrawn = last(happenings, "delivery-reported"), last(happenings, "commitment-withdrawn")
    promised = named(happenings, *_PROMISES)
    if delivered and all(one.surely_after(delivered) for one in promised):
        sentence = "was delivered with no promise before it"
        yield gap("delivered-unpromised", state.subject, sentence, delivered, *promised)
    if delivered and withdrawn and delivered.surely_after(withdrawn):
        sentence = "was delivered after it was withdrawn"
        yield oddity("delivered-after-withdrawn", state.subject, sentence, delivered, withdrawn)


def _progress(state: Commitment, happenings: Sequence[Happening]) -> Iterable[Finding]:
    counts = named(happenings, "commitment-progress-reported")
    for one in counts:
        done, total = one.event.done, one.event.total  # type: ignore[attr-defined]  # every count has them
        if done is not None and total is not None and done > total:
            yield oddity("done-over-total", state.subject, f"has {done} done of {total}", one)
    for before, after in _in_turn(state.progress, "done"):
        if after.done < before.done:
            sentence = f"fell from {before.done} to {after.done} done"
            yield oddity("progress-falls", state.subject, sentence, *counts)
    for before, after in _in_turn(state.progress, "total"):
        if after.total != before.total:
            sentence = f"was counted of {before.total}, then of {after.total}"
            yield oddity("total-changes", state.subject, sentence, *counts)


def _in_turn(progress: Sequence[Progress], name: str) -> Iterable[tuple[Any, Any]]:
    """Yield each count that has a figure, behind the last one that has it and is surely of an earlier day."""
    rows = [one for one in progress if getattr(one, name) is not None]
    for place, after in enumerate(rows):
        before = [one for one in rows[:place] if one.as_of.surely_before(after.as_of)]
        if before:
            yield before[-1], after


commitments = Projection("commitments", Commitment, evolve, kind="commitment", rules=rules)
"""What is known of every commitment."""
