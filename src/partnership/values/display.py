"""Display results: one line at a prompt, a small HTML table or preformatted text in a notebook.

Text from sources is untrusted: markup is escaped, invisible characters are spelled out, and MathJax is told to leave
it alone, because it would typeset "$5 and $10" as mathematics. The HTML has no scripts and no style sheet. Colour is
only a dot beside a word that says the same, with enough contrast on both a light and a dark background.

These helpers take plain text only, so every other layer can use them.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any, Literal, SupportsIndex, TypeVar, overload

from partnership.errors import visible

MAX_ROWS = 20
"""Rows that a table shows before it states how many more there are."""
Tone = Literal["done", "open", "off", "plain"]
"""What a colour marks: done, still open, off (cancelled, disputed or private), or nothing in particular."""

_COLOURS: dict[Tone, str] = {"done": "#2a8f57", "open": "#3b82d6", "off": "#c9711a", "plain": "#888888"}
_MAX_LENGTH = 200  # characters of a text in a cell
_CELL = ' style="text-align:left;vertical-align:top"'
_NO_MATHJAX = "tex2jax_ignore mathjax_ignore"  # the classes that MathJax 2 and 3 skip


class Html(str):
    """A string that is already HTML. Any other text is escaped before it is put into HTML."""

    __slots__ = ()


def counted(number: int, singular: str, plural: str) -> str:
    """Return a number with the noun that it counts.

    >>> counted(1, "entry", "entries"), counted(1250, "entry", "entries")
    ('1 entry', '1,250 entries')
    """
    return f"{number:,} {singular if number == 1 else plural}"


def one_line(text: object, max_length: int = _MAX_LENGTH) -> str:
    r"""Return a text on one line, truncated to *max_length*, with every invisible character spelled out.

    >>> one_line("Summit\n\x1b[31m")
    'Summit <U+001B>[31m'
    """
    joined = " ".join(str(text).split())
    return visible(joined if len(joined) <= max_length else f"{joined[: max_length - 1]}…")


def _escaped(text: str) -> str:
    from html import escape  # noqa: PLC0415  loaded on first use

    return escape(text)


def html(text: object) -> Html:
    """Return a text as the HTML of a table cell: escaped, on one line, unless it is `Html` already.

    >>> html("<b>Summit</b>")
    '&lt;b&gt;Summit&lt;/b&gt;'
    """
    return text if isinstance(text, Html) else Html(_escaped(one_line(text)))


def in_lines(texts: Iterable[object]) -> Html:
    """Return the HTML of a cell with one text per line."""
    return Html("<br>".join(map(html, texts)))


def dotted(word: str, tone: Tone) -> Html:
    """Return a word with a coloured dot before it."""
    return Html(f'<span style="color:{_COLOURS[tone]}">●</span>&nbsp;{html(word)}')


class Footnotes:
    """Collect the numbered notes below a table: each note once, numbered in the order of first use."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str | None], int] = {}

    def mark(self, notes: Iterable[tuple[str, str | None]]) -> Html:
        """Register notes and return the marks that refer to them, such as ``[1] [2]``.

        Args:
            notes: each note's text and the URL that it links to, or None.
        """
        numbers = [self._numbers.setdefault(note, len(self._numbers) + 1) for note in notes]
        return Html(" ".join(f"[{number}]" for number in dict.fromkeys(numbers)))

    def lines(self) -> list[Html]:
        """Return all notes in the order of their numbers."""
        return [Html(f"[{number}] {linked(*note)}") for note, number in self._numbers.items()]


def linked(text: object, url: str | None) -> Html:
    """Return a text as a link to *url*; without a link if that is None or not http(s), such as ``javascript:``."""
    if url is None or not url.startswith(("https://", "http://")):
        return html(text)
    return Html(f'<a href="{_escaped(visible(url))}" rel="noopener noreferrer">{html(text)}</a>')


def table(
    title: str,
    headings: Sequence[str],
    rows: Sequence[Sequence[object]],
    *,
    more: int = 0,
    notes: Iterable[object] = (),
) -> str:
    """Return a small table as HTML.

    Args:
        title: the text above the table.
        headings: column headings.
        rows: the rows to show; cells that are not `Html` are escaped.
        more: how many further rows are not shown.
        notes: lines below the table.
    """
    head = "".join(f"<th{_CELL}>{html(heading)}</th>" for heading in headings)
    body = "".join("<tr>" + "".join(f"<td{_CELL}>{html(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    below = [*([Html(f"and {more:,} more")] if more else []), *notes]
    parts = [f"<p><b>{html(title)}</b></p>"]
    parts += [f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"] if rows else []
    parts += [f"<p><small>{in_lines(below)}</small></p>"] if below else []
    return _wrapped("".join(parts))


def _wrapped(content: str) -> str:
    return f'<div class="{_NO_MATHJAX}">{content}</div>'


class VisibleText:
    """Base class of values whose `str` is text from sources, with every invisible character spelled out."""

    __slots__ = ()

    @abstractmethod
    def _text(self) -> str:
        """Return the text as its sources wrote it, with line feeds; `__str__` makes it safe to print."""

    def __str__(self) -> str:
        return "\n".join(map(visible, self._text().split("\n")))


_T_co = TypeVar("_T_co", covariant=True)


class Listing(tuple[_T_co, ...]):
    """A tuple of answers that a notebook shows as a table; `repr`, comparison and hash are those of a tuple.

    Its answers have `_headings`, `_plural`, and `_cells` for the cells of their row. A slice is a listing too.
    """

    __slots__ = ()

    @overload
    def __getitem__(self, index: SupportsIndex, /) -> _T_co: ...
    @overload
    def __getitem__(self, index: slice, /) -> Listing[_T_co]: ...
    def __getitem__(self, index: SupportsIndex | slice, /) -> _T_co | Listing[_T_co]:
        found: Any = tuple.__getitem__(self, index)
        return Listing(found) if isinstance(index, slice) else found

    def _repr_html_(self) -> str:
        return rows_table("", self)


def rows_table(title: str, answers: Sequence[Any]) -> str:
    """Return answers that have `_headings`, `_plural` and `_cells` as a table in HTML; a sentence for none."""
    if not answers:
        return table(f"{title}: nothing" if title else "nothing", (), ())
    rows = [answer._cells() for answer in answers[:MAX_ROWS]]  # noqa: SLF001  the answers are Displayable
    headings = answers[0]._headings  # noqa: SLF001
    number = f"{len(answers):,} {answers[0]._plural}"  # noqa: SLF001
    heading = f"{title}: {number}" if title else number
    return table(heading, headings, rows, more=max(len(answers) - MAX_ROWS, 0))


class Displayable(VisibleText):
    """Base class of text results: the first line at a prompt, the whole text in `print` and in a notebook."""

    __slots__ = ()

    def _first_line(self) -> str:
        first, *rest = self._text().split("\n")
        more = f" … and {len(rest)} more lines: print it" if len(rest) > 1 else f"; {one_line(rest[0])}" if rest else ""
        return f"{one_line(first)}{more}"

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self._first_line()}>"

    def __rich_repr__(self) -> Iterable[Any]:
        yield from str(self).split("\n")

    def _repr_html_(self) -> str:
        return _wrapped(f'<pre style="white-space:pre-wrap;word-break:normal">{_escaped(str(self))}</pre>')
