"""Group claims about the same occurrence, and choose a value for each fact on which they differ."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, Literal, get_args

from partnership.engine.corrections import ALL_FIELDS
from partnership.model.construct import constructor, replace
from partnership.model.event import Event, fields_of
from partnership.model.occurrence import (
    STATUS,
    Candidate,
    Evidence,
    Fact,
    Occurrence,
    best_source,
    documents_of,
    labels_of,
)
from partnership.values.amounts import Bound, Money, bound_covers
from partnership.values.when import When, equivalence_key, finest, outer_days

_candidate: Callable[..., Candidate] = constructor(Candidate)
_fact: Callable[..., Fact] = constructor(Fact)
_occurrence: Callable[..., Occurrence] = constructor(Occurrence)
_NONE: Mapping[str, Fact] = {}  # shared by all occurrences whose claims agree

Policy = Callable[[Sequence[Candidate]], Candidate]
"""Chooses one of several candidates. The others stay in the answer as disputed values, whatever the policy.

Candidates come in the order of `most_official`. A part of a fact is not offered where another candidate is complete.
"""


def most_official(candidates: Sequence[Candidate]) -> Candidate:
    """Prefer complete values, then the desk's choice, then stated, certain, official, repeated and newer values.

    The desk is whoever keeps this record. `RULES` gives each rule in words, in this order: completeness of a fact of
    several fields, the desk's choice, stated rather than inferred, certainty of the wording, nature of the source,
    number of publishers, day of publication. A rule decides only where all rules before it find no difference.

    Where no rule does, the value of the claim that stands first in the occurrence is chosen: that of the best source,
    in alphabetical order of publishers and then of what they say. One claim then decides all such facts of the
    occurrence, so that the result is never a mixture that no source states.

    The choice never depends on ids or on the order in which claims were recorded, so two logs with the same claims give
    the same answer.
    """
    return min(candidates, key=_rank)


def newest(candidates: Sequence[Candidate]) -> Candidate:
    """Choose what the desk prefers, otherwise what was published last."""
    return min(candidates, key=partial(_rank, order=_NEWEST_FIRST))


Rule = Literal[
    "complete", "preferred", "stated", "certainty", "nature", "publishers", "newest", "first", "policy", "denial"
]
"""What decided between values on which sources differ."""

RULES: Mapping[Rule, str] = {
    "complete": "it is complete",
    "preferred": "the desk prefers it",
    "stated": "it is stated rather than inferred",
    "certainty": "its wording is more certain",
    "nature": "its source is more official",
    "publishers": "more publishers say so",
    "newest": "it is newer",
    "first": "nothing distinguishes them; the claim that comes first in alphabetical order decides for all fields",
    "policy": "the policy of this view chooses it",
    "denial": "a denial changes no value",
}
"""By rule, the reason why a value was chosen, in words; in the order in which `most_official` applies them."""

_RANK_BY: Mapping[Rule, Callable[[Candidate], Any]] = {
    "complete": attrgetter("missing"),
    "preferred": lambda candidate: not candidate.is_preferred,
    "stated": lambda candidate: not candidate.is_stated,
    "certainty": attrgetter("certainty"),
    "nature": attrgetter("nature"),
    "publishers": lambda candidate: -candidate.publishers,
    "newest": lambda candidate: -candidate.newest.toordinal(),
    "first": attrgetter("place"),
}  # by rule, the rank of a candidate; the smallest is chosen
_MOST_OFFICIAL_FIRST: Sequence[Rule] = [rule for rule in RULES if rule in _RANK_BY]
_NEWEST_FIRST: Sequence[Rule] = [*dict.fromkeys(("complete", "preferred", "newest", *_MOST_OFFICIAL_FIRST))]


def _rank(candidate: Candidate, order: Sequence[Rule] = _MOST_OFFICIAL_FIRST) -> tuple[Any, ...]:
    """Return the sort key of a candidate by some rules, in this order."""
    return tuple([_RANK_BY[rule](candidate) for rule in order])


def rule_of(fact: Fact, policy: Policy) -> Rule | None:
    """Return the rule by which a value was chosen, and None where sources agree.

    That is the first rule by which the chosen candidate ranks above the best of the others. A custom policy is a black
    box, so its rule is ``'policy'`` wherever it has a choice.
    """
    if not fact.is_disputed:
        return None
    if all(other.missing > fact.candidates[0].missing for other in fact.candidates[1:]):
        return "complete"
    if policy not in (most_official, newest):
        return "policy"
    order = _NEWEST_FIRST if policy is newest else _MOST_OFFICIAL_FIRST
    chosen, runner_up = _rank(fact.candidates[0], order), min(_rank(other, order) for other in fact.candidates[1:])
    return next(rule for rule, first, second in zip(order, chosen, runner_up, strict=True) if first != second)


def _text(value: object) -> str:
    return "\n".join(map(_text, value)) if isinstance(value, tuple) else str(value)


def group_by_identity(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    """Group claims about the same occurrence, the best source first, by the identity that event classes declare."""
    groups: dict[tuple[Any, ...], list[Evidence]] = defaultdict(list)
    for item in evidence:
        event = item.event
        groups[type(event), event.subject, *_declared_key(item)].append(item)
    parts: list[list[Evidence]] = []
    for group in groups.values():
        if len(group) == 1:
            parts.append(group)
        elif names := fields_of(type(group[0].event)).distinct_by:
            parts += [_best_first(part) for part in _told_apart(group, names)]
        else:
            parts.append(_best_first(group))
    return parts


def key_of(group: Sequence[Evidence]) -> tuple[str, ...]:
    """Return what distinguishes an occurrence from others with the same event class and subject.

    For one identified by its day of publication, the key ends with the finest values in the group of the fields that
    tell such occurrences apart.
    """
    key, names = _declared_key(group[0]), fields_of(type(group[0].event)).distinct_by
    if not names:
        return key
    values = [*{_values(item, names): None for item in group}] if len(group) > 1 else [_values(group[0], names)]
    finest_value = values[0] if len(values) == 1 else min(_finest_values(values), key=_text)
    return (*key, *[_text(value or "") for value in finest_value])


def _declared_key(item: Evidence) -> tuple[str, ...]:
    """Return the values of the identity that an event class declares, as text."""
    event = item.event
    fields = fields_of(type(event))
    if not fields.keyed:
        return (_iso(item.attribution.said),) if fields.is_per_publication else ()
    key = tuple([_text(getattr(event, name) or "") for name in fields.keyed])
    return (_iso(item.said), *key) if fields.is_per_publication else key


_UNSAID: tuple[Any, ...] = (None, ())


def _values(item: Evidence, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple([getattr(item.event, name) for name in names])


def _told_apart(group: list[Evidence], names: Sequence[str]) -> list[list[Evidence]]:
    """Split the claims of one day of publication into occurrences, by the values of *names*: `Event.distinct_by`.

    Claims that differ in one of them are about different occurrences: a report that tells of a postponement in February
    and of another one in May tells of two. A vaguer value, or none, joins the only finer one that it covers: of two
    agencies that report a postponement, one with its day and one without, both mean the same, so that their new dates,
    if they differ, are a dispute and not two postponements. It stays an occurrence of its own if it covers several
    finer ones, or if one document states both: the vaguer one is then the background of the other.
    """
    claims_of: dict[tuple[Any, ...], list[Evidence]] = defaultdict(list)
    for item in group:
        claims_of[_values(item, names)].append(item)
    if len(claims_of) == 1:
        return [group]
    covered = _covered(claims_of)
    leaders: dict[tuple[Any, ...], tuple[Any, ...]] = {}  # of the finest values, which cover only their equals
    parts: dict[tuple[Any, ...], list[Evidence]] = {}
    told_in: dict[tuple[Any, ...], set[tuple[Any, ...]]] = defaultdict(set)  # the documents of each part
    for value in sorted(claims_of, key=lambda value: (len(covered[value]), _text(value))):
        if all(_covers(other, value) for other in covered[value]):
            leaders[value] = next((leaders[other] for other in covered[value] if other in leaders), value)
        finer = {leaders[other] for other in covered[value] if other in leaders}
        claims, part = claims_of[value], min(finer, key=_text)
        documents = documents_of(claims)
        if value not in leaders and (len(finer) > 1 or not documents.isdisjoint(told_in[part])):
            part = value
        parts.setdefault(part, []).extend(claims)
        told_in[part] |= documents
    return [*parts.values()]


def _covered(values: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], list[tuple[Any, ...]]]:
    """Return, for each tuple of values, those that it covers, itself included; what is not said covers everything.

    Only those are compared whose days may lie within its own, which are found by their first days. So a thousand
    different days take few comparisons each.
    """
    rows = [*values]
    firsts = [
        sorted((outer_days(row[place])[0], number) for number, row in enumerate(rows) if isinstance(row[place], When))
        for place in range(len(rows[0]))
    ]
    ranges = {row: _range(row) for row in rows}
    covered: dict[tuple[Any, ...], list[tuple[Any, ...]]] = {}
    for row in rows:
        others = rows
        place = next((place for place, part in enumerate(row) if isinstance(part, When)), None)
        if place is not None:
            first, last = outer_days(row[place])
            numbers = firsts[place][bisect_left(firsts[place], (first, 0)) : bisect_left(firsts[place], (last + 1, 0))]
            others = [rows[number] for _, number in numbers]
        is_vague = any(part in _UNSAID for part in row)
        first, last = ranges[row]
        covered[row] = [
            other
            for other in others
            if (is_vague or (first <= ranges[other][0] and ranges[other][1] <= last)) and _covers(row, other)
        ]
    return covered


def _range(values: Iterable[Any]) -> tuple[int, int]:
    """Return the first and the last day that the dates among some values may mean, with doubt, as ordinals."""
    days = [outer_days(value) for value in values if isinstance(value, When)]
    return min((first for first, _ in days), default=0), max((last for _, last in days), default=0)


@lru_cache(maxsize=65_536)
def _iso(day: date) -> str:
    return day.isoformat()


def _best_first(group: Iterable[Evidence]) -> list[Evidence]:
    """Return claims with the best source first; those of equally good sources by what they say, which is read last.

    The claim that comes first decides where no rule of a policy does. Claim ids are hashes, so they only separate
    claims that say the same in documents that differ in nothing that is compared here.
    """
    by_source: dict[tuple[Any, ...], list[Evidence]] = {}
    for item in group:
        by_source.setdefault(best_source(item), []).append(item)
    ordered: list[Evidence] = []
    for source in sorted(by_source):
        claims = by_source[source]
        ordered += sorted(claims, key=_wording) if len(claims) > 1 else claims
    return ordered


def _wording(item: Evidence) -> tuple[Any, ...]:
    """Return the sort key of claims of equally good sources; what a claim does not say comes last.

    Of two dates that one document plans, the later comes first: a report that names both tells how the plan moved.
    """
    planned = getattr(item.event, "planned", None)
    soonest = -(planned.latest or date.max).toordinal() if planned else 0
    values = [getattr(item.event, name) for name in fields_of(type(item.event)).names]
    words = tuple([(value is None or value == (), _text(value)) for value in values])
    return (soonest, words, item.speaker or "", item.source.title or "", item.source.url or "", item.claim)


def resolve(group: Sequence[Evidence], policy: Policy) -> Occurrence:
    """Resolve the claims about one occurrence.

    In most groups all claims agree, and the first claim's event is the result. Only fields on which claims differ are
    resolved, each by `_resolve_fact`.

    Args:
        group: claims about one occurrence, the best source first.
        policy: chooses between values on which sources differ.
    """
    evidence, event = tuple(group), group[0].event
    facts = rivals = _NONE
    if len(evidence) == 1:
        said = group[0].said
    else:
        said = min([item.attribution.said for item in evidence])
        changes, facts = _resolve_differences(evidence, policy)
        if changes:
            event = replace(event, **changes)
            rivals = {name: fact for name, fact in facts.items() if fact.is_disputed} or _NONE
    bounds = _bounds(event, evidence, facts, said)
    weigh = _fact_resolver(policy)
    return _occurrence(event, evidence, tuple(rivals), key_of(group), *bounds, said, weigh, rivals, _NONE)


@lru_cache(maxsize=1024)
def _compared(
    event: Any,  # noqa: ANN401  a class
) -> tuple[tuple[str, ...], Callable[[Event], tuple[Any, ...]], Mapping[str, tuple[str, ...]]]:
    """Return the fields in which claims of an event class may differ, what reads them, and by field its whole fact."""
    fields = fields_of(event)
    names = ("subject", *(name for group in fields.facts for name in group), *fields.labels)
    return names, attrgetter(*names), {name: group for group in fields.facts for name in group}


def _resolve_differences(evidence: Sequence[Evidence], policy: Policy) -> tuple[dict[str, Any], dict[str, Fact]]:
    """Return by field the values that the first claim's event lacks, and the facts of all fields that differ."""
    first = evidence[0].event
    distinct = {id(item.event): item.event for item in evidence}  # what was said in the same words is one object
    if len(distinct) == 1:
        return {}, {}
    event_class: Any = type(first)
    compared, values_of, group_of = _compared(event_class)
    columns = zip(*map(values_of, distinct.values()), strict=True)
    changes: dict[str, Any] = {}
    facts: dict[str, Fact] = {}
    for name, column in zip(compared, columns, strict=True):
        if column.count(column[0]) == len(column) or name in facts:
            continue
        if names := group_of.get(name):
            fact = _resolve_fact(policy, names, evidence)
            assert fact is not None
            facts.update(dict.fromkeys(names, fact))
            changes.update(zip(names, fact.value, strict=True) if len(names) > 1 else ((name, fact.value),))
        elif values := labels_of(name, evidence):
            changes[name] = values if isinstance(getattr(first, name), tuple) else values[0]
    return changes, facts


