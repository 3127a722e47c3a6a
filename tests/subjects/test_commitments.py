"""Commitments: due dates, progress, assessments, deliveries, withdrawal."""

from __future__ import annotations

from itertools import permutations

import pytest

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import (
    CommitmentMade,
    CommitmentProgressReported,
    CommitmentQualified,
    CommitmentReaffirmed,
    CommitmentSpecified,
    CommitmentSuperseded,
    CommitmentWithdrawn,
    DeliveryReported,
    ImplementationAssessed,
)
from partnership.testing.scenario import finding_slugs, given

JUNE = ("2020-06-18", "TASS", "news")
NOVEMBER = ("2020-11-16", "VNA", "news")
APRIL = ("2021-04-02", "VNA", "news")
SEPTEMBER = ("2021-09-24", "TASS", "news")
PROMISED = [JUNE, CommitmentMade("vaccine", by=["RU", "ASEAN"], text="work together on a vaccine", due="2021-06")]


def commitment(*story):
    """Record claims about one commitment, and return its state."""
    return given(*story).commitments["vaccine"]


def days(expectations):
    """Return the planned dates as strings."""
    return [str(one.planned) for one in expectations]


def counted(day, done=None, total=None, **more):
    """Return a progress report."""
    return CommitmentProgressReported("vaccine", as_of=day, done=done, total=total, **more)


def figures(state):
    """Return the counts of a state, in order."""
    return [(str(one.as_of), *(each and each.number for each in (one.done, one.total))) for one in state.progress]


def came(state):
    """Return the deliveries of a state, in short."""
    return [(one.part, one.quantity and one.quantity.number) for one in state.deliveries]


# ---- the usual sequence ----


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (CommitmentMade("vaccine"), "made"),
        (CommitmentReaffirmed("vaccine"), "made"),
        (CommitmentSpecified("vaccine"), "made"),
        (CommitmentQualified("vaccine"), "made"),
        (CommitmentProgressReported("vaccine", as_of="2020"), "in-progress"),
        (DeliveryReported("vaccine"), "delivered"),
        (DeliveryReported("vaccine", part="first lot"), "in-progress"),
        (CommitmentWithdrawn("vaccine"), "withdrawn"),
        (CommitmentSuperseded("vaccine"), "superseded"),
    ],
    ids=repr,
)
def test_a_single_report(event, status):
    """Each event alone leads to its status; delivery of a part is progress."""
    assert commitment(NOVEMBER, event).status == status


def test_a_commitment_that_goes_as_planned():
    """Made, specified, counted, delivered: the state has the values of each report."""
    story = [
        JUNE, CommitmentMade("vaccine", on="2020-06-17", by="ru", to=["asean"], meeting="special-fmm", text="help"),
        NOVEMBER, CommitmentSpecified("vaccine", due="2021", quantity=ps.Count(1000, "at-least"), topics="health"),
        CommitmentSpecified("vaccine", amount=ps.Money("5", "USD")),
        APRIL, counted("2021-03-30", 400, 1000, verb="shipped"),
        SEPTEMBER, DeliveryReported("vaccine", on="2021-09-20", text="all doses"),
    ]  # fmt: skip
    state = commitment(*story)

    assert (state.status, state.by, state.to, state.meeting) == ("delivered", ("RU",), ("ASEAN",), "special-fmm")
    assert (state.made_on, state.delivered_on) == (ps.When("2020-06-17"), ps.When("2021-09-20"))
    assert (state.amount, state.quantity) == (ps.Money("5", "USD"), ps.Count(1000, "at-least"))
    assert (state.text, state.texts, state.topics) == ("all doses", ("help", "all doses"), ("health",))
    assert figures(state) == [("2021-03-30", 400, 1000)]
    assert state.progress[0].verb == "shipped"
    assert (state.outstanding, state.disputed, finding_slugs(given(*story))) == ((), (), set())


