"""Charts: vague days look vague; previous dates, overdue and disputes are marked; no letter is cut off."""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime
from itertools import combinations, product
from pathlib import Path

import matplotlib as mpl
import pytest

mpl.use("Agg")  # no screen

from matplotlib import font_manager
from matplotlib import pyplot as plt
from matplotlib.dates import date2num
from matplotlib.patches import Rectangle
from matplotlib.text import Text

import partnership as ps
from partnership import charts
from partnership.errors import InvalidValue, NotInstalled, UnknownSubject, visible
from partnership.events import (
    CommitmentMade,
    DocumentAdopted,
    DocumentPlanned,
    FundBalanceReported,
    FundEstablished,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    PlanLineAdded,
    PlanProgressReported,
    PlanSized,
    RecurringContributionStated,
    RoleHeld,
)
from partnership.render import chart_axes, timeline_chart
from partnership.render.chart_axes import in_lines
from partnership.values.date_words import in_words

REAL = Path(__file__).parent.parent / "examples" / "asean_russia"
TODAY = datetime(2021, 2, 1, tzinfo=UTC)
NEWS = ps.Source("VNA", published="2020-01-05", kind="news")
LATER = ps.Source("TASS", published="2020-06-01", kind="news")
LIGHT, DARK = "default", "dark_background"


@pytest.fixture(autouse=True)
def closed():
    """Close every figure after the test."""
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def real():
    """Read the record of ASEAN-Russia, as of one day."""
    return ps.read(REAL / "claims.jsonl", REAL / "judgements.jsonl").as_of("2026-11-24")


@pytest.fixture
def record():
    """Open a record in memory on 1 February 2021."""
    with ps.open(":memory:", clock=lambda: TODAY) as opened:
        yield opened


def texts(ax):
    """Return the texts of a picture that are drawn, once its figure is arranged."""
    ax.figure.draw_without_rendering()
    axes = ((ax.xaxis, ax.get_xlim()), (ax.yaxis, ax.get_ylim()))
    unseen = {one.label1 for axis, ends in axes for one in axis.get_major_ticks() if not within(one.get_loc(), ends)}
    found = [one for one in ax.figure.findobj(Text) if one.get_visible() and one.get_text().strip()]
    return [one for one in found if one not in unseen]


def within(place, limits):
    """Tell whether a place lies between two limits."""
    return min(limits) <= place <= max(limits)


def words(ax):
    """Return all that is written in a picture, one text after another, each on one line."""
    return " | ".join(one.get_text().replace("\n", " ") for one in texts(ax))


def row(ax, title):
    """Return how high the row of a title stands."""
    return next(y for y, one in zip(ax.get_yticks(), ax.get_yticklabels(), strict=True) if title in one.get_text())


def bars(ax, title):
    """Return the bars in a row as from which day to before which, with hatch and line style."""
    found = [
        one
        for one in ax.patches
        if isinstance(one, Rectangle) and one.get_y() < row(ax, title) < one.get_y() + one.get_height()
    ]
    return [(one.get_x(), one.get_x() + one.get_width(), one.get_hatch() or "", one.get_linestyle()) for one in found]


def points(ax, title):
    """Return the markers in a row, with where they stand and whether they are filled."""
    found = [one for one in ax.lines if one.get_marker() != "None" and one.get_ydata()[0] == row(ax, title)]
    return [(one.get_marker(), one.get_xdata()[0], one.get_markerfacecolor()) for one in found]


def days(first, last):
    """Return where a bar of these days begins and ends."""
    return date2num(date.fromisoformat(first)), date2num(date.fromisoformat(last)) + 1


def held(record, slug, on, source=NEWS, **more):
    """Record that a meeting was held."""
    record.add(MeetingHeld(slug, on=on, **more), source=source)


# ---- the timeline: days ----


@pytest.mark.parametrize(
    ("text", "first", "last", "hatch"),
    [
        ("2020-02", "2020-02-01", "2020-02-29", ""),
        ("2019-24", "2019-12-01", "2020-02-29", ""),
        ("[2019-05-04..2019-07-03]", "2019-05-04", "2019-07-03", ""),
        ("2019-06~", "2019-06-01", "2019-06-30", "///////"),
    ],
)
def test_a_vague_day(record, text, first, last, hatch):
    """It is a soft bar of all the days that it may be and of no other, hatched where it is in doubt."""
    held(record, "m", text)
    ax = charts.timeline(record)
    assert bars(ax, "m") == [(*days(first, last), hatch, "-")]
    assert points(ax, "m") == []
    (bar,) = (one for one in ax.patches if isinstance(one, Rectangle))
    assert 0 < bar.get_facecolor()[3] < 0.5
    assert ("in doubt" in words(ax)) == bool(hatch)
    assert "some day within" in words(ax)


@pytest.mark.parametrize(("text", "is_filled"), [("2020-01-03", True), ("2020-01-03~", False)])
def test_a_day(record, text, is_filled):
    """It is a point, hollow where it is in doubt, and no bar."""
    held(record, "m", text)
    ax = charts.timeline(record)
    assert bars(ax, "m") == []
    ((marker, _, fill),) = points(ax, "m")
    assert marker == "o"
    assert (fill == ax.get_facecolor()) != is_filled


