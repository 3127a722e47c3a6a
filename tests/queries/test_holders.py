"""Who held a role on a day; most evidence is that somebody held it on another day."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import InvalidValue, UnknownSubject
from partnership.events import (
    AppointmentAnnounced,
    CredentialsPresented,
    MeetingHeld,
    RoleAssumed,
    RoleEnded,
    RoleExpected,
    RoleHeld,
    RoleObserved,
    RoleVacant,
    RotationChanged,
)
from partnership.testing.scenario import given

DESK = ps.Source("A desk", retrieved="2026-11-23")
TASS = ("2026-06-18", "TASS", "news")
ROLE = "coordinator"
COORDINATORS = (
    DESK,
    RoleHeld(ROLE, holder="MY", term="2012-2015", on="2012/2015"),
    RoleHeld(ROLE, holder="LA", term="2015-2018", on="2015/2018"),
    RoleHeld(ROLE, holder="ID", term="2018-2020", on="2018/2020"),
    RoleObserved(ROLE, holder="ID", on="2020-06-17"),
    RoleHeld(ROLE, holder="KH", term="2021-2024", on="2021/2024"),
    RoleAssumed(ROLE, holder="KH", term="2021-2024", predecessor="ID"),
    RoleAssumed(ROLE, holder="MM", predecessor="KH", on="2024-07-26"),
    RoleObserved(ROLE, holder="MM", on="2025-07-10"),
)
"""Reports about country coordinators."""


def names(holdings):
    """Return the persons or parties of holdings."""
    return [holding.person or holding.holder for holding in holdings]


def on(day, *story):
    """Return who held the role on a day: surely, and possibly."""
    answer = given(*story).holders(ROLE, day)
    return names(answer.surely), names(answer.possible)


def test_a_person_that_is_not_text():
    """It is refused, instead of being answered as an unknown person."""
    with pytest.raises(InvalidValue, match="5 is not text but int; write it in quotes"):
        given(*COORDINATORS).holds(ROLE, None, "2013-06-01", person=5)


@pytest.mark.parametrize(
    ("day", "surely", "possible"),
    [
        ("2011-12-31", [], []),
        ("2013-06-01", ["MY"], []),
        ("2015-06-01", [], ["LA", "MY"]),
        ("2020-06-17", ["ID"], []),
        ("2020-12-01", [], ["ID"]),
        ("2021-06-01", [], ["KH"]),
        ("2022-01-01", ["KH"], []),
        ("2024-07-26", ["KH", "MM"], []),  # the day of the handover
        ("2024-07-27", [], ["MM"]),
        ("2025-07-10", ["MM"], []),
        ("2026-11-23", [], ["MM"]),
    ],
)
def test_the_country_coordinator(day, surely, possible):
    """Sure within a term and on reported days; possible at vague ends and after the last report."""
    assert on(day, *COORDINATORS) == (surely, possible)


def test_the_attributes_of_an_answer():
    """They are the days and claims behind it, and who was ruled out; the day is today by default."""
    record = given(*COORDINATORS, today="2022-01-01")
    (held,) = record.holders(f"role:{ROLE}").surely

    assert (held.holder, held.terms, held.is_expected) == ("KH", ("2021-2024",), False)
    assert [*map(str, held.days)] == ["2021/2024", "2024-07-26"]
    assert len(held.claims) == 3
    assert names(record.holders(ROLE).not_then) == ["ID", "LA", "MM", "MY"]
    assert str(record.holders(ROLE)) == "surely KH (2021 to 2024, 26 July 2024)"
    assert str(record.holders(ROLE, "2026-01-01")) == "maybe MM (26 July 2024, 10 July 2025)"
    assert str(record.holders(ROLE, "2001-01-01")) == "not known"


@pytest.mark.parametrize(
    ("holder", "day", "held"),
    [
        ("kh", "2022-01-01", True),
        ("MM", "2022-01-01", False),
        ("US", "2022-01-01", False),  # another surely held it
        ("MM", "2025-01-01", None),
        ("KH", "2025-01-01", False),
        ("US", "2025-01-01", None),
    ],
)
def test_whether_a_party_held_it(holder, day, held):
    """True, False, or None if it is not known."""
    assert given(*COORDINATORS).holds(ROLE, holder, day) is held


@pytest.mark.parametrize(
    ("holder", "person", "held"),
    [
        ("RU", None, True),
        ("RU", "A", True),
        (None, "A", True),
        ("RU", "B", False),
        ("VN", None, False),
        ("VN", "A", False),
    ],
)
def test_whether_a_person_held_it(holder, person, held):
    """By party, by person, or by both."""
    record = given(TASS, RoleObserved(ROLE, holder="RU", person="A", on="2023-07-05"))

    assert record.holds(ROLE, holder, "2023-07-05", person=person) is held


def test_whether_a_person_held_it_if_only_the_party_is_known():
    """It is not known."""
    record = given(TASS, RoleObserved(ROLE, holder="RU", on="2023-07-05"))

    assert record.holds(ROLE, "RU", "2023-07-05", person="A") is None
    assert record.holds(ROLE, None, "2023-07-05", person="A") is None


# ---- what a sighting proves ----


def test_a_single_sighting():
    """It proves its own day; before and after it is possible."""
    story = (TASS, RoleObserved(ROLE, holder="RU", person="A", on="2023-07-05"))

    assert on("2023-07-05", *story) == (["A"], [])
    assert on("2022-01-01", *story) == on("2025-01-01", *story) == ([], ["A"])


def test_two_sightings_without_a_term():
    """Between them it is only possible: Viet Nam chaired in 2010 and in 2020."""
    story = (TASS, RoleObserved(ROLE, holder="VN", on="2010-04-08"), RoleObserved(ROLE, holder="VN", on="2020-06-17"))

    assert on("2015-01-01", *story) == ([], ["VN"])
    assert on("2015-01-01", *story, RoleObserved(ROLE, holder="MY", on="2015-01-01")) == (["MY"], [])


def test_two_sightings_in_one_term():
    """Between them it is sure: a term has no gaps."""
    story = [RoleObserved(ROLE, holder="VN", term="2020", on=day) for day in ("2020-04-08", "2020-11-12")]

    assert on("2020-06-17", TASS, *story) == (["VN"], [])
    assert on("2020-12-01", TASS, *story) == ([], ["VN"])


def test_another_holder_or_a_vacancy():
    """No term extends over it; what was before is not known."""
    story = (TASS, RoleObserved(ROLE, holder="LA", on="2016-05-20"), RoleObserved(ROLE, holder="KH", on="2022-08-04"))
    vacant = RoleVacant(ROLE, on="2019-01-01/2019-03-31")

    assert on("2019-02-01", *story) == ([], ["KH", "LA"])
    assert on("2023-01-01", *story) == ([], ["KH"])
    assert on("2015-01-01", *story) == ([], ["LA"])
    assert on("2020-01-01", *story, vacant) == ([], ["KH"])
    assert on("2018-01-01", *story, vacant) == ([], ["LA"])


def test_another_holder_with_a_disputed_day():
    """It rules nobody out."""
    story = (TASS, RoleObserved(ROLE, holder="LA", on="2016-05-20"), RoleAssumed(ROLE, holder="KH", on="2018-08-04"))
    differs = (DESK, RoleAssumed(ROLE, holder="KH", on="2019-08-04"))

    assert on("2020-01-01", *story) == ([], ["KH"])
    assert on("2020-01-01", *story, *differs) == ([], ["KH", "LA"])


def test_a_sighting_that_two_terms_may_contain():
    """It belongs to neither and proves its own day."""
    terms = [RoleHeld(ROLE, holder="VN", term=f"{year}", on=f"{year}/{year + 1}") for year in (2010, 2011)]
    record = given(TASS, *terms, RoleObserved(ROLE, holder="VN", on="2011-06-01"))

    assert record.holders(ROLE, "2011-06-01").surely[0].terms == ()


# ---- a role that nobody holds ----


def test_a_vacancy():
    """Nobody held the role on that day, and all known holders are ruled out."""
    story = (TASS, RoleVacant(ROLE, on="2019-01-01/2019-03-31"), RoleEnded(ROLE, holder="LA", on="2018-12"))
    record = given(*story)
    answer = record.holders(ROLE, "2019-02-01")

    assert (answer.surely, answer.possible, answer.is_vacant, str(answer)) == ((), (), True, "nobody")
    assert record.holds(ROLE, "KH", "2019-02-01") is False
    assert record.holders(ROLE, "2020-01-01").is_vacant is None
    assert given(*COORDINATORS).holders(ROLE, "2022-01-01").is_vacant is False


# ---- beginnings and ends ----


@pytest.mark.parametrize(
    ("day", "surely", "possible"),
    [("2023-03-31", [], []), ("2023-05-01", [], ["A"]), ("2023-06-30", ["A"], []), ("2025-09-30", [], [])],
)
def test_an_ambassador(day, surely, possible):
    """An appointment is not the beginning; presenting the credentials is; a recall is the end."""
    who = {"holder": "RU", "person": "A", "term": "first"}
    story = (
        TASS, AppointmentAnnounced(ROLE, **who, on="2023-04-01"), CredentialsPresented(ROLE, **who, on="2023-06-15"),
        RoleEnded(ROLE, **who, on="2025-09-01"),
    )  # fmt: skip

    assert on(day, *story) == (surely, possible)


def test_a_disputed_end():
    """The days within both terms are sure, those within only one are possible."""
    story = (
        TASS, RoleHeld(ROLE, holder="KH", on="2021-08-06/2024-07-26"),
        DESK, RoleHeld(ROLE, holder="KH", on="2021-08-06/2023-07-26"),
    )  # fmt: skip

    assert on("2022-01-01", *story) == (["KH"], [])
    assert on("2024-01-01", *story) == ([], ["KH"])
    assert on("2025-01-01", *story) == ([], [])


@pytest.mark.parametrize(("day", "possible"), [("2021-10-01", ["KH"]), ("2021-07-01", [])])
def test_contradictory_reports_of_one_term(day, possible):
    """Assumed in August, and held from the next year on: between the two it is possible."""
    story = (TASS, RoleAssumed(ROLE, holder="KH", on="2021-08-06"), RoleHeld(ROLE, holder="KH", on="2022-01/2025-01"))

    assert on(day, *story) == ([], possible)


def test_a_year_as_a_term():
    """Within the year it is possible, outside of it ruled out; a term given by months is sure within them."""
    story = (DESK, RoleHeld(ROLE, holder="VN", on="2020"))

    assert on("2020-06-17", *story) == ([], ["VN"])
    assert on("2021-01-01", *story) == on("2019-12-31", *story) == ([], [])
    assert on("2020-06-17", DESK, RoleHeld(ROLE, holder="VN", on="2020-01/2020-12")) == (["VN"], [])


@pytest.mark.parametrize("day", ["2021-03-30", "2021-03-30~"])
def test_a_day_as_a_term(day):
    """It is a sighting: no term is one day long."""
    assert on("2021-05-01", DESK, RoleHeld(ROLE, holder="VN", on=day)) == ([], ["VN"])


def test_two_years_as_separate_members():
    """They are two terms, and nothing is known of the time between."""
    story = (DESK, RoleHeld(ROLE, holder="VN", on="{2010,2020}"))

    assert on("2010-06-01", *story) == on("2020-06-01", *story) == ([], ["VN"])
    assert on("2015-06-01", *story) == ([], [])


@pytest.mark.parametrize("on_", [None, "2021-08-06"])
def test_a_handover_by_an_otherwise_unknown_predecessor(on_):
    """The predecessor held the role until then."""
    record = given(TASS, RoleAssumed(ROLE, holder="KH", predecessor="ID", on=on_))

    assert record.holds(ROLE, "ID", "2021-01-01") is None
    assert names(record.holders(ROLE, "2021-08-06").surely) == (["ID", "KH"] if on_ else [])


def test_a_handover_by_a_predecessor_with_two_terms():
    """It ends the last term that fits."""
    terms = [RoleAssumed(ROLE, holder="VN", term=f"{year}", on=f"{year}-01-01") for year in (2010, 2020)]
    story = (TASS, *terms, RoleAssumed(ROLE, holder="BN", predecessor="VN", on="2021-01-01"))

    assert on("2020-06-01", *story) == (["VN"], [])
    assert on("2015-06-01", *story) == ([], ["VN"])


@pytest.mark.parametrize(
    ("day", "possible"),
    [("2019-01-01", ["VN"]), ("2020-09-01", []), ("2022-01-01", ["VN"])],
)
def test_an_end_without_a_beginning_and_a_later_beginning_without_an_end(day, possible):
    """They are two terms: a term that ended before another began says nothing about that one."""
    story = (TASS, RoleEnded(ROLE, holder="VN", on="2020-06-30"), RoleAssumed(ROLE, holder="VN", on="2021-01-01"))

    assert on(day, *story) == ([], possible)


@pytest.mark.parametrize(
    ("day", "surely", "possible"),
    [("2018-01-01", [], ["A"]), ("2022-01-01", ["A"], []), ("2020-01-01", [], []), ("2024-01-01", [], ["A"])],
)
def test_an_end_and_reports_of_a_later_term(day, surely, possible):
    """The later term is sure between its own reports."""
    who = {"holder": "RU", "person": "A"}
    story = (
        TASS, RoleEnded(ROLE, **who, on="2019-03-01"),
        RoleAssumed(ROLE, **who, on="2021-01-01"), CredentialsPresented(ROLE, **who, on="2023-01-01"),
    )  # fmt: skip

    assert on(day, *story) == (surely, possible)


def test_a_second_beginning_that_another_source_reports():
    """One source dates the beginning before an end, another after it: what follows the end is possible."""
    story = (
        TASS, RoleAssumed(ROLE, holder="VN", on="2010-01-01"), RoleEnded(ROLE, holder="VN", on="2012-01-01"),
        DESK, RoleAssumed(ROLE, holder="VN", on="2020-01-01"),
    )  # fmt: skip

    assert on("2021-01-01", *story) == ([], ["VN"])
    assert on("2015-01-01", *story) == ([], [])


def test_a_beginning_and_an_end_of_which_only_one_has_a_label():
    """The end without a label ends the term, and leaves its days possible."""
    story = (
        TASS, RoleAssumed(ROLE, holder="VN", term="first", on="2018-01-01"), RoleObserved(ROLE, holder="VN", on="2019"),
        RoleEnded(ROLE, holder="VN", on="2020-12-31"),
    )  # fmt: skip

    assert on("2019-06-01", *story) == ([], ["VN"])
    assert on("2021-06-01", *story) == ([], [])
    other_term = RoleEnded(ROLE, holder="VN", term="second", on="2020-12-31")
    assert on("2021-06-01", *story[:2], other_term) == ([], ["VN"])


def test_a_labelled_term_that_an_end_without_a_label_cuts_short():
    """No source agrees with the other: until the later end it is possible."""
    story = (TASS, RoleHeld(ROLE, holder="VN", term="t", on="2018/2024"), RoleEnded(ROLE, holder="VN", on="2020-12-31"))

    assert on("2019-06-01", *story) == (["VN"], [])
    assert on("2022-06-01", *story) == ([], ["VN"])
    assert on("2025-06-01", *story) == ([], [])


@pytest.mark.parametrize(
    ("holder", "person", "held"),
    [("RU", None, None), ("RU", "B", None), ("RU", "A", False), (None, "A", False), ("VN", None, None)],
)
def test_a_person_whose_term_ended(holder, person, held):
    """The party may have sent another person."""
    record = given(TASS, RoleEnded(ROLE, holder="RU", person="A", on="2019-06-01"))

    assert record.holds(ROLE, holder, "2020-01-01", person=person) is held


@pytest.mark.parametrize(("person", "held"), [(None, False), ("B", False)])
def test_a_party_whose_term_ended(person, held):
    """So did the terms of its persons."""
    record = given(TASS, RoleEnded(ROLE, holder="RU", on="2019-06-01"))

    assert record.holds(ROLE, "RU", "2020-01-01", person=person) is held


def test_a_party_whose_term_ended_and_whose_person_was_seen_later():
    """The person may have begun before that day, and with the person the party; another person is excluded."""
    ended = RoleEnded(ROLE, holder="RU", on="2020-06-01")
    record = given(TASS, ended, RoleObserved(ROLE, holder="RU", person="A", on="2020-06-18"))

    assert record.holds(ROLE, "RU", "2020-06-10") is None
    assert record.holds(ROLE, "RU", "2020-06-10", person="A") is None
    assert record.holds(ROLE, "RU", "2020-06-10", person="B") is False


def test_a_second_person_who_was_seen_within_the_term_of_the_first():
    """The post has two holders, so the first does not rule out the second on other days, but anyone else."""
    story = (
        TASS, RoleHeld(ROLE, holder="RU", person="A", on="2020-01-01/2024-12-31"),
        RoleObserved(ROLE, holder="RU", person="B", on="2022-05-16"),
    )  # fmt: skip
    record = given(*story)

    assert on("2022-05-16", *story) == (["A", "B"], [])
    assert on("2022-06-01", *story) == (["A"], ["B"])
    assert record.holds(ROLE, "RU", "2022-06-01", person="C") is False


def test_a_holder_and_a_vacancy_on_one_day():
    """Sources contradict each other: whether it was vacant is not known."""
    record = given(TASS, RoleHeld(ROLE, holder="RU", on="2020-01/2020-12"), RoleVacant(ROLE, on="2020-06-01"))

    assert record.holders(ROLE, "2020-06-01").is_vacant is None
    assert record.holders(ROLE, "2020-07-01").is_vacant is False


def test_a_day_before_the_first_report():
    """A sighting rules nothing out; a beginning rules out the days before it, in every view that has it."""
    story = (TASS, RoleObserved(ROLE, holder="VN", on="2020-06-17"), RoleAssumed("chair", holder="VN", on="2020-01-01"))
    record = given(*story)

    assert record.holds(ROLE, "VN", "2010-01-01") is None
    assert record.holds("chair", "VN", "2010-01-01") is False
    assert record.as_of(on="2020-01-01").holds("chair", "VN", "2019-12-31") is False
    assert record.as_of(sources=lambda source: source.kind == "news").holds("chair", "MY", "2019-12-31") is None


def test_a_handover_within_a_party():
    """The party goes on; the predecessor's term ends, if it is known who that was."""
    by_name = (TASS, RoleObserved(ROLE, holder="RU", on="2015"), RoleAssumed(
        ROLE, holder="RU", person="B", predecessor="RU", predecessor_person="A", on="2020-01-01"))  # fmt: skip
    nameless = (TASS, RoleAssumed(ROLE, holder="RU", person="B", predecessor="RU", on="2020-01-01"))

    assert given(*by_name).holds(ROLE, "RU", "2021-01-01", person="A") is False
    assert given(*by_name).holds(ROLE, "RU", "2021-01-01") is None
    assert given(*by_name).holds(ROLE, "RU", "2019-01-01") is None
    assert given(*nameless).holds(ROLE, "RU", "2021-01-01", person="B") is None


