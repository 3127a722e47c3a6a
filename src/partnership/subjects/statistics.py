"""Statistics: what a series of figures says of each period, by whose count, and what it is to reach.

Two authorities count the same trade differently ("mirror" figures), so no figure overwrites another: they dispute.
A forecast is a target.

Source: ``domain.md`` 2.4, 2.7 (AR-029, AR-030, AR-112, AR-114, AR-230 to AR-235).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, ClassVar, get_args

import attrs
from attrs import field, frozen

from partnership.model import converters
from partnership.model.construct import replace
from partnership.model.converters import LABEL
from partnership.model.event import PER_PUBLICATION, Event, Identity, Together
from partnership.model.expectations import Expectation
from partnership.model.findings import contradiction, named, oddity
from partnership.model.kind import Kind
from partnership.model.occurrence import Finding, Occurrence
from partnership.model.projection import Projection, copy_fields
from partnership.model.ranges import Range, range_of, range_of_number
from partnership.values.amounts import Bound, Money, Percent
from partnership.values.when import When

__all__ = ["StatisticReported", "StatisticRevised", "TargetSet"]


def _bound(value: Bound | None) -> Bound | None:
    return converters.one_of(get_args(Bound), value)  # type: ignore[no-any-return]


@frozen(kw_only=True)
class StatisticEvent(Event):
    """What any report of a series of figures may say of it; the subject is the series.

    Attributes:
        title: the name that the source uses.
        authority: whose count it is: "ASEAN Secretariat", "Federal Customs Service".
        direction: of what flows, in the desk's words: "imports", "Russia to ASEAN".
        period: which period the figure is of.
        amount: the figure, if it is money.
        number: the figure, if it is none.
        unit: of what the number is, in the desk's words: "arrivals", "tonnes".
        bound: whether the number is a floor, a ceiling or a guess; exact where absent.
    """

    kind = "statistic"
    together: ClassVar[Together] = (("number", "unit", "bound"),)
    dated_by = "period"

    title: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    authority: str | None = field(default=None, converter=converters.name, metadata=LABEL)
    direction: str | None = field(default=None, converter=converters.name)
    period: When = field(converter=converters.needed_day)
    amount: Money | None = field(default=None, converter=converters.amount)
    number: Decimal | None = field(default=None, converter=converters.number)
    unit: str | None = field(default=None, converter=converters.name)
    bound: Bound | None = field(default=None, converter=_bound)


@frozen(kw_only=True)
class StatisticReport(StatisticEvent):
    """What any report of a figure may say beside it.

    Attributes:
        change: against the earlier figure, in hundredths: "up 17.9 per cent".
        factor: how many times the earlier figure it is: 3.5.
        compared_with: the period of the earlier figure.
        previous: the earlier figure, if it is money.
        previous_number: the earlier figure, if it is none.
    """

    change: Percent | None = field(default=None, converter=converters.percent)
    factor: Decimal | None = field(default=None, converter=converters.number)
    compared_with: When | None = field(default=None, converter=converters.day)
    previous: Money | None = field(default=None, converter=converters.amount)
    previous_number: Decimal | None = field(default=None, converter=converters.number)


@frozen(kw_only=True)
class StatisticReported(StatisticReport):
    """A figure of a period; figures of one period by two authorities are one occurrence, and disputed (AR-230, 231)."""

    name = "statistic-reported"
    rank = 10
    identity: ClassVar[Identity] = ("period",)


@frozen(kw_only=True)
class StatisticRevised(StatisticReport):
    """An authority gives another figure for a period: the newest stands, and nobody was wrong before."""

    name = "statistic-revised"
    rank = 20
    identity: ClassVar[Identity] = (PER_PUBLICATION, "period")


@frozen(kw_only=True)
class TargetSet(StatisticEvent):
    """Somebody sets, or forecasts, what a series is to reach; ``on`` is when.

    Attributes:
        period: when it is to be reached.
        by: who sets it.
    """

    name = "target-set"
    rank = 30
    identity: ClassVar[Identity] = (PER_PUBLICATION, "period")
    dated_by = "on"

    by: tuple[str, ...] = field(default=(), converter=converters.codes)


@frozen
class Rival:
    """A figure that others give for a period, and that is not believed.

    Attributes:
        amount: the figure, if it is money.
        number: the figure, if it is none; of `unit`, and as `bound` says.
        authorities: whose count it is.
    """

    amount: Money | None
    number: Decimal | None
    unit: str | None
    bound: Bound | None
    authorities: tuple[str, ...]


@frozen
class Figure:
    """What is believed of one period.

    Attributes:
        period: which.
        amount: the figure, if it is money.
        number: the figure, if it is none; of `unit`, and as `bound` says.
        change, factor, compared_with: how it stands to an earlier figure, in the source's words.
        authorities: whose counts were reported, the best source first.
        is_revised: an authority gave another figure before.
        is_disputed: sources give different figures.
        rivals: those that are not believed.
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


