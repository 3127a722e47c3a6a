"""Draw a timeline, a scoreboard or the balances of a fund with matplotlib.

Every function takes a view and, optionally, the ``Axes`` to draw on, and returns the ``Axes`` for further changes.
Colours and fonts are those of the current style, light or dark; letters that its fonts lack are drawn in other
installed fonts. Private entries are left out, and the chart says how many.

matplotlib is imported when the first chart is drawn: ``python -m pip install matplotlib babel``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from partnership.errors import InvalidValue, NotInstalled
from partnership.record.states import day_of
from partnership.record.view import View, private_note
from partnership.render.timeline_rows import TimelineInput, timeline_rows
from partnership.subjects.funds import FundBalanceReported
from partnership.values.date_words import in_words
from partnership.values.text import nearest
from partnership.values.when import When

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["fund_balances", "scoreboard", "timeline"]


def timeline(
    view: View,
    of: str | Iterable[str] = (),
    *,
    since: str | date | None = None,
    until: str | date | None = None,
    most: int = 40,
    ax: Axes | None = None,
) -> Axes:
    """Draw what happened, is planned, moved or is overdue, and where sources differ, in one row for each subject.

    A vague date is a pale bar over all days that it may be, hatched if it is in doubt. Meetings of a series, a dialogue
    or a network share its row. Figures "as of" a date and occurrences without a date are not drawn.

    Args:
        view: a record, or a record as of a day, against which *overdue* is measured.
        of: one or several kinds (``"meeting"``), subjects (``"document:cpa-2016-2020"``) and bodies
            (``"series:arsom"``) to draw; all if empty.
        since: leaves out dates that are certainly before this day.
        until: leaves out dates that are certainly after this day.
        most: the largest number of rows; the oldest in which nothing is planned, moved, overdue or in dispute are
            left out first.
        ax: where to draw; a new figure of sufficient size unless given. A figure without a layout engine gets
            matplotlib's constrained layout.

    Returns:
        The axes.

    Raises:
        InvalidValue: a day is vague, *until* is before *since*, or there is no such kind; of a plural, the error says
            which kind is meant.
        NotInstalled: matplotlib is not installed.
    """
    _require_matplotlib()
    from partnership.render import timeline_chart  # noqa: PLC0415  it imports matplotlib

    first, last = day_of(since, "since="), day_of(until, "until=")
    if first and last and last < first:
        raise InvalidValue(str(until), f"is before {since}", "give the earlier day as since=")
    wanted = (of,) if isinstance(of, str) else tuple(of)
    for name in wanted:
        _require_kind(view, name)
    shareable, note = _shareable(view)
    late = shareable.overdue()
    timeline_input = TimelineInput(
        happened=shareable.timeline(),
        possible=shareable.possible,
        overdue=[item for item in late if item.standing == "overdue"],
        upcoming=[*(item for item in late if item.standing in ("perhaps-overdue", "lapsed")), *shareable.upcoming()],
        disputes=shareable.disputes(),
        states=shareable.states_by_subject(),
    )
    rows = timeline_rows(timeline_input, wanted, first, last, most)
    notes = (
        _as_of(shareable),
        _counted(rows.left_out, "more row is left out.", "more rows are left out."),
        _counted(
            rows.undated, "occurrence that nobody dated is not drawn.", "occurrences that nobody dated are not drawn."
        ),
        note,
    )
    return timeline_chart.draw(rows, shareable.today, (first, last), notes, ax)


def scoreboard(view: View, plan: str, *, ax: Axes | None = None) -> Axes:
    """Draw how much of a plan is done over time, as others counted it: each count in its own words, with its source.

    "At least 60 %" is drawn with the range that it leaves open. The count of the plan's lines in the record stands
    below the chart, since the two ways of counting are never mixed.

    Args:
        view: a record, or a record as of a day.
        plan: its slug.
        ax: where to draw; a new figure unless given.

    Returns:
        The axes.

    Raises:
        UnknownSubject: nothing is recorded of the plan, except in private entries.
        NotInstalled: matplotlib is not installed.
    """
    _require_matplotlib()
    from partnership.render import scoreboard_chart  # noqa: PLC0415  it imports matplotlib

    shareable, note = _shareable(view)
    return scoreboard_chart.draw(shareable.scoreboard(plan), (_as_of(shareable), note), ax)


def fund_balances(view: View, fund: str, currency: str | None = None, *, ax: Axes | None = None) -> Axes:
    """Draw the balances of a fund, and between two of them what must have been spent, as the fund's ledger derives it.

    Args:
        view: a record, or a record as of a day.
        fund: its slug.
        currency: required if there are balances in several currencies.
        ax: where to draw; a new figure unless given.

    Returns:
        The axes.

    Raises:
        UnknownSubject: nothing is recorded of the fund, except in private entries.
        InvalidValue: there is no such currency, or there are several and none is named.
        NotInstalled: matplotlib is not installed.
    """
    _require_matplotlib()
    from partnership.render import balance_chart  # noqa: PLC0415  it imports matplotlib

    shareable, note = _shareable(view)
    ledger = shareable.fund_ledger(fund, currency)
    currencies = sorted({balance.amount.currency for balance in ledger.balances})
    if len(currencies) > 1:
        reason = f"names no currency, and {fund} has {' and '.join(currencies)}"
        raise InvalidValue(None, reason, f"add currency={currencies[0]!r}")
    title = shareable.funds[fund].title or ledger.fund
    return balance_chart.draw(ledger, title, _publishers(shareable, ledger.fund), (_as_of(shareable), note), ax)


def _require_kind(view: View, name: object) -> None:
    """Check that a name is that of a kind, or a subject of one.

    Raises:
        InvalidValue: it is neither; the message has the kind of a plural, or the most similar one.
    """
    kinds = [kind.name for kind in view.kinds]
    kind = name.partition(":")[0] if isinstance(name, str) else ""
    if kind in kinds:
        return
    near = view.kinds[kind].name if kind in view.kinds.plurals else next(iter(nearest(kind, kinds, 1)), None)
    advice = f"write {near!r}" if near else "write a kind, 'meeting', or a subject, 'series:arsom'"
    raise InvalidValue(name, "is not a kind of subject", advice)


def _shareable(view: View) -> tuple[View, str]:
    """Return a view without private entries, and the sentence that says how many it leaves out."""
    with view.consistent():
        return view.shareable(), private_note(view.private_count())


def _require_matplotlib() -> None:
    try:
        import matplotlib as _  # noqa: F401, ICN001, PLC0415  only whether it is installed
    except ImportError:
        raise NotInstalled("matplotlib", "charts") from None


def _as_of(view: View) -> str:
    return f"As of {in_words(When(view.today))}."


def _counted(number: int, singular: str, plural: str) -> str:
    return f"{number} {singular if number == 1 else plural}" if number else ""


def _publishers(view: View, fund: str) -> dict[When, str]:
    """Return the publishers that report a balance of a fund, by the date of the balance."""
    return {
        occurrence.event.as_of: ", ".join(dict.fromkeys(item.source.publisher for item in occurrence.evidence))
        for occurrence in view.occurrences
        if occurrence.subject == fund and isinstance(occurrence.event, FundBalanceReported)
    }
