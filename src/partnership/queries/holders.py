"""Who held a role on a day: surely, possibly, or surely not.

Most evidence is only that somebody held a role on some day: a period of unknown length that contains this day. The
rules:

1. Reports of one holder with the same term are about one period. A sighting without a term belongs to the holder's
   period with a known beginning and end that may contain its day, if there is exactly one; otherwise it proves only its
   own day. A predecessor in office held the role until the handover.
2. *Surely*: in every reading of the reports, the period had begun by the day and went on after it, and no source lets
   it begin later or end earlier.
3. *Not*: somebody else surely holds the role or nobody does; or each report of the holder is cut off from the day: it
   says itself that the period began later or had ended, or between the two the holder's period began or ended, somebody
   else held the role, or nobody did. A beginning after an end is another period, so neither rules it out.
4. *Possibly*: all other cases, including those on which sources differ. How long ago a sighting may be is left to the
   reader, who sees its day. A turn that is only expected is possible on the days for which it is expected, and an
   appointment from the planned first day on. Who is designated is not in post on that day, and may be later.
5. The end of a person's period is not the end of the party's: the party may send another person.

One holder at a time is an assumption; at handovers two may overlap. It is given up for a holder who was reported within
another's period: the other does not rule this one out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, takewhile

from attrs import frozen

from partnership.model.occurrence import Occurrence
from partnership.subjects.roles import (
    AppointmentAnnounced,
    Holder,
    HolderEvent,
    RoleAssumed,
    RoleEnded,
    RoleHeld,
    RoleObserved,
    RoleVacant,
    Tenure,
    TermExtended,
    has_begun,
    is_another,
    is_designate,
    is_one_holder,
    is_shorter_name,
)
from partnership.subjects.rotations import RoleExpected, Rotation, evolve
from partnership.values.date_words import in_words
from partnership.values.display import Displayable, VisibleText
from partnership.values.text import name
from partnership.values.when import When


@frozen
class Holding(VisibleText):
    """A holder of a role, with the evidence.

    Attributes:
        holder: the party; None if unknown.
        person: the person; None if unknown.
        terms: the terms, as the desk names them.
        days: the reported days; of each report the chosen one first.
        is_expected: True if no source reports more than an expectation or an appointment to come.
        claims: ids of the claims.
        tenure: whether it is a full or an acting holder, or only designated, as the last report by the day says.
    """

    holder: str | None
    person: str | None
    terms: tuple[str, ...]
    days: tuple[When, ...]
    is_expected: bool
    claims: tuple[str, ...]
    tenure: Tenure | None = None

    def _text(self) -> str:
        tenure = None if self.tenure == "full" else self.tenure
        holder = ", ".join(part for part in (self.person, self.holder, tenure) if part)
        return f"{holder} ({'expected ' * self.is_expected}{', '.join(map(in_words, self.days))})"


@frozen(repr=False)
class Holders(Displayable):
    """Who held a role on a day.

    Attributes:
        role: the role, ``role:slug``.
        day: the day.
        surely: who surely held it; several at a handover or where sources differ.
        possible: who may have held it.
        not_then: who held it at another time, and surely or presumably not on that day.
        is_vacant: whether nobody held it; None if that is not known, or if sources contradict each other.
    """

    role: str
    day: date
    surely: tuple[Holding, ...]
    possible: tuple[Holding, ...]
    not_then: tuple[Holding, ...]
    is_vacant: bool | None

    def has(self, holder: str | None, person: str | None = None) -> bool | None:
        """Tell whether a party, a person, or a person of a party held the role.

        False only if a claim excludes it: another surely held the role or nobody did, or what is known of this holder
        begins later or had ended. None if it is possible or not known.
        """
        person = None if person is None else name(person)
        wanted = Holding(holder, person, (), (), is_expected=False, claims=())
        surely = [item for item in self.surely if is_one_holder(item, wanted)]
        if any(holder in (None, item.holder) and _is_named(person, item) for item in surely):
            return True
        is_out = any(_limits(item, wanted) for item in self.not_then)
        possible = [*surely, *(item for item in self.possible if is_one_holder(item, wanted))]
        if any(not is_out or _limits(wanted, item) for item in possible):  # the party may have sent another person
            return None
        return False if is_out or self.is_vacant or any(is_another(item, wanted) for item in self.surely) else None

    def _text(self) -> str:
        if self.is_vacant:
            return "nobody"
        parts = [f"surely {item}" for item in self.surely] + [f"maybe {item}" for item in self.possible]
        return "; ".join(parts) or "not known"


def _is_named(person: str | None, holding: Holding) -> bool:
    """Tell whether a holder surely has a name, which may be a shorter one; None is nobody in particular."""
    return person is None or (holding.person is not None and is_shorter_name(person, holding.person))


def _limits(holder: Holder, other: Holder) -> bool:
    """Tell whether the beginning and the end of one holder's period are also those of another's.

    A party's are those of its persons; a person's are not those of the party, which may send another person.
    """
    return is_one_holder(holder, other) and (holder.person is None or other.person is not None)


@frozen(eq=False)
class _Report:
    """A report of a holder.

    Attributes:
        days: its days, the chosen one first.
        claims: ids of its claims.
        holds: whether the holder held the role on that day; False for an appointment and an expectation.
        begins: whether the day, or its first day, is the beginning of the period.
        ends: whether the day, or its last day, is the end of the period.
        is_plan: whether the days are only planned.
        is_before: whether the period begins after the day, on which the holder is only designated.
        tenure: in what way the holder has the post.
    """

    days: tuple[When, ...]
    claims: tuple[str, ...]
    holds: bool = True
    begins: bool = False
    ends: bool = False
    is_plan: bool = False
    is_before: bool = False
    tenure: Tenure | None = None

    def has_begun(self, day: date) -> bool:
        return self.holds and not any(reported.maybe_after(day) for reported in self.days)

    def goes_on(self, day: date) -> bool:
        return self.holds and not any(reported.maybe_before(day) for reported in self.days)

    def may_end_before(self, day: date, other: _Report) -> bool:
        """Tell whether it may be an end before a day of the period that another report is about."""
        return self.ends and any(
            end.surely_before(day) and not all(on.surely_after(end) for on in other.days) for end in self.days
        )

    def may_begin_after(self, day: date, other: _Report) -> bool:
        """Tell whether it may be a beginning after a day of the period that another report is about."""
        return (
            self.begins
            and (self.holds or self.is_before)
            and any(
                self._is_to_begin(begin, day) and not all(on.surely_before(begin) for on in other.days)
                for begin in self.days
            )
        )

    def _is_to_begin(self, begin: When, day: date) -> bool:
        """Tell whether a period with one of its dates as the beginning, or as a day before it, begins after a day."""
        return begin.surely_after(day) or (self.is_before and not begin.maybe_before(day))

    def cuts_off(self, day: date, on: When) -> bool:
        """Tell whether, by every date of it, the period ends or begins between a day and a date that is reported of it.

        A report that begins or ends its period on that date itself cuts off the days before or after it.
        """
        has_ended = self.ends and on.maybe_before(day)
        begins_later = self.begins and (on.maybe_after(day) or self.is_before)
        return (has_ended and all(end.surely_before(day) and not on.surely_after(end) for end in self.days)) or (
            begins_later and all(self._is_to_begin(begin, day) and not on.surely_before(begin) for begin in self.days)
        )

    def excludes(self, day: date, on: When) -> bool:
        """Tell whether one of its own dates, as the beginning or the end, excludes a day."""
        return (self.begins and self._is_to_begin(on, day)) or (self.ends and on.surely_before(day))


@frozen(eq=False)
class _Period:
    """The reports of one period of one holder; with neither party nor person, of a vacancy.

    Attributes:
        holder, person, term: as the reports have them.
        reports: the reports.
        limits: reports that may begin or end it, its own and others of the same holder.
        is_expected: whether it is a turn that is only expected.
    """

    holder: str | None
    person: str | None
    term: str | None
    reports: tuple[_Report, ...]
    limits: tuple[_Report, ...] = ()
    is_expected: bool = False

    def is_vacancy(self) -> bool:
        return self.holder is None and self.person is None

    def surely(self, day: date) -> bool:
        has_begun = any(
            report.has_begun(day) and not any(end.may_end_before(day, report) for end in self.limits)
            for report in self.reports
        )
        return has_begun and any(
            report.goes_on(day) and not any(begin.may_begin_after(day, report) for begin in self.limits)
            for report in self.reports
        )

    def maybe(self, day: date, rivals: _Rivals) -> bool:
        """Tell whether a report of it, by one of its dates, is not cut off from a day."""
        return any(
            not (
                report.excludes(day, on)
                or any(limit.cuts_off(day, on) for limit in self.limits)
                or rivals.is_any_between(self, report)
            )
            for report in self.reports
            for on in report.days
        )

    def was_beside(self, other: _Period) -> bool:
        """Tell whether it was reported within another's surely held period, and not as a handover."""
        sightings = [report for report in self.reports if report.holds and not (report.begins or report.ends)]
        days = [report.days[0].earliest for report in sightings if len(report.days) == 1 and report.days[0].is_day]
        return not other.is_vacancy() and any(day is not None and other.surely(day) for day in days)

    def is_other(self, other: _Period) -> bool:
        return self.is_vacancy() != other.is_vacancy() or is_another(self, other)