def test_each_of_several_days(record):
    """Each has its own mark."""
    held(record, "m", "{2019-03,2019-05}")
    assert [one[:2] for one in bars(charts.timeline(record), "m")] == [
        days("2019-03-01", "2019-03-31"),
        days("2019-05-01", "2019-05-31"),
    ]


def test_what_lasted(record):
    """It is solid on the days on which it surely was, and soft where it may have begun or ended."""
    record.add(RoleHeld("chair", holder="VN", on="2019-02/2019-05-10"), source=NEWS)
    ax = charts.timeline(record)
    assert [one[:2] for one in bars(ax, "chair")] == [
        days("2019-02-01", "2019-05-10"),
        days("2019-02-28", "2019-05-10"),
    ]
    assert "all that time" in words(ax)


def test_what_may_not_have_lasted_a_day_for_sure(record):
    """It has no solid part."""
    record.add(RoleHeld("chair", holder="VN", on="2019/2019"), source=NEWS)
    assert len(bars(charts.timeline(record), "chair")) == 1


def test_two_days_in_a_long_time(record):
    """They are a point: nobody would see the bar."""
    held(record, "old", "2001-03-02/2001-03-03")
    held(record, "new", "2019-03-02")
    ax = charts.timeline(record)
    assert bars(ax, "old") == []
    assert [one[0] for one in points(ax, "old")] == ["o"]


@pytest.mark.parametrize(("text", "marker"), [("../2019-03-02", "<"), ("2019-03-02/..", ">")])
def test_a_day_with_one_bound(record, text, marker):
    """It reaches to the edge of the picture, with a caret at its bound."""
    record.add(CommitmentMade("c", on=text, text="do something"), source=NEWS)
    held(record, "m", "2018-01-01")
    ax = charts.timeline(record)
    ((begins, ends, _, _),) = bars(ax, "do something")
    bound = date2num(date(2019, 3, 2))
    assert (begins, ends) == ((ax.get_xlim()[0], bound + 1) if marker == "<" else (bound, ax.get_xlim()[1]))
    assert [one[0] for one in points(ax, "do something")] == [marker]
    assert ("by that day" if marker == "<" else "from that day on") in words(ax)


def test_what_may_have_happened(record):
    """It is in doubt: it may have come after the day of the view."""
    held(record, "m", "2020-01")
    ax = charts.timeline(record.as_of(on="2020-01-03"))
    assert [one[2] for one in bars(ax, "m")] == ["///////"]


# ---- the timeline: what went otherwise ----


def test_a_plan_that_moved(record):
    """The days planned before are crossed out, and lead to the day that stands now."""
    for published, planned in (("2020-03-01", "2020-05"), ("2020-05-01", "2020-09-10"), ("2020-09-01", "2021-04")):
        source = ps.Source("VNA", published=published, kind="news")
        record.add(MeetingScheduled("m", planned=planned, title="Forum"), source=source)
    ax = charts.timeline(record)
    assert {one for one in bars(ax, "Forum") if one[3] == "--"} == {(*days("2020-05-01", "2020-05-31"), "", "--")}
    assert [one[0] for one in points(ax, "Forum")] == ["X"]
    ends = [(one.xyann[0], one.xy[0]) for one in ax.texts if one.arrow_patch]
    begun = [sum(days("2020-05-01", "2020-05-31")) / 2, sum(days("2020-09-10", "2020-09-10")) / 2]
    assert ends == [(begun[0], begun[1]), (begun[1], sum(days("2021-04-01", "2021-04-30")) / 2)]
    assert "planned, some day within | planned, and moved | planned within, and moved" in words(ax)


def test_a_plan_of_one_act_that_moved(record):
    """Its old day leads to its own new one, and not to that of another act."""
    record.add(DocumentPlanned("d", act="sign", planned="2020-05-02"), source=NEWS)
    plans = (
        DocumentPlanned("d", act="sign", planned="2020-09-10"),
        DocumentPlanned("d", act="ratify", planned="2021-04"),
    )
    record.add(*plans, source=LATER)
    ax = charts.timeline(record)
    (arrow,) = [one for one in ax.texts if one.arrow_patch]
    assert (arrow.xyann[0], arrow.xy[0]) == (
        sum(days("2020-05-02", "2020-05-02")) / 2,
        sum(days("2020-09-10", "2020-09-10")) / 2,
    )


def test_a_plan_that_was_put_off_to_no_day(record):
    """It is crossed out and leads nowhere."""
    record.add(MeetingScheduled("m", planned="2020-05-02"), source=NEWS)
    record.add(MeetingPostponed("m", on="2020-04"), source=LATER)
    ax = charts.timeline(record)
    assert [one[0] for one in points(ax, "m")] == ["X"]
    assert not [one for one in ax.texts if one.arrow_patch]


