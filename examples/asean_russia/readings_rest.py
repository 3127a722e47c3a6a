"""The events that rows on documents, plans, money, roles, statuses and the rest report: see `readings_meetings.py`."""

from __future__ import annotations

from partnership import Count, Event, Money, Percent
from partnership.events import (
    AnniversaryMarked,
    AssessmentGiven,
    CommitmentMade,
    CommitmentReaffirmed,
    CountReported,
    CourseHeld,
    CoursePlanned,
    CourseSeriesAnnounced,
    DistinctionStated,
    DocumentAcceded,
    DocumentAdopted,
    DocumentExtended,
    DocumentNotAdopted,
    DocumentPlanned,
    DocumentSigned,
    DraftingReported,
    DraftTabled,
    FundAgreed,
    FundBalanceReported,
    FundContributionAnnounced,
    FundContributionPledged,
    MeetingAgreed,
    MeetingHeld,
    MeetingScheduled,
    MemberAdmitted,
    MembershipInvited,
    MissionAgreed,
    MissionOpened,
    MissionPlanned,
    NegotiationConcluded,
    ParticipationReported,
    PlanProgressReported,
    PlanReviewed,
    PlanSized,
    ProjectLaunched,
    ProjectPlanned,
    ProposalDeferred,
    ProposalMade,
    ProposalWelcomed,
    RecurringContributionStated,
    RelationsEstablished,
    RequestMade,
    RoleAssumed,
    RoleExpected,
    RoleHeld,
    RoleObserved,
    RotationChanged,
    StanceStated,
    StatisticReported,
    StatusConferred,
    StatusUpgraded,
    StatusUpgradeNoted,
    ThemedYearDesignated,
    ThemedYearOpened,
    ThemedYearOpeningPlanned,
    ThemedYearProposed,
)

SUMMIT, PMC, AEM = "series:asean-russia-summit", "series:pmc-russia", "series:aem-russia"
CPA_2020, CPA_2025, CPA_2030 = "cpa-2016-2020", "cpa-2021-2025", "cpa-2026-2030"
FMM_2020, SUMMIT_2021, PMC_2021 = "special-fmm-2020", "asean-russia-summit-2021", "pmc-russia-2021"


def usd(amount: str, bound: str = "exact") -> Money:
    """Return an amount of United States dollars."""
    return Money(amount, "USD", bound)  # type: ignore[arg-type]


