"""Print tables in a terminal: with rich where it is installed, and as plain text otherwise and in a pipe.

Texts of sources are never trusted: invisible and control characters are spelled out, and nothing is read as markup.
In a pipe each row is one line, for tools such as grep and cut; on a terminal, tables have its width.
"""

from __future__ import annotations

import shutil
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from partnership.errors import visible

if TYPE_CHECKING:  # not loaded unless it is asked for
    from partnership.io.tables import TableData

Cell = tuple[str, ...]
"""The lines of a cell."""

_LEAST_WIDTH = 8
"""Columns of characters to which a column of a table may shrink."""
_GAP = "   "
"""Between two columns; as wide as rich's."""


def _visible_cells(rows: Iterable[Iterable[Iterable[str]]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(tuple(visible(" ".join(line.split())) for line in cell if line) for cell in row) for row in rows)


@frozen
class Table:
    """Rows under headings.

    Attributes:
        title: the line above the table.
        headings: of its columns.
        rows: of as many cells; invisible characters in them are spelled out.
        style: of the first column where the terminal has colours, as rich writes it.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(converter=_visible_cells)
    style: str = ""

    @property
    def has_multiline_cells(self) -> bool:
        """Whether a cell has several lines, so that rows need a gap between them."""
        return any(len(cell) > 1 for row in self.rows for cell in row)


@frozen
class Answer:
    """The result of a verb.

    Attributes:
        blocks: lines and tables for people.
        values: the same as JSON values.
        exit_code: of the command.
        table: the same for a spreadsheet, where the command line asks for that.
        refusals: lines for standard error.
    """

    blocks: tuple[Table | str, ...]
    values: dict[str, Any]
    exit_code: int = 0
    table: TableData | None = None
    refusals: tuple[str, ...] = ()


def print_blocks(blocks: Iterable[Table | str]) -> None:
    """Print lines and tables to standard output, as wide as the terminal, or unwrapped into a pipe."""
    if not sys.stdout.isatty():
        _print(plain_lines(blocks))
        return
    width = shutil.get_terminal_size().columns
    for block in blocks:
        try:
            _print(_rich_lines(block, width) if isinstance(block, Table) else plain_lines([block], width))
        except ImportError:  # rich is optional
            _print(plain_lines([block], width))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


def _rich_lines(table: Table, width: int) -> Iterator[str]:
    from rich import box  # noqa: PLC0415  optional, and used on a terminal only
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table as RichTable  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(width=width, height=1, highlight=False)  # without a height, some terminals have 80 columns
    rich = RichTable(box=box.SIMPLE_HEAD, leading=int(table.has_multiline_cells), show_edge=False, pad_edge=False)
    widths = _column_widths(table, width)
    for heading, column_width in zip(table.headings, widths, strict=True):
        text = Text("\n".join(_wrap_cell((heading,), column_width)))
        rich.add_column(text, style="" if rich.columns else table.style, width=column_width, no_wrap=True)
    for row in table.rows:
        cells = zip(row, widths, strict=True)
        rich.add_row(*(Text("\n".join(_wrap_cell(cell, column_width))) for cell, column_width in cells))
    with console.capture() as captured:
        console.print(Text(table.title, style="bold"), "", rich, "", sep="\n")
    yield captured.get().rstrip("\n")
    yield ""


def plain_lines(blocks: Iterable[Table | str], width: int | None = None) -> Iterator[str]:
    """Yield lines and tables as lines of text.

    Args:
        blocks: the lines and tables.
        width: of the terminal; None puts each row on one line.
    """
    for block in blocks:
        if isinstance(block, Table):
            yield from (block.title, "")
            yield from _table_lines(block, width)
            yield ""
        else:
            indent = len(block) - len(block.lstrip(" ")) + 4
            line = visible(block)
            yield from _wrap(line, width, indent) if width else (line,)


def _table_lines(table: Table, width: int | None) -> Iterator[str]:
    if width is None:
        lines = [table.headings, *(tuple("; ".join(cell) for cell in row) for row in table.rows)]
        widths = [max(map(_display_width, column)) for column in zip(*lines, strict=True)]
        yield from (_pad(row, widths) for row in lines)
        return
    widths = _column_widths(table, width)
    yield from _wrap_row([(heading,) for heading in table.headings], widths)
    yield _pad(["-" * column_width for column_width in widths], widths)
    for number, row in enumerate(table.rows):
        if number and table.has_multiline_cells:
            yield ""
        yield from _wrap_row(row, widths)


def _wrap_row(row: Iterable[Cell], widths: Sequence[int]) -> Iterator[str]:
    columns = [_wrap_cell(cell, width) for cell, width in zip(row, widths, strict=True)]
    return (_pad(line, widths) for line in zip_longest(*columns, fillvalue=""))


def _wrap_cell(cell: Cell, width: int) -> list[str]:
    return [part for line in cell for part in _wrap(line, width)]


def _column_widths(table: Table, width: int) -> list[int]:
    """Return widths with which the columns fit beside each other.

    The widest column shrinks first; a column whose longest word would be broken shrinks only when no other is left.
    """
    lines = [tuple((heading,) for heading in table.headings), *table.rows]
    columns = [[line for cell in column for line in cell] for column in zip(*lines, strict=True)]
    widths = [max(map(_display_width, column)) for column in columns]
    words = [max(_display_width(word) for line in column for word in line.split(" ")) for column in columns]
    while sum(widths) + len(_GAP) * (len(widths) - 1) > width and max(widths) > _LEAST_WIDTH:
        shrinkable = [current for current, word in zip(widths, words, strict=True) if current > word]
        widths[widths.index(max(shrinkable or widths))] -= 1
    return widths


def _pad(texts: Sequence[str], widths: Sequence[int]) -> str:
    padded = (text + " " * (width - _display_width(text)) for text, width in zip(texts, widths, strict=True))
    return _GAP.join(padded).rstrip()


def _display_width(text: str) -> int:
    """Return how many columns of a terminal a text takes (Unicode Standard Annex 11)."""
    return sum(
        2 if unicodedata.east_asian_width(letter) in "WF" else int(not unicodedata.combining(letter)) for letter in text
    )


def _wrap(text: str, width: int, indent: int = 0) -> Iterator[str]:
    """Yield a text in lines of at most a width, broken between words where possible; all but the first are indented."""
    stripped, margin = text.lstrip(" "), " " * min(indent, width // 4)
    line = text[: len(text) - len(stripped)]
    for word in stripped.split(" "):
        longer = f"{line} {word}" if line.strip() else line + word
        if _display_width(longer) <= width:
            line = longer
            continue
        if line.strip():
            yield line
            line = margin
        line += word
        while _display_width(line) > width:
            head = _longest_prefix(line, width)
            yield head
            line = margin + line[len(head) :]
    if line or not text:
        yield line


def _longest_prefix(text: str, width: int) -> str:
    """Return as much of a text as fits into a width, one character at least."""
    taken = 0
    for position, letter in enumerate(text):
        taken += _display_width(letter)
        if taken > width and position:
            return text[:position]
    return text
