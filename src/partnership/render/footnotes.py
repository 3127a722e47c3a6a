"""Footnotes: documents numbered as a page cites them, with the places to which a reader goes back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from attrs import field, frozen

from partnership.engine.corrections import ALL_FIELDS
from partnership.model.occurrence import Evidence
from partnership.model.value_text import name_in_words
from partnership.render.chart_text import visible
from partnership.values.date_words import in_words
from partnership.values.sources import Source
from partnership.values.when import When

__all__ = ["Back", "Cite", "Note", "Notes", "on_one_line"]


def on_one_line(text: str) -> str:
    r"""Return a text of others as a page shows it: on one line, with what is not seen spelled out.

    >>> on_one_line("Summit\n\u202ein  Sochi")
    'Summit <U+202E>in Sochi'
    """
    return visible(" ".join(text.split()))


@frozen
class Back:
    """A place that cites a document.

    Attributes:
        to: the first citation there.
        words: what stands there.
    """

    to: str
    words: str


@frozen
class Note:
    """One document, in the words of one speaker, under its number.

    Attributes:
        number: in the order in which the page cites.
        source: the document.
        speaker: whose words they are.
        read: the first day on which it was read, where that was remarked.
        backs: the places that cite it.
    """

    number: int
    source: Source
    speaker: str | None
    read: date | None
    backs: tuple[Back, ...]

    @property
    def told(self) -> str:
        """Who says it, in a line: the speaker, the publisher, the day."""
        return _told(self.source, self.speaker)

    @property
    def more(self) -> tuple[str, ...]:
        """What else is known of the document, but for its address."""
        source = self.source
        read = f"read on {in_words(When(self.read))}" if self.read else ""
        via = f"read in the copy of {source.via}" if source.via else ""
        told = (source.title, source.kind and name_in_words(source.kind), source.language, source.locator, via, read)
        return tuple(on_one_line(one) for one in told if one)


@frozen
class Cite:
    """A mark that leads to a note.

    Attributes:
        number: of the note.
        at: the name of the mark itself, to which a reader goes back.
        remarks: how sure the wording is, what the desk supplied or prefers; in words, may be empty.
        told: who says it.
    """

    number: int
    at: str
    remarks: str
    told: str


@frozen(eq=False)
class Notes:
    """The notes of one page, while it is made."""

    _read: dict[tuple[Source, str | None], list[date]] = field(factory=dict, init=False)
    _backs: dict[tuple[Source, str | None], dict[str, Back]] = field(factory=dict, init=False)
    _numbers: dict[tuple[Source, str | None], int] = field(factory=dict, init=False)
    _marks: list[str] = field(factory=list, init=False)

    def cite(
        self, evidence: Iterable[Evidence], place: str, words: str, names: Collection[str] = ()
    ) -> tuple[Cite, ...]:
        """Return the marks for claims, each document once.

        Args:
            evidence: the claims.
            place: the name of the place that cites.
            words: what stands there.
            names: the fields of the events that are cited: of others, what the desk remarked is not told.
        """
        told = {(one.source, one.speaker, _remarks(one, names)): one for one in evidence}
        return tuple(self._mark(one, remarks, place, words) for (_, _, remarks), one in told.items())

    def _mark(self, one: Evidence, remarks: str, place: str, words: str) -> Cite:
        key = (one.source, one.speaker)
        mark = f"cite-{len(self._marks) + 1}"
        self._marks.append(mark)
        backs = self._backs.setdefault(key, {})
        backs.setdefault(place, Back(mark, words))
        self._read.setdefault(key, []).extend([one.retrieved] if one.retrieved else [])
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        return Cite(number, mark, remarks, _told(*key))

    def all(self) -> tuple[Note, ...]:
        """Return the notes in the order of their numbers."""
        return tuple(
            Note(self._numbers[key], *key, min(self._read[key], default=None), tuple(backs.values()))
            for key, backs in self._backs.items()
        )


def _told(source: Source, speaker: str | None) -> str:
    day = f", {in_words(source.published)}" if source.published else ""
    publisher = on_one_line(source.publisher) + day
    return f"{on_one_line(speaker)}, in {publisher}" if speaker else publisher


def _remarks(one: Evidence, names: Collection[str]) -> str:
    told = [name_in_words(one.certainty)] if one.certainty not in (None, "reported") else []
    told += ["supplied by the desk"] if one.inferred & {*names} else []
    told += ["preferred by the desk"] if one.preferred & {*names, ALL_FIELDS} else []
    return ", ".join(told)
