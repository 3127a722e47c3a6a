"""Doubts: what is denied, contested, not known or not said, as facts that a source states.

A doubt is about one other subject, or about one act or one value of it. It never changes the state of that subject: a
denial stands beside what it denies, and both are shown.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import attrs

from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL, PARTIAL_LIST, PERSON
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Occurrence
from partnership.model.projection import Lifecycle, Projection, Step, copy_fields
from partnership.values.when import When

__all__ = [
    "DoubtResolved",
    "OmissionReported",
    "ReportContested",
    "ReportDenied",
    "UncertaintyReported",
]


def stored_name(value: str | None) -> str | None:
    """Convert the stored name of an event: ``document-signed``."""
    return None if value is None else converters.slug(value)


def field_name(value: str | None) -> str | None:
    """Convert the name of a field of an event: ``amount``."""
    return converters.name(value)


@frozen(kw_only=True)
class DoubtEvent(Event):
    """Base class of the events that cast a doubt on another subject.

    One subject is one doubt, so several sources that report one denial agree or differ on what it denies.

    Attributes:
        concerns: the subject that the doubt is about, ``kind:slug``.
        by: the parties that deny, contest or do not know it.
        person: the person who says so.
        text: what is said, in the source's words.
    """

    kind = "doubt"
    describes: ClassVar[tuple[str, ...]] = ("concerns",)

    concerns: str = attrs.field(converter=references.needed_subject)
    by: tuple[str, ...] = attrs.field(default=(), converter=converters.codes, metadata=PARTIAL_LIST)
    person: str | None = attrs.field(default=None, converter=converters.name, metadata=PERSON)
    text: str | None = attrs.field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class ReportDoubted(DoubtEvent):
    """Base class of doubts about what is reported of a subject: all of it, one act, or one value.

    Attributes:
        act: the stored name of the event that is doubted, such as ``document-signed``; None for all that is reported.
        field: the field of the event whose value is doubted, such as ``amount``; None for the event as a whole.
    """

    describes: ClassVar[tuple[str, ...]] = ("concerns", "act", "field")

    act: str | None = attrs.field(default=None, converter=stored_name)
    field: str | None = attrs.field(default=None, converter=field_name)


@frozen(kw_only=True)
class ReportDenied(ReportDoubted):
    """Somebody denies what is reported of a subject. What was reported stays, and the denial stands against it."""

    name = "report-denied"
    rank = 10


@frozen(kw_only=True)
class ReportContested(ReportDoubted):
    """A source says itself that accounts of a subject differ, whoever gives them.

    The newest report counts, since sources repeat it for as long as it is so.
    """

    name = "report-contested"
    rank = 10
    identity: ClassVar[Identity] = PER_PUBLICATION


@frozen(kw_only=True)
class UncertaintyReported(ReportDoubted):
    """A source says that something about a subject is not known, such as whether it took place.

    The newest report counts, since sources repeat it for as long as it is so.
    """

    name = "uncertainty-reported"
    rank = 10
    identity: ClassVar[Identity] = PER_PUBLICATION


@frozen(kw_only=True)
class OmissionReported(DoubtEvent):
    """A source says that something is expressly not named, given or decided: "no particular measure was named".

    Attributes:
        what: what is not named, given or decided: "measures", "a date".
    """

    name = "omission-reported"
    rank = 10

    what: str | None = attrs.field(default=None, converter=converters.name, metadata=LABEL)


@frozen(kw_only=True)
class DoubtResolved(Event):
    """A doubt is over: a denial is withdrawn, or what was not known or not said is known.

    Attributes:
        by: the parties that withdraw or resolve it.
        text: how it is withdrawn or resolved, in the source's words.
    """

    name = "doubt-resolved"
    kind = "doubt"
    rank = 20
    identity: ClassVar[Identity] = PER_PUBLICATION

    by: tuple[str, ...] = attrs.field(default=(), converter=converters.codes, metadata=PARTIAL_LIST)
    text: str | None = attrs.field(default=None, converter=converters.words, metadata=ACCOUNT)


Status = Literal["denied", "contested", "uncertain", "omitted", "resolved"]
"""The status of a doubt; a resolved one stands against nothing, until it is raised again."""

_DOUBT = ("concerns", "by", "person", "text")
_DOUBTED = (*_DOUBT, "act", "field")

LIFECYCLE = Lifecycle(
    steps={
        "report-denied": Step("denied", _DOUBTED, on="denied_on"),
        "report-contested": Step("contested", _DOUBTED, on="contested_on"),
        "uncertainty-reported": Step("uncertain", _DOUBTED, on="uncertain_on"),
        "omission-reported": Step("omitted", (*_DOUBT, "what"), on="omitted_on"),
        "doubt-resolved": Step("resolved", on="resolved_on"),
    },
    ranks=dict.fromkeys(("denied", "contested", "uncertain", "omitted", "resolved"), 10),
    copies=(),
    collects={"text": "texts"},
)


@frozen
class Doubt:
    """The state of one doubt.

    Attributes:
        subject: the doubt, ``doubt:slug``.
        status: the current status.
        text: the latest wording; `texts` has all of them.
        denied_on, contested_on, uncertain_on, omitted_on, resolved_on: date of the last one of each, if a source says
            so.
        resolved_by: the parties that withdrew or resolved it.
        disputed: names of the fields on which sources differ.
    """

    subject: str
    status: Status | None = None
    concerns: str | None = None
    act: str | None = None
    field: str | None = None
    by: tuple[str, ...] = ()
    person: str | None = None
    what: str | None = None
    text: str | None = None
    texts: tuple[str, ...] = ()
    denied_on: When | None = None
    contested_on: When | None = None
    uncertain_on: When | None = None
    omitted_on: When | None = None
    resolved_on: When | None = None
    resolved_by: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()


def evolve(state: Doubt, occurrence: Occurrence) -> Doubt:
    """Return the doubt after one more occurrence."""
    state = LIFECYCLE.advance(state, occurrence)
    if isinstance(occurrence.event, DoubtResolved):
        return copy_fields(state, occurrence, resolved_by="by")
    return replace(state, resolved_on=None, resolved_by=()) if state.resolved_on or state.resolved_by else state


doubts: Kind[Doubt] = BuiltInKind(
    "doubt",
    events=(
        DoubtResolved,
        OmissionReported,
        ReportContested,
        ReportDenied,
        UncertaintyReported,
    ),
    projection=Projection("doubts", Doubt, evolve, kind="doubt"),
    lifecycle=LIFECYCLE,
)
"""The kind of subject: doubt."""
