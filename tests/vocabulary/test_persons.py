"""Persons and posts, dialogues, statuses and statements: what press reports and communiqués say of them.

Each test records a sentence, as published reports have it or typically would, and asks what a reader would ask.
"""

from __future__ import annotations

import pytest

import partnership as ps
from partnership.errors import InvalidEvent
from partnership.events import (
    AppointmentAnnounced,
    AssessmentGiven,
    CredentialsPresented,
    DialogueEnded,
    DialogueLaunched,
    DialogueMerged,
    DialogueResumed,
    DialogueSuspended,
    ImplementationAssessed,
    MeetingHeld,
    RoleAssumed,
    RoleEnded,
    RoleHeld,
    RoleObserved,
    SeriesEstablished,
    SeriesMerged,
    StanceStated,
    StatementMade,
    StatusConferred,
    StatusDowngraded,
    StatusUpgraded,
    TermExtended,
)
from partnership.testing import finding_slugs, given


def holding(record, role, day):
    """Return the words for who holds a role on a day."""
    return str(record.holders(role, day))


# ---- acting, designate, for how long ----


def test_a_secretary_general_who_is_designate():
    """The designate will take up a five-year term on 1 January, when the term of his predecessor has ended."""
    record = given(
        ("2006-10-13", "Scoop", "news"),
        AppointmentAnnounced(
            "un-sg", person="Ban Ki-moon", on="2006-10-13", planned="2007-01-01", duration="P5Y", tenure="designate",
            predecessor_person="Kofi Annan", appointed_by="the General Assembly",
        ),
        RoleEnded("un-sg", person="Kofi Annan", on="2006-12-31", successor_person="Ban Ki-moon"),
    )  # fmt: skip
    ban = next(term for term in record.roles["un-sg"].terms if term.person == "Ban Ki-moon")
    assert (ban.tenure, str(ban.duration), ban.predecessor_person) == ("designate", "five years", "Kofi Annan")
    assert (ban.appointed_by, ban.seen_on) == ("the General Assembly", ())
    assert record.holders("un-sg", "2006-12-01").has(None, "Ban Ki-moon") is False
    assert record.holders("un-sg", "2007-02-01").has(None, "Ban Ki-moon") is None
    assert holding(record, "un-sg", "2007-02-01") == "maybe Ban Ki-moon, designate (expected 1 January 2007)"
    assert [str(item.planned) for item in record.as_of("2007-01-15").overdue()] == ["2007-01-01"]
    annan = next(term for term in record.roles["un-sg"].terms if term.person == "Kofi Annan")
    assert annan.successor_person == "Ban Ki-moon"


def test_an_ambassador_designate_before_the_senate():
    """She speaks as ambassador-designate, and would take up the post if the Senate confirms her."""
    record = given(
        ("2008-04-10", "State Department", "official-release"),
        RoleObserved("us-envoy", holder="US", person="Scot Marciel", tenure="designate", on="2008-04-09"),
        AppointmentAnnounced("us-envoy", holder="US", person="Scot Marciel", condition="if the Senate confirms him"),
    )
    (term,) = record.roles["us-envoy"].terms
    assert ([str(day) for day in term.designated_on], term.seen_on, term.starts) == (["2008-04-09"], (), ())
    assert (term.condition, record.roles["us-envoy"].holder) == ("if the Senate confirms him", None)
    assert record.holders("us-envoy", "2008-04-09").has("US", "Scot Marciel") is False
    assert record.holders("us-envoy", "2008-04-09").surely == ()
    assert holding(record, "us-envoy", "2008-04-10") == "maybe Scot Marciel, US, designate (9 April 2008)"


def test_a_designate_who_presents_credentials():
    """With that the term begins, and the report of a designate before it rules out the days until then."""
    record = given(
        ("2011-04-26", "ASEAN Secretariat", "official-release"),
        RoleObserved("us-envoy", holder="US", person="D. Carden", tenure="designate", on="2010-12-09"),
        CredentialsPresented("us-envoy", holder="US", person="D. Carden", tenure="designate", on="2011-04-26"),
        RoleObserved("us-envoy", holder="US", person="D. Carden", on="2012-06-01"),
    )
    (term,) = record.roles["us-envoy"].terms
    assert (str(term.accredited_on), len(term.starts)) == ("2011-04-26", 2)
    assert record.holders("us-envoy", "2010-12-09").has("US", "D. Carden") is False
    assert record.holders("us-envoy", "2010-12-08").has("US", "D. Carden") is False
    assert record.holders("us-envoy", "2011-01-01").has("US", "D. Carden") is None
    assert record.holders("us-envoy", "2011-04-26").has("US", "D. Carden") is True


