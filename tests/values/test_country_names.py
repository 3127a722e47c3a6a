"""Names of countries and blocs, and the codes that are meant."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from babel import Locale

from partnership.values import countries, country_names
from partnership.values.country_names import code_meant, nearest_code, well_known_codes


def test_the_module_of_countries():
    """It is what ``tests/values/write_countries.py`` writes from the names of the Unicode CLDR; otherwise run that."""
    tool = runpy.run_path(str(Path(__file__).parent / "write_countries.py"))
    assert Path(countries.__file__).read_text(encoding="utf-8") == tool["text"]()
    assert len(countries.COUNTRIES.splitlines()) > 240


def test_every_name_of_a_country():
    """It stands for its code, as `babel` has it; a code of two letters stands for nothing else."""
    names = Locale("en").territories
    for line in countries.COUNTRIES.splitlines():
        code, long_code, name = line.split(" ", 2)
        assert names[code].replace("\u2019", "'") == name
        assert (code_meant(name), code_meant(long_code), code_meant(name.upper())) == (code, code, code)
        assert code_meant(code) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Viet Nam", "VN"),
        ("Lao PDR", "LA"),
        ("The Hague", None),
        ("Cote d'Ivoire", "CI"),
        ("Saint Lucia", "LC"),
        ("Trinidad and Tobago", "TT"),
        ("Türkiye", "TR"),
        ("Turkey", "TR"),
        ("Association of Southeast Asian Nations", "ASEAN"),
        ("UN Educational", None),
        ("United Nations Educational, Scientific and Cultural Organization", "UNESCO"),
        ("", None),
    ],
)
def test_other_names(name, code):
    """Usual forms that the CLDR lacks, with or without accents and articles."""
    assert code_meant(name) == code


def test_a_name_that_is_misspelt():
    """The nearest one is found, if it is near."""
    assert nearest_code("Indonessia") == "ID"
    assert nearest_code("Atlantis") is None


def test_codes_of_blocs():
    """They have more than two letters, and stand for nothing else."""
    assert {"ASEAN", "MERCOSUR"} <= well_known_codes()
    assert not [code for code in well_known_codes() if code_meant(code) not in (None, code)]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Kanada", "CA"), ("Канада", "CA"), ("Biélorussie", "BY"), ("Việt Nam", "VN"), ("Indonesien", "ID")],
)
def test_names_in_other_languages(name, code):
    """They are known for advice, and stand for nothing where a code is looked up."""
    assert nearest_code(name) == code
    assert code_meant("Kanada") is None


def test_without_babel(monkeypatch):
    """Names in English are known without it."""
    country_names._codes_in_other_languages.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "babel", None)
    try:
        assert (nearest_code("Kanada"), nearest_code("Canada")) == (None, "CA")
    finally:
        country_names._codes_in_other_languages.cache_clear()
