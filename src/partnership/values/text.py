"""Validate and normalize slugs, subjects, names, texts and file paths."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Sequence
from os import PathLike
from typing import Any

from partnership.errors import InvalidValue, StorageError

NAME_LIMIT = 200
"""Maximum characters of a name: of a publisher, a person, a place."""
NO_SLUG = "is not a slug: at most 80 lower-case letters a to z, digits and hyphens, starting with a letter or digit"
"""Why a text is refused as a slug."""
TEXT_LIMIT = 65_536
"""Maximum characters of a text."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}", re.ASCII)
_KIND = re.compile(r"[a-z][a-z0-9-]{0,39}", re.ASCII)
_BASE_LETTERS = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "\u0131": "i"})
# The expressions for rare characters are compiled on first use.
_SURROGATE = "[\ud800-\udfff]"
_FORBIDDEN = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
# Control characters except line feed and tab, bidirectional overrides (they could reorder the text around a title) and
# lone surrogates (they cannot be encoded). The joiners U+200C and U+200D are allowed: Persian and Indic scripts need
# them.
_INVISIBLE = "[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\ufe0f\ufeff]"
# Characters without a mark or width of their own: two names that differ only in them look alike.
_HYPHENS = "[\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d]"
_APOSTROPHES = "[\u02bc\u2018\u2019\u201b\u2032]"
_ADDRESS = (
    r"://|^\s*(\w+:)?postgres(ql)?:"  # any URL with a scheme
    r"|(^|[\s?&;,{('\"])(PG[A-Z]+|host|hostaddr|port|dbname|database|server|user|user ?name|service|sslmode)['\"]?\s*="
    r"|(password|passwd|passphrase|passfile|pass|pwd)['\"]?\s*[=:]"  # key=value forms of libpq, ODBC, a shell or a dict
    r"|:[^:@/\\]*@|^(?!\s*[a-z]:[/\\])[^:/\\]*:.*@"  # user:password@, but not a Windows drive letter
)


def exact(value: Any) -> Any:  # noqa: ANN401  a str, or the value
    """Return the characters of a text as a plain `str`; anything else as it is.

    A subclass of `str` may define what it is equal to, and so pass for a word that it is not.
    """
    return value if type(value) is str or not issubclass(type(value), str) else str.__str__(value)


def slug(value: object) -> str:
    """Return *value* if it is a slug.

    Raises:
        InvalidValue: it is not a slug; the message suggests the nearest one.

    >>> slug("special-fmm-2020")
    'special-fmm-2020'
    """
    value = exact(value)
    if isinstance(value, str) and is_slug(value):
        return value
    if isinstance(value, str) and looks_like_database_address(value):
        value = "…"
    raise InvalidValue(value, NO_SLUG, _slug_advice(value))


def _slug_advice(value: object) -> str:
    if not isinstance(value, str):
        return "give it as text"
    if ":" in value:
        return f"give it without its kind: {value.rpartition(':')[2]!r}"
    nearest = nearest_slug(value)
    return f"write {nearest!r}" if nearest else "write one such as 'special-fmm-2020'"


def either(words: Sequence[str]) -> str:
    """Return words as a list in a sentence.

    >>> either(["series", "dialogue", "network"]), either(["series"])
    ('series, dialogue or network', 'series')
    """
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def is_slug(value: str) -> bool:
    """Tell whether a text is a slug."""
    return bool(_SLUG.fullmatch(value))


def is_kind(value: str) -> bool:
    """Tell whether a text may be the name of a kind."""
    return bool(_KIND.fullmatch(value))


def nearest_slug(value: str) -> str:
    """Return the slug that is nearest to a text; empty if the text has no letter or digit that a slug may have.

    >>> nearest_slug("Hội nghị 2020")
    'hoi-nghi-2020'
    """
    ascii_text = unicodedata.normalize("NFKD", value[:200]).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_text).strip("-")[:80].strip("-")


def subject(value: object) -> str:
    """Return *value* if it is a subject, ``kind:slug``.

    >>> subject("meeting:special-fmm-2020")
    'meeting:special-fmm-2020'
    """
    value = exact(value)
    if isinstance(value, str):
        kind, colon, rest = value.partition(":")
        if colon and is_kind(kind) and is_slug(rest):
            return value
    raise InvalidValue(value, "is not a subject", "write kind:slug, such as 'meeting:special-fmm-2020'")


def split_subject(value: str) -> tuple[str, str]:
    """Return the kind and the slug of a subject.

    >>> split_subject("meeting:special-fmm-2020")
    ('meeting', 'special-fmm-2020')
    """
    kind, _, rest = value.partition(":")
    return kind, rest


