"""What reports say of doubt: denials, contested accounts, what is not known or not said, and how firm a plan is.

Most sentences paraphrase reports of 2003 to 2024; each is recorded whole, and answers what a reader would ask.
"""

from __future__ import annotations

import json
import re

import attrs
import pytest

import partnership as ps
from partnership import charts
from partnership.__main__ import main
from partnership.errors import InvalidEvent, InvalidKind
from partnership.events import (
    AppointmentAnnounced,
    CommitmentMade,
    CommitmentSpecified,
    CoursePlanned,
    DocumentPlanned,
    DocumentSigned,
    DoubtResolved,
    InKindPledged,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    OmissionReported,
    ProposalAccepted,
    ProposalDeferred,
    ProposalMade,
    ProposalUnanswered,
    ReportContested,
    ReportDenied,
    RequestAnswered,
    RequestMade,
    RequestUnanswered,
    RoleExpected,
    UncertaintyReported,
    VisitAnnounced,
)


def news(published, publisher="Agency", kind="news"):
    """Return a source."""
    return ps.Source(publisher, published=published, kind=kind)


@pytest.fixture
def record():
    """Open an empty record."""
    with ps.open(":memory:") as opened:
        yield opened


def sides(view):
    """Return every dispute as its subject and its sides, each with its publishers."""
    return [
        (
            row.subject,
            row.names,
            [(str(side.value), [item.source.publisher for item in side.evidence]) for side in row.sides],
        )
        for row in view.disputes()
    ]


# ---- denials ----


def test_a_signature_that_a_minister_denies(record):
    """A minister says that the plan for 25 years, reported as signed, is not signed."""
    record.add(DocumentSigned("iran-china-plan", parties=["IR", "CN"]), source=news("2020-07-06", "Daily"))
    record.add(
        ReportDenied(
            "plan-not-signed",
            concerns="document:iran-china-plan",
            act="document-signed",
            by="IR",
            person="Mansour Gholami",
            text="the document has not been signed; the cabinet approved a draft",
        ),
        source=news("2020-07-13", "Mehr"),
    )
    assert record.documents["iran-china-plan"].status == "signed"
    assert sides(record) == [("document:iran-china-plan", ("report",), [("reported", ["Daily"]), ("denied", ["Mehr"])])]
    assert record.doubts["plan-not-signed"].status == "denied"
    assert str(record.disputes()[0]) == (
        "document:iran-china-plan, document signed, report: reported (Daily) or denied (Mehr); "
        "the first is chosen because a denial changes no value"
    )
    (finding,) = [found for found in record.findings() if found.slug == "disputed"]
    assert finding.claims == tuple(sorted(record.disputes()[0].claims))


