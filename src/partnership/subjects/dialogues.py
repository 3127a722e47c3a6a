"""Dialogues, platforms, mechanisms: proposed, prepared, launched, suspended. Their rounds are meetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL, PLACE
from partnership.model.event import ONCE, PER_PUBLICATION, Event, Identity
from partnership.model.expectations import Expectation, PlannedState, replan_act
from partnership.model.findings import gap, is_unannounced, last, named, oddity, titles_of
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.plan_words import PLAN_WORDS, Force
from partnership.model.projection import Lifecycle, Projection, Step, cleared, copy_fields
from partnership.values.when import When

__all__ = [
    "DialogueConceptAgreed",
    "DialogueEnded",
    "DialogueLaunched",
    "DialogueMerged",
    "DialoguePreparationReported",
    "DialogueProposed",
    "DialogueResumed",
    "DialogueResumptionPlanned",
    "DialogueSuspended",
]


@frozen(kw_only=True)
class DialogueEvent(Event):
    """Base class of the events of a dialogue: fields that any report may have.

    Attributes:
        title: the name that the source uses.
        parties: the parties that take part.
        by: the side that acts, if only one does.
        topics: the topics in the source's words.
    """

    kind = "dialogue"
    describes: ClassVar[tuple[str, ...]] = ("parties",)

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)


@frozen(kw_only=True)
class DialogueProposed(DialogueEvent):
    """A dialogue is proposed; each side proposes it once.

    Attributes:
        planned: proposed date; a proposal is not a plan, so nothing is expected.
        timing: the date in the source's words: "in the coming months".
    """

    name = "dialogue-proposed"
    rank = 10
    identity: ClassVar[Identity] = ("by",)
    describes: ClassVar[tuple[str, ...]] = ()

    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class DialoguePreparationReported(DialogueEvent):
    """A dialogue is being prepared: its modalities are discussed, or its launch is being arranged.

    Attributes:
        stage: the stage of the preparation, in the source's words.
        planned: date of the launch.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "dialogue-preparation-reported"
    rank = 20
    identity: ClassVar[Identity] = PER_PUBLICATION
    describes: ClassVar[tuple[str, ...]] = ()

    stage: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class DialogueConceptAgreed(DialogueEvent):
    """The sides agree on the concept of a dialogue.

    Attributes:
        planned: date of the launch.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "dialogue-concept-agreed"
    rank = 30
    identity: ClassVar[Identity] = ONCE

    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class DialogueLaunched(DialogueEvent):
    """A dialogue is launched; sources use the word both for an announcement and for the start of work.

    Attributes:
        place: city or venue.
    """

    name = "dialogue-launched"
    rank = 40

    place: str | None = field(default=None, converter=converters.name, metadata=PLACE)


@frozen(kw_only=True)
class DialogueSuspended(DialogueEvent):
    """A dialogue is suspended, by one side or, without `by`, by both.

    Attributes:
        episode: which suspension, in the desk's words, if there were several.
        reason: the reason in the source's words.
        is_indefinite: whether the source says that it is suspended without a limit of time.
    """

    name = "dialogue-suspended"
    rank = 50
    identity: ClassVar[Identity] = ("by", "episode")

    episode: str | None = field(default=None, converter=converters.name)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_indefinite: bool | None = field(default=None, converter=converters.flag)


@frozen(kw_only=True)
class DialogueResumptionPlanned(DialogueEvent):
    """The resumption of a suspended dialogue is planned; until it is resumed it stays suspended.

    Attributes:
        planned: date of the resumption.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
        condition: the condition on which it depends.
    """

    name = "dialogue-resumption-planned"
    rank = 55
    identity: ClassVar[Identity] = PER_PUBLICATION
    describes: ClassVar[tuple[str, ...]] = ()

    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class DialogueResumed(DialogueEvent):
    """A suspended dialogue is resumed, by one side or, without `by`, by both.

    Attributes:
        episode: which suspension ends, in the desk's words, if there were several.
    """

    name = "dialogue-resumed"
    rank = 60
    identity: ClassVar[Identity] = ("by", "episode")

    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class DialogueMerged(DialogueEvent):
    """A dialogue is merged into another, as are two dialogues into a third; each is the subject of an event.

    Attributes:
        into: the dialogue, series or network that continues it, ``kind:slug``; a slug alone is a dialogue.
        reason: the reason in the source's words.
    """

    name = "dialogue-merged"
    rank = 70

    into: str | None = field(default=None, converter=references.dialogue_or_series)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)

    def impossible(self) -> tuple[str, ...]:
        """Return why it cannot be merged: into itself."""
        return (
            (f"into: {self.into!r} is not merged into itself; name the other one",) if self.into == self.about else ()
        )


@frozen(kw_only=True)
class DialogueEnded(DialogueEvent):
    """A dialogue is ended for good, by one side or, without `by`, by both.

    Attributes:
        reason: the reason in the source's words.
    """

    name = "dialogue-ended"
    rank = 70
    identity: ClassVar[Identity] = ("by",)

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


Status = Literal["proposed", "preparing", "agreed", "suspended", "merged", "ended", "launched"]
"""The status of a dialogue; one that is resumed is launched again."""

LIFECYCLE = Lifecycle(
    steps={
        "dialogue-proposed": Step("proposed", ("timing",), on="proposed_on"),
        "dialogue-preparation-reported": Step("preparing", ("stage",), sets_plan=True),
        "dialogue-concept-agreed": Step("agreed", on="agreed_on", sets_plan=True),
        "dialogue-launched": Step("launched", ("place",), on="launched_on"),
        "dialogue-suspended": Step("suspended", ("reason", "is_indefinite"), on="suspended_on"),
        "dialogue-resumption-planned": Step("suspended", ("condition", *PLAN_WORDS)),
        "dialogue-resumed": Step("launched", on="resumed_on"),
        "dialogue-merged": Step("merged", ("into", "reason"), on="merged_on", cancels_plan=True),
        "dialogue-ended": Step("ended", ("reason",), on="ended_on", cancels_plan=True),
    },
    ranks={"proposed": 10, "preparing": 20, "agreed": 30, "suspended": 35, "merged": 38, "ended": 38, "launched": 40},
    interruptions=frozenset({"suspended", "merged", "ended"}),
    copies=("title", "parties", "by", "topics"),
    undated=frozenset({"agreed"}),
)


@frozen
class Round:
    """A meeting of a dialogue.

    Attributes:
        meeting: ``meeting:slug``.
        on: date on which it was held, if a source says so.
    """

    meeting: str
    on: When | None


@frozen
class Dialogue(PlannedState):
    """The state of one dialogue.

    Attributes:
        subject: the dialogue, ``dialogue:slug``.
        status: the current status.
        title: the latest name; `titles` has all of them.
        expected: the planned dates of its launch and, with the act "resume", of its resumption.
        condition: on which its planned resumption depends.
        proposed_on, agreed_on, launched_on, suspended_on, resumed_on, merged_on, ended_on: date of each, if a source
            says so. A round shows that the dialogue is launched, and not when that was.
        suspended_by: the sides that suspend it; empty if both do, or none.
        resumed_by: the sides that have resumed it, while another still suspends it.
        rounds: meetings that were held.
        merged_from: dialogues and series that were merged into it, ``kind:slug``.
    """

    owed_by: ClassVar[tuple[str, ...]] = ("parties",)

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
    is_indefinite: bool | None = None
    into: str | None = None
    merged_on: When | None = None
    ended_on: When | None = None
    merged_from: tuple[str, ...] = ()
    condition: str | None = None

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Planned dates of the launch, until it is launched or stopped; of the resumption while it is suspended."""
        if self.status == "suspended":
            return tuple(plan for plan in super().outstanding if plan.act == _RESUME)
        return () if self.status in ("launched", *_STOPPED) else super().outstanding

    def parties_owing(self, plan: Expectation) -> tuple[str, ...]:
        """Return the parties that are to launch it; one side alone may plan to resume it."""
        return plan.by if plan.act else super().parties_owing(plan)


