"""The peer, `eventsourcing`, with the same events, sources and durability settings, and one aggregate per subject.

Its state is smaller than ours: the latest value of each field, without resolution, order by date or findings.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

import eventsourcing.sqlite
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from benchmarks.baseline import SETTINGS
from benchmarks.histories import SubjectEntry

__all__ = ["Peer", "Subject", "plain_values"]

_BATCH = 1_000  # notifications that are read at a time


def plain_values(body: bytes) -> dict[str, Any]:
    """Return the event's name, fields and source from an encoded entry, as arguments of `Subject`."""
    claim = json.loads(body)["claim"]
    return {"name": claim["event"], "fields": claim.get("fields", {}), "source": claim["source"]}


class Subject(Aggregate):
    """An aggregate for any kind of subject, as a user of the peer would write it."""

    def __init__(self, name: str, fields: dict[str, Any], source: dict[str, Any]) -> None:
        self.claims = 1
        self.status, self.known, self.source = name, dict(fields), source

    @event("Reported")
    def report(self, name: str, fields: dict[str, Any], source: dict[str, Any]) -> None:
        """Apply one claim."""
        self.claims += 1
        self.status, self.source = name, source
        self.known.update(fields)


class _Pool(eventsourcing.sqlite.SQLiteConnectionPool):
    """Connections with the library's durability settings instead of the peer's own."""

    def _create_connection(self) -> Any:
        self.is_journal_mode_wal = True  # so that the peer does not set a write-ahead log itself
        connection = super()._create_connection()
        for setting in SETTINGS:
            connection.cursor().execute(f"PRAGMA {setting}")
        return connection


class Peer:
    """An application of the peer on an SQLite file, or on a server: see `on_server`.

    Args:
        path: the file.
        has_own_settings: keep the peer's settings of SQLite: a write-ahead log, in every version of SQLite.
    """

    def __init__(self, path: Path, *, has_own_settings: bool = False) -> None:
        pool = eventsourcing.sqlite.SQLiteConnectionPool if has_own_settings else _Pool
        environment = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": os.fspath(path)}
        with patch.object(eventsourcing.sqlite, "SQLiteConnectionPool", pool):
            self._application: Application[UUID] = Application(env=environment)

    @classmethod
    def on_server(cls, folder: str, name: str, *, is_new: bool = False) -> Peer:
        """Return the peer on a PostgreSQL server.

        Args:
            folder: folder of the server's socket.
            name: name of the application, which has its own table.
            is_new: create the table; two processes must not do so at once.
        """
        peer = cls.__new__(cls)
        peer._application = type(name, (Application,), {})(  # noqa: SLF001  of this class
            env={
                "PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_DBNAME": "postgres",
                "POSTGRES_HOST": folder, "POSTGRES_PORT": "5432", "POSTGRES_USER": "postgres",
                "POSTGRES_PASSWORD": "none", "POSTGRES_POOL_SIZE": "1", "CREATE_TABLE": "yes" if is_new else "no",
            }
        )  # fmt: skip
        return peer

    def save(self, subjects: Sequence[Subject]) -> None:
        """Write the new events of subjects in one commit."""
        self._application.save(*subjects)

    def fill(self, history: Iterable[SubjectEntry], batch: int = 5_000) -> None:
        """Write a history with many events per commit."""
        subjects: dict[str, Subject] = {}
        remaining = iter(history)
        while items := list(islice(remaining, batch)):
            changed: dict[str, Subject] = {}
            for item in items:
                values = plain_values(item.entry.body)
                if item.subject in subjects:
                    subjects[item.subject].report(**values)
                else:
                    subjects[item.subject] = Subject(**values)
                changed[item.subject] = subjects[item.subject]
            self.save([*changed.values()])

    def ids(self) -> list[UUID]:
        """Return the ids of all subjects."""
        return list(dict.fromkeys(notification.originator_id for notification in self.notifications(0)))

    def notifications(self, after: int) -> Iterator[Any]:
        """Yield the stored events after a position."""
        while batch := self._application.recorder.select_notifications(after + 1, _BATCH):
            yield from batch
            after = batch[-1].id

    def follow(self, after: int) -> Iterator[Any]:
        """Yield the decoded events after a position."""
        return map(self.decode, self.notifications(after))

    def decode(self, stored: Any) -> Any:
        """Return the event of a stored one."""
        return self._application.mapper.to_domain_event(stored)

    def replay(self, ids: Iterable[UUID]) -> list[Subject]:
        """Load, decode and fold every subject."""
        return [self._application.repository.get(id_) for id_ in ids]

    def close(self) -> None:
        """Close the application."""
        self._application.close()
