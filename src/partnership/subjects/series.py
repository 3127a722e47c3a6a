"""Series of meetings, and the bodies that meet in them: established, said to be annual, renamed, discontinued.

Ordinals and frequencies are expectations: sources number differently, and annual meetings do not take place every year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median_low
from typing import Any, ClassVar, Literal

from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters, references
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, LABEL, PARTIAL_LIST
from partnership.model.event import PER_PUBLICATION, Event, Identity, fields_of
from partnership.model.findings import gap, named, oddity
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.meeting_words import Level, Mode
from partnership.model.occurrence import Finding, Occurrence, labels_of
from partnership.model.ordinals import ordinal_number
from partnership.model.plan_words import Force
from partnership.model.projection import Lifecycle, Projection, Step, cleared
from partnership.subjects.dialogues import merged_into, with_merged
from partnership.values.amounts import Count
from partnership.values.when import When

__all__ = [
    "SeriesDiscontinued",
    "SeriesEstablished",
    "SeriesFrequencyAgreed",
    "SeriesFrequencyProposed",
    "SeriesMerged",
    "SeriesRenamed",
    "TermsOfReferenceAdopted",
]

_LEAST_MEETINGS = 4  # meetings that show a rhythm
_MOST_MISSING = 100  # a larger step is another way of counting ("the 2018th"), not so many unknown meetings

Frequency = Literal["annual", "biennial", "ad-hoc", "other"]
"""How often a series is to meet."""


@frozen(kw_only=True)
class SeriesEvent(Event):
    """Base class of the events of a series: fields that any report may have.

    Attributes:
        title: the name that the source uses.
        level: the level of the participants.
        parties: the parties to the series.
        parent: the subject that it is part of, ``kind:slug``; a slug alone is a series.
        topics: topics of the series.
    """

    kind = "series"
    describes: ClassVar[tuple[str, ...]] = ("level", "parties", "parent")

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    level: Level | None = fields.choice(Level)
    parties: tuple[str, ...] = field(default=(), converter=converters.codes, metadata=PARTIAL_LIST)
    parent: str | None = field(default=None, converter=references.body)
    topics: tuple[str, ...] = field(default=(), converter=converters.texts, metadata=LABEL)


@frozen(kw_only=True)
class SeriesEstablished(SeriesEvent):
    """A body or a series of meetings is established."""

    name = "series-established"
    rank = 10


@frozen(kw_only=True)
class TermsOfReferenceAdopted(SeriesEvent):
    """Terms of reference or rules of procedure of a series are adopted; each document counts once.

    Attributes:
        document: slug of the document.
        period: their period of validity.
    """

    name = "terms-of-reference-adopted"
    rank = 20
    identity: ClassVar[Identity] = ("document",)

    document: str | None = fields.ref("document")
    period: When | None = field(default=None, converter=converters.day)


@frozen(kw_only=True)
class SeriesFrequencyAgreed(SeriesEvent):
    """The frequency, the level or the hosting rule of a series is agreed; meetings often deviate from it.

    Attributes:
        frequency: the agreed frequency.
        host_rule: who is to host, in the source's words ("to alternate").
    """

    name = "series-frequency-agreed"
    rank = 30
    identity: ClassVar[Identity] = PER_PUBLICATION
    changes: ClassVar[tuple[str, ...]] = ("frequency", "level")

    frequency: Frequency | None = fields.choice(Frequency)
    host_rule: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class SeriesFrequencyProposed(SeriesEvent):
    """A frequency or a hosting rule of a series is proposed, or is expected to be agreed; it is not agreed yet.

    Attributes:
        frequency: the proposed frequency.
        host_rule: who would host, in the source's words.
        by: the side that proposes it, if only one does.
        planned: date on which it is to be agreed.
        timing: the date in the source's words: "in the coming months".
        is_undated: whether the source says that no date is set; an earlier date then no longer stands.
        force: how strongly the source puts the plan, from possible to confirmed.
        condition: the condition on which it depends.
    """

    name = "series-frequency-proposed"
    rank = 25
    identity: ClassVar[Identity] = PER_PUBLICATION
    distinct_by: ClassVar[tuple[str, ...]] = ("on", "by")
    describes: ClassVar[tuple[str, ...]] = ()

    frequency: Frequency | None = fields.choice(Frequency)
    host_rule: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    planned: When | None = field(default=None, converter=converters.day)
    timing: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)
    is_undated: bool | None = field(default=None, converter=converters.flag)
    force: Force | None = fields.choice(Force)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class SeriesRenamed(SeriesEvent):
    """A series is renamed; `title` is the new name.

    Attributes:
        former: the old name; each old name counts once.
    """

    name = "series-renamed"
    rank = 40
    identity: ClassVar[Identity] = ("former",)

    former: str | None = field(default=None, converter=converters.name)


@frozen(kw_only=True)
class SeriesDiscontinued(SeriesEvent):
    """A series is discontinued.

    Attributes:
        reason: the reason in the source's words.
    """

    name = "series-discontinued"
    rank = 50

    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class SeriesMerged(SeriesEvent):
    """A series is merged into another, as are two series into a third; each is the subject of an event.

    Attributes:
        into: the series, dialogue or network that continues it, ``kind:slug``; a slug alone is a series.
        reason: the reason in the source's words.
    """

    name = "series-merged"
    rank = 50

    into: str | None = field(default=None, converter=references.series_or_dialogue)
    reason: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)

    def impossible(self) -> tuple[str, ...]:
        """Return why it cannot be merged: into itself."""
        return (
            (f"into: {self.into!r} is not merged into itself; name the other one",) if self.into == self.about else ()
        )


Status = Literal["established", "discontinued", "merged"]
"""Status of a series; None if only its meetings are known."""

LIFECYCLE = Lifecycle(
    steps={
        "series-established": Step("established", on="established_on"),
        "terms-of-reference-adopted": Step(copies=("document", "period"), on="terms_adopted_on"),
        "series-frequency-agreed": Step(copies=("frequency", "host_rule")),
        "series-frequency-proposed": Step(),
        "series-renamed": Step(on="renamed_on"),
        "series-discontinued": Step("discontinued", ("reason",), on="discontinued_on"),
        "series-merged": Step("merged", ("into", "reason"), on="merged_on"),
    },
    ranks={"established": 10, "discontinued": 20, "merged": 20},
    copies=("title", "level", "parties", "parent", "topics"),
)


@frozen
class Edition:
    """One held meeting of a series.

    Attributes:
        meeting: the meeting, ``meeting:slug``.
        held_on: date, if a source says so.
        ordinals: all ordinals that sources give.
        place: place of the meeting.
        host: the party that hosted.
        mode: in person, online or hybrid.
        co_chairs: the parties that chaired it.
        disputed: names of the fields on which sources differ.
        locations: all places of the meeting, if there are several.
        co_hosts: the parties that hosted it together.
        count: how many meetings it stands for, if a source reports several without naming them.
    """

    meeting: str
    held_on: When | None = None
    ordinals: tuple[str, ...] = ()
    place: str | None = None
    host: str | None = None
    mode: Mode | None = None
    co_chairs: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    co_hosts: tuple[str, ...] = ()
    count: Count | None = None

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers in the ordinals: 16 for "16th", none for "commemorative"."""
        return frozenset(number for number in map(ordinal_number, self.ordinals) if number is not None)

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year in which it may have been held; None if either is unknown.

        Where a source gives only the first or only the last day, the meeting is taken not to run into another year.
        """
        if self.held_on is None:
            return None
        first, last = self.held_on.earliest, self.held_on.latest
        if self.held_on.is_span:
            first, last = first or last, last or first
        return (first.year, last.year) if first and last else None


@frozen
class ProposedFrequency:
    """A frequency or a hosting rule that is proposed, or expected to be agreed.

    Attributes:
        frequency: the proposed frequency.
        host_rule: who would host, in the source's words.
        by: the side that proposes it, if only one does.
        on: date of the proposal, if a source says so.
        planned: date on which it is to be agreed.
        timing: that date in the source's words.
        is_undated: whether the source says that no date is set.
        force: how strongly the source puts the plan.
        condition: the condition on which it depends.
        is_disputed: whether sources differ on the frequency or the date.
    """

    frequency: Frequency | None
    host_rule: str | None
    by: tuple[str, ...]
    on: When | None
    planned: When | None
    timing: str | None
    is_undated: bool | None
    force: Force | None
    condition: str | None
    is_disputed: bool


@frozen
class Series:
    """The state of one series of meetings.

    Attributes:
        subject: the series, ``series:slug``.
        status: the current status.
        title: the name last used; `titles` has all, and those that it gave up.
        established_on, terms_adopted_on, renamed_on, discontinued_on, merged_on:
            date of the last one of each, if a source says so.
        document: slug of its terms of reference, with the period for which they were given.
        editions: held meetings whose reports name the series.
        merged_from: series and dialogues that were merged into it, ``kind:slug``.
        proposed_frequencies: frequencies and hosting rules that were proposed since the last one was agreed.
        disputed: names of the fields on which sources differ.
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
    into: str | None = None
    merged_on: When | None = None
    merged_from: tuple[str, ...] = ()
    proposed_frequencies: tuple[ProposedFrequency, ...] = ()


