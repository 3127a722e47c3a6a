"""Format values for a page, with links to the other subjects that they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from partnership.model.expectations import Expectation
from partnership.model.value_text import is_row, name_in_words, row_fields, separator, value_in_words
from partnership.queries.dossier import name_of
from partnership.render.footnotes import on_one_line
from partnership.subjects.participations import Participation
from partnership.values.labels import flag_in_words, word
from partnership.values.party_names import PartyNames
from partnership.values.text import split_subject

_MAX_TITLE_LENGTH = 120


@frozen
class Piece:
    """A piece of text; `target` is the subject to which it links, None without a link."""

    text: str
    target: str | None = None


@frozen(eq=False)
class Names:
    """The titles of the subjects on a page, and the names of parties."""

    _titles: Mapping[str, str]
    _ambiguous: frozenset[str]
    parties: PartyNames

    def title(self, subject: str) -> str:
        """Return the title of a subject; its slug if it has no title or is not on the page."""
        return self._titles.get(subject) or split_subject(subject)[1]

    def link(self, subject: str) -> Piece:
        """Return a link to a subject; the slug follows a title that several subjects have."""
        title, slug = self.title(subject), split_subject(subject)[1]
        text = f"{title} ({slug})" if title in self._ambiguous else title
        return Piece(text, subject if subject in self._titles else None)

    def pieces(self, value: Any, name: str = "", kinds: Sequence[str] = ()) -> tuple[Piece, ...]:  # noqa: ANN401  any
        """Return the text of a value.

        Args:
            value: of a field of a state or an event.
            name: of the field.
            kinds: of the subjects whose slugs the value may be; ``"*"`` where the value includes the kind.
        """
        if isinstance(value, tuple):
            parts = (self.pieces(item, name, kinds) for item in value if item not in (None, ()))
            return tuple(_join(parts, separator(value)))
        if isinstance(value, str):
            candidates = (value, *(f"{kind}:{value}" for kind in (*kinds, name)))
            subject = next((candidate for candidate in candidates if candidate in self._titles), None)
            if subject:
                return (self.link(subject),)
            return (Piece(self.parties.shown(name, value) or on_one_line(word(name, value))),)
        if is_row(value) and not isinstance(value, Expectation):
            return tuple(_join(self._row_pieces(value), ", "))
        return (Piece(on_one_line(value_in_words(value))),)

    def _row_pieces(self, row: Any) -> Iterator[tuple[Piece, ...]]:  # noqa: ANN401  any row of a state
        """Yield the fields of a row, each after its name; a text in the first place has no name before it."""
        for position, (name, value) in enumerate(row_fields(row).items()):
            if isinstance(value, bool):
                yield (Piece(flag_in_words(name, value)),)
                continue
            label = [] if position == 0 and isinstance(value, str) else [Piece(f"{name_in_words(name)} ")]
            yield (*label, *self.pieces(value, name))


def names_of(states: Mapping[str, Sequence[Any]], parties: PartyNames) -> Names:
    """Return the titles of the subjects, ``kind:slug``, that have states, each shortened to one line."""
    names = {subject: name_of(members) for subject, members in states.items()}
    titles = {
        subject: shorten(on_one_line(name)) if name else split_subject(subject)[1] for subject, name in names.items()
    }
    for subject, members in states.items():
        for state in members:
            if isinstance(state, Participation):
                titles[subject] = shorten(on_one_line(_participation_title(state, titles, parties)))
    return Names(titles, frozenset(title for title, count in Counter(titles.values()).items() if count > 1), parties)


def _participation_title(state: Participation, titles: Mapping[str, str], parties: PartyNames) -> str:
    """Return who takes part in which meeting, by their names."""
    meeting = titles.get(f"meeting:{state.meeting}", state.meeting)
    parts = (state.person, parties.name(state.party) if state.party else None, f"at {meeting}" if meeting else None)
    return ", ".join(part for part in parts if part)


def shorten(text: str, length: int = _MAX_TITLE_LENGTH) -> str:
    """Return a text, cut to a number of characters and ended with "…" where it is longer."""
    return text if len(text) <= length else f"{text[: length - 2].rstrip()} …"


def _join(parts: Iterable[Iterable[Piece]], text: str) -> Iterator[Piece]:
    for position, part in enumerate(parts):
        yield from [Piece(text)] if position else []
        yield from part
