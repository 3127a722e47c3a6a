"""Draw figures over time: what was counted or held on a date, with the figure's bound ("at least", "at most")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import Patch

from partnership.render import chart_axes
from partnership.render.chart_axes import Drawing, date_edges
from partnership.values.amounts import Bound
from partnership.values.when import When

_DATE_ALPHA, _OPEN_ALPHA = 0.3, 0.14  # of a vague date, and of the range that a bound leaves open
_MARGIN, _LEAST_MARGIN = 0.12, 60  # room for labels on either side: share of the time shown, and days
_LEGEND_TEXTS = {
    "exact": "exact figure",
    "at-least": "at least: this much or more",
    "at-most": "at most: this much or less",
    "about": "about",
    "vague": "some day within",
    "differs": "sources differ",
    "other": "what another source says",
}


@frozen(eq=False)
class Figures(Drawing):
    """Draw figures on axes, and remember what the legend must explain.

    Attributes:
        top: the height up to which an "at least" is open; the top of the axes unless something bounds it.
    """

    top: float

    def draw(self, day: When, y: float, bound: Bound, *, is_disputed: bool = False) -> tuple[float, float, float]:
        """Draw a figure; return where its date begins and ends on the time axis, and its height."""
        begins, ends = self.date_range(day)
        middle, colour = (begins + ends) / 2, self.palette.first
        if ends - begins > 1:
            self.axes.plot(
                [begins, ends], [y, y], color=to_rgba(colour, _DATE_ALPHA), linewidth=6, solid_capstyle="butt"
            )
            self.used.add("vague")
        if bound in ("at-least", "at-most"):
            self._draw_open_range(middle, y, bound)
        marker = {"at-least": "^", "at-most": "v"}.get(bound, "o")
        fill = self.palette.background if bound == "about" else colour
        self.draw_point(middle, y, marker=marker, color=colour, mfc=fill, ms=6)
        self.used.add(bound)
        if is_disputed:
            self.draw_point(middle, y, marker="o", color=self.palette.foreground, mfc="none", ms=11)
            self.used.add("differs")
        return begins, ends, y

    def draw_other(self, day: When, y: float, chosen: float) -> None:
        """Draw a figure that was not chosen, with a dotted line to the height of the chosen one."""
        middle = sum(self.date_range(day)) / 2
        self.axes.plot(
            [middle, middle], [y, chosen], color=self.palette.foreground, linestyle=":", linewidth=0.9, zorder=2
        )
        self.draw_point(middle, y, marker="o", color=self.palette.foreground, mfc=self.palette.background, ms=4)
        self.used.add("other")

    def date_range(self, day: When) -> tuple[float, float]:
        """Return where a date begins and ends on the time axis; a date open on one side is one day, its only bound."""
        begins, ends = date_edges(day)
        known = begins if begins is not None else (ends or 0) - 1
        return known, known + 1 if begins is None or ends is None else ends

    def finish(
        self, title: str, notes: Sequence[str], labels: Sequence[tuple[float, float, float, str]], *more: Artist
    ) -> Axes:
        """Draw what surrounds the figures, and return the axes.

        Args:
            title: of the chart.
            notes: sentences below it.
            labels: of the figures: begin and end on the time axis, height, and text.
            *more: additions to the legend.
        """
        axes = self.axes
        positions = [position for begins, ends, _ in self.obstacles for position in (begins, ends)]
        if positions:
            margin = max(_MARGIN * (max(positions) - min(positions)), _LEAST_MARGIN)
            chart_axes.set_time_axis(axes, min(positions) - margin, max(positions) + margin)
        else:
            chart_axes.draw_empty(axes)
        axes.yaxis.grid(visible=True, color=self.palette.foreground, alpha=0.12, linewidth=0.5)
        chart_axes.update_layout(axes)
        chart_axes.draw_title(axes, title)
        chart_axes.draw_note(axes, *notes)
        chart_axes.update_layout(axes)
        axes.set_yticks([tick for tick in axes.get_yticks() if 0 <= tick <= axes.get_ylim()[1]])  # none at the legend
        axes.spines["left"].set_bounds(*axes.get_ylim())
        chart_axes.draw_legend_and_labels(
            axes,
            [*self._legend_handles(), *more],
            labels,
            self.obstacles,
            chart_axes.AROUND,
            notes=notes,
            color=self.palette.foreground,
            fontsize="x-small",
        )
        return axes

    def _legend_handles(self) -> Iterator[Artist]:
        """Return the marks that were used, with their legend texts, in the order of these."""
        first, foreground = self.palette.first, self.palette.foreground
        handles: dict[str, Artist] = {
            "exact": chart_axes.point_handle("o", first),
            "at-least": chart_axes.point_handle("^", first),
            "at-most": chart_axes.point_handle("v", first),
            "about": chart_axes.point_handle("o", first, mfc=self.palette.background),
            "vague": Patch(facecolor=to_rgba(first, _DATE_ALPHA)),
            "differs": chart_axes.point_handle("o", foreground, mfc="none", markersize=9),
            "other": chart_axes.point_handle("o", foreground, mfc=self.palette.background, markersize=4),
        }
        return self.used_handles(handles, _LEGEND_TEXTS)

    def _draw_open_range(self, x: float, y: float, bound: Bound) -> None:
        end = self.top if bound == "at-least" else 0
        self.axes.plot([x, x], [y, end], color=to_rgba(self.palette.first, _OPEN_ALPHA), lw=9, solid_capstyle="butt")
