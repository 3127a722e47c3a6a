"""The public page: it runs as it stands in the README, and gives the answers in its comments."""

from __future__ import annotations

import re
import runpy
from datetime import UTC, datetime
from pathlib import Path

import pytest

import partnership as ps
from partnership.__main__ import main

README = Path(__file__).parent.parent / "README.md"
BLOCKS = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)


def block(words):
    """Return the block of code in which these words stand."""
    return next(one for one in BLOCKS if words in one)


@pytest.fixture
def page(tmp_path, monkeypatch):
    """Run the page in an empty folder and hand out what it made."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(BLOCKS[0], names)  # noqa: S102  the README's own words
    yield names
    names["record"].close()


def test_the_answers_in_its_comments(page):
    """Every line gives what the comment beside it says."""
    record = page["record"]
    standing = record.as_of("2021-02-01")
    assert record.meetings["special-fmm-2020"].held_on == ps.When("2020-06-17")
    assert record.dialogues["ict-security"].status == "launched"
    assert record.dialogues["ict-security"].launched_on == ps.When("2021-09-23")
    assert record.dialogues["ict-security"].disputed == ("launched_on",)
    assert standing.dialogues["ict-security"].status == "preparing"
    assert [(one.subject, one.planned.text) for one in standing.overdue()] == [
        ("meeting:urban-technologies-2020", "2020-12")
    ]
    assert dict(record.as_of(known="2020-10-31").dialogues) == {}
    why = record.why("dialogue:ict-security")
    assert [one.source.publisher for one in why.reasons["launched_on"].because] == ["MFA of Russia"]
    assert [(value.text, lost[0].source.publisher) for value, lost in why.reasons["launched_on"].against] == [
        ("2021-09-24", "TASS")
    ]
    assert {one.slug for one in record.findings()} == {"disputed", "held-unannounced"}


def test_the_difference_between_two_days(page):
    """The launch happened in the world, and the conference merely fell due."""
    diff = page["record"].diff("2020-11-16", "2021-12-31")
    assert diff.learned == ()
    assert ("dialogue:ict-security", "status", "preparing", "launched") in [
        (one.subject, one.field, one.before, one.after) for one in diff.happened
    ]
    assert [one.subject for one in diff.fell_due] == ["meeting:urban-technologies-2020"]
    assert "fell due: meeting:urban-technologies-2020: planned 2020-12, said by VNA, 2020-11-16" in str(diff)


def test_a_file_that_is_opened_again(page):
    """It holds what was written, and writing the same once more adds nothing."""
    first = page["record"].entries()
    with ps.open("asean-russia.db", clock=lambda: datetime(2030, 1, 1, tzinfo=UTC)) as again:
        assert again.entries() == first
        exec(BLOCKS[0].replace('ps.open("asean-russia.db")', "record"), {"record": again})  # noqa: S102
        assert again.entries() == first
        assert again.verify().is_sound


def test_the_words_that_why_prints(page):
    """They are those that the README shows."""
    shown = re.search(r"prints\n\n```text\n(.*?)```", README.read_text(), re.DOTALL)
    assert str(page["record"].why("dialogue:ict-security", field="launched_on")) == shown[1].strip()


def test_the_page_of_events():
    """It is what the classes say; else: python docs/write.py."""
    docs = README.parent / "docs"
    assert (docs / "events.md").read_text("utf-8") == runpy.run_path(str(docs / "write.py"))["page"]()


def test_the_lines_about_mending(page):
    """They run on the record of the page, and leave it sound."""
    record = page["record"]
    exec(block("record.correct("), page)  # noqa: S102
    assert record.meetings["nartt-2"].held_on == ps.When("2020-11-19/2020-11-20")
    assert record.meetings["think-tanks-2020"] == record.meetings["nartt-2"]
    assert record.verify().is_sound


def printed(answer):
    """Return an answer as it prints itself, several of them on lines of their own."""
    return "\n".join(map(str, answer)) if isinstance(answer, tuple) else str(answer)


@pytest.fixture
def asked(monkeypatch):
    """Read the record of ASEAN-Russia as the README does, and hand out what it made."""
    monkeypatch.chdir(README.parent)
    names: dict[str, object] = {"ps": ps}
    exec(block("record.scoreboard(").partition("\n")[0], names)  # noqa: S102
    yield names
    names["record"].close()


def test_the_questions_about_asean_and_russia(asked):
    """Each answer prints what stands beside it."""
    lines = [one for one in block("record.scoreboard(").splitlines()[1:] if one]
    assert len(lines) == 13
    for line in lines:
        question, _, answer = line.partition("  # ")
        assert answer in printed(eval(question, asked)), line  # noqa: S307


def test_the_terminal(tmp_path, monkeypatch, capsys):
    """Each command prints the lines below it, in their order; what an ellipsis stands for is left out."""
    (session,) = re.findall(r"```console\n(\$.*?)```", README.read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(README.parent / "examples")
    asked = re.findall(r"^\$ partnership (.*)\n((?:[^$].*\n)+)", session, re.MULTILINE)
    assert len(asked) == 3
    for words, answer in asked:
        assert main(words.split()) == 0
        shown = ".*".join(re.escape(one.strip()) for one in answer.split("…"))
        assert re.search(shown, capsys.readouterr().out, re.DOTALL), words


def test_a_record_that_travels(asked, tmp_path, monkeypatch):
    """It is the same at the other desk, and the merge adds nothing."""
    monkeypatch.chdir(tmp_path)
    exec(block("ps.write("), asked)  # noqa: S102
    with asked["theirs"] as theirs:
        assert len(asked["written"]) == len(theirs.entries()) == len(asked["record"].entries())
        assert theirs.findings() == asked["record"].findings()
