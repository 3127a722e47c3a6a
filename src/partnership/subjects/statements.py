"""What somebody said: statements, stances, judgements, talks. Nothing said is lost for want of a better class.

Source: ``domain.md`` 2.2 (agenda and statement), 2.4b (anything else). Discussed is not agreed.
"""

from __future__ import annotations

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL, refers_to
from partnership.model.event import Event
from partnership.model.kind import Kind
from partnership.model.occurrence import Occurrence
from partnership.model.projection import Projection, copy_fields
from partnership.values.when import When

__all__ = ["AssessmentGiven", "StanceStated", "StatementMade", "TopicDiscussed"]


@frozen(kw_only=True)
class StatementMade(Event):
    """Somebody said something: the claim's speaker, or else its publisher.

    Attributes:
        text: what, in the source's words or in short.
        concerns: the subjects that it is about, ``kind:slug``.
        parties: whom it is about.
        topics: what it is about.
    """

    name = "statement-made"
    kind = "statement"

    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    concerns: tuple[str, ...] = field(default=(), converter=converters.subjects, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)


@frozen(kw_only=True)
class StanceStated(Event):
    """A party says where it stands on a topic.

    Attributes:
        by: whose stance it is.
        topic: on what, in the source's words.
        text: the stance, in the source's words or in short.
        concerns: the subjects that it is about, ``kind:slug``.
        meeting: the meeting at which it was said, its slug.
    """

    name = "stance-stated"
    kind = "statement"

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    topic: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    concerns: tuple[str, ...] = field(default=(), converter=converters.subjects, metadata=LABEL)
    meeting: str | None = field(default=None, converter=converters.ref, metadata=refers_to("meeting"))


@frozen(kw_only=True)
class TopicDiscussed(Event):
    """Something was talked about: views were exchanged, concern was voiced. Nothing was agreed by that.

    Attributes:
        meeting: the meeting at which it was, its slug.
        topics: what was talked about.
        text: what is told of the talk, in the source's words or in short.
        parties: who talked.
        concerns: the subjects that it was about, ``kind:slug``.
    """

    name = "topic-discussed"
    kind = "statement"

    meeting: str | None = field(default=None, converter=converters.ref, metadata=refers_to("meeting"))
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    concerns: tuple[str, ...] = field(default=(), converter=converters.subjects, metadata=LABEL)


@frozen(kw_only=True)
class AssessmentGiven(Event):
    """Somebody judges how things stand or went.

    Attributes:
        text: the judgement, in the source's words or in short.
        period: the time that is judged.
        concerns: the subjects that are judged, ``kind:slug``.
        parties: who is judged.
    """

    name = "assessment-given"
    kind = "statement"

    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    period: When | None = field(default=None, converter=converters.day)
    concerns: tuple[str, ...] = field(default=(), converter=converters.subjects, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen
class Statement:
    """What was said under one name.

    Attributes:
        subject: the statement, ``statement:slug``.
        text: what was said, of several wordings the best source's; `texts` has all.
        speakers: who said so: the speakers of the claims, or else their publishers.
        made_on: when it was said, where that is stated.
        by: whose stance it is, of a stance.
        period: the time that is judged, of an assessment.
        meeting: at which it was said or discussed, its slug.
        topics: what it is about; all that sources name.
        disputed: names of the fields on which sources differ.

    The other fields are those of the events.
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


_TAKEN = ("by", "text", "period", "meeting", "concerns", "parties")


def evolve(state: Statement, occurrence: Occurrence) -> Statement:
    """Return the statement after one more occurrence."""
    event = occurrence.event
    if not isinstance(event, StatementMade | StanceStated | TopicDiscussed | AssessmentGiven):
        return state
    state = copy_fields(state, occurrence, *(name for name in _TAKEN if hasattr(event, name)), made_on="on")
    heard = [one.speaker or one.source.publisher for one in occurrence.evidence]
    topics = (*occurrence.labels.get("topics", ()), *occurrence.labels.get("topic", ()))
    return replace(
        state,
        texts=tuple(dict.fromkeys((*state.texts, *occurrence.labels["text"]))),
        topics=tuple(dict.fromkeys((*state.topics, *topics))),
        speakers=tuple(dict.fromkeys((*state.speakers, *heard))),
    )


statements: Kind[Statement] = Kind(
    "statement",
    events=(
        AssessmentGiven,
        StanceStated,
        StatementMade,
        TopicDiscussed,
    ),
    projection=Projection("statements", Statement, evolve, kind="statement"),
)
"""What was said."""
