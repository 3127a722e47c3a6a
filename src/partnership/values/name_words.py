"""What the name of a place or a person says, as a set: a name whose set is part of another's says the same, or less.

So "Vientiane" agrees with "Vientiane, Laos", and "S. Jaishankar" with "Dr Subrahmanyam Jaishankar". Names that only
look alike, as "Niger" and "Nigeria" or "Li Qiang" and "Li Keqiang", do not agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from partnership.values.text import search_form

_STYLES = frozenset(
    {"dr", "mr", "mrs", "ms", "miss", "prof", "professor", "sir", "dame", "shri", "smt", "dato", "datuk"}
)
"""Forms of address, which one source prints and another leaves out."""
_OFFICES = frozenset(
    [
        "acting",
        "ambassador",
        "chair",
        "chairman",
        "chairperson",
        "chairwoman",
        "chancellor",
        "chief",
        "commissioner",
        "deputy",
        "director",
        "emir",
        "envoy",
        "foreign",
        "former",
        "general",
        "governor",
        "head",
        "king",
        "leader",
        "leaders",
        "minister",
        "ministers",
        "negotiator",
        "negotiators",
        "officer",
        "officers",
        "official",
        "officials",
        "premier",
        "president",
        "presidents",
        "prime",
        "prince",
        "princess",
        "queen",
        "representative",
        "representatives",
        "secretary",
        "speaker",
        "sultan",
        "vice",
    ]
)
"""Words of offices. Who is named by an office alone is not compared word by word: a deputy minister is no minister."""
_LINKS = frozenset({"and", "for", "of", "the"})
"""Words that stand in the name of an office, and seldom in that of a person."""


def place_words(name: str) -> frozenset[str]:
    """Return the parts of the name of a place, between commas and brackets.

    >>> place_words("Vientiane") < place_words("Vientiane (Laos)")
    True
    >>> place_words("Ha Noi") == place_words("Hanoi")
    True
    """
    parts = (re.sub(r"[^\w]", "", part) for part in re.split(r"[,;()/]", search_form(name)))
    return frozenset(filter(None, parts)) or frozenset({name})


def person_words(name: str) -> frozenset[str]:
    """Return the words of the name of a person and their initials, without forms of address.

    The words of an office before the name are left out too. A text that names only an office is not divided.

    >>> person_words("S. Jaishankar") < person_words("Dr Subrahmanyam Jaishankar")
    True
    >>> person_words("Andrey Rudenko") == person_words("Deputy Minister Andrey Rudenko")
    True
    >>> person_words("the minister") < person_words("the deputy minister")
    False
    """
    text = search_form(name)
    words = [word for word in re.findall(r"\w+", re.sub(r"\bh\.? ?e\. ", "", text)) if word not in _STYLES]
    own = words[max((number for number, word in enumerate(words, 1) if word in _OFFICES), default=0) :]
    if not own or not _LINKS.isdisjoint(words):
        return frozenset({text})
    return frozenset({*own, *(word[0] for word in own)})


def in_place_names(names: Iterable[str]) -> frozenset[str]:
    """Return the parts of all names of a list of places."""
    return frozenset().union(*map(place_words, names))


def in_person_names(names: Iterable[str]) -> frozenset[str]:
    """Return the words of all names of a list of persons."""
    return frozenset().union(*map(person_words, names))
