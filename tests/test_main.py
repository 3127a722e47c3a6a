"""The command line from outside: as a module and as a command, in pipes and on a terminal, and how it ends."""

from __future__ import annotations

import errno
import io
import json
import os
import pty
import re
import runpy
import signal
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

import partnership as ps
from partnership import __main__ as command
from partnership.__main__ import main
from partnership.events import MeetingScheduled

HOSTILE = "[red]x[/red] <script>"
COLOURS = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@pytest.fixture
def path(tmp_path):
    """Write a record of one overdue meeting with a hostile title."""
    path = tmp_path / "asean-russia.db"
    with ps.open(path, partnership="asean-russia") as record:
        source = ps.Source("VNA", published="2020-11-16")
        event = MeetingScheduled("urban-technologies-2020", planned="2020-12", title=HOSTILE)
        record.add(event, source=source, speaker="Alexander Ivanov")
    return str(path)


def started(*words, **more):
    """Start a command line in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", "partnership", *words],
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"} | more,
    )


# ---- as a process ----


def test_a_module(path):
    """It answers, and its exit code is that of the process."""
    with started("overdue", path) as told:
        out, err = told.communicate()
    assert (told.returncode, err) == (0, "")
    assert f"meeting:urban-technologies-2020; {HOSTILE}; said by VNA, 16 November 2020, in the words of" in out


def test_a_module_that_refuses(tmp_path):
    """It ends with 2, and one line."""
    with started("overdue", str(tmp_path / "nope.db")) as told:
        out, err = told.communicate()
    assert (told.returncode, out, err.count("\n")) == (2, "", 1)


def test_the_command(path):
    """It stands beside Python under the name of the library."""
    beside = Path(sys.executable).with_name("partnership")
    told = subprocess.run([beside, "overdue", path, "--json"], capture_output=True, check=True)
    assert json.loads(told.stdout)["overdue"][0]["subject"] == "meeting:urban-technologies-2020"


def test_a_pipe_that_takes_no_letters_but_ascii(path):
    """What it does not have is spelled out, and nothing fails."""
    with started("overdue", path, env={**os.environ, "PYTHONIOENCODING": "ascii"}) as told:
        assert HOSTILE in told.communicate()[0]
    assert told.returncode == 0


def test_a_reader_who_closes_the_pipe(path):
    """It ends quietly, with the code that shells have for it."""
    ours, theirs = os.pipe()
    os.close(ours)
    with started("overdue", path, stdout=theirs) as told:
        os.close(theirs)
        assert told.communicate()[1] == ""
    assert told.returncode == 141


def test_a_reader_who_closes_the_pipe_of_errors(path):
    """The exit code is that of a refusal all the same."""
    ours, theirs = os.pipe()
    os.close(ours)
    with started("overdue", f"{path}x", stdout=theirs, stderr=theirs) as told:
        os.close(theirs)
        told.wait()
    assert told.returncode == 2


def test_lines_that_are_piped_in(path, tmp_path):
    """The pipe is read to its end, under the name that systems have for it and under a dash."""
    lines = tmp_path / "lines.jsonl"
    assert main(["export", path, str(lines)]) == 0
    for name in ("/dev/stdin", "-"):
        with started("import", str(tmp_path / f"new{len(name)}.db"), name, stdin=subprocess.PIPE) as told:
            out, err = told.communicate(lines.read_text("utf-8"))
        assert (told.returncode, err, "Added 1 entry to" in out) == (0, "", True)


def test_streams_that_are_closed(path):
    """It does without them."""
    script = (
        f'"{sys.executable}" -m partnership overdue "{path}" >&-; echo $?; "{sys.executable}" -m partnership x 2>&-'
    )
    told = subprocess.run(["/bin/sh", "-c", script], capture_output=True, text=True, check=False)
    assert (told.stdout, told.stderr, told.returncode) == ("0\n", "", 2)


def seen(words, columns, **environment):
    """Return what a terminal of a width shows of a command line, and its exit code."""
    ours, theirs = pty.openpty()
    env = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color", **environment}
    env.pop("NO_COLOR", None)
    with started(*words, stdout=theirs, stderr=theirs, stdin=theirs, env=env) as told:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError as ended:  # how Linux says that nobody writes any more
            assert ended.errno == errno.EIO  # noqa: PT017
    os.close(ours)
    return shown.decode().replace("\r\n", "\n"), told.returncode


@pytest.mark.parametrize("columns", [60, 120])
def test_a_terminal(columns, path):
    """It shows a table in colours, no wider than itself, with titles of others as they are."""
    pytest.importorskip("rich")
    shown, code = seen(("overdue", path), columns)
    assert code == 0
    assert "\x1b[31msince the end" in shown
    plain = COLOURS.sub("", shown)
    assert max(map(len, plain.splitlines())) <= columns
    assert f"  {HOSTILE}" in plain
    assert "─" * 20 in plain


def test_a_hostile_word_on_a_terminal():
    """It is text in the error too."""
    shown, code = seen(("overdue", "\x1b[2J\u202e.db"), 80)
    assert (code, "partnership: <U+001B>[2J<U+202E>.db: there is no such file" in shown) == (2, True)


def test_ctrl_c(path):
    """It ends quietly, with the code that shells have for it; here while a verb takes its time."""
    script = (
        "import runpy, signal, time\n"
        "from partnership.cli import query_verbs\n"
        "query_verbs.show = lambda _: (print('here', flush=True), time.sleep(600))\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell that runs this aside has it ignored
        "runpy.run_module('partnership', run_name='__main__')"
    )
    words = [sys.executable, "-c", script, "show", path]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as told:
        assert told.stdout.readline() == b"here\n"
        told.send_signal(signal.SIGINT)
        out, err = told.communicate(timeout=600)
    assert (told.returncode, out, err) == (130, b"", b"")


PIPES = {
    "show": "show {} meetings",
    "import": "import new.db {}",
    "why": "why {} meeting:a",
    "export": "export {} out.jsonl",
    "a page over it": "page {path} {}",
    "an export over it": "export {path} {}",
    "an import into it": "import {} {path}",
    "a head": "verify {path} --head {}",
}


@pytest.mark.parametrize(
    ("verb", "where"),
    [*product(PIPES, ("pipe", "/dev/zero")), ("show", "/dev/fd/{}"), ("import", "/dev/fd/{}")],
)
def test_a_pipe_and_a_device(verb, where, path, tmp_path, monkeypatch):
    """They are refused at once, in one line: nothing waits for what may never come, and nothing reads without end."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe")
    ours, theirs = os.pipe()
    words = [one.format(where.format(ours), path=path) for one in PIPES[verb].split()]
    with started(*words, pass_fds=[ours]) as told:
        out, err = told.communicate(timeout=600)
    os.close(ours)
    os.close(theirs)
    assert (told.returncode, out, err.count("\n")) == (2, "", 1)
    pattern = r": is a (pipe|device): give the name of a file\n$|is not a file of lines: `partnership export"
    assert re.search(pattern, err)
    assert {each.name for each in tmp_path.iterdir()} == {"pipe", Path(path).name}


