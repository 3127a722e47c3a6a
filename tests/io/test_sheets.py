"""Sheets in: the template filled and read again, and anybody's own sheet, with every refusal at its cell."""

from __future__ import annotations

import csv
import io
import re
import sys
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import get_args

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from attrs import field as attrs_field
from attrs import frozen
from hypothesis import example, given, settings
from hypothesis import strategies as st

import partnership as ps
from partnership import fields
from partnership.errors import InvalidSubmission, InvalidValue, NotARecord, NotInstalled, StorageError
from partnership.events import (
    CourseParticipantsReported,
    FundBalanceReported,
    MeetingHeld,
    MeetingScheduled,
    PlanProgressReported,
)
from partnership.io import sheet_cells
from partnership.io.cell_lists import join_members, split_members
from partnership.io.formula_guard import guarded
from partnership.io.sheet_cells import address, read_cells
from partnership.io.template import _events_of, _template_columns
from partnership.model.event import Event, fields_of
from partnership.subjects.amendments import AMENDMENTS
from partnership.testing import events_of, sources
from partnership.values.sources import Certainty

VNA = ps.Source("VNA", published="2020-11-16", kind="news")
EXAMPLES = settings().max_examples
FEW = settings(max_examples=min(EXAMPLES, 12) if EXAMPLES <= 100 else EXAMPLES)
KINDS = ps.Kinds()
CLASSES = [cls for cls in KINDS.events.values() if not issubclass(cls, AMENDMENTS)]


# ---- sheets of tests ----


def csv_sheet(path, rows, *, delimiter=",", encoding="utf-8", guard=True):
    """Write rows as CSV, as a spreadsheet does."""
    lines = io.StringIO()
    writer = csv.writer(lines, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows([guarded(cell) if guard and isinstance(cell, str) else cell for cell in row] for row in rows)
    Path(path).write_bytes(lines.getvalue().encode(encoding))
    return path


def xlsx_sheet(path, rows, name="Sheet1"):
    """Write rows as a workbook, with dates and numbers as those of a spreadsheet."""
    workbook = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    sheet, day = workbook.add_worksheet(name), workbook.add_format({"num_format": "dd.mm.yyyy"})
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, place, cell, day)
            elif cell is not None:
                sheet.write(number, place, cell)
    workbook.close()
    return path


def refused(path, **options):
    """Return the refusals of a sheet as texts."""
    with pytest.raises(InvalidSubmission) as error:
        ps.read_sheet(path, **options)
    return [str(refusal) for refusal in error.value.refusals]


HEADINGS = ("event", "subject", "on", "place", "publisher", "published")
ROW = ("meeting-held", "fmm-3", "17 June 2020", "Hanoi", "VNA", "2020-11-16")
HELD = MeetingHeld("fmm-3", on="2020-06-17", place="Hanoi")


# ---- the law: a template that is filled with events gives these events ----


def cells_of(event, source, remarks):
    """Return the cells of a claim as a person writes them into a template."""
    cells = {"event": event.name, "subject": event.subject}
    for name in fields_of(type(event)).names:
        value = getattr(event, name)
        if isinstance(value, tuple):
            cells[name] = join_members([in_cell(member) for member in value])
        elif isinstance(value, ps.Money):
            cells[name], cells[f"{name}_currency"] = in_cell(value), value.currency
        elif value is not None:
            cells[name] = in_cell(value)
    taken = {*fields_of(type(event)).names, "kind", "title"}
    for name in ("publisher", "published", "kind", "title", "url", "language", "locator", "via", "retrieved"):
        if (value := getattr(source, name)) is not None:
            cells[f"source_{name}" if name in taken else name] = in_cell(value)
    return cells | {name: in_cell(value) for name, value in remarks.items()}


def in_cell(value):  # noqa: PLR0911  a return for each type
    """Return a value as a person writes it into a cell."""
    if isinstance(value, ps.When):
        return value.text
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, ps.Money):
        return f"{bound_words(value)}{decimals(value.amount)}"
    if isinstance(value, ps.Percent):
        return f"{bound_words(value)}{decimals(value.number)} %"
    if isinstance(value, ps.Count):
        return f"{bound_words(value)}{value.number}"
    if isinstance(value, ps.Duration):
        return f"{bound_words(value)}{value.text}"
    return decimals(value) if isinstance(value, Decimal) else str(value)


def bound_words(figure):
    """Return the bound of a figure as it stands in a cell."""
    return "" if figure.bound == "exact" else f"{figure.bound.replace('-', ' ')} "


def decimals(number):
    """Return a number with more than three decimals, so that the point is no separator of thousands."""
    text = f"{number:f}"
    return f"{text}000" if "." in text else text


def filled(path, event, source, remarks):
    """Write a template for the kind of an event and fill in a row."""
    cells = cells_of(event, source, remarks)
    if path.suffix == ".csv":
        headings = [column.name for column in _template_columns(_events_of(event.kind, KINDS), KINDS)]
        assert cells.keys() <= {*headings}
        return csv_sheet(path, [headings, [cells.get(name, "") for name in headings]], encoding="utf-8-sig")
    path.unlink(missing_ok=True)
    ps.write_template(path, event.name)
    workbook = openpyxl.load_workbook(path)
    headings = [cell.value for cell in workbook["Claims"][1]]
    assert cells.keys() <= {*headings}
    for place, name in enumerate(headings, 1):
        cell = workbook["Claims"].cell(3, place, cells.get(name))
        cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    workbook.save(path)
    return path