def test_one_source_that_calls_a_holder_designate():
    """Between the two other reports he was in post; before the day on which he was designate, that is contested."""
    record = given(
        ("2024-09-01", "VNA", "news"),
        RoleAssumed("envoy", person="A", on="2024-04-01"),
        RoleObserved("envoy", person="A", on="2024-06-01", term="t"),
        RoleAssumed("envoy", person="A", on="2024-04-01", term="t"),
        ("2024-09-02", "TASS", "news"),
        RoleObserved("envoy", person="A", on="2024-05-01", tenure="designate", term="t"),
    )
    assert record.holders("envoy", "2024-04-15").has(None, "A") is None
    assert record.holders("envoy", "2024-05-15").has(None, "A") is True


DESIGNATED = RoleAssumed("envoy", person="A", on="2024-05", tenure="designate", predecessor_person="B")


@pytest.mark.parametrize(
    ("event", "day", "held"),
    [
        (RoleHeld("envoy", person="A", on="2024-05/2024-07", tenure="designate"), "2024-06-15", False),
        (RoleHeld("envoy", person="A", on="2024-05/2024-07", tenure="designate"), "2024-08-01", None),
        (
            DESIGNATED,
            "2024-04-30",
            False,
        ),
        (
            DESIGNATED,
            "2024-05-20",
            None,
        ),
        (AppointmentAnnounced("envoy", person="A", on="2024-05-01"), "2024-05-01", None),
        (AppointmentAnnounced("envoy", person="A", on="2024-05-01", tenure="designate"), "2024-05-01", False),
        (RoleEnded("envoy", person="A", on="2024-05-01", tenure="designate"), "2024-05-02", False),
        (RoleEnded("envoy", person="A", on="2024-05-01", tenure="designate"), "2024-04-01", False),
    ],
)
def test_whether_a_designate_holds_the_post(event, day, held):
    """Not while it is designated; from then on it may. The predecessor's term does not end by that."""
    record = given(("2024-09-01", "VNA", "news"), event)
    assert record.holders("envoy", day).has(None, "A") is held
    assert record.holders("envoy", day).surely == ()
    assert not any(term.person == "B" for term in record.roles["envoy"].terms)
    assert record.roles["envoy"].holder is None


def test_an_acting_head_until_the_next_session():
    """The secretary-general resigned; an acting one is confirmed until the next session of the council."""
    record = given(
        ("2020-02-01", "ICDO", "official-release"),
        RoleEnded("icdo-sg", person="V. Kuvshinov", on="2020-02-01", reason="resignation"),
        RoleAssumed(
            "icdo-sg", person="B. Elketroussi", on="2020-02-01", tenure="acting",
            until_event="the next ordinary session of the Executive Council", predecessor_person="V. Kuvshinov",
        ),
        RoleObserved("icdo-sg", person="B. Elketroussi", on="2020-06-01"),
    )  # fmt: skip
    acting = next(term for term in record.roles["icdo-sg"].terms if term.person == "B. Elketroussi")
    assert (acting.tenure, acting.until_event) == ("acting", "the next ordinary session of the Executive Council")
    assert holding(record, "icdo-sg", "2020-03-01").startswith("maybe B. Elketroussi, acting (1 February 2020")