_RESUME = "resume"
"""The planned act of a resumption; a plan without an act is one of the launch."""
_STOPPED = ("suspended", "merged", "ended")


def key(occurrence: Occurrence) -> Iterable[str]:
    """Return the dialogue that an occurrence is about, of which it is a round, or into which another is merged."""
    yield occurrence.subject
    yield from merged_into(occurrence)
    if occurrence.event.name == "meeting-held" and (body := occurrence.event.body):  # type: ignore[attr-defined]
        yield body


def merged_into(occurrence: Occurrence) -> Iterable[str]:
    """Yield the subject into which an occurrence merges another one; nothing for other occurrences."""
    if occurrence.event.name in ("dialogue-merged", "series-merged") and (into := occurrence.event.into):  # type: ignore[attr-defined]
        yield into


def with_merged(merged_from: tuple[str, ...], occurrence: Occurrence) -> tuple[str, ...]:
    """Return the subjects that were merged into one, with that of one more occurrence, in alphabetical order."""
    return tuple(sorted({*merged_from, occurrence.subject}))


def evolve(state: Dialogue, occurrence: Occurrence) -> Dialogue:
    """Return the state of the dialogue after one more occurrence."""
    event = occurrence.event
    if state.subject in merged_into(occurrence):
        return replace(state, merged_from=with_merged(state.merged_from, occurrence))
    if isinstance(event, DialogueResumptionPlanned):
        state = cleared(state, "condition", *PLAN_WORDS)
        return replan_act(LIFECYCLE.advance(state, occurrence), occurrence, _RESUME)
    if isinstance(event, DialogueSuspended | DialogueResumed) and not _is_partly(state, event):
        expected = tuple(plan for plan in state.expected if plan.act != _RESUME)
        state = cleared(replace(state, expected=expected), "condition")
    if isinstance(event, DialogueSuspended):
        return _suspended(state, LIFECYCLE.advance(state, occurrence), event.by)
    if isinstance(event, DialogueResumed) and state.status == "suspended" and event.by:
        return _resumed(state, occurrence, event.by)
    if event.name != "meeting-held":
        state = LIFECYCLE.advance(state, occurrence)
        return state if state.status == "suspended" else replace(state, suspended_by=(), resumed_by=())
    if state.status not in ("launched", *_STOPPED):
        state = replace(state, status="launched")
    rounds = (*state.rounds, Round(occurrence.subject, event.on))
    disputed = {*state.disputed, "rounds"} if "on" in occurrence.disputed else state.disputed
    return replace(state, rounds=rounds, disputed=tuple(sorted(disputed)))


