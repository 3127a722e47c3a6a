"""Disputes: every value on which sources differ, with all sides and the rule that chose one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

import attrs
from attrs import frozen

from partnership.engine.doubting import StandingDoubt
from partnership.engine.ordering import in_order
from partnership.engine.resolution import RULES, Policy, Rule, rule_of
from partnership.errors import visible
from partnership.model.equality import EqualByContent
from partnership.model.event import fields_of
from partnership.model.findings import event_of, fact_text
from partnership.model.occurrence import Candidate, Evidence, Fact, Finding, Occurrence, publishers
from partnership.model.value_text import is_row, is_same, name_in_words, value_in_words
from partnership.values.display import Displayable, in_lines
from partnership.values.party_names import PartyNames
from partnership.values.when import When


@frozen(eq=False, repr=False)
class Dispute(EqualByContent, Displayable):
    """A fact on which sources differ.

    Attributes:
        subject: the subject, ``kind:slug``.
        occurrence: the occurrence that the fact belongs to; the first in alphabetical order if several state it.
        names: the fields of the event; several where they are only meaningful together. ``("status",)`` where events
            exclude each other.
        fields: the fields of the subject's states that contain the chosen value.
        sides: every value with its evidence, the chosen one first.
        vaguer: evidence that is too vague to support any side.
        rule: the rule that chose the value.
        doubt: the denial that is the last side, ``doubt:slug``, or the report that accounts differ; None where sources
            state different values. The names are then the field that is denied, or ``("report",)``.
        denied: the occurrences that it denies.
    """

    subject: str
    occurrence: Occurrence
    names: tuple[str, ...]
    fields: tuple[str, ...]
    sides: tuple[Candidate, ...]
    vaguer: tuple[Evidence, ...]
    rule: Rule
    doubt: str | None = None
    denied: tuple[Occurrence, ...] = ()

    @property
    def event(self) -> str:
        """The event of the fact, and a comma; nothing if several events of the subject state it."""
        events = {type(occurrence.event) for occurrence in self.denied}
        return "" if len(events) > 1 else event_of(self.occurrence, self.names)

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims on all sides."""
        return tuple(dict.fromkeys(item.claim for side in self.sides for item in side.evidence))

    @property
    def sentence(self) -> str:
        """All sides with their publishers, and the reason for the choice, without the subject."""
        return self.sentence_with(lambda _: "")

    def sentence_with(self, mark: Callable[[Iterable[str]], str], parties: PartyNames | None = None) -> str:
        """Return the sentence with a mark behind each side, made from the ids of its claims.

        Args:
            mark: returns the mark.
            parties: the names of parties; their codes are shown if it is None.
        """
        names = " and ".join(map(name_in_words, self.names))
        sides = " or ".join(
            f"{value_in_words(side.value, parties, self.names[0])} ({publishers(side.evidence)})"
            f"{mark(item.claim for item in side.evidence)}"
            for side in self.sides
        )
        event = name_in_words(self.event)
        return visible(f"{event}{names}: {sides}; the first is chosen because {RULES[self.rule]}")

    @property
    def finding(self) -> Finding:
        """The same as a finding, ``disputed``."""
        values = " or ".join(fact_text(self.names, side.value) for side in self.sides)
        fields = " and ".join(self.names)
        sentence = f"{self.subject}: sources differ on {self.event}{fields}: {values}"
        return Finding("disputed", self.subject, self.claims, sentence, "contradiction")

    _plural: ClassVar = "values on which sources differ"
    _headings: ClassVar = ("what", "values, the chosen one first", "chosen because")

    def _cells(self) -> tuple[object, ...]:
        names = " and ".join(map(name_in_words, self.names))
        sides = [
            f"{value_in_words(side.value, None, self.names[0])} ({publishers(side.evidence)})" for side in self.sides
        ]
        return in_lines([self.subject, f"{name_in_words(self.event)}{names}"]), in_lines(sides), RULES[self.rule]

    def _text(self) -> str:
        return f"{self.subject}, {self.sentence}"


def disputes(
    occurrences: Iterable[Occurrence],
    states: Mapping[str, Sequence[Any]],
    policy: Policy,
    doubts: Iterable[StandingDoubt] = (),
) -> tuple[Dispute, ...]:
    """Return every fact on which sources differ, by subject and event.

    A dispute about a plan or another statement of its day is included only while a state contains its value: about an
    outdated plan nothing is left to decide. A denial is a dispute with what it denies, if anybody reported that.

    Args:
        occurrences: occurrences that have happened, or may have happened by a date that any source gives.
        states: by subject, its states in all projections.
        policy: the policy with which the occurrences were resolved.
        doubts: the doubts that stand.
    """
    occurrences = list(occurrences)
    rows = list(_denials(doubts, occurrences, states))
    parts: dict[tuple[int, str], set[Any]] = {}
    rules: dict[Fact, Rule | None] = {}  # many events may share a fact
    for occurrence in occurrences:
        for fact in occurrence.in_dispute:
            if fact not in rules:
                rules[fact] = rule_of(fact, policy)
            rule = rules[fact]
            fields = _fields(fact, states.get(occurrence.subject, ()), parts)
            is_plan = fields_of(type(occurrence.event)).is_per_publication and fact.names[0] not in occurrence.across
            if rule and (fields or not is_plan):
                rows.append(
                    Dispute(occurrence.subject, occurrence, fact.names, fields, fact.candidates, fact.vaguer, rule)
                )
    unique: dict[int, Dispute] = {}
    for row in sorted(rows, key=lambda row: (*row.occurrence.key_across_views, row.names)):
        unique.setdefault(id(row.sides), row)  # several events may share a fact
    return tuple(unique.values())


