"""What reports say of meetings, of those who take part and of visits, recorded exactly.

Some cases paraphrase reports from 2002 to 2025; the others are typical wordings.
"""

from __future__ import annotations

import pytest
from attrs import frozen

import partnership as ps
from partnership import fields
from partnership.errors import InvalidEvent
from partnership.events import (
    DelegationHeadChanged,
    ExternalEventPlanned,
    MeetingAgreed,
    MeetingCancelled,
    MeetingConvened,
    MeetingDateNotAgreed,
    MeetingFormatChanged,
    MeetingHeld,
    MeetingPostponed,
    MeetingProposed,
    MeetingRescheduled,
    MeetingScheduled,
    MeetingVenueChanged,
    ParticipationAccepted,
    ParticipationAnnounced,
    ParticipationDeclined,
    ParticipationInvited,
    ParticipationReported,
    ParticipationUnconfirmed,
    PartyNotInvited,
    VisitAnnounced,
    VisitCancelled,
    VisitInvitationAccepted,
    VisitInvitationDeclined,
    VisitInvited,
    VisitMade,
    VisitPostponed,
)
from partnership.testing.scenario import finding_slugs, given


def days(plans):
    """Return planned dates as texts."""
    return [str(plan.planned) for plan in plans]


def standings(view):
    """Return what is overdue or open, with its standing."""
    return [(item.subject, item.standing) for item in view.overdue()]


# ---- how a meeting is put off ----


def test_a_summit_that_its_host_puts_off_indefinitely():
    """The host puts it off because one member has not confirmed (SAARC, December 2002): it is open without a date."""
    record = given(
        ("2002-11-20", "PTI", "news"),
        MeetingScheduled("saarc-12", planned="2003-01-11/2003-01-13", place="Islamabad", host="PK", level="leaders"),
        ("2002-12-09", "PTI", "news"),
        MeetingPostponed("saarc-12", on="2002-12-09", by="PK", is_indefinite=True,
                         reason="India has not confirmed that it will attend"),
    )  # fmt: skip
    summit = record.meetings["saarc-12"]

    assert (summit.status, summit.is_indefinite, summit.by, summit.expected) == ("postponed", True, ("PK",), ())
    assert summit.previous_dates == (ps.When("2003-01-11/2003-01-13"),)
    assert standings(record.as_of("2003-06-01")) == [("meeting:saarc-12", "without-date")]
    assert "put off indefinitely" in str(record.as_of("2003-06-01").overdue()[0])
    assert "was put off indefinitely and no new date was given" in str(record.findings())


def test_a_summit_that_gets_a_date_after_all():
    """A new date ends what was said of the postponement: it is not put off indefinitely any more."""
    record = given(
        ("2002-12-09", "PTI", "news"), MeetingPostponed("saarc-12", is_indefinite=True, is_mutual=True),
        ("2003-06-02", "PTI", "news"), MeetingRescheduled("saarc-12", planned="2004-01-04", times=2),
    )  # fmt: skip
    summit = record.meetings["saarc-12"]

    assert (summit.status, summit.is_indefinite, summit.is_mutual) == ("scheduled", None, None)
    again = given(
        ("2002-12-09", "PTI", "news"), MeetingPostponed("saarc-12", is_indefinite=True, is_mutual=True),
        VisitPostponed("vajpayee", is_indefinite=True, is_mutual=True),
        ("2003-06-02", "PTI", "news"), MeetingScheduled("saarc-12", planned="2004-01-04"),
        VisitAnnounced("vajpayee", planned="2004-01-04"),
    )  # fmt: skip
    assert [item.put_off for item in again.as_of("2003-07-01").upcoming()] == ["", ""]
    assert (summit.times, days(summit.expected)) == (ps.Count(2), ["2004-01-04"])
    assert finding_slugs(record) == set()


def test_talks_for_which_many_days_were_considered():
    """Several attempts to find a day failed, then one side put the talks off (India and US, June 2018)."""
    story = [
        ("2018-03-18", "PTI", "news"),
        MeetingDateNotAgreed("two-plus-two", attempts=ps.Count(2, "at-least"), title="2+2 dialogue"),
    ]
    record = given(
        *story, ("2018-06-20", "PTI", "news"), MeetingScheduled("two-plus-two", planned="2018-07-06"),
        ("2018-06-27", "PTI", "news"),
        MeetingPostponed("two-plus-two", on="2018-06-27", by="US", reason="unavoidable reasons",
                         timing="at mutually convenient dates, at the earliest", times=2),
    )  # fmt: skip
    before, talks = given(*story).as_of("2018-04-01"), record.meetings["two-plus-two"]

    assert standings(before) == [("meeting:two-plus-two", "without-date")]
    assert "no date agreed on in at least 2 attempts" in str(before.overdue()[0])
    assert finding_slugs(before) == {"date-not-agreed"}
    assert (talks.attempts, talks.times) == (ps.Count(2, "at-least"), ps.Count(2))
    assert talks.timing == "at mutually convenient dates, at the earliest"
    assert "put off, 2 times so far" not in str(talks.put_off_in_words)
    assert talks.put_off_in_words == "put off for the 2nd time"