def weigh_together(name: str, occurrences: Iterable[Occurrence], policy: Policy) -> Fact:
    """Resolve a field from the claims of several occurrences, at least one of which states it."""
    fact = _resolve_fact(policy, (name,), _best_first(item for each in occurrences for item in each.evidence))
    assert fact is not None
    return fact


def weigh_outcomes(occurrences: Iterable[Occurrence], policy: Policy) -> Fact:
    """Resolve which of several outcomes of one subject is believed, from the claims that report each of them."""
    outcome_of = {item.claim: each.event.outcome for each in occurrences for item in each.evidence}
    group = _best_first(item for each in occurrences for item in each.evidence)
    indices_of: dict[str | None, list[int]] = defaultdict(list)
    for index, item in enumerate(group):
        indices_of[outcome_of[item.claim]].append(index)
    candidates = [
        _make_candidate((STATUS,), outcome, indices, indices[0], group) for outcome, indices in indices_of.items()
    ]
    return Fact((STATUS,), _chosen_first(candidates, policy), ())


def _fact_resolver(policy: Policy) -> Callable[[tuple[str, ...], Sequence[Evidence]], Fact | None]:
    """Return `_resolve_fact` with a policy; the same object for all occurrences under the default policy."""
    return _resolve_by_default if policy is most_official else partial(_resolve_fact, policy)


