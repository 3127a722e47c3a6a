"""Converters: what they accept, and the form that they store."""

from __future__ import annotations

from datetime import UTC, date, datetime

import attrs
import pytest

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import (
    CommitmentProgressReported,
    CourseHeld,
    DialogueLaunched,
    MeetingHeld,
    MeetingScheduled,
    ProjectLaunched,
    RoleVacant,
    StanceStated,
    StatementMade,
)
from partnership.kinds import BUILT_IN
from partnership.model import converters, references
from partnership.model.converters import LIST_LIMIT


def reasons(event, **said):
    """Return the reasons why an event with these fields is refused."""
    with pytest.raises(InvalidEvent) as refused:
        event("summit", **said)
    return refused.value.reasons


# ---- parties ----


@pytest.mark.parametrize(
    "parties",
    [
        ["RU", "ASEAN"],
        ("ASEAN", "RU"),
        ["asean", "ru"],
        {"RU", "ASEAN"},
        ["RU", "ASEAN", "RU", "ru"],
        frozenset(["ru", "asean"]),
    ],
)
def test_parties_in_any_order_and_case(parties):
    """They are stored in capitals, sorted, without duplicates: order and case have no meaning."""
    assert MeetingHeld("summit", parties=parties).parties == ("ASEAN", "RU")


def test_one_party_without_a_list():
    """It is a list of one, not of its letters."""
    assert DialogueLaunched("summit", by="ru").by == ("RU",)


@pytest.mark.parametrize("parties", [None, (), []])
def test_no_parties(parties):
    """All are stored as an empty tuple."""
    assert MeetingHeld("summit", parties=parties).parties == ()


@pytest.mark.parametrize(
    ("parties", "reason"),
    [
        (7, "parties: 7 is not a list of parties; write ['ASEAN', 'RU']"),
        (b"RU", "parties: b'RU' is not a list of parties; write ['ASEAN', 'RU']"),
        ({"RU": "Russia"}, "parties: {'RU': 'Russia'} is not a list of parties; write ['ASEAN', 'RU']"),
    ],
)
def test_what_is_no_list_of_parties(parties, reason):
    """It is refused instead of taken apart."""
    assert reasons(MeetingHeld, parties=parties) == (reason,)


@pytest.mark.parametrize("code", ["", "Viet Nam", "РФ", "R" * 33, "-RU", 7, None, b"RU"])
def test_what_is_no_code_of_a_party(code):
    """It is refused, alone and in a list."""
    assert "is not the code of a party" in reasons(MeetingHeld, co_chairs=["RU", code])[0]
    if code is not None:  # which means that nobody said
        assert "is not the code of a party" in reasons(MeetingHeld, host=code)[0]


# ---- texts ----


def test_a_text_where_a_list_is_expected():
    """It is one text, not its letters."""
    assert MeetingHeld("summit", topics="vaccines").topics == ("vaccines",)
    assert ProjectLaunched("summit", sectors="health").sectors == ("health",)
    assert StatementMade("summit", concerns="meeting:summit").concerns == ("meeting:summit",)


def test_texts_said_twice():
    """Duplicates are removed: topics stay in the order given, subjects are sorted."""
    assert MeetingHeld("summit", topics=["trade", "health", "trade"]).topics == ("trade", "health")
    assert StatementMade("summit", concerns=["meeting:b", "fund:a", "meeting:b"]).concerns == ("fund:a", "meeting:b")


def test_a_text_in_two_forms_of_unicode():
    """It is kept in the composed one, so that both are one claim."""
    assert MeetingHeld("summit", place="Ha\u0300 No\u0302\u0323i").place == "Hà Nội"


def test_a_text_over_several_lines():
    """A wording may have them, a name may not."""
    assert StatementMade("summit", text="one\n\ttwo").text == "one\n\ttwo"
    assert "is a name of several lines" in reasons(MeetingHeld, place="Kuala\nLumpur")[0]


@pytest.mark.parametrize("bad", ["a\x00b", "a\x1bb", "a\x7fb", "a\u202eb", "a\u2066b", "a\ud800b"], ids=ascii)
def test_characters_that_must_not_be_printed(bad):
    """They are refused, with their number and place, in names, wordings and lists alike."""
    expected = f"contains a forbidden character (U+{ord(bad[1]):04X} at 1); remove it"

    assert expected in reasons(MeetingHeld, place=bad)[0]
    assert expected in reasons(StatementMade, text=bad)[0]
    assert expected in reasons(MeetingHeld, topics=["fine", bad])[0]


