"""Tables of every list of a view: their columns, CSV files and workbooks, opened by other readers."""

from __future__ import annotations

import csv
import io
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import partnership as ps
from partnership.errors import InvalidValue, NotARecord, NotInstalled, StorageError
from partnership.events import (
    CommitmentMade,
    DialogueLaunched,
    FundBalanceReported,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
)
from partnership.io.formula_guard import unguarded
from partnership.model.event import Event
from partnership.testing import events_of

MINISTRY = ps.Source("MFA of Russia", published="2021-09-24", kind="official-release", url="https://mid.ru/1")
AGENCY = ps.Source("TASS", published="2021-09-25", kind="news", title="=1+1")
NOTE = ps.Source("the desk", kind="desk-note", published="2021-10-01")
LISTS = (
    "claims", "occurrences", "timeline", "possible", "overdue", "upcoming", "calendar", "disputes", "findings",
    "sources",
)  # fmt: skip
PYTHON_TYPES = {
    "text": str, "integer": int, "number": Decimal, "flag": bool, "day": date, "time": datetime,
}  # fmt: skip


@pytest.fixture
def record():
    """Return a record with something in every list."""
    with ps.open(":memory:", clock=lambda: datetime(2022, 1, 1, tzinfo=UTC)) as record:
        record.add(
            MeetingHeld("fmm", on="2020-06~", title="=cmd|'/c calc'!A0", parties=["RU", "ASEAN"], participants=12),
            MeetingScheduled("late", planned="2021-03/..", place="Sochi"),
            MeetingScheduled("next", planned="2021-12"),
            DialogueLaunched("ict", on="2021-09-23"),
            FundBalanceReported("fund", as_of="2021-01-01", amount=ps.Money("8130000.5", "USD", "at-least")),
            CommitmentMade("vaccine", by=["RU"], text="-5 % of all\n+ more"),
            source=MINISTRY,
            speaker="Alexander Ivanov",
        )
        record.add(DialogueLaunched("ict", on="2021-09-24"), MeetingPostponed("next", planned="2022-05"), source=AGENCY)
        record.add(MeetingHeld("secret", on="2021-01-01"), source=NOTE)
        (wrong,) = record.add(MeetingHeld("wrong", on="2021-01-02"), source=AGENCY)
        record.retract(wrong)
        yield record


def every_table(record):
    """Yield the table of every list, of every kind and of every event."""
    names = [*LISTS, *record.kinds.plurals, *record.kinds.events]
    yield from (ps.table_of(name, record, shared_only=False) for name in names)


def row_of(table, **wanted):
    """Return the only row that has these cells."""
    (row,) = [row for row in table.dicts() if row.items() >= wanted.items()]
    return row


# ---- columns and rows ----


def test_every_table(record):
    """Each list has columns with names of their own, and cells of the type that the column has."""
    tables = list(every_table(record))
    assert len(tables) > 200
    for table in tables:
        assert len(set(table.headings)) == len(table.headings) > 2, table
        for row in table.rows:
            for column, cell in zip(table.columns, row, strict=True):
                assert cell is None or type(cell) is PYTHON_TYPES[column.type], (table, column, cell)


def test_empty_tables():
    """They have the columns of full ones."""
    with ps.open(":memory:") as empty:
        for table in every_table(empty):
            assert not table.rows
            assert table.columns


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_is_given(record, name):
    """It gives the table that its name gives; an empty one only with its name."""
    by_name = ps.table_of(name, record, shared_only=False)
    if name in ("sources", "possible", "occurrences"):
        answer = getattr(record, name)
    else:
        answer = {"claims": record.entries}.get(name, getattr(record, name, None))()
    assert ps.table_of(answer, record, name) == by_name
    assert ps.table_of((), record, name).columns == by_name.columns


