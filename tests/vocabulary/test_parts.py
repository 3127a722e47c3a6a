"""What reports say of parts and wholes, recorded exactly: what belongs to what, adds to it, or carries it on.

Some cases paraphrase reports from 2012 to 2025 on partnerships in Africa, America, Asia and Europe; the others are
typical wordings, with invented subjects and sums.
"""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import (
    CommitmentMade,
    CommitmentSuperseded,
    CommitmentWithdrawn,
    CourseHeld,
    DeliveryReported,
    FundContributionPledged,
    InKindPledged,
    PlanLineAdded,
    PlanSized,
    StatisticReported,
)
from partnership.testing import scenario

NEWS = ps.Source("APA", published="2024-09-05", kind="news")
OTHER = ps.Source("TASS", published="2024-09-06", kind="news")


def usd(amount, bound="exact"):
    """Return an amount in US dollars."""
    return ps.Money(str(amount), "USD", bound)


def made(slug, amount=None, **fields):
    """Return a promise by China."""
    return CommitmentMade(slug, by="CN", amount=None if amount is None else usd(amount), **fields)


def totals(record, party="CN"):
    """Return the totals of a party as text."""
    return [str(total) for total in record.commitment_totals().get((party,), ())]


def test_nine_programmes_of_which_two_are_named():
    """A group of nine, and the two that have names are part of it."""
    record = scenario.given(
        NEWS,
        made("programmes", text="nine programmes", count=9),
        made("medicine", part_of="programmes"),
        made("digital", part_of="commitment:programmes"),
    )
    programmes = record.commitments["programmes"]
    assert (programmes.count, programmes.parts) == (ps.Count(9), ("commitment:digital", "commitment:medicine"))
    assert [row.subject for row in record.commitments_register()] == [
        "commitment:programmes", "commitment:digital", "commitment:medicine",
    ]  # fmt: skip
    assert "9 of them" in str(record.commitments_register()[0])
    assert "part of commitment:programmes" in str(record.commitments_register()[1])
    assert {(link.subject, link.field) for link in record.dossier("commitment:programmes").links} == {
        ("commitment:digital", "part_of"), ("commitment:medicine", "part_of"),
    }  # fmt: skip


def test_a_package_and_what_it_is_made_of():
    """60 billion: 20 in credit lines, 10 for a fund, 5 for imports. The parts are not added to the whole."""
    record = scenario.given(
        NEWS,
        made("package", 60, duration="P3Y"),
        made("lines", 20, part_of="package", instrument="credit-line"),
        made("fund", 10, part_of="package"),
        made("imports", 5, part_of="fund"),
    )
    assert totals(record) == ["promised: 60 USD in 1 sum"]
    assert [row.subject.partition(":")[2] for row in record.commitments_register()] == [
        "package", "fund", "imports", "lines",
    ]  # fmt: skip


def test_a_whole_without_a_sum():
    """The parts of a programme of which no sum is known are added."""
    record = scenario.given(
        NEWS, made("programme"), made("a", 2, part_of="programme"), made("b", 3, part_of="programme")
    )
    assert totals(record) == ["promised: 5 USD in 2 sums"]


def test_an_additional_sum():
    """Another 5 billion on top of the 10 billion that were promised before: both count."""
    record = scenario.given(NEWS, made("first", 10), made("top-up", 5, additional_to="first"))
    assert totals(record) == ["promised: 15 USD in 2 sums"]
    assert record.commitments["top-up"].additional_to == ("commitment:first",)
    assert "in addition to commitment:first" in "".join(map(str, record.commitments_register()))


def test_a_sum_that_is_carried_over():
    """The 35 billion of the new plan contain what the earlier plan left: the earlier promise is not added again."""
    record = scenario.given(NEWS, made("plan-2018", 20), made("plan-2021", 35, continues="plan-2018", duration="P5Y"))
    assert totals(record) == ["promised: 35 USD in 1 sum"]
    assert "over five years; carries over commitment:plan-2018" in str(record.commitments_register()[1])


def test_what_is_not_owed():
    """What was withdrawn, replaced or never promised is in no total."""
    record = scenario.given(
        NEWS,
        made("a", 1), CommitmentWithdrawn("a"), made("b", 2), CommitmentSuperseded("b", successor="c"),
        DeliveryReported("c", amount=usd(4)), made("d", 8), CommitmentMade("e", by="JP", amount=ps.Money("9", "JPY")),
    )  # fmt: skip
    assert totals(record) == ["promised: 8 USD in 1 sum"]
    assert list(record.commitment_totals("JP")) == [("JP",)]
    assert list(record.commitment_totals(currency="USD")) == [("CN",)]


def test_an_overdue_part():
    """It brings its whole to the top, and stands behind it."""
    record = scenario.given(
        NEWS, made("soon", due="2025-02"), made("whole"), made("part", part_of="whole", due="2024-01"),
    )  # fmt: skip
    rows = record.as_of("2024-12-01").commitments_register()
    assert [row.subject.partition(":")[2] for row in rows] == ["whole", "part", "soon"]


