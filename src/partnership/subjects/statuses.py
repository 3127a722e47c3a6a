"""Status and grade of a partner: requested, noted, conferred, upgraded, suspended, downgraded, denied.

There are two ladders, apart from each other: the formal *status* (dialogue partner, observer) and the *grade* of the
partnership (comprehensive, strategic). No order of their rungs is known here: partners order them differently.

Source: ``domain.md`` 2.1 (AR-172 to AR-174, AR-190, AR-201, AR-202) and 2.6.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Literal, get_args

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL, refers_to
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.findings import contradiction, named
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Projection, copy_fields
from partnership.values.when import When

__all__ = [
    "StatusConferred",
    "StatusDenied",
    "StatusDowngraded",
    "StatusRequested",
    "StatusSuspended",
    "StatusUpgradeNoted",
    "StatusUpgraded",
]

Scale = Literal["status", "grade"]
"""Formal status, or grade of the partnership."""


def _ladder(value: Scale) -> Scale:
    return converters.needed_one_of(get_args(Scale), value)  # type: ignore[no-any-return]


@frozen(kw_only=True)
class StatusEvent(Event):
    """What any report of a status may say of it.

    Attributes:
        ladder: formal status or grade.
        rung: which one, the desk's slug: ``dialogue-partner``, ``strategic-partnership``.
        holder: the party whose status it is.
        by: who confers, notes, denies it.
        title: what the source calls it.
        meeting: the meeting at which it was done, its slug.
        document: the document that says so, its slug.
        place: where.
    """

    kind = "status"
    identity: ClassVar[Identity] = ("ladder", "rung")

    ladder: Scale = field(converter=_ladder)
    rung: str = field(converter=converters.slug)
    holder: str | None = field(default=None, converter=converters.code)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    meeting: str | None = field(default=None, converter=converters.ref, metadata=refers_to("meeting"))
    document: str | None = field(default=None, converter=converters.ref, metadata=refers_to("document"))
    place: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class StatusRequested(StatusEvent):
    """A status is asked for."""

    name = "status-requested"
    rank = 10


@frozen(kw_only=True)
class StatusUpgradeNoted(StatusEvent):
    """A status is a goal: an intention is noted, or agreed; nothing is conferred (AR-202)."""

    name = "status-upgrade-noted"
    rank = 20
    identity: ClassVar[Identity] = (PER_PUBLICATION, "ladder", "rung")


@frozen(kw_only=True)
class StatusConferred(StatusEvent):
    """A status is granted (AR-172, AR-173)."""

    name = "status-conferred"
    rank = 30


@frozen(kw_only=True)
class StatusUpgraded(StatusEvent):
    """A partnership is raised to another rung (AR-190, AR-201)."""

    name = "status-upgraded"
    rank = 40


@frozen(kw_only=True)
class StatusSuspended(StatusEvent):
    """A status is suspended.

    Attributes:
        reason: why, in the source's words.
    """

    name = "status-suspended"
    rank = 50

    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen(kw_only=True)
class StatusDowngraded(StatusEvent):
    """A partnership is lowered to another rung.

    Attributes:
        reason: why, in the source's words.
    """

    name = "status-downgraded"
    rank = 60

    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen(kw_only=True)
class StatusDenied(StatusEvent):
    """A source denies that a status was conferred."""

    name = "status-denied"
    rank = 70


BRINGS = (StatusConferred, StatusUpgraded, StatusDowngraded)
"""Events that bring a party to a rung."""


@frozen
class Rung:
    """What is told of one rung of a ladder.

    Attributes:
        ladder: formal status or grade.
        rung: which one.
        noted_on: when it was last noted, or agreed, as a goal.
        requested_on, conferred_on, upgraded_on, downgraded_on, suspended_on, denied_on: when each happened, where said.
        disputed: names of the fields on which sources differ.
    """

    ladder: Scale
    rung: str
    requested_on: When | None = None
    noted_on: When | None = None
    conferred_on: When | None = None
    upgraded_on: When | None = None
    downgraded_on: When | None = None
    suspended_on: When | None = None
    denied_on: When | None = None
    disputed: tuple[str, ...] = ()


@frozen
class Status:
    """What is known of one party's status and grade; what it was on a day is asked of the view: ``view.status_at``.

    Attributes:
        subject: of whom and with whom, ``status:slug``.
        status: the formal status that was conferred last, in the order of occurrences.
        grade: the grade that the partnership was brought to last, in the order of occurrences.
        title: the name last used; `titles` has all.
        rungs: every rung told of, in the order of occurrences.
        disputed: names of the fields on which sources differ.

    The other fields are those of the events.
    """

    subject: str
    status: str | None = None
    grade: str | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    holder: str | None = None
    by: tuple[str, ...] = ()
    rungs: tuple[Rung, ...] = ()
    disputed: tuple[str, ...] = ()


_DAYS = {
    "status-requested": "requested_on",
    "status-upgrade-noted": "noted_on",
    "status-conferred": "conferred_on",
    "status-upgraded": "upgraded_on",
    "status-suspended": "suspended_on",
    "status-downgraded": "downgraded_on",
    "status-denied": "denied_on",
}
"""By stored name of the event, the field of the rung that keeps its day."""


def evolve(state: Status, occurrence: Occurrence) -> Status:
    """Return the status after one more occurrence."""
    event = occurrence.event
    if not isinstance(event, StatusEvent):
        return state
    state = copy_fields(state, occurrence, "title", "holder")
    titles = tuple(dict.fromkeys((*state.titles, *occurrence.labels["title"])))
    rung = next((one for one in state.rungs if (one.ladder, one.rung) == (event.ladder, event.rung)), None)
    day: dict[str, Any] = {_DAYS[event.name]: "on"}
    told = copy_fields(rung or Rung(event.ladder, event.rung), occurrence, **day)
    rungs = tuple(told if one is rung else one for one in state.rungs) if rung else (*state.rungs, told)
    disputed = {*state.disputed} - {"rungs"} | ({"rungs"} if any(one.disputed for one in rungs) else set())
    state = replace(state, titles=titles, rungs=rungs, disputed=tuple(sorted(disputed)))
    if not isinstance(event, BRINGS):
        return state
    stands: dict[str, Any] = {event.ladder: event.rung}
    return replace(copy_fields(state, occurrence, "by"), **stands)


def rules(state: Status, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``conferred-and-denied``: a status that was brought about in one source's words and was not in another's.

    A goal that is told as a fact, and a day before that of the grant, are disputes on the day.

    Source: ``domain.md`` 2.6.
    """
    brought = [one for one in occurrences if isinstance(one.event, BRINGS)]
    for denied in named(occurrences, "status-denied"):
        if same := [one for one in brought if one.key == denied.key]:
            sentence = f"is {denied.key[1]}, and is not"
            yield contradiction("conferred-and-denied", state.subject, sentence, denied, *same)


statuses: Kind[Status] = Kind(
    "status",
    events=(
        StatusConferred,
        StatusDenied,
        StatusDowngraded,
        StatusRequested,
        StatusSuspended,
        StatusUpgradeNoted,
        StatusUpgraded,
    ),
    projection=Projection("statuses", Status, evolve, kind="status", rules=rules),
)
"""What is known of every status."""