def test_a_date_that_did_not_work_for_one_side():
    """The tentative day no longer stands, and the side is named (Iran and US on Iraq, February 2008)."""
    record = given(
        ("2007-12-10", "AFP", "news"),
        MeetingScheduled("baghdad-4", planned="2007-12-18", is_tentative=True, ordinal="fourth", level="experts"),
        ("2008-02-14", "US Department of State", "official-release"), MeetingDateNotAgreed("baghdad-4", by="IR"),
    )  # fmt: skip
    talks = record.meetings["baghdad-4"]

    assert (talks.status, talks.by, talks.expected) == ("date-not-agreed", ("IR",), ())
    assert talks.previous_dates == (ps.When("2007-12-18"),)
    assert [str(item) for item in record.as_of("2008-03-01").calendar().moved] == [
        "meeting:baghdad-4: planned 18 December 2007, now without a date"
    ]


def test_a_summit_that_was_put_off_and_then_dropped():
    """Both acts stand with their reasons, and that it was put off before is a finding (EU and CELAC, 2017)."""
    record = given(
        ("2017-08-01", "EFE", "news"), MeetingScheduled("eu-celac-3", planned="2017-10-26/2017-10-27", host="SV"),
        ("2017-09-19", "EFE", "news"),
        MeetingPostponed("eu-celac-3", on="2017-09-18", reason="the crisis in Venezuela", is_undated=True,
                         timing="a working group will propose new dates"),
        ("2017-11-24", "Lusa", "news"), MeetingCancelled("eu-celac-3", on="2017-11-23"),
    )  # fmt: skip
    before, summit = record.as_of("2017-10-01").meetings["eu-celac-3"], record.meetings["eu-celac-3"]

    assert (before.is_undated, before.timing) == (True, "a working group will propose new dates")
    assert (summit.status, summit.cancelled_on, summit.postponed_on) == (
        "cancelled", ps.When("2017-11-23"), ps.When("2017-09-18")
    )  # fmt: skip
    assert standings(record) == []


def test_a_meeting_that_was_put_off_three_times_in_the_words_of_one_source():
    """That it was put off more than once is known, although the record has one postponement only."""
    record = given(
        ("2021-03-01", "Antara", "news"), MeetingPostponed("jcc", planned="2021-06", times=3, is_mutual=True),
        ("2021-07-01", "Antara", "news"), MeetingCancelled("jcc", on="2021-06-30", is_mutual=True),
    )  # fmt: skip

    assert record.as_of("2021-04-01").meetings["jcc"].put_off_in_words == "put off by mutual consent, for the 3rd time"
    assert record.meetings["jcc"].is_mutual
    assert "dropped-after-postponements" in finding_slugs(record)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, ""),
        ({"is_indefinite": False, "is_mutual": False}, ""),
        ({"times": 1}, "put off for the 1st time"),
        ({"times": ps.Count(12)}, "put off for the 12th time"),
        ({"times": ps.Count(3, "at-least")}, "put off at least 3 times"),
        ({"times": 23, "is_indefinite": True}, "put off indefinitely, for the 23rd time"),
    ],
)
def test_how_often_it_was_put_off(said, words):
    """It is said in words."""
    assert given(("2021-03-01", "A"), MeetingPostponed("m", **said)).meetings["m"].put_off_in_words == words


# ---- who has agreed ----


def test_a_meeting_to_which_some_have_not_agreed():
    """It is as good as a proposal: nothing is expected, and who has not agreed is known."""
    record = given(
        ("2022-03-05", "Reuters", "news"),
        MeetingAgreed("us-asean", on="2022-03-01", by=["US", "ID"], not_by="KH", planned="2022-03-28"),
    )
    summit = record.meetings["us-asean"]

    assert (summit.status, summit.not_by, summit.by, summit.expected) == ("proposed", ("KH",), ("ID", "US"), ())
    assert (summit.agreed_on, standings(record.as_of("2022-05-01"))) == (None, [])
    assert finding_slugs(record) == {"not-agreed-by-all"}
    assert "is not agreed to by KH" in str(record.findings())


def test_some_members_that_are_not_named():
    """At least two of them have not agreed; once all have, it is a plan."""
    story = [
        ("2022-03-05", "Reuters", "news"),
        MeetingAgreed("us-asean", planned="2022-03-28", not_by_count=ps.Count(2, "at-least")),
    ]
    agreed = given(*story, ("2022-04-16", "Reuters", "news"), MeetingAgreed("us-asean", planned="2022-05-12"))

    assert given(*story).meetings["us-asean"].not_by_count == ps.Count(2, "at-least")
    assert "is not agreed to by at least 2 of the parties" in str(given(*story).findings())
    assert (agreed.meetings["us-asean"].status, agreed.meetings["us-asean"].not_by_count) == ("agreed", None)
    assert days(agreed.meetings["us-asean"].expected) == ["2022-05-12"]


def test_a_member_that_objects_to_a_meeting_that_was_announced():
    """The announcement stands, and so does that it does not agree."""
    record = given(
        ("2022-03-01", "AP", "news"), MeetingScheduled("us-asean", planned="2022-03-28"),
        ("2022-03-05", "AP", "news"), MeetingAgreed("us-asean", not_by="KH", planned="2022-04"),
    )  # fmt: skip

    assert (record.meetings["us-asean"].status, record.meetings["us-asean"].not_by) == ("scheduled", ("KH",))
    assert days(record.meetings["us-asean"].expected) == ["2022-03-28"]


# ---- what prepares what, and on whose sidelines ----