def test_a_part_of_something_else():
    """A promise under an agreement, a course of a project, aid and a line of a plan, trade in goods of all trade."""
    record = scenario.given(
        NEWS,
        made("under-treaty", part_of="document:lome"),
        CourseHeld("welding", part_of="project:skills", duration="P2W", continues="welding-2019"),
        InKindPledged("masks", part_of="commitment:health", additional_to="aid:kits", count=3, condition="flights go"),
        PlanLineAdded("1-2-1", plan="cpa", part_of="1-2", continues="old", period="2021/2025"),
        PlanSized("cpa", continues="cpa-2016", part_of="document:vision", duration="P5Y"),
        StatisticReported("goods", period="2023", amount=usd(5), part_of="trade"),
    )
    assert record.commitments["under-treaty"].part_of == "document:lome"
    course = record.courses["welding"]
    assert (course.part_of, str(course.duration), course.continues) == ("project:skills", "two weeks", "welding-2019")
    masks = record.aid["masks"]
    assert (masks.part_of, masks.additional_to, masks.count) == ("commitment:health", ("aid:kits",), ps.Count(3))
    line = record.lines["1-2-1"]
    assert (line.part_of, line.continues, line.period) == ("line:1-2", "old", ps.When("2021/2025"))
    plan = record.plans["cpa"]
    assert (plan.continues, plan.part_of, str(plan.duration)) == ("cpa-2016", "document:vision", "five years")
    assert record.statistics["goods"].part_of == "statistic:trade"


def test_two_sources_name_different_wholes():
    """That is a dispute; a source that names none disputes nothing."""
    record = scenario.given(
        NEWS, made("a", part_of="b"), OTHER, made("a", part_of="c"),
        NEWS, made("d", part_of="b"), OTHER, made("d"),
    )  # fmt: skip
    assert [(row.subject, row.names) for row in record.disputes()] == [("commitment:a", ("part_of",))]


@pytest.mark.parametrize(
    "fields",
    [
        {"part_of": "a"},
        {"additional_to": ["b", "a"]},
        {"continues": "a"},
        {"part_of": "b", "additional_to": "b"},
        {"part_of": "fund"},
    ],
    ids=str,
)
def test_what_cannot_be(fields):
    """Nothing is part of itself, adds to itself or to its whole, or continues itself."""
    if fields == {"part_of": "fund"}:
        assert made("a", **fields).part_of == "commitment:fund"
        return
    with pytest.raises(InvalidEvent, match=f"{list(fields)[-1]}: "):
        made("a", **fields)


def test_parts_in_a_circle():
    """No claim shows it, so it is found: each is named, their sums are not added, and the register ends."""
    record = scenario.given(
        NEWS, made("a", 1, part_of="b"), made("b", 2, part_of="c"), OTHER, made("c", 3, part_of="a"),
        NEWS, made("d", 4, part_of="a"),
    )  # fmt: skip
    found = [finding for finding in record.findings() if finding.slug == "part-of-itself"]
    assert [finding.subject for finding in found] == ["commitment:a", "commitment:b", "commitment:c"]
    assert "through commitment:b, commitment:c" in found[0].sentence
    assert len(found[0].claims) == 3
    assert totals(record) == []
    assert len(record.commitments_register()) == 4


def test_one_subject_under_two_names_that_contain_each_other():
    """Once they are declared the same, it is part of itself."""
    record = scenario.given(NEWS, made("a", part_of="b"), made("b"))
    record.same_as("commitment:a", "commitment:b")
    assert [finding.sentence for finding in record.findings() if finding.slug == "part-of-itself"] == [
        "commitment:a is said to be part of itself"
    ]


def test_an_additional_contribution():
    """A second pledge on top of the first: both are in the total, and the line says what it adds to."""
    record = scenario.given(
        NEWS,
        FundContributionPledged("fund", by="RU", part="2021", amount=usd(10)),
        FundContributionPledged("fund", by="RU", part="2022", amount=usd(5), additional_to="2021"),
        FundContributionPledged("fund", by="RU", part="labs", amount=usd(2), part_of="2021"),
    )
    assert str(record.contributions_register(party="RU").totals["RU",][0]) == "pledged: 15 USD in 2 sums"
    assert "by RU, 2022, in addition to 2021: pledged 5 USD" in str(record.fund_ledger("fund"))


def test_the_same_whole_as_it_is_learnt():
    """The parts of a whole are those that are known at the time, in whatever order they are recorded."""
    record = ps.open(":memory:")
    record.add(made("part", part_of="whole"), source=OTHER)
    assert record.commitments["whole"].parts == ("commitment:part",)
    assert record.commitments["whole"].status is None
    record.add(made("whole", 10), source=NEWS)
    assert record.commitments["whole"].status == "made"
    assert record.as_of(known="2024-09-05").commitments["whole"].parts == ()