_Side = tuple[tuple[int, _Period], ...]


@frozen(eq=False)
class _Rivals:
    """Of each holder, the report that is next to a day on either side of it: see `is_any_between`.

    A date on which sources differ is on neither side, nor is one of a report that the holder did not hold the role.

    Attributes:
        before: the first day of the last report before the day, as an ordinal, the last one first.
        after: the last day of the first report after the day, the first one first.
    """

    before: _Side
    after: _Side

    @classmethod
    def of(cls, periods: Iterable[_Period], day: date) -> _Rivals:
        """Return the rivals among some periods."""
        before: dict[tuple[str | None, str | None], tuple[int, _Period]] = {}
        after: dict[tuple[str | None, str | None], tuple[int, _Period]] = {}
        for period in periods:
            holder = period.holder, period.person
            for report in period.reports:
                on, *others = report.days
                if others or not report.holds:
                    continue
                first, last = _widest(on)
                if on.surely_before(day) and (holder not in before or before[holder][0] < first):
                    before[holder] = (first, period)
                if on.surely_after(day) and (holder not in after or last < after[holder][0]):
                    after[holder] = (last, period)
        return cls(
            tuple(sorted(before.values(), key=lambda pair: pair[0], reverse=True)),
            tuple(sorted(after.values(), key=lambda pair: pair[0])),
        )

    def is_any_between(self, period: _Period, report: _Report) -> bool:
        """Tell whether a report of another holder is surely between the day and a report of a period."""
        on, *others = report.days
        if others:
            return False
        first, last = _widest(on)
        until = takewhile(lambda pair: pair[0] < first, self.after)
        since = takewhile(lambda pair: pair[0] > last, self.before)
        return any(period.is_other(other) for _, other in chain(until, since))


