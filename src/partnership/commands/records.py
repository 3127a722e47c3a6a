"""The record that a command line names, and the view of it that is asked for."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import partnership as ps
from partnership.errors import StorageError

__all__ = ["is_record", "opened", "view_of"]

_SQLITE = b"SQLite format 3\0"


def is_record(path: str) -> bool:
    """Tell whether a file is a record's own, or another's of SQLite, and no file of lines.

    Raises:
        StorageError: there is no such file, or it cannot be read.
    """
    place = Path(path)
    try:
        if place.is_dir():
            raise StorageError(path, "is a folder: give the name of a file")
        with place.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except FileNotFoundError:
        raise StorageError(path, "there is no such file; `partnership import` makes one from files of lines") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise StorageError(path, f"cannot be read: {getattr(error, 'strerror', None) or error}") from error


def opened(path: str) -> ps.Record:
    """Return the record in a file that is there: its own, or one of lines.

    Raises:
        StorageError: there is none, or it is something else.
    """
    return ps.open(path) if is_record(path) else ps.read(path)


def view_of(record: ps.Record, asked: Namespace) -> ps.View:
    """Return the record through the cut that is asked for; the record itself where none is."""
    if asked.as_of and asked.known:
        return record.as_of(on=asked.as_of, known=asked.known)
    if asked.known:
        return record.as_of(known=asked.known)
    return record.as_of(asked.as_of) if asked.as_of else record