def test_a_commitment_made_at_a_meeting_of_two_names():
    """The meeting has its canonical name."""
    record = given(JUNE, CommitmentMade("vaccine", meeting="special-fmm"))
    record.same_as("meeting:covid-fmm", "meeting:special-fmm")

    assert record.commitments["vaccine"].meeting == "covid-fmm"


def test_a_reaffirmed_commitment():
    """Only the date of the reaffirmation is added."""
    state = commitment(*PROMISED, NOVEMBER, CommitmentReaffirmed("vaccine", on="2020-11-14"))

    assert (state.status, state.reaffirmed_on, days(state.expected)) == ("made", ps.When("2020-11-14"), ["2021-06"])


def test_a_commitment_reaffirmed_when_it_is_in_progress():
    """The status stays."""
    state = commitment(*PROMISED, NOVEMBER, counted("2020-11", 1), APRIL, CommitmentReaffirmed("vaccine", to="VN"))

    assert (state.status, state.to) == ("in-progress", ("VN",))


def test_a_condition():
    """It is stored in the words of the source."""
    state = commitment(*PROMISED, NOVEMBER, CommitmentQualified("vaccine", condition="if trials succeed"))

    assert (state.status, state.condition) == ("made", "if trials succeed")


# ---- due ----


def test_a_day_that_passes_without_a_report():
    """It is overdue from the next day on, listed with its text."""
    record = given(*PROMISED)
    (late,) = record.as_of("2021-07-01").overdue()

    assert record.as_of("2021-06-30").overdue() == ()
    assert (late.subject, late.title, str(late.planned)) == (
        "commitment:vaccine", "work together on a vaccine", "2021-06",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("end", "is_over"),
    [
        (DeliveryReported("vaccine", on="2021-09-20"), True),
        (CommitmentWithdrawn("vaccine", on="2021-09-20", reason="no funds"), True),
        (CommitmentSuperseded("vaccine", on="2021-09-20", successor="vaccine-2"), True),
        (DeliveryReported("vaccine", part="first lot", on="2021-09-20"), False),
        (counted("2021-09-20", 1, 2), False),
        (CommitmentReaffirmed("vaccine", on="2021-09-20"), False),
    ],
    ids=repr,
)
def test_what_closes_a_commitment(end, is_over):
    """Complete delivery, withdrawal or a successor do; nothing else does."""
    assert bool(given(*PROMISED, SEPTEMBER, end).overdue()) is not is_over


def test_a_due_day_that_moves():
    """The earlier one is in `previous_dates`, and `due` is the new one."""
    state = commitment(*PROMISED, NOVEMBER, CommitmentSpecified("vaccine", due="2021-12"))

    assert (state.due, days(state.expected), state.previous_dates) == (
        ps.When("2021-12"), ["2021-12"], (ps.When("2021-06"),),
    )  # fmt: skip


def test_a_due_day_that_gets_finer():
    """It was not moved."""
    state = commitment(*PROMISED, NOVEMBER, CommitmentSpecified("vaccine", due="2021-06-15"))

    assert (days(state.expected), state.previous_dates) == (["2021-06-15"], ())


def test_sources_that_differ_on_the_due_day():
    """Both `due` and `expected` are disputed."""
    state = commitment(*PROMISED, NOVEMBER, CommitmentMade("vaccine", due="2022"))

    assert state.disputed == ("due", "expected")


def test_a_due_day_reported_after_the_delivery():
    """Nothing is expected; `due` is set, since it was empty."""
    state = commitment(
        JUNE, CommitmentMade("vaccine"), DeliveryReported("vaccine", on="2020-06-17"),
        NOVEMBER, CommitmentSpecified("vaccine", due="2020-05"),
    )  # fmt: skip

    assert (state.status, state.due, state.expected) == ("delivered", ps.When("2020-05"), ())


# ---- counts ----


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_counts_that_arrive_in_any_order(order):
    """They are in the order of their days."""
    told_by = [
        (("2019-08-01", "Sputnik", "news"), counted("2019-07-31~", 84)),
        (NOVEMBER, counted("2020-03-13", 92, 139)),
        (APRIL, counted("2021-03-30~", 99, 139)),
    ]
    state = commitment(*(one for place in order for one in told_by[place]))

    assert figures(state) == [("2019-07-31~", 84, None), ("2020-03-13", 92, 139), ("2021-03-30~", 99, 139)]