def test_a_party_that_follows_one_of_its_persons():
    """The end of the person's term is not that of the party's."""
    assumed = RoleAssumed(ROLE, holder="RU", predecessor="RU", predecessor_person="A", on="2020-01-01")
    record = given(TASS, assumed)

    assert record.holds(ROLE, "RU", "2021-01-01") is None
    assert record.holds(ROLE, "RU", "2021-01-01", person="A") is False


# ---- what is expected ----


def test_an_expected_turn():
    """It is possible in its time, for the party that it was assigned to, unless a holder is known."""
    story = (
        ("2023-09-05", "TASS", "news"),
        RotationChanged(ROLE, term="2026", holder="PH", instead_of="MM", planned="2026"),
        RoleExpected(ROLE, holder="MM", planned="2027"),
    )  # fmt: skip
    record = given(*story)

    assert str(record.holders(ROLE, "2026-06-18")) == "maybe PH (expected 2026)"
    assert record.holders(ROLE, "2026-06-18").possible[0].is_expected
    assert on("2025-06-18", *story) == ([], [])
    assert on("2026-06-18", *story, TASS, RoleObserved(ROLE, holder="MY", on="2026-06-18")) == (["MY"], [])


@pytest.mark.parametrize(
    ("day", "held", "words"),
    [
        ("2026-08-01", False, "not known"),
        ("2026-09-01", None, "maybe A, RU (expected 1 September 2026)"),
        ("2026-12-01", None, "maybe A, RU (expected 1 September 2026)"),
    ],
)
def test_an_appointment_with_a_planned_first_day(day, held, words):
    """From that day on the appointed person may hold the post; before it, not."""
    appointed = AppointmentAnnounced(ROLE, holder="RU", person="A", on="2026-07-10", planned="2026-09-01")
    record = given(("2026-07-10", "TASS", "news"), appointed)

    assert (record.holds(ROLE, "RU", day, person="A"), str(record.holders(ROLE, day))) == (held, words)
    assert record.holds(ROLE, "VN", day) is None


