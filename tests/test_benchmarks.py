"""The benchmarks run with small sizes and report their figures. No test asserts how fast anything is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

TOP = Path(__file__).parents[1]


def run(*arguments):
    """Run the command line with small sizes."""
    command = [sys.executable, "-m", "benchmarks", "--quick", *map(str, arguments)]
    return subprocess.run(command, cwd=TOP, check=False, capture_output=True, text=True, encoding="utf-8")


def test_table(tmp_path):
    """The table and the JSON file have all figures and whether goals are met; the records are kept for reuse."""
    completed = run("--json", tmp_path / "figures.json", "--work", tmp_path / "records")
    assert completed.returncode == 0, completed.stderr
    figures = json.loads((tmp_path / "figures.json").read_text("utf-8"))
    lines = [line for line in figures["lines"] if not line["missing"]]
    assert all(line["name"] in completed.stdout for line in figures["lines"])
    assert all(line["medians"]["ours"] for line in lines)
    assert len([line for line in lines if line["goal"]]) >= 35
    assert all(line["met"] is not None for line in lines if line["goal"])
    assert figures["packages"]["eventsourcing"] == "9.5.6"
    files = {path.name for path in (tmp_path / "records").iterdir()} - {"archive-5"}
    assert files == {
        "record-200.db",
        *(f"{name}-1000.db" for name in ("record", "asked", "changed", "peer")),
        *(f"{name}-1000-distinct.db" for name in ("record", "peer")),
    }


def test_history():
    """It depends only on the seed, and has corrections, vague dates and shared sources in realistic proportions."""
    script = """
from benchmarks.histories import claims, entries
history, repeated, other = ([item.entry for item in entries(2_000, seed)] for seed in (1, 1, 2))
assert history == repeated != other
assert len({entry.id for entry in history}) == 2_000
claimed = [entry.claim for entry in history if not entry.claim.event.name.startswith("claim-")]
days = [str(claim.event.on or claim.event.planned) for claim in claimed if claim.event.name.startswith("meeting-")]
print(2_000 - len(claimed), len(days) / len(claimed), sum(len(day) != 10 for day in days) / len(days),
      len(claimed) / len({claim.source for claim in claimed}), sum(len(entry.body) for entry in history) / 2_000,
      *(len({event for event, _ in claims(2_000, is_distinct=is_distinct)}) / 2_000 for is_distinct in (False, True)))
"""
    completed = subprocess.run([sys.executable, "-c", script], cwd=TOP, check=True, capture_output=True, text=True)
    corrections, meetings, vague, claims_per_source, size, distinct, all_distinct = map(float, completed.stdout.split())
    assert 10 <= corrections <= 35
    assert 0.7 < meetings < 0.8
    assert 0.2 < vague < 0.3
    assert 7 < claims_per_source <= 8.1
    assert 430 < size < 470
    assert 0.43 < distinct < 0.48
    assert 0.985 < all_distinct < 0.995
