"""The baseline: bodies of entries in one table of ``sqlite3``, with the durability settings of the library's files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from partnership.storage.sqlite_files import journal_for

__all__ = ["SETTINGS", "RawTable"]

SETTINGS = (
    f"journal_mode={journal_for(sqlite3.sqlite_version_info)}",
    "fullfsync=on",
    "synchronous=extra",
)
"""The settings of ``partnership.storage.sqlite``, which the baseline and the peer use too."""


class RawTable:
    """A table of bodies: the least that any log on SQLite has to write."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for setting in SETTINGS:
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.execute("CREATE TABLE entries (position INTEGER PRIMARY KEY, body BLOB NOT NULL)")

    def append(self, bodies: Iterable[bytes]) -> None:
        """Write bodies in one commit."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany("INSERT INTO entries (body) VALUES (?)", [(body,) for body in bodies])
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()
