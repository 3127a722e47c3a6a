"""Disputes: every value on which sources differ, its sides, and the rule that decided."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import (
    CommitmentMade,
    CommitmentProgressReported,
    CourseHeld,
    CoursePlanned,
    MeetingHeld,
    MeetingScheduled,
)
from partnership.testing.scenario import given

NEWS = ps.Source("TASS", published="2021-09-24", kind="news")
OTHER = ps.Source("VNA", published="2021-09-24", kind="news")
MINISTRY = ps.Source("MFA of Russia", published="2021-09-24", kind="official-release")
FIRST, SECOND = MeetingHeld("m", on="2021-09-23"), MeetingHeld("m", on="2021-09-24")


def told_by(*claims):
    """Return a record of claims, each an event, its source and remarks."""
    record = given()
    for event, source, remarks in claims:
        record.add(event, source=source, **remarks)
    return record


def test_two_sides():
    """Both stand with who says so; the believed one comes first, and it is said why."""
    record = told_by(
        (FIRST, MINISTRY, {}), (SECOND, NEWS, {}), (SECOND, OTHER, {}), (MeetingHeld("m", on="2021"), OTHER, {})
    )
    (one,) = record.disputes()

    assert (one.subject, one.names, one.fields, one.rule) == ("meeting:m", ("on",), ("held_on",), "nature")
    assert [(str(side.value), len(side.evidence)) for side in one.sides] == [("2021-09-23", 1), ("2021-09-24", 2)]
    assert (len(one.vaguer), len(one.claims)) == (1, 3)
    assert str(one) == (
        "meeting:m, meeting held, on: 23 September 2021 (MFA of Russia) or 24 September 2021 (TASS, VNA); "
        "the first is chosen because its source is more official"
    )


@pytest.mark.parametrize(
    ("claims", "rule"),
    [
        ([(FIRST, NEWS, {"inferred": ["on"]}), (SECOND, OTHER, {})], "stated"),
        ([(FIRST, NEWS, {"certainty": "confirmed"}), (SECOND, MINISTRY, {})], "certainty"),
        ([(FIRST, NEWS, {}), (SECOND, MINISTRY, {})], "nature"),
        ([(FIRST, NEWS, {}), (FIRST, OTHER, {}), (SECOND, ps.Source("A", published="2021-09-25"), {})], "publishers"),
        ([(FIRST, NEWS, {}), (SECOND, ps.Source("A", published="2021-09-25"), {})], "newest"),
        ([(FIRST, NEWS, {}), (SECOND, OTHER, {})], "text"),
        (
            [
                (CommitmentProgressReported("c", as_of="2021", done=98), MINISTRY, {}),
                (CommitmentProgressReported("c", as_of="2021", done=99, total=139), NEWS, {}),
            ],
            "complete",
        ),
    ],
)
def test_the_rule_that_decided(claims, rule):
    """It is the first by which one value stands above the others."""
    (one,) = told_by(*claims).disputes()

    assert one.rule == rule


def test_what_the_desk_prefers():
    """That decides before all else, and `why` says so too."""
    record = told_by((FIRST, MINISTRY, {}), (SECOND, NEWS, {}))
    record.prefer(record.entries()[1], field="on", reason="we were there")
    (one,) = record.disputes()

    assert (str(one.sides[0].value), one.rule) == ("2021-09-24", "preferred")
    assert record.why("m", "held_on").reasons["held_on"].rule == "preferred"
    assert "held_on: 2021-09-24  (disputed; chosen because the desk prefers it)" in str(record.why("m"))


def test_another_policy():
    """By the newest the day decides before the office; of a user's own nobody knows the rules."""
    later = ps.Source("TASS", published="2021-09-25", kind="news")
    record = told_by((FIRST, MINISTRY, {}), (SECOND, later, {}))

    def rule(policy):
        view = record.as_of(policy=policy)
        return view.disputes()[0].rule, view.why("m").reasons["held_on"].rule

    assert rule(ps.newest) == ("newest", "newest")
    assert rule(lambda candidates: candidates[0]) == ("policy", "policy")
    assert told_by((FIRST, MINISTRY, {}), (SECOND, NEWS, {})).as_of(policy=ps.newest).disputes()[0].rule == "nature"


def test_a_dispute_in_a_row():
    """It names the rows in which it stands."""
    record = told_by(
        (CourseHeld("c", run="2021", participants=20), NEWS, {}),
        (CourseHeld("c", run="2021", participants=25), OTHER, {}),
        (CourseHeld("c", run="2022", on="2022"), ps.Source("A", published="2023"), {}),
    )  # fmt: skip
    (one,) = record.disputes()

    assert (one.subject, one.names, one.fields) == ("course:c", ("participants",), ("runs",))


def test_plans():
    """Of the newest one sides are told, each of its days too; on what an older one said nobody has to decide."""
    old = [(MeetingScheduled("m", planned="2021-12"), NEWS, {}), (MeetingScheduled("m", planned="2022-01"), OTHER, {})]
    new = (MeetingScheduled("m", planned="2022-02"), ps.Source("A", published="2021-10-01"), {})
    years = [(CoursePlanned("c", planned="{2021,2022}"), NEWS, {}), (CoursePlanned("c", planned="2023"), OTHER, {})]

    assert [one.fields for one in told_by(*old).disputes()] == [("expected",)]
    assert told_by(*old, new).disputes() == ()
    assert [one.fields for one in told_by(*years).disputes()] == [("expected",)]


def test_a_day_that_is_due():
    """It stands in two fields of the state."""
    record = told_by((CommitmentMade("c", due="2021"), NEWS, {}), (CommitmentMade("c", due="2022"), OTHER, {}))

    assert [one.fields for one in record.disputes()] == [("due", "expected")]


def test_the_record_as_one_side_tells_it():
    """It is in no dispute with itself."""
    record = told_by((FIRST, MINISTRY, {}), (SECOND, NEWS, {}))

    assert record.as_of(sources=lambda one: one.publisher == "TASS").disputes() == ()
