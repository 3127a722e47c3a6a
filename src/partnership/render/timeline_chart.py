"""Draw a timeline: a vague date is a pale bar over all days that it may be; each sort of mark has its own shape.

Shapes and colours say the same, for readers who do not see the colours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from attrs import frozen
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from partnership.render import chart_axes
from partnership.render.chart_axes import Drawing, date_edges
from partnership.render.timeline_rows import Mark, Row, TimelineRows
from partnership.values.date_words import in_words
from partnership.values.when import When

_DATE_ALPHA = 0.35  # of a vague date
_OPEN_ALPHA = 0.12  # of a date without a bound on one side
_HATCH = "///////"
_BAR_HEIGHT = 0.56  # in rows of one line
_LEAST_BAR = 1 / 150  # of the time shown: a shorter bar is drawn as a point
_TITLE_LETTERS = 36  # in a line
_WIDTH, _ROW_HEIGHT, _OTHER_HEIGHT = 7.2, 0.2, 1.5  # inches: chart, row of one line, title, axis and legend

_DOTTED = (0, (1, 2))
_MARKERS = {"happened": "o", "planned": "s", "moved": "X", "overdue": "D", "differs": "o"}
_LINES: dict[str, Any] = {"moved": "--", "differs": ":"}


@frozen(eq=False)
class _Painter(Drawing):
    """Draw marks on axes, and remember what the legend must explain.

    Attributes:
        left: where the time axis begins.
        right: where it ends.
    """

    left: float
    right: float

    def draw(self, y: float, mark: Mark) -> None:
        """Draw a date with its vagueness, a line to the date that replaced it, and a ring where sources differ."""
        if mark.sort == "differs" and self._is_close(mark):  # the ring around the chosen date says so
            return
        begins, ends = self.date_range(mark.when)
        is_point = ends - begins == 1 or (mark.when.is_span and self._is_short(ends - begins))
        if not is_point:
            self._draw_bar(y, mark)
        has_point = is_point or (mark.sort != "happened" and self._is_short(ends - begins))
        if has_point:
            self._draw_date_point(y, mark)
        self.used.update(_legend_keys(mark, has_bar=not is_point, has_point=has_point))
        if mark.is_doubtful:
            self.used.add("doubt")
        if mark.then:
            self._draw_arrow(y, mark)
        if mark.is_disputed:
            self._draw_ring(y, mark)

    def _is_short(self, days: float) -> bool:
        return days < _LEAST_BAR * (self.right - self.left)

    def _is_close(self, mark: Mark) -> bool:
        return mark.then is not None and self._is_short(abs(self.middle(mark.when) - self.middle(mark.then)))

    def date_range(self, when: When) -> tuple[float, float]:
        """Return where a date begins and ends on the time axis; a side without a bound ends at the edge of the axes."""
        begins, ends = date_edges(when)
        return self.left if begins is None else begins, self.right if ends is None else ends

    def middle(self, when: When) -> float:
        """Return the position of a date's point: its middle, or its only bound."""
        begins, ends = date_edges(when)
        if begins is None or ends is None:
            return self.date_range(when)[1 if begins is None else 0]
        return (begins + ends) / 2

    def _colour(self, mark: Mark) -> Any:  # noqa: ANN401  any colour of matplotlib
        colours = {"happened": self.palette.first, "overdue": self.palette.alarm, "differs": self.palette.foreground}
        return colours.get(mark.sort, self.palette.second)

    def _draw_bar(self, y: float, mark: Mark) -> None:
        """Draw the days that a date may be in a pale colour, and in full colour those that a span certainly covers."""
        (begins, ends), colour = self.date_range(mark.when), self._colour(mark)
        alpha = _DATE_ALPHA if mark.sort in ("happened", "overdue") else 0
        look: dict[str, Any] = {
            "edgecolor": colour,
            "linewidth": 0.7,
            "linestyle": _LINES.get(mark.sort, "-"),
            "zorder": 2,
        }
        look |= {"hatch": _HATCH} if mark.is_doubtful else {}
        if None in date_edges(mark.when):
            look, alpha = {**look, "linewidth": 0}, _OPEN_ALPHA
            self._draw_caret(y, mark)
        else:
            self.obstacles.append((begins, ends, y))
        self.axes.add_patch(
            Rectangle((begins, y - _BAR_HEIGHT / 2), ends - begins, _BAR_HEIGHT, fc=to_rgba(colour, alpha), **look)
        )
        first, last = mark.when.start[1], mark.when.end[0]
        if mark.sort == "happened" and mark.when.is_span and first and last and first <= last:
            days = chart_axes.day_position(last) + 1 - chart_axes.day_position(first)
            self.axes.add_patch(
                Rectangle((chart_axes.day_position(first), y - _BAR_HEIGHT / 2), days, _BAR_HEIGHT, fc=colour, zorder=2)
            )

    def _draw_caret(self, y: float, mark: Mark) -> None:
        has_no_start = mark.when.earliest is None
        self.draw_point(self.middle(mark.when), y, marker="<" if has_no_start else ">", color=self._colour(mark), ms=4)

    def _draw_date_point(self, y: float, mark: Mark) -> None:
        is_hollow = mark.is_doubtful or mark.sort in ("planned", "differs")
        colour = self._colour(mark)
        size = 3.5 if mark.sort == "differs" else 5
        fill = self.palette.background if is_hollow else colour
        self.draw_point(self.middle(mark.when), y, marker=_MARKERS[mark.sort], color=colour, mfc=fill, markersize=size)

    def _draw_ring(self, y: float, mark: Mark) -> None:
        self.used.add("differs")
        self.draw_point(self.middle(mark.when), y, marker="o", color=self.palette.foreground, mfc="none", markersize=9)

    def draw_today(self, x: float, bottom: float) -> None:
        """Draw a vertical line at the day of the view."""
        self.used.add("today")
        self.axes.plot([x, x], [0, bottom], color=self.palette.foreground, linewidth=0.8, linestyle=_DOTTED, zorder=1)

    def _draw_arrow(self, y: float, mark: Mark) -> None:
        """Draw an arrow from a plan to the one that replaced it, or a line from a date in dispute to the chosen one."""
        assert mark.then  # only such marks have an arrow
        style = "->" if mark.sort == "moved" else "-"
        look = {"arrowstyle": style, "linestyle": _LINES[mark.sort], "color": self._colour(mark), "linewidth": 0.9}
        begins, ends = self.middle(mark.when), self.middle(mark.then)
        self.axes.annotate("", (ends, y), (begins, y), arrowprops={**look, "shrinkA": 3, "shrinkB": 3}, zorder=2.5)


