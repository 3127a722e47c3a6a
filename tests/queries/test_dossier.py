"""The dossier: everything about one subject, as a briefing."""
# ruff: noqa: E501  lines of the expected text

from __future__ import annotations

import re

import pytest
from hypothesis import given as given_data
from hypothesis import strategies as st

import partnership as ps
from partnership.errors import AmbiguousSubject, UnknownSubject
from partnership.events import (
    CommitmentMade,
    DialogueLaunched,
    DocumentPlanned,
    IncidentReported,
    MeetingCancelled,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    SeriesEstablished,
    StatementMade,
)
from partnership.testing import histories, ticking, write
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
  Status: held [1, 2]
  Title: Ministers on COVID-19 [3]
  Body: series:fmm [1]
  Held on: 18 June 2020 (sources differ) [2]
  Place: online [1]
  Mode: online [2]

What happened
  said on 18 June 2020: meeting scheduled (planned June 2020) [3]
  18 June 2020 [2]: meeting held [1, 2] (body series:fmm [1]; place online [1]; mode online [2])

On what sources differ
  meeting held, on: 18 June 2020 (TASS) [2] or 17 June 2020 (VNA) [1]; the first is chosen because it is stated rather than inferred

Linked subjects
  commitment:vaccine (work on a vaccine) names it as its meeting (commitment made)
  names series:fmm (Ministerial meetings) as its body (meeting held)
  statement:hope names it as its concerns (statement made)

