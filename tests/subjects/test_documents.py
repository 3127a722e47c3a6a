"""Documents: plans, adoption, signatures of each party, entry into force, the end."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import (
    DocumentAcceded,
    DocumentAdopted,
    DocumentAmended,
    DocumentExpired,
    DocumentNotAdopted,
    DocumentPlanned,
    DocumentProposed,
    DocumentPublished,
    DocumentSigned,
    DocumentTerminated,
    DraftingReported,
    DraftTabled,
    EnteredIntoForce,
    MeetingHeld,
    NegotiationConcluded,
    NotificationGiven,
    ProvisionalApplicationBegan,
    RatificationCompleted,
    StatementMade,
    TermsOfReferenceAdopted,
)
from partnership.subjects.documents import Document, evolve
from partnership.testing.scenario import finding_slugs, given

JANUARY = ("2021-01-10", "VNA", "news")
FEBRUARY = ("2021-02-19", "ASEAN Secretariat", "official-release")
MARCH = ("2021-03-10", "TASS", "news")
NOVEMBER = ("2021-11-10", "TASS", "news")
PARTIES = ("ASEAN", "RU")


def mou(*story):
    """Record claims about one document, and return its state."""
    return given(*story).documents["mou"]


def due(view):
    """Return what is overdue in a view, as strings."""
    return [(one.subject, str(one.planned)) for one in view.overdue()]


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (DocumentProposed("mou", by="RU"), "proposed"),
        (DocumentPlanned("mou"), "planned"),
        (DraftTabled("mou", by="RU"), "drafting"),
        (DraftingReported("mou"), "drafting"),
        (NegotiationConcluded("mou"), "negotiated"),
        (DocumentNotAdopted("mou"), "not-adopted"),
        (DocumentAdopted("mou"), "adopted"),
        (DocumentSigned("mou"), "signed"),
        (DocumentSigned("mou", signatory="RU"), "partly-signed"),
        (RatificationCompleted("mou", signatory="RU"), None),
        (NotificationGiven("mou", signatory="RU"), None),
        (DocumentAcceded("mou", signatory="RU"), None),
        (ProvisionalApplicationBegan("mou", part="trade"), "provisional"),
        (EnteredIntoForce("mou"), "in-force"),
        (DocumentAmended("mou"), None),
        (DocumentExpired("mou"), "expired"),
        (DocumentTerminated("mou", by="RU"), "terminated"),
        (DocumentPublished("mou"), None),
    ],
    ids=lambda value: value.name if isinstance(value, ps.Event) else None,
)
def test_a_single_report(event, status):
    """Each event alone leads to its status; acts of single parties to none."""
    assert mou(JANUARY, event).status == status


def test_a_plan_of_action_that_is_drafted_and_adopted():
    """Drafting, negotiated, adopted: each date has a field of its own, and its verbs are collected."""
    plan = given(
        ("2020-02-12", "Tempo", "news"), DraftingReported("cpa", form="plan", period="2021/2025"),
        ("2021-08-10", "MFA", "official-release"), NegotiationConcluded("cpa", on="2021-08"),
        ("2021-10-28", "TASS", "news"),
        DocumentAdopted("cpa", on="2021-10-28", meeting="summit-4", verb="approved", title="CPA 2021-2025"),
        ("2021-10-29", "VNA", "news"), DocumentAdopted("cpa", on="2021-10-28", verb="adopted"),
    ).documents["cpa"]  # fmt: skip

    assert (plan.status, plan.meeting, plan.form) == ("adopted", "summit-4", "plan")
    assert (plan.negotiated_on, plan.adopted_on) == (ps.When("2021-08"), ps.When("2021-10-28"))
    assert (plan.verbs, plan.titles) == (("adopted", "approved"), ("CPA 2021-2025",))
    assert [one.done for one in plan.acts] == ["concluded", "adopted"]


# ---- plans: moved, met, overdue ----


def test_a_signature_that_is_moved_by_a_year():
    """It is overdue until a new date is planned, which is met a year later."""
    record = given(
        ("2017-09-11", "ASEAN", "official-release"), DocumentPlanned("eec", planned="2017-11", act="sign"),
        ("2018-10-01", "TASS", "news"), DocumentPlanned("eec", planned="2018-11"),
        ("2018-11-14", "EEC", "official-release"), DocumentSigned("eec", on="2018-11-14", place="Singapore"),
    )  # fmt: skip

    assert due(record.as_of("2018-01-01")) == [("document:eec", "2017-11")]
    assert [str(one) for one in record.as_of("2018-10-01").documents["eec"].previous_dates] == ["2017-11"]
    assert (record.documents["eec"].status, due(record)) == ("signed", [])


@pytest.mark.parametrize(
    ("plan", "came", "is_late"),
    [
        ({"planned": "2017-11", "act": "sign"}, DocumentSigned("eec", on="2018-11-14"), True),
        ({"planned": "2017-11"}, DocumentAdopted("eec", on="2018-11-14"), True),
        ({"planned": "2017-11", "act": "conclude"}, DocumentSigned("eec", on="2018-11-14"), True),
        ({"planned": "2017-11", "act": "conclude"}, NegotiationConcluded("eec", on="2017-11"), False),
        ({"planned": "2018", "act": "sign"}, DocumentSigned("eec", on="2018-11-14"), False),
        ({"planned": "2017-11", "act": "sign"}, DocumentSigned("eec", on="2017-12~"), False),
        ({"planned": "2017-11", "act": "sign"}, DocumentSigned("eec"), False),
        ({"planned": "2017-11", "act": "sign"}, DocumentAdopted("eec", on="2018-11-14"), False),
        ({"planned": "2017-11", "act": "accede"}, DocumentSigned("eec", on="2018-11-14"), False),
        ({"act": "sign", "by": "RU"}, DocumentSigned("eec", on="2018-11-14"), False),
    ],
)
def test_an_act_after_its_planned_date(plan, came, is_late):
    """It gives a finding if the planned date had surely passed."""
    record = given(
        ("2017-09-11", "Antara", "news"), DocumentPlanned("eec", **plan), ("2018-12-01", "TASS", "news"), came
    )
    assert ("made-late" in finding_slugs(record)) is is_late


def test_an_act_after_two_planned_dates():
    """One finding names both."""
    record = given(
        ("2017-09-11", "Antara", "news"), DocumentPlanned("eec", planned="2017-11", act="sign"),
        ("2018-02-01", "Antara", "news"), DocumentPlanned("eec", planned="2018-06", act="sign"),
        ("2018-11-15", "TASS", "news"), DocumentSigned("eec", on="2018-11-14"),
    )  # fmt: skip
    (late,) = record.findings()
    assert late.sentence == "document:eec was planned for November 2017, June 2018 and came on 14 November 2018"
    assert len(late.claims) == 3


@pytest.mark.parametrize(
    ("plans", "days"),
    [
        ([("A", "2025-12-20"), ("B", "2025-12-20")], "20 December 2025"),
        ([("A", "2025-12-20"), ("B", "2025-12-20"), ("A", "2026-01")], None),
        ([("A", "2025-12-20"), ("B", "2026-01"), ("C", "2026-01-10")], "20 December 2025, 10 January 2026"),
        ([("A", "2026-03"), ("B", "2025-12-20")], "20 December 2025"),
    ],
)
def test_an_act_after_some_of_its_planned_dates(plans, days):
    """It is late if the plan that stood last was missed; each day is named once, however many sources give it."""
    story = [
        part
        for number, (publisher, planned) in enumerate(plans)
        for part in ((f"2025-11-{number + 10}", publisher, "news"), DocumentPlanned("p", act="sign", planned=planned))
    ]
    record = given(*story, ("2026-01-18", "C", "news"), DocumentSigned("p", on="2026-01-17"))
    sentences = [finding.sentence for finding in record.findings() if finding.slug == "made-late"]
    assert sentences == ([f"document:p was planned for {days} and came on 17 January 2026"] if days else [])


def test_a_missed_date_that_is_told_after_the_act():
    """It is history where another plan stood before the act; where none did, the act was late."""
    planned = DocumentPlanned("p", act="sign", planned="2025-12-20")
    stood = (("2025-12-18", "A", "news"), DocumentPlanned("p", act="sign", planned="2026-01"))
    story = (("2026-01-18", "A", "news"), DocumentSigned("p", on="2026-01-17"), ("2026-01-20", "B", "news"), planned)
    assert "made-late" not in finding_slugs(given(*stood, *story))
    assert "made-late" in finding_slugs(given(*story))


def test_a_plan_of_one_party_that_was_missed():
    """The plan of another party does not take its place."""
    record = given(
        ("2025-11-10", "A", "news"), DocumentPlanned("p", act="ratify", planned="2025-12", by="RU"),
        ("2025-11-11", "A", "news"), DocumentPlanned("p", act="ratify", planned="2026-03", by="VN"),
        ("2026-01-18", "C", "news"), RatificationCompleted("p", on="2026-01-17", signatory="RU"),
    )  # fmt: skip
    assert "made-late" in finding_slugs(record)


def test_an_act_before_its_planned_date():
    """The plan is met by the planned act, and not by a lesser one: adoption is not signature."""
    planned = DocumentPlanned("mou", planned="2021-12", act="sign", parties=PARTIES)
    adopted = (MARCH, DocumentAdopted("mou", on="2021-03-01"))
    signed = (NOVEMBER, DocumentSigned("mou", on="2021-11-01"))

    assert due(given(JANUARY, planned, *adopted)) == [("document:mou", "2021-12")]
    assert due(given(JANUARY, planned, *adopted, *signed)) == []
    assert due(given(JANUARY, DocumentPlanned("mou", planned="2021-12"), *adopted)) == []


def test_talks_that_are_to_be_concluded():
    """A plan to conclude is met by the end of negotiations; a plan to adopt is not."""
    story = (MARCH, NegotiationConcluded("mou", on="2021-03-01"))
    assert due(given(JANUARY, DocumentPlanned("mou", planned="2021", act="conclude"), *story)) == []
    assert due(given(JANUARY, DocumentPlanned("mou", planned="2021", act="adopt"), *story)) == [
        ("document:mou", "2021")
    ]


def test_a_summit_that_fails_to_adopt():
    """The plan has an outcome and is not overdue; a new plan is expected again."""
    failed = DocumentNotAdopted("mou", on="2021-03-01", meeting="summit", by="US", reason="no consensus")
    story = (JANUARY, DocumentPlanned("mou", planned="2021-03", act="adopt"), MARCH, failed)
    again = (NOVEMBER, DocumentPlanned("mou", planned="2021-12"))
    record = given(*story)
    row = record.documents["mou"].acts[0]

    assert (due(record), finding_slugs(record)) == ([], {"not-adopted"})
    assert (row.done, row.meeting, row.by, row.reason) == ("not-adopted", "summit", ("US",), "no consensus")
    assert due(given(*story, *again)) == [("document:mou", "2021-12")]


def test_a_plan_reported_after_adoption():
    """Nothing is expected, except for a signature, which may still follow."""
    adopted = (JANUARY, DocumentAdopted("mou", on="2021-01-05"))
    late = mou(*adopted, MARCH, DocumentPlanned("mou", planned="2021-12"))
    ahead = mou(*adopted, MARCH, DocumentPlanned("mou", planned="2021-12", act="sign"))
    assert (late.expected, [str(one.planned) for one in ahead.outstanding]) == ((), ["2021-12"])


def test_a_newer_plan_without_the_condition():
    """The condition and the tentativeness end with the older plan; a plan without a date keeps both."""
    first = DocumentPlanned("mou", planned="2021-06", by="RU", condition="if ready", is_tentative=True)
    plan = mou(JANUARY, first, MARCH, DocumentPlanned("mou", planned="2021-12"))
    assert (plan.condition, plan.is_tentative, plan.planned_by) == (None, None, ("RU",))
    plan = mou(JANUARY, first, MARCH, DocumentPlanned("mou", act="adopt"))
    assert (plan.condition, plan.is_tentative, plan.act) == ("if ready", True, "adopt")


def test_a_plan_without_a_day():
    """It gives a finding; one with a date does not."""
    assert finding_slugs(given(JANUARY, DocumentPlanned("mou"))) == {"planned-without-date"}
    assert finding_slugs(given(JANUARY, DocumentPlanned("mou", planned="2021"))) == set()


# ---- acts of single parties ----


def test_a_memorandum_signed_by_one_party_after_the_other():
    """Each act has its own place and date; when all parties have signed, it is signed and the plan is met."""
    asean = DocumentSigned(
        "mou", signatory="ASEAN", on="2021-02-19", place="Jakarta", signed_by="Lim Jock Hoi", parties=PARTIES
    )
    story = (JANUARY, DocumentPlanned("mou", planned="2021-02", act="sign"), FEBRUARY, asean)
    russia = (MARCH, DocumentSigned("mou", signatory="RU", on="2021-03-01"))
    half, whole = given(*story), given(*story, *russia)

    assert (half.documents["mou"].status, due(half)) == ("partly-signed", [("document:mou", "2021-02")])
    assert (whole.documents["mou"].status, due(whole)) == ("signed", [])
    first = whole.documents["mou"].acts[0]
    assert (first.party, first.place, first.signed_by) == ("ASEAN", "Jakarta", ("Lim Jock Hoi",))
    assert finding_slugs(whole) == {"signed-on-different-days"}


def test_a_signature_while_the_parties_are_unknown():
    """It is not known that all have signed, nor that one is missing."""
    record = given(
        JANUARY, DocumentPlanned("mou", planned="2021-02", act="sign"),
        FEBRUARY, DocumentSigned("mou", signatory="ASEAN", on="2021-02-19"),
    )  # fmt: skip
    assert (record.documents["mou"].status, due(record)) == ("partly-signed", [])


def test_a_second_signature_of_an_unknown_day():
    """It may have been on the same day, so there is no finding."""
    story = (
        FEBRUARY, DocumentSigned("mou", signatory="ASEAN", on="2021-02-19"),
        DocumentSigned("mou", signatory="RU", on="../2021-02-19"),
    )  # fmt: skip
    assert finding_slugs(given(*story)) == set()


def test_an_accession_that_is_planned():
    """It is met only by the party that planned it; accession to a treaty in force may still be planned."""
    treaty = (
        ("1976-02-25", "ASEAN", "official-text"), DocumentSigned("tac", on="1976-02-24"),
        EnteredIntoForce("tac", on="1976-07-15"),
        ("2004-10-01", "TASS", "news"), DocumentPlanned("tac", act="accede", by="RU", planned="2004-11-29"),
    )  # fmt: skip
    other = (("2007-01-14", "AFP", "news"), DocumentAcceded("tac", signatory="FR", on="2007-01-13"))
    late = (("2008-01-14", "TASS", "news"), DocumentAcceded("tac", signatory="RU", on="2004-11-01"))

    assert due(given(*treaty, *other)) == [("document:tac", "2004-11-29")]
    assert due(given(*treaty, *other, *late)) == []
    assert given(*treaty, *late).documents["tac"].by("acceded") == {"RU"}


def test_a_planned_accession_without_a_party():
    """Any accession fulfils it."""
    story = (JANUARY, DocumentPlanned("tac", act="accede", planned="2021-03"))
    assert due(given(*story, MARCH, DocumentAcceded("tac", signatory="FR", on="2021-03-01"))) == []
    assert due(given(*story)) == [("document:tac", "2021-03")]


def test_sources_that_differ_on_a_signature():
    """The row is disputed."""
    story = (JANUARY, DocumentSigned("mou", on="2021-01-04"), MARCH, DocumentSigned("mou", on="2021-01-05"))
    assert mou(*story).acts[0].is_disputed
    assert mou(*story).disputed == ("signed_on",)


# ---- plans of several acts ----

SIGNED = (JANUARY, DocumentSigned("mou", on="2021-01-05", parties=PARTIES))
OUTCOMES = {
    "ratify": RatificationCompleted("mou", on="2021-11-02"),
    "apply": ProvisionalApplicationBegan("mou", on="2021-11-02"),
    "enter-into-force": EnteredIntoForce("mou", on="2021-11-02"),
    "conclude": RatificationCompleted("mou", on="2021-11-02"),
    "accede": DocumentAcceded("mou", signatory="VN", on="2021-11-02"),
    "terminate": DocumentTerminated("mou", on="2021-11-02"),
}
"""By planned act that may follow a signature, an event that fulfils it."""


def plan_of(act, planned="2021-11", **said):
    """Return a plan of an act."""
    return DocumentPlanned("mou", act=act, planned=planned, **said)


@pytest.mark.parametrize("act", OUTCOMES)
@pytest.mark.parametrize("other", OUTCOMES)
def test_a_plan_for_a_signed_document(act, other):
    """It is expected, falls overdue, and is met by its own act; entry into force shows that it was ratified."""
    story = (*SIGNED, MARCH, plan_of(act))
    came = (("2021-12-01", "TASS", "news"), OUTCOMES[other])
    is_met = (
        OUTCOMES[act] == OUTCOMES[other]
        or other == "terminate"
        or (act in ("apply", "conclude", "ratify") and other == "enter-into-force")
    )

    assert [(one.act, str(one.planned)) for one in mou(*story).outstanding] == [(act, "2021-11")]
    assert due(given(*story)) == [("document:mou", "2021-11")]
    assert due(given(*story, *came)) == ([] if is_met else [("document:mou", "2021-11")])


@pytest.mark.parametrize("planned", ["2019", "../2019-06-30", "[2018-12..2019-03]"])
def test_a_treaty_that_is_to_be_concluded_after_its_signature(planned):
    """Its conclusion is not the signature, which came before; it is its ratification, or entry into force."""
    story = (
        ("2018-07-18", "EEC", "official-release"), DocumentSigned("t", on="2018-07-17"),
        ("2018-12-22", "TASS", "news"), DocumentPlanned("t", act="conclude", planned=planned, on="2018-12-21"),
    )  # fmt: skip
    ratified = (("2019-02-03", "TASS", "news"), RatificationCompleted("t", on="2019-02-01"))
    in_force = (("2020-02-03", "TASS", "news"), EnteredIntoForce("t", on="2020-02-01"))

    assert due(given(*story)) == [("document:t", planned)]
    assert due(given(*story, *ratified)) == []
    assert due(given(*story, *in_force)) == []
    assert finding_slugs(given(*story, *in_force)) == {"made-late"}


def test_a_conclusion_reported_after_the_signature_that_it_meant():
    """Nothing is expected: the day planned is not after the signature, or the treaty is in force."""
    late = (MARCH, plan_of("conclude", "2021-01"))
    in_force = (("2021-02-02", "TASS", "news"), EnteredIntoForce("mou", on="2021-02-01"))

    assert mou(*SIGNED, *late).expected == ()
    assert mou(*SIGNED, *in_force, MARCH, plan_of("conclude")).expected == ()


def test_one_report_of_plans_of_two_acts():
    """Both are expected, and neither moves the other."""
    state = mou(JANUARY, plan_of("conclude", "../2021-08-31"), plan_of("sign", "2021-10-24"))
    assert [(one.act, str(one.planned)) for one in state.expected] == [
        ("conclude", "../2021-08-31"),
        ("sign", "2021-10-24"),
    ]
    record = given(JANUARY, plan_of("sign", "2021-11-15"), plan_of("apply", "2022-01-01"))
    signed = (NOVEMBER, DocumentSigned("mou", on="2021-11-09"))

    assert due(record) == [("document:mou", "2021-11-15"), ("document:mou", "2022-01-01")]
    assert [(one.act, str(one.planned)) for one in record.documents["mou"].expected] == [
        ("sign", "2021-11-15"),
        ("apply", "2022-01-01"),
    ]
    assert (record.findings(), record.disputes()) == ((), ())
    assert due(given(JANUARY, plan_of("sign", "2021-11-15"), plan_of("apply", "2022-01-01"), *signed)) == [
        ("document:mou", "2022-01-01")
    ]


def test_a_newer_plan_of_one_of_two_acts():
    """It moves the day of this act only; a plan that names no act after the signature is of the one that remains."""
    story = (JANUARY, plan_of("sign", "2021-02"), plan_of("ratify", "2021-06"))
    signature = mou(*story, FEBRUARY, plan_of("sign", "2021-05"))
    ratification = mou(
        *story, FEBRUARY, DocumentSigned("mou", on="2021-02-18"), MARCH, DocumentPlanned("mou", planned="2021-08")
    )

    assert [(one.act, str(one.planned)) for one in signature.expected] == [("sign", "2021-05"), ("ratify", "2021-06")]
    assert signature.previous_dates == (ps.When("2021-02"),)
    assert [(one.act, str(one.planned)) for one in ratification.outstanding] == [("ratify", "2021-08")]
    assert ratification.previous_dates == (ps.When("2021-06"),)


def test_plans_that_name_no_act():
    """They are about the only act of making that is planned, or about another one if there are several."""
    one = mou(
        JANUARY,
        plan_of("sign", "2021-05"),
        plan_of("ratify", "2021-12"),
        MARCH,
        DocumentPlanned("mou", planned="2021-07"),
    )
    several = mou(
        JANUARY,
        plan_of("sign", "2021-05"),
        plan_of("conclude", "2021-04"),
        MARCH,
        DocumentPlanned("mou", planned="2021-07"),
    )
    named_later = mou(JANUARY, DocumentPlanned("mou", planned="2021-05"), MARCH, plan_of("sign", "2021-07"))

    assert [(one.act, str(one.planned)) for one in one.expected] == [("sign", "2021-07"), ("ratify", "2021-12")]
    assert [one.act for one in several.expected] == ["conclude", "sign", None]
    assert [(one.act, str(one.planned)) for one in named_later.expected] == [("sign", "2021-07")]
    assert named_later.previous_dates == (ps.When("2021-05"),)


def test_ratifications_that_two_parties_plan():
    """Each is expected of its party, and met by this party only."""
    story = (*SIGNED, FEBRUARY, plan_of("ratify", "2021-06", by="RU"), MARCH, plan_of("ratify", "2021-08", by="VN"))
    came = (NOVEMBER, RatificationCompleted("mou", signatory="VN", on="2021-07-01"))
    of_all = (NOVEMBER, RatificationCompleted("mou", on="2021-07-01"))
    moved = (("2021-03-11", "TASS", "news"), plan_of("ratify", "2021-09", by="RU"))

    assert [(one.by, str(one.planned)) for one in mou(*story).expected] == [(("RU",), "2021-06"), (("VN",), "2021-08")]
    assert [(one.by, str(one.planned)) for one in mou(*story, *moved).expected] == [
        (("VN",), "2021-08"),
        (("RU",), "2021-09"),
    ]
    assert due(given(*story, *came)) == [("document:mou", "2021-06")]
    assert due(given(*story, *of_all)) == []
    assert finding_slugs(given(*story, *came)) == set()


def test_a_ratification_planned_without_its_party():
    """A plan that names the party is about the same; it is met when all known parties have ratified."""
    story = (*SIGNED, FEBRUARY, plan_of("ratify", "2021-06"))
    one = (NOVEMBER, RatificationCompleted("mou", signatory="RU", on="2021-05-01"))
    other = (NOVEMBER, RatificationCompleted("mou", signatory="ASEAN", on="2021-06-01"))

    assert due(given(*story, *one)) == [("document:mou", "2021-06")]
    assert due(given(*story, *one, *other)) == []
    named_later = mou(*story, MARCH, plan_of("ratify", "2021-08", by="RU"))
    assert [(one.by, str(one.planned)) for one in named_later.expected] == [(("RU",), "2021-08")]


def test_a_termination_by_another_party():
    """It ends the document, so that nothing is expected of it any more."""
    story = (*SIGNED, FEBRUARY, plan_of("terminate", "2021-06", by="RU"), plan_of("ratify", "2021-07"))
    ended = (NOVEMBER, DocumentTerminated("mou", by="ASEAN", on="2021-05-01"))

    assert due(given(*story)) == [("document:mou", "2021-06"), ("document:mou", "2021-07")]
    assert due(given(*story, *ended)) == []
    assert mou(*SIGNED, FEBRUARY, DocumentExpired("mou", on="2021-02-01"), MARCH, plan_of("ratify")).expected == ()


def test_an_adoption_on_the_day_of_a_planned_signature():
    """It does not meet the plan, since it is another act."""
    story = (JANUARY, plan_of("sign", "2021-03"), MARCH, DocumentAdopted("mou", on="2021-03-05"))
    assert due(given(*story)) == [("document:mou", "2021-03")]


def test_talks_that_end_before_the_day_planned():
    """They are concluded, whenever that was; the signature may be planned beside it."""
    story = (JANUARY, plan_of("conclude", "2021-12"), plan_of("sign", "2022"))
    assert due(given(*story, MARCH, NegotiationConcluded("mou", on="2021-03-01"))) == [("document:mou", "2022")]


def test_a_signature_on_a_day_from_which_it_had_been_moved():
    """It was kept after all, so it is no previous date."""
    story = (JANUARY, plan_of("sign", "2021-03-01"), FEBRUARY, plan_of("sign", "2021-09-01"))
    assert mou(*story).previous_dates == (ps.When("2021-03-01"),)
    assert mou(*story, MARCH, DocumentSigned("mou", on="2021-03-01")).previous_dates == ()


def test_a_newer_plan_of_another_act():
    """The side and the condition of the other plan are not its own."""
    state = mou(JANUARY, plan_of("sign", by="RU", condition="if ready"), MARCH, plan_of("apply", "2022"))
    assert (state.act, state.planned_by, state.condition) == ("apply", (), None)


@pytest.mark.parametrize(
    ("plan", "came", "is_late"),
    [
        (plan_of("ratify", "2021-02"), RatificationCompleted("mou", on="2021-03-01"), True),
        (plan_of("ratify", "2021-02", by="RU"), RatificationCompleted("mou", signatory="VN", on="2021-03-01"), False),
        (plan_of("apply", "2021-02"), ProvisionalApplicationBegan("mou", on="2021-03-01"), True),
        (plan_of("enter-into-force", "2021-02"), EnteredIntoForce("mou", on="2021-03-01"), True),
        (plan_of("enter-into-force", "2021-02"), RatificationCompleted("mou", on="2021-03-01"), False),
        (plan_of("terminate", "2021-02"), DocumentTerminated("mou", on="2021-03-01"), True),
    ],
)
def test_a_later_act_after_its_planned_date(plan, came, is_late):
    """It gives a finding, as a late signature does."""
    assert ("made-late" in finding_slugs(given(*SIGNED, plan, MARCH, came))) is is_late


# ---- findings ----


@pytest.mark.parametrize(
    ("events", "slugs"),
    [
        ([EnteredIntoForce("mou", on="2020-01"), DocumentSigned("mou", on="2020-02")], {"in-force-before-consent"}),
        ([EnteredIntoForce("mou", on="2020-01", is_retroactive=True), DocumentSigned("mou", on="2020-02")], set()),
        ([EnteredIntoForce("mou", on="2020-01")], set()),
        ([DocumentExpired("mou", on="2019"), DocumentAdopted("mou", on="2020-02")], {"ended-before-made"}),
        ([DocumentTerminated("mou", on="2020-12"), DocumentAdopted("mou", on="2020-02")], set()),
        ([DocumentAdopted("mou", on="2020-10-28", period="2020-01/2025")], {"period-before-adoption"}),
        ([DocumentAdopted("mou", on="2020-10-28", period="2021/2025")], set()),
        ([DocumentAdopted("mou", on="2020-10-28", period="2020~")], set()),
        (
            [DocumentProposed("mou", title="Road map"), DocumentAdopted("mou", title="Work plan")],
            {"adopted-under-other-name"},
        ),
        ([DocumentProposed("mou", title="Road map"), DocumentAdopted("mou", title="Road Map")], set()),
        (
            [DocumentNotAdopted("mou", meeting="summit"), DocumentAdopted("mou", meeting="summit")],
            {"adopted-and-not-adopted"},
        ),
        ([DocumentNotAdopted("mou", meeting="summit"), DocumentAdopted("mou", meeting="next")], set()),
        (
            [DocumentNotAdopted("mou", on="2020-10-28"), DocumentAdopted("mou", on="2020-10-28")],
            {"adopted-and-not-adopted"},
        ),
    ],
)
def test_a_course_of_events(events, slugs):
    """It gives these findings."""
    assert finding_slugs(given(JANUARY, *events)) == slugs


def test_a_treaty_applied_for_years_before_it_is_in_force():
    """There is no finding; each act of each party, and each date, is in the state."""
    record = given(
        JANUARY, DocumentSigned("t", on="2010-01", supersedes="old", is_binding=True),
        ProvisionalApplicationBegan("t", on="2011", part="trade"),
        RatificationCompleted("t", signatory="RU", on="2012"), NotificationGiven("t", signatory="RU", on="2013"),
        EnteredIntoForce("t", on="2014"), DocumentAmended("t", on="2015"), DocumentPublished("t", on="2016"),
        DocumentTerminated("t", on="2017", by="RU", reason="changed course"),
    )  # fmt: skip
    one = record.documents["t"]
    assert finding_slugs(record) == set()
    assert (one.status, one.part, one.supersedes, one.is_binding) == ("terminated", "trade", "old", True)
    days = (one.applied_on, one.in_force_on, one.published_on, one.terminated_on)
    assert [str(day) for day in days] == ["2011", "2014", "2016", "2017"]
    assert [(each.done, each.party) for each in one.acts][2:4] == [("ratified", "RU"), ("notified", "RU")]


def test_an_event_of_another_kind():
    """It does not change a document."""
    occurrence = given(JANUARY, StatementMade("mou", text="one")).occurrences[0]
    assert evolve(Document("document:mou"), occurrence) == Document("document:mou")


# ---- acts of one side ----


def test_two_sides_that_terminate():
    """They are two acts, on days of their own, and no dispute."""
    record = given(
        JANUARY, DocumentSigned("pact", on="2021-01-02", parties=PARTIES),
        FEBRUARY, DocumentTerminated("pact", on="2021-02-18", by="RU", reason="breach"),
        MARCH, DocumentTerminated("pact", on="2021-03-09", by="ASEAN"),
    )  # fmt: skip
    pact = record.documents["pact"]

    assert [(act.by, str(act.on)) for act in pact.acts[1:]] == [(("RU",), "2021-02-18"), (("ASEAN",), "2021-03-09")]
    assert (pact.by("terminated"), str(pact.terminated_on), pact.disputed) == ({"ASEAN", "RU"}, "2021-03-09", ())
    assert record.disputes() == ()


def test_two_sides_that_adopt():
    """Each adopts it for itself; two days of one side are a dispute as ever."""
    apart = [
        FEBRUARY,
        DocumentAdopted("plan", on="2021-02-18", by="ASEAN"),
        DocumentAdopted("plan", on="2021-02-10", by="RU"),
    ]
    plan = given(*apart).documents["plan"]
    disputed = given(*apart, MARCH, DocumentAdopted("plan", on="2021-02-11", by="RU"))

    assert (plan.status, plan.by("adopted"), plan.disputed) == ("adopted", {"ASEAN", "RU"}, ())
    assert [dispute.names for dispute in disputed.disputes()] == [("on",)]
    assert given(FEBRUARY, DocumentAdopted("plan")).documents["plan"].by("adopted") == {None}


def test_notices_of_different_matters():
    """They are two acts of one party, and a notice of termination completes nothing."""
    record = given(
        FEBRUARY, NotificationGiven("pact", signatory="RU", on="2021-02-01"),
        MARCH, NotificationGiven("pact", signatory="RU", on="2021-03-01", matter="termination"),
        NotificationGiven("pact", signatory="ASEAN", on="2021-03-02", matter="suspension"),
    )  # fmt: skip
    (row,) = record.documents_register()

    assert [act.matter for act in record.documents["pact"].acts] == [None, "termination", "suspension"]
    assert [(one.party, one.notified and str(one.notified.on)) for one in row.parties] == [
        ("ASEAN", None),
        ("RU", "2021-02-01"),
    ]
    with pytest.raises(InvalidEvent, match="matter"):
        NotificationGiven("pact", matter="anything")


# ---- adopted in the report of another subject ----


@pytest.mark.parametrize(
    ("report", "adopted_on", "meeting"),
    [
        (MeetingHeld("m", on="2021-03-20", place="Hanoi", adopted=["document:d"]), "2021-03-20", "m"),
        (MeetingHeld("m", on="2021-03", adopted=["document:c", "document:d", "plan:d"]), "2021-03", "m"),
        (MeetingHeld("m", on="2021-03-20/2021-03-21", adopted=["document:d"]), "None", "m"),
        (MeetingHeld("m", adopted=["document:d"]), "None", "m"),
        (TermsOfReferenceAdopted("s", document="d", on="2021-03-20"), "2021-03-20", None),
    ],
)
def test_a_report_on_another_subject_that_names_it_as_adopted(report, adopted_on, meeting):
    """It is adopted, its plan is met, and the act says where that stands."""
    story = (("2021-01-10", "VNA", "news"), DocumentPlanned("d", planned="2021-03"), ("2021-04-01", "TASS", "news"))
    record = given(*story, report)
    document = record.documents["d"]
    assert (document.status, str(document.adopted_on), document.meeting) == ("adopted", adopted_on, meeting)
    assert [(act.done, act.asserted_by) for act in document.acts] == [("adopted", report.about)]
    assert record.overdue() == ()
    assert record.as_of("2021-03-31").documents["d"].status == "planned"
    assert record.as_of("2021-03-31").upcoming()[0].subject == "document:d"
    assert record.why("document:d", "status").reasons["status"].because[0].source.publisher == "TASS"


@pytest.mark.parametrize(
    "own", [DocumentAdopted("d", on="2021-03-19", place="Hue"), DocumentAdopted("d", on="2021-03-21", place="Hue")]
)
def test_a_report_on_its_adoption_and_one_on_the_meeting(own):
    """The report on the adoption itself counts, whichever day comes first."""
    meeting = MeetingHeld("m", on="2021-03-20", place="Hanoi", adopted=["document:d"])
    document = given(("2021-04-01", "TASS", "news"), meeting, own).documents["d"]
    assert (document.adopted_on, document.place) == (own.on, "Hue")
    assert [act.asserted_by for act in document.acts] == [None]


def test_an_adoption_by_one_side_and_one_by_a_meeting():
    """Both are acts: a side adopted it, and then the meeting of all."""
    meeting = MeetingHeld("m", on="2021-03-20", adopted=["document:d"])
    own = DocumentAdopted("d", on="2021-03-21", by="RU")
    document = given(("2021-04-01", "TASS", "news"), meeting, own).documents["d"]
    assert [(act.by, act.asserted_by) for act in document.acts] == [((), "meeting:m"), (("RU",), None)]


def test_two_meetings_that_adopted_it():
    """The first counts."""
    meetings = [MeetingHeld(slug, on=f"2021-03-{day}", adopted=["document:d"]) for slug, day in (("m", 20), ("n", 22))]
    document = given(("2021-04-01", "TASS", "news"), *meetings).documents["d"]
    assert (str(document.adopted_on), document.meeting, len(document.acts)) == ("2021-03-20", "m", 1)


def test_a_signed_document_that_a_meeting_adopted():
    """It stays signed, and gains what was not known."""
    story = (("2021-04-01", "TASS", "news"), DocumentSigned("d", on="2021-03-20", meeting="n", place="Hue"))
    meeting = MeetingHeld("m", on="2021-03-25", place="Hanoi", adopted=["document:d"])
    document = given(*story, meeting).documents["d"]
    assert (document.status, document.meeting, document.place) == ("signed", "n", "Hue")
    assert str(document.adopted_on) == "2021-03-25"


def test_a_meeting_that_adopted_and_did_not_adopt_it():
    """Both cannot be right."""
    meeting = MeetingHeld("m", on="2021-03-20", adopted=["document:d"])
    at_meeting, elsewhere = DocumentNotAdopted("d", meeting="m"), DocumentNotAdopted("d", meeting="n")
    terms = TermsOfReferenceAdopted("s", document="d", on="2021-03-20")
    failed = DocumentNotAdopted("d", on="2021-03-20")
    source = ("2021-04-01", "TASS", "news")
    assert "adopted-and-not-adopted" in finding_slugs(given(source, meeting, at_meeting))
    assert "adopted-and-not-adopted" in finding_slugs(given(source, terms, failed))
    assert "adopted-and-not-adopted" not in finding_slugs(given(source, meeting, elsewhere))


@pytest.mark.parametrize(
    ("period", "is_odd"),
    [("2021/2025", False), ("2021-01/2025", True), ("2021-01-01/2025-12-31", True), ("2020/2025", True)],
)
def test_a_period_that_surely_had_begun(period, is_odd):
    """A period of years may begin on any day of its first year: only what must have begun is found."""
    record = given(("2021-04-01", "TASS", "news"), DocumentAdopted("d", on="2021-03-20", period=period))
    assert ("period-before-adoption" in finding_slugs(record)) is is_odd


# ---- previous dates and open plans of each act ----


def planned(act, day=None, **fields):
    """Return a plan of one act."""
    return DocumentPlanned("d", act=act, planned=day, **fields)


SIGNATURE_MOVED = (
    ("2021-01-10", "VNA", "news"), planned("sign", "2021-03-01"),
    ("2021-02-01", "TASS", "news"), planned("sign", "2021-04-01"),
)  # fmt: skip


def test_previous_dates_are_those_of_one_act():
    """That a signature was moved says nothing about the ratification, in any answer."""
    record = given(*SIGNATURE_MOVED, planned("ratify", "2021-09"))
    view = record.as_of("2021-02-02")
    assert [(item.act, [str(day) for day in item.previous_dates]) for item in view.upcoming()] == [
        ("sign", ["2021-03-01"]),
        ("ratify", []),
    ]
    assert [str(move) for move in view.calendar().moved] == [
        "document:d: to sign, planned 1 March 2021, now 1 April 2021"
    ]
    assert "September 2021, to ratify: still to come, known since 1 February 2021 [" in str(view.dossier("d"))
    record.add(DocumentSigned("d", on="2021-04-01"), source=ps.Source("TASS", published="2021-04-02", kind="news"))
    assert record.as_of("2021-04-03").calendar().moved == ()


def test_a_plan_that_moved_after_another_act_was_carried_out():
    """Each act is moved by itself, and all previous dates stay in the state."""
    later = (
        ("2021-04-02", "TASS", "news"), DocumentSigned("d", on="2021-04-01"), planned("ratify", "2021-09"),
        ("2021-06-01", "TASS", "news"), planned("ratify", "2021-11"),
    )  # fmt: skip
    view = given(*SIGNATURE_MOVED, *later).as_of("2021-06-02")
    assert [(move.act, [str(day) for day in move.earlier]) for move in view.calendar().moved] == [
        ("ratify", ["2021-09"])
    ]
    assert [str(day) for day in view.documents["d"].previous_dates] == ["2021-03-01", "2021-09"]


def test_a_previous_date_of_an_unnamed_act():
    """The act that a later plan names is the same one, so its date was moved."""
    story = (("2021-01-10", "VNA", "news"), planned(None, "2021-03"), NOVEMBER, planned("sign", "2021-12"))
    (item,) = given(*story).as_of("2021-11-11").upcoming()
    assert (item.act, [str(day) for day in item.previous_dates]) == ("sign", ["2021-03"])


@pytest.mark.parametrize(("last", "previous"), [("2021-05-20", []), ("2021-07-20", ["2021-05"])])
def test_a_previous_date_of_an_act_that_was_kept_after_all(last, previous):
    """A ratification was on a date if the last party acted on it."""
    story = (
        JANUARY, planned("ratify", "2021-05", by=PARTIES),
        MARCH, planned("ratify", "2021-08", by=PARTIES),
        NOVEMBER, RatificationCompleted("d", signatory="RU", on="2021-05-02"),
        RatificationCompleted("d", signatory="ASEAN", on=last),
    )  # fmt: skip
    assert [str(day) for day in given(*story).documents["d"].previous_dates] == previous


def test_the_provisos_of_a_plan_are_not_those_of_another_act():
    """A plan without a date of another act is the newest one too."""
    plan = planned("sign", "2021-03", condition="the text", is_tentative=True, by="RU")
    state = given(JANUARY, plan, MARCH, planned("ratify")).documents["d"]
    assert (state.act, state.condition, state.is_tentative, state.planned_by) == ("ratify", None, None, ())


def open_plans(*story):
    """Return what is open without a date, with its act and since when."""
    items = given(*story).as_of("2021-12-31").overdue()
    return [(item.act, str(item.since)) for item in items if item.standing == "without-date"]


@pytest.mark.parametrize("act", ["sign", "ratify", "apply", "accede", "conclude", "enter-into-force", "terminate"])
def test_an_open_plan_of_any_act(act):
    """It stands beside a dated plan of another act, and after other acts."""
    other = planned("adopt", "2021-02")
    assert open_plans(JANUARY, other, planned(act)) == [(act, "2021-01-10")]
    assert open_plans(JANUARY, planned(act), FEBRUARY, DocumentAdopted("d", on="2021-02-18")) == (
        [] if act == "conclude" else [(act, "2021-01-10")]
    )


@pytest.mark.parametrize(
    ("act", "done"),
    [
        (None, DocumentAdopted("d", on="2021-03-01")),
        ("sign", DocumentSigned("d", on="2021-03-01")),
        ("enter-into-force", EnteredIntoForce("d", on="2021-03-01")),
        ("ratify", RatificationCompleted("d", signatory="RU", on="2021-03-01")),
        ("ratify", DocumentExpired("d", on="2021-03-01")),
        ("adopt", DocumentNotAdopted("d", on="2021-03-01")),
    ],
)
def test_an_open_plan_that_was_met(act, done):
    """Once the act took place, failed, or the document ended, nothing is open; a report that comes later opens none."""
    assert open_plans(JANUARY, planned(act), MARCH, done) == []
    after = [] if act not in ("adopt", "ratify") or isinstance(done, DocumentExpired) else [(act, "2021-11-10")]
    assert open_plans(MARCH, done, NOVEMBER, planned(act)) == after


def test_an_open_plan_that_gets_a_date():
    """The date takes its place, and a later plan without one does not open it again; nor does one without an act."""
    story = (JANUARY, planned("ratify"), MARCH, planned("ratify", "2022-03"))
    assert open_plans(*story) == []
    assert open_plans(*story, NOVEMBER, planned("ratify")) == []
    assert open_plans(JANUARY, planned("adopt", "2022-03"), planned("sign", "2022-05"), NOVEMBER, planned(None)) == []
    assert open_plans(JANUARY, planned("ratify"), MARCH, planned("sign", "2022-03")) == [("ratify", "2021-01-10")]


def test_an_open_plan_that_is_repeated():
    """It is known since the first report, also where a later one names the act."""
    assert open_plans(JANUARY, planned("sign"), MARCH, planned("sign"), NOVEMBER, planned(None)) == [
        ("sign", "2021-01-10")
    ]
    assert open_plans(JANUARY, planned(None), MARCH, planned("sign")) == [("sign", "2021-01-10")]


def test_open_plans_of_parties():
    """Each party acts by itself, and one that is named says whose act an earlier report meant."""
    plans = (JANUARY, planned("ratify", by="RU"), MARCH, planned("ratify", by="ASEAN"))
    assert open_plans(*plans) == [("ratify", "2021-01-10"), ("ratify", "2021-03-10")]
    done = RatificationCompleted("d", signatory="RU", on="2021-11-01")
    assert open_plans(*plans, NOVEMBER, done) == [("ratify", "2021-03-10")]
    state = given(*plans).documents["d"]
    assert [*map(str, state.open_without_date)] == ["to ratify by RU", "to ratify by ASEAN"]
    assert [*map(str, given(JANUARY, planned(None)).documents["d"].open_without_date)] == ["to be made"]
    named = given(JANUARY, planned("ratify"), MARCH, planned("ratify", by="RU")).documents["d"]
    assert [*map(str, named.open_without_date)] == ["to ratify by RU"]


def test_an_open_plan_after_a_failed_adoption():
    """What failed on its planned day is planned again, without a date."""
    story = (JANUARY, planned("adopt", "2021-03"), MARCH, DocumentNotAdopted("d", on="2021-03-05"))
    assert open_plans(*story, NOVEMBER, planned("adopt")) == [("adopt", "2021-11-10")]


def test_a_failed_adoption_on_a_previous_date():
    """It did not take place on that date, which stays a previous one."""
    story = (
        JANUARY, planned("adopt", "2021-02-18"), ("2021-02-01", "VNA", "news"), planned("adopt", "2021-12"),
        FEBRUARY, DocumentNotAdopted("d", on="2021-02-18"),
    )  # fmt: skip
    assert [str(day) for day in given(*story).documents["d"].previous_dates] == ["2021-02-18"]
