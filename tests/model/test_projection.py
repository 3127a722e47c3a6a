"""Projections: lifecycles in steps, folds that never raise, and user-defined ones."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

import pytest
from attrs import evolve, field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import partnership as ps
from partnership.events import (
    CommitmentWithdrawn,
    DeliveryReported,
    MeetingCancelled,
    MeetingHeld,
    MeetingProposed,
    MeetingScheduled,
)
from partnership.kinds import BUILT_IN
from partnership.model import converters
from partnership.model.occurrence import STATUS
from partnership.subjects import commitments, courses, dialogues, meetings, projects
from partnership.subjects.amendments import AMENDMENTS
from partnership.testing import events_of, histories, scenario, sources, ticking, write

LIFECYCLES = {
    page.__name__.rpartition(".")[2]: page.LIFECYCLE for page in (commitments, courses, dialogues, meetings, projects)
}
KINDS = sorted({event.kind for event in BUILT_IN.events.values() if event not in AMENDMENTS})
EXAMPLES = settings().max_examples
FEW = settings(max_examples=min(EXAMPLES, 20) if EXAMPLES <= 100 else EXAMPLES)
"""For what is tried with every kind."""


# ---- the lifecycles of the library ----


@pytest.mark.parametrize("lifecycle", LIFECYCLES.values(), ids=LIFECYCLES)
def test_every_lifecycle(lifecycle):
    """Each status has a rank, each step an event; interruptions and terminal statuses are statuses of steps."""
    led_to = {step.to for step in lifecycle.steps.values() if step.to}

    assert led_to <= lifecycle.ranks.keys()
    assert lifecycle.interruptions | lifecycle.terminal <= led_to
    assert lifecycle.steps.keys() <= BUILT_IN.events.keys()


@pytest.mark.parametrize("lifecycle", LIFECYCLES.values(), ids=LIFECYCLES)
def test_every_two_statuses(lifecycle):
    """A status of a lower rank only replaces it as an interruption, and never a terminal one."""
    for now in lifecycle.ranks:
        assert lifecycle.follows(now, now)
        assert lifecycle.follows(now, None)
        for to in lifecycle.ranks:
            falls = lifecycle.ranks[to] < lifecycle.ranks[now]
            assert lifecycle.follows(to, now) is (
                not falls or (to in lifecycle.interruptions and now not in lifecycle.terminal)
            )


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_whatever_is_recorded_of_a_kind(kind, data):
    """No fold and no rule raises on what can be recorded."""
    record = ps.open(":memory:", clock=ticking())
    write(record, data.draw(histories(kind, most=8)))

    for view in (record, record.as_of("2020-06-01")):
        assert all(view.project(projection) is not None for projection in view.kinds.projections)
        assert view.findings() is not None
        assert {item.subject for item in view.overdue()} <= {item.subject for item in view.occurrences}
        assert {item.subject for item in view.upcoming()} <= {item.subject for item in view.occurrences}


@pytest.mark.parametrize("kind", KINDS)
@FEW
@given(data=st.data())
def test_which_other_kinds_a_projection_reads(kind, data):
    """An event changes no state of a kind whose projection does not name the kind of its own subject in `others`."""
    event = data.draw(st.one_of([events_of(event) for event in BUILT_IN.events.values() if event.kind == kind]))
    occurrence = SimpleNamespace(event=event, subject=event.about)
    for projection in BUILT_IN.projections:
        if projection.key is not None and kind not in projection.kinds:
            assert not [key for key in projection.key(occurrence) if key.startswith(f"{projection.kind}:")]


def test_the_kinds_that_a_projection_reads():
    """Its own and those that it names; all, if it names none and has a key, or is about no kind."""

    def of(kind=None, **more):
        return ps.Projection("exhibitions", lambda _: 0, lambda state, _: state + 1, kind=kind, **more)

    assert of("meeting").kinds == of("meeting", key=lambda _: (), others=()).kinds == {"meeting"}
    assert of("series", key=lambda _: (), others=["meeting"]).kinds == {"series", "meeting"}
    assert of().kinds is of("series", key=lambda _: ()).kinds is None
    assert of("document", key=lambda _: (), others=["meeting"]).reads(MeetingHeld)
    assert not of("document", key=lambda _: (), others=["series"]).reads(MeetingHeld)


def anything_about(kind):
    """Generate claims of any kind about one subject."""
    classes = [event for event in BUILT_IN.events.values() if event.kind == kind]
    return st.lists(st.tuples(sources(), st.one_of([events_of(event, st.just("a")) for event in classes])), max_size=8)


@given(anything_about("meeting"), sources(), events_of(MeetingHeld, st.just("a")))
def test_a_meeting_that_was_held(others, source, held):
    """It stays held, unless a report that excludes it is believed; a single planned date is not outstanding."""
    record = scenario.given(*(part for claim in others for part in claim), source, held)
    meeting = record.meetings["a"]
    is_contested = any(STATUS in item.across for item in record.occurrences if item.event.name == "meeting-held")

    assert meeting.status == "held" or is_contested
    assert meeting.status != "held" or len(meeting.expected) > 1 or meeting.outstanding == ()


@given(anything_about("commitment"), sources(), events_of(DeliveryReported, st.just("a")))
def test_a_commitment_that_was_delivered(others, source, delivered):
    """It stays delivered, unless another report of the whole has figures that fall short."""
    others = [(who, what) for who, what in others if getattr(what, "part", "no delivery") is not None]
    whole = evolve(delivered, part=None, quantity=None, amount=None)
    commitment = scenario.given(*(part for claim in others for part in claim), source, whole).commitments["a"]

    assert (commitment.status, commitment.outstanding) == ("delivered", ())


@given(anything_about("course"))
def test_any_course(others):
    """Every run that was held is a row and an outcome, and no more of the plan is open than was planned."""
    record = scenario.given(*(part for claim in others for part in claim))
    held = {occurrence.key for occurrence in record.occurrences if occurrence.event.name == "course-held"}
    for course in record.courses.values():
        assert len(course.outcomes) == len(held)
        assert {row.run or "" for row in course.runs} >= {run for (run,) in held}
        assert set(course.outstanding) <= set(course.expected)


# ---- fields that a state copies ----

MONDAY = ("2021-03-08", "VNA", "news")
TUESDAY = ("2021-03-09", "TASS", "news")
WEDNESDAY = ("2021-03-10", "TASS", "news")


def test_a_field_in_which_a_newer_report_says_nothing():
    """It stays as it was."""
    meeting = scenario.given(
        MONDAY, MeetingScheduled("forum", place="Kazan", parties=["RU", "ASEAN"]),
        TUESDAY, MeetingScheduled("forum", host="RU"),
    ).meetings["forum"]  # fmt: skip

    assert (meeting.place, meeting.host, meeting.parties) == ("Kazan", "RU", ("ASEAN", "RU"))


def test_a_dispute_that_a_newer_report_ends():
    """A field repeated without a dispute is no longer disputed; one that is not repeated still is."""
    disputed = [
        MONDAY, MeetingScheduled("forum", place="Kazan", host="RU"),
        ("2021-03-08", "TASS", "news"), MeetingScheduled("forum", place="Sochi", host="KH"),
    ]  # fmt: skip

    assert scenario.given(*disputed).meetings["forum"].disputed == ("host", "place")
    assert scenario.given(*disputed, TUESDAY, MeetingScheduled("forum", place="Ufa")).meetings["forum"].disputed == (
        "host",
    )


def test_a_dispute_about_what_the_state_has_passed():
    """A report that only fills an empty field adds its dispute."""
    meeting = scenario.given(
        MONDAY, MeetingHeld("forum", on="2021-03-05", place="Kazan"),
        TUESDAY, MeetingScheduled("forum", host="RU", place="Sochi"),
        ("2021-03-09", "VNA", "news"), MeetingScheduled("forum", host="KH", place="Ufa"),
    ).meetings["forum"]  # fmt: skip

    assert (meeting.place, meeting.disputed) == ("Kazan", ("host",))


def test_a_dispute_that_a_finer_claim_settles():
    """A day that both ranges cover contradicts neither."""
    record = scenario.given(
        MONDAY, MeetingHeld("forum", on="2021-02"), TUESDAY, MeetingHeld("forum", on="[2021-02-20..2021-03-05]")
    )
    assert record.meetings["forum"].disputed == ("held_on",)

    record.add(MeetingHeld("forum", on="2021-02-22"), source=ps.Source("MFA", published="2021-03-10"))
    assert record.meetings["forum"].disputed == ()
    assert record.meetings["forum"].held_on == ps.When("2021-02-22")


# ---- user-defined projections ----


@frozen(kw_only=True)
class TenderOpened(ps.Event):
    """A tender is opened; it has a title."""

    name = "tender-opened"
    kind = "tender"
    rank = 10

    title: str | None = field(default=None, converter=converters.name, metadata=converters.LABEL)


@frozen(kw_only=True)
class BidReceived(ps.Event):
    """A bid comes in; it has a bidder, and no title."""

    name = "bid-received"
    kind = "tender"
    rank = 20
    identity = ("bidder",)

    bidder: str = field(converter=converters.needed_code)


@frozen(kw_only=True)
class TenderClosed(ps.Event):
    """A tender is closed."""

    name = "tender-closed"
    kind = "tender"
    rank = 30


OWN = (ps.Kind("tender", (TenderOpened, BidReceived, TenderClosed)),)


@frozen
class Tender:
    """What is known of one tender."""

    subject: str
    status: str | None = None
    title: str | None = None
    titles: tuple[str, ...] = ()
    bidder: str | None = None
    closed_on: ps.When | None = None
    disputed: tuple[str, ...] = ()


TENDERS = ps.Lifecycle(
    steps={
        "tender-opened": ps.Step("open"),
        "bid-received": ps.Step(copies=("bidder",)),
        "tender-closed": ps.Step("closed", on="closed_on"),
    },
    ranks={"open": 10, "closed": 20},
    terminal=frozenset({"closed"}),
)
tenders = ps.Projection("tenders", Tender, TENDERS.advance, kind="tender")


def test_events_that_do_not_have_every_field():
    """A lifecycle copies and collects from the events that have the field."""
    record = scenario.given(
        MONDAY, TenderOpened("bridge", title="A bridge"),
        TUESDAY, BidReceived("bridge", bidder="RU"),
        WEDNESDAY, TenderClosed("bridge", on="2021-03-10"),
        kinds=OWN,
    )  # fmt: skip

    assert dict(record.project(tenders)) == {
        "bridge": Tender("tender:bridge", "closed", "A bridge", ("A bridge",), "RU", ps.When("2021-03-10"))
    }
    assert record.findings() == ()


def test_a_report_without_a_status_after_the_last_one():
    """It only fills empty fields."""
    story = [
        MONDAY,
        TenderClosed("bridge", on="2021-03-05"),
        TUESDAY,
        BidReceived("bridge", bidder="RU", on="2021-03-08"),
    ]

    assert scenario.given(*story, kinds=OWN).project(tenders)["bridge"].bidder == "RU"
    late = [WEDNESDAY, BidReceived("bridge", bidder="KH", on="2021-03-10")]
    assert scenario.given(*story, *late, kinds=OWN).project(tenders)["bridge"].bidder == "RU"


def test_an_event_of_no_step():
    """It leaves the state as it is."""
    opened = ps.Projection("opened", Tender, evolve_only_openings, kind="tender")
    record = scenario.given(MONDAY, BidReceived("bridge", bidder="RU"), kinds=OWN)

    assert record.project(opened)["bridge"] == Tender("tender:bridge")


def evolve_only_openings(state, occurrence):
    """Advance by a lifecycle that knows openings only."""
    return ps.Lifecycle({"tender-opened": ps.Step("open")}, {"open": 1}).advance(state, occurrence)


def test_a_projection_that_counts_by_party():
    """Its keys are party codes: one state for each party that an occurrence names."""
    held = ps.Projection(
        "held",
        lambda _party: 0,
        lambda count, occurrence: count + (occurrence.event.name == "meeting-held"),
        key=lambda occurrence: occurrence.event.parties,
    )
    record = scenario.given(
        MONDAY, MeetingHeld("forum", parties=["RU", "ASEAN"]), MeetingHeld("summit", parties=["RU", "KH"]),
        MeetingProposed("seminar", parties=["KH"]),
    )  # fmt: skip

    assert dict(record.project(held)) == {"ASEAN": 1, "KH": 1, "RU": 2}


def test_a_projection_of_the_whole():
    """It has one key."""
    names = ps.Projection(
        "names",
        lambda _all: Counter(),
        lambda seen, occurrence: seen + Counter([occurrence.event.name]),
        key=lambda _one: ("all",),
    )
    record = scenario.given(
        MONDAY, MeetingCancelled("forum"), CommitmentWithdrawn("vaccine"), MeetingCancelled("summit")
    )

    assert record.project(names)["all"] == {"meeting-cancelled": 2, "commitment-withdrawn": 1}


def test_a_projection_of_every_kind():
    """With neither a kind nor keys of its own, it has one state for each subject."""
    heard = ps.Projection("heard", lambda _subject: 0, lambda count, _one: count + 1)
    record = scenario.given(MONDAY, MeetingHeld("forum"), MeetingCancelled("forum"), CommitmentWithdrawn("vaccine"))

    assert dict(record.project(heard)) == {"commitment:vaccine": 1, "meeting:forum": 2}


def test_a_projection_that_names_a_key_twice():
    """The occurrence is folded once."""
    twice = ps.Projection(
        "twice",
        lambda _key: 0,
        lambda count, _one: count + 1,
        key=lambda occurrence: (occurrence.subject, occurrence.subject),
    )

    assert dict(scenario.given(MONDAY, MeetingHeld("forum")).project(twice)) == {"meeting:forum": 1}


def test_a_field_kept_under_two_names():
    """`copy_fields` sets both to the newest value, each with its dispute."""

    @frozen
    class Sitting:
        subject: str
        on: ps.When | None = None
        began: ps.When | None = None
        disputed: tuple[str, ...] = ()

    sittings = ps.Projection(
        "sittings",
        Sitting,
        lambda state, occurrence: ps.copy_fields(state, occurrence, "on", began="on"),
        kind="meeting",
    )
    record = scenario.given(
        MONDAY, MeetingScheduled("forum", on="2021-03-01"),
        MeetingHeld("forum", on="2021-03-05"),
        TUESDAY, MeetingHeld("forum", on="2021-03-06"),
    )  # fmt: skip
    sitting = record.project(sittings)["forum"]

    assert (sitting.on, sitting.began, sitting.disputed) == (
        ps.When("2021-03-06"),
        ps.When("2021-03-06"),
        ("began", "on"),
    )
