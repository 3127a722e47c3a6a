"""The benchmarks, run small: that they run, and measure what they say; how fast anything is, no test asserts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

TOP = Path(__file__).parents[1]


def run(*given):
    """Run the program as a stranger does, small; return what became of it."""
    asked = [sys.executable, "-m", "benchmarks", "--quick", *map(str, given)]
    return subprocess.run(asked, cwd=TOP, check=False, capture_output=True, text=True, encoding="utf-8")


def test_the_table(tmp_path):
    """It has a line for every goal, beside the peer and the limit, and the same for machines; the records stay."""
    done = run("--json", tmp_path / "found.json", "--work", tmp_path / "records")
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "found.json").read_text("utf-8"))
    assert all(one["name"] in done.stdout and one["medians"]["ours"] for one in found["lines"])
    assert len([one for one in found["lines"] if one["goal"]]) >= 20
    assert all(one["met"] is not None for one in found["lines"] if one["goal"])
    assert found["packages"]["eventsourcing"] == "9.5.6"
    kept = {one.name for one in (tmp_path / "records").iterdir()}
    assert kept == {"record-200.db", "record-1000.db", "peer-1000.db"}


@pytest.mark.parametrize("what", ["replay", "append"])
def test_a_profile(what):
    """It names the functions that take most."""
    done = run("profile", what)
    assert "tottime" in done.stdout, done.stderr


def test_a_word_that_it_does_not_know():
    """It says what there is."""
    done = run("profile", "everything")
    assert "`profile` with one of replay, append" in done.stderr


def test_a_history():
    """It is the same for the same seed, and has what desks have: corrections, vague days, shared sources."""
    script = """
from benchmarks.histories import entries
told, again, other = ([one.draft for one in entries(2_000, seed)] for seed in (1, 1, 2))
assert told == again != other
assert len({one.id for one in told}) == 2_000
claims = [one.claim for one in told if not one.claim.event.name.startswith("claim-")]
days = [str(one.event.on or one.event.planned) for one in claims if one.event.name.startswith("meeting-")]
print(2_000 - len(claims), len(days) / len(claims), sum(len(one) != 10 for one in days) / len(days),
      len(claims) / len({one.source for one in claims}), sum(len(one.body) for one in told) / 2_000)
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=TOP, check=True, capture_output=True, text=True)
    corrections, meetings, vague, to_a_source, size = map(float, done.stdout.split())
    assert 10 <= corrections <= 35
    assert 0.7 < meetings < 0.8
    assert 0.2 < vague < 0.3
    assert 7 < to_a_source <= 8.1
    assert 430 < size < 470
