"""Settle, steps 3 and 4: which claims tell of the same occurrence, and what is believed of it, fact by fact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, Literal

from partnership.engine.corrections import ALL_FIELDS
from partnership.model.construct import constructor, replace
from partnership.model.event import Event, fields_of
from partnership.model.occurrence import Candidate, Evidence, Fact, Occurrence, best_source, labels_of
from partnership.values.when import When, finest, sense

__all__ = ["RULES", "Policy", "Rule", "group_by_identity", "most_official", "newest", "resolve", "rule_of"]

_happening = constructor(Occurrence)

Policy = Callable[[Sequence[Candidate]], Candidate]
"""Picks the candidate that is believed; of several policies the losers are the same, and stay with the answer."""


def most_official(candidates: Sequence[Candidate]) -> Candidate:
    """Pick what the desk prefers, or else what is stated, is surest, most official, most widely published, newest.

    Never by an id or by the order of order_independence: two logs with the same claims must pick alike.
    """
    return min(candidates, key=_standing)


def newest(candidates: Sequence[Candidate]) -> Candidate:
    """Pick what the desk prefers, or else what was published last."""
    return min(candidates, key=lambda one: (not one.is_preferred, -one.newest.toordinal(), _standing(one)))


def _standing(one: Candidate) -> tuple[Any, ...]:
    missing = one.value.count(None) if isinstance(one.value, tuple) else 0  # a complete fact is never beaten by a part
    return (
        not one.is_preferred,
        missing,
        not one.is_stated,
        one.certainty,
        one.nature,
        -one.publishers,
        -one.newest.toordinal(),
        _text(one.value),
    )


Rule = Literal["preferred", "complete", "stated", "certainty", "nature", "publishers", "newest", "text", "policy"]
"""What decided between values on which sources differ."""

RULES: Mapping[Rule, str] = {
    "preferred": "the desk prefers it",
    "complete": "it is complete",
    "stated": "it is stated and not inferred",
    "certainty": "its wording is surer",
    "nature": "its source is more official",
    "publishers": "more publishers say so",
    "newest": "it is newer",
    "text": "nothing tells them apart, and it comes first in the alphabet",
    "policy": "the policy of this view picks it",
}
"""What each rule says of the value that is believed; in the order in which `most_official` asks them."""


def rule_of(fact: Fact, policy: Policy) -> Rule | None:
    """Return which rule of a policy decided what is believed of a fact; None where there is nothing to decide.

    It is the first one by which the believed value stands above the best of the others. Of a user's own policy nobody
    knows its rules.
    """
    if not fact.is_disputed:
        return None
    if policy not in (most_official, newest):
        return "policy"
    order: list[Rule] = list(RULES)[:-1]
    if policy is newest:
        order.sort(key=lambda one: ("preferred", "newest").index(one) if one in ("preferred", "newest") else 2)

    def standing(one: Candidate) -> list[Any]:
        by_rule = dict(zip(RULES, _standing(one), strict=False))
        return [by_rule[rule] for rule in order]

    chosen, other = standing(fact.candidates[0]), min(map(standing, fact.candidates[1:]))
    return next(rule for rule, mine, its in zip(order, chosen, other, strict=True) if mine != its)


def _text(value: object) -> str:
    return "\n".join(map(_text, value)) if isinstance(value, tuple) else str(value)


def group_by_identity(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    """Return the claims in groups that tell of the same occurrence, as each event class declares it."""
    groups: dict[tuple[Any, ...], list[Evidence]] = defaultdict(list)
    for one in evidence:
        groups[type(one.event), one.event.subject, *key_of(one)].append(one)
    return [sorted(group, key=_best_first) if len(group) > 1 else group for group in groups.values()]


def key_of(one: Evidence) -> tuple[str, ...]:
    """Return what tells the occurrence apart from others of its event and subject, word for word."""
    about = fields_of(type(one.event))
    if not about.keyed:
        return (_written(one.known_from),) if about.is_per_publication else ()
    words = tuple(_text(getattr(one.event, name) or "") for name in about.keyed)
    return (_written(one.known_from), *words) if about.is_per_publication else words


@lru_cache(maxsize=65_536)
def _written(day: date) -> str:
    return day.isoformat()


def _best_first(one: Evidence) -> tuple[Any, ...]:
    """Order by nature, certainty, newness, publisher; at last by id, which orders but never decides."""
    return (*best_source(one), one.claim)


def resolve(group: Sequence[Evidence], policy: Policy) -> tuple[Occurrence, tuple[Fact, ...]]:
    """Return the one occurrence that a group of claims tells of, and those of its facts that are in dispute.

    Most are told by one claim, or by several that say the same: there is nothing to weigh, and the first of them says
    it all. Where claims differ, field by field, and only in those fields, `_fact` finds what is believed.
    """
    evidence, event = tuple(group), group[0].event
    disputed: tuple[str, ...] = ()
    facts: dict[str, Fact] = {}
    if len(evidence) > 1:
        changes, facts = _differing(evidence, policy)
        event, disputed = replace(event, **changes), tuple([name for name, fact in facts.items() if fact.is_disputed])
    said = min([one.known_from for one in evidence])
    days = _days(event, evidence, facts, said)
    occurrence: Occurrence = _happening(event, evidence, disputed, key_of(group[0]), *days, said, _weigher(policy))
    return occurrence, tuple(dict.fromkeys([facts[name] for name in disputed])) if disputed else ()


@lru_cache(maxsize=1024)
def _values_of(event: Any) -> tuple[Callable[[Event], tuple[Any, ...]], Mapping[str, int]]:  # noqa: ANN401  a class
    """Return what takes the values of an event's facts and labels out of it, and the place of each."""
    about = fields_of(event)
    names = ("subject", *(name for group in about.facts for name in group), *about.labels)
    return attrgetter(*names), {name: place for place, name in enumerate(names)}


