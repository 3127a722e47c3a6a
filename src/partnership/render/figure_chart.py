"""Figures over time as a picture: what was counted or held, on which day, and whether it is a floor or a ceiling."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import field, frozen
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import Patch

from partnership.render import chart_axes
from partnership.render.chart_axes import Palette, edges
from partnership.values.amounts import Bound
from partnership.values.when import When

__all__ = ["Figures"]

_SOFT, _HINT = 0.3, 0.14  # how much of its colour a vague day has, and what a floor leaves open above it
_AROUND, _LEAST = 0.12, 60  # of the time shown, and days: room for labels on either side
_MEANINGS = {
    "exact": "exact figure",
    "at-least": "at least: this much or more",
    "at-most": "at most: this much or less",
    "about": "about",
    "vague": "some day within",
    "differs": "sources differ",
}


@frozen(eq=False)
class Figures:
    """What draws one figure after another, and remembers what the legend must explain.

    Attributes:
        axes: on which it draws, with its limits set.
        palette: with these colours.
        most: how high a floor may reach; the top of the axes unless something bounds it.
        used: forms by their names in the legend.
        beside: from where to where on the axis of time something stands, and how high: no label may hide it.
    """

    axes: Axes
    palette: Palette
    most: float
    used: set[str] = field(factory=set)
    beside: list[tuple[float, float, float]] = field(factory=list)

    def draw(self, day: When, y: float, bound: Bound, *, is_disputed: bool = False) -> tuple[float, float, float]:
        """Draw a figure of a day; return from where to where it stands, and how high."""
        begins, ends = self.reach(day)
        middle, colour = (begins + ends) / 2, self.palette.first
        if ends - begins > 1:
            self.axes.plot([begins, ends], [y, y], color=to_rgba(colour, _SOFT), linewidth=6, solid_capstyle="butt")
            self.used.add("vague")
        if bound in ("at-least", "at-most"):
            self._open(middle, y, bound)
        marker = {"at-least": "^", "at-most": "v"}.get(bound, "o")
        fill = self.palette.paper if bound == "about" else colour
        self._at(middle, y, marker=marker, color=colour, mfc=fill, ms=6)
        self.used.add(bound)
        if is_disputed:
            self._at(middle, y, marker="o", color=self.palette.ink, mfc="none", ms=11)
            self.used.add("differs")
        return begins, ends, y

    def other(self, day: When, y: float, believed: float) -> None:
        """Draw a figure of a day that is not believed, and to which it stands against."""
        middle = sum(self.reach(day)) / 2
        self.axes.plot([middle, middle], [y, believed], color=self.palette.ink, linestyle=":", linewidth=0.9, zorder=2)
        self._at(middle, y, marker="o", color=self.palette.ink, mfc=self.palette.paper, ms=4)

    def reach(self, day: When) -> tuple[float, float]:
        """Return from where to where a day stands: at its only bound, where one side is open."""
        begins, ends = edges(day)
        known = begins if begins is not None else (ends or 0) - 1
        return known, known + 1 if begins is None or ends is None else ends

    def finish(
        self, title: str, notes: Sequence[str], labels: Sequence[tuple[float, float, float, str]], *more: Artist
    ) -> Axes:
        """Arrange the picture: time, title, notes, what the marks mean, and a label beside each figure."""
        axes = self.axes
        days = [day for begins, ends, _ in self.beside for day in (begins, ends)]
        if days:
            room = max(_AROUND * (max(days) - min(days)), _LEAST)
            chart_axes.by_day(axes, min(days) - room, max(days) + room)
        else:
            chart_axes.nothing(axes)
        axes.yaxis.grid(visible=True, color=self.palette.ink, alpha=0.12, linewidth=0.5)
        chart_axes.settle(axes)
        chart_axes.head(axes, title)
        chart_axes.note(axes, *notes)
        chart_axes.settle(axes)
        axes.set_yticks([one for one in axes.get_yticks() if 0 <= one <= axes.get_ylim()[1]])  # none beside the legend
        axes.spines["left"].set_bounds(*axes.get_ylim())
        chart_axes.legend(axes, [*self._legend(), *more])
        chart_axes.place(axes, labels, self.beside, chart_axes.AROUND, color=self.palette.ink, fontsize="x-small")
        return axes

    def _legend(self) -> list[Artist]:
        """Return what explains the forms that were used, in their order."""
        first, ink = self.palette.first, self.palette.ink
        forms: dict[str, Artist] = {
            "exact": chart_axes.dot("o", first),
            "at-least": chart_axes.dot("^", first),
            "at-most": chart_axes.dot("v", first),
            "about": chart_axes.dot("o", first, mfc=self.palette.paper),
            "vague": Patch(facecolor=to_rgba(first, _SOFT)),
            "differs": chart_axes.dot("o", ink, mfc="none", markersize=9),
        }
        for form, artist in forms.items():
            artist.set_label(_MEANINGS[form])
        return [artist for form, artist in forms.items() if form in self.used]

    def _open(self, x: float, y: float, bound: Bound) -> None:
        """Draw how far a floor, or a ceiling, leaves it open."""
        end = self.most if bound == "at-least" else 0
        self.axes.plot([x, x], [y, end], color=to_rgba(self.palette.first, _HINT), lw=9, solid_capstyle="butt")

    def _at(self, x: float, y: float, **look: Any) -> None:  # noqa: ANN401  as of `plot`
        self.axes.plot([x], [y], linestyle="none", zorder=3, **look)
        self.beside.append((x, x, y))
