"""Proposals: made, welcomed, accepted, deferred, declined.

A proposal of one side obliges nobody until it is accepted, and "welcomed" is not "accepted".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import Expectation, PlannedState, replan
from partnership.model.findings import contradiction, gap, named, unanswered_after
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step, copy_fields
from partnership.values.amounts import Count
from partnership.values.when import When

__all__ = [
    "ProposalAccepted",
    "ProposalDeclined",
    "ProposalDeferred",
    "ProposalMade",
    "ProposalUnanswered",
    "ProposalWelcomed",
]


@frozen(kw_only=True)
class ProposalEvent(Event):
    """Base class of the events of a proposal: fields that any report may have.

    Attributes:
        by: the parties that propose, welcome, accept, defer or decline.
        to: the parties to which it is proposed.
        text: the proposal in the source's words.
        topics: topics of the proposal.
        concerns: subjects that it concerns, ``kind:slug``.
        meeting: slug of the meeting at which it was said.
        document: slug of the document that says it.
    """

    kind = "proposal"
    describes: ClassVar[tuple[str, ...]] = ("to",)

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    to: tuple[str, ...] = field(default=(), converter=converters.codes)
    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    concerns: tuple[str, ...] = field(default=(), converter=references.subjects, metadata=LABEL)
    meeting: str | None = fields.ref("meeting")
    document: str | None = fields.ref("document")


@frozen(kw_only=True)
class ProposalMade(ProposalEvent):
    """One side or a third party proposes something.

    Attributes:
        planned: proposed date; nothing is agreed, so nothing is expected.
        count: how many proposals, if the subject is a group ("57 projects").
        timing: the date in the source's words: "in the coming months".
    """

    name = "proposal-made"
    rank = 10

    planned: When | None = field(default=None, converter=converters.day)
    count: Count | None = field(default=None, converter=converters.count)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class ProposalWelcomed(ProposalEvent):
    """A proposal is welcomed or noted, which is not an agreement.

    Attributes:
        verb: the source's word for it: "welcomed", "noted", "to be considered".
    """

    name = "proposal-welcomed"
    rank = 20
    identity: ClassVar[Identity] = PER_PUBLICATION

    verb: str | None = field(default=None, converter=converters.name, metadata=LABEL)


@frozen(kw_only=True)
class ProposalDeferred(ProposalEvent):
    """A proposal is deferred.

    Attributes:
        until: when it is to be considered again.
        condition: what that depends on ("confidence building first").
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
    """

    name = "proposal-deferred"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION

    until: When | None = field(default=None, converter=converters.day)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)


@frozen(kw_only=True)
class ProposalAccepted(ProposalEvent):
    """The other side accepts a proposal."""

    name = "proposal-accepted"
    rank = 40
    outcome = "accepted"
    identity: ClassVar[Identity] = ("by",)


@frozen(kw_only=True)
class ProposalDeclined(ProposalEvent):
    """The other side declines a proposal.

    Attributes:
        reason: the reason in the source's words.
    """

    name = "proposal-declined"
    rank = 40
    outcome = "declined"
    is_failure = True
    identity: ClassVar[Identity] = ("by",)

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class ProposalUnanswered(ProposalEvent):
    """A source says that a proposal has not been answered; `by` is who has not, if several were asked.

    Attributes:
        as_of: the day on which it had not been answered, perhaps only a bound.
    """

    name = "proposal-unanswered"
    rank = 15
    identity: ClassVar[Identity] = PER_PUBLICATION
    distinct_by: ClassVar[tuple[str, ...]] = ("on", "as_of")
    dated_by = "as_of"
    describes: ClassVar[tuple[str, ...]] = ()

    as_of: When | None = field(default=None, converter=converters.day)


Status = Literal["made", "unanswered", "welcomed", "deferred", "accepted", "declined"]
"""Status of a proposal. It stays ``made`` until an answer, or the lack of one, is reported, however long that takes."""

_ANSWERS = ("proposal-welcomed", "proposal-deferred", "proposal-accepted", "proposal-declined")

LIFECYCLE = Lifecycle(
    steps={
        "proposal-made": Step("made", ("by", "planned", "timing", "count"), on="made_on"),
        "proposal-unanswered": Step("unanswered", ("as_of",)),
        "proposal-welcomed": Step("welcomed", on="welcomed_on"),
        "proposal-deferred": Step("deferred", ("condition", "timing", "is_undated"), on="deferred_on"),
        "proposal-accepted": Step("accepted", on="accepted_on"),
        "proposal-declined": Step("declined", ("reason",), on="declined_on"),
    },
    ranks={"made": 10, "unanswered": 15, "welcomed": 20, "deferred": 30, "accepted": 40, "declined": 40},
    copies=("to", "text", "topics", "concerns", "meeting", "document"),
    collects={"text": "texts"},
    undated=frozenset({"deferred"}),
)


@frozen
class Answer:
    """One answer to a proposal.

    Attributes:
        what: the answer: ``welcomed``, ``deferred``, ``accepted`` or ``declined``.
        by: who answers; empty if no source says so.
        on: date, if a source says so.
        is_disputed: whether sources differ on who answered, or when.
        verb: the source's word for a proposal that is welcomed: "noted".
    """

    what: Status
    by: tuple[str, ...]
    on: When | None
    is_disputed: bool
    verb: str | None = None


@frozen
class Proposal(PlannedState):
    """The state of one proposal, or of a group of unnamed proposals.

    Attributes:
        subject: the proposal, ``proposal:slug``.
        status: the current status.
        by: who proposes.
        text: the latest wording; `texts` has all of them.
        answers: all reported answers, in order.
        expected: when it is to be considered again, if it is deferred.
        as_of: the day on which it had last been reported as unanswered, if a source says so.
        unanswered_by: who had not answered it then, if a source says so.
        made_on, welcomed_on, deferred_on, accepted_on, declined_on: date of the last one of each, if a source says so.
    """

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
    answers: tuple[Answer, ...] = ()
    condition: str | None = None
    reason: str | None = None
    as_of: When | None = None
    unanswered_by: tuple[str, ...] = ()
    made_on: When | None = None
    welcomed_on: When | None = None
    deferred_on: When | None = None
    accepted_on: When | None = None
    declined_on: When | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """When it is to be considered again, while it is deferred."""
        return super().outstanding if self.status == "deferred" else ()


def evolve(state: Proposal, occurrence: Occurrence) -> Proposal:
    """Return the proposal after one more occurrence."""
    event = occurrence.event
    state = LIFECYCLE.advance(state, occurrence)
    if isinstance(event, ProposalUnanswered):
        state = copy_fields(state, occurrence, unanswered_by="by")
    if isinstance(event, ProposalDeferred) and (event.until or event.is_undated):
        state = replan(state, occurrence, "until")
    if event.name in _ANSWERS and isinstance(event, ProposalEvent):
        to = LIFECYCLE.steps[event.name].to
        verb = getattr(event, "verb", None)
        row = Answer(to, event.by, event.on, "on" in occurrence.disputed, verb)  # type: ignore[arg-type]
        disputed = {*state.disputed, "answers"} if row.is_disputed else state.disputed
        state = replace(state, answers=(*state.answers, row), disputed=tuple(sorted(disputed)))
    return state


def rules(state: Proposal, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find inconsistencies in the history of a proposal.

    ``answered-unproposed`` (an answer, and no source reports the proposal), ``accepted-and-declined`` (not by two
    different sides), ``unanswered-after-answer`` (reported as unanswered on a day after it was answered).
    """
    answers = named(occurrences, *_ANSWERS)
    if answers and not named(occurrences, "proposal-made"):
        yield gap("answered-unproposed", state.subject, "was answered; no source reports that it was made", *answers)
    for accepted, declined in product(named(occurrences, "proposal-accepted"), named(occurrences, "proposal-declined")):
        if "" not in (accepted.key[0], declined.key[0]) and accepted.key != declined.key:
            continue
        sentence = "is accepted in some reports and declined in others"
        yield contradiction("accepted-and-declined", state.subject, sentence, accepted, declined)
    yield from unanswered_after(state.subject, answers, named(occurrences, "proposal-unanswered"))


proposals: Kind[Proposal] = BuiltInKind(
    "proposal",
    events=(
        ProposalAccepted,
        ProposalDeclined,
        ProposalDeferred,
        ProposalMade,
        ProposalUnanswered,
        ProposalWelcomed,
    ),
    projection=Projection("proposals", Proposal, evolve, kind="proposal", rules=rules),
    lifecycle=LIFECYCLE,
)
"""The kind of subject for proposals."""
