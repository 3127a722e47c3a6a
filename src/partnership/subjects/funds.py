"""Funds of a partnership: agreed, established, paid into, and what was in them on a day.

Money has five kinds, which are never merged: a balance of a day, a rate a year, a single sum, a pledge or a hope, and
a part of a larger sum. What is paid in stands on the page ``contributions.py``.

Source: ``domain.md`` 0 (finding 9), 2.4 and 2.6 (AR-025 to AR-027, AR-050 to AR-053).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Literal

from attrs import field, frozen

from partnership.model import fields
from partnership.model.event import SAID
from partnership.model.expectations import Expectation
from partnership.model.fields import LABEL
from partnership.model.findings import gap, named, oddity
from partnership.model.happening import Finding, Happening
from partnership.model.making import changed
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.subjects.contributions import (
    STAGES,
    Contribution,
    FundContributionEvent,
    FundEvent,
    Recurring,
    RecurringContributionStated,
    against_sum,
    with_stage,
)
from partnership.values.amounts import Money
from partnership.values.when import When

__all__ = [
    "FundAgreed",
    "FundBalanceReported",
    "FundClosed",
    "FundEstablished",
    "FundPurposeExtended",
    "FundRulesAdopted",
    "FundRulesAmended",
]


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
    same = SAID


@frozen(kw_only=True)
class FundBalanceReported(FundEvent):
    """What was in a fund on a day (AR-025, AR-027).

    Attributes:
        as_of: the day, if only a bound (``../2021-04-02``); never the day of publication in disguise.
        amount: how much.
    """

    name = "fund-balance-reported"
    rank = 70
    same = ("as_of",)
    dated_by = "as_of"

    as_of: When = field(converter=fields.needed_day)
    amount: Money = field(converter=fields.needed_amount)


@frozen(kw_only=True)
class FundPurposeExtended(FundEvent):
    """A fund may be used for something more.

    Attributes:
        purpose: for what, in the source's words.
    """

    name = "fund-purpose-extended"
    rank = 75
    same = SAID

    purpose: str | None = field(default=None, converter=fields.words, metadata=LABEL)


@frozen(kw_only=True)
class FundClosed(FundEvent):
    """A fund is closed.

    Attributes:
        reason: why, in the source's words.
    """

    name = "fund-closed"
    rank = 90

    reason: str | None = field(default=None, converter=fields.words, metadata=LABEL)


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
    takes=("title", "parties"),
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
    def unmet(self) -> tuple[Expectation, ...]:
        """Days by which sums were to be paid of which nobody says that they arrived."""
        return tuple(one.expected for one in self.contributions if one.expected and one.stage != "received")

    @property
    def slips(self) -> tuple[When, ...]:
        """None: another day for one sum is a dispute."""
        return ()


def evolve(state: Fund, happening: Happening) -> Fund:
    """Return the fund after one more happening."""
    state, event = LIFECYCLE.advance(state, happening), happening.event
    if isinstance(event, FundContributionEvent):
        return _with_rows(state, "contributions", with_stage(state.contributions, event, happening))
    if isinstance(event, RecurringContributionStated):
        rate = Recurring(event.by, event.period, event.amount, event.per, "amount" in happening.disputed)
        rates = sorted((*state.recurring, rate), key=lambda one: (_by_day(one.period), one.by))
        return _with_rows(state, "recurring", rates)
    if isinstance(event, FundBalanceReported):
        balance = Balance(event.as_of, event.amount, "amount" in happening.disputed)
        balances = sorted((*state.balances, balance), key=lambda one: _by_day(one.as_of))
        return _with_rows(state, "balances", balances)
    return state


def _by_day(day: When) -> tuple[date, str]:
    return (day.latest or date.max, day.text)


def _with_rows(state: Fund, name: str, rows: Sequence[Contribution | Recurring | Balance]) -> Fund:
    disputed = {*state.disputed, *({name} if any(one.is_disputed for one in rows) else ())}
    return changed(state, disputed=tuple(sorted(disputed)), **{name: tuple(rows)})


def rules(state: Fund, happenings: Sequence[Happening]) -> Iterable[Finding]:
    """Find what is odd in a fund's money.

    ``balance-without-transactions`` (something is in it, and nobody told of anything paid in),
    ``contribution-in-other-currency`` (than any balance), ``rate-differs-from-sum`` (from what was received, in the
    period of a rate, of the one who pays it).

    Source: ``domain.md`` 2.6, fund.
    """
    balances = named(happenings, "fund-balance-reported")
    rates = named(happenings, "recurring-contribution-stated")
    paid = [*named(happenings, *STAGES), *rates]
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
            state.subject, state.contributions, rate, named(happenings, "fund-contribution-received")
        )


funds = Projection("funds", Fund, evolve, kind="fund", rules=rules)
"""What is known of every fund."""
