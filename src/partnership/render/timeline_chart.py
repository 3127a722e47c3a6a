"""A timeline as a picture: a vague day is a soft span of all days that it may be, and what went otherwise is marked.

Nothing is told by colour alone: each sort of mark has a form of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from attrs import field, frozen
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle

from partnership.render import chart_axes
from partnership.render.chart_axes import Palette, edges
from partnership.render.chart_text import in_lines
from partnership.render.timeline_rows import Lane, Lanes, Mark
from partnership.values.date_words import in_words
from partnership.values.when import When

__all__ = ["draw"]

_SOFT = 0.35  # how much of its colour a vague day has
_HINT = 0.12  # and what reaches on to where nobody knows
_HATCH = "///////"
_TALL = 0.56  # a bar, in rows of one line
_SHORT = 1 / 150  # of the whole time: less is not seen as a span
_LETTERS = 36  # in a line of a title
_WIDTH, _ROW, _REST = 7.2, 0.2, 1.5  # inches: of a picture, of a row of one line, of all around the rows

_DOTS = (0, (1, 2))
_MARKERS = {"happened": "o", "planned": "s", "moved": "X", "overdue": "D", "differs": "o"}
_LINES = {"moved": "--", "differs": ":"}


@frozen(eq=False)
class _Pen:
    """What draws one mark after another, and remembers what the legend must explain.

    Attributes:
        axes: on which it draws.
        palette: with these colours.
        left: where the axis of time begins.
        right: where it ends.
        used: forms by their names in the legend.
        beside: from where to where on the axis of time something stands, and how high: no label may hide it.
    """

    axes: Axes
    palette: Palette
    left: float
    right: float
    used: set[str] = field(factory=set)
    beside: list[tuple[float, float, float]] = field(factory=list)

    def draw(self, y: float, one: Mark) -> None:
        """Draw a day as vague as it is, to what it moved, and a ring where sources differ."""
        if one.sort == "differs" and self._is_beside(one):  # the ring around the other day says it
            return
        begins, ends = self.reach(one.when)
        is_point = ends - begins == 1 or (one.when.is_span and self._is_short(ends - begins))
        if not is_point:
            self._bar(y, one)
        if is_point or (one.sort != "happened" and self._is_short(ends - begins)):
            self._point(y, one)
        self.used.add(_form(one, is_point=is_point))
        if one.is_doubtful:
            self.used.add("doubt")
        if one.then:
            self._arrow(y, one)
        if one.is_disputed:
            self._ring(y, one)

    def _is_short(self, days: float) -> bool:
        return days < _SHORT * (self.right - self.left)

    def _is_beside(self, one: Mark) -> bool:
        return one.then is not None and self._is_short(abs(self.middle(one.when) - self.middle(one.then)))

    def reach(self, when: When) -> tuple[float, float]:
        """Return from where to where a day is drawn: to the edge of the picture, where nothing bounds it."""
        begins, ends = edges(when)
        return self.left if begins is None else begins, self.right if ends is None else ends

    def middle(self, when: When) -> float:
        """Return where its point stands: in the middle, or at its only bound."""
        begins, ends = edges(when)
        if begins is None or ends is None:
            return self.reach(when)[1 if begins is None else 0]
        return (begins + ends) / 2

    def _colour(self, one: Mark) -> Any:  # noqa: ANN401  whatever matplotlib takes for a colour
        own = {"happened": self.palette.first, "overdue": self.palette.alarm, "differs": self.palette.ink}
        return own.get(one.sort, self.palette.second)

    def _bar(self, y: float, one: Mark) -> None:
        """Draw all the days that it may be; of a span, those on which it surely was in full colour."""
        (begins, ends), colour = self.reach(one.when), self._colour(one)
        soft = _SOFT if one.sort in ("happened", "overdue") else 0
        look: dict[str, Any] = {
            "edgecolor": colour,
            "linewidth": 0.7,
            "linestyle": _LINES.get(one.sort, "-"),
            "zorder": 2,
        }
        look |= {"hatch": _HATCH} if one.is_doubtful else {}
        if None in edges(one.when):
            look, soft = {**look, "linewidth": 0}, _HINT
            self._caret(y, one)
        else:
            self.beside.append((begins, ends, y))
        self.axes.add_patch(Rectangle((begins, y - _TALL / 2), ends - begins, _TALL, fc=to_rgba(colour, soft), **look))
        first, last = one.when.start[1], one.when.end[0]
        if one.sort == "happened" and one.when.is_span and first and last and first <= last:
            days = chart_axes.place_of(last) + 1 - chart_axes.place_of(first)
            self.axes.add_patch(
                Rectangle((chart_axes.place_of(first), y - _TALL / 2), days, _TALL, fc=colour, zorder=2)
            )

    def _caret(self, y: float, one: Mark) -> None:
        is_by = one.when.earliest is None
        self._at(self.middle(one.when), y, marker="<" if is_by else ">", color=self._colour(one), ms=4)

    def _point(self, y: float, one: Mark) -> None:
        is_hollow = one.is_doubtful or one.sort in ("planned", "differs")
        colour = self._colour(one)
        size = 3.5 if one.sort == "differs" else 5
        fill = self.palette.paper if is_hollow else colour
        self._at(self.middle(one.when), y, marker=_MARKERS[one.sort], color=colour, mfc=fill, markersize=size)

    def _ring(self, y: float, one: Mark) -> None:
        self.used.add("differs")
        self._at(self.middle(one.when), y, marker="o", color=self.palette.ink, mfc="none", markersize=9)

    def _at(self, x: float, y: float, **look: Any) -> None:  # noqa: ANN401  as of `plot`
        self.axes.plot([x], [y], linestyle="none", zorder=3, **look)
        self.beside.append((x, x, y))

    def today(self, x: float, bottom: float) -> None:
        """Draw the day of the view."""
        self.used.add("today")
        self.axes.plot([x, x], [0, bottom], color=self.palette.ink, linewidth=0.8, linestyle=_DOTS, zorder=1)

    def _arrow(self, y: float, one: Mark) -> None:
        """Draw whence a plan moved, or which of two days is believed."""
        assert one.then  # it is drawn of such marks alone
        style = "->" if one.sort == "moved" else "-"
        look = {"arrowstyle": style, "linestyle": _LINES[one.sort], "color": self._colour(one), "linewidth": 0.9}
        begins, ends = self.middle(one.when), self.middle(one.then)
        self.axes.annotate("", (ends, y), (begins, y), arrowprops={**look, "shrinkA": 3, "shrinkB": 3}, zorder=2.5)


def _form(one: Mark, *, is_point: bool) -> str:
    """Return under which name the legend explains a mark."""
    if one.sort != "happened" or is_point:
        return "day" if one.sort == "happened" else one.sort
    return "open" if None in edges(one.when) else "span" if one.when.is_span else "vague"


def draw(
    told: Lanes, today: date, bounds: tuple[date | None, date | None], notes: Sequence[str], axes: Axes | None
) -> Axes:
    """Draw the rows of a timeline, from one day to another, or all the days of them and today.

    Returns:
        The axes given, or those of a new figure.
    """
    titles = [in_lines(one.title, _LETTERS) for one in told.rows]
    heights = [0.4 + 0.6 * (one.count("\n") + 1) for one in titles]
    axes = chart_axes.axes_of(axes, _WIDTH, _REST + _ROW * sum(heights))
    left, right = _time(told.rows, today, bounds)
    chart_axes.by_day(axes, left, right)
    pen = _Pen(axes, chart_axes.palette_of(axes), *axes.get_xlim())
    labels = [*_rows(pen, told.rows, titles, heights)]
    if not told.rows:
        chart_axes.nothing(axes)
    if left <= chart_axes.place_of(today) < right:
        pen.today(chart_axes.place_of(today) + 0.5, sum(heights))
    chart_axes.settle(axes)
    chart_axes.note(axes, *notes)
    chart_axes.settle(axes)
    chart_axes.legend(axes, [*_legend(pen, today)])
    chart_axes.place(axes, labels, pen.beside, chart_axes.BESIDE, color=pen.palette.alarm, fontsize="x-small")
    return axes


def _time(rows: Sequence[Lane], today: date, bounds: tuple[date | None, date | None]) -> tuple[float, float]:
    """Return from where to where time goes."""
    since, until = bounds
    first = since or min((one.first for one in rows), default=today)
    last = until or max((today, *(one.last for one in rows)))
    return chart_axes.place_of(first), chart_axes.place_of(last) + 1


def _rows(
    pen: _Pen, rows: Sequence[Lane], titles: Sequence[str], heights: Sequence[float]
) -> Iterator[tuple[float, float, float, str]]:
    """Draw the rows, the first on top; yield what is to be written beside plans that are overdue, and where."""
    axes, middles, top = pen.axes, [], 0.0
    for lane, height in zip(rows, heights, strict=True):
        y = top + height / 2
        top += height
        middles.append(y)
        axes.axhline(top, color=pen.palette.ink, alpha=0.12, linewidth=0.5, zorder=0)
        for mark in lane.marks:
            pen.draw(y, mark)
            if mark.sort == "overdue":
                yield (*pen.reach(mark.when), y, in_words(mark.when))
    axes.set_ylim(max(top, 1), 0)
    axes.set_yticks(middles, titles, fontsize="x-small")
    for tick, title in zip(axes.get_yticklabels(), titles, strict=True):
        tick.set(**chart_axes.written(title))
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


_FORMS = {
    "day": "on that day",
    "vague": "some day within",
    "span": "all that time",
    "open": "by that day, or from it on",
    "doubt": "in doubt",
    "planned": "planned",
    "moved": "planned, and moved",
    "overdue": "overdue: nobody says it came",
    "differs": "sources differ",
}
"""What each form means, in the order of the legend."""


def _legend(pen: _Pen, today: date) -> Iterator[Artist]:
    """Yield the forms that were used, each with what it means."""
    first, second, alarm, ink = pen.palette.first, pen.palette.second, pen.palette.alarm, pen.palette.ink
    forms: dict[str, Artist] = {
        "day": chart_axes.dot("o", first),
        "vague": Patch(facecolor=to_rgba(first, _SOFT), edgecolor=first, linewidth=0.7),
        "span": Patch(facecolor=first),
        "open": chart_axes.dot("<", first),
        "doubt": Patch(facecolor="none", edgecolor=first, hatch=_HATCH, linewidth=0.7),
        "planned": chart_axes.dot("s", second, mfc="none"),
        "moved": chart_axes.dot("X", second),
        "overdue": Patch(facecolor=to_rgba(alarm, _SOFT), edgecolor=alarm, linewidth=0.7),
        "differs": chart_axes.dot("o", ink, mfc="none", markersize=8),
    }
    for form, meaning in _FORMS.items():
        if form in pen.used:
            forms[form].set_label(meaning)
            yield forms[form]
    if "today" in pen.used:
        yield Line2D([], [], color=ink, linewidth=0.8, linestyle=_DOTS, label=in_words(When(today)))
