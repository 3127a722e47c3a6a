"""Measures: taken and lifted."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import MeasureLifted, MeasureTaken
from partnership.testing.scenario import finding_slugs, given

MARCH = ("2022-03-10", "TASS", "news")
MAY = ("2023-05-10", "VNA", "news")
TAKEN = [
    MARCH,
    MeasureTaken("rice-ban", on="2022-03-08", by="RU", to="VN", text="bans imports", effective="2022-04-01"),
]


def test_a_measure_that_is_taken_and_lifted():
    """`by` stays the party that took it; each date has a field of its own."""
    lifted = [MAY, MeasureLifted("rice-ban", on="2023-05-01", by="EAEU", text="lifts the ban", reason="tests passed")]
    before = given(*TAKEN).measures["rice-ban"]
    after = given(*TAKEN, *lifted).measures["rice-ban"]

    assert (before.status, before.by, before.to, before.effective) == ("taken", ("RU",), ("VN",), ps.When("2022-04-01"))
    assert (after.status, after.by, after.reason) == ("lifted", ("RU",), "tests passed")
    assert (after.taken_on, after.lifted_on) == (ps.When("2022-03-08"), ps.When("2023-05-01"))
    assert (after.texts, finding_slugs(given(*TAKEN, *lifted))) == (("bans imports", "lifts the ban"), set())


@pytest.mark.parametrize(
    ("story", "odd"),
    [
        ([MAY, MeasureLifted("rice-ban")], {"lifted-untaken"}),
        ([*TAKEN, MAY, MeasureLifted("rice-ban", on="2022-01")], {"lifted-before-taken"}),
        ([*TAKEN, MAY, MeasureLifted("rice-ban", on="2022")], set()),
    ],
)
def test_a_measure_that_is_lifted(story, odd):
    """Without a report that it was taken, a gap; surely before that, a contradiction."""
    assert finding_slugs(given(*story)) == odd