EVENTS = st.sampled_from(CLASSES).flatmap(events_of)
REMARKS = st.fixed_dictionaries(
    {},
    optional={
        "certainty": st.sampled_from(get_args(Certainty)),
        "shared": st.booleans(),
        "note": st.just("our\n= note"),
        "speaker": st.just("Alexander Ivanov"),
    },
)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
@FEW
@given(EVENTS, sources(), REMARKS)
@example(PlanProgressReported("p", as_of="2020", done=1, total=2), VNA, {})
@example(FundBalanceReported("f", as_of="2020", amount=ps.Money("0.125", "USD", "about")), VNA, {})
@example(
    MeetingHeld("m", topics=["a; b", '"c"', " d", "e\nf", "g, h"], title="=1+1", participants=ps.Count(3, "at-most")),
    VNA,
    {},
)
@example(CourseParticipantsReported("c", participants=12), VNA, {})
def test_a_filled_template(tmp_path, suffix, event, source, remarks):
    """Whatever the event, its source and the remarks on it are, a sheet gives them again."""
    if "speaker" in fields_of(type(event)).names:
        remarks.pop("speaker", None)
    path = filled(tmp_path / f"t{suffix}", event, source, remarks)
    (submission,) = ps.read_sheet(path)
    (claim,) = submission.claims
    assert submission.source == source
    assert getattr(claim, "event", claim) == event
    if remarks:
        assert {name: getattr(claim, name) for name in remarks} == remarks


UNFILLED = (
    "the sheet has no row that is filled in; below the example, write a row for each claim; its subject does not begin "
    "with 'example:'"
)


def test_every_template(tmp_path):
    """There is one for each kind and each event; without a row that is filled in, it is refused."""
    for kind in {cls.kind: cls for cls in CLASSES}:
        path = tmp_path / f"{kind}.csv"
        ps.write_template(path, kind)
        headings, row, explained = read_cells(path)
        assert headings[:2] == ["event", "subject"]
        assert row[1].startswith("example: ")
        names = [one.name for one in _events_of(kind, KINDS)]
        assert explained[:2] == [
            f"one of {', '.join(names)}",
            "example: a slug: lower-case letters, digits and hyphens",
        ]
        assert all({*fields_of(cls).names} <= {*headings} for cls in CLASSES if cls.kind == kind)
        assert refused(path) == [UNFILLED]
    for cls in CLASSES:
        headings = [column.name for column in _template_columns(_events_of(cls.name, KINDS), KINDS)]
        assert {*fields_of(cls).names} <= {*headings}
        assert len({*headings}) == len(headings)


@pytest.mark.parametrize("name", ["meeting", "meetings", "funds", "statistic-reported"])
def test_a_template_in_a_workbook(tmp_path, name):
    """It has drop-downs, notes of every column, and cells that are texts."""
    path = tmp_path / "t.xlsx"
    ps.write_template(path, name)
    workbook = openpyxl.load_workbook(path)
    sheet, notes, values = workbook["Claims"], workbook["Notes"], workbook["Values"]
    headings = [cell.value for cell in sheet[1]]
    assert [row[0].value for row in notes.iter_rows(min_row=2, max_row=len(headings) + 1)] == headings
    assert all(row[1].value for row in notes.iter_rows(min_row=2, max_row=len(headings) + 1))
    assert {cell.number_format for cell in sheet[2] if cell.value} == {"@"}
    lists = {str(one.sqref): one.formula1 for one in sheet.data_validations.dataValidation}
    letter = openpyxl.utils.get_column_letter(headings.index("source_kind") + 1)
    assert lists[f"{letter}2:{letter}2001"] == f"Values!${letter}$2:${letter}$7"
    assert [cell.value for cell in values[letter]][:3] == ["source_kind", "official-text", "official-release"]
    assert values.sheet_state == "hidden"
    assert refused(path) == [UNFILLED]


def test_the_examples_of_templates(tmp_path):
    """Once its subject is a slug, each is a row like any other."""
    for name in dict.fromkeys([*(cls.kind for cls in CLASSES), *(cls.name for cls in CLASSES)]):
        columns = _template_columns(_events_of(name, KINDS), KINDS)
        row = [column.example.removeprefix("example: ") for column in columns]
        (submission,) = ps.read_sheet(csv_sheet(tmp_path / "u.csv", [[column.name for column in columns], row]))
        assert name in (submission.claims[0].event.name, submission.claims[0].event.kind)


@pytest.mark.parametrize(
    ("kind", "example"),
    [
        ("meeting", ("meeting-held", "ASEAN-Russia meeting", "17 June 2020")),
        ("meeting-scheduled", ("meeting-scheduled", "ASEAN-Russia meeting", None)),
        ("visit", ("visit-made", "ASEAN-Russia visit", "17 June 2020")),
        ("fund", ("fund-agreed", "ASEAN-Russia fund", "17 June 2020")),
    ],
)
def test_the_example_of_a_template(tmp_path, kind, example):
    """It is a plain event of the kind, and its values fit."""
    ps.write_template(tmp_path / "t.csv", kind)
    headings, row, _ = read_cells(tmp_path / "t.csv")
    values = dict(zip(headings, row, strict=True))
    assert (values["event"], values["title"], values.get("on")) == example
    assert (values.get("theme"), values.get("format")) == (None, None)


def test_the_words_of_templates():
    """They are those of people who fill in a sheet, and not of programmers."""
    for cls in CLASSES:
        for column in _template_columns(_events_of(cls.name, KINDS), KINDS):
            told = f"{column.holds} {column.needed} {column.meaning}"
            assert not re.search(r"\b(a \w+s, kind|None|True|False|read_sheet|SourceKind|BCP)\b", told), (cls, column)


def test_no_template(tmp_path):
    """A file that exists is not overwritten; what is no kind, no event or no name of a sheet is refused."""
    path = tmp_path / "t.xlsx"
    ps.write_template(path, "meeting")
    before = path.read_bytes()
    with pytest.raises(StorageError, match="may be filled in"):
        ps.write_template(path, "meeting")
    assert path.read_bytes() == before
    for name, advice in (
        ("meting", "write 'meeting'"),
        (7, "the kinds are aid, assessment, commitment, "),
        ("claim", "record.correct"),
    ):
        with pytest.raises(InvalidValue, match=advice):
            ps.write_template(tmp_path / "u.csv", name)
    with pytest.raises(InvalidValue, match="ends with"):
        ps.write_template(tmp_path / "t.xls", "meeting")