def test_words_that_are_no_text(path):
    """A byte that is no UTF-8 is refused wherever it stands, in one line, and a lone half of a character too."""
    for words in (
        [b"show", b"\xff.db"],
        [b"why", path.encode(), b"\xff"],
        [b"\xff"],
        [b"page", path.encode(), b"\x80.html"],
    ):
        told = subprocess.run([sys.executable, "-m", "partnership", *words], capture_output=True, check=False)
        assert (told.returncode, told.stdout, told.stderr.count(b"\n")) == (2, b"", 1)
        assert b"is not valid UTF-8; write the command line in UTF-8" in told.stderr
    assert main(["show", path, "\ud800"]) == 2


# ---- in this process ----


class Failing(io.StringIO):
    """A stream that fails when it is written to."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def write(self, _):
        """Fail."""
        raise self.error


def test_an_output_that_cannot_be_written(path, monkeypatch, capsys):
    """It is told in one line."""
    monkeypatch.setattr(sys, "stdout", Failing(OSError(errno.ENOSPC, "No space left on device")))
    assert main(["overdue", path]) == 2
    told = "partnership: the output cannot be written: No space left on device\n"
    assert capsys.readouterr().err == told


def test_a_reader_who_is_gone(path, monkeypatch, tmp_path):
    """Nothing more is written to the stream, or Python would complain when it ends."""
    with (tmp_path / "out").open("w") as file:
        gone = Failing(BrokenPipeError())
        gone.fileno = file.fileno
        monkeypatch.setattr(sys, "stdout", gone)
        assert main(["overdue", path]) == 141
        file.write("x")
    assert (tmp_path / "out").read_bytes() == b""


def test_streams_that_are_none(path, monkeypatch):
    """Where the shell closed them, what is written goes nowhere."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["overdue", path]) == 0
    assert main(["overdue", f"{path}x"]) == 2


def test_an_interrupt(path, monkeypatch, capsys):
    """It is no failure to tell of."""

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "show_spinner", interrupted)
    assert main(["overdue", path]) == 130
    assert capsys.readouterr() == ("", "")


def test_the_words_of_the_process(path, monkeypatch, capsys):
    """They are taken where none are given, and the exit code is that of the process."""
    monkeypatch.setattr(sys, "argv", ["partnership", "overdue", path, "--as-of", "2020-11-20"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(command.__file__, run_name="__main__")
    assert ended.value.code == 0
    assert capsys.readouterr().out == "Nothing is overdue on 20 November 2020.\n"
