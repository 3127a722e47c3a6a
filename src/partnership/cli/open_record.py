"""The record that a command line names, and the view of it that is asked for."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any

import partnership as ps
from partnership._atomic_write import query
from partnership._lazy import imported
from partnership.errors import InvalidValue, StorageError
from partnership.kinds import each_kind
from partnership.record.states import day_of
from partnership.values.text import file_path

__all__ = ["RULE", "exact_day", "is_record", "kinds_of", "opened", "view_of"]

RULE = "the command line reads files: give the name of one"
_SQLITE = b"SQLite format 3\0"


def is_record(path: str) -> bool:
    """Tell whether a file is a record's own, or another's of SQLite, and no file of lines.

    Raises:
        StorageError: there is no such file, or it cannot be read.
    """
    if not path:
        raise StorageError("''", "is no name of a file")
    path = file_path(path, RULE)
    try:
        with query(path) as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except StorageError as refused:
        if not isinstance(refused.__cause__, FileNotFoundError):
            raise
    raise StorageError(path, "there is no such file; `partnership import` makes one from files of lines")


def opened(asked: Namespace) -> ps.Record:
    """Return the record in a file that is there, its own or one of lines, with the kinds that are asked for.

    Raises:
        StorageError: there is none, or it is something else.
    """
    kinds = kinds_of(asked)
    return ps.open(asked.record, kinds=kinds) if is_record(asked.record) else ps.read(asked.record, kinds=kinds)


def kinds_of(asked: Namespace) -> tuple[ps.Kind[Any], ...]:
    """Return the kinds that ``--kinds module:name`` names; only these modules are imported.

    Raises:
        InvalidValue: a name is none, what it names cannot be imported, or is no kind.
    """
    found: list[ps.Kind[Any]] = []
    for given in asked.kinds:
        module, colon, name = given.partition(":")
        if not (colon and name.isidentifier() and all(part.isidentifier() for part in module.split("."))):
            raise InvalidValue(given, "names no kinds, as --kinds needs", "write MODULE:NAME, as arts:exhibitions")
        try:
            value = imported(module, name)
        except Exception as failed:
            why = f"cannot be imported ({type(failed).__name__}: {failed})"
            raise InvalidValue(given, why, "name a module that Python finds, and a Kind in it") from failed
        found += each_kind(value)
    return tuple(found)


def view_of(record: ps.Record, asked: Namespace) -> ps.View:
    """Return the record through the cut that is asked for; the record itself where none is."""
    as_of = None if asked.as_of is None else exact_day(asked.as_of, "--as-of")
    known = None if asked.known is None else exact_day(asked.known, "--known")
    if as_of and known:
        return record.as_of(on=as_of, known=known)
    if known:
        return record.as_of(known=known)
    return record.as_of(as_of) if as_of else record


def exact_day(text: str, what: str) -> date:
    """Return the day that a word of the command line names.

    Raises:
        InvalidValue: it is no day, or not an exact one.
    """
    day = day_of(text, what)
    assert day is not None
    return day