def key(occurrence: Occurrence) -> Iterable[str]:
    """Yield the series that an occurrence is about, that held the meeting, or into which another is merged."""
    yield occurrence.subject
    yield from merged_into(occurrence)
    if occurrence.event.name == "meeting-held" and (body := occurrence.event.body):  # type: ignore[attr-defined]
        yield body


def evolve(state: Series, occurrence: Occurrence) -> Series:
    """Return the series after one more occurrence."""
    if state.subject in merged_into(occurrence):
        return replace(state, merged_from=with_merged(state.merged_from, occurrence))
    if occurrence.event.name == "meeting-held":
        edition = _edition(occurrence)
        disputed = {*state.disputed, "editions"} if edition.disputed else state.disputed
        return replace(state, editions=(*state.editions, edition), disputed=tuple(sorted(disputed)))
    state = LIFECYCLE.advance(state, occurrence)
    if isinstance(occurrence.event, SeriesFrequencyAgreed):
        return cleared(state, "proposed_frequencies")
    if isinstance(occurrence.event, SeriesFrequencyProposed):
        return _with_proposed(state, occurrence.event, occurrence)
    if isinstance(occurrence.event, SeriesRenamed) and (former := occurrence.event.former):
        state = replace(state, titles=tuple(dict.fromkeys((*state.titles, former))))
    return state


