"""The PostgreSQL store beyond the contract: many partnerships, permissions, lost connections, notifications."""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
import warnings
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime

import psycopg
import pytest
from benchmarks.server import SAFE, running

import partnership as ps
from partnership.errors import (
    Damaged,
    InvalidValue,
    NewerFormat,
    NotARecord,
    NotInstalled,
    ReadOnly,
    StorageError,
    StorageFull,
)
from partnership.storage import postgres, postgres_connection
from partnership.storage.postgres import PostgresStore

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECRET = "s3cr3t"  # noqa: S105  of nobody


@pytest.fixture
def open_store(database):
    """Return a function that opens a store in an empty schema, which is closed after the test."""
    opened = []

    def open_store(partnership="asean-russia", url=database):
        opened.append(PostgresStore(url, partnership=partnership))
        return opened[-1]

    yield open_store
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store, entry):
    """Return a store with three entries."""
    store = open_store()
    put(store, [entry(1), entry(2), entry(3)])
    return store


@pytest.fixture
def by_hand(database):
    """Return a function that runs statements in the database without the library."""

    def by_hand(*statements):
        with psycopg.connect(database, autocommit=True) as connection:
            for statement in statements:
                cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else None

    return by_hand


def put(store, bodies, now=NOON, by: str | None = "desk"):
    """Append entries, at noon by default."""
    return store.append(bodies, now=now, by=by)


# The address


def test_a_record_on_a_server(database):
    """It can be opened by address and partnership, queried, extended, merged into another, and opened again."""
    source = ps.Source("VNA", published="2020-11-16", kind="news")
    with ps.open(database, partnership="asean-russia", by="Desk") as record:
        record.add(ps.events.MeetingHeld("fmm-2020", on="2020-06-17"), source=source)
        assert record.meetings["fmm-2020"].status == "held"
        assert record.partnership == "asean-russia"
    with ps.open(database, partnership="asean-russia") as again, ps.open(":memory:") as other:
        assert [entry.by for entry in again.entries()] == ["Desk"]
        other.merge(again)
        assert other.verify().head.root != again.verify().head.root
        assert again.verify().is_sound
        assert "fsync=off" in again.verify().journal


def test_no_partnership_is_given(database):
    """Opening raises before any table is created."""
    with pytest.raises(InvalidValue, match=r"names no partnership.*open\(…, partnership='asean-russia'\)"):
        ps.open(database)


def test_psycopg_is_not_installed(monkeypatch, database):
    """The error says what to install."""
    for name in ("partnership.storage.postgres", "partnership.storage.postgres_connection"):
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(NotInstalled, match=r"needs psycopg; .* install 'psycopg\[binary\]'"):
        ps.open(database, partnership="asean-russia")


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://desk:x@{SECRET}@localhost/desk",
        f"postgresql://desk:{SECRET}/@localhost/desk",
        f"postgresql://desk:x%{SECRET}@localhost/desk",
        f"postgresql://localhost/desk?pasword={SECRET}",
        f"postgres://desk@localhost:{SECRET}/desk",
        f"postgresql://desk:12/{SECRET}@localhost/desk",
        f"postgresql://localhost/desk%3A{SECRET}%40localhost",
        f"postgresql://localhost/?dbname=password%3D{SECRET}",
        f"postgresql://desk:%FF{SECRET}@localhost/desk",
    ],
)
def test_an_invalid_address(url):
    """Opening raises, and the message does not repeat the address, since it may contain a password."""
    with pytest.raises(StorageError, match="not the address of a database: write postgresql://user") as refused:
        ps.open(url, partnership="asean-russia")
    text = "".join(traceback.format_exception(refused.value)) + repr(refused.value)
    assert SECRET not in text
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)  # noqa: S301  our own


def test_an_address_that_is_not_unicode():
    """It is refused before anything reads it, and not repeated either."""
    with pytest.raises(InvalidValue, match="is not valid UTF-8") as refused:
        ps.open(f"postgresql://desk:\udcff{SECRET}@localhost/desk", partnership="asean-russia")
    assert SECRET not in "".join(traceback.format_exception(refused.value)) + repr(refused.value)


@pytest.mark.parametrize(
    ("url", "place"),
    [
        (f"postgresql://desk:{SECRET}@/desk?host=/nowhere", "postgresql:///desk?host=/nowhere"),
        (f"postgresql://desk:{SECRET}@127.0.0.1:1/desk", "postgresql://127.0.0.1:1/desk"),
        (f"postgresql://desk@127.0.0.1:1,localhost:1/?password={SECRET}", "postgresql://127.0.0.1,localhost:1,1/"),
        (f"postgresql://127.0.0.1:1/desk?sslmode={SECRET}", "postgresql://127.0.0.1:1/desk"),
        (f"postgresql://127.0.0.1:1/desk?connect_timeout={SECRET}", "postgresql://127.0.0.1:1/desk"),
        (f"postgresql://127.0.0.1:1/desk?service={SECRET}", "postgresql://127.0.0.1:1/desk"),
        (f"postgresql://{'a' * 70}.example/desk?password={SECRET}", f"postgresql://{'a' * 70}.example/desk"),
        (f"postgresql://desk:{SECRET}@127.0.0.1:{'9' * 30}/desk", f"postgresql://127.0.0.1:{'9' * 30}/desk"),
    ],
)
def test_a_server_that_cannot_be_reached(url, place):
    """The error has the place and the reason, without user and password."""
    with pytest.raises(StorageError, match="cannot be reached") as refused:
        PostgresStore(url, partnership="asean-russia")
    assert refused.value.path == f"asean-russia at {place}"
    text = "".join(traceback.format_exception(refused.value)) + repr(refused.value)
    assert SECRET not in text
    assert refused.value.__cause__ is refused.value.__context__ is None