def test_counts_up_to_an_open_end():
    """They come last."""
    state = commitment(APRIL, counted("2020-03/..", 2), counted("2020-03", 1), counted("../2021-04-02", 3))

    assert figures(state) == [("2020-03", 1, None), ("../2021-04-02", 3, None), ("2020-03/..", 2, None)]


def test_one_count_in_two_languages():
    """It is one count, with two wordings."""
    record = given(APRIL, counted("2021-03-30~", 99, 139, verb="carried out"))
    record.add(counted("2021-03-30~", 99, 139, verb="déployées"), source=ps.Source("VNA", published="2021-04-03"))
    (row,) = record.commitments["vaccine"].progress

    assert (row.done, row.total, row.is_disputed) == (ps.Count(99), ps.Count(139), False)


def test_two_counts_of_one_day():
    """The row and the commitment are disputed; a count without a total never wins over one with a total."""
    state = commitment(APRIL, counted("2021-03-30", 99, 139), SEPTEMBER, counted("2021-03-30", 95))

    assert figures(state) == [("2021-03-30", 99, 139)]
    assert state.progress[0].is_disputed
    assert state.disputed == ("progress",)


def test_more_done_than_there_is():
    """It is recorded, since a source may have printed it, and gives a finding."""
    record = given(*PROMISED, APRIL, counted("2021-03-30", 140, 139), counted("2021-03-29", 139, 139))
    (finding,) = record.findings()

    assert (finding.slug, finding.sentence) == ("done-over-total", "commitment:vaccine has 140 done of 139")
    assert len(finding.claims) == 1


@pytest.mark.parametrize(
    ("rows", "odd"),
    [
        ([("2020-03", 92, 139), ("2021-03", 99, 139)], set()),
        ([("2020-03", 99, 139), ("2021-03", 92, 139)], {"progress-falls"}),
        ([("2020-03", 92, 139), ("2021-03", 99, 140)], {"total-changes"}),
        ([("2020-03", 99, 140), ("2021-03", 92, 139)], {"progress-falls", "total-changes"}),
        ([("2020", 99, 139), ("2020-03", 92, 139)], set()),  # nobody knows which was first
        ([("2020-03", 99, None), ("2020-09", None, 139), ("2021-03", 92, None)], {"progress-falls"}),
        ([("2020-03", 99, None), ("2020-12", 99, None), ("2020", 92, None)], set()),
        ([("2020-03", None, None), ("2021-03", None, None)], set()),
        ([("2020-03", ps.Count(99, "about"), None), ("2021-03", 92, None)], set()),
        ([("2020-03", ps.Count(99, "at-least"), None), ("2021-03", ps.Count(92, "at-most"), None)], {"progress-falls"}),
    ],
)
def test_counts_from_day_to_day(rows, odd):
    """A count that falls and a total that changes give findings if one day is surely later."""
    assert finding_slugs(given(*PROMISED, APRIL, *(counted(*row) for row in rows))) == odd


def test_a_share_in_place_of_a_count():
    """It is stored as reported, and one that falls gives a finding."""
    over_60 = counted("2019-07-31~", share=ps.Percent(60, "at-least"), verb="achieved")
    record = given(*PROMISED, APRIL, over_60, counted("2020-12", share=55))

    assert [str(one.share) for one in record.commitments["vaccine"].progress] == ["at least 60 %", "55 %"]
    assert finding_slugs(record) == {"progress-falls"}


@pytest.mark.parametrize(
    ("share", "is_odd"),
    [
        (71, False),
        (75, True),
        (65, True),
        (ps.Percent(60, "at-least"), False),
        (ps.Percent(80, "at-least"), True),
        (ps.Percent(80, "at-most"), False),
        (ps.Percent(60, "at-most"), True),
        (ps.Percent(60, "about"), False),
    ],
    ids=str,
)
def test_a_share_beside_its_count(share, is_odd):
    """99 of 139 is 71 %; rounding by one point is accepted."""
    assert finding_slugs(given(*PROMISED, APRIL, counted("2021", 99, 139, share=share))) == (
        {"share-disagrees"} if is_odd else set()
    )


