"""Roles: who held them, and when two seem to have held one at once."""

from __future__ import annotations

import pytest
from attrs import frozen

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import (
    AppointmentAnnounced,
    CredentialsPresented,
    RoleAssumed,
    RoleEnded,
    RoleHeld,
    RoleObserved,
    RoleVacant,
)
from partnership.subjects.roles import Term, Vacancy, is_one_holder
from partnership.testing.scenario import finding_slugs, given

KHMER_PRESS = ("2021-08-10", "Agence Kampuchea Presse", "news")
TASS = ("2021-09-24", "TASS", "news")


def coordinator(*story):
    """Tell a story of the country coordinator, and return its state."""
    return given(*story).roles["coordinator"]


def holding(state):
    """Return the terms of a role in short."""
    return [(term.holder, term.person, term.term) for term in state.terms]


def test_one_holder_after_another():
    """The terms stand by the day on which they began, however they arrive; the last to begin is the holder."""
    state = coordinator(
        KHMER_PRESS,
        RoleHeld("coordinator", holder="kh", on="2021-08/2024", title="Country coordinator", theme="Trust"),
        RoleHeld("coordinator", holder="ID", on="2018/2021-07", theme="Ties", title="Coordinator"),
        RoleAssumed("coordinator", holder="MM", on="2024-07-26", predecessor="KH", body="relation:asean-russia"),
    )  # fmt: skip

    assert holding(state) == [("ID", None, None), ("KH", None, None), ("MM", None, None)]
    assert [term.theme for term in state.terms] == ["Ties", "Trust", None]
    assert (state.holder, state.body) == ("MM", "relation:asean-russia")
    assert state.titles == ("Coordinator", "Country coordinator")
    assert (state.terms[2].assumed_on, state.terms[2].predecessor) == (ps.When("2024-07-26"), "KH")


def test_all_events_of_one_term():
    """Each day is kept under its own name, and the days of sightings one after another."""
    named = {"holder": "RU", "person": "Evgeny Zagaynov", "term": "first"}
    state = coordinator(
        KHMER_PRESS,
        AppointmentAnnounced("coordinator", **named, on="2023-04"),
        CredentialsPresented("coordinator", **named, on="2023-06"),
        RoleObserved("coordinator", **named, on="2023-07-05", capacity="ambassador"),
        RoleObserved("coordinator", **named, on="2024-02-01"),
        RoleObserved("coordinator", **named),
        RoleEnded("coordinator", **named, on="2025-09", reason="recalled", successor="RU"),
    )  # fmt: skip

    (term,) = state.terms
    assert (term.appointed_on, term.accredited_on) == (ps.When("2023-04"), ps.When("2023-06"))
    assert term.seen_on == (ps.When("2023-07-05"), ps.When("2024-02-01"))
    assert (term.ended_on, term.reason, term.successor) == (ps.When("2025-09"), "recalled", "RU")
    assert (term.capacity, term.disputed) == ("ambassador", ())


def test_somebody_who_is_appointed_and_has_not_begun():
    """It is a term, and its holder holds nothing yet."""
    state = coordinator(KHMER_PRESS, AppointmentAnnounced("coordinator", person="A", on="2021-08-01"))

    assert holding(state) == [(None, "A", None)]
    assert state.holder is None


def test_a_role_that_is_vacant():
    """The vacancy is kept, and that sources differ on it."""
    story = [KHMER_PRESS, RoleVacant("coordinator", on="2021-05", title="Coordinator")]
    disputed = coordinator(*story, TASS, RoleVacant("coordinator", on="2021-06"))

    assert coordinator(*story).vacancies == (Vacancy(None, ps.When("2021-05"), is_disputed=False),)
    assert (coordinator(*story).holder, coordinator(*story).disputed) == (None, ())
    assert ([vacancy.is_disputed for vacancy in disputed.vacancies], disputed.disputed) == ([True], ("vacancies",))


@pytest.mark.parametrize(("seen", "odd"), [("2021-05-06", {"held-while-vacant"}), ("2021-07", set())])
def test_a_holder_seen_while_the_role_is_vacant(seen, odd):
    """Both cannot be right; where they need not share a day nothing is odd."""
    record = given(
        KHMER_PRESS, RoleVacant("coordinator", on="2021-05-01/2021-05-31"),
        TASS, RoleObserved("coordinator", holder="KH", on=seen),
    )  # fmt: skip

    assert finding_slugs(record) == odd


