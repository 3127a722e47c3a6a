"""Commitments: who owes what by when, and how much of it is done."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import (
    CommitmentMade,
    CommitmentProgressReported,
    CommitmentReaffirmed,
    CommitmentWithdrawn,
    DeliveryReported,
    FundEstablished,
    ImplementationAssessed,
)
from partnership.testing.scenario import given

JUNE = ("2020-06-18", "TASS", "news")
DOSES = CommitmentMade("doses", by="RU", to="LA", text="give 1000 doses", due="2021-06", topics="Y tế")


def assessed(assessor, core, as_of=None, report="meter", **more):
    """Return an assessment of the commitment."""
    return ImplementationAssessed(
        report, concerns="commitment:doses", assessor=assessor, core=core, as_of=as_of, **more
    )


def test_the_text_of_an_obligation():
    """It has debtor, creditor, due date, progress and the last verdict of each assessor."""
    record = given(
        JUNE, DOSES, CommitmentProgressReported("doses", as_of="2021-03", done=400),
        assessed("desk", "in-progress", "2021-01"), assessed("desk", "stalled", "2021-05"), assessed("desk", "unknown"),
        assessed(None, None, "2021-02", "report", value="weak"),
    )  # fmt: skip
    (obligation,) = record.as_of(on="2021-09-01").commitments_register()

    assert (obligation.subject, obligation.status, obligation.due, obligation.is_overdue) == (
        "commitment:doses", "in-progress", (ps.When("2021-06"),), True,
    )  # fmt: skip
    assert [verdict.core for verdict in obligation.verdicts] == [None, "stalled"]
    assert str(obligation) == (
        "owed by RU to LA: give 1000 doses (due June 2021; overdue; in-progress; "
        "reported: as of March 2021, done 400; an assessor finds it weak; desk finds it stalled)"
    )


@pytest.mark.parametrize(
    ("events", "day", "is_overdue"),
    [
        ([DOSES], "2021-06-30", False),
        ([DOSES], "2021-07-01", True),
        ([CommitmentMade("doses", due="2021-06~")], "2021-07-15", None),
        ([CommitmentMade("doses", due="2021-06~")], "2021-08-01", True),
        ([CommitmentMade("doses", due="2021/..")], "2025-01-01", False),
        ([CommitmentMade("doses")], "2025-01-01", None),
        ([assessed("desk", "stalled")], "2025-01-01", None),
        ([DOSES, DeliveryReported("doses", on="2022")], "2025-01-01", False),
        ([DOSES, CommitmentWithdrawn("doses", on="2022")], "2025-01-01", False),
    ],
)
def test_whether_it_is_overdue(events, day, is_overdue):
    """True from the first day after; None if the date is approximate or unknown; False for closed ones."""
    (obligation,) = given(JUNE, *events).as_of(on=day).commitments_register()

    assert obligation.is_overdue is is_overdue


def test_the_order_of_obligations():
    """The overdue come first, then by due date, then those without one, then the closed."""
    record = given(
        JUNE, CommitmentMade("a", by="RU", due="2020"), DeliveryReported("a"), CommitmentMade("b", nature="standing"),
        CommitmentMade("c", due="2030"), CommitmentMade("d", due="2029"), CommitmentMade("e", due="2021"),
        CommitmentMade("f", due="2028/.."),
    )  # fmt: skip
    register = record.commitments_register()

    assert [obligation.commitment.subject[-1] for obligation in register] == ["e", "d", "c", "f", "b", "a"]
    assert str(register[-2]) == "owed by an unknown party: commitment:b (standing; made)"
    assert str(register[-1]) == "owed by RU: commitment:a (delivered)"


def test_a_party_and_a_topic():
    """Only matching obligations; case and accents of topics are ignored."""
    record = given(JUNE, DOSES, CommitmentMade("visas", by=["ASEAN", "RU"], to="VN"), CommitmentReaffirmed("talks"))

    def subjects(**asked):
        return [obligation.subject for obligation in record.commitments_register(**asked)]

    assert subjects() == ["commitment:doses", "commitment:talks", "commitment:visas"]
    assert subjects(party="ru") == ["commitment:doses", "commitment:visas"]
    assert subjects(party="VN") == []
    assert subjects(topic="y te") == ["commitment:doses"]


def test_the_text_of_an_approximate_due_date():
    """It says "perhaps overdue"."""
    (obligation,) = (
        given(JUNE, CommitmentMade("doses", by="RU", due="2021-06~")).as_of(on="2021-07-15").commitments_register()
    )

    assert str(obligation) == "owed by RU: commitment:doses (due about June 2021; perhaps overdue; made)"


def test_amounts():
    """What is promised and what was delivered of it, in money and in number."""
    record = given(
        JUNE,
        CommitmentMade("loan", by="CN", to="LA", text="lend", amount=ps.Money(500, "USD", "at-most"), quantity=3),
        DeliveryReported("loan", part="first", amount=ps.Money(200, "USD"), quantity=1),
        CommitmentMade("visits", by="VN", quantity=12),
        CommitmentMade("nothing", by="KH", amount=ps.Money(0, "USD")), DeliveryReported("nothing", on="2020"),
    )  # fmt: skip
    texts = {obligation.subject: str(obligation) for obligation in record.commitments_register()}

    assert "(at most 500 USD; 3; in-progress; delivered: first, 200 USD, 1)" in texts["commitment:loan"]
    assert "(12; made)" in texts["commitment:visits"]
    assert "(0 USD; delivered)" in texts["commitment:nothing"]


@pytest.mark.parametrize(
    ("said", "day", "is_past"),
    [
        ({"period": "2018/2021"}, "2021-12-31", False),
        ({"period": "2018/2021"}, "2022-01-01", True),
        ({"on": "2018-09-03", "duration": "P3Y"}, "2021-09-03", False),
        ({"on": "2018-09-03", "duration": "P3Y"}, "2021-09-04", True),
        ({"on": "2018", "duration": "P3Y"}, "2021-12-31", False),
        ({"on": "2016-02-29", "duration": "P3Y"}, "2019-03-01", True),
        ({"on": "2018-09-03", "duration": ps.Duration("P3Y", "about")}, "2030-01-01", False),
        ({"on": "2018-09-03", "duration": "P18M"}, "2030-01-01", False),
        ({"duration": "P3Y"}, "2030-01-01", False),
        ({"on": "9999", "duration": "P3Y"}, "9999-12-31", False),
        ({"period": "2018/.."}, "2030-01-01", False),
        ({}, "2030-01-01", False),
    ],
)
def test_a_promise_over_a_time_that_is_past(said, day, is_past):
    """The register says so of what is still open; that is not overdue, since no source gives a day for all of it."""
    made = CommitmentMade("c", by="CN", text="60 billion", **said)
    (row,) = given(JUNE, made).as_of(on=day).commitments_register()
    assert (row.is_time_past, "; this time is past; made)" in str(row)) == (is_past, is_past)
    (row,) = given(JUNE, made, DeliveryReported("c")).commitments_register()
    assert not row.is_time_past


def test_a_promise_with_a_time_and_a_due_day():
    """The due day says more."""
    made = CommitmentMade("c", by="CN", period="2018/2021", due="2021-06")
    (row,) = given(JUNE, made).as_of(on="2022-01-01").commitments_register()
    assert row.is_time_past
    assert str(row) == "owed by CN: commitment:c (over 2018 to 2021; due June 2021; overdue; made)"


def test_a_promise_for_each_year():
    """The register says so, and no total counts it; what is delivered of it is never more than a part."""
    yearly = CommitmentMade("c", by="NO", amount=ps.Money("100", "USD"), per="year", quantity=5, period="2025/2030")
    record = given(JUNE, yearly, CommitmentMade("d", by="NO", amount=ps.Money("7", "USD")))
    row = next(row for row in record.commitments_register() if row.subject == "commitment:c")

    assert str(row) == "owed by NO: commitment:c (100 USD a year; 5 a year; over 2025 to 2030; made)"
    assert [str(total) for total in record.commitment_totals()["NO",]] == ["promised: 7 USD in 1 sum"]
    paid = DeliveryReported("c", part="2025", amount=ps.Money("100", "USD"))
    assert given(JUNE, yearly, paid).commitments["c"].status == "in-progress"


def test_parts_of_a_promise_for_each_year():
    """They may exceed what is promised for one of the years."""
    yearly = CommitmentMade("c", by="NO", amount=ps.Money("100", "USD"), per="year")
    part = CommitmentMade("d", by="NO", amount=ps.Money("700", "USD"), part_of="c")
    record = given(JUNE, yearly, part)
    assert record.findings() == ()
    assert [str(total) for total in record.commitment_totals()["NO",]] == ["promised: 700 USD in 1 sum"]
    total = CommitmentMade("e", by="NO", amount=ps.Money("9", "USD"))
    goes_on = CommitmentMade("f", by="NO", amount=ps.Money("1", "USD"), per="year", continues="e")
    assert [str(total) for total in given(JUNE, total, goes_on).commitment_totals()["NO",]] == [
        "promised: 9 USD in 1 sum"
    ]
    concerned = CommitmentMade("g", by="NO", amount=ps.Money("1", "USD"), per="year", concerns="fund:forests")
    ledger = given(JUNE, concerned, FundEstablished("forests")).fund_ledger("forests")
    assert str(ledger).endswith("committed by NO: 1 USD a year (commitment:g, made)")
