"""Draw the balances of a fund, and between two of them what must have been spent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Polygon
from matplotlib.ticker import StrMethodFormatter

from partnership.queries.fund_ledger import FundLedger, Spent
from partnership.render import chart_axes
from partnership.render.figure_chart import Figures
from partnership.values.date_words import in_words
from partnership.values.when import When

_SIZE = (7.2, 4.2)  # inches
_HEADROOM = 1.15  # height of the axes, as a multiple of the highest amount
_STEPS = 24  # points along a side of the area of what was spent, that no label may hide
_DERIVED_ALPHA = 0.16


def draw(
    ledger: FundLedger, title: str, publishers: Mapping[When, str], notes: Sequence[str], axes: Axes | None
) -> Axes:
    """Draw the balances of a fund in one currency, and between two of them what must have been spent."""
    axes = chart_axes.axes_or_new(axes, *_SIZE)
    top = _set_vertical_axis(axes, ledger)
    figures = Figures(axes, chart_axes.palette_of(axes), top)
    labels = []
    for balance in ledger.balances:
        amount, day = balance.amount, balance.as_of
        position = figures.draw(day, float(amount.amount), amount.bound, is_disputed=balance.is_disputed)
        labels.append((*position, f"{amount}\n{publishers[day]}, {in_words(day)}"))
    labels += [_draw_spent(figures, spent) for spent in ledger.spent]
    handles = [*_legend_handles(figures)] if ledger.spent else []
    return figures.finish(title, [*notes, *(f"{spent}." for spent in ledger.spent)], labels, *handles)


def _set_vertical_axis(axes: Axes, ledger: FundLedger) -> float:
    """Set the vertical axis, and return its top."""
    amounts = [balance.amount.amount for balance in ledger.balances]
    amounts += [spent.second.amount.amount + (spent.face_most or spent.face_least) for spent in ledger.spent]
    top = float(max([Decimal(1), *amounts])) * _HEADROOM
    axes.set_ylim(0, top)
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.set_ylabel(ledger.balances[0].amount.currency if ledger.balances else "", fontsize="small")
    return top


def _draw_spent(figures: Figures, spent: Spent) -> tuple[float, float, float, str]:
    """Draw what the fund would hold had nothing been spent, and the difference; return the position and the label."""
    colour = figures.palette.second
    begins, ends = (sum(figures.date_range(balance.as_of)) / 2 for balance in (spent.first, spent.second))
    before, after = float(spent.first.amount.amount), float(spent.second.amount.amount)
    low = after + float(spent.face_least)
    high = figures.top if spent.face_most is None else after + float(spent.face_most)
    figures.axes.add_patch(
        Polygon(
            [(begins, before), (ends, high), (ends, low)],
            facecolor=to_rgba(colour, _DERIVED_ALPHA),
            edgecolor=colour,
            ls="--",
            lw=0.8,
            zorder=1.5,
        )
    )
    figures.axes.plot([ends, ends], [after, low], color=colour, lw=2, zorder=2)
    figures.axes.plot([ends, ends], [low, high], color=colour, lw=2, ls=(0, (2, 1)), zorder=2)
    steps = [step / _STEPS for step in range(1, _STEPS + 1)]
    for end in (low, high):
        figures.obstacles.extend(
            (x := begins + (ends - begins) * step, x, before + (end - before) * step) for step in steps
        )
    upper = "" if spent.face_most in (None, spent.face_least) else f" to {spent.face_most:,f}"
    amount = f"{spent.face_least:,f}{upper} {spent.first.amount.currency}{' or more' * (spent.face_most is None)}"
    return ends, ends, (after + high) / 2, f"{amount} spent,\nif every figure is exact"


def _legend_handles(figures: Figures) -> Iterator[Artist]:
    colour = figures.palette.second
    area = Patch(facecolor=to_rgba(colour, _DERIVED_ALPHA), edgecolor=colour, linestyle="--", linewidth=0.8)
    for handle, text in (
        (area, "with what came in, had nothing been spent"),
        (Line2D([], [], color=colour, linewidth=2), "spent: derived, and told by nobody"),
    ):
        handle.set_label(text)
        yield handle
