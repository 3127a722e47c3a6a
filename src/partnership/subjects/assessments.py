"""Assessments: how far an assessor finds a plan, a line of a plan or a commitment to be implemented."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT
from partnership.model.event import Event, Identity
from partnership.model.findings import contradiction, oddity
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Projection
from partnership.values.when import When

__all__ = ["ImplementationAssessed"]

Core = Literal[
    "unknown",
    "not-started",
    "in-progress",
    "partially",
    "implemented",
    "standing",
    "stalled",
    "dropped",
    "carried-over",
]
"""A common scale to which the scales of assessors are mapped; their own words are kept too."""


@frozen(kw_only=True)
class ImplementationAssessed(Event):
    """An assessor says how far something is implemented; one report may assess many things.

    Attributes:
        concerns: what is assessed, ``kind:slug``: a plan, a line, a commitment; a slug alone is a plan.
        assessor: the person or institution that assesses it.
        is_independent: whether the assessor is not one of those responsible.
        scale: the name of the assessor's scale.
        value: the word or mark on that scale.
        core: the assessment on the common scale.
        as_of: the day that it describes; not the day of publication.
        evidence: what it is based on, in the source's words.
        capacity: the capacity in which the assessor speaks: "as chair of the committee".
    """

    name = "implementation-assessed"
    kind = "assessment"
    rank = 60  # it comes after the reports that it assesses
    identity: ClassVar[Identity] = ("concerns", "assessor", "as_of")
    dated_by = "as_of"

    concerns: str = field(converter=references.assessed)
    assessor: str | None = field(default=None, converter=converters.name)
    is_independent: bool | None = field(default=None, converter=converters.flag)
    scale: str | None = field(default=None, converter=converters.name)
    value: str | None = field(default=None, converter=converters.name)
    core: Core | None = fields.choice(Core)
    as_of: When | None = field(default=None, converter=converters.day)
    evidence: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    capacity: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)


@frozen
class Verdict:
    """One assessor's verdict on one thing.

    Attributes:
        concerns: what is assessed, ``kind:slug``.
        assessor: the person or institution that assesses it.
        is_independent: whether the assessor is not one of those responsible.
        as_of: the day that it describes.
        scale: the name of the assessor's scale.
        value: the word or mark on that scale.
        core: the assessment on the common scale.
        is_disputed: sources differ on what the assessor said.
        capacity: the capacity in which the assessor speaks.
    """

    concerns: str
    assessor: str | None
    is_independent: bool | None
    as_of: When | None
    scale: str | None
    value: str | None
    core: Core | None
    is_disputed: bool
    capacity: str | None = None


@frozen
class Assessment:
    """The state of one assessment: a report, a review, a meter.

    Attributes:
        subject: the assessment, ``assessment:slug``.
        verdicts: one for each thing that it assesses, in order.
        disputed: ``('verdicts',)`` if sources differ on one of them.
    """

    subject: str
    verdicts: tuple[Verdict, ...] = ()
    disputed: tuple[str, ...] = ()


def assessed(occurrence: Occurrence) -> Iterable[str]:
    """Yield the subject that an assessment concerns; nothing for other occurrences."""
    if isinstance(occurrence.event, ImplementationAssessed):
        yield occurrence.event.concerns


def verdict_of(occurrence: Occurrence) -> Verdict | None:
    """Return the verdict of an assessment; None for other occurrences."""
    event = occurrence.event
    if not isinstance(event, ImplementationAssessed):
        return None
    is_disputed = not {"core", "value"}.isdisjoint(occurrence.disputed)
    fields = (event.concerns, event.assessor, event.is_independent, event.as_of, event.scale, event.value, event.core)
    return Verdict(*fields, is_disputed, event.capacity)


def with_verdict(verdicts: tuple[Verdict, ...], occurrence: Occurrence) -> tuple[Verdict, ...]:
    """Return the verdicts, and that of the occurrence if it is an assessment."""
    verdict = verdict_of(occurrence)
    return (*verdicts, verdict) if verdict else verdicts


def differ(first: Verdict, second: Verdict) -> bool:
    """Tell whether two assessors contradict each other about the same day."""
    if first.assessor == second.assessor or None in (first.core, second.core) or first.core == second.core:
        return False
    day, other = first.as_of, second.as_of
    return bool(day and other and (day == other or day.surely_overlaps(other)))


def odd_verdicts(subject: str, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd in the assessments of one thing.

    ``assessors-disagree`` (about one day), ``assessment-falls`` (the same assessor gives a lower verdict for a surely
    later day).
    """
    verdicts = [(verdict, occurrence) for occurrence in occurrences if (verdict := verdict_of(occurrence))]
    for (first, before), (second, after) in combinations(verdicts, 2):
        if differ(first, second):
            sentence = f"is {first.core} to {first.assessor} and {second.core} to {second.assessor}"
            yield contradiction("assessors-disagree", subject, sentence, before, after)
        if first.assessor == second.assessor and _has_fallen(first, second):
            sentence = f"was {first.core} and later {second.core} to {second.assessor or 'one assessor'}"
            yield oddity("assessment-falls", subject, sentence, before, after)


_GRADES = ("not-started", "in-progress", "partially", "implemented")


def _has_fallen(first: Verdict, second: Verdict) -> bool:
    if first.core not in _GRADES or second.core not in _GRADES or not first.as_of or not second.as_of:
        return False
    return first.as_of.surely_before(second.as_of) and _GRADES.index(first.core) > _GRADES.index(second.core)


def evolve(state: Assessment, occurrence: Occurrence) -> Assessment:
    """Return the state of the assessment after one more occurrence."""
    state = replace(state, verdicts=with_verdict(state.verdicts, occurrence))
    return replace(state, disputed=("verdicts",) if any(verdict.is_disputed for verdict in state.verdicts) else ())


assessments: Kind[Assessment] = BuiltInKind(
    "assessment",
    events=(ImplementationAssessed,),
    projection=Projection("assessments", Assessment, evolve, kind="assessment"),
)
"""The kind of subject: assessment."""
