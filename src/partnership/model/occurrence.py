"""What claims add up to: one occurrence, believed, with its evidence and its disputes; and what is odd about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, Literal

from attrs import field, frozen

from partnership.model.event import Event, fields_of
from partnership.values.display import Displayable
from partnership.values.sources import Certainty, Source, certainty_rank, nature_rank
from partnership.values.text import visible
from partnership.values.when import When

__all__ = ["Candidate", "Evidence", "Fact", "Finding", "Occurrence", "best_source", "labels_of"]


@frozen(eq=False, weakref_slot=False)
class Evidence:
    """A claim as it counts for a occurrence: with what desks remarked on it and what mended it.

    Attributes:
        claim: the claim's id.
        event: what it says, after corrections and with subjects that are the same under one name.
        source: the document.
        speaker: whose words they are.
        certainty: the highest that a desk remarked.
        inferred: fields that every desk supplied and no source states.
        known_from: the day on which it was known: of publication, or else of retrieval.
        preferred: fields for which the desk prefers it.
        retrieved: the day on which the page was read, where a desk remarked it.
    """

    claim: str
    event: Event
    source: Source
    speaker: str | None
    certainty: Certainty | None
    inferred: frozenset[str]
    known_from: date
    preferred: frozenset[str] = frozenset()
    retrieved: date | None = None


@frozen(eq=False)
class Candidate:
    """A value that may be believed: no other said value is strictly finer.

    Attributes:
        value: what is said; a tuple where several fields are one fact.
        evidence: what speaks for it, the best source first.
        is_preferred: the desk prefers it.
        is_stated: at least one source states it, instead of a desk inferring it.
    """

    value: Any
    evidence: tuple[Evidence, ...]
    is_preferred: bool
    is_stated: bool

    @property
    def certainty(self) -> int:
        """The rank of the surest evidence; 0 is the surest."""
        return min(certainty_rank(one.certainty) for one in self.evidence)

    @property
    def nature(self) -> int:
        """The rank of the most official evidence; 0 is the most official."""
        return min(nature_rank(one.source.kind) for one in self.evidence)

    @property
    def publishers(self) -> int:
        """How many distinct publishers say so; copies and second readings add none."""
        return len({one.source.publisher for one in self.evidence})

    @property
    def newest(self) -> date:
        """The day of the newest evidence."""
        return max(one.known_from for one in self.evidence)


@frozen(eq=False)
class Fact:
    """What is believed of one field, or of fields that only mean something together.

    Attributes:
        names: the fields.
        value: the believed value; a tuple where there are several fields.
        candidates: the believed one first; more than one is a dispute.
        vaguer: evidence that covers every candidate and so speaks for none of them.
    """

    names: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    vaguer: tuple[Evidence, ...]

    @property
    def value(self) -> Any:  # noqa: ANN401  a value of any field
        """The believed value."""
        return self.candidates[0].value

    @property
    def is_disputed(self) -> bool:
        """Whether sources say what cannot all be true."""
        return len(self.candidates) > 1


@frozen(eq=False, weakref_slot=False, repr=False)
class Occurrence(Displayable):
    """Claims that tell of the same thing, settled into one event.

    Attributes:
        event: with the believed value of every field; its subject is the one name of all that are the same.
        evidence: every claim that tells of it, the best source first.
        disputed: fields of the event on which sources differ.
        key: what tells it apart from its subject's other occurrences of this event.
        earliest: the first day on which it may have begun; None where nothing bounds it.
        latest: the last day on which it may have ended.
        begun: the day by which it had begun, if it is a state that lasts; otherwise `latest`.
        said: the day of the first publication.
        weigh: returns, from the evidence, what is believed of some fields and what lost. Most are never asked for it.
    """

    event: Event
    evidence: tuple[Evidence, ...]
    disputed: tuple[str, ...]
    key: tuple[str, ...]
    earliest: date | None
    latest: date
    begun: date
    said: date
    weigh: Callable[[tuple[str, ...], Sequence[Evidence]], Fact | None]

    def _text(self) -> str:
        when = self.event.dated or f"said on {self.said}"
        differ = f" (sources differ: {', '.join(self.disputed)})" if self.disputed else ""
        said = "; ".join(dict.fromkeys(str(one.source) for one in self.evidence))
        return f"{when}: {self.subject} {self.event.name}{differ}, said by {said}"

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """By field, the resolved value and the values that lost; computed on first use, since few are ever asked for."""
        weighed = ((names, self.weigh(names, self.evidence)) for names in fields_of(type(self.event)).facts)
        return {name: fact for names, fact in weighed if fact is not None for name in names}

    @property
    def in_dispute(self) -> tuple[Fact, ...]:
        """The facts on which sources differ, in the order of the fields."""
        return tuple(dict.fromkeys(fact for fact in self.facts.values() if fact.is_disputed)) if self.disputed else ()

    @property
    def labels(self) -> Mapping[str, tuple[Any, ...]]:
        """By field, all names and wordings, the best source first."""
        return {name: labels_of(name, self.evidence) for name in fields_of(type(self.event)).labels}

    @property
    def subject(self) -> str:
        """The subject, ``kind:slug``."""
        return self.event.about

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of all its claims."""
        return tuple(one.claim for one in self.evidence)

    @property
    def days(self) -> tuple[When, ...]:
        """The days on which it may have been: the believed one of `on`, then those of sources that differ.

        What nobody dated was so by its first publication, on a day that nobody knows.
        """
        if self.event.on is None:
            return (When(f"../{self.said}"),)
        if "on" not in self.disputed:
            return (self.event.on,)
        return tuple(candidate.value for candidate in self.facts["on"].candidates)

    def claims_for(self, name: str) -> tuple[str, ...]:
        """Return the ids of the claims that speak for the believed value of a field."""
        if name not in self.disputed and name in fields_of(type(self.event)).single:  # all who say it agree
            return tuple(sorted(one.claim for one in self.evidence if getattr(one.event, name) not in (None, ())))
        fact = self.facts.get(name)
        return tuple(sorted(one.claim for one in fact.candidates[0].evidence)) if fact else ()

    @property
    def key_across_views(self) -> tuple[str, str, tuple[str, ...]]:
        """Its subject, the stored name of its event and its key: the same in every view of a record."""
        return (self.subject, self.event.name, self.key)

    def surely_after(self, other: Occurrence) -> bool:
        """Tell whether it began only after *other* had surely ended."""
        return self.earliest is not None and other.latest < self.earliest