def test_a_date(record):
    """It has its words, its EDTF, and its earliest and latest day; an open side is empty."""
    row = row_of(ps.table_of("meetings", record), subject="meeting:fmm")
    assert [row[f"held_on{end}"] for end in ("", "_edtf", "_earliest", "_latest")] == [
        "about June 2020", "2020-06~", date(2020, 6, 1), date(2020, 6, 30),
    ]  # fmt: skip
    row = row_of(ps.table_of(record.upcoming(), record), subject="meeting:late")
    assert [row[f"planned{end}"] for end in ("", "_earliest", "_latest")] == [
        "not before March 2021",
        date(2021, 3, 1),
        None,
    ]
    row = row_of(ps.table_of("meetings", record), subject="meeting:next")
    assert [row[f"previous_dates{end}"] for end in ("", "_earliest", "_latest")] == [
        "December 2021", date(2021, 12, 1), date(2021, 12, 31),
    ]  # fmt: skip


def test_a_figure(record):
    """It has its words, its number, its bound and its currency; a count its number as an integer."""
    row = row_of(ps.table_of("fund-balance-reported", record), subject="fund:fund")
    assert row["amount"] == "at least 8,130,000.5 USD"
    assert (row["amount_number"], row["amount_currency"], row["amount_bound"]) == (
        Decimal("8130000.5"),
        "USD",
        "at-least",
    )
    row = row_of(ps.table_of("meeting-held", record), subject="meeting:fmm")
    assert (row["participants"], row["participants_number"], row["parties"]) == ("12", 12, "ASEAN; RU")


def test_claims(record):
    """Each entry is a row with its source and its remarks, and says whether it is superseded."""
    table = ps.table_of("claims", record)
    row = row_of(table, subject="meeting:fmm")
    assert (row["publisher"], row["published_latest"], row["speaker"]) == (
        "MFA of Russia", date(2021, 9, 24), "Alexander Ivanov",
    )  # fmt: skip
    assert row["fields"] == "title =cmd|'/c calc'!A0; parties ASEAN, RU; participants 12"
    assert [row["subject"] for row in table.dicts() if row["is_superseded"]] == ["meeting:wrong"]
    assert row_of(table, subject="meeting:late")["planned_edtf"] == "2021-03/.."


def test_disputes(record):
    """Each side is a row, with the chosen one marked."""
    rows = [row for row in ps.table_of("disputes", record).dicts() if row["subject"] == "dialogue:ict"]
    assert [(row["value"], row["value_earliest"], row["publishers"], row["is_chosen"]) for row in rows] == [
        ("23 September 2021", date(2021, 9, 23), "MFA of Russia", True),
        ("24 September 2021", date(2021, 9, 24), "TASS", False),
    ]


def test_a_diff(record):
    """Each change is a row that says whether it is knowledge, the world or time that changed."""
    table = ps.table_of(record.diff("2021-09-24", "2021-12-31"), record)
    assert table.name == "diff"
    row = row_of(table, subject="meeting:next", field="expected")
    assert (row["part"], row["before_edtf"], row["after_edtf"]) == ("happened", "2021-12", "2022-05")
    later = ps.table_of(record.diff("2021-09-24", "2022-06-01"), record)
    assert row_of(later, part="fell due")["after"] == "May 2022"
    changes = ps.table_of(record.diff("2021-09-24", "2021-12-31").happened, record)
    assert changes.headings == (table.headings[0], *table.headings[2:])


def test_who_is_quoted(record):
    """A plan has its speakers, those of the claims that the desk corrected too."""
    assert row_of(ps.table_of("calendar", record), subject="meeting:late")["speakers"] == "Alexander Ivanov"
    (entry,) = [one for one in record.entries("meeting:late") if one.event.name == "meeting-scheduled"]
    record.correct(entry, planned="2021-04/..", reason="mistyped")
    (entry,) = record.add(MeetingScheduled("unsaid", planned="2021-05"), source=AGENCY)
    corrected = record.correct(entry, planned="2021-06")
    record.correct(corrected.event.subject, planned="2021-07")
    record.correct(entry, planned="2021-08", source=NOTE, speaker="Lan")
    for name, subject, told in (
        ("calendar", "meeting:late", ("2021-04/..", "Alexander Ivanov")),
        ("calendar", "meeting:unsaid", ("2021-08", "Lan")),
        ("overdue", "meeting:unsaid", ("2021-08", "Lan")),
    ):
        table = ps.table_of(name, record, shared_only=False)
        assert table.headings[table.headings.index("sources") + 1] == "speakers"
        row = row_of(table, subject=subject)
        assert (row["planned_edtf"], row["speakers"]) == told


