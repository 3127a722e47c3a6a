"""Converters for the fields of events: they take what people have and keep it in one form.

A converter that refuses does not raise: it leaves a `FieldError` in the field, and `Event` then raises once, with the
reasons of all its fields. Whoever mistyped three fields wants to hear of three.

The built-in classes write ``field(default=None, converter=fields.day)``: type checkers see through the converter, so a
caller may pass a text where the field holds a `When`. `partnership.fields` says the same in fewer words, and a user's
own class may be written in either way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar, cast

from attrs import frozen

from partnership.errors import InvalidValue
from partnership.values import party_codes, text
from partnership.values.amounts import Count, Money, Percent, decimal
from partnership.values.when import When

__all__ = [
    "LABEL",
    "PARTIES",
    "Choice",
    "FieldError",
    "Reference",
    "References",
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
    "needed_figure",
    "needed_flag",
    "needed_name",
    "needed_one_of",
    "needed_percent",
    "needed_subject",
    "needed_whole",
    "needed_words",
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


def refers_to(kind: str) -> Mapping[str, Any]:
    """Mark a field that holds the slug of another subject, so that ``same`` reaches it."""
    return {"refers": kind}


@frozen
class FieldError:
    """What stands in a field that was refused, until the event raises."""

    why: str
    given: object


T = TypeVar("T")


def told(convert: Callable[[Any], T], value: object) -> T:
    """Return the converted value, or what is wrong with it in its place."""
    try:
        return convert(value)
    except InvalidValue as refused:
        return cast("T", FieldError(str(refused), value))


def _or_none(convert: Callable[[Any], T], value: object) -> T | None:
    return None if value is None else told(convert, value)


def slug(value: str) -> str:
    """Take a slug."""
    return told(text.slug, value)


def ref(value: str | None) -> str | None:
    """Take the slug of another subject."""
    return _or_none(text.slug, value)


def subject(value: str | None) -> str | None:
    """Take one subject as it stands in text, ``kind:slug``."""
    return _or_none(text.subject, value)


def needed_subject(value: str) -> str:
    """Take one subject, ``kind:slug``, that may not be absent."""
    return told(text.subject, value)


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
    return _or_none(text.text, value)


def needed_words(value: str) -> str:
    """Take a text that may not be absent."""
    return told(text.text, value)


def name(value: str | None) -> str | None:
    """Take a name: one line, 200 characters."""
    return _or_none(text.name, value)


def needed_name(value: str) -> str:
    """Take a name that may not be absent."""
    return told(text.name, value)


def code(value: str | None) -> str | None:
    """Take the code of one party."""
    return _or_none(party_codes.party, value)


def needed_code(value: str) -> str:
    """Take the code of one party that may not be absent."""
    return told(party_codes.party, value)


def codes(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Take codes of parties."""
    return () if value is None else told(lambda given: _few(party_codes.party_codes(given)), value)


PARTIES = (code, needed_code, codes)
"""Converters of codes of parties: `record.entries(party=…)` finds an event by its fields that have one of them."""


def texts(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Take texts, in the order given and each once; one may stand without a list."""
    return _each(text.text, value)


def names_of(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Take names of persons, institutions, sectors, in the order given and each once."""
    return _each(text.name, value)


def sorted_slugs(value: Iterable[str] | None) -> tuple[str, ...]:
    """Take slugs, in the order of the alphabet and each once."""
    return _each(text.slug, value, is_sorted=True)


def subjects(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Take subjects as they stand in text, ``kind:slug``, in the order of the alphabet and each once."""
    return _each(text.subject, value, is_sorted=True)


def whole(value: int | None) -> int | None:
    """Take a whole number, 0 or more."""
    return _or_none(lambda given: Count(given).number, value)


def needed_whole(value: int) -> int:
    """Take a whole number, 0 or more, that may not be absent."""
    return told(lambda given: Count(given).number, value)


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


def needed_percent(value: str | int | Percent) -> Percent:
    """Take a share or a change in hundredths that may not be absent."""
    return value if isinstance(value, Percent) else told(Percent, value)


def figure(value: str | int | Decimal | None) -> Decimal | None:
    """Take an exact decimal, 0 or more, of the unit that another field names."""
    return _or_none(decimal, value)


def needed_figure(value: str | int | Decimal) -> Decimal:
    """Take an exact decimal, 0 or more, that may not be absent."""
    return told(decimal, value)


def flag(value: bool | None) -> bool | None:  # noqa: FBT001  a converter has one argument
    """Take yes or no; None where nobody said."""
    return _or_none(_yes_or_no, value)


def needed_flag(value: bool) -> bool:  # noqa: FBT001  as above
    """Take yes or no, which may not be absent."""
    return told(_yes_or_no, value)


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


@frozen
class Choice:
    """Takes one of a closed set of words.

    Attributes:
        allowed: the words.
        is_needed: it may not be absent.
    """

    allowed: tuple[str, ...]
    is_needed: bool = False

    def __call__(self, value: Any) -> Any:  # noqa: ANN401  the field names its Literal
        """Return the word, or what is wrong with it."""
        return (needed_one_of if self.is_needed else one_of)(self.allowed, value)


@frozen
class Reference:
    """Takes a reference to another subject: a slug where it can be of one kind only, otherwise ``kind:slug``.

    Attributes:
        kinds: that it may be of; any where none is named.
        is_needed: it may not be absent.
    """

    kinds: tuple[str, ...]
    is_needed: bool = False

    @property
    def refers(self) -> str:
        """The kind of which the value is the slug; ``"*"`` where it names the kind too."""
        return self.kinds[0] if len(self.kinds) == 1 else "*"

    def __call__(self, value: Any) -> Any:  # noqa: ANN401  a text, or what is wrong with it
        """Return the reference, or what is wrong with it."""
        return (told if self.is_needed else _or_none)(self._one, value)

    def _one(self, value: object) -> str:
        if len(self.kinds) == 1 and not (isinstance(value, str) and ":" in value):
            return text.slug(value)
        subject = text.subject(value)
        kind, slug = text.split_subject(subject)
        if self.kinds and kind not in self.kinds:
            rule = f"write {' or '.join(repr(f'{one}:{slug}') for one in self.kinds)}"
            raise InvalidValue(value, f"is of the kind {kind!r}, and this refers to no such subject", rule)
        return slug if len(self.kinds) == 1 else subject


@frozen
class References(Reference):
    """Takes references to other subjects, in the order of the alphabet and each once."""

    def __call__(self, value: Any) -> Any:  # noqa: ANN401  texts, or what is wrong with them
        """Return the references, or what is wrong with them."""
        return _each(self._one, value, is_sorted=True)


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
