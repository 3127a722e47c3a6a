"""What press reports say of shares, planned numbers, channels, returns, changes and resumptions, recorded exactly.

Each test paraphrases a sentence of a published report, records it, and asks what a reader would ask.
"""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import (
    AnniversaryAnnounced,
    AnniversaryMarked,
    AppointmentAnnounced,
    CommitmentMade,
    CommitmentProgressReported,
    CountReported,
    DialogueLaunched,
    DialoguePreparationReported,
    DialogueResumed,
    DialogueResumptionPlanned,
    DialogueSuspended,
    FundContributionPledged,
    FundUseReported,
    InKindPledged,
    MeasureChanged,
    MeasureLifted,
    MeasureTaken,
    MeetingHeld,
    MemberAdmitted,
    MembershipApplied,
    MembershipEnded,
    PlanProgressReported,
    ProjectFunded,
    ProjectPlanned,
    ProjectSpendingReported,
    ProposalMade,
    ProposalWelcomed,
    RecurringContributionStated,
    RelationsEstablished,
    RelationsResumed,
    RelationsResumptionPlanned,
    RelationsSuspended,
    RepresentationRestricted,
    RoleObserved,
    SeriesEstablished,
    SeriesFrequencyAgreed,
    SeriesFrequencyProposed,
    VisitMade,
)
from partnership.testing import finding_slugs, given

NEWS = ("2024-05-02", "AFP", "news")


# ---- shares, totals and planned numbers ----


def test_more_than_half_of_the_missions():
    """More than half of a union's missions are in Africa; no number is given."""
    record = given(
        NEWS,
        CountReported("missions-in-africa", what="missions and operations of the EU are in Africa", by="EU",
                      share=ps.Percent(50, "at-least"), as_of="../2024-05-02"),
    )  # fmt: skip
    state = record.counts["missions-in-africa"]

    assert (state.number, state.share) == (None, ps.Percent(50, "at-least"))
    assert state.title == "at least 50 % of missions and operations of the EU are in Africa"
    assert finding_slugs(record) == set()


def test_so_many_of_so_many_and_the_share():
    """Some 12 of 22 missions: the share and the number stand beside each other."""
    state = given(NEWS, CountReported("n", what="missions", number=12, total=22, share=55)).counts["n"]

    assert (state.number, state.total, state.share) == (ps.Count(12), ps.Count(22), ps.Percent(55))


def test_events_that_are_planned():
    """A year of culture is to bring 600 events, of which 40 have taken place by May (France and China, 2024)."""
    events = CountReported("year-events", what="events of the year", number=ps.Count(600, "about"), planned="2024")
    record = given(NEWS, events, CountReported("year-events", what="events of the year", number=40, as_of="2024-05"))
    state = record.counts["year-events"]

    assert (state.number, state.title) == (ps.Count(40), "40 events of the year")
    assert [(row.number, str(row.planned)) for row in state.planned_counts] == [(ps.Count(600, "about"), "2024")]
    planned = given(NEWS, events).counts["year-events"]
    assert (planned.number, planned.counts, planned.title) == (None, (), "about 600 events of the year, planned")


def test_a_number_that_is_hoped_for():
    """Both hope for a million visitors in the coming years: it is not the number of visitors."""
    record = given(
        NEWS,
        CountReported("visitors", what="visitors a year", number=10**6, force="hoped", timing="in the coming years"),
        CountReported("visitors", what="visitors a year", number=400_000),
    )
    state = record.counts["visitors"]

    assert (state.number, state.planned_counts[0].force) == (ps.Count(400_000), "hoped")
    assert state.planned_counts[0].timing == "in the coming years"
    assert record.disputes() == ()


def test_planned_numbers_that_differ():
    """Two numbers for one planned date are a dispute, and the number of today is not disputed."""
    record = given(
        NEWS,
        CountReported("centres", what="centres", number=3, as_of="2024-05"),
        CountReported("centres", what="centres", number=10, planned="2030"),
        ("2024-05-03", "TASS", "news"),
        CountReported("centres", what="centres", number=12, planned="2030"),
    )

    assert record.counts["centres"].disputed == ("planned_counts",)
    assert [row.subject for row in record.disputes()] == ["count:centres"]


