"""Write a sheet for people to fill in, which `read_sheet` takes: columns, allowed values, an example row, and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any, get_args, get_origin

from attrs import frozen

from partnership._atomic_write import replace_file
from partnership.errors import InvalidValue, StorageError
from partnership.io.sheet_cells import column_letters
from partnership.io.sheets import EXAMPLE, SOURCE_FIELDS, source_columns
from partnership.io.submission import REMARKS, hints_of, kinds_of
from partnership.io.table_columns import Cell
from partnership.io.table_files import new_workbook, workbook_path, write_csv
from partnership.kinds import BUILT_IN, Kinds
from partnership.model.field_docs import FieldDoc, field_docs
from partnership.model.kind import Kind
from partnership.model.value_text import name_in_words
from partnership.subjects.amendments import AMENDMENTS
from partnership.values.amounts import Count, Duration, Money, Percent
from partnership.values.sources import Certainty, Source, SourceKind
from partnership.values.text import exact, file_path, nearest
from partnership.values.when import When

EventClass = Any  # attrs and typing have no narrower type

_ROWS = 2_000
"""Rows that have drop-downs."""
_WIDTH = 18
_FLAGS = ("yes", "no")
_FORMATS: Mapping[Any, str] = {
    When: "a date: 2020-06-17, 17 June 2020, June 2020, 2020, about June 2020; or EDTF",
    date: "a day: 2020-06-17",
    Money: "a number, perhaps after 'at least' or 'about'; its currency is in the next column",
    Count: "a whole number, perhaps after 'at least', 'at most' or 'about'",
    Percent: "a number with %, perhaps after 'at least', 'at most' or 'about'",
    Duration: "an ISO 8601 duration: P5Y, P18M, P2W, P10D, PT90M",
    int: "a whole number",
    Decimal: "a number",
}
"""How values of a type are written."""
_EXAMPLES: Mapping[Any, str] = {
    When: "17 June 2020", date: "2020-06-17", Money: "at least 8130000", Count: "12", Percent: "60 %", Duration: "P5Y",
    int: "3", Decimal: "1.5", bool: "yes",
}  # fmt: skip
_EXAMPLES_OF_WORDS: Mapping[str, str] = {
    "slug": "solar-park", "slugs": "solar-park; wind-park", "party code": "VN", "party codes": "RU; VN",
    "name": "in the source's words", "names": "in the source's words", "name or number": "19th",
    "texts": "trade; energy",
}  # fmt: skip
_EXAMPLES_OF_NAMES: Mapping[str, str] = {"place": "Hanoi", "person": "Alexander Ivanov", "persons": "Alexander Ivanov"}
_SHOWN = ("on", "planned", "title", "number", "place", "host", "parties", "person", "persons", "holder", "mode")
"""Fields that have an example wherever an event has them; others only where they must be filled in."""
_OF_SOURCE: Mapping[str, tuple[str, str]] = {
    "publisher": ("who published the document", "VNA"),
    "published": (_FORMATS[When], "16 November 2020"),
    "kind": ("a word", "news"),
    "title": ("a text", "Ambassador hails ties"),
    "url": ("an address that begins with http:// or https://", "https://example.org/1"),
    "language": ("the code of a language: en, ru, vi", "en"),
    "locator": ("a page, a paragraph, a minute", "p. 3"),
    "via": ("who made the copy that was read, if it is one", "VietnamPlus"),
    "retrieved": ("a day: 2026-11-23", "2026-11-23"),
}
"""How each field of a source is written, and an example."""
_MEANINGS_OF_SOURCE: Mapping[str, str] = {
    "kind": "what kind of document it is; empty if nobody has classified it.",
    "language": "the language in which it was read.",
    "retrieved": "the day on which it was read.",
}
"""Meanings of fields of a source, where the docstring is for programmers."""
_OF_REMARK: Mapping[str, tuple[str, str, str]] = {
    "speaker": ("a name", "Alexander Ivanov", "the person whom the document quotes."),
    "certainty": ("a word", "reported", "how certain the wording is."),
    "inferred": ("names of columns, separated by semicolons", "", "the columns that you supplied, and not the source."),
    "note": ("a text", "", "your own words."),
    "shared": ("yes or no", "", "whether the entry may leave the desk."),
}
"""How each remark is written, an example, and its meaning."""


@frozen
class _TemplateColumn:
    """A column of a template, as its notes describe it."""

    name: str
    holds: str
    needed: str
    meaning: str
    example: str = ""
    allowed: tuple[str, ...] = ()
    is_list: bool = False


def write_template(
    path: str | PathLike[str], kind_or_event: str, kinds: Kinds | Iterable[Kind[Any]] = BUILT_IN
) -> None:
    """Write a sheet that a person fills in and `read_sheet` reads: a row for each claim.

    A workbook has drop-downs for values of closed lists, an example in the first row, which is not read, and a sheet of
    notes about each column. All its cells are texts, so that no spreadsheet turns "June 2020" into a day. A CSV file
    has the columns, the example, and below it what to write into each column, such as the names of the events.

    Args:
        path: the file, ``.xlsx`` or ``.csv``. An existing file is not overwritten: it may be filled in.
        kind_or_event: a kind (``"meeting"``) for columns of all its events, or the stored name of an event
            (``"meeting-held"``).
        kinds: those of the record, ``record.kinds``, or a user's own kinds, as `partnership.open` takes them.

    Raises:
        InvalidValue: there is no such kind or event, or the path ends with neither ``.xlsx`` nor ``.csv``.
        NotInstalled: a workbook is asked for and xlsxwriter is not installed.
        ReadOnly, StorageFull, StorageError: the file exists, or cannot be written.

    >>> import tempfile, pathlib
    >>> import partnership as ps
    >>> path = pathlib.Path(tempfile.mkdtemp(), "held.csv")
    >>> ps.write_template(path, "meeting-held")
    >>> path.read_text("utf-8-sig").split(",")[:4]
    ['event', 'subject', 'on', 'title']
    """
    known = kinds_of(kinds)
    columns = _template_columns(_events_of(kind_or_event, known), known)
    place = file_path(path, "give the name of a file, 'events.xlsx' or 'events.csv'")
    if not place.lower().endswith(".csv"):
        workbook_path(place)
    if Path(place).exists():
        raise StorageError(place, "exists already, and may be filled in: give another name, or remove it")
    if place.lower().endswith(".csv"):
        rows: list[list[Cell]] = [[column.example or None for column in columns], [*map(_explained, columns)]]
        write_csv([column.name for column in columns], rows, place)
    else:
        replace_file(place, _workbook(columns), b"PK\x03\x04")


def _events_of(name: object, kinds: Kinds) -> list[EventClass]:
    """Return the event of a name, or all events of a kind."""
    text = exact(name) if isinstance(name, str) else ""
    event = kinds.events.get(text)
    if event is not None:
        events = [event]
    elif text in kinds:
        kind = kinds[text].name
        events = [cls for cls in kinds.events.values() if cls.kind == kind]
    else:
        near = nearest(str(name), [*kinds.names, *kinds.events])
        known = sorted({f"{cls.kind}" for cls in kinds.events.values() if not issubclass(cls, AMENDMENTS)})
        advice = f"write {' or '.join(map(repr, near))}" if near else f"the kinds are {', '.join(known)}"
        raise InvalidValue(name, "is neither a kind nor an event here", advice)
    events = [cls for cls in events if not issubclass(cls, AMENDMENTS)]
    if not events:
        raise InvalidValue(name, "is no claim of a document", "use record.correct, retract, prefer or same_as")
    return sorted(events, key=lambda cls: cls.rank)


# ---- columns ----


def _usual(events: Sequence[EventClass], kinds: Kinds) -> EventClass:
    """Return the event for the example: the one that carries out a plan, or else the first of the kind."""
    lifecycle = kinds[events[0].kind].lifecycle
    steps = lifecycle.steps if lifecycle else {}
    plain = [event for event in events if not event.is_failure] or events
    fulfilling = [event for event in plain if event.name in steps and steps[event.name].fulfils]
    return max(fulfilling, key=lambda event: event.name.endswith("-held")) if fulfilling else plain[0]


def _explained(column: _TemplateColumn) -> str:
    """Return what to write into a column, for a row that is not read."""
    if column.name == "subject":
        return f"{EXAMPLE} {column.holds}"
    return f"one of {', '.join(column.allowed)}" if column.allowed else column.holds


def _template_columns(events: Sequence[EventClass], kinds: Kinds) -> list[_TemplateColumn]:
    names = tuple(event.name for event in events)
    first = _usual(events, kinds)
    columns = [
        _TemplateColumn("event", "what happened", "yes", "the stored name of the event.", first.name, names),
        _TemplateColumn(
            "subject",
            "a slug: lower-case letters, digits and hyphens",
            "yes",
            f"what it is about; always the same slug for one {first.kind}.",
            f"{EXAMPLE} special-{first.kind}-2020",
        ),
    ]
    fields: dict[str, list[EventClass]] = {}
    for event in (first, *(event for event in events if event is not first)):
        for name in field_docs(event):
            fields.setdefault(name, []).append(event)
    del fields["subject"]
    for name, having in fields.items():
        is_planned = name == "on" and first in fields.get("planned", ())
        columns += _field_columns(name, having, events, is_shown=first in having and not is_planned)
    source = source_columns(fields)
    for name in SOURCE_FIELDS:
        holds, example = _OF_SOURCE[name]
        allowed = get_args(SourceKind) if name == "kind" else ()
        needed = "yes, unless one source is named for all rows" if name == "publisher" else ""
        meaning = _MEANINGS_OF_SOURCE.get(name) or field_docs(Source)[name].sentence
        columns.append(_TemplateColumn(source[name], holds, needed, f"of the source: {meaning}", example, allowed))
    for name in REMARKS:
        if name not in fields:
            holds, example, meaning = _OF_REMARK[name]
            allowed = {"certainty": get_args(Certainty), "shared": _FLAGS}.get(name, ())
            columns.append(_TemplateColumn(name, holds, "", meaning, example, allowed))
    return columns


def _field_columns(
    name: str, having: Sequence[EventClass], events: Sequence[EventClass], *, is_shown: bool
) -> list[_TemplateColumn]:
    """Return the column of a field of some of the events, and those of its parts; with an example if it is shown."""
    cls = having[0]
    doc, kind = field_docs(cls)[name], hints_of(cls).get(name)
    is_list = get_origin(kind) is tuple
    inner = get_args(kind)[0] if is_list else kind
    requiring = [event.name for event in having if field_docs(event)[name].is_required]
    needed = "" if not requiring else "yes" if len(requiring) == len(events) else f"of {', '.join(requiring)}"
    allowed = doc.allowed or (_FLAGS if inner is bool else ())
    only = "" if len(having) == len(events) else f" Only of {', '.join(event.name for event in having)}."
    holds = _FORMATS.get(inner) or ("yes or no" if inner is bool else "a word" if allowed else _article(doc.type))
    if is_list:
        holds += "; several are separated by semicolons"
    is_needed = field_docs(cls)[name].is_required
    example = _example(name, doc, inner, cls.kind) if is_shown and (is_needed or name in _SHOWN) else ""
    sentence = re.sub(r"\bNone\b", "empty", doc.sentence)
    columns = [_TemplateColumn(name, holds, needed, f"{sentence}{only}".strip(), example, allowed, is_list)]
    if inner is Money and not is_list:
        meaning, example = f"the currency of `{name}`.", "USD" if example else ""
        columns.append(
            _TemplateColumn(f"{name}_currency", "an ISO 4217 code, such as USD", f"with {name}", meaning, example)
        )
    return columns


def _article(words: str) -> str:
    first = words.split(maxsplit=1)[0].rstrip(",")
    return words if first.endswith("s") or "codes" in words else f"a {words}"


def _example(name: str, doc: FieldDoc, inner: Any, kind: str) -> str:  # noqa: ANN401  a type
    if doc.allowed:
        return doc.allowed[0]
    if inner in _EXAMPLES:
        return _EXAMPLES[inner]
    if doc.kinds:
        return f"{doc.kinds[0]}:another-{doc.kinds[0]}-2020"
    if doc.type == "name" and name == "title":
        return f"ASEAN-Russia {name_in_words(kind)}"
    if doc.type in ("name", "names") and name in _EXAMPLES_OF_NAMES:
        return _EXAMPLES_OF_NAMES[name]
    return _EXAMPLES_OF_WORDS.get(
        doc.type, "meeting:another-meeting-2020" if "subject" in doc.type else "in the source's words"
    )


# ---- workbook ----


def _workbook(columns: Sequence[_TemplateColumn]) -> bytes:
    content = BytesIO()
    workbook = new_workbook(content)
    sheet, notes, values = map(workbook.add_worksheet, ("Claims", "Notes", "Values"))
    text = workbook.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    heading = workbook.add_format({"bold": True, "bottom": 1, "num_format": "@"})
    example = workbook.add_format({"italic": True, "font_color": "#777777", "num_format": "@"})
    sheet.set_column(0, len(columns) - 1, _WIDTH, workbook.add_format({"num_format": "@"}))
    for number, column in enumerate(columns):
        sheet.write_string(0, number, column.name, heading)
        if column.example:
            sheet.write_string(1, number, column.example, example)
        if column.allowed:
            _write_drop_down(sheet, values, number, column)
    sheet.freeze_panes(1, 2)
    headings = ("column", "what to write", "allowed values", "must be filled in", "meaning")
    for number, (name, width) in enumerate(zip(headings, (24, 44, 44, 24, 80), strict=True)):
        notes.write_string(0, number, name, heading)
        notes.set_column(number, number, width)
    for row, column in enumerate(columns, 1):
        meaning = column.meaning.replace("`", "")
        cells = (column.name, column.holds, ", ".join(column.allowed), column.needed, meaning)
        for number, cell in enumerate(cells):
            notes.write_string(row, number, cell, text)
    rule = f"A row whose subject begins with “{EXAMPLE}” is not read. Leave a cell empty if the source does not say it."
    notes.write_string(len(columns) + 2, 0, rule)
    notes.freeze_panes(1, 1)
    values.hide()
    workbook.close()
    return content.getvalue()


def _write_drop_down(sheet: Any, values: Any, number: int, column: _TemplateColumn) -> None:  # noqa: ANN401  untyped
    """Write the values of a closed list, and offer them in the cells of a column that holds one of them."""
    values.write_string(0, number, column.name)
    for row, word in enumerate(column.allowed, 1):
        values.write_string(row, number, word)
    letters = column_letters(number)
    source = f"=Values!${letters}$2:${letters}${len(column.allowed) + 1}"
    options = {
        "validate": "list",
        "source": source,
        "error_title": column.name,
        "error_message": "Choose from the list.",
    }
    if not column.is_list:
        sheet.data_validation(1, number, _ROWS, number, options)