def test_two_views(record):
    """Each difference between them is a row, with what is here before what is there."""
    ministry = record.as_of(sources=lambda source: source == MINISTRY)
    table = ps.table_of(ministry.compare(record.as_of(sources=lambda source: source == AGENCY)), record)
    rows = {(row["part"], row["subject"], row["field"]): (row["before"], row["after"]) for row in table.dicts()}
    assert table.name == "comparison"
    assert rows["differs", "dialogue:ict", "launched_on"] == ("23 September 2021", "24 September 2021")
    assert rows["only here", "meeting:fmm", None] == (None, None)
    assert rows["overdue here", "meeting:next", "planned"] == ("December 2021", None)
    table = ps.table_of(record.as_of(sources=lambda source: source == AGENCY).compare(ministry), record)
    assert row_of(table, part="overdue there")["after_edtf"] == "2021-12"
    assert row_of(table, part="only there", subject="meeting:fmm")["field"] is None


def test_private_entries(record):
    """They are left out of a list that is asked for by name, and counted; a list that is given is as it is."""
    table = ps.table_of("claims", record)
    assert table.left_out == 1
    assert "meeting:secret" not in {row["subject"] for row in table.dicts()}
    row_of(ps.table_of("claims", record, shared_only=False), subject="meeting:secret")
    row_of(ps.table_of(record.meetings, record), subject="meeting:secret")


@pytest.mark.parametrize(
    ("answer", "advice"),
    [
        ("meetngs", "write 'meetings'"),
        ("nothing at all", "write 'claims', 'occurrences'"),
        ((), "give name="),
        ([1], "give a list that a view returned"),
        (7, "give a list that a view returned"),
    ],
)
def test_no_list(record, answer, advice):
    """What is not a list of a view is refused, with what to write."""
    with pytest.raises(InvalidValue, match=advice):
        ps.table_of(answer, record)
    with pytest.raises(InvalidValue, match="is not a view"):
        ps.table_of("claims", None)
    with pytest.raises(InvalidValue, match="'nothing' is not a list of a view"):
        ps.table_of((), record, "nothing")


def test_the_states_of_a_projection_without_subjects():
    """They have the key of the projection; values without fields stand in one column."""

    @frozen
    class Tally:
        number: int = 0

    counted = ps.Projection(
        "tallies", lambda _: Tally(), lambda tally, _: Tally(tally.number + 1), key=lambda _: ["all"]
    )
    plain = ps.Projection("plain", lambda _: 0, lambda number, _: number + 1, key=lambda _: ["all"])
    with ps.open(":memory:") as record:
        record.add(MeetingHeld("a", on="2020-01-01"), source=AGENCY)
        table = ps.table_of(record.project(counted), record)
        assert (table.headings, table.rows) == (("key", "number"), (("all", 1),))
        assert ps.table_of(record.project(plain), record).dicts()[0]["value"] == "1"


def test_types_that_only_type_checkers_know(record):
    """Fields of such a class are columns of words and days."""

    class Base:
        number: Nowhere  # noqa: F821  imported nowhere

    @frozen
    class Row(Base):
        number: object

    assert ps.table_of([Row(3)], record).rows == (("3",),)


def test_without_xlsxwriter(record, tmp_path, monkeypatch):
    """The error says what to install."""
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(NotInstalled, match="xlsxwriter; install it with: python -m pip install"):
        ps.table_of("sources", record).to_xlsx(tmp_path / "t.xlsx")