def test_an_error_that_contains_a_user(server):
    """The name of the user is removed, since it may contain a password."""
    address = f"postgresql:///postgres?host={server.folder}&user=desk:{SECRET}"
    with pytest.raises(StorageError, match='role "…" does not exist') as refused:
        PostgresStore(address, partnership="asean-russia")
    assert SECRET not in "".join(traceback.format_exception(refused.value))


def test_a_place(server):
    """`place` and `repr` have the partnership and the database, without user and password."""
    with closing(PostgresStore(f"{server.url}&password={SECRET}", partnership="a-place")) as store:
        assert store.place == f"a-place at postgresql:///postgres?host={server.folder}"
        assert SECRET not in repr(store) + store.place


# The database


def test_many_partnerships(open_store, entry, wrong):
    """Each has its own entries, positions and root."""
    names = ["asean-russia", "asean-china", "asean-india"]
    stores = [open_store(name) for name in names]
    for number in range(6):
        put(stores[number % 3], [entry(number), entry(100)])
    for place, store in enumerate(stores):
        assert [row.id for row in store.read()] == [entry(number).id for number in (place, 100, place + 3)]
        assert [row.position for row in store.read()] == [1, 2, 3]
        assert store.partnership == names[place]
        assert wrong(store) == []
    assert len({store.sealed()[1] for store in stores}) == 3


def test_an_accidental_edit(store, by_hand):
    """A trigger prevents that entries are changed or deleted."""
    for statement in (
        "UPDATE partnership_entries SET by = NULL",
        "DELETE FROM partnership_entries",
        "TRUNCATE partnership_entries",
    ):
        with pytest.raises(psycopg.errors.RaiseException, match="entries stay as written"):
            by_hand(statement)
    assert store.head() == 3


def test_a_later_version_wrote_it(store, by_hand, open_store):
    """Opening raises and says what to do."""
    by_hand("UPDATE partnership_log SET format = 3")
    with pytest.raises(NewerFormat, match=r"has format 3, .* knows 2: install a later version"):
        open_store()
    assert store.head() == 3


FORMAT_1 = """
CREATE TABLE partnership_log (
    log integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY, partnership text NOT NULL UNIQUE,
    format integer NOT NULL, size bigint NOT NULL, frontier bytea NOT NULL, keys bytea NOT NULL, seal bytea NOT NULL
);
CREATE TABLE partnership_entries (
    log integer NOT NULL, position bigint NOT NULL, recorded_at bigint NOT NULL, by bytea,
    id bytea NOT NULL CHECK (length(id) = 32), body bytea NOT NULL, leaf bytea NOT NULL, PRIMARY KEY (log, position)
);
CREATE TABLE partnership_keys (
    log integer NOT NULL, key bigint NOT NULL, position bigint NOT NULL, PRIMARY KEY (log, key, position)
);
INSERT INTO partnership_log (partnership, format, size, frontier, keys, seal) VALUES ('asean-russia', 1, 0, '', '', '')
"""


@pytest.mark.parametrize("partnership", ["asean-russia", "asean-china"])
def test_an_earlier_version_created_the_tables(by_hand, open_store, partnership):
    """Opening raises and says what to do, whether the partnership has a log or not, and nothing is written."""
    by_hand(*FORMAT_1.split(";"))
    with pytest.raises(StorageError, match=r"tables of format 1.*: export each record .* and import the files into"):
        open_store(partnership)
    assert by_hand("SELECT partnership, format FROM partnership_log") == [("asean-russia", 1)]


def test_another_process_has_created_the_tables(store):
    """They are unchanged."""
    postgres_connection._create(store._connection, store.place)
    assert store.head() == 3


def test_tables_of_another_application(by_hand, open_store):
    """Opening raises, and they are unchanged."""
    by_hand("CREATE TABLE partnership_log (day date)")
    with pytest.raises(NotARecord, match="tables that this library did not write"):
        open_store()
    assert by_hand("SELECT * FROM partnership_log") == []


@pytest.mark.parametrize(
    "change", ["size = 2", "keys = '\\x00'", "value_count = 8", "partnership = 'asean-china'", "seal = '\\x00'"]
)
def test_the_state_of_the_log_was_changed(store, by_hand, entry, change):
    """Appending and reading the root raise."""
    by_hand(f"UPDATE partnership_log SET {change}")  # noqa: S608  of the list above
    for _ in range(2):
        with pytest.raises(Damaged, match="its stored name, size or proof was changed"):
            put(store, [entry(4)])
    with pytest.raises(Damaged):
        store.sealed()
    assert store.head() == 3


def tamper(by_hand, *statements):
    """Change entries and values with the triggers disabled."""
    tables = ("partnership_entries", "partnership_values")
    off, on = ([f"ALTER TABLE {table} {state} TRIGGER ALL" for table in tables] for state in ("DISABLE", "ENABLE"))
    by_hand(*off, *statements, *on)


def test_the_last_row_was_deleted(store, by_hand, entry, open_store, wrong):
    """Appending raises, and a complete check finds it."""
    tamper(by_hand, "DELETE FROM partnership_entries WHERE position = 3")
    with pytest.raises(Damaged, match="its last entry is 2, and 3 were written: nothing was added"):
        put(open_store(), [entry(4)])
    assert {"positions", "root"} <= set(wrong(store))