def _with_proposed(state: Series, event: SeriesFrequencyProposed, occurrence: Occurrence) -> Series:
    """Return the series with one more proposed frequency or hosting rule."""
    is_disputed = not {"frequency", "planned"}.isdisjoint(occurrence.disputed)
    row = ProposedFrequency(
        *(event.frequency, event.host_rule, event.by, event.on, event.planned),
        *(event.timing, event.is_undated, event.force, event.condition, is_disputed),
    )
    disputed = {*state.disputed, *(["proposed_frequencies"] if is_disputed else [])}
    rows = (*state.proposed_frequencies, row)
    return replace(state, proposed_frequencies=rows, disputed=tuple(sorted(disputed)))


def _edition(held: Occurrence) -> Edition:
    sources = {
        "held_on": "on",
        **{name: name for name in ("place", "host", "mode", "co_chairs", "locations", "co_hosts", "count")},
    }
    return Edition(
        meeting=held.subject,
        ordinals=labels_of("ordinal", held.evidence),
        disputed=tuple(into for into, name in {**sources, "ordinals": "ordinal"}.items() if name in held.disputed),
        **{into: getattr(held.event, name) for into, name in sources.items()},
    )


def claimed_twice(editions: Iterable[Edition]) -> dict[int, list[Edition]]:
    """Return the meetings that share a number, by number."""
    by_number: dict[int, list[Edition]] = {}
    for edition in editions:
        for number in sorted(edition.numbers):
            by_number.setdefault(number, []).append(edition)
    return {number: claiming for number, claiming in sorted(by_number.items()) if len(claiming) > 1}


def falling(editions: Sequence[Edition]) -> list[tuple[Edition, Edition]]:
    """Return pairs of consecutive meetings of which the certainly later one has only lower numbers."""
    numbered = [edition for edition in editions if edition.numbers and edition.held_on]
    return [
        (earlier, later)
        for earlier, later in pairwise(numbered)
        if max(later.numbers) < min(earlier.numbers)
        and later.held_on
        and earlier.held_on
        and later.held_on.surely_after(earlier.held_on)
    ]


def perhaps_one(editions: Iterable[Edition], held: Mapping[str, Occurrence]) -> list[tuple[Edition, Edition]]:
    """Return pairs of meetings that may be one under two names: the only two of their day, which no report tells apart.

    Args:
        editions: the meetings.
        held: by meeting, the occurrence that it was held.
    """
    by_day: dict[When, list[Edition]] = {}
    for edition in editions:
        day = edition.held_on
        if day and not edition.count and (day.is_day or day.is_span):
            by_day.setdefault(day, []).append(edition)
    pairs = [(of_day[0], of_day[1]) for of_day in by_day.values() if len(of_day) == 2]  # noqa: PLR2004  a pair
    return [(one, other) for one, other in pairs if not _told_apart(held[one.meeting], held[other.meeting])]


