"""The life of a document between its acts: what interrupts it, what ends an interruption, and what revives it."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import (
    ApplicationResumed,
    ApplicationSuspended,
    DocumentAdopted,
    DocumentApproved,
    DocumentBlocked,
    DocumentExpired,
    DocumentExtended,
    DocumentInitialled,
    DocumentNotAdopted,
    DocumentPlanned,
    DocumentSigned,
    DocumentTerminated,
    DocumentUnblocked,
    EnteredIntoForce,
    MeetingHeld,
    NegotiationConcluded,
    NegotiationOpened,
    NegotiationPaused,
    NegotiationProgressReported,
    NegotiationResumed,
    NotificationGiven,
    ProvisionalApplicationBegan,
    ProvisionReported,
    RatificationCompleted,
    WithdrawalCompleted,
)
from partnership.testing.scenario import finding_slugs, given

JANUARY = ("2021-01-10", "VNA", "news")
FEBRUARY = ("2021-02-19", "ASEAN Secretariat", "official-release")
MARCH = ("2021-03-10", "TASS", "news")
APRIL = ("2021-04-10", "TASS", "news")


def pact(*story):
    """Record claims about one document, and return its state."""
    return given(*story).documents["pact"]


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (NegotiationOpened("pact"), "negotiating"),
        (NegotiationPaused("pact", by="RU"), "paused"),
        (NegotiationResumed("pact"), "negotiating"),
        (NegotiationProgressReported("pact", as_of="2021-01-01", rounds=3), "negotiating"),
        (DocumentInitialled("pact"), "initialled"),
        (DocumentApproved("pact", signatory="RU"), "approved"),
        (DocumentApproved("pact", signatory="RU", act="open-negotiations"), None),
        (DocumentBlocked("pact", by="RU"), "blocked"),
        (DocumentBlocked("pact", by="RU", act="amend"), None),
        (DocumentUnblocked("pact"), None),
        (ApplicationSuspended("pact"), None),
        (ApplicationResumed("pact"), None),
        (WithdrawalCompleted("pact", signatory="RU"), None),
        (DocumentExtended("pact", until="2025"), None),
        (ProvisionReported("pact", text="it lowers tariffs"), None),
    ],
    ids=lambda value: value.name if isinstance(value, ps.Event) else None,
)
def test_a_single_report(event, status):
    """Each event alone leads to its status, and no status comes from nothing."""
    assert (pact(JANUARY, event).status, pact(JANUARY, event).stage) == (status, None)


def test_talks_that_are_reopened():
    """What was negotiated is negotiated again, and paused, as a later report says; what was signed is not."""
    talks = (JANUARY, NegotiationConcluded("pact", on="2021-01-01"), MARCH, NegotiationResumed("pact", on="2021-03-01"))
    assert pact(*talks).status == "negotiating"
    assert pact(*talks, APRIL, NegotiationPaused("pact", on="2021-04-01")).status == "paused"
    assert pact(JANUARY, DocumentSigned("pact", on="2021-01-01"), *talks[2:]).status == "signed"


def test_a_plan_while_talks_go_on():
    """It stands beside the talks and does not hide them; a draft does not either."""
    state = pact(
        JANUARY, NegotiationOpened("pact", on="2021"), MARCH, DocumentPlanned("pact", act="sign", planned="2022")
    )
    assert (state.status, [str(plan.planned) for plan in state.outstanding]) == ("negotiating", ["2022"])


def test_a_round_and_what_it_adopts():
    """A round shows that talks go on, once; only what it adopts is adopted, and what it is about may be that."""
    held = MeetingHeld("round-1", on="2021-01-05", body="document:pact", adopted=["document:terms"])
    record = given(JANUARY, held)
    assert (record.documents["pact"].status, record.documents["terms"].status) == ("negotiating", "adopted")
    both = MeetingHeld("round-1", on="2021-01-05", body="document:pact", adopted=["document:pact"])
    assert (pact(JANUARY, both).status, pact(JANUARY, both).rounds_held) == ("adopted", ("round-1",))
    later = (JANUARY, NegotiationConcluded("pact", on="2020-12-01"), held)
    assert pact(*later).status == "negotiated"


@pytest.mark.parametrize(
    ("act", "done", "status"),
    [
        (None, DocumentAdopted("pact", on="2021-03-01"), "adopted"),
        ("sign", DocumentAdopted("pact", on="2021-03-01"), "blocked"),
        ("sign", DocumentSigned("pact", on="2021-03-01"), "signed"),
        ("ratify", DocumentSigned("pact", on="2021-03-01"), "blocked"),
        ("ratify", RatificationCompleted("pact", signatory="RU", on="2021-03-01"), None),
        ("ratify", RatificationCompleted("pact", signatory="VN", on="2021-03-01"), "blocked"),
        ("ratify", EnteredIntoForce("pact", on="2021-03-01"), "in-force"),
        ("sign", DocumentNotAdopted("pact", on="2021-03-01"), "blocked"),
        ("terminate", DocumentSigned("pact", on="2021-03-01"), "signed"),
    ],
)
def test_what_ends_a_block(act, done, status):
    """The blocked act does, or what comes after it; a failure does not."""
    assert pact(JANUARY, DocumentBlocked("pact", by="RU", act=act, on="2021-01-01"), MARCH, done).status == status


def test_blocks_of_several_acts():
    """One that is lifted leaves the other."""
    blocked = (JANUARY, DocumentBlocked("pact", by="RU", act="sign"), DocumentBlocked("pact", by="RU", act="apply"))
    assert [one.act for one in pact(*blocked, MARCH, DocumentUnblocked("pact", act="sign")).blocks] == ["apply"]
    assert {one.act for one in pact(*blocked, MARCH, DocumentUnblocked("pact", by="VN")).blocks} == {"sign", "apply"}
    anonymous = (JANUARY, DocumentBlocked("pact", act="sign"), MARCH, DocumentUnblocked("pact", by="VN", act="sign"))
    assert pact(*anonymous).blocks == ()


def test_a_suspension_ends_with_the_document():
    """Once it is terminated, nothing of it is suspended any more; without a status there is none to show."""
    story = (JANUARY, EnteredIntoForce("pact", on="2020"), ApplicationSuspended("pact", on="2021-01-01"))
    assert pact(*story).status == "suspended"
    assert pact(*story, MARCH, DocumentTerminated("pact", on="2021-03-01")).status == "terminated"
    assert pact(*story, MARCH, ApplicationResumed("pact", part="trade", on="2021-03-01")).status == "suspended"


def test_a_suspended_part_is_not_among_the_applied_ones():
    """It is again once it is applied again."""
    story = (
        JANUARY, ProvisionalApplicationBegan("pact", part="trade", on="2020"),
        ProvisionalApplicationBegan("pact", part="transport", on="2020-06"),
        MARCH, ApplicationSuspended("pact", part="trade", on="2021-03-01"),
    )  # fmt: skip
    assert pact(*story).applied_parts == ("transport",)
    again = ApplicationResumed("pact", part="trade", on="2021-04-01")
    assert pact(*story, APRIL, again).applied_parts == ("trade", "transport")
    assert pact(*story).status == "provisional"


def test_an_extension_after_the_end():
    """What had expired is extended all the same, and is again what it was before; what it was may not be known."""
    ended = (JANUARY, EnteredIntoForce("pact", on="2016", period="2016/2020"), DocumentExpired("pact", on="2020-12-31"))
    extended = (MARCH, DocumentExtended("pact", on="2021-03-01", until="2025"))
    assert pact(*ended).status == "expired"
    assert (pact(*ended, *extended).status, str(pact(*ended, *extended).period)) == ("in-force", "2016/2025")
    assert pact(JANUARY, DocumentExpired("pact", on="2020-12-31"), *extended).status is None


def test_a_document_that_is_adopted_and_not_signed():
    """Two sources tell it of one day, and do not contradict each other; of the adoption itself they do."""
    adopted = (JANUARY, DocumentAdopted("pact", on="2021-01-05", meeting="summit"))
    unsigned = (FEBRUARY, DocumentNotAdopted("pact", on="2021-01-05", meeting="summit", act="sign"))
    failed = (FEBRUARY, DocumentNotAdopted("pact", on="2021-01-05", meeting="summit"))
    assert (given(*adopted, *unsigned).disputes(), finding_slugs(given(*adopted, *unsigned))) == ((), set())
    assert pact(*adopted, *unsigned).status == "adopted"
    assert [dispute.names for dispute in given(*adopted, *failed).disputes()] == [("status",)]


def test_a_failure_of_one_act_ends_the_plans_of_this_one():
    """The ratification that failed is not expected, that of another party is, and so is the signature."""
    story = (
        JANUARY, DocumentPlanned("pact", act="sign", planned="2021-02"),
        DocumentPlanned("pact", act="ratify", by="RU", planned="2021-02", on="2021-01-05"),
        FEBRUARY, DocumentPlanned("pact", act="ratify", by="VN", planned="2021-02"),
        MARCH, DocumentNotAdopted("pact", act="ratify", by="RU", on="2021-02-20"),
    )  # fmt: skip
    assert [(plan.act, plan.by) for plan in pact(*story).outstanding] == [("ratify", ("VN",)), ("sign", ())]
    unnamed = (JANUARY, DocumentPlanned("pact", planned="2021-02"), MARCH, DocumentNotAdopted("pact", act="sign"))
    assert pact(*unnamed).outstanding == ()


def test_a_plan_of_a_part_and_one_of_the_whole():
    """A plan without a part is of the only part that is planned, and the whole fulfils the plan of a part."""
    part = (JANUARY, DocumentPlanned("pact", act="apply", part="trade", planned="2021-02"))
    whole = (MARCH, DocumentPlanned("pact", act="apply", planned="2021-05"))
    moved = pact(*part, *whole)
    assert [(plan.detail, str(plan.planned)) for plan in moved.outstanding] == [("trade", "2021-05")]
    assert (moved.planned_part, moved.act) == ("trade", "apply")
    two = (*part, FEBRUARY, DocumentPlanned("pact", act="apply", part="services", planned="2021-04"), *whole)
    assert [plan.detail for plan in pact(*two).outstanding] == ["trade", "services", None]
    applied = (APRIL, ProvisionalApplicationBegan("pact", on="2021-04-01"))
    assert pact(*two, *applied).outstanding == ()
    other = (JANUARY, DocumentPlanned("pact", act="sign", part="annex", planned="2022"), *whole)
    assert (pact(*other).planned_part, pact(*other).act) == (None, "apply")


def test_a_plan_without_a_date_of_one_institution():
    """It says who is to act."""
    plan = DocumentPlanned("pact", act="approve", by="EU", institution="Council")
    (still_open,) = pact(JANUARY, plan).open_without_date
    assert str(still_open) == "to approve by EU (Council)"


def test_signatures_of_the_missing():
    """When as many have signed as were missing, all have; at least so many may be more."""
    ten = (JANUARY, DocumentSigned("pact", on="2020-01-01", not_by_count=1))
    more = (JANUARY, DocumentSigned("pact", on="2020-01-01", not_by_count=ps.Count(1, "at-least")))
    last = (MARCH, DocumentSigned("pact", signatory="RU", on="2021-03-01"))
    assert (pact(*ten).status, pact(*ten, *last).status) == ("partly-signed", "signed")
    assert pact(*more, *last).status == "partly-signed"


def test_figures_of_a_provision_without_words():
    """What a document provides for is a row of its own, for each part and each side."""
    provision = ProvisionReported("pact", part="quota", number="3.5", unit="tonnes", duration="P7Y", timing="in stages")
    (row,) = pact(JANUARY, provision).provisions
    assert (str(row.number), row.unit, str(row.duration), row.timing) == ("3.5", "tonnes", "seven years", "in stages")


def test_one_report_of_what_two_parties_plan():
    """Each is to ratify on a day of its own; a report of the same day that names no party is of the only one."""
    brazil = DocumentPlanned("pact", act="ratify", by="BR", planned="2026-06")
    union = DocumentPlanned("pact", act="ratify", by="EU", planned="2026-12")
    record = given(JANUARY, brazil, union)
    assert [(plan.by, str(plan.planned)) for plan in record.documents["pact"].outstanding] == [
        (("BR",), "2026-06"),
        (("EU",), "2026-12"),
    ]
    assert (record.disputes(), finding_slugs(record)) == ((), set())
    other = ("2021-01-10", "TASS", "news")
    differ = given(JANUARY, brazil, other, DocumentPlanned("pact", act="ratify", planned="2026-07"))
    assert [dispute.names for dispute in differ.disputes()] == [("planned",)]


def test_round_that_is_surely_held_after_a_pause_shows_that_negotiations_go_on() -> None:
    """A round that may have been before the pause, or was, leaves them paused."""
    paused = (("2021-03-02", "A", "news"), NegotiationPaused("pact", on="2021-03-01"))
    for day, status in (("2021-05-04", "negotiating"), ("2021", "paused"), ("2021-02-01", "paused"), (None, "paused")):
        record = given(*paused, ("2021-06-01", "A", "news"), MeetingHeld("round", on=day, body="document:pact"))
        assert (day, record.documents["pact"].status) == (day, status)


@pytest.mark.parametrize(
    ("act", "institution", "done", "left"),
    [
        ("ratify", None, RatificationCompleted("pact", signatory="TR", on="2021-03-01"), [("HU",)]),
        ("ratify", None, RatificationCompleted("pact", signatory="RU", on="2021-03-01"), [("HU", "TR")]),
        ("ratify", None, RatificationCompleted("pact", on="2021-03-01"), []),
        (
            "ratify",
            None,
            DocumentApproved("pact", signatory="HU", institution="parliament", on="2021-03-01"),
            [("TR",)],
        ),
        (
            "ratify",
            "parliament",
            DocumentApproved("pact", signatory="HU", institution="parliament", on="2021-03-01"),
            [("TR",)],
        ),
        (
            "ratify",
            "parliament",
            DocumentApproved("pact", signatory="HU", institution="cabinet", on="2021-03-01"),
            [("HU", "TR")],
        ),
        ("ratify", None, DocumentApproved("pact", signatory="HU", act="sign", on="2021-03-01"), [("HU", "TR")]),
        ("approve", None, RatificationCompleted("pact", signatory="HU", on="2021-03-01"), [("TR",)]),
        ("enter-into-force", None, RatificationCompleted("pact", signatory="HU", on="2021-03-01"), [("TR",)]),
        ("enter-into-force", None, NotificationGiven("pact", signatory="HU", on="2021-03-01"), [("TR",)]),
        (
            "sign",
            None,
            DocumentApproved("pact", signatory="HU", institution="parliament", on="2021-03-01"),
            [("HU", "TR")],
        ),
        ("ratify", None, EnteredIntoForce("pact", on="2021-03-01", effective_for=["TR", "HU"]), []),
        ("ratify", None, EnteredIntoForce("pact", on="2021-03-01", effective_for=["RU", "VN"]), [("HU", "TR")]),
    ],
)
def test_a_block_by_two_parties(act, institution, done, left):
    """One that does what was blocked, or consents to it, blocks no more; the other does."""
    blocked = DocumentBlocked("pact", by=["TR", "HU"], act=act, institution=institution, on="2021-01-01")
    assert [block.by for block in pact(JANUARY, blocked, MARCH, done).blocks] == left


@pytest.mark.parametrize(
    ("act", "parties", "done", "is_met"),
    [
        ("approve", ["EU", "JP"], EnteredIntoForce("pact", on="2021-03-01"), True),
        ("ratify", ["EU", "JP"], EnteredIntoForce("pact", on="2021-03-01"), True),
        ("notify", ["EU", "JP"], EnteredIntoForce("pact", on="2021-03-01"), True),
        ("ratify", [], EnteredIntoForce("pact", on="2021-03-01"), True),
        ("ratify", ["EU", "JP", "NO"], EnteredIntoForce("pact", on="2021-03-01"), False),
        ("ratify", ["EU", "JP", "NO"], EnteredIntoForce("pact", on="2021-03-01", effective_for=["EU", "JP"]), True),
        ("ratify", ["EU", "JP", "NO"], EnteredIntoForce("pact", on="2021-03-01", effective_for=["EU", "NO"]), False),
        ("approve", ["EU", "JP"], RatificationCompleted("pact", signatory="JP", on="2021-03-01"), True),
        ("approve", ["EU", "JP"], RatificationCompleted("pact", signatory="EU", on="2021-03-01"), False),
        ("ratify", ["EU", "JP"], ProvisionalApplicationBegan("pact", on="2021-03-01"), False),
        ("terminate", ["EU", "JP"], EnteredIntoForce("pact", on="2021-03-01"), False),
    ],
)
@pytest.mark.parametrize("planned", [{"planned": "2021-02"}, {}])
def test_consent_that_an_act_shows(act, parties, done, is_met, planned):
    """What has entered into force was approved, ratified and notified by its parties, reported or not."""
    plan = DocumentPlanned("pact", act=act, by="JP", parties=parties, **planned)
    overdue = given(JANUARY, plan, MARCH, done).as_of("2021-06-01").overdue()
    assert [item.act for item in overdue] == ([] if is_met else [act])


def test_consent_that_is_planned_after_the_entry_into_force():
    """It is of something later, such as an extension, and stays open."""
    in_force = EnteredIntoForce("pact", on="2021-01-05", parties=["EU", "JP"])
    plan = DocumentPlanned("pact", act="approve", by="JP", institution="Diet")
    record = given(JANUARY, in_force, MARCH, plan)
    assert [(item.act, item.owed_by) for item in record.overdue()] == [("approve", ("JP",))]


def test_several_extensions_suspensions_and_approvals():
    """The latest of each shows in the state; one that names no last day leaves none."""
    story = [
        JANUARY, DocumentSigned("pact", on="2020-01-01"), DocumentApproved("pact", signatory="JP", on="2020-02-01"),
        DocumentApproved("pact", signatory="EU", on="2020-03-01"),
        DocumentExtended("pact", on="2020-06-01", until="2020-12-31", episode="1"),
        ApplicationSuspended("pact", by="RU", on="2020-04-01", episode="1"),
        ApplicationResumed("pact", by="RU", on="2020-05-01", episode="1"),
        ApplicationSuspended("pact", by="RU", on="2020-11-01", episode="2"),
        FEBRUARY, DocumentExtended("pact", on="2020-12-01", until="2021-06-30", episode="2"),
    ]  # fmt: skip
    state = pact(*story)
    assert [str(each) for each in (state.until, state.extended_on)] == ["2021-06-30", "2020-12-01"]
    assert [str(each) for each in (state.suspended_on, state.approved_on)] == ["2020-11-01", "2020-03-01"]
    state = pact(*story, APRIL, DocumentExtended("pact", on="2021-04-01", duration="P1Y", episode="3"))
    assert (state.until, str(state.extended_on)) == (None, "2021-04-01")


def test_negotiations_that_are_concluded_twice():
    """Each conclusion is one, if the desk says which; without that, two days are a dispute."""
    first, second = NegotiationConcluded("pact", on="2019-06-28"), {"on": "2021-01-06"}
    again = NegotiationConcluded("pact", episode="second text", **second)
    record = given(JANUARY, first, NegotiationResumed("pact", on="2020-03"), FEBRUARY, again)
    assert [str(act.on) for act in record.documents["pact"].acts if act.done == "concluded"] == [
        "2019-06-28",
        "2021-01-06",
    ]
    statuses = [record.as_of(on=day).documents["pact"].status for day in ("2019-12-31", "2020-12-31", "2021-02-01")]
    assert (statuses, record.disputes()) == (["negotiated", "negotiating", "negotiated"], ())
    assert len(given(JANUARY, first, FEBRUARY, NegotiationConcluded("pact", **second)).disputes()) == 1


@pytest.mark.parametrize(
    ("period", "said", "extended"),
    [
        ("2002-02-28/2022-02-28", {"duration": "P5Y"}, "2002-02-28/2027-02-28"),
        ("2016/2020", {"duration": "P2Y"}, "2016/2022"),
        ("2016-03-01/2020-02-29", {"duration": "P1Y"}, "2016-03-01/2021-02-28"),
        ("2016/2020", {"duration": "P2Y", "until": "2023"}, "2016/2023"),
        ("2016/2020", {"duration": "P18M"}, "2016/2020"),
        ("2016/2020", {"duration": ps.Duration("P2Y", "at-least")}, "2016/2020"),
        ("2016/2020", {"duration": "P2Y", "by": "RU"}, "2016/2020"),
        ("2016/..", {"duration": "P2Y"}, "2016/.."),
        ("2016/2020~", {"duration": "P2Y"}, "2016/2020~"),
    ],
)
def test_an_extension_by_years(period, said, extended):
    """It moves the last day of the period, if that is plain; what one side extends, it may not be known to move."""
    story = (
        JANUARY,
        EnteredIntoForce("pact", on="2016", period=period),
        MARCH,
        DocumentExtended("pact", on="2021", **said),
    )
    assert str(pact(*story).period) == extended
