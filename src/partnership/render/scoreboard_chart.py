"""How much of a plan is done, as a picture: what others counted, day by day, each count in its own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from partnership.queries.scoreboard import Reported, Scoreboard
from partnership.render import chart_axes
from partnership.render.figure_chart import Figures
from partnership.values.amounts import Bound, Count, Percent
from partnership.values.date_words import in_words

__all__ = ["draw"]

_SIZE = (7.2, 4.0)
_ROOM = 1.25  # of the highest number, where no whole bounds it


@frozen
class _Scale:
    """How figures become heights: shares of the whole in per cent where anybody tells the whole, numbers otherwise."""

    total: Count | None
    is_share: bool

    def read(self, figures: Sequence[Count | Percent | None]) -> tuple[float, Bound] | None:
        """Return how high some figures stand and what they say; None where they cannot be drawn."""
        share = next((one for one in figures if isinstance(one, Percent)), None)
        if share:
            return (float(share.number), share.bound) if self.is_share else None
        counts: list[Count | None] = [*(one for one in figures if not isinstance(one, Percent)), None, None]
        done, whole = counts[0], counts[1] or self.total
        if done is None or not self.is_share:
            return (done.number, done.bound) if done else None
        if whole is None or not whole.number:
            return None
        return 100 * done.number / whole.number, done.bound if whole.bound == "exact" else "about"


def draw(board: Scoreboard, notes: Sequence[str], axes: Axes | None) -> Axes:
    """Draw what others counted of a plan.

    Returns:
        The axes given, or those of a new figure.
    """
    axes = chart_axes.axes_of(axes, *_SIZE)
    scale = _Scale(board.total, is_share=any(one.share or one.total or board.total for one in board.reported))
    told = [(one, read) for one in board.reported if (read := scale.read(_figures(one)))]
    figures = Figures(axes, chart_axes.palette_of(axes), _measure(axes, scale, [height for _, (height, _) in told]))
    labels = []
    for one, (height, bound) in told:
        place = figures.draw(one.as_of, height, bound, is_disputed=one.is_disputed)
        labels.append((*place, _label(one)))
        for other, _ in filter(None, map(scale.read, one.losers)):
            figures.other(one.as_of, other, height)
    drawn = [one for one, _ in told]
    left_out = [f"Not drawn: {one}." for one in board.reported if one not in drawn]
    return figures.finish(_title(board), [*notes, *left_out, *_own(board)], labels)


def _figures(one: Reported) -> tuple[Count | Percent | None, ...]:
    return (one.done, one.total, one.share)


def _measure(axes: Axes, scale: _Scale, heights: Sequence[float]) -> float:
    """Set the vertical axis; return how high a floor may reach."""
    most = max([100.0 if scale.is_share else 1.0, *heights]) * (1 if scale.is_share else _ROOM)
    axes.set_ylim(0, most * 1.03)
    if scale.is_share:
        axes.yaxis.set_major_formatter(PercentFormatter(decimals=0))
        of = f"share of {scale.total} in the plan" if scale.total else "share of the plan"
    else:
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        of = "number"
    axes.set_ylabel(of, fontsize="small", **chart_axes.LITERAL)
    return most


def _title(board: Scoreboard) -> str:
    return f"{board.title or board.plan}: what others counted"


def _label(one: Reported) -> str:
    """Return a count in its own words, with its day and who says so."""
    counted = " of ".join(str(each) for each in (one.done, one.total) if each)
    figures = ", ".join(each for each in (counted, str(one.share or "")) if each)
    publishers = ", ".join(dict.fromkeys(each.publisher for each in one.sources))
    verbs = f" ({', '.join(one.verbs)})" if one.verbs else ""
    return f"{figures}{verbs}\n{publishers}, {in_words(one.as_of)}"


def _own(board: Scoreboard) -> Iterator[str]:
    """Yield the count of the lines that the record knows: it stands apart from what others counted."""
    if board.known:
        tallies = "; ".join(map(str, board.own))
        yield f"Own count, of {board.known} lines known here: {tallies}."
    else:
        yield "No line of the plan is known here by itself."
