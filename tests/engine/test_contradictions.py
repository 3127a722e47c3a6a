"""What several events of one subject say about it: descriptions, changes, and outcomes that exclude each other."""

from __future__ import annotations

from itertools import permutations

import pytest
from attrs import frozen
from hypothesis import given as given_any
from hypothesis import strategies as st

import partnership as ps
from partnership import fields
from partnership.engine import contradictions
from partnership.engine.resolution import newest
from partnership.errors import InvalidKind
from partnership.events import (
    CommitmentMade,
    CommitmentReaffirmed,
    CommitmentSpecified,
    DocumentAcceded,
    DocumentAdopted,
    DocumentAmended,
    DocumentNotAdopted,
    DocumentPlanned,
    DocumentPublished,
    DocumentSigned,
    EnteredIntoForce,
    FundClosed,
    FundEstablished,
    InstitutionJoined,
    LineDropped,
    LineReportedImplemented,
    MeetingCancelled,
    MeetingConvened,
    MeetingHeld,
    MeetingPostponed,
    MeetingScheduled,
    MeetingVenueChanged,
    MissionClosed,
    MissionOpened,
    NetworkLaunched,
    PlanSized,
    ProjectCancelled,
    ProjectCompleted,
    ProposalAccepted,
    ProposalDeclined,
    RatificationCompleted,
    SeriesEstablished,
    SeriesRenamed,
    VisitCancelled,
    VisitMade,
)
from partnership.testing.scenario import finding_slugs, given
from partnership.testing.strategies import sources

NEWS = ("2018-07-18", "Daily", "news")
TEXT = ("2018-09-01", "Secretariat", "official-text")
LATER = ("2020-02-01", "Agency", "news")


def dispute_of(record):
    """Return the only dispute: its fields and its sides, with their publishers."""
    (dispute,) = record.disputes()
    assert [one.sentence for one in record.findings() if one.slug == "disputed"] == [dispute.finding.sentence]
    return dispute.names, {str(side.value): [item.source.publisher for item in side.evidence] for side in dispute.sides}


# ---- what describes a subject ----


def test_a_period_that_two_events_state():
    """The policy decides, whichever event is the later one, and the losing claim stays with the answer."""
    signed = (NEWS, DocumentSigned("d", on="2018-07-17", period="2016/2020"))
    published = (TEXT, DocumentPublished("d", on="2018-09-01", period="2017/2021"))
    for first, second in permutations((signed, published)):
        record = given(*first, *second)
        document, why = record.documents["d"], record.why("document:d", "period")

        assert (str(document.period), document.disputed) == ("2017/2021", ("period",))
        assert dispute_of(record) == (("period",), {"2017/2021": ["Secretariat"], "2016/2020": ["Daily"]})
        assert [item.source.publisher for item in why.reasons["period"].because] == ["Secretariat"]
        assert set(record.why("document:d").roles.values()) == {"used", "disputed"}
    assert str(record.as_of(policy=newest).documents["d"].period) == "2017/2021"
    assert str(record.as_of(known="2018-08-01").documents["d"].period) == "2016/2020"
    assert str(record.disputes()[0]).startswith(
        "document:d, period: 2017 to 2021 (Secretariat) or 2016 to 2020 (Daily)"
    )


def test_a_value_that_another_event_confirms():
    """More publishers count, wherever they say it; a coarser value supports a finer one and disputes nothing."""
    record = given(
        NEWS, MissionOpened("m", place="Jakarta"),
        LATER, MissionClosed("m", place="Hanoi"),
        ("2020-02-02", "Post", "news"), MissionClosed("m", place="Jakarta"),
    )  # fmt: skip
    finer = given(NEWS, PlanSized("p", period="2018"), LATER, PlanSized("p", period="2018-03"))

    assert (record.missions["m"].place, record.missions["m"].disputed) == ("Jakarta", ("place",))
    assert (str(finer.plans["p"].period), finer.plans["p"].disputed, finer.disputes()) == ("2018-03", (), ())
    assert len(finer.why("plan:p", "period").reasons["period"].because) == 2