def _widest(on: When) -> tuple[int, int]:
    """Return the first and the last day of a date in its widest reading, with which dates are compared."""
    return on._begins.lo, on._ends.hi  # noqa: SLF001  their order is that of `surely_before`


def holders(role: str, occurrences: Sequence[Occurrence], day: date) -> Holders:
    """Return who held a role on a day.

    Args:
        role: the role, ``role:slug``.
        occurrences: its occurrences, in order.
        day: the day.
    """
    periods = [*_periods(occurrences), *_expected_periods(role, occurrences)]
    is_sure = {period: period.surely(day) for period in periods}
    sure = [period for period in periods if is_sure[period]]
    others = [period for period in periods if not is_sure[period]]
    rivals = _Rivals.of(others, day)
    possible = [period for period in others if _may_hold(period, sure, rivals, day)]
    sure_holders = [period for period in sure if not period.is_vacancy()]
    is_vacancy = {period.is_vacancy() for period in sure}
    is_vacant = is_vacancy.pop() if len(is_vacancy) == 1 else None
    may_hold = {*possible}
    out = [period for period in others if not (period in may_hold or period.is_expected)]
    surely = _holdings(sure_holders, day)
    named = {(holding.holder, holding.person) for holding in surely}
    maybe = [holding for holding in _holdings(possible, day) if (holding.holder, holding.person) not in named]
    named |= {(holding.holder, holding.person) for holding in maybe}
    not_then = [holding for holding in _holdings(out, day) if (holding.holder, holding.person) not in named]
    return Holders(role, day, tuple(surely), tuple(maybe), tuple(not_then), is_vacant)


