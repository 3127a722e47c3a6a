"""Numbered footnotes of a page: one for each document and speaker, with links back to the places that cite it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from attrs import field, frozen

from partnership.engine.corrections import ALL_FIELDS
from partnership.errors import visible
from partnership.model.occurrence import Evidence
from partnership.model.value_text import name_in_words
from partnership.values.date_words import in_words
from partnership.values.sources import Source
from partnership.values.when import When


def on_one_line(text: str) -> str:
    r"""Return a text on one line, with invisible characters spelled out.

    >>> on_one_line("Summit\n\u202ein  Sochi")
    'Summit <U+202E>in Sochi'
    """
    return visible(" ".join(text.split()))


@frozen
class Backlink:
    """A link from a footnote to a place that cites it.

    Attributes:
        target: id of the first citation in that place.
        text: name of the place.
    """

    target: str
    text: str


@frozen
class Note:
    """The footnote of a document, or of the words of one speaker in it.

    Attributes:
        number: in the order of the first citations.
        source: the document.
        speaker: whose words are cited; None for those of the document itself.
        retrieved: the first day on which the document was read, if recorded.
        backlinks: to the places that cite it.
    """

    number: int
    source: Source
    speaker: str | None
    retrieved: date | None
    backlinks: tuple[Backlink, ...]

    @property
    def headline(self) -> str:
        """The speaker, the publisher and the day, on one line."""
        return _headline(self.source, self.speaker)

    @property
    def details(self) -> tuple[str, ...]:
        """What else is known of the document, without its address."""
        source = self.source
        retrieved = f"read on {in_words(When(self.retrieved))}" if self.retrieved else ""
        via = f"read in the copy of {source.via}" if source.via else ""
        kind = source.kind and name_in_words(source.kind)
        texts = (source.title, kind, source.language, source.locator, via, retrieved)
        return tuple(on_one_line(text) for text in texts if text)


@frozen
class Citation:
    """A link to a footnote.

    Attributes:
        number: of the footnote.
        id: of the link itself, to which the footnote leads back.
        remarks: how certain the wording is, and what the editors inferred or preferred; may be empty.
        headline: of the footnote.
    """

    number: int
    id: str
    remarks: str
    headline: str


_Key = tuple[Source, str | None]
"""What has a footnote of its own: a document and a speaker."""


@frozen(eq=False)
class Notes:
    """Collect the footnotes of a page while it is built."""

    _retrieved: dict[_Key, list[date]] = field(factory=dict, init=False)
    _backlinks: dict[_Key, dict[str, Backlink]] = field(factory=dict, init=False)
    _numbers: dict[_Key, int] = field(factory=dict, init=False)
    _ids: list[str] = field(factory=list, init=False)

    @staticmethod
    def key(evidence: Iterable[Evidence], fields: Collection[str] = ()) -> frozenset[object]:
        """Return what is equal for claims that `cite` cites alike, in whatever order."""
        return frozenset((item.source, item.speaker, _remarks(item, fields)) for item in evidence)

    def cite(
        self, evidence: Iterable[Evidence], place: str, place_name: str, fields: Collection[str] = ()
    ) -> tuple[Citation, ...]:
        """Return the citations of claims, one for each document.

        Args:
            evidence: the claims.
            place: id of the part of the page that cites them.
            place_name: its name, for the link back.
            fields: of the events that the page shows there; remarks about other fields are left out.
        """
        cited = {(item.source, item.speaker, _remarks(item, fields)): item for item in evidence}
        return tuple(self._cite(item, remarks, place, place_name) for (_, _, remarks), item in cited.items())

    def _cite(self, item: Evidence, remarks: str, place: str, place_name: str) -> Citation:
        key = (item.source, item.speaker)
        citation_id = f"cite-{len(self._ids) + 1}"
        self._ids.append(citation_id)
        self._backlinks.setdefault(key, {}).setdefault(place, Backlink(citation_id, place_name))
        self._retrieved.setdefault(key, []).extend([item.retrieved] if item.retrieved else [])
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        return Citation(number, citation_id, remarks, _headline(*key))

    def all(self) -> tuple[Note, ...]:
        """Return the footnotes by number."""
        return tuple(
            Note(self._numbers[key], *key, min(self._retrieved[key], default=None), tuple(backlinks.values()))
            for key, backlinks in self._backlinks.items()
        )


def _headline(source: Source, speaker: str | None) -> str:
    day = f", {in_words(source.published)}" if source.published else ""
    publisher = on_one_line(source.publisher) + day
    return f"{on_one_line(speaker)}, in {publisher}" if speaker else publisher


def _remarks(item: Evidence, fields: Collection[str]) -> str:
    remarks = [name_in_words(item.certainty)] if item.certainty not in (None, "reported") else []
    remarks += ["supplied by the desk"] if item.inferred & {*fields} else []
    remarks += ["preferred by the desk"] if item.preferred & {*fields, ALL_FIELDS} else []
    return ", ".join(remarks)
