"""Why: who said what, when, and what lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import attrs
from attrs import frozen

from partnership.engine.diff import shown
from partnership.engine.fold import Folded
from partnership.engine.resolution import RULES, Policy, Rule, most_official, rule_of
from partnership.errors import UnknownSubject
from partnership.model.entry import Entry
from partnership.model.occurrence import Evidence, Occurrence
from partnership.model.projection import Projection
from partnership.values.display import MOST, Footnotes, Html, Spelled, dotted, html, in_lines, one_line, table

__all__ = ["Reason", "Role", "Superseded", "Why", "explain"]

Role = Literal["used", "corroborating", "disputed", "superseded"]
"""What became of a claim: a value rests on it; it says the same or less; it lost somewhere; it was mended."""


@frozen(eq=False)
class Reason:
    """Why a state holds a value.

    Attributes:
        field: of the state.
        value: what it holds.
        occurrence: the one that last changed it.
        because: the claims that speak for the value, the best source first.
        against: values that lost, each with the claims that speak for it.
        rule: which rule decided; None where nothing lost.
    """

    field: str
    value: Any
    occurrence: Occurrence
    because: tuple[Evidence, ...]
    against: tuple[tuple[Any, tuple[Evidence, ...]], ...]
    rule: Rule | None = None


@frozen(eq=False)
class Superseded:
    """A claim that was mended.

    Attributes:
        entry: the claim, as one entry carries it.
        by: the corrections and retractions that undid it.
    """

    entry: Entry
    by: tuple[Entry, ...]


@frozen(eq=False, repr=False)
class Why(Spelled):
    """The reasons behind one state.

    Attributes:
        subject: of what.
        reasons: by field of the state.
        roles: by id of the claim, what became of it.
        superseded: what was mended, and by what.
    """

    subject: str
    reasons: Mapping[str, Reason]
    roles: Mapping[str, Role]
    superseded: tuple[Superseded, ...]

    def _text(self) -> str:
        lines = [self.subject]
        for reason in (one for one in self.reasons.values() if one.field != "outcomes"):  # `held_on` says it
            decided = f"  (disputed; believed, for {RULES[reason.rule]})" if reason.rule else ""
            lines.append(f"  {reason.field}: {shown(reason.value)}{decided}")
            lines += [f"    because {_cited(one)}" for one in reason.because]
            lines += [f"    against {shown(value)}: {_cited(one)}" for value, each in reason.against for one in each]
        lines += [f"  superseded: {_mended(one)}" for one in self.superseded]
        return "\n".join(lines)

    def __repr__(self) -> str:
        told = f"{one_line(self.subject)}: {len(self.reasons)} fields, {len(self.roles)} claims"
        disputed = [name for name, one in self.reasons.items() if one.rule]
        differ = f", sources differ on {', '.join(disputed)}" if disputed else ""
        return f"<Why {told}{differ}{', something superseded' if self.superseded else ''}>"

    def __rich_repr__(self) -> Iterable[Any]:
        yield self.subject
        yield from ((one.field, shown(one.value)) for one in self.reasons.values())

    def _repr_html_(self) -> str:
        marks, reasons = Footnotes(), [one for one in self.reasons.values() if one.field != "outcomes"]
        rows = [tuple(_row(one, marks)) for one in reasons[:MOST]]
        notes = [*marks.lines(), *(f"superseded: {_mended(one)}" for one in self.superseded)]
        headings = ("field", "believed", "because", "against")
        return table(f"Why {self.subject}", headings, rows, more=len(reasons) - len(rows), notes=notes)


def _row(reason: Reason, marks: Footnotes) -> Iterator[Html]:
    """Yield the cells of a reason: the field, what is believed, who says so, and who says what else."""
    yield html(reason.field.replace("_", " "))
    rule = (dotted(f"disputed; believed, for {RULES[reason.rule]}", "off"),) if reason.rule else ()
    yield in_lines((shown(reason.value), *rule))
    yield marks.mark(_noted(one) for one in reason.because)
    lost = [(html(shown(value)), marks.mark(_noted(one) for one in each)) for value, each in reason.against]
    yield in_lines(Html(f"{value} {mark}") for value, mark in lost)


def _noted(one: Evidence) -> tuple[str, str | None]:
    return f"{_cited(one)}{f': {one.source.title}' if one.source.title else ''}", one.source.url


def _mended(one: Superseded) -> str:
    said = " and ".join(
        f"{by.event.name}, {shown(getattr(by.event, 'reason', None) or 'no reason given')}" for by in one.by
    )
    return f"{one.entry.event.name}, {one.entry.claim.source} ({said})"


def _cited(one: Evidence) -> str:
    nature = f" ({one.source.kind})" if one.source.kind else ""
    remarks = [f"in the words of {one.speaker}"] if one.speaker else []
    remarks += [one.certainty] if one.certainty else []
    remarks += ["preferred by the desk"] if one.preferred else []
    return f"{one.source}{nature}" + "".join(f", {remark}" for remark in remarks)


def explain(
    projection: Projection[Any] | None,
    key: str,
    folded: Folded[Any] | None,
    superseded: tuple[Superseded, ...],
    field: str | None = None,
    *,
    policy: Policy = most_official,
) -> Why:
    """Return why the state of *key* is as it is, folding once more.

    Args:
        projection: whose state it is; None for a subject that none is about.
        key: of the state.
        folded: the state and what led to it; None where nothing that stands did.
        superseded: what was mended of it, and by what.
        field: only the reason for this field.
        policy: by which it was believed.

    Raises:
        UnknownSubject: nothing was ever said of it, or the state has no such field that anything changed.
    """
    occurrences = folded.occurrences if folded else ()
    reasons, moved = _reasons(projection, key, occurrences, policy) if projection else ({}, set[str]())
    if not occurrences and not superseded:
        raise UnknownSubject(key)
    if field is not None:
        if (field := str(field)) not in reasons:
            raise UnknownSubject(f"{key}.{field}", tuple(f"{key}.{name}" for name in reasons))
        reasons = {field: reasons[field]}
    roles: dict[str, Role] = dict(_roles(occurrences, moved))
    roles |= dict.fromkeys((one.entry.claim.id for one in superseded), "superseded")
    return Why(key, reasons, roles, superseded)


def _reasons(
    projection: Projection[Any], key: str, occurrences: Iterable[Occurrence], policy: Policy
) -> tuple[dict[str, Reason], set[str]]:
    """Return the reason for each field, and the claims that ever moved one."""
    reasons: dict[str, Reason] = {}
    moved: set[str] = set()
    state = projection.initial(key)
    for occurrence in occurrences:
        before, state = _fields(state), projection.evolve(state, occurrence)
        for name, value in _fields(state).items():
            if name not in ("subject", "disputed") and (name not in before or before[name] != value):
                reasons.pop(name, None)
                if value not in (None, ()):
                    reasons[name] = _reason(name, value, occurrence, policy)
                    moved.update(one.claim for one in reasons[name].because[:1])
    return reasons, moved


def _fields(state: Any) -> dict[str, Any]:  # noqa: ANN401  any state
    if attrs.has(type(state)):
        return {one.name: getattr(state, one.name) for one in attrs.fields(type(state))}
    return dict(state) if isinstance(state, Mapping) else {"state": state}


def _reason(name: str, value: Any, occurrence: Occurrence, policy: Policy) -> Reason:  # noqa: ANN401  a value of any field
    """Find the fact of the occurrence that the field rests on: the one of its name, or else of its value."""
    facts = occurrence.facts
    fact = facts.get(name) or next((one for one in facts.values() if one.value == value), None)
    if name in occurrence.labels:
        told = [one for one in occurrence.evidence if getattr(one.event, name) in (value, (value,))]
        return Reason(name, value, occurrence, tuple(told) or occurrence.evidence, ())
    if name == "expected" and fact is None:
        fact = facts.get("planned") or facts.get("due")
    if fact is None:
        return Reason(name, value, occurrence, occurrence.evidence, ())
    against = tuple((one.value, one.evidence) for one in fact.candidates[1:])
    return Reason(name, value, occurrence, (*fact.candidates[0].evidence, *fact.vaguer), against, rule_of(fact, policy))


def _roles(occurrences: Sequence[Occurrence], moved: set[str]) -> Iterable[tuple[str, Role]]:
    for occurrence in occurrences:
        lost: set[str] = set()
        for fact in occurrence.facts.values():
            losing = {one.claim for candidate in fact.candidates[1:] for one in candidate.evidence}
            lost |= losing.difference(one.claim for one in fact.candidates[0].evidence)
        for claim in occurrence.claims:
            yield claim, "disputed" if claim in lost else "used" if claim in moved else "corroborating"
