"""Meetings: plans, postponements, the meeting itself, cancellation, and findings."""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import (
    MeetingAdjourned,
    MeetingAgreed,
    MeetingCancelled,
    MeetingConvened,
    MeetingDateNotAgreed,
    MeetingFormatChanged,
    MeetingHeld,
    MeetingPostponed,
    MeetingProposed,
    MeetingReplaced,
    MeetingRescheduled,
    MeetingScheduled,
    MeetingVenueChanged,
)
from partnership.testing.scenario import finding_slugs, given

JANUARY = ("2021-01-10", "VNA", "news")
FEBRUARY = ("2021-02-10", "TASS", "news")
MARCH = ("2021-03-10", "VNA", "news")
APRIL = ("2021-04-10", "TASS", "news")
MINISTRY = ("2021-04-12", "MFA of Russia", "official-release")


def forum(*story):
    """Record claims about one meeting, and return its state."""
    return given(*story).meetings["forum"]


def days(expectations):
    """Return the planned dates as strings."""
    return [str(one.planned) for one in expectations]


def due(view):
    """Return what is overdue in a view, as strings."""
    return [(one.subject, str(one.planned)) for one in view.overdue()]


# ---- the usual sequence ----


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (MeetingProposed("forum"), "proposed"),
        (MeetingAgreed("forum"), "agreed"),
        (MeetingDateNotAgreed("forum"), "date-not-agreed"),
        (MeetingScheduled("forum"), "scheduled"),
        (MeetingPostponed("forum"), "postponed"),
        (MeetingRescheduled("forum"), "scheduled"),
        (MeetingFormatChanged("forum", mode="online"), None),
        (MeetingVenueChanged("forum", place="Kazan"), None),
        (MeetingConvened("forum"), "convened"),
        (MeetingAdjourned("forum"), "adjourned"),
        (MeetingHeld("forum"), "held"),
        (MeetingCancelled("forum"), "cancelled"),
        (MeetingReplaced("forum"), "replaced"),
    ],
    ids=lambda value: value.name if isinstance(value, ps.Event) else None,
)
def test_a_single_report(event, status):
    """Each event alone leads to its status, and a change of place or mode to none."""
    assert forum(JANUARY, event).status == status


def test_a_meeting_that_goes_as_planned():
    """Proposed, agreed, scheduled, convened, held: each date has a field of its own."""
    meeting = forum(
        JANUARY, MeetingProposed("forum", on="2021-01-05", by="RU", title="Forum on cities"),
        FEBRUARY, MeetingAgreed("forum", on="2021-02-01", planned="2021", body="series:forum", topics="cities"),
        MeetingScheduled("forum", planned="2021-03"),
        MARCH, MeetingConvened("forum", on="2021-03-08"),
        APRIL,
        MeetingHeld("forum", on="2021-03-08/2021-03-09", place="Kazan", level="ministers", co_chairs=("RU", "KH")),
    )  # fmt: skip

    assert meeting.status == "held"
    assert meeting.proposed_on == ps.When("2021-01-05")
    assert meeting.agreed_on == ps.When("2021-02-01")
    assert meeting.convened_on == ps.When("2021-03-08")
    assert meeting.held_on == ps.When("2021-03-08/2021-03-09")
    assert (meeting.place, meeting.level, meeting.co_chairs) == ("Kazan", "ministers", ("KH", "RU"))
    assert (meeting.title, meeting.body, meeting.topics) == ("Forum on cities", "series:forum", ("cities",))
    assert (meeting.previous_dates, meeting.outstanding, meeting.disputed) == ((), (), ())


def test_a_proposal_with_a_day():
    """A proposal is not a plan, so nothing is expected or overdue."""
    record = given(JANUARY, MeetingProposed("forum", by="RU", planned="2021-02"))

    assert record.meetings["forum"].expected == ()
    assert due(record.as_of("2022-01-01")) == []


def test_a_proposal_reported_after_the_announcement():
    """The status stays, and only empty fields are set: the date of the proposal, but not the place."""
    meeting = forum(
        JANUARY, MeetingScheduled("forum", planned="2021-05", place="Kazan"),
        MARCH, MeetingProposed("forum", on="2020-11", by="RU", place="Sochi", host="RU"),
        APRIL, MeetingScheduled("forum", planned="2021-05"),
    )  # fmt: skip

    assert (meeting.status, meeting.proposed_on) == ("scheduled", ps.When("2020-11"))
    assert meeting.host == "RU"


def test_agreed_once_more_after_the_announcement():
    """A lower status that is reported later only sets empty fields."""
    meeting = forum(
        JANUARY, MeetingScheduled("forum", planned="2021-05", place="Kazan"),
        MARCH, MeetingAgreed("forum", place="Sochi", host="RU"),
    )  # fmt: skip

    assert (meeting.status, meeting.place, meeting.host) == ("scheduled", "Kazan", "RU")


def test_several_names_and_numbers():
    """All are collected, the latest is the title, and names are never disputed."""
    meeting = forum(
        JANUARY, MeetingScheduled("forum", title="Forum", ordinal="3rd"),
        FEBRUARY, MeetingHeld("forum", on="2021-02-09", title="Third Forum"),
        MINISTRY, MeetingHeld("forum", on="2021-02-09", title="Forum of Friendship", ordinal="4th"),
    )  # fmt: skip

    assert meeting.title == "Forum of Friendship"
    assert meeting.titles == ("Forum", "Forum of Friendship", "Third Forum")
    assert meeting.ordinals == ("3rd", "4th")
    assert meeting.disputed == ()


