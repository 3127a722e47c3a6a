"""Axes, readable colours, fonts for every script, a time axis, legends and labels: what all charts share.

This module imports matplotlib, and is itself imported when the first chart is drawn.
"""

from __future__ import annotations

import colorsys
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import MAXYEAR, MINYEAR, UTC, date
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
from attrs import field, frozen
from matplotlib import colors, font_manager, rcParams
from matplotlib import pyplot as plt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num, num2date
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.lines import Line2D
from matplotlib.text import Annotation, Text
from matplotlib.ticker import FixedLocator, Formatter, FuncFormatter, Locator, MaxNLocator

from partnership.errors import visible
from partnership.values.display import counted
from partnership.values.when import When

LITERAL: dict[str, Any] = {"parse_math": False, "usetex": False}
"""Draw texts literally: ``$`` does not start mathematics, and TeX is not run on texts of sources."""

_MIN_CONTRAST = 3.0  # Web Content Accessibility Guidelines 2.2, 1.4.11, for parts of graphics
_DEFAULT_REDS = ("#c8102e", "#ff7b72")  # for styles without a red
_RED_RANGE = 0.06  # of the circle of hues, on either side of red
_PREFERRED_FONTS = ("dejavu sans", "noto sans", "arial", "droid sans", "microsoft yahei", "pingfang", "segoe ui")
_PLACEHOLDER_FONT = "Last Resort"  # has every letter, but only as a box with the name of its script
_LINE_FILL = 0.95  # of the width: at another resolution letters are a little wider
_MIN_LETTERS = 8  # in a line
_WIDE_LETTERS = {"W", "F"}  # Unicode Standard Annex 11: wide and fullwidth


@frozen
class Palette:
    """The colours of a chart, from the current matplotlib style.

    Attributes:
        foreground: texts and frames.
        background: of the axes.
        first: what happened, or was reported.
        second: what is planned, or derived.
        alarm: what is overdue.
    """

    foreground: Any
    background: Any
    first: Any
    second: Any
    alarm: Any


def palette_of(axes: Axes) -> Palette:
    """Return colours of the current style with enough contrast to the background of the axes."""
    background, foreground = axes.get_facecolor(), axes.xaxis.label.get_color()
    if not colors.to_rgba(background)[3]:
        background = axes.figure.get_facecolor()
    cycle = rcParams["axes.prop_cycle"].by_key().get("color", [])
    readable = [colour for colour in dict.fromkeys(cycle) if _contrast(colour, background) >= _MIN_CONTRAST]
    reds = [colour for colour in readable if _redness(colour) > 1 - _RED_RANGE]
    alarm = max(reds, key=_redness, default=max(_DEFAULT_REDS, key=lambda colour: _contrast(colour, background)))
    first, second, *_ = [*(colour for colour in readable if colour != alarm), foreground, foreground]
    return Palette(foreground, background, first, second, alarm)


