"""The verbs that write and take in files: what leaves the desk, what stays, and what was changed."""

from __future__ import annotations

import json
import re
import sqlite3

import pytest

import partnership as ps
from partnership.events import MeetingHeld

KEPT = "1 private entry is left out."


# ---- export ----


def test_an_export(run, path, tmp_path):
    """What the desk keeps to itself is left out, and the output says how many entries that are."""
    assert run("export", path, "out.jsonl") == (0, f"Wrote 10 entries to out.jsonl.\n{KEPT}\n", "")
    with ps.read("out.jsonl") as theirs:
        assert theirs.partnership == "asean-russia"
        assert not theirs.statements
    assert "They may" not in (tmp_path / "out.jsonl").read_text("utf-8")


def test_an_export_of_all(run, path):
    """It is for the desk's own copy: nothing is left out, and nothing is said of it."""
    assert run("export", path, "out.jsonl", "--all") == (0, "Wrote 11 entries to out.jsonl.\n", "")
    with ps.read("out.jsonl") as theirs:
        assert len(theirs.statements) == 1


def test_an_export_of_a_day(run, path):
    """It holds what was known then, and counts what is left out of that."""
    assert run("export", path, "out.jsonl", "--known", "2020-11-16") == (0, "Wrote 4 entries to out.jsonl.\n", "")


def test_one_entry(run, tmp_path):
    """It is counted in the singular; and two that stay in the plural."""
    path, out = str(tmp_path / "one.db"), str(tmp_path / "out.jsonl")
    with ps.open(path) as record:
        record.add(MeetingHeld("a"), source=ps.Source("VNA"))
        record.add(MeetingHeld("b"), MeetingHeld("c"), source=ps.Source("VNA"), shared=False)
    told = f"Wrote 1 entry to {out}.\n2 private entries are left out.\n"
    assert run("export", path, out) == (0, told, "")


def test_the_keys_of_an_export(values, path):
    """The file, how many entries it has, and how many stay."""
    assert values("export", path, "out.jsonl") == {"file": "out.jsonl", "written": 10, "left_out": 1}


# ---- import ----


def test_an_import(run, values, path):
    """The record is made where there is none; what is there already is not added again."""
    run("export", path, "out.jsonl")
    assert run("import", "new.db", "out.jsonl") == (0, "Added 10 entries to new.db, which holds 10.\n", "")
    assert run("import", "new.db", "out.jsonl") == (0, "Added 0 entries to new.db, which holds 10.\n", "")
    assert values("import", "newer.db", "out.jsonl") == {"record": "newer.db", "added": 10, "entries": 10}


def test_lines_of_which_one_is_none(run, path, tmp_path):
    """All of them or none: the file, the line and the reason are told, and no record is made."""
    run("export", path, "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_bytes().splitlines()
    (tmp_path / "bad.jsonl").write_bytes(b"\n".join([*lines, b'{"claim":"\x1b[2J"}', b""]))
    code, out, err = run("import", "new.db", "bad.jsonl")
    assert (code, out, (tmp_path / "new.db").exists()) == (2, "", False)
    assert err.startswith("partnership: nothing was added:\n  bad.jsonl, line 12: ")
    assert "\x1b" not in err


# ---- verify ----


def test_a_sound_log(run, values, path):
    """Its head is printed as it is kept, and its keys are the library's."""
    with ps.open(path) as record:
        head, journal = record.tree_head(), record.verify().journal
    told = f"Sound: 11 entries, as they were written.\n\n{head}"
    assert run("verify", path) == (0, told, "")
    assert values("verify", path) == {
        "is_sound": True,
        "problems": [],
        "head": {"partnership": "asean-russia", "size": 11, "root": head.root},
        "journal": journal,
    }


def test_a_head_that_was_kept(run, path, tmp_path):
    """What `verify` printed is enough; a log that grew begins with it, one that was written again does not."""
    (tmp_path / "head.txt").write_text(run("verify", path)[1], "utf-8")
    with ps.open(path) as record:
        record.add(MeetingHeld("b"), source=ps.Source("VNA"))
    assert run("verify", path, "--head", "head.txt")[0] == 0

    run("export", path, "out.jsonl")
    run("import", "again.db", "out.jsonl")
    code, out, err = run("verify", "again.db", "--head", "head.txt")
    assert (code, err) == (1, "")
    assert out.startswith("Not sound: 1 problem.\n")


def test_a_log_that_was_changed(run, path):
    """Every problem is a line, and the exit code is 1; with `--json` too."""
    file = sqlite3.connect(path)
    guards = file.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        file.execute(f"DROP TRIGGER {name}")
    file.execute("UPDATE entries SET by = 'somebody else' WHERE position IN (2, 3)")
    for _, guard in guards:
        file.execute(guard)
    file.commit()
    file.close()
    code, out, err = run("verify", path)
    told = "has another time, recorder or position than it was written with"
    assert (code, err) == (1, "")
    assert re.match(r"Not sound: [2-9] problems\.\n", out)
    assert {f"entry 2 {told}", f"entry 3 {told}"} <= {*out.splitlines()}
    code, out, _ = run("verify", path, "--json")
    assert (code, json.loads(out)["is_sound"]) == (1, False)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"asean-russia", "does not end with the head of a log: give what `partnership verify` printed"),
        (b"", "does not end with the head of a log: give what `partnership verify` printed"),
        (b"\xff\xfe", "cannot be read: "),
        (None, "cannot be read: No such file or directory"),
    ],
)
def test_a_file_without_a_head(content, told, run, path, tmp_path):
    """It is refused in one line."""
    if content is not None:
        (tmp_path / "head.txt").write_bytes(content)
    code, out, err = run("verify", path, "--head", "head.txt")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"partnership: head.txt: {told}")