def test_a_group_of_unnamed_meetings():
    """It has the reported count; members are not made up."""
    meeting = forum(JANUARY, MeetingPostponed("forum", planned="2021", count=ps.Count(2, "at-least")))

    assert meeting.count == ps.Count(2, "at-least")
    assert days(meeting.expected) == ["2021"]


# ---- plans that move ----


def test_a_plan_that_another_source_repeats():
    """It is known since the first report, and has the claims of both."""
    record = given(
        JANUARY, MeetingScheduled("forum", planned="2021-12"),
        FEBRUARY, MeetingScheduled("forum", planned="2021-12"),
    )  # fmt: skip
    (expectation,) = record.meetings["forum"].expected

    assert str(expectation.since) == "2021-01-10"
    assert set(expectation.claims) == {one.claim.id for one in record.entries()}
    assert record.meetings["forum"].previous_dates == ()
    assert {one.publisher for one in record.overdue()[0].sources} == {"TASS", "VNA"}


def test_a_plan_that_gets_finer():
    """A day within the month does not move it."""
    meeting = forum(
        JANUARY, MeetingScheduled("forum", planned="2021-12"),
        FEBRUARY, MeetingScheduled("forum", planned="2021-12-07"),
    )  # fmt: skip

    assert (days(meeting.expected), meeting.previous_dates) == (["2021-12-07"], ())


@pytest.mark.parametrize("newer", ["2021-04", "2021-09", "2021-05-30/2021-06-02"])
def test_a_plan_that_moves(newer):
    """Earlier, later, or partly outside: the earlier date is in `previous_dates`."""
    meeting = forum(
        JANUARY, MeetingScheduled("forum", planned="2021-06"),
        FEBRUARY, MeetingRescheduled("forum", planned=newer, reason="elections"),
    )  # fmt: skip

    assert meeting.status == "scheduled"
    assert days(meeting.expected) == [newer]
    assert meeting.previous_dates == (ps.When("2021-06"),)
    assert meeting.reason == "elections"


def test_postponed_again_and_again():
    """`previous_dates` has every earlier date, in order."""
    meeting = forum(
        JANUARY, MeetingScheduled("forum", planned="2021-03"),
        FEBRUARY, MeetingPostponed("forum", on="2021-02-01", planned="2021-06"),
        MARCH, MeetingPostponed("forum", on="2021-03-01", planned="2021-10"),
    )  # fmt: skip

    assert meeting.status == "postponed"
    assert meeting.postponed_on == ps.When("2021-03-01")
    assert days(meeting.expected) == ["2021-10"]
    assert meeting.previous_dates == (ps.When("2021-03"), ps.When("2021-06"))


def test_postponed_without_a_new_day():
    """Nothing is expected: it is open without a date, and there is a finding until a date is given."""
    story = [
        JANUARY, MeetingScheduled("forum", planned="2021-03"),
        FEBRUARY, MeetingPostponed("forum", reason="pandemic"),
    ]  # fmt: skip
    record = given(*story)

    assert record.meetings["forum"].expected == ()
    assert record.meetings["forum"].previous_dates == (ps.When("2021-03"),)
    assert [item.standing for item in record.as_of("2022-01-01").overdue()] == ["without-date"]
    (finding,) = record.findings()
    assert (finding.slug, finding.claims) == ("postponed-without-date", (record.entries()[-1].claim.id,))
    assert finding_slugs(given(*story, MARCH, MeetingRescheduled("forum", planned="2021-09"))) == set()


def test_postponed_to_an_unknown_day_after_having_been_postponed_to_a_known_one():
    """Both dates are previous ones, and nothing is expected."""
    record = given(
        JANUARY, MeetingScheduled("forum", planned="2021-03"),
        FEBRUARY, MeetingPostponed("forum", planned="2021-06"),
        MARCH, MeetingPostponed("forum"),
    )  # fmt: skip

    assert record.meetings["forum"].previous_dates == (ps.When("2021-03"), ps.When("2021-06"))
    assert finding_slugs(record) == {"postponed-without-date"}


def test_an_announcement_without_a_day():
    """The expected date stays."""
    meeting = forum(
        JANUARY, MeetingAgreed("forum", planned="2021"),
        FEBRUARY, MeetingScheduled("forum", place="Kazan"),
    )  # fmt: skip

    assert (meeting.status, days(meeting.expected), meeting.place) == ("scheduled", ["2021"], "Kazan")


def test_plans_that_arrive_in_the_wrong_order():
    """The day of publication decides which is newer, not the order of recording."""
    newer = [FEBRUARY, MeetingRescheduled("forum", planned="2021-09")]
    older = [JANUARY, MeetingScheduled("forum", planned="2021-06")]

    assert forum(*newer, *older) == forum(*older, *newer)
    assert days(forum(*newer, *older).expected) == ["2021-09"]


