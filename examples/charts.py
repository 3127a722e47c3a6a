"""Draw three charts of ASEAN-Russia for a paper: plans and their outcomes, a plan's scoreboard, a fund's balances.

    python -m pip install '.[charts]' && python examples/charts.py [folder]

Each chart is saved as PNG and as SVG. The SVG keeps its text as text, so that it can be searched and is drawn in the
reader's fonts.
"""

from __future__ import annotations

import signal
import sys
import tempfile
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")  # only files are written, so no screen is needed

from matplotlib import pyplot as plt

import partnership as ps
from partnership import charts

DATA = Path(__file__).parent / "asean_russia"


def main(folder: Path) -> None:
    """Draw the charts, save them in a folder, and print their paths."""
    record = ps.read(DATA / "claims.jsonl", DATA / "judgements.jsonl").as_of("2026-11-24")
    axes = {
        "timeline": charts.timeline(record, ["meeting", "document"], since="2014-01-01", most=45),
        "scoreboard": charts.scoreboard(record, "cpa-2016-2020"),
        "fund": charts.fund_balances(record, "ardpff"),
    }
    axes["timeline"].set_title("ASEAN and Russia since 2014")  # they are plain matplotlib axes
    folder.mkdir(parents=True, exist_ok=True)
    with plt.rc_context({"svg.fonttype": "none"}):
        for name, ax in axes.items():
            for path in (folder / f"{name}.png", folder / f"{name}.svg"):
                ax.figure.savefig(path, dpi=200)
                print(path)


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):  # Windows has none
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # "… | head" ends quietly
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(tempfile.mkdtemp()))
