"""Where an SQLite file keeps a snapshot: the table ``snapshot``, which is no part of the log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from partnership.storage.sqlite_files import Connection, LogState, writing

__all__ = ["SQLiteSnapshot"]


class SQLiteSnapshot:
    """The parts of a snapshot in one file.

    Args:
        place: the file.
        answering: lends the connection to it.
    """

    def __init__(self, place: str, answering: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._place = place
        self._answering = answering

    def proof(self) -> tuple[int, bytes]:
        """Return size and proof of the log, as `Frontier` packs it.

        Raises:
            Damaged: that was changed.
        """
        with self._answering() as connection:
            tally = LogState.read(connection, self._place)
        return tally.size, tally.frontier

    def write(self, parts: Sequence[bytes]) -> None:
        """Put these in the place of those before: all or nothing.

        Raises:
            ReadOnly, StorageFull: the file cannot be written.
        """
        with self._answering() as connection, writing(connection):
            connection.execute("DELETE FROM snapshot")
            connection.executemany("INSERT INTO snapshot (part, body) VALUES (?, ?)", enumerate(parts))

    def read(self, number: int) -> bytes | None:
        """Return one of them, from 0; None where there is none."""
        with self._answering() as connection:
            held = connection.execute("SELECT body FROM snapshot WHERE part = ?", (number,)).fetchall()
        return held[0][0] if held else None