def _differing(evidence: Sequence[Evidence], policy: Policy) -> tuple[dict[str, Any], dict[str, Fact]]:
    """Return the values that the first claim does not have as they are believed, and the facts that were weighed."""
    first = evidence[0].event
    kind: Any = type(first)
    about = fields_of(kind)
    values_of, places = _values_of(kind)
    columns = zip(*[values_of(one.event) for one in evidence], strict=True)
    differ = [column.count(column[0]) != len(column) for column in columns]
    changes: dict[str, Any] = {}
    facts: dict[str, Fact] = {}
    if not any(differ):
        return changes, facts
    for names in about.facts:
        if any(differ[places[name]] for name in names):
            fact = _fact(policy, names, evidence)
            assert fact is not None
            facts.update(dict.fromkeys(names, fact))
            changes |= zip(names, fact.value, strict=True) if len(names) > 1 else dict.fromkeys(names, fact.value)
    for name in about.labels:
        if differ[places[name]] and (values := labels_of(name, evidence)):
            changes[name] = values if isinstance(getattr(first, name), tuple) else values[0]
    return changes, facts


def _weigher(policy: Policy) -> Callable[[tuple[str, ...], Sequence[Evidence]], Fact | None]:
    """Return what weighs the facts of a occurrence; one for all by the default policy."""
    return _by_default if policy is most_official else partial(_fact, policy)


def _fact(policy: Policy, names: tuple[str, ...], group: Sequence[Evidence]) -> Fact | None:
    said = _said(names, group)
    if not said:
        return None
    classes = _classes(_finest(list(said)))
    speaking = [[place for value in each for place in said[value]] for each in classes]
    vaguer: list[int] = []
    for value in said.keys() - {value for each in classes for value in each}:
        spoken_for = [number for number, each in enumerate(classes) if _covers(value, each[0])]
        if len(spoken_for) == len(classes) > 1:
            vaguer += said[value]
        else:
            for number in spoken_for:
                speaking[number] += said[value]
    candidates = [
        _candidate(names, min(each, key=_text), [group[place] for place in sorted(places)])
        for each, places in zip(classes, speaking, strict=True)
    ]
    if len(candidates) > 1:
        candidates.sort(key=_standing)
    return Fact(names, _chosen_first(candidates, policy), tuple([group[place] for place in sorted(vaguer)]))


_by_default = partial(_fact, most_official)


def _said(names: tuple[str, ...], group: Sequence[Evidence]) -> dict[Any, list[int]]:
    """Return what is said of a fact, each value with the places, in the group, of the claims that say it.

    Where there are several fields, a value is a tuple of theirs.
    """
    said: dict[Any, list[int]] = defaultdict(list)
    for place, one in enumerate(group):
        if len(names) == 1:
            if (value := getattr(one.event, names[0])) is not None and value != ():
                said[value].append(place)
        else:
            value = tuple([getattr(one.event, name) for name in names])
            if any(each is not None and each != () for each in value):
                said[value].append(place)
    return said


