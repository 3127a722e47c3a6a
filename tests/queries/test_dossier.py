"""The dossier: everything about one subject, as a briefing."""
# ruff: noqa: E501  lines of the expected text

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import AmbiguousSubject, UnknownSubject
from partnership.events import (
    CommitmentMade,
    DialogueLaunched,
    IncidentReported,
    MeetingCancelled,
    MeetingHeld,
    MeetingScheduled,
    SeriesEstablished,
    StatementMade,
)
from partnership.testing.scenario import given

INTERVIEW = ps.Source(
    "VNA", published="2020-11-16", kind="news", title="Ambassador hails ties", url="https://vnanet.vn/1", via="a scrape"
)
MINISTRY = ps.Source("MFA of Russia", published="2020-06-18", kind="official-release", locator="page 2")
TASS = ps.Source("TASS", published="2020-06-19", kind="news")


@pytest.fixture
def record():
    """Return a record of a meeting with two names, and of linked subjects."""
    record = given()
    record.add(MeetingScheduled("covid-fmm", planned="2020-06", title="Ministers on COVID-19"), source=MINISTRY)
    record.add(
        MeetingHeld("fmm-2020", on="2020-06-17", body="series:fmm", place="online"),
        source=INTERVIEW, speaker="Alexander Ivanov", certainty="confirmed", inferred=["on"], note="year from context",
    )  # fmt: skip
    record.add(MeetingHeld("fmm-2020", on="2020-06-18", mode="online"), source=TASS)
    record.add(CommitmentMade("vaccine", by="RU", text="work on a vaccine", meeting="covid-fmm"), source=TASS)
    record.add(StatementMade("hope", concerns=["meeting:fmm-2020", "dialogue:ict"]), source=TASS)
    record.add(SeriesEstablished("fmm", on="2005", title="Ministerial meetings"), source=TASS)
    record.same_as("meeting:covid-fmm", "meeting:fmm-2020")
    return record


def test_the_text_of_a_dossier(record):
    """It is a briefing in which every line cites its sources."""
    assert str(record.as_of(on="2026-11-23").dossier("fmm-2020")) == (
        """\
Ministers on COVID-19
meeting:covid-fmm, also meeting:fmm-2020. As of 23 November 2026.

What is known
  Status: held
  Title: Ministers on COVID-19
  Body: series:fmm
  Held on: 18 June 2020 (sources differ)
  Place: online
  Mode: online

What happened
  said on 18 June 2020: meeting scheduled (planned June 2020) [1]
  18 June 2020: meeting held (body series:fmm; place online; mode online) [2, 3]

On what sources differ
  meeting held, on: 18 June 2020 (TASS) or 17 June 2020 (VNA); the first is chosen because it is stated rather than inferred [2, 3]

Linked subjects
  commitment:vaccine (work on a vaccine) names it as its meeting (commitment made)
  names series:fmm (Ministerial meetings) as its body (meeting held)
  statement:hope names it as its concerns (statement made)

Sources
  [1] MFA of Russia; 18 June 2020; official-release; page 2
  [2] TASS; 19 June 2020; news
  [3] VNA; 16 November 2020; “Ambassador hails ties”; news; via a scrape; https://vnanet.vn/1; in the words of Alexander Ivanov; certainty: confirmed; inferred by the desk: on; note: year from context"""
    )


def test_the_attributes_of_a_dossier(record):
    """They have the content of the sections."""
    dossier = record.dossier("meeting:covid-fmm")

    assert (dossier.subject, dossier.names) == ("meeting:covid-fmm", ("meeting:covid-fmm", "meeting:fmm-2020"))
    assert dossier.states == (record.meetings["covid-fmm"],)
    assert [occurrence.event.name for occurrence in dossier.timeline] == ["meeting-scheduled", "meeting-held"]
    assert [dispute.rule for dispute in dossier.disputes] == ["stated"]
    assert {finding.slug for finding in dossier.findings} == {"disputed"}
    assert [(link.subject, link.field, link.is_from_here) for link in dossier.links] == [
        ("commitment:vaccine", "meeting", False), ("series:fmm", "body", True), ("statement:hope", "concerns", False),
    ]  # fmt: skip
    assert dossier.sources == (MINISTRY, TASS, INTERVIEW)
    assert dossier.may_be_shared