def test_kinds_of_ones_own(tmp_path):
    """Their events have templates and are read, with whole numbers, days and closed lists."""

    @frozen(kw_only=True)
    class ExhibitionOpened(Event):
        """An exhibition opens."""

        name = "exhibition-opened"
        kind = "exhibition"

        rooms: int | None = fields.integer()
        area: Decimal | None = fields.number()
        share: ps.Percent | None = fields.percent()
        tags: tuple[str, ...] = fields.slugs()
        entry: str | None = fields.choice("free", "paid")
        speaker: str | None = fields.name()

    kind = ps.Kind("exhibition", (ExhibitionOpened,))
    ps.write_template(tmp_path / "t.csv", "exhibition", [kind])
    headings, *_ = read_cells(tmp_path / "t.csv")
    assert headings.count("speaker") == 1
    row = {"event": "Exhibition opened", "subject": "rodin", "rooms": "1,200", "area": "1.5", "share": "60 %",
           "tags": "a, b",
           "entry": "Free", "speaker": "Rodin", "publisher": "VNA", "certainty": "Unnamed source"}  # fmt: skip
    csv_sheet(tmp_path / "u.csv", [list(row), list(row.values())])
    (submission,) = ps.read_sheet(tmp_path / "u.csv", [kind])
    assert submission.claims[0].event == ExhibitionOpened(
        "rodin", rooms=1200, area="1.5", share=60, tags=["a", "b"], entry="free", speaker="Rodin"
    )


def test_a_template_of_fields_with_names_of_other_types(tmp_path):
    """Its example is of the type of the field, whatever such a field holds elsewhere, and is read."""

    @frozen(kw_only=True)
    class Listed(Event):
        """Persons are listed."""

        name = "listed"
        kind = "list"

        persons: ps.Count | None = fields.count()
        place: ps.Money | None = fields.money()
        host: bool | None = fields.flag()
        title: ps.When | None = fields.date()
        mode: ps.Duration | None = fields.duration()
        parties: ps.Percent | None = fields.percent()
        holder: str | None = fields.ref("document")
        number: str | None = fields.name()

    kind = ps.Kind("list", (Listed,))
    ps.write_template(tmp_path / "t.csv", "list", [kind])
    headings, example, *_ = read_cells(tmp_path / "t.csv")
    csv_sheet(tmp_path / "u.csv", [headings, [(cell or "").removeprefix("example: ") for cell in example]])
    (submission,) = ps.read_sheet(tmp_path / "u.csv", [kind])
    event = submission.claims[0].event
    names = ("persons", "place", "host", "title", "mode", "parties", "holder", "number")
    assert [name for name in names if getattr(event, name) is None] == []


# ---- forms of a file ----


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_as_spreadsheets_write_it(tmp_path, delimiter, encoding):
    """Separator, encoding and byte order mark are found; a text keeps separators, quotes and lines."""
    title = 'a,b;c\td "e"\nđ'
    rows = [(*HEADINGS, "title"), (*ROW, title)]
    path = csv_sheet(tmp_path / "t.csv", rows, delimiter=delimiter, encoding=encoding)
    ((claim,),) = (submission.claims for submission in ps.read_sheet(path)) if "\n" not in title else [("",)]
    assert claim == "" or claim.title == title
    rows = [(*HEADINGS, "topics"), (*ROW, 'a,b; "c;d"; e')]
    ((claim,),) = (one.claims for one in ps.read_sheet(csv_sheet(path, rows, delimiter=delimiter, encoding=encoding)))
    assert claim.topics == ("a,b", "c;d", "e")


def test_csv_with_a_line_that_names_the_separator(tmp_path):
    """Excel's first line ``sep=;`` counts."""
    path = csv_sheet(tmp_path / "t.csv", [HEADINGS, ROW], delimiter=";")
    path.write_text("sep=;\r\n" + path.read_text(), newline="")
    assert ps.read_sheet(path)[0].claims == (HELD,)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "event,subject\nmeeting-held,h\xf4i".encode("cp1252"),
            r'not in UTF-8 \(line 2\): in Excel, save it as "CSV UTF-8"',
        ),
        ("event,subject".encode("utf-16-le"), "neither CSV nor a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "neither CSV nor a workbook"),
        (b'event,subject\nmeeting-held,"a"b', "not CSV from row 2 on"),
        (b"PK\x03\x04 and nothing", "damaged zip"),
    ],
)
def test_what_is_no_sheet(tmp_path, content, message):
    """It is refused as a whole, with what to do."""
    (tmp_path / "t.csv").write_bytes(content)
    with pytest.raises(NotARecord, match=message):
        ps.read_sheet(tmp_path / "t.csv")


def test_a_workbook(tmp_path):
    """Date cells, numbers and flags of a spreadsheet are taken as what they are."""
    rows = [
        ("Event", "Subject", "On", "Participants", "Ordinal", "Is_tentative", "Publisher", "Published"),
        ("meeting-held", "fmm-3", date(2020, 6, 17), 12, 19, None, "VNA", 2020),
        (None,) * 8,
        ("Meeting scheduled", "fmm-4", None, 1057.0, "20th", True, "VNA", datetime(2020, 11, 16)),  # noqa: DTZ001
    ]
    one, other = ps.read_sheet(xlsx_sheet(tmp_path / "t.xlsx", rows))
    assert one == ps.Submission(
        ps.Source("VNA", published="2020"),
        None,
        (MeetingHeld("fmm-3", on="2020-06-17", participants=12, ordinal="19"),),
    )
    assert other.claims == (MeetingScheduled("fmm-4", participants=1057, ordinal="20th", is_tentative=True),)


ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
    '<office:spreadsheet><table:table table:name="S">%s</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)
