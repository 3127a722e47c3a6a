"""A record on disk, the command line run on it, and what stands in for a terminal."""

from __future__ import annotations

import io
import json
import sys

import pytest

import partnership as ps
from partnership.__main__ import main
from partnership.events import (
    CoursePlanned,
    DialogueLaunched,
    DialoguePreparationReported,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    StatementMade,
)
from partnership.testing import ticking

HOSTILE = "[red]x[/red] <script>alert(1)</script> שלום"
INTERVIEW = ps.Source("VNA", published="2020-11-16", kind="news", via="VietnamPlus")
MINISTRY = ps.Source("MFA of Russia", published="2021-09-24", kind="official-release")
TASS = ps.Source("TASS", published="2021-09-24", kind="news")
NOTE = ps.Source("A desk", retrieved="2021-10-01", kind="desk-note")


@pytest.fixture(scope="session")
def kept(tmp_path_factory):
    """Write a record once, with a dispute, a slip, a hostile title, what was superseded, and what stays at the desk."""
    path = tmp_path_factory.mktemp("kept") / "asean-russia.db"
    with ps.open(path, partnership="asean-russia", clock=ticking()) as record:
        with record.citing(INTERVIEW, speaker="Alexander Ivanov") as cite:
            cite(MeetingHeld("special-fmm-2020", on="2020-06-17", title="Special ministerial meeting on COVID-19"))
            cite(CoursePlanned("vladivostok-biosafety", planned="{2021,2022}", host="RU"))
            cite(DialoguePreparationReported("ict-security", title="ICT security"))
            cite(MeetingScheduled("urban-technologies-2020", planned="2020-12", title=HOSTILE), certainty="reported")
        record.add(MeetingScheduled("arsom-2022", planned="2022-05-01"), source=TASS)
        record.add(
            MeetingPostponed("arsom-2022", planned="2022-05-10"), source=ps.Source("TASS", published="2022-04-01")
        )
        record.add(DialogueLaunched("ict-security", on="2021-09-23"), source=MINISTRY)
        record.add(DialogueLaunched("ict-security", on="2021-09-24"), source=TASS)
        (wrong,) = record.add(MeetingHeld("special-fmm-2020", on="2020-06-18"), source=TASS)
        record.retract(wrong, reason="mistyped")
        record.add(StatementMade("rumour", text="They may\nmeet in May"), source=NOTE)
    return path


@pytest.fixture
def path(kept, tmp_path, monkeypatch):
    """Stand in a folder with a copy of the record."""
    monkeypatch.chdir(tmp_path)
    copy = tmp_path / "asean-russia.db"
    copy.write_bytes(kept.read_bytes())
    return copy.name


@pytest.fixture
def run(capsys):
    """Return what runs a command line, and returns its exit code, its output and its errors."""

    def running(*words):
        try:
            code = main(words)
        except SystemExit as left:
            code = left.code
        out, err = capsys.readouterr()
        return code, out, err

    return running


@pytest.fixture
def values(run):
    """Return what runs a command line with ``--json``, and returns what it printed."""

    def asking(*words):
        code, out, err = run(*words, "--json")
        assert (code, err) == (0, "")
        assert out.isascii()
        return json.loads(out)

    return asking


class Screen(io.StringIO):
    """What stands in for a terminal."""

    def isatty(self):
        """Say that somebody looks at it."""
        return True


@pytest.fixture
def screen(monkeypatch):
    """Return what puts a terminal of a width in place of a stream."""

    def put(stream, columns=80):
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.delenv("NO_COLOR", raising=False)
        one = Screen()
        monkeypatch.setattr(f"sys.{stream}", one)
        return one

    return put


@pytest.fixture
def with_rich():
    """Have rich."""
    pytest.importorskip("rich")


@pytest.fixture
def without_rich(monkeypatch):
    """Take rich away."""
    monkeypatch.setitem(sys.modules, "rich", None)
    monkeypatch.setitem(sys.modules, "rich.console", None)