def test_an_old_plan_in_a_more_official_text():
    """The newest plan wins, even if an older one is more official."""
    meeting = forum(
        ("2021-01-10", "MFA of Russia", "official-text"), MeetingScheduled("forum", planned="2021-12"),
        ("2021-11-20", "TASS", "news"), MeetingScheduled("forum", planned="2022-03"),
    )  # fmt: skip

    assert (days(meeting.expected), meeting.previous_dates) == (["2022-03"], (ps.When("2021-12"),))
    assert meeting.disputed == ()


def test_two_sources_of_one_day_that_plan_differently():
    """The expectation is disputed, and the better source wins; a newer plan ends the dispute."""
    story = [
        ("2021-01-10", "VNA", "news"), MeetingScheduled("forum", planned="2021-05"),
        ("2021-01-10", "MFA of Russia", "official-release"), MeetingScheduled("forum", planned="2021-06"),
    ]  # fmt: skip

    assert forum(*story).disputed == ("expected",)
    assert days(forum(*story).expected) == ["2021-06"]
    assert finding_slugs(given(*story)) == {"disputed"}
    assert forum(*story, FEBRUARY, MeetingScheduled("forum", planned="2021-06-03")).disputed == ()


def test_each_of_two_days():
    """Each is expected independently: one is refined, the other stays."""
    meeting = forum(
        JANUARY, MeetingScheduled("forum", planned="{2021-05,2021-11}"),
        FEBRUARY, MeetingRescheduled("forum", planned="2021-11-23"),
    )  # fmt: skip

    assert (days(meeting.expected), meeting.previous_dates) == (["2021-05", "2021-11-23"], ())


def test_one_of_two_planned_sittings_was_held():
    """The other one becomes overdue."""
    record = given(
        JANUARY, MeetingScheduled("forum", planned="{2021-02,2021-11}"),
        MARCH, MeetingHeld("forum", on="2021-02-20"),
    )  # fmt: skip

    assert days(record.meetings["forum"].outstanding) == ["2021-11"]
    assert due(record.as_of("2021-12-01")) == [("meeting:forum", "2021-11")]
    assert finding_slugs(record) == set()


def test_a_month_repeated_after_a_day():
    """A vaguer plan of a newer source does not move it; an explicit postponement within the month does."""
    story = [JANUARY, MeetingScheduled("forum", planned="2021-12-15")]
    again = forum(*story, FEBRUARY, MeetingScheduled("forum", planned="2021-12"))
    moved = forum(*story, FEBRUARY, MeetingPostponed("forum", planned="2021-12"))

    assert (days(again.expected), again.previous_dates) == (["2021-12-15"], ())
    assert (days(moved.expected), moved.previous_dates) == (["2021-12"], (ps.When("2021-12-15"),))


def test_a_new_date_that_is_not_given():
    """The old one is a previous date."""
    record = given(
        JANUARY, MeetingScheduled("forum", planned="2021-12-15"), FEBRUARY, MeetingRescheduled("forum")
    )  # fmt: skip

    assert (record.meetings["forum"].expected, record.meetings["forum"].previous_dates) == (
        (),
        (ps.When("2021-12-15"),),
    )
    assert finding_slugs(record) == {"planned-without-date"}


HOPED = MeetingScheduled(
    "forum", planned="2021-06", place="Kazan", condition="health permitting", is_tentative=True, recurs="every autumn"
)


@pytest.mark.parametrize(
    ("newer", "left"),
    [
        (MeetingScheduled("forum", place="Kazan"), ("Kazan", "health permitting", True)),  # no day is named
        (MeetingScheduled("forum", planned="2021"), ("Kazan", "health permitting", True)),  # said more vaguely
        (MeetingScheduled("forum", planned="2021-06-03"), ("Kazan", None, None)),  # a firm day within the old one
        (MeetingScheduled("forum", planned="2021-09"), (None, None, None)),  # moved
        (MeetingPostponed("forum"), (None, None, None)),  # put off to no day
        (MeetingScheduled("forum", planned="2021-09", place="Sochi", is_tentative=True), ("Sochi", None, True)),
        (MeetingCancelled("forum"), ("Kazan", "health permitting", True)),  # what was called off stays told
    ],
)
def test_fields_of_an_earlier_plan(newer, left):
    """A plan with a date clears the condition and the tentativeness; one that moves the date also clears the place."""
    meeting = forum(JANUARY, HOPED, FEBRUARY, newer)

    assert (meeting.place, meeting.condition, meeting.is_tentative) == left
    assert meeting.recurs == "every autumn"


def test_a_disputed_place_of_a_plan_that_moved():
    """It is cleared and no longer disputed."""
    story = [
        ("2021-01-10", "VNA", "news"), MeetingScheduled("forum", planned="2021-06", place="Kazan"),
        ("2021-01-10", "TASS", "news"), MeetingScheduled("forum", planned="2021-06", place="Sochi"),
    ]  # fmt: skip

    assert forum(*story).disputed == ("place",)
    assert forum(*story, FEBRUARY, MeetingScheduled("forum", planned="2021-09")).disputed == ()


# ---- changes of a plan ----


def test_a_meeting_moves_online_and_elsewhere():
    """The status and the planned date stay."""
    meeting = forum(
        JANUARY, MeetingScheduled("forum", planned="2021-05", place="Kazan", mode="in-person"),
        FEBRUARY, MeetingFormatChanged("forum", mode="hybrid"), MeetingVenueChanged("forum", place="Sochi"),
    )  # fmt: skip

    assert (meeting.status, meeting.mode, meeting.place) == ("scheduled", "hybrid", "Sochi")
    assert days(meeting.expected) == ["2021-05"]


