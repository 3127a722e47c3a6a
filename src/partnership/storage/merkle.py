"""A Merkle tree over the entries of a log: proof that none was changed, removed or inserted.

A tree head is the partnership, the number of entries and the root. A copy of it kept elsewhere shows whether a later
copy of the log begins with exactly those entries. Where nobody kept one, whoever has the file can rewrite all of it.

Source: RFC 9162 (2021), section 2.1.1; the two prefixes keep a leaf from passing for an inner node.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from attrs import field

from partnership._frozen import frozen
from partnership.errors import InvalidEntry, InvalidValue
from partnership.model.entry import OpaqueEvent
from partnership.serialization.canonical import canonical, digest, parse
from partnership.storage.base import Row, Store
from partnership.values.text import slug

_DIGITS = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)


def leaf_hash(position: int, recorded_at: datetime, by: str | None, id: str) -> bytes:  # noqa: A002  the entry's word
    """Return the leaf of an entry; its id, the hash of its body, stands for the body."""
    return leaf_hashes(position, recorded_at, by, (id,))[0]


def leaf_hashes(first: int, recorded_at: datetime, by: str | None, ids: Iterable[str]) -> list[bytes]:
    """Return the leaves of entries that follow each other, recorded at once; *first* is the position of the first."""
    beginning, end = _leaf_ends(recorded_at, by)
    return [
        sha256(f'{beginning}{id_}","position":{position}{end}'.encode()).digest()
        for position, id_ in enumerate(ids, first)
    ]


@lru_cache(maxsize=256)  # entries of one commit have the same
def _leaf_ends(recorded_at: datetime, by: str | None) -> tuple[str, str]:
    return f'\0{{"by":{_json(by)},"id":"', f',"recorded_at":"{recorded_at.isoformat()}"}}'


@lru_cache(maxsize=256)
def _json(by: str | None) -> str:
    return canonical(by).decode()


class Frontier:
    """The roots of the complete subtrees from left to right: enough to add leaves and to compute the root.

    Args:
        size: the number of leaves.
        roots: of the subtrees, 32 bytes each, the largest first; one for every bit that is set in `size`.
    """

    def __init__(self, size: int = 0, roots: bytes = b"") -> None:
        self.size: int = size
        self._roots = [roots[at : at + 32] for at in range(0, len(roots), 32)]

    def add(self, *leaves: bytes) -> None:
        """Append leaves."""
        roots = self._roots
        for size, leaf in enumerate(leaves, self.size):
            root = leaf
            while size & 1:
                root = sha256(b"\x01" + roots.pop() + root).digest()
                size >>= 1  # noqa: PLW2901  the bits that are left of it
            roots.append(root)
        self.size += len(leaves)

    def root(self) -> bytes:
        """Return the root of the tree; without leaves, the hash of no bytes."""
        if not self._roots:
            return sha256(b"").digest()
        root = self._roots[-1]
        for left in reversed(self._roots[:-1]):
            root = sha256(b"\x01" + left + root).digest()
        return root

    def packed(self) -> bytes:
        """Return the roots as they are stored."""
        return b"".join(self._roots)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """Return the root of the tree of some leaves."""
    frontier = Frontier()
    frontier.add(*leaves)
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
        partnership: the partnership that the record belongs to.
        size: the number of entries.
        root: of the Merkle tree, as hexadecimal digits.

    Raises:
        InvalidValue: the partnership is not a slug, the size not a whole number from 0, or the root not a SHA-256.
    """

    partnership: str = field(converter=slug)
    size: int = field(converter=_size)
    root: str = field(converter=_root)

    def __str__(self) -> str:
        return f"{self.partnership}\n{self.size}\n{self.root}\n"

    @classmethod
    def parse(cls, text: str) -> TreeHead:
        """Parse the three lines of a head.

        >>> head = TreeHead("unnamed", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        >>> TreeHead.parse(str(head)) == head
        True
        """
        lines = text.strip().splitlines() if isinstance(text, str) else ()  # type: ignore[redundant-expr]
        if len(lines) != 3 or not _DIGITS.fullmatch(lines[1]):  # noqa: PLR2004  the three lines
            raise InvalidValue(text, "is not the head of a log", "give its three lines: partnership, size, root")
        return cls(lines[0], int(lines[1]), lines[2])


@frozen
class Verification:
    """The result of `Record.verify`.

    Attributes:
        head: the proof of the log as it is now; keep it elsewhere.
        problems: one sentence for each; empty if everything is as it was written.
        journal: the journal mode of an SQLite file, or the settings for durability of a PostgreSQL server.
    """

    head: TreeHead
    problems: tuple[str, ...]
    journal: str | None

    @property
    def is_sound(self) -> bool:
        """Whether there are no problems."""
        return not self.problems


def verify(
    store: Store,
    sealed: TreeHead,
    kept: TreeHead | None,
    kind_of: Callable[[str], str | None],
    most: int | None = None,
) -> Verification:
    """Check that a store holds what was written to it.

    Args:
        store: the store.
        sealed: the head that the store keeps beside its entries.
        kept: a head that was kept elsewhere; the log must still begin with exactly those entries.
        kind_of: returns the kind of the subjects of an event by its stored name, None for one that is not known.
        most: how many entries to read; by default one more than the head says, so that a surplus one is noticed.

    Raises:
        InvalidValue: *kept* is not a head.
    """
    if kept is not None and not isinstance(kept, TreeHead):
        raise InvalidValue(kept, "is not the head of a log", "give TreeHead.parse(text) of its three lines")
    rows = store.read(0, sealed.size + 1 if most is None else most)
    leaves = [row.leaf for row in rows]
    problems = [*store.check(), *_row_problems(rows, kind_of)]
    if (sealed.size, sealed.root) != (len(rows), root_of(leaves).hex()):
        problems.append(
            f"the log was sealed with {sealed.size} entries, and holds others or another number: {len(rows)}"
        )
    if kept is not None and (kept.size > len(rows) or root_of(leaves[: kept.size]).hex() != kept.root):
        problems.append(f"the log does not begin with the {kept.size} entries of the head that was kept")
    return Verification(sealed, tuple(problems), getattr(store, "journal", None))


def _row_problems(rows: Sequence[Row], kind_of: Callable[[str], str | None]) -> Iterator[str]:
    for position, row in enumerate(rows, 1):
        if row.position != position:
            yield f"entry {row.position} stands at place {position}"
        if digest(row.body) != row.id:
            yield f"entry {row.position} has bytes that do not match its id"
        elif not _is_canonical(row.body):
            yield f"entry {row.position} is not in canonical form: it was not written by this library"
        kind, expected = row.columns.subject.partition(":")[0], kind_of(row.columns.event)
        if expected and kind not in (expected, OpaqueEvent.kind):  # its bytes have no kind, that of the event is meant
            yield f"entry {row.position} stands under a subject of the kind {kind!r}, and is about one of {expected!r}"
        if leaf_hash(row.position, row.recorded_at, row.by, row.id) != row.leaf:
            yield f"entry {row.position} has another time, recorder or position than it was written with"


def _is_canonical(body: bytes) -> bool:
    try:
        return canonical(parse(body, "an entry")) == body
    except InvalidEntry:
        return False
