"""Dialogues, platforms, mechanisms: proposed, prepared, launched, suspended. Their rounds are meetings.

Source: ``domain.md`` 2.2 (terms) and 2.6 (lifecycle).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL
from partnership.model.event import ONCE, PER_PUBLICATION, Event, Identity
from partnership.model.expectations import Expectation, PlannedState
from partnership.model.findings import gap, is_unannounced, last, named, oddity, titles_of
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step, copy_fields
from partnership.values.when import When

__all__ = [
    "DialogueConceptAgreed",
    "DialogueLaunched",
    "DialoguePreparationReported",
    "DialogueProposed",
    "DialogueResumed",
    "DialogueSuspended",
]


@frozen(kw_only=True)
class DialogueEvent(Event):
    """What any report of a dialogue may say of it.

    Attributes:
        title: the name that the source uses.
        parties: who takes part.
        by: who acted, when one side did.
        topics: what it is about.
    """

    kind = "dialogue"

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)


@frozen(kw_only=True)
class DialogueProposed(DialogueEvent):
    """Somebody proposes a dialogue; each proposer once.

    Attributes:
        planned: when it is to begin; a proposal is no plan, so nothing is expected.
    """

    name = "dialogue-proposed"
    rank = 10
    identity: ClassVar[Identity] = ("by",)

    planned: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class DialoguePreparationReported(DialogueEvent):
    """A dialogue is being prepared: modalities are worked on, a launch is being readied.

    Attributes:
        stage: how far, in the source's words.
        planned: when it is to be launched.
    """

    name = "dialogue-preparation-reported"
    rank = 20
    identity: ClassVar[Identity] = PER_PUBLICATION

    stage: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    planned: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class DialogueConceptAgreed(DialogueEvent):
    """The sides agree on what the dialogue is to be.

    Attributes:
        planned: when it is to be launched.
    """

    name = "dialogue-concept-agreed"
    rank = 30
    identity: ClassVar[Identity] = ONCE

    planned: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class DialogueLaunched(DialogueEvent):
    """A dialogue is launched; "launched" may mean announced or at work, the source's word decides.

    Attributes:
        place: where.
    """

    name = "dialogue-launched"
    rank = 40

    place: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class DialogueSuspended(DialogueEvent):
    """One side, or both, suspend a dialogue; without `by`, both.

    Attributes:
        episode: which suspension, in the desk's words, where there were several.
        reason: why, in the source's words.
    """

    name = "dialogue-suspended"
    rank = 50
    identity: ClassVar[Identity] = ("by", "episode")

    episode: str | None = field(default=None, converter=converters.name)
    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen(kw_only=True)
class DialogueResumed(DialogueEvent):
    """A suspended dialogue goes on; for the side that resumes it, or without `by` for both.

    Attributes:
        episode: which suspension it ends, in the desk's words, where there were several.
    """

    name = "dialogue-resumed"
    rank = 60
    identity: ClassVar[Identity] = ("by", "episode")

    episode: str | None = field(default=None, converter=converters.name)


Status = Literal["proposed", "preparing", "agreed", "suspended", "launched"]
"""Where a dialogue stands; one that is resumed is launched again."""

LIFECYCLE = Lifecycle(
    steps={
        "dialogue-proposed": Step("proposed", on="proposed_on"),
        "dialogue-preparation-reported": Step("preparing", ("stage",), sets_plan=True),
        "dialogue-concept-agreed": Step("agreed", on="agreed_on", sets_plan=True),
        "dialogue-launched": Step("launched", ("place",), on="launched_on"),
        "dialogue-suspended": Step("suspended", ("reason",), on="suspended_on"),
        "dialogue-resumed": Step("launched", on="resumed_on"),
    },
    ranks={"proposed": 10, "preparing": 20, "agreed": 30, "suspended": 35, "launched": 40},
    interruptions=frozenset({"suspended"}),
    copies=("title", "parties", "by", "topics"),
)


@frozen
class Round:
    """One meeting of a dialogue.

    Attributes:
        meeting: its subject, ``meeting:slug``.
        on: when it was held, where said.
    """

    meeting: str
    on: When | None


@frozen
class Dialogue(PlannedState):
    """What is known of one dialogue.

    Attributes:
        subject: the dialogue, ``dialogue:slug``.
        status: where it stands.
        title: the name last used; `titles` has all.
        expected: the days on which its launch is planned now.
        proposed_on, agreed_on, launched_on, suspended_on, resumed_on: when each happened, where said. The first
            round of a dialogue that nobody reported as launched is its launch.
        suspended_by: the sides for which it is suspended; none where it is for both, or for none.
        resumed_by: the sides that have resumed it since, while it is suspended for another.
        rounds: its meetings that were held.

    The other fields are those of the events.
    """

    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    stage: str | None = None
    proposed_on: When | None = None
    agreed_on: When | None = None
    launched_on: When | None = None
    suspended_on: When | None = None
    resumed_on: When | None = None
    suspended_by: tuple[str, ...] = ()
    resumed_by: tuple[str, ...] = ()
    place: str | None = None
    reason: str | None = None
    rounds: tuple[Round, ...] = ()

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned days of the launch that are still open."""
        return () if self.status in ("launched", "suspended") else super().outstanding