def test_a_change_of_plan_reported_after_the_meeting():
    """It only sets fields that the reports of the meeting leave empty."""
    meeting = forum(
        MARCH, MeetingHeld("forum", on="2021-03-09", place="Kazan"),
        APRIL, MeetingVenueChanged("forum", place="Sochi"), MeetingFormatChanged("forum", mode="hybrid"),
    )  # fmt: skip

    assert (meeting.status, meeting.place, meeting.mode) == ("held", "Kazan", "hybrid")


# ---- in session ----


def test_a_meeting_that_opened():
    """Its plan is met, though no source has reported its end."""
    record = given(
        JANUARY, MeetingScheduled("forum", planned="2021-03"),
        MARCH, MeetingConvened("forum", on="2021-02-27"),
    )  # fmt: skip

    assert record.meetings["forum"].status == "convened"
    assert due(record.as_of("2021-12-01")) == []


def test_a_meeting_that_is_adjourned():
    """The date on which it opened has not moved; the date of its continuation is expected, and met."""
    story = [
        JANUARY, MeetingScheduled("forum", planned="2021-03-01"),
        MARCH, MeetingConvened("forum", on="2021-03-01"),
        MeetingAdjourned("forum", on="2021-03-02", planned="2021-03-25"),
    ]  # fmt: skip
    record = given(*story)
    meeting = record.meetings["forum"]

    assert (meeting.status, days(meeting.outstanding), meeting.previous_dates) == ("adjourned", ["2021-03-25"], ())
    assert due(record.as_of("2021-04-01")) == [("meeting:forum", "2021-03-25")]
    assert forum(*story, APRIL, MeetingHeld("forum", on="2021-03-01/2021-03-25")).outstanding == ()


def test_a_meeting_of_two_sessions():
    """Each is an occurrence of its own, so they are not in dispute."""
    meeting = forum(
        MARCH, MeetingConvened("forum", on="2021-03-01", session="first"),
        MeetingConvened("forum", on="2021-03-08", session="second"),
    )  # fmt: skip

    assert (meeting.convened_on, len(meeting.outcomes), meeting.disputed) == (ps.When("2021-03-08"), 2, ())


# ---- the end ----


def test_the_fields_of_a_meeting_that_was_held():
    """Chairs, observers, and adopted documents."""
    meeting = forum(
        JANUARY, MeetingScheduled("forum", level="leaders", co_chairs=["RU", "BN"]),
        MARCH,
        MeetingHeld("forum", level="ministers", chairs="Hassanal Bolkiah", observers="TL", adopted="document:kazan"),
    )  # fmt: skip

    assert (meeting.chairs, meeting.observers, meeting.adopted) == (("Hassanal Bolkiah",), ("TL",), ("document:kazan",))
    assert (meeting.level, meeting.co_chairs) == ("ministers", ("BN", "RU"))


@pytest.mark.parametrize(
    "late",
    [
        MeetingProposed("forum", planned="2022", place="Sochi"),
        MeetingAgreed("forum", planned="2022", place="Sochi"),
        MeetingScheduled("forum", planned="2022", place="Sochi"),
        MeetingPostponed("forum", planned="2022", place="Sochi"),
        MeetingRescheduled("forum", planned="2022", place="Sochi"),
        MeetingConvened("forum", on="2021-04-09"),
        MeetingAdjourned("forum", planned="2022"),
        MeetingCancelled("forum", on="2021-04-09"),
        MeetingReplaced("forum", on="2021-04-09"),
    ],
    ids=lambda event: event.name,
)
def test_whatever_is_reported_after_the_meeting(late):
    """The meeting stays held, with its place, date and plan unchanged."""
    meeting = forum(
        JANUARY, MeetingScheduled("forum", planned="2021-03", place="Kazan"),
        MARCH, MeetingHeld("forum", on="2021-03-09", place="Kazan"),
        APRIL, late,
    )  # fmt: skip

    assert (meeting.status, meeting.place, meeting.held_on) == ("held", "Kazan", ps.When("2021-03-09"))
    assert (days(meeting.expected), meeting.previous_dates, meeting.outstanding) == (["2021-03"], (), ())


def test_a_plan_reported_after_the_meeting():
    """The late report gives a finding, and sets empty fields."""
    record = given(
        JANUARY, MeetingScheduled("forum"),
        MARCH, MeetingHeld("forum", on="2021-03-09"),
        APRIL, MeetingScheduled("forum", planned="2021-03", place="Kazan"),
    )  # fmt: skip

    assert finding_slugs(record) == {"planned-after-held", "planned-after-its-day"}
    assert record.meetings["forum"].place == "Kazan"


ARRANGED = MeetingScheduled(
    "forum", planned="2020-09", host="UY", place="Montevideo", mode="hybrid", format="retreat", level="ministers",
    title="Forum", ordinal="5th",
)  # fmt: skip


