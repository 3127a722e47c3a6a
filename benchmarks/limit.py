"""The limit: a table of bodies in ``sqlite3`` with nothing around it, as safe on the disk as the library's own file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from partnership.storage.sqlite import journal_for

__all__ = ["SETTINGS", "Raw"]

SETTINGS = (
    f"journal_mode={journal_for(sqlite3.sqlite_version_info)}",
    "fullfsync=on",
    "synchronous=extra",
)
"""Those of ``partnership/stores/files.py``: the limit and the peer are set so too."""


class Raw:
    """What any log on SQLite does at least."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for one in SETTINGS:
            self._connection.execute(f"PRAGMA {one}")
        self._connection.execute("CREATE TABLE entries (position INTEGER PRIMARY KEY, body BLOB NOT NULL)")

    def append(self, bodies: Iterable[bytes]) -> None:
        """Write bodies in one commit."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.executemany("INSERT INTO entries (body) VALUES (?)", [(one,) for one in bodies])
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
