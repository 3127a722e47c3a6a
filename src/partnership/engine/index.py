"""Index evidence by groups of linked subjects, and read a group from the log when a query needs it.

Claims about a subject are resolved independently of the rest of the log, with two exceptions: a correction may move a
claim to another subject, and two subjects may be declared the same. Claims that are linked in such a way form a group.
So a query about one subject reads one group, whatever the size of the log, and a new entry changes one group.

A group consists of nodes: subjects, ``kind:slug``, and amended claims, ``claim:id``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from attrs import define, field

from partnership.engine.amendment_index import stated_event
from partnership.engine.entry_source import EntrySource, LocatedEvidence
from partnership.model.entry import OpaqueEvent
from partnership.model.event import Event
from partnership.model.occurrence import Evidence
from partnership.serialization.index_keys import amended_claims, referenced_subjects, subjects_of
from partnership.storage.process_lock import ProcessLock
from partnership.subjects.amendments import Amendment, SubjectsDeclaredSame
from partnership.values.text import split_subject

__all__ = ["ClaimIndex", "declares_same", "synchronized"]

_CLAIM = "claim:"
_LINKING = (Amendment, SubjectsDeclaredSame)
_SMALL = 10_000  # entries up to which a log is read only to display it


def _nodes(item: Evidence) -> list[str]:
    """Return the nodes that an entry links: its subjects and the claims that it amends."""
    event = item.event
    if isinstance(event, Amendment):
        return [*(f"{_CLAIM}{claim}" for claim in amended_claims(event)), *subjects_of(event)]
    return [*subjects_of(event)] if isinstance(event, SubjectsDeclaredSame) else [event.about]


@define(eq=False)
class _LinkedNodes:
    """The nodes of a group, and its name: the alphabetically first subject."""

    name: str
    members: set[str] = field(factory=set)


class _HasIndex(Protocol):
    @property
    def index(self) -> ClaimIndex: ...


H = TypeVar("H", bound=_HasIndex)
P = ParamSpec("P")
T = TypeVar("T")


def synchronized(method: Callable[Concatenate[H, P], T]) -> Callable[Concatenate[H, P], T]:
    """Hold the lock of the index during a call of the method."""

    @wraps(method)
    def wrapper(self: H, /, *args: P.args, **kwargs: P.kwargs) -> T:
        with self.index.lock:
            return method(self, *args, **kwargs)

    return wrapper


class ClaimIndex:
    """Evidence in groups of linked subjects, read when needed and then kept.

    Args:
        entry_source: where entries are read.

    Attributes:
        head: the last position that the index covers; later entries are ignored until `apply_new`.
        version: changes whenever `apply_new` or `reset` changes the index.
        lock: held by every method of a query, because reading changes the index.
        is_fixed: True while a compound query runs: nothing is added meanwhile.
        day: today's date in that compound query, once it was needed.
        amended: ids of the claims that new entries amend.
    """

    def __init__(self, entry_source: EntrySource) -> None:
        self.entry_source = entry_source
        self.head: int = entry_source.head()
        self.version: int = 0
        self.amended: set[str] = set()
        self.lock = ProcessLock(entry_source.place)
        self.is_fixed: bool = False
        self.day: date | None = None
        self.reset()

    def reset(self) -> None:
        """Discard everything that was read; it is read again when needed."""
        self.version += 1
        self.is_complete: bool = False
        self._clear()

    def _clear(self) -> None:
        self._evidence: dict[str, list[Evidence]] = {}  # by name of the group
        self._links: dict[str, _LinkedNodes] = {}  # by node; a subject that is linked to no other has none
        self._amended: set[str] = set()  # ids of claims that entries in the index amend

    # ---- queries ----

    @property
    def is_quick_to_load(self) -> bool:
        """Whether the whole log is read, or is small enough to read it for a display of what it contains."""
        return self.is_complete or self.head <= _SMALL

    def group_name(self, subject: str) -> str:
        """Return the name of the group of a subject, after reading the group if necessary."""
        name = self._name(subject)
        if name not in self._evidence and not self.is_complete:
            self._load_group(subject)
            name = self._name(subject)
        return name

    def _name(self, node: str) -> str:
        """Return the name of the group of a node, as far as links are known."""
        links = self._links.get(node)
        return node if links is None else links.name

    def group(self, name: str) -> Sequence[Evidence]:
        """Return the evidence of a group."""
        return self._evidence.get(name, ())

    def members(self, name: str) -> Iterable[str]:
        """Return the nodes of a group: subjects and claims."""
        links = self._links.get(name)
        return (name,) if links is None else links.members

    def load_all(self) -> Iterator[str]:
        """Read the whole log if necessary; yield the name of every group."""
        if not self.is_complete:
            self._clear()
            try:
                for position, item in self.entry_source.iter_after(0):
                    if position > self.head:
                        break
                    self._add(item)
            except BaseException:  # what was read must not be taken for complete groups by the next query
                self._clear()
                raise
            self.is_complete = True
        yield from list(self._evidence)

    def groups_referencing(self, subjects: Iterable[str], kind: str = "") -> set[str]:
        """Return the names of the groups with references to any of some subjects; from subjects of a kind, if given."""
        wanted = set(subjects)
        rows = [item for _, item in self._find(references=wanted)]
        of_kind = (item for item in rows if not kind or _is_about(item.event, kind))
        referencing = [item for item in of_kind if not wanted.isdisjoint(referenced_subjects(item.event))]
        return {self.group_name(node) for item in referencing for node in _nodes(item)}

    def find_claims(self, claims: Iterable[str]) -> list[Evidence]:
        """Return the evidence of claims with some ids, without reading their groups; one item for each entry."""
        wanted = set(claims)
        return [item for _, item in self._find(claims=wanted) if item.claim in wanted]

    def same_declarations(self) -> list[Evidence]:
        """Return every declaration that two subjects are the same, with the amendments of these and their targets."""
        declared = self.entry_source.find_kinds(["subject"])
        rows = {position: item for position, item in declared if position <= self.head and declares_same(item)}
        new = rows
        while new:
            amending = self._find(subjects={f"{_CLAIM}{item.claim}" for item in new.values()})
            targets = {claim for item in new.values() for claim in amended_claims(item.event)}
            amended = self._find(claims=targets)
            new = {position: item for position, item in amending if isinstance(item.event, Amendment)} | dict(amended)
            new = {position: item for position, item in new.items() if position not in rows}
            rows = rows | new
        return list(rows.values())

    def _find(self, **wanted: Collection[str]) -> Iterator[LocatedEvidence]:
        rows = self.entry_source.find(**wanted) if any(wanted.values()) else ()
        return (row for row in rows if row[0] <= self.head)

    # ---- reading ----

    def _load_group(self, subject: str) -> None:
        """Read the group of a subject: breadth first over all nodes that its entries link."""
        nodes, pending, rows = {subject}, {subject}, dict[int, Evidence]()
        claims: set[str] = set()
        while pending:
            linked: set[str] = set()
            new_claims = [node[len(_CLAIM) :] for node in pending - claims if node.startswith(_CLAIM)]
            # an event may have been written where its class, and so the kind of its subject, was not known
            unread = {f"{OpaqueEvent.kind}:{split_subject(node)[1]}" for node in pending}
            for position, item in self._find(subjects=pending | unread, claims=new_claims):
                item_nodes = {*_nodes(item), f"{_CLAIM}{item.claim}"}
                if position not in rows and not pending.isdisjoint(item_nodes):
                    rows[position] = item
                    claims.add(f"{_CLAIM}{item.claim}")
                    linked |= item_nodes
            pending = linked - nodes
            nodes |= linked
        self._unload(nodes)
        if rows:
            self._link(subject, [node for item in rows.values() for node in _nodes(item)])
            self._evidence.setdefault(self._name(subject), []).extend(rows[position] for position in sorted(rows))

    def _unload(self, nodes: Iterable[str]) -> None:
        """Discard the groups of some nodes; they are read again when needed."""
        for node in nodes:
            name = self._name(node)
            self._evidence.pop(name, None)
            for member in self.members(name):
                self._links.pop(member, None)

    def _add(self, item: Evidence) -> str:
        """Add an entry to its group, linking groups if necessary; return the name of the group."""
        if isinstance(item.event, _LINKING):
            nodes = _nodes(item)
            node = nodes[0]
            self._link(node, self._linked_nodes(item, nodes))
            self._amended.update(amended_claims(item.event))
        else:
            node = item.event.about
        if item.claim in self._amended:  # the amendment was added first
            self._link(node, [f"{_CLAIM}{item.claim}"])
        name = self._name(node)
        self._evidence.setdefault(name, []).append(item)
        return name

    def _linked_nodes(self, item: Evidence, nodes: Iterable[str]) -> list[str]:
        """Return the nodes of an entry with those of the claims that it amends."""
        targets = {*amended_claims(item.event)}
        rows = self._find(claims=targets)
        return [*nodes, *(node for _, target in rows if target.claim in targets for node in _nodes(target))]

    def _link(self, first: str, others: Iterable[str]) -> None:
        """Merge the groups of some nodes into one.

        Smaller groups are merged into the largest one. So a node moves only when its group at least doubles, and n
        links take n log n steps.
        """
        nodes = {first, *others}
        names = {self._name(node) for node in nodes}
        if len(nodes) == 1 and not first.startswith(_CLAIM):
            return
        groups = [links for name in names if (links := self._links.get(name)) is not None]
        largest = max(groups, key=lambda links: len(links.members), default=_LinkedNodes(first))
        for members in (nodes, *(links.members for links in groups if links is not largest)):
            largest.members |= members
            self._links.update(dict.fromkeys(members, largest))
        largest.name = min(names, key=lambda name: (name.startswith(_CLAIM), name))
        lists = [self._evidence.pop(name) for name in sorted(names) if name in self._evidence]
        if lists:
            longest = max(lists, key=len)
            for evidence in lists:
                if evidence is not longest:
                    longest += evidence
            self._evidence[largest.name] = longest

    # ---- new entries ----

    def apply_new(self, rows: Sequence[LocatedEvidence]) -> set[str]:
        """Add new entries; return the names, before and after, of the groups that they change."""
        self.version += 1
        changed: set[str] = set()
        for position, item in rows:
            self.amended.update(amended_claims(item.event))
            self.head = max(self.head, position)
            nodes = [*self._linked_nodes(item, _nodes(item)), f"{_CLAIM}{item.claim}"]
            changed |= {self._name(node) for node in nodes}
            if self.is_complete:
                changed.add(self._add(item))
            else:
                self._unload(nodes)
        return changed

    def touched_by(self, evidence: Iterable[Evidence]) -> set[str]:
        """Return the subjects whose states some entries may change: all that the claims linked with them are about.

        And all to which these claims refer. Superseded claims count too: what they said may have to be undone.
        """
        nodes = {node for item in evidence for node in (*_nodes(item), f"{_CLAIM}{item.claim}")}
        names = {self.group_name(node) for node in nodes}
        return {
            subject
            for name in names
            for item in self.group(name)
            for subject in (*subjects_of(item.event), *referenced_subjects(item.event))
        }


def _is_about(event: Event, kind: str) -> bool:
    return any(subject.startswith(f"{kind}:") for subject in subjects_of(event))


def declares_same(item: Evidence) -> bool:
    """Tell whether a claim declares two subjects the same, or is a correction to such a declaration."""
    return isinstance(stated_event(item.event), SubjectsDeclaredSame)
