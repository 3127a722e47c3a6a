"""Plans of action: sized, counted by others, reviewed, succeeded."""

from __future__ import annotations

import partnership as ps
from partnership.events import (
    ImplementationAssessed,
    PlanLineAdded,
    PlanProgressReported,
    PlanReviewed,
    PlanSized,
    PlanSucceeded,
)
from partnership.testing.scenario import finding_slugs, given

FIRST = ("2020-03-13", "MFA", "official-release")
SECOND = ("2021-04-02", "VNA", "news")


def test_all_events_of_a_plan():
    """Size, words, review and successor are kept, each date in its own field."""
    plan = given(
        ("2017-09-11", "ASEAN", "official-release"),
        PlanSized("wp", title="Work programme", total=52, unit="activities", pillars=["trade"], period="2018/2022"),
        FIRST, PlanReviewed("wp", on="2020-03", by="ASEAN", text="on course", document="work-programme"),
        SECOND, PlanSucceeded("wp", on="2021", successor="wp-2", parties=("RU", "ASEAN"), title="WP"),
    ).plans["wp"]  # fmt: skip
    assert (plan.total, plan.units, plan.pillars) == (ps.Count(52), ("activities",), ("trade",))
    assert (plan.title, plan.titles, plan.parties) == ("WP", ("Work programme", "WP"), ("ASEAN", "RU"))
    assert (plan.document, plan.period, plan.successor) == ("work-programme", ps.When("2018/2022"), "wp-2")
    assert (str(plan.reviewed_on), str(plan.succeeded_on), plan.disputed) == ("2020-03", "2021", ())


def test_counts_of_several_days():
    """They are in the order of their days; a falling count is a finding, and so are two different counts of one day."""
    record = given(
        SECOND, PlanProgressReported("cpa", as_of="2021-03-30~", done=99, total=139, verb="carried out"),
        FIRST, PlanProgressReported("cpa", as_of="2020-03-13", done=102, total=139, verb="launched"),
        ("2020-03-14", "TASS", "news"), PlanProgressReported("cpa", as_of="2020-03-13", done=92, total=139),
    )  # fmt: skip
    plan = record.plans["cpa"]
    assert [(str(count.as_of), str(count.done), count.is_disputed) for count in plan.progress] == [
        ("2020-03-13", "102", True), ("2021-03-30~", "99", False)
    ]  # fmt: skip
    assert plan.disputed == ("progress",)
    assert finding_slugs(record) == {"progress-falls", "disputed"}


def test_a_plan_that_is_known_by_a_line_or_an_assessment():
    """It has a state; the line adds nothing to it, the assessment does."""
    record = given(
        FIRST, PlanLineAdded("l", plan="cpa"),
        ImplementationAssessed("review", concerns="plan:asean-eu", assessor="EU", core="in-progress", as_of="2020"),
        SECOND, ImplementationAssessed("other", concerns="plan:asean-eu", assessor="IRM", core="stalled", as_of="2020"),
    )  # fmt: skip
    assert (record.plans["cpa"].title, record.plans["cpa"].verdicts) == (None, ())
    assert [verdict.core for verdict in record.plans["asean-eu"].verdicts] == ["in-progress", "stalled"]
    assert finding_slugs(record) == {"assessors-disagree"}


def test_two_sizes_of_one_plan():
    """The more official one is believed however old it is, and they differ: a plan has one size."""
    official = [("2021-05-06", "MFA", "official-release"), PlanSized("p", total=139, unit="lines of action")]
    for later in (PlanSized("p", total=137), PlanSized("p", total=137, on="2021-06")):
        record = given(*official, ("2021-06-08", "Blog", "op-ed"), later)
        assert (record.plans["p"].total, record.plans["p"].disputed) == (ps.Count(139), ("total",))
        assert [dispute.rule for dispute in record.disputes()] == ["nature"]
        assert finding_slugs(record) == {"disputed"}
