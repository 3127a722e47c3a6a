"""Distinctions: the first, the largest. What press reports say is in ``tests/vocabulary/test_counts.py``."""

from __future__ import annotations

from attrs import frozen

import partnership as ps
from partnership.events import DistinctionStated
from partnership.testing.scenario import given

VNA = ("2021-04-02", "VNA", "news")


def test_places_in_words_and_in_figures():
    """The second and the 2nd are one place, the first and the second are two."""
    second = [VNA, DistinctionStated("d", ranking="second")]
    tass = ("2021-05-01", "TASS", "news")

    assert given(*second, tass, DistinctionStated("d", ranking="2nd")).disputes() == ()
    assert given(*second, tass, DistinctionStated("d", ranking="first")).distinctions["d"].disputed == ("ranking",)


@frozen(kw_only=True)
class DistinctionLost(ps.Event):
    """A user-defined event about a distinction."""

    name = "distinction-lost"
    kind = "distinction"


def test_an_event_of_the_users_own():
    """The built-in projection ignores it."""
    state = given(VNA, DistinctionLost("d"), kinds=[ps.Kind("distinction", [DistinctionLost])]).distinctions["d"]

    assert (state.ranking, state.title) == (None, None)