def best_source(one: Evidence) -> tuple[Any, ...]:
    """Order by nature, certainty, newness, publisher: what is quoted first."""
    return (
        nature_rank(one.source.kind),
        certainty_rank(one.certainty),
        -one.known_from.toordinal(),
        one.source.publisher,
    )


def labels_of(name: str, group: Sequence[Evidence]) -> tuple[Any, ...]:
    """Collect names and wordings, the best source first, those of one source in the order of the alphabet."""
    if len(group) == 1:
        value = getattr(group[0].event, name)
        return () if value is None else tuple(dict.fromkeys(value)) if isinstance(value, tuple) else (value,)
    said = [getattr(one.event, name) for one in group]
    if type(said[0]) is str and said.count(said[0]) == len(said):
        return (said[0],)
    found: list[tuple[tuple[Any, ...], str]] = []
    for one, value in zip(group, said, strict=True):
        for place, each in enumerate(value if isinstance(value, tuple) else (value,)):
            if each is not None:
                found.append(((*best_source(one), place, each), each))
    return tuple(dict.fromkeys(each for _, each in sorted(found)))


def _each_once(claims: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(claims)))


@frozen(order=True, repr=False)
class Finding(Displayable):
    """Something odd that the record shows and did not refuse.

    Attributes:
        slug: which rule found it; public and stable.
        subject: of what, ``kind:slug``.
        claims: ids of the claims that show it.
        sentence: the same in words.
        nature: ``'contradiction'`` (sources, or acts, that cannot all be right), ``'gap'`` (something that
            should have been said), ``'oddity'`` (a course of events that is unusual).
    """

    slug: str
    subject: str
    claims: tuple[str, ...] = field(converter=_each_once)
    sentence: str = field(converter=visible)
    nature: Literal["contradiction", "gap", "oddity"] = "oddity"

    def _text(self) -> str:
        return self.sentence