# ---- cite, backup and calendar files ----


def test_sources_for_a_bibliography(run, values, path, tmp_path):
    """They are written in the form that the name of the file asks for, without those of private entries alone."""
    assert run("cite", path, "a.bib") == (0, f"Wrote 4 sources to a.bib.\n{KEPT}\n", "")
    assert "A desk" not in (tmp_path / "a.bib").read_text("utf-8")
    assert values("cite", path, "a.json") == {"file": "a.json", "written": 4, "left_out": 1}
    assert len(json.loads((tmp_path / "a.json").read_text("utf-8"))) == 4
    code, _, err = run("cite", path, "a.txt")
    assert (code, err.startswith("partnership: 'a.txt' ends in neither .bib nor .json")) == (2, True)


def test_linked_data(run, values, path, tmp_path):
    """The name of the file says the form; the base is that of its identifiers."""
    code, out, err = run("link", path, "a.jsonld", "--base", "https://example.org/desk/")
    assert (code, err) == (0, "")
    assert re.fullmatch(rf"Wrote \d+ \w+ to a\.jsonld\.\n{re.escape(KEPT)}\n", out)
    assert "https://example.org/desk/" in (tmp_path / "a.jsonld").read_text("utf-8")
    assert set(values("link", path, "a.json")) == {"file", "written", "left_out"}
    assert run("link", path, "a.txt")[0] == 2


def test_a_backup(run, values, path):
    """It has every entry and the same head; an earlier one is replaced only if that is asked for."""
    with ps.open(path) as record:
        head = record.tree_head()
    told = "Copied 11 entries to copy.db, private ones too. The head of its log:"
    assert run("backup", path, "copy.db") == (0, f"{told}\n\n{head}", "")
    assert run("verify", "copy.db")[0] == 0
    assert run("backup", path, "copy.db")[0] == 2
    found = values("backup", path, "copy.db", "--replace")
    assert found == {"file": "copy.db", "head": {"partnership": "asean-russia", "size": 11, "root": head.root}}
    run("export", path, "lines.jsonl")
    assert run("backup", "lines.jsonl", "b.db") == (
        2,
        "",
        "partnership: lines.jsonl: is a file of lines: copy the file\n",
    )


def test_a_calendar_file(run, values, path, tmp_path):
    """It says what is an event in it, what is only a task, and what stays; it is not of a part of the plans."""
    pytest.importorskip("icalendar")
    code, out, err = run("calendar", path, "--ics", "a.ics", "--as-of", "2022-04-15")
    assert (code, err) == (0, "")
    assert re.match(r"Wrote a\.ics: \d+ events?\.\n", out)
    assert out.endswith(f"{KEPT}\n")
    assert (tmp_path / "a.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    found = values("calendar", path, "--ics", "a.ics")
    assert set(found) == {"file", "events", "tasks", "undated", "left_out"}
    for option in (("--party", "RU"), ("--kind", "meeting"), ("--until", "2022-12-31")):
        code, out, err = run("calendar", path, "--ics", "b.ics", *option)
        assert (code, out, "is given for a calendar file, which has all plans; leave it out" in err) == (2, "", True)
