"""Verbs that read and write files: page, export, cite, link, backup, verify, import. Others get no private entry."""

from __future__ import annotations

import sys
from argparse import Namespace
from contextlib import ExitStack
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any

import partnership as ps
from partnership._atomic_write import open_to_read
from partnership.cli.open_record import (
    PATH_RULE,
    exists,
    import_kinds,
    is_address,
    is_piped,
    is_record,
    open_existing,
    place_of,
    select_view,
    warn_of_unknown_events,
)
from partnership.cli.terminal_tables import Answer
from partnership.errors import InvalidLines, InvalidValue, NotARecord, StorageError
from partnership.io.dicts import to_dict
from partnership.record.view import private_note
from partnership.storage.format_1 import is_format_1
from partnership.values.display import counted
from partnership.values.text import file_path


def page(args: Namespace) -> Answer:
    """Write a record as an HTML page."""
    with open_existing(args) as record:
        view = select_view(record, args)
        warn_of_unknown_events(view)
        result = view.page(args.file, title=args.title)
    return _written(f"Wrote {args.file}.", result.left_out, {"file": args.file})


def export(args: Namespace) -> Answer:
    """Write the entries of a record as JSON Lines."""
    with open_existing(args) as record:
        view = select_view(record, args)
        written = ps.write(view, args.file, partnership=record.partnership, shared_only=not args.all)
        left_out = len(view.entries()) - len(written)
    message = f"Wrote {counted(len(written), 'entry', 'entries')} to {args.file}."
    return _written(message, left_out, {"file": args.file, "written": len(written)})


def cite(args: Namespace) -> Answer:
    """Write the sources of a record as BibTeX or CSL-JSON."""
    with open_existing(args) as record:
        written = ps.write_citations(select_view(record, args), args.file)
    message = f"Wrote {counted(written.count, 'source', 'sources')} to {args.file}."
    return _written(message, written.left_out, {"file": args.file, "written": written.count})


def link(args: Namespace) -> Answer:
    """Write a record as linked data."""
    with open_existing(args) as record:
        written = ps.write_linked_data(select_view(record, args), args.file, args.base)
    message = f"Wrote {counted(written.count, written.singular, written.plural)} to {args.file}."
    return _written(message, written.left_out, {"file": args.file, "written": written.count})


def backup(args: Namespace) -> Answer:
    """Write a faithful copy of a record, private entries included."""
    if not is_address(args.record) and not is_record(args.record):
        raise NotARecord(args.record, "is a file of lines: copy the file")
    with open_existing(args) as record:
        head = record.backup(args.file, replace=args.replace)
    message = f"Copied {counted(head.size, 'entry', 'entries')} to {args.file}, private ones too. The head of its log:"
    return Answer((message, "", *str(head).splitlines()), {"file": args.file, "head": to_dict(head)})


def _written(message: str, left_out: int, values: dict[str, Any]) -> Answer:
    return Answer((message, *([private_note(left_out)] if left_out else [])), {**values, "left_out": left_out})


def verify(args: Namespace) -> Answer:
    """Check that a record holds what was written to it; exit code 1 where it does not."""
    if not is_address(args.record) and not is_record(args.record):
        raise NotARecord(args.record, "is a file of lines, and no log: verify the record into which they are read")
    head = None if args.head is None else _read_head(args.head)
    with open_existing(args) as record:
        report = record.verify(head)
    if report.problems:
        verdict = f"Not sound: {counted(len(report.problems), 'problem', 'problems')}."
    else:
        verdict = f"Sound: {counted(report.head.size, 'entry', 'entries')}, as they were written."
    lines = (verdict, *report.problems, "", *str(report.head).splitlines())
    values = {name: to_dict(getattr(report, name)) for name in ("is_sound", "problems", "head", "journal")}
    return Answer(lines, values, exit_code=0 if report.is_sound else 1)


def _read_head(path: str) -> ps.TreeHead:
    """Return the tree head in the last three lines of a file, as `verify` prints them."""
    path = file_path(path, PATH_RULE)
    try:
        with open_to_read(path) as file:
            lines = file.read().decode().split()
        return ps.TreeHead.parse("\n".join(lines[-3:]))
    except InvalidValue as error:
        raise StorageError(
            path, "does not end with the head of a log: give what `partnership verify` printed"
        ) from error


def import_files(args: Namespace) -> Answer:
    """Add the entries of JSON Lines files, or of a record of format 1, to a record, all or none."""
    with ExitStack() as stack:
        piped: dict[str, str] = {}  # the file to which standard input was copied, and its name
        paths = [_copied(stack, piped, path) if is_piped(path) else path for path in args.files]
        try:
            for path in paths:
                if is_record(path, is_imported=True) and not is_format_1(path):
                    advice = f"`partnership export {piped.get(path, path)} FILE.jsonl` makes one of a record"
                    raise NotARecord(path, f"is not a file of lines: {advice}")
            before, after = _read_into(args, paths)
        except InvalidLines as error:
            lines = tuple((piped.get(path, path), number, reasons) for path, number, reasons in error.lines)
            raise InvalidLines(lines) from None
        except StorageError as error:
            raise type(error)(piped.get(error.path, error.path), error.reason) from error
    message = f"Added {counted(after - before, 'entry', 'entries')} to {place_of(args)}, which holds {after:,}."
    return Answer((message,), {"record": place_of(args), "added": after - before, "entries": after})


def _copied(stack: ExitStack, piped: dict[str, str], path: str) -> str:
    """Copy standard input into a temporary file, since files of lines are read more than once; return its path."""
    if piped:
        raise InvalidValue(path, "is read twice", "name standard input once")
    folder = Path(stack.enter_context(TemporaryDirectory()))
    copy = folder / "standard-input"
    with copy.open("wb") as file:
        copyfileobj(sys.stdin.buffer, file)
    piped[str(copy)] = "standard input"
    return str(copy)


def _read_into(args: Namespace, paths: list[str]) -> tuple[int, int]:
    """Read files of lines into a record, and return how many entries it had and has."""
    kinds, partnership = import_kinds(args), args.partnership
    before = 0
    if exists(args):
        with ps.open(args.record, partnership=partnership, kinds=kinds) as record:
            before = record.tree_head().size
    with ps.read(*paths, into=args.record, partnership=partnership, kinds=kinds) as record:
        return before, record.tree_head().size