def test_at_a_prompt(record):
    """A table says how many rows it has, and a notebook shows the first ones."""
    table = ps.table_of("sources", record)
    assert repr(table) == f"<TableData sources: {len(table)} rows, {len(table.columns)} columns>"
    assert "MFA of Russia" in table._repr_html_()


# ---- CSV ----


def read_csv(path):
    """Return the rows of a file as the csv module has them."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def as_text(cell):
    """Return a cell as a CSV file has it without its guard."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    return str(cell).upper() if isinstance(cell, bool) else cell.isoformat() if isinstance(cell, date) else f"{cell}"


def test_csv_of_every_list(record, tmp_path):
    """The csv module reads the headings and every cell again."""
    path = tmp_path / "t.csv"
    for table in every_table(record):
        if table.rows:
            path.unlink(missing_ok=True)
            table.to_csv(path)
            heading, *rows = read_csv(path)
            assert tuple(heading) == table.headings
            assert [[unguarded(cell) for cell in row] for row in rows] == [
                list(map(as_text, row)) for row in table.rows
            ]


def test_csv_for_excel(record, tmp_path):
    """A file begins with a byte order mark and has lines as Windows has them; an open file gets neither."""
    table, stream = ps.table_of("sources", record), io.StringIO()
    table.to_csv(tmp_path / "t.csv")
    table.to_csv(stream)
    assert (tmp_path / "t.csv").read_bytes() == b"\xef\xbb\xbf" + stream.getvalue().replace("\n", "\r\n").encode()
    assert "'=1+1" in stream.getvalue()


def test_csv_over_another_file(record, tmp_path):
    """What does not begin with the columns of the table is not overwritten; an older table is."""
    path = tmp_path / "t.csv"
    path.write_text("precious")
    with pytest.raises(NotARecord, match="not overwritten"):
        ps.table_of("sources", record).to_csv(path)
    assert path.read_text() == "precious"
    path.unlink()
    ps.table_of("sources", record.as_of("2000-01-01")).to_csv(path)
    ps.table_of("sources", record).to_csv(path)
    assert read_csv(path)[0][0] == "publisher"
    assert len(read_csv(path)) > 1
    path.unlink()
    for write in (ps.table_of("claims", record).to_csv, lambda place: ps.write_template(place, "meeting")):
        write(path)  # perhaps filled in
        before = path.read_bytes()
        with pytest.raises(NotARecord, match="not overwritten"):
            ps.table_of("sources", record).to_csv(path)
        assert path.read_bytes() == before
        path.unlink()
    with pytest.raises(StorageError, match="does not exist"):
        ps.table_of("sources", record).to_csv(tmp_path / "none" / "t.csv")
    with pytest.raises(InvalidValue, match="is not a path"):
        ps.table_of("sources", record).to_csv(7)


# ---- workbooks ----


def read_sheet(path):
    """Return the cells of the first sheet, as openpyxl reads them."""
    return list(openpyxl.load_workbook(path).worksheets[0].iter_rows())


def test_workbooks_of_every_list(record, tmp_path):
    """Openpyxl reads the headings and every cell again, with its type."""
    for name in [*LISTS, "meetings", "funds", "meeting-held", "fund-balance-reported"]:
        table = ps.table_of(name, record)
        table.to_xlsx(tmp_path / "t.xlsx")
        heading, *rows = read_sheet(tmp_path / "t.xlsx")
        assert tuple(cell.value for cell in heading) == table.headings
        assert len(rows) == len(table.rows)
        for cells, row in zip(rows, table.rows, strict=True):
            for cell, value in zip(cells, row, strict=True):
                if isinstance(value, date):
                    moment = cell.value if isinstance(value, datetime) else cell.value.date()
                    assert (moment.replace(tzinfo=UTC) if isinstance(value, datetime) else moment) == value
                else:
                    assert cell.value == (float(value) if isinstance(value, Decimal) else value)
                    assert cell.data_type == {bool: "b", str: "s"}.get(type(value), "n")


