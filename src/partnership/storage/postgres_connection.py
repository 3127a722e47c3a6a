"""Connections to a PostgreSQL database: its tables, opening a connection, and the translation of errors.

One database holds the records of many partnerships.

Source: https://www.postgresql.org/docs/current/errcodes-appendix.html.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from struct import Struct
from time import monotonic
from typing import Any, TypeAlias

from partnership._frozen import frozen
from partnership.errors import Damaged, NewerFormat, NotARecord, NotInstalled, ReadOnly, StorageError, StorageFull
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

LOCK_NAMESPACE = int.from_bytes(b"PSHP")
"""The first key of every advisory lock of this library; the second is the number of a log, or 0 for all logs."""
_FORMAT = 2
_LOCK_TIMEOUT = 30
"""Seconds to wait for a lock that another writer holds."""
_SILENCE_LIMIT = 2 * _LOCK_TIMEOUT
"""Seconds without data from the server after which a statement is abandoned."""
_CHECK_INTERVAL = 0.1
"""Seconds between two checks of that limit and of pending signals."""
_CANCEL_TIMEOUT = 2
"""Seconds to wait for the server to cancel a statement."""
_CONNECTION_DEFAULTS = {
    "connect_timeout": 10, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3,
    "tcp_user_timeout": 1000 * _LOCK_TIMEOUT,
}  # fmt: skip
"""Timeouts of a connection, unless the address sets others; in seconds, the last in milliseconds.

Source: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS.
"""
_SCHEMA = """
CREATE TABLE partnership_log (
    log integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY, partnership text NOT NULL UNIQUE,
    format integer NOT NULL, size bigint NOT NULL, frontier bytea NOT NULL, value_count bigint NOT NULL,
    keys bytea NOT NULL, seal bytea NOT NULL
);
CREATE TABLE partnership_values (
    log integer NOT NULL, id integer NOT NULL, key bigint NOT NULL, value bytea NOT NULL, PRIMARY KEY (log, id)
);
CREATE INDEX ON partnership_values (log, key);
CREATE TABLE partnership_entries (
    position bigint NOT NULL, recorded_at bigint NOT NULL, claim bigint NOT NULL, log integer NOT NULL,
    subject integer NOT NULL, event integer NOT NULL, source integer NOT NULL, by bytea,
    id bytea NOT NULL CHECK (length(id) = 32), leaf bytea NOT NULL, fields bytea, speaker bytea, remarks bytea,
    PRIMARY KEY (log, position)
);
CREATE INDEX ON partnership_entries (log, claim);
CREATE INDEX ON partnership_entries (log, subject);
CREATE TABLE partnership_links (
    log integer NOT NULL, subject integer NOT NULL, position bigint NOT NULL, PRIMARY KEY (log, subject, position)
);
CREATE TABLE partnership_kept_heads (
    log integer NOT NULL, projection bytea NOT NULL, head bytea NOT NULL, PRIMARY KEY (log, projection)
);
CREATE TABLE partnership_kept_states (
    log integer NOT NULL, projection bytea NOT NULL, key bytea NOT NULL, body bytea NOT NULL,
    PRIMARY KEY (log, projection, key)
);
CREATE FUNCTION partnership_rows_stay() RETURNS trigger LANGUAGE plpgsql
    AS 'BEGIN RAISE EXCEPTION ''entries stay as written''; END';
CREATE TRIGGER entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON partnership_entries
    EXECUTE FUNCTION partnership_rows_stay();
CREATE TRIGGER values_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON partnership_values
    EXECUTE FUNCTION partnership_rows_stay()
"""
"""The tables of format 2: ``bytea`` rather than ``text``, which cannot contain NUL and has the database's encoding.

Subject, event and source of an entry are numbers of values. A value has a key, by which it is found, and an entry the
first bits of its claim's id. A link has the number of a further subject under which an entry is found; or, with a
minus, of one that its fields refer to. The triggers prevent accidental edits.
"""
_SELECT_STATE = b"SELECT partnership, size, frontier, value_count, keys, seal FROM partnership_log WHERE log = %s"
_SET_OPTIONS = f"""
SELECT set_config('lock_timeout', '{_LOCK_TIMEOUT}s', false),
    set_config('idle_in_transaction_session_timeout', '{2 * _LOCK_TIMEOUT}s', false),
    set_config('default_transaction_isolation', 'read committed', false),
    set_config('enable_seqscan', 'off', false), set_config('enable_bitmapscan', 'off', false),
    CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', false) END
