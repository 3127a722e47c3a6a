"""Fixtures of the tests of the stores: entries, a complete check of a store, and child processes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys

import pytest

from partnership.serialization.canonical import digest
from partnership.serialization.columns import Columns, NewEntry
from partnership.storage import sqlite_files
from partnership.storage.merkle import leaf_hash, root_of


@pytest.fixture(scope="session")
def entry():
    """Return a function that makes the n-th entry; four entries each share a source and refer to a subject."""

    def entry(number, size=0):
        fields = f'{{"n":{number},"é":"{"x" * size}"}}'.encode()
        columns = Columns(f"number:n-{number}", "counted", 1, fields, b'{"of":%d}' % (number // 4), b"", b"")
        references = (f"group:g-{number // 4}",)
        return NewEntry(digest(columns.body), digest(columns.claim), columns, (columns.subject,), references)

    return entry


@pytest.fixture(scope="session")
def wrong():
    """Return a function that returns all problems of a store, as a record's `verify` finds them."""

    def wrong(store):
        size, root = store.sealed()
        rows = store.read()
        problems = list(store.check())
        problems += [f"{row.position}: body" for row in rows if digest(row.body) != row.id]
        problems += [
            f"{row.position}: leaf"
            for row in rows
            if leaf_hash(row.position, row.recorded_at, row.by, row.id) != row.leaf
        ]
        if [row.position for row in rows] != list(range(1, size + 1)) or store.head() != size:
            problems.append("positions")
        if root_of(row.leaf for row in rows) != root:
            problems.append("root")
        return problems

    return wrong


@pytest.fixture(params=["delete", "wal"])
def journal(request, monkeypatch):
    """Make the stores of this process and of its children use a journal mode, whatever the version of SQLite."""
    monkeypatch.setattr(sqlite_files, "journal_for", lambda _: request.param)
    return request.param


@pytest.fixture
def child():
    """Return a function that runs a script in a child process, after a prelude that all scripts share."""
    started = []
    shared = """
import os
import sys
from datetime import UTC, datetime
from partnership.errors import PartnershipError
from partnership.serialization.canonical import digest
from partnership.serialization.columns import Columns, NewEntry
from partnership.storage import sqlite_files
from partnership.storage.sqlite import SQLiteStore

def entry(number):
    fields, source = f'{{"n":{number},"é":""}}'.encode(), b'{"of":%d}' % (number // 4)
    columns = Columns(f"number:n-{number}", "counted", 1, fields, source, b"", b"")
    references = (f"group:g-{number // 4}",)
    return NewEntry(digest(columns.body), digest(columns.claim), columns, (columns.subject,), references)

def append(store, *numbers):
    return store.append([entry(number) for number in numbers], now=datetime.now(UTC), by="child")

def say(*words):
    os.write(1, (" ".join(map(str, words)) + "\\n").encode())  # in one write, in case it is killed

sqlite_files.journal_for = lambda _: sys.argv[-1]
"""

    def child(script, *arguments):
        journal = sqlite_files.journal_for(sqlite3.sqlite_version_info)
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"}
        process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", shared + script, *map(str, arguments), journal],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        started.append(process)
        return process

    yield child
    for process in started:
        process.kill()
        process.communicate()
