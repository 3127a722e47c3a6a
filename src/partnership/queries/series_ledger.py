"""The ledger of a body: its meetings, their numbers, the years without a meeting, and the hosts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from partnership.engine.ordering import in_order
from partnership.model.occurrence import Occurrence
from partnership.model.value_text import value_in_words
from partnership.subjects.meetings import Meeting
from partnership.subjects.series import (
    Edition,
    Frequency,
    claimed_twice,
    falling,
    missing_numbers,
    silent_years,
    usual_interval,
)
from partnership.values.amounts import Bound, Count
from partnership.values.display import Displayable
from partnership.values.when import When

MET = ("meeting-convened", "meeting-adjourned", "meeting-held")
"""Stored names of the events that say that a meeting took place."""

_AGREED: Mapping[Frequency | None, int] = {"annual": 1, "biennial": 2}  # years from one meeting to the next
_COMPARED_FIELDS = ("held_on", "place", "host", "mode", "co_chairs", "locations", "co_hosts", "count")


@frozen(repr=False)
class SeriesLedger(Displayable):
    """The meetings of one body: a series, a dialogue or a network.

    Attributes:
        body: the body, ``kind:slug``.
        editions: the meetings that were held, in the order in which they took place. One without a date stands where
            its first publication puts it.
        planned: the meetings that are outstanding, ``meeting:slug``, with their planned dates.
        off: the meetings that were cancelled or replaced, with the dates that were planned for them.
        interval: the usual number of years from one meeting to the next: as agreed, or else as the meetings show it;
            None if neither says it.
        gaps: the periods between meetings without any that are longer than usual, as first and last year. A series that
            meets when needed has none.
        missing: numbers between those of the meetings that no known meeting has.
        repeated: numbers that sources claim for several meetings, with these.
        falling: pairs of consecutive meetings of which the later one has only lower numbers.
        hosts: the hosts, each with its meetings.
    """

    body: str
    editions: tuple[Edition, ...]
    planned: tuple[tuple[str, tuple[When, ...]], ...]
    off: tuple[tuple[str, tuple[When, ...]], ...]
    interval: int | None
    gaps: tuple[tuple[int, int], ...]
    missing: tuple[int, ...]
    repeated: tuple[tuple[int, tuple[str, ...]], ...]
    falling: tuple[tuple[str, str], ...]
    hosts: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def held(self) -> Count:
        """How many meetings were held, with those that a source only counts: "at least" where one of the counts is."""
        counts = [edition.count or Count(1) for edition in self.editions]
        bounds: list[Bound] = list(dict.fromkeys(count.bound for count in counts if count.bound != "exact"))
        bound = "exact" if not bounds else bounds[0] if len(bounds) == 1 else "about"
        return Count(sum(count.number for count in counts), bound)

    def _text(self) -> str:
        lines = [f"{self.body}: {self.held} meeting{'s' * (self.held != Count(1))}"]
        lines += [f"  {_line(edition)}" for edition in self.editions]
        lines += [f"  planned {value_in_words(days) or 'for no day'}: {meeting}" for meeting, days in self.planned]
        lines += [
            f"  called off{', planned ' if days else ''}{value_in_words(days)}: {meeting}" for meeting, days in self.off
        ]
        usually = {None: "", 1: " (usually every year)"}.get(self.interval, f" (usually every {self.interval} years)")
        lines += [
            f"  no meeting known {first}" + (f" to {last}" if last > first else "") + usually
            for first, last in self.gaps
        ]
        lines += [f"  no meeting known with number {run}" for run in _runs(self.missing)]
        lines += [f"  number {number} is claimed for {', '.join(meetings)}" for number, meetings in self.repeated]
        lines += [f"  {later} comes after {earlier} and has a lower number" for earlier, later in self.falling]
        lines += [f"  host {party}: {', '.join(meetings)}" for party, meetings in self.hosts]
        return "\n".join(lines)


def _runs(numbers: Sequence[int]) -> list[str]:
    """Return ascending numbers in words, those that follow each other as one: "3 to 20"."""
    firsts = [number for number in numbers if number - 1 not in numbers]
    lasts = [number for number in numbers if number + 1 not in numbers]
    return [str(first) if first == last else f"{first} to {last}" for first, last in zip(firsts, lasts, strict=True)]


def _line(edition: Edition) -> str:
    details = [
        " and ".join(edition.locations) or edition.place,
        f"host {edition.host}" if edition.host else None,
        f"hosted by {' and '.join(edition.co_hosts)}" if edition.co_hosts else None,
        f"chaired by {' and '.join(edition.co_chairs)}" if edition.co_chairs else None,
        f"sources differ on {', '.join(edition.disputed)}" if edition.disputed else None,
    ]
    numbers = f" ({', '.join(edition.ordinals)})" if edition.ordinals else ""
    numbers += f" ({edition.count} meetings)" if edition.count else ""
    day = value_in_words(edition.held_on) or "no day"
    return ", ".join([f"{day}: {edition.meeting}{numbers}", *filter(None, details)])


def series_ledger(
    body: str, meetings: Iterable[Meeting], happened: Mapping[str, Occurrence], frequency: Frequency | None
) -> SeriesLedger:
    """Return the ledger of a body.

    Numbers are reported as sources claim them and never enforced: sources count differently.

    Args:
        body: the body, ``kind:slug``.
        meetings: states of meetings of any body. A meeting belongs to the body if any report of it says so.
        happened: by meeting, the occurrence that it was held, or else that it opened.
        frequency: the agreed frequency of the body.
    """
    of_body = sorted((meeting for meeting in meetings if meeting.body == body), key=lambda meeting: meeting.subject)
    held = [meeting for meeting in of_body if meeting.status in ("convened", "adjourned", "held")]
    by_subject = {meeting.subject: meeting for meeting in held}
    editions = [_edition(by_subject[item.subject]) for item in in_order([happened[name] for name in by_subject])]
    interval = _AGREED.get(frequency) or usual_interval(editions)
    by_host: dict[str, list[str]] = {}
    for edition in editions:
        hosts: list[str] = [*([edition.host] if edition.host else []), *edition.co_hosts]
        for host in dict.fromkeys(hosts):
            by_host.setdefault(host, []).append(edition.meeting)
    return SeriesLedger(
        body=body,
        editions=tuple(editions),
        planned=tuple(
            (meeting.subject, tuple(plan.planned for plan in meeting.outstanding))
            for meeting in of_body
            if _is_ahead(meeting)
        ),
        off=tuple(
            (meeting.subject, meeting.previous_dates)
            for meeting in of_body
            if meeting.status in ("cancelled", "replaced")
        ),
        interval=interval,
        gaps=() if frequency == "ad-hoc" else tuple(silent_years(editions, interval or 1)),
        missing=tuple(missing_numbers(editions)),
        repeated=tuple(
            (number, tuple(edition.meeting for edition in claiming))
            for number, claiming in claimed_twice(editions).items()
        ),
        falling=tuple((earlier.meeting, later.meeting) for earlier, later in falling(editions)),
        hosts=tuple((host, tuple(hosted)) for host, hosted in sorted(by_host.items())),
    )


def _is_ahead(meeting: Meeting) -> bool:
    return bool(meeting.outstanding) or meeting.status in ("agreed", "date-not-agreed", "scheduled", "postponed")


def _edition(meeting: Meeting) -> Edition:
    return Edition(
        meeting=meeting.subject,
        held_on=meeting.held_on or meeting.convened_on,
        ordinals=meeting.ordinals,
        place=meeting.place,
        host=meeting.host,
        mode=meeting.mode,
        co_chairs=meeting.co_chairs,
        disputed=tuple(name for name in meeting.disputed if name in _COMPARED_FIELDS),
        locations=meeting.locations,
        co_hosts=meeting.co_hosts,
        count=meeting.count,
    )
