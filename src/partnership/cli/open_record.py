"""Open the record that a command line names, a file or a database, and select the view that its options ask for."""

from __future__ import annotations

import json
import warnings
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import partnership as ps
from partnership._atomic_write import open_to_read
from partnership._lazy import imported
from partnership.engine.amendment_index import stated_event
from partnership.errors import InvalidValue, NotARecord, StorageError
from partnership.kinds import each_kind
from partnership.record.states import day_of
from partnership.values.text import file_path

PATH_RULE = "give the name of a file here"
"""What an error says of an address, such as that of a database server, in the place of a path."""
RECORD_RULE = "give the name of a file, or write postgresql://user@host:5432/database"
"""What an error says of something that is neither, in the place of a record."""
SHEETS = (".xlsx", ".ods", ".csv", ".tsv")
"""Endings of the names of sheets."""
_SCHEMES = ("postgresql://", "postgres://")
_SQLITE_HEADER = b"SQLite format 3\0"


def is_record(path: str, *, is_imported: bool = False) -> bool:
    """Tell whether a file is an SQLite database, as records are, and not a JSON Lines file.

    Args:
        path: the file.
        is_imported: whether it is to be imported; what is wrong with lines is then said when they are read.

    Raises:
        StorageError: there is no such file, or it cannot be read.
        NotARecord: it is a sheet or a document, which `add` takes, or surely neither a record nor lines.
    """
    if not path:
        raise StorageError("''", "is not the name of a file")
    path = file_path(path, RECORD_RULE)
    try:
        with open_to_read(path) as file:
            header = file.read(len(_SQLITE_HEADER))
    except StorageError as error:
        if not isinstance(error.__cause__, FileNotFoundError):
            raise
        advice = "`partnership new` makes an empty one, `partnership import` one from files of lines"
        raise StorageError(path, f"there is no such file; {advice}") from None
    if header != _SQLITE_HEADER and (noun := _document(path, header)):
        what, advice = ("file of lines", "add") if is_imported else ("record", f"add RECORD {path}")
        raise NotARecord(path, f"is {noun}, and no {what}: `partnership {advice}` records what it states")
    if not is_imported and (not header or header.lstrip().startswith(b"<")):
        noun = "is empty" if not header else "is a page or another document"
        advice = "name a record, which `partnership new` or `partnership import` makes, or a file of lines"
        raise NotARecord(path, f"{noun}, and no record: {advice}")
    return header == _SQLITE_HEADER


def _document(path: str, header: bytes) -> str:
    """Return what a file is that `add` takes and that is no record, in words; empty for others."""
    ending = Path(path).suffix.lower()
    if ending in SHEETS or header.startswith(b"PK\x03\x04"):  # the second begins workbooks, under any name
        return "a sheet"
    if ending == ".json":
        with suppress(ValueError, RecursionError), open_to_read(path) as file:
            data = json.load(file)
            return "a document in JSON" if isinstance(data, dict) and "claims" in data else ""
    return ""


def is_address(record: str) -> bool:
    """Tell whether a record is in a database; its address may contain a password, and is never printed."""
    return record.startswith(_SCHEMES)


def is_piped(path: str) -> bool:
    """Tell whether a name stands for standard input, which may be a pipe: ``-`` or ``/dev/stdin``."""
    return path in ("-", "/dev/stdin")


def place_of(args: Namespace) -> str:
    """Return the record of a command line as messages name it: a file, or a partnership in the database."""
    return f"{args.partnership} in the database" if is_address(args.record) else args.record


def exists(args: Namespace) -> bool:
    """Tell whether the record of a command line exists.

    Raises:
        StorageError: the name of a database stands without that of a partnership, or the server cannot be reached.
    """
    if not is_address(args.record):
        return Path(file_path(args.record, RECORD_RULE)).exists()
    if args.partnership is None:
        raise StorageError("the database", "holds the records of several partnerships: add --partnership NAME")
    from partnership.storage.postgres_connection import has_log  # noqa: PLC0415  it loads psycopg

    return has_log(args.record, args.partnership)


