"""The peer, `eventsourcing`: the same events with the same sources, as safe on the disk; its state is smaller.

One aggregate a subject. It keeps the fields that it was told last: no belief, no order of days, no findings.
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

from benchmarks.histories import Told
from benchmarks.limit import SETTINGS

__all__ = ["Peer", "Subject", "said"]

_AT_ONCE = 1_000  # what the peer reads at a time, where it leaves that open


def said(one: bytes) -> dict[str, Any]:
    """Return what an entry says, as plain values, from its bytes."""
    claim = json.loads(one)["claim"]
    return {"name": claim["event"], "fields": claim.get("fields", {}), "source": claim["source"]}


class Subject(Aggregate):
    """A meeting, a course, a promise, as somebody would write it with the peer."""

    def __init__(self, name: str, fields: dict[str, Any], source: dict[str, Any]) -> None:
        self.claims = 1
        self.status, self.known, self.source = name, dict(fields), source

    @event("Reported")
    def report(self, name: str, fields: dict[str, Any], source: dict[str, Any]) -> None:
        """Take in one claim."""
        self.claims += 1
        self.status, self.source = name, source
        self.known.update(fields)


class _Pool(eventsourcing.sqlite.SQLiteConnectionPool):
    """Connections that write as safely as the library's: the peer's own are set otherwise."""

    def _create_connection(self) -> Any:
        self.is_journal_mode_wal = True  # what it would otherwise set by itself
        connection = super()._create_connection()
        for one in SETTINGS:
            connection.cursor().execute(f"PRAGMA {one}")
        return connection


class Peer:
    """The peer on one file, or by `on_server` on a server.

    Args:
        path: the file.
        is_as_it_comes: leave SQLite set as the peer sets it: a write-ahead log, in every version of SQLite.
    """

    def __init__(self, path: Path, *, is_as_it_comes: bool = False) -> None:
        pool = eventsourcing.sqlite.SQLiteConnectionPool if is_as_it_comes else _Pool
        named = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": os.fspath(path)}
        with patch.object(eventsourcing.sqlite, "SQLiteConnectionPool", pool):
            self._application: Application[UUID] = Application(env=named)

    @classmethod
    def on_server(cls, folder: str, name: str, *, is_new: bool = False) -> Peer:
        """Return the peer on a PostgreSQL server.

        Args:
            folder: where the server listens.
            name: of the application: it has a table of its own.
            is_new: lay that out, which several may not try at once.
        """
        peer = cls.__new__(cls)
        peer._application = type(name, (Application,), {})(  # noqa: SLF001  its own class
            env={
                "PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_DBNAME": "postgres",
                "POSTGRES_HOST": folder, "POSTGRES_PORT": "5432", "POSTGRES_USER": "postgres",
                "POSTGRES_PASSWORD": "none", "POSTGRES_POOL_SIZE": "1", "CREATE_TABLE": "yes" if is_new else "no",
            }
        )  # fmt: skip
        return peer

    def save(self, subjects: Sequence[Subject]) -> None:
        """Write what was told of subjects in one commit."""
        self._application.save(*subjects)

    def fill(self, told: Iterable[Told], at_once: int = 5_000) -> None:
        """Write a history, many events in one commit."""
        subjects: dict[str, Subject] = {}
        coming = iter(told)
        while some := list(islice(coming, at_once)):
            touched: dict[str, Subject] = {}
            for one in some:
                known = said(one.draft.body)
                if one.subject in subjects:
                    subjects[one.subject].report(**known)
                else:
                    subjects[one.subject] = Subject(**known)
                touched[one.subject] = subjects[one.subject]
            self.save([*touched.values()])

    def ids(self) -> list[UUID]:
        """Return which subjects there are."""
        return list(dict.fromkeys(one.originator_id for one in self.notifications(0)))

    def notifications(self, after: int) -> Iterator[Any]:
        """Yield what lies after a position."""
        while some := self._application.recorder.select_notifications(after + 1, _AT_ONCE):
            yield from some
            after = some[-1].id

    def follow(self, after: int) -> Iterator[Any]:
        """Yield the events after a position."""
        return map(self.decoded, self.notifications(after))

    def decoded(self, stored: Any) -> Any:
        """Return an event from what is stored of it."""
        return self._application.mapper.to_domain_event(stored)

    def replay(self, ids: Iterable[UUID]) -> list[Subject]:
        """Load, decode and fold every subject."""
        return [self._application.repository.get(one) for one in ids]

    def close(self) -> None:
        """Let go of the file."""
        self._application.close()
