"""Find new codes and subjects that look like misspelt ones, when claims are added.

A code or a subject that the record does not have yet is compared with those that it has. It is reported, and recorded
all the same: codes and slugs are the user's. What the record has is never reported again.

- A code is reported if it is the English name or the three-letter code of a country or a bloc ("CHILE", "RUS"), or if
  it differs by a letter from a code of the record or a well-known one ("ASAEN"). One that the record has is reported
  again only if the record has the other one too, for then the claims about one party are divided.
- A currency is reported if ISO 4217 has no such code ("KAD"), and a period if it is a season or quarter that looks like
  a financial year ("2023-24").
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
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from operator import attrgetter
from threading import Lock
from typing import Any

import attrs

from partnership._frozen import frozen
from partnership.engine.amendment_index import stated_event
from partnership.kinds import Kinds
from partnership.model.event import Event, fields_of
from partnership.model.ordinals import ordinal_number
from partnership.model.references import reference_of
from partnership.serialization.codec import EncodedEntry
from partnership.serialization.index_keys import subjects_of
from partnership.storage.base import Row, Store
from partnership.values.countries import CURRENCIES
from partnership.values.country_names import code_meant, well_known_codes
from partnership.values.text import split_subject
from partnership.values.when import When

_MOST_ROWS = 10_000
"""The newest entries whose names are read before the first claim is added to a record."""
_MOST_LATER = 1000
"""Entries after a gap of positions from which others have certainly filled it, and not a call that is under way."""

_TOKEN = re.compile("[0-9]+(?:st|nd|rd|th)(?![a-z])|[0-9]+|[a-z]+")
_ROMAN = re.compile("(x{0,3})(ix|iv|v?i{0,3})")
_YEAR = re.compile("#(?:19|20)[0-9]{2}#")
_CURRENCY = re.compile(b'"currency":"([A-Z]{3})"')
_TWO_YEARS = re.compile(b'"period":"(20[0-9]{2})-([0-9]{2})"')
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


_CODES = ""
"""Stands in `_Reading` for a kind where a field holds party codes."""


@frozen(eq=False)
class _Reading:
    """How the names in the events of a class are read: its subject, party codes and references.

    Attributes:
        values_of: returns the values of the fields with names, and the slug of the event.
        kinds: for each of these `_CODES`, or the stored kind of the references, or the kind of the subject.
        possible: for each of these the kinds to which it may refer, none for any; None for the slug.
    """

    values_of: Callable[[Event], tuple[Any, ...]]
    kinds: tuple[str, ...]
    possible: tuple[tuple[str, ...] | None, ...]


@lru_cache(maxsize=1024)
def _reading(event: type[Event]) -> _Reading:
    known = fields_of(event)
    stored = dict.fromkeys(known.parties, _CODES) | dict(known.refers)
    references = [reference_of(getattr(attrs.fields(event), name).converter) for name in stored]
    return _Reading(
        values_of=attrgetter(*stored, "subject") if stored else lambda event: (event.subject,),
        kinds=(*stored.values(), event.kind),
        possible=(*(reference.kinds if reference else () for reference in references), None),
    )


def _years_of(entry: EncodedEntry) -> set[int]:
    """Return the years in the dates of a claim, that of its source included."""
    stated, source = stated_event(entry.claim.event), entry.claim.source
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


def _parts(slug: str) -> list[str]:
    return [f"#{int(token)}#" if token.isdigit() else _part(token) for token in _TOKEN.findall(slug)]


def _shared(kind: str, slug: str) -> str:
    """Return what a subject shares with all that may be near to it: kind, first letter, all numbers but years."""
    parts = _parts(slug)
    numbers = "".join([part for part in parts if part[0] == "#"])
    return f"{kind}:{parts[0][0]}{_YEAR.sub('#', numbers)}"


def _keys(kind: str, slug: str) -> tuple[str, list[tuple[str, str]], list[tuple[str, str]]]:
    """Return what near subjects share: all parts, all but a year with that year, all but a word with that word."""
    parts = _parts(slug)
    years, words = [], []
    for number, part in enumerate(parts):
        if part[0] == "#":
            if _YEAR.fullmatch(part):
                years.append((part, f"{kind}:{''.join(parts[:number])}#{''.join(parts[number + 1 :])}"))
        elif len(part) >= _LONG_WORD - 1:  # the first letter is seldom mistyped
            words.append((part, f"{kind}:{''.join(parts[:number])}*{part[0]}*{''.join(parts[number + 1 :])}"))
    return f"{kind}:{''.join(parts)}", years, words


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


# ---- the names of a record ----


def _advice_on_year(year: int) -> str:
    from partnership.values.date_words import in_words  # noqa: PLC0415  only for advice

    period, months = f"{year}-{(year + 1) % 100:02}", f"{year}-04/{year + 1}-03"
    return f"the period {period} is {in_words(When(period))}. Is the financial year meant? Write its months: {months}"


class KnownNames:
    """The codes and subjects of a record; read when something is first added, and kept.

    Args:
        store: where the entries are.
        kinds: the kinds of the record.
    """

    def __init__(self, store: Store, kinds: Kinds) -> None:
        self._store = store
        self._kinds = kinds
        self._lock = Lock()
        self._writing = 0  # calls whose entries have no positions yet
        self._reset()

    def _reset(self) -> None:
        self._position: int | None = None  # of the last entry up to which all names are known
        self._later: set[int] = set()  # positions of entries after it whose names are known too
        self._codes: set[str] = set()
        self._currencies = {*CURRENCIES.split()}  # and those of the record
        self._two_years: set[int] = set()  # periods of the record that look like two years
        # subjects by kind and slug; and all values of fields in which nothing is new, with the kind in their `_Reading`
        self._known: set[tuple[str, Any]] = set()
        self._alone: dict[str, str] = {}  # the only slug with what it shares by `_shared`; empty if there are several
        self._by_parts: dict[str, str] = {}  # these several, by all their parts
        self._by_year: dict[str, list[tuple[str, str]]] = {}  # each with a year, by their other parts
        self._by_word: dict[str, list[tuple[str, str]]] = {}  # each with a word, by their other parts

    def check(self, entries: Sequence[EncodedEntry]) -> list[str]:
        """Return a sentence for each new code and subject that looks like another one, and keep them all.

        `learn` or `forget` must follow.
        """
        with self._lock:
            self._catch_up()
            advice: list[str | None] = []
            references: dict[tuple[str, Any], tuple[tuple[str, ...], EncodedEntry]] = {}
            compared: set[str] = set()
            known = self._known
            for entry in entries:
                advice += self._advice_on_currencies(entry.columns.fields)
                advice += self._advice_on_years(entry.columns.fields)
                event = entry.claim.event
                if event.kind in _NO_SUBJECTS and (event := stated_event(event)).kind in _NO_SUBJECTS:
                    subjects = map(split_subject, subjects_of(entry.claim.event))
                    advice += [self._advice_on_subject(*subject, entry) for subject in subjects]
                    continue
                event_class: Any = type(event)
                reading = _reading(event_class)
                values = reading.values_of(event)
                for kind, value, possible in zip(reading.kinds, values, reading.possible, strict=True):
                    if not value or (item := (kind, value)) in known:
                        continue
                    if possible is None:
                        advice.append(self._advice_on_subject(kind, value, entry))
                    elif kind != _CODES:
                        references.setdefault(item, (possible, entry))
                    else:
                        codes = [code for code in _members(value) if code not in compared]
                        advice += map(self._advice_on_code, codes)
                        compared.update(codes)
                        if all(code_meant(code) in (None, code) for code in _members(value)):
                            known.add(item)
            for (kind, value), (possible, entry) in references.items():  # when all subjects of the call are known
                for member in _members(value):
                    subject = split_subject(member) if kind == "*" else (kind, member)
                    advice.append(self._advice_on_reference(*subject, possible, entry))
                known.add((kind, value))
            self._writing += 1
            return [*filter(None, advice)]

    def learn(self, positions: Iterable[int]) -> None:
        """Take note that claims that were checked are in the log, at these positions."""
        with self._lock:
            self._writing -= 1
            last = self._position or 0
            for position in positions:
                if position == last + 1:
                    last = position
                elif position > last:
                    self._later.add(position)
            while last + 1 in self._later:
                last += 1
                self._later.remove(last)
            self._position = last

    def forget(self) -> None:
        """Forget all names, since claims that were checked were not written; what is in the log is read again."""
        with self._lock:
            self._writing -= 1
            self._reset()

    # ---- comparing ----

    def _advice_on_currencies(self, fields: bytes) -> list[str]:
        new = {*map(bytes.decode, _CURRENCY.findall(fields))} - self._currencies
        self._currencies |= new
        return [f"ISO 4217 has no currency {code}. Is it misspelt?" for code in sorted(new)]

    def _advice_on_years(self, fields: bytes) -> list[str]:
        pairs = [(int(year), int(after)) for year, after in _TWO_YEARS.findall(fields)]
        new = {year for year, after in pairs if (year + 1) % 100 == after} - self._two_years
        self._two_years |= new
        return [_advice_on_year(year) for year in sorted(new)]

    def _advice_on_code(self, code: str) -> str | None:
        is_known, meant = code in self._codes, code_meant(code)
        self._codes.add(code)
        if meant and meant != code:
            usual = f"the party code {code} stands for what usually has another. Did you mean {meant}?"
            return usual if not is_known or meant in self._codes else None
        if is_known or code in well_known_codes():
            return None
        others = (other for other in sorted(self._codes | well_known_codes()) if _is_near_code(code, other))
        near = next(others, None)
        return f"the party code {code} is new. Did you mean {near}?" if near else None

    def _advice_on_subject(self, kind: str, slug: str, entry: EncodedEntry) -> str | None:
        near = self._near(kind, slug, entry)
        return f"{kind}:{slug} is new. Did you mean {near}?" if near else None

    def _advice_on_reference(self, kind: str, slug: str, kinds: tuple[str, ...], entry: EncodedEntry) -> str | None:
        if (kind, slug) in self._known:
            return None
        about = entry.claim.event.about
        possible = {*(kinds or self._kinds.names)} - _NAMED_AFTER_OTHERS - {kind}
        alike = [f"{other}:{slug}" for other in sorted(possible) if (other, slug) in self._known]
        near = self._near(kind, slug, entry)
        if not near and len(slug) >= _SHORTEST_SLUG:
            near = next((other for other in alike if other != about), None)
        return f"{kind}:{slug}, to which {about} refers, is new. Did you mean {near}?" if near else None

    def _near(self, kind: str, slug: str, entry: EncodedEntry | None = None) -> str | None:
        """Keep a subject; if it is new in an entry, return another of its kind that looks like it."""
        if (kind, slug) in self._known:
            return None
        self._known.add((kind, slug))
        shared = _shared(kind, slug)
        alone = self._alone.get(shared)
        if alone is None:
            self._alone[shared] = slug
            return None
        if alone:
            self._keep(f"{kind}:{alone}", *_keys(kind, alone))
            self._alone[shared] = ""
        keys = _keys(kind, slug)
        near = self._nearest(*keys, entry) if entry else None
        self._keep(f"{kind}:{slug}", *keys)
        return near

    def _keep(
        self, subject: str, same: str, years: Iterable[tuple[str, str]], words: Iterable[tuple[str, str]]
    ) -> None:
        self._by_parts.setdefault(same, subject)
        for year, others in years:
            self._by_year.setdefault(others, []).append((year, subject))
        for word, others in words:
            self._by_word.setdefault(others, []).append((word, subject))

    def _nearest(
        self, same: str, years: Iterable[tuple[str, str]], words: Iterable[tuple[str, str]], entry: EncodedEntry
    ) -> str | None:
        if near := self._by_parts.get(same):
            return near
        for year, others in years:
            alike = self._by_year.get(others, ())
            if len(alike) == 1 and _is_misspelt_year(year, alike[0][0], entry):
                return alike[0][1]
        for word, others in words:
            for other, subject in self._by_word.get(others, ()):
                if max(len(word), len(other)) >= _LONG_WORD and _is_near(word, other):
                    return subject
        return None

    # ---- reading ----

    def _catch_up(self) -> None:
        """Read the names of the entries that are not known yet, but for the oldest of a long log."""
        is_behind = self._later and (not self._writing or len(self._later) > _MOST_LATER)
        if self._position is not None and not is_behind:
            return
        head = self._store.head()
        position = max(self._position or 0, head - _MOST_ROWS)
        if head > position:
            for row in self._store.read(position, head - position):
                self._read(row)
        self._position = head
        self._later.clear()

    def _read(self, row: Row) -> None:
        """Add the names of an entry. Its classes are not loaded: a text that looks like a code or a subject is one."""
        with suppress(ValueError, LookupError, TypeError, AttributeError):  # whatever is wrong, a query says so
            columns = row.columns
            event, slug = columns.event, split_subject(columns.subject)[1]
            self._advice_on_currencies(columns.fields or b"")
            self._advice_on_years(columns.fields or b"")
            fields = json.loads(columns.fields or b"{}")
            if isinstance(fields.get("event"), dict):  # a correction
                claim = fields["event"]
                event, slug, fields = claim["event"], claim["subject"], claim.get("fields", {})
            if (kind := self._kinds.kind_of(event)) and kind not in _NO_SUBJECTS:
                self._near(kind, slug)
            for value in fields.values():
                for text in (value,) if isinstance(value, str) else value if isinstance(value, list) else ():
                    if _CODE.fullmatch(text):
                        self._codes.add(text)
                    elif _SUBJECT.fullmatch(text):
                        self._near(*split_subject(text))


_NO_SUBJECTS = {"claim", "subject"}
"""Kinds of amendments."""


def _members(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def _is_misspelt_year(year: str, other: str, entry: EncodedEntry) -> bool:
    """Tell whether a year looks like another one with two digits that changed places, by the dates of a claim."""
    if sorted(year) != sorted(other) or not _is_near(year, other):
        return False
    written, meant, years = int(year.strip("#")), int(other.strip("#")), _years_of(entry)
    return bool(years) and min(abs(meant - one) for one in years) < min(abs(written - one) for one in years)
