"""Collect the accounts that sources give of one thing: reasons, conditions, what was said, each in its own words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from partnership._frozen import frozen
from partnership.model.equality import EqualByContent
from partnership.model.event import FieldsOf, fields_of
from partnership.model.occurrence import Evidence, Occurrence, best_source, labels_of
from partnership.values.when import When


@frozen(eq=False)
class Account(EqualByContent):
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
    groups: list[list[Occurrence]] = []
    by_values: dict[Any, int] = {}  # numbers of groups
    by_shape: dict[Any, dict[Any, list[int]]] = defaultdict(lambda: defaultdict(list))
    for occurrence in occurrences:
        event = type(occurrence.event)
        fields = fields_of(event)
        if not fields.accounts:
            continue
        number = len(groups)
        if fields.is_per_publication:
            key = (event, occurrence.subject, *(getattr(occurrence.event, name) for name in fields.keyed))
            values = _exact_values(occurrence)
            shape = values and tuple(value is None for value in values)
            equal = [by_values[key, values]] if values is not None and (key, values) in by_values else []
            others = chain.from_iterable(
                numbers for other, numbers in by_shape[key].items() if shape is None or other != shape
            )
            candidates = sorted((*equal, *others))
            number = next((each for each in candidates if _agree(groups[each][0], occurrence)), number)
            if number == len(groups):
                by_shape[key][shape].append(number)
                by_values[key, values] = number
        if number == len(groups):
            groups.append([])
        groups[number].append(occurrence)
    for group in groups:
        evidence = [item for occurrence in group for item in occurrence.evidence]
        if len(evidence) > 1:
            yield from _accounts(group, sorted(evidence, key=best_source) if len(group) > 1 else evidence)


def _agree(first: Occurrence, second: Occurrence) -> bool:
    """Tell whether two reports agree on the day of an act, and on the plan that it makes."""
    names = _compared(fields_of(type(first.event)))
    return all(_may_be_equal(getattr(first.event, name), getattr(second.event, name)) for name in names)


def _compared(fields: FieldsOf) -> Iterator[str]:
    return (name for name in fields.names if name in fields.distinct_by or name in ("planned", "until", "due"))


def _exact_values(occurrence: Occurrence) -> tuple[Any, ...] | None:
    """Return the compared values, which are equal to those with which they agree; None if a vague day is among them.

    A field without a value, which agrees with any, is None.
    """
    event = occurrence.event
    values = [getattr(event, name) for name in _compared(fields_of(type(event)))]
    if any(isinstance(value, When) and not value.is_day for value in values):
        return None
    values = [value.earliest if isinstance(value, When) else value for value in values]
    return tuple(None if value in (None, ()) else value for value in values)


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
