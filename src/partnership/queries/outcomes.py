"""What became of each plan: what ended it, or where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

import attrs
from attrs import frozen

from partnership.engine.fold import Folded
from partnership.model.expectations import Expectation, PlannedState
from partnership.model.kind import Kind
from partnership.model.occurrence import STATUS, Occurrence, publication_date
from partnership.model.open_plans import OpenPlan
from partnership.model.value_text import name_in_words
from partnership.queries.calendar import (
    PlannedItem,
    awaits_date,
    is_still_due,
    previous_dates_of,
    steps,
    title_of,
    undated_plan,
)
from partnership.values.date_words import in_words, planned_in_words, since_in_words
from partnership.values.display import Tone, dotted, in_lines
from partnership.values.sources import Source
from partnership.values.when import When


@frozen(repr=False)
class PlanOutcome(PlannedItem):
    """A plan with what became of it. Its `standing` is ``'ended'`` if an event is known that ended it.

    Attributes:
        outcome: stored name of the event that ended the plan, such as ``'meeting-held'`` or ``'meeting-cancelled'``;
            None if none is known.
        outcome_on: date of that event; None if no source gives one.
        is_outcome_disputed: whether sources differ on whether, or when, it took place.
        outcome_sources: the documents that report it.
        outcome_claims: ids of the claims that report it.
    """

    outcome: str | None = None
    outcome_on: When | None = None
    is_outcome_disputed: bool = False
    outcome_sources: tuple[Source, ...] = ()
    outcome_claims: tuple[str, ...] = ()

    @property
    def became(self) -> str:
        """What became of the plan in words: "meeting held, 17 June 2020" or "overdue since 5 December 2020"."""
        if self.outcome:
            day = f", {in_words(self.outcome_on)}" if self.outcome_on else ""
            return f"{name_in_words(self.outcome)}{day}{' (sources differ)' if self.is_outcome_disputed else ''}"
        if self.planned is None:
            return f"open without a date since {in_words(self.since)}"
        words = self.standing.replace("-", " ")
        return words if self.standing in ("to-come", "past") else f"{words} since {since_in_words(self.planned)}"

    _headings: ClassVar = ("what", "what became of it", "planned for", "said in")

    def _cells(self) -> tuple[object, ...]:
        what, _, planned, sources = super()._cells()
        tone: Tone = "done" if self.outcome else "open" if self.standing == "to-come" else "off"
        return what, in_lines([dotted(self.became, tone), *self.outcome_sources]), planned, sources

    def _text(self) -> str:
        earlier = ", ".join(map(planned_in_words, self.previous_dates))
        before = f"; planned before for {earlier}" if earlier else ""
        sources = "; ".join(map(str, self.outcome_sources))
        outcome = f"; {self.became}, said by {sources}" if self.outcome else ""
        return f"{self.label}: {super()._text()}{before}{outcome}"


_Plan = Expectation | OpenPlan
_Aim = tuple[str | None, tuple[str, ...], str | None]
"""What tells the plans of a subject apart: the act, by whom, and the institution or part."""


@frozen
class EndedPlan:
    """A plan that an event ended.

    Attributes:
        state: the state before that event.
        latest: the state after all events.
        plan: the plan, with the dates that were planned before.
        aim: what it was for.
        occurrence: the event.
        is_met: whether the state has it as the outcome of the plan.
        is_open: whether it leaves open what becomes of the plan.
    """

    state: Any
    latest: Any
    plan: _Plan
    aim: _Aim
    occurrence: Occurrence
    is_met: bool
    is_open: bool


def ended_plans(kind: Kind[Any], folds: Mapping[str, Folded[Any]]) -> Iterator[EndedPlan]:
    """Yield the plans in the states of a kind that an event ended: it took place, was called off, or given to another.

    Each state is computed once more, event by event. An event after which a plan is not outstanding any more has ended
    it, unless a newer plan takes its place: then the plan has moved. A plan that was called off and is made again has
    moved, too.

    Args:
        kind: the kind.
        folds: its states by key.
    """
    for key, folded in folds.items():
        if len(folded.occurrences) > 1 and hasattr(folded.state, "outstanding"):  # the first event can end no plan
            yield from _ended(kind, key, folded)


def _ended(kind: Kind[Any], key: str, folded: Folded[Any]) -> Sequence[EndedPlan]:
    rows: list[EndedPlan] = []
    plans: list[_Plan] = []
    aims: dict[int, _Aim] = {}  # by id of the plan: of a state with many plans, an event changes few
    for occurrence, before, after in steps(kind, key, folded):
        newer: list[_Plan] = [*after.outstanding, *getattr(after, "open_without_date", ())]
        if awaits_date(kind, after):
            newer += [plan for plan in plans if awaits_date(kind, before)] or [undated_plan(after, occurrence)]
        aims |= {id(plan): _aim(after, plan) for plan in newer if id(plan) not in aims}
        gone, added = _without(plans, newer, aims), _without(newer, plans, aims)
        is_met = getattr(after, "outcomes", ()) != getattr(before, "outcomes", ())
        rows = [row for row in rows if not any(_is_made_again(row, after, plan, aims[id(plan)]) for plan in added)]
        if getattr(after, "status", None) != getattr(before, "status", None):
            rows = [_after_step(row, occurrence, after) for row in rows]
        ends = {plan.planned for plan in gone}  # called off, they are among the previous dates of the state
        for plan in gone:
            aim = aims[id(plan)]
            if is_met or not any(_is_one_aim(aim, aims[id(other)]) for other in added):
                earlier = tuple(day for day in previous_dates_of(after, plan) if day not in ends)
                ended = attrs.evolve(plan, previous_dates=earlier)
                is_open = plan.act is None and not is_met and _is_open(after, occurrence)
                rows.append(EndedPlan(before, folded.state, ended, aim, occurrence, is_met, is_open))
        plans, aims = newer, {id(plan): aims[id(plan)] for plan in newer}
    return rows


def _is_open(state: Any, occurrence: Occurrence) -> bool:  # noqa: ANN401  any state
    """Tell whether an event leaves open what becomes of the only plan of a state: a date was not agreed on."""
    is_planned = isinstance(state, PlannedState) and not state.expected
    return is_planned and occurrence.event.outcome is None and is_still_due(state)


def _after_step(row: EndedPlan, occurrence: Occurrence, state: Any) -> EndedPlan:  # noqa: ANN401  any state
    """Return a plan after one more event: what was left open goes on, and what was cancelled may yet be held."""
    if row.is_open:
        return attrs.evolve(row, occurrence=occurrence, is_open=_is_open(state, occurrence))
    is_decided_anew = row.occurrence.event.outcome and occurrence.event.outcome
    return attrs.evolve(row, occurrence=occurrence) if is_decided_anew else row


def _aim(state: Any, plan: _Plan) -> _Aim:  # noqa: ANN401  any state
    """Return what a plan is for; where each row of a state has plans, such as a fund's, the parties of the row."""
    rule = None if isinstance(state, PlannedState) else getattr(state, "parties_owing", None)
    return plan.act, plan.by or (tuple(rule(plan)) if rule else ()), plan.detail


