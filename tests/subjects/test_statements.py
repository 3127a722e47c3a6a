"""Statements and assessments: nothing said is lost for want of a better class."""

from __future__ import annotations

import pytest
from attrs import frozen

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import AssessmentGiven, MeetingHeld, StanceStated, StatementMade, TopicDiscussed
from partnership.testing.scenario import given

VNA = ps.Source("VNA", published="2020-11-16", kind="news")


def test_a_statement():
    """The text, the speakers, the date and the topics are kept."""
    record = given()
    record.add(
        StatementMade(
            "ties-advance",
            on="2020-11-16",
            text="Ties advanced well in all directions",
            concerns=["meeting:special-fmm", "dialogue:ict-security"],
            parties="ASEAN",
            topics="cooperation",
        ),
        source=VNA,
        speaker="Alexander Ivanov",
    )
    statement = record.statements["ties-advance"]

    assert (statement.text, statement.speakers) == ("Ties advanced well in all directions", ("Alexander Ivanov",))
    assert statement.concerns == ("dialogue:ict-security", "meeting:special-fmm")
    assert (statement.parties, statement.topics) == (("ASEAN",), ("cooperation",))
    assert statement.made_on == ps.When("2020-11-16")


def test_one_statement_in_several_wordings():
    """All wordings and all who said so are kept, the most official first; wordings are no dispute."""
    statement = given(
        ("2020-11-16", "VNA", "news"), StatementMade("hope", text="hopes for support"),
        ("2020-11-17", "MFA of Russia", "official-release"), StatementMade("hope", text="counts on support"),
        ("2020-11-18", "TASS", "news"), StatementMade("hope", on="2020-11-16"),
    ).statements["hope"]  # fmt: skip

    assert statement.text == "counts on support"
    assert statement.texts == ("counts on support", "hopes for support")
    assert statement.speakers == ("MFA of Russia", "TASS", "VNA")
    assert statement.disputed == ()


def test_a_judgement():
    """It is a statement with the period that it assesses; sources may differ on that."""
    statement = given(
        ("2020-11-16", "VNA", "news"),
        AssessmentGiven("year", text="a good year", period="2020", concerns="fund:ardpff"),
        ("2020-11-17", "TASS", "news"), AssessmentGiven("year", period="2019"),
    ).statements["year"]  # fmt: skip

    assert (statement.text, statement.concerns) == ("a good year", ("fund:ardpff",))
    assert statement.disputed == ("period",)


def test_what_was_refused_as_an_event():
    """The error says how to record it as a statement."""
    with pytest.raises(InvalidEvent, match=r"record its words: StatementMade\(slug, text=…\)"):
        MeetingHeld("summit", on="2021-06-31")


def test_a_stance():
    """It is the position of a party on a topic; a named speaker is kept."""
    record = given()
    stance = StanceStated(
        "zone", by="ru", topic="nuclear-weapon-free zone", text="will sign", meeting="fmm", concerns="document:zone"
    )
    record.add(stance, source=VNA, speaker="Sergey Lavrov")
    statement = record.statements["zone"]

    assert (statement.by, statement.topics, statement.text) == (("RU",), ("nuclear-weapon-free zone",), "will sign")
    assert (statement.meeting, statement.concerns) == ("fmm", ("document:zone",))
    assert statement.speakers == ("Sergey Lavrov",)


def test_a_discussion():
    """Topics of all sources are kept, and the meeting may be disputed."""
    statement = given(
        ("2020-11-16", "VNA", "news"),
        TopicDiscussed("sea", meeting="summit", topics="South China Sea", parties=["CN", "ASEAN"], text="concern"),
        ("2020-11-17", "TASS", "news"), TopicDiscussed("sea", meeting="fmm", topics=["the sea"]),
    ).statements["sea"]  # fmt: skip

    assert (statement.topics, statement.parties) == (("the sea", "South China Sea"), ("ASEAN", "CN"))
    assert (statement.texts, statement.disputed) == (("concern",), ("meeting",))


@frozen(kw_only=True)
class InterviewGiven(ps.Event):
    """A user's own event about a statement."""

    name = "interview-given"
    kind = "statement"


def test_an_event_of_the_users_own():
    """The built-in projection ignores it."""
    statement = given(VNA, InterviewGiven("talk"), kinds=[ps.Kind("statement", [InterviewGiven])]).statements["talk"]

    assert (statement.text, statement.speakers) == (None, ())
