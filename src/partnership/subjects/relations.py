"""Relations between parties: established, suspended, resumed; anniversaries, to come and marked.

The start of relations and the grant of a status are different dates, and sources count anniversaries from either.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import PlannedState, date_in_force, replan_act
from partnership.model.findings import contradiction, gap, named
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.plan_words import PLAN_WORDS, Force
from partnership.model.projection import Lifecycle, Projection, Step, cleared
from partnership.values.date_words import in_words
from partnership.values.when import When

__all__ = [
    "AnniversaryAnnounced",
    "AnniversaryMarked",
    "RelationsEstablished",
    "RelationsResumed",
    "RelationsResumptionPlanned",
    "RelationsSuspended",
]


@frozen(kw_only=True)
class RelationEvent(Event):
    """Base class of the events of a relation: fields that any report may have.

    Attributes:
        parties: the parties to the relation.
        title: the name that the source uses.
        meeting: slug of the meeting at which it was done.
    """

    kind = "relation"
    describes: ClassVar[tuple[str, ...]] = ("parties",)

    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    meeting: str | None = fields.ref("meeting")


@frozen(kw_only=True)
class RelationsEstablished(RelationEvent):
    """Relations are established."""

    name = "relations-established"
    rank = 10


@frozen(kw_only=True)
class RelationsSuspended(RelationEvent):
    """One or both sides suspend relations.

    Attributes:
        by: the side that suspends them, if only one does.
        episode: label of the suspension, to tell several apart.
        reason: the reason in the source's words.
    """

    name = "relations-suspended"
    rank = 20
    identity: ClassVar[Identity] = ("by", "episode")

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    episode: str | None = field(default=None, converter=converters.name)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class RelationsResumptionPlanned(RelationEvent):
    """The resumption of suspended relations is planned; until they are resumed they stay suspended.

    Attributes:
        by: who plans to resume them, if one side acts alone.
        planned: date of the resumption.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
        condition: the condition on which it depends.
    """

    name = "relations-resumption-planned"
    rank = 25
    identity: ClassVar[Identity] = PER_PUBLICATION
    describes: ClassVar[tuple[str, ...]] = ()

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class RelationsResumed(RelationEvent):
    """Suspended relations are resumed.

    Attributes:
        by: the side that resumes them, if only one does.
        episode: label of the suspension that it ends, to tell several apart.
    """

    name = "relations-resumed"
    rank = 30
    identity: ClassVar[Identity] = ("by", "episode")

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class AnniversaryAnnounced(RelationEvent):
    """An anniversary is to come, or is to be marked; no party owes it to another, so it is never overdue.

    Attributes:
        of: what began, in the desk's words: "relations", "dialogue partnership".
        years: number of years.
        base: the year or day from which the source counts.
        planned: the year or day of the anniversary, or of the act that is to mark it.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "anniversary-announced"
    rank = 35
    identity: ClassVar[Identity] = (PER_PUBLICATION, "of", "years")
    describes: ClassVar[tuple[str, ...]] = ()

    of: str | None = field(default=None, converter=converters.name)
    years: int | None = field(default=None, converter=converters.whole)
    base: When | None = field(default=None, converter=converters.day)
    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class AnniversaryMarked(RelationEvent):
    """An anniversary is marked; ``on`` is the date.

    Attributes:
        of: what began, in the desk's words: "relations", "dialogue partnership".
        years: number of years.
        base: the year or day from which the source counts.
    """

    name = "anniversary-marked"
    rank = 40
    identity: ClassVar[Identity] = ("of", "years")

    of: str | None = field(default=None, converter=converters.name)
    years: int | None = field(default=None, converter=converters.whole)
    base: When | None = field(default=None, converter=converters.day)


Status = Literal["established", "suspended"]
"""Status of a relation; a resumed relation is ``established`` again."""

LIFECYCLE = Lifecycle(
    steps={
        "relations-established": Step("established", on="established_on"),
        "relations-suspended": Step("suspended", ("by", "reason"), on="suspended_on"),
        "relations-resumption-planned": Step("suspended", ("condition", *PLAN_WORDS)),
        "relations-resumed": Step("established", on="resumed_on"),
        "anniversary-announced": Step(),
        "anniversary-marked": Step(),
    },
    ranks={"suspended": 10, "established": 20},
    interruptions=frozenset({"suspended"}),
    copies=("title", "parties"),
)


@frozen
class Anniversary:
    """An anniversary that was marked.

    Attributes:
        of: what began, in the desk's words.
        years: number of years.
        base: the year or day from which the source counts.
        on: date, if a source says so.
        is_disputed: whether sources differ on the date or the base.
    """

    of: str | None
    years: int | None
    base: When | None
    on: When | None
    is_disputed: bool


@frozen
class PlannedAnniversary:
    """An anniversary that is to come and that no source reports as marked.

    Attributes:
        of: what began, in the desk's words.
        years: number of years.
        base: the year or day from which the source counts.
        planned: the year or day of the anniversary, if a source says so.
        timing: that date in the source's words.
        force: how strongly the source puts the plan.
        is_disputed: whether sources differ on the date or the base.
    """

    of: str | None
    years: int | None
    base: When | None
    planned: When | None
    timing: str | None
    force: Force | None
    is_disputed: bool


