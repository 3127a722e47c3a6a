"""Codes of parties: states, blocs, agencies, in the user's own codes and always in one order."""

from __future__ import annotations

import re
from collections.abc import Iterable

from partnership.errors import InvalidValue

__all__ = ["party", "party_codes"]

_CODE = re.compile(r"[A-Z][A-Z0-9-]{0,31}", re.ASCII)


def party(value: object) -> str:
    """Return the code of one party, in capitals.

    Codes are the user's: ISO 3166 has no code for a bloc and none that every desk agrees on for every state.

    >>> party("ru")
    'RU'
    """
    if isinstance(value, str) and value.isascii() and _CODE.fullmatch(value.upper()):  # 'ﬁ'.upper() is 'FI', Finland
        return value.upper()
    raise InvalidValue(
        value, "is not the code of a party", "write letters, digits and hyphens, 32 at the most: 'ASEAN', 'RU', 'VN'"
    )


def party_codes(value: object) -> tuple[str, ...]:
    """Return codes of parties, each once and in the order of the alphabet; one code may stand without a list.

    Order and repetition carry no meaning and would part two claims that say the same.

    >>> party_codes(["RU", "ASEAN"])
    ('ASEAN', 'RU')
    """
    if isinstance(value, str):
        return (party(value),)
    if not isinstance(value, Iterable) or isinstance(value, bytes | dict):
        raise InvalidValue(value, "is not a list of parties", "write ['ASEAN', 'RU']")
    return tuple(sorted({party(one) for one in value}))