def test_an_interim_head_who_is_confirmed():
    """He headed the commission ad interim for months before he was appointed in full: two terms with two labels."""
    record = given(
        ("2023-03-20", "Jeune Afrique", "news"),
        RoleHeld("eca-head", person="A. Pedro", term="interim", on="2022-09-01/2023-11-30", tenure="acting"),
        RoleAssumed("eca-head", person="A. Pedro", term="full", on="2023-12-01", tenure="full"),
        RoleObserved("eca-head", person="A. Pedro", on="2023-12-01"),
    )
    assert holding(record, "eca-head", "2022-10-01") == (
        "surely A. Pedro, acting (1 September 2022 to 30 November 2023)"
    )
    assert holding(record, "eca-head", "2023-12-01") == "surely A. Pedro (1 December 2023)"
    assert [holder.tenure for holder in record.holders("eca-head", "2023-12-01").surely] == ["full"]
    assert not record.disputes()


def test_two_sources_on_the_tenure():
    """One calls the chief of mission acting, the other full: that is a dispute on the term."""
    record = given(
        ("2024-05-02", "VNA", "news"), RoleObserved("head", person="A", on="2024-05-01", tenure="acting"),
        ("2024-05-03", "TASS", "news"), RoleObserved("head", person="A", on="2024-05-01", tenure="full"),
    )  # fmt: skip
    assert [dispute.names for dispute in record.disputes()] == [("tenure",)]
    assert record.roles["head"].disputed == ("terms",)


def test_a_special_representative_for_some_months():
    """The Council appoints him from 1 December 2024 to 31 August 2026, that is for 21 months, in place of another."""
    record = given(
        ("2024-11-19", "Official Journal", "official-text"),
        AppointmentAnnounced(
            "eusr-sahel", person="João Cravinho", on="2024-11-18", planned="2024-12-01", until="2026-08-31",
            duration="P21M", appointed_by="Council of the European Union", predecessor_person="Emanuela Del Re",
        ),
        RoleAssumed("eusr-sahel", person="João Cravinho", on="2024-12-01"),
    )  # fmt: skip
    (term,) = record.roles["eusr-sahel"].terms
    assert (str(term.until), str(term.duration)) == ("2026-08-31", "21 months")
    assert record.overdue() == ()


def test_a_mandate_that_is_extended():
    """The mandate is to expire on 29 February 2020, and is extended by twelve months until 28 February 2021."""
    record = given(
        ("2018-06-26", "Official Journal", "official-text"),
        RoleAssumed("eusr-sahel", person="Á. Losada", on="2015-12-07", until="2020-02-29"),
        ("2020-02-26", "Official Journal", "official-text"),
        TermExtended("eusr-sahel", person="Á. Losada", on="2020-02-25", until="2021-02-28", duration="P12M"),
        ("2021-02-25", "Agenzia Nova", "news"),
        TermExtended("eusr-sahel", person="Á. Losada", on="2021-02-25", until="2021-06-30", reason="a search"),
    )
    (term,) = record.roles["eusr-sahel"].terms
    assert (str(term.until), str(term.extended_on), term.reason) == ("2021-06-30", "2021-02-25", "a search")
    assert str(record.as_of("2020-12-31").roles["eusr-sahel"].terms[0].until) == "2021-02-28"
    assert record.holders("eusr-sahel", "2021-02-25").has(None, "Á. Losada") is True
    assert not record.disputes()


# ---- dialogues and series that end or are merged ----


def merged():
    """Record that two dialogues became one."""
    return given(
        ("2009-07-25", "Xinhua", "news"),
        DialogueLaunched("strategic", on="2005"), DialogueLaunched("economic", on="2006-09-20"),
        MeetingHeld("sed-5", body="dialogue:economic", on="2008-12-04/2008-12-05", ordinal="5th"),
        DialogueMerged("strategic", on="2009-07", into="sed"), DialogueMerged("economic", on="2009-07", into="sed"),
        DialogueLaunched("sed", on="2009-07-27", title="Strategic and Economic Dialogue"),
    )  # fmt: skip


def test_two_dialogues_that_are_merged():
    """The mechanism was upgraded from two older ones, which it combines."""
    record = merged()
    economic = record.dialogues["economic"]
    assert (economic.status, economic.into, str(economic.merged_on)) == ("merged", "dialogue:sed", "2009-07")
    assert len(economic.rounds) == 1
    assert record.dialogues["sed"].merged_from == ("dialogue:economic", "dialogue:strategic")
    assert record.dialogues["sed"].status == "launched"
    assert [item.subject for item in record.dormant(months=12)] == ["dialogue:sed"]
    assert {str(link.subject) for link in record.dossier("dialogue:sed").links} == {
        "dialogue:economic", "dialogue:strategic",
    }  # fmt: skip