def _may_hold(period: _Period, sure: Sequence[_Period], rivals: _Rivals, day: date) -> bool:
    """Tell whether a period that does not surely include a day may include it; what was held beside it leaves it so."""
    if period.is_expected:
        return not sure and any(on.maybe_overlaps(When(day)) for report in period.reports for on in report.days)
    if any(period.is_other(other) and not period.was_beside(other) for other in sure):
        return False
    return period.maybe(day, rivals)


def _holdings(periods: Iterable[_Period], day: date) -> list[Holding]:
    """Merge the periods of each holder; vacancies are left out."""
    by_holder: dict[tuple[str | None, str | None], list[_Period]] = defaultdict(list)
    for period in periods:
        if not period.is_vacancy():
            by_holder[period.holder, period.person].append(period)
    return [
        Holding(
            holder=holder,
            person=person,
            terms=tuple(dict.fromkeys(period.term for period in held if period.term)),
            days=_days(report for period in held for report in period.reports),
            is_expected=all(report.is_plan for period in held for report in period.reports),
            claims=tuple(sorted({claim for period in held for report in period.reports for claim in report.claims})),
            tenure=_tenure([report for period in held for report in period.reports], day),
        )
        for (holder, person), held in sorted(by_holder.items(), key=lambda pair: tuple(map(str, pair[0])))
    ]


def _tenure(reports: Sequence[_Report], day: date) -> Tenure | None:
    """Return the tenure in the last report that has one: of those of a holder in post by a day, if there are any."""
    in_post = [report for report in reports if report.holds] or reports
    by_day = [report for report in in_post if not report.days[0].surely_after(day)] or in_post
    return next((report.tenure for report in reversed(by_day) if report.tenure), None)


def _days(reports: Iterable[_Report]) -> tuple[When, ...]:
    """Return the days of some reports, each once; those without a beginning only where there are no others."""
    days = dict.fromkeys(day for report in reports for day in report.days)
    return tuple(day for day in days if day.earliest) or tuple(days)


@frozen
class _Key:
    """What distinguishes periods; `alone` is the day of a sighting that proves only its own day."""

    holder: str | None
    person: str | None
    term: str | None = None
    alone: str | None = None


_Reports = dict[_Key, list[_Report]]


def _periods(occurrences: Sequence[Occurrence]) -> list[_Period]:
    reports: _Reports = defaultdict(list)
    for occurrence in occurrences:
        for key, report in _reports(occurrence):
            reports[key].append(report)
    for key in [key for key in reports if key.alone]:
        reports[_period_of_sighting(key, reports)] += reports.pop(key)
    for occurrence in occurrences:
        event = occurrence.event
        if isinstance(event, RoleAssumed) and has_begun(event) and (event.predecessor or event.predecessor_person):
            predecessor = _Key(event.predecessor, event.predecessor_person)
            if not _limits(
                predecessor, _Key(event.holder, event.person)
            ):  # a person who follows another of the same party does not end its term
                end = _Report(occurrence.days, occurrence.claims, ends=True)
                reports[_period_of_predecessor(predecessor, end, reports)].append(end)
    limiting: dict[tuple[str | None, str | None], list[_Key]] = defaultdict(list)
    for key, of_key in reports.items():
        if any(report.begins or report.ends for report in of_key):
            for holder in {(key.holder, key.person), (None, key.person)}:
                limiting[holder].append(key)
    return [
        _Period(key.holder, key.person, key.term, tuple(of_key), tuple(_limits_of(key, reports, limiting)))
        for key, of_key in reports.items()
    ]


def _limits_of(
    key: _Key, reports: _Reports, limiting: Mapping[tuple[str | None, str | None], Sequence[_Key]]
) -> Iterator[_Report]:
    """Yield the reports that may begin or end a period; one without a term may be about any term of the holder.

    Args:
        key: of the period.
        reports: all reports.
        limiting: the keys of reports that begin or end a period: by party and person, and by person alone.
    """
    names = {(key.holder, key.person), (key.holder, None), (None, key.person)}
    for other in dict.fromkeys(each for holder in names for each in limiting.get(holder, ())):
        if other == key or (_limits(other, key) and (None in (other.term, key.term) or other.term == key.term)):
            yield from (report for report in reports[other] if report.begins or report.ends)


