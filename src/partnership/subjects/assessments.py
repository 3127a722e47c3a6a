"""Assessments: what somebody finds to be the state of a plan, of one of its lines, of a commitment.

Source: ``domain.md`` 2.3, 2.6 (a reversed assessment is odd and recorded) and 3.2 (commitment trackers).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import ClassVar, Literal, get_args

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL, refers_to
from partnership.model.event import Event, Identity
from partnership.model.findings import contradiction, oddity
from partnership.model.kind import Kind
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
"""The scale to which those of the assessors are mapped; what they said themselves stays beside it."""


def _core(value: Core | None) -> Core | None:
    return converters.one_of(get_args(Core), value)  # type: ignore[no-any-return]


@frozen(kw_only=True)
class ImplementationAssessed(Event):
    """Somebody says how far something is carried out; one report may assess many things.

    Attributes:
        concerns: what is assessed, ``kind:slug``: a plan, a line, a commitment.
        assessor: who assesses.
        is_independent: the assessor is none of those who owe it.
        scale: the assessor's scale.
        value: the assessor's own word or mark on it.
        core: the same on the scale that all share.
        as_of: the day of which it speaks, never that of publication in disguise.
        evidence: on what it rests, in the source's words.
    """

    name = "implementation-assessed"
    kind = "assessment"
    rank = 60  # it looks back on what was reported
    identity: ClassVar[Identity] = ("concerns", "assessor", "as_of")
    dated_by = "as_of"

    concerns: str = field(converter=converters.needed_subject, metadata=refers_to("*"))
    assessor: str | None = field(default=None, converter=converters.name)
    is_independent: bool | None = field(default=None, converter=converters.flag)
    scale: str | None = field(default=None, converter=converters.name)
    value: str | None = field(default=None, converter=converters.name)
    core: Core | None = field(default=None, converter=_core)
    as_of: When | None = field(default=None, converter=converters.day)
    evidence: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen
class Verdict:
    """What one assessor finds of one thing.

    Attributes:
        concerns: of what, ``kind:slug``.
        assessor: who says so.
        is_independent: the assessor is none of those who owe it.
        as_of: the day of which it speaks.
        scale: the assessor's scale.
        value: the assessor's own word or mark.
        core: the same on the scale that all share.
        is_disputed: sources differ on what the assessor said.
    """

    concerns: str
    assessor: str | None
    is_independent: bool | None
    as_of: When | None
    scale: str | None
    value: str | None
    core: Core | None
    is_disputed: bool


@frozen
class Assessment:
    """What is known of one assessment: a report, a review, a meter.

    Attributes:
        subject: the assessment, ``assessment:slug``.
        verdicts: what it says of each thing, in order.
        disputed: ``('verdicts',)`` where sources differ on one of them.
    """

    subject: str
    verdicts: tuple[Verdict, ...] = ()
    disputed: tuple[str, ...] = ()


def assessed(occurrence: Occurrence) -> Iterable[str]:
    """Yield what an assessment is about, for pages whose subjects are assessed; of other occurrences, nothing."""
    if isinstance(occurrence.event, ImplementationAssessed):
        yield occurrence.event.concerns


def verdict_of(occurrence: Occurrence) -> Verdict | None:
    """Return what a occurrence finds of something; None where it is no assessment."""
    event = occurrence.event
    if not isinstance(event, ImplementationAssessed):
        return None
    is_disputed = not {"core", "value"}.isdisjoint(occurrence.disputed)
    said = (event.concerns, event.assessor, event.is_independent, event.as_of, event.scale, event.value, event.core)
    return Verdict(*said, is_disputed)


def with_verdict(verdicts: tuple[Verdict, ...], occurrence: Occurrence) -> tuple[Verdict, ...]:
    """Return the verdicts with what a occurrence adds to them."""
    verdict = verdict_of(occurrence)
    return (*verdicts, verdict) if verdict else verdicts


def differ(one: Verdict, other: Verdict) -> bool:
    """Tell whether two assessors say of one day what cannot both be so."""
    if one.assessor == other.assessor or None in (one.core, other.core) or one.core == other.core:
        return False
    return bool(one.as_of and other.as_of and (one.as_of == other.as_of or one.as_of.surely_overlaps(other.as_of)))


def odd_verdicts(subject: str, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd in the assessments of one thing.

    ``assessors-disagree`` (of one day), ``assessment-falls`` (the same assessor finds less of a surely later day).

    Source: ``domain.md`` 2.3: it can go backwards, and several assessors may disagree.
    """
    told = [(verdict, one) for one in occurrences if (verdict := verdict_of(one))]
    for (first, before), (second, after) in combinations(told, 2):
        if differ(first, second):
            sentence = f"is {first.core} to {first.assessor} and {second.core} to {second.assessor}"
            yield contradiction("assessors-disagree", subject, sentence, before, after)
        if first.assessor == second.assessor and _has_fallen(first, second):
            sentence = f"was {first.core} and later {second.core} to {second.assessor or 'one assessor'}"
            yield oddity("assessment-falls", subject, sentence, before, after)


_LADDER = ("not-started", "in-progress", "partially", "implemented")


def _has_fallen(one: Verdict, other: Verdict) -> bool:
    if one.core not in _LADDER or other.core not in _LADDER or not one.as_of or not other.as_of:
        return False
    return one.as_of.surely_before(other.as_of) and _LADDER.index(one.core) > _LADDER.index(other.core)


def evolve(state: Assessment, occurrence: Occurrence) -> Assessment:
    """Return the assessment after one more occurrence."""
    state = replace(state, verdicts=with_verdict(state.verdicts, occurrence))
    return replace(state, disputed=("verdicts",) if any(one.is_disputed for one in state.verdicts) else ())


assessments: Kind[Assessment] = Kind(
    "assessment",
    events=(ImplementationAssessed,),
    projection=Projection("assessments", Assessment, evolve, kind="assessment"),
)
"""What is known of every assessment."""
