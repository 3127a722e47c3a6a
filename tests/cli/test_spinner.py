"""What is told while a long read, import or fold is under way."""

from __future__ import annotations

import time

import pytest

import partnership as ps
from partnership.cli import file_verbs, query_verbs, spinner

DOING = {"why": "reading asean-russia.db", "export": "exporting asean-russia.db", "import": "importing into new.db"}
WORDS = {
    "why": ("asean-russia.db", "ict-security"),
    "export": ("asean-russia.db", "out.jsonl"),
    "import": ("new.db", "lines.jsonl"),
}


@pytest.fixture(params=["rich", "plain"])
def terminal(request, screen):
    """Return what puts a terminal in place of standard error; do it with rich, and without."""
    request.getfixturevalue("with_rich" if request.param == "rich" else "without_rich")
    return lambda: screen("stderr")


@pytest.fixture
def impatient(monkeypatch):
    """Let a reader wonder at once."""
    monkeypatch.setattr(spinner, "_DELAY", 0.0)


def wiped(errors, told):
    """Tell whether what was told last is wiped away, as rich does it or with blanks."""
    return errors.getvalue().endswith(("\x1b[1A\x1b[2K", f"\r{' ' * len(told)}\r"))


def until(is_so):
    """Wait until something is so; two minutes are too long."""
    begun = time.monotonic()
    while not is_so():
        assert time.monotonic() - begun < 120
        time.sleep(0.005)


def hold_up(monkeypatch, is_over):
    """Let each verb take as long as that takes."""
    for module, name in ((query_verbs, "why"), (file_verbs, "export"), (file_verbs, "import_files")):
        monkeypatch.setattr(module, name, held_up(getattr(module, name), is_over))


def held_up(done, is_over):
    """Return a verb that waits until that is so."""

    def slow(asked):
        until(is_over)
        return done(asked)

    return slow


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("verb", DOING)
def test_a_command_that_takes_long(verb, run, path, terminal, monkeypatch):
    """A terminal's standard error tells what is done and for how long, and is wiped in the end; the output is whole."""
    with ps.open(path) as record:
        ps.write(record, "lines.jsonl")
    errors = terminal()
    hold_up(monkeypatch, lambda: DOING[verb] in errors.getvalue())
    code, out, _ = run(verb, *WORDS[verb])
    assert (code, DOING[verb] in out) == (0, False)
    assert wiped(errors, f"{DOING[verb]} … 1 s")


@pytest.mark.usefixtures("impatient")
def test_what_is_told_second_by_second(screen, without_rich):
    """Without rich it is one line, written over; one that is too long for the terminal loses its beginning."""
    errors = screen("stderr", columns=30)
    with spinner.show_spinner("importing into a/rather/long/name.db\x1b[2J"):
        until(lambda: "2 s" in errors.getvalue())
    first, second, blanks, end = errors.getvalue().split("\r")[1:]
    assert (first, second) == ("long/name.db<U+001B>[2J … 1 s", "long/name.db<U+001B>[2J … 2 s")
    assert (blanks, end) == (" " * 29, "")
    assert without_rich is None


@pytest.mark.usefixtures("impatient")
def test_errors_that_go_into_a_pipe(run, path, capsys):
    """Nothing is told there, however long it takes."""
    with spinner.show_spinner("reading"):
        time.sleep(0.02)
    assert capsys.readouterr() == ("", "")
    assert run("why", path, "ict-security")[2] == ""


def test_what_is_over_in_a_second(run, path, screen):
    """Nothing is told of it on a terminal either."""
    errors = screen("stderr")
    assert run("why", path, "ict-security")[0] == 0
    assert errors.getvalue() == ""
    assert spinner._DELAY == 1.0


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_what_ends_early(error, terminal):
    """It is wiped away all the same, before the error is told."""
    errors = terminal()
    with pytest.raises(error), spinner.show_spinner("reading"):  # noqa: PT012  half way
        until(lambda: "reading" in errors.getvalue())
        raise error
    assert wiped(errors, "reading … 1 s")