@pytest.mark.parametrize(
    ("on", "arranged"),
    [
        ("2020-09-11", ("UY", "Montevideo", "hybrid", "retreat")),
        ("2020", ("UY", "Montevideo", "hybrid", "retreat")),
        (None, ("UY", "Montevideo", "hybrid", "retreat")),
        ("2021-02-11", (None, None, None, None)),
        ("2020-08-31", (None, None, None, None)),
    ],
)
def test_what_was_arranged_for_a_day(on, arranged):
    """It is true of a meeting on that day, unless a source says otherwise, and of none on another day."""
    held = MeetingHeld("forum", on=on)
    for state in (forum(JANUARY, ARRANGED, MARCH, held), forum(JANUARY, held, MARCH, ARRANGED)):
        assert (state.host, state.place, state.mode, state.format) == arranged
        assert (state.status, state.level, state.title, state.ordinals) == ("held", "ministers", "Forum", ("5th",))


def test_what_was_arranged_before_it_was_put_off():
    """It is not true of a meeting on another day, if no new day was named; of a new day, what stood for it is."""
    held = (APRIL, MeetingHeld("forum", on="2021-04-11"))
    assert forum(JANUARY, ARRANGED, FEBRUARY, MeetingPostponed("forum"), *held).host is None
    moved = (JANUARY, ARRANGED, FEBRUARY, MeetingRescheduled("forum", planned="2021-04"))
    assert (forum(*moved, *held).host, forum(*moved, *held).place) == ("UY", None)


def test_what_is_said_of_a_meeting_on_another_day():
    """A part of it does not bring back the rest of the plan, and what the opening states stays."""
    held = forum(JANUARY, ARRANGED, MARCH, MeetingHeld("forum", on="2021-02-11", place="Brussels"))
    assert (held.host, held.place, held.mode) == (None, "Brussels", None)
    opened = (MARCH, MeetingConvened("forum", on="2021-02-11", place="Brussels"))
    held = forum(JANUARY, ARRANGED, *opened, APRIL, MeetingHeld("forum", on="2021-02-12"))
    assert (held.host, held.place) == (None, "Brussels")


def test_a_meeting_cancelled():
    """It is cancelled by the given party, and not overdue."""
    record = given(
        JANUARY, MeetingScheduled("forum", planned="2021-03"),
        FEBRUARY, MeetingCancelled("forum", on="2021-02-08", by="ASEAN", reason="pandemic"),
    )  # fmt: skip
    meeting = record.meetings["forum"]

    assert (meeting.status, meeting.by, meeting.reason) == ("cancelled", ("ASEAN",), "pandemic")
    assert meeting.cancelled_on == ps.When("2021-02-08")
    assert due(record.as_of("2021-02-08")) == due(record.as_of("2022-01-01")) == []
    assert finding_slugs(record) == set()


def test_a_cancelled_meeting_expects_nothing():
    """Its date is a previous one, as that of a replaced meeting."""
    for event in (MeetingCancelled("forum"), MeetingReplaced("forum")):
        meeting = forum(JANUARY, MeetingScheduled("forum", planned="2021-03"), FEBRUARY, event)

        assert (meeting.expected, meeting.outstanding, meeting.previous_dates) == ((), (), (ps.When("2021-03"),))


def test_postponed_twice_and_then_cancelled():
    """It gives a finding; one postponement, even if reported twice, does not."""
    once = [
        JANUARY, MeetingScheduled("forum", planned="2021-03"), MeetingPostponed("forum", planned="2021-06"),
        FEBRUARY, MeetingPostponed("forum", planned="2021-06"),
    ]  # fmt: skip
    dropped = [APRIL, MeetingCancelled("forum")]

    assert finding_slugs(given(*once, *dropped)) == set()
    assert finding_slugs(given(*once, MARCH, MeetingPostponed("forum"), *dropped)) == {"dropped-after-postponements"}
    assert finding_slugs(given(*once, MARCH, MeetingPostponed("forum"))) == {"postponed-without-date"}


def test_cancelled_and_held_all_the_same():
    """It was held, which gives a finding."""
    record = given(
        JANUARY, MeetingCancelled("forum", on="2021-01-08"),
        MARCH, MeetingHeld("forum", on="2021-03-09"),
        ("2021-03-11", "TASS"), MeetingHeld("forum", on="2021-03-09"),
    )  # fmt: skip

    assert record.meetings["forum"].status == "held"
    assert finding_slugs(record) == {"held-after-cancelled"}


def test_cancelled_when_it_may_have_been_over():
    """Overlapping dates have no order, so sources differ on what came of it; here the newer report is believed."""
    record = given(
        JANUARY, MeetingScheduled("forum"),
        FEBRUARY, MeetingHeld("forum", on="2021-02"),
        MARCH, MeetingCancelled("forum", on="2021-02"),
    )  # fmt: skip

    assert (record.meetings["forum"].status, record.meetings["forum"].disputed) == ("cancelled", ("status",))
    assert finding_slugs(record) == {"disputed"}


def test_one_source_that_says_both_held_and_cancelled():
    """It is a contradiction that names the publisher."""
    record = given(MARCH, MeetingCancelled("forum", on="2021-03-09"), MeetingHeld("forum", on="2021-03-09"))
    (finding,) = [one for one in record.findings() if one.nature == "contradiction"]

    assert finding.slug == "held-and-cancelled-by-one-source"
    assert finding.sentence == "meeting:forum is held and is cancelled in the words of one source, VNA"
    assert set(finding.claims) == {one.claim.id for one in record.entries()}


