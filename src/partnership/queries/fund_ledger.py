"""The money of a fund, and what parties give to funds.

A ledger has the reported balances, sums and rates of one fund, what it pays to projects, and what must have been spent
between two balances. A register has the contributions to all funds, by giver.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Literal, get_args

from attrs import frozen

from partnership.model.money_words import Instrument, kinds_in_words, kinds_of_money
from partnership.model.ranges import NOTHING, Range, range_of
from partnership.model.value_text import value_in_words
from partnership.queries.disputes import Dispute
from partnership.subjects.commitments import Commitment
from partnership.subjects.funds import MONTHS, Balance, Contribution, Fund, Recurring, Stage, Use, largest
from partnership.subjects.projects import Funding, Project
from partnership.values.amounts import Bound, Duration, Money
from partnership.values.display import Displayable, VisibleText, counted
from partnership.values.when import When


@frozen
class Total(VisibleText):
    """The total of sums of one stage, one kind of money and one currency.

    Only such sums are added: a grant and a loan are different money, a hope is none yet, and a sum that was pledged and
    received is one sum. Sums that are parts of other sums are not added either.

    Attributes:
        stage: ``'pledged'``, ``'announced'`` or ``'received'``; of commitments, ``'promised'``.
        instrument: the kind of money; None for the sums of which no source says it, and of those of several kinds.
        amount: the total.
        currency: ISO 4217 code.
        bound: the bound of all sums that are not exact; ``'about'`` where they have different bounds.
        sums: the number of sums.
        instruments: the kinds of money of each of the sums, if there are several: a package of grants and loans.
    """

    stage: Stage | Literal["promised"]
    instrument: Instrument | None
    amount: Decimal
    currency: str
    bound: Bound
    sums: int
    instruments: tuple[Instrument, ...] = ()

    def _text(self) -> str:
        words = "" if self.bound == "exact" else f"{self.bound.replace('-', ' ')} "
        kind = kinds_in_words(self)
        return f"{self.stage}{kind}: {words}{self.amount:,f} {self.currency} in {counted(self.sums, 'sum', 'sums')}"


@frozen
class Payments(VisibleText):
    """How often a rate may have been paid between two balances.

    Attributes:
        rate: the rate.
        fewest: the smallest possible number of payments.
        most: the largest possible number; None if it is not limited.
    """

    rate: Recurring
    fewest: int
    most: int | None

    def _text(self) -> str:
        return f"{_range_text(self.fewest, self.most)} payments of {_rate_text(self.rate)}"


def _rate_text(rate: Recurring) -> str:
    amount = " = ".join(map(str, filter(None, (rate.amount, rate.equivalent)))) or "an unknown sum"
    by = _payer_text(rate)
    return f"{amount} a {rate.per or 'time'} by {by}{kinds_in_words(rate)}"


def _payer_text(row: Contribution | Recurring) -> str:
    """Return who gives money, in brackets the institution that pays, and through whom."""
    giver = f" ({value_in_words(row.giver)})" if row.giver else ""
    channel = f" through {value_in_words(row.channel)}" if row.channel else ""
    return f"{_givers(row.by)}{giver}{channel}"


def _givers(by: Sequence[str]) -> str:
    return ", ".join(by) or "an unknown party"


@frozen
class Spent(VisibleText):
    """What must have been spent from a fund between two balances. It is derived; no source reports it.

    It is the first balance plus all income minus the second balance, on these assumptions:

    - There is no income other than the recorded sums received and the recorded rates.
    - A rate that may have been in force at some time between the balances was in force throughout, and was paid once in
      each of its periods (years, quarters, months), on an unknown day. Only a rate whose own period is a span that does
      not cover the whole time may not have been paid at all.
    - Sums received from a party with a rate are payments of that rate.

    Attributes:
        first: the earlier balance.
        second: the later balance.
        payments: the rates, with the number of their payments.
        received: the single sums that were, or may have been, received in that time.
        least: the least that was surely spent; None if nothing limits it. A negative number means income that is not
            recorded.
        most: the most that may have been spent; None if nothing limits it.
        face_least: the least, if every figure is taken as exact, ignoring "over" and "about".
        face_most: the most, if every figure is taken as exact; None if the number of payments is not limited.
    """

    first: Balance
    second: Balance
    payments: tuple[Payments, ...]
    received: tuple[Contribution, ...]
    least: Decimal | None
    most: Decimal | None
    face_least: Decimal
    face_most: Decimal | None

    def _text(self) -> str:
        currency = self.first.amount.currency
        income = [
            *map(str, self.payments),
            *(f"{item.received} received {value_in_words(item.received_on)}" for item in self.received),
        ]
        face, sure = _range_text(self.face_least, self.face_most), _range_text(self.least, self.most)
        surely = "nothing is sure" if self.least is self.most is None else f"{sure} {currency} is sure"
        figures = ", ".join([str(self.first.amount), str(self.second.amount), *(income or ["nothing paid in"])])
        held = " and each rate held throughout" if self.payments else ""
        return (
            f"{value_in_words(self.first.as_of)} to {value_in_words(self.second.as_of)}: spent {face} {currency} if "
            f"every figure is exact; {surely} "
            f"(derived from {figures}; if nothing else came in{held})"
        )


def _range_text(least: Decimal | int | None, most: Decimal | int | None) -> str:
    low, high = ("unknown" if limit is None else f"{limit:,}" for limit in (least, most))
    return low if low == high else f"{low} to {high}"


@frozen(repr=False)
class FundLedger(Displayable):
    """The money of a fund. Different currencies and different kinds of money are never added.

    Attributes:
        fund: the fund, ``fund:slug``.
        balances: balances, by day.
        contributions: single sums, each with its stages.
        recurring: rates at which sums are paid repeatedly.
        totals: totals of the single sums, by stage, kind of money and currency.
        paid_out: what the fund pays to projects, by project, ``project:slug``.
        commitments: commitments of money that concern the fund; they are no contributions until a source says so.
        spent: what must have been spent between consecutive balances of one currency.
        disputes: the facts about the fund on which sources differ.
        uses: what was committed, allocated, drawn, disbursed and spent as of a day; never added to each other, nor to
            what is paid in.
        amount: the sum that the fund is to have.
        equivalent: the amount in a second currency, as the source prints it.
        period: the time for which it is set up.
        duration: how long it is to run.
    """

    fund: str
    balances: tuple[Balance, ...]
    contributions: tuple[Contribution, ...]
    recurring: tuple[Recurring, ...]
    totals: tuple[Total, ...]
    paid_out: tuple[tuple[str, Funding], ...]
    commitments: tuple[Commitment, ...]
    spent: tuple[Spent, ...]
    disputes: tuple[Dispute, ...]
    uses: tuple[Use, ...] = ()
    amount: Money | None = None
    equivalent: Money | None = None
    period: When | None = None
    duration: Duration | None = None

    def _text(self) -> str:
        size = " = ".join(map(str, filter(None, (self.amount, self.equivalent))))
        terms = [*([f"to have {size}"] if size else []), *_time(self)]
        head = f"{self.fund}: {', '.join(terms)}" if terms else self.fund
        balances = [f"{value_in_words(balance.as_of)}: {_with_equivalents(balance)}" for balance in self.balances]
        rates = [f"{_rate_text(rate)}, {value_in_words(rate.period)}" for rate in self.recurring]
        outflows = [f"paid out to {project}: {_funding_text(funding)}" for project, funding in self.paid_out]
        owed = [
            f"committed by {_givers(item.by)}: {item.amount}{f' a {item.per}' if item.per else ''} "
            f"({item.subject}, {item.status or 'not reported as made'})"
            for item in self.commitments
        ]
        differ = [f"sources differ: {dispute.sentence}" for dispute in self.disputes]
        contributions = _contribution_lines(self.contributions)
        totals = [f"total {total}" for total in self.totals]
        spent = map(str, self.spent)
        uses = map(_use_text, self.uses)
        return "\n".join([head, *balances, *rates, *contributions, *totals, *outflows, *owed, *uses, *spent, *differ])


def _with_equivalents(balance: Balance) -> str:
    return " = ".join(map(str, (balance.amount, *balance.equivalents)))


def _use_text(use: Use) -> str:
    figures = " = ".join(map(str, filter(None, (use.amount, *use.equivalents)))) or "an unknown sum"
    share = f", {use.share} of the fund" if use.share else ""
    part = f", {value_in_words(use.part)}" if use.part else ""
    to = f" to {', '.join(use.to)}" if use.to else ""
    text = f": {value_in_words(use.text)}" if use.text else ""
    return f"{use.stage or 'given'}{to} {value_in_words(use.as_of)}{part}: {figures}{share}{text}"


def _funding_text(funding: Funding) -> str:
    day = f" ({value_in_words(funding.on)})" if funding.on else ""
    return f"{funding.amount or 'an unknown sum'}{day}"


def _contribution_lines(contributions: Sequence[Contribution]) -> Iterable[str]:
    """Yield a line for each contribution, with the parts of a larger one behind it."""
    parts: dict[str | None, list[Contribution]] = defaultdict(list)
    for row in contributions:
        parts[row.part_of].append(row)
    shown: set[int] = set()
    names = {row.part for row in contributions} - {None}
    for whole in sorted(contributions, key=lambda row: row.part_of in names):
        waiting = [(whole, "")]
        while waiting:
            row, indent = waiting.pop()
            if id(row) in shown:  # sources may declare sums to be parts of each other
                continue
            shown.add(id(row))
            yield indent + _contribution_text(row)
            if row.part is not None:
                waiting += ((part, f"{indent}  ") for part in reversed(parts[row.part]))


def _contribution_text(row: Contribution) -> str:
    part = f", {value_in_words(row.part)}" if row.part else ""
    within = f", part of {value_in_words(row.part_of)}" if row.part_of else ""
    added = f", in addition to {value_in_words(row.additional_to)}" if row.additional_to else ""
    nature = [f"{row.giver_nature} money"] if row.giver_nature else []
    stages = [_stage_text(row, stage) for stage in get_args(Stage) if getattr(row, stage) or row.stage == stage]
    due = [f"due {value_in_words(row.expected)}"] if row.expected else []
    condition = [f"if: {value_in_words(row.condition)}"] if row.condition else []
    withdrawn = [_withdrawal_text(row)] if row.is_withdrawn else []
    details = [*stages, *withdrawn, *_time(row), *due, *nature, *condition]
    return f"by {_payer_text(row)}{part}{within}{added}{kinds_in_words(row)}: {'; '.join(details)}"


def _withdrawal_text(row: Contribution) -> str:
    day = f" ({value_in_words(row.withdrawn_on)})" if row.withdrawn_on else ""
    return f"withdrawn{day}"


def _time(row: Contribution | Recurring | FundLedger) -> list[str]:
    """Return the time over which money is paid, or how long, as a list of one; empty if no source says it."""
    period = None if isinstance(row, Recurring) else row.period
    return [f"over {value_in_words(period or row.duration)}"] if period or row.duration else []


def _stage_text(row: Contribution, stage: Stage) -> str:
    days = [value_in_words(day)] if (day := getattr(row, f"{stage}_on")) else []
    if stage == "pledged" and (row.pledged_before or row.changed_on):
        before = f" from {value_in_words(row.pledged_before[-1])}" if row.pledged_before else ""
        days.append(f"changed{before}{f' on {value_in_words(row.changed_on)}' if row.changed_on else ''}")
    equivalents = row.equivalents if row.stage == stage else ()
    amount = " = ".join(map(str, (getattr(row, stage) or "an unknown sum", *equivalents)))
    when = f" ({'; '.join(days)})" if days else ""
    return f"{stage} {amount}{when}"


def fund_ledger(
    fund: Fund,
    currency: str | None = None,
    *,
    projects: Iterable[Project] = (),
    commitments: Iterable[Commitment] = (),
    disputes: Iterable[Dispute] = (),
) -> FundLedger:
    """Return the ledger of a fund.

    A real case: balances of over 7.2 million on 2020-01-31 and over 8.13 million on 2021-02-28, with a rate of 1.5
    million a year, imply that some 0.6 to 2.1 million were spent if all figures are exact, and prove nothing otherwise.

    Args:
        fund: the state of the fund.
        currency: only what is in this currency.
        projects: states of projects; of any fund.
        commitments: states of commitments, about anything.
        disputes: disputes about any subject.
    """
    balances = tuple(balance for balance in fund.balances if currency in (None, balance.amount.currency))
    currencies = sorted({balance.amount.currency for balance in balances})
    paid_out = tuple(
        (project.subject, funding)
        for project in projects
        for funding in project.fundings
        if f"fund:{funding.fund}" == fund.subject and (currency is None or _is_in(funding.amount, currency))
    )
    return FundLedger(
        fund=fund.subject,
        balances=balances,
        contributions=tuple(item for item in fund.contributions if currency is None or currency in _currencies(item)),
        recurring=tuple(rate for rate in fund.recurring if currency is None or _is_in(rate.amount, currency)),
        totals=_totals(fund.contributions, currency),
        paid_out=paid_out,
        commitments=tuple(
            item
            for item in commitments
            if fund.subject in item.concerns and item.amount and currency in (None, item.amount.currency)
        ),
        spent=tuple(spent for code in currencies for spent in _all_spent(fund, code)),
        disputes=tuple(dispute for dispute in disputes if dispute.subject == fund.subject),
        uses=tuple(use for use in fund.uses if currency is None or _is_in(use.amount, currency)),
        amount=fund.amount,
        equivalent=fund.equivalent,
        period=fund.period,
        duration=fund.duration,
    )


@frozen(repr=False)
class ContributionRegister(Displayable):
    """What parties give to funds.

    Attributes:
        contributions: single sums, by fund, ``fund:slug``.
        recurring: rates at which sums are paid repeatedly, by fund.
        totals: totals of the single sums, by giver: the parties that give together. A sum that is part of a larger sum
            of the same giver is not added to it.
    """

    contributions: tuple[tuple[str, Contribution], ...]
    recurring: tuple[tuple[str, Recurring], ...]
    totals: Mapping[tuple[str, ...], tuple[Total, ...]]

    def _text(self) -> str:
        sums = [f"{fund}, {_contribution_text(row)}" for fund, row in self.contributions]
        rates = [f"{fund}, {_rate_text(rate)}, {value_in_words(rate.period)}" for fund, rate in self.recurring]
        totals = [f"total by {_givers(by)}, {total}" for by, rows in self.totals.items() for total in rows]
        return "\n".join([*sums, *rates, *totals]) or "no contribution is recorded"


def contribution_register(
    funds: Iterable[Fund], party: str | None = None, currency: str | None = None
) -> ContributionRegister:
    """Return the contributions to all funds.

    Args:
        funds: states of funds.
        party: only what this party gives, alone or with others.
        currency: only what is in this currency.
    """
    sums = [
        (fund.subject, row)
        for fund in funds
        for row in fund.contributions
        if (party is None or party in row.by) and (currency is None or currency in _currencies(row))
    ]
    by_giver: dict[tuple[str, ...], dict[str, list[Contribution]]] = {}
    for subject, row in sums:
        by_giver.setdefault(row.by, {}).setdefault(subject, []).append(row)
    return ContributionRegister(
        contributions=tuple(sums),
        recurring=tuple(
            (fund.subject, rate)
            for fund in funds
            for rate in fund.recurring
            if (party is None or party in rate.by) and (currency is None or _is_in(rate.amount, currency))
        ),
        totals={by: _totals_of(by_fund.values(), currency) for by, by_fund in sorted(by_giver.items())},
    )


def _currencies(contribution: Contribution) -> set[str]:
    return {amount.currency for stage in get_args(Stage) if (amount := getattr(contribution, stage))}


def _is_in(amount: Money | None, currency: str) -> bool:
    return amount is not None and amount.currency == currency


def _totals(contributions: Sequence[Contribution], currency: str | None) -> tuple[Total, ...]:
    return _totals_of([contributions], currency)


def _totals_of(funds: Iterable[Sequence[Contribution]], currency: str | None) -> tuple[Total, ...]:
    """Return the totals of the contributions to some funds; the names of parts are those of one fund."""
    amounts: dict[tuple[Stage, tuple[Instrument, ...], str], list[Money]] = {}
    for contributions in funds:
        for stage in get_args(Stage):
            for row in largest(contributions, stage):
                amount: Money = getattr(row, stage)
                if currency in (None, amount.currency):
                    amounts.setdefault((stage, kinds_of_money(row), amount.currency), []).append(amount)
    stages = get_args(Stage)
    return tuple(
        total_of(stage, kinds, amounts[stage, kinds, code])
        for stage, kinds, code in sorted(amounts, key=lambda key: (stages.index(key[0]), *key[1:]))
    )


def total_of(stage: Stage | Literal["promised"], kinds: tuple[Instrument, ...], amounts: Sequence[Money]) -> Total:
    """Return the total of sums of one stage, of the same kinds of money and of one currency."""
    bounds: list[Bound] = [*{amount.bound for amount in amounts if amount.bound != "exact"}] or ["exact"]
    bound: Bound = bounds[0] if len(bounds) == 1 else "about"
    total = sum((amount.amount for amount in amounts), Decimal(0))
    instrument, instruments = (kinds[0], ()) if len(kinds) == 1 else (None, kinds)
    return Total(stage, instrument, total, amounts[0].currency, bound, len(amounts), instruments)


def _all_spent(fund: Fund, currency: str) -> Iterable[Spent]:
    balances = [balance for balance in fund.balances if balance.amount.currency == currency]
    sums = [item for item in largest(fund.contributions, "received") if _is_in(item.received, currency)]
    for first, second in pairwise(balances):
        if first.as_of.surely_before(second.as_of):
            yield _spent(fund, first, second, sums)


def _spent(fund: Fund, first: Balance, second: Balance, sums: Sequence[Contribution]) -> Spent:
    currency, time = first.amount.currency, (first.as_of, second.as_of)
    rates = [rate for rate in fund.recurring if rate.amount is None or _is_in(rate.amount, currency)]
    payments = tuple(_payments(rate, *time) for rate in rates if _may_overlap(rate.period, *time))
    received = tuple(item for item in sums if _may_be_between(item.received_on, *time))
    bounded, face = (
        read(first.amount) + _income(payments, received, time, read) - read(second.amount)
        for read in (range_of, _at_face)
    )
    return Spent(first, second, payments, received, bounded.least, bounded.most, face.least or Decimal(0), face.most)


def _at_face(amount: Money) -> Range:
    return Range(amount.amount, amount.amount)


def _may_overlap(period: When, first: When, second: When) -> bool:
    return not (period.surely_before(first) or period.surely_after(second))


def _may_be_between(day: When | None, first: When, second: When) -> bool:
    return day is None or (day.maybe_after(first) and day.maybe_by(second))


def _is_between(day: When | None, first: When, second: When) -> bool:
    return day is not None and day.surely_after(first) and day.surely_by(second)


def _payments(rate: Recurring, first: When, second: When) -> Payments:
    """Return the number of payments of a rate: in the shortest and in the longest time between two vague days."""
    if rate.amount is None or rate.per is None:
        return Payments(rate, 0, None)
    fewest, _ = _times(first.latest, second.earliest, MONTHS[rate.per])
    _, most = _times(first.earliest, second.latest, MONTHS[rate.per])
    return Payments(rate, 0 if rate.period.is_span and not _covers(rate.period, first, second) else fewest, most)


def _times(first: date | None, last: date | None, months: int) -> tuple[int, int | None]:
    """Return how often, at least and at most, an unknown day that recurs every so many months lies between two days."""
    if first is None or last is None:
        return 0, None
    passed = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    times, remainder = divmod(passed, months)
    return times, times + (remainder > 0 or last.day != first.day)


def _covers(period: When, first: When, second: When) -> bool:
    has_begun = (period.start[1] or date.max) <= (first.latest or date.min)
    return has_begun and (second.earliest or date.max) <= (period.end[0] or date.min)


def _income(
    payments: Sequence[Payments],
    received: Sequence[Contribution],
    time: tuple[When, When],
    read: Callable[[Money], Range],
) -> Range:
    """Return the income between two balances, added over the parties that pay.

    Sums received from a party with a rate are payments of it. Several rates of one party are alternatives, so the
    lowest and the highest are the limits of what it paid.
    """
    total = NOTHING
    for giver in sorted({*(item.rate.by for item in payments), *(item.by for item in received)}):
        sums = [(item, read(item.received)) for item in received if item.by == giver and item.received]
        sure = sum((amount for item, amount in sums if _is_between(item.received_on, *time)), NOTHING)
        paid = Range(sure.least, sum((amount for _, amount in sums), NOTHING).most)
        if rates := [_paid(item, read) for item in payments if item.rate.by == giver]:
            least = max(paid.least or Decimal(0), min(rate.least or Decimal(0) for rate in rates))
            limits = [paid.most, *(rate.most for rate in rates)]
            paid = Range(least, None if None in limits else max(limit for limit in limits if limit is not None))
        total += paid
    return total


def _paid(payments: Payments, read: Callable[[Money], Range]) -> Range:
    amount = read(payments.rate.amount) if payments.rate.amount else Range(Decimal(0), None)
    most = None if amount.most is None or payments.most is None else payments.most * amount.most
    return Range(payments.fewest * (amount.least or Decimal(0)), most)