def test_what_is_overdue(record):
    """It stands in the alarming colour, with its day in words; what is still to come does not."""
    record.add(
        MeetingScheduled("late", planned="2020-12"), MeetingScheduled("coming", planned="2021-05-06"), source=NEWS
    )
    ax = charts.timeline(record)
    (label,) = ax.texts
    assert label.get_text() == "December 2020"
    assert label.get_color() == chart_axes.palette_of(ax).alarm
    assert bars(ax, "late") == [(*days("2020-12-01", "2020-12-31"), "", "-")]
    assert [one[0] for one in points(ax, "coming")] == ["s"]
    assert "overdue: nobody says it came" in words(ax)
    assert not {one[0] for one in points(charts.timeline(record.as_of("2020-06-01")), "late")} & {"D"}


def test_what_is_overdue_in_a_long_time(record):
    """It has a mark that is seen, and its bounds."""
    held(record, "old", "2001-03-02")
    record.add(MeetingScheduled("late", planned="2020-12"), source=NEWS)
    ax = charts.timeline(record)
    assert [one[0] for one in points(ax, "late")] == ["D"]
    assert bars(ax, "late") == [(*days("2020-12-01", "2020-12-31"), "", "-")]


OFFICIAL = ps.Source("MFA", published="2020-01-04", kind="official-release")


def test_a_day_on_which_sources_differ(record):
    """The believed one has a ring, and a dotted line leads to it from the other."""
    held(record, "m", "2020-01-03", source=OFFICIAL)
    held(record, "m", "2019-07", source=LATER)
    ax = charts.timeline(record)
    assert bars(ax, "m") == [(*days("2019-07-01", "2019-07-31"), "", ":")]
    assert [one[0] for one in points(ax, "m")] == ["o", "o"]  # the day, and the ring around it
    assert [one.arrow_patch.get_linestyle() for one in ax.texts if one.arrow_patch] == [":"]
    assert "sources differ" in words(ax)


def test_days_that_differ_by_too_little_to_be_seen(record):
    """The ring alone says it."""
    held(record, "old", "2001-03-02")
    held(record, "m", "2020-01-03", source=OFFICIAL)
    held(record, "m", "2020-01-02", source=LATER)
    ax = charts.timeline(record)
    assert [one[0] for one in points(ax, "m")] == ["o", "o"]
    assert not [one for one in ax.texts if one.arrow_patch]
    assert "sources differ" in words(ax)


def test_something_else_on_which_sources_differ(record):
    """What happened then has a ring, and no other day is drawn."""
    held(record, "m", "2020-01-03", mode="online")
    held(record, "m", "2020-01-03", source=LATER, mode="hybrid")
    ax = charts.timeline(record)
    assert [one[0] for one in points(ax, "m")] == ["o", "o"]
    assert not [one for one in ax.texts if one.arrow_patch]


def test_a_plan_on_which_sources_differ(record):
    """It has a ring, and the other day is drawn."""
    for publisher, planned in (("VNA", "2021-05-06"), ("TASS", "2021-08-06")):
        source = ps.Source(publisher, published="2020-01-05", kind="news")
        record.add(MeetingScheduled("m", planned=planned), source=source)
    ax = charts.timeline(record)
    assert sorted(one[0] for one in points(ax, "m")) == ["o", "o", "s"]


# ---- the timeline: rows ----


def titles(ax):
    """Return the titles of the rows, from the top."""
    assert ax.yaxis_inverted()
    return [one.get_text().replace("\n", " ") for one in ax.get_yticklabels()]


def test_the_rows(record):
    """Meetings of one body share a row under its last meeting's name; who has the name of another shows its slug."""
    held(record, "forum-2018", "2018-05-04", body="series:forum", title="Youth Forum")
    held(record, "forum-2019", "2019-05-04", body="series:forum", title="Forum")
    record.add(DocumentAdopted("statement-of-the-forum", on="2019-05-05", title="Forum"), source=NEWS)
    record.add(CommitmentMade("help", on="2017-01-02", text="Help each other"), source=NEWS)
    record.add(DocumentAdopted("nameless", on="2019-05-06"), source=NEWS)
    assert titles(charts.timeline(record)) == ["Help each other", "Forum", "statement-of-the-forum", "nameless"]
    assert titles(charts.timeline(record, "meeting")) == ["Forum"]
    assert titles(charts.timeline(record, ["series:forum", "document:nameless"])) == ["Forum", "nameless"]
    assert titles(charts.timeline(record, since="2019-05-05")) == ["Forum", "nameless"]
    assert titles(charts.timeline(record, until=date(2018, 1, 1))) == ["Help each other"]


def test_more_rows_than_are_wanted(record):
    """Those in which something went otherwise stay, and then the latest; the picture says how many are left out."""
    for year in range(2011, 2019):
        held(record, f"m{year}", f"{year}-02-03")
    record.add(MeetingScheduled("late", planned="2010"), source=NEWS)
    ax = charts.timeline(record, most=3)
    assert titles(ax) == ["late", "m2017", "m2018"]
    assert "As of 1 February 2021. 6 more rows are left out." in words(ax)
    assert "1 more row is left out." in words(charts.timeline(record, most=8))


