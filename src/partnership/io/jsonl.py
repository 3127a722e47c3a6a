"""Lines: the files in which records travel, one entry a line, read by anything that reads JSON (floor 8).

The first line is the header: ``{"format":"partnership-lines","partnership":"asean-russia","version":1}``, without
``partnership`` where the record is not named. Every other line is one entry, byte for byte as a log holds it, so that
a line says who holds it true: its SHA-256, without the end of the line, is the entry's id, and that of the canonical
JSON of its ``claim`` is the claim's. Position, time of recording and recorder are a log's own and do not travel.

What editors do to ends of lines touches no entry and is passed over: a byte order mark, CRLF, empty lines, no line
feed at the end. What touches an entry, were it one blank, is refused, for it would be another entry.

Source: RFC 8259 and https://jsonlines.org; ``hard_problems.md`` 1: what is kept must be readable without us.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import partial
from os import PathLike
from typing import Any, BinaryIO

from partnership._atomic_write import open_to_read, replace_file
from partnership.engine.sharing import shareable_entries
from partnership.errors import (
    MOST_LINES,
    DifferentPartnership,
    InvalidEntry,
    InvalidLines,
    InvalidValue,
    NewerFormat,
    NotARecord,
)
from partnership.kinds import each_kind
from partnership.model.entry import Entry
from partnership.model.kind import Kind
from partnership.record.record import Record, codec_of, open, utc_now  # noqa: A004  `open` of a record, as users know it
from partnership.record.view import View
from partnership.serialization.canonical import BODY_LIMIT, canonical, digest, parse
from partnership.serialization.codec import Codec, EncodedEntry
from partnership.serialization.entry_layout import shown
from partnership.values.text import file_path, slug

__all__ = ["read", "write"]

_NAME = "partnership-lines"
_VERSION = 1
_BEGINNING = b'{"format":"partnership-lines"'
_LONGEST = 2 * BODY_LIMIT  # bytes of a line that are looked at
_MOST_EMPTY = 1_000  # lines on end
_MOST_REASONS = 20  # of one line
_RULE = (
    f'its first line must be the header, {{"format":"{_NAME}","partnership":"asean-russia","version":{_VERSION}}} or '
    "without 'partnership'; give a file that partnership.write wrote"
)


def read(
    *paths: str | PathLike[str],
    into: Record | str | PathLike[str] = ":memory:",
    partnership: str | None = None,
    clock: Callable[[], datetime] = utc_now,
    kinds: Iterable[Kind[Any]] = (),
    by: str | None = None,
) -> Record:
    """Read files of lines into a record: all of their entries or none, in whichever order the files come.

    Entries that are there already are not added again. An event that the record's table does not have is kept, and
    ``findings()`` tells of it. What corrects or retracts a claim waits for it, if that stands in no file.

    Args:
        paths: the files, one or several of one partnership.
        into: a record that is open, the path of one, or ``":memory:"`` for none.
        partnership: whose record it is; what the files say unless given.
        clock: as for `open`, as are *kinds* and *by*: for a record that is not open yet.
        kinds: a user's own kinds of subject.
        by: who records here.

    Returns:
        The record, open; that which was given, if one was.

    Raises:
        InvalidLines: lines are no entries, or were changed; with all of them, or the first 1,000. Reading also ends
            where as many lines on end are empty.
        NotARecord: a file is something else.
        NewerFormat: a later version of the library wrote it.
        DifferentPartnership: files, record and *partnership* are not of one partnership.
        StorageError: a file cannot be read, or is a pipe or a device; or the record cannot be written.
    """
    if not paths:
        raise InvalidValue(paths, "names no file", "write read('asean-russia.jsonl')")
    named = None if partnership is None else slug(partnership)
    if not isinstance(into, Record):
        kinds = each_kind(kinds)
        whose, drafts = _drafts(paths, codec_of(kinds), named)
        record = open(into, partnership=whose, clock=clock, kinds=kinds, by=by)
        try:
            record.merge_encoded(drafts)
        except BaseException:
            record.close()
            raise
        return record
    if clock is not utc_now or kinds or by is not None:
        raise InvalidValue(into, "is open already", "give clock=, kinds= and by= to partnership.open")
    if named and into.partnership not in (None, named):
        raise DifferentPartnership(str(into.partnership), named)
    _, drafts = _drafts(paths, codec_of(into.kinds.own), into.partnership or named)
    into.merge_encoded(drafts)
    return into


def _drafts(paths: Iterable[object], codec: Codec, named: str | None) -> tuple[str | None, list[EncodedEntry]]:
    """Return the partnership that files are of, and what their lines hold."""
    drafts: list[EncodedEntry] = []
    wrong: list[tuple[str, int, tuple[str, ...]]] = []
    for path in paths:
        place = _place(path)
        with open_to_read(place) as file:
            its = _partnership(_line(file).removeprefix(BOM_UTF8), place)
            if its and named and its != named:
                raise DifferentPartnership(named, its, place)
            named = named or its
            empty = 0
            for number, line in enumerate(iter(partial(_line, file), b""), 2):
                body = line.rstrip(b"\n").removesuffix(b"\r")
                empty = 0 if body else empty + 1
                try:
                    drafts += _drafted(body, codec, empty)
                except InvalidEntry as refused:
                    more = len(refused.reasons) - _MOST_REASONS
                    said = refused.reasons if more <= 0 else (*refused.reasons[:_MOST_REASONS], f"and {more} more")
                    wrong.append((place, number, said))
                if len(wrong) == MOST_LINES or empty == _MOST_EMPTY:
                    raise InvalidLines(tuple(wrong))
    if wrong:
        raise InvalidLines(tuple(wrong))
    return named, drafts


def _line(file: BinaryIO) -> bytes:
    """Return the next line of a file, with its end; of one that is far too long the beginning, without an end."""
    line = file.readline(_LONGEST)
    rest = line
    while len(rest) == _LONGEST and not rest.endswith(b"\n"):
        rest = file.readline(_LONGEST)
    return line


def _drafted(body: bytes, codec: Codec, empty: int) -> list[EncodedEntry]:
    """Return what a line holds: an entry, or nothing where it is empty."""
    if empty == _MOST_EMPTY:
        raise InvalidEntry("", (f"is empty, as are the {_MOST_EMPTY - 1} before it: reading ended here",))
    if body.startswith(_BEGINNING):
        raise InvalidEntry("", ("is the header of another file; read them one by one, read('a.jsonl', 'b.jsonl')",))
    return [codec.from_bytes(body, "")] if body else []


def _place(path: object) -> str:
    rule = "write read('one.jsonl', 'another.jsonl'), or read(*paths)" if isinstance(path, list | tuple) else ""
    return file_path(path, rule or "give the name of a file, 'asean-russia.jsonl'")


def _partnership(header: bytes, place: str) -> str | None:
    """Return the partnership that a header names, which may be none."""
    line = header.rstrip(b"\n").removesuffix(b"\r")
    if line.startswith(b"SQLite format 3\0"):
        raise NotARecord(place, "is a record's own file, or another's of SQLite: open it with partnership.open")
    try:
        value = parse(line, place)
    except InvalidEntry as refused:
        why = refused.reasons[0] if line else "its first line is empty"
        raise NotARecord(place, f"is no file of lines ({why}): {_RULE}") from None
    if type(value) is not dict or value.get("format") != _NAME:
        raise NotARecord(place, f"is no file of lines: {_RULE}")
    version = value.get("version")
    if type(version) is int and version > _VERSION:
        known = f"has version {version} of the format, and this version of the library knows {_VERSION}"
        raise NewerFormat(place, f"{known}: install a later version")
    if type(version) is not int or version != _VERSION or not value.keys() <= {"format", "partnership", "version"}:
        raise NotARecord(place, f"has a header that no version of the library wrote: {_RULE}")
    try:
        return slug(value["partnership"]) if "partnership" in value else None
    except InvalidValue as refused:
        raise NotARecord(place, f"has a header with a wrong name: {refused}") from None


def write(
    record: View | Iterable[Entry],
    path: str | PathLike[str],
    *,
    partnership: str | None = None,
    shared_only: bool = True,
) -> tuple[Entry, ...]:
    """Write entries to a file of lines, whole or not at all, in the place of one that was there.

    The same entries give the same bytes in whichever order they arrived: by the day from which they were known, then
    by source, subject and id; what the desk says of its own previous_dates stands at the end.

    Args:
        record: a record, a view of one, or entries. Of a record or a view, all that its log holds now decides what may
            leave, also what the cut leaves out; of entries, only what is marked among themselves.
        path: the file.
        partnership: whose they are; the record's own name unless given.
        shared_only: leave out what may not leave the desk: what is marked ``shared=False``, and a desk's notes that
            are not marked ``shared=True``. What mends a claim goes with it. An entry goes whole, its note with it.
            False writes all, for a desk's own copy.

    Returns:
        The entries that were written, as they stand in the file.

    Raises:
        InvalidEntry: something given is no entry, or not what its id says: nothing was written.
        Damaged: an entry of the record was changed where it lies: nothing was written.
        NotARecord: the path is that of another kind of file, which is not written over.
        DifferentPartnership: *partnership* is not the record's.
        ReadOnly, StorageFull, StorageError: the file cannot be written; what was there is as it was.
    """
    place = _place(path)
    named = record.partnership if isinstance(record, Record) else None
    if partnership is not None and named not in (None, slug(partnership)):
        raise DifferentPartnership(str(named), partnership)
    leaving = sorted(_entries(record, shared_only=shared_only), key=_by_source)
    header: dict[str, Any] = {"format": _NAME, "version": _VERSION}
    if named := named or partnership:
        header["partnership"] = named
    content = b"".join(line + b"\n" for line in (canonical(header), *(one.body for one in leaving)))
    replace_file(place, content, _BEGINNING, BOM_UTF8 + _BEGINNING)
    return tuple(leaving)


def _entries(record: object, *, shared_only: bool) -> Iterable[Entry]:
    """Return each entry once."""
    if isinstance(record, View):
        return (record.shareable() if shared_only else record).entries()
    found: dict[str, Entry] = {}
    for one in record if isinstance(record, Iterable) else (record,):
        if not isinstance(one, Entry):
            raise InvalidEntry("a file of lines", (f"{shown(one)} is no entry; give a record, a view, or entries",))
        if digest(one.body) != one.id:
            raise InvalidEntry(f"entry {one.id}", ("its bytes do not match its id",))
        found[one.id] = one
    return shareable_entries(found.values()) if shared_only else found.values()


def _by_source(entry: Entry) -> tuple[date, str, str, str]:
    return entry.known_from or date.max, str(entry.claim.source), entry.event.about, entry.id