@pytest.mark.parametrize(
    "change",
    [
        "recorded_at = 9223372036854775807",
        "by = '\\xff'",
        "leaf = '\\x00'",
        "subject = 99",
        "event = 0",
        "source = -1",
        "event = subject",
        "event = source",
    ],
)
def test_a_row_has_an_impossible_value(store, by_hand, entry, change):
    """Reading it, and adding it again, raises with its position."""
    tamper(by_hand, f"UPDATE partnership_entries SET {change} WHERE position = 2")  # noqa: S608  of the list above
    for call in (store.read, lambda: put(store, [entry(2)]), lambda: store.read(1, 1)):
        with pytest.raises(Damaged, match="entry 2 is not as it was written"):
            call()
    assert len(store.read(2)) == 1


@pytest.mark.parametrize("change", ["recorded_at = 9223372036854775807", "by = '\\xff'", "leaf = '\\x00'"])
def test_the_last_row_has_an_impossible_value(store, by_hand, entry, open_store, change):
    """Appending after it raises, and nothing is written."""
    tamper(by_hand, f"UPDATE partnership_entries SET {change} WHERE position = 3")  # noqa: S608  of the list above
    with pytest.raises(Damaged, match="entry 3 is not as it was written"):
        put(open_store(), [entry(4)])
    assert store.head() == 3


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM partnership_values WHERE id = {}",
        "UPDATE partnership_values SET value = '\\xff' WHERE id = {}",
        "UPDATE partnership_values SET value = '' WHERE id = {}",
        "UPDATE partnership_values SET id = 99 WHERE id = {}",
    ],
)
@pytest.mark.parametrize("column", ["subject", "event"])
def test_a_value_was_changed(store, by_hand, open_store, change, column):
    """Reading an entry that has it raises or returns another body, and `check` finds it."""
    number = by_hand(f"SELECT {column} FROM partnership_entries WHERE position = 1")[0][0]  # noqa: S608  of two columns
    before = store.read()
    tamper(by_hand, change.format(number))
    with suppress(Damaged):
        assert open_store().read(0, 1)[0].body != before[0].body
    assert open_store().check() == ["the keys by which entries are found were changed: some may be found no more"]


def test_positions_do_not_rise(store, monkeypatch):
    """As a damaged index may return them: reading raises, and is not endless."""
    monkeypatch.setattr(postgres, "_READ_BATCH", 2)
    for query in (postgres._READ.replace("AND position > %(after)s::bigint", ""), f"{postgres._READ_AT} DESC"):
        monkeypatch.setattr(postgres, "_READ", query.replace("%(positions)s", "'{1,2,3}'"))
        with pytest.raises(Damaged, match=r"entry [12] is not as it was written"):
            store.read()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE partnership_links SET subject = subject + 1 WHERE position = 2",
        "UPDATE partnership_links SET position = 99 WHERE position = 2",
        "DELETE FROM partnership_links WHERE position = 2",
        "INSERT INTO partnership_links SELECT log, -subject, position FROM partnership_links WHERE position = 2",
        "UPDATE partnership_entries SET claim = claim # 1 WHERE position = 2",
        "UPDATE partnership_values SET key = key # 1 WHERE id = 1",
        "UPDATE partnership_values SET key = key # (1::bigint << 40) WHERE id = 1",
        "UPDATE partnership_values SET value = value || '\\x00' WHERE id = 2",
        "DELETE FROM partnership_values WHERE id = 2",
        "INSERT INTO partnership_values SELECT log, 0, 0, value FROM partnership_values WHERE id = 2",
    ],
)
def test_a_key_was_changed(store, by_hand, change):
    """`check` finds it."""
    assert store.check() == []
    tamper(by_hand, change)
    assert store.check() == ["the keys by which entries are found were changed: some may be found no more"]


@pytest.mark.parametrize(
    "row",
    [
        "partnership_values SELECT log, id + 100, key, value FROM partnership_values",
        "partnership_entries SELECT 4, 0, 0, log, 1, 1, 1, NULL, id, leaf FROM partnership_entries LIMIT 1",
    ],
    ids=["value", "entry"],
)
def test_somebody_has_added_a_row(store, by_hand, entry, row):
    """Where the next one belongs: appending raises, and nothing is written."""
    by_hand(f"INSERT INTO {row}")
    with pytest.raises(Damaged, match="a row is there that was not written: nothing was added; restore a copy"):
        put(store, [entry(number) for number in range(100, 200)])
    assert store.sealed()[0] == 3


@pytest.mark.parametrize(
    "failure",
    [
        ("53100", StorageFull, "no space is left on the server: nothing was written"),
        ("XX001", Damaged, "PostgreSQL finds it malformed"),
        ("P0001", StorageError, r"PostgreSQL says: no \(P0001\)"),
        ("57014", StorageError, r"PostgreSQL says: no \(57014\)"),
    ],
)
def test_the_server_fails(store, by_hand, entry, wrong, failure):
    """The error says what happened, nothing of the call is written, and appending succeeds afterwards."""
    code, kind, words = failure
    by_hand(
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS "
        f"'BEGIN RAISE EXCEPTION ''no'' USING ERRCODE = ''{code}''; END'",
        "CREATE TRIGGER fail BEFORE INSERT ON partnership_entries FOR EACH ROW WHEN (NEW.position > 600) "
        "EXECUTE FUNCTION fail()",
    )
    many = [entry(number) for number in range(700)]
    with pytest.raises(StorageError, match=words) as refused:
        put(store, many)
    assert type(refused.value) is kind
    assert store.head() == 3
    by_hand("DROP TRIGGER fail ON partnership_entries")
    assert sorted(row.position for row in put(store, many)) == list(range(1, 701))
    assert wrong(store) == []


def test_many_entries_in_one_call(store, entry, wrong, monkeypatch):
    """They are written in batches within one commit, and read in batches."""
    monkeypatch.setattr(postgres, "_READ_BATCH", 400)
    rows = put(store, [entry(number) for number in range(1, 1201)])
    assert store.read() == rows
    assert store.read(5, 1000) == rows[5:1005]
    assert store.read(5, 3) == rows[5:8]
    assert store.read(0, 0) == []
    assert store.find() == []
    assert wrong(store) == []