def test_what_nobody_dated_and_what_is_only_a_figure(record):
    """Of the first the picture says how many, of the second nothing: it did not happen on a day."""
    held(record, "m", None)
    record.add(FundBalanceReported("f", as_of="2020-01-01", amount=ps.Money(5, "USD")), source=NEWS)
    ax = charts.timeline(record)
    assert "Nothing is recorded." in words(ax)
    assert "1 occurrence that nobody dated is not drawn." in words(ax)


def test_the_day_of_the_view(record):
    """It is a dotted line with its date, where it is within the time that is drawn."""
    held(record, "m", "2019-03-04")
    assert "| as of 1 February 2021" in words(charts.timeline(record))
    assert "| 1 February 2021" not in words(charts.timeline(record, until="2020-12-31"))


def test_time_that_is_none(record):
    """It is refused, and the words say what to write."""
    with pytest.raises(InvalidValue, match="is before 2020-02-01; give the earlier day as since="):
        charts.timeline(record, since="2020-02-01", until="2020-01-31")
    with pytest.raises(InvalidValue, match="is not a day, as since= needs"):
        charts.timeline(record, since="2020")


# ---- the scoreboard ----


def counted(record, *counts, **more):
    """Record counts of a plan, each by a day, its publisher and its figures."""
    for publisher, as_of, figures in counts:
        source = ps.Source(publisher, published="2020-12-05", kind="news")
        record.add(PlanProgressReported("plan", as_of=as_of, **figures, **more), source=source)


def heights(ax):
    """Return the markers of a chart by height, rounded, each with its form."""
    return [(one.get_marker(), round(float(one.get_ydata()[0]), 1)) for one in ax.lines if one.get_marker() != "None"]


def test_a_scoreboard(record):
    """Each count stands at its share, in its words, with its source; a floor leaves open what lies above it."""
    counted(
        record,
        ("VNA", "2019-03-01", {"done": ps.Count(92), "total": ps.Count(139), "verb": "launched"}),
        ("TASS", "2019-07", {"share": ps.Percent(60, "at-least")}),
        ("SGGP", "2019-10-01", {"done": ps.Count(99), "total": ps.Count(139, "about")}),
        ("AFP", "2020-01-01", {"done": ps.Count(120, "at-most"), "total": ps.Count(139)}),
        title="Plan of Action",
    )
    ax = charts.scoreboard(record, "plan")
    assert heights(ax) == [("o", 66.2), ("^", 60.0), ("o", 71.2), ("v", 86.3)]
    assert ax.get_title("left") == "Plan of Action: what others counted"
    columns = [[*one.get_ydata()] for one in ax.lines if one.get_linewidth() == 9]
    assert [[round(float(y), 1) for y in one] for one in columns] == [[60.0, 100.0], [86.3, 0.0]]
    spans = [tuple(one.get_xdata()) for one in ax.lines if one.get_linewidth() == 6]
    assert spans == [days("2019-07-01", "2019-07-31")]
    for said in (
        "92 of 139 (launched) VNA, 1 March 2019",
        "at least 60 % TASS, July 2019",
        "99 of about 139 SGGP, 1 October 2019",
        "at most 120 of 139 AFP, 1 January 2020",
        "exact figure | at least: this much or more | at most: this much or less | about | some day within",
        "No line of the plan is known here by itself.",
        "share of 139 in the plan",
    ):
        assert said in words(ax)


def test_a_scoreboard_on_which_sources_differ(record):
    """The believed count has a ring, and a dotted line leads to the other."""
    counted(
        record,
        ("VNA", "2019-03-01", {"done": ps.Count(92), "total": ps.Count(100)}),
        ("TASS", "2019-03-01", {"done": ps.Count(60), "total": ps.Count(100)}),
    )
    ax = charts.scoreboard(record, "plan")
    assert {one for one, _ in heights(ax)} == {"o"}
    assert {height for _, height in heights(ax)} == {60.0, 92.0}
    assert len(heights(ax)) == 3
    assert "sources differ" in words(ax)


def test_a_scoreboard_of_numbers(record):
    """Where nobody tells the whole, the numbers themselves are drawn; and lines of the record stand apart."""
    counted(
        record,
        ("VNA", "../2019-03-01", {"done": ps.Count(5, "about")}),
        ("VNA", "2019-08-01/..", {"done": ps.Count(9)}),
    )
    record.add(PlanLineAdded("line-1", plan="plan"), source=NEWS)
    ax = charts.scoreboard(record, "plan")
    assert heights(ax) == [("o", 5.0), ("o", 9.0)]
    assert ax.get_ylabel() == "number"
    assert "Own count, of 1 lines known here: 1 completable: 1 unknown." in words(ax)


def test_figures_that_cannot_be_drawn(record):
    """They are told in words: a count of an unknown number beside shares."""
    counted(record, ("VNA", "2019-03-01", {"done": ps.Count(5)}), ("VNA", "2019-08-01", {"share": ps.Percent(60)}))
    ax = charts.scoreboard(record, "plan")
    assert heights(ax) == [("o", 60.0)]
    assert "Not drawn: 1 March 2019: 5 of ?, said by VNA, 5 December 2020." in words(ax)
    assert ax.get_ylabel() == "share of the plan"


