"""Rotations: who is expected or appointed to hold a role next, and changes of the order.

No alphabetical order and no length of a term is assumed: parties skip or swap turns.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT
from partnership.model.event import PER_PUBLICATION, Identity
from partnership.model.expectations import Expectation, Outcome, is_among, outstanding, replan
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.occurrence import Occurrence
from partnership.model.plan_words import PLAN_WORDS, Force
from partnership.model.projection import Projection
from partnership.subjects.roles import AppointmentAnnounced, HolderEvent, RoleEvent, has_begun, is_one_holder
from partnership.values.when import When

__all__ = ["RoleExpected", "RotationChanged"]


@frozen(kw_only=True)
class RoleExpected(HolderEvent):
    """Somebody is expected to hold a role, without a reported decision.

    Attributes:
        planned: the expected term, or a time within it.
        condition: what it depends on.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "role-expected"
    rank = 10
    identity: ClassVar[Identity] = (PER_PUBLICATION, "holder", "person", "term")

    planned: When | None = field(default=None, converter=converters.day)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen(kw_only=True)
class RotationChanged(RoleEvent):
    """A turn is given to another party than the one whose turn it was; two parties that swap turns need two events.

    Without a label and a time, it is about the only turn that is expected of the party. A newer change of the same turn
    replaces an older one.

    Attributes:
        term: the desk's label of the turn.
        holder: the party that is to hold the role now.
        instead_of: the party whose turn it was.
        planned: the term, or a time within it.
        by: the parties that agreed to it, or gave up the turn.
        reason: the reason in the source's words.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
    """

    name = "rotation-changed"
    rank = 20
    identity: ClassVar[Identity] = (PER_PUBLICATION, "term", "instead_of")

    term: str | None = field(default=None, converter=converters.name)
    holder: str | None = field(default=None, converter=converters.code)
    instead_of: str | None = field(default=None, converter=converters.code)
    planned: When | None = field(default=None, converter=converters.day)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)


@frozen
class Turn:
    """An expected term of one holder, or one that an appointment is to begin.

    Attributes:
        holder: the party that is to hold the role.
        person: name of the person.
        term: the desk's label of the turn.
        condition: what it depends on, in the source's words.
        expected: the currently expected terms, times within them, or planned first days.
        previous_dates: terms that were expected earlier and moved or given to another.
        starts: for each report, the range of days by which the holder had begun.
        disputed: ``'expected'`` and ``'holder'`` where sources differ on them.
        instead_of: the party that gave the turn away, if it was changed.
        timing: the date of the newest plan in its source's words.
        is_undated: whether the source of the newest plan says that no date is set.
        force: how strongly the source of the newest plan puts it.
    """

    holder: str | None
    person: str | None = None
    term: str | None = None
    condition: str | None = None
    expected: tuple[Expectation, ...] = ()
    previous_dates: tuple[When, ...] = ()
    starts: tuple[Outcome, ...] = ()
    disputed: tuple[str, ...] = ()
    instead_of: str | None = None
    timing: str | None = None
    is_undated: bool | None = None
    force: Force | None = None

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What meets an expected term: the beginnings. A term that was held has not moved."""
        return self.starts


@frozen
class Rotation:
    """The expected holders of one role.

    Attributes:
        subject: the role, ``role:slug``.
        title: the name of the role last used.
        turns: all terms that are or were expected or held.
        disputed: ``('turns',)`` if sources differ on one of them.
    """

    subject: str
    title: str | None = None
    turns: tuple[Turn, ...] = ()
    disputed: tuple[str, ...] = ()

    @property
    def previous_dates(self) -> tuple[When, ...]:
        """Terms that were expected earlier and moved or given to another."""
        return tuple(day for turn in self.turns for day in turn.previous_dates)

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Expected terms that no source reports as begun."""
        return tuple(
            replace(plan, previous_dates=turn.previous_dates)
            for turn in self.turns
            if turn.expected
            for plan in outstanding(turn.expected, _starts(self.turns, turn))
        )

    def parties_owing(self, plan: Expectation) -> tuple[str, ...]:
        """Return the party that is expected to hold the role by a plan, not the one that holds it now."""
        return next(((turn.holder,) for turn in self.turns if turn.holder and is_among(plan, turn.expected)), ())