def test_more_values_than_a_store_remembers(open_store, entry, wrong, monkeypatch):
    """Those that it forgot are read again, for writing and for reading."""
    monkeypatch.setattr(postgres, "_VALUES_LIMIT", 4)
    monkeypatch.setattr(postgres, "_READ_BATCH", 3)
    store, other = open_store(), open_store()
    rows = []
    for number in range(24):
        rows += put(other if number % 5 == 4 else store, [entry(number), entry(100 + number // 3)])[
            : 1 + (number % 3 == 0)
        ]
        assert store.read() == rows
    assert store.find_kinds(["number"]) == rows
    assert wrong(store) == wrong(other) == []


def test_the_numbers_of_a_failed_append_are_forgotten(store, open_store, by_hand, entry, wrong):
    """Another writer may give them to other values."""
    by_hand(
        "CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END'",
        "CREATE TRIGGER fail BEFORE INSERT ON partnership_links FOR EACH ROW EXECUTE FUNCTION fail()",
    )
    with pytest.raises(StorageError, match="PostgreSQL says: no"):
        put(store, [entry(50)])
    by_hand("DROP TRIGGER fail ON partnership_links")
    others = put(open_store(), [entry(60)])
    assert store.read(3) == others
    rows = put(store, [entry(51), entry(50)])
    assert store.read(4) == rows
    assert store.find(subjects=["number:n-60"]) == others
    assert wrong(store) == []


# Permissions


@pytest.fixture
def as_reader(database, by_hand, server):
    """Return the address for a user who may use the schema, and the name of the user."""
    schema = database.rpartition("%3D")[2]
    user = f"reader_{schema}"
    by_hand(f"CREATE ROLE {user} LOGIN", f"GRANT USAGE ON SCHEMA {schema} TO {user}")
    yield database.replace("user=postgres", f"user={user}"), user
    by_hand(f"DROP OWNED BY {user}", f"DROP ROLE {user}")
    assert server.url


def test_a_user_who_may_only_read(store, as_reader, by_hand, entry, open_store):
    """Every read succeeds; appending and creating a log raise."""
    url, user = as_reader
    for table in ("log", "values", "entries", "links"):
        by_hand(f"GRANT SELECT ON partnership_{table} TO {user}")
    query = open_store(url=url)
    assert query.read() == store.read()
    assert query.sealed() == store.sealed()
    with pytest.raises(ReadOnly, match="not granted to this user: nothing was written"):
        put(query, [entry(4)])
    with pytest.raises(ReadOnly, match="not granted"):
        open_store("asean-china", url=url)
    assert store.head() == 3


def test_a_user_who_may_not_read(store, as_reader, by_hand, open_store):
    """Reading raises, and the error is not `ReadOnly`."""
    url, user = as_reader
    by_hand(f"GRANT SELECT ON partnership_log TO {user}")
    with pytest.raises(StorageError, match="not granted") as refused:
        open_store(url=url).read()
    assert type(refused.value) is StorageError
    assert store.head() == 3


def test_a_user_who_may_not_create_tables(as_reader, open_store):
    """Opening the first record raises."""
    with pytest.raises(ReadOnly, match="not granted"):
        open_store(url=as_reader[0])


def test_a_server_that_can_only_be_read(store, database, entry, open_store):
    """Like a replica: every read succeeds, and appending raises."""
    query = open_store(url=f"{database}%20-cdefault_transaction_read_only%3Don")
    assert query.head() == store.head()
    with pytest.raises(ReadOnly, match="can only be read: to add, open it where it is written to"):
        put(query, [entry(4)])
    assert put(store, [entry(4)])[0].position == 4


# Connections


def end_connection(store):
    """End the server's side of a store's connection."""
    with psycopg.connect(store._url, autocommit=True) as connection:
        connection.execute("SELECT pg_terminate_backend(%s, 5000)", [store._connection.info.backend_pid])


def test_a_connection_is_lost(store, entry, wrong):
    """One call raises, and the next call connects again."""
    end_connection(store)
    with pytest.raises(StorageError, match="the connection to the server is lost: try again, which connects again"):
        store.head()
    assert store.head() == 3
    end_connection(store)
    with pytest.raises(StorageError, match="what is stored is not written twice"):
        put(store, [entry(4)])
    assert [row.position for row in put(store, [entry(4)])] == [4]
    assert wrong(store) == []


class Proxy:
    """Forwards a connection, until it is told to forward no more answers."""

    def __init__(self, folder, to):
        self.folder, self.drops_answers = folder, False
        self._here = socket.socket(socket.AF_UNIX)
        self._here.bind(f"{folder}/.s.PGSQL.5432")
        self._here.listen()
        self._to = f"{to}/.s.PGSQL.5432"
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self):
        here, _ = self._here.accept()
        with here, socket.socket(socket.AF_UNIX) as there:
            there.connect(self._to)
            while True:
                for side in select.select([here, there], [], [])[0]:
                    data = side.recv(65536)
                    if not data or (self.drops_answers and side is there):
                        return
                    (there if side is here else here).sendall(data)

    def close(self):
        """Wait for the connection to end, and close the socket."""
        self._thread.join()
        self._here.close()


@pytest.fixture
def proxy(server):
    """Return a proxy between a client and the server."""
    with (
        tempfile.TemporaryDirectory(dir="/tmp") as folder,
        closing(Proxy(folder, server.folder)) as proxy,
    ):
        yield proxy


def test_an_answer_is_lost_after_the_commit(proxy, database, entry, open_store, wrong):
    """The outcome is unknown to the writer, so it appends again, and nothing is written twice."""
    store = open_store(url=f"{database}&host={proxy.folder}")
    put(store, [entry(1)])
    proxy.drops_answers = True
    with pytest.raises(StorageError, match="may be stored or not"):
        put(store, [entry(2)])
    store._url = database
    assert [row.position for row in put(store, [entry(2), entry(3)])] == [2, 3]
    assert wrong(store) == []


def test_another_program_has_locked_the_log(store, database, entry, open_store):
    """A writer raises after the timeout; writers of another partnership do not wait."""
    other = open_store("asean-china")
    store._connection.execute("SET lock_timeout = '50ms'")
    with psycopg.connect(database) as holding:
        holding.execute("SELECT FROM partnership_log WHERE partnership = 'asean-russia' FOR UPDATE")
        with pytest.raises(StorageError, match="another program has held it for 30 seconds: nothing was written"):
            put(store, [entry(4)])
        assert put(other, [entry(4)])[0].position == 1
        holding.rollback()
    assert put(store, [entry(4)])[0].position == 4


def test_a_connection_is_set_up_for_safety(store):
    """Durability and timeouts are set, whatever the defaults of the server."""
    names = ("synchronous_commit", "lock_timeout", "idle_in_transaction_session_timeout", "transaction_isolation")
    values = [store._connection.execute(f"SHOW {name}".encode()).fetchall()[0][0] for name in names]
    assert values == ["on", "30s", "1min", "read committed"]
    assert store.journal == "fsync=off, synchronous_commit=on, full_page_writes=off"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_process_is_forked(store, entry):
    """In the child every call raises, and the parent is not affected."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of a fork beside threads
        child = os.fork()
    if child == 0:  # pragma: no cover  another process
        try:
            store.head()
        except StorageError as refused:
            store.close()
            os._exit(0 if "before this process was forked" in str(refused) else 1)
        os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert put(store, [entry(4)])[0].position == 4


def test_a_store_was_opened_before_a_fork(store, entry, monkeypatch):
    """Calls raise in the child, and closing it there does not close the connection of the parent."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "getpid", lambda: -1)
        for call in (store.read, store.head, store.sealed, store.check, lambda: put(store, [entry(4)])):
            with pytest.raises(StorageError, match="before this process was forked: open it again"):
                call()
        store.close()
    assert not store._connection.closed
    store._connection.close()


def test_a_transaction_is_left_open(store, entry, wrong):
    """The connection is closed, which rolls the transaction back; the next call succeeds."""
    store._run(lambda connection: connection.execute("BEGIN"))
    assert store._connection.closed
    assert put(store, [entry(4)])[0].position == 4
    assert wrong(store) == []


# Signals and silent servers


class Alarm(Exception):
    """An exception that a signal handler of a user raises."""


@pytest.fixture
def signalled():
    """Return a function that calls another, while a signal handler raises an exception.

    The garbage collector rests meanwhile: an exception within one of its callbacks, such as Hypothesis has, is lost.
    """
    before = signal.getsignal(signal.SIGALRM)
    gc.disable()

    def signalled(call, error, after=0.2):
        def raising(*_):
            raise error

        signal.signal(signal.SIGALRM, raising)
        signal.setitimer(signal.ITIMER_REAL, after)
        try:
            return call()
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    yield signalled
    gc.enable()
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def after(entry, wrong):
    """Return a function that checks that a store still has three entries, and that the next call succeeds."""

    def after(store):
        assert store.head() == 3
        assert [row.position for row in put(store, [entry(2), entry(4)])] == [2, 4]
        assert wrong(store) == []

    return after


@pytest.fixture
def all_locked(database):
    """Return a context manager that locks the tables against all other connections."""

    @contextmanager
    def all_locked():
        with psycopg.connect(database) as connection:
            connection.execute("LOCK TABLE partnership_log, partnership_entries, partnership_values, partnership_links")
            yield
            connection.rollback()

    return all_locked


CALLS = {
    "append": lambda store, entry: put(store, [entry(7)]),
    "read": lambda store, _: store.read(),
    "find": lambda store, _: store.find(subjects=["number:n-1"]),
    "find_kinds": lambda store, _: store.find_kinds(["number"]),
    "head": lambda store, _: store.head(),
    "sealed": lambda store, _: store.sealed(),
    "check": lambda store, _: store.check(),
}


@pytest.mark.parametrize("call", CALLS)
def test_a_signal_arrives_during_a_call(store, all_locked, signalled, *, after, entry, call):
    """Its exception is raised, nothing is written even after the lock is released, and the next call succeeds."""
    with all_locked(), pytest.raises(Alarm):
        signalled(lambda: CALLS[call](store, entry), Alarm)
    after(store)


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, TimeoutError, psycopg.OperationalError])
def test_a_signal_raises_something_else(store, all_locked, signalled, *, after, entry, error):
    """It is raised unchanged; an error of psycopg is translated, as if it came from the connection."""
    with all_locked(), pytest.raises(StorageError if error is psycopg.OperationalError else error):
        signalled(lambda: CALLS["append"](store, entry), error)
    after(store)


