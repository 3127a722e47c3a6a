"""The order of occurrences."""

from __future__ import annotations

import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

import partnership as ps
from partnership.engine.ordering import in_order
from partnership.events import DialogueResumed, DialogueSuspended, MeetingHeld
from partnership.testing import histories, scenario, ticking, write


def in_order_by_definition(occurrences):
    """Order by the definition: what nothing surely precedes, by rank, publication, name, subject, key."""
    left, ordered = list(occurrences), []
    while left:
        candidates = [
            item
            for item in left
            if not any(other.latest < (item.earliest or date.min) for other in left if other is not item)
        ]
        first = min(candidates, key=lambda item: (item.event.rank, item.said, item.event.name, item.subject, item.key))
        left.remove(first)
        ordered.append(first)
    return ordered


@given(history=histories(), random=st.randoms(use_true_random=False))
def test_occurrences_in_any_order(history, random):
    """The result is that of the definition, whatever the input order."""
    with ps.open(":memory:", clock=ticking()) as record:
        write(record, history)
        occurrences = list(record.occurrences)
        expected = in_order_by_definition(occurrences)
        random.shuffle(occurrences)
        assert in_order(occurrences) == expected


@given(history=histories())
def test_an_occurrence_that_surely_ended_before_another(history):
    """It comes first."""
    with ps.open(":memory:", clock=ticking()) as record:
        write(record, history)
        for first, second in itertools.combinations(in_order(record.occurrences), 2):
            assert not first.surely_after(second)


def test_vague_days_that_overlap():
    """The rank in the lifecycle decides: suspended in 2022 and resumed in September 2022, a dialogue is at work."""
    record = scenario.given(
        ("2023-01-01", "TASS", "news"),
        DialogueResumed("d", on="2022-09"),
        DialogueSuspended("d", on="2022"),
    )
    assert [occurrence.event.name for occurrence in in_order(record.occurrences)] == [
        "dialogue-suspended",
        "dialogue-resumed",
    ]
    assert record.dialogues["d"].status == "launched"


def test_an_occurrence_published_before_the_end_of_its_year():
    """It was over by then: held "2020", published on 1 July, it does not last until August."""
    record = scenario.given(("2020-07-01", "TASS", "news"), MeetingHeld("m", on="2020"))
    assert record.occurrences[0].latest == date(2020, 7, 1)
    assert record.as_of("2020-07-01").meetings["m"].status == "held"