TEXT = '<table:table-cell office:value-type="string"%s><text:p>%s</text:p></table:table-cell>'
EMPTY = (
    '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
)


def ods_sheet(path, body):
    """Write a sheet of LibreOffice."""
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS % body)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def test_a_sheet_of_libreoffice(tmp_path):
    """It is read with its dates, whatever empty rows and columns it repeats to the end."""
    row = "<table:table-row>%s</table:table-row>"
    day = '<table:table-cell office:value-type="date" office:date-value="2020-06-17"><text:p/></table:table-cell>'
    heads = "".join(TEXT % ("", name) for name in ("event", "subject", "on", "publisher"))
    cells = TEXT % ("", "meeting-held") + TEXT % ("", "fmm-3") + day + TEXT % ("", "VNA")
    path = ods_sheet(tmp_path / "t.ods", row % heads + row % cells + EMPTY + "</table:table-row>")
    assert ps.read_sheet(path)[0].claims == (MeetingHeld("fmm-3", on="2020-06-17"),)


def test_several_sheets(tmp_path):
    """One must be named, unless the others are empty, hidden or those of a template."""
    path = tmp_path / "t.xlsx"
    workbook = openpyxl.Workbook()
    for name in ("2020", "Notes", "empty", "hidden"):
        workbook.create_sheet(name)
    del workbook["Sheet"]
    for name in ("2020", "Notes", "hidden"):
        for row in (HEADINGS, ROW):
            workbook[name].append(row)
    workbook["hidden"].sheet_state = "hidden"
    workbook.save(path)
    assert ps.read_sheet(path)[0].claims == (HELD,)
    assert ps.read_sheet(path, sheet="hidden")[0].claims == (HELD,)
    with pytest.raises(InvalidValue, match="write '2020' or 'Notes' or 'empty' or 'hidden'"):
        ps.read_sheet(path, sheet="2021")
    workbook.create_sheet("2021").append(HEADINGS)
    workbook.save(path)
    told = "'2020, 2021' are several sheets; read them one by one, and say which: sheet='2020'"
    with pytest.raises(InvalidValue, match=told):
        ps.read_sheet(path)
    with pytest.raises(InvalidValue, match="a CSV file has only one"):
        ps.read_sheet(csv_sheet(tmp_path / "t.csv", [HEADINGS]), sheet="2020")


@pytest.mark.parametrize(
    ("shown_as", "day", "read"),
    [
        ("mmm-yy", date(2020, 6, 1), "2020-06"),
        ("mmmm yyyy", date(2020, 6, 1), "2020-06"),
        (r"[$-409]mmm\-yy;@", date(2020, 6, 1), "2020-06"),
        ('"day of" mmm\\d yyyy', date(2020, 6, 1), "2020-06"),
        ("mm/yyyy", date(2020, 1, 1), "2020-01"),
        ("yyyy", date(2020, 1, 1), "2020"),
        ("yyyy", date(2020, 6, 1), "2020-06-01"),  # somebody wrote more than the cell shows
        ("mmm-yy", date(2020, 6, 17), "2020-06-17"),
        ("d-mmm-yy", date(2020, 6, 1), "2020-06-01"),
        ("d-mmm", date(2020, 6, 1), "2020-06-01"),
        ("mmm", date(2020, 6, 1), "2020-06-01"),
        ("yyyy-mm hh:mm", date(2020, 6, 1), "2020-06-01"),
    ],
)  # fmt: skip
def test_a_date_cell_that_shows_no_day(tmp_path, shown_as, day, read):
    """It is the month or the year that it shows, where the day in it is the one that a spreadsheet adds to these."""
    workbook = openpyxl.Workbook()
    for row in (HEADINGS, ROW, ROW):
        workbook.active.append(row)
    cell = workbook.active["C3"]
    cell.value, cell.number_format = day, shown_as
    workbook.active["B3"] = "fmm-4"
    workbook.active["D3"].number_format = shown_as  # of a text, and of an empty cell
    workbook.active["H3"].number_format = shown_as
    workbook.save(tmp_path / "t.xlsx")
    assert [str(claim.on) for claim in ps.read_sheet(tmp_path / "t.xlsx")[0].claims] == ["2020-06-17", read]


# ---- limits ----


def test_limits(tmp_path, monkeypatch):
    """A file that unpacks to too much, or spans too many cells, is refused before it is parsed."""
    path = tmp_path / "t.xlsx"
    workbook = xlsxwriter.Workbook(str(path))
    sheet = workbook.add_worksheet()
    sheet.write(0, 0, "event")
    sheet.write(1_048_575, 16_383, "far")
    workbook.close()
    with pytest.raises(
        NotARecord, match="1,048,576 rows and 16,384 columns, over 2,000,000 cells: delete what lies far"
    ):
        ps.read_sheet(path)
    cell = TEXT % (' table:number-columns-repeated="16384"', "a")
    for repeated in ("1000", "1" + "0" * 12):
        body = f'<table:table-row table:number-rows-repeated="{repeated}">{cell}</table:table-row>'
        with pytest.raises(NotARecord, match="over 2,000,000 cells"):
            ps.read_sheet(ods_sheet(tmp_path / "t.ods", body))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 2**24)
    with pytest.raises(NotARecord, match="packed over 100 times"):
        ps.read_sheet(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.xml", b" " * 2**24)
    with pytest.raises(NotARecord, match="unpacks to over 50 MiB"):
        ps.read_sheet(path)
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1001):
            archive.writestr(f"{number}.xml", b"")
    with pytest.raises(NotARecord, match="over 1000 parts"):
        ps.read_sheet(path)
    monkeypatch.setattr(sheet_cells, "_MOST_CELLS", 5)
    with pytest.raises(NotARecord, match="over 5 cells"):
        ps.read_sheet(csv_sheet(tmp_path / "t.csv", [HEADINGS, ROW]))
    monkeypatch.setattr(sheet_cells, "_MOST_BYTES", 5)
    with pytest.raises(NotARecord, match="has over 0 MiB: split it"):
        ps.read_sheet(tmp_path / "t.csv")