def test_cancelled_and_then_planned_again():
    """The new plan is expected, and the old date is a previous one."""
    meeting = forum(
        JANUARY, MeetingScheduled("forum", planned="2021-03"),
        FEBRUARY, MeetingCancelled("forum"),
        MARCH, MeetingScheduled("forum", planned="2021-11"),
    )  # fmt: skip

    assert (meeting.status, days(meeting.outstanding), meeting.previous_dates) == (
        "scheduled",
        ["2021-11"],
        (ps.When("2021-03"),),
    )


def test_a_replaced_meeting():
    """It is replaced and not overdue; the replacement has its canonical name."""
    record = given(
        JANUARY, MeetingScheduled("forum", planned="2021-03"),
        FEBRUARY, MeetingReplaced("forum", replacement="workshop"),
    )  # fmt: skip
    record.same_as("meeting:workshop", "meeting:seminar")

    assert record.meetings["forum"].status == "replaced"
    assert record.meetings["forum"].replacement == "seminar"
    assert due(record.as_of("2022-01-01")) == []


# ---- overdue ----


def test_a_month_that_passes_without_a_report():
    """It is overdue from the day after it; a grace period delays that."""
    record = given(JANUARY, MeetingScheduled("forum", planned="2021-03"))

    assert due(record.as_of("2021-03-31")) == []
    assert due(record.as_of("2021-04-01")) == [("meeting:forum", "2021-03")]
    assert record.as_of("2021-04-01").overdue(grace=1) == ()


def test_a_meeting_held_late():
    """It meets the month for which it was planned."""
    record = given(
        JANUARY, MeetingScheduled("forum", planned="2021-02"),
        APRIL, MeetingHeld("forum", on="2021-03-20"),
    )  # fmt: skip

    assert due(record.as_of("2021-03-10")) == [("meeting:forum", "2021-02")]
    assert due(record) == []
    assert finding_slugs(record) == set()


def test_a_meeting_held_before_its_month():
    """It meets it, since a meeting is held once, and being early gives a finding."""
    record = given(
        JANUARY, MeetingScheduled("forum", planned="2021-03"),
        MARCH, MeetingHeld("forum", on="2021-02-20"),
    )  # fmt: skip

    assert due(record.as_of("2021-12-01")) == []
    assert finding_slugs(record) == {"held-early"}


def test_a_meeting_held_on_the_first_day_of_its_month():
    """It is not early."""
    record = given(
        JANUARY, MeetingScheduled("forum", planned="2021-03"),
        MARCH, MeetingHeld("forum", on="2021-03-01"),
    )  # fmt: skip

    assert finding_slugs(record) == set()


def test_a_meeting_reported_without_a_day():
    """It was over when it was published, and so neither surely early nor surely late."""
    record = given(
        JANUARY, MeetingScheduled("forum", planned="2021-03"),
        MARCH, MeetingHeld("forum"),
    )  # fmt: skip

    assert (record.meetings["forum"].status, record.meetings["forum"].held_on) == ("held", None)
    assert finding_slugs(record) == set()


# ---- sources ----


def test_a_meeting_that_nobody_announced():
    """It is a gap; a report before the meeting closes it, a later one does not."""
    held = [MARCH, MeetingHeld("forum", on="2021-03-09")]

    assert finding_slugs(given(*held)) == {"held-unannounced"}
    assert finding_slugs(given(*held, APRIL, MeetingVenueChanged("forum", place="Kazan"))) == {"held-unannounced"}
    assert finding_slugs(given(*held, JANUARY, MeetingScheduled("forum"))) == set()


def test_a_meeting_that_one_side_announces():
    """It gives a finding until another side announces it, or a source without naming a side."""
    alone = [JANUARY, MeetingScheduled("forum", by="RU", planned="2021-05")]

    assert finding_slugs(given(*alone)) == {"scheduled-by-one-side"}
    assert finding_slugs(given(*alone, FEBRUARY, MeetingScheduled("forum", by="ASEAN", planned="2021-05"))) == set()
    assert finding_slugs(given(*alone, FEBRUARY, MeetingScheduled("forum", planned="2021-05"))) == set()
    assert finding_slugs(given(JANUARY, MeetingScheduled("forum", by=["ASEAN", "RU"], planned="2021"))) == set()


def test_a_meeting_that_one_side_proposed_and_both_announce():
    """A proposal is not an announcement."""
    record = given(
        JANUARY, MeetingProposed("forum", by="ASEAN"),
        FEBRUARY, MeetingScheduled("forum", planned="2021-12"),
    )  # fmt: skip

    assert finding_slugs(record) == set()


def test_two_sources_that_give_two_days():
    """The better source wins; a correction of the other one ends the dispute."""
    record = given(JANUARY, MeetingScheduled("forum"), MINISTRY, MeetingHeld("forum", on="2021-03-08"))
    (slip,) = record.add(MeetingHeld("forum", on="2021-03-09"), source=ps.Source("TASS", published="2021-03-10"))
    assert record.meetings["forum"].held_on == ps.When("2021-03-08")
    assert record.meetings["forum"].disputed == ("held_on",)
    assert finding_slugs(record) == {"disputed"}

    record.correct(slip, MeetingHeld("forum", on="2021-03"), reason="the article says no day")
    assert record.meetings["forum"].disputed == ()
    assert finding_slugs(record) == set()


