"""Lines of a plan: reports and assessments."""

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
    """Record claims about one line, and return its state."""
    return given(*story).lines["l"]


def judged(core, assessor="IRM", as_of="2023", **more):
    """Return an assessment of the line."""
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
def test_a_single_report(event, status, core):
    """Each event alone leads to its status, and to one on the common scale; being added to a plan does not."""
    assert (line(PLAN, event).status, line(PLAN, event).core, line(PLAN, event).plan) == (status, core, "cpa")


def test_a_line_with_a_due_date():
    """It is overdue until a report or an assessor says that it was implemented or dropped."""
    record = given(PLAN, ADDED, REVIEW, LineStarted("l", plan="cpa", on="2022"))
    assert [(one.subject, str(one.planned), one.title) for one in record.overdue()] == [
        ("line:l", "2022", "Hold a seminar")
    ]
    assert given(PLAN, ADDED, REVIEW, LineDropped("l", plan="cpa")).overdue() == ()
    assert given(PLAN, ADDED, REVIEW, judged("implemented")).overdue() == ()


def test_the_latest_status():
    """It is that of the latest report or assessor; a late report of an earlier status does not count."""
    done = LineReportedImplemented("l", plan="cpa", on="2022")
    late = LineStarted("l", plan="cpa", on="2023")
    assert line(PLAN, ADDED, REVIEW, done, judged("partially")).core == "partially"
    assert line(PLAN, ADDED, REVIEW, judged("partially", as_of="2021"), done).core == "implemented"
    assert line(PLAN, ADDED, REVIEW, done, late).core == "implemented"
    assert line(PLAN, ADDED, REVIEW, done, judged(None, value="fine")).core == "implemented"


def test_a_line_that_goes_on_after_it_was_dropped():
    """It gives a finding; a line that is dropped after it began does not."""
    dropped = LineDropped("l", plan="cpa", on="2022-01")
    assert finding_slugs(given(REVIEW, dropped, LineStarted("l", plan="cpa", on="2022-02"))) == {
        "going-on-after-dropped"
    }
    assert finding_slugs(given(REVIEW, dropped, LineStarted("l", plan="cpa", on="2021-12"))) == set()


def test_assessors_of_one_line():
    """Each has its own verdict; they only disagree about the same day."""
    story = (REVIEW, judged("partially", scale="OGP", value="Limited", is_independent=True))
    agreed = given(*story, LATER, judged("implemented", "ASEAN", as_of="2024"))
    apart = given(*story, LATER, judged("implemented", "ASEAN", value="completed"))
    assert finding_slugs(agreed) == set()
    assert finding_slugs(apart, "line:l") == {"assessors-disagree"}
    assert (agreed.lines["l"].is_contested, apart.lines["l"].is_contested) == (False, True)
    values = [(one.assessor, one.value) for one in apart.lines["l"].verdicts]
    assert values == [("IRM", "Limited"), ("ASEAN", "completed")]


def test_an_assessment_that_goes_back():
    """The same assessor gives a lower verdict for a later day; verdicts without an order or a day do not fall."""
    first = (REVIEW, judged("implemented", as_of="2022"))
    assert finding_slugs(given(*first, LATER, judged("partially"))) == {"assessment-falls"}
    assert finding_slugs(given(*first, LATER, judged("stalled"))) == set()
    assert finding_slugs(given(*first, LATER, judged("partially", as_of=None))) == set()
    assert finding_slugs(given(*first, LATER, judged("partially", as_of="2022-02", assessor=None))) == set()


def test_sources_that_differ_on_an_assessment():
    """The line and the assessment are disputed."""
    record = given(REVIEW, judged("partially"), LATER, judged("implemented"))
    assert record.lines["l"].disputed == ("verdicts",)
    assert record.assessments["irm"].disputed == ("verdicts",)
    assert not given(REVIEW, judged("partially")).lines["l"].disputed
