"""Converters for the fields of events: accept what callers write, and store it in one form.

A converter does not raise. It puts a `FieldError` into the field, and `Event` then raises once with the reasons for all
fields: whoever mistyped three fields learns of all three.

The built-in classes write ``field(default=None, converter=converters.day)``: type checkers see through the converter,
so a caller may pass a string where the field holds a `When`. `partnership.fields` is the shorter form for user-defined
classes; both work in either place.

A converter called ``needed_…`` does not accept None; the one without the prefix stores None as "not stated".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeVar, cast

from partnership._frozen import frozen
from partnership.errors import InvalidValue
from partnership.model.ordinals import ordinal_number
from partnership.values import name_words, party_codes, text
from partnership.values.amounts import Count, Duration, Money, Percent, decimal
from partnership.values.when import When

LIST_LIMIT = 1000
"""The most members that a list may have."""

LABEL: Mapping[str, Any] = MappingProxyType({"label": True})
"""Metadata of a name or a wording: the values of all sources are collected, best source first, and never disputed."""

ACCOUNT: Mapping[str, Any] = MappingProxyType({"label": True, "account": True})
"""Metadata of an account: a reason, a condition, what was said, in the source's own words.

Accounts of several sources do not exclude each other, so they are never disputed; all are shown side by side, each with
its sources.
"""

IMPLIED: Mapping[str, Any] = MappingProxyType({"implied": True})
"""Metadata of a field whose absence has a meaning of its own: a figure without a bound is exact."""


def _numbers(value: str) -> frozenset[int | None]:
    return frozenset({ordinal_number(value)} - {None})


ORDINAL: Mapping[str, Any] = MappingProxyType({"meaning": _numbers})
"""Metadata of an ordinal: "19th" and "nineteenth" agree, "19th" and "20th" do not, and "special" agrees with both."""


PARTIAL_LIST: Mapping[str, Any] = MappingProxyType({"meaning": frozenset})
"""Metadata of a list that sources shorten: a list agrees with every other that has all its members."""

PLACE: Mapping[str, Any] = MappingProxyType({"meaning": name_words.place_words})
"""Metadata of a place: "Vientiane" agrees with "Vientiane, Laos", which says more."""

PLACES: Mapping[str, Any] = MappingProxyType({"meaning": name_words.in_place_names})
"""Metadata of a list of places, which sources shorten."""

PERSON: Mapping[str, Any] = MappingProxyType({"meaning": name_words.person_words})
"""Metadata of a person: "S. Jaishankar" agrees with "Dr Subrahmanyam Jaishankar", which says more."""

PERSONS: Mapping[str, Any] = MappingProxyType({"meaning": name_words.in_person_names})
"""Metadata of a list of persons, which sources shorten."""


@frozen
class FieldError:
    """Stands in a field whose value was refused, until the event raises.

    Attributes:
        refused: the error: which part of the value is wrong, why, and what to write instead.
        value: what was passed.
    """

    refused: InvalidValue
    value: object

    @property
    def reason(self) -> str:
        """Why, in a sentence."""
        return str(self.refused)


T = TypeVar("T")


def convert(converter: Callable[[Any], T], value: object) -> T:
    """Return the converted value, or a `FieldError` if the converter refuses it."""
    try:
        return converter(value)
    except InvalidValue as refused:
        return cast("T", FieldError(refused, value))


# ---- slugs ----


def slug(value: str) -> str:
    """Convert a slug."""
    return convert(text.slug, value)


def slug_or_none(value: str | None) -> str | None:
    """Convert a slug; None means not stated."""
    return None if value is None else convert(text.slug, value)


# ---- dates ----


def day(value: str | date | When | None) -> When | None:
    """Convert a possibly vague date: EDTF text, a date, or a `When`."""
    return None if value is None else convert(When, value)


def needed_day(value: str | date | When) -> When:
    """Convert the date of a figure; a figure without a date could not be compared with any other."""
    return convert(_day_of_figure, value)


def _day_of_figure(value: str | date | When | None) -> When:
    if value is None:
        raise InvalidValue(
            value,
            "is not a date, and without one this figure compares with nothing",
            "write one, if only a bound: '../2021-04-02'",
        )
    return When(value)


# ---- text ----


def words(value: str | None) -> str | None:
    """Convert text, which may have several lines."""
    return None if value is None else convert(text.text, value)


def needed_words(value: str) -> str:
    """Convert text, which may have several lines."""
    return convert(text.text, value)


def name(value: str | None) -> str | None:
    """Convert a name: one line of at most 200 characters."""
    return None if value is None else convert(text.name, value)


def needed_name(value: str) -> str:
    """Convert a name: one line of at most 200 characters."""
    return convert(text.name, value)


_GREATEST_ORDINAL = 10**6
"""The greatest bare number that is taken as an ordinal; Python refuses to write numbers of thousands of digits."""


def ordinal(value: str | int | None) -> str | None:
    """Convert an ordinal: a name such as "19th"; a bare number is stored as text, "19"."""
    is_number = type(value) is int and 0 < value <= _GREATEST_ORDINAL
    return name(str(value) if is_number else value)  # type: ignore[arg-type]  # as given


def code(value: str | None) -> str | None:
    """Convert a party code."""
    return None if value is None else convert(party_codes.party, value)


def needed_code(value: str) -> str:
    """Convert a party code."""
    return convert(party_codes.party, value)


# ---- lists ----


def codes(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Convert party codes: sorted, without duplicates."""
    return () if value is None else convert(lambda given: _within_limit(party_codes.party_codes(given)), value)


