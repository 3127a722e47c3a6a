"""Measure: ``python -m benchmarks``, or ``python -m benchmarks --help``."""

from __future__ import annotations

import argparse
import cProfile
import importlib.metadata
import io
import json
import platform
import pstats
import sqlite3
import statistics
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

try:
    import eventsourcing  # noqa: F401  the peer
except ImportError:
    raise SystemExit("the peer is missing: python -m pip install '.[bench]'") from None

from benchmarks import lines
from benchmarks.laws import steps
from benchmarks.lines import LINES, Runs, Setting

_POSTGRES = (
    "PostgreSQL append, 16 clients on 16 partnerships",
    "PostgreSQL replay",
    "PostgreSQL, an entry landed to another process awake",
)


def _shown(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}" if value >= 10 else f"{value:,.2f}"


def _row(runs: Runs) -> dict[str, Any]:
    ours, peer, limit = runs.medians
    better = (lambda other: ours / other) if runs.is_rate else (lambda other: other / ours)
    return {
        "line": runs.name, "unit": runs.unit, "ours": ours, "spread": [min(runs.ours), max(runs.ours)], "peer": peer,
        "limit": limit, "times the peer": better(peer) if peer else None, "of the limit": better(limit) if limit else None,
        "goal": runs.goal, "met": runs.is_met(ours, peer, limit), "rounds": len(runs.ours),
    }  # fmt: skip


def _table(rows: list[dict[str, Any]]) -> str:
    told = [["", "ours", "spread", "peer", "limit", "× peer", "× limit", "goal", "met"]]
    for one in rows:
        low, high = one["spread"]
        ratios = (f"{one[name]:.2f}" if one[name] else "-" for name in ("times the peer", "of the limit"))
        figures = [f"{_shown(one['ours'])} {one['unit']}", f"{_shown(low)}-{_shown(high)}"]
        figures += [_shown(one["peer"]), _shown(one["limit"]), *ratios]
        told.append([one["line"], *figures, one["goal"], "yes" if one["met"] else "NO"])
    told += [[name, *["-"] * 6, "not measured: there is no PostgreSQL store yet", "-"] for name in _POSTGRES]
    widths = [max(len(line[place]) for line in told) for place in range(len(told[0]))]
    return "\n".join(
        "  ".join(one.ljust(width) for one, width in zip(line, widths, strict=True)).rstrip() for line in told
    )


def _versions() -> dict[str, str]:
    names = ("partnership", "eventsourcing", "attrs", "cattrs", "msgspec")
    found = {}
    for one in names:
        try:
            found[one] = importlib.metadata.version(one)
        except importlib.metadata.PackageNotFoundError:
            found[one] = "not installed"
    return {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "machine": platform.machine(),
        **found,
    }


def _profile(what: str, setting: Setting) -> str:
    profile = cProfile.Profile()
    if what == "replay":
        path = lines._file(setting, setting.replayed)
        with lines.partnership.open(path) as record:
            profile.runcall(lines._everything, record)
    else:
        claims = list(lines.told(setting.commits * 10))
        with lines.partnership.open(lines._fresh(setting, "ours")) as record:
            profile.runcall(lines._in_hundreds, record, claims)
    told = io.StringIO()
    pstats.Stats(profile, stream=told).sort_stats("tottime").print_stats(25)
    return told.getvalue()


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", nargs="?", choices=["table", "replay", "append", "laws"], default="table",
                        help="the table (default), a profile of replay or append, or the cost of each step")  # fmt: skip
    parser.add_argument("--quick", action="store_true", help="small sizes, one round: only to see that it runs")
    parser.add_argument("--large", type=int, default=1_000_000, help="entries of the large record (default 1,000,000)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds, of which the median counts (default 5)")
    parser.add_argument("--only", default="", help="only functions of benchmarks/lines.py that have this in their name")
    parser.add_argument("--json", type=Path, help="write the figures to this file as well")
    parser.add_argument("--folder", type=Path, help="keep the records here, for the next time")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as own:
        folder = given.folder or Path(own)
        folder.mkdir(exist_ok=True, parents=True)
        large = 2_000 if given.quick else given.large
        setting = Setting(
            folder, 1 if given.quick else given.rounds, small=min(large, 10_000), large=large,
            replayed=min(large, 100_000), commits=50 if given.quick else 1_000,
        )  # fmt: skip
        if given.what in ("replay", "append"):
            print(_profile(given.what, setting))
        elif given.what == "laws":
            print("\n".join(f"{micros:8.2f} µs  {name}" for name, micros in steps(setting)))
        else:
            _measure(setting, given.only, given.json)


def _measure(setting: Setting, only: str, into: Path | None) -> None:
    rows = []
    for line in LINES:
        if only in line.__name__:
            for runs in line(setting):
                rows.append(_row(runs))
                print(f"{runs.name}: {_shown(statistics.median(runs.ours))} {runs.unit}", file=sys.stderr, flush=True)
    print(_table(rows))
    if into:
        told = {"date": datetime.now(UTC).date().isoformat(), "versions": _versions(), "lines": rows}
        into.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