def text(value: object, limit: int = TEXT_LIMIT) -> str:
    """Return *value* in Unicode composed form (NFC), the form in which every text is stored.

    Raises:
        InvalidValue: it is not a string, is blank or too long, or contains a forbidden character.

    Source: unicode Standard Annex 15 (NFC); Unicode Technical Report 36 (forbidden characters).
    """
    if type(value) is str and value.isascii() and value.isprintable() and len(value) <= limit and value.strip():
        return value  # as most texts are: the steps below would change nothing
    value = exact(value)
    if not isinstance(value, str):
        raise InvalidValue(value, f"is not text but {type(value).__name__}", "write it in quotes")
    if not value.isprintable() and (match := re.search(_FORBIDDEN, value)):  # what prints is not forbidden
        raise InvalidValue(
            value,
            f"contains a forbidden character (U+{ord(match[0]):04X} at {match.start()})",
            "remove it",
        )
    if not value.strip():
        raise InvalidValue(value, "is empty", "leave the field out if the source does not say it")
    composed = unicodedata.normalize("NFC", value)
    if len(composed) > limit:
        raise InvalidValue(composed, f"is too long: {len(composed)} characters of {limit}", "shorten it")
    return composed


def nearest(word: str, known: Iterable[str], most: int = 3, similarity: float = 0.6) -> tuple[str, ...]:
    """Return the known words that are most similar to another, the nearest first; of a long one the beginning counts.

    >>> nearest("meetings", ["meeting", "series"])
    ('meeting',)
    """
    from difflib import get_close_matches  # noqa: PLC0415  loaded on first use

    return tuple(get_close_matches(word[:100], [*known], most, similarity))


def search_form(value: str) -> str:
    """Return a text in the form that searches compare: lower case, without accents, single spaces.

    All dashes are hyphens, all apostrophes are straight, and what is invisible is left out.

    >>> search_form("Đối  thoại ASEAN\u2013Nga")
    'doi thoai asean-nga'
    """
    if value.isascii():
        return " ".join(value.casefold().split())
    plain = re.sub(_APOSTROPHES, "'", re.sub(_HYPHENS, "-", re.sub(_INVISIBLE, "", value)))
    letters = unicodedata.normalize("NFKD", plain.casefold().translate(_BASE_LETTERS))
    return " ".join("".join(char for char in letters if not unicodedata.combining(char)).split())


def name(value: object) -> str:
    """Return *value* as a name: at most 200 characters on one line, with single spaces between words.

    Documents use double or non-breaking spaces, soft hyphens, marks of byte order and of direction; without one form, a
    publisher would be counted as two.

    >>> name(" Viet Nam  News\u200b")
    'Viet Nam News'
    """
    value = exact(value)
    if isinstance(value, str) and not value.isascii():
        value = re.sub(_INVISIBLE, "", value)
    composed = text(value, NAME_LIMIT)
    if "\n" in composed or "\t" in composed:
        raise InvalidValue(value, "is a name of several lines", "write it on one line")
    return " ".join(composed.split())


def looks_like_database_address(value: str) -> bool:
    """Tell whether a text may be a database address, which can contain a password.

    Errors must not repeat such a text, and no file is created under such a name.

    >>> looks_like_database_address("host=db.example password=x"), looks_like_database_address("asean-russia.db")
    (True, False)
    """
    if "%" in value:
        from urllib.parse import unquote  # noqa: PLC0415  loaded on first use

        value = unquote(value)
    value = unicodedata.normalize("NFKC", value)  # people also type full-width signs
    return (":" in value or "=" in value) and bool(re.search(_ADDRESS, value, re.IGNORECASE | re.DOTALL))


def file_path(path: object, advice: str, *schemes: str) -> str:
    """Return a path as text.

    Args:
        path: the argument that a user passed.
        advice: what to pass instead, for the error message.
        *schemes: prefixes of the database addresses that the caller accepts as well.

    Raises:
        InvalidValue: it is not a path, its name is not UTF-8, or it looks like a database address. Since that may
            contain a password, the message does not repeat it.
    """
    if isinstance(path, str | PathLike) and isinstance(path_text := os.fspath(path), str) and path_text:
        if path_text.startswith(schemes) or not looks_like_database_address(path_text):
            return encodable(path_text, advice)
        reason = "looks like a database address, which cannot be opened here and may contain a password"
        raise InvalidValue("…", reason, advice)
    shown = path if isinstance(path, str | int | float | None) else type(path).__name__  # bytes may be an address too
    raise InvalidValue(shown, "is not a path", advice)


def encodable(value: str, advice: str) -> str:
    """Return *value* if it can be encoded: Python decodes invalid UTF-8 in file names and arguments to surrogates.

    Args:
        value: the text. It may contain a password, so the message does not repeat it.
        advice: what to pass instead, for the error message.

    Raises:
        InvalidValue: it contains a lone surrogate.
    """
    if not value.isascii() and re.search(_SURROGATE, value):
        raise InvalidValue("…", "is not valid UTF-8", advice)
    return value


def require_regular_file(path: str, mode: int) -> None:
    """Check that a path is a regular file: reading a pipe or a device may block or never end.

    Raises:
        StorageError: it is a folder, a pipe or a device.
    """
    if not stat.S_ISREG(mode):
        kind = "folder" if stat.S_ISDIR(mode) else "pipe" if stat.S_ISFIFO(mode) else "device"
        raise StorageError(path, f"is a {kind}: give the name of a file")