def test_senior_officials_who_prepare_a_summit():
    """Both show it, whether the meeting of officials is planned or held (ASEM, July and October 2010)."""
    record = given(
        ("2010-06-01", "ASEM", "official-release"),
        MeetingScheduled("asem-8", planned="2010-10-04/2010-10-05", place="Brussels", level="leaders",
                         theme="Quality of life"),
        MeetingScheduled("som-october", planned="2010-10-03", prepares="asem-8", level="senior-officials"),
        ("2010-07-16", "ASEM", "official-release"),
        MeetingHeld("som-july", on="2010-07-13/2010-07-15", prepares="meeting:asem-8", level="senior-officials"),
    )  # fmt: skip
    view = record.as_of("2010-08-01")

    assert view.meetings["asem-8"].theme == "Quality of life"
    assert view.meetings["asem-8"].prepared_by == ("meeting:som-october", "meeting:som-july")
    assert view.meetings["som-july"].prepares == ("meeting:asem-8",)
    assert (view.meetings["asem-8"].status, days(view.meetings["asem-8"].outstanding)) == (
        "scheduled", ["2010-10-04/2010-10-05"]
    )  # fmt: skip
    assert "Prepared by: meeting:som-october, meeting:som-july" in str(view.dossier("asem-8"))
    assert "ASEM" in str(view.why("asem-8", "prepared_by"))


def test_what_is_held_and_cancelled_elsewhere():
    """The meeting that prepares another has a history of its own, which says nothing about the other."""
    record = given(
        ("2010-06-01", "ASEM", "news"), MeetingScheduled("summit", planned="2010-10-04"),
        ("2010-06-02", "ASEM", "news"),
        MeetingCancelled("som", prepares="summit", margins_of="summit", reason="strike"),
        ("2010-06-03", "ASEM", "news"), MeetingHeld("talks", on="2010-06-02", prepares=["summit", "visit:xi"]),
    )  # fmt: skip
    summit = record.meetings["summit"]

    assert (summit.status, summit.reason, summit.held_on) == ("scheduled", None, None)
    assert (summit.prepared_by, summit.in_margins) == (("meeting:talks", "meeting:som"), ("meeting:som",))
    assert record.meetings["talks"].prepares == ("meeting:summit", "visit:xi")
    assert finding_slugs(record, "meeting:summit") == set()
    assert standings(record.as_of("2010-11-01")) == [("meeting:summit", "overdue")]


def test_a_meeting_of_which_only_its_preparation_is_known():
    """Nothing is said of it but who prepares it; it prepares nothing itself."""
    record = given(("2013-05-01", "A"), MeetingHeld("som", on="2013-04", prepares=["summit", "som"]))

    assert (record.meetings["summit"].status, record.meetings["summit"].prepared_by) == (None, ("meeting:som",))
    assert record.meetings["som"].prepared_by == ()


def test_a_forum_on_the_sidelines_of_a_summit():
    """About 6,000 people took part in the forum, beside 45 leaders (Russia and Africa, Sochi 2019)."""
    record = given(
        ("2019-10-25", "RG", "news"),
        MeetingHeld("summit", on="2019-10-23/2019-10-24", place="Sochi", host="RU", level="leaders"),
        MeetingHeld("forum", on="2019-10-23/2019-10-24", margins_of="summit", participants=ps.Count(6000, "about"),
                    level="business"),
        ParticipationReported("leaders", meeting="summit", count=45, level="leaders", on="2019-10-23/2019-10-24"),
    )  # fmt: skip

    assert record.meetings["forum"].participants == ps.Count(6000, "about")
    assert record.meetings["summit"].in_margins == ("meeting:forum",)
    assert (record.participations["leaders"].count, record.participations["leaders"].level) == (ps.Count(45), "leaders")


def test_talks_on_the_sidelines_of_a_meeting_of_others():
    """The meeting of others is an external event; how they met is in the words of each source."""
    record = given(
        ("2023-08-20", "The Hindu", "news"), ExternalEventPlanned("brics-2023", planned="2023-08-24"),
        ("2023-08-25", "The Hindu", "news"),
        MeetingHeld("modi-xi", on="2023-08-24", margins_of="external-event:brics-2023", format="informal conversation"),
        ("2023-08-26", "Xinhua", "news"), MeetingHeld("modi-xi", on="2023-08-24", format="walking talk"),
    )  # fmt: skip
    talks = record.meetings["modi-xi"]

    assert talks.margins_of == ("external-event:brics-2023",)
    assert talks.disputed == ()
    assert [text for text, _ in record.why("modi-xi").accounts[0].sides] == ["walking talk", "informal conversation"]
    assert "Talks on the sidelines" not in str(record.dossier("external-event:brics-2023"))
    assert "meeting:modi-xi" in str(record.dossier("external-event:brics-2023"))


def test_what_a_meeting_cannot_prepare():
    """A commitment is nothing that is prepared, and the error says what is."""
    with pytest.raises(InvalidEvent, match=r"'commitment:a' is no meeting, visit, document, plan"):
        MeetingHeld("som", prepares="commitment:a")
    with pytest.raises(InvalidEvent, match=r"'commitment:a' is no meeting, visit, external-event"):
        MeetingHeld("som", margins_of="commitment:a")


# ---- how people meet, who chairs, how many, how long ----


