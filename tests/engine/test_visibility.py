"""What a view selects: by day of knowledge and by source, with the amendments of what it selects."""

from __future__ import annotations

from datetime import date

import partnership as ps
from partnership.engine.visibility import select
from partnership.events import MeetingHeld
from partnership.model.entry import evidence_of

NEWS = ps.Source("VNA", published="2020-11-16", kind="news")
LATER = ps.Source("TASS", published="2020-11-20", kind="news")
READ = ps.Source("MFA", kind="official-release", retrieved="2020-12-01")


def everything():
    """Return the evidence of two claims, of the desk's amendments of both, and of two names for one meeting."""
    with ps.open(":memory:") as record:
        first, second = (
            record.add(MeetingHeld(name), source=source)[0] for name, source in (("a", NEWS), ("b", LATER))
        )
        record.correct(first, MeetingHeld("a", on="2020"))
        record.retract(second)
        record.same_as("meeting:a", "meeting:c")
        record.add(MeetingHeld("d"), source=READ)
        return [evidence_of(entry.claim, entry.remarks) for entry in record.entries()]


def names_of(items):
    """Return the stored names of the events, in order, each as often as it is selected."""
    return [item.event.name for item in items]


def test_what_was_known_on_a_day():
    """It includes what was published on that day; the desk's amendments only of what is included."""
    selected = select(everything(), known=date(2020, 11, 16))
    assert names_of(selected) == ["meeting-held", "subjects-declared-same", "claim-corrected"]
    assert names_of(select(everything(), known=date(2020, 11, 15))) == ["subjects-declared-same"]
    assert len(select(everything(), known=date(2020, 12, 1))) == 6


def test_what_comes_from_some_sources():
    """Each is selected once, by its source with the day on which it was read; amendments as by day."""
    selected = select(everything(), sources=lambda source: source.publisher == "VNA" or source.kind == "desk-note")
    assert names_of(selected) == ["meeting-held", "subjects-declared-same", "claim-corrected"]
    read = select(everything(), sources=lambda source: source.retrieved == date(2020, 12, 1))
    assert names_of(read) == ["meeting-held", "subjects-declared-same"]
    assert len(select(everything())) == 6
