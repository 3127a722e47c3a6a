"""Explain a state: which claims support each value, which values lost, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any, Literal

import attrs
from attrs import evolve, field

from partnership._frozen import frozen
from partnership.engine.diff import shown
from partnership.engine.doubting import StandingDoubt
from partnership.engine.fold import Folded
from partnership.engine.resolution import RULES, Policy, Rule, most_official, resolve, rule_of
from partnership.errors import UnknownSubject
from partnership.model.accounts import Account, accounts_of
from partnership.model.entry import Entry, evidence_of
from partnership.model.equality import EqualByContent
from partnership.model.event import fields_of
from partnership.model.expectations import Expectation
from partnership.model.occurrence import Evidence, Fact, Occurrence, best_source, labels_of
from partnership.model.projection import Projection
from partnership.model.value_text import is_empty, is_row, is_same, name_in_words, value_in_words
from partnership.values.display import MAX_ROWS, Footnotes, Html, VisibleText, dotted, html, in_lines, one_line, table
from partnership.values.when import When

Role = Literal["used", "corroborating", "disputed", "superseded"]
"""What a claim contributes to a state.

- ``'used'``: it is the best source of a value, or of one of several accounts.
- ``'corroborating'``: it says the same as the values in use, or less.
- ``'disputed'``: it states a value that was not chosen.
- ``'superseded'``: it was corrected or retracted.
"""


@frozen(eq=False)
class Reason(EqualByContent):
    """Why a field of a state has its value.

    Attributes:
        field: name of the field.
        value: its value.
        occurrence: the occurrence that changed it last.
        because: the claims that support the value, from every event that states it, the best source first; of a list
            that several events filled, those that state each value in it, in the order of the events.
        against: the values that were not chosen, each with the claims that support it.
        rule: the rule that chose the value; None where sources agree.
        closed: of the planned dates in `expected`, those that are no longer outstanding.
        is_planned: whether only plans state the value, although what was planned took place: a report of it could have
            stated it, and none does.
    """

    field: str
    value: Any
    occurrence: Occurrence
    because: tuple[Evidence, ...]
    against: tuple[tuple[Any, tuple[Evidence, ...]], ...]
    rule: Rule | None = None
    closed: tuple[Expectation, ...] = ()
    is_planned: bool = False

    @property
    def text(self) -> str:
        """The value in words, of planned dates what is outstanding before what no longer is."""
        if not self.closed:
            return value_in_words(self.value, field="force") if self.field == "force" else shown(self.value)
        closed = {*self.closed}
        outstanding = tuple(plan for plan in self.value if plan not in closed)
        return f"{shown(outstanding)} (no longer open: {shown(self.closed)})"

    def origin(self, subject: str) -> str:
        """Return what the sources report, where the value alone would be read as something else.

        That is the event of another subject, whose state follows from it, and the event of the party that acted: the
        side that announced a meeting is not the side that postponed it. Of a value that only plans state, it is said
        that it is as planned.

        Args:
            subject: of the state.
        """
        event = name_in_words(self.occurrence.event.name)
        if self.occurrence.subject != subject:
            return f"{event}, {self.occurrence.subject}"
        if self.is_planned:
            return f"{event}, as planned"
        return event if self.field == "by" else ""


@frozen(eq=False)
class Superseded(EqualByContent):
    """A claim that was corrected or retracted.

    Attributes:
        entry: the first entry with the claim.
        by: the corrections and retractions that supersede it.
    """

    entry: Entry
    by: tuple[Entry, ...]


@frozen(eq=False, repr=False)
class Why(EqualByContent, VisibleText):
    """The explanation of one state.

    Attributes:
        subject: the subject, ``kind:slug``, or the key of another projection.
        reasons: by field of the state, why it has its value.
        roles: by claim id, what the claim contributes.
        superseded: claims that were corrected or retracted.
        accounts: free texts of which sources give several; all stand, and none is disputed.
        doubts: who denies or contests what is reported of the subject, or does not know it; they change no value.
    """

    subject: str
    reasons: Mapping[str, Reason]
    roles: Mapping[str, Role]
    superseded: tuple[Superseded, ...]
    accounts: tuple[Account, ...] = ()
    doubts: tuple[StandingDoubt, ...] = ()

    def _text(self) -> str:
        lines = [self.subject]
        for reason in self._shown_reasons():
            rule = f"  ({_rule_text(reason.rule)})" if reason.rule else ""
            origin = f"  (from: {text})" if (text := reason.origin(self.subject)) else ""
            lines.append(f"  {reason.field}: {reason.text}{origin}{rule}")
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
        for doubt in self.doubts:
            lines.append(f"  {doubt.label} ({doubt.doubt.subject}): {doubt.words}")
            lines += [f"    because {_citation(item)}" for item in doubt.evidence]
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
        yield from ((reason.field, reason.text) for reason in self.reasons.values())

    def _repr_html_(self) -> str:
        notes, reasons = Footnotes(), self._shown_reasons()
        rows = [tuple(_cells(reason, reason.origin(self.subject), notes)) for reason in reasons[:MAX_ROWS]]
        rows += [tuple(_account_cells(account, notes)) for account in self.accounts[: MAX_ROWS - len(rows)]]
        rows += [tuple(_doubt_cells(doubt, notes)) for doubt in self.doubts[: MAX_ROWS - len(rows)]]
        lines = [*notes.lines(), *(f"superseded: {_superseded_text(item)}" for item in self.superseded)]
        headings = ("field", "value", "because", "against")
        more = len(reasons) + len(self.accounts) + len(self.doubts) - len(rows)
        return table(f"Why {self.subject}", headings, rows, more=more, notes=lines)


def _cells(reason: Reason, origin: str, notes: Footnotes) -> Iterator[Html]:
    """Yield the table cells of a reason: field, value, supporting sources, other values with their sources."""
    yield html(name_in_words(reason.field))
    rule = (dotted(_rule_text(reason.rule), "off"),) if reason.rule else ()
    yield in_lines((reason.text, *([f"from: {origin}"] if origin else []), *rule))
    yield notes.mark(_footnote(item) for item in reason.because)
    against = [(html(shown(value)), notes.mark(map(_footnote, evidence))) for value, evidence in reason.against]
    yield in_lines(Html(f"{value} {mark}") for value, mark in against)


def _account_cells(account: Account, notes: Footnotes) -> Iterator[Html]:
    """Yield the table cells of accounts: the field and its event, and every account with its sources."""
    yield html(f"{name_in_words(account.field)} ({name_in_words(account.event)})")
    sides = [(html(shown(value)), notes.mark(map(_footnote, evidence))) for value, evidence in account.sides]
    yield in_lines(Html(f"{value} {mark}") for value, mark in sides)
    yield from (html(""), html(""))


def _doubt_cells(doubt: StandingDoubt, notes: Footnotes) -> Iterator[Html]:
    """Yield the table cells of a doubt: what it is, what it is about, and its sources."""
    yield html(f"{doubt.label} ({doubt.doubt.subject})")
    yield html(doubt.words)
    yield notes.mark(map(_footnote, doubt.evidence))
    yield html("")


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
    doubts: Sequence[StandingDoubt] = (),
) -> Why:
    """Explain the state of a key, by folding its occurrences once more.

    Args:
        projection: the projection of the state; None for a subject of a kind without one.
        key: key of the state.
        folded: the state with its occurrences; None where no claim about it is in force.
        superseded: claims about the subject that were corrected or retracted.
        field: explain only this field.
        policy: the policy with which the occurrences were resolved.
        doubts: the doubts that stand about the subject.

    Raises:
        UnknownSubject: there is no claim about the subject, or no occurrence set the field.
    """
    occurrences = folded.occurrences if folded else ()
    reasons: Mapping[str, Reason] = {}
    used: set[str] = set()
    if projection:
        reasons, used, _ = state_reasons(projection, key, occurrences, policy)
    if not (occurrences or superseded or doubts):
        raise UnknownSubject(key)
    if field is not None:
        if (field := str(field)) not in reasons:
            raise UnknownSubject(f"{key}.{field}", tuple(f"{key}.{name}" for name in reasons))
        reasons = {field: reasons[field]}
        superseded = tuple(item for item in superseded if projection and _sets(projection, key, field, item, policy))
    accounts = [item for item in accounts_of(occurrences) if field is None or _shows(reasons[field], item)]
    used |= {evidence[0].claim for account in accounts for _, evidence in account.sides}
    roles: dict[str, Role] = dict(_roles(occurrences, used))
    roles |= dict.fromkeys((item.entry.claim.id for item in superseded), "superseded")
    shown_doubts = tuple(item for item in doubts if field is None or item.doubt.field == field)
    return Why(key, reasons, roles, superseded, tuple(accounts), shown_doubts)


def _shows(reason: Reason, account: Account) -> bool:
    """Tell whether the value of a field of a state is, or has within its rows, one of some accounts."""
    if reason.occurrence not in account.occurrences:
        return False
    values = reason.value if isinstance(reason.value, tuple) else (reason.value,)
    texts = {text for text, _ in account.sides}
    return any(value in texts or getattr(value, account.field, None) in texts for value in values)


def _sets(projection: Projection[Any], key: str, field: str, item: Superseded, policy: Policy) -> bool:
    """Tell whether a superseded claim by itself would set a field; what plans a date is behind a previous date too."""
    event = item.entry.event
    if not projection.reads(type(event)):
        return False
    name = "expected" if field == "previous_dates" else field
    initial = projection.initial(key)
    occurrence = resolve([evidence_of(item.entry.claim, item.entry.remarks)], policy)
    return not is_same(_fields(initial).get(name), _fields(projection.evolve(initial, occurrence)).get(name))


@frozen(eq=False)
class Origins:
    """What brought each value into the lists of a state.

    Attributes:
        occurrences: by field and value. A row that replaces another keeps the occurrences of the replaced row.
        evidence: by claim, of all occurrences that led to the state, in their order.
    """

    occurrences: dict[tuple[str, Any], list[Occurrence]]
    evidence: Mapping[str, Evidence]
    _by_label: dict[int, Mapping[Any, Sequence[Evidence]]] = field(factory=dict, init=False)  # filled on first use

    def claims(self, field: str, value: Any) -> tuple[Evidence, ...]:  # noqa: ANN401  of any list
        """Return the claims behind a value of a list: of a planned date those that announce it, open, past or moved."""
        if isinstance(value, Expectation):
            return tuple(self.evidence[claim] for claim in value.claims if claim in self.evidence)
        if field == "previous_dates":
            plans = self._plans.get(value, ())
            return tuple(dict.fromkeys(item for plan in plans for item in self.claims("expected", plan)))
        sources = self.occurrences.get((field, value), ())
        return tuple(dict.fromkeys(item for occurrence in sources for item in self._claims_with(value, occurrence)))

    @cached_property
    def _plans(self) -> Mapping[When, Sequence[Expectation]]:
        """By planned date, every plan that the state ever had."""
        plans: dict[When, list[Expectation]] = defaultdict(list)
        for name, plan in self.occurrences:
            if name == "expected":
                plans[plan.planned].append(plan)
        return plans

    def _claims_with(self, value: Any, occurrence: Occurrence) -> Sequence[Evidence]:  # noqa: ANN401  of any list
        """Return the claims of an occurrence that give exactly this name; all of its claims for any other value."""
        if id(occurrence) not in self._by_label:
            claims: dict[Any, list[Evidence]] = defaultdict(list)
            for item in occurrence.evidence:
                for name in fields_of(type(item.event)).labels:
                    label = getattr(item.event, name)
                    for one in {*label} if isinstance(label, tuple) else {label}:
                        claims[one].append(item)
            self._by_label[id(occurrence)] = claims
        return self._by_label[id(occurrence)].get(value) or occurrence.evidence

    def add(self, field: str, old: Any, new: Any, occurrence: Occurrence) -> None:  # noqa: ANN401  of any field
        """Add what an occurrence brought into a list; a list of values that cannot be keys is left out."""
        old = old if isinstance(old, tuple) else ()
        if not isinstance(new, tuple):
            return
        with suppress(TypeError):
            removed, added = _changed_parts(old, new)
            old_values, new_values = {*removed}, {*added}
            replaced = [value for value in removed if value not in new_values and is_row(value)]
            inherited = [origin for value in replaced for origin in self.occurrences.get((field, value), ())]
            for value in added:
                if value not in old_values and ((field, value) not in self.occurrences or value not in old):
                    self.occurrences.setdefault((field, value), []).extend((*inherited, occurrence))

    def repeat(self, field: str, value: Any, own: Any, occurrence: Occurrence) -> None:  # noqa: ANN401  of any field
        """Add an occurrence to the values of a list that it would bring into it, were they not there already."""
        if isinstance(value, tuple) and isinstance(own, tuple):
            with suppress(TypeError):
                for item in {*own}.intersection(value):
                    self.occurrences.setdefault((field, item), []).append(occurrence)


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


def state_reasons(
    projection: Projection[Any], key: str, occurrences: Iterable[Occurrence], policy: Policy
) -> tuple[Mapping[str, Reason], set[str], Origins]:
    """Return the reason for each field of the last state, the claims whose value any field ever had, and the origins.

    Args:
        projection: whose state it is.
        key: of the state.
        occurrences: that led to it, in order.
        policy: that chose between sources.
    """
    occurrences = [occurrence for occurrence in occurrences if not occurrence.is_refuted]
    stating: dict[str, list[Reason]] = {}  # by field, from each occurrence that states the value
    past: list[list[Reason]] = []
    origins = Origins({}, {item.claim: item for occurrence in occurrences for item in occurrence.evidence})
    sides: _Sides = {}
    state = projection.initial(key)
    for occurrence in occurrences:
        before, state = _fields(state), projection.evolve(state, occurrence)
        alone = _fields(projection.evolve(projection.initial(key), occurrence)) if stating else {}
        for name, value in _fields(state).items():
            if name in ("subject", "disputed"):
                continue
            if name not in before or not is_same(before[name], value):
                past.append(stating.pop(name, []))
                origins.add(name, before.get(name), value, occurrence)
                if value not in (None, ()):
                    stating[name] = [_reason(name, value, occurrence, policy, sides)]
            elif name in stating and not is_empty(own := alone.get(name)):
                origins.repeat(name, value, own, occurrence)
                if _restates(occurrence, stating[name][0], own):
                    stating[name].append(_reason(name, value, occurrence, policy, sides))
    reasons = {name: _joined(found) for name, found in stating.items()}
    used = {reason.because[0].claim for reason in (*map(_joined, filter(None, past)), *reasons.values())}
    for name, found in stating.items():
        reasons[name] = _with_context(reasons[name], found, occurrences, origins, state)
    return reasons, used, origins


def _with_context(
    reason: Reason,
    found: Sequence[Reason],
    occurrences: Sequence[Occurrence],
    origins: Origins,
    state: Any,  # noqa: ANN401  any state
) -> Reason:
    """Return the reason for a value with what the other values of the state and the other occurrences tell of it."""
    if isinstance(reason.value, tuple) and not _is_stated(reason):
        reason = _with_all_sources(reason, origins)
    if reason.field == "expected" and isinstance(reason.value, tuple) and hasattr(state, "outstanding"):
        outstanding = {*state.outstanding}
        reason = evolve(reason, closed=tuple(plan for plan in reason.value if plan not in outstanding))
    return evolve(reason, is_planned=True) if _is_as_planned(reason.field, found, occurrences) else reason


_OF_THE_ACT = ("by", "reason")
"""Fields that say something else in every class of events: who announces a meeting, and who postpones it."""


def _restates(occurrence: Occurrence, reason: Reason, own: Any) -> bool:  # noqa: ANN401  a value of any field
    """Tell whether an occurrence states a value that the state has already.

    It does if it has the value under the same name. A value of another name, such as a status or the date of an act,
    only another report of the same event states: what follows from an event of another sort was not said by it.

    Args:
        occurrence: that left the value as it was.
        reason: for the value.
        own: the value that the occurrence alone would give the field.
    """
    name, value, first = reason.field, reason.value, reason.occurrence
    fields = fields_of(type(occurrence.event))
    if name in fields.labels and not isinstance(value, tuple):
        return value in labels_of(name, occurrence.evidence)
    is_alike = type(occurrence.event) is type(first.event) and occurrence.subject == first.subject
    return is_same(own, value) and (is_alike or (name in fields.names and name not in _OF_THE_ACT))


def _joined(found: Sequence[Reason]) -> Reason:
    """Return the reason for a value that several occurrences state, with the claims of all of them."""
    facts = list({id(reason.because): reason for reason in found}.values())  # which many occurrences may share
    if len(facts) == 1:
        return found[0]
    because = dict.fromkeys(item for reason in facts for item in reason.because)
    return evolve(
        found[0],
        because=tuple(sorted(because, key=best_source)),
        against=tuple(side for reason in facts for side in reason.against),
        rule=next((reason.rule for reason in facts if reason.rule), None),
    )


def _is_as_planned(name: str, found: Sequence[Reason], occurrences: Sequence[Occurrence]) -> bool:
    """Tell whether only plans state a value, and the subject has an outcome of which a report could have stated it."""
    for reason in found:
        fields = fields_of(type(reason.occurrence.event))
        if "planned" not in fields.names or name not in fields.names or name in (*fields.labels, *fields.described):
            return False
    subject = found[0].occurrence.subject
    outcomes = [item.event for item in occurrences if item.subject == subject and item.event.outcome]
    return any(not event.is_failure and name in fields_of(type(event)).names for event in outcomes)


def _is_stated(reason: Reason) -> bool:
    """Tell whether the event that changed a field last states the whole value, and so did not add to it."""
    occurrence = reason.occurrence
    names = fields_of(type(occurrence.event)).names
    return any(is_same(occurrence.value_of(name), reason.value) for name in names)


def _with_all_sources(reason: Reason, origins: Origins) -> Reason:
    """Return the reason for a list with the claims behind each of its values."""
    try:
        claims = {item.claim for value in reason.value for item in origins.claims(reason.field, value)}
    except TypeError:  # of values that cannot be keys, no origins are known
        return reason
    if reason.field == "expected" and not claims.isdisjoint(reason.occurrence.claims):
        claims.update(item.claim for item in reason.because)  # with what is vaguer
    because = tuple(item for claim, item in origins.evidence.items() if claim in claims)
    return evolve(reason, because=because or reason.because)


def _fields(state: Any) -> dict[str, Any]:  # noqa: ANN401  any state
    if attrs.has(type(state)):
        return {field.name: getattr(state, field.name) for field in attrs.fields(type(state))}
    return dict(state) if isinstance(state, Mapping) else {"state": state}


_Sides = dict[Fact, tuple[tuple[Evidence, ...], tuple[tuple[Any, tuple[Evidence, ...]], ...], Rule | None]]
"""By fact, which many events may share: the evidence for its value, the values that lost, and the rule."""


def _reason(
    name: str,
    value: Any,  # noqa: ANN401  a value of any field
    occurrence: Occurrence,
    policy: Policy,
    sides: _Sides,
) -> Reason:
    """Return the reason for a value, from the fact of the same name or else the fact of the same value."""
    if name in fields_of(type(occurrence.event)).labels:
        claimed = [(getattr(item.event, name), item) for item in occurrence.evidence]
        evidence = [item for label, item in claimed if is_same(label, value) or is_same(label, (value,))]
        return Reason(name, value, occurrence, tuple(evidence) or occurrence.evidence, ())
    facts = occurrence.facts
    fact = facts.get(name) or next((other for other in facts.values() if is_same(other.value, value)), None)
    if name == "expected" and fact is None:
        fact = facts.get("planned") or facts.get("due")
    if fact is None:
        return Reason(name, value, occurrence, occurrence.evidence, ())
    if fact not in sides:
        against = tuple((candidate.value, candidate.evidence) for candidate in fact.candidates[1:])
        sides[fact] = ((*fact.candidates[0].evidence, *fact.vaguer), against, rule_of(fact, policy))
    return Reason(name, value, occurrence, *sides[fact])


def _roles(occurrences: Sequence[Occurrence], used: set[str]) -> Iterable[tuple[str, Role]]:
    losing: dict[Fact, set[str]] = {}  # many events may share a fact
    for occurrence in occurrences:
        facts = {fact for fact in occurrence.facts.values() if fact.is_disputed}
        for fact in facts.difference(losing):
            lost = {item.claim for candidate in fact.candidates[1:] for item in candidate.evidence}
            losing[fact] = lost.difference(item.claim for item in fact.candidates[0].evidence)
        for claim in occurrence.claims:
            is_disputed = any(claim in losing[fact] for fact in facts)
            yield claim, "disputed" if is_disputed else "used" if claim in used else "corroborating"
