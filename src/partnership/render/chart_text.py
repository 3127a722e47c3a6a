"""Texts of others as they are drawn: in lines, and with every character that is not seen spelled out.

A title is drawn as it stands: nothing in it is markup, mathematics or an order to the one who draws it.
"""

from __future__ import annotations

import textwrap
import unicodedata

from partnership.values.text import visible

__all__ = ["in_lines", "visible"]

_WIDE = {"W", "F"}


def in_lines(text: str, width: int, most: int = 2) -> str:
    r"""Return a text in so many lines at the most, shortened where it is longer.

    Args:
        text: what is to be drawn; unseen characters are spelled out.
        width: letters in a line; of those that are as wide as high, half as many.
        most: lines.

    >>> in_lines("Special Foreign Ministers' Meeting on COVID-19", 20)
    "Special Foreign\nMinisters' Meeting …"
    """
    seen = visible(text)
    wide = sum(unicodedata.east_asian_width(one) in _WIDE for one in seen)
    letters = width // 2 if 2 * wide > len(seen) else width
    lines = textwrap.wrap(seen, letters)
    if len(lines) > most:
        last = textwrap.wrap(lines[most - 1], max(letters - 2, 1))[0]
        lines[most - 1 :] = [f"{last} …"]
    return "\n".join(lines)
