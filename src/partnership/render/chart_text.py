"""Wrap texts for charts.

Titles come from sources, so they are drawn literally: invisible characters are spelled out, and nothing in them is
interpreted as markup or mathematics.
"""

from __future__ import annotations

import textwrap
import unicodedata

from partnership.errors import visible

_WIDE = {"W", "F"}  # Unicode Standard Annex 11: wide and fullwidth


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
    wide = sum(unicodedata.east_asian_width(letter) in _WIDE for letter in shown)
    letters = width // 2 if 2 * wide > len(shown) else width
    lines = textwrap.wrap(shown, letters)
    if len(lines) > max_lines:
        last = textwrap.wrap(lines[max_lines - 1], max(letters - 2, 1))[0]
        lines[max_lines - 1 :] = [f"{last} …"]
    return "\n".join(lines)
