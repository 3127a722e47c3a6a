"""Rotations: whose turn it is to hold a role, as somebody expects it or as it was changed.

Source: ``domain.md`` 2.1 (AR-257 to AR-259). No alphabet and no number of years is known here: turns are skipped.
"""

from __future__ import annotations

from typing import ClassVar

from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL
from partnership.model.event import PER_PUBLICATION, Identity
from partnership.model.expectations import Expectation, Outcome, outstanding, replan
from partnership.model.kind import Kind
from partnership.model.occurrence import Occurrence
from partnership.model.projection import Projection
from partnership.subjects.roles import HolderEvent, RoleEvent, has_begun, is_one_holder
from partnership.values.when import When

__all__ = ["RoleExpected", "RotationChanged"]


@frozen(kw_only=True)
class RoleExpected(HolderEvent):
    """Somebody is expected to hold a role; nobody has decided it, or nobody says so (AR-258).

    Attributes:
        planned: the term that is expected, or a time within it.
        condition: on what it depends.
    """

    name = "role-expected"
    rank = 10
    identity: ClassVar[Identity] = (PER_PUBLICATION, "holder", "person", "term")

    planned: When | None = field(default=None, converter=converters.day)
    condition: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen(kw_only=True)
class RotationChanged(RoleEvent):
    """It is agreed that a turn goes to another than the one whose turn it was (AR-257, AR-259).

    Attributes:
        term: the desk's word for the turn.
        holder: the party that is to hold the role now.
        instead_of: the party whose turn it was.
        planned: the term, or a time within it.
        by: who agreed it, or who let its turn go.
        reason: why, in the source's words.
    """

    name = "rotation-changed"
    rank = 20
    identity: ClassVar[Identity] = ("term",)

    term: str | None = field(default=None, converter=converters.name)
    holder: str | None = field(default=None, converter=converters.code)
    instead_of: str | None = field(default=None, converter=converters.code)
    planned: When | None = field(default=None, converter=converters.day)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen
class Turn:
    """A term that is expected of somebody.

    Attributes:
        expected: the terms, or times within them, expected now.
        previous_dates: those expected before and moved, or given to another.
        starts: the days by which the holder had begun to hold the role, one pair a report.
        disputed: ``('expected',)`` where sources differ.

    The other fields are those of the events.
    """

    holder: str | None
    person: str | None = None
    term: str | None = None
    condition: str | None = None
    expected: tuple[Expectation, ...] = ()
    previous_dates: tuple[When, ...] = ()
    starts: tuple[Outcome, ...] = ()
    disputed: tuple[str, ...] = ()


@frozen
class Rotation:
    """What is expected of one role.

    Attributes:
        subject: the role, ``role:slug``.
        title: the name of the role last used.
        turns: every term that is or was expected of somebody, or that somebody held.
        disputed: ``('turns',)`` where sources differ on one of them.
    """

    subject: str
    title: str | None = None
    turns: tuple[Turn, ...] = ()
    disputed: tuple[str, ...] = ()

    @property
    def previous_dates(self) -> tuple[When, ...]:
        """What was expected of somebody and moved, or went to another."""
        return tuple(slip for one in self.turns for slip in one.previous_dates)

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Terms that are expected of somebody of whom nobody said that they have begun."""
        return tuple(each for one in self.turns for each in outstanding(one.expected, self._starts(one)))

    def _starts(self, turn: Turn) -> list[Outcome]:
        return [start for one in self.turns if is_one_holder(one, turn) for start in one.starts]


def evolve(state: Rotation, occurrence: Occurrence) -> Rotation:
    """Return the rotation after one more occurrence."""
    event = occurrence.event
    if not isinstance(event, RoleEvent):
        return state
    named: tuple[str | None, str | None, str | None]
    turns = {(one.holder, one.person, one.term): one for one in state.turns}
    if isinstance(event, RotationChanged):
        turns = {named: _ceded(one, event) for named, one in turns.items()}
        if event.holder:
            named = (event.holder, None, event.term)
            turns[named] = _expected(turns.get(named, Turn(*named)), occurrence)
    elif isinstance(event, HolderEvent):
        named = (event.holder, event.person, event.term)
        turn = turns.get(named, Turn(*named))
        if isinstance(event, RoleExpected):
            turns[named] = replace(_expected(turn, occurrence), condition=event.condition)
        elif has_begun(event):
            turns[named] = replace(turn, starts=(*turn.starts, Outcome(occurrence.earliest, occurrence.begun)))
    ordered = tuple(turns[named] for named in sorted(turns, key=lambda names: tuple(map(str, names))))
    disputed = ("turns",) if any(one.disputed for one in ordered) else ()
    return replace(state, title=event.title or state.title, turns=ordered, disputed=disputed)


def _expected(turn: Turn, occurrence: Occurrence) -> Turn:
    """Return the turn with the days that are expected now; who names none leaves those before."""
    return replan(turn, occurrence) if occurrence.event.planned else turn  # type: ignore[attr-defined]  # both have it


def _ceded(turn: Turn, event: RotationChanged) -> Turn:
    """Return the turn without what it loses to another, who gets the same term or the same time."""
    if turn.holder is None or turn.holder != event.instead_of:
        return turn
    is_its_term = turn.term is not None and turn.term == event.term
    lost = [
        one.planned
        for one in turn.expected
        if is_its_term or (event.planned is not None and event.planned.maybe_overlaps(one.planned))
    ]
    left = tuple(one for one in turn.expected if one.planned not in lost)
    return replace(turn, expected=left, previous_dates=(*turn.previous_dates, *lost))


rotations: Kind[Rotation] = Kind(
    "role",
    events=(
        RoleExpected,
        RotationChanged,
    ),
    projection=Projection("rotations", Rotation, evolve, kind="role"),
)
"""What is expected of every role."""