"""
"""Settings of a connection: no lock is awaited or held forever, the result of `append` survives a crash, and rows are
read in the order of an index, a page at a time: without statistics, the planner would sort all rows for each page.
"""

_OVERRIDES = {"client_encoding": "UTF8"}
"""Parameters that override the address and the settings of role and database, so that texts decode correctly."""
_PUBLIC_PARAMETERS = {"host", "hostaddr", "port", "dbname"}
"""The parts of an address that an error message may contain."""


@frozen
class LogState:
    """The state of a log, stored beside its rows.

    Attributes:
        partnership: the partnership that the record belongs to.
        size: the number of entries.
        frontier: the frontier of their Merkle tree, as `Frontier.packed` returns it.
        values: the number of values, which are numbered from 1.
        keys: the `key_sum` of all keys, since an entry or a value whose key was changed is no longer found.
    """

    partnership: str
    size: int = 0
    frontier: bytes = b""
    values: int = 0
    keys: int = 0

    def seal(self) -> bytes:
        """Return the hash of the state, stored with it: it detects a change of the name, which no leaf contains."""
        text = f"{self.frontier.hex()} {self.size} {self.values} {self.keys} {self.partnership!r}"
        return sha256(text.encode()).digest()


def key_sum(rows: Iterable[tuple[int, int]]) -> int:
    """Return a checksum of keys and positions, which detects one that was changed, lost or added.

    It is a sum modulo 2**64, so new keys are added without reading the old ones.

    >>> key_sum([(5, 1), (-7, 2)]) == (key_sum([(5, 1)]) + key_sum([(-7, 2)])) % 2**64
    True
    """
    return sum(key * (2 * position + 1) + position for key, position in rows) % 2**64


_ErrorTable: TypeAlias = Mapping[str, tuple[type[StorageError], str]]

_UNKNOWN_TABLES = (
    NotARecord,
    "has tables that this library did not write, or lacks some that it wrote: nothing was written",
)
_FORMAT_1 = (
    "has the tables of format 1, which this version of the library does not read: "
    "export each record with the version that wrote it, and import the files into an empty database or schema"
)
_MALFORMED = (Damaged, "PostgreSQL finds it malformed: restore a copy")
_NOT_PERMITTED = "this is not granted to this user: nothing was written; ask the administrator of the database"
_ERRORS: _ErrorTable = {
    "23505": (Damaged, "a row is there that was not written: nothing was added; restore a copy"),
    "25006": (ReadOnly, "this server, or this connection, can only be read: to add, open it where it is written to"),
    "42501": (StorageError, _NOT_PERMITTED),
    "42P01": _UNKNOWN_TABLES,
    "42703": _UNKNOWN_TABLES,
    "42804": _UNKNOWN_TABLES,
    "42883": _UNKNOWN_TABLES,
    "53100": (StorageFull, "no space is left on the server: nothing was written; make space and add again"),
    "55P03": (
        StorageError,
        f"another program has held it for {_LOCK_TIMEOUT} seconds: nothing was written; let it end, and try again",
    ),
    "XX001": _MALFORMED,
    "XX002": _MALFORMED,
}
_LOST = (
    "the connection to the server is lost: try again, which connects again; "
    "what was being written may be stored or not, and what is stored is not written twice"
)


class Connection(psycopg.Connection[tuple[Any, ...]]):
    """A connection that is closed if waiting for a result is interrupted.

    An exception while waiting, from a signal handler or a silent server, leaves a statement running, and no other can
    be sent on the connection; psycopg handles only Ctrl-C. The statement is cancelled: it is completed or rolled back
    as a whole.
    """

    def wait(self, gen: Generator[Any, Any, Any], interval: float = _CHECK_INTERVAL, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Run a generator of psycopg that communicates with the server, and return its result."""
        try:
            return waiting.wait(_limit_silence(gen), self.pgconn.socket, interval, *args, **kwargs)
        except BaseException:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self._cancel_and_close()
            raise

    def close_unless_idle(self) -> None:
        """Close the connection if a statement or a transaction is in progress."""
        if self.pgconn.transaction_status != TransactionStatus.IDLE:
            self.close()

    def _cancel_and_close(self) -> None:
        """Cancel the running statement, as far as libpq can do so with a timeout, and close the connection."""
        try:
            if capabilities.has_cancel_safe():  # cancelling with a libpq before 17 may block forever
                with suppress(psycopg.Error):
                    self.cancel_safe(timeout=_CANCEL_TIMEOUT)
        finally:
            self.close()


