"""Statistics: the figures of a series by period and authority, its targets and forecasts.

Two authorities count the same trade differently ("mirror" statistics), so no figure overwrites another: they dispute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, ClassVar, get_args

import attrs
from attrs import field

from partnership import fields
from partnership._frozen import frozen
from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import ACCOUNT, IMPLIED, LABEL, PARTIAL_LIST
from partnership.model.event import PER_PUBLICATION, Event, Identity, Together
from partnership.model.expectations import Expectation
from partnership.model.findings import contradiction, named, oddity
from partnership.model.kind import BuiltInKind, Kind
from partnership.model.money_words import equivalents_of
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.parts import impossible_parts
from partnership.model.projection import Projection, copy_fields
from partnership.model.ranges import Range, range_of, range_of_number
from partnership.model.state_rows import by_day, find_row, with_row
from partnership.values.amounts import Bound, Money, Percent
from partnership.values.date_words import in_words
from partnership.values.when import When

__all__ = ["ForecastReported", "StatisticReported", "StatisticRevised", "TargetSet"]


def _bound(value: Bound | None) -> Bound | None:
    return converters.one_of(get_args(Bound), value)  # type: ignore[no-any-return]


@frozen(kw_only=True)
class StatisticEvent(Event):
    """Base class of the events of a series of figures: fields that any report may have.

    Attributes:
        title: the name that the source uses.
        authority: the authority that counts: "ASEAN Secretariat", "Federal Customs Service".
        direction: direction of the flow, in the desk's words: "imports", "Russia to ASEAN".
        period: the period of the figure; if the source gives none, the day of publication as an upper bound
            (``../2021-04-02``).
        amount: the figure, if it is money.
        number: the figure, if it is not money.
        unit: the unit of the number, in the desk's words: "arrivals", "tonnes".
        bound: whether the number is a minimum, a maximum or approximate; None means exact.
        equivalent: the amount in a second currency, as the source prints it; not converted.
        part_of: the whole of which this is a part: the slug of another series (all trade, of trade in goods), or
            ``kind:slug`` of a plan or document.
        parties: the parties whose figure it is, such as the two sides of a trade flow.
    """

    kind = "statistic"
    together: ClassVar[Together] = (("number", "unit", "bound"),)
    dated_by = "period"
    describes: ClassVar[tuple[str, ...]] = ("direction", "part_of", "parties")

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    authority: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    direction: str | None = field(default=None, converter=converters.name)
    period: When = field(converter=converters.needed_day)
    amount: Money | None = field(default=None, converter=converters.amount)
    number: Decimal | None = field(default=None, converter=converters.number)
    unit: str | None = field(default=None, converter=converters.name)
    bound: Bound | None = field(default=None, converter=_bound, metadata=IMPLIED)
    equivalent: Money | None = field(default=None, converter=converters.amount)
    part_of: str | None = fields.ref("statistic", "plan", "document")
    parties: tuple[str, ...] = field(default=(), converter=converters.codes, metadata=PARTIAL_LIST)

    def impossible(self) -> tuple[str, ...]:
        """Refuse a series that is a part of itself."""
        return impossible_parts(self)


@frozen(kw_only=True)
class StatisticReport(StatisticEvent):
    """Base class of reported figures: comparison with an earlier figure.

    Attributes:
        change: change since the earlier figure in percent: "up 17.9 per cent".
        factor: ratio to the earlier figure: 3.5.
        compared_with: the period of the earlier figure.
        previous: the earlier figure, if it is money.
        previous_number: the earlier figure, if it is not money.
    """

    change: Percent | None = field(default=None, converter=converters.percent)
    factor: Decimal | None = field(default=None, converter=converters.number)
    compared_with: When | None = field(default=None, converter=converters.day)
    previous: Money | None = field(default=None, converter=converters.amount)
    previous_number: Decimal | None = field(default=None, converter=converters.number)


@frozen(kw_only=True)
class StatisticReported(StatisticReport):
    """A figure of a period is reported. Figures of one period by two authorities are one occurrence and disputed."""

    name = "statistic-reported"
    rank = 10
    identity: ClassVar[Identity] = ("period",)


@frozen(kw_only=True)
class StatisticRevised(StatisticReport):
    """An authority revises the figure of a period; the newest counts, and the earlier one was not an error."""

    name = "statistic-revised"
    rank = 20
    identity: ClassVar[Identity] = (PER_PUBLICATION, "period")


@frozen(kw_only=True)
class FigureAhead(StatisticEvent):
    """Base class of figures to come; ``on`` is the date of the target or forecast.

    Attributes:
        by: the parties that set or give it.
        factor: the ratio to the figure of the base period, if it is one: 2 for "double".
        change: the change since the base period in percent, if it is one: "raise by half".
        base: the period that the factor or the change refers to.
        share: the share that is to be reached, if it is one, of what `unit` says: "91 per cent of tariff lines".
        condition: the condition on which it depends.
    """

    identity: ClassVar[Identity] = (PER_PUBLICATION, "period")
    dated_by = "on"

    by: tuple[str, ...] = field(default=(), converter=converters.codes)
    factor: Decimal | None = field(default=None, converter=converters.number)
    change: Percent | None = field(default=None, converter=converters.percent)
    base: When | None = field(default=None, converter=converters.day)
    share: Percent | None = field(default=None, converter=converters.percent)
    condition: str | None = field(default=None, converter=converters.words, metadata=ACCOUNT)


@frozen(kw_only=True)
class TargetSet(FigureAhead):
    """A target for a series is set, which is expected to be reached.

    Attributes:
        period: the period in which it is to be reached.
    """

    name = "target-set"
    rank = 30


@frozen(kw_only=True)
class ForecastReported(FigureAhead):
    """A forecast for a series is reported; nobody owes it, so it is never overdue.

    Attributes:
        period: the period that the forecast is about.
    """

    name = "forecast-reported"
    rank = 30


@frozen
class Rival:
    """A figure of a period that was not chosen, because a better source gives another.

    Attributes:
        amount: the figure, if it is money.
        number: the figure, if it is not money.
        unit: the unit of the number, in the desk's words.
        bound: whether the number is a minimum, a maximum or approximate; None means exact.
        authorities: the authorities that give it.
    """

    amount: Money | None
    number: Decimal | None
    unit: str | None
    bound: Bound | None
    authorities: tuple[str, ...]


@frozen
class Figure:
    """The chosen figure of one period.

    Attributes:
        period: the period.
        amount: the figure, if it is money.
        number: the figure, if it is not money.
        unit: the unit of the number, in the desk's words.
        bound: whether the number is a minimum, a maximum or approximate; None means exact.
        change, factor, compared_with: comparison with an earlier figure, as the source gives it.
        authorities: all authorities that report the period, best source first.
        is_revised: whether an authority gave another figure before.
        is_disputed: whether sources give different figures.
        rivals: the figures that were not chosen.
        equivalents: the amount in other currencies, as the source prints it.
    """

    period: When
    amount: Money | None
    number: Decimal | None
    unit: str | None
    bound: Bound | None
    change: Percent | None
    factor: Decimal | None
    compared_with: When | None
    authorities: tuple[str, ...]
    is_revised: bool
    is_disputed: bool
    rivals: tuple[Rival, ...]
    equivalents: tuple[Money, ...] = ()


@frozen
class Target:
    """A target of a series.

    Attributes:
        expected: the period, and since when it was known.
        amount: the figure, if it is money.
        number: the figure, if it is not money.
        unit: the unit of the number, in the desk's words.
        bound: whether the number is a minimum, a maximum or approximate; None means exact.
        by: the parties that set it.
        set_on: date on which it was set, if a source says so.
        is_disputed: whether sources differ on the figure.
        equivalents: the amount in other currencies, as the source prints it.
        factor: the ratio to the figure of the base period, if the target is one.
        change: the change since the base period in percent, if the target is one.
        base: the period that the factor or the change refers to.
        share: the share that is to be reached, of what `unit` says.
        condition: the condition on which it depends.
    """

    expected: Expectation
    amount: Money | None
    number: Decimal | None
    unit: str | None
    bound: Bound | None
    by: tuple[str, ...]
    set_on: When | None
    is_disputed: bool
    equivalents: tuple[Money, ...] = ()
    factor: Decimal | None = None
    change: Percent | None = None
    base: When | None = None
    share: Percent | None = None
    condition: str | None = None


@frozen
class Forecast:
    """A forecast for a period of a series.

    Attributes:
        period: the period that it is about.
        amount: the figure, if it is money.
        number: the figure, if it is not money.
        unit: the unit of the number, in the desk's words.
        bound: whether the number is a minimum, a maximum or approximate; None means exact.
        by: the parties that give it.
        authorities: all authorities that give it, best source first.
        reported_on: date on which it was given, if a source says so.
        is_disputed: whether sources differ on the figure.
        equivalents: the amount in other currencies, as the source prints it.
        factor: the ratio to the figure of the base period, if the forecast is one.
        change: the change since the base period in percent, if the forecast is one.
        base: the period that the factor or the change refers to.
        share: the share that is forecast, of what `unit` says.
        condition: the condition on which it depends.
    """

    period: When
    amount: Money | None
    number: Decimal | None
    unit: str | None
    bound: Bound | None
    by: tuple[str, ...]
    authorities: tuple[str, ...]
    reported_on: When | None
    is_disputed: bool
    equivalents: tuple[Money, ...]
    factor: Decimal | None
    change: Percent | None
    base: When | None
    share: Percent | None
    condition: str | None


@frozen
class Statistic:
    """The state of one series of figures.

    Attributes:
        subject: the series, ``statistic:slug``.
        title: the latest name.
        titles: all names, the best source first.
        direction: direction of the flow.
        figures: one per period, in the order of the periods.
        targets: one per period, the newest.
        forecasts: one per period, the newest.
        disputed: names of the fields on which sources differ.
    """

    subject: str
    title: str | None = None
    titles: tuple[str, ...] = ()
    direction: str | None = None
    figures: tuple[Figure, ...] = ()
    targets: tuple[Target, ...] = ()
    disputed: tuple[str, ...] = ()
    part_of: str | None = None
    parties: tuple[str, ...] = ()
    forecasts: tuple[Forecast, ...] = ()

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Targets for periods without a figure; whether a target was reached is not decided here.

        A figure of which only a last day is known may be of any period, and so answers no target. One that is to be
        reached by a day is answered by a figure of the time up to that day, or by an earlier one that surely reaches
        it.
        """
        known = [figure for figure in _dated(self.figures) if figure.amount or figure.number is not None]
        return tuple(
            target.expected for target in self.targets if not any(_answers(figure, target) for figure in known)
        )

    @property
    def previous_dates(self) -> tuple[When, ...]:
        """Always empty: a target for another period does not replace the first."""
        return ()


