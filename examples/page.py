"""ASEAN and Russia as one page that can be mailed: what is overdue, who said so, and the source of every value.

    python -m pip install '.[page]' && python examples/page.py [file]

It asks nobody for anything: whoever is sent it opens it, on a phone as well, searches it, prints it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import partnership as ps

FOLDER = Path(__file__).parent / "asean_russia"


def main(path: Path) -> None:
    """Write the page of the record as of one day, and say where it is and what was left out."""
    record = ps.read(FOLDER / "claims.jsonl", FOLDER / "judgements.jsonl").as_of("2026-11-24")
    result = record.page(path, title="ASEAN and Russia")
    print(path)
    if result.left_out:
        print(result)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(tempfile.mkdtemp(), "asean-russia.html"))
