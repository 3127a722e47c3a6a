"""What a projection is, and the few verbs with which pages write their ``evolve``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import attrs
from attrs import field, frozen

from partnership.model.construct import replace
from partnership.model.event import Event, fields_of
from partnership.model.expectations import Outcome, with_new_plan
from partnership.model.occurrence import Finding, Occurrence, labels_of
from partnership.values.when import When

__all__ = ["Lifecycle", "Projection", "Step", "copy_fields"]

S = TypeVar("S")


def _no_findings(_state: object, _happenings: Sequence[Occurrence]) -> Iterable[Finding]:
    return ()


@frozen(eq=False)
class Projection(Generic[S]):
    """A named, versioned, pure fold: built-in ones and a user's own are the same kind of thing.

    Attributes:
        name: of the projection.
        initial: the state before anything happened, from the key.
        evolve: the state after one more occurrence; total: it never raises on anything recorded.
        version: one more whenever the same occurrences would give another state.
        kind: of the subjects that it is about, for one state a subject; None where `key` decides.
        key: the keys whose states a occurrence changes; the happening's subject, unless it says otherwise: a party, a
            fund, ``("all",)`` for the whole. Of a projection with a `kind`, they are subjects that the event is about
            or refers to: so one state needs only what was told of that, and of what refers to it.
        rules: findings from the state and the occurrences that led to it, in their order.
    """

    name: str
    initial: Callable[[str], S]
    evolve: Callable[[S, Occurrence], S]
    version: int = 1
    kind: str | None = None
    key: Callable[[Occurrence], Iterable[str]] | None = None
    rules: Callable[[S, Sequence[Occurrence]], Iterable[Finding]] = _no_findings
    _reads: dict[type[Event], bool] = field(factory=dict, init=False, repr=False)  # made when first asked for

    def keys(self, occurrence: Occurrence) -> tuple[str, ...]:
        """Return the keys whose states *occurrence* changes; of the projection's kind, where it has one."""
        event = occurrence.event
        if not self.reads(type(event)):
            return ()
        if self.key is None:
            return (event.about,)
        prefix = f"{self.kind}:" if self.kind else ""
        return tuple(dict.fromkeys(key for key in self.key(occurrence) if key.startswith(prefix)))

    @property
    def reads_more(self) -> bool:
        """Whether a state may change by what other subjects do."""
        return self.kind is None or self.key is not None

    def reads(self, event: type[Event]) -> bool:
        """Tell whether events of a class may change a state: they are about its kind, or can refer to it."""
        known = self._reads.get(event)
        if known is None:
            about = fields_of(event)
            refers = self.reads_more and any(kind in (self.kind, "*") for _, kind in about.refers)
            known = self._reads[event] = self.kind in (None, event.kind) or refers
        return known


A = TypeVar("A", bound=Any)  # an attrs class with a field `disputed`; attrs.evolve gives no narrower type


def copy_fields(state: A, occurrence: Occurrence, *names: str, only_unset: bool = False, **renamed: str) -> A:
    """Return *state* with what the event says in the named fields, and with their disputes.

    ``take(state, h, "place", held_on="on")`` keeps the event's ``place`` as ``place`` and its ``on`` as ``held_on``.
    A field in which the event says nothing stays as it was; one that it says without dispute is disputed no longer.

    Args:
        state: before.
        occurrence: whose event says something.
        *names: fields of the event that the state keeps under the same name.
        only_unset: leave fields that have a value, for reports that the state has already passed.
        **renamed: fields of the state, each with the field of the event that it keeps.
    """
    fields = {**{name: name for name in names}, **renamed}
    return replace(state, **_copied(state, occurrence, fields, {}, only_unset=only_unset))


def _copied(
    state: Any,  # noqa: ANN401  any state
    occurrence: Occurrence,
    fields: Mapping[str, str],
    before: Mapping[str, Any],
    *,
    only_unset: bool,
) -> dict[str, Any]:
    """Return what changes in a state when it takes fields of an event, each under the name that stands before it.

    Args:
        state: that takes them.
        occurrence: whose event says something.
        fields: what the state calls each field, and what the event does.
        before: what changed already.
        only_unset: leave fields that have a value.
    """
    changes: dict[str, Any] = {}
    event, in_dispute = occurrence.event, occurrence.disputed
    disputed: tuple[str, ...] = before.get("disputed", state.disputed)
    for into, name in fields.items():
        value = getattr(event, name)
        if value is None or (type(value) is tuple and not value):
            continue
        if only_unset and not _says_nothing(before[into] if into in before else getattr(state, into)):
            continue
        changes[into] = value
        if name in in_dispute:
            disputed = tuple(sorted({*disputed, into}))
        elif into in disputed:
            disputed = tuple(one for one in disputed if one != into)
    if disputed is not state.disputed:
        changes["disputed"] = disputed
    return changes


def _says_nothing(value: object) -> bool:
    return value is None or (type(value) is tuple and not value)


