"""The peer, `eventsourcing`, and the limit, `sqlite3` with nothing around it: the same events, as safe on the disk."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.sqlite import SQLiteConnectionPool

from partnership.log.codec import Draft

__all__ = ["Meetings", "Raw", "settings"]

_PRAGMAS = ("fullfsync=on", "synchronous=extra")


def settings(journal: str) -> tuple[str, ...]:
    """Return the statements with which every connection is as safe as the library's own."""
    return (f"PRAGMA journal_mode={journal}", *(f"PRAGMA {one}" for one in _PRAGMAS))


_create = SQLiteConnectionPool._create_connection


def _as_safe(pool: Any, journal: str) -> Any:
    """Return a connection of the peer's that writes as safely as the library's: it leaves that to SQLite's defaults."""
    pool.is_journal_mode_wal = True  # the mode is set here
    connection = _create(pool)
    for one in settings(journal):
        connection._sqlite_conn.execute(one)
    return connection


class Meeting(Aggregate):
    """A meeting as somebody would write it with the peer: no sources, no belief, no order of days."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.claims = 0

    @event("Told")
    def tell(
        self, on: str, title: str, place: str, host: str, parties: list[str], level: str, topics: list[str], body: str
    ) -> None:
        """Take in one claim."""
        self.claims += 1
        self.on, self.title, self.place, self.host = on, title, place, host
        self.parties, self.level, self.topics, self.body = parties, level, topics, body


class Meetings:
    """The peer on one file."""

    def __init__(self, path: Path, journal: str) -> None:
        SQLiteConnectionPool._create_connection = lambda pool: _as_safe(pool, journal)  # type: ignore[method-assign]
        self.application = Application(
            env={
                "PERSISTENCE_MODULE": "eventsourcing.sqlite",
                "SQLITE_DBNAME": os.fspath(path),
                "SQLITE_LOCK_TIMEOUT": "30",
            }
        )
        self.ids: list[UUID] = []

    def meeting(self, number: int) -> Meeting:
        """Return a new meeting."""
        return Meeting(title=f"Senior officials' meeting no. {number}")

    def tell(self, meeting: Meeting, number: int) -> None:
        """Tell one claim of eight fields."""
        meeting.tell(
            date.fromordinal(730_000 + number % 9_000).isoformat(),
            f"Senior officials' meeting no. {number}",
            "Ha Noi",
            "VN",
            ["ASEAN", "RU"],
            "senior-officials",
            ["trade", "energy"],
            f"dialogue:officials-{number // 200}",
        )

    def save(self, *meetings: Meeting) -> None:
        """Write them in one commit."""
        self.application.save(*meetings)

    def fill(self, events: int, of_each: int, at_once: int = 100) -> None:
        """Write meetings of a number of events each."""
        waiting: list[Meeting] = []
        for number in range(events // of_each):
            one = self.meeting(number)
            for _ in range(of_each - 1):
                self.tell(one, number)
            self.ids.append(one.id)
            waiting.append(one)
            if len(waiting) * of_each >= at_once:
                self.save(*waiting)
                waiting = []
        if waiting:
            self.save(*waiting)

    def close(self) -> None:
        """Let go of the file."""
        self.application.close()


class Raw:
    """A table of bodies: what any log on SQLite does at least."""

    def __init__(self, path: Path, journal: str) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for one in settings(journal):
            self.connection.execute(one)
        self.connection.execute("CREATE TABLE entries (position INTEGER PRIMARY KEY, body BLOB NOT NULL)")

    def append(self, some: Sequence[Draft]) -> None:
        """Write bodies in one commit."""
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.executemany("INSERT INTO entries (body) VALUES (?)", [(one.body,) for one in some])
        self.connection.execute("COMMIT")

    def bodies(self) -> Iterable[bytes]:
        """Read them all."""
        return (body for (body,) in self.connection.execute("SELECT body FROM entries ORDER BY position"))
