"""Roles that rotate or are filled: a chair, a coordinator, a post.

Holders are recorded and never computed from a rotation: parties skip or swap turns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Any, ClassVar, Literal, Protocol

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL, PERSON, PLACE
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.expectations import Outcome
from partnership.model.findings import contradiction, named, oddity
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.plan_words import Force
from partnership.model.projection import Projection, copy_fields
from partnership.model.state_rows import with_row
from partnership.values.amounts import Count, Duration
from partnership.values.name_words import person_words
from partnership.values.when import When

__all__ = [
    "AppointmentAnnounced",
    "CredentialsPresented",
    "RoleAssumed",
    "RoleEnded",
    "RoleHeld",
    "RoleObserved",
    "RoleVacant",
    "TermExtended",
]

Tenure = Literal["full", "acting", "designate"]
"""In what way somebody has a post: fully, for the time being, or not yet, but chosen for it."""


@frozen(kw_only=True)
class RoleEvent(Event):
    """Base class of the events of a role: fields that any report may have.

    Attributes:
        title: name of the role.
        body: the subject that it is a role of, ``kind:slug``; a slug alone is a series.
        place: where it was said or done.
        meeting: slug of the meeting at which it was said or done.
        count: how many posts or holders the report is about, if it names none of them: "ten champions appointed".
    """

    kind = "role"

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    body: str | None = field(default=None, converter=references.role_body)
    place: str | None = field(default=None, converter=converters.name, metadata=PLACE)
    meeting: str | None = fields.ref("meeting")
    count: Count | None = field(default=None, converter=converters.count)


@frozen(kw_only=True)
class HolderEvent(RoleEvent):
    """What any report of somebody in a role may say; it names the party, the person, or both, or gives their count.

    Attributes:
        holder: code of the party that holds the role, or whose person does.
        person: name of the person.
        term: the desk's label of the term, "2021-2024". Events with the same holder and label are about one term, so
            the time as an acting holder and a later full term of one person have two labels.
        tenure: full, acting (for the time being), or designate (chosen, and not in post yet).
        duration: how long the term runs, if the source says so: "P5Y".
        until: the day on which the term is planned to end.
        until_event: what ends the term, in the source's words, if it gives no day: "the next session of the council".
    """

    identity: ClassVar[Identity] = ("holder", "person", "term")

    holder: str | None = field(default=None, converter=converters.code)
    person: str | None = field(default=None, converter=converters.name, metadata=PERSON)
    term: str | None = field(default=None, converter=converters.name)
    tenure: Tenure | None = fields.choice(Tenure)
    duration: Duration | None = field(default=None, converter=converters.duration)
    until: When | None = field(default=None, converter=converters.day)
    until_event: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)

    def impossible(self) -> tuple[str, ...]:
        """Require a party, a person or a count; a role without a holder is `RoleVacant`."""
        return (
            ()
            if self.is_named or self.count
            else ("holder: neither a party nor a person is named; write holder= or person=",)
        )

    @property
    def is_named(self) -> bool:
        """Whether it names the party or the person; a count alone says nothing of who holds the role."""
        return bool(self.holder or self.person)


@frozen(kw_only=True)
class AppointmentAnnounced(HolderEvent):
    """Somebody is appointed; the term need not have begun.

    Attributes:
        planned: planned first day of the term. Until it begins it is expected, and then overdue.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
        condition: the condition on which it depends: "if the Senate confirms her".
        predecessor: the party that holds the role until then.
        predecessor_person: the person who holds it until then.
        appointed_by: the person or institution that appoints: "the Council of the European Union".
    """

    name = "appointment-announced"
    rank = 30

    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    predecessor: str | None = field(default=None, converter=converters.code)
    predecessor_person: str | None = field(default=None, converter=converters.name, metadata=PERSON)
    appointed_by: str | None = field(default=None, converter=converters.name, metadata=LABEL)


@frozen(kw_only=True)
class RoleAssumed(HolderEvent):
    """Somebody takes over a role; ``on`` is the first day of the term.

    Attributes:
        predecessor: the previous party, whose term ends.
        predecessor_person: the previous person.
        theme: motto of the term.
    """

    name = "role-assumed"
    rank = 40

    predecessor: str | None = field(default=None, converter=converters.code)
    predecessor_person: str | None = field(default=None, converter=converters.name, metadata=PERSON)
    theme: str | None = field(default=None, converter=converters.name, metadata=LABEL)


@frozen(kw_only=True)
class RoleHeld(HolderEvent):
    """Somebody holds a role; ``on`` is the term, ``2021/2024``.

    ``2020`` means that the term began and ended within 2020 and proves no particular day; for the whole year write
    ``2020-01/2020-12``. Use `RoleObserved` if a source names a holder on a day without the term.

    Attributes:
        theme: motto of the term.
        capacity: the capacity in which somebody holds it: "acting", "chargé d'affaires".
    """

    name = "role-held"
    rank = 50
    is_lasting = True

    theme: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    capacity: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)


@frozen(kw_only=True)
class RoleObserved(HolderEvent):
    """A source names the holder of a role on a day and not the term, as most sources do.

    Each day is an occurrence of its own, so two days are not a dispute.

    Attributes:
        capacity: the capacity in which somebody holds it: "acting", "chargé d'affaires".
    """

    name = "role-observed"
    rank = 50
    identity: ClassVar[Identity] = ("holder", "person", "term", "on")

    capacity: str | None = field(default=None, converter=converters.name, metadata=ACCOUNT)


@frozen(kw_only=True)
class CredentialsPresented(HolderEvent):
    """Somebody presents credentials, and so holds the post on that day.

    Attributes:
        to: the parties that receive them.
    """

    name = "credentials-presented"
    rank = 50

    to: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class RoleEnded(HolderEvent):
    """A term ends; ``on`` is its last day.

    Attributes:
        reason: the reason in the source's words.
        successor: the next party.
        successor_person: the next person.
    """

    name = "role-ended"
    rank = 60

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    successor: str | None = field(default=None, converter=converters.code)
    successor_person: str | None = field(default=None, converter=converters.name, metadata=PERSON)


@frozen(kw_only=True)
class TermExtended(HolderEvent):
    """The term of a holder is extended, until a day or by some time (`duration`); the holder is in post on that day.

    Attributes:
        reason: the reason in the source's words.
    """

    name = "term-extended"
    rank = 55
    identity: ClassVar[Identity] = (PER_PUBLICATION, "holder", "person", "term")

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class RoleVacant(RoleEvent):
    """A role is vacant; ``on`` is the period, or a day or month within it.

    Attributes:
        term: the desk's label of the vacancy, to tell several apart.
        reason: the reason in the source's words.
    """

    name = "role-vacant"
    rank = 70
    identity: ClassVar[Identity] = ("term",)
    is_lasting = True

    term: str | None = field(default=None, converter=converters.name)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen
class Term:
    """One term of one holder, identified by party, person and label.

    Attributes:
        holder: code of the party that holds the role, or whose person does.
        person: name of the person.
        term: the desk's label of the term.
        held_on: the period, if a source says so.
        appointed_on, assumed_on, accredited_on, ended_on: date of the last one of each, if a source says so.
        extended_on: date of the last extension, if a source says so.
        seen_on: days on which a source names the holder.
        designated_on: days on which a source names it as the one who is to hold the role, and does not yet.
        starts: for each report, the range of days by which the holder had begun.
        theme: motto of the term.
        capacity: the capacity in which somebody holds it: "acting", "chargé d'affaires".
        predecessor: the previous party.
        predecessor_person: the previous person.
        successor: the next party.
        successor_person: the next person.
        reason: why the term ended, in the source's words.
        count: how many persons of the holder, if the source names none of them.
        tenure: full, acting (for the time being), or designate (chosen, and not in post yet).
        duration: how long the term runs, if a source says so.
        until: the day on which the term is planned to end.
        until_event: what ends the term, in the source's words.
        condition: the condition on which the appointment depends.
        appointed_by: the person or institution that appoints.
        disputed: names of the fields on which sources differ.
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
    count: Count | None = None
    starts: tuple[Outcome, ...] = ()
    disputed: tuple[str, ...] = ()
    tenure: Tenure | None = None
    duration: Duration | None = None
    until: When | None = None
    until_event: str | None = None
    condition: str | None = None
    appointed_by: str | None = None
    successor_person: str | None = None
    extended_on: When | None = None
    designated_on: tuple[When, ...] = ()


