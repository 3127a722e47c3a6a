"""The sources of every value of a state; of a list, those of each value in it.

`explain` gives the occurrence that last changed a field. For a list that grows with every meeting that is the last
meeting only, whereas a page cites the sources of each.
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
from partnership.model.accounts import Account, accounts_of
from partnership.model.event import fields_of
from partnership.model.expectations import Expectation
from partnership.model.occurrence import Evidence, Occurrence
from partnership.model.projection import Projection
from partnership.model.value_text import is_row, is_same, name_in_words
from partnership.values.when import When

__all__ = ["ValueReason", "event_field_in_words", "value_reasons"]

_HIDDEN_FIELDS = {"subject", "disputed", "outcomes"}
"""Fields that a page shows otherwise: in headings, in labels, and by the dates that an outcome only bounds."""
_SINGULARS = {"titles": "title", "texts": "text"}
"""Fields with all names of a subject, each with the field that holds the last name."""


@frozen(eq=False)
class ValueReason:
    """One value of a state with its sources.

    Attributes:
        label: name of the field of the state, in words.
        value: the value, or one of a list.
        kinds: of the subjects whose slug the value may be.
        event_fields: the fields of events that hold the value.
        because: the claims that support the value, the best source first.
        against: every other value with its claims, after the names of the fields on which the sources of a row differ.
        rule: the rule that decided; None where nothing is in dispute.
    """

    label: str
    value: Any
    kinds: tuple[str, ...]
    event_fields: frozenset[str]
    because: tuple[Evidence, ...]
    against: tuple[tuple[str, Any, tuple[Evidence, ...]], ...] = ()
    rule: Rule | None = None


def value_reasons(projection: Projection[Any], key: str, folded: Folded[Any], policy: Policy) -> Iterator[ValueReason]:
    """Yield every value of a state with its sources, in the order of the fields; the status is one of the values.

    Args:
        projection: whose state it is.
        key: of the state.
        folded: the state, and the occurrences that led to it.
        policy: that chose between sources.
    """
    state: Any = folded.state
    reasons = explain(projection, key, folded, (), policy=policy).reasons
    origins = _list_origins(projection, key, folded.occurrences)
    evidence = {item.claim: item for occurrence in folded.occurrences for item in occurrence.evidence}
    by_name: dict[int, Mapping[Any, Sequence[Evidence]]] = {}
    for field, value in _shown_fields(state):
        if field not in reasons:  # the initial value, which no claim states
            continue
        reason = reasons[field]
        if field in ("expected", "previous_dates"):
            yield from _plan_reasons(field, state, origins, evidence, reason.because)
        elif field in _SINGULARS or (isinstance(value, tuple) and any(map(is_row, value))):
            yield from (_item_reason(field, item, origins[field, item], policy, by_name) for item in value)
        else:
            yield _field_reason(reason)
    for item in accounts_of(folded.occurrences):
        yield from _account_reasons(item, state)


def event_field_in_words(name: str) -> str:
    """Return the name of a field of an event as a heading: "day" for `on`, which reads well only before a date."""
    return "day" if name == "on" else name_in_words(name)


def _shown_fields(state: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401  any state
    """Yield the fields of a state that a page shows, with their values."""
    for field in attrs.fields(type(state)):
        value = getattr(state, field.name)
        is_in_list = field.name in _SINGULARS.values() and hasattr(state, f"{field.name}s")
        if value not in (None, ()) and field.name not in _HIDDEN_FIELDS and not is_in_list:
            yield field.name, value


def _field_reason(reason: Reason) -> ValueReason:
    event = reason.occurrence.event
    origin = name_in_words(event.name) if reason.field == "by" else ""
    names = {name for name in fields_of(type(event)).names if is_same(getattr(event, name), reason.value)} | {
        reason.field
    }
    return ValueReason(
        label=name_in_words(reason.field) + (f" ({origin})" if origin else ""),
        value=reason.value,
        kinds=tuple(kind for name, kind in fields_of(type(event)).refers if name in names),
        event_fields=frozenset(names),
        because=reason.because,
        against=tuple(("", value, evidence) for value, evidence in reason.against),
        rule=reason.rule,
    )


def _account_reasons(item: Account, state: Any) -> Iterator[ValueReason]:  # noqa: ANN401  any state
    """Yield each of several accounts with its sources, and with the name of the event unless the state has one."""
    label = name_in_words(item.field)
    if getattr(state, item.field, None) not in [account for account, _ in item.sides]:
        label = f"{label} ({name_in_words(item.event)})"
    for account, evidence in item.sides:
        yield ValueReason(label, account, (), frozenset((item.field,)), evidence)


def _item_reason(
    field: str,
    value: Any,  # noqa: ANN401  a row or a name
    occurrences: Sequence[Occurrence],
    policy: Policy,
    by_name: dict[int, Mapping[Any, Sequence[Evidence]]],
) -> ValueReason:
    """Return one row, or one name, of a list with its sources.

    Args:
        field: of the state, that holds the list.
        value: the row or the name.
        occurrences: that brought it into the list.
        policy: that chose between sources.
        by_name: cache of `_claims_with_name`, by the id of an occurrence.
    """
    names, facts = {_SINGULARS.get(field, field)}, []
    if is_row(value):
        names = {"on", *(row_field.name for row_field in attrs.fields(type(value)))}
        facts = [fact for occurrence in occurrences for fact in occurrence.in_dispute]
    claims = (item for occurrence in occurrences for item in _claims_with_name(value, occurrence, by_name))
    return ValueReason(
        label=_SINGULARS.get(field, name_in_words(field)),
        value=value,
        kinds=(),
        event_fields=frozenset(names),
        because=tuple(dict.fromkeys(claims)),
        against=tuple(
            (" and ".join(map(event_field_in_words, fact.names)), side.value, side.evidence)
            for fact in facts
            for side in fact.candidates[1:]
        ),
        rule=next((rule_of(fact, policy) for fact in facts), None),
    )


def _claims_with_name(
    value: Any,  # noqa: ANN401  a row or a name
    occurrence: Occurrence,
    by_name: dict[int, Mapping[Any, Sequence[Evidence]]],
) -> Sequence[Evidence]:
    """Return the claims of an occurrence that give exactly this name; all of its claims for a row."""
    if id(occurrence) not in by_name:
        claims: dict[Any, list[Evidence]] = defaultdict(list)
        for item in occurrence.evidence:
            for name in {getattr(item.event, "title", None), getattr(item.event, "text", None)}:
                claims[name].append(item)
        by_name[id(occurrence)] = claims
    return by_name[id(occurrence)].get(value) or occurrence.evidence


def _plan_reasons(
    field: str,
    state: Any,  # noqa: ANN401  any state that plans
    origins: Mapping[tuple[str, Any], Sequence[Occurrence]],
    evidence: Mapping[str, Evidence],
    because: tuple[Evidence, ...],
) -> Iterator[ValueReason]:
    """Yield each planned date with the claims that announced it, whether it is open, past or moved.

    Args:
        field: ``expected`` or ``previous_dates``.
        state: with that field, and `outstanding`.
        origins: of the values of its lists.
        evidence: by claim id.
        because: the sources of the whole field, for a date of which no plan is known.
    """
    plans: dict[When, list[Expectation]] = defaultdict(list)
    for origin_field, value in origins:
        if origin_field == "expected":
            plans[value.planned].append(value)
    outstanding = {*state.outstanding}
    for value in getattr(state, field):
        is_date = isinstance(value, When)
        claims = dict.fromkeys(
            claim for plan in (plans.get(value, ()) if is_date else [value]) for claim in plan.claims
        )
        if field == "previous_dates":
            label = "planned before for"
        else:
            label = "planned for" if value in outstanding else "had been planned for"
        planned = value if is_date else value.planned
        announced = tuple(evidence[claim] for claim in claims)
        yield ValueReason(label, planned, (), frozenset({"planned", "due"}), announced or because)


def _list_origins(
    projection: Projection[Any], key: str, occurrences: Iterable[Occurrence]
) -> Mapping[tuple[str, Any], Sequence[Occurrence]]:
    """Return the occurrences that brought each value into a list of a state, by field and value.

    A row that replaces another keeps the occurrences of the replaced row.
    """
    origins: dict[tuple[str, Any], list[Occurrence]] = defaultdict(list)
    state = projection.initial(key)
    fields = [field.name for field in attrs.fields(type(state))]
    for occurrence in occurrences:
        before, state = state, projection.evolve(state, occurrence)
        for field in fields:
            old, new = getattr(before, field), getattr(state, field)
            if isinstance(new, tuple) and new is not old:
                removed, added = _changed_parts(old, new)
                old_values, new_values = {*removed}, {*added}
                replaced = [value for value in removed if value not in new_values and is_row(value)]
                inherited = [origin for value in replaced for origin in origins[field, value]]
                for value in added:
                    if value not in old_values and ((field, value) not in origins or value not in old):
                        origins[field, value] += [*inherited, occurrence]
    return origins


def _changed_parts(old: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Return two lists without their common beginning and end, for speed: most lists grow by one value."""
    start = _common_length(old, new)
    end = _common_length(old[start:][::-1], new[start:][::-1])
    return old[start : len(old) - end], new[start : len(new) - end]


def _common_length(old: tuple[Any, ...], new: tuple[Any, ...]) -> int:
    """Return the number of values with which two lists begin alike."""
    if new[: len(old)] == old:
        return len(old)
    pairs = enumerate(zip(old, new, strict=False))
    return next((position for position, pair in pairs if pair[0] is not pair[1]), len(new))
