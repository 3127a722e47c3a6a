"""Slugs, subjects, names and texts: what may be written, and in which one form it is kept."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from partnership.errors import InvalidValue
from partnership.values.text import (
    NAME_LIMIT,
    TEXT_LIMIT,
    looks_like_database_address,
    name,
    search_form,
    slug,
    split_subject,
    subject,
    text,
)

SLUGS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,79}", fullmatch=True)
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645\t\u0915\u094d\u200d\u0937\nend"
FORBIDDEN = [chr(code) for code in (*range(9), *range(0x0B, 0x20), *range(0x7F, 0xA0))]
FORBIDDEN += [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]


@given(SLUGS)
def test_every_text_of_the_pattern(value):
    """It is a slug, and kept as it is."""
    assert slug(value) == value


@pytest.mark.parametrize(
    ("wrong", "instead"),
    [
        ("Special FMM 2020", "write 'special-fmm-2020'"),
        ("special_fmm", "write 'special-fmm'"),
        ("-fmm", "write 'fmm'"),
        ("São Tomé", "write 'sao-tome'"),
        ("meeting:special-fmm", "give it without its kind: 'special-fmm'"),
        ("a" * 81, f"write {'a' * 80!r}"),
        ("fmm\n", "write 'fmm'"),
        ("\u0661\u0662", "write one such as 'special-fmm-2020'"),
        ("\u0436", "write one such as 'special-fmm-2020'"),
        ("", "write one such as 'special-fmm-2020'"),
        ("../../etc/passwd", "write 'etc-passwd'"),
        (5, "give it as text"),
        (None, "give it as text"),
        (b"fmm", "give it as text"),
    ],
)
def test_a_text_that_is_not_a_slug(wrong, instead):
    """It is refused with the rule and the nearest slug."""
    with pytest.raises(InvalidValue) as refused:
        slug(wrong)
    rule = "is not a slug: at most 80 lower-case letters a to z, digits and hyphens, starting with a letter or digit"
    assert str(refused.value).endswith(f" {rule}; {instead}")
    assert refused.value.value == wrong
    assert refused.value.instead == instead


@given(st.text())
@example("a" * 300)
@example("--" * 50 + "a")
def test_the_slug_that_a_refusal_offers(value):
    """It is one."""
    try:
        slug(value)
    except InvalidValue as refused:
        offered = re.search(r"(?:write|as) '(.*)'", refused.instead)
        assert ":" in value or slug(offered[1])


@given(SLUGS, SLUGS.filter(lambda kind: kind[0].isalpha() and len(kind) <= 40))
def test_a_subject(value, kind):
    """It is kept as it is, and parts into kind and slug again."""
    assert split_subject(subject(f"{kind}:{value}")) == (kind, value)


@pytest.mark.parametrize(
    "wrong",
    ["fmm", ":fmm", "meeting:", "Meeting:fmm", "meeting:FMM", "a:b:c", "2:a", " meeting:fmm", "k" * 41 + ":a", 5, None],
)
def test_a_text_that_is_not_a_subject(wrong):
    """It is refused with an example."""
    with pytest.raises(InvalidValue, match="is not a subject; write kind:slug, such as 'meeting:special-fmm-2020'"):
        subject(wrong)


@given(st.text())
def test_a_text_that_is_kept(value):
    """It is in composed form, and kept as it is when it is given again."""
    try:
        kept = text(value)
    except InvalidValue:
        return
    assert unicodedata.is_normalized("NFC", kept)
    assert unicodedata.normalize("NFC", value) == kept == text(kept)
    kept.encode()


def test_two_ways_to_write_one_text():
    """They are kept as one: the composed form."""
    assert text("Vie\u0323\u0302t Nam") == text("Vi\u1ec7t Nam") == "Vi\u1ec7t Nam"


def test_joiners_line_feeds_and_tabs():
    """They stay: Persian and Indic words need the first two, a text over several lines the others."""
    assert text(PERSIAN) == PERSIAN


@pytest.mark.parametrize("character", FORBIDDEN, ids=lambda one: f"U+{ord(one):04X}")
def test_a_character_that_must_not_be_printed(character):
    """It is refused, with its number and place, and the message itself holds none of it."""
    with pytest.raises(InvalidValue) as refused:
        text(f"ab{character}c")
    message = str(refused.value)
    assert f"contains a forbidden character (U+{ord(character):04X} at 2); remove it" in message
    assert character not in message


@pytest.mark.parametrize("half", [chr(0xD800), chr(0xDFFF)])
def test_half_a_character(half):
    """It is refused: no file can hold it."""
    with pytest.raises(InvalidValue, match=r"a forbidden character \(U\+D[8F][0F][0F] at 1\)"):
        text(f"a{half}")


@pytest.mark.parametrize("empty", ["", " ", "\n\t ", "\u3000", "\u2003"])
def test_a_text_with_nothing_in_it(empty):
    """It is refused: a field that says nothing is left out."""
    with pytest.raises(InvalidValue, match="is empty; leave the field out if the source does not say it"):
        text(empty)


@pytest.mark.parametrize("wrong", [None, 5, 1.5, True, b"VNA", ["VNA"]])
def test_something_else_than_text(wrong):
    """It is refused by its type, never turned into text."""
    with pytest.raises(InvalidValue, match=f"is not text but {type(wrong).__name__}; write it in quotes"):
        text(wrong)


def test_a_text_at_its_limit():
    """65,536 characters are kept, counted as they are kept: two that compose are one."""
    assert len(text("e\u0301" * TEXT_LIMIT)) == TEXT_LIMIT == 65_536


def test_a_text_over_its_limit():
    """It is refused with both numbers, and the message does not repeat it."""
    with pytest.raises(InvalidValue, match=r"is too long: 65537 characters of 65536; shorten it") as refused:
        text("x" * (TEXT_LIMIT + 1))
    assert len(str(refused.value)) < 200


def test_a_name_at_its_limit():
    """200 characters are kept."""
    assert name("x" * NAME_LIMIT) == "x" * 200


def test_a_name_over_its_limit():
    """It is refused with both numbers."""
    with pytest.raises(InvalidValue, match="is too long: 201 characters of 200; shorten it"):
        name("x" * 201)


@pytest.mark.parametrize(
    "blanks", ["Viet  Nam News", " Viet Nam News ", "Viet\u00a0Nam\u2003News", "Viet Nam\u2028News"]
)
def test_a_name_with_more_blanks_than_words_need(blanks):
    """It is the name with one between each two words: two ways to set it are one publisher."""
    assert name(blanks) == "Viet Nam News"


@pytest.mark.parametrize("lines", ["Viet Nam\nNews", "Viet Nam\tNews"])
def test_a_name_over_several_lines(lines):
    """It is refused: a name stands in lists and on one line."""
    with pytest.raises(InvalidValue, match="is a name of several lines; write it on one line"):
        name(lines)


@pytest.mark.parametrize(
    ("text", "plain_text"),
    [
        ("Đối  thoại", "doi thoai"),
        (" SỨC\nKHỎE\t", "suc khoe"),
        ("Straße", "strasse"),
        ("Łódź, Ærø, İzmir", "lodz, aero, izmir"),
        ("Диалог", "диалог"),
        ("x\u00b2", "x2"),
        ("", ""),
    ],
)
def test_a_text_to_search_for(text, plain_text):
    """It has no capitals, no accents and one blank between words."""
    assert search_form(text) == plain_text


@pytest.mark.parametrize(
    "path",
    [
        "asean-russia.db",
        "/home/anna@corp.com/10:30.db",
        "C:\\Users\\anna@corp.com\\record.db",
        "d:/anna@corp.com/record.db",
        "postgres.db",
        "password.db",
        "years/user=anna/record.db",
        "file:record.db?mode=ro",
        ":memory:",
    ],
)
def test_a_path_that_is_no_address(path):
    """What merely resembles the address of a database is a file."""
    assert not looks_like_database_address(path)


def test_an_endless_address():
    """It is looked at in time that grows with its length alone."""
    assert not any(looks_like_database_address(text * 300_000) for text in (":", "a:", "pass ", "host ", "\t", "%3A"))