def test_a_denial_in_the_answers_about_its_subject(record, tmp_path):
    """Why, the dossier and the page of the denied subject show it, with its source."""
    test_a_signature_that_a_minister_denies(record)
    why = str(record.why("document:iran-china-plan"))
    assert "denied (doubt:plan-not-signed): document signed, by IR, Mansour Gholami: the document has not been" in why
    assert why.endswith("because Mehr, 13 July 2020 (news)")
    dossier = str(record.dossier("document:iran-china-plan"))
    assert re.search(r"What is denied or not known\n  denied: document signed, by IR, .* \[2\]", dossier)
    assert "reported (Daily) [1] or denied (Mehr) [2]" in dossier
    assert "reported (Daily)" in str(record.dossier("doubt:plan-not-signed"))
    assert "doubt:plan-not-signed" in record.why("document:iran-china-plan")._repr_html_()
    record.page(tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text("utf-8")
    card = page[page.index('id="document:iran-china-plan"') :]
    assert "the document has not been signed" in card
    assert "sources differ" in card[: card.index("</tr>")]


def test_a_denial_in_json(tmp_path, capsys):
    """The verbs of the terminal name the doubt, with its status and words, and why with its claims."""
    path = str(tmp_path / "log.db")
    with ps.open(path) as record:
        test_a_signature_that_a_minister_denies(record)
    for verb in ("show", "why"):
        assert main([verb, path, "document:iran-china-plan", "--json"]) == 0
        (found,) = json.loads(capsys.readouterr().out)["doubts"]
        assert (found["subject"], found["status"]) == ("doubt:plan-not-signed", "denied")
        assert found["words"].startswith("document signed, by IR")
    assert found["because"][0]["source"]["publisher"] == "Mehr"


def test_a_denial_of_what_nobody_reports(record):
    """An aide says that the deal leases no islands: the subject shows it, and nothing is in dispute."""
    record.add(DocumentPlanned("iran-china-plan", act="conclude"), source=news("2020-07-05"))
    denial = ReportDenied("no-islands", concerns="document:iran-china-plan", act="document-signed", text="no lease")
    record.add(
        denial, ReportDenied("no-port", concerns="project:port", text="no such project"), source=news("2020-07-12")
    )
    assert record.disputes() == ()
    assert "denied (doubt:no-islands): document signed: no lease" in str(record.why("document:iran-china-plan"))
    assert str(record.why("project:port")).startswith("project:port\n  denied (doubt:no-port): no such project\n")
    assert "denied: no such project" in str(record.dossier("project:port"))


def test_a_denial_of_one_value(record):
    """A ministry denies the amount of a pledge and not the pledge."""
    pledge = CommitmentMade("pledge", by="CN", amount=ps.Money("400000000000", "USD"), text="invest in oil and gas")
    record.add(pledge, source=news("2019-09-03", "Petroleum Economist"))
    denial = ReportDenied(
        "no-such-sum", concerns="commitment:pledge", field="amount", by="IR", text="hypothetical figures"
    )
    record.add(denial, source=news("2020-07-11", "Iran News"))
    assert sides(record) == [
        (
            "commitment:pledge",
            ("amount",),
            [("400,000,000,000 USD", ["Petroleum Economist"]), ("denied", ["Iran News"])],
        )
    ]
    assert record.disputes()[0].fields == ("amount",)
    assert record.why("commitment:pledge", "amount").doubts[0].doubt.subject == "doubt:no-such-sum"
    assert record.why("commitment:pledge", "text").doubts == ()


def test_a_denial_of_a_place_that_few_name(record):
    """Only reports that name a place are on its side, the one that is believed first; those of other acts are not."""
    record.add(MeetingHeld("talks", place="Muscat"), source=news("2021-03-03", "Ministry", "official-release"))
    record.add(MeetingHeld("talks", place="Doha"), source=news("2021-03-03", "Daily"))
    record.add(MeetingHeld("talks", level="experts"), source=news("2021-03-03", "Wire"))
    record.add(DocumentSigned("talks"), MeetingScheduled("talks", planned="2021-03"), source=news("2021-03-01"))
    record.add(ReportDenied("not-there", concerns="meeting:talks", field="place"), source=news("2021-03-04", "IRNA"))
    (row,) = [row for row in record.disputes() if row.doubt]
    assert [(side.value, [item.source.publisher for item in side.evidence]) for side in row.sides] == [
        ("Muscat", ["Ministry"]),
        ("Doha", ["Daily"]),
        ("denied", ["IRNA"]),
    ]
    assert [item.event.name for item in row.denied] == ["meeting-held"]


def test_a_denial_of_a_date_in_a_timeline(record):
    """It names no other date, so the denied one is marked as disputed and nothing is drawn beside it."""
    record.add(MeetingHeld("talks", on="2021-03-02"), source=news("2021-03-03"))
    record.add(ReportDenied("not-then", concerns="meeting:talks", field="on"), source=news("2021-03-04"))
    pytest.importorskip("matplotlib")
    axes = charts.timeline(record)
    assert "2 March 2021" in str(record.disputes()[0])
    assert len([line for line in axes.lines if line.get_markersize() == 9]) == 1  # the ring around what is in dispute


def test_a_denial_of_all_that_is_reported(record):
    """One side says that none of it is true: one dispute with all reports."""
    record.add(
        MeetingScheduled("talks", planned="2021-03"), MeetingHeld("talks", on="2021-03-02"), source=news("2021-03-03")
    )
    record.add(ReportDenied("no-talks", concerns="meeting:talks", by="IR"), source=news("2021-03-05", "IRNA"))
    (row,) = record.disputes()
    assert row.event == ""
    assert len(row.denied) == 2
    assert str(row).startswith("meeting:talks, report: reported (Agency) or denied (IRNA)")


def test_a_signature_after_its_denial(record):
    """What is denied in March and signed in June is not in dispute; a later report of February still is."""
    record.add(
        ReportDenied("not-yet", concerns="document:pact", act="document-signed", on="2021-03-03"),
        source=news("2021-03-03"),
    )
    record.add(DocumentSigned("pact", on="2021-06-01"), source=news("2021-06-02"))
    assert record.disputes() == ()
    record.add(DocumentSigned("other", on="2021-02-01"), source=news("2021-06-02"))
    record.add(ReportDenied("never", concerns="document:other", act="document-signed"), source=news("2021-03-03"))
    assert [row.subject for row in record.disputes()] == ["document:other"]


def test_a_denial_that_is_withdrawn(record):
    """It stands until the side withdraws it, and again when it is repeated; a retracted one never stood."""
    record.add(DocumentSigned("pact", on="2021-02-27"), source=news("2021-03-01"))
    denial = ReportDenied("unsigned", concerns="document:pact", act="document-signed", by="RU", on="2021-03-03")
    (entry,) = record.add(denial, source=news("2021-03-03"))
    record.add(DoubtResolved("unsigned", by="RU", on="2021-04-01", text="it was"), source=news("2021-04-01"))
    assert record.disputes() == ()
    assert len(record.as_of("2021-03-20").disputes()) == 1
    assert record.doubts["unsigned"].resolved_by == ("RU",)
    assert "denied" not in str(record.why("document:pact"))
    record.add(UncertaintyReported("unsigned", concerns="document:pact"), source=news("2021-05-01"))
    assert (record.doubts["unsigned"].status, record.doubts["unsigned"].resolved_by) == ("uncertain", ())
    record.retract(entry)
    assert record.as_of("2021-03-20").disputes() == ()


def test_a_denial_about_one_of_two_names(record):
    """A subject that is declared the same as another shares its denials."""
    record.add(DocumentSigned("accord", on="2021-02-27"), source=news("2021-03-01"))
    record.add(ReportDenied("unsigned", concerns="document:pact", act="document-signed"), source=news("2021-03-03"))
    assert record.disputes() == ()
    record.same_as("document:accord", "document:pact")
    assert [row.subject for row in record.disputes()] == ["document:accord"]
    assert record.why("document:pact").doubts[0].doubt.concerns == "document:accord"


def test_one_subject_of_a_file(tmp_path):
    """A query about it reads only what refers to it, and finds its denials and no others."""
    with ps.open(tmp_path / "log.db") as record:
        test_a_signature_that_a_minister_denies(record)
        other = ReportDenied("other", concerns="document:other", text="nothing of it")
        record.add(other, DocumentPlanned("late", supersedes="iran-china-plan"), source=news("2020-08-01"))
    with ps.open(tmp_path / "log.db") as record:
        assert [item.doubt.subject for item in record.why("document:iran-china-plan").doubts] == [
            "doubt:plan-not-signed"
        ]


def test_an_act_that_does_not_exist(record):
    """It is refused with the nearest name, or with all; a kind that the record does not know has any act."""
    with pytest.raises(InvalidEvent, match="no event of the kind 'document'; did you mean 'document-signed'"):
        record.add(ReportDenied("d", concerns="document:pact", act="document-singed"), source=news("2021-03-03"))
    with pytest.raises(InvalidEvent, match="no event of the kind 'incident'; write one of 'incident-reported'"):
        record.add(ReportDenied("d", concerns="incident:fire", act="meeting-held"), source=news("2021-03-03"))
    with pytest.raises(InvalidEvent, match="'amont' is no field of commitment-made; did you mean 'amount'"):
        record.add(
            ReportDenied("d", concerns="commitment:a", act="commitment-made", field="amont"), source=news("2021-03-03")
        )
    with pytest.raises(
        InvalidEvent, match="'plaze' is no field of an event of the kind 'meeting'; did you mean 'place'"
    ):
        record.add(ReportDenied("d", concerns="meeting:a", field="plaze"), source=news("2021-03-03"))
    with pytest.raises(InvalidEvent, match="act: "):
        ReportDenied("d", concerns="document:pact", act="DocumentSigned")
    record.add(ReportDenied("d", concerns="exhibition:rodin", act="exhibition-opened"), source=news("2021-03-03"))
    assert record.doubts["d"].act == "exhibition-opened"


# ---- contested, not known, not said ----


def test_an_account_that_the_source_calls_contested(record):
    """One side says agenda, the other low turnout: the report itself calls the reason contested."""
    record.add(MeetingPostponed("au-eu", reason="low representation"), source=news("2020-12-08", "Devex"))
    contested = ReportContested("why-off", concerns="meeting:au-eu", field="reason", text="the EU speaks of the agenda")
    record.add(contested, source=news("2020-12-09", "Politico"))
    assert sides(record)[0][2] == [("low representation", ["Devex"]), ("contested", ["Politico"])]


def test_what_is_not_known(record):
    """It is not clear what a coup means for the talks: no dispute, and shown with the subject."""
    record.add(DocumentPlanned("us-thai-fta", act="conclude"), source=news("2006-02-01"))
    unclear = UncertaintyReported("after-coup", concerns="document:us-thai-fta", text="too early to tell", by="US")
    record.add(unclear, source=news("2006-09-20"))
    assert record.disputes() == ()
    assert "uncertain (doubt:after-coup): by US: too early to tell" in str(record.why("document:us-thai-fta"))


def test_what_is_expressly_not_said(record):
    """Talks will resume later; no indication was given of when."""
    record.add(MeetingPostponed("us-uae-fta"), source=news("2007-03-09"))
    record.add(OmissionReported("no-day", concerns="meeting:us-uae-fta", what="a date"), source=news("2007-03-10"))
    assert record.doubts["no-day"].what == "a date"
    assert "not said: a date" in str(record.dossier("meeting:us-uae-fta"))


def test_a_request_without_an_answer(record):
    """The commission was asked for comment and has not answered; later it does."""
    record.add(RequestMade("comment", by="EU", to="AU", timing="before the summit"), source=news("2020-12-01"))
    record.add(RequestUnanswered("comment", as_of="2020-12-08", by="AU"), source=news("2020-12-09"))
    request = record.requests["comment"]
    assert (request.status, str(request.as_of), request.unanswered_by) == ("unanswered", "2020-12-08", ("AU",))
    assert request.timing == "before the summit"
    record.add(RequestAnswered("comment", on="2020-12-20", answer="noted"), source=news("2020-12-21"))
    assert record.requests["comment"].status == "answered"
    record.add(RequestUnanswered("comment", as_of="2021-01-15"), source=news("2021-01-16"))
    assert "unanswered-after-answer" in {finding.slug for finding in record.findings()}


def test_a_proposal_without_an_answer(record):
    """A year later nobody has answered an offer."""
    record.add(ProposalMade("offer", by="RU", timing="as soon as possible"), source=news("2020-01-01"))
    record.add(ProposalUnanswered("offer", as_of="2021-01", by="ASEAN"), source=news("2021-02-01"))
    proposal = record.proposals["offer"]
    assert (proposal.status, proposal.unanswered_by, proposal.timing) == (
        "unanswered",
        ("ASEAN",),
        "as soon as possible",
    )
    record.add(ProposalAccepted("offer", by="ASEAN"), source=news("2021-03-01"))
    assert record.proposals["offer"].status == "accepted"


def test_a_proposal_that_is_put_off_without_a_day(record):
    """First until the autumn, then indefinitely."""
    record.add(ProposalMade("offer", by="RU"), source=news("2020-01-01"))
    record.add(ProposalDeferred("offer", until="2020-10", timing="until the autumn"), source=news("2020-02-01"))
    assert record.proposals["offer"].expected[0].timing == "until the autumn"
    record.add(ProposalDeferred("offer", is_undated=True), source=news("2020-11-01"))
    assert record.proposals["offer"].expected == ()
    assert record.as_of("2021-01-01").overdue()[0].is_undated


# ---- plans: how firm, in which words, without a date ----


def test_a_date_that_was_given_up(record):
    """There are no firm plans for a new date: the old one no longer stands, and the source says so."""
    record.add(MeetingScheduled("au-eu", planned="2020-12-09"), source=news("2020-10-01"))
    undated = MeetingScheduled("au-eu", is_undated=True, timing="when both sides are ready")
    record.add(undated, source=news("2021-01-05", "Politico"))
    meeting = record.meetings["au-eu"]
    assert (meeting.expected, [str(day) for day in meeting.previous_dates]) == ((), ["2020-12-09"])
    (item,) = record.as_of("2021-02-01").overdue()
    assert (item.standing, item.is_undated, item.timing) == ("without-date", True, "when both sides are ready")
    assert ", “when both sides are ready”, no date is set, as the source says, said by Politico" in str(item)
    assert "no date is set, as the source says" in str(record.as_of("2021-02-01").dossier("meeting:au-eu"))


def test_a_vaguer_year_without_a_set_day(record):
    """Moved to next year with no day set: the day no longer stands, though the year includes none of it."""
    record.add(MeetingScheduled("summit", planned="2021-03-05"), source=news("2020-10-01"))
    record.add(MeetingScheduled("summit", planned="2021", is_undated=True), source=news("2020-11-01"))
    assert [str(plan.planned) for plan in record.meetings["summit"].expected] == ["2021"]
    assert [str(day) for day in record.meetings["summit"].previous_dates] == ["2021-03-05"]


@pytest.mark.parametrize(("force", "standing"), [("possible", "lapsed"), ("hoped", "lapsed"), ("expected", "overdue")])
def test_how_firm_a_past_plan_was(record, force, standing):
    """A summit that was hoped for in 2020 is not overdue as an expected one is."""
    record.add(MeetingScheduled("au-eu", planned="2020", force=force), source=news("2020-09-01", "Lusa"))
    (item,) = record.as_of("2021-02-01").overdue()
    assert (item.standing, item.force) == (standing, force)
    words = {"hoped": "hoped for"}.get(force, force)
    assert f"planned 2020, {words}, said by Lusa" in str(item)
    assert f"Force: {words}" in str(record.dossier("meeting:au-eu"))
    assert f"force: {words}" in str(record.why("meeting:au-eu"))


def test_a_hope_that_becomes_a_plan(record):
    """What is then announced without a reservation is firm; a vaguer repetition leaves the hope."""
    record.add(VisitAnnounced("visit", planned="2024-05", force="hoped"), source=news("2024-01-01"))
    record.add(VisitAnnounced("visit", planned="2024"), source=news("2024-02-01"))
    assert record.visits["visit"].expected[0].force == "hoped"
    record.add(VisitAnnounced("visit", planned="2024-05"), source=news("2024-03-01"))
    assert (record.visits["visit"].expected[0].force, record.visits["visit"].force) == (None, None)


def test_not_before(record):
    """The summit will only be held in 2021: expected, never overdue by its first day, and in words."""
    plan = MeetingScheduled("au-eu", planned="2021/..", force="confirmed", timing="only in 2021")
    record.add(plan, source=news("2020-10-08"))
    view = record.as_of("2023-01-01")
    assert view.overdue() == ()
    (item,) = view.upcoming()
    assert str(item).startswith("meeting:au-eu: planned not before 2021, “only in 2021”, confirmed, said by")
    assert "not before 2021" in str(record.dossier("meeting:au-eu"))
    assert "expected: not before 2021" in str(record.why("meeting:au-eu"))


def test_in_the_coming_months(record, tmp_path):
    """The words are kept; without a day it is open, so that it is not forgotten."""
    record.add(CoursePlanned("course", timing="in the coming months"), source=news("2024-01-15"))
    (item,) = record.as_of("2024-03-01").overdue()
    assert (item.standing, item.timing, item.is_undated) == ("without-date", "in the coming months", False)
    record.page(tmp_path / "page.html")
    assert "“in the coming months”" in (tmp_path / "page.html").read_text("utf-8")


def test_acts_of_a_document_without_a_date(record):
    """A signature planned for April has no date now; entry into force keeps its own; a new date ends that."""
    first = (
        DocumentPlanned("fta", act="sign", planned="2007-04"),
        DocumentPlanned("fta", act="enter-into-force", planned="2009"),
    )
    record.add(*first, source=news("2006-12-01"))
    record.add(DocumentPlanned("fta", act="sign", is_undated=True, force="hoped"), source=news("2007-03-09"))
    document = record.documents["fta"]
    assert [(plan.act, str(plan.planned)) for plan in document.expected] == [("enter-into-force", "2009")]
    assert [str(day) for day in document.previous_dates] == ["2007-04"]
    (item,) = [one for one in record.as_of("2007-06-01").overdue() if one.act == "sign"]
    assert (item.is_undated, item.force, [str(day) for day in item.previous_dates]) == (True, "hoped", ["2007-04"])
    record.add(DocumentPlanned("fta", act="sign", is_undated=True), source=news("2007-07-01"))
    assert str(record.documents["fta"].open_without_date[0].since) == "2007-03-09"
    record.add(DocumentPlanned("fta", act="sign", planned="2008-02"), source=news("2007-12-01"))
    document = record.documents["fta"]
    assert document.open_without_date == ()
    assert {plan.act: [str(day) for day in plan.previous_dates] for plan in document.expected}["sign"] == ["2007-04"]


def test_a_promise_whose_date_is_dropped(record):
    """A deadline for talks is dropped: the commitment is open without a date, until it has one again."""
    record.add(CommitmentMade("talks", by="US", due="2007-03", force="intended"), source=news("2007-01-01"))
    assert record.commitments["talks"].expected[0].force == "intended"
    record.add(CommitmentSpecified("talks", is_undated=True, timing="at a later date"), source=news("2007-03-09"))
    commitment = record.commitments["talks"]
    assert (commitment.due, commitment.force, commitment.timing) == (None, None, "at a later date")
    (item,) = record.as_of("2007-06-01").overdue()
    assert (item.standing, item.is_undated) == ("without-date", True)
    assert "“at a later date”" in str(record.as_of("2007-06-01").commitments_register()[0])


def test_a_promise_that_was_only_hoped_for(record):
    """The register does not call it overdue."""
    record.add(CommitmentMade("deal", by="US", due="2008-06", force="hoped"), source=news("2008-01-13"))
    assert record.as_of("2009-01-01").commitments_register()[0].is_overdue is False
    assert "hoped for" in str(record.commitments_register()[0])


def test_other_kinds_of_plans(record):
    """Aid, roles and expected holders keep the words and the force of their plans too."""
    record.add(
        InKindPledged("doses", by="RU", due="2021-06", force="possible", timing="by summer"), source=news("2021-01-01")
    )
    record.add(RoleExpected("chair", holder="KH", planned="2022", force="confirmed"), source=news("2021-01-01"))
    record.add(AppointmentAnnounced("envoy", holder="RU", planned="2021-05"), source=news("2021-01-01"))
    record.add(RoleExpected("envoy", holder="RU", is_undated=True, timing="in due course"), source=news("2021-02-01"))
    items = {
        item.subject: item for item in (*record.as_of("2021-12-01").overdue(), *record.as_of("2021-12-01").upcoming())
    }
    assert (items["aid:doses"].standing, items["aid:doses"].timing) == ("lapsed", "by summer")
    assert items["role:chair"].force == "confirmed"
    assert "role:envoy" not in items
    (turn,) = record.rotations["envoy"].turns
    assert (turn.is_undated, turn.timing, [str(day) for day in turn.previous_dates]) == (
        True,
        "in due course",
        ["2021-05"],
    )


@attrs.frozen(kw_only=True)
class FairAnnounced(ps.Event):
    """An event of a user's own kind, with the words of plans."""

    name = "fair-announced"
    kind = "fair"
    identity = ps.PER_PUBLICATION

    planned: ps.When | None = ps.fields.date()
    force: str | None = ps.fields.choice("possible", "hoped")


FAIR_STEPS = ps.Lifecycle(
    {"fair-announced": ps.Step("announced", sets_plan=True)}, {"announced": 1}, copies=(), collects={}
)


@attrs.frozen
class Fair(ps.PlannedState):
    """A state that is planned, and so has the words of its plan."""

    status: str | None = None


@attrs.frozen
class BareFair:
    """A state that lacks them."""

    subject: str
    status: str | None = None
    expected: tuple = ()
    previous_dates: tuple = ()
    outstanding: tuple = ()
    disputed: tuple[str, ...] = ()


def test_a_kind_of_ones_own():
    """Its plans keep their force if its state is derived from PlannedState; another state must have the field."""
    fairs = ps.Kind("fair", (FairAnnounced,), ps.Projection("fairs", Fair, FAIR_STEPS.advance, kind="fair"))
    with ps.open(":memory:", kinds=[fairs]) as record:
        record.add(FairAnnounced("expo", planned="2021-05", force="hoped"), source=news("2021-01-01"))
        assert record.states("fair")["expo"].force == "hoped"
        assert record.as_of("2021-07-01").overdue()[0].standing == "lapsed"
    with pytest.raises(InvalidKind, match="its lifecycle sets 'force', which BareFair does not have"):
        ps.Kind("fair", (FairAnnounced,), ps.Projection("fairs", BareFair, FAIR_STEPS.advance, kind="fair"))
