"""Roles that rotate or are filled: a chair, a coordinator, a post.

Source: ``domain.md`` 2.1. Rotations are broken in practice, so they are recorded and never computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import attrs
from attrs import field, frozen

from partnership.model import fields
from partnership.model.event import Event
from partnership.model.fields import LABEL, PARTY
from partnership.model.findings import named, oddity
from partnership.model.happening import Finding, Happening
from partnership.model.projection import Projection
from partnership.values.when import When

__all__ = ["RoleHeld"]


@frozen(kw_only=True)
class RoleHeld(Event):
    """A party holds a role: ``on`` is its term, or a time that the term contains.

    Attributes:
        holder: the party.
        title: the name of the role.
        theme: what the holder put its term under.
    """

    name = "role-held"
    kind = "role"
    rank = 10
    same = ("holder",)
    is_lasting = True

    holder: str = field(converter=fields.needed_code, metadata=PARTY)
    title: str | None = field(default=None, converter=fields.name, metadata=LABEL)
    theme: str | None = field(default=None, converter=fields.name, metadata=LABEL)


@frozen
class Term:
    """One holder's term.

    Attributes:
        holder: the party.
        on: its term, or a time that the term contains; where said.
        is_disputed: sources differ on it.
    """

    holder: str
    on: When | None
    is_disputed: bool


@frozen
class Role:
    """What is known of one role.

    Attributes:
        subject: the role, ``role:slug``.
        title: the name last used.
        holder: who began to hold it last.
        terms: every holder known, in order.
        theme: of the last holder.
        disputed: ``('terms',)`` where sources differ on one of them.
    """

    subject: str
    title: str | None = None
    holder: str | None = None
    theme: str | None = None
    terms: tuple[Term, ...] = ()
    disputed: tuple[str, ...] = ()


def evolve(state: Role, happening: Happening) -> Role:
    """Return the role after one more happening."""
    event = happening.event
    if not isinstance(event, RoleHeld):
        return state
    terms = (*state.terms, Term(event.holder, event.on, "on" in happening.disputed))
    return attrs.evolve(
        state,
        title=event.title or state.title,
        holder=event.holder,
        theme=event.theme,
        terms=terms,
        disputed=("terms",) if any(term.is_disputed for term in terms) else (),
    )


def rules(state: Role, happenings: Sequence[Happening]) -> Iterable[Finding]:
    """Find ``two-holders``: two parties whose terms surely overlap.

    Source: ``domain.md`` 2.7, one chair and one coordinator at a time; soft, for handovers overlap.
    """
    for one, other in combinations(named(happenings, "role-held"), 2):
        if one.event.on and other.event.on and one.event.on.surely_overlaps(other.event.on):
            yield oddity("two-holders", state.subject, "has two holders whose terms surely overlap", one, other)


roles = Projection("roles", Role, evolve, kind="role", rules=rules)
"""What is known of every role."""
