"""Write tables as CSV files and as workbooks that spreadsheets open; no text in a cell becomes a formula."""

from __future__ import annotations

import re
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO
from zipfile import BadZipFile, ZipFile

from partnership._atomic_write import open_to_read, replace_file
from partnership.errors import InvalidValue, NotARecord, NotInstalled
from partnership.io.formula_guard import guarded
from partnership.io.table_columns import Cell
from partnership.values.text import file_path

if TYPE_CHECKING:
    from os import PathLike

_PATH_RULE = "give the name of a file, 'overdue.csv', or an open text file"
_WORKBOOK_RULE = "give the name of a file that ends with .xlsx, 'overdue.xlsx'"
_BEGIN_OF_ZIP = b"PK\x03\x04"
_MARK = "partnership"
"""The property of a workbook that says that it is a table of this library, and may be replaced by another."""
_MOST_PROPERTIES = 100_000
_MOST_ROWS = 1_048_576
_LONGEST_CELL = 32_767
_LONGEST_LINK = 2_079
_MOST_LINKS = 65_000
_LONGEST_NAME = 31
_FIRST_DAY = date(1900, 3, 1)
"""Before it, days of workbooks are not those of the calendar: they have a 29 February 1900."""
_WIDEST, _NARROWEST = 60, 8


def is_stream(target: object) -> bool:
    """Tell whether something is an open file, and not the name of one."""
    return hasattr(target, "write")


# ---- CSV ----


