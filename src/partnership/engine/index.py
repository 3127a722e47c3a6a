"""The shelf: what was told, sorted by what belongs together, and taken out of the log as far as anybody asks.

What entries tell of one subject is settled by itself, whatever else the log holds. Only corrections and *same* reach
from one subject to another; those that they join are one group. So a question about one subject reads its group and
no more, and an entry that arrives changes its group and no other.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import wraps
from threading import RLock
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from attrs import define, field

from partnership.engine.entry_source import EntrySource, LocatedEvidence
from partnership.model.occurrence import Evidence
from partnership.serialization.index_keys import (
    SAME,
    aim_key,
    amended_claims,
    claim_key,
    reference_key,
    referenced_subjects,
    subject_key,
    subjects_of,
)
from partnership.subjects.amendments import Amendment, ClaimCorrected, SubjectsDeclaredSame

__all__ = ["ClaimIndex", "says_same", "synchronized"]

_CLAIM = "claim:"
_JOINING = (Amendment, SubjectsDeclaredSame)
_SMALL = 10_000  # entries of a log that is read for what it would be shown


def _nodes(one: Evidence) -> list[str]:
    """Return what an entry joins: the subjects that it is about, the claims at which it aims. The first is its own."""
    event = one.event
    if isinstance(event, Amendment):
        return [*(f"{_CLAIM}{claim}" for claim in amended_claims(event)), *subjects_of(event)]
    return [*subjects_of(event)] if isinstance(event, SubjectsDeclaredSame) else [event.about]


def _keys(node: str, told: Container[str]) -> list[int]:
    """Return the keys of all that a node joins; of a claim that was told, only of what aims at it."""
    if not node.startswith(_CLAIM):
        return [subject_key(node)]
    claim = node[len(_CLAIM) :]
    return [aim_key(claim)] if node in told else [aim_key(claim), claim_key(claim)]


@define(eq=False)
class _Joined:
    """What is joined into one group; its name is the first in the alphabet that is no claim."""

    name: str
    members: set[str] = field(factory=set)


class _HasLock(Protocol):
    @property
    def index(self) -> ClaimIndex: ...


H = TypeVar("H", bound=_HasLock)
P = ParamSpec("P")
T = TypeVar("T")


def synchronized(ask: Callable[Concatenate[H, P], T]) -> Callable[Concatenate[H, P], T]:
    """Let nobody else ask, or take in what arrives, until something is answered from a shelf."""

    @wraps(ask)
    def asked(self: H, /, *args: P.args, **named: P.kwargs) -> T:
        with self.index.lock:
            return ask(self, *args, **named)

    return asked


class ClaimIndex:
    """What was told, in groups of what belongs together.

    Args:
        book: where it is looked up.

    Attributes:
        head: the last place that it looks at; what is written after it has not arrived.
        version: changes with everything that arrives.
        lock: held by whoever asks: of several threads, one after the other changes what is held here.
        is_fixed: whether a query of several parts is being answered: nothing arrives until it is.
        day: the date of the clock, where that query has asked for it.
        aimed_at: the claims at which anything aims that arrived.
    """

    def __init__(self, entry_source: EntrySource) -> None:
        self.entry_source = entry_source
        self.head: int = entry_source.head()
        self.version: int = 0
        self.aimed_at: set[str] = set()
        self.lock: AbstractContextManager[object] = RLock()
        self.is_fixed: bool = False
        self.day: date | None = None
        self.reset()

    def reset(self) -> None:
        """Hold nothing yet, or nothing any more: what is asked for is read."""
        self.version += 1
        self.is_whole: bool = False
        self._empty()

    def _empty(self) -> None:
        self._groups: dict[str, list[Evidence]] = {}
        self._joined_to: dict[str, _Joined] = {}  # of what is joined to something, or is a claim
        self._aimed: set[str] = set()  # the claims at which anything aims that was put into a group

    # ---- asking ----

    @property
    def is_at_hand(self) -> bool:
        """Whether all of it is read, or soon is: only to name or to show what it holds, a large log is not read."""
        return self.is_whole or self.head <= _SMALL

    def root(self, subject: str) -> str:
        """Return the name of the group that a subject is in, read if it was not."""
        root = self._root(subject)
        if root not in self._groups and not self.is_whole:
            self._fetch(subject)
            root = self._root(subject)
        return root

    def _root(self, node: str) -> str:
        """Return the name of the group that a subject or a claim is in, as far as it is read."""
        joined = self._joined_to.get(node)
        return node if joined is None else joined.name

    def group_of(self, one: Evidence) -> str:
        """Return the name of the group that an entry belongs to."""
        return self.root(_nodes(one)[0])

    def group(self, root: str) -> Sequence[Evidence]:
        """Return what was told of a group."""
        return self._groups.get(root, ())

    def members(self, root: str) -> Iterable[str]:
        """Return the subjects, and the claims, of a group."""
        joined = self._joined_to.get(root)
        return (root,) if joined is None else joined.members

    def load_all(self) -> Iterator[str]:
        """Yield the name of every group; it reads all that was not read."""
        if not self.is_whole:
            self._empty()
            try:
                self._put_all()
            except BaseException:  # a half that passed for the whole would answer the next question
                self._empty()
                raise
            self.is_whole = True
        yield from list(self._groups)

    def _put_all(self) -> None:
        for place, one in self.entry_source.iter_after(0):
            if place > self.head:
                break
            self._put(one)

    def referencing(self, subjects: Iterable[str]) -> set[str]:
        """Return the names of the groups that refer to one of these subjects."""
        wanted = set(subjects)
        found = [one for _, one in self._found(map(reference_key, sorted(wanted)))]
        told = [one for one in found if not wanted.isdisjoint(referenced_subjects(one.event))]
        return {self.root(node) for one in told for node in _nodes(one)}

    def telling(self, claims: Iterable[str]) -> list[Evidence]:
        """Return what some claims tell, without what belongs to it; some may come twice."""
        wanted = set(claims)
        return [one for _, one in self._found(sorted(map(claim_key, wanted))) if one.claim in wanted]

    def same(self) -> list[Evidence]:
        """Return what says that two subjects are one, and the amendments that aim at that."""
        told = {place: one for place, one in self._found([SAME]) if says_same(one)}
        reached = list(told.values())
        while reached:
            aiming = self._found(sorted({aim_key(one.claim) for one in reached}))
            nearer = {place: one for place, one in aiming if place not in told and isinstance(one.event, Amendment)}
            aimed = {
                claim
                for one in told.values()
                if isinstance(one.event, Amendment)
                for claim in amended_claims(one.event)
            }
            nearer |= {place: one for place, one in self._found(sorted(map(claim_key, aimed))) if place not in told}
            told |= nearer
            reached = list(nearer.values())
        return list(told.values())

    def _found(self, keys: Iterable[int]) -> Iterator[LocatedEvidence]:
        asked = list(keys)
        return (one for one in self.entry_source.find(asked) if one[0] <= self.head) if asked else iter(())

    # ---- reading ----

    def _fetch(self, subject: str) -> None:
        """Read the group of one subject: what is about it, what aims at that, and what either is joined to."""
        reached, seen, told = {subject}, {subject}, dict[int, Evidence]()
        claims: set[str] = set()
        while reached:
            nearer: set[str] = set()
            for place, one in self._found(sorted({key for node in reached for key in _keys(node, claims)})):
                nodes = {*_nodes(one), f"{_CLAIM}{one.claim}"}
                if place not in told and not reached.isdisjoint(nodes):
                    told[place] = one
                    claims.add(f"{_CLAIM}{one.claim}")
                    nearer |= nodes
            reached = nearer - seen
            seen |= nearer
        self._forget(seen)
        if told:
            self._join(subject, [node for one in told.values() for node in _nodes(one)])
            self._groups.setdefault(self._root(subject), []).extend(told[place] for place in sorted(told))

    def _forget(self, nodes: Iterable[str]) -> None:
        """Put back groups that are to be read again."""
        for node in nodes:
            root = self._root(node)
            self._groups.pop(root, None)
            for member in self.members(root):
                self._joined_to.pop(member, None)

    def _put(self, one: Evidence) -> str:
        """Add what an entry tells to its group, and join that with others; return the name of the group."""
        if isinstance(one.event, _JOINING):
            nodes = _nodes(one)
            own = nodes[0]
            self._join(own, self._joined(one, nodes))
            self._aimed.update(amended_claims(one.event))
        else:
            own = one.event.about
        if one.claim in self._aimed:  # a amendment waited for it
            self._join(own, [f"{_CLAIM}{one.claim}"])
        root = self._root(own)
        self._groups.setdefault(root, []).append(one)
        return root

    def _joined(self, one: Evidence, nodes: Iterable[str]) -> list[str]:
        """Return what an entry joins: of a claim at which it aims, also what that is about."""
        aimed = self._found(sorted({claim_key(claim) for claim in amended_claims(one.event)}))
        wanted = {*amended_claims(one.event)}
        return [*nodes, *(node for _, each in aimed if each.claim in wanted for node in _nodes(each))]

    def _join(self, first: str, nodes: Iterable[str]) -> None:
        """Make one group of several.

        The largest takes the others in, so that however many are joined one after the other, a node moves no more
        often than its group can double.
        """
        fresh = {first, *nodes}
        roots = {self._root(node) for node in fresh}
        if len(fresh) == 1 and not first.startswith(_CLAIM):
            return
        joined = [one for root in roots if (one := self._joined_to.get(root)) is not None]
        largest = max(joined, key=lambda one: len(one.members), default=_Joined(first))
        for members in (fresh, *(one.members for one in joined if one is not largest)):
            largest.members |= members
            self._joined_to.update(dict.fromkeys(members, largest))
        largest.name = min(roots, key=lambda one: (one.startswith(_CLAIM), one))
        told = [self._groups.pop(root) for root in sorted(roots) if root in self._groups]
        if told:
            most = max(told, key=len)
            for each in told:
                if each is not most:
                    most += each
            self._groups[largest.name] = most

    # ---- growing ----

    def apply_new(self, told: Sequence[LocatedEvidence]) -> set[str]:
        """Take in what arrived; return the names that the groups had, and have, of which it tells."""
        self.version += 1
        touched: set[str] = set()
        for place, one in told:
            self.aimed_at.update(amended_claims(one.event))
            self.head = max(self.head, place)
            nodes = [*self._joined(one, _nodes(one)), f"{_CLAIM}{one.claim}"]
            touched |= {self._root(node) for node in nodes}
            if self.is_whole:
                touched.add(self._put(one))
            else:
                self._forget(nodes)
        return touched


def says_same(one: Evidence) -> bool:
    """Tell whether a claim says, or should have said, that two subjects are one."""
    said = one.event.event if isinstance(one.event, ClaimCorrected) else one.event
    return isinstance(said, SubjectsDeclaredSame)