@frozen
class Target:
    """What a series is to reach.

    Attributes:
        expected: when, and since when that was known.
        amount: the figure, if it is money.
        number: the figure, if it is none; of `unit`, and as `bound` says.
        by: who set it.
        set_on: when it was set, where said.
        is_disputed: sources differ on the figure.
    """

    expected: Expectation
    amount: Money | None
    number: Decimal | None
    unit: str | None
    bound: Bound | None
    by: tuple[str, ...]
    set_on: When | None
    is_disputed: bool


@frozen
class Statistic:
    """What is known of one series of figures.

    Attributes:
        subject: the series, ``statistic:slug``.
        title: the name last used; `titles` has all.
        direction: of what flows.
        figures: one a period, in the order of the periods.
        targets: what it is to reach, one a period; of several for one period the newest.
        disputed: names of the fields on which sources differ.
    """

    subject: str
    title: str | None = None
    titles: tuple[str, ...] = ()
    direction: str | None = None
    figures: tuple[Figure, ...] = ()
    targets: tuple[Target, ...] = ()
    disputed: tuple[str, ...] = ()

    @property
    def outstanding(self) -> tuple[Expectation, ...]:
        """Targets for periods of which no figure is known; whether one was reached is for the reader to say."""
        told = [one.period for one in self.figures if one.amount or one.number is not None]
        return tuple(
            one.expected for one in self.targets if not any(one.expected.planned.maybe_overlaps(each) for each in told)
        )

    @property
    def previous_dates(self) -> tuple[When, ...]:
        """None: a target for another period stands beside the first."""
        return ()


def evolve(state: Statistic, occurrence: Occurrence) -> Statistic:
    """Return the series after one more occurrence."""
    event = occurrence.event
    if isinstance(event, StatisticReport):
        state = _with_rows(state, "figures", _figure(event, occurrence, state.figures), lambda one: one.period)
    elif isinstance(event, TargetSet):
        state = _with_rows(state, "targets", _target(event, occurrence), lambda one: one.expected.planned)
    else:
        return state
    titles = tuple(dict.fromkeys((*state.titles, *occurrence.labels["title"])))
    return replace(copy_fields(state, occurrence, "title", "direction"), titles=titles)


def _figure(event: StatisticReport, occurrence: Occurrence, before: Sequence[Figure]) -> Figure:
    earlier = next((one for one in before if one.period == event.period), None)
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
    )


def _rivals(occurrence: Occurrence) -> Iterable[Rival]:
    for name in ("amount", "number"):
        fact = occurrence.facts.get(name)
        for lost in fact.candidates[1:] if fact else ():
            amount, (number, unit, bound) = (lost.value, (None,) * 3) if name == "amount" else (None, lost.value)
            told = (one.event.authority for one in lost.evidence)  # type: ignore[attr-defined]  # every report has one
            yield Rival(amount, number, unit, bound, tuple(dict.fromkeys(one for one in told if one)))


def _target(event: TargetSet, occurrence: Occurrence) -> Target:
    return Target(
        expected=Expectation(event.period, occurrence.said, occurrence.claims),
        amount=event.amount,
        number=event.number,
        unit=event.unit,
        bound=event.bound,
        by=event.by,
        set_on=event.on,
        is_disputed=_is_disputed(occurrence),
    )


def _is_disputed(occurrence: Occurrence) -> bool:
    return not {"amount", "number"}.isdisjoint(occurrence.disputed)


def _with_rows(state: Statistic, name: str, row: Any, period: Callable[[Any], When]) -> Statistic:  # noqa: ANN401
    """Return the state with a row in place of the one of that period."""
    rows = [one for one in getattr(state, name) if period(one) != period(row)]
    rows.append(row)
    rows.sort(key=lambda one: (period(one).latest or date.max, period(one).text))
    disputed = {*state.disputed} - {name} | ({name} if any(one.is_disputed for one in rows) else set())
    return replace(state, disputed=tuple(sorted(disputed)), **{name: tuple(rows)})


