"""Grounds: every value of a state with who says it and what lost, a list value by value.

`query.why` names for each field the occurrence that last changed it. Of a list that grew with every meeting that is
the last meeting; on a page every meeting is to stand on its own sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs
from attrs import frozen

from partnership.engine.fold import Folded
from partnership.engine.provenance import Reason, explain
from partnership.engine.resolution import Policy, Rule, rule_of
from partnership.model.event import fields_of
from partnership.model.expectations import Expectation
from partnership.model.occurrence import Evidence, Occurrence
from partnership.model.projection import Projection
from partnership.model.value_text import is_row, name_in_words
from partnership.values.when import When

__all__ = ["Ground", "field_in_words", "grounds"]

_TOLD_ELSEWHERE = {"subject", "disputed", "outcomes"}
"""In headings, in marks, and by the days of a state, which say what its outcomes only bound."""
_NAMES = {"titles": "title", "texts": "text"}
"""Fields that collect all names, with the field that holds the last one."""


@frozen(eq=False)
class Ground:
    """One value of a state, and what it stands on.

    Attributes:
        field: of the state, in words.
        value: the value, or one of a list.
        kinds: of what the value is the slug, where it names another subject.
        names: fields of events that say it.
        because: the claims that speak for it, the best source first.
        against: what lost, each with the claims that speak for it and, of a row, the fields on which sources differ.
        rule: which rule decided; None where nothing lost.
    """

    field: str
    value: Any
    kinds: tuple[str, ...]
    names: frozenset[str]
    because: tuple[Evidence, ...]
    against: tuple[tuple[str, Any, tuple[Evidence, ...]], ...] = ()
    rule: Rule | None = None


def grounds(projection: Projection[Any], key: str, folded: Folded[Any], policy: Policy) -> Iterator[Ground]:
    """Yield every value of a state with its sources, in the order of the state's fields; its status too, as a value.

    Args:
        projection: whose state it is.
        key: of the state.
        folded: the state, and what led to it.
        policy: by which it was believed.
    """
    state: Any = folded.state
    reasons = explain(projection, key, folded, (), policy=policy).reasons
    behind = _behind(projection, key, folded.occurrences)
    by_claim = {each.claim: each for one in folded.occurrences for each in one.evidence}
    sayings: dict[int, Mapping[Any, Sequence[Evidence]]] = {}
    for name, value in _told(state):
        if name not in reasons:  # as it was at first, and nobody said so
            continue
        reason = reasons[name]
        if name in ("expected", "previous_dates"):
            yield from _planned(name, state, behind, by_claim, reason.because)
        elif name in _NAMES or (isinstance(value, tuple) and any(map(is_row, value))):
            yield from (_one_of(name, one, behind[name, one], policy, sayings) for one in value)
        else:
            yield _whole(reason)


def field_in_words(name: str) -> str:
    """Return of what a field of an event tells, where nothing stands after it."""
    return "day" if name == "on" else name_in_words(name)


def _told(state: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  any state
    """Yield the fields of a state that a page tells, with their values."""
    for one in attrs.fields(type(state)):
        value = getattr(state, one.name)
        is_name = one.name in _NAMES.values() and hasattr(state, f"{one.name}s")  # all names tell it
        if value not in (None, ()) and one.name not in _TOLD_ELSEWHERE and not is_name:
            yield one.name, value


def _whole(reason: Reason) -> Ground:
    event = reason.occurrence.event
    names = {name for name in fields_of(type(event)).names if getattr(event, name) == reason.value} | {reason.field}
    kinds = tuple(kind for name, kind in fields_of(type(event)).refers if name in names)
    return Ground(
        name_in_words(reason.field),
        reason.value,
        kinds,
        frozenset(names),
        reason.because,
        tuple(("", value, told) for value, told in reason.against),
        reason.rule,
    )


def _one_of(
    name: str,
    value: Any,  # noqa: ANN401  a row or a name
    behind: Iterable[Occurrence],
    policy: Policy,
    sayings: dict[int, Mapping[Any, Sequence[Evidence]]],
) -> Ground:
    """Return the ground of one row, or of one name, that stands in a field among others.

    The claims of a occurrence are sorted by the names that they say once, and kept so in *sayings*.
    """
    led = tuple(behind)
    facts = tuple(fact for one in led for fact in one.in_dispute) if is_row(value) else ()
    names = {"on", *(one.name for one in attrs.fields(type(value)))} if is_row(value) else {_NAMES.get(name, name)}
    return Ground(
        _NAMES.get(name, name_in_words(name)),
        value,
        (),
        frozenset(names),
        tuple(dict.fromkeys(each for one in led for each in _saying(value, one, sayings))),
        tuple(
            (" and ".join(map(field_in_words, fact.names)), side.value, side.evidence)
            for fact in facts
            for side in fact.candidates[1:]
        ),
        next((rule_of(fact, policy) for fact in facts), None),
    )


def _saying(
    value: Any,  # noqa: ANN401  a row or a name
    occurrence: Occurrence,
    sayings: dict[int, Mapping[Any, Sequence[Evidence]]],
) -> Sequence[Evidence]:
    """Return the claims that say a name in just these words; of a row, all that tell of what happened."""
    if id(occurrence) not in sayings:
        told: dict[Any, list[Evidence]] = defaultdict(list)
        for one in occurrence.evidence:
            for said in {getattr(one.event, "title", None), getattr(one.event, "text", None)}:
                told[said].append(one)
        sayings[id(occurrence)] = told
    return sayings[id(occurrence)].get(value) or occurrence.evidence


def _planned(
    name: str,
    state: Any,  # noqa: ANN401  any state that plans
    behind: Mapping[tuple[str, Any], Sequence[Occurrence]],
    by_claim: Mapping[str, Evidence],
    because: tuple[Evidence, ...],
) -> Iterator[Ground]:
    """Yield each planned day, open, come or moved, on the word of those who planned it."""
    earlier: dict[When, list[Any]] = defaultdict(list)
    for field, one in behind:
        if field == "expected":
            earlier[one.planned].append(one)
    outstanding = {*state.outstanding}
    for day in getattr(state, name):
        plans = earlier.get(day, ()) if isinstance(day, When) else [day]
        claims = dict.fromkeys(claim for one in plans for claim in one.claims)
        told = tuple(by_claim[claim] for claim in claims)
        is_open = day in outstanding
        word = (
            "planned before for" if name == "previous_dates" else "planned for" if is_open else "had been planned for"
        )
        planned = day.planned if isinstance(day, Expectation) else day
        yield Ground(word, planned, (), frozenset({"planned", "due"}), told or because)


def _behind(
    projection: Projection[Any], key: str, occurrences: Iterable[Occurrence]
) -> Mapping[tuple[str, Any], Sequence[Occurrence]]:
    """Return by field and value of a list the occurrences that brought it; a row that is rewritten keeps its own."""
    found: dict[tuple[str, Any], list[Occurrence]] = defaultdict(list)
    state = projection.initial(key)
    names = [one.name for one in attrs.fields(type(state))]
    for occurrence in occurrences:
        before, state = state, projection.evolve(state, occurrence)
        for name in names:
            old, new = getattr(before, name), getattr(state, name)
            if isinstance(new, tuple) and new is not old:
                left, came = _apart(old, new)
                was, stays = {*left}, {*came}
                gone = [one for one in left if one not in stays and is_row(one)]
                kept = [each for one in gone for each in found[name, one]]
                for one in came:
                    if one not in was and ((name, one) not in found or one not in old):
                        found[name, one] += [*kept, occurrence]
    return found


def _apart(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return two lists without the members that both begin with, and end with: most grow by one."""
    first = _alike(old, new)
    last = _alike(old[first:][::-1], new[first:][::-1])
    return old[first : len(old) - last], new[first : len(new) - last]


def _alike(old: tuple[Any, ...], new: tuple[Any, ...]) -> int:
    """Return with how many members two lists begin alike."""
    if new[: len(old)] == old:
        return len(old)
    return next((place for place, pair in enumerate(zip(old, new, strict=False)) if pair[0] is not pair[1]), len(new))