def test_a_count_of_nothing():
    """A number or a share is needed."""
    with pytest.raises(InvalidEvent, match="neither a number nor a share"):
        CountReported("n", what="missions")


def test_nearly_so_many_of_nearly_so_many():
    """Nearly 60 of nearly 140 projects are complete; of another plan, over 100 of 127 measures."""
    record = given(
        NEWS,
        PlanProgressReported("corridor", as_of="../2024-05-02", done=ps.Count(60, "about"),
                             total=ps.Count(140, "about"), verb="completed"),
        CommitmentProgressReported("projects", as_of="../2024-05-02", done=ps.Count(100, "at-least"), total=127),
    )  # fmt: skip
    plan, promise = record.plans["corridor"].progress[0], record.commitments["projects"].progress[0]

    assert (plan.done, plan.total) == (ps.Count(60, "about"), ps.Count(140, "about"))
    assert (promise.done, promise.total) == (ps.Count(100, "at-least"), ps.Count(127))


# ---- money: through whom, and at which stage ----


def test_money_through_the_united_nations():
    """Japan gives 9.9 million dollars for projects that a UN agency carries out."""
    record = given(
        NEWS,
        CommitmentMade("aid-2024", by="JP", to="VN", text="to support mine clearance", channel="UNDP",
                       amount=ps.Money("9900000", "USD")),
        InKindPledged("kits", by="JP", to="VN", quantity=500, unit="kits", channel="UNICEF"),
    )  # fmt: skip

    assert record.commitments["aid-2024"].channel == "UNDP"
    assert record.aid["kits"].channel == "UNICEF"
    assert "9,900,000 USD; through UNDP" in str(record.commitments_register()[0])


def test_a_loan_through_a_bank():
    """The EU gives a billion euros through the EIB, and a yearly sum through an agency of its own."""
    record = given(
        NEWS,
        FundContributionPledged("climate", by="EU", amount=ps.Money(10**9, "EUR"), instrument="loan", channel="EIB"),
        RecurringContributionStated("climate", period="2021/2025", by="FR", amount=ps.Money(5, "EUR"), per="year",
                                    channel="AFD"),
        ProjectFunded("solar", giver="KfW", amount=ps.Money(7, "EUR"), channel="the African Development Bank"),
    )  # fmt: skip
    ledger = str(record.fund_ledger("climate"))

    assert record.funds["climate"].contributions[0].channel == "EIB"
    assert record.projects["solar"].fundings[0].channel == "the African Development Bank"
    assert ("by EU through EIB" in ledger, "by FR through AFD" in ledger) == (True, True)


def test_pledges_in_sum_and_support_of_no_stage():
    """A fund has 165 million in pledges to date; the support of a bloc has passed a billion, paid or not."""
    record = given(
        NEWS,
        FundUseReported("loss", as_of="../2024-05-02", stage="pledged", amount=ps.Money(165, "USD")),
        FundUseReported("loss", as_of="../2024-05-02", amount=ps.Money(200, "USD")),
        ProjectSpendingReported("solar", as_of="../2024-05-02", amount=ps.Money(3, "USD")),
    )

    assert [use.stage for use in record.funds["loss"].uses] == ["pledged", None]
    assert record.projects["solar"].spending[0].stage is None
    assert "pledged by 2 May 2024: 165 USD" in str(record.fund_ledger("loss"))
    assert "given by 2 May 2024: 200 USD" in str(record.fund_ledger("loss"))


def test_money_of_no_stage_is_not_progress_of_the_work():
    """A promise has passed a billion, and three of its nine programmes are done."""
    record = given(
        NEWS,
        CommitmentMade("support", by="EU", text="to support the economy"),
        CommitmentProgressReported("support", as_of="2024-03", done=3, total=9),
        CommitmentProgressReported("support", as_of="2024-04", amount=ps.Money(10**9, "EUR", "at-least")),
    )
    (row,) = record.commitments_register()

    assert (row.progress.done, [use.stage for use in row.uses]) == (ps.Count(3), [None])
    assert "at least 1,000,000,000 EUR as of April 2024" in str(row)