def test_a_forum_with_a_theme_and_a_speech_by_video():
    """More than 2,600 guests in the room and online, a president on the screen (Boao 2021)."""
    record = given(
        ("2021-04-20", "SCO", "official-release"),
        MeetingHeld("boao-2021", on="2021-04-18/2021-04-21", place="Boao", mode="hybrid", theme="A world in change",
                    participants=ps.Count(2600, "at-least"), count=1),
        ParticipationReported("xi", meeting="boao-2021", person="Xi Jinping", party="CN", mode="online",
                              standing="speaker by video message"),
    )  # fmt: skip
    forum = record.meetings["boao-2021"]

    assert (forum.theme, forum.mode, forum.participants) == ("A world in change", "hybrid", ps.Count(2600, "at-least"))
    assert record.participations["xi"].standing == "speaker by video message"
    assert "Participants: at least 2600" in str(record.dossier("boao-2021"))


def test_a_forum_of_three_days_in_several_cities():
    """It is to have four plenary sessions and 700 guests; two of its sessions meet elsewhere (Baku, May 2024)."""
    record = given(
        ("2024-05-01", "News.Az", "news"),
        MeetingConvened("baku-6", on="2024-05-01", ordinal="6th", sessions=4, participants=700),
        MeetingScheduled("baku-6-panels", planned="2024-05-03", locations=["Aghdam", "Shusha"], margins_of="baku-6"),
        ("2024-05-04", "Trend", "news"),
        MeetingHeld("baku-6", on="2024-05-01/2024-05-03", duration="P3D", results=ps.Count(2, "at-least")),
    )  # fmt: skip
    forum = record.meetings["baku-6"]

    assert (forum.sessions, forum.participants, forum.results) == (ps.Count(4), ps.Count(700), ps.Count(2, "at-least"))
    assert str(forum.duration) == "three days"
    assert record.meetings["baku-6-panels"].locations == ("Aghdam", "Shusha")


def test_deputy_ministers_who_meet_online():
    """The sixth consultation is led by two deputy ministers (Viet Nam and Laos, August 2021)."""
    record = given(
        ("2021-09-01", "VNA", "news"),
        MeetingHeld("consultation-6", on="2021-08-31", ordinal="sixth", level="deputy-ministers", mode="online",
                    co_chairs=["VN", "LA"], chairs=["Nguyen Quoc Dung", "Phoxay Khaykhamphithoune"]),
    )  # fmt: skip

    assert record.meetings["consultation-6"].level == "deputy-ministers"
    assert record.meetings["consultation-6"].co_chairs == ("LA", "VN")


def test_chairs_who_were_planned_and_another_who_came():
    """Who was to chair is known until it meets; then only who did, and who did so in the place of another."""
    story = [
        ("2021-01-10", "VNA", "news"),
        MeetingScheduled("jec", planned="2021-03-05", chairs=["A", "B"], participants=40, duration="P2D", results=3),
    ]
    planned = given(*story).meetings["jec"]
    held = given(
        *story, ("2021-03-06", "VNA", "news"), MeetingHeld("jec", on="2021-03-05", acting_chairs="C"),
        ("2021-03-07", "TASS", "news"), MeetingScheduled("jec", planned="2021-03-05", chairs="A", duration="P3D"),
        ("2021-03-08", "TASS", "news"), MeetingScheduled("jec", planned="2021-03-05"),
    ).meetings["jec"]  # fmt: skip

    assert (planned.chairs, planned.participants, str(planned.duration)) == (("A", "B"), ps.Count(40), "two days")
    assert (held.chairs, held.acting_chairs, held.participants, held.duration, held.results) == (
        (), ("C",), None, None, None
    )  # fmt: skip


def test_chairs_on_whom_sources_differ():
    """It is a dispute of the plan, which ends when another is reported to have been in the chair."""
    story = [
        ("2021-01-10", "VNA", "news"), MeetingScheduled("jec", planned="2021-03-05", chairs="A"),
        ("2021-01-10", "TASS", "news"), MeetingScheduled("jec", planned="2021-03-05", chairs="B"),
    ]  # fmt: skip
    held = given(*story, ("2021-03-06", "VNA", "news"), MeetingHeld("jec", on="2021-03-05", chairs="B"))

    assert given(*story).meetings["jec"].disputed == ("chairs",)
    assert (held.meetings["jec"].chairs, held.meetings["jec"].disputed) == (("B",), ())


def test_places_that_change():
    """One place takes the place of several, and several that of one; what was planned does not undo what was so."""
    story = [
        ("2021-01-10", "A", "news"), MeetingScheduled("forum", planned="2021-05", locations=["Kazan", "Ufa"]),
        ("2021-02-10", "A", "news"), MeetingVenueChanged("forum", place="Sochi"),
    ]  # fmt: skip
    again = [("2021-03-10", "A", "news"), MeetingVenueChanged("forum", locations=["Kazan", "Perm"])]
    held = [
        ("2021-05-10", "A", "news"), MeetingHeld("forum", on="2021-05-09", place="Perm"),
        ("2021-05-11", "A", "news"), MeetingVenueChanged("forum", locations=["Kazan", "Ufa"]),
    ]  # fmt: skip

    assert (given(*story).meetings["forum"].place, given(*story).meetings["forum"].locations) == ("Sochi", ())
    moved = given(*story, *again, ("2021-04-10", "A"), MeetingRescheduled("forum", planned="2021-09"))
    assert given(*story, *again).meetings["forum"].locations == ("Kazan", "Perm")
    assert given(*story, *again).meetings["forum"].place is None
    assert (moved.meetings["forum"].place, moved.meetings["forum"].locations) == (None, ())
    assert given(*story, *again, *held).meetings["forum"].place == "Perm"