@pytest.mark.parametrize("blank", ["", "   ", "\n"])
def test_a_blank_text(blank):
    """It is refused: the field should be left out."""
    assert reasons(MeetingHeld, title=blank) == (
        f"title: {blank!r} is empty; leave the field out if the source does not say it",
    )


def test_texts_that_are_too_long():
    """Names end at 200 characters, wordings at 65,536, lists at a thousand members; what is just as long is taken."""
    assert len(MeetingHeld("summit", place="x" * 200).place) == 200
    assert "is too long: 201 characters of 200; shorten it" in reasons(MeetingHeld, place="x" * 201)[0]
    assert "is too long: 65537 characters of 65536" in reasons(StatementMade, text="x" * 65_537)[0]
    assert len(MeetingHeld("summit", topics=map(str, range(LIST_LIMIT))).topics) == LIST_LIMIT
    assert reasons(MeetingHeld, topics=map(str, range(LIST_LIMIT + 1))) == (
        "topics: 'a list of 1001' is too long for one field; the limit is 1000",
    )
    assert "'a list of 1001' is too long" in reasons(MeetingHeld, parties=[f"P{n}" for n in range(1001)])[0]


@pytest.mark.parametrize("topics", [7, True, b"trade", {"trade": 1}, date(2021, 1, 1)], ids=repr)
def test_what_is_no_list_of_texts(topics):
    """It is refused instead of turned into text."""
    assert reasons(MeetingHeld, topics=topics)[0].endswith("is not a list of texts; write ['one', 'another']")


@pytest.mark.parametrize("value", [7, True, 1.5, b"Kazan", ["Kazan"], {"name": "Kazan"}], ids=repr)
def test_what_is_no_text(value):
    """It is refused, with what it is instead."""
    assert f"is not text but {type(value).__name__}; write it in quotes" in reasons(MeetingHeld, place=value)[0]


# ---- dates ----


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2021-06-28", "2021-06-28"),
        (date(2021, 6, 28), "2021-06-28"),
        (ps.When("2021-06"), "2021-06"),
        (datetime(2021, 6, 28, 23, 30, tzinfo=UTC), "2021-06-28"),
        ("{2022,2021}", "{2021,2022}"),
    ],
    ids=repr,
)
def test_a_day_in_any_of_its_forms(given, kept):
    """Text, a date, a When and an aware datetime are equal."""
    assert MeetingHeld("summit", on=given).on == ps.When(kept)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (datetime(2021, 6, 28, 23, 30), "has no time zone, so its day is ambiguous"),  # noqa: DTZ001
        (2021, "is not a date but int"),
        (True, "is not a date but bool"),
        (1.5, "is not a date but float"),
        (b"2021", "is not a date but bytes"),
        ({"year": 2021}, "is not a date but dict"),
        ("2021-06-31", "is not a date: June has 30 days"),
        ("soon", "does not name a date"),
    ],
    ids=repr,
)
def test_what_is_no_day(given, reason):
    """It is refused, and nothing is guessed."""
    assert reason in reasons(MeetingHeld, on=given)[0]
    assert reason in reasons(CommitmentProgressReported, as_of=given)[0]


# ---- numbers, money, yes and no ----


def test_a_bare_number():
    """It is an exact count; a count stays as it is."""
    assert MeetingHeld("summit", count=3).count == ps.Count(3, "exact")
    assert MeetingHeld("summit", count=ps.Count(2, "at-least")).count == ps.Count(2, "at-least")
    assert CommitmentProgressReported("summit", as_of="2021", done=0).done == ps.Count(0)


@pytest.mark.parametrize("value", [True, False, 1.5, 2.0, "7", b"7", -1, [1], {"number": 1}], ids=repr)
def test_what_is_no_count(value):
    """It is refused: True is not one, and "7" is a text."""
    expected = f"{value!r} is not a count; write a whole number, 0 or more"

    assert reasons(MeetingHeld, count=value) == (f"count: {expected}",)
    assert reasons(CourseHeld, participants=value) == (f"participants: {expected}",)
    assert reasons(CommitmentProgressReported, as_of="2021", total=value) == (f"total: {expected}",)


