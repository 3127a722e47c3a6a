"""Generate random claims that resemble a real record: vague, late, contradictory, corrected, with shared sources.

There are two histories. In the first, sources repeat each other: 45 % of the events are distinct. In the second each
source has its own words for a title, as in a real record: 99 % are distinct.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count, islice
from typing import Literal

from attrs import frozen

from partnership import Event, Source
from partnership.events import (
    CommitmentMade,
    CommitmentReaffirmed,
    CourseHeld,
    CoursePlanned,
    DialogueLaunched,
    DialoguePreparationReported,
    DocumentAdopted,
    DocumentPlanned,
    MeetingHeld,
    MeetingScheduled,
)
from partnership.model.entry import remarks_on
from partnership.record.record import codec_of
from partnership.serialization.codec import EncodedEntry
from partnership.subjects.amendments import ClaimCorrected, ClaimRetracted
from partnership.values.sources import DESK

__all__ = ["CLAIMS", "SubjectEntry", "claims", "entries", "meeting"]

CLAIMS = 10
"""Claims per subject: four before it happened, six after."""
_BLOCK = 8
"""Subjects that are reported by the same documents, so that each document is the source of eight claims."""
_PUBLICATION_DAYS = (-70, -45, -21, -7, 1, 2, 3, 9, 30, 90)
"""Days from what happened to the publication of each of the ten documents of a block."""
_BEGIN = date(2000, 1, 3)
_DAYS = 9_000
_LATE = CONTRADICTED = 0.05
_CORRECTED = 0.01
_REPEATED = 0.1  # of the events, which keep the common words: few of these meet one with the same date
_VAGUE = 0.25
_MAX_WAITING = 200  # late claims that are held back

_PUBLISHERS = ("TASS", "VNA", "MFA of Russia", "ASEAN Secretariat", "Xinhua", "Interfax", "Bernama", "The Diplomat")
_KINDS: tuple[Literal["news", "official-release", "official-text"], ...] = (
    "news", "news", "official-release", "official-text", "news", "news", "news", "news",
)  # fmt: skip
_CITIES = ("Ha Noi", "Moscow", "Jakarta", "Vladivostok", "Singapore", "Vientiane", "Sochi", "Bangkok")
_HOSTS = ("VN", "RU", "ID", "RU", "SG", "LA", "RU", "TH")
_THEMES = ("trade", "energy", "tourism", "health", "transport", "culture", "agriculture", "customs", "science")


@frozen
class SubjectEntry:
    """An entry with its subject, which for a correction is the subject of the corrected claim.

    Attributes:
        subject: ``kind:slug``.
        entry: the encoded entry.
    """

    subject: str
    entry: EncodedEntry


def meeting(number: int) -> str:
    """Return the slug of the meeting with this number, or else of one near it: six subjects of eight are meetings."""
    return f"meeting-{number if number % _BLOCK < 6 else number - 2}"


def claims(number: int, seed: int = 1, block: int = 0, *, is_distinct: bool = False) -> Iterator[tuple[Event, Source]]:
    """Yield events with their sources in the order in which they are recorded, without corrections.

    Args:
        number: number of claims.
        seed: seed of the random numbers.
        block: number of the first block of eight subjects. Blocks share no documents.
        is_distinct: give 99 % of the events a title in the words of their source.
    """
    return islice(_with_late_claims(random.Random(seed), block, is_distinct=is_distinct), number)


def entries(number: int, seed: int = 1, *, is_distinct: bool = False) -> Iterator[SubjectEntry]:
    """Yield encoded entries; one in a hundred corrects or retracts an earlier one. Arguments as for `claims`."""
    return islice(_with_corrections(random.Random(seed), is_distinct=is_distinct), number)


def _with_corrections(chance: random.Random, *, is_distinct: bool) -> Iterator[SubjectEntry]:
    codec, earlier = codec_of(()), deque[EncodedEntry](maxlen=100)
    for event, source in _with_late_claims(chance, is_distinct=is_distinct):
        entry = codec.encode(event, source, None, remarks_on(event, source))
        earlier.append(entry)
        yield SubjectEntry(event.about, entry)
        if chance.random() < _CORRECTED:
            wrong = chance.choice(earlier)
            earlier.remove(wrong)
            amendment = _amendment(wrong, chance)
            yield SubjectEntry(
                wrong.claim.event.about, codec.encode(amendment, DESK, None, remarks_on(amendment, DESK))
            )


def _amendment(wrong: EncodedEntry, chance: random.Random) -> Event:
    event = wrong.claim.event
    if isinstance(event, MeetingHeld) and chance.random() < 0.5:
        right = _held(int(event.subject.rpartition("-")[2]), _BEGIN + timedelta(chance.randrange(_DAYS)), chance)
        return ClaimCorrected(wrong.claim.id, event=right, reason="mistyped")
    return ClaimRetracted(wrong.claim.id, reason="another one was meant")


def _with_late_claims(chance: random.Random, block: int = 0, *, is_distinct: bool) -> Iterator[tuple[Event, Source]]:
    """Yield the claims of the documents, one in twenty long after the rest of its document."""
    late: list[tuple[Event, Source]] = []
    for claim in _documents(chance, block, is_distinct=is_distinct):
        if chance.random() >= _LATE:
            yield claim
            continue
        late.append(claim)
        if len(late) == _MAX_WAITING:
            chance.shuffle(late)
            yield from late[: _MAX_WAITING // 2]
            del late[: _MAX_WAITING // 2]


def _documents(chance: random.Random, first: int, *, is_distinct: bool) -> Iterator[tuple[Event, Source]]:
    for block in count(first):
        day = _BEGIN + timedelta(block * 7 % _DAYS)
        for place, after in enumerate(_PUBLICATION_DAYS):
            document = block * CLAIMS + place
            source = Source(
                _PUBLISHERS[document % len(_PUBLISHERS)],
                published=day + timedelta(after),
                kind=_KINDS[document % len(_KINDS)],
                title=f"Report no. {document} on what both sides agreed",
                url=f"https://example.org/news/{document}",
                language="en",
            )
            for number in range(block * _BLOCK, (block + 1) * _BLOCK):
                has_words = is_distinct and chance.random() >= _REPEATED
                wording = f", in the words of report no. {document}" if has_words else ""
                yield _event(number, place, day + timedelta(number % 5), chance, wording), source


def _event(number: int, place: int, day: date, chance: random.Random, wording: str = "") -> Event:
    is_plan = place < 4
    match number % (2 * _BLOCK):
        case 6:
            return _course(number, day, chance, wording, is_plan=is_plan)
        case 7:
            return _document(number, day, chance, wording, is_plan=is_plan)
        case 14:
            return _commitment(number, day, chance, wording, is_first=place < 2)
        case 15:
            return _dialogue(number, day, chance, wording, is_plan=is_plan)
    return _scheduled(number, day, chance, wording) if is_plan else _held(number, day, chance, wording)


def _when(day: date, chance: random.Random) -> str:
    """Return a day as a document gives it: vague in one of four, and another day in one of twenty."""
    if chance.random() < CONTRADICTED:
        return (day + timedelta(chance.choice((-2, -1, 1, 2, 3)))).isoformat()
    if chance.random() >= _VAGUE:
        return day.isoformat()
    return chance.choice(_FORMS)(day)


def _season(day: date) -> str:
    return f"{day.year}-{24 if day.month in (1, 2, 12) else 20 + day.month // 3}"


_FORMS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day:%Y-%m}",
    lambda day: f"{day:%Y-%m}",
    lambda day: f"{day}~",
    lambda day: f"{day}/{day + timedelta(1)}",
    _season,
)


def _topics(number: int) -> list[str]:
    return [_THEMES[number % len(_THEMES)], _THEMES[(number // 3 + 1) % len(_THEMES)]]


def _scheduled(number: int, day: date, chance: random.Random, wording: str) -> Event:
    return MeetingScheduled(
        f"meeting-{number}",
        planned=_when(day, chance),
        title=f"Senior officials' meeting no. {number} on {_THEMES[number % len(_THEMES)]}{wording}",
        place=_CITIES[number % len(_CITIES)],
        host=_HOSTS[number % len(_HOSTS)],
        parties=["ASEAN", "RU"],
        level="senior-officials",
        topics=_topics(number),
        body=f"dialogue:dialogue-{number // 16 % 1000 * 16 + 15}",
    )


def _held(number: int, day: date, chance: random.Random, wording: str = "") -> Event:
    is_wrong = chance.random() < CONTRADICTED / 2
    return MeetingHeld(
        f"meeting-{number}",
        on=_when(day, chance),
        title=f"Senior officials' meeting no. {number} on {_THEMES[number % len(_THEMES)]}{wording}",
        place=_CITIES[(number + is_wrong) % len(_CITIES)],
        host=_HOSTS[number % len(_HOSTS)],
        parties=["ASEAN", "RU"],
        level="senior-officials",
        topics=_topics(number),
        body=f"dialogue:dialogue-{number // 16 % 1000 * 16 + 15}",
    )


def _course(number: int, day: date, chance: random.Random, wording: str, *, is_plan: bool) -> Event:
    title, topics = f"Course no. {number} for specialists{wording}", _topics(number)
    slug, host, place = f"course-{number}", _HOSTS[number % len(_HOSTS)], _CITIES[number % len(_CITIES)]
    if is_plan:
        return CoursePlanned(slug, planned=_when(day, chance), title=title, host=host, place=place, topics=topics)
    return CourseHeld(slug, on=_when(day, chance), title=title, host=host, place=place, topics=topics)


def _document(number: int, day: date, chance: random.Random, wording: str, *, is_plan: bool) -> Event:
    title, topics = f"Joint statement no. {number}{wording}", _topics(number)
    slug, parties, at = f"document-{number}", ["ASEAN", "RU"], f"meeting-{number - 7}"
    if is_plan:
        return DocumentPlanned(
            slug, planned=_when(day, chance), title=title, form="statement", parties=parties, meeting=at, topics=topics
        )
    return DocumentAdopted(
        slug, on=_when(day, chance), title=title, form="statement", parties=parties, meeting=at, topics=topics
    )


def _commitment(number: int, day: date, chance: random.Random, wording: str, *, is_first: bool) -> Event:
    text, topics = f"The sides agreed to work together on matter no. {number}{wording}", _topics(number)
    slug, by, at = f"commitment-{number}", ["ASEAN", "RU"], f"meeting-{number - 6}"
    if is_first:
        due = _when(day + timedelta(60), chance)
        return CommitmentMade(slug, on=_when(day, chance), by=by, text=text, due=due, meeting=at, topics=topics)
    return CommitmentReaffirmed(slug, by=by, text=text, meeting=at, topics=topics)


def _dialogue(number: int, day: date, chance: random.Random, wording: str, *, is_plan: bool) -> Event:
    title, topics, parties = f"Dialogue no. {number} of senior officials{wording}", _topics(number), ["ASEAN", "RU"]
    slug = f"dialogue-{number}"
    if is_plan:
        return DialoguePreparationReported(
            slug, planned=_when(day, chance), title=title, parties=parties, topics=topics, stage="modalities"
        )
    return DialogueLaunched(slug, on=_when(day, chance), title=title, parties=parties, topics=topics)
