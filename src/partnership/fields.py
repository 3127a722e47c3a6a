"""Fields for a user's own classes of events: one function for each type of value.

::

    @frozen(kw_only=True)
    class ExhibitionAnnounced(ps.Event):
        name = "exhibition-announced"
        kind = "exhibition"

        planned: ps.When | None = fields.date()
        host: str | None = fields.party()
        title: str | None = fields.name(label=True)
        meeting: str | None = fields.ref("meeting")

Each function returns an attrs field with a converter, which accepts common spellings of a value and refuses what is not
one. For type checkers, a field takes only the type that it holds. A field written as ``planned: When | None =
field(default=None, converter=converters.day)``, as in the built-in classes, takes a text for them too.

Arguments that several functions have:

- *required*: the field must be given.
- *label*: the field holds a name or a wording. Different values of several sources are all collected, the best source
  first, and never disputed.
- *account*: the field holds an account, such as a reason or a condition. Those of several sources are all kept side by
  side, each with its sources; `why`, the dossier and the page show them, and they are never disputed.

A field that is neither holds a fact: one value is chosen, and others are a dispute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

from attrs import NOTHING, field

from partnership.errors import InvalidValue
from partnership.model import converters
from partnership.model.converters import Choice, Reference, References
from partnership.values.text import slug as checked

__all__ = [
    "choice",
    "converters",
    "count",
    "date",
    "duration",
    "flag",
    "integer",
    "money",
    "name",
    "names",
    "number",
    "parties",
    "party",
    "percent",
    "person",
    "persons",
    "place",
    "places",
    "ref",
    "refs",
    "slug",
    "slugs",
    "text",
    "texts",
]


_Sort = Mapping[str, Any] | None
"""Metadata of a name, an account or what agrees in other ways than being equal; None for any other fact."""


def _single(converter: Callable[[Any], Any], *, required: bool, sort: _Sort = None) -> Any:  # noqa: ANN401  like attrs.field
    default: Any = NOTHING if required else None
    return field(default=default, converter=converter, metadata=sort)


def _several(converter: Callable[[Any], Any], *, sort: _Sort = None) -> Any:  # noqa: ANN401
    return field(default=(), converter=converter, metadata=sort)


def _sort(*, label: bool, account: bool) -> _Sort:
    return converters.ACCOUNT if account else converters.LABEL if label else None


def date(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for a `When`: a date, which may be vague."""
    return _single(converters.needed_day if required else converters.day, required=required)


def party(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for the code of a party; ``record.entries(party=…)`` finds the event by it."""
    return _single(converters.needed_code if required else converters.code, required=required)


def parties() -> Any:  # noqa: ANN401
    """Return a field for the codes of several parties: ``tuple[str, ...]``."""
    return _several(converters.codes)


def name(*, required: bool = False, label: bool = False, account: bool = False) -> Any:  # noqa: ANN401
    """Return a field for a name: one line of up to 200 characters."""
    return _single(
        converters.needed_name if required else converters.name,
        required=required,
        sort=_sort(label=label, account=account),
    )


def names(*, label: bool = False, account: bool = False) -> Any:  # noqa: ANN401
    """Return a field for several names, in the order given: ``tuple[str, ...]``."""
    return _several(converters.names_of, sort=_sort(label=label, account=account))


def place(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for the name of a place. "Vientiane" and "Vientiane, Laos" are no dispute: one says less."""
    return _single(converters.needed_name if required else converters.name, required=required, sort=converters.PLACE)


def places() -> Any:  # noqa: ANN401
    """Return a field for the names of several places: ``tuple[str, ...]``. A shorter list is no dispute."""
    return _several(converters.names_of, sort=converters.PLACES)


def person(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for the name of a person. "S. Lavrov" and "Sergey Lavrov" are no dispute: one says less."""
    return _single(converters.needed_name if required else converters.name, required=required, sort=converters.PERSON)


def persons() -> Any:  # noqa: ANN401
    """Return a field for the names of several persons: ``tuple[str, ...]``. A shorter list is no dispute."""
    return _several(converters.names_of, sort=converters.PERSONS)


def text(*, required: bool = False, label: bool = False, account: bool = False) -> Any:  # noqa: ANN401
    """Return a field for a text, which may run over several lines."""
    return _single(
        converters.needed_words if required else converters.words,
        required=required,
        sort=_sort(label=label, account=account),
    )


def texts(*, label: bool = False, account: bool = False) -> Any:  # noqa: ANN401
    """Return a field for several texts, in the order given: ``tuple[str, ...]``."""
    return _several(converters.texts, sort=_sort(label=label, account=account))


def ref(*kinds: str, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field that refers to another subject.

    Args:
        kinds: the kinds that the subject may be of, the usual one first. A caller may write ``kind:slug``, or for the
            usual kind the slug alone. With one kind, the field holds the slug; with several or none, ``kind:slug``.
        required: the field must be given.
    """
    return _single(Reference(_checked(kinds), required), required=required)


def refs(*kinds: str) -> Any:  # noqa: ANN401
    """Return a field that refers to several subjects: ``tuple[str, ...]``.

    Args:
        kinds: as for `ref`.
    """
    return _several(References(_checked(kinds)))


def count(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for a `Count`: a whole number, which may be a bound or approximate. A bare number is exact."""
    return _single(converters.needed_count if required else converters.count, required=required)


def integer(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for an `int`, 0 or more."""
    return _single(converters.needed_whole if required else converters.whole, required=required)


def number(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for a `Decimal`, 0 or more, in a unit that another field names."""
    return _single(converters.needed_number if required else converters.number, required=required)


def money(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for an amount of `Money`."""
    return _single(converters.needed_amount if required else converters.amount, required=required)


def percent(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for a `Percent`: a share or a change. A bare number is exact."""
    return _single(converters.needed_percent if required else converters.percent, required=required)


def duration(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for a `Duration`: how long something runs, 'P5Y'. A bare text is exact."""
    return _single(converters.needed_duration if required else converters.duration, required=required)


def flag(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for yes or no."""
    return _single(converters.needed_flag if required else converters.flag, required=required)


def choice(*words: Any, required: bool = False) -> Any:  # noqa: ANN401  texts, or one Literal
    """Return a field for one word of a closed set.

    Args:
        words: the words, or one ``Literal`` of them.
        required: the field must be given.

    Raises:
        InvalidValue: *words* is empty, or something in it is not a text.
    """
    allowed = get_args(words[0]) if len(words) == 1 and get_args(words[0]) else words
    if not allowed or not all(type(word) is str for word in allowed):
        raise InvalidValue(
            words, "is not a choice", "write choice('grant', 'loan'), or choice(Literal['grant', 'loan'])"
        )
    return _single(Choice(allowed, required), required=required)


def slug(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for a slug, which distinguishes rounds, parts or runs of a subject."""
    return _single(converters.slug if required else converters.slug_or_none, required=required)


def slugs() -> Any:  # noqa: ANN401
    """Return a field for several slugs, sorted: ``tuple[str, ...]``."""
    return _several(converters.sorted_slugs)


def _checked(kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(checked, kinds))
