"""What somebody said: statements and assessments. Nothing said is lost for want of a better class.

Source: ``domain.md`` 2.2 (agenda and statement), 2.4b (anything else). Discussed is not agreed.
"""

from __future__ import annotations

import attrs
from attrs import field, frozen

from partnership.model import fields
from partnership.model.event import Event
from partnership.model.fields import LABEL, PARTY
from partnership.model.happening import Happening
from partnership.model.projection import Projection, take
from partnership.values.when import When

__all__ = ["AssessmentGiven", "StatementMade"]


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

    text: str | None = field(default=None, converter=fields.words, metadata=LABEL)
    concerns: tuple[str, ...] = field(default=(), converter=fields.subjects, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=fields.codes, metadata=PARTY)
    topics: tuple[str, ...] = field(default=(), converter=fields.texts, metadata=LABEL)


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

    text: str | None = field(default=None, converter=fields.words, metadata=LABEL)
    period: When | None = field(default=None, converter=fields.day)
    concerns: tuple[str, ...] = field(default=(), converter=fields.subjects, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=fields.codes, metadata=PARTY)


@frozen
class Statement:
    """What was said under one name.

    Attributes:
        subject: the statement, ``statement:slug``.
        text: what was said, of several wordings the best source's; `texts` has all.
        speakers: who said so: the speakers of the claims, or else their publishers.
        made_on: when it was said, where that is stated.
        period: the time that is judged, of an assessment.
        disputed: names of the fields on which sources differ.

    The other fields are those of the events.
    """

    subject: str
    text: str | None = None
    texts: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    made_on: When | None = None
    period: When | None = None
    concerns: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()


def evolve(state: Statement, happening: Happening) -> Statement:
    """Return the statement after one more happening."""
    if isinstance(happening.event, StatementMade):
        state = take(state, happening, "text", "concerns", "parties", "topics", made_on="on")
    elif isinstance(happening.event, AssessmentGiven):
        state = take(state, happening, "text", "concerns", "parties", "period", made_on="on")
    else:
        return state
    heard = [one.speaker or one.source.publisher for one in happening.evidence]
    return attrs.evolve(
        state,
        texts=tuple(dict.fromkeys((*state.texts, *happening.labels["text"]))),
        speakers=tuple(dict.fromkeys((*state.speakers, *heard))),
    )


statements = Projection("statements", Statement, evolve, kind="statement")
"""What was said."""
