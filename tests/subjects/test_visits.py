"""Visits and calls."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import VisitAnnounced, VisitCancelled, VisitMade, VisitPostponed
from partnership.testing.scenario import finding_slugs, given

JUNE = ("2023-06-20", "TASS", "news")
JULY = ("2023-07-05", "The Diplomatic Insight", "news")
AUGUST = ("2023-08-01", "TASS", "news")


def visit(*story):
    """Build a history of one visit, and return its state."""
    return given(*story).visits["lavrov-jakarta"]


def test_a_visit_that_goes_as_it_should():
    """It is expected until it is made, early or late, without a finding."""
    story = [
        JUNE,
        VisitAnnounced("lavrov-jakarta", planned="2023-07", person="Sergey Lavrov", party="RU", host="ID"),
        VisitAnnounced("lavrov-jakarta", planned="2023-07", place="Jakarta"),
        JULY, VisitMade("lavrov-jakarta", on="2023-06-30", title="working visit", meeting="pmc-2023", topics="trade"),
    ]  # fmt: skip
    state = visit(*story)

    assert [str(plan.planned) for plan in given(*story).as_of("2023-06-25").visits["lavrov-jakarta"].outstanding] == [
        "2023-07"
    ]
    assert (state.status, state.made_on, state.outstanding) == ("made", ps.When("2023-06-30"), ())
    assert (state.person, state.party, state.host) == ("Sergey Lavrov", "RU", "ID")
    assert (state.title, state.meeting, state.topics) == ("working visit", "pmc-2023", ("trade",))
    assert finding_slugs(given(*story)) == set()


@pytest.mark.parametrize(("on", "place"), [("2023-07-04", "Jakarta"), (None, "Jakarta"), ("2023-06-30", None)])
def test_a_place_that_only_a_plan_states(on, place):
    """It is that of a visit on the planned day, and not of one on another day, whichever is told first."""
    plan = VisitAnnounced("lavrov-jakarta", planned="2023-07", host="ID", place="Jakarta", participants=12)
    made = VisitMade("lavrov-jakarta", on=on)
    for state in (visit(JUNE, plan, JULY, made), visit(JUNE, made, JULY, plan)):
        assert (state.status, state.host, state.place) == ("made", "ID", place)
        assert (state.participants is None) is (place is None)


def test_a_visit_that_moves():
    """The place of the old plan is dropped."""
    state = visit(
        JUNE, VisitAnnounced("lavrov-jakarta", planned="2023-07", place="Jakarta"),
        JULY, VisitAnnounced("lavrov-jakarta", planned="2023-09"),
    )  # fmt: skip

    assert (state.place, state.previous_dates) == (None, (ps.When("2023-07"),))


def test_a_visit_called_off():
    """Nothing is expected of it, until it is announced again."""
    story = [
        JUNE, VisitAnnounced("lavrov-jakarta", planned="2023-07"),
        JULY, VisitCancelled("lavrov-jakarta", on="2023-07-04", by="RU", reason="illness"),
    ]  # fmt: skip
    state, again = visit(*story), visit(*story, AUGUST, VisitAnnounced("lavrov-jakarta", planned="2023-10"))

    assert (state.status, state.by, state.reason, state.expected) == ("cancelled", ("RU",), "illness", ())
    assert state.cancelled_on == ps.When("2023-07-04")
    assert (again.status, [str(plan.planned) for plan in again.expected]) == ("announced", ["2023-10"])


def test_a_visit_that_was_made_after_it_was_cancelled():
    """It is a finding, and so is a source that reports both for one day."""
    cancelled = [JUNE, VisitCancelled("lavrov-jakarta", on="2023-06-19")]

    assert finding_slugs(given(*cancelled, JULY, VisitMade("lavrov-jakarta", on="2023-07-04"))) == {
        "made-after-cancelled"
    }
    both = [VisitCancelled("lavrov-jakarta", on="2023-07-04"), VisitMade("lavrov-jakarta", on="2023-07-04")]
    assert finding_slugs(given(JULY, *both)) == {"made-and-cancelled-by-one-source"}


def test_a_visit_that_was_not_announced():
    """There is a gap finding."""
    assert finding_slugs(given(JULY, VisitMade("lavrov-jakarta", on="2023-07-05"))) == {"made-unannounced"}


def test_a_later_report_of_one_postponement():
    """It does not take back the new date that another source gives for the same step."""
    state = visit(
        JUNE, VisitAnnounced("lavrov-jakarta", planned="2023-07"),
        VisitPostponed("lavrov-jakarta", on="2023-06-20", planned="2023-10"),
        JULY, VisitPostponed("lavrov-jakarta", on="2023-06-20", reason="illness"),
    )  # fmt: skip
    assert [str(plan.planned) for plan in state.expected] == ["2023-10"]