def test_a_series(record):
    """Its timeline and its disputes include those of its meetings, under their names."""
    dossier = record.dossier("fmm")

    assert [occurrence.subject for occurrence in dossier.timeline] == ["series:fmm", "meeting:covid-fmm"]
    assert [dispute.subject for dispute in dossier.disputes] == ["meeting:covid-fmm"]
    assert "  18 June 2020: meeting:covid-fmm, meeting held (" in str(dossier)
    assert "  meeting:covid-fmm, meeting held, on: 18 June 2020 (TASS) or" in str(dossier)


def test_outstanding_plans():
    """They are shown as overdue or still to come, with previous dates."""
    record = given(
        ("2020-11-16", "VNA", "news"), MeetingScheduled("m", planned="2020-12"),
        ("2021-01-10", "TASS", "news"), MeetingScheduled("m", planned="2021-03"),
    )  # fmt: skip

    assert (
        "  March 2021: overdue, known since 10 January 2021; planned before for December 2020 [2]"
        in str(record.dossier("m")).splitlines()
    )
    assert "March 2021: still to come" in str(record.as_of("2021-01-15").dossier("m"))


def test_superseded_claims():
    """They are shown with who superseded them and why; a desk is not among the sources."""
    record = given(("2020-11-16", "VNA", "news"), MeetingHeld("m", on="2020"), MeetingHeld("m", on="2021-01"))
    first, second = record.entries()
    record.retract(first, reason="another meeting")
    record.correct(second, MeetingHeld("m", on="2020-01"), source=ps.Source("VNA", published="2020-11-17"))
    dossier = record.dossier("m")

    assert str(dossier.states[0].held_on) == "2020-01"
    assert sorted(dossier.superseded) == sorted([first.claim.id, second.claim.id])
    lines = str(dossier).splitlines()
    assert "  meeting held, as VNA, 16 November 2020 has it, was retracted by the desk: another meeting" in lines
    assert "  meeting held, as VNA, 16 November 2020 has it, was corrected by VNA" in lines
    assert [str(source) for source in dossier.sources] == ["VNA, 16 November 2020", "VNA, 17 November 2020"]


def test_a_subject_of_which_everything_was_retracted():
    """It has no state, and the retraction is shown."""
    record = given(("2020", "VNA"), MeetingHeld("m"))
    record.retract(record.entries()[0])
    dossier = record.dossier("m")

    assert (dossier.states, dossier.title) == ((), None)
    assert "was retracted by the desk" in str(dossier)


def test_private_entries():
    """They are marked among the sources, and a line at the top says so."""
    record = given()
    note = ps.Source("our desk", retrieved="2020-06-20", kind="desk-note")
    record.add(IncidentReported("crash", text="a crash", on="2020-06"), source=note)
    record.add(DialogueLaunched("crash"), source=note)
    lines = str(record.dossier("incident:crash")).splitlines()

    assert "Some of this is private; it is marked below." in lines
    assert lines[-1] == "  [1] our desk; read on 20 June 2020; desk-note; private"
    assert lines[0] == "a crash"
    with pytest.raises(AmbiguousSubject):
        record.dossier("crash")


def test_a_view_of_earlier_knowledge(record):
    """Later claims are not included, and a subject without earlier claims is unknown."""
    assert record.as_of(known="2020-06-18").dossier("covid-fmm").sources == (MINISTRY,)
    with pytest.raises(UnknownSubject, match="nothing is recorded of 'commitment:vaccine'"):
        record.as_of(known="2020-06-18").dossier("commitment:vaccine")


def test_a_view_of_one_source(record):
    """It has only that source."""
    view = record.as_of(sources=lambda source: source.publisher == "TASS")

    assert view.dossier("fmm-2020").sources == (TASS,)
    assert view.dossier("fmm-2020").disputes == ()


def test_two_accounts():
    """What happened has both, each with its sources."""
    record = given(
        ("2021-09-24", "MFA", "official-release"), MeetingCancelled("m", reason="the epidemic"),
        ("2021-09-24", "TASS", "news"), MeetingCancelled("m", reason="a quarrel"),
        ("2021-09-25", "VNA", "news"), MeetingCancelled("m", reason="the epidemic"),
    )  # fmt: skip
    assert "(reason the epidemic (MFA, VNA), a quarrel (TASS))" in str(record.dossier("meeting:m"))