def key(occurrence: Occurrence) -> Iterable[str]:
    """Return the dialogue that a occurrence is about, or of which it is a round."""
    yield occurrence.subject
    if occurrence.event.name == "meeting-held" and (body := occurrence.event.body):  # type: ignore[attr-defined]
        yield body


def evolve(state: Dialogue, occurrence: Occurrence) -> Dialogue:
    """Return the dialogue after one more occurrence."""
    event = occurrence.event
    if isinstance(event, DialogueSuspended):
        return _suspended(state, LIFECYCLE.advance(state, occurrence), event.by)
    if isinstance(event, DialogueResumed) and state.status == "suspended" and event.by:
        return _resumed(state, occurrence, event.by)
    if event.name != "meeting-held":
        state = LIFECYCLE.advance(state, occurrence)
        return state if state.status == "suspended" else replace(state, suspended_by=(), resumed_by=())
    if state.status not in ("launched", "suspended"):
        state = replace(copy_fields(state, occurrence, launched_on="on"), status="launched")
    rounds = (*state.rounds, Round(occurrence.subject, event.on))
    disputed = {*state.disputed, "rounds"} if "on" in occurrence.disputed else state.disputed
    return replace(state, rounds=rounds, disputed=tuple(sorted(disputed)))


def _suspended(before: Dialogue, state: Dialogue, by: tuple[str, ...]) -> Dialogue:
    """Return *state*, which was *before*, as it is suspended for one side more, or for all."""
    is_for_all = not by or (before.status == "suspended" and not before.suspended_by)
    return replace(
        state,
        suspended_by=() if is_for_all else tuple(sorted({*before.suspended_by, *by})),
        resumed_by=tuple(one for one in before.resumed_by if by and one not in by),
    )


def _resumed(state: Dialogue, occurrence: Occurrence, by: tuple[str, ...]) -> Dialogue:
    """Return the dialogue after one side resumed it: what the other suspended stays so."""
    resumed = {*state.resumed_by, *by}
    sides = state.suspended_by or state.parties
    left = {*sides} - resumed
    if not left if sides else len(resumed) > 1:
        return replace(LIFECYCLE.advance(state, occurrence), suspended_by=(), resumed_by=())
    state = copy_fields(state, occurrence, *LIFECYCLE.copies, resumed_on="on")
    return replace(state, resumed_by=tuple(sorted(resumed)), suspended_by=tuple(sorted(left)))


def rules(state: Dialogue, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd in a dialogue's course.

    ``prepared-after-launched`` (told as in preparation when it was at work), ``round-before-launch``,
    ``launched-unannounced``, ``launched-under-another-name``, ``suspended-by-one-side``, ``met-while-suspended``,
    ``resumed-without-suspension``.

    Source: ``domain.md`` 2.6.
    """
    subject, rounds = state.subject, named(occurrences, "meeting-held")
    if launched := last(occurrences, "dialogue-launched"):
        yield from _launched(subject, launched, occurrences)
        if early := [one for one in rounds if launched.surely_after(one)]:
            yield oddity("round-before-launch", subject, "met before it was launched", launched, *early)
    suspensions, resumed = named(occurrences, "dialogue-suspended"), last(occurrences, "dialogue-resumed")
    if state.status == "suspended" and len(state.suspended_by) == 1:
        sentence = f"is suspended by {state.suspended_by[0]} alone"
        yield oddity("suspended-by-one-side", subject, sentence, *suspensions)
    for suspended in suspensions:
        if met := [one for one in rounds if _surely_met_within(suspended, one, occurrences)]:
            yield oddity("met-while-suspended", subject, "met while it was suspended", suspended, *met)
    if resumed and not suspensions:
        yield gap("resumed-without-suspension", subject, "was resumed; no suspension was reported", resumed)


def _launched(subject: str, launched: Occurrence, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    early = named(occurrences, "dialogue-proposed", "dialogue-preparation-reported", "dialogue-concept-agreed")
    late = [one for one in early if one.event.name == "dialogue-preparation-reported" and one.surely_after(launched)]
    if late:
        yield oddity("prepared-after-launched", subject, "was in preparation after its launch", launched, *late)
    if is_unannounced(launched, occurrences):
        yield gap("launched-unannounced", subject, "was launched, and nothing had been heard of it", launched)
    before, after = titles_of(early), titles_of([launched])
    if before and after and before.isdisjoint(after):
        sentence = "was launched under another name than it was prepared under"
        yield oddity("launched-under-another-name", subject, sentence, launched, *early)


def _surely_met_within(suspended: Occurrence, held: Occurrence, occurrences: Sequence[Occurrence]) -> bool:
    """Tell whether a round came after a suspension, and nothing that may have ended the suspension between them."""
    return held.surely_after(suspended) and all(
        suspended.surely_after(one) or one.surely_after(held) for one in named(occurrences, "dialogue-resumed")
    )


dialogues: Kind[Dialogue] = Kind(
    "dialogue",
    events=(
        DialogueConceptAgreed,
        DialogueLaunched,
        DialoguePreparationReported,
        DialogueProposed,
        DialogueResumed,
        DialogueSuspended,
    ),
    projection=Projection("dialogues", Dialogue, evolve, kind="dialogue", key=key, rules=rules),
    lifecycle=LIFECYCLE,
)
"""What is known of every dialogue."""
