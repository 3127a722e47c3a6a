"""Rotations: whose turn it is, expected and changed."""

from __future__ import annotations

import partnership as ps
from partnership.events import (
    AppointmentAnnounced,
    CredentialsPresented,
    MeetingHeld,
    RoleAssumed,
    RoleExpected,
    RoleHeld,
    RotationChanged,
)
from partnership.testing.scenario import given

SUMMER = ("2023-08-01", "The Irrawaddy", "news")
SUMMIT = ("2023-09-05", "TASS", "news")
LATER = ("2023-09-06", "Rappler", "news")


def turns(view):
    """Return the turns of the chair in short."""
    chair = view.rotations["asean-chair"]
    return [
        (turn.holder, [str(plan.planned) for plan in turn.expected], [*map(str, turn.previous_dates)])
        for turn in chair.turns
    ]


def due(view):
    """Return what is overdue."""
    return [str(plan.planned) for plan in view.overdue()]


def test_a_turn_that_goes_to_another():
    """The other party is expected now, the first one has a previous date, and later turns stay."""
    record = given(
        SUMMER, RoleExpected("asean-chair", holder="MM", planned="{2026,2027}", condition="elections"),
        SUMMIT,
        RotationChanged("asean-chair", on="2023-09-05", term="2026", holder="PH", instead_of="MM", planned="2026"),
        LATER, RotationChanged("asean-chair", term="2026", holder="PH", reason="accepted a request"),
    )  # fmt: skip
    state = record.rotations["asean-chair"]

    assert turns(record) == [("MM", ["2027"], ["2026"]), ("PH", ["2026"], [])]
    assert state.previous_dates == (ps.When("2026"),)
    assert [turn.condition for turn in state.turns] == ["elections", None]
    assert {str(plan.planned) for plan in record.as_of("2023-09-05").upcoming()} == {"2026", "2027"}
    assert due(record.as_of("2027-01-01")) == ["2026"]
    assert [
        (str(item.planned), [*map(str, item.previous_dates)]) for item in record.as_of("2023-09-06").upcoming()
    ] == [
        ("2026", []),
        ("2027", ["2026"]),
    ]  # only the turn of the other party was moved


def test_a_turn_with_a_label():
    """It can go to another party without a date, or to no particular party."""
    story = (
        SUMMER, RoleExpected("asean-chair", holder="MM", term="2026", planned="2026"),
        RoleExpected("asean-chair", holder="MM", term="2036", planned="2036"),
        RoleExpected("asean-chair", person="A"),
    )  # fmt: skip
    to_no_party = given(*story, SUMMIT, RotationChanged("asean-chair", term="2026", instead_of="MM"))
    to_another = given(*story, SUMMIT, RotationChanged("asean-chair", term="2026", holder="PH", instead_of="MM"))

    expected = [("MM", [], ["2026"]), ("MM", ["2036"], []), (None, [], [])]
    assert turns(to_no_party) == expected
    assert turns(to_another) == [*expected, ("PH", [], [])]


def test_a_turn_that_somebody_takes():
    """It is met by a term of the same holder under any label, not by an appointment or another holder's term."""
    story = (SUMMIT, RoleExpected("asean-chair", holder="PH", planned="2026"))
    another = (("2026-02-01", "A", "news"), RoleHeld("asean-chair", holder="MM", on="2026"))
    appointed = (("2026-02-01", "A", "news"), AppointmentAnnounced("asean-chair", holder="PH", on="2026-01"))
    assumed = (("2026-02-01", "A", "news"), RoleAssumed("asean-chair", holder="PH", term="2026", on="2026-01-01"))

    assert due(given(*story, today="2027-01-01")) == ["2026"]
    assert due(given(*story, *another, today="2027-01-01")) == ["2026"]
    assert due(given(*story, *appointed, today="2027-01-01")) == ["2026"]
    assert due(given(*story, *assumed, today="2027-01-01")) == []


def test_two_parties_that_swap_their_turns():
    """Neither keeps the turn that it gave away, with or without labels."""
    story = (
        SUMMER, RoleExpected("asean-chair", holder="MM", planned="2026"),
        RoleExpected("asean-chair", holder="PH", planned="2027"),
        SUMMIT, RotationChanged("asean-chair", holder="PH", instead_of="MM", planned="2026"),
        RotationChanged("asean-chair", holder="MM", instead_of="PH", planned="2027"),
    )  # fmt: skip
    held = (("2026-01-02", "A", "news"), RoleAssumed("asean-chair", holder="PH", on="2026-01-01"))
    record = given(*story, *held, today="2027-01-01")

    assert turns(record) == [("MM", ["2027"], ["2026"]), ("PH", ["2026"], ["2027"])]
    assert record.overdue() == ()
    assert due(record.as_of("2028-01-01")) == ["2027"]
    assert record.findings() == ()


