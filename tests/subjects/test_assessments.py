"""Assessments of plans, lines and commitments."""

from __future__ import annotations

import pytest

from partnership.errors import InvalidEvent
from partnership.events import ImplementationAssessed
from partnership.testing.scenario import finding_slugs, given

REPORT = ("2023-03-01", "ASEAN", "official-release")


def test_a_report_that_assesses_many_things():
    """Each has its own verdict, on the assessor's scale and on the common one."""
    record = given(
        REPORT,
        ImplementationAssessed("report", concerns="line:a", assessor="ASEAN", value="on-going", core="in-progress"),
        ImplementationAssessed("report", concerns="commitment:b", assessor="ASEAN", value="done", core="implemented"),
    )
    report = record.assessments["report"]
    assert [(one.concerns, one.value, one.core) for one in report.verdicts] == [
        ("commitment:b", "done", "implemented"),
        ("line:a", "on-going", "in-progress"),
    ]
    assert (report.disputed, finding_slugs(record)) == ((), set())
    assert "a" in record.lines


def test_an_assessment_of_nothing():
    """It is refused."""
    with pytest.raises(InvalidEvent, match="concerns"):
        ImplementationAssessed("report", concerns=None)
