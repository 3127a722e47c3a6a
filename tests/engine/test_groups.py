"""Findings about the claims themselves."""

from __future__ import annotations

from datetime import date

import pytest

import partnership as ps
from partnership.engine.groups import resolve_group
from partnership.engine.resolution import most_official
from partnership.events import CommitmentProgressReported, MeetingConvened, MeetingHeld, MeetingScheduled, RoleHeld
from partnership.model.entry import evidence_of
from partnership.testing import scenario

TASS = ("2021-09-24", "TASS", "news")
VNA = ("2021-09-25", "VNA", "news")
ADVICE = "correct or retract what it does not say"


def self_contradictions(record):
    """Return the sentences about documents that contradict themselves."""
    return [finding.sentence for finding in record.findings() if finding.slug == "self-contradiction"]


def test_a_document_that_was_entered_again_with_another_day():
    """It is found, with the advice to correct it; the correction ends it."""
    record = scenario.given(
        TASS, MeetingHeld("m", on="2021-09-21", place="Hanoi"), MeetingHeld("m", on="2021-09-22", place="Hanoi"),
        VNA, MeetingHeld("m", on="2021-09-22"),
    )  # fmt: skip
    said = "meeting:m: one document (TASS, 24 September 2021) states meeting-held, on: 22 September 2021"
    assert self_contradictions(record) == [f"{said} and 21 September 2021; {ADVICE}"]
    (finding,) = [item for item in record.findings() if item.slug == "self-contradiction"]
    assert (finding.nature, len(finding.claims)) == ("contradiction", 2)
    record.retract(record.entries()[0])
    assert self_contradictions(record) == []


def test_a_figure_that_was_entered_again():
    """A fact of several fields is found once, with both of its values."""
    source = ps.Source("MFA", published=None, retrieved="2021-10-01", title="Report")
    record = scenario.given(
        source, CommitmentProgressReported("c", as_of="2021", done=98, total=139),
        CommitmentProgressReported("c", as_of="2021", done=99, total=139),
    )  # fmt: skip
    said = "commitment:c: one document (MFA) states commitment-progress-reported, done and total"
    assert self_contradictions(record) == [f"{said}: 98 of 139 and 99 of 139; {ADVICE}"]


def test_a_document_about_an_event_of_which_another_one_states_the_same_field():
    """It contradicts itself about its event, and about what both events say of their subject."""
    record = scenario.given(
        TASS, MeetingHeld("m", parties=["ASEAN", "RU"]), MeetingHeld("m", parties=["RU", "VN"]),
        VNA, MeetingConvened("m", parties=["RU", "VN"]),
    )  # fmt: skip
    document = "meeting:m: one document (TASS, 24 September 2021) states"
    assert self_contradictions(record) == [
        f"{document} meeting-held, parties: ASEAN, RU and RU, VN; {ADVICE}",
        f"{document} parties: RU, VN and ASEAN, RU; {ADVICE}",
    ]


@pytest.mark.parametrize(
    "second",
    [
        MeetingHeld("m", on="2021-09-21", place="Hanoi"),  # adds a place
        MeetingHeld("m", on="2021-09"),  # is vaguer
        MeetingHeld("m", on="2021-09-21", title="Talks"),  # adds a name
        MeetingHeld("n", on="2021-09-22"),  # is about another meeting
        RoleHeld("chair", holder="VN"),
    ],
)
def test_a_document_whose_claims_agree(second):
    """Nothing is found."""
    assert self_contradictions(scenario.given(TASS, MeetingHeld("m", on="2021-09-21"), second)) == []


def test_a_document_that_is_vague_beside_two_others():
    """What it states covers both values, so it does not contradict itself."""
    record = scenario.given(
        TASS, MeetingHeld("m", on="2021-09"), MeetingHeld("m", on="2021-09-21"),
        VNA, MeetingHeld("m", on="2021-09-22"),
        ("2021-10-02", "Bernama"), MeetingHeld("m", on="2021-10-01"),
    )  # fmt: skip
    assert self_contradictions(record) == []


def test_two_speakers_and_two_documents():
    """They may differ: only the same words of one document are found."""
    record = scenario.given()
    source = ps.Source("TASS", published="2021-09-24", title="Talks")
    record.add(MeetingHeld("m", on="2021-09-21"), source=source, speaker="S. Lavrov")
    record.add(MeetingHeld("m", on="2021-09-22"), source=source, speaker="A. Ivanov")
    record.add(MeetingHeld("m", on="2021-09-23"), source=ps.Source("TASS", published="2021-09-24", title="More talks"))
    assert self_contradictions(record) == []
    assert [finding.slug for finding in record.findings() if finding.nature == "contradiction"] == ["disputed"]
    record.add(MeetingHeld("m", on="2021-09-20"), source=source, speaker="S. Lavrov")
    assert len(self_contradictions(record)) == 1


def test_two_preferences_for_one_value():
    """They agree; nothing is found unless two preferred claims state different values."""
    record = scenario.given(
        TASS, MeetingHeld("m", on="2021-09-21"), VNA, MeetingHeld("m", on="2021-09-21"),
        ("2021-10-02", "Bernama"), MeetingHeld("m", on="2021-09-22"),
    )  # fmt: skip
    first, second, rival = record.entries()
    record.prefer(first)
    record.prefer(second)
    assert "preferences-differ" not in scenario.finding_slugs(record)
    record.prefer(rival)
    assert "preferences-differ" in scenario.finding_slugs(record)


def test_a_document_that_prints_a_plan_after_its_day():
    """It is found, unless the document tells what became of the plan, or several plans."""
    plan = MeetingScheduled("m", planned="2021-09-21")
    for others, is_found in (
        ([], True),
        ([MeetingHeld("m", on="2021-09-21")], False),
        ([MeetingScheduled("m", planned="2021-09-22", on="2021-09-01")], False),
        ([MeetingHeld("n", on="2021-09-21")], True),
    ):
        record = scenario.given(("2021-10-02", "Bernama"), plan, *others)
        assert ("planned-after-its-day" in scenario.finding_slugs(record)) is is_found


def test_a_group_with_an_amendment_that_waits():
    """It is never fully known: a view of an earlier day may not contain the amendment."""
    with ps.open(":memory:") as record:
        (entry,) = record.add(MeetingHeld("m"), source=ps.Source("TASS", published="2021-09-24"))
        gone = record.retract(entry, source=ps.Source("TASS", published="2021-09-30"))
        items = [evidence_of(item.claim, item.remarks) for item in (entry, gone)]
    assert resolve_group(items, {}, most_official).fully_known == date(2021, 9, 30)
    assert resolve_group(items[1:], {}, most_official).fully_known == date.max
