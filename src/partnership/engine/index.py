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
from itertools import takewhile
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from partnership.engine.amendment_index import stated_event
from partnership.engine.entry_source import EntrySource, LocatedEvidence
from partnership.model.entry import OpaqueEvent
from partnership.model.occurrence import Evidence
from partnership.serialization.index_keys import amended_claims, referenced_subjects, subjects_of
from partnership.storage.process_lock import ProcessLock
from partnership.subjects.amendments import Amendment, SubjectsDeclaredSame
from partnership.values.text import split_subject

_CLAIM = "claim:"
_LINKING = (Amendment, SubjectsDeclaredSame)
_LINKING_KINDS = (Amendment.kind, SubjectsDeclaredSame.kind)
_SMALL = 10_000  # entries of the largest log that `repr` and notebooks read in full


def _nodes(item: Evidence) -> list[str]:
    """Return the nodes that an entry links: its subjects and the claims that it amends."""
    event = item.event
    if isinstance(event, Amendment):
        return [*(f"{_CLAIM}{claim}" for claim in amended_claims(event)), *subjects_of(event)]
    return [*subjects_of(event)] if isinstance(event, SubjectsDeclaredSame) else [event.about]


def _kind(node: str) -> str:
    return split_subject(node)[0]


class _LinkedNodes:
    """The nodes of a group, and its name: the alphabetically first subject."""

    __slots__ = ("members", "name")

    def __init__(self, name: str, members: set[str]) -> None:
        self.name = name
        self.members = members