def test_a_plan_of_which_nobody_counted_anything(record):
    """The picture says that nothing is recorded; of no plan at all, the error does."""
    record.add(PlanSized("plan", total=ps.Count(0)), source=NEWS)
    ax = charts.scoreboard(record, "plan")
    assert "Nothing is recorded." in words(ax)
    with pytest.raises(UnknownSubject):
        charts.scoreboard(record, "no-plan")


# ---- a fund ----


def balance(record, as_of, amount, *bound, currency="USD", source=NEWS):
    """Record what was in the fund."""
    record.add(FundBalanceReported("fund", as_of=as_of, amount=ps.Money(amount, currency, *bound)), source=source)


def test_a_fund(record):
    """Between two balances stands what must have been spent: what it would hold, less what it holds."""
    record.add(FundEstablished("fund", title="The Fund"), source=NEWS)
    rate = RecurringContributionStated("fund", period="2020", amount=ps.Money(15, "USD"), per="year", by=["RU"])
    record.add(rate, source=NEWS)
    balance(record, "2020-01-31", 72, "at-least")
    balance(record, "2021-02-28", 81)
    ax = charts.fund_balances(record, "fund")
    assert heights(ax) == [("^", 72.0), ("o", 81.0)]
    begins, ends = (date2num(date.fromisoformat(one)) + 0.5 for one in ("2020-01-31", "2021-02-28"))
    (fan,) = (one for one in ax.patches if not isinstance(one, Rectangle))
    assert [tuple(one) for one in fan.get_xy()[:3]] == [(begins, 72), (ends, 102), (ends, 87)]
    for said in (
        "The Fund",
        "at least 72 USD VNA, 31 January 2020",
        "81 USD VNA, 28 February 2021",
        "6 to 21 USD spent, if every figure is exact",
        "spent: derived, and told by nobody",
        "31 January 2020 to 28 February 2021: spent 6 to 21 USD if every figure is exact;",
    ):
        assert said in words(ax)


def test_a_fund_into_which_an_unknown_sum_was_paid(record):
    """What was spent has no end."""
    record.add(RecurringContributionStated("fund", period="2020", by=["RU"]), source=NEWS)
    balance(record, "2020-01-31", 72)
    balance(record, "2021-02-28", 60)
    ax = charts.fund_balances(record, "fund")
    assert "12 USD or more spent," in words(ax)


def test_a_fund_into_which_nothing_was_paid(record):
    """What was spent is one figure."""
    balance(record, "2020-01-31", 72)
    balance(record, "2021-02-28", 60)
    assert "| 12 USD spent," in words(charts.fund_balances(record, "fund"))


def test_a_balance_on_which_sources_differ(record):
    """It has a ring."""
    balance(record, "2020-01-31", 72)
    balance(record, "2020-01-31", 60, source=LATER)
    ax = charts.fund_balances(record, "fund")
    assert len(heights(ax)) == 2
    assert "sources differ" in words(ax)


def test_a_fund_in_two_currencies(record):
    """One must be named: they are never added."""
    balance(record, "2020-01-31", 72)
    balance(record, "2020-02-29", 60, currency="RUB")
    with pytest.raises(InvalidValue, match="fund has RUB and USD; add currency='RUB'"):
        charts.fund_balances(record, "fund")
    assert "72 USD" in words(charts.fund_balances(record, "fund", "USD"))


def test_a_fund_of_which_no_balance_is_known(record):
    """The picture says that nothing is recorded; of no fund at all, the error does."""
    record.add(FundEstablished("fund"), source=NEWS)
    assert "Nothing is recorded." in words(charts.fund_balances(record, "fund"))
    with pytest.raises(UnknownSubject):
        charts.fund_balances(record, "no-fund")


# ---- what may leave ----


def test_what_stays_at_the_desk(record):
    """It is not drawn, and the picture says how many entries that is."""
    held(record, "open", "2020-01-03")
    record.add(MeetingHeld("secret", on="2020-01-04"), source=NEWS, shared=False)
    record.add(
        MeetingScheduled("guess", planned="2020-03"),
        source=ps.Source("the desk", kind="desk-note", retrieved="2020-01-01"),
    )
    ax = charts.timeline(record)
    assert titles(ax) == ["open"]
    assert "2 private entries are left out." in words(ax)


def test_one_entry_that_stays_at_the_desk(record):
    """It says so of one as well, and of a fund known by nothing else, that nothing is known."""
    record.add(FundEstablished("fund"), source=NEWS)
    record.add(FundBalanceReported("fund", as_of="2020-01-01", amount=ps.Money(5, "USD")), source=NEWS, shared=False)
    assert "1 private entry is left out." in words(charts.fund_balances(record, "fund"))
    record.add(FundEstablished("secret-fund"), source=NEWS, shared=False)
    with pytest.raises(UnknownSubject):
        charts.fund_balances(record, "secret-fund")


# ---- how it looks ----