def test_a_conference_of_two_hosts():
    """One party was to host it; two do so together."""
    story = [("2021-01-10", "A", "news"), MeetingScheduled("conference", planned="2021-05", host="EG")]
    held = given(*story, ("2021-05-10", "A", "news"), MeetingHeld("conference", on="2021-05-09", co_hosts=["KE", "EG"]))

    assert (given(*story).meetings["conference"].host, given(*story).meetings["conference"].co_hosts) == ("EG", ())
    assert (held.meetings["conference"].host, held.meetings["conference"].co_hosts) == (None, ("EG", "KE"))


def test_talks_that_ran_over_time():
    """They were to take 35 minutes and took 50 (Modi and Sharif, May 2014)."""
    record = given(
        ("2014-05-26", "Dawn", "news"), MeetingScheduled("talks", planned="2014-05-27", duration="PT35M"),
        ("2014-05-27", "Dawn", "news"), MeetingHeld("talks", on="2014-05-27", duration="PT50M"),
    )  # fmt: skip

    assert record.meetings["talks"].duration == ps.Duration("PT50M")
    assert record.meetings["talks"].disputed == ()


def test_a_meeting_that_becomes_a_phone_call():
    """How people meet beyond mode is in the words of the source."""
    record = given(
        ("2020-03-10", "Yonhap", "news"), MeetingScheduled("talks", planned="2020-03-20", mode="in-person"),
        ("2020-03-18", "Yonhap", "news"), MeetingFormatChanged("talks", mode="online", format="phone call"),
    )  # fmt: skip

    assert (record.meetings["talks"].mode, record.meetings["talks"].format) == ("online", "phone call")


# ---- only the first or the last day is known ----


def test_a_meeting_of_which_only_the_first_day_is_known():
    """A forum that opened is still going on when the report is printed (Havana, January 2025)."""
    record = given(
        ("2024-12-01", "Prensa Latina", "news"), MeetingScheduled("forum", planned="2025-01-28/"),
        ("2025-01-29", "Prensa Latina", "news"), MeetingHeld("forum", on="2025-01-28/"),
        MeetingScheduled("follow-up", planned="2025-02"),
    )  # fmt: skip
    forum = record.meetings["forum"]

    assert (forum.status, str(forum.held_on), forum.outstanding) == ("held", "2025-01-28/", ())
    assert "since 28 January 2025" in str(record.dossier("forum"))
    assert record.timeline()[-1].subject == "meeting:follow-up"
    assert [(item.subject, item.standing) for item in record.as_of("2025-01-28").upcoming()] == [
        ("meeting:forum", "to-come")
    ]


def test_a_plan_of_which_only_the_first_day_is_known():
    """Once that day is past without any news, it is perhaps overdue; how long it was to last is not known."""
    record = given(
        ("2025-01-02", "A", "news"),
        MeetingScheduled("forum", planned="2025-01-28/"), MeetingScheduled("open", planned="2025-01-28/.."),
        MeetingScheduled("other", planned="/2025-01-29"), MeetingScheduled("about", planned="2025-01~"),
    )  # fmt: skip

    assert standings(record.as_of("2025-01-28")) == []
    assert standings(record.as_of("2025-01-29")) == [("meeting:forum", "perhaps-overdue")]
    assert "planned from 28 January 2025, perhaps overdue" in str(record.as_of("2025-01-29").overdue()[0])
    assert standings(record.as_of("2025-02-01")) == [
        ("meeting:other", "overdue"), ("meeting:forum", "perhaps-overdue"), ("meeting:about", "perhaps-overdue"),
    ]  # fmt: skip
    assert [str(item) for item in record.as_of("2025-02-01").calendar().planned] == [
        "meeting:open: planned not before 28 January 2025, said by A, 2 January 2025"
    ]


def test_a_meeting_of_which_only_the_last_day_is_known():
    """The report of its end agrees with that of its first day, and with the whole."""
    story = [
        ("2020-06-17", "TASS", "news"), MeetingHeld("forum", on="2020-06-16/"),
        ("2020-06-19", "VNA", "news"), MeetingHeld("forum", on="/2020-06-18"),
    ]  # fmt: skip
    whole = given(*story, ("2020-06-20", "MFA"), MeetingHeld("forum", on="2020-06-16/2020-06-18"))

    assert "until 18 June 2020" in str(given(*story[2:]).dossier("forum"))
    assert (str(whole.meetings["forum"].held_on), whole.meetings["forum"].disputed) == ("2020-06-16/2020-06-18", ())


# ---- who takes part ----


def test_an_invitation_and_its_answer():
    """Whoever is invited is not expected before the answer (South Africa at the second Russia-Africa summit, 2023)."""
    invited = [
        ("2023-05-01", "TASS", "news"),
        ParticipationInvited("za", meeting="summit", party="ZA", person="Cyril Ramaphosa", by="RU",
                             inviter="Vladimir Putin", on="2023-04-28"),
    ]  # fmt: skip
    accepted = [
        ("2023-07-18", "TASS", "news"),
        ParticipationAccepted("za", meeting="summit", planned="2023-07-27", delegation_size=ps.Count(30, "about")),
    ]
    before, after = given(*invited).participations["za"], given(*invited, *accepted).participations["za"]

    assert (before.status, before.by, before.inviter, before.expected) == ("invited", ("RU",), "Vladimir Putin", ())
    assert standings(given(*invited).as_of("2024-01-01")) == []
    assert (after.status, after.invited_on, days(after.outstanding)) == (
        "accepted", ps.When("2023-04-28"), ["2023-07-27"]
    )  # fmt: skip
    assert after.delegation_size == ps.Count(30, "about")
    assert standings(given(*invited, *accepted).as_of("2023-08-15")) == [("participation:za", "overdue")]


