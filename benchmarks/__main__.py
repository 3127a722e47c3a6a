"""Command line of the benchmarks: ``python -m benchmarks``, or ``python -m benchmarks profile replay``."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

_MISSING = "needs the library and its peer: python -m pip install '.[bench]'"

try:
    from benchmarks.appending import append_hundred, append_one, append_threads
    from benchmarks.asking import ask_late, ask_one, ask_whole
    from benchmarks.footprint import file_size, imports, memory
    from benchmarks.growing import growth
    from benchmarks.large import large
    from benchmarks.postgres import postgres_append, postgres_replay, postgres_wake
    from benchmarks.profiles import PROFILES
    from benchmarks.replaying import follow, replay
    from benchmarks.runs import Line, Measurement, Setting
    from benchmarks.steps import steps
    from benchmarks.table import figures, heading, table
except ModuleNotFoundError as missing:
    raise SystemExit(f"{missing.name} is not installed: `python -m benchmarks` {_MISSING}") from None

LINES: tuple[Line, ...] = (
    append_one, append_threads, append_hundred, ask_one, ask_late, ask_whole, replay, follow, memory,
    file_size, imports, growth, large, steps, postgres_append, postgres_replay, postgres_wake,
)  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Compare speed and size of the library with those of eventsourcing and of raw sqlite3.",
    )
    parser.add_argument("what", nargs="*", metavar="profile replay|append", help="print a profile instead of the table")
    names = ", ".join(line.__name__ for line in LINES)
    parser.add_argument(
        "--only", action="append", choices=[line.__name__ for line in LINES], metavar="NAME", help=names
    )
    parser.add_argument("--quick", action="store_true", help="small sizes and one round, to test the benchmarks")
    parser.add_argument("--sizes", default="1000,10000,100000,1000000", help="numbers of entries (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each measurement (%(default)s)")
    parser.add_argument("--commits", type=int, default=500, help="commits where each has one entry (%(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write all figures to this file")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep the records in this folder and reuse them")
    return parser


def _setting(arguments: argparse.Namespace, folder: Path) -> Setting:
    if arguments.quick:
        return Setting(folder, 1, (200, 1_000), 10)
    return Setting(folder, arguments.rounds, tuple(sorted(map(int, arguments.sizes.split(",")))), arguments.commits)


def _measured(setting: Setting, only: list[str] | None) -> list[Measurement]:
    measured = []
    for line in LINES:
        if not only or line.__name__ in only:
            for measurement in line(setting):
                figure = f"{measurement.median('ours'):,.2f} {measurement.unit}"
                print(f"{measurement.name}: {figure}", file=sys.stderr, flush=True)
                measured.append(measurement)
    return measured


def main() -> None:
    """Print the table of measurements, or a profile."""
    parser = _parser()
    arguments = parser.parse_args()
    if arguments.what and (arguments.what[0] != "profile" or arguments.what[1:2] not in [[name] for name in PROFILES]):
        parser.error(f"the only argument is `profile` with one of {', '.join(PROFILES)}")
    with tempfile.TemporaryDirectory() as temporary:
        folder: Path = arguments.work or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        setting = _setting(arguments, folder)
        if arguments.what:
            print(PROFILES[arguments.what[1]](setting))
            return
        measured = _measured(setting, arguments.only)
    print(heading(setting), table(measured), sep="\n\n")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures(measured, setting), indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
