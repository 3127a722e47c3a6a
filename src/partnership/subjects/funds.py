"""Funds of a partnership: agreed, established, paid into, and what was in them on a day.

Money has five kinds, which are never merged: a balance of a day, a rate a year, a single sum, a pledge or a hope, and
a part of a larger sum. Sums are paid once (pledged, announced, received), or again and again.

Source: ``domain.md`` 0 (finding 9), 2.4, 2.4b and 2.6 (AR-025 to AR-027, AR-050 to AR-053).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Literal, get_args

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL
from partnership.model.event import PER_PUBLICATION, Event, Identity, Together
from partnership.model.expectations import Expectation
from partnership.model.findings import gap, named, oddity
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.model.ranges import NOTHING, range_of, range_of_number
from partnership.values.amounts import Money
from partnership.values.when import When

__all__ = [
    "FundAgreed",
    "FundBalanceReported",
    "FundClosed",
    "FundContributionAnnounced",
    "FundContributionPledged",
    "FundContributionReceived",
    "FundEstablished",
    "FundPurposeExtended",
    "FundRulesAdopted",
    "FundRulesAmended",
    "RecurringContributionStated",
]

Instrument = Literal["grant", "loan", "guarantee", "hoped", "other"]
"""What kind of money it is; *hoped* is what only the other side wishes for."""

Per = Literal["year", "quarter", "month"]
"""How often a recurring sum is paid."""

MONTHS: Mapping[Per, int] = {"year": 12, "quarter": 3, "month": 1}
"""How many months lie between two payments."""


def _instrument(value: Instrument | None) -> Instrument | None:
    return converters.one_of(get_args(Instrument), value)  # type: ignore[no-any-return]


def _per(value: Per | None) -> Per | None:
    return converters.one_of(get_args(Per), value)  # type: ignore[no-any-return]


@frozen(kw_only=True)
class FundEvent(Event):
    """What any report of a fund may say of it.

    Attributes:
        title: the name that the source uses.
        parties: whose fund it is.
        by: who pays, decides or reports, when one side does.
    """

    kind = "fund"

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen(kw_only=True)
class FundContributionEvent(FundEvent):
    """What any report of a single sum may say of it: pledged, announced, received are stages of one sum.

    Sums of two givers are never one, and those of one giver are told apart by `part`.

    Attributes:
        part: which sum, in the desk's words: "2007", "for health". Two reports of one part are one occurrence.
        amount: how much.
        instrument: what kind of money.
        part_of: the `part` of the larger sum that this one lies in, so that nobody adds it twice.
    """

    identity: ClassVar[Identity] = ("by", "part")

    part: str | None = field(default=None, converter=converters.name)
    amount: Money | None = field(default=None, converter=converters.amount)
    instrument: Instrument | None = field(default=None, converter=_instrument)
    part_of: str | None = field(default=None, converter=converters.name)

    def impossible(self) -> tuple[str, ...]:
        """Refuse a sum that is a part of itself."""
        if self.part is not None and self.part == self.part_of:
            return (f"part_of: {self.part!r} is no part of itself; name the larger sum",)
        return ()


@frozen(kw_only=True)
class FundContributionPledged(FundContributionEvent):
    """Somebody promises a sum.

    Attributes:
        condition: on what it depends.
        due: by when it is to be paid.
    """

    name = "fund-contribution-pledged"
    rank = 40

    condition: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    due: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class FundContributionAnnounced(FundContributionEvent):
    """A sum is given, so the source says ("gives": AR-052); nobody says that it arrived."""

    name = "fund-contribution-announced"
    rank = 50


@frozen(kw_only=True)
class FundContributionReceived(FundContributionEvent):
    """A sum has arrived in the fund."""

    name = "fund-contribution-received"
    rank = 60


@frozen(kw_only=True)
class RecurringContributionStated(FundEvent):
    """Somebody pays a sum again and again (AR-026, AR-053).

    Attributes:
        period: when that was so; a span, "2016/2020", bounds it, any other date is a time within it.
        amount: how much each time.
        per: how often.
    """

    name = "recurring-contribution-stated"
    rank = 65
    identity: ClassVar[Identity] = ("by", "period")
    is_lasting = True
    dated_by = "period"
    together: ClassVar[Together] = (("amount", "per"),)

    period: When = field(converter=converters.needed_day)
    amount: Money | None = field(default=None, converter=converters.amount)
    per: Per | None = field(default=None, converter=_per)


Stage = Literal["pledged", "announced", "received"]
"""How far a single sum has come."""

STAGES: Mapping[str, Stage] = {
    "fund-contribution-pledged": "pledged",
    "fund-contribution-announced": "announced",
    "fund-contribution-received": "received",
}
"""The stage that each report of a single sum brings it to."""


@frozen
class Contribution:
    """A single sum, with the amounts of its stages apart.

    Attributes:
        by: who gives it.
        part: which sum, in the desk's words.
        stage: how far it has come.
        pledged, announced, received: the amount that each report gave.
        pledged_on, announced_on, received_on: when each happened, where said.
        instrument: what kind of money.
        part_of: the `part` of the larger sum that this one lies in.
        condition: on what it depends.
        expected: the day by which it was to be paid.
        is_disputed: sources differ on an amount, on the day, or on what it lies in.
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
    is_disputed: bool = False


