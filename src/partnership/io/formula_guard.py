"""Keep spreadsheets from taking a text of a CSV file for a formula, in a way that can be undone.

A program that opens a CSV file takes a cell that begins with ``=``, ``+``, ``-`` or ``@``, also after white space and
in full width, for a formula, which may send data away or start a program. Where the program expects another separator,
a semicolon or a line feed within a text begins a cell too. An apostrophe in front prevents that: spreadsheets show such
a cell as text.

Source: OWASP, CSV Injection; CWE-1236.
"""

from __future__ import annotations

import re

_SIGNS = "=+\\-@＝＋－＠"  # noqa: RUF001  full-width signs count as well
_FIRST = re.compile(rf"'*[\s\0\"\ufeff\u200b]*[{_SIGNS}]")
_BEGIN = rf"((?:[^\S\r\n]|[\0\"])*[{_SIGNS}])"
_WITHIN = re.compile(f"([;\r\n])('*){_BEGIN}")
_WITHIN_GUARDED = re.compile(f"([;\r\n])'('*){_BEGIN}")


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("17 June 2020"), guarded("a;@b")
    ("'=1+1", '17 June 2020', "a;'@b")
    """
    return ("'" if _FIRST.match(text) else "") + _WITHIN.sub(r"\1'\2\3", text)


def unguarded(text: str) -> str:
    """Return the text of which `guarded` returned this one; a text that needs no guard is returned as it is.

    >>> unguarded("'=1+1"), unguarded("'Tis so")
    ('=1+1', "'Tis so")
    """
    inner = _WITHIN_GUARDED.sub(r"\1\2\3", text)
    return inner[1:] if inner.startswith("'") and _FIRST.match(inner, 1) else inner
