"""Several texts in one cell, separated by semicolons or lines."""

from __future__ import annotations

import re
from collections.abc import Iterable

_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"[^\S\n]*(?:[;\n]|$)')
_SEPARATOR = re.compile("[;\n]")
_NEEDS_QUOTES = re.compile(r'[;\n]|^[\s"]|\s$')


def join_members(members: Iterable[str]) -> str:
    """Return texts in one cell; one with a semicolon or a line in it stands in quotes.

    >>> join_members(["Hanoi", "Sochi; Vladivostok"])
    'Hanoi; "Sochi; Vladivostok"'
    """
    return "; ".join(
        f'"{member.replace(chr(34), chr(34) * 2)}"' if _NEEDS_QUOTES.search(member) else member for member in members
    )


def split_members(cell: str, *, commas: bool = False) -> list[str]:
    """Return the texts in one cell.

    Args:
        cell: the texts, separated by semicolons or lines.
        commas: whether commas separate them too, as they may codes and slugs, which have none.

    >>> split_members('Hanoi; "Sochi; Vladivostok"'), split_members("RU, VN", commas=True)
    (['Hanoi', 'Sochi; Vladivostok'], ['RU', 'VN'])
    """
    members, position = [], 0
    while position < len(cell):
        if quoted := _QUOTED.match(cell, position):
            members.append(quoted[1].replace('""', '"'))
            position = quoted.end()
            continue
        found = _SEPARATOR.search(cell, position)
        end = found.start() if found else len(cell)
        plain = cell[position:end]
        members += [part.strip() for part in (plain.split(",") if commas else (plain,)) if part.strip()]
        position = end + 1
    return members