def _is_one_aim(one: _Aim, other: _Aim) -> bool:
    """Tell whether two plans may be of one thing: a newer plan may name what the older one leaves open."""
    return all(this == that or not this or not that for this, that in zip(one, other, strict=True))


def _without(plans: Iterable[_Plan], others: Iterable[_Plan], aims: Mapping[int, _Aim]) -> list[_Plan]:
    """Return the plans that are not among others: those of equal aim and date."""
    kept = {*map(id, others)}
    changed = [plan for plan in plans if id(plan) not in kept]
    if not changed:
        return []
    kept &= {*map(id, plans)}
    left = Counter((aims[id(plan)], plan.planned) for plan in others if id(plan) not in kept)
    missing = []
    for plan in changed:
        key = aims[id(plan)], plan.planned
        left[key] -= 1
        if left[key] < 0:
            missing.append(plan)
    return missing


def _is_made_again(row: EndedPlan, state: Any, plan: _Plan, aim: _Aim) -> bool:  # noqa: ANN401  any state
    """Tell whether a newer plan takes up one that had been ended without an outcome."""
    if row.is_met or row.plan.act != plan.act or not _is_one_aim(row.aim, aim):
        return False
    if row.plan.planned == plan.planned:
        return isinstance(state, PlannedState) or not {*row.plan.claims}.isdisjoint(plan.claims)
    return row.plan.planned is None or row.plan.planned in previous_dates_of(state, plan)


def outcome_of(item: PlannedItem, ended: EndedPlan | None = None) -> PlanOutcome:
    """Return a planned item with what became of it."""
    values: dict[str, Any] = {field.name: getattr(item, field.name) for field in attrs.fields(PlannedItem)}
    if ended is None:
        return PlanOutcome(**values)
    occurrence, values["title"] = ended.occurrence, title_of(ended.latest)
    return PlanOutcome(
        **values,
        outcome=occurrence.event.name,
        outcome_on=occurrence.event.dated,
        is_outcome_disputed=not {"on", STATUS}.isdisjoint((*occurrence.disputed, *occurrence.across)),
        outcome_sources=tuple(dict.fromkeys(item.source for item in occurrence.evidence)),
        outcome_claims=occurrence.claims,
    )


def may_be_within(item: PlanOutcome, first: date | None, last: date | None) -> bool:
    """Tell whether a date of a plan, or one that was planned before, may be within a time.

    Of a plan without a date, the day on which it was announced counts, unless its outcome was before; and the day of
    the outcome: if no source gives that, the days on which sources reported it.
    """
    days = [*item.previous_dates, *([item.planned] if item.planned else [])]
    if not item.planned:
        reported = tuple(source.published for source in item.outcome_sources if source.published)
        came = (item.outcome_on,) if item.outcome_on else reported
        is_told_later = any(day.surely_before(item.since) for day in came)
        days += came if is_told_later else (publication_date(item.sources, item.since), *came)
    return any(not (first and day.surely_before(first)) and not (last and day.surely_after(last)) for day in days)


def by_date(item: PlannedItem) -> tuple[object, ...]:
    """Return the sort key of a plan: by its date, those without one last."""
    planned = item.planned
    day = item.since if planned is None else planned.earliest or date.min
    return planned is None, day, item.subject, planned.text if planned else "", item.act or "", item.by, item.since