def _limit_silence(gen: Generator[Any, Any, Any]) -> Generator[Any, Any, Any]:
    """Delegate to a generator of psycopg, and raise if the server sends nothing for `_SILENCE_LIMIT` seconds."""
    deadline = monotonic() + _SILENCE_LIMIT
    try:
        awaited = next(gen)
        while True:
            if ready := (yield awaited):
                deadline = monotonic() + _SILENCE_LIMIT
            elif monotonic() > deadline:
                raise psycopg.OperationalError("the server is silent")
            awaited = gen.send(ready)
    except StopIteration as stop:
        return stop.value


class Numbers(list[int]):
    """Integers that are sent to the server as an array of bigint."""


class Blobs(list[bytes]):
    """Byte strings that are sent to the server as an array of bytea."""


_ARRAY, _NUMBER, _LENGTH = Struct("!iiIii"), Struct("!iq"), Struct("!i")
_INT8, _BYTEA = 20, 17  # https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat


class _NumbersDumper(Dumper):
    """Encoder of an array in the binary format of PostgreSQL; psycopg's own inspects each value several times."""

    format, oid = Format.BINARY, 1016

    def dump(self, obj: Numbers) -> bytes:
        return b"".join([_ARRAY.pack(1, 0, _INT8, len(obj), 1), *[_NUMBER.pack(8, number) for number in obj]])


class _BlobsDumper(Dumper):
    """Encoder of an array of byte strings, as `_NumbersDumper`."""

    format, oid = Format.BINARY, 1001

    def dump(self, obj: Blobs) -> bytes:
        parts = [part for blob in obj for part in (_LENGTH.pack(len(blob)), blob)]
        return b"".join([_ARRAY.pack(1, 0, _BYTEA, len(obj), 1), *parts])


@contextmanager
def translate_errors(place: str, *, is_adding: bool = False) -> Iterator[None]:
    """Raise the errors of PostgreSQL as a `StorageError` that says what to do.

    Args:
        place: the record and its database, for the error message.
        is_adding: whether entries are being added, so that a missing permission is raised as `ReadOnly`.
    """
    try:
        yield
    except psycopg.Error as error:
        code = error.sqlstate or ""
        if not code or code.startswith(("08", "57P")):
            raise StorageError(place, _LOST) from error
        other = (StorageError, f"PostgreSQL says: {error.diag.message_primary} ({code})")
        error_class, reason = _ERRORS.get(code, other)
        raise (ReadOnly if is_adding and code == "42501" else error_class)(place, reason) from error


def describe_place(url: str, partnership: str) -> str:
    """Return the partnership and the address of its database, without user and password.

    Raises:
        StorageError: the address is invalid; the message does not repeat it, since it may contain a password.
    """
    address = _parse_address(url)
    if address is None:
        rule = "write postgresql://user:password@host:5432/database"
        marks = "with %40 for an @ in user or password, %2F for a /, %25 for a %, %3A for a :"
        raise StorageError("postgresql://…", f"this is not the address of a database: {rule}, {marks}")
    host, port, database = address
    where = f"/{database}?host={host}" if host.startswith("/") else f"{host}{port and f':{port}'}/{database}"
    return f"{partnership} at postgresql://{where}"


def _parse_address(url: str) -> tuple[str, str, str] | None:
    """Return host, port and database; None if they may contain a part of the password, for lack of an escape."""
    try:
        parameters = conninfo_to_dict(url)
    except (psycopg.Error, ValueError):  # ValueError: the address cannot be encoded in UTF-8
        return None
    host, port, database = (str(parameters.get(name) or "") for name in ("host", "port", "dbname"))
    is_valid = "@" not in host and all(not number or number.isdecimal() for number in port.split(","))
    is_valid = is_valid and "@" not in url.partition("://")[2].partition("/")[2].partition("?")[0]
    is_valid = is_valid and not looks_like_database_address(host) and not looks_like_database_address(database)
    return (host, port, database) if is_valid else None


def connect(url: str, place: str) -> Connection:
    """Return a connection that commits after each statement.

    Raises:
        StorageError: the server cannot be reached, or does not accept this user.
    """
    parameters = conninfo_to_dict(url)
    try:
        conninfo = make_conninfo("", **{**_CONNECTION_DEFAULTS, **parameters, **_OVERRIDES})
        connection = Connection.connect(conninfo, autocommit=True)
    except (psycopg.Error, ValueError, OverflowError) as error:  # ValueError, OverflowError: an impossible name or port
        reason = str(error)
    else:
        return _set_up(connection, place)
    for name, value in parameters.items():
        if name not in _PUBLIC_PARAMETERS:
            reason = reason.replace(f'"{value}"', '"…"').replace(repr(value), "'…'")
    # Raised outside of the handler, so that it is not chained to an error that contains the password.
    raise StorageError(place, f"cannot be reached: {' '.join(reason.split())}")