@frozen
class Vacancy:
    """A period in which nobody held the role.

    Attributes:
        term: the desk's label.
        on: the period, or a time within it, if a source says so.
        is_disputed: whether sources differ on it.
    """

    term: str | None
    on: When | None
    is_disputed: bool


@frozen
class Role:
    """The state of one role. ``view.holders(role, day)`` returns who held it on a day.

    Attributes:
        subject: the role, ``role:slug``.
        title: the latest name.
        titles: all names, the best source first.
        body: the subject that it is a role of, ``kind:slug``.
        terms: all reported terms, sorted by the earliest day on which they may have begun.
        vacancies: periods in which nobody held it.
        count: how many posts or holders the latest report counts that names none of them.
        disputed: names of the fields on which sources differ.
    """

    subject: str
    title: str | None = None
    titles: tuple[str, ...] = ()
    body: str | None = None
    terms: tuple[Term, ...] = ()
    vacancies: tuple[Vacancy, ...] = ()
    count: Count | None = None
    disputed: tuple[str, ...] = ()

    @property
    def holder(self) -> str | None:
        """Code of the party whose term began last; the term may have ended."""
        return next((term.holder for term in reversed(self.terms) if term.starts), None)


class Holder(Protocol):
    """Anything with a holder: an event, a `Term` or a `Turn`."""

    @property
    def holder(self) -> str | None:
        """Code of the party."""
        ...

    @property
    def person(self) -> str | None:
        """Name of the person."""
        ...


