"""The proof of a log: that nothing in it was changed, taken out or put between.

A Merkle tree over the entries in their order. Its head (whose, how many, the root) fits on a post-it: kept elsewhere,
it shows whether a later copy of the log begins with just these entries. It cannot stop somebody who has the file, and
of whose file nobody kept a head, from writing all of it again.

Source: RFC 9162 (2021), 2.1.1; the two prefixes keep a leaf from passing for a node. ``hard_problems.md`` 5.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache

from attrs import field, frozen

from partnership.errors import InvalidEntry, InvalidValue
from partnership.serialization.canonical import canonical, digest, parse
from partnership.storage.base import Row, Store
from partnership.values.text import slug

__all__ = ["Frontier", "TreeHead", "Verification", "leaf_hash", "root_of", "verify"]

_DIGITS = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)


def leaf_hash(position: int, recorded_at: datetime, by: str | None, id: str) -> bytes:  # noqa: A002  the entry's word
    """Return the hash of one entry as a log holds it; its id stands for its body."""
    held = f'{{"by":{_quoted(by)},"id":"{id}","position":{position},"recorded_at":{_told(recorded_at)}}}'
    return _leaf(held.encode())


@lru_cache(maxsize=256)
def _quoted(by: str | None) -> str:
    return canonical(by).decode()


@lru_cache(maxsize=256)
def _told(instant: datetime) -> str:
    return f'"{instant.isoformat()}"'


def _leaf(content: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + content).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The roots of the full subtrees from the left: all that is needed to add a leaf or to name the root.

    Args:
        size: how many leaves it has.
        roots: the subtrees' roots, 32 bytes each, the largest first; one for every bit that is set in `size`.
    """

    def __init__(self, size: int = 0, roots: bytes = b"") -> None:
        self.size: int = size
        self._roots = [roots[at : at + 32] for at in range(0, len(roots), 32)]

    def add(self, leaf: bytes) -> None:
        """Add one leaf at the right."""
        size = self.size
        while size & 1:
            leaf = _node(self._roots.pop(), leaf)
            size >>= 1
        self._roots.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Return the root of the whole tree; of no leaves, the hash of nothing."""
        if not self._roots:
            return hashlib.sha256(b"").digest()
        root = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            root = _node(left, root)
        return root

    def packed(self) -> bytes:
        """Return the roots as they are kept."""
        return b"".join(self._roots)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of a tree of these leaves."""
    frontier = Frontier()
    for leaf in leaves:
        frontier.add(leaf)
    return frontier.root()


def _root(value: object) -> str:
    if isinstance(value, str) and len(value) == 64 and all(letter in "0123456789abcdef" for letter in value):  # noqa: PLR2004
        return value
    raise InvalidValue(value, "is not the root of a log", "copy the third line of its head: 64 hexadecimal digits")


def _size(value: object) -> int:
    if type(value) is int and value >= 0:
        return value
    raise InvalidValue(value, "is not the size of a log", "copy the second line of its head: a whole number")


@frozen
class TreeHead:
    """The proof of a log at one size: three lines to keep elsewhere, print, or have signed.

    Attributes:
        partnership: whose record it is.
        size: how many entries it proves; the root alone would not say so.
        root: of the tree, as hexadecimal digits.

    Raises:
        InvalidValue: the partnership is no slug, the size no number of entries, or the root no root.
    """

    partnership: str = field(converter=slug)
    size: int = field(converter=_size)
    root: str = field(converter=_root)

    def __str__(self) -> str:
        return f"{self.partnership}\n{self.size}\n{self.root}\n"

    @classmethod
    def parse(cls, text: str) -> TreeHead:
        """Return the head that three lines of text are.

        >>> head = TreeHead("unnamed", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        >>> TreeHead.parse(str(head)) == head
        True
        """
        lines = text.strip().splitlines()
        if len(lines) != 3 or not _DIGITS.fullmatch(lines[1]):  # noqa: PLR2004  the three lines
            raise InvalidValue(text, "is not the head of a log", "give its three lines: partnership, size, root")
        return cls(lines[0], int(lines[1]), lines[2])


@frozen
class Verification:
    """What `Record.verify` found.

    Attributes:
        head: the proof of the log as it is now; keep it elsewhere.
        problems: what is wrong, in words; empty if all is as it was written.
        journal: how the file is written, where there is one.
    """

    head: TreeHead
    problems: tuple[str, ...]
    journal: str | None

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def verify(store: Store, sealed: TreeHead, kept: TreeHead | None, most: int | None = None) -> Verification:
    """Check that a store holds what was written to it.

    Args:
        store: where the entries lie.
        sealed: the proof that the store keeps beside them.
        kept: a head that was kept elsewhere; the log must still begin with just those entries.
        most: how many entries are looked at; unless given, those that the proof is of, and one more.

    Raises:
        InvalidValue: *kept* is no head.
    """
    if kept is not None and not isinstance(kept, TreeHead):
        raise InvalidValue(kept, "is not the head of a log", "give TreeHead.parse(text) of its three lines")
    rows = store.read(0, sealed.size + 1 if most is None else most)
    leaves = [one.leaf for one in rows]
    problems = [*store.check(), *_wrong(rows)]
    if (sealed.size, sealed.root) != (len(rows), root_of(leaves).hex()):
        found = f"{sealed.size} entries, and holds others or another number: {len(rows)}"
        problems.append(f"the log was sealed with {found}")
    if kept is not None and (kept.size > len(rows) or root_of(leaves[: kept.size]).hex() != kept.root):
        problems.append(f"the log does not begin with the {kept.size} entries of the head that was kept")
    return Verification(sealed, tuple(problems), getattr(store, "journal", None))


def _wrong(rows: Sequence[Row]) -> Iterator[str]:
    for place, row in enumerate(rows, 1):
        if row.position != place:
            yield f"entry {row.position} stands at place {place}"
        if digest(row.body) != row.id:
            yield f"entry {row.position} does not have the bytes that its id was made from"
        elif not _has_one_form(row.body):
            yield f"entry {row.position} is not in the one form that entries have: it was not written by this library"
        if leaf_hash(row.position, row.recorded_at, row.by, row.id) != row.leaf:
            yield f"entry {row.position} was changed beside its bytes: when, by whom, or its place"


def _has_one_form(body: bytes) -> bool:
    try:
        return canonical(parse(body, "an entry")) == body
    except InvalidEntry:
        return False
