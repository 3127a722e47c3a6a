"""Funds: agreed, established, paid into, and their balances.

Five kinds of amounts are kept apart and never added to each other: the balance on a day, a recurring payment, a single
contribution (pledged, announced, received), a pledge or a hope, and a part of a larger contribution.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Literal, get_args

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL, PARTIAL_LIST
from partnership.model.event import PER_PUBLICATION, Event, Identity, Together
from partnership.model.expectations import Expectation, is_among
from partnership.model.findings import gap, named, oddity
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
from partnership.model.plan_words import PLAN_WORDS, Force
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.model.ranges import NOTHING, range_of, range_of_number
from partnership.model.state_rows import by_day, with_row
from partnership.values.amounts import Duration, Money, Percent
from partnership.values.date_words import in_words
from partnership.values.when import When

__all__ = [
    "FundAgreed",
    "FundBalanceReported",
    "FundClosed",
    "FundContributionAnnounced",
    "FundContributionPledged",
    "FundContributionReceived",
    "FundContributionSpecified",
    "FundContributionWithdrawn",
    "FundEstablished",
    "FundPurposeExtended",
    "FundRulesAdopted",
    "FundRulesAmended",
    "FundUseReported",
    "RecurringContributionStated",
]

MONTHS: Mapping[Per, int] = {"year": 12, "quarter": 3, "month": 1}
"""The number of months between two payments."""


@frozen(kw_only=True)
class FundEvent(Event):
    """Base class of the events of a fund: fields that any report may have.

    Attributes:
        title: the name that the source uses.
        parties: the owners of the fund.
        by: the side that pays, decides or reports, if only one does.
    """

    kind = "fund"
    describes: ClassVar[tuple[str, ...]] = ("parties",)

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes, metadata=PARTIAL_LIST)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class FundContributionEvent(FundEvent):
    """Base class of the stages of a single contribution: pledged, announced, received.

    Contributions are distinguished by donor and, for the same donor, by `part`.

    Attributes:
        part: which contribution, in the desk's words: "2007", "for health". Reports of one part are one occurrence.
        amount: the amount of the contribution.
        instrument: the kind of money.
        part_of: the `part` of the larger contribution that includes this one, so that it is not added twice.
        equivalent: the amount in a second currency, as the source prints it; not converted.
        period: the time over which it is paid, from the first day to the last.
        duration: how long it is paid, if the source gives no first day: ``'P5Y'`` for five years.
        instruments: the kinds of money, if there are several.
        giver: the institution, company or person that pays, if not the party itself. Two givers of one party need a
            `part` each.
        giver_nature: whether the money is public or private.
        additional_to: the `part` of the contribution to which this one adds, so that both count.
        channel: the institution or company through which the money is given, if not directly.
    """

    identity: ClassVar[Identity] = ("by", "part")

    part: str | None = field(default=None, converter=converters.name)
    amount: Money | None = field(default=None, converter=converters.amount)
    instrument: Instrument | None = fields.choice(Instrument)
    part_of: str | None = field(default=None, converter=converters.name)
    equivalent: Money | None = field(default=None, converter=converters.amount)
    period: When | None = field(default=None, converter=converters.day)
    duration: Duration | None = field(default=None, converter=converters.duration)
    instruments: tuple[Instrument, ...] = field(default=(), converter=instruments, metadata=PARTIAL_LIST)
    giver: str | None = field(default=None, converter=converters.name)
    giver_nature: GiverNature | None = fields.choice(GiverNature)
    additional_to: str | None = field(default=None, converter=converters.name)
    channel: str | None = field(default=None, converter=converters.name)

    def impossible(self) -> tuple[str, ...]:
        """Refuse a contribution that is a part of itself or adds to itself, or is part of what it adds to."""
        if self.part is not None and self.part == self.part_of:
            return (f"part_of: {self.part!r} is no part of itself; name the larger sum",)
        if self.part is not None and self.part == self.additional_to:
            return (f"additional_to: {self.part!r} does not add to itself; name the other sum",)
        if self.part_of is not None and self.part_of == self.additional_to:
            return (f"additional_to: a part of {self.part_of!r} does not add to it; keep one of the two",)
        return ()


@frozen(kw_only=True)
class FundPledgeEvent(FundContributionEvent):
    """Base class of what is said of a pledge: that it is made, and that it is changed.

    Attributes:
        condition: the condition on which it depends.
        due: date by which it is to be paid.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    due: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class FundContributionPledged(FundPledgeEvent):
    """A contribution is pledged."""

    name = "fund-contribution-pledged"
    rank = 40


