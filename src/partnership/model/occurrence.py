"""Occurrences: what claims about the same event resolve to, with the evidence and the disputes; and findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, ClassVar, Literal

from attrs import Factory, field

from partnership._frozen import frozen
from partnership.errors import visible
from partnership.model.event import Event, fields_of
from partnership.values.date_words import in_words
from partnership.values.display import Displayable, Tone, dotted
from partnership.values.sources import Certainty, Source, certainty_rank, kind_rank
from partnership.values.when import When

STATUS = "status"
"""The name of the fact that says which outcome of a subject is believed: held or cancelled."""
Document = tuple[Any, ...]
"""What a source has in common with every other place in the same document."""


@frozen(eq=False, weakref_slot=False)
class Attribution:
    """Where something is said, by whom, and what desks remark on it; the same for most claims of a document.

    Attributes:
        source: the document.
        speaker: the person quoted.
        certainty: the highest certainty that any desk remarked.
        inferred: fields that every desk supplied itself, and no source states.
        known_from: the day from which it was known: of publication, or else of retrieval.
        preferred: fields for which the desk prefers this claim.
        retrieved: the day on which the document was read, where a desk remarked it.
        corrects: where a source corrects its word, the claim that it corrects; of several corrections, the first claim.
    """

    source: Source
    speaker: str | None
    certainty: Certainty | None
    inferred: frozenset[str]
    known_from: date
    preferred: frozenset[str] = frozenset()
    retrieved: date | None = None
    corrects: Evidence | None = None

    @property
    def said(self) -> date:
        """The day from which the statement was known: of a correction by a source, that of what it corrects.

        A correction is known from its own publication. But what it corrects was said earlier, so a plan is not a newer
        plan, and what was past is past, although a detail of it was wrong.
        """
        return (self.corrects or self).known_from

    @property
    def said_in(self) -> Source:
        """The document in which the statement was first made, corrected or not."""
        return (self.corrects or self).source


def _attributed(name: str) -> Any:  # noqa: ANN401  a property
    return property(attrgetter(f"attribution.{name}"))


@frozen(eq=False, weakref_slot=False)
class Evidence:
    """A claim as it counts for an occurrence: with all remarks on it, and after corrections.

    It has the attributes of its attribution, too: a shortcut. Loops that run for every claim read the attribution,
    which is faster.

    Attributes:
        claim: the id of the claim.
        event: what the claim says, after corrections; subjects that are the same have one name.
        attribution: where it is said, and what is remarked on it.
    """

    claim: str
    event: Event
    attribution: Attribution

    source: ClassVar[Source] = _attributed("source")
    speaker: ClassVar[str | None] = _attributed("speaker")
    certainty: ClassVar[Certainty | None] = _attributed("certainty")
    inferred: ClassVar[frozenset[str]] = _attributed("inferred")
    known_from: ClassVar[date] = _attributed("known_from")
    preferred: ClassVar[frozenset[str]] = _attributed("preferred")
    retrieved: ClassVar[date | None] = _attributed("retrieved")
    corrects: ClassVar[Evidence | None] = _attributed("corrects")
    said: ClassVar[date] = _attributed("said")
    said_in: ClassVar[Source] = _attributed("said_in")


@frozen(eq=False)
class Candidate:
    """A value that a policy may choose: no other claimed value is strictly more precise.

    Attributes:
        value: the claimed value; a tuple if the fact has several fields.
        evidence: the claims that support it, the best source first.
        is_preferred: the desk prefers it.
        is_stated: at least one source states it, so it is not only inferred by a desk.
        missing: how many of the fact's fields have no value; 0 if it is complete.
        place: positions, among all claims about the occurrence, of its first evidence and of the first that states
            exactly this value.
    """

    value: Any
    evidence: tuple[Evidence, ...]
    is_preferred: bool
    is_stated: bool
    missing: int = 0
    place: tuple[int, int] = (0, 0)

    @property
    def certainty(self) -> int:
        """The rank of the most certain evidence; 0 is the most certain."""
        return min([certainty_rank(evidence.certainty) for evidence in self.evidence])

    @property
    def nature(self) -> int:
        """The rank of the most official evidence; 0 is the most official."""
        return min([kind_rank(evidence.source.kind) for evidence in self.evidence])

    @property
    def publishers(self) -> int:
        """The number of distinct publishers; copies and repeated retrievals do not add to it."""
        return len({evidence.source.publisher for evidence in self.evidence})

    @property
    def newest(self) -> date:
        """The day of the newest evidence."""
        return max([evidence.known_from for evidence in self.evidence])


@frozen(eq=False)
class Fact:
    """The resolved value of a field, or of several fields that only have a meaning together.

    Attributes:
        names: the fields.
        value: the resolved value; a tuple if there are several fields.
        candidates: the resolved value first; more than one means a dispute.
        vaguer: evidence that covers every candidate, and so supports none of them.
        equivalents: the resolved value in other currencies: one document states both.
    """

    names: tuple[str, ...]
    candidates: tuple[Candidate, ...]
    vaguer: tuple[Evidence, ...]
    equivalents: tuple[Candidate, ...] = ()

    @property
    def value(self) -> Any:  # noqa: ANN401  a value of any field
        """The resolved value."""
        return self.candidates[0].value

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims on all sides."""
        return tuple(dict.fromkeys(item.claim for side in self.candidates for item in side.evidence))

    @property
    def is_disputed(self) -> bool:
        """Whether sources make claims that cannot all be true."""
        return len(self.candidates) > 1


