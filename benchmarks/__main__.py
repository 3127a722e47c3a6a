"""Measure: ``python -m benchmarks``; ``python -m benchmarks profile replay`` tells where the time goes."""

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
    from benchmarks.laws import laws
    from benchmarks.postgres import postgres_append, postgres_replay, postgres_wake
    from benchmarks.profiles import PROFILES
    from benchmarks.replaying import follow, replay
    from benchmarks.runs import Line, Runs, Setting
    from benchmarks.table import figures, heading, table
except ModuleNotFoundError as missing:
    raise SystemExit(f"{missing.name} is not installed: `python -m benchmarks` {_MISSING}") from None

LINES: tuple[Line, ...] = (
    append_one, append_threads, append_hundred, ask_one, ask_late, ask_whole, replay, follow, memory,
    file_size, imports, growth, large, laws, postgres_append, postgres_replay, postgres_wake,
)  # fmt: skip


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="How fast the library is, beside a peer.")
    parser.add_argument("what", nargs="*", metavar="profile replay|append", help="instead of the table, a profile")
    names = ", ".join(one.__name__ for one in LINES)
    parser.add_argument("--only", action="append", choices=[one.__name__ for one in LINES], metavar="NAME", help=names)
    parser.add_argument("--quick", action="store_true", help="small sizes, one round: to see that it runs")
    parser.add_argument("--sizes", default="1000,10000,100000,1000000", help="entries of the records (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="of which the median counts (%(default)s)")
    parser.add_argument("--commits", type=int, default=500, help="made where each holds one entry (%(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep the records there, and take them from there")
    return parser


def _setting(given: argparse.Namespace, folder: Path) -> Setting:
    if given.quick:
        return Setting(folder, 1, (200, 1_000), 10)
    return Setting(folder, given.rounds, tuple(sorted(map(int, given.sizes.split(",")))), given.commits)


def _measured(setting: Setting, only: list[str] | None) -> list[Runs]:
    measured = []
    for line in LINES:
        if not only or line.__name__ in only:
            for one in line(setting):
                print(f"{one.name}: {one.median('ours'):,.2f} {one.unit}", file=sys.stderr, flush=True)
                measured.append(one)
    return measured


def main() -> None:
    """Measure, and print a table; or print a profile."""
    parser = _arguments()
    given = parser.parse_args()
    if given.what and (given.what[0] != "profile" or given.what[1:2] not in [[one] for one in PROFILES]):
        parser.error(f"there is `profile` with one of {', '.join(PROFILES)}, and nothing else")
    with tempfile.TemporaryDirectory() as own:
        folder: Path = given.work or Path(own)
        folder.mkdir(parents=True, exist_ok=True)
        setting = _setting(given, folder)
        if given.what:
            print(PROFILES[given.what[1]](setting))
            return
        measured = _measured(setting, given.only)
    print(heading(setting), table(measured), sep="\n\n")
    if given.json:
        given.json.write_text(json.dumps(figures(measured, setting), indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