def test_a_vague_source_and_a_precise_one():
    """A month does not contradict a day in it."""
    meeting = forum(
        ("2021-06-28", "TASS", "news"), MeetingHeld("forum", on="2021-06-28"),
        ("2022-08-22", "Al Mayadeen", "news"), MeetingHeld("forum", on="2021-06"),
    )  # fmt: skip

    assert (meeting.held_on, meeting.disputed) == (ps.When("2021-06-28"), ())


def test_a_summit_dated_after_its_own_article():
    """It gives a finding: the article cannot know it."""
    record = given(("2019-02-19", "VNA", "news"), MeetingHeld("forum", on="2019-11"))

    assert "future-of-publication" in finding_slugs(record)


# ---- values that are refused ----


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"mode": "by post"}, "mode: 'by post' is not known here; write one of 'in-person', 'online', 'hybrid'"),
        (
            {"body": "visit:forum"},
            (
                "body: 'visit:forum' is no series, dialogue, network, relation, document, plan, project, fund, "
                "mission, party or themed-year; write 'forum' or 'series:forum', or another kind with the slug: "
                "'dialogue:forum'"
            ),
        ),
    ],
)
def test_a_meeting_that_cannot_be(said, reason):
    """It is refused, and the error says what to write."""
    with pytest.raises(InvalidEvent) as refused:
        MeetingHeld("forum", **said)

    assert refused.value.reasons == (reason,)


def test_a_meeting_that_ends_before_it_begins():
    """It is refused, since it is impossible."""
    with pytest.raises(InvalidEvent, match="on: '2021-03-09/2021-03-08' ends before it begins"):
        MeetingHeld("forum", on="2021-03-09/2021-03-08")


def test_an_unknown_level():
    """It is refused, and the error lists the levels."""
    levels = (
        "'leaders', 'deputy-leaders', 'ministers', 'deputy-ministers', 'senior-officials', 'ambassadors', 'experts', "
        "'parliamentarians', 'business'"
    )
    with pytest.raises(InvalidEvent, match=levels):
        MeetingHeld("forum", level="kings")


@pytest.mark.parametrize(
    ("held", "previous"),
    [
        (MeetingHeld("m", on="2021-06-01"), []),
        (MeetingHeld("m", on="2021-06-02"), ["2021-06-01"]),
        (MeetingHeld("m", on="2021-05-31"), ["2021-06-01"]),
        (MeetingHeld("m", on="2021-06"), ["2021-06-01"]),  # perhaps on that day, perhaps not
        (MeetingHeld("m"), ["2021-06-01"]),
    ],
)
def test_a_meeting_held_on_a_day_that_had_been_postponed(held, previous):
    """That day was kept after all, so it is not a previous date."""
    meeting = given(
        ("2021-01-05", "VNA", "news"), MeetingScheduled("m", planned="2021-06-01"),
        ("2021-05-20", "TASS", "news"), MeetingPostponed("m", on="2021-05-19"),
        ("2021-07-05", "VNA", "news"), held,
    ).meetings["m"]  # fmt: skip
    assert (meeting.status, [str(day) for day in meeting.previous_dates]) == ("held", previous)


@pytest.mark.parametrize("name", ["parties", "observers", "chairs"])
def test_lists_of_which_one_includes_the_other(name):
    """The longer one is believed, whoever is more official; lists that each have what the other lacks are a dispute."""
    values = ["AA", "BB"], ["AA", "BB", "CC"], ["BB", "DD"]
    reports = [
        (day, MeetingHeld("m", **{name: value}))
        for day, value in zip((("2020-06-18", "MFA", "official-text"), FEBRUARY, MARCH), values, strict=True)
    ]
    record = given(*reports[0], *reports[1])
    assert (getattr(record.meetings["m"], name), record.disputes()) == (("AA", "BB", "CC"), ())
    assert [dispute.names for dispute in given(*reports[0], *reports[2]).disputes()] == [(name,)]


@pytest.mark.parametrize(
    ("field", "official", "daily", "believed"),
    [
        ("place", "Vientiane", "Vientiane, Laos", "Vientiane, Laos"),
        ("place", "Ha Noi", "Hanoi", "Ha Noi"),
        ("locations", ["Munda", "Honiara"], ["Munda"], ("Munda", "Honiara")),
        ("chairs", ["S. Jaishankar"], ["Dr. Subrahmanyam Jaishankar"], ("Dr. Subrahmanyam Jaishankar",)),
        ("acting_chairs", ["A. Novak"], ["Alexander Novak"], ("Alexander Novak",)),
        ("co_chairs", ["RU", "ID"], ["RU"], ("ID", "RU")),
    ],
)
def test_names_that_say_the_same(field, official, daily, believed):
    """A place with its country, and a person with initials, are no dispute; the one that says more is shown."""
    record = given(MINISTRY, MeetingHeld("forum", **{field: official}), APRIL, MeetingHeld("forum", **{field: daily}))
    assert getattr(record.meetings["forum"], field) == believed
    assert record.disputes() == ()


