"""Texts of CSV files that spreadsheets would take for formulas."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partnership.io.formula_guard import guarded, unguarded

SIGNS = "=+-@＝＋－＠"  # noqa: RUF001  full-width signs are meant
HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",  # noqa: RUF001
    "＠SUM(1)",  # noqa: RUF001
    "=cmd|'/c calc'!A0",
    "  =1",
    "\u00a0=1",
    '"=1',
    "'=1",
    "\0=1",
    "a;=1",
    "a\n+1",
    'a; "=1',
)
ANY = st.text(st.sampled_from([*SIGNS, *"'\";\n\r\t \0a1"]), max_size=12) | st.text(max_size=20)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text(text):
    """A program that takes a comma or a semicolon for the separator sees no cell that begins with a sign."""
    for part in re.split("[;\r\n]", guarded(text)):
        assert part.strip(' "\t\0\u00a0')[:1] not in set(SIGNS)
    assert guarded(text) != text


@pytest.mark.parametrize("text", ["17 June 2020", "'Tis so", "a-b", "ASEAN+3", "a;b", "e@mail", "1-2", ""])
def test_a_harmless_text(text):
    """It is written as it is."""
    assert guarded(text) == text == unguarded(text)


@given(ANY)
@example("'=")
@example("'\r=")
@example(";';'=")
def test_the_guard_is_undone(text):
    """Whatever the text, the reader has it again."""
    assert unguarded(guarded(text)) == text


@given(ANY)
def test_no_cell_begins_with_a_sign(text):
    """Whatever the text, neither the whole nor what follows a semicolon or a line end is a formula."""
    assert all(part.strip(' "\t\0')[:1] not in set(SIGNS) for part in re.split("[;\r\n]", guarded(text)))


def test_a_long_text():
    """It takes no longer than it is."""
    assert len(guarded(" " * 65_000 + "'" * 65_000)) == 130_000
