"""Find new codes and subjects that look like misspelt ones, when claims are added.

A code or a subject that the record does not have yet is compared with those that it has. It is reported, and recorded
all the same: codes and slugs are the user's. What the record has is never reported again.

- A code is reported if it is the English name or the three-letter code of a country or a bloc ("CHILE", "RUS"), or if
  it differs by a letter from a code of the record or a well-known one ("ASAEN"). One that the record has is reported
  again only if the record has the other one too, for then the claims about one party are divided.
- A subject is reported if it differs from another of its kind by a letter of a word, by two letters that changed
  places, by hyphens, by a plural, or by the form of a number ("5th" and "fifth").
- Different numbers make different subjects, since series are numbered: summit-2019 and summit-2020, 18th and 19th. The
  exception is a year with two digits that changed places, if only one other subject differs by its year alone, and
  the dates of the claim are nearer to the other year.
- A subject that is referred to is also reported if subjects of other kinds, to which the field could refer as well,
  have its slug, and none of its kind has.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from threading import Lock
from typing import Any

import attrs
from attrs import define, field, frozen

from partnership.kinds import Kinds
from partnership.model.event import Event, fields_of
from partnership.model.ordinals import ordinal_number
from partnership.model.references import reference_of
from partnership.serialization.codec import EncodedEntry
from partnership.serialization.index_keys import subjects_of
from partnership.storage.base import Row, Store
from partnership.subjects.amendments import ClaimCorrected
from partnership.values.country_names import code_meant, well_known_codes
from partnership.values.text import split_subject
from partnership.values.when import When

__all__ = ["Checked", "KnownNames"]

_MOST_ROWS = 10_000
"""The newest entries whose names are read before the first claim is added to a record."""

_TOKEN = re.compile("[0-9]+(?:st|nd|rd|th)(?![a-z])|[0-9]+|[a-z]+")
_ROMAN = re.compile("(x{0,3})(ix|iv|v?i{0,3})")
_YEAR = re.compile("#(?:19|20)[0-9]{2}#")
_CODE = re.compile("[A-Z][A-Z0-9-]{0,31}", re.ASCII)
_SUBJECT = re.compile("[a-z][a-z0-9-]*:[a-z0-9][a-z0-9-]*", re.ASCII)
_NAMED_AFTER_OTHERS = frozenset(
    {"assessment", "count", "distinction", "doubt", "membership", "participation", "statement", "status"}
)
"""Kinds of subjects that are often called like what they are about, and so are no sign of a wrong kind."""
_SHORTEST_SLUG = 3  # characters of a slug that two subjects do not share by chance
_LONG_WORD = 5  # letters of a word in which one may be mistyped: shorter words differ by one too often
_LONG_CODE = 6  # letters of a code in which one may be another; UNDP and UNEP, OPEC and APEC are no mistakes


# ---- what an event names ----


_Names = tuple[Sequence[str], Sequence[tuple[str, tuple[str, ...]]], Sequence[str]]
"""What an event is about, what it refers to with the kinds to which its field may refer (none: any), and codes."""


@lru_cache(maxsize=1024)
def _reading(event: type[Event]) -> tuple[tuple[str, ...], tuple[tuple[str, str, tuple[str, ...]], ...]]:
    """Return the fields of a class with party codes, and those with references: name, stored kind, possible kinds."""
    known = fields_of(event)
    references = {item.name: reference_of(item.converter) for item in attrs.fields(event)}
    kinds = {name: reference.kinds for name, reference in references.items() if reference}
    return known.parties, tuple((name, kind, kinds.get(name, ())) for name, kind in known.refers)


def _names_in(event: Event) -> _Names:
    stated = event.event if isinstance(event, ClaimCorrected) else event
    event_class: Any = type(stated)
    parties, referring = _reading(event_class)
    codes: list[str] = []
    for name in parties:
        if value := getattr(stated, name):
            codes += (value,) if isinstance(value, str) else value
    references: list[tuple[str, tuple[str, ...]]] = []
    for name, kind, kinds in referring:
        if value := getattr(stated, name):
            members = (value,) if isinstance(value, str) else value
            references += [(member if kind == "*" else f"{kind}:{member}", kinds) for member in members]
    return subjects_of(event), references, codes


def _years_of(entry: EncodedEntry) -> set[int]:
    """Return the years in the dates of a claim, that of its source included."""
    event, source = entry.claim.event, entry.claim.source
    stated = event.event if isinstance(event, ClaimCorrected) else event
    dates = [value for name in fields_of(type(stated)).names if isinstance(value := getattr(stated, name), When)]
    days = [day for date in dates for day in (date.earliest, date.latest)]
    return {day.year for day in (*days, source.known_from) if day}


# ---- what is near ----


def _number(token: str) -> int | None:
    """Return the number that a token of a slug is: in digits, an ordinal in words, or a Roman numeral below 40."""
    if token[0].isdigit():
        return int(token.rstrip("stndrh"))
    if match := _ROMAN.fullmatch(token):
        tens, units = match.groups()
        return 10 * len(tens) + {"ix": 9, "iv": 4}.get(units, 5 * ("v" in units) + units.count("i"))
    return ordinal_number(token)


def _stem(word: str) -> str:
    """Return a word without the ending of the plural."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):  # noqa: PLR2004
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