def test_parts_that_exceed_their_whole():
    """India promises 600 million in grants, of which sources count 500 and at least 200 million as parts."""
    million = 10**6
    said = [
        NEWS,
        CommitmentMade("grant", by="IN", amount=ps.Money(600 * million, "USD")),
        CommitmentMade("development", by="IN", part_of="grant", amount=ps.Money(500 * million, "USD")),
        CommitmentMade("in-yuan", by="IN", part_of="grant", amount=ps.Money(900 * million, "CNY")),
        CommitmentMade("unknown", by="IN", part_of="grant"),
    ]
    health = CommitmentMade("health", by="IN", part_of="grant", amount=ps.Money(200 * million, "USD", "at-least"))
    found = [finding for finding in given(*said, health).findings() if finding.slug == "parts-exceed-whole"]

    assert "parts-exceed-whole" not in finding_slugs(given(*said))
    assert [finding.subject for finding in found] == ["commitment:grant"]
    assert "500,000,000 USD + at least 200,000,000 USD" in str(found[0])


def test_projects_that_cost_more_than_their_programme():
    """A part that exceeds "about" nothing proves nothing, and an exact whole is exceeded."""
    part = ProjectPlanned("solar", part_of="programme", budget=ps.Money(9, "EUR"))
    exact = given(NEWS, ProjectPlanned("programme", budget=ps.Money(8, "EUR")), part)
    about = given(NEWS, ProjectPlanned("programme", budget=ps.Money(8, "EUR", "about")), part)

    assert "parts-exceed-whole" in finding_slugs(exact)
    assert "parts-exceed-whole" not in finding_slugs(about)


# ---- memberships ----


def test_an_associate_member():
    """Bolivia, an associate of Mercosur, becomes a full member in 2024."""
    record = given(
        NEWS,
        MemberAdmitted("bo", bloc="MERCOSUR", member="BO", on="1997", standing="associate", episode="associate"),
        MembershipApplied("bo", bloc="MERCOSUR", member="BO", on="2012", standing="full"),
    )
    assert (record.memberships["bo"].standing, record.memberships["bo"].status) == ("associate", "member")
    record.add(MemberAdmitted("bo", bloc="MERCOSUR", member="BO", on="2024-07", standing="full"),
               source=ps.Source("TASS", published="2024-07-09"))  # fmt: skip

    assert record.memberships["bo"].standing == "full"
    assert record.disputes() == ()


def test_an_application_for_associate_membership():
    """What is applied for is shown until the admission."""
    applied = MembershipApplied("bo", bloc="MERCOSUR", member="BO", standing="associate")
    record = given(NEWS, applied, MemberAdmitted("co", bloc="MERCOSUR", member="CO"))

    assert (record.memberships["bo"].standing, record.memberships["co"].standing) == ("associate", None)


def test_a_member_that_returns():
    """Morocco left the organization in 1984 and was admitted again in 2017."""
    record = given(
        NEWS,
        MemberAdmitted("ma", bloc="AU", member="MA", on="1963"),
        MembershipEnded("ma", bloc="AU", member="MA", on="1984-11-12"),
        MemberAdmitted("ma", bloc="AU", member="MA", on="2017-01-30", episode="return"),
        RepresentationRestricted("ma", bloc="AU", member="MA", on="2020"),
    )

    assert record.memberships["ma"].status == "member"
    years = ("1970", "2000", "2020")
    assert [record.members("AU", f"{year}-01-01").has("MA") for year in years] == [True, False, True]
    assert (record.disputes(), finding_slugs(record) & {"restricted-while-no-member"}) == ((), set())


# ---- measures, resumptions and frequencies ----


