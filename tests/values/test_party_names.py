"""Names of parties: the record's own, the CLDR's, in English and in other languages."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import partnership as ps
from partnership.errors import InvalidValue, NotInstalled
from partnership.events import PartyJoinedPartnership, PartyRenamed
from partnership.kinds import BUILT_IN
from partnership.model.event import fields_of
from partnership.model.value_text import value_in_words
from partnership.values.countries import COUNTRIES
from partnership.values.party_names import PartyNames, _territories_in

VNA = ps.Source("VNA", published="2020-01-05")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("VN", "Vietnam"),
        ("MM", "Myanmar"),
        ("EU", "European Union"),
        ("UN", "United Nations"),
        ("ASEAN", "ASEAN"),
        ("EAEC-MINISTRY-2", "EAEC-MINISTRY-2"),
    ],
)
def test_names_that_need_no_record(code, name):
    """A country has its English name without additions; a bloc is called as people call it."""
    names = PartyNames()
    assert names.name(code) == name
    assert names.with_code(code) == (name if name == code else f"{name} ({code})")


def test_the_name_that_the_record_has():
    """It comes first; the newest stands, and the code is that of the party, or its slug."""
    record = ps.open(":memory:")
    record.add(PartyJoinedPartnership("viet-nam", code="VN", title="Viet Nam"), source=VNA)
    record.add(PartyJoinedPartnership("tr", title="Turkey", nature="state"), source=VNA)
    record.add(PartyRenamed("tr", on="2020", title="Republic of T\u00fcrkiye", former="Turkey"), source=VNA)
    record.add(PartyJoinedPartnership("la", code="LA"), source=VNA)
    names = record.party_names()

    assert names.list(["VN", "TR", "LA", "RU"]) == "Viet Nam, Republic of T\u00fcrkiye, Laos, Russia"
    assert record.shareable().party_names() == names
    record.add(PartyJoinedPartnership("ru", title="the Federation"), source=VNA, shared=False)
    assert record.party_names().name("RU") == "the Federation"
    assert record.shareable().party_names().name("RU") == "Russia"


def test_the_names_in_another_language():
    """They are those of the CLDR; a language that it lacks is refused."""
    pytest.importorskip("babel")
    assert PartyNames(language="vi").name("RU") == "Nga"
    assert PartyNames(language="pt-BR").name("VN") == "Vietn\u00e3"
    for wrong in ("xx-nowhere", "", "en/../x", "\u0000"):
        with pytest.raises(InvalidValue, match="is not a language of which the names are known"):
            PartyNames(language=wrong)


def test_a_language_without_babel(monkeypatch):
    """English needs nothing; of others the error says what to install."""
    monkeypatch.setitem(sys.modules, "babel", None)
    _territories_in.cache_clear()
    assert PartyNames().name("RU") == "Russia"
    with pytest.raises(NotInstalled, match="needs babel"):
        PartyNames(language="vi")


def test_the_fields_that_hold_parties():
    """They are those of all events of the record, and two of states; of no other is the value taken for a party."""
    names = ps.open(":memory:").party_names()
    expected = {name for kind in BUILT_IN for event in kind.events for name in fields_of(event).parties}
    assert {*names.fields} == expected | {"planned_by", "withdrawn_by"}
    assert expected > {"by", "co_chairs", "host", "holder"}
    assert names.shown("host", "RU") == "Russia (RU)"
    assert names.shown("place", "RU") is names.shown("successor", "line-2") is names.shown("by", None) is None


def test_values_with_names():
    """Parties in a list and in rows are named, and other values are as they were."""
    names = PartyNames(fields=["by", "host"])
    assert value_in_words(("ASEAN", "RU"), names, "by") == "ASEAN, Russia (RU)"
    assert value_in_words(("ASEAN", "RU"), names) == "ASEAN, RU"
    assert value_in_words("RU", names, "title") == "RU"


@given(st.text(max_size=20), st.sampled_from([line.split(" ", 1)[0] for line in COUNTRIES.splitlines()]))
def test_a_hostile_name(own, code):
    """It is on one line, with every invisible character spelled out."""
    shown = PartyNames({code: own}).name(code)
    assert "\n" not in shown
    assert "\u202e" not in shown