def evolve(state: Statistic, occurrence: Occurrence) -> Statistic:
    """Return the series after one more occurrence."""
    event = occurrence.event
    if isinstance(event, StatisticReport):
        state = _with_rows(state, "figures", _figure(event, occurrence, state.figures), lambda row: row.period)
    elif isinstance(event, TargetSet):
        state = _with_rows(state, "targets", _target(event, occurrence), lambda row: row.expected.planned)
    elif isinstance(event, ForecastReported):
        state = _with_rows(state, "forecasts", _forecast(event, occurrence), lambda row: row.period)
    else:
        return state
    titles = tuple(dict.fromkeys((*state.titles, *occurrence.labels["title"])))
    return replace(copy_fields(state, occurrence, "title", "direction", "part_of", "parties"), titles=titles)


def _answers(figure: Figure, target: Target) -> bool:
    """Tell whether a figure may say if a target was reached: it is of its time, up to its last day."""
    planned, ends = target.expected.planned, figure.period.latest or date.max
    if planned.earliest or planned.latest is None or ends >= planned.latest:
        return planned.maybe_overlaps(figure.period)
    now, goal = _measured(figure), _measured(target)
    if now is None or goal is None or now[0] != goal[0] or ends < target.expected.since:
        return False
    return bool(goal[1].least and now[1].least and now[1].least >= goal[1].least)