def cell_text(value: Cell) -> str:
    """Return a value as a CSV file has it; a text is guarded, so that no spreadsheet takes it for a formula.

    >>> cell_text(True), cell_text(Decimal("-9.5")), cell_text("-9.5")
    ('TRUE', '-9.5', "'-9.5")
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value.isoformat() if isinstance(value, date) else f"{value:f}" if isinstance(value, Decimal) else str(value)


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]], target: str | PathLike[str] | TextIO) -> None:
    """Write a table as CSV: to a file as UTF-8 with a byte order mark, or as text into an open file.

    Raises:
        InvalidValue: the path is not a path.
        NotARecord: the path has a file that is no table with these columns; it is not overwritten.
        ReadOnly, StorageFull, StorageError: the file cannot be written. An existing file is unchanged.
    """
    import csv  # noqa: PLC0415  loaded on first use

    stream: Any = target
    is_open = is_stream(target)
    lines = StringIO()
    writer = csv.writer(lines, lineterminator="\n" if is_open else "\r\n")
    writer.writerow(map(guarded, headings))
    writer.writerows([cell_text(value) for value in row] for row in rows)
    if is_open:
        stream.write(lines.getvalue())
        return
    content = BOM_UTF8 + lines.getvalue().encode()
    replace_file(file_path(target, _PATH_RULE), content, content[: content.index(b"\r\n")])


# ---- workbooks ----


class WorkbookSheet:
    """A sheet of a new workbook of xlsxwriter, whose first row is a heading."""

    def __init__(self, workbook: Any, name: str, headings: Sequence[str]) -> None:  # noqa: ANN401  untyped
        self.sheet: Any = workbook.add_worksheet(name)
        self._formats = {
            date: workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            datetime: workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"}),
            str: workbook.add_format({"quote_prefix": True}),  # stays a text where a person edits it
        }
        heading_format = workbook.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self._widths = [len(heading) for heading in headings]
        for number, heading in enumerate(headings):
            self.sheet.write_string(0, number, heading, heading_format)
        self.sheet.freeze_panes(1, 1)

    def write_row(self, row: int, values: Sequence[Cell]) -> None:
        """Write the cells of a row; row 0 is the heading."""
        for number, value in enumerate(values):
            if value is not None:
                self._widths[number] = max(self._widths[number], len(str(value)))
                self._write(row, number, value)

    def _write(self, row: int, number: int, value: Any) -> None:  # noqa: ANN401  a cell
        if isinstance(value, bool):
            self.sheet.write_boolean(row, number, value)
        elif isinstance(value, int | Decimal):
            self.sheet.write_number(row, number, value)
        elif isinstance(value, date) and (value.date() if isinstance(value, datetime) else value) >= _FIRST_DAY:
            moment = value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value
            self.sheet.write_datetime(row, number, moment, self._formats[type(value)])
        else:
            text = value.isoformat() if isinstance(value, date) else value
            text = text if len(text) <= _LONGEST_CELL else f"{text[: _LONGEST_CELL - 1]}…"
            style = self._formats[str] if guarded(text) != text else None
            self.sheet.write_string(row, number, text, style)

    def write_link(self, row: int, number: int, url: str) -> None:
        """Write an address as a link, where a spreadsheet can hold one more."""
        if url.startswith(("https://", "http://")) and len(url) <= _LONGEST_LINK and row <= _MOST_LINKS:
            self.sheet.write_url(row, number, url, string=url)

    def fit(self) -> None:
        """Make every column as wide as its texts, within bounds."""
        for number, width in enumerate(self._widths):
            self.sheet.set_column(number, number, min(max(width + 2, _NARROWEST), _WIDEST))


def new_workbook(content: BytesIO) -> Any:  # noqa: ANN401  untyped
    """Return a new workbook, whose bytes are in *content* once it is closed. The same cells give the same bytes.

    Raises:
        NotInstalled: xlsxwriter is not installed.
    """
    try:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]  # noqa: PLC0415  optional
    except ImportError:
        raise NotInstalled("xlsxwriter", "sheets") from None
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = Workbook(content, options)
    workbook.set_properties({"created": datetime(1980, 1, 1)})  # noqa: DTZ001  as its zip has it
    return workbook


def workbook_path(path: object) -> str:
    """Return the path of a workbook.

    Raises:
        InvalidValue: it is not a path, or does not end with ``.xlsx``.
    """
    place = file_path(path, _WORKBOOK_RULE)
    if not place.lower().endswith(".xlsx"):
        raise InvalidValue(place, "is not the name of a workbook", _WORKBOOK_RULE)
    return place


def write_workbook(
    name: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]], path: str | PathLike[str]
) -> None:
    """Write a table as a workbook with one sheet.

    Raises:
        InvalidValue: the path is not that of a workbook, or a sheet cannot hold so many rows.
        NotARecord: the path has a file that is no workbook written by this function; it is not overwritten.
        NotInstalled: xlsxwriter is not installed.
        ReadOnly, StorageFull, StorageError: the file cannot be written. An existing file is unchanged.
    """
    place, content = workbook_path(path), BytesIO()
    if len(rows) >= _MOST_ROWS:
        rule = f"a sheet has {_MOST_ROWS:,} rows at most: write CSV, or fewer rows"
        raise InvalidValue(len(rows), "are too many rows for a workbook", rule)
    _require_own(place)
    workbook = new_workbook(content)
    workbook.set_custom_property(_MARK, "table")
    sheet = WorkbookSheet(workbook, re.sub(r"[\[\]:*?/\\']", "-", name)[:_LONGEST_NAME], headings)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, row)
        for column, heading in enumerate(headings):
            if heading == "url" and isinstance(row[column], str):
                sheet.write_link(number, column, str(row[column]))
    sheet.sheet.autofilter(0, 0, len(rows), len(headings) - 1)
    sheet.fit()
    workbook.close()
    replace_file(place, content.getvalue(), _BEGIN_OF_ZIP)


def _require_own(place: str) -> None:
    """Refuse to replace a workbook that is no table of this library, such as a template that somebody has filled in."""
    if not Path(place).is_file() or not Path(place).stat().st_size:
        return
    properties = b""
    with (
        suppress(BadZipFile, NotImplementedError, RuntimeError, EOFError, KeyError, zlib.error),
        open_to_read(place) as file,
        ZipFile(file) as archive,
        archive.open("docProps/custom.xml") as part,
    ):
        properties = part.read(_MOST_PROPERTIES)
    if f'name="{_MARK}"'.encode() not in properties:
        rule = "give another name, or move it away"
        raise NotARecord(place, f"is no workbook that this library wrote, and is not overwritten: {rule}")