PARTIES = (code, needed_code, codes)
"""Converters of party codes: `record.entries(party=…)` finds an event by the fields that use one of them."""


def texts(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Convert texts: in the order given, without duplicates. A single string is a list of one."""
    return _members(text.text, value)


def names_of(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Convert names of persons, institutions or sectors: in the order given, without duplicates."""
    return _members(text.name, value)


def sorted_slugs(value: Iterable[str] | None) -> tuple[str, ...]:
    """Convert slugs: sorted, without duplicates."""
    return _members(text.slug, value, is_sorted=True)


def repeatable(value: Any) -> Any:  # noqa: ANN401  what a caller passes as a list
    """Return a list as one that can be read again, unlike an iterator; a text, or what is no list, as it is."""
    return value if type(value) is tuple or isinstance(value, str) or not isinstance(value, Iterable) else tuple(value)


def _within_limit(members: tuple[str, ...]) -> tuple[str, ...]:
    if len(members) > LIST_LIMIT:
        raise InvalidValue(f"a list of {len(members)}", "is too long for one field", f"the limit is {LIST_LIMIT}")
    return members


def _members(converter: Callable[[object], str], value: object, *, is_sorted: bool = False) -> tuple[str, ...]:
    def convert_members(given: object) -> tuple[str, ...]:
        if isinstance(given, str):
            return (converter(given),)
        if type(given) is not list and (not isinstance(given, Iterable) or isinstance(given, bytes | Mapping)):
            raise InvalidValue(given, "is not a list of texts", "write ['one', 'another']")
        members = dict.fromkeys(map(converter, given))
        is_set = type(given) is not list and isinstance(
            given, AbstractSet
        )  # its order differs from one run to the next
        return _within_limit(tuple(sorted(members) if is_sorted or is_set else members))

    return () if value is None else convert(convert_members, value)


# ---- numbers, money, yes and no ----


def _figure(cls: Callable[..., T], value: Any) -> T:  # noqa: ANN401  whatever a caller passes
    """Return a figure of exactly this class: a subclass of it may define what it is equal to."""
    exact_class: Any = cls
    if type(value) is cls:
        return cast("T", value)
    is_figure = isinstance(value, exact_class)
    return cls(*[getattr(value, name) for name in exact_class.__match_args__]) if is_figure else cls(value)


def whole(value: int | None) -> int | None:
    """Convert a whole number, 0 or more."""
    return None if value is None else convert(lambda given: Count(given).number, value)


def needed_whole(value: int) -> int:
    """Convert a whole number, 0 or more."""
    return convert(lambda given: Count(given).number, value)


def count(value: int | Count | None) -> Count | None:
    """Convert a count; a bare number is exact."""
    return None if value is None else needed_count(value)


def needed_count(value: int | Count) -> Count:
    """Convert a count; a bare number is exact."""
    return convert(lambda given: _figure(Count, given), value)


def amount(value: Money | None) -> Money | None:
    """Convert an amount of money."""
    return None if value is None else convert(_money, value)


def needed_amount(value: Money) -> Money:
    """Convert an amount of money."""
    return convert(_money, value)


def _money(value: object) -> Money:
    if isinstance(value, Money):
        return _figure(Money, value)
    raise InvalidValue(value, "is not money", "write Money('8130000', 'USD', 'at-least'): an amount needs its currency")


def percent(value: str | int | Percent | None) -> Percent | None:
    """Convert a share or a change in percent; a bare number is exact."""
    return None if value is None else needed_percent(value)


def needed_percent(value: str | int | Percent) -> Percent:
    """Convert a share or a change in percent; a bare number is exact."""
    return convert(lambda given: _figure(Percent, given), value)


def duration(value: str | Duration | None) -> Duration | None:
    """Convert how long something runs: an ISO 8601 duration, which is exact, or a `Duration`."""
    return None if value is None else needed_duration(value)


def needed_duration(value: str | Duration) -> Duration:
    """Convert how long something runs: an ISO 8601 duration, which is exact, or a `Duration`."""
    return convert(lambda given: _figure(Duration, given), value)


def number(value: str | int | Decimal | None) -> Decimal | None:
    """Convert an exact decimal, 0 or more, in the unit that another field names."""
    return None if value is None else convert(decimal, value)


def needed_number(value: str | int | Decimal) -> Decimal:
    """Convert an exact decimal, 0 or more, in the unit that another field names."""
    return convert(decimal, value)


def flag(value: bool | None) -> bool | None:  # noqa: FBT001  a converter has one argument
    """Convert yes or no; None means not stated."""
    return None if value is None else convert(_bool, value)


def needed_flag(value: bool) -> bool:  # noqa: FBT001  as above
    """Convert yes or no."""
    return convert(_bool, value)


def _bool(value: object) -> bool:
    if type(value) is bool:
        return value
    raise InvalidValue(value, "is neither True nor False", "leave the field out if nobody said")


BUILT_IN_KIND_NAMES = frozenset(
    {
        "aid",
        "assessment",
        "claim",
        "commitment",
        "count",
        "course",
        "dialogue",
        "distinction",
        "document",
        "doubt",
        "external-event",
        "fund",
        "incident",
        "line",
        "measure",
        "meeting",
        "membership",
        "mission",
        "network",
        "participation",
        "party",
        "plan",
        "project",
        "proposal",
        "relation",
        "request",
        "role",
        "series",
        "statement",
        "statistic",
        "status",
        "subject",
        "themed-year",
        "visit",
    }
)
"""The names of the built-in kinds; `partnership.kinds` has their classes."""


# ---- choices and references ----


def one_of(allowed: tuple[str, ...], value: object) -> Any:  # noqa: ANN401  the caller names its Literal
    """Convert one of a closed set of words."""
    return None if value is None else needed_one_of(allowed, value)


def needed_one_of(allowed: tuple[str, ...], value: object) -> Any:  # noqa: ANN401  the caller names its Literal
    """Convert one of a closed set of words."""
    if type(value) is str and value in allowed:
        return value
    return convert(lambda given: _allowed_word(allowed, given), value)


def several_of(allowed: tuple[str, ...], value: object) -> Any:  # noqa: ANN401  the caller names its Literal
    """Convert several of a closed set of words: sorted, without duplicates. A single word is a list of one."""
    return _members(lambda given: _allowed_word(allowed, given), value, is_sorted=True)


def _allowed_word(allowed: tuple[str, ...], value: object) -> str:
    value = text.exact(value)
    if isinstance(value, str) and value in allowed:  # asked whether it is in a tuple, a numpy array returns an array
        return value
    raise InvalidValue(value, "is not known here", f"write one of {', '.join(map(repr, allowed))}")


@frozen
class Choice:
    """Converter of one of a closed set of words.

    Attributes:
        allowed: the words.
        is_needed: whether None is refused.
    """

    allowed: tuple[str, ...]
    is_needed: bool = False

    def __call__(self, value: Any) -> Any:  # noqa: ANN401  the field names its Literal
        """Return the word, or a `FieldError`."""
        return (needed_one_of if self.is_needed else one_of)(self.allowed, value)


@frozen
class Reference:
    """Converter of a reference to another subject, written ``kind:slug``, or as a slug alone for the usual kind.

    Attributes:
        kinds: kinds that the subject may have, the usual one first; empty for any, of which none is usual.
        is_needed: whether None is refused.
        is_open: whether a kind that is not built in fits too.
    """

    kinds: tuple[str, ...]
    is_needed: bool = False
    is_open: bool = False

    @property
    def refers(self) -> str:
        """The kind whose slugs are stored; ``"*"`` where the stored value includes the kind."""
        return self.kinds[0] if len(self.kinds) == 1 else "*"

    def __call__(self, value: Any) -> Any:  # noqa: ANN401  a string or a FieldError
        """Return the reference as it is stored, or a `FieldError`."""
        return None if value is None and not self.is_needed else convert(self._reference, value)

    def stored(self, value: Any) -> Any:  # noqa: ANN401  as above
        """Return a stored reference, or a `FieldError`; one of a kind that once fitted is still read."""
        return None if value is None and not self.is_needed else convert(self._stored, value)

    def _stored(self, value: object) -> str:
        return (text.slug if len(self.kinds) == 1 else text.subject)(value)

    def _reference(self, value: object) -> str:
        value = text.exact(value)
        if len(self.kinds) == 1 and not (isinstance(value, str) and ":" in value):
            return text.slug(value)
        kind, slug = self._parts(value)
        if not self._fits(kind) or not text.is_slug(slug):
            raise self._refusal(value, kind, slug)
        return slug if len(self.kinds) == 1 else f"{kind}:{slug}"

    def _parts(self, value: object) -> tuple[str, str]:
        """Return the kind and the slug that a value names."""
        kind, colon, slug = value.rpartition(":") if isinstance(value, str) else ("", ":", "")
        return (kind, slug) if colon or not self.kinds else (self.kinds[0], slug)

    def _fits(self, kind: str) -> bool:
        if kind in self.kinds:
            return True
        return text.is_kind(kind) and (not self.kinds or (self.is_open and kind not in BUILT_IN_KIND_NAMES))

    def _refusal(self, value: object, kind: str, slug: str) -> InvalidValue:
        """Return the error for a value: why it is refused, and what to write."""
        if isinstance(value, str) and text.looks_like_database_address(value):
            value, slug = "…", ""
        slug = text.nearest_slug(slug) or "special-fmm-2020"
        if not self.kinds:
            return InvalidValue(value, "is not a subject", f"write kind:slug, such as 'meeting:{slug}'")
        usual, *others = self.kinds
        reason = text.NO_SLUG if self._fits(kind) else f"is no {text.either(self.kinds)}"
        rule = f"write {slug!r} or '{usual}:{slug}'"
        another = f", or another kind with the slug: '{others[0]}:{slug}'" if others else ""
        return InvalidValue(value, reason, rule + another)


@frozen
class References(Reference):
    """Converter of references to other subjects: sorted, without duplicates."""

    def __call__(self, value: Any) -> Any:  # noqa: ANN401  strings or a FieldError
        """Return the references as they are stored, or a `FieldError`."""
        return _members(self._reference, value, is_sorted=True)

    def stored(self, value: Any) -> Any:  # noqa: ANN401  as above
        """Return stored references, or a `FieldError`."""
        return _members(self._stored, value, is_sorted=True)