def with_sheet(path, change):
    """Write a workbook whose first sheet is changed."""
    xlsx_sheet(path, [HEADINGS, ROW])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    parts[name] = change(parts[name])
    with zipfile.ZipFile(path, "w") as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (b"<row><c a='>' r=\"XFD1048576\"><v>1</v></c></row>", "over 2,000,000 cells"),
        (b"<x:row r='900000'><x:c r = 'ZZ900000' ><v>1</v></x:c></x:row>", "over 2,000,000 cells"),
        (b'<!-- <c a=" --><row/>', "markup that no spreadsheet writes"),
    ],
)
def test_cells_that_hide(tmp_path, cell, message):
    """The last cell is found however it is written."""
    with pytest.raises(NotARecord, match=message):
        ps.read_sheet(
            with_sheet(tmp_path / "t.xlsx", lambda part: part.replace(b"</sheetData>", cell + b"</sheetData>"))
        )


def test_what_has_no_value_counts_for_nothing(tmp_path):
    """Formats of a whole sheet do not make it too large."""
    far = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    path = with_sheet(tmp_path / "t.xlsx", lambda part: part.replace(b"</sheetData>", far))
    assert ps.read_sheet(path)[0].claims == (HELD,)
    near = b'<row><c t="str"><v>beside</v></c></row></sheetData>'  # addresses may be left out
    path = with_sheet(tmp_path / "t.xlsx", lambda part: part.replace(b"</sheetData>", near))
    assert refused(path)[0].startswith("A3: 'beside' is not an event here")


@pytest.mark.parametrize(
    "body",
    [
        "<table:table-row><table:table-cell><text:p>a</text:q></table:table-cell></table:table-row>",
        "<table:table-row><table:table-cell office:value-type='string'><text:p>a",
        "<table:table-row><table:table-cell a='></table:table-row>",
        "</table:table>",
        "<table:table-row><!-- </table:table-row>",
    ],
)
def test_markup_that_does_not_close(tmp_path, body):
    """It is refused before the parser, which would look for its end for ever."""
    with pytest.raises(NotARecord, match=r"content.xml is not well-formed|markup that no spreadsheet writes"):
        ps.read_sheet(ods_sheet(tmp_path / "t.ods", body))


def test_errors_beside_the_table(tmp_path):
    """A cell with an error beside the table is refused; what stands outside of the cells of a sheet is not read."""
    far = b'<row r="9"><c r="Z9" t="e"><v>#REF!</v></c></row></sheetData>'
    path = with_sheet(tmp_path / "t.xlsx", lambda part: part.replace(b"</sheetData>", far))
    assert any(line.startswith("Z9: '#REF!' stands in a column without a heading") for line in refused(path))
    outside = b'</sheetData><c r="Z9" t="e"><v>#REF!</v></c><c t="e"><v>#REF!</v></c>'
    path = with_sheet(tmp_path / "t.xlsx", lambda part: part.replace(b"</sheetData>", outside))
    assert ps.read_sheet(path)[0].claims == (HELD,)


def test_a_workbook_without_a_sheet(tmp_path):
    """It is refused as what it is."""
    path = ods_sheet(tmp_path / "t.ods", "")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["content.xml"] = parts["content.xml"].replace(b'<table:table table:name="S"></table:table>', b"")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(NotARecord, match="without a sheet"):
        ps.read_sheet(path)