def test_an_appointment_whose_planned_first_day_is_disputed_or_not_kept():
    """Each day counts; and a term that began before the planned day is sure."""
    appointed = {"holder": "RU", "person": "A"}
    story = (
        TASS, AppointmentAnnounced(ROLE, **appointed, planned="2026-09-01"),
        ("2026-06-18", "VNA", "news"), AppointmentAnnounced(ROLE, **appointed, planned="2026-08-15"),
    )  # fmt: skip
    came_early = RoleHeld(ROLE, **appointed, on="2026-08-01/2026-12-31")

    assert on("2026-08-01", *story) == ([], [])
    assert on("2026-08-20", *story) == ([], ["A"])
    assert on("2026-08-05", *story, came_early) == (["A"], [])
    assert not given(*story, came_early).holders(ROLE, "2026-08-05").surely[0].is_expected


# ---- asked through a cut ----


def test_a_view_of_a_day():
    """It ignores later handovers, and includes a term that may have begun."""
    record = given(*COORDINATORS, RoleHeld("chair", holder="VN", on="2020"))

    assert names(record.as_of(on="2024-05-01").holders(ROLE).possible) == ["KH"]
    assert names(record.as_of(on="2020-06-17").holders("chair").possible) == ["VN"]
    assert names(record.as_of(on="2020-06-17").holders("chair", "2020-02-01").possible) == ["VN"]
    assert record.as_of(on="1999-01-01").holders("chair").possible == ()