def test_a_guest_who_was_invited_again():
    """Whoever was not invited may be so later; that somebody was invited is no news after the answer."""
    of = {"meeting": "summit"}
    story = [("2023-05-01", "A"), PartyNotInvited("x", **of), ("2023-06-01", "A"), ParticipationInvited("x", **of)]
    late = [("2023-07-01", "A"), ParticipationDeclined("x", **of), ("2023-07-02", "A"), ParticipationInvited("x", **of)]

    assert given(*story).participations["x"].status == "invited"
    assert given(*story, *late).participations["x"].status == "declined"
    announced = [("2023-04-01", "A"), ParticipationAnnounced("x", **of)]
    assert (
        given(*announced, ("2023-05-01", "A"), PartyNotInvited("x", **of)).participations["x"].status == "not-invited"
    )


def test_a_president_who_comes_only_if_all_are_invited():
    """He declines, names his condition and who goes in his place (Mexico and the Summit of the Americas, 2022)."""
    record = given(
        ("2022-05-10", "Reuters", "news"),
        ParticipationDeclined("mx", meeting="americas-9", party="MX", person="Andrés Manuel López Obrador",
                              condition="all countries of the region are invited", substitute="Marcelo Ebrard"),
        ("2022-06-06", "Xinhua", "news"),
        ParticipationDeclined("mx", meeting="americas-9", reason="some countries are excluded", on="2022-06-06"),
    )  # fmt: skip
    before, after = record.as_of("2022-05-20").participations["mx"], record.participations["mx"]

    assert (before.status, before.condition, before.substitute) == (
        "declined", "all countries of the region are invited", "Marcelo Ebrard"
    )  # fmt: skip
    assert (after.condition, after.reason, after.declined_on) == (
        None, "some countries are excluded", ps.When("2022-06-06")
    )  # fmt: skip


def test_a_delegation_that_another_leads():
    """The premier comes in the place of the president, at the invitation of the host (China at the G20, 2023)."""
    of = {"meeting": "g20-2023", "party": "CN"}
    record = given(
        ("2023-08-30", "Reuters", "news"), ParticipationUnconfirmed("cn", person="Xi Jinping", **of),
        ("2023-09-04", "The Hindu", "news"),
        DelegationHeadChanged("cn", person="Li Qiang", former="Xi Jinping", inviter="the government of India",
                              level="deputy-leaders", condition="no other duty calls", **of),
        ("2023-09-11", "PTI", "news"), ParticipationReported("cn", on="2023-09-09/2023-09-10", **of),
    )  # fmt: skip
    part = record.participations["cn"]

    assert (part.status, part.person, part.former, part.level) == (
        "took-part", "Li Qiang", "Xi Jinping", "deputy-leaders"
    )  # fmt: skip
    assert (part.inviter, part.condition) == ("the government of India", "no other duty calls")


def test_a_head_of_delegation_who_fell_ill():
    """The reason of the change stands after the meeting too; a later refusal has a reason of its own."""
    of = {"meeting": "jec"}
    story = [
        ("2021-02-01", "A"), DelegationHeadChanged("ru", person="B", former="A", reason="illness", **of),
    ]  # fmt: skip
    came = given(*story, ("2021-03-06", "A"), ParticipationReported("ru", on="2021-03-05", **of)).participations["ru"]
    stayed = given(*story, ("2021-02-20", "A"), ParticipationDeclined("ru", **of)).participations["ru"]
    late = given(
        ("2021-03-06", "A"), ParticipationReported("ru", on="2021-03-05", **of),
        ("2021-03-07", "A"), ParticipationAnnounced("ru", condition="the weather allows", **of),
    ).participations["ru"]  # fmt: skip

    assert (came.reason, stayed.reason, late.status) == ("illness", None, "took-part")


def test_seven_of_ten_leaders_who_send_others():
    """They are a group that is counted and not named (ASEAN and US, November 2019)."""
    record = given(
        ("2019-11-05", "AFP", "news"),
        ParticipationDeclined("seven", meeting="asean-us-7", count=7, level="leaders",
                              substitute="their foreign ministers"),
        ParticipationReported("obrien", meeting="asean-us-7", person="Robert O'Brien", party="US",
                              level="senior-officials"),
    )  # fmt: skip

    assert (record.participations["seven"].count, record.participations["seven"].level) == (ps.Count(7), "leaders")
    assert record.participations["seven"].substitute == "their foreign ministers"


def test_partners_that_are_not_invited():
    """The host invites none of the 21 partners, because the rules are not ready (Pacific Islands Forum, 2025)."""
    record = given(
        ("2025-08-08", "Island Sun", "news"),
        PartyNotInvited("partners", meeting="piflm-54", by="SB", count=21, reason="the criteria are not ready"),
    )
    part = record.participations["partners"]

    assert (part.status, part.count, part.by, part.reason) == (
        "not-invited", ps.Count(21), ("SB",), "the criteria are not ready"
    )  # fmt: skip


