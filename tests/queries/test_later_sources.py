"""Documents that are dated after the day on which they are asked about."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import CommitmentMade, DocumentSigned, FundEstablished, MeetingHeld, MeetingScheduled
from partnership.testing.scenario import given


def found(view):
    """Return the subjects of the findings about later sources."""
    return [finding.subject for finding in view.findings() if finding.slug == "dated-after-today"]


@pytest.mark.parametrize(
    "event",
    [
        MeetingHeld("x", on="2026-11-01"),
        MeetingScheduled("x", planned="2028-05"),
        DocumentSigned("x"),
        CommitmentMade("x", by="RU"),
        FundEstablished("x"),
    ],
    ids=lambda event: event.name,
)
def test_a_document_dated_after_today(event):
    """It is found once for each subject, as an error, until what it states is retracted."""
    record = given(("2026-11-23", "VNA"), event, ("2028-03-05", "TASS"), event)
    (finding,) = [item for item in record.findings() if item.slug == "dated-after-today"]
    entry = record.entries()[-1]
    assert (finding.subject, finding.claims, finding.grade) == (event.about, (entry.claim.id,), "error")
    assert finding.sentence.startswith(f"{event.about}: TASS, 5 March 2028, is dated after today, 23 November 2026: if")
    record.retract(entry)
    assert found(record) == []


def test_a_view_as_of_a_day():
    """Its day leaves later sources out, or is one to which later sources look back; other views are asked today."""
    record = given(("2027", "TASS"), MeetingHeld("x", on="2020"))
    assert found(record) == found(record.as_of(sources=lambda _: True)) == ["meeting:x"]
    assert found(record.as_of("2026-11-23")) == found(record.as_of(on="2026-11-23")) == []
    assert found(record.as_of(known="2028-01-01")) == []


def test_a_document_without_a_date():
    """It is not dated after any day; nor is the desk's own correction."""
    record = given(ps.Source("VNA", retrieved="2026-11-20"), MeetingHeld("x"))
    record.correct(record.entries()[0], place="Hue")
    assert found(record) == []