@frozen(kw_only=True)
class FundContributionSpecified(FundPledgeEvent):
    """A pledge gets a new or a different amount, date or period: it is raised or lowered, and is not another one."""

    name = "fund-contribution-specified"
    rank = 45
    identity: ClassVar[Identity] = (PER_PUBLICATION, "by", "part")


@frozen(kw_only=True)
class FundContributionWithdrawn(FundEvent):
    """A pledge is withdrawn by the party that made it; what the fund has received stays.

    Attributes:
        part: which contribution, in the desk's words, as in `FundContributionPledged`.
        reason: the reason in the source's words.
    """

    name = "fund-contribution-withdrawn"
    rank = 62
    identity: ClassVar[Identity] = ("by", "part")

    part: str | None = field(default=None, converter=converters.name)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class FundContributionAnnounced(FundContributionEvent):
    """A source says that a contribution is given, but not that the fund has received it.

    Attributes:
        condition: the condition on which it depends.
    """

    name = "fund-contribution-announced"
    rank = 50

    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class FundContributionReceived(FundContributionEvent):
    """The fund receives a contribution."""

    name = "fund-contribution-received"
    rank = 60


@frozen(kw_only=True)
class RecurringContributionStated(FundEvent):
    """A party makes a recurring contribution.

    Attributes:
        period: when it is paid. A period, "2016/2020", is its whole duration; any other date is a time within it.
        amount: the amount of each payment.
        per: the interval of the payments.
        equivalent: the amount in a second currency, as the source prints it; not converted.
        duration: how long it is paid, if the source gives no first day: ``'P5Y'`` for five years.
        instrument: the kind of money.
        instruments: the kinds of money, if there are several.
        giver: the institution, company or person that pays, if not the party itself.
        giver_nature: whether the money is public or private.
        condition: the condition on which it depends.
        channel: the institution or company through which the money is given, if not directly.
    """

    name = "recurring-contribution-stated"
    rank = 65
    identity: ClassVar[Identity] = ("by", "period")
    is_lasting = True
    dated_by = "period"
    together: ClassVar[Together] = (("amount", "per"),)

    period: When = field(converter=converters.needed_day)
    amount: Money | None = field(default=None, converter=converters.amount)
    per: Per | None = fields.choice(Per)
    equivalent: Money | None = field(default=None, converter=converters.amount)
    duration: Duration | None = field(default=None, converter=converters.duration)
    instrument: Instrument | None = fields.choice(Instrument)
    instruments: tuple[Instrument, ...] = field(default=(), converter=instruments, metadata=PARTIAL_LIST)
    giver: str | None = field(default=None, converter=converters.name)
    giver_nature: GiverNature | None = fields.choice(GiverNature)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    channel: str | None = field(default=None, converter=converters.name)


Stage = Literal["pledged", "announced", "received"]
"""The stage of a single contribution."""

STAGES: Mapping[str, Stage] = {
    "fund-contribution-pledged": "pledged",
    "fund-contribution-specified": "pledged",
    "fund-contribution-announced": "announced",
    "fund-contribution-received": "received",
}
"""The stage that each event brings a contribution to, by stored name."""