def _legend_keys(mark: Mark, *, has_bar: bool, has_point: bool) -> Iterator[str]:
    """Yield the keys of the legend texts that explain a mark."""
    begins, ends = date_edges(mark.when)
    if begins is None or ends is None:
        yield "until" if begins is None else "from"
    if mark.sort != "happened":
        if has_point:
            yield "other" if mark.sort == "differs" else mark.sort
        if has_bar:
            yield f"{mark.sort}-bar"
    elif not has_bar:
        yield "day"
    elif None not in (begins, ends):
        yield "span" if mark.when.is_span else "vague"


def draw(
    timeline: TimelineRows,
    today: date,
    bounds: tuple[date | None, date | None],
    notes: Sequence[str],
    axes: Axes | None,
) -> Axes:
    """Draw the rows of a timeline between two days; where one is None, from the first or to the last that there is."""
    titles = [chart_axes.in_lines(row.title, _TITLE_LETTERS) for row in timeline.rows]
    heights = [0.4 + 0.6 * (title.count("\n") + 1) for title in titles]
    axes = chart_axes.axes_or_new(axes, _WIDTH, _OTHER_HEIGHT + _ROW_HEIGHT * sum(heights))
    left, right = _time_range(timeline.rows, today, bounds)
    chart_axes.set_time_axis(axes, left, right)
    painter = _Painter(axes, chart_axes.palette_of(axes), *axes.get_xlim())
    labels = [*_draw_rows(painter, timeline.rows, titles, heights)]
    if not timeline.rows:
        chart_axes.draw_empty(axes)
    if left <= chart_axes.day_position(today) < right:
        painter.draw_today(chart_axes.day_position(today) + 0.5, sum(heights))
    chart_axes.update_layout(axes)
    chart_axes.draw_note(axes, *notes)
    chart_axes.update_layout(axes)
    chart_axes.draw_legend_and_labels(
        axes,
        [*_legend_handles(painter, today)],
        labels,
        painter.obstacles,
        chart_axes.BESIDE,
        notes=notes,
        color=painter.palette.alarm,
        fontsize="x-small",
    )
    return axes


