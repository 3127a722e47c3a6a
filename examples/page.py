"""Write the record of ASEAN-Russia as one HTML file: states, what is overdue, and the source of every value.

    python -m pip install '.[page]' && python examples/page.py [file]

The file needs no network and no other files: it can be mailed, opened on a phone, searched and printed.
"""

from __future__ import annotations

import signal
import sys
import tempfile
from pathlib import Path

import partnership as ps

DATA = Path(__file__).parent / "asean_russia"


def main(path: Path) -> None:
    """Write the page as of one day; print its path, and how many private entries were left out, if any."""
    record = ps.read(DATA / "claims.jsonl", DATA / "judgements.jsonl").as_of("2026-11-24")
    result = record.page(path, title="ASEAN and Russia")
    print(path)
    if result.left_out:
        print(result)


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # Windows has none
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # "… | head" ends quietly
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(tempfile.mkdtemp(), "asean-russia.html"))