def _dated(figures: Iterable[Figure]) -> list[Figure]:
    """Return the figures whose period begins on a day that is known, if only roughly."""
    return [figure for figure in figures if figure.period.earliest]


def _figure(event: StatisticReport, occurrence: Occurrence, before: tuple[Figure, ...]) -> Figure:
    earlier = find_row(before, by_day(event.period), lambda figure: by_day(figure.period))
    authorities = dict.fromkeys((*(earlier.authorities if earlier else ()), *occurrence.labels["authority"]))
    return Figure(
        period=event.period,
        amount=event.amount,
        number=event.number,
        unit=event.unit,
        bound=event.bound,
        change=event.change,
        factor=event.factor,
        compared_with=event.compared_with,
        authorities=tuple(authorities),
        is_revised=isinstance(event, StatisticRevised),
        is_disputed=_is_disputed(occurrence),
        rivals=tuple(_rivals(occurrence)),
        equivalents=equivalents_of(occurrence),
    )


def _rivals(occurrence: Occurrence) -> Iterable[Rival]:
    for name in ("amount", "number"):
        fact = occurrence.fact(name)
        for lost in fact.candidates[1:] if fact else ():
            amount, (number, unit, bound) = (lost.value, (None,) * 3) if name == "amount" else (None, lost.value)
            names = (evidence.event.authority for evidence in lost.evidence)  # type: ignore[attr-defined]  # of StatisticReport
            yield Rival(amount, number, unit, bound, tuple(dict.fromkeys(name for name in names if name)))