@lru_cache(maxsize=16_384)
def _part(token: str) -> str:
    """Return a token of a slug as it is compared: a word without plural, a number in digits, as ``#5#``."""
    number = _number(token)
    return _stem(token) if number is None else f"#{number}#"


@lru_cache(maxsize=16_384)  # a subject is compared, and then kept, by a call that may add many
def _keys(subject: str) -> tuple[str, tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """Return what near subjects have in common: all parts, all but a year with that year, all but a word with it."""
    kind, slug = split_subject(subject)
    parts = [*map(_part, _TOKEN.findall(slug))]
    years, words = [], []
    for number, part in enumerate(parts):
        if part[0] == "#":
            if _YEAR.fullmatch(part):
                years.append((part, f"{kind}:{''.join(parts[:number])}#{''.join(parts[number + 1 :])}"))
        elif len(part) >= _LONG_WORD - 1:  # the first letter is seldom mistyped
            words.append((part, f"{kind}:{''.join(parts[:number])}*{part[0]}*{''.join(parts[number + 1 :])}"))
    return f"{kind}:{''.join(parts)}", tuple(years), tuple(words)


def _is_near(one: str, other: str) -> bool:
    """Tell whether two words differ by a letter, or by two letters that changed places."""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return len(one + other) == 1 or len(one) == len(other) == 1 or (len(one) == len(other) == 2 and one == other[::-1])  # noqa: PLR2004


def _is_near_code(one: str, other: str) -> bool:
    """Tell whether one code looks like the other, misspelt. Different digits make different codes."""
    if re.sub("[^0-9]", "", one) != re.sub("[^0-9]", "", other) or one[0] != other[0] or not _is_near(one, other):
        return False
    shortest = _LONG_CODE if len(one) == len(other) and sorted(one) != sorted(other) else 4
    return min(len(one), len(other)) >= shortest


@define
class _Index:
    """Codes and subjects, and what makes subjects near to each other.

    Attributes:
        codes: of parties.
        subjects: what something is recorded of, or refers to.
        kinds: the kinds of the subjects with a slug.
        by_parts: subjects whose parts are the same, one of them.
        by_year: subjects whose parts but a year are the same, each with that year.
        by_word: subjects whose parts but one word are the same, each with that word.
    """

    codes: set[str] = field(factory=set)
    subjects: set[str] = field(factory=set)
    kinds: dict[str, list[str]] = field(factory=dict)
    by_parts: dict[str, str] = field(factory=dict)
    by_year: dict[str, list[tuple[str, str]]] = field(factory=dict)
    by_word: dict[str, list[tuple[str, str]]] = field(factory=dict)

    def add(self, subject: str) -> None:
        """Add a subject."""
        if subject not in self.subjects:
            self.note(subject)
            self.compare(subject)

    def note(self, subject: str) -> None:
        """Add a subject without what makes it near to others."""
        kind, slug = split_subject(subject)
        self.subjects.add(subject)
        self.kinds.setdefault(slug, []).append(kind)

    def compare(self, subject: str) -> None:
        """Add what makes a subject near to others."""
        same, years, words = _keys(subject)
        self.by_parts.setdefault(same, subject)
        for year, others in years:
            self.by_year.setdefault(others, []).append((year, subject))
        for word, others in words:
            self.by_word.setdefault(others, []).append((word, subject))


# ---- the names of a record ----


@frozen
class Checked:
    """Claims whose names were compared with those of the record.

    Attributes:
        advice: a sentence for each code and subject that looks like another.
        index: their names.
    """

    advice: tuple[str, ...]
    index: _Index


class KnownNames:
    """The codes and subjects of a record; read when something is first added, and kept.

    Args:
        store: where the entries are.
        kinds: the kinds of the record.
    """

    def __init__(self, store: Store, kinds: Kinds) -> None:
        self._store = store
        self._kinds = kinds
        self._index = _Index()
        self._position: int | None = None  # of the last entry whose names are known
        self._is_behind = False  # whether others have added entries
        self._unread: dict[tuple[str, str], list[str]] = {}  # subjects that are not comparable yet
        self._lock = Lock()

    def check(self, entries: Sequence[EncodedEntry]) -> Checked:
        """Compare the names in new claims with those of the record, and with each other."""
        with self._lock:
            self._catch_up()
            known, new = self._index.subjects, _Index()
            advice: list[str | None] = []
            named = [(_names_in(entry.claim.event), entry) for entry in entries]
            told = {subject for (subjects, _, _), _ in named for subject in subjects}
            for (subjects, references, codes), entry in named:
                for code in codes:
                    if code not in new.codes:
                        advice.append(self._advice_on_code(code, new))
                        new.codes.add(code)
                for subject in subjects:
                    if subject not in known and subject not in new.subjects:
                        advice.append(self._advice_on_subject(subject, entry, new))
                        new.add(subject)
                for subject, kinds in references:
                    if subject not in known and subject not in new.subjects and subject not in told:
                        advice.append(self._advice_on_reference(subject, kinds, entry, new))
                        new.add(subject)
            return Checked(tuple(filter(None, advice)), new)

    def learn(self, checked: Checked, positions: Iterable[int]) -> None:
        """Keep the names of claims that were added.

        Args:
            checked: the claims.
            positions: those of their entries.
        """
        with self._lock:
            self._index.codes |= checked.index.codes
            for subject in checked.index.subjects:
                self._index.add(subject)
            last = self._position or 0
            new = sorted({position for position in positions if position > last})
            if new == [*range(last + 1, last + 1 + len(new))]:
                self._position = last + len(new)
            else:
                self._is_behind = True

    # ---- comparing ----

    def _advice_on_code(self, code: str, new: _Index) -> str | None:
        known, meant = self._index.codes, code_meant(code)
        if meant and meant != code:
            is_new_or_divided = code not in known or meant in known
            usual = f"the party code {code} stands for what usually has another. Did you mean {meant}?"
            return usual if is_new_or_divided else None
        if code in known or code in well_known_codes():
            return None
        others = (other for other in sorted(known | new.codes | well_known_codes()) if _is_near_code(code, other))
        near = next(others, None)
        return f"the party code {code} is new. Did you mean {near}?" if near else None

    def _advice_on_subject(self, subject: str, entry: EncodedEntry, new: _Index) -> str | None:
        near = self._near(subject, entry, new)
        return f"{subject} is new. Did you mean {near}?" if near else None

    def _advice_on_reference(
        self, subject: str, kinds: tuple[str, ...], entry: EncodedEntry, new: _Index
    ) -> str | None:
        slug, about = split_subject(subject)[1], entry.claim.event.about
        others = {*self._index.kinds.get(slug, ()), *new.kinds.get(slug, ())} - _NAMED_AFTER_OTHERS
        possible = sorted(other for other in others if not kinds or other in kinds)
        alike = next((f"{other}:{slug}" for other in possible if f"{other}:{slug}" != about), None)
        if len(slug) < _SHORTEST_SLUG:
            alike = None
        near = self._near(subject, entry, new) or alike
        return f"{subject}, to which {about} refers, is new. Did you mean {near}?" if near else None

    def _near(self, subject: str, entry: EncodedEntry, new: _Index) -> str | None:
        """Return a subject of the same kind that looks like a new one."""
        self._compare_unread(subject)
        same, years, words = _keys(subject)
        for index in (self._index, new):
            if near := index.by_parts.get(same):
                return near
        for year, others in years:
            alike: list[tuple[str, str]] = [*self._index.by_year.get(others, ()), *new.by_year.get(others, ())]
            if len(alike) == 1 and _is_misspelt_year(year, alike[0][0], entry):
                return alike[0][1]
        for word, others in words:
            alike = [*self._index.by_word.get(others, ()), *new.by_word.get(others, ())]
            for other, subject_alike in alike:
                if max(len(word), len(other)) >= _LONG_WORD and _is_near(word, other):
                    return subject_alike
        return None

    def _compare_unread(self, subject: str) -> None:
        """Make the subjects comparable that were read and may be near to one: those with its kind and first letter."""
        if not self._unread:
            return
        kind, slug = split_subject(subject)
        first = slug[0] if _part(_TOKEN.findall(slug)[0])[0] != "#" else ""  # "5th" may be "fifth"
        for key in [
            key for key in self._unread if key[0] == kind and (not first or key[1] == first or key[1].isdigit())
        ]:
            for other in self._unread.pop(key):
                self._index.compare(other)

    # ---- reading ----

    def _catch_up(self) -> None:
        """Read the names of the entries that are not known yet, but for the oldest of a long log."""
        if self._position is not None and not self._is_behind:
            return
        head = self._store.head()
        position = max(self._position or 0, head - _MOST_ROWS)
        if head > position:
            for row in self._store.read(position, head - position):
                self._read(row)
        self._position, self._is_behind = head, False

    def _read(self, row: Row) -> None:
        """Add the names of an entry. Its classes are not loaded: a text that looks like a code or a subject is one."""
        with suppress(ValueError, KeyError, TypeError, AttributeError):  # whatever is wrong with it, a query says so
            columns = row.columns
            event, slug = columns.event, split_subject(columns.subject)[1]
            fields = json.loads(columns.fields or b"{}")
            if isinstance(fields.get("event"), dict):  # a correction
                claim = fields["event"]
                event, slug, fields = claim["event"], claim["subject"], claim.get("fields", {})
            if (kind := self._kinds.kind_of(event)) and kind not in _NO_SUBJECTS:
                self._note(f"{kind}:{slug}")
            for value in fields.values():
                for text in (value,) if isinstance(value, str) else value if isinstance(value, list) else ():
                    if _CODE.fullmatch(text):
                        self._index.codes.add(text)
                    elif _SUBJECT.fullmatch(text):
                        self._note(text)

    def _note(self, subject: str) -> None:
        if subject not in self._index.subjects:
            self._index.note(subject)
            kind, slug = split_subject(subject)
            self._unread.setdefault((kind, slug[0]), []).append(subject)


_NO_SUBJECTS = {"claim", "subject"}
"""Kinds of amendments."""


def _is_misspelt_year(year: str, other: str, entry: EncodedEntry) -> bool:
    """Tell whether a year looks like another one with two digits that changed places, by the dates of a claim."""
    if sorted(year) != sorted(other) or not _is_near(year, other):
        return False
    written, meant, years = int(year.strip("#")), int(other.strip("#")), _years_of(entry)
    return bool(years) and min(abs(meant - one) for one in years) < min(abs(written - one) for one in years)
