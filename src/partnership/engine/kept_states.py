"""States that a store keeps beside its log, so that a new process need not read the whole log to know all of them.

They are never trusted over the entries. What is kept of a projection names the size of the log that it belongs to, with
the frontier of the log at that size. It is used only if that frontier and the entries since then give the root of the
log as it is now, if no row was changed or lost, and if the same versions of the library, the projection and the kinds
of the record made it; otherwise all states are computed from the entries. States that the entries since then may have
changed are computed from the entries too: `ClaimIndex.touched_by` returns their subjects.

Only states of built-in kinds are kept. Nothing tells whether a user's projection is still what it was: its functions
may call others that have changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from typing import Any

from partnership._frozen import frozen
from partnership._lazy import load
from partnership.errors import StorageError
from partnership.kinds import BUILT_IN, Kinds
from partnership.model.projection import Projection
from partnership.storage.base import KeptChange, Store
from partnership.storage.merkle import Frontier

RULES_VERSION = 3
"""Increment it whenever the same entries give other states. A test compares the states of an example."""

MINIMUM = 1_000
"""Entries of a log from which states are kept: to compute those of a smaller one is as fast as to read kept ones."""
_SEAL = 8
"""Bytes of a SHA-256 that detect damage of a row; `Record.verify` compares the states themselves."""


@frozen
class Kept:
    """What is kept of a projection.

    Attributes:
        states: the states by key.
        size: the number of entries of the log to which they belong.
        head: what the store keeps beside the rows.
    """

    states: Mapping[str, Any]
    size: int
    head: bytes


class KeptStates:
    """Reads and writes the states that a store keeps.

    Args:
        store: the store.
        kinds: the kinds of the record.
    """

    def __init__(self, store: Store, kinds: Kinds) -> None:
        self._store = store
        self._kinds = kinds
        own = sorted((event.name, event.version) for kind in kinds.own for event in kind.events)
        self._version = sha256(f"{RULES_VERSION} {own}".encode()).hexdigest()[:16]
        self._codecs: dict[Projection[Any], Any] = {}
        self._is_writable = True
        self._waiting: dict[str, KeptChange] = {}  # by projection; written together, since a commit takes long
        self._proven: tuple[int, str, tuple[int, bytes]] | None = None  # by which the log was proven to begin with it

    def has(self, projection: Projection[Any]) -> bool:
        """Tell whether states of a projection are kept."""
        return self._kinds.is_built_in(projection)

    def read(self, projection: Projection[Any]) -> Kept | None:
        """Return what is kept of a projection; None if it is nothing, or something that cannot be used."""
        if (found := self._store.kept(projection.name)) is None:
            return None
        head, rows = found
        codec = self._codec(projection) if rows else None
        with suppress(Exception):  # something was changed
            version, size, frontier, count = json.loads(_unsealed(head, projection.name))
            is_current = (version, count) == (self._version_of(projection), len(rows))
            if is_current and self._begins_with(size, frontier):
                states = {key: codec.decode(_unsealed(body, key)) for key, body in rows} if codec else {}
                return Kept(states, size, head)
        return None

    def _begins_with(self, size: int, frontier: str) -> bool:
        """Tell whether the log begins with the entries of a frontier, given as hexadecimal digits."""
        sealed = self._store.sealed()
        key = (size, frontier, sealed)
        if self._proven != key:
            grown = Frontier(size, bytes.fromhex(frontier))
            for row in self._store.read(size):
                grown.add(row.leaf)
            if (grown.size, grown.root()) != sealed:
                return False
            self._proven = key
        return True

    def write(
        self,
        projection: Projection[Any],
        states: Mapping[str, Any],
        size: int,
        before: Kept | None,
        changed: Iterable[str],
    ) -> Kept | None:
        """Keep the states of a projection, at once or with others, and return what is kept then.

        Many rows are written at once, others when those of all kinds wait, or at `flush`.

        Args:
            projection: the projection.
            states: all of its states, by key.
            size: of the log to which they belong; nothing is written if it has more entries now.
            before: what is kept so far, of which only some states are replaced; None to replace everything.
            changed: the keys of these, with those that have no state any more.
        """
        stored_size, frontier = self._store.frontier()
        if not self._is_writable or stored_size != size:
            return before
        wanted = {key: states.get(key) for key in (changed if before else states)}
        codec = self._codec(projection) if states else None  # it takes long to make
        bodies = {key: codec.encode(state) for key, state in wanted.items() if state is not None} if codec else {}
        rows = [(key, _sealed(bodies[key], key) if key in bodies else None) for key in sorted(wanted)]
        fields = [self._version_of(projection), size, frontier.hex(), len(states)]
        head = _sealed(json.dumps(fields).encode(), projection.name)
        if projection.name in self._waiting:
            self.flush()
        self._waiting[projection.name] = KeptChange(projection.name, head, rows, before.head if before else None)
        if len(rows) >= MINIMUM or len(self._waiting) == len(BUILT_IN.plurals):
            self.flush()
        return Kept(states, size, head)

    def flush(self) -> None:
        """Write what waits to be written, if the store can be written; no answer depends on it."""
        waiting, self._waiting = self._waiting, {}
        try:
            if waiting:
                self._store.keep(tuple(waiting.values()))
        except StorageError:
            self._is_writable = False

    def discard(self, projection: Projection[Any]) -> None:
        """Discard what is kept of a projection, if the store can be written."""
        with suppress(StorageError):
            self._store.keep([KeptChange(projection.name, b"", ())])

    def _version_of(self, projection: Projection[Any]) -> str:
        return f"{self._version} {projection.version}"

    def _codec(self, projection: Projection[Any]) -> Any:  # noqa: ANN401  a StateCodec
        if projection not in self._codecs:
            cls = type(projection.initial(f"{projection.kind}:x"))
            self._codecs[projection] = load("serialization.state_codec", "StateCodec")(cls)
        return self._codecs[projection]


def _sealed(body: bytes, name: str) -> bytes:
    return sha256(name.encode() + b"\0" + body).digest()[:_SEAL] + body


def _unsealed(sealed: bytes, name: str) -> bytes:
    """Return the bytes that were sealed under a name.

    Raises:
        ValueError: they were changed.
    """
    body = sealed[_SEAL:]
    if _sealed(body, name) != sealed:
        raise ValueError(name)
    return body
