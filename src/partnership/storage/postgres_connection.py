"""Connections to a PostgreSQL database: its tables, how to reach it, and what its errors mean.

One database holds the records of many partnerships.

Source: https://www.postgresql.org/docs/current/errcodes-appendix.html.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager, suppress
from struct import Struct
from time import monotonic
from typing import Any, TypeAlias

from partnership.errors import Damaged, NewerFormat, NotARecord, NotInstalled, ReadOnly, StorageError, StorageFull
from partnership.storage.sqlite_files import LogState
from partnership.values.text import looks_like_database_address

try:
    import psycopg
    from psycopg import capabilities, waiting
    from psycopg.adapt import Dumper
    from psycopg.conninfo import conninfo_to_dict, make_conninfo
    from psycopg.pq import Format, TransactionStatus
    from psycopg.types.numeric import Int8BinaryDumper
except ImportError:
    raise NotInstalled("psycopg", "postgres") from None

__all__ = ["SPACE", "Blobs", "Connection", "Numbers", "connect", "in_words", "log_of", "log_state_of", "place_of"]

SPACE = int.from_bytes(b"PSHP")
"""The first half of every advisory lock that is taken here; the second is the number of a log, 0 for all of them."""
_FORMAT = 1
_PATIENCE = 30
"""Seconds to wait for another writer of the same partnership."""
_SILENCE = 2 * _PATIENCE
"""Seconds without a word from the server after which a statement is given up."""
_PAUSE = 0.1
"""Seconds between two looks at whether that is so, and whether a signal has come."""
_CANCELLING = 2
"""Seconds for the server to hear that nobody waits for an answer any more."""
_WAITS = {
    "connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3,
    "tcp_user_timeout": 1000 * _PATIENCE,
}  # fmt: skip
"""How long a server may be silent, unless the address says otherwise; seconds, the last in milliseconds.

Source: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS.
"""
_SCHEMA = """
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
CREATE FUNCTION partnership_entries_stay() RETURNS trigger LANGUAGE plpgsql
    AS 'BEGIN RAISE EXCEPTION ''entries stay as written''; END';
CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON partnership_entries
    EXECUTE FUNCTION partnership_entries_stay()
"""
"""The trigger stops the slip of a hand. Who recorded an entry is bytes: a text of PostgreSQL holds no NUL."""
_TALLY = b"SELECT partnership, size, frontier, keys, seal FROM partnership_log WHERE log = %s"
_SET = f"""
SELECT set_config('lock_timeout', '{_PATIENCE}s', false),
    set_config('idle_in_transaction_session_timeout', '{2 * _PATIENCE}s', false),
    set_config('default_transaction_isolation', 'read committed', false),
    CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', false) END
"""
"""What holds for one connection only: nobody waits permanently, and what `append` has returned survives a crash."""

_ALWAYS = {"client_encoding": "UTF8"}
"""What goes before address, `options` and the settings of role and database: texts are read as texts."""
_SHOWN = {"host", "hostaddr", "port", "dbname"}
"""What an error may say of an address."""

_Words: TypeAlias = Mapping[str, tuple[type[StorageError], str]]

_STRANGE = (NotARecord, "has tables that this library did not write, or lacks some that it wrote: nothing was written")
_MALFORMED = (Damaged, "PostgreSQL finds it malformed: restore a copy")
_REFUSED = "what was asked is not granted to this user: nothing was written; ask who keeps the database"
_WORDS: _Words = {
    "25006": (ReadOnly, "this server, or this connection, can only be read: to add, open it where it is written to"),
    "42501": (StorageError, _REFUSED),
    "42P01": _STRANGE,
    "42703": _STRANGE,
    "42804": _STRANGE,
    "42883": _STRANGE,
    "53100": (StorageFull, "no space is left on the server: nothing was written; make space and add again"),
    "55P03": (
        StorageError,
        f"another program has held it for {_PATIENCE} seconds: nothing was written; let it end, and try again",
    ),
    "XX001": _MALFORMED,
    "XX002": _MALFORMED,
}
_LOST = (
    "the connection to the server is lost: try again, which connects again; "
    "what was being written may be there or not, and what is there is not written twice"
)


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that is closed where an answer is not waited for to its end.

    Whatever ends the waiting, a signal of any kind or a silent server, leaves a statement under way, beside which no
    other can be sent: psycopg mends that after Ctrl-C alone. What was under way is told to end, and is written whole
    or not at all.
    """

    def wait(self, gen: Generator[Any, Any, Any], interval: float = _PAUSE, *how: Any, **more: Any) -> Any:  # noqa: ANN401
        """Return what a generator of psycopg comes to, which talks to the server."""
        try:
            return waiting.wait(_patiently(gen), self.pgconn.socket, interval, *how, **more)
        except BaseException:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self._give_up()
            raise

    def close_unless_idle(self) -> None:
        """Close where a transaction is under way."""
        if self.pgconn.transaction_status != TransactionStatus.IDLE:
            self.close()

    def _give_up(self) -> None:
        try:
            if capabilities.has_cancel_safe():  # with a libpq before 17, this may wait permanently
                with suppress(psycopg.Error):
                    self.cancel_safe(timeout=_CANCELLING)
        finally:
            self.close()


