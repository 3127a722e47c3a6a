"""Search: where some words stand in what was recorded."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from partnership.errors import InvalidValue
from partnership.model.entry import Entry
from partnership.model.event import Event, fields_of
from partnership.subjects.amendments import AMENDMENTS, ClaimCorrected
from partnership.values.display import Displayable
from partnership.values.text import search_form

__all__ = ["SearchHit", "search"]

_LONGEST = 100
_PLACES = {"note": 1, "headline": 2, "speaker": 3, "publisher": 4, "subject": 5}
"""Places that tell less of a claim than the fields of its event, those that tell more first."""


@frozen(repr=False)
class SearchHit(Displayable):
    """A claim in which all the words stand.

    Attributes:
        subject: what it is about, ``kind:slug``, under its one name.
        field: where most of the words stand: a field of the event, or ``subject``, ``headline`` (the title of the
            document), ``publisher``, ``speaker``, ``note``.
        text: what stands there.
        entry: the claim, as one entry carries it.
        is_superseded: it was corrected or retracted since.
    """

    subject: str
    field: str
    text: str
    entry: Entry
    is_superseded: bool

    def _text(self) -> str:
        short = self.text if len(self.text) <= _LONGEST else f"{self.text[: _LONGEST - 1]}…"
        superseded = ", superseded since" if self.is_superseded else ""
        return f"{self.subject}, {self.field}: {' '.join(short.split())} ({self.entry.claim.source}{superseded})"


def search(
    entries: Iterable[Entry], text: object, names: Mapping[str, str], superseded: Collection[str]
) -> tuple[SearchHit, ...]:
    """Return the claims in which every word stands, the best matches first.

    Capitals, accents and blanks make no difference, and a word may stand inside a longer one. Better is what has more
    of the words in one place, then where it tells more (a title, a text, a name before a headline, a publisher, a
    slug), then what has more of them whole. What lies superseded comes last.

    Args:
        entries: in which to search.
        text: the words.
        names: by subject, its one name.
        superseded: ids of claims that lie superseded.

    Raises:
        InvalidValue: there is no word.
    """
    words = search_form(text).split() if isinstance(text, str) else []
    if not words:
        raise InvalidValue(text, "has no word to look for", "write one or more: find('vaccine')")
    ranked = []
    for entry in entries:
        event = entry.event.event if isinstance(entry.event, ClaimCorrected) else entry.event
        if isinstance(event, AMENDMENTS):
            continue
        places = [(field, said, search_form(said)) for field, said in _texts(entry, event)]
        if all(any(word in folded for _, _, folded in places) for word in words):
            rank, field, said = min(
                ((_rank(words, field, folded), field, said) for field, said, folded in places),
                key=lambda one: one[0],
            )
            found = SearchHit(names.get(event.about, event.about), field, said, entry, entry.claim.id in superseded)
            ranked.append(((found.is_superseded, *rank, found.subject, field, said, entry.id), found))
    return tuple(found for _, found in sorted(ranked, key=lambda one: one[0]))


def _rank(words: Iterable[str], field: str, folded: str) -> tuple[int, int, int]:
    """Return how well a text matches, the best the smallest: by words that stand in it, where, and whole."""
    whole = set(re.findall(r"\w+", folded))
    return (-sum(word in folded for word in words), _PLACES.get(field, 0), -sum(word in whole for word in words))


def _texts(entry: Entry, event: Event) -> Iterator[tuple[str, str]]:
    """Yield every text of a claim, with where it stands."""
    for name in fields_of(type(event)).names:
        value: Any = getattr(event, name)
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, str):
                yield name, one
    source = entry.claim.source
    others = {
        "note": entry.remarks.note,
        "headline": source.title,
        "speaker": entry.speaker,
        "publisher": source.publisher,
        "subject": event.about,
    }
    yield from ((name, said) for name, said in others.items() if said)
