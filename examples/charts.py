"""Three charts of ASEAN-Russia for a paper: what was planned and what came, a plan's scoreboard, a fund's balances.

    python -m pip install '.[charts]' && python examples/charts.py [folder]

Each is written twice: as PNG, and as SVG that keeps its texts as texts, so that they can be searched, and are drawn in
the fonts of who reads them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")  # files alone, on a machine without a screen too

from matplotlib import pyplot as plt

import partnership as ps
from partnership import charts

FOLDER = Path(__file__).parent / "asean_russia"


def main(place: Path) -> None:
    """Draw the charts, write them into a folder, and say where they are."""
    record = ps.read(FOLDER / "claims.jsonl", FOLDER / "judgements.jsonl").as_of("2026-11-24")
    drawn = {
        "timeline": charts.timeline(record, ["meeting", "document"], since="2014-01-01", most=45),
        "scoreboard": charts.scoreboard(record, "cpa-2016-2020"),
        "fund": charts.fund_balances(record, "ardpff"),
    }
    drawn["timeline"].set_title("ASEAN and Russia since 2014")  # the axes are the caller's own
    place.mkdir(parents=True, exist_ok=True)
    with plt.rc_context({"svg.fonttype": "none"}):
        for name, ax in drawn.items():
            for path in (place / f"{name}.png", place / f"{name}.svg"):
                ax.figure.savefig(path, dpi=200)
                print(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(tempfile.mkdtemp()))