def _is_partly(state: Dialogue, event: DialogueSuspended | DialogueResumed) -> bool:
    """Tell whether one more side suspends or resumes a suspended dialogue, so that its resumption stays planned."""
    return state.status == "suspended" and bool(event.by)


def _suspended(before: Dialogue, state: Dialogue, by: tuple[str, ...]) -> Dialogue:
    """Return *state* with the sides that suspend it: those of the state *before*, and *by*; none means both sides."""
    is_for_all = not by or (before.status == "suspended" and not before.suspended_by)
    return replace(
        state,
        suspended_by=() if is_for_all else tuple(sorted({*before.suspended_by, *by})),
        resumed_by=tuple(party for party in before.resumed_by if by and party not in by),
    )


def _resumed(state: Dialogue, occurrence: Occurrence, by: tuple[str, ...]) -> Dialogue:
    """Return the dialogue after one side resumed it; it stays suspended by the others."""
    resumed = {*state.resumed_by, *by}
    sides = state.suspended_by or state.parties
    remaining = {*sides} - resumed
    if not remaining if sides else len(resumed) > 1:
        return replace(LIFECYCLE.advance(state, occurrence), suspended_by=(), resumed_by=())
    state = copy_fields(state, occurrence, *LIFECYCLE.copies, resumed_on="on")
    return replace(state, resumed_by=tuple(sorted(resumed)), suspended_by=tuple(sorted(remaining)))