@pytest.mark.parametrize(
    ("official", "news", "field"),
    [
        (PlanSized("s", total=139), PlanSized("s", total=137), "total"),
        (MeetingConvened("s", parties=["ID", "RU"]), MeetingHeld("s", parties=["ID", "CN"]), "parties"),
        (CommitmentMade("s", by=["ID", "RU"]), CommitmentReaffirmed("s", by=["RU"]), "by"),
        (DocumentSigned("s", form="treaty"), DocumentPublished("s", form="mou"), "form"),
    ],
)
def test_a_later_news_report(official, news, field):
    """It does not replace what an official source says, and the dispute shows it."""
    record = given(TEXT, official, LATER, news)
    state = record.states(official.kind)["s"]

    assert (getattr(state, field), state.disputed) == (getattr(official, field), (field,))
    assert dispute_of(record)[0] == (field,)


def test_plans_stay_plans():
    """What was planned otherwise than it came is no contradiction, and what came of it describes the subject."""
    record = given(
        TEXT, MeetingScheduled("m", planned="2019-05", place="Jakarta", host="ID"),
        DocumentPlanned("d", period="2019/2023", parties=["ID", "RU", "CN"]),
        LATER, MeetingHeld("m", on="2019-05-03", place="Hanoi", host="VN"),
        DocumentSigned("d", on="2019-05-03"), DocumentPublished("d", period="2020/2024", parties=["ID", "RU"]),
    )  # fmt: skip

    assert (record.meetings["m"].place, record.meetings["m"].host) == ("Hanoi", "VN")
    assert (str(record.documents["d"].period), record.documents["d"].parties) == ("2020/2024", ("ID", "RU"))
    assert record.disputes() == ()


