"""The laws that every record keeps, as functions that raise `AssertionError` where a law is broken.

Run them over histories of your own kinds of subject::

    def fresh():
        return ps.open(":memory:", clock=ticking(), kinds=[exhibitions])

    @hypothesis.given(history=histories(exhibitions), random=st.randoms())
    def test_order_independence(history, random):
        with fresh() as record:
            write(record, history)
            laws.order_independence(record, fresh, random)

Arguments that several laws have:

- *record*: the record that is checked.
- *fresh*: a function that opens an empty record with the same kinds.
- *random*: chooses orders, parts and places.
- *projections*: a user's own projections, checked in addition to those of the record's kinds.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Literal

import attrs

from partnership.engine.resolution import newest
from partnership.errors import SupersededWarning
from partnership.model.entry import Entry
from partnership.model.event import Event, fields_of
from partnership.model.occurrence import Occurrence
from partnership.model.projection import Projection
from partnership.record.record import Record
from partnership.record.view import View
from partnership.serialization.index_keys import referenced_subjects, subjects_of
from partnership.subjects.amendments import AMENDMENTS, Amendment, ClaimCorrected, SubjectsDeclaredSame
from partnership.subjects.memberships import (
    MemberAdmitted,
    MembershipDeclined,
    MembershipEnded,
    RepresentationRestricted,
)
from partnership.subjects.roles import (
    AppointmentAnnounced,
    HolderEvent,
    RoleAssumed,
    RoleEnded,
    RoleHeld,
    RoleVacant,
    is_designate,
)
from partnership.subjects.rotations import RoleExpected
from partnership.subjects.statuses import BRINGS, Scale, StatusEvent
from partnership.values.sources import Source
from partnership.values.when import When

__all__ = [
    "answers",
    "comparison",
    "corroboration",
    "encoding",
    "every_value_has_a_claim",
    "findings_match_disputes",
    "idempotence",
    "incremental",
    "knowledge_is_stable",
    "lazy_equals_full",
    "merge_is_union",
    "no_untold_no",
    "one_kind_equals_full",
    "order_independence",
    "retraction",
    "stores_agree",
    "unrelated_claim",
]

Fresh = Callable[[], Record]
"""Opens an empty record."""

_DAYS = (date(2020, 5, 20), date(2020, 6, 1), date(2020, 6, 15))
"""Days of views, among those that the strategies generate."""


def answers(view: View, *projections: Projection[Any]) -> dict[str, Any]:
    """Return the answers of a view by query, without positions and times of recording, which differ between logs."""
    return {
        "states": [dict(view.project(projection)) for projection in (*view.kinds.projections, *projections)],
        "findings": view.findings(),
        "overdue": view.overdue(),
        "upcoming": view.upcoming(),
        "timeline": [occurrence.key_across_views for occurrence in view.timeline()],
        "possible": [occurrence.key_across_views for occurrence in view.possible],
        "sources": view.sources,
        "why": [(str(why), why.roles) for why in map(view.why, _subjects(view))],
    }


def _subjects(view: View) -> list[str]:
    return sorted({occurrence.subject for occurrence in view.occurrences})


def _answers_of_views(record: Record, *projections: Projection[Any]) -> list[dict[str, Any]]:
    """Return the answers of a record through views with every kind of scope."""
    return [answers(view, *projections) for view in _views(record)]


def _views(record: Record) -> list[View]:
    """Return views with every kind of scope."""
    views: list[View] = [record.as_of(), record.as_of(policy=newest), record.as_of(sources=_is_official)]
    for day in _DAYS:
        views += [record.as_of(day), record.as_of(on=day), record.as_of(known=day)]
    return views


def _is_official(source: Source) -> bool:
    return source.kind is not None and source.kind.startswith("official")


def comparison(record: Record) -> None:
    """Check that a view does not differ from itself, and that two views differ alike from both sides."""
    views = _views(record)
    for here, there in zip(views, (*views[1:], views[0]), strict=True):
        assert not here.compare(here)
        difference, mirrored = here.compare(there), there.compare(here)
        assert difference.only_here == mirrored.only_there
        assert difference.only_there == mirrored.only_here
        assert difference.overdue_here == mirrored.overdue_there
        assert difference.overdue_there == mirrored.overdue_here
        assert difference.changes == tuple(
            attrs.evolve(change, before=change.after, after=change.before) for change in mirrored.changes
        )


def order_independence(record: Record, fresh: Fresh, random: Random, *projections: Projection[Any]) -> None:
    """Check that the order in which entries arrive changes no answer."""
    entries = list(record.entries())
    random.shuffle(entries)
    with fresh() as other:
        for entry in entries:
            other.merge([entry])
        assert _answers_of_views(other, *projections) == _answers_of_views(record, *projections)


def merge_is_union(record: Record, fresh: Fresh, random: Random, *projections: Projection[Any]) -> None:
    """Check that merging is set union: commutative, associative, and without duplicates."""
    parts: list[list[Entry]] = [[], [], []]
    for entry in record.entries():
        for part in random.sample(parts, random.randint(1, 3)):
            part.append(entry)
    with fresh() as left, fresh() as right, fresh() as third:
        for part_record, part in zip((left, right, third), parts, strict=True):
            part_record.merge(part)
        left.merge(right)
        left.merge(third)
        third.merge(right)
        right.merge(third)
        right.merge(left)
        expected = _answers_of_views(record, *projections)
        assert _answers_of_views(left, *projections) == expected, "(left + right) + third"
        assert _answers_of_views(right, *projections) == expected, "right + (third + right) + left"
        assert left.merge(right) == () == left.merge(left), "merging present entries adds nothing"
        assert len(left.entries()) == len(record.entries())


def idempotence(record: Record) -> None:
    """Check that adding a present claim with the same remarks adds nothing and returns its existing entry."""
    entries = record.entries()
    for entry in entries:
        if isinstance(entry.event, AMENDMENTS):
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SupersededWarning)
            remarks = {name: getattr(entry.remarks, name) for name in ("certainty", "inferred", "note", "shared")}
            assert record.add(entry.event, source=entry.source, speaker=entry.speaker, **remarks) == (entry,)
    assert record.entries() == entries


def knowledge_is_stable(record: Record, late: Iterable[tuple[Event, Source]], *projections: Projection[Any]) -> None:
    """Check that a view of what was known on a day never changes when something published later is added.

    The added claims are retracted too, since a retraction must not show in an earlier view either.

    Args:
        record: the record that is checked; it is changed.
        late: events to add, with their sources.
        projections: a user's own projections.
    """
    before = {day: answers(record.as_of(known=day), *projections) for day in _DAYS}
    late = list(late)
    present = record.entries()
    for event, source in late:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SupersededWarning)  # the event may be that of a superseded claim
            added = record.add(event, source=source)
        for entry in added:
            if entry not in present:
                record.retract(entry)
    for day, expected in before.items():
        if all(source.known_from and source.known_from > day for _, source in late):
            assert answers(record.as_of(known=day), *projections) == expected, day


def retraction(record: Record, fresh: Fresh, *projections: Projection[Any]) -> None:
    """Check that after a retraction, states and findings are as if the claim had never been added."""
    amended = {entry.event.subject for entry in record.entries() if isinstance(entry.event, Amendment)}
    candidates = [entry for entry in record.entries() if entry.claim.id not in amended]
    if not candidates:
        return
    event, claim = candidates[0].event, candidates[0].claim.id
    with fresh() as without, fresh() as retracted:
        without.merge([entry for entry in record.entries() if entry.claim.id != claim])
        retracted.merge(record)
        retracted.retract(claim)
        actual, expected = answers(retracted, *projections), answers(without, *projections)
        for name in ("states", "findings", "overdue", "upcoming", "timeline", "possible"):
            assert actual[name] == expected[name], name
        if not isinstance(event, AMENDMENTS):
            assert retracted.why(event.about).roles[claim] == "superseded"


def incremental(record: Record, fresh: Fresh, *projections: Projection[Any]) -> None:
    """Check that a record that is queried after every entry answers as one that reads all entries at once."""
    with fresh() as growing:
        for entry in record.entries():
            growing.merge([entry])
            answers(growing, *projections)
        assert _answers_of_views(growing, *projections) == _answers_of_views(record, *projections)


def lazy_equals_full(record: Record, fresh: Fresh, *projections: Projection[Any]) -> None:
    """Check that queries about single subjects, which read only what they need, answer as if everything were read."""
    with fresh() as lazy, fresh() as full:
        for entry in record.entries():
            lazy.merge([entry])
            full.merge([entry])
            every = (*record.kinds.projections, *projections)
            _compare_subjects(lazy, full, every)
            _compare_subjects(lazy.as_of(known=_DAYS[1]), full.as_of(known=_DAYS[1]), every)
            _compare_subjects(lazy.as_of(on=_DAYS[1]), full.as_of(on=_DAYS[1]), every)


def one_kind_equals_full(record: Record, fresh: Fresh, random: Random, *projections: Projection[Any]) -> None:
    """Check that the states of one kind, for which only that kind is read, are those after everything was read."""
    with fresh() as single, fresh() as full:
        entries = list(record.entries())
        while entries:
            added = [entries.pop(0) for _ in range(min(random.randint(1, 3), len(entries)))]
            single.merge(added)
            full.merge(added)
            assert full.findings() is not None
            pairs = [(single, full), *zip(_views(single), _views(full), strict=True)]
            every = (*record.kinds.projections, *projections)
            for projection in random.sample(every, random.randint(0, 3)):
                one, other = random.choice(pairs)
                assert dict(one.project(projection)) == dict(other.project(projection)), projection.name


def _compare_subjects(lazy: View, full: View, projections: Iterable[Projection[Any]]) -> None:
    subjects = _subjects(full)
    for projection in projections:
        for key, state in full.project(projection).items():
            assert lazy.project(projection)[key] == state, f"{projection.name} {key}"
    for subject in subjects:
        why, expected = lazy.why(subject), full.why(subject)
        assert (str(why), why.roles) == (str(expected), expected.roles)
        assert _ids(lazy.entries(subject=subject)) == _ids(full.entries(subject=subject))


def _ids(entries: Iterable[Entry]) -> list[str]:
    return [entry.id for entry in entries]


def corroboration(record: Record, fresh: Fresh, publisher: str = "Another") -> None:
    """Check that one more claim that states the same, or the same less precisely, never creates a dispute.

    Args:
        record: the record whose claims are repeated.
        fresh: opens an empty record.
        publisher: publisher of the additional claims.
    """
    for entry in record.entries():
        if isinstance(entry.event, AMENDMENTS):
            continue
        if record.why(entry.event.about).roles.get(entry.claim.id) == "superseded":
            continue
        with fresh() as other:
            other.merge(record)
            before = _disputed_fields(other)
            source = attrs.evolve(entry.source, publisher=publisher)
            other.add(entry.event, _less_precise(entry.event), source=source)
            after = _disputed_fields(other)
            assert all(after[identity] == fields for identity, fields in before.items() if identity in after)


def _less_precise(event: Event) -> Event:
    """Return the event with the month of its day, unless its day tells it apart from others of the same publication."""
    if event.on is None or not event.on.is_day or "on" in fields_of(type(event)).distinct_by:
        return event
    return attrs.evolve(event, on=event.on.text[:7])


def _disputed_fields(view: View) -> dict[Any, tuple[str, ...]]:
    return {occurrence.key_across_views: occurrence.disputed for occurrence in view.occurrences}


def unrelated_claim(record: Record, event: Event, source: Source, *projections: Projection[Any]) -> None:
    """Check that a claim changes no answer about subjects that it is neither about nor refers to.

    Args:
        record: the record that is checked; it is changed.
        event: the event to add.
        source: its source.
        projections: a user's own projections; those without a kind are not checked, since they are about no subject.
    """
    related = {event.about, *referenced_subjects(event)}
    for declared in [{*subjects_of(entry.event)} for entry in record.entries() if _declares_same(entry.event)] * 2:
        related |= declared if declared & related else set()

    def unrelated_answers() -> list[dict[str, Any]]:
        return [
            {
                "states": [
                    {
                        key: state
                        for key, state in view.project(projection).items()
                        if f"{projection.kind}:{key}" not in related
                    }
                    for projection in (*view.kinds.projections, *projections)
                    if projection.kind
                ],
                "why": [str(view.why(subject)) for subject in _subjects(view) if subject not in related],
                "timeline": [item.key_across_views for item in view.timeline() if item.subject not in related],
                "findings": [finding for finding in view.findings() if finding.subject not in related],
                "overdue": [item for item in view.overdue() if item.subject not in related],
                "upcoming": [item for item in view.upcoming() if item.subject not in related],
            }
            for view in _views(record)
        ]

    before = unrelated_answers()
    record.add(event, source=source)
    after = unrelated_answers()
    assert after == before


def _declares_same(event: Event) -> bool:
    return isinstance(event, SubjectsDeclaredSame) or (
        isinstance(event, ClaimCorrected) and isinstance(event.event, SubjectsDeclaredSame)
    )


def encoding(event: Event, source: Source, record: Record) -> None:
    """Check that an event is read as it was written, and that writing it again gives the same bytes.

    Args:
        event: the event.
        source: what it is added with.
        record: where it is added.
    """
    entry = record.add(event, source=source)[0]
    assert entry.event == event
    assert entry.source == source
    assert next(record.follow(entry.position - 1)) == entry  # decoded from its bytes
    assert record.add(entry.event, source=entry.source) == (entry,)


def every_value_has_a_claim(record: Record, *projections: Projection[Any]) -> None:
    """Check that every value in a state has at least one claim, and that every claim about a subject has a role."""
    claims_of: dict[str, set[str]] = {}
    for occurrence in record.occurrences:
        claims_of.setdefault(occurrence.subject, set()).update(occurrence.claims)
    for projection in (*record.kinds.projections, *projections):
        for key, state in record.project(projection).items():
            why = record.why(f"{projection.kind}:{key}" if projection.kind else key, projection=projection)
            for name, value in _values(state):
                assert name in why.reasons, f"{key}.{name} = {value!r} has no claim"
                assert why.reasons[name].because, f"{key}.{name} = {value!r} has no claim"
            assert claims_of.get(why.subject, set()) <= why.roles.keys()


def findings_match_disputes(record: Record) -> None:
    """Check that `findings` and `disputes` agree on what sources differ on, in every view.

    Every dispute is a finding ``disputed`` about the same claims, and no other finding is. Of an event that happens
    once, no dispute is missing.
    """
    for view in _views(record):
        found = [(item.subject, item.claims) for item in view.findings() if item.slug == "disputed"]
        disputes = view.disputes()
        assert {*found} == {(item.subject, tuple(sorted(item.claims))) for item in disputes}
        listed = {(item.subject, item.names, item.claims) for item in disputes}
        for occurrence in view.occurrences:
            if not fields_of(type(occurrence.event)).is_per_publication:
                assert {(occurrence.subject, fact.names, fact.claims) for fact in occurrence.in_dispute} <= listed


def _values(state: Any) -> Iterable[tuple[str, Any]]:  # noqa: ANN401  any state
    """Yield the fields of a state that have a value other than their default."""
    for field in attrs.fields(type(state)):
        value = getattr(state, field.name)
        if field.name not in ("subject", "disputed") and value not in (None, ()) and value != field.default:
            yield field.name, value


def no_untold_no(record: Record) -> None:
    """Check that no answer about a role, a membership or a status is *no* unless a claim excludes it.

    What no source says is not known. Each report of a holder or a member must be cut off from the day that is asked
    about by a beginning, an end, or another holder; and somebody of whom nothing is reported is excluded only by
    another holder or a vacancy.

    Args:
        record: the record that is checked. It answers only for the kinds ``role``, ``membership`` and ``status``.
    """
    for view in (record, record.as_of(sources=_is_official), record.as_of(on=_DAYS[1]), record.as_of(known=_DAYS[2])):
        occurrences = [*view.occurrences, *view.possible]
        days = sorted({*_DAYS, *_days_around(occurrences)})
        days = days[:: len(days) // _MOST_DAYS + 1]
        for role in sorted({item.event.subject for item in occurrences if isinstance(item.event, HolderEvent)}):
            about = [item for item in occurrences if item.subject == f"role:{role}"]
            for day in days:
                _check_holders(view, role, about, day)
        for bloc in sorted({item.event.bloc for item in occurrences if isinstance(item.event, _MEMBERSHIPS)}):
            about = [item for item in occurrences if getattr(item.event, "bloc", None) == bloc]
            for day in days:
                _check_members(view, bloc, about, day)
        for status in sorted({item.event.subject for item in occurrences if isinstance(item.event, StatusEvent)}):
            about = [item for item in occurrences if item.subject == f"status:{status}"]
            for day in days:
                _check_status(view, status, about, day)


_MEMBERSHIPS = (MemberAdmitted, RepresentationRestricted, MembershipEnded)
_ONE_DAY = timedelta(days=1)
_MOST_DAYS = 12
"""Days on which a law asks about each subject, at most."""


def _days_around(occurrences: Iterable[Occurrence]) -> Iterator[date]:
    """Yield the first and the last day of each date, and the days before and after them."""
    for occurrence in occurrences:
        for on in occurrence.days:
            for day in (on.earliest, on.latest):
                yield from (day - _ONE_DAY, day, day + _ONE_DAY) if day else ()


def _check_holders(view: View, role: str, occurrences: list[Occurrence], day: date) -> None:
    answer = view.holders(role, day)
    vacancies = [item for item in occurrences if isinstance(item.event, RoleVacant)]
    if answer.is_vacant:
        assert any(on.maybe_overlaps(day) for item in vacancies for on in item.days), f"{role} {day}: vacant"
    assert answer.surely or answer.is_vacant is not False, f"{role} {day}: not vacant"
    reports = list(_reports_of_holders(occurrences))
    named = {names for names, *_ in reports} | {("XX", None), (None, "nobody")}
    named |= {(holder, None) for holder, _ in named if holder} | {(None, person) for _, person in named if person}
    for holder, person in sorted(named, key=str):
        if answer.is_vacant or answer.has(holder, person) is not False:
            continue
        if any(_are_others((holder, person), (held.holder, held.person)) for held in answer.surely):
            continue
        message = f"{role} {day}: not {holder} {person}"
        own = [(names, on) for names, on, *_ in reports if _is_about(names, (holder, person))]
        if person:  # where only the party is named, it may have sent another person
            own = [(names, on) for names, on in own if names[1]] or own
        assert own, message
        for own_names, on in own:
            if any(_are_others(own_names, (held.holder, held.person)) for held in answer.surely):
                continue
            limits: list[tuple[When, _Begins, bool]]
            limits = [(at, begins, ends) for names, at, begins, ends in reports if _limits(names, own_names)]
            limits += [(at, True, True) for names, at, *_ in reports if _are_others(names, own_names)]
            limits += [(at, True, True) for item in vacancies for at in item.days]
            _check_cut_off(on, limits, day, message)


_Names = tuple[str | None, str | None]
_Begins = bool | Literal["after"]
"""Whether a term begins on a date, or after it."""


def _reports_of_holders(occurrences: list[Occurrence]) -> Iterator[tuple[_Names, When, _Begins, bool]]:
    """Yield party and person of each report, its date, and whether that is the beginning and the end of a term.

    One that is designated on a date begins its term after it.
    """
    for item in occurrences:
        event = item.event
        if not isinstance(event, HolderEvent) or isinstance(event, RoleExpected):
            continue
        days, is_planned = item.days, isinstance(event, AppointmentAnnounced) and event.planned is not None
        if is_planned:
            days = tuple(candidate.value for candidate in item.facts["planned"].candidates)
        for on in days[0].members if len(days) == 1 else days:
            is_before = is_designate(event) and not is_planned
            is_term = isinstance(event, RoleHeld) and not is_before
            begins: _Begins = is_term or isinstance(event, RoleAssumed | AppointmentAnnounced)
            begins = "after" if is_before else begins
            if event.is_named:
                yield (event.holder, event.person), on, begins, is_term or isinstance(event, RoleEnded)
            if is_before or not isinstance(event, RoleAssumed):
                continue
            predecessor = event.predecessor, event.predecessor_person
            if any(predecessor) and not _limits(predecessor, (event.holder, event.person)):
                yield predecessor, on, False, True


def _are_others(names: _Names, other: _Names) -> bool:
    return any(None not in pair and pair[0] != pair[1] for pair in zip(names, other, strict=True))


def _is_about(names: _Names, other: _Names) -> bool:
    is_shared = any(None not in pair for pair in zip(names, other, strict=True))
    return is_shared and not _are_others(names, other)


def _limits(names: _Names, other: _Names) -> bool:
    """Tell whether the end of one holder's term is the end of another's: a person's is not the party's."""
    return _is_about(names, other) and (names[1] is None or other[1] is not None)


def _check_members(view: View, bloc: str, occurrences: list[Occurrence], day: date) -> None:
    answer = view.members(bloc, day)
    parties = sorted({"XX", *(item.event.member for item in occurrences)})  # type: ignore[attr-defined]  # all have it
    for party in parties:
        if answer.has(party) is not False:
            continue
        shown = [
            (item, on)
            for item in occurrences
            if isinstance(item.event, _MEMBERSHIPS) and item.event.member == party
            for on in item.days
        ]
        limits = [
            (on, isinstance(item.event, MemberAdmitted), isinstance(item.event, MembershipEnded)) for item, on in shown
        ]
        message = f"{bloc} {day}: not {party}"
        declined = [item for item in occurrences if isinstance(item.event, MembershipDeclined)]
        refusals = [on for item in declined if item.event.member == party for on in item.days]  # type: ignore[attr-defined]  # all have it
        assert shown or any(on.surely_by(day) for on in refusals), message
        for _, on in shown:
            _check_cut_off(on, limits, day, message)


def _check_cut_off(on: When, limits: Sequence[tuple[When, _Begins, bool]], day: date, message: str) -> None:
    """Check that there is an end or a beginning between a reported date and a day."""
    is_over = any(ends and limit.surely_by(day) and not on.surely_after(limit) for limit, _, ends in limits)
    is_to_come = any(
        (limit.surely_after(day) if begins is True else begins and not limit.maybe_before(day))
        and not on.surely_before(limit)
        for limit, begins, _ in limits
    )
    assert is_over or is_to_come, f"{message}, but {on}"


def _check_status(view: View, status: str, occurrences: list[Occurrence], day: date) -> None:
    scales: set[Scale] = {item.event.ladder for item in occurrences if isinstance(item.event, StatusEvent)}
    for scale in sorted(scales):
        answer = view.status_at(status, scale, day)
        on_scale = [item for item in occurrences if item.event.ladder == scale]  # type: ignore[attr-defined]  # all have it
        conferred = [(item.key[1], item) for item in on_scale if isinstance(item.event, BRINGS)]
        current = [
            item for rung, item in conferred if rung == answer.rung and all(on.surely_by(day) for on in item.days)
        ]
        for rung in sorted({"unknown", *(item.key[1] for item in on_scale)}):
            if answer.has(rung) is not False:
                continue
            own = [item for name, item in conferred if name == rung]
            message = f"{status} {day}: not {rung}"
            if all(on.surely_after(day) for item in own for on in item.days) and own:
                continue
            assert current, message
            for item in own:
                is_by = all(on.surely_by(day) for on in item.days)
                assert not (is_by and all(item.surely_after(held) for held in current)), message


def stores_agree(record: Record, other: Record, *projections: Projection[Any]) -> None:
    """Check that two stores give the same answers.

    Args:
        record: a record on one store.
        other: an empty record on another.
        projections: a user's own projections.
    """
    other.merge(record)
    assert _answers_of_views(other, *projections) == _answers_of_views(record, *projections)
    assert _ids(other.entries()) == _ids(record.entries())