def _resolve_fact(policy: Policy, names: tuple[str, ...], group: Sequence[Evidence]) -> Fact | None:
    """Resolve one fact: a field, or several fields that are only meaningful together; None where no claim states it.

    The candidates are the values that no other value refines ("2021-06-28" refines "2021-06"). A vaguer value supports
    the candidates that it covers, unless it covers several candidates and all of them: then it supports none.
    """
    indices_of = _stated_values(names, group)
    if len(indices_of) < 2:  # noqa: PLR2004  nobody states it, or all who do agree
        agreed = [_make_candidate(names, value, indices, indices[0], group) for value, indices in indices_of.items()]
        return _fact(names, tuple(agreed), (), ()) if agreed else None
    clusters, covers = _finest_clusters(indices_of, fields_of(type(group[0].event)).meanings.get(names[0]))
    support, vaguer = _support(clusters, indices_of, covers)
    candidates: list[Candidate] = []
    for values, indices in zip(clusters, support, strict=True):
        value = min(values, key=lambda value: indices_of[value][0])
        candidates.append(_make_candidate(names, value, sorted(indices), indices_of[value][0], group))
    in_order = _chosen_first(candidates, policy)
    equivalents = tuple([other for other in in_order[1:] if _is_equivalent(other, in_order[0], names)])
    sides = tuple([item for item in in_order if item not in equivalents]) if equivalents else in_order
    return _fact(names, sides, tuple([group[index] for index in sorted(vaguer)]), equivalents)


