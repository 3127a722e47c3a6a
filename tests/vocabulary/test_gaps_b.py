"""Who stands for whom, who stays away, who organizes and mediates, and to what a party does not consent.

The cases are those of reports from 2005 to 2025, told in other words.
"""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import (
    AbsenceReported,
    DocumentAdopted,
    DocumentPlanned,
    DocumentSigned,
    DraftingReported,
    MeetingConvened,
    MeetingHeld,
    MeetingProposed,
    MeetingRescheduled,
    MeetingScheduled,
    NegotiationConcluded,
    NegotiationProgressReported,
    ParticipationAnnounced,
    ParticipationDeclined,
    ParticipationReported,
    PartyNotInvited,
    ReservationMade,
)
from partnership.testing.scenario import finding_slugs, given

# ---- who takes part for whom, and who stays away ----


def test_a_crown_prince_who_represents_the_emir():
    """The Crown Prince attends for the Emir: nobody else was announced before, so nothing has changed (GCC, 2024)."""
    record = given(
        ("2024-10-16", "KUNA", "official-release"),
        ParticipationAnnounced("kuwait-at-eu-gcc", meeting="eu-gcc-1", person="Sheikh Sabah Khaled Al-Sabah",
                               party="KW", capacity="Crown Prince", on_behalf_of="the Emir", planned="2024-10-16"),
        ("2024-10-17", "KUNA", "official-release"),
        ParticipationReported("kuwait-at-eu-gcc", meeting="eu-gcc-1", person="Sheikh Sabah Khaled Al-Sabah",
                              party="KW", on="2024-10-16"),
    )  # fmt: skip
    kuwait = record.participations["kuwait-at-eu-gcc"]

    assert (kuwait.status, kuwait.on_behalf_of, kuwait.former) == ("took-part", "the Emir", None)
    assert "the Emir" in str(record.dossier("participation:kuwait-at-eu-gcc"))
    assert "the Emir" in str(record.why("participation:kuwait-at-eu-gcc", "on_behalf_of"))


def test_a_security_adviser_in_place_of_a_president():
    """An adviser stood for a president who stayed away from the summit with the ten, seven of whom stayed away too."""
    record = given(
        ("2019-11-05", "Manila Bulletin", "news"),
        ParticipationReported("us-at-asean-us-7", meeting="asean-us-7", person="Robert O'Brien", party="US",
                              capacity="National Security Adviser", on_behalf_of="President Trump", on="2019-11-04"),
        AbsenceReported("trump-at-asean-us-7", meeting="asean-us-7", person="Donald Trump", party="US",
                        on="2019-11-04"),
        AbsenceReported("leaders-not-at-asean-us-7", meeting="asean-us-7", count=7, level="leaders",
                        on="2019-11-04", reason="a minister came, so ministers were sent"),
    )  # fmt: skip
    absent = record.participations["leaders-not-at-asean-us-7"]

    assert record.participations["us-at-asean-us-7"].on_behalf_of == "President Trump"
    assert (absent.status, absent.count, absent.absent_on) == ("absent", ps.Count(7), ps.When("2019-11-04"))
    assert absent.reason == "a minister came, so ministers were sent"
    assert record.participations["trump-at-asean-us-7"].status == "absent"
    assert finding_slugs(record) == set()


def test_a_president_who_was_announced_and_did_not_come():
    """He was expected on that day, gave no notice, and stayed away: nothing is expected of him any more."""
    announced = ParticipationAnnounced("mubarak", meeting="euromed-10", person="Hosni Mubarak", party="EG",
                                       planned="2005-11-27")  # fmt: skip
    absent = AbsenceReported("mubarak", meeting="euromed-10", person="Hosni Mubarak", party="EG", on="2005-11-27",
                             reason="circumstances in the region")  # fmt: skip
    record = given(("2005-11-20", "Reuters", "news"), announced, ("2005-11-28", "The Guardian", "news"), absent)
    before = record.as_of("2005-11-26")

    assert [item.subject for item in before.upcoming()] == ["participation:mubarak"]
    assert record.participations["mubarak"].expected == ()
    assert [item.subject for item in record.as_of("2006-01-01").overdue()] == []
    assert "Absent on: 27 November 2005" in str(record.dossier("participation:mubarak"))


