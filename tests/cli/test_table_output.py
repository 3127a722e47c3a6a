"""Lists as tables for spreadsheets: CSV that is printed, and workbooks, from which private entries stay out."""

from __future__ import annotations

import csv
import io

import pytest

import partnership as ps
from partnership.events import MeetingScheduled, RoleHeld

LISTS = {
    "overdue": ("overdue", 5, 1),
    "calendar": ("calendar --as-of 2022-04-15", 3, 1),
    "outcomes": ("outcomes --as-of 2022-04-15", 5, 1),
    "who": ("who asean-chair --on 2020-06-17", 1, 0),
    "who at another time": ("who asean-chair --on 1990-06-17", 1, 0),
    "who with a holder that stays at the desk": ("who envoy", 2, 1),
    "claims": ("claims", 15, 3),
    "claims of one kind": ("claims --kind statement", 1, 1),
    "find": ("find vna", 8, 2),
    "find nothing private": ("find special", 2, 0),
    "disputes": ("disputes", 2, 0),
    "findings": ("findings", 2, 0),
    "show": ("show meetings", 4, 1),
    "a family of one party": ("show courses --party RU", 1, 0),
    "diff": ("diff 2020-11-16 2022-06-01", 15, 3),
}
"""Command lines without the record, the number of rows, and how many private entries are behind them."""

NOTES = ("", "1 private entry is left out.", "2 private entries are left out.", "3 private entries are left out.")


@pytest.fixture
def filled(path):
    """Add chairs, and a plan that stays at the desk."""
    with ps.open(path) as record:
        vna = ps.Source("VNA", published="2020-11-16")
        record.add(RoleHeld("asean-chair", holder="VN", on="2020-01/2020-12"), source=vna)
        record.add(RoleHeld("envoy", holder="VN", on="2020"), source=vna)
        record.add(RoleHeld("envoy", holder="LA", on="2021"), source=vna, shared=False)
        record.add(MeetingScheduled("secret", planned="2022-05", title="=HYPERLINK(1)"), source=vna, shared=False)
    return path


def command(line, path):
    """Return the words of a command line, with the record."""
    verb, *words = line.split()
    return verb, path, *words


@pytest.mark.parametrize("name", LISTS)
def test_a_list_as_csv(name, run, filled):
    """A row for each thing, under headings that differ; what is private stays out, which is said, but for --all."""
    line, number, private = LISTS[name]
    code, out, err = run(*command(line, filled), "--csv")
    assert (code, err) == (0, f"partnership: {NOTES[private]} --all includes them.\n" if private else "")
    assert "secret" not in out
    assert "They may" not in out
    code, out, err = run(*command(line, filled), "--csv", "--all")
    assert (code, err) == (0, "")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == number
    headings = out.splitlines()[0].split(",")
    assert len(headings) == len({*headings})
    assert all(None not in row and None not in row.values() for row in rows)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_as_a_workbook(name, run, filled, tmp_path):
    """It says how many rows it has, and how many private entries were left out; with --all, none are."""
    calamine = pytest.importorskip("python_calamine")
    line, number, private = LISTS[name]
    code, out, err = run(*command(line, filled), "--xlsx", "out.xlsx")
    assert (code, err) == (0, "")
    assert out.endswith(f" to out.xlsx.\n{NOTES[private]}\n" if private else " to out.xlsx.\n")
    first = calamine.load_workbook(str(tmp_path / "out.xlsx")).get_sheet_by_index(0).to_python()
    assert not any("secret" in str(cell) or "They may" in str(cell) for row in first for cell in row)
    assert run(*command(line, filled), "--xlsx", "out.xlsx", "--all")[1].startswith(f"Wrote {number} row")
    every = calamine.load_workbook(str(tmp_path / "out.xlsx")).get_sheet_by_index(0).to_python()
    assert len(every) == number + 1


def test_who_owes_it(run, filled):
    """The table of what is overdue has a column for it, and one for who is quoted."""
    rows = [*csv.DictReader(io.StringIO(run("overdue", filled, "--as-of", "2022-06-01", "--csv", "--all")[1]))]
    assert [row["speakers"] for row in rows] == ["", "", "Alexander Ivanov", "Alexander Ivanov"]
    assert {row["subject"]: row["owed_by"] for row in rows} == {
        "meeting:secret": "",
        "meeting:arsom-2022": "",
        "course:vladivostok-biosafety": "RU",
        "meeting:urban-technologies-2020": "",
    }


def test_a_holder_of_whom_nothing_is_known(run, filled):
    """The table has its headings and no rows."""
    with ps.open(filled) as record:
        record.add(ps.events.RoleVacant("legate", on="2018-01/2018-12"), source=ps.Source("VNA"))
    heading, *rows = run("who", filled, "legate", "--on", "2018-06-01", "--csv")[1].splitlines()
    assert (heading.split(",")[0], heading.split(",")[-1], rows) == ("holder", "held", [])


def test_an_answer_that_is_not_one_table(run, filled):
    """A family is asked for; and one form only."""
    for words in ((), ("ict-security",)):
        code, out, err = run("show", filled, *words, "--csv")
        assert (code, out, "this is not one table: name a family, meetings," in err) == (2, "", True)
    assert run("overdue", filled, "--csv", "--json")[0] == 2