class _Groups:
    """Evidence in groups of linked nodes.

    Attributes:
        evidence: the evidence of each group, by its name.
        links: the nodes of its group, by node; a subject that is linked to no other has none.
        amended: ids of the claims that amendments amend.
    """

    def __init__(self) -> None:
        self.evidence: dict[str, list[Evidence]] = {}
        self.links: dict[str, _LinkedNodes] = {}
        self.amended: set[str] = set()

    def name(self, node: str) -> str:
        """Return the name of the group of a node, as far as links are known."""
        links = self.links.get(node)
        return node if links is None else links.name

    def members(self, name: str) -> Iterable[str]:
        """Return the nodes of a group: subjects and claims."""
        links = self.links.get(name)
        return (name,) if links is None else links.members

    def fill(self, evidence: Iterable[Evidence]) -> None:
        """Add evidence in which every claim that is amended by some of it is as well."""
        evidence = list(evidence)
        linking = [item for item in evidence if isinstance(item.event, _LINKING)]
        self.amended.update(claim for item in linking for claim in amended_claims(item.event))
        for item in evidence:
            if item.claim in self.amended or isinstance(item.event, _LINKING):
                self.add(item, _nodes(item))
            else:
                self.evidence.setdefault(self.name(item.event.about), []).append(item)

    def add(self, item: Evidence, nodes: Sequence[str]) -> str:
        """Add an entry to its group, linking groups if necessary; return the name of the group.

        Args:
            item: the entry.
            nodes: the nodes that it links.
        """
        if item.claim in self.amended:
            nodes = [*nodes, f"{_CLAIM}{item.claim}"]
        if isinstance(item.event, _LINKING) or len(nodes) > 1:
            self.link(nodes)
            self.amended.update(amended_claims(item.event))
        name = self.name(nodes[0])
        self.evidence.setdefault(name, []).append(item)
        return name

    def link(self, nodes: Iterable[str]) -> None:
        """Merge the groups of some nodes into one.

        Smaller groups are merged into the largest one. So a node moves only when its group at least doubles, and n
        links take n log n steps.
        """
        nodes = {*nodes}
        names = {self.name(node) for node in nodes}
        first = min(names, key=lambda name: (name.startswith(_CLAIM), name))
        if len(nodes) == 1 and not first.startswith(_CLAIM):
            return
        groups = [links for name in names if (links := self.links.get(name)) is not None]
        largest = max(groups, key=lambda links: len(links.members), default=_LinkedNodes(first, set()))
        for members in (nodes, *(links.members for links in groups if links is not largest)):
            largest.members |= members
            self.links.update(dict.fromkeys(members, largest))
        largest.name = first
        lists = [self.evidence.pop(name) for name in sorted(names) if name in self.evidence]
        if lists:
            longest = max(lists, key=len)
            for evidence in lists:
                if evidence is not longest:
                    longest += evidence
            self.evidence[first] = longest

    def take(self, other: _Groups, name: str) -> None:
        """Take a group of others, of which no node has a group here."""
        self.evidence[name] = other.evidence[name]
        if links := other.links.get(name):
            self.links |= dict.fromkeys(links.members, links)

    def remove(self, nodes: Iterable[str]) -> set[str]:
        """Remove the groups of some nodes; return these and all other nodes of the groups."""
        removed = {*nodes}
        for name in {self.name(node) for node in removed}:
            self.evidence.pop(name, None)
            removed.update(self.members(name))
        for node in removed:
            self.links.pop(node, None)
        return removed


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
        is_complete: whether all groups are read.
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
        self._read: dict[int, Evidence] = {}  # what was read of kinds, by position, until all is read
        self._groups = _Groups()
        self._kinds: dict[
            str, set[str]
        ] = {}  # kinds of which every group is read, with those of others that refer to it
        self._referring: set[str] = set()  # the subjects of these others
        self._declarations: list[Evidence] | None = None  # that subjects are the same, as of this version
        self._linking: dict[int, Evidence] | None = None  # all amendments and declarations, once a kind is read

    # ---- queries ----

    @property
    def is_quick_to_load(self) -> bool:
        """Whether the whole log is read, or is small enough to read it for a display of what it contains."""
        return self.is_complete or self.head <= _SMALL

    def group_name(self, subject: str) -> str:
        """Return the name of the group of a subject, after reading the group if necessary."""
        (name,) = self.group_names([subject])
        return name

    def group_names(self, subjects: Collection[str]) -> set[str]:
        """Return the names of the groups of some subjects, after reading together those that are not read."""
        groups = self._groups
        if not self.is_complete and (new := [node for node in subjects if groups.name(node) not in groups.evidence]):
            self._load_groups(new)
        return {*map(groups.name, subjects)}

    def group(self, name: str) -> Sequence[Evidence]:
        """Return the evidence of a group; none if it is not read."""
        return self._groups.evidence.get(name, ())

    def members(self, name: str) -> Iterable[str]:
        """Return the nodes of a group: subjects and claims."""
        return self._groups.members(name)

    def all_groups(self) -> list[str]:
        """Return the names of all groups, after reading the whole log if necessary."""
        if not self.is_complete:
            groups = _Groups()
            rows = takewhile(lambda row: row[0] <= self.head, self.entry_source.iter_after(0, self._read))
            groups.fill(item for _, item in rows)
            self._groups, self.is_complete, self._read = groups, True, {}
        return list(self._groups.evidence)

    def groups_of_kind(self, kind: str, others: Iterable[str]) -> list[str] | None:
        """Return the names of the groups with a subject of a kind, after reading them if necessary; and perhaps more.

        Args:
            kind: the kind.
            others: other kinds of which the groups that refer to a subject of the kind are wanted, too.

        Returns:
            None where all entries should be read: most of them were read for other kinds, or would be for this one.
        """
        if self.is_complete or not self._load_kind(kind, {*others}):
            return None
        groups = self._groups
        return [
            name
            for name in groups.evidence
            if any(_kind(node) == kind or node in self._referring for node in groups.members(name))
        ]

    def groups_referencing(self, subjects: Iterable[str], kinds: Collection[str] | None = None) -> set[str]:
        """Return the names of the groups with references to any of some subjects.

        Args:
            subjects: the subjects.
            kinds: those of the subjects whose groups are wanted; None for all.
        """
        wanted = set(subjects)
        rows = dict(self._find(references=wanted, kinds=None if kinds is None else {*kinds, *_LINKING_KINDS}))
        if not self.is_complete:
            self._read |= rows
        referencing = [item for item in rows.values() if not wanted.isdisjoint(referenced_subjects(item.event))]
        return self.group_names({node for item in referencing for node in _nodes(item)})

    def find_claims(self, claims: Iterable[str]) -> list[Evidence]:
        """Return the evidence of claims with some ids, without reading their groups; one item for each entry."""
        wanted = set(claims)
        return [item for _, item in self._find(claims=wanted) if item.claim in wanted]

    def same_declarations(self) -> list[Evidence]:
        """Return every declaration that two subjects are the same, with the amendments of these and their targets."""
        if self._declarations is not None:
            return self._declarations
        declared = self._find_kinds(["subject"])
        rows = {position: item for position, item in declared if declares_same(item)}
        new = rows
        while new:
            amending = self._find(subjects={f"{_CLAIM}{item.claim}" for item in new.values()})
            targets = {claim for item in new.values() for claim in amended_claims(item.event)}
            amended = self._find(claims=targets)
            new = {position: item for position, item in amending if isinstance(item.event, Amendment)} | dict(amended)
            new = {position: item for position, item in new.items() if position not in rows}
            rows = rows | new
        self._declarations = list(rows.values())
        return self._declarations

    def _find(self, *, kinds: Collection[str] | None = None, **wanted: Collection[str]) -> Iterator[LocatedEvidence]:
        wants_any = any(wanted.values())
        return self._up_to_head(self.entry_source.find(**wanted, kinds=kinds, known=self._read) if wants_any else ())

    def _find_kinds(self, kinds: Collection[str], references: str | None = None) -> Iterator[LocatedEvidence]:
        return self._up_to_head(self.entry_source.find_kinds(kinds, references, self._read)[1])

    def _up_to_head(self, rows: Iterable[LocatedEvidence]) -> Iterator[LocatedEvidence]:
        return (row for row in rows if row[0] <= self.head)

    # ---- reading ----

    def _load_kind(self, kind: str, others: set[str]) -> bool:
        """Read every group with a subject of a kind, and those of other kinds that refer to one, unless it was done.

        Their entries are read with all amendments and declarations. Where these link a group to a claim or a subject
        that is not among them, the group is read by itself.

        Returns:
            False, and nothing is read, where most entries were read before or would be now.
        """
        if kind in self._kinds and others <= self._kinds[kind]:
            return True
        if (found := self._rows_of_kind(kind, others)) is None:
            return False
        own, referring = found
        if self._linking is None:
            self._linking = dict(self._find_kinds(_LINKING_KINDS))
        rows = {**self._linking, **own, **referring}
        self._read |= rows
        read = _Groups()
        read.fill(rows[position] for position in sorted(rows))
        subjects = {item.event.about for item in referring.values() if item.event.kind in others}
        is_read = subjects | {f"{_CLAIM}{item.claim}" for item in rows.values()}
        for item in (*self._linking.values(), *own.values()):
            if item.event.kind != kind and any(_kind(subject) == kind for subject in referenced_subjects(item.event)):
                subjects.update(_nodes(item))
        linked_to_others = self._take_whole_groups(read, kind, subjects, is_read)
        self._groups.amended |= read.amended
        self._load_groups(linked_to_others)
        self._referring |= subjects
        self._kinds[kind] = others | self._kinds.get(kind, set())
        return True

    def _rows_of_kind(
        self, kind: str, others: Collection[str]
    ) -> tuple[dict[int, Evidence], dict[int, Evidence]] | None:
        """Return by position the evidence of a kind, and that of others that refer to it; None where it is too much.

        With that of the kind comes what was written without its class, which may be of the kind too.
        """
        find = self.entry_source.find_kinds
        if self._is_too_much(max(len(self._read), self.entry_source.count(kind))):
            return None
        own_count, own = find([kind, OpaqueEvent.kind], None, self._read)
        referring_count, referring = find(others, kind, self._read) if others else (0, iter(()))
        if self._is_too_much(max(own_count, referring_count)):
            return None
        return dict(self._up_to_head(own)), dict(self._up_to_head(referring))

    def _is_too_much(self, count: int) -> bool:
        """Tell whether some number of entries is most of the log, which is then read as a whole."""
        return 2 * count > self.head

    def _take_whole_groups(self, read: _Groups, kind: str, referring: set[str], is_read: set[str]) -> list[str]:
        """Take the groups with a subject of a kind or one that refers to it; return those that are not wholly read.

        Args:
            read: the groups of the entries that were read.
            kind: the kind; every entry of its subjects was read.
            referring: subjects, and amended claims, that refer to a subject of it.
            is_read: the nodes of other kinds of which every entry was read.
        """
        others: list[str] = []
        for name in read.evidence:
            members = read.members(name)
            if any(_kind(node) == kind or node in referring for node in members):
                if all(_kind(node) == kind or node in is_read for node in members):
                    self._groups.remove(members)
                    self._groups.take(read, name)
                else:
                    others.append(name)
        return others

    def _load_groups(self, subjects: Iterable[str]) -> None:
        """Read the groups of some subjects: breadth first over all nodes that their entries link."""
        nodes, rows = {*subjects}, dict[int, Evidence]()
        claims: set[str] = set()
        pending = {*nodes}
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
        self._groups.remove(nodes)
        read = _Groups()
        read.fill(rows[position] for position in sorted(rows))
        for name in read.evidence:
            self._groups.take(read, name)

    # ---- new entries ----

    def apply_new(self, rows: Sequence[LocatedEvidence]) -> set[str]:
        """Add new entries; return the names, before and after, of the groups that they change."""
        self.version += 1
        self._declarations = None
        changed: set[str] = set()
        unread: set[str] = set()
        if not self.is_complete:  # a correction may have come before what it corrects
            new = {f"{_CLAIM}{item.claim}" for _, item in rows if self._has_read(item.event.about)}
            amending = self._find(subjects=new)
            self._groups.amended.update(claim for _, item in amending for claim in amended_claims(item.event))
        for position, item in rows:
            amended = amended_claims(item.event)
            self.amended.update(amended)
            self.head = max(self.head, position)
            targets = (node for target in self.find_claims(amended) for node in _nodes(target))
            nodes = [*_nodes(item), *targets]
            own = f"{_CLAIM}{item.claim}"
            changed |= {self._groups.name(node) for node in (*nodes, own)}
            is_linking = isinstance(item.event, _LINKING)
            is_read = nodes[0] not in unread and (self._is_kept(nodes[0]) or self._has_read(nodes[0]))
            if self._kinds and any(_kind(node) in self._kinds for node in referenced_subjects(item.event)):
                self._referring.update(nodes)
            if self.is_complete or (is_read and not is_linking and item.claim not in self._groups.amended):
                changed.add(self._groups.add(item, nodes))
            else:
                unread |= self._groups.remove((*nodes, own))
                self._groups.amended.update(amended)
                if self._linking is not None and is_linking:
                    self._linking[position] = item
        for subject in sorted(unread):
            if self._is_kept(subject):
                changed.add(self.group_name(subject))
        return changed

    def touched_by(self, evidence: Iterable[Evidence]) -> set[str]:
        """Return the subjects whose states some entries may change: all that the claims linked with them are about.

        And all to which these claims refer. Superseded claims count too: what they said may have to be undone.
        """
        nodes = {node for item in evidence for node in (*_nodes(item), f"{_CLAIM}{item.claim}")}
        return {
            subject
            for name in self.group_names(nodes)
            for item in self.group(name)
            for subject in (*subjects_of(item.event), *referenced_subjects(item.event))
        }

    def _has_read(self, node: str) -> bool:
        """Tell whether the group of a node was read by itself or with others."""
        return self._groups.name(node) in self._groups.evidence

    def _is_kept(self, node: str) -> bool:
        """Tell whether the group of a node was read with its kind, or with the kind to which it refers."""
        return _kind(node) in self._kinds or node in self._referring


def declares_same(item: Evidence) -> bool:
    """Tell whether a claim declares two subjects the same, or is a correction to such a declaration."""
    return isinstance(stated_event(item.event), SubjectsDeclaredSame)
