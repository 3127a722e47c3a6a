"""What the tests of the stores share: entries, what is wrong with a store, and other processes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys

import pytest

from partnership.serialization.canonical import digest
from partnership.storage import sqlite_files
from partnership.storage.merkle import leaf_hash, root_of


@pytest.fixture(scope="session")
def entry():
    """Return a function: id and body of the n-th entry; four cite one source."""

    def entry(number, size=0):
        body = f'{{"n":{number},"source":{{"of":{number // 4}}},"é":"{"x" * size}"}}'.encode()
        return digest(body), body

    return entry


@pytest.fixture(scope="session")
def wrong():
    """Return a function: all that a whole check of a store finds wrong, as a record's `verify` would."""

    def wrong(store):
        size, root = store.sealed()
        rows = store.read()
        found = list(store.check())
        found += [f"{each.position}: body" for each in rows if digest(each.body) != each.id]
        found += [
            f"{each.position}: leaf"
            for each in rows
            if leaf_hash(each.position, each.recorded_at, each.by, each.id) != each.leaf
        ]
        if [each.position for each in rows] != list(range(1, size + 1)) or store.head() != size:
            found.append("positions")
        if root_of(each.leaf for each in rows) != root:
            found.append("root")
        return found

    return wrong


@pytest.fixture(params=["delete", "wal"])
def journal(request, monkeypatch):
    """Have the stores of this process and of its children keep one journal, whatever SQLite is here."""
    monkeypatch.setattr(sqlite_files, "journal_for", lambda _: request.param)
    return request.param


@pytest.fixture
def child():
    """Return a function that starts another process: a script, after what the scripts share."""
    started = []
    shared = """
import os
import sys
from datetime import UTC, datetime
from partnership.errors import PartnershipError
from partnership.serialization.canonical import digest
from partnership.storage import sqlite_files
from partnership.storage.sqlite import SQLiteStore

def entry(number):
    body = f'{{"n":{number},"source":{{"of":{number // 4}}},"é":""}}'.encode()
    return digest(body), body

def append(store, *numbers):
    return store.append([entry(each) for each in numbers], now=datetime.now(UTC), by="child")

def say(*words):
    os.write(1, (" ".join(map(str, words)) + "\\n").encode())  # at once, or not at all if the process is killed

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
