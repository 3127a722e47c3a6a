"""Sentences of press reports about the life of documents, each recorded exactly and asked for as a reader would."""

from __future__ import annotations

import partnership as ps
from partnership.events import (
    ApplicationResumed,
    ApplicationSuspended,
    DocumentAcceded,
    DocumentAdopted,
    DocumentAmended,
    DocumentApproved,
    DocumentBlocked,
    DocumentExtended,
    DocumentInitialled,
    DocumentNotAdopted,
    DocumentPlanned,
    DocumentProposed,
    DocumentPublished,
    DocumentSigned,
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


def due(view):
    """Return what is outstanding in a view: subject, act, institution or part, and date."""
    return [
        (state.subject.partition(":")[2], plan.act, plan.detail, str(plan.planned))
        for state in view.documents.values()
        for plan in state.outstanding
    ]


def acts(view, slug, done):
    """Return the acts of one sort on a document."""
    return [act for act in view.documents[slug].acts if act.done == done]


# ---- negotiations: opened, paused, resumed, counted ----


def test_talks_that_began_were_put_on_ice_and_resumed():
    """Talks on the India-EU pact began in 2007, were put on ice in 2013 over cars and data, and resumed in 2022."""
    record = given(
        ("2025-05-02", "TASS", "news"),
        NegotiationOpened("eu-india-fta", on="2007", form="agreement", parties=("EU", "IN")),
        NegotiationPaused("eu-india-fta", on="2013", reason="disagreements over data protection and cars"),
        NegotiationResumed("eu-india-fta", on="2022"),
        DocumentPlanned("eu-india-fta", act="conclude", planned="../2025-12-31", by="IN"),
    )  # fmt: skip
    pact = record.documents["eu-india-fta"]
    assert (pact.status, str(pact.opened_on), str(pact.resumed_on)) == ("negotiating", "2007", "2022")
    assert [(one.done, str(one.on)) for one in pact.acts] == [
        ("opened", "2007"),
        ("paused", "2013"),
        ("resumed", "2022"),
    ]
    assert record.as_of(on="2014-01-01", known="2026-01-01").documents["eu-india-fta"].status == "paused"
    assert due(record) == [("eu-india-fta", "conclude", None, "../2025-12-31")]
    assert due(record.as_of("2026-02-01")) == due(record)


def test_half_of_the_chapters_are_closed_after_over_fifteen_rounds():
    """Ten of twenty chapters are finalised, in over 15 rounds; the figures of June and October stand side by side."""
    record = given(
        ("2025-06-12", "Business Today", "news"),
        NegotiationProgressReported(
            "eu-india-fta", as_of="2025-06-12", share=ps.Percent(50, "at-least"), unit="chapters"
        ),
        ("2025-10-29", "Indian Witness", "news"),
        NegotiationProgressReported(
            "eu-india-fta", as_of="../2025-10-28", rounds=ps.Count(15, "at-least"), done=10, total=20, unit="chapters",
            text="four to five more chapters are agreed in principle",
        ),
    )  # fmt: skip
    june, october = record.documents["eu-india-fta"].progress
    assert (june.share, june.done) == (ps.Percent(50, "at-least"), None)
    assert (october.done, october.total, october.unit) == (ps.Count(10), ps.Count(20), "chapters")
    assert october.rounds == ps.Count(15, "at-least")
    assert record.documents["eu-india-fta"].status == "negotiating"


def test_six_of_about_thirty_chapters_after_seven_rounds():
    """Renegotiation of NAFTA: seven rounds, six of approximately 30 chapters; a falling count is a finding."""
    progress = {"as_of": "2018-04-27", "rounds": 7, "done": 6, "total": ps.Count(30, "about"), "unit": "chapters"}
    story = (("2018-04-28", "Xinhua", "news"), NegotiationProgressReported("usmca", **progress))
    fewer = NegotiationProgressReported("usmca", as_of="2018-05-20", done=5, unit="chapters")
    assert given(*story).documents["usmca"].progress[0].total == ps.Count(30, "about")
    assert "progress-falls" in finding_slugs(given(*story, ("2018-05-21", "Xinhua", "news"), fewer))


def test_rounds_are_meetings_whose_body_is_the_document():
    """The 13th round was in New Delhi in September, the 14th in Brussels from 6 to 10 October in 91 sessions."""
    record = given(
        ("2025-09-13", "FPJ", "news"),
        MeetingHeld("fta-round-13", on="2025-09-08/2025-09-12", ordinal="13th", body="document:pact"),
        ("2025-10-15", "NDTV", "news"),
        MeetingHeld("fta-round-14", on="2025-10-06/2025-10-10", place="Brussels", ordinal="14th", body="document:pact"),
    )  # fmt: skip
    pact = record.documents["pact"]
    assert (pact.status, pact.rounds_held) == ("negotiating", ("fta-round-13", "fta-round-14"))
    assert record.meetings["fta-round-14"].body == "document:pact"


def test_council_authorises_negotiations_and_the_text_is_initialled_after_seven_rounds():
    """The Council authorised talks with Kyrgyzstan in 2017; the text was initialled on 6 July 2019, signed in 2024."""
    story = (
        ("2022-06-13", "European Commission", "official-text"),
        DocumentApproved("eu-kg-epca", signatory="EU", institution="Council", act="open-negotiations", on="2017-09-21"),
        NegotiationOpened("eu-kg-epca", on="2017-12"),
        NegotiationConcluded("eu-kg-epca", on="2019-06", parties=("EU", "KG")),
        DocumentInitialled("eu-kg-epca", on="2019-07-06"),
    )  # fmt: skip
    signed = DocumentSigned("eu-kg-epca", on="2024-06-25", place="Brussels", with_members=True, supersedes="eu-kg-pca")
    record = given(*story, ("2024-06-26", "The Diplomat", "news"), signed)
    assert record.as_of(on="2018-01-01", known="2026-01-01").documents["eu-kg-epca"].status == "negotiating"
    assert record.as_of(on="2020-01-01", known="2026-01-01").documents["eu-kg-epca"].status == "initialled"
    pact = record.documents["eu-kg-epca"]
    assert (pact.status, str(pact.initialled_on), pact.supersedes) == ("signed", "2019-07-06", "eu-kg-pca")
    assert acts(record, "eu-kg-epca", "signed")[0].with_members is True
    assert acts(record, "eu-kg-epca", "approved")[0].act == "open-negotiations"


def test_talks_concluded_without_one_of_the_participants():
    """Fifteen countries concluded text-based talks on RCEP in November 2019; India had unresolved issues."""
    record = given(
        ("2019-11-04", "RCEP leaders", "official-text"),
        NegotiationConcluded("rcep", on="2019-11-04", not_by="IN", place="Bangkok"),
        DocumentPlanned("rcep", act="sign", planned="2020"),
    )  # fmt: skip
    assert record.documents["rcep"].status == "negotiated"
    assert acts(record, "rcep", "concluded")[0].not_by == ("IN",)


# ---- blocked, approved, planned without a date ----


MERCOSUR = (
    ("2025-12-16", "AFP", "news"),
    DocumentPlanned("eu-mercosur", act="sign", planned="2025-12-20", meeting="mercosur-summit", place="Foz do Iguaçu"),
    DocumentPlanned("eu-mercosur", act="approve", by="EU", institution="Council", planned="2025-12-16/2025-12-19"),
)


def test_a_signature_that_is_planned_and_then_blocked():
    """Italy joined France, so that the signature of 20 December was put off to January, on a day still to be set."""
    record = given(
        *MERCOSUR,
        ("2025-12-18", "Europa Press", "news"),
        DocumentBlocked("eu-mercosur", by=("FR", "IT"), act="sign", reason="protection of farmers", on="2025-12-18"),
        DocumentPlanned("eu-mercosur", act="sign", planned="2026-01", timing="on a date still to be determined"),
    )  # fmt: skip
    pact = record.documents["eu-mercosur"]
    (block,) = pact.blocks
    assert (pact.status, pact.stage, block.by, block.act) == ("blocked", "planned", ("FR", "IT"), "sign")
    assert ("eu-mercosur", "sign", None, "2026-01") in due(record)
    assert [str(day) for day in pact.previous_dates] == ["2025-12-20"]
    assert record.as_of("2025-12-16").documents["eu-mercosur"].status == "planned"


def test_a_block_that_one_of_two_parties_lifts():
    """Italy is ready to sign once its farmers are answered; France still blocks. The Council then approved it."""
    blocked = (*MERCOSUR, ("2025-12-18", "dpa", "news"), DocumentBlocked("eu-mercosur", by=("FR", "IT"), act="sign"))
    lifted = (("2026-01-06", "dpa", "news"), DocumentUnblocked("eu-mercosur", by="IT", on="2026-01-06"))
    free = (("2026-01-09", "Council", "official-release"), DocumentUnblocked("eu-mercosur", on="2026-01-09"))
    approved = DocumentApproved("eu-mercosur", signatory="EU", institution="Council", act="sign", on="2026-01-09")
    half, whole = given(*blocked, *lifted), given(*blocked, *lifted, *free, approved)
    assert [block.by for block in half.documents["eu-mercosur"].blocks] == [("FR",)]
    assert half.documents["eu-mercosur"].status == "blocked"
    assert (whole.documents["eu-mercosur"].status, whole.documents["eu-mercosur"].blocks) == ("approved", ())
    assert due(whole) == [("eu-mercosur", "sign", None, "2025-12-20")]


def test_the_signature_ends_a_block():
    """It was signed in Asunción on 17 January 2026, by the Commission's president among others."""
    record = given(
        *MERCOSUR,
        ("2025-12-18", "dpa", "news"), DocumentBlocked("eu-mercosur", by=("FR", "IT"), act="sign"),
        ("2026-01-17", "EFE", "news"), DocumentSigned("eu-mercosur", on="2026-01-17", place="Asunción"),
    )  # fmt: skip
    pact = record.documents["eu-mercosur"]
    assert (pact.status, pact.stage, pact.blocks) == ("signed", None, ())


def test_two_institutions_are_to_approve_on_days_of_their_own():
    """The Council decides in May, Parliament votes on its consent in June; each is met and overdue by itself."""
    plans = (
        ("2026-04-01", "Euractiv", "news"),
        DocumentPlanned("eu-id-cepa", act="approve", by="EU", institution="Council", planned="2026-05"),
        DocumentPlanned("eu-id-cepa", act="approve", by="EU", institution="European Parliament", planned="2026-06"),
    )
    council = DocumentApproved("eu-id-cepa", signatory="EU", institution="Council", on="2026-05-19")
    record = given(*plans, ("2026-05-19", "Council", "official-release"), council)
    assert due(record) == [("eu-id-cepa", "approve", "European Parliament", "2026-06")]
    assert [one.planned for one in record.as_of("2026-07-10").overdue()] == [ps.When("2026-06")]
    assert finding_slugs(record) == set()
    late = DocumentApproved("eu-id-cepa", signatory="EU", institution="European Parliament", on="2026-07-15")
    assert finding_slugs(given(*plans, ("2026-07-15", "AFP", "news"), council, late)) == {"made-late"}
    assert (record.documents["eu-id-cepa"].status, record.documents["eu-id-cepa"].institution) == (
        "approved",
        "European Parliament",
    )


def test_one_plan_of_approval_without_an_institution():
    """What one institution approves may be what was planned; it is open no more only when the party approved."""
    plan = (("2026-04-01", "AFP", "news"), DocumentPlanned("pact", act="approve", by="EU", planned="2026-05"))
    council = DocumentApproved("pact", signatory="EU", institution="Council", on="2026-06-02")
    assert due(given(*plan, ("2026-06-02", "AFP", "news"), council)) == []
    early = DocumentApproved("pact", signatory="EU", institution="Council", on="2026-04-10")
    assert due(given(*plan, ("2026-04-11", "AFP", "news"), early)) == [("pact", "approve", None, "2026-05")]


def test_no_date_has_been_set():
    """No date was set for the signature that had been announced for the autumn."""
    record = given(
        ("2024-05-01", "Jakarta Post", "news"), DocumentPlanned("eu-id-cepa", act="sign", planned="2024-09/2024-11"),
        ("2024-10-01", "Antara", "news"), DocumentPlanned("eu-id-cepa", act="sign", is_undated=True),
    )  # fmt: skip
    (plan,) = record.documents["eu-id-cepa"].open_without_date
    assert (plan.act, plan.is_undated, due(record)) == ("sign", True, [])
    assert [str(item) for item in record.calendar().moved] == [
        "document:eu-id-cepa: to sign, planned September to November 2024, now without a date"
    ]


def test_a_parliament_rejects_a_treaty_that_is_applied():
    """The Senate in Paris voted down the ratification of CETA; it is still applied provisionally."""
    record = given(
        ("2017-09-21", "European Commission", "official-release"),
        ProvisionalApplicationBegan("ceta", on="2017-09-21", part="trade", parties=("CA", "EU")),
        ("2024-03-22", "Le Monde", "news"),
        DocumentNotAdopted("ceta", act="ratify", by="FR", institution="Senate", on="2024-03-21"),
        DocumentPlanned("ceta", act="ratify", by="FR", is_undated=True),
    )  # fmt: skip
    pact = record.documents["ceta"]
    assert (pact.status, pact.applied_parts) == ("provisional", ("trade",))
    assert (acts(record, "ceta", "not-adopted")[0].institution, pact.open_without_date[0].by) == ("Senate", ("FR",))


def test_cyprus_blocks_ratification_of_a_signed_treaty():
    """Its parliament holds the ratification up; what a party of many does not ratify is not "signed and well"."""
    record = given(
        ("2016-10-31", "Council", "official-release"), DocumentSigned("ceta", on="2016-10-30", parties=("CA", "EU")),
        ("2020-08-01", "AFP", "news"), DocumentBlocked("ceta", by="CY", act="ratify", institution="Parliament"),
    )  # fmt: skip
    assert (record.documents["ceta"].status, record.documents["ceta"].stage) == ("blocked", "signed")
    both = given(
        ("2020-08-01", "AFP", "news"), DocumentBlocked("ceta", by=("CY", "GR"), act="ratify"),
        ("2021-08-01", "AFP", "news"), RatificationCompleted("ceta", signatory="DE"),
    )  # fmt: skip
    assert [block.by for block in both.documents["ceta"].blocks] == [("CY", "GR")]


# ---- signatures: by how many, by whom not, as one ----


def test_forty_four_of_fifty_five_states_sign():
    """44 African countries signed in Kigali, Nigeria and nine others did not; Nigeria followed a year later."""
    kigali = (
        ("2018-03-22", "CNN", "news"),
        DocumentSigned("afcfta", on="2018-03-21", place="Kigali", signatory_count=44, not_by="NG", not_by_count=10),
    )
    abuja = (("2019-07-08", "AU", "official-release"), DocumentSigned("afcfta", signatory="NG", on="2019-07-07"))
    before, after = given(*kigali), given(*kigali, *abuja)
    (act,) = acts(before, "afcfta", "signed")
    assert (act.signatory_count, act.not_by, act.not_by_count) == (ps.Count(44), ("NG",), ps.Count(10))
    assert before.documents["afcfta"].status == "partly-signed"
    assert after.documents["afcfta"].status == "partly-signed"  # nine more had not signed


def test_some_members_have_not_signed():
    """At least two parties did not sign, without names; with the names of all, a later signature completes it."""
    some = DocumentSigned("pact", on="2020-01-01", not_by_count=ps.Count(2, "at-least"))
    one = DocumentSigned("pact", on="2020-01-01", not_by="IN")
    later = (("2021-01-01", "PTI", "news"), DocumentSigned("pact", signatory="IN", on="2020-12-01"))
    assert given(("2020-01-02", "AFP", "news"), some).documents["pact"].status == "partly-signed"
    assert given(("2020-01-02", "AFP", "news"), one).documents["pact"].status == "partly-signed"
    assert given(("2020-01-02", "AFP", "news"), one, *later).documents["pact"].status == "signed"


def test_the_union_and_its_members_sign_as_one():
    """The EU and its member states sign with Vietnam: they are one party of the investment agreement."""
    record = given(
        ("2019-06-30", "European Commission", "official-release"),
        DocumentSigned("eu-vn-ipa", signatory="EU", with_members=True, on="2019-06-30", parties=("EU", "VN")),
        DocumentSigned("eu-vn-ipa", signatory="VN", on="2019-06-30", signed_by="Tran Tuan Anh"),
    )  # fmt: skip
    assert record.documents["eu-vn-ipa"].status == "signed"
    (row,) = record.documents_register()
    assert str(row.parties[0]) == "EU with its members: signed 30 June 2019"


def test_a_party_that_is_said_not_to_have_signed():
    """The register says so, and of the others only what is known."""
    record = given(
        ("2023-08-20", "AFP", "news"),
        DocumentSigned("pact", on="2023-08-18", parties=("AU", "JP", "KR"), not_by="KR"),
        RatificationCompleted("pact", signatory="JP", on="2024-01"),
    )  # fmt: skip
    (row,) = record.documents_register()
    assert [str(party) for party in row.parties] == [
        "AU: signed 18 August 2023",
        "JP: signed 18 August 2023, ratified January 2024",
        "KR: has not signed",
    ]


# ---- in force: for whom, provisionally, suspended, left ----


def test_in_force_for_ten_states_and_later_for_another():
    """RCEP is in force for ten from 1 January 2022, for Korea a month later; the first day is that of the treaty."""
    ten = ("AU", "BN", "CN", "JP", "KH", "LA", "NZ", "SG", "TH", "VN")
    record = given(
        ("2021-11-03", "ASEAN", "official-release"),
        DocumentPlanned("rcep", act="enter-into-force", planned="2022-01-01", condition="60 days after ten"),
        ("2022-01-01", "ASEAN", "official-release"), EnteredIntoForce("rcep", on="2022-01-01", effective_for=ten),
        ("2022-02-01", "Yonhap", "news"), EnteredIntoForce("rcep", on="2022-02-01", effective_for="KR"),
    )  # fmt: skip
    pact = record.documents["rcep"]
    assert (pact.status, str(pact.in_force_on), due(record)) == ("in-force", "2022-01-01", [])
    assert pact.by("in-force") == {*ten, "KR"}
    (row,) = record.documents_register(party="KR")
    assert str(next(one for one in row.parties if one.party == "KR")) == "KR: in force 1 February 2022"
    assert finding_slugs(record) == set()


def test_instruments_deposited_with_the_secretary_general():
    """Singapore deposited its instrument with the Secretary-General of ASEAN, the first to do so."""
    notice = NotificationGiven("rcep", signatory="SG", matter="completion", to="ASEAN", on="2021-04-09")
    record = given(("2021-04-16", "Global Compliance News", "news"), notice)
    assert acts(record, "rcep", "notified")[0].to == ("ASEAN",)


def test_notice_of_what():
    """Washington gave notice that it leaves the Paris Agreement, a year before it left."""
    record = given(
        ("2019-11-05", "State Department", "official-release"),
        NotificationGiven("paris", signatory="US", matter="withdrawal", to="UN", text="it withdraws", on="2019-11-04"),
        DocumentPlanned("paris", act="withdraw", by="US", planned="2020-11-04"),
        ("2020-11-05", "BBC", "news"), WithdrawalCompleted("paris", signatory="US", on="2020-11-04", reason="jobs"),
        EnteredIntoForce("paris", on="2016-11-04", effective_for=("FR", "US")),
    )  # fmt: skip
    assert due(record.as_of("2019-12-01")) == [("paris", "withdraw", None, "2020-11-04")]
    assert (record.documents["paris"].status, due(record)) == ("in-force", [])
    assert acts(record, "paris", "withdrawn")[0].party == "US"
    (row,) = record.documents_register(party="US")
    assert str(row.parties[1]) == "US: in force 4 November 2016, withdrawn 4 November 2020"


def test_parts_are_applied_provisionally_one_after_the_other():
    """The trade part is applied from May, cooperation from July; the rest waits for all ratifications."""
    record = given(
        ("2026-02-27", "taz", "news"),
        DocumentPlanned("aa", act="apply", part="trade", planned="2026-05-01"),
        DocumentPlanned("aa", act="apply", part="cooperation", planned="2026-07-01"),
        ("2026-05-01", "European Commission", "official-release"),
        ProvisionalApplicationBegan("aa", part="trade", on="2026-05-01", effective_for=("AR", "EU", "UY")),
    )  # fmt: skip
    assert due(record) == [("aa", "apply", "cooperation", "2026-07-01")]
    assert (record.documents["aa"].status, record.documents["aa"].applied_parts) == ("provisional", ("trade",))
    assert record.documents["aa"].by("applied") == {"AR", "EU", "UY"}
    assert str(record.as_of("2026-06-01").upcoming()[0]) == (
        "document:aa: to apply (cooperation), planned 1 July 2026, said by taz, 27 February 2026"
    )


def test_a_party_suspends_its_participation_and_does_not_leave():
    """Moscow suspended the arms treaty in February 2023; two sides, so that it is suspended between them."""
    story = (
        ("2021-02-03", "Foreign Ministry", "official-release"),
        EnteredIntoForce("new-start", on="2011-02-05", parties=("RU", "US"), period="2011-02-05/2021-02-05"),
        DocumentExtended("new-start", on="2021-02-03", until="2026-02-05", duration="P5Y"),
        ("2023-02-21", "AP", "news"), ApplicationSuspended("new-start", by="RU", on="2023-02-21"),
    )  # fmt: skip
    record = given(*story)
    treaty = record.documents["new-start"]
    assert (treaty.status, treaty.stage, treaty.suspensions[0].by) == ("suspended", "in-force", ("RU",))
    assert (str(treaty.period), str(treaty.until)) == ("2011-02-05/2026-02-05", "2026-02-05")
    assert str(acts(record, "new-start", "extended")[0].extended_by) == "five years"
    assert (
        str(record.as_of(on="2020-01-01", known="2026-01-01").documents["new-start"].period) == "2011-02-05/2021-02-05"
    )
    again = given(*story, ("2024-01-02", "AP", "news"), ApplicationResumed("new-start", by="RU", on="2024-01-01"))
    assert (again.documents["new-start"].status, again.documents["new-start"].suspensions) == ("in-force", ())


def test_only_a_part_is_suspended():
    """Brussels suspended trade concessions of the agreement with Israel; the agreement is in force."""
    record = given(
        ("2000-06-01", "EU", "official-text"), EnteredIntoForce("eu-il", on="2000-06-01", parties=("EU", "IL")),
        ("2025-09-18", "AFP", "news"),
        ApplicationSuspended("eu-il", by="EU", part="trade concessions", on="2025-09-17"),
    )  # fmt: skip
    assert (record.documents["eu-il"].status, record.documents["eu-il"].suspensions[0].part) == (
        "in-force",
        "trade concessions",
    )


def test_one_of_many_suspends():
    """Between the others the treaty is applied."""
    record = given(
        ("1992-07-17", "OSCE", "official-text"), EnteredIntoForce("cfe", on="1992-07-17", parties=("DE", "FR", "RU")),
        ("2007-12-12", "RIA", "news"), ApplicationSuspended("cfe", by="RU", on="2007-12-12"),
    )  # fmt: skip
    assert (record.documents["cfe"].status, record.documents["cfe"].suspensions[0].by) == ("in-force", ("RU",))


def test_a_new_member_of_a_trade_pact():
    """Britain asked in 2021, talks were concluded in March 2023, it signed in July and is in since December 2024."""
    record = given(
        ("2021-02-01", "DIT", "official-release"),
        DocumentProposed("cptpp-uk", by="GB", part_of="cptpp", on="2021-02-01"),
        ("2021-09-28", "DIT", "official-release"), NegotiationOpened("cptpp-uk", on="2021-09-28"),
        ("2023-03-31", "DBT", "official-release"), NegotiationConcluded("cptpp-uk", on="2023-03-31"),
        ("2023-07-16", "DBT", "official-release"), DocumentSigned("cptpp-uk", on="2023-07-16", place="Auckland"),
        ("2024-12-15", "DBT", "official-release"), EnteredIntoForce("cptpp-uk", on="2024-12-15"),
        DocumentAcceded("cptpp", signatory="GB", on="2024-12-15"),
    )  # fmt: skip
    accession = record.documents["cptpp-uk"]
    assert (accession.status, accession.part_of, str(accession.opened_on)) == ("in-force", "cptpp", "2021-09-28")
    assert record.documents["cptpp"].by("acceded") == {"GB"}


# ---- period, extension, amendment, contents, issuer ----


def test_a_memorandum_is_extended_for_three_years():
    """The memorandum of 2018 ran for five years; the sides extended it by three, and are to extend it again."""
    record = given(
        ("2018-07-02", "MFA", "official-release"),
        DocumentSigned("mou", on="2018-07-01", form="mou", duration="P5Y", parties=("ID", "RU")),
        ("2023-06-30", "Antara", "news"),
        DocumentExtended("mou", on="2023-06-29", duration="P3Y", until="2026-07-01"),
        DocumentPlanned("mou", act="extend", planned="2026"),
    )  # fmt: skip
    mou = record.documents["mou"]
    assert (str(mou.duration), str(mou.until), mou.period) == ("five years", "2026-07-01", None)
    assert due(record) == [("mou", "extend", None, "2026")]
    again = given(
        ("2023-06-30", "Antara", "news"), DocumentPlanned("mou", act="extend", planned="2026"),
        ("2026-05-02", "Antara", "news"),
        DocumentExtended("mou", on="2026-05-01", until="2029-07-01", episode="second"),
    )  # fmt: skip
    assert due(again) == []


def test_a_whole_period_with_the_extension():
    """The plan of 2016 to 2020 was extended to 2021; a vague or earlier end leaves the period as it was."""
    adopted = (("2016-05-20", "ASEAN", "official-text"), DocumentAdopted("cpa", on="2016-05-20", period="2016/2020"))
    later = ("2020-11-01", "ASEAN", "official-release")
    assert (
        str(given(*adopted, later, DocumentExtended("cpa", period="2016/2021")).documents["cpa"].period) == "2016/2021"
    )
    assert str(given(*adopted, later, DocumentExtended("cpa", until="2021")).documents["cpa"].period) == "2016/2021"
    assert str(given(*adopted, later, DocumentExtended("cpa", until="2021~")).documents["cpa"].period) == "2016/2020"
    assert str(given(*adopted, later, DocumentExtended("cpa", until="2015")).documents["cpa"].period) == "2016/2020"


def test_an_annex_is_amended_by_a_protocol():
    """The annex on services was amended by the second protocol, which is a part of the agreement."""
    record = given(
        ("2020-01-21", "MITI", "official-release"),
        DocumentAmended("acfta", part="annex on services", amendment="document:second-protocol", on="2020-01-01"),
        DocumentSigned("second-protocol", on="2019-11-04", part_of="document:acfta", form="protocol"),
        DocumentPlanned("acfta", act="amend", part="rules of origin", planned="2020"),
    )  # fmt: skip
    (act,) = acts(record, "acfta", "amended")
    assert (act.part, act.amendment) == ("annex on services", "second-protocol")
    assert record.documents["second-protocol"].part_of == "acfta"
    assert due(record) == [("acfta", "amend", "rules of origin", "2020")]


def test_what_the_agreement_provides():
    """Mercosur lifts 91 % of its duties, the EU about 92 %; 99,000 tonnes of beef; over a billion for farmers."""
    record = given(
        ("2024-12-06", "European Commission", "official-release"),
        ProvisionReported("eu-mercosur", part="tariffs", by="MERCOSUR", share=91, text="duties on exports of the EU"),
        ProvisionReported("eu-mercosur", part="tariffs", by="EU", share=ps.Percent(92, "about")),
        ProvisionReported("eu-mercosur", part="beef", by="EU", number=99000, unit="tonnes a year", due="2030"),
        ProvisionReported("eu-mercosur", part="farmers", amount=ps.Money(1000000000, "EUR", "at-least")),
        ("2024-12-08", "taz", "news"),
        ProvisionReported("eu-mercosur", part="beef", by="EU", number=90000, unit="tonnes a year"),
    )  # fmt: skip
    provisions = record.documents["eu-mercosur"].provisions
    assert {(one.part, one.by, str(one.share)) for one in provisions if one.share} == {
        ("tariffs", ("EU",), "about 92 %"),
        ("tariffs", ("MERCOSUR",), "91 %"),
    }
    beef = next(one for one in provisions if one.part == "beef")
    assert (int(beef.number), beef.unit, str(beef.due), beef.is_disputed) == (99000, "tonnes a year", "2030", True)
    assert record.documents["eu-mercosur"].duration is None


def test_a_statement_issued_in_the_name_of_a_commission():
    """The Joint Commission of the nuclear deal issued a chair's statement; the text was published by the EEAS."""
    record = given(
        ("2019-07-28", "EEAS", "official-text"),
        DocumentAdopted("jc-2019", on="2019-07-28", issuer="Joint Commission of the JCPOA", verb="issued"),
        DocumentPublished("jcpoa", on="2015-07-14", issuer="EEAS"),
    )  # fmt: skip
    assert record.documents["jc-2019"].issuer == "Joint Commission of the JCPOA"
    assert record.documents["jcpoa"].issuer == "EEAS"


def test_a_group_of_unnamed_documents():
    """Twelve agreements were signed during the visit, three of them on energy."""
    record = given(
        ("2024-06-20", "VNA", "news"),
        DocumentSigned("visit-documents", on="2024-06-20", count=12, place="Hanoi", parties=("RU", "VN")),
        DocumentSigned("energy-documents", on="2024-06-20", count=3, part_of="visit-documents", topics="energy"),
    )  # fmt: skip
    assert record.documents["visit-documents"].count == ps.Count(12)
    assert record.documents["energy-documents"].part_of == "visit-documents"


# ---- neighbours of these: plans of other acts ----


def test_talks_that_are_to_be_opened_and_resumed():
    """Both are met by what follows, and a report after the fact plans nothing."""
    opened = (
        ("2018-07-17", "UzA", "news"), DocumentPlanned("epca", act="open-negotiations", planned="2018-11"),
        ("2019-02-13", "EEAS", "official-release"), NegotiationOpened("epca", on="2019-02-13"),
    )  # fmt: skip
    resumed = (("2020-05-01", "UzA", "news"), DocumentPlanned("epca", act="resume-negotiations", planned="2020-09"))
    assert due(given(*opened)) == []
    assert given(*opened, *resumed).documents["epca"].status == "negotiating"
    assert due(given(*opened, *resumed)) == [("epca", "resume-negotiations", None, "2020-09")]
    met = (("2020-10-01", "UzA", "news"), NegotiationResumed("epca", on="2020-09-15"))
    assert due(given(*opened, *resumed, *met)) == []
    assert "made-late" in finding_slugs(given(*opened))


def test_plans_to_initial_to_notify_and_to_publish():
    """Each is met by its own act."""
    plans = (
        ("2022-01-01", "AKIpress", "news"),
        DocumentPlanned("epca", act="initial", planned="2022-06"),
        DocumentPlanned("epca", act="notify", by="KG", planned="2022-07"),
        DocumentPlanned("epca", act="publish", planned="2022-08"),
    )
    done = (
        ("2022-09-01", "AKIpress", "news"), DocumentInitialled("epca", on="2022-06-05", signed_by="J. Kulubaev"),
        NotificationGiven("epca", signatory="KG", on="2022-07-05"), DocumentPublished("epca", on="2022-08-05"),
    )  # fmt: skip
    assert [act for _, act, *_ in due(given(*plans))] == ["initial", "notify", "publish"]
    assert due(given(*plans, *done)) == []
    assert acts(given(*plans, *done), "epca", "initialled")[0].signed_by == ("J. Kulubaev",)


def test_a_treaty_of_friendship_for_twenty_years():
    """Moscow and Tehran signed for twenty years, prolonged by five each time; both parliaments have ratified it."""
    record = given(
        ("2025-01-17", "TASS", "news"),
        DocumentSigned("ru-ir-treaty", on="2025-01-17", form="treaty", duration="P20Y", parties=("IR", "RU")),
        ProvisionReported("ru-ir-treaty", part="prolongation", duration="P5Y", text="prolonged each time by itself"),
        ("2025-05-21", "IRNA", "news"),
        DocumentApproved("ru-ir-treaty", signatory="IR", institution="Majlis", act="ratify", on="2025-05-21"),
        RatificationCompleted("ru-ir-treaty", signatory="RU", on="2025-04-21"),
        ("2025-10-02", "TASS", "news"), EnteredIntoForce("ru-ir-treaty", on="2025-10-02"),
    )  # fmt: skip
    treaty = record.documents["ru-ir-treaty"]
    assert (treaty.status, str(treaty.duration), str(treaty.provisions[0].duration)) == (
        "in-force",
        "20 years",
        "five years",
    )
    (row,) = record.documents_register()
    assert str(row.parties[0]) == "IR: approved (Majlis) 21 May 2025, signed 17 January 2025"


def test_a_pact_that_comes_up_for_extension():
    """Its three sides are to extend their pact at the joint review on 1 July 2026, and then did, up to 2042."""
    story = (
        ("2025-09-17", "Reuters", "news"),
        EnteredIntoForce("usmca", on="2020-07-01", period="2020-07-01/2036-07-01", parties=("CA", "MX", "US")),
        DocumentPlanned("usmca", act="extend", planned="2026-07-01"),
    )
    extended = ("2026-07-02", "Reuters", "news"), DocumentExtended("usmca", on="2026-07-01", until="2042-07-01")
    assert due(given(*story)) == [("usmca", "extend", None, "2026-07-01")]
    assert due(given(*story, *extended)) == []
    assert str(given(*story, *extended).documents["usmca"].period) == "2020-07-01/2042-07-01"


def test_access_of_inspectors_is_suspended_and_granted_again():
    """Tehran suspended the additional protocol, which it had applied provisionally since January 2016."""
    record = given(
        ("2021-02-23", "IAEA", "official-release"),
        ProvisionalApplicationBegan("additional-protocol", on="2016-01-16", effective_for="IR"),
        ApplicationSuspended("additional-protocol", by="IR", on="2021-02-23", reason="sanctions remain"),
    )  # fmt: skip
    protocol = record.documents["additional-protocol"]
    assert (protocol.status, protocol.stage, str(protocol.suspended_on)) == ("suspended", "provisional", "2021-02-23")
