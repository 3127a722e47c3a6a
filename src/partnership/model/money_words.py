"""What kinds of subject share about money: kinds of money, who gives it, what became of it, second currencies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, TypeVar, get_args

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.occurrence import Occurrence
from partnership.values.amounts import Money
from partnership.values.labels import word

Instrument = Literal[
    "grant", "loan", "credit-line", "equity", "guarantee", "debt-relief", "technical-assistance", "hoped", "other"
]
"""The kind of money; "hoped" is what only the other side wishes for."""

GiverNature = Literal["public", "private", "mixed"]
"""Whether money is public or private."""

UseStage = Literal["pledged", "committed", "allocated", "drawn", "disbursed", "spent"]
"""What became of money: pledged, committed to a purpose, allocated, drawn by the recipient, disbursed to it, spent."""

Per = Literal["year", "quarter", "month"]
"""How often money is paid, or something is given."""


def instruments(value: Instrument | Iterable[Instrument] | None) -> tuple[Instrument, ...]:
    """Convert several kinds of money."""
    return converters.several_of(get_args(Instrument), value)  # type: ignore[no-any-return]


def kinds_of_money(row: Any) -> tuple[Instrument, ...]:  # noqa: ANN401  anything with `instrument` and `instruments`
    """Return the kinds of money of a sum; empty if no source says one."""
    kinds: tuple[Instrument, ...] = row.instruments or ((row.instrument,) if row.instrument else ())
    return kinds


def kinds_in_words(row: Any) -> str:  # noqa: ANN401  as above
    """Return the kinds of money of a sum in brackets, with a space before them; empty if no source says one."""
    kinds = kinds_of_money(row)
    return f" ({' and '.join(word('instrument', kind) for kind in kinds)})" if kinds else ""


def equivalents_of(occurrence: Occurrence, name: str = "amount") -> tuple[Money, ...]:
    """Return the resolved amount in other currencies: as `equivalent` has it, or a document that states several.

    Args:
        occurrence: of an event with an amount.
        name: the field with the amount; nothing is returned of an event that has no such field.
    """
    amount: Money | None = getattr(occurrence.event, name, None)
    if amount is None:
        return ()
    fact = occurrence.fact(name) if len(occurrence.evidence) > 1 else None
    printed: list[Money | None] = [getattr(occurrence.event, "equivalent", None)]
    printed += [candidate.value for candidate in fact.equivalents] if fact else []
    others: dict[str, Money] = {}
    for other in printed:
        if other and other.currency != amount.currency:
            others.setdefault(other.currency, other)
    return tuple(others.values())


S = TypeVar("S", bound=Any)  # an attrs class with an amount and `equivalent`


def with_equivalent(state: S, occurrence: Occurrence, before: Money | None, name: str = "amount") -> S:
    """Return *state* with the equivalent of its amount; one that belongs to an amount that was replaced is removed.

    Args:
        state: the state after the occurrence.
        occurrence: the occurrence.
        before: the amount of the state until then.
        name: the field with the amount.
    """
    amount = getattr(state, name)
    if amount is None:
        return state
    if printed := [other for other in equivalents_of(occurrence, name) if other.currency != amount.currency]:
        return replace(state, equivalent=printed[0])
    if state.equivalent is None or (amount == before and state.equivalent.currency != amount.currency):
        return state
    disputed = tuple(field for field in state.disputed if field != "equivalent")
    return replace(state, equivalent=None, disputed=disputed)