@frozen
class Recurring:
    """A sum that is paid again and again.

    Attributes:
        by: who gives it.
        period: when that was so.
        amount: how much each time.
        per: how often.
        is_disputed: sources differ on it.
    """

    by: tuple[str, ...]
    period: When
    amount: Money | None
    per: Per | None
    is_disputed: bool


def with_stage(
    rows: tuple[Contribution, ...], event: FundContributionEvent, occurrence: Occurrence
) -> tuple[Contribution, ...]:
    """Return the rows with one stage more of the sum that the event tells of."""
    stage = STAGES[event.name]
    place = next((place for place, one in enumerate(rows) if (one.by, one.part) == (event.by, event.part)), len(rows))
    row = rows[place] if place < len(rows) else Contribution(event.by, event.part, stage)
    stages = get_args(Stage)
    said: dict[str, Any] = {
        "stage": max(row.stage, stage, key=stages.index),
        stage: event.amount,
        f"{stage}_on": event.on,
        "instrument": event.instrument or row.instrument,
        "part_of": event.part_of or row.part_of,
        "is_disputed": row.is_disputed or not {"amount", "due", "part_of"}.isdisjoint(occurrence.disputed),
    }
    if isinstance(event, FundContributionPledged):
        said["condition"] = event.condition
        said["expected"] = Expectation(event.due, occurrence.said, occurrence.claims_for("due")) if event.due else None
    return (*rows[:place], replace(row, **said), *rows[place + 1 :])


def largest(contributions: Sequence[Contribution], stage: Stage) -> tuple[Contribution, ...]:
    """Return the sums that came to a stage and are no part of another that did, so that nothing is added twice.

    Of sums that are said to be parts of each other, in a ring, none is returned.
    """
    return tuple(one for one in contributions if getattr(one, stage) and not _is_within(one, contributions, stage))


def _is_within(one: Contribution, contributions: Sequence[Contribution], stage: Stage) -> bool:
    """Tell whether a sum that this one lies in, at any remove, came to the stage."""
    name, seen = one.part_of, {one.part}
    while name is not None:
        found = [each for each in contributions if each.part == name]
        larger = [each for each in found if each.by == one.by] or found
        if any(getattr(each, stage) for each in larger):
            return True
        seen.add(name)
        name = next((each.part_of for each in larger if each.part_of not in seen), None)
    return False


