"""Names of parties for people: what the record calls them, else the Unicode CLDR. Codes alone cannot be read by all."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from attrs import field

from partnership._frozen import frozen
from partnership.errors import InvalidValue, NotInstalled, visible
from partnership.values.countries import COUNTRIES

_CODE = re.compile(r"[A-Z][A-Z0-9-]{0,31}", re.ASCII)
_BLOCS: Mapping[str, str] = {"AFRICAN-UNION": "African Union", "UN": "United Nations"}
"""Names of blocs that the CLDR lacks. Of others the code is the name that people use: ASEAN, NATO."""
_ADDITION = re.compile(r" \([^()]*\)$")


@frozen
class PartyNames:
    """The names of parties: those that a record has for them, else those of the CLDR.

    Get one from `View.party_names`.

    Attributes:
        own: the record's own names, by code.
        language: of the names of the CLDR: ``"en"``, ``"vi"``, ``"pt-BR"``.
        fields: the names of the fields that hold codes of parties.

    Raises:
        InvalidValue: the CLDR has no such language.
        NotInstalled: *language* is not English, and babel is not installed.

    >>> names = PartyNames({"VN": "Viet Nam"})
    >>> names.name("VN"), names.name("RU"), names.name("ASEAN")
    ('Viet Nam', 'Russia', 'ASEAN')
    """

    own: Mapping[str, str] = field(factory=dict)
    language: str = "en"
    fields: Collection[str] = ()
    _territories: Mapping[str, str] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "_territories", _territories_in(self.language))

    def name(self, code: str) -> str:
        """Return the name of a party; its code if it has none."""
        if own := self.own.get(code):
            return visible(" ".join(own.split()))
        return self._territories.get(code) or _BLOCS.get(code) or code

    def with_code(self, code: str) -> str:
        """Return the name of a party with its code.

        >>> PartyNames().with_code("RU"), PartyNames().with_code("ASEAN")
        ('Russia (RU)', 'ASEAN')
        """
        name = self.name(code)
        return name if name == code else f"{name} ({code})"

    def list(self, codes: Collection[str], *, as_hosts: bool = False) -> str:
        """Return the names of several parties.

        Args:
            codes: their codes.
            as_hosts: whether to say that they are hosts.

        >>> PartyNames().list(["ASEAN", "RU"]), PartyNames().list(["RU"], as_hosts=True)
        ('ASEAN, Russia', 'Russia, host')
        """
        hosts = ["hosts" if len(codes) > 1 else "host"] if as_hosts and codes else []
        return ", ".join([*map(self.name, codes), *hosts])

    def shown(self, name: str, value: Any) -> str | None:  # noqa: ANN401  of any field
        """Return the name, with the code, of the party in a field; None if the field does not hold a party.

        Args:
            name: of the field.
            value: one value of it.
        """
        is_party = name in self.fields and isinstance(value, str) and _CODE.fullmatch(value)
        return self.with_code(value) if is_party else None


@lru_cache(maxsize=16)
def _territories_in(language: str) -> Mapping[str, str]:
    if language == "en":
        rows = (line.split(" ", 2) for line in COUNTRIES.splitlines())
        return {code: _ADDITION.sub("", name) for code, _, name in rows}
    try:
        from babel import Locale  # noqa: PLC0415  optional
        from babel.core import UnknownLocaleError  # noqa: PLC0415
    except ImportError:
        raise NotInstalled("babel", "page") from None
    try:
        territories: Mapping[str, str] = Locale.parse(language.replace("-", "_")).territories
    except (ValueError, UnknownLocaleError, AttributeError, TypeError):
        advice = "write a language as the CLDR has it: 'en', 'vi', 'pt-BR'"
        raise InvalidValue(language, "is not a language of which the names are known", advice) from None
    return {code: _ADDITION.sub("", name) for code, name in territories.items()}