@frozen(eq=False, weakref_slot=False, repr=False)
class Occurrence(Displayable):
    """All claims about the same event, resolved into one.

    Attributes:
        event: with the resolved value of every field; its subject is the canonical name.
        evidence: all the claims, the best source first.
        disputed: fields of the event on which sources differ.
        key: distinguishes it from other occurrences of the same subject and event class.
        earliest: the first day on which it may have begun; None if nothing bounds it.
        latest: the last day on which it may have ended.
        begun: the day by which a lasting state had begun; for any other event `latest`, or if it has no date `said`.
        said: the day of the first publication.
        weigh: resolves a group of fields from the evidence; returns None if no claim has a value for it.
        rivals: by field, the facts for which its own claims give rival values.
        across: by field, the facts that describe the subject and on which its events differ, and as `STATUS` the
            outcome that is believed where others exclude it; each is weighed from the evidence of all these events.
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
    rivals: Mapping[str, Fact] = {}
    across: Mapping[str, Fact] = {}

    def _text(self) -> str:
        when = in_words(self.event.dated) if self.event.dated else self.said_in_words
        disputed = f" (sources differ: {', '.join(self.disputed)})" if self.disputed else ""
        sources = "; ".join(dict.fromkeys(str(evidence.source) for evidence in self.evidence))
        return f"{when}: {self.subject} {self.event.name}{disputed}, said by {sources}"

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """By field, the resolved value and those that lost; computed on first use, which for most is never."""
        groups = fields_of(type(self.event)).facts
        facts = ((names, self.rivals.get(names[0]) or self.weigh(names, self.evidence)) for names in groups)
        return {**{name: fact for names, fact in facts if fact is not None for name in names}, **self.across}

    def fact(self, name: str) -> Fact | None:
        """Return the resolved value of a field and those that lost, as `facts` has them; only this one is computed."""
        if fact := self.across.get(name) or self.rivals.get(name):
            return fact
        groups = fields_of(type(self.event)).facts
        return next((self.weigh(names, self.evidence) for names in groups if name in names), None)

    @property
    def in_dispute(self) -> tuple[Fact, ...]:
        """The facts on which sources differ, in the order of the fields."""
        facts = {**self.rivals, **self.across}
        return tuple(dict.fromkeys([facts[name] for name in self.disputed]))

    def value_of(self, name: str) -> Any:  # noqa: ANN401  a value of any field
        """Return the value of a field that is believed of the subject, which another event may have stated."""
        return self.across[name].value if name in self.across else getattr(self.event, name)

    @property
    def is_refuted(self) -> bool:
        """Whether another outcome is believed, which excludes this one: it changes no state."""
        fact = self.across.get(STATUS)
        return fact is not None and fact.value != self.event.outcome

    @property
    def labels(self) -> Mapping[str, tuple[Any, ...]]:
        """By field, all names and wordings, the best source first."""
        return {name: labels_of(name, self.evidence) for name in fields_of(type(self.event)).labels}

    @property
    def subject(self) -> str:
        """The subject, ``kind:slug``."""
        return self.event.about

    @property
    def said_in_words(self) -> str:
        """When it was said, as its sources date themselves: a vague date of publication is not its last day.

        It is the day of the first publication, or if that did not say all that is believed, from then to the last.
        """
        last = max(item.said for item in self.evidence)
        first, last_date = (
            publication_date((item.said_in for item in self.evidence), day) for day in (self.said, last)
        )
        if last == self.said or self._is_told_on(self.said):
            return f"said {'on ' if first.is_day else ''}{in_words(first)}"
        return f"said from {in_words(first)} to {in_words(last_date)}"

    def _is_told_on(self, day: date) -> bool:
        """Tell whether what was said on a day gives every value of the event."""
        told = [item.event for item in self.evidence if item.said == day]
        values = ((name, getattr(self.event, name)) for name in fields_of(type(self.event)).names)
        return all(value in (None, (), *(getattr(event, name) for event in told)) for name, value in values)

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of all its claims."""
        return tuple(evidence.claim for evidence in self.evidence)

    @property
    def days(self) -> tuple[When, ...]:
        """The dates on which it may have happened: the resolved value of `on` first, then those of other sources.

        Without a date, it happened on an unknown day up to its first publication.
        """
        if self.event.on is None:
            return (When(f"../{self.said}"),)
        if "on" not in self.disputed:
            return (self.event.on,)
        fact = self.across.get("on") or self.rivals["on"]
        return tuple(candidate.value for candidate in fact.candidates)

    def claims_for(self, name: str) -> tuple[str, ...]:
        """Return the ids of the claims that support the resolved value of a field, sorted."""
        is_agreed = name not in self.disputed and name not in self.across
        if is_agreed and name in fields_of(type(self.event)).single:  # all that have a value agree
            values = [(getattr(evidence.event, name), evidence) for evidence in self.evidence]
            supporting: Iterable[Evidence] = [item for value, item in values if value is not None and value != ()]
        else:
            fact = self.fact(name)
            supporting = fact.candidates[0].evidence if fact else ()
        return tuple(sorted([evidence.claim for evidence in supporting]))

    @property
    def key_across_views(self) -> tuple[str, str, tuple[str, ...]]:
        """Its subject, the stored name of its event and its key: the same in every view of a record."""
        return (self.subject, self.event.name, self.key)

    def surely_after(self, other: Occurrence) -> bool:
        """Tell whether it surely began after *other* had ended."""
        return self.earliest is not None and other.latest < self.earliest


