"""JSON Lines: the files in which entries are exchanged, one entry on a line.

The first line is the header: ``{"format":"partnership-lines","partnership":"asean-russia","version":1}``, without
``partnership`` if the record has no name. Every other line is one entry, byte for byte as a log stores it, so anybody
can check it: the SHA-256 of the line, without its end, is the entry's id, and that of the canonical JSON of its
``claim`` is the claim's id. Position, time of recording and recorder belong to one log and are not in the file.

Changes that editors make to line ends are accepted: a byte order mark, CRLF, empty lines, no line feed at the end. A
change within an entry, even of one space, is refused, since it would be another entry.

Sources: RFC 8259, https://jsonlines.org.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Sequence
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
from partnership.record.record import Record, codec_of, open, utc_now  # noqa: A004  users write `partnership.open`
from partnership.record.view import View
from partnership.serialization.canonical import BODY_LIMIT, canonical, digest, parse
from partnership.serialization.codec import Codec, EncodedEntry
from partnership.serialization.entry_layout import shown
from partnership.storage.format_1 import is_format_1, read_format_1
from partnership.values.text import file_path, slug

Recorded = tuple[datetime, str | None]
"""When and by whom an entry was recorded."""

_NAME = "partnership-lines"
_VERSION = 1
_BEGINNING = b'{"format":"partnership-lines"'
_MAX_LINE = 2 * BODY_LIMIT  # bytes; the rest of a longer line is skipped
_MAX_EMPTY = 1_000  # consecutive empty lines
_MAX_REASONS = 20  # for one line
_RULE = (
    f'its first line must be a header, as {{"format":"{_NAME}","partnership":"asean-russia","version":{_VERSION}}}; '
    "give a file that partnership.write or `partnership export` wrote"
)


def read(
    *paths: str | PathLike[str],
    into: Record | str | PathLike[str] = ":memory:",
    partnership: str | None = None,
    clock: Callable[[], datetime] = utc_now,
    kinds: Iterable[Kind[Any]] = (),
    by: str | None = None,
) -> Record:
    """Read JSON Lines files into a record: all of their entries or, after an error, none.

    The order of the files does not matter, and entries that the record has already are not added again. An event of an
    unknown kind is stored, and ``findings()`` reports it. An amendment of a claim that is in no file is stored, and
    takes effect when the claim is added.

    A record's own file of format 1, which is not opened any more, is read as well. A record without entries takes over
    when and by whom each entry of such a file was recorded, and so has the same tree head.

    Args:
        paths: one or several files of one partnership.
        into: an open record, the path of a record, or ``":memory:"``.
        partnership: name of the partnership; by default that in the files.
        clock: as for `open`; only for a record that is not open yet, as *kinds* and *by*.
        kinds: a user's own kinds of subject.
        by: the recorder.

    Returns:
        The open record; *into* itself if it is one.

    Raises:
        InvalidLines: lines are not entries or were changed; with all of them, or the first 1,000. Reading also stops
            after 1,000 consecutive empty lines.
        NotARecord: a file is something else.
        NewerFormat: a later version of the library wrote a file.
        DifferentPartnership: files, record and *partnership* have different names.
        StorageError: a file cannot be read, or is a pipe or a device; or the record cannot be written.
    """
    if not paths:
        raise InvalidValue(paths, "names no file", "write read('asean-russia.jsonl')")
    name = None if partnership is None else slug(partnership)
    if not isinstance(into, Record):
        kinds = each_kind(kinds)
        name, drafts, recorded = _drafts(paths, codec_of(kinds), name)
        record = open(into, partnership=name, clock=clock, kinds=kinds, by=by)
        try:
            _add(record, drafts, recorded)
        except BaseException:
            record.close()
            raise
        return record
    if clock is not utc_now or kinds or by is not None:
        raise InvalidValue(into, "is open already", "give clock=, kinds= and by= to partnership.open")
    if name and into.partnership not in (None, name):
        raise DifferentPartnership(str(into.partnership), name)
    _, drafts, recorded = _drafts(paths, codec_of(into.kinds.own), into.partnership or name)
    _add(into, drafts, recorded)
    return into


def _add(record: Record, drafts: Sequence[EncodedEntry], recorded: Sequence[Recorded]) -> None:
    """Add entries; with the times and recorders of a single file that has them, if the record has no other entries."""
    count = record.tree_head().size
    ids = [entry.id for entry in record.entries()] if recorded and count <= len(recorded) == len(drafts) else None
    if ids == [draft.id for draft in drafts[:count]]:
        record.take_over(drafts[count:], recorded[count:])
    else:
        record.merge_encoded(drafts)


def _drafts(
    paths: Iterable[object], codec: Codec, name: str | None
) -> tuple[str | None, list[EncodedEntry], list[Recorded]]:
    """Return the name of the partnership of some files, their entries, and when and by whom those were recorded."""
    drafts: list[EncodedEntry] = []
    recorded: list[Recorded] = []
    invalid: list[tuple[str, int, tuple[str, ...]]] = []
    for path in paths:
        place = _place(path)
        if is_format_1(place):
            name_in_file, stored = read_format_1(place)
            name = _same_name(name, name_in_file, place)
            drafts += [codec.from_bytes(entry.body, f"{place}, entry {at}") for at, entry in enumerate(stored, 1)]
            recorded += [(entry.recorded_at, entry.by) for entry in stored]
            continue
        with open_to_read(place) as file:
            name_in_file = _partnership(_line(file).removeprefix(BOM_UTF8), place)
            name = _same_name(name, name_in_file, place)
            empty = 0
            for number, line in enumerate(iter(partial(_line, file), b""), 2):
                body = line.rstrip(b"\n").removesuffix(b"\r")
                empty = 0 if body else empty + 1
                try:
                    drafts += _entries_of_line(body, codec, empty)
                except InvalidEntry as error:
                    more = len(error.reasons) - _MAX_REASONS
                    reasons = error.reasons if more <= 0 else (*error.reasons[:_MAX_REASONS], f"and {more} more")
                    invalid.append((place, number, reasons))
                if len(invalid) == MOST_LINES or empty == _MAX_EMPTY:
                    raise InvalidLines(tuple(invalid))
    if invalid:
        raise InvalidLines(tuple(invalid))
    return name, drafts, recorded


def _same_name(name: str | None, name_in_file: str | None, place: str) -> str | None:
    if name_in_file and name and name_in_file != name:
        raise DifferentPartnership(name, name_in_file, place)
    return name or name_in_file


def _line(file: BinaryIO) -> bytes:
    """Return the next line of a file with its line end; of a line that is far too long, the beginning."""
    line = file.readline(_MAX_LINE)
    rest = line
    while len(rest) == _MAX_LINE and not rest.endswith(b"\n"):
        rest = file.readline(_MAX_LINE)
    return line


def _entries_of_line(body: bytes, codec: Codec, empty: int) -> list[EncodedEntry]:
    """Return the entry on a line, or nothing if the line is empty."""
    if empty == _MAX_EMPTY:
        raise InvalidEntry("", (f"is empty, as are the {_MAX_EMPTY - 1} before it: reading ended here",))
    if body.startswith(_BEGINNING):
        raise InvalidEntry("", ("is the header of another file; read them one by one, read('a.jsonl', 'b.jsonl')",))
    return [codec.from_bytes(body, "")] if body else []


def _place(path: object) -> str:
    rule = "write read('one.jsonl', 'another.jsonl'), or read(*paths)" if isinstance(path, list | tuple) else ""
    return file_path(path, rule or "give the name of a file, 'asean-russia.jsonl'")


def _partnership(header: bytes, place: str) -> str | None:
    """Return the name of the partnership in a header, if it has one."""
    line = header.rstrip(b"\n").removesuffix(b"\r")
    if line.startswith(b"SQLite format 3\0"):
        raise NotARecord(place, "is a record's own file, or another's of SQLite: open it with partnership.open")
    try:
        value = parse(line, place)
    except InvalidEntry as error:
        why = error.reasons[0] if line else "its first line is empty"
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
    except InvalidValue as error:
        raise NotARecord(place, f"has a header with a wrong name: {error}") from None


def write(
    record: View | Iterable[Entry],
    path: str | PathLike[str],
    *,
    partnership: str | None = None,
    shared_only: bool = True,
) -> tuple[Entry, ...]:
    """Write entries to a JSON Lines file, as a whole or not at all. An existing file of this kind is replaced.

    The same entries give the same bytes in whichever order they arrived: they are sorted by the day from which they
    were known, then by source, subject and id, with the recorder's own amendments, which have no day, at the end.

    Args:
        record: a record, a view, or entries. For a record or view, all entries of its log decide what is private, also
            those outside of the view's scope; for entries, only marks among themselves.
        path: the file.
        partnership: name of the partnership; by default that of the record.
        shared_only: leave out private entries: those marked ``shared=False``, and desk notes not marked
            ``shared=True``. Amendments follow the claim that they amend, and an entry is written with its note. False
            writes all entries, for a copy of one's own.

    Returns:
        The entries that were written, in the order of the file.

    Raises:
        InvalidEntry: something given is not an entry, or does not match its id. Nothing is written.
        Damaged: an entry of the record was changed in its store. Nothing is written.
        NotARecord: the path has another kind of file; it is not overwritten.
        DifferentPartnership: *partnership* is not that of the record.
        ReadOnly, StorageFull, StorageError: the file cannot be written. An existing file is unchanged.
    """
    place = _place(path)
    name = record.partnership if isinstance(record, Record) else None
    if partnership is not None and name not in (None, slug(partnership)):
        raise DifferentPartnership(str(name), partnership)
    written = sorted(_entries(record, shared_only=shared_only), key=_by_source)
    header: dict[str, Any] = {"format": _NAME, "version": _VERSION}
    if name := name or partnership:
        header["partnership"] = name
    content = b"".join(line + b"\n" for line in (canonical(header), *(entry.body for entry in written)))
    replace_file(place, content, _BEGINNING, BOM_UTF8 + _BEGINNING)
    return tuple(written)


def _entries(record: object, *, shared_only: bool) -> Iterable[Entry]:
    """Return the entries to write, without duplicates."""
    if isinstance(record, View):
        return (record.shareable() if shared_only else record).entries()
    entries: dict[str, Entry] = {}
    for entry in record if isinstance(record, Iterable) else (record,):
        if not isinstance(entry, Entry):
            reason = f"{shown(entry)} is not an entry; give a record, a view, or entries"
            raise InvalidEntry("a file of lines", (reason,))
        if digest(entry.body) != entry.id:
            raise InvalidEntry(f"entry {entry.id}", ("its bytes do not match its id",))
        entries[entry.id] = entry
    return shareable_entries(entries.values()) if shared_only else entries.values()


def _by_source(entry: Entry) -> tuple[date, str, str, str]:
    return entry.known_from or date.max, str(entry.claim.source), entry.event.about, entry.id
