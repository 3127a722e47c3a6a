"""Slugs, kinds and texts: what may be written, and in which one form it is kept."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from os import PathLike
from urllib.parse import unquote

from partnership.errors import InvalidValue, StorageError, visible

__all__ = [
    "NAME_LIMIT",
    "TEXT_LIMIT",
    "in_unicode",
    "is_address",
    "must_be_a_file",
    "name",
    "place_of",
    "plain",
    "slug",
    "split_subject",
    "subject",
    "text",
    "visible",
]

NAME_LIMIT = 200
"""Characters in a name: of a publisher, a person, a place."""
TEXT_LIMIT = 65_536
"""Characters in a text."""

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}", re.ASCII)
_KIND = re.compile(r"[a-z][a-z0-9-]{0,39}", re.ASCII)
_PLAIN = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "\u0131": "i"})
_HALF = re.compile("[\ud800-\udfff]")
_BANNED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# Control characters but for line feed and tab, bidirectional overrides (a title must not reorder the page it is
# printed on) and lone surrogates (which no file can hold). The joiners U+200C and U+200D stay: Persian needs them.
_ADDRESS = re.compile(
    r"://|^\s*(\w+:)?postgres(ql)?:"  # of any server
    r"|(^|[\s?&;,{('\"])(PG[A-Z]+|host|hostaddr|port|dbname|database|server|user|user ?name|service|sslmode)['\"]?\s*="
    r"|(password|passwd|passphrase|passfile|pass|pwd)['\"]?\s*[=:]"  # as libpq, ODBC, a shell or a dict has its parts
    r"|:[^:@/\\]*@|^(?!\s*[a-z]:[/\\])[^:/\\]*:.*@",  # user:password@; what follows the letter of a drive is none
    re.IGNORECASE | re.DOTALL,
)


def slug(value: object) -> str:
    """Return *value* if it is a slug.

    Raises:
        InvalidValue: it is not one; the message offers the nearest slug where there is one.

    >>> slug("special-fmm-2020")
    'special-fmm-2020'
    """
    if isinstance(value, str) and _SLUG.fullmatch(value):
        return value
    if isinstance(value, str) and is_address(value):
        value = "…"
    rule = "is not a slug: lower-case letters a to z, digits and hyphens, 80 at the most, first a letter or digit"
    raise InvalidValue(value, rule, _nearest(value))


def _nearest(value: object) -> str:
    if not isinstance(value, str):
        return "give it as text"
    if ":" in value:
        return f"give it without its kind: {value.rpartition(':')[2]!r}"
    plain = unicodedata.normalize("NFKD", value[:200]).encode("ascii", "ignore").decode().lower()
    near = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")
    return f"write {near!r}" if near else "write one such as 'special-fmm-2020'"


def subject(value: object) -> str:
    """Return *value* if it is a subject as it stands in text, ``kind:slug``.

    >>> subject("meeting:special-fmm-2020")
    'meeting:special-fmm-2020'
    """
    if isinstance(value, str):
        kind, colon, rest = value.partition(":")
        if colon and _KIND.fullmatch(kind) and _SLUG.fullmatch(rest):
            return value
    raise InvalidValue(value, "is not a subject", "write it kind:slug, as 'meeting:special-fmm-2020'")


def split_subject(value: str) -> tuple[str, str]:
    """Return the kind and the slug of a subject.

    >>> split_subject("meeting:special-fmm-2020")
    ('meeting', 'special-fmm-2020')
    """
    kind, _, rest = value.partition(":")
    return kind, rest


def text(value: object, limit: int = TEXT_LIMIT) -> str:
    """Return *value* in Unicode's composed form (NFC), as every text is kept.

    Raises:
        InvalidValue: it is no text, is blank, too long, or holds a character that must not be printed.

    Source: Unicode Standard Annex 15; Unicode Technical Report 36 for the characters refused.
    """
    if not isinstance(value, str):
        raise InvalidValue(value, f"is no text but {type(value).__name__}", "write it in quotes")
    if found := _BANNED.search(value):
        raise InvalidValue(
            value,
            f"has a character that must not be printed (U+{ord(found[0]):04X} at {found.start()})",
            "leave it out",
        )
    if not value.strip():
        raise InvalidValue(value, "is empty", "leave the field out if nothing was said")
    composed = unicodedata.normalize("NFC", value)
    if len(composed) > limit:
        raise InvalidValue(composed, f"is too long: {len(composed)} characters of {limit}", "shorten it")
    return composed


def plain(value: str) -> str:
    """Return a text as it is searched for: no capitals, no accents, one blank between words.

    >>> plain("Đối  thoại")
    'doi thoai'
    """
    letters = unicodedata.normalize("NFKD", value.casefold().translate(_PLAIN))
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())


def name(value: object) -> str:
    """Return *value* as a name: a text of one line, 200 characters at the most, and one blank between words.

    A page is set with two blanks or with one that does not break: that makes no second publisher.

    >>> name(" Viet Nam  News")
    'Viet Nam News'
    """
    composed = text(value, NAME_LIMIT)
    if "\n" in composed or "\t" in composed:
        raise InvalidValue(value, "is a name over several lines", "write it on one line")
    return " ".join(composed.split())


def is_address(value: str) -> bool:
    """Tell whether a text may be meant as the address of a database, and so may hold a password.

    No error repeats such a text, and no file is given such a name.

    >>> is_address("host=db.example password=x"), is_address("desk:x@db.example"), is_address("asean-russia.db")
    (True, True, False)
    """
    return bool(_ADDRESS.search(unicodedata.normalize("NFKC", unquote(value))))  # full-width signs are typed too


def place_of(path: object, rule: str, *schemes: str) -> str:
    """Return a path as text, as it is named in errors.

    Args:
        path: what was given.
        rule: what to give, for the error.
        *schemes: with one of these may begin the address of a database, where one is taken.

    Raises:
        InvalidValue: it is no path, its name is not UTF-8, or it may be meant as the address of a database; the error
            does not repeat that.
    """
    if isinstance(path, str | PathLike) and isinstance(place := os.fspath(path), str) and place:
        if place.startswith(schemes) or not is_address(place):
            return in_unicode(place, rule)
        why = "may be meant as the address of a database, is none that can be opened here, and may hold a password"
        raise InvalidValue("…", why, rule)
    given = path if isinstance(path, str | int | float | None) else type(path).__name__  # bytes or a dict may be one
    raise InvalidValue(given, "is no path", rule)


def in_unicode(value: str, rule: str) -> str:
    """Return a text that can be encoded: what is no UTF-8 in a name or on a command line is half a character here.

    Args:
        value: what was given; it may hold a password, so that no error repeats it.
        rule: what to give, for the error.

    Raises:
        InvalidValue: it holds half a character.
    """
    if _HALF.search(value):
        raise InvalidValue("…", "has a byte that is no UTF-8, or half a character", rule)
    return value


def must_be_a_file(place: str, mode: int) -> None:
    """Make sure that a place is a regular file: a pipe or a device may never end, or never begin.

    Args:
        place: the name, for the error.
        mode: what the system says of it.

    Raises:
        StorageError: it is something else.
    """
    if not stat.S_ISREG(mode):
        what = "folder" if stat.S_ISDIR(mode) else "pipe" if stat.S_ISFIFO(mode) else "device"
        raise StorageError(place, f"is a {what}: give the name of a file")