@frozen
class Contribution:
    """A single contribution, with the amount of each stage.

    Attributes:
        by: the parties that give it.
        part: which contribution, in the desk's words.
        stage: the last one it has reached.
        pledged, announced, received: amount in each stage.
        pledged_on, announced_on, received_on: date of each, if a source says so.
        instrument: the kind of money.
        part_of: the `part` of the larger contribution that includes this one.
        condition: the condition on which it depends.
        expected: date by which it is to be paid.
        equivalents: the amount of the last stage in other currencies, as a document that states several prints it.
        timing: the due date in the source's words.
        is_undated: whether the source says that no date is set.
        force: how strongly the source puts the pledge.
        is_disputed: sources differ on an amount, on the due date, on the time, on `part_of` or on `force`.
        period: the time over which it is paid, from the first day to the last.
        duration: how long it is paid, if no source gives the first day.
        instruments: the kinds of money, if there are several.
        giver: the institution, company or person that pays, if not the party itself.
        giver_nature: whether the money is public or private.
        additional_to: the `part` of the contribution to which this one adds.
        channel: the institution or company through which the money is given, if not directly.
        is_withdrawn: whether the party that pledged it withdrew; what was received stays.
        withdrawn_on: when it withdrew, if a source says so.
        reason: the reason for that.
        pledged_before: the sums that were pledged before the pledge was raised or lowered, the first one first.
        changed_on: when it was last changed, if a source says so.
    """

    by: tuple[str, ...]
    part: str | None
    stage: Stage
    pledged: Money | None = None
    announced: Money | None = None
    received: Money | None = None
    pledged_on: When | None = None
    announced_on: When | None = None
    received_on: When | None = None
    instrument: Instrument | None = None
    part_of: str | None = None
    condition: str | None = None
    expected: Expectation | None = None
    equivalents: tuple[Money, ...] = ()
    timing: str | None = None
    is_undated: bool | None = None
    force: Force | None = None
    is_disputed: bool = False
    period: When | None = None
    duration: Duration | None = None
    instruments: tuple[Instrument, ...] = ()
    giver: str | None = None
    giver_nature: GiverNature | None = None
    additional_to: str | None = None
    channel: str | None = None
    is_withdrawn: bool = False
    withdrawn_on: When | None = None
    reason: str | None = None
    pledged_before: tuple[Money, ...] = ()
    changed_on: When | None = None


@frozen
class Recurring:
    """A recurring contribution.

    Attributes:
        by: the parties that give it.
        period: when it is paid.
        amount: the amount of each payment.
        per: the interval of the payments.
        is_disputed: sources differ on the amount or the interval.
        equivalent: the amount in a second currency, as the source prints it.
        duration: how long it is paid, if no source gives the first day.
        instrument: the kind of money.
        instruments: the kinds of money, if there are several.
        giver: the institution, company or person that pays, if not the party itself.
        giver_nature: whether the money is public or private.
        condition: the condition on which it depends.
        channel: the institution or company through which the money is given, if not directly.
    """

    by: tuple[str, ...]
    period: When
    amount: Money | None
    per: Per | None
    is_disputed: bool
    equivalent: Money | None = None
    duration: Duration | None = None
    instrument: Instrument | None = None
    instruments: tuple[Instrument, ...] = ()
    giver: str | None = None
    giver_nature: GiverNature | None = None
    condition: str | None = None
    channel: str | None = None


_TERMS = (
    *("instrument", "part_of", "period", "duration", "instruments"),
    *("giver", "giver_nature", "additional_to", "channel"),
)
"""What any report of a contribution says about it; a later stage that does not repeat it does not change it."""
_DISPUTED = frozenset({"amount", "equivalent", "due", "part_of", "period", "duration", "force"})
"""Facts of a contribution on which sources may differ; the wordings are collected."""


def with_stage(
    rows: tuple[Contribution, ...], event: FundContributionEvent | FundContributionWithdrawn, occurrence: Occurrence
) -> tuple[Contribution, ...]:
    """Return the contributions with one more stage of the one that the event is about, or without its pledge."""
    if isinstance(event, FundContributionWithdrawn):
        return _without_pledge(rows, event, occurrence)
    stage, is_changed = STAGES[event.name], isinstance(event, FundContributionSpecified)
    place = _place(rows, event)
    row = rows[place] if place < len(rows) else Contribution(event.by, event.part, stage)
    stages = get_args(Stage)
    changes: dict[str, Any] = {
        "stage": max(row.stage, stage, key=stages.index),
        stage: event.amount or (row.pledged if is_changed else None),
        f"{stage}_on": (row.pledged_on if is_changed else None) or event.on,
        **{name: getattr(event, name) or getattr(row, name) for name in _TERMS},
        "condition": getattr(event, "condition", None),
        "is_disputed": row.is_disputed or not _DISPUTED.isdisjoint(occurrence.disputed),
    }
    if changes["stage"] == stage and (event.amount or not is_changed):
        changes["equivalents"] = equivalents_of(occurrence)
    if not isinstance(event, FundContributionPledged):  # which says anew on what it depends
        changes["condition"] = changes["condition"] or row.condition
    if isinstance(event, FundPledgeEvent) and (not is_changed or event.due or event.is_undated):
        changes |= {"expected": _due(event, occurrence), **{word: getattr(event, word) for word in PLAN_WORDS}}
    if is_changed:
        changes["changed_on"] = event.on if place < len(rows) else None
        if row.pledged not in (None, changes["pledged"]):
            changes["pledged_before"] = (*row.pledged_before, row.pledged)
    return (*rows[:place], replace(row, **changes), *rows[place + 1 :])