def _chosen_first(candidates: list[Candidate], policy: Policy) -> tuple[Candidate, ...]:
    is_first = len(candidates) == 1 or policy is most_official  # by whose order they stand already
    chosen = candidates[0] if is_first else policy(tuple(candidates))
    if not any(one is chosen for one in candidates):
        raise TypeError(f"a policy picks one of the candidates it is given, not {chosen!r}")
    return (chosen, *(one for one in candidates if one is not chosen))


def _candidate(names: tuple[str, ...], value: object, evidence: list[Evidence]) -> Candidate:
    wanted = {ALL_FIELDS, *names}
    return Candidate(
        value=value,
        evidence=tuple(evidence),
        is_preferred=any(one.preferred & wanted for one in evidence),
        is_stated=any(not one.inferred.intersection(names) for one in evidence),
    )


def _covers(value: Any, other: Any) -> bool:  # noqa: ANN401  values of one field
    """Tell whether *other* says the same as *value*, at least as finely."""
    if isinstance(value, tuple) and isinstance(other, tuple):
        return len(value) == len(other) and all(
            mine is None or (theirs is not None and _covers(mine, theirs))
            for mine, theirs in zip(value, other, strict=True)
        )
    covers = getattr(value, "covers", None)
    return bool(covers(other) if covers else value == other)


def _finest(values: list[Any]) -> list[Any]:
    """Return the values that no other strictly refines."""
    if all(isinstance(one, When) for one in values):
        return finest(values)
    if all(isinstance(one, str | bool) for one in values):
        return values
    return [
        one
        for one in values
        if _is_exact(one)
        or not any(other is not one and _covers(one, other) and not _covers(other, one) for other in values)
    ]


def _is_exact(value: Any) -> bool:  # noqa: ANN401  a value of any field
    """Tell whether a value covers no other: figures without a bound, words, and facts that are told whole of these."""
    if isinstance(value, tuple):
        return None not in value and all(map(_is_exact, value))
    return not hasattr(value, "covers") or getattr(value, "bound", None) == "exact"


def _classes(values: list[Any]) -> list[list[Any]]:
    """Return values in groups that say the same in other words: ``2021-06`` and ``[2021-06-01..2021-06-30]``."""
    classes: list[list[Any]] = []
    vague: dict[Any, list[Any]] = {}
    for value in values:
        if isinstance(value, When) and _has_room(value):
            vague.setdefault(sense(value), []).append(value)
        else:
            classes.append([value])
    return [*classes, *vague.values()]


def _has_room(value: When) -> bool:
    return value.is_doubtful or value.start[0] != value.start[1] or value.end[0] != value.end[1]


_Days = tuple[date | None, date, date]
"""The first day on which it may have begun, the last on which it may have ended, the day by which it had begun."""


def _days(event: Event, group: Sequence[Evidence], facts: Mapping[str, Fact], said: date) -> _Days:
    """Bound a occurrence by its believed day, and by the first publication that agrees with it.

    What is told in the past tense was over when it was printed (held "2020", printed on 1 July, is not still open in
    August); what was going on then had begun. What has no day happened, or was said, by its publication.
    """
    day = event.dated
    if day is None:
        if fields_of(type(event)).is_per_publication:
            return min(map(_printed_from, group)), said, said
        return None, date.max if event.is_lasting else said, said
    earliest, latest = day.earliest, day.latest or date.max
    begun = day.start[1] or date.max
    printed = said if len(group) == 1 else _printed(event, group, facts, said)
    if earliest is None or printed >= earliest:
        begun = min(begun, printed)
        latest = latest if event.is_lasting else min(latest, printed)
    return earliest, latest, begun if event.is_lasting else latest


def _printed(event: Event, group: Sequence[Evidence], facts: Mapping[str, Fact], said: date) -> date:
    """Return the first publication that agrees with the believed day."""
    for name in dict.fromkeys((event.dated_by, "on")):
        if fact := facts.get(name):
            return min(one.known_from for one in (*fact.candidates[0].evidence, *fact.vaguer))
        if name in fields_of(type(event)).single and getattr(event, name) is not None:
            return min(one.known_from for one in group if getattr(one.event, name) is not None)
    return said


def _printed_from(one: Evidence) -> date:
    """Return the first day on which a page may have been printed: one of "January 2023" may be older than the 31st."""
    published = one.source.published
    return (published.earliest if published else None) or one.known_from
