"""What fell silent, and what only seems so."""

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
    """Tell a story, and return what is silent on a day."""
    return [one.subject for one in given(*story).as_of(on).dormant(**asked)]


def test_a_dialogue_of_which_nothing_more_is_heard():
    """It is dormant once the months are past since its last sign of life."""
    assert silent(THEN, LAUNCHED) == ["dialogue:ict"]
    assert silent(THEN, LAUNCHED, on="2023-09-23") == []
    assert silent(THEN, LAUNCHED, on="2023-09-24") == ["dialogue:ict"]
    assert silent(THEN, LAUNCHED, months=60) == silent(THEN, LAUNCHED, months=10**5) == []
    (one,) = given(THEN, LAUNCHED).dormant()
    assert str(one) == "dialogue:ict (Dialogue on ICT security): nothing heard since 2021-09-23"
    assert len(one.claims) == 1


@pytest.mark.parametrize(
    "sign",
    [
        MeetingHeld("round-2", on="2023-05", body="dialogue:ict"),
        MeetingScheduled("round-2", planned="2025", body="dialogue:ict"),
        DialogueSuspended("ict", on="2022-03"),
    ],
    ids=lambda event: event.name,
)
def test_a_sign_of_life(sign):
    """A round that was held or is planned wakes it; that it is suspended says more than silence."""
    assert silent(THEN, LAUNCHED, ("2023-05-20", "VNA", "news"), sign) == []


def test_a_late_word_of_what_was_long_ago():
    """It is no sign of life, nor is a meeting of another body."""
    late = [("2023-12-01", "VNA", "news"), LAUNCHED, MeetingHeld("other", on="2023-11", body="dialogue:other")]
    assert silent(THEN, *late, MeetingHeld("lone", on="2023-11")) == silent(THEN, LAUNCHED, *late)
    assert "dialogue:ict" in silent(THEN, LAUNCHED, *late)


def test_what_never_began():
    """It is not dormant: a dialogue that was proposed, a network or a series of which only a plan is known."""
    planned = [MeetingScheduled("one", body="network:nartt"), SeriesFrequencyAgreed("arsom", frequency="annual")]
    assert silent(THEN, DialogueProposed("ict"), *planned) == []


def test_networks_and_series():
    """Both fall silent, launched or only met; not what was discontinued."""
    story = [
        ("2018-05-19", "VNA", "news"), NetworkLaunched("nartt", on="2018-04"), SeriesEstablished("arjcc", on="1997"),
        MeetingHeld("one", on="2017", body="series:arsom"), MeetingHeld("two", on="2016", body="network:other"),
        SeriesEstablished("gone", on="2000"), SeriesDiscontinued("gone", on="2010"),
    ]  # fmt: skip
    assert silent(*story) == ["series:arjcc", "network:other", "series:arsom", "network:nartt"]