def test_a_leader_who_declined_and_stayed_away():
    """Both are true on one day, and no dispute: what he said, and what he then did."""
    record = given(
        ("2023-09-04", "The Hindu", "news"),
        ParticipationDeclined("xi", meeting="g20-18", person="Xi Jinping", party="CN", substitute="Li Qiang",
                              reason="none was given"),
        ("2023-09-04", "ANI", "news"),
        AbsenceReported("xi", meeting="g20-18", person="Xi Jinping", party="CN"),
        ("2023-10-01", "ANI", "news"),
        ParticipationAnnounced("xi", meeting="g20-18", person="Xi Jinping", party="CN", planned="2023-09-09"),
    )  # fmt: skip
    xi = record.participations["xi"]

    assert (xi.status, xi.substitute, xi.reason) == ("absent", "Li Qiang", "none was given")
    assert (xi.expected, list(record.disputes())) == ((), [])


def test_a_guest_who_both_came_and_did_not():
    """One agency saw the minister there, another did not: a contradiction that the findings tell."""
    record = given(
        ("2018-06-01", "A", "news"), ParticipationReported("guest", meeting="forum", party="LA", on="2018-06-01"),
        ("2018-06-02", "B", "news"), AbsenceReported("guest", meeting="forum", party="LA", on="2018-06-01"),
    )  # fmt: skip

    assert record.participations["guest"].status == "took-part"
    assert finding_slugs(record) == {"took-part-and-absent"}


def test_an_absent_party_that_had_not_been_invited():
    """A party that did not attend turns out not to have been invited."""
    record = given(
        ("2025-10-26", "A", "news"), AbsenceReported("mm", meeting="asean-us-13", party="MM"),
        ("2025-10-27", "A", "news"), PartyNotInvited("mm", meeting="asean-us-13", party="MM"),
    )  # fmt: skip

    assert record.participations["mm"].status == "absent"


# ---- who organizes and mediates, how long, and where ----


def test_a_conference_of_five_organizers_in_the_country_of_another():
    """Japan organizes the conference with four institutions; Kenya hosts it (TICAD VI, 2016)."""
    five = ["JP", "UN", "UNDP", "WORLD-BANK", "AU"]
    record = given(
        ("2016-08-20", "MOFA Japan", "official-release"),
        MeetingScheduled("ticad-6", planned="2016-08-27/2016-08-28", duration="P2D", host="KE", place="Nairobi",
                         organizers=["JP", "UN"]),
        ("2016-08-27", "Daily Nation", "news"),
        MeetingConvened("ticad-6", on="2016-08-27", place="the Kenyatta conference centre"),
        ("2016-09-10", "African Union", "official-release"),
        MeetingHeld("ticad-6", on="2016-08-27/2016-08-28", host="KE", organizers=five),
    )  # fmt: skip
    meeting, planned = record.meetings["ticad-6"], record.as_of("2016-08-21").meetings["ticad-6"]

    assert (meeting.host, meeting.organizers) == ("KE", tuple(sorted(five)))
    assert (planned.duration, planned.organizers) == (ps.Duration("P2D"), ("JP", "UN"))
    assert record.as_of("2016-08-27").meetings["ticad-6"].place == "the Kenyatta conference centre"
    assert list(record.disputes()) == []  # the shorter list is a part of the longer one


def test_indirect_talks_through_a_mediator():
    """Two delegations that do not sit together speak through Oman's minister in Muscat (April 2025)."""
    record = given(
        ("2025-04-12", "ONA", "news"),
        MeetingHeld("muscat-1", on="2025-04-12", place="Muscat", parties=["IR", "US"], mediators=["OM"],
                    format="indirect talks"),
    )  # fmt: skip
    talks = record.meetings["muscat-1"]

    assert (talks.parties, talks.mediators) == (("IR", "US"), ("OM",))
    assert "OM" in str(record.dossier("meeting:muscat-1"))


def test_sources_that_name_other_mediators():
    """One source credits Qatar, the other Egypt: a dispute."""
    record = given(
        ("2025-01-15", "A", "news"), MeetingHeld("doha", on="2025-01-15", mediators=["QA"]),
        ("2025-01-15", "B", "news"), MeetingHeld("doha", on="2025-01-15", mediators=["EG"]),
    )  # fmt: skip

    assert record.meetings["doha"].disputed == ("mediators",)
    assert "mediators" in str(record.disputes()[0])


