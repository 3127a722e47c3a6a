"""The ledger of a fund: what was reported, kind by kind, and between two balances what must have been spent."""

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
    """The sums of one stage in one currency, added; sums that are part of other sums are not among them.

    Attributes:
        stage: pledged, announced or received: never added to each other, for they are stages of the same money.
        amount: what they come to.
        currency: its ISO 4217 code.
        bound: what the total says: as the sums do; "about" where they say different things.
        sums: how many were added.
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
        rate: which.
        fewest: no fewer times.
        most: no more; None where nothing bounds it.
    """

    rate: Recurring
    fewest: int
    most: int | None

    def _text(self) -> str:
        return f"{_between(self.fewest, self.most)} payments of {_rate(self.rate)}"


def _rate(rate: Recurring) -> str:
    return f"{rate.amount or 'an unknown sum'} a {rate.per or 'time'} by {', '.join(rate.by) or 'somebody'}"


@frozen
class Spent(VisibleText):
    """What must have left a fund between two balances: derived, and reported by nobody.

    Spent is the first balance, and what came in, less the second one. That holds if nothing else came in than is
    recorded as received or as a rate; if a rate that may have been in force in that time was paid throughout, once in
    each of its years (quarters, months), on a day that nobody knows; and if what somebody with a rate was reported to
    have paid is a payment of it. A rate whose period is a span that does not reach over the whole time may have been
    paid no times.

    Attributes:
        first: the balance before.
        second: the balance after.
        payments: the rates that count, and how often each may have been paid.
        received: single sums that came, or may have come, in that time.
        least: no less than this was spent, by what the figures say; None where nothing bounds it. Below zero: more
            came in than is recorded.
        most: no more than this; None where nothing bounds it.
        face_least: the least, if "over" and "about" were left out and every figure were exact.
        face_most: the most, on that reading; None where nothing bounds the number of payments.
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
        came = [*map(str, self.payments), *(f"{one.received} received {one.received_on}" for one in self.received)]
        face, said = _between(self.face_least, self.face_most), _between(self.least, self.most)
        sure = "nothing is sure" if self.least is self.most is None else f"{said} {currency} is sure"
        given = ", ".join([str(self.first.amount), str(self.second.amount), *(came or ["nothing paid in"])])
        held = " and each rate held throughout" if self.payments else ""
        return (
            f"{self.first.as_of} to {self.second.as_of}: spent {face} {currency} if every figure is exact; {sure} "
            f"(derived from {given}; if nothing else came in{held})"
        )


def _between(least: Decimal | int | None, most: Decimal | int | None) -> str:
    low, high = ("unknown" if one is None else f"{one:,}" for one in (least, most))
    return low if low == high else f"{low} to {high}"


@frozen(repr=False)
class FundLedger(Displayable):
    """What is known of a fund's money, each kind apart; currencies are never added.

    Attributes:
        fund: which, ``fund:slug``.
        balances: what was in it, in the order of the days.
        contributions: single sums, each with its stages.
        recurring: sums that are paid again and again.
        totals: of the single sums, a stage and a currency at a time.
        spent: between two balances of one currency, what must have been spent.
    """

    fund: str
    balances: tuple[Balance, ...]
    contributions: tuple[Contribution, ...]
    recurring: tuple[Recurring, ...]
    totals: tuple[Total, ...]
    spent: tuple[Spent, ...]

    def _text(self) -> str:
        rates = [f"{_rate(one)}, {one.period}" for one in self.recurring]
        rows = [f"{one.as_of}: {one.amount}{', sources differ' * one.is_disputed}" for one in self.balances]
        return "\n".join([self.fund, *rows, *rates, *map(str, self.totals), *map(str, self.spent)])


def fund_ledger(fund: Fund, currency: str | None = None) -> FundLedger:
    """Return what is known of a fund's money.

    Args:
        fund: its state.
        currency: only what is in this one.

    Source: ``domain.md`` 2.4 and 2.10; 7.2 million on 2020-01-31, 1.5 million a year and 8.13 million on 2021-02-28
    imply some 0.6 to 2.1 million spent, on figures that are all floors (AR-025 to AR-027).
    """
    balances = tuple(one for one in fund.balances if currency in (None, one.amount.currency))
    currencies = sorted({one.amount.currency for one in balances})
    kept = [one for one in fund.contributions if currency is None or currency in _currencies(one)]
    return FundLedger(
        fund=fund.subject,
        balances=balances,
        contributions=tuple(kept),
        recurring=tuple(one for one in fund.recurring if currency is None or _is_in(one.amount, currency)),
        totals=tuple(one for one in _totals(fund.contributions) if currency in (None, one.currency)),
        spent=tuple(one for each in currencies for one in _all_spent(fund, each)),
    )


def _currencies(one: Contribution) -> set[str]:
    return {amount.currency for stage in get_args(Stage) if (amount := getattr(one, stage))}


def _is_in(amount: Money | None, currency: str) -> bool:
    return amount is not None and amount.currency == currency


def _totals(contributions: Sequence[Contribution]) -> Iterable[Total]:
    for stage in get_args(Stage):
        amounts: list[Money] = [getattr(one, stage) for one in largest(contributions, stage)]
        for currency in sorted({one.currency for one in amounts}):
            own = [one for one in amounts if one.currency == currency]
            bounds: list[Bound] = [*{one.bound for one in own if one.bound != "exact"}] or ["exact"]
            bound: Bound = bounds[0] if len(bounds) == 1 else "about"
            yield Total(stage, sum((one.amount for one in own), Decimal(0)), currency, bound, len(own))


def _all_spent(fund: Fund, currency: str) -> Iterable[Spent]:
    balances = [one for one in fund.balances if one.amount.currency == currency]
    for first, second in pairwise(balances):
        if first.as_of.surely_before(second.as_of):
            yield _spent(fund, first, second)


def _spent(fund: Fund, first: Balance, second: Balance) -> Spent:
    currency, time = first.amount.currency, (first.as_of, second.as_of)
    rates = [one for one in fund.recurring if one.amount is None or _is_in(one.amount, currency)]
    payments = tuple(_payments(one, *time) for one in rates if _may_touch(one.period, *time))
    sums = [one for one in largest(fund.contributions, "received") if _is_in(one.received, currency)]
    received = tuple(one for one in sums if _may_be_between(one.received_on, *time))
    said, face = (
        read(first.amount) + _came_in(payments, received, time, read) - read(second.amount)
        for read in (range_of, _at_face)
    )
    return Spent(first, second, payments, received, said.least, said.most, face.least or Decimal(0), face.most)


def _at_face(amount: Money) -> Range:
    return Range(amount.amount, amount.amount)


def _may_touch(period: When, first: When, second: When) -> bool:
    return not (period.surely_before(first) or period.surely_after(second))


def _may_be_between(day: When | None, first: When, second: When) -> bool:
    return day is None or (day.maybe_after(first) and day.maybe_by(second))


def _is_between(day: When | None, first: When, second: When) -> bool:
    return day is not None and day.surely_after(first) and day.surely_by(second)


def _payments(rate: Recurring, first: When, second: When) -> Payments:
    """Count on what may have been paid: so often in the shortest time between the balances, and in the longest."""
    if rate.amount is None or rate.per is None:
        return Payments(rate, 0, None)
    fewest, _ = _times(first.latest, second.earliest, MONTHS[rate.per])
    _, most = _times(first.earliest, second.latest, MONTHS[rate.per])
    return Payments(rate, 0 if rate.period.is_span and not _reaches_over(rate.period, first, second) else fewest, most)


def _times(first: date | None, then: date | None, months: int) -> tuple[int, int | None]:
    """Return how often a day that comes every so many months, nobody knows which, lies after one day and by another."""
    if first is None or then is None:
        return 0, None
    passed = (then.year - first.year) * 12 + then.month - first.month - (then.day < first.day)
    times, left = divmod(passed, months)
    return times, times + (left > 0 or then.day != first.day)


def _reaches_over(period: When, first: When, second: When) -> bool:
    has_begun = (period.start[1] or date.max) <= (first.latest or date.min)
    return has_begun and (second.earliest or date.max) <= (period.end[0] or date.min)


def _came_in(
    payments: Sequence[Payments],
    received: Sequence[Contribution],
    time: tuple[When, When],
    read: Callable[[Money], Range],
) -> Range:
    """Return what may have come in, giver by giver; what one with a rate has paid is taken as payments of it.

    Several rates of one giver are not added: the lowest and the highest bound what it paid.
    """
    total = NOTHING
    for giver in sorted({*(one.rate.by for one in payments), *(one.by for one in received)}):
        sums = [(one, read(one.received)) for one in received if one.by == giver and one.received]
        sure = sum((each for one, each in sums if _is_between(one.received_on, *time)), NOTHING)
        came = Range(sure.least, sum((each for _, each in sums), NOTHING).most)
        if rates := [_paid(one, read) for one in payments if one.rate.by == giver]:
            least = max(came.least or Decimal(0), min(one.least or Decimal(0) for one in rates))
            highest = [came.most, *(one.most for one in rates)]
            came = Range(least, None if None in highest else max(one for one in highest if one is not None))
        total += came
    return total


def _paid(one: Payments, read: Callable[[Money], Range]) -> Range:
    each = read(one.rate.amount) if one.rate.amount else Range(Decimal(0), None)
    most = None if each.most is None or one.most is None else one.most * each.most
    return Range(one.fewest * (each.least or Decimal(0)), most)
