"""Full-text search."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import InvalidValue
from partnership.events import DialogueLaunched, MeetingHeld, NetworkLaunched, StatementMade
from partnership.testing.scenario import given

VNA = ps.Source("VNA", published="2020-11-16", title="Ambassador hails  ties")
TASS = ps.Source("TASS", published="2021-09-24", kind="news")


@pytest.fixture
def record():
    """Return a record of a few claims."""
    record = given()
    record.add(
        MeetingHeld("fmm", title="Đối thoại về sức khỏe", place="Hà Nội", topics=["Health", "drugs"]),
        source=VNA, speaker="Alexander Ivanov", note="the year is ours",
    )  # fmt: skip
    record.add(
        StatementMade("hope", text="Health is what the dialogue is about"),
        NetworkLaunched("nartt", institutions=["RIAC", "CSIS Jakarta"]),
        DialogueLaunched("health-dialogue"),
        source=TASS,
    )
    return record


def where(hits):
    """Return the subjects and fields of hits."""
    return [(hit.subject, hit.field) for hit in hits]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("suc khoe", "title"),
        ("  SỨC\nKHỎE ", "title"),
        ("ha noi", "place"),
        ("drug", "topics"),
        ("ivanov", "speaker"),
        ("hails ties", "headline"),
        ("vna", "publisher"),
        ("year is ours", "note"),
        ("meeting:fmm", "subject"),
    ],
)
def test_the_field_of_a_hit(record, text, field):
    """Any text of a claim is searched, ignoring case, accents and spaces; the most informative field is named."""
    assert where(record.find(text)) == [("meeting:fmm", field)]


def test_an_institution(record):
    """The hit has the full text and the claim."""
    (hit,) = record.find("jakarta")

    assert (hit.text, hit.entry.claim.source) == ("CSIS Jakarta", TASS)
    assert str(hit) == "network:nartt, institutions: CSIS Jakarta (TASS, 24 September 2021)"


def test_several_words(record):
    """All must be in the claim, in any fields; claims with all of them in one field come first."""
    assert where(record.find("health dialogue")) == [
        ("statement:hope", "text"),
        ("dialogue:health-dialogue", "subject"),
    ]
    assert where(record.find("riac tass")) == [("network:nartt", "institutions")]
    assert record.find("riac vna") == ()


def test_a_word_inside_another(record):
    """It is found, after claims with the whole word."""
    assert where(record.find("healt")) == [
        ("meeting:fmm", "topics"), ("statement:hope", "text"), ("dialogue:health-dialogue", "subject"),
    ]  # fmt: skip
    record.add(StatementMade("a", text="unhealthy"), source=TASS)
    assert [subject for subject, _ in where(record.find("health"))] == [
        "meeting:fmm", "statement:hope", "statement:a", "dialogue:health-dialogue",
    ]  # fmt: skip


def test_a_superseded_claim(record):
    """It comes last and says so; the correction is found by its own text and canonical subject."""
    entry = record.find("riac")[0].entry
    record.correct(entry, NetworkLaunched("nartt", institutions=["RIAC", "ISEAS"]))
    record.same_as("network:nartt", "network:asean-russia-tt")
    first, second = record.find("riac")

    assert (first.subject, first.is_superseded, second.is_superseded) == ("network:asean-russia-tt", False, True)
    assert str(second).endswith("(TASS, 24 September 2021, superseded since)")
    assert [hit.is_superseded for hit in record.find("iseas")] == [False]
    assert record.find("asean-russia-tt") == ()


def test_a_long_text(record):
    """It is shortened."""
    record.add(StatementMade("long", text="long\n" + "x" * 200), source=TASS)

    assert str(record.find("long xx")[0]) == f"statement:long, text: long {'x' * 94}… (TASS, 24 September 2021)"


def test_a_view(record):
    """It searches what was known then."""
    assert record.as_of(known="2020-12-31").find("tass") == ()


@pytest.mark.parametrize("text", ["", " \n", None, 7])
def test_no_word(record, text):
    """It is refused: everything would match."""
    with pytest.raises(InvalidValue, match="has no word to look for"):
        record.find(text)