def _time_range(rows: Sequence[Row], today: date, bounds: tuple[date | None, date | None]) -> tuple[float, float]:
    """Return where the time axis begins and ends."""
    since, until = bounds
    first = since or min((row.first for row in rows), default=today)
    last = until or max((today, first, *(row.last for row in rows)))
    return chart_axes.day_position(first), chart_axes.day_position(last) + 1


def _draw_rows(
    painter: _Painter, rows: Sequence[Row], titles: Sequence[str], heights: Sequence[float]
) -> Iterator[tuple[float, float, float, str]]:
    """Draw the rows, the first on top; yield the labels of overdue plans with their positions."""
    axes, middles, top = painter.axes, [], 0.0
    for row, height in zip(rows, heights, strict=True):
        y = top + height / 2
        top += height
        middles.append(y)
        axes.axhline(top, color=painter.palette.foreground, alpha=0.12, linewidth=0.5, zorder=0)
        for mark in row.marks:
            painter.draw(y, mark)
            if mark.sort == "overdue":
                yield (*painter.date_range(mark.when), y, in_words(mark.when))
    axes.set_ylim(max(top, 1), 0)
    axes.set_yticks(middles, titles, fontsize="x-small")
    for tick, title in zip(axes.get_yticklabels(), titles, strict=True):
        tick.set(**chart_axes.text_style(title))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


_LEGEND_TEXTS = {
    "day": "on that day",
    "vague": "some day within",
    "span": "all that time",
    "until": "by that day",
    "from": "from that day on",
    "doubt": "in doubt",
    "planned": "planned",
    "planned-bar": "planned, some day within",
    "moved": "planned, and moved",
    "moved-bar": "planned within, and moved",
    "overdue": "overdue on that day: nobody says it came",
    "overdue-bar": "overdue: nobody says it came",
    "differs": "sources differ",
    "other": "what another source says",
    "differs-bar": "another source: some day within",
}
"""In the order of the legend."""


def _legend_handles(painter: _Painter, today: date) -> Iterator[Artist]:
    """Yield the marks that were used, with their legend texts."""
    first, second, alarm, foreground = (
        painter.palette.first,
        painter.palette.second,
        painter.palette.alarm,
        painter.palette.foreground,
    )
    handles: dict[str, Artist] = {
        "day": chart_axes.point_handle("o", first),
        "vague": Patch(facecolor=to_rgba(first, _DATE_ALPHA), edgecolor=first, linewidth=0.7),
        "span": Patch(facecolor=first),
        "until": chart_axes.point_handle("<", first),
        "from": chart_axes.point_handle(">", first),
        "doubt": Patch(facecolor="none", edgecolor=first, hatch=_HATCH, linewidth=0.7),
        "planned": chart_axes.point_handle("s", second, mfc="none"),
        "planned-bar": Patch(facecolor="none", edgecolor=second, linewidth=0.7),
        "moved": chart_axes.point_handle("X", second),
        "moved-bar": Patch(facecolor="none", edgecolor=second, linewidth=0.7, linestyle=_LINES["moved"]),
        "overdue": chart_axes.point_handle("D", alarm),
        "overdue-bar": Patch(facecolor=to_rgba(alarm, _DATE_ALPHA), edgecolor=alarm, linewidth=0.7),
        "differs": chart_axes.point_handle("o", foreground, mfc="none", markersize=8),
        "other": chart_axes.point_handle("o", foreground, mfc=painter.palette.background, markersize=3.5),
        "differs-bar": Patch(facecolor="none", edgecolor=foreground, linewidth=0.7, linestyle=_LINES["differs"]),
    }
    yield from painter.used_handles(handles, _LEGEND_TEXTS)
    if "today" in painter.used:
        yield Line2D([], [], color=foreground, linewidth=0.8, linestyle=_DOTTED, label=f"as of {in_words(When(today))}")
