"""The ledger of a body: its meetings, their numbers, the years without a meeting, and the hosts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from partnership.subjects.meetings import Meeting
from partnership.subjects.series import Edition, claimed_twice, falling, silent_years
from partnership.values.display import Displayable
from partnership.values.when import When

__all__ = ["SeriesLedger", "series_ledger"]

_COMPARED_FIELDS = ("held_on", "place", "host", "mode", "co_chairs")


@frozen(repr=False)
class SeriesLedger(Displayable):
    """The meetings of one body: a series, a dialogue or a network.

    Attributes:
        body: the body, ``kind:slug``.
        editions: the meetings that were held, by their first possible day; those without a date last.
        planned: the meetings that are outstanding, ``meeting:slug``, with their planned dates.
        off: the meetings that were cancelled or replaced, with the dates that were planned for them.
        gaps: the periods between meetings without any, as first and last year.
        repeated: numbers that sources claim for several meetings, with these.
        falling: pairs of consecutive meetings of which the later one has only lower numbers.
        hosts: the hosts, each with its meetings.
    """

    body: str
    editions: tuple[Edition, ...]
    planned: tuple[tuple[str, tuple[When, ...]], ...]
    off: tuple[tuple[str, tuple[When, ...]], ...]
    gaps: tuple[tuple[int, int], ...]
    repeated: tuple[tuple[int, tuple[str, ...]], ...]
    falling: tuple[tuple[str, str], ...]
    hosts: tuple[tuple[str, tuple[str, ...]], ...]

    def _text(self) -> str:
        lines = [f"{self.body}: {len(self.editions)} meeting{'s' * (len(self.editions) != 1)}"]
        lines += [f"  {_line(edition)}" for edition in self.editions]
        lines += [f"  planned {', '.join(map(str, days)) or 'for no day'}: {meeting}" for meeting, days in self.planned]
        lines += [
            f"  called off{', planned ' if days else ''}{', '.join(map(str, days))}: {meeting}"
            for meeting, days in self.off
        ]
        lines += [f"  no meeting known {first}" + (f" to {last}" if last > first else "") for first, last in self.gaps]
        lines += [f"  number {number} is claimed for {', '.join(meetings)}" for number, meetings in self.repeated]
        lines += [f"  {later} comes after {earlier} and has a lower number" for earlier, later in self.falling]
        lines += [f"  host {party}: {', '.join(meetings)}" for party, meetings in self.hosts]
        return "\n".join(lines)


def _line(edition: Edition) -> str:
    details = [
        edition.place,
        f"host {edition.host}" if edition.host else None,
        f"chaired by {' and '.join(edition.co_chairs)}" if edition.co_chairs else None,
        f"sources differ on {', '.join(edition.disputed)}" if edition.disputed else None,
    ]
    numbers = f" ({', '.join(edition.ordinals)})" if edition.ordinals else ""
    return ", ".join([f"{edition.held_on or 'no day'}: {edition.meeting}{numbers}", *filter(None, details)])


def series_ledger(body: str, meetings: Iterable[Meeting]) -> SeriesLedger:
    """Return the ledger of a body.

    Numbers are reported as sources claim them and never enforced: sources count differently.

    Args:
        body: the body, ``kind:slug``.
        meetings: states of meetings of any body. A meeting belongs to the body if any report of it says so.
    """
    of_body = sorted((meeting for meeting in meetings if meeting.body == body), key=lambda meeting: meeting.subject)
    held = [meeting for meeting in of_body if meeting.status in ("convened", "adjourned", "held")]
    editions = sorted(map(_edition, held), key=_by_day)
    by_host: dict[str, list[str]] = {}
    for edition in editions:
        if edition.host:
            by_host.setdefault(edition.host, []).append(edition.meeting)
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
        gaps=tuple(silent_years(editions)),
        repeated=tuple(
            (number, tuple(edition.meeting for edition in claiming))
            for number, claiming in claimed_twice(editions).items()
        ),
        falling=tuple((earlier.meeting, later.meeting) for earlier, later in falling(editions)),
        hosts=tuple((host, tuple(hosted)) for host, hosted in sorted(by_host.items())),
    )


def _is_ahead(meeting: Meeting) -> bool:
    return bool(meeting.outstanding) or meeting.status in ("agreed", "scheduled", "postponed")


def _by_day(edition: Edition) -> tuple[bool, date, date, str]:
    first, last = (edition.held_on.earliest, edition.held_on.latest) if edition.held_on else (None, None)
    return (edition.held_on is None, first or date.min, last or date.max, edition.meeting)


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
    )
