"""Fields of a user's own events: what each holds, said in one word.

::

    @frozen(kw_only=True)
    class ExhibitionAnnounced(ps.Event):
        name = "exhibition-announced"
        kind = "exhibition"

        planned: ps.When | None = fields.date()
        host: str | None = fields.party()
        title: str | None = fields.name(label=True)
        meeting: str | None = fields.ref("meeting")

Each returns a field of attrs with a converter, so a field takes what people have and refuses what it cannot be. To type
checkers a field takes only what it holds; one that is written ``planned: When | None = field(default=None,
converter=converters.day)``, as in the built-in classes, takes a text for them too.

Arguments that several have:

- *required*: it may not be left out.
- *label*: a name or a wording. What sources write is collected, the best source first, and never disputed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

from attrs import NOTHING, field

from partnership.errors import InvalidValue
from partnership.model import converters as converters
from partnership.model.converters import Choice, Reference, References
from partnership.values.text import slug as checked

__all__ = [
    "choice",
    "converters",
    "count",
    "date",
    "flag",
    "integer",
    "money",
    "name",
    "names",
    "number",
    "parties",
    "party",
    "percent",
    "ref",
    "refs",
    "slug",
    "slugs",
    "text",
    "texts",
]


def _one(converter: Callable[[Any], Any], *, required: bool, label: bool = False) -> Any:  # noqa: ANN401  as attrs.field
    default: Any = NOTHING if required else None
    return field(default=default, converter=converter, metadata=converters.LABEL if label else None)


def _several(converter: Callable[[Any], Any], *, label: bool = False) -> Any:  # noqa: ANN401
    return field(default=(), converter=converter, metadata=converters.LABEL if label else None)


def date(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for a `When`: a date, as vague as it was said."""
    return _one(converters.needed_day if required else converters.day, required=required)


def party(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for the code of a party; ``record.entries(party=…)`` finds the event by it."""
    return _one(converters.needed_code if required else converters.code, required=required)


def parties() -> Any:  # noqa: ANN401
    """Return a field for the codes of several parties: ``tuple[str, ...]``."""
    return _several(converters.codes)


def name(*, required: bool = False, label: bool = False) -> Any:  # noqa: ANN401
    """Return a field for a name: one line of up to 200 characters."""
    return _one(converters.needed_name if required else converters.name, required=required, label=label)


def names(*, label: bool = False) -> Any:  # noqa: ANN401
    """Return a field for several names, in the order given: ``tuple[str, ...]``."""
    return _several(converters.names_of, label=label)


def text(*, required: bool = False, label: bool = False) -> Any:  # noqa: ANN401
    """Return a field for a text, which may run over several lines."""
    return _one(converters.needed_words if required else converters.words, required=required, label=label)


def texts(*, label: bool = False) -> Any:  # noqa: ANN401
    """Return a field for several texts, in the order given: ``tuple[str, ...]``."""
    return _several(converters.texts, label=label)


def ref(*kinds: str, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field that refers to another subject.

    Args:
        kinds: that it may be of. With one, the field holds the slug; with several, or with none, ``kind:slug``.
        required: it may not be left out.
    """
    return _one(Reference(_checked(kinds), required), required=required)


def refs(*kinds: str) -> Any:  # noqa: ANN401
    """Return a field that refers to several subjects, as `ref` does to one: ``tuple[str, ...]``."""
    return _several(References(_checked(kinds)))


def count(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for a `Count`: a whole number that may be a bound or a guess; a bare number is exact."""
    return _one(converters.needed_count if required else converters.count, required=required)


def integer(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for an `int`, 0 or more."""
    return _one(converters.needed_whole if required else converters.whole, required=required)


def number(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for a `Decimal`, 0 or more, of the unit that another field names."""
    return _one(converters.needed_number if required else converters.number, required=required)


def money(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for an amount of `Money`."""
    return _one(converters.needed_amount if required else converters.amount, required=required)


def percent(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for a `Percent`: a share or a change; a bare number is exact."""
    return _one(converters.needed_percent if required else converters.percent, required=required)


def flag(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for yes or no."""
    return _one(converters.needed_flag if required else converters.flag, required=required)


def choice(*words: Any, required: bool = False) -> Any:  # noqa: ANN401  texts, or one Literal
    """Return a field for one of a closed set of words.

    Args:
        words: the words, or one ``Literal`` of them.
        required: it may not be left out.

    Raises:
        InvalidValue: they are no words.
    """
    allowed = get_args(words[0]) if len(words) == 1 and get_args(words[0]) else words
    if not allowed or not all(type(one) is str for one in allowed):
        raise InvalidValue(words, "is no choice", "write choice('grant', 'loan'), or choice(Literal['grant', 'loan'])")
    return _one(Choice(allowed, required), required=required)


def slug(*, required: bool = False) -> Any:  # noqa: ANN401
    """Return a field for a slug: what tells one round, part or run of a subject from another."""
    return _one(converters.slug if required else converters.ref, required=required)


def slugs() -> Any:  # noqa: ANN401
    """Return a field for several slugs, in the order of the alphabet: ``tuple[str, ...]``."""
    return _several(converters.sorted_slugs)


def _checked(kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(checked, kinds))