def test_a_share_beside_a_vague_count():
    """It proves nothing, so there is no finding."""
    assert finding_slugs(given(*PROMISED, APRIL, counted("2021", ps.Count(99, "at-least"), 139, share=80))) == set()


# ---- assessed ----


def test_a_commitment_that_is_assessed():
    """Verdicts do not change the status; assessors may disagree about one day."""
    by_desk = ImplementationAssessed(
        "meter", concerns="commitment:vaccine", assessor="desk", as_of="2021", core="partially"
    )
    by_staff = ImplementationAssessed(
        "report", concerns="commitment:vaccine", assessor="staff", as_of="2021", core="stalled"
    )
    other = ImplementationAssessed(
        "meter", concerns="commitment:vaccine", assessor="desk", as_of="2021", core="dropped"
    )
    state = commitment(*PROMISED, APRIL, by_desk, by_staff)

    assert state.status == "made"
    assert {(one.assessor, one.core) for one in state.verdicts} == {("desk", "partially"), ("staff", "stalled")}
    assert finding_slugs(given(*PROMISED, APRIL, by_desk, by_staff)) == {"assessors-disagree"}
    assert commitment(*PROMISED, APRIL, by_desk, SEPTEMBER, other).disputed == ("verdicts",)


# ---- delivered, withdrawn ----


def test_delivered_in_parts():
    """Each part is a row, and its other values are copied; the report of the whole ends it."""
    parts = [
        NOVEMBER, DeliveryReported("vaccine", part="first lot", text="500 doses", to="LA", on="2020-11-10"),
        APRIL, DeliveryReported("vaccine", part="second lot", text="500 more", on="2021-03-10"),
    ]  # fmt: skip
    state = commitment(*PROMISED, *parts)

    assert (state.status, state.to) == ("in-progress", ("LA",))
    assert came(state) == [("first lot", None), ("second lot", None)]
    assert state.texts == ("work together on a vaccine", "500 doses", "500 more")
    assert commitment(*PROMISED, *parts, SEPTEMBER, DeliveryReported("vaccine")).status == "delivered"


def test_a_part_delivered_after_the_whole():
    """It stays delivered."""
    late = DeliveryReported("vaccine", part="spare lot", on="2021-09-20")

    assert commitment(*PROMISED, APRIL, DeliveryReported("vaccine"), SEPTEMBER, late).status == "delivered"


def test_parts_that_add_up():
    """They make the commitment delivered; figures of another currency do not count."""
    owed = [JUNE, CommitmentMade("vaccine", quantity=200, amount=ps.Money("5", "USD"))]
    first = [NOVEMBER, DeliveryReported("vaccine", part="first lot", quantity=150)]
    rest = [APRIL, DeliveryReported("vaccine", part="second lot", quantity=50, amount=ps.Money("5", "EUR"))]

    assert commitment(*owed, *first).status == "in-progress"
    assert (commitment(*owed, *first, *rest).status, came(commitment(*owed, *first, *rest))) == (
        "delivered", [("first lot", 150), ("second lot", 50)],
    )  # fmt: skip


def test_sources_that_differ_on_a_delivery():
    """The row and the commitment are disputed."""
    state = commitment(
        *PROMISED, APRIL, DeliveryReported("vaccine", part="first lot", quantity=150),
        SEPTEMBER, DeliveryReported("vaccine", part="first lot", quantity=100),
        DeliveryReported("vaccine", part="second lot"),
    )  # fmt: skip

    assert [one.is_disputed for one in state.deliveries] == [True, False]
    assert state.disputed == ("deliveries",)


@pytest.mark.parametrize(("on", "odd"), [("2021-07", {"delivered-late"}), ("2021-06", set()), ("2021", set())])
def test_delivered_and_due(on, odd):
    """It is late if it was surely after the due date."""
    assert finding_slugs(given(*PROMISED, SEPTEMBER, DeliveryReported("vaccine", on=on))) == odd