@given_any(
    st.lists(
        st.tuples(
            sources(),
            st.sampled_from([DocumentSigned, DocumentPublished, EnteredIntoForce, RatificationCompleted]),
            st.sampled_from(["2016/2020", "2016", "2017", "2017/2021"]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_events_that_describe(told):
    """The answer is that of the same reports on one event: it does not matter by which event a source says it."""
    spread = given(*(part for source, event, period in told for part in (source, event("d", period=period))))
    together = given(*(part for source, _, period in told for part in (source, DocumentSigned("d", period=period))))

    assert spread.documents["d"].period == together.documents["d"].period
    assert ("period" in spread.documents["d"].disputed) == ("period" in together.documents["d"].disputed)


# ---- what an act changes ----


def test_an_amendment():
    """What it says stands from then on, against what was signed; it is no dispute, and before it the old text stood."""
    record = given(
        TEXT, DocumentSigned("d", on="2018-07-17", period="2016/2020"),
        LATER, DocumentAmended("d", on="2020-01-15", period="2016/2025"),
    )  # fmt: skip

    assert (str(record.documents["d"].period), record.documents["d"].disputed) == ("2016/2025", ())
    assert str(record.as_of("2019-01-01").documents["d"].period) == "2016/2020"
    assert record.disputes() == ()


def test_an_amendment_that_sources_tell_differently():
    """It is a dispute about the amendment; what was signed is no side of it."""
    amended = [("2020-01-16", "Blog"), DocumentAmended("d", on="2020-01-15", period="2016/2030")]
    record = given(
        TEXT, DocumentSigned("d", on="2018-07-17", period="2016/2020"),
        ("2020-01-15", "Ministry", "official-release"), DocumentAmended("d", on="2020-01-15", period="2016/2025"),
        *amended,
    )  # fmt: skip
    again = ("2022-03-01", "Blog"), DocumentAmended("d", on="2022-02-28", period="2016/2035")

    assert str(record.documents["d"].period) == "2016/2025"
    assert dispute_of(record) == (("period",), {"2016/2025": ["Ministry"], "2016/2030": ["Blog"]})
    record.add(again[1], source=ps.Source("Blog", published="2022-03-01"))
    assert str(record.documents["d"].period) == "2016/2035"


def test_an_amount_that_is_specified():
    """It replaces that of the promise; two reports of one day are weighed."""
    record = given(
        TEXT, CommitmentMade("c", by=["RU"], amount=ps.Money("1", "USD")),
        ("2020-01-15", "Ministry", "official-release"),
        CommitmentSpecified("c", on="2020-01-15", amount=ps.Money("2", "USD")),
        ("2020-01-16", "Blog"), CommitmentSpecified("c", on="2020-01-15", amount=ps.Money("3", "USD")),
    )  # fmt: skip

    assert (record.commitments["c"].amount, record.commitments["c"].disputed) == (ps.Money("2", "USD"), ("amount",))
    assert dispute_of(record) == (("amount",), {"2 USD": ["Ministry"], "3 USD": ["Blog"]})


def test_a_party_that_accedes():
    """It changes the parties."""
    record = given(
        TEXT, DocumentSigned("d", on="2018-07-17", parties=["ID", "RU"]),
        LATER, DocumentAcceded("d", signatory="CN", on="2020-01-15", parties=["ID", "RU", "CN"]),
    )  # fmt: skip

    assert (record.documents["d"].parties, record.disputes()) == (("CN", "ID", "RU"), ())


def test_a_venue_that_is_moved():
    """Where it was then held counts, and the move contradicts neither plan nor outcome."""
    record = given(
        TEXT, MeetingScheduled("m", planned="2019-05", place="Jakarta"),
        ("2019-04-01", "Daily"), MeetingVenueChanged("m", place="Bali"),
    )  # fmt: skip

    assert (record.meetings["m"].place, record.disputes()) == ("Bali", ())


# ---- outcomes that exclude each other ----


MINISTRY = ("2020-05-05", "Ministry", "official-release")
SAME_DAY = ("2020-05-05", "Daily", "news")


def outcome_of(*story, kind="meeting"):
    """Return the status, whether it is disputed, and the findings that say so."""
    record = given(*story)
    state = record.states(kind)["m"]
    return state.status, "status" in state.disputed, "disputed" in finding_slugs(record)


@pytest.mark.parametrize(
    ("official", "news", "status"),
    [
        (MeetingPostponed("m"), MeetingCancelled("m"), "postponed"),
        (MeetingCancelled("m"), MeetingPostponed("m", on="2020-05-05"), "cancelled"),
        (MeetingCancelled("m", on="2020-05-04"), MeetingHeld("m", on="2020-05-03/2020-05-04"), "cancelled"),
        (MeetingHeld("m"), MeetingCancelled("m"), "held"),
        (VisitMade("m", on="2020-05-04"), VisitCancelled("m", on="2020-05-04"), "made"),
        (DocumentNotAdopted("m", meeting="s"), DocumentAdopted("m", on="2020-05-04", meeting="s"), "not-adopted"),
        (ProjectCancelled("m"), ProjectCompleted("m"), "cancelled"),
        (LineReportedImplemented("m", plan="p"), LineDropped("m", plan="p"), "implemented"),
    ],
)
def test_two_outcomes_that_cannot_be_ordered(official, news, status):
    """The policy decides between them; the one that is not believed changes nothing, and the dispute shows it."""
    record = given(MINISTRY, official, SAME_DAY, news)
    state = record.states(official.kind)["m"]

    assert (state.status, state.disputed) == (status, ("status",))
    assert dispute_of(record)[0] == ("status",)
    assert set(record.why(official.about).roles.values()) == {"used", "disputed"}
    assert "status" in str(record.why(official.about, "status"))
    chosen = record.as_of(policy=lambda candidates: candidates[-1]).states(official.kind)["m"]
    assert chosen.status == news.outcome


def test_an_outcome_that_is_not_believed():
    """Neither its day nor its effect on the plan is."""
    record = given(
        ("2020-01-10", "Daily", "news"), MeetingScheduled("m", planned="2020-06"),
        MINISTRY, MeetingPostponed("m", planned="2020-09"), SAME_DAY, MeetingCancelled("m", on="2020-05-05"),
    )  # fmt: skip
    meeting = record.meetings["m"]

    assert meeting.cancelled_on is None
    assert [str(item.planned) for item in meeting.expected] == ["2020-09"]
    assert record.as_of("2020-05-06").overdue() == ()


def test_outcomes_in_order():
    """They are steps, and no dispute."""
    postponed = (("2020-03-01", "Daily", "news"), MeetingPostponed("m", on="2020-03-01"))

    assert outcome_of(*postponed, MINISTRY, MeetingHeld("m", on="2020-05-04")) == ("held", False, False)
    assert outcome_of(*postponed, MINISTRY, MeetingCancelled("m", on="2020-05-04")) == ("cancelled", False, False)
    assert outcome_of(*postponed, MINISTRY, MeetingHeld("m", on="2020-03")) == ("held", False, False)  # of some day
    assert outcome_of(MINISTRY, MeetingPostponed("m"), MeetingHeld("m", on="2020-05-05")) == ("held", False, False)
    said_before = [MINISTRY, DocumentNotAdopted("m"), ("2020-05-06", "Daily", "news"), DocumentAdopted("m")]
    assert outcome_of(*said_before, kind="document") == ("adopted", False, False)
    met = [MINISTRY, DocumentNotAdopted("m", meeting="s"), SAME_DAY, DocumentAdopted("m", meeting="t")]
    assert outcome_of(*met, kind="document") == ("adopted", False, False)


def test_a_later_step_after_a_disputed_one():
    """It is not disputed any more."""
    story = [MINISTRY, MeetingPostponed("m"), SAME_DAY, MeetingCancelled("m")]

    assert outcome_of(*story, ("2021-05-05", "Agency"), MeetingHeld("m", on="2021-05-04")) == ("held", False, True)


def test_three_outcomes():
    """All of one day are weighed together."""
    story = [MINISTRY, MeetingPostponed("m"), SAME_DAY, MeetingCancelled("m"), SAME_DAY, MeetingHeld("m")]
    record = given(*story[:4], ("2020-05-05", "Agency", "news"), story[-1])

    assert record.meetings["m"].status == "postponed"
    assert dispute_of(record) == (
        ("status",),
        {"postponed": ["Ministry"], "held": ["Agency"], "cancelled": ["Daily"]},
    )


@pytest.mark.parametrize("printed", ["2020-05-03", "2020-05-04"])
def test_a_report_in_advance(printed):
    """A later official report that the meeting was put off answers it."""
    held = [(printed, "Daily", "news"), MeetingHeld("m", on="2020-05-04")]

    assert outcome_of(*held) == ("held", False, False)
    assert outcome_of(*held, MINISTRY, MeetingPostponed("m")) == ("postponed", True, True)
    early = [("2020-05-03", "Daily", "news"), MeetingHeld("m", on="2020-05-20")]
    assert outcome_of(*early, MINISTRY, MeetingPostponed("m")) == ("postponed", True, True)
    confirmed = (("2020-05-06", "Agency", "news"), MeetingHeld("m", on="2020-05-04"))
    assert outcome_of(*held, MINISTRY, MeetingPostponed("m"), *confirmed) == ("held", False, False)


def test_a_report_that_is_no_answer():
    """A postponement of an earlier day is an earlier step; another newspaper may tell of one."""
    held = [("2020-05-04", "Daily", "news"), MeetingHeld("m", on="2020-05-04")]

    assert outcome_of(*held, MINISTRY, MeetingPostponed("m", on="2020-03")) == ("held", False, False)
    assert outcome_of(*held, ("2020-05-05", "Post", "news"), MeetingPostponed("m")) == ("held", False, False)
    undated = [("2020-05-04", "Daily", "news"), MeetingHeld("m")]
    assert outcome_of(*undated, MINISTRY, MeetingPostponed("m")) == ("held", False, False)


# ---- a user's own events ----


@frozen(kw_only=True)
class WorkShown(ps.Event):
    """A work is shown."""

    name = "work-shown"
    kind = "work"
    describes = ("artist",)

    artist: str | None = fields.name()


@frozen(kw_only=True)
class WorkSold(WorkShown):
    """A work is sold."""

    name = "work-sold"


@frozen
class Work:
    """The state of a work."""

    subject: str
    artist: str | None = None
    disputed: tuple[str, ...] = ()


def test_events_of_the_users_own():
    """Their describing fields are weighed as those of the library."""
    works = ps.Kind(
        "work",
        (WorkShown, WorkSold),
        ps.Projection("works", Work, lambda *of: ps.copy_fields(*of, "artist"), kind="work"),
    )
    record = given(TEXT, WorkShown("w", artist="Rodin"), LATER, WorkSold("w", artist="Claudel"), kinds=[works])

    assert (record.states("work")["w"].artist, record.states("work")["w"].disputed) == ("Rodin", ("artist",))


def test_a_describing_field_that_is_none():
    """The kind is refused."""
    bad = type("Bad", (WorkShown,), {"name": "bad", "describes": ("size",)})
    with pytest.raises(InvalidKind, match="`describes` or `changes` names 'size', which is not a single fact of it"):
        ps.Kind("work", (frozen(kw_only=True)(bad),))


@pytest.mark.parametrize(
    ("name", "official", "news"),
    [
        ("parent", MissionOpened("x", parent="University"), MissionClosed("x", parent="Ministry")),
        ("parties", SeriesEstablished("x", parties=["RU", "VN"]), SeriesRenamed("x", parties=["RU", "ID"])),
        ("parties", FundEstablished("x", parties=["RU", "VN"]), FundClosed("x", parties=["RU", "ID"])),
        ("parties", NetworkLaunched("x", parties=["RU", "VN"]), InstitutionJoined("x", parties=["RU", "ID"])),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_descriptions_of_further_kinds(name, official, news):
    """An official text on one event outranks a newspaper on a later one, which stays with the answer."""
    record = given(("2018-07-18", "MFA", "official-text"), official, ("2018-09-01", "Daily", "news"), news)
    (state,) = record.states(official.kind).values()
    assert getattr(state, name) == getattr(official, name)
    assert dispute_of(record)[0] == (name,)


@pytest.mark.parametrize("by", ["RU", ()])
def test_a_proposal_accepted_and_declined(by):
    """One side cannot do both on one day: the more official source decides; two sides can."""
    accepted, declined = ProposalAccepted("x", by=by, on="2024-01-20"), ProposalDeclined("x", by="RU", on="2024-01-20")
    official, news = ("2024-01-21", "MFA", "official-release"), ("2024-01-21", "Daily", "news")
    for record, status in (
        (given(official, accepted, news, declined), "accepted"),
        (given(official, declined, news, accepted), "declined"),
    ):
        assert record.proposals["x"].status == status
        assert dispute_of(record)[0] == ("status",)
    other_side = ProposalAccepted("x", by="VN", on="2024-01-20")
    assert given(official, other_side, news, declined).disputes() == ()


def test_what_is_disputed_is_in_the_order_of_the_fields() -> None:
    """Whichever event states a field first, so that a further source does not change the order."""
    for adopted, published in permutations([{"period": "2016/2020"}, {"parties": ["ID"]}]):
        record = given(
            NEWS,
            DocumentAdopted("pact", on="2018-07-16", **adopted),
            DocumentSigned("pact", on="2018-07-17", parties=["VN"], period="2017/2021"),
            TEXT,
            DocumentPublished("pact", on="2018-07-18", **published),
        )
        (signed,) = [item for item in record.occurrences if item.event.name == "document-signed"]
        assert signed.disputed == ("parties", "period")


def test_many_outcomes_of_one_meeting(monkeypatch):
    """The documents of each are collected once, however many outcomes it is compared with."""
    collected = []
    documents_of = contradictions.documents_of
    monkeypatch.setattr(contradictions, "documents_of", lambda items: collected.append(items) or documents_of(items))
    record = ps.open(":memory:")
    for number in range(30):
        day = f"2021-01-{number + 1:02}"
        source = ps.Source(f"Agency {number}", published=day)
        record.add(MeetingPostponed("m", on=day), MeetingHeld("m", on="2021-01"), source=source)
        record.add(MeetingCancelled("m", on="2021-01"), source=ps.Source(f"Paper {number}", published=day))
    assert record.disputes()
    assert len(collected) <= len(record.occurrences) == 32