def test_a_scheme_that_is_widened():
    """China lifts tariffs on 97 per cent of lines from 2022, and widens this to 98 per cent from December 2024."""
    record = given(
        NEWS,
        MeasureTaken("zero-tariffs", by="CN", to="BD", text="no tariffs on most goods", share=97, effective="2022-09"),
        MeasureChanged("zero-tariffs", by="CN", text="extended to 98 per cent of lines", share=98, on="2024-04",
                       effective="2024-12-01"),
    )  # fmt: skip
    state = record.measures["zero-tariffs"]

    assert (state.status, state.share, str(state.effective)) == ("taken", ps.Percent(98), "2022-09")
    assert [(row.share, str(row.effective)) for row in state.changes] == [(ps.Percent(98), "2024-12-01")]
    assert str(state.changed_on) == "2024-04"
    assert state.text == "extended to 98 per cent of lines"


def test_sources_that_differ_on_a_change():
    """Two shares of one day of publication are a dispute of the changes."""
    record = given(
        NEWS, MeasureChanged("m", share=98), ("2024-05-02", "TASS", "news"), MeasureChanged("m", share=95),
        ("2024-06-02", "TASS", "news"), MeasureLifted("m"),
    )  # fmt: skip
    assert (record.measures["m"].disputed, record.measures["m"].status) == (("changes", "share"), "lifted")


def test_a_dialogue_that_is_to_be_resumed():
    """The human rights dialogue, suspended in 2022, is to be resumed this June if a visit takes place."""
    said = [
        ("2022-09-01", "AFP", "news"),
        DialoguePreparationReported("rights", planned="2019"),
        DialogueLaunched("rights", on="2020"),
        DialogueSuspended("rights", on="2022-08-05"),
        NEWS,
        DialogueResumptionPlanned("rights", planned="2024-06", condition="if the visit takes place", force="expected"),
    ]
    record = given(*said)
    state = record.dialogues["rights"]

    assert (state.status, state.condition, state.force) == ("suspended", "if the visit takes place", "expected")
    assert [(item.act, str(item.planned)) for item in record.as_of("2024-05-10").upcoming()] == [("resume", "2024-06")]
    assert [item.act for item in record.as_of("2024-08-01").overdue()] == ["resume"]
    done = given(*said, ("2024-06-20", "AFP", "news"), DialogueResumed("rights", on="2024-06-19"))
    assert (done.dialogues["rights"].status, done.as_of("2024-08-01").overdue()) == ("launched", ())
    assert done.dialogues["rights"].condition is None


def test_one_side_resumes():
    """While the other still suspends it, the resumption stays planned; a new suspension ends the plan."""
    said = [
        ("2022-09-01", "AFP", "news"),
        DialogueSuspended("talks", by="CN", on="2022-08-05"),
        DialogueSuspended("talks", by="US", on="2022-08-06"),
        NEWS,
        DialogueResumptionPlanned("talks", planned="2024-06"),
        DialogueResumed("talks", by="US", on="2024-05-03"),
    ]
    assert len(given(*said).dialogues["talks"].outstanding) == 1
    again = DialogueSuspended("talks", episode="second", on="2025-01"), DialogueResumed("talks", on="2024-06-02")
    assert given(*said, ("2025-02-01", "AFP", "news"), *again).dialogues["talks"].outstanding == ()


def test_relations_that_are_to_be_resumed():
    """Two neighbours agree to resume relations within two months, with a third state's mediation (2023)."""
    said = [
        ("2023-03-10", "SPA", "official-release"),
        RelationsEstablished("ir-sa", parties=["IR", "SA"]),
        RelationsSuspended("ir-sa", on="2016-01-03", by="SA"),
        RelationsResumptionPlanned("ir-sa", planned="../2023-05-10", timing="within two months", force="confirmed"),
    ]
    record = given(*said)

    assert (record.relations["ir-sa"].status, record.relations["ir-sa"].timing) == ("suspended", "within two months")
    assert [(item.act, item.standing) for item in record.as_of("2023-04-01").upcoming()] == [("resume", "to-come")]
    assert [item.act for item in record.as_of("2023-05-20").overdue()] == ["resume"]
    assert "context" not in str(record.as_of("2023-04-01").calendar())
    done = given(*said, ("2023-06-07", "AFP", "news"), RelationsResumed("ir-sa", on="2023-06-06"))
    assert (done.relations["ir-sa"].status, done.relations["ir-sa"].expected) == ("established", ())
    assert done.relations["ir-sa"].timing is None


