"""Relations, and the anniversaries that they are marked by."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.events import AnniversaryMarked, RelationsEstablished, RelationsResumed, RelationsSuspended
from partnership.testing.scenario import finding_slugs, given

TASS = ("2017-08-06", "TASS", "news")
VNA = ("2021-04-02", "VNA", "news")


def test_the_beginning_of_relations():
    """A less precise date is not a dispute."""
    record = given(
        TASS, RelationsEstablished("asean-russia", on="1991", parties=("ASEAN", "RU")),
        VNA, RelationsEstablished("asean-russia", on="[1991..1992]"),
    )  # fmt: skip
    state = record.relations["asean-russia"]

    assert (state.status, state.established_on, state.parties) == ("established", ps.When("1991"), ("ASEAN", "RU"))
    assert state.disputed == ()


def test_relations_that_are_suspended_and_go_on():
    """They are established again, and who suspended them is kept."""
    suspended = RelationsSuspended("r", on="2014-03", by="EU", reason="sanctions")
    record = given(TASS, RelationsEstablished("r", on="1991"), suspended, RelationsResumed("r", on="2016"))

    assert given(TASS, suspended).relations["r"].status == "suspended"
    assert (record.relations["r"].status, record.relations["r"].by) == ("established", ("EU",))
    assert (record.relations["r"].suspended_on, record.relations["r"].resumed_on) == (
        ps.When("2014-03"),
        ps.When("2016"),
    )
    assert finding_slugs(record) == set()
    assert finding_slugs(given(TASS, RelationsResumed("r", on="2016"))) == {"relations-resumed-without-suspension"}


def test_two_anniversaries_in_one_year():
    """They are distinguished by what they are anniversaries of."""
    record = given(
        VNA, AnniversaryMarked("asean-russia", of="relations", years=30, base="1991", on="2021"),
        AnniversaryMarked("asean-russia", of="dialogue partnership", years=25, base="1996-07", on="2021"),
    )  # fmt: skip

    assert [(anniversary.of, anniversary.years) for anniversary in record.relations["asean-russia"].anniversaries] == [
        ("dialogue partnership", 25),
        ("relations", 30),
    ]
    assert finding_slugs(record) == set()


def test_sources_that_count_from_different_years():
    """The base is disputed."""
    record = given(
        VNA, AnniversaryMarked("r", of="relations", years=30, base="1991"),
        ("2021-05-01", "TASS", "news"), AnniversaryMarked("r", of="relations", years=30, base="1992"),
    )  # fmt: skip

    assert record.relations["r"].disputed == ("anniversaries",)
    assert record.relations["r"].anniversaries[0].is_disputed


@pytest.mark.parametrize(
    ("years", "base", "on", "sentence"),
    [
        (25, "1991", "2021", "relation:r marked 25 years in 2021; from 1991 it is 30"),
        (
            28,
            "[1991..1992]",
            "2021",
            "relation:r marked 28 years in 2021; from some day from 1991 to 1992 it is 29 to 30",
        ),
        (29, "[1991..1992]", "2021", None),
        (None, "1991", "2021", None),
        (25, None, "2021", None),
        (25, "1991", None, None),
        (25, "../1991", "2021", None),
    ],
)
def test_years_that_do_not_add_up(years, base, on, sentence):
    """They are a contradiction if they certainly do not fit the base."""
    record = given(VNA, AnniversaryMarked("r", years=years, base=base, on=on))

    assert [finding.sentence for finding in record.findings()] == ([sentence] if sentence else [])


def test_two_sides_that_suspend_relations():
    """They are two acts, and no dispute."""
    record = given(
        ("2021-02-10", "VNA", "news"), RelationsSuspended("a-b", by="RU", on="2021-02-09"),
        ("2021-03-10", "TASS", "news"), RelationsSuspended("a-b", by="US", on="2021-03-09"),
    )  # fmt: skip

    assert (record.relations["a-b"].by, record.disputes()) == (("US",), ())
