"""How answers show themselves: texts of others stay texts, twenty rows, numbered notes."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser

import pytest
from attrs import frozen

from partnership.values.display import Displayable, Footnotes, Html, dotted, html, in_lines, linked, one_line, table

HOSTILE = "<script>alert(1)</script> \u202egnp.exe \x1b[31m\u2028 \"'&amp; $x^2$"


class Reader(HTMLParser):
    """Reads which elements stand in a page, with what they are given, and its text."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.given, self.text = [], [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        """Keep an element."""
        self.elements.append(tag)
        self.given += attrs

    def handle_data(self, data):
        """Keep a text."""
        self.text += data


def test_a_hostile_text_in_a_cell():
    """It is shown as text: no element, no invisible character, no line break."""
    page = Reader(html(HOSTILE))
    assert page.elements == []
    assert page.text == "<script>alert(1)</script> <U+202E>gnp.exe <U+001B>[31m \"'&amp; $x^2$"


def test_a_long_text():
    """It is truncated before invisible characters are spelled out."""
    assert one_line("x" * 200) == "x" * 200
    assert one_line("x" * 201) == "x" * 199 + "…"
    assert one_line("a\n b", 3) == "a b"


def test_what_is_markup_already():
    """It is not escaped twice, and nothing else becomes markup by standing beside it."""
    assert html(Html("<b>")) == "<b>"
    assert in_lines([Html("<b>x</b>"), "<i>"]) == "<b>x</b><br>&lt;i&gt;"
    assert isinstance(in_lines([]), Html)


def test_a_word_with_a_colour():
    """The dot has the colour, the word has that of the page and is escaped."""
    page = Reader(dotted("<held>", "done"))
    assert page.elements == ["span"]
    assert page.text == "●\xa0<held>"
    assert unescape(dotted("off", "off")).endswith("</span>\xa0off")


@pytest.mark.parametrize("url", [None, "javascript:alert(1)", "data:text/html,x", "//x.org"])
def test_a_url_that_is_not_http(url):
    """The text is not a link."""
    assert linked("<a>", url) == "&lt;a&gt;"


def test_an_address_of_the_web():
    """It stays within its quotes."""
    page = Reader(linked("<a>", "https://x.org/?a='1'&b=\u202e"))
    assert page.elements == ["a"]
    assert page.given[0] == ("href", "https://x.org/?a='1'&b=<U+202E>")
    assert page.text == "<a>"


def test_notes_that_are_called_for_twice():
    """They have one number, in the order of first use."""
    notes = Footnotes()
    assert notes.mark([("b", None), ("a", None)]) == "[1] [2]"
    assert notes.mark([("a", None), ("a", None), ("<c>", "https://x.org")]) == "[2] [3]"
    assert notes.mark([]) == ""
    lines = notes.lines()
    assert lines[:2] == ["[1] b", "[2] a"]
    assert Reader(lines[2]).text == "[3] <c>"


def test_a_table():
    """It has a title, headings, cells, the number of rows not shown and notes, and MathJax skips it."""
    page = Reader(table("<t>", ("<h>",), [("<c>",), (Html("<b>1</b>"),)], more=1143, notes=["<n>"]))
    assert page.elements.count("tr") == 3
    assert "b" in page.elements
    assert ("class", "tex2jax_ignore mathjax_ignore") in page.given
    assert page.text == "<t><h><c>1and 1,143 more<n>"
    assert not {"script", "style", "t", "h", "c", "n"} & set(page.elements)


def test_a_table_without_rows():
    """It is its title."""
    assert Reader(table("none", ("h",), ())).text == "none"


@frozen(repr=False)
class Said(Displayable):
    """An answer."""

    text: str

    def _text(self):
        return self.text


def test_an_answer_that_is_a_text():
    """At a prompt it is one line, in a notebook all of them, for rich line by line."""
    assert repr(Said("one")) == "<Said: one>"
    assert repr(Said("one\n  two")) == "<Said: one; two>"
    assert repr(Said("one\ntwo\nthree")) == "<Said: one … and 2 more lines: print it>"
    assert repr(Said(HOSTILE)) == f"<Said: {one_line(HOSTILE)}>"
    page = Reader(Said(f"a\n  {HOSTILE}")._repr_html_())
    assert page.elements == ["div", "pre"]
    assert page.text.startswith("a\n  <script>alert(1)</script> <U+202E>")
    assert list(Said("a\n\x1bb").__rich_repr__()) == ["a", "<U+001B>b"]