def is_another(holder: Holder, other: Holder) -> bool:
    """Tell whether two are certainly different holders: both name a party, or both a person, and they differ.

    Persons differ if neither name says less than the other, as "S. Jaishankar" does than "Dr Subrahmanyam Jaishankar".
    """
    if None not in (holder.holder, other.holder) and holder.holder != other.holder:
        return True
    person, another = holder.person, other.person
    if person is None or another is None or person == another:
        return False
    return not (is_shorter_name(person, another) or is_shorter_name(another, person))


@lru_cache(maxsize=65_536)
def is_shorter_name(name: str, other: str) -> bool:
    """Tell whether a name of a person says the same as another, or less."""
    return person_words(name) <= person_words(other)


def is_one_holder(holder: Holder, other: Holder) -> bool:
    """Tell whether two are the same holder: party and person agree as far as both name them."""
    pairs = ((holder.holder, other.holder), (holder.person, other.person))
    return not is_another(holder, other) and any(None not in pair for pair in pairs)


_DAYS = {
    "appointment-announced": "appointed_on",
    "role-assumed": "assumed_on",
    "role-held": "held_on",
    "role-observed": "seen_on",
    "credentials-presented": "accredited_on",
    "role-ended": "ended_on",
    "term-extended": "extended_on",
}
"""The field of `Term` for the date of an event, by stored name of the event."""
_TERM_FIELDS = (
    *("theme", "capacity", "predecessor", "predecessor_person", "successor", "successor_person", "reason", "tenure"),
    *("duration", "until", "until_event", "condition", "appointed_by", "count"),
)


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
    elif isinstance(event, HolderEvent) and not event.is_named:
        state = copy_fields(state, occurrence, "count")
        disputed = {*state.disputed}
    elif isinstance(event, HolderEvent) and event.name in _DAYS:
        state = replace(state, terms=_terms(state.terms, event, occurrence))
        disputed |= {"terms"} if occurrence.disputed and any(term.disputed for term in state.terms) else set()
    return replace(state, disputed=tuple(sorted(disputed)))


