"""Findings: what rules are written with, and what a reader gets."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import (
    CommitmentMade,
    FundContributionPledged,
    MeetingAdjourned,
    MeetingCancelled,
    MeetingConvened,
    MeetingHeld,
    MeetingPostponed,
    MeetingProposed,
    MeetingScheduled,
    MissionAgreed,
    VisitAnnounced,
)
from partnership.model.findings import contradiction, gap, is_unannounced, last, named, oddity
from partnership.model.occurrence import Finding
from partnership.testing.scenario import given

JANUARY = ("2021-01-10", "VNA", "news")
FEBRUARY = ("2021-02-10", "TASS", "news")
MARCH = ("2021-03-10", "VNA", "news")


def occurrences(*story):
    """Record claims, and return the occurrences in their order."""
    return list(given(*story).timeline())


STORY = [
    JANUARY, MeetingProposed("forum", on="2021-01-05"),
    FEBRUARY, MeetingScheduled("forum"),
    MARCH, MeetingScheduled("forum"),
]  # fmt: skip


def test_occurrences_by_name():
    """`named` filters them in their order; `last` returns the last one, or None."""
    told_of = occurrences(*STORY)

    assert [occurrence.event.name for occurrence in named(told_of, "meeting-scheduled", "meeting-held")] == [
        "meeting-scheduled"
    ] * 2
    assert last(told_of, "meeting-scheduled") is told_of[-1]
    assert last(told_of, "meeting-held") is None


@pytest.mark.parametrize(
    ("other", "is_new"),
    [
        ([], True),
        ([JANUARY, MeetingProposed("forum")], False),
        ([FEBRUARY, MeetingProposed("forum")], False),  # told with it
        ([MARCH, MeetingProposed("forum")], True),
    ],
)
def test_whether_an_occurrence_was_announced(other, is_new):
    """It was, if anything was published before it or on the same day."""
    told_of = occurrences(FEBRUARY, MeetingHeld("forum", on="2021-02-09"), *other)

    assert is_unannounced(last(told_of, "meeting-held"), told_of) is is_new


@pytest.mark.parametrize(
    ("verb", "nature"),
    [(contradiction, "contradiction"), (gap, "gap"), (oddity, "oddity")],
    ids=["contradiction", "gap", "oddity"],
)
def test_a_finding(verb, nature):
    """It has the rule, the subject, every claim once, and a sentence."""
    told_of = occurrences(*STORY)
    finding = verb("met-twice", "meeting:forum", "met twice", *told_of, told_of[0])

    assert (finding.slug, finding.subject, finding.nature) == ("met-twice", "meeting:forum", nature)
    assert finding.sentence == "meeting:forum met twice"
    assert finding.claims == tuple(sorted(claim for occurrence in told_of for claim in occurrence.claims))


def test_a_finding_of_a_users_own_rule():
    """It is an oddity unless the rule says otherwise."""
    assert Finding("met-on-a-sunday", "meeting:forum", (), "meeting:forum met on a Sunday").nature == "oddity"


@pytest.mark.parametrize(
    ("slug", "nature", "grade"),
    [
        ("accepted-and-declined", "contradiction", "error"),
        ("unread-event", "gap", "error"),
        ("disputed", "contradiction", "warning"),
        ("postponed-without-date", "gap", "warning"),
        ("met-on-a-sunday", "oddity", "warning"),
        ("held-unannounced", "gap", "note"),
    ],
)
def test_the_grade_of_a_finding(slug, nature, grade):
    """It follows from the rule and the nature, unless it is given."""
    assert Finding(slug, "meeting:forum", (), "meeting:forum is odd", nature).grade == grade
    assert Finding(slug, "meeting:forum", (), "meeting:forum is odd", nature, grade="note").grade == "note"


def test_a_grade_in_a_dossier():
    """Notes stand apart from what is odd."""
    dossier = str(given(MARCH, MeetingHeld("forum", on="2021-04")).dossier("forum"))
    odd, noted = dossier.index("What is odd"), dossier.index("What else is noted")
    assert odd < dossier.index("before it can have happened") < noted < dossier.index("no earlier source mentions it")


def test_findings_in_their_order():
    """What a person must look at comes first; then by rule and subject, so that two records show them alike."""
    record = given(
        MARCH,
        MeetingHeld("summit"),
        MeetingPostponed("ball"),
        MeetingHeld("gathering"),
        MeetingHeld("forum", on="2021-04"),
    )

    assert [(finding.grade, finding.slug, finding.subject) for finding in record.findings()] == [
        ("error", "future-of-publication", "meeting:forum"),
        ("warning", "postponed-without-date", "meeting:ball"),
        ("note", "held-unannounced", "meeting:forum"),
        ("note", "held-unannounced", "meeting:gathering"),
        ("note", "held-unannounced", "meeting:summit"),
    ]


@pytest.mark.parametrize(
    ("event", "is_odd"),
    [
        (MeetingScheduled("forum", planned="2021-03-09"), True),
        (MeetingScheduled("forum", planned="{2020,2021-02}"), True),
        (VisitAnnounced("forum", planned="2021-02"), True),
        (CommitmentMade("forum", due="2020"), True),
        (FundContributionPledged("forum", due="2021-03-09"), True),
        (MissionAgreed("forum", planned="2021-02"), True),
        (CommitmentMade("forum", due="2021"), False),
        (MeetingScheduled("forum", planned="2021-03-10"), False),
        (MeetingScheduled("forum", planned="2021-02~"), False),
        (MeetingScheduled("forum", planned="{2020,2021}"), False),
        (MeetingScheduled("forum", planned="2021-02", on="2021-01"), False),
        (MeetingScheduled("forum"), False),
    ],
)
def test_a_plan_printed_after_its_day(event, is_odd):
    """It is found where the day was surely past, and nothing says when it was announced."""
    slugs = {finding.slug for finding in given(MARCH, event).findings()}
    assert ("planned-after-its-day" in slugs) is is_odd


def test_a_past_plan_that_is_background():
    """A document that tells what became of a plan may print it after its day; another document may not."""
    plan, held = MeetingScheduled("forum", planned="2021-02"), MeetingHeld("forum", on="2021-03-01")
    assert "planned-after-its-day" not in {finding.slug for finding in given(MARCH, plan, held).findings()}
    other = given(MARCH, plan, ("2021-03-10", "TASS", "news"), held, MeetingHeld("other"))
    assert "planned-after-its-day" in {finding.slug for finding in other.findings()}


def test_a_past_plan_on_an_undated_page():
    """When it was printed is not known, so it is not found."""
    with ps.open(":memory:") as record:
        record.add(MeetingScheduled("forum", planned="2021-02"), source=ps.Source("VNA", retrieved="2021-05-01"))
        record.add(MeetingScheduled("forum", title="Forum"), source=ps.Source("TASS", published="2021-05-01"))
        assert [finding.slug for finding in record.findings()] == []


def test_a_meeting_that_opened():
    """It is found as long as no source reports how it ended."""
    opened = (MARCH, MeetingConvened("forum", on="2021-03-09"))
    assert "convened-without-end" in {finding.slug for finding in given(*opened).findings()}
    for end in (MeetingHeld("forum"), MeetingAdjourned("forum"), MeetingCancelled("forum")):
        ended = given(*opened, ("2021-03-20", "VNA", "news"), end)
        assert "convened-without-end" not in {finding.slug for finding in ended.findings()}