def _target(event: TargetSet, occurrence: Occurrence) -> Target:
    return Target(
        expected=Expectation(event.period, occurrence.said, occurrence.claims),
        amount=event.amount,
        number=event.number,
        unit=event.unit,
        bound=event.bound,
        by=event.by,
        set_on=event.on,
        is_disputed=_is_disputed(occurrence) or not _RELATIVE.isdisjoint(occurrence.disputed),
        equivalents=equivalents_of(occurrence),
        factor=event.factor,
        change=event.change,
        base=event.base,
        share=event.share,
        condition=event.condition,
    )


def _forecast(event: ForecastReported, occurrence: Occurrence) -> Forecast:
    same = ("period", "amount", "number", "unit", "bound", "by", *sorted(_RELATIVE), "condition")
    return Forecast(
        **{name: getattr(event, name) for name in same},
        authorities=occurrence.labels["authority"],
        reported_on=event.on,
        is_disputed=_is_disputed(occurrence) or not _RELATIVE.isdisjoint(occurrence.disputed),
        equivalents=equivalents_of(occurrence),
    )


_RELATIVE = frozenset({"factor", "change", "base", "share"})
"""The fields of a target or forecast that is no figure of its own."""


def _is_disputed(occurrence: Occurrence) -> bool:
    return not {"amount", "number", "equivalent"}.isdisjoint(occurrence.disputed)


def _with_rows(state: Statistic, name: str, row: Any, period: Callable[[Any], When]) -> Statistic:  # noqa: ANN401
    """Return the state with a row that replaces the one of the same period."""
    rows = with_row(getattr(state, name), row, lambda row: by_day(period(row)), replaces=True)
    is_disputed = row.is_disputed or (name in state.disputed and any(row.is_disputed for row in rows))
    disputed = {*state.disputed} - {name} | ({name} if is_disputed else set())
    return replace(state, disputed=tuple(sorted(disputed)), **{name: rows})