PICTURES = {
    "timeline": lambda view, ax=None: charts.timeline(view, ["meeting", "document"], since="2014-01-01", ax=ax),
    "all": lambda view, ax=None: charts.timeline(view, ax=ax),
    "scoreboard": lambda view, ax=None: charts.scoreboard(view, "cpa-2016-2020", ax=ax),
    "fund": lambda view, ax=None: charts.fund_balances(view, "ardpff", ax=ax),
}


STYLES = [*product(PICTURES, (LIGHT, DARK)), ("timeline", "grayscale"), ("fund", "ggplot")]


@pytest.mark.no_cover
@pytest.mark.parametrize(("name", "style"), STYLES)
def test_a_picture_of_the_real_record(real, name, style):
    """Every letter is on the page and can be told from it; nothing warns."""
    with plt.style.context(style):
        ax = PICTURES[name](real)
        figure = ax.figure
        figure.canvas.draw()
        page = figure.bbox.padded(1)
        for one in texts(ax):
            box = one.get_window_extent()
            assert page.containsx(box.x0) and page.containsx(box.x1), one.get_text()  # noqa: PT018  one box
            assert page.containsy(box.y0) and page.containsy(box.y1), one.get_text()  # noqa: PT018
            assert (
                chart_axes._contrast(one.get_color(), ax.get_facecolor()) >= 4.5 or style == "ggplot"
            )  # whose ink is grey


def test_what_is_overdue_in_the_real_record(real):
    """Every meeting and document that is overdue is marked, with its day in words; so is where sources differ."""
    ax = PICTURES["timeline"](real)
    overdue = [
        one
        for one in real.overdue()
        if one.standing == "overdue"
        and one.subject.startswith(("meeting", "document"))
        and one.planned.latest.year >= 2014
    ]
    alarm = chart_axes.palette_of(ax).alarm
    assert sorted(in_words(one.planned) for one in overdue) == sorted(
        one.get_text() for one in ax.texts if one.get_color() == alarm and one.get_text()
    )
    rings = [one for one in ax.lines if one.get_markersize() == 9]
    disputed = {one.occurrence for one in real.disputes() if one.subject.startswith(("meeting", "document"))}
    assert len(rings) == len([one for one in disputed if one.latest.year >= 2014])


def test_labels_that_stand_close(real):
    """No label of the scoreboard hides another or a point, and all lie within the axes."""
    ax = PICTURES["scoreboard"](real)
    ax.figure.canvas.draw()
    labels = [one.get_window_extent() for one in ax.texts]
    assert len(labels) == 3
    assert not [1 for a, b in combinations(labels, 2) if a.overlaps(b)]
    assert all(ax.bbox.containsx(one.x0) and ax.bbox.containsx(one.x1) for one in labels)
    for line in ax.lines:
        if line.get_marker() != "None":
            x, y = ax.transData.transform((line.get_xdata()[0], line.get_ydata()[0]))
            assert not any(one.contains(x, y) for one in labels)


def annotated(ax):
    """Return where each label that a chart places stands, once its figure is arranged."""
    ax.figure.canvas.draw()
    return [one.get_window_extent() for one in ax.texts if one.get_text().strip()]


@pytest.mark.no_cover
@pytest.mark.parametrize("number", [2, 30])
def test_many_labels(record, number):
    """However many there are, none hides another, and none lies outside; the chart says how many find no place."""
    for step in range(number):
        day = date.fromordinal(date(2019, 1, 1).toordinal() + step % 9).isoformat()
        record.add(MeetingScheduled(f"m-{step}", planned=day, body="series:s"), source=NEWS)
        record.add(
            FundBalanceReported(f"f-{step % 2}", as_of=day, amount=ps.Money(str(1000 + step), "USD")), source=NEWS
        )
    ledger = record.fund_ledger("f-1")
    figures = len(ledger.balances) + len(ledger.spent)
    for ax, wanted in ((charts.timeline(record), number), (charts.fund_balances(record, "f-1"), figures)):
        labels = annotated(ax)
        said = re.search(r"(\d+) labels? ha(?:s|ve) no room and (?:is|are) not shown\.$", ax.get_xlabel())
        assert len(labels) + (int(said[1]) if said else 0) == wanted
        assert number > 2 or not said
        assert labels
        assert not [1 for one, other in combinations(labels, 2) if one.overlaps(other)]
        assert all(ax.bbox.containsx(one.x0) and ax.bbox.containsx(one.x1) for one in labels)


YEARS = ["0001-01-01", "9999-12-31", "0001", "9999", "999X", "../0001-01-02", "9999-12-30/..", "0001-01-01/9999-12-31"]


@pytest.mark.no_cover
@pytest.mark.parametrize("texts_of_days", [*([one] for one in YEARS), YEARS], ids=str)
def test_the_first_and_the_last_years(record, texts_of_days):
    """All years that a date may have are drawn, alone and in one chart, with years at the axis."""
    for number, text in enumerate(texts_of_days):
        record.add(CommitmentMade(f"c-{number}", on=text, text=f"promise {number}"), source=NEWS)
        record.add(FundBalanceReported("f", as_of=text, amount=ps.Money("5", "USD")), source=NEWS)
    for ax in (charts.timeline(record), charts.fund_balances(record, "f")):
        ax.figure.canvas.draw()
        assert any(one.get_text() for one in ax.get_xticklabels())


