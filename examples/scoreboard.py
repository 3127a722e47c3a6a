"""How much of a plan is carried out: what officials counted, and what this record counts itself, never mixed.

Run ``python examples/scoreboard.py``.
"""

from __future__ import annotations

from pathlib import Path

import partnership as ps

FOLDER = Path(__file__).parent / "asean_russia"


def main() -> None:
    """Print the scoreboard of the plan of 2016-2020."""
    record = ps.read(FOLDER / "claims.jsonl", FOLDER / "judgements.jsonl")
    print(record.scoreboard("cpa-2016-2020"))


if __name__ == "__main__":
    main()
