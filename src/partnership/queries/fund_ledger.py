"""The ledger of a fund: reported balances, sums and rates, and what must have been spent between two balances."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import get_args

from attrs import frozen

from partnership.model.ranges import NOTHING, Range, range_of
from partnership.subjects.funds import MONTHS, Balance, Contribution, Fund, Recurring, Stage, largest
from partnership.values.amounts import Bound, Money
from partnership.values.display import Displayable, VisibleText
from partnership.values.when import When

__all__ = ["FundLedger", "Payments", "Spent", "Total", "fund_ledger"]


@frozen
class Total(VisibleText):
    """The total of the sums of one stage in one currency. Sums that are parts of other sums are not added.

    Attributes:
        stage: ``'pledged'``, ``'announced'`` or ``'received'``. These are stages of the same money, so totals of
            different stages must not be added.
        amount: the total.
        currency: ISO 4217 code.
        bound: the bound of all sums that are not exact; ``'about'`` where they have different bounds.
        sums: the number of sums.
    """

    stage: Stage
    amount: Decimal
    currency: str
    bound: Bound
    sums: int

    def _text(self) -> str:
        words = "" if self.bound == "exact" else f"{self.bound.replace('-', ' ')} "
        return f"{self.stage}: {words}{self.amount:,f} {self.currency} in {self.sums} sum{'s' * (self.sums != 1)}"


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
    by = ", ".join(rate.by) or "an unknown party"
    return f"{rate.amount or 'an unknown sum'} a {rate.per or 'time'} by {by}"


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
        income = [*map(str, self.payments), *(f"{item.received} received {item.received_on}" for item in self.received)]
        face, sure = _range_text(self.face_least, self.face_most), _range_text(self.least, self.most)
        surely = "nothing is sure" if self.least is self.most is None else f"{sure} {currency} is sure"
        figures = ", ".join([str(self.first.amount), str(self.second.amount), *(income or ["nothing paid in"])])
        held = " and each rate held throughout" if self.payments else ""
        return (
            f"{self.first.as_of} to {self.second.as_of}: spent {face} {currency} if every figure is exact; {surely} "
            f"(derived from {figures}; if nothing else came in{held})"
        )


def _range_text(least: Decimal | int | None, most: Decimal | int | None) -> str:
    low, high = ("unknown" if limit is None else f"{limit:,}" for limit in (least, most))
    return low if low == high else f"{low} to {high}"


@frozen(repr=False)
class FundLedger(Displayable):
    """The money of a fund. Different currencies are never added.

    Attributes:
        fund: the fund, ``fund:slug``.
        balances: balances, by day.
        contributions: single sums, each with its stages.
        recurring: rates at which sums are paid repeatedly.
        totals: totals of the single sums, by stage and currency.
        spent: what must have been spent between consecutive balances of one currency.
    """

    fund: str
    balances: tuple[Balance, ...]
    contributions: tuple[Contribution, ...]
    recurring: tuple[Recurring, ...]
    totals: tuple[Total, ...]
    spent: tuple[Spent, ...]

    def _text(self) -> str:
        balances = [
            f"{balance.as_of}: {balance.amount}{', sources differ' * balance.is_disputed}" for balance in self.balances
        ]
        rates = [f"{_rate_text(rate)}, {rate.period}" for rate in self.recurring]
        return "\n".join([self.fund, *balances, *rates, *map(str, self.totals), *map(str, self.spent)])


def fund_ledger(fund: Fund, currency: str | None = None) -> FundLedger:
    """Return the ledger of a fund.

    A real case: balances of over 7.2 million on 2020-01-31 and over 8.13 million on 2021-02-28, with a rate of 1.5
    million a year, imply that some 0.6 to 2.1 million were spent if all figures are exact, and prove nothing otherwise.

    Args:
        fund: the state of the fund.
        currency: only what is in this currency.
    """
    balances = tuple(balance for balance in fund.balances if currency in (None, balance.amount.currency))
    currencies = sorted({balance.amount.currency for balance in balances})
    return FundLedger(
        fund=fund.subject,
        balances=balances,
        contributions=tuple(item for item in fund.contributions if currency is None or currency in _currencies(item)),
        recurring=tuple(rate for rate in fund.recurring if currency is None or _is_in(rate.amount, currency)),
        totals=tuple(total for total in _totals(fund.contributions) if currency in (None, total.currency)),
        spent=tuple(spent for code in currencies for spent in _all_spent(fund, code)),
    )


def _currencies(contribution: Contribution) -> set[str]:
    return {amount.currency for stage in get_args(Stage) if (amount := getattr(contribution, stage))}


def _is_in(amount: Money | None, currency: str) -> bool:
    return amount is not None and amount.currency == currency


def _totals(contributions: Sequence[Contribution]) -> Iterable[Total]:
    for stage in get_args(Stage):
        amounts: list[Money] = [getattr(item, stage) for item in largest(contributions, stage)]
        for currency in sorted({amount.currency for amount in amounts}):
            same_currency = [amount for amount in amounts if amount.currency == currency]
            bounds: list[Bound] = [*{amount.bound for amount in same_currency if amount.bound != "exact"}] or ["exact"]
            bound: Bound = bounds[0] if len(bounds) == 1 else "about"
            total = sum((amount.amount for amount in same_currency), Decimal(0))
            yield Total(stage, total, currency, bound, len(same_currency))


def _all_spent(fund: Fund, currency: str) -> Iterable[Spent]:
    balances = [balance for balance in fund.balances if balance.amount.currency == currency]
    for first, second in pairwise(balances):
        if first.as_of.surely_before(second.as_of):
            yield _spent(fund, first, second)


def _spent(fund: Fund, first: Balance, second: Balance) -> Spent:
    currency, time = first.amount.currency, (first.as_of, second.as_of)
    rates = [rate for rate in fund.recurring if rate.amount is None or _is_in(rate.amount, currency)]
    payments = tuple(_payments(rate, *time) for rate in rates if _may_overlap(rate.period, *time))
    sums = [item for item in largest(fund.contributions, "received") if _is_in(item.received, currency)]
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