def _place(rows: Sequence[Contribution], event: FundContributionEvent | FundContributionWithdrawn) -> int:
    """Return which of the contributions an event is about; their number if it is none of them."""
    return next((place for place, row in enumerate(rows) if row.part == event.part and row.by == event.by), len(rows))


def _without_pledge(
    rows: tuple[Contribution, ...], event: FundContributionWithdrawn, occurrence: Occurrence
) -> tuple[Contribution, ...]:
    """Return the contributions with one of which the pledge is withdrawn."""
    place = _place(rows, event)
    row = rows[place] if place < len(rows) else Contribution(event.by, event.part, "pledged")
    row = replace(
        row,
        is_withdrawn=True,
        withdrawn_on=event.on,
        reason=event.reason,
        is_disputed=row.is_disputed or "on" in occurrence.disputed,
    )
    return (*rows[:place], row, *rows[place + 1 :])


def _due(event: FundPledgeEvent, occurrence: Occurrence) -> Expectation | None:
    if event.due is None:
        return None
    claims = occurrence.claims_for("due")
    return Expectation(event.due, occurrence.said, claims, timing=event.timing, force=event.force)


def largest(contributions: Sequence[Contribution], stage: Stage) -> tuple[Contribution, ...]:
    """Return the contributions that reached a stage and are not part of another that did, so that none counts twice.

    A pledge that was withdrawn does not count.
    Contributions that sources declare to be parts of each other, in a circle, are all left out.
    """
    by_part: dict[str | None, list[Contribution]] = {}
    for row in contributions:
        by_part.setdefault(row.part, []).append(row)
    return tuple(row for row in contributions if _counts(row, stage) and not _is_within(row, by_part, stage))


def _counts(row: Contribution, stage: Stage) -> bool:
    """Tell whether a contribution has a sum of a stage that was not withdrawn: what the fund received stays."""
    return bool(getattr(row, stage)) and not (row.is_withdrawn and stage != "received")


def _is_within(row: Contribution, by_part: Mapping[str | None, Sequence[Contribution]], stage: Stage) -> bool:
    """Tell whether a contribution that includes this one, directly or indirectly, reached the stage."""
    name, seen = row.part_of, {row.part}
    while name is not None:
        of_name = by_part.get(name, ())
        larger = [other for other in of_name if other.by == row.by] or of_name
        if any(_counts(other, stage) for other in larger):
            return True
        seen.add(name)
        name = next((other.part_of for other in larger if other.part_of not in seen), None)
    return False


def against_sum(
    subject: str, contributions: Sequence[Contribution], stated: Occurrence, received: Sequence[Occurrence]
) -> Iterable[Finding]:
    """Find a recurring contribution that differs from what the fund received from its donor within the period."""
    rate: Any = stated.event
    times = _times(rate.period, MONTHS[rate.per]) if rate.per else 0
    rows = [
        row
        for row in largest(contributions, "received")
        if row.by == rate.by and row.received_on and _lies_in(row.received_on, rate.period)
    ]
    sums = [row.received for row in rows if row.received]
    if not (times and rate.amount and sums) or {amount.currency for amount in sums} != {rate.amount.currency}:
        return
    if range_of_number(rate.amount.amount * times, rate.amount.bound).misses(sum(map(range_of, sums), NOTHING)):
        keys = {(row.by, row.part) for row in rows}
        payments = [paid for paid in received if (paid.event.by, paid.event.part) in keys]  # type: ignore[attr-defined]  # both have them
        sentence = (
            f"is paid {rate.amount} a {rate.per}, and received in {in_words(rate.period)} {' + '.join(map(str, sums))}"
        )
        yield oddity("rate-differs-from-sum", subject, sentence, stated, *payments)


