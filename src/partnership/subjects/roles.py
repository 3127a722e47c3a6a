"""Roles that rotate or are filled: a chair, a coordinator, a post.

Source: ``domain.md`` 2.1. Rotations are broken in practice (AR-257 to AR-259), so they are recorded and never computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations
from typing import Any, ClassVar, Protocol

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL, refers_to
from partnership.model.event import Event, Identity
from partnership.model.expectations import Outcome
from partnership.model.findings import contradiction, named, oddity
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Projection, copy_fields
from partnership.values.when import When

__all__ = [
    "AppointmentAnnounced",
    "CredentialsPresented",
    "RoleAssumed",
    "RoleEnded",
    "RoleHeld",
    "RoleObserved",
    "RoleVacant",
]


@frozen(kw_only=True)
class RoleEvent(Event):
    """What any report of a role may say of it.

    Attributes:
        title: the name of the role.
        body: of what it is a role, ``kind:slug``.
        place: where it was said or done.
        meeting: the meeting at which it was said or done, its slug.
    """

    kind = "role"

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    body: str | None = field(default=None, converter=converters.subject, metadata=refers_to("*"))
    place: str | None = field(default=None, converter=converters.name)
    meeting: str | None = field(default=None, converter=converters.ref, metadata=refers_to("meeting"))


@frozen(kw_only=True)
class HolderEvent(RoleEvent):
    """What any report of somebody in a role may say; it names the party, the person, or both.

    Attributes:
        holder: the party that holds the role, or whose person does.
        person: the person.
        term: the desk's word for the term, "2021-2024"; what has one holder and one word tells of one stretch of time.
    """

    identity: ClassVar[Identity] = ("holder", "person", "term")

    holder: str | None = field(default=None, converter=converters.code)
    person: str | None = field(default=None, converter=converters.name)
    term: str | None = field(default=None, converter=converters.name)

    def impossible(self) -> tuple[str, ...]:
        """Refuse a holder who is nobody; that nobody holds the role is `RoleVacant`."""
        return () if self.holder or self.person else ("holder: nobody is named; write holder= or person=",)


@frozen(kw_only=True)
class AppointmentAnnounced(HolderEvent):
    """Somebody is appointed, and need not have begun.

    Attributes:
        planned: when the term is to begin.
    """

    name = "appointment-announced"
    rank = 30

    planned: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class RoleAssumed(HolderEvent):
    """Somebody takes a role over; ``on`` is the first day of the term.

    Attributes:
        predecessor: the party that hands it over, whose term ends with it.
        predecessor_person: the person who does.
        theme: what the holder puts its term under.
    """

    name = "role-assumed"
    rank = 40

    predecessor: str | None = field(default=None, converter=converters.code)
    predecessor_person: str | None = field(default=None, converter=converters.name)
    theme: str | None = field(default=None, converter=converters.name, metadata=LABEL)


@frozen(kw_only=True)
class RoleHeld(HolderEvent):
    """Somebody holds a role, and ``on`` is the term: ``2021/2024``, or ``2020``, within which it began and ended.

    ``2020`` proves none of its days; for the whole of the year write ``2020-01/2020-12``. Where a source has somebody
    in the role on a day, and nothing of the term, that is `RoleObserved`.

    Attributes:
        theme: what the holder put its term under.
        capacity: "acting", "chargé d'affaires".
    """

    name = "role-held"
    rank = 50
    is_lasting = True

    theme: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    capacity: str | None = field(default=None, converter=converters.name, metadata=LABEL)


@frozen(kw_only=True)
class RoleObserved(HolderEvent):
    """Somebody is seen in a role on a day, and nothing is said of the term: most evidence is of this kind (AR-222).

    Each day is a occurrence of its own: to be seen on two days is no dispute.

    Attributes:
        capacity: "acting", "chargé d'affaires".
    """

    name = "role-observed"
    rank = 50
    identity: ClassVar[Identity] = ("holder", "person", "term", "on")

    capacity: str | None = field(default=None, converter=converters.name, metadata=LABEL)


@frozen(kw_only=True)
class CredentialsPresented(HolderEvent):
    """Somebody presents the credentials of a post, and so holds it on that day.

    Attributes:
        to: to whom.
    """

    name = "credentials-presented"
    rank = 50

    to: str | None = field(default=None, converter=converters.name, metadata=LABEL)


@frozen(kw_only=True)
class RoleEnded(HolderEvent):
    """A term ends; ``on`` is its last day.

    Attributes:
        reason: why, in the source's words.
        successor: the party that is to follow.
    """

    name = "role-ended"
    rank = 60

    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)
    successor: str | None = field(default=None, converter=converters.code)


@frozen(kw_only=True)
class RoleVacant(RoleEvent):
    """Nobody holds a role: ``on`` is how long, or a time at which it was so.

    Attributes:
        term: the desk's word for the vacancy, where there were several.
        reason: why, in the source's words.
    """

    name = "role-vacant"
    rank = 70
    identity: ClassVar[Identity] = ("term",)
    is_lasting = True

    term: str | None = field(default=None, converter=converters.name)
    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen
class Term:
    """What is told of one term of one holder: of the same party, person and word for the term.

    Attributes:
        held_on: the term, where said.
        appointed_on, assumed_on, accredited_on, ended_on: when each happened, where said.
        seen_on: the days on which the holder was seen in the role.
        starts: the days by which the holder had begun, one pair a report.
        disputed: names of the fields on which sources differ.

    The other fields are those of the events.
    """

    holder: str | None
    person: str | None
    term: str | None
    held_on: When | None = None
    appointed_on: When | None = None
    assumed_on: When | None = None
    accredited_on: When | None = None
    ended_on: When | None = None
    seen_on: tuple[When, ...] = ()
    theme: str | None = None
    capacity: str | None = None
    predecessor: str | None = None
    predecessor_person: str | None = None
    successor: str | None = None
    reason: str | None = None
    starts: tuple[Outcome, ...] = ()
    disputed: tuple[str, ...] = ()


@frozen
class Vacancy:
    """A time at which nobody held the role.

    Attributes:
        term: the desk's word for it.
        on: how long, or a time within it; where said.
        is_disputed: sources differ on it.
    """

    term: str | None
    on: When | None
    is_disputed: bool


@frozen
class Role:
    """What is known of one role; who held it on a day is asked of the view: ``view.holders(role, day)``.

    Attributes:
        subject: the role, ``role:slug``.
        title: the name last used; `titles` has all.
        body: of what it is a role.
        terms: every term told of, by the day on which it may first have begun.
        vacancies: when nobody held it.
        disputed: which of these fields have something on which sources differ.
    """

    subject: str
    title: str | None = None
    titles: tuple[str, ...] = ()
    body: str | None = None
    terms: tuple[Term, ...] = ()
    vacancies: tuple[Vacancy, ...] = ()
    disputed: tuple[str, ...] = ()

    @property
    def holder(self) -> str | None:
        """The party whose term began last, as far as anybody said; the term may have ended."""
        return next((one.holder for one in reversed(self.terms) if one.starts), None)


class Holder(Protocol):
    """What names a holder: an event, a term, a turn."""

    @property
    def holder(self) -> str | None:
        """The party."""
        ...

    @property
    def person(self) -> str | None:
        """The person."""
        ...


def is_another(one: Holder, other: Holder) -> bool:
    """Tell whether two are surely two holders: they differ in the party, or in the person, where both name one."""
    pairs = ((one.holder, other.holder), (one.person, other.person))
    return any(None not in pair and pair[0] != pair[1] for pair in pairs)


def is_one_holder(one: Holder, other: Holder) -> bool:
    """Tell whether two are one holder: they agree in the party and in the person as far as both name them."""
    pairs = ((one.holder, other.holder), (one.person, other.person))
    return not is_another(one, other) and any(None not in pair for pair in pairs)


_DAYS = {
    "appointment-announced": "appointed_on",
    "role-assumed": "assumed_on",
    "role-held": "held_on",
    "role-observed": "seen_on",
    "credentials-presented": "accredited_on",
    "role-ended": "ended_on",
}
"""By stored name of the event, the field of the term that keeps its day."""
_TAKES = ("theme", "capacity", "predecessor", "predecessor_person", "successor", "reason")


def evolve(state: Role, occurrence: Occurrence) -> Role:
    """Return the role after one more occurrence."""
    event = occurrence.event
    if not isinstance(event, RoleEvent):
        return state
    state = copy_fields(state, occurrence, "title", "body")
    state = replace(state, titles=tuple(dict.fromkeys((*state.titles, *occurrence.labels["title"]))))
    disputed = {*state.disputed}
    if isinstance(event, RoleVacant):
        is_disputed = "on" in occurrence.disputed
        vacancies = (*state.vacancies, Vacancy(event.term, event.on, is_disputed))
        state = replace(state, vacancies=vacancies)
        disputed |= {"vacancies"} if is_disputed else set()
    elif isinstance(event, HolderEvent) and event.name in _DAYS:
        state = replace(state, terms=_terms(state.terms, event, occurrence))
        disputed |= {"terms"} if any(one.disputed for one in state.terms) else set()
    return replace(state, disputed=tuple(sorted(disputed)))


def _terms(terms: tuple[Term, ...], event: HolderEvent, occurrence: Occurrence) -> tuple[Term, ...]:
    """Return the terms with what one more report says of one of them, by the day on which each may have begun."""
    named = (event.holder, event.person, event.term)
    term = next((one for one in terms if (one.holder, one.person, one.term) == named), Term(*named))
    others = [one for one in terms if one is not term]
    if isinstance(event, RoleObserved):
        term = replace(term, seen_on=(*term.seen_on, *((event.on,) if event.on else ())))
    else:
        day: dict[str, Any] = {_DAYS[event.name]: "on"}
        term = copy_fields(term, occurrence, **day)
    term = copy_fields(term, occurrence, *(name for name in _TAKES if hasattr(event, name)))
    if has_begun(event):
        term = replace(term, starts=(*term.starts, Outcome(occurrence.earliest, occurrence.begun)))
    return tuple(sorted((*others, term), key=_by_start))


def has_begun(event: Event) -> bool:
    """Tell whether somebody held the role then, or before: to be expected or appointed is not to hold."""
    return isinstance(event, HolderEvent) and event.name in _DAYS and not isinstance(event, AppointmentAnnounced)


def _by_start(term: Term) -> tuple[date, str, str, str]:
    began = min((one.earliest or one.latest for one in term.starts), default=date.max)
    return (began, term.holder or "", term.person or "", term.term or "")


def rules(state: Role, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``two-holders`` (their terms surely overlap) and ``held-while-vacant``.

    Source: ``domain.md`` 2.7, one chair and one coordinator at a time; soft, for handovers overlap.
    """
    held = named(occurrences, "role-held", "role-observed")
    for one, other in combinations(held, 2):
        if _surely_meet(one, other) and is_another(one.event, other.event):  # type: ignore[arg-type]  # named so
            yield oddity("two-holders", state.subject, "has two holders whose terms surely overlap", one, other)
    for vacancy in named(occurrences, "role-vacant"):
        if shown := [one for one in held if _surely_meet(vacancy, one)]:
            yield contradiction("held-while-vacant", state.subject, "is held while it is vacant", vacancy, *shown)


def _surely_meet(one: Occurrence, other: Occurrence) -> bool:
    return bool(one.event.on and other.event.on and one.event.on.surely_overlaps(other.event.on))


roles: Kind[Role] = Kind(
    "role",
    events=(
        AppointmentAnnounced,
        CredentialsPresented,
        RoleAssumed,
        RoleEnded,
        RoleHeld,
        RoleObserved,
        RoleVacant,
    ),
    projection=Projection("roles", Role, evolve, kind="role", version=2, rules=rules),
)
"""What is known of every role."""