def test_a_dialogue_that_is_merged_into_one_of_another_kind():
    """A joint commission takes over a dialogue and a committee."""
    record = given(
        ("2019-05-02", "VNA", "news"),
        DialogueMerged("energy", on="2019-05-01", into="series:joint-commission", reason="to avoid duplication"),
        SeriesEstablished("trade-committee", on="2010"),
        SeriesMerged("trade-committee", on="2019-05-01", into="joint-commission", reason="to avoid duplication"),
    )
    commission, committee = record.series["joint-commission"], record.series["trade-committee"]
    assert commission.merged_from == ("dialogue:energy", "series:trade-committee")
    assert (committee.status, committee.into, committee.reason) == (
        "merged", "series:joint-commission", "to avoid duplication",
    )  # fmt: skip
    assert str(committee.merged_on) == "2019-05-01"
    assert record.dormant(months=12) == ()


def test_a_round_after_a_dialogue_was_merged():
    """It is odd, and the dialogue stays merged; if it was resumed in between, it is neither."""
    late = MeetingHeld("sed-6", body="dialogue:economic", on="2010-05")
    record = merged()
    record.add(late, source=ps.Source("TASS", published="2010-06-01"))
    assert "met-after-end" in finding_slugs(record)
    assert record.dialogues["economic"].status == "merged"
    record.add(DialogueResumed("economic", on="2010-01"), source=ps.Source("TASS", published="2010-06-01"))
    assert "met-after-end" not in finding_slugs(record)
    assert record.dialogues["economic"].status == "launched"


def test_a_dialogue_that_one_side_ends():
    """One government announces that it ends the human rights dialogue, in answer to sanctions."""
    record = given(
        ("2021-03-25", "Xinhua", "news"),
        DialogueLaunched("human-rights", on="1995"),
        DialogueEnded("human-rights", on="2021-03-24", by="CN", reason="in answer to sanctions"),
    )
    ended = record.dialogues["human-rights"]
    assert (ended.status, ended.by, str(ended.ended_on)) == ("ended", ("CN",), "2021-03-24")
    assert (ended.reason, ended.outstanding) == ("in answer to sanctions", ())
    assert record.dormant(months=1) == ()


def test_a_dialogue_that_is_suspended_indefinitely():
    """The planning agency suspends all activities under the economic dialogue without a limit of time."""
    record = given(
        ("2021-05-06", "NDRC", "official-release"),
        DialogueSuspended("cn-au-economic", on="2021-05-06", by="CN", is_indefinite=True, reason="a Cold War mindset"),
    )
    dialogue = record.dialogues["cn-au-economic"]
    assert (dialogue.status, dialogue.suspended_by, dialogue.is_indefinite) == ("suspended", ("CN",), True)


def test_what_a_dialogue_cannot_be_merged_into():
    """The error names what fits."""
    with pytest.raises(InvalidEvent, match="into: 'meeting:x' is no dialogue, series or network; write 'x'"):
        DialogueMerged("a", into="meeting:x")


# ---- from which rung a status rose ----

TIES = {"ladder": "grade", "holder": "AR"}


def test_a_partnership_that_rose_from_another():
    """The two presidents lift the strategic partnership of ten years ago to a comprehensive strategic partnership."""
    record = given(
        ("2014-07-19", "Xinhua", "news"),
        StatusUpgraded("cn-ar", rung="comprehensive-strategic", former_rung="strategic", on="2014-07-18", **TIES),
    )
    (rung,) = record.statuses["cn-ar"].rungs
    assert (rung.rung, rung.former_rung) == ("comprehensive-strategic", "strategic")
    before = record.status_at("cn-ar", "grade", "2014-01-01")
    assert (before.rung, before.possible, before.has("strategic")) == (None, ("strategic",), None)
    assert before.has("comprehensive-strategic") is False
    assert len(before.claims) == 1
    after = record.status_at("cn-ar", "grade", "2015-01-01")
    assert (after.rung, after.is_sure, after.has("strategic")) == ("comprehensive-strategic", True, False)