def _finest_clusters(
    values: Iterable[Any], meaning: Callable[[Any], frozenset[Any]] | None
) -> tuple[list[list[Any]], Callable[[Any, Any], bool]]:
    """Return the values that no other refines, those with the same meaning together, and what tells which covers which.

    Args:
        values: the values of a fact.
        meaning: returns what a value of its field means; None where the values tell themselves what they cover.
    """
    if meaning is None:
        return _equivalence_clusters(_finest_values([*values])), _covers
    meanings = {value: meaning(value) for value in values}
    return _finest_by_meaning(meanings), lambda value, other: meanings[value] <= meanings[other]


def _support(
    clusters: Sequence[Sequence[Any]], indices_of: Mapping[Any, list[int]], covers: Callable[[Any, Any], bool]
) -> tuple[list[list[int]], list[int]]:
    """Return the indices of the claims that support each cluster of values, and of those that support none."""
    support = [[index for value in values for index in indices_of[value]] for values in clusters]
    vaguer: list[int] = []
    if sum(map(len, clusters)) == len(indices_of):  # mostly no value is vaguer than another
        return support, vaguer
    for value in indices_of.keys() - {value for values in clusters for value in values}:
        covered = [number for number, values in enumerate(clusters) if covers(value, values[0])]
        if len(covered) == len(clusters) > 1:
            vaguer += indices_of[value]
        else:
            for number in covered:
                support[number] += indices_of[value]
    return support, vaguer


