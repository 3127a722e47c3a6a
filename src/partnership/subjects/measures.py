"""Unilateral measures: a ban, a tariff, a suspension, an expulsion; and when they are lifted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field, frozen

from partnership.model import converters, references
from partnership.model.converters import ACCOUNT, LABEL
from partnership.model.event import Event
from partnership.model.findings import contradiction, gap, last
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.when import When

__all__ = ["MeasureLifted", "MeasureTaken"]


@frozen(kw_only=True)
class MeasureEvent(Event):
    """Base class of the events of a measure: fields that any report may have.

    Attributes:
        by: the parties that take it, or lift it.
        to: the parties against which it is taken.
        text: description in the source's words.
        topics: in the source's words.
        concerns: subjects that it affects, ``kind:slug``.
        reason: in the source's words.
    """

    kind = "measure"
    describes: ClassVar[tuple[str, ...]] = ("to",)

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    to: tuple[str, ...] = field(default=(), converter=converters.codes)
    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    concerns: tuple[str, ...] = field(default=(), converter=references.subjects, metadata=LABEL)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class MeasureTaken(MeasureEvent):
    """One side takes a measure.

    Attributes:
        effective: date from which it has effect, if not the day on which it was taken.
    """

    name = "measure-taken"
    rank = 10

    effective: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class MeasureLifted(MeasureEvent):
    """A measure is lifted."""

    name = "measure-lifted"
    rank = 20


Status = Literal["taken", "lifted"]
"""The status of a measure."""

LIFECYCLE = Lifecycle(
    steps={
        "measure-taken": Step("taken", ("by", "effective"), on="taken_on"),
        "measure-lifted": Step("lifted", on="lifted_on"),
    },
    ranks={"taken": 10, "lifted": 20},
    copies=("to", "text", "topics", "concerns", "reason"),
    collects={"text": "texts"},
)


@frozen
class Measure:
    """The state of one measure.

    Attributes:
        subject: the measure, ``measure:slug``.
        status: the current status.
        by: the parties that took it.
        text: the latest wording; `texts` has all of them.
        taken_on, lifted_on: date of each, if a source says so.
        disputed: names of the fields on which sources differ.

    All other fields are those of the events.
    """

    subject: str
    status: Status | None = None
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    text: str | None = None
    texts: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    reason: str | None = None
    effective: When | None = None
    taken_on: When | None = None
    lifted_on: When | None = None
    disputed: tuple[str, ...] = ()


def rules(state: Measure, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``lifted-untaken`` (no source reports that it was taken) and ``lifted-before-taken``."""
    taken, lifted = last(occurrences, "measure-taken"), last(occurrences, "measure-lifted")
    if lifted and not taken:
        yield gap("lifted-untaken", state.subject, "was lifted, and no source reports that it was taken", lifted)
    if lifted and taken and taken.surely_after(lifted):
        sentence = "was lifted before it was taken"
        yield contradiction("lifted-before-taken", state.subject, sentence, lifted, taken)


measures: Kind[Measure] = Kind(
    "measure",
    events=(
        MeasureLifted,
        MeasureTaken,
    ),
    projection=Projection("measures", Measure, LIFECYCLE.advance, kind="measure", rules=rules),
)
"""The kind of subject: measure."""
