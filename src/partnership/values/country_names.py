"""Which code is meant where somebody wrote the name of a country or a bloc, or a code of three letters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from partnership.values.countries import COUNTRIES
from partnership.values.text import nearest, search_form

_OTHER_NAMES = """\
AE UAE, Emirates
BA Bosnia, Bosnia-Herzegovina
BN Brunei Darussalam
BO Plurinational State of Bolivia
BY Republic of Belarus
CD DRC, DR Congo, Congo Kinshasa, Democratic Republic of the Congo
CG Congo Brazzaville, Republic of the Congo, Republic of Congo
CI Ivory Coast
CN PRC, People's Republic of China, Mainland China
CV Cabo Verde
CZ Czech Republic
FM Federated States of Micronesia
GB UK, Great Britain, Britain, United Kingdom of Great Britain and Northern Ireland
GR EL, Hellas, Hellenic Republic
HK Hong Kong
IR Islamic Republic of Iran
KG Kyrgyz Republic
KP DPRK, Democratic People's Republic of Korea
KR ROK, Korea, Republic of Korea
KZ Republic of Kazakhstan
LA Lao PDR, Lao, Lao People's Democratic Republic
MD Republic of Moldova
MK Macedonia, Republic of North Macedonia
MM Myanmar, Burma
MO Macao, Macau
NL Holland
PS Palestine, State of Palestine
RU Russian Federation
SA KSA
ST Sao Tome
SY Syrian Arab Republic
SZ Swaziland
TL East Timor
TR Turkey
TZ United Republic of Tanzania
US America, United States of America
VA Holy See, Vatican
VE Bolivarian Republic of Venezuela
VN Viet Nam, SRV, Socialist Republic of Vietnam
ZA RSA
AIIB Asian Infrastructure Investment Bank
ADB Asian Development Bank
APEC Asia-Pacific Economic Cooperation
ASEAN Association of Southeast Asian Nations, Association of South-East Asian Nations
AFRICAN-UNION African Union
BIMSTEC Bay of Bengal Initiative for Multi-Sectoral Technical and Economic Cooperation
BRICS BRICS group
CARICOM Caribbean Community
CELAC Community of Latin American and Caribbean States
CIS Commonwealth of Independent States
CSTO Collective Security Treaty Organization, Collective Security Treaty Organisation
EAC East African Community
EAEU Eurasian Economic Union
EBRD European Bank for Reconstruction and Development
ECOWAS Economic Community of West African States
EIB European Investment Bank
EU European Union, EU-27, EU27, EU-28, EU28, European Communities
GCC Gulf Cooperation Council, Cooperation Council for the Arab States of the Gulf
IMF International Monetary Fund
MERCOSUR Southern Common Market, Mercado Comun del Sur
NATO North Atlantic Treaty Organization, North Atlantic Treaty Organisation
OAS Organization of American States
OECD Organisation for Economic Co-operation and Development, Organization for Economic Cooperation and Development
OPEC Organization of the Petroleum Exporting Countries
OSCE Organization for Security and Co-operation in Europe, Organization for Security and Cooperation in Europe
PIF Pacific Islands Forum
SAARC South Asian Association for Regional Cooperation
SADC Southern African Development Community
SCO Shanghai Cooperation Organisation, Shanghai Cooperation Organization
UN United Nations
UNDP United Nations Development Programme
UNESCO United Nations Educational, Scientific and Cultural Organization
WHO World Health Organization, World Health Organisation
WTO World Trade Organization, World Trade Organisation
"""
"""Names that the CLDR lacks: usual short and long forms, and blocs with the code by which they are usually known.

The African Union is usually called AU, but that is the code of Australia.
"""
_LONGEST = 100  # characters of a name
_LANGUAGES = (
    "de",
    "es",
    "fil",
    "fr",
    "id",
    "it",
    "ja",
    "km",
    "ko",
    "lo",
    "ms",
    "my",
    "nl",
    "pt",
    "ru",
    "th",
    "vi",
    "zh",
)
"""Languages in which the name of a country is known for advice."""
_ALSO = re.compile(r", (?!Scientific)")


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    """Return the code of each name, and of each code of three letters."""
    codes = {}
    for line in COUNTRIES.splitlines():
        code, long_code, name = line.split(" ", 2)
        codes[long_code.casefold()] = code
        codes[_plain(name)] = code
    for line in _OTHER_NAMES.splitlines():
        code, names = line.split(" ", 1)
        codes |= {_plain(name): code for name in _ALSO.split(names)}
    return codes


def _plain(name: str) -> str:
    """Return a name as it is compared: in lower case, without accents, punctuation and articles."""
    words = re.sub("['\u2019.]", "", search_form(name)).replace("&", " and ")
    words = re.sub(r"\bsaint\b", "st", words)
    return " ".join(word for word in re.split("[^a-z0-9]+", words) if word and word != "the")


@lru_cache(maxsize=4096)
def code_meant(text: str) -> str | None:
    """Return the code of a country or bloc whose name, or whose code of three letters, is written; None for others.

    >>> [code_meant(text) for text in ("European Union", "CHILE", "RUS", "EU-27", "UK", "ASEAN")]
    ['EU', 'CL', 'RU', 'EU', 'GB', None]
    """
    return _codes().get(_plain(text))


def nearest_code(text: str) -> str | None:
    """Return the code of the country or bloc whose name is most similar to a text; None if none is."""
    if len(text) > _LONGEST:
        return None
    if code := code_meant(text) or _codes_in_other_languages().get(search_form(text)):
        return code
    near = nearest(_plain(text), [name for name in _codes() if " " in name or len(name) > 4], 1, 0.85)  # noqa: PLR2004
    return _codes()[near[0]] if near else None


@lru_cache(maxsize=1)
def _codes_in_other_languages() -> Mapping[str, str]:
    """Return the codes of countries by their names in other languages, where babel is installed; it takes 0.3 s.

    A name of two countries, in two languages, is left out.
    """
    try:
        from babel import Locale  # noqa: PLC0415  optional
    except ImportError:
        return {}
    known = {line.split(" ", 1)[0] for line in COUNTRIES.splitlines()}
    codes: dict[str, set[str]] = {}
    for language in _LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in known:
                codes.setdefault(search_form(name), set()).add(code)
    return {name: min(meant) for name, meant in codes.items() if len(meant) == 1}


def is_known_code(code: str) -> bool:
    """Tell whether a text is the code of a country, or a usual one of a bloc.

    >>> is_known_code("CA"), is_known_code("ASEAN"), is_known_code("KANADA")
    (True, True, False)
    """
    return code in well_known_codes() or any(line.startswith(f"{code} ") for line in COUNTRIES.splitlines())


@lru_cache(maxsize=1)
def well_known_codes() -> frozenset[str]:
    """Return the codes of blocs that are usual."""
    return frozenset(code for line in _OTHER_NAMES.splitlines() if len(code := line.split(" ", 1)[0]) > 2)  # noqa: PLR2004