def _lies_in(day: When, period: When) -> bool:
    if None in (day.earliest, day.latest, period.earliest, period.latest):
        return False
    return period.earliest <= day.earliest and day.latest <= period.latest  # type: ignore[operator]  # none is None


def _times(period: When, months: int) -> int:
    """Return how many intervals of *months* a period has; 0 if it is not a whole number of them."""
    if period.earliest is None or period.latest is None or period.latest == date.max:
        return 0
    first, after = period.earliest, period.latest + timedelta(1)
    times, remainder = divmod((after.year - first.year) * 12 + after.month - first.month, months)
    return times if first.day == after.day == 1 and not remainder else 0


_SIZE = ("amount", "equivalent", "period", "duration")


@frozen(kw_only=True)
class SizedFundEvent(FundEvent):
    """Base class of the events that say how large a fund is to be, and for how long.

    Attributes:
        amount: the sum that the fund is to have; what is paid into it is a contribution.
        equivalent: the amount in a second currency, as the source prints it; not converted.
        period: the time for which it is set up, from the first day to the last.
        duration: how long it is to run, if the source gives no first day: ``'P5Y'`` for five years.
    """

    describes: ClassVar[tuple[str, ...]] = (*FundEvent.describes, *_SIZE)

    amount: Money | None = field(default=None, converter=converters.amount)
    equivalent: Money | None = field(default=None, converter=converters.amount)
    period: When | None = field(default=None, converter=converters.day)
    duration: Duration | None = field(default=None, converter=converters.duration)


@frozen(kw_only=True)
class FundAgreed(SizedFundEvent):
    """The sides agree to set up a fund."""

    name = "fund-agreed"
    rank = 10


@frozen(kw_only=True)
class FundEstablished(SizedFundEvent):
    """A fund is established."""

    name = "fund-established"
    rank = 20


@frozen(kw_only=True)
class FundRulesAdopted(FundEvent):
    """The rules or the terms of reference of a fund are adopted."""

    name = "fund-rules-adopted"
    rank = 30


@frozen(kw_only=True)
class FundRulesAmended(SizedFundEvent):
    """The rules of a fund are amended, or how large it is to be, and for how long: what is said of that is new."""

    name = "fund-rules-amended"
    rank = 35
    identity: ClassVar[Identity] = PER_PUBLICATION
    changes: ClassVar[tuple[str, ...]] = _SIZE


@frozen(kw_only=True)
class FundBalanceReported(FundEvent):
    """A source reports the balance of a fund on a day.

    Attributes:
        as_of: the day of the balance; if unknown, the day of publication as an upper bound (``../2021-04-02``).
        amount: the balance.
        equivalent: the amount in a second currency, as the source prints it; not converted.
    """

    name = "fund-balance-reported"
    rank = 70
    identity: ClassVar[Identity] = ("as_of",)
    dated_by = "as_of"

    as_of: When = field(converter=converters.needed_day)
    amount: Money = field(converter=converters.needed_amount)
    equivalent: Money | None = field(default=None, converter=converters.amount)


@frozen(kw_only=True)
class FundUseReported(FundEvent):
    """A source reports how much of a fund's money has come to a stage of its use by a day.

    The stages are counted apart: what is committed includes what is disbursed, so they are never added.

    Attributes:
        as_of: the day of the figure; if unknown, the day of publication as an upper bound (``../2021-04-02``).
        stage: what became of the money: pledged, committed, allocated, drawn, disbursed or spent; None if the source
            does not say.
        part: the part or the purpose that it is for, in the desk's words; None for all of the money.
        amount: the amount.
        equivalent: the amount in a second currency, as the source prints it; not converted.
        share: the share of the fund, if the source gives a percentage.
        to: the parties that receive it.
        text: what it is used for, in the source's words.
    """

    name = "fund-use-reported"
    rank = 72
    identity: ClassVar[Identity] = ("as_of", "stage", "part", "to")
    dated_by = "as_of"

    as_of: When = field(converter=converters.needed_day)
    stage: UseStage | None = fields.choice(UseStage)
    part: str | None = field(default=None, converter=converters.name)
    amount: Money | None = field(default=None, converter=converters.amount)
    equivalent: Money | None = field(default=None, converter=converters.amount)
    share: Percent | None = field(default=None, converter=converters.percent)
    to: tuple[str, ...] = field(default=(), converter=converters.codes)
    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class FundPurposeExtended(FundEvent):
    """A fund may be used for another purpose.

    Attributes:
        purpose: the additional purpose, in the source's words.
    """

    name = "fund-purpose-extended"
    rank = 75
    identity: ClassVar[Identity] = PER_PUBLICATION

    purpose: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class FundClosed(FundEvent):
    """A fund is closed.

    Attributes:
        reason: the reason in the source's words.
    """

    name = "fund-closed"
    rank = 90

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


