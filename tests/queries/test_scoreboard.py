"""How much of a plan is done, counted in two ways."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import UnknownSubject
from partnership.events import (
    ImplementationAssessed,
    LineReportedImplemented,
    LineStarted,
    PlanLineAdded,
    PlanProgressReported,
    PlanSized,
)
from partnership.testing.scenario import given

COUNTS = (
    ("2019-07-31", "MFA of Russia", "official-release"),
    PlanProgressReported("cpa", as_of="2019-07-31~", share=ps.Percent(60, "at-least"), verb="achieved"),
    ("2020-03-20", "TASS", "news"),
    PlanProgressReported("cpa", as_of="2020-03-13~", done=92, total=139, verb="launched", title="CPA 2016-2020"),
    ("2021-04-02", "VNA", "news"),
    PlanProgressReported("cpa", as_of="2021-03-30~", done=99, total=139, verb="carried out"),
    ("2021-04-03", "Le Courrier", "news"),
    PlanProgressReported("cpa", as_of="2021-03-30~", done=99, total=139, verb="déployées"),
)


def test_reported_counts():
    """They are listed by day with their words, and the own count has no lines."""
    board = given(*COUNTS).scoreboard("cpa")
    assert [(str(count.as_of), count.done, count.verbs) for count in board.reported] == [
        ("2019-07-31~", None, ("achieved",)),
        ("2020-03-13~", ps.Count(92), ("launched",)),
        ("2021-03-30~", ps.Count(99), ("déployées", "carried out")),
    ]
    assert (board.total, board.known, board.own) == (ps.Count(139), 0, ())
    assert not any(count.is_disputed for count in board.reported)
    assert str(board) == (
        "plan:cpa (CPA 2016-2020)\n"
        "reported:\n"
        "  about 31 July 2019: at least 60 % (achieved), said by MFA of Russia, 31 July 2019\n"
        "  about 13 March 2020: 92 of 139 (launched), said by TASS, 20 March 2020\n"
        "  about 30 March 2021: 99 of 139 (déployées, carried out), said by Le Courrier, 3 April 2021; "
        "VNA, 2 April 2021\n"
        "own count: none of 139 lines is known here"
    )


def test_contradictory_counts_of_one_day():
    """The figures that were not chosen are kept."""
    other = PlanProgressReported("cpa", as_of="2021-03-30~", done=100, share=72)
    also = PlanProgressReported("cpa", as_of="2021-03-30~", share=70)
    board = given(*COUNTS, ("2021-04-04", "A", "news"), other, ("2021-04-05", "B", "news"), also).scoreboard("plan:cpa")
    row = board.reported[-1]
    assert row.is_disputed
    assert row.losers == ((ps.Count(100), None), (ps.Percent(72),))
    assert "99 of 139 = 70 % (déployées, carried out), against 100 of ?, against 72 %" in str(row)


def test_recorded_lines():
    """Each is counted by its last assessment, recurring and standing ones separately, others as unknown."""
    board = given(
        ("2021-11-01", "ASEAN", "official-text"), PlanSized("cpa", total=5),
        PlanLineAdded("a", plan="cpa"), PlanLineAdded("b", plan="cpa", nature="one-off"),
        PlanLineAdded("c", plan="cpa", nature="standing"), PlanLineAdded("other", plan="asean-eu"),
        ("2022-11-01", "ASEAN", "official-release"), LineReportedImplemented("b", plan="cpa"),
        LineStarted("c", plan="cpa"), LineStarted("d", plan="cpa"),
        ImplementationAssessed("irm", concerns="line:d", assessor="IRM", core="standing", as_of="2022"),
        ImplementationAssessed("irm", concerns="line:b", assessor="IRM", core="implemented", as_of="2022"),
        ImplementationAssessed("irm", concerns="line:b", assessor="MFA", core="partially", as_of="2022"),
    ).scoreboard("cpa")  # fmt: skip
    assert [(count.nature, count.states, count.contested) for count in board.own] == [
        ("completable", (("unknown", 1), ("partially", 1)), 1),
        ("standing", (("in-progress", 1), ("standing", 1)), 0),
    ]
    assert (board.known, board.reported, board.total) == (4, (), ps.Count(5))
    assert str(board) == (
        "plan:cpa\n"
        "reported:\n"
        "  nothing\n"
        "own count, of 4 known here of 5 lines:\n"
        "  2 completable: 1 unknown, 1 partially; 1 contested\n"
        "  2 standing: 1 in-progress, 1 standing"
    )


def test_lines_without_a_count():
    """The total is unknown; lines without a plan are in no plan."""
    board = given(
        ("2021-11-01", "ASEAN", "official-text"), PlanLineAdded("a", plan="cpa", nature="recurring"),
        PlanProgressReported("cpa", as_of="2021"),
        ImplementationAssessed("irm", concerns="line:b", assessor="IRM", core="standing"),
    ).scoreboard("cpa")  # fmt: skip
    assert (board.total, board.known) == (None, 1)
    assert "own count, of 1 known here of an unknown number of lines" in str(board)
    assert "2021: no figure, said by ASEAN, 1 November 2021" in str(board)


def test_a_day_in_the_past():
    """Only what was counted and known by then."""
    assert [str(count.as_of) for count in given(*COUNTS).as_of("2020-12-31").scoreboard("cpa").reported] == [
        "2019-07-31~",
        "2020-03-13~",
    ]


def test_an_unknown_plan():
    """The error suggests similar names."""
    with pytest.raises(UnknownSubject, match="cpa"):
        given(*COUNTS).scoreboard("cpb")


def test_the_unit_of_the_plan():
    """The text counts in the word of the sources, the last one if they use several."""
    record = given(
        ("2016-05-20", "ASEAN", "official-text"), PlanSized("cpa", total=139, unit="activities"),
        ("2017-05-20", "TASS", "news"), PlanSized("cpa", total=139, unit="lines of action"),
    )  # fmt: skip
    board = record.scoreboard("cpa")
    assert board.unit == "lines of action"
    assert "none of 139 lines of action is known here" in str(board)
