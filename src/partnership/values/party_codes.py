"""Codes of parties: states, blocs and agencies. The user chooses the codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from partnership.errors import InvalidValue
from partnership.values.text import exact

_CODE = re.compile(r"[A-Z][A-Z0-9-]{0,31}", re.ASCII)


def party(value: object) -> str:
    """Return the code of one party in capital letters.

    Codes are not restricted to ISO 3166, which has none for blocs and agencies. The error for the name of a country or
    a bloc has its code.

    >>> party("ru")
    'RU'
    """
    if type(value) is str and _CODE.fullmatch(value):
        return value
    value = exact(value)
    if isinstance(value, str) and value.isascii() and _CODE.fullmatch(value.upper()):  # 'ﬁ'.upper() is 'FI', Finland
        return value.upper()
    from partnership.values.country_names import nearest_code  # noqa: PLC0415  loaded for an error

    near = nearest_code(value) if isinstance(value, str) else None
    hint = f"; did you mean {near!r}?" if near else ""
    rule = f"write at most 32 letters, digits and hyphens: 'ASEAN', 'RU', 'VN'{hint}"
    raise InvalidValue(value, "is not the code of a party", rule)


def party_codes(value: object) -> tuple[str, ...]:
    """Return party codes without repetition, in alphabetical order; a single code may be given without a list.

    Order and repetition carry no meaning. Without one form, two claims with the same content would have two ids.

    >>> party_codes(["RU", "ASEAN"])
    ('ASEAN', 'RU')
    """
    if isinstance(value, str):
        return (party(value),)
    if not isinstance(value, Iterable) or isinstance(value, bytes | Mapping):
        raise InvalidValue(value, "is not a list of parties", "write ['ASEAN', 'RU']")
    return tuple(sorted({party(code) for code in value}))
