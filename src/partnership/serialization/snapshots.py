"""A snapshot: states as they were folded once, kept beside the entries and taken from there while nothing is in doubt.

It is no part of the log: no entry, no proof and no merge knows of it, and who loses it has lost time. Its first part
says what made it, what it covers and what the other parts hash to, under a seal. It is read by the version of the
library that wrote it, and of a projection what the same version folded; and only if the entries that it covers, and
those that came since, give the very proof that the log has now. Anything else is as if there were none.

Source: ``design.md`` 4, laws: "a snapshot is only a cache".
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from hashlib import sha256
from itertools import islice
from typing import Any

from attrs import asdict, frozen

from partnership.errors import Damaged
from partnership.model.projection import Projection
from partnership.serialization.canonical import canonical
from partnership.serialization.state_codec import reader_of, written
from partnership.storage.base import SnapshotParts, Store
from partnership.storage.merkle import Frontier

__all__ = ["Cover", "Kept", "Snapshots"]

_FORM = 1
_LIBRARY = "0.1.0"
"""The version of the library: another may believe, order or fold otherwise."""
_AT_ONCE = 1_000  # states in a part
_LARGEST = 4 * 2**20  # bytes of a part
_UNPACKED = 64 * 2**20  # and of what it holds
_SEAL = 32  # bytes of a SHA-256
_FEW = 20
_SHARE = 400


@frozen
class Kept:
    """Where the states of a projection lie.

    Attributes:
        version: of the projection.
        first: the number of their first part.
        digests: SHA-256 of each of their parts.
    """

    version: int
    first: int
    digests: Sequence[str]


@frozen
class Cover:
    """What the first part of a snapshot says.

    Attributes:
        form: in which it is written.
        library: the version that wrote it.
        partnership: whose record it is of.
        size: how many entries it covers.
        frontier: the proof of these, as `Frontier` packs it.
        names: by subject, its one name, for subjects that are the same as others.
        kept: by name of the projection.
    """

    form: int
    library: str
    partnership: str | None
    size: int
    frontier: str
    names: Mapping[str, str]
    kept: Mapping[str, Kept]

    def allows(self, came: int) -> bool:
        """Tell whether so many entries may have come since: one in four hundred, which still saves a third.

        What they touch is folded again, one by one, with all that refers to it; of one in two hundred, that takes as
        long as to read everything.
        """
        return came <= max(_FEW, self.size // _SHARE)


def _cover(told: Mapping[str, Any]) -> Cover:
    kept = {name: Kept(**one) for name, one in told["kept"].items()}
    return Cover(**{**told, "names": dict(told["names"]), "kept": kept})


def _packed(states: Mapping[str, Any]) -> bytes:
    return zlib.compress(canonical({key: written(one) for key, one in states.items()}), 1)


def _unpacked(part: bytes, kind: type) -> dict[str, Any]:
    """Return the states that a part holds; of one that would fill the memory, nothing that can be read."""
    read = reader_of(kind)
    text = zlib.decompressobj().decompress(part, _UNPACKED)
    return {key: read(one) for key, one in json.loads(text).items()}


def _parts(states: Mapping[str, Any]) -> list[bytes] | None:
    """Return the parts that states are written as; None where one of them would not be read as it is."""
    parts: list[bytes] = []
    rest = iter(states.items())
    while some := dict(islice(rest, _AT_ONCE)):
        try:
            part = _packed(some)
            back = _unpacked(part, type(next(iter(some.values()))))
        except Exception:  # noqa: BLE001  what has no form here, or another when it is read, is folded from the entries
            return None
        if len(part) > _LARGEST or back != some or repr(back) != repr(some):
            return None
        parts.append(part)
    return parts


class Snapshots:
    """The snapshot of a store.

    Args:
        store: where the entries lie.
        parts: where it lies; None where there can be none.
    """

    def __init__(self, store: Store, parts: SnapshotParts | None) -> None:
        self._store = store
        self._parts = parts

    def proof(self) -> Frontier | None:
        """Return the proof of the log as it is now; None where no snapshot can be kept."""
        return None if self._parts is None else Frontier(*self._parts.proof())

    def write(
        self, proof: Frontier, size: int, names: Mapping[str, str], states: Mapping[Projection[Any], Mapping[str, Any]]
    ) -> int:
        """Put a snapshot in the place of the one before; return how many states are in it.

        Args:
            proof: of the log as it was before the states were asked for.
            size: how many entries were read for them.
            names: by subject, its one name, for subjects that are the same as others.
            states: by key, of each projection.

        Raises:
            Damaged: rows are missing.
            ReadOnly, StorageFull: the file cannot be written.
        """
        assert self._parts is not None
        for row in self._store.read(proof.size, max(size - proof.size, 0)):
            proof.add(row.leaf)
        if proof.size != size:
            reason = f"{size} entries are found, and {proof.size} were written: no snapshot was; restore a copy"
            raise Damaged(self._store.place, reason)
        parts: list[bytes] = []
        kept: dict[str, Kept] = {}
        count = 0
        for projection, each in states.items():
            if (own := _parts(each)) is not None:
                digests = [sha256(part).hexdigest() for part in own]
                kept[projection.name] = Kept(projection.version, len(parts) + 1, digests)
                parts += own
                count += len(each)
        cover = Cover(_FORM, _LIBRARY, self._store.partnership, size, proof.packed().hex(), names, kept)
        told = canonical(asdict(cover))
        self._parts.write([sha256(told).digest() + told, *parts])
        return count

    def cover(self) -> Cover | None:
        """Return what a snapshot covers that is in no doubt; None where there is no such one."""
        try:
            return None if self._parts is None else self._covered(self._parts.read(0))
        except Exception:  # noqa: BLE001  a doubt, whatever it is; the entries are there
            return None

    def _covered(self, part: bytes | None) -> Cover | None:
        if part is None or sha256(part[_SEAL:]).digest() != part[:_SEAL]:
            return None
        cover = _cover(json.loads(part[_SEAL:]))
        made_by, here = (cover.form, cover.library, cover.partnership), (_FORM, _LIBRARY, self._store.partnership)
        return cover if made_by == here and self._is_of_this_log(cover) else None

    def _is_of_this_log(self, cover: Cover) -> bool:
        """Tell whether what it covers, and what came since, gives the proof of the log."""
        size, root = self._store.sealed()
        if not cover.allows(size - cover.size):
            return False
        proof = Frontier(cover.size, bytes.fromhex(cover.frontier))
        for row in self._store.read(cover.size, max(size - cover.size, 0)):
            proof.add(row.leaf)
        return (proof.size, proof.root()) == (size, root)

    def states(self, cover: Cover, projection: Projection[Any]) -> dict[str, Any] | None:
        """Return the states of a projection by key, as a snapshot has them; None where it has none, or in doubt."""
        assert self._parts is not None
        kept = cover.kept.get(projection.name)
        if kept is None or kept.version != projection.version:
            return None
        kind = type(projection.initial(projection.name))
        found: dict[str, Any] = {}
        try:
            for number, expected in enumerate(kept.digests, kept.first):
                part = self._parts.read(number)
                if part is None or sha256(part).hexdigest() != expected:
                    return None
                found |= _unpacked(part, kind)
        except Exception:  # noqa: BLE001  a doubt, whatever it is; the entries are there
            return None
        return found