def _contrast(colour: Any, other: Any) -> float:  # noqa: ANN401  any colour of matplotlib
    light, dark = sorted((_luminance(colour), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Any) -> float:  # noqa: ANN401  any colour of matplotlib
    """Return the relative luminance of a colour, by the sRGB formula of the guidelines."""
    weights = (0.2126, 0.7152, 0.0722)
    return sum(weight * _linear(part) for weight, part in zip(weights, colors.to_rgb(colour), strict=True))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  numbers of sRGB


def _redness(colour: Any) -> float:  # noqa: ANN401  any colour of matplotlib
    """Return how close a colour is to red, from 0 to 1; a grey is 0."""
    hue, _, saturation = colorsys.rgb_to_hls(*colors.to_rgb(colour))
    return 1 - min(hue, 1 - hue) if saturation > 0.4 else 0.0  # noqa: PLR2004  less is brown or grey


# ---- axes ----


@frozen(eq=False)
class Drawing:
    """Axes, and what is drawn on them so far.

    Attributes:
        axes: with their limits set.
        palette: the colours.
        used: keys of the legend texts that apply.
        obstacles: what no label may hide: begin and end on the time axis, and height.
    """

    axes: Axes
    palette: Palette
    used: set[str] = field(factory=set, init=False)
    obstacles: list[tuple[float, float, float]] = field(factory=list, init=False)

    def draw_point(self, x: float, y: float, **look: Any) -> None:  # noqa: ANN401  for `plot`
        """Draw a point."""
        self.axes.plot([x], [y], linestyle="none", zorder=3, **look)
        self.obstacles.append((x, x, y))

    def used_handles(self, handles: Mapping[str, Artist], texts: Mapping[str, str]) -> Iterator[Artist]:
        """Yield the marks that were used, with their legend texts, in the order of these."""
        for key, text in texts.items():
            if key in self.used:
                handles[key].set_label(text)
                yield handles[key]


def axes_or_new(axes: Axes | None, width: float, height: float) -> Axes:
    """Return the axes given, or those of a new figure of a width and height in inches.

    A figure without a layout engine gets matplotlib's constrained layout, so that no label is cut off.
    """
    if axes is None:
        return plt.figure(figsize=(width, height), layout="constrained").add_subplot()
    figure = _figure_of(axes)
    if figure.get_layout_engine() is None:
        figure.set_layout_engine("constrained")
    return axes


def _figure_of(axes: Axes) -> Figure:
    figure = axes.get_figure(root=True)
    assert isinstance(figure, Figure)  # axes removed from their figure cannot be drawn on
    return figure


def update_layout(axes: Axes) -> None:
    """Lay out the figure with what it contains so far, so that its parts can be measured."""
    _figure_of(axes).draw_without_rendering()


# ---- days ----


def day_position(day: date) -> float:
    """Return where a day begins on the time axis."""
    return float(date2num(day))  # type: ignore[no-untyped-call] # matplotlib.dates has no types


def date_edges(when: When) -> tuple[float | None, float | None]:
    """Return where a date begins and ends on the time axis; None on a side without a bound."""
    first, last = when.earliest, when.latest
    return day_position(first) if first else None, day_position(last) + 1 if last else None


def set_time_axis(axes: Axes, first: float, last: float) -> None:
    """Make the horizontal axis a time axis between two positions, with a margin on either side."""
    margin = max(0.02 * (last - first), 4.0)
    locator = _locator(first, last)
    axes.xaxis.set_major_locator(locator)
    # Days have no time zone: those of the axis are not those of the current one, which a style may set.
    axes.xaxis.set_major_formatter(_formatter(locator))
    axes.xaxis.get_offset_text().set_fontsize("small")
    axes.set_xlim(max(first - margin, _FIRST), min(last + margin, _LAST))
    axes.tick_params(axis="both", labelsize="small")
    axes.spines[["top", "right"]].set_visible(False)


_FIRST, _LAST = day_position(date.min), day_position(date.max)
"""The positions between which matplotlib can write dates."""
_LONG = 365 * 200  # days, from which on only years are written


def _locator(first: float, last: float) -> Locator:
    """Return what places the ticks: by dates, or in a long time by years, which its own locator cannot at its ends."""
    if last - first < _LONG:
        return AutoDateLocator(minticks=3, maxticks=9, tz=UTC)  # type: ignore[no-untyped-call] # has no types
    years = (num2date(max(first, _FIRST), tz=UTC).year, num2date(min(last, _LAST), tz=UTC).year)  # type: ignore[no-untyped-call]
    wanted = MaxNLocator(nbins=7, integer=True).tick_values(*years)
    return FixedLocator([day_position(date(int(year), 1, 1)) for year in wanted if MINYEAR <= year <= MAXYEAR])


def _formatter(locator: Locator) -> Formatter:
    if isinstance(locator, FixedLocator):
        return FuncFormatter(lambda position, _: str(num2date(position, tz=UTC).year))  # type: ignore[no-untyped-call]
    return ConciseDateFormatter(locator, tz=UTC)  # type: ignore[no-untyped-call] # has no types


def draw_empty(axes: Axes) -> None:
    """Write that there is nothing to draw."""
    axes.text(0.5, 0.5, "Nothing is recorded.", transform=axes.transAxes, ha="center", va="center", style="italic")
    axes.set_xticks([], [])
    axes.set_yticks([], [])


# ---- texts ----


def text_style(text: str) -> dict[str, Any]:
    """Return the properties with which a text is drawn: literally, in fonts that have its letters."""
    return {**LITERAL, "family": fonts_for(text)}


def fonts_for(text: str) -> list[str]:
    """Return the font families for a text: those of the style, then others for the letters that these lack.

    matplotlib warns about letters that no installed font has. An SVG that keeps its texts (``svg.fonttype: none``)
    uses the fonts of its reader.
    """
    style = [*rcParams["font.family"]]
    lacking = {ord(letter) for letter in text if not letter.isspace()}
    for family in style:
        lacking -= _letters_of(font_manager.findfont(font_manager.FontProperties(family=[family])))
    families = [*style]
    while lacking:
        fallbacks = _fallback_fonts(frozenset(lacking))
        family, letters = max(fallbacks, key=lambda font: len(font[1]), default=("", frozenset[int]()))
        if not letters:
            break
        families.append(family)
        lacking -= letters
    return families


@lru_cache(maxsize=64)
def _fallback_fonts(letters: frozenset[int]) -> list[tuple[str, frozenset[int]]]:
    """Return the regular fonts that have some of these letters, with the letters, the preferred fonts first."""
    regular = [
        font
        for font in font_manager.fontManager.ttflist
        if (font.style, font.variant, font.stretch) == ("normal", "normal", "normal")
        and font.weight in (400, "normal")
        and not font.name.startswith(_PLACEHOLDER_FONT)
    ]
    regular.sort(key=lambda font: (not font.name.lower().startswith(_PREFERRED_FONTS), font.name))
    return [(font.name, present) for font in regular if (present := letters & _letters_of(font.fname))]


@lru_cache(maxsize=1024)
def _letters_of(path: str) -> frozenset[int]:
    return frozenset(FT2Font(path).get_charmap())


def in_lines(text: str, width: int, max_lines: int = 2) -> str:
    r"""Return a text wrapped into lines, and shortened if it needs more of them than allowed.

    Args:
        text: what is to be drawn; invisible characters are spelled out.
        width: letters in a line; half as many if most are wide, as Chinese ones are.
        max_lines: the most lines.

    >>> in_lines("Special Foreign Ministers' Meeting on COVID-19", 20)
    "Special Foreign\nMinisters' Meeting …"
    """
    shown = visible(text)
    wide = sum(unicodedata.east_asian_width(letter) in _WIDE_LETTERS for letter in shown)
    letters = width // 2 if 2 * wide > len(shown) else width
    lines = textwrap.wrap(shown, letters)
    if len(lines) > max_lines:
        last = textwrap.wrap(lines[max_lines - 1], max(letters - 2, 1))[0]
        lines[max_lines - 1 :] = [f"{last} …"]
    return "\n".join(lines)


def fit_text(artist: Text, text: str, width: float, max_lines: int = 12) -> None:
    """Set the text of an artist, wrapped into lines no wider than a width in pixels."""
    letters = max(len(text), 1)
    while True:
        artist.set_text(in_lines(text, letters, max_lines))
        if artist.get_window_extent().width <= _LINE_FILL * width or letters <= _MIN_LETTERS:
            return
        letters = int(letters * 0.92)


def draw_title(axes: Axes, text: str) -> None:
    """Draw a title above the axes, in as many lines as it needs."""
    artist = axes.set_title("", loc="left", fontsize="medium", fontweight="bold", **text_style(text))
    fit_text(artist, text, axes.bbox.width)


class _Note(Text):
    """A text that is wrapped at the width of its axes, however these are laid out later.

    matplotlib itself wraps at the edge of the figure, so a later version without the overridden method does that.
    """

    def _get_wrap_line_width(self) -> float:
        assert self.axes  # set by `draw_note`
        return float(_LINE_FILL * self.axes.bbox.width)


def draw_note(axes: Axes, *sentences: str) -> None:
    """Draw sentences under the axes, where they stay part of the chart when it is copied."""
    text = visible(" ".join(sentence for sentence in sentences if sentence))
    label = axes.set_xlabel(text, loc="left", fontsize="x-small", wrap=True, **text_style(text))
    label.axes = axes
    label.__class__ = _Note


def point_handle(marker: str, colour: Any, **look: Any) -> Line2D:  # noqa: ANN401  for `Line2D`
    """Return a point for the legend."""
    return Line2D([], [], marker=marker, color=colour, linestyle="none", **{"markersize": 5, **look})


def draw_legend_and_labels(
    axes: Axes,
    handles: Sequence[Artist],
    labels: Sequence[Label],
    obstacles: Sequence[tuple[float, float, float]],
    offsets: Sequence[Offset],
    *,
    notes: Sequence[str],
    **look: Any,  # noqa: ANN401  for `annotate`
) -> None:
    """Draw a legend in the axes, and labels beside what they describe; say below how many labels have no place.

    Args:
        axes: laid out already, with its notes.
        handles: the marks of the legend.
        labels: for each, where its object begins and ends on the time axis, its height, and the text.
        obstacles: what no label may hide: begin and end on the time axis, and height.
        offsets: the positions to try for a label, the best first.
        notes: the sentences below the chart.
        look: more arguments of ``annotate``.
    """
    limits = axes.get_ylim()
    _draw_legend(axes, handles)
    drawn = _place_labels(axes, labels, obstacles, offsets, **look)
    if len(drawn) < len(labels):  # one more sentence moves everything
        for artist in chain(*drawn):
            artist.remove()
        draw_note(axes, *notes, _not_shown(len(labels) - len(drawn)))
        update_layout(axes)
        axes.set_ylim(limits)
        _draw_legend(axes, handles)
        drawn = _place_labels(axes, labels, obstacles, offsets, **look)
        draw_note(axes, *notes, _not_shown(len(labels) - len(drawn)))


def _not_shown(number: int) -> str:
    one, several = "label has no room and is not shown.", "labels have no room and are not shown."
    return counted(number, one, several) if number else ""


def _draw_legend(axes: Axes, handles: Sequence[Artist]) -> None:
    """Draw a legend in the axes, in as many columns as fit, and extend the vertical axis to make room for it."""
    height = 0.0
    for columns in range(len(handles), 0, -1):
        drawn = axes.legend(handles=handles, ncols=columns, loc="upper left", **_LEGEND)
        drawn.set_in_layout(False)  # it lies within the axes
        height = drawn.get_window_extent().height / axes.bbox.height
        if drawn.get_window_extent().width <= _LINE_FILL * axes.bbox.width:
            break
    bottom, top = axes.get_ylim()
    axes.set_ylim(bottom, top + (top - bottom) * height / max(1 - height, 0.1))


_LEGEND: dict[str, Any] = {
    "frameon": False,
    "fontsize": "x-small",
    "handlelength": 1.6,
    "columnspacing": 1.2,
    "borderaxespad": 0,
    "borderpad": 0.2,
}


def _place_labels(
    axes: Axes,
    labels: Iterable[Label],
    obstacles: Iterable[tuple[float, float, float]],
    offsets: Sequence[Offset],
    **look: Any,  # noqa: ANN401  for `annotate`
) -> list[list[Annotation]]:
    """Draw labels where they hide no point and no other label, and within the axes; return what is drawn of each.

    Where there is no such place nearby, a label stands further off, with a line to what it describes. One for which
    there is no place at all is left out, so that the others can be read.
    """
    scale = axes.figure.dpi / 72
    edge = np.array((-5 * scale, -5 * scale, 5 * scale, 5 * scale))
    taken = [np.concatenate(axes.transData.transform([(begins, y), (ends, y)])) + edge for begins, ends, y in obstacles]
    if legend := axes.get_legend():
        taken.append(np.array(legend.get_window_extent().extents))
    shown = []
    for begins, ends, y, raw in labels:
        text = "\n".join(map(visible, raw.split("\n")))
        drawn = axes.annotate(text, (ends, y), (0, 0), textcoords="offset points", **text_style(text), **look)
        position = (begins, ends, y)
        size = drawn.get_window_extent().size
        boxes = ((offset, _box(axes, size, offset, position, scale)) for offset in (*offsets, *_FAR))
        free = next((pair for pair in boxes if _is_free(pair[1], axes, np.array(taken))), None)
        if free is None:
            drawn.remove()
            continue
        offset, box = free
        _move(drawn, offset, position)
        drawn.set_in_layout(False)
        taken.append(box)
        shown.append([drawn])
        if offset in _FAR:
            line = {"arrowstyle": "-", "linewidth": 0.5, "color": drawn.get_color(), "shrinkA": 1, "shrinkB": 2}
            arrow = axes.annotate("", drawn.xy, offset, textcoords="offset points", arrowprops=line)
            arrow.set_in_layout(False)
            shown[-1].append(arrow)
    return shown


Label = tuple[float, float, float, str]
Offset = tuple[int, int]
BESIDE: Sequence[Offset] = ((6, 0), (-6, 0), (14, 0), (-14, 0))
"""Offsets on the same height, in points to the right and upwards."""
AROUND: Sequence[Offset] = tuple(
    (dx * distance, dy * distance)
    for distance in (8, 18, 30)
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
)
"""Offsets on all sides, in points to the right and upwards, the near ones first."""
_FAR: Sequence[Offset] = tuple(
    (dx * distance, dy * distance)
    for distance in range(45, 241, 15)
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))
)
"""Offsets of labels for which there is no place nearby."""


