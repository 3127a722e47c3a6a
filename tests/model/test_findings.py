"""Findings: what rules are written with, and what a reader gets."""

from __future__ import annotations

import pytest

from partnership.events import MeetingHeld, MeetingProposed, MeetingScheduled
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


def test_findings_in_their_order():
    """They are sorted by rule and subject, so that two records show them alike."""
    record = given(MARCH, MeetingHeld("summit"), MeetingHeld("forum", on="2021-04"), MeetingHeld("gathering"))

    assert [(finding.slug, finding.subject) for finding in record.findings()] == [
        ("future-of-publication", "meeting:forum"),
        ("held-unannounced", "meeting:forum"),
        ("held-unannounced", "meeting:gathering"),
        ("held-unannounced", "meeting:summit"),
    ]
