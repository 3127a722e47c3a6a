"""Requests: what one side asks, or hopes, of the other, and how it is answered. A hope makes nobody a debtor.

Source: ``domain.md`` 2.4b, 2.5 (levels 1 and 3: wished, received) and 2.3 ("hopes the other will" is a request by the
hoper: AR-055 v AR-056).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal, get_args

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL, refers_to
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.findings import gap, named, oddity
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.amounts import Count
from partnership.values.when import When

__all__ = ["RequestAnswered", "RequestMade"]

Verdict = Literal["granted", "partly", "noted", "refused"]
"""How a request is answered: done, done in part, heard, not done."""


def _verdict(value: Verdict | None) -> Verdict | None:
    return converters.one_of(get_args(Verdict), value)  # type: ignore[no-any-return]


@frozen(kw_only=True)
class RequestEvent(Event):
    """What any report of a request may say of it.

    Attributes:
        by: who acts here: who asks, or who answers.
        to: of whom it is asked.
        text: what, in the source's words.
        topics: what it is about.
        concerns: the subjects that it is about, ``kind:slug``.
        meeting: the meeting at which it was said, its slug.
        document: the document in which it is said, its slug.
    """

    kind = "request"

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    to: tuple[str, ...] = field(default=(), converter=converters.codes)
    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    concerns: tuple[str, ...] = field(default=(), converter=converters.subjects, metadata=LABEL)
    meeting: str | None = field(default=None, converter=converters.ref, metadata=refers_to("meeting"))
    document: str | None = field(default=None, converter=converters.ref, metadata=refers_to("document"))


@frozen(kw_only=True)
class RequestMade(RequestEvent):
    """Somebody asks, hopes, wishes, encourages.

    Attributes:
        planned: when it is wished to be done; nobody has agreed, so nothing is expected.
        count: how many requests, where the subject stands for a group.
    """

    name = "request-made"
    rank = 10

    planned: When | None = field(default=None, converter=converters.day)
    count: Count | None = field(default=None, converter=converters.count)


@frozen(kw_only=True)
class RequestAnswered(RequestEvent):
    """Who was asked answers; a later answer stands for the earlier ones.

    Attributes:
        answer: what it is.
        reason: why, in the source's words.
    """

    name = "request-answered"
    rank = 20
    identity: ClassVar[Identity] = PER_PUBLICATION

    answer: Verdict | None = field(default=None, converter=_verdict)
    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


Status = Literal["made", "answered"]
"""Where a request stands; what was answered is in its `answer`."""

LIFECYCLE = Lifecycle(
    steps={
        "request-made": Step("made", ("by", "planned", "count"), on="made_on"),
        "request-answered": Step("answered", ("answer", "reason"), on="answered_on"),
    },
    ranks={"made": 10, "answered": 20},
    copies=("to", "text", "topics", "concerns", "meeting", "document"),
    collects={"text": "texts"},
)


@frozen
class Reply:
    """One answer to a request.

    Attributes:
        answer: what it is, where said.
        by: who answers; nobody where no source says.
        on: when, where said.
        is_disputed: sources differ on one of these.
    """

    answer: Verdict | None
    by: tuple[str, ...]
    on: When | None
    is_disputed: bool


@frozen
class Request:
    """What is known of one request, or of a group of requests that nobody named.

    Attributes:
        subject: the request, ``request:slug``.
        status: where it stands.
        by: who asks.
        text: the wording last used; `texts` has all.
        answer: the last one that says what it is; `answers` has all.
        made_on, answered_on: when each last happened, where said.
        disputed: names of the fields on which sources differ.

    The other fields are those of the events.
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
    count: Count | None = None
    answer: Verdict | None = None
    answers: tuple[Reply, ...] = ()
    reason: str | None = None
    made_on: When | None = None
    answered_on: When | None = None
    disputed: tuple[str, ...] = ()


def evolve(state: Request, occurrence: Occurrence) -> Request:
    """Return the request after one more occurrence."""
    event = occurrence.event
    state = LIFECYCLE.advance(state, occurrence)
    if isinstance(event, RequestAnswered):
        is_disputed = not {"answer", "by", "on"}.isdisjoint(occurrence.disputed)
        row = Reply(event.answer, event.by, event.on, is_disputed)
        disputed = {*state.disputed, "answers"} if is_disputed else state.disputed
        state = replace(state, answers=(*state.answers, row), disputed=tuple(sorted(disputed)))
    return state


def rules(state: Request, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``answered-unasked`` (an answer, and nobody reports the request) and ``answer-changes``.

    Source: ``domain.md`` 2.4b.
    """
    answers = named(occurrences, "request-answered")
    if answers and not named(occurrences, "request-made"):
        yield gap("answered-unasked", state.subject, "was answered, and nobody reports that it was asked", *answers)
    told = list(dict.fromkeys(one.answer for one in state.answers if one.answer))
    if len(told) > 1:
        yield oddity("answer-changes", state.subject, f"was answered {', then '.join(told)}", *answers)


requests: Kind[Request] = Kind(
    "request",
    events=(
        RequestAnswered,
        RequestMade,
    ),
    projection=Projection("requests", Request, evolve, kind="request", rules=rules),
    lifecycle=LIFECYCLE,
)
"""What is known of every request."""
