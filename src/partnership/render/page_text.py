"""Values as a page words them: with the names of other subjects, and the way to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from partnership.model.expectations import Expectation
from partnership.model.value_text import is_row, name_in_words, row_fields, separator, value_in_words
from partnership.queries.dossier import name_of
from partnership.render.footnotes import on_one_line
from partnership.values.text import split_subject

__all__ = ["Names", "Piece", "names_of"]

_LONGEST = 120


@frozen
class Piece:
    """A piece of text; where it names a subject that the page shows, the place to go to."""

    text: str
    to: str | None = None


@frozen(eq=False)
class Names:
    """The subjects that a page shows, each with the name it goes by and the one that no other has."""

    _titles: Mapping[str, str]
    _shared: frozenset[str]

    def title(self, subject: str) -> str:
        """Return the name of a subject; its slug where it has none, or is not shown."""
        return self._titles.get(subject) or split_subject(subject)[1]

    def link(self, subject: str) -> Piece:
        """Return the way to a subject; where others have its name, with its slug."""
        title, slug = self.title(subject), split_subject(subject)[1]
        return Piece(
            f"{title} ({slug})" if title in self._shared else title, subject if subject in self._titles else None
        )

    def pieces(self, value: Any, name: str = "", kinds: Sequence[str] = ()) -> tuple[Piece, ...]:  # noqa: ANN401  any
        """Return a value in words.

        Args:
            value: of a field of a state or an event.
            name: of the field.
            kinds: of subjects that it may name by their slugs; ``"*"`` where it says the kind too.
        """
        if isinstance(value, tuple):
            parts = (self.pieces(item, name, kinds) for item in value if item not in (None, ()))
            return tuple(_joined(parts, separator(value)))
        if isinstance(value, str):
            subjects = (value, *(f"{kind}:{value}" for kind in (*kinds, name)))
            subject = next((subject for subject in subjects if subject in self._titles), None)
            return (self.link(subject) if subject else Piece(on_one_line(value)),)
        if is_row(value) and not isinstance(value, Expectation):
            return tuple(_joined(self._row(value), ", "))
        return (Piece(on_one_line(value_in_words(value))),)

    def _row(self, row: Any) -> Iterator[tuple[Piece, ...]]:  # noqa: ANN401  any row of a state
        """Yield the fields of a row, each with its name; a text that stands first needs none."""
        for position, (name, value) in enumerate(row_fields(row).items()):
            label = [] if position == 0 and isinstance(value, str) else [Piece(f"{name_in_words(name)} ")]
            yield (*label, *self.pieces(value, name))


def names_of(states: Mapping[str, Sequence[Any]]) -> Names:
    """Return the names of the subjects that have states, as they are shown on one line."""
    told = {subject: name_of(each) for subject, each in states.items()}
    titles = {subject: _short(on_one_line(one)) if one else split_subject(subject)[1] for subject, one in told.items()}
    return Names(titles, frozenset(one for one, times in Counter(titles.values()).items() if times > 1))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2].rstrip()} …"


def _joined(parts: Iterable[Iterable[Piece]], together: str) -> Iterator[Piece]:
    for place, part in enumerate(parts):
        yield from [Piece(together)] if place else []
        yield from part
