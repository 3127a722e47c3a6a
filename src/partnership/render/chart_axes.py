"""What every picture needs: axes to draw on, colours that can be read on them, fonts for every script, days as numbers.

matplotlib is loaded with this module, and so when the first picture is drawn.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from attrs import frozen
from matplotlib import colors, font_manager, rcParams
from matplotlib import pyplot as plt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox, BboxBase

from partnership.render.chart_text import in_lines, visible
from partnership.values.when import When

__all__ = [
    "LITERAL",
    "Palette",
    "axes_of",
    "by_day",
    "dot",
    "edges",
    "fit",
    "fonts_for",
    "head",
    "legend",
    "note",
    "nothing",
    "palette_of",
    "place",
    "place_of",
    "settle",
    "written",
]

LITERAL: dict[str, Any] = {"parse_math": False, "usetex": False}
"""How a text of others is drawn: a ``$`` is a dollar, and no TeX is run on it."""

_CONTRAST = 3.0  # Web Content Accessibility Guidelines 2.2, 1.4.11: parts of a picture against what is beside them
_REDS = ("#c8102e", "#ff7b72")  # where the style has none
_RED_ENOUGH = 0.06  # of the circle of hues, on either side
_KNOWN = ("dejavu sans", "noto sans", "arial", "droid sans", "microsoft yahei", "pingfang", "segoe ui")
_BOXES = "Last Resort"  # draws a box with the name of the script for every letter there is
_FULL = 0.95  # of a line: at another resolution letters are a little wider
_OUTSIDE = 100  # times as bad as under something else
_NARROWEST = 8  # letters in a line


@frozen
class Palette:
    """The colours of a picture, out of the style in which its axes stand.

    Attributes:
        ink: of texts and frames.
        paper: on what all is drawn.
        first: of what came.
        second: of what is planned, or derived.
        alarm: of what is overdue.
    """

    ink: Any
    paper: Any
    first: Any
    second: Any
    alarm: Any


def palette_of(axes: Axes) -> Palette:
    """Return colours of the current style that can be told from the background of some axes.

    Source: Web Content Accessibility Guidelines 2.2, 1.4.11.
    """
    paper, ink = axes.get_facecolor(), axes.xaxis.label.get_color()
    if not colors.to_rgba(paper)[3]:
        paper = axes.figure.get_facecolor()
    cycle = rcParams["axes.prop_cycle"].by_key().get("color", [])
    told = [one for one in dict.fromkeys(cycle) if _contrast(one, paper) >= _CONTRAST]
    reds = [one for one in told if _redness(one) > 1 - _RED_ENOUGH]
    alarm = max(reds, key=_redness, default=max(_REDS, key=lambda one: _contrast(one, paper)))
    first, second, *_ = [*(one for one in told if one != alarm), ink, ink]
    return Palette(ink, paper, first, second, alarm)


def _contrast(one: Any, other: Any) -> float:  # noqa: ANN401  whatever matplotlib takes for a colour
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Any) -> float:  # noqa: ANN401  whatever matplotlib takes for a colour
    return sum(part * _linear(each) for part, each in zip((0.2126, 0.7152, 0.0722), colors.to_rgb(colour), strict=True))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  the standard's numbers


def _redness(colour: Any) -> float:  # noqa: ANN401  whatever matplotlib takes for a colour
    """Return how near a colour is to red, 1 at the most; a grey is far from it."""
    hue, _, saturation = colorsys.rgb_to_hls(*colors.to_rgb(colour))
    return 1 - min(hue, 1 - hue) if saturation > 0.4 else 0.0  # noqa: PLR2004  less is brown or grey


# ---- axes ----


def axes_of(axes: Axes | None, width: float, height: float) -> Axes:
    """Return the axes given, or new ones on a figure of their own, in inches.

    A figure that arranges nothing by itself gets matplotlib's constrained layout, so that no label is cut off.
    """
    if axes is None:
        return plt.figure(figsize=(width, height), layout="constrained").add_subplot()
    figure = _figure_of(axes)
    if figure.get_layout_engine() is None:
        figure.set_layout_engine("constrained")
    return axes


def _figure_of(axes: Axes) -> Figure:
    figure = axes.get_figure(root=True)
    assert isinstance(figure, Figure)  # axes that were taken off their figure cannot be drawn on
    return figure


def settle(axes: Axes) -> None:
    """Arrange the figure as it stands, so that what is in it can be measured."""
    _figure_of(axes).draw_without_rendering()


# ---- days ----


def place_of(day: date) -> float:
    """Return where a day begins on the axis of time."""
    return float(date2num(day))  # type: ignore[no-untyped-call] # matplotlib.dates has no types


def edges(when: When) -> tuple[float | None, float | None]:
    """Return where a day begins and where it ends on the axis of time; None where nothing bounds it."""
    first, last = when.earliest, when.latest
    return place_of(first) if first else None, place_of(last) + 1 if last else None


def by_day(axes: Axes, first: float, last: float) -> None:
    """Make the horizontal axis one of time, from a day to another, with a margin."""
    margin = max(0.02 * (last - first), 4.0)
    locator = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call] # matplotlib.dates has no types
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call] # nor here
    axes.xaxis.get_offset_text().set_fontsize("small")
    axes.set_xlim(first - margin, last + margin)
    axes.tick_params(axis="both", labelsize="small")
    axes.spines[["top", "right"]].set_visible(False)


def nothing(axes: Axes) -> None:
    """Say that there is nothing to draw."""
    axes.text(0.5, 0.5, "Nothing is recorded.", transform=axes.transAxes, ha="center", va="center", style="italic")
    axes.set_xticks([], [])
    axes.set_yticks([], [])


# ---- words ----


def written(text: str) -> dict[str, Any]:
    """Return how a text is drawn: as it stands, in fonts that have its letters."""
    return {**LITERAL, "family": fonts_for(text)}


def fonts_for(text: str) -> list[str]:
    """Return the families in which a text is drawn: those of the style, and for letters that they lack, others.

    Of what no font on this machine has, matplotlib warns when it draws; an SVG that keeps its texts
    (``svg.fonttype: none``) is drawn in the fonts of who reads it.
    """
    style = [*rcParams["font.family"]]
    lacking = {ord(one) for one in text if not one.isspace()}
    for one in style:
        lacking -= _charmap(font_manager.findfont(font_manager.FontProperties(family=[one])))
    found = [*style]
    while lacking:
        family, has = max(_others(frozenset(lacking)), key=lambda one: len(one[1]), default=("", frozenset[int]()))
        if not has:
            break
        found.append(family)
        lacking -= has
    return found


@lru_cache(maxsize=64)
def _others(letters: frozenset[int]) -> list[tuple[str, frozenset[int]]]:
    """Return the upright fonts of ordinary weight that have some of these letters, the best known first."""
    plain = [
        one
        for one in font_manager.fontManager.ttflist
        if (one.style, one.variant, one.stretch) == ("normal", "normal", "normal")
        and one.weight in (400, "normal")
        and not one.name.startswith(_BOXES)
    ]
    plain.sort(key=lambda one: (not one.name.lower().startswith(_KNOWN), one.name))
    return [(one.name, has) for one in plain if (has := letters & _charmap(one.fname))]


@lru_cache(maxsize=1024)
def _charmap(path: str) -> frozenset[int]:
    return frozenset(FT2Font(path).get_charmap())


def fit(artist: Text, text: str, room: float, most: int = 12) -> None:
    """Write a text into lines that are no wider than so many pixels."""
    letters = max(len(text), 1)
    while True:
        artist.set_text(in_lines(text, letters, most))
        if artist.get_window_extent().width <= _FULL * room or letters <= _NARROWEST:
            return
        letters = int(letters * 0.92)


def head(axes: Axes, text: str) -> None:
    """Write a title over the axes, in as many lines as it needs."""
    artist = axes.set_title("", loc="left", fontsize="medium", fontweight="bold", **written(text))
    fit(artist, text, axes.bbox.width)


class _Note(Text):
    """A text that is wrapped at the width of its axes, however these are arranged later.

    matplotlib wraps at the edge of the figure: where that is all that it can do, so does this.
    """

    def _get_wrap_line_width(self) -> float:
        assert self.axes  # `note` gives it those under which it stands
        return float(_FULL * self.axes.bbox.width)


def note(axes: Axes, *sentences: str) -> None:
    """Write what must be said of the picture under its axes: it belongs to it wherever it is pasted."""
    text = visible(" ".join(one for one in sentences if one))
    label = axes.set_xlabel(text, loc="left", fontsize="x-small", wrap=True, **written(text))
    label.axes = axes
    label.__class__ = _Note


def dot(marker: str, colour: Any, **look: Any) -> Line2D:  # noqa: ANN401  as of `Line2D`
    """Return a point as the legend shows it."""
    return Line2D([], [], marker=marker, color=colour, linestyle="none", **{"markersize": 5, **look})


def legend(axes: Axes, handles: Sequence[Artist]) -> None:
    """Make room in the axes, above all that is drawn, and say there what the marks mean, in as many columns as fit."""
    high = 0.0
    for columns in range(len(handles), 0, -1):
        drawn = axes.legend(handles=handles, ncols=columns, loc="upper left", **_LEGEND)
        drawn.set_in_layout(False)  # it stands within the axes
        high = drawn.get_window_extent().height / axes.bbox.height
        if drawn.get_window_extent().width <= _FULL * axes.bbox.width:
            break
    bottom, top = axes.get_ylim()
    axes.set_ylim(bottom, top + (top - bottom) * high / max(1 - high, 0.1))


_LEGEND: dict[str, Any] = {
    "frameon": False,
    "fontsize": "x-small",
    "handlelength": 1.6,
    "columnspacing": 1.2,
    "borderaxespad": 0,
    "borderpad": 0.2,
}


def place(
    axes: Axes,
    labels: Iterable[tuple[float, float, float, str]],
    beside: Iterable[tuple[float, float, float]],
    spots: Sequence[Spot],
    **look: Any,  # noqa: ANN401  as of `annotate`
) -> None:
    """Write labels beside what they tell of, where they hide no other label and no point, and within the axes.

    Args:
        axes: arranged already.
        labels: from where to where on the axis of time, how high, and what is written.
        beside: what is not to be hidden, told likewise.
        spots: where a label may stand, the best first.
        look: as of ``annotate``.
    """
    near = 5 * axes.figure.dpi / 72
    taken = [
        Bbox(axes.transData.transform([(begins, y), (ends, y)]) + np.array([(-near, -near), (near, near)]))
        for begins, ends, y in beside
    ]
    if above := axes.get_legend():
        taken.append(above.get_window_extent())
    for begins, ends, y, raw in labels:
        text = "\n".join(map(visible, raw.split("\n")))
        drawn = axes.annotate(text, (ends, y), (0, 0), textcoords="offset points", **written(text), **look)
        tried = [(_hidden(drawn, spot, (begins, ends, y), axes.bbox, taken), at) for at, spot in enumerate(spots)]
        _move(drawn, spots[min(tried)[1]], (begins, ends, y))
        drawn.set_in_layout(False)
        taken.append(drawn.get_window_extent())


Spot = tuple[int, int]
BESIDE: Sequence[Spot] = ((6, 0), (-6, 0), (14, 0), (-14, 0))
"""Spots on the same height, in points to the right."""
AROUND: Sequence[Spot] = tuple(
    (dx * far, dy * far)
    for far in (8, 18, 30)
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
)
"""Spots on all sides, in points to the right and upwards, the near ones first."""


def _move(drawn: Annotation, spot: Spot, of: tuple[float, float, float]) -> None:
    dx, dy = spot
    begins, ends, y = of
    drawn.xy = (ends if dx > 0 else begins if dx else (begins + ends) / 2, y)
    drawn.set_position(spot)
    drawn.set_horizontalalignment("left" if dx > 0 else "right" if dx else "center")
    drawn.set_verticalalignment("bottom" if dy > 0 else "top" if dy else "center")


def _hidden(
    drawn: Annotation, spot: Spot, of: tuple[float, float, float], within: BboxBase, taken: Iterable[Bbox]
) -> float:
    """Return how much of a label would be hidden, in pixels square: better by something else than by the axes' end."""
    _move(drawn, spot, of)
    mine = drawn.get_window_extent()
    inside = Bbox.intersection(mine, within)
    hidden = _OUTSIDE * (mine.width * mine.height - (inside.width * inside.height if inside else 0))
    for other in taken:
        shared = Bbox.intersection(mine, other)
        hidden += shared.width * shared.height if shared else 0
    return float(hidden)
