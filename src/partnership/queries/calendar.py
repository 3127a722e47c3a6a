"""The calendar: what is planned, what is overdue, and which plans have moved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Literal

from attrs import frozen

from partnership.engine.fold import Folded
from partnership.model.construct import replace
from partnership.model.expectations import Expectation, PlannedState, first_parties
from partnership.model.kind import Kind
from partnership.model.occurrence import Occurrence, publication_date
from partnership.model.open_plans import OpenPlan
from partnership.model.plan_words import PLAN_WORDS, Force, force_in_words
from partnership.model.value_text import act_in_words, value_in_words
from partnership.values.amounts import duration
from partnership.values.date_words import in_words, planned_in_words
from partnership.values.display import Displayable, dotted, in_lines, rows_table
from partnership.values.sources import Source
from partnership.values.when import When

Standing = Literal["overdue", "perhaps-overdue", "lapsed", "without-date", "to-come", "past", "ended"]
"""Where a plan stands on a day; see `standing_of`.

In `View.outcomes`, what no party owes is ``'past'`` after its last day, and what has a known outcome is ``'ended'``.
"""

_OVERDUE: tuple[Standing, ...] = ("overdue", "perhaps-overdue", "lapsed", "without-date")
"""What `View.overdue` lists, in this order."""


_WEAK: tuple[Force, ...] = ("possible", "hoped")
"""How a source puts a plan that nobody undertakes to carry out."""

_WITHOUT_NEW_DATE = ("postponed", "date-not-agreed")
"""Statuses in which the dates planned before do not stand, although nothing was cancelled."""


def standing_of(planned: When | None, day: date, force: Force | None = None) -> Standing:
    """Return where a plan without a known outcome stands on a day.

    - ``'overdue'``: its last day is surely past.
    - ``'perhaps-overdue'``: its last day is past, but the date is approximate or doubtful: "about June", in July. Or it
      begins on a day that is past, and its last day is not known.
    - ``'lapsed'``: its last day is past, surely or perhaps, and the source only called it possible or hoped for it, so
      that nobody failed to do what was undertaken.
    - ``'without-date'``: no source gives a date, so it is never overdue and might be forgotten.
    - ``'to-come'``: its last day is not past, or it has none: "not before March" is never overdue.
    """
    if planned is None:
        return "without-date"
    last = last_known_day(planned)
    if last is None or last >= day:
        return "to-come"
    if force in _WEAK:
        return "lapsed"
    return "overdue" if planned.surely_before(day) else "perhaps-overdue"


def last_known_day(planned: When) -> date | None:
    """Return the last day of a date, or the first of a span whose end is not known; None if it has no bound."""
    return planned.start[1] if planned.latest is None and planned.is_span else planned.latest


@frozen(repr=False)
class PlannedItem(Displayable):
    """A plan that is neither carried out nor cancelled.

    Attributes:
        subject: the subject, ``kind:slug``.
        planned: the planned date, as vague as the sources are; None if no source gives one.
        title: the title, or the wording, of the subject, or who takes part in which meeting; None if it has none.
        since: the day from which this plan was known; if it has no date, from which it was known to have none.
        previous_dates: dates that were planned before for the same act.
        sources: the documents that say so.
        claims: ids of the claims that say so.
        standing: where it stands.
        act: the planned act, where several acts may be planned for one subject, such as ``'ratify'``; None if no source
            says which.
        is_context: whether no party owes it to another, such as an election; it is never overdue.
        timing: the date in the source's words; None if it gives none.
        is_undated: whether it has no date because the source says that none is set.
        force: how strongly the source puts the plan; None if it simply plans it.
        by: the parties that are to act, where each party acts by itself.
        detail: the institution that is to act, or the part that the act is of, where plans of several stand side by
            side.
        put_off: how it was put off, "put off indefinitely", that no date was agreed on, or that it was cancelled and
            planned again; empty if no source says so.
        owed_by: the parties that sources name as those that are to do it: that give, act, travel, host, take part, or
            are expected to hold a role; empty if they name none.
        owed_as_host: whether they are named as its hosts.
    """

    subject: str
    planned: When | None
    title: str | None
    since: date
    previous_dates: tuple[When, ...]
    sources: tuple[Source, ...]
    claims: tuple[str, ...]
    standing: Standing
    act: str | None = None
    is_context: bool = False
    timing: str | None = None
    is_undated: bool = False
    force: Force | None = None
    by: tuple[str, ...] = ()
    detail: str | None = None
    put_off: str = ""
    owed_by: tuple[str, ...] = ()
    owed_as_host: bool = False

    @property
    def label(self) -> str:
        """Where it stands, in a word or two before it: "planned", "context", "perhaps overdue", "open"."""
        if self.standing == "to-come":
            return "context" if self.is_context else "planned"
        return "open" if self.standing == "without-date" else self.standing.replace("-", " ")

    @property
    def act_in_words(self) -> str:
        """The planned act in words, "to enter into force"; empty if there is none."""
        return act_in_words(self.act, self.detail)

    @property
    def qualified(self) -> str:
        """What sources add to the date, after a comma each: how it was put off, its words, how strong the plan is."""
        words = (
            self.put_off,
            f"“{value_in_words(self.timing)}”" if self.timing else "",
            "no date is set, as the source says" if self.is_undated else "",
            force_in_words(self.force),
        )
        return "".join(f", {word}" for word in words if word)

    _plural: ClassVar = "plans"
    _headings: ClassVar = ("what", "where it stands", "planned for", "said in")

    def _cells(self) -> tuple[object, ...]:
        planned = planned_in_words(self.planned) if self.planned else f"no date, since {in_words(self.since)}"
        what = [line for line in (self.title, self.subject, self.act_in_words) if line]
        earlier = [f"before that for {planned_in_words(day)}" for day in reversed(self.previous_dates)]
        stands = dotted(self.standing.replace("-", " "), "open" if self.standing == "to-come" else "off")
        return in_lines(what), stands, in_lines([f"{planned}{self.qualified}", *earlier]), in_lines(self.sources)

    def _text(self) -> str:
        sources = "; ".join(map(str, self.sources))
        since = in_words(publication_date(self.sources, self.since))
        is_planned = "planned" if self.standing == "ended" else "open"
        dated = self.planned and f"planned {planned_in_words(self.planned)}"
        planned = dated or f"{is_planned} without a date since {since}"
        perhaps = ", perhaps overdue" if self.standing == "perhaps-overdue" else ""
        act = f" {self.act_in_words}," if self.act else ""
        return (
            f"{self.subject}{_in_parentheses(self.title)}:{act} {planned}{self.qualified}{perhaps}, said by {sources}"
        )


@frozen(repr=False)
class Moved(Displayable):
    """A plan that was moved, and is neither carried out nor cancelled.

    Attributes:
        subject: the subject, ``kind:slug``.
        title: the title of the subject; None if it has none.
        earlier: dates that were planned before, the first plan first.
        planned: the dates that are planned now; empty where it was postponed without a new date.
        act: the planned act, where several acts may be planned for one subject; None if no source says which.
        by: the parties that are to act, where each party acts by itself.
        detail: the institution that is to act, or the part that the act is of, where plans of several stand side by
            side.
    """

    subject: str
    title: str | None
    earlier: tuple[When, ...]
    planned: tuple[When, ...]
    act: str | None = None
    by: tuple[str, ...] = ()
    detail: str | None = None

    _plural: ClassVar = "plans"
    _headings: ClassVar = ("what", "planned before for", "planned now for")

    def _cells(self) -> tuple[object, ...]:
        act = act_in_words(self.act, self.detail)
        what = [line for line in (self.title, self.subject, act) if line]
        now = in_lines(map(planned_in_words, self.planned)) if self.planned else "without a date"
        return in_lines(what), in_lines(map(planned_in_words, self.earlier)), now

    def _text(self) -> str:
        earlier = ", then ".join(map(planned_in_words, self.earlier))
        now = ", ".join(map(planned_in_words, self.planned)) or "without a date"
        act = f" {act_in_words(self.act, self.detail)}," if self.act else ""
        return f"{self.subject}{_in_parentheses(self.title)}:{act} planned {earlier}, now {now}"


def _in_parentheses(title: str | None) -> str:
    return f" ({value_in_words(title)})" if title else ""


@frozen(repr=False)
class Calendar(Displayable):
    """What is planned, what is overdue, and which plans have moved. It includes private entries.

    Attributes:
        planned: plans whose last day is not past, the earliest first; also what no party owes, such as an election.
        overdue: what `View.overdue` lists: plans whose last day is past, surely or perhaps, those that were only
            possible or hoped for, and plans without a date.
        moved: plans with other dates before, by subject.
    """

    planned: tuple[PlannedItem, ...]
    overdue: tuple[PlannedItem, ...]
    moved: tuple[Moved, ...]

    def _repr_html_(self) -> str:
        parts = (("planned", self.planned), ("overdue or without a date", self.overdue), ("moved", self.moved))
        return "".join(rows_table(title, items) for title, items in parts)

    def _text(self) -> str:
        lines = [f"{item.label}: {item}" for item in (*self.planned, *self.overdue)]
        lines += [f"moved: {item}" for item in self.moved]
        return "\n".join(lines) or "nothing is planned"


def previous_dates_of(state: Any, plan: Expectation | OpenPlan) -> tuple[When, ...]:  # noqa: ANN401  any state
    """Return the dates that were planned before: for the act of a plan, or for the subject if it has only one act."""
    dates: tuple[When, ...] = state.previous_dates if plan.previous_dates is None else plan.previous_dates
    return dates


def put_off_of(state: Any, plan: Expectation | OpenPlan) -> str:  # noqa: ANN401  any state
    """Return how a plan was put off, or that it was made again after it was cancelled; empty if no source says so.

    That it was postponed is said of a plan with a date where no source gives the dates that were planned before.
    """
    words: str = getattr(state, "put_off_in_words", "")
    if words or plan.planned is None or plan.act is not None:
        return words
    if (day := getattr(state, "cancelled_on", None)) and state.status != "cancelled":
        return f"planned again after it was cancelled ({in_words(day)})"
    day = getattr(state, "postponed_on", None)
    return f"postponed ({in_words(day)})" if day and not previous_dates_of(state, plan) else ""


def is_context(state: Any, act: str | None) -> bool:  # noqa: ANN401  any state
    """Tell whether no party owes what is planned to another, as an election or an anniversary."""
    return getattr(state, "is_context", False) and act not in getattr(state, "owed", ())


def owed_by(state: Any, plan: Expectation | OpenPlan) -> tuple[tuple[str, ...], bool]:  # noqa: ANN401  any state
    """Return the parties that sources name as those that are to carry out a plan, and whether they do so as hosts.

    The state says who they are, `PlannedState.parties_owing`. Nobody where no party owes what is planned.

    Args:
        state: the state that has the plan.
        plan: the plan.
    """
    if is_context(state, plan.act):
        return (), False
    hosts, rule = first_parties(state, PlannedState.owed_by), getattr(state, "parties_owing", None)
    parties = tuple(rule(plan)) if rule else plan.by or hosts
    return parties, bool(parties) and parties == hosts and not plan.by


def title_of(state: Any) -> str | None:  # noqa: ANN401  any state
    """Return the title of a state, or its wording; None if it has neither."""
    return getattr(state, "title", None) or getattr(state, "text", None)


def outstanding(states: Iterable[Any]) -> Iterable[tuple[Any, Expectation]]:
    """Yield the planned dates of states for which nothing has taken place yet, each after its state."""
    for state in states:
        for plan in getattr(state, "outstanding", ()):
            yield state, plan


def overdue(states: Iterable[Any], today: date, grace: int) -> list[tuple[Any, Expectation, Standing]]:
    """Return the plans that are overdue, perhaps overdue or lapsed, each after its state: the longest so first.

    An approximate date, "about June", is surely overdue one unit later, when July is past. Overdue is not cancelled:
    that no source reports an outcome proves nothing. What no party owes, an election or an anniversary, is never
    overdue.

    Args:
        states: states of any kinds.
        today: the day to compare with.
        grace: number of days after the last planned day on which a plan is not overdue yet.

    Raises:
        InvalidValue: the grace is not a number of days.
    """
    duration(grace, "days of grace")
    if grace >= today.toordinal():
        return []
    limit = date.fromordinal(today.toordinal() - grace)
    plans: list[tuple[Any, Expectation, Standing]] = [
        (state, plan, standing_of(plan.planned, limit, plan.force))
        for state, plan in outstanding(states)
        if not is_context(state, plan.act)
    ]
    late = [item for item in plans if item[2] in _OVERDUE]
    return sorted(
        late,
        key=lambda item: (
            _OVERDUE.index(item[2]),
            last_known_day(item[1].planned),
            item[0].subject,
            item[1].planned.text,
        ),
    )


def open_without_date(kind: Kind[Any], folds: Mapping[str, Folded[Any]]) -> list[tuple[Any, OpenPlan]]:
    """Return what is planned or postponed without a date in the states of a kind, each after its state.

    That is a state in a status that awaits a date, and one that is open and whose source says that no date is set. A
    state with several acts lists those that are open without a date itself.

    Args:
        kind: the kind; its lifecycle says which statuses await a date.
        folds: its states by key.
    """
    rows: list[tuple[Any, OpenPlan]] = []
    for key, folded in folds.items():
        rows += [(folded.state, plan) for plan in getattr(folded.state, "open_without_date", ())]
        if awaits_date(kind, folded.state):
            first, was_open = folded.occurrences[-1], False
            for occurrence, _, state in steps(kind, key, folded):
                is_open = awaits_date(kind, state)
                first, was_open = occurrence if is_open and not was_open else first, is_open
            rows.append((folded.state, undated_plan(folded.state, first)))
    return rows


def steps(kind: Kind[Any], key: str, folded: Folded[Any]) -> Iterator[tuple[Occurrence, Any, Any]]:
    """Yield the occurrences behind a state that changed it, each with the state before and after it."""
    projection: Any = kind.projection  # a kind with states has one
    state = projection.initial(key)
    for occurrence in folded.occurrences:
        if not occurrence.is_refuted:
            before, state = state, projection.evolve(state, occurrence)
            yield occurrence, before, state


def awaits_date(kind: Kind[Any], state: Any) -> bool:  # noqa: ANN401  any state
    """Tell whether a state is open without a date by itself, apart from those of its acts that are."""
    if getattr(state, "expected", None) != () or getattr(state, "is_context", False):
        return False
    statuses = kind.lifecycle.awaiting_date if kind.lifecycle else ()
    return (bool(statuses) and state.status in statuses) or _is_said_to_be_undated(state)


def undated_plan(state: Any, first: Occurrence) -> OpenPlan:  # noqa: ANN401  any state
    """Return the plan without a date of a state that awaits one, since an occurrence."""
    timing, is_undated, force = (getattr(state, name, None) for name in PLAN_WORDS)
    return OpenPlan(None, (), first.said, first.claims, state.previous_dates, timing, is_undated, force)


def _is_said_to_be_undated(state: Any) -> bool:  # noqa: ANN401  a state with plans
    """Tell whether a source says that no date is set, and a date would still be outstanding: it is open by itself."""
    if getattr(state, "is_undated", None) is not True or hasattr(state, "open_without_date"):
        return False
    return is_still_due(state)


def is_still_due(state: Any) -> bool:  # noqa: ANN401  a state with plans
    """Tell whether a planned date would be outstanding: nothing says that what is planned took place or is over."""
    probe = Expectation(When(date.min), date.min, ())
    return bool(replace(state, expected=(probe,)).outstanding)


def upcoming(states: Iterable[Any], today: date, horizon: date | None = None) -> list[tuple[Any, Expectation]]:
    """Return the plans whose last day is not past, each after its state: the earliest first.

    Args:
        states: states of any kinds.
        today: the day to compare with.
        horizon: only what may happen by the end of this day; a plan for "2022" may happen in any month of 2022.
    """
    ahead = [
        (state, plan)
        for state, plan in outstanding(states)
        if standing_of(plan.planned, today, plan.force) == "to-come"
        and not (horizon and plan.planned.surely_after(horizon))
    ]
    return sorted(ahead, key=lambda pair: (pair[1].planned.earliest or date.min, pair[0].subject, pair[1].planned.text))


def moved(states: Iterable[Any]) -> tuple[Moved, ...]:
    """Return the plans that were moved and are outstanding, or were postponed without a new date, by subject."""
    rows = []
    for state in sorted(states, key=lambda state: str(state.subject)):
        title = getattr(state, "title", None)
        planned: dict[tuple[tuple[When, ...], str | None, tuple[str, ...], str | None], list[When]] = {}
        for _, plan in outstanding([state]):
            key = previous_dates_of(state, plan), plan.act, plan.by, plan.detail
            planned.setdefault(key, []).append(plan.planned)
        for undated in getattr(state, "open_without_date", ()):
            planned.setdefault((undated.previous_dates, undated.act, undated.by, undated.detail), [])
        if not planned and getattr(state, "status", None) in _WITHOUT_NEW_DATE:
            planned[getattr(state, "previous_dates", ()), None, (), None] = []
        rows += [
            Moved(state.subject, title, earlier, tuple(days), act, by, detail)
            for (earlier, act, by, detail), days in planned.items()
            if earlier
        ]
    return tuple(rows)
