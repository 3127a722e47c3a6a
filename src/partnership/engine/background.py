"""Date what a document only repeats, or tells as the background of its news, before that news."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from operator import attrgetter
from typing import Any

from partnership.engine.ordering import leaves_day_open, names_nothing
from partnership.model.construct import replace
from partnership.model.event import Event, fields_of
from partnership.model.occurrence import Document, Occurrence, documents_of
from partnership.values.sources import Source
from partnership.values.when import When

_NEW_PLAN_DAYS = timedelta(days=3)
"""How long before its publication a document dates a plan that is its news."""
_REPEAT_DAYS = timedelta(days=7)
"""How long agencies repeat each other's news."""
_NEWS_DAYS = timedelta(days=31)
"""How long before its publication a document dates what it tells as news."""


def with_repeats(occurrences: Sequence[Occurrence]) -> Sequence[Occurrence]:
    """Return occurrences with the bounds of postponements that are told without any date, and are no news.

    "The summit was postponed", reports one agency two days after another told of the new date, 5 May. Agencies take
    over the news of each other and leave out parts of it. So a postponement that is reported within a week after
    another publisher named the new day, which is still to come, is the same step and comes first. And one that is told
    with the day that was planned before and with a later one, still to come, comes before that plan.

    Args:
        occurrences: all occurrences of some subjects.
    """
    put_off = [item for item in occurrences if hasattr(item.event, "times")]
    changed: dict[Occurrence, Occurrence] = {}
    for item in put_off if len(occurrences) > 1 else ():
        event: Any = item.event
        if event.dated is None and event.times is None and names_nothing(event):
            if told := [step for step in put_off if _is_told_again(step, item)]:
                step = max(told, key=lambda step: (step.said, step.key))
                changed[item] = replace(item, earliest=step.earliest, latest=min(step.latest, item.latest))
            elif new := _new_plans(item, occurrences):
                changed[item] = replace(item, earliest=None, latest=min(new) - timedelta(days=1))
    return [changed.get(item, item) for item in occurrences] if changed else occurrences


def _new_plans(item: Occurrence, occurrences: Iterable[Occurrence]) -> list[date]:
    """Return when the plans began that a document tells as news, together with a postponement and an earlier plan."""
    told_in = documents_of(item.evidence)
    plans: list[tuple[Occurrence, When]] = [
        (plan, planned)
        for plan in occurrences
        if plan.subject == item.subject
        and plan.event.rank < item.event.rank
        and (planned := getattr(plan.event, "planned", None))
        and not told_in.isdisjoint(documents_of(plan.evidence))
    ]
    days = [planned for _, planned in plans]
    days += [one.value for plan, _ in plans if (fact := plan.rivals.get("planned")) for one in fact.candidates]
    return [
        plan.earliest
        for plan, planned in plans
        if plan.earliest is not None
        and (plan.event.dated is None or (plan.event.dated.is_day and item.said - plan.latest <= _NEW_PLAN_DAYS))
        and _is_to_come(planned, item.said)
        and any(day.surely_before(planned) for day in days)
    ]


def _is_told_again(step: Occurrence, item: Occurrence) -> bool:
    """Tell whether a report without any date may repeat a step that another publisher reported with the new day."""
    planned = getattr(step.event, "planned", None)
    return (
        planned is not None
        and step.subject == item.subject
        and timedelta(0) < item.said - step.said <= _REPEAT_DAYS
        and _is_to_come(planned, item.said)
        and {one.source.publisher for one in step.evidence}.isdisjoint(one.source.publisher for one in item.evidence)
    )


def with_background(occurrences: Sequence[Occurrence]) -> list[Occurrence]:
    """Return occurrences with the bounds of those that a document tells as the background of its news.

    "The summit that is planned for April was postponed yesterday": the plan is older than the postponement, although
    the publication, which otherwise dates a plan, is newer. What one document tells undated of a subject comes before
    what it tells of a later step. So the undated occurrence may have begun as early as the later step, and ended by the
    end of it.

    Two steps of plans are not in this order. A plan for a day still to come is the new date, and not the old one, where
    it is told with a postponement that named none, or with a plan for an earlier day, and that was more than a month
    old. And a step without a date of its own comes before a plan that its document dates on the day of publication,
    whatever the steps: that plan is the news.

    "The long-postponed summit opens today" does not move the day of the opening: a step that names no new day, told
    together with what then took place on a planned day, came before that plan. That does not hold if it says otherwise
    than the plan about anything, such as the place.

    Args:
        occurrences: all occurrences of some subjects.
    """
    later_steps_of = _later_steps(occurrences) if len(occurrences) > 1 else {}
    if not later_steps_of:
        return list(occurrences)
    changed = {item: _as_background(item, steps) for item, steps in later_steps_of.items()}
    plans: dict[str, list[Occurrence]] = defaultdict(list)
    for item in occurrences:
        if getattr(item.event, "planned", None):
            plans[item.subject].append(changed.get(item, item))
    for item, steps in later_steps_of.items():
        if leaves_day_open(item.event):
            outcomes = [step for step in steps if not hasattr(step.event, "planned")]
            changed[item] = _before_plan(changed[item], outcomes, plans[item.subject])
    return [changed.get(item, item) for item in occurrences]


