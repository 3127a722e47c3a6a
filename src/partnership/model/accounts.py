"""Collect the accounts that sources give of one thing: reasons, conditions, what was said, each in its own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from attrs import frozen

from partnership.model.event import fields_of
from partnership.model.occurrence import Evidence, Occurrence, best_source, labels_of
from partnership.values.when import When

__all__ = ["Account", "accounts_of"]


@frozen(eq=False)
class Account:
    """The different accounts that sources give of one thing, such as the reason of a postponement.

    Attributes:
        field: name of the field of the event.
        occurrences: what they are accounts of; several if it was reported on several days.
        sides: every account with its claims, the best source first.
    """

    field: str
    occurrences: tuple[Occurrence, ...]
    sides: tuple[tuple[Any, tuple[Evidence, ...]], ...]

    @property
    def event(self) -> str:
        """The stored name of the event."""
        return self.occurrences[0].event.name


def accounts_of(occurrences: Iterable[Occurrence]) -> Iterator[Account]:
    """Yield the fields of free text of which sources give several accounts, in the order of the occurrences.

    Of an event that makes an occurrence of each day of publication, the reports of several days are about one thing if
    they agree on its day and on what is planned. Their accounts stand side by side as those of one day do.
    """
    groups: dict[tuple[Any, ...], list[list[Occurrence]]] = defaultdict(list)
    ordered: list[list[Occurrence]] = []
    for occurrence in occurrences:
        event = type(occurrence.event)
        fields = fields_of(event)
        if fields.accounts:
            key = (event, occurrence.subject, *(getattr(occurrence.event, name) for name in fields.keyed))
            same = next((group for group in groups[key] if _agree(group[0], occurrence)), None)
            if same is None:
                ordered.append([occurrence])
                groups[key].append(ordered[-1])
            else:
                same.append(occurrence)
    for group in ordered:
        evidence = [item for occurrence in group for item in occurrence.evidence]
        if len(evidence) > 1:
            yield from _accounts(group, sorted(evidence, key=best_source) if len(group) > 1 else evidence)


def _agree(first: Occurrence, second: Occurrence) -> bool:
    """Tell whether two reports agree on the day of an act, and on the plan that it makes."""
    fields = fields_of(type(first.event))
    compared = {*fields.distinct_by, "planned", "until", "due"}.intersection(fields.names)
    return fields.is_per_publication and all(
        _may_be_equal(getattr(first.event, name), getattr(second.event, name)) for name in compared
    )


def _may_be_equal(value: Any, other: Any) -> bool:  # noqa: ANN401  a value of any field
    if value in (None, ()) or other in (None, ()) or value == other:
        return True
    return isinstance(value, When) and isinstance(other, When) and (value.covers(other) or other.covers(value))


def _accounts(group: list[Occurrence], evidence: list[Evidence]) -> Iterator[Account]:
    for name in fields_of(type(group[0].event)).accounts:
        by_account: dict[Any, list[Evidence]] = defaultdict(list)
        for item in evidence:
            for account in labels_of(name, (item,)):
                by_account[account].append(item)
        if len(by_account) > 1:
            yield Account(name, tuple(group), tuple((account, tuple(items)) for account, items in by_account.items()))
