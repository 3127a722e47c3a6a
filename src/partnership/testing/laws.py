"""The laws that every record keeps, as functions that raise `AssertionError` where one is broken.

Run them over your own events and projections::

    @given(histories())
    def test_order_of_arrival(history):
        record = open(":memory:", clock=ticking())
        write(record, history)
        laws.order_independence(record, lambda: open(":memory:", clock=ticking()), random)

Source: ``design.md`` 4, laws; ``hard_problems.md`` says what each was broken by.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from datetime import date
from random import Random
from typing import Any

import attrs

from partnership.engine.resolution import newest
from partnership.errors import SupersededWarning
from partnership.model.entry import Entry
from partnership.model.event import Event
from partnership.model.projection import Projection
from partnership.record.record import Record
from partnership.record.view import View
from partnership.subjects.amendments import AMENDMENTS, Amendment
from partnership.values.sources import Source

__all__ = [
    "answers",
    "corroboration",
    "encoding",
    "every_value_has_a_claim",
    "idempotence",
    "incremental",
    "knowledge",
    "lazy_equals_full",
    "merging",
    "order_independence",
    "retraction",
    "stores",
]

Fresh = Callable[[], Record]
"""Opens an empty record."""

_CUTS = (date(2020, 5, 20), date(2020, 6, 1), date(2020, 6, 15))


def answers(view: View, *projections: Projection[Any]) -> dict[str, Any]:
    """Return all that a view answers, but for the log's own places and times.

    Args:
        view: the view, or a record.
        projections: a user's own, beside the built-in ones.
    """
    return {
        "states": [dict(view.project(one)) for one in (*view.kinds.projections, *projections)],
        "findings": view.findings(),
        "overdue": view.overdue(),
        "upcoming": view.upcoming(),
        "timeline": [one.key_across_views for one in view.timeline()],
        "possible": [one.key_across_views for one in view.possible],
        "sources": view.sources,
        "why": [(str(why), why.roles) for why in map(view.why, _subjects(view))],
    }


def _subjects(view: View) -> list[str]:
    return sorted({one.subject for one in view.occurrences})


def _everywhere(record: Record, *projections: Projection[Any]) -> list[dict[str, Any]]:
    """Return the answers through cuts of every kind."""
    views: list[View] = [record.as_of(), record.as_of(policy=newest), record.as_of(sources=_is_official)]
    for day in _CUTS:
        views += [record.as_of(day), record.as_of(on=day), record.as_of(known=day)]
    return [answers(one, *projections) for one in views]


def _is_official(source: Source) -> bool:
    return source.kind is not None and source.kind.startswith("official")


def order_independence(record: Record, fresh: Fresh, random: Random, *projections: Projection[Any]) -> None:
    """Law 1: any order of order_independence gives the same answers."""
    entries = list(record.entries())
    random.shuffle(entries)
    with fresh() as other:
        for entry in entries:
            other.merge([entry])
        assert _everywhere(other, *projections) == _everywhere(record, *projections)


def merging(record: Record, fresh: Fresh, random: Random, *projections: Projection[Any]) -> None:
    """Law 2: merging is set union, and what is there already is added once."""
    parts: list[list[Entry]] = [[], [], []]
    for entry in record.entries():
        for part in random.sample(parts, random.randint(1, 3)):
            part.append(entry)
    with fresh() as left, fresh() as right, fresh() as third:
        desks = (left, right, third)
        for desk, part in zip(desks, parts, strict=True):
            desk.merge(part)
        left.merge(right)
        left.merge(third)
        third.merge(right)
        right.merge(third)
        right.merge(left)
        whole = _everywhere(record, *projections)
        assert _everywhere(left, *projections) == whole, "(left + right) + third"
        assert _everywhere(right, *projections) == whole, "right + (third + right) + left"
        assert left.merge(right) == () == left.merge(left), "a merge of what is there adds nothing"
        assert len(left.entries()) == len(record.entries())


def idempotence(record: Record) -> None:
    """Law 2: adding a claim that is there, with the same remarks, adds nothing and returns the entry as it lies."""
    entries = record.entries()
    for entry in entries:
        if isinstance(entry.event, AMENDMENTS):
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # SupersededWarning is said where it does
            remarks = {one: getattr(entry.remarks, one) for one in ("certainty", "inferred", "note", "shared")}
            assert record.add(entry.event, source=entry.source, speaker=entry.speaker, **remarks) == (entry,)
    assert record.entries() == entries


def knowledge(record: Record, late: Iterable[tuple[Event, Source]], *projections: Projection[Any]) -> None:
    """Law 3: a view of what was known on a day never changes when something published after it arrives."""
    before = {day: answers(record.as_of(known=day), *projections) for day in _CUTS}
    late = list(late)
    here = record.entries()
    for event, source in late:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SupersededWarning)  # it may say again what lies superseded
            added = record.add(event, source=source)
        for entry in added:
            if entry not in here:
                record.retract(entry)  # and what the desk says of it, no earlier view may show
    earlier = [day for day in before if all(source.known_from and source.known_from > day for _, source in late)]
    for day in earlier:
        assert answers(record.as_of(known=day), *projections) == before[day], day


def retraction(record: Record, fresh: Fresh, *projections: Projection[Any]) -> None:
    """Law 3: after a retraction, states and findings are as if the claim had never been added."""
    aimed_at = {one.event.subject for one in record.entries() if isinstance(one.event, Amendment)}
    untouched = [one for one in record.entries() if one.claim.id not in aimed_at]
    if not untouched:
        return
    gone = untouched[0].claim.id
    with fresh() as without, fresh() as retracted:
        without.merge([one for one in record.entries() if one.claim.id != gone])
        retracted.merge(record)
        retracted.retract(gone)
        for name in ("states", "findings", "overdue", "upcoming", "timeline", "possible"):
            assert answers(retracted, *projections)[name] == answers(without, *projections)[name], name
        if not isinstance(untouched[0].event, AMENDMENTS):
            assert retracted.why(untouched[0].event.about).roles[gone] == "superseded"


def incremental(record: Record, fresh: Fresh, *projections: Projection[Any]) -> None:
    """Law 4: a record that was asked after every entry answers as one that read them all at once."""
    with fresh() as step_by_step:
        for entry in record.entries():
            step_by_step.merge([entry])
            answers(step_by_step, *projections)
        assert _everywhere(step_by_step, *projections) == _everywhere(record, *projections)


def lazy_equals_full(record: Record, fresh: Fresh, *projections: Projection[Any]) -> None:
    """Law 4: a record that is only asked of single subjects answers as one that read everything, whatever arrives."""
    with fresh() as asked, fresh() as whole:
        for entry in record.entries():
            asked.merge([entry])
            whole.merge([entry])
            every = (*record.kinds.projections, *projections)
            _asked_alike(asked, whole, every)
            _asked_alike(asked.as_of(known=_CUTS[1]), whole.as_of(known=_CUTS[1]), every)
            _asked_alike(asked.as_of(on=_CUTS[1]), whole.as_of(on=_CUTS[1]), every)


def _asked_alike(near: View, far: View, projections: Iterable[Projection[Any]]) -> None:
    subjects = _subjects(far)
    for projection in projections:
        for key, state in far.project(projection).items():
            assert near.project(projection)[key] == state, f"{projection.name} {key}"
    for subject in subjects:
        assert (str(near.why(subject)), near.why(subject).roles) == (str(far.why(subject)), far.why(subject).roles)
        assert [one.id for one in near.entries(subject=subject)] == [one.id for one in far.entries(subject=subject)]


def corroboration(record: Record, fresh: Fresh, publisher: str = "Another") -> None:
    """Law 4: one more claim that says the same, or the same less finely, never makes a dispute."""
    for entry in record.entries():
        if isinstance(entry.event, AMENDMENTS):
            continue
        if record.why(entry.event.about).roles.get(entry.claim.id) == "superseded":
            continue
        with fresh() as more:
            more.merge(record)
            before = _disputed(more)
            more.add(entry.event, _vaguer(entry.event), source=attrs.evolve(entry.source, publisher=publisher))
            after = _disputed(more)
            assert all(after.get(identity) == fields for identity, fields in before.items() if identity in after)


def _vaguer(event: Event) -> Event:
    """Return the event as somebody tells it who knows only the month."""
    return attrs.evolve(event, on=event.on.text[:7]) if event.on and event.on.is_day else event


def _disputed(view: View) -> dict[Any, tuple[str, ...]]:
    return {one.key_across_views: one.disputed for one in view.occurrences}


def encoding(event: Event, source: Source, record: Record) -> None:
    """Law 5: every event is read as it was written, and written again it is the same bytes."""
    entry = record.add(event, source=source)[0]
    assert entry.event == event
    assert entry.source == source
    assert next(record.follow(entry.position - 1)) == entry  # read from its bytes
    assert record.add(entry.event, source=entry.source) == (entry,)


def every_value_has_a_claim(record: Record, *projections: Projection[Any]) -> None:
    """Law 6: every value in a state names at least one claim, and every claim of a subject has a role."""
    claims_of: dict[str, set[str]] = {}
    for one in record.occurrences:
        claims_of.setdefault(one.subject, set()).update(one.claims)
    for projection in (*record.kinds.projections, *projections):
        for key, state in record.project(projection).items():
            why = record.why(f"{projection.kind}:{key}" if projection.kind else key, projection=projection)
            for name, value in _values(state):
                assert name in why.reasons, f"{key}.{name} = {value!r} names no claim"
                assert why.reasons[name].because, f"{key}.{name} = {value!r} names no claim"
            assert claims_of.get(why.subject, set()) <= why.roles.keys()


def _values(state: Any) -> Iterable[tuple[str, Any]]:  # noqa: ANN401  any state
    for one in attrs.fields(type(state)):
        value = getattr(state, one.name)
        if one.name not in ("subject", "disputed") and value not in (None, ()) and value != one.default:
            yield one.name, value


def stores(record: Record, other: Record, *projections: Projection[Any]) -> None:
    """Law 7: all stores answer alike."""
    other.merge(record)
    assert _everywhere(other, *projections) == _everywhere(record, *projections)
    assert [one.id for one in other.entries()] == [one.id for one in record.entries()]
