"""Command line of the benchmarks: ``python -m benchmarks``."""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

_MISSING = "needs the library and its peer: python -m pip install '.[bench]'"

try:
    from benchmarks.appending import append_hundred, append_one, append_threads
    from benchmarks.archive import archive
    from benchmarks.asking import ask_late, ask_one, ask_whole
    from benchmarks.footprint import file_size, imports, memory
    from benchmarks.growing import growth
    from benchmarks.large import large
    from benchmarks.postgres import postgres
    from benchmarks.replaying import follow, replay, states_kept
    from benchmarks.runs import Line, Measurement, Setting
    from benchmarks.table import figures, heading, row
except ModuleNotFoundError as missing:
    raise SystemExit(f"{missing.name} is not installed: `python -m benchmarks` {_MISSING}") from None

LINES: tuple[Line, ...] = (
    states_kept, replay, append_one, append_threads, append_hundred, growth, ask_one, ask_late, ask_whole,
    follow, memory, file_size, imports, postgres, archive, large,
)  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Compare speed and size of the library with those of eventsourcing and of raw sqlite3.",
    )
    names = ", ".join(line.__name__ for line in LINES)
    parser.add_argument(
        "--only", action="append", choices=[line.__name__ for line in LINES], metavar="NAME", help=names
    )
    parser.add_argument("--quick", action="store_true", help="small sizes and one round, to test the benchmarks")
    parser.add_argument("--sizes", default="1000,10000,100000,1000000", help="numbers of entries (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each measurement (%(default)s)")
    parser.add_argument("--commits", type=int, default=200, help="commits where each has one entry (%(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all figures to this file")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep the records in this folder and reuse them")
    return parser


def _setting(arguments: argparse.Namespace, folder: Path) -> Setting:
    if arguments.quick:
        return Setting(folder, 1, (200, 1_000), 10)
    return Setting(folder, arguments.rounds, tuple(sorted(map(int, arguments.sizes.split(",")))), arguments.commits)


def _measured(setting: Setting, only: list[str] | None) -> Iterator[Measurement]:
    """Measure the lines; print each as soon as it is known."""
    for line in LINES:
        if not only or line.__name__ in only:
            for measurement in line(setting):
                print(row(measurement), flush=True)
                yield measurement


def main() -> None:
    """Print the table of measurements."""
    arguments = _parser().parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder: Path = arguments.work or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        setting = _setting(arguments, folder)
        print(heading(setting), flush=True)
        measured = [*_measured(setting, arguments.only)]
    if arguments.json:
        arguments.json.write_text(json.dumps(figures(measured, setting), indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