def test_a_permanent_commitment():
    """The state has its nature and the subjects that it concerns."""
    state = commitment(JUNE, CommitmentMade("vaccine", nature="standing", concerns=["fund:ardpff"]))

    assert (state.nature, state.concerns) == ("standing", ("fund:ardpff",))


@pytest.mark.parametrize(
    ("promise", "odd"),
    [
        ([], {"delivered-unpromised"}),
        ([CommitmentMade("vaccine", on="2021-09")], {"delivered-unpromised"}),
        ([CommitmentMade("vaccine", on="2020")], set()),
        ([CommitmentMade("vaccine", on="2021")], set()),
        ([CommitmentReaffirmed("vaccine", on="2020")], set()),
        ([CommitmentSpecified("vaccine", on="2020")], set()),
        ([CommitmentQualified("vaccine", on="2020")], set()),
        ([counted("2020")], {"delivered-unpromised"}),
    ],
    ids=repr,
)
def test_delivered_and_promised(promise, odd):
    """A delivery before all promises is a gap; a reaffirmation counts as a promise."""
    assert finding_slugs(given(SEPTEMBER, DeliveryReported("vaccine", on="2021-03"), *promise)) == odd


@pytest.mark.parametrize(("delivered", "odd"), [("2021-03", {"delivered-after-withdrawn"}), ("2020-11", set())])
def test_delivered_and_withdrawn(delivered, odd):
    """It is delivered; a delivery surely after the withdrawal is odd."""
    story = [
        *PROMISED,
        NOVEMBER, CommitmentWithdrawn("vaccine", on="2020-11"),
        APRIL, DeliveryReported("vaccine", on=delivered),
    ]  # fmt: skip

    assert commitment(*story).status == "delivered"
    assert finding_slugs(given(*story)) == odd


def test_a_withdrawn_commitment():
    """The state has the date and the reason; a reaffirmation by others does not change the status."""
    state = commitment(
        *PROMISED,
        NOVEMBER, CommitmentWithdrawn("vaccine", on="2020-11-01", reason="no funds"),
        APRIL, CommitmentReaffirmed("vaccine"),
    )  # fmt: skip

    assert (state.status, state.withdrawn_on, state.reason) == ("withdrawn", ps.When("2020-11-01"), "no funds")


def test_a_superseded_commitment():
    """Its successor has its canonical name."""
    record = given(*PROMISED, NOVEMBER, CommitmentSuperseded("vaccine", successor="vaccine-plan"))
    record.same_as("commitment:vaccine-plan", "commitment:health-plan")

    assert record.commitments["vaccine"].status == "superseded"
    assert record.commitments["vaccine"].successor == "health-plan"


# ---- values that are refused ----


def test_a_count_without_its_day():
    """It is refused: it could not be compared with another."""
    with pytest.raises(TypeError, match="as_of"):
        CommitmentProgressReported("vaccine", done=1)
    with pytest.raises(
        InvalidEvent, match=r"as_of: None is not a date, and without one this figure compares with nothing"
    ):
        CommitmentProgressReported("vaccine", as_of=None, done=1)


@pytest.mark.parametrize("done", [True, 1.5, "7", -1, b"7", 2**53 + 1])
def test_a_figure_that_cannot_be(done):
    """It is refused."""
    with pytest.raises(InvalidEvent, match=r"done: .* is not a count"):
        counted("2021", done)


@pytest.mark.parametrize("amount", ["5 USD", 5, ("5", "USD")])
def test_an_amount_that_is_not_money(amount):
    """An amount needs its currency."""
    with pytest.raises(InvalidEvent, match=r"amount: .* is not money; write Money"):
        CommitmentMade("vaccine", amount=amount)


def test_a_quantity_below_zero():
    """It is refused."""
    with pytest.raises(InvalidEvent, match="quantity: -1 is not a count"):
        DeliveryReported("vaccine", quantity=-1)