def test_a_former_rung_that_was_conferred():
    """It is the one that was held until then; nothing is odd."""
    record = given(
        ("2026-01-26", "bne IntelliNews", "news"),
        StatusConferred("cn-uz", ladder="grade", rung="comprehensive-strategic", on="2022-09"),
        StatusUpgraded(
            "cn-uz", ladder="grade", rung="all-weather", former_rung="comprehensive-strategic", on="2026-01-24"
        ),
    )
    assert record.status_at("cn-uz", "grade", "2024-01-01").has("comprehensive-strategic") is True
    assert "former-rung-differs" not in finding_slugs(record)


def test_a_former_rung_that_no_source_reports_as_conferred():
    """Between the two, either may have been held; a finding says so."""
    record = given(
        ("2026-01-26", "VNA", "news"),
        StatusConferred("xy", ladder="grade", rung="partnership", on="2010"),
        StatusUpgraded("xy", ladder="grade", rung="strategic", former_rung="comprehensive", on="2020-01-24"),
    )
    between = record.status_at("xy", "grade", "2015-01-01")
    assert (between.rung, between.is_sure, between.possible) == ("partnership", False, ("comprehensive",))
    assert "former-rung-differs" in finding_slugs(record)


def test_a_status_that_fell():
    """The observer was a guest before, and ties are lowered from embassies to a chargé d'affaires."""
    record = given(
        ("2021-11-22", "VNA", "news"),
        StatusDowngraded("cn-lt", ladder="status", rung="charge-d-affaires", former_rung="ambassador", on="2021-11-21"),
    )
    assert record.status_at("cn-lt", "status", "2020-01-01").possible == ("ambassador",)
    assert record.statuses["cn-lt"].rungs[0].former_rung == "ambassador"


def test_two_sources_on_the_former_rung():
    """They dispute it."""
    record = given(
        ("2014-07-19", "Xinhua", "news"),
        StatusUpgraded("cn-ar", rung="comprehensive-strategic", former_rung="strategic", on="2014-07-18", **TIES),
        ("2014-07-20", "Telam", "news"),
        StatusUpgraded("cn-ar", rung="comprehensive-strategic", former_rung="integral", on="2014-07-18", **TIES),
    )
    assert [dispute.names for dispute in record.disputes()] == [("former_rung",)]


# ---- who speaks in which capacity, to whom, and how ----


def test_a_letter_to_another_party():
    """The president writes to his counterpart as chair of the union."""
    record = given(
        ("2020-03-20", "African Union", "official-release"),
        StatementMade(
            "letter",
            text="Waive debts.",
            to="US",
            format="letter",
            capacity="as chair of the African Union",
        ),
    )
    letter = record.statements["letter"]
    assert (letter.to, letter.format, letter.capacity) == (("US",), "letter", "as chair of the African Union")


def test_a_video_message_to_a_summit():
    """A president addresses the summit in a recorded video."""
    record = given(
        ("2022-07-01", "MERCOSUR", "official-release"),
        StatementMade("greeting", text="He calls for unity.", format="video message", meeting="meeting:summit-60"),
    )
    assert (record.statements["greeting"].format, record.statements["greeting"].meeting) == (
        "video message", "summit-60",
    )  # fmt: skip


def test_a_position_in_a_capacity():
    """The minister states the position of his country in his capacity as coordinator."""
    record = given(
        ("2023-09-05", "VNA", "news"),
        StanceStated("s", by="TH", text="The talks should be concluded.", capacity="as country coordinator"),
        AssessmentGiven("a", text="The partnership has advanced.", capacity="in a personal capacity"),
    )
    assert record.statements["s"].capacity == "as country coordinator"
    assert record.statements["a"].capacity == "in a personal capacity"


def test_an_assessment_in_a_capacity():
    """The rapporteur finds a commitment implemented, speaking as chair of the review panel."""
    record = given(
        ("2023-09-05", "OECD", "official-release"),
        ImplementationAssessed(
            "review", concerns="commitment:a", assessor="J. Doe", core="implemented", capacity="as chair of the panel"
        ),
    )
    assert [verdict.capacity for verdict in record.assessments["review"].verdicts] == ["as chair of the panel"]