def _move(drawn: Annotation, offset: Offset, position: tuple[float, float, float]) -> None:
    dx, dy = offset
    begins, ends, y = position
    drawn.xy = (ends if dx > 0 else begins if dx else (begins + ends) / 2, y)
    drawn.set_position(offset)
    drawn.set_horizontalalignment("left" if dx > 0 else "right" if dx else "center")
    drawn.set_verticalalignment("bottom" if dy > 0 else "top" if dy else "center")


def _box(axes: Axes, size: Any, offset: Offset, position: tuple[float, float, float], scale: float) -> Any:  # noqa: ANN401
    """Return the corners of a label of a size in pixels at an offset, as `_move` puts it there."""
    dx, dy = offset
    begins, ends, y = position
    width, height = size
    x, y = axes.transData.transform((ends if dx > 0 else begins if dx else (begins + ends) / 2, y))
    left = x + dx * scale - (0 if dx > 0 else width if dx else width / 2)
    bottom = y + dy * scale - (0 if dy > 0 else height if dy else height / 2)
    return np.array((left - 1, bottom - 1, left + width + 1, bottom + height + 1))


def _is_free(box: Any, axes: Axes, taken: Any) -> bool:  # noqa: ANN401  arrays of corners
    """Tell whether a label lies within the axes and hides nothing."""
    within = axes.bbox
    if box[0] < within.x0 or box[1] < within.y0 or box[2] > within.x1 or box[3] > within.y1:
        return False
    return not len(taken) or not bool(
        np.any((taken[:, 0] < box[2]) & (box[0] < taken[:, 2]) & (taken[:, 1] < box[3]) & (box[1] < taken[:, 3]))
    )
