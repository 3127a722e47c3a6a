"""Occurrences: claims resolved into one event, with the evidence and the values that lost."""

from __future__ import annotations

from datetime import date

import pytest

import partnership as ps
from partnership.events import (
    CommitmentMade,
    CommitmentProgressReported,
    CourseHeld,
    DocumentSigned,
    FundEstablished,
    MeetingHeld,
    MeetingScheduled,
    ProjectLaunched,
)
from partnership.testing.scenario import given

VNA = ("2021-03-10", "VNA", "news")
TASS = ("2021-03-11", "TASS", "news")
MINISTRY = ("2021-03-12", "MFA of Russia", "official-release")


def occurrence(*story):
    """Record claims about one occurrence, and return it."""
    (result,) = given(*story).occurrences
    return result


def test_three_sources_on_one_event():
    """The most official source wins; the values that lost stay, with their sources."""
    result = occurrence(
        VNA, MeetingHeld("forum", on="2021-03-08"),
        TASS, MeetingHeld("forum", on="2021-03-08"),
        MINISTRY, MeetingHeld("forum", on="2021-03-09"),
    )  # fmt: skip
    fact = result.facts["on"]

    assert (fact.value, fact.is_disputed, result.disputed) == (ps.When("2021-03-09"), True, ("on",))
    assert result.event == MeetingHeld("forum", on="2021-03-09")
    assert [(str(candidate.value), candidate.publishers, candidate.newest) for candidate in fact.candidates] == [
        ("2021-03-09", 1, date(2021, 3, 12)),
        ("2021-03-08", 2, date(2021, 3, 11)),
    ]
    assert [evidence.source.publisher for evidence in result.evidence] == ["MFA of Russia", "TASS", "VNA"]


def test_facts_asked_for_twice():
    """They are computed once."""
    calls = []

    def counting(candidates):
        calls.append(candidates)
        return candidates[0]

    record = given(VNA, MeetingHeld("forum", on="2021-03-08"), TASS, MeetingHeld("forum", on="2021-03-09"))
    (result,) = record.as_of(policy=counting).occurrences
    facts, count = result.facts, len(calls)

    assert result.facts is facts
    assert result.in_dispute == (facts["on"],)
    assert set(result.days) == {ps.When("2021-03-08"), ps.When("2021-03-09")}
    assert len(calls) == count


def test_occurrences_as_text():
    """Each is one line: date, subject, event, disputed fields, and each document once."""
    timeline = given(
        VNA, MeetingHeld("forum", on="2021-03-08"), MeetingScheduled("summit"),
        MINISTRY, MeetingHeld("forum", on="2021-03-09"),
    ).timeline()  # fmt: skip
    both = "MFA of Russia, 12 March 2021; VNA, 10 March 2021"
    assert [*map(str, timeline)] == [
        f"9 March 2021: meeting:forum meeting-held (sources differ: on), said by {both}",
        "said on 10 March 2021: meeting:summit meeting-scheduled, said by VNA, 10 March 2021",
    ]


def test_two_articles_of_one_publisher():
    """The second article is more evidence, but not a second publisher."""
    fact = occurrence(
        VNA, MeetingHeld("forum", on="2021-03-08"),
        ("2021-03-11", "VNA", "news"), MeetingHeld("forum", on="2021-03-08"),
    ).facts["on"]  # fmt: skip

    assert (fact.candidates[0].publishers, len(fact.candidates[0].evidence)) == (1, 2)
    assert not fact.is_disputed


def test_candidates_passed_to_a_policy():
    """They know how certain and official their evidence is, and whether a source states them."""
    seen = []

    def shown(candidates):
        seen.extend(candidates)
        return candidates[0]

    record = given(MINISTRY, MeetingHeld("forum", on="2021-03-09"))
    source = ps.Source("TASS", published="2021-03-11", kind="op-ed")
    (entry,) = record.add(MeetingHeld("forum", on="2021-03-08"), source=source, certainty="inferred", inferred=["on"])
    record.prefer(entry, field="on")
    assert record.as_of(policy=shown).meetings["forum"].held_on == ps.When("2021-03-08")
    preferred, official = seen[:2]

    assert (preferred.is_preferred, preferred.is_stated, preferred.certainty, preferred.nature) == (True, False, 4, 4)
    assert (official.is_preferred, official.is_stated, official.certainty, official.nature) == (False, True, 1, 1)


