"""Read a file of format 1, which kept each entry as bytes. Nothing writes it any more."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from partnership._atomic_write import open_to_read
from partnership._frozen import frozen
from partnership.errors import Damaged
from partnership.serialization.canonical import digest
from partnership.storage.merkle import Frontier, leaf_hash
from partnership.storage.rows import instant
from partnership.storage.sqlite_files import translate_errors

_SELECT = (
    "SELECT entry.position, entry.recorded_at, entry.by, entry.leaf, entry.head, "
    "ifnull(earlier.source, entry.source), entry.tail "
    "FROM entries AS entry LEFT JOIN entries AS earlier ON earlier.position = entry.source ORDER BY entry.position"
)
"""A source was stored with the first entry that has it; others have the position of that entry in its place."""


@frozen
class StoredEntry:
    """An entry of a file of format 1.

    Attributes:
        body: its canonical bytes.
        recorded_at: when the log took it.
        by: who recorded it.
    """

    body: bytes
    recorded_at: datetime
    by: str | None


def is_format_1(place: str) -> bool:
    """Tell from the beginning of a file whether it is a record of format 1."""
    with open_to_read(place) as file:
        header = file.read(72)
    return header[:16] == b"SQLite format 3\0" and header[60:64] == bytes((0, 0, 0, 1)) and header[68:] == b"PSHP"


def read_format_1(place: str) -> tuple[str | None, list[StoredEntry]]:
    """Return the name of the partnership in a file of format 1, and all entries in order of position.

    Raises:
        Damaged: something is not as it was written.
    """
    with translate_errors(place):
        connection = sqlite3.connect(f"{Path(place).absolute().as_uri()}?mode=ro", uri=True)
        with closing(connection):
            connection.text_factory = bytes
            states = connection.execute("SELECT partnership, size, frontier, keys, seal FROM log").fetchall()
            rows = connection.execute(_SELECT).fetchall()
    frontier, entries = Frontier(), []
    with suppress(AttributeError, OverflowError, TypeError, ValueError):
        ((name, size, stored_frontier, keys, seal),) = states
        name = None if name is None else name.decode()
        for position, recorded_at, by, leaf, head, source, tail in rows:
            entry = StoredEntry(head + source + tail, instant(recorded_at), None if by is None else by.decode())
            if leaf != leaf_hash(position, entry.recorded_at, entry.by, digest(entry.body)):
                break
            frontier.add(leaf)
            entries.append(entry)
        state = f"{stored_frontier.hex()} {size} {int.from_bytes(keys)} {name!r}"
        is_whole = (frontier.size, frontier.packed()) == (size, stored_frontier) and len(rows) == size
        if is_whole and sha256(state.encode()).digest() == seal:
            return name, entries
    raise Damaged(place, f"entry {len(entries) + 1}, or the proof of all, is not as it was written: restore a copy")