def test_a_party_represented_by_its_deputy_leader():
    """The level of a delegation differs from that of the meeting (Pacific Islands Forum, February 2023)."""
    record = given(
        ("2023-02-27", "PINA", "news"),
        MeetingHeld("retreat", on="2023-02-24", place="Nadi", level="leaders", format="retreat"),
        ParticipationReported("nz", meeting="retreat", party="NZ", level="deputy-leaders", on="2023-02-24"),
        ParticipationReported("au", meeting="retreat", party="AU", level="ministers", on="2023-02-24"),
    )  # fmt: skip

    assert record.meetings["retreat"].format == "retreat"
    assert {slug: part.level for slug, part in record.participations.items()} == {
        "nz": "deputy-leaders", "au": "ministers"
    }  # fmt: skip


# ---- visits ----


def test_an_invitation_to_a_state_visit():
    """It is accepted, and the two foreign ministries look for a day (Kenya and Angola, July 2018)."""
    invited = [
        ("2018-07-24", "ANGOP", "news"),
        VisitInvited("lourenco-nairobi", on="2018-07-23", by="KE", inviter="Uhuru Kenyatta", person="João Lourenço",
                     party="AO", host="KE", format="state visit", planned="2018", timing="later this year"),
    ]  # fmt: skip
    accepted = [VisitInvitationAccepted("lourenco-nairobi", on="2018-07-23", is_undated=True)]
    before, record = given(*invited), given(*invited, *accepted)
    visit = record.visits["lourenco-nairobi"]

    assert (before.visits["lourenco-nairobi"].status, before.visits["lourenco-nairobi"].expected) == ("invited", ())
    assert days(before.visits["lourenco-nairobi"].invited_for) == ["2018"]
    assert "Invited for: 2018" in str(before.dossier("lourenco-nairobi"))
    assert standings(before.as_of("2019-06-01")) == []
    assert (visit.status, visit.by, visit.format) == ("accepted", ("KE",), "state visit")
    assert visit.inviter == "Uhuru Kenyatta"
    assert (visit.invited_for, visit.expected, visit.is_undated) == ((), (), True)
    assert standings(record.as_of("2018-08-01")) == [("visit:lourenco-nairobi", "without-date")]


def test_an_acceptance_that_names_no_day():
    """The visit is expected when the invitation says, on the authority of both."""
    record = given(
        ("2005-03-16", "The Telegraph", "news"),
        VisitInvited("singh-us", by="US", person="Manmohan Singh", planned="{2005-06,2005-07}"),
        ("2005-03-20", "PTI", "news"), VisitInvitationAccepted("singh-us", condition="the dates suit both"),
    )  # fmt: skip
    visit = record.visits["singh-us"]

    assert (days(visit.outstanding), visit.condition) == (["2005-06", "2005-07"], "the dates suit both")
    assert {source.publisher for source in record.as_of("2005-09-01").overdue()[0].sources} == {"The Telegraph", "PTI"}
    assert "planned June 2005" in str(record.as_of("2005-09-01").overdue()[0])


def test_an_acceptance_with_days():
    """They are the plan (Turkmenistan and Uzbekistan, October 2021)."""
    record = given(
        ("2021-09-01", "UzA", "news"), VisitInvited("berdimuhamedov", planned="2021"),
        ("2021-10-01", "Tashkent Times", "news"),
        VisitInvitationAccepted("berdimuhamedov", planned="2021-10-04/2021-10-05"),
        ("2021-10-06", "UzA", "news"), VisitMade("berdimuhamedov", on="2021-10-04/2021-10-05", participants=120),
        ("2021-10-07", "UzA", "news"), VisitInvited("berdimuhamedov", planned="2022"),
    )  # fmt: skip
    visit = record.visits["berdimuhamedov"]

    assert (visit.status, visit.participants, visit.outstanding) == ("made", ps.Count(120), ())
    assert (visit.invited_for, finding_slugs(record)) == ((), set())


def test_an_invitation_that_is_declined():
    """Nothing is expected, and the reason is known (Vajpayee and Clinton, July 1999); he may accept later."""
    invited = [("1999-07-04", "HT", "news"), VisitInvited("vajpayee-us", by="US", timing="at an early date")]
    declined = [
        VisitInvitationDeclined("vajpayee-us", on="1999-07-04", reason="not possible at this stage",
                                condition="a more convenient time"),
    ]  # fmt: skip
    accepted = [
        ("2000-03-25", "HT", "news"), VisitInvited("vajpayee-us", on="2000-03-21", planned="2000-09"),
        VisitInvitationAccepted("vajpayee-us", on="2000-03-22"),
    ]  # fmt: skip
    visit, later = given(*invited, *declined).visits["vajpayee-us"], given(*invited, *declined, *accepted)

    assert given(*invited).visits["vajpayee-us"].timing == "at an early date"
    assert (visit.status, visit.reason, visit.condition, visit.timing) == (
        "declined", "not possible at this stage", "a more convenient time", None
    )  # fmt: skip
    assert visit.declined_on == ps.When("1999-07-04")
    assert (later.visits["vajpayee-us"].status, days(later.visits["vajpayee-us"].expected)) == ("accepted", ["2000-09"])
    made = [("1999-09-10", "HT", "news"), VisitMade("vajpayee-us", on="1999-09-09")]
    assert finding_slugs(given(*invited, *declined, *made)) == {"made-after-declining"}
    assert finding_slugs(given(*invited, *declined, *accepted, ("2000-09-20", "HT"), VisitMade("vajpayee-us"))) == set()