def _is_equivalent(candidate: Candidate, chosen: Candidate, names: tuple[str, ...]) -> bool:
    """Tell whether a candidate is the chosen amount in another currency: a document that states both equates them.

    So does a claim that states both as its amount and its equivalent; and two amounts that have one equivalent are one.
    """
    currency, other = _currency(chosen.value), _currency(candidate.value)
    if currency is None or other is None or currency == other:
        return False
    if not documents_of(candidate.evidence).isdisjoint(documents_of(chosen.evidence)):
        return True
    is_equated = not _EQUATED.isdisjoint(names)
    return is_equated and not _equated(candidate).isdisjoint(_equated(chosen))


_EQUATED = frozenset({"amount", "budget", "worth", "equivalent"})
"""Fields with one sum of money, in one or two currencies."""


def _equated(candidate: Candidate) -> set[Money]:
    """Return the amounts, in any currency, that the claims for a candidate state as one."""
    return {
        value
        for item in candidate.evidence
        for name in _EQUATED
        if isinstance(value := getattr(item.event, name, None), Money)
    }


def _currency(value: object) -> str | None:
    """Return the currency of the amount in a fact; None if it has none."""
    for part in value if isinstance(value, tuple) else (value,):
        if isinstance(part, Money):
            return part.currency
    return None


_resolve_by_default = partial(_resolve_fact, most_official)


