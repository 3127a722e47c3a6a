"""Requests: what one side asks of the other, and how it is answered."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import RequestAnswered, RequestMade
from partnership.testing.scenario import finding_slugs, given

JUNE = ("2020-06-18", "ASEAN Secretariat", "official-text")
NOVEMBER = ("2020-11-16", "VNA", "news")
MARCH = ("2021-03-10", "TASS", "news")
HOPED = [
    JUNE, RequestMade("fund-for-covid", on="2020-06-17", by="ASEAN", to="RU", meeting="fmm", concerns="fund:ardpff",
                      text="hope Russia will let the fund be used", planned="2020"),
]  # fmt: skip


def asked(*story):
    """Build a history of one request, and return its state."""
    return given(*story).requests["fund-for-covid"]


def test_a_hope():
    """It obliges nobody, and nothing is expected."""
    record = given(*HOPED)
    state = record.requests["fund-for-covid"]

    assert (state.status, state.by, state.to, state.answer) == ("made", ("ASEAN",), ("RU",), None)
    assert (state.made_on, state.meeting, state.concerns) == (ps.When("2020-06-17"), "fmm", ("fund:ardpff",))
    assert (record.overdue(), finding_slugs(record)) == ((), set())


@pytest.mark.parametrize("answer", ["granted", "partly", "noted", "refused", None])
def test_a_request_that_is_answered(answer):
    """The answer, who gave it and when are kept, and the party that asked stays."""
    reply = RequestAnswered("fund-for-covid", on="2020-11", by="RU", answer=answer, reason="why not")
    state = asked(*HOPED, NOVEMBER, reply)
    (row,) = state.answers

    assert (state.status, state.by, state.answer, state.reason) == ("answered", ("ASEAN",), answer, "why not")
    assert (row.answer, row.by, row.on, row.is_disputed) == (answer, ("RU",), ps.When("2020-11"), False)


def test_an_answer_that_changes():
    """The newest counts, and the change is a finding."""
    story = [
        *HOPED,
        NOVEMBER, RequestAnswered("fund-for-covid", answer="noted"),
        MARCH, RequestAnswered("fund-for-covid", answer="granted"),
    ]  # fmt: skip
    (finding,) = given(*story).findings()

    assert asked(*story).answer == "granted"
    assert (finding.slug, finding.sentence) == (
        "answer-changes", "request:fund-for-covid was answered noted, then granted",
    )  # fmt: skip


def test_two_answers_of_one_day():
    """Sources differ, so the row and the request are disputed."""
    other = [("2020-11-16", "TASS", "news"), RequestAnswered("fund-for-covid", answer="refused")]
    state = asked(*HOPED, NOVEMBER, RequestAnswered("fund-for-covid", answer="granted"), *other)

    assert (len(state.answers), state.disputed) == (1, ("answer", "answers"))


def test_an_answer_without_a_request():
    """There is a gap finding."""
    assert finding_slugs(given(NOVEMBER, RequestAnswered("fund-for-covid", answer="granted"))) == {"answered-unasked"}


def test_an_unknown_answer():
    """It is refused, with a list of the known values."""
    with pytest.raises(InvalidEvent, match="answer: 'maybe' is not known here; write one of 'granted', 'partly'"):
        RequestAnswered("fund-for-covid", answer="maybe")
