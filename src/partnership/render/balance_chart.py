"""A fund as a picture: what was in it on each day that anybody told, and what must have been spent in between."""

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

__all__ = ["draw"]

_SIZE = (7.2, 4.2)
_ROOM = 1.15  # of the highest sum
_STEPS = 24
_SOFT = 0.16  # how much of its colour what is derived has


def draw(ledger: FundLedger, title: str, said_by: Mapping[When, str], notes: Sequence[str], axes: Axes | None) -> Axes:
    """Draw the balances of a fund, all in one currency, and between two of them what must have been spent.

    Args:
        ledger: of one currency.
        title: the fund's name.
        said_by: by the day of a balance, who tells it.
        notes: what must be said beside.
        axes: to draw on; those of a new figure unless given.
    """
    axes = chart_axes.axes_of(axes, *_SIZE)
    most = _measure(axes, ledger)
    figures = Figures(axes, chart_axes.palette_of(axes), most)
    labels = []
    for one in ledger.balances:
        place = figures.draw(one.as_of, float(one.amount.amount), one.amount.bound, is_disputed=one.is_disputed)
        labels.append((*place, f"{one.amount}\n{said_by[one.as_of]}, {in_words(one.as_of)}"))
    labels += [_spent(figures, one) for one in ledger.spent]
    derived = [*_legend(figures)] if ledger.spent else []
    return figures.finish(title, [*notes, *(f"{one}." for one in ledger.spent)], labels, *derived)


def _measure(axes: Axes, ledger: FundLedger) -> float:
    """Set the vertical axis; return how high a floor may reach."""
    sums = [one.amount.amount for one in ledger.balances]
    sums += [one.second.amount.amount + (one.face_most or one.face_least) for one in ledger.spent]
    most = float(max([Decimal(1), *sums])) * _ROOM
    axes.set_ylim(0, most)
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.set_ylabel(ledger.balances[0].amount.currency if ledger.balances else "", fontsize="small")
    return most


def _spent(figures: Figures, one: Spent) -> tuple[float, float, float, str]:
    """Draw what would be in the fund had nothing been spent, and how much less there is; return what to write."""
    colour = figures.palette.second
    begins, ends = (sum(figures.reach(each.as_of)) / 2 for each in (one.first, one.second))
    before, after = float(one.first.amount.amount), float(one.second.amount.amount)
    low = after + float(one.face_least)
    high = figures.most if one.face_most is None else after + float(one.face_most)
    fan = [(begins, before), (ends, high), (ends, low)]
    figures.axes.add_patch(
        Polygon(fan, facecolor=to_rgba(colour, _SOFT), edgecolor=colour, ls="--", lw=0.8, zorder=1.5)
    )
    figures.axes.plot([ends, ends], [after, low], color=colour, lw=2, zorder=2)
    figures.axes.plot([ends, ends], [low, high], color=colour, lw=2, ls=(0, (2, 1)), zorder=2)
    steps = [step / _STEPS for step in range(1, _STEPS + 1)]
    for end in (low, high):  # no label may hide where the sides of it run
        figures.beside.extend(
            (x := begins + (ends - begins) * step, x, before + (end - before) * step) for step in steps
        )
    figure = f"{one.face_least:,f}" + ("" if one.face_most in (None, one.face_least) else f" to {one.face_most:,f}")
    figure = f"{figure} {one.first.amount.currency}{' or more' * (one.face_most is None)}"
    return ends, ends, (after + high) / 2, f"{figure} spent,\nif every figure is exact"


def _legend(figures: Figures) -> Iterator[Artist]:
    colour = figures.palette.second
    fan = Patch(facecolor=to_rgba(colour, _SOFT), edgecolor=colour, linestyle="--", linewidth=0.8)
    for artist, meaning in (
        (fan, "with what came in, had nothing been spent"),
        (Line2D([], [], color=colour, linewidth=2), "spent: derived, and told by nobody"),
    ):
        artist.set_label(meaning)
        yield artist
