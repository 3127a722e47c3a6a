"""Read the number in an ordinal, in figures or in English words."""

from __future__ import annotations

import re
from functools import lru_cache

_UNITS = """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
fifteenth sixteenth seventeenth eighteenth nineteenth"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_UNIT_OF = {word: number for number, word in enumerate(_UNITS.split(), 1)}
_TEN_OF = {word: 10 * number for number, word in enumerate(_TENS.split(), 2)}
_NUMBER_OF = _UNIT_OF | _TEN_OF | {f"{word[:-1]}ieth": number for word, number in _TEN_OF.items()}


@lru_cache(maxsize=4096)
def ordinal_number(text: str) -> int | None:
    """Return the number in an ordinal, up to nine digits; None if it has none, as "commemorative".

    >>> [ordinal_number(text) for text in ("19th", "Twenty-first", "the second (resumed)", "special")]
    [19, 21, 2, None]
    """
    if digits := re.search("[0-9]{1,9}", text):
        return int(digits[0])
    words = [word for word in re.findall("[a-z]+", text.casefold()) if word in _NUMBER_OF]
    if not words:
        return None
    is_compound = words[0] in _TEN_OF and len(words) > 1
    return sum(_NUMBER_OF[word] for word in words[: 1 + is_compound])
