"""Calendar files (.ics): what took place and what is planned, for the calendars in which people work.

Only what has known days is an event of the calendar. A plan for "December 2020" or "by mid-2022" is a task (VTODO) that
is due on its last possible day, since an event needs a day and nobody named one. Google Calendar and Outlook do not
show tasks, so `write_calendar` also returns these plans. Promises are tasks, too: what they have is a due date.

An event keeps its UID when its plan changes: it is made of the subject, the act and the name of the partnership. So a
calendar that reads the file again moves the event in place of adding one. No time is that of the machine: the same
entries give the same file.

Sources: RFC 5545, RFC 7986.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from os import PathLike
from typing import Any, Literal

from attrs import frozen

from partnership._atomic_write import replace_file
from partnership.errors import NotInstalled, visible
from partnership.io.outgoing import without_private
from partnership.model.entry import Entry
from partnership.model.event import Event, fields_of
from partnership.model.occurrence import Occurrence
from partnership.model.value_text import act_in_words, name_in_words
from partnership.queries.calendar import PlannedItem
from partnership.queries.dossier import name_of
from partnership.record.view import View, private_note
from partnership.subjects.amendments import Amendment
from partnership.values.date_words import in_words, planned_in_words
from partnership.values.display import Displayable, counted
from partnership.values.party_names import PartyNames
from partnership.values.sources import Source
from partnership.values.text import file_path, split_subject
from partnership.values.when import When

_PRODUCT = "-//partnership//calendar//EN"
_BEGINNING = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{_PRODUCT}\r\n".encode()
"""How a calendar that was written here begins. A calendar of another program is not replaced."""

_DEADLINES = frozenset({"aid", "commitment", "line", "proposal", "request"})
"""Kinds whose planned date is the one by which something is due."""
_TOOK_PLACE: Mapping[str, str | None] = {
    "dialogue-launched": None,
    "document-adopted": "adopt",
    "document-signed": "sign",
    "entered-into-force": "enter-into-force",
    "external-event-reported": None,
}
"""Events that took place on a day, with the act of a plan that they carry out; beside those that fulfil a plan."""
_MAIN = ("course-held", "external-event-reported", "meeting-convened", "meeting-held", "visit-made")
"""Events that the title of their subject names."""
_TENTATIVE = ("possible", "hoped", "intended")
"""How a source puts a plan that is not settled."""

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED", "NEEDS-ACTION"]


@frozen(repr=False)
class CalendarFile(Displayable):
    """What `write_calendar` wrote, and what it could not write as an event.

    Attributes:
        events: number of events, the cancelled ones included.
        tasks: what is planned for no known day, or is due: a line each, with the date in words.
        undated: what took place on no known day, and is not in the file: a line each.
        left_out: number of private entries that are not in the file.
    """

    events: int
    tasks: tuple[str, ...]
    undated: tuple[str, ...]
    left_out: int

    def _text(self) -> str:
        lines = [f"{counted(self.events, 'event', 'events')}."]
        if self.tasks:
            stand = counted(
                len(self.tasks),
                "plan without a known day, or with a due date, is a task",
                "plans without a known day, or with a due date, are tasks",
            )
            lines += [f"{stand}, which some calendars do not show:"]
            lines += [f"  {task}" for task in self.tasks]
        if self.undated:
            left_out = counted(len(self.undated), "event is", "events are")
            lines += [f"{left_out} left out, since no source gives a known day:"]
            lines += [f"  {happened}" for happened in self.undated]
        if self.left_out:
            lines.append(private_note(self.left_out))
        return "\n".join(lines)


def write_calendar(view: View, path: str | PathLike[str]) -> CalendarFile:
    """Write a calendar file: what took place and what is planned, by the day of a view. Private entries are left out.

    A date that moved, was postponed or cancelled keeps its event, with a higher SEQUENCE. STATUS is CONFIRMED for what
    took place or is planned; TENTATIVE where the plan is conditional, uncertain or disputed, or its day is past and no
    source says what became of it; CANCELLED where the day no longer stands and no other is known. The description of
    an event has its earlier dates and its sources.

    Args:
        view: a record, or a view of one. Name the partnership when it is opened: the name is in every UID.
        path: the file. A calendar that this function wrote is replaced, as a whole or not at all.

    Returns:
        How many events there are, and what is none because nobody named a day.

    Raises:
        NotInstalled: icalendar is not installed.
        NotARecord: the path has anything else, such as the calendar of another program; it is not overwritten.
        ReadOnly, StorageFull, StorageError: the file cannot be written. An existing calendar is unchanged.
    """
    try:
        import icalendar as _  # noqa: F401, PLC0415  only whether it is installed
    except ImportError:
        raise NotInstalled("icalendar", "calendar") from None
    place = file_path(path, "give the name of a file, 'asean-russia.ics'")
    shareable, left_out = without_private(view)
    with shareable.consistent():
        items = [*_items(shareable)]
    replace_file(place, _content(items, view.partnership), _BEGINNING)
    return CalendarFile(
        events=sum(item.is_event for item in items),
        tasks=tuple(item.summary for item in items if item.is_task),
        undated=tuple(f"{item.summary}: {item.date_in_words}" for item in items if not (item.is_event or item.is_task)),
        left_out=left_out,
    )


@frozen
class _Item:
    """An event or a task of the calendar, or something that can be neither because no day is known.

    Attributes:
        subject: what it is of, ``kind:slug``.
        uid: its UID without the name of the partnership.
        when: its date; None if there is none.
        days: its first and last day; None if they are not known, or it is due.
        status: its STATUS; None for what took place on no known day.
        summary: its title.
        date_in_words: its date for people.
        description: what else is known of it.
        place: its LOCATION; None if no source has one.
        url: the address of its best source.
        sequence: its SEQUENCE.
        first: when its subject was first known.
        last: when something was last said of its subject.
    """

    subject: str
    uid: str
    when: When | None
    days: tuple[date, date] | None
    status: Status | None
    summary: str
    date_in_words: str
    description: str
    place: str | None
    url: str | None
    sequence: int
    first: date
    last: date

    @property
    def is_event(self) -> bool:
        """Whether it is written as an event."""
        return self.days is not None

    @property
    def is_task(self) -> bool:
        """Whether it is written as a task."""
        return self.days is None and self.status is not None


_Key = tuple[str | None, tuple[str, ...], str | None]
"""What tells the plans of a subject apart: the act, by whom, and the institution or part."""


def _items(view: View) -> Iterator[_Item]:
    """Yield all items of a view, by subject."""
    fulfilling = {
        name for kind in view.kinds if kind.lifecycle for name, step in kind.lifecycle.steps.items() if step.fulfils
    }
    happened: dict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in view.timeline():
        name = occurrence.event.name
        if (name in fulfilling or name in _TOOK_PLACE) and not occurrence.is_refuted:
            happened[occurrence.subject].append(occurrence)
    plans: dict[str, list[PlannedItem]] = defaultdict(list)
    for item in (*view.overdue(), *view.upcoming()):
        plans[item.subject].append(item)
    states, entries, names = view.states_by_subject(), _entries_by_subject(view), view.party_names()
    for subject in sorted({*states, *happened}):
        of_subject = _Subject(view, subject, states.get(subject, []), entries.get(subject, ()), names)
        yield from of_subject.items(happened.get(subject, ()), plans.get(subject, ()))


def _entries_by_subject(view: View) -> dict[str, list[Entry]]:
    """Return the entries about each subject under any of its names, with the amendments of these claims.

    `View.entries` finds those of one subject; to ask it for every subject is slow.
    """
    entries = view.entries()
    events = {entry.claim.id: entry.event for entry in entries}
    subjects = {
        claim: occurrence.subject for occurrence in (*view.occurrences, *view.possible) for claim in occurrence.claims
    }
    names = {event.about: subjects[claim] for claim, event in events.items() if claim in subjects}
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        event: Event | None = entry.event
        while isinstance(event, Amendment):
            event = events.get(event.subject)
        if event is not None:
            found[names.get(event.about, event.about)].append(entry)
    return found


class _Subject:
    """One subject of a view, with what all its items share."""

    def __init__(
        self, view: View, subject: str, states: Sequence[Any], entries: Sequence[Entry], names: PartyNames
    ) -> None:
        self._view = view
        self._names = names
        self._subject = subject
        self._states = states
        self._entries = entries
        self._kind, self._slug = split_subject(subject)
        self._title = visible(name_of(states) or self._slug)

    def items(self, happened: Sequence[Occurrence], plans: Sequence[PlannedItem]) -> Iterator[_Item]:
        """Yield an item for each thing that took place, is planned, or is planned no more."""
        groups: dict[_Key, list[Occurrence | PlannedItem]] = defaultdict(list)
        is_held = any(occurrence.event.name == "meeting-held" for occurrence in happened)
        for occurrence in happened:
            if not (is_held and occurrence.event.name == "meeting-convened"):  # both are of the same days
                groups[_TOOK_PLACE.get(occurrence.event.name), (), None].append(occurrence)
        for plan in plans:
            groups[plan.act, plan.by, plan.detail].append(plan)
        earlier = self._called_off()
        if not groups and earlier:
            groups[None, (), None] = []
        if not groups:
            return
        shared = self._shared()
        for key, members in sorted(groups.items(), key=lambda group: _text_of(group[0])):
            uid = f"{self._kind}.{self._slug}{_text_of(key)}"
            ordered = sorted(members, key=_by_day)
            items = [
                self._item(member, f"{uid}{end}", shared) for member, end in zip(ordered, _ends(ordered), strict=True)
            ]
            yield from items
            planned = [member for member in members if isinstance(member, PlannedItem)]
            if len(planned) == len(members):  # nothing of it took place
                dates = [day for plan in planned for day in plan.previous_dates] if planned else earlier
                yield from self._cancelled(key, uid, dates, items, shared)

    def _called_off(self) -> tuple[When, ...]:
        """Return the dates that were planned, if the subject is cancelled, postponed or the like."""
        kind = self._view.kinds[self._kind] if self._kind in self._view.kinds.names else None
        interruptions = kind.lifecycle.interruptions if kind and kind.lifecycle else ()
        return tuple(
            day
            for state in self._states
            if getattr(state, "status", None) in interruptions
            for day in getattr(state, "previous_dates", ())
        )

    def _shared(self) -> dict[str, Any]:
        """Return what all items of the subject have: the place, and what the claims about it say of its revision."""
        known = [entry.known_from for entry in self._entries if entry.known_from] or [date.min]
        places = (_place(state) for state in self._states)
        return {
            "subject": self._subject,
            "place": next((visible(place) for place in places if place), None),
            "sequence": _sequence(self._entries),
            "first": min(known),
            "last": max(known),
        }

    def _item(self, member: Occurrence | PlannedItem, uid: str, shared: dict[str, Any]) -> _Item:
        if isinstance(member, Occurrence):
            return self._happened(member, uid, shared)
        when = member.planned
        days = None if when is None or self._kind in _DEADLINES else _known_days(when)
        words = f"{planned_in_words(when)}{member.qualified}" if when else f"no date{member.qualified}"
        summary = f"{self._title}: {member.act_in_words}" if member.act else self._title
        summary += f" ({self._names.list(member.by)})" if member.by else ""
        is_past = member.standing not in ("to-come", "without-date")
        lines = [f"Planned: {words}"]
        owed_by = self._names.list(member.owed_by, as_hosts=member.owed_as_host)
        lines += [f"Owed by: {owed_by}"] if owed_by else []
        lines += ["No source reports an outcome."] if is_past else []
        lines += [_earlier(member.previous_dates)] if member.previous_dates else []
        return _Item(
            uid=uid if days else f"{uid}.task",
            when=when,
            days=days,
            status=("TENTATIVE" if is_past or self._is_uncertain(member) else "CONFIRMED") if days else "NEEDS-ACTION",
            summary=summary if days else f"{summary} ({words})",
            date_in_words=words,
            description=_description(lines, member.sources),
            url=_first_url(member.sources),
            **{**shared, "sequence": shared["sequence"] + is_past},
        )

    def _is_uncertain(self, plan: PlannedItem) -> bool:
        return plan.force in _TENTATIVE or any(
            getattr(state, "is_tentative", None)
            or getattr(state, "condition", None)
            or "expected" in getattr(state, "disputed", ())
            for state in self._states
        )

    def _happened(self, occurrence: Occurrence, uid: str, shared: dict[str, Any]) -> _Item:
        when, event = occurrence.event.on, occurrence.event
        days = _known_days(when) if when else None
        sources = tuple(dict.fromkeys(evidence.source for evidence in occurrence.evidence))
        words = in_words(when) if when else "no date"
        lines = [f"{name_in_words(event.name).capitalize()}: {words}"]
        if "on" in occurrence.disputed:
            lines.append(f"Sources differ: {' or '.join(map(in_words, occurrence.days))}")
        return _Item(
            uid=uid,
            when=when,
            days=days,
            status="CONFIRMED" if days else None,
            summary=self._title if event.name in _MAIN else f"{self._title}: {name_in_words(event.name)}",
            date_in_words=words,
            description=_description(lines, sources),
            url=_first_url(sources),
            **shared,
        )

    def _cancelled(
        self, key: _Key, uid: str, dates: Sequence[When], items: Sequence[_Item], shared: dict[str, Any]
    ) -> Iterator[_Item]:
        """Yield the last known days that were planned, if they stand no more and no others do.

        A calendar that has read them before would never stop showing them.
        """
        known = [(when, days) for when in dates if (days := _known_days(when))]
        if self._kind in _DEADLINES or any(item.is_event for item in items) or not known:
            return
        when, days = known[-1]
        act = f": {act_in_words(key[0], key[2])}" if key[0] else ""
        sources = tuple(dict.fromkeys(entry.claim.source for entry in self._entries))
        yield _Item(
            uid=uid,
            when=when,
            days=days,
            status="CANCELLED",
            summary=f"{self._title}{act}",
            date_in_words=in_words(when),
            description=_description([f"No longer planned for {in_words(when)}.", _earlier(dates)], sources),
            url=_first_url(sources),
            **shared,
        )


def _known_days(when: When) -> tuple[date, date] | None:
    """Return the first and the last day of a date, if both are known without doubt.

    >>> _known_days(When("2020-06-17/2020-06-18"))
    (datetime.date(2020, 6, 17), datetime.date(2020, 6, 18))
    >>> _known_days(When("2020-06"))
    """
    first, last = when.start[0], when.end[1]
    if when.is_day and first and last:
        return first, last
    is_known = when.is_span and not when.is_doubtful and when.start == (first, first) and when.end == (last, last)
    return (first, last) if is_known and first and last and last < date.max else None  # the day after it is written


def _text_of(key: _Key) -> str:
    """Return the end of the UID for one of several plans of a subject."""
    act, by, detail = key
    parts = [act, *(party.lower() for party in by), detail and sha256(detail.encode()).hexdigest()[:8]]
    return "".join(f".{part}" for part in parts if part)


def _ends(members: Iterable[Occurrence | PlannedItem]) -> Iterator[str]:
    """Yield the end of the UID of each of several dates: nothing for the first one, then the year and a number in it.

    So an earlier one that becomes known later changes few of them.
    """
    numbers: Counter[str] = Counter()
    for place, member in enumerate(members):
        day = _by_day(member)[0]
        year = "" if day == date.max else f".{day.year}"
        numbers[year] += bool(place)
        yield f"{year}-{numbers[year]}" if numbers[year] > 1 else year if place else ""


def _by_day(member: Occurrence | PlannedItem) -> tuple[date, str]:
    when = member.event.on if isinstance(member, Occurrence) else member.planned
    return (when.earliest or date.min, when.text) if when else (date.max, "")


def _sequence(entries: Iterable[Entry]) -> int:
    """Return the number of the revision: it rises with whatever may change a date or a status, and never falls.

    Each sort of event counts once, and where several dates are claimed for it, once for each claim, since one more may
    decide between them. So a further report of the same date changes nothing. Each amendment counts. The number is
    even; `_Subject` adds 1 once a planned day is past.
    """
    claims = {entry.claim.id: entry.event for entry in entries}
    by_class: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for event in claims.values():
        by_class[event.name].append(
            tuple(
                value
                for name in fields_of(type(event)).names
                if isinstance(value := getattr(event, name), When) or name in ("act", "is_tentative", "force")
            )
        )
    amendments = sum(isinstance(event, Amendment) for event in claims.values())
    return 2 * (sum(len(told) if len(set(told)) > 1 else 1 for told in by_class.values()) + amendments - 1)


def _place(state: Any) -> str | None:  # noqa: ANN401  any state
    return getattr(state, "place", None) or ", ".join(getattr(state, "locations", ())) or None


def _earlier(dates: Iterable[When]) -> str:
    return f"Planned before: {', then '.join(map(planned_in_words, dates))}"


def _description(lines: Iterable[str], sources: Sequence[Source]) -> str:
    """Return some lines, and below them the sources with their titles and addresses."""
    told = [". ".join(part for part in (str(source), source.title, source.url) if part) for source in sources]
    return "\n".join(map(visible, (*lines, "Sources:", *told)))


def _first_url(sources: Iterable[Source]) -> str | None:
    return next((source.url for source in sources if source.url), None)


def _content(items: Iterable[_Item], partnership: str | None) -> bytes:
    """Return the file: all items with known days as events, all other plans as tasks.

    icalendar does not check the names of properties, so none is ever made of a text from a source.
    """
    from icalendar import Calendar, Todo  # noqa: PLC0415  an optional package
    from icalendar import Event as CalendarEvent  # noqa: PLC0415  as above

    calendar = Calendar()
    for name, text in (("PRODID", _PRODUCT), ("VERSION", "2.0"), ("NAME", partnership), ("X-WR-CALNAME", partnership)):
        if text:
            calendar.add(name, text)
    for item in sorted((item for item in items if item.status), key=lambda item: item.uid):
        component = CalendarEvent() if item.days else Todo()
        values: dict[str, Any] = {
            "UID": f"{item.uid}@{partnership or 'unnamed'}",
            "SUMMARY": item.summary,
            "DESCRIPTION": item.description,
            "LOCATION": item.place,
            "CATEGORIES": [split_subject(item.subject)[0]],
            "URL": item.url,
            "STATUS": item.status,
            "SEQUENCE": item.sequence,
            "DTSTAMP": datetime.combine(item.last, time(), UTC),
            "LAST-MODIFIED": datetime.combine(item.last, time(), UTC),
            "CREATED": datetime.combine(item.first, time(), UTC),
            "X-EDTF": item.when and item.when.text,
            **(_days_of_event(item.days) if item.days else _days_of_task(item.when)),
        }
        for name, value in values.items():
            if value is not None:
                component.add(name, value)
        calendar.add_component(component)
    content: bytes = calendar.to_ical()
    return content


def _days_of_event(days: tuple[date, date]) -> dict[str, Any]:
    """Return the days of an event; its end is the day after the last one. It takes nobody's time."""
    first, last = days
    end = {"DTEND": last + timedelta(days=1)} if last < date.max else {}
    return {"DTSTART": first, **end, "TRANSP": "TRANSPARENT"}


def _days_of_task(when: When | None) -> dict[str, Any]:
    """Return the first possible day of a task, and the last one, on which it is due."""
    first, last = (when.earliest, when.latest) if when else (None, None)
    return {"DTSTART": first if first != last else None, "DUE": last}
