"""How answers show themselves: on one line at a prompt, as a small table or a text in a notebook.

A notebook takes HTML. What others wrote comes into it as text: markup is escaped, characters that are not seen are
spelled out, and nothing is typeset as mathematics ("$5 and $10"). There is no script and no style sheet; a colour is
that of a dot beside its word, strong enough on a white page and on a black one, and never tells what no word tells.

Plain texts in, plain text out: an entry shows itself as a view does, so this lies at the bottom of the house.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Literal

from partnership.values.text import visible

__all__ = [
    "MOST",
    "Displayable",
    "Footnotes",
    "Html",
    "Spelled",
    "Tone",
    "dotted",
    "html",
    "in_lines",
    "linked",
    "one_line",
    "table",
]

MOST = 20
"""Rows of a table, after which it says how many more there are."""
Tone = Literal["done", "open", "off", "plain"]
"""What a word is about: what came, what is to come, what was called off or is in dispute, or none of these."""

_COLOURS: dict[Tone, str] = {"done": "#2a8f57", "open": "#3b82d6", "off": "#c9711a", "plain": "#888888"}
_LONGEST = 200  # letters of a text in a cell
_CELL = ' style="text-align:left;vertical-align:top"'
_UNTYPESET = "tex2jax_ignore mathjax_ignore"  # the names under which MathJax 2 and 3 leave a text alone


class Html(str):
    """A text that is markup already; any other is escaped."""

    __slots__ = ()


def one_line(text: object, longest: int = _LONGEST) -> str:
    r"""Return a text on one line, shortened where it is long, in which every character that is not seen is spelled out.

    >>> one_line("Summit\n\x1b[31m")
    'Summit <U+001B>[31m'
    """
    joined = " ".join(str(text).split())
    return visible(joined if len(joined) <= longest else f"{joined[: longest - 1]}…")


def html(text: object) -> Html:
    """Return a text as it stands in a cell.

    >>> html("<b>Summit</b>")
    '&lt;b&gt;Summit&lt;/b&gt;'
    """
    return text if isinstance(text, Html) else Html(escape(one_line(text)))


def in_lines(texts: Iterable[object]) -> Html:
    """Return texts below each other in one cell."""
    return Html("<br>".join(map(html, texts)))


def dotted(word: str, tone: Tone) -> Html:
    """Return a word with the dot of its colour before it."""
    return Html(f'<span style="color:{_COLOURS[tone]}">●</span>&nbsp;{html(word)}')


class Footnotes:
    """Texts below a table, numbered as they are first called for, each once."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str | None], int] = {}

    def mark(self, texts: Iterable[tuple[str, str | None]]) -> Html:
        """Return the numbers of some texts, each with the address where it is found, if it has one."""
        found = [self._numbers.setdefault(one, len(self._numbers) + 1) for one in texts]
        return Html(" ".join(f"[{number}]" for number in dict.fromkeys(found)))

    def lines(self) -> list[Html]:
        """Return all of them, in the order of their numbers."""
        return [Html(f"[{number}] {linked(*one)}") for one, number in self._numbers.items()]


def linked(text: object, url: str | None) -> Html:
    """Return a text that leads to an address of the web, and of nothing else."""
    if url is None or not url.startswith(("https://", "http://")):
        return html(text)
    return Html(f'<a href="{escape(visible(url))}" rel="noopener noreferrer">{html(text)}</a>')


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
        title: what it is a table of.
        headings: of its columns.
        rows: those that are shown; a cell that is no `Html` is escaped.
        more: how many rows are not shown.
        notes: what stands below it.
    """
    head = "".join(f"<th{_CELL}>{html(one)}</th>" for one in headings)
    body = "".join("<tr>" + "".join(f"<td{_CELL}>{html(one)}</td>" for one in row) + "</tr>" for row in rows)
    below = [*([Html(f"and {more:,} more")] if more else []), *notes]
    told = [f"<p><b>{html(title)}</b></p>"]
    told += [f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"] if rows else []
    told += [f"<p><small>{in_lines(below)}</small></p>"] if below else []
    return _framed("".join(told))


def _framed(inside: str) -> str:
    return f'<div class="{_UNTYPESET}">{inside}</div>'


class Spelled:
    """What is printed as a text, in which every character that is not seen is spelled out."""

    __slots__ = ()

    @abstractmethod
    def _text(self) -> str:
        """Return the text, in lines, as others wrote its parts."""

    def __str__(self) -> str:
        return "\n".join(map(visible, self._text().split("\n")))


class Displayable(Spelled):
    """An answer that is a text: its first line at a prompt, all of it in a notebook, as `print` shows it."""

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
        return _framed(f'<pre style="white-space:pre-wrap;word-break:normal">{escape(str(self))}</pre>')
