"""Who held a role on a day: surely, perhaps, surely not.

Most evidence is only "held on this day" (AR-222): an interval that is known to *contain* a date. The rule:

1. What is told of one holder in the desk's one word for the term is one stretch of time. A sighting without a word is
   one of the holder's only term that has a beginning and an end and may contain its day; otherwise it proves its own
   day and no other. Who hands a role over held it until then.
2. *Surely*: the stretch had begun by the day and went on after it, in every reading of what is told of it, and no
   source has it begin later or end earlier.
3. *Not*: it began later, or had ended; or somebody else surely holds the role; or somebody else held it, or nobody
   did, between the day and every day that is told of the stretch, for a term has no holes.
4. *Maybe*: the rest. Where sources differ it is maybe. How long ago a sighting may be, the reader judges by its days.
   A term that is expected and not told of (AR-257) is maybe on the days that it was expected for.

Source: ``domain.md`` 2.1, 2.7 (one holder at a time, which is presumed and broken at handovers), 2.10.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import frozen

from partnership.model.occurrence import Occurrence
from partnership.subjects.roles import (
    AppointmentAnnounced,
    HolderEvent,
    RoleAssumed,
    RoleEnded,
    RoleHeld,
    RoleObserved,
    RoleVacant,
    has_begun,
    is_another,
    is_one_holder,
)
from partnership.subjects.rotations import Rotation, evolve
from partnership.values.date_words import in_words
from partnership.values.display import Displayable, VisibleText
from partnership.values.text import name
from partnership.values.when import When

__all__ = ["Holders", "Holding", "holders"]


@frozen
class Holding(VisibleText):
    """Somebody who held a role, and on what that rests.

    Attributes:
        holder: the party.
        person: the person.
        terms: the desk's words for the terms.
        days: the days that are told of them; the first of each report is the believed one.
        is_expected: nothing is told of it but that it is expected.
        claims: ids of the claims that tell of them.
    """

    holder: str | None
    person: str | None
    terms: tuple[str, ...]
    days: tuple[When, ...]
    is_expected: bool
    claims: tuple[str, ...]

    def _text(self) -> str:
        told = ", ".join(one for one in (self.person, self.holder) if one)
        return f"{told} ({'expected ' * self.is_expected}{', '.join(map(in_words, self.days))})"


@frozen(repr=False)
class Holders(Displayable):
    """Who held a role on a day.

    Attributes:
        role: which, ``role:slug``.
        day: when.
        surely: who did; several overlap at a handover, or sources differ.
        maybe: who may have.
        not_then: who is told of as a holder and surely was none on that day, or is presumed none.
        is_vacant: whether nobody did; None where it is not known.
    """

    role: str
    day: date
    surely: tuple[Holding, ...]
    possible: tuple[Holding, ...]
    not_then: tuple[Holding, ...]
    is_vacant: bool | None

    def has(self, holder: str | None, person: str | None = None) -> bool | None:
        """Tell whether a party, a person, or a person of a party held the role; None where it is not known."""
        person = None if person is None else name(person)
        asked = Holding(holder, person, (), (), is_expected=False, claims=())
        surely = [one for one in self.surely if is_one_holder(one, asked)]
        if any(holder in (None, one.holder) and person in (None, one.person) for one in surely):
            return True
        if surely or any(is_one_holder(one, asked) for one in self.possible):
            return None
        is_out = any(is_one_holder(one, asked) for one in self.not_then)
        return False if is_out or self.is_vacant or any(is_another(one, asked) for one in self.surely) else None

    def _text(self) -> str:
        if self.is_vacant:
            return "nobody"
        told = [f"surely {one}" for one in self.surely] + [f"maybe {one}" for one in self.possible]
        return "; ".join(told) or "not known"


@frozen(eq=False)
class _Mark:
    """One report of a holder: its days, and whether its first day begins the term and its last day ends it."""

    days: tuple[When, ...]
    claims: tuple[str, ...]
    holds: bool = True
    begins: bool = False
    ends: bool = False

    def has_begun(self, day: date) -> bool:
        return self.holds and not any(one.maybe_after(day) for one in self.days)

    def goes_on(self, day: date) -> bool:
        return self.holds and not any(one.maybe_before(day) for one in self.days)

    def is_between(self, day: date, other: _Mark) -> bool:
        """Tell whether it lies surely between a day and what another says; not where sources differ on either."""
        (own, *more), (its, *differing) = self.days, other.days
        if more or differing or not self.holds:
            return False
        is_later = own.surely_after(day) and own.surely_before(its)
        return is_later or (own.surely_before(day) and own.surely_after(its))


@frozen(eq=False)
class _Stretch:
    """What is told of one term of one holder; with neither party nor person, of a vacancy."""

    holder: str | None
    person: str | None
    term: str | None
    marks: tuple[_Mark, ...]
    is_expected: bool = False

    def is_vacancy(self) -> bool:
        return self.holder is None and self.person is None

    def surely(self, day: date) -> bool:
        late = any(mark.begins and one.surely_after(day) for mark in self.marks for one in mark.days)
        early = any(mark.ends and one.surely_before(day) for mark in self.marks for one in mark.days)
        has_begun = any(mark.has_begun(day) for mark in self.marks)
        return has_begun and any(mark.goes_on(day) for mark in self.marks) and not (late or early)

    def is_out(self, day: date) -> bool:
        """Tell whether it began later, or had ended, and nothing told of it says otherwise."""
        later = any(mark.begins and all(one.surely_after(day) for one in mark.days) for mark in self.marks)
        over = any(mark.ends and all(one.surely_before(day) for one in mark.days) for mark in self.marks)
        has_begun = any(mark.has_begun(day) for mark in self.marks)
        return (later and not has_begun) or (over and not any(mark.goes_on(day) for mark in self.marks))

    def is_other(self, other: _Stretch) -> bool:
        return self.is_vacancy() != other.is_vacancy() or is_another(self, other)


def holders(role: str, occurrences: Sequence[Occurrence], day: date) -> Holders:
    """Return who held a role on a day.

    Args:
        role: ``role:slug``.
        occurrences: all that is told of it, in their order.
        day: when.
    """
    told = [*_stretches(occurrences), *_expected(role, occurrences)]
    sure = [one for one in told if one.surely(day)]
    possible = [one for one in told if one not in sure and _may_hold(one, told, sure, day)]
    somebody = [one for one in sure if not one.is_vacancy()]
    is_vacant = False if somebody else True if sure else None
    out = [one for one in told if one not in sure and one not in possible and not one.is_expected]
    answered = _holdings(somebody)
    perhaps = [one for one in _holdings(possible) if not _is_among(one, answered)]
    others = [one for one in _holdings(out) if not _is_among(one, [*answered, *perhaps])]
    return Holders(role, day, tuple(answered), tuple(perhaps), tuple(others), is_vacant)


def _is_among(one: Holding, others: Iterable[Holding]) -> bool:
    return any((one.holder, one.person) == (other.holder, other.person) for other in others)


def _may_hold(one: _Stretch, told: Sequence[_Stretch], sure: Sequence[_Stretch], day: date) -> bool:
    if one.is_expected:
        is_its_time = any(each.maybe_overlaps(When(day)) for mark in one.marks for each in mark.days)
        return is_its_time and not sure
    if one.is_out(day) or any(one.is_other(other) for other in sure):
        return False
    between = [mark for other in told if one.is_other(other) for mark in other.marks]
    return any(not any(each.is_between(day, mark) for each in between) for mark in one.marks)


def _holdings(stretches: Iterable[_Stretch]) -> list[Holding]:
    """Return the stretches of each holder in one, by holder; of a vacancy none."""
    by_holder: dict[tuple[str | None, str | None], list[_Stretch]] = defaultdict(list)
    for one in stretches:
        if not one.is_vacancy():
            by_holder[one.holder, one.person].append(one)
    return [
        Holding(
            holder=holder,
            person=person,
            terms=tuple(dict.fromkeys(one.term for one in each if one.term)),
            days=_days(mark for one in each for mark in one.marks),
            is_expected=all(one.is_expected for one in each),
            claims=tuple(sorted({claim for one in each for mark in one.marks for claim in mark.claims})),
        )
        for (holder, person), each in sorted(by_holder.items(), key=lambda pair: tuple(map(str, pair[0])))
    ]


def _days(marks: Iterable[_Mark]) -> tuple[When, ...]:
    """Return the days of some reports, each once; "by then" only where nothing else is told."""
    found = dict.fromkeys(day for mark in marks for day in mark.days)
    return tuple(day for day in found if day.earliest) or tuple(found)


@frozen
class _Key:
    """What tells one stretch from another; `alone` is the day of a sighting that proves no other."""

    holder: str | None
    person: str | None
    term: str | None = None
    alone: str | None = None


_Marks = dict[_Key, list[_Mark]]


def _stretches(occurrences: Sequence[Occurrence]) -> list[_Stretch]:
    marks: _Marks = defaultdict(list)
    for occurrence in occurrences:
        for key, mark in _marks(occurrence):
            marks[key].append(mark)
    for key in [one for one in marks if one.alone]:
        marks[_seen_in(key, marks)] += marks.pop(key)
    for occurrence in occurrences:
        if isinstance(event := occurrence.event, RoleAssumed) and (event.predecessor or event.predecessor_person):
            mark = _Mark(occurrence.days, occurrence.claims, ends=True)
            marks[_handing_over(_Key(event.predecessor, event.predecessor_person), mark, marks)].append(mark)
    return [_Stretch(key.holder, key.person, key.term, tuple(each)) for key, each in marks.items()]


def _marks(occurrence: Occurrence) -> Iterator[tuple[_Key, _Mark]]:
    """Yield what a occurrence tells of a term; each of ``{2010,2020}`` is a term of its own."""
    event, days, claims = occurrence.event, occurrence.days, occurrence.claims
    if isinstance(event, RoleVacant):
        yield _Key(None, None, event.term), _Mark(days, claims)
    if not isinstance(event, HolderEvent) or not (has_begun(event) or isinstance(event, AppointmentAnnounced)):
        return
    members = days[0].members if len(days) == 1 else ()
    is_alone = len(members) > 1 or (isinstance(event, RoleObserved) and event.term is None)
    parts: list[tuple[When, ...]] = [(one,) for one in members] or [days]
    for each in parts:
        is_term = isinstance(event, RoleHeld) and not any(map(_is_moment, each))
        yield (
            _Key(event.holder, event.person, event.term, each[0].text if is_alone else None),
            _Mark(
                each,
                claims,
                holds=has_begun(event),
                begins=is_term or isinstance(event, RoleAssumed | AppointmentAnnounced),
                ends=is_term or isinstance(event, RoleEnded),
            ),
        )


def _is_moment(day: When) -> bool:
    """Tell whether a day is too short to be a term: an exact one, or one in doubt."""
    return not day.is_span and (day.is_day or day.is_doubtful)


def _seen_in(sighting: _Key, marks: _Marks) -> _Key:
    """Return the term that a sighting without a word belongs to: the only one with two ends that may contain it."""
    day = marks[sighting][0].days[0]
    fitting = [
        key
        for key, each in marks.items()
        if key.alone is None
        and is_one_holder(key, sighting)
        and any(mark.begins for mark in each)
        and any(mark.ends for mark in each)
        and not _surely_apart(day, each)
    ]
    return fitting[0] if len(fitting) == 1 else sighting


def _surely_apart(day: When, marks: Iterable[_Mark]) -> bool:
    """Tell whether a term surely begins after a day, or ends before it, as its reports are believed."""
    return any(
        (mark.begins and mark.days[0].surely_after(day)) or (mark.ends and mark.days[0].surely_before(day))
        for mark in marks
    )


def _handing_over(who: _Key, end: _Mark, marks: _Marks) -> _Key:
    """Return the term that a handover ends: the last of the holder's that may have gone on until then."""
    day = end.days[0]
    fitting = [
        (max(one.earliest or date.min for mark in each for one in mark.days), place, key)
        for place, (key, each) in enumerate(marks.items())
        if key.alone is None and is_one_holder(key, who) and not _surely_apart(day, each)
    ]
    return max(fitting)[2] if fitting else who


def _expected(role: str, occurrences: Sequence[Occurrence]) -> Iterator[_Stretch]:
    """Yield the terms that are still expected of somebody."""
    state = Rotation(role)
    for occurrence in occurrences:
        state = evolve(state, occurrence)
    for turn in state.turns:
        if marks := tuple(_Mark((one.planned,), one.claims, holds=False) for one in turn.expected):
            yield _Stretch(turn.holder, turn.person, turn.term, marks, is_expected=True)
