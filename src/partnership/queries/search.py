"""Full-text search in claims."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from attrs import frozen

from partnership.engine.amendment_index import stated_event
from partnership.errors import InvalidValue
from partnership.model.entry import Entry
from partnership.model.event import Event, fields_of
from partnership.subjects.amendments import AMENDMENTS
from partnership.values.display import Displayable
from partnership.values.text import search_form

_MAX_SHOWN = 100  # characters
_FIELD_RANKS = {"note": 1, "headline": 2, "speaker": 3, "publisher": 4, "subject": 5}
"""Texts that say less about a claim than the fields of its event (rank 0)."""


@frozen(repr=False)
class SearchHit(Displayable):
    """A claim that contains all the words.

    Attributes:
        subject: the canonical subject of the claim, ``kind:slug``.
        field: where most of the words are: a field of the event, or ``subject``, ``headline`` (the title of the
            document), ``publisher``, ``speaker``, ``note``.
        text: the text of that field.
        entry: an entry with the claim.
        is_superseded: whether the claim was corrected or retracted.
    """

    subject: str
    field: str
    text: str
    entry: Entry
    is_superseded: bool

    def _text(self) -> str:
        short = self.text if len(self.text) <= _MAX_SHOWN else f"{self.text[: _MAX_SHOWN - 1]}…"
        superseded = ", superseded since" if self.is_superseded else ""
        return f"{self.subject}, {self.field}: {' '.join(short.split())} ({self.entry.claim.source}{superseded})"


def search_hits(
    entries: Iterable[Entry], text: object, names: Mapping[str, str], superseded: Collection[str]
) -> tuple[SearchHit, ...]:
    """Return the claims that contain every word, the best matches first.

    Case, accents and spaces are ignored, and a word may be a part of a longer one. Claims are ranked by the number of
    words in one field, then by the field (fields of the event first, then note, headline, speaker, publisher, subject),
    then by the number of whole words. Superseded claims come last.

    Args:
        entries: the entries to search.
        text: the words.
        names: by subject, its canonical name, for subjects that have several.
        superseded: ids of superseded claims.

    Raises:
        InvalidValue: there is no word.
    """
    words = search_form(text).split() if isinstance(text, str) else []
    if not words:
        raise InvalidValue(text, "has no word to look for", "write one or more: find('vaccine')")
    ranked = []
    for entry in entries:
        event = stated_event(entry.event)
        if isinstance(event, AMENDMENTS):
            continue
        texts = [(field, content, search_form(content)) for field, content in _texts(entry, event)]
        if all(any(word in folded for _, _, folded in texts) for word in words):
            rank, field, content = min(
                ((_rank(words, field, folded), field, content) for field, content, folded in texts),
                key=lambda match: match[0],
            )
            subject = names.get(event.about, event.about)
            hit = SearchHit(subject, field, content, entry, entry.claim.id in superseded)
            ranked.append(((hit.is_superseded, *rank, subject, field, content, entry.id), hit))
    return tuple(hit for _, hit in sorted(ranked, key=lambda pair: pair[0]))


def _rank(words: Iterable[str], field: str, folded: str) -> tuple[int, int, int]:
    """Return the rank of a text, the best the smallest: by matching words, by field, by whole words."""
    whole = set(re.findall(r"\w+", folded))
    return (-sum(word in folded for word in words), _FIELD_RANKS.get(field, 0), -sum(word in whole for word in words))


def _texts(entry: Entry, event: Event) -> Iterator[tuple[str, str]]:
    """Yield the names and contents of all texts of a claim."""
    for name in fields_of(type(event)).names:
        value: Any = getattr(event, name)
        for content in value if isinstance(value, tuple) else (value,):
            if isinstance(content, str):
                yield name, content
    source = entry.claim.source
    others = {
        "note": entry.remarks.note,
        "headline": source.title,
        "speaker": entry.speaker,
        "publisher": source.publisher,
        "subject": event.about,
    }
    yield from ((name, content) for name, content in others.items() if content)