def rules(state: Dialogue, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd about a dialogue.

    ``prepared-after-launched`` (reported as in preparation after its launch), ``round-before-launch``,
    ``launched-unannounced``, ``launched-under-another-name``, ``suspended-by-one-side``, ``met-while-suspended``,
    ``resumed-without-suspension``, ``met-after-end`` (also after it was merged).
    """
    subject, rounds = state.subject, named(occurrences, "meeting-held")
    if launched := last(occurrences, "dialogue-launched"):
        yield from _launched(subject, launched, occurrences)
        if early := [meeting for meeting in rounds if launched.surely_after(meeting)]:
            yield oddity("round-before-launch", subject, "met before it was launched", launched, *early)
    suspensions, resumed = named(occurrences, "dialogue-suspended"), last(occurrences, "dialogue-resumed")
    if state.status == "suspended" and len(state.suspended_by) == 1:
        sentence = f"is suspended by {state.suspended_by[0]} alone"
        yield oddity("suspended-by-one-side", subject, sentence, *suspensions)
    for suspended in suspensions:
        if met := [meeting for meeting in rounds if _surely_met_within(suspended, meeting, occurrences)]:
            yield oddity("met-while-suspended", subject, "met while it was suspended", suspended, *met)
    for ended in named(occurrences, "dialogue-ended", "dialogue-merged"):
        is_over = not (resumed and resumed.surely_after(ended))
        if is_over and (met := [meeting for meeting in rounds if meeting.surely_after(ended)]):
            yield oddity("met-after-end", subject, "met after it had ended", ended, *met)
    if resumed and not suspensions:
        yield gap("resumed-without-suspension", subject, "was resumed; no suspension was reported", resumed)


def _launched(subject: str, launched: Occurrence, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    early = named(occurrences, "dialogue-proposed", "dialogue-preparation-reported", "dialogue-concept-agreed")
    preparations = named(early, "dialogue-preparation-reported")
    if late := [preparation for preparation in preparations if preparation.surely_after(launched)]:
        yield oddity("prepared-after-launched", subject, "was in preparation after its launch", launched, *late)
    if is_unannounced(launched, occurrences):
        yield gap("launched-unannounced", subject, "was launched, and no earlier source mentions it", launched)
    before, after = titles_of(early), titles_of([launched])
    if before and after and before.isdisjoint(after):
        sentence = "was launched under another name than it was prepared under"
        yield oddity("launched-under-another-name", subject, sentence, launched, *early)


def _surely_met_within(suspended: Occurrence, held: Occurrence, occurrences: Sequence[Occurrence]) -> bool:
    """Tell whether a round surely came after a suspension, and before anything that may have ended it."""
    return held.surely_after(suspended) and all(
        suspended.surely_after(resumed) or resumed.surely_after(held)
        for resumed in named(occurrences, "dialogue-resumed")
    )


dialogues: Kind[Dialogue] = BuiltInKind(
    "dialogue",
    events=(
        DialogueConceptAgreed,
        DialogueEnded,
        DialogueLaunched,
        DialogueMerged,
        DialoguePreparationReported,
        DialogueProposed,
        DialogueResumed,
        DialogueResumptionPlanned,
        DialogueSuspended,
    ),
    projection=Projection(
        "dialogues", Dialogue, evolve, kind="dialogue", key=key, others=("meeting", "series"), rules=rules
    ),
    lifecycle=LIFECYCLE,
)
"""The kind of subject: dialogue."""
