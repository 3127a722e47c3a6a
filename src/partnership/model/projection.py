"""Projections, which fold occurrences into states, and lifecycles, which describe such a fold step by step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar

import attrs
from attrs import field

from partnership._frozen import frozen
from partnership.model.construct import replace
from partnership.model.event import Event, fields_of
from partnership.model.expectations import Outcome, PlannedState, with_new_plan, without_met
from partnership.model.occurrence import STATUS, Finding, Occurrence, labels_of
from partnership.model.plan_words import PLAN_WORDS
from partnership.values.when import When

S = TypeVar("S")


def _no_findings(_state: object, _occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    return ()


@frozen(eq=False)
class Projection(Generic[S]):
    """A named, versioned, pure fold over occurrences. Built-in and user-defined ones work alike.

    Attributes:
        name: name of the projection.
        initial: function that returns the state of a key before anything happened.
        evolve: function that returns the state after one more occurrence. It must not raise on anything that can be
            recorded.
        version: version of the fold; increment it whenever the same occurrences would give a different state.
        kind: if set, keys are restricted to subjects of this kind.
        key: replaces the default key, the event's own subject. Returns the keys of all states that an occurrence
            changes: a party, a fund, or ``("all",)`` for the whole record. With a `kind`, they must be subjects that
            the event is about or refers to, so that one state can be computed from the claims about its subject and
            about those that refer to it.
        rules: function that returns findings about a state and the occurrences that led to it, in their order.
        others: with a `kind` and a `key`, the kinds of the other subjects whose events may change a state; None for
            all. To compute all states, the claims about its own kind and about these are read, and no others.
    """

    name: str
    initial: Callable[[str], S]
    evolve: Callable[[S, Occurrence], S]
    version: int = 1
    kind: str | None = None
    key: Callable[[Occurrence], Iterable[str]] | None = None
    rules: Callable[[S, Sequence[Occurrence]], Iterable[Finding]] = _no_findings
    others: Collection[str] | None = None
    _reads: dict[type[Event], bool] = field(factory=dict, init=False, repr=False)  # filled on first use

    def keys(self, occurrence: Occurrence) -> tuple[str, ...]:
        """Return the keys of the states that *occurrence* changes; of a projection with a kind, subjects of it only."""
        event = occurrence.event
        if not self.reads(type(event)):
            return ()
        if self.key is None:
            return (event.about,)
        prefix = f"{self.kind}:" if self.kind else ""
        keys = [key for key in self.key(occurrence) if key.startswith(prefix)]
        return tuple(dict.fromkeys(keys) if len(keys) > 1 else keys)

    @property
    def reads_more(self) -> bool:
        """Whether events of other subjects may change a state."""
        return self.kind is None or self.key is not None

    @property
    def kinds(self) -> frozenset[str] | None:
        """The kinds of the subjects whose events may change a state; None for all."""
        if self.kind is None or (self.key is not None and self.others is None):
            return None
        return frozenset({self.kind, *(self.others or ())})

    def reads(self, event: type[Event]) -> bool:
        """Tell whether events of a class may change a state: they are about its kind, or can refer to it."""
        cached = self._reads.get(event)
        if cached is None:
            refers = self.reads_more and any(kind in (self.kind, "*") for _, kind in fields_of(event).refers)
            is_read = self.kinds is None or event.kind in self.kinds
            cached = self._reads[event] = is_read and (self.kind in (None, event.kind) or refers)
        return cached


A = TypeVar("A", bound=Any)  # an attrs class with a field `disputed`; attrs.evolve gives no narrower type


def copy_fields(state: A, occurrence: Occurrence, *names: str, only_unset: bool = False, **renamed: str) -> A:
    """Return *state* with values of an event, and with their disputes.

    ``copy_fields(state, occurrence, "place", held_on="on")`` copies the event's ``place`` to ``place`` and its ``on``
    to ``held_on``. A field without a value in the event stays as it is; one that is copied without a dispute is no
    longer disputed.

    Args:
        state: the current state.
        occurrence: the occurrence of the event.
        *names: fields that have the same name in the event and the state.
        only_unset: skip fields that have a value already; for reports that arrive after the state has moved on. A
            field that describes the subject is always copied: its value was weighed across the events.
        **renamed: for each field of the state, the field of the event.
    """
    changes: dict[str, Any] = {}
    fields = (*[(name, name) for name in names], *renamed.items())
    event_class: Any = type(occurrence.event)
    _copy(changes, state, occurrence, _copies(event_class, fields), only_unset=only_unset)
    return replace(state, **changes)


class _Copies(NamedTuple):
    """What a state copies from the events of a class.

    Attributes:
        fields: for each field of the state, the field of the event.
        values_of: returns the values of these fields of an event, and one more.
        described: the fields of the event that describe its subject.
    """

    fields: tuple[tuple[str, str], ...]
    values_of: Callable[[Event], tuple[Any, ...]]
    described: tuple[str, ...]


@lru_cache(maxsize=1024)
def _copies(event: Any, fields: tuple[tuple[str, str], ...]) -> _Copies:  # noqa: ANN401  a class of events
    values_of = attrgetter(*(name for _, name in fields), "subject", "subject")  # of one name, it returns no tuple
    return _Copies(fields, values_of, fields_of(event).described)


def _copy(
    changes: dict[str, Any],
    state: Any,  # noqa: ANN401  any state
    occurrence: Occurrence,
    copies: _Copies,
    *,
    only_unset: bool,
) -> None:
    """Add to the changes of a state the fields that it copies from an event.

    Args:
        changes: the changes of the state.
        state: the current state.
        occurrence: the occurrence of the event.
        copies: what is copied.
        only_unset: skip fields that have a value already.
    """
    across, in_dispute = occurrence.across, occurrence.disputed
    before: tuple[str, ...] = changes.get("disputed", state.disputed)
    values = copies.values_of(occurrence.event)
    if not (across or in_dispute or before or only_unset):  # as for most
        for (into, _), value in zip(copies.fields, values, strict=False):
            if value is not None and (value or type(value) is not tuple):
                changes[into] = value
        return
    disputed = before
    for (into, name), stated in zip(copies.fields, values, strict=False):
        value = across[name].value if name in across else stated
        if value is None or (type(value) is tuple and not value):  # as `_is_empty`, which is slow to call for each
            continue
        is_late = only_unset and not (name == into and name in copies.described)
        if is_late and not _is_empty(changes[into] if into in changes else getattr(state, into)):
            continue
        changes[into] = value
        if name in in_dispute:
            disputed = tuple(sorted({*disputed, into}))
        elif into in disputed:
            disputed = tuple(field for field in disputed if field != into)
    if disputed is not before:
        changes["disputed"] = disputed


def cleared(state: A, *names: str) -> A:
    """Return *state* without the values of some fields, and without disputes on them."""
    changes = _empty(state, names)
    if not changes:
        return state
    return replace(state, **changes, disputed=tuple(name for name in state.disputed if name not in changes))


def _empty(state: Any, names: Iterable[str]) -> dict[str, Any]:  # noqa: ANN401  any state
    """Return the fields of a state that have values, without these: an empty tuple for a list."""
    values = [(name, value) for name in names if not _is_empty(value := getattr(state, name))]
    return {name: () if type(value) is tuple else None for name, value in values}


def _is_empty(value: object) -> bool:
    return value is None or (type(value) is tuple and not value)


@frozen
class Step:
    """What one event does to a state.

    Attributes:
        to: the new status; None to keep the current one.
        copies: fields of the event that the state has under the same name.
        on: the field of the state that keeps the date of the event.
        sets_plan: the event's ``planned`` becomes the plan, with its ``timing``, ``is_undated`` and ``force``. A plan
            with ``is_undated=True`` and no date ends the dates planned before.
        cancels_plan: the dates planned before no longer stand; without a new ``planned``, nothing is expected. An event
            that sets no plan ends the words of the last one, too.
        fulfils: the event is an outcome: what was planned took place.
    """

    to: str | None = None
    copies: tuple[str, ...] = ()
    on: str | None = None
    sets_plan: bool = False
    cancels_plan: bool = False
    fulfils: bool = False


@frozen
class Lifecycle:
    """The statuses of a kind of subject, and what each event does to its state.

    Attributes:
        steps: step of each event, by the event's stored name.
        ranks: rank of each status; a status of the same or a higher rank replaces the current one.
        interruptions: statuses that may replace one of a higher rank: postponed, suspended, cancelled.
        terminal: statuses that no interruption replaces, and after which nothing is planned.
        copies: fields that the state copies from every event that has them.
        provisos: fields that qualify a plan, such as its condition; an event that gives or moves a date clears them.
        arranged: fields that belong to the planned dates, such as the place; an event that moves a date clears them.
        collects: for each field of events that collects names or wordings, the field of the state with all of them.
        undated: statuses in which something that has no planned date is open without a date, and so may be forgotten.
            None for those of the steps with ``sets_plan``.
    """

    steps: Mapping[str, Step]
    ranks: Mapping[str, int]
    interruptions: frozenset[str] = frozenset()
    terminal: frozenset[str] = frozenset()
    copies: tuple[str, ...] = ("title",)
    provisos: tuple[str, ...] = ()
    arranged: tuple[str, ...] = ()
    collects: Mapping[str, str] = {"title": "titles"}
    undated: frozenset[str] | None = None
    _copied: dict[type[Event], _Copies] = field(factory=dict, init=False)  # filled on first use

    @property
    def awaiting_date(self) -> frozenset[str]:
        """The statuses in which something that has no planned date is open without a date."""
        if self.undated is not None:
            return self.undated
        return frozenset({step.to for step in self.steps.values() if step.sets_plan and step.to})

    def follows(self, to: str, now: str | None) -> bool:
        """Tell whether status *to* may replace status *now*."""
        if now is None or self.ranks[to] >= self.ranks[now]:
            return True
        return to in self.interruptions and now not in self.terminal

    def advance(self, state: A, occurrence: Occurrence) -> A:
        """Return *state* after one more occurrence; unchanged if the event has no step.

        A report that the state has moved past (a plan that is reported after the meeting was held) does not change the
        status, and only fills fields that have no value yet.
        """
        step = self.steps.get(occurrence.event.name)
        if step is None:
            return state
        is_past = state.status in self.terminal if step.to is None else not self.follows(step.to, state.status)
        changes: dict[str, Any] = {}
        if (step.sets_plan or step.cancels_plan) and state.status not in self.terminal:
            changes = self._replanned(state, occurrence, step)
        _copy(changes, state, occurrence, self._copies_of(step, type(occurrence.event)), only_unset=is_past)
        if step.to is not None and not is_past:
            changes["status"] = step.to
            disputed = changes.get("disputed", state.disputed)
            if (STATUS in occurrence.across) != ("status" in disputed):
                changes["disputed"] = tuple(sorted({*disputed} ^ {"status"}))
        if step.fulfils:
            outcome = Outcome(occurrence.earliest, occurrence.latest)
            changes["outcomes"] = (*state.outcomes, outcome)
            if previous_dates := getattr(state, "previous_dates", ()):
                changes["previous_dates"] = without_met(previous_dates, outcome)
        self._collect(changes, state, occurrence)
        return replace(state, **changes)

    def _copies_of(self, step: Step, event: Any) -> _Copies:  # noqa: ANN401  a class of events
        """Return what the state copies from the events of a class."""
        copies = self._copied.get(event)
        if copies is None:
            own = {attribute.name for attribute in attrs.fields(event)}
            names = (*self.copies, *(PLAN_WORDS if step.sets_plan else ()))
            fields = {name: name for name in (*(name for name in names if name in own), *step.copies)}
            fields |= {step.on: "on"} if step.on else {}
            copies = self._copied[event] = _copies(event, tuple(fields.items()))
        return copies

    def _replanned(self, state: Any, occurrence: Occurrence, step: Step) -> dict[str, Any]:  # noqa: ANN401  any state
        """Return the changes that a plan makes: its dates, and the fields that held for the previous dates only."""
        planned: When | None = getattr(occurrence.event, "planned", None)
        if planned is None and not step.cancels_plan and getattr(occurrence.event, "is_undated", None) is not True:
            return {}
        changes = with_new_plan(state, occurrence, moves=step.cancels_plan)
        has_moved = step.sets_plan and changes.get("previous_dates", state.previous_dates) != state.previous_dates
        days = [expectation.planned for expectation in changes.get("expected", state.expected)]
        is_new = planned is not None and not {*planned.members}.isdisjoint(days)
        plan_words = PLAN_WORDS if isinstance(state, PlannedState) else ()
        provisos = (*self.provisos, *plan_words) if is_new or has_moved else () if step.sets_plan else plan_words
        lapsed = (*provisos, *(self.arranged if has_moved else ()))
        disputed = changes.get("disputed", state.disputed)
        if not {*disputed}.isdisjoint(lapsed):
            changes["disputed"] = tuple([name for name in disputed if name not in lapsed])
        return changes | _empty(state, lapsed)

    def _collect(self, changes: dict[str, Any], state: Any, occurrence: Occurrence) -> None:  # noqa: ANN401  any state
        """Add the names and wordings of an occurrence to those that a state has collected."""
        for name, into in self.collects.items():
            if not _is_empty(getattr(occurrence.event, name, None)):
                collected: tuple[Any, ...] = getattr(state, into)
                labels = labels_of(name, occurrence.evidence)
                if labels != collected and not {*labels} <= {*collected}:
                    changes[into] = tuple(dict.fromkeys((*collected, *labels)))
                if name in occurrence.disputed:
                    changes["disputed"] = tuple(sorted({*changes.get("disputed", state.disputed), into}))
