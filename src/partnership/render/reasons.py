"""The sources of every value of a state; of a list, those of each value in it.

`explain` gives the sources of a whole list, whereas a page cites those of each value.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from attrs import frozen

from partnership.engine.fold import Folded
from partnership.engine.provenance import Origins, Reason, state_reasons
from partnership.engine.resolution import Policy, Rule, rule_of
from partnership.model.accounts import Account, accounts_of
from partnership.model.event import fields_of
from partnership.model.occurrence import Evidence
from partnership.model.projection import Projection
from partnership.model.value_text import is_row, is_same, name_in_words
from partnership.values.date_words import planned_in_words
from partnership.values.when import When

_HIDDEN_FIELDS = {"subject", "disputed", "outcomes"}
"""Fields that a page shows otherwise: in headings, in labels, and by the dates that an outcome only bounds."""
_SINGULARS = {"titles": "title", "texts": "text"}
"""Fields with all names of a subject, each with the field that holds the last name."""


@frozen(eq=False)
class ValueReason:
    """One value of a state with its sources.

    Attributes:
        label: name of the field of the state, in words.
        field: name of the field.
        value: the value, or one of a list.
        kinds: of the subjects whose slug the value may be.
        event_fields: the fields of events that hold the value.
        because: the claims that support the value, the best source first.
        against: every other value with its claims, after the names of the fields on which the sources of a row differ.
        rule: the rule that decided; None where nothing is in dispute.
        is_disputed_above: whether sources differ on facts of a row that an earlier row has told of: several events of
            a subject may share a fact, and all sides in each of their rows would be very many.
    """

    label: str
    field: str
    value: Any
    kinds: tuple[str, ...]
    event_fields: frozenset[str]
    because: tuple[Evidence, ...]
    against: tuple[tuple[str, Any, tuple[Evidence, ...]], ...] = ()
    rule: Rule | None = None
    is_disputed_above: bool = False


def value_reasons(projection: Projection[Any], key: str, folded: Folded[Any], policy: Policy) -> Iterator[ValueReason]:
    """Yield every value of a state with its sources, in the order of the fields; the status is one of the values."""
    state: Any = folded.state
    told = set[int]()
    reasons, _, origins = state_reasons(projection, key, folded.occurrences, policy)
    for field, value in _shown_fields(state):
        if field not in reasons:  # the initial value, which no claim states
            continue
        reason = reasons[field]
        if field in ("expected", "previous_dates"):
            yield from _plan_reasons(field, state, origins, reason.because)
        elif field in _SINGULARS or (isinstance(value, tuple) and any(map(is_row, value))):
            yield from (_item_reason(field, item, origins, policy, told) for item in value)
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
    origin = "as planned" if reason.is_planned else name_in_words(event.name) if reason.field == "by" else ""
    names = {name for name in fields_of(type(event)).names if is_same(getattr(event, name), reason.value)} | {
        reason.field
    }
    return ValueReason(
        label=name_in_words(reason.field) + (f" ({origin})" if origin else ""),
        field=reason.field,
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
        yield ValueReason(label, item.field, account, (), frozenset((item.field,)), evidence)


def _item_reason(
    field: str,
    value: Any,  # noqa: ANN401  a row or a name
    origins: Origins,
    policy: Policy,
    told: set[int],
) -> ValueReason:
    """Return one row, or one name, of a list with its sources.

    Args:
        field: of the state, that holds the list.
        value: the row or the name.
        origins: of the values of its lists.
        policy: that chose between sources.
        told: the ids of the facts in dispute that earlier rows have told of; those of this row are added.
    """
    names, facts = {_SINGULARS.get(field, field)}, []
    if is_row(value):
        names = {"on", *(row_field.name for row_field in attrs.fields(type(value)))}
        facts = [fact for occurrence in origins.occurrences[field, value] for fact in occurrence.in_dispute]
    new = [fact for fact in facts if id(fact) not in told]
    told |= {id(fact) for fact in new}
    return ValueReason(
        label=_SINGULARS.get(field, name_in_words(field)),
        field=_SINGULARS.get(field, field),
        value=value,
        kinds=(),
        event_fields=frozenset(names),
        because=origins.claims(field, value),
        against=tuple(
            (" and ".join(map(event_field_in_words, fact.names)), side.value, side.evidence)
            for fact in new
            for side in fact.candidates[1:]
        ),
        rule=next((rule_of(fact, policy) for fact in new), None),
        is_disputed_above=len(new) < len(facts),
    )


def _plan_reasons(
    field: str,
    state: Any,  # noqa: ANN401  any state that plans
    origins: Origins,
    because: tuple[Evidence, ...],
) -> Iterator[ValueReason]:
    """Yield each planned date with the claims that announced it, whether it is open, past or moved.

    Args:
        field: ``expected`` or ``previous_dates``.
        state: with that field, and `outstanding`.
        origins: of the values of its lists.
        because: the sources of the whole field, for a date of which no plan is known.
    """
    outstanding = {*state.outstanding}
    for value in getattr(state, field):
        if field == "previous_dates":
            label = "planned before for"
        else:
            label = "planned for" if value in outstanding else "had been planned for"
        planned = value if isinstance(value, When) else value.planned
        in_force = planned_in_words(planned) if planned.latest is None else planned
        announced = origins.claims(field, value)
        yield ValueReason(label, field, in_force, (), frozenset({"planned", "due"}), announced or because)
