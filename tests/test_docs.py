"""README and docs: every block of code runs, and what it prints is what stands beside it."""

from __future__ import annotations

import ast
import contextlib
import io
import re
import runpy
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

import partnership as ps
from partnership.__main__ import main

pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
NEEDS = {"charts": "matplotlib", "files": "icalendar", "page": "jinja2"}
"""Pages whose code needs an extra, by the package that it installs."""
COMMANDS_NEED = {"desk": ("icalendar", "jinja2", "xlsxwriter")}
"""Pages whose commands need extras, by the packages that these install."""
BLOCK = re.compile(r"```(python|text|console)\n(.*?)```", re.DOTALL)
ANSWER = re.compile(r"  # -> (.+)$")


def blocks(page):
    """Return the blocks of a page as pairs of language and text, in their order."""
    return BLOCK.findall(page.read_text("utf-8"))


def run(code, names):
    """Run a block; return what it printed. An expression with ``# -> text`` must print itself with that text in it."""
    lines, printed = code.splitlines(), io.StringIO()
    with contextlib.redirect_stdout(printed):
        for statement in ast.parse(code).body:
            source = ast.unparse(statement)
            expected = ANSWER.search(lines[statement.end_lineno - 1])
            if expected is None:
                exec(compile(source, "<docs>", "exec", dont_inherit=True), names)  # noqa: S102  the page's own code
                continue
            value = eval(source, names)  # noqa: S307
            shown = "\n".join(map(str, value)) if isinstance(value, tuple) and value else ""
            assert expected[1] in f"{value}\n{value!r}\n{shown}", f"{lines[statement.end_lineno - 1]}: {value}"
    return printed.getvalue()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Work in an empty folder that has the examples."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    return tmp_path


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_code_of_a_page(page):
    """Python blocks run in order in one namespace; the text block behind one is what it prints."""
    if any(language == "python" for language, _ in blocks(page)) and page.stem in NEEDS:
        pytest.importorskip(NEEDS[page.stem])
    names: dict[str, object] = {"__name__": page.stem}
    printed = None
    for language, text in blocks(page):
        if language == "text" and printed is not None:
            assert text.strip() == printed.strip()
        printed = run(text, names) if language == "python" else None
    for value in names.values():
        if isinstance(value, ps.Record):
            value.close()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_commands_of_a_page(page, capsys):
    """Each ``partnership`` command prints the lines below it; an ellipsis stands for anything."""
    for package in COMMANDS_NEED.get(page.stem, ()):
        pytest.importorskip(package)
    sessions = [text for language, text in blocks(page) if language == "console" and text.startswith("$ ")]
    for session in sessions:
        commands = re.findall(r"^\$ partnership (.*)\n((?:[^$].*\n)+)", session, re.MULTILINE)
        assert len(commands) == session.count("$ ")
        for words, answer in commands:
            assert main(shlex.split(words)) == 0
            pattern = ".*".join(re.escape(part.strip()) for part in answer.split("…"))
            assert re.search(pattern, capsys.readouterr().out, re.DOTALL), words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_links_of_a_page(page):
    """Every link to a file leads to one."""
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_length_of_the_readme():
    """It fits on a few screens."""
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) < 150


def test_the_list_of_events():
    """It is what the classes say; else run ``python docs/write.py``."""
    assert (ROOT / "docs/events.md").read_text("utf-8") == runpy.run_path(str(ROOT / "docs/write.py"))["page"]()


@pytest.fixture
def tutorial(folder):  # noqa: ARG001  entered for the working directory
    """Run the first block of the tutorial, the public page, and return its names."""
    names: dict[str, object] = {}
    code = next(text for language, text in blocks(ROOT / "docs/tutorial.md") if language == "python")
    run(code, names)
    yield names, code
    names["record"].close()


def test_the_answers_of_the_public_page(tutorial):
    """Each line gives what the comment beside it says."""
    record = tutorial[0]["record"]
    then = record.as_of("2021-02-01")
    assert record.meetings["special-fmm-2020"].held_on == ps.When("2020-06-17")
    assert record.dialogues["ict-security"].status == "launched"
    assert record.dialogues["ict-security"].launched_on == ps.When("2021-09-23")
    assert record.dialogues["ict-security"].disputed == ("launched_on",)
    assert then.dialogues["ict-security"].status == "preparing"
    assert [(item.subject, item.planned.text) for item in then.overdue()] == [
        ("meeting:urban-technologies-2020", "2020-12")
    ]
    assert dict(record.as_of(known="2020-10-31").dialogues) == {}
    assert {finding.slug for finding in record.findings()} == {"disputed", "held-unannounced"}
    diff = record.diff("2020-11-16", "2021-12-31")
    assert diff.learned == ()
    assert ("dialogue:ict-security", "status", "preparing", "launched") in [
        (change.subject, change.field, change.before, change.after) for change in diff.happened
    ]
    assert [item.subject for item in diff.fell_due] == ["meeting:urban-technologies-2020"]


def test_the_file_of_the_public_page(tutorial):
    """A file that is opened again holds what was written, and writing the same once more adds nothing."""
    names, code = tutorial
    first = names["record"].entries()
    with ps.open("asean-russia.db", clock=lambda: datetime(2030, 1, 1, tzinfo=UTC)) as again:
        assert again.entries() == first
        run(code.replace('ps.open("asean-russia.db")', "record"), {"record": again})
        assert again.entries() == first
        assert again.verify().is_sound
