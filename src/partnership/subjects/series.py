"""Series of meetings, and the bodies that meet in them: established, said to be annual, renamed, discontinued.

Source: ``domain.md`` 2.2 (terms), 2.7 (ordinals and frequencies are expectations, never rules).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import ClassVar, Literal, get_args

from attrs import field, frozen

from partnership.model import converters, meeting_words
from partnership.model.construct import replace
from partnership.model.converters import LABEL, refers_to
from partnership.model.event import PER_PUBLICATION, Event, Identity
from partnership.model.findings import gap, named, oddity
from partnership.model.kind import Kind
from partnership.model.meeting_words import Level, Mode
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Lifecycle, Projection, Step
from partnership.values.when import When

__all__ = [
    "SeriesDiscontinued",
    "SeriesEstablished",
    "SeriesFrequencyAgreed",
    "SeriesRenamed",
    "TermsOfReferenceAdopted",
]

Frequency = Literal["annual", "biennial", "ad-hoc", "other"]
"""How often a series is to meet."""


def _frequency(value: Frequency | None) -> Frequency | None:
    return converters.one_of(get_args(Frequency), value)  # type: ignore[no-any-return]


@frozen(kw_only=True)
class SeriesEvent(Event):
    """What any report of a series may say of it.

    Attributes:
        title: the name that the source uses.
        level: who meets in it.
        parties: whose series it is.
        parent: of what it is a part, ``kind:slug``.
        topics: what it is about.
    """

    kind = "series"

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    level: Level | None = field(default=None, converter=meeting_words.level)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes)
    parent: str | None = field(default=None, converter=converters.subject, metadata=refers_to("*"))
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)


@frozen(kw_only=True)
class SeriesEstablished(SeriesEvent):
    """A body or a series of meetings is set up."""

    name = "series-established"
    rank = 10


@frozen(kw_only=True)
class TermsOfReferenceAdopted(SeriesEvent):
    """A series is given terms of reference or rules of procedure; each document once (AR-040).

    Attributes:
        document: the slug of the document.
        period: for which it is given them.
    """

    name = "terms-of-reference-adopted"
    rank = 20
    identity: ClassVar[Identity] = ("document",)

    document: str | None = field(default=None, converter=converters.ref, metadata=refers_to("document"))
    period: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class SeriesFrequencyAgreed(SeriesEvent):
    """How often a series is to meet, and where: an expectation, which reality breaks (AR-158).

    Attributes:
        frequency: how often.
        host_rule: who is to host, in the source's words ("to alternate": AR-164).
    """

    name = "series-frequency-agreed"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION

    frequency: Frequency | None = field(default=None, converter=_frequency)
    host_rule: str | None = field(default=None, converter=converters.words, metadata=LABEL)


@frozen(kw_only=True)
class SeriesRenamed(SeriesEvent):
    """A series gets another name, `title`; it gives up each name once.

    Attributes:
        former: the name that it gives up.
    """

    name = "series-renamed"
    rank = 40
    identity: ClassVar[Identity] = ("former",)

    former: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class SeriesDiscontinued(SeriesEvent):
    """A series is to meet no longer.

    Attributes:
        reason: why, in the source's words.
    """

    name = "series-discontinued"
    rank = 50

    reason: str | None = field(default=None, converter=converters.words, metadata=LABEL)


Status = Literal["established", "discontinued"]
"""Where a series stands; one of which only meetings are known has no status."""

LIFECYCLE = Lifecycle(
    steps={
        "series-established": Step("established", on="established_on"),
        "terms-of-reference-adopted": Step(copies=("document", "period"), on="terms_adopted_on"),
        "series-frequency-agreed": Step(copies=("frequency", "host_rule")),
        "series-renamed": Step(on="renamed_on"),
        "series-discontinued": Step("discontinued", ("reason",), on="discontinued_on"),
    },
    ranks={"established": 10, "discontinued": 20},
    copies=("title", "level", "parties", "parent", "topics"),
)


@frozen
class Edition:
    """One meeting of a body that was held.

    Attributes:
        meeting: its subject, ``meeting:slug``.
        held_on: when, where said.
        ordinals: all numbers that sources claim for it.
        place: where.
        host: the party that hosted.
        mode: how people met.
        co_chairs: the parties that chaired it.
        disputed: names of these fields on which sources differ.
    """

    meeting: str
    held_on: When | None = None
    ordinals: tuple[str, ...] = ()
    place: str | None = None
    host: str | None = None
    mode: Mode | None = None
    co_chairs: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()

    @property
    def numbers(self) -> frozenset[int]:
        """The whole numbers among the ordinals: 16 of "16th", none of "commemorative"."""
        found = (re.search("[0-9]{1,9}", one) for one in self.ordinals)
        return frozenset(int(one[0]) for one in found if one)

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year in which it may have been held; None where either is open."""
        on = self.held_on
        return (on.earliest.year, on.latest.year) if on and on.earliest and on.latest else None