Status = Literal["agreed", "established", "closed"]
"""The status of a fund, as sources report it; it is not inferred from payments or balances."""

LIFECYCLE = Lifecycle(
    steps={
        "fund-agreed": Step("agreed", _SIZE, on="agreed_on"),
        "fund-established": Step("established", _SIZE, on="established_on"),
        "fund-rules-adopted": Step(on="rules_adopted_on"),
        "fund-rules-amended": Step(copies=_SIZE, on="rules_amended_on"),
        "fund-contribution-pledged": Step(),
        "fund-contribution-specified": Step(),
        "fund-contribution-withdrawn": Step(),
        "fund-contribution-announced": Step(),
        "fund-contribution-received": Step(),
        "recurring-contribution-stated": Step(),
        "fund-balance-reported": Step(),
        "fund-use-reported": Step(),
        "fund-purpose-extended": Step(),
        "fund-closed": Step("closed", ("reason",), on="closed_on"),
    },
    ranks={"agreed": 10, "established": 20, "closed": 30},
    copies=("title", "parties"),
    collects={"title": "titles", "purpose": "purposes"},
)


@frozen
class Balance:
    """The balance of a fund on a day.

    Attributes:
        as_of: the day of the balance.
        amount: the balance.
        is_disputed: sources give different amounts for that day.
        equivalents: the amount in other currencies, as a document that states several prints it.
    """

    as_of: When
    amount: Money
    is_disputed: bool
    equivalents: tuple[Money, ...] = ()


@frozen
class Use:
    """How much of a fund's money has come to a stage of its use by a day.

    Attributes:
        as_of: the day of the figure.
        stage: what became of the money; None if no source says so.
        part: the part or the purpose that it is for, in the desk's words; None for all of the money.
        amount: the amount.
        equivalents: the amount in other currencies, as the source prints it.
        share: the share of the fund, if the source gives a percentage.
        to: the parties that receive it.
        text: what it is used for, in the source's words.
        is_disputed: sources give different figures for that day.
    """

    as_of: When
    stage: UseStage | None
    part: str | None
    amount: Money | None
    equivalents: tuple[Money, ...]
    share: Percent | None
    to: tuple[str, ...]
    text: str | None
    is_disputed: bool