def _stated_values(names: tuple[str, ...], group: Sequence[Evidence]) -> dict[Any, list[int]]:
    """Return the values that claims state for a fact, each with the indices of these claims in the group.

    The value of a fact of several fields is a tuple.
    """
    indices_of: dict[Any, list[int]] = {}
    if len(names) == 1:
        values = map(attrgetter(names[0]), [item.event for item in group])
        for index, value in enumerate(values):
            if value is not None and not (type(value) is tuple and not value):
                indices_of.setdefault(value, []).append(index)
    else:
        for index, item in enumerate(group):
            parts = tuple([getattr(item.event, name) for name in names])
            if any(part is not None and part != () for part in parts):
                indices_of.setdefault(parts, []).append(index)
    return indices_of


def _chosen_first(candidates: list[Candidate], policy: Policy) -> tuple[Candidate, ...]:
    """Return candidates by rank, but the chosen one first. A part of a fact never wins over a complete fact."""
    if len(candidates) == 1:
        return tuple(candidates)
    candidates = sorted(candidates, key=_rank)
    if policy is most_official:
        return tuple(candidates)
    offered = tuple([candidate for candidate in candidates if candidate.missing == candidates[0].missing])
    chosen = policy(offered)
    if not any(candidate is chosen for candidate in offered):
        raise TypeError(f"a policy must return one of the candidates it is given, not {chosen!r}")
    return (chosen, *(candidate for candidate in candidates if candidate is not chosen))


def _make_candidate(
    names: tuple[str, ...],
    value: Any,  # noqa: ANN401  a value of any field
    indices: list[int],
    first: int,
    group: Sequence[Evidence],
) -> Candidate:
    """Return a candidate with its evidence.

    Args:
        names: fields of the fact.
        value: a tuple if there are several fields.
        indices: of its evidence in the group, sorted.
        first: index of the first claim that states this value, and not only a vaguer one.
        group: the claims about the occurrence.
    """
    evidence = tuple([group[index] for index in indices])
    is_preferred = any(not item.preferred.isdisjoint((ALL_FIELDS, *names)) for item in evidence if item.preferred)
    is_stated = any(item.inferred.isdisjoint(names) for item in evidence)
    missing = 0
    if len(names) > 1:
        implied = fields_of(type(evidence[0].event)).implied
        missing = sum([part is None and name not in implied for name, part in zip(names, value, strict=True)])
    return _candidate(value, evidence, is_preferred, is_stated, missing, (indices[0], first))


def _covers(value: Any, other: Any) -> bool:  # noqa: ANN401  values of one field
    """Tell whether a value includes *other*: *other* says the same, at least as precisely."""
    if isinstance(value, tuple) and isinstance(other, tuple):
        if value[0] != other[0] and (figure := _figure(value)) and (other_figure := _figure(other)):
            return value[1] in (None, other[1]) and bound_covers(*figure, *other_figure)
        return len(value) == len(other) and all(
            part in _UNSAID or (other_part not in _UNSAID and _covers(part, other_part))
            for part, other_part in zip(value, other, strict=True)
        )
    covers = getattr(value, "covers", None)
    return bool(covers(other) if covers else value == other)


def _figure(value: tuple[Any, ...]) -> tuple[Bound, Decimal] | None:
    """Return the bound and the number of a figure with its unit and its bound; None if a fact is no such figure.

    A figure without a bound is exact beside another one; the same figure with a bound says more.
    """
    is_figure = len(value) == 3 and isinstance(value[0], Decimal) and value[2] in (None, *get_args(Bound))  # noqa: PLR2004
    return (value[2] or "exact", value[0]) if is_figure else None


def _finest_by_meaning(meanings: Mapping[Any, frozenset[Any]]) -> list[list[Any]]:
    """Return the values whose meaning is no part of another's, in clusters with the same meaning."""
    clusters: dict[frozenset[Any], list[Any]] = defaultdict(list)
    for value, meaning in meanings.items():
        clusters[meaning].append(value)
    return [values for meaning, values in clusters.items() if not any(meaning < other for other in clusters)]


