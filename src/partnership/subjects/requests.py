"""Requests: what one side asks or hopes of the other, and the answer. A hope obliges nobody.

"Hopes that the other will" is a request by the party that hopes, not a commitment of the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.findings import gap, named, oddity, unanswered_after
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step, copy_fields
from partnership.values.amounts import Count
from partnership.values.when import When

__all__ = ["RequestAnswered", "RequestMade", "RequestUnanswered"]

Verdict = Literal["granted", "partly", "noted", "refused"]
"""How a request is answered: done, done in part, heard, not done."""


@frozen(kw_only=True)
class RequestEvent(Event):
    """Base class of the events of a request: fields that any report may have.

    Attributes:
        by: the parties that ask or answer.
        to: the parties that are asked.
        text: the request in the source's words.
        topics: topics of the request.
        concerns: subjects that it concerns, ``kind:slug``.
        meeting: slug of the meeting at which it was said.
        document: slug of the document that says it.
    """

    kind = "request"
    describes: ClassVar[tuple[str, ...]] = ("to",)

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    to: tuple[str, ...] = field(default=(), converter=converters.codes)
    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    concerns: tuple[str, ...] = field(default=(), converter=references.subjects, metadata=LABEL)
    meeting: str | None = fields.ref("meeting")
    document: str | None = fields.ref("document")


@frozen(kw_only=True)
class RequestMade(RequestEvent):
    """A party asks, hopes, wishes or encourages that another does something.

    Attributes:
        planned: requested date; nothing is agreed, so nothing is expected.
        count: how many requests, if the subject is a group.
        timing: the date in the source's words: "in the coming months".
    """

    name = "request-made"
    rank = 10

    planned: When | None = field(default=None, converter=converters.day)
    count: Count | None = field(default=None, converter=converters.count)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class RequestAnswered(RequestEvent):
    """A request is answered; a later answer replaces earlier ones.

    Attributes:
        answer: what the answer is.
        reason: the reason in the source's words.
    """

    name = "request-answered"
    rank = 20
    identity: ClassVar[Identity] = PER_PUBLICATION

    answer: Verdict | None = fields.choice(Verdict)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class RequestUnanswered(RequestEvent):
    """A source says that a request has not been answered; `by` is who has not, if several were asked.

    Attributes:
        as_of: the day on which it had not been answered, perhaps only a bound.
    """

    name = "request-unanswered"
    rank = 15
    identity: ClassVar[Identity] = PER_PUBLICATION
    distinct_by: ClassVar[tuple[str, ...]] = ("on", "as_of")
    dated_by = "as_of"
    describes: ClassVar[tuple[str, ...]] = ()

    as_of: When | None = field(default=None, converter=converters.day)


Status = Literal["made", "unanswered", "answered"]
"""Status of a request; see `Request.answer` for the answer. It is unanswered where a source says so."""

LIFECYCLE = Lifecycle(
    steps={
        "request-made": Step("made", ("by", "planned", "timing", "count"), on="made_on"),
        "request-unanswered": Step("unanswered", ("as_of",)),
        "request-answered": Step("answered", ("answer", "reason"), on="answered_on"),
    },
    ranks={"made": 10, "unanswered": 15, "answered": 20},
    copies=("to", "text", "topics", "concerns", "meeting", "document"),
    collects={"text": "texts"},
)


@frozen
class Reply:
    """One answer to a request.

    Attributes:
        answer: the answer, if a source says so.
        by: who answers; empty if no source says so.
        on: date, if a source says so.
        is_disputed: whether sources differ on one of these.
    """

    answer: Verdict | None
    by: tuple[str, ...]
    on: When | None
    is_disputed: bool


@frozen
class Request:
    """The state of one request, or of a group of unnamed requests.

    Attributes:
        subject: the request, ``request:slug``.
        status: the current status.
        by: who asks.
        text: the latest wording; `texts` has all of them.
        answer: the latest answer whose content is reported.
        answers: all reported answers, in order.
        as_of: the day on which it had last been reported as unanswered, if a source says so.
        unanswered_by: who had not answered it then, if a source says so.
        made_on, answered_on: date of the last one of each, if a source says so.
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
    meeting: str | None = None
    document: str | None = None
    planned: When | None = None
    timing: str | None = None
    count: Count | None = None
    answer: Verdict | None = None
    answers: tuple[Reply, ...] = ()
    reason: str | None = None
    as_of: When | None = None
    unanswered_by: tuple[str, ...] = ()
    made_on: When | None = None
    answered_on: When | None = None
    disputed: tuple[str, ...] = ()


def evolve(state: Request, occurrence: Occurrence) -> Request:
    """Return the request after one more occurrence."""
    event = occurrence.event
    state = LIFECYCLE.advance(state, occurrence)
    if isinstance(event, RequestUnanswered):
        state = copy_fields(state, occurrence, unanswered_by="by")
    if isinstance(event, RequestAnswered):
        is_disputed = not {"answer", "by", "on"}.isdisjoint(occurrence.disputed)
        row = Reply(event.answer, event.by, event.on, is_disputed)
        disputed = {*state.disputed, "answers"} if is_disputed else state.disputed
        state = replace(state, answers=(*state.answers, row), disputed=tuple(sorted(disputed)))
    return state


def rules(state: Request, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd about the answers to a request.

    ``answered-unasked`` (an answer, and no source reports the request), ``answer-changes``, ``unanswered-after-answer``
    (reported as unanswered on a day after it was answered).
    """
    answers = named(occurrences, "request-answered")
    if answers and not named(occurrences, "request-made"):
        yield gap("answered-unasked", state.subject, "was answered; no source reports that it was made", *answers)
    distinct = list(dict.fromkeys(reply.answer for reply in state.answers if reply.answer))
    if len(distinct) > 1:
        yield oddity("answer-changes", state.subject, f"was answered {', then '.join(distinct)}", *answers)
    yield from unanswered_after(state.subject, answers, named(occurrences, "request-unanswered"))


requests: Kind[Request] = BuiltInKind(
    "request",
    events=(
        RequestAnswered,
        RequestMade,
        RequestUnanswered,
    ),
    projection=Projection("requests", Request, evolve, kind="request", rules=rules),
    lifecycle=LIFECYCLE,
)
"""The kind of subject for requests."""