@pytest.mark.parametrize(
    ("owed", "delivered", "status"),
    [
        ({"quantity": 200}, {"quantity": ps.Count(50)}, "in-progress"),
        ({"quantity": 200}, {"quantity": ps.Count(200)}, "delivered"),
        ({"quantity": 200}, {}, "delivered"),
        ({"amount": ps.Money("5", "USD")}, {"amount": ps.Money("2", "USD")}, "in-progress"),
        ({"amount": ps.Money("5", "USD")}, {"amount": ps.Money("2", "EUR")}, "delivered"),
    ],
)
def test_a_delivery_of_less_than_promised(owed, delivered, status):
    """It is progress, whether it is called a part or not."""
    record = given(JUNE, CommitmentMade("c", **owed), NOVEMBER, DeliveryReported("c", **delivered))
    (row,) = record.commitments["c"].deliveries
    assert record.commitments["c"].status == status
    assert (row.part, row.amount, row.quantity) == (None, delivered.get("amount"), delivered.get("quantity"))


def test_one_of_two_sides_withdraws():
    """Each side withdraws for itself, and who had committed themselves stays known."""
    made = [("2020-01-10", "VNA", "news"), CommitmentMade("lab", by=["ASEAN", "RU"], text="a joint laboratory")]
    first = [("2021-02-10", "VNA", "news"), CommitmentWithdrawn("lab", by="RU", on="2021-02-09")]
    second = [("2021-03-10", "TASS", "news"), CommitmentWithdrawn("lab", by="ASEAN", on="2021-03-09")]
    record = given(*made, *first, *second)

    assert (record.commitments["lab"].by, record.disputes()) == (("ASEAN", "RU"), ())
    assert str(record.commitments["lab"].withdrawn_on) == "2021-03-09"
    assert given(*first).commitments["lab"].by == ("RU",)


@pytest.mark.parametrize(
    ("withdrawn", "status", "owing"),
    [
        ([{"by": "US"}], "made", ["DE", "FR"]),
        ([{"by": "US"}, {"by": "DE"}], "made", ["FR"]),
        ([{"by": ["US", "DE"]}, {"by": "FR"}], "withdrawn", ["DE", "FR", "US"]),
        ([{"by": "US"}, {}], "withdrawn", ["DE", "FR", "US"]),
        ([{"by": "HU"}], "made", ["DE", "FR", "US"]),
    ],
)
def test_some_of_those_who_promised_withdraw(withdrawn, status, owing):
    """The others still owe it: it stands, falls overdue and is in the totals for them, until all have withdrawn."""
    story = [JUNE, CommitmentMade("c", by=["DE", "FR", "US"], amount=ps.Money("8", "USD"), due="2021")]
    for month, fields in enumerate(withdrawn, 7):
        story += [
            (f"2020-{month:02}-01", "Reuters", "news"),
            CommitmentWithdrawn("c", on=f"2020-{month:02}-01", **fields),
        ]
    record = given(*story)
    is_over = status == "withdrawn"

    assert (record.commitments["c"].status, record.commitments["c"].owing) == (status, tuple(owing))
    assert [item.owed_by for item in record.as_of("2022-02-01").overdue()] == ([] if is_over else [tuple(owing)])
    assert [*record.commitment_totals()] == ([] if is_over else [tuple(owing)])
    assert len(record.commitments_register(party="US")) == ("US" in owing)


def test_a_withdrawal_by_some_in_the_course_of_the_work():
    """The work of the others goes on, and the register names those who withdrew."""
    made = [JUNE, CommitmentMade("c", by=["FR", "US"], text="coal")]
    record = given(
        *made,
        NOVEMBER,
        CommitmentProgressReported("c", as_of="2020-11", share=10),
        APRIL,
        CommitmentWithdrawn("c", by="US", on="2021-03"),
    )

    assert record.commitments["c"].status == "in-progress"
    assert (
        str(record.commitments_register()[0])
        == "owed by FR: coal (in-progress; US withdrew; reported: as of November 2020, share 10 %)"
    )