@pytest.mark.parametrize("can_cancel", [True, False])
def test_a_signal_arrives_in_a_transaction(store, all_locked, signalled, *, after, entry, can_cancel):
    """It is rolled back, even if an older libpq cannot cancel the statement."""
    many = [entry(number) for number in range(100, 1300)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postgres_connection.capabilities, "has_cancel_safe", lambda: can_cancel)
        with all_locked(), pytest.raises(Alarm):
            signalled(lambda: put(store, many), Alarm)
    after(store)


def test_a_signal_arrives_at_any_time(store, signalled, entry, wrong):
    """The lock is released, acknowledged entries are stored, and no call is written partially."""
    size, raised = 3, []
    for turn in range(60):
        fresh = [entry(100 + 10 * turn + number) for number in range(turn % 3 + 1)]
        try:
            signalled(lambda fresh=fresh: [put(store, fresh), store.read(0, 5)], Alarm, 0.0001 * (turn % 30 + 1))
        except Alarm as error:  # whose traceback refers to all suspended frames
            raised.append(error)
        assert not store._lock.locked()
        assert store.head() in (size, size + len(fresh))
        assert {row.id for row in put(store, fresh)} == {one.id for one in fresh}
        size += len(fresh)
        assert store.head() == size
    assert len(raised) > 5
    assert wrong(store) == []