def _later_steps(occurrences: Sequence[Occurrence]) -> dict[Occurrence, list[Occurrence]]:
    """Return the occurrences that their publication dates, each with the dated later steps that its documents tell."""
    undated: list[Occurrence] = []
    dated: list[Occurrence] = []
    for item in occurrences:
        if item.event.dated is not None:
            dated.append(item)
        elif item.earliest is not None:
            undated.append(item)
    if not undated or not dated or _printed_in(undated).isdisjoint(_printed_in(dated)):
        return {}
    told: dict[tuple[str, Document], list[Occurrence]] = defaultdict(list)
    for item in dated:
        subject = item.subject
        for told_in in documents_of(item.evidence):
            told[subject, told_in].append(item)
    steps_of: dict[Occurrence, list[Occurrence]] = {}
    for item in undated:
        subject = item.subject
        steps = [step for told_in in documents_of(item.evidence) for step in told.get((subject, told_in), ())]
        if steps := [step for step in steps if _is_background(item, step)]:
            steps_of[item] = steps
    return steps_of


def _is_background(undated: Occurrence, step: Occurrence) -> bool:
    """Tell whether what a document tells undated came before a step that it dates; see `with_background`."""
    planned, new_day = getattr(undated.event, "planned", None), getattr(step.event, "planned", None)
    if step.event.rank <= undated.event.rank and type(step.event) is not type(undated.event):
        return bool(new_day) and planned is None and step.earliest == step.latest == undated.said
    may_move = hasattr(step.event, "planned") and fields_of(type(step.event)).is_per_publication
    is_old = may_move and step.latest < undated.said - _NEWS_DAYS
    is_earlier = new_day is None or bool(planned and new_day.surely_before(planned))
    return not (planned and is_old and is_earlier and _is_to_come(planned, undated.said))


def _is_to_come(planned: When, day: date) -> bool:
    """Tell whether some planned date begins after a day; one without a beginning ends after it."""
    return any((member.earliest or member.latest or date.max) > day for member in planned.members)


_printed: Callable[[Source], tuple[str, str | None, str | None]] = attrgetter("publisher", "title", "url")


def _printed_in(occurrences: Iterable[Occurrence]) -> set[tuple[str, str | None, str | None]]:
    """Return what is fast to compare of the documents of some occurrences: different ones may have it in common."""
    return {_printed(item.attribution.said_in) for occurrence in occurrences for item in occurrence.evidence}


def _as_background(occurrence: Occurrence, steps: Sequence[Occurrence]) -> Occurrence:
    """Return an occurrence that came before some later steps."""
    begins, ends = min(step.earliest or date.min for step in steps), min(step.latest for step in steps)
    if any(step.event.rank < occurrence.event.rank for step in steps):  # the order of steps would put it behind
        return replace(occurrence, earliest=None, latest=min(ends, occurrence.latest) - timedelta(days=1))
    earliest = None if begins == date.min else min(begins, occurrence.earliest or begins)
    return replace(occurrence, earliest=earliest, latest=min(ends, occurrence.latest))


def _before_plan(occurrence: Occurrence, outcomes: Sequence[Occurrence], plans: Sequence[Occurrence]) -> Occurrence:
    """Return an occurrence that came before every plan that an outcome met; unchanged if it contradicts one of them."""
    days = [outcome.event.dated for outcome in outcomes]
    met = [
        plan
        for plan in plans
        if plan.event.rank < occurrence.event.rank
        and plan.earliest is not None
        and any(planned.covers(day) for planned in plan.event.planned.members for day in days if day)  # type: ignore[attr-defined]  # plans have it
    ]
    if not met or any(_differ(occurrence.event, plan.event) for plan in met):
        return occurrence
    last_day = min(plan.earliest for plan in met if plan.earliest) - timedelta(days=1)
    return replace(occurrence, earliest=None, latest=last_day) if last_day < occurrence.latest else occurrence


def _differ(event: Event, other: Event) -> bool:
    """Tell whether two events state different values of a field that both have."""
    names = [name for names in fields_of(type(event)).facts for name in names]
    return any(
        getattr(other, name, None) not in (None, (), value)
        for name in names
        if (value := getattr(event, name)) not in (None, ())
    )
