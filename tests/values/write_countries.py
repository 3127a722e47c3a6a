"""Write ``src/partnership/values/countries.py`` from the names and codes of the Unicode CLDR, as `babel` has them.

    python tests/values/write_countries.py

A test compares the module with what this writes.
"""

from __future__ import annotations

import textwrap
from pathlib import Path

from babel import Locale
from babel.core import get_global

MODULE = Path(__file__).parents[2] / "src" / "partnership" / "values" / "countries.py"
NO_COUNTRIES = {"XA", "XB", "ZZ"}
NO_CURRENCIES = {"XTS", "XXX"}
"""What the CLDR has for tests, and for what it does not know."""
HEAD = '''"""The codes of countries with two and three letters and their English names, and the codes of currencies.

Written by ``tests/values/write_countries.py``: do not edit it.

Source: Unicode CLDR, territory names and aliases, currencies, Unicode License v3.
"""

from __future__ import annotations

COUNTRIES = """\\
'''
MIDDLE = '''"""
"""A line for each country: its code of two letters, that of three, and its name."""

CURRENCIES = """\\
'''
TAIL = '''
"""
"""The codes of ISO 4217, those that are out of use included."""
'''


def text() -> str:
    """Return the whole module."""
    aliases = get_global("territory_aliases").items()
    long_codes = {codes[0]: old for old, codes in aliases if len(old) == 3 and old.isalpha() and len(codes) == 1}
    names = Locale("en").territories
    countries = [code for code in sorted(long_codes) if code in names and code not in NO_COUNTRIES]
    lines = [f"{code} {long_codes[code]} {names[code]}\n".replace("\u2019", "'") for code in countries]
    currencies = sorted(get_global("all_currencies").keys() - NO_CURRENCIES)
    return f"{HEAD}{''.join(lines)}{MIDDLE}{textwrap.fill(' '.join(currencies), 119)}{TAIL}"


if __name__ == "__main__":
    MODULE.write_text(text(), encoding="utf-8")
