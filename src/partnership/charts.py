"""The menu of charts: a timeline, a scoreboard, a fund's balances, drawn with matplotlib (floor 8).

Every function takes a view and, if wanted, the ``Axes`` to draw on, and returns the ``Axes``, for whoever wants it to
look otherwise. Colours and fonts are those of the style that is current, light or dark; letters that its fonts lack
are drawn in others that this machine has. What may not leave the desk is left out, and the picture says how much.

matplotlib is loaded when the first picture is drawn: ``python -m pip install 'partnership[charts]'``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from partnership.errors import InvalidValue, NotInstalled
from partnership.record.states import day_of
from partnership.record.view import View, private_note
from partnership.render.timeline_rows import Told, lanes
from partnership.subjects.funds import FundBalanceReported
from partnership.values.date_words import in_words
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
    """Draw what happened, is planned, moved and is overdue, and where sources differ: a row a subject.

    A vague day is a soft span of all the days that it may be, hatched where it is in doubt. Meetings of one series,
    dialogue or network share its row. Figures of a day and occurrences that nobody dated are not drawn.

    Args:
        view: a record, or a record as of a day, which *overdue* is measured against.
        of: only these kinds of subjects (``"meeting"``), subjects (``"document:cpa-2016-2020"``) and bodies
            (``"series:arsom"``); one or several.
        since: only what may have been on this day or later.
        until: only what may have been by this day.
        most: rows, at the most; the oldest in which all went as it was said are left out first.
        ax: where to draw; a new figure, large enough, unless given. A figure that arranges nothing by itself is given
            matplotlib's constrained layout.

    Raises:
        InvalidValue: a day is vague, or *until* is before *since*.
        NotInstalled: matplotlib is not there.
    """
    _needs_matplotlib()
    from partnership.render import timeline_chart  # noqa: PLC0415  it loads matplotlib

    first, last = day_of(since, "since="), day_of(until, "until=")
    if first and last and last < first:
        raise InvalidValue(str(until), f"is before {since}", "give the earlier day as since=")
    free, note = _shareable(view)
    told = Told(
        happened=free.timeline(),
        possible=free.possible,
        overdue=free.overdue(),
        upcoming=free.upcoming(),
        disputes=free.disputes(),
        states=free.states_by_subject(),
    )
    shown = lanes(told, (of,) if isinstance(of, str) else tuple(of), first, last, most)
    notes = (
        _as_of(free),
        _many(shown.left_out, "more row is left out.", "more rows are left out."),
        _many(
            shown.undated, "occurrence that nobody dated is not drawn.", "occurrences that nobody dated are not drawn."
        ),
        note,
    )
    return timeline_chart.draw(shown, free.today, (first, last), notes, ax)


def scoreboard(view: View, plan: str, *, ax: Axes | None = None) -> Axes:
    """Draw how much of a plan is done over time, as others counted it: each count in its words, with its source.

    "At least 60 %" is the foot of all that it leaves open. What the record knows of the plan's lines stands under the
    picture, for the two ways of counting are never mixed.

    Args:
        view: a record, or a record as of a day.
        plan: its slug.
        ax: where to draw; a new figure unless given.

    Raises:
        UnknownSubject: nothing that may leave the desk is recorded of the plan.
        NotInstalled: matplotlib is not there.
    """
    _needs_matplotlib()
    from partnership.render import scoreboard_chart  # noqa: PLC0415  it loads matplotlib

    free, note = _shareable(view)
    return scoreboard_chart.draw(free.scoreboard(plan), (_as_of(free), note), ax)


def fund_balances(view: View, fund: str, currency: str | None = None, *, ax: Axes | None = None) -> Axes:
    """Draw what was in a fund, and between two balances what must have been spent, as the fund's ledger derives it.

    Args:
        view: a record, or a record as of a day.
        fund: its slug.
        currency: which, where there are balances in several.
        ax: where to draw; a new figure unless given.

    Raises:
        UnknownSubject: nothing that may leave the desk is recorded of the fund.
        InvalidValue: there is no such currency, or there are several and none is named.
        NotInstalled: matplotlib is not there.
    """
    _needs_matplotlib()
    from partnership.render import balance_chart  # noqa: PLC0415  it loads matplotlib

    free, note = _shareable(view)
    ledger = free.fund_ledger(fund, currency)
    kept = sorted({one.amount.currency for one in ledger.balances})
    if len(kept) > 1:
        raise InvalidValue(None, f"names no currency, and {fund} has {' and '.join(kept)}", f"add currency={kept[0]!r}")
    title = free.funds[fund].title or ledger.fund
    return balance_chart.draw(ledger, title, _who_says(free, ledger.fund), (_as_of(free), note), ax)


def _shareable(view: View) -> tuple[View, str]:
    """Return a view without private entries, and the sentence that says how many it leaves out."""
    with view.consistent():
        return view.shareable(), private_note(view.private_count())


def _needs_matplotlib() -> None:
    try:
        import matplotlib as _  # noqa: F401, ICN001, PLC0415  only whether it is there
    except ImportError:
        raise NotInstalled("matplotlib", "charts") from None


def _as_of(view: View) -> str:
    return f"As of {in_words(When(view.today))}."


def _many(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}" if number else ""


def _who_says(view: View, fund: str) -> dict[When, str]:
    """Return by the day of a balance the publishers that tell it."""
    return {
        one.event.as_of: ", ".join(dict.fromkeys(each.source.publisher for each in one.evidence))
        for one in view.occurrences
        if one.subject == fund and isinstance(one.event, FundBalanceReported)
    }
