"""Golden lines: stored entries that every later version must read, and write in the same bytes.

The ``*.jsonl`` files of this folder, one per module of ``partnership.subjects``, are only ever appended to, by `write`.
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
MODULES = sorted({TOOL["module_of"](event) for event in BUILT_IN.events.values()})
LINES = [line for module in MODULES for line in TOOL["lines"](module)]


def entry_of(line):
    """Return the entry of a golden line."""
    body = line["body"].encode()
    return Entry(line["id"], *CODEC.decode(body, "entry 1"), 1, NOW, None, body)


@pytest.mark.parametrize("module", MODULES)
def test_event_classes(module):
    """Each has a golden line with all fields and one with the fewest; otherwise run python tests/golden/write.py."""
    lines = TOOL["lines"](module)
    for event in BUILT_IN.events.values():
        if TOOL["module_of"](event) == module:
            assert set().union(*(TOOL["covers"](event, line) for line in lines)) == {True, False}, event.name


@pytest.mark.parametrize("module", MODULES)
def test_golden_lines(module):
    """Each is read with both its ids, and written in the same bytes if its event still has that version."""
    for line in TOOL["lines"](module):
        body = line["body"].encode()
        entry = entry_of(line)
        claim = json.loads(body)["claim"]
        event = BUILT_IN.events[claim["event"]]
        assert TOOL["module_of"](event) == module
        assert type(entry.event) is event
        assert entry.event.subject == claim["subject"]
        assert (entry.id, entry.claim.id) == (line["id"], line["claim"]) == (digest(body), digest(canonical(claim)))
        assert entry.body == body == canonical(json.loads(body))
        assert unicodedata.is_normalized("NFC", line["body"])
        if claim["v"] == event.version:
            encoded = CODEC.encode(entry.event, entry.source, entry.speaker, entry.remarks)
            assert (encoded.id, encoded.claim.id, encoded.body) == (line["id"], line["claim"], body)


def test_files():
    """There is one per module and no other; no line is repeated, and every line is complete."""
    assert sorted(path.stem for path in FOLDER.glob("*.jsonl")) == MODULES
    assert len({line["id"] for line in LINES}) == len(LINES)
    for module in MODULES:
        text = (FOLDER / f"{module}.jsonl").read_bytes().decode()
        assert text.endswith("\n")
        assert "\r" not in text
        assert all(line.keys() == {"id", "claim", "body"} for line in TOOL["lines"](module))


def test_record_of_all_golden_lines(tmp_path):
    """It answers queries, and knows the event of every line."""
    with ps.open(tmp_path / "golden.db", clock=lambda: NOW) as record:
        record.merge(entry_of(line) for line in LINES)
        assert len(record.entries()) == len(LINES)
        assert not any(isinstance(entry.event, OpaqueEvent) for entry in record.entries())
        assert "unread-event" not in {finding.slug for finding in record.findings()}
        assert record.verify().is_sound
        assert record.meetings["special-fmm-2020"].title == "Thành phố Hồ Chí Minh"
        assert record.as_of("2021-02-01").overdue() is not None


def test_writing_golden_lines(tmp_path):
    """It appends missing lines after the existing ones, adds nothing twice, and never rewrites a line."""
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "roles.jsonl"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    needed = 2 * sum(TOOL["module_of"](event) == "roles" for event in BUILT_IN.events.values())
    older = lines[-1].replace("VN", "ID")  # as an older version might have written it
    path.write_text(older, encoding="utf-8", newline="\n")
    assert TOOL["write"](["roles"], tmp_path) == needed - 1
    assert path.read_text("utf-8").startswith(older)
    assert TOOL["write"](MODULES, tmp_path) == 0
    (tmp_path / "roles.jsonl").unlink()
    assert TOOL["write"](["roles"], tmp_path) == needed
    written = path.read_text("utf-8").splitlines(keepends=True)
    assert {*written} <= {*lines}  # those with fewer fields are of older versions
    assert len(written) == needed


def test_unknown_module():
    """The error lists the modules."""
    with pytest.raises(SystemExit, match="no module treaties; there are aid, "):
        TOOL["main"](["treaties"])


def test_states_of_all_golden_lines(tmp_path):
    """A record of them that is opened again has states of every kind, and the same ones as before."""
    with ps.open(tmp_path / "golden.db") as record:
        record.merge(entry_of(line) for line in LINES)
        states = {projection.name: dict(record.project(projection)) for projection in record.kinds.projections}
    assert all(states.values())
    with ps.open(tmp_path / "golden.db") as record:
        again = {projection.name: dict(record.project(projection)) for projection in record.kinds.projections}
    assert again == states
