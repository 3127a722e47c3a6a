"""Counts: how many there are of something. What press reports say is in ``tests/vocabulary/test_counts.py``."""

from __future__ import annotations

from attrs import frozen

import partnership as ps
from partnership.events import CountReported
from partnership.testing.scenario import finding_slugs, given

VNA = ("2021-04-02", "VNA", "news")


def test_the_final_count():
    """A count without a day or a period is of what no longer changes, so it comes after all others."""
    state = given(
        VNA,
        CountReported("rounds", what="rounds of talks", number=11),
        CountReported("rounds", what="rounds of talks", number=7, as_of="2019-05"),
        CountReported("rounds", what="rounds of talks", number=3, period="2017/.."),
    ).counts["rounds"]

    assert [row.number.number for row in state.counts] == [7, 3, 11]
    assert given(VNA, CountReported("n", what="rounds", number=1), CountReported("n", what="x", number=2)).disputes()


def test_part_of_a_count():
    """A number with its total is not beaten by a number alone, and a lower total is found."""
    record = given(
        VNA,
        CountReported("n", what="members that agreed", number=8, total=10, as_of="2021-03"),
        ("2021-05-01", "TASS", "official-text"),
        CountReported("n", what="members that agreed", number=9, as_of="2021-03"),
    )

    assert (record.counts["n"].number, record.counts["n"].total) == (ps.Count(8), ps.Count(10))
    assert "count-over-total" not in finding_slugs(record)


@frozen(kw_only=True)
class CountAudited(ps.Event):
    """A user-defined event about a count."""

    name = "count-audited"
    kind = "count"


def test_an_event_of_the_users_own():
    """The built-in projection ignores it."""
    state = given(VNA, CountAudited("n"), kinds=[ps.Kind("count", [CountAudited])]).counts["n"]

    assert (state.number, state.title, state.counts) == (None, None, ())
