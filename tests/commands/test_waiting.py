"""What is told while a long read, import or fold is under way."""

from __future__ import annotations

import io
import threading
import time

import pytest

from partnership.commands import waiting as module
from partnership.commands.waiting import waiting


@pytest.fixture
def at_once(monkeypatch):
    """Let a reader wonder at once."""
    monkeypatch.setattr(module, "_PATIENCE", 0.0)


def until(told):
    """Wait until something is so; ten seconds are too long."""
    begun = time.monotonic()
    while not told():
        assert time.monotonic() - begun < 10
        time.sleep(0.01)


@pytest.mark.parametrize("verb", ["why", "export", "import"])
def test_a_command_that_takes_long(verb, run, path, screen, at_once, monkeypatch):
    """A read, a fold and an import are told on the terminal's standard error, and wiped away; the answer is whole."""
    run("export", path, "lines.jsonl")
    words = {"why": (path, "ict-security"), "export": (path, "out.jsonl"), "import": ("new.db", "lines.jsonl")}[verb]
    errors = screen("stderr")
    begun = {"import": "importing into new.db", "export": "exporting asean", "why": "reading asean"}[verb]
    patient = module.Event.wait

    def slow(one, timeout=None):
        return patient(one, timeout)

    monkeypatch.setattr(module.Event, "wait", slow)
    from partnership.commands import answers, files

    for each, name in ((answers, "why"), (files, "export"), (files, "take_in")):
        done = getattr(each, name)

        def held_up(asked, done=done):
            until(lambda: begun in errors.getvalue())
            return done(asked)

        monkeypatch.setattr(each, name, held_up)
    code, out, _ = run(verb, *words)
    assert (code, begun in out) == (0, False)
    assert errors.getvalue().endswith(("\x1b[2K", "\r"))
    assert at_once is None
