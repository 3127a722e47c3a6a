"""Plans that are outstanding, overdue, or moved."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve, frozen

import partnership as ps
from partnership import events, fields
from partnership.errors import InvalidValue
from partnership.events import (
    CommitmentMade,
    CoursePlanned,
    DeliveryReported,
    DialogueConceptAgreed,
    DocumentPlanned,
    MeetingAgreed,
    MeetingCancelled,
    MeetingConvened,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    MembershipAgreedInPrinciple,
    MissionPlanned,
    ProjectPlanned,
    VisitAnnounced,
)
from partnership.queries.calendar import owed_by
from partnership.testing.scenario import given

INTERVIEW = ("2020-11-16", "VNA", "news")


def due(view, **grace):
    """Return the subjects and dates of what is surely overdue."""
    return [(item.subject, str(item.planned)) for item in view.overdue(**grace) if item.standing == "overdue"]


def standings(view):
    """Return the subjects of what is overdue, perhaps overdue, or open without a date; with which of these they are."""
    return [(item.subject, item.standing) for item in view.overdue()]


def test_a_plan_for_a_month():
    """It is overdue from the first day of the next month."""
    record = given(INTERVIEW, MeetingScheduled("m", planned="2020-12", title="Conference"))
    assert due(record.as_of("2020-12-31")) == []
    assert due(record.as_of("2021-01-01")) == [("meeting:m", "2020-12")]
    assert due(record.as_of("2021-01-31"), grace=31) == []
    assert due(record.as_of("2021-02-01"), grace=31) == [("meeting:m", "2020-12")]
    assert due(record.as_of("2021-02-01"), grace=10**7) == []


def test_an_outcome_that_was_published_late():
    """The plan was overdue by the knowledge of that day, and is not in hindsight."""
    record = given(
        INTERVIEW, MeetingScheduled("m", planned="2020-12"), ("2023", "A", "news"), MeetingHeld("m", on="2020-12-05")
    )
    assert due(record.as_of("2021-02-01")) == [("meeting:m", "2020-12")]
    assert due(record.as_of(on="2021-02-01")) == []


def test_an_approximate_plan():
    """It is overdue one unit later: "about June" may be July."""
    record = given(INTERVIEW, MeetingScheduled("m", planned="2021-06~"))
    assert [item.subject for item in record.as_of("2021-06-30").upcoming()] == ["meeting:m"]
    assert standings(record.as_of("2021-06-30")) == []
    assert standings(record.as_of("2021-07-31")) == [("meeting:m", "perhaps-overdue")]
    assert record.as_of("2021-07-31").upcoming() == ()
    assert standings(record.as_of("2021-08-01")) == [("meeting:m", "overdue")]
    assert str(*record.as_of("2021-07-31").overdue()) == (
        "meeting:m: planned about June 2021, perhaps overdue, said by VNA, 16 November 2020"
    )


@pytest.mark.parametrize("due", ["2022-06~", "2022-06-15?", "2022~"])
@pytest.mark.parametrize("day", ["2022-06-15", "2022-06-17", "2022-07-31", "2022-08-01", "2023-06-01", "2024-01-01"])
def test_a_vague_due_date_on_any_day(due, day):
    """The register, the dossier, the calendar and what is overdue answer alike."""
    view = given(INTERVIEW, CommitmentMade("c", by="RU", due=due, text="deliver doses")).as_of(day)
    (row,) = view.commitments_register()
    standing = next((item.standing for item in view.overdue()), "to-come")
    assert row.is_overdue is {"overdue": True, "perhaps-overdue": None, "to-come": False}[standing]
    assert [item.standing for item in view.dossier("c").expected] == [standing]
    words = {"overdue": ": overdue", "perhaps-overdue": ": perhaps overdue", "to-come": ": still to come"}[standing]
    assert words in str(view.dossier("c"))
    assert len(view.calendar().overdue) + len(view.calendar().planned) == 1


def test_a_plan_with_several_dates():
    """Each is overdue by itself."""
    record = given(INTERVIEW, CoursePlanned("c", planned="{2021,2022}"))
    assert due(record.as_of("2022-06-01")) == [("course:c", "2021")]
    assert due(record.as_of("2023-06-01")) == [("course:c", "2021"), ("course:c", "2022")]


def test_a_record_without_a_day():
    """Plans are compared with the clock."""
    story = (INTERVIEW, MeetingScheduled("m", planned="2020-12"))
    assert due(given(*story, today="2020-12-31")) == []
    assert due(given(*story, today="2021-01-01")) == [("meeting:m", "2020-12")]


def test_a_plan_without_an_end():
    """It is never overdue, and always upcoming."""
    record = given(INTERVIEW, MeetingScheduled("m", planned="2020-12/.."))
    assert due(record) == []
    assert [item.subject for item in record.upcoming()] == ["meeting:m"]


def test_a_meeting_that_is_postponed_without_a_new_date():
    """It is neither overdue nor to come, and stays listed with since when it is open."""
    record = given(
        INTERVIEW, MeetingScheduled("m", planned="2020-12"), ("2020-12-01", "VNA", "news"), MeetingPostponed("m"),
        ("2021-02-01", "TASS", "news"), MeetingPostponed("m", reason="the epidemic"),
    )  # fmt: skip
    assert due(record) == []
    assert record.upcoming() == ()
    (item,) = record.overdue()
    assert str(item) == "meeting:m: open without a date since 1 December 2020, said by VNA, 1 December 2020"
    assert (item.planned, item.standing, [str(day) for day in item.previous_dates]) == (
        None, "without-date", ["2020-12"],
    )  # fmt: skip
    assert record.calendar().overdue == (item,)
    assert item in record.dossier("m").expected
    assert "without a date: open, known since 1 December 2020; planned before for December 2020" in str(
        record.dossier("m")
    )


@pytest.mark.parametrize(
    "plan",
    [
        MeetingAgreed("x"),
        VisitAnnounced("x"),
        CoursePlanned("x"),
        DocumentPlanned("x"),
        MissionPlanned("x"),
        ProjectPlanned("x"),
        DialogueConceptAgreed("x"),
        MembershipAgreedInPrinciple("x", bloc="ASEAN", member="TL"),
    ],
    ids=lambda event: event.name,
)
def test_a_plan_without_a_date(plan):
    """It is open since it was first known, until a date is given."""
    record = given(("2020-03-01", "VNA", "news"), plan, INTERVIEW, plan)
    (item,) = record.overdue()
    assert (item.subject, item.planned, str(item.since)) == (plan.about, None, "2020-03-01")
    assert {source.publisher for source in item.sources} == {"VNA"}


def test_a_plan_that_lost_its_date_twice():
    """It is open since the last time."""
    record = given(
        ("2020-03-01", "VNA", "news"), MeetingScheduled("m"),
        INTERVIEW, MeetingScheduled("m", planned="2020-12"),
        ("2020-12-01", "VNA", "news"), MeetingPostponed("m"),
    )  # fmt: skip
    assert [str(item.since) for item in record.overdue()] == ["2020-12-01"]
    assert [str(item.since) for item in record.as_of("2020-05-01").overdue()] == ["2020-03-01"]
    assert record.as_of("2020-11-20").overdue() == ()


@pytest.mark.parametrize(
    "outcome",
    [MeetingHeld("m"), MeetingCancelled("m"), MeetingConvened("m"), MeetingScheduled("m", planned="2022")],
    ids=lambda event: event.name,
)
def test_a_meeting_without_a_date_that_goes_on(outcome):
    """It is not open without a date any more."""
    record = given(INTERVIEW, MeetingScheduled("m"), ("2021-01-10", "A", "news"), outcome)
    assert [item.standing for item in record.as_of("2021-02-01").overdue()] == []


def test_a_commitment_with_a_due_date():
    """It is outstanding until it is delivered."""
    story = (INTERVIEW, CommitmentMade("c", by="RU", due="2021", text="deliver doses"))
    assert [item.title for item in given(*story).overdue()] == ["deliver doses"]
    assert due(given(*story, ("2021-05-01", "A", "news"), DeliveryReported("c"))) == []


def test_the_attributes_of_an_overdue_plan():
    """They include the sources, the day from which it was known, and the previous dates."""
    record = given(
        INTERVIEW, MeetingScheduled("m", planned="2020-12", title="Conference"),
        ("2021-01-10", "TASS", "news"), MeetingScheduled("m", planned="2021-03"),
    )  # fmt: skip
    item = record.overdue()[0]
    assert str(item) == "meeting:m (Conference): planned March 2021, said by TASS, 10 January 2021"
    assert (str(item.since), [str(day) for day in item.previous_dates]) == ("2021-01-10", ["2020-12"])
    assert item.claims == (record.entries(source="TASS")[0].claim.id,)


@pytest.mark.parametrize("planned", ["2020-12", "[2020-11..2020-12]", "2020-34"])
def test_the_order_of_overdue_plans(planned):
    """The longest overdue comes first."""
    record = given(INTERVIEW, MeetingScheduled("b", planned="2020-11-20"), MeetingScheduled("a", planned=planned))
    assert (days := [item.planned.latest for item in record.overdue()]) == sorted(days)


# ---- the calendar as a whole ----

STORY = (
    INTERVIEW, MeetingScheduled("past", planned="2020-12"), MeetingScheduled("soon", planned="2021-03"),
    MeetingScheduled("some-day", planned="2021"), MeetingScheduled("far", planned="2021-11", title="Far"),
    MeetingScheduled("off", planned="2020-12"), MeetingScheduled("moved", planned="2020-12"),
    MeetingScheduled("dropped", planned="2020-12"),
    ("2020-12-01", "VNA", "news"), MeetingPostponed("off"), MeetingCancelled("dropped"),
    MeetingPostponed("moved", planned="2021-04"), ("2021-01-05", "VNA", "news"),
    MeetingPostponed("moved", planned="2021-10"),
)  # fmt: skip


def test_the_calendar():
    """It has what is planned, what is overdue and what was moved, with previous dates; nothing that was dropped."""
    calendar = given(*STORY).as_of("2021-02-01").calendar()
    assert [item.subject for item in calendar.planned] == [
        "meeting:some-day",
        "meeting:soon",
        "meeting:moved",
        "meeting:far",
    ]
    assert [item.subject for item in calendar.overdue] == ["meeting:past", "meeting:off"]
    assert [(move.subject, [str(day) for day in move.earlier]) for move in calendar.moved] == [
        ("meeting:moved", ["2020-12", "2021-04"]),
        ("meeting:off", ["2020-12"]),
    ]


def test_a_horizon_and_a_grace():
    """Plans that may happen by the horizon are included; plans within the grace are not overdue."""
    calendar = given(*STORY).as_of("2021-02-01").calendar(horizon="2021-03-31", grace=90)
    assert [item.subject for item in calendar.planned] == ["meeting:some-day", "meeting:soon"]
    assert [item.subject for item in calendar.overdue] == ["meeting:off"]  # without a date, no grace makes a difference


def test_a_vague_horizon():
    """It is refused: a horizon is an exact day."""
    with pytest.raises(InvalidValue, match="horizon="):
        given(*STORY).calendar(horizon="2021")


def test_plans_of_several_acts():
    """Each says which act it is of."""
    record = given(
        INTERVIEW,
        DocumentPlanned("d", act="sign", planned="2020-12"),
        DocumentPlanned("d", act="enter-into-force", planned="2021"),
    ).as_of("2021-02-01")
    lines = str(record.calendar()).splitlines()

    assert [item.act for item in (*record.overdue(), *record.upcoming())] == ["sign", "enter-into-force"]
    assert [line.partition(", said")[0] for line in lines] == [
        "planned: document:d: to enter into force, planned 2021",
        "overdue: document:d: to sign, planned December 2020",
    ]


def test_the_text_of_a_calendar():
    """It has one line for each item, and one if there are none."""
    assert str(given(*STORY).as_of("2021-02-01").calendar(horizon="2021-03-15")).splitlines() == [
        "planned: meeting:some-day: planned 2021, said by VNA, 16 November 2020",
        "planned: meeting:soon: planned March 2021, said by VNA, 16 November 2020",
        "overdue: meeting:past: planned December 2020, said by VNA, 16 November 2020",
        "open: meeting:off: open without a date since 1 December 2020, said by VNA, 1 December 2020",
        "moved: meeting:moved: planned December 2020, then April 2021, now October 2021",
        "moved: meeting:off: planned December 2020, now without a date",
    ]
    later = (("2021-01-05", "VNA", "news"), MeetingScheduled("m", planned="2021-05"))
    moved = given(INTERVIEW, MeetingScheduled("m", planned="2021-03", title="Conference"), *later)
    assert "m (Conference): planned March 2021, now May 2021" in str(moved.calendar())
    assert str(given(INTERVIEW, MeetingHeld("m")).calendar()) == "nothing is planned"


SIDES = {"parties": ["ASEAN", "RU"], "planned": "2020-03"}
OWED = {
    "meeting-host": (events.MeetingScheduled("a", host="RU", **SIDES), ["RU"]),
    "meeting-co-hosts": (events.MeetingScheduled("a", co_hosts=["RU", "VN"], **SIDES), ["RU", "VN"]),
    "meeting-organizers": (events.MeetingScheduled("a", organizers=["VN"], **SIDES), ["VN"]),
    "meeting-of-both": (events.MeetingScheduled("a", **SIDES), ["ASEAN", "RU"]),
    "meeting-announced-by": (events.MeetingScheduled("a", by=["RU"], planned="2020-03"), []),
    "visitor": (events.VisitAnnounced("a", party="RU", host="VN", planned="2020-03"), ["RU"]),
    "visited": (events.VisitAnnounced("a", host="VN", planned="2020-03"), ["VN"]),
    "participation": (events.ParticipationAnnounced("a", meeting="b", party="VN", planned="2020-03"), ["VN"]),
    "themed-year-by": (events.ThemedYearDesignated("a", by=["RU"], planned="2020-03"), []),
    "themed-year": (events.ThemedYearOpeningPlanned("a", **SIDES), ["ASEAN", "RU"]),
    "dialogue": (DialogueConceptAgreed("a", **SIDES), ["ASEAN", "RU"]),
    "dialogue-resumed": (events.DialogueResumptionPlanned("a", **SIDES), []),
    "course": (CoursePlanned("a", host="RU", parties=["VN"], planned="2020-03"), ["RU"]),
    "course-for": (CoursePlanned("a", parties=["VN"], planned="2020-03"), []),
    "commitment": (CommitmentMade("a", by=["VN"], to=["RU"], due="2020-03"), ["VN"]),
    "document": (DocumentPlanned("a", act="sign", **SIDES), []),
    "document-said-by": (DocumentPlanned("a", act="sign", by=["RU"], **SIDES), []),
    "document-in-force": (DocumentPlanned("a", act="enter-into-force", **SIDES), []),
    "ratification": (DocumentPlanned("a", act="ratify", by=["RU"], **SIDES), ["RU"]),
    "line": (events.PlanLineAdded("a", plan="b", lead="VN", due="2020-03"), ["VN"]),
    "turn": (events.RoleExpected("a", holder="PH", planned="2020-03"), ["PH"]),
    "turn-given": (events.RotationChanged("a", holder="PH", instead_of="MM", by=["MM"], planned="2020-03"), ["PH"]),
    "turn-of-a-person": (events.RoleExpected("a", person="Ann", planned="2020-03"), []),
    "appointment": (events.AppointmentAnnounced("a", holder="VN", person="Ann", planned="2020-03"), ["VN"]),
    "mission": (MissionPlanned("a", by=["RU"], **SIDES), ["RU"]),
    "mission-agreed-between": (MissionPlanned("a", **SIDES), []),
    "membership": (MembershipAgreedInPrinciple("a", bloc="ASEAN", member="TL", planned="2020-03"), []),
    "relations": (events.RelationsResumptionPlanned("a", **SIDES), []),
    "anniversary": (events.AnniversaryAnnounced("a", years=30, parties=["ASEAN", "RU"], planned="2021"), []),
    "fund": (events.FundContributionPledged("a", by=["RU"], parties=["ASEAN"], due="2020-03"), ["RU"]),
    "project": (ProjectPlanned("a", by=["RU"], **SIDES), []),
    "project-phase": (events.ProjectPhasePlanned("a", phase="1", **SIDES), []),
    "aid": (events.InKindPledged("a", by=["RU"], to=["VN"], due="2020-03"), ["RU"]),
    "proposal": (events.ProposalDeferred("a", by=["VN"], until="2020-03"), []),
    "target": (events.TargetSet("a", by=["ASEAN"], period="2020", number=3), []),
    "election": (events.ExternalEventPlanned("a", parties=["VN"], planned="2021"), []),
}


@pytest.mark.parametrize("name", OWED)
def test_who_owes_a_plan(name):
    """Those that a source names as acting, giving, hosting, taking part or expected; others are not made to owe it."""
    event, owed = OWED[name]
    view = given(("2020-01-05", "VNA", "news"), event).as_of("2021-01-15")
    (item,) = (*view.overdue(), *view.upcoming())
    assert (list(item.owed_by), item.owed_as_host) == (owed, name in HOSTED)


HOSTED = ("meeting-host", "meeting-co-hosts", "visited", "course")
BOTH = {"parties": ["ASEAN", "RU"]}


@pytest.mark.parametrize(
    ("earlier", "later", "owed"),
    [
        (MeetingScheduled("a", **SIDES), MeetingPostponed("a", by=["RU"]), [("ASEAN", "RU")]),
        (VisitAnnounced("a", party="RU", planned="2020"), events.VisitPostponed("a", by=["VN"]), [("RU",)]),
        (ProjectPlanned("a", planned="2020"), events.ProjectPostponed("a", by=["VN"], planned="2021"), [()]),
        (events.ProposalMade("a", by=["RU"]), events.ProposalDeferred("a", by=["VN"], until="2021"), [()]),
        (
            events.RelationsSuspended("a", by=["RU"], **BOTH),
            events.RelationsResumptionPlanned("a", planned="2021"),
            [()],
        ),
        (
            events.RoleHeld("a", holder="MY", on="2020-01"),
            events.RoleExpected("a", holder="PH", planned="2021"),
            [("PH",)],
        ),
        (
            events.RoleExpected("a", holder="PH", planned="2021"),
            events.RoleExpected("a", holder="SG", planned="2022"),
            [("PH",), ("SG",)],
        ),
        (
            events.FundContributionPledged("a", by=["RU"], due="2021", part="first"),
            events.FundContributionPledged("a", by=["VN"], due="2022", part="second"),
            [("RU",), ("VN",)],
        ),
        (CoursePlanned("a", host="RU", planned="2021"), CoursePlanned("a", planned="2022"), [("RU",)]),
    ],
)  # fmt: skip
def test_who_does_not_owe_a_plan(earlier, later, owed):
    """Nobody owes it for having put it off, proposed it, or because it holds the role before; each turn has its own."""
    record = given(("2020-01-05", "VNA", "news"), earlier, ("2020-01-06", "VNA", "news"), later)
    view = record.as_of("2020-06-01")
    assert [item.owed_by for item in (*view.overdue(), *view.upcoming())] == owed


@frozen(kw_only=True)
class FairAnnounced(ps.Event):
    """A fair is to open."""

    name = "fair-announced"
    kind = "fair"
    identity = ps.PER_PUBLICATION

    planned: ps.When | None = fields.date()
    is_undated: bool | None = fields.flag()
    host: str | None = fields.party()
    sponsor: str | None = fields.party()
    lenders: tuple[str, ...] = fields.parties()


@frozen
class Fair(ps.PlannedState):
    """A state that says nothing of who owes its plans."""

    status: str | None = None
    host: str | None = None
    sponsor: str | None = None
    lenders: tuple[str, ...] = ()


@frozen
class LentFair(Fair):
    """A state whose plans are owed by what two of its fields name."""

    owed_by = ("lenders", "sponsor")


@frozen
class HostedFair(Fair):
    """A state whose plans are owed by those of one field before its host."""

    owed_by = ("sponsor", "host")


@frozen
class JointFair(Fair):
    """A state whose plans are owed by all its parties."""

    def parties_owing(self, plan):
        """Return all parties, whether the plan has a date or not."""
        return tuple(filter(None, (self.host, *self.lenders))) if plan.claims else ()


@frozen
class NobodysFair(Fair):
    """A state whose plans nobody owes."""

    owed_by = ()


ALL_PARTIES = {"host": "RU", "sponsor": "CN", "lenders": ["VN", "LA"]}


@pytest.mark.parametrize(
    ("state", "parties", "owed", "as_host"),
    [
        (Fair, ALL_PARTIES, ("RU",), True),
        (Fair, {"lenders": ["VN"]}, (), False),
        (LentFair, ALL_PARTIES, ("LA", "VN"), False),
        (LentFair, {"host": "RU", "sponsor": "CN"}, ("CN",), False),
        (LentFair, {"host": "RU"}, (), False),
        (HostedFair, {"host": "RU"}, ("RU",), True),
        (HostedFair, ALL_PARTIES, ("CN",), False),
        (JointFair, ALL_PARTIES, ("RU", "LA", "VN"), False),
        (NobodysFair, ALL_PARTIES, (), False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("planned", [{"planned": "2020-03"}, {"is_undated": True}])
def test_who_owes_a_plan_of_ones_own_kind(state, parties, owed, as_host, planned):
    """Its state says which of its fields name them, or computes them; else it is the host, as of built-in kinds."""
    step = ps.Step("announced", ("host", "sponsor", "lenders"), sets_plan=True)
    life = ps.Lifecycle({"fair-announced": step}, {"announced": 1}, copies=(), collects={})
    kind = ps.Kind("fair", (FairAnnounced,), ps.Projection("fairs", state, life.advance, kind="fair"))
    with ps.open(":memory:", kinds=[kind]) as record:
        record.add(FairAnnounced("expo", **parties, **planned), source=ps.Source("VNA", published="2020-01-05"))
        (item,) = record.as_of("2021-01-15").overdue()
    assert (item.owed_by, item.owed_as_host) == (owed, as_host)


def test_who_owes_a_plan_of_another_state():
    """A state that is not derived from `PlannedState` has the rule of those that say nothing."""

    @frozen
    class Foreign:
        subject: str
        host: str

    plan = ps.Expectation(ps.When("2020"), date(2020, 1, 1), ())
    assert owed_by(Foreign("fair:a", "RU"), plan) == (("RU",), True)
    assert owed_by(Foreign("fair:a", "RU"), evolve(plan, by=("VN",))) == (("VN",), False)