def test_a_summit_in_india_or_in_the_united_states():
    """The leaders may meet in either country; once the place is chosen, the choice is over."""
    record = given(
        ("2025-02-14", "PTI", "news"),
        MeetingProposed("quad-6", title="Quad summit", alternative_places=["India", "the United States"]),
        ("2025-05-01", "PTI", "news"), MeetingScheduled("quad-6", planned="2025-09", place="New Delhi"),
        ("2025-08-01", "PTI", "news"),
        MeetingRescheduled("quad-6", planned="2025-11", alternative_places=["New Delhi", "Jaipur"]),
    )  # fmt: skip
    proposed, planned = (record.as_of(day).meetings["quad-6"] for day in ("2025-03-01", "2025-06-01"))

    assert (proposed.alternative_places, proposed.place) == (("India", "the United States"), None)
    assert (planned.alternative_places, planned.place) == ((), "New Delhi")
    moved = record.meetings["quad-6"]
    assert (moved.alternative_places, moved.place) == (("New Delhi", "Jaipur"), None)


def test_a_summit_that_opens_in_the_capital():
    """Opened today in Addis Ababa: the place is known before the meeting is over."""
    record = given(("2024-02-17", "Xinhua", "news"), MeetingConvened("au-37", on="2024-02-17", place="Addis Ababa"))

    assert (record.meetings["au-37"].status, record.meetings["au-37"].place) == ("convened", "Addis Ababa")


def test_a_meeting_of_which_only_another_tells():
    """A meeting that another prepares has no status yet: neither the page nor the findings make one up."""
    record = given(("2024-05-01", "A", "news"), MeetingHeld("som", on="2024-05-01", prepares=["summit"]))
    summit = record.meetings["summit"]

    assert (summit.status, summit.prepared_by) == (None, ("meeting:som",))
    assert "meeting:summit" not in str(record.findings())
    assert "None" not in str(record.dossier("meeting:summit"))
    assert [item.subject for item in record.as_of("2025-01-01").overdue()] == []


# ---- reservations ----


def test_a_declaration_with_which_a_state_agrees_but_for_one_paragraph():
    """One state dissociates itself from a paragraph of a declaration that all adopted, it too."""
    record = given(
        ("2023-11-12", "SPA", "news"),
        DocumentAdopted("riyadh-declaration", on="2023-11-11", parties=["IQ", "SA", "TN"]),
        ReservationMade("riyadh-declaration", signatory="IQ", part="the two-state solution", on="2023-11-11"),
        ReservationMade("riyadh-declaration", signatory="IQ", part="the Arab Peace Initiative"),
        ReservationMade("riyadh-declaration", signatory="TN", text="all but humanitarian relief", on="2023-11-11"),
    )  # fmt: skip
    declaration = record.documents["riyadh-declaration"]
    row = record.documents_register()[0]
    parties = {party.party: party for party in row.parties}

    assert declaration.status == "adopted"
    reservations = [(act.party, act.part, act.text) for act in declaration.acts if act.done == "reserved"]
    assert sorted(reservations, key=str) == [
        ("IQ", "the Arab Peace Initiative", None),
        ("IQ", "the two-state solution", None),
        ("TN", None, "all but humanitarian relief"),
    ]
    assert {act.part for act in parties["IQ"].reservations} == {"the two-state solution", "the Arab Peace Initiative"}
    assert parties["SA"].reservations == ()
    assert "with a reservation (the two-state solution) 11 November 2023" in str(row)
    assert "TN: with a reservation 11 November 2023" in str(row)


def test_seven_states_that_attach_objections():
    """Seven states, which the report does not name, attached objections to the communiqué."""
    record = given(
        ("2024-06-16", "Swissinfo", "news"),
        DocumentAdopted("buergenstock", on="2024-06-16"),
        ReservationMade("buergenstock", signatory_count=7, part="paragraph 2", on="2024-06-16"),
    )  # fmt: skip
    [reserved] = [act for act in record.documents["buergenstock"].acts if act.done == "reserved"]

    assert (reserved.signatory_count, reserved.part, reserved.party) == (ps.Count(7), "paragraph 2", None)


def test_a_signature_with_a_reservation():
    """A state signs with a reservation on one article: it has signed, and its plan to sign is met."""
    record = given(
        ("2018-03-01", "A", "news"), DocumentPlanned("afcfta", act="sign", planned="2018-03-21", parties=["GN", "KE"]),
        ("2018-03-22", "A", "news"),
        DocumentSigned("afcfta", signatory="KE", on="2018-03-21"), DocumentSigned("afcfta", signatory="GN"),
        ReservationMade("afcfta", signatory="GN", part="article 8", text="until its parliament has debated it"),
    )  # fmt: skip

    assert record.documents["afcfta"].status == "signed"
    assert [item.subject for item in record.as_of("2019-01-01").overdue()] == []
    assert "with a reservation (article 8)" in str(record.documents_register()[0])


