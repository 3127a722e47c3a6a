"""Which record is meant and as of when; what cannot be is one line on standard error, and exit code 2."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

import partnership as ps
from partnership.cli.open_record import is_record

OTHERS = "there is no such file; `partnership new` makes an empty one, `partnership import` one from files of lines"
SEE = "--help` shows the usage"
LINES = "is a file of lines, and no log: verify the record into which they are read"

WRONG = {
    "no verb": ([], f"the following arguments are required: VERB; `partnership {SEE}"),
    "a verb that is none": (
        ["shw", "a.db"],
        (f"'shw' is not a verb; did you mean show?; `partnership {SEE}"),
    ),
    "no record": (["show"], f"the following arguments are required: RECORD; `partnership show {SEE}"),
    "no subject": (["why", "{path}"], f"the following arguments are required: SUBJECT; `partnership why {SEE}"),
    "no later day": (
        ["diff", "{path}", "2020-11-16"],
        f"the following arguments are required: AFTER; `partnership diff {SEE}",
    ),
    "an option that is none": (
        ["overdue", "{path}", "--grace=\x1b[2J\n5"],
        f"unrecognized arguments: --grace=<U+001B>[2J<U+000A>5; `partnership {SEE}",
    ),
    "a shortened option": (
        ["overdue", "{path}", "--as", "2020-11-16"],
        f"unrecognized arguments: --as 2020-11-16; `partnership {SEE}",
    ),
    "a record that is not there": (["show", "nope.db"], f"nope.db: {OTHERS}"),
    "a record with a hostile name": (["show", "[red]x\x1b[2J\u202e"], f"[red]x<U+001B>[2J<U+202E>: {OTHERS}"),
    "a name that no file has": (["show", "a\0b"], "a<U+0000>b: cannot be read: embedded null byte"),
    "an empty name": (["show", ""], "'': is not the name of a file"),
    "a folder": (["show", "."], ".: is a folder: give the name of a file"),
    "nothing": (["overdue", "empty.db"], "empty.db: is empty, and no record: name a record"),
    "a page": (["overdue", "page.html"], "page.html: is a page or another document, and no record: name a record"),
    "something else": (["overdue", "other.txt"], "other.txt: is no file of lines (is not JSON from character 1 on): "),
    "a database of something else": (
        ["show", "other.db"],
        "other.db: is an SQLite file of something else: nothing was written",
    ),
    "a day in words": (
        ["overdue", "{path}", "--as-of", "yesterday"],
        "'yesterday' is not a day, as --as-of needs; write one as 2021-02-01",
    ),
    "an empty day": (
        ["overdue", "{path}", "--known", ""],
        "'' is not a day, as --known needs; write one as 2021-02-01",
    ),
    "a vague day": (
        ["show", "{path}", "--known", "2020"],
        "'2020' is not a day, as --known needs; write an exact one, as 2020-12-31",
    ),
    "a day that the month does not have": (
        ["diff", "{path}", "2020-11-16", "31/06/2026"],
        (
            "'31/06/2026' is not a date: June has 30 days; write 2026-06-30, 2026-06 (some day in June) or 2026-06~ "
            "(about June)"
        ),
    ),
    "days in the wrong order": (
        ["diff", "{path}", "2021-12-31", "2020-11-16"],
        "'2020-11-16' is before 2021-12-31; give the earlier day first",
    ),
    "a slug of two kinds": (
        ["why", "two.db", "a"],
        "'a' may be course:a or meeting:a; ask with the kind in front",
    ),
    "a verification of lines": (["verify", "lines.jsonl"], f"lines.jsonl: {LINES}"),
    "an import of a record": (
        ["import", "new.db", "two.db"],
        "two.db: is not a file of lines: `partnership export two.db FILE.jsonl` makes one of a record",
    ),
    "an import of what is not there": (["import", "new.db", "nope.jsonl"], f"nope.jsonl: {OTHERS}"),
    "an import into something else": (["import", "other.txt", "lines.jsonl"], "other.txt: is no SQLite file, or"),
    "an export over something else": (
        ["export", "two.db", "two.db"],
        "two.db: is something else, and is not overwritten: give another name, or move it away",
    ),
    "an export into no folder": (
        ["export", "two.db", "nowhere/out.jsonl"],
        "nowhere/out.jsonl: its folder does not exist: create it first",
    ),
}


@pytest.fixture
def place(path):
    """Put files of other kinds beside the record."""
    Path("other.txt").write_text("Dear colleague\n" * 100, "utf-8")
    Path("empty.db").write_bytes(b"")
    Path("page.html").write_text("\n<!DOCTYPE html>", "utf-8")
    other = sqlite3.connect("other.db")
    other.execute("CREATE TABLE letters (body TEXT)")
    other.commit()
    other.close()
    with ps.open("two.db") as record:
        record.add(ps.events.MeetingHeld("a"), ps.events.CoursePlanned("a", planned="2021"), source=ps.Source("VNA"))
        ps.write(record, "lines.jsonl")
    return path


@pytest.mark.parametrize("name", WRONG)
def test_a_command_line_that_cannot_be(name, run, place):
    """It is one line on standard error that says what to do; nothing is printed, and no file is made or changed."""
    words, told = WRONG[name]
    before = {one: one.read_bytes() for one in Path().iterdir()}
    code, out, err = run(*(one.format(path=place) for one in words))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"partnership: {told}")
    assert {one: one.read_bytes() for one in Path().iterdir()} == before


def test_a_file_that_may_not_be_read(run, path, monkeypatch):
    """It is told with the reason."""

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert run("show", path) == (2, "", f"partnership: {path}: cannot be read: Permission denied\n")


def test_lines_in_place_of_a_record(run, place):
    """They are read where nothing is written to them."""
    assert is_record("two.db")
    assert not is_record("lines.jsonl")
    assert run("show", "lines.jsonl", "a", "--as-of", "2020-01-01")[0] == 2
    assert "meeting:a" in run("show", "lines.jsonl", "meetings")[1]
    assert place


def test_the_cuts(run, path):
    """StatusAt on a day, as known on a day, and the one day as known on the other."""

    def status(*scope):
        return run("show", path, "dialogues", *scope)[1].splitlines()[-2].partition("   ")[2]

    assert status("--as-of", "2021-02-01") == "preparing"
    assert status("--known", "2021-02-01") == "preparing"
    assert status("--as-of", "2021-02-01", "--known", "2022-01-01") == "preparing"
    assert status("--as-of", "2021-09-30", "--known", "2022-01-01").startswith("launched")
    assert status().startswith("launched")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://desk:secretpw@localhost/desk",
        "postgresql:/desk:secretpw@localhost/desk",
        "password=secretpw host=localhost",
        "desk:secretpw@localhost",
    ],
)
def test_the_address_of_a_server(run, path, address):
    """It is refused without a word of what may be a password, where it is none, or a file is needed."""
    run("export", path, "some.jsonl")
    for words in (
        ["show", address],
        ["verify", address],
        ["verify", path, "--head", address],
        ["import", address, "some.jsonl"],
        ["import", "new.db", address],
        ["export", path, address],
        ["page", path, address],
    ):
        code, out, told = run(*words)
        assert (code, "secretpw" in out + told) == (2, False), words
        assert "give the name of" in told or "add --partnership NAME" in told
    for words in ([address], ["show", path, "meetings", address]):
        code, out, told = run(*words)
        assert (code, "secretpw" in out + told) == (2, False), words
        assert "may be an address with a password, and is not repeated" in told


@pytest.mark.parametrize(
    "file",
    [
        ("docs.csv", b"event,subject\n", "a sheet"),
        ("docs.XLSX", b"PK\x03\x04", "a sheet"),
        ("docs", b"PK\x03\x04", "a sheet"),
        ("docs.tsv", b"", "a sheet"),
        ("article.json", b'{"source": {}, "claims": []}', "a document in JSON"),
    ],
)
@pytest.mark.parametrize("words", [["overdue"], ["add", "two.json"], ["verify"], ["backup", "b.db"], ["show"]])
def test_what_is_added_in_the_place_of_a_record(file, words, run, path):
    """It is named, with how to record what it states."""
    name, content, noun = file
    Path(name).write_bytes(content)
    verb, *rest = words
    told = f"partnership: {name}: is {noun}, and no record: `partnership add RECORD {name}` records what "
    code, out, err = run(verb, name, *rest)
    assert (code, out, err.startswith(told)) == (2, "", True)
    imported = f"partnership: {name}: is {noun}, and no file of lines: `partnership add` records what it states\n"
    assert run("import", path, name) == (2, "", imported)


@pytest.mark.parametrize(
    "day", ["2022-06-01", "1 June 2022", "June 1, 2022", "1st June 2022", "1 Jun 2022", "2022/06/01", "31.05.2022"]
)
def test_days_as_people_write_them(day, run, path):
    """An option takes an exact day in the forms that sheets take."""
    assert run("overdue", path, "--as-of", day)[1].startswith(
        f"Overdue on {'31 May' if '31' in day else '1 June'} 2022"
    )


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ("June 2022", "'2022-06' is not a day, as --as-of needs; write an exact one, as 2022-06-30"),
        ("03/04/2022", "'03/04/2022' "),
        ("about 1 June 2022", "'2022-06-01~' is not a day, as --as-of needs"),
        ("yesterday", "'yesterday' is not a day, as --as-of needs; write one as 2021-02-01"),
    ],
)
def test_no_exact_day(day, told, run, path):
    """A vague date, or one with two readings, is refused."""
    code, out, err = run("overdue", path, "--as-of", day)
    assert (code, out, err.startswith(f"partnership: {told}")) == (2, "", True)
