"""Weigh what several events of one subject say about it: its description, and outcomes that exclude each other.

The claims about one occurrence are resolved first (`partnership.engine.resolution`). But sources also contradict each
other across events: a newspaper gives the period of a plan when it reports the signature, and the published text gives
another. In the usual case all events that state a field agree, and nothing is weighed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, combinations, product
from typing import Any, NamedTuple

from partnership.engine.ordering import in_order
from partnership.engine.resolution import Policy, weigh_outcomes, weigh_together
from partnership.model.construct import replace
from partnership.model.event import fields_of
from partnership.model.occurrence import STATUS, Fact, Occurrence, documents_of
from partnership.values.sources import kind_rank
from partnership.values.when import When


def weigh_across_events(occurrences: Sequence[Occurrence], policy: Policy) -> list[Occurrence]:
    """Return occurrences with the facts on which the events of one subject differ.

    Args:
        occurrences: all occurrences of some subjects.
        policy: chooses between values on which sources differ.
    """
    if len(occurrences) == 1 or not _may_contradict(occurrences):
        return list(occurrences)
    by_subject: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        by_subject[occurrence.subject].append(occurrence)
    facts: dict[Occurrence, dict[str, Fact]] = defaultdict(dict)
    for about_one in by_subject.values():
        for stating, name, fact in (*_descriptions(about_one, policy), *_outcomes(about_one, policy)):
            for occurrence in stating:
                facts[occurrence][name] = fact
    return [_with_facts(item, facts[item]) if item in facts else item for item in occurrences]


def _may_contradict(occurrences: Sequence[Occurrence]) -> bool:
    """Tell whether any describing field has two values, or any outcome an alternative; of most subjects none has."""
    stated: dict[tuple[str, str, str], Any] = {}
    outcomes: set[str] = set()
    has_failed = False
    for occurrence in occurrences:
        event = occurrence.event
        for name in fields_of(type(event)).described:
            value = getattr(event, name)
            if value is None or value == ():
                continue
            first = stated.setdefault((event.kind, event.subject, name), value)
            if (first is not value and first != value) or name in occurrence.disputed:
                return True
        if event.outcome is not None:
            outcomes.add(event.outcome)
            has_failed = has_failed or event.is_failure
    return has_failed and len(outcomes) > 1


def _with_facts(occurrence: Occurrence, across: dict[str, Fact]) -> Occurrence:
    """Return an occurrence with these facts in the place of its own; what is disputed is in the order of the fields."""
    disputed = {name for name in occurrence.disputed if name not in across}
    disputed.update(name for name, fact in across.items() if fact.is_disputed)
    order = chain(*fields_of(type(occurrence.event)).facts, [STATUS])
    return replace(occurrence, across=across, disputed=tuple([name for name in order if name in disputed]))


def _descriptions(
    occurrences: Sequence[Occurrence], policy: Policy
) -> Iterator[tuple[Sequence[Occurrence], str, Fact]]:
    """Yield each describing field on which several events differ, with these events and the resolved value."""
    stating: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        for name in fields_of(type(occurrence.event)).described:
            if getattr(occurrence.event, name) not in (None, ()):
                stating[name].append(occurrence)
    ordered: list[Occurrence] = []
    for name, candidates in stating.items():
        if len(candidates) == 1 or not _differ(name, candidates):
            continue
        if any(name in type(occurrence.event).changes for occurrence in candidates):
            ordered = ordered or in_order(occurrences)
            periods = list(_periods(name, [occurrence for occurrence in ordered if occurrence in candidates]))
        else:
            periods = [candidates]
        for period in periods:
            if len(period) > 1 and _differ(name, period):
                yield period, name, weigh_together(name, period, policy)


def _differ(name: str, occurrences: Sequence[Occurrence]) -> bool:
    first = getattr(occurrences[0].event, name)
    return any(getattr(item.event, name) != first or name in item.disputed for item in occurrences)


def _periods(name: str, occurrences: Sequence[Occurrence]) -> Iterator[list[Occurrence]]:
    """Split occurrences, which are in order, at each act that changes a field: what it says stands from then on.

    Two reports of a change begin one period, unless one is surely the later change.
    """
    period: list[Occurrence] = []
    change: Occurrence | None = None
    for occurrence in occurrences:
        if name in type(occurrence.event).changes:
            if period and (change is None or occurrence.surely_after(change)):
                yield period
                period = []
            change = occurrence
        period.append(occurrence)
    yield period


def _outcomes(occurrences: Sequence[Occurrence], policy: Policy) -> Iterator[tuple[Sequence[Occurrence], str, Fact]]:
    """Yield each group of occurrences that exclude each other, with the outcome that is believed."""
    deciding: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences:
        if occurrence.event.outcome is not None:
            deciding[occurrence.event.outcome].append(occurrence)
    if len(deciding) == 1:
        return
    told = {
        item: _Told(documents_of(item.evidence), max([each.said for each in item.evidence])) for item in occurrences
    }
    groups: dict[Occurrence, list[Occurrence]] = {}
    for first, second in chain.from_iterable(product(*pair) for pair in combinations(deciding.values(), 2)):
        if _exclude_each_other(first, second, told):
            large, small = groups.get(first, [first]), groups.get(second, [second])
            if len(large) < len(small):
                large, small = small, large
            if large is not small:  # an occurrence moves only when its group doubles
                large += small
                groups.update(dict.fromkeys([first, second, *small], large))
    for group in {id(group): group for group in groups.values()}.values():
        yield group, STATUS, weigh_outcomes(group, policy)


class _Told(NamedTuple):
    """The documents that tell an occurrence, and the last day on which one of them was published."""

    documents: set[tuple[Any, ...]]
    last: date


def _exclude_each_other(first: Occurrence, second: Occurrence, told: Mapping[Occurrence, _Told]) -> bool:
    """Tell whether different outcomes of one subject cannot both be true: held and cancelled, postponed and cancelled.

    They can where one came after the other, or was said before it: a meeting is postponed, and later held. They cannot
    on one day. What is reported once, as a cancellation, also excludes its opposite if no source says which came first;
    a postponement does not, since a day that is given as "in June" leaves room for both.
    """
    failed, other = (first, second) if first.event.is_failure else (second, first)
    if not failed.event.is_failure or _are_two(first, second, told):
        return False
    if _day(first).surely_overlaps(_day(second)):
        return True
    if other.event.is_failure:
        return False
    is_final = not fields_of(type(failed.event)).is_per_publication
    is_in_order = first.surely_after(second) or second.surely_after(first) or _day(failed).surely_before(_day(other))
    return (is_final and not is_in_order) or _is_premature(other, failed, told[other].last)


def _are_two(first: Occurrence, second: Occurrence, told: Mapping[Occurrence, _Told]) -> bool:
    """Tell whether two outcomes are told as two steps by one document, or are of two runs, meetings or parties."""
    if not told[first].documents.isdisjoint(told[second].documents):
        return True
    keys = {name for each in (first, second) for name in fields_of(type(each.event)).keyed}
    values = [(getattr(first.event, name, None), getattr(second.event, name, None)) for name in keys]
    return any(value != other for value, other in values if value and other)


def _day(occurrence: Occurrence) -> When:
    """Return the date of an occurrence; without one, the day of its first publication."""
    return occurrence.event.dated or When(occurrence.said)


def _is_premature(achieved: Occurrence, failed: Occurrence, last: date) -> bool:
    """Tell whether a later report that something did not take place answers those that it did.

    All of those were published before it can have taken place, or on that day and by a less official source. A text
    that is written in advance reports as held what is to be held.

    Args:
        achieved: what took place.
        failed: that it did not.
        last: the last day of publication of *achieved*.
    """
    if achieved.earliest is None or failed.latest < achieved.said:
        return False
    if last < achieved.earliest:
        return True
    return last == achieved.earliest and _nature(failed) < _nature(achieved)


def _nature(occurrence: Occurrence) -> int:
    return kind_rank(occurrence.evidence[0].source.kind)  # the best source comes first