def _told_apart(one: Occurrence, other: Occurrence) -> bool:
    """Tell whether two meetings have different numbers, levels, places or parties, or one is a part of the other."""
    first: Any = one.event
    second: Any = other.event
    meanings = fields_of(type(first)).meanings
    for name in ("ordinal", "level", "place", "parties"):
        values = getattr(first, name), getattr(second, name)
        if all(values):
            meaning = meanings.get(name, lambda value: frozenset({value}))
            said, also_said = map(meaning, values)
            if not (said <= also_said or also_said <= said):
                return True
    return bool(first.part_of == other.subject or second.part_of == one.subject)


def silent_years(editions: Iterable[Edition], rhythm: int = 1) -> list[tuple[int, int]]:
    """Return the ranges of years between two meetings in which none can have been held.

    Args:
        editions: the meetings.
        rhythm: the usual number of years from one meeting to the next; a range between meetings that are no further
            apart is left out.
    """
    spans = sorted(edition.years for edition in editions if edition.years)
    runs, reached = [], None
    for first, last in spans:
        if reached is not None and first - reached > rhythm:
            runs.append((reached + 1, first - 1))
        reached = max(last, reached or last)
    return runs


def usual_interval(editions: Iterable[Edition]) -> int | None:
    """Return the median number of years from one meeting to the next; None for fewer than four meetings.

    Two or three meetings show no rhythm. It is at least one year, because years without a meeting are what it is
    compared with.
    """
    years = sorted(edition.years[0] for edition in editions if edition.years)
    if len(years) < _LEAST_MEETINGS:
        return None
    return max(1, int(median_low([later - earlier for earlier, later in pairwise(years)])))


def missing_numbers(editions: Iterable[Edition]) -> list[int]:
    """Return the numbers between the lowest and the highest number of a meeting that no meeting has."""
    numbers = sorted({number for edition in editions for number in edition.numbers})
    return [
        number
        for earlier, later in pairwise(numbers)
        if later - earlier <= _MOST_MISSING
        for number in range(earlier + 1, later)
    ]


def rules(state: Series, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find irregularities in the meetings of a series.

    ``ordinal-repeated``, ``ordinal-falls``, ``perhaps-one-meeting`` (two of one day that `same_as` may join); in an
    annual series also ``year-without-meeting`` and ``two-in-a-year``.
    They are no contradictions, because sources number differently and a frequency is an expectation.
    """
    subject = state.subject
    held = {meeting.subject: meeting for meeting in named(occurrences, "meeting-held")}
    for number, claiming in claimed_twice(state.editions).items():
        sentence = f"has {len(claiming)} meetings that sources number {number}"
        yield oddity("ordinal-repeated", subject, sentence, *(held[edition.meeting] for edition in claiming))
    for earlier, later in falling(state.editions):
        sentence = f"met as {', '.join(earlier.ordinals)} and later as {', '.join(later.ordinals)}"
        yield oddity("ordinal-falls", subject, sentence, held[earlier.meeting], held[later.meeting])
    for one, other in perhaps_one(state.editions, held):
        sentence = f"met on one day as {one.meeting} and as {other.meeting}, which may be one meeting"
        yield oddity("perhaps-one-meeting", subject, sentence, held[one.meeting], held[other.meeting])
    if state.frequency == "annual":
        yield from _annual(state, held, named(occurrences, "series-frequency-agreed"))


def _annual(state: Series, held: dict[str, Occurrence], agreed: Sequence[Occurrence]) -> Iterable[Finding]:
    for first, last in silent_years(state.editions):
        years = f"in {first}" if first == last else f"from {first} to {last}"
        sentence = f"is to meet every year, and no meeting is known {years}"
        yield gap("year-without-meeting", state.subject, sentence, *agreed)
    by_year: dict[int, list[Occurrence]] = {}
    for edition in state.editions:
        if edition.years and edition.years[0] == edition.years[1]:
            by_year.setdefault(edition.years[0], []).append(held[edition.meeting])
    for year, met in sorted(by_year.items()):
        if len(met) > 1:
            sentence = f"is to meet every year, and met {len(met)} times in {year}"
            yield oddity("two-in-a-year", state.subject, sentence, *met)


series: Kind[Series] = BuiltInKind(
    "series",
    events=(
        SeriesDiscontinued,
        SeriesEstablished,
        SeriesFrequencyAgreed,
        SeriesFrequencyProposed,
        SeriesMerged,
        SeriesRenamed,
        TermsOfReferenceAdopted,
    ),
    projection=Projection(
        "series", Series, evolve, kind="series", key=key, others=("dialogue", "meeting"), rules=rules
    ),
    lifecycle=LIFECYCLE,
)
"""The kind of subject for series."""