def publication_date(sources: Iterable[Source], day: date) -> When:
    """Return the date of the publications that were surely known on a day and not before, as their sources give it."""
    published = [source.published for source in sources if source.published and source.published.latest == day]
    return When(day) if not published or any(when.is_day for when in published) else published[0]


def best_source(evidence: Evidence) -> tuple[Any, ...]:
    """Return the sort key of evidence: the most official first, then the most certain, the newest, by publisher."""
    said = evidence.attribution
    source = said.source
    return kind_rank(source.kind), certainty_rank(said.certainty), -said.known_from.toordinal(), source.publisher


document: Callable[[Source], Document] = attrgetter("publisher", "published", "title", "url")
"""Returns the document of a source."""


def document_of(item: Evidence) -> Document:
    """Return the document of a statement: that in which it was first made, also if its source corrected it later."""
    return document(item.said_in)


def documents_of(evidence: Iterable[Evidence]) -> set[Document]:
    """Return the documents in which some statements were made."""
    return {document(item.attribution.said_in) for item in evidence}


def publishers(evidence: Iterable[Evidence]) -> str:
    """Return the publishers of claims, without duplicates, in the order of the claims."""
    return ", ".join(dict.fromkeys(item.source.publisher for item in evidence))


def labels_of(name: str, group: Iterable[Evidence]) -> tuple[Any, ...]:
    """Return all values of a field that claims state, without duplicates, in the order of the claims.

    Args:
        name: the field; the members of lists are values of their own.
        group: the claims, the best source first.
    """
    labels: dict[Any, None] = {}
    for evidence in group:
        value = getattr(evidence.event, name)
        if isinstance(value, tuple):
            labels |= dict.fromkeys(value)
        elif value is not None:
            labels[value] = None
    return tuple(labels)


def _sorted_set(claims: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(claims)))


Grade = Literal["error", "warning", "note"]
"""How much a finding needs a person.

- ``'error'``: sources, acts or entries that cannot all be right, or that no answer uses; somebody must look at them.
- ``'warning'``: something unusual or missing that is worth a look, and values on which sources differ.
- ``'note'``: common and harmless. A record that begins later has no announcement of a meeting that was held earlier.
"""

_ERRORS = frozenset({"unread-event"})
_NOTES = frozenset(
    {
        "answered-unasked",
        "answered-unproposed",
        "delivered-unpromised",
        "ended-without-admission",
        "held-unannounced",
        "launched-unannounced",
        "left-without-joining",
        "lifted-untaken",
        "made-unannounced",
        "relations-resumed-without-suspension",
        "resumed-without-suspension",
    }
)
"""Slugs of findings that lack a report of something earlier."""


def _grade(finding: Finding) -> Grade:
    if finding.slug in _NOTES:
        return "note"
    is_error = finding.nature == "contradiction" and finding.slug != "disputed"
    return "error" if is_error or finding.slug in _ERRORS else "warning"


@frozen(order=True, repr=False)
class Finding(Displayable):
    """Something odd in the record, which was recorded all the same.

    Attributes:
        slug: of the rule that found it; public and stable.
        subject: of the finding, ``kind:slug``.
        claims: ids of the claims that show it.
        sentence: says what is odd.
        nature: ``'contradiction'`` (sources, or acts, that cannot all be right), ``'gap'`` (something one would expect
            is missing), ``'oddity'`` (an unusual course of events).
        grade: how much it needs a person; by default, the slug and the nature decide.
    """

    slug: str
    subject: str
    claims: tuple[str, ...] = field(converter=_sorted_set)
    sentence: str = field(converter=visible)
    nature: Literal["contradiction", "gap", "oddity"] = "oddity"
    grade: Grade = field(default=Factory(_grade, takes_self=True))

    _plural: ClassVar = "findings"
    _headings: ClassVar = ("what is odd", "grade", "finding")

    def _cells(self) -> tuple[object, ...]:
        tone: Tone = "plain" if self.grade == "note" else "off"
        return self.sentence, dotted(self.grade, tone), self.slug.replace("-", " ")

    def _text(self) -> str:
        return self.sentence
