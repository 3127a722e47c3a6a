"""Commitments: made, reaffirmed, specified, qualified, in progress, delivered, withdrawn, superseded.

What one side only hopes that the other will do is not a commitment, and a reaffirmation is not a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL, PARTIAL_LIST
from partnership.model.event import PER_PUBLICATION, Event, Identity, Together
from partnership.model.expectations import Expectation, PlannedState, date_in_force, replan, without_plan_words
from partnership.model.findings import gap, last, named, oddity
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.money_words import (
    GiverNature,
    Instrument,
    Per,
    UseStage,
    equivalents_of,
    instruments,
    with_equivalent,
)
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.parts import impossible_parts, odd_parts
from partnership.model.plan_words import PLAN_WORDS, Force
from partnership.model.progress import Progress, odd_counts, with_count
from partnership.model.projection import Lifecycle, Projection, Step, copy_fields
from partnership.subjects.assessments import Verdict, assessed, odd_verdicts, with_verdict
from partnership.values.amounts import Count, Duration, Money, Percent
from partnership.values.date_words import in_words
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
"""To be done once; repeatedly; or permanently, so never completed ("continue to hold annual meetings")."""


_TERMS = (
    *("amount", "quantity", "equivalent", "per", "period", "duration"),
    *("instrument", "instruments", "giver", "giver_nature", "channel"),
)
"""What a promise says, and what a later report may say differently."""


@frozen(kw_only=True)
class CommitmentEvent(Event):
    """Base class of the events of a commitment: fields that any report may have.

    Attributes:
        by: the parties that commit themselves.
        to: the parties that benefit.
        text: what is to be done, in the source's words.
        meeting: slug of the meeting at which it was said.
        topics: the topics in the source's words.
        concerns: subjects that it is about, ``kind:slug``.
        part_of: the whole of which this is a part: the slug of a commitment, or ``kind:slug`` of a project, document,
            plan or fund. A part is not added to its whole.
        count: how many commitments the subject stands for, if it is a group.
        visit: slug of the visit during which it was done.
    """

    kind = "commitment"
    describes: ClassVar[tuple[str, ...]] = ("by", "to", "part_of", "count")

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    to: tuple[str, ...] = field(default=(), converter=converters.codes)
    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    meeting: str | None = fields.ref("meeting")
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    concerns: tuple[str, ...] = field(default=(), converter=references.subjects, metadata=LABEL)
    part_of: str | None = fields.ref(*references.WHOLES)
    count: Count | None = field(default=None, converter=converters.count)
    visit: str | None = fields.ref("visit")

    def impossible(self) -> tuple[str, ...]:
        """Refuse a commitment that is a part of itself, or adds to itself."""
        return impossible_parts(self)


@frozen(kw_only=True)
class CommitmentMade(CommitmentEvent):
    """A party agrees, decides, pledges or vows to do something.

    Attributes:
        nature: whether it is to be done once, repeatedly or permanently.
        due: the date by which it is to be done.
        amount: the amount of money.
        quantity: the number of what the text counts: places, doses, courses.
        condition: the condition on which it depends.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
        equivalent: the amount in a second currency, as the source prints it; not converted.
        per: the interval, if the amount or the quantity is that of each year, quarter or month, and not the total.
        period: the time over which the promise runs, from the first day to the last.
        duration: how long it runs, if the source gives no first day: ``'P5Y'`` for five years.
        additional_to: what this adds to, so that both sums count: slugs of commitments, or ``kind:slug`` as in
            `part_of`.
        continues: slug of the earlier commitment that this one carries over; its sum is not added again.
        instrument: the kind of money.
        instruments: the kinds of money, if there are several.
        giver: the institution, company or person that pays, if not the party itself.
        giver_nature: whether the money is public or private.
        channel: the institution or company through which the money is given, if not directly.
    """

    name = "commitment-made"
    rank = 10
    describes: ClassVar[tuple[str, ...]] = (*CommitmentEvent.describes, *_TERMS)

    nature: Nature | None = fields.choice(Nature)
    due: When | None = field(default=None, converter=converters.day)
    amount: Money | None = field(default=None, converter=converters.amount)
    quantity: Count | None = field(default=None, converter=converters.count)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)
    equivalent: Money | None = field(default=None, converter=converters.amount)
    per: Per | None = fields.choice(Per)
    period: When | None = field(default=None, converter=converters.day)
    duration: Duration | None = field(default=None, converter=converters.duration)
    additional_to: tuple[str, ...] = field(default=(), converter=references.added_commitments)
    continues: str | None = fields.ref("commitment")
    instrument: Instrument | None = fields.choice(Instrument)
    instruments: tuple[Instrument, ...] = field(default=(), converter=instruments, metadata=PARTIAL_LIST)
    giver: str | None = field(default=None, converter=converters.name)
    giver_nature: GiverNature | None = fields.choice(GiverNature)
    channel: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class CommitmentReaffirmed(CommitmentEvent):
    """A commitment is repeated; this is not a new commitment."""

    name = "commitment-reaffirmed"
    rank = 20
    identity: ClassVar[Identity] = PER_PUBLICATION


@frozen(kw_only=True)
class CommitmentSpecified(CommitmentEvent):
    """A commitment gets a new or a different date, amount, quantity, period or duration.

    Attributes:
        due: the date by which it is to be done.
        amount: the amount of money.
        quantity: the number of what the text counts.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
        equivalent: the amount in a second currency, as the source prints it; not converted.
        per: the interval, if the amount or the quantity is that of each year, quarter or month, and not the total.
        period: the time over which the promise runs, from the first day to the last.
        duration: how long it runs, if the source gives no first day: ``'P5Y'`` for five years.
        instrument: the kind of money.
        instruments: the kinds of money, if there are several.
        giver: the institution, company or person that pays, if not the party itself.
        giver_nature: whether the money is public or private.
        channel: the institution or company through which the money is given, if not directly.
    """

    name = "commitment-specified"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION
    changes: ClassVar[tuple[str, ...]] = _TERMS

    due: When | None = field(default=None, converter=converters.day)
    amount: Money | None = field(default=None, converter=converters.amount)
    quantity: Count | None = field(default=None, converter=converters.count)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)
    equivalent: Money | None = field(default=None, converter=converters.amount)
    per: Per | None = fields.choice(Per)
    period: When | None = field(default=None, converter=converters.day)
    duration: Duration | None = field(default=None, converter=converters.duration)
    instrument: Instrument | None = fields.choice(Instrument)
    instruments: tuple[Instrument, ...] = field(default=(), converter=instruments, metadata=PARTIAL_LIST)
    giver: str | None = field(default=None, converter=converters.name)
    giver_nature: GiverNature | None = fields.choice(GiverNature)
    channel: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class CommitmentQualified(CommitmentEvent):
    """A commitment gets a condition.

    Attributes:
        condition: the condition on which it depends.
    """

    name = "commitment-qualified"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION

    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class CommitmentProgressReported(CommitmentEvent):
    """A source reports how much of a commitment is done on a day.

    Attributes:
        as_of: the day of the count; if unknown, the day of publication as an upper bound (``../2021-04-02``).
        done: how many items are done. More than `total` is accepted, with a finding: a source may have printed it.
        total: how many items there are in all.
        share: the share that is done, if the source gives a percentage ("over 60 per cent").
        verb: the source's word for done: "launched", "carried out".
        stage: for money, what became of it: pledged, committed, allocated, drawn, disbursed or spent; None if the
            source does not say. Reports of different stages of one day stand side by side.
        amount: the amount of money that has come to that stage.
        equivalent: the amount in a second currency, as the source prints it; not converted.
    """

    name = "commitment-progress-reported"
    rank = 40
    identity: ClassVar[Identity] = ("as_of", "stage")
    together: ClassVar[Together] = (("done", "total"),)
    dated_by = "as_of"

    as_of: When = field(converter=converters.needed_day)
    done: Count | None = field(default=None, converter=converters.count)
    total: Count | None = field(default=None, converter=converters.count)
    share: Percent | None = field(default=None, converter=converters.percent)
    verb: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    stage: UseStage | None = fields.choice(UseStage)
    amount: Money | None = field(default=None, converter=converters.amount)
    equivalent: Money | None = field(default=None, converter=converters.amount)


@frozen(kw_only=True)
class DeliveryReported(CommitmentEvent):
    """A commitment is fulfilled, in whole or in part.

    Attributes:
        part: which part, in the desk's words; None for the whole.
        amount: the amount of money.
        quantity: the number of what the text counts.
        equivalent: the amount in a second currency, as the source prints it; not converted.
    """

    name = "delivery-reported"
    rank = 50
    identity: ClassVar[Identity] = ("part",)

    part: str | None = field(default=None, converter=converters.name)
    amount: Money | None = field(default=None, converter=converters.amount)
    quantity: Count | None = field(default=None, converter=converters.count)
    equivalent: Money | None = field(default=None, converter=converters.amount)


@frozen(kw_only=True)
class CommitmentWithdrawn(CommitmentEvent):
    """A commitment is withdrawn by the party that made it.

    Attributes:
        reason: the reason in the source's words.
    """

    name = "commitment-withdrawn"
    rank = 60
    identity: ClassVar[Identity] = ("by",)
    describes: ClassVar[tuple[str, ...]] = ("to",)

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class CommitmentSuperseded(CommitmentEvent):
    """A commitment is replaced by another.

    Attributes:
        successor: slug of the other commitment.
    """

    name = "commitment-superseded"
    rank = 70

    successor: str | None = fields.ref("commitment")


Status = Literal["made", "in-progress", "withdrawn", "superseded", "delivered"]
"""The status of a commitment. Delivery of a part counts as progress."""

_PROMISES = ("commitment-made", "commitment-reaffirmed", "commitment-specified", "commitment-qualified")

LIFECYCLE = Lifecycle(
    steps={
        "commitment-made": Step(
            "made",
            ("meeting", "visit", "nature", "due", "condition", *_TERMS, "additional_to", "continues", *PLAN_WORDS),
            on="made_on",
        ),
        "commitment-reaffirmed": Step("made", on="reaffirmed_on"),
        "commitment-specified": Step("made", ("due", *_TERMS, *PLAN_WORDS)),
        "commitment-qualified": Step("made", ("condition",)),
        "commitment-progress-reported": Step("in-progress"),
        "delivery-reported": Step("delivered", on="delivered_on"),
        "commitment-withdrawn": Step("withdrawn", ("reason",), on="withdrawn_on"),
        "commitment-superseded": Step("superseded", ("successor",)),
    },
    ranks={"made": 10, "in-progress": 20, "withdrawn": 20, "superseded": 20, "delivered": 30},
    terminal=frozenset({"delivered"}),
    copies=("by", "to", "text", "topics", "concerns", "part_of", "count"),
    collects={"text": "texts"},
)


@frozen
class Delivery:
    """One delivery, of the whole or of a part.

    Attributes:
        part: which part, in the desk's words; None for the whole.
        on: date, if a source says so.
        amount: the amount of money.
        quantity: the number of what the text counts.
        is_disputed: sources differ on one of these.
        equivalent: the amount in a second currency, as the source prints it.
    """

    part: str | None
    on: When | None
    amount: Money | None
    quantity: Count | None
    is_disputed: bool
    equivalent: Money | None = None


@frozen
class Commitment(PlannedState):
    """The state of one commitment.

    Attributes:
        subject: the commitment, ``commitment:slug``.
        status: the current status.
        text: the latest wording; `texts` has all of them.
        expected: the date by which it is due.
        made_on, reaffirmed_on, delivered_on, withdrawn_on: latest date of each, if a source says so.
        progress: reported counts, in the order of their days.
        deliveries: reported deliveries, in order.
        verdicts: of assessors, in order.
        parts: commitments that are part of it, ``kind:slug``.
        withdrawn_by: the parties that withdrew from it. Until all of `by` have, the others still owe it.
    """

    owed_by: ClassVar[tuple[str, ...]] = ("by",)

    status: Status | None = None
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    text: str | None = None
    texts: tuple[str, ...] = ()
    meeting: str | None = None
    visit: str | None = None
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
    part_of: str | None = None
    count: Count | None = None
    equivalent: Money | None = None
    period: When | None = None
    duration: Duration | None = None
    additional_to: tuple[str, ...] = ()
    continues: str | None = None
    instrument: Instrument | None = None
    instruments: tuple[Instrument, ...] = ()
    giver: str | None = None
    giver_nature: GiverNature | None = None
    parts: tuple[str, ...] = ()
    channel: str | None = None
    withdrawn_by: tuple[str, ...] = ()
    per: Per | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """The date by which it is due, until it is delivered, withdrawn or superseded."""
        return super().outstanding if self.status in ("made", "in-progress") else ()

    @property
    def owing(self) -> tuple[str, ...]:
        """The parties that promised it, without those that withdrew while others did not."""
        return tuple(party for party in self.by if party not in self.withdrawn_by) or self.by

    def parties_owing(self, plan: Expectation) -> tuple[str, ...]:
        """Return the parties that are to keep the promise."""
        return plan.by or self.owing


def key(occurrence: Occurrence) -> Iterable[str]:
    """Return the commitment that an occurrence is about, that this is a part of, or that it assesses."""
    yield occurrence.subject
    if isinstance(occurrence.event, CommitmentEvent) and occurrence.event.part_of:
        yield occurrence.event.part_of
    yield from assessed(occurrence)


def evolve(state: Commitment, occurrence: Occurrence) -> Commitment:
    """Return the state of the commitment after one more occurrence; an assessment does not change its status.

    A promise that is specified or qualified while work on it goes on has the new date, amount and condition. `due` and
    `expected` agree: a vaguer date that only restates the expected one changes neither. What several promised stands
    until all of them have withdrawn.
    """
    event, due = occurrence.event, state.due
    if isinstance(event, CommitmentEvent) and occurrence.subject != state.subject:
        return replace(state, parts=tuple(sorted({*state.parts, occurrence.subject})))
    state = _disputed(replace(state, verdicts=with_verdict(state.verdicts, occurrence)), "verdicts", occurrence)
    if isinstance(event, DeliveryReported):
        return _delivered(state, event, occurrence)
    is_plan = isinstance(event, CommitmentMade | CommitmentSpecified) and bool(event.due or event.is_undated)
    if is_plan := is_plan and state.status not in LIFECYCLE.terminal:
        state = without_plan_words(state)
    amount = state.amount
    if isinstance(event, CommitmentSpecified | CommitmentQualified) and state.status == "in-progress":
        state = copy_fields(state, occurrence, *LIFECYCLE.steps[event.name].copies)
    by, state = state.by, LIFECYCLE.advance(state, occurrence)
    if isinstance(event, CommitmentMade | CommitmentSpecified):
        state = with_equivalent(state, occurrence, amount)
    if isinstance(event, CommitmentWithdrawn):
        by = by or state.by
        state = replace(state, by=by, withdrawn_by=tuple(sorted({*state.withdrawn_by, *(event.by or by)})))
    if state.status == "withdrawn" and not {*state.by} <= {*(state.withdrawn_by or state.by)}:
        state = replace(state, status="in-progress" if state.progress or state.deliveries else "made")
    if is_plan and isinstance(event, CommitmentMade | CommitmentSpecified):
        state = replan(state, occurrence, "due")
        state = replace(state, due=date_in_force(state, event.due, due) if event.due else None)
    if isinstance(event, CommitmentProgressReported):
        state = _disputed(replace(state, progress=with_count(state.progress, occurrence)), "progress", occurrence)
    return state


def _delivered(state: Commitment, event: DeliveryReported, occurrence: Occurrence) -> Commitment:
    is_disputed = not {"on", "amount", "quantity"}.isdisjoint(occurrence.disputed)
    equivalent = next(iter(equivalents_of(occurrence)), None)
    row = Delivery(event.part, event.on, event.amount, event.quantity, is_disputed, equivalent)
    state = replace(state, deliveries=(*state.deliveries, row))
    if _is_part(state, event):
        state = copy_fields(state, occurrence, *LIFECYCLE.copies)
        texts = tuple(dict.fromkeys((*state.texts, *occurrence.labels["text"])))
        state = replace(state, status="in-progress" if state.status in (None, "made") else state.status, texts=texts)
    else:
        state = LIFECYCLE.advance(state, occurrence)
    return _disputed(state, "deliveries", occurrence)


def _disputed(state: Commitment, rows: str, occurrence: Occurrence) -> Commitment:
    """Return *state* with the name of its *rows* among the disputed fields if sources differ on one of the rows."""
    is_disputed = bool(occurrence.disputed) and any(row.is_disputed for row in getattr(state, rows))
    return replace(state, disputed=tuple(sorted({*state.disputed, rows}))) if is_disputed else state


def _is_part(state: Commitment, event: DeliveryReported) -> bool:
    """Tell whether less was delivered than promised: the figures of all deliveries add up to less.

    Without figures, or where the promised ones are those of each year, a delivery is partial if it names a part.
    """
    quantity, money = (None, None) if state.per else (state.quantity, state.amount)
    counts = [row.quantity.number if row.quantity else None for row in state.deliveries]
    sums = [row.amount for row in state.deliveries]
    amounts = [paid.amount if paid and money and paid.currency == money.currency else None for paid in sums]
    short = {
        _falls_short(quantity.number if quantity else None, counts),
        _falls_short(money.amount if money else None, amounts),
    }
    return event.part is not None if short == {None} else True in short


def _falls_short(promised: Decimal | int | None, delivered: Sequence[Decimal | int | None]) -> bool | None:
    """Tell whether less was delivered than promised; None without figures for the promise and the last delivery."""
    if promised is None or delivered[-1] is None:
        return None
    return sum(figure or 0 for figure in delivered) < promised


def rules(state: Commitment, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd about a commitment.

    What `odd_counts`, `odd_verdicts` and `odd_parts` find, ``delivered-unpromised`` (no promise is known, or all are
    surely later), ``delivered-late`` (surely after the date by which it was due), ``delivered-after-withdrawn``.
    """
    parts = [item for item in occurrences if item.subject in state.parts]
    occurrences = [
        item for item in occurrences if item.subject == state.subject or not isinstance(item.event, CommitmentEvent)
    ]
    yield from odd_counts(state.subject, named(occurrences, "commitment-progress-reported"))
    yield from odd_verdicts(state.subject, occurrences)
    sums = ("commitment-made", "commitment-specified")
    total = None if state.per else state.amount
    yield from odd_parts(state.subject, total, named(parts, *sums), named(occurrences, *sums), "amount")
    delivered, withdrawn = last(occurrences, "delivery-reported"), last(occurrences, "commitment-withdrawn")
    promised = named(occurrences, *_PROMISES)
    if delivered and all(promise.surely_after(delivered) for promise in promised):
        sentence = "was delivered with no promise before it"
        yield gap("delivered-unpromised", state.subject, sentence, delivered, *promised)
    if delivered and delivered.event.on and state.due and delivered.event.on.surely_after(state.due):
        sentence = f"was due {in_words(state.due)} and delivered {in_words(delivered.event.on)}"
        due = [promise for promise in promised if getattr(promise.event, "due", None)]
        yield oddity("delivered-late", state.subject, sentence, delivered, *due)
    if delivered and withdrawn and delivered.surely_after(withdrawn):
        sentence = "was delivered after it was withdrawn"
        yield oddity("delivered-after-withdrawn", state.subject, sentence, delivered, withdrawn)


commitments: Kind[Commitment] = BuiltInKind(
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
    projection=Projection(
        "commitments", Commitment, evolve, kind="commitment", key=key, others=("assessment",), rules=rules
    ),
    lifecycle=LIFECYCLE,
)
"""The kind of subject: commitment."""
