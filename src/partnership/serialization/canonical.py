"""Canonical JSON: one text for one value, and a parser for bytes that are not trusted.

RFC 8259 leaves open the order of keys, blanks, escapes, repeated keys and the size of numbers. Ids are hashes of the
text, so none of that may vary: the same claim in two forms would count as two.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any, NoReturn

from partnership.errors import InvalidEntry

BODY_LIMIT = 262_144
"""Bytes in an entry."""
_DEPTH_LIMIT = 32
_DEPTH_OF_PARTS = 2  # brackets that are open around a part
_INTEGER_LIMIT = 2**53
_INTEGER_DIGITS = 17  # of the limit, with a sign
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")  # an escape of half a character; two halves make one


quoted: Callable[[str], str] = json.encoder.encode_basestring
"""Return a text as a JSON string in canonical form."""

_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> bytes:  # noqa: ANN401  any JSON value
    """Return the canonical form of a JSON value: keys in order, no blanks, UTF-8."""
    return _ENCODER.encode(value).encode()


def digest(body: bytes) -> str:
    """Return the SHA-256 of canonical bytes, as hexadecimal digits."""
    return hashlib.sha256(body).hexdigest()


class RefusedJSON(ValueError):
    """JSON that is well-formed, and that is not taken."""


def _refuse_float(text: str) -> NoReturn:
    raise RefusedJSON(f"{text[:40]} is not a whole number; amounts are texts")


def _integer(text: str) -> int:
    if len(text) > _INTEGER_DIGITS or abs(int(text)) > _INTEGER_LIMIT:
        raise RefusedJSON(f"{text[:20]}… is too large a number")
    return int(text)


def unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object from its keys and values.

    Raises:
        RefusedJSON: a key stands twice; parsers would take the last value, without a word.
    """
    value = dict(pairs)
    if len(value) != len(pairs):
        counts = Counter(key for key, _ in pairs)
        repeated = next(ascii(key)[:60] for key, count in counts.items() if count > 1)
        raise RefusedJSON(f"the key {repeated} stands twice")
    return value


_DECODER = json.JSONDecoder(
    parse_float=_refuse_float, parse_constant=_refuse_float, parse_int=_integer, object_pairs_hook=unique_keys
)


def _depth(text: str) -> int:
    """Count the brackets that are open at once, without the recursion of a parser."""
    deepest = depth = 0
    is_in_string = is_escaped = False
    for letter in text:
        if is_in_string:
            if is_escaped:
                is_escaped = False
            elif letter == "\\":
                is_escaped = True
            elif letter == '"':
                is_in_string = False
        elif letter == '"':
            is_in_string = True
        elif letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    return deepest


def _parse_text(text: str) -> Any:  # noqa: ANN401
    if text.startswith("\ufeff"):
        raise RefusedJSON("begins with a byte order mark; save it as UTF-8 without one")
    if text.count("[") + text.count("{") > _DEPTH_LIMIT and _depth(text) > _DEPTH_LIMIT:
        raise RefusedJSON(f"more than {_DEPTH_LIMIT} brackets are open at once")
    value = _DECODER.decode(text)
    if "\\u" in text and _SURROGATE.search(text):
        canonical(value)
    return value


def parse(body: bytes, where: str) -> Any:  # noqa: ANN401  any JSON value
    """Parse JSON bytes that are not trusted.

    Args:
        body: the bytes.
        where: what to call them in an error.

    Raises:
        InvalidEntry: they are too many, nested too deeply or not JSON, or hold a float, a number beyond 2**53, half a
            character, or a key twice.
    """
    if len(body) > BODY_LIMIT:
        raise InvalidEntry(where, (f"{len(body)} bytes are too many; the limit is {BODY_LIMIT}",))
    try:
        return _parse_text(body.decode())
    except UnicodeEncodeError:
        raise InvalidEntry(where, ("holds an escape of half a character, U+D800 to U+DFFF",)) from None
    except UnicodeDecodeError as error:
        raise InvalidEntry(where, (f"is not UTF-8: {error.reason}",)) from None
    except RefusedJSON as error:
        raise InvalidEntry(where, (str(error),)) from None
    except json.JSONDecodeError as error:
        raise InvalidEntry(where, (f"is not JSON from character {error.pos + 1} on",)) from None


def parse_part(part: bytes) -> Any:  # noqa: ANN401  any JSON value
    """Parse a part of an entry that is not trusted, if nothing in it needs a closer look.

    Raises:
        Exception: `parse` would refuse the entry, or might: there are escapes of characters, or many brackets.
    """
    text = part.decode()
    if "\\u" in text or part.count(b"[") + part.count(b"{") > _DEPTH_LIMIT - _DEPTH_OF_PARTS:
        raise ValueError
    value, end = _DECODER.raw_decode(text)
    if end != len(text):
        raise ValueError
    return value
