"""Status and grade of a partner: requested, noted, conferred, upgraded, suspended, downgraded, denied.

There are two independent scales: the formal *status* (dialogue partner, observer) and the *grade* of the partnership
(comprehensive, strategic). No order of their values is assumed, because partners order them differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, ClassVar, Literal, get_args

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL, PLACE
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.findings import contradiction, named, oddity
from partnership.model.kind import BuiltInKind, Kind
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
"""The formal status, or the grade of the partnership."""


def _ladder(value: Scale) -> Scale:
    return converters.needed_one_of(get_args(Scale), value)  # type: ignore[no-any-return]


@frozen(kw_only=True)
class StatusEvent(Event):
    """Base class of the events of a status: fields that any report may have.

    Attributes:
        ladder: the scale: formal status or grade.
        rung: the value on that scale, a slug: ``dialogue-partner``, ``strategic-partnership``.
        holder: the party that has the status.
        by: the parties that confer, note or deny it.
        title: what the source calls it.
        meeting: slug of the meeting at which it was done.
        document: slug of the document that says so.
        place: where it took place.
    """

    kind = "status"
    identity: ClassVar[Identity] = ("ladder", "rung")
    describes: ClassVar[tuple[str, ...]] = ("holder",)

    ladder: Scale = field(converter=_ladder)
    rung: str = field(converter=converters.slug)
    holder: str | None = field(default=None, converter=converters.code)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    meeting: str | None = fields.ref("meeting")
    document: str | None = fields.ref("document")
    place: str | None = field(default=None, converter=converters.name, metadata=PLACE)


@frozen(kw_only=True)
class StatusRequested(StatusEvent):
    """A status is requested."""

    name = "status-requested"
    rank = 10


@frozen(kw_only=True)
class StatusUpgradeNoted(StatusEvent):
    """A status is noted or agreed as a goal; nothing is conferred."""

    name = "status-upgrade-noted"
    rank = 20
    identity: ClassVar[Identity] = (PER_PUBLICATION, "ladder", "rung")


@frozen(kw_only=True)
class StatusConferred(StatusEvent):
    """A status is granted.

    Attributes:
        former_rung: the value on that scale until then, a slug: from which it rose or fell.
        reason: the reason in the source's words.
    """

    name = "status-conferred"
    rank = 30

    former_rung: str | None = field(default=None, converter=converters.slug_or_none)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class StatusUpgraded(StatusEvent):
    """A partnership is upgraded.

    Attributes:
        former_rung: the value on that scale until then, a slug: from which it rose or fell.
        reason: the reason in the source's words.
    """

    name = "status-upgraded"
    rank = 40

    former_rung: str | None = field(default=None, converter=converters.slug_or_none)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class StatusSuspended(StatusEvent):
    """A status is suspended.

    Attributes:
        reason: the reason in the source's words.
    """

    name = "status-suspended"
    rank = 50

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class StatusDowngraded(StatusEvent):
    """A partnership is downgraded.

    Attributes:
        reason: the reason in the source's words.
        former_rung: the value on that scale until then, a slug: from which it rose or fell.
    """

    name = "status-downgraded"
    rank = 60

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    former_rung: str | None = field(default=None, converter=converters.slug_or_none)


@frozen(kw_only=True)
class StatusDenied(StatusEvent):
    """A source denies that a status was conferred."""

    name = "status-denied"
    rank = 70


BRINGS = (StatusConferred, StatusUpgraded, StatusDowngraded)
"""Events after which a party has a status or grade."""


@frozen
class Rung:
    """The state of one value on a scale.

    Attributes:
        ladder: the scale: formal status or grade.
        rung: the value on that scale.
        noted_on: date on which it was last noted or agreed as a goal.
        requested_on, conferred_on, upgraded_on, downgraded_on, suspended_on, denied_on:
            date of the last one of each, if a source says so.
        former_rung: the value from which it rose or fell to this one, if a source says so.
        reason: the reason why it last changed, in the source's words.
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
    former_rung: str | None = None
    reason: str | None = None


@frozen
class Status:
    """The state of one party's status and grade. ``view.status_at`` returns them on a day.

    Attributes:
        subject: the party and its partner, ``status:slug``.
        status: the current formal status.
        grade: the current grade of the partnership.
        title: the latest name.
        titles: all names, the best source first.
        rungs: all reported values of both scales, in the order of occurrences.
        disputed: names of the fields on which sources differ.
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
"""The field of `Rung` for the date of an event, by stored name of the event."""


def evolve(state: Status, occurrence: Occurrence) -> Status:
    """Return the status after one more occurrence."""
    event = occurrence.event
    if not isinstance(event, StatusEvent):
        return state
    state = copy_fields(state, occurrence, "title", "holder")
    titles = tuple(dict.fromkeys((*state.titles, *occurrence.labels["title"])))
    rung = next((rung for rung in state.rungs if (rung.ladder, rung.rung) == (event.ladder, event.rung)), None)
    day: dict[str, Any] = {_DAYS[event.name]: "on"}
    told = [name for name in ("former_rung", "reason") if hasattr(event, name)]
    updated = copy_fields(rung or Rung(event.ladder, event.rung), occurrence, *told, **day)
    rungs = tuple(updated if old is rung else old for old in state.rungs) if rung else (*state.rungs, updated)
    disputed = {*state.disputed} - {"rungs"} | ({"rungs"} if any(row.disputed for row in rungs) else set())
    state = replace(state, titles=titles, rungs=rungs, disputed=tuple(sorted(disputed)))
    if not isinstance(event, BRINGS):
        return state
    current: dict[str, Any] = {event.ladder: event.rung}
    return replace(copy_fields(state, occurrence, "by"), **current)


def is_overtaken(denial: Occurrence, conferral: Occurrence, day: date) -> bool:
    """Tell whether a source dates a conferral surely after a denial, and surely by a day.

    A denial says that nothing was conferred so far. It does not contest what came later: a goal that was reported as a
    fact, denied, and then reached.
    """
    return any(on.surely_after(denial.latest) and on.surely_by(day) for on in conferral.days)


def rules(state: Status, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``conferred-and-denied`` and ``former-rung-differs``.

    The first: one source reports a status as conferred and another denies it. It is not found where the status was
    surely conferred after the denial. A goal that a source reports as a fact, and a date before the grant, are disputes
    on the date. The second: a status rose or fell from another value than the one that was conferred before.
    """
    conferred = [occurrence for occurrence in occurrences if isinstance(occurrence.event, BRINGS)]
    for scale in get_args(Scale):
        yield from _other_formers(state.subject, [item for item in conferred if item.key[0] == scale])
    for denied in named(occurrences, "status-denied"):
        same = [occurrence for occurrence in conferred if occurrence.key == denied.key]
        if same and not any(is_overtaken(denied, occurrence, date.max) for occurrence in same):
            sentence = f"is {denied.key[1]} in some reports, and a source denies it"
            yield contradiction("conferred-and-denied", state.subject, sentence, denied, *same)


def _other_formers(subject: str, conferred: Sequence[Occurrence]) -> Iterable[Finding]:
    for before, after in pairwise(conferred):
        former = after.event.former_rung  # type: ignore[attr-defined]  # all of BRINGS have it
        if former not in (None, before.key[1]) and after.surely_after(before):
            sentence = (
                f"had become {before.key[1]}, and is reported to have been {former} before it became {after.key[1]}"
            )
            yield oddity("former-rung-differs", subject, sentence, before, after)


statuses: Kind[Status] = BuiltInKind(
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
"""The kind of subject for statuses."""