def test_a_state_visit_that_both_sides_put_off():
    """No new day is set, and the old one no longer stands (China and Pakistan, September 2014)."""
    record = given(
        ("2014-09-01", "Dawn", "news"),
        VisitAnnounced("xi-pakistan", planned="2014-09", person="Xi Jinping", locations=["Islamabad", "Lahore"]),
        ("2014-09-06", "MFA of China", "official-release"),
        VisitPostponed("xi-pakistan", on="2014-09-06", is_mutual=True, reason="the political situation in Pakistan",
                       timing="at an early date", format="state visit"),
    )  # fmt: skip
    visit = record.visits["xi-pakistan"]

    assert (visit.status, visit.is_mutual, visit.timing, visit.expected) == ("postponed", True, "at an early date", ())
    assert (visit.previous_dates, visit.locations) == ((ps.When("2014-09"),), ())
    assert standings(record.as_of("2014-12-01")) == [("visit:xi-pakistan", "without-date")]
    assert "put off by mutual consent" in str(record.as_of("2014-12-01").overdue()[0])
    assert "was put off by mutual consent and no new date was given" in str(record.findings())
    assert [item.subject for item in record.as_of("2014-12-01").calendar().moved] == ["visit:xi-pakistan"]


def test_a_visit_put_off_at_the_wish_of_the_host():
    """Who asked for it is known; a new date ends it (Sri Lanka in Pakistan, August 2014)."""
    record = given(
        ("2014-08-10", "Dawn", "news"), VisitAnnounced("rajapaksa", planned="2014-08-21", place="Islamabad"),
        ("2014-08-21", "Dawn", "news"), VisitPostponed("rajapaksa", by="PK", reason="protests", planned="2014-10"),
    )  # fmt: skip
    visit = record.visits["rajapaksa"]

    assert (visit.status, visit.by, days(visit.expected), visit.place) == ("postponed", ("PK",), ["2014-10"], None)
    assert finding_slugs(record) == set()
    cancelled = [("2014-09-30", "Dawn", "news"), VisitCancelled("rajapaksa", on="2014-09-29", is_mutual=True)]
    assert finding_slugs(given(*cancelled)) == set()
    assert given(*cancelled).visits["rajapaksa"].is_mutual


def test_the_third_visit_of_a_president():
    """Its number is a fact about a number; two visits that nobody names are a group."""
    record = given(
        ("2023-03-22", "Xinhua", "news"), VisitMade("xi-moscow", on="2023-03-20/2023-03-22", ordinal="ninth"),
        ("2023-03-22", "TASS", "news"), VisitMade("xi-moscow", ordinal="8th", place="Moscow"),
        VisitAnnounced("more", count=ps.Count(2, "at-least"), planned="2024"),
    )  # fmt: skip

    assert record.visits["xi-moscow"].ordinals == ("8th", "ninth")
    assert record.visits["xi-moscow"].disputed == ("ordinals",)
    assert [row.names for row in record.disputes()] == [("ordinal",)]
    assert record.visits["more"].count == ps.Count(2, "at-least")


def test_a_visit_to_one_city_instead_of_several():
    """One place takes the place of several."""
    record = given(
        ("2021-01-10", "A"), VisitAnnounced("v", planned="2021-05", locations=["Hanoi", "Hue"]),
        ("2021-02-10", "A"), VisitAnnounced("v", planned="2021-05", place="Hanoi"),
    )  # fmt: skip

    assert (record.visits["v"].place, record.visits["v"].locations) == ("Hanoi", ())


def test_what_is_proposed_with_words_of_a_date():
    """A proposal has the words of its source as a plan does, and nothing is expected."""
    record = given(("2021-01-10", "A"), MeetingProposed("m", by="RU", timing="before the end of the year", chairs="A"))

    assert (record.meetings["m"].timing, record.meetings["m"].chairs) == ("before the end of the year", ("A",))
    assert standings(record) == []


@frozen(kw_only=True)
class MeetingPraised(ps.Event):
    """An event of a user's own about a meeting."""

    name = "meeting-praised"
    kind = "meeting"

    by: str | None = fields.party()


def test_an_event_of_a_user_about_meetings():
    """It changes nothing of the state, and what refers to the meeting does."""
    record = given(
        ("2021-01-10", "A"), MeetingScheduled("m", planned="2021-05"), MeetingPraised("m", by="RU"),
        MeetingScheduled("n", prepares="m"),
        kinds=[ps.Kind("meeting", events=[MeetingPraised])],
    )  # fmt: skip

    assert (record.meetings["m"].status, record.meetings["m"].prepared_by) == ("scheduled", ("meeting:n",))


def test_words_of_a_plan_end_when_the_meeting_is_held() -> None:
    """Also those of a plan that is reported afterwards."""
    hoped = MeetingScheduled("round", timing="soon", is_undated=True, force="hoped")
    held = MeetingHeld("round", on="2021-06-01")
    for later in ("2021-02-01", "2021-07-01"):
        meeting = given(("2021-06-02", "A", "news"), held, (later, "B", "news"), hoped).meetings["round"]
        assert (meeting.status, meeting.timing, meeting.is_undated, meeting.force) == ("held", None, None, None)