@frozen
class Fund:
    """The state of one fund.

    Attributes:
        subject: the fund, ``fund:slug``.
        status: the current status.
        title: the latest name; `titles` has all of them.
        agreed_on, established_on, rules_adopted_on, rules_amended_on, closed_on: latest date of each,
            if a source says so.
        purposes: additional purposes, in all wordings.
        contributions: single contributions, each with its stages.
        recurring: recurring contributions.
        balances: in the order of the days.
        uses: what was committed, allocated, drawn, disbursed and spent, in the order of the days.
        disputed: names of the fields on which sources differ.
    """

    subject: str
    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    agreed_on: When | None = None
    established_on: When | None = None
    rules_adopted_on: When | None = None
    rules_amended_on: When | None = None
    closed_on: When | None = None
    purposes: tuple[str, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    recurring: tuple[Recurring, ...] = ()
    balances: tuple[Balance, ...] = ()
    reason: str | None = None
    disputed: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()
    amount: Money | None = None
    equivalent: Money | None = None
    period: When | None = None
    duration: Duration | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Due dates of contributions that the fund has not received."""
        rows = [row for row in self.contributions if row.stage != "received" and not row.is_withdrawn]
        return tuple(row.expected for row in rows if row.expected)

    @property
    def previous_dates(self) -> tuple[When, ...]:
        """Empty: a different due date for the same contribution is a dispute."""
        return ()

    def parties_owing(self, plan: Expectation) -> tuple[str, ...]:
        """Return the parties that give the contribution that is due."""
        return next((row.by for row in self.contributions if is_among(plan, (row.expected,))), ())


def evolve(state: Fund, occurrence: Occurrence) -> Fund:
    """Return the state of the fund after one more occurrence."""
    amount, state, event = state.amount, LIFECYCLE.advance(state, occurrence), occurrence.event
    if isinstance(event, SizedFundEvent):
        return with_equivalent(state, occurrence, amount)
    if isinstance(event, FundContributionEvent | FundContributionWithdrawn):
        rows = with_stage(state.contributions, event, occurrence)
        return _with_rows(state, "contributions", rows, *(rows if occurrence.disputed else ()))
    if isinstance(event, RecurringContributionStated):
        rate = Recurring(
            event.by,
            event.period,
            event.amount,
            event.per,
            "amount" in occurrence.disputed,
            next(iter(equivalents_of(occurrence)), None),
            event.duration,
            event.instrument,
            event.instruments,
            event.giver,
            event.giver_nature,
            event.condition,
            event.channel,
        )
        rates = with_row(state.recurring, rate, lambda row: (by_day(row.period), row.by))
        return _with_rows(state, "recurring", rates, rate)
    if isinstance(event, FundBalanceReported):
        balance = Balance(event.as_of, event.amount, "amount" in occurrence.disputed, equivalents_of(occurrence))
        balances = with_row(state.balances, balance, lambda row: by_day(row.as_of))
        return _with_rows(state, "balances", balances, balance)
    if isinstance(event, FundUseReported):
        use = Use(
            event.as_of,
            event.stage,
            event.part,
            event.amount,
            equivalents_of(occurrence),
            event.share,
            event.to,
            event.text,
            not {"amount", "equivalent", "share"}.isdisjoint(occurrence.disputed),
        )
        uses = with_row(state.uses, use, lambda row: (by_day(row.as_of), _USE_STAGES.index(row.stage)))
        return _with_rows(state, "uses", uses, use)
    return state


_USE_STAGES = (*get_args(UseStage), None)


def _with_rows(state: Fund, name: str, rows: tuple[Any, ...], *new: Contribution | Recurring | Balance | Use) -> Fund:
    disputed = {*state.disputed, *({name} if any(row.is_disputed for row in new) else ())}
    return replace(state, disputed=tuple(sorted(disputed)), **{name: rows})


def rules(state: Fund, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd about the money of a fund.

    ``balance-without-transactions`` (a balance is reported, and no payment), ``contribution-in-other-currency`` (than
    any balance), ``rate-differs-from-sum`` (a recurring contribution differs from what was received from its donor in
    its period).
    """
    balances = named(occurrences, "fund-balance-reported")
    rates = named(occurrences, "recurring-contribution-stated")
    paid = [*named(occurrences, *STAGES), *rates]
    if balances and not paid:
        sentence = "has a balance, and no payment into it is reported"
        yield gap("balance-without-transactions", state.subject, sentence, *balances)
    currencies = {balance.amount.currency for balance in state.balances}
    for payment in paid:
        amount: Money | None = payment.event.amount  # type: ignore[attr-defined]  # all of these have one
        if currencies and amount and amount.currency not in currencies:
            sentence = f"was given {amount}, and its balances are in {', '.join(sorted(currencies))}"
            yield oddity("contribution-in-other-currency", state.subject, sentence, payment, *balances)
    for rate in rates:
        yield from against_sum(
            state.subject, state.contributions, rate, named(occurrences, "fund-contribution-received")
        )


funds: Kind[Fund] = BuiltInKind(
    "fund",
    events=(
        FundAgreed,
        FundBalanceReported,
        FundClosed,
        FundContributionAnnounced,
        FundContributionPledged,
        FundContributionReceived,
        FundContributionSpecified,
        FundContributionWithdrawn,
        FundEstablished,
        FundPurposeExtended,
        FundRulesAdopted,
        FundRulesAmended,
        FundUseReported,
        RecurringContributionStated,
    ),
    projection=Projection("funds", Fund, evolve, kind="fund", rules=rules),
    lifecycle=LIFECYCLE,
)
"""The kind of subject: fund."""
