"""Which occurrence came first."""

from __future__ import annotations

import itertools
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

import partnership as ps
from partnership.engine.ordering import in_order
from partnership.events import DialogueResumed, DialogueSuspended, MeetingHeld
from partnership.testing import histories, ticking, write
from partnership.testing.scenario import told


def naive(occurrences):
    """Order by the words of the rule: of those that nothing surely precedes, by rank, publication, name, key."""
    left, ordered = list(occurrences), []
    while left:
        free = [
            one
            for one in left
            if not any(other.latest < (one.earliest or date.min) for other in left if other is not one)
        ]
        first = min(free, key=lambda one: (one.event.rank, one.said, one.event.name, one.subject, one.key))
        left.remove(first)
        ordered.append(first)
    return ordered


@given(history=histories(), random=st.randoms(use_true_random=False))
def test_happenings_in_any_order(history, random):
    """They come out as the words of the rule have it, however they went in."""
    with ps.open(":memory:", clock=ticking()) as record:
        write(record, history)
        occurrences = list(record._query().occurrences)
        expected = naive(occurrences)
        random.shuffle(occurrences)
        assert in_order(occurrences) == expected


@given(history=histories())
def test_two_happenings_of_which_one_was_surely_over(history):
    """It comes first."""
    with ps.open(":memory:", clock=ticking()) as record:
        write(record, history)
        for one, other in itertools.combinations(in_order(record._query().occurrences), 2):
            assert not one.surely_after(other)


def test_vague_days_that_overlap():
    """The lifecycle decides: suspended in 2022, resumed in September 2022, is at work again."""
    record = told(
        ("2023-01-01", "TASS", "news"),
        DialogueResumed("d", on="2022-09"),
        DialogueSuspended("d", on="2022"),
    )
    assert [one.event.name for one in in_order(record.occurrences)] == ["dialogue-suspended", "dialogue-resumed"]
    assert record.dialogues["d"].status == "launched"


def test_what_was_printed_before_the_year_was_over():
    """It was over by then: held "2020", printed on 1 July, is not still open in August."""
    record = told(("2020-07-01", "TASS", "news"), MeetingHeld("m", on="2020"))
    assert record.occurrences[0].latest == date(2020, 7, 1)
    assert record.as_of("2020-07-01").meetings["m"].status == "held"