@pytest.mark.parametrize(
    ("field", "official", "daily"),
    [
        ("place", "Vientiane", "Luang Prabang, Laos"),
        ("chairs", ["Li Qiang"], ["Li Keqiang"]),
        ("chairs", ["the minister"], ["the deputy minister"]),
        ("co_chairs", ["RU", "ID"], ["RU", "KH"]),
    ],
)
def test_names_that_differ(field, official, daily):
    """They are a dispute."""
    record = given(MINISTRY, MeetingHeld("forum", **{field: official}), APRIL, MeetingHeld("forum", **{field: daily}))
    assert [dispute.names for dispute in record.disputes()] == [(field,)]


def test_held_after_a_cancellation_that_is_not_believed():
    """The ministry only put it off: sources differ on that, and nothing else is odd."""
    record = given(
        MINISTRY, MeetingPostponed("forum", on="2021-04-11"), ("2021-04-12", "Daily"),
        MeetingCancelled("forum", on="2021-04-11"),
        ("2021-10-26", "TASS"), MeetingHeld("forum", on="2021-10-25"),
    )  # fmt: skip
    assert finding_slugs(record) == {"disputed"}


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (MeetingPostponed("forum", on="2021-01-09"), ["2021-06"]),
        (MeetingPostponed("forum", on="2021-01-09", reason="the epidemic", timing="later"), ["2021-06"]),
        (MeetingPostponed("forum", on="2021-01-09", planned="2021-07"), ["2021-07"]),
        (MeetingPostponed("forum", on="2021-01-09", is_undated=True), []),
        (MeetingPostponed("forum", on="2021-01-09", is_indefinite=True), []),
        (MeetingPostponed("forum", on="2021-01-20"), []),
        (MeetingPostponed("forum"), []),
    ],
)
def test_a_later_report_of_one_postponement(second, expected):
    """What it passes over is no claim: the new date that another source gives for the same step stands."""
    meeting = forum(
        ("2020-12-01", "VNA"), MeetingScheduled("forum", planned="2021-03"),
        JANUARY, MeetingPostponed("forum", on="2021-01-09", planned="2021-06"), FEBRUARY, second,
    )  # fmt: skip
    assert days(meeting.expected) == expected
    assert meeting.previous_dates[0] == ps.When("2021-03")


@pytest.mark.parametrize(
    ("published", "publisher", "second", "expected"),
    [
        ("2021-01-12", "TASS", MeetingPostponed("forum", reason="the epidemic"), ["2021-06"]),
        ("2021-01-17", "TASS", MeetingPostponed("forum"), ["2021-06"]),
        ("2021-01-18", "TASS", MeetingPostponed("forum"), []),
        ("2021-01-12", "VNA", MeetingPostponed("forum"), []),
        ("2021-01-12", "TASS", MeetingPostponed("forum", times=2), []),
        ("2021-01-12", "TASS", MeetingPostponed("forum", is_undated=True), []),
        ("2021-01-12", "TASS", MeetingPostponed("forum", on="2021-01-12"), []),
        ("2021-01-12", "TASS", MeetingPostponed("forum", planned="2021-07"), ["2021-07"]),
    ],
)
@pytest.mark.parametrize("step", [MeetingPostponed, MeetingRescheduled])
def test_a_postponement_that_another_agency_repeats(step, published, publisher, second, expected):
    """Within a week it is the same step, and what it leaves out stands; else it is another postponement."""
    meeting = forum(
        ("2020-12-01", "VNA"), MeetingScheduled("forum", planned="2021-03"),
        JANUARY, step("forum", planned="2021-06"), (published, publisher), second,
    )  # fmt: skip
    assert days(meeting.expected) == expected


def test_a_bare_postponement_after_a_plan():
    """A plan is no step that may be repeated, and neither is a move to a day that has come."""
    plan = MeetingScheduled("forum", planned="2021-03")
    assert forum(JANUARY, plan, ("2021-01-12", "TASS"), MeetingPostponed("forum")).expected == ()
    moved = MeetingPostponed("forum", planned="2021-01-11")
    assert forum(JANUARY, plan, moved, ("2021-01-12", "TASS"), MeetingPostponed("forum")).expected == ()


@pytest.mark.parametrize(
    ("old", "postponed", "new", "expected"),
    [
        ({}, {}, {}, ["2021-05-12"]),
        ({"on": "2021-01"}, {}, {}, ["2021-05-12"]),
        ({}, {}, {"on": "2021-04-10"}, ["2021-05-12"]),
        ({}, {}, {"on": "2021-04-07"}, ["2021-05-12"]),
        ({}, {}, {"on": "2021-04-06"}, []),
        ({}, {"is_indefinite": True}, {}, []),
        ({}, {"on": "2021-03-09"}, {}, ["2021-05-12"]),
        ({"planned": "2021-06-01"}, {}, {}, ["2021-06-01"]),
        (None, {}, {}, []),
    ],
)
def test_a_report_of_the_old_day_the_postponement_and_the_new_day(old, postponed, new, expected):
    """The later day is the news, if it is still to come; without an earlier one it is what was put off."""
    story = [] if old is None else [MeetingScheduled("forum", **{"planned": "2021-03-28", **old})]
    story += [MeetingPostponed("forum", **postponed), MeetingScheduled("forum", **{"planned": "2021-05-12", **new})]
    assert days(forum(APRIL, *story).expected) == expected