def test_hostile_texts(record, tmp_path):
    """A text of a workbook is a text, whatever it begins with, and stays one where it is edited."""
    ps.table_of("meetings", record).to_xlsx(tmp_path / "t.xlsx")
    cells = [cell for row in read_sheet(tmp_path / "t.xlsx") for cell in row if str(cell.value).startswith("=")]
    assert {(cell.value, cell.data_type, cell.quotePrefix) for cell in cells} == {("=cmd|'/c calc'!A0", "s", True)}


def test_links(tmp_path):
    """Only what begins with http:// or https:// becomes a link."""
    columns = (ps.Column("url", "text"), ps.Column("note", "text"))
    hostile = (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "internal:Sheet1!A1",
        "mailto:a@b",
        "ftp://x",
        "\\\\host\\x",
    )
    long = f"https://example.org/{'x' * 3000}"
    rows = [("https://mid.ru/1", "https://mid.ru/2"), *((text, text) for text in hostile), (long, None)]
    ps.TableData("links", columns, tuple(rows)).to_xlsx(tmp_path / "t.xlsx")
    cells = [cell for row in read_sheet(tmp_path / "t.xlsx") for cell in row]
    assert [cell.value for cell in cells if cell.hyperlink] == ["https://mid.ru/1"]
    assert [cell.value for cell in cells[2::2]] == [row[0] for row in rows]


