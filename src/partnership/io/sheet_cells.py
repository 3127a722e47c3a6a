"""The cells of a sheet: CSV in the forms in which Excel writes it, and workbooks (.xlsx, .ods), within limits.

A workbook is a zip, whose few bytes may unpack to many and whose one cell may lie in the last row and column. Both are
measured before the parser sees it.
"""

from __future__ import annotations

import re
import zipfile
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from partnership._atomic_write import open_to_read
from partnership.errors import InvalidValue, NotARecord, NotInstalled, Setting
from partnership.io.formula_guard import unguarded
from partnership.values.text import file_path

_PATH_RULE = "give the name of a sheet, 'events.xlsx' or 'events.csv'"
_MOST_BYTES = 50 * 2**20
_MOST_MEMBERS = 1000
_MOST_RATIO = 100
_SMALL = 2**20
"""Bytes of a member of a zip up to which it may be packed more tightly."""
_MOST_CELLS = 2_000_000
_BEGIN_OF_ZIP = b"PK\x03\x04"
_TAG = re.compile(rb"<(?:[\w.-]+:)?(row|c)(?=[\s/>])((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_REFERENCE = re.compile(rb"(?:^|\s)r\s*=\s*[\"']([A-Za-z]{0,3})([0-9]{1,7})[\"']")
_NO_TAG = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_ANY_TAG = re.compile(rb"<(/?)([^\s<>/!?]+)(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*?(/?)>")
_ERROR = re.compile(
    rb"<(?:[\w.-]+:)?c(?=[^>]*\st=[\"']e[\"'])([^>]*)>"
    rb"(?:<(?:[\w.-]+:)?f(?:\s[^>]*)?(?:/>|>[^<]*</[^>]*>))?<(?:[\w.-]+:)?v>(#[^<]{1,20})<"
)
_NUMBER_FORMAT = re.compile(rb"<(?:[\w.-]+:)?numFmt\s([^>]*)>")
_STYLE = re.compile(rb"<(?:[\w.-]+:)?xf\s([^>]*)>")
_CELL_STYLE = re.compile(rb"(?:^|\s)s\s*=\s*[\"']([0-9]+)[\"']")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')
"""What a format of numbers shows as it is, or does not show: texts in quotation marks, conditions, single letters."""
_MONTH_FORMAT = "17"  # which needs no definition, as ECMA-376 says: mmm-yy
_ODS_TAG = re.compile(
    rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>"
)
_REPEATED = re.compile(rb"table:number-(?:rows|columns)-repeated\s*=\s*[\"']([0-9]+)[\"']")
_NO_SHEET = "is neither CSV nor a workbook of the form .xlsx or .ods, or has a password: save it as one of these"


def column_letters(number: int) -> str:
    """Return the letters of a column, of which the first has the number 0.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """Return the address of a cell; the first row has the number 1, the first column 0.

    >>> address(7, 2)
    'C7'
    """
    return f"{column_letters(column)}{row}"


def read_cells(path: object, sheet: str | None = None) -> list[list[Any]]:
    """Return the cells of a sheet by row, from its first row and column on. An empty cell is None.

    Args:
        path: the file: a workbook if it begins as one, and CSV otherwise.
        sheet: the name of the sheet in a workbook that has several. Hidden ones and those of a template count for none.

    Raises:
        InvalidValue: the path is not a path, or the workbook has no such sheet, or several and none is named.
        NotARecord: it is no sheet, its text is not in UTF-8 or UTF-16, or it is over a limit.
        NotInstalled: a workbook is given and python-calamine is not installed.
        StorageError: it cannot be read.
    """
    place = file_path(path, _PATH_RULE)
    with open_to_read(place) as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise NotARecord(place, f"has over {_MOST_BYTES // 2**20} MiB: split it")
    if content.startswith(_BEGIN_OF_ZIP):
        return _workbook_cells(place, content, sheet)
    if sheet is not None:
        raise InvalidValue(sheet, "names a sheet, and a CSV file has only one", "name none")
    return _csv_cells(place, content)


# ---- CSV ----


def _csv_cells(place: str, content: bytes) -> list[list[Any]]:
    import csv  # noqa: PLC0415  loaded on first use

    text = _decoded(place, content)
    delimiter, text = _delimiter(text)
    rows: list[list[Any]] = []
    count = 0
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True):
            count += len(row) or 1
            if count > _MOST_CELLS:
                raise NotARecord(place, f"has over {_MOST_CELLS:,} cells: split it")
            rows.append([unguarded(cell) if cell.strip() else None for cell in row])
    except csv.Error as error:
        raise NotARecord(place, f"is not CSV from row {len(rows) + 1} on ({error}): save it as CSV UTF-8") from None
    return rows


def _decoded(place: str, content: bytes) -> str:
    """Return the text of a CSV file."""
    rule = 'in Excel, save it as "CSV UTF-8", or give the workbook itself'
    encoding = "utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        if content.startswith(b"\xd0\xcf\x11\xe0"):  # an older workbook, or one with a password
            raise NotARecord(place, _NO_SHEET) from None
        line = content[: error.start].count(b"\n") + 1
        raise NotARecord(place, f"is not in UTF-8 (line {line}): {rule}") from None
    if "\0" in text:
        raise NotARecord(place, _NO_SHEET)
    return text


def _delimiter(text: str) -> tuple[str, str]:
    """Return what separates the cells, as Excel says or as the first line has it most, and the text of the cells."""
    if found := re.match(r"sep=([,;\t|])\r?\n", text):
        return found[1], text[found.end() :]
    first = next((line for line in islice(StringIO(text), 100) if line.strip()), "")
    unquoted = re.sub('"[^"]*"', "", first)
    return max(",;\t", key=unquoted.count), text


# ---- workbooks ----


def _workbook_cells(place: str, content: bytes, sheet: str | None) -> list[list[Any]]:
    _require_within_limits(place, content)
    try:
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  optional
    except ImportError:
        raise NotInstalled("python-calamine", "sheets") from None
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        if not workbook.sheet_names:
            raise NotARecord(place, "is a workbook without a sheet")
        name = _sheet_name(workbook, sheet)
        rows: list[list[Any]] = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise NotARecord(place, f"is not a workbook that can be read ({error}): save it as .xlsx") from None
    errors, coarse_dates = _shown_otherwise(content, name)
    for row, column, shown in errors:
        if 0 < row <= len(rows) and 0 < column <= len(rows[row - 1]):
            rows[row - 1][column - 1] = shown  # which the parser takes for empty
    for row, column, begins in coarse_dates:
        if 0 < row <= len(rows) and 0 < column <= len(rows[row - 1]):
            cell = rows[row - 1][column - 1]
            if isinstance(cell, date) and f"{cell:%m-%d}".endswith(begins):
                rows[row - 1][column - 1] = f"{cell:%Y-%m-%d}".removesuffix(f"-{begins}")
    return [
        [None if cell == "" or (isinstance(cell, str) and not cell.strip()) else cell for cell in row] for row in rows
    ]


def _sheet_name(workbook: Any, sheet: str | None) -> str:  # noqa: ANN401  untyped
    """Return the name of the sheet to read: the one that is named, or the only one that a person would fill."""
    names: list[str] = workbook.sheet_names
    if sheet is not None:
        if sheet not in names:
            raise InvalidValue(sheet, "is not a sheet of the workbook", f"write {' or '.join(map(repr, names))}")
        return sheet
    hidden = {one.name for one in workbook.sheets_metadata if not str(one.visible).endswith(".Visible")}
    candidates = [name for name in names if name not in ("Notes", "Values") and name not in hidden]
    filled = [name for name in candidates or names if workbook.get_sheet_by_name(name).height]
    if len(filled) > 1:
        setting = Setting("read them one by one, and say which", "sheet", filled[0])
        raise InvalidValue(", ".join(filled), "are several sheets", "", setting)
    return (filled or names)[0]


_Cells = list[tuple[int, int, str]]
"""Cells by row and column, with a text for each."""


def _shown_otherwise(content: bytes, sheet: str) -> tuple[_Cells, _Cells]:
    """Return the cells of a sheet of an .xlsx that show something else than the parser returns.

    Returns:
        Those that show an error, with the error, such as "#REF!"; and those whose dates show no day, with the end of a
        date that a spreadsheet adds to a month, "01", or to a year, "01-01".
    """
    with zipfile.ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
            return [], []
        styles = _coarse_styles(archive.read("xl/styles.xml")) if "xl/styles.xml" in names else {}
        parts = {_attribute(tag, b"Id"): _attribute(tag, b"Target") for tag in _tags(archive, "Relationship")}
        sheets = [tag for tag in _tags(archive, "sheet") if _attribute(tag, b"name") == sheet]
        targets = [parts.get(_attribute(tag, b"id"), "") for tag in sheets]
        paths = [target.removeprefix("/") if target.startswith("/") else f"xl/{target}" for target in targets]
        cells = b"".join(archive.read(path) for path in paths if path in names)
    return [*_errors_in(cells)], [*_cells_of_styles(cells, styles)]


def _tags(archive: zipfile.ZipFile, tag: str) -> list[bytes]:
    """Return the attributes of all tags of a name in the part of a workbook that lists its sheets, or their parts."""
    part = archive.read("xl/workbook.xml" if tag == "sheet" else "xl/_rels/workbook.xml.rels")
    return re.findall(rb"<(?:[\w.-]+:)?" + tag.encode() + rb"\s([^>]*)>", part)


def _attribute(tag: bytes, name: bytes) -> str:
    from html import unescape  # noqa: PLC0415  loaded on first use

    found = re.search(rb"(?:^|[\s:])" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag)
    return unescape((found[1] or found[2] or b"").decode("utf-8", "replace")) if found else ""


def _errors_in(part: bytes) -> Iterator[tuple[int, int, str]]:
    for found in _ERROR.finditer(part):
        if reference := _REFERENCE.search(found[1]):
            yield int(reference[2]), _column_number(reference[1]), found[2].decode("ascii", "replace")


def _coarse_styles(part: bytes) -> dict[bytes, str]:
    """Return by number the styles of cells whose dates show a month, "01", or a year alone, "01-01"."""
    formats = {_attribute(tag, b"numFmtId"): _attribute(tag, b"formatCode") for tag in _NUMBER_FORMAT.findall(part)}
    formats.setdefault(_MONTH_FORMAT, "mmm-yy")
    _, _, styles = part.partition(b"cellXfs")
    numbers = [_attribute(tag, b"numFmtId") for tag in _STYLE.findall(styles.partition(b"cellXfs>")[0])]
    coarse = {str(place).encode(): _not_shown(formats.get(number, "")) for place, number in enumerate(numbers)}
    return {style: ending for style, ending in coarse.items() if ending}


def _not_shown(number_format: str) -> str:
    """Return the end of a date that cells of a format do not show: "01" of a month, "01-01" of a year.

    >>> _not_shown("mmm-yy"), _not_shown("yyyy"), _not_shown('d "May" yyyy')
    ('01', '01-01', '')
    """
    shown = {*_LITERAL.sub("", number_format.partition(";")[0].lower())}
    if "y" not in shown or shown & {*"dhs"}:
        return ""
    return "01" if "m" in shown else "01-01"


def _cells_of_styles(part: bytes, styles: Mapping[bytes, str]) -> Iterator[tuple[int, int, str]]:
    """Yield the cells of a sheet that have one of some styles, with what these say."""
    for tag, attributes, _ in _TAG.findall(part) if styles else ():
        style, reference = _CELL_STYLE.search(attributes), _REFERENCE.search(attributes)
        if tag == b"c" and style and reference and style[1] in styles:
            yield int(reference[2]), _column_number(reference[1]), styles[style[1]]


def _column_number(letters: bytes) -> int:
    """Return the number of a column, of which A has the number 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _require_within_limits(place: str, content: bytes) -> None:
    """Refuse a zip that unpacks to too much, and a sheet that spans too many cells."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS or len({member.filename for member in members}) < len(members):
                raise NotARecord(place, f"is a zip with over {_MOST_MEMBERS} parts, or with two of one name")
            if sum(member.file_size for member in members) > _MOST_BYTES:
                raise NotARecord(place, f"unpacks to over {_MOST_BYTES // 2**20} MiB: split it")
            for member in members:
                if member.file_size > max(_SMALL, member.compress_size * _MOST_RATIO):
                    raise NotARecord(place, f"is packed over {_MOST_RATIO} times: save it again, without empty rows")
            for member in members:
                part = archive.read(member)  # which ends at the size that was checked, and then compares checksums
                if member.filename.endswith((".xml", ".rels")):
                    _require_well_formed(place, member.filename, part)
                if b"sheetData" in part or b"table:table-row" in part:
                    _require_few_cells(place, part)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, OSError) as error:
        if isinstance(error, NotARecord):
            raise
        raise NotARecord(place, f"is a damaged zip ({error}): save it again as .xlsx") from None


def _require_well_formed(place: str, name: str, part: bytes) -> None:
    """Refuse markup whose tags do not close, in which the parser would never stop looking for the end."""
    markup = _NO_TAG.sub(b"", part)
    open_tags: list[bytes] = []
    count = 0
    for closing, tag, is_empty in (match.groups() for match in _ANY_TAG.finditer(markup)):
        count += 1
        if not closing:
            open_tags += [] if is_empty else [tag]
        elif not open_tags or open_tags.pop() != tag:
            break
    if open_tags or count != markup.count(b"<"):
        raise NotARecord(place, f"is a damaged workbook ({name} is not well-formed): save it again as .xlsx")


def _require_few_cells(place: str, part: bytes) -> None:
    if b"<!" in part or part.count(b"<?") > 1:
        raise NotARecord(place, "has a sheet with markup that no spreadsheet writes: save it again as .xlsx")
    for rows, columns in (_xlsx_extent(part), *_ods_extents(part)):
        if rows * columns > _MOST_CELLS:
            reason = f"has a sheet of {rows:,} rows and {columns:,} columns, over {_MOST_CELLS:,} cells"
            raise NotARecord(place, f"{reason}: delete what lies far below and beside the table, or split it")


def _xlsx_extent(part: bytes) -> tuple[int, int]:
    """Return the last row and the last column with a value in a sheet of an .xlsx."""
    row = column = last_row = last_column = 0
    for tag, attributes, is_empty in (match.groups() for match in _TAG.finditer(part)):
        found = _REFERENCE.search(attributes)
        if tag == b"row":
            row, column = int(found[2]) if found else row + 1, 0
            continue
        column += 1
        if found and found[1]:
            row, column = int(found[2]), _column_number(found[1])
        if not is_empty:
            last_row, last_column = max(last_row, row), max(last_column, column)
    return last_row, last_column


def _ods_extents(part: bytes) -> Iterator[tuple[int, int]]:
    """Yield the last row and the last column with a value in each sheet of an .ods."""
    row = width = filled = repeated = last_row = last_column = 0
    for closing, tag, attributes, is_empty in (match.groups() for match in _ODS_TAG.finditer(part)):
        found = _REPEATED.search(attributes)
        times = int(found[1]) if found else 1
        if tag == b"table":
            if closing:
                yield last_row, last_column
                row = last_row = last_column = 0
        elif tag == b"table-row":
            if not closing:
                width, filled, repeated = 0, 0, times
            if closing or is_empty:
                row += repeated
                if filled:
                    last_row, last_column = row, max(last_column, filled)
        elif not closing:
            width += times
            if not is_empty or b"office:" in attributes:
                filled = width


def is_blank(row: Sequence[object]) -> bool:
    """Tell whether no cell of a row has a value."""
    return all(cell is None for cell in row)
