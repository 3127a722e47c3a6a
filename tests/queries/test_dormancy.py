"""Dormant bodies."""

from __future__ import annotations

import pytest

from partnership.events import (
    DialogueLaunched,
    DialogueProposed,
    DialogueSuspended,
    MeetingHeld,
    MeetingScheduled,
    NetworkLaunched,
    SeriesDiscontinued,
    SeriesEstablished,
    SeriesFrequencyAgreed,
)
from partnership.testing.scenario import given

THEN = ("2021-09-24", "TASS", "news")
LAUNCHED = DialogueLaunched("ict", on="2021-09-23", title="Dialogue on ICT security")


def silent(*story, on="2024-01-01", **asked):
    """Return the dormant bodies of a record on a day."""
    return [body.subject for body in given(*story).as_of(on).dormant(**asked)]


def test_a_dialogue_without_news():
    """It is dormant once the months since the last news are over."""
    assert silent(THEN, LAUNCHED) == ["dialogue:ict"]
    assert silent(THEN, LAUNCHED, on="2023-09-23") == []
    assert silent(THEN, LAUNCHED, on="2023-09-24") == ["dialogue:ict"]
    assert silent(THEN, LAUNCHED, months=60) == silent(THEN, LAUNCHED, months=10**5) == []
    (body,) = given(THEN, LAUNCHED).dormant()
    assert str(body) == "dialogue:ict (Dialogue on ICT security): nothing heard since 23 September 2021"
    assert len(body.claims) == 1


@pytest.mark.parametrize(
    "sign",
    [
        MeetingHeld("round-2", on="2023-05", body="dialogue:ict"),
        MeetingScheduled("round-2", planned="2025", body="dialogue:ict"),
        DialogueSuspended("ict", on="2022-03"),
    ],
    ids=lambda event: event.name,
)
def test_news(sign):
    """A meeting that was held or is planned counts as news; a suspended dialogue is not dormant."""
    assert silent(THEN, LAUNCHED, ("2023-05-20", "VNA", "news"), sign) == []


def test_a_late_report_of_an_old_event():
    """It is not news, nor is a meeting of another body."""
    late = [("2023-12-01", "VNA", "news"), LAUNCHED, MeetingHeld("other", on="2023-11", body="dialogue:other")]
    assert silent(THEN, *late, MeetingHeld("lone", on="2023-11")) == silent(THEN, LAUNCHED, *late)
    assert "dialogue:ict" in silent(THEN, LAUNCHED, *late)


def test_a_body_that_never_began():
    """It is not dormant: a proposed dialogue, a network or series with only a plan."""
    planned = [MeetingScheduled("one", body="network:nartt"), SeriesFrequencyAgreed("arsom", frequency="annual")]
    assert silent(THEN, DialogueProposed("ict"), *planned) == []


def test_networks_and_series():
    """Both can be dormant, launched or only met; not if discontinued."""
    story = [
        ("2018-05-19", "VNA", "news"), NetworkLaunched("nartt", on="2018-04"), SeriesEstablished("arjcc", on="1997"),
        MeetingHeld("one", on="2017", body="series:arsom"), MeetingHeld("two", on="2016", body="network:other"),
        SeriesEstablished("gone", on="2000"), SeriesDiscontinued("gone", on="2010"),
    ]  # fmt: skip
    assert silent(*story) == ["series:arjcc", "network:other", "series:arsom", "network:nartt"]


@pytest.mark.parametrize(
    ("on", "published", "words"),
    [
        ("2020~", "2021", "about 2020"),
        ("2020-06", "2021", "June 2020"),
        ("{2019,2020}", "2021", "2020"),
        ("2020-06-17/2020-06-18", "2021", "18 June 2020"),
        ("../2020-06", "2021", "30 June 2020"),
        (None, "2020~", "about 2020"),
        (None, "2020-11-16", "16 November 2020"),
    ],
)
def test_the_date_of_the_last_news(on, published, words):
    """It is as vague as its source gives it; of a span and of an open date it is the last day."""
    (body,) = given((published, "TASS", "news"), DialogueLaunched("ict", on=on)).as_of("2030-01-01").dormant()
    assert str(body) == f"dialogue:ict: nothing heard since {words}"