def test_damaged_workbooks(tmp_path):
    """A part that does not match its checksum, and a zip that is no workbook, are refused."""
    path = xlsx_sheet(tmp_path / "t.xlsx", [HEADINGS, ROW])
    content = bytearray(path.read_bytes())
    content[200] ^= 1
    path.write_bytes(content)
    with pytest.raises(NotARecord, match="damaged zip"):
        ps.read_sheet(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", b"a")
    with pytest.raises(NotARecord, match="is not a workbook that can be read"):
        ps.read_sheet(path)


def test_without_calamine(tmp_path, monkeypatch):
    """The error says what to install; CSV needs nothing."""
    path = xlsx_sheet(tmp_path / "t.xlsx", [HEADINGS, ROW])
    monkeypatch.setitem(sys.modules, python_calamine.__name__, None)
    with pytest.raises(NotInstalled, match="python-calamine; install it with: python -m pip install"):
        ps.read_sheet(path)
    assert ps.read_sheet(csv_sheet(tmp_path / "t.csv", [HEADINGS, ROW]))


# ---- one's own sheet ----


def test_a_sheet_of_ones_own(tmp_path):
    """Its headings are mapped or left out, titles above and blank rows are passed over, and a source is given."""
    rows = [
        ("Meetings with Russia, kept by hand", "", "", "", ""),
        ("", "", "", "", ""),
        ("Datum", "Was", "Ort", "Nr", "Seite"),
        ("17.06.2020", "fmm-3", "Hanoi", "1", ""),
        ("", "", "", "", ""),
        ("03.04.2021", "fmm-4", "", "2", "p. 3"),
    ]
    path = csv_sheet(tmp_path / "t.csv", rows, delimiter=";")
    mapping = {"Datum": "on", "Was": "subject", "Ort": "place", "Nr": "", "Seite": "locator"}
    one, other = ps.read_sheet(path, column_map=mapping, day_first=True, event="meeting-held", source=VNA)
    assert one == ps.Submission(VNA, None, (HELD,))
    assert other.source == ps.Source("VNA", published="2020-11-16", kind="news", locator="p. 3")
    assert other.claims == (MeetingHeld("fmm-4", on="2021-04-03"),)
    rows = [("event", "", "subject", "publisher", "Nr"), ("meeting-held", "beside", "a", "VNA", "1")]
    told = refused(csv_sheet(tmp_path / "u.csv", rows), column_map={"Nr": None})
    assert told == ["B2: 'beside' stands in a column without a heading; give it one"]
    with ps.open(":memory:") as record:
        assert len(record.submit(one, other)) == 2


def test_what_the_desk_supplied(tmp_path):
    """Columns are named as they stand in the sheet, with spaces or capitals too."""
    rows = [(*HEADINGS, "inferred", "shared"), (*ROW, "On, place", "no")]
    ((claim,),) = (one.claims for one in ps.read_sheet(csv_sheet(tmp_path / "t.csv", rows)))
    assert claim == ps.Remarked(HELD, inferred=["on", "place"], shared=False)


def test_several_sources(tmp_path):
    """Rows are taken together by their source, in the order in which sources come."""
    rows = [HEADINGS, ROW, (*ROW[:4], "TASS", ""), ("meeting-held", "fmm-4", "", "", "VNA", "16 November 2020")]
    one, other = ps.read_sheet(csv_sheet(tmp_path / "t.csv", rows))
    assert (one.source, other.source) == (ps.Source("VNA", published="2020-11-16"), ps.Source("TASS"))
    assert [claim.subject for claim in one.claims] == ["fmm-3", "fmm-4"]


def test_money_in_a_sheet(tmp_path):
    """Its currency stands in its own column or in the cell, and its bound in words or in a column."""
    headings = ("event", "subject", "as_of", "amount", "amount_currency", "amount_bound", "publisher")
    rows = [
        ("8,130,000", "USD", "At least"), ("about 8130000 USD", "", ""), ("USD 8.130.000,50", "", ""),
        ("5", "EUR", "exact"),
    ]  # fmt: skip
    sheet = [headings, *(("fund-balance-reported", "fund", "2020", *row, "VNA") for row in rows)]
    (submission,) = ps.read_sheet(csv_sheet(tmp_path / "t.csv", sheet))
    assert [claim.amount for claim in submission.claims] == [
        ps.Money("8130000", "USD", "at-least"), ps.Money("8130000", "USD", "about"), ps.Money("8130000.5", "USD"),
        ps.Money("5", "EUR"),
    ]  # fmt: skip


# ---- refusals ----


def test_every_refused_cell(tmp_path):
    """All are told at once, each with its address, its value, the reason and what to write."""
    rows = [
        (*HEADINGS, "parties", "participants", "mode", "duration", "is_tentative", "shared", "inferred", "retrieved"),
        (
            "meeting-held",
            "FMM 3",
            "03/04/2026",
            "",
            "VNA",
            "2020",
            "RU; Russia",
            "1.5",
            "onlin",
            "long",
            "",
            "perhaps",
            "",
            "",
        ),
        ("meeting-hled", "fmm-4", "", "", "VNA", "", "", "", "", "", "", "", "", ""),
        ("meeting-held", "", "31/06/2026", "", "", "17/06/20", "ru", "", "", "", "yes", "", "on; plase", "2020"),
        ("meeting-scheduled", "fmm-5", "", "x" * 201, "VNA", "", "", "", "", "", "maybe", "", "", ""),
        ("meeting-held", "fmm-6", "", "", "", "", "", "", "", "", "", "", "", ""),
    ]
    assert refused(csv_sheet(tmp_path / "t.csv", rows)) == [
        (
            "B2: 'FMM 3' is not a slug: at most 80 lower-case letters a to z, digits and hyphens, starting with "
            "a letter or digit; write 'fmm-3'"
        ),
        (
            "C2: '03/04/2026' is ambiguous; write 2026-04-03 (3 April) or 2026-03-04 (4 March); or say that days "
            "come first: day_first=True"
        ),
        "G2: 'Russia' is not the code of a party; write its code in capitals; did you mean 'RU'?",
        "H2: '1.5' is not a whole number; write its digits: 1234",
        "I2: 'onlin' is not known here; write one of 'in-person', 'online', 'hybrid'",
        "J2: 'long' is not a duration; write it as in ISO 8601: 'P5Y' for five years, 'P18M', 'P2W', 'P10D', 'PT90M'",
        "L2: 'perhaps' is neither yes nor no; write 'yes' or 'no', or leave the cell empty if nobody said",
        (
            "A3: 'meeting-hled' is not an event here; did you mean 'meeting-held' or 'meeting-scheduled' or "
            "'meeting-replaced'?"
        ),
        "B4 has no subject; it means: the slug of what it is about",
        (
            "C4: '31/06/2026' is not a date: June has 30 days; write 2026-06-30, 2026-06 (some day in June) or "
            "2026-06~ (about June)"
        ),
        "E4 has no publisher; it means: who published the document and is responsible for it",
        "F4: '17/06/20' is a date whose year has two digits; write the year with four digits",
        "G4: 'ru' is not the code of a party; write it in capital letters; did you mean 'RU'?",
        (
            "K4: 'yes' stands under 'is_tentative', which is not a field of meeting-held; leave the cell empty, "
            "or name another event"
        ),
        "M4: 'plase' is not a field of meeting-held; did you mean 'place'?",
        "N4: '2020' is not a day of retrieval; write the day on which the document was read: '2026-11-23'",
        (
            "D5: 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… (203 characters) is too long: 201 "
            "characters of 200; shorten it"
        ),
        "K5: 'maybe' is neither yes nor no; write 'yes' or 'no', or leave the cell empty if nobody said",
        "E6 has no source; fill in its publisher; or name one source for all such rows: source=",
    ]


def test_refused_cells_of_a_workbook(tmp_path):
    """What Excel made of a text is refused, and is shown as it stands there."""
    rows = [
        ("event", "subject", "on", "title", "participants", "parties", "publisher"),
        ("meeting-held", "a", 44000, date(2020, 6, 1), 1.5, True, "VNA"),
        ("meeting-held", 7, "", 2020, True, "", "VNA"),
        ("meeting-held", "b", "", datetime(2020, 6, 17), "", "", 1.0),  # noqa: DTZ001
    ]
    assert refused(xlsx_sheet(tmp_path / "t.xlsx", rows)) == [
        "C2: 44000 is a number; if 2020-06-18 is meant, give the cell the format of a date, or write it as text",
        (
            "D2: '2020-06-01' is a date or a time of the spreadsheet, and a text is needed; give the cell the format "
            "of a text, and write it again"
        ),
        "E2: 1.5 is not a whole number; write its digits: 1234",
        (
            "F2: True is a flag of the spreadsheet, and a text is needed; give the cell the format of a text, and "
            "write it again"
        ),
        "E3: True is not a number; write its digits, with a point for decimals: 8130000.5",
        (
            "D4: '2020-06-17' is a date or a time of the spreadsheet, and a text is needed; give the cell the format "
            "of a text, and write it again"
        ),
    ]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_errors_of_a_spreadsheet(tmp_path, suffix):
    """A cell whose formula fails is refused, and not taken for empty."""
    path = tmp_path / f"t{suffix}"
    if suffix == ".csv":
        csv_sheet(path, [(*HEADINGS, "title"), (*ROW, "#REF!"), ("meeting-held", "#N/A", "", "", "VNA", "")])
    else:
        workbook = xlsxwriter.Workbook(str(path))
        workbook.add_worksheet("other & first")
        sheet = workbook.add_worksheet("a & b")
        for number, row in enumerate([(*HEADINGS, "title"), ROW, ("meeting-held", "", "", "", "VNA", "")]):
            sheet.write_row(number, 0, row)
        sheet.write_formula("G2", "=#REF!", None, "#REF!")
        sheet.write_formula("B3", "=NA()", None, "#N/A")
        workbook.close()
    assert refused(path, sheet=None if suffix == ".csv" else "a & b") == [
        "G2: '#REF!' is an error of the spreadsheet; write what the cell should show",
        "B3: '#N/A' is an error of the spreadsheet; write what the cell should show",
    ]


def test_refused_columns(tmp_path):
    """A heading that is no column, two of one meaning, a mapping to nothing, and what is missing are told at once."""
    rows = [("place", "Plaec", "PLACE", "empty"), ("Hanoi", "x", "Sochi", "")]
    path = csv_sheet(tmp_path / "t.csv", rows)
    assert refused(path, column_map={"Ort": "place", "Plaec": "plce"}) == [
        (
            "the mapping of 'Plaec': 'plce' is not a column of these events; a template has the columns; map each "
            "heading to a column, or to '' to leave it out: column_map={'Plaec': ''}; did you mean 'place' or 'places'?"
        ),
        "C1: 'PLACE' is the same column as A1; keep one",
        "the mapping: 'Ort' is not a heading of the sheet; its headings are place, Plaec, PLACE, empty",
        "row 1 has no column 'subject'; add one with a slug for each thing, such as 'special-fmm-2020'",
        "row 1 has no column 'event'; add one; or say which event all rows are: event='meeting-held'",
    ]
    rows = [("event", "subject", "publisher", "amount_currency"), ("fund-balance-reported", "f", "VNA", "USD")]
    assert refused(csv_sheet(path, rows)) == ["D1: 'currency' is a part of 'amount', which has no column; add it"]


def test_refused_rows(tmp_path):
    """Cells beside the table, half an amount, and fields of another event are refused at their cells."""
    rows = [
        ("event", "subject", "as_of", "amount", "amount_currency", "publisher"),
        ("fund-balance-reported", "f", "2020", "", "USD", "VNA", "beside"),
        ("fund-balance-reported", "f", "2020", "5", "", "VNA"),
        ("fund-balance-reported", "f", "", "5", "usd", "VNA"),
        ("fund-established", "f", "2020", "5", "USD", "VNA"),
    ]
    path = csv_sheet(tmp_path / "t.csv", rows)
    assert refused(path) == [
        "D2 is empty, and another column of it is not; fill in both, or neither",
        "G2: 'beside' stands in a column without a heading; give it one",
        "E3: '5' has no currency; write '5 USD', or fill in amount_currency, with the currency that is meant",
        (
            "C4 has no as_of; it means: the day of the balance; if unknown, the day of publication as an upper "
            "bound (``../2021-04-02``)"
        ),
        "E4: 'usd' is not a currency; write its three-letter ISO 4217 code: 'USD'",
        (
            "C5: '2020' stands under 'as_of', which is not a field of fund-established; leave the cell empty, or "
            "name another event"
        ),
    ]


def test_what_cannot_be_true(tmp_path):
    """A row whose values exclude each other is refused at the cell, or at the row if it has none."""
    rows = [("event", "subject", "part_of", "publisher"), ("meeting-held", "a", "a", "VNA")]
    path = csv_sheet(tmp_path / "t.csv", rows)
    assert refused(path) == ["C2: 'a' cannot be recorded: 'meeting:a' is no part of itself; name the whole"]
    rows = [("event", "subject", "done", "publisher"), ("plan-progress-reported", "a", "-1", "VNA")]
    assert [line[:3] for line in refused(csv_sheet(path, rows))] == ["C2:", "row"]


def test_values_of_ones_own(tmp_path):
    """Lists of dates are read member by member; what cannot be true at no field is refused at the row."""

    @frozen(kw_only=True)
    class FairPlanned(Event):
        """A fair is planned."""

        name = "fair-planned"
        kind = "fair"

        days: tuple[ps.When, ...] = attrs_field(default=(), converter=lambda days: tuple(map(ps.When, days)))
        rooms: int | None = fields.integer()

        def impossible(self):
            """Refuse a fair in no room."""
            return ("rooms: are none; name one",) if self.rooms == 0 or self.days[1:] else ()

    kind = ps.Kind("fair", (FairPlanned,))
    rows = [
        ("event", "subject", "days", "publisher"),
        ("fair-planned", "a", "June 2020", "VNA"),
    ]
    path = csv_sheet(tmp_path / "t.csv", rows)
    assert ps.read_sheet(path, [kind])[0].claims == (FairPlanned("a", days=["2020-06"]),)
    rows[1] = ("fair-planned", "a", date(2020, 6, 17), "VNA")
    assert ps.read_sheet(xlsx_sheet(tmp_path / "t.xlsx", rows), [kind])[0].claims[0].days == (ps.When("2020-06-17"),)
    rows[1] = ("fair-planned", "a", "June 2020; 2021", "VNA")
    assert refused(csv_sheet(path, rows), kinds=[kind]) == ["row 2 rooms cannot be recorded: are none; name one"]


def test_an_empty_sheet(tmp_path):
    """A sheet without a row that is filled in says nothing, which is refused with what to write."""
    told = "the sheet has no row that is filled in; "
    nothing = f"{told}write the names of the columns into its first row, and a row for each claim; a template has them"
    headings = f"{told}below its headings, write a row for each claim"
    assert refused(csv_sheet(tmp_path / "t.csv", [])) == [nothing]
    assert refused(csv_sheet(tmp_path / "t.csv", [[" "], ["", ""]])) == [nothing]
    assert refused(xlsx_sheet(tmp_path / "t.xlsx", [])) == [nothing]
    assert refused(csv_sheet(tmp_path / "t.csv", [HEADINGS])) == [headings]
    assert refused(csv_sheet(tmp_path / "t.csv", [HEADINGS, [""] * 3])) == [headings]
    assert refused(xlsx_sheet(tmp_path / "t.xlsx", [HEADINGS])) == [headings]


def test_headings_that_are_not_known(tmp_path):
    """Each is named, the columns once, and what is near only where it is; a wrong column of the map is named itself."""
    rows = [
        ("event", "subject", "Montant", "Ort", "Datum", "publishr"),
        ("fund-established", "f", "5", "x", "2020", "VNA"),
    ]
    path = csv_sheet(tmp_path / "t.csv", rows)
    told = refused(path)
    assert told[:3] == [
        "C1: 'Montant' is not a column of these events",
        "D1: 'Ort' is not a column of these events",
        "E1: 'Datum' is not a column of these events",
    ]
    near = "did you mean 'publisher' or 'published'?"
    assert told[3].startswith("F1: 'publishr' is not a column of these events; the columns are event, subject, ")
    mapped = "; map each heading to a column, or to '' to leave it out: column_map={'Montant': ''}"
    assert told[3].endswith(f"{mapped}; {near}")
    assert len(told) == 4
    assert [told[3].count(f" {name},") for name in ("publisher", "published", "as_of", "certainty")] == [1, 1, 1, 1]
    maps = {"Montant": "montant", "Ort": "", "Datum": "as-of", "publishr": "publishr"}
    told = refused(path, column_map=maps)
    assert told[0] == "the mapping of 'Montant': 'montant' is not a column of these events"
    assert told[1].startswith("the mapping of 'publishr': 'publishr' is not a column of these events; the columns are ")
    assert told[1].endswith(f"{mapped}; {near}")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"column_map": ["on"]}, "not a mapping of headings"),
        ({"column_map": {"Datum": 7}}, "not a mapping of headings"),
        ({"column_map": {7: "on"}}, "not a mapping of headings"),
        ({"event": ["meeting-held"]}, "not an event here"),
        ({"source": "VNA"}, "not a source; give source="),
        ({"kinds": "meeting"}, "not a kind of subject"),
    ],
)
def test_wrong_arguments(wrong, message):
    """They are refused before the file is read."""
    with pytest.raises(InvalidValue, match=message):
        ps.read_sheet("none.csv", **wrong)