def test_days_that_excel_does_not_have(tmp_path):
    """Days before March 1900 are texts; those from then on are dates."""
    days = [date(1, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(9999, 12, 31)]
    moments = [datetime(1850, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, 12, tzinfo=UTC)]
    columns = (ps.Column("day", "day"), ps.Column("time", "time"))
    rows = [*((day, None) for day in days), *((None, moment) for moment in moments)]
    ps.TableData("days", columns, tuple(rows)).to_xlsx(tmp_path / "t.xlsx")
    _, *cells = read_sheet(tmp_path / "t.xlsx")
    assert [cell[0].value for cell in cells[:4]] == [
        "0001-01-01", "1900-02-28", datetime(1900, 3, 1), datetime(9999, 12, 31),  # noqa: DTZ001
    ]  # fmt: skip
    assert [cell[1].value for cell in cells[4:]] == ["1850-01-01T00:00:00+00:00", datetime(2020, 1, 1, 12)]  # noqa: DTZ001


def test_a_text_that_is_too_long_for_a_cell(tmp_path):
    """It is cut, and says so."""
    table = ps.TableData("texts", (ps.Column("text", "text"),), (("x" * 40_000,),))
    table.to_xlsx(tmp_path / "t.xlsx")
    (_, (cell,)) = read_sheet(tmp_path / "t.xlsx")
    assert (len(cell.value), cell.value[-1]) == (32_767, "…")


def test_a_name_that_no_sheet_may_have(tmp_path):
    """It is cut, and without the signs that Excel refuses."""
    ps.TableData("a" * 40, (ps.Column("n", "integer"),), ()).to_xlsx(tmp_path / "t.xlsx")
    ps.TableData("'a/b:c'", (ps.Column("n", "integer"),), ()).to_xlsx(tmp_path / "u.xlsx")
    names = [openpyxl.load_workbook(tmp_path / f"{letter}.xlsx").sheetnames for letter in "tu"]
    assert names == [["a" * 31], ["-a-b-c-"]]


def test_too_many_rows(tmp_path, monkeypatch):
    """A sheet that cannot hold them is not written."""
    monkeypatch.setattr("partnership.io.table_files._MOST_ROWS", 3)
    column = (ps.Column("n", "integer"),)
    ps.TableData("n", column, ((1,), (2,))).to_xlsx(tmp_path / "t.xlsx")
    with pytest.raises(InvalidValue, match="too many rows"):
        ps.TableData("n", column, ((1,), (2,), (3,))).to_xlsx(tmp_path / "u.xlsx")
    assert not (tmp_path / "u.xlsx").exists()


def test_a_workbook_over_another_file(record, tmp_path):
    """What is no workbook is not overwritten, and a name without .xlsx is refused."""
    path = tmp_path / "t.xlsx"
    path.write_text("precious")
    with pytest.raises(NotARecord, match="not overwritten"):
        ps.table_of("sources", record).to_xlsx(path)
    with pytest.raises(InvalidValue, match="ends with"):
        ps.table_of("sources", record).to_xlsx(tmp_path / "t.xls")
    path.unlink()
    ps.table_of("sources", record).to_xlsx(path)
    before = path.read_bytes()
    ps.table_of("sources", record).to_xlsx(path)
    assert path.read_bytes() == before
    ps.table_of("claims", record).to_xlsx(path)
    assert path.read_bytes() != before


def by_hand(path):
    """Write the workbook of somebody else."""
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "partnership"
    workbook.save(path)


def with_other_properties(path):
    """Write one that names the library as its author."""
    workbook = openpyxl.Workbook()
    workbook.custom_doc_props.append(openpyxl.packaging.custom.StringProperty(name="author", value="partnership"))
    workbook.save(path)


def filled_in(path):
    """Write a template with a row of claims."""
    ps.write_template(path, "meeting")
    workbook = openpyxl.load_workbook(path)
    workbook["Claims"]["B3"] = "fmm-3"
    workbook.save(path)


@pytest.mark.parametrize(
    "write", [by_hand, with_other_properties, filled_in, lambda path: ps.write_template(path, "fund")]
)
def test_a_table_over_a_workbook_of_others(record, tmp_path, write):
    """A workbook that somebody else made or filled in stays."""
    path = tmp_path / "t.xlsx"
    write(path)
    before = path.read_bytes()
    with pytest.raises(
        NotARecord,
        match="is no workbook that this library wrote, and is not overwritten: give another name, or move it away",
    ):
        ps.table_of("sources", record).to_xlsx(path)
    assert path.read_bytes() == before


def test_a_table_saved_again_by_a_spreadsheet(record, tmp_path):
    """It is known by its property, which spreadsheets keep, and is replaced."""
    path = tmp_path / "t.xlsx"
    ps.table_of("sources", record).to_xlsx(path)
    before = path.read_bytes()
    openpyxl.load_workbook(path).save(path)
    assert path.read_bytes() != before
    ps.table_of("sources", record).to_xlsx(path)
    assert path.read_bytes() == before


def test_a_table_over_a_damaged_workbook(record, tmp_path):
    """What begins as a zip and is none cannot be known for ours, and is not overwritten."""
    path = tmp_path / "t.xlsx"
    path.write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(NotARecord, match="not overwritten"):
        ps.table_of("sources", record).to_xlsx(path)


# ---- laws ----

EXAMPLES = settings().max_examples
EVENTS = st.sampled_from(sorted(ps.Kinds().events.values(), key=lambda event: event.name)).flatmap(
    lambda event: events_of(event, st.just("a")) if event.kind not in ("claim", "subject") else st.nothing()
)


@settings(max_examples=min(EXAMPLES, 10) if EXAMPLES <= 100 else EXAMPLES)
@given(st.lists(EVENTS, min_size=1, max_size=3))
def test_any_events(tmp_path, events: list[Event]):
    """Whatever is recorded, the csv module and openpyxl read every cell of claims and of states again."""
    with ps.open(":memory:") as record:
        record.add(*events, source=AGENCY)
        names = {event.name for event in events} | {record.kinds[event.kind].name for event in events}
        for name in sorted(names):
            if name in record.kinds.names and record.kinds[name].projection is None:
                continue
            table = ps.table_of(name, record)
            (tmp_path / "t.csv").unlink(missing_ok=True)
            table.to_csv(tmp_path / "t.csv")
            _, *rows = read_csv(tmp_path / "t.csv")
            assert [[unguarded(cell) for cell in row] for row in rows] == [
                list(map(as_text, row)) for row in table.rows
            ]
        table.to_xlsx(tmp_path / "t.xlsx")
        assert len(read_sheet(tmp_path / "t.xlsx")) == len(table) + 1