def test_a_frequency_that_is_expected_to_be_agreed():
    """Leaders are expected to agree on summits every two years; later they do."""
    said = [
        NEWS,
        SeriesEstablished("summits", on="2023"),
        SeriesFrequencyProposed("summits", frequency="biennial", by="EU", planned="2024-06", force="expected"),
    ]
    state = given(*said).series["summits"]

    assert (state.frequency, [row.frequency for row in state.proposed_frequencies]) == (None, ["biennial"])
    assert (state.proposed_frequencies[0].by, state.proposed_frequencies[0].force) == (("EU",), "expected")
    agreed = given(*said, ("2024-06-20", "AFP", "news"), SeriesFrequencyAgreed("summits", frequency="biennial"))
    assert (agreed.series["summits"].frequency, agreed.series["summits"].proposed_frequencies) == ("biennial", ())


def test_sources_that_differ_on_a_proposed_frequency():
    """Two frequencies of one proposal are a dispute."""
    record = given(
        NEWS, SeriesFrequencyProposed("summits", frequency="annual"),
        ("2024-05-02", "TASS", "news"), SeriesFrequencyProposed("summits", frequency="biennial"),
    )  # fmt: skip
    assert record.series["summits"].disputed == ("proposed_frequencies",)


# ---- posts, proposals, ordinals, anniversaries ----


def test_an_envoy_whom_the_report_does_not_name():
    """A new special envoy was appointed; a report of the same week sees one in the region. No name is given."""
    record = given(
        NEWS,
        AppointmentAnnounced("envoy", title="special envoy", count=1, on="2024-05-01"),
        RoleObserved("envoy", count=1, on="2024-05-02"),
    )
    assert (record.roles["envoy"].count, record.roles["envoy"].terms) == (ps.Count(1), ())
    assert str(record.holders("envoy", "2024-05-02")) == "not known"


def test_a_secretariat_that_is_only_to_be_considered():
    """Ministers agree that the possibility of a secretariat is to be considered, which is no acceptance."""
    record = given(
        NEWS,
        ProposalMade("secretariat", by="IN", text="a secretariat"),
        ProposalWelcomed("secretariat", verb="to be considered"),
    )
    state = record.proposals["secretariat"]

    assert (state.status, state.answers[0].verb) == ("welcomed", "to be considered")


def test_ordinals_as_numbers():
    """The number 3 is stored as text, and agrees with "3rd" and "third"."""
    record = given(
        NEWS, MeetingHeld("summit-3", ordinal=3), ("2024-05-03", "TASS", "news"), MeetingHeld("summit-3", ordinal="3rd")
    )
    assert MeetingHeld("a", ordinal=3) == MeetingHeld("a", ordinal="3")
    assert VisitMade("a", ordinal=2).ordinal == "2"
    assert record.disputes() == ()
    for wrong in (True, -1, 0, 2.5):
        with pytest.raises(InvalidEvent, match="ordinal: "):
            MeetingHeld("a", ordinal=wrong)


def test_an_anniversary_that_is_marked_in_other_words():
    """Thirty years of relations are to be marked; the report of the day says only that 30 years were marked."""
    planned = AnniversaryAnnounced("eu-vn", of="diplomatic relations", years=30, planned="2024-11")
    marked = given(NEWS, planned, ("2024-12-01", "VNA", "news"), AnniversaryMarked("eu-vn", years=30))
    other = given(NEWS, planned, ("2024-12-01", "VNA", "news"), AnniversaryMarked("eu-vn", of="the pact", years=30))

    assert (marked.relations["eu-vn"].planned_anniversaries, marked.relations["eu-vn"].expected) == ((), ())
    assert len(other.relations["eu-vn"].planned_anniversaries) == 1
