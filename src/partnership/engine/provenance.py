"""Explain a state: which claims support each value, which values lost, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

import attrs
from attrs import frozen

from partnership.engine.diff import shown
from partnership.engine.fold import Folded
from partnership.engine.resolution import RULES, Policy, Rule, most_official, rule_of
from partnership.errors import UnknownSubject
from partnership.model.accounts import Account, accounts_of
from partnership.model.entry import Entry
from partnership.model.occurrence import Evidence, Occurrence
from partnership.model.projection import Projection
from partnership.model.value_text import is_same, name_in_words
from partnership.values.display import MAX_ROWS, Footnotes, Html, VisibleText, dotted, html, in_lines, one_line, table

__all__ = ["Reason", "Role", "Superseded", "Why", "explain"]

Role = Literal["used", "corroborating", "disputed", "superseded"]
"""What a claim contributes to a state.

- ``'used'``: it is the best source of a value, or of one of several accounts.
- ``'corroborating'``: it says the same as the values in use, or less.
- ``'disputed'``: it states a value that was not chosen.
- ``'superseded'``: it was corrected or retracted.
"""


@frozen(eq=False)
class Reason:
    """Why a field of a state has its value.

    Attributes:
        field: name of the field.
        value: its value.
        occurrence: the occurrence that changed it last.
        because: the claims that support the value, the best source first.
        against: the values that were not chosen, each with the claims that support it.
        rule: the rule that chose the value; None where sources agree.
    """

    field: str
    value: Any
    occurrence: Occurrence
    because: tuple[Evidence, ...]
    against: tuple[tuple[Any, tuple[Evidence, ...]], ...]
    rule: Rule | None = None

    def origin(self, subject: str) -> str:
        """Return the event that the sources report, where the value alone would be read as something else.

        That is the event of another subject, whose state follows from it, and the event of the party that acted: the
        side that announced a meeting is not the side that postponed it.

        Args:
            subject: of the state.
        """
        event = name_in_words(self.occurrence.event.name)
        if self.occurrence.subject != subject:
            return f"{event}, {self.occurrence.subject}"
        return event if self.field == "by" else ""


@frozen(eq=False)
class Superseded:
    """A claim that was corrected or retracted.

    Attributes:
        entry: the first entry with the claim.
        by: the corrections and retractions that supersede it.
    """

    entry: Entry
    by: tuple[Entry, ...]


@frozen(eq=False, repr=False)
class Why(VisibleText):
    """The explanation of one state.

    Attributes:
        subject: the subject, ``kind:slug``, or the key of another projection.
        reasons: by field of the state, why it has its value.
        roles: by claim id, what the claim contributes.
        superseded: claims that were corrected or retracted.
        accounts: free texts of which sources give several; all stand, and none is disputed.
    """

    subject: str
    reasons: Mapping[str, Reason]
    roles: Mapping[str, Role]
    superseded: tuple[Superseded, ...]
    accounts: tuple[Account, ...] = ()

    def _text(self) -> str:
        lines = [self.subject]
        for reason in self._shown_reasons():
            rule = f"  ({_rule_text(reason.rule)})" if reason.rule else ""
            origin = f"  (from: {text})" if (text := reason.origin(self.subject)) else ""
            lines.append(f"  {reason.field}: {shown(reason.value)}{origin}{rule}")
            lines += [f"    because {_citation(item)}" for item in reason.because]
            lines += [
                f"    against {shown(value)}: {_citation(item)}"
                for value, evidence in reason.against
                for item in evidence
            ]
        for account in self.accounts:
            lines.append(f"  {account.field} ({account.event}), in the words of each source:")
            lines += [
                f"    {shown(value)}: {_citation(item)}" for value, evidence in account.sides for item in evidence
            ]
        lines += [f"  superseded: {_superseded_text(item)}" for item in self.superseded]
        return "\n".join(lines)

    def _shown_reasons(self) -> list[Reason]:
        """Return the reasons but that of `outcomes`, whose dates other fields show."""
        return [reason for reason in self.reasons.values() if reason.field != "outcomes"]

    def __repr__(self) -> str:
        counts = f"{one_line(self.subject)}: {len(self.reasons)} fields, {len(self.roles)} claims"
        disputed = [name for name, reason in self.reasons.items() if reason.rule]
        differ = f", sources differ on {', '.join(disputed)}" if disputed else ""
        return f"<Why {counts}{differ}{', something superseded' if self.superseded else ''}>"

    def __rich_repr__(self) -> Iterable[Any]:
        yield self.subject
        yield from ((reason.field, shown(reason.value)) for reason in self.reasons.values())

    def _repr_html_(self) -> str:
        notes, reasons = Footnotes(), self._shown_reasons()
        rows = [tuple(_cells(reason, reason.origin(self.subject), notes)) for reason in reasons[:MAX_ROWS]]
        rows += [tuple(_account_cells(account, notes)) for account in self.accounts[: MAX_ROWS - len(rows)]]
        lines = [*notes.lines(), *(f"superseded: {_superseded_text(item)}" for item in self.superseded)]
        headings = ("field", "value", "because", "against")
        more = len(reasons) + len(self.accounts) - len(rows)
        return table(f"Why {self.subject}", headings, rows, more=more, notes=lines)


def _cells(reason: Reason, origin: str, notes: Footnotes) -> Iterator[Html]:
    """Yield the table cells of a reason: field, value, supporting sources, other values with their sources."""
    yield html(name_in_words(reason.field))
    rule = (dotted(_rule_text(reason.rule), "off"),) if reason.rule else ()
    yield in_lines((shown(reason.value), *([f"from: {origin}"] if origin else []), *rule))
    yield notes.mark(_footnote(item) for item in reason.because)
    against = [(html(shown(value)), notes.mark(map(_footnote, evidence))) for value, evidence in reason.against]
    yield in_lines(Html(f"{value} {mark}") for value, mark in against)


def _account_cells(account: Account, notes: Footnotes) -> Iterator[Html]:
    """Yield the table cells of accounts: the field and its event, and every account with its sources."""
    yield html(f"{name_in_words(account.field)} ({name_in_words(account.event)})")
    sides = [(html(shown(value)), notes.mark(map(_footnote, evidence))) for value, evidence in account.sides]
    yield in_lines(Html(f"{value} {mark}") for value, mark in sides)
    yield from (html(""), html(""))


def _rule_text(rule: Rule) -> str:
    return f"disputed; chosen because {RULES[rule]}"


def _footnote(item: Evidence) -> tuple[str, str | None]:
    return f"{_citation(item)}{f': {item.source.title}' if item.source.title else ''}", item.source.url


def _superseded_text(item: Superseded) -> str:
    amendments = " and ".join(
        f"{entry.event.name}, {shown(getattr(entry.event, 'reason', None) or 'no reason given')}" for entry in item.by
    )
    return f"{item.entry.event.name}, {item.entry.claim.source} ({amendments})"


def _citation(item: Evidence) -> str:
    nature = f" ({item.source.kind})" if item.source.kind else ""
    remarks = [f"in the words of {item.speaker}"] if item.speaker else []
    remarks += [item.certainty] if item.certainty else []
    remarks += ["preferred by the desk"] if item.preferred else []
    return f"{item.source}{nature}" + "".join(f", {remark}" for remark in remarks)


def explain(
    projection: Projection[Any] | None,
    key: str,
    folded: Folded[Any] | None,
    superseded: tuple[Superseded, ...],
    field: str | None = None,
    *,
    policy: Policy = most_official,
) -> Why:
    """Explain the state of a key, by folding its occurrences once more.

    Args:
        projection: the projection of the state; None for a subject of a kind without one.
        key: key of the state.
        folded: the state with its occurrences; None where no claim about it is in force.
        superseded: claims about the subject that were corrected or retracted.
        field: explain only this field.
        policy: the policy with which the occurrences were resolved.

    Raises:
        UnknownSubject: there is no claim about the subject, or no occurrence set the field.
    """
    occurrences = folded.occurrences if folded else ()
    reasons, used = _reasons(projection, key, occurrences, policy) if projection else ({}, set[str]())
    if not occurrences and not superseded:
        raise UnknownSubject(key)
    if field is not None:
        if (field := str(field)) not in reasons:
            raise UnknownSubject(f"{key}.{field}", tuple(f"{key}.{name}" for name in reasons))
        reasons = {field: reasons[field]}
    accounts = [item for item in accounts_of(occurrences) if field is None or _shows(reasons[field], item)]
    used |= {evidence[0].claim for account in accounts for _, evidence in account.sides}
    roles: dict[str, Role] = dict(_roles(occurrences, used))
    roles |= dict.fromkeys((item.entry.claim.id for item in superseded), "superseded")
    return Why(key, reasons, roles, superseded, tuple(accounts))


def _shows(reason: Reason, account: Account) -> bool:
    """Tell whether the value of a field of a state is, or has within its rows, one of some accounts."""
    if reason.occurrence not in account.occurrences:
        return False
    values = reason.value if isinstance(reason.value, tuple) else (reason.value,)
    texts = {text for text, _ in account.sides}
    return any(value in texts or getattr(value, account.field, None) in texts for value in values)


def _reasons(
    projection: Projection[Any], key: str, occurrences: Iterable[Occurrence], policy: Policy
) -> tuple[dict[str, Reason], set[str]]:
    """Return the reason for each field of the last state, and the claims whose value any field ever had."""
    reasons: dict[str, Reason] = {}
    used: set[str] = set()
    state = projection.initial(key)
    for occurrence in occurrences:
        if occurrence.is_refuted:
            continue
        before, state = _fields(state), projection.evolve(state, occurrence)
        for name, value in _fields(state).items():
            if name not in ("subject", "disputed") and (name not in before or not is_same(before[name], value)):
                reasons.pop(name, None)
                if value not in (None, ()):
                    reasons[name] = _reason(name, value, occurrence, policy)
                    used.update(item.claim for item in reasons[name].because[:1])
    return reasons, used


def _fields(state: Any) -> dict[str, Any]:  # noqa: ANN401  any state
    if attrs.has(type(state)):
        return {field.name: getattr(state, field.name) for field in attrs.fields(type(state))}
    return dict(state) if isinstance(state, Mapping) else {"state": state}


def _reason(name: str, value: Any, occurrence: Occurrence, policy: Policy) -> Reason:  # noqa: ANN401  a value of any field
    """Return the reason for a value, from the fact of the same name or else the fact of the same value."""
    facts = occurrence.facts
    fact = facts.get(name) or next((other for other in facts.values() if is_same(other.value, value)), None)
    if name in occurrence.labels:
        claimed = [(getattr(item.event, name), item) for item in occurrence.evidence]
        evidence = [item for label, item in claimed if is_same(label, value) or is_same(label, (value,))]
        return Reason(name, value, occurrence, tuple(evidence) or occurrence.evidence, ())
    if name == "expected" and fact is None:
        fact = facts.get("planned") or facts.get("due")
    if fact is None:
        return Reason(name, value, occurrence, occurrence.evidence, ())
    against = tuple((candidate.value, candidate.evidence) for candidate in fact.candidates[1:])
    return Reason(name, value, occurrence, (*fact.candidates[0].evidence, *fact.vaguer), against, rule_of(fact, policy))


def _roles(occurrences: Sequence[Occurrence], used: set[str]) -> Iterable[tuple[str, Role]]:
    for occurrence in occurrences:
        disputed: set[str] = set()
        for fact in occurrence.facts.values():
            losing = {item.claim for candidate in fact.candidates[1:] for item in candidate.evidence}
            disputed |= losing.difference(item.claim for item in fact.candidates[0].evidence)
        for claim in occurrence.claims:
            yield claim, "disputed" if claim in disputed else "used" if claim in used else "corroborating"
