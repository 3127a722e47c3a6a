"""Aid in kind: pledges and deliveries, complete, partial and late."""

from __future__ import annotations

import partnership as ps
from partnership.events import InKindDelivered, InKindPledged
from partnership.testing.scenario import finding_slugs, given

VNA = ("2021-02-01", "VNA", "news")
TASS = ("2021-09-24", "TASS", "news")
LATER = ("2022-03-01", "TASS", "news")
PLEDGE = (
    VNA,
    InKindPledged("vaccine", by="RU", to="VN", text="20 million doses", quantity=20, unit="doses", due="2021"),
)


def vaccine(*story):
    """Record claims about aid, and return its state."""
    return given(*story).aid["vaccine"]


def test_a_promise():
    """It has donors, recipients, a wording, and a due date."""
    aid = vaccine(*PLEDGE)

    assert (aid.status, aid.by, aid.to, aid.text, aid.texts) == (
        "pledged",
        ("RU",),
        ("VN",),
        "20 million doses",
        ("20 million doses",),
    )
    assert (aid.quantity, aid.unit) == (ps.Count(20), "doses")
    assert [str(one.planned) for one in given(*PLEDGE).as_of("2022-01-01").overdue()] == ["2021"]


def test_parts_that_make_up_the_whole():
    """Each is a row; when they add up to what was promised, the aid is delivered and no longer due."""
    first = (TASS, InKindDelivered("vaccine", part="first", quantity=5, unit="doses", on="2021-04"))
    rest = (LATER, InKindDelivered("vaccine", part="rest", quantity=15, on="2021-12"))

    assert vaccine(*PLEDGE, *first).status == "partly-delivered"
    assert len(vaccine(*PLEDGE, *first).outstanding) == 1
    whole = vaccine(*PLEDGE, *first, *rest)
    assert (whole.status, whole.delivered_on, whole.outstanding) == ("delivered", ps.When("2021-12"), ())
    assert [(one.part, one.quantity) for one in whole.deliveries] == [("first", ps.Count(5)), ("rest", ps.Count(15))]
    assert finding_slugs(given(*PLEDGE, *first, *rest)) == set()


def test_parts_that_do_not_add_up():
    """In another unit, without a figure, or with a lower bound, it is not known whether everything was delivered."""
    for part in (
        InKindDelivered("vaccine", part="first", quantity=20, unit="boxes"),
        InKindDelivered("vaccine", part="first"),
        InKindDelivered("vaccine", part="first", quantity=ps.Count(5, "at-least")),
    ):
        assert vaccine(*PLEDGE, TASS, part).status == "partly-delivered"
    assert vaccine(TASS, InKindDelivered("vaccine", part="first", quantity=5)).status == "partly-delivered"
    many = InKindDelivered("vaccine", part="first", quantity=ps.Count(21, "at-least"))
    assert vaccine(*PLEDGE, TASS, many).status == "delivered"


def test_less_than_was_promised():
    """Reported as the whole, it gives a finding, and the aid is partly delivered."""
    record = given(*PLEDGE, TASS, InKindDelivered("vaccine", quantity=12, on="2021-08"))

    assert record.aid["vaccine"].status == "partly-delivered"
    assert [one.sentence for one in record.findings()] == ["aid:vaccine was delivered, and 12 came of 20"]


def test_the_whole_beside_its_parts():
    """It replaces them: quantities are not added twice."""
    aid = vaccine(
        *PLEDGE, TASS, InKindDelivered("vaccine", part="first", quantity=12), InKindDelivered("vaccine", quantity=20)
    )
    assert aid.status == "delivered"
    assert finding_slugs(given(*PLEDGE, TASS, InKindDelivered("vaccine", part="first", quantity=12))) == set()


def test_later_than_promised():
    """It gives a finding if the delivery was surely after the due date; without a date it does not."""
    late = InKindDelivered("vaccine", on="2022-02")
    assert finding_slugs(given(*PLEDGE, LATER, late)) == {"delivered-late"}
    assert finding_slugs(given(*PLEDGE, LATER, InKindDelivered("vaccine"))) == set()


def test_a_delivery_before_any_promise():
    """It is delivered; a promise that is reported later does not change the status."""
    story = [VNA, InKindDelivered("vaccine", on="2021-01", quantity=5)]
    assert (vaccine(*story).status, vaccine(*story).expected) == ("delivered", ())
    assert vaccine(*story, TASS, InKindPledged("vaccine", quantity=5)).status == "delivered"


def test_two_figures_of_one_delivery():
    """They are a dispute; so are two units, since a quantity has no meaning without its unit."""
    aid = vaccine(
        VNA, InKindDelivered("vaccine", quantity=5, unit="doses"),
        ("2021-02-01", "TASS", "news"), InKindDelivered("vaccine", quantity=5, unit="boxes"),
    )  # fmt: skip
    assert aid.disputed == ("deliveries",)
    assert aid.deliveries[0].is_disputed