def against_sum(
    subject: str, contributions: Sequence[Contribution], stated: Occurrence, received: Sequence[Occurrence]
) -> Iterable[Finding]:
    """Find a rate that misses what was received of its payer, wholly within its period."""
    rate: Any = stated.event
    times = _times(rate.period, MONTHS[rate.per]) if rate.per else 0
    rows = [
        one
        for one in largest(contributions, "received")
        if one.by == rate.by and one.received_on and _lies_in(one.received_on, rate.period)
    ]
    sums = [one.received for one in rows if one.received]
    if not (times and rate.amount and sums) or {one.currency for one in sums} != {rate.amount.currency}:
        return
    if range_of_number(rate.amount.amount * times, rate.amount.bound).misses(sum(map(range_of, sums), NOTHING)):
        keys = {(one.by, one.part) for one in rows}
        shown = [one for one in received if (one.event.by, one.event.part) in keys]  # type: ignore[attr-defined]  # both have them
        sentence = f"is paid {rate.amount} a {rate.per}, and received in {rate.period} {' + '.join(map(str, sums))}"
        yield oddity("rate-differs-from-sum", subject, sentence, stated, *shown)


def _lies_in(day: When, period: When) -> bool:
    if None in (day.earliest, day.latest, period.earliest, period.latest):
        return False
    return period.earliest <= day.earliest and day.latest <= period.latest  # type: ignore[operator]  # none is None


def _times(period: When, months: int) -> int:
    """Return how many times so many months are in a period; 0 where they do not fill it."""
    if period.earliest is None or period.latest is None or period.latest == date.max:
        return 0
    first, after = period.earliest, period.latest + timedelta(1)
    times, left = divmod((after.year - first.year) * 12 + after.month - first.month, months)
    return times if first.day == after.day == 1 and not left else 0


@frozen(kw_only=True)
class FundAgreed(FundEvent):
    """The sides agree to set up a fund (AR-050)."""

    name = "fund-agreed"
    rank = 10


@frozen(kw_only=True)
class FundEstablished(FundEvent):
    """A fund is set up."""

    name = "fund-established"
    rank = 20


@frozen(kw_only=True)
class FundRulesAdopted(FundEvent):
    """The rules of a fund, or its terms of reference, are adopted."""

    name = "fund-rules-adopted"
    rank = 30


@frozen(kw_only=True)
class FundRulesAmended(FundEvent):
    """The rules of a fund are changed."""

    name = "fund-rules-amended"
    rank = 35
    identity: ClassVar[Identity] = PER_PUBLICATION


@frozen(kw_only=True)
class FundBalanceReported(FundEvent):
    """What was in a fund on a day (AR-025, AR-027).

    Attributes:
        as_of: the day, if only a bound (``../2021-04-02``); never the day of publication in disguise.
        amount: how much.
    """

    name = "fund-balance-reported"
    rank = 70
    identity: ClassVar[Identity] = ("as_of",)
    dated_by = "as_of"

    as_of: When = field(converter=converters.needed_day)
    amount: Money = field(converter=converters.needed_amount)


@frozen(kw_only=True)
class FundPurposeExtended(FundEvent):
    """A fund may be used for something more.

    Attributes:
        purpose: for what, in the source's words.
    """

    name = "fund-purpose-extended"
    rank = 75
    identity: ClassVar[Identity] = PER_PUBLICATION

    purpose: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen(kw_only=True)
class FundClosed(FundEvent):
    """A fund is closed.

    Attributes:
        reason: why, in the source's words.
    """

    name = "fund-closed"
    rank = 90

    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


Status = Literal["agreed", "established", "closed"]
"""Where a fund stands, as far as anybody said it; money in it says nothing of that."""

LIFECYCLE = Lifecycle(
    steps={
        "fund-agreed": Step("agreed", on="agreed_on"),
        "fund-established": Step("established", on="established_on"),
        "fund-rules-adopted": Step(on="rules_adopted_on"),
        "fund-rules-amended": Step(on="rules_amended_on"),
        "fund-contribution-pledged": Step(),
        "fund-contribution-announced": Step(),
        "fund-contribution-received": Step(),
        "recurring-contribution-stated": Step(),
        "fund-balance-reported": Step(),
        "fund-purpose-extended": Step(),
        "fund-closed": Step("closed", ("reason",), on="closed_on"),
    },
    ranks={"agreed": 10, "established": 20, "closed": 30},
    copies=("title", "parties"),
    collects={"title": "titles", "purpose": "purposes"},
)


