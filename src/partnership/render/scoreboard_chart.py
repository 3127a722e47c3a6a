"""Draw how much of a plan is done: the counts that others published, by date, each in its own words."""

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

_SIZE = (7.2, 4.0)  # inches
_HEADROOM = 1.25  # height of the axes as a multiple of the highest count, where the whole is not known


@frozen
class _Scale:
    """How counts become heights: per cent if any source gives a share or the whole, plain numbers otherwise."""

    total: Count | None
    is_share: bool

    def height(self, figures: Sequence[Count | Percent | None]) -> tuple[float, Bound] | None:
        """Return the height and the bound of a reported count; None if it cannot be drawn on this scale.

        Args:
            figures: as one source reports them: the number done, the whole, the share.
        """
        share = next((figure for figure in figures if isinstance(figure, Percent)), None)
        if share:
            return (float(share.number), share.bound) if self.is_share else None
        counts: list[Count | None] = [*(figure for figure in figures if not isinstance(figure, Percent)), None, None]
        done, total = counts[0], counts[1] or self.total
        if done is None or not self.is_share:
            return (done.number, done.bound) if done else None
        if total is None or not total.number:
            return None
        return 100 * done.number / total.number, done.bound if total.bound == "exact" else "about"


def draw(board: Scoreboard, notes: Sequence[str], axes: Axes | None) -> Axes:
    """Draw what others counted of a plan."""
    axes = chart_axes.axes_or_new(axes, *_SIZE)
    is_share = any(reported.share or reported.total or board.total for reported in board.reported)
    scale = _Scale(board.total, is_share)
    heights = [(reported, scale.height(_figures(reported))) for reported in board.reported]
    drawn = [(reported, height) for reported, height in heights if height]
    top = _set_vertical_axis(axes, scale, [height for _, (height, _) in drawn])
    figures = Figures(axes, chart_axes.palette_of(axes), top)
    labels = []
    for reported, (height, bound) in drawn:
        position = figures.draw(reported.as_of, height, bound, is_disputed=reported.is_disputed)
        labels.append((*position, _label(reported)))
        for other, _ in filter(None, map(scale.height, reported.losers)):
            figures.draw_other(reported.as_of, other, height)
    left_out = [f"Not drawn: {reported}." for reported, height in heights if not height]
    return figures.finish(_title(board), [*notes, *left_out, *_own_count(board)], labels)


def _figures(reported: Reported) -> tuple[Count | Percent | None, ...]:
    return (reported.done, reported.total, reported.share)


def _set_vertical_axis(axes: Axes, scale: _Scale, heights: Sequence[float]) -> float:
    """Set the vertical axis, and return the height up to which an "at least" is open."""
    top = max([100.0 if scale.is_share else 1.0, *heights]) * (1 if scale.is_share else _HEADROOM)
    axes.set_ylim(0, top * 1.03)
    if scale.is_share:
        axes.yaxis.set_major_formatter(PercentFormatter(decimals=0))
        label = f"share of {scale.total} in the plan" if scale.total else "share of the plan"
    else:
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        label = "number"
    axes.set_ylabel(label, fontsize="small", **chart_axes.LITERAL)
    return top


def _title(board: Scoreboard) -> str:
    return f"{board.title or board.plan}: what others counted"


def _label(reported: Reported) -> str:
    """Return a count in the words of its source, with its date and publishers."""
    count = " of ".join(str(figure) for figure in (reported.done, reported.total) if figure)
    figures = ", ".join(text for text in (count, str(reported.share or "")) if text)
    publishers = ", ".join(dict.fromkeys(source.publisher for source in reported.sources))
    verbs = f" ({', '.join(reported.verbs)})" if reported.verbs else ""
    return f"{figures}{verbs}\n{publishers}, {in_words(reported.as_of)}"


def _own_count(board: Scoreboard) -> Iterator[str]:
    """Yield the count of the lines in the record, which is never mixed with what others counted."""
    if board.known:
        tallies = "; ".join(map(str, board.own))
        yield f"Own count, of {board.known} lines known here: {tallies}."
    else:
        yield "No line of the plan is known here by itself."
