"""Plain JSON of events, entries, states and answers: written, and read again as it was."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import partnership as ps
from partnership.errors import InvalidSubmission, InvalidValue, Setting
from partnership.events import ClaimCorrected, MeetingHeld, MeetingScheduled, ProjectApproved
from partnership.testing.strategies import histories, ticking, write

EXAMPLES = settings().max_examples
SOURCE = ps.Source("VNA", published="2020-11-16", kind="news")
HELD = MeetingHeld("special-fmm-2020", on="2020-06-17", parties=["RU", "ASEAN"])


def there_and_back(value, cls=None):
    """Return what is read of what was written of a value, through the text of JSON."""
    return ps.from_dict(json.loads(json.dumps(ps.to_dict(value))), cls or type(value))


def opened():
    """Return a record with entries of several kinds, and a correction."""
    record = ps.open(":memory:", clock=ticking(), by="desk 3")
    held, *_ = record.add(
        HELD,
        MeetingScheduled("urban-2020", planned="2020-12", host="RU"),
        ProjectApproved("solar", budget=ps.Money("8130000.5", "USD", "at-least"), meeting="special-fmm-2020"),
        source=SOURCE,
        speaker="A. Ivanov",
    )
    record.add(MeetingHeld("special-fmm-2020", on="2020-06-18"), source=ps.Source("TASS", published="2020-06-19"))
    record.correct(held, place="Hà Nội")
    return record


# ---- writing ----


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, None),
        (True, True),
        (3, 3),
        ("x", "x"),
        (date(2020, 6, 17), "2020-06-17"),
        (ps.When("2021-33"), "2021-33"),
        (Decimal("8130000.50"), "8130000.50"),
        (Decimal("1E+3"), "1000"),
        (("a", [1, None]), ["a", [1, None]]),
        (("a", (1, None)), ["a", [1, None]]),
        (frozenset({"b", "a"}), ["a", "b"]),
        ({"a": ps.When("2020"), 1: ()}, {"a": "2020", "1": []}),
        (ps.Money("5", "USD", "about"), {"amount": "5", "currency": "USD", "bound": "about"}),
        (b"{}", "{}"),
        (
            ps.Refusal("on", "x", "is not a date", near=("y",)),
            {"where": "on", "value": "x", "reason": "is not a date", "advice": "", "near": ["y"]},
        ),
        (
            ps.Refusal("C7", "3/4/2020", "is unclear", setting=Setting("or say so", "day_first", value=True)),
            {
                "where": "C7",
                "value": "3/4/2020",
                "reason": "is unclear",
                "advice": "",
                "near": [],
                "setting": {"advice": "or say so", "argument": "day_first", "value": True},
            },
        ),
        (int, "<class 'int'>"),
    ],
)
def test_a_value(value, written):
    """Objects have their attributes as keys, dates and amounts are the texts that a record has."""
    assert ps.to_dict(value) == written


def test_a_claim_with_remarks():
    """It has them beside the fields, as a submission does, which is read again."""
    remarked = ps.Remarked(HELD, inferred=["on"], certainty="confirmed", shared=False, speaker=None)
    written = ps.to_dict(remarked)
    assert written == {**ps.to_dict(HELD), "certainty": "confirmed", "inferred": ["on"], "shared": False}
    assert ps.read_claim(written)[0] == ps.Remarked(HELD, inferred=["on"], certainty="confirmed", shared=False)
    submission = ps.Submission(SOURCE, "A. Ivanov", (HELD, ps.Remarked(HELD, note="by a copy")))
    assert ps.read_submission(ps.to_dict(submission)) == submission


def test_answers():
    """Lists and mappings of answers are written as they are, and why with its reasons by field."""
    record = opened()
    view = record.as_of("2021-06-01")
    assert [item["subject"] for item in ps.to_dict(view.overdue())] == ["meeting:urban-2020"]
    assert ps.to_dict(view.meetings)["urban-2020"]["status"] == "scheduled"
    why = ps.to_dict(record.why("meeting:special-fmm-2020", field="held_on"))
    assert why["reasons"][0]["because"][0]["speaker"] == "A. Ivanov"
    assert json.dumps(ps.to_dict(record.disputes()))


# ---- reading ----


@settings(max_examples=min(EXAMPLES, 10) if EXAMPLES <= 100 else EXAMPLES)
@given(histories())
def test_states_and_entries(history):
    """Every entry and every state is read as it was written, with amendments too."""
    record = ps.open(":memory:", clock=ticking())
    write(record, history)
    for entry in record.entries():
        assert there_and_back(entry) == entry
        if not isinstance(entry.event, ClaimCorrected):
            assert there_and_back(entry.event, ps.Event) == entry.event
    for projection in record.kinds.projections:
        for state in record.states(projection.name).values():
            assert there_and_back(state) == state


def test_answers_are_read():
    """Those are whose values are of one type: plans, entries, obligations, sources, proofs."""
    record = opened()
    answers = [*record.as_of("2021-06-01").overdue(), *record.as_of("2020-11-20").upcoming(), record.tree_head()]
    answers += [*record.sources, *record.entries(), *record.meetings.values()]
    assert len(answers) > 9
    for answer in answers:
        assert there_and_back(answer) == answer
    evidence = record.why("meeting:special-fmm-2020").reasons["held_on"].because[0]  # each is equal to itself alone
    assert ps.to_dict(there_and_back(evidence)) == ps.to_dict(evidence)


def test_a_correction():
    """The event in it is a claim too, under a key of its own."""
    correction = opened().entries(subject="meeting:special-fmm-2020")
    (event,) = [entry.event for entry in correction if isinstance(entry.event, ClaimCorrected)]
    written = ps.to_dict(event)
    assert written["event"] == "claim-corrected"
    assert written["event_"] == {**ps.to_dict(HELD), "place": "Hà Nội"}
    assert there_and_back(event, ps.Event) == event
    assert there_and_back(event) == event


def test_what_is_recorded_is_read():
    """An event may refer to a kind that is not known here: a claim in a submission could not."""
    event = MeetingHeld("a", adopted=["exhibition:rodin"])
    assert there_and_back(event) == event
    assert ps.read_claim(ps.to_dict(event))[0] is None


def refused(data, cls, kinds=()):
    """Return the refusals of what cannot be read."""
    with pytest.raises(InvalidSubmission) as error:
        ps.from_dict(data, cls, kinds)
    return [str(refusal) for refusal in error.value.refusals]


def test_reading_is_strict():
    """A text is no number, one value no list, and a key that does not belong there is refused, each with its place."""
    written = ps.to_dict(opened().meetings["special-fmm-2020"])
    assert refused({**written, "statuss": 1}, ps.Meeting) == [
        "the object cannot be read: statuss does not belong here",
    ]
    wrong = {**written, "held_on": 2020, "parties": "RU", "status": 5, "title": 5, "duration": {"text": "P"}}
    wrong.pop("subject")
    reasons = {reason.partition(" ")[0]: reason for reason in refused(wrong, ps.Meeting)}
    subject, status, title, parties = (reasons.pop(name) for name in ("subject", "status", "title", "parties"))
    held_on, duration = reasons.values()
    assert title == "title cannot be read: 5 is not text"
    assert subject == "subject cannot be read: it is missing"
    assert status.startswith("status cannot be read: 5 is not known here; write one of 'proposed', ")
    assert parties == "parties cannot be read: 'RU' is not a list"
    assert held_on == "held_on cannot be read: 2020 is not the text of a date"
    assert duration.startswith("duration cannot be read: 'P' is not a duration; write it as in ISO 8601")
    (note,) = refused({"event": "meeting-held", "subject": "a", "note": "x"}, ps.Event)
    assert note.startswith("note is not a field of meeting-held; its fields are event, subject, on, ")
    assert refused({"event": "meeting-held", "subject": "a"}, MeetingScheduled) == [
        "event: 'meeting-held' is not a MeetingScheduled"
    ]
    assert refused({"event": "meeting"}, ps.Event)[0].startswith("event: 'meeting' is not an event here")
    assert refused([], ps.Event) == ["the event: [] is not an object; write one with event and subject"]
    assert refused([], ps.Meeting) == ["the object cannot be read: [] is not an object"]


def test_reading_entries_is_strict():
    """What is said beside the bytes of an entry must be what they say."""
    entry = opened().entries()[0]
    written = ps.to_dict(entry)
    assert refused([], ps.Entry) == ["the entry: '[]' is not an object"]
    assert refused({**written, "id": "0" * 64}, ps.Entry) == ["id is not what the bytes of the entry say"]
    assert refused({**written, "extra": 1}, ps.Entry) == ["extra is not what the bytes of the entry say"]
    assert refused({**written, "position": True}, ps.Entry) == ["position is not what the bytes of the entry say"]
    assert "is not JSON" in refused({**written, "body": "{"}, ps.Entry)[0]
    assert refused({"body": written["body"]}, ps.Entry) == ["the entry cannot be read: KeyError('recorded_at')"]


def test_what_cannot_be_read():
    """Explanations, disputes and changes hold values of any type; what is no class of ours cannot either."""
    for cls in (ps.Why, ps.Dispute, ps.Change, int):
        with pytest.raises(InvalidValue, match=r"cannot be read|is not a class of"):
            ps.from_dict({}, cls)


def test_frozen_sets_and_pairs():
    """They are read from lists, of the right length."""

    @attrs.frozen
    class Answer:
        names: frozenset[str]
        pair: tuple[str, int]

    answer = Answer(frozenset({"a", "b"}), ("a", 1))
    assert there_and_back(answer) == answer
    assert refused({"names": ["a"], "pair": ["a"]}, Answer) == ["pair cannot be read: 1 values stand where there are 2"]


@given(st.sampled_from(["", "x", "2020-13"]) | st.integers() | st.none())
def test_a_wrong_date_or_number(value):
    """It is refused with the reason of the class."""

    @attrs.frozen
    class Answer:
        when: ps.When
        number: Decimal

    assert len(refused({"when": value, "number": value}, Answer)) == 2