def test_an_unknown_role():
    """It is an error, and so is an invalid day."""
    record = given(*COORDINATORS, MeetingHeld("m"))
    for name in ("chair", "meeting:m"):
        with pytest.raises(UnknownSubject):
            record.holders(name)
    with pytest.raises(UnknownSubject, match=f"did you mean {ROLE}"):
        record.holders(f"{ROLE}s")
    with pytest.raises(InvalidValue, match="'2021' is not a day"):
        record.holders(ROLE, "2021")


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("Dato Lim Jock Hoi", True),
        ("Lim Jock Hoi", True),
        ("Lim", True),
        ("J. H. Lim", True),
        ("Dato Lim Jock Hoi bin Lim", None),
        ("Kao Kim Hourn", False),
    ],
)
def test_a_person_under_another_form_of_the_name(asked, answer):
    """A name that says no more is of the same person; one that says more may be."""
    story = TASS, RoleHeld(ROLE, holder="BN", person="Dato Lim Jock Hoi", on="2018-01-01/2022-12-31")
    assert given(*story).holds(ROLE, "BN", "2020-01-01", person=asked) is answer


def test_a_sighting_under_another_form_of_the_name():
    """It belongs to the term that contains its day, and is no second holder."""
    story = (
        *(TASS, RoleHeld(ROLE, holder="BN", person="Lim Jock Hoi", on="2018-01-01/2022-12-31")),
        RoleObserved(ROLE, holder="BN", person="Dato Lim Jock Hoi", on="2020-06-01"),
    )
    assert on("2020-06-01", *story) == (["Lim Jock Hoi"], [])
    assert "two-holders" not in {finding.slug for finding in given(*story).findings()}


@pytest.mark.parametrize(
    ("day", "surely", "possible"),
    [
        ("2017-11-13", [], ["Le Luong Minh"]),
        ("2017-11-14", ["Le Luong Minh"], []),
        ("2017-12-15", [], ["Le Luong Minh"]),
        ("2018-02-01", [], ["Le Luong Minh", "Lim Jock Hoi"]),
    ],
)
def test_the_predecessor_at_an_appointment(day, surely, possible):
    """Who holds a role until then held it on the day of the appointment."""
    appointed = {"person": "Lim Jock Hoi", "holder": "BN", "predecessor_person": "Le Luong Minh", "predecessor": "VN"}
    story = ("2017-11-15", "Inquirer"), AppointmentAnnounced(ROLE, on="2017-11-14", planned="2018-01-01", **appointed)
    answer = given(*story).holders(ROLE, day)
    assert (names(answer.surely), sorted(names(answer.possible))) == (surely, possible)


def test_a_predecessor_at_an_appointment_without_a_day():
    """It proves no day."""
    story = TASS, AppointmentAnnounced(ROLE, holder="MY", planned="2025", predecessor="LA")
    assert on("2024-06-01", *story) == ([], [])
