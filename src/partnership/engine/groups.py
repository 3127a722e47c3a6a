"""Resolve a group of linked claims into occurrences, and report what is odd about the claims themselves."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from partnership._frozen import frozen
from partnership.engine.amendment_index import is_desk_amendment, stated_event
from partnership.engine.background import with_background, with_repeats
from partnership.engine.contradictions import weigh_across_events
from partnership.engine.corrections import ALL_FIELDS, apply_corrections
from partnership.engine.resolution import Policy, group_by_identity, resolve
from partnership.model.construct import constructor
from partnership.model.event import Event
from partnership.model.findings import fact_text
from partnership.model.occurrence import Evidence, Fact, Finding, Occurrence, document, document_of, documents_of
from partnership.model.value_text import value_in_words
from partnership.values.when import When


@frozen(eq=False, weakref_slot=False)
class ResolvedGroup:
    """A group of linked claims, resolved.

    Attributes:
        evidence: the evidence of the group that the scope selects.
        occurrences: what the claims in force say has happened; those after the day of the scope too.
        superseded: by claim, the corrections and retractions that supersede it.
        waiting: amendments whose target is not in the log.
        opaque: claims whose event class is not registered here.
    """

    evidence: Sequence[Evidence]
    occurrences: tuple[Occurrence, ...]
    superseded: Mapping[str, tuple[str, ...]]
    waiting: tuple[str, ...]
    opaque: tuple[str, ...]

    @property
    def first_known(self) -> date:
        """The first day on which any of the evidence was known."""
        return min([item.known_from for item in self.evidence], default=date.max)

    @cached_property
    def fully_known(self) -> date:
        """The day by which all of the evidence was known; the desk's amendments are known with what they amend."""
        if self.waiting:
            return date.max
        days = [item.known_from for item in self.evidence if not is_desk_amendment(item)]
        return max(days, default=date.max if self.evidence else date.min)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What is odd about the claims themselves; computed on first use."""
        return (*claim_findings(self), *_across_events(self.occurrences))


_resolved_group: Callable[..., ResolvedGroup] = constructor(ResolvedGroup)
EMPTY_GROUP = ResolvedGroup((), (), {}, (), ())
"""The result for a group without evidence."""


def resolve_group(evidence: Sequence[Evidence], names: Mapping[str, str], policy: Policy) -> ResolvedGroup:
    """Resolve a group of linked claims.

    Args:
        evidence: the evidence of the group that the scope selects; at least one.
        names: by subject, its canonical name, for subjects that have several.
        policy: chooses between values on which sources differ.
    """
    effective = apply_corrections(evidence, names)
    resolved = [resolve(claims, policy) for claims in group_by_identity(effective.evidence)]
    occurrences = tuple(weigh_across_events(with_background(with_repeats(resolved)), policy))
    return _resolved_group(evidence, occurrences, effective.superseded, effective.waiting, effective.opaque)


def claim_findings(group: ResolvedGroup) -> Iterable[Finding]:
    """Find what is odd about claims: what one document contradicts, what waits, what is not known here.

    The findings are ``self-contradiction``, ``preferences-differ``, ``future-of-publication``,
    ``planned-after-its-day``, ``target-missing`` and ``unread-event``.

    They are independent of the day of a view: a claim that dates a past event after its own publication has not
    "happened" in a view of that time, and its finding must not disappear with it.
    """
    for occurrence in group.occurrences:
        for fact in dict.fromkeys(occurrence.rivals.values()):
            yield from _self_contradictions(occurrence, fact)
            yield from _preferences_differ(occurrence, fact)
        is_single = len(occurrence.evidence) == 1
        if not is_single or (occurrence.earliest is not None and occurrence.earliest > occurrence.said):
            yield from _future_of_publication(occurrence)
    yield from _planned_after_day(group.occurrences)
    for claim in group.waiting:
        sentence = "A correction or retraction waits for a claim that is not here"
        yield Finding("target-missing", f"claim:{claim}", (claim,), sentence, "gap")
    events = {item.claim: stated_event(item.event) for item in group.evidence} if group.opaque else {}
    for claim in group.opaque:
        yield Finding("unread-event", f"claim:{claim}", (claim,), _why_unread(events[claim]), "gap")


def _why_unread(event: Any) -> str:  # noqa: ANN401  an event that is not read
    """Return why the event of a claim is not read, and what to do."""
    if event.known_version is None:
        return "The event of this claim is not known here and changes no state; open the record with kinds=[…]"
    written = (
        f"in version {event.stored_version} of {event.stored}, of which version {event.known_version} is known here"
    )
    return (
        f"The event of this claim was written {written}: it changes no state; install the newer release of "
        "partnership, or of the module that defines the kind"
    )


def _across_events(occurrences: Iterable[Occurrence]) -> Iterator[Finding]:
    """Find what is odd about claims that several events of one subject state: see `claim_findings`."""
    stated = {fact: item for item in occurrences for fact in item.across.values() if fact.is_disputed}
    for fact, occurrence in stated.items():
        yield from _self_contradictions(occurrence, fact)
        yield from _preferences_differ(occurrence, fact)


def _event_of(occurrence: Occurrence, fact: Fact) -> str:
    """Return the event of a fact, and a comma; nothing if several events of its subject state it."""
    return "" if fact in occurrence.across.values() else f"{occurrence.event.name}, "


def _self_contradictions(occurrence: Occurrence, fact: Fact) -> Iterable[Finding]:
    """Find a document that supports rival values of one fact, in its own words or in those of one speaker.

    That is seldom what the document says. Most often it was entered twice, and the first entry was not corrected.
    """
    supported: dict[tuple[Any, ...], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for number, candidate in enumerate(fact.candidates):
        for item in candidate.evidence:
            supported[*document(item.source), item.speaker][item.claim].add(number)
    for (publisher, published, *_), by_claim in supported.items():
        if set.intersection(*by_claim.values()):
            continue
        numbers = sorted(set.union(*by_claim.values()))
        values = " and ".join(fact_text(fact.names, fact.candidates[number].value) for number in numbers)
        named = f"{publisher}, {value_in_words(published)}" if published else publisher
        fields = " and ".join(fact.names)
        advice = "correct or retract what it does not say"
        if fact.names == ("planned",):
            advice += ", or give each plan the day on which it was made, as `on`"
        sentence = (
            f"{occurrence.subject}: one document ({named}) states {_event_of(occurrence, fact)}{fields}: {values}"
            f"; {advice}"
        )
        yield Finding("self-contradiction", occurrence.subject, tuple(by_claim), sentence, "contradiction")


def _preferences_differ(occurrence: Occurrence, fact: Fact) -> Iterable[Finding]:
    """Find a fact for which the desk prefers claims that support different values, so that no preference decides."""
    supported: dict[str, set[int]] = defaultdict(set)
    for number, candidate in enumerate(fact.candidates):
        for item in candidate.evidence:
            if not item.preferred.isdisjoint((*fact.names, ALL_FIELDS)):
                supported[item.claim].add(number)
    if supported and not set.intersection(*supported.values()):
        stated = f"{_event_of(occurrence, fact)}{' and '.join(fact.names)}"
        problem = f"the desk prefers claims that differ on {stated}"
        sentence = f"{occurrence.subject}: {problem}; retract one of the preferences"
        yield Finding("preferences-differ", occurrence.subject, tuple(supported), sentence, "contradiction")


def _future_of_publication(occurrence: Occurrence) -> Iterable[Finding]:
    """Find claims that report something as past on a day after their own publication.

    A real case: an article of February 2019 dates a summit of 2018 to November 2019.
    """
    if occurrence.event.is_lasting:
        return
    for item in occurrence.evidence:
        on = item.event.dated
        if on is None or on.earliest is None or on.earliest <= item.known_from:
            continue  # most claims: cheaper than to compare all readings of a date
        if on.surely_after(item.known_from):
            problem = (
                f"{item.source} reports {item.event.name} of {value_in_words(on)} as past, before it can have happened"
            )
            if hasattr(item.event, "planned"):
                problem += " (a day to come is `planned`; `on` is the day of the announcement)"
            sentence = f"{occurrence.subject}: {problem}"
            yield Finding("future-of-publication", occurrence.subject, (item.claim,), sentence, "contradiction")


def _planned_after_day(occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find documents that print a plan after its own day.

    A plan that a document tells as the background of what became of it is not odd, nor one of which the document says
    when it was announced.
    """
    past = [
        (item, occurrence)
        for occurrence in occurrences
        if _planned(occurrence.event)
        for item in occurrence.evidence
        if _is_past(item)
    ]
    steps_told = _steps_told(occurrences) if past else {}
    for item, occurrence in past:
        steps, own = steps_told[occurrence.subject, document_of(item)], type(occurrence.event)
        if steps[own] == 1 and all(event.rank <= own.rank for event in steps):  # the document tells no more of it
            planned = value_in_words(_planned(item.event))
            sentence = (
                f"{occurrence.subject}: {item.source} prints a plan for {planned} after that day"
                " (if it was announced before, `on` is the day of the announcement)"
            )
            yield Finding("planned-after-its-day", occurrence.subject, (item.claim,), sentence)


def _steps_told(occurrences: Iterable[Occurrence]) -> Mapping[tuple[str, Any], Counter[type[Event]]]:
    """Return, by subject and document, how many occurrences of each event class the document tells."""
    steps: dict[tuple[str, Any], Counter[type[Event]]] = defaultdict(Counter)
    for occurrence in occurrences:
        for told_in in documents_of(occurrence.evidence):
            steps[occurrence.subject, told_in][type(occurrence.event)] += 1
    return steps


def _is_past(item: Evidence) -> bool:
    """Tell whether what a claim plans was surely past when its document was printed."""
    planned, published = _planned(item.event), item.said_in.published
    first = published.earliest if published else None
    if item.event.on or planned is None or first is None or (planned.latest or first) >= first:
        return False
    return planned.surely_before(first)


def _planned(event: Event) -> When | None:
    """Return the date that an event plans, or by which something is due."""
    planned: When | None = getattr(event, "planned", None) or getattr(event, "due", None)
    return planned
