"""The example notebook has current outputs, and nothing private or specific to a machine."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import partnership as ps

pytestmark = pytest.mark.no_cover

TOP = Path(__file__).parent.parent
TEXT = (TOP / "examples" / "first_steps.ipynb").read_text("utf-8")
NOTEBOOK = json.loads(TEXT)
CODE_CELLS = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]


def without_images(notebook):
    """Return a notebook without the bytes of its charts, which depend on the version of matplotlib."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            assert output.get("data", {}).pop("image/png", "iVBOR").startswith("iVBOR")
    return notebook


def test_outputs_are_current():
    """Running the cells gives the stored outputs; otherwise run: python docs/notebook.py."""
    pytest.importorskip("IPython")
    pytest.importorskip("matplotlib")
    completed = subprocess.run(
        [sys.executable, "-W", "error", str(TOP / "docs" / "notebook.py"), "--print"],
        capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert completed.stderr == ""
    assert without_images(json.loads(completed.stdout)) == without_images(json.loads(TEXT))


def test_contents():
    """Every first step is in it with its output, and the cells are numbered in order."""
    cells = json.dumps(CODE_CELLS, ensure_ascii=False)
    for part in (
        "<Record of asean-russia:", "as_of(", "said by VNA, 16 November 2020", "disputed; chosen because", "<Diff: ",
        "image/png", "<hosting: BN, RU>", "<Entry 2: ", "ps.write(", "theirs.merge(record)",
    ):  # fmt: skip
        assert part in cells, part
    assert [cell["execution_count"] for cell in CODE_CELLS] == list(range(1, len(CODE_CELLS) + 1))


def test_nothing_specific_to_a_machine():
    """Its outputs have no local path, memory address or error; and the file is small."""
    outputs = json.dumps([cell["outputs"] for cell in CODE_CELLS])
    assert not re.search(r"/(home|tmp|root|usr|Users|work)/|0x[0-9a-f]{6}|Traceback|stderr", outputs)
    assert len(TEXT) < 120_000


def test_nothing_private():
    """The record that it reads has no private entries."""
    files = [TOP / "examples" / "asean_russia" / name for name in ("claims.jsonl", "judgements.jsonl")]
    with ps.read(*files) as record:
        assert record.private_count() == 0