def test_a_record_is_interrupted(database, all_locked, signalled):
    """Adding, querying, following and verifying succeed afterwards."""
    source = ps.Source("VNA", published="2020-11-16")
    with ps.open(database, partnership="asean-russia") as record:
        record.add(ps.events.MeetingHeld("a"), source=source)
        for call in (
            lambda: record.add(ps.events.MeetingHeld("b"), source=source),
            record.overdue,
            lambda: list(record.follow(wait=0)),
            record.verify,
        ):
            with all_locked(), pytest.raises(Alarm):
                signalled(call, Alarm)
            assert list(record.meetings) == ["a"]
        record.add(ps.events.MeetingHeld("b"), source=source)
        assert record.verify().is_sound
        assert len(list(record.follow())) == 2


def test_a_reader_that_waits_is_interrupted(open_store, entry, signalled):
    """Its connection is closed, and another reader opens its own."""
    store = open_store()
    with store.listening() as wait:
        wait(1)
        with pytest.raises(Alarm):
            signalled(lambda: wait(30), Alarm)
    with store.listening() as wait:
        wait(1)
        assert put(store, [entry(1)])[0].position == 1
        wait(30)


@pytest.fixture
def stopped():
    """Return a context manager that stops the server process of a store's connection."""

    @contextmanager
    def stopped(store):
        process = store._connection.info.backend_pid
        os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(process, signal.SIGCONT)

    return stopped


@pytest.mark.parametrize("call", CALLS)
def test_a_server_process_is_stopped(store, stopped, monkeypatch, *, after, entry, call):
    """The call raises after a timeout, and the next call opens a new connection."""
    lost = "the connection to the server is lost: try again, which connects again"
    with stopped(store):
        with monkeypatch.context() as hasty:
            hasty.setattr(postgres_connection, "_SILENCE_LIMIT", 0.5)
            with pytest.raises(StorageError, match=lost):
                CALLS[call](store, entry)
        after(store)


def test_a_server_process_is_stopped_in_a_transaction(store, stopped, monkeypatch, caplog, *, after, entry):
    """Nothing is written, and nothing is logged."""
    with monkeypatch.context() as hasty:
        hasty.setattr(postgres_connection, "_SILENCE_LIMIT", 0.5)
        with stopped(store), pytest.raises(StorageError, match="is lost"):
            put(store, [entry(number) for number in range(100, 800)])
    assert caplog.records == []
    after(store)


def test_a_server_is_slow(store, monkeypatch):
    """The call continues as long as the server sends something from time to time."""
    monkeypatch.setattr(postgres_connection, "_SILENCE_LIMIT", 2)
    many = "SELECT repeat('x', 10000), pg_sleep(0.05) FROM generate_series(1, 60)"
    assert len(store._run(lambda connection: connection.execute(many).fetchall())) == 60


def test_waiting_uses_no_cpu_time(store):
    """It sleeps until the server sends something."""
    begun = time.process_time()
    store._run(lambda connection: connection.execute("SELECT pg_sleep(1)"))
    assert time.process_time() - begun < 0.7


@pytest.fixture
def silent():
    """Return the folder of a socket that accepts connections and never answers."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{folder}/.s.PGSQL.5432")
        listener.listen()
        yield folder


@pytest.mark.parametrize("has_own", [True, False])
def test_a_server_is_silent(silent, monkeypatch, has_own):
    """Opening raises after the timeout of the address, or else the default."""
    monkeypatch.setitem(postgres_connection._CONNECTION_DEFAULTS, "connect_timeout", 60 if has_own else 2)
    with pytest.raises(StorageError, match="cannot be reached: connection timeout expired"):
        PostgresStore(f"postgresql:///desk?host={silent}{'&connect_timeout=2' * has_own}", partnership="asean-russia")


@contextmanager
def answering(answer):
    """Listen on a port, and answer every connection with some bytes and then nothing; yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        accepted = []

        def accept():
            with suppress(OSError):
                while True:
                    accepted.append(listener.accept()[0])
                    accepted[-1].sendall(answer)

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()
            for connection in accepted:
                connection.close()


@contextmanager
def dropping():
    """Listen on a port where the packets of a new connection are dropped, as by a firewall; yield the port."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener, ExitStack() as waiting:
        for _ in range(3):
            client = waiting.enter_context(socket.socket())
            client.settimeout(0)
            client.connect_ex(listener.getsockname())  # fills the queue of the listener
        yield listener.getsockname()[1]


AUTHENTICATED = b"R" + (8).to_bytes(4) + (0).to_bytes(4)
"""The answer of a server that asks for no password.