def _starts(turns: Iterable[Turn], turn: Turn) -> list[Outcome]:
    """Return when the holder of a turn began a term, under any label."""
    return [start for other in turns if is_one_holder(other, turn) for start in other.starts]


def evolve(state: Rotation, occurrence: Occurrence) -> Rotation:
    """Return the rotation after one more occurrence."""
    event = occurrence.event
    if not isinstance(event, RoleEvent):
        return state
    identity: tuple[str | None, str | None, str | None]
    turns = {(turn.holder, turn.person, turn.term): turn for turn in state.turns}
    if isinstance(event, RotationChanged):
        open_terms = [
            plan.planned
            for turn in state.turns
            if turn.holder == event.instead_of
            for plan in outstanding(turn.expected, _starts(state.turns, turn))
        ]
        only = open_terms[0] if event.planned is None and len(open_terms) == 1 else None
        turns = {identity: _ceded(turn, event, only) for identity, turn in turns.items()}
        if event.holder:
            identity = (event.holder, None, event.term)
            turn = replace(turns.get(identity, Turn(*identity)), instead_of=event.instead_of)
            turn = _expected(turn, occurrence)
            disputed = {*turn.disputed} - {"holder"} | ({"holder"} & {*occurrence.disputed})
            turns[identity] = replace(turn, disputed=tuple(sorted(disputed)))
    elif isinstance(event, HolderEvent) and event.is_named:
        identity = (event.holder, event.person, event.term)
        turn = turns.get(identity, Turn(*identity))
        if isinstance(event, RoleExpected) or (
            isinstance(event, AppointmentAnnounced) and (event.planned or event.is_undated)
        ):
            turns[identity] = replace(_expected(turn, occurrence), condition=event.condition)
        elif has_begun(event):
            turns[identity] = replace(turn, starts=(*turn.starts, Outcome(occurrence.earliest, occurrence.begun)))
    ordered = tuple(turns[identity] for identity in sorted(turns, key=lambda names: tuple(map(str, names))))
    is_disputed = any(turn.disputed for turn in ordered)
    return replace(state, title=event.title or state.title, turns=ordered, disputed=("turns",) if is_disputed else ())


def _expected(turn: Turn, occurrence: Occurrence) -> Turn:
    """Return the turn with the plan of an event; one that says nothing of a date leaves the dates as they are."""
    event: Any = occurrence.event  # an expected or changed term, or an appointment: each has a plan
    is_new = bool(event.planned or event.is_undated)
    words = {word: value for word in PLAN_WORDS if (value := getattr(event, word)) is not None or is_new}
    return replace(replan(turn, occurrence) if is_new else turn, **words)


def _ceded(turn: Turn, event: RotationChanged, only: When | None) -> Turn:
    """Move the terms that another party gets, by label or by time, from expected to previous ones.

    They are terms of the party whose turn it was, or of one that got them by an older change. *only* is the only
    outstanding term of the party; a change without a time is about it, unless labels differ.
    """
    if event.instead_of is None or event.instead_of not in (turn.holder, turn.instead_of):
        return turn
    if turn.holder == event.holder:
        return turn
    is_its_term = turn.term is not None and turn.term == event.term
    lost = [
        plan.planned
        for plan in turn.expected
        if is_its_term
        or (plan.planned == only and None in (turn.term, event.term))
        or (event.planned is not None and event.planned.maybe_overlaps(plan.planned))
    ]
    remaining = tuple(plan for plan in turn.expected if plan.planned not in lost)
    return replace(turn, expected=remaining, previous_dates=(*turn.previous_dates, *lost))


rotations: Kind[Rotation] = BuiltInKind(
    "role",
    events=(
        RoleExpected,
        RotationChanged,
    ),
    projection=Projection("rotations", Rotation, evolve, kind="role", version=2),
)
"""The kind for expected holders of roles. Its subjects are those of `roles`, ``role:slug``."""
