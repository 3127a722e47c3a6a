"""Lines of a plan: what is reported of them, and what assessors find."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import (
    ImplementationAssessed,
    LineCarriedOver,
    LineDropped,
    LineProgressReported,
    LineReportedImplemented,
    LineStarted,
    PlanLineAdded,
)
from partnership.testing.scenario import finding_slugs, given

PLAN = ("2021-11-01", "ASEAN", "official-text")
REVIEW = ("2023-03-01", "ASEAN", "official-release")
LATER = ("2024-03-01", "MFA", "official-release")
ADDED = PlanLineAdded("l", plan="cpa", number="1.2.1", nature="one-off", due="2022", text="Hold a seminar")


def line(*story):
    """Tell a story of one line, and return its state."""
    return given(*story).lines["l"]


def judged(core, assessor="IRM", as_of="2023", **more):
    """Return what an assessor finds of the line."""
    return ImplementationAssessed("irm", concerns="line:l", assessor=assessor, core=core, as_of=as_of, **more)


@pytest.mark.parametrize(
    ("event", "status", "core"),
    [
        (ADDED, "added", None),
        (LineStarted("l", plan="cpa"), "started", "in-progress"),
        (LineProgressReported("l", plan="cpa", as_of="2022"), "in-progress", "in-progress"),
        (LineReportedImplemented("l", plan="cpa"), "implemented", "implemented"),
        (LineDropped("l", plan="cpa", reason="no money"), "dropped", "dropped"),
        (LineCarriedOver("l", plan="cpa", successor="m"), "carried-over", "carried-over"),
    ],
    ids=lambda value: value.name if isinstance(value, ps.Event) else None,
)
def test_nothing_but_one_report(event, status, core):
    """Each event alone leads to its own status, and to a word on the line; that it stands in a plan is none."""
    assert (line(PLAN, event).status, line(PLAN, event).core, line(PLAN, event).plan) == (status, core, "cpa")


def test_a_line_with_a_day():
    """It is overdue until somebody says that it is done or given up, an assessor too."""
    record = given(PLAN, ADDED, REVIEW, LineStarted("l", plan="cpa", on="2022"))
    assert [(one.subject, str(one.planned), one.title) for one in record.overdue()] == [
        ("line:l", "2022", "Hold a seminar")
    ]
    assert given(PLAN, ADDED, REVIEW, LineDropped("l", plan="cpa")).overdue() == ()
    assert given(PLAN, ADDED, REVIEW, judged("implemented")).overdue() == ()


def test_the_last_word():
    """It is of the report or of the assessor that spoke last; what the state has passed is none."""
    done = LineReportedImplemented("l", plan="cpa", on="2022")
    late = LineStarted("l", plan="cpa", on="2023")
    assert line(PLAN, ADDED, REVIEW, done, judged("partially")).core == "partially"
    assert line(PLAN, ADDED, REVIEW, judged("partially", as_of="2021"), done).core == "implemented"
    assert line(PLAN, ADDED, REVIEW, done, late).core == "implemented"
    assert line(PLAN, ADDED, REVIEW, done, judged(None, value="fine")).core == "implemented"


def test_a_line_that_goes_on_after_it_was_dropped():
    """It is found; one that is dropped after it began is not."""
    dropped = LineDropped("l", plan="cpa", on="2022-01")
    assert finding_slugs(given(REVIEW, dropped, LineStarted("l", plan="cpa", on="2022-02"))) == {
        "going-on-after-dropped"
    }
    assert finding_slugs(given(REVIEW, dropped, LineStarted("l", plan="cpa", on="2021-12"))) == set()


def test_assessors_of_one_line():
    """Each keeps its own word; of one day they disagree, and a later day is a later state."""
    story = (REVIEW, judged("partially", scale="OGP", value="Limited", is_independent=True))
    agreed = given(*story, LATER, judged("implemented", "ASEAN", as_of="2024"))
    apart = given(*story, LATER, judged("implemented", "ASEAN", value="completed"))
    assert finding_slugs(agreed) == set()
    assert finding_slugs(apart, "line:l") == {"assessors-disagree"}
    assert (agreed.lines["l"].is_contested, apart.lines["l"].is_contested) == (False, True)
    values = [(one.assessor, one.value) for one in apart.lines["l"].verdicts]
    assert values == [("IRM", "Limited"), ("ASEAN", "completed")]


def test_an_assessment_that_goes_back():
    """The same assessor finds less of a later day; what is not on the ladder, or has no day, falls nowhere."""
    first = (REVIEW, judged("implemented", as_of="2022"))
    assert finding_slugs(given(*first, LATER, judged("partially"))) == {"assessment-falls"}
    assert finding_slugs(given(*first, LATER, judged("stalled"))) == set()
    assert finding_slugs(given(*first, LATER, judged("partially", as_of=None))) == set()
    assert finding_slugs(given(*first, LATER, judged("partially", as_of="2022-02", assessor=None))) == set()


def test_sources_that_differ_on_an_assessment():
    """The line says so, and so does the assessment."""
    record = given(REVIEW, judged("partially"), LATER, judged("implemented"))
    assert record.lines["l"].disputed == ("verdicts",)
    assert record.assessments["irm"].disputed == ("verdicts",)
    assert not given(REVIEW, judged("partially")).lines["l"].disputed