def _denials(
    doubts: Iterable[StandingDoubt], occurrences: Iterable[Occurrence], states: Mapping[str, Sequence[Any]]
) -> Iterator[Dispute]:
    """Yield a dispute for each denial of something that is reported."""
    denials: dict[str, list[StandingDoubt]] = defaultdict(list)
    for doubt in doubts:
        if doubt.is_denial and doubt.doubt.concerns:
            denials[doubt.doubt.concerns].append(doubt)
    about: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences if denials else ():
        if occurrence.subject in denials:
            about[occurrence.subject].append(occurrence)
    for subject, of_subject in denials.items():
        for denial in of_subject:
            denied = [item for item in in_order(about[subject]) if _is_denied(item, denial)]
            if denied:
                yield _denial(denial, denied, states.get(subject, ()))


def _is_denied(occurrence: Occurrence, denial: StandingDoubt) -> bool:
    """Tell whether a denial is about an occurrence: one reported by then, or later of a day that was past by then.

    What is reported later of a later day is something new: an agreement of which the signature was denied in March may
    be signed in June.
    """
    doubt, last = denial.doubt, denial.occurrences[-1]
    event = occurrence.event
    if doubt.act not in (None, event.name):
        return False
    if doubt.field is not None:
        is_field = doubt.field in fields_of(type(event)).names
        if not is_field or getattr(event, doubt.field) in (None, ()):
            return False
    return occurrence.said <= last.said or (event.dated is not None and occurrence.latest <= last.latest)


def _denial(denial: StandingDoubt, denied: Sequence[Occurrence], states: Iterable[Any]) -> Dispute:
    """Return the dispute between a denial and what it denies, which stays: the newest value is the first side."""
    field, said = denial.doubt.field, denial.label
    sides: dict[Any, list[Evidence]] = {}
    for occurrence in reversed(denied):
        if field is None:
            sides.setdefault("reported", []).extend(occurrence.evidence)
            continue
        sides.setdefault(getattr(occurrence.event, field), [])
        for item in occurrence.evidence:
            if (value := getattr(item.event, field)) not in (None, ()):
                sides.setdefault(value, []).append(item)
    candidates = [_side(value, evidence) for value, evidence in sides.items() if evidence]
    chosen = candidates[0].value
    return Dispute(
        subject=denied[-1].subject,
        occurrence=denied[-1],
        names=(field or "report",),
        fields=(field,) if field and any(is_same(getattr(state, field, None), chosen) for state in states) else (),
        sides=(*candidates, _side(said, denial.evidence)),
        vaguer=(),
        rule="denial",
        doubt=denial.doubt.subject,
        denied=tuple(denied),
    )


def _side(value: Any, evidence: Iterable[Evidence]) -> Candidate:  # noqa: ANN401  a value of any field
    return Candidate(value, tuple(evidence), is_preferred=False, is_stated=True)


def _fields(fact: Fact, states: Iterable[Any], parts: dict[tuple[int, str], set[Any]]) -> tuple[str, ...]:
    """Return the disputed fields of states that contain the chosen value, also within a row.

    Args:
        fact: the disputed fact.
        states: the states of its subject.
        parts: a cache of `_parts`, by id of the state and field.
    """
    chosen = fact.value if len(fact.names) > 1 else (fact.value,)
    wanted = [part for value in chosen for part in getattr(value, "members", (value,)) if part not in (None, ())]
    fields: list[str] = []
    for state in states:
        for name in state.disputed:
            if (contained := parts.get((id(state), name))) is None:
                contained = parts[id(state), name] = set(_parts(getattr(state, name)))
            if not contained.isdisjoint(wanted):
                fields.append(name)
    return tuple(dict.fromkeys(fields))


def _parts(value: Any) -> Iterator[Any]:  # noqa: ANN401  a value of any field
    """Yield a value and everything that it contains."""
    yield value
    parts: Iterable[Any] = value if isinstance(value, tuple) else ()
    if isinstance(value, When):
        parts = [member for member in value.members if member != value]
    elif is_row(value):
        fields = attrs.fields(type(value))
        parts = [getattr(value, field.name) for field in fields if field.name != "is_disputed"]
    for part in parts:
        yield from _parts(part)