@pytest.mark.parametrize(("since", "until"), [("2021-06-01", None), ("2030-01-01", None), ("9999-12-31", "9999-12-31")])
def test_a_time_that_begins_after_today(record, since, until):
    """It is drawn from left to right."""
    held(record, "m", "2020-02-02")
    record.add(MeetingScheduled("n", planned="2022-05-01"), source=NEWS)
    ax = charts.timeline(record, since=since, until=until)
    ax.figure.canvas.draw()
    first, last = ax.get_xlim()
    assert first < last
    assert first <= date2num(date.fromisoformat(since)) <= last
    assert len(titles(ax)) == (1 if since < "2022" else 0)


@pytest.mark.parametrize(
    ("of", "advice"),
    [
        ("meetings", "write 'meeting'"),
        (["meeting", "themed_years"], "write 'themed-year'"),
        ("meetings:m", "write 'meeting'"),
        ("meetng", "write 'meeting'"),
        ("zzz", "write a kind, 'meeting', or a subject"),
        ([5], "write a kind, 'meeting', or a subject"),
    ],
)
def test_what_is_no_kind(record, of, advice):
    """A plural and a misspelt kind are refused, with the right word, instead of a chart of nothing."""
    held(record, "m", "2020-02-02")
    with pytest.raises(InvalidValue, match=advice):
        charts.timeline(record, of)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Honolulu", "Asia/Jakarta"])
def test_a_style_with_a_time_zone(record, zone):
    """Days have none: the axis has the days of the record."""
    held(record, "m", "2020-01-01")
    held(record, "n", "2020-12-31")
    expected = words(charts.timeline(record))
    with plt.rc_context({"timezone": zone}):
        assert words(charts.timeline(record)) == expected


def test_every_mark_is_in_the_legend(record):
    """Each shape in a chart is explained: days and bars, of what was planned, moved, is overdue, or another says."""
    held(record, "a", "2020-01-01")
    held(record, "b", "2020-02")
    held(record, "c", "2020-02-01/2020-03-01")
    held(record, "d", "2020-02~")
    record.add(
        CommitmentMade("e", on="../2020-02-02", text="e"),
        CommitmentMade("f", on="2020-02-02/..", text="f"),
        source=NEWS,
    )
    for slug, planned in (("g", "2020-12-01"), ("h", "2020-11"), ("i", "2021-03-01"), ("j", "2021-04")):
        record.add(MeetingScheduled(slug, planned=planned), source=NEWS)
    for slug, planned in (("i", "2021-05-01"), ("j", "2021-06")):
        record.add(MeetingScheduled(slug, planned=planned), source=LATER)
    for slug, days_of in (("k", ("2020-01-01", "2020-06-01")), ("l", ("2020-01", "2020-08"))):
        for on, source in zip(days_of, (NEWS, LATER), strict=True):
            held(record, slug, on, source)
    ax = charts.timeline(record)
    legend = {one.get_text() for one in ax.get_legend().get_texts()}
    assert legend == {*timeline_chart._LEGEND_TEXTS.values()} | {"as of 1 February 2021"}
    shapes = {one.get_marker() for one in ax.lines} - {"None"}
    assert shapes <= {one.get_marker() for one in ax.get_legend().legend_handles if hasattr(one, "get_marker")}


def test_axes_of_ones_own(real):
    """They are drawn on and returned, in a layout that cuts nothing off; a layout that was chosen stays."""
    figure, (first, second) = plt.subplots(2, figsize=(8, 12))
    assert PICTURES["scoreboard"](real, first) is first
    assert PICTURES["fund"](real, second) is second
    assert type(figure.get_layout_engine()).__name__ == "ConstrainedLayoutEngine"
    figure.canvas.draw()
    assert all(one.get_window_extent().x1 <= figure.bbox.x1 for one in texts(first))
    chosen = plt.figure(layout="tight")
    engine = chosen.get_layout_engine()
    PICTURES["scoreboard"](real, chosen.add_subplot())
    assert chosen.get_layout_engine() is engine


def test_axes_that_are_narrow(record):
    """The note under them is wrapped at their width, and the legend has one column at the least."""
    held(record, "m", "2020-02")
    _, (first, second) = plt.subplots(1, 2, figsize=(5, 6))
    charts.timeline(record, ax=first)
    charts.timeline(record, ax=second)
    first.figure.canvas.draw()
    assert first.xaxis.label.get_window_extent().width <= first.bbox.width


def test_colours_of_a_style():
    """They can be told from the page; red is for what is overdue, of the style's own where it has one."""
    _, ax = plt.subplots()
    with plt.rc_context({"axes.prop_cycle": mpl.cycler(color=["#fafafa", "#123456", "#b00000", "#777777"])}):
        assert chart_axes.palette_of(ax).first == "#123456"
        assert chart_axes.palette_of(ax).second == "#777777"
        assert chart_axes.palette_of(ax).alarm == "#b00000"
    ax.patch.set_alpha(0)
    ax.figure.set_facecolor("black")
    ax.xaxis.label.set_color("white")
    with plt.rc_context({"axes.prop_cycle": mpl.cycler(linestyle=["-"])}):
        palette = chart_axes.palette_of(ax)
    assert (palette.first, palette.second, palette.alarm) == ("white", "white", "#ff7b72")


