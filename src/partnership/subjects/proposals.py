"""Proposals: made, welcomed, accepted, deferred, declined. What one side proposes nobody owes until it is accepted.

Source: ``domain.md`` 2.4b (one-sided until answered; "welcomed" is not "accepted": AR-105, AR-106) and 2.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL, refers_to
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import Expectation, PlannedState, replan
from partnership.model.findings import contradiction, gap, last, named
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.amounts import Count
from partnership.values.when import When

__all__ = ["ProposalAccepted", "ProposalDeclined", "ProposalDeferred", "ProposalMade", "ProposalWelcomed"]


@frozen(kw_only=True)
class ProposalEvent(Event):
    """What any report of a proposal may say of it.

    Attributes:
        by: who acts here: who proposes, or who welcomes, accepts, defers, declines.
        to: to whom it is proposed.
        text: what, in the source's words.
        topics: what it is about.
        concerns: the subjects that it is about, ``kind:slug``.
        meeting: the meeting at which it was said, its slug.
        document: the document in which it is said, its slug.
    """

    kind = "proposal"

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    to: tuple[str, ...] = field(default=(), converter=converters.codes)
    text: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)
    concerns: tuple[str, ...] = field(default=(), converter=converters.subjects, metadata=LABEL)
    meeting: str | None = field(default=None, converter=converters.ref, metadata=refers_to("meeting"))
    document: str | None = field(default=None, converter=converters.ref, metadata=refers_to("document"))


@frozen(kw_only=True)
class ProposalMade(ProposalEvent):
    """One side, or a third, proposes something.

    Attributes:
        planned: when it would be done; nobody has agreed, so nothing is expected.
        count: how many proposals, where the subject stands for a group ("57 projects": AR-199).
    """

    name = "proposal-made"
    rank = 10

    planned: When | None = field(default=None, converter=converters.day)
    count: Count | None = field(default=None, converter=converters.count)


@frozen(kw_only=True)
class ProposalWelcomed(ProposalEvent):
    """A proposal is noted with a kind word; that is no agreement."""

    name = "proposal-welcomed"
    rank = 20
    identity: ClassVar[Identity] = PER_PUBLICATION


@frozen(kw_only=True)
class ProposalDeferred(ProposalEvent):
    """A proposal is put off: something else comes first.

    Attributes:
        until: when it is to be taken up again.
        condition: on what that depends ("confidence building first").
    """

    name = "proposal-deferred"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION

    until: When | None = field(default=None, converter=converters.day)
    condition: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen(kw_only=True)
class ProposalAccepted(ProposalEvent):
    """The other side agrees."""

    name = "proposal-accepted"
    rank = 40


@frozen(kw_only=True)
class ProposalDeclined(ProposalEvent):
    """The other side does not agree.

    Attributes:
        reason: why, in the source's words.
    """

    name = "proposal-declined"
    rank = 40

    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


Status = Literal["made", "welcomed", "deferred", "accepted", "declined"]
"""Where a proposal stands. A proposal of which no answer is known stays made, however long ago that was."""

_ANSWERS = ("proposal-welcomed", "proposal-deferred", "proposal-accepted", "proposal-declined")

LIFECYCLE = Lifecycle(
    steps={
        "proposal-made": Step("made", ("by", "planned", "count"), on="made_on"),
        "proposal-welcomed": Step("welcomed", on="welcomed_on"),
        "proposal-deferred": Step("deferred", ("condition",), on="deferred_on"),
        "proposal-accepted": Step("accepted", on="accepted_on"),
        "proposal-declined": Step("declined", ("reason",), on="declined_on"),
    },
    ranks={"made": 10, "welcomed": 20, "deferred": 30, "accepted": 40, "declined": 40},
    copies=("to", "text", "topics", "concerns", "meeting", "document"),
    collects={"text": "texts"},
)


@frozen
class Answer:
    """One answer to a proposal.

    Attributes:
        what: it was welcomed, deferred, accepted, declined.
        by: who answers; nobody where no source says.
        on: when, where said.
        is_disputed: sources differ on who answered, or when.
    """

    what: Status
    by: tuple[str, ...]
    on: When | None
    is_disputed: bool


@frozen
class Proposal(PlannedState):
    """What is known of one proposal, or of a group of proposals that nobody named.

    Attributes:
        subject: the proposal, ``proposal:slug``.
        status: where it stands.
        by: who proposes it.
        text: the wording last used; `texts` has all.
        answers: every answer that is reported, in their order.
        expected: the day on which a deferred one is to be taken up again.
        made_on, welcomed_on, deferred_on, accepted_on, declined_on: when each last happened, where said.

    The other fields are those of the events.
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
    made_on: When | None = None
    welcomed_on: When | None = None
    deferred_on: When | None = None
    accepted_on: When | None = None
    declined_on: When | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """The day on which it is to be taken up again, while it is deferred."""
        return super().outstanding if self.status == "deferred" else ()


def evolve(state: Proposal, occurrence: Occurrence) -> Proposal:
    """Return the proposal after one more occurrence."""
    event = occurrence.event
    state = LIFECYCLE.advance(state, occurrence)
    if isinstance(event, ProposalDeferred) and event.until:
        state = replan(state, occurrence, "until")
    if event.name in _ANSWERS and isinstance(event, ProposalEvent):
        to = LIFECYCLE.steps[event.name].to
        row = Answer(to, event.by, event.on, not {"by", "on"}.isdisjoint(occurrence.disputed))  # type: ignore[arg-type]
        disputed = {*state.disputed, "answers"} if row.is_disputed else state.disputed
        state = replace(state, answers=(*state.answers, row), disputed=tuple(sorted(disputed)))
    return state


def rules(state: Proposal, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd in a proposal's course.

    ``answered-unproposed`` (an answer, and no word of who proposed it or when), ``accepted-and-declined``.

    Source: ``domain.md`` 2.4b.
    """
    answers = named(occurrences, *_ANSWERS)
    if answers and not named(occurrences, "proposal-made"):
        yield gap("answered-unproposed", state.subject, "was answered, and nobody reports who proposed it", *answers)
    accepted, declined = last(occurrences, "proposal-accepted"), last(occurrences, "proposal-declined")
    if accepted and declined:
        sentence = "is accepted in some reports and declined in others"
        yield contradiction("accepted-and-declined", state.subject, sentence, accepted, declined)


proposals: Kind[Proposal] = Kind(
    "proposal",
    events=(
        ProposalAccepted,
        ProposalDeclined,
        ProposalDeferred,
        ProposalMade,
        ProposalWelcomed,
    ),
    projection=Projection("proposals", Proposal, evolve, kind="proposal", rules=rules),
    lifecycle=LIFECYCLE,
)
"""What is known of every proposal."""
