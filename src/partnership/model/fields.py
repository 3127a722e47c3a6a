"""Converters for the fields of events: they take what people have and keep it in one form.

A converter that refuses does not raise: it leaves a `Wrong` in the field, and `Event` then raises once, with the
reasons of all its fields. Whoever mistyped three fields wants to hear of three.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar, cast

from attrs import frozen

from partnership.errors import InvalidValue
from partnership.values import names, parties
from partnership.values.amounts import Count, Money, Percent, decimal
from partnership.values.when import When

__all__ = [
    "LABEL",
    "PARTY",
    "Wrong",
    "amount",
    "code",
    "codes",
    "count",
    "day",
    "figure",
    "flag",
    "how_many",
    "name",
    "names_of",
    "needed_amount",
    "needed_code",
    "needed_day",
    "needed_name",
    "needed_one_of",
    "needed_subject",
    "one_of",
    "percent",
    "ref",
    "refers_to",
    "slug",
    "sorted_slugs",
    "subject",
    "subjects",
    "texts",
    "told",
    "whole",
    "words",
]

LIST_LIMIT = 1000
"""Members in a list."""

LABEL: Mapping[str, Any] = MappingProxyType({"label": True})
"""A name or a wording: what sources write is collected, the best source first, and never disputed."""

PARTY: Mapping[str, Any] = MappingProxyType({"party": True})
"""Codes of parties: `record.entries(party=…)` finds the event by them."""


def refers_to(kind: str) -> Mapping[str, Any]:
    """Mark a field that holds the slug of another subject, so that ``same`` reaches it."""
    return {"refers": kind}


@frozen
class Wrong:
    """What stands in a field that was refused, until the event raises."""

    why: str
    given: object


T = TypeVar("T")


def told(convert: Callable[[Any], T], value: object) -> T:
    """Return the converted value, or what is wrong with it in its place."""
    try:
        return convert(value)
    except InvalidValue as refused:
        return cast("T", Wrong(str(refused), value))


def _or_none(convert: Callable[[Any], T], value: object) -> T | None:
    return None if value is None else told(convert, value)


def slug(value: str) -> str:
    """Take a slug."""
    return told(names.slug, value)


def ref(value: str | None) -> str | None:
    """Take the slug of another subject."""
    return _or_none(names.slug, value)


def subject(value: str | None) -> str | None:
    """Take one subject as it stands in text, ``kind:slug``."""
    return _or_none(names.subject, value)


def needed_subject(value: str) -> str:
    """Take one subject, ``kind:slug``, that may not be absent."""
    return told(names.subject, value)


def day(value: str | date | When | None) -> When | None:
    """Take a vague date: EDTF text, a date, or a `When`."""
    return _or_none(When, value)


def needed_day(value: str | date | When) -> When:
    """Take a vague date that may not be absent: a count without its day compares with nothing."""
    return told(_a_day, value)


def _a_day(value: str | date | When | None) -> When:
    if value is None:
        raise InvalidValue(
            value,
            "is no day, and without its day this compares with nothing",
            "write one, if only a bound: '../2021-04-02'",
        )
    return When(value)


def words(value: str | None) -> str | None:
    """Take a text, which may run over several lines."""
    return _or_none(names.text, value)


def name(value: str | None) -> str | None:
    """Take a name: one line, 200 characters."""
    return _or_none(names.name, value)


def needed_name(value: str) -> str:
    """Take a name that may not be absent."""
    return told(names.name, value)


def code(value: str | None) -> str | None:
    """Take the code of one party."""
    return _or_none(parties.party, value)


def needed_code(value: str) -> str:
    """Take the code of one party that may not be absent."""
    return told(parties.party, value)


def codes(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Take codes of parties."""
    return () if value is None else told(lambda given: _few(parties.party_codes(given)), value)


def texts(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Take texts, in the order given and each once; one may stand without a list."""
    return _each(names.text, value)


def names_of(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Take names of persons, institutions, sectors, in the order given and each once."""
    return _each(names.name, value)


def sorted_slugs(value: Iterable[str] | None) -> tuple[str, ...]:
    """Take slugs, in the order of the alphabet and each once."""
    return _each(names.slug, value, is_sorted=True)


def subjects(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Take subjects as they stand in text, ``kind:slug``, in the order of the alphabet and each once."""
    return _each(names.subject, value, is_sorted=True)


def whole(value: int | None) -> int | None:
    """Take a whole number, 0 or more."""
    return _or_none(lambda given: Count(given).number, value)


def count(value: int | Count) -> Count:
    """Take a count that may not be absent; a bare number is exact."""
    return value if isinstance(value, Count) else told(Count, value)


def how_many(value: int | Count | None) -> Count | None:
    """Take a count; a bare number is exact."""
    return None if value is None else count(value)


def amount(value: Money | None) -> Money | None:
    """Take an amount of money."""
    return _or_none(_money, value)


def needed_amount(value: Money) -> Money:
    """Take an amount of money that may not be absent."""
    return told(_money, value)


def _money(value: object) -> Money:
    if isinstance(value, Money):
        return value
    raise InvalidValue(value, "is no money", "write Money('8130000', 'USD', 'at-least'): an amount needs its currency")


def percent(value: str | int | Percent | None) -> Percent | None:
    """Take a share or a change in hundredths; a bare number is exact."""
    return value if isinstance(value, Percent) else _or_none(Percent, value)


def figure(value: str | int | Decimal | None) -> Decimal | None:
    """Take an exact decimal, 0 or more, of the unit that another field names."""
    return _or_none(decimal, value)


def flag(value: bool | None) -> bool | None:  # noqa: FBT001  a converter has one argument
    """Take yes or no; None where nobody said."""
    return _or_none(_yes_or_no, value)


def _yes_or_no(value: object) -> bool:
    if type(value) is bool:
        return value
    raise InvalidValue(value, "is neither True nor False", "leave the field out if nobody said")


def one_of(allowed: tuple[str, ...], value: object) -> Any:  # noqa: ANN401  the caller names its Literal
    """Take one of a closed set of words."""
    return _or_none(lambda given: _word(allowed, given), value)


def needed_one_of(allowed: tuple[str, ...], value: object) -> Any:  # noqa: ANN401  the caller names its Literal
    """Take one of a closed set of words that may not be absent."""
    return told(lambda given: _word(allowed, given), value)


def _word(allowed: tuple[str, ...], value: object) -> object:
    if isinstance(value, str) and value in allowed:  # an array of numbers answers "is it one of these" with an array
        return value
    raise InvalidValue(value, "is not known here", f"write one of {', '.join(map(repr, allowed))}")


def _few(found: tuple[str, ...]) -> tuple[str, ...]:
    if len(found) > LIST_LIMIT:
        raise InvalidValue(f"a list of {len(found)}", "is too long for one field", f"the limit is {LIST_LIMIT}")
    return found


def _each(one: Callable[[object], str], value: object, *, is_sorted: bool = False) -> tuple[str, ...]:
    def convert(given: object) -> tuple[str, ...]:
        if isinstance(given, str):
            return (one(given),)
        if not isinstance(given, Iterable) or isinstance(given, bytes | dict):
            raise InvalidValue(given, "is not a list of texts", "write ['one', 'another']")
        found = dict.fromkeys(one(each) for each in given)
        has_no_order = is_sorted or isinstance(given, set | frozenset)  # that of a set differs from one run to the next
        return _few(tuple(sorted(found) if has_no_order else found))

    return () if value is None else told(convert, value)