def test_money():
    """It is stored as it is; a bare number has no currency."""
    assert ProjectLaunched("summit", budget=ps.Money("1.50", "USD")).budget == ps.Money("1.5", "USD")
    assert reasons(ProjectLaunched, budget=1_500_000) == (
        "budget: 1500000 is not money; write Money('8130000', 'USD', 'at-least'): an amount needs its currency",
    )


@pytest.mark.parametrize("said", [True, False, None])
def test_yes_or_no_or_nobody_said(said):
    """The three are different values."""
    assert MeetingScheduled("summit", is_tentative=said).is_tentative is said


@pytest.mark.parametrize("value", [1, 0, "yes", "", []], ids=repr)
def test_what_is_neither_yes_nor_no(value):
    """It is refused."""
    assert reasons(MeetingScheduled, is_tentative=value) == (
        f"is_tentative: {value!r} is neither True nor False; leave the field out if nobody said",
    )


# ---- words of a closed set, other subjects ----


@pytest.mark.parametrize("value", ["Online", "", True, ["online"], {"online"}], ids=repr)
def test_a_word_that_is_not_known(value):
    """The known ones are named."""
    assert reasons(MeetingHeld, mode=value) == (
        f"mode: {value!r} is not known here; write one of 'in-person', 'online', 'hybrid'",
    )


@pytest.mark.parametrize("value", ["summit", "meeting:", "Meeting:summit", "meeting:Summit", ":summit", 7], ids=repr)
def test_what_is_no_subject(value):
    """It is refused: a subject of any kind stands as kind:slug."""
    assert "is not a subject; write kind:slug" in reasons(StatementMade, concerns=[value])[0]


@pytest.mark.parametrize(
    ("event", "fields", "stored"),
    [
        (MeetingHeld, {"body": "jec"}, {"body": "series:jec"}),
        (MeetingHeld, {"body": "dialogue:jec"}, {"body": "dialogue:jec"}),
        (MeetingHeld, {"body": "council:eu"}, {"body": "council:eu"}),
        (MeetingHeld, {"adopted": ["plan:b", "a", "document:a"]}, {"adopted": ("document:a", "plan:b")}),
        (MeetingHeld, {"adopted": "a"}, {"adopted": ("document:a",)}),
        (StatementMade, {"concerns": "council:eu"}, {"concerns": ("council:eu",)}),
        (StanceStated, {"meeting": "x"}, {"meeting": "x"}),
        (StanceStated, {"meeting": "meeting:x"}, {"meeting": "x"}),
        (RoleVacant, {"body": "meeting:x"}, {"body": "meeting:x"}),
    ],
)
def test_one_reference_written_in_several_ways(event, fields, stored):
    """It is stored in one form: a slug alone is a subject of the usual kind, and kinds of the user's own fit too."""
    assert {name: getattr(event("a", **fields), name) for name in stored} == stored


@pytest.mark.parametrize("value", ["meeting:", "Meeting:x", "meeting:X", ":x", 7, ["x"], "commitment:x"], ids=repr)
def test_what_is_no_body(value):
    """It is refused, with the kinds that fit."""
    (reason,) = reasons(MeetingHeld, body=value)
    assert "is no series, dialogue, network, " in reason
    assert "; write '" in reason


def test_a_reference_that_may_hold_a_password():
    """The error does not repeat it."""
    (reason,) = reasons(MeetingHeld, body="postgresql://desk:secret@host/ties")
    assert "secret" not in reason
    assert "; write 'special-fmm-2020' or 'series:special-fmm-2020'" in reason


def test_a_subject_with_its_kind():
    """It is the slug that counts; another kind is refused."""
    assert MeetingHeld("meeting:a") == MeetingHeld("a")
    with pytest.raises(InvalidEvent, match="subject: 'visit:a' is no meeting; write 'a' or 'meeting:a'"):
        MeetingHeld("visit:a")


def test_the_names_of_the_built_in_kinds():
    """The converters know all of them."""
    assert BUILT_IN.names == converters.BUILT_IN_KIND_NAMES


_CONVERTERS = dict.fromkeys(field.converter for event in BUILT_IN.events.values() for field in attrs.fields(event))


@pytest.mark.parametrize("reference", [*filter(None, map(references.reference_of, _CONVERTERS))])
def test_kinds_that_fit(reference):
    """They exist, each once."""
    assert BUILT_IN.names.issuperset(reference.kinds)
    assert len({*reference.kinds}) == len(reference.kinds)
