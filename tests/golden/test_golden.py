"""Golden lines: entries as they were once written are read permanently, and are written the same today.

The files ``*.jsonl`` beside this one, one a page of ``partnership.subjects``, are only ever added to, by `write`.
"""

from __future__ import annotations

import json
import runpy
import shutil
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import pytest

import partnership as ps
from partnership.kinds import BUILT_IN
from partnership.model.entry import Entry, OpaqueEvent
from partnership.serialization.canonical import canonical, digest
from partnership.serialization.codec import Codec

FOLDER = Path(__file__).parent
TOOL = runpy.run_path(str(FOLDER / "write.py"))
CODEC = Codec(BUILT_IN)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PAGES = sorted({TOOL["page_of"](event) for event in BUILT_IN.events.values()})
LINES = [(page, number, line) for page in PAGES for number, line in enumerate(TOOL["lines"](page), 1)]


def name_of(value):
    """Return what a test is called by: page and number."""
    return str(value) if isinstance(value, str | int) else ""


def entry_of(line):
    """Return the entry that a golden line is."""
    body = line["body"].encode()
    return Entry(line["id"], *CODEC.decode(body, "entry 1"), 1, NOW, None, body)


@pytest.mark.parametrize("name", BUILT_IN.events)
def test_an_event_as_it_stands(name):
    """It has a golden line that says all it can and one that says as little; else: python tests/golden/write.py."""
    event = BUILT_IN.events[name]
    told = [TOOL["says"](event, line) for line in TOOL["lines"](TOOL["page_of"](event))]
    assert set().union(*told) == {True, False}


@pytest.mark.parametrize(("page", "number", "line"), LINES, ids=name_of)
def test_a_golden_line(page, number, line):
    """It is read, keeps both its ids, and is written again in the same bytes as long as its version stands."""
    body = line["body"].encode()
    entry = entry_of(line)
    claim = json.loads(body)["claim"]
    event = BUILT_IN.events[claim["event"]]
    assert number > 0
    assert TOOL["page_of"](event) == page
    assert type(entry.event) is event
    assert entry.event.subject == claim["subject"]
    assert (entry.id, entry.claim.id) == (line["id"], line["claim"]) == (digest(body), digest(canonical(claim)))
    assert entry.body == body == canonical(json.loads(body))
    assert unicodedata.is_normalized("NFC", line["body"])
    if claim["v"] == event.version:
        draft = CODEC.encode(entry.event, entry.source, entry.speaker, entry.remarks)
        assert (draft.id, draft.claim.id, draft.body) == (line["id"], line["claim"], body)


def test_the_files():
    """There is one for every page and none beside; no line is there twice, and each ends where it should."""
    assert sorted(path.stem for path in FOLDER.glob("*.jsonl")) == PAGES
    assert len({line["id"] for _, _, line in LINES}) == len(LINES)
    for page in PAGES:
        text = (FOLDER / f"{page}.jsonl").read_bytes().decode()
        assert text.endswith("\n")
        assert "\r" not in text
        assert all(line.keys() == {"id", "claim", "body"} for line in TOOL["lines"](page))


def test_a_record_of_all_golden_lines(tmp_path):
    """It answers: every line is folded, found or pointed with, and none is unread."""
    with ps.open(tmp_path / "golden.db", clock=lambda: NOW) as record:
        record.merge(entry_of(line) for _, _, line in LINES)
        assert len(record.entries()) == len(LINES)
        assert not any(isinstance(one.event, OpaqueEvent) for one in record.entries())
        assert "unread-event" not in {one.slug for one in record.findings()}
        assert record.verify().is_sound
        assert record.meetings["special-fmm-2020"].title == "Thành phố Hồ Chí Minh"
        assert record.as_of("2021-02-01").overdue() is not None


def test_the_tool_that_writes_golden_lines(tmp_path):
    """It adds what is missing behind what is there, says nothing twice, and writes no line again."""
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "roles.jsonl"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    strange = lines[-1].replace("VN", "ID")  # as an older library might have written it
    path.write_text(strange, encoding="utf-8", newline="\n")
    assert TOOL["write"](["roles"], tmp_path) == len(lines) - 1
    assert path.read_text("utf-8").startswith(strange)
    assert TOOL["write"](PAGES, tmp_path) == 0
    (tmp_path / "roles.jsonl").unlink()
    assert TOOL["write"](["roles"], tmp_path) == len(lines)
    assert sorted(path.read_text("utf-8").splitlines(keepends=True)) == sorted(lines)


def test_a_page_that_is_none():
    """It is refused with those that there are."""
    with pytest.raises(SystemExit, match="no page treaties; there are aid, "):
        TOOL["main"](["treaties"])


def test_the_states_of_all_golden_lines(tmp_path):
    """A record of them that is opened again has states of every kind, and the same ones as before."""
    with ps.open(tmp_path / "golden.db") as record:
        record.merge(entry_of(line) for _, _, line in LINES)
        states = {projection.name: dict(record.project(projection)) for projection in record.kinds.projections}
    assert all(states.values())
    with ps.open(tmp_path / "golden.db") as record:
        again = {projection.name: dict(record.project(projection)) for projection in record.kinds.projections}
    assert again == states