def _finest_values(values: list[Any]) -> list[Any]:
    """Return the values that no other strictly refines."""
    if all(isinstance(value, When) for value in values):
        return finest(values)
    if all(isinstance(value, str | bool) for value in values):
        return values
    return [
        value
        for value in values
        if _is_exact(value)
        or not any(other is not value and _covers(value, other) and not _covers(other, value) for other in values)
    ]


def _is_exact(value: Any) -> bool:  # noqa: ANN401  a value of any field
    """Tell whether a value covers no other: text, a figure without "over" or "about", or a tuple of only these."""
    if isinstance(value, tuple):
        figure = _figure(value)
        return None not in value and all(map(_is_exact, value)) and (figure is None or figure[0] == "exact")
    return not hasattr(value, "covers") or getattr(value, "bound", None) == "exact"


def _equivalence_clusters(values: list[Any]) -> list[list[Any]]:
    """Return the values in clusters with the same meaning, as ``2021-06`` and ``[2021-06-01..2021-06-30]``."""
    clusters: list[list[Any]] = []
    vague: dict[Any, list[Any]] = {}
    for value in values:
        if isinstance(value, When) and _is_vague(value):
            vague.setdefault(equivalence_key(value), []).append(value)
        else:
            clusters.append([value])
    return [*clusters, *vague.values()]


def _is_vague(value: When) -> bool:
    return value.is_doubtful or value.start[0] != value.start[1] or value.end[0] != value.end[1]


_Bounds = tuple[date | None, date, date]
"""The bounds of an occurrence in time: `Occurrence.earliest`, `latest` and `begun`."""


def _bounds(event: Event, group: Sequence[Evidence], facts: Mapping[str, Fact], said: date) -> _Bounds:
    """Return the bounds of an occurrence in time, from its resolved date and the first publication that agrees with it.

    What is reported in the past tense was over on the day of publication: a meeting held in "2020", reported on 1 July,
    does not last until December. What is reported as going on had begun by then. What has no date happened, or was
    said, by the day of publication.

    Args:
        event: the resolved event.
        group: the claims about the occurrence.
        facts: by field, the facts on which these claims differ.
        said: the first day on which any of these claims was known.
    """
    day = event.dated
    if day is None:
        if fields_of(type(event)).is_per_publication:
            return min(map(_first_published, group)), said, said
        return None, date.max if event.is_lasting else said, said
    earliest, latest = day.earliest, day.latest or date.max
    begun = day.start[1] or date.max
    is_single = len(group) == 1 and group[0].corrects is None
    published = said if is_single else _agreeing_publication(event, group, facts, said)
    if earliest is None or published >= earliest:
        begun = min(begun, published)
        latest = latest if event.is_lasting else min(latest, published)
    return earliest, latest, begun if event.is_lasting else latest


def _agreeing_publication(event: Event, group: Sequence[Evidence], facts: Mapping[str, Fact], said: date) -> date:
    """Return the day of the first publication that agrees with the resolved date; *said* if no claim states a date.

    A document that was printed before the first day of that date cannot report it as past. It does not count, unless
    there is no other: a blog of 16 May on a meeting "in June" leaves what the ministry reported on 14 June in force.
    A correction agrees on the day of what it corrects or, where it moved the date beyond that, on its own.
    """
    earliest, fields = event.dated.earliest if event.dated else None, fields_of(type(event))
    for name in dict.fromkeys((event.dated_by, "on")):
        if fact := facts.get(name):
            agreeing = (*fact.candidates[0].evidence, *fact.vaguer)
        elif (name in fields.single or name in fields.keyed) and getattr(event, name) is not None:
            agreeing = tuple([item for item in group if getattr(item.event, name) is not None])
        else:
            continue
        days = [day for item in agreeing for day in (item.said, item.known_from)]
        return min([day for day in days if earliest is None or day >= earliest] or days)
    return said


def _first_published(item: Evidence) -> date:
    """Return the first day on which a document may have been published: 1 January of one dated "January 2023"."""
    published = item.said_in.published
    return (published.earliest if published else None) or item.said
