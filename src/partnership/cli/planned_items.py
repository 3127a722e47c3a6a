"""Planned items in a table: when, what, who owes it, and who said so."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from attrs import frozen

import partnership as ps
from partnership.cli.terminal_tables import Cell, Table
from partnership.engine.amendment_index import is_desk_amendment
from partnership.io.dicts import to_dict
from partnership.model.value_text import value_in_words
from partnership.queries.calendar import last_known_day
from partnership.subjects.amendments import ClaimCorrected
from partnership.values.date_words import in_words, planned_in_words, since_in_words
from partnership.values.party_names import PartyNames


@frozen
class Saying:
    """A document that says something.

    Attributes:
        entry: the entry that cites it.
        is_corrected: whether the desk has corrected what it entered from it.
        is_private: whether the claim stays at the desk.
    """

    entry: ps.Entry
    is_corrected: bool
    is_private: bool

    @property
    def words(self) -> str:
        """Who says it, when, and in whose words."""
        corrected, private = ", corrected by the desk" * self.is_corrected, " (private)" * self.is_private
        return f"said by {citation(self.entry)}{corrected}{private}"


def sayings(
    claims: Iterable[str], by_claim: Mapping[str, ps.Entry], private: Container[str] = ()
) -> tuple[Saying, ...]:
    """Return the documents behind claims; of a correction by the desk, the one that it corrects the claim of.

    Args:
        claims: their ids.
        by_claim: an entry for each claim of the subject.
        private: ids of the claims that stay at the desk.
    """
    return tuple(saying(by_claim[claim], by_claim, private) for claim in claims if claim in by_claim)


def saying(entry: ps.Entry, by_claim: Mapping[str, ps.Entry], private: Container[str] = ()) -> Saying:
    """Return the document behind an entry, as `sayings` does."""
    said = entry
    while is_desk_amendment(said) and isinstance(said.event, ClaimCorrected) and said.event.subject in by_claim:
        said = by_claim[said.event.subject]
    return Saying(said, said is not entry, entry.claim.id in private)


@frozen
class Announced:
    """A planned item with the documents that announce it.

    Attributes:
        item: the item.
        sayings: one for each claim that announces it.
        owed_by: who owes it, in words, with the names of the parties; empty if no source says who.
        outcome_sayings: of a `PlanOutcome`, one for each claim that says what became of it.
    """

    item: Any
    sayings: tuple[Saying, ...]
    owed_by: str
    outcome_sayings: tuple[Saying, ...] = ()


def announced(view: ps.View, items: Iterable[ps.PlannedItem], private: Container[str] = ()) -> tuple[Announced, ...]:
    """Return planned items with the entries that announce them, and who owes them; a host is named as such.

    Args:
        view: the view that was asked.
        items: the planned items.
        private: ids of the claims that stay at the desk.
    """
    names = view.party_names()
    return tuple(_announced(view, item, names, private) for item in items)


def _announced(view: ps.View, item: ps.PlannedItem, names: PartyNames, private: Container[str]) -> Announced:
    by_claim = {entry.claim.id: entry for entry in view.entries(subject=item.subject)}
    parties = ", ".join(map(names.with_code, item.owed_by))
    words = f"{'host' if item.owed_as_host else 'owed by'} {parties}" if parties else ""
    said, outcome = (sayings(getattr(item, name, ()), by_claim, private) for name in ("claims", "outcome_claims"))
    return Announced(item, said, words, outcome)


def items_table(title: str, rows: Iterable[Announced], today: date, style: str = "red") -> Table:
    """Return a table of planned items: when, what, who owes it, and who said so."""
    return Table(title, ("planned", "what, and who said so"), [_row(row, today) for row in rows], style)


def _row(row: Announced, today: date) -> tuple[Cell, Cell]:
    before = row.item.previous_dates
    return tuple(_when(row.item, today)), _what(row, f"planned before for {value_in_words(before)}" if before else "")


def _what(row: Announced, before: str = "") -> Cell:
    """Return what is planned, who owes it, what was planned before, and who said so."""
    item = row.item
    names = (item.subject, item.title or "", item.act_in_words, item.qualified.removeprefix(", "))
    return (*names, row.owed_by, before, *_words_of(row.sayings))


def _words_of(documents: Iterable[Saying]) -> Iterable[str]:
    return dict.fromkeys(saying.words for saying in documents)


def outcomes_table(title: str, rows: Iterable[Announced]) -> Table:
    """Return a table of `PlanOutcome`: when, with all dates in their order, what became of it, and what it is."""
    cells = [(_dates(row.item), (row.item.became, *_words_of(row.outcome_sayings)), _what(row)) for row in rows]
    return Table(title, ("planned", "what became of it", "what, and who said so"), cells)


def _dates(plan: ps.PlannedItem) -> Cell:
    """Return the dates of a plan, the first one first."""
    days = [planned_in_words(day) for day in plan.previous_dates]
    first, *others = [*days, planned_in_words(plan.planned) if plan.planned else "without a date"]
    return (first, *(f"then {day}" for day in others))


def _when(item: ps.PlannedItem, today: date) -> Iterator[str]:
    """Yield the planned date of an item, and since when it is past; without a date, since when it is open."""
    if item.planned is None:
        yield from ("without a date", f"since {in_words(item.since)}")
        return
    words, last = planned_in_words(item.planned), last_known_day(item.planned)
    if last is None or last >= today:
        yield words
    else:
        yield from (
            *([words] if re.search(r"[/\[{]", item.planned.text) else []),
            f"since {since_in_words(item.planned)}",
        )


def citation(entry: ps.Entry) -> str:
    """Return the publisher of an entry, the day it was published or read, and the speaker."""
    source = entry.source
    read = f"read on {in_words(ps.When(source.retrieved))}" if source.retrieved else ""
    parts = (
        source.publisher,
        in_words(source.published) if source.published else read,
        f"via {source.via}" if source.via else "",
        f"in the words of {entry.speaker}" if entry.speaker else "",
    )
    return ", ".join(part for part in parts if part)


def said_by(documents: Iterable[Saying]) -> list[dict[str, Any]]:
    """Return who says something as JSON has it."""
    return [
        {"source": to_dict(entry.source), "speaker": entry.speaker, "certainty": entry.remarks.certainty}
        for entry in (saying.entry for saying in documents)
    ]


_ITEM_KEYS = (
    "subject", "title", "act", "planned", "timing", "is_undated", "force", "since", "previous_dates", "claims",
    "is_context", "by", "detail", "put_off", "owed_by", "owed_as_host",
)  # fmt: skip


def item_in_json(row: Announced, today: date) -> dict[str, Any]:
    """Return a planned item as JSON has it."""
    last = last_known_day(row.item.planned) if row.item.planned else row.item.since
    return {name: to_dict(getattr(row.item, name)) for name in _ITEM_KEYS} | {
        "days": (today - last).days if last else None,
        "said_by": said_by(row.sayings),
    }


def outcome_in_json(row: Announced, today: date) -> dict[str, Any]:
    """Return a `PlanOutcome` as JSON has it."""
    return item_in_json(row, today) | {
        **{name: to_dict(getattr(row.item, name)) for name in _OUTCOME_KEYS},
        "outcome_said_by": said_by(row.outcome_sayings),
    }


_OUTCOME_KEYS = ("standing", "outcome", "outcome_on", "is_outcome_disputed", "outcome_claims")
