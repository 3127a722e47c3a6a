"""Unilateral measures: a ban, a tariff, a suspension, an expulsion; when they are changed, and lifted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field

from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.findings import contradiction, gap, last
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.amounts import Percent
from partnership.values.when import When

__all__ = ["MeasureChanged", "MeasureLifted", "MeasureTaken"]


@frozen(kw_only=True)
class MeasureEvent(Event):
    """Base class of the events of a measure: fields that any report may have.

    Attributes:
        by: the parties that take it, or lift it.
        to: the parties against which it is taken.
        text: a description in the source's words.
        topics: the topics in the source's words.
        concerns: subjects that it affects, ``kind:slug``.
        reason: the reason in the source's words.
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
        share: the share of all that it covers: 98 for "98 per cent of tariff lines".
    """

    name = "measure-taken"
    rank = 10

    effective: When | None = field(default=None, converter=converters.day)
    share: Percent | None = field(default=None, converter=converters.percent)


@frozen(kw_only=True)
class MeasureChanged(MeasureEvent):
    """A measure is widened, narrowed or otherwise changed, and stays in force; `text` is what it is then.

    Attributes:
        share: the share of all that it then covers: 98 for "98 per cent of tariff lines".
        effective: date from which the change has effect, if not the day on which it was decided.
    """

    name = "measure-changed"
    rank = 15
    identity: ClassVar[Identity] = PER_PUBLICATION

    share: Percent | None = field(default=None, converter=converters.percent)
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
        "measure-taken": Step("taken", ("by", "effective", "share"), on="taken_on"),
        "measure-changed": Step("taken", ("share",), on="changed_on"),
        "measure-lifted": Step("lifted", on="lifted_on"),
    },
    ranks={"taken": 10, "lifted": 20},
    copies=("to", "text", "topics", "concerns", "reason"),
    collects={"text": "texts"},
)


@frozen
class Change:
    """One change of a measure.

    Attributes:
        on: date, if a source says so.
        effective: date from which it has effect, if a source says so.
        text: what the measure is then, in the source's words.
        share: the share of all that it then covers.
        by: the parties that change it.
        is_disputed: whether sources differ on the date, the share or from when it has effect.
    """

    on: When | None
    effective: When | None
    text: str | None
    share: Percent | None
    by: tuple[str, ...]
    is_disputed: bool


@frozen
class Measure:
    """The state of one measure.

    Attributes:
        subject: the measure, ``measure:slug``.
        status: the current status.
        by: the parties that took it.
        text: the latest wording; `texts` has all of them.
        taken_on, changed_on, lifted_on: date of the last one of each, if a source says so.
        share: the share of all that it covers.
        changes: all changes, in order.
        disputed: names of the fields on which sources differ.
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
    share: Percent | None = None
    changed_on: When | None = None
    changes: tuple[Change, ...] = ()


def evolve(state: Measure, occurrence: Occurrence) -> Measure:
    """Return the measure after one more occurrence."""
    state, event = LIFECYCLE.advance(state, occurrence), occurrence.event
    if not isinstance(event, MeasureChanged):
        return state
    is_disputed = not {"on", "effective", "share"}.isdisjoint(occurrence.disputed)
    row = Change(event.on, event.effective, event.text, event.share, event.by, is_disputed)
    disputed = {*state.disputed, *(["changes"] if is_disputed else [])}
    return replace(state, changes=(*state.changes, row), disputed=tuple(sorted(disputed)))


def rules(state: Measure, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``lifted-untaken`` (no source reports that it was taken) and ``lifted-before-taken``."""
    taken, lifted = last(occurrences, "measure-taken"), last(occurrences, "measure-lifted")
    if lifted and not taken:
        yield gap("lifted-untaken", state.subject, "was lifted, and no source reports that it was taken", lifted)
    if lifted and taken and taken.surely_after(lifted):
        sentence = "was lifted before it was taken"
        yield contradiction("lifted-before-taken", state.subject, sentence, lifted, taken)


measures: Kind[Measure] = BuiltInKind(
    "measure",
    events=(
        MeasureChanged,
        MeasureLifted,
        MeasureTaken,
    ),
    projection=Projection("measures", Measure, evolve, kind="measure", rules=rules),
    lifecycle=LIFECYCLE,
)
"""The kind of subject: measure."""