Sources
  [1] VNA; 16 November 2020; “Ambassador hails ties”; news; via a scrape; https://vnanet.vn/1; in the words of Alexander Ivanov; certainty: confirmed; inferred by the desk: on; note: year from context
  [2] TASS; 19 June 2020; news
  [3] MFA of Russia; 18 June 2020; official-release; page 2"""
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
    assert "  18 June 2020 [1]: meeting:covid-fmm, meeting held [1, 2] (" in str(dossier)
    assert "  meeting:covid-fmm, meeting held, on: 18 June 2020 (TASS) [1] or" in str(dossier)


def test_outstanding_plans():
    """They are shown as overdue or still to come, with previous dates."""
    record = given(
        ("2020-11-16", "VNA", "news"), MeetingScheduled("m", planned="2020-12"),
        ("2021-01-10", "TASS", "news"), MeetingScheduled("m", planned="2021-03"),
    )  # fmt: skip

    assert (
        "  March 2021: overdue, known since 10 January 2021; planned before for December 2020 [1]"
        in str(record.dossier("m")).splitlines()
    )
    assert "March 2021: still to come" in str(record.as_of("2021-01-15").dossier("m"))


def test_a_planned_act():
    """It is shown with its day."""
    record = given(("2020-11-16", "VNA", "news"), DocumentPlanned("d", act="sign", planned="2020-12"))

    assert (
        "  December 2020, to sign: overdue, known since 16 November 2020 [1]" in str(record.dossier("d")).splitlines()
    )


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
    with pytest.raises(UnknownSubject, match="nothing was known of 'commitment:vaccine' on 2020-06-18"):
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
    assert "(reason the epidemic (MFA, VNA) [1, 2], a quarrel (TASS) [3])" in str(record.dossier("meeting:m"))


def test_two_speakers_of_one_document():
    """Each of them is cited with what that speaker said, and with its own certainty."""
    record = given()
    record.add(
        MeetingHeld("m", on="2020-06-17", place="Hanoi"), source=TASS, speaker="A. Ivanov", certainty="confirmed"
    )
    record.add(MeetingHeld("m", chairs=["VN"]), source=TASS, speaker="B. Nguyen", certainty="reported")
    record.add(MeetingHeld("m", mode="online"), source=TASS)
    lines = str(record.dossier("m")).splitlines()

    notes = {line.partition("] ")[2]: line.strip()[:3] for line in lines if line.startswith("  [")}
    document = "TASS; 19 June 2020; news"
    ivanov = notes.pop(f"{document}; in the words of A. Ivanov; certainty: confirmed")
    nguyen = notes.pop(f"{document}; in the words of B. Nguyen; certainty: reported")
    assert [*notes] == [document]
    assert f"  Place: Hanoi {ivanov}" in lines
    assert f"  Chairs: VN {nguyen}" in lines
    assert f"  Mode: online {notes[document]}" in lines
    (told,) = [line for line in lines if line.startswith(f"  17 June 2020 {ivanov}: meeting held [")]
    assert f"place Hanoi {ivanov}; " in told


def test_a_later_event_of_a_known_document():
    """On a day before it, the dossier cites no claim about it."""
    record = given()
    record.add(MeetingHeld("m", on="2020-06-17", title="Talks"), source=TASS, speaker="A. Ivanov")
    record.add(MeetingHeld("n", on="2020-06-18", body="series:s"), source=MINISTRY, speaker="B. Nguyen")
    record.add(SeriesEstablished("s", on="2020-06-01"), source=TASS)

    assert "B. Nguyen" in str(record.as_of(on="2020-06-18").dossier("series:s"))
    assert "B. Nguyen" not in str(record.as_of(on="2020-06-17").dossier("series:s"))


def test_the_side_that_announced():
    """It is not told as the side that postponed."""
    record = given(
        ("2020-11-16", "MFA of Russia", "official-release"), MeetingScheduled("m", planned="2020-12", by=["RU"]),
        ("2020-12-10", "TASS", "news"), MeetingPostponed("m", reason="the epidemic"),
    )  # fmt: skip

    assert record.meetings["m"].status == "postponed"
    assert "  By (meeting scheduled): Russia (RU) [" in str(record.dossier("m"))
    assert "\n  by: RU  (from: meeting scheduled)\n    because MFA of Russia" in str(record.why("m"))


@given_data(history=histories(), on=st.sampled_from(["2020-05-20", "2020-06-10", "2030-01-01"]), by_one=st.booleans())
def test_footnotes_are_in_the_view(history, on, by_one):
    """Every footnote is cited, every mark has one, and each is a claim of the view, in the words of its speaker."""
    record = ps.open(":memory:", clock=ticking())
    write(record, history)
    for known in ("2020-05-30", "2030-01-01"):
        sources = (lambda source: source.publisher == "TASS") if by_one else None
        view = record.as_of(on=on, known=known, sources=sources)
        statements = [(entry.source.publisher, entry.speaker) for entry in view.entries()]
        for subject in {entry.event.about for entry in view.entries() if entry.event.kind != "claim"}:
            try:
                text = str(view.dossier(subject))
            except (UnknownSubject, AmbiguousSubject):
                continue
            told, _, listed = text.partition("\nSources\n")
            notes = dict(re.findall(r"^  \[(\d+)\] (.*)$", listed, re.MULTILINE))
            marks = {number for mark in re.findall(r" \[([\d, ]+)\]", told) for number in mark.split(", ")}
            assert {*notes} == marks
            for note in notes.values():
                assert any(
                    note.startswith(publisher)
                    and (f"in the words of {speaker}" in note if speaker else "words of" not in note)
                    for publisher, speaker in statements
                )


def test_the_dates_planned_before():
    """Of what has taken place or was cancelled they are told; of what is still planned, beside its new date only."""
    record = given(
        ("2020-01-01", "A", "news"), *(MeetingScheduled(name, planned="2020-06") for name in ("m", "n", "o")),
        ("2020-02-01", "B", "news"), *(MeetingPostponed(name, planned="2020-08") for name in ("m", "n", "o")),
        ("2020-09-01", "C", "news"), MeetingHeld("m", on="2020-08-03"), MeetingCancelled("n"),
    )  # fmt: skip
    assert "  Planned before for: June 2020 [2]\n" in str(record.dossier("m"))
    assert "  Planned before for: June 2020" in str(record.dossier("n"))
    dossier = str(record.as_of("2020-03-01").dossier("o"))
    assert dossier.count("lanned before for") == 1
    assert "known since 1 February 2020; planned before for June 2020" in dossier


def test_the_source_of_what_the_desk_corrected():
    """It is cited like any other."""
    record = given(("2020-01-01", "A", "news"), MeetingHeld("m", on="2019-12-01"))
    record.correct(record.entries()[0], on="2019-12-02")
    dossier = str(record.dossier("m"))
    assert "  Held on: 2 December 2019 [1]\n" in dossier
    assert dossier.endswith("Sources\n  [1] A; 1 January 2020; news")


def test_line_of_an_event_shows_the_amount_in_a_second_currency() -> None:
    """One agency prints 60 USD (55 EUR), and the one that is believed 55 EUR alone."""
    printed = CommitmentMade("credit", amount=ps.Money(60, "USD"), equivalent=ps.Money(55, "EUR"))
    believed = CommitmentMade("credit", amount=ps.Money(55, "EUR"))
    record = given(("2021-03-01", "A", "news"), printed, ("2021-03-01", "B", "official-text"), believed)
    assert "(amount 55 EUR [1]; equivalent 60 USD [2])" in str(record.dossier("credit"))


def test_a_disputed_value_in_a_line_dated_by_what_was_said():
    """The line does not tell that the first source said the value of a later one."""
    first, later = ("2025-10-12", "A"), ("2025-10-13", "B")
    made = [CommitmentMade("f", by="CA", amount=ps.Money(amount, "CAD")) for amount in ("10000000", "13000000")]
    lines = str(given(first, made[0], later, made[1]).dossier("f")).split("\n")
    assert (
        "  said from 12 October 2025 to 13 October 2025: commitment made [1, 2] "
        "(by Canada (CA) [1, 2]; amount 13,000,000 CAD (sources differ) [1])"
    ) in lines


def test_a_source_that_is_dated_after_today():
    """The heading says so, also in hindsight; nothing else is dated after a day that leaves later sources out."""
    record = given(("2020-06-19", "TASS"), MeetingHeld("m"), ("2028-01-01", "VNA"), MeetingHeld("m", place="Hue"))
    later = "As of 23 November 2026, with sources dated after that day."
    assert str(record.dossier("m")).split("\n")[1] == f"meeting:m. {later}"
    assert str(record.as_of("2026-11-23").dossier("m")).split("\n")[1] == "meeting:m. As of 23 November 2026."
    assert "As of 1 January 2021, with sources" in str(record.as_of(on="2021-01-01").dossier("m"))