def _reports(occurrence: Occurrence) -> Iterator[tuple[_Key, _Report]]:
    """Yield the reports of an occurrence, each with its period; every member of ``{2010,2020}`` is its own period."""
    event, days, claims = occurrence.event, occurrence.days, occurrence.claims
    is_planned = isinstance(event, AppointmentAnnounced) and event.planned is not None
    if isinstance(event, AppointmentAnnounced) and event.on and (event.predecessor or event.predecessor_person):
        yield _Key(event.predecessor, event.predecessor_person, alone=days[0].text), _Report(days, claims)
    if is_planned:
        days = tuple(candidate.value for candidate in occurrence.facts["planned"].candidates)
    if isinstance(event, RoleVacant):
        yield _Key(None, None, event.term), _Report(days, claims)
    if not isinstance(event, HolderEvent) or isinstance(event, RoleExpected):
        return
    if not event.is_named:  # a count alone says nothing of who holds the role
        return
    members = days[0].members if len(days) == 1 else ()
    is_before = is_designate(event) and not is_planned
    is_sighting = isinstance(event, RoleObserved | TermExtended) and not is_before
    is_alone = len(members) > 1 or (is_sighting and event.term is None)
    parts: list[tuple[When, ...]] = [(member,) for member in members] or [days]
    for part in parts:
        is_whole_period = isinstance(event, RoleHeld) and not is_before and not any(map(_is_moment, part))
        yield (
            _Key(event.holder, event.person, event.term, part[0].text if is_alone else None),
            _Report(
                part,
                claims,
                holds=has_begun(event),
                begins=is_whole_period or is_before or isinstance(event, RoleAssumed | AppointmentAnnounced),
                ends=is_whole_period or isinstance(event, RoleEnded),
                is_plan=is_planned or is_before,
                is_before=is_before,
                tenure=event.tenure,
            ),
        )


def _is_moment(day: When) -> bool:
    """Tell whether a date is too short to be a whole period: a single day, or an approximate date."""
    return not day.is_span and (day.is_day or day.is_doubtful)


def _period_of_sighting(sighting: _Key, reports: _Reports) -> _Key:
    """Return the period that a sighting without a term belongs to: the only complete one that may contain its day."""
    day = reports[sighting][0].days[0]
    fitting = [
        key
        for key, of_key in reports.items()
        if key.alone is None
        and is_one_holder(key, sighting)
        and any(report.begins for report in of_key)
        and any(report.ends for report in of_key)
        and not _is_surely_outside(day, of_key)
    ]
    return fitting[0] if len(fitting) == 1 else sighting


def _is_surely_outside(day: When, reports: Iterable[_Report]) -> bool:
    """Tell whether a period surely begins after a day or ends before it, by the chosen days of its reports."""
    return any(
        (report.begins and report.days[0].surely_after(day)) or (report.ends and report.days[0].surely_before(day))
        for report in reports
    )


def _period_of_predecessor(predecessor: _Key, end: _Report, reports: _Reports) -> _Key:
    """Return the period that a handover ends: the predecessor's last one that may have lasted until then."""
    day = end.days[0]
    fitting = [
        (max(on.earliest or date.min for report in of_key for on in report.days), place, key)
        for place, (key, of_key) in enumerate(reports.items())
        if key.alone is None and _limits(predecessor, key) and not _is_surely_outside(day, of_key)
    ]
    return max(fitting)[2] if fitting else predecessor


def _expected_periods(role: str, occurrences: Sequence[Occurrence]) -> Iterator[_Period]:
    """Yield the turns of a rotation that are still expected; appointments have reports of their own."""
    state = Rotation(role)
    for occurrence in occurrences:
        if not isinstance(occurrence.event, AppointmentAnnounced):
            state = evolve(state, occurrence)
    for turn in state.turns:
        if reports := tuple(_Report((plan.planned,), plan.claims, holds=False, is_plan=True) for plan in turn.expected):
            yield _Period(turn.holder, turn.person, turn.term, reports, is_expected=True)
