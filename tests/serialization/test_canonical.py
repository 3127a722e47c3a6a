"""JSON as the log writes and reads it: one text for one value, and nothing that surprises a reader."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.errors import InvalidEntry
from partnership.serialization.canonical import BODY_LIMIT, canonical, digest, parse

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_a_value_that_is_written_and_read(value):
    """It comes back as it was, and is written again in the same bytes."""
    body = canonical(value)
    assert parse(body, "it") == value
    assert canonical(parse(body, "it")) == body


@given(st.dictionaries(TEXTS, st.integers(0, 9), min_size=2), st.randoms())
def test_an_object_whose_keys_come_in_another_order(value, random):
    """It has the same text: keys stand in the order of their code points."""
    keys = list(value)
    random.shuffle(keys)
    body = canonical(value)
    assert canonical({key: value[key] for key in keys}) == body
    assert list(json.loads(body)) == sorted(value)


def test_the_text_of_a_value():
    """It is UTF-8 without blanks or escapes that are not needed."""
    assert canonical({"b": [1, None, True], "a": "Việt\n"}) == '{"a":"Việt\\n","b":[1,null,true]}'.encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_is_none(value):
    """It is not written."""
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical({"a": value})


def test_the_id_of_bytes():
    """It is their SHA-256: the known value for ``abc`` of FIPS 180-2, appendix B.1."""
    assert digest(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert digest(b"abc") == hashlib.sha256(b"abc").hexdigest()


HOSTILE = {
    "nothing": (b"", "is not JSON from character 1 on"),
    "no JSON": (b"claim", "is not JSON from character 1 on"),
    "more behind the value": (b"{} {}", "is not JSON from character 4 on"),
    "a byte order mark": (b"\xef\xbb\xbf{}", "begins with a byte order mark"),
    "100,000 arrays": (b"[" * 100_000, "more than 32 brackets are open at once"),
    "5,000 closed arrays": (b"[" * 5_000 + b"]" * 5_000, "more than 32 brackets are open at once"),
    "100,000 objects": (b'{"a":' * 50_000, "more than 32 brackets are open at once"),
    "33 arrays": (b"[" * 33 + b"]" * 33, "more than 32 brackets are open at once"),
    "arrays and objects in turn": (b'[{"a":' * 17 + b"0" + b"}]" * 17, "more than 32 brackets are open at once"),
    "brackets behind an escaped quotation mark": (
        b'["\\"",' + b"[" * 40 + b"]" * 40 + b"]",
        "more than 32 brackets are open at once",
    ),
    "brackets behind a backslash": (
        b'["\\\\",' + b"[" * 40 + b"]" * 40 + b"]",
        "more than 32 brackets are open at once",
    ),
    "an integer of 5,000 digits": (b"1" * 5_000, "11111111111111111111… is too large a number"),
    "an integer of 4,000 digits": (b"-" + b"1" * 4_000, "-1111111111111111111… is too large a number"),
    "2**63": (str(2**63).encode(), "9223372036854775808… is too large a number"),
    "2**53 + 1": (str(2**53 + 1).encode(), "9007199254740993… is too large a number"),
    "-(2**53 + 1)": (str(-(2**53) - 1).encode(), "-9007199254740993… is too large a number"),
    "NaN": (b"NaN", "NaN is not a whole number; amounts are texts"),
    "Infinity": (b"[Infinity]", "Infinity is not a whole number; amounts are texts"),
    "-Infinity": (b"[-Infinity]", "-Infinity is not a whole number; amounts are texts"),
    "1e400": (b'{"a":1e400}', "1e400 is not a whole number; amounts are texts"),
    "a decimal": (b"1.9", "1.9 is not a whole number; amounts are texts"),
    "1.0": (b"1.0", "1.0 is not a whole number; amounts are texts"),
    "a decimal of 5,000 digits": (b"0." + b"1" * 5_000, f"0.{'1' * 38} is not a whole number; amounts are texts"),
    "a key twice": (b'{"a":1,"b":2,"a":3}', "the key 'a' stands twice"),
    "a key twice, deep inside": (b'[{"x":{"k":1,"k":1}}]', "the key 'k' stands twice"),
    "a key twice in two ways to write it": (b'{"a":1,"\\u0061":2}', "the key 'a' stands twice"),
    "a key twice that colours a terminal": (b'{"\\u001b[31m":1,"\\u001b[31m":2}', "the key '\\x1b[31m' stands twice"),
    "half a character": (b'["\\ud800"]', "holds an escape of half a character, U+D800 to U+DFFF"),
    "the other half": (b'["\\uDFFF\\uD800"]', "holds an escape of half a character, U+D800 to U+DFFF"),
    "half a character in a key": (b'{"\\udbff":1}', "holds an escape of half a character, U+D800 to U+DFFF"),
    "half a character in UTF-8": (b'["\xed\xa0\x80"]', "is not UTF-8: invalid continuation byte"),
    "a byte that is none of UTF-8": (b'"\xff"', "is not UTF-8: invalid start byte"),
    "an overlong slash": (b'"\xc0\xaf"', "is not UTF-8: invalid start byte"),
    "UTF-16": ('{"a":1}'.encode("utf-16"), "is not UTF-8: invalid start byte"),
    "a bare line feed in a text": (b'"a\nb"', "is not JSON from character 3 on"),
    "a comment": (b"{} // none", "is not JSON from character 4 on"),
    "a byte too many": (b'"' + b"x" * (BODY_LIMIT - 1) + b'"', "262145 bytes are too many; the limit is 262144"),
    "a million": (b'"' + b"x" * 10**6 + b'"', "1000002 bytes are too many; the limit is 262144"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_bytes_that_nobody_should_have_written(name):
    """They are refused in a sentence, with what to call them in front."""
    body, reason = HOSTILE[name]
    with pytest.raises(InvalidEntry) as refused:
        parse(body, "line 7")
    assert (refused.value.where, len(refused.value.reasons)) == ("line 7", 1)
    assert str(refused.value).startswith(f"line 7: {reason}")
    assert str(refused.value).isprintable()


@pytest.mark.parametrize(
    "body",
    [
        b'"' + b"x" * (BODY_LIMIT - 2) + b'"',
        b"[" * 32 + b"]" * 32,
        b'"' + b"[" * 1000 + b'"',
        b'["' + b'\\"[{' * 1000 + b'"]',
        b"[" + b"[]," * 1000 + b"[]]",
        str(2**53).encode(),
        str(-(2**53)).encode(),
        b'"\\ud83d\\ude00"',
        b'"\\\\ud800"',
        b' {"b" : 1, "a" : 2}\n',
        b"null",
    ],
    ids=lambda body: repr(body[:12]),
)
def test_bytes_at_a_limit_but_not_over_it(body):
    """They are read as JSON says: the limits are for what no desk writes."""
    assert parse(body, "it") == json.loads(body)