def test_a_term_that_is_going_on():
    """On a day within the term the role is held; the term need not be over."""
    record = given(("2020-11-16", "VNA", "news"), RoleHeld("chair", holder="VN", on="2020"))

    assert record.as_of("2020-11-20").roles["chair"].holder == "VN"


@pytest.mark.parametrize(
    ("one", "other", "odd"),
    [
        ("2020", "2021", set()),
        ("2020/2021", "2021/2023", set()),  # a handover some time in 2021
        ("2020/2021-08", "2021-07/2023", {"two-holders"}),
        ("2021-08-06", "2021-08-06", {"two-holders"}),
        ("2021", "2021", set()),  # some day each, which may be two
        (None, "2021-08-06", set()),
        ("2021-08-06", None, set()),
    ],
)
def test_two_holders(one, other, odd):
    """Odd where their terms surely share a day."""
    record = given(
        KHMER_PRESS, RoleHeld("coordinator", holder="ID", on=one),
        RoleHeld("coordinator", holder="KH", on=other),
    )  # fmt: skip

    assert finding_slugs(record) == odd


@pytest.mark.parametrize(
    ("one", "other", "odd"),
    [
        ({"holder": "RU"}, {"holder": "RU", "person": "A"}, set()),
        ({"holder": "RU", "person": "B"}, {"holder": "RU", "person": "A"}, {"two-holders"}),
        ({"holder": "RU", "term": "a"}, {"holder": "RU", "term": "b"}, set()),
        ({"holder": "RU"}, {"person": "A"}, set()),
    ],
)
def test_a_party_and_its_person(one, other, odd):
    """They are one holder; two persons are two, and a party and a person of no stated party may be either."""
    record = given(KHMER_PRESS, RoleObserved("r", **one, on="2021-05-06"), RoleObserved("r", **other, on="2021-05-06"))

    assert finding_slugs(record) == odd


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("RU", None), ("RU", "A"), True),
        (("RU", "A"), ("RU", "B"), False),
        (("RU", None), (None, "A"), False),
        ((None, "A"), ("RU", "A"), True),
    ],
)
def test_one_holder(one, other, same):
    """They agree in the party and in the person as far as both name them, and they name something both."""
    terms = [Term(*each, None) for each in (one, other)]

    assert is_one_holder(*terms) is same


def test_sources_that_differ_on_a_term():
    """The term is disputed, and so are the terms of the role."""
    story = [KHMER_PRESS, RoleHeld("coordinator", holder="KH", on="2021/2024")]
    disputed = [*story, TASS, RoleHeld("coordinator", holder="KH", on="2022/2025")]

    assert coordinator(*disputed).disputed == ("terms",)
    assert [term.disputed for term in coordinator(*disputed).terms] == [("held_on",)]
    assert coordinator(*disputed, RoleHeld("coordinator", holder="ID", on="2018/2020")).disputed == ("terms",)
    assert coordinator(*story).disputed == ()


def test_a_holder_who_is_seen_on_two_days():
    """Nobody disputes anything: each day is an occurrence of its own."""
    record = given(
        KHMER_PRESS, RoleObserved("coordinator", holder="KH", on="2021-08-09"),
        TASS, RoleObserved("coordinator", holder="KH", on="2021-09-23"),
    )  # fmt: skip

    assert finding_slugs(record) == set()
    assert record.roles["coordinator"].disputed == ()


@frozen(kw_only=True)
class ChairPraised(ps.Event):
    """A user's own event about a role."""

    name = "chair-praised"
    kind = "role"


def test_an_event_of_the_users_own():
    """It is no holder: it leaves the role as it is, and nothing is found between it and the holders."""
    record = given(
        KHMER_PRESS, RoleHeld("coordinator", holder="KH", on="2021-08-06"),
        ChairPraised("coordinator", on="2021-08-06"),
        kinds=[ps.Kind(ChairPraised.kind, [ChairPraised])],
    )  # fmt: skip

    assert record.roles["coordinator"].holder == "KH"
    assert not any(rotation.previous_dates for rotation in record.rotations.values())
    assert finding_slugs(record) == set()


def test_a_role_without_a_holder():
    """It is refused: a party or a person is required, and a vacancy is another event."""
    with pytest.raises(InvalidEvent, match="holder: neither a party nor a person is named; write holder= or person="):
        RoleHeld("coordinator", term="2020")
