"""Show how much of a plan is carried out: what officials reported beside what this record counts.

    python examples/scoreboard.py

The two are never added up: officials count lines of the plan that this record may not contain.
"""

from __future__ import annotations

import signal
from pathlib import Path

import partnership as ps

DATA = Path(__file__).parent / "asean_russia"


def main() -> None:
    """Print the scoreboard of the plan of 2016-2020."""
    record = ps.read(DATA / "claims.jsonl", DATA / "judgements.jsonl")
    print(record.scoreboard("cpa-2016-2020"))


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # Windows has none
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # "… | head" ends quietly
    main()