def _patiently(gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
    """Do as a generator does, as long as the server is not silent for too long."""
    until = monotonic() + _SILENCE
    try:
        awaited = next(gen)
        while True:
            if ready := (yield awaited):
                until = monotonic() + _SILENCE
            elif monotonic() > until:
                raise psycopg.OperationalError("the server is silent")
            awaited = gen.send(ready)
    except StopIteration as over:
        return over.value


class Numbers(list[int]):
    """Numbers that are sent to the server as one array."""


class Blobs(list[bytes]):
    """Pieces of bytes that are sent to the server as one array."""


_ARRAY, _NUMBER, _LENGTH = Struct("!iiIii"), Struct("!iq"), Struct("!i")
_INT8, _BYTEA = 20, 17  # https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat


class _NumbersDumper(Dumper):
    """Writes an array as ``array_send`` of PostgreSQL does; psycopg's own looks at each value several times."""

    format, oid = Format.BINARY, 1016

    def dump(self, obj: Numbers) -> bytes:
        return b"".join([_ARRAY.pack(1, 0, _INT8, len(obj), 1), *[_NUMBER.pack(8, one) for one in obj]])


class _BlobsDumper(Dumper):
    format, oid = Format.BINARY, 1001

    def dump(self, obj: Blobs) -> bytes:
        parts = [part for one in obj for part in (_LENGTH.pack(len(one)), one)]
        return b"".join([_ARRAY.pack(1, 0, _BYTEA, len(obj), 1), *parts])


@contextmanager
def in_words(place: str, *, is_adding: bool = False) -> Iterator[None]:
    """Raise PostgreSQL's errors as ours, which say what to do.

    Args:
        place: which record, in which database.
        is_adding: a right that is missing is one to add.
    """
    try:
        yield
    except psycopg.Error as error:
        code = error.sqlstate or ""
        if not code or code.startswith(("08", "57P")):
            raise StorageError(place, _LOST) from error
        told = f"PostgreSQL says: {error.diag.message_primary} ({code})"
        kind, reason = _WORDS.get(code, (StorageError, told))
        raise (ReadOnly if is_adding and code == "42501" else kind)(place, reason) from error


def place_of(url: str, partnership: str) -> str:
    """Return where a record lies, in words, without user and password.

    Raises:
        StorageError: that is no address; the error does not repeat it, for it may hold a password.
    """
    told = _told(url)
    if told is None:
        rule = "write postgresql://user:password@host:5432/database"
        marks = "with %40 for an @ in user or password, %2F for a /, %25 for a %, %3A for a :"
        raise StorageError("postgresql://…", f"this is not the address of a database: {rule}, {marks}")
    host, port, database = told
    where = f"/{database}?host={host}" if host.startswith("/") else f"{host}{port and f':{port}'}/{database}"
    return f"{partnership} at postgresql://{where}"


def _told(url: str) -> tuple[str, str, str] | None:
    """Return host, port and database; None where a letter of the password was taken for a mark between parts."""
    try:
        told = conninfo_to_dict(url)
    except (psycopg.Error, ValueError):  # ValueError: what no UTF-8 can hold
        return None
    host, port, database = (str(told.get(name) or "") for name in ("host", "port", "dbname"))
    is_whole = "@" not in host and all(not one or one.isdecimal() for one in port.split(","))
    is_whole = is_whole and "@" not in url.partition("://")[2].partition("/")[2].partition("?")[0]
    is_whole = is_whole and not looks_like_database_address(host) and not looks_like_database_address(database)
    return (host, port, database) if is_whole else None


def connect(url: str, place: str) -> Connection:
    """Return a connection on which each statement is a commit of its own.

    Raises:
        StorageError: the server cannot be reached, or does not let this user in.
    """
    told = conninfo_to_dict(url)
    try:
        connection = Connection.connect(make_conninfo("", **{**_WAITS, **told, **_ALWAYS}), autocommit=True)
    except (psycopg.Error, ValueError, OverflowError) as error:  # the others: of a name or number of no server
        why = str(error)
    else:
        return _set_up(connection, place)
    for name, value in told.items():
        if name not in _SHOWN:
            why = why.replace(f'"{value}"', '"…"').replace(repr(value), "'…'")
    raise StorageError(place, f"cannot be reached: {' '.join(why.split())}")  # beside no error that has the password


def _set_up(connection: Connection, place: str) -> Connection:
    for kind, dumper in ((int, Int8BinaryDumper), (Numbers, _NumbersDumper), (Blobs, _BlobsDumper)):
        connection.adapters.register_dumper(kind, dumper)  # one type for numbers of all sizes, so one plan
    with _or_close(connection), in_words(place):
        connection.execute(_SET.encode())
    return connection


def log_of(connection: Connection, place: str, partnership: str) -> int:
    """Return the number of a partnership's log, which is begun if there is none.

    Raises:
        NotARecord, NewerFormat: the tables are something else's, or a later version wrote them.
        ReadOnly: there is none, and none may be begun.
    """
    with _or_close(connection), in_words(place, is_adding=True):
        if _is_absent(connection):
            _create(connection)
        if (log := _found(connection, place, partnership)) is None:
            _begin(connection, partnership)
            log = _found(connection, place, partnership)
        assert log is not None, "just begun, and never taken away"
        return log


@contextmanager
def _or_close(connection: Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _is_absent(connection: Connection) -> bool:
    """Return whether the tables are not there; a name that was looked up in vain once, PostgreSQL keeps in mind."""
    asked = "SELECT FROM pg_tables WHERE tablename = 'partnership_log' AND schemaname = ANY(current_schemas(false))"
    return not connection.execute(asked).fetchall()


def _create(connection: Connection) -> None:
    """Lay out the tables, unless another process was faster."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s::integer, 0)", [SPACE])
        if _is_absent(connection):
            connection.execute(_SCHEMA)


def _found(connection: Connection, place: str, partnership: str) -> int | None:
    asked = "SELECT log, format FROM partnership_log WHERE partnership = %s"
    for log, written in connection.execute(asked, [partnership]).fetchall():
        if written > _FORMAT:
            known = f"and this version of the library knows {_FORMAT}: install a later version"
            raise NewerFormat(place, f"has format {written}, {known}")
        return int(log)
    return None


def _begin(connection: Connection, partnership: str) -> None:
    connection.execute(
        "INSERT INTO partnership_log (partnership, format, size, frontier, keys, seal) VALUES (%s, %s, 0, '', %s, %s) "
        "ON CONFLICT (partnership) DO NOTHING",
        [partnership, _FORMAT, bytes(8), LogState(partnership, 0, b"").seal()],
    )


def log_state_of(connection: Connection, place: str, log: int, *, is_held: bool = False) -> LogState:
    """Return what a log says of itself beside its rows.

    Args:
        connection: to the server.
        place: where that is.
        log: the number of the log.
        is_held: let nobody else write to this log until the transaction ends.

    Raises:
        Damaged: it was changed.
    """
    asked = _TALLY + b" FOR UPDATE" * is_held
    for named, size, frontier, keys, seal in connection.execute(asked, [log], binary=True).fetchall():
        tally = LogState(named, size, frontier, int.from_bytes(keys))
        if tally.seal() == seal and size >= 0 and len(frontier) == 32 * size.bit_count():
            return tally
    raise Damaged(place, "its stored name, size or proof was changed: restore a copy")
