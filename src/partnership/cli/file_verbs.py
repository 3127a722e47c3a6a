"""The verbs that read and write files: page, verify, export, import. Nothing leaves the desk that must stay there."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

import partnership as ps
from partnership._atomic_write import query
from partnership.cli.json_output import in_json
from partnership.cli.open_record import RULE, is_record, kinds_of, opened, view_of
from partnership.cli.terminal_tables import Answer
from partnership.errors import InvalidValue, NotARecord, StorageError
from partnership.record.view import private_note
from partnership.values.text import file_path

__all__ = ["export", "page", "take_in", "verify"]


def page(asked: Namespace) -> Answer:
    """Write a page that can be mailed."""
    with opened(asked) as record:
        result = view_of(record, asked).page(asked.file, title=asked.title)
    return _written(f"Wrote {asked.file}.", result.left_out, {"file": asked.file})


def export(asked: Namespace) -> Answer:
    """Write the entries as a file of lines."""
    with opened(asked) as record:
        view = view_of(record, asked)
        written = ps.write(view, asked.file, partnership=record.partnership, shared_only=not asked.all)
        left_out = len(view.entries()) - len(written)
    told = f"Wrote {_counted(len(written))} to {asked.file}."
    return _written(told, left_out, {"file": asked.file, "written": len(written)})


def _written(told: str, left_out: int, values: dict[str, Any]) -> Answer:
    return Answer((told, *([private_note(left_out)] if left_out else [])), {**values, "left_out": left_out})


def _counted(many: int, one: str = "entry", several: str = "entries") -> str:
    return f"1 {one}" if many == 1 else f"{many} {several}"


def verify(asked: Namespace) -> Answer:
    """Check that a record holds what was written to it; code 1 where it does not."""
    if not is_record(asked.record):
        raise NotARecord(asked.record, "is a file of lines, and no log: verify the record into which they are read")
    head = None if asked.head is None else _kept_head(asked.head)
    with opened(asked) as record:
        found = record.verify(head)
    verdict = f"Sound: {_counted(found.head.size)}, as they were written."
    problems = _counted(len(found.problems), "problem", "problems")
    told = (f"Not sound: {problems}.", *found.problems) if found.problems else (verdict,)
    values = {name: in_json(getattr(found, name)) for name in ("is_sound", "problems", "head", "journal")}
    return Answer((*told, "", *str(found.head).splitlines()), values, code=0 if found.is_sound else 1)


def _kept_head(path: str) -> ps.TreeHead:
    """Return the head that was kept in a file: its last three lines, as `verify` prints them."""
    path = file_path(path, RULE)
    try:
        with query(path) as file:
            lines = file.read().decode().split()
        return ps.TreeHead.parse("\n".join(lines[-3:]))
    except InvalidValue as refused:
        raise StorageError(
            path, "does not end with the head of a log: give what `partnership verify` printed"
        ) from refused


def take_in(asked: Namespace) -> Answer:
    """Read files of lines into a record: all or none."""
    for path in asked.files:
        if is_record(path):
            raise NotARecord(path, f"is no file of lines: `partnership export {path} FILE.jsonl` makes one of a record")
    before, kinds = 0, kinds_of(asked)
    if Path(file_path(asked.record, RULE)).exists():
        with ps.open(asked.record, kinds=kinds) as record:
            before = record.tree_head().size
    with ps.read(*asked.files, into=asked.record, kinds=kinds) as record:
        after = record.tree_head().size
    told = f"Added {_counted(after - before)} to {asked.record}, which holds {after}."
    return Answer((told,), {"record": asked.record, "added": after - before, "entries": after})