def _terms(terms: tuple[Term, ...], event: HolderEvent, occurrence: Occurrence) -> tuple[Term, ...]:
    """Return the terms after one more event about one of them, sorted by `_by_start`."""
    identity = (event.holder, event.person, event.term)
    term = next((t for t in terms if (t.holder, t.person, t.term) == identity), Term(*identity))
    others = tuple([other for other in terms if other is not term])
    if has_begun(event) and term.tenure == "designate":
        term = replace(term, tenure=None)
    if is_designate(event) and not isinstance(event, AppointmentAnnounced):
        term = replace(term, designated_on=(*term.designated_on, *((event.on,) if event.on else ())))
    elif isinstance(event, RoleObserved):
        term = replace(term, seen_on=(*term.seen_on, *((event.on,) if event.on else ())))
    else:
        day: dict[str, Any] = {_DAYS[event.name]: "on"}
        term = copy_fields(term, occurrence, **day)
    term = copy_fields(term, occurrence, *(name for name in _TERM_FIELDS if hasattr(event, name)))
    if has_begun(event):
        term = replace(term, starts=(*term.starts, Outcome(occurrence.earliest, occurrence.begun)))
    return with_row(others, term, _by_start)


def has_begun(event: Event) -> bool:
    """Tell whether an event shows that a term has begun; an expected or appointed holder need not have begun."""
    is_in_post = isinstance(event, HolderEvent) and event.name in _DAYS and not isinstance(event, AppointmentAnnounced)
    return is_in_post and not is_designate(event)


def is_designate(event: Event) -> bool:
    """Tell whether an event says that a holder is designated, and so not in post yet.

    Who presents credentials takes up the post, so that a source that calls one "ambassador-designate" then means the
    time before.
    """
    return getattr(event, "tenure", None) == "designate" and not isinstance(event, CredentialsPresented)


def _by_start(term: Term) -> tuple[date, str, str, str]:
    began = min((start.earliest or start.latest for start in term.starts), default=date.max)
    return (began, term.holder or "", term.person or "", term.term or "")


def rules(state: Role, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find ``two-holders`` (their terms certainly overlap) and ``held-while-vacant``.

    Two holders are an oddity and not a contradiction, because handovers overlap.
    """
    held = [item for item in named(occurrences, "role-held", "role-observed") if has_begun(item.event)]
    for first, second in combinations(held, 2):
        if _surely_overlap(first, second) and is_another(first.event, second.event):  # type: ignore[arg-type]  # both are HolderEvent
            yield oddity("two-holders", state.subject, "has two holders whose terms certainly overlap", first, second)
    for vacancy in named(occurrences, "role-vacant"):
        if overlapping := [term for term in held if _surely_overlap(vacancy, term)]:
            yield contradiction("held-while-vacant", state.subject, "is held while it is vacant", vacancy, *overlapping)


def _surely_overlap(first: Occurrence, second: Occurrence) -> bool:
    return bool(first.event.on and second.event.on and first.event.on.surely_overlaps(second.event.on))


roles: Kind[Role] = BuiltInKind(
    "role",
    events=(
        AppointmentAnnounced,
        CredentialsPresented,
        RoleAssumed,
        RoleEnded,
        RoleHeld,
        RoleObserved,
        RoleVacant,
        TermExtended,
    ),
    projection=Projection("roles", Role, evolve, kind="role", version=2, rules=rules),
)
"""The kind of subject for roles."""