def test_a_wrong_event():
    """The event of all rows is checked before the file is read."""
    with pytest.raises(InvalidValue, match="write 'meeting-held'"):
        ps.read_sheet("none.csv", event="meeting-hled")
    with pytest.raises(InvalidValue, match="not an event here"):
        ps.read_sheet("none.csv", event="claim-retracted")
    for event in ("zzz", "", 5):
        with pytest.raises(InvalidValue, match=r"not an event here; `partnership schema` lists the events$"):
            ps.read_sheet("none.csv", event=event)
    with pytest.raises(StorageError):
        ps.read_sheet("none.csv", event="meeting-held")


# ---- small parts ----


@given(st.lists(st.text(st.sampled_from('a;", \n'), min_size=1).filter(str.strip), max_size=4))
def test_lists_in_a_cell(members):
    """Members with semicolons, lines, quotes and spaces are read again."""
    assert split_members(join_members(members)) == members


def test_addresses():
    """They are those of a spreadsheet."""
    assert [address(7, place) for place in (0, 2, 25, 26, 701, 702, 16_383)] == [
        "A7",
        "C7",
        "Z7",
        "AA7",
        "ZZ7",
        "AAA7",
        "XFD7",
    ]


def test_a_row_without_what_it_needs(tmp_path):
    """A field that must be given names what it is for, at its cell or at its row."""
    rows = [("event", "subject", "what", "publisher"), ("count-reported", "a", "", "VNA")]
    assert refused(csv_sheet(tmp_path / "t.csv", rows))[0].startswith("C2 has no what; it means: ")
    rows = [("event", "subject", "publisher"), ("count-reported", "a", "VNA")]
    assert refused(csv_sheet(tmp_path / "t.csv", rows))[0].startswith("row 2 has no what; it means: ")
