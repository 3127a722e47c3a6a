"""The ledger of a body: its meetings, the numbers that sources claim for them, the gaps between them, the hosts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from partnership.subjects.meetings import Meeting
from partnership.subjects.series import Edition, claimed_twice, falling, silent_years
from partnership.values.display import Displayable
from partnership.values.when import When

__all__ = ["SeriesLedger", "ledger"]


@frozen(repr=False)
class SeriesLedger(Displayable):
    """The meetings of one body: of a series, a dialogue, a network.

    Attributes:
        body: whose they are, ``kind:slug``.
        editions: those that were held, by the first day on which they may have been; those without a day last.
        planned: those that are still to come or overdue, ``meeting:slug``, with the days planned now.
        off: those that were cancelled or replaced and never held, with the days for which they had been planned.
        gaps: the runs of years between the first and the last in which none is known, each first and last year.
        repeated: each number that sources claim for more than one meeting, with these.
        falling: neighbours of which the later one has only lower numbers.
        hosts: the parties that hosted, each with its meetings.
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
        lines += [f"  {_line(one)}" for one in self.editions]
        lines += [f"  planned {', '.join(map(str, days)) or 'for no day'}: {one}" for one, days in self.planned]
        lines += [
            f"  called off{', planned ' if days else ''}{', '.join(map(str, days))}: {one}" for one, days in self.off
        ]
        lines += [f"  no meeting known {first}" + (f" to {last}" if last > first else "") for first, last in self.gaps]
        lines += [f"  number {number} is claimed for {', '.join(each)}" for number, each in self.repeated]
        lines += [f"  {later} comes after {one} and has a lower number" for one, later in self.falling]
        lines += [f"  host {party}: {', '.join(each)}" for party, each in self.hosts]
        return "\n".join(lines)


def _line(one: Edition) -> str:
    said = [one.place, f"host {one.host}" if one.host else None]
    said += [f"chaired by {' and '.join(one.co_chairs)}" if one.co_chairs else None]
    said += [f"sources differ on {', '.join(one.disputed)}" if one.disputed else None]
    number = f" ({', '.join(one.ordinals)})" if one.ordinals else ""
    return ", ".join([f"{one.held_on or 'no day'}: {one.meeting}{number}", *filter(None, said)])


def ledger(body: str, meetings: Iterable[Meeting]) -> SeriesLedger:
    """Return the ledger of a body from what is known of all meetings.

    A meeting is the body's when any report of it says so: the announcement, the report that it was held.

    Source: ``domain.md`` 2.10, series ledger; 2.7, ordinals and frequencies are never enforced.
    """
    own = sorted((one for one in meetings if one.body == body), key=lambda one: one.subject)
    editions = sorted((_edition(one) for one in own if one.status in ("convened", "adjourned", "held")), key=_by_day)
    by_host: dict[str, list[str]] = {}
    for one in editions:
        if one.host:
            by_host.setdefault(one.host, []).append(one.meeting)
    repeated = claimed_twice(editions).items()
    return SeriesLedger(
        body=body,
        editions=tuple(editions),
        planned=tuple((one.subject, tuple(each.planned for each in one.outstanding)) for one in own if _is_ahead(one)),
        off=tuple((one.subject, one.previous_dates) for one in own if one.status in ("cancelled", "replaced")),
        gaps=tuple(silent_years(editions)),
        repeated=tuple((number, tuple(one.meeting for one in each)) for number, each in repeated),
        falling=tuple((one.meeting, later.meeting) for one, later in falling(editions)),
        hosts=tuple((host, tuple(each)) for host, each in sorted(by_host.items())),
    )


def _is_ahead(one: Meeting) -> bool:
    return bool(one.outstanding) or one.status in ("agreed", "scheduled", "postponed")


def _by_day(one: Edition) -> tuple[bool, date, date, str]:
    first, final = (one.held_on.earliest, one.held_on.latest) if one.held_on else (None, None)
    return (one.held_on is None, first or date.min, final or date.max, one.meeting)


def _edition(one: Meeting) -> Edition:
    said = ("held_on", "place", "host", "mode", "co_chairs")
    return Edition(
        meeting=one.subject,
        held_on=one.held_on or one.convened_on,
        ordinals=one.ordinals,
        place=one.place,
        host=one.host,
        mode=one.mode,
        co_chairs=one.co_chairs,
        disputed=tuple(name for name in one.disputed if name in said),
    )