@frozen
class Series:
    """What is known of one series of meetings.

    Attributes:
        subject: the series, ``series:slug``.
        status: where it stands.
        title: the name last used; `titles` has all, and those that it gave up.
        established_on, terms_adopted_on, renamed_on, discontinued_on: when each last happened, where said.
        document: the slug of its terms of reference, with the period for which they were given.
        editions: its meetings that were held, as far as the report of the meeting says whose it is.
        disputed: names of the fields on which sources differ.

    The other fields are those of the events.
    """

    subject: str
    status: Status | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    level: Level | None = None
    parties: tuple[str, ...] = ()
    parent: str | None = None
    topics: tuple[str, ...] = ()
    frequency: Frequency | None = None
    host_rule: str | None = None
    established_on: When | None = None
    document: str | None = None
    period: When | None = None
    terms_adopted_on: When | None = None
    renamed_on: When | None = None
    discontinued_on: When | None = None
    reason: str | None = None
    editions: tuple[Edition, ...] = ()
    disputed: tuple[str, ...] = ()


def key(occurrence: Occurrence) -> Iterable[str]:
    """Return the series that a occurrence is about, or whose meeting was held."""
    yield occurrence.subject
    if occurrence.event.name == "meeting-held" and (body := occurrence.event.body):  # type: ignore[attr-defined]
        yield body


def evolve(state: Series, occurrence: Occurrence) -> Series:
    """Return the series after one more occurrence."""
    if occurrence.event.name == "meeting-held":
        edition = _edition(occurrence)
        disputed = {*state.disputed, "editions"} if edition.disputed else state.disputed
        return replace(state, editions=(*state.editions, edition), disputed=tuple(sorted(disputed)))
    state = LIFECYCLE.advance(state, occurrence)
    if isinstance(occurrence.event, SeriesRenamed) and (former := occurrence.event.former):
        state = replace(state, titles=tuple(dict.fromkeys((*state.titles, former))))
    return state


def _edition(held: Occurrence) -> Edition:
    own = {"held_on": "on", **{one: one for one in ("place", "host", "mode", "co_chairs")}}
    return Edition(
        meeting=held.subject,
        ordinals=held.labels.get("ordinal", ()),
        disputed=tuple(into for into, name in own.items() if name in held.disputed),
        **{into: getattr(held.event, name) for into, name in own.items()},
    )


def claimed_twice(editions: Iterable[Edition]) -> dict[int, list[Edition]]:
    """Return each number that sources claim for more than one meeting, with these."""
    by_number: dict[int, list[Edition]] = {}
    for edition in editions:
        for number in sorted(edition.numbers):
            by_number.setdefault(number, []).append(edition)
    return {number: claiming for number, claiming in sorted(by_number.items()) if len(claiming) > 1}


def falling(editions: Sequence[Edition]) -> list[tuple[Edition, Edition]]:
    """Return neighbours, in their order, of which the one surely held later has only lower numbers."""
    numbered = [one for one in editions if one.numbers and one.held_on]
    return [
        (one, later)
        for one, later in pairwise(numbered)
        if max(later.numbers) < min(one.numbers)
        and later.held_on
        and one.held_on
        and later.held_on.surely_after(one.held_on)
    ]


def silent_years(editions: Iterable[Edition]) -> list[tuple[int, int]]:
    """Return the runs of years between the first meeting and the last in which none may have been held."""
    spans = sorted(one.years for one in editions if one.years)
    runs, reached = [], None
    for first, last in spans:
        if reached is not None and first > reached + 1:
            runs.append((reached + 1, first - 1))
        reached = max(last, reached or last)
    return runs


def rules(state: Series, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd in the meetings of a series.

    ``ordinal-repeated`` (AR-046, AR-195), ``ordinal-falls``; of an annual series ``year-without-meeting`` (AR-158) and
    ``two-in-a-year``.

    Source: ``domain.md`` 2.7: soft, for sources number differently and a frequency is an expectation.
    """
    subject = state.subject
    held = {one.subject: one for one in named(occurrences, "meeting-held")}
    for number, claiming in claimed_twice(state.editions).items():
        sentence = f"has {len(claiming)} meetings that sources number {number}"
        yield oddity("ordinal-repeated", subject, sentence, *(held[one.meeting] for one in claiming))
    for one, later in falling(state.editions):
        sentence = f"met as {', '.join(one.ordinals)} and later as {', '.join(later.ordinals)}"
        yield oddity("ordinal-falls", subject, sentence, held[one.meeting], held[later.meeting])
    if state.frequency == "annual":
        yield from _annual(state, held, named(occurrences, "series-frequency-agreed"))


def _annual(state: Series, held: dict[str, Occurrence], agreed: Sequence[Occurrence]) -> Iterable[Finding]:
    for first, last in silent_years(state.editions):
        years = f"in {first}" if first == last else f"from {first} to {last}"
        sentence = f"is to meet every year, and no meeting is known {years}"
        yield gap("year-without-meeting", state.subject, sentence, *agreed)
    by_year: dict[int, list[Occurrence]] = {}
    for one in state.editions:
        if one.years and one.years[0] == one.years[1]:
            by_year.setdefault(one.years[0], []).append(held[one.meeting])
    for year, met in sorted(by_year.items()):
        if len(met) > 1:
            sentence = f"is to meet every year, and met {len(met)} times in {year}"
            yield oddity("two-in-a-year", state.subject, sentence, *met)


series: Kind[Series] = Kind(
    "series",
    events=(
        SeriesDiscontinued,
        SeriesEstablished,
        SeriesFrequencyAgreed,
        SeriesRenamed,
        TermsOfReferenceAdopted,
    ),
    projection=Projection("series", Series, evolve, kind="series", key=key, rules=rules),
    lifecycle=LIFECYCLE,
)
"""What is known of every series of meetings."""