def test_a_turn_that_is_given_away_again():
    """A newer change repeats an older one, or gives the turn to another party, and the older recipient loses it."""
    story = (
        SUMMER, RoleExpected("asean-chair", holder="MM", planned="2026"),
        SUMMIT, RotationChanged("asean-chair", holder="PH", instead_of="MM", planned="2026"),
    )  # fmt: skip
    repeated = given(*story, LATER, RotationChanged("asean-chair", holder="PH", instead_of="MM", planned="2026"))
    moved_on = given(*story, LATER, RotationChanged("asean-chair", holder="SG", instead_of="MM", planned="2026"))

    assert turns(repeated) == [("MM", [], ["2026"]), ("PH", ["2026"], [])]
    assert turns(moved_on) == [("MM", [], ["2026"]), ("PH", [], ["2026"]), ("SG", ["2026"], [])]


def test_a_turn_that_was_held_and_another_that_is_expected():
    """The one that was held has not moved."""
    record = given(
        ("2016-12-01", "A", "news"), RoleExpected("asean-chair", holder="MM", planned="2016"),
        RoleAssumed("asean-chair", holder="MM", on="2016-01-01"),
        SUMMER, RoleExpected("asean-chair", holder="MM", planned="2026"),
    )  # fmt: skip

    assert turns(record)[0][2] == []
    assert due(record.as_of("2027-01-01")) == ["2026"]


def test_a_swap_that_sources_of_one_day_report_differently():
    """Who gets the turn is disputed; the party that gave it away is not expected any more."""
    record = given(
        SUMMER, RoleExpected("asean-chair", holder="MM", planned="2026"),
        SUMMIT, RotationChanged("asean-chair", holder="PH", instead_of="MM", planned="2026"),
        ("2023-09-05", "VNA", "news"), RotationChanged("asean-chair", holder="SG", instead_of="MM", planned="2026"),
        today="2027-01-01",
    )  # fmt: skip

    assert turns(record)[0] == ("MM", [], ["2026"])
    assert len(record.overdue()) == 1
    assert [finding.slug for finding in record.findings()] == ["disputed"]


def test_a_turn_that_is_given_away_without_a_label_or_a_time():
    """It is the only one that is outstanding; of several it is not known which, and another label excludes it."""
    chaired = (("2016-12-01", "A", "news"), RoleExpected("asean-chair", holder="MM", planned="2016"),
               RoleHeld("asean-chair", holder="MM", on="2016"))  # fmt: skip
    changed = (SUMMIT, RotationChanged("asean-chair", holder="PH", instead_of="MM"))
    one = (SUMMER, RoleExpected("asean-chair", holder="MM", planned="2026"))
    two = (SUMMER, RoleExpected("asean-chair", holder="MM", planned="{2026,2036}"))
    labelled = (SUMMER, RoleExpected("asean-chair", holder="MM", term="2026", planned="2026"))
    other_label = (SUMMIT, RotationChanged("asean-chair", term="2036", instead_of="MM"))

    assert due(given(*one, *changed, today="2027-01-01")) == []
    assert due(given(*chaired, *one, *changed, today="2027-01-01")) == []
    assert due(given(*two, *changed, today="2027-01-01")) == ["2026"]
    assert due(given(*labelled, *changed, today="2027-01-01")) == []
    assert due(given(*labelled, *other_label, today="2027-01-01")) == ["2026"]


def test_an_appointment():
    """Its planned first day is expected, then overdue until the term begins."""
    story = (("2026-07-10", "TASS", "news"), AppointmentAnnounced("envoy", person="A", planned="2026-09-01"))
    began = (("2026-09-20", "TASS", "news"), CredentialsPresented("envoy", person="A", on="2026-09-15"))
    undated = AppointmentAnnounced("other-envoy", person="A", on="2026-07-10")

    assert [str(plan.planned) for plan in given(*story, today="2026-08-01").upcoming()] == ["2026-09-01"]
    assert due(given(*story, today="2026-09-10")) == ["2026-09-01"]
    assert due(given(*story, *began, today="2026-09-20")) == []
    assert due(given(*story, undated, today="2026-09-01")) == []


def test_sources_of_one_day_that_differ_on_the_expected_term():
    """The turn is disputed."""
    record = given(
        SUMMIT, RoleExpected("asean-chair", holder="MM", planned="2027"),
        ("2023-09-05", "VNA", "news"), RoleExpected("asean-chair", holder="MM", planned="2028", title="Chair of ASEAN"),
    )  # fmt: skip

    assert record.rotations["asean-chair"].disputed == ("turns",)
    assert record.rotations["asean-chair"].title == "Chair of ASEAN"


def test_something_else():
    """Events of other kinds have no rotation."""
    assert not given(SUMMIT, MeetingHeld("m")).rotations
