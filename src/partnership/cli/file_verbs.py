"""Verbs that read and write files: page, verify, export, import. Private entries are written only with ``--all``."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

import partnership as ps
from partnership._atomic_write import open_to_read
from partnership.cli.json_output import in_json
from partnership.cli.open_record import (
    PATH_RULE,
    import_kinds,
    is_record,
    open_existing,
    select_view,
    warn_of_unknown_events,
)
from partnership.cli.terminal_tables import Answer
from partnership.errors import InvalidValue, NotARecord, StorageError
from partnership.record.view import private_note
from partnership.storage.format_1 import is_format_1
from partnership.values.text import file_path

__all__ = ["export", "import_files", "page", "verify"]


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
    message = f"Wrote {_counted(len(written))} to {args.file}."
    return _written(message, left_out, {"file": args.file, "written": len(written)})


def _written(message: str, left_out: int, values: dict[str, Any]) -> Answer:
    return Answer((message, *([private_note(left_out)] if left_out else [])), {**values, "left_out": left_out})


def _counted(number: int, singular: str = "entry", plural: str = "entries") -> str:
    return f"1 {singular}" if number == 1 else f"{number} {plural}"


def verify(args: Namespace) -> Answer:
    """Check that a record holds what was written to it; exit code 1 where it does not."""
    if not is_record(args.record):
        raise NotARecord(args.record, "is a file of lines, and no log: verify the record into which they are read")
    head = None if args.head is None else _read_head(args.head)
    with open_existing(args) as record:
        report = record.verify(head)
    if report.problems:
        verdict = f"Not sound: {_counted(len(report.problems), 'problem', 'problems')}."
    else:
        verdict = f"Sound: {_counted(report.head.size)}, as they were written."
    lines = (verdict, *report.problems, "", *str(report.head).splitlines())
    values = {name: in_json(getattr(report, name)) for name in ("is_sound", "problems", "head", "journal")}
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
    for path in args.files:
        if is_record(path) and not is_format_1(path):
            raise NotARecord(
                path, f"is not a file of lines: `partnership export {path} FILE.jsonl` makes one of a record"
            )
    before, kinds = 0, import_kinds(args)
    if Path(file_path(args.record, PATH_RULE)).exists():
        with ps.open(args.record, kinds=kinds) as record:
            before = record.tree_head().size
    with ps.read(*args.files, into=args.record, kinds=kinds) as record:
        after = record.tree_head().size
    message = f"Added {_counted(after - before)} to {args.record}, which holds {after}."
    return Answer((message,), {"record": args.record, "added": after - before, "entries": after})