def test_a_reservation_does_not_mean_that_the_document_was_made():
    """An objection to a draft leaves it a draft."""
    record = given(
        ("2024-01-01", "A", "news"), DraftingReported("code", stage="third reading"),
        ("2024-02-01", "A", "news"), ReservationMade("code", signatory="VN", part="geographic scope"),
    )  # fmt: skip

    assert (record.documents["code"].status, record.documents["code"].drafting_stage) == ("drafting", "third reading")


# ---- how far a draft and negotiations have come ----


def test_a_text_that_is_legally_revised_and_translated():
    """The text is agreed and is then revised by lawyers and translated before it can be signed (CETA, 2014 to 2016)."""
    record = given(
        ("2014-08-05", "CBC", "news"), NegotiationConcluded("ceta", on="2014-08-05"),
        ("2014-08-14", "ARD", "news"), DraftingReported("ceta", stage="legal scrubbing"),
        ("2016-03-01", "CBC", "news"), DraftingReported("ceta", stage="being translated"),
        ("2016-10-31", "CBC", "news"), DocumentSigned("ceta", on="2016-10-30"),
    )  # fmt: skip
    stages = {day: record.as_of(day).documents["ceta"] for day in ("2015-01-01", "2016-04-01", "2017-01-01")}

    assert [(state.status, state.drafting_stage) for state in stages.values()] == [
        ("negotiated", "legal scrubbing"),
        ("negotiated", "being translated"),
        ("signed", None),
    ]
    assert "being translated" in str(record.as_of("2016-04-01").dossier("document:ceta"))


def test_a_draft_reported_after_its_adoption():
    """A late report of the draft does not give an adopted text a stage, whether an act or a meeting adopted it."""
    adopted = DocumentAdopted("plan", on="2016-05-20")
    held = MeetingHeld("summit", on="2016-05-20", adopted=["plan"])
    for made in (adopted, held):
        record = given(
            ("2016-05-01", "A", "news"), DraftingReported("plan", stage="last reading"),
            ("2016-05-21", "A", "news"), made,
            ("2016-06-01", "A", "news"), DraftingReported("plan", stage="last reading"),
        )  # fmt: skip
        assert (record.documents["plan"].status, record.documents["plan"].drafting_stage) == ("adopted", None)


def test_what_is_still_open_in_the_talks():
    """A day before the signature dairy remains open (2018); earlier, three points were."""
    record = given(
        ("2018-08-01", "Reuters", "news"),
        NegotiationProgressReported("usmca", as_of="2018-08-01", done=20, total=30, unit="chapters",
                                    open_points=["dairy", "cars", "sunset clause"]),
        ("2018-11-29", "Reuters", "news"),
        NegotiationProgressReported("usmca", as_of="2018-11-29", open_points="dairy"),
    )  # fmt: skip
    earlier, later = record.documents["usmca"].progress

    assert earlier.open_points == ("dairy", "cars", "sunset clause")
    assert later.open_points == ("dairy",)
    assert "sunset clause" in str(record.dossier("document:usmca"))


# ---- which institution, on which side ----


def test_the_cabinet_on_one_side_and_the_parliament_on_the_other():
    """Both must still approve: the approval of one does not end the plan of the other."""
    record = given(
        ("2025-01-10", "ANI", "news"),
        DocumentPlanned("fta", act="approve", by="IN", institution="the cabinet", planned="2025-03"),
        DocumentPlanned("fta", act="approve", by="EU", institution="the European Parliament", planned="2025-06"),
    )  # fmt: skip

    assert [(plan.by, plan.detail) for plan in record.documents["fta"].expected] == [
        (("IN",), "the cabinet"),
        (("EU",), "the European Parliament"),
    ]


@pytest.mark.parametrize("field", ["organizers", "mediators"])
def test_organizers_and_mediators_are_codes(field):
    """Their names are parties, so that a question about a party finds them."""
    record = given(("2024-01-01", "A", "news"), MeetingHeld("talks", on="2024-01-01", **{field: ["QA", "EG"]}))

    assert getattr(record.meetings["talks"], field) == ("EG", "QA")
