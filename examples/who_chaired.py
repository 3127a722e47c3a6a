"""Show who held a role on given days: certainly or possibly, and according to whom.

python examples/who_chaired.py [2022-01-01 ...]
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import partnership as ps

DATA = Path(__file__).parent / "asean_russia"
DAYS = ("2013-06-01", "2016-05-20", "2020-06-17", "2021-06-01", "2022-01-01", "2024-07-01", "2025-01-01", "2026-06-18")
ROLES = ("coordinator-for-russia", "asean-chair", "asean-moscow-committee-chair")


def main(days: tuple[str, ...]) -> None:
    """Print the holders of each role on each day, and the findings about the role."""
    record = ps.read(DATA / "claims.jsonl", DATA / "judgements.jsonl")
    for role in ROLES:
        state = record.roles[role]
        print(f"\n{state.title or role}")
        for day in days:
            print(f"    {day}  {record.holders(role, day)}")
        for finding in record.findings():
            if finding.subject == state.subject:
                print(f"    ! {finding.sentence}")


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # Windows has none
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # "… | head" ends quietly
    main(tuple(sys.argv[1:]) or DAYS)