def test_the_claims_behind_a_value():
    """They are those that state or cover it; a field without a value, and a label, have none."""
    result = occurrence(
        VNA, MeetingHeld("forum", on="2021-03", title="Forum"),
        TASS, MeetingHeld("forum", on="2021-03-09"),
        MINISTRY, MeetingHeld("forum", place="Kazan"),
    )  # fmt: skip
    publishers = {evidence.claim: evidence.source.publisher for evidence in result.evidence}

    assert {publishers[claim] for claim in result.claims_for("on")} == {"VNA", "TASS"}
    assert {publishers[claim] for claim in result.claims_for("place")} == {"MFA of Russia"}
    assert result.claims_for("host") == result.claims_for("title") == ()
    assert set(result.claims) == set(publishers)


def test_the_key_of_an_occurrence():
    """Its subject, its event, and what distinguishes it: nothing, the run, the day of publication and its own day."""
    record = given(
        VNA, MeetingHeld("forum"), MeetingScheduled("summit"), MeetingScheduled("talks", on="2021-03"),
        CourseHeld("biosafety", run="2021"), CommitmentProgressReported("vaccine", as_of="2021-03", done=1),
    )  # fmt: skip

    assert {occurrence.key_across_views for occurrence in record.occurrences} == {
        ("meeting:forum", "meeting-held", ()),
        ("meeting:summit", "meeting-scheduled", ("2021-03-10", "")),
        ("meeting:talks", "meeting-scheduled", ("2021-03-10", "2021-03")),
        ("course:biosafety", "course-held", ("2021",)),
        ("commitment:vaccine", "commitment-progress-reported", ("2021-03", "")),
    }


@pytest.mark.parametrize(
    ("first", "second", "is_after"),
    [
        ("2021-02-01", "2021-02-02", True),
        ("2021-02", "2021-03-01", True),
        ("2021-02-01", "2021-02-01", False),
        ("2021-02", "2021-02-20", False),
        ("2021-02-01", None, False),
        (None, "2021-02-01", False),
    ],
)
def test_one_occurrence_after_another(first, second, is_after):
    """Only if it surely began after the other had ended."""
    record = given(VNA, MeetingHeld("first", on=first), MeetingHeld("second", on=second))
    by_subject = {occurrence.event.subject: occurrence for occurrence in record.occurrences}

    assert by_subject["second"].surely_after(by_subject["first"]) is is_after
    assert not by_subject["first"].surely_after(by_subject["second"])


@pytest.mark.parametrize(
    ("first", "later", "told"),
    [
        (
            CommitmentMade("c", by="CA", amount=ps.Money("10", "CAD")),
            CommitmentMade("c", by="CA", amount=ps.Money("13", "CAD")),
            "from",
        ),
        (CommitmentMade("c", by="CA"), CommitmentMade("c", by="CA", due="2026"), "from"),
        (MeetingHeld("m", place="Hue"), MeetingHeld("m", place="Hanoi"), "from"),
        (DocumentSigned("d", parties=["CA"]), DocumentSigned("d", parties=["CA", "RU"]), "from"),
        (ProjectLaunched("p", agency="A"), ProjectLaunched("p", agency="A"), "on"),
        (FundEstablished("f", title="Fund"), FundEstablished("f"), "on"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_when_an_undated_occurrence_was_said(first, later, told):
    """It is the day of the first publication only if that said everything that is believed; else a range of days."""
    item = occurrence(VNA, first, MINISTRY, later)
    days = {"on": "on 10 March 2021", "from": "from 10 March 2021 to 12 March 2021"}
    assert item.said_in_words == f"said {days[told]}"


def test_when_a_vaguely_dated_document_said_it():
    """The range has the date as its document gives it."""
    item = occurrence(("2021-02", "VNA", "news"), MeetingHeld("m", place="Hue"), VNA, MeetingHeld("m", place="Hanoi"))
    assert item.said_in_words == "said from February 2021 to 10 March 2021"