Source: https://www.postgresql.org/docs/current/protocol-message-formats.html.
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    "listening",
    [
        lambda: answering(b""),
        lambda: answering(b"S"),  # and then no TLS
        lambda: answering(b"N" + AUTHENTICATED[:3]),  # no TLS
        lambda: answering(b"N" + AUTHENTICATED),
        lambda: answering(b"N" + AUTHENTICATED + b"S" + (2**20).to_bytes(4) + b"client_enc"),
        dropping,
    ],
    ids=["nothing", "tls", "half-a-message", "a-message", "half-a-parameter", "dropped"],
)
def test_a_port_does_not_answer(monkeypatch, listening):
    """Opening raises in time, whatever the other end has sent before it fell silent."""
    monkeypatch.setitem(postgres_connection._CONNECTION_DEFAULTS, "connect_timeout", 2)
    with listening() as port, pytest.raises(StorageError, match="cannot be reached: connection timeout expired"):
        ps.open(f"postgresql://127.0.0.1:{port}/desk", partnership="asean-russia")


def test_a_server_falls_silent(store, silent, database, stopped, monkeypatch):
    """Each call raises while it cannot be reached, and calls succeed once it is back."""
    with stopped(store):
        with monkeypatch.context() as hasty:
            hasty.setattr(postgres_connection, "_SILENCE_LIMIT", 0.3)
            with pytest.raises(StorageError, match="is lost"):
                store.head()
        store._url = f"postgresql:///desk?host={silent}&connect_timeout=2"
        for _ in range(2):
            with pytest.raises(StorageError, match="cannot be reached"):
                store.head()
        store._url = database
        assert store.head() == 3


def test_the_timeouts_of_a_connection(open_store, database):
    """They have defaults, which the address overrides."""
    ours = open_store()._connection.info.get_parameters()
    assert [ours[name] for name in postgres_connection._CONNECTION_DEFAULTS] == ["10", "30", "10", "3", "30000"]
    own = "&keepalives_idle=7&tcp_user_timeout=9000&connect_timeout=20"
    theirs = open_store(url=f"{database}{own}")._connection.info.get_parameters()
    assert [theirs[name] for name in postgres_connection._CONNECTION_DEFAULTS] == ["20", "7", "10", "3", "9000"]


# Encodings


@pytest.fixture(params=["SQL_ASCII", "LATIN1"])
def foreign(server, request):
    """Return the name and the address of a database in another encoding than UTF-8."""
    name = f"d{request.param.lower()}"
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} ENCODING '{request.param}' TEMPLATE template0".encode())
        yield name, server.url.replace("/postgres?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def require_a_sound_record(url):
    """Write a record with names that need Unicode, and read it from the database and by another connection."""
    with ps.open(url, partnership="asean-russia", by="Ни\u0306") as record:
        (added,) = record.add(
            ps.events.MeetingHeld("fmm", title="Đối thoại ё"), source=ps.Source("Вести", published="2020")
        )
    with ps.open(url, partnership="asean-russia") as again:
        assert [(entry.id, entry.by) for entry in again.entries()] == [(added.id, added.by)]
        again.add(ps.events.MeetingHeld("b"), source=ps.Source("VNA", published="2020"))
        assert again.meetings["fmm"].title == "Đối thoại ё"
        assert again.verify().is_sound


@pytest.mark.parametrize(
    "own",
    [
        "",
        "&client_encoding=SQL_ASCII",
        "&client_encoding=LATIN1",
        "&options=-cclient_encoding%3DSQL_ASCII",
        "ALTER DATABASE {} SET client_encoding = 'LATIN1'",
        "ALTER ROLE postgres IN DATABASE {} SET client_encoding = 'SQL_ASCII'",
    ],
)
def test_a_database_of_another_encoding(foreign, server, own):
    """It works as any other, whatever encoding the address, the options, the database or the role set."""
    name, url = foreign
    if own.startswith("&"):
        url += own
    elif own:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute(own.format(name).encode())
    require_a_sound_record(url)


@pytest.mark.parametrize(
    "variables",
    [
        {"PGCLIENTENCODING": "SQL_ASCII"},
        {"PGCLIENTENCODING": "LATIN1"},
        {"PGCLIENTENCODING": "auto"},
        {"PGOPTIONS": "-cclient_encoding=SQL_ASCII"},
        {"PGSERVICE": "desk"},
        {"PGOPTIONS": "-cbytea_output=escape -cstandard_conforming_strings=off -cdatestyle=german"},
        {"PGOPTIONS": "-cenable_indexscan=off -cenable_bitmapscan=off -cplan_cache_mode=force_generic_plan"},
        {"PGDATESTYLE": "German", "PGTZ": "Asia/Jakarta", "PGGEQO": "off"},
        {"PGCONNECT_TIMEOUT": "0", "PGAPPNAME": "Đối thoại", "PGDATABASE": "nowhere"},
    ],
    ids=lambda variables: " ".join(map("=".join, variables.items()))[:40],
)
def test_variables_of_the_environment(foreign, monkeypatch, tmp_path, variables):
    """What libpq takes from the environment changes neither what is written nor what is read."""
    services = tmp_path / "services"
    services.write_text("[desk]\nclient_encoding=LATIN1\noptions=-cclient_encoding=SQL_ASCII\n", encoding="utf-8")
    for name, value in ({"PGSERVICEFILE": str(services)} | variables).items():
        monkeypatch.setenv(name, value)
    require_a_sound_record(foreign[1])


# Waiting readers


def test_a_reader_is_notified(open_store, entry, monkeypatch):
    """It returns long before the poll interval, at once on its first call, and without an entry after the timeout."""
    monkeypatch.setattr(postgres, "_POLL_INTERVAL", 600)
    store, other = open_store(), open_store()
    with store.listening() as wait:
        begun = time.monotonic()
        wait(600)
        put(other, [entry(1)])
        wait(600)
        put(other, [entry(2), entry(3)])
        put(other, [entry(2), entry(4)])
        wait(600)
        assert time.monotonic() - begun < 300
        assert store.head() == 4
        begun = time.monotonic()
        for _ in range(3):
            wait(0.05)
        assert 0.05 < time.monotonic() - begun < 300


def test_no_reader_waits(open_store, entry, database):
    """There is no notification, since it would delay the commits of others."""
    store = open_store()
    with psycopg.connect(database, autocommit=True) as listener:
        listener.execute(f"LISTEN {store._channel}".encode())
        put(store, [entry(1)])
        put(store, [entry(2)])
        assert list(listener.notifies(timeout=0.1)) == []
        with store.listening() as wait:
            wait(1)
            put(store, [entry(3)])
        assert len(list(listener.notifies(timeout=600, stop_after=1))) == 1


def test_a_reader_loses_its_connection(open_store, database):
    """Waiting raises."""
    store = open_store()
    with store.listening() as wait:
        wait(1)
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE query LIKE '%lock_shared%'"
                " AND pid <> pg_backend_pid()"
            )
        with pytest.raises(StorageError, match="is lost"):
            wait(5)