def open_existing(args: Namespace) -> ps.Record:
    """Open the record of a command line, with the kinds that ``--kinds`` names. Lines are read into memory.

    Raises:
        StorageError: it does not exist, or is no record.
        DifferentPartnership: it is not that of ``--partnership``.
    """
    kinds, partnership = import_kinds(args), args.partnership
    if is_address(args.record):
        if not exists(args):
            raise StorageError(place_of(args), "there is no such record; `partnership new` makes one")
    elif not is_record(args.record):
        return ps.read(args.record, partnership=partnership, kinds=kinds)
    return ps.open(args.record, partnership=partnership, kinds=kinds)


def open_to_write(args: Namespace) -> ps.Record:
    """Open the record of a command line to add entries to it.

    Raises:
        NotARecord: it is a file of lines, which are only read.
        StorageError: it does not exist.
    """
    if not is_address(args.record) and not is_record(args.record):
        advice = f"`partnership import RECORD {args.record}` makes a record of it"
        raise NotARecord(args.record, f"is a file of lines, to which nothing can be added: {advice}")
    return open_existing(args)


def import_kinds(args: Namespace) -> tuple[ps.Kind[Any], ...]:
    """Import the kinds that ``--kinds module:name`` names; no other module is imported.

    Raises:
        InvalidValue: an option is not of that form, cannot be imported, or names something else than kinds.
    """
    kinds: list[ps.Kind[Any]] = []
    for option in args.kinds:
        module, colon, name = option.partition(":")
        if not (colon and name.isidentifier() and all(part.isidentifier() for part in module.split("."))):
            raise InvalidValue(option, "names no kinds, as --kinds needs", "write MODULE:NAME, as arts:exhibitions")
        try:
            value = imported(module, name)
        except Exception as error:  # a module of the user's may raise anything
            reason = f"cannot be imported ({type(error).__name__}: {error})"
            raise InvalidValue(option, reason, "name a module that Python finds, and a Kind in it") from error
        kinds += each_kind(value)
    return tuple(kinds)


def select_view(record: ps.Record, args: Namespace, sources: Callable[[ps.Source], bool] | None = None) -> ps.View:
    """Return the view that ``--as-of`` and ``--known`` select; the record itself without them.

    Args:
        record: the record.
        args: the command line.
        sources: only claims of sources for which this function returns True.
    """
    as_of = None if args.as_of is None else parse_day(args.as_of, "--as-of")
    known = None if args.known is None else parse_day(args.known, "--known")
    if known:
        return record.as_of(on=as_of, known=known, sources=sources)
    return record.as_of(as_of, sources=sources) if as_of or sources else record


def warn_of_unknown_events(view: ps.View) -> None:
    """Warn that an answer leaves out entries whose events are not known here; it reads the whole log."""
    unread = {claim for item in view.findings() if item.slug == "unread-event" for claim in item.claims}
    if unread:
        number = len(unread)
        entries = "1 entry is of an event that is" if number == 1 else f"{number} entries are of events that are"
        events = (stated_event(entry.event) for entry in view.entries() if entry.claim.id in unread)
        is_newer = all(getattr(event, "known_version", None) for event in events)  # the class is known, this is not
        advice = "install the newer release that wrote them" if is_newer else "name their kinds with --kinds"
        warnings.warn(f"{entries} not known here, and in no answer: {advice}", stacklevel=2)


def parse_day(text: str, argument: str) -> date:
    """Return the day that an argument names.

    Args:
        text: as written on the command line: an EDTF date, or a day as people write it, "17 June 2020".
        argument: its name, for the error.

    Raises:
        InvalidValue: it is not a date, has two readings, or is vaguer than one day.
    """
    try:
        day = day_of(text, argument)
    except InvalidValue:
        if not any(map(str.isdigit, text)):
            raise
        from partnership.cli.field_text import date_in_text  # noqa: PLC0415  it loads what reads sheets

        day = day_of(date_in_text(text), argument)
    assert day is not None  # only None itself gives None
    return day
