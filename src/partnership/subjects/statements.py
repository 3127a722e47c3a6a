"""Statements: what somebody said, positions, assessments, discussions. For all that no other event can record.

What was discussed is not agreed.
"""

from __future__ import annotations

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL
from partnership.model.event import Event
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Occurrence
from partnership.model.projection import Projection, copy_fields
from partnership.values.when import When

__all__ = ["AssessmentGiven", "StanceStated", "StatementMade", "TopicDiscussed"]


@frozen(kw_only=True)
class StatementMade(Event):
    """The claim's speaker, or else its publisher, makes a statement.

    Attributes:
        text: the statement, verbatim or summarized.
        concerns: subjects that it concerns, ``kind:slug``.
        parties: parties that it concerns.
        topics: topics of the statement.
        to: the parties to which it is addressed.
        format: how it is made, in the source's words: "letter", "video message".
        capacity: the capacity in which somebody speaks: "as chair of the committee".
        meeting: slug of the meeting at which it was said.
    """

    name = "statement-made"
    kind = "statement"

    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    concerns: tuple[str, ...] = field(default=(), converter=references.subjects, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    to: tuple[str, ...] = field(default=(), converter=converters.codes)
    format: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    capacity: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)
    meeting: str | None = fields.ref("meeting")


@frozen(kw_only=True)
class StanceStated(Event):
    """A party states its position on a topic.

    Attributes:
        by: the parties whose position it is.
        topic: the topic in the source's words.
        text: the position, verbatim or summarized.
        concerns: subjects that it concerns, ``kind:slug``.
        meeting: slug of the meeting at which it was said.
        capacity: the capacity in which somebody speaks: "as chair of the committee".
    """

    name = "stance-stated"
    kind = "statement"

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    topic: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    concerns: tuple[str, ...] = field(default=(), converter=references.subjects, metadata=LABEL)
    meeting: str | None = fields.ref("meeting")
    capacity: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)


@frozen(kw_only=True)
class TopicDiscussed(Event):
    """A topic is discussed: views are exchanged, concern is voiced. Nothing is agreed by that.

    Attributes:
        meeting: slug of the meeting at which it was discussed.
        topics: topics of the discussion.
        text: the discussion, verbatim or summarized.
        parties: parties that took part.
        concerns: subjects that it concerned, ``kind:slug``.
    """

    name = "topic-discussed"
    kind = "statement"

    meeting: str | None = fields.ref("meeting")
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    concerns: tuple[str, ...] = field(default=(), converter=references.subjects, metadata=LABEL)


@frozen(kw_only=True)
class AssessmentGiven(Event):
    """Somebody assesses a situation or a period.

    Attributes:
        text: the assessment, verbatim or summarized.
        period: the period that is assessed.
        concerns: subjects that are assessed, ``kind:slug``.
        parties: parties that are assessed.
        capacity: the capacity in which somebody assesses it: "as chair of the committee".
    """

    name = "assessment-given"
    kind = "statement"

    text: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    period: When | None = field(default=None, converter=converters.day)
    concerns: tuple[str, ...] = field(default=(), converter=references.subjects, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    capacity: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)


@frozen
class Statement:
    """The state of one statement.

    Attributes:
        subject: the statement, ``statement:slug``.
        text: the wording of the best source.
        texts: all wordings, the best source first.
        speakers: the speakers of the claims, or else their publishers.
        made_on: date of the statement, if a source says so.
        by: the parties whose position it is.
        period: the period that is assessed.
        meeting: slug of the meeting at which it was said or discussed.
        topics: all topics that sources name.
        disputed: names of the fields on which sources differ.
    """

    subject: str
    text: str | None = None
    texts: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    made_on: When | None = None
    by: tuple[str, ...] = ()
    period: When | None = None
    meeting: str | None = None
    concerns: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    format: str | None = None
    capacity: str | None = None


_COPIED_FIELDS = ("by", "text", "period", "meeting", "concerns", "parties", "to", "format", "capacity")


def evolve(state: Statement, occurrence: Occurrence) -> Statement:
    """Return the statement after one more occurrence."""
    event = occurrence.event
    if not isinstance(event, StatementMade | StanceStated | TopicDiscussed | AssessmentGiven):
        return state
    state = copy_fields(state, occurrence, *(name for name in _COPIED_FIELDS if hasattr(event, name)), made_on="on")
    speakers = [evidence.speaker or evidence.source.publisher for evidence in occurrence.evidence]
    topics = (*occurrence.labels.get("topics", ()), *occurrence.labels.get("topic", ()))
    return replace(
        state,
        texts=tuple(dict.fromkeys((*state.texts, *occurrence.labels["text"]))),
        topics=tuple(dict.fromkeys((*state.topics, *topics))),
        speakers=tuple(dict.fromkeys((*state.speakers, *speakers))),
    )


statements: Kind[Statement] = BuiltInKind(
    "statement",
    events=(
        AssessmentGiven,
        StanceStated,
        StatementMade,
        TopicDiscussed,
    ),
    projection=Projection("statements", Statement, evolve, kind="statement"),
)
"""The kind of subject for statements."""
