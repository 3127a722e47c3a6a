"""The benchmarks, run small: that they run, and measure what they say; how fast anything is, no test asserts."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]


def run(*given):
    """Run the program, small."""
    asked = [sys.executable, "-m", "benchmarks", "--quick", *map(str, given)]
    return subprocess.run(asked, cwd=TOP, check=True, capture_output=True, text=True).stdout


def test_the_table(tmp_path):
    """It has a line for every goal, beside the peer and the limit, and the same for machines."""
    table = run("--json", tmp_path / "found.json")
    found = json.loads((tmp_path / "found.json").read_text("utf-8"))
    assert all(one["line"] in table and one["ours"] > 0 for one in found["lines"])
    assert len([one for one in found["lines"] if one["peer"]]) >= 5
    assert table.count("not measured") == 3
    assert found["versions"]["eventsourcing"] == "9.5.6"


@pytest.mark.parametrize("what", ["replay", "append"])
def test_a_profile(what):
    """It names the functions that take most."""
    assert "tottime" in run(what)


def test_the_cost_of_each_step():
    """Belief, order, fold and the rest are told apart."""
    told = run("laws")
    assert {"decode", "belief", "order"} <= {line.split("  ")[-1] for line in told.splitlines()}
