"""Tables in a terminal, with rich where it is installed, and in plain text where it is not, or in a pipe.

Whatever stands in a cell or a line is a text of others: characters that are not seen are spelled out, and nothing in
it is markup. In a pipe a row is a line, for whatever cuts and searches lines; on a terminal it is as wide as that.
"""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from attrs import field, frozen

from partnership.render.chart_text import visible

__all__ = ["Answer", "Cell", "Table", "plain", "printed"]

Cell = tuple[str, ...]
"""The lines of a cell."""

_LEAST = 8
"""Letters to which a column may shrink."""
_GAP = "   "
"""Between two columns; as wide as rich's."""


def _seen(text: str) -> str:
    """Return a text as one line in which nothing is hidden."""
    return visible(" ".join(text.split()))


def _cells(rows: Iterable[Iterable[Iterable[str]]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(tuple(_seen(line) for line in cell if line) for cell in row) for row in rows)


@frozen
class Table:
    """Rows under headings.

    Attributes:
        title: what it is a table of.
        headings: of its columns.
        rows: of as many cells; their texts are escaped here.
        style: of the first column, in rich's words, where a terminal has colours.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(converter=_cells)
    style: str = ""

    @property
    def has_lines(self) -> bool:
        """Whether a cell has several lines, so that rows need a gap between them."""
        return any(len(cell) > 1 for row in self.rows for cell in row)


@frozen
class Answer:
    """What a verb has to say.

    Attributes:
        blocks: the lines and tables that people read.
        values: the same as JSON values.
        code: with which the command ends.
    """

    blocks: tuple[Table | str, ...]
    values: dict[str, Any]
    code: int = 0


def printed(blocks: Iterable[Table | str]) -> None:
    """Print lines and tables as the present output takes them."""
    if not sys.stdout.isatty():
        _print(plain(blocks))
        return
    width = shutil.get_terminal_size().columns
    for one in blocks:
        try:
            _print(_coloured(one, width) if isinstance(one, Table) else plain([one], width))
        except ImportError:  # rich is optional
            _print(plain([one], width))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def _coloured(table: Table, width: int) -> Iterator[str]:
    from rich import box  # noqa: PLC0415  optional, and only where a terminal shows it
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table as Rich  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(width=width, highlight=False)
    rich = Rich(box=box.SIMPLE_HEAD, leading=int(table.has_lines), show_edge=False, pad_edge=False)
    widths = _shrunk(table, width)
    for heading, room in zip(table.headings, widths, strict=True):
        told = Text("\n".join(_filled((heading,), room)))
        rich.add_column(told, style="" if rich.columns else table.style, width=room, no_wrap=True)
    for row in table.rows:
        rich.add_row(*(Text("\n".join(_filled(cell, room))) for cell, room in zip(row, widths, strict=True)))
    with console.capture() as captured:
        console.print(Text(table.title, style="bold"), "", rich, "", sep="\n")
    yield captured.get().rstrip("\n")
    yield ""


def plain(blocks: Iterable[Table | str], width: int | None = None) -> Iterator[str]:
    """Yield lines and tables as lines of text.

    Args:
        blocks: the lines and tables.
        width: of the terminal; None lets every row be one line.
    """
    for one in blocks:
        if isinstance(one, Table):
            yield from (one.title, "")
            yield from _rows(one, width)
            yield ""
        else:
            indent = len(one) - len(one.lstrip(" ")) + 4
            told = visible(one)
            yield from _wrapped(told, width, indent) if width else (told,)


def _rows(table: Table, width: int | None) -> Iterator[str]:
    if width is None:
        one_line = [("; ".join(cell) for cell in row) for row in table.rows]
        lines = [table.headings, *(tuple(row) for row in one_line)]
        widths = [max(map(_wide, column)) for column in zip(*lines, strict=True)]
        yield from (_side_by_side(row, widths) for row in lines)
        return
    widths = _shrunk(table, width)
    yield from _broken([(one,) for one in table.headings], widths)
    yield _side_by_side(["-" * one for one in widths], widths)
    for number, row in enumerate(table.rows):
        if number and table.has_lines:
            yield ""
        yield from _broken(row, widths)


def _broken(row: Iterable[Cell], widths: Sequence[int]) -> Iterator[str]:
    columns = [_filled(cell, room) for cell, room in zip(row, widths, strict=True)]
    return (_side_by_side(each, widths) for each in zip_longest(*columns, fillvalue=""))


def _filled(cell: Cell, width: int) -> list[str]:
    return [part for line in cell for part in _wrapped(line, width)]


def _shrunk(table: Table, width: int) -> list[int]:
    """Return the widths of columns that fit beside each other: the widest gives way, words and names the last."""
    lines = [tuple((heading,) for heading in table.headings), *table.rows]
    columns = [[line for cell in column for line in cell] for column in zip(*lines, strict=True)]
    widths = [max(map(_wide, column)) for column in columns]
    words = [max(_wide(word) for line in column for word in line.split(" ")) for column in columns]
    while sum(widths) + len(_GAP) * (len(widths) - 1) > width and max(widths) > _LEAST:
        loose = [room for room, word in zip(widths, words, strict=True) if room > word]
        widths[widths.index(max(loose or widths))] -= 1
    return widths


def _side_by_side(texts: Sequence[str], widths: Sequence[int]) -> str:
    padded = (text + " " * (width - _wide(text)) for text, width in zip(texts, widths, strict=True))
    return _GAP.join(padded).rstrip()


def _wide(text: str) -> int:
    """Return how many places a text takes in a terminal. Source: Unicode Standard Annex 11."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else int(not unicodedata.combining(one)) for one in text)


def _wrapped(text: str, width: int, indent: int = 0) -> Iterator[str]:
    """Yield a text in lines of a width, broken between words where that is possible, all but the first indented."""
    told, margin = text.lstrip(" "), " " * min(indent, width // 4)
    line = text[: len(text) - len(told)]
    for word in told.split(" "):
        longer = f"{line} {word}" if line.strip() else line + word
        if _wide(longer) <= width:
            line = longer
            continue
        if line.strip():
            yield line
            line = margin
        line += word
        while _wide(line) > width:
            head = _fitting(line, width)
            yield head
            line = margin + line[len(head) :]
    if line or not text:
        yield line


def _fitting(text: str, width: int) -> str:
    """Return as much of a text as fits, one character at the least."""
    taken = 0
    for place, one in enumerate(text):
        taken += _wide(one)
        if taken > width and place:
            return text[:place]
    return text