@frozen
class Balance:
    """What was in a fund on a day.

    Attributes:
        as_of: the day.
        amount: how much.
        is_disputed: sources give different amounts for that day.
    """

    as_of: When
    amount: Money
    is_disputed: bool


@frozen
class Fund:
    """What is known of one fund.

    Attributes:
        subject: the fund, ``fund:slug``.
        status: where it stands.
        title: the name last used; `titles` has all.
        agreed_on, established_on, rules_adopted_on, rules_amended_on, closed_on: when each last happened, where said.
        purposes: what it was opened to later, in all wordings.
        contributions: single sums, each with its stages.
        recurring: sums that are paid again and again.
        balances: what was in it, in the order of the days.
        disputed: names of the fields on which sources differ.

    The other fields are those of the events.
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

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Days by which sums were to be paid of which nobody says that they arrived."""
        return tuple(one.expected for one in self.contributions if one.expected and one.stage != "received")

    @property
    def previous_dates(self) -> tuple[When, ...]:
        """None: another day for one sum is a dispute."""
        return ()


def evolve(state: Fund, occurrence: Occurrence) -> Fund:
    """Return the fund after one more occurrence."""
    state, event = LIFECYCLE.advance(state, occurrence), occurrence.event
    if isinstance(event, FundContributionEvent):
        return _with_rows(state, "contributions", with_stage(state.contributions, event, occurrence))
    if isinstance(event, RecurringContributionStated):
        rate = Recurring(event.by, event.period, event.amount, event.per, "amount" in occurrence.disputed)
        rates = sorted((*state.recurring, rate), key=lambda one: (_by_day(one.period), one.by))
        return _with_rows(state, "recurring", rates)
    if isinstance(event, FundBalanceReported):
        balance = Balance(event.as_of, event.amount, "amount" in occurrence.disputed)
        balances = sorted((*state.balances, balance), key=lambda one: _by_day(one.as_of))
        return _with_rows(state, "balances", balances)
    return state


def _by_day(day: When) -> tuple[date, str]:
    return (day.latest or date.max, day.text)


def _with_rows(state: Fund, name: str, rows: Sequence[Contribution | Recurring | Balance]) -> Fund:
    disputed = {*state.disputed, *({name} if any(one.is_disputed for one in rows) else ())}
    return replace(state, disputed=tuple(sorted(disputed)), **{name: tuple(rows)})


def rules(state: Fund, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd in a fund's money.

    ``balance-without-transactions`` (something is in it, and nobody told of anything paid in),
    ``contribution-in-other-currency`` (than any balance), ``rate-differs-from-sum`` (from what was received, in the
    period of a rate, of the one who pays it).

    Source: ``domain.md`` 2.6, fund.
    """
    balances = named(occurrences, "fund-balance-reported")
    rates = named(occurrences, "recurring-contribution-stated")
    paid = [*named(occurrences, *STAGES), *rates]
    if balances and not paid:
        sentence = "has a balance, and nothing was told of what was paid in"
        yield gap("balance-without-transactions", state.subject, sentence, *balances)
    kept = {one.amount.currency for one in state.balances}
    for one in paid:
        amount: Money | None = one.event.amount  # type: ignore[attr-defined]  # all of these have one
        if kept and amount and amount.currency not in kept:
            sentence = f"was given {amount}, and its balances are in {', '.join(sorted(kept))}"
            yield oddity("contribution-in-other-currency", state.subject, sentence, one, *balances)
    for rate in rates:
        yield from against_sum(
            state.subject, state.contributions, rate, named(occurrences, "fund-contribution-received")
        )


funds: Kind[Fund] = Kind(
    "fund",
    events=(
        FundAgreed,
        FundBalanceReported,
        FundClosed,
        FundContributionAnnounced,
        FundContributionPledged,
        FundContributionReceived,
        FundEstablished,
        FundPurposeExtended,
        FundRulesAdopted,
        FundRulesAmended,
        RecurringContributionStated,
    ),
    projection=Projection("funds", Fund, evolve, kind="fund", rules=rules),
    lifecycle=LIFECYCLE,
)
"""What is known of every fund."""
