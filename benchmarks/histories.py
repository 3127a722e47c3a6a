"""Histories as desks really have them: vague, late, contradicted, corrected, and told by few documents to many claims."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from partnership import Source
from partnership.events import CommitmentMade, CoursePlanned, DialogueLaunched, MeetingHeld, MeetingScheduled
from partnership.log.codec import Codec, Draft
from partnership.log.entry import remarks_on
from partnership.model.event import Event
from partnership.record import codec_of
from partnership.subjects.corrections import ClaimRetracted
from partnership.values.sources import DESK

__all__ = ["CLAIMS", "drafts", "told"]

Told = tuple[Event, Source]

CLAIMS = 10
"""Claims of one subject."""
_BEGIN = date(2000, 1, 1)
_DAYS = 9_000
_PUBLISHERS = ("TASS", "VNA", "MFA of Russia", "ASEAN Secretariat", "Xinhua", "Interfax", "Bernama", "The Diplomat")
_KINDS = ("news", "news", "news", "official-release", "official-text")
_CITIES = ("Ha Noi", "Moscow", "Jakarta", "Vladivostok", "Singapore", "Vientiane", "Sochi", "Bangkok")


def told(entries: int, seed: int = 1) -> Iterator[Told]:
    """Yield claims with their sources in the order in which a desk records them.

    Ten claims to a subject; a source tells eight of them; one in four days is vague, one claim in twenty contradicts
    the others, and one in twenty is recorded long after it was published.
    """
    chance = random.Random(seed)
    late: list[Told] = []
    for number in range(-(-entries // CLAIMS)):
        for one in _subject(number, chance):
            if chance.random() < 0.05:
                late.append(one)
            else:
                yield one
        if len(late) > 200:
            chance.shuffle(late)
            yield from late[:100]
            del late[:100]
    yield from late


def _subject(number: int, chance: random.Random) -> list[Told]:
    day = _BEGIN + timedelta(number * 7 % _DAYS)
    if number % 10 == 8:
        return [(_course(number, day, chance), _source(number, each, day)) for each in range(CLAIMS)]
    if number % 10 == 9:
        return [(_promise(number, each), _source(number, each, day)) for each in range(CLAIMS)]
    planned = [(_plan(number, day, chance), _source(number, each, day)) for each in range(4)]
    return planned + [(_held(number, day, chance), _source(number, 4 + each, day)) for each in range(CLAIMS - 4)]


def _source(number: int, place: int, day: date) -> Source:
    """Return one of the documents of a week: eight claims share each."""
    document = (number * CLAIMS + place) // 8
    published = day + timedelta(place * 9 - 35)
    return Source(
        _PUBLISHERS[document % len(_PUBLISHERS)],
        published=published,
        kind=_KINDS[document % len(_KINDS)],  # type: ignore[arg-type]  # they are kinds
        title=f"Report {document} on what both sides agreed",
        url=f"https://example.org/{document}",
    )


def _vague(day: date, chance: random.Random) -> str:
    if chance.random() < 0.05:
        return (day + timedelta(chance.randint(1, 3))).isoformat()
    form = chance.random()
    if form < 0.10:
        return f"{day:%Y-%m}"
    if form < 0.15:
        return f"{day}~"
    if form < 0.20:
        return f"{day}/{day + timedelta(1)}"
    return f"{day:%Y}" if form < 0.25 else day.isoformat()


def _plan(number: int, day: date, chance: random.Random) -> Event:
    return MeetingScheduled(
        f"meeting-{number}",
        planned=_vague(day, chance),
        title=f"Senior officials' meeting no. {number}",
        place=_CITIES[number % len(_CITIES)],
        host="VN",
        parties=["ASEAN", "RU"],
        level="senior-officials",
        topics=["trade", "energy"],
        body=f"dialogue:officials-{number // 200}",
    )


def _held(number: int, day: date, chance: random.Random) -> Event:
    return MeetingHeld(
        f"meeting-{number}",
        on=_vague(day, chance),
        title=f"Senior officials' meeting no. {number}",
        place=_CITIES[(number + (chance.random() < 0.02)) % len(_CITIES)],
        host="VN",
        parties=["ASEAN", "RU"],
        level="senior-officials",
        topics=["trade", "energy"],
        body=f"dialogue:officials-{number // 200}",
        mode="in-person",
    )


def _course(number: int, day: date, chance: random.Random) -> Event:
    return CoursePlanned(
        f"course-{number}", planned=_vague(day, chance), title=f"Course {number}", host="RU", place="Vladivostok"
    )


def _promise(number: int, place: int) -> Event:
    if place == 0 and number % 200 == 9:
        return DialogueLaunched(f"officials-{number // 200}", on="2005", title="Dialogue of senior officials")
    return CommitmentMade(f"promise-{number}", by=["ASEAN", "RU"], text=f"work together on matter {number}")


def drafts(entries: int, seed: int = 1) -> Iterator[Draft]:
    """Yield the entries of a history, one in a hundred a retraction, as a store takes them."""
    codec: Codec = codec_of(())
    for number, (event, source) in enumerate(told(entries, seed)):
        one = codec.draft(event, source, None, remarks_on(event, source))
        yield one
        if number % 100 == 50:
            retracted = ClaimRetracted(one.claim.id, reason="another meeting was meant")
            yield codec.draft(retracted, DESK, None, remarks_on(retracted, DESK))