@frozen
class Step:
    """What one event does to a state.

    Attributes:
        to: the status that it leads to; None where it leaves the status.
        copies: fields of the event that the state keeps under the same name.
        on: the field of the state that keeps the event's day.
        sets_plan: its ``planned`` is expected from now on.
        cancels_plan: the days expected before no longer stand: without ``planned`` it leaves nothing to expect.
        fulfils: it is an outcome: what was expected has come.
    """

    to: str | None = None
    copies: tuple[str, ...] = ()
    on: str | None = None
    sets_plan: bool = False
    cancels_plan: bool = False
    fulfils: bool = False


@frozen
class Lifecycle:
    """The statuses of a kind of subject, and what each of its events does.

    Attributes:
        steps: by stored name of the event.
        ranks: the place of each status; a lower one does not replace a higher one.
        interruptions: statuses that may replace a higher one: postponed, suspended, cancelled.
        terminal: statuses that absorb: no interruption replaces them, and no plan is expected after them.
        copies: fields that the state keeps from every event that has them.
        provisos: fields that hold for the plan that says them; one that names a day again empties them.
        arranged: fields that hold for the days with which they are said; a plan that moves these empties them.
        collects: by field of the events that have it, the field of the state that collects all its names and wordings.
    """

    steps: Mapping[str, Step]
    ranks: Mapping[str, int]
    interruptions: frozenset[str] = frozenset()
    terminal: frozenset[str] = frozenset()
    copies: tuple[str, ...] = ("title",)
    provisos: tuple[str, ...] = ()
    arranged: tuple[str, ...] = ()
    collects: Mapping[str, str] = {"title": "titles"}
    _fields: dict[type[Event], Mapping[str, str]] = field(factory=dict, init=False)  # made when first asked for

    def follows(self, to: str, now: str | None) -> bool:
        """Tell whether status *to* may follow the status of *now*."""
        if now is None or self.ranks[to] >= self.ranks[now]:
            return True
        return to in self.interruptions and now not in self.terminal

    def advance(self, state: A, occurrence: Occurrence) -> A:
        """Return *state* after one more occurrence; a occurrence of no step leaves it as it is.

        A report that the state has already passed (a plan, or a change of plan, that is told after the meeting) changes
        no status and fills only fields that are still empty.
        """
        step = self.steps.get(occurrence.event.name)
        if step is None:
            return state
        passed = state.status in self.terminal if step.to is None else not self.follows(step.to, state.status)
        changes: dict[str, Any] = {}
        if (step.sets_plan or step.cancels_plan) and state.status not in self.terminal:
            changes = self._replanned(state, occurrence, step)
        fields = self._fields_of(step, type(occurrence.event))
        changes |= _copied(state, occurrence, fields, changes, only_unset=passed)
        if step.to is not None and not passed:
            changes["status"] = step.to
        if step.fulfils:
            changes["outcomes"] = (*state.outcomes, Outcome(occurrence.earliest, occurrence.latest))
        self._collect(changes, state, occurrence)
        return replace(state, **changes)

    def _fields_of(self, step: Step, event: type[Event]) -> Mapping[str, str]:
        """Return which fields of an event the state keeps, under the names that it gives them."""
        if event not in self._fields:
            own = {one.name for one in attrs.fields(event)}
            fields = {name: name for name in (*(one for one in self.copies if one in own), *step.copies)}
            self._fields[event] = fields | ({step.on: "on"} if step.on else {})
        return self._fields[event]

    def _replanned(self, state: Any, occurrence: Occurrence, step: Step) -> dict[str, Any]:  # noqa: ANN401  any state
        """Return what the days of a plan change in a state, and what held for those before and holds no more."""
        planned: When | None = getattr(occurrence.event, "planned", None)
        if planned is None and not step.cancels_plan:
            return {}
        changes = with_new_plan(state, occurrence, moves=step.cancels_plan)
        has_moved = step.sets_plan and changes.get("previous_dates", state.previous_dates) != state.previous_dates
        expected = changes.get("expected", state.expected)
        is_new = planned is not None and any(one.planned in planned.members for one in expected)
        lapsed = (*(self.provisos if is_new or has_moved else ()), *(self.arranged if has_moved else ()))
        disputed = changes.get("disputed", state.disputed)
        if any(one in lapsed for one in disputed):
            changes["disputed"] = tuple(one for one in disputed if one not in lapsed)
        return changes | dict.fromkeys(lapsed)

    def _collect(self, changes: dict[str, Any], state: Any, occurrence: Occurrence) -> None:  # noqa: ANN401  any state
        """Add all names and wordings of a occurrence to those that a state has."""
        for name, into in self.collects.items():
            if getattr(occurrence.event, name, None) not in (None, ()):
                held: tuple[Any, ...] = getattr(state, into)
                labels = labels_of(name, occurrence.evidence)
                if any(one not in held for one in labels):
                    changes[into] = tuple(dict.fromkeys((*held, *labels)))