READINGS: dict[str, list[Event]] = {
    # ---- commitments and assessments ----
    "AR-004": [CommitmentMade("contact-with-health-agencies", meeting=FMM_2020, on="2020-06-17")],
    "AR-013": [AssessmentGiven("ambassador-on-2020", period="2020")],
    "AR-031": [
        DocumentPlanned(CPA_2025, planned="2021", timing="soon", act="adopt", form="plan", title="CPA 2021-2025")
    ],
    "AR-051": [FundContributionPledged("ardpff", by="RU", part="voluntary contribution", on="2005-12")],
    "AR-056": [CommitmentMade("covid-fund-from-ardpff", by="RU", to="ASEAN", on="2020-06-17")],
    "AR-063": [CommitmentMade("ease-repatriation", meeting=FMM_2020, on="2020-06-17")],
    "AR-064": [
        DocumentAdopted("special-fmm-2020-statement", form="statement", title="The joint text"),
        CountReported(
            "special-fmm-2020-statement-pages", what="pages", number=8, concerns="document:special-fmm-2020-statement"
        ),
    ],
    "AR-075": [CommitmentMade("law-enforcement-places", by="RU", to="ASEAN", on="2017-08")],
    "AR-115": [
        DocumentPlanned(CPA_2025, act="adopt", form="plan", on="2020-02-03", title="A package for the years after 2020")
    ],
    "AR-210": [
        MeetingHeld("pmc-russia-2015", on="2015-08-05", body=PMC),
        MeetingAgreed("anniversary-summit-in-russia", host="RU", title="Anniversary summit", place="Russia"),
        CommitmentMade("joint-group-for-strategic-paper", meeting="pmc-russia-2015", on="2015-08-05"),
    ],
    "AR-196": [
        DistinctionStated(
            "leaders-first-in-twenty-years",
            ranking="first",
            of="meeting of the leaders of ASEAN and Russia",
            interval="P20Y",
            concerns="meeting:asean-russia-summit-2016",
        )
    ],
    "AR-215": [
        CountReported(
            "initiatives-considered",
            what="initiatives under consideration",
            number=Count(20, "about"),
            as_of="2017-08-09",
            concerns="relation:asean-russia",
        )
    ],
    "AR-240": [StanceStated("asean-will-not-leave-russia-out", topic="Russia's part in ASEAN's meetings")],
    "AR-252": [AssessmentGiven("experts-on-2020", period="2020")],
    # ---- proposals and requests ----
    "AR-055": [RequestMade("ardpff-for-covid", by="ASEAN", to="RU", on="2020-06-17")],
    "AR-073": [ProposalMade("enlarge-vladivostok-programme", by="RU", on="2021-10-27")],
    "AR-089": [ProposalMade("cybersecurity-cooperation", by=["ASEAN", "RU"], on="2018-08-02")],
    "AR-105": [
        ProposalMade("asean-eaeu-fta-feasibility-study", by="RU"),
        ProposalWelcomed("asean-eaeu-fta-feasibility-study", by="ASEAN", on="2016-08-05"),
        MeetingHeld("aem-russia-2016", on="2016-08-05", body=AEM, ordinal="5th"),
    ],
    "AR-106": [ProposalDeferred("feasibility-study", on="2017", condition="confidence building comes first")],
    "AR-175": [RequestMade("institutionalise-relations", by="RU", to="ASEAN", on="1993")],
    "AR-199": [ProposalMade("57-projects", by="RU", on="2016-05", count=57)],
    # ---- courses ----
    "AR-005": [CoursePlanned("vladivostok-biosafety", planned="{2021,2022}", host="RU")],
    "AR-070": [CourseSeriesAnnounced("rospotrebnadzor-cycle", period="2019/2021", host="RU")],
    "AR-071": [CourseHeld("vladivostok-courses", run="2019", on="2019-12", host="RU")],
    "AR-072": [CoursePlanned("vladivostok-courses", planned="[2021-11..2021-12]", host="RU")],
    "AR-074": [CourseHeld("law-enforcement-courses", run="2021", on="2021-23", host="RU", topics="drug trafficking")],
    # ---- documents ----
    "AR-040": [DocumentAdopted("arjcc-rules-of-procedure", on="1997-01", form="rules")],
    "AR-054": [DocumentAdopted("roadmap-to-2015", on="2008-07-23", form="roadmap", verb="approved")],
    "AR-060": [
        MeetingHeld(FMM_2020, on="2020-06-17", body="series:special-fmm"),
        DocumentAdopted("special-fmm-2020-statement", on="2020-06-17", form="statement", meeting=FMM_2020),
    ],
    "AR-090": [DraftTabled("ict-security-work-plan", on="2021-09-23", by="RU", form="plan")],
    "AR-102": [
        DocumentExtended(
            "eec-asean-programme",
            on="2020-08-28",
            until="2025",
            form="programme",
            parties=["ASEAN", "EEC"],
            meeting="aem-russia-2020",
            title="EEC-ASEAN cooperation programme",
        )
    ],
    "AR-107": [DocumentPlanned("asean-eec-memorandum", planned="2017-11", force="expected", act="sign", form="mou")],
    "AR-108": [DocumentSigned("asean-eec-memorandum", on="2018-11-14", form="mou")],
    "AR-109": [
        MeetingHeld("aem-russia-2017", on="2017-09", body=AEM),
        DocumentAdopted("trade-investment-roadmap-2017", on="2017-09", form="roadmap", meeting="aem-russia-2017"),
        DocumentAdopted("work-programme-after-2017", on="2017-09", form="programme", meeting="aem-russia-2017"),
    ],
    "AR-111": [
        DocumentAdopted(
            "trade-investment-roadmap-2021", on="2021-09-14", form="roadmap", verb="approved", duration="P5Y"
        ),
        DocumentAdopted(
            "trade-work-programme-2021", on="2021-09-14", form="programme", verb="approved", duration="P5Y"
        ),
    ],
    "AR-116": [DraftingReported(CPA_2025, on="2020-02-12", form="plan", title="CPA 2021-2025")],
    "AR-117": [
        DocumentAdopted(
            CPA_2025, on="2021-10-28", form="plan", meeting=SUMMIT_2021, verb="approved", period="2021/2025"
        ),
        MeetingHeld(SUMMIT_2021, on="2021-10-28", body=SUMMIT),
    ],
    "AR-118": [NegotiationConcluded(CPA_2025, on="2021-08", form="plan", meeting=PMC_2021, title="CPA 2021-2025")],
    "AR-122": [DocumentAdopted("summit-2021-joint-statement", on="2021-10-28", form="statement", meeting=SUMMIT_2021)],
    "AR-123": [DocumentAdopted("drug-trafficking-statement", on="2021-10-28", form="statement", meeting=SUMMIT_2021)],
    "AR-124": [DocumentPlanned("counter-terrorism-work-plan", planned="2022", act="adopt", force="hoped")],
    "AR-142": [DocumentSigned("disaster-management-memorandum", signatory="ASEAN", on="2021-02-19", form="mou")],
    "AR-143": [DocumentSigned("disaster-management-memorandum", signatory="RU", on="../2021-02-19", form="mou")],
    "AR-145": [
        DraftingReported("emergencies-memorandum", on="2019-06", form="mou"),
        DraftingReported("cyber-security-memorandum", on="2019-06", form="mou"),
    ],
    "AR-179": [DocumentPlanned("counter-terrorism-declaration", planned="2004-07-02", act="sign", form="declaration")],
    "AR-181": [DocumentPlanned("treaty-of-amity", planned="2004-11-29", act="accede", by="RU", form="treaty")],
    "AR-182": [DocumentAcceded("treaty-of-amity", signatory="RU", on="2004-11-29", form="treaty")],
    "AR-183": [DocumentSigned("treaty-of-amity", on="1974-02-24", form="treaty")],
    "AR-184": [DocumentSigned("treaty-of-amity", on="1976", form="treaty")],
    "AR-185": [DocumentPlanned("economic-cooperation-agreement", planned="2005-22", force="expected", act="conclude")],
    "AR-187": [DocumentNotAdopted("agreement-at-pmc-2005", on="2005-07", meeting="pmc-russia-2005")],
    "AR-188": [DocumentSigned("economic-and-development-cooperation-agreement", on="2005-12-10")],
    "AR-189": [
        MeetingHeld("asean-russia-summit-2005", on="2005-12", body=SUMMIT),
        DocumentAdopted("political-declaration-2005", on="2005-12", form="declaration", title="Political declaration"),
        DocumentAdopted(
            "programme-of-action-2005-2015",
            on="2005-12",
            form="plan",
            period="2005/2015",
            title="Programme of action 2005-2015",
        ),
    ],
    "AR-197": [
        DocumentAdopted("sochi-declaration", on="2016-05-20", form="declaration", verb="ratified"),
        DocumentAdopted(CPA_2020, on="2016-05-20", form="plan", verb="ratified", period="2016/2020"),
    ],
    "AR-198": [
        DocumentPlanned("sochi-declaration", on="2016-05-19", act="adopt", form="declaration"),
        DocumentPlanned(CPA_2020, on="2016-05-19", act="adopt", form="plan", period="2016/2020"),
    ],
    "AR-212": [DocumentPlanned("eminent-persons-roadmap", planned="2017-08", act="adopt", form="roadmap")],
    "AR-213": [
        MeetingHeld("pmc-russia-2017", on="2017-08", body=PMC),
        DocumentAdopted("roadmap-2017", on="2017-08", form="roadmap", verb="approved"),
        DocumentAdopted("counter-terrorism-statement-2017", on="2017-08", form="statement", verb="approved"),
        DocumentAdopted("anti-drug-programme-2017", on="2017-08", form="programme", verb="approved"),
    ],
    "AR-218": [
        MeetingHeld("pmc-russia-2024", on="2024-07-26", body=PMC),
        DocumentAdopted("twenty-years-of-tac-statement", on="2024-07-26", form="statement", meeting="pmc-russia-2024"),
    ],
    "AR-241": [DocumentNotAdopted("summit-statement-2022", on="2022-11", form="statement")],
    "AR-242": [
        MeetingScheduled("asean-russia-summit-2025", planned="2025-10", body=SUMMIT),
        DocumentPlanned("next-plan-of-action", planned="2025-10", act="adopt", force="hoped", form="plan"),
    ],
    "AR-243": [
        DocumentPlanned(CPA_2030, on="2025-07-10", act="adopt", force="expected", form="plan", title="CPA 2026-2030")
    ],
    "AR-250": [
        DocumentAdopted("kazan-declaration", on="2026-06-18", form="declaration", title="Kazan Declaration"),
        DocumentAdopted("kazan-joint-statements", on="2026-06-18", form="statement", title="Two joint statements"),
        DocumentAdopted(CPA_2030, on="2026-06-18", form="plan", period="2026/2030", title="CPA 2026-2030"),
    ],
    "AR-260": [DocumentAdopted("leaders-statement-on-icts", on="2018-11~", form="statement")],
    # ---- plans and the progress of their lines ----
    "AR-020": [PlanProgressReported(CPA_2020, as_of="2021-03-30~", done=99, total=139, verb="carried out")],
    "AR-021": [PlanProgressReported(CPA_2020, as_of="2021-03-30~", done=99, total=139, verb="déployées")],
    "AR-022": [PlanProgressReported(CPA_2020, as_of="2020-03-13~", done=92, total=139, verb="launched")],
    "AR-023": [
        PlanProgressReported(CPA_2020, as_of="2019-07-31~", share=Percent(60, "at-least"), verb="achieved"),
    ],
    "AR-110": [PlanSized("work-programme-after-2017", total=52, unit="activities", period="2017/..")],
    # ---- the fund, projects ----
    "AR-009": [
        ProjectLaunched(
            "ardpff-projects-2020",
            count=Count(2, "at-least"),
            fund="ardpff",
            sectors=["agriculture", "smart cities", "health"],
        )
    ],
    "AR-025": [FundBalanceReported("ardpff", as_of="2021-02-28", amount=usd("8130000", "at-least"))],
    "AR-026": [RecurringContributionStated("ardpff", by="RU", amount=usd("1500000"), per="year", period="2021")],
    "AR-027": [FundBalanceReported("ardpff", as_of="2020-01-31", amount=usd("7200000", "at-least"))],
    "AR-050": [FundAgreed("ardpff", on="2005", title="Dialogue Partnership Financial Fund")],
    "AR-052": [FundContributionAnnounced("ardpff", by="RU", part="Manila", on="2007?", amount=usd("500000"))],
    "AR-053": [
        RecurringContributionStated("ardpff", by="RU", amount=usd("500000"), per="year", period="2008", on="2008-07-23")
    ],
    # ---- statistics ----
    "AR-029": [
        StatisticReported(
            "asean-russia-trade", period="2018", amount=usd("19800000000"), change=Percent("17.9"), compared_with="2017"
        )
    ],
    "AR-030": [
        StatisticReported("russian-fdi-in-asean", period="2018", amount=usd("58030000"), previous=usd("47750000"))
    ],
    "AR-112": [
        StatisticReported(
            "investment-in-joint-projects",
            period="2020",
            amount=usd("8800000000"),
            factor="3.5",
            compared_with="2019",
        )
    ],
    "AR-114": [
        StatisticReported(
            "asean-russia-trade", period="2021", amount=usd("20000000000"), change=Percent("27.3"), compared_with="2020"
        ),
        StatisticReported("asean-russia-fdi", period="2021", amount=usd("1700000000")),
    ],
    "AR-127": [StatisticReported("asean-russia-trade", period="2020", change=Percent("-9.5"))],
    "AR-128": [
        StatisticReported(
            "asean-russia-trade", period="2021-01/2021-07", change=Percent("33.5"), compared_with="2020-01/2020-07"
        )
    ],
    "AR-165": [
        CountReported(
            "youth-summits-held",
            what="youth summits",
            number=5,
            period="2013/2021-07",
            verb="held",
            concerns="series:youth-summit",
        )
    ],
    "AR-203": [StatisticReported("asean-russia-trade", period="2017", change=Percent(35))],
    "AR-230": [StatisticReported("asean-russia-trade", period="2015", amount=usd("20000000000", "at-least"))],
    "AR-231": [
        StatisticReported("asean-russia-trade", period="2015", amount=usd("13400000000"), authority="ASEAN statistics")
    ],
    "AR-232": [StatisticReported("asean-russia-trade", period="2013", amount=usd("17500000000"), change=Percent(12))],
    "AR-233": [
        StatisticReported(
            "asean-russia-trade",
            period="2013",
            amount=usd("20000000000", "about"),
            previous=usd("6800000000"),
            compared_with="2009",
        )
    ],
    "AR-234": [
        StatisticReported(
            "asean-russia-trade", period="2014", amount=usd("21500000000"), factor="5", compared_with="2004"
        )
    ],
    "AR-235": [
        StatisticReported("russian-tourists-to-asean", period="2005", number="140000", unit="tourists"),
        StatisticReported("russian-tourists-to-asean", period="2015", number="2500000", bound="about", unit="tourists"),
    ],
    "AR-254": [StatisticReported("asean-russia-trade", period="2024", amount=usd("22000000000"))],
    # ---- relations, statuses, membership ----
    "AR-032": [
        AnniversaryMarked("asean-russia", on="2021", base="1991", years=30, of="relations"),
        AnniversaryMarked("asean-russia", on="2021", base="1996", years=25, of="dialogue partnership"),
    ],
    "AR-144": [RelationsEstablished("disaster-management-contacts", on="2012")],
    "AR-170": [RelationsEstablished("asean-russia", on="1991")],
    "AR-171": [RelationsEstablished("asean-russia", on="[1991..1992]")],
    "AR-172": [StatusConferred("russia-in-asean", on="1996-07", ladder="status", rung="dialogue-partner", holder="RU")],
    "AR-173": [StatusConferred("russia-in-asean", on="1997-07", ladder="status", rung="dialogue-partner", holder="RU")],
    "AR-174": [
        StatusConferred("russia-in-asean", on="2005-12-10", ladder="status", rung="dialogue-partner", holder="RU")
    ],
    "AR-176": [MembershipInvited("russia-in-arf", bloc="ARF", member="RU", on="1994")],
    "AR-190": [
        StatusUpgraded("asean-russia", on="2005-12", ladder="grade", rung="progressive-and-comprehensive-partnership")
    ],
    "AR-201": [StatusUpgraded("asean-russia", on="2018-11-14", ladder="grade", rung="strategic-partnership")],
    "AR-202": [StatusUpgradeNoted("asean-russia", on="2016-05", ladder="grade", rung="strategic-partnership")],
    "AR-248": [
        MemberAdmitted("timor-leste-in-asean", bloc="ASEAN", member="TL", on="2025-10-26", ordinal="eleventh member")
    ],
    "AR-256": [
        MemberAdmitted("timor-leste-in-asean", bloc="ASEAN", member="TL", on="2025-10-26"),
        DistinctionStated(
            "timor-leste-first-enlargement",
            ranking="first",
            of="enlargement of ASEAN",
            interval="P25Y",
            concerns="membership:timor-leste-in-asean",
        ),
    ],
    # ---- roles, posts, missions ----
    "AR-001": [RoleHeld("asean-chair", holder="VN", term="2020", on="2020-01/2020-12", title="Chair of ASEAN")],
    "AR-033": [
        RoleObserved(
            "viet-nam-mission-to-asean-head",
            holder="VN",
            person="Nguyen Hai Bang",
            on="2021-03-30~",
            title="Head of Viet Nam's permanent mission to ASEAN",
        ),
        ParticipationReported(
            "nguyen-hai-bang-at-arjcc-2021", meeting="arjcc-2021", person="Nguyen Hai Bang", party="VN"
        ),
    ],
    "AR-062": [
        RoleObserved("coordinator-for-russia", holder="ID", on="2020-06-17", title="Country coordinator for Russia"),
        MeetingHeld(FMM_2020, on="2020-06-17", body="series:special-fmm", co_chairs="ID", parties=["ASEAN", "RU"]),
    ],
    "AR-129": [
        RoleAssumed("coordinator-for-russia", holder="KH", term="2021-2024", predecessor="ID"),
        RoleHeld(
            "coordinator-for-russia",
            holder="KH",
            term="2021-2024",
            on="2021/2024",
            title="Country coordinator for Russia",
        ),
    ],
    "AR-130": [
        RoleHeld(
            "coordinator-for-russia", holder="ID", term="2018-2020", on="2018/2020", title="Coordinator for Russia"
        )
    ],
    "AR-131": [
        RoleHeld(
            "coordinator-for-russia", holder="LA", term="2015-2018", on="2015/2018", title="Coordinator for Russia"
        )
    ],
    "AR-132": [RoleAssumed("coordinator-for-russia", holder="MM", predecessor="KH", on="2024-07-26")],
    "AR-133": [
        RoleHeld(
            "coordinator-for-russia",
            holder="KH",
            term="2021-2024",
            on="2021/2024",
            title="Country coordinator for Russia",
        )
    ],
    "AR-134": [RoleObserved("coordinator-for-russia", holder="MM", on="2025-07-10", title="Coordinator for Russia")],
    "AR-220": [MissionPlanned("russian-mission-to-asean", planned="2017-08-09", title="Russian mission to ASEAN")],
    "AR-221": [MissionOpened("russian-mission-to-asean", on="2017-08-09", title="Permanent mission to ASEAN")],
    "AR-222": [
        RoleObserved(
            "russian-ambassador-to-asean",
            holder="RU",
            person="Evgeny Zagaynov",
            on="2023-07-05",
            title="Russia's ambassador to ASEAN",
        )
    ],
    "AR-223": [
        RoleAssumed(
            "asean-moscow-committee-chair",
            holder="BN",
            predecessor="VN",
            on="2020-12-24",
            title="Chair of the committee",
        )
    ],
    "AR-224": [
        MissionAgreed("asean-centre-mgimo", on="2009-07", title="ASEAN Centre at MGIMO"),
        MissionOpened("asean-centre-mgimo", on="2010-06-15", title="ASEAN Centre at MGIMO"),
    ],
    "AR-226": [
        RoleHeld(
            "coordinator-for-russia", holder="MY", term="2012-2015", on="2012/2015", title="Coordinator for Russia"
        )
    ],
    "AR-257": [
        RotationChanged("asean-chair", term="2026", planned="2026", holder="PH", instead_of="MM", on="2023-09-05")
    ],
    "AR-258": [RoleExpected("asean-chair", holder="MM", planned="2027")],
    "AR-259": [RotationChanged("asean-chair", term="2026", planned="2026", holder="PH", instead_of="MM")],
    # ---- themed years ----
    "AR-135": [ThemedYearProposed("year-of-culture-2016", planned="2016", title="Year of Culture 2016")],
    "AR-136": [
        ThemedYearDesignated(
            "arystc-2022",
            planned="2022",
            on="2021-08",
            title="Year of science, technology and industrial cooperation",
        )
    ],
    "AR-137": [
        ThemedYearOpeningPlanned(
            "arystc-2022", planned="2022-02-14", title="Year of science, technology and industrial cooperation"
        )
    ],
    "AR-138": [
        ThemedYearOpened(
            "arystc-2022", on="2022-02-14", title="ASEAN-Russia Year of Scientific and Technical Cooperation 2022"
        )
    ],
    # ---- what rows on meetings report besides the meetings ----
    "AR-003": [
        CommitmentMade("share-information", meeting=FMM_2020, text="share information and experience"),
        CommitmentMade("vaccine-work", meeting=FMM_2020, text="cooperate on vaccines"),
    ],
    "AR-045": [PlanReviewed("programme-of-action-2005-2015", text="the 2005-2015 programme was reviewed")],
    "AR-161": [CommitmentReaffirmed("remaining-action-lines", text="carry out the remaining action lines")],
    "AR-214": [ProjectPlanned("prepared-projects-2017", count=Count(20, "at-least"))],
}
