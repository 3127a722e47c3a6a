"""Relations between parties: established, suspended, resumed; and the anniversaries that they are marked by.

Source: ``domain.md`` 2.1, 2.4b. The start of relations and of a status are two bases (AR-032, AR-170, AR-172).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Literal

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL, refers_to
from partnership.model.event import Event, Identity
from partnership.model.findings import contradiction, gap, named
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.when import When

__all__ = ["AnniversaryMarked", "RelationsEstablished", "RelationsResumed", "RelationsSuspended"]


@frozen(kw_only=True)
class RelationEvent(Event):
    """What any report of a relation may say of it.

    Attributes:
        parties: between whom.
        title: the name that the source uses.
        meeting: the meeting at which it was done, its slug.
    """

    kind = "relation"

    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    meeting: str | None = field(default=None, converter=converters.ref, metadata=refers_to("meeting"))


@frozen(kw_only=True)
class RelationsEstablished(RelationEvent):
    """Relations begin (AR-170, AR-171)."""

    name = "relations-established"
    rank = 10


@frozen(kw_only=True)
class RelationsSuspended(RelationEvent):
    """One side, or both, suspend relations.

    Attributes:
        by: who did, when one side did.
        episode: which suspension, in the desk's words, where there were several.
        reason: why, in the source's words.
    """

    name = "relations-suspended"
    rank = 20
    identity: ClassVar[Identity] = ("episode",)

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    episode: str | None = field(default=None, converter=converters.name)
    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen(kw_only=True)
class RelationsResumed(RelationEvent):
    """Suspended relations go on.

    Attributes:
        by: who resumed them, when one side did.
        episode: which suspension it ends, in the desk's words, where there were several.
    """

    name = "relations-resumed"
    rank = 30
    identity: ClassVar[Identity] = ("episode",)

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    episode: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class AnniversaryMarked(RelationEvent):
    """A number of years is marked or celebrated; ``on`` is when (AR-032).

    Attributes:
        of: of what, in the desk's words: "relations", "dialogue partnership".
        years: how many.
        base: the year or the day from which the source counts.
    """

    name = "anniversary-marked"
    rank = 40
    identity: ClassVar[Identity] = ("of", "years")

    of: str | None = field(default=None, converter=converters.name)
    years: int | None = field(default=None, converter=converters.whole)
    base: When | None = field(default=None, converter=converters.day)


Status = Literal["established", "suspended"]
"""Where a relation stands; one that is resumed is established again."""

LIFECYCLE = Lifecycle(
    steps={
        "relations-established": Step("established", on="established_on"),
        "relations-suspended": Step("suspended", ("by", "reason"), on="suspended_on"),
        "relations-resumed": Step("established", on="resumed_on"),
        "anniversary-marked": Step(),
    },
    ranks={"suspended": 10, "established": 20},
    interruptions=frozenset({"suspended"}),
    copies=("title", "parties"),
)


@frozen
class Anniversary:
    """A number of years that was marked.

    Attributes:
        on: when, where said.
        is_disputed: sources differ on when, or on the base.

    The other fields are those of the event.
    """

    of: str | None
    years: int | None
    base: When | None
    on: When | None
    is_disputed: bool


@frozen
class Relation:
    """What is known of one relation.

    Attributes:
        subject: the relation, ``relation:slug``.
        status: where it stands.
        title: the name last used; `titles` has all.
        established_on, suspended_on, resumed_on: when each happened last, where said.
        by: who suspended it last.
        anniversaries: those that were marked.
        disputed: names of the fields on which sources differ.

    The other fields are those of the events.
    """

    subject: str
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
    disputed: tuple[str, ...] = ()


def evolve(state: Relation, occurrence: Occurrence) -> Relation:
    """Return the relation after one more occurrence."""
    state, event = LIFECYCLE.advance(state, occurrence), occurrence.event
    if not isinstance(event, AnniversaryMarked):
        return state
    is_disputed = bool({"on", "base"}.intersection(occurrence.disputed))
    one = Anniversary(event.of, event.years, event.base, event.on, is_disputed)
    disputed = {*state.disputed} | ({"anniversaries"} if is_disputed else set())
    return replace(state, anniversaries=(*state.anniversaries, one), disputed=tuple(sorted(disputed)))


def rules(state: Relation, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``anniversary-off`` (the years from its base are others) and ``relations-resumed-without-suspension``.

    Source: ``domain.md`` 2.4b (AR-032); 2.6.
    """
    for one in named(occurrences, "anniversary-marked"):
        if isinstance(one.event, AnniversaryMarked) and (counted := _off(one.event)):
            yield contradiction("anniversary-off", state.subject, counted, one)
    resumed = named(occurrences, "relations-resumed")
    if resumed and not named(occurrences, "relations-suspended"):
        sentence = "was resumed; no suspension was reported"
        yield gap("relations-resumed-without-suspension", state.subject, sentence, *resumed)


def _off(marked: AnniversaryMarked) -> str | None:
    """Say how many years lie between base and day, if they cannot be those that were marked."""
    years, base, on = marked.years, marked.base, marked.on
    if years is None or not (base and base.earliest and base.latest and on and on.earliest and on.latest):
        return None
    least, most = on.earliest.year - base.latest.year, on.latest.year - base.earliest.year
    if least <= years <= most:
        return None
    counted = f"{least}" if least == most else f"{least} to {most}"
    return f"marked {years} years in {on}; from {base} it is {counted}"


relations: Kind[Relation] = Kind(
    "relation",
    events=(
        AnniversaryMarked,
        RelationsEstablished,
        RelationsResumed,
        RelationsSuspended,
    ),
    projection=Projection("relations", Relation, evolve, kind="relation", rules=rules),
    lifecycle=LIFECYCLE,
)
"""What is known of every relation."""
