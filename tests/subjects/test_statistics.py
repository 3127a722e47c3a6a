"""Statistics: figures of periods, by whose count, and what a series is to reach."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import frozen

import partnership as ps
from partnership.events import StatisticReported, StatisticRevised, TargetSet
from partnership.testing.scenario import finding_slugs, given

SGGP = ("2016-05-21~", "SGGP", "news")
VIENTIANE = ("2016-08", "Vientiane Times", "news")
LATER = ("2019-03-01", "VNA", "news")
BILLION = 10**9


def usd(billions, bound="exact"):
    """Return so many billion dollars."""
    return ps.Money(Decimal(billions) * BILLION, "USD", bound)


def trade(period, amount=None, **said):
    """Report the trade of a period."""
    return StatisticReported("trade", period=period, amount=amount, **said)


def arrivals(period, number, **said):
    """Report the arrivals of a period."""
    return StatisticReported("arrivals", period=period, number=number, unit="arrivals", **said)


def series(*story):
    """Return what is known of the trade of a story."""
    return given(*story).statistics["trade"]


def test_figures_of_two_authorities():
    """They are one figure of one period, disputed, and both authorities are named."""
    record = given(
        SGGP, trade("2015", usd(20, "at-least"), authority="Prime Minister", title="Two-way trade"),
        VIENTIANE, trade("2015", usd("13.4"), authority="ASEAN statistics", direction="both", title="Trade"),
    )  # fmt: skip
    state = record.statistics["trade"]
    (row,) = state.figures

    assert (str(row.period), row.amount, row.is_disputed) == ("2015", usd("13.4"), True)
    assert row.authorities == ("ASEAN statistics", "Prime Minister")
    assert (state.titles, state.title, state.direction) == (("Trade", "Two-way trade"), "Trade", "both")
    assert state.disputed == ("figures",)
    assert [(rival.amount, rival.authorities) for rival in row.rivals] == [(usd(20, "at-least"), ("Prime Minister",))]


def test_a_guess_beside_another_figure():
    """They dispute too: "nearly 20 billion" is not 17.5."""
    assert series(SGGP, trade("2013", usd("17.5")), VIENTIANE, trade("2013", usd(20, "about"))).disputed == ("figures",)


@pytest.mark.parametrize(
    ("vague", "is_disputed"),
    [
        ({"number": 1000000, "bound": "at-least"}, False),
        ({"number": 1300000, "bound": "about"}, False),
        ({"number": 1260000, "bound": "exact"}, False),
        ({"number": 2000000, "bound": "at-most"}, False),
        ({"number": 1500000, "bound": "about"}, True),
        ({"number": 1500000, "bound": "at-least"}, True),
        ({"number": 1000000}, True),
    ],
)
def test_a_vaguer_number(vague, is_disputed):
    """What is over 1 million, or about 1.3, may be 1,260,000, which is then believed; what excludes it disputes."""
    record = given(SGGP, arrivals("2015", 1260000), VIENTIANE, arrivals("2015", **vague))
    (row,) = record.statistics["arrivals"].figures
    assert (bool(record.disputes()), row.is_disputed) == (is_disputed, is_disputed)
    assert is_disputed or (row.number, row.bound in (None, "exact")) == (1260000, True)


def test_a_vaguer_number_of_another_unit():
    """It disputes: the numbers do not compare."""
    said = StatisticReported("arrivals", period="2015", number=1000000, unit="nights", bound="at-least")
    assert len(given(SGGP, arrivals("2015", 1260000), VIENTIANE, said).disputes()) == 1


def test_a_number_with_its_unit_and_its_bound():
    """They are one fact: "nearly 2.5 million arrivals" refines a bare 2.5 million and disputes another unit."""
    reported_once = [SGGP, arrivals("2015", 2_500_000), VIENTIANE, arrivals("2015", 2_500_000, bound="about")]
    (row,) = given(*reported_once).statistics["arrivals"].figures
    assert (row.number, row.unit, row.bound, row.is_disputed) == (Decimal(2_500_000), "arrivals", "about", False)

    other = StatisticReported("arrivals", period="2015", number="2.5", unit="million arrivals")
    (row,) = given(*reported_once, LATER, other).statistics["arrivals"].figures
    assert row.is_disputed
    assert {row.unit, *(rival.unit for rival in row.rivals)} == {"arrivals", "million arrivals"}


def test_figures_in_another_order():
    """They stand in the order of their periods, each with what its source said of its growth."""
    state = series(LATER, trade("2018", usd("19.8"), change="17.9", compared_with="2017"), SGGP, trade("2013", usd(20)))
    assert [(str(figure.period), figure.change, figure.compared_with) for figure in state.figures] == [
        ("2013", None, None),
        ("2018", ps.Percent("17.9"), ps.When("2017")),
    ]


def test_a_figure_that_is_revised():
    """The newest counts and is not disputed; the others stay in the reasons."""
    record = given(
        VIENTIANE, trade("2015", usd("13.4"), authority="ASEAN statistics"), trade("2014", usd(20)),
        ("2017-01-01", "A", "news"), StatisticRevised("trade", period="2015", amount=usd(14)),
        StatisticRevised("trade", period="2014", amount=usd(21)),
        LATER, StatisticRevised("trade", period="2015", amount=usd(15), authority="ASEANstats"),
    )  # fmt: skip
    state = record.statistics["trade"]

    assert [(str(figure.period), figure.amount, figure.is_revised) for figure in state.figures] == [
        ("2014", usd(21), True),
        ("2015", usd(15), True),
    ]
    assert state.figures[1].authorities == ("ASEAN statistics", "ASEANstats")
    assert state.disputed == ()
    assert record.as_of("2017-06-01").statistics["trade"].figures[1].amount == usd(14)


def test_a_dispute_that_a_revision_ends():
    """The series is disputed no longer."""
    story = [SGGP, trade("2015", usd(20)), VIENTIANE, trade("2015", usd("13.4"))]
    assert series(*story).disputed == ("figures",)
    assert series(*story, LATER, StatisticRevised("trade", period="2015", amount=usd(14))).disputed == ()


def test_targets():
    """Two of one announcement stand side by side; a newer one for the same period takes the place of the older."""
    state = series(
        SGGP, TargetSet("trade", period="2020", amount=usd(25), by="RU", on="2016-05-20"),
        TargetSet("trade", period="2030", amount=usd(50)),
        VIENTIANE, TargetSet("trade", period="2020", amount=usd(30)),
        ("2016-08", "TASS", "news"), TargetSet("trade", period="2020", amount=usd(31)),
    )  # fmt: skip
    assert [
        (str(target.expected.planned), target.amount.amount // BILLION, target.is_disputed) for target in state.targets
    ] == [
        ("2020", 31, True),
        ("2030", 50, False),
    ]
    assert (state.targets[0].by, state.targets[0].set_on) == ((), None)
    assert state.disputed == ("targets",)


@pytest.mark.parametrize(
    ("figure", "is_open"),
    [
        (trade("2019", usd(80)), True),
        (trade("2019", usd(100)), False),
        (trade("2019", usd(100, "about")), True),
        (trade("2019", ps.Money(200 * BILLION, "EUR")), True),
        (trade("2019", number=200, unit="ships"), True),
        (trade("2015", usd(110)), True),
        (trade("2020-01/2020-09", usd(80)), True),
        (trade("2020", usd(80)), False),
        (trade("2020-07/2020-12", usd(30)), False),
        (trade("2021", usd(110)), True),
    ],
)
def test_a_target_that_is_to_be_reached_by_a_day(figure, is_open):
    """A figure of the last of the time answers it, reached or not; an earlier one does if it surely reaches it."""
    story = [VIENTIANE, TargetSet("trade", period="../2020-12-31", amount=usd(100)), ("2021-09", "VNA", "news"), figure]
    assert bool(series(*story).outstanding) is is_open


def test_a_target_to_fall():
    """No earlier figure answers it: what is below it now may rise again."""
    less = TargetSet("trade", period="../2020", amount=usd(100, "at-most"))
    assert series(VIENTIANE, less, LATER, trade("2018", usd(90))).outstanding


def test_a_target_without_a_figure():
    """It is overdue once its period is past, until any figure of the period is reported."""
    record = given(SGGP, TargetSet("trade", period="2018", amount=usd(25)), trade("2017", usd(17)))
    assert record.as_of("2018-12-31").overdue() == ()
    (late,) = record.as_of("2019-01-01").overdue()
    assert (late.subject, str(late.planned), late.previous_dates) == ("statistic:trade", "2018", ())

    record.add(trade("2018", change="17.9"), source=ps.Source("VNA", published="2019-02-01"))
    assert len(record.overdue()) == 1
    record.add(trade("2018", usd("19.8")), source=ps.Source("VNA", published="2019-03-01"))
    assert record.overdue() == ()


# ---- stated changes that do not match the figures ----


def test_a_factor_beside_its_own_figures():
    """140,000 to nearly 2.5 million is 18-fold, so 20-fold is found and 18-fold is not."""

    def grown(factor):
        return arrivals("2015", 2_500_000, bound="about", factor=factor, compared_with="2005", previous_number=140_000)

    record = given(SGGP, grown(25))
    (odd,) = record.findings()
    assert (odd.slug, odd.nature) == ("change-disagrees", "contradiction")
    assert odd.sentence == (
        "statistic:arrivals is said to be 25 times an earlier figure in 2015, which does not match the figures"
    )
    assert finding_slugs(given(SGGP, grown(18))) == set()


@pytest.mark.parametrize(
    ("said", "odd"),
    [
        ({"factor": 20, "previous_number": 140_000}, True),
        ({"factor": "17.9", "previous_number": 140_000}, False),
        ({"change": "1680", "previous_number": 140_000}, True),
        ({"change": "1686", "previous_number": 140_000}, False),
        ({"change": ps.Percent("1600", "at-least"), "previous_number": 140_000}, False),
        ({"change": ps.Percent("1700", "at-least"), "previous_number": 140_000}, True),
        ({"change": ps.Percent("1600", "at-most"), "previous_number": 140_000}, True),
        ({"factor": 18, "change": "20", "previous_number": 140_000}, True),
        ({"factor": 20}, False),
        ({"factor": 20, "previous_number": 0}, False),
        ({"previous_number": 140_000}, False),
    ],
)
def test_growth_of_exact_figures(said, odd):
    """A factor is borne out within a tenth and a percentage within two points; what cannot be reckoned is not found."""
    assert finding_slugs(given(SGGP, arrivals("2015", 2_500_000, **said))) == ({"change-disagrees"} if odd else set())


def test_growth_of_money():
    """It is reckoned in one currency only, and with floors as far as they go."""
    grown = {"change": "21.5", "previous": ps.Money("47750000", "USD")}
    assert finding_slugs(given(LATER, trade("2018", ps.Money("58030000", "USD"), **grown))) == set()
    assert finding_slugs(given(LATER, trade("2018", ps.Money("68030000", "USD"), **grown))) == {"change-disagrees"}
    assert finding_slugs(given(LATER, trade("2018", ps.Money("50030000", "USD", "at-least"), **grown))) == set()
    assert finding_slugs(given(LATER, trade("2018", ps.Money("68030000", "EUR"), **grown))) == set()
    assert finding_slugs(given(LATER, trade("2018", **grown))) == set()


def test_growth_against_a_figure_that_another_source_gives():
    """It is a finding only if no figure of that period matches (8.8 billion is not 3.5 times that of 2019)."""
    grown = [("2021-09-14", "TASS", "news"), trade("2020", usd("8.8"), factor="3.5", compared_with="2019")]
    assert finding_slugs(given(*grown)) == set()
    assert finding_slugs(given(*grown, trade("2019", usd("2.5")))) == set()
    assert finding_slugs(given(*grown, trade("2019", usd(4)))) == {"change-disagrees"}
    assert finding_slugs(given(*grown, trade("2019", usd(4)), ("2020", "VNA", "news"), trade("2019", usd("2.5")))) == {
        "disputed"
    }
    assert finding_slugs(given(*grown, trade("2018", usd(4)))) == set()


@pytest.mark.parametrize(
    ("before", "after", "odd"),
    [(19, 1900, False), (19, 1919, True), ("1919", "19", True), (1900, 19, False), (0, 19, False)],
)
def test_a_figure_a_hundred_times_its_neighbour(before, after, odd):
    """It is found: one of the two may be in another unit."""
    record = given(LATER, trade("2017", usd(before)), trade("2018", usd(after)))
    assert finding_slugs(record) == ({"implausible-factor"} if odd else set())


def test_figures_that_do_not_compare():
    """Money and numbers, or two currencies, are no neighbours."""
    other = ps.Money(1, "EUR")
    assert (
        finding_slugs(given(LATER, trade("2017", usd(19)), trade("2018", other), trade("2019", number=1, unit="t")))
        == set()
    )


@frozen(kw_only=True)
class SeriesDiscontinued(ps.Event):
    """A user's own event about a series."""

    name = "own-series-discontinued"
    kind = "statistic"


def test_an_event_of_the_users_own():
    """It leaves the series as it is."""
    record = given(LATER, SeriesDiscontinued("trade"), kinds=[ps.Kind(SeriesDiscontinued.kind, [SeriesDiscontinued])])
    assert record.statistics["trade"].figures == ()
