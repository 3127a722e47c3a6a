"""The notebook that a newcomer follows: it shows what its cells give, and nothing that must stay at the desk."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import partnership as ps

HERE = Path(__file__).parent.parent
TEXT = (HERE / "examples" / "first_steps.ipynb").read_text("utf-8")
NOTEBOOK = json.loads(TEXT)
CODE = [one for one in NOTEBOOK["cells"] if one["cell_type"] == "code"]


def without_images(notebook):
    """Return a notebook without the bytes of its charts, which differ from one matplotlib to the next."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            assert output.get("data", {}).pop("image/png", "iVBOR").startswith("iVBOR")
    return notebook


def test_its_cells():
    """They show what it says that they show; else: python docs/notebook.py."""
    pytest.importorskip("IPython")
    pytest.importorskip("matplotlib")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(HERE / "docs" / "notebook.py"), "--print"],
        capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip
    assert done.stderr == ""
    assert without_images(json.loads(done.stdout)) == without_images(json.loads(TEXT))


def test_what_it_shows():
    """Every step of a newcomer's is there, and its answer."""
    shown = json.dumps(CODE, ensure_ascii=False)
    for part in (
        "<Record of asean-russia:", "as_of(", "said by VNA, 2020-11-16", "disputed; chosen because", "<Diff: ",
        "image/png", "<hosting: BN, RU>", "<Entry 2: ", "ps.write(", "theirs.merge(record)",
    ):  # fmt: skip
        assert part in shown, part
    assert [one["execution_count"] for one in CODE] == list(range(1, len(CODE) + 1))


def test_what_is_not_in_it():
    """No path of a machine, no address in memory, no day of today, no error; and it is small."""
    shown = json.dumps([one["outputs"] for one in CODE])
    assert not re.search(r"/(home|tmp|root|usr|Users|work)/|0x[0-9a-f]{6}|Traceback|stderr", shown)
    assert len(TEXT) < 120_000


def test_the_record_that_it_shows():
    """All of it may leave the desk."""
    files = [HERE / "examples" / "asean_russia" / one for one in ("claims.jsonl", "judgements.jsonl")]
    with ps.read(*files) as record:
        assert record.private_count() == 0