def test_a_record_is_closed_while_it_is_followed(database):
    """The iterator raises."""
    with ps.open(database, partnership="asean-russia") as record:
        following = record.follow(wait=30)
        threading.Timer(0.2, record.close).start()
        with pytest.raises(StorageError, match="is closed"):
            next(following)


# Many processes, and the end of the server

WRITER = """
from partnership.storage.postgres import PostgresStore
say("ready")
sys.stdin.readline()
store = PostgresStore(sys.argv[1], partnership="asean-russia")
first, count = int(sys.argv[2]), int(sys.argv[3])
for number in range(first, first + count, 4):
    append(store, *range(number, number + 4), 0)
store.close()
"""


def test_processes_append_at_once(database, child, entry, wrong):
    """Nothing is lost or duplicated, and two readers, by notification and by polling, never see a gap."""
    processes = [child(WRITER, database, 1000 * writer, 100) for writer in range(1, 4)]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:  # all create the tables and the log
        process.stdin.write("go\n")
        process.stdin.flush()
    seen, called = [], []
    with closing(PostgresStore(database, partnership="asean-russia")) as store, store.listening() as wait:
        while any(process.poll() is None for process in processes):
            seen += store.read(len(seen))
            wait(0.05)
            called += store.read(len(called))
        seen += store.read(len(seen))
        called += store.read(len(called))
        assert [process.returncode for process in processes] == [0, 0, 0]
        assert {row.id for row in seen} == {
            entry(number).id for writer in range(1, 4) for number in (0, *range(1000 * writer, 1000 * writer + 100))
        }
        assert [row.position for row in seen] == list(range(1, 302))
        assert [row.recorded_at for row in seen] == sorted(row.recorded_at for row in seen)
        assert seen == called == store.read()
        assert wrong(store) == []


UNTIL_KILLED = """
from partnership.storage.postgres import PostgresStore
store = PostgresStore(sys.argv[1], partnership="asean-russia")
for number in range(int(sys.argv[2]), int(sys.argv[2]) + int(sys.argv[3])):
    append(store, number, number // 2)
    say(number)
"""


@pytest.mark.slow
def test_writers_are_killed(database, child, entry, wrong):
    """Of eight: a reader beside them sees every position in turn, and what was acknowledged is stored once."""
    writers = [child(UNTIL_KILLED, database, 1000 * writer, 60) for writer in range(1, 9)]
    seen = []
    with closing(PostgresStore(database, partnership="asean-russia")) as store:
        victims = writers[::3]
        while any(writer.poll() is None for writer in writers):
            seen += store.read(len(seen))
            if len(seen) > 100 and victims:
                victims.pop().kill()
        acknowledged = {int(line) for writer in writers for line in writer.stdout}
        seen += store.read(len(seen))
        assert [row.position for row in seen] == list(range(1, len(seen) + 1))
        ids = [row.id for row in seen]
        assert len(ids) == len(set(ids))
        assert {entry(number).id for number in acknowledged} <= set(ids)
        assert {writer.returncode for writer in writers[1::3]} == {0}
        assert len(acknowledged) >= 60 * 5
        assert wrong(store) == []


@pytest.mark.usefixtures("server")  # which skips where no server can be started
def test_the_server_is_killed(entry, wrong):
    """After a restart all acknowledged entries are stored, and at most one other of each writer."""
    with running(SAFE) as server:
        acknowledged: set[int] = set()
        for cycle in range(2):
            stores = [PostgresStore(server.url, partnership="asean-russia") for _ in range(3)]
            writers = [
                threading.Thread(
                    target=until_it_fails, args=(store, entry, 100_000 * cycle + 10_000 * place, acknowledged)
                )
                for place, store in enumerate(stores)
            ]
            for thread in writers:
                thread.start()
            while len(acknowledged) <= 10 * (cycle + 1) and any(thread.is_alive() for thread in writers):
                time.sleep(0.01)
            server.kill()
            for thread in writers:
                thread.join()
            server.start()
            with closing(PostgresStore(server.url, partnership="asean-russia")) as store:
                there = {row.id for row in store.read()}
                assert {entry(number).id for number in acknowledged} <= there
                assert len(there) <= len(acknowledged) + 3 * (cycle + 1)
                assert wrong(store) == []
                again = sorted(acknowledged)[-5:]
                assert {row.id for row in put(store, [entry(number) for number in again])} <= there
            for store in stores:  # which reconnect
                assert store.head() == len(there)
                store.close()
        assert len(acknowledged) > 10


def until_it_fails(store, entry, number, acknowledged):
    """Append entry by entry, and collect the acknowledged ones, until an error."""
    while True:
        try:
            put(store, [entry(number)])
        except StorageError:
            return
        acknowledged.add(number)
        number += 1