@frozen
class Relation(PlannedState):
    """The state of one relation.

    Attributes:
        subject: the relation, ``relation:slug``.
        status: the current status.
        title: the latest name; `titles` has all of them.
        established_on, suspended_on, resumed_on: date of the last one of each, if a source says so.
        by: who suspended it last.
        expected: planned dates of anniversaries, each with the anniversary as its act, and of the resumption of
            relations, with the act "resume".
        condition: the condition on which the planned resumption depends.
        anniversaries: all that were marked.
        planned_anniversaries: those to come, in order of their first report.
    """

    is_context: ClassVar[bool] = True
    owed: ClassVar[tuple[str, ...]] = ("resume",)

    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    established_on: When | None = None
    suspended_on: When | None = None
    resumed_on: When | None = None
    by: tuple[str, ...] = ()
    reason: str | None = None
    anniversaries: tuple[Anniversary, ...] = ()
    planned_anniversaries: tuple[PlannedAnniversary, ...] = ()
    condition: str | None = None


_RESUME = Relation.owed[0]
"""The planned act of a resumption of relations."""


def evolve(state: Relation, occurrence: Occurrence) -> Relation:
    """Return the relation after one more occurrence."""
    event = occurrence.event
    if isinstance(event, RelationsResumptionPlanned):
        state = cleared(state, "condition", *PLAN_WORDS)
        return replan_act(LIFECYCLE.advance(state, occurrence), occurrence, _RESUME)
    if isinstance(event, RelationsSuspended | RelationsResumed):
        expected = tuple(plan for plan in state.expected if plan.act != _RESUME)
        state = cleared(replace(state, expected=expected), "condition", *PLAN_WORDS)
    state = LIFECYCLE.advance(state, occurrence)
    if isinstance(event, AnniversaryAnnounced):
        return _announced(state, event, occurrence)
    if not isinstance(event, AnniversaryMarked):
        return state
    marked = {_act(event), *(_act(row) for row in state.planned_anniversaries if _is_of(row, event))}
    state = replace(
        state,
        expected=tuple(plan for plan in state.expected if plan.act not in marked),
        planned_anniversaries=tuple(row for row in state.planned_anniversaries if not _is_of(row, event)),
    )
    is_disputed = bool({"on", "base"}.intersection(occurrence.disputed))
    anniversary = Anniversary(event.of, event.years, event.base, event.on, is_disputed)
    disputed = {*state.disputed} | ({"anniversaries"} if is_disputed else set())
    return replace(state, anniversaries=(*state.anniversaries, anniversary), disputed=tuple(sorted(disputed)))


def _announced(state: Relation, event: AnniversaryAnnounced, occurrence: Occurrence) -> Relation:
    """Return the relation with a newer plan of an anniversary; one that was marked is no longer to come."""
    if any(_is_of(row, event) for row in state.anniversaries):
        return state
    before = next((row for row in state.planned_anniversaries if _is_of(row, event)), None)
    state = replan_act(state, occurrence, _act(event))
    planned = before.planned if before and event.is_undated is not True else None
    if event.planned:
        planned = date_in_force(state, event.planned, planned)
    row = PlannedAnniversary(
        event.of,
        event.years,
        event.base or (before.base if before else None),
        planned,
        event.timing,
        event.force,
        not {"planned", "base"}.isdisjoint(occurrence.disputed),
    )
    rows = {(row.of, row.years): row for row in state.planned_anniversaries} | {(row.of, row.years): row}
    disputed = {*state.disputed} - {"planned_anniversaries"}
    disputed |= {"planned_anniversaries"} if any(row.is_disputed for row in rows.values()) else set()
    return replace(state, planned_anniversaries=tuple(rows.values()), disputed=tuple(sorted(disputed)))


def _is_of(row: Anniversary | PlannedAnniversary, event: AnniversaryAnnounced | AnniversaryMarked) -> bool:
    """Tell whether two are of one anniversary: the years agree, and what began where both say it."""
    return row.years == event.years and (row.of == event.of or (row.years is not None and None in (row.of, event.of)))


def _act(event: AnniversaryAnnounced | AnniversaryMarked | PlannedAnniversary) -> str:
    """Return what is to be marked, "mark 30 years of dialogue partnership"."""
    years = "the anniversary" if event.years is None else f"{event.years} years"
    return f"mark {years} of {event.of or 'relations'}"


def rules(state: Relation, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``anniversary-off`` and ``relations-resumed-without-suspension``.

    An anniversary is off if the years from its base to its date are another number.
    """
    for marked in named(occurrences, "anniversary-marked"):
        if isinstance(marked.event, AnniversaryMarked) and (sentence := _wrong_years(marked.event)):
            yield contradiction("anniversary-off", state.subject, sentence, marked)
    resumed = named(occurrences, "relations-resumed")
    if resumed and not named(occurrences, "relations-suspended"):
        sentence = "was resumed; no suspension was reported"
        yield gap("relations-resumed-without-suspension", state.subject, sentence, *resumed)


def _wrong_years(marked: AnniversaryMarked) -> str | None:
    """Return a sentence if the years between base and date cannot be those that were marked, or else None."""
    years, base, on = marked.years, marked.base, marked.on
    if years is None or not (base and base.earliest and base.latest and on and on.earliest and on.latest):
        return None
    least, most = on.earliest.year - base.latest.year, on.latest.year - base.earliest.year
    if least <= years <= most:
        return None
    counted = f"{least}" if least == most else f"{least} to {most}"
    return f"marked {years} years in {in_words(on)}; from {in_words(base)} it is {counted}"


relations: Kind[Relation] = BuiltInKind(
    "relation",
    events=(
        AnniversaryAnnounced,
        AnniversaryMarked,
        RelationsEstablished,
        RelationsResumed,
        RelationsResumptionPlanned,
        RelationsSuspended,
    ),
    projection=Projection("relations", Relation, evolve, kind="relation", rules=rules),
    lifecycle=LIFECYCLE,
)
"""The kind of subject for relations."""