def rules(state: Statistic, occurrences: Sequence[Occurrence]) -> Iterable[Finding]:
    """Find what is odd in a series.

    ``change-disagrees`` (a percentage or a factor that no figure bears out: neither the earlier one that its own source
    gives, nor else any that is told of the period it is compared with), ``implausible-factor`` (a figure a hundred
    times its neighbour: one of them may be in another unit).

    Figures that differ are no finding but a dispute. "About" reaches a tenth either way, a factor is borne out within
    a tenth and a percentage within two points: sources round.

    Source: ``domain.md`` 2.7 (AR-235: 140,000 to nearly 2.5 million is no 20-fold growth but an 18-fold one).
    """
    reports = named(occurrences, "statistic-reported", "statistic-revised")
    for one in reports:
        for claim in one.evidence:
            yield from _growth(state.subject, one, claim.event, reports)
    for before, after in pairwise(state.figures):
        grown = _ratio(_measured(after), _measured(before))
        if grown and (grown.surely_below(_SLIP_DOWN) or _SLIP_UP.surely_below(grown)):
            shown = [one for one in reports if one.event.period in (before.period, after.period)]  # type: ignore[attr-defined]
            sentence = f"changes more than a hundredfold from {before.period} to {after.period}"
            yield oddity("implausible-factor", state.subject, sentence, *shown)


_SLIP_UP, _SLIP_DOWN = Range(Decimal(100), Decimal(100)), Range(Decimal("0.01"), Decimal("0.01"))
_POINTS, _TENTH = Decimal(2), Decimal("0.1")


def _growth(subject: str, told: Occurrence, event: Any, reports: Sequence[Occurrence]) -> Iterable[Finding]:  # noqa: ANN401
    """Find the growth that one claim states and that no figure bears out."""
    others, earlier = [], [_previous(event)]
    if earlier == [None] and event.compared_with:
        others = [one for one in reports if one.event.period == event.compared_with]  # type: ignore[attr-defined]
        earlier = [_measured(claim.event) for one in others for claim in one.evidence]
    grown = [one for one in (_ratio(_measured(event), each) for each in earlier) if one]
    for words, stated in _stated(event):
        if grown and all(one.misses(stated) for one in grown):
            sentence = f"is said to be {words} an earlier figure in {event.period}, which the figures do not bear out"
            yield contradiction("change-disagrees", subject, sentence, told, *others)


def _stated(event: StatisticReport) -> Iterable[tuple[str, Range]]:
    """Yield how many times the earlier figure this one is said to be, in words and with room for rounding."""
    if event.factor is not None:
        yield f"{event.factor:f} times", Range(event.factor * (1 - _TENTH), event.factor * (1 + _TENTH))
    if event.change is not None:
        said = range_of_number(event.change.number, event.change.bound, floor=None, guess=_TENTH)
        least = None if said.least is None else 1 + (said.least - _POINTS) / 100
        most = None if said.most is None else 1 + (said.most + _POINTS) / 100
        yield f"changed by {event.change} against", Range(least, most)


_Measured = tuple[str | None, Range]  # a figure as far as its bound says, with its currency or its unit


def _measured(event: Any) -> _Measured | None:  # noqa: ANN401  a report, or a row of the state
    if event.amount:
        return (event.amount.currency, range_of(event.amount, _TENTH))
    return None if event.number is None else (event.unit, range_of_number(event.number, event.bound, guess=_TENTH))


def _previous(event: StatisticReport) -> _Measured | None:
    """Return the earlier figure that the source itself gives."""
    if event.previous:
        return (event.previous.currency, range_of(event.previous, _TENTH))
    return None if event.previous_number is None else (event.unit, range_of_number(event.previous_number, None))


def _ratio(now: _Measured | None, before: _Measured | None) -> Range | None:
    """Return how many times the earlier figure the later one is; None where they do not compare."""
    if now is None or before is None or now[0] != before[0]:
        return None
    (low, high), (floor, ceiling) = attrs.astuple(now[1]), attrs.astuple(before[1])
    return Range(low / ceiling if ceiling else None, high / floor if high is not None and floor else None)


statistics: Kind[Statistic] = Kind(
    "statistic",
    events=(
        StatisticReported,
        StatisticRevised,
        TargetSet,
    ),
    projection=Projection("statistics", Statistic, evolve, kind="statistic", rules=rules),
)
"""What is known of every series of figures."""