def _set_up(connection: Connection, place: str) -> Connection:
    """Register the encoders, with one type for integers of all sizes, so that a statement has one plan; set options."""
    for type_, dumper in ((int, Int8BinaryDumper), (Numbers, _NumbersDumper), (Blobs, _BlobsDumper)):
        connection.adapters.register_dumper(type_, dumper)
    with _close_on_error(connection), translate_errors(place):
        connection.execute(_SET_OPTIONS.encode())
    return connection


def find_or_create_log(connection: Connection, place: str, partnership: str) -> int:
    """Return the number of a partnership's log; create the log, and the tables, if it does not exist.

    Raises:
        NotARecord: the tables were not created by this library.
        NewerFormat: a later version of the library wrote the log.
        StorageError: an earlier version of the library created the tables.
        ReadOnly: the log does not exist, and this user may not create it.
    """
    with _close_on_error(connection), translate_errors(place, is_adding=True):
        if _is_absent(connection, place):
            _create(connection, place)
        if (log := _find_log(connection, place, partnership)) is None:
            _create_log(connection, partnership)
            log = _find_log(connection, place, partnership)
        assert log is not None, "just created, and never deleted"
        return log


def has_log(url: str, partnership: str) -> bool:
    """Tell whether a database has the log of a partnership; nothing is created.

    Raises:
        StorageError: the address is invalid, or the server cannot be reached.
    """
    place = describe_place(url, partnership)
    with closing(connect(url, place)) as connection, translate_errors(place):
        return not _is_absent(connection, place) and _find_log(connection, place, partnership) is not None


@contextmanager
def _close_on_error(connection: Connection) -> Iterator[None]:
    """Close the connection if the block raises."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _is_absent(connection: Connection, place: str) -> bool:
    """Return whether the tables do not exist; looked up in the catalog, since PostgreSQL caches a failed reference.

    Raises:
        StorageError: they are those of format 1, which had a table of keys.
    """
    query = "SELECT tablename FROM pg_tables WHERE tablename = ANY(%s) AND schemaname = ANY(current_schemas(false))"
    names = {name for (name,) in connection.execute(query, [["partnership_log", "partnership_keys"]]).fetchall()}
    if len(names) > 1:
        raise StorageError(place, _FORMAT_1)
    return not names


def _create(connection: Connection, place: str) -> None:
    """Create the tables, unless another process has done so."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(%s::integer, 0)", [LOCK_NAMESPACE])
        if _is_absent(connection, place):
            connection.execute(_SCHEMA)


def _find_log(connection: Connection, place: str, partnership: str) -> int | None:
    """Return the number of a partnership's log; None if there is none.

    Raises:
        NewerFormat: a later version of the library wrote it.
    """
    query = "SELECT log, format FROM partnership_log WHERE partnership = %s"
    for log, version in connection.execute(query, [partnership]).fetchall():
        if version > _FORMAT:
            known = f"and this version of the library knows {_FORMAT}: install a later version"
            raise NewerFormat(place, f"has format {version}, {known}")
        return int(log)
    return None


def _create_log(connection: Connection, partnership: str) -> None:
    """Create an empty log, unless another process has done so."""
    connection.execute(
        "INSERT INTO partnership_log (partnership, format, size, frontier, value_count, keys, seal) "
        "VALUES (%s, %s, 0, '', 0, %s, %s) ON CONFLICT (partnership) DO NOTHING",
        [partnership, _FORMAT, bytes(8), LogState(partnership).seal()],
    )


def read_log_state(connection: Connection, place: str, log: int, *, for_update: bool = False) -> LogState:
    """Return the state of a log, as it is stored beside its rows.

    Args:
        connection: the connection to read with.
        place: the record and its database, for the error message.
        log: the number of the log.
        for_update: whether to lock the log against other writers until the transaction ends.

    Raises:
        Damaged: the state was changed.
    """
    query = _SELECT_STATE + b" FOR UPDATE" * for_update
    for name, size, frontier, values, keys, seal in connection.execute(query, [log], binary=True).fetchall():
        state = LogState(name, size, frontier, values, int.from_bytes(keys))
        if state.seal() == seal and size >= 0 and len(frontier) == 32 * size.bit_count():
            return state
    raise Damaged(place, "its stored name, size or proof was changed: restore a copy")
