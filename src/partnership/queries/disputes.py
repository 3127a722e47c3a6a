"""Disputes: every value on which sources differ, with all its sides, and which rule picked the one that is believed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs
from attrs import frozen

from partnership.engine.resolution import RULES, Policy, Rule, rule_of
from partnership.model.event import fields_of
from partnership.model.occurrence import Candidate, Evidence, Fact, Occurrence
from partnership.model.value_text import is_row, name_in_words, value_in_words
from partnership.values.display import Displayable
from partnership.values.text import visible
from partnership.values.when import When

__all__ = ["Dispute", "disputes"]


@frozen(eq=False, repr=False)
class Dispute(Displayable):
    """One value on which sources differ.

    Attributes:
        subject: of what, ``kind:slug``.
        occurrence: that it belongs to.
        names: the fields of the event; several where they only mean something together.
        fields: the fields of the state in which it stands.
        sides: every value with what speaks for it, the believed one first.
        vaguer: what is too vague to speak for any side.
        rule: which rule decided what is believed.
    """

    subject: str
    occurrence: Occurrence
    names: tuple[str, ...]
    fields: tuple[str, ...]
    sides: tuple[Candidate, ...]
    vaguer: tuple[Evidence, ...]
    rule: Rule

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims on all sides."""
        return tuple(dict.fromkeys(one.claim for side in self.sides for one in side.evidence))

    @property
    def sentence(self) -> str:
        """What each side says, and which is believed."""
        of = " and ".join(map(name_in_words, self.names))
        told = " or ".join(f"{value_in_words(one.value)} ({_publishers(one.evidence)})" for one in self.sides)
        what = f"{name_in_words(self.occurrence.event.name)}, {of}"
        return visible(f"{what}: {told}; the first is chosen because {RULES[self.rule]}")

    def _text(self) -> str:
        return f"{self.subject}, {self.sentence}"


def _publishers(evidence: Iterable[Evidence]) -> str:
    return ", ".join(dict.fromkeys(one.source.publisher for one in evidence))


def disputes(
    occurrences: Iterable[Occurrence], states: Mapping[str, Sequence[Any]], policy: Policy
) -> tuple[Dispute, ...]:
    """Return every value on which sources differ and that still stands, in the order of subjects and events.

    On what an older plan said nobody has to decide: a dispute about one is told only while it stands in a state.

    Args:
        occurrences: all that had happened.
        states: by subject, the states of all projections that are about it.
        policy: by which they were believed.
    """
    found: list[Dispute] = []
    parts: dict[tuple[int, str], set[Any]] = {}
    for one in occurrences:
        for fact in one.in_dispute:
            rule = rule_of(fact, policy)
            fields = _fields(fact, states.get(one.subject, ()), parts)
            if rule and (fields or not fields_of(type(one.event)).is_per_publication):
                found.append(Dispute(one.subject, one, fact.names, fields, fact.candidates, fact.vaguer, rule))
    return tuple(sorted(found, key=lambda one: (*one.occurrence.key_across_views, one.names)))


def _fields(fact: Fact, states: Iterable[Any], parts: dict[tuple[int, str], set[Any]]) -> tuple[str, ...]:
    """Return the disputed fields of states in which the value stands, by itself or in a row.

    What is in a field of a state is taken apart once, and kept in *parts*.
    """
    believed = fact.value if len(fact.names) > 1 else (fact.value,)
    wanted = [part for one in believed for part in getattr(one, "members", (one,)) if part not in (None, ())]
    fields: list[str] = []
    for state in states:
        for name in state.disputed:
            if (found := parts.get((id(state), name))) is None:
                found = parts[id(state), name] = set(_parts(getattr(state, name)))
            if not found.isdisjoint(wanted):
                fields.append(name)
    return tuple(dict.fromkeys(fields))


def _parts(value: Any) -> Iterator[Any]:  # noqa: ANN401  a value of any field
    """Yield a value and all that is in it."""
    yield value
    inside: Iterable[Any] = value if isinstance(value, tuple) else ()
    if isinstance(value, When):
        inside = [one for one in value.members if one != value]
    elif is_row(value):
        inside = [getattr(value, one.name) for one in attrs.fields(type(value)) if one.name != "is_disputed"]
    for one in inside:
        yield from _parts(one)
