"""JSON as the log writes and reads it: one text for one value, and nothing that surprises a reader.

Source: ``hard_problems.md`` 5 (canonical bytes) and 6 (hostile input); RFC 8259 leaves both open.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any, NoReturn

from partnership.errors import InvalidEntry

__all__ = ["BODY_LIMIT", "canonical", "digest", "parse", "quoted"]

BODY_LIMIT = 262_144
"""Bytes in an entry."""
_DEPTH = 32
_INTEGER = 2**53
_HALF = re.compile(r"\\u[dD][89a-fA-F]")  # an escape of half a character; two halves make one


quoted: Callable[[str], str] = json.encoder.encode_basestring
"""Return the one text of a text."""

_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> bytes:  # noqa: ANN401  any JSON value
    """Return the one text of a value: keys in order, no blanks, UTF-8, no floats."""
    return _ENCODER.encode(value).encode()


def digest(body: bytes) -> str:
    """Return the SHA-256 of canonical bytes, as hexadecimal digits."""
    return hashlib.sha256(body).hexdigest()


class _RefusedError(ValueError):
    pass


def _no_float(text: str) -> NoReturn:
    raise _RefusedError(f"{text[:40]} is no whole number; amounts are texts")


def _whole(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > _INTEGER:  # noqa: PLR2004  digits of 2**53 and a sign
        raise _RefusedError(f"{text[:20]}… is too large a number")
    return int(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RefusedError(f"the key {_twice(pairs)} stands twice")
    return found


def _twice(pairs: list[tuple[str, Any]]) -> str:
    keys = [key for key, _ in pairs]
    return next(ascii(key)[:60] for key, count in Counter(keys).items() if count > 1)


def _depth(text: str) -> int:
    """Count the brackets that are open at once, before a parser does so on the machine's stack."""
    deepest = depth = 0
    is_inside = is_escaped = False
    for letter in text:
        if is_inside:
            if is_escaped:
                is_escaped = False
            elif letter == "\\":
                is_escaped = True
            elif letter == '"':
                is_inside = False
        elif letter == '"':
            is_inside = True
        elif letter in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif letter in "]}":
            depth -= 1
    return deepest


def _loaded(text: str, brackets: int) -> Any:  # noqa: ANN401
    if brackets > _DEPTH and _depth(text) > _DEPTH:
        raise _RefusedError(f"more than {_DEPTH} brackets are open at once")
    value = json.loads(text, parse_float=_no_float, parse_constant=_no_float, parse_int=_whole, object_pairs_hook=_once)
    if _HALF.search(text):
        canonical(value)
    return value


def parse(body: bytes, where: str) -> Any:  # noqa: ANN401  any JSON value
    """Return the value of JSON bytes that nobody is trusted to have written.

    Args:
        body: the bytes.
        where: what to call them in an error.

    Raises:
        InvalidEntry: they are too many, too deep, no JSON, or hold a float, a huge number, half a character or a key
            twice.
    """
    if len(body) > BODY_LIMIT:
        raise InvalidEntry(where, (f"{len(body)} bytes are too many; the limit is {BODY_LIMIT}",))
    try:
        return _loaded(body.decode(), body.count(b"[") + body.count(b"{"))
    except UnicodeEncodeError:
        raise InvalidEntry(where, ("holds an escape of half a character, U+D800 to U+DFFF",)) from None
    except UnicodeDecodeError as refused:
        raise InvalidEntry(where, (f"is not UTF-8: {refused.reason}",)) from None
    except _RefusedError as refused:
        raise InvalidEntry(where, (str(refused),)) from None
    except ValueError as refused:
        raise InvalidEntry(where, (f"is not JSON: {refused}",)) from None