SCRIPTS = {
    "Cyrillic": "Встреча старших должностных лиц",
    "Vietnamese": "Hội nghị Bộ trưởng Ngoại giao đặc biệt",
    "Arabic": "اجتماع وزراء خارجية الآسيان وروسيا",
    "Chinese": "中文会议",
}


@pytest.fixture
def chinese(tmp_path, monkeypatch):
    """Give this machine one font with four Chinese letters, and no other but those that come with matplotlib."""
    from fontTools.fontBuilder import FontBuilder  # noqa: PLC0415  slow to import, and needed here alone
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # noqa: PLC0415

    drawn = TTGlyphPen(None)
    drawn.moveTo((0, 0))
    drawn.lineTo((0, 800))
    drawn.lineTo((800, 0))
    drawn.closePath()
    box = drawn.glyph()
    font = FontBuilder(1000, isTTF=True)
    letters = {ord(one): f"g{ord(one)}" for one in SCRIPTS["Chinese"]}
    font.setupGlyphOrder([".notdef", *letters.values()])
    font.setupCharacterMap(letters)
    font.setupGlyf(dict.fromkeys([".notdef", *letters.values()], box))
    font.setupHorizontalMetrics(dict.fromkeys([".notdef", *letters.values()], (1000, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupOS2()
    font.setupPost()
    font.setupNameTable({"familyName": "Four Letters", "styleName": "Regular"})
    font.save(tmp_path / "four.ttf")
    shipped = [one for one in font_manager.fontManager.ttflist if "mpl-data" in one.fname]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", shipped)
    font_manager.fontManager.addfont(tmp_path / "four.ttf")
    chart_axes._fallback_fonts.cache_clear()
    yield
    chart_axes._fallback_fonts.cache_clear()


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.usefixtures("chinese")
def test_a_title_in_any_script(record, script, tmp_path):
    """It is drawn in letters, not in boxes: nothing warns of a glyph that is missing; and an SVG keeps it as text."""
    held(record, "m", "2020-02", title=SCRIPTS[script])
    ax = charts.timeline(record)
    ax.figure.savefig(tmp_path / "timeline.png")
    with plt.rc_context({"svg.fonttype": "none"}):
        ax.figure.savefig(tmp_path / "timeline.svg")
    assert SCRIPTS[script].split()[0] in (tmp_path / "timeline.svg").read_text("utf-8")
    assert (chart_axes.fonts_for(SCRIPTS[script]) == ["sans-serif"]) == (script != "Chinese")


@pytest.mark.usefixtures("chinese")
def test_letters_that_no_font_here_has():
    """They are left to the reader's fonts, and the style's own are used."""
    assert chart_axes.fonts_for("ꯃ") == ["sans-serif"]
    assert chart_axes.fonts_for("中ꯃ") == ["sans-serif", "Four Letters"]


HOSTILE = ["$x^2$ costs $5", r"\alpha_{x} & 100 %", "<b>bold</b>", "a\u206ab\u206bc\u206c", "x" * 200, "\u0301" * 30]


@pytest.mark.no_cover
@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title(record, title):
    """It stands as it was written: nothing in it is mathematics or markup, and what is not seen is spelled out."""
    held(record, "m", "2020-02", title=title)
    counted(record, ("$V_N$ \u206a", "2019-03-01", {"done": ps.Count(5), "verb": "$launched$"}), title=title)
    ax = charts.timeline(record)
    ax.figure.canvas.draw()
    shown = visible(title)
    assert titles(ax)[0].replace(" ", "")[:20] == shown.replace(" ", "")[:20]
    assert not any(one.get_parse_math() for one in ax.get_yticklabels())
    board = charts.scoreboard(record, "plan")
    board.figure.canvas.draw()
    assert "5 ($launched$) $V_N$ <U+206A>, 1 March 2019" in words(board)


def test_unseen_characters():
    """Each is spelled out, but for the joiners that letters need."""
    assert visible("a\x1b[31m\nb\u202ec\u2028d\ue000") == "a<U+001B>[31m<U+000A>b<U+202E>c<U+2028>d<U+E000>"
    assert visible("\u0645\u06cc\u200c\u062e\u0648") == "\u0645\u06cc\u200c\u062e\u0648"
    assert in_lines("中" * 30, 20) == "中" * 10 + "\n" + "中" * 8 + " …"
    assert in_lines("three short words", 11, 1) == "three …"


def test_no_matplotlib(record, monkeypatch):
    """The error says what to install."""
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for draw in (
        charts.timeline,
        lambda view: charts.scoreboard(view, "p"),
        lambda view: charts.fund_balances(view, "f"),
    ):
        with pytest.raises(NotInstalled, match=r"needs matplotlib; .* python -m pip install babel matplotlib$"):
            draw(record)
