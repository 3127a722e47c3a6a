"""Codes of parties: in capitals, each once, and in one order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnership.errors import InvalidValue
from partnership.values.party_codes import party, party_codes

CODES = st.from_regex(r"[A-Z][A-Z0-9-]{0,31}", fullmatch=True)


@given(CODES)
def test_a_code_in_small_letters(code):
    """It is kept in capitals."""
    assert party(code.lower()) == party(code) == code


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "2RU",
        "-RU",
        "R U",
        "RU\n",
        "RU,VN",
        "R" * 33,
        "Россия",
        "\ufb01",
        "\u00df",
        "\u0131d",
        "\uff32\uff35",
        7,
        None,
        b"RU",
    ],
)
def test_a_text_that_is_not_a_code(wrong):
    """It is refused, also where capitals would make a code of it: the ligature 'fi' is not Finland."""
    with pytest.raises(InvalidValue, match="is not the code of a party; write at most 32 letters, digits and hyphens"):
        party(wrong)


@given(st.lists(CODES), st.randoms())
def test_codes_in_any_order_and_repeated(codes, random):
    """They are kept each once and in the order of the alphabet, whatever the order they come in."""
    shuffled = codes * 2
    random.shuffle(shuffled)
    assert party_codes(shuffled) == party_codes(iter(codes)) == tuple(sorted(set(codes)))


def test_one_code_without_a_list():
    """It is a list of one code, not of its letters."""
    assert party_codes("asean") == ("ASEAN",)


@pytest.mark.parametrize("wrong", [5, None, b"RU", {"RU": 1}, 1.5])
def test_something_else_than_a_list(wrong):
    """It is refused with an example."""
    with pytest.raises(InvalidValue, match=r"is not a list of parties; write \['ASEAN', 'RU'\]"):
        party_codes(wrong)


def test_a_list_with_one_wrong_code():
    """The error names that code."""
    with pytest.raises(InvalidValue, match="'R U' is not the code of a party"):
        party_codes(["ASEAN", "R U"])