def rules(state: Statistic, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find inconsistent figures of a series.

    ``change-disagrees``: a stated percentage or factor does not match the earlier figure in the same source or, if it
    has none, any reported figure of the period compared with. For example, a rise from 140,000 to nearly 2.5 million is
    18-fold, not 20-fold. ``implausible-factor``: a figure is a hundred times its neighbour, so one of them may be in
    another unit; a figure of which only a last day is known has no neighbours.

    Figures that differ are a dispute and not a finding. Because sources round, "about" allows 10 % either way, a factor
    10 % and a percentage two points.
    """
    reports = named(occurrences, "statistic-reported", "statistic-revised")
    for report in reports:
        for evidence in report.evidence:
            yield from _wrong_change(state.subject, report, evidence.event, reports)
    for before, after in pairwise(_dated(state.figures)):
        ratio = _ratio(_measured(after), _measured(before))
        if ratio and (ratio.surely_below(_HUNDREDTH) or _HUNDREDFOLD.surely_below(ratio)):
            periods = (before.period, after.period)
            cited = [report for report in reports if report.event.period in periods]  # type: ignore[attr-defined]
            sentence = f"changes more than a hundredfold from {in_words(before.period)} to {in_words(after.period)}"
            yield oddity("implausible-factor", state.subject, sentence, *cited)


_HUNDREDFOLD, _HUNDREDTH = Range(Decimal(100), Decimal(100)), Range(Decimal("0.01"), Decimal("0.01"))
_POINTS, _TENTH = Decimal(2), Decimal("0.1")


def _wrong_change(subject: str, report: Occurrence, event: Any, reports: Sequence[Occurrence]) -> Iterable[Finding]:  # noqa: ANN401
    """Find the percentage and the factor of one claim that do not match any earlier figure."""
    others, earlier = [], [_previous(event)]
    if earlier == [None] and event.compared_with:
        others = [other for other in reports if other.event.period == event.compared_with]  # type: ignore[attr-defined]
        earlier = [_measured(evidence.event) for other in others for evidence in other.evidence]
    ratios = [ratio for ratio in (_ratio(_measured(event), measured) for measured in earlier) if ratio]
    for words, stated in _stated(event):
        if ratios and all(ratio.misses(stated) for ratio in ratios):
            sentence = (
                f"is said to be {words} an earlier figure in {in_words(event.period)}, which does not match the figures"
            )
            yield contradiction("change-disagrees", subject, sentence, report, *others)


def _stated(event: StatisticReport) -> Iterable[tuple[str, Range]]:
    """Yield the stated ratios to the earlier figure, in words and as a range that allows for rounding."""
    if event.factor is not None:
        yield f"{event.factor:f} times", Range(event.factor * (1 - _TENTH), event.factor * (1 + _TENTH))
    if event.change is not None:
        allowed = range_of_number(event.change.number, event.change.bound, floor=None, guess=_TENTH)
        least = None if allowed.least is None else 1 + (allowed.least - _POINTS) / 100
        most = None if allowed.most is None else 1 + (allowed.most + _POINTS) / 100
        yield f"changed by {event.change} against", Range(least, most)


_Measured = tuple[str | None, Range]  # currency or unit, and the range that the bound allows


def _measured(event: Any) -> _Measured | None:  # noqa: ANN401  a StatisticEvent or a Figure
    if event.amount:
        return (event.amount.currency, range_of(event.amount, _TENTH))
    return None if event.number is None else (event.unit, range_of_number(event.number, event.bound, guess=_TENTH))


def _previous(event: StatisticReport) -> _Measured | None:
    """Return the earlier figure as the same source gives it."""
    if event.previous:
        return (event.previous.currency, range_of(event.previous, _TENTH))
    return None if event.previous_number is None else (event.unit, range_of_number(event.previous_number, None))


def _ratio(now: _Measured | None, before: _Measured | None) -> Range | None:
    """Return the ratio of two figures; None if one is missing or their units differ."""
    if now is None or before is None or now[0] != before[0]:
        return None
    (low, high), (floor, ceiling) = attrs.astuple(now[1]), attrs.astuple(before[1])
    return Range(low / ceiling if ceiling else None, high / floor if high is not None and floor else None)


statistics: Kind[Statistic] = BuiltInKind(
    "statistic",
    events=(
        ForecastReported,
        StatisticReported,
        StatisticRevised,
        TargetSet,
    ),
    projection=Projection("statistics", Statistic, evolve, kind="statistic", rules=rules),
)
"""The kind of subject for statistics."""
